"""Whether rows can hold together: propagation, a witness, the simplex, and branching where that leaves it open.

A branch supposes an end of one variable: of a whole variable whose value came out broken, or of a factor, whose range
is halved until the products are as good as linear.  A proof of all branches is a proof of the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import floor

from checker.solver.bounds import BRANCH, Bounds, Line, Triple, lines_of
from checker.solver.intervals import quotient
from checker.solver.problem import Limits, Number, Product, Row, satisfies
from checker.solver.simplex import Simplex, Tag
from checker.solver.witness import choose, find_witness

_HASTE = 5  # by how much less a branch is tightened than the whole: where products go round in a circle there is no end of it
Reasons = Callable[[int, int], Tag]  # of the low (0) or high (1) end of a variable


@dataclass(frozen=True, slots=True)
class System:
    """Rows that are all in force, compiled: `rows` are pairs of an index into ``problem.rows`` and the row."""

    rows: tuple[Row | Product, ...]
    lines: tuple[Line, ...]
    products: tuple[Triple, ...]
    variables: tuple[int, ...]
    integers: Collection[int]


@dataclass(frozen=True, slots=True)
class Answer:
    """`holds`: True with a `witness`, False with a `core` of row indices, None where the limits were reached.

    `bounds` is the propagation that proved an empty interval by itself; `nodes` branches were looked at.
    """

    holds: bool | None
    witness: Mapping[int, Number] | None = None
    core: frozenset[int] = frozenset()
    bounds: Bounds | None = None
    nodes: int = 1


def compile_rows(rows: Iterable[tuple[int, Row | Product]], integers: Collection[int]) -> System:
    """Lines and products of indexed rows; the order of the lines does not depend on the order of the rows' indices."""
    kept: list[Row | Product] = []
    lines: list[Line] = []
    products: list[Triple] = []
    variables: dict[int, None] = {}
    for index, row in rows:
        kept.append(row)
        if isinstance(row, Product):
            products.append((row.result, row.left, row.right, index))
            variables[row.result] = variables[row.left] = variables[row.right] = None
        else:
            terms = row.terms
            if len(terms) == 1 and row.op != "=":  # most rows: one end of one figure
                variables[terms[0][0]] = None
                lines.append((terms, row.bound, row.op == "<", index))
                continue
            for variable, _ in terms:
                variables[variable] = None
            lines += lines_of(row, index, integers)
    return System(tuple(kept), tuple(lines), tuple(products), tuple(sorted(variables)), integers)


def decide(system: System, limits: Limits) -> Answer:
    """Whether all rows of a system can hold together."""
    updates = limits.updates * len(system.variables)
    factors = _factors(system.products)
    core: set[int] = set()
    branches: list[tuple[Line, ...]] = [()]
    for nodes in range(1, limits.nodes + 1):
        branch = branches.pop(0 if factors else -1)  # halves of a factor's range would go on for ever in one place
        bounds = Bounds(
            system.variables, system.integers, (*system.lines, *branch) if branch else system.lines, system.products
        )
        if not bounds.propagate(updates if nodes == 1 else updates // _HASTE):
            found = bounds.core()
            if BRANCH not in found:
                return Answer(False, core=found, bounds=bounds if not branch else None, nodes=nodes)
        else:
            witness = find_witness(bounds, system.rows, updates, first=factors)
            holding = nodes & (nodes - 1) == 0  # seldom the deeper it goes: it takes longer than all else
            if witness is None and holding:
                witness = _hold_factors(system, bounds, factors, limits)
            if witness is not None:
                return Answer(True, witness, nodes=nodes)
            simplex = relax(bounds)
            feasible = simplex.feasible(limits.pivots)
            if feasible is None:
                return Answer(None, nodes=nodes)
            if not feasible:
                assert simplex.conflict is not None
                found = simplex.conflict
                if BRANCH not in found:
                    return Answer(False, core=found, nodes=nodes)
            else:
                model = _complete(simplex.model(), bounds)
                if _agrees(system, model):
                    return Answer(True, model, nodes=nodes)
                witness = find_witness(bounds, system.rows, updates, wanted=model, first=factors)
                if witness is None and holding:
                    witness = _hold_factors(system, bounds, factors, limits, wanted=model)
                if witness is not None:
                    return Answer(True, witness, nodes=nodes)
                halves = _split(system, bounds, factors, model)
                if halves is None:
                    return Answer(None, nodes=nodes)
                branches += [(*branch, half) for half in halves]
                continue
        core |= found
        if not branches:
            return Answer(False, core=frozenset(core - {BRANCH}), nodes=nodes)
    return Answer(None, nodes=limits.nodes)


def _factors(products: Sequence[Triple]) -> list[int]:
    """The variables that are factors, those of most products first."""
    uses: dict[int, int] = {}
    for _, left, right, _ in products:
        uses[left] = uses.get(left, 0) + 1
        uses[right] = uses.get(right, 0) + 1
    return sorted(uses, key=lambda variable: (-uses[variable], variable))


def _complete(model: dict[int, Number], bounds: Bounds) -> dict[int, Number]:
    for variable in bounds.low:
        model.setdefault(variable, 0)
    return model


def _agrees(system: System, values: Mapping[int, Number]) -> bool:
    if any(type(values[variable]) is not int for variable in system.variables if variable in system.integers):
        return False
    return all(satisfies(row, values) for row in system.rows)


def relax(bounds: Bounds) -> Simplex:
    """All lines, and linear rows that every product within the present bounds obeys (McCormick 1976).

    A product with a constant factor is one linear equation, with a bounded factor and another of known sign the two
    rows ``low * other <= result <= high * other``; each is tagged with the rows that bound the factor.
    """
    simplex = Simplex()
    reasons = cache(bounds.reasons)  # a factor is often that of many products
    for terms, bound, strict, row in bounds.lines:
        simplex.at_most(terms, bound, strict, frozenset((row,)))
    for result, left, right, row in bounds.products:
        own = frozenset((row,))
        for variable in (result, left, right):
            _state_ends(simplex, bounds, variable, reasons)
        for left_side in (0, 1):
            for right_side in (0, 1):
                _state_corner(simplex, bounds, (result, left, right), (left_side, right_side), own, reasons)
    return simplex


def _end(bounds: Bounds, variable: int, side: int) -> tuple[Number | None, bool]:
    low, low_open, high, high_open = bounds.range(variable)
    return (high, high_open) if side else (low, low_open)


def _state_ends(simplex: Simplex, bounds: Bounds, variable: int, reasons: Reasons) -> None:
    for side in (0, 1):
        end, is_open = _end(bounds, variable, side)
        if end is not None:
            sign = 1 if side else -1
            simplex.at_most([(variable, sign)], sign * end, is_open, reasons(variable, side))


def _state_corner(
    simplex: Simplex,
    bounds: Bounds,
    triple: tuple[int, int, int],
    sides: tuple[int, int],
    tag: Tag,
    reasons: Reasons,
) -> None:
    """State that ``(left - end) * (right - end)`` has the sign that the two ends give it."""
    result, left, right = triple
    left_end, left_open = _end(bounds, left, sides[0])
    right_end, right_open = _end(bounds, right, sides[1])
    if left_end is None or right_end is None:
        return
    sign = -1 if sides[0] == sides[1] else 1  # sign * (result - right_end*left - left_end*right) <= sign * -l*r
    terms: dict[int, Number] = {}
    for variable, coefficient in ((result, 1), (left, -right_end), (right, -left_end)):
        terms[variable] = terms.get(variable, 0) + sign * coefficient
    simplex.at_most(
        [(variable, coefficient) for variable, coefficient in terms.items() if coefficient],
        -sign * left_end * right_end,
        left_open and right_open,
        tag | reasons(left, sides[0]) | reasons(right, sides[1]),
    )


def _hold_factors(
    system: System,
    bounds: Bounds,
    factors: Sequence[int],
    limits: Limits,
    wanted: Mapping[int, Number] | None = None,
) -> dict[int, Number] | None:
    """With one factor of each product held at a value that the bounds allow, the rest is linear: ask the simplex for it.

    `wanted` are values to try first; `bounds` is left as it was.
    """
    if not system.products:
        return None
    mark = len(bounds.trail)
    held: dict[int, Number] = {}
    for factor in factors:
        own = [triple for triple in system.products if factor in triple[1:3]]
        if all(left in held or right in held for _, left, right, _ in own):
            continue
        wish = None if wanted is None else wanted[factor]
        value = choose(bounds, factor, limits.updates * len(system.variables), wish)
        if value is not None:
            held[factor] = value
    bounds.undo(mark)
    if not all(left in held or right in held for _, left, right, _ in system.products):
        return None
    simplex = Simplex()
    for terms, bound, strict, row in bounds.lines:
        simplex.at_most(terms, bound, strict, frozenset((row,)))
    for variable, value in held.items():
        for sign in (1, -1):
            simplex.at_most([(variable, sign)], sign * value, False, frozenset())
    for result, left, right, row in system.products:
        fixed, free = (left, right) if left in held else (right, left)
        terms_of: dict[int, Number] = {result: 1}
        terms_of[free] = terms_of.get(free, 0) - held[fixed]
        for sign in (1, -1):
            terms_list = [(variable, sign * factor) for variable, factor in terms_of.items() if factor]
            simplex.at_most(terms_list, 0, False, frozenset((row,)))
    if not simplex.feasible(limits.pivots):
        return None
    values = _complete(simplex.model(), bounds)
    return values if _agrees(system, values) else None


def _split(
    system: System, bounds: Bounds, factors: Sequence[int], model: Mapping[int, Number]
) -> tuple[Line, Line] | None:
    """Two lines of which one must hold, to cut off the model; the one to follow first comes last."""
    broken = [
        variable for variable in system.variables if variable in system.integers and type(model[variable]) is not int
    ]
    if broken:
        # the variable with the narrowest interval: few values left to refute
        variable = min(broken, key=lambda name: (_width(bounds, name), name))
        below = floor(model[variable])
        return (((variable, -1),), -below - 1, False, BRANCH), (((variable, 1),), below, False, BRANCH)
    wrong = {
        factor
        for result, left, right, _ in system.products
        if model[result] != model[left] * model[right]
        for factor in (left, right)
        if bounds.low[factor] is None or bounds.low[factor] != bounds.high[factor]
    }
    for variable in factors:
        if variable in wrong:
            low, high = bounds.low[variable], bounds.high[variable]
            if low is None:
                point: Number = 0 if high is None or high > 0 else 2 * high - 1
            elif high is None:
                point = 0 if low < 0 else 2 * low + 1
            else:
                point = 0 if low < 0 < high else quotient(low + high, 2)
            if variable in system.integers:
                point = floor(point)
                return (((variable, -1),), -point - 1, False, BRANCH), (((variable, 1),), point, False, BRANCH)
            return (((variable, -1),), -point, False, BRANCH), (((variable, 1),), point, False, BRANCH)
    return None


def _width(bounds: Bounds, variable: int) -> tuple[bool, Number]:
    low, high = bounds.low[variable], bounds.high[variable]
    return (True, 0) if low is None or high is None else (False, high - low)
