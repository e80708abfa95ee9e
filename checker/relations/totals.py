"""Totals: a figure that is the sum of others, which the text lists in a sentence or tells one after another."""

from __future__ import annotations
