"""What a pattern needs, worked out from it, and that asking for it first changes no answer."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import Any

import pytest

from checker import needs
from checker.builtin import all_rules
from checker.data import rules_folder
from checker.patterns import _table, digest, lazy


@pytest.mark.parametrize(
    ("pattern", "flags", "expected"),
    [
        (r"\b(?:anniversary|birthday)\b", 0, [["anniversary", "birthday"]]),
        (r"\b[Nn]one of\b", 0, [["None of", "none of"]]),
        (r"(?i:Founded) in \d+", 0, [["founded in "]]),
        (r"(?:re)?told [a-z]+ twice", 0, [[" twice"], ["told "]]),
        (r"[a-z]+ing|\d+ people", 0, [[" people", "ing"]]),
        (r"[a-z]+|\d+ people", 0, None),
        (r"‹d\d+›", 0, [["‹d"]]),
        (r"in", 0, None),
        (r"(?!never)x*", 0, None),
    ],
)
def test_what_a_pattern_needs(pattern: str, flags: int, expected: list[list[str]] | None) -> None:
    found = needs.needs(pattern, flags)
    assert (found and found["of"]) == expected


def test_the_table_is_that_of_the_patterns() -> None:
    """``make needs`` writes it anew.  In a process of its own, for tests make patterns too."""
    code = (
        "import sys; from checker import needs; sys.stdout.reconfigure(encoding='utf-8'); print(needs.table(), end='')"
    )
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8")
    assert made.stdout == (rules_folder() / "lexicons" / "needs.json").read_text(encoding="utf-8")


def test_whatever_a_pattern_finds_has_what_it_needs() -> None:
    texts = [re.sub(r"\[\[|\]\]", "", e.text) for rule in all_rules().rules for e in (*rule.bad, *rule.good)]
    whole = "\n".join(texts)
    for pattern in needs.held():
        told = _table().get(digest(pattern.pattern, pattern.flags))
        for found in re.finditer(pattern.pattern, whole, pattern.flags) if told else ():
            here = whole[max(0, found.start() - 60) : found.end() + 60]
            here = here.lower() if told["folded"] else here
            assert all(any(word in here for word in row) for row in told["of"]), (pattern.pattern, found.group())


def test_asking_is_as_of_a_compiled_pattern() -> None:
    known: dict[str, Any] = {"folded": True, "of": [["kelvin"]]}
    _table()[digest("kelvin (?P<n>[0-9])", re.I)] = known
    pattern = lazy("kelvin (?P<n>[0-9])", re.I)
    assert pattern.search("none here") is None
    assert list(pattern.finditer("none here")) == [] == pattern.findall("none here")
    assert pattern.match("none here", 2) is None
    for text in ("Kelvin 5", "\N{KELVIN SIGN}elvin 5", "ı KELVİN 5"):
        compiled = re.compile("kelvin (?P<n>[0-9])", re.I)
        for name in ("search", "match", "fullmatch"):
            one, other = getattr(pattern, name)(text), getattr(compiled, name)(text)
            assert (one and one["n"]) == (other and other["n"])
        assert pattern.findall(text) == compiled.findall(text)
    assert (
        pattern.groups == 1 and pattern.sub("-", "kelvin 5") == "-" and pattern.split("akelvin 5b") == ["a", "5", "b"]
    )
