"""``python -m checker.solver.bench``: how fast the solver decides generated articles, beside z3 where it is installed.

A generated article has figures of one quantity said twice, parts of a total, shares and changes, in parts of two to six
claims; conflicts are planted in some.  Each claim is one statement, each relation another.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from math import log
from random import Random
from time import perf_counter
from typing import Any

from checker.solver import Problem, Product, Row, solve

DECIDE = (30, 100, 1_000, 10_000)


def article(claims: int, errors: int, seed: int = 0, joined: bool = False) -> Problem:
    """A problem of about so many claims in groups of parts and a total, a repetition, a share; `errors` totals are wrong.

    `joined` chains the groups by "not more than" into one component.
    """
    random = Random(seed)
    rows: list[Row | Product] = []
    integers: set[int] = set()
    variables = statements = 0
    groups: list[int] = []

    def claim(low: int, high: int, open_high: bool, whole: bool) -> int:
        nonlocal variables, statements
        held = frozenset((statements,))
        rows.append(Row(((variables, -1),), "<=", -low, held))
        rows.append(Row(((variables, 1),), "<" if open_high else "<=", high, held))
        if whole:
            integers.add(variables)
        variables += 1
        statements += 1
        return variables - 1

    def relation(*parts: Row | Product) -> None:
        nonlocal statements
        rows.extend(parts)
        statements += 1

    while variables < claims:
        values = [random.randint(2, 900) for _ in range(random.randint(2, 3))]
        parts = [claim(value, value, False, True) for value in values]
        total = sum(values)
        whole = claim(total, total, False, True)
        held = frozenset((statements,))
        relation(Row((*((part, 1) for part in parts), (whole, -1)), "=", 0, held))
        if random.random() < 0.5:
            again = claim(total // 100 * 100, total // 100 * 100 + 100, True, False)
            relation(Row(((whole, 1), (again, -1)), "=", 0, frozenset((statements,))))
        if random.random() < 0.5:
            percent = 100 * values[0] // total
            share = claim(percent, percent + 1, False, False)
            relation(
                Product(variables, share, whole, frozenset((statements,))),
                Row(((variables, 1), (parts[0], -100)), "=", 0, frozenset((statements,))),
            )
            variables += 1
        if joined and groups:
            order = frozenset((statements,))
            relation(Row(((groups[-1], 1), (whole, -1)), "<=", 10_000, order))
        groups.append(whole)
    for whole in [groups[len(groups) * (2 * n + 1) // (2 * errors)] for n in range(errors)]:
        for place, row in enumerate(rows):
            if isinstance(row, Row) and len(row.terms) == 1 and row.terms[0][0] == whole:
                rows[place] = Row(row.terms, row.op, row.bound + row.terms[0][1] * 2_000, row.statements)
    return Problem(variables, frozenset(integers), tuple(rows), (1,) * statements)


def decide_by_z3(problem: Problem) -> str:
    """What z3 says of the whole problem, built through its Python API: "sat", "unsat" or "unknown"."""
    import z3  # type: ignore[import-untyped]

    names = [z3.Int(f"x{n}") if n in problem.integers else z3.Real(f"x{n}") for n in range(problem.variables)]
    solver = z3.Solver()
    for row in problem.rows:
        if isinstance(row, Product):
            solver.add(names[row.result] == names[row.left] * names[row.right])
            continue
        total = z3.Sum([coefficient * names[variable] for variable, coefficient in row.terms])
        solver.add(total <= row.bound if row.op == "<=" else total < row.bound if row.op == "<" else total == row.bound)
    return str(solver.check())


def milliseconds(work: Callable[[], Any], least: float = 0.3) -> float:
    """The best time of several runs."""
    best, spent, runs = float("inf"), 0.0, 0
    while runs < 3 or (spent < least and runs < 200):
        start = perf_counter()
        work()
        taken = perf_counter() - start
        best, spent, runs = min(best, taken), spent + taken, runs + 1
    return best * 1000


def main() -> int:
    """Print the table."""
    try:
        import z3  # noqa: F401
    except ImportError:
        print("z3 is not installed: its column stays empty")
        beside = False
    else:
        beside = True
    print(f"{'claims':>8} {'planted':>8} {'found':>6} {'ms':>10} {'z3 ms':>10} {'times':>7}")
    decided: list[tuple[int, float]] = []
    for claims, errors, joined in (
        *((claims, 0, False) for claims in DECIDE),
        *((claims, 1, False) for claims in DECIDE),
        (100, 5, False),
        (300, 5, True),
    ):
        problem = article(claims, errors, joined=joined)
        solution = solve(problem)
        taken = milliseconds(lambda problem=problem: solve(problem))  # type: ignore[misc]
        if not errors:
            decided.append((claims, taken))
        other = milliseconds(lambda problem=problem: decide_by_z3(problem)) if beside and claims < 10_000 else 0.0  # type: ignore[misc]
        found = f"{len(solution.conflicts)}{'+' if solution.more else ''}{'?' * solution.undecided}"
        times = f"{other:>10.1f} {other / taken:>7.1f}" if other else f"{'-':>10} {'-':>7}"
        print(
            f"{claims:>8} {errors:>8} {found:>6} {taken:>10.2f} {times}{'  one component' if joined else ''}",
            flush=True,
        )
    middle = [log(size) for size, _ in decided]
    times_log = [log(taken) for _, taken in decided]
    mean, mean_log = sum(middle) / len(middle), sum(times_log) / len(times_log)
    slope = sum((x - mean) * (y - mean_log) for x, y in zip(middle, times_log, strict=True))
    print(f"growth exponent of deciding: {slope / sum((x - mean) ** 2 for x in middle):.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
