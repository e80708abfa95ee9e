"""A length of hours and minutes against two times of day that no word ties to it: "At 3:50 p.m. a bearing seized", "It did not
move again until 9:05 p.m.", "For the seven hours and 15 minutes that the cabin was at a standstill".

The link is sure by what the figures have in common: the odd minutes of the length are those between two times told one right
behind the other, and only the hours are wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import pairwise

from checker.language.article import Article
from checker.model import Claim, Kind, Relation
from checker.patterns import lazy
from checker.relations.clock import one_clock
from checker.relations.hours import is_time, questions, readings, slack

_DAY = 1440
_FAR = 180  # minutes by which a length may be wrong
_LONGEST = 14 * 60
# a time that is told twice over or of something else: "(0530 GMT)", "from 9am to 5pm"
_BRACKET = lazy(r"(?:\(|/|\bor )$")
_REGULAR = lazy(
    r"\b(?:daily|every|each|usual\w*|normal\w*|typical\w*|always|opening hours|weekdays|weekends|Mondays|Saturdays|Sundays|per)\b",
    re.I,
)


def find(article: Article) -> Iterable[Relation]:
    """``clock-duration`` relations of lengths that no two times of the article bear out."""
    asked = [
        length
        for length in questions(article)
        if length.claim.value is not None
        and length.claim.value * length.unit >= 60
        and length.claim.figure is not None
        and length.claim.figure.hedge == "exact"
        and length.claim.modality == "asserted"
    ]
    if not asked:
        return
    told_times = [_exact(article, c) if _by(article, c) else c for c in article.claims if c.kind == Kind.TIME]
    times = [c for c in told_times if is_time(c) and not _is_repeated(article, c)]
    pairs = [pair for pair in _pairs(article, times) if pair[2] > 0]
    for length in asked:
        assert length.claim.value is not None
        told = length.claim.value * length.unit
        if any(abs(gap - told) <= slack(length) for _, _, gap in _all(article, times)):
            continue
        found = [pair for pair in pairs if _is_slip(pair[2], told)]
        if len(found) == 1 and not _is_part(article, length.claim):
            start, end, _ = found[0]
            roles = {"length": (length.claim,), "start": (start,), "end": (end,)}
            constants = {"unit": length.unit, "slack": slack(length)}
            yield Relation("clock-duration", roles, 0.88, "it is the time between these", constants)


def _by(article: Article, time: Claim) -> bool:
    """ "had it mended by 8.45pm": the end, as near as it is told."""
    text = article.block(time).text
    return time.value is not None and time.widest.low is None and text[: time.start].endswith(" by ")


def _exact(article: Article, time: Claim) -> Claim:
    found = article.derived("time", int(time.value or 0), time.block, time.start, time.end)
    return replace(found, time=time.time)


def _is_repeated(article: Article, time: Claim) -> bool:
    text = article.block(time).text
    return _BRACKET.search(text, max(0, time.start - 4), time.start) is not None


def _all(article: Article, times: list[Claim]) -> Iterator[tuple[Claim, Claim, Fraction]]:
    """Any two times, in every reading that they may have, with the minutes between."""
    for one in times:
        for other in times:
            if one is not other:
                for first in readings(article, one):
                    for last in readings(article, other):
                        if first.value is not None and last.value is not None:
                            yield first, last, (last.value - first.value) % _DAY


def _pairs(article: Article, times: list[Claim]) -> Iterator[tuple[Claim, Claim, Fraction]]:
    """Two times one right behind the other, of one clock and one stretch, with the minutes from the earlier to the later."""
    for one, other in pairwise(times):
        near = other.sentence - one.sentence <= 2 and other.block - one.block <= 1
        if not near or one.value is None or other.value is None or not one_clock(article, one, other):
            continue
        if any(_REGULAR.search(article.text(c.sentence)) for c in (one, other)):
            continue
        if article.block(one).text[one.end : other.start] in (" and ", " or ", ", ") and one.block == other.block:
            continue
        first, last = (one, other) if (other.value - one.value) % _DAY <= _LONGEST else (other, one)
        if _days(first, last):
            yield first, last, (last.value - first.value) % _DAY  # type: ignore[operator]


def _days(first: Claim, last: Claim) -> bool:
    """Whether the days of two times, where they are told, let the one come less than a day after the other."""
    try:
        apart = (date.fromisoformat(last.time) - date.fromisoformat(first.time)).days
    except ValueError:
        return True
    return apart == (0 if last.value > first.value else 1)  # type: ignore[operator]


def _is_slip(gap: Fraction, told: Fraction) -> bool:
    """Whether the odd minutes are right and the hours are not."""
    return told % 30 != 0 and (gap - told) % 60 == 0 and abs(gap - told) <= _FAR and gap >= 60


_A_PART = lazy(
    r"\b(?:itself|alone|only|[Ff]irst|[Ss]econd|[Tt]hird|[Ff]inal|[Ll]ast|[Oo]ther|[Aa]nother|[Ee]ach|[Rr]ecord|[Pp]revious\w*|[Uu]sual\w*|[Nn]ormal\w*)\b"
)


def _is_part(article: Article, length: Claim) -> bool:
    """Whether the sentence of a length speaks of a part, or of another time: "The first match on the court took"."""
    place = article.sentences[length.sentence]
    return _A_PART.search(article.block(length).text, place.start, length.start) is not None
