"""Every example of every rule file: bad ones are found exactly where they are marked, good ones are understood and hold,
silent ones only look like it."""

from __future__ import annotations

import json
import re
from functools import cache

import pytest

from checker.language.article import Article
from checker.language.claims import make_article
from checker.model import Document, Finding
from checker.pipeline import check_document
from checker.reading import read_text
from checker.relations import relate
from checker.rules import Example, Rule, load_rules

RULES = [rule for rule in load_rules().rules if rule.formula is None]  # the others: test_packs.py
RELATED_WHEN_BROKEN = {"none-some", "order", "headline-supported"}  # where these hold there is nothing to compare
MARK = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)


def source(example: Example) -> tuple[str, set[tuple[int, int]]]:
    """An example as a Markdown article, and the marked places in it."""
    head = [f"title: {json.dumps(example.headline, ensure_ascii=False)}"] if example.headline else []
    head += [f"date: {example.date}"] if example.date else []
    marked = ("---\n" + "\n".join(head) + "\n---\n\n" if head else "") + example.text + "\n"
    places: set[tuple[int, int]] = set()
    pieces: list[str] = []
    length = at = 0
    for match in MARK.finditer(marked):
        pieces += [marked[at : match.start()], match[1]]
        start = length + match.start() - at
        length = start + len(match[1])
        places.add((start, length))
        at = match.end()
    return "".join(pieces) + marked[at:], places


@cache
def read(example: Example) -> tuple[Document, Article]:
    document = read_text(source(example)[0], path="example.md")
    return document, make_article(document)


def examples(kind: str) -> list[object]:
    return [
        pytest.param(rule, example, id=f"{rule.id}-{number}")
        for rule in RULES
        for number, example in enumerate(getattr(rule, kind))
    ]


def found(rule: Rule, example: Example) -> list[Finding]:
    return [finding for finding in check_document(read(example)[0]).findings if finding.rule == rule.id]


@pytest.mark.parametrize(("rule", "example"), examples("bad"))
def test_bad(rule: Rule, example: Example) -> None:
    """Found once, and the marked figures are quoted, no others (the date of publication may be)."""
    findings = found(rule, example)
    assert len(findings) == 1, [(f.rule, f.message) for f in check_document(read(example)[0]).findings]
    spans = {(span.start, span.end) for span in findings[0].spans if span.block != "date"}
    spans -= {(a, b) for a, b in spans for c, d in spans if c <= a and b <= d and (a, b) != (c, d)}
    assert spans == source(example)[1], [span.text for span in findings[0].spans]


@pytest.mark.parametrize(("rule", "example"), examples("good"))
def test_good(rule: Rule, example: Example) -> None:
    """Figures are compared, and nothing at all is reported."""
    assert relate(read(example)[1]) or rule.relation in RELATED_WHEN_BROKEN
    assert not check_document(read(example)[0]).findings


@pytest.mark.parametrize(("rule", "example"), examples("silent"))
def test_silent(rule: Rule, example: Example) -> None:
    """Much looks like what the rule is about, and nothing at all is reported."""
    assert not check_document(read(example)[0]).findings


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_has_examples(rule: Rule) -> None:
    assert rule.bad and rule.good and rule.silent
