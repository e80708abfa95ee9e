"""The solver: exact, deterministic, minimal.  It decides rows over rationals and whole numbers and blames statements."""

from checker.draft.conflicts import solve
from checker.draft.repairs import repair
from checker.solver.problem import Conflict, Problem, Product, Row, Solution, Step

__all__ = ["Conflict", "Problem", "Product", "Row", "Solution", "Step", "repair", "solve"]
