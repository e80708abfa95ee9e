"""A constraint as exact rows over the claims of its roles: ``sum(coefficient * product of claims) op 0``."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from checker.constraints import language, polynomials
from checker.constraints.language import Binary, Call, Comparison, Name, Node, Number
from checker.constraints.polynomials import Quotient
from checker.model import CheckerError


@dataclass(frozen=True, slots=True)
class Template:
    """``sum(coefficient * product of keys) op 0`` with ``op`` "<=", "<" or "=".

    A key is "role#i", the i-th claim of a role, or "fn#i", the i-th of `functions`, whose interval is found when claims
    are bound.  `positive` are expressions that were multiplied with and must be positive.
    """

    terms: tuple[tuple[tuple[str, ...], Fraction], ...]
    op: str
    functions: tuple[tuple[str, Call], ...] = ()
    positive: tuple[Node, ...] = ()


@cache
def templates(
    text: str, arities: tuple[tuple[str, int], ...], constants: tuple[tuple[str, Fraction], ...]
) -> tuple[Template, ...]:
    """The rows of a constraint for roles with so many claims each and these constants; built once for each shape.

    Errors: ``ConstraintError`` where the text is not in the language, ``CheckerError`` where it is no polynomial of
    degree two.
    """
    return tuple(_template(comparison, dict(arities), dict(constants)) for comparison in language.read(text))


def _template(comparison: Comparison, arities: dict[str, int], constants: dict[str, Fraction]) -> Template:
    reader = _Reader(arities, constants, [])
    try:
        left, right = reader.quotient(comparison.left), reader.quotient(comparison.right)
    except ZeroDivisionError:
        raise CheckerError("a division by zero cannot be decided") from None
    difference = left - right if comparison.sign in ("<=", "<", "==") else right - left
    if any(len(key) > 2 for key in difference.over):
        raise CheckerError("a product of more than two claims cannot be decided")
    positive = (*_divisors(comparison.left), *_divisors(comparison.right)) if difference.under else ()
    op = {"<=": "<=", ">=": "<=", "<": "<", ">": "<", "==": "="}[comparison.sign]
    named = tuple((f"fn#{i}", call) for i, call in enumerate(reader.functions))
    return Template(tuple(sorted(difference.whole.items())), op, named, positive)


def _divisors(node: Node) -> list[Node]:
    if isinstance(node, Binary):
        own = [node.right] if node.sign == "/" else []
        return own + _divisors(node.left) + _divisors(node.right)
    return []


@dataclass(frozen=True, slots=True)
class _Reader:
    """Turns expressions into quotients; calls that are not linear are kept in `functions` and stand as their names."""

    arities: dict[str, int]
    constants: dict[str, Fraction]
    functions: list[Call]

    def quotient(self, node: Node) -> Quotient:
        if isinstance(node, Number):
            return polynomials.number(node.value)
        if isinstance(node, Name):
            if node.name in self.constants:
                return polynomials.number(self.constants[node.name])
            if self.arities.get(node.name) != 1:
                raise CheckerError(f"{node.name!r} names {self.arities.get(node.name, 0)} claims where one is needed")
            return polynomials.name(f"{node.name}#0")
        if isinstance(node, Call):
            return self._call(node)
        left, right = self.quotient(node.left), self.quotient(node.right)
        if node.sign == "+":
            return left + right
        if node.sign == "-":
            return left - right
        if node.sign == "*":
            return left * right
        if node.sign == "/":
            return left / right
        assert isinstance(node.right, Number)
        return left ** int(node.right.value)

    def _call(self, node: Call) -> Quotient:
        if node.function == "count":
            (argument,) = node.arguments
            if not isinstance(argument, Name):
                raise CheckerError("count takes the name of a role")
            return polynomials.number(self.arities.get(argument.name, 0))
        if node.function == "sum":
            total = polynomials.number(0)
            for argument in node.arguments:
                for term in self._terms(argument):
                    total = total + term
            return total
        if node.function == "days":
            first, second = (self.quotient(argument) for argument in node.arguments)
            return second - first
        self.functions.append(node)
        return polynomials.name(f"fn#{len(self.functions) - 1}")

    def _terms(self, argument: Node) -> list[Quotient]:
        """What a sum adds up: every claim of a role, or one expression."""
        if isinstance(argument, Name) and argument.name not in self.constants:
            return [polynomials.name(f"{argument.name}#{i}") for i in range(self.arities.get(argument.name, 0))]
        return [self.quotient(argument)]
