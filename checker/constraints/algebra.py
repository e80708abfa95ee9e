"""From the constraint language to SymPy and on to exact polynomial rows.  The only module that imports SymPy.

SymPy is the language, not the judge: it brings both sides to one normal form (quotients multiplied out, products
expanded) and renders formulas; ``checker.solver`` decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from checker.constraints import language
from checker.constraints.language import Binary, Call, Comparison, Name, Node, Number
from checker.model import CheckerError

_LINEAR = ("sum", "count")


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


def relation(comparison: Comparison) -> Any:
    """A comparison as a SymPy relation over symbols of its role names."""
    import sympy

    left, right = _expression(comparison.left, None, {}, []), _expression(comparison.right, None, {}, [])
    kinds = {"<=": sympy.Le, ">=": sympy.Ge, "==": sympy.Eq, "<": sympy.Lt, ">": sympy.Gt}
    return kinds[comparison.sign](left, right, evaluate=False)


def number(value: Fraction) -> Any:
    """An exact number as SymPy has it."""
    import sympy

    return sympy.Rational(value.numerator, value.denominator)


def latex(text: str) -> str:
    """A constraint as a LaTeX formula, its names upright words."""
    import sympy

    said = []
    for comparison in language.read(text):
        whole = relation(comparison)
        words = {
            symbol: r"\mathrm{" + str(symbol).replace("_", r"\ ") + "}"
            for symbol in sorted(whole.free_symbols, key=str)
        }
        said.append(sympy.latex(whole, symbol_names=words, mul_symbol=r"\,"))
    return r" \land ".join(said)


def _template(comparison: Comparison, arities: dict[str, int], constants: dict[str, Fraction]) -> Template:
    import sympy

    functions: list[Call] = []
    left = _expression(comparison.left, arities, constants, functions)
    right = _expression(comparison.right, arities, constants, functions)
    sign = comparison.sign
    difference = left - right if sign in ("<=", "<", "==") else right - left
    numerator, denominator = sympy.fraction(sympy.together(difference))
    positive: tuple[Node, ...] = ()
    if denominator.free_symbols:
        positive = tuple(_denominators(comparison.left) + _denominators(comparison.right))
    elif denominator.is_negative:
        numerator = -numerator
    numerator = sympy.expand(numerator)
    symbols = sorted(numerator.free_symbols, key=str)
    terms: dict[tuple[str, ...], Fraction] = {}
    if symbols:
        for powers, coefficient in sympy.Poly(numerator, *symbols).terms():
            key = tuple(str(s) for s, power in zip(symbols, powers, strict=True) for _ in range(power))
            if len(key) > 2:
                raise CheckerError("a product of more than two claims cannot be decided")
            terms[key] = terms.get(key, Fraction(0)) + _fraction(coefficient)
    else:
        terms[()] = _fraction(numerator)
    op = {"<=": "<=", ">=": "<=", "<": "<", ">": "<", "==": "="}[sign]
    named = tuple((f"fn#{i}", call) for i, call in enumerate(functions))
    return Template(tuple(sorted((k, c) for k, c in terms.items() if c)), op, named, positive)


def _fraction(number: Any) -> Fraction:
    if not number.is_Rational:
        raise CheckerError(f"{number} is not an exact number")
    return Fraction(int(number.p), int(number.q))


def _denominators(node: Node) -> list[Node]:
    if isinstance(node, Binary):
        own = [node.right] if node.sign == "/" else []
        return own + _denominators(node.left) + _denominators(node.right)
    return []


def _expression(
    node: Node, arities: dict[str, int] | None, constants: dict[str, Fraction], functions: list[Call]
) -> Any:
    """A SymPy expression; without arities every name is one symbol and every function stays a function."""
    import sympy

    if isinstance(node, Number):
        return number(node.value)
    if isinstance(node, Name):
        if node.name in constants:
            return number(constants[node.name])
        if arities is None:
            return sympy.Symbol(node.name)
        if arities.get(node.name) != 1:
            raise CheckerError(f"{node.name!r} names {arities.get(node.name, 0)} claims where one is needed")
        return sympy.Symbol(f"{node.name}#0")
    if isinstance(node, Call):
        if arities is None:
            arguments = [_expression(argument, None, constants, functions) for argument in node.arguments]
            if node.function == "abs":
                return sympy.Abs(*arguments)
            return sympy.Function(node.function.replace("_", r"\ "))(*arguments)
        if node.function == "count":
            return sympy.Integer(_many(node, arities))
        if node.function == "sum":
            return sympy.Add(*_symbols(node, arities, constants, functions))
        if node.function == "days":
            first, second = (_expression(a, arities, constants, functions) for a in node.arguments)
            return second - first
        functions.append(node)
        return sympy.Symbol(f"fn#{len(functions) - 1}")
    left = _expression(node.left, arities, constants, functions)
    right = _expression(node.right, arities, constants, functions)
    if node.sign == "+":
        return left + right
    if node.sign == "-":
        return left - right
    if node.sign == "*":
        return left * right
    return left / right if node.sign == "/" else left**right


def _many(node: Call, arities: dict[str, int]) -> int:
    argument = node.arguments[0]
    if not isinstance(argument, Name):
        raise CheckerError(f"{node.function} takes the name of a role")
    return arities.get(argument.name, 0)


def _symbols(node: Call, arities: dict[str, int], constants: dict[str, Fraction], functions: list[Call]) -> list[Any]:
    import sympy

    found: list[Any] = []
    for argument in node.arguments:
        if isinstance(argument, Name) and argument.name not in constants:
            found += [sympy.Symbol(f"{argument.name}#{i}") for i in range(arities.get(argument.name, 0))]
        else:
            found.append(_expression(argument, arities, constants, functions))
    return found
