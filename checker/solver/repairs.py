"""Two-sided repairs: the exact interval that one variable may take when one statement of a conflict is given up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Literal

from checker.model import Interval
from checker.solver.bounds import BRANCH, Bounds, Line
from checker.solver.intervals import has_zero, straddles_zero
from checker.solver.problem import Conflict, Limits, Number, Problem, Product, Row
from checker.solver.search import System, compile_rows, decide
from checker.solver.simplex import Optimum, Simplex

Side = Literal["low", "high"]
SIDES: tuple[Side, ...] = ("low", "high")
DEFAULT = Limits()
ROUNDS = 64  # questions asked to find one end among whole numbers


@dataclass(frozen=True, slots=True)
class _Unknown(Exception):
    """An end that the limits leave open."""


def repair(
    problem: Problem, conflict: Conflict, statement: int, variable: int, limits: Limits = DEFAULT
) -> Interval | None:
    """The values of `variable` when `statement` is dropped and the others of the conflict hold; None when undecided.

    The least interval that holds them all: of a whole variable its ends are whole and attained.
    """
    held = frozenset(conflict.statements) - {statement}
    system = _around(problem, variable, held)
    if not system.rows:
        return Interval()
    bounds = Bounds(system.variables, system.integers, system.lines, system.products)
    if not bounds.propagate(limits.updates * len(system.variables)):
        return None
    if not bounds.capped and _exact(system, bounds):
        return _interval(bounds, variable)
    if decide(system, limits).holds is not True:
        return None
    try:
        low = _end(system, bounds, variable, "low", limits)
        high = _end(system, bounds, variable, "high", limits)
    except _Unknown:
        return None
    return Interval(
        None if low.value is None else Fraction(low.value),
        None if high.value is None else Fraction(high.value),
        low.open and low.value is not None,
        high.open and high.value is not None,
    )


def admits(problem: Problem, conflict: Conflict, statement: int, variable: int, low: Fraction, high: Fraction) -> bool:
    """Whether a value of `variable` from `low` to `high` agrees with the others of the conflict, without `statement`.

    What lies within ``repair`` need not: that is the least interval around values which may stand apart.
    """
    system = _around(problem, variable, frozenset(conflict.statements) - {statement})
    extra = _beyond(variable, "high", low), _beyond(variable, "low", high)
    return decide(_with(system, extra), DEFAULT).holds is True


def implied(
    problem: Problem, conflict: Conflict, statement: int, variable: int, others: Mapping[int, Fraction]
) -> Fraction | None:
    """The value of `variable` where others have exactly these values; None where there is not just one, or undecided."""
    system = _around(problem, variable, frozenset(conflict.statements) - {statement})
    extra = [_beyond(name, side, value) for name, value in others.items() if name != variable for side in SIDES]
    system = _with(system, tuple(extra))
    answer = decide(system, DEFAULT)
    if not answer.holds or answer.witness is None:
        return None
    value = answer.witness[variable]
    whole = variable in system.integers
    apart = (
        _beyond(variable, side, value + (step if whole else 0), not whole)
        for side, step in zip(SIDES, (-1, 1), strict=True)
    )
    other = (decide(_with(system, (line,)), DEFAULT).holds for line in apart)
    return Fraction(value) if all(holds is False for holds in other) else None


def _variables(row: Row | Product) -> Iterable[int]:
    return (row.result, row.left, row.right) if isinstance(row, Product) else (variable for variable, _ in row.terms)


def _around(problem: Problem, variable: int, held: frozenset[int]) -> System:
    """The rows in force that are connected with the variable."""
    rows = [(index, row) for index, row in enumerate(problem.rows) if row.statements <= held]
    of_variable: dict[int, list[int]] = {}
    for place, (_, row) in enumerate(rows):
        for name in _variables(row):
            of_variable.setdefault(name, []).append(place)
    reached, ahead = {variable}, [variable]
    places: set[int] = set()
    while ahead:
        for place in of_variable.get(ahead.pop(), ()):
            if place not in places:
                places.add(place)
                fresh = [name for name in _variables(rows[place][1]) if name not in reached]
                reached.update(fresh)
                ahead += fresh
    return compile_rows([rows[place] for place in sorted(places)], problem.integers)


def _interval(bounds: Bounds, variable: int) -> Interval:
    low, low_open, high, high_open = bounds.range(variable)
    return Interval(
        None if low is None else Fraction(low),
        None if high is None else Fraction(high),
        low_open and low is not None,
        high_open and high is not None,
    )


def _exact(system: System, bounds: Bounds) -> bool:
    """Whether bounds that no longer move are the very projections of the solutions.

    They are where the rows of several variables form a forest and every row, given intervals of the others, leaves a
    variable a whole interval: sums of reals or, with coefficients of one, of integers, and products without a division
    across zero.
    """
    whole = [variable in system.integers for variable in system.variables]
    if any(whole):
        if not all(whole) or system.products:
            return False
        if any(abs(coefficient) != 1 for terms, _, _, _ in system.lines if len(terms) > 1 for _, coefficient in terms):
            return False
    parent: dict[int, int] = {variable: variable for variable in system.variables}
    for row in system.rows:
        names = list(_variables(row))
        roots = {_root(parent, name) for name in names}
        if len(roots) < len(names):
            return False
        head = min(roots)
        parent.update(dict.fromkeys(roots, head))
    for result, left, right, _ in system.products:
        if not has_zero(bounds.range(result)) and any(straddles_zero(bounds.range(name)) for name in (left, right)):
            return False
    return True


def _root(parent: dict[int, int], name: int) -> int:
    while parent[name] != name:
        parent[name] = parent[parent[name]]
        name = parent[name]
    return name


def _end(system: System, bounds: Bounds, variable: int, side: Side, limits: Limits) -> Optimum:
    """The least or greatest value of a variable of a feasible system."""
    if system.products:
        return _end_nonlinear(system, bounds, variable, side, limits)
    relaxed = _optimum(system.lines, (), variable, side, limits)
    if relaxed.value is None:
        return relaxed  # rational data: what grows without end among reals does so among integers (Meyer 1974)
    if not any(name in system.integers for name in system.variables):
        return relaxed
    if variable in system.integers:
        first = ceil(relaxed.value) if side == "low" else floor(relaxed.value)
        return _end_whole(system, variable, side, first, limits)
    return _end_mixed(system, variable, side, limits)


def _optimum(lines: Iterable[Line], extra: Iterable[Line], variable: int, side: Side, limits: Limits) -> Optimum:
    simplex = Simplex()
    for terms, bound, strict, row in (*lines, *extra):
        simplex.at_most(terms, bound, strict, frozenset((row,)))
    if not simplex.feasible(limits.pivots):
        raise _Unknown
    return simplex.optimum(variable, side)


def _beyond(variable: int, side: Side, value: Number, strict: bool = False) -> Line:
    """The line ``variable <= value`` for the low side, ``variable >= value`` for the high one."""
    sign = 1 if side == "low" else -1
    return (((variable, sign),), sign * value, strict, BRANCH)


def _with(system: System, extra: tuple[Line, ...]) -> System:
    return System(system.rows, (*system.lines, *extra), system.products, system.variables, system.integers)


def _witness(system: System, extra: tuple[Line, ...], limits: Limits) -> dict[int, Number] | None:
    answer = decide(_with(system, extra), limits)
    if answer.holds is None:
        raise _Unknown
    return dict(answer.witness or {}) if answer.holds else None


def _end_whole(system: System, variable: int, side: Side, first: int, limits: Limits) -> Optimum:
    """The end of a whole variable, `first` or further in: asked for by halving."""
    sign = 1 if side == "low" else -1
    known = _witness(system, (), limits)
    if known is None:
        raise _Unknown
    best = sign * int(known[variable])
    least = sign * first
    for _ in range(ROUNDS):
        if least >= best:
            return Optimum(sign * best, False)
        guess = least if least == sign * first else (least + best) // 2
        closer = _witness(system, (_beyond(variable, side, sign * guess),), limits)
        if closer is None:
            least = guess + 1
        else:
            best = sign * int(closer[variable])
            if best <= least:
                return Optimum(sign * best, False)
    raise _Unknown


def _end_mixed(system: System, variable: int, side: Side, limits: Limits) -> Optimum:
    """The end of a real variable beside whole ones: the best for their present values, until none is better."""
    extra: tuple[Line, ...] = ()
    best: Optimum | None = None
    for _ in range(ROUNDS):
        known = _witness(system, extra, limits)
        if known is None:
            if best is None:
                raise _Unknown
            return best
        whole = [name for name in system.variables if name in system.integers]
        fixed = [_beyond(name, "low", known[name]) for name in whole]
        fixed += [_beyond(name, "high", known[name]) for name in whole]
        found = _optimum(system.lines, fixed, variable, side, limits)
        if found.value is None:
            return found
        best = found
        extra = (_beyond(variable, side, found.value, strict=not found.open),)
    raise _Unknown


def _end_nonlinear(system: System, bounds: Bounds, variable: int, side: Side, limits: Limits) -> Optimum:
    """An end of the propagated interval, where it is attained; whole variables by halving."""
    low, low_open, high, high_open = bounds.range(variable)
    outer, is_open = (low, low_open) if side == "low" else (high, high_open)
    if outer is None or is_open:
        raise _Unknown
    if variable in system.integers:
        return _end_whole(system, variable, side, int(outer), limits)
    if _witness(system, (_beyond(variable, side, outer),), limits) is None:
        raise _Unknown
    return Optimum(outer, False)
