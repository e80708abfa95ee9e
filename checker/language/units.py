"""Units of measure and currencies by the words and signs that newspapers write for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

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
def _measures() -> tuple[tuple[Unit, dict[str, Any]], ...]:
    return tuple(
        (
            Unit(row["code"], row["name"], row["dimension"], _exact(row["factor"]), _exact(row.get("offset", 0))),
            row,
        )
        for row in lexicon("units")["unit"]
    )


def _exact(written: object) -> Fraction:
    return Fraction(str(written))


@cache
def by_words() -> dict[str, Unit]:
    """Every spelling, lower case, singular and plural, to its unit."""
    found: dict[str, Unit] = {}
    for unit, row in _measures():
        for name in row["names"]:
            found[name] = unit
            if name.isascii() and name[-1] not in "s.23" and len(name) > 2:
                found.setdefault(name + "s", unit)
    return found


@cache
def by_symbol() -> dict[str, Unit]:
    """Symbols that keep their case, to their unit: "Nm", "MPa"."""
    return {symbol: unit for unit, row in _measures() for symbol in row.get("symbols", ())}


@cache
def by_joint() -> dict[str, Unit]:
    """What is a unit only where it touches the number, to that unit: "33in", "11st"."""
    return {symbol: unit for unit, row in _measures() for symbol in row.get("glued", ())}


@cache
def by_code() -> dict[str, Unit]:
    return {unit.code: unit for unit, _ in _measures()}


def lookup(word: str) -> Unit | None:
    """The unit a spelling stands for, or None."""
    return by_symbol().get(word) or by_words().get(word.lower())


@cache
def currency_signs() -> dict[str, Unit]:
    """Signs and codes that stand before a number: "US$", "£", "Rs"."""
    return {sign: currency for currency, row in _currencies() for sign in row["signs"]}


@cache
def wary_signs() -> frozenset[str]:
    """Signs that are also names and codes, so that they count only before an amount: "R12.5m", not "R8"."""
    return frozenset(sign for _, row in _currencies() for sign in row.get("wary", ()))


@cache
def currency_codes() -> dict[str, Unit]:
    """Codes of three capitals, which also stand behind a number: "40 EUR"."""
    return {sign: currency for sign, currency in currency_signs().items() if re.fullmatch(r"[A-Z]{3}", sign)}


@cache
def currency_names() -> dict[str, Unit]:
    """Names behind a number, lower case, singular and plural."""
    found: dict[str, Unit] = {}
    for currency, row in _currencies():
        wired = [name.replace("dollar", "dlr") for name in row["names"] if "dollar" in name]  # "Canadian dlrs"
        for name in [*row["names"], *wired]:
            found.setdefault(name, currency)
            if name[-1] != "s" and len(name) > 1:
                found.setdefault(name + "s", currency)
    return found


def _currencies() -> Iterator[tuple[Unit, dict[str, Any]]]:
    return ((Unit(row["code"], row["unit"], "money"), row) for row in lexicon("currencies")["currency"])
