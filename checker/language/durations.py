"""Durations: "12-week", "nine hours", "two and a half years"; the dates told by them are read by ``ago``."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from checker.data import lexicon
from checker.language import ago, hedges, numbers, precision
from checker.language.calendar import Setting, number_at
from checker.language.numbers import Number
from checker.model import Figure, Hedge, Interval, Kind
from checker.patterns import lazy

_BETWEEN = (
    r"(?:consecutive|straight|full|whole|more|further|calendar|working|trading|business|long|successive|other|additional|solid|"
    r"extra|fiscal|school|light)"
)
_UNIT = lazy(rf"(?P<gap>[\s\u00a0]*-?[\s\u00a0]*)(?:{_BETWEEN}\s+)?(?P<unit>[a-z]+)\b", re.I)
_ARTICLE = lazy(
    r"(?:an?|(?P<another>another))\s+(?:(?P<half>half|quarter(?:\s+of\s+an?)?|full|whole|further)[\s-](?:an?\s+)?)?(?P<unit>year|month|week|day|hour|minute|decade|century|fortnight)\b"
    r"(?P<more>\s+and\s+(?:a\s+(?:half|quarter)|three[\s-]quarters)\b)?(?!\s+or\s+two)",
    re.I,
)
# spares the search for most articles
_ARTICLE_OTHER = lazy(
    r"an?\s+(?!(?:half|quarter|third|fifth|tenth|hundredth|full|whole|further|few|couple|number|year|month|week|day|hour|minute|decade|century|fortnight|"
    r"hundred|dozen|thousand|million)\b)",
    re.I,
)
_HALF = lazy(
    r"half(?:\s+an?\s+|-an?-|\s+an?-|-|\s(?=hour|century|decade))(?P<unit>year|month|week|day|hour|minute|decade|century)\b(?!\s+(?:results|profits?|year))",
    re.I,
)
_PART = lazy(
    r"(?P<count>an?|one|two|three|four|five|seven|nine)[\s-](?P<noun>quarters?|thirds?|fifths?|tenths?|hundredths?)\s+of\s+"
    r"(?:an?|one)\s+(?P<unit>century|decade|year|month|week|day|hour|minute|second)\b",
    re.I,
)
_VAGUE = lazy(
    r"(?:several|(?:a\s+)?few|many|some|recent|(?:a\s+)?couple\s+of|a\s+couple|a\s+number\s+of|dozens\s+of|hundreds\s+of|tens\s+of)\s+(?:more\s+)?"
    r"(?P<unit>years|months|weeks|days|hours|minutes|decades|centuries|seconds|quarters)\b",
    re.I,
)
_SO_MANY = lazy(r"several|(?:a\s+)?few", re.I)
_LENGTH_BEFORE = lazy(
    r"\b(?:for|in|within|than|nearly|almost|about|least|over|under|last|lasts|lasted|lasting|took|takes|take|taking|taken|after|spent|spend|"
    r"spending|served|serve|around|just|only|roughly|up\s+to|to|of|another|by|from|half|wait|waited|live|lived|waiting|before|barely|approximately|and)\s+$",
    re.I,
)
_LENGTH_AFTER = lazy(
    r"\s+(?:ago|earlier|later|before|after|from\s+now|long|old|apart|away|early|late|in\s+(?:prison|jail|hospital))\b|-long\b|-old\b",
    re.I,
)
_RATE_BEFORE = lazy(
    r"(?:[\d%£$€)]|\b(?:once|twice|times|thousand|million|billion|dollars|pounds|cents|percent|per\s?cent|people|tonnes|barrels))\s+$"
)
_OVER = lazy(
    r"\b(?:for|after|lasted|lasts|took|takes|just|well|of|spent|served|been|little|slightly|a|in|with|by|is|was)\s+$"
)
_CLOCKED = lazy(
    r"(?<![\d:])(?:(?P<hour>\d{1,2}):(?P<minute>[0-5]\d):|(?P<minutes>\d{1,2}):(?=\d\d\.))(?P<second>[0-5]\d)(?P<part>\.\d{1,3})?(?![\d:])(?!\s?[ap]\.?m)"
)
_SHORT_SECONDS = lazy(r"m\s?(\d{1,2}(?:\.\d+)?)s\b")  # "4m 35s"
_SHORT_HOURS = lazy(r"(?P<hours>\d{1,2})h\s?(?P<minutes>[0-5]?\d)m(?:in)?\b(?:\s?(?P<seconds>[0-5]?\d)s\b)?")
_AND_HALF = lazy(r"\s+and\s+a\s+(?P<part>half|quarter)\b")
_JOINT = lazy(r",?\s+(?:and\s+)?(?=[\da-z])")
_RANGE = lazy(r"(?:-?\s+(?:to|or|and)\s+|-to-|-or-|\s?[-–—]\s?)(?=[\da-z])")
_OF_A_WHOLE = lazy(r"[\s\u00a0]+quarters\s+of\b|-quarters\b", re.I)
_ATTACHED = frozenset("h min mins hr hrs yr yrs sec secs mth mths".split())
_LETTERS = {"year": ("P", "Y"), "month": ("P", "M"), "week": ("P", "W"), "day": ("P", "D"), "night": ("P", "D"),
            "quarter": ("P", "Q"), "hour": ("PT", "H"), "minute": ("PT", "M"), "second": ("PT", "S")}  # fmt: skip
_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}
_SMALLER = {
    "year": ("month", "week", "day"),
    "month": ("week", "day"),
    "week": ("day",),
    "day": ("hour", "minute"),
    "hour": ("minute", "second"),
    "minute": ("second",),
}


class Length(NamedTuple):
    """A length of time: `low` to `high` in `unit` (None for "several"), where it ends, its last digit's worth."""

    low: Fraction | None
    high: Fraction | None
    unit: str
    end: int
    step: Fraction = Fraction(1)
    worded: bool = True


@cache
def _units() -> dict[str, str]:
    return lexicon("calendar")["units"]


@cache
def starters() -> frozenset[str]:
    """The lower-case words that a length of time may begin with."""
    vague = {
        "a",
        "an",
        "half",
        "few",
        "another",
        "several",
        "many",
        "some",
        "recent",
        "dozens",
        "hundreds",
        "tens",
        "couple",
    }
    return frozenset(vague | set(numbers.words().small) | {"hundred", "dozen"})


def find_at(text: str, at: int, setting: Setting) -> Figure | None:
    """The duration that begins at a place, or the date it tells where "ago" or "earlier" follows."""
    if text[at] in "aA" and _ARTICLE_OTHER.match(text, at):
        return None
    if at and text[at - 1] == "." and (at == 1 or text[at - 2].isspace()):
        return None  # ".65 years" begins with its point
    length = _length(text, at)
    if length is None:
        return None
    value = length.low if length.low == length.high else None
    told = ago.find_at(text, at, setting, value, length.unit, length.end, timex(value, length.unit))
    return told or _so_many(text, _figure(text, at, setting, length))


def _so_many(text: str, figure: Figure) -> Figure:
    """ "a few minutes", "several years": from two to ten of them as it is meant; "recent years" stays open."""
    if figure.low is not None or not _SO_MANY.match(figure.text):
        return figure
    least, most = Fraction(2), Fraction(10)
    return replace(figure, low=least, high=most, widest=Interval(least, None), intended=Interval(least, most))


# ------------------------------------------------------------------------------------------------------- reading


_COUNTED = lazy(r" [a-z-]+s\b")


def _length(text: str, at: int) -> Length | None:
    if text[at].isalpha():
        vague = _VAGUE.match(text, at)
        if vague and "couple" in vague.group().lower():
            return Length(Fraction(2), Fraction(2), _units()[vague["unit"].lower()], vague.end())
        if vague:
            return Length(None, None, _units()[vague["unit"].lower()], vague.end())
        part = _PART.match(text, at)
        if part:
            share = (
                numbers.words().small.get(part["count"].lower(), 1) * numbers.words().fractions[part["noun"].lower()]
            )
            return Length(share, share, part["unit"].lower(), part.end(), share / 4)
        half = _HALF.match(text, at)
        if half and half.group().lower() != "half-year":
            return Length(Fraction(1, 2), Fraction(1, 2), half["unit"].lower(), half.end(), Fraction(1, 4))
    elif clocked := _CLOCKED.match(text, at):
        minutes = int(clocked["minutes"] or clocked["minute"]) + 60 * int(clocked["hour"] or 0)
        seconds = 60 * minutes + int(clocked["second"]) + Fraction(f"0{clocked['part'] or ''}")
        step = Fraction(1, 10 ** max(0, len(clocked["part"] or ".") - 1))
        return Length(seconds, seconds, "second", clocked.end(), step, False)
    elif short := _SHORT_HOURS.match(text, at):
        minutes = 60 * int(short["hours"]) + int(short["minutes"])
        if short["seconds"] is None:
            return Length(Fraction(minutes), Fraction(minutes), "minute", short.end(), Fraction(1), False)
        run = Fraction(60 * minutes + int(short["seconds"]))
        return Length(run, run, "second", short.end(), Fraction(1), False)
    number = number_at(text, at)
    if number is None or number.value <= 0:
        return _articled(text, at)
    if number.letter:
        short = _SHORT_SECONDS.match(text, number.bare_end) if number.letter == "m" else None
        if not short:
            return None  # "4m" is metres or million
        run = 60 * number.bare + Fraction(short[1])
        return Length(run, run, "second", short.end(), Fraction(1), False)
    part = _AND_HALF.match(text, number.end)  # "11 and a half hours"
    found = _UNIT.match(text, part.end()) if part else None
    unit = _unit(text, found, number.value + 1)
    if part and found is not None and unit is not None:
        value = number.value + Fraction(1, 2 if part["part"] == "half" else 4)
        return _made(value, value, unit, found.end(), Fraction(1, 4), number.worded)
    found = _UNIT.match(text, number.end)
    unit = _unit(text, found, number.value)
    if found is None or unit is None:
        return _ranged(text, number)
    low, unit, end, step = _compound(text, number.value, unit, found.end(), number)
    if unit == "second" and number.value == 1 and found["unit"].lower() == "second" and number.worded:
        return None  # "one second half"
    return _made(low, low, unit, end, step, number.worded)


def _made(low: Fraction, high: Fraction, unit: str, end: int, step: Fraction, worded: bool) -> Length:
    if unit == "fortnight":
        return Length(2 * low, 2 * high, "week", end, step, worded)
    return Length(low, high, unit, end, step, worded)


def _unit(text: str, found: re.Match[str] | None, value: Fraction) -> str | None:
    """The unit behind a number: singular only behind one or a hyphen ("two year" is none, "two-year" is)."""
    if not found:
        return None
    word = found["unit"].lower()
    unit = _units().get(word)
    if unit is None or (word in _ATTACHED and found["unit"] != word):
        return None
    gap = found["gap"]
    if gap == "" and word not in _ATTACHED:
        return None
    if word == "min" and not gap and text[found.end() : found.end() + 1] == ".":
        return unit
    if word == unit and gap == " " and value > 1 and _COUNTED.match(text, found.end()):
        return None  # "61,000 day trippers"
    if word in ("second", "quarter") and "-" not in gap and value != 1:
        return None
    if word in ("quarter", "quarters") and (value < 2 or (value == 3 and _OF_A_WHOLE.match(text, found.start()))):
        return None  # "three quarters of the voters", "three-quarters full"
    if word == "h" and gap:
        return None
    if word in ("second", "seconds") and value >= 10000:
        return None
    return unit


def _ranged(text: str, number: Number) -> Length | None:
    """ "two to three weeks", "10-15 minutes", "five or six years"."""
    joint = _RANGE.match(text, number.end)
    if not joint:
        return None
    second = number_at(text, joint.end())
    if second is None or second.value <= number.value or second.letter:
        return None
    found = _UNIT.match(text, second.end)
    unit = _unit(text, found, second.value)
    if found is None or unit is None:
        return None
    if "and" in joint.group() and not re.search(r"\bbetween\s+$", text[max(0, number.start - 9) : number.start]):
        return None
    return _made(number.value, second.value, unit, found.end(), min(number.step, second.step), number.worded)


def _compound(text: str, value: Fraction, unit: str, end: int, number: Number) -> tuple[Fraction, str, int, Fraction]:
    """ "seven minutes and 20 seconds", "six years and four months": one length in the smaller unit."""
    half = _AND_HALF.match(text, end)
    if half:
        part = Fraction(1, 2) if half["part"] == "half" else Fraction(1, 4)
        return value + part, unit, half.end(), Fraction(1, 4)
    joint = _JOINT.match(text, end)
    if not joint or unit not in _SMALLER:
        return value, unit, end, number.step
    second = number_at(text, joint.end())
    found = _UNIT.match(text, second.end) if second is not None and not second.letter else None
    smaller = _unit(text, found, second.value) if found and second else None
    if found is None or second is None or smaller not in _SMALLER[unit]:
        return value, unit, end, number.step
    if unit == "year" and smaller == "month" and second.value < 12:
        return value * 12 + second.value, "month", found.end(), second.step
    if unit in _SECONDS and smaller in _SECONDS:
        factor = Fraction(_SECONDS[unit], _SECONDS[smaller])
        if second.value < factor:
            return _third(text, value * factor + second.value, smaller, found.end(), second.step)
    return value, unit, end, number.step


def _third(text: str, value: Fraction, unit: str, end: int, step: Fraction) -> tuple[Fraction, str, int, Fraction]:
    """The seconds of "two hours, three minutes and 38 seconds"."""
    joint = _JOINT.match(text, end)
    last = number_at(text, joint.end()) if joint and unit == "minute" else None
    found = _UNIT.match(text, last.end) if last is not None and not last.letter else None
    if found and last and _unit(text, found, last.value) == "second" and last.value < 60:
        return value * 60 + last.value, "second", found.end(), last.step
    return value, unit, end, step


def _articled(text: str, at: int) -> Length | None:
    """ "a year", "half a century", "a year and a half": lengths only where the words around measure by them."""
    found = _ARTICLE.match(text, at)
    if not found:
        return None
    unit, value, step = found["unit"].lower(), Fraction(1), Fraction(1)
    qualifier = (found["half"] or "").lower()
    if qualifier.startswith("quarter"):
        value, step = Fraction(1, 4), Fraction(1, 4)
    elif qualifier == "half":
        value, step = Fraction(1, 2), Fraction(1, 4)
    if found["more"]:
        more = (
            Fraction(3, 4)
            if found["more"].endswith("quarters")
            else Fraction(1, 4)
            if found["more"].endswith("quarter")
            else Fraction(1, 2)
        )
        value, step = value + more, Fraction(1, 4)
    elif not qualifier and not found["another"]:
        before = text[max(0, at - 14) : at]
        if not _LENGTH_AFTER.match(text, found.end()) and (
            not _LENGTH_BEFORE.search(before) or _RATE_BEFORE.search(before)
        ):
            return None
        if text.startswith("-", found.end()) and not _LENGTH_AFTER.match(text, found.end()):
            return None
    return _made(value, value, unit, found.end(), step, True)


# ------------------------------------------------------------------------------------------------------- figures


def timex(value: Fraction | None, unit: str) -> str:
    """The TIMEX3 value of a length of time: P3M, PT48H, P2Y6M, PXD for one that is not said."""
    if unit in ago.YEARS and unit != "year":
        value, unit = (None if value is None else value * ago.YEARS[unit]), "year"
        if value is None:
            return "PXE"
    head, letter = _LETTERS[unit]
    if value is None:
        return f"{head}X{letter}"
    whole, rest = divmod(value, 1)
    if rest and unit in ("year", "hour") and (12 if unit == "year" else 60) % rest.denominator == 0:
        smaller = rest * (12 if unit == "year" else 60)
        return f"{head}{f'{whole}{letter}' if whole else ''}{smaller}M"
    if rest:
        decimals = round(value * 1000)
        return f"{head}{decimals // 1000}.{str(decimals % 1000).zfill(3).rstrip('0') or '0'}{letter}"
    return f"{head}{whole}{letter}"


def _figure(text: str, at: int, setting: Setting, length: Length) -> Figure:
    low, high, unit, end, step, worded = length
    hedge, begin, _ = hedges.around(text, at, end)
    if (
        hedge == Hedge.MORE_THAN
        and text[begin:at].lower().startswith("over")
        and not _OVER.search(text, max(0, begin - 12), begin)
    ):
        hedge = Hedge.EXACT  # "built over three years"
    if "couple" in text[at : at + 8] and hedge == Hedge.EXACT:
        hedge = Hedge.ABOUT
    if low is None or low < precision.EXACT_BELOW:
        step = min(step, Fraction(1))  # "50 days" are not 48, "171,000 hours" may be 171,200
    widest = intended = Interval()
    if low is not None and high is not None:
        if low == high:
            widest, intended = precision.read(low, step, hedge, Kind.DURATION, worded, unit)
        else:
            widest, intended = precision.read_range(low, high, step, Kind.DURATION, hedge, unit)
    value = low if low == high else None
    return Figure(
        setting.block, at, end, text[at:end], Kind.DURATION, value, low, high, widest, intended, unit=unit, unit_name=unit,
        dimension="time", hedge=hedge, step=step, worded=worded, timex=timex(value, unit),
    )  # fmt: skip
