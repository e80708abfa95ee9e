"""Dates: calendar dates, weekdays, months, years, decades, and those that are told from the article's own date."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from checker.data import lexicon
from checker.language import ages, calendar, durations, times
from checker.language.calendar import (
    exists,
    iso_week,
    make,
    month_span,
    months,
    moved,
    nearest_year,
    weekdays,
    year_span,
)
from checker.model import Calendar, Figure

_MONTH = r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?|Sep(?:t(?:ember|\.)?|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
_WEEKDAY = r"(?P<weekday>Mon(?:day|\.)?|Tue(?:s(?:day|\.)?|\.)?|Wed(?:nesday|s?\.)?|Thu(?:rs(?:day|\.)?|r?\.)?|Fri(?:day|\.)?|Sat(?:urday|\.)?|Sun(?:day|\.)?)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[0-9]|20)\d\d)(?!\d|,\d|\.\d|%|-\d{4}\b)"
_PATTERNS = {
    "day-month": re.compile(rf"(?:{_WEEKDAY},?\s+)?(?:the\s+)?{_DAY}(?:\s+of)?\s+{_MONTH}(?![a-z])(?:,?\s+{_YEAR})?"),
    "month-day": re.compile(
        rf"(?:{_WEEKDAY},?\s+)?{_MONTH}\s+{_DAY}(?![\d:/]|\.\d|,\d{{3}}(?!\d)|[a-z])(?:,?\s+{_YEAR})?"
    ),
    "month-year": re.compile(rf"{_MONTH}(?:,|\s+of)?\s+{_YEAR}"),
    "iso": re.compile(r"(?P<year>(?:1[6-9]|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)"),
    "slashed": re.compile(r"(?P<first>\d{1,2})/(?P<second>\d{1,2})/(?P<year>(?:19|20)?\d\d)(?![\d/])"),
    "month": re.compile(rf"{_MONTH}(?![A-Za-z])"),
    "weekday": re.compile(rf"{_WEEKDAY}(?![A-Za-z])"),
}
_DECADE = re.compile(r"(?:(?P<century>1\d|20)|['’])(?P<decade>\d)0['’]?s\b")
_CENTURY = re.compile(r"(?P<number>\d{1,2})(?:st|nd|rd|th)[\s-]century\b")
_BARE_YEAR = re.compile(
    r"(?P<year>1[0-9]\d\d|20\d\d)(?![\d%]|[,.]\d|[-–/]\d{4}|\s?(?:per ?cent|pct|million|billion|km|miles|metres|meters|people|jobs|tonnes|dollars|GMT))"
)
_SEASON_YEARS = re.compile(r"(?P<first>(?:19|20)\d\d)(?P<joint>[-–/])(?P<second>\d\d|(?:19|20)\d\d)(?!\d|-\d)")
_BC = re.compile(r"(?P<year>\d{1,4})\s?(?:BC|BCE|B\.C\.)(?![A-Za-z])")
_QUARTER = re.compile(
    r"(?P<rank>first|second|third|fourth|final|last|1st|2nd|3rd|4th)[\s-](?P<part>quarter|half)\b(?:\s+(?:of\s+)?(?P<year>(?:19|20)\d\d)\b)?",
    re.I,
)
_Q = re.compile(r"(?P<part>Q(?=[1-4])|H(?=[12]))(?P<rank>[1-4])(?:\s+(?:of\s+)?(?P<year>(?:19|20)\d\d)\b)?")
_FISCAL = re.compile(
    r"(?:fiscal|financial)(?:\s+year)?\s+(?P<year>(?:19|20)\d\d)\b|FY\s?(?P<short>(?:20)?\d\d)\b", re.I
)
_RELATIVE = re.compile(
    r"(?P<which>last|next|this|previous|current|past|same|coming|following|the previous|the same|the current|the past|the following|the coming|later this|earlier this|early next|late last|early last|early this|late this)\s+"
    r"(?P<unit>week|month|year|quarter|weekend|night|century|decade|spring|summer|autumn|fall|winter|morning|afternoon|evening)\b(?![-’']s)",
    re.I,
)
_WORDS = re.compile(r"\d[\d]*|['’]\d0s|[A-Za-z]+")
_AHEAD = re.compile(
    r"\b(?:will|next|to be|would|scheduled|due|expected|plans?|until|by|tomorrow|upcoming|set to|from)\b[^.;]{0,60}$",
    re.I,
)
_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|since|by|from|until|till|of|during|before|after|for|to|early|late|mid|around|about|between|and|through|the|"
    r"year|than|against|on|fiscal|spring|summer|autumn|fall|winter|circa|c\.|over|throughout|back|end|start|born|for|or|into|versus|as|at|"
    r"Christmas|Easter|season|census|Olympics|Games|Cup|quarter|half|his|her|its|their|a|compared with|compared to)[\s-]|[(\[,–—-]\s?)$"
)
_YEAR_AFTER = re.compile(
    r"\s*(?:$|[,.;:)\]!?–—]|['’]s\b|\s(?:and|to|when|as|after|with|but|election|elections|season|budget|census|Olympics|Games|World|Cup|was|"
    r"is|by|the|that|which|while|at|for|of|he|she|it|they|a|on|in|because|until|before|from|through|who|or|where|under|over|were|"
    r"[a-z]+)\b|-)"
)
_SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
_RANKS = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "final": 4,
    "last": 4,
}
_NOW = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}


@cache
def _starters() -> frozenset[str]:
    """The lower-case words a date may begin with."""
    words = {
        "last",
        "next",
        "this",
        "previous",
        "current",
        "past",
        "same",
        "coming",
        "following",
        "later",
        "early",
        "earlier",
        "late",
    }
    words |= {"fiscal", "financial", "fy", "the", "q", "h", *_NOW, *_RANKS, *_SEASONS}
    return frozenset(words | set(months()) | set(weekdays()))


def find(text: str, block: int = 0, anchor: date | None = None) -> list[Figure]:
    """Dates, times, durations and ages of a block's text in order, not overlapping.

    `anchor` is the article's own date; without it relative dates and days without a year stay open (value None).
    """
    found: list[Figure] = []
    at = 0
    starters, lengths = _starters(), durations.starters()
    for candidate in _WORDS.finditer(text):
        start = candidate.start()
        if start < at:
            continue
        word = candidate.group()
        lower = word.lower()
        numeric = not word.isalpha()
        if numeric and start and (text[start - 1].isalpha() or text[start - 1] in "$£€#_@"):
            continue
        figure = None
        if numeric or lower in ("noon", "midnight", "midday"):
            figure = times.find_at(text, start, block, anchor)
        if figure is None and (numeric or lower in starters):
            figure = _date(text, start, block, anchor, numeric)
        if figure is None and (numeric or lower in lengths):
            figure = ages.find_at(text, start, block) or durations.find_at(text, start, block, anchor)
        if figure is not None and figure.end > start:
            found.append(figure)
            at = figure.end
    return found


def _date(text: str, at: int, block: int, anchor: date | None, numeric: bool) -> Figure | None:
    if numeric:
        readers = (_numeric_date, _day_month, _years)
    else:
        readers = (_named_day, _day_month, _month, _part_of_year, _relative, _season)
    for reader in readers:
        figure = reader(text, at, block, anchor)
        if figure is not None:
            return figure
    return None


# ----------------------------------------------------------------------------------------------------- full dates


def _key(word: str | None) -> str:
    return (word or "").lower().rstrip(".")


def _day_month(text: str, at: int, block: int, anchor: date | None) -> Figure | None:
    """ "Tuesday 12 May 2026", "Feb. 3", "24 October", with a weekday or a year or without."""
    found = _PATTERNS["day-month"].match(text, at) or _PATTERNS["month-day"].match(text, at)
    if not found:
        return None
    month = months()[_key(found["month"])]
    day = int(found["day"])
    year = int(found["year"]) if found["year"] else None
    if not exists(year, month, day):
        return None
    if re.match(r"(?:\s?%|\s(?:per ?cent|million|billion|people|points)\b)", text[found.end() :]):
        return None
    weekday = weekdays()[_key(found["weekday"])] if found["weekday"] else None
    written = {"month", "day"} | ({"year"} if year else set()) | ({"weekday"} if weekday is not None else set())
    place = year
    if place is None and anchor is not None:
        ahead = True if _ahead(text, at) and weekday is None else None
        place = nearest_year(anchor, month, day, ahead)
    if place is not None and not exists(place, month, day):
        place = None
    number = date(place, month, day).toordinal() if place else None
    named = Calendar("day", place, month, day, weekday, frozenset(written))
    timex = f"{place:04}-{month:02}-{day:02}" if place else f"XXXX-{month:02}-{day:02}"
    return make(text, block, at, found.end(), named, (number, number) if number else None, timex)


def _numeric_date(text: str, at: int, block: int, anchor: date | None) -> Figure | None:
    found = _PATTERNS["iso"].match(text, at)
    if found:
        year, month, day = int(found["year"]), int(found["month"]), int(found["day"])
    else:
        found = _PATTERNS["slashed"].match(text, at)
        if not found:
            return None
        first, second = int(found["first"]), int(found["second"])
        year = int(found["year"])
        if year < 100:
            year += 2000 if year < 60 else 1900
        if first > 12 or first == second:
            day, month = first, second
        elif second > 12:
            month, day = first, second
        else:
            named = Calendar("day", year, written=frozenset({"year"}))
            return make(text, block, at, found.end(), named, year_span(year), f"{year:04}")
    if not exists(year, month, day):
        return None
    number = date(year, month, day).toordinal()
    named = Calendar("day", year, month, day, None, frozenset({"year", "month", "day"}))
    return make(text, block, at, found.end(), named, (number, number), f"{year:04}-{month:02}-{day:02}")


def _ahead(text: str, at: int) -> bool:
    """Whether the words before a date look forward."""
    return bool(_AHEAD.search(text, max(0, at - 70), at))


def _named_day(text: str, at: int, block: int, anchor: date | None) -> Figure | None:
    """ "yesterday", "Tuesday", "last Tuesday"."""
    word = re.compile(r"[A-Za-z]+").match(text, at)
    assert word is not None
    lower = word.group().lower()
    if lower in _NOW:
        named = Calendar("day", weekday=None, relative=True)
        if anchor is None:
            return make(text, block, at, word.end(), named, None, "PRESENT_REF" if lower == "today" else "XXXX-XX-XX")
        day = moved(anchor, _NOW[lower])
        named = Calendar("day", day.year, day.month, day.day, None, frozenset(), True)
        suffix = "TNI" if lower == "tonight" else ""
        timex = day.isoformat() + suffix
        return make(text, block, at, word.end(), named, (day.toordinal(), day.toordinal()), timex)
    which = re.compile(r"(last|next|this|past|coming)\s+", re.I).match(text, at)
    begin = which.end() if which else at
    found = _PATTERNS["weekday"].match(text, begin)
    if not found or (not found["weekday"].endswith("day") and not found["weekday"].endswith(".")):
        return None
    if _PATTERNS["day-month"].match(text, begin) or _PATTERNS["month-day"].match(text, begin):
        return None
    if re.match(r"\s+(?:Times|Mail|Mirror|Telegraph|Post|Herald|Express|Night Live)\b", text[found.end() :]):
        return None
    weekday = weekdays()[_key(found["weekday"])]
    end = found.end() - (1 if found.group().endswith(".") and not text[found.end() : found.end() + 1].isalnum() else 0)
    end = begin + len(found["weekday"].rstrip("."))
    part = re.compile(r"\s+(morning|afternoon|evening|night)\b").match(text, end)
    suffix = {"morning": "TMO", "afternoon": "TAF", "evening": "TEV", "night": "TNI"}[part[1]] if part else ""
    end = part.end() if part else end
    if anchor is None:
        named = Calendar("day", weekday=weekday, written=frozenset({"weekday"}), relative=True)
        return make(text, block, at, end, named, None, f"XXXX-WXX-{weekday + 1}{suffix}")
    back = (anchor.weekday() - weekday) % 7
    word_before = which[1].lower() if which else ""
    ahead = word_before in ("next", "coming", "this") or (not which and _ahead(text, at))
    if word_before in ("last", "past"):
        back = back or 7
    day = (
        moved(anchor, -back)
        if not ahead
        else moved(anchor, (weekday - anchor.weekday()) % 7 or (7 if word_before == "next" else 0))
    )
    named = Calendar("day", day.year, day.month, day.day, weekday, frozenset({"weekday"}), True)
    return make(text, block, at, end, named, (day.toordinal(), day.toordinal()), day.isoformat() + suffix)


# ------------------------------------------------------------------------------------------------ months and years


def _month(text: str, at: int, block: int, anchor: date | None) -> Figure | None:
    found = _PATTERNS["month-year"].match(text, at)
    if found:
        year, month = int(found["year"]), months()[_key(found["month"])]
        named = Calendar("month", year, month, written=frozenset({"year", "month"}))
        return make(text, block, at, found.end(), named, month_span(year, month), f"{year:04}-{month:02}")
    which = re.compile(r"(last|next|this|early|late|mid)[\s-]+", re.I).match(text, at)
    begin = which.end() if which else at
    found = _PATTERNS["month"].match(text, begin)
    if not found or not text[begin].isupper():
        return None
    word = found["month"]
    if word in ("May", "March", "Mar", "Jan", "Jun", "Dec", "Apr", "Aug", "Sep") and not which:
        before = re.search(r"([A-Za-z]+)\s+$", text[max(0, at - 14) : at])
        if not before or before.group(1).lower() not in _MONTH_BEFORE:
            return None
    if re.match(r"\s+\d{1,2}\b", text[found.end() :]) and word == "May":
        return None
    if re.match(r"\s+[A-Z][a-z]+", text[found.end() :]) and not which and word in ("April", "June", "August", "May"):
        return None  # a person's name
    month = months()[_key(word)]
    end = found.end()
    if anchor is None:
        named = Calendar("month", None, month, written=frozenset({"month"}), relative=bool(which))
        return make(text, block, at, end, named, None, f"XXXX-{month:02}")
    ahead = bool(which and which[1].lower() == "next") or (not which and _ahead(text, at))
    year = anchor.year
    if ahead and month < anchor.month:
        year += 1
    elif (not ahead and month > anchor.month) or (which and which[1].lower() == "last" and month == anchor.month):
        year -= 1
    named = Calendar("month", year, month, written=frozenset({"month"}), relative=bool(which))
    return make(text, block, at, end, named, month_span(year, month), f"{year:04}-{month:02}")


_MONTH_BEFORE = frozenset(
    "in since by until till of last next this early late mid from to during for through and between after before end around".split()
)


def _years(text: str, at: int, block: int, anchor: date | None) -> Figure | None:
    """Decades, centuries, seasons of two years, BC years, and years that the words around them show to be years."""
    found = _DECADE.match(text, at)
    if found:
        first = int((found["century"] or "19") + found["decade"] + "0")
        named = Calendar("decade", first, written=frozenset({"year"}))
        return make(text, block, at, found.end(), named, year_span(first, first + 9), str(first // 10))
    found = _CENTURY.match(text, at)
    if found and 0 < int(found["number"]) <= 21:
        number = int(found["number"])
        named = Calendar("century", written=frozenset({"year"}))
        first = max(1, 100 * (number - 1))
        return make(text, block, at, found.end(), named, year_span(first, 100 * number), f"{number - 1:02}")
    found = _BC.match(text, at)
    if found:
        named = Calendar("year", 1 - int(found["year"]), written=frozenset({"year"}))
        return make(text, block, at, found.end(), named, None, f"BC{int(found['year']):04}")
    found = _SEASON_YEARS.match(text, at)
    if found:
        first = int(found["first"])
        second = int(found["second"]) if len(found["second"]) == 4 else first // 100 * 100 + int(found["second"])
        if second == first // 100 * 100:
            second += 100
        if first < second <= first + 60 and (second == first + 1 or len(found["second"]) == 4 or second - first <= 60):
            named = Calendar("year", first, written=frozenset({"year"}), fiscal=second == first + 1)
            timex = f"{first:04}" if second == first + 1 else f"{first:04}/{second:04}"
            return make(text, block, at, found.end(), named, year_span(first, second), timex)
    found = _BARE_YEAR.match(text, at)
    if not found:
        return None
    before, year = text[max(0, at - 18) : at], int(found["year"])
    # an unhedged four-digit number of our times without a comma is a year, unless it plainly counts what follows
    plausible = 1900 <= year <= 2060
    if not plausible and not (_YEAR_BEFORE.search(before) and _YEAR_AFTER.match(text, found.end())):
        return None
    if plausible and re.search(r"\b(?:than|least|about|some|nearly|almost|over|around|exactly|another|up to)\s$", before):
        return None
    if _counts_things(text, found.end(), before, year):
        return None
    if not plausible and not re.search(r"\b(?:in|since|by|from|until|to|of|around|about|circa|early|late|[(–-])\s?$", before):
        return None
    named = Calendar("year", year, written=frozenset({"year"}))
    return make(text, block, at, found.end(), named, year_span(year), f"{year:04}")


def _counts_things(text: str, end: int, before: str, year: int) -> bool:
    """Whether "2000" counts what follows it: "of 1500 homes"; but "the 2019 elections", "in 2012 sales rose"."""
    noun = re.match(r"\s+([a-z]+)", text[end : end + 24])
    if not noun or not noun.group(1).endswith("s") or noun.group(1) in ("was", "is", "has", "as", "elections", "games"):
        return False
    return not re.search(r"\b(?:the|its|his|her|their|a|in|since)\s$", before)


def _part_of_year(text: str, at: int, block: int, anchor: date | None) -> Figure | None:
    """Quarters, halves, fiscal years."""
    found = _FISCAL.match(text, at)
    if found:
        year = int(found["year"] or (found["short"] if len(found["short"]) == 4 else "20" + found["short"]))
        named = Calendar("year", year, written=frozenset({"year"}), fiscal=True)
        # a company's year 2025 may begin in 2024 or end in 2026
        span = (year_span(year - 1)[0] + 31, year_span(year + 1)[1] - 31)
        return make(text, block, at, found.end(), named, span, f"FY{year:04}")
    found = _QUARTER.match(text, at) or _Q.match(text, at)
    if not found:
        return None
    if (
        found["part"].lower() == "half"
        and not found["year"]
        and re.match(r"-|\s+(?:goal|of the (?:game|match|season))|\s+(?:and|to)\b", text[found.end() :])
    ):
        return None
    rank = _RANKS.get(found["rank"].lower()) or int(found["rank"])
    half = found["part"].lower() in ("half", "h")
    if half and found["rank"].lower() in ("final", "last", "third", "fourth"):
        rank = 2
    if found["rank"].lower() in ("last",) and not found["year"]:
        return None
    year = int(found["year"]) if found["year"] else None
    grain = "half" if half else "quarter"
    written = frozenset({"part", "year"} if year else {"part"})
    if year is None and anchor is not None:
        year = anchor.year if rank * (6 if half else 3) <= anchor.month + (5 if half else 2) else anchor.year - 1
    letter = "H" if half else "Q"
    if year is None:
        return make(text, block, at, found.end(), Calendar(grain, written=written), None, f"XXXX-{letter}{rank}")
    width = 6 if half else 3
    first = month_span(year, width * (rank - 1) + 1)[0]
    last = month_span(year, width * rank)[1]
    # reporting quarters are shifted from the calendar's by up to a few months
    named = Calendar(grain, year, width * (rank - 1) + 1, written=written, fiscal="year" not in written)
    return make(text, block, at, found.end(), named, (first, last), f"{year:04}-{letter}{rank}")


# ---------------------------------------------------------------------------------------------------- relative dates


def _relative(text: str, at: int, block: int, anchor: date | None) -> Figure | None:
    """ "last week", "this year", "next month", "last night"."""
    found = _RELATIVE.match(text, at)
    if not found:
        return None
    words = found["which"].lower().split()
    which, unit = words[-1], found["unit"].lower()
    grain = {"night": "day", "morning": "day", "afternoon": "day", "evening": "day", "fall": "season", "spring": "season",
             "summer": "season", "autumn": "season", "winter": "season"}.get(unit, unit)  # fmt: skip
    step = {"last": -1, "previous": -1, "past": -1, "next": 1, "coming": 1, "following": 1}.get(which, 0)
    named = Calendar(grain, relative=True)
    if anchor is None or which in ("same", "previous", "following") or (which == "past" and unit != "week"):
        return make(text, block, at, found.end(), named, None, _open_timex(unit, step))
    span, timex = _relative_span(anchor, unit, step)
    named = Calendar(grain, date.fromordinal(span[0]).year, relative=True)
    return make(text, block, at, found.end(), named, span, timex)


def _open_timex(unit: str, step: int) -> str:
    return {"week": "XXXX-WXX", "month": "XXXX-XX", "quarter": "XXXX-QX", "weekend": "XXXX-WXX-WE"}.get(unit, "XXXX")


def _relative_span(anchor: date, unit: str, step: int) -> tuple[tuple[int, int], str]:
    if unit in ("night", "morning", "afternoon", "evening"):
        day = moved(anchor, step if unit == "night" and step < 0 else 0)
        code = {"night": "TNI", "morning": "TMO", "afternoon": "TAF", "evening": "TEV"}[unit]
        return (day.toordinal(), day.toordinal()), day.isoformat() + code
    if unit in ("week", "weekend"):
        monday = anchor.toordinal() - anchor.weekday() + 7 * step
        if unit == "weekend":
            if step < 0:
                monday = anchor.toordinal() - anchor.weekday() - 7
            return (monday + 5, monday + 6), iso_week(date.fromordinal(monday)) + "-WE"
        # "last week" said on a Sunday or Monday may be either of two
        return (monday - 1, monday + 7), iso_week(date.fromordinal(monday))
    if unit == "month":
        year, month = calendar.shifted_months(anchor, step)
        return month_span(year, month), f"{year:04}-{month:02}"
    if unit == "quarter":
        index = anchor.year * 4 + (anchor.month - 1) // 3 + step
        year, quarter = index // 4, index % 4
        return (month_span(year, 3 * quarter + 1)[0], month_span(year, 3 * quarter + 3)[1]), f"{year:04}-Q{quarter + 1}"
    if unit in _SEASONS:
        year = anchor.year + step
        return (year_span(year - 1)[0] + 330, year_span(year)[1] + 80), f"{year:04}-{_SEASONS[unit]}"
    if unit == "decade":
        first = anchor.year // 10 * 10 + 10 * step
        return year_span(first, first + 9), str(first // 10)
    if unit == "century":
        first = anchor.year // 100 * 100 + 100 * step
        return year_span(max(1, first), first + 99), f"{first // 100:02}"
    year = anchor.year + step
    return year_span(year), f"{year:04}"


_SEASON = re.compile(
    r"(?:(?:the|in|this)\s+)?(?P<season>spring|summer|autumn|fall|winter)\s+(?:of\s+)?(?P<year>(?:19|20)\d\d)\b"
)


def _season(text: str, at: int, block: int, anchor: date | None) -> Figure | None:
    found = _SEASON.match(text, at)
    if not found:
        return None
    year, code = int(found["year"]), lexicon("calendar")["seasons"][found["season"]]
    named = Calendar("season", year, written=frozenset({"year", "part"}))
    return make(text, block, at, found.end(), named, year_span(year), f"{year:04}-{code}")
