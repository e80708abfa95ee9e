"""Search for values that satisfy everything: choose, propagate, choose the next; no backtracking beyond one choice.

Where the rows form a tree, bounds that no longer move leave only values that can be completed, so that the first
choice of each variable succeeds; elsewhere a failed search says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import floor

from checker.solver.bounds import Bounds
from checker.solver.calculation import inside
from checker.solver.intervals import quotient
from checker.solver.problem import Number, Product, Row, satisfies

FAILURES = 12  # choices that may fail before the search gives up


def _candidates(bounds: Bounds, variable: int, wanted: Number | None) -> list[Number]:
    values: list[Number] = []
    low, high = bounds.low[variable], bounds.high[variable]
    if wanted is not None:
        values = [wanted]
        if variable in bounds.integers:
            values = [floor(wanted + quotient(1, 2)), floor(wanted), floor(wanted) + 1]
        values = [value for value in values if (low is None or value >= low) and (high is None or value <= high)]
    values.append(inside(bounds.range(variable)))
    if high is not None and variable not in bounds.high_open:
        values.append(high)
    if low is not None and high is not None:
        middle = quotient(low + high, 2)
        values.append(floor(middle) if variable in bounds.integers else middle)
    return list(dict.fromkeys(values))


def choose(bounds: Bounds, variable: int, updates: int, wanted: Number | None = None) -> Number | None:
    """Suppose a value of the variable that its own propagation does not refute; None where none is at hand."""
    for value in _candidates(bounds, variable, wanted):
        before = len(bounds.trail)
        if bounds.assign(variable, value, updates):
            return value
        bounds.undo(before)
    return None


def find_witness(
    bounds: Bounds,
    rows: Sequence[Row | Product],
    updates: int,
    wanted: Mapping[int, Number] | None = None,
    first: Iterable[int] = (),
) -> dict[int, Number] | None:
    """Values inside `bounds` that satisfy `rows` (checked by substitution), or None; `bounds` is left as it was.

    `wanted` are values to try first; the variables in `first` are chosen first.
    """
    mark = len(bounds.trail)
    failures = 0
    low, high = bounds.low, bounds.high
    order = [*first, *low] if first else low
    found = True
    for variable in order:
        least = low[variable]
        if least is not None and least == high[variable]:
            continue
        if variable not in bounds.on_low and variable not in bounds.on_high:
            continue  # no row joins it to another: any value of its interval does
        wish = None if wanted is None else wanted[variable]
        if wish is None:
            before = len(bounds.trail)
            if bounds.assign(variable, inside(bounds.range(variable)), updates):
                continue
            bounds.undo(before)
            failures += 1
        for value in _candidates(bounds, variable, wish)[wish is None :]:
            before = len(bounds.trail)
            if bounds.assign(variable, value, updates):
                break
            bounds.undo(before)
            failures += 1
            if failures > FAILURES:
                break
        else:
            found = False
        if not found or failures > FAILURES:
            found = False
            break
    values = None
    if found:
        values = {variable: inside(bounds.range(variable)) for variable in low}
        for row in rows:
            if not satisfies(row, values):
                values = None
                break
    bounds.undo(mark)
    return values
