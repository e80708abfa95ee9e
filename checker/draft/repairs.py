"""Two-sided repairs: the exact values that one variable may take when one statement of a conflict is given up."""

from __future__ import annotations

from fractions import Fraction

from checker.model import Interval
from checker.draft.bounds import propagate
from checker.draft.decide import decide
from checker.draft.problem import Conflict, Limits, Problem, Product, Row


def repair(
    problem: Problem, conflict: Conflict, statement: int, variable: int, limits: Limits | None = None
) -> Interval | None:
    """The values `variable` may take when `statement` is dropped and the conflict's other statements hold.

    None where that cannot be told exactly.  Whole variables have whole ends.
    """
    limits = limits or Limits()
    held = frozenset(conflict.statements) - {statement}
    rows = [i for i, row in enumerate(problem.rows) if row.statements <= held and _touches(row)]
    rows = _connected(problem, rows, variable)
    bounds = propagate(problem, rows, limits.updates)
    if bounds.empty is not None:
        return None
    low, high = bounds.low(variable), bounds.high(variable)
    found = Interval(
        None if low is None else Fraction(low.value),
        None if high is None else Fraction(high.value),
        low.open if low else False,
        high.open if high else False,
    )
    if any(isinstance(problem.rows[i], Product) for i in rows):
        return found if bounds.complete and _tree(problem, rows) else None
    if bounds.complete and _tree(problem, rows):
        return found
    return _projected(problem, rows, variable, found, limits)


def _touches(row: Row | Product) -> bool:
    return isinstance(row, Product) or bool(row.terms)


def _connected(problem: Problem, rows: list[int], variable: int) -> list[int]:
    """The rows that reach the variable through shared ones."""
    known, kept, left = {variable}, [], list(rows)
    while True:
        reached = [i for i in left if _names(problem.rows[i]) & known]
        if not reached:
            return sorted(kept)
        kept += reached
        left = [i for i in left if i not in set(reached)]
        for i in reached:
            known |= _names(problem.rows[i])


def _names(row: Row | Product) -> set[int]:
    if isinstance(row, Product):
        return {row.result, row.left, row.right}
    return {v for v, _ in row.terms}


def _tree(problem: Problem, rows: list[int]) -> bool:
    """Whether the rows with several variables form no cycle: propagation is then exact for rationals."""
    parent: dict[int, int] = {}

    def root(item: int) -> int:
        while parent.setdefault(item, item) != item:
            item = parent[item]
        return item

    shared: dict[frozenset[int], int] = {}
    for index in rows:
        names = _names(problem.rows[index])
        if len(names) < 2:
            continue
        key = frozenset(names)
        if key in shared:
            return False
        shared[key] = index
        roots = {root(v) for v in names}
        if len(roots) < len(names):
            return False
        first = min(roots)
        for other in roots:
            parent[other] = first
        if names & problem.integers and not isinstance(problem.rows[index], Product):
            if any(abs(c) != 1 for _, c in problem.rows[index].terms):  # type: ignore[union-attr]
                return False
    return True


def _projected(problem: Problem, rows: list[int], variable: int, outer: Interval, limits: Limits) -> Interval | None:
    """The exact ends over linear rows: simplex for rationals, whole values tried from the ends for whole variables."""
    linear = [(i, row) for i in rows if isinstance(row := problem.rows[i], Row)]
    low = _extreme(linear, variable, False, outer, limits)
    high = _extreme(linear, variable, True, outer, limits)
    if low is None or high is None:
        return None
    found = Interval(low[0], high[0], low[1], high[1])
    if not any(v in problem.integers for i in rows for v in _names(problem.rows[i])):
        return found
    return _whole(problem, rows, variable, found, limits)


def _extreme(
    linear: list[tuple[int, Row]], variable: int, up: bool, outer: Interval, limits: Limits
) -> tuple[Fraction | None, bool] | None:
    """The largest or smallest value and whether it is left out; by eliminating every other variable (Fourier-Motzkin)."""
    rows = [(dict(row.terms), row.bound, row.op) for _, row in linear]
    inequalities: list[tuple[dict[int, Fraction], Fraction, bool]] = []
    for terms, bound, op in rows:
        exact = {v: Fraction(c) for v, c in terms.items()}
        inequalities.append((exact, Fraction(bound), op == "<"))
        if op == "=":
            inequalities.append(({v: -c for v, c in exact.items()}, -Fraction(bound), False))
    others = sorted({v for terms, _, _ in inequalities for v in terms} - {variable})
    while others:
        target = min(others, key=lambda v: (_pairs(inequalities, v), v))
        others.remove(target)
        ups = [row for row in inequalities if row[0].get(target, 0) > 0]
        downs = [row for row in inequalities if row[0].get(target, 0) < 0]
        inequalities = [row for row in inequalities if not row[0].get(target, 0)]
        if len(ups) * len(downs) > 2000:
            return None
        for a, b, s in ups:
            for c, d, t in downs:
                x, y = a[target], -c[target]
                terms2 = {
                    v: value
                    for v in {*a, *c}
                    if (value := a.get(v, Fraction(0)) / x + c.get(v, Fraction(0)) / y) and v != target
                }
                inequalities.append((terms2, b / x + d / y, s or t))
        inequalities = _unique(inequalities)
    best: tuple[Fraction, bool] | None = None
    for terms3, bound3, strict in inequalities:
        c3 = terms3.get(variable, Fraction(0))
        if (c3 > 0) != up or not c3:
            continue
        limit = bound3 / c3
        if best is None or (limit < best[0] if up else limit > best[0]) or (limit == best[0] and strict):
            best = (limit, strict)
    return best if best is not None else (None, False)


def _pairs(rows: list[tuple[dict[int, Fraction], Fraction, bool]], variable: int) -> int:
    ups = sum(row[0].get(variable, 0) > 0 for row in rows)
    downs = sum(row[0].get(variable, 0) < 0 for row in rows)
    return ups * downs


def _unique(
    rows: list[tuple[dict[int, Fraction], Fraction, bool]],
) -> list[tuple[dict[int, Fraction], Fraction, bool]]:
    """Each left side once, with its tightest bound."""
    best: dict[tuple[tuple[int, Fraction], ...], tuple[Fraction, bool]] = {}
    for terms, bound, strict in rows:
        if not terms:
            continue
        scale = abs(next(iter(sorted(terms.items())))[1])
        key = tuple((v, c / scale) for v, c in sorted(terms.items()))
        new = (bound / scale, strict)
        if key not in best or new[0] < best[key][0] or (new[0] == best[key][0] and strict):
            best[key] = new
    return [(dict(key), bound, strict) for key, (bound, strict) in best.items()]


def _whole(problem: Problem, rows: list[int], variable: int, found: Interval, limits: Limits) -> Interval | None:
    """Moves the ends inwards until a whole solution has them; None when that takes too long."""
    from math import ceil, floor

    if variable not in problem.integers:
        return None
    ends: list[Fraction | None] = []
    for end, is_open, step in ((found.low, found.low_open, 1), (found.high, found.high_open, -1)):
        if end is None:
            ends.append(None)
            continue
        value = ceil(end) if step > 0 else floor(end)
        if is_open and value == end:
            value += step
        for _ in range(60):
            pinned = Problem(
                problem.variables,
                problem.integers,
                (*problem.rows, Row(((variable, 1),), "=", value, frozenset())),
                problem.costs,
            )
            status = decide(pinned, [*rows, len(problem.rows)], limits).status
            if status == "sat":
                break
            if status == "unknown":
                return None
            value += step
        else:
            return None
        ends.append(Fraction(value))
    if ends[0] is not None and ends[1] is not None and ends[0] > ends[1]:
        return None
    return Interval(ends[0], ends[1])
