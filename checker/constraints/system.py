"""Relations and their rules as one solver problem: a statement a claim, a statement a relation, variables behind both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor, lcm
from typing import Protocol

from checker.constraints import functions, language
from checker.constraints.rows import Template, templates
from checker.model import CheckerError, Claim, Interval, Relation
from checker.solver import Conflict, Problem, Product, Row


class Stated(Protocol):
    """What a rule must have to be built into a system: its constraint, and names of whole numbers it leaves open."""

    @property
    def id(self) -> str: ...
    @property
    def constraint(self) -> str: ...
    @property
    def unknowns(self) -> Mapping[str, tuple[int, int]]: ...


@dataclass(frozen=True)
class Instance:
    """One rule said of one relation."""

    rule: Stated
    relation: Relation


@dataclass
class System:
    """A solver problem and what its numbers stand for."""

    reading: str
    problem: Problem
    claims: tuple[Claim, ...]  # statement i < len(claims) says that claim i is what it says; variable i is its number
    instances: tuple[Instance, ...]  # statement len(claims) + i
    skipped: int = 0  # instances that could not be built: open dates, denominators that may be zero
    numbers: Mapping[int, int] = field(default_factory=dict)  # id of a claim -> its variable; repetitions share one

    def claims_of(self, conflict: Conflict) -> list[Claim]:
        """The claims that a conflict blames, in reading order: of repetitions the mention that its rules speak of."""
        found: dict[int, Claim] = {}
        blamed = {s for s in conflict.statements if s < len(self.claims)}
        for instance in self.instances_of(conflict):
            for claim in instance.relation.claims:
                number = self.numbers[id(claim)]
                if number in blamed:
                    found.setdefault(number, claim)
        return sorted(found.values(), key=lambda claim: (claim.block, claim.start))

    def instances_of(self, conflict: Conflict) -> list[Instance]:
        """The rules that a conflict blames."""
        return [self.instances[s - len(self.claims)] for s in conflict.statements if s >= len(self.claims)]

    def relations(self, conflict: Conflict) -> list[Relation]:
        return [instance.relation for instance in self.instances_of(conflict)]

    def variable(self, claim: Claim) -> int:
        """A claim's variable, which is also its statement."""
        return self.numbers[id(claim)]


def interval(claim: Claim, reading: str) -> Interval:
    """What a claim may be on a reading."""
    return claim.widest if reading == "widest" else claim.intended


@dataclass
class _Builder:
    reading: str
    numbers: dict[int, int] = field(default_factory=dict)  # id of a claim -> its variable
    claims: list[Claim] = field(default_factory=list)
    rows: list[Row | Product] = field(default_factory=list)
    integers: set[int] = field(default_factory=set)
    extra: int = 0
    pending: list[tuple[Instance, list[tuple[Template, tuple[Interval, ...]]]]] = field(default_factory=list)


def build(pairs: Sequence[tuple[Relation, Stated]], reading: str) -> System:
    """The system of some relations, each with a rule that speaks of its kind, on the "widest" or "intended" reading."""
    builder = _Builder(reading)
    instances: list[Instance] = []
    prepared: list[tuple[Instance, tuple[Template, ...]]] = []
    skipped = 0
    for relation, rule in pairs:
        instance = Instance(rule, relation)
        found = _prepare(instance, reading)
        if found is None:
            skipped += 1
            continue
        instances.append(instance)
        prepared.append((instance, found))
    first = _repetitions(relation for relation, _ in pairs)
    for instance, _ in prepared:
        for claim in instance.relation.claims:
            same = first.get(id(claim), claim)
            if id(same) not in builder.numbers:
                builder.numbers[id(same)] = len(builder.claims)
                builder.claims.append(same)
            builder.numbers[id(claim)] = builder.numbers[id(same)]
    costs: list[int] = []
    for number, claim in enumerate(builder.claims):
        builder.rows += _bounds(number, interval(claim, reading), frozenset({number}))
        if claim.integer and _holds_integer(interval(claim, reading)):
            builder.integers.add(number)
        costs.append(4)
    variables = len(builder.claims)
    for place, (instance, found) in enumerate(prepared):
        statement = len(builder.claims) + place
        costs.append(1 + round(20 * (1 - instance.relation.confidence)))
        variables = _add(builder, instance, found, statement, variables)
    problem = Problem(variables, frozenset(builder.integers), tuple(builder.rows), tuple(costs))
    return System(reading, problem, tuple(builder.claims), tuple(instances), skipped, builder.numbers)


def _repetitions(relations: Iterable[Relation]) -> dict[int, Claim]:
    """For each claim that repeats an earlier one in the same figure and hedge, the first of them (union-find)."""
    parent: dict[int, Claim] = {}

    def root(claim: Claim) -> Claim:
        while parent.setdefault(id(claim), claim) is not claim:
            claim = parent[id(claim)]
        return claim

    for relation in relations:
        if relation.kind != "same-quantity":
            continue
        a, b = (root(claim) for claim in relation.claims)
        if a is not b and a.value is not None and (a.value, a.widest, a.unit) == (b.value, b.widest, b.unit):
            first, second = (a, b) if a.id < b.id else (b, a)
            parent[id(second)] = first
    return {key: root(claim) for key, claim in parent.items()}


def _prepare(instance: Instance, reading: str) -> tuple[Template, ...] | None:
    """The row templates of an instance; None where its claims cannot be put in."""
    relation = instance.relation
    arities = {role: len(claims) for role, claims in relation.roles.items()} | dict.fromkeys(instance.rule.unknowns, 1)
    constants = tuple(sorted(relation.constants.items()))
    try:
        found = templates(instance.rule.constraint, tuple(sorted(arities.items())), constants)
    except CheckerError:
        return None
    values = bindings(relation, reading)
    for template in found:
        for node in template.positive:
            divisor = functions.evaluate(node, values)
            if divisor is None or divisor.low is None or divisor.low < 0 or (divisor.low == 0 and not divisor.low_open):
                return None
        for _, call in template.functions:
            value = functions.evaluate(call, values)
            if value is None or (value.low is None and value.high is None):
                return None
    return found


def bindings(relation: Relation, reading: str) -> dict[str, functions.Value]:
    """The intervals of a relation's roles and constants by name."""
    values: dict[str, functions.Value] = {name: Interval.point(value) for name, value in relation.constants.items()}
    for role, claims in relation.roles.items():
        intervals = [interval(claim, reading) for claim in claims]
        values[role] = intervals[0] if len(intervals) == 1 else intervals
    return values


def _add(builder: _Builder, instance: Instance, found: Sequence[Template], statement: int, variables: int) -> int:
    """The rows of one instance; returns the number of variables then in use."""
    relation = instance.relation
    values = bindings(relation, builder.reading)
    variable = {
        f"{role}#{i}": builder.numbers[id(claim)]
        for role, claims in relation.roles.items()
        for i, claim in enumerate(claims)
    }
    for name, (low, high) in instance.rule.unknowns.items():
        variable[f"{name}#0"] = variables
        builder.integers.add(variables)
        builder.rows += _bounds(variables, Interval(Fraction(low), Fraction(high)), frozenset())
        variables += 1
    for template in found:
        local = dict(variable)
        for key, call in template.functions:
            local[key] = variables
            value = functions.evaluate(call, values)
            assert value is not None
            held = frozenset(
                builder.numbers[id(claim)] for name in language.names(call) for claim in relation.roles.get(name, ())
            )
            builder.rows += _bounds(variables, value, held)
            variables += 1
        constant = Fraction(0)
        terms: dict[int, Fraction] = {}
        for keys, coefficient in template.terms:
            if not keys:
                constant += coefficient
            elif len(keys) == 1:
                terms[local[keys[0]]] = terms.get(local[keys[0]], Fraction(0)) + coefficient
            else:
                builder.rows.append(Product(variables, local[keys[0]], local[keys[1]], frozenset()))
                terms[variables] = coefficient
                variables += 1
        builder.rows.append(_row(terms, template.op, -constant, frozenset({statement})))
    return variables


def _holds_integer(interval: Interval) -> bool:
    """Whether a whole number lies in an interval: "1.2 pupils for every desk" counts nothing whole."""
    if interval.low is None or interval.high is None:
        return True
    first = floor(interval.low) + 1 if interval.low_open else ceil(interval.low)
    return first in interval


def _row(terms: Mapping[int, Fraction], op: str, bound: Fraction, statements: frozenset[int]) -> Row:
    """A row with whole coefficients."""
    scale = lcm(bound.denominator, *(c.denominator for c in terms.values()))
    whole = tuple((v, int(c * scale)) for v, c in sorted(terms.items()) if c)
    return Row(whole, op, int(bound * scale), statements)


def _bounds(variable: int, interval: Interval, statements: frozenset[int]) -> list[Row]:
    """An interval as one-term rows."""
    one = Fraction(1)
    if interval.is_point:
        assert interval.low is not None
        return [_row({variable: one}, "=", interval.low, statements)]
    rows = []
    if interval.low is not None:
        rows.append(_row({variable: -one}, "<" if interval.low_open else "<=", -interval.low, statements))
    if interval.high is not None:
        rows.append(_row({variable: one}, "<" if interval.high_open else "<=", interval.high, statements))
    return rows
