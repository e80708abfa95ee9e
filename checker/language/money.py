"""Currencies around a number: signs and codes before it ("HK$", "Rs", "EUR"), names and signs behind it ("mln dlrs", "50p")."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from checker.language import numbers, units
from checker.language.numbers import Number
from checker.language.units import Unit
from checker.patterns import lazy

# "Â£20m": UTF-8 that was taken for Latin-1 on its way
_SIGN_BEFORE = lazy(
    r"(?:(?P<led>(?<![A-Za-z])[A-Z][A-Za-z]{0,2}|U\.S\.)\s?|Â(?=£))?(?P<sign>[$£€¥₹₽₩₪₺₦₱฿₫৳₴¢₵])(?P<tail>US|NZ|HK|NT|A|C|S)?(?:\s?|[-−])$"
)
_CODE_BEFORE = lazy(r"(?<![A-Za-z])([A-Z][A-Za-z]{0,2}\.?|Y=)\s?$")
_REACH = 9  # characters of the longest sign
# before a wary sign's digits: "R12.5m", "R12 500", "R350", not "R8" nor "PS5"
_AMOUNT = lazy(
    r"\d[\d., ]*(?:\s?(?:bn|tn|million|billion|trillion|crore|lakh)|[mk])\b|\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+\b"
    r"|(?<=[A-Z])(?:\d+\.\d\d?\b|\d{1,2}0\b(?=\s[a-z]|[.,]))"
)
_SIGN_BEHIND = lazy(r"\s?([€£¢₽])(?!\s?\d)")
_PENCE = lazy(r"(?P<gap>\s?)(?:p\b(?![.-]\w|\s?\.\s?m\b)|(?<=\d)c\b(?![.-]\w))")
_SHARE_PRICE = lazy(r"\b(?:shares?|up|down|at|to|pence|dividend|price)\b")
_WORDS = lazy(r"[\s\u00a0-]?([A-Za-z][A-Za-z.]*(?:[\s-][A-Za-z][A-Za-z.]*){0,2})")
_WORD = lazy(r"[^\s-]+")
_AMBIGUOUS = frozenset("real won mark crown dong ether lei sol".split())
_HUNDREDTHS = lazy(r",?\s+(?:and\s+)?")
_WEIGHED = lazy(
    r"\b(?:weigh\w*|gained|heavier|lighter|tall|inches|feet|overweight|weight|thrust|kilograms?|kg|kilos?|tons?|ounces?|"
    r"bomb|bag|heroin|cocaine|marijuana|explosives|scales?|cranes?|lift(?:s|ed|ing)?|barbells?|dumbbells?|bench press\w*|hauled?|"
    r"cargo|payloads?|ballast|haul|bales?|carcass\w*)\b"
)
_OF_STUFF = lazy(r"\s+of\s+(?!the\b|debt|aid|public|tax|investment|funding|money|damage|cash)")


class Amount(NamedTuple):
    """A number as an amount of a currency, and where the currency's name ends."""

    number: Number
    currency: Unit
    end: int


def sign_at(text: str, at: int) -> tuple[Unit, int] | None:
    """The currency of the sign or code right before a number, and where it begins: "HK$", "$US", "Rs ", "EUR"."""
    if not at:
        return None
    signs = units.currency_signs()
    found = _SIGN_BEFORE.search(text, max(0, at - _REACH), at)
    if found:
        led, sign, tail = found["led"] or "", found["sign"], found["tail"] or ""
        if led + sign in signs and not tail:
            return signs[led + sign], found.start()
        return (signs[sign + tail], found.start("sign")) if sign + tail in signs else None
    found = _CODE_BEFORE.search(text, max(0, at - 6), at)
    if not found:
        return None
    word = found[1] if found[1] in signs else found[1].rstrip(".")
    if word not in signs or (word in units.wary_signs() and not _AMOUNT.match(text, at)):
        return None
    return signs[word], found.start(1)


def behind(text: str, number: Number) -> Amount | None:
    """The amount that a number is with the currency named behind it: "5 mln stg", "70p", "13 dollars and 45 cents"."""
    named = named_at(text, number)
    if named is None:
        return None
    currency, end = named
    joint = _HUNDREDTHS.match(text, end) if number.scale == 1 and number.value.denominator == 1 else None
    small = numbers.match(text, joint.end()) if joint else None
    if small is not None and small.value < 100 and not small.letter and not _is_hundredth(currency):
        part = named_at(text, small)
        if part is not None and _is_hundredth(part[0]):
            both = replace(number, value=number.value + small.value / 100, step=Fraction(1, 100))
            return Amount(both, currency, part[1])
    return Amount(number, currency, end)


def _is_hundredth(currency: Unit) -> bool:
    return currency.name in ("cent", "pence", "euro cent", "paise")


def named_at(text: str, number: Number) -> tuple[Unit, int] | None:
    """The currency named behind a number, and where its name ends."""
    at = number.end
    sign = _SIGN_BEHIND.match(text, at)
    if sign:
        return units.currency_signs()[sign[1]], sign.end()
    names, codes = units.currency_names(), units.currency_codes()
    pence = None if number.worded else _PENCE.match(text, at)
    if pence and (not pence["gap"] or number.value.denominator != 1 or _SHARE_PRICE.search(text, max(0, at - 40), at)):
        return names["p" if pence.group().strip() == "p" else "cent"], pence.end()
    found = _WORDS.match(text, at)
    if not found:
        return None
    for piece in reversed([word.end() for word in _WORD.finditer(found[1])]):
        phrase = found[1][:piece].rstrip(".,")
        lower = phrase.lower()
        currency = codes.get(phrase) or (
            names.get(lower) or names.get(lower.replace("-", " ")) if len(phrase) > 1 else None
        )
        if currency is not None:
            if (lower in _AMBIGUOUS and not _is_large(text, number)) or _is_mass(
                text, number, lower, found.start(1) + piece
            ):
                return None
            return currency, found.start(1) + len(phrase)
    return None


def _is_large(text: str, number: Number) -> bool:
    """Whether a number before an ambiguous word can be money: "3,000 won" against "they 3 won"."""
    written = text[number.start : number.end]
    return number.scale > 1 or "," in written or "." in written or written.isalpha()


def _is_mass(text: str, number: Number, name: str, end: int) -> bool:
    """Whether "pounds" weigh: "20 pounds of", "weighs 180 pounds", "lost 40 pounds"."""
    if name not in ("pound", "pounds") or number.scale > 1:
        return False
    if text[number.end] == "-" or _OF_STUFF.match(text, end):
        return True
    around = text[max(0, number.start - 40) : number.start].lower() + text[end : end + 24].lower()
    return _WEIGHED.search(around) is not None
