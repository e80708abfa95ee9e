"""Every character that a reader reports has its place in the source, and every locator leads to the text reported."""

from __future__ import annotations

import json
import re
import string
from html import unescape
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from lxml import etree
from writers import MILD, WRITERS, Story

from checker.model import Block, BlockKind, CheckerError, Document
from checker.reading import read_bytes, read_tables, with_tables
from checker.reports.building import locator

CALM = string.ascii_letters + string.digits + ",;?!£€%éßñ—’“”語🚢"
SIGNS = CALM + "&<>\"'\\*_`[](){}#~^|$@/=+-.:\u00a0\u0301"
EITHER = ("ninjs.json", "ans.json", "rss.xml")  # "<b>" in their fields may be text or markup, and is taken for markup
WORD_ML = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
EXAMPLES = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def stories(signs: str) -> some.SearchStrategy[Story]:
    """Articles whose texts begin with a word and end with a full stop, and hold any signs between."""
    words = some.lists(some.text(signs, min_size=1, max_size=9), min_size=1, max_size=8).map(" ".join)
    plain = words.map(lambda text: f"Today {_folded(text)} it was".replace("  ", " "))
    texts = some.lists(plain.map(lambda text: text + " so."), min_size=1, max_size=3)
    rows = some.lists(some.tuples(plain, plain), max_size=3).map(lambda rows: [("Town", "Votes"), *rows])
    return some.builds(
        Story,
        headline=plain,
        dek=plain.map(lambda text: text + " below"),
        byline=some.just("By Ann Bell"),
        day=some.dates().filter(lambda day: day.year > 1950).map(str),
        paragraphs=texts,
        items=some.lists(plain, max_size=3),
        rows=rows,
    )


def signs_of(name: str) -> str:
    """What the texts written in a format may hold."""
    if name == "story.pdf":
        return string.ascii_letters
    return CALM if name in MILD else SIGNS.replace("<", "").replace("&", "") if name in EITHER else SIGNS


def _folded(text: str) -> str:
    return " ".join(text.split())


def sound(document: Document) -> None:
    """Every character of every block stands where it is said to stand."""
    for block in document.blocks:
        assert len(block.text) == len(block.starts) == len(block.ends) > 0
        for character, start, end in zip(block.text, block.starts, block.ends, strict=True):
            assert 0 <= start < end <= len(document.source)
            written = document.source[start:end]
            if len(written) == 1:
                assert written == character or (character == " " and written.isspace()), (character, written)
    for before, after in zip(document.origins, document.origins[1:], strict=False):
        assert before.start < before.end <= after.start


def _seen(block: Block) -> bool:
    return block.kind not in (BlockKind.DATE, BlockKind.BYLINE)


@pytest.mark.parametrize("name", WRITERS)
def test_what_is_written_is_read_in_its_place(name: str) -> None:
    @EXAMPLES
    @given(stories(signs_of(name)))
    def check(story: Story) -> None:
        data = WRITERS[name](story)
        (found,) = read_bytes(data, name)
        sound(found)
        texts = [block.text for block in found.blocks if _seen(block)]
        cells = [text for row in story.rows for text in row]
        for text in (story.headline, story.dek, *story.paragraphs, *story.items, *cells):
            assert _folded(text) in texts
        for block in filter(_seen, found.blocks):
            start, end = block.source_span(0, len(block.text))
            led = LOCATED.get(name.rpartition(".")[2], lambda *_: None)(data, locator(found, start, end))
            assert led is None or block.text in led or block.text == "x"

    check()


# ------------------------------------------------------------------------------- locators, followed by other libraries


def _json(data: bytes, place: str | None) -> str:
    value = json.loads(data)
    for step in (place or "").split("/")[1:]:
        value = value[int(step)] if isinstance(value, list) else value[step.replace("~1", "/").replace("~0", "~")]
    return _folded(unescape(re.sub(r"</?\w[^<>]*>", " ", value)))


def _xml(data: bytes, place: str | None) -> str:
    steps = re.findall(r"/([\w.]+)(\[\d+\])?", place or "")
    path = "".join(f"/*[local-name()='{tag}']{number}" for tag, number in steps)
    (node,) = etree.fromstring(data).xpath(path)
    text = "".join(node.itertext())
    bare = re.sub(r"</?\w[^<>]*>", " ", text)  # in HTML that is escaped, or escaped twice
    return "\n".join(map(_folded, (text, unescape(text), unescape(unescape(bare)))))


def _docx(data: bytes, place: str | None) -> str:
    """What stands at "paragraph 4, run 1, characters 1-9; paragraph 4, run 2, characters 1-7", cut out exactly."""
    with ZipFile(BytesIO(data)) as file:
        root = etree.fromstring(file.read("word/document.xml"))
    paragraphs = list(root.iter(f"{WORD_ML}p"))
    steps = re.findall(r"paragraph (\d+), run (\d+), characters (\d+)-(\d+)", place or "")
    pieces = []
    for paragraph, run, first, last in steps:
        runs = list(paragraphs[int(paragraph) - 1].iter(f"{WORD_ML}r"))
        text = "".join(node.text or "" for node in runs[int(run) - 1].iter(f"{WORD_ML}t"))
        pieces.append(text[int(first) - 1 : int(last)])
    assert len(steps) == len((place or "").split("; "))
    return _folded("".join(pieces))


def _odt(data: bytes, place: str | None) -> str:
    found = re.fullmatch(r"paragraph (\d+), characters (\d+)-(\d+)", place or "")
    assert found
    with ZipFile(BytesIO(data)) as file:
        root = etree.fromstring(file.read("content.xml"))
    paragraphs = [node for node in root.iter() if etree.QName(node).localname in ("p", "h")]
    return _folded("".join(paragraphs[int(found[1]) - 1].itertext())[int(found[2]) - 1 : int(found[3])])


LOCATED = {"json": _json, "xml": _xml, "docx": _docx, "odt": _odt}


# ------------------------------------------------------------------------------------------------------- broken files


SEED = Story(
    "Ferries carry 3.65m people",
    "All 14 ships sailed this summer",
    "By Ann Bell",
    "2024-03-02",
    ["The company carried 3.65 million people & <more> in the summer.", 'Of 40 ships "12" are old and 30 are new.'],
    ["12 are old ships", "2 are new ones"],
    [["Town", "Votes"], ["Aby", "1,200"]],
)


@pytest.mark.parametrize("name", WRITERS)
def test_what_is_broken_is_read_soundly_or_refused(name: str) -> None:
    """Pieces cut out, doubled and swapped, bytes changed: documents with sound places, or one error with the file's name."""
    seed = WRITERS[name](SEED)
    places = some.integers(0, len(seed))

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(some.lists(some.tuples(places, places, some.binary(max_size=6), some.booleans()), min_size=1, max_size=4))
    def check(cuts: list[tuple[int, int, bytes, bool]]) -> None:
        data = seed
        for a, b, put, twice in cuts:
            low, high = sorted((a % (len(data) + 1), b % (len(data) + 1)))
            data = data[:low] + put + (data[low:high] * 2 if twice else b"") + data[high:]
        try:
            documents = read_bytes(data, name)
        except CheckerError as error:
            assert str(error).startswith(name)
        else:
            for document in documents:
                sound(document)

    check()


@pytest.mark.parametrize("name", [name for name in WRITERS if not name.endswith((".docx", ".odt", ".pdf", ".eml"))])
@pytest.mark.parametrize("ends", [["\r\n"], ["\r"], ["\n", "\r\n"]])
def test_line_ends_of_any_kind(name: str, ends: list[str]) -> None:
    written = WRITERS[name](SEED).decode()
    lines = written.split("\n")
    mixed = "".join(line + ends[number % len(ends)] for number, line in enumerate(lines))
    (plain,), (found,) = read_bytes(written.encode(), name), read_bytes(mixed.encode(), name)
    sound(found)
    assert [(b.kind, b.text) for b in found.blocks] == [(b.kind, b.text) for b in plain.blocks]
    assert found.date == plain.date
    last = found.blocks[-1]
    assert found.position(last.starts[0]) == plain.position(plain.blocks[-1].starts[0])


SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is>'
    '<t>Town</t></is></c><c r="B1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="str"><v>Aby</v></c><c r="B2" s="1"><v>1200.5</v></c>'
    "</row></sheetData></worksheet>"
)
STYLES = '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="#,##0.00\\ [$€-407]"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>'
BOOK = '<workbook xmlns:r="r"><sheets><sheet name="Votes" sheetId="1" r:id="rId1"/></sheets></workbook>'
LINKS = '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>'
STRINGS = "<sst><si><t>Votes</t></si></sst>"


def workbook(sheet: str, styles: str) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w") as file:
        for name, text in (("workbook", BOOK), ("_rels/workbook.xml.rels", LINKS), ("sharedStrings", STRINGS)):
            file.writestr(f"xl/{name}{'' if name.endswith('rels') else '.xml'}", text)
        file.writestr("xl/styles.xml", styles)
        file.writestr("xl/worksheets/sheet1.xml", sheet)
    return target.getvalue()


def test_a_workbook_is_read_with_its_formats(tmp_path: Path) -> None:
    (tmp_path / "votes.xlsx").write_bytes(workbook(SHEET, STYLES))
    (sheet,) = read_tables(tmp_path / "votes.xlsx")
    assert [[text for text, _ in row] for row in sheet.rows] == [["Town", "Votes"], ["Aby", "1,200.50 €"]]


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    some.sampled_from([("a.xlsx", 0), ("a.xlsx", 1), ("a.csv", 0)]),
    some.lists(
        some.tuples(some.integers(0, 900), some.integers(0, 30), some.text(max_size=12)), min_size=1, max_size=4
    ),
)
def test_broken_tables_are_read_soundly_or_refused(
    tmp_path: Path, kind: tuple[str, int], cuts: list[tuple[int, int, str]]
) -> None:
    name, part = kind
    parts = [SHEET, STYLES] if name == "a.xlsx" else ["Town;Votes\nAby;1,200\n"]
    for at, length, put in cuts:
        at %= len(parts[part]) + 1
        parts[part] = parts[part][:at] + put + parts[part][at + length :]
    data = workbook(*parts) if name == "a.xlsx" else parts[0].encode("utf-8", "surrogatepass")
    (tmp_path / name).write_bytes(data)
    try:
        tables = read_tables(tmp_path / name)
    except CheckerError as error:
        assert name in str(error)
        return
    (article,) = read_bytes(b"There are 40 ships.\n", "a.md")
    found = with_tables(article, tables)
    sound(found)
    assert found.source.startswith(article.source)
