"""``python -m checker.needs``: the words without which each pattern of the house finds nothing (``make needs``).

A pattern is read as Python's own parser reads it.  Strings that stand in whatever it finds are put together from its
letters and short alternatives; a row of them is needed where each way through the pattern holds one.
"""

from __future__ import annotations

import gc
import json
import re
from collections.abc import Iterable, Iterator
from importlib import import_module
from pkgutil import walk_packages
from re import _constants as signs  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import checker
from checker.builtin import all_rules
from checker.data import rules_folder
from checker.patterns import _Lazy, digest
from checker.pipeline import check_text

_ROOMS = ("checker.relations", "checker.language", "checker.reading")
_MOST, _WAYS, _ROWS = 40, 150, 2  # strings put together of parts, strings of a row; rows of a pattern
_LEAST = 3  # characters that tell a text from most others, or two with the mark of a figure
Strings = frozenset[str]


def needs(pattern: str, flags: int = 0) -> dict[str, Any] | None:
    """The rows of strings of which what a pattern finds holds one each, the rarest first, and whether they are to be
    looked for in lower case; None where there are no such."""
    tree = _parser.parse(pattern, flags)
    folded = bool(tree.state.flags & re.IGNORECASE) or re.search(r"\(\?[a-z]*i", pattern) is not None
    rows = {_shortest(row) for row in _rows(tree, folded)}
    kept = sorted((row for row in rows if _rarity(row) >= _LEAST), key=lambda row: (-_rarity(row), len(row), row))
    return {"folded": folded, "of": [list(row) for row in kept[:_ROWS]]} if kept else None


def _rarity(row: Iterable[str]) -> int:
    return min(6, *(len(string) + 2 * ("‹" in string) for string in row))


def _shortest(row: Strings) -> tuple[str, ...]:
    """A row without strings that hold another one."""
    kept: list[str] = []
    for string in sorted(row, key=lambda string: (len(string), string)):
        kept += [] if any(other in string for other in kept) else [string]
    return tuple(sorted(kept))


def _rows(tree: Iterable[Any], folded: bool) -> Iterator[Strings]:
    """Every row that can be read off a sequence of a pattern's parts."""
    runs = frozenset({""})
    for sign, told in tree:
        exact = _exact(sign, told, folded)
        longer = _joined(runs, exact) if exact is not None else None
        if longer is not None:
            runs = longer
            continue
        yield from _whole(runs)
        runs = exact if exact is not None else frozenset({""})
        if exact is None:
            yield from _inner(sign, told, folded)
    yield from _whole(runs)


def _whole(runs: Strings) -> Iterator[Strings]:
    if "" not in runs:
        yield runs


def _inner(sign: Any, told: Any, folded: bool) -> Iterator[Strings]:
    """The rows within a part that is no fixed string."""
    if sign is signs.SUBPATTERN:
        yield from _rows(told[3], folded)
    elif sign in (signs.MAX_REPEAT, signs.MIN_REPEAT) and told[0] >= 1:
        yield from _rows(told[2], folded)
    elif sign is signs.BRANCH:
        best = [max(_rows(way, folded), key=lambda row: (_rarity(row), -len(row)), default=None) for way in told[1]]
        row = frozenset().union(*(way for way in best if way is not None))
        if None not in best and len(row) <= _WAYS:
            yield row


def _joined(left: Strings, right: Strings) -> Strings | None:
    if len(left) * len(right) > (_MOST if min(len(left), len(right)) > 1 else _WAYS):
        return None
    return frozenset(a + b for a in left for b in right)


def _exact(sign: Any, told: Any, folded: bool) -> Strings | None:
    """All strings that a part can stand for, where they are few."""
    if sign is signs.LITERAL:
        return _letter(told, folded)
    if sign is signs.IN and len(told) <= 3 and all(kind is signs.LITERAL for kind, _ in told):
        letters = [_letter(code, folded) for _, code in told]
        return None if None in letters else frozenset().union(*(letter for letter in letters if letter is not None))
    if sign in (signs.AT, signs.ASSERT, signs.ASSERT_NOT):
        return frozenset({""})
    if sign is signs.SUBPATTERN:
        return _sequence(told[3], folded)
    if sign is signs.BRANCH:
        ways = [_sequence(way, folded) for way in told[1]]
        found = frozenset().union(*(way for way in ways if way is not None))
        return found if None not in ways and len(found) <= _WAYS else None
    if sign in (signs.MAX_REPEAT, signs.MIN_REPEAT) and told[:2] == (0, 1):
        inner = _sequence(told[2], folded)
        return None if inner is None else inner | {""}
    return None


def _letter(code: int, folded: bool) -> Strings | None:
    letter = chr(code)
    if folded and not letter.isascii() and letter.isalpha():
        return None  # what is its like in another case is not for us to say
    return frozenset({letter.lower() if folded else letter})


def _sequence(tree: Iterable[Any], folded: bool) -> Strings | None:
    runs: Strings | None = frozenset({""})
    for sign, told in tree:
        exact = _exact(sign, told, folded)
        runs = None if runs is None or exact is None else _joined(runs, exact)
        if runs is None:
            return None
    return runs


def held() -> list[_Lazy]:
    """Every pattern that the modules hold, or make once when the examples of the rules are checked."""
    for found in walk_packages(checker.__path__, "checker."):
        if found.name.startswith(_ROOMS):
            import_module(found.name)
    for rule in all_rules().rules:
        for example in rule.bad:
            check_text(example.text)
    return [one for one in gc.get_objects() if isinstance(one, _Lazy)]


def table() -> str:
    """The file that ``checker.patterns`` reads."""
    known = {digest(pattern.pattern, pattern.flags): needs(pattern.pattern, pattern.flags) for pattern in held()}
    lines = (
        f"{json.dumps(name)}: {json.dumps(known[name], ensure_ascii=False)}" for name in sorted(known) if known[name]
    )
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    file = rules_folder() / "lexicons" / "needs.json"
    file.write_text(table(), encoding="utf-8", newline="\n")
    print(f"{file} written")
