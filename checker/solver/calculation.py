"""Values that satisfy rows, found by calculating with the figures as they stand: enough for nearly all that agrees."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from math import ceil, floor

from checker.solver.intervals import Range, quotient
from checker.solver.problem import Number, Product, Row, satisfies

EVERYTHING: Range = (None, True, None, True)


def inside(values: Range) -> Number:
    """A plain number of an interval: an end where it is attained, else a whole number, else the middle."""
    low, low_open, high, high_open = values
    if low is None:
        if high is None or high > 0 or (high == 0 and not high_open):
            return 0
        return floor(high) - 1 if high_open else high
    if not low_open:
        return low
    whole = floor(low) + 1
    if high is None or whole < high:
        return whole
    return quotient(low + high, 2) if high_open else high


def calculate(rows: Sequence[Row | Product], integers: Collection[int]) -> dict[int, Number] | None:
    """Values for all variables of `rows` that satisfy them (checked by substitution); None says nothing.

    An equation or a product with one unknown left gives it its value; where there is none, the next variable takes a
    plain number of its own interval.  Nothing is taken back.
    """
    ends: dict[int, Range] = {}
    joined: list[Row | Product] = []
    for row in rows:
        if isinstance(row, Product) or len(row.terms) != 1:
            joined.append(row)
        else:
            _narrow(ends, row, integers)
    values: dict[int, Number] = {}
    for variable, (low, low_open, high, high_open) in ends.items():
        if low is not None and low == high and not (low_open or high_open):
            values[variable] = low
    if joined:
        joined.sort(key=_order)
        _fill(joined, ends, values, integers)
    for variable, interval in ends.items():
        value = values.get(variable)
        if value is None:
            value = values[variable] = inside(interval)
        low, low_open, high, high_open = interval
        if low is not None and (value <= low if low_open else value < low):
            return None
        if high is not None and (value >= high if high_open else value > high):
            return None
    for row in joined:
        if not satisfies(row, values):
            return None
    return values


def _fill(
    rows: Sequence[Row | Product], ends: Mapping[int, Range], values: dict[int, Number], integers: Collection[int]
) -> None:
    """Values for what rows of several variables leave unknown."""
    unknown: list[int] = []
    places: dict[int, list[int]] = {}
    ready: list[int] = []
    for place, row in enumerate(rows):
        number = 0
        for name in _names(row):
            if name not in values:
                number += 1
                if name in places:
                    places[name].append(place)
                else:
                    places[name] = [place]
        unknown.append(number)
        if number == 1:
            ready.append(place)
    choices = iter(sorted(places, key=lambda variable: (variable not in ends, variable)))
    while places:
        if ready:
            row = rows[ready.pop()]
            left = [name for name in _names(row) if name not in values]
            if not left:
                continue
            (variable,) = left
            value = _solved(row, variable, values)
            if value is None:
                continue
            if variable in integers:
                value = floor(value)
        else:
            variable = next(choices)
            if variable in values:
                continue
            value = inside(ends.get(variable, EVERYTHING))
        values[variable] = value
        for place in places.pop(variable):
            unknown[place] -= 1
            if unknown[place] == 1:
                ready.append(place)


def _names(row: Row | Product) -> Iterable[int]:
    return {row.result, row.left, row.right} if isinstance(row, Product) else [name for name, _ in row.terms]


def _solved(row: Row | Product, variable: int, values: Mapping[int, Number]) -> Number | None:
    """The one value of the row's last unknown that satisfies it, if there is one."""
    if isinstance(row, Product):
        if variable == row.result:
            return None if variable in (row.left, row.right) else values[row.left] * values[row.right]
        other = row.right if variable == row.left else row.left
        return quotient(values[row.result], values[other]) if values.get(other) else None
    if row.op != "=":
        return None
    rest: Number = row.bound
    factor = 1
    for name, coefficient in row.terms:
        if name == variable:
            factor = coefficient
        else:
            rest -= coefficient * values[name]
    return rest if factor == 1 else quotient(rest, factor)


def _narrow(ends: dict[int, Range], row: Row, integers: Collection[int]) -> None:
    """Take a row of one variable into its interval."""
    ((variable, coefficient),) = row.terms
    end: Number = row.bound
    if coefficient != 1:
        end = -end if coefficient == -1 else quotient(end, coefficient)
    is_open = row.op == "<"
    whole = variable in integers and (is_open or type(end) is not int)
    low, low_open, high, high_open = ends.get(variable, EVERYTHING)
    if coefficient > 0 or row.op == "=":
        most, attained = end, not is_open
        if whole:
            most, attained = ceil(end) - 1 if is_open else floor(end), True
        if high is None or most < high or (not attained and most == high):
            high, high_open = most, not attained
    if coefficient < 0 or row.op == "=":
        least, attained = end, not is_open
        if whole:
            least, attained = floor(end) + 1 if is_open else ceil(end), True
        if low is None or least > low or (not attained and least == low):
            low, low_open = least, not attained
    ends[variable] = (low, low_open, high, high_open)


def _order(row: Row | Product) -> tuple[object, ...]:
    """An order that does not depend on that of the rows."""
    if isinstance(row, Product):
        return (4, ((row.result, 0), (row.left, 0), (row.right, 0)), 0, "")
    return (len(row.terms), row.terms, row.bound, row.op)
