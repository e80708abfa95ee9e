"""Days, months and years as numbers: what the parts of a date mean as an interval of days, and their TIMEX3 value."""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, date, timedelta
from fractions import Fraction
from functools import cache

from checker.data import lexicon
from checker.model import Calendar, Figure, Interval, Kind


@cache
def months() -> dict[str, int]:
    return lexicon("calendar")["months"]


@cache
def weekdays() -> dict[str, int]:
    return lexicon("calendar")["weekdays"]


def month_span(year: int, month: int) -> tuple[int, int]:
    """First and last day number of a month."""
    return date(year, month, 1).toordinal(), date(year, month, monthrange(year, month)[1]).toordinal()


def year_span(first: int, last: int | None = None) -> tuple[int, int]:
    """First and last day number of a year or a run of years."""
    return date(first, 1, 1).toordinal(), date(last or first, 12, 31).toordinal()


def exists(year: int | None, month: int, day: int) -> bool:
    """Whether a day is on the calendar (29 February counts where the year is not known)."""
    return 1 <= month <= 12 and 1 <= day <= monthrange(year or 2024, month)[1]


def nearest_year(anchor: date, month: int, day: int, ahead: bool | None = None) -> int:
    """The year in which a day without one lies: the nearest to the article's date, or the next or last on request."""
    options = [y for y in (anchor.year - 1, anchor.year, anchor.year + 1) if 1 <= y < MAXYEAR and exists(y, month, day)]
    if not options:
        return anchor.year
    if ahead is True:
        options = [y for y in options if date(y, month, day) >= anchor] or options
    elif ahead is False:
        options = [y for y in options if date(y, month, day) <= anchor] or options
    return min(options, key=lambda y: abs((date(y, month, day) - anchor).days))


def make(
    text: str,
    block: int,
    start: int,
    end: int,
    calendar: Calendar,
    span: tuple[int, int] | None,
    timex: str,
    parts: tuple[Fraction, ...] = (),
    unit: str = "",
) -> Figure:
    """A DATE figure; `span` is the first and last day it may mean, None where it stays open."""
    if span is None:
        low = high = value = None
        interval = Interval()
    else:
        low, high = Fraction(span[0]), Fraction(span[1])
        value = low if low == high else None
        interval = Interval(low, high)
    return Figure(
        block, start, end, text[start:end], Kind.DATE, value, low, high, interval, interval, unit=unit, dimension="date",
        timex=timex, calendar=calendar, parts=parts,
    )  # fmt: skip


def shifted_months(anchor: date, by: int) -> tuple[int, int]:
    """Year and month so many months from the anchor's."""
    index = anchor.year * 12 + anchor.month - 1 + by
    return index // 12, index % 12 + 1


def iso_week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def moved(anchor: date, days: int) -> date:
    return anchor + timedelta(days=days)
