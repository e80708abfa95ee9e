"""Anniversaries that are kept on the day itself: what happened on that day and in that month of an earlier year is kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction

from checker.language.article import Article, Masked
from checker.language.calendar import shifted_years
from checker.model import Claim, Kind, Relation
from checker.patterns import lazy
from checker.relations.topics import leading

_YEARS_OF = lazy(r"^(?:[ -][a-z-]+)? ?(?:anniversary|birthday|jubilee)\b", re.I)
_NAMED = lazy(r"\b(?:anniversary|birthday|jubilee)$")
_SPAN_OF = lazy(r"^ (?:of marriage|since|after|on from|to the day|have passed)\b")
_AGO = lazy(r"‹d(?P<ago>\d+)›,? (?:on |to the day on )?‹d(?P<day>\d+)›")
# what is done on an anniversary: "a memorial was unveiled on 10 September 2001"
_KEEPING = lazy(
    r"\b(?:anniversar\w+|memorials?|monuments?|plaques?|statues?|unveil\w*|commemorat\w+|ceremon\w+|remembrance|vigils?|service|tribute\w*|re-?open\w*|birthday)\b",
    re.I,
)
_BEFORE, _BEHIND = 4, 9  # days by which the news may come before and after the day


def find(article: Article) -> Iterable[Relation]:
    """``anniversary`` relations with the only earlier date of the article whose day and month come round now."""
    published = article.document.date
    if published is None:
        return
    kept = list(_kept(article, published))
    if not kept:
        return
    dates = [c for c in article.claims if _is_past(c, published)]
    founded = [c for c in dates if _comes_round(c, published) and not _KEEPING.search(article.text(c.sentence))]
    if len({c.value for c in founded}) != 1:
        return
    years = {c.figure.calendar.year for c in dates if c.figure is not None and c.figure.calendar is not None}
    for number in kept:
        assert number.value is not None
        if not (leading(article, number) and len({c.value for c in kept}) == 1) and not _on_the_day(
            article, number, _day(founded[0])
        ):
            continue
        if published.year - int(number.value) in years - {_day(founded[0]).year}:
            continue  # that of something else
        year = article.derived("year", _day(founded[0]).year, founded[0].block, founded[0].start, founded[0].end)
        roles = {"number": (number,), "founded": (year,)}
        yield Relation("anniversary", roles, 0.93, constants={"now": Fraction(published.year), "slack": Fraction(0)})


def _kept(article: Article, published: date) -> Iterator[Claim]:
    """The number of years of every anniversary that is kept now: "the 50th anniversary", "60 years of marriage"."""
    for index, claims in sorted(article.by_sentence.items()):
        if index < 0:
            continue
        masked = article.masked(index)
        for claim in claims:
            if claim.figure is None or claim.value is None or claim.value < 1 or claim.figure.hedge != "exact":
                continue
            behind = article.block(claim).text[claim.figure.end : claim.figure.end + 30]
            if claim.kind == Kind.ORDINAL and (_YEARS_OF.match(behind) or _NAMED.search(claim.text)):
                yield claim
            elif claim.kind == Kind.DURATION and claim.unit == "year" and _SPAN_OF.match(behind):
                yield article.derived("years", int(claim.value), claim.block, claim.figure.start, claim.figure.end)
        yield from _ago(article, masked, published)


def _ago(article: Article, masked: Masked, published: date) -> Iterator[Claim]:
    """ "50 years ago on Thursday"."""
    for match in masked.finditer(_AGO):
        ago, day = masked.claims[int(match["ago"])].figure, masked.claims[int(match["day"])].figure
        if ago is None or day is None or ago.unit != "year" or len(ago.parts) != 1 or not ago.text.endswith("ago"):
            continue
        near = day.low is not None and abs(day.low - published.toordinal()) <= _BEHIND
        if near and day.calendar is not None and day.calendar.relative and ago.hedge == "exact":
            yield article.derived("years", int(ago.parts[0]), ago.block, ago.start, ago.end)


def _is_past(claim: Claim, published: date) -> bool:
    calendar = claim.figure.calendar if claim.figure is not None else None
    return (
        calendar is not None
        and calendar.year is not None
        and "year" in calendar.written | ({"year"} if calendar.grain == "year" else set())
        and 0 < calendar.year < published.year
        and not calendar.relative
    )


def _comes_round(claim: Claim, published: date) -> bool:
    """Whether the same day of this year lies around the day of publication."""
    assert claim.figure is not None and claim.figure.calendar is not None
    if claim.figure.calendar.grain != "day" or claim.value is None:
        return False
    day = _day(claim)
    again = shifted_years(day, published.year - day.year)
    return -_BEHIND <= (again - published).days <= _BEFORE


def _on_the_day(article: Article, number: Claim, day: date) -> bool:
    """Whether the sentence of an anniversary names the very day on which it is kept: "on Thursday"."""
    days = [c for c in article.by_sentence.get(number.sentence, ()) if c.kind == Kind.DATE and c.value is not None]
    return any((_day(c).month, _day(c).day) == (day.month, day.day) and _day(c) != day for c in days)


def _day(claim: Claim) -> date:
    assert claim.value is not None
    return date.fromordinal(int(claim.value))
