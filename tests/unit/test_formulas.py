"""Formula rules: certain or silent; and the wordings that their roles stand in."""

from __future__ import annotations

import re
from typing import Any

import pytest

from checker.formulas import KINDS, Formula, read_formula
from checker.language.claims import make_article
from checker.model import CheckerError
from checker.reading import read_text
from checker.relations.formulas import find_formulas
from checker.wording import WordingError, compile_wording


def fail(key: str, message: str) -> CheckerError:
    return CheckerError(f"{key}: {message}")


def formula(**table: Any) -> Formula:
    found = read_formula({"id": "a-rule", **table}, fail)
    assert found is not None
    return found


def played(rule: Formula, text: str) -> list[dict[str, list[str]]]:
    article = make_article(read_text(text, path="story.md"))
    return [
        {role: [claim.text for claim in claims] for role, claims in relation.roles.items()}
        for relation in find_formulas(article, (rule,))
    ]


TURNOUT = formula(
    roles={
        "turnout": {"kind": "percent", "measure": "turnout"},
        "votes": {"kind": "count", "measure": ["votes cast"]},
        "electorate": {"kind": "count", "measure": ["electorate", "registered voters"], "not": ["unregistered"]},
    }
)
ONE = [{"turnout": ["62%"], "votes": ["41,118 votes"], "electorate": ["66,000"]}]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Turnout was 62%: 41,118 votes were cast by an electorate of 66,000.", ONE),
        ("Turnout was 62%. Some 41,118 votes were cast by an electorate of 66,000.", [{**ONE[0], "votes": ["Some 41,118 votes"]}]),
        ("It was a 62% turnout. They counted 41,118 votes cast. The electorate was 66,000.", []),  # two sentences away
        ("Turnout was 62%, or 58% in the east: 41,118 votes were cast by an electorate of 66,000.", []),  # which of them?
        ("Turnout was 62% after a turnout of 58%: 41,118 votes were cast by an electorate of 66,000.", []),  # which of them?
        ("Turnout was 62%: 41,118 votes were cast and 9,000 votes cast later, by an electorate of 66,000.", []),
        ("Turnout was 62%: another 41,118 votes were cast by an electorate of 66,000.", []),
        ("Turnout was 62%: 41,118 votes were cast by an unregistered electorate of 66,000.", []),
        ("Turnout was 62% in 2019. In 2024 41,118 votes were cast by an electorate of 66,000.", []),
        ("Turnout will be 62%. So far 41,118 votes were cast by an electorate of 66,000.", []),
        ("Turnout in Leeds was 62%, Ann Moor said. In York 41,118 votes were cast by an electorate of 66,000.", []),
        ("Turnout was 41,118 of 66,000.", []),
    ],
)  # fmt: skip
def test_certain_or_silent(text: str, expected: list[dict[str, list[str]]]) -> None:
    assert played(TURNOUT, text) == expected


PRICE = formula(
    roles={
        "price": {"kind": "money", "wording": "at # each"},
        "units": {"kind": "count", "wording": "# benches"},
        "total": {"kind": "money", "wording": "total of #"},
    },
    within="sentence",
)


def test_cents_and_currencies() -> None:
    article = make_article(read_text("It bought 400 benches at 50 cents each, a total of $200.", path="story.md"))
    (relation,) = find_formulas(article, (PRICE,))
    assert {name: str(value) for name, value in relation.constants.items()} == {
        "price_factor": "1/100",
        "total_factor": "1",
    }
    assert played(PRICE, "It bought 400 benches at £50 each, a total of $20,000.") == []
    assert played(PRICE, "It bought 400 benches at $50 each. They paid a total of $20,000.") == []


def test_unless_and_needs() -> None:
    roles = {"a": {"kind": "count", "wording": "# boats"}, "b": {"kind": "count", "wording": "# crews"}}
    text = "They have 12 boats and 11 crews in the club."
    assert len(played(formula(roles=roles), text)) == 1
    assert played(formula(roles=roles, unless=["club"]), text) == []
    assert played(formula(roles=roles, needs=["navy"]), text) == []
    assert len(played(formula(roles=roles, needs=["clubs", "club"]), text)) == 1


def test_frames_scores_and_many() -> None:
    rule = formula(
        roles={
            "us": {"kind": "count"},
            "them": {"kind": "count"},
            "ours": {"kind": "count", "many": True},
            "theirs": {"kind": "count", "many": True},
        },
        frames=["won {us:them} ( {ours:theirs} , {ours:theirs} )"],
    )
    assert played(rule, "They won 2-0 (25-20, 22-25) at home.") == [
        {"us": ["2"], "them": ["0"], "ours": ["25", "22"], "theirs": ["20", "25"]}
    ]


@pytest.mark.parametrize(
    ("wording", "text", "matches"),
    [
        ("turnout was|of #", "Turnout was ‹n0›", True),
        ("turnout was|of #", "turnout ‹n0›", False),
        ("# votes ... cast", "‹n0› votes in all were cast", True),
        ("# votes ... cast", "‹n0› votes. They cast", False),
        ("# votes ... cast", "‹n0› votes and ‹n1› cast", False),
        ("# were? full", "‹n0› full", True),
        ("elect* of #", "electorate of ‹n0›", True),
        ("turned_out : #", "turned out: ‹n0›", True),
        ("profit ~ #", "profit rose to a record ‹n0›", True),
        ("profit ~ #", "profit and loss of ‹n0›", False),
        ("a , #", "a ‹n0›", True),
        ("a ( {} # )", "a (‹p0› ‹n1›)", True),
        ("won|winning # - #", "Won ‹n0› – ‹n1›", True),
        ("won|winning #", "lost ‹n0›", False),
        ("lost|losing ( # )", "Losing [‹n0›]", True),
        ("vote #", "votes ‹n0›", False),
    ],
)
def test_wordings(wording: str, text: str, matches: bool) -> None:
    compiled = compile_wording(wording, (("it", KINDS),), "it")
    assert bool(compiled.pattern.search(text)) is matches
    lower = text.lower()
    assert compiled.may_match(frozenset(re.findall(r"\w+", lower)), lower) or not matches


@pytest.mark.parametrize(
    ("wording", "said"),
    [
        ("votes cast", "no place for a figure"),
        ("# {other}", "names no role; the roles are it"),
        ("# .*", "should be words"),
        ("# " + "a " * 50, "it may have 1 to 40"),
        ("# " + "x" * 400, "at most 300 are read"),
        ("# ... a ... b ... c ... d ... e", "at most 4 are read"),
        ("# \\d", "should be words"),
        ("# \u2039n0\u203a", "should be words"),
    ],
)
def test_wordings_that_are_refused(wording: str, said: str) -> None:
    with pytest.raises(WordingError, match=said.replace("(", r"\(")):
        compile_wording(wording, (("it", KINDS),), "it")


def test_a_role_must_say_something() -> None:
    with pytest.raises(CheckerError, match="the role a has no measure, wording or unit"):
        formula(roles={"a": {"kind": "count"}})
