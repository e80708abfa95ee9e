"""Weekdays written with a date: "Monday, Feb. 3" must be a Monday."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from checker.language.article import Article
from checker.language.calendar import exists, place_day
from checker.language.tense import direction
from checker.model import Claim, Interval, Relation
from checker.patterns import lazy

_WEEKDAY = lazy(r"[A-Z][a-z]{2,8}")
_STOPPED = lazy(r"[A-Z][a-z]+day\.")  # "set for Monday. Feb. 3 is a holiday": two sentences

_SEASON = 60  # days within which two dates are of one course of events
_AT_HAND = 14  # days around publication in which a day is hardly of a year named in another paragraph
_YEAR_BEFORE = lazy(
    r"\byears? (?:before|earlier|later|after|afterwards)\b|\b(?:previous|following|next|last) year\b", re.I
)


def find(article: Article) -> Iterable[Relation]:
    """``weekday`` relations of every date that has a weekday, a month and a day.

    A year that is not written comes from the article's date.  The finding is sure where that date is near, and the day
    falls on the written weekday in neither neighbouring year either; it is no finding where a neighbouring year fits and
    the text may mean it.
    """
    for claim in article.claims:
        calendar = claim.figure.calendar if claim.figure is not None else None
        if calendar is None or calendar.weekday is None or calendar.month is None or calendar.day is None:
            continue
        if calendar.year is None or not {"month", "day", "weekday"} <= calendar.written or claim.value is None:
            continue
        if not claim.widest.is_point and date.fromordinal(int(claim.value)).weekday() == calendar.weekday:
            continue
        confidence = _confidence(article, claim)
        if confidence is None:
            continue
        found = _WEEKDAY.search(claim.text)
        if found is None or _STOPPED.match(claim.text):
            continue
        start = claim.start + found.start()
        weekday = article.derived(
            "weekday",
            calendar.weekday,
            claim.block,
            start,
            start + len(found.group()),
            widest=Interval.point(calendar.weekday),
        )
        witness = _witness(article, claim)
        context = {"agrees": witness} if witness is not None else {}
        day = claim if claim.widest.is_point else _nearest(article, claim)
        yield Relation("weekday", {"date": (day,), "weekday": (weekday,)}, confidence, context=context)


def _nearest(article: Article, claim: Claim) -> Claim:
    """A day whose year is open, in the year of publication or next to it that is nearest: the weekday fits none of them."""
    calendar, published = claim.figure.calendar if claim.figure is not None else None, article.document.date
    assert calendar is not None and calendar.month is not None and calendar.day is not None and published is not None
    day = place_day(published, calendar.month, calendar.day, 0) or published
    return article.derived("date", day.toordinal(), claim.block, claim.start, claim.end)


def _witness(article: Article, claim: Claim) -> Claim | None:
    """The nearest other date whose weekday fits the same year: it says which of a pair is the odd one out."""
    assert claim.figure is not None and claim.figure.calendar is not None
    others = [
        c
        for c in article.claims
        if c.id != claim.id
        and c.figure is not None
        and c.figure.calendar is not None
        and {"month", "day", "weekday"} <= c.figure.calendar.written
        and c.value is not None
        and claim.value is not None
        and (c.figure.calendar.year == claim.figure.calendar.year or abs(c.value - claim.value) <= _SEASON)
        and date.fromordinal(int(c.value)).weekday() == c.figure.calendar.weekday
    ]
    return min(others, key=lambda c: (abs(c.sentence - claim.sentence), c.id), default=None)


_WHEN_IT_WAS = lazy(
    r",? when [^.;,]{1,60}?\b(?:[a-z]+ed|was|were|had)\b"
)  # "on Monday 6 January, when the boiler failed"


def _confidence(article: Article, claim: Claim) -> float | None:
    """How surely the date's year is known; None where another year is as likely and fits."""
    assert claim.figure is not None and claim.figure.calendar is not None and claim.value is not None
    calendar = claim.figure.calendar
    if "year" in calendar.written:
        return 0.98
    published = article.document.date
    if published is None:
        return None
    day = date.fromordinal(int(claim.value))
    if day.weekday() == calendar.weekday:
        return 0.95
    assert calendar.month is not None and calendar.day is not None
    distance = abs((day - published).days)
    looking = direction(article.block(claim).text, claim.start, claim.end)
    # "will be held on" is of no year gone by; "told them to open it on" may be
    told_past = claim.tense in ("past", "pluperfect") and distance >= _SEASON
    coming = claim.tense == "future" or (looking > 0 and not told_past)
    then = day > published and _WHEN_IT_WAS.match(article.block(claim).text, claim.end) is not None
    gone = looking < 0 and claim.tense in ("past", "pluperfect")
    named = _named_years(article, claim, claim.block - (distance > _AT_HAND))
    for year in sorted({published.year - 1, published.year, published.year + 1, *named}):
        if not exists(year, calendar.month, calendar.day):
            continue
        other = date(year, calendar.month, calendar.day)
        # another year's day fits the weekday, and is no farther away than a text without a year would reach
        if (
            other != day
            and other.weekday() == calendar.weekday
            and not (coming and other < published)
            and (
                year in named
                or (
                    not (gone and other > published)
                    and abs((other - published).days) < (200 if distance < 60 and not then else 400)
                )
            )
        ):
            return None
    return 0.95 if distance < 60 else 0.9


def _named_years(article: Article, claim: Claim, first: int) -> set[int]:
    """The years that the paragraphs from the first one to the date's own name ("by January 2025 ... on Saturday, 19 April").

    "Next year's date has been set for Saturday 15 August" names one as well.
    """
    named: set[int] = set()
    for sentence, claims in article.by_sentence.items():
        if sentence < 0 or not first <= article.sentences[sentence].block <= claim.block:
            continue
        for other in claims:
            calendar = other.figure.calendar if other.figure is not None else None
            if calendar is None or calendar.year is None or calendar.fiscal or other.start == claim.start:
                continue
            if calendar.grain == "year" or "year" in calendar.written:
                named.add(calendar.year)
    if _YEAR_BEFORE.search(article.block(claim).text):
        named |= {year + by for year in named for by in (-1, 1)}
    return named
