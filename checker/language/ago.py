"""Dates told by a length of time: "two years ago", "a week from now"; "three days earlier" stays open."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from checker.language import calendar, hedges
from checker.language.calendar import Setting, Span
from checker.model import Calendar, Figure, Hedge
from checker.patterns import lazy

_TOLD = lazy(r",?\s+(?P<word>ago|earlier|later|hence|from\s+now|previously|beforehand)\b")
YEARS = {"year": 1, "decade": 10, "century": 100}


def find_at(
    text: str, at: int, setting: Setting, value: Fraction | None, unit: str, end: int, timex: str
) -> Figure | None:
    """The date that a length of `value` units, ``text[at:end]``, tells where "ago" or "earlier" follows.

    `value` is None for "several years"; what counts from another event than the article's date stays open.
    """
    found = _TOLD.match(text, end)
    if not found or unit in ("hour", "minute", "second", "night", "quarter"):
        return None
    word = found["word"]
    if word in ("previously", "beforehand") and value is None:
        return None
    hedge, span = hedges.around(text, at, end)[0], None
    if word in ("ago", "from now", "hence") and setting.anchor is not None and value is not None:
        told = _counted(setting, value if word == "ago" else -value, unit, hedge)
        if told is not None:
            span, timex = told
    named, parts = Calendar(unit, relative=True), () if value is None else (value,)
    figure = calendar.make(setting, text, at, found.end(), named, span, timex, parts=parts, unit=unit)
    return replace(figure, hedge=hedge)


def _counted(setting: Setting, value: Fraction, unit: str, hedge: Hedge) -> tuple[Span, str] | None:
    """The days that "N units ago" may mean (N below zero: from now), with one unit of slack from weeks on."""
    anchor, whole = setting.anchor, int(value)
    assert anchor is not None
    today = anchor.toordinal()
    if abs(value) > 9000:
        return None
    if unit == "day":
        day = today - whole
        slack = 0 if abs(whole) <= 3 and hedge == Hedge.EXACT else 1 + abs(whole) // 10
        span, written = (day - slack, day + slack), calendar.from_number(day).isoformat()
    elif unit == "week":
        day = today - int(7 * value)
        slack = 6 if hedge == Hedge.EXACT else 7 + abs(whole)
        span, written = (day - slack, day + slack), calendar.iso_week(calendar.from_number(day))
    elif unit == "month":
        year, month = calendar.shifted_months(anchor, -whole)
        if not 3 < year < 9990:
            return None
        low = calendar.month_span(*calendar.shifted_months(anchor, -whole - 1))[0]
        high = calendar.month_span(*calendar.shifted_months(anchor, -whole + 1))[1]
        span, written = (low, high), f"{year:04}-{month:02}"
    elif unit in YEARS:
        years = value * YEARS[unit]
        year = anchor.year - int(years)
        if not 3 < year < 9990:
            return None
        slack = 1 if unit == "year" else YEARS[unit] // 2
        slack = max(slack, int(abs(years)) // 10) if hedge != Hedge.EXACT or abs(years) % 10 == 0 else slack
        span = calendar.year_span(max(1, year - slack), min(9999, year + slack))
        written = (
            f"{year // 100:02}"
            if unit == "century"
            else f"{year // 10}"
            if unit == "decade" and value != 1
            else f"{year:04}"
        )
        if hedge == Hedge.MORE_THAN and years > 0:
            span = calendar.year_span(max(1, year - max(2, int(years) // 2)))[0], calendar.year_span(year)[1]
        elif hedge == Hedge.LESS_THAN and years > 0:
            span = calendar.year_span(year)[0], today
    else:
        return None
    span = (span[0], max(span[0], min(span[1], today))) if value > 0 else (min(span[1], max(span[0], today)), span[1])
    return (max(1, span[0]), max(1, span[1])), written
