"""The general simplex over exact numbers with strict bounds (Dutertre and de Moura, CAV 2006).

A strict bound is a bound plus or minus an infinitesimal: values are pairs (number, multiple of the infinitesimal),
compared in order.  Bland's rule makes it end.  Every bound carries a tag, the rows that it comes from; an infeasible
system answers with the tags of its proof.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from checker.solver.intervals import quotient
from checker.solver.problem import Number

Value = tuple[Number, Number]
Tag = frozenset[int]


def _tidy(value: Number) -> Number:
    if type(value) is int:
        return value
    return value.numerator if value.denominator == 1 else value


@dataclass(frozen=True, slots=True)
class Optimum:
    """The least or greatest value of a variable: None is unbounded; `open`: approached, never attained."""

    value: Number | None
    open: bool


class Simplex:
    """Rows are kept as ``basic = sum(coefficient * nonbasic)``; forms of several variables get a negative variable."""

    def __init__(self) -> None:
        self.rows: dict[int, dict[int, Number]] = {}
        self.value: dict[int, Value] = {}
        self.low: dict[int, tuple[Value, Tag]] = {}
        self.high: dict[int, tuple[Value, Tag]] = {}
        self.forms: dict[tuple[tuple[int, Number], ...], int] = {}
        self.conflict: Tag | None = None

    # ------------------------------------------------------------------------------------------- stating

    def at_most(self, terms: Iterable[tuple[int, Number]], bound: Number, strict: bool, tag: Tag) -> None:
        """State ``sum(coefficient * variable) <= bound`` (``<`` when strict); ahead of `feasible`."""
        ordered = sorted(terms)
        for variable, _ in ordered:
            self.value.setdefault(variable, (0, 0))
        if not ordered:
            if bound < 0 or (strict and bound == 0):
                self.conflict = tag
            return
        lead = ordered[0][1]
        name = ordered[0][0]
        if len(ordered) > 1:
            form = tuple((variable, quotient(coefficient, lead)) for variable, coefficient in ordered)
            known = self.forms.get(form)
            name = -1 - len(self.forms) if known is None else known
            if known is None:
                self.forms[form] = name
                self._define(name, form)
        if lead > 0:
            self._bound(name, (quotient(bound, lead), -1 if strict else 0), tag, upper=True)
        else:
            self._bound(name, (quotient(bound, lead), 1 if strict else 0), tag, upper=False)

    def _define(self, name: int, form: tuple[tuple[int, Number], ...]) -> None:
        row: dict[int, Number] = {}
        for variable, coefficient in form:
            if variable in self.rows:
                for other, factor in self.rows[variable].items():
                    row[other] = _tidy(row.get(other, 0) + coefficient * factor)
            else:
                row[variable] = _tidy(row.get(variable, 0) + coefficient)
        self.rows[name] = {variable: coefficient for variable, coefficient in row.items() if coefficient}
        self.value[name] = self._evaluate(self.rows[name])

    def _evaluate(self, row: dict[int, Number]) -> Value:
        whole: Number = 0
        rest: Number = 0
        for variable, coefficient in row.items():
            number, small = self.value[variable]
            whole += coefficient * number
            rest += coefficient * small
        return (_tidy(whole), _tidy(rest))

    def _bound(self, name: int, bound: Value, tag: Tag, upper: bool) -> None:
        ends = self.high if upper else self.low
        present = ends.get(name)
        if present is not None and (present[0] <= bound if upper else present[0] >= bound):
            return
        ends[name] = (bound, tag)
        low, high = self.low.get(name), self.high.get(name)
        if low is not None and high is not None and low[0] > high[0]:
            self.conflict = low[1] | high[1]
            return
        if name not in self.rows and (self.value[name] > bound if upper else self.value[name] < bound):
            self._move(name, bound)

    # ------------------------------------------------------------------------------------------- moving

    def _move(self, nonbasic: int, target: Value) -> None:
        old = self.value[nonbasic]
        number, small = target[0] - old[0], target[1] - old[1]
        for basic, row in self.rows.items():
            coefficient = row.get(nonbasic)
            if coefficient is not None:
                value = self.value[basic]
                self.value[basic] = (_tidy(value[0] + coefficient * number), _tidy(value[1] + coefficient * small))
        self.value[nonbasic] = target

    def _pivot(self, basic: int, nonbasic: int) -> None:
        row = self.rows.pop(basic)
        lead = row.pop(nonbasic)
        solved = {variable: quotient(-coefficient, lead) for variable, coefficient in row.items()}
        solved[basic] = quotient(1, lead)
        for other in self.rows.values():
            factor = other.pop(nonbasic, None)
            if factor is None:
                continue
            for variable, coefficient in solved.items():
                value = _tidy(other.get(variable, 0) + factor * coefficient)
                if value:
                    other[variable] = value
                else:
                    other.pop(variable, None)
        self.rows[nonbasic] = solved

    def _room(self, variable: int, rising: bool) -> bool:
        end = (self.high if rising else self.low).get(variable)
        return end is None or (self.value[variable] < end[0] if rising else self.value[variable] > end[0])

    def feasible(self, pivots: int) -> bool | None:
        """Whether all that was stated can hold; afterwards `conflict` (tags) or `model` answers.

        None where that many pivots do not tell.
        """
        if self.conflict is not None:
            return False
        for _ in range(pivots):
            leaving, rising = None, False
            for basic in self.rows:
                if leaving is not None and basic > leaving:
                    continue
                low, high = self.low.get(basic), self.high.get(basic)
                if low is not None and self.value[basic] < low[0]:
                    leaving, rising = basic, True
                elif high is not None and self.value[basic] > high[0]:
                    leaving, rising = basic, False
            if leaving is None:
                return True
            row = self.rows[leaving]
            entering = min(
                (variable for variable, factor in row.items() if self._room(variable, (factor > 0) == rising)),
                default=None,
            )
            target, tag = (self.low if rising else self.high)[leaving]
            if entering is None:
                for variable, factor in row.items():
                    tag |= (self.high if (factor > 0) == rising else self.low)[variable][1]
                self.conflict = tag
                return False
            self._shift(leaving, entering, target)
        return None

    def _shift(self, basic: int, nonbasic: int, target: Value) -> None:
        """Bring `basic` to `target` by moving `nonbasic`, and let them change places."""
        factor = self.rows[basic][nonbasic]
        value, present = self.value[basic], self.value[nonbasic]
        moved = (
            _tidy(present[0] + quotient(target[0] - value[0], factor)),
            _tidy(present[1] + quotient(target[1] - value[1], factor)),
        )
        self._move(nonbasic, moved)
        self._pivot(basic, nonbasic)

    # ------------------------------------------------------------------------------------------- answers

    def optimum(self, variable: int, side: Literal["low", "high"]) -> Optimum:
        """The least or greatest value of a variable of a feasible system (the primal simplex)."""
        sign = 1 if side == "high" else -1
        if variable not in self.value:
            return Optimum(None, True)
        if variable not in self.rows:
            self._enter_basis(variable)
        while True:
            if variable not in self.rows:  # no row holds it: only its own bounds do
                end = (self.high if sign > 0 else self.low).get(variable)
                return Optimum(None, True) if end is None else Optimum(end[0][0], bool(end[0][1]))
            row = self.rows[variable]
            entering = min(
                (name for name, factor in row.items() if self._room(name, (factor > 0) == (sign > 0))), default=None
            )
            if entering is None:
                value = self.value[variable]
                return Optimum(value[0], bool(value[1]))
            rising = (row[entering] > 0) == (sign > 0)
            if not self._advance(entering, rising):
                return Optimum(None, True)
            if variable not in self.rows:
                value = self.value[variable]
                return Optimum(value[0], bool(value[1]))

    def _enter_basis(self, variable: int) -> None:
        """Exchange a nonbasic variable with a basic one, whose value stays: a nonbasic may lie between its bounds.

        The exchanged one keeps its value; the ratio test below treats it by its own bounds.
        """
        candidates = [basic for basic, row in self.rows.items() if variable in row]
        if candidates:
            self._pivot(min(candidates), variable)

    def _advance(self, entering: int, rising: bool) -> bool:
        """Move `entering` as far as every bound allows; False when none stops it."""
        step: Value | None = None
        blocking = entering
        own = (self.high if rising else self.low).get(entering)
        value = self.value[entering]
        if own is not None:
            step = abs_of(own[0][0] - value[0], own[0][1] - value[1], rising)
        for basic in sorted(self.rows):
            factor = self.rows[basic].get(entering)
            if factor is None:
                continue
            up = (factor > 0) == rising
            end = (self.high if up else self.low).get(basic)
            if end is None:
                continue
            here = self.value[basic]
            size = factor if factor > 0 else -factor
            number, small = abs_of(end[0][0] - here[0], end[0][1] - here[1], up)
            room = (quotient(number, size), quotient(small, size))
            if step is None or room < step:
                step, blocking = room, basic
        if step is None:
            return False
        if blocking == entering:
            assert own is not None
            self._move(entering, own[0])
        else:
            up = (self.rows[blocking][entering] > 0) == rising
            self._shift(blocking, entering, (self.high if up else self.low)[blocking][0])
        return True

    def model(self) -> dict[int, Number]:
        """Numbers for all variables of a feasible system, the infinitesimal made small enough."""
        small: Number = 1
        for ends, sign in ((self.low, 1), (self.high, -1)):
            for name, ((number, tiny), _) in ends.items():
                value, share = self.value[name]
                gap, pull = sign * (value - number), sign * (tiny - share)
                if gap > 0 and pull > 0 and quotient(gap, pull) < small:
                    small = quotient(gap, pull)
        if small < 1:
            small = quotient(small, 2)
        return {
            name: _tidy(number + share * small) if share else number
            for name, (number, share) in self.value.items()
            if name >= 0
        }


def abs_of(number: Number, small: Number, positive: bool) -> Value:
    """The pair, or its opposite."""
    return (number, small) if positive else (-number, -small)
