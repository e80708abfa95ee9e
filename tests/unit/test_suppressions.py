"""Directives: how they are read, what they suppress and link, and what is said of those that are broken or idle."""

from __future__ import annotations

import pytest

from checker.builtin import all_rules
from checker.model import Claim, Document, Figure, Finding, Interval, Kind, Level, Mark, Relation
from checker.reading import read_bytes, read_text
from checker.rules import Rules
from checker.suppressions import Directive, linked, read, settled

RULES = all_rules()


def finding(document: Document, text: str, rule: str = "part-exceeds-whole") -> Finding:
    at = document.source.index(text)
    mark = Mark("part", text, at, at + len(text), *document.position(at), "body", text, 0, len(text))
    return Finding(rule, Level.ERROR, 1.0, text, "", (mark,))


def settle(source: str, *quoted: str, path: str = "a.md", rules: Rules = RULES) -> list[tuple[str, str]]:
    """For every finding its rule, and who suppresses it or what it says of a directive."""
    document = read_text(source, path)
    directives = read(source)
    found = settled(document, [finding(document, text) for text in quoted], directives, [], rules)
    return [(f.rule, f.suppressed.by if f.suppressed else f.message) for f in found]


# --------------------------------------------------------------------------------------------------------- reading


def test_a_directive_has_a_verb_rules_and_a_reason() -> None:
    source = "text\n\n<!-- checker: ignore-next list-count, margin -- as the court\n counts them -->\n"
    (directive,) = read(source)
    assert directive == Directive(
        "ignore-next", 6, len(source) - 1, ("list-count", "margin"), (), "as the court counts them", ""
    )


def test_a_pair_of_figures() -> None:
    (directive,) = read('<!-- Checker: distinct "47,000" “48,000” — two groups -->')
    assert (directive.verb, directive.figures, directive.reason) == ("distinct", ("47,000", "48,000"), "two groups")


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("ignore-nxt margin -- r", "'ignore-nxt' is no directive here; did you mean 'ignore-next'?"),
        ("frobnicate", "'frobnicate' is no directive here; there are ignore-next, ignore-start"),
        ("ignore-next -- because", "ignore-next names no rule; write: ignore-next RULE -- reason"),
        ("ignore-next margin", "ignore-next gives no reason; write: ignore-next margin -- reason"),
        ("ignore-next margin --", "ignore-next gives no reason; write: ignore-next margin -- reason"),
        ('same "47,000" -- r', "same needs two figures as they are written"),
        ("ignore-start margin -- r", "nothing ends it; write: ignore-end margin"),
        ("ignore-end margin", "no ignore-start with the same rules stands before it"),
    ],
)
def test_broken_directives_say_what_to_write(text: str, error: str) -> None:
    (directive,) = read(f"<!-- checker: {text} -->")
    assert directive.error.startswith(error)


def test_other_comments_are_no_directives() -> None:
    assert read("<!-- check this -->\n<!-- TODO checker -->\n") == ()


@pytest.mark.parametrize(
    "items",
    [
        "checker: ignore-file margin -- counted twice\n",
        'checker:\n  - "ignore-file margin -- counted twice"\n',
        "checker:\r\n- ignore-file margin -- counted twice\r\n",
        "tags: [a]\nchecker:\n  - 'ignore-file margin -- counted twice'\ntitle: x\n",
    ],
)
def test_directives_in_front_matter(items: str) -> None:
    source = f"---\n{items}---\n\nText.\n"
    (directive,) = read(source)
    assert (directive.verb, directive.rules, directive.reason, directive.error) == (
        *("ignore-file", ("margin",), "counted twice", ""),
    )
    assert source[directive.start : directive.end].strip("\"'") == "ignore-file margin -- counted twice"


def test_front_matter_has_no_next_paragraph() -> None:
    (directive,) = read("---\nchecker:\n  - ignore-next margin -- r\n---\n")
    assert directive.error == "'ignore-next' is no directive here; did you mean 'ignore-file'?"


# ------------------------------------------------------------------------------------------------------ suppressing

NEXT = "<!-- checker: ignore-next part-exceeds-whole -- reason -->"


def test_next_is_the_paragraph_that_follows() -> None:
    source = f"12 a.\n\n{NEXT}\n\n34 b. And\n56 c.\n\n78 d.\n"
    by = dict(zip(("12", "34", "56", "78"), settle(source, "12", "34", "56", "78"), strict=True))
    suppressed = {text for text, (_, said) in by.items() if said == "ignore-next in line 3"}
    assert suppressed == {"34", "56"}


def test_next_is_a_whole_table_and_one_item_of_a_list() -> None:
    table = f"{NEXT}\n\n| a | b |\n|---|---|\n| 12 | 34 |\n\n56\n"
    assert [said for _, said in settle(table, "12", "34", "56")] == [*["ignore-next in line 1"] * 2, "56"]
    items = f"- 12\n- {NEXT} 34\n- 56\n"
    assert [said for _, said in settle(items, "12", "34", "56")] == ["12", "ignore-next in line 2", "56"]


def test_a_range_and_a_whole_file() -> None:
    start, end = (
        "<!-- checker: ignore-start part-exceeds-whole -- r -->",
        "<!-- checker: ignore-end part-exceeds-whole -->",
    )
    source = f"12\n\n{start}\n\n34\n\n56\n\n{end}\n\n78\n"
    said = [said for _, said in settle(source, "12", "34", "56", "78")]
    assert said == ["12", "ignore-start in line 3", "ignore-start in line 3", "78"]
    source = "12\n\n34\n\n<!-- checker: ignore-file part-exceeds-whole -- r -->\n"
    assert [said for _, said in settle(source, "12", "34")] == ["ignore-file in line 5"] * 2


def test_only_the_named_rule_is_suppressed_and_an_unused_directive_is_reported() -> None:
    source = "<!-- checker: ignore-next margin -- r -->\n\n12\n"
    assert settle(source, "12") == [
        ("part-exceeds-whole", "12"),
        ("unused-directive", "margin finds nothing here that it could suppress"),
    ]


def test_an_unknown_rule_is_reported_with_the_nearest() -> None:
    source = "<!-- checker: ignore-next part-exceeds-hole -- r -->\n\n12\n"
    assert settle(source, "12")[1] == (
        "broken-directive",
        "there is no rule 'part-exceeds-hole'; did you mean 'part-exceeds-whole'?",
    )


def test_a_directive_about_a_rule_that_is_left_out_is_not_unused() -> None:
    kept = tuple(rule for rule in RULES.rules if rule.id != "margin")
    rules = Rules(kept, (), ("margin",))
    assert settle("<!-- checker: ignore-next margin -- r -->\n\n12\n", rules=rules) == []
    silent = Rules(tuple(rule for rule in kept if rule.pack != "desk"), (), ("margin", "unused-directive"))
    assert settle("<!-- checker: ignore-file list-count -- r -->\n\n12\n", rules=silent) == []


def test_a_finding_about_a_directive_points_at_it() -> None:
    source = "12\n\n<!-- checker: ignore-next margin\n -- r -->\n"
    document = read_text(source, "a.md")
    (found,) = settled(document, [], read(source), [], RULES)
    (mark,) = found.spans
    assert source[mark.start : mark.end] == source[4:-1] and (mark.line, mark.column) == (3, 1)
    assert found.level == Level.WARNING and mark.sentence == "<!-- checker: ignore-next margin -- r -->"


def test_a_comment_is_no_text_of_a_plain_article() -> None:
    comment = '<!-- checker: distinct "47,000" "48,000" -- two groups -->'
    source = f"{comment}\nThe council met on Monday\n\nIt has 40 members and {comment} 12 guests, the chair of the council said.\n"
    document = read_text(source, "a.txt")
    assert document.source == source and [block.kind for block in document.blocks] == ["headline", "body"]
    assert not any("47,000" in block.text for block in document.blocks)
    body = document.blocks[1]
    at = body.text.index("12")
    assert source[body.starts[at] : body.ends[at + 1]] == "12"


# ---------------------------------------------------------------------------------------------------------- linking


def claim(number: int, text: str, value: int, unit: str = "person") -> Claim:
    point = Interval.point(value)
    figure = Figure(0, number * 10, number * 10 + 5, text, Kind.COUNT, None, None, None, point, point)
    return Claim(number, 0, number * 10, number * 10 + 5, text, "count", point, point, unit=unit, figure=figure)


A, B, C = claim(1, "more than 47,000 people", 47000), claim(2, "48,000 suspects", 48000), claim(3, "147,000", 147000)
SAME = Relation("same-quantity", {"a": (A,), "b": (B,)}, 0.9)
PART = Relation("part-of", {"part": (A,), "whole": (B,)}, 0.9)


def directive(verb: str, *figures: str) -> Directive:
    return Directive(verb, 0, 1, (), figures, "reason")


def test_distinct_takes_a_link_away_and_leaves_other_relations() -> None:
    assert linked((A, B), (SAME, PART), [directive("distinct", "48,000", "47,000")]) == ([PART], [])
    other = [directive("distinct", "47,000", "49,000")]
    assert linked((A, B), (SAME, PART), other) == ([SAME, PART], other)
    whole = Relation("same-quantity", {"a": (C,), "b": (B,)}, 0.9)
    assert linked((B, C), (whole,), [directive("distinct", "47,000", "48,000")])[0] == [whole]


def test_same_makes_a_link_of_one_kind_and_unit() -> None:
    (relation,), idle = linked((C, A, B), (), [directive("same", "47,000", "48,000")])
    assert relation.kind == "same-quantity" and relation.claims == (A, B) and not idle
    euros = claim(4, "48,000", 48000, unit="EUR")
    wanted = [directive("same", "47,000", "48,000")]
    assert linked((A, euros), (), wanted) == ([], wanted)
    assert linked((A,), (), [directive("same", "47,000", "47,000")])[0] == []


def test_a_broken_directive_links_nothing() -> None:
    broken = Directive("distinct", 0, 1, (), ("47,000", "48,000"), "", "gives no reason")
    assert linked((A, B), (SAME,), [broken]) == ([SAME], [])


@pytest.mark.parametrize(
    ("source", "path"),
    [
        ("<p>There are 40.</p><!-- checker: {} --><p>And 41.</p>", "a.html"),
        ("There are 40.\n\n{{/* checker: {} */}}\n\nAnd 41.\n", "a.mdx"),
        ("There are 40.\n\n.. checker: {}\n\nAnd 41.\n", "a.rst"),
        ("There are 40.\n\n// checker: {}\n\nAnd 41.\n", "a.adoc"),
        (
            "<rss><channel><item><title>T</title><description><![CDATA[<p>40</p><!-- checker: {} --><p>41</p>]]></description></item></channel></rss>",
            "a.rss",
        ),
        ('{{"headline": "x", "body_xhtml": "<p>There are 40.</p><!-- checker: {} --><p>And 41.</p>"}}', "a.json"),
    ],
)
def test_every_format_takes_directives(source: str, path: str) -> None:
    text = 'distinct "40" "41" -- two groups'
    written = source.format(text.replace('"', '\\"') if path == "a.json" else text)
    document = read_text(written, path)
    (directive,) = read(document.source, document.part)
    assert (directive.figures, directive.reason, directive.error) == (("40", "41"), "two groups", "")
    assert document.source == written and not any("checker" in block.text for block in document.blocks)


def test_a_comment_without_an_end_is_none() -> None:
    assert read("<!-- checker: " * 1000 + "{/* checker: " * 1000) == ()


def test_a_directive_speaks_to_its_own_article() -> None:
    item = "<item><title>{0}</title><description><![CDATA[{1}<p>There are 40 of {0}.</p>]]></description></item>"
    told = '<!-- checker: distinct "40" "41" -- two groups -->'
    source = (
        f"<rss><channel>{item.format('One', '')}{item.format('Two', told)}{item.format('Three', '')}</channel></rss>"
    )
    found = [len(read(document.source, document.part)) for document in read_bytes(source.encode(), "a.rss")]
    assert found == [0, 1, 0]
