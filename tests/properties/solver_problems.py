"""Generated problems for the solver, and two oracles: every assignment tried, and z3."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, product
from random import Random
from typing import Any

import z3

from checker.solver import Problem, Product, Row

PATIENCE = 200  # milliseconds for z3, which may not know where two unknowns are multiplied
DOMAIN = range(-3, 6)  # every whole variable of a small problem lies in here, by rows always in force


def small_problem(random: Random) -> Problem:
    """Whole variables in a small domain, some statements, linear rows of every kind and a product now and then."""
    variables = random.randint(1, 4)
    statements = random.randint(1, 6)
    rows: list[Row | Product] = []
    for variable in range(variables):
        rows.append(Row(((variable, 1),), "<=", DOMAIN[-1], frozenset()))
        rows.append(Row(((variable, -1),), "<=", -DOMAIN[0], frozenset()))
    for _ in range(random.randint(1, 9)):
        rows.append(_row(random, variables, statements, bound=9))
    if variables >= 3 and random.random() < 0.3:
        rows.append(Product(*(random.randrange(variables) for _ in range(3)), _some(random, statements)))
    random.shuffle(rows)
    costs = tuple(random.randint(1, 4) for _ in range(statements))
    return Problem(variables, frozenset(range(variables)), tuple(rows), costs)


def rational_problem(random: Random, products: bool = False) -> Problem:
    """Real and whole variables, most without a bound, strict and non-strict rows, equalities, constants, repetitions."""
    variables = random.randint(0, 5)
    statements = random.randint(1, 7)
    integers = frozenset(variable for variable in range(variables) if random.random() < random.choice((0, 0.3, 1)))
    rows: list[Row | Product] = [
        _row(random, variables, statements, bound=random.choice((0, 3, 20))) for _ in range(random.randint(0, 12))
    ]
    if rows and random.random() < 0.2:
        rows.append(random.choice(rows))
    if products and variables:
        for variable in range(variables):
            if random.random() < 0.6:
                low = random.randint(-4, 6)
                rows.append(Row(((variable, -2),), random.choice(("<=", "<")), -low, _some(random, statements)))
                rows.append(
                    Row(
                        ((variable, 2),),
                        random.choice(("<=", "<")),
                        low + random.randint(0, 5),
                        _some(random, statements),
                    )
                )
        for _ in range(random.randint(1, 2)):
            names = [random.randrange(variables) for _ in range(3)]
            rows.append(Product(*names, _some(random, statements)))
    costs = {statement: random.randint(1, 3) for statement in range(statements)}
    return Problem(variables, integers, tuple(rows), costs)


def _some(random: Random, statements: int) -> frozenset[int]:
    size = random.choice((0, 1, 1, 1, 1, 2, 2, 3))
    return frozenset(random.sample(range(statements), min(size, statements)))


def _row(random: Random, variables: int, statements: int, bound: int) -> Row:
    size = min(variables, random.choice((0, 1, 1, 1, 2, 2, 2, 3, 3, 4)) if random.random() < 0.9 else 1)
    names = random.sample(range(variables), size)
    factors = (1, -1) if random.random() < 0.5 else (1, -1, 2, -2, 3, -3, 5)
    terms = tuple((name, random.choice(factors)) for name in names)
    op = random.choice(("<=", "<=", "<", "="))
    return Row(terms, op, random.randint(-bound, bound), _some(random, statements))


# ------------------------------------------------------------------------------------------------------------ oracles


def in_force(problem: Problem, held: frozenset[int]) -> list[Row | Product]:
    return [row for row in problem.rows if row.statements <= held]


def holds(row: Row | Product, values: Any) -> bool:
    if isinstance(row, Product):
        return bool(values[row.result] == values[row.left] * values[row.right])
    total = sum(coefficient * values[variable] for variable, coefficient in row.terms)
    return bool({"<=": total <= row.bound, "<": total < row.bound, "=": total == row.bound}[row.op])


def solutions(problem: Problem) -> Iterator[tuple[tuple[int, ...], frozenset[int]]]:
    """Every assignment of a small problem, with the places of the rows that it breaks."""
    for values in product(DOMAIN, repeat=problem.variables):
        yield values, frozenset(place for place, row in enumerate(problem.rows) if not holds(row, values))


def minimal_infeasible(problem: Problem, feasible: Any) -> list[tuple[int, ...]]:
    """All minimal infeasible sets of statements, by asking about every set, small ones first."""
    statements = sorted({statement for row in problem.rows for statement in row.statements})
    found: list[frozenset[int]] = []
    for size in range(len(statements) + 1):
        for chosen in combinations(statements, size):
            held = frozenset(chosen)
            if not any(conflict <= held for conflict in found) and not feasible(held):
                found.append(held)
    return sorted(
        (tuple(sorted(conflict)) for conflict in found),
        key=lambda conflict: (sum(problem.costs[statement] for statement in conflict), len(conflict), conflict),
    )


def z3_rows(problem: Problem, rows: list[Row | Product]) -> tuple[list[Any], list[Any]]:
    """The variables and the rows as z3 knows them."""
    names = [z3.Int(f"x{n}") if n in problem.integers else z3.Real(f"x{n}") for n in range(problem.variables)]
    compiled = []
    for row in rows:
        if isinstance(row, Product):
            compiled.append(names[row.result] == names[row.left] * names[row.right])
            continue
        total = z3.Sum([coefficient * names[variable] for variable, coefficient in row.terms]) if row.terms else 0
        if not row.terms:
            compiled.append(z3.BoolVal(holds(row, {})))
        else:
            compiled.append({"<=": total <= row.bound, "<": total < row.bound, "=": total == row.bound}[row.op])
    return names, compiled


def _known(answer: Any) -> bool | None:
    return None if answer == z3.unknown else bool(answer == z3.sat)


def z3_feasible(problem: Problem, held: frozenset[int]) -> bool | None:
    solver = z3.Solver()
    solver.set("timeout", PATIENCE)
    solver.add(*z3_rows(problem, in_force(problem, held))[1])
    return _known(solver.check())


def z3_allows(problem: Problem, held: frozenset[int], extra: Any) -> bool | None:
    """Whether the rows in force allow `extra`, a function of the variables."""
    names, compiled = z3_rows(problem, in_force(problem, held))
    solver = z3.Solver()
    solver.set("timeout", PATIENCE)
    solver.add(*compiled, extra(names))
    return _known(solver.check())


def z3_number(value: Fraction) -> Any:
    return z3.Q(value.numerator, value.denominator)
