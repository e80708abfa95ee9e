"""``python tests/benchmarks/solver.py``: the solver's benchmark with z3, through its Python API, in the same run."""

from __future__ import annotations

import sys

import z3

from checker.solver import Problem, Product
from checker.solver.bench import main


def decide(problem: Problem) -> str:
    """What z3 says of the whole problem: "sat", "unsat" or "unknown"."""
    names = [z3.Int(f"x{n}") if n in problem.integers else z3.Real(f"x{n}") for n in range(problem.variables)]
    solver = z3.Solver()
    for row in problem.rows:
        if isinstance(row, Product):
            solver.add(names[row.result] == names[row.left] * names[row.right])
            continue
        total = z3.Sum([coefficient * names[variable] for variable, coefficient in row.terms])
        solver.add(total <= row.bound if row.op == "<=" else total < row.bound if row.op == "<" else total == row.bound)
    return str(solver.check())


if __name__ == "__main__":
    sys.exit(main(decide))
