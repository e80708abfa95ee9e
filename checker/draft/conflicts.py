"""All smallest conflicts: components by union-find, shrinking by deletion, enumeration over a hitting-set tree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from checker.draft.decide import Decision, decide, variables_of
from checker.draft.problem import Conflict, Limits, Problem, Product, Row, Solution


def solve(problem: Problem, limits: Limits | None = None) -> Solution:
    """Every smallest set of statements that cannot all be true, cheapest first; exact, and the same for any row order."""
    limits = limits or Limits()
    conflicts: list[Conflict] = []
    corrections: list[tuple[int, ...]] = []
    witness = {}
    undecided, more = 0, False
    for rows in components(problem):
        first = decide(problem, rows, limits)
        if first.status == "sat":
            witness.update(first.witness)
            continue
        if first.status == "unknown":
            undecided += 1
            continue
        search = _Search(problem, rows, limits)
        search.run(first)
        conflicts += search.conflicts
        corrections += search.smallest_corrections()
        undecided += search.undecided
        more = more or search.more
    conflicts.sort(key=lambda c: (c.cost, len(c.statements), c.statements))
    return Solution(tuple(conflicts), undecided, more, witness, tuple(sorted(corrections)))


def components(problem: Problem) -> list[list[int]]:
    """The rows that share variables, directly or through others, as sorted lists of their indices."""
    parent = list(range(problem.variables))

    def root(item: int) -> int:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for row in problem.rows:
        names = (row.result, row.left, row.right) if isinstance(row, Product) else [v for v, _ in row.terms]
        for variable in names[1:]:
            a, b = root(names[0]), root(variable)
            if a != b:
                parent[max(a, b)] = min(a, b)
    groups: dict[int, list[int]] = {}
    alone: list[list[int]] = []
    seen: set[tuple[object, ...]] = set()
    for index, row in enumerate(problem.rows):
        if isinstance(row, Row):
            key = (row.terms, row.op, row.bound, row.statements)
            if key in seen:
                continue  # the same row twice says nothing new
            seen.add(key)
            if not row.terms:
                alone.append([index])
                continue
            first = row.terms[0][0]
        else:
            first = row.result
        groups.setdefault(root(first), []).append(index)
    return [groups[key] for key in sorted(groups)] + alone


@dataclass
class _Search:
    """The search for all smallest conflicts of one component."""

    problem: Problem
    rows: list[int]
    limits: Limits
    conflicts: list[Conflict] = field(default_factory=list)
    corrections: list[frozenset[int]] = field(default_factory=list)
    undecided: int = 0
    more: bool = False
    nodes: int = 0
    memory: dict[frozenset[int], Decision] = field(default_factory=dict)

    def run(self, first: Decision) -> None:
        """Reiter's hitting-set tree: below a conflict, one branch without each of its statements."""
        statements = frozenset().union(*(self.problem.rows[i].statements for i in self.rows))
        visited: set[frozenset[int]] = set()
        queue: list[frozenset[int]] = [frozenset()]
        known: dict[frozenset[int], Conflict] = {}
        while queue:
            removed = queue.pop(0)
            if removed in visited or any(correction <= removed for correction in self.corrections):
                continue
            visited.add(removed)
            conflict = next((c for key, c in known.items() if not key & removed), None)
            if conflict is None:
                decision = first if not removed else self.decide(statements - removed)
                if decision.status == "sat":
                    self.corrections.append(removed)
                    continue
                found = self.shrink(statements - removed, decision) if decision.status == "unsat" else None
                if found is None:
                    self.undecided = 1
                    continue
                conflict = found
                known[frozenset(conflict.statements)] = conflict
                if len(known) >= self.limits.conflicts:
                    self.more = True
                    break
            if self.nodes > self.limits.nodes:
                self.more = True
                break
            queue += [removed | {statement} for statement in conflict.statements]
        self.conflicts = list(known.values())

    def smallest_corrections(self) -> list[tuple[int, ...]]:
        kept = [c for c in self.corrections if not any(other < c for other in self.corrections)]
        return sorted({tuple(sorted(c)) for c in kept})

    def active(self, statements: Iterable[int]) -> list[int]:
        held = set(statements)
        return [i for i in self.rows if self.problem.rows[i].statements <= held]

    def decide(self, statements: frozenset[int]) -> Decision:
        if statements not in self.memory:
            self.nodes += 1
            self.memory[statements] = self._decide(self.active(statements))
        return self.memory[statements]

    def _decide(self, rows: list[int]) -> Decision:
        """Decides the rows component by component: removing statements may have taken them apart."""
        steps: Decision | None = None
        witness = {}
        for part in _apart(self.problem, rows):
            decision = decide(self.problem, part, self.limits)
            if decision.status == "unsat":
                return decision
            if decision.status == "unknown":
                steps = decision
            witness.update(decision.witness)
        return steps or Decision("sat", witness)

    def shrink(self, statements: frozenset[int], decision: Decision) -> Conflict | None:
        """A smallest conflict within some statements: drops the dearest first; None where a subset stays undecided."""
        core = self._statements(decision) or statements
        costs = self.problem.costs
        proof = self.decide(core)
        if proof.status != "unsat":  # the rows of the proof need statements that it does not name
            core, proof = statements, decision
        for statement in sorted(core, key=lambda s: (-costs[s], -s)):
            if statement not in core:
                continue
            smaller = self.decide(core - {statement})
            if smaller.status == "unsat":
                proof = smaller
                used = self._statements(smaller)
                core = core - {statement}
                if used and used < core and self.decide(used).status == "unsat":
                    core, proof = used, self.decide(used)
            elif smaller.status == "unknown":
                return None
        cost = sum(costs[s] for s in core)
        rows = tuple(sorted(proof.core)) or tuple(self.active(core))
        return Conflict(tuple(sorted(core)), cost, rows, proof.steps)

    def _statements(self, decision: Decision) -> frozenset[int]:
        return frozenset().union(*(self.problem.rows[i].statements for i in decision.core if i >= 0))


def _apart(problem: Problem, rows: Sequence[int]) -> list[list[int]]:
    """Some rows as groups that share no variable."""
    home: dict[int, int] = {}
    groups: dict[int, list[int]] = {}
    for index in rows:
        names = variables_of(problem, [index])
        touched = sorted({home[v] for v in names if v in home})
        if not touched:
            target = index
            groups[target] = []
        else:
            target = touched[0]
            for other in touched[1:]:
                moved = groups.pop(other)
                groups[target] += moved
                for i in moved:
                    for v in variables_of(problem, [i]):
                        home[v] = target
        groups[target].append(index)
        for v in names:
            home[v] = target
    return [groups[key] for key in sorted(groups)]
