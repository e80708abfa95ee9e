"""ODT, EML, PDF, and the tables of XLSX and CSV beside an article."""

from __future__ import annotations

import datetime
import re
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from seen import blocks, document, table
from writers import pdf

from checker.model import CheckerError
from checker.reading import read_bytes, read_tables, read_text, with_tables
from checker.reports.building import locator

# ---------------------------------------------------------------------------------------------------------------- ODT

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table", "draw", "style", "meta")
)
CONTENT = f"""<office:document-content {SPACES} xmlns:svg="x"><office:automatic-styles>
<style:style style:name="P1" style:parent-style-name="Heading_20_1"/><style:style style:name="P2" style:parent-style-name="Pull_20_quote"/>
</office:automatic-styles><office:body><office:text><text:tracked-changes><text:p>gone 9</text:p></text:tracked-changes>
<text:p text:style-name="P1">Ferries carry 3.65m</text:p><text:p text:style-name="Subtitle">All 14 sailed</text:p>
<text:p>LONDON, March 1 (AP) - There are <text:span>40</text:span> ships &amp;<text:s text:c="2"/>2<text:tab/>boats<text:note>
<text:note-citation>1</text:note-citation><text:note-body><text:p>In 2023.</text:p></text:note-body></text:note>.<draw:frame><draw:text-box>
<text:p>The 6 facts.</text:p></draw:text-box><svg:desc>Two ships</svg:desc></draw:frame></text:p><text:h text:outline-level="2">Ports</text:h>
<text:list text:style-name="L1"><text:list-item><text:p>12 old</text:p></text:list-item><text:list-item><text:p>2 new</text:p></text:list-item></text:list>
<table:table><table:table-row><table:table-cell><text:p>Town</text:p></table:table-cell><table:table-cell><text:p>Votes</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell><text:p>Aby</text:p></table:table-cell><table:table-cell><text:p>1,200</text:p></table:table-cell></table:table-row></table:table>
<text:p text:style-name="P2">We are 7</text:p></office:text></office:body></office:document-content>"""
STYLES = f'<office:document-styles {SPACES}><text:list-style style:name="L1"><text:list-level-style-bullet/></text:list-style></office:document-styles>'
META = f"<office:document-meta {SPACES}><office:meta><meta:creation-date>2024-03-02T10:00:00</meta:creation-date></office:meta></office:document-meta>"


def odt(content: str = CONTENT) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        for name, text in (("content.xml", content), ("styles.xml", STYLES), ("meta.xml", META)):
            file.writestr(name, text)
    return target.getvalue()


def test_odt() -> None:
    found = document(odt(), "a.odt")
    assert [(block.kind.value, block.text) for block in found.blocks] == [
        ("headline", "Ferries carry 3.65m"),
        ("dek", "All 14 sailed"),
        ("dateline", "LONDON, March 1 (AP) -"),
        ("body", "There are 40 ships & 2 boats."),
        ("factbox", "The 6 facts."),
        ("alt", "Two ships"),
        ("subhead", "Ports"),
        ("list", "12 old"),
        ("list", "2 new"),
        *(("table", text) for text in ("Town", "Votes", "Aby", "1,200")),
        ("pullquote", "We are 7"),
        ("body", "In 2023."),
        ("date", "2024-03-02T10:00:00"),
    ]
    assert (found.date, found.place) == (datetime.date(2024, 3, 2), "London") and table(found)[1] == ["Aby", "1,200"]
    assert [block.ordered for block in found.blocks if block.kind == "list"] == [False, False]
    at = found.source.index("2\tboats")
    paragraph = (
        "LONDON, March 1 (AP) - There are 40 ships &  2\tboats."  # the fourth, the one that was taken out counted
    )
    place = paragraph.index("2\t") + 1
    assert locator(found, at, at + 1) == f"paragraph 4, characters {place}-{place}"


# ---------------------------------------------------------------------------------------------------------------- EML


def message(**parts: str) -> bytes:
    mail = EmailMessage()
    mail["Subject"] = "Fwd: Ferries carry 3.65m – a record"
    mail["From"] = "Ann Bell <ann@example.org>"
    mail["Date"] = "Sat, 02 Mar 2024 10:00:00 +0000"
    mail["Message-ID"] = "<1@example.org>"
    mail.set_content(parts["plain"])
    if "html" in parts:
        mail.add_alternative(parts["html"], subtype="html", cte="quoted-printable")
    return mail.as_bytes()


HEADERS = [
    ("headline", "Ferries carry 3.65m – a record"),
    ("byline", "Ann Bell"),
    ("date", "Sat, 02 Mar 2024 10:00:00 +0000"),
]


def test_a_message_in_html() -> None:
    html = "<p>LONDON, March 1 - There are <b>40</b> ships – and 2 boats.</p><ul><li>12 old</li></ul>"
    found = document(message(plain="the same", html=html), "a.eml")
    assert [(block.kind.value, block.text) for block in found.blocks] == [
        *HEADERS,
        ("dateline", "LONDON, March 1 -"),
        ("body", "There are 40 ships – and 2 boats."),
        ("list", "12 old"),
    ]
    assert found.date == datetime.date(2024, 3, 2)
    at = found.source.index("40</b>")
    assert locator(found, at, at + 2) == f"part 2, characters {html.index('40') + 1}-{html.index('40') + 2}"
    at = found.source.index("3.65m")
    assert locator(found, at, at + 5) == "header Subject, characters 20-24"


def test_a_message_in_plain_text() -> None:
    plain = "There are 40 ships in the harbour.\n\n- 12 old\n- 2 new\n\nGood day\n-- \nAnn Bell, tel. 12345\n"
    assert blocks(message(plain=plain), "a")[3:] == [
        ("body", "There are 40 ships in the harbour."),
        ("list", "12 old"),
        ("list", "2 new"),
        ("body", "Good day"),
    ]


# ---------------------------------------------------------------------------------------------------------------- PDF


STORY = pdf(
    [
        (24, 50, 740, "Ferries carry 3.65m"),
        (11, 50, 700, "The company carried 3.65 million passengers in the sum-"),
        (11, 50, 686, "mer, it said on Monday in a long statement to its owners."),
        (11, 50, 660, "All 14 of its ships had been at sea, and none was late in"),
        (9, 300, 20, "1"),
    ],
    [
        (11, 50, 740, "more than 2 days of the whole of that summer."),
        (11, 50, 710, "1. one of them"),
        (11, 50, 696, "2. another"),
    ],
)


def test_pdf() -> None:
    pytest.importorskip("pdfplumber", reason="pdfplumber is in the extra `pdf`")
    found = document(STORY, "a.pdf")
    assert [(block.kind.value, block.text) for block in found.blocks] == [
        ("headline", "Ferries carry 3.65m"),
        (
            "body",
            "The company carried 3.65 million passengers in the summer, it said on Monday in a long statement to its owners.",
        ),
        (
            "body",
            "All 14 of its ships had been at sea, and none was late in more than 2 days of the whole of that summer.",
        ),
        ("list", "one of them"),
        ("list", "another"),
    ]
    for words, page in (("3.65 million", 1), ("14 of", 1), ("2 days", 2)):
        at = found.source.index(words)
        assert locator(found, at, at + 3) == f"page {page}"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (STORY[:300], "is a broken PDF"),
        (pdf([]), "pages without text"),
        (b"%PDF-1.4\nnothing", "is a broken PDF"),
    ],
)
def test_pdf_that_cannot_be_read(data: bytes, why: str) -> None:
    pytest.importorskip("pdfplumber", reason="pdfplumber is in the extra `pdf`")
    with pytest.raises(CheckerError, match=rf"^a\.pdf: .*{why}"):
        document(data, "a.pdf")


def test_pdf_without_its_library(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pdfplumber", None)
    with pytest.raises(CheckerError, match=re.escape('python -m pip install "article-checker[pdf]"')):
        document(STORY, "a.pdf")


# ------------------------------------------------------------------------------------------------------------- tables


def xlsx(*rows: str, strings: tuple[str, ...] = (), formats: tuple[str, ...] = ()) -> bytes:
    own = "".join(f'<numFmt numFmtId="{200 + i}" formatCode="{code}"/>' for i, code in enumerate(formats))
    styles = "".join(f'<xf numFmtId="{200 + i}"/>' for i in range(len(formats)))
    target = BytesIO()
    with ZipFile(target, "w") as file:
        file.writestr(
            "xl/workbook.xml",
            '<workbook xmlns:r="x"><sheets><sheet name="Poll" r:id="r1"/><sheet name="No" state="hidden" r:id="r1"/></sheets></workbook>',
        )
        file.writestr("xl/_rels/workbook.xml.rels", '<R><Relationship Id="r1" Target="worksheets/sheet1.xml"/></R>')
        file.writestr("xl/sharedStrings.xml", f"<sst>{''.join(f'<si><t>{text}</t></si>' for text in strings)}</sst>")
        file.writestr(
            "xl/styles.xml",
            f"<s><numFmts>{own}</numFmts><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/>{styles}</cellXfs></s>",
        )
        file.writestr("xl/worksheets/sheet1.xml", f"<worksheet><sheetData>{''.join(rows)}</sheetData></worksheet>")
    return target.getvalue()


def shown(tmp_path: Path, value: str, code: str) -> str:
    (tmp_path / "a.xlsx").write_bytes(xlsx(f'<row><c r="A1" s="2"><v>{value}</v></c></row>', formats=(code,)))
    return read_tables(tmp_path / "a.xlsx")[0].rows[0][0][0]


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        ("1200", "General", "1200"),
        ("0.1", "General", "0.1"),
        ("1.2E3", "General", "1200"),
        ("1234.5", "#,##0", "1,235"),
        ("0.123", "0.0%", "12.3%"),
        ("-1234.5", "&quot;$&quot;#,##0.00;(0)", "-$1,234.50"),
        ("5", "#,##0 [$€-407]", "5 €"),
        ("3650000", "0.0,,&quot;m&quot;", "3.7m"),
        ("45353", "d mmm yyyy", "2024-03-02"),
        ("nan", "0", "nan"),
    ],
)
def test_numbers_as_they_are_shown(tmp_path: Path, value: str, code: str, text: str) -> None:
    assert shown(tmp_path, value, code) == text


def test_a_workbook_beside_an_article(tmp_path: Path) -> None:
    rows = (
        '<row><c r="A1" t="s"><v>0</v></c></row>',
        '<row><c r="A2" t="s"><v>1</v></c><c r="B2" t="inlineStr"><is><t>Votes</t></is></c><c r="D2" s="1"><v>45353</v></c></row>',
        '<row hidden="1"><c r="A3"><v>99</v></c></row>',
        '<row><c r="A4" t="str"><v>Aby</v></c><c r="B4"><v>1200</v></c></row>',
    )
    (tmp_path / "poll.xlsx").write_bytes(xlsx(*rows, strings=("The poll", "Town &amp; land")))
    found = with_tables(read_text("There were 1,300 votes in Aby.", "a.txt"), read_tables(tmp_path / "poll.xlsx"))
    assert [(block.kind.value, block.text) for block in found.blocks] == [
        ("body", "There were 1,300 votes in Aby."),
        ("caption", "The poll"),
        ("table", "Town & land"),
        ("table", "Votes"),
        ("table", "2024-03-02"),
        ("table", "Aby"),
        ("table", "1200"),
    ]
    block = found.blocks[-1]
    assert found.source[slice(*block.source_span(0, 4))] == "1200"
    assert locator(found, *block.source_span(0, 4)) == "poll.xlsx!Poll!B4, characters 1-4"
    assert block.cell is not None and (block.cell.row, block.cell.column) == (2, 1)


def test_csv_beside_an_article(tmp_path: Path) -> None:
    (tmp_path / "v.csv").write_bytes('Town;Votes\r\nÅby;1 200\r\n\r\n"B;o";900\r\n'.encode("cp1252"))
    found = with_tables(read_text("There were 1,300 votes in Åby.", "a.txt"), read_tables(tmp_path / "v.csv"))
    assert table(found) == [["Town", "Votes"], ["Åby", "1 200"], ["B;o", "900"]]
    assert locator(found, *found.blocks[-1].source_span(0, 3)) == "v.csv, row 4, column 2, characters 1-3"


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.csv", b" ", "is empty"),
        ("a.xlsx", b"PK\x03\x04", "no table that is known"),
        ("a.csv", b'a,b\n1,"' + b"x" * 200_000, "is no CSV"),
    ],
)
def test_tables_that_cannot_be_read(tmp_path: Path, name: str, data: bytes, why: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(CheckerError, match=why):
        read_tables(tmp_path / name)


def test_a_table_is_no_article() -> None:
    for data, name in ((b"a,b\n1,2\n", "a.csv"), (xlsx(), "a.xlsx")):
        with pytest.raises(CheckerError, match="--with-table"):
            read_bytes(data, name)
