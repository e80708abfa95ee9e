"""The number grammar: exact numbers as newspapers write them, in digits and in words.

``match`` reads one number at a place, with its scale ("1.2bn", "1,200 million", "two and a half million", "12 lakh",
"a quarter of a million"); ``vague`` one that is only an order of size ("dozens", "hundreds of thousands").  What it
counts, its currency and its unit belong to ``quantities``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from typing import NamedTuple

from checker.data import lexicon
from checker.patterns import lazy

# "48,000.5"; "12,34,567"; groups behind thin or fixed spaces, or apostrophes; behind plain spaces only where a group
# begins with a nought ("10 000 people") or there are three of them ("123 456 789"), since "In May 12 500 m races" has two
_DIGITS = lazy(
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?(?!\d)"
    r"|\d{1,3}(?:[\u00a0\u202f\u2009]\d{3})+(?!\d)|[1-9]\d{0,2}(?:['’]\d{3})+(?!\d)"
    r"|[1-9]\d{0,2}(?: \d{3})*(?: 0\d\d)(?: \d{3})*(?![\d:])|[1-9]\d{0,2}(?: \d{3}){2,}(?![\d:])"
    r"|\d+(?:\.\d+)?(?!\.?\d|\.\d)|\.\d+"
)
_SEPARATORS = lazy(r"[,\u00a0\u202f\u2009'’ ]")
_VULGAR = {sign: Fraction(value) for sign, value in zip(
    "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒",
    "1/2 1/3 2/3 1/4 3/4 1/5 2/5 3/5 4/5 1/6 5/6 1/7 1/8 3/8 5/8 7/8 1/9 1/10".split(), strict=True)}  # fmt: skip
VULGAR = "".join(_VULGAR)
_SLASHED = lazy(r"[ -](\d{1,2})[/⁄](\d{1,2})(?![\d/])")
_FRACTION = lazy(r"([1-9]\d?)[/⁄]([1-9]\d{0,2})(?![\d/⁄])")
_POWER = lazy(r"\s?[×x]\s?10(?:\^\s?([-−–+]?\d{1,2})(?!\d)|([-−–]\d{1,2})(?![\d.])|([⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}))")
_AND_PART = lazy(r"\s+and\s+(?:an?|one)\s+(half|third|quarter)\b", re.IGNORECASE)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺−–", "0123456789-+--")
_WORD = lazy(r"[A-Za-z]+")
_LETTER = lazy(r"[kKmMbBT](?![A-Za-z0-9²³])")
_GAP = lazy(r"[\s\u00a0]+|-|\u2011")
_LONGEST = 24  # words of a worded number
_MOST_DIGITS = 30


@dataclass(frozen=True, slots=True)
class Number:
    """``text[start:end]`` read as `value`; `step` is its last written digit's worth, `scale` its scale word's.

    `letter` is a scale letter joined to the digits that may also be a unit ("100m" may be 100 metres): `bare` is then
    the value without it and `bare_end` where the digits end.
    """

    start: int
    end: int
    value: Fraction
    step: Fraction
    worded: bool = False
    scale: Fraction = Fraction(1)
    letter: str = ""
    bare: Fraction = Fraction(0)
    bare_end: int = 0


@dataclass(frozen=True, slots=True)
class _Words:
    small: dict[str, int]  # one to ninety
    tens: frozenset[str]
    scales: dict[str, int]
    spellings: dict[str, int]
    letters: dict[str, int]
    fractions: dict[str, Fraction]
    zeros: frozenset[str]
    plurals: dict[str, int]  # "dozens", "hundreds": so many, and up to ten times as many
    number: frozenset[str]  # every word that a worded number may hold


@cache
def words() -> _Words:
    """The lexicon of number words."""
    table = lexicon("numbers")
    small = {**table["units"], **table["teens"], **table["tens"]}
    fractions = {word: Fraction(value) for word, value in table["fractions"].items()}
    zeros = frozenset(table["zeros"])
    joints = {"and", "a", "an", "half", "dozen", "point", "of"}
    return _Words(
        small=small,
        tens=frozenset(table["tens"]),
        scales=table["scales"],
        spellings={**table["scales"], **table["spellings"], "dozen": 12},
        letters=table["letters"],
        fractions=fractions,
        zeros=zeros,
        plurals=table["plurals"],
        number=frozenset(small) | frozenset(table["scales"]) | frozenset(fractions) | zeros | joints,
    )


@cache
def starters() -> frozenset[str]:
    """Every lower-case word that a worded number can begin with."""
    known = words()
    return frozenset(known.small) | known.zeros | {"a", "an", "half", "quarter", "hundred", "dozen"}


@lru_cache(maxsize=16)  # several readers ask at the same place
def match(text: str, at: int) -> Number | None:
    """The longest number that begins at ``text[at]``, or None."""
    if at < len(text) and (text[at].isdigit() or text[at] in _VULGAR or text[at] == "."):
        return _digits(text, at)
    return _worded(text, at)


def finditer(text: str) -> Iterator[Number]:
    """Every number of a text, from left to right, not overlapping."""
    at = 0
    for candidate in re.finditer(rf"[\d{VULGAR}]|\b[A-Za-z]+", text):
        if candidate.start() < at:
            continue
        if candidate.group()[0].isalpha() and candidate.group().lower() not in starters():
            continue
        number = match(text, candidate.start())
        if number is not None:
            yield number
            at = number.end


# --------------------------------------------------------------------------------------------------------- digits


def _digits(text: str, at: int) -> Number | None:
    if text[at] in _VULGAR:
        value, end, step = _VULGAR[text[at]], at + 1, Fraction(1, 10)
    else:
        found = _DIGITS.match(text, at)
        if not found or (not found.group().isascii() and not _SEPARATORS.sub("", found.group()).isascii()):
            return None
        written = _SEPARATORS.sub("", found.group())
        if len(written) > _MOST_DIGITS:
            return None
        value, end = Fraction(written), found.end()
        step = written_step(written)
        if end < len(text) and text[end] in _VULGAR:
            value, end, step = value + _VULGAR[text[end]], end + 1, Fraction(1, 10)
        elif (slashed := _SLASHED.match(text, end)) and "." not in written and 0 < int(slashed[1]) < int(slashed[2]):
            value, end, step = value + Fraction(int(slashed[1]), int(slashed[2])), slashed.end(), Fraction(1, 10)
        elif power := _POWER.match(text, end):
            worth = Fraction(10) ** int((power[1] or power[2] or power[3]).translate(_RAISED))
            return Number(at, power.end(), value * worth, step * worth, False, worth)
    scale, scale_end, letter = _scale(text, end)
    if scale is None:
        return Number(at, end, value, step)
    if value.denominator == 1:
        step = _coefficient_step(int(value))
    more = _AND_PART.match(text, scale_end) if not letter else None
    if more is not None:  # "3 million and a half"
        value, step, scale_end = value + words().fractions[more[1].lower()], Fraction(1, 10), more.end()
    return Number(at, scale_end, value * scale, step * scale, False, Fraction(scale), letter, value, end)


def fraction_at(text: str, at: int) -> Number | None:
    """ "3/4" or "1⁄16" at a place; whether it is a fraction and not "9/11" is for what follows to say."""
    found = _FRACTION.match(text, at)
    if not found or int(found[1]) >= int(found[2]):
        return None
    value = Fraction(int(found[1]), int(found[2]))
    return Number(at, found.end(), value, Fraction(1, int(found[2])))


def written_step(written: str) -> Fraction:
    """The worth of the last digit that is not a filling zero: 1000 of "48000", 1/10 of "4.5", 1 of "7"."""
    if "." in written:
        return Fraction(1, 10 ** len(written.split(".")[1]))
    zeros = len(written) - len(written.rstrip("0"))
    return Fraction(10 ** min(zeros, max(len(written) - 1, 0)))


def _coefficient_step(value: int) -> Fraction:
    """Before a scale word a coefficient is written to two digits at least: 10 of "500 million", 100 of "1,200"."""
    digits = str(value)
    zeros = len(digits) - len(digits.rstrip("0"))
    return Fraction(10 ** max(0, min(zeros, len(digits) - 2)))


def _scale(text: str, at: int) -> tuple[int | None, int, str]:
    """The scale word or letter behind digits: its worth, where it ends, and the letter if it may be a unit."""
    known = words()
    letter = _LETTER.match(text, at)
    if letter:
        return known.letters[letter.group()], letter.end(), letter.group()
    gap = _GAP.match(text, at)
    begin = gap.end() if gap else at
    total, end = 1, at
    while True:
        word = _WORD.match(text, begin)
        if not word or word.group().lower() not in known.spellings:
            break
        if word.group().lower() in ("mil", "mio", "mn", "tn") and gap and text[word.end() : word.end() + 1] == "-":
            break
        total *= known.spellings[word.group().lower()]
        end = word.end()
        gap = _GAP.match(text, end)
        if not gap:
            break
        begin = gap.end()
    return (total, end, "") if end > at else (None, at, "")


# ---------------------------------------------------------------------------------------------------------- words


class _Read(NamedTuple):
    """A piece of a worded number: its value, the index of the word behind it, its last word's worth, its scale."""

    value: Fraction
    next: int
    step: Fraction = Fraction(1)
    scale: int = 1


Run = list[tuple[str, int]]  # lower-case words that a number may hold, each with where it ends


def _run(text: str, at: int) -> Run:
    run: Run = []
    found, known = _WORD.match(text, at), words().number
    while found and found.group().lower() in known and len(run) < _LONGEST:
        run.append((found.group().lower(), found.end()))
        gap = _GAP.match(text, found.end())
        found = _WORD.match(text, gap.end()) if gap else None
    return run


def _worded(text: str, at: int) -> Number | None:
    run = _run(text, at)
    read = _part_of_scale(run) or _cardinal(run)
    if read is None:
        return None
    return Number(at, run[read.next - 1][1], read.value, read.step, True, Fraction(read.scale))


def _word(run: Run, i: int) -> str:
    return run[i][0] if i < len(run) else ""


def _small(run: Run, i: int) -> tuple[int, int] | None:
    """ "seven", "nineteen", "forty", "forty-two", and the index behind."""
    known, word = words(), _word(run, i)
    if word not in known.small:
        return None
    value = known.small[word]
    unit = known.small.get(_word(run, i + 1), 10)
    return (value + unit, i + 2) if word in known.tens and unit < 10 else (value, i + 1)


def _hundreds(run: Run, i: int) -> tuple[int, int] | None:
    """ "two hundred and five", "nineteen hundred", "forty-two", "a" before a scale, and the index behind."""
    scales = words().scales
    first = _small(run, i)
    if first is None:
        if _word(run, i) not in ("a", "an") or _word(run, i + 1) not in scales:
            return None
        first = 1, i + 1
    value, at = first
    if _word(run, at) != "hundred":
        return value, at
    value, at = value * 100, at + 1
    rest = _small(run, at + (_word(run, at) == "and"))
    # neither "between one hundred and two hundred" nor "a hundred and three quarters"
    if rest is None or _word(run, rest[1]) == "hundred" or _word(run, rest[1]) in words().fractions:
        return value, at
    return value + rest[0], rest[1]


def _cardinal(run: Run) -> _Read | None:
    """ "two million five hundred thousand and six", "two and a half million", "a million and a half", "a dozen"."""
    known = words()
    if _word(run, 0) in known.zeros:
        return _pointed(run, 1, 0) or _Read(Fraction(0), 1)
    total, top, at, read = 0, 10**18, 0, None
    while (group := _hundreds(run, at)) is not None:
        value, behind = group
        if _word(run, behind) == "dozen" and not total:
            return _Read(Fraction(value * 12), behind + 1, Fraction(12))
        exact = _tail(run, behind, value) if not total else None
        if exact is not None:
            return exact
        scale = 1
        while _word(run, behind) in known.scales and _word(run, behind) != "hundred":
            scale, behind = scale * known.scales[_word(run, behind)], behind + 1
        if total and (scale >= top or value >= top):
            break
        total, top = total + value * scale, scale
        step = _coefficient_step(value) * scale if scale > 1 else written_step(str(total))
        read = _Read(Fraction(total), behind, step, scale if scale > 1 or read is None else read.scale)
        if scale == 1:
            return read
        more = _fraction(run, behind + 1) if _word(run, behind) == "and" else None
        if more is not None:  # "a million and a half"
            return _Read(total + more.value * scale, more.next, Fraction(scale, 10), scale)
        at = behind + (_word(run, behind) == "and")
    if read is None and _word(run, 0) in ("a", "an") and _word(run, 1) == "dozen":
        return _Read(Fraction(12), 2, Fraction(12))
    return read


def _tail(run: Run, at: int, value: int) -> _Read | None:
    """The rest of "two and a half million" and of "two point five million" behind their "two"."""
    more = _fraction(run, at + 1) if _word(run, at) == "and" and value < 1000 else None
    read = _Read(value + more.value, more.next, Fraction(1, 10)) if more else _pointed(run, at, value)
    scale = words().scales.get(_word(run, read.next), 1) if read else 1
    return _Read(read.value * scale, read.next + 1, read.step * scale, scale) if read and scale > 1 else read


def _pointed(run: Run, at: int, value: int) -> _Read | None:
    """ "point five", "point nought four" behind a whole number."""
    known, digits, i = words(), "", at + 1
    while _word(run, at) == "point" and (_word(run, i) in known.zeros or _word(run, i) in known.small):
        digits, i = digits + str(known.small.get(_word(run, i), 0)), i + 1
    return _Read(value + Fraction(f"0.{digits}"), i, Fraction(1, 10 ** len(digits))) if digits else None


def _fraction(run: Run, i: int) -> _Read | None:
    """ "a half", "three quarters", "quarter", "half": less than one."""
    known, word = words(), _word(run, i)
    if word in known.fractions:
        return _Read(known.fractions[word], i + 1) if word in ("half", "quarter") else None
    value = (1 if word in ("a", "an") else known.small.get(word, 0)) * known.fractions.get(
        _word(run, i + 1), Fraction(0)
    )
    return _Read(value, i + 2) if 0 < value < 1 else None


def _part_of_scale(run: Run) -> _Read | None:
    """ "half a million", "a half-dozen", "three quarters of a billion"."""
    part = _fraction(run, 0)
    if part is None:
        return None
    at = part.next + (_word(run, part.next) == "of")
    at += _word(run, at) in ("a", "an", "one")
    word = _word(run, at)
    if word != "dozen" and (word == "hundred" or word not in words().scales):
        return None
    worth = words().scales.get(word, 12)
    return _Read(part.value * worth, at + 1, Fraction(worth, 10), worth)


# ---------------------------------------------------------------------------------------------------------- sizes


class Size(NamedTuple):
    """An order of size ("dozens"): from `low` to `high`, and where its words end."""

    low: Fraction
    high: Fraction
    end: int


@cache
def _sizes() -> re.Pattern[str]:
    known = words()
    plural = "|".join(sorted(sorted(known.plurals), key=len, reverse=True)).replace(
        "scores", r"scores(?=\s+of\s+[a-z])"
    )
    scale = "|".join(sorted(sorted({*known.scales, "dozen"}), key=len, reverse=True))
    return lazy(
        rf"(?:(?P<tens>tens|dozens|scores|hundreds|thousands)\s+of\s+)?(?P<plural>{plural})\b"
        rf"|(?:several|(?:a\s+)?few|many|a\s+couple\s+(?:of\s+)?)\s+(?P<scale>{scale})\b",
        re.IGNORECASE,
    )


@cache
def size_starters() -> frozenset[str]:
    """Every lower-case word that an order of size can begin with."""
    return frozenset(words().plurals) | {"tens", "several", "few", "many", "a"}


def size_at(text: str, at: int) -> Size | None:
    """The order of size that begins at a place: "dozens", "tens of thousands", "several hundred"; None for none."""
    found = _sizes().match(text, at)
    if not found:
        return None
    if found["scale"]:
        worth = Fraction(words().spellings[found["scale"].lower()])
        return Size(2 * worth, 10 * worth, found.end())
    plurals = words().plurals
    low = Fraction(plurals[found["plural"].lower()] * (plurals | {"tens": 10}).get((found["tens"] or "").lower(), 1))
    return Size(low, 10 * low, found.end())
