"""The solver against every assignment tried, and against z3.

``CHECKER_LONG=1`` (or ``CHECKER_LONG=<number of problems>``) runs the long version: 10,000 problems of each kind.
"""

from __future__ import annotations

import os
from collections import Counter
from fractions import Fraction
from random import Random

import pytest
import solver_problems as given

from checker.model import Interval
from checker.solver import Problem, repair, solve

LONG = int(os.environ.get("CHECKER_LONG", "0"))
LONG = 10_000 if LONG == 1 else LONG


def _count(short: int) -> int:
    return LONG or short


def _agree(problem: Problem, feasible: given.Any, tally: Counter[str]) -> given.Any:
    solution = solve(problem)
    expected = given.minimal_infeasible(problem, feasible)
    found = [conflict.statements for conflict in solution.conflicts]
    tally["problems"] += 1
    tally["conflicts"] += len(found)
    tally["undecided"] += bool(solution.undecided)
    tally["more"] += solution.more
    if solution.undecided or solution.more:
        assert set(found) <= set(expected), (problem, found, expected)
    else:
        assert found == expected, (problem, found, expected)
        assert expected or all(given.holds(row, solution.witness) for row in problem.rows), problem
    for conflict in solution.conflicts:
        assert conflict.cost == sum(problem.costs[statement] for statement in conflict.statements)
        used = {statement for row in conflict.rows for statement in problem.rows[row].statements}
        assert used == set(conflict.statements), (problem, conflict)
        assert {step.row for step in conflict.steps} <= set(conflict.rows)
    if not solution.more and not solution.undecided:
        for removed in solution.corrections:
            touched = [conflict for conflict in found if set(conflict) & set(removed)]
            assert touched, problem
    return solution


def test_small_whole_problems_against_every_assignment() -> None:
    tally: Counter[str] = Counter()
    for seed in range(_count(250)):
        problem = given.small_problem(Random(seed))
        tried = list(given.solutions(problem))
        needs = [row.statements for row in problem.rows]

        def feasible(held: frozenset[int], tried: given.Any = tried, needs: given.Any = needs) -> bool:
            active = {place for place, need in enumerate(needs) if need <= held}
            return any(not broken & active for _, broken in tried)

        solution = _agree(problem, feasible, tally)
        for conflict in solution.conflicts:
            for statement in conflict.statements:
                held = frozenset(conflict.statements) - {statement}
                active = {place for place, need in enumerate(needs) if need <= held}
                for variable in range(problem.variables):
                    allowed = [values[variable] for values, broken in tried if not broken & active]
                    found = repair(problem, conflict, statement, variable)
                    tally["repairs"] += 1
                    tally["open repairs"] += found is None
                    if found is not None:
                        ends = Interval(Fraction(min(allowed)), Fraction(max(allowed)))
                        assert found == ends, (problem, conflict, statement, variable, found, ends)
    print(dict(tally))
    assert tally["undecided"] <= tally["problems"] / 100
    assert tally["open repairs"] <= tally["repairs"] / 50


@pytest.mark.parametrize("products", [False, True])
def test_rational_problems_against_z3(products: bool) -> None:
    tally: Counter[str] = Counter()
    for seed in range(_count(60 if products else 150)):
        problem = given.rational_problem(Random(seed), products)
        answers: dict[frozenset[int], bool | None] = {}  # asked once: z3's patience goes by the clock

        def feasible(
            held: frozenset[int], problem: Problem = problem, answers: dict[frozenset[int], bool | None] = answers
        ) -> bool:
            if held not in answers:
                answers[held] = given.z3_feasible(problem, held)
            return answers[held] is not False

        given.minimal_infeasible(problem, feasible)
        if None in answers.values():
            assert products, problem
            tally["z3 does not know"] += 1
            continue
        solution = _agree(problem, feasible, tally)
        for conflict in solution.conflicts:
            for statement in conflict.statements[:2]:
                for variable in range(min(problem.variables, 2)):
                    _check_repair(problem, conflict, statement, variable, tally)
    print(dict(tally))
    assert tally["undecided"] <= tally["problems"] / (5 if products else 50)


def _check_repair(problem: Problem, conflict: given.Any, statement: int, variable: int, tally: Counter[str]) -> None:
    found = repair(problem, conflict, statement, variable)
    tally["repairs"] += 1
    if found is None:
        tally["open repairs"] += 1
        return
    held = frozenset(conflict.statements) - {statement}
    about = (problem, conflict, statement, variable, found)
    for end, is_open, sign in ((found.low, found.low_open, -1), (found.high, found.high_open, 1)):
        if end is None:
            far = given.z3_number(Fraction(sign * 10**7))
            beyond = given.z3_allows(problem, held, lambda x, far=far, sign=sign: sign * x[variable] >= sign * far)
            assert beyond is not False, about
            continue
        value = given.z3_number(end)
        outside = given.z3_allows(problem, held, lambda x, value=value, sign=sign: sign * x[variable] > sign * value)
        attained = given.z3_allows(problem, held, lambda x, value=value: x[variable] == value)
        near = given.z3_number(end - sign * Fraction(1, 10**9))
        close = given.z3_allows(problem, held, lambda x, near=near, sign=sign: sign * x[variable] >= sign * near)
        assert outside is not True, about
        assert attained is None or attained is not is_open, about
        assert close is not False, about
