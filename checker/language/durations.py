"""Durations: "12-week", "nine hours", "two and a half years", and the dates told by them: "two years ago"."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from functools import cache

from checker.data import lexicon
from checker.language import calendar, hedges, numbers, precision
from checker.language.numbers import Number
from checker.model import Calendar, Figure, Hedge, Interval, Kind

_UNIT = re.compile(
    r"[\s\u00a0-]*(?:(?:consecutive|straight|full|whole|more|further|calendar|working|long|successive|other|additional)\s+)?(?P<unit>[a-z]+)\b",
    re.I,
)
_ARTICLE = re.compile(
    r"(?:an?|the)\s+(?:(?P<half>half|quarter)[\s-](?:an?\s+)?)?(?P<unit>year|month|week|day|hour|minute|decade|century|fortnight)\b(?P<more>\s+and\s+a\s+half)?",
    re.I,
)
_HALF = re.compile(r"half\s+an?\s+(?P<unit>year|month|week|day|hour|minute|decade|century)\b", re.I)
_VAGUE = re.compile(
    r"(?:several|a few|many|some|recent|the past few|the last few|a couple of|the next few)\s+(?P<unit>years|months|weeks|days|hours|minutes|decades|centuries)\b",
    re.I,
)
_AGO = re.compile(r"\s+(?P<word>ago|earlier|before|previously|later|hence|from now|on)\b")
_CODES = {"year": ("P", "Y"), "month": ("P", "M"), "week": ("P", "W"), "day": ("P", "D"), "night": ("P", "D"), "decade": ("P", "E"),
          "quarter": ("P", "Q"), "century": ("P", "C"), "hour": ("PT", "H"), "minute": ("PT", "M"), "second": ("PT", "S")}  # fmt: skip
_SMALLER = {"year": "month", "hour": "minute", "minute": "second", "week": "day", "month": "day", "day": "hour"}
_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}


@cache
def _units() -> dict[str, str]:
    return lexicon("calendar")["units"]


@cache
def starters() -> frozenset[str]:
    """The words that a duration or an age may begin with."""
    words = {"a", "an", "half", "several", "few", "many", "some", "recent", "the", "aged", "age", "ages", "at", "teens"}
    return frozenset(words | set(numbers.starters()))


def find_at(text: str, at: int, block: int, anchor: date | None = None) -> Figure | None:
    """The duration that begins at a place, or the date it tells when "ago" follows."""
    read = _length(text, at)
    if read is None:
        return None
    value, unit, end, step, worded = read
    if value is not None:
        told = _told(text, at, end, block, anchor, value, unit, step)
        if told is not None:
            return told
    return _make(text, at, end, block, value, unit, step, worded)


def _length(text: str, at: int) -> tuple[Fraction | None, str, int, Fraction, bool] | None:
    """Value, unit, end, step and wordedness of a length of time; the value is None for "several years"."""
    vague = _VAGUE.match(text, at)
    if vague:
        return None, _units()[vague["unit"].lower()], vague.end(), Fraction(1), True
    half = _HALF.match(text, at)
    if half:
        return Fraction(1, 2), half["unit"].lower(), half.end(), Fraction(1, 10), True
    number = numbers.match(text, at)
    if number is None:
        return _articled(text, at)
    if number.letter:
        return None
    found = _UNIT.match(text, number.end)
    if not found or found["unit"].lower() not in _units():
        ranged = re.compile(r"\s?(?:-|–|to)\s?(?=[\da-z])").match(text, number.end)
        if ranged:
            second = numbers.match(text, ranged.end())
            if second is not None and second.value > number.value and (unit := _UNIT.match(text, second.end)):
                name = _units().get(unit["unit"].lower())
                if name and (name != "second" or not text[unit.end() :].startswith(" ")):
                    return None, name, unit.end(), Fraction(1), number.worded
        return None
    unit = _units()[found["unit"].lower()]
    between = text[number.end : found.start("unit")]
    if between == "" and found["unit"].lower() not in (
        "min",
        "mins",
        "hr",
        "hrs",
        "yr",
        "yrs",
        "sec",
        "secs",
        "mth",
        "mths",
    ):
        return None
    if unit == "second" and found["unit"].lower() == "second" and "-" not in between and number.value != 1:
        return None
    if (unit == "quarter" and number.value < 2) or number.value < 0:
        return None
    end, value = found.end(), number.value
    value, unit, end, step = _compound(text, value, unit, end, number)
    if unit == "fortnight":
        value, unit = 2 * value, "week"
    return value, unit, end, step, number.worded


def _compound(text: str, value: Fraction, unit: str, end: int, number: Number) -> tuple[Fraction, str, int, Fraction]:
    """ "seven minutes and 20 seconds", "six years and four months": one length in the smaller unit."""
    half = re.compile(r"\s+and\s+a\s+half\b").match(text, end)
    if half:
        return value + Fraction(1, 2), unit, half.end(), Fraction(1, 10)
    joint = re.compile(r",?\s+(?:and\s+)?(?=[\da-z])").match(text, end)
    smaller = _SMALLER.get(unit)
    if joint and smaller:
        second = numbers.match(text, joint.end())
        if second is not None:
            found = _UNIT.match(text, second.end)
            if found and _units().get(found["unit"].lower()) == smaller:
                if unit == "year":
                    return value * 12 + second.value, "month", found.end(), Fraction(1)
                if unit == "month":
                    return value, unit, end, number.step
                factor = Fraction(_SECONDS[unit], _SECONDS[smaller])
                return value * factor + second.value, smaller, found.end(), Fraction(1)
    return value, unit, end, number.step


def _articled(text: str, at: int) -> tuple[Fraction | None, str, int, Fraction, bool] | None:
    found = _ARTICLE.match(text, at)
    if not found:
        return None
    unit = found["unit"].lower()
    lower = text[at : at + 4].lower()
    if lower.startswith("the"):
        return None
    before = text[max(0, at - 14) : at].lower()
    if not found["half"] and not found["more"]:
        # "a year" is a length only where it is one: "for a year", "a year ago", "a year after", "half a year"
        after = re.match(
            r"(?:\s+(?:ago|earlier|later|before|after|from now|long|old)\b|-long|-old)", text[found.end() :]
        )
        if not after and not re.search(
            r"\b(?:for|in|within|than|nearly|almost|about|least|over|under|lasted|took|takes|after|spent|once)\s+$",
            before,
        ):
            return None
        if "once " in before:
            return None
    value = Fraction(1)
    if found["half"]:
        value = Fraction(1, 2) if found["half"].lower() == "half" else Fraction(1, 4)
    if found["more"]:
        value += Fraction(1, 2)
    if unit == "fortnight":
        value, unit = 2 * value, "week"
    return value, unit, found.end(), Fraction(1) if value == 1 else Fraction(1, 10), True


def timex(value: Fraction | None, unit: str) -> str:
    """The TIMEX3 value of a duration."""
    head, letter = _CODES.get(unit, ("P", "Y"))
    if value is None:
        return f"{head}X{letter}"
    written = str(value.numerator) if value.denominator == 1 else f"{float(value):g}"
    return f"{head}{written}{letter}"


def _make(
    text: str, at: int, end: int, block: int, value: Fraction | None, unit: str, step: Fraction, worded: bool
) -> Figure:
    hedge, _, _ = hedges.around(text, at, end)
    if value is None:
        open_ = Interval()
        return Figure(
            block, at, end, text[at:end], Kind.DURATION, None, None, None, open_, open_, unit=unit, unit_name=unit,
            dimension="time", hedge=hedge, worded=True, timex=timex(None, unit),
        )  # fmt: skip
    widest, intended = precision.read(value, min(step, Fraction(1)), hedge, Kind.DURATION, worded, unit)
    return Figure(
        block, at, end, text[at:end], Kind.DURATION, value, value, value, widest, intended, unit=unit, unit_name=unit,
        dimension="time", hedge=hedge, step=min(step, Fraction(1)), worded=worded, timex=timex(value, unit),
    )  # fmt: skip


def _told(
    text: str, at: int, end: int, block: int, anchor: date | None, value: Fraction, unit: str, step: Fraction
) -> Figure | None:
    """The date of "two years ago"; "three days earlier" stays open, since its anchor is another event."""
    found = _AGO.match(text, end)
    if not found or found["word"] in ("on", "previously", "hence") or unit in ("hour", "minute", "second", "night"):
        return None
    named = Calendar(unit if unit in ("day", "week", "month", "year", "decade") else "year", relative=True)
    if found["word"] == "ago" and anchor is not None and value < 3000:
        span, timex_value = _ago(anchor, value, unit, hedges.around(text, at, end)[0])
        if span is not None:
            return calendar.make(text, block, at, found.end(), named, span, timex_value, (value,), unit)
    if found["word"] in ("ago", "earlier", "later", "from now"):
        return calendar.make(text, block, at, found.end(), named, None, timex(value, unit), (value,), unit)
    return None


def _ago(anchor: date, value: Fraction, unit: str, hedge: Hedge) -> tuple[tuple[int, int] | None, str]:
    """The days that "N units ago" may mean: to the unit as written, one unit of slack each way from weeks on."""
    count = int(value)
    if unit == "day":
        day = anchor.toordinal() - count
        return ((day - 1, day + 1) if count > 3 else (day, day)), date.fromordinal(max(1, day)).isoformat()
    if unit == "week":
        day = anchor.toordinal() - 7 * count
        return (day - 6, day + 6), calendar.iso_week(date.fromordinal(max(1, day)))
    if unit == "month":
        if value.denominator != 1:
            return None, ""
        year, month = calendar.shifted_months(anchor, -count)
        low = calendar.month_span(*calendar.shifted_months(anchor, -count - 1))[0]
        high = calendar.month_span(*calendar.shifted_months(anchor, -count + 1))[1]
        return (low, min(high, anchor.toordinal())), f"{year:04}-{month:02}"
    years = {"year": 1, "decade": 10, "century": 100}.get(unit)
    if years is None or anchor.year - value * years < 2:
        return None, ""
    whole = int(value * years)
    year = anchor.year - whole
    slack = 1 if unit == "year" else years // 2
    low, high = calendar.year_span(max(1, year - slack), year + slack)
    if hedge == Hedge.MORE_THAN:
        low = calendar.year_span(max(1, year - max(2, whole)))[0]
    elif hedge in (Hedge.LESS_THAN, Hedge.NEARLY):
        low, high = anchor.toordinal() - 366 * whole, anchor.toordinal()
    if unit == "decade":
        return (low, high), str(year // 10)
    return (low, min(high, anchor.toordinal())), f"{year:04}" if unit == "year" else f"{year // 100:02}"
