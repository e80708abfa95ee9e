"""The constraint language: a whitelisted grammar over role names, read by hand into a small tree.

    comparison:  sum(parts) <= whole        low <= value and value <= high        part == share * scale * whole

Names, exact decimals, ``+ - * / **`` with small whole exponents, the functions of ``FUNCTIONS``, comparisons (chained
too) and ``and``.  Nothing is evaluated; length, depth, nodes, digits and exponents are limited before anything is built.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from checker.model import CheckerError

LONGEST, DEEPEST, MOST_NODES, MOST_DIGITS, HIGHEST_POWER = 500, 30, 120, 24, 3
HIGHEST_DEGREE, MOST_MULTIPLIED = 6, 200  # of names multiplied with one another; digits that constants may grow to
# how many arguments each function takes; sum, min, max and count also take one role with many claims
FUNCTIONS: dict[str, tuple[int, int]] = {
    "sum": (1, 8),
    "min": (1, 8),
    "max": (1, 8),
    "count": (1, 1),
    "abs": (1, 1),
    "round": (1, 1),
    "floor": (1, 1),
    "weekday": (1, 1),
    "days": (2, 2),
    "years": (2, 2),
    "margin_of_error": (1, 1),
    "grim": (2, 2),
    "p_t": (2, 2),
    "p_f": (3, 3),
    "p_chi2": (2, 2),
    "p_r": (2, 2),
}
COMPARISONS = ("<=", ">=", "==", "<", ">")
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>[a-z][a-z0-9_]*)|(?P<sign>\*\*|<=|>=|==|[-+*/()<>,]))", re.A
)


@dataclass(frozen=True, slots=True)
class Number:
    value: Fraction


@dataclass(frozen=True, slots=True)
class Name:
    name: str


@dataclass(frozen=True, slots=True)
class Call:
    function: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Binary:
    sign: str  # + - * / **
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Comparison:
    sign: str
    left: Node
    right: Node


Node = Number | Name | Call | Binary


class ConstraintError(CheckerError):
    """A constraint that is not in the language; `column` counts from 1 within it."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(message)
        self.column = column


def read(text: str) -> tuple[Comparison, ...]:
    """The comparisons that a constraint joins by "and".

    Errors: ``ConstraintError`` with the column, what stands there and what may.
    """
    reader = _Reader(text)
    found = reader.conjunction()
    reader.end()
    for comparison in found:
        _weigh(comparison.left)
        _weigh(comparison.right)
    return found


def read_expression(text: str) -> Node:
    """One expression without a comparison, as messages have in braces.  Errors: as ``read``."""
    reader = _Reader(text)
    found = reader.sum(0)
    reader.end()
    _weigh(found)
    return found


def _weigh(node: Node) -> tuple[int, int]:
    """How many names are multiplied with one another and how many digits constants can grow to, of a whole tree.

    Errors: ``ConstraintError`` where either is too much to be multiplied out.
    """
    if isinstance(node, Number):
        return 0, len(str(node.value.numerator)) + len(str(node.value.denominator))
    if isinstance(node, Name):
        return 1, 0
    if isinstance(node, Call):
        for argument in node.arguments:
            _weigh(argument)
        return 1, 0
    (degree, digits), (other, more) = _weigh(node.left), _weigh(node.right)
    if node.sign == "**":
        assert isinstance(node.right, Number)
        power = int(node.right.value)
        degree, digits = degree * power, digits * power
    else:
        degree = max(degree, other) if node.sign in "+-" else degree + other
        digits += more
    if degree > HIGHEST_DEGREE:
        raise ConstraintError(f"multiplies {degree} names with one another, at most {HIGHEST_DEGREE} are read", 1)
    if digits > MOST_MULTIPLIED:
        raise ConstraintError(f"multiplies constants to {digits} digits, at most {MOST_MULTIPLIED} are read", 1)
    return degree, digits


def names(node: Node | Comparison) -> frozenset[str]:
    """The role and constant names in a tree."""
    if isinstance(node, Name):
        return frozenset({node.name})
    if isinstance(node, Call):
        return frozenset().union(*(names(argument) for argument in node.arguments))
    if isinstance(node, Binary | Comparison):
        return names(node.left) | names(node.right)
    return frozenset()


class _Reader:
    """Recursive descent over the tokens of a constraint."""

    def __init__(self, text: str) -> None:
        if len(text) > LONGEST:
            raise ConstraintError(f"is {len(text)} characters long, at most {LONGEST} are read", 1)
        self.tokens: list[tuple[str, str, int]] = []
        self.at = 0
        self.nodes = 0
        at = 0
        while at < len(text.rstrip()):
            found = _TOKEN.match(text, at)
            if not found:
                column = at + len(text[at:]) - len(text[at:].lstrip()) + 1
                raise ConstraintError(
                    f"{text[column - 1]!r} is not in the language (names, decimals, + - * / **, comparisons, and, {', '.join(FUNCTIONS)})",
                    column,
                )
            kind = found.lastgroup or ""
            self.tokens.append((kind, found[kind], found.start(kind) + 1))
            at = found.end()
        self.tokens.append(("end", "the end", len(text) + 1))

    def peek(self) -> tuple[str, str, int]:
        return self.tokens[self.at]

    def take(self) -> tuple[str, str, int]:
        token = self.tokens[self.at]
        self.at += 1
        return token

    def fail(self, wanted: str) -> ConstraintError:
        _, written, column = self.peek()
        return ConstraintError(f"{written!r} stands where {wanted} should", column)

    def end(self) -> None:
        if self.peek()[0] != "end":
            raise self.fail("an operator or the end")

    def count(self) -> None:
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise ConstraintError(f"has more than {MOST_NODES} parts", self.peek()[2])

    def conjunction(self) -> tuple[Comparison, ...]:
        found = list(self.comparison())
        while self.peek()[:2] == ("name", "and"):
            self.take()
            found += self.comparison()
        return tuple(found)

    def comparison(self) -> list[Comparison]:
        left = self.sum(0)
        found: list[Comparison] = []
        while self.peek()[1] in COMPARISONS and self.peek()[0] == "sign":
            sign = self.take()[1]
            right = self.sum(0)
            self.count()
            found.append(Comparison(sign, left, right))
            left = right
        if not found:
            raise self.fail(f"a comparison ({', '.join(COMPARISONS)})")
        return found

    def sum(self, depth: int) -> Node:
        left = self.product(depth)
        while self.peek()[0] == "sign" and self.peek()[1] in "+-":
            sign = self.take()[1]
            self.count()
            left = Binary(sign, left, self.product(depth))
        return left

    def product(self, depth: int) -> Node:
        left = self.power(depth)
        while self.peek()[0] == "sign" and self.peek()[1] in ("*", "/"):
            sign = self.take()[1]
            self.count()
            left = Binary(sign, left, self.power(depth))
        return left

    def power(self, depth: int) -> Node:
        base = self.atom(depth)
        if self.peek()[:2] == ("sign", "**"):
            self.take()
            kind, written, column = self.take()
            if kind != "number" or not written.isdigit() or not 1 <= int(written[:3]) <= HIGHEST_POWER:
                raise ConstraintError(
                    f"the exponent {written!r} should be a whole number from 1 to {HIGHEST_POWER}", column
                )
            self.count()
            return Binary("**", base, Number(Fraction(written)))
        return base

    def atom(self, depth: int) -> Node:
        if depth > DEEPEST:
            raise ConstraintError(f"is nested more than {DEEPEST} deep", self.peek()[2])
        self.count()
        kind, written, column = self.peek()
        if kind == "number":
            self.take()
            if len(written) > MOST_DIGITS:
                raise ConstraintError(f"the number has {len(written)} digits, at most {MOST_DIGITS} are read", column)
            return Number(Fraction(written))
        if kind == "name" and written != "and":
            self.take()
            if self.peek()[:2] == ("sign", "("):
                return self.call(written, column, depth)
            return Name(written)
        if (kind, written) == ("sign", "("):
            self.take()
            inner = self.sum(depth + 1)
            self.close()
            return inner
        if (kind, written) == ("sign", "-"):
            self.take()
            return Binary("-", Number(Fraction(0)), self.power(depth + 1))
        raise self.fail("a name, a number or an opening bracket")

    def call(self, function: str, column: int, depth: int) -> Node:
        if function not in FUNCTIONS:
            raise ConstraintError(f"{function!r} is no function; known are {', '.join(FUNCTIONS)}", column)
        self.take()
        arguments = [self.sum(depth + 1)]
        while self.peek()[:2] == ("sign", ","):
            self.take()
            arguments.append(self.sum(depth + 1))
        self.close()
        least, most = FUNCTIONS[function]
        if not least <= len(arguments) <= most:
            raise ConstraintError(f"{function} takes {least} to {most} arguments, not {len(arguments)}", column)
        return Call(function, tuple(arguments))

    def close(self) -> None:
        if self.peek()[:2] != ("sign", ")"):
            raise self.fail("a closing bracket")
        self.take()
