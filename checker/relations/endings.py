"""Ordinals in digits whose ending is another number's: "the 5rd victim", as it is left where only the digit was changed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from checker.language.article import Article
from checker.model import BlockKind, Relation
from checker.patterns import lazy

_ORDINAL = lazy(r"(?<![\w.,/:-])(?P<number>\d{1,3}(?:,\d{3})*|\d+)(?P<ending>st|nd|rd|th)\b(?!\s?\d)", re.I)
_COUNTED = lazy(r"\b(?:[Tt]he|[Aa]|[Hh]is|[Hh]er|[Ii]ts|[Ff]or|[Ii]n)\s$")  # without one of these "8st" may weigh
_ENDINGS = ("th", "st", "nd", "rd")
_APART = frozenset({BlockKind.BYLINE, BlockKind.CORRECTION, BlockKind.TABLE_CELL})


def find(article: Article) -> Iterable[Relation]:
    """``ordinal-ending`` relations of a number and the ending written behind it, both as the last digit that asks for it."""
    for number, block in enumerate(article.document.blocks):
        if block.kind in _APART:
            continue
        for found in _ORDINAL.finditer(block.text):
            value = int(found["number"].replace(",", ""))
            own = 0 if 10 < value % 100 < 14 or value % 10 > 3 else value % 10
            written = _ENDINGS.index(found["ending"].lower())
            if written == 1 and own != 1 and not _COUNTED.search(block.text, max(0, found.start() - 5), found.start()):
                continue
            digits = article.derived("digits", own, number, found.start("number"), found.end("number"))
            ending = article.derived("ending", written, number, found.start("ending"), found.end("ending"))
            yield Relation("ordinal-ending", {"number": (digits,), "ending": (ending,)}, 0.8)
