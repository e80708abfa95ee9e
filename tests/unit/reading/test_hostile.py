"""Files that are out to harm or only broken: within 2 seconds of the processor and 500 MB, read or refused in one line."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from writers import WRITERS, Story, pdf

SECONDS, MEGABYTES = 2.0, 500  # on a quiet machine of two cores
STORY = Story(
    "Ferries carry 40 people", "All 14 sailed", "By Ann Bell", "2024-03-02", ["There are 40 ships and 2 boats."]
)
READ = """
import sys
from checker.model import CheckerError
from checker.reading import read_all, read_tables
path = sys.argv[1]
try:
    print("read", len(read_tables(path) if path.endswith((".xlsx", ".csv")) else read_all(path)))
except CheckerError as error:
    print("refused", error)
try:
    with open("/proc/self/status") as status:  # the peak that the system counts starts at that of the parent
        print(next(line.split()[1] for line in status if line.startswith("VmHWM")), file=sys.stderr)
except OSError:
    pass
"""

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
ENTITIES = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
DEEP = "<b>" * 100_000 + "12" + "</b>" * 100_000
LONG = b"word 12 " * 6_500_000  # 52 MB on one line


def zipped(*parts: tuple[str, str | bytes]) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as file:
        for name, text in parts:
            file.writestr(name, text)
    return target.getvalue()


def docx(text: str = "There are 40 ships.", before: str = "") -> bytes:
    return zipped(
        (
            "word/document.xml",
            f"{before}<w:document {WORD}><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>",
        )
    )


def odt(text: str, before: str = "") -> bytes:
    space = "urn:oasis:names:tc:opendocument:xmlns"
    content = f'{before}<o:document-content xmlns:o="{space}:office:1.0" xmlns:t="{space}:text:1.0"><o:body><o:text><t:p>{text}</t:p></o:text></o:body></o:document-content>'
    return zipped(("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", content))


def xlsx(sheet: str | bytes) -> bytes:
    book = f'<workbook {SHEET} xmlns:r="r"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>'
    links = '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>'
    return zipped(("xl/workbook.xml", book), ("xl/_rels/workbook.xml.rels", links), ("xl/worksheets/sheet1.xml", sheet))


def rows(cells: str, before: str = "") -> str:
    return f'{before}<worksheet {SHEET}><sheetData><row r="1">{cells}</row></sheetData></worksheet>'


def xml(text: str, before: str = "") -> bytes:
    return f"{before}<nitf><body><body.content><p>{text}</p></body.content></body></nitf>".encode()


def rss(text: str, before: str = "") -> bytes:
    return (
        f"{before}<rss><channel><item><title>T</title><description>{text}</description></item></channel></rss>".encode()
    )


def lying(data: bytes) -> bytes:
    """An archive whose directory says that its first part unpacks to 5 bytes."""
    at = data.index(b"PK\x01\x02") + 24
    return data[:at] + b"\x05\0\0\0" + data[at + 4 :]


def mail(*lines: bytes) -> bytes:
    return b"\n".join((b"Subject: x", b"From: a@example.org", b"MIME-Version: 1.0", *lines))


def matter(text: str) -> bytes:
    return f"---\n{text}\n---\nThere are 40 ships.\n".encode()


REFUSED: dict[str, Callable[[], bytes]] = {
    # XML: entities and depth
    "entities.xml": lambda: xml("&c;", ENTITIES),
    "outside.xml": lambda: xml("&a;", OUTSIDE),
    "entities.rss": lambda: rss("&c;", ENTITIES),
    "entities.docx": lambda: docx("&c;", ENTITIES),
    "outside.docx": lambda: docx("&a;", OUTSIDE),
    "entities.odt": lambda: odt("&c;", ENTITIES),
    "entities.xlsx": lambda: xlsx(rows('<c r="A1" t="inlineStr"><is><t>&c;</t></is></c>', ENTITIES)),
    "deep.xml": lambda: xml(DEEP),
    "deep.docx": lambda: docx(DEEP),
    "deep.odt": lambda: odt(DEEP),
    "tags.rss": lambda: rss("<b a='1'>x</b>" * 400_000),
    "empty.rss": lambda: rss("<b/>" * 400_000),
    "cut.xml": lambda: xml("There are 40 ships.")[:-30],
    # archives
    "bomb.docx": lambda: zipped(("word/document.xml", b" " * 300_000_000)),
    "bomb.odt": lambda: zipped(("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", b" " * 300_000_000)),
    "bomb.xlsx": lambda: xlsx(b" " * 300_000_000),
    "above.docx": lambda: zipped(("word/document.xml", f"<w:document {WORD}/>"), ("../../evil", "x")),
    "root.docx": lambda: zipped(("word/document.xml", f"<w:document {WORD}/>"), ("/etc/evil", "x")),
    "lying.docx": lambda: lying(docx()),
    "cut.docx": lambda: docx()[:-40],
    "many.docx": lambda: zipped(("word/document.xml", "<a/>"), *((f"a{number}", "") for number in range(30_000))),
    "many.xlsx": lambda: xlsx(rows("<c><v>1</v></c>" * 300_000)),
    # JSON
    "deep.json": lambda: b'{"body_text": ' + b"[" * 1_000_000,
    "pairs.json": lambda: b'{"body_text": "x", "a": ' + b'{"a":' * 200_000,
    "cut.json": lambda: b'{"body_text": "There are 40',
    # HTML
    "deep.html": lambda: b"<html><h1>x</h1>" + b"<div>" * 300_000 + b"12",
    "ends.html": lambda: b"<html>" + b"</p>" * 1_000_000,
    "signs.html": lambda: b"<html>" + b"<" * 3_000_000,
    "names.html": lambda: b"<html>" + b"<a " * 1_000_000,
    "comments.html": lambda: b"<html>" + b"<!--" * 1_000_000,
    # front matter and Markdown
    "brackets.md": lambda: matter("a: " + "[" * 20_000),
    "questions.md": lambda: matter("? " * 5_000),
    "dots.md": lambda: ("+++\n" + "a." * 20_000 + "b = 1\n+++\nx\n").encode(),
    "rows.md": lambda: b"|a|b|\n|-|-|\n" + b"|1|2|\n" * 100_000,
    "columns.md": lambda: b"|a" * 60_000 + b"\n" + b"|-" * 60_000,
    "quotes.md": lambda: b"> " * 50_000 + b"There are 40 ships.",
    "notes.md": lambda: b"".join(b"[^%d] " % number for number in range(20_000)),
    # nothing is included
    "cycle.adoc": lambda: b"There are 40 ships.\n\ninclude::cycle.adoc[]\n",
    "cycle.rst": lambda: b"There are 40 ships.\n\n.. include:: cycle.rst\n",
    "file.rst": lambda: b".. csv-table::\n   :file: /etc/passwd\n",
    # long lines, NULs
    **{f"long.{end}": (lambda: LONG) for end in ("txt", "md", "html", "json", "xml", "rst", "adoc", "eml", "csv")},
    "long.rss": lambda: rss(LONG.decode()),
    **{f"nul.{end}": (lambda: b"There are 40\0 ships.\n") for end in ("txt", "md", "html", "json", "xml", "rst", "adoc", "csv")},
    # mail
    "parts.eml": lambda: mail(b"Content-Type: multipart/mixed; boundary=b", b"", b"--b\n\nx\n" * 100_000),
    "type.eml": lambda: mail(b"Content-Type: text/plain; " + b"a=b;" * 20_000, b"", b"x"),
    # PDF
    "drawn.pdf": lambda: pdf([(9, 9, 9, "x" + ") Tj (" * 500_000)]),
    "cut.pdf": lambda: pdf([(9, 9, 9, "There are 40 ships.")])[:200],
}  # fmt: skip
READABLE: dict[str, Callable[[], bytes]] = {
    "attributes.html": lambda: b"<html><p " + b" ".join(b"a%d=1" % n for n in range(300_000)) + b">There are 40 ships of the line.</p>",
    "halves.json": lambda: b'{"headline": "x", "body_text": "\\ud800 40 ships \\udc00 \\ud83d\\ude00 and 8"}',
    "aliases.md": lambda: matter("a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b]\ntitle: *c"),
    "itself.md": lambda: matter("title: &a [*a]"),
    "objects.md": lambda: matter("title: !!python/object/apply:os.system ['touch pwned']"),
    "marks.md": lambda: b"*a " * 50_000 + b"**" * 20_000,
    "braces.mdx": lambda: b"There are 40 ships. " + b"{" * 90_000 + b"\n" + b"\n<A b={" * 15_000,
    "far.xlsx": lambda: xlsx(rows('<c r="XFD1048576"><v>1</v></c><c r="A1"><v>1e999999</v></c><c r="B1" t="s"><v>' + "9" * 9_000 + "</v></c>")),
    "indents.rst": lambda: b"".join(b" " * number + b"There are 40.\n\n" for number in range(1, 38)) * 20,
    "rules.rst": lambda: b"There are 40 ships.\n\n" + b"====\n" * 50_000,
    "messages.eml": lambda: mail(b"Content-Type: text/plain", b"", b"There are 40 ships.\n" * 4_000),
    "wrong.html": lambda: b'<meta charset="zlib"><p>There are 40 ships.</p>',
}  # fmt: skip


def outcome(path: Path) -> tuple[str, float, float]:
    """What reading a file says, its seconds of the processor and its megabytes."""
    process = subprocess.Popen(
        [sys.executable, "-c", READ, path.name], cwd=path.parent, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None and process.stderr is not None
    said, told = process.stdout.read().decode(), process.stderr.read().decode().strip()
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    peak = int(told.splitlines()[-1]) if told and told.splitlines()[-1].isdigit() else usage.ru_maxrss
    return (
        said if told.isdigit() or not told else said + told,
        usage.ru_utime + usage.ru_stime,
        peak / (1 if sys.platform == "darwin" else 1024) / 1024 ** (sys.platform == "darwin"),
    )


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="this system does not tell what a process used")
@pytest.mark.parametrize("name", [*REFUSED, *READABLE])
def test_hostile_files_harm_nothing(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes({**REFUSED, **READABLE}[name]())
    said, seconds, megabytes = outcome(tmp_path / name)
    expected = "refused" if name in REFUSED else "read"
    assert said.startswith(f"{expected} ") and said.count("\n") == 1 and len(said) < 400, said[-600:]
    assert name in READABLE or said.startswith(f"refused {name}")
    busy = max(2.0, min(4.0, os.getloadavg()[0] / (os.cpu_count() or 1)))  # a core that others use too is slower
    assert seconds < SECONDS * busy and megabytes < MEGABYTES, (seconds, megabytes)
    assert sorted(os.listdir(tmp_path)) == [name]


@pytest.mark.parametrize("name", WRITERS)
def test_a_file_cut_off_anywhere_is_read_or_refused(name: str) -> None:
    from checker.model import CheckerError
    from checker.reading import read_bytes

    data = WRITERS[name](STORY)
    for end in range(0, len(data), max(1, len(data) // 60)):
        try:
            read_bytes(data[:end], name)
        except CheckerError as error:
            assert str(error).startswith(name)
