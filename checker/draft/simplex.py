"""Exact simplex with strict bounds (Dutertre and de Moura 2006): values are pairs, the second part an infinitesimal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from checker.draft.problem import Row

Pair = tuple[Fraction, Fraction]  # value + infinitesimal part
_ZERO: Pair = (Fraction(0), Fraction(0))


@dataclass(slots=True)
class Outcome:
    """`status` is "sat", "unsat" or "unknown"; `values` a witness, `core` the indices of rows that refute each other."""

    status: str
    values: dict[int, Fraction]
    core: frozenset[int] = frozenset()


class _Tableau:
    def __init__(self, rows: Sequence[tuple[int, Row]]) -> None:
        self.low: dict[int, tuple[Pair, int]] = {}
        self.high: dict[int, tuple[Pair, int]] = {}
        self.value: dict[int, Pair] = {}
        self.basic: dict[int, dict[int, Fraction]] = {}  # basic variable -> its row over the others
        self.conflict: frozenset[int] | None = None
        slack = -1
        known: dict[tuple[tuple[int, int], ...], int] = {}
        for index, row in rows:
            if not row.terms:
                if row.bound < 0 or (row.op == "<" and row.bound == 0) or (row.op == "=" and row.bound != 0):
                    self.conflict = frozenset({index})
                continue
            if len(row.terms) == 1:
                variable, coefficient = row.terms[0]
                self.value.setdefault(variable, _ZERO)
                limit = Fraction(row.bound, coefficient)
                if row.op == "=":
                    self._bound(variable, limit, False, index, True)
                    self._bound(variable, limit, False, index, False)
                else:
                    self._bound(variable, limit, row.op == "<", index, coefficient > 0)
            else:
                if row.terms not in known:
                    known[row.terms] = slack
                    self.basic[slack] = {variable: Fraction(c) for variable, c in row.terms}
                    self.value[slack] = _ZERO
                    for variable, _ in row.terms:
                        self.value.setdefault(variable, _ZERO)
                    slack -= 1
                name = known[row.terms]
                self._bound(name, Fraction(row.bound), row.op == "<", index, True)
                if row.op == "=":
                    self._bound(name, Fraction(row.bound), False, index, False)
            if self.conflict is not None:
                return

    def _bound(self, variable: int, limit: Fraction, strict: bool, index: int, is_high: bool) -> None:
        if is_high:
            new: Pair = (limit, Fraction(-1 if strict else 0))
            if variable not in self.high or new < self.high[variable][0]:
                self.high[variable] = (new, index)
        else:
            new = (limit, Fraction(1 if strict else 0))
            if variable not in self.low or new > self.low[variable][0]:
                self.low[variable] = (new, index)
        if variable in self.low and variable in self.high and self.low[variable][0] > self.high[variable][0]:
            self.conflict = frozenset({self.low[variable][1], self.high[variable][1]})

    def start(self) -> None:
        """Puts every nonbasic variable within its bounds and computes the basic ones."""
        for variable in self.value:
            if variable in self.basic:
                continue
            if variable in self.low:
                self.value[variable] = self.low[variable][0]
            elif variable in self.high:
                self.value[variable] = self.high[variable][0]
        for name, row in self.basic.items():
            self.value[name] = _sum(row, self.value)

    def check(self, pivots: int) -> str:
        """Pivots by Bland's rule until all basic variables lie within their bounds: "sat", "unsat" or "unknown"."""
        for _ in range(pivots):
            broken = None
            for name in sorted(self.basic):
                value = self.value[name]
                if name in self.low and value < self.low[name][0]:
                    broken, up, limit = name, True, self.low[name]
                    break
                if name in self.high and value > self.high[name][0]:
                    broken, up, limit = name, False, self.high[name]
                    break
            if broken is None:
                return "sat"
            row = self.basic[broken]
            for variable in sorted(row):
                if self._can_move(variable, (row[variable] > 0) == up):
                    self._pivot(broken, variable, limit[0])
                    break
            else:
                core = {limit[1]}
                for variable, coefficient in row.items():
                    side = self.high if (coefficient > 0) == up else self.low
                    core.add(side[variable][1])
                self.conflict = frozenset(core)
                return "unsat"
        return "unknown"

    def _can_move(self, variable: int, up: bool) -> bool:
        side = self.high if up else self.low
        if variable not in side:
            return True
        limit = side[variable][0]
        return self.value[variable] < limit if up else self.value[variable] > limit

    def _pivot(self, leaving: int, entering: int, target: Pair) -> None:
        row = self.basic.pop(leaving)
        coefficient = row.pop(entering)
        old = self.value[leaving]
        step = ((target[0] - old[0]) / coefficient, (target[1] - old[1]) / coefficient)
        self.value[leaving] = target
        self.value[entering] = (self.value[entering][0] + step[0], self.value[entering][1] + step[1])
        solved = {variable: -c / coefficient for variable, c in row.items()}
        solved[leaving] = 1 / coefficient
        for name, other in self.basic.items():
            factor = other.pop(entering, None)
            if factor is None:
                continue
            for variable, c in solved.items():
                total = other.get(variable, Fraction(0)) + factor * c
                if total:
                    other[variable] = total
                else:
                    other.pop(variable, None)
            value = self.value[name]
            self.value[name] = (value[0] + factor * step[0], value[1] + factor * step[1])
        self.basic[entering] = solved

    def witness(self) -> dict[int, Fraction]:
        """Rational values: the infinitesimal is made small enough for every strict bound."""
        small = Fraction(1)
        for variable, value in self.value.items():
            for side, sign in ((self.low, 1), (self.high, -1)):
                if variable in side:
                    limit = side[variable][0]
                    gap = sign * (value[0] - limit[0])
                    pull = sign * (limit[1] - value[1])
                    if pull > 0 and gap > 0:
                        small = min(small, gap / pull / 2)
        return {variable: r + small * d for variable, (r, d) in self.value.items() if variable >= 0}


def _sum(row: dict[int, Fraction], values: dict[int, Pair]) -> Pair:
    first = second = Fraction(0)
    for variable, coefficient in row.items():
        value = values[variable]
        first += coefficient * value[0]
        second += coefficient * value[1]
    return first, second


def simplex(rows: Sequence[tuple[int, Row]], pivots: int) -> Outcome:
    """Decides rows, given with their indices, over the rationals."""
    tableau = _Tableau(rows)
    if tableau.conflict is not None:
        return Outcome("unsat", {}, tableau.conflict)
    tableau.start()
    status = tableau.check(pivots)
    if status == "unsat":
        assert tableau.conflict is not None
        return Outcome("unsat", {}, tableau.conflict)
    return Outcome(status, tableau.witness() if status == "sat" else {})
