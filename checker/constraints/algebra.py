"""From the constraint language to SymPy, which renders formulas.  The only module that imports it.

The solver is given ``rows``; the tests hold both to say the same.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from checker.constraints import language
from checker.constraints.language import Call, Comparison, Name, Node, Number


def relation(comparison: Comparison) -> Any:
    """A comparison as a SymPy relation over symbols of its role names."""
    import sympy

    kinds = {"<=": sympy.Le, ">=": sympy.Ge, "==": sympy.Eq, "<": sympy.Lt, ">": sympy.Gt}
    return kinds[comparison.sign](_expression(comparison.left), _expression(comparison.right), evaluate=False)


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


def _expression(node: Node) -> Any:
    """A SymPy expression in which every name is one symbol and every function stays a function."""
    import sympy

    if isinstance(node, Number):
        return number(node.value)
    if isinstance(node, Name):
        return sympy.Symbol(node.name)
    if isinstance(node, Call):
        arguments = [_expression(argument) for argument in node.arguments]
        if node.function == "abs":
            return sympy.Abs(*arguments)
        return sympy.Function(node.function.replace("_", r"\ "))(*arguments)
    left, right = _expression(node.left), _expression(node.right)
    if node.sign == "+":
        return left + right
    if node.sign == "-":
        return left - right
    if node.sign == "*":
        return left * right
    return left / right if node.sign == "/" else left**right
