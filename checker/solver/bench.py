"""``python -m checker.solver.bench``: how fast the solver decides generated articles and finds planted conflicts.

``python tests/benchmarks/solver.py`` prints the same table with z3 beside it.

A generated article has figures of one quantity said twice, parts of a total, shares and changes, in parts of two to six
claims; conflicts are planted in some.  Each claim is one statement, each relation another.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial
from math import log
from random import Random
from time import process_time_ns
from typing import Any

from checker.solver import Problem, Product, Row, solve

DECIDE = (30, 100, 1_000, 10_000)
TIMES = {
    (30, 0): 20,
    (30, 1): 20,
    (100, 0): 15,
    (100, 1): 15,
}  # how many times faster than the rival for so many claims, errors
MOST = {(1_000, 1): 50, (10_000, 1): 500, (300, 5): 500}  # milliseconds for so many claims with so many errors
GROWTH = Decimal("1.05")
RIVAL_UP_TO = 1_000  # claims


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
        if random.randrange(2):
            again = claim(total // 100 * 100, total // 100 * 100 + 100, True, False)
            relation(Row(((whole, 1), (again, -1)), "=", 0, frozenset((statements,))))
        if random.randrange(2):
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


def nanoseconds(work: Callable[[], object], least: int = 300_000_000) -> int:
    """The best processor time of several runs: what else the machine does counts less."""
    times: list[int] = []
    while len(times) < 3 or (sum(times) < least and len(times) < 200):
        start = process_time_ns()
        work()
        times.append(process_time_ns() - start)
    return min(times)


Asking = Callable[[Problem], object]


def main(decides: Asking | None = None, blames: Asking | None = None) -> int:
    """Print the table and the floors; another solver `decides` problems without an error and `blames` in those with some.

    Returns 0, or 1 where a floor is missed.
    """
    print(f"{'claims':>8} {'planted':>8} {'found':>6} {'ms':>10} {'rival ms':>10} {'times':>7}")
    decided: list[tuple[int, int]] = []
    times: dict[tuple[int, int], Decimal] = {}
    spent: dict[tuple[int, int], Decimal] = {}
    for claims, errors, joined in (
        *((claims, 0, False) for claims in DECIDE),
        *((claims, 1, False) for claims in DECIDE),
        (100, 5, False),
        (300, 5, True),
    ):
        problem = article(claims, errors, joined=joined)
        solution = solve(problem)
        taken = nanoseconds(partial(solve, problem))
        if not errors:
            decided.append((claims, taken))
        spent[claims, errors] = Decimal(taken) / 1_000_000
        beside = f"{'-':>10} {'-':>7}"
        rival = blames if errors else decides
        if rival is not None and claims <= RIVAL_UP_TO:
            other = nanoseconds(partial(rival, problem))
            times[claims, errors] = Decimal(other) / taken
            beside = f"{other / 1_000_000:>10.1f} {other / taken:>7.1f}"
        found = f"{len(solution.conflicts)}{'+' * solution.more}{'?' * solution.undecided}"
        note = "  one component" if joined else ""
        print(f"{claims:>8} {errors:>8} {found:>6} {taken / 1_000_000:>10.2f} {beside}{note}", flush=True)
    return 0 if _floors(times, spent, _exponent(decided)) else 1


def _floors(times: Mapping[tuple[int, int], Decimal], spent: Mapping[tuple[int, int], Decimal], growth: Any) -> bool:
    """Print what is asked of the solver beside what it did; whether all of it is met."""
    checks = [(f"growth exponent of deciding {growth:.2f}, at most {GROWTH}", growth <= GROWTH)]
    checks += [
        (
            f"{claims} claims, {errors} wrong: {times[claims, errors]:.1f} times as fast, at least {least}",
            times[claims, errors] >= least,
        )
        for (claims, errors), least in TIMES.items()
        if (claims, errors) in times
    ]
    checks += [
        (
            f"{claims:,} claims, {errors} wrong: {spent[claims, errors]:.1f} ms, at most {most}",
            spent[claims, errors] <= most,
        )
        for (claims, errors), most in MOST.items()
    ]
    for said, met in checks:
        print(f"{'met   ' if met else 'MISSED'} {said}")
    return all(met for _, met in checks)


def _exponent(measured: list[tuple[int, int]]) -> Any:
    """The slope of log time over log size, by least squares."""
    sizes = [log(size) for size, _ in measured]
    times = [log(taken) for _, taken in measured]
    middle, level = sum(sizes) / len(sizes), sum(times) / len(times)
    slope = sum((x - middle) * (y - level) for x, y in zip(sizes, times, strict=True))
    return slope / sum((x - middle) ** 2 for x in sizes)


if __name__ == "__main__":
    sys.exit(main())
