"""Over what length of time a change is told, and how far apart two levels are: a month, a year, years."""

from __future__ import annotations

import re

from checker.language.article import Article
from checker.model import Claim
from checker.patterns import lazy

# how long a change took, and how far apart two levels are: those of a month are not those of a year
_SPANS = {
    "year": r"\b(?:year[- ]on[- ]year|in a year|(?<!since )(?:a|one|the|last|previous|past|same|this) (?:[a-z]+ )?(?:year|season|winter|summer|spring|autumn|half)|year-(?:ago|earlier)|annual\w*|twelve months|(?:the )?(?:previous |past )?12 months|‹d\d+› last year)\b",
    "years": r"\b(?:(?:two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty|forty|fifty|\d+) (?:years|seasons|decades)|decades?|lifetime|generation|century)\b",
    "part": r"\b(?:(?:two|three|four|five|six|seven|eight|nine|ten|eleven)[- ]months?|(?:first|second|third|fourth|latest) (?:quarter|half))\b",
    "quarter": r"\b(?:previous|last|prior|preceding|from the|on the) quarter\b|\bquarter-on-quarter\b|\bthree months earlier\b",
    "month": r"\b(?:in a|a|last|previous|on the|from the|the) month(?: (?:ago|earlier|before))?\b|\bmonth-on-month\b",
    "week": r"\b(?:a|last|previous|the) week\b",
    "day": r"\b(?:on the day|the day before|yesterday|previous day|a day earlier)\b",
}
_SPAN = {name: lazy(pattern, re.IGNORECASE) for name, pattern in _SPANS.items()}


def around(article: Article, claim: Claim) -> str:
    place = article.sentences[claim.sentence]
    return article.block(claim).text[max(place.start, claim.start - 50) : min(place.end, claim.end + 50)]


def spans_around(article: Article, claim: Claim) -> frozenset[str]:
    return spans(around(article, claim))


def spans(text: str) -> frozenset[str]:
    """The lengths of time that a text compares over."""
    return frozenset(name for name, pattern in _SPAN.items() if pattern.search(text))
