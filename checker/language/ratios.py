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
from checker.patterns import lazy

_COUNT = r"(?P<count>an?|one|two|three|four|five|six|seven|eight|nine)[\s-]"
# what a fraction of one is followed by: "a third of", "a quarter said", not "a third man"
_AFTER_FRACTION = lazy(
    r"\s+(?:of|as|less|more|fewer|higher|lower|off|said|say|were|are|was|is|had|have|in|to|on|from|since|after|over|"
    r"cheaper|larger|smaller|the size|that|who|did|voted|believe|think|want|support)\b|[,.;:)!?”\"]|\s*$|[\s-]majority\b|[\s-]point"
)
_PERIOD = lazy(r"\s+(?:in|on)\b|\s+of (?:growth|the year|2|19)|\s+(?:ended|ending|through|running)\b")
_SHARED = lazy(r"\b(?:by|than|nearly|almost|about|around|over|under|roughly|just)\s+$")
_POINT = lazy(r"[\s-](?:of a )?(?:percentage[\s-])?point\b")
_LONE_POINT = lazy(r"(?P<noun>half|quarter)(?=[\s-](?:percentage[\s-])?point\b)", re.IGNORECASE)  # "by quarter point"
_HALF = lazy(r"half\b(?!-| a\b| an\b)", re.IGNORECASE)
_NO_HALF_BEFORE = lazy(
    r"\b(?:first|second|other|better|latter|last|top|bottom|and an?|the|their|his|her|an?|each|this|that|one)[\s-]$",
    re.I,
)
_HALF_BEFORE = lazy(
    r"\b(?:nearly|almost|about|around|over|than|roughly|by|in|only|least|up to|just under|some|exactly)\s+$", re.I
)
_HALF_AFTER = lazy(
    r"\s+(?:of|the|its|their|his|her|our|all|that|those|as)\b(?!\s+(?:hour|time|way through|century|year|dozen|day|season))"
)
_HALF_STOPS = lazy(r"[,.;:)”\"]|\s+(?:were|are|is|was|said|say|had|have)\b")
_IN = lazy(
    r"(?:\s+(?P<noun>(?!in\b|of\b|out\b)[a-z]+))?"
    r"(?P<gap>\s+|-)(?P<joint>in every|in|out of every|out of|of every)(?:\s+|-)(?=[\dA-Za-z])"
)
_PEOPLE = lazy(
    r"chance|times?|person|people|adults?|child|children|wom[ae]n|m[ae]n|pupils?|students?|patients?|"
    r"households?|famil(?:y|ies)|workers?|voters?|votes?|jobs?|homes?|births?|deaths?|cases?|companies|firms|schools"
)
_THING_STOPS = lazy(
    r"[,.;:!?)”\"]|\s+(?:had|has|have|is|are|was|were|will|would|could|can|cannot|did|does|do|now|still|never|fail(?:s|ed)|"
    r"came|comes|goes|went|needs?|needed|died|dies|survives?|survived|gets?|got|said|say|says|leaves?|left|on the|in the|that|who|which)\b"
)
_NO_SHARE = lazy(
    r"[\s-]?(?:%|per ?cent|days?|weeks?|months?|years?|hours?|minutes?|seconds?|games|matches|(?:of )?the)\b"
)
_COMMON = (3, 4, 5, 10, 20, 100, 1000)  # "two in five", but not "two in 12"
_OF = lazy(r"\s+of\b")
_OF_ONE = lazy(r"(?:\s+of)?(?:\s+|-)(?:an?|one|1)[\s-](?:(?:full|U\.?S\.?)\s)?")
_JOINED = lazy(r"[\s-](?=[a-z])")
_LONE = lazy(r"(?P<noun>half|quarter)\b", re.IGNORECASE)
_WORD = lazy(r"[A-Za-z]+")
_FOLD = lazy(r"([a-z]+)-?fold\b", re.IGNORECASE)
_DOUBLES = lazy(r"\s+(?:the|that|its|their|his|her|what|in|to|from|last|as)\b|[,.]")
_TO_DOUBLE = lazy(r"\b(?:to|will|would|could|than|nearly|almost|about|may|might)\s+$")
_TWICE = lazy(
    r"\s+(?:as\s+(?!he\b|she\b|it\b|they\b|we\b|the\b|his\b|her\b)[a-z]|(?:the|that|its|their|his|her|what|this|last)\b)"
)
_ORDINAL = lazy(r"[A-Za-z]+(?:-[a-z]+)?")
_SECOND_OF_TIME = lazy(r"\b(?:a|per|one|each|every)\s+$|\d\s+$")


@cache
def starters() -> frozenset[str]:
    """The words that a ratio can begin with."""
    table = lexicon("numbers")
    return frozenset(table["multiples"]) | frozenset(table["ordinals"]) | {"half"}


@cache
def _multiples() -> dict[str, Fraction]:
    return {word: Fraction(value) for word, value in lexicon("numbers")["multiples"].items()}


@cache
def _fractions() -> re.Pattern[str]:
    nouns = "|".join(sorted(numbers.words().fractions, key=len, reverse=True))
    return lazy(rf"{_COUNT}(?P<noun>{nouns})\b", re.IGNORECASE)


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


# ------------------------------------------------------------------------------------------------------- fractions


def _share_of_so_many(text: str, at: int, block: int) -> Figure | None:
    """ "one in five", "nine out of 10", "3 out of every 4", "one chance in 18,000"."""
    first = numbers.match(text, at)
    if first is None or first.scale != 1 or first.value.denominator != 1 or not 0 < first.value < 100:
        return None
    joint = _IN.match(text, first.end)
    second = numbers.match(text, joint.end()) if joint else None
    if joint is None or second is None or second.value.denominator != 1 or second.value <= first.value or second.letter:
        return None
    if joint["joint"] == "in" and not joint["noun"] and joint["gap"] != "-":
        of_one = first.value == 1 and not 1900 <= second.value < 2100 and (first.worded or second.value > 2)
        if not (of_one or (first.value < 10 and second.value in _COMMON)):
            return None
    if joint["noun"] and not _PEOPLE.fullmatch(joint["noun"]) and not _is_one_thing(text, first, second):
        return None
    if (joint["joint"] == "out of" and second.value > 1000) or _NO_SHARE.match(text, second.end):
        return None
    return _make(text, block, at, second.end, first.value / second.value, Fraction(1, second.value.numerator))


def _is_one_thing(text: str, first: Number, second: Number) -> bool:
    """Whether "one orchid in three" has a verb or a stop behind it, and is no "one man in two boats"."""
    small = first.worded and first.value <= 2 and second.value <= 20
    return small and _THING_STOPS.match(text, second.end) is not None


def _fraction(text: str, at: int, block: int) -> Figure | None:
    found = _fractions().match(text, at) or _LONE_POINT.match(text, at)
    if not found:
        return None
    word, noun = (found.groupdict().get("count") or "a").lower(), found["noun"].lower()
    count = 1 if word in ("a", "an") else numbers.words().small.get(word, 1)
    step = numbers.words().fractions[noun]
    if (count > 1) != noun.endswith("s") or count * step >= 1:
        return None
    joined = word == "one" and text[found.end("count")] == "-"  # "one-third owned"
    if count == 1 and not joined and not _AFTER_FRACTION.match(text, found.end()):
        return None  # "a third man", "a quarter that disappointed"
    if noun.startswith("quarter") and _PERIOD.match(text, found.end()):
        if not _SHARED.search(text, max(0, at - 10), at):
            return None  # "a quarter in which profits fell"
    point = _POINT.match(text, found.end())
    if point:
        hedge = hedges.around(text, at, point.end())[0]
        if hedge == Hedge.EXACT:
            hedge = hedges.change_before(text, at) or hedges.change_after(text, point.end()) or hedge
        value = count * step
        widest, intended = precision.read(value, Fraction(1, 100), hedge, Kind.PERCENT)
        return Figure(
            block, at, point.end(), text[at : point.end()], Kind.PERCENT, value, value, value, widest, intended,
            unit="pp", unit_name="percentage point", dimension="share", hedge=hedge, step=Fraction(1, 100), worded=True,
        )  # fmt: skip
    return _make(text, block, at, found.end(), count * step, step)


def _half(text: str, at: int, block: int) -> Figure | None:
    found = _HALF.match(text, at)
    if not found or _NO_HALF_BEFORE.search(text, max(0, at - 16), at):
        return None
    alone = _HALF_BEFORE.search(text, max(0, at - 16), at) and _HALF_STOPS.match(text, found.end())
    if not _HALF_AFTER.match(text, found.end()) and not alone:
        return None
    return _make(text, block, at, found.end(), Fraction(1, 2), Fraction(1, 2))


def slashed(text: str, at: int, block: int) -> Figure | None:
    """ "2/3 of", "1/2 of"."""
    number = numbers.fraction_at(text, at)
    if number is None or not _OF.match(text, number.end):
        return None
    return _make(text, block, at, number.end, number.value, number.step)


def part_at(text: str, at: int) -> Number | None:
    """The fraction before what it is a part of, "half" of "half a mile", ending where that begins; None for no fraction."""
    number = numbers.fraction_at(text, at)
    if number is not None:
        of = _OF_ONE.match(text, number.end)
        return replace(number, end=of.end() - 1) if of else number
    if text[at] in "0.":
        number = numbers.match(text, at)
        of = _OF_ONE.match(text, number.end) if number is not None and number.value < 1 else None
        return replace(number, end=of.end() - 1) if number and of else None  # "0.7 of a percentage point"
    found = _fractions().match(text, at) or _LONE.match(text, at)
    if not found:
        return None
    of = _OF_ONE.match(text, found.end())
    if not of and not _JOINED.match(text, found.end()):
        return None
    count = numbers.words().small.get((found.groupdict().get("count") or "a").lower(), 1)
    step = numbers.words().fractions[found["noun"].lower()]
    end = of.end() - 1 if of else found.end()
    return Number(at, end, count * step, step / 2, True) if count * step < 1 else None


# ------------------------------------------------------------------------------------------- multiples and ordinals


def _multiple(text: str, at: int, block: int) -> Figure | None:
    found = _WORD.match(text, at)
    word = found.group().lower() if found else ""
    if not found or word not in _multiples():
        fold = _FOLD.match(text, at)
        number = numbers.match(fold[1], 0) if fold else None
        if fold is None or number is None or number.end != len(fold[1]):
            return None
        return _make(text, block, at, fold.end(), number.value, Fraction(1), "times")
    if word in ("double", "triple", "treble", "quadruple", "doubles", "triples"):
        if not _DOUBLES.match(text, found.end()) and not _TO_DOUBLE.search(text, max(0, at - 8), at):
            return None
    if word in ("twice", "thrice") and not _TWICE.match(text, found.end()):
        return None
    return _make(text, block, at, found.end(), _multiples()[word], Fraction(1), "times")


def _ordinal(text: str, at: int, block: int) -> Figure | None:
    """Worded ordinals from third on, and "second" where it ranks; "first" says too little."""
    found = _ORDINAL.match(text, at)
    if not found:
        return None
    table = lexicon("numbers")
    words, end = found.group().lower().split("-"), found.end()
    if len(words) == 2 and words[0] in table["tens"] and table["ordinals"].get(words[1], 99) < 10:
        value = Fraction(table["tens"][words[0]] + table["ordinals"][words[1]])
    elif words[0] in table["ordinals"] and words[0] != "first":
        value, end = Fraction(table["ordinals"][words[0]]), at + len(words[0])
        if words[0] == "second" and _SECOND_OF_TIME.search(text, max(0, at - 7), at):
            return None
    else:
        return None
    point, intended = precision.read(value, Fraction(1), Hedge.EXACT, Kind.ORDINAL)
    return Figure(
        block, at, end, text[at:end], Kind.ORDINAL, value, value, value, point, intended, worded=True,
    )  # fmt: skip
