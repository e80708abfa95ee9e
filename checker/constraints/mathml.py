"""Constraints as MathML, from their own syntax tree: what must hold of a rule's names, or of the figures that they stand for.

Every browser draws it without a script, a style or a font, and screen readers read it out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from html import escape

from checker.constraints import language
from checker.constraints.language import Binary, Call, Comparison, Name, Node, Number

_SIGNS = {"<=": "≤", ">=": "≥", "==": "=", "<": "&lt;", ">": "&gt;", "-": "−", "*": "×", "+": "+"}
_P = "<msub><mi>p</mi>{}</msub>"
_FUNCTIONS = {
    "p_t": _P.format("<mi>t</mi>"),
    "p_f": _P.format("<mi>F</mi>"),
    "p_r": _P.format("<mi>r</mi>"),
    "p_chi2": _P.format("<msup><mi>χ</mi><mn>2</mn></msup>"),
}
_ZERO, _ONE = Number(Fraction(0)), Number(Fraction(1))


def formula(constraint: str, terms: Mapping[str, Sequence[str]] | None = None) -> str:
    """A constraint as markup, "and" between its comparisons; a line may end before a sign that compares.

    `terms` are the texts to write for its names, several for a role of several figures; a name without one stays.
    Factors of one and summands of zero that they bring are left out.  Errors: ``ConstraintError`` as ``language.read``.
    """
    texts = terms or {}
    written = [_comparison(comparison, texts) for comparison in language.read(constraint)]
    return " and ".join(dict.fromkeys(written))


def _comparison(comparison: Comparison, texts: Mapping[str, Sequence[str]]) -> str:
    left, right = (_row(_simple(node, texts), texts) for node in (comparison.left, comparison.right))
    sign = f'<mo form="infix">{_SIGNS[comparison.sign]}</mo>'
    return f"<math><mrow>{left}</mrow></math><wbr><math><mrow>{sign}{right}</mrow></math>"


def _simple(node: Node, texts: Mapping[str, Sequence[str]]) -> Node:
    """A tree without the factors and summands that say nothing once numbers stand for their names."""
    if isinstance(node, Name):
        known = texts.get(node.name, ())
        return {"1": _ONE, "0": _ZERO}.get(known[0], node) if len(known) == 1 else node
    if not isinstance(node, Binary):
        return node
    left, right = _simple(node.left, texts), _simple(node.right, texts)
    if node.sign == "*" and _ZERO in (left, right):
        return _ZERO
    if right == (_ONE if node.sign in ("*", "/") else _ZERO):
        return left
    if left == (_ONE if node.sign == "*" else _ZERO) and node.sign in "*+":
        return right
    return replace(node, left=left, right=right)


def _row(node: Node, texts: Mapping[str, Sequence[str]], tightest: int = 0) -> str:
    """An expression, in brackets where it binds looser than `tightest` (1 a product's factor, 2 a power's base)."""
    if isinstance(node, Number):
        return f"<mn>{_decimal(node.value)}</mn>"
    if isinstance(node, Name):
        return _sum(node, texts) if len(texts.get(node.name, ())) > 1 else _name(node.name, texts)
    if isinstance(node, Call):
        return _call(node, texts)
    if node.sign == "/":
        return f"<mfrac><mrow>{_row(node.left, texts)}</mrow><mrow>{_row(node.right, texts)}</mrow></mfrac>"
    if node.sign == "**":
        return f"<msup><mrow>{_row(node.left, texts, 2)}</mrow><mrow>{_row(node.right, texts)}</mrow></msup>"
    binds = 1 if node.sign == "*" else 0
    left = "" if node.sign == "-" and node.left == _ZERO else _row(node.left, texts, binds)
    right = _row(node.right, texts, 1 if node.sign == "-" else binds)
    row = f"{left}<mo>{_SIGNS[node.sign]}</mo>{right}"
    return _bracketed(row) if binds < tightest else row


def _name(name: str, texts: Mapping[str, Sequence[str]]) -> str:
    """What stands for a name: its text, else its words, with a number behind it as an index."""
    if texts.get(name):
        return f"<mn>{escape(texts[name][0])}</mn>"
    word = name.rstrip("0123456789")
    index = name[len(word) :]
    said = f"<mi>{word.replace('_', '&#160;')}</mi>"
    return f"<msub>{said}<mn>{index}</mn></msub>" if index else said


def _sum(name: Name, texts: Mapping[str, Sequence[str]]) -> str:
    return "<mo>+</mo>".join(f"<mn>{escape(text)}</mn>" for text in texts[name.name])


def _call(node: Call, texts: Mapping[str, Sequence[str]]) -> str:
    arguments = "<mo>,</mo>".join(_row(argument, texts) for argument in node.arguments)
    only = node.arguments[0]
    if node.function == "abs":
        return f"<mrow><mo>|</mo>{arguments}<mo>|</mo></mrow>"
    if node.function == "sum" and isinstance(only, Name) and len(node.arguments) == 1:
        return _sum(only, texts) if texts.get(only.name) else f"<mrow><mo>∑</mo>{arguments}</mrow>"
    if node.function == "count" and isinstance(only, Name) and texts.get(only.name):
        return f"<mn>{len(texts[only.name])}</mn>"
    if node.function == "days":
        first, second = (_row(argument, texts) for argument in node.arguments)
        return _bracketed(f"{second}<mo>−</mo>{first}")
    return f"{_FUNCTIONS.get(node.function) or _name(node.function, {})}{_bracketed(arguments)}"


def _bracketed(row: str) -> str:
    return f"<mrow><mo>(</mo>{row}<mo>)</mo></mrow>"


def _decimal(value: Fraction) -> str:
    """An exact decimal of the language as it is written: "1.609344"."""
    whole, places = value, 0
    while whole.denominator != 1:
        whole, places = whole * 10, places + 1
    digits = f"{whole.numerator:0{places + 1}}"
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits
