"""The shape of a slip: how one written number could have become another by a slip of the hand.

Among natural conflicts of published news a transposition of three or more digits almost never arises by chance, so the
shape carries more evidence than the words; the log likelihood ratios are data in ``rules/linker/same-quantity.toml``.
"""

from __future__ import annotations

from fractions import Fraction
from math import log


def digits_of(value: Fraction) -> str:
    """The significant digits of an exact decimal, without zeros at either end; "" where it is no decimal."""
    numerator, denominator = abs(value.numerator), value.denominator
    if denominator == 1:
        return str(numerator).strip("0")
    while denominator % 10 == 0:
        denominator //= 10
    for factor, other in ((2, 5), (5, 2)):
        while denominator % factor == 0:
            denominator //= factor
            numerator *= other
    if denominator != 1 or numerator == 0:
        return ""
    return str(numerator).rstrip("0").lstrip("0")


def shape(first: Fraction, second: Fraction) -> str:
    """How two different numbers are alike: scale, transposition, dropped, one-digit or other.

    >>> shape(Fraction(38000), Fraction(83000))
    'transposition'
    """
    if first <= 0 or second <= 0:
        return "other"
    a, b = digits_of(first), digits_of(second)
    if not a or not b:
        return "other"
    if a == b:
        ratio = max(first, second) / min(first, second)
        return "scale" if ratio in (10, 100, 1000, 10_000, 100_000, 1_000_000, 10**9) else "other"
    same_size = _magnitude(first) == _magnitude(second)
    width = max(len(a), len(b))
    a0, b0 = a.ljust(width, "0"), b.ljust(width, "0")
    differing = [i for i in range(width) if a0[i] != b0[i]]
    if same_size:
        if len(differing) == 2 and differing[1] == differing[0] + 1:
            i, j = differing
            if a0[i] == b0[j] and a0[j] == b0[i]:
                return "transposition"
        if len(differing) == 1:
            return "one-digit"
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    if len(longer) == len(shorter) + 1 and abs(_magnitude(first) - _magnitude(second)) == 1:
        for i in range(len(longer)):
            if longer[:i] + longer[i + 1 :] == shorter:
                return "dropped"
    return "other"


def _magnitude(value: Fraction) -> int:
    """The power of ten of a positive number's first digit."""
    if value.denominator == 1:
        return len(str(value.numerator)) - 1
    power = len(str(value.numerator)) - len(str(value.denominator))
    return power if value >= Fraction(10) ** power else power - 1


def size(first: Fraction, second: Fraction) -> int:
    """How many significant digits the longer of the two has."""
    return max(len(digits_of(first)), len(digits_of(second)))


# How often each shape is met among slips of the hand (typing and copying studies agree on the order, not the digits).
_AMONG_SLIPS = {"transposition": 0.25, "scale": 0.15, "dropped": 0.10, "one-digit": 0.30}
_MOST = 5.0


def evidence(written: Fraction, meant: Fraction, step: Fraction | None = None) -> float:
    """The log likelihood ratio of a slip of this shape against a figure that was never meant to agree.

    Among figures of n digits that have nothing to do with each other a share of about 9n in 9 * 10^(n-1) differs in one
    digit, of n - 1 in two neighbours; published news bears that out (``docs/linking.md``).
    """
    form, digits = shape(written, meant), size(written, meant)
    if step is not None and step < 1:  # "£71.80" has four digits
        digits = max(digits, _magnitude(written) - _magnitude(step) + 1)
    if form == "other" or (form == "dropped" and digits < 3):
        return -0.7
    space = 9 * 10 ** (digits - 1)
    by_chance = {
        "transposition": max(1, digits - 1) / space,
        "one-digit": 9 * digits / space,
        "dropped": digits / space,
        "scale": 4 / space + 0.002,
    }[form]
    if digits == 1:
        return -0.7 if form != "scale" or min(written, meant) < 1000 else 1.0
    return min(_MOST, log(_AMONG_SLIPS[form] / by_chance))
