"""What follows from two figures by one step of arithmetic, to see whether a third is made of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from math import inf
from typing import Any

from checker.language.article import Article
from checker.model import Claim, Interval
from checker.patterns import lazy
from checker.relations.parts import is_person


def made(claim: Claim, values: Sequence[tuple[str, str, Any]]) -> list[Any]:
    """The sums and differences, or the shares and changes, of ordered values of one kind and unit."""
    made: list[Any] = []
    for i, (kind, unit, low) in enumerate(values):
        for other_kind, other_unit, high in values[i + 1 :]:
            if kind != other_kind or unit != other_unit:
                break
            if claim.kind == "percent" and kind != "percent":
                made += (100 * low / high, 100 - 100 * low / high, 100 * high / low - 100)
            elif claim.kind == "ratio":
                made += (low / high, high / low)
            else:
                made += (low + high, high - low)
    if claim.kind == "percent":
        made += [100 - value for kind, _, value in values if kind == "percent"]
    return made


def nearly(goal: Interval, rough: Sequence[float]) -> bool:
    """Whether numbers that are off by rounding at most may lie in an interval: most figures follow from no others, which
    is found out much faster so."""
    slack = _slack(rough)
    low = float(goal.low) - slack if goal.low is not None else -inf
    high = float(goal.high) + slack if goal.high is not None else inf
    return any(low <= value <= high for value in rough)


def differing(rough: Sequence[float], least: float, most: float) -> int:
    """How many different numbers between two there are at least, of numbers that are off by rounding at most."""
    slack = _slack(rough)
    number, last = 0, -inf
    for value in sorted(value for value in rough if least + slack <= value <= most - slack):
        number += value > last + slack
        last = value
    return number


def _slack(rough: Sequence[float]) -> float:
    return 1e-12 * max((100.0, *rough))


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
