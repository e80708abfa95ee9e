"""Ratios in words: fractions ("a third", "nearly half"), "one in five", "9 out of 10", multiples ("doubled", "twice")."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from functools import cache

from checker.data import lexicon
from checker.language import hedges, numbers, precision, suffixes
from checker.language.numbers import Number
from checker.model import Figure, Hedge, Kind

_FRACTION = re.compile(
    r"(?P<count>an?|one|two|three|four|five|six|seven|eight|nine)[\s-]"
    r"(?P<noun>halves|half|thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?)\b",
    re.IGNORECASE,
)
_HALF_OF = re.compile(r"(?P<noun>half|quarter)\b", re.IGNORECASE)
_OF_ONE = re.compile(r"(?:\s+of)?(?:\s+|-)(?:an?|one|1)[\s-](?:(?:full|U\.?S\.?)\s)?")
_JOINED = re.compile(r"[\s-](?=[a-z])")
_AFTER_FRACTION = re.compile(
    r"\s+(?:of|as|less|more|fewer|higher|lower|off|said|say|were|are|was|is|had|have|in|to|on|from|since|after|over|"
    r"cheaper|larger|smaller|the size|that|who|did|voted|believe|think|were|want|support)\b|[,.;:)!?]|\s*$|[\s-]majority\b|[\s-]point"
)
_HALF_BEFORE = re.compile(
    r"\b(?:nearly|almost|about|around|over|than|roughly|by|in|only|least|up to|just under|some|exactly)\s+$", re.I
)
_HALF_AFTER = re.compile(
    r"\s+(?:of|the|its|their|his|her|our|all|that|those|as)\b(?!\s+(?:hour|time|way through|century|year|dozen|day|season))"
)
_IN = re.compile(r"\s+(?P<joint>in|out of|in every|out of every|of every)\s+(?=[\dA-Za-z])")


@cache
def starters() -> frozenset[str]:
    """The words that a ratio can begin with."""
    table = lexicon("numbers")
    return frozenset(table["multiples"]) | frozenset(table["ordinals"]) | {"half"}


@cache
def _multiples() -> dict[str, Fraction]:
    return {word: Fraction(value) for word, value in lexicon("numbers")["multiples"].items()}


def find_at(text: str, at: int, block: int) -> Figure | None:
    """The ratio or the worded ordinal that begins at a place, or None."""
    for reader in (_share_of_so_many, _fraction, _half, slashed, _multiple, _ordinal):
        figure = reader(text, at, block)
        if figure is not None:
            return figure
    return None


def _make(text: str, block: int, start: int, end: int, value: Fraction, step: Fraction, unit: str = "") -> Figure:
    hedge, _, _ = hedges.around(text, start, end)
    if hedge == Hedge.EXACT:
        hedge = hedges.change_before(text, start) or hedges.change_after(text, end) or hedge
    widest, intended = precision.read(value, step, hedge, Kind.RATIO, True, unit)
    return Figure(
        block, start, end, text[start:end], Kind.RATIO, value, value, value, widest, intended,
        unit=unit, unit_name="times" if unit else suffixes.counted(text, end), dimension="ratio", hedge=hedge, step=step, worded=True,
    )  # fmt: skip


def _share_of_so_many(text: str, at: int, block: int) -> Figure | None:
    """ "one in five", "nine out of 10", "3 out of every 4"."""
    first = numbers.match(text, at)
    if first is None or first.scale != 1 or first.value.denominator != 1 or first.value >= 100:
        return None
    joint = _IN.match(text, first.end)
    if not joint:
        return None
    second = numbers.match(text, joint.end())
    if second is None or second.value.denominator != 1 or second.value <= first.value or second.letter:
        return None
    if joint["joint"] == "in" and not (
        (first.value == 1 and first.worded and second.value < 1900)
        or (first.value < 10 and second.value in (3, 4, 5, 10, 20, 100, 1000))
    ):
        return None
    if joint["joint"] == "out of" and second.value > 1000:
        return None
    after = text[second.end : second.end + 12]
    if re.match(r"\s?(?:%|per ?cent|days|weeks|months|years|hours|minutes|seconds|games|matches|(?:of )?the)\b", after):
        return None
    return _make(text, block, at, second.end, first.value / second.value, Fraction(1, second.value.numerator))


def _fraction(text: str, at: int, block: int) -> Figure | None:
    found = _FRACTION.match(text, at)
    if not found:
        return None
    word, noun = found["count"].lower(), found["noun"].lower()
    count = 1 if word in ("a", "an") else numbers.words().small.get(word, 1)
    value = count * numbers.words().fractions[noun]
    if (count > 1) != noun.endswith("s") or value >= 1:
        return None
    if count == 1 and not _AFTER_FRACTION.match(text, found.end()):
        return None  # "a third man", "a quarter that disappointed"
    if (
        noun in ("half", "quarter")
        and re.match(r"\s+(?:in|on|of (?:growth|the year|2|19))\b", text[found.end() : found.end() + 16])
        and noun == "quarter"
        and not re.match(r"\s+of (?!growth|the year|2|19)", text[found.end() : found.end() + 16])
    ):
        return None
    if (
        noun.startswith("quarter")
        and count == 3
        and re.match(r"\s+(?:ended|ending|through|running)", text[found.end() :])
    ):
        return None
    point = re.compile(r"[\s-](?:of a )?(?:percentage[\s-])?point\b").match(text, found.end())
    if point:
        widest, intended = precision.read(value, Fraction(1, 100), Hedge.EXACT, Kind.PERCENT)
        return Figure(
            block, at, point.end(), text[at : point.end()], Kind.PERCENT, value, value, value, widest, intended,
            unit="pp", unit_name="percentage point", dimension="share", step=Fraction(1, 100), worded=True,
        )  # fmt: skip
    return _make(text, block, at, found.end(), value, numbers.words().fractions[noun])


def _half(text: str, at: int, block: int) -> Figure | None:
    found = re.compile(r"half\b(?!-| a\b| an\b)", re.I).match(text, at)
    if not found:
        return None
    before = text[max(0, at - 16) : at]
    if re.search(
        r"\b(?:first|second|other|better|latter|last|top|bottom|and an?|the|their|his|her|an?|each|this|that|one)[\s-]$",
        before,
        re.I,
    ):
        return None
    if not _HALF_AFTER.match(text, found.end()) and not (
        _HALF_BEFORE.search(before)
        and re.match(r"[,.;:)]|\s+(?:were|are|is|was|said|say|had|have)\b", text[found.end() :])
    ):
        return None
    return _make(text, block, at, found.end(), Fraction(1, 2), Fraction(1, 2))


def slashed(text: str, at: int, block: int) -> Figure | None:
    """ "2/3 of", "1/2 of"."""
    number = numbers.fraction_at(text, at)
    if number is None or not re.compile(r"\s+of\b").match(text, number.end):
        return None
    return _make(text, block, at, number.end, number.value, number.step)


def part_at(text: str, at: int) -> Number | None:
    """The fraction before what it is a part of, "half" of "half a mile", ending where that begins; None for no fraction."""
    number = numbers.fraction_at(text, at)
    if number is not None:
        of = _OF_ONE.match(text, number.end)
        return replace(number, end=of.end() - 1) if of else number
    number = numbers.match(text, at) if text[at] == "0" or text[at] == "." else None
    if number is not None and number.value < 1 and (of := _OF_ONE.match(text, number.end)):
        return replace(number, end=of.end() - 1)  # "0.7 of a percentage point"
    found = _FRACTION.match(text, at) or _HALF_OF.match(text, at)
    if not found:
        return None
    of = _OF_ONE.match(text, found.end())
    joined = _JOINED.match(text, found.end())
    if not of and not joined:
        return None
    fractions, groups = numbers.words().fractions, found.groupdict()
    word = (groups.get("count") or "a").lower()
    value = numbers.words().small.get(word, 1) * fractions[found["noun"].lower()]
    end = of.end() - 1 if of else found.end()
    return Number(at, end, value, fractions[found["noun"].lower()] / 2, True) if value < 1 else None


def _multiple(text: str, at: int, block: int) -> Figure | None:
    found = re.compile(r"[A-Za-z]+").match(text, at)
    if not found or found.group().lower() not in _multiples():
        fold = re.compile(r"([a-z]+)-?fold\b", re.I).match(text, at)
        if not fold:
            return None
        number = numbers.match(fold[1].removesuffix("-"), 0)
        if number is None or number.end != len(fold[1]):
            return None
        return _make(text, block, at, fold.end(), number.value, Fraction(1), "times")
    word = found.group().lower()
    if word in ("double", "triple", "treble", "quadruple", "doubles", "triples"):
        following = re.match(
            r"\s+(?:the|that|its|their|his|her|what|in|to|from|last|as)\b|[,.]", text[found.end() : found.end() + 8]
        )
        auxiliary = re.search(
            r"\b(?:to|will|would|could|than|nearly|almost|about|may|might)\s+$", text[max(0, at - 8) : at]
        )
        if not following and not auxiliary:
            return None
    if word in ("twice", "thrice") and not re.match(
        r"\s+(?:as|the|that|its|their|his|her|what|this|last)\b", text[found.end() : found.end() + 8]
    ):
        return None
    return _make(text, block, at, found.end(), _multiples()[word], Fraction(1), "times")


def _ordinal(text: str, at: int, block: int) -> Figure | None:
    """Worded ordinals from third on, and "second" where it ranks; "first" says too little."""
    found = re.compile(r"[A-Za-z]+(?:-[a-z]+)?").match(text, at)
    if not found:
        return None
    table = lexicon("numbers")
    words, end = found.group().lower().split("-"), found.end()
    if len(words) == 2 and words[0] in table["tens"] and table["ordinals"].get(words[1], 99) < 10:
        value = table["tens"][words[0]] + table["ordinals"][words[1]]
    elif words[0] in table["ordinals"] and words[0] != "first":
        value, end = table["ordinals"][words[0]], at + len(words[0])
        if words[0] == "second" and re.search(r"\b(?:a|per|one|each|every)\s+$|\d\s+$", text[max(0, at - 7) : at]):
            return None
    else:
        return None
    point, intended = precision.read(Fraction(value), Fraction(1), Hedge.EXACT, Kind.ORDINAL)
    return Figure(
        block, at, end, text[at:end], Kind.ORDINAL, Fraction(value), Fraction(value), Fraction(value), point, intended,
        worded=True,
    )  # fmt: skip
