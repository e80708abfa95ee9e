"""Figures of the text that are told aside: a part of what the display text gives, or something of another time."""

from __future__ import annotations

import re

from checker.language.article import Article
from checker.model import Claim
from checker.patterns import lazy

_PART = lazy(r" (?:more )?(?:of|out of) (?:the|that|this|it|its|which|them|those)\b")
_THEN = lazy(r"\b(?:first|last|previous) time\b", re.I)


def is_of_another(article: Article, other: Claim) -> bool:
    """Whether a figure is called a part, or stands beside words for another time: "the first time since an Oakley couple took
    $30 million"."""
    text = article.block(other).text
    return _PART.match(text, other.end) is not None or _THEN.search(article.text(other.sentence)) is not None
