"""JSON in which every string knows its place in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from checker.model import CheckerError
from checker.patterns import lazy
from checker.reading.spans import Traced
from checker.reading.strings import quoted

DEEPEST = 200
_TOKEN = lazy(
    r'[\s]*+(?:(?P<sign>[{}\[\],:])|"(?P<string>(?:[^"\\]|\\.)*+)"|(?P<literal>[^\s{}\[\],:"]++)|(?P<wrong>"|\Z))',
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class String:
    """A string, or a number or word as it is written: ``source[start:end]`` between the quotation marks."""

    start: int
    end: int
    literal: bool = False

    def traced(self, source: str) -> Traced:
        """Its characters with their places, escapes undone."""
        return quoted(source, self.start, self.end)

    def text(self, source: str) -> str:
        return self.traced(source).text()


Value: TypeAlias = "dict[str, Value] | list[Value] | String"


def parse(source: str, path: str = "") -> Value:
    """The value in a source.

    Errors: ``CheckerError`` with `path` and line where it is no JSON, ends too early or is nested deeper than 200.
    """

    def wrong(at: int, why: str) -> CheckerError:
        line = len(re.findall(r"\r\n?|\n", source[:at])) + 1
        return CheckerError(f"{path}:{line}: is broken JSON: {why}")

    stack: list[tuple[dict[str, Value] | list[Value], str]] = []  # open values, each with the key it waits to fill
    result: Value | None = None
    expected, key, at = "value", "", 0  # value | first (or an end) | key | name (or an end) | colon | comma (or an end)
    while result is None or stack:
        token = _TOKEN.match(source, at)
        assert token is not None
        place, at = token.end() - len(token[0].lstrip()), token.end()
        sign = token["sign"] or ""
        value: Value | None = None
        if token["wrong"] is not None:
            raise wrong(place, "a string without an end" if token["wrong"] else "it ends too early")
        if expected in ("name", "key") and token["string"] is not None:
            key, expected = String(*token.span("string")).text(source), "colon"
        elif expected == "colon" and sign == ":":
            expected = "value"
        elif expected == "comma" and sign == ",":
            expected = "key" if isinstance(stack[-1][0], dict) else "value"
        elif (
            expected in ("comma", "first", "name")
            and sign in ("}", "]")
            and (sign == "}") == isinstance(stack[-1][0], dict)
        ):
            value, key = stack.pop()
        elif expected in ("value", "first") and sign in ("{", "["):
            if len(stack) >= DEEPEST:
                raise wrong(place, f"values nested more than {DEEPEST} deep")
            opened: dict[str, Value] | list[Value] = {} if sign == "{" else []
            stack.append((opened, key))
            expected = "name" if sign == "{" else "first"
            continue
        elif expected in ("value", "first") and not sign:
            group = "string" if token["string"] is not None else "literal"
            value = String(*token.span(group), literal=group == "literal")
        else:
            raise wrong(place, f"{token[0].strip()[:20]!r} where a {expected} should stand")
        if value is not None:
            if not stack:
                result = value
            elif isinstance(stack[-1][0], dict):
                stack[-1][0][key] = value
            else:
                stack[-1][0].append(value)
            expected = "comma"
    if source[at:].strip():
        raise wrong(at, f"{source[at:].strip()[:20]!r} behind its end")
    return result


def walk(value: Value, pointer: str = "") -> Iterator[tuple[str, Value]]:
    """Every value in a value with its JSON pointer, outer ones first, in order."""
    waiting = [(pointer, value)]
    while waiting:
        place, item = waiting.pop()
        yield place, item
        if isinstance(item, dict):
            inside = [(f"{place}/{key.replace('~', '~0').replace('/', '~1')}", inner) for key, inner in item.items()]
            waiting += reversed(inside)
        elif isinstance(item, list):
            waiting += reversed([(f"{place}/{number}", inner) for number, inner in enumerate(item)])
