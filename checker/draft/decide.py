"""Deciding whether rows can all hold: propagation, a witness, simplex, branch and bound, bisection of shared factors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor

from checker.draft.bounds import Bounds, Entry, propagate
from checker.draft.problem import Limits, Problem, Product, Row, Step
from checker.draft.simplex import simplex


@dataclass(slots=True)
class Decision:
    """`status`: "sat" with a witness, "unsat" with the rows of a proof, or "unknown"."""

    status: str
    witness: dict[int, Fraction] = field(default_factory=dict)
    core: frozenset[int] = frozenset()  # indices of rows that cannot all hold
    steps: tuple[Step, ...] = ()


def holds(problem: Problem, rows: Sequence[int], witness: dict[int, Fraction]) -> bool:
    """Whether a witness satisfies every row and is whole where it must be."""
    for index in rows:
        row = problem.rows[index]
        if isinstance(row, Product):
            if witness.get(row.result, 0) != witness.get(row.left, 0) * witness.get(row.right, 0):
                return False
            continue
        total = sum((c * witness.get(v, Fraction(0)) for v, c in row.terms), Fraction(0))
        if not (total <= row.bound if row.op == "<=" else total < row.bound if row.op == "<" else total == row.bound):
            return False
    return all(value.denominator == 1 for variable, value in witness.items() if variable in problem.integers)


def decide(problem: Problem, rows: Sequence[int], limits: Limits) -> Decision:
    """Whether the rows with these indices can all hold."""
    bounds = propagate(problem, rows, limits.updates)
    if bounds.empty is not None:
        derivation = bounds.derivation()
        return Decision("unsat", core=frozenset(entry.row for entry in derivation), steps=bounds.steps())
    witness = _guess(problem, rows, bounds)
    if witness is not None and holds(problem, rows, witness):
        return Decision("sat", witness)
    return _branch(problem, rows, limits)


def variables_of(problem: Problem, rows: Sequence[int]) -> list[int]:
    """The variables of some rows, ascending."""
    found: set[int] = set()
    for index in rows:
        row = problem.rows[index]
        if isinstance(row, Product):
            found.update((row.result, row.left, row.right))
        else:
            found.update(variable for variable, _ in row.terms)
    return sorted(found)


# ------------------------------------------------------------------------------------------------------- a witness


def _inside(low: Entry | None, high: Entry | None, integer: bool) -> Fraction | None:
    """A plain value between two bounds: the middle, whole where it must be."""
    if low is None and high is None:
        return Fraction(0)
    if low is None:
        assert high is not None
        value = Fraction(high.value) - (1 if high.open else 0)
    elif high is None:
        value = Fraction(low.value) + (1 if low.open else 0)
    elif low.value == high.value:
        return Fraction(low.value)
    else:
        value = (Fraction(low.value) + Fraction(high.value)) / 2
    if not integer or value.denominator == 1:
        return value
    for whole in (floor(value), ceil(value)):
        if (low is None or whole > low.value or (whole == low.value and not low.open)) and (
            high is None or whole < high.value or (whole == high.value and not high.open)
        ):
            return Fraction(whole)
    return None


def _guess(problem: Problem, rows: Sequence[int], bounds: Bounds) -> dict[int, Fraction] | None:
    """A witness by settling one variable after another in the middle of its bounds and following what that implies.

    Only variables of rows with several terms need settling in turn; it gives up where a choice leads to emptiness.
    """
    variables = variables_of(problem, rows)
    witness: dict[int, Fraction] = {}
    free = set(variables)
    lows = {v: bounds.low(v) for v in variables}
    highs = {v: bounds.high(v) for v in variables}
    joint = [problem.rows[i] for i in rows if isinstance(problem.rows[i], Product) or len(problem.rows[i].terms) > 1]  # type: ignore[union-attr]
    by_variable: dict[int, list[Row | Product]] = {}
    for row in joint:
        names = (row.result, row.left, row.right) if isinstance(row, Product) else tuple(v for v, _ in row.terms)
        for variable in names:
            by_variable.setdefault(variable, []).append(row)
    order = sorted(variables, key=lambda v: (-len(by_variable.get(v, ())), v))
    pending: list[int] = []
    for start in order:
        pending.append(start)
        while pending:
            variable = pending.pop()
            if variable not in free:
                continue
            value = _implied(by_variable.get(variable, ()), variable, witness)
            if value is None:
                value = _between(
                    variable, lows[variable], highs[variable], by_variable.get(variable, ()), witness, problem
                )
            if value is None:
                return None
            witness[variable] = value
            free.discard(variable)
            for row in by_variable.get(variable, ()):
                if isinstance(row, Product):
                    rest = [v for v in (row.left, row.right, row.result) if v in free]
                elif row.op == "=":
                    rest = [v for v, _ in row.terms if v in free]
                else:
                    continue
                if len(rest) == 1:
                    pending.append(rest[0])
    return witness


def _implied(rows: Sequence[Row | Product], variable: int, witness: dict[int, Fraction]) -> Fraction | None:
    """The value that an equation or product whose other variables are settled leaves to this one."""
    for row in rows:
        if isinstance(row, Product):
            if variable == row.result and row.left in witness and row.right in witness:
                return witness[row.left] * witness[row.right]
            other = row.right if variable == row.left else row.left
            if variable != row.result and row.result in witness and witness.get(other) and row.left != row.right:
                return witness[row.result] / witness[other]
        elif row.op == "=":
            total, own, known = Fraction(row.bound), 0, True
            for v, c in row.terms:
                if v == variable:
                    own = c
                elif v in witness:
                    total -= c * witness[v]
                else:
                    known = False
                    break
            if known and own:
                return total / own
    return None


def _between(
    variable: int,
    low: Entry | None,
    high: Entry | None,
    rows: Sequence[Row | Product],
    witness: dict[int, Fraction],
    problem: Problem,
) -> Fraction | None:
    """A value within the bounds and within what inequalities with settled variables leave."""
    least, most = low, high
    for row in rows:
        if isinstance(row, Product) or row.op == "=":
            continue
        total, own, known = Fraction(row.bound), 0, True
        for v, c in row.terms:
            if v == variable:
                own = c
            elif v in witness:
                total -= c * witness[v]
            else:
                known = False
                break
        if not known or not own:
            continue
        limit = Entry(variable, own > 0, total / own, row.op == "<", -1, ())
        if own > 0 and (most is None or (limit.value, not limit.open) < (most.value, not most.open)):
            most = limit
        elif own < 0 and (least is None or (limit.value, limit.open) > (least.value, least.open)):
            least = limit
    if least is not None and most is not None:
        if least.value > most.value or (least.value == most.value and (least.open or most.open)):
            return None
    return _inside(least, most, variable in problem.integers)


# ----------------------------------------------------------------------------------------- simplex and its branches


@dataclass(frozen=True, slots=True)
class _Cut:
    """A bound added on one branch: no statement answers for it."""

    variable: int
    high: bool
    value: Fraction


def _branch(problem: Problem, rows: Sequence[int], limits: Limits) -> Decision:
    """Branch and bound over whole variables, bisection over factors of products; unknown when the nodes run out."""
    stack: list[tuple[_Cut, ...]] = [()]
    core: set[int] = set()
    nodes = 0
    products = [problem.rows[i] for i in rows if isinstance(problem.rows[i], Product)]
    while stack:
        nodes += 1
        if nodes > limits.branches:
            return Decision("unknown")
        cuts = stack.pop()
        # rows of the branch: the given ones, the cuts, and the products with their factor's bounds as two rows each
        local = Problem(
            problem.variables, problem.integers, problem.rows + tuple(_as_row(cut) for cut in cuts), problem.costs
        )
        own = [*rows, *range(len(problem.rows), len(local.rows))]
        bounds = propagate(local, own, limits.updates)
        if bounds.empty is not None:
            core.update(entry.row for entry in bounds.derivation() if 0 <= entry.row < len(problem.rows))
            continue
        linear: list[tuple[int, Row]] = [(i, row) for i in own if isinstance(row := local.rows[i], Row)]
        origin: dict[int, frozenset[int]] = {}
        number = len(local.rows)
        for index in rows:
            row = problem.rows[index]
            if isinstance(row, Product):
                for relaxed, because in _relaxed(row, bounds):
                    linear.append((number, relaxed))
                    origin[number] = because | {index}
                    number += 1
        linear += _bound_rows(local, bounds, origin, number)
        outcome = simplex(linear, limits.pivots)
        if outcome.status == "unsat":
            for index in outcome.core:
                core.update(i for i in origin.get(index, frozenset({index})) if i < len(problem.rows))
            continue
        if outcome.status == "unknown":
            return Decision("unknown")
        witness = {v: outcome.values.get(v, Fraction(0)) for v in variables_of(problem, rows)}
        if holds(problem, rows, witness):
            return Decision("sat", witness)
        if products:
            fixed = _guess_products(problem, rows, witness)
            if fixed is not None and holds(problem, rows, fixed):
                return Decision("sat", fixed)
        split = _split(problem, rows, witness, bounds)
        if split is None:
            return Decision("unknown")
        variable, at, integer = split
        if integer:
            stack += [
                (*cuts, _Cut(variable, True, Fraction(floor(at)))),
                (*cuts, _Cut(variable, False, Fraction(floor(at) + 1))),
            ]
        else:
            stack += [(*cuts, _Cut(variable, True, at)), (*cuts, _Cut(variable, False, at))]
    return Decision("unsat", core=frozenset(core))


def _as_row(cut: _Cut) -> Row:
    sign = 1 if cut.high else -1
    return Row(((cut.variable, sign * cut.value.denominator),), "<=", sign * cut.value.numerator, frozenset())


def _bound_rows(
    problem: Problem, bounds: Bounds, origin: dict[int, frozenset[int]], number: int
) -> list[tuple[int, Row]]:
    """Propagated bounds of whole variables as rows, so that simplex profits from their rounding."""
    found: list[tuple[int, Row]] = []
    for side, sign in ((bounds.lows, -1), (bounds.highs, 1)):
        for variable, at in sorted(side.items()):
            entry = bounds.trail[at]
            if variable not in problem.integers or not entry.causes:
                continue
            value = Fraction(entry.value)
            row = Row(((variable, sign * value.denominator),), "<=", sign * value.numerator, frozenset())
            found.append((number, row))
            origin[number] = frozenset(e.row for e in bounds.explain([at]))
            number += 1
    return found


def _relaxed(row: Product, bounds: Bounds) -> list[tuple[Row, frozenset[int]]]:
    """McCormick's rows of a product whose factors are bounded; with one factor constant they are exact."""
    found = []
    corners = []
    for variable in (row.left, row.right):
        low, high = bounds.lows.get(variable, -1), bounds.highs.get(variable, -1)
        corners.append((low, high))
    for i, sign_i in ((0, 1), (1, -1)):
        for j, sign_j in ((0, 1), (1, -1)):
            a, b = corners[0][i], corners[1][j]
            if a < 0 or b < 0:
                continue
            # (left - a) * (right - b) has a known sign
            x, y = Fraction(bounds.trail[a].value), Fraction(bounds.trail[b].value)
            positive = sign_i == sign_j
            scale = x.denominator * y.denominator
            sign = 1 if positive else -1
            # sign * (result - y*left - x*right + x*y) >= 0
            terms: dict[int, Fraction] = {}
            for variable, coefficient in ((row.result, Fraction(-sign)), (row.left, sign * y), (row.right, sign * x)):
                terms[variable] = terms.get(variable, Fraction(0)) + coefficient
            whole = tuple((v, int(c * scale)) for v, c in sorted(terms.items()) if c)
            because = frozenset(e.row for e in bounds.explain([a, b]))
            found.append((Row(whole, "<=", int(sign * x * y * scale), frozenset()), because))
    return found


def _guess_products(problem: Problem, rows: Sequence[int], witness: dict[int, Fraction]) -> dict[int, Fraction] | None:
    """The relaxed witness with every product's result recomputed from its factors."""
    fixed = dict(witness)
    for index in rows:
        row = problem.rows[index]
        if isinstance(row, Product):
            fixed[row.result] = fixed[row.left] * fixed[row.right]
    return fixed


def _split(
    problem: Problem, rows: Sequence[int], witness: dict[int, Fraction], bounds: Bounds
) -> tuple[int, Fraction, bool] | None:
    """The variable to branch on: the first fractional whole one, else the widest factor of a broken product."""
    for variable in sorted(witness):
        if variable in problem.integers and witness[variable].denominator != 1:
            return variable, witness[variable], True
    best: tuple[Fraction, int, Fraction] | None = None
    for index in rows:
        row = problem.rows[index]
        if isinstance(row, Product) and witness[row.result] != witness[row.left] * witness[row.right]:
            for variable in (row.left, row.right):
                low, high = bounds.low(variable), bounds.high(variable)
                if low is None or high is None or low.value == high.value:
                    continue
                width = Fraction(high.value) - Fraction(low.value)
                if best is None or width > best[0]:
                    best = (width, variable, Fraction(low.value) + width / 2)
    return (best[1], best[2], False) if best else None
