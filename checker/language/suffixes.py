"""What stands behind a number: percent, a currency's name, a unit, "times", or the noun that it counts."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

from checker.data import lexicon
from checker.language import english, measures, money, numbers
from checker.language.numbers import Number
from checker.language.units import Unit
from checker.model import Kind
from checker.patterns import lazy

_PERCENT = lazy(
    r"(?:[\s-]?(?:%|per[\s-]cent(?:um)?\b|percent(?:age)?(?!\s?-?points?)\b|pct\b|p\.c\.)|(?<=\d)\s?pc\b)"
    r"(?P<of_points>[\s-](?:percentage[\s-])?(?:points?|pts?)\b)?"
    r"|(?P<points>[\s-]percentage[\s-](?:points?|pts?)\b|\s?(?:ppts?|pp)\b)",
    re.IGNORECASE,
)
_BASIS = lazy(r"[\s-](?:basis[\s-]points?|bps?)\b", re.IGNORECASE)
_MULTIPLE = lazy(
    r"[\s-]times(?=\s+(?:as|more|the|that|those|its|their|his|her|higher|larger|greater|bigger|what|less|lower|faster|"
    r"longer|likelier|earnings|book|sales|revenue|profit|over|fewer|smaller|better|worse|stronger|normal|average|"
    r"current|annual|annualised|annualized|core|forecast|forward|expected|future|gross|net|(?:last|this)\s+\w+['’]s|"
    r"[A-Z][a-z]+['’]s)\b)|[\s-]?fold\b|x\b"
)
_TIMES = lazy(r"\s+[Tt]imes\b(?!\s+(?:square|table|they|he|she|it|when))|-times?\b(?!-)")
_PER = lazy(r"(?:\s+(?:per|an?|each|every)\s+|-(?:an?|per)-|\s?/\s?)([A-Za-z]+|\d[\d,]*\d)")
_TOLD_TIME = lazy(r"\s+(?:earlier|ago|before|prior|previously|later|after|on year|back)\b")  # "from $3m a year earlier"
_FACTOR = lazy(r"\bfactor of\s$")
_PER_NUMBER = lazy(r"[a-z]+|100,000|1,000|1,000,000|10,000|100")
_RATE_NOUNS = frozenset(
    """share barrel bbl tonne ton gallon litre liter head month year week day hour night person minute second kilo kg kilogram
    pound ounce oz mile km kilometre kilometer acre hectare pupil student child household unit game bushel pint bottle week
    mwh kwh therm capita quarter season session annum seat ticket vote voter passenger metre sq ft""".split()
)
# scale or unit?  "100m freestyle", "within 100m", "31ft (9.4m)" are metres, "2.7m combined sales", "35m of its devices" millions
_SPACED = lazy(r"\s?(?P<letter>[BMTK]|mm|MM|bn|tn|m)(?![\w²³/])")
_METRIC_BEHIND = lazy(
    r"[\s-]+(?:\(.{1,12}\)[\s-]*)?(?:race|final|sprint|hurdles|freestyle|relay|tall|long|wide|deep|high|away|from|below|above|butterfly|"
    r"backstroke|breaststroke|champion|dash|medley|run|in\s+(?:length|height|diameter)|up|down|off|offshore|thick|apart|"
    r"underground|steeplechase|event|title|record|walk|stretch|pool|sprints|backs|heats?|[x×]|by|across|inland|short|radius)\b"
)
_METRIC_BEFORE = lazy(
    r"\b(?:within|about|around|over|nearly|almost|some|another|last|every|measures?|measuring|stands?|standing|the|a|high|"
    r"tall|deep|long|wide|at|metres|meters|threw|jumped|swam|ran|radius\s+of|distance\s+of|height\s+of|depth\s+of|[x×])\s+$"
    r"|(?:ft|feet|foot|inch(?:es)?|in|miles?|yards?)\s?[(/]$"
)
_ENDS = lazy(r"[.,;)](?!\w)|\s*$")
_RUN = lazy(r"\s(?:race|run|walk|runs|fun|charity)\b")
_MANY = lazy(
    r"\s+(?:of\s+(?:its|the|his|her|their|our|those|these|them|which|whom)\b|(?:[a-z-]+\s+){0,3}?([a-z]+s|people|children|men|women)\b)"
)
_NO_PLURALS = frozenset("is was has as this its metres meters us always across".split())
# the noun that is counted
_NOUN = lazy(
    r"(?:\s?-\d+)?[\s\u00a0]+(?:\d[\d.,]*(?:[mbkMBK]n?|[\s-]?(?:ml|kg|g|lit(?:re|er)|cm|mm|inch|bedroom|bed))\s)?(?:(?:U\.S\.|U\.K\.|U\.N\.|E\.U\.)\s)?([A-Za-z](?:[A-Za-z’'-]*[A-Za-z’'])?)"
)
_JOINED_NOUN = lazy(r"-([A-Za-z]+)\b(?!-(?:and|or|to)\b)")
_OF_THEM = lazy(
    r"\s+of(?=\s+(?:the|its|their|his|her|our|my|your|those|these|all|[A-Z]\w*['’]s?|whom)\b)(?:\s+(?:all|those))?"
    r"(?:\s+(?:the|its|their|his|her|our|my|your|these|those|[A-Z]\w*['’]s?))?|\s+(?:the|its|their|his|her)(?=\s)"
)
# what hedges a number before its noun: "500-odd people", "500 or more people"
_HEDGED = lazy(r"\+|[\s-](?:odd|plus|strong|or\s(?:so|more|fewer))\b(?=\s[a-z])")
_ADVERB = lazy(r"[a-z]{3,}ly")
_NAMES = lazy(r"(?<=[A-Za-z])\sand\s[A-Z]")
_VERB = lazy(r"\w{4,}ed|\w{2,}ing")
_PLURALS = ("people", "children", "men", "women", "police")
_MOST_WORDS = 5


@dataclass(frozen=True, slots=True)
class Suffix:
    """What follows a number: the kind it makes of it, the unit's code and words, and where it ends."""

    kind: Kind
    end: int
    unit: str = ""
    name: str = ""
    dimension: str = ""
    per: str = ""


def money_unit(currency: Unit, suffix: Suffix) -> tuple[str, str]:
    """Unit code and words of an amount with a currency sign, with what it is per."""
    if suffix.per:
        return f"{currency.code}/{suffix.per}", f"{currency.name} per {suffix.per}"
    return currency.code, currency.name


def read(text: str, number: Number, signed: bool) -> tuple[Number, Suffix]:
    """What follows a number, and the number as that makes it read ("100m" before a race is 100, of metres).

    `signed` says that a sign of money stands before it.
    """
    if signed:
        number = _spaced_scale(text, number)
        per, per_end = _rate(text, number.end)
        named = None if per else money.named_at(text, number)
        return number, Suffix(Kind.MONEY, named[1] if named else per_end, per=per)
    number = _settled(text, number)
    end = number.end
    if percent := _PERCENT.match(text, end):
        points = percent["points"] or percent["of_points"]
        unit, name = ("pp", "percentage point") if points else ("%", "percentage")
        return number, Suffix(Kind.PERCENT, percent.end(), unit, name, "share")
    if basis := _BASIS.match(text, end):
        return number, Suffix(Kind.PERCENT, basis.end(), "bp", "basis point", "share")
    if times := _MULTIPLE.match(text, end):
        return number, Suffix(Kind.RATIO, times.end(), "times", "times", "ratio")
    if times := _TIMES.match(text, end):
        if number.value.denominator != 1:
            return number, Suffix(Kind.RATIO, times.end(), "times", "times", "ratio")
        return number, _rated(text, Suffix(Kind.COUNT, times.end(), "times", "times"))
    if amount := money.behind(text, number):
        suffix = Suffix(Kind.MONEY, amount.end, amount.currency.code, amount.currency.name, "money")
        return amount.number, _rated(text, suffix)
    if measure := measures.behind(text, number):
        return measure.number, _measured(text, measure.unit, measure.end)
    if _FACTOR.search(text, max(0, number.start - 12), number.start):
        return number, Suffix(Kind.RATIO, end, "times", "times", "ratio")
    return number, Suffix(Kind.COUNT, end, "", _counted(text, number))


def _measured(text: str, unit: Unit, end: int) -> Suffix:
    suffix = Suffix(Kind.MEASURE, end, unit.code, unit.name, unit.dimension)
    if text[end - 3 : end].lower() == "bpd":
        return replace(suffix, unit="bbl/day", name="barrel per day")
    return suffix if unit.dimension in ("temperature", "angle") else _rated(text, suffix)


def _rated(text: str, suffix: Suffix) -> Suffix:
    """The suffix with what it is per: "70 miles a day"."""
    per, end = _rate(text, suffix.end)
    return replace(suffix, unit=f"{suffix.unit}/{per}", name=f"{suffix.name} per {per}", end=end) if per else suffix


def _rate(text: str, at: int) -> tuple[str, int]:
    """What an amount is per: "a share", "per barrel", "/month"; "" where it is per nothing."""
    found = _PER.match(text, at)
    if found:
        noun = found.group(1).lower()
        explicit = "per" in found.group() or "/" in found.group()
        if not explicit and _TOLD_TIME.match(text, found.end()):
            return "", at
        if noun in _RATE_NOUNS or (explicit and _PER_NUMBER.fullmatch(noun)):
            return noun, found.end()
    return "", at


# ------------------------------------------------------------------------------------------------- scale or unit


def _settled(text: str, number: Number) -> Number:
    """A number whose scale letter is settled to be a scale, or a unit and no part of it: "100m", "a 10K race", "8 B people"."""
    if number.letter:
        return _letter(text, number)
    spaced = _spaced_scale(text, number)
    return spaced if spaced.letter in ("B", "M", "T") and _MANY.match(text, spaced.end) else number


def _spaced_scale(text: str, number: Number) -> Number:
    """The number with a scale letter that stands apart from it or is doubled: "$3.4 M", "US$ 1MM"."""
    found = _SPACED.match(text, number.end) if number.scale == 1 and not number.worded else None
    if not found:
        return number
    letter, known = found["letter"], numbers.words()
    worth = Fraction(known.letters.get(letter) or known.spellings.get(letter) or 10**6)
    step = min(number.step, Fraction(1)) if number.value < 100 else number.step
    return replace(
        number, end=found.end(), value=number.value * worth, step=step * worth, scale=worth,
        letter=letter, bare=number.value, bare_end=number.end,
    )  # fmt: skip


def _letter(text: str, number: Number) -> Number:
    """Settles a scale letter joined to digits without a sign of money before them."""
    letter, end, whole = number.letter, number.end, number.bare.denominator == 1
    if letter in "kK":
        return _without_letter(number) if _RUN.match(text, end) else number
    if money.named_at(text, number) is not None:
        return number
    many = _MANY.match(text, end)
    many = None if many and many[1] in _NO_PLURALS else many
    if letter == "m":
        if _METRIC_BEHIND.match(text, end):
            return _without_letter(number)
        if many or _before_millions(text, end):
            return number
        fine = number.step < number.scale / 10  # "a best of 16.50m"
        before = _METRIC_BEFORE.search(text, max(0, number.start - 20), number.start)
        return _without_letter(number) if whole or fine or before else number
    if letter == "M" and _ENDS.match(text, end):
        return number  # "worth 10M."
    # "2.0T engine", "Year 6b", "Section 5B"
    return number if many or (not whole and letter in "bBM") else _without_letter(number)


_TO_SECOND = lazy(r"(?:\s(?:to|and|or|from)\s(?:about |around |nearly |almost |over )?|[-–])(?=\d)")


def _before_millions(text: str, end: int) -> bool:
    """Whether another number follows whose "m" is millions of something: "from 5m to 7m tonnes"."""
    joint = _TO_SECOND.match(text, end)
    second = numbers.match(text, joint.end()) if joint else None
    if second is None or second.letter != "m":
        return False
    many = _MANY.match(text, second.end)
    return money.named_at(text, second) is not None or (many is not None and many[1] not in _NO_PLURALS)


def _without_letter(number: Number) -> Number:
    return replace(
        number,
        end=number.bare_end,
        value=number.bare,
        step=number.step / number.scale,
        scale=Fraction(1),
        letter="",
    )


# --------------------------------------------------------------------------------------------------------- counts


@cache
def _not_counted() -> frozenset[str]:
    return frozenset(lexicon("labels")["not_counted"]) | (numbers.words().number - {"point"})


def _counted(text: str, number: Number) -> str:
    """The noun that a bare number counts, by the look of the words behind it (the parse knows better later)."""
    if text[max(0, number.start - 13) : number.start].lower().rstrip(" -").endswith(("magnitude", "magnitude of")):
        return "magnitude"
    hedged = _HEDGED.match(text, number.end)
    at = hedged.end() if hedged else number.end
    joined = _JOINED_NOUN.match(text, at)
    word = joined.group(1).lower() if joined else ""
    return word if word and word not in _not_counted() else counted(text, at, number.value == 1)


def counted(text: str, at: int, single: bool = False) -> str:
    """The noun behind a place, singular: that of "seven European countries", "two of the men"; "" where none shows."""
    of = _OF_THEM.match(text, at)
    at, single, words = of.end() if of else at, single and not of, list[str]()
    while len(words) < _MOST_WORDS:
        found = _NOUN.match(text, at)
        word = found.group(1).lower() if found else ""
        if word == "and" and words and (words[0] == "most" or _NAMES.match(text, at)):
            found = _NOUN.match(text, at + 4)  # "Kia and Hyundai vehicles", "the most gifted and unpredictable players"
            word = found.group(1).lower() if found else ""
        if not found or (word in _not_counted() and word != "fewer"):
            break
        at = found.end()
        if _is_plural(word):
            if single and words:
                break  # "one proposal asks"
            return word if word in ("people", "police") else english.lemma(word, "NNS")
        if len(word) > 1 and not _ADVERB.fullmatch(word) and word not in ("other", "more", "fewer"):
            words.append(word)
    nouns = [word for word in words if not _VERB.fullmatch(word)]
    return (nouns[-1] if single else nouns[0]) if nouns else ""


def _is_plural(word: str) -> bool:
    return word in _PLURALS or (
        len(word) > 1 and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s", "’s"))
    )
