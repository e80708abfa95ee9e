"""A problem in its connected parts, each decided by itself; and the questions asked about one part.

Two rows belong together when they share a variable.  Most parts of an article are small and agree as soon as they are
calculated: they are never looked at again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from checker.solver.bounds import Bounds
from checker.solver.calculation import calculate
from checker.solver.problem import Limits, Problem, Product, Row
from checker.solver.search import Answer, compile_rows, decide


def split(problem: Problem) -> list[list[int]]:
    """Indices of the rows of every connected part, parts in order of their first variable.

    Rows without variables make one part each, at the end.
    """
    parent = list(range(problem.variables))
    rows = problem.rows
    for row in rows:
        if isinstance(row, Product):
            members: Sequence[int] = (row.result, row.left, row.right)
        elif len(row.terms) > 1:
            members = [variable for variable, _ in row.terms]
        else:
            continue
        first = members[0]
        while parent[first] != first:
            parent[first] = parent[parent[first]]
            first = parent[first]
        for other in members:
            while parent[other] != other:
                parent[other] = parent[parent[other]]
                other = parent[other]
            if other < first:  # the root is the least variable of its part
                parent[first] = other
                first = other
            else:
                parent[other] = first
    parts: dict[int, list[int]] = {}
    constant: list[list[int]] = []
    for index, row in enumerate(rows):
        if isinstance(row, Product):
            variable = row.result
        elif row.terms:
            variable = row.terms[0][0]
        else:
            constant.append([index])
            continue
        while parent[variable] != variable:
            variable = parent[variable]
        part = parts.get(variable)
        if part is None:
            parts[variable] = [index]
        else:
            part.append(index)
    return [parts[root] for root in sorted(parts)] + constant


class Part:
    """One connected part: what its statements, or some of them, allow.  Equal rows are merged, in a fixed order."""

    def __init__(self, problem: Problem, indices: Iterable[int], limits: Limits) -> None:
        unique: dict[tuple[object, ...], int] = {}
        for index in indices:
            unique.setdefault(_identity(problem.rows[index]), index)
        self.limits = limits
        self.integers = problem.integers
        self.rows: list[tuple[int, Row | Product]] = [
            (unique[key], problem.rows[unique[key]]) for key in sorted(unique)
        ]
        self.statements = frozenset(statement for _, row in self.rows for statement in row.statements)
        self._needs = {index: row.statements for index, row in self.rows}
        self._order = {index: place for place, (index, _) in enumerate(self.rows)}
        self._of_statement: dict[int, list[int]] = {}
        self._of_variable: dict[int, list[int]] = {}  # places of the rows that are always in force
        for place, (_, row) in enumerate(self.rows):
            for statement in row.statements:
                self._of_statement.setdefault(statement, []).append(place)
            if not row.statements:
                for variable in _variables(row):
                    self._of_variable.setdefault(variable, []).append(place)
        self._known: dict[frozenset[int], Answer] = {}
        self.work = 0  # rows looked at in all branches of all questions

    def ask(self, statements: frozenset[int]) -> Answer:
        """Whether the rows in force under these statements can hold together.

        Rows always in force that share no variable with the others are left out: they are asked about by themselves,
        as `ask` of no statement.
        """
        answer = self._known.get(statements)
        if answer is None:
            rows = self._in_force(statements)
            witness = calculate([row for _, row in rows], self.integers)
            answer = Answer(True, witness) if witness else decide(compile_rows(rows, self.integers), self.limits)
            self.work += len(rows) * answer.nodes
            self._known[statements] = answer
        return answer

    def _in_force(self, statements: frozenset[int]) -> list[tuple[int, Row | Product]]:
        """The rows in force under these statements."""
        if 4 * len(statements) >= len(self.statements):
            kept = [pair for pair in self.rows if pair[1].statements <= statements]
        else:
            places = {
                place
                for statement in statements
                for place in self._of_statement.get(statement, ())
                if self.rows[place][1].statements <= statements
            }
            reached = {variable for place in places for variable in _variables(self.rows[place][1])}
            ahead = list(reached)
            while ahead:
                for place in self._of_variable.get(ahead.pop(), ()):
                    if place not in places:
                        places.add(place)
                        fresh = [name for name in _variables(self.rows[place][1]) if name not in reached]
                        reached.update(fresh)
                        ahead += fresh
            if not statements:
                places = {place for places_of in self._of_variable.values() for place in places_of}
                places.update(place for place, (_, row) in enumerate(self.rows) if not row.statements)
            kept = [self.rows[place] for place in sorted(places)]
        return kept

    def proof(self, statements: frozenset[int]) -> tuple[frozenset[int], Bounds | None]:
        """The rows of a proof that an infeasible set is infeasible, and its propagation if that is all it takes.

        A propagation names every bound that it looked at; rows that it can do without are left out.  The set is minimal,
        so that the only row of a statement is never one of them.
        """
        answer = self._known.get(statements)
        if answer is None:
            answer = decide(compile_rows(self._in_force(statements), self.integers), self.limits)
        rows, bounds = answer.core, answer.bounds
        if bounds is None:
            return rows, None
        for index in sorted(rows, key=self._order.__getitem__, reverse=True):
            if index not in rows or any(self._alone(statement, index, rows) for statement in self._needs[index]):
                continue
            system = compile_rows([pair for pair in self.rows if pair[0] in rows and pair[0] != index], self.integers)
            smaller = Bounds(system.variables, self.integers, system.lines, system.products)
            if not smaller.propagate(2 * len(bounds.trail)):
                rows, bounds = smaller.core(), smaller
        return rows, bounds

    def _alone(self, statement: int, index: int, rows: frozenset[int]) -> bool:
        """Whether no other of some rows needs a statement."""
        return not any(statement in self._needs[other] for other in rows if other != index)

    def blame(self, rows: Iterable[int]) -> frozenset[int]:
        """The statements that put these rows in force."""
        return frozenset(statement for index in rows for statement in self._needs[index])


def _variables(row: Row | Product) -> list[int]:
    if isinstance(row, Product):
        return [row.result, row.left, row.right]
    return [variable for variable, _ in row.terms]


def _identity(row: Row | Product) -> tuple[object, ...]:
    """What makes two rows equal, and their order: products first, then by length."""
    statements = tuple(sorted(row.statements))
    if isinstance(row, Product):
        return (0, ((row.result, 0), (row.left, 0), (row.right, 0)), "", 0, statements)
    return (len(row.terms) + 1, row.terms, row.op, row.bound, statements)
