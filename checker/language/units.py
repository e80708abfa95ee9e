"""Units of measure and currencies by the words and signs that newspapers write for them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from checker.data import lexicon


@dataclass(frozen=True, slots=True)
class Unit:
    """`factor` times a number of this unit plus `offset` is a number of the dimension's base unit, exactly."""

    code: str
    name: str
    dimension: str
    factor: Fraction = Fraction(1)
    offset: Fraction = Fraction(0)


@cache
def by_words() -> dict[str, Unit]:
    """Every spelling, lower case, singular and plural, to its unit."""
    found: dict[str, Unit] = {}
    for row in lexicon("units")["unit"]:
        factor, offset = Fraction(str(row["factor"])), Fraction(str(row.get("offset", 0)))
        unit = Unit(row["code"], row["name"], row["dimension"], factor, offset)
        for name in row["names"]:
            found[name] = unit
            if name.isascii() and name[-1] not in "s.23" and len(name) > 2:
                found.setdefault(name + "s", unit)
    return found


@cache
def by_code() -> dict[str, Unit]:
    return {unit.code: unit for unit in by_words().values()}


def lookup(word: str) -> Unit | None:
    """The unit a spelling stands for, or None."""
    return by_words().get(word.lower())


@cache
def currency_signs() -> dict[str, Unit]:
    """Signs and codes that stand before a number: "US$", "£", "Rs"."""
    return {sign: currency for currency, row in _currencies() for sign in row["signs"]}


@cache
def currency_names() -> dict[str, Unit]:
    """Names behind a number, lower case, singular and plural."""
    found: dict[str, Unit] = {}
    for currency, row in _currencies():
        for name in [*row["names"], *(sign.lower() for sign in row["signs"] if sign.isalpha() and len(sign) == 3)]:
            found.setdefault(name, currency)
            if name[-1] != "s" and len(name) > 1:
                found.setdefault(name + "s", currency)
    return found


def _currencies() -> list[tuple[Unit, dict[str, list[str]]]]:
    return [(Unit(row["code"], row["unit"], "money"), row) for row in lexicon("currencies")["currency"]]
