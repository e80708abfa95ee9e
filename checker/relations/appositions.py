"""One time told twice side by side: "50 years ago, in 1976", "next month, on August 15"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction

from checker.language.article import Article, Masked
from checker.language.calendar import shifted_years
from checker.model import Calendar, Claim, Interval, Kind, Relation
from checker.patterns import lazy

_AGO_IN = lazy(r"‹d(?P<a>\d+)›(?:,| \(|,? back) ?(?:in |on )?‹d(?P<b>\d+)›")
_AGO = lazy(r"\b(?:years?|decades?|century|months|weeks|days) ago$")
# "next month, on August 15", "tomorrow (May 5)", "last week, on March 3"
_ON = lazy(r"‹d(?P<a>\d+)›(?P<joint>, on | \((?:on )?|, )‹d(?P<b>\d+)›(?! (?:and|or) ‹d)")
# "on 27 February 2023, three years ago to the day", "Thursday 2 April, two weeks ago today"
_TO_THE_DAY = lazy(r"‹d(?P<day>\d+)›,? (?:exactly )?‹d(?P<ago>\d+)›,? (?:to the day\b|‹d(?P<now>\d+)›)")
_LAST = lazy(r"(?:last|next|this past|this coming) [A-Z]")
_NOW = lazy(r"(?:today|yesterday|tomorrow|this (?:morning|afternoon|evening))$", re.I)
_SINCE_NOW = lazy(r"\b(?:ago|from|since|until|before|after|by)\s$|‹[dl]\d+›,?\s$")
_FAR = 60  # days: a date beyond is of another year
_GRAINS = frozenset({"day", "week", "weekend", "month"})


def find(article: Article) -> Iterable[Relation]:
    """``same-day`` relations of two dates of which the second explains the first."""
    for index in sorted(article.by_sentence):
        if index < 0 or sum(claim.kind == Kind.DATE for claim in article.by_sentence[index]) < 2:
            continue
        masked = article.masked(index)
        yield from _ago(masked)
        yield from _to_the_day(article, masked)
        yield from _explained(masked)


def _ago(masked: Masked) -> Iterator[Relation]:
    """ "50 years ago, in 1976"."""
    for match in masked.finditer(_AGO_IN):
        a, b = masked.claims[int(match["a"])], masked.claims[int(match["b"])]
        for one, other in ((a, b), (b, a)):
            calendar = _calendar(other)
            if _AGO.search(one.text) and calendar is not None and not calendar.relative:
                if one.widest.low is not None and other.widest.low is not None:
                    yield Relation("same-day", {"a": (a,), "b": (b,)}, 0.92)


def _to_the_day(article: Article, masked: Masked) -> Iterator[Relation]:
    """ "three years ago to the day": so many whole units before the day of publication or the one before."""
    today = article.document.date
    if today is None:
        return
    for match in masked.finditer(_TO_THE_DAY):
        day, ago = masked.claims[int(match["day"])], masked.claims[int(match["ago"])]
        now = masked.claims[int(match["now"])] if match["now"] else None
        figure, calendar = ago.figure, _calendar(day)
        if (
            figure is None
            or not figure.text.endswith("ago")
            or len(figure.parts) != 1
            or figure.parts[0].denominator != 1
        ):
            continue
        if (
            calendar is None
            or calendar.grain != "day"
            or calendar.relative
            or (now is not None and now.text != "today")
        ):
            continue
        then = _before(today, int(figure.parts[0]), figure.unit)
        if then is not None and day.widest.low is not None:
            exact = article.derived(
                "day", 0, ago.block, ago.start, ago.end, widest=Interval(Fraction(then - 1), Fraction(then))
            )
            yield Relation("same-day", {"a": (day,), "b": (exact,)}, 0.93, "it is counted from the day of publication")


def _before(today: date, number: int, unit: str) -> int | None:
    """The ordinal of the day so many units before another, None where there is none."""
    if unit in ("day", "week"):
        return today.toordinal() - number * (7 if unit == "week" else 1)
    if unit == "year" and number < today.year:
        return shifted_years(today, -number).toordinal()
    return None


def _explained(masked: Masked) -> Iterator[Relation]:
    """ "next month, on August 15", "Good Friday, April 3": a day, week or month by name, then the day of the month."""
    for match in masked.finditer(_ON):
        a, b = masked.claims[int(match["a"])], masked.claims[int(match["b"])]
        told, day = _calendar(a), _calendar(b)
        if told is None or day is None or a.widest.low is None or b.widest.low is None:
            continue
        if _SINCE_NOW.search(masked.text, 0, match.start()):
            continue  # "two weeks ago today, on 28 April"
        named = {"month", "day"} <= day.written and day.grain == "day" and not day.relative
        plain = told.weekday is None and (match["joint"] != ", " or _NOW.search(a.text) is not None)
        last = _LAST.match(a.text) is not None and match["joint"] == ", "  # "last Tuesday, May 12"
        if last and a.value is not None and b.value is not None and a.value != b.value and (a.value - b.value) % 7 == 0:
            continue  # which Tuesday the last one is, not all agree
        relative = told.relative and told.grain in _GRAINS and (plain or last)
        fixed = _is_fixed(a, told) and b.value is not None and abs(b.value - a.widest.low) <= _FAR
        if named and (relative or fixed):
            yield Relation("same-day", {"a": (a,), "b": (b,)}, 0.93)


def _is_fixed(claim: Claim, told: Calendar) -> bool:
    """Whether a day is one that the calendar gives by name: "Good Friday", "the first Friday in October"."""
    return told.grain == "day" and not told.relative and "day" not in told.written and claim.widest.is_point


def _calendar(claim: Claim) -> Calendar | None:
    return claim.figure.calendar if claim.figure is not None else None
