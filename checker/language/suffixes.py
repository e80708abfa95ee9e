"""What stands behind a number: percent, a currency's name, a unit, "times", or the noun that it counts."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

from checker.data import lexicon
from checker.language import units
from checker.language.numbers import Number
from checker.model import Kind

_PERCENT = re.compile(
    r"[\s-]?(?:%|per[\s-]cent(?:um)?\b|percent\b|pct\b|p\.c\.)(?P<points>[\s-](?:percentage[\s-])?points?\b)?"
    r"|[\s-]percentage[\s-]points?\b|\s?(?:ppts?|pp|ppt)\b",
    re.IGNORECASE,
)
_BASIS = re.compile(r"[\s-](?:basis[\s-]points?|bps?|bp)\b", re.IGNORECASE)
_TIMES = re.compile(
    r"[\s-]times(?=\s+(?:as|more|the|that|those|its|their|his|her|higher|larger|greater|bigger|what|less|lower|faster|"
    r"longer|likelier|earnings|over|this|last|fewer|smaller|better|worse|stronger|normal|average|current|respectively|"
    r"and\s+[\d.]+[\s-]times)\b|[,.;])|[\s-]?fold\b|x\b"
)
_TEMPERATURE = re.compile(r"\s?[°º]?\s?([CF])\b(?![-'’.]\w)|\s?[°º](?=[\s,.;)]|$)")
_FEET_INCHES = re.compile(
    r"(?:\s?(?:ft|feet|foot)\.?|['’′])\s?(\d{1,2}(?:\.\d+)?|\d+½?)\s?(?:in\b|ins\b|inch(?:es)?\b|[\"”″])"
)
_PHRASE = re.compile(r"[\s\u00a0-]?((?:[A-Za-zµμ°º²³][\w.²³/°]*)(?:[\s-](?:[A-Za-z][\w.²³/]*)){0,3})")
_PER = re.compile(r"(?:\s+(?:per|an?|each|every)\s+|\s?/\s?)([A-Za-z]+|\d[\d,]*\d)")
_RATE_NOUNS = frozenset(
    """share barrel bbl tonne ton gallon litre liter head month year week day hour night person minute second kilo kg kilogram
    pound ounce oz mile km kilometre kilometer acre hectare pupil student child household unit game bushel pint bottle week
    mwh kwh therm capita quarter season session annum seat ticket vote voter passenger metre sq ft""".split()
)
_SHORT = {"m", "g", "l", "t", "in", "st", "w", "a", "v", "b", "pt", "mb", "bar", "ps", "mp", "nm"}
_NOUN = re.compile(r"[\s\u00a0-]+([A-Za-z][A-Za-z’'-]*)")


@dataclass(frozen=True, slots=True)
class Suffix:
    """What follows a number: the kind it makes of it, the unit's code and words, and where it ends."""

    kind: Kind
    end: int
    unit: str = ""
    name: str = ""
    dimension: str = ""
    per: str = ""


@cache
def _not_counted() -> frozenset[str]:
    return frozenset(lexicon("labels")["not_counted"])


def sign(written: str) -> str | None:
    """The currency code of a sign or abbreviation before a number, or None."""
    currency = units.currency_signs().get(written)
    return currency.code if currency else None


def money_unit(code: str, suffix: Suffix) -> tuple[str, str]:
    """Unit code and words of an amount with a currency sign, with what it is per."""
    name = next(unit.name for unit in units.currency_signs().values() if unit.code == code)
    if suffix.per:
        return f"{code}/{suffix.per}", f"{name} per {suffix.per}"
    return code, name


def read(text: str, number: Number, signed: bool) -> tuple[Number, Suffix]:
    """What follows a number, and the number as that makes it read ("100m" before a race is 100, of metres)."""
    end = number.end
    if signed:
        per, per_end = _rate(text, end)
        named = _currency_name(text, end)
        if named is not None and not per:
            return number, Suffix(Kind.MONEY, named[1])
        return number, Suffix(Kind.MONEY, per_end if per else end, per=per)
    if number.letter:
        number = _letter(text, number)
        end = number.end
    percent = _PERCENT.match(text, end)
    if percent:
        points = "point" in percent.group().lower() or percent.group().strip().startswith("pp")
        unit, name = ("pp", "percentage point") if points else ("%", "percentage percent")
        return number, Suffix(Kind.PERCENT, percent.end(), unit, name, "share")
    basis = _BASIS.match(text, end)
    if basis:
        return number, Suffix(Kind.PERCENT, basis.end(), "bp", "basis point", "share")
    times = _TIMES.match(text, end)
    if times and number.scale == 1:
        return number, Suffix(Kind.RATIO, times.end(), "times", "times", "ratio")
    feet = _FEET_INCHES.match(text, end)
    if feet and number.value < 10 and number.value.denominator == 1:
        return _tall(number, feet.group(1)), Suffix(Kind.MEASURE, feet.end(), "ft", "foot", "length")
    money = _currency_name(text, end)
    if money is not None and not _is_mass(text, number, money[0], money[1]):
        per, per_end = _rate(text, money[1])
        unit, name = (f"{money[0]}/{per}", f"{money[2]} per {per}") if per else (money[0], money[2])
        return number, Suffix(Kind.MONEY, per_end if per else money[1], unit, name, "money")
    measure = _measure(text, number, end)
    if measure is not None:
        return number, measure
    return number, _counted(text, end)


def _letter(text: str, number: Number) -> Number:
    """Settles "m" (and "k", "b") joined to digits without a currency: a scale before a plural noun, else a unit."""
    following = re.match(
        r"\s+(?:[a-z-]+\s+){0,2}?([a-z]+s|people|children|men|women)\b", text[number.end : number.end + 40]
    )
    metres = re.match(
        r"[\s-]+(?:race|final|sprint|hurdles|freestyle|relay|tall|long|wide|deep|high|away|from|below|above|butterfly|backstroke|breaststroke|champion|dash|medley|run|in)\b",
        text[number.end : number.end + 16],
    )
    if number.letter in ("k", "K", "M", "B", "b", "T"):
        if number.letter in ("b", "B", "T", "M") and not following and number.bare.denominator == 1:
            return _without_letter(number)
        return number
    if metres or (not following and number.bare.denominator == 1):
        return _without_letter(number)
    if following and following.group(1) not in ("is", "was", "has", "as", "metres", "meters"):
        return number
    return _without_letter(number)


def _without_letter(number: Number) -> Number:
    return replace(
        number,
        end=number.bare_end,
        value=number.bare,
        step=number.step / number.scale,
        scale=Fraction(1),
        letter="",
    )


def _tall(number: Number, inches: str) -> Number:
    written = inches.replace("½", ".5")
    return replace(number, value=number.value + Fraction(written) / 12, step=Fraction(1, 12))


def _currency_name(text: str, at: int) -> tuple[str, int, str] | None:
    """The currency named behind a number: its code, where the name ends, its words."""
    names = units.currency_names()
    found = _PHRASE.match(text, at)
    if not found:
        return None
    if text[at : at + 1] == "p" or text[at : at + 1] == "c":
        if text[at] == "p" and re.match(r"p\b(?!\.m)", text[at : at + 4]):
            unit = names["p"]
            return unit.code, at + 1, unit.name
        if re.match(r"c\b", text[at : at + 2]):
            unit = names["cent"]
            return unit.code, at + 1, unit.name
    words = re.split(r"[\s-]", found.group(1))
    for length in range(min(3, len(words)), 0, -1):
        phrase = " ".join(words[:length]).lower().rstrip(".,")
        if phrase == "try" and words[0] != "TRY":
            continue
        if phrase in names and phrase != "p":
            end = at + re.match(r"[\s\u00a0-]?" + r"[\s-]".join(map(re.escape, words[:length])), text[at:]).end()  # type: ignore[union-attr]
            if length == 1 and phrase in ("mark", "marks", "real", "crown", "won", "rand", "sterling", "dong"):
                if phrase in ("real", "won", "mark", "crown", "dong") and not _is_amount(text, at):
                    return None
            while text[end - 1] in ".,":
                end -= 1
            return names[phrase].code, end, names[phrase].name
    return None


def _is_amount(text: str, at: int) -> bool:
    """Whether the digits before ambiguous words are large enough to be money: "3,000 won" against "3 won"."""
    before = re.search(r"[\d,.]+\s*(?:million|billion|trillion|m|bn)?$", text[max(0, at - 24) : at])
    return bool(before and ("," in before.group() or re.search(r"[a-z]", before.group())))


def _is_mass(text: str, number: Number, code: str, end: int) -> bool:
    """Whether "pounds" weigh: "20 pounds of", "weighs 180 pounds", "lost 40 pounds"."""
    if code != "GBP" or not re.search(r"pounds?$", text[:end]):
        return False
    if (
        re.match(r"\s+of\s+(?!the\b|debt|aid|public|tax|investment|funding)", text[end : end + 20])
        and number.scale == 1
    ):
        return True
    around = text[max(0, number.start - 40) : number.start].lower() + text[end : end + 20].lower()
    return (
        bool(
            re.search(
                r"\b(?:weigh\w*|gained|heavier|lighter|tall|inches|feet|overweight|weight|thrust|-pound)\b", around
            )
        )
        or text[number.end] == "-"
    )


def _rate(text: str, at: int) -> tuple[str, int]:
    """What an amount is per: "a share", "per barrel", "/month"; "" where it is per nothing."""
    found = _PER.match(text, at)
    if found:
        noun = found.group(1).lower()
        explicit = "per" in found.group() or "/" in found.group()
        if noun in _RATE_NOUNS or (explicit and re.fullmatch(r"[a-z]+|100,000|1,000|1,000,000|10,000|100", noun)):
            return noun, found.end()
    return "", at


def _measure(text: str, number: Number, end: int) -> Suffix | None:
    temperature = _TEMPERATURE.match(text, end)
    if temperature and number.scale == 1:
        if temperature.group(1):
            glued = text[end] in "CF°º"
            if glued or re.match(r"\s?[°º]", text[end : end + 2]):
                unit = units.by_code()[temperature.group(1)]
                return Suffix(Kind.MEASURE, temperature.end(), unit.code, unit.name, unit.dimension)
        elif text[temperature.end() - 1] in "°º":
            return Suffix(Kind.MEASURE, temperature.end(), "deg", "degree", "angle")
    found = _PHRASE.match(text, end)
    if not found:
        return None
    known = units.by_words()
    whole = found.group(1)
    pieces = [match.span() for match in re.finditer(r"[^\s-]+", whole)]
    glued = found.start(1) == end
    for last in range(len(pieces) - 1, -1, -1):
        phrase = whole[: pieces[last][1]]
        stop = found.start(1) + pieces[last][1]
        for spelling in (phrase.lower(), phrase.lower().rstrip(".,"), phrase.lower().replace("-", " ").rstrip(".")):
            if spelling in known:
                if (
                    spelling in _SHORT
                    and not glued
                    and not (spelling in ("m", "g", "l") and len(phrase) == 1 and phrase.islower())
                ):
                    break
                if spelling in ("in", "st", "a", "b", "bar") or (
                    (spelling == "nm" and "torque" not in text) and not glued
                ):
                    break
                if phrase in ("MM", "Mb"):
                    break
                while text[stop - 1] in ".,":
                    stop -= 1
                unit = known[spelling]
                per, per_end = ("", stop) if unit.dimension == "temperature" else _rate(text, stop)
                if unit.code == "bbl" and spelling == "bpd":
                    per, per_end = "day", stop
                if per:
                    return Suffix(Kind.MEASURE, per_end, f"{unit.code}/{per}", f"{unit.name} per {per}", unit.dimension)
                return Suffix(Kind.MEASURE, stop, unit.code, unit.name, unit.dimension)
    return None


def _counted(text: str, end: int) -> Suffix:
    """The noun that a bare number counts, by the look of the words behind it (the parse knows better later)."""
    at, name, words = end, "", 0
    while words < 4:
        found = _NOUN.match(text, at)
        if not found:
            break
        word = found.group(1)
        if word.lower() in _not_counted() or (words and text[at : found.start(1)].strip() not in ("", "-")):
            break
        if word.lower().endswith("ly"):
            break
        name, at, words = word.lower(), found.end(), words + 1
        if (name.endswith("s") and not name.endswith(("ss", "us", "is", "'s", "’s"))) or name in (
            "people",
            "children",
            "men",
            "women",
            "police",
        ):
            break
    return Suffix(Kind.COUNT, end, "", name)
