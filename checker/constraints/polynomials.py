"""Exact quotients of polynomials: what brings both sides of a comparison to one row.

SymPy says the same (the tests hold both to it), but importing it takes longer than checking an article.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import lcm

Polynomial = dict[tuple[str, ...], Fraction]  # by the names multiplied, in order, each as often as its power


@dataclass(frozen=True, slots=True)
class Quotient:
    """A polynomial divided by the product of others, none of which is a number."""

    over: Polynomial
    under: tuple[Polynomial, ...] = ()

    def __add__(self, other: Quotient) -> Quotient:
        mine, theirs = _without(other.under, self.under), _without(self.under, other.under)
        over = _product(self.over, *mine)
        for key, value in _product(other.over, *theirs).items():
            over[key] = over.get(key, Fraction(0)) + value
        return Quotient(_plain(over), (*self.under, *mine))

    def __sub__(self, other: Quotient) -> Quotient:
        return self + number(-1) * other

    def __mul__(self, other: Quotient) -> Quotient:
        mine, theirs = _without((self.over,), other.under), _without((other.over,), self.under)
        under = (*_without(self.under, (other.over,)), *_without(other.under, (self.over,)))
        return Quotient(_product(*(mine or (_ONE,)), *theirs), under)

    def __truediv__(self, other: Quotient) -> Quotient:
        """Errors: ``ZeroDivisionError``."""
        if not other.over:
            raise ZeroDivisionError
        is_number = set(other.over) == {()}
        inverse = Quotient({(): 1 / other.over[()]}) if is_number else Quotient(_ONE, (other.over,))
        return self * Quotient(_product(_ONE, *other.under)) * inverse

    def __pow__(self, exponent: int) -> Quotient:
        found = number(1)
        for _ in range(exponent):
            found = found * self
        return found

    @property
    def whole(self) -> Polynomial:
        """What is divided, times the least number that makes all its coefficients whole."""
        scale = lcm(*(value.denominator for value in self.over.values()))
        return {key: value * scale for key, value in self.over.items()}


_ONE: Polynomial = {(): Fraction(1)}


def number(value: Fraction | int) -> Quotient:
    return Quotient(_plain({(): Fraction(value)}))


def name(text: str) -> Quotient:
    return Quotient({(text,): Fraction(1)})


def _plain(polynomial: Polynomial) -> Polynomial:
    return {key: value for key, value in polynomial.items() if value}


def _product(first: Polynomial, *others: Polynomial) -> Polynomial:
    found = dict(first)
    for other in others:
        terms: Polynomial = {}
        for one, value in found.items():
            for two, factor in other.items():
                key = tuple(sorted(one + two))
                terms[key] = terms.get(key, Fraction(0)) + value * factor
        found = _plain(terms)
    return found


def _without(factors: tuple[Polynomial, ...], taken: tuple[Polynomial, ...]) -> tuple[Polynomial, ...]:
    """The factors that are left when each of some others takes its equal away."""
    left = list(factors)
    for factor in taken:
        if factor in left:
            left.remove(factor)
    return tuple(left)
