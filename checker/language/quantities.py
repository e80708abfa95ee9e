"""Figures that are quantities: counts, money, percentages, ratios, measures, ordinals, scores and ranges of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

from checker.data import lexicon
from checker.language import hedges, labels, money, numbers, precision, ratios, scores, suffixes
from checker.language.numbers import Number
from checker.language.suffixes import Suffix
from checker.language.units import Unit
from checker.model import Figure, Hedge, Interval, Kind
from checker.patterns import lazy

_CANDIDATE = lazy(rf"[{numbers.VULGAR}]|\.?\d[\d,.]*|[A-Za-z]+")
_SIGN = lazy(r"(?:[A-Z][A-Za-z]{0,2})?[$£€¥₹₽₩₪₺₦₱](?:US|NZ|HK|NT|A|C|S)?\s?(?=\d)|(?:Rs\.?|RM|[A-Z]{3})\s?(?=\d)")
_JOINT = lazy(r"-?\s?to[\s-]|\s?[-–—‑]\s?|\s+(?:and|or)\s+|-(?:or|and)-", re.IGNORECASE)
_ELLIPSIS = lazy(
    r"(?:-?,\s|-?\s(?:to|or|and|and/or|from|[x×]|by)\s|\s?[-–x×/]\s?|-(?:to|by)-|\sof\s(?:the|its|their|his|her|our)\s)"
    r"(?:from\s|only\s|just\s|total\s|remaining\s)?"
)
_SCALING = lazy(r"\s(?:to|or)\s(?:about\s|around\s|nearly\s)?|\s?[-–]\s?")
_NICKNAME = lazy(
    r"-(?:wheel|deck|point|seat|play|part|time|bag|pound|tonn|liner|strip|hand|engin)ers?\b|-(?:figures?|digits?|something)\b"
)  # "two-wheeler" counts nothing
_HEDGED_NOUN = lazy(
    r"(?!\smore\s)(?:\s[a-z-]+){1,3}(?=\sor\s(?:more|fewer|less|so|thereabouts)\b)"
)  # "500 people or more"
_DIGIT = lazy(rf"[\d{numbers.VULGAR}]")
_LETTERS = lazy(r"[a-z]+")
_ARTICLES = ("a", "an")
_ENDING = lazy(r"(?:st|nd|rd|th)\b", re.IGNORECASE)
_NEXT = lazy(r"[\s-]([A-Za-z]+)")
_MINUS = lazy(r"(?:(?<![\w.,)%/+])[-−–]|(?<!plus or )(?<!plus/)\b(?:minus|negative)[\s-])$", re.IGNORECASE)
_NEGATIVE = lazy(r"\b(?:of|to|at|is|was|by|from|than|stands|stood)\s$")  # "a goal difference of -5"
_SPREAD = lazy(
    r"\b(?:rang(?:e|es|ed|ing)|var(?:y|ies|ied|ying)|anywhere|priced|prices|valued|spread|spans?|spanning|runs?|estimates)\b[^.;]{0,60}$",
    re.I,
)
_PAIRED = lazy(r"\bbetween\s+(?:about |around |roughly |some |an estimated )?$", re.I)
# "one of the four", "one of Smith's deputies", "one of the best screens", but not "one of those days"
_OF_THEM = lazy(
    r"\s+of\s+(?:(?:the|its|his|her|their|our|my|your|those|these|[A-Z]\w+['’]s?)\s+(?!few\b|only\b|"
    r"things\b|days\b|times\b|moments\b|ways\b|reasons\b)\w+|them\b|us\b|whom\b|(?:\d|two|three|four|five|six|seven|eight|nine|ten)\b)"
)
_OF_THINGS = lazy(r"\s+(?!and\b|or\b|in\b|a\b|an\b|on\b|for\b|to\b|by\b|from\b|per\b|column|digit|place)[a-z]")


@dataclass(frozen=True, slots=True)
class _Part:
    """A number with what stands directly around it."""

    start: int  # of the currency sign or minus where there is one
    number: Number
    suffix: Suffix
    sign: Unit | None = None  # the currency of a sign before it


@cache
def _starters() -> frozenset[str]:
    """The words that a quantity can begin with."""
    return (numbers.starters() | ratios.starters() | numbers.size_starters()) - {"a", "an"}


@cache
def _after_article() -> frozenset[str]:
    """The words that "a" is a number before: "a million", "a third"."""
    known = numbers.words()
    return frozenset(known.scales) | frozenset(known.fractions) | {"dozen", "few"}


@cache
def _tellers() -> frozenset[str]:
    """Words of which a text without digits has at least one where it has a quantity."""
    return _starters() | _after_article()


def find(text: str, block: int = 0) -> list[Figure]:
    """Every quantity of a block's text in order, not overlapping."""
    found: list[Figure] = []
    at, known = 0, _starters()
    if not _DIGIT.search(text) and _tellers().isdisjoint(_LETTERS.findall(text.lower())) and "fold" not in text:
        return found  # spares the scan of most paragraphs
    for candidate in _CANDIDATE.finditer(text):
        start, word = candidate.span()[0], candidate.group()
        if start < at:
            continue
        if word[0].isalpha():
            lower = word.lower()
            if lower in _ARTICLES:
                after = _NEXT.match(text, candidate.end())
                if after is None or after[1].lower() not in _after_article():
                    continue
            elif lower not in known and not lower.endswith("fold"):
                continue
            if labels.is_joined(text, start):
                continue
        elif labels.is_joined(text, start) and money.sign_at(text, start) is None:
            at = labels.token_end(text, start)
            continue
        figure = _figure_at(text, start, block)
        if figure is not None:
            if figure.start >= at:  # not "USD 25" of "17 USD 25"
                found.append(figure)
            at = figure.end
        elif not word[0].isalpha():
            at = max(candidate.end(), labels.token_end(text, start), labels.code_end(text, start) or 0)
    return found


def _figure_at(text: str, at: int, block: int) -> Figure | None:
    number = numbers.match(text, at)
    if text[at].isalpha():
        size = _size(text, at, block)
        if size is not None:
            return size
        if number is not None and number.scale > 1:
            return _figure(text, number, block)  # "a quarter of a million" is no quarter
    part = _part_of_unit(text, at, block)
    if part is not None:
        return part
    if text[at].isdigit() and labels.code_end(text, at) is not None and ratios.slashed(text, at, block) is None:
        return scores.odds_at(text, at, block)
    figure = ratios.find_at(text, at, block) or scores.find_at(text, at, block)
    return figure or (_figure(text, number, block) if number is not None else None)


# --------------------------------------------------------------------------------------------------- one figure


def _figure(text: str, number: Number, block: int) -> Figure | None:
    part = _part(text, number)
    ordinal = _ordinal(text, part, block)
    if ordinal is not None:
        return ordinal
    if _names(text, part):
        return None
    ranged = _range(text, part, block)
    if ranged is not None:
        return ranged
    if (part.number.worded and not _counts(text, part)) or _NICKNAME.match(text, part.number.end):
        return None
    return _single(text, _borrowing(text, part), block)


def _part(text: str, number: Number) -> _Part:
    at = number.start
    sign, start = money.sign_at(text, at) or (None, at)
    number, suffix = suffixes.read(text, number, sign is not None)
    minus = _MINUS.search(text, max(0, start - 9), start)
    if sign and text[at - 1] in "-−":
        number = replace(number, value=-number.value)  # "$-50.8bn"
    if minus and (
        minus.group()[0].isalpha() or sign or suffix.kind != Kind.COUNT or _NEGATIVE.search(text, 0, minus.start())
    ):
        number, start = replace(number, value=-number.value), minus.start()
    return _Part(start, number, suffix, sign)


def _names(text: str, part: _Part) -> bool:
    """Whether the number names something, or goes on in letters as no number does ("9AB", "4WD")."""
    number = part.number
    if part.sign or part.suffix.kind != Kind.COUNT or part.suffix.unit or number.scale != 1:
        return False
    if number.worded:
        return labels.is_name(text, number.start, number.end) or labels.is_label(text, number.start, number.end)
    following = text[number.end : number.end + 1]
    return following.isalpha() or following == "_" or labels.is_label(text, number.start, number.end)


def _counts(text: str, part: _Part) -> bool:
    """Whether a worded number is a figure and not the pronoun "one", a figure of speech, or a nought alone."""
    number = part.number
    if part.suffix.kind != Kind.COUNT or number.value > 1 or number.value < 0:
        return True
    if number.value < 1:
        return bool(part.suffix.unit)
    before = text[max(0, part.start - 8) : part.start]
    if re.search(
        r"\b(?:no|the|this|that|any|every|each|which|only|some|same|other|big|new|next|right|wrong)\s+$", before, re.I
    ):
        return False
    if _OF_THEM.match(text, number.end):
        return True
    following = re.match(r"[\s-]+([a-z]+)", text[number.end : number.end + 24])
    return following is not None and following.group(1) not in frozenset(lexicon("labels")["after_one"])


def _ordinal(text: str, part: _Part, block: int) -> Figure | None:
    number = part.number
    found = _ENDING.match(text, number.end)
    if not found or number.worded or number.value.denominator != 1 or part.sign or part.suffix.unit:
        return None
    return _make(text, block, number.start, found.end(), replace(part, suffix=Suffix(Kind.ORDINAL, found.end())))


def _single(text: str, part: _Part, block: int) -> Figure:
    return _make(text, block, part.start, part.suffix.end, part)


def _make(text: str, block: int, start: int, end: int, part: _Part, low: Fraction | None = None) -> Figure:
    """The figure of a part; of the range from `low` to it where that is given."""
    number, suffix = part.number, part.suffix
    kind, unit, name, dimension = suffix.kind, suffix.unit, suffix.name, suffix.dimension
    if part.sign:
        kind, dimension = Kind.MONEY, "money"
        unit, name = suffixes.money_unit(part.sign, suffix)
    hedge = Hedge.EXACT if kind == Kind.ORDINAL else hedges.around(text, start, end)[0]
    if hedge == Hedge.EXACT and kind == Kind.COUNT and (noun := _HEDGED_NOUN.match(text, end)):
        hedge = hedges.around(text, start, noun.end())[0]
    if hedge == Hedge.EXACT and kind != Kind.ORDINAL:
        hedge = hedges.change_before(text, start) or hedges.change_after(text, end) or hedge
        if hedge == Hedge.EXACT and text[max(0, start - 1) : start] == "+":
            hedge = Hedge.UP
        elif hedge == Hedge.EXACT and kind == Kind.PERCENT and text[start] in "-−–":
            hedge = Hedge.DOWN  # "Stoxx 50 -1.3%"
    if low is None:
        widest, intended = precision.read(number.value, number.step, hedge, kind, number.worded, unit)
        value: Fraction | None = number.value
        low = number.value
    else:
        value = None
        widest, intended = precision.read_range(low, number.value, number.step, kind, hedge, unit)
    return Figure(
        block, start, end, text[start:end], kind, value, low, number.value, widest, intended,
        unit=unit, unit_name=name, dimension=dimension, hedge=hedge, step=number.step, worded=number.worded,
    )  # fmt: skip


def _size(text: str, at: int, block: int) -> Figure | None:
    """ "dozens of people", "hundreds of thousands of pounds", "several hundred": from so many to ten times as many."""
    size = numbers.size_at(text, at)
    if (
        size is None
        or not _OF_THINGS.match(text, size.end)
        or re.search(r"\b(?:the|in)\s+$", text[max(0, at - 5) : at])
    ):
        return None
    of = re.match(r"\s+of(?=\s)", text[size.end : size.end + 5])
    behind = size.end + (of.end() if of else 0)
    number = Number(at, behind, size.low, size.low, True, size.low)
    number, suffix = suffixes.read(text, number, False)
    if suffix.kind == Kind.COUNT:
        suffix = replace(suffix, end=size.end)
    figure = _make(text, block, at, suffix.end, _Part(at, replace(number, value=size.high), suffix), size.low)
    widest = Interval(size.low, None)
    return replace(figure, widest=widest, intended=Interval(size.low, size.high), parts=(size.low,))


def _part_of_unit(text: str, at: int, block: int) -> Figure | None:
    """ "half a mile", "three-quarters of an inch", "1/2 pound", "a tenth of a percentage point"."""
    number = ratios.part_at(text, at)
    if number is None:
        return None
    part = _part(text, number)
    if part.suffix.unit and part.suffix.kind not in (Kind.COUNT, Kind.RATIO):
        return _single(text, part, block)
    points = not number.worded and (part.suffix.name == "point" or hedges.change_before(text, at) is not None)
    return _single(text, part, block) if points else None  # "off 3/4", "1/16 point firmer"


# ---------------------------------------------------------------------------------------- what others lend a figure


def _borrowing(text: str, part: _Part, depth: int = 0) -> _Part:
    """A bare number with the unit of the one it is paired with: "4.8 to 4.7 percent", "four-, five- and six-cylinder"."""
    if part.sign:
        return _scaled_alike(text, part)
    if part.suffix.end > part.number.end or depth > 3:
        return part
    joint = _ELLIPSIS.match(text, part.number.end)
    second = _second(text, joint.end()) if joint else None
    whole = joint is not None and joint.group().startswith(" of")  # "900 of the 1.2 million homes"
    if joint is None or second is None or (second.number.worded != part.number.worded and not whole):
        return part
    lender = _borrowing(text, second, depth + 1)
    if joint.group().strip(" -").startswith(",") and lender is second:
        return part  # only lists that end in "and" share a unit: "In May 12, 5 percent"
    suffix, number = lender.suffix, part.number
    if lender.sign:
        return part if joint.group().strip() == "and" else replace(part, sign=lender.sign)
    if suffix.kind == Kind.COUNT and not suffix.name:
        return part
    if not _comparable(number, lender.number, joint.group().strip(" -")):
        return part
    if (
        not whole
        and number.scale == 1 < lender.number.scale
        and number.value <= 10 * lender.number.value / lender.number.scale
    ):
        number = _scaled(number, lender.number.scale)
    return replace(part, number=number, suffix=replace(suffix, end=part.number.end))


def _scaled_alike(text: str, part: _Part) -> _Part:
    """An amount with the scale of the one that it is changed to or beside: "from $10 to $15 billion"."""
    joint = _SCALING.match(text, part.suffix.end) if part.number.scale == 1 else None
    second = _second(text, joint.end()) if joint else None
    if second is None or second.sign != part.sign or second.number.scale == 1:
        return part
    most = second.number.value / second.number.scale
    if "," in text[part.number.start : part.number.end] or not most / 5 <= part.number.value <= most * 2:
        return part
    return replace(part, number=_scaled(part.number, second.number.scale))


def _comparable(number: Number, lender: Number, joint: str) -> bool:
    """Whether two numbers may be of one unit: "five or six percent", not "250,000 or 1.0 pct"."""
    low, high = number.value, lender.value / lender.scale if number.scale == 1 else lender.value
    if joint.startswith("of "):
        return number.value <= lender.value
    if joint == "or":
        return low < high <= 3 * low
    return not low or not high or high / 50 <= low <= 50 * high


def _second(text: str, at: int, lent: Unit | None = None) -> _Part | None:
    """The part at a place, where the first one's currency may be meant: "£1-2m"."""
    sign = _SIGN.match(text, at)
    number = numbers.match(text, sign.end() if sign else at)
    if number is None or sign or lent is None or not number.letter:
        return _part(text, number) if number is not None else None
    number, suffix = suffixes.read(text, number, True)
    return _Part(number.start, number, suffix, lent)


def _scaled(number: Number, scale: Fraction) -> Number:
    return replace(number, value=number.value * scale, step=number.step * scale, scale=scale)


# ----------------------------------------------------------------------------------------------------------- ranges


def _range(text: str, first: _Part, block: int) -> Figure | None:
    """ "3-4m", "between 10 and 20", "10 to 15 percent", "£3m-£4m": one figure from the lower end to the higher."""
    joint = _JOINT.match(text, first.suffix.end)
    second = _second(text, joint.end(), first.sign) if joint else None
    if joint is None or second is None or (second.sign and second.sign != first.sign):
        return None
    a, b, suffix = first.number, second.number, second.suffix
    mixed = (
        a.worded and a.value < 10 <= b.value and joint.group().lower().strip(" -") == "to"
    )  # "seven to 12 million acres"
    if b.worded != a.worded and suffix.kind != first.suffix.kind and not mixed:
        return None
    if first.suffix.end > a.end and first.suffix.unit != suffix.unit:
        return None  # "5 km to 10 minutes"
    low = a.value
    if a.scale == 1 and b.scale > 1 and a.value < b.value / b.scale:
        low = a.value * b.scale  # "3-4 million"
    if low >= b.value or not _is_range(text, first, joint.group().lower(), second, low):
        return None
    step = min(a.step * (low / a.value if a.value else 1), b.step)
    return _make(
        text, block, first.start, suffix.end, _Part(first.start, replace(b, step=step), suffix, first.sign), low
    )


def _spreads(text: str, before: str, second: _Part) -> bool:
    """Whether "from A to B" is a spread and no change: "prices ranged from", "fines from £50 to £80", "from 5-7% to 8%"."""
    if _SPREAD.search(before) or re.match(r"\sto\s[$£€]?\d", text[second.suffix.end : second.suffix.end + 6]):
        return True
    noun = re.search(r"\b[A-Za-z][a-z]{2,}[^s\Wu]s\s+from\s+$", before)
    return noun is not None and not any(map(hedges.moves, re.findall(r"[a-z]+", before.rpartition(". ")[2])))


def _is_range(text: str, first: _Part, joint: str, second: _Part, low: Fraction) -> bool:
    word, before = joint.strip().strip("-"), text[max(0, first.start - 80) : first.start]
    between = _PAIRED.search(before) is not None
    if (word == "and" and not between) or word == "or":
        return False
    measured = bool(second.suffix.unit or first.sign)
    spread = False
    if word == "to" and re.search(r"\bfrom\s+$", before, re.I):
        spread = _spreads(text, before, second)
        if not spread and not (low == 0 and second.suffix.dimension == "speed"):
            return False  # "rose from 4 to 5 percent"
    if word == "to" and re.search(r"\bby\s+$", before, re.I) and not (measured and second.number.value <= 3 * low):
        return False
    widest = 3 if hedges.change_before(text, first.start) else 1000 if between or word == "" else 20
    if second.number.value > widest * low and not spread and second.suffix.dimension != "speed":
        return False  # "gave up 7p to 298p", "adding $1.89 to $48.62"
    if word == "" and joint.strip() != joint and not measured:
        return False  # a dash between words
    bare = second.suffix.kind == Kind.COUNT and not second.suffix.name and not first.sign
    if bare and hedges.change_before(text, first.start) and first.number.step < 1 and second.number.step < 1:
        return 4 * second.number.value <= 5 * low  # "futures fell 7.65 to 7.85"
    return not bare or between or first.number.scale > 1 or second.number.scale > 1
