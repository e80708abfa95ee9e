from checker.solver.problem import Conflict, Limits as _L, Number, Problem, Product, Row, Solution, Step
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    updates: int = 40
    conflicts: int = 40
    nodes: int = 4000
    branches: int = 400
    pivots: int = 4000
