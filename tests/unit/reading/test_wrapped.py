"""Paragraphs that an indent begins, or that are a line each."""

from __future__ import annotations

import pytest

from checker.model import BlockKind
from checker.reading import read_text

LONG = "The council met on Monday and heard from the harbour master that the quay had lost three of its seven lamps in the storm of last week."


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("The quay was shut\non Monday.\n    It opened again\non Tuesday.\n    Nobody was hurt.",
         ["The quay was shut on Monday.", "It opened again on Tuesday.", "Nobody was hurt."]),
        ("The quay was shut\n    on Monday and\n    on Tuesday.", ["The quay was shut on Monday and on Tuesday."]),
        ("The quay was shut.\nIt opened again.", ["The quay was shut. It opened again."]),
        (f"{LONG}\nNobody was hurt.\nIt opened again.", [LONG, "Nobody was hurt.", "It opened again."]),
        (f"{LONG}\nNobody was hurt.\n\nIt opened again.", [f"{LONG} Nobody was hurt.", "It opened again."]),
    ],
)  # fmt: skip
def test_paragraphs(body: str, expected: list[str]) -> None:
    document = read_text(f"---\ntitle: The quay\n---\n\n{body}\n", path="article.md")
    blocks = [block for block in document.blocks if block.kind == BlockKind.BODY]
    assert [block.text for block in blocks] == expected
    for block in blocks:
        assert document.source[block.starts[0] : block.ends[-1]].split() == block.text.split()
    plain = read_text(f"{body}\n", path="article.txt")
    if "    " in body:
        assert [block.text for block in plain.blocks] == expected
