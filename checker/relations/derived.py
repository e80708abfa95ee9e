"""What follows from two figures by one step of arithmetic, to see whether a third is made of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from math import inf
from typing import Any

from checker.language.article import Article
from checker.model import Claim, Interval
from checker.patterns import lazy
from checker.relations.parts import is_person

_Values = Sequence[tuple[str, str, Any]]  # kinds, units and numbers, in this order
_SUMS: tuple[Callable[[Any, Any], Any], ...] = (lambda low, high: low + high, lambda low, high: high - low)
_RATIOS: tuple[Callable[[Any, Any], Any], ...] = (lambda low, high: low / high, lambda low, high: high / low)
_PERCENT: tuple[Callable[[Any, Any], Any], ...] = (
    lambda low, high: 100 * low / high,
    lambda low, high: 100 - 100 * low / high,
    lambda low, high: 100 * high / low - 100,
)
_REST: tuple[Callable[[Any, Any], Any], ...] = (lambda value, _: 100 - value,)


def following(claim: Claim, others: Iterable[tuple[str, str, Fraction]], goal: Interval, enough: int) -> int | None:
    """How many different numbers from half to twice a claim's follow from others by one step, one of them in an interval;
    None where none lies there.  From `enough` on it need not be all of them, nor sure that one lies there.

    They are the sums and differences, or the shares and changes, of two of one kind and unit.  Numbers that are off by
    rounding at most are looked at first: most figures follow from no others, and what stands by itself is counted so.
    """
    assert claim.value is not None
    exact = (lambda value: value) if claim.kind in ("percent", "ratio") else light
    values = sorted((kind, unit, exact(value)) for kind, unit, value in others)
    roughly = [(kind, unit, float(value)) for kind, unit, value in values]
    made = [step(low, high) for steps, low, high in _pairs(claim, roughly) for step in steps]
    least, most = float(claim.value) / 2, 2 * float(claim.value)
    # what is off by more is larger than all that is looked for, or the difference of two that are as large
    added = (value for kind, _, value in roughly if _steps(claim, kind) is _SUMS)
    slack = 1e-12 * max(100.0, most, float(goal.high or 0), *added)
    low = float(goal.low) - slack if goal.low is not None else -inf
    high = float(goal.high) + slack if goal.high is not None else inf
    if not any(low <= value <= high for value in made):
        return None
    alone, close = _apart([value for value in made if least - slack <= value <= most + slack], slack)
    sure = [value for value in alone if least + slack <= value <= most - slack]
    if len(sure) >= enough:
        return len(sure)
    close.update(value for value in alone if not least + slack <= value <= most - slack)
    found, holds = set(), False
    for (steps, a, b), (_, c, d) in zip(_pairs(claim, values), _pairs(claim, roughly), strict=True):
        for step in steps:
            value = step(c, d)
            if value in close or low <= value <= high:
                number = step(a, b)
                holds = holds or number in goal
                if value in close:
                    found.add(number)
    if not holds:
        return None
    return len(sure) + sum(claim.value <= 2 * number <= 4 * claim.value for number in found)


def _steps(claim: Claim, kind: str) -> tuple[Callable[[Any, Any], Any], ...]:
    if claim.kind == "percent" and kind != "percent":
        return _PERCENT
    return _RATIOS if claim.kind == "ratio" else _SUMS


def _pairs(claim: Claim, values: _Values) -> Iterator[tuple[tuple[Callable[[Any, Any], Any], ...], Any, Any]]:
    """Every two of ordered values of one kind and unit, with the steps of arithmetic that may lead to a claim."""
    for i, (kind, unit, low) in enumerate(values):
        steps = _steps(claim, kind)
        for other_kind, other_unit, high in values[i + 1 :]:
            if kind != other_kind or unit != other_unit:
                break
            yield steps, low, high
        if claim.kind == "percent" and kind == "percent":
            yield _REST, low, low


def _apart(values: list[float], slack: float) -> tuple[list[float], set[float]]:
    """The values that differ from all others by more than rounding, and the rest."""
    values.sort()
    alone, close = [], set()
    for n, value in enumerate(values):
        before = n and value - values[n - 1] <= slack
        behind = n + 1 < len(values) and values[n + 1] - value <= slack
        if before or behind:
            close.add(value)
        else:
            alone.append(value)
    return alone, close


_HALF_OF = lazy(r"\bhalf of (?:the |its |their |his |her |a )?(?:[a-z]+ )?$")


def is_half(article: Article, claim: Claim, goal: Interval) -> bool:
    """Whether half of a figure is spoken of ("the second half of the $700 billion fund") and lies in an interval."""
    if claim.value is None or claim.value / 2 not in goal:
        return False
    return _HALF_OF.search(article.block(claim).text[max(0, claim.start - 30) : claim.start]) is not None


_AND_ONE = lazy(r"[^.;:]{0,60}?\band (?:an?|one|the) (?P<who>[a-z]+(?:[ -][a-z]+){0,3})")


def is_one_less(article: Article, claim: Claim, goal: Interval) -> bool:
    """Whether one person more is told right behind a count, and both make what lies in an interval: "42 pupils and a boy"."""
    if claim.value is None or claim.value + 1 not in goal:
        return False
    found = _AND_ONE.match(article.block(claim).text, claim.end)
    return found is not None and any(is_person(replace(claim, noun=word)) for word in re.split("[ -]", found["who"]))


def is_rest(claim: Claim, other: Claim, goal: Interval) -> bool:
    """Whether a fraction is what another leaves: a quarter shut, and three quarters open."""
    return (
        claim.kind == other.kind == "ratio" and other.value is not None and other.value < 1 and 1 - other.value in goal
    )


def told_in_words(claim: Claim, other: Claim) -> bool:
    """Whether a percentage is told as a fraction elsewhere: 71% and "seven out of 10"."""
    if claim.kind != "percent" or other.kind != "ratio" or other.unit == "times" or other.value is None:
        return False
    return claim.value is not None and abs(100 * other.value - claim.value) <= 2


def light(value: Fraction) -> Fraction | int:
    """The same number, a whole one as an ``int``, which counts much faster."""
    return value.numerator if value.denominator == 1 else value
