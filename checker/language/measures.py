"""Units of measure behind a number: "70 km", "33in", "6ft 4in", "12 C", 5'10"."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from checker.language import numbers, units
from checker.language.numbers import Number
from checker.language.units import Unit
from checker.patterns import lazy

_TEMPERATURE = lazy(r"\s?[°º]?\s?(?:deg\.?\s?)?(?P<scale>[CF])\b(?![-'’&][A-Za-z]|\.[A-Z])|\s?[°º](?=[\s,.;)-]|$)")
_HOTTEST = 1000  # "1200 C" is no temperature without a degree sign
_DEGREE = Unit("deg", "degree", "angle")
_PHRASE = lazy(
    r"(?:\s(?:US|U\.S\.|imperial)(?=\s))?[\s\u00a0-]?((?:[A-Za-zµμ°º²³][\w.²³/°]*)(?:[\s-](?:[A-Za-z][\w.²³/]*)){0,3})"
)
_WORD = lazy(r"[^\s-]+")
_JOINT = lazy(r"[A-Za-z]+(?![\w²³])|[′″]")
_MILLIONS = ("MM", "Mb")  # of money, of barrels
_SMALLER = {
    "ft": ("in",),
    "st": ("lb",),
    "lb": ("oz",),
    "m": ("cm",),
    "mi": ("yd", "ft"),
    "yd": ("ft", "in"),
    "kg": ("g",),
}
_AND = lazy(r"(?:,?\s+(?:and\s+)?|\s?-\s?)?(?=[\d½¼¾a-z])")
_IN = lazy(r"\sin\b(?=[,;)]|\.?$|\s(?:tall|high|wide|long|deep|and|or|more|less|from|by|of)\b)")
# "6ft 4", "a 6-foot-3 guard", "five foot four"
_BARE_INCHES = lazy(
    r"[\s-](?P<inches>1[01]|\d|[a-z]+)(?=[,.;)](?!\d)|\s*$|\s(?:tall|and|in|on|at|but|when|who|is|was|high|frame|with)\b|(?<=\d)\s[a-z])"
)
_TALL = (4, 5, 6, 7)  # feet
_BELOW = lazy(r"\s(?:below\s(?:zero|freezing)|of\sfrost)\b")  # "20 degrees below zero"
_FEET_INCHES = lazy(r"['’′]\s?(?P<inches>\d{1,2}(?:\.\d+)?)?(?P<half>½)?\s?(?:[\"”″]|''|’’)")


class Measure(NamedTuple):
    """A number of a unit, and where the unit's words end."""

    number: Number
    unit: Unit
    end: int


def behind(text: str, number: Number) -> Measure | None:
    """The measure that a number is with the unit behind it, two units taken as one in the larger: "11st 6lb"."""
    feet = _feet_and_inches(text, number)
    if feet is not None:
        return feet
    temperature = _TEMPERATURE.match(text, number.end) if number.scale == 1 and not number.worded else None
    if temperature:
        scale = temperature["scale"]
        if scale is None:
            return Measure(number, _DEGREE, temperature.end())
        if number.value < _HOTTEST or text[number.end] in "°º":
            return _frozen(text, number, units.by_code()[scale], temperature.end())
    found = unit_at(text, number)
    if found is not None and found[0].code in ("deg", "C"):
        return _frozen(text, number, *found)
    return None if found is None else _compound(text, number, *found)


def _frozen(text: str, number: Number, unit: Unit, end: int) -> Measure:
    below = _BELOW.match(text, end)
    return Measure(replace(number, value=-number.value), unit, below.end()) if below else Measure(number, unit, end)


def unit_at(text: str, number: Number) -> tuple[Unit, int] | None:
    """The unit behind a number, in the most words that name one, and where they end."""
    joint = _JOINT.match(text, number.end)
    if joint and (unit := units.by_joint().get(joint.group())):
        if joint.group() != "st" or number.value % 10 != 1 or number.value % 100 == 11:  # "21st" is none, "11st" is
            return unit, joint.end()
    found = _PHRASE.match(text, number.end)
    if not found:
        return None
    words, symbols = units.by_words(), units.by_symbol()
    for piece in reversed([word.end() for word in _WORD.finditer(found[1])]):
        phrase = found[1][:piece]
        bare = phrase.rstrip(".,")
        known = symbols.get(phrase) or symbols.get(bare) or words.get(phrase.lower())
        known = known or words.get(bare.lower()) or words.get(bare.lower().replace("-", " "))
        if known is not None and phrase not in _MILLIONS:
            return known, found.start(1) + len(phrase if phrase in symbols else bare)
    over, slash, _ = found[1].partition("/")
    known = symbols.get(over) or words.get(over.lower()) if slash else None
    return (known, found.start(1) + len(over)) if known else None  # "10 kV/cm": what it is per is read behind it


def _compound(text: str, number: Number, unit: Unit, end: int) -> Measure:
    joint = _AND.match(text, end) if unit.code in _SMALLER and number.value.denominator == 1 else None
    small = numbers.match(text, joint.end()) if joint else None
    found = unit_at(text, small) if small is not None and not small.letter else None
    if found is None and small is not None and unit.code == "ft" and (apart := _IN.match(text, small.end)):
        found = units.by_code()["in"], apart.end()
    if found is None and unit.code == "ft" and number.value in _TALL and (inches := _BARE_INCHES.match(text, end)):
        small = numbers.match(text, inches.start("inches"))
        if (
            small is not None
            and small.end == inches.end("inches")
            and text[number.end : end].strip(" -") in ("ft", "foot")
        ):
            found = units.by_code()["in"], small.end
    if small is None or found is None or found[0].code not in _SMALLER[unit.code]:
        return Measure(number, unit, end)
    worth = found[0].factor / unit.factor
    if small.value * worth >= 1:
        return Measure(number, unit, end)
    both = replace(number, value=number.value + small.value * worth, step=worth * min(small.step, Fraction(1)))
    return Measure(both, unit, found[1])


def _feet_and_inches(text: str, number: Number) -> Measure | None:
    """A height in signs: 5'10", 6′2½″."""
    found = _FEET_INCHES.match(text, number.end) if number.value < 10 and number.value.denominator == 1 else None
    if not found or not (found["inches"] or found["half"]):
        return None
    inches = Fraction(found["inches"] or 0) + (Fraction(1, 2) if found["half"] else 0)
    both = replace(number, value=number.value + inches / 12, step=Fraction(1, 12))
    return Measure(both, units.by_code()["ft"], found.end())
