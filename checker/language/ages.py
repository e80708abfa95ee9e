"""Ages: "47-year-old", "aged 47", "Smith, 47,", "was 87", "in her 60s"."""

from __future__ import annotations

import re
from fractions import Fraction

from checker.language import numbers, precision
from checker.model import Figure, Hedge, Interval, Kind

_OLD = re.compile(r"[\s-](?P<unit>years?|months?|weeks?|days?|yr)[\s-](?:old|olds)\b", re.I)
_OF_AGE = re.compile(r"\s+years?\s+of\s+age\b", re.I)
_AGED = re.compile(r"(?:aged|age|ages)\s+(?P<between>between\s+)?(?=[\da-z])", re.I)
_THIRTIES = re.compile(r"(?P<decade>[2-9]0)s\b")
# "Tanya Mould, 34, ..." and "Dean Pritchett, 41." - a capitalised name, a comma, a number, a comma or stop
_AFTER_NAME = re.compile(r"[A-Z][\w’'.-]*[a-z’'.](?:,? (?:Jr|Sr|II|III)\.?)?, $")
_BEFORE_END = re.compile(r"(?=[,.;:)]|\s(?:and|of|from|who|was|is|said|told|has|had|from|, )\b|$)")
_SAID_TO_BE = re.compile(
    r"\b(?:who (?:is|was|will be|turned)|[Hh]e (?:is|was)|[Ss]he (?:is|was)|[Hh]e['’]s|[Ss]he['’]s|died at|dies at|now|then|turns|turned|only|just|at the age of|"
    r"boy of|girl of|man of|woman of)\s+$"
)
_AT = re.compile(r"[Aa]t\s+(?=\d\d,\s)")


def find_at(text: str, at: int, block: int) -> Figure | None:
    """The age that begins at a place: value in years (or the unit named)."""
    aged = _AGED.match(text, at)
    if aged:
        number = numbers.match(text, aged.end())
        if number is not None and number.value < 125 and not number.letter:
            second = re.compile(r"\s?(?:-|–|to|and)\s?(?=\d)").match(text, number.end)
            if (
                second
                and (upper := numbers.match(text, second.end())) is not None
                and upper.value > number.value
                and upper.value < 125
            ):
                return _range(text, at, upper.end, block, number.value, upper.value)
            if re.match(r"\s?(?:%|per ?cent|and over|or over|or older|and older|\+)", text[number.end :]):
                return _range(text, at, number.end, block, number.value, Fraction(125))
            return _make(text, at, number.end, block, number.value, "year")
        return None
    opening = _AT.match(text, at)
    if opening:
        number = numbers.match(text, opening.end())
        if number is not None and re.match(r",\s+(?:[A-Z]|he\b|she\b)", text[number.end : number.end + 6]):
            return _make(text, number.start, number.end, block, number.value, "year")
        return None
    thirties = _THIRTIES.match(text, at)
    if thirties and re.search(
        r"\b(?:his|her|their|late|early|mid)[\s-](?:early |late |mid-?)?$", text[max(0, at - 16) : at]
    ):
        low = Fraction(thirties["decade"])
        return _range(text, at, thirties.end(), block, low, low + 9)
    number = numbers.match(text, at)
    if number is None or number.value > 125 or number.letter or number.scale != 1:
        return None
    old = _OLD.match(text, number.end)
    if old:
        unit = {"y": "year", "m": "month", "w": "week", "d": "day"}[old["unit"][0].lower()]
        return _make(text, at, old.end(), block, number.value, unit)
    of_age = _OF_AGE.match(text, number.end)
    if of_age:
        return _make(text, at, of_age.end(), block, number.value, "year")
    if number.value.denominator != 1 or number.worded or number.value < 1:
        return None
    before = text[max(0, at - 40) : at]
    if (
        _AFTER_NAME.search(before)
        and re.match(r"[,.;)](?!\d)|$|\s(?:and|of|from)\b", text[number.end :])
        and _is_name(before)
    ):
        return _make(text, at, number.end, block, number.value, "year")
    if (
        _SAID_TO_BE.search(before)
        and re.match(r"[,.;)](?!\d)|\s(?:and|when|at the time|on|in|years old|this|next|last)\b|$", text[number.end :])
        and not re.search(r"\b(?:only|just|now|then)\s+$", before)
    ):
        return _make(text, at, number.end, block, number.value, "year")
    return None


_NO_NAME = frozenset(
    """January February March April May June July August September October November December Monday Tuesday Wednesday
    Thursday Friday Saturday Sunday Jan. Feb. Aug. Sept. Oct. Nov. Dec. Street Road Avenue Lane Drive No. Section Article
    Chapter Act Calif. Fla. Tex. Ill. Mass. Conn. Wash. Inc. Corp. Ltd. Co. Psalm Genesis John""".split()
)


def _is_name(before: str) -> bool:
    """Whether the words before the comma are a person's: two capitalised words or a title and one, or one lone surname."""
    words = re.findall(r"[^\s,]+", before)
    if not words or words[-1] in _NO_NAME:
        return False
    return len(words) >= 2 and (
        words[-2][:1].isupper()
        or words[-2].lower() in ("and", "de", "van", "von", "bin", "al", "la", "der", "di", "le")
    )


def _make(text: str, at: int, end: int, block: int, value: Fraction, unit: str) -> Figure:
    widest, intended = precision.read(value, Fraction(1), Hedge.EXACT, Kind.AGE)
    letter = {"year": "Y", "month": "M", "week": "W", "day": "D"}[unit]
    return Figure(
        block, at, end, text[at:end], Kind.AGE, value, value, value, widest, intended, unit=unit, unit_name=f"{unit} of age",
        dimension="age", timex=f"P{value}{letter}",
    )  # fmt: skip


def _range(text: str, at: int, end: int, block: int, low: Fraction, high: Fraction) -> Figure:
    interval = Interval(low, high)
    return Figure(
        block, at, end, text[at:end], Kind.AGE, None, low, high, interval, interval, unit="year", unit_name="year of age",
        dimension="age", timex="",
    )  # fmt: skip
