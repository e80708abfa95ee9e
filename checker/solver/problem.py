"""What the solver is asked and what it answers: exact rows over numbered variables, statements to blame, conflicts.

Nothing here knows what a variable or a statement means.  Variables are numbered 0..n-1, statements 0..m-1; all
coefficients and bounds are ``int``, all derived values exact (``int`` or ``Fraction``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

Number = int | Fraction


@dataclass(frozen=True, slots=True)
class Row:
    """``sum(coefficient * variable) op bound``, in force if and only if all of `statements` are held true.

    `terms` are pairs (variable, coefficient), each variable once, no coefficient zero; `op` is "<=", "<" or "=".
    A row with an empty set of statements is always in force.
    """

    terms: tuple[tuple[int, int], ...]
    op: str
    bound: int
    statements: frozenset[int]


@dataclass(frozen=True, slots=True)
class Product:
    """``result == left * right``, three variables, in force if and only if all of `statements` are held true."""

    result: int
    left: int
    right: int
    statements: frozenset[int]


@dataclass(frozen=True, slots=True)
class Problem:
    """Rows over `variables` numbers, some of them whole (`integers`); the bounds of a variable are one-term rows.

    `costs` says how dear each statement is in a conflict, by the statement's number; none is negative.
    """

    variables: int
    integers: frozenset[int]
    rows: tuple[Row | Product, ...]
    costs: Mapping[int, int] | Sequence[int]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much work is done before the solver says that it does not know.  Counts, never a clock.

    `conflicts`: at most so many are returned for each component.  `work`: rows looked at in all branches of all
    questions asked while its conflicts are enumerated.  `corrections`: correction sets followed and returned for each component.  `updates`:
    bound changes for each variable in one propagation.  `nodes`: branches of one question.  `pivots`: steps of one simplex.
    """

    conflicts: int = 16
    work: int = 20_000
    corrections: int = 400
    updates: int = 40
    nodes: int = 100
    pivots: int = 2_000


@dataclass(frozen=True, slots=True)
class Step:
    """Because of row `row` (an index into ``problem.rows``) the `side` of `variable` became `value`."""

    variable: int
    side: Literal["low", "high"]
    value: Fraction
    open: bool
    row: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """Statements that cannot all hold, while every proper subset of them can: both are proven.

    `rows` are indices of the rows that the proof uses; `steps` the chain of bounds that ends in an empty interval,
    in order of derivation, or () where the proof is not a chain of bounds.
    """

    statements: tuple[int, ...]
    cost: int
    rows: tuple[int, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Solution:
    """All that the solver says about a problem.

    `conflicts`: cheapest first (sum of costs, then fewest, then lexicographic).  `undecided`: components for which
    neither a witness nor a proof was found, or a conflict in them could not be proven minimal.  `more`: a limit was
    reached, other conflicts may exist.  `witness`: values for the variables of every component that agrees.
    `corrections`: smallest sets of statements without which a component agrees (minimal hitting sets of its
    conflicts), cheapest first.
    """

    conflicts: tuple[Conflict, ...]
    undecided: int
    more: bool
    witness: Mapping[int, Number] = field(default_factory=dict)
    corrections: tuple[tuple[int, ...], ...] = ()


def satisfies(row: Row | Product, values: Mapping[int, Number]) -> bool:
    """Whether the row holds for these values, by substitution."""
    if isinstance(row, Product):
        return values[row.result] == values[row.left] * values[row.right]
    total: Number = 0
    for variable, coefficient in row.terms:
        total += values[variable] if coefficient == 1 else coefficient * values[variable]
    if row.op == "<=":
        return total <= row.bound
    return total < row.bound if row.op == "<" else total == row.bound
