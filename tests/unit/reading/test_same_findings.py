"""One article written in every format gives the same findings, each with the words it quotes in their place."""

from __future__ import annotations

import re
from functools import cache
from html import unescape

import pytest
from writers import WRITERS, Story

from checker.model import Finding
from checker.pipeline import check_document
from checker.reading import read_bytes

STORY = Story(
    headline="Ferry company carried 3.56 million people last year",
    dek="Council of 40 members to discuss new harbour fees",
    byline="By Ann Bell",
    day="2024-03-02",
    paragraphs=[
        "The ferry company carried 3.65 million people last year, it said in a long report that came out on Friday.",
        "The council has 40 members: 22 Labour, 15 Conservative and 8 Green. They will discuss the fees next week.",
        "Revenue rose by 20 percent to $150 million from $120 million in the year before, the report said.",
        "The strike began on Tuesday, February 15, 2024, and ended two days after, when the crews were paid.",
    ],
    items=["12 of the ships are more than 30 years old", "2 of the ships were built in the last ten years"],
    rows=[["Town", "Votes"], ["Aby", "1,200"], ["Beeby", "3,400"]],
)


@cache
def findings(name: str) -> list[tuple[str, str, str, tuple[str, ...]]]:
    (document,) = read_bytes(WRITERS[name](STORY), name)
    found = check_document(document).findings
    return sorted((f.rule, f.level.value, _said(f), tuple(_plain(mark.text) for mark in f.spans)) for f in found)


def _plain(text: str) -> str:
    """Source text without what its format escapes."""
    return unescape(re.sub(r"\\(.)", r"\1", text))


def _said(finding: Finding) -> str:
    return f"{finding.message} {finding.working}"


def test_the_article_has_findings() -> None:
    assert len(findings("story.md")) >= 3


@pytest.mark.parametrize("name", [name for name in WRITERS if name != "story.md"])
def test_every_format_has_them(name: str) -> None:
    assert findings(name) == findings("story.md")
