"""``python tests/benchmarks/solver.py``: the solver's benchmark with z3, through its Python API, in the same run.

z3 decides the problems without an error, and finds one minimal conflict in those with some, where the solver finds all.
"""

from __future__ import annotations

import sys
from typing import Any

import z3

from checker.solver import Problem, Product, Row
from checker.solver.bench import main


def _names(problem: Problem) -> list[Any]:
    return [z3.Int(f"x{n}") if n in problem.integers else z3.Real(f"x{n}") for n in range(problem.variables)]


def _said(row: Row | Product, names: list[Any]) -> Any:
    if isinstance(row, Product):
        return names[row.result] == names[row.left] * names[row.right]
    total = z3.Sum([coefficient * names[variable] for variable, coefficient in row.terms])
    return total <= row.bound if row.op == "<=" else total < row.bound if row.op == "<" else total == row.bound


def decide(problem: Problem) -> str:
    """What z3 says of the whole problem: "sat", "unsat" or "unknown"."""
    names = _names(problem)
    solver = z3.Solver()
    solver.add([_said(row, names) for row in problem.rows])
    return str(solver.check())


def conflict(problem: Problem) -> int:
    """The size of one minimal conflict that z3 finds among the statements; 0 where there is none."""
    names = _names(problem)
    solver = z3.Solver()
    solver.set("core.minimize", True)
    statements = {s: z3.Bool(f"s{s}") for row in problem.rows for s in row.statements}
    for row in problem.rows:
        held = [statements[s] for s in sorted(row.statements)]
        solver.add(z3.Implies(z3.And(held), _said(row, names)) if held else _said(row, names))
    return len(solver.unsat_core()) if solver.check(list(statements.values())) == z3.unsat else 0


if __name__ == "__main__":
    sys.exit(main(decide, conflict))
