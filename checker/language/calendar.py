"""Days, months and years as numbers: what the parts of a date mean as an interval of days, and the figure made of it."""

from __future__ import annotations

from calendar import isleap, monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, date
from fractions import Fraction
from functools import cache, lru_cache

from checker.data import lexicon
from checker.language import numbers
from checker.model import Calendar, Figure, Interval, Kind

Span = tuple[int, int]  # first and last day number
LAST_DAY = date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Setting:
    """What a date is read against: its block, the article's own date, the year and quarter last named in the block."""

    block: int = 0
    anchor: date | None = None
    period: tuple[int, int] | None = None


@lru_cache(maxsize=8)
def number_at(text: str, at: int) -> numbers.Number | None:
    """``numbers.match``, kept for the next reader that is asked at the same place."""
    return numbers.match(text, at)


@cache
def months() -> dict[str, int]:
    return lexicon("calendar")["months"]


@cache
def weekdays() -> dict[str, int]:
    return lexicon("calendar")["weekdays"]


@cache
def ordinal_days() -> dict[str, int]:
    """ "first" to "thirty-first"."""
    ordinals: dict[str, int] = lexicon("numbers")["ordinals"]
    names = {word: n for word, n in ordinals.items() if n <= 31}
    for tens, worth in (("twenty", 20), ("thirty", 30)):
        names |= {f"{tens}-{word}": worth + n for word, n in ordinals.items() if n <= 9 and worth + n <= 31}
    return names


@cache
def cardinal_days() -> dict[str, int]:
    """ "one" to "thirty-one"."""
    small = numbers.words().small
    names = {word: n for word, n in small.items() if n <= 30}
    for tens, worth in (("twenty", 20), ("thirty", 30)):
        names |= {f"{tens}-{word}": worth + n for word, n in small.items() if n <= 9 and worth + n <= 31}
    return names


def year_span(first: int, last: int | None = None) -> Span:
    """First and last day number of a year or a run of years; astronomical years, so 44 BC is -43."""
    return _new_year(first), _new_year((last if last is not None else first) + 1) - 1


def _new_year(year: int) -> int:
    before = year - 1
    return 365 * before + before // 4 - before // 100 + before // 400 + 1


def month_span(year: int, month: int) -> Span:
    """First and last day number of a month."""
    first = date(year, month, 1).toordinal()
    return first, first + monthrange(year, month)[1] - 1


def quarter_span(year: int, quarter: int) -> Span:
    return month_span(year, 3 * quarter - 2)[0], month_span(year, 3 * quarter)[1]


def exists(year: int | None, month: int, day: int) -> bool:
    """Whether a day is on the calendar (29 February counts where the year is not known)."""
    if not (1 <= month <= 12 and day >= 1) or (year is not None and not 1 <= year <= MAXYEAR):
        return False
    return day <= (29 if year is None and month == 2 else monthrange(year or 2023, month)[1])


def easter(year: int) -> date:
    """Easter Sunday of the western churches (the anonymous Gregorian algorithm; Meeus 1991)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth (or last, -1) Monday, Tuesday ... of a month."""
    first, last = month_span(year, month)
    if nth < 0:
        return date.fromordinal(last - (date.fromordinal(last).weekday() - weekday) % 7)
    return date.fromordinal(first + (weekday - date.fromordinal(first).weekday()) % 7 + 7 * (nth - 1))


def choose(options: list[date], anchor: date, looking: int) -> date:
    """The day meant among those of several years: the nearest, or the side that the words look to where that is far.

    A day within six weeks of the article's date is meant whatever the tense ("the vote, set for 3 May, passed").
    """
    nearest = min(options, key=lambda day: abs((day - anchor).days))
    if looking == 0 or abs((nearest - anchor).days) <= 45:
        return nearest
    side = [day for day in options if (day >= anchor if looking > 0 else day <= anchor)]
    return min(side, key=lambda day: abs((day - anchor).days)) if side else nearest


def place_day(anchor: date, month: int, day: int, looking: int) -> date | None:
    """The day of a month in the year that an article of `anchor` means; None where that year does not have it."""
    years = [y for y in range(anchor.year - 1, anchor.year + 2) if exists(y, month, day)]
    return choose([date(y, month, day) for y in years], anchor, looking) if years else None


def shifted_months(anchor: date, by: int) -> tuple[int, int]:
    """Year and month so many months from the anchor's."""
    index = anchor.year * 12 + anchor.month - 1 + by
    return index // 12, index % 12 + 1


def shifted_years(anchor: date, by: int) -> date:
    """The same day in another year, 28 February for the 29th."""
    year = min(max(1, anchor.year + by), MAXYEAR)
    return anchor.replace(
        year=year, day=28 if anchor.month == 2 and anchor.day == 29 and not isleap(year) else anchor.day
    )


def from_number(number: int) -> date:
    """The day of a number, kept on the calendar."""
    return date.fromordinal(min(max(1, number), LAST_DAY))


def iso_week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def make(
    setting: Setting,
    text: str,
    start: int,
    end: int,
    calendar: Calendar,
    span: Span | None,
    timex: str,
    *,
    widest: Span | None = None,
    parts: tuple[Fraction, ...] = (),
    unit: str = "",
) -> Figure:
    """A DATE figure.  `span` is the first and last day it means, None where it stays open; `widest` all it may mean."""
    low = high = value = None
    intended = wide = Interval()
    if span is not None:
        low, high = Fraction(span[0]), Fraction(span[1])
        value = low if low == high and calendar.grain == "day" else None
        intended = wide = Interval(low, high)
        if widest is not None:
            wide = Interval(min(low, Fraction(widest[0])), max(high, Fraction(widest[1])))
    return Figure(
        setting.block, start, end, text[start:end], Kind.DATE, value, low, high, wide, intended, unit=unit,
        dimension="date", timex=timex, calendar=calendar, parts=parts,
    )  # fmt: skip
