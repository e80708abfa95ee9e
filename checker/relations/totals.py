"""Totals: a figure that is the sum of others, which the text lists in a sentence or tells one after another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, partial
from math import log

from checker.language.article import Article
from checker.model import BlockKind, Claim, Hedge, Interval, Relation
from checker.relations import changed
