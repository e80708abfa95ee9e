"""Markdown: front matter as writers write it, footnotes, shortcodes, MDX, HTML, boxes."""

from __future__ import annotations

import datetime

import pytest
from seen import blocks, document, table, texts, written

from checker.model import CheckerError


@pytest.mark.parametrize(
    ("matter", "headline"),
    [
        ("title: Budget: 48,000 jobs to go", "Budget: 48,000 jobs to go"),
        ("title: 'End of debate': 31 economists disagree", "'End of debate': 31 economists disagree"),
        ('title: "No" votes rise to 52: what it means', '"No" votes rise to 52: what it means'),
        ("title: [Watch] 12 rescued", "[Watch] 12 rescued"),
        ("title: @council says 40: members unmoved", "@council says 40: members unmoved"),
        ("title: 'It''s 40'", "It's 40"),
        ('title: "A \\"fair\\" 12"', 'A "fair" 12'),
        ("title: >\n  Twelve ships\n  sail", "Twelve ships sail"),
    ],
)
def test_headlines_in_yaml(matter: str, headline: str) -> None:
    found = document(f"---\n{matter}\ndate: 2024-03-02\n---\n\nBody.\n", "a.md")
    assert [block.text for block in found.blocks if block.kind == "headline"] == [headline]
    assert found.date == datetime.date(2024, 3, 2)


def test_headlines_in_yaml_keep_their_place() -> None:
    found = document("---\ntitle: Budget: 48,000 jobs\n---\n\nBody.\n", "a.md")
    assert written(found, "48,000") == "48,000" and found.position(found.source.index("48,000")) == (2, 16)


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("---\ntags: {a: [b\n---\n\nText.\n", 3),
        ("---\ntags: a\nkeys: b: c\n---\n\nText.\n", 3),
        ("+++\na = 1\nb = =\n+++\n\nText.\n", 3),
    ],
)
def test_broken_front_matter_names_its_line(source: str, line: int) -> None:
    with pytest.raises(CheckerError, match=rf"^a\.md:{line}: the front matter is not (YAML|TOML)"):
        document(source, "a.md")


def test_toml() -> None:
    source = (
        '+++\ntitle = "Ferry \\"Aurora\\" carries 1,200"\ndate = 2024-03-02T10:00:00Z\nauthors = ["Ann Bell", \'C. Day\']\n'
        "[params]\ndescription = '''The record\nis broken'''\n[menu]\ntitle = 'not this'\n+++\n\nText.\n"
    )
    found = document(source, "a.md")
    assert [(block.kind.value, block.text) for block in found.blocks] == [
        ("headline", 'Ferry "Aurora" carries 1,200'),
        ("dek", "The record is broken"),
        ("byline", "Ann Bell"),
        ("byline", "C. Day"),
        ("date", "2024-03-02T10:00:00Z"),
        ("body", "Text."),
    ]
    assert found.date == datetime.date(2024, 3, 2)
    assert written(found, '"Aurora"') == '\\"Aurora\\"'


def test_footnotes_and_note_signs() -> None:
    source = (
        'About 48,000[^1] came^[The police said 40,000 [twice].] and 12<sup><a href="#n">2</a></sup> left.\n\n'
        "[^1]: The organisers' count.\n\n    A second paragraph of 7 words in the note.\n"
    )
    assert blocks(source, "a.md") == [
        ("body", "About 48,000 came and 12 left."),
        ("body", "The organisers' count."),
        ("body", "A second paragraph of 7 words in the note."),
        ("body", "The police said 40,000 [twice]."),
    ]


def test_struck_text_is_gone() -> None:
    assert blocks("There were ~~47~~ 48 of <del>them</del> us.", "a.md") == [("body", "There were 48 of us.")]


def test_shortcodes_are_left_alone_and_their_captions_read() -> None:
    source = (
        'Before 1.\n\n{{< figure src="a.jpg" caption="All 300 of them" alt="People on a quay" >}}\n\n'
        "{% include figure.html caption='Some 12' %}\n\nAfter {{ page.count }} 2 {{% ref x %}}.\n\n"
        "{% highlight python %}\nprint(3)\n{% endhighlight %}\n\n{{< pullquote >}}\nNot 4 of us\n{{< /pullquote >}}\n"
    )
    assert blocks(source, "a.md") == [
        ("body", "Before 1."),
        ("caption", "All 300 of them"),
        ("alt", "People on a quay"),
        ("caption", "Some 12"),
        ("body", "After 2 ."),
        ("pullquote", "Not 4 of us"),
    ]


def test_mdx() -> None:
    source = (
        "import {Map} from './map'\n\nexport const n = 5\n\n<Map points={[1, 2]} label={`a > b`} />\n\n"
        'There are {n} ships and 40 boats. {/* {really} */}\n\n<FactBox title="x">\n\nIn all, 12 ports.\n\n</FactBox>\n\n'
        '<Figure src="a.png" caption="The 3 ports" />\n'
    )
    assert blocks(source, "a.mdx") == [
        ("body", "There are ships and 40 boats."),
        ("factbox", "In all, 12 ports."),
        ("caption", "The 3 ports"),
    ]


def test_boxes() -> None:
    source = "> [!NOTE]\n> Some 5 of them.\n\n:::info Facts\nThe 6 facts.\n:::\n\n<aside>\n\nThe 7 towns.\n\n</aside>\n\n> We are 8.\n"
    assert blocks(source, "a.md") == [
        ("factbox", "Some 5 of them."),
        ("factbox", "The 6 facts."),
        ("factbox", "The 7 towns."),
        ("quote", "We are 8."),
    ]


def test_html_blocks_are_read() -> None:
    source = (
        '<figure><img src="a" alt="Two tall ships"><figcaption>The 2 &amp; only</figcaption></figure>\n\n'
        "<table>\n<tr><th>Town</th><th>Votes</th></tr>\n<tr><td>Aby</td><td>1,200</td></tr>\n</table>\n"
    )
    found = document(source, "a.md")
    assert [(b.kind.value, b.text) for b in found.blocks[:2]] == [
        ("alt", "Two tall ships"),
        ("caption", "The 2 & only"),
    ]
    assert table(found) == [["Town", "Votes"], ["Aby", "1,200"]]
    assert written(found, "2 & only") == "2 &amp; only"


def test_a_caption_below_its_picture() -> None:
    assert texts("![A crowd of 300](a.jpg)\n\n*The quay on Friday*\n\n*Not* this.\n", "a.md", "caption") == [
        "A crowd of 300",
        "The quay on Friday",
    ]


def test_heading_attributes_are_no_text() -> None:
    assert blocks("# Ships {#ships}\n\nText.\n{: .lead}\n", "a.md") == [("headline", "Ships"), ("body", "Text.")]
