"""Every formula rule of every pack: its bad, good and silent examples, its sources, and what it says for itself."""

from __future__ import annotations

import pytest

from checker.builtin import all_rules
from checker.examples import failures
from checker.rules import Rule

RULES = all_rules()
FORMULAS = [rule for rule in RULES.rules if rule.formula is not None]


@pytest.mark.parametrize("rule", FORMULAS, ids=lambda rule: rule.id)
def test_examples(rule: Rule) -> None:
    assert not [str(failure) for failure in failures(rule, RULES)]


@pytest.mark.parametrize("rule", FORMULAS, ids=lambda rule: rule.id)
def test_a_rule_says_where_it_is_from_and_what_it_cannot_do(rule: Rule) -> None:
    assert rule.sources
    for heading in ("What it finds.", "Why it matters.", "Known limits."):
        assert heading in rule.explain


def test_the_packs() -> None:
    assert not RULES.broken
    packs = {rule.pack for rule in FORMULAS}
    assert packs == {"elections", "business", "sport", "science", "weather", "health"}
