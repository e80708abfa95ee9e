"""One article written in every format that is read: what tests of all formats share."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from html import escape
from io import BytesIO
from zipfile import ZipFile

import pytest

PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_RST = re.compile(r"([\\*`|_])")


@dataclass(frozen=True)
class Story:
    """What stands in an article; every text is of one line, `rows` begin with the head of the table."""

    headline: str
    dek: str
    byline: str
    day: str
    paragraphs: Sequence[str]
    items: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()


def xhtml(story: Story, *, headline: bool = False) -> str:
    found = f"<h1>{escape(story.headline)}</h1>\n<p class='standfirst'>{escape(story.dek)}</p>\n" if headline else ""
    found += "".join(f"<p>{escape(text)}</p>\n" for text in story.paragraphs)
    if story.items:
        found += "<ul>" + "".join(f"<li>{escape(text)}</li>" for text in story.items) + "</ul>\n"
    if story.rows:
        found += (
            f"<table>{''.join(_row(row, 'td' if number else 'th') for number, row in enumerate(story.rows))}</table>"
        )
    return found


def _row(cells: Sequence[str], tag: str) -> str:
    return "<tr>" + "".join(f"<{tag}>{escape(text)}</{tag}>" for text in cells) + "</tr>"


def _inline(text: str) -> str:
    """Text as it stands in a field that may hold inline markup."""
    return escape(text, quote=False)


def _markdown(story: Story) -> bytes:
    def told(text: str) -> str:
        return PUNCTUATION.sub(r"\\\1", text)

    def matter(text: str) -> str:
        return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\x7f")

    lines = ["---", f"title: {matter(story.headline)}", f"description: {matter(story.dek)}"]
    lines += [f"author: {matter(story.byline)}", f"date: {story.day}", "---", ""]
    lines += [line for text in story.paragraphs for line in (told(text), "")]
    lines += [*(f"- {told(text)}" for text in story.items), ""]
    for number, row in enumerate(story.rows):
        lines.append("| " + " | ".join(map(told, row)) + " |")
        lines += ["|" + " - |" * len(row)] if number == 0 else []
    return "\n".join(lines).encode()


def _page(story: Story) -> bytes:
    linked = json.dumps({"@type": "NewsArticle", "headline": story.headline, "datePublished": story.day})
    return (
        f"<!doctype html><html><head><title>x</title><script type='application/ld+json'>{linked.replace('<', chr(92) + 'u003c')}"
        f"</script></head><body><nav><a href='/'>Home</a></nav><article>{xhtml(story, headline=True)}</article></body></html>"
    ).encode()


def _ninjs(story: Story) -> bytes:
    item = {
        "uri": "urn:1",
        "headline": _inline(story.headline),
        "description_text": _inline(story.dek),
        "byline": story.byline,
    }
    return json.dumps(item | {"contentcreated": story.day, "body_xhtml": xhtml(story)}).encode()


def _ans(story: Story) -> bytes:
    elements: list[object] = [{"type": "text", "content": _inline(text)} for text in story.paragraphs]
    if story.items:
        items = [{"type": "text", "content": _inline(text)} for text in story.items]
        elements.append({"type": "list", "list_type": "unordered", "items": items})
    if story.rows:
        rows = [[{"type": "text", "content": _inline(text)} for text in row] for row in story.rows]
        elements.append({"type": "table", "header": rows[0], "rows": rows[1:]})
    found = {
        "_id": "A1",
        "type": "story",
        "version": "0.10.9",
        "headlines": {"basic": _inline(story.headline)},
        "subheadlines": {"basic": _inline(story.dek)},
        "credits": {"by": [{"name": story.byline}]},
        "first_publish_date": story.day,
        "content_elements": elements,
    }
    return json.dumps(found, ensure_ascii=False).encode()


def _nitf(story: Story) -> bytes:
    head = f"<hedline><hl1>{escape(story.headline)}</hl1><hl2>{escape(story.dek)}</hl2></hedline><byline>{escape(story.byline)}</byline>"
    return (
        f'<?xml version="1.0"?>\n<nitf><head><docdata><date.issue norm="{story.day}"/></docdata></head><body><body.head>{head}'
        f"</body.head><body.content>{xhtml(story)}</body.content></body></nitf>"
    ).encode()


def _newsml(story: Story) -> bytes:
    return (
        f'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:1"><contentMeta><contentCreated>{story.day}</contentCreated>'
        f"<by>{escape(story.byline)}</by><headline>{escape(story.headline)}</headline><description>{escape(story.dek)}</description>"
        '</contentMeta><contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml">'
        f"<body>{xhtml(story)}</body></html></inlineXML></contentSet></newsItem>"
    ).encode()


def _rss(story: Story) -> bytes:
    body = xhtml(story).replace("]]>", "]]]]><![CDATA[>")
    return (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>Paper</title><item><title>{escape(story.headline)}</title><link>https://example.org/1</link>"
        f"<dc:creator>{escape(story.byline)}</dc:creator><dc:date>{story.day}</dc:date><description>{escape(escape(story.dek, quote=False))}"
        f"</description><content:encoded><![CDATA[{body}]]></content:encoded></item></channel></rss>"
    ).encode()


def _atom(story: Story) -> bytes:
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>{escape(story.headline)}</title><id>tag:1</id>'
        f"<published>{story.day}</published><author><name>{escape(story.byline)}</name></author><summary>{escape(story.dek)}</summary>"
        f'<content type="html">{escape(xhtml(story))}</content></entry></feed>'
    ).encode()


def _rst(story: Story) -> bytes:
    def told(text: str) -> str:
        return _RST.sub(r"\\\1", text)

    lines = ["=" * 90, told(story.headline), "=" * 90, "", f":author: {told(story.byline)}", f":date: {story.day}"]
    lines += [f":summary: {told(story.dek)}", ""]
    lines += [line for text in story.paragraphs for line in (told(text), "")]
    lines += [*(f"- {told(text)}" for text in story.items), ""]
    if story.rows:
        lines += [".. list-table::", "   :header-rows: 1", ""]
        lines += [
            f"   {'  ' if column else '* '}- {told(text)}" for row in story.rows for column, text in enumerate(row)
        ]
    return "\n".join(lines).encode()


def _asciidoc(story: Story) -> bytes:
    lines = [f"= {story.headline}", story.byline, f":date: {story.day}", f":description: {story.dek}", ""]
    lines += [line for text in story.paragraphs for line in (text, "")]
    lines += [*(f"* {text}" for text in story.items), ""]
    if story.rows:
        lines += ['[options="header"]', "|===", *(" ".join(f"|{text}" for text in row) for row in story.rows), "|==="]
    return "\n".join(lines).encode()


def _docx(story: Story) -> bytes:
    docx = pytest.importorskip("docx", reason="python-docx is in the extra `dev`")
    build = docx.Document()
    build.add_heading(story.headline, 0)
    build.add_paragraph(story.dek, style="Subtitle")
    build.add_paragraph(story.byline)
    for text in story.paragraphs:
        middle = len(text) // 2
        paragraph = build.add_paragraph(text[:middle])
        paragraph.add_run(text[middle:]).bold = True
    for text in story.items:
        build.add_paragraph(text, style="List Bullet")
    if story.rows:
        grid = build.add_table(len(story.rows), len(story.rows[0]))
        for number, row in enumerate(story.rows):
            for column, text in enumerate(row):
                grid.cell(number, column).text = text
    build.core_properties.created = build.core_properties.modified = datetime.datetime.fromisoformat(story.day)
    target = BytesIO()
    build.save(target)
    return target.getvalue()


def _odt(story: Story) -> bytes:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table", "style", "meta")
    )
    body = f'<text:p text:style-name="Title">{escape(story.headline)}</text:p><text:p text:style-name="Subtitle">{escape(story.dek)}</text:p>'
    body += "".join(f"<text:p>{escape(text)}</text:p>" for text in (story.byline, *story.paragraphs))
    if story.items:
        body += f"<text:list>{''.join(f'<text:list-item><text:p>{escape(text)}</text:p></text:list-item>' for text in story.items)}</text:list>"
    if story.rows:
        rows = [
            "".join(f"<table:table-cell><text:p>{escape(text)}</text:p></table:table-cell>" for text in row)
            for row in story.rows
        ]
        body += f"<table:table>{''.join(f'<table:table-row>{row}</table:table-row>' for row in rows)}</table:table>"
    target = BytesIO()
    with ZipFile(target, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        file.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:text>{body}</office:text></office:body></office:document-content>",
        )
        file.writestr(
            "meta.xml",
            f"<office:document-meta {spaces}><office:meta><meta:creation-date>{story.day}T10:00:00</meta:creation-date></office:meta></office:document-meta>",
        )
    return target.getvalue()


def _eml(story: Story) -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"] = story.headline, "Ann Bell <ann@example.org>"
    message["Date"] = datetime.datetime.fromisoformat(story.day)
    message.set_content("see the other part")
    message.add_alternative(f"<p class='standfirst'>{escape(story.dek)}</p>{xhtml(story)}", subtype="html")
    return message.as_bytes()


def pdf(*pages: list[tuple[int, int, int, str]]) -> bytes:
    """A PDF of lines (size, x, y, text) a page, made by hand."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", ""]
    kids = []
    objects.append("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
    for lines in pages:
        shown = "\n".join(f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET" for size, x, y, text in lines)
        objects.append(f"<</Length {len(shown)}>>stream\n{shown}\nendstream")
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents {len(objects)} 0 R/Resources<</Font<</F1 3 0 R>>>>>>"
        )
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>"
    body, places = "%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF"
    return f"{body}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()


def _pdf(story: Story) -> bytes:
    pytest.importorskip("pdfplumber", reason="pdfplumber is in the extra `pdf`")
    texts = [story.dek, story.byline, *story.paragraphs, *story.items, *(text for row in story.rows for text in row)]
    told = [re.sub(r"([()\\])", r"\\\1", text) for text in texts]
    return pdf(
        [(24, 50, 780, story.headline), *((10, 50, 750 - 25 * number, text) for number, text in enumerate(told))]
    )


# Ending of the file -> how it is written.  In MILD ones any sign may be markup, so the texts written in them are plain.
WRITERS: dict[str, Callable[[Story], bytes]] = {
    "story.md": _markdown,
    "story.html": _page,
    "fragment.html": lambda story: xhtml(story, headline=True).encode(),
    "ninjs.json": _ninjs,
    "ans.json": _ans,
    "nitf.xml": _nitf,
    "newsml.xml": _newsml,
    "rss.xml": _rss,
    "atom.xml": _atom,
    "story.docx": _docx,
    "story.odt": _odt,
    "story.eml": _eml,
    "story.rst": _rst,
    "story.adoc": _asciidoc,
    "story.pdf": _pdf,
}
MILD = ("story.rst", "story.adoc", "story.eml", "story.pdf")
