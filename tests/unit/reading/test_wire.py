"""The formats of agencies and content systems: ninjs, ANS, NITF, NewsML-G2, feeds and exports."""

from __future__ import annotations

import datetime
import json

import pytest
from seen import blocks, document, table, written

from checker.model import CheckerError, Document
from checker.reading import read_bytes, read_text

XHTML = "<h1>Ferries carry 3.65m</h1><p>LONDON, March 1 (AP) - There are <b>40</b>&nbsp;ships &amp; 2 boats.</p><ul><li>12 old</li></ul>"
BODY = [("dateline", "LONDON, March 1 (AP) -"), ("body", "There are 40 ships & 2 boats."), ("list", "12 old")]


def located(found: Document) -> dict[str, str]:
    """The locator of every block's text."""
    return {found.source[origin.start : origin.end]: origin.locator for origin in found.origins}


# --------------------------------------------------------------------------------------------------------------- JSON


NINJS_1 = {
    "uri": "urn:a:1",
    "type": "text",
    "contentcreated": "2024-03-02T10:00:00Z",
    "headline": 'Ferries "carry" 3.65m',
    "byline": "Ann Bell",
    "description_text": "All 14 sailed",
    "ednote": "Corrects the number of ships",
    "body_xhtml": XHTML,
    "body_text": "the same again",
    "associations": {"main": {"type": "picture", "description_text": "The 2 new ships", "altText": "Two ships"}},
}
NINJS_2 = {
    "uri": "urn:a:2",
    "standard": {"name": "ninjs", "version": "2.1"},
    "contentcreated": "2024-03-02",
    "headlines": [{"role": "main", "value": 'Ferries "carry" 3.65m'}],
    "byline": "Ann Bell",
    "descriptions": [{"role": "short", "value": "All 14 sailed"}],
    "ednote": "Corrects the number of ships",
    "bodies": [
        {"contenttype": "text/plain", "value": "the same"},
        {"contenttype": "application/xhtml+xml", "value": XHTML},
    ],
    "associations": [{"type": "picture", "descriptions": [{"value": "The 2 new ships"}], "alttext": "Two ships"}],
}
NINJS_3 = {
    "uri": "urn:a:3",
    "contentCreated": "2024-03-02",
    "headlines": [{"value": 'Ferries "carry" 3.65m'}],
    "by": "Ann Bell",
    "descriptions": [{"contentType": "text/plain", "value": "All 14 sailed"}],
    "edNote": "Corrects the number of ships",
    "bodies": [{"role": "main", "contentType": "text/html", "value": XHTML}],
    "associations": [
        {
            "name": "p",
            "type": "picture",
            "descriptions": [{"role": "caption", "value": "The 2 new ships"}],
            "altText": "Two ships",
        }
    ],
}


@pytest.mark.parametrize("item", [NINJS_1, NINJS_2, NINJS_3], ids=["1", "2", "3"])
@pytest.mark.parametrize("ascii", [True, False])
def test_ninjs(item: dict[str, object], ascii: bool) -> None:
    found = document(json.dumps(item, indent=1, ensure_ascii=ascii), "a.json")
    assert [(block.kind.value, block.text) for block in found.blocks] == [
        ("headline", 'Ferries "carry" 3.65m'),
        ("dek", "All 14 sailed"),
        ("byline", "Ann Bell"),
        ("date", str(item.get("contentcreated", item.get("contentCreated")))),
        ("correction", "Corrects the number of ships"),
        ("subhead", "Ferries carry 3.65m"),
        *BODY,
        ("caption", "The 2 new ships"),
        ("alt", "Two ships"),
    ]
    assert (found.date, found.place, found.address) == (datetime.date(2024, 3, 2), "London", item["uri"])
    assert written(found, '"carry" 3.65m') == '\\"carry\\" 3.65m'
    assert written(found, "40 ships & 2") == "40</b>&nbsp;ships &amp; 2"
    body = next(place for text, place in located(found).items() if text.startswith("12 old"))
    assert body in ("/body_xhtml", "/bodies/0/value", "/bodies/1/value")


def test_ninjs_with_text_and_several_items() -> None:
    items = [
        {"headline": f"Story {n}", "uri": f"u{n}", "body_text": f"There are {n} of us.\n\nAnd 5 more of them."}
        for n in (1, 2)
    ]
    for source in (json.dumps(items), json.dumps({"items": items})):
        found = read_bytes(source.encode(), "a.json")
        assert [article.address for article in found] == ["u1", "u2"]
        assert [block.text for block in found[1].blocks] == ["Story 2", "There are 2 of us.", "And 5 more of them."]
        with pytest.raises(CheckerError, match="holds 2 articles, where one is expected"):
            read_text(source, "a.json")


ANS = {
    "type": "story",
    "version": "0.10.9",
    "canonical_url": "/news/ferries",
    "headlines": {"web": "Ferries busy", "basic": "Ferries carry 3.65m"},
    "subheadlines": {"basic": "All 14 sailed"},
    "credits": {"by": [{"name": "Ann Bell"}]},
    "display_date": "2024-03-02T10:00:00Z",
    "promo_items": {"basic": {"type": "image", "caption": "The 2 new ships", "alt_text": "Two ships"}},
    "content_elements": [
        {"type": "text", "content": "LONDON, March 1 (AP) - There are <b>40</b>&nbsp;ships &amp; 2 boats."},
        {"type": "interstitial_link", "content": "Read 5 more"},
        {"type": "header", "level": 2, "content": "Ports"},
        {
            "type": "list",
            "list_type": "unordered",
            "items": [
                {"type": "text", "content": "12 old"},
                {"type": "list", "list_type": "ordered", "items": [{"type": "text", "content": "deep"}]},
            ],
        },
        {
            "type": "table",
            "header": [{"content": "Town"}, {"content": "Votes"}],
            "rows": [[{"content": "Aby"}, {"content": "1,200"}]],
        },
        {"type": "quote", "subtype": "pullquote", "content_elements": [{"type": "text", "content": "We are 7"}]},
        {"type": "raw_html", "content": "<p>Raw 8</p>"},
        {"type": "correction", "text": "It was 3.56m"},
    ],
}


def test_ans() -> None:
    found = document(json.dumps(ANS), "a.json")
    assert [(block.kind.value, block.text) for block in found.blocks] == [
        ("headline", "Ferries carry 3.65m"),
        ("headline", "Ferries busy"),
        ("dek", "All 14 sailed"),
        ("byline", "Ann Bell"),
        ("date", "2024-03-02T10:00:00Z"),
        ("caption", "The 2 new ships"),
        ("alt", "Two ships"),
        *BODY[:2],
        ("subhead", "Ports"),
        BODY[2],
        ("list", "deep"),
        *(("table", text) for text in ("Town", "Votes", "Aby", "1,200")),
        ("pullquote", "We are 7"),
        ("body", "Raw 8"),
        ("correction", "It was 3.56m"),
    ]
    assert found.address == "/news/ferries" and table(found) == [["Town", "Votes"], ["Aby", "1,200"]]
    assert [(b.level, b.ordered) for b in found.blocks if b.kind == "list"] == [(1, False), (2, True)]
    assert located(found)["1,200"] == "/content_elements/4/rows/0/1/content"


def test_several_stories() -> None:
    story = {
        "type": "story",
        "_id": "x",
        "headlines": {"basic": "One"},
        "content_elements": [{"type": "text", "content": "There are 40."}],
    }
    answer = json.dumps({"type": "results", "content_elements": [story, story | {"_id": "y"}]})
    assert [found.address for found in read_bytes(answer.encode(), "a.json")] == ["x", "y"]


# ---------------------------------------------------------------------------------------------------------------- XML


NITF = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nitf PUBLIC "-//IPTC//DTD NITF 3.5//EN" "nitf-3-5.dtd">
<nitf><head><title>Ferries busy</title><docdata><doc-id id-string="n1"/><date.issue norm="20240302T100000Z"/>
<ed-msg info="Corrects the number"/></docdata></head><body><body.head><hedline><hl1>Ferries carry 3.65m</hl1><hl2>All 14 sailed</hl2></hedline>
<byline>By <person>Ann Bell</person></byline><dateline><location>London</location>, <story.date norm="20240301">March 1</story.date></dateline></body.head>
<body.content><p>There are <num>40</num> ships &amp; 2 boats.</p><p>Two</p><hl2>Ports</hl2><ul><li>12 old</li></ul>
<media media-type="image"><media-reference alternate-text="Two ships"/><media-caption>The 2 new ships</media-caption><media-producer>X 9</media-producer></media>
<table><tr><th>Town</th><th>Votes</th></tr><tr><td>Aby</td><td>1,200</td></tr></table><note>It was 3.56m</note></body.content></body></nitf>
"""


def test_nitf() -> None:
    found = document(NITF, "a.xml")
    assert [(block.kind.value, block.text) for block in found.blocks] == [
        ("headline", "Ferries carry 3.65m"),
        ("dek", "All 14 sailed"),
        ("byline", "By Ann Bell"),
        ("dateline", "London, March 1"),
        ("headline", "Ferries busy"),
        ("date", "2024-03-02T10:00:00Z"),
        ("correction", "Corrects the number"),
        ("body", "There are 40 ships & 2 boats."),
        ("body", "Two"),
        ("subhead", "Ports"),
        ("list", "12 old"),
        ("alt", "Two ships"),
        ("caption", "The 2 new ships"),
        *(("table", text) for text in ("Town", "Votes", "Aby", "1,200")),
        ("correction", "It was 3.56m"),
    ]
    assert (found.date, found.place, found.address) == (datetime.date(2024, 3, 2), "London", "n1")
    assert written(found, "40 ships & 2") == "40</num> ships &amp; 2"
    assert located(found)["Two"] == "/nitf/body/body.content/p[2]"
    assert found.position(found.source.index("Two<")) == (6, 69)


G2 = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:g2" version="3"><itemMeta><itemClass qcode="ninat:text"/>
<versionCreated>2024-03-03T10:00:00Z</versionCreated><edNote>Corrects the number</edNote></itemMeta>
<contentMeta><contentCreated>2024-03-02T10:00:00Z</contentCreated><by>Ann Bell</by><headline>Ferries carry 3.65m</headline>
<subject><name>no</name><headline>no headline</headline></subject></contentMeta><contentSet>{}</contentSet></newsItem>"""


@pytest.mark.parametrize(
    "content",
    [
        f'<inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title></head><body>{XHTML.replace("&nbsp;", "&#160;")}</body></html></inlineXML>',
        f"<inlineData contenttype='text/html'><![CDATA[{XHTML}]]></inlineData>",
        f"<inlineData>{XHTML.replace('&', '&amp;').replace('<', '&lt;')}</inlineData>",
        f"<inlineXML><nitf><body><body.content>{XHTML.replace('&nbsp;', ' ')}</body.content></body></nitf></inlineXML>",
    ],
)
def test_newsml(content: str) -> None:
    found = document(G2.format(content), "a.xml")
    assert [(block.kind.value, block.text) for block in found.blocks] == [
        ("headline", "Ferries carry 3.65m"),
        ("byline", "Ann Bell"),
        ("correction", "Corrects the number"),
        ("date", "2024-03-02T10:00:00Z"),
        *BODY,
    ]
    assert (found.date, found.address) == (datetime.date(2024, 3, 2), "urn:g2")
    assert all(place.startswith("/newsItem/") for place in located(found).values())


def test_what_agencies_write_beside_it() -> None:
    """A second headline that says the same, a title behind the byline, a headline whose role is that of a standfirst."""
    head = "<hedline><hl1>Ferries carry 3.65m</hl1><hl2>Ferries carry 3.65m</hl2></hedline><byline>By ANN BELL<byttl>Staff Writer</byttl></byline>"
    source = f"<nitf><body><body.head>{head}</body.head><body.content><p>There are 40 ships.</p></body.content></body></nitf>"
    assert blocks(source, "a.xml") == [
        ("headline", "Ferries carry 3.65m"),
        ("byline", "By ANN BELL Staff Writer"),
        ("body", "There are 40 ships."),
    ]
    item = G2.format("<inlineData>There are 40 of us.</inlineData>").replace(
        "</headline>", '</headline><headline role="hld:subHeadline">All 14 sailed</headline>', 1
    )
    assert ("dek", "All 14 sailed") in blocks(item, "a.xml")


def test_a_message_holds_several_items() -> None:
    item = G2.format("<inlineData>There are 40 of us.</inlineData>")
    message = f"<newsMessage><itemSet>{item}{item.replace('urn:g2', 'urn:g3')}</itemSet></newsMessage>"
    assert [found.address for found in read_bytes(message.encode(), "a.xml")] == ["urn:g2", "urn:g3"]


RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Paper</title><link>https://example.org/</link>
<item><title>Ferries carry 3.65m &amp;amp; more</title><link>https://example.org/1</link><dc:creator>Ann Bell</dc:creator>
<pubDate>Sat, 02 Mar 2024 10:00:00 GMT</pubDate><description>All 14 sailed</description><content:encoded><![CDATA[{}]]></content:encoded>
<media:content url="a"><media:description>The 2 new ships</media:description></media:content></item>
<item><title>Short</title><guid>tag:2</guid><description>There are &lt;b&gt;40&lt;/b&gt; of us.</description></item></channel></rss>"""


def test_rss() -> None:
    first, second = read_bytes(RSS.format(XHTML).encode(), "feed.xml")
    assert [(block.kind.value, block.text) for block in first.blocks] == [
        ("headline", "Ferries carry 3.65m & more"),
        ("byline", "Ann Bell"),
        ("date", "Sat, 02 Mar 2024 10:00:00 GMT"),
        ("dek", "All 14 sailed"),
        ("subhead", "Ferries carry 3.65m"),
        *BODY,
        ("caption", "The 2 new ships"),
    ]
    assert (first.address, second.address) == ("https://example.org/1", "tag:2")
    assert [(b.kind.value, b.text) for b in second.blocks] == [("headline", "Short"), ("body", "There are 40 of us.")]
    assert written(second, "are 40 of") == "are &lt;b&gt;40&lt;/b&gt; of"
    assert first.path == second.path == "feed.xml"


def test_a_summary_that_is_how_the_body_begins_is_left_out() -> None:
    source = RSS.format("<p>All 14 sailed and 3 of them came back late to the port.</p>").replace(
        "<description>All 14 sailed<", "<description>All 14 sailed and 3 of them came back [...]<"
    )
    assert "dek" not in {block.kind.value for block in read_bytes(source.encode(), "a.xml")[0].blocks}


def test_atom() -> None:
    entry = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Paper</title><entry><title type="html">Ferries &amp;amp; 3.65m</title>'
        '<id>tag:1</id><link rel="self" href="x"/><link href="https://example.org/1"/><published>2024-03-02</published>'
        "<author><name>Ann Bell</name></author><summary>All 14 sailed</summary>{}</entry></feed>"
    )
    for content in (
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>There are 40 ships.</p></div></content>',
        '<content type="html">&lt;p&gt;There are 40 ships.&lt;/p&gt;</content>',
        '<content type="text">There are 40 ships.</content>',
    ):
        found = document(entry.format(content), "a.atom")
        assert [(block.kind.value, block.text) for block in found.blocks] == [
            ("headline", "Ferries & 3.65m"),
            ("byline", "Ann Bell"),
            ("date", "2024-03-02"),
            ("dek", "All 14 sailed"),
            ("body", "There are 40 ships."),
        ]
        assert found.address == "https://example.org/1"


def test_an_export_of_wordpress() -> None:
    item = (
        "<item><title>{title}</title><link>https://example.org/{title}</link><content:encoded><![CDATA[{body}]]></content:encoded>"
        "<excerpt:encoded><![CDATA[All 14 sailed]]></excerpt:encoded><wp:post_date>2024-03-02 10:00:00</wp:post_date>"
        "<wp:post_type>{type}</wp:post_type><wp:status>publish</wp:status></item>"
    )
    body = 'First of 40.\n\nSecond <em>para</em> [sic].\n[caption id="a" width="3"]<img src="x" alt="Two ships" /> The 2 new ships[/caption]\n\n[gallery ids="1,2"]'
    items = "".join(
        item.format(title=t, body=body, type=kind) for t, kind in (("A", "post"), ("B", "attachment"), ("C", "page"))
    )
    source = (
        '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" '
        f'xmlns:wp="http://wordpress.org/export/1.2/"><channel>{items}</channel></rss>'
    )
    found = read_bytes(source.encode(), "export.xml")
    assert [article.address for article in found] == ["https://example.org/A", "https://example.org/C"]
    assert [(block.kind.value, block.text) for block in found[0].blocks] == [
        ("headline", "A"),
        ("date", "2024-03-02 10:00:00"),
        ("dek", "All 14 sailed"),
        ("body", "First of 40."),
        ("body", "Second para [sic]."),
        ("caption", "The 2 new ships"),
        ("alt", "Two ships"),
    ]


@pytest.mark.parametrize(
    ("source", "path", "why"),
    [
        ('{"body_text": "a" ', "a.json", r"^a\.json:1: is broken JSON: it ends too early"),
        ('{"headline": "x",\n "body_text": "a', "a.json", r"^a\.json:2: is broken JSON: a string without an end"),
        ("<nitf><head/></nitf>", "a.xml", "is NITF without a body"),
        ("<nitf>\n<body><p>x</body></nitf>", "a.xml", r"^a\.xml:2: is broken XML: </body> where <p> is open"),
        ("<rss><channel><item/></channel></rss>", "a.xml", "holds no article"),
        ("<newsItem><x/></newsItem>", "a.xml", "holds no newsItem"),
        ('{"content_elements": []}', "a.json", "holds no text"),
    ],
)
def test_broken_files_are_said(source: str, path: str, why: str) -> None:
    with pytest.raises(CheckerError, match=why):
        blocks(source, path)
