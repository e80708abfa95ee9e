"""Dates, times of day, durations and ages of a text: ``find`` walks its words and asks the readers that may begin there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

from checker.language import ages, days, durations, holidays, numbers, periods, times, years
from checker.language.calendar import Setting, months, ordinal_days, weekdays
from checker.model import Figure, Kind
from checker.patterns import lazy

Reader = Callable[[str, int, Setting], Figure | None]

# A number (with the apostrophe of "'80s"), or a word; what follows a digit or a sign of money is part of it.
_CANDIDATES = lazy(r"['’‘]\d0['’]?s|\d+|[A-Za-z]+")
_NO_START = frozenset("$£€¥#_@&")
_NUMERIC: tuple[Reader, ...] = (
    times.find_at,
    days.read_date,
    days.read_numeric,
    periods.read_fiscal,
    periods.read_quarter,
    ages.find_at,
    periods.read_same_quarter,
    years.read_decade,
    years.read_years,
    days.read_monthless,
    durations.find_at,
)


@cache
def _readers() -> dict[str, tuple[Reader, ...]]:
    """The readers of each lower-case word that a figure may begin with, in the order they are asked."""
    table: dict[str, list[Reader]] = {}

    def add(words: frozenset[str] | set[str], *readers: Reader) -> None:
        for word in words:
            known = table.setdefault(word, [])
            known += [reader for reader in readers if reader not in known]

    relative = {"last", "next", "this", "previous", "current", "past", "same", "coming", "following", "latest", "early", "earlier",
                "late", "later", "mid"}  # fmt: skip
    ranks = {"first", "second", "third", "fourth", "final", "st", "nd", "rd", "th"}
    add(set(weekdays()), days.read_date, days.read_monthless)
    add(set(weekdays()) | {f"{word}s" for word in weekdays()}, days.read_weekday)
    add(set(holidays.starters()) | {"last", "next", "this"}, holidays.find_at)
    add(set(months()), days.read_date, years.read_month)
    add({"last"}, days.read_nth_weekday)
    add(relative | {"every", "each"}, days.read_weekday)
    add({"the", "first", "second", "third", "fourth", "final", "last"}, days.read_nth_weekday, years.read_week_of)
    add({"year", "end", "the"}, years.read_year_end)
    add({"today", "tonight", "yesterday", "tomorrow", "the"}, days.read_now)
    add(
        relative | {"the", "at", "over"},
        years.read_month,
        periods.read_quarter,
        periods.read_relative,
        years.read_decade,
    )
    add(ranks | {"the", "year", "fiscal", "financial", "q", "h"}, periods.read_quarter)
    add(
        {"year", "the", "latest", "same", "corresponding", "comparable", "most", "last", "current"},
        periods.read_same_quarter,
    )
    add({"fiscal", "financial", "fy"}, periods.read_fiscal)
    add({"spring", "summer", "autumn", "fall", "winter", "the", "early", "late", "mid"}, periods.read_season)
    add({"a"}, periods.read_year_earlier)
    add({"beginning", "end", "previous", "following"}, years.read_month)
    add({"eighteen", "nineteen", "twenty", "the"}, years.read_year_words)
    add({"ad"}, years.read_years)
    add(set(years.DECADE_WORDS) | {"nineteen"}, years.read_decade)
    add({word.split("-")[0] for word in ordinal_days()} | {"the"}, days.read_date, years.read_decade)
    add({"the"}, days.read_monthless)
    add(set(times.starters()), times.find_at)
    add(set(ages.starters()) | set(numbers.words().small), ages.find_at)
    add(set(durations.starters()), durations.find_at)
    return {word: tuple(readers) for word, readers in table.items()}


def find(text: str, block: int = 0, anchor: date | None = None, period: tuple[int, int] | None = None) -> list[Figure]:
    """The dates, times, durations and ages of a block's text in order, not overlapping.

    `anchor` is the article's own date.  Without it relative dates and days without a year stay open: value, `low` and
    `high` are None and the TIMEX3 value has ``X`` for what is not known.  `period` is the year and quarter that the
    blocks before last named (``last_quarter``): "a year earlier" in a report on a quarter is told from it.
    """
    if anchor is not None and not 100 < anchor.year < 9900:
        anchor = None  # nothing that an article could be dated
    setting = Setting(block, anchor, period)
    found: list[Figure] = []
    readers, at = _readers(), 0
    for candidate in _CANDIDATES.finditer(text):
        start = candidate.start()
        if start < at:
            continue
        word = candidate.group()
        if word.isalpha():
            asked = readers.get(word.lower())
            if asked is None or (start and text[start - 1] in "'’" and start > 1 and text[start - 2].isalpha()):
                continue
        else:
            if start and (text[start - 1] in _NO_START or text[start - 1].isalnum()):
                continue
            if start > 1 and text[start - 1] in ".," and text[start - 2].isdigit():
                continue
            asked = _NUMERIC
        figure = _first(asked, text, start, setting)
        if figure is None:
            continue
        found.append(figure)
        at = figure.end
        quarter = _quarter(figure)
        if quarter is not None:
            setting = Setting(block, anchor, quarter)
    return times.on_their_days(found, text) if any(figure.kind == Kind.TIME for figure in found) else found


def _first(readers: tuple[Reader, ...], text: str, at: int, setting: Setting) -> Figure | None:
    for reader in readers:
        figure = reader(text, at, setting)
        if figure is not None and figure.end > at:
            return figure
    return None


def last_quarter(figures: list[Figure], before: tuple[int, int] | None = None) -> tuple[int, int] | None:
    """Year and quarter that the figures of a block name last, `before` where they name none."""
    for figure in reversed(figures):
        quarter = _quarter(figure)
        if quarter is not None:
            return quarter
    return before


def _quarter(figure: Figure) -> tuple[int, int] | None:
    """The year and quarter that a figure names itself, not by reference to another."""
    named = figure.calendar
    if named is None or named.grain != "quarter" or "part" not in named.written:
        return None
    return (named.year, (named.month + 2) // 3) if named.year is not None and named.month is not None else None
