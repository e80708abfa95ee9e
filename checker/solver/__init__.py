"""The solver: exact, deterministic, minimal.  It decides rows over rationals and whole numbers and blames statements."""

from checker.solver.conflicts import solve
from checker.solver.problem import Conflict, Limits, Number, Problem, Product, Row, Solution, Step
from checker.solver.repairs import admits, implied, repair

__all__ = [
    "Conflict",
    "Limits",
    "Number",
    "Problem",
    "Product",
    "Row",
    "Solution",
    "Step",
    "admits",
    "implied",
    "repair",
    "solve",
]
