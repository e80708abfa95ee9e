"""All minimal conflicts of a problem, cheapest first, and what would mend them.

Minimal conflicts and minimal correction sets are dual: each is a minimal hitting set of all the others (Reiter 1987).
Every minimal hitting set of the conflicts known so far is asked about: if the rest agrees it is a correction set, if
not the rest holds a new conflict (dualize and advance; Gunopulos et al. 2003).  When none is left to ask about, every
conflict has been found.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from checker.solver.calculation import calculate
from checker.solver.components import Part, split
from checker.solver.problem import Conflict, Limits, Number, Problem, Solution, Step
from checker.solver.search import Answer

DEFAULT = Limits()


def solve(problem: Problem, limits: Limits = DEFAULT) -> Solution:
    """All that can be said about a problem within the limits; the same for the same rows in any order."""
    witness: dict[int, Number] = {}
    enumerations: list[Enumeration] = []
    open_parts: list[Part] = []
    undecided = 0
    more = False
    for indices in split(problem):
        found = calculate([problem.rows[index] for index in indices], problem.integers)
        if found is not None:
            witness.update(found)
            continue
        part = Part(problem, indices, limits)
        answer = part.ask(part.statements)
        if answer.holds:
            witness.update(answer.witness or {})
        elif answer.holds is None:
            open_parts.append(part)
            undecided += 1
        else:
            enumeration = Enumeration(part, problem.costs)
            enumeration.run()
            enumerations.append(enumeration)
    kept, doubtful, capped = _select(enumerations, open_parts, limits)
    undecided += len(doubtful)
    more = capped or any(not enumeration.complete for enumeration in enumerations)
    return Solution(
        conflicts=tuple(sorted(kept, key=_order)),
        undecided=undecided,
        more=more,
        witness=witness,
        corrections=_corrections(enumerations, problem.costs, limits),
    )


def _order(conflict: Conflict) -> tuple[int, int, tuple[int, ...]]:
    return (conflict.cost, len(conflict.statements), conflict.statements)


def _weigh(statements: Iterable[int], costs: Mapping[int, int] | Sequence[int]) -> tuple[int, int, tuple[int, ...]]:
    ordered = tuple(sorted(statements))
    return (sum(costs[statement] for statement in ordered), len(ordered), ordered)


def _select(
    enumerations: list[Enumeration], open_parts: list[Part], limits: Limits
) -> tuple[list[Conflict], set[int], bool]:
    """The conflicts to report, the enumerations with an unproven one, and whether a limit cut any off.

    A statement may have rows in several parts: what is minimal in one part need not be so with the others.
    """
    parts = [enumeration.part for enumeration in enumerations] + open_parts
    owners: dict[int, list[int]] = {}
    for number, part in enumerate(parts):
        for statement in part.statements:
            owners.setdefault(statement, []).append(number)
    hopeless = any(part.ask(frozenset()).holds is False for part in parts)
    kept: dict[tuple[int, ...], Conflict] = {}
    doubtful = {number for number, enumeration in enumerate(enumerations) if enumeration.doubtful}
    capped = False
    for number, enumeration in enumerate(enumerations):
        returned = 0
        for conflict in sorted(enumeration.conflicts.values(), key=_order):
            if conflict.statements in kept:
                continue
            if hopeless and conflict.statements:
                enumeration.drop(conflict)
                continue
            others = {owner for statement in conflict.statements for owner in owners[statement]} - {number}
            minimal = _minimal_beside(conflict, [parts[other] for other in sorted(others)])
            if minimal is None:
                doubtful.add(number)
            if not minimal:
                enumeration.drop(conflict)
                continue
            if returned == limits.conflicts:
                capped = True
                break
            returned += 1
            kept[conflict.statements] = conflict
    for number, part in enumerate(open_parts):
        if hopeless and part.ask(frozenset()).holds is False and () not in kept:
            kept[()] = Conflict((), 0, tuple(sorted(part.ask(frozenset()).core)), ())
            doubtful.discard(len(enumerations) + number)
    return list(kept.values()), doubtful, capped


def _minimal_beside(conflict: Conflict, others: list[Part]) -> bool | None:
    """Whether every proper subset of a conflict can hold in the other parts too; None where that is not known."""
    known = True
    for part in others:
        for statement in conflict.statements:
            rest = frozenset(conflict.statements) - {statement}
            holds = part.ask(rest & part.statements).holds
            if holds is False:
                return False
            known = known and holds is not None
    return True if known else None


def _corrections(
    enumerations: list[Enumeration], costs: Mapping[int, int] | Sequence[int], limits: Limits
) -> tuple[tuple[int, ...], ...]:
    found: set[frozenset[int]] = set()
    for enumeration in enumerations:
        ordered = sorted(enumeration.corrections, key=lambda removed: _weigh(removed, costs))
        found.update(ordered[: limits.corrections])
    return tuple(tuple(sorted(removed)) for removed in sorted(found, key=lambda removed: _weigh(removed, costs)))


class Enumeration:
    """The search for all minimal conflicts of one part that does not agree.

    `complete`: there is no other.  `doubtful`: something was infeasible but could not be proven minimal.
    """

    def __init__(self, part: Part, costs: Mapping[int, int] | Sequence[int]) -> None:
        self.part = part
        self.costs = costs
        self.conflicts: dict[frozenset[int], Conflict] = {}
        self.found: list[frozenset[int]] = []  # infeasible sets, nearly always minimal
        self.corrections: list[frozenset[int]] = []
        self.complete = True
        self.doubtful = False

    def run(self) -> None:
        """Find them, within the limits."""
        self._find_disjoint()
        limits = self.part.limits
        ahead = [frozenset[int]()]
        for statements in self.found:
            ahead = self._extend(ahead, statements)
        agreed: set[frozenset[int]] = set()
        waiting = self._lightest_last(ahead)
        while self.complete:
            if len(ahead) > limits.corrections or self.part.work > limits.work:
                self.complete = False
                break
            if not waiting:
                break
            removed = waiting.pop()
            answer = self.part.ask(self.part.statements - removed)
            if answer.holds is False:
                ahead = self._extend(ahead, self._learn(answer))
                waiting = self._lightest_last(other for other in ahead if other not in agreed)
                continue
            agreed.add(removed)
            if answer.holds:
                self.corrections.append(removed)
            else:
                self.complete = False
        present = set(ahead)
        self.corrections = [removed for removed in self.corrections if removed in present]

    def drop(self, conflict: Conflict) -> None:
        """Forget a conflict that is not minimal beside other parts, and what would mend it alone."""
        del self.conflicts[frozenset(conflict.statements)]
        ahead = [frozenset[int]()]
        for statements in self.conflicts:
            ahead = self._extend(ahead, statements)
        self.corrections = [removed for removed in ahead if removed] if self.complete else []

    def _find_disjoint(self) -> None:
        """Conflicts that share no statement: there may be too many correction sets to find these otherwise."""
        rest = self.part.statements
        while True:
            answer = self.part.ask(rest)
            if answer.holds is not False:
                return
            if self.part.work > self.part.limits.work and self.found:
                self.complete = False
                return
            statements = self._learn(answer)
            if not statements:
                return
            rest -= statements

    def _extend(self, ahead: list[frozenset[int]], statements: frozenset[int]) -> list[frozenset[int]]:
        """The minimal hitting sets of one set more (Berge 1989)."""
        hitting = [removed for removed in ahead if removed & statements]
        missing = [removed for removed in ahead if not removed & statements]
        if len(hitting) + len(missing) * len(statements) > 8 * self.part.limits.corrections:
            self.complete = False
            return ahead
        by_member: dict[int, list[frozenset[int]]] = {}
        for removed in hitting:
            for statement in removed & statements:
                by_member.setdefault(statement, []).append(removed)
        fresh = []
        for removed in missing:
            for statement in sorted(statements):
                wider = removed | {statement}
                if not any(other <= wider for other in by_member.get(statement, ())):
                    fresh.append(wider)
        return hitting + fresh

    # ------------------------------------------------------------------------------------------- one conflict

    def _learn(self, answer: Answer) -> frozenset[int]:
        """The minimal conflict within an infeasible answer's statements, remembered."""
        statements = self.part.blame(answer.core)
        unsure: set[int] = set()
        for statement in self._dearest_first(statements):
            if statement not in statements:
                continue
            smaller = self.part.ask(statements - {statement})
            if smaller.holds is False:
                statements = self.part.blame(smaller.core) or frozenset()
            elif smaller.holds is None:
                unsure.add(statement)
        minimal = all(self.part.ask(statements - {statement}).holds for statement in unsure & statements)
        self.found.append(statements)
        if minimal:
            self.conflicts[statements] = self._conflict(statements)
        else:
            self.doubtful = True
        return statements

    def _lightest_last(self, sets: Iterable[frozenset[int]]) -> list[frozenset[int]]:
        return sorted(sets, key=lambda removed: _weigh(removed, self.costs), reverse=True)

    def _dearest_first(self, statements: Iterable[int]) -> list[int]:
        return sorted(statements, key=lambda statement: (self.costs[statement], statement), reverse=True)

    def _conflict(self, statements: frozenset[int]) -> Conflict:
        rows, bounds = self.part.proof(statements)
        steps: list[Step] = []
        if bounds is not None:
            for entry in bounds.explain_empty():
                variable, side, value, is_open, _, _ = bounds.trail[entry]
                steps.append(Step(variable, "high" if side else "low", Fraction(value), is_open, bounds.row_of(entry)))
        cost, _, ordered = _weigh(statements, self.costs)
        return Conflict(ordered, cost, tuple(sorted(rows)), tuple(steps))
