"""Figures that are quantities: counts, money, percentages, ratios, measures, ordinals, scores and ranges of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from checker.data import lexicon
from checker.language import hedges, numbers, precision, ratios, suffixes
from checker.language.numbers import Number
from checker.language.suffixes import Suffix
from checker.model import Figure, Hedge, Kind

_CANDIDATE = re.compile(r"[½⅓⅔¼¾⅕⅛⅜⅝⅞]|\.?\d[\d,.]*|[A-Za-z]+")
_SIGN_BEFORE = re.compile(r"(?:[A-Z]{1,3}|U\.S\.|Aus|Can)?[$£€¥₹₽₩₪₺₦₱฿₫৳₴¢₵]\s?$")
_CODE_BEFORE = re.compile(r"(?<![A-Za-z])([A-Z][A-Za-z]{0,2}\.?)\s?$")
_WORD_BEFORE = re.compile(r"([A-Za-z][A-Za-z.’']*)[\s-]*$")
_JOINT = re.compile(r"\s?[-–—‑]\s?|\s+(?:to|and|or)\s+")
_SCORE = re.compile(r"(\d{1,3})[-–‑](\d{1,3})(?![\d%]|[-–‑]\d|[.,]\d)")
_SCORING = re.compile(
    r"\b(?:w[io]n|wins|won|beat|beats|beating|lost|lose|loss|lead|led|trail(?:ed)?|draw|drew|drawn|defeat(?:ed)?|victory|"
    r"score|scored|record|vot(?:e|ed)|aggregate|final|rout(?:ed)?|set|tie|tied|result|by|thrash(?:ed)?|stood|down|up|ahead|"
    r"game|match|series|overtime|penalties|shoot-?out|half-time|to|advantage|margin|finish(?:ed)?|a)\W+(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)
_NICKNAME = re.compile(r"-(?:wheel|deck|point|seat|play|part|time|bag|pound|tonn|liner|strip|hand|engin)ers?\b")  # "two-wheeler" counts nothing
_VOTES = re.compile(r"\b(?:vot\w+|by|of|was|passed|approved|rejected|margin|majority)\s*:?\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Part:
    """A number with what stands directly around it."""

    start: int  # of the currency sign or minus where there is one
    number: Number
    suffix: Suffix
    sign: str  # the currency code of a sign before it, or ""


@cache
def _labels() -> frozenset[str]:
    return frozenset(lexicon("labels")["before"])


@cache
def _words() -> frozenset[str]:
    """The words that a quantity can begin with."""
    return numbers.starters() | ratios.starters()


def find(text: str, block: int = 0) -> list[Figure]:
    """Every quantity of a block's text in order, not overlapping."""
    found: list[Figure] = []
    at = 0
    known = _words()
    for candidate in _CANDIDATE.finditer(text):
        start = candidate.start()
        if start < at:
            continue
        word = candidate.group()
        if word[0].isalpha():
            lower = word.lower()
            if (lower not in known and not lower.endswith("fold")) or _joined(text, start):
                continue
            figure = ratios.find_at(text, start, block) or _figure(text, start, block)
        else:
            if _joined(text, start):
                at = _skip(text, start)
                continue
            figure = ratios.find_at(text, start, block) or _figure(text, start, block)
        if figure is not None:
            found.append(figure)
            at = figure.end
        elif not word[0].isalpha():
            at = candidate.end()
    return found


def _joined(text: str, at: int) -> bool:
    """Whether a number is part of a name or code: A320, F-16, Covid-19, user@4x, #12."""
    if at == 0:
        return False
    before = text[at - 1]
    if before.isalpha() or before in "_#@/\\":
        if before == "/" and at > 1 and text[at - 2].isdigit():
            return True
        return not _CODE_BEFORE.search(text[max(0, at - 5) : at]) or not _currency_code(text, at)
    if before in "-–‑" and at > 1:
        if text[at - 2].isalpha():
            return text[at].isdigit()
        return text[at - 2].isdigit() and text[at].isdigit() and before == "-" and _long_code(text, at)
    return before == "." and at > 1 and text[at - 2].isalnum() and text[at].isdigit()


def _long_code(text: str, at: int) -> bool:
    """Telephone numbers and the like: 555-0123."""
    after = re.match(r"\d+", text[at:])
    before = re.search(r"\d+$", text[: at - 1])
    return bool(after and before and len(after.group()) >= 4 and len(before.group()) >= 3)


def _skip(text: str, at: int) -> int:
    found = re.compile(r"[\w.,/-]*\w").match(text, at)
    return found.end() if found else at + 1


# --------------------------------------------------------------------------------------------------- one figure


def _figure(text: str, at: int, block: int) -> Figure | None:
    score = _score(text, at, block)
    if score is not None:
        return score
    part = _part(text, at)
    if part is None:
        return None
    ordinal = _ordinal(text, part, block)
    if ordinal is not None:
        return ordinal
    if _is_label(text, part):
        return None
    ranged = _range(text, part, block)
    if ranged is not None:
        return ranged
    if (part.number.worded and not _counts(text, part)) or _NICKNAME.match(text, part.number.end):
        return None
    return _single(text, part, block)


def _part(text: str, at: int) -> _Part | None:
    number = numbers.match(text, at)
    if number is None:
        return None
    start, sign = at, ""
    found = _SIGN_BEFORE.search(text, max(0, at - 6), at)
    code = None if found else _currency_code(text, at)
    if found:
        written = found.group().strip()
        while written and suffixes.sign(written) is None:
            written = written[1:]
        if written:
            sign = suffixes.sign(written) or ""
            start = found.end() - len(found.group().lstrip()) if written == found.group().strip() else at - len(written)
            start = text.rfind(written, 0, at)
    elif code is not None:
        sign, start = code
    number, suffix = suffixes.read(text, number, bool(sign))
    if (
        start > 0
        and text[start - 1] in "-−–"
        and (start == 1 or not text[start - 2].isalnum())
        and (suffix.dimension == "temperature" or sign or suffix.kind == Kind.PERCENT)
    ):
        number = _negative(number)
        start -= 1
    elif suffix.dimension in ("temperature", "angle") and text[max(0, start - 6) : start].lower() == "minus ":
        number = _negative(number)
        start -= 6
    return _Part(start, number, suffix, sign)


def _negative(number: Number) -> Number:
    return Number(number.start, number.end, -number.value, number.step, number.worded, number.scale)


def _currency_code(text: str, at: int) -> tuple[str, int] | None:
    """A currency code or abbreviation in letters right before a number: "Rs 500", "EUR40m", "RM12"."""
    found = _CODE_BEFORE.search(text, max(0, at - 6), at)
    if not found:
        return None
    code = suffixes.sign(found.group(1)) or suffixes.sign(found.group(1).rstrip("."))
    return (code, found.start(1)) if code else None


def _is_label(text: str, part: _Part) -> bool:
    """Whether the number only names something: "page 3", "Route 66", "No. 5"."""
    if part.sign or part.suffix.kind not in (Kind.COUNT,) or part.number.scale != 1:
        return False
    if part.start and text[part.start - 1] in "\"“'‘" and text[part.number.end : part.number.end + 1] in tuple("\"”'’"):
        return True  # the "1.24" case
    before = _WORD_BEFORE.search(text, max(0, part.start - 24), part.start)
    if not before or text[part.start - 1 : part.start] not in (" ", "\u00a0", "-"):
        return False
    word = before.group(1)
    if word in ("a", "i", "b", "m", "us", "an") or re.match(r"-[a-z]", text[part.number.end : part.number.end + 2]):
        return False  # "a 12-point lead"
    if word.lower().rstrip(".") not in _labels() and word.lower() not in _labels():
        return False
    following = re.match(r"\s+([a-z]+)", text[part.number.end : part.number.end + 24])
    counted = (
        following is not None
        and following.group(1).endswith("s")
        and following.group(1) not in ("is", "was", "has", "as")
    )
    return not counted or word.lower() in ("no.", "page", "pages", "route", "highway", "flight")


def _counts(text: str, part: _Part) -> bool:
    """Whether a worded number is a figure and not the pronoun "one" or a figure of speech."""
    if part.number.value != 1 or part.suffix.kind != Kind.COUNT:
        return True
    if re.search(
        r"\b(?:no|the|this|that|any|every|each|which|only|some)\s+$", text[max(0, part.start - 8) : part.start], re.I
    ):
        return False
    following = re.match(r"[\s-]+([a-z]+)", text[part.number.end : part.number.end + 24])
    return following is not None and following.group(1) not in frozenset(lexicon("labels")["after_one"])


def _ordinal(text: str, part: _Part, block: int) -> Figure | None:
    number = part.number
    found = re.compile(r"(?:st|nd|rd|th)\b", re.I).match(text, number.end)
    if not found or number.worded or number.value.denominator != 1 or part.sign:
        return None
    point, intended = precision.read(number.value, Fraction(1), Hedge.EXACT, Kind.ORDINAL)
    return Figure(
        block, number.start, found.end(), text[number.start : found.end()], Kind.ORDINAL, number.value, number.value,
        number.value, point, intended, step=Fraction(1),
    )  # fmt: skip


def _single(text: str, part: _Part, block: int) -> Figure:
    number, suffix = part.number, part.suffix
    kind, unit, name, dimension = suffix.kind, suffix.unit, suffix.name, suffix.dimension
    if part.sign:
        kind, dimension = Kind.MONEY, "money"
        unit, name = suffixes.money_unit(part.sign, suffix)
    end = suffix.end
    hedge, _, _ = hedges.around(text, part.start, end)
    if hedge == Hedge.EXACT and kind not in (Kind.ORDINAL, Kind.SCORE):
        hedge = hedges.change_before(text, part.start) or hedges.change_after(text, end) or hedge
    widest, intended = precision.read(number.value, number.step, hedge, kind, number.worded, unit)
    return Figure(
        block, part.start, end, text[part.start : end], kind, number.value, number.value, number.value, widest, intended,
        unit=unit, unit_name=name, dimension=dimension, hedge=hedge, step=number.step, worded=number.worded,
    )  # fmt: skip


# ------------------------------------------------------------------------------------------------ ranges and scores


def _range(text: str, first: _Part, block: int) -> Figure | None:
    """ "3-4m", "between 10 and 20", "10 to 15 percent", "£3m-£4m": one figure from the lower end to the higher."""
    bare_end = first.suffix.end
    joint = _JOINT.match(text, bare_end)
    if not joint:
        return None
    between = re.search(
        r"\bbetween\s+(?:about |around |roughly |some )?$", text[max(0, first.start - 24) : first.start], re.I
    )
    word = joint.group().strip()
    if (word == "and") != bool(between) or word == "or":
        return None
    if word == "to" and re.search(r"\b(?:from|by)\s+$", text[max(0, first.start - 6) : first.start], re.I):
        return None
    at = joint.end()
    sign = _SIGN_BEFORE.match(text, at) or re.compile(r"(?:[A-Z]{1,3})?[$£€¥₹]\s?").match(text, at)
    second = _part(text, sign.end() if sign else at)
    if second is None or (second.number.worded != first.number.worded and second.suffix.kind != first.suffix.kind):
        return None
    if second.sign and second.sign != first.sign:
        return None
    a, b, suffix = first.number, second.number, second.suffix
    if first.suffix.end > first.number.end and first.suffix.unit != suffix.unit:
        return None  # "5 km to 10 minutes"
    low = a.value
    if a.scale == 1 and b.scale > 1 and a.value < b.value / b.scale:
        low = a.value * b.scale  # "3-4 million"
    if low >= b.value or b.value > 1000 * low:
        return None
    if word in ("-", "–", "—", "‑") and joint.group() != word and not (suffix.unit or first.sign):
        return None
    kind, unit, name, dimension = suffix.kind, suffix.unit, suffix.name, suffix.dimension
    if first.sign:
        kind, dimension = Kind.MONEY, "money"
        unit, name = suffixes.money_unit(first.sign, suffix)
    if kind == Kind.COUNT and not name and not between and a.scale == 1 and b.scale == 1:
        return None
    end = suffix.end
    hedge, _, _ = hedges.around(text, first.start, end)
    if hedge == Hedge.EXACT:
        hedge = hedges.change_before(text, first.start) or hedges.change_after(text, end) or hedge
    step = min(a.step * (low / a.value if a.value else 1), b.step)
    widest, intended = precision.read_range(low, b.value, step, kind, hedge, unit)
    return Figure(
        block, first.start, end, text[first.start : end], kind, None, low, b.value, widest, intended,
        unit=unit, unit_name=name, dimension=dimension, hedge=hedge, step=step, worded=a.worded,
    )  # fmt: skip


def _score(text: str, at: int, block: int) -> Figure | None:
    """A result in two numbers: "won 3-1", "27-20", "by 38 to 17"."""
    found = _SCORE.match(text, at)
    before = text[max(0, at - 40) : at]
    if found:
        a, b = int(found[1]), int(found[2])
        after = text[found.end() : found.end() + 12]
        if re.match(
            r"\s?(?:%|per ?cent|pct|m\b|bn\b|k\b|million|billion|st\b|nd\b|rd\b|th\b|[-–](?:year|month|day|week|hour|minute|mile|foot|inch|metre|meter))",
            after,
        ):
            return None
        if before.rstrip().endswith(("$", "£", "€")):
            return None
        noun = re.match(r"\s+(?:[a-z]+s|people|per)\b", after + text[found.end() + 12 : found.end() + 30])
        if (
            a < b
            and noun
            and not re.match(r"\s+(?:was|is|has|as|loss|wins|defeats)\b", after)
            and not _SCORING.search(before)
        ):
            return None
        if a < b and not _SCORING.search(before) and not re.search(r"[A-Z]\w+ $", before):
            return None
        if a == b and a > 60:
            return None
        end = found.end()
    else:
        found = re.compile(r"(\d{1,3}|[a-z]+) (?:votes )?to (\d{1,3}|[a-z]+)\b").match(text, at)
        if not found or not _VOTES.search(before):
            return None
        first, second = numbers.match(found[1], 0), numbers.match(found[2], 0)
        if first is None or second is None or first.end != len(found[1]) or second.end != len(found[2]):
            return None
        if first.value <= second.value or re.match(r"\s?(?:%|per ?cent|m\b|million)", text[found.end() :]):
            return None
        a, b, end = int(first.value), int(second.value), found.end()
    parts = (Fraction(a), Fraction(b))
    low, high = min(parts), max(parts)
    interval, _ = precision.read_range(low, high, Fraction(1), Kind.SCORE)
    return Figure(
        block, at, end, text[at:end], Kind.SCORE, None, low, high, interval, interval, parts=parts, step=Fraction(1)
    )  # fmt: skip
