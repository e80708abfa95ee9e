"""Which of several readings of the same figures counts: a formula of the field explains what a general rule doubts."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from checker.constraints.system import build
from checker.model import Finding, Level, Relation
from checker.rules import Rule
from checker.solver import solve

Pair = tuple[Relation, Rule]


def explained(pairs: Sequence[Pair]) -> list[Pair]:
    """The relations without those that fail although a formula over the same figures holds.

    "Labour won 412 of the 650 seats, a majority of 174": 650 and 412 are not 174 apart, but 412 and all others are.
    """
    held = [_places(relation) for relation, rule in pairs if rule.formula is not None and _holds((relation, rule))]
    if not held:
        return list(pairs)
    return [
        pair
        for pair in pairs
        if pair[1].formula is not None or not any(_places(pair[0]) <= places for places in held) or _holds(pair)
    ]


def told_once(findings: Sequence[Finding], formulas: Collection[str]) -> list[Finding]:
    """The findings of which none quotes just the figures that another one does: the gravest stays, of two alike the one
    of a general rule (`formulas` are the ids of the others)."""
    order = list(Level)
    best: dict[frozenset[tuple[int, int]], Finding] = {}
    for finding in sorted(findings, key=lambda f: (order.index(f.level), f.rule in formulas)):
        best.setdefault(_quoted(finding), finding)
    return [f for f in findings if best[_quoted(f)] is f or not {f.rule, best[_quoted(f)].rule} & set(formulas)]


def _holds(pair: Pair) -> bool:
    return not solve(build([pair], "widest").problem).conflicts


def _places(relation: Relation) -> frozenset[tuple[int, int]]:
    return frozenset((claim.block, claim.start) for claim in relation.claims)


def _quoted(finding: Finding) -> frozenset[tuple[int, int]]:
    return frozenset((span.start, span.end) for span in finding.spans)
