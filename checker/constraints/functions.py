"""Expressions over intervals, exactly: what a side of a constraint can be when its claims are what they may be.

Functions that are not linear (``weekday``, ``years``, ``margin_of_error``, ...) enter the rows only as such intervals.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from math import ceil, floor, isqrt

from checker.constraints.language import Call, Name, Node, Number
from checker.constraints.statistics import p_value
from checker.model import Interval

Value = Interval | Sequence[Interval]  # a claim, or a role of several


def evaluate(node: Node, values: Mapping[str, Value]) -> Interval | None:
    """The interval of an expression; None where it has none (a division by what may be zero, an open date)."""
    if isinstance(node, Number):
        return Interval.point(node.value)
    if isinstance(node, Name):
        value = values.get(node.name)
        if value is None:
            return None
        if isinstance(value, Interval):
            return value
        return value[0] if len(value) == 1 else None
    if isinstance(node, Call):
        return _call(node, values)
    left, right = evaluate(node.left, values), evaluate(node.right, values)
    if left is None or right is None:
        return None
    if node.sign == "+":
        return add(left, right)
    if node.sign == "-":
        return add(left, right.scaled(-1))
    if node.sign == "*":
        return multiply(left, right)
    if node.sign == "/":
        return _divide(left, right)
    found = left
    assert right.low is not None
    for _ in range(int(right.low) - 1):
        found = multiply(found, left)
    return found


def add(a: Interval, b: Interval) -> Interval:
    low = None if a.low is None or b.low is None else a.low + b.low
    high = None if a.high is None or b.high is None else a.high + b.high
    return Interval(low, high, a.low_open or b.low_open, a.high_open or b.high_open)


def multiply(a: Interval, b: Interval) -> Interval:
    """Exact for bounded intervals and for unbounded ones that are not negative; otherwise everything."""
    if a.low is None or b.low is None or a.high is None or b.high is None:
        if a.low is not None and b.low is not None and a.low >= 0 and b.low >= 0:
            return Interval(a.low * b.low, None, (a.low_open and b.low > 0) or (b.low_open and a.low > 0))
        return Interval()
    corners = [
        (x * y, (x_open and y != 0) or (y_open and x != 0))
        for x, x_open in ((a.low, a.low_open), (a.high, a.high_open))
        for y, y_open in ((b.low, b.low_open), (b.high, b.high_open))
    ]
    low, high = min(v for v, _ in corners), max(v for v, _ in corners)
    return Interval(low, high, all(o for v, o in corners if v == low), all(o for v, o in corners if v == high))


def _divide(a: Interval, b: Interval) -> Interval | None:
    if b.low is None or b.low < 0 or (b.low == 0 and not b.low_open):
        return None
    if b.low == 0 or b.high is None:
        if a.low is not None and a.low >= 0 and b.high is not None:
            return Interval(a.low / b.high, None, a.low_open or b.high_open)
        return Interval(Fraction(0)) if a.low is not None and a.low >= 0 else Interval()
    inverse = Interval(1 / b.high, 1 / b.low, b.high_open, b.low_open)
    return multiply(a, inverse)


def _call(node: Call, values: Mapping[str, Value]) -> Interval | None:
    arguments: list[Interval] = []
    for argument in node.arguments:
        if isinstance(argument, Name) and not isinstance(values.get(argument.name), Interval | None):
            several = values[argument.name]
            assert not isinstance(several, Interval)
            arguments += several
        else:
            found = evaluate(argument, values)
            if found is None:
                return None
            arguments.append(found)
    if node.function == "count":
        return Interval.point(len(arguments))
    if node.function == "sum":
        total = Interval.point(0)
        for term in arguments:
            total = add(total, term)
        return total
    if node.function in ("min", "max"):
        return _extreme(arguments, node.function == "max")
    if node.function == "abs":
        return _absolute(arguments[0])
    if node.function in ("round", "floor"):
        return _whole(arguments[0], Fraction(1, 2) if node.function == "round" else Fraction(0))
    if node.function == "days":
        return add(arguments[1], arguments[0].scaled(-1))
    if node.function == "weekday":
        return _weekday(arguments[0])
    if node.function == "years":
        return _years(arguments[0], arguments[1])
    if node.function == "grim":
        return _grim(arguments[0], arguments[1])
    if node.function.startswith("p_"):
        return p_value(node.function, arguments)
    return _margin(arguments[0])


def _extreme(arguments: list[Interval], largest: bool) -> Interval:
    pick = max if largest else min
    lows, highs = [a.low for a in arguments], [a.high for a in arguments]
    if largest:
        low = max((v for v in lows if v is not None), default=None)
        high = None if None in highs else pick(v for v in highs if v is not None)
    else:
        low = None if None in lows else pick(v for v in lows if v is not None)
        high = min((v for v in highs if v is not None), default=None)
    return Interval(low, high)


def _absolute(a: Interval) -> Interval:
    if a.low is not None and a.low >= 0:
        return a
    if a.high is not None and a.high <= 0:
        return a.scaled(-1)
    if a.low is None or a.high is None:
        return Interval(Fraction(0))
    return Interval(Fraction(0), max(-a.low, a.high))


def _whole(a: Interval, shift: Fraction) -> Interval:
    low = None if a.low is None else Fraction(floor(a.low + shift))
    high = None if a.high is None else Fraction(ceil(a.high + shift) - 1 if a.high_open else floor(a.high + shift))
    return Interval(low, high)


def _weekday(a: Interval) -> Interval | None:
    """Monday 0 to Sunday 6; a span of days that runs over a weekend says nothing."""
    if a.low is None or a.high is None:
        return None
    first, last = int(a.low), int(a.high)
    if last - first >= 6:
        return Interval(Fraction(0), Fraction(6))
    days = [(day - 1) % 7 for day in range(first, last + 1)]
    return Interval(Fraction(min(days)), Fraction(max(days))) if days else None


def _years(born: Interval, now: Interval) -> Interval | None:
    """Whole birthdays between two days, each known to an interval of days."""
    if None in (born.low, born.high, now.low, now.high):
        return None
    least = _birthdays(int(born.high), int(now.low))  # type: ignore[arg-type]
    most = _birthdays(int(born.low), int(now.high))  # type: ignore[arg-type]
    return Interval(Fraction(least), Fraction(most))


def _birthdays(born: int, now: int) -> int:
    first, last = date.fromordinal(max(1, born)), date.fromordinal(max(1, now))
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))


def _margin(sample: Interval) -> Interval | None:
    """The margin of error of a random sample in percentage points, at 95 % and a share of one half: 98 / sqrt(n).

    Source: any sampling text (1.96 * sqrt(0.25 / n)).  Rational bounds to a thousandth of a point.
    """
    if sample.low is None or sample.low < 2 or sample.high is None:
        return None

    def margin(n: Fraction, up: bool) -> Fraction:
        scaled = Fraction(98_000**2) / n
        root = isqrt(floor(scaled))
        return Fraction(root + (1 if up else 0), 1000)

    return Interval(margin(sample.high, False), margin(sample.low, True))


def _grim(mean: Interval, sample: Interval) -> Interval | None:
    """The mean of `sample` whole numbers that lies nearest to a written one: where none lies in its interval, the two do
    not go together.

    Source: Brown and Heathers 2017, "The GRIM test".
    """
    if mean.low is None or mean.high is None or sample.low is None or sample.low < 1 or sample.low != sample.high:
        return None
    size = sample.low
    first = floor(mean.low * size) + 1 if mean.low_open else ceil(mean.low * size)
    if first / size in mean:
        return mean
    middle = (mean.low + mean.high) / 2
    return Interval.point(floor(middle * size + Fraction(1, 2)) / size)
