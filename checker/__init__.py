"""Checker finds what does not agree inside a news article."""
