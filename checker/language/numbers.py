"""The number grammar: exact numbers as newspapers write them, in digits and in words.

``match`` reads one number at a place, with its scale ("1.2bn", "1,200 million", "two and a half million", "12 lakh").
What it counts, its currency and its unit belong to ``quantities``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from checker.data import lexicon

_DIGITS = re.compile(
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d])|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?(?!\d)"
    r"|\d{1,3}(?:[\u00a0\u202f\u2009]\d{3})+(?!\d)|\d+(?:\.\d+)?|\.\d+"
)
_VULGAR = {
    "½": "1/2",
    "⅓": "1/3",
    "⅔": "2/3",
    "¼": "1/4",
    "¾": "3/4",
    "⅕": "1/5",
    "⅛": "1/8",
    "⅜": "3/8",
    "⅝": "5/8",
    "⅞": "7/8",
}
_SLASHED = re.compile(r"[ -](\d{1,2})[/⁄](\d{1,2})(?![\d/])")
_WORD = re.compile(r"[A-Za-z]+")
_LETTER = re.compile(r"[kKmMbBT](?![A-Za-z0-9²³])")
_GAP = re.compile(r"[\s\u00a0]+|-|\u2011")


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
    groups: dict[str, int]
    fractions: dict[str, Fraction]


@cache
def words() -> _Words:
    """The lexicon of number words."""
    table = lexicon("numbers")
    return _Words(
        small={**table["units"], **table["teens"], **table["tens"]},
        tens=frozenset(table["tens"]),
        scales=table["scales"],
        spellings={**table["scales"], **table["spellings"], "dozen": 12},
        letters=table["letters"],
        groups=table["groups"],
        fractions={word: Fraction(value) for word, value in table["fractions"].items()},
    )


@cache
def starters() -> frozenset[str]:
    """Every lower-case word that a worded number can begin with."""
    known = words()
    return frozenset(known.small) | {"a", "an", "half", "hundred", "dozen"}


def match(text: str, at: int) -> Number | None:
    """The longest number that begins at ``text[at]``, or None."""
    if at < len(text) and (text[at].isdigit() or text[at] in _VULGAR or text[at] == "."):
        return _digits(text, at)
    return _worded(text, at)


def finditer(text: str) -> Iterator[Number]:
    """Every number of a text, from left to right, not overlapping."""
    at = 0
    for candidate in re.finditer(r"[\d½⅓⅔¼¾⅕⅛⅜⅝⅞]|\b[A-Za-z]+", text):
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
        value, end, step = Fraction(_VULGAR[text[at]]), at + 1, Fraction(1, 10)
    else:
        found = _DIGITS.match(text, at)
        if not found or not re.fullmatch(r"[0-9.,\u00a0\u202f\u2009]+", found.group()):
            return None
        written = re.sub(r"[,\u00a0\u202f\u2009]", "", found.group())
        if len(written) > 30:
            return None
        value, end = Fraction(written), found.end()
        step = _written_step(written)
        if end < len(text) and text[end] in _VULGAR:
            value, end, step = value + Fraction(_VULGAR[text[end]]), end + 1, Fraction(1, 10)
        elif (slashed := _SLASHED.match(text, end)) and "." not in written and 0 < int(slashed[1]) < int(slashed[2]):
            value, end, step = value + Fraction(int(slashed[1]), int(slashed[2])), slashed.end(), Fraction(1, 10)
    scale, scale_end, letter = _scale(text, end)
    if scale is None:
        return Number(at, end, value, step)
    if value.denominator == 1 and value % 10 == 0 and value >= 100:
        step = _coefficient_step(value)
    elif value.denominator == 1:
        step = Fraction(1)
    return Number(at, scale_end, value * scale, step * scale, False, Fraction(scale), letter, value, end)


def _written_step(written: str) -> Fraction:
    """The worth of the last digit that is not a filling zero: 1000 of "48000", 1/10 of "4.5", 1 of "7"."""
    if "." in written:
        return Fraction(1, 10 ** len(written.split(".")[1]))
    zeros = len(written) - len(written.rstrip("0"))
    return Fraction(10 ** min(zeros, max(len(written) - 1, 0)))


def _coefficient_step(value: Fraction) -> Fraction:
    """Before a scale word a coefficient is written to two digits at least: 10 of "500 million", 100 of "1,200"."""
    digits = str(value.numerator)
    zeros = len(digits) - len(digits.rstrip("0"))
    return Fraction(10 ** min(zeros, len(digits) - 2))


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


def _next_word(text: str, at: int) -> tuple[str, int, int]:
    """The word behind a gap: lower case, its start and end; "" where none follows."""
    gap = _GAP.match(text, at)
    if gap is None:
        return "", at, at
    found = _WORD.match(text, gap.end())
    return (found.group().lower(), found.start(), found.end()) if found else ("", at, at)


def _worded(text: str, at: int) -> Number | None:
    known = words()
    found = _WORD.match(text, at)
    if not found:
        return None
    word, end = found.group().lower(), found.end()
    if word in ("a", "an", "half"):
        return _articled(text, at, word, end)
    if word in ("hundred", "dozen") or word not in known.small:
        return None
    total, current, top = 0, known.small[word], 10**18
    after_tens = word in known.tens
    scale = Fraction(1)
    half, step = Fraction(0), Fraction(1)
    while True:
        follower, _, follower_end = _next_word(text, end)
        if follower == "and":
            second, second_start, second_end = _next_word(text, follower_end)
            if second in ("a", "one") or second in known.small:
                part = _fraction_after(text, second, second_end)
                if part is not None and total + current < 1000:
                    half, end = part
                    continue
            if second in known.small and current >= 100 and current % 100 == 0 and half == 0:
                current += known.small[second]
                after_tens, end = second in known.tens, second_end
                continue
            if second in known.small and total and current == 0 and half == 0 and second_start:
                current, after_tens, end = known.small[second], second in known.tens, second_end
                continue
            break
        if follower in known.small:
            value = known.small[follower]
            if after_tens and value < 10 and current % 10 == 0 and half == 0:
                current, after_tens, end = current + value, False, follower_end
                continue
            if current >= 100 and current % 100 == 0 and half == 0:
                current, after_tens, end = current + value, follower in known.tens, follower_end
                continue
            if current == 0 and total and half == 0 and text[end : end + 1] != "-":
                current, after_tens, end = value, follower in known.tens, follower_end
                continue
            break
        if follower == "hundred" and 0 < current < 100 and half == 0:
            current, after_tens, end = current * 100, False, follower_end
            continue
        if follower in known.scales and follower != "hundred" and (current or half):
            worth = known.scales[follower]
            if worth > top:
                break
            if half:
                return Number(at, follower_end, (current + half) * worth, Fraction(worth, 10), True, Fraction(worth))
            total, current, top, end, after_tens = total + current * worth, 0, worth, follower_end, False
            scale = Fraction(worth)
            continue
        if follower == "dozen" and current < 100 and not total:
            return Number(at, follower_end, Fraction(current * 12), Fraction(12), True)
        break
    amount = Fraction(total + current) + half
    if half:
        return Number(at, end, amount, Fraction(1, 10), True)
    if total:
        step = Fraction(scale if not current else 100 if current >= 100 and current % 100 == 0 else 1)
    return Number(at, end, amount, step, True, scale)


def _articled(text: str, at: int, word: str, end: int) -> Number | None:
    """ "a hundred", "a dozen", "half a million", "a quarter of a million", "a couple of"."""
    known = words()
    follower, _, follower_end = _next_word(text, end)
    if word == "half":
        if follower not in ("a", "an"):
            return None
        second, _, second_end = _next_word(text, follower_end)
        if second in known.scales or second == "dozen":
            worth = known.scales.get(second, 12)
            if worth == 100:
                return None
            return Number(at, second_end, Fraction(worth, 2), Fraction(worth, 2) / 5, True, Fraction(worth))
        return None
    if follower in known.scales and follower not in ("lakhs", "crores"):
        worth = known.scales[follower]
        again, _, again_end = _next_word(text, follower_end)
        if again in known.scales and known.scales[again] > worth:
            worth, follower_end = worth * known.scales[again], again_end
        elif again == "and":
            part = _fraction_after(text, *_next_word(text, again_end)[::2])
            if part is not None:
                value, part_end = part
                return Number(at, part_end, worth * (1 + value), Fraction(worth, 10), True, Fraction(worth))
        return Number(at, follower_end, Fraction(worth), Fraction(worth), True, Fraction(worth))
    if follower == "dozen":
        return Number(at, follower_end, Fraction(12), Fraction(12), True)
    if follower == "quarter":
        second, _, second_end = _next_word(text, follower_end)
        third, _, third_end = _next_word(text, second_end)
        fourth, _, fourth_end = _next_word(text, third_end)
        if second == "of" and third == "a" and fourth in known.scales and fourth != "hundred":
            worth = known.scales[fourth]
            return Number(at, fourth_end, Fraction(worth, 4), Fraction(worth, 10), True, Fraction(worth))
    return None


def _fraction_after(text: str, word: str, end: int) -> tuple[Fraction, int] | None:
    """The fraction of "and a half", "and three quarters", given its first word."""
    known = words()
    noun, _, noun_end = _next_word(text, end)
    if noun not in known.fractions:
        return None
    count = 1 if word in ("a", "one") else known.small.get(word, 0)
    value = count * known.fractions[noun]
    return (value, noun_end) if 0 < value < 1 else None
