"""Every formula rule of every pack: its bad, good and silent examples, its sources, and what it says for itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.builtin import all_rules
from checker.examples import failures, source
from checker.pipeline import check_document
from checker.reading import read_text
from checker.rules import Rule, Rules

RULES = all_rules()
FORMULAS = [rule for rule in RULES.rules if rule.formula is not None]
HERE = Path(__file__).parent


def lines(name: str) -> list[str]:
    return [line for line in (HERE / name).read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


PARAPHRASES = [line.split(" | ", 1) for line in lines("paraphrases.txt")]


@pytest.mark.parametrize("rule", FORMULAS, ids=lambda rule: rule.id)
def test_examples(rule: Rule) -> None:
    assert not [str(failure) for failure in failures(rule, RULES)]


@pytest.mark.parametrize("rule", FORMULAS, ids=lambda rule: rule.id)
def test_a_rule_says_where_it_is_from_and_what_it_cannot_do(rule: Rule) -> None:
    assert rule.sources
    for heading in ("What it finds.", "Why it matters.", "Known limits."):
        assert heading in rule.explain


@pytest.mark.parametrize("rule", FORMULAS, ids=lambda rule: rule.id)
def test_a_finding_speaks_in_figures(rule: Rule) -> None:
    """No name of a role or factor, and nothing that could not be computed, stands in what a reader sees."""
    for example in rule.bad:
        (finding,) = check_document(read_text(source(example)[0], path="story.md"), Rules((rule,))).findings
        said = f"{finding.message}; {finding.working}"
        assert "?" not in said and "_" not in said and "{" not in said, said
        assert finding.working, finding.message


def test_the_packs() -> None:
    assert not RULES.broken
    packs = {rule.pack for rule in FORMULAS}
    assert packs == {"elections", "business", "sport", "science", "weather", "health"}


@pytest.mark.parametrize(("rule", "text"), PARAPHRASES)
def test_said_in_other_words(rule: str, text: str) -> None:
    findings = check_document(read_text(text, path="story.md"), Rules(tuple(FORMULAS))).findings
    assert rule in [finding.rule for finding in findings]


@pytest.mark.parametrize("text", lines("traps.txt"))
def test_what_only_looks_like_it(text: str) -> None:
    assert not check_document(read_text(text, path="story.md"), Rules(tuple(FORMULAS))).findings


def test_a_finding_of_two_rules_is_told_once() -> None:
    """Where a formula rule quotes just the figures that another rule does, the other one speaks."""
    text = "Ms Cole won 9,120 of the 22,800 votes cast, or 36 per cent."
    assert [finding.rule for finding in check_document(read_text(text, path="story.md")).findings] == ["share-of-whole"]


def test_a_formula_that_holds_explains_its_figures() -> None:
    """412 of 650 is no difference, though "majority" makes it look like one."""
    for majority, rules in ((174, []), (184, ["margin", "seat-majority"])):
        text = f"Labour won 412 of the 650 seats, a majority of {majority}."
        findings = check_document(read_text(text, path="story.md")).findings
        assert {finding.rule for finding in findings} <= set(rules) and bool(findings) is bool(rules)
