"""HTML: fragments, whole pages, what is no part of the article, further headlines."""

from __future__ import annotations

import datetime

import pytest
from seen import blocks, document, table, texts, written

from checker.reading.parsing import parse

PARAGRAPHS = [
    "The ferry company carried 3.65 million passengers between June and August, it said on Monday.",
    "That was 12% more than in the summer before, when 3.26 million people took one of its ships.",
    "The chief executive, Ann Bell, said that all 14 ships had been at sea throughout the season.",
]


def page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html>\n<html><head>{head}</head><body>{body}</body></html>"


def running(*extra: str) -> str:
    return "".join([*(f"<p>{text}</p>\n" for text in PARAGRAPHS), *extra])


def test_a_fragment() -> None:
    source = (
        "<h1>Forty ships</h1><p class=standfirst>All of them sailed</p><p>There are <b>40</b>&nbsp;ships &amp; 2 boats<br>in all."
        "<p>Not <del>41</del> or <s>42</s>.<ul><li>one<li>two<ol><li>deep</ol></ul><blockquote><p>We are 3.</blockquote>"
        "<div>first<br><br>second</div><h2>Ports</h2>tail"
    )
    assert blocks(source, "a.html") == [
        ("headline", "Forty ships"),
        ("dek", "All of them sailed"),
        ("body", "There are 40 ships & 2 boats in all."),
        ("body", "Not or ."),
        ("list", "one"),
        ("list", "two"),
        ("list", "deep"),
        ("quote", "We are 3."),
        ("body", "first"),
        ("body", "second"),
        ("subhead", "Ports"),
        ("body", "tail"),
    ]
    found = document(source, "a.html")
    assert written(found, "ships & 2 boats in") == "ships &amp; 2 boats<br>in"
    assert [(b.level, b.ordered) for b in found.blocks if b.kind == "list"] == [(1, False), (1, False), (2, True)]


def test_kinds_by_name() -> None:
    source = (
        '<aside class="article-factbox"><h3>Facts</h3><p>There are 40.</p><ul><li>12 old</li></ul></aside>'
        '<blockquote class="PullQuote">We have 40</blockquote><p class="editors-note">The number was 41.</p>'
        "<p>Correction: an earlier version said 42.</p><figure><img src=a alt='Ships &quot;A&quot; and B'>"
        "<figcaption>The 2 ships</figcaption></figure><div class='byline'>By Ann Bell</div>"
    )
    assert blocks(source, "a.html") == [
        ("subhead", "Facts"),
        ("factbox", "There are 40."),
        ("list", "12 old"),
        ("pullquote", "We have 40"),
        ("correction", "The number was 41."),
        ("correction", "Correction: an earlier version said 42."),
        ("alt", 'Ships "A" and B'),
        ("caption", "The 2 ships"),
        ("byline", "By Ann Bell"),
    ]


def test_tables() -> None:
    source = (
        "<table><caption>Votes</caption><thead><tr><th>Town<th>2023<th>2024</thead>"
        "<tr><th>Aby<td rowspan=2>1,200<td>1,300<tr><th>Bro<td><p>14</p><p>00</p></table>"
    )
    found = document(source, "a.html")
    assert table(found) == [["Town", "2023", "2024"], ["Aby", "1,200", "1,300"], ["Bro", "14 00"]]
    cells = {block.text: block.cell for block in found.blocks if block.cell is not None}
    assert (cells["14 00"].row, cells["14 00"].column) == (2, 2) and cells["Bro"].header
    assert texts(source, "a.html", "caption") == ["Votes"]


def test_a_table_without_a_head_begins_with_row_1() -> None:
    found = document("<table><tr><td>Aby<td>12<tr><td>Bro<td>14</table>", "a.html")
    assert [block.cell.row for block in found.blocks if block.cell] == [1, 1, 2, 2]


def test_a_table_that_only_lays_out_is_no_table() -> None:
    source = "<table><tr><td><h2>Ships</h2><p>There are 40.</p></td><td><p>x</p></td></tr></table>"
    assert blocks(source, "a.html") == [("subhead", "Ships"), ("body", "There are 40."), ("body", "x")]


def test_footnote_signs_are_no_digits() -> None:
    assert texts('<p>48,000<sup><a href="#n1">1</a></sup> came over 12 m<sup>2</sup>.</p>', "a.html", "body") == [
        "48,000 came over 12 m2."
    ]


def test_a_page_leaves_out_what_is_beside_the_article() -> None:
    body = (
        '<header><nav><ul><li><a href="/">Home</a><li><a href="/news">News of all 12 towns</a></ul></nav></header>'
        f'<main><article><h1>3.65m took the ferry</h1><div class="byline-block">By Ann Bell</div>{running()}'
        '<div class="newsletter-signup"><p>Sign up now for 5 newsletters that come on every morning of the week.</p></div>'
        '<p><a href="/b">Read more: 7 ships sold to a company in Denmark</a></p>'
        '<ul class="related"><li><a href="/c">In 12 pictures</a></ul><p hidden>Hidden 99 words</p>'
        '<p class="correction">Correction, 3 March: an earlier version said 3.56 million.</p></article></main>'
        '<section class="comments"><p>I counted 300 people, and nobody can tell me that there were any more of them.</p></section>'
        "<footer><p>Copyright 2024, all rights reserved, by the company that prints this paper and 30 others.</p></footer>"
    )
    found = blocks(page(body), "a.html")
    assert found == [
        ("headline", "3.65m took the ferry"),
        ("byline", "By Ann Bell"),
        *(("body", text) for text in PARAGRAPHS),
        ("correction", "Correction, 3 March: an earlier version said 3.56 million."),
    ]


def test_a_name_says_nothing_of_what_holds_the_text() -> None:
    body = f'<div class="paywall"><h1>Ferries</h1>{running()}</div><div class="widget"><p class="share-bar">Share</p></div>'
    assert [text for kind, text in blocks(page(body), "a.html") if kind == "body"] == PARAGRAPHS


@pytest.mark.parametrize(
    ("head", "further"),
    [
        ('<meta property="og:title" content="3.56m took the ferry">', ["3.56m took the ferry"]),
        ("<title>3.56m &amp; more took the ferry | Example News</title>", ["3.56m & more took the ferry"]),
        ("<title>3.65m took the ferry - Example News</title>", []),
        (
            '<script type="application/ld+json">{"@graph": [{"@type": ["NewsArticle"], "headline": "The 3.56m\\u00a0ferry"}]}</script>',
            ["The 3.56m ferry"],
        ),
        ('<script type="application/ld+json">{"@type": "NewsArticle", "headline": broken</script>', []),
        ('<script type="application/ld+json">{"@type": "Organization", "headline": "No article"}</script>', []),
    ],
)
def test_further_headlines(head: str, further: list[str]) -> None:
    source = page(f"<article><h1>3.65m took the ferry</h1>{running()}</article>", head)
    assert texts(source, "a.html", "headline") == ["3.65m took the ferry", *further]


def test_the_date_of_a_page() -> None:
    for head in (
        '<meta property="article:published_time" content="2024-03-02T10:00:00+01:00">',
        '<script type="application/ld+json">{"@type": "ReportageNewsArticle", "datePublished": "2024-03-02"}</script>',
        '<meta name="date" content="Saturday, March 2, 2024">',
    ):
        found = document(page(f"<h1>Ferries</h1>{running()}", head), "a.html")
        assert found.date == datetime.date(2024, 3, 2)
        assert any(block.kind == "date" and "2" in block.text for block in found.blocks)
    found = document(page(f"<h1>Ferries</h1><time datetime='2024-03-02'>2 March</time>{running()}"), "a.html")
    assert found.date == datetime.date(2024, 3, 2)


def test_the_headline_written_in_json_has_its_place() -> None:
    head = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "A \\"fair\\" 12"}</script>'
    found = document(page(f"<h1>Ferries</h1>{running()}", head), "a.html")
    assert written(found, '"fair" 12') == '\\"fair\\" 12'


@pytest.mark.parametrize("source", ["<p>a<p>b", "<ul><li>a<li>b</ul>", "</div><p>a</b></p><p>b", "<p>a<table><td>b"])
def test_end_tags_may_be_missing(source: str) -> None:
    assert [block.text for block in document(source, "a.html").blocks] == ["a", "b"]


def test_a_page_of_a_word_processor_is_told_by_its_looks() -> None:
    body = "<p><font size=6>Ferries carry 3.65m</font></p><p>By Ann Bell</p><p>The company carried 3.65 million people in all.</p>"
    found = [
        ("headline", "Ferries carry 3.65m"),
        ("byline", "By Ann Bell"),
        ("body", "The company carried 3.65 million people in all."),
    ]
    assert blocks(f"<html><head><title></title></head><body>{body}</body></html>", "a.html") == found
    assert blocks(body, "a.html") == found


def test_a_row_that_strayed_into_a_cell_is_read_once() -> None:
    source = "<table><tr><th>Aa<td><table><tr><th>b<th>c<html ><tr><td>2"
    assert [text for kind, text in blocks(source, "a.html")] == ["Aa", "b c 2"]


def test_elements_know_their_places() -> None:
    source = "<div id=a><p>x<p class='b c'>y</div>z"
    tree = parse(source)
    found = [(node.tag, source[node.start : node.end]) for node in tree.root.walk() if node.tag]
    assert found == [("div", "<div id=a><p>x<p class='b c'>y</div>"), ("p", "<p>x"), ("p", "<p class='b c'>y")]
