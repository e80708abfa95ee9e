"""The solver on problems small enough to see through."""

from __future__ import annotations

import os
import subprocess
import sys
from fractions import Fraction
from random import Random

from checker.model import Interval
from checker.solver import Limits, Problem, Product, Row, Solution, Step, admits, implied, repair, solve
from checker.solver.bench import article

NONE = frozenset[int]()


def between(variable: int, low: int, high: int, statement: int, op: str = "<=") -> list[Row]:
    held = frozenset((statement,))
    return [Row(((variable, -1),), "<=", -low, held), Row(((variable, 1),), op, high, held)]


def total(parts: list[int], whole: int, op: str, statement: int) -> Row:
    return Row((*((part, 1) for part in parts), (whole, -1)), op, 0, frozenset((statement,)))


def ask(rows: list[Row | Product], variables: int, whole: bool = True, costs: tuple[int, ...] = (1,) * 20) -> Problem:
    return Problem(variables, frozenset(range(variables)) if whole else NONE, tuple(rows), costs)


def test_parts_exceed_the_whole() -> None:
    rows = [*between(0, 22, 22, 0), *between(1, 15, 15, 1), *between(2, 8, 8, 2), *between(3, 40, 40, 3)]
    problem = ask([*rows, total([0, 1, 2], 3, "<=", 4)], 4)
    solution = solve(problem)
    (conflict,) = solution.conflicts
    assert conflict.statements == (0, 1, 2, 3, 4)
    assert conflict.rows == (0, 2, 4, 7, 8)
    assert conflict.steps[-1] == Step(0, "high", Fraction(17), False, 8)
    assert {step.row for step in conflict.steps} == set(conflict.rows)
    assert solution.corrections == ((0,), (1,), (2,), (3,), (4,))
    assert repair(problem, conflict, 3, 3) == Interval(Fraction(45), None)
    assert repair(problem, conflict, 0, 0) == Interval(None, Fraction(17))
    assert not solution.more and not solution.undecided


def test_every_pair_that_disagrees_cheapest_first() -> None:
    rows = [*between(0, 1, 3, 0), *between(0, 4, 5, 1), *between(0, 6, 9, 2)]
    solution = solve(ask(rows, 1, costs=(1, 3, 1)))
    assert [conflict.statements for conflict in solution.conflicts] == [(0, 2), (0, 1), (1, 2)]
    assert [conflict.cost for conflict in solution.conflicts] == [2, 4, 4]
    assert solution.corrections == ((0, 2), (0, 1), (1, 2))


def test_the_cap_is_honest() -> None:
    rows = [row for n in range(9) for row in between(0, n, n, n)]
    solution = solve(ask(rows, 1), Limits(conflicts=5))
    assert len(solution.conflicts) == 5
    assert solution.more
    assert len(solve(ask(rows, 1), Limits(conflicts=36)).conflicts) == 36


def test_a_row_may_need_several_statements() -> None:
    both = Row(((0, 1),), "<", 1, frozenset((1, 2)))
    solution = solve(ask([*between(0, 1, 2, 0), both], 1, whole=False))
    assert [conflict.statements for conflict in solution.conflicts] == [(0, 1, 2)]


def test_a_share_of_a_whole_and_its_repairs() -> None:
    share = [Row(((0, -2),), "<=", -23, frozenset((0,))), Row(((0, 2),), "<", 25, frozenset((0,)))]
    rows = [*share, *between(1, 500, 500, 1), *between(2, 15000, 15000, 2), Product(2, 0, 1, frozenset((3,)))]
    problem = ask(rows, 3, whole=False)
    (conflict,) = solve(problem).conflicts
    assert conflict.statements == (0, 1, 2, 3)
    assert repair(problem, conflict, 2, 2) == Interval(Fraction(5750), Fraction(6250), high_open=True)
    assert repair(problem, conflict, 0, 0) == Interval.point(30)
    assert repair(problem, conflict, 1, 1) == Interval(Fraction(1200), Fraction(30000, 23), low_open=True)


def test_values_within_a_repair_may_stand_apart() -> None:
    """x = 4 + 24 * turns, turns 0 or 1: the repair of x goes from 4 to 28, 16 is none; with turns 1 it is 28."""
    day = Row(((0, 1), (1, -24)), "=", 4, frozenset((0,)))
    problem = ask([day, *between(1, 0, 1, 0), *between(0, 6, 7, 2)], 2)
    (conflict,) = solve(problem).conflicts
    assert repair(problem, conflict, 2, 0) == Interval(Fraction(4), Fraction(28))
    assert [admits(problem, conflict, 2, 0, Fraction(value), Fraction(value)) for value in (4, 16, 28)] == [
        True,
        False,
        True,
    ]
    assert not admits(problem, conflict, 2, 0, Fraction(5), Fraction(27))
    assert implied(problem, conflict, 2, 0, {1: Fraction(1)}) == 28
    assert implied(problem, conflict, 2, 0, {}) is None and implied(problem, conflict, 2, 0, {1: Fraction(2)}) is None


def test_a_shared_rate() -> None:
    """100 at the rate is 80 to 81, 200 at the same rate cannot be 170."""
    rows = [
        *between(1, 100, 100, 0), *between(2, 80, 81, 1), *between(3, 200, 200, 2), *between(4, 170, 171, 3),
        Product(2, 0, 1, frozenset((4,))), Product(4, 0, 3, frozenset((5,))),
    ]  # fmt: skip
    solution = solve(ask(rows, 5, whole=False))
    assert [conflict.statements for conflict in solution.conflicts] == [(0, 1, 2, 3, 4, 5)]


def test_whole_numbers_that_cannot_be() -> None:
    """A mean of 3.465 to 3.475 of 28 whole numbers: 28 * mean lies between 97.02 and 97.3."""
    rows: list[Row | Product] = [
        Row(((1, -200),), "<=", -693, frozenset((0,))),
        Row(((1, 200),), "<", 695, frozenset((0,))),
        Row(((0, 1), (1, -28)), "=", 0, frozenset((1,))),
    ]
    (conflict,) = solve(Problem(2, frozenset((0,)), tuple(rows), (1, 1))).conflicts
    assert conflict.statements == (0, 1)
    assert not solve(Problem(2, NONE, tuple(rows), (1, 1))).conflicts


def test_no_end_of_propagation_needs_the_simplex() -> None:
    """x < y and y < x never empties an interval."""
    rows: list[Row | Product] = [
        Row(((0, 1), (1, -1)), "<", 0, frozenset((0,))),
        Row(((1, 1), (0, -1)), "<", 0, frozenset((1,))),
        *between(0, 0, 10**9, 2),
    ]
    (conflict,) = solve(ask(rows, 2, whole=False)).conflicts
    assert conflict.statements == (0, 1)
    assert conflict.steps == ()


def test_whole_repairs_have_whole_ends() -> None:
    rows = [Row(((0, 2), (1, 1)), "=", 9, frozenset((0,))), *between(1, 2, 7, 1), *between(0, 7, 9, 2)]
    problem = ask(list(rows), 2)
    (conflict,) = solve(problem).conflicts
    assert repair(problem, conflict, 2, 0) == Interval(Fraction(1), Fraction(3))


def test_statements_in_two_components() -> None:
    """Statement 0 is false by itself in one component, so that no larger set with it is minimal in another."""
    rows = [Row(((0, 1),), "=", 1, frozenset((0,))), Row(((0, 1),), "=", 2, frozenset((1,)))]
    alone = [Row(((1, 1),), "<", 0, frozenset((0,))), Row(((1, -1),), "<", 0, frozenset((0,)))]
    solution = solve(ask([*rows, *alone], 2))
    assert [conflict.statements for conflict in solution.conflicts] == [(0,)]
    assert solution.corrections == ((0,),)


def test_degenerate_problems() -> None:
    assert solve(Problem(0, NONE, (), ())) == Solution((), 0, False)
    assert solve(ask([Row((), "<=", 0, NONE)], 0)).conflicts == ()
    false = solve(ask([Row((), "<", 0, frozenset((3,)))], 0))
    assert [conflict.statements for conflict in false.conflicts] == [(3,)]
    always = solve(ask([Row((), "=", 1, NONE), *between(0, 2, 1, 0)], 1))
    assert [conflict.statements for conflict in always.conflicts] == [()]
    assert always.corrections == ()


def test_what_cannot_be_told_is_counted_and_not_reported() -> None:
    """No rational number has the square 2, some real number has."""
    rows = [Product(1, 0, 0, frozenset((0,))), *between(1, 2, 2, 1)]
    solution = solve(ask(list(rows), 2, whole=False))
    assert solution.conflicts == ()
    assert solution.undecided == 1


def rates(pairs: list[tuple[int, int, int]], old: int, percent: int) -> Problem:
    """Amounts in two currencies, rounded to a step, of which the first conversion is held against each other one, and the
    percentage by which the first amount of the second has risen from an old one."""
    rows: list[Row | Product] = []
    size = 2 * len(pairs) + 2
    for n, (one, other, step) in enumerate(pairs):
        rows += between(2 * n, one - step // 2, one + step // 2, 2 * n, "<")
        rows += between(2 * n + 1, other - step // 2, other + step // 2, 2 * n + 1, "<")
    rows += between(size - 2, old - 1, old + 1, size - 2, "<") + between(size - 1, percent, percent + 1, size - 1, "<")
    for n in range(1, len(pairs)):
        first, second = size + 2 * n - 2, size + 2 * n - 1
        rows += [Product(first, 0, 2 * n + 1, NONE), Product(second, 2 * n, 1, NONE)]
        rows.append(Row(((first, 1), (second, -1)), "=", 0, frozenset((size + n - 1,))))
    rise = 2 * size
    rows.append(Product(rise, size - 2, size - 1, NONE))
    rows.append(Row(((2, 100), (size - 2, -100), (rise, -1)), "=", 0, frozenset((size + len(pairs) - 1,))))
    return Problem(rise + 1, NONE, tuple(rows), (4,) * size + (1,) * len(pairs))


def test_conversions_at_many_rates_are_decided_without_a_branch() -> None:
    pairs = [(3300, 1800, 100), (1130, 600, 10), (850, 415, 2), (2600, 1380, 10), (7600, 4070, 10), (3360, 1780, 10)]
    problem = rates(pairs, 639, 76)
    solution = solve(problem, Limits(nodes=1))
    assert not solution.more and not solution.undecided
    assert solution.conflicts[0].statements == (0, 1, 4, 5, 15)  # at other rates, whatever they stand for
    assert len(solution.conflicts) > 8
    assert solution == solve(problem)


def test_ten_thousand_variables_in_one_component() -> None:
    size = 10_000
    chain: list[Row | Product] = [Row(((n, 1), (n + 1, -1)), "<=", 0, frozenset((n,))) for n in range(size - 1)]
    problem = Problem(size, NONE, (*chain, *between(0, 5, 5, size)), (1,) * (size + 1))
    assert len(solve(problem).witness) == size
    (conflict,) = solve(
        Problem(
            size,
            NONE,
            (*chain[:3], *chain[4:], *between(0, 5, 5, size), *between(3, 1, 4, size + 1)),
            (1,) * (size + 2),
        )
    ).conflicts
    assert conflict.statements == (0, 1, 2, size, size + 1)


def test_shuffled_rows_give_the_same_conflicts() -> None:
    problem = article(100, 5)
    told = _told(problem)
    assert len(told.splitlines()) > 5
    for seed in range(5):
        rows = list(problem.rows)
        Random(seed).shuffle(rows)
        assert _told(Problem(problem.variables, problem.integers, tuple(rows), problem.costs)) == told


def test_hash_seeds_give_the_same_bytes() -> None:
    command = "from checker.solver.bench import article; from checker.solver import solve; print(solve(article(60, 3)))"
    told = {
        subprocess.run(
            [sys.executable, "-c", command],
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in range(5)
    }
    assert len(told) == 1


def _told(problem: Problem) -> str:
    """All that is said, rows by what they are and not by their places."""
    solution = solve(problem)
    lines = [f"{solution.undecided} {solution.more} {solution.corrections}"]
    for conflict in solution.conflicts:
        lines.append(f"{conflict.statements} {conflict.cost}")
        lines += sorted(_name(problem.rows[row]) for row in conflict.rows)
        lines += [f"{s.variable} {s.side} {s.value} {s.open} {_name(problem.rows[s.row])}" for s in conflict.steps]
    return "\n".join(lines)


def _name(row: Row | Product) -> str:
    what = (row.terms, row.op, row.bound) if isinstance(row, Row) else (row.result, row.left, row.right)
    return f"{what} {sorted(row.statements)}"
