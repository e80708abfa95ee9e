"""DOCX: what is read from a Word file, where it stands in it, and the comments that go back into its margin."""

from __future__ import annotations

import datetime
import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from seen import blocks, document, table

from checker.model import CheckerError, Document
from checker.reading.docx import word
from checker.reports.margin import Comment, annotated

docx = pytest.importorskip("docx", reason="python-docx is in the extra `dev`")

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
LINKS = (
    f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Target="word/document.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)
STORY = (
    '<w:p><w:r><w:t xml:space="preserve">The council has </w:t></w:r>'
    '<w:ins w:id="1" w:author="A"><w:r><w:rPr><w:b/></w:rPr><w:t>4</w:t></w:r></w:ins>'
    '<w:del w:id="2" w:author="A"><w:r><w:delText>5</w:delText></w:r></w:del>'
    '<w:r w:rsidR="00AB"><w:rPr><w:i/></w:rPr><w:t>0 mem</w:t><w:noBreakHyphen/><w:t>bers &amp; 2 clerks</w:t><w:tab/><w:t>now.</w:t></w:r></w:p>'
)


def packed(body: str, **parts: str) -> bytes:
    """A DOCX with this body and nothing that it can do without."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", TYPES)
        file.writestr("_rels/.rels", LINKS)
        file.writestr("word/document.xml", f"<w:document {NAMESPACE}><w:body>{body}</w:body></w:document>")
        for name, text in parts.items():
            file.writestr(f"word/{name}.xml", text)
    return target.getvalue()


def saved(build: object) -> bytes:
    target = BytesIO()
    build.save(target)  # type: ignore[attr-defined]
    return target.getvalue()


def story() -> bytes:
    build = docx.Document()
    build.add_heading("Ferries carry 3.65m", 0)
    build.add_paragraph("All 14 ships sailed", style="Subtitle")
    build.add_paragraph("By Ann Bell")
    build.add_paragraph("LONDON, March 1 (AP) - The company carried 3.65 million people.")
    for text in ("12 old ships", "2 new ones"):
        build.add_paragraph(text, style="List Bullet")
    build.add_paragraph("first", style="List Number")
    build.add_heading("Ports", 2)
    grid = build.add_table(2, 2)
    for number, text in enumerate(["Town", "Votes", "Aby", "1,200"]):
        grid.cell(number // 2, number % 2).text = text
    build.add_paragraph("The 2 new ships", style="Caption")
    build.add_paragraph("We are 7", style="Quote")
    build.add_paragraph("Correction: an earlier version said 3.56 million.")
    build.core_properties.created = datetime.datetime(2024, 3, 2)
    build.core_properties.modified = datetime.datetime(2024, 3, 4)
    return saved(build)


def test_a_story() -> None:
    found = document(story(), "a.docx")
    assert [(block.kind.value, block.text) for block in found.blocks] == [
        ("headline", "Ferries carry 3.65m"),
        ("dek", "All 14 ships sailed"),
        ("byline", "By Ann Bell"),
        ("dateline", "LONDON, March 1 (AP) -"),
        ("body", "The company carried 3.65 million people."),
        ("list", "12 old ships"),
        ("list", "2 new ones"),
        ("list", "first"),
        ("subhead", "Ports"),
        *(("table", text) for text in ("Town", "Votes", "Aby", "1,200")),
        ("caption", "The 2 new ships"),
        ("quote", "We are 7"),
        ("correction", "Correction: an earlier version said 3.56 million."),
        ("date", "2024-03-02T00:00:00Z"),
    ]
    assert found.date == datetime.date(2024, 3, 2) and found.place == "London"
    assert table(found) == [["Town", "Votes"], ["Aby", "1,200"]]
    lists = [(block.group, block.ordered) for block in found.blocks if block.kind == "list"]
    assert lists[0] == lists[1] == (lists[0][0], False) and lists[2][1] and lists[2][0] != lists[0][0]


def test_a_file_made_from_an_old_one_has_the_day_of_its_last_change() -> None:
    build = docx.Document()
    build.add_paragraph("There are 40 of them.")
    build.core_properties.created = datetime.datetime(2011, 3, 2)
    build.core_properties.modified = datetime.datetime(2024, 3, 4)
    assert document(saved(build), "a.docx").date == datetime.date(2024, 3, 4)


def test_what_is_said_once_changes_are_accepted() -> None:
    found = document(packed(STORY), "a.docx")
    assert [block.text for block in found.blocks] == ["The council has 40 mem-bers & 2 clerks now."]


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    mark = '<w:pPr><w:rPr><w:del w:id="3" w:author="A"/></w:rPr></w:pPr>'
    body = f"<w:p>{mark}<w:r><w:t>There are </w:t></w:r></w:p><w:p><w:r><w:t>40 of us.</w:t></w:r></w:p>"
    assert blocks(packed(body), "a.docx") == [("body", "There are 40 of us.")]


def test_notes_boxes_pictures_and_hidden_text() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>The 6 facts.</w:t></w:r></w:p></w:txbxContent>"
    body = (
        f"<w:p><w:r><w:t>There are 40</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>99</w:t></w:r>"
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:docPr descr='Two ships'/>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t> of us.</w:t></w:r></w:p>"
    )
    note = f"<w:footnotes {NAMESPACE}><w:footnote w:type='separator' w:id='0'><w:p><w:r><w:t>-</w:t></w:r></w:p></w:footnote><w:footnote w:id='2'><w:p><w:r><w:t>In 2024.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    assert blocks(packed(body, footnotes=note), "a.docx") == [
        ("body", "There are 40 of us."),
        ("alt", "Two ships"),
        ("factbox", "The 6 facts."),
        ("body", "In 2024."),
    ]


def test_locators_lead_to_the_run() -> None:
    """What a locator names is looked up with python-docx, which knows nothing of this reader."""
    data = story()
    opened = docx.Document(BytesIO(data))
    elements = list(opened.element.body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"))
    found = document(data, "a.docx")
    seen = 0
    for origin in found.origins:
        place = re.fullmatch(r"paragraph (\d+), run (\d+)", origin.locator)
        if place and origin.at is not None:
            paragraph = docx.text.paragraph.Paragraph(elements[int(place[1]) - 1], opened)
            text = paragraph.runs[int(place[2]) - 1].text
            assert text[origin.at : origin.at + origin.end - origin.start] == found.source[origin.start : origin.end]
            seen += 1
    assert seen >= 15


# ------------------------------------------------------------------------------------------------------ the comments


def at(found: Document, words: str) -> tuple[int, int]:
    start = found.source.index(words)
    return start, start + len(words)


def commented(data: bytes, *marks: str) -> bytes:
    found = word(data, "a.docx").document
    assert found is not None
    return annotated(data, "a.docx", [Comment(*at(found, text), (f"about {text}", "5 < 6 & so on")) for text in marks])


def parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def covered(data: bytes) -> dict[str, str]:
    """The text between the two ends of every comment, by its number."""
    xml = parts(data)["word/document.xml"].decode()
    found = {}
    for number in re.findall(r'<w:commentRangeStart w:id="(\d+)"/>', xml):
        inside = xml.split(f'<w:commentRangeStart w:id="{number}"/>')[1].split(f'<w:commentRangeEnd w:id="{number}"/>')[
            0
        ]
        inside = re.sub(
            r"<w:delText>[^<]*</w:delText>", "", inside.replace("<w:tab/>", "\t").replace("<w:noBreakHyphen/>", "-")
        )
        found[number] = re.sub(r"<[^>]*>", "", inside).replace("&amp;", "&")
    return found


MARKS = ("40 mem", "0", "mem-bers", "bers & 2", "2 clerks\tnow.", "now.", "The council", "40 mem-bers & 2 clerks\tnow.")


def test_comments_stand_at_their_figures() -> None:
    done = commented(packed(STORY), *MARKS)
    assert {int(number): text for number, text in covered(done).items()} == dict(enumerate(MARKS))
    opened = docx.Document(BytesIO(done))
    assert [(c.author, c.text) for c in opened.comments] == [
        ("Checker", f"about {text}\n5 < 6 & so on") for text in MARKS
    ]
    assert opened.paragraphs[0].text == docx.Document(BytesIO(packed(STORY))).paragraphs[0].text


def test_comments_change_no_other_byte() -> None:
    """The part with all that was put in taken out again is the part as it was; all other parts are the same bytes."""
    data = story()
    done = parts(commented(data, "3.65 million", "14 ships", "1,200", "Ferries carry 3.65m"))
    before = parts(data)
    added = {"word/comments.xml", "[Content_Types].xml", "word/_rels/document.xml.rels", "word/document.xml"}
    assert {name for name, text in done.items() if before.get(name) != text} == added
    old, new = (text["word/document.xml"].decode("utf-8") for text in (before, done))
    place = 0
    for character in old:  # the old part is a subsequence of the new one: only insertions were made
        place = new.index(character, place) + 1
    properties = r"(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?"
    marks = r"(?:<w:commentRange(?:Start|End) w:id=\"\d+\"/>|<w:r><w:commentReference w:id=\"\d+\"/></w:r>)+"
    whole = re.sub(rf"</w:t></w:r>{marks}<w:r>{properties}<w:t xml:space=\"preserve\">", "", new)
    whole = re.sub(marks, "", whole)
    assert whole.replace(' xml:space="preserve"', "") == old.replace(' xml:space="preserve"', "")


def test_comments_join_those_that_are_there() -> None:
    once = commented(story(), "3.65 million")
    twice = docx.Document(BytesIO(commented(once, "14 ships")))
    assert [(c.comment_id, c.paragraphs[0].text) for c in twice.comments] == [
        (0, "about 3.65 million"),
        (1, "about 14 ships"),
    ]


def test_a_comment_in_a_note_or_box_stands_at_what_leads_there() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>The 6 facts.</w:t></w:r></w:p></w:txbxContent>"
    body = f"<w:p><w:r><w:t>There are 40</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r><w:r><w:pict>{box}</w:pict></w:r></w:p>"
    note = f"<w:footnotes {NAMESPACE}><w:footnote w:id='2'><w:p><w:r><w:t>In 2024.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    xml = parts(commented(packed(body, footnotes=note), "2024", "6 facts"))["word/document.xml"].decode()
    assert (
        '<w:commentRangeStart w:id="0"/><w:r><w:footnoteReference w:id=\'2\'/></w:r><w:commentRangeEnd w:id="0"/>'
        in xml
    )
    assert '<w:commentRangeStart w:id="1"/><w:r><w:pict>' in xml


def test_word_files_that_lie_are_refused() -> None:
    with pytest.raises(CheckerError, match=r"a\.docx: is no DOCX file"):
        document(b"PK\x03\x04 and nothing", "a.docx")
    with pytest.raises(CheckerError, match=r"a\.docx, word/document\.xml:1: is broken XML"):
        document(packed("<w:p>"), "a.docx")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
def test_libreoffice_opens_the_copy_and_sees_the_comments(tmp_path: Path) -> None:
    (tmp_path / "copy.docx").write_bytes(commented(story(), "3.65 million", "14 ships", "1,200"))
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    subprocess.run(
        ["soffice", home, "--headless", "--convert-to", "odt", "--outdir", tmp_path, tmp_path / "copy.docx"],
        check=True,
        capture_output=True,
        timeout=120,
    )
    content = parts((tmp_path / "copy.odt").read_bytes())["content.xml"].decode("utf-8")
    assert content.count("<office:annotation ") == 3
    assert re.search(
        r"<office:annotation .*?about 14 ships.*?</office:annotation>14 ships<office:annotation-end", content
    )
