"""Tables beside an article: the cells of an XLSX or CSV file as they are shown, to compare its prose with."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from io import StringIO
from pathlib import Path

from checker.model import Block, BlockKind, Cell, CheckerError, Document
from checker.patterns import lazy
from checker.reading import archives
from checker.reading.decoding import decode
from checker.reading.markup import Node, Tree
from checker.reading.paper import Draft, Paper
from checker.reading.spans import TooMuch

MOST_CELLS, MOST_TAGS, LARGEST = 20_000, 100_000, 40 * 1024 * 1024
MOST_DIGITS, MOST_DECIMALS = 16, 10  # a workbook keeps 15
_COLUMN = lazy(r"(?P<letters>[A-Z]{1,3})(?P<row>\d{1,7})$")
_DATE_FORMATS = frozenset([*range(14, 23), *range(45, 48)])
_BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
}
_CURRENCY = lazy(r"(?<=\[\$)[^\]\-]{1,4}|(?<!\[)[$£€¥₹]")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its rows of cells as they are shown, each with the name of its place."""

    name: str
    rows: tuple[tuple[tuple[str, str], ...], ...]


def with_tables(document: Document, tables: Sequence[Sheet]) -> Document:
    """The document with tables as its last blocks; their cells stand behind its source."""
    for sheet in tables:
        document = _joined(document, sheet)
    return document


def read_tables(path: str | Path) -> tuple[Sheet, ...]:
    """The tables of an XLSX or CSV file that hold anything.

    Errors: ``CheckerError`` where it is missing, broken, too large or neither of the two.
    """
    place = Path(path)
    try:
        if place.stat().st_size > LARGEST:
            raise CheckerError(f"{path}: is {place.stat().st_size:,} bytes, at most {LARGEST:,} are read as a table")
        data = place.read_bytes()
    except OSError as error:
        raise CheckerError(f"{path}: cannot be read: {error.strerror or error}") from error
    if is_workbook(data):
        try:
            found = tuple(_Workbook(archives.opened(data, str(path))).sheets())
        except TooMuch as error:
            raise CheckerError(f"{path}: {error}") from error
    elif data.startswith((b"PK", b"%PDF", b"\xd0\xcf\x11\xe0")):
        raise CheckerError(f"{path}: is no table that is known: XLSX or CSV")
    else:
        found = (_csv(decode(data, str(path)), place.name, str(path)),)
    if not any(sheet.rows for sheet in found):
        raise CheckerError(f"{path}: holds no table")
    return tuple(sheet for sheet in found if sheet.rows)


def is_workbook(data: bytes) -> bool:
    """Whether it is an archive with a workbook in it."""
    return "xl/workbook.xml" in archives.names(data)


def _joined(document: Document, sheet: Sheet) -> Document:
    paper = Paper()
    drafts: list[Draft] = []
    rows = list(sheet.rows)
    group = 1 + max((block.group for block in document.blocks), default=0)
    titled = len(rows) > 1 and sum(bool(text) for text, _ in rows[0]) == 1
    title, where = next(cell for cell in rows.pop(0) if cell[0]) if titled else ("Table", sheet.name)
    drafts.append(Draft(BlockKind.CAPTION, [paper.write(title, where)]))
    paper.end_line()
    head = not any(character.isdigit() for text, _ in rows[0] for character in text)
    for number, row in enumerate(rows, 0 if head else 1):
        for column, (text, place) in enumerate(row):
            span = paper.write(text, place)
            cell = Cell(number, column, head and number == 0)
            drafts.append(Draft(BlockKind.TABLE_CELL, [span], group, cell=cell))
            paper.write("\t", place)
        paper.end_line()
    begin = len(document.source) + 1
    blocks = tuple(_further(block, begin) for block in paper.blocks(drafts))
    origins = tuple(replace(o, start=o.start + begin, end=o.end + begin) for o in paper.origins)
    return replace(
        document,
        source=f"{document.source}\n{paper.source()}",
        blocks=document.blocks + blocks,
        origins=document.origins + origins,
    )


def _further(block: Block, by: int) -> Block:
    return replace(block, starts=[at + by for at in block.starts], ends=[at + by for at in block.ends])


# ----------------------------------------------------------------------------------------------------------------- CSV


def _csv(text: str, name: str, path: str) -> Sheet:
    try:
        dialect: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(text[:20_000], delimiters=",;\t|")
    except csv.Error:
        dialect = csv.excel
    rows, cells = [], 0
    try:
        for number, row in enumerate(csv.reader(StringIO(text, newline=""), dialect), 1):
            cells += len(row)
            if cells > MOST_CELLS:
                raise CheckerError(f"{path}: holds more than {MOST_CELLS:,} cells")
            if any(value.strip() for value in row):
                rows.append(
                    tuple(
                        (" ".join(value.split()), f"{name}, row {number}, column {column}")
                        for column, value in enumerate(row, 1)
                    )
                )
    except csv.Error as error:
        raise CheckerError(f"{path}: is no CSV: {error}") from error
    return Sheet(name, tuple(rows))


# ---------------------------------------------------------------------------------------------------------------- XLSX


class _Workbook:
    def __init__(self, archive: archives.Archive) -> None:
        self.archive = archive
        book = archive.xml("xl/workbook.xml")
        assert book is not None
        self.book = book
        strings = archive.xml("xl/sharedStrings.xml")
        self.strings = [_shared(strings, node) for node in strings.root.walk() if node.tag == "si"] if strings else []
        self.formats = _formats(archive.xml("xl/styles.xml"))
        properties = book.root.find("workbookPr")
        from_1904 = properties is not None and book.value(properties, "date1904") in ("1", "true")
        self.epoch = date(1904, 1, 1) if from_1904 else date(1899, 12, 30)
        self.cells = 0

    def sheets(self) -> Iterator[Sheet]:
        links = self.archive.xml("xl/_rels/workbook.xml.rels")
        targets = {links.value(node, "Id"): links.value(node, "Target") for node in links.root.walk()} if links else {}
        file = Path(self.archive.path).name
        for node in self.book.root.walk():
            if node.tag != "sheet" or self.book.value(node, "state") in ("hidden", "veryHidden"):
                continue
            target = targets.get(self.book.value(node, "r:id"), "")
            tree = self.archive.xml(target.lstrip("/") if target.startswith("/") else f"xl/{target}", MOST_TAGS)
            if tree is not None:
                name = self.book.value(node, "name")
                yield Sheet(f"{file}!{name}", tuple(self.rows(tree, f"{file}!{name}")))

    def rows(self, tree: Tree, name: str) -> Iterator[tuple[tuple[str, str], ...]]:
        for row in tree.root.walk():
            if row.tag != "row" or tree.value(row, "hidden") in ("1", "true"):
                continue
            found: dict[int, tuple[str, str]] = {}
            for cell in row.elements():
                place = _COLUMN.match(tree.value(cell, "r"))
                self.cells += 1
                if self.cells > MOST_CELLS:
                    raise CheckerError(f"{self.archive.path}: holds more than {MOST_CELLS:,} cells")
                text = " ".join(self.shown(tree, cell).split())
                if cell.tag == "c" and place and text:
                    found[_number(place["letters"])] = (text, f"{name}!{place[0]}")
            if found:
                number = _COLUMN.match(next(iter(found.values()))[1].rpartition("!")[2])
                line = number["row"] if number else ""
                yield tuple(
                    found.get(i, ("", f"{name}!{_letters(i)}{line}"))
                    for i in range(max(found) + 1 if max(found) < 200 else 200)
                )

    def shown(self, tree: Tree, cell: Node) -> str:
        """What a cell shows: its number in its format."""
        kind = tree.value(cell, "t")
        inside = next((node for node in cell.elements() if node.tag == ("is" if kind == "inlineStr" else "v")), None)
        if inside is None:
            return ""
        text = tree.text(inside)
        if kind == "s":
            return _at(self.strings, text, "")
        if kind in ("str", "inlineStr", "e", "b"):
            return {"0": "no", "1": "yes"}.get(text, "") if kind == "b" else text
        return _formatted(text, _at(self.formats, tree.value(cell, "s"), "General"), self.epoch)


def _at(texts: Sequence[str], index: str, otherwise: str) -> str:
    """The text with an index that is written in digits."""
    known = index.isascii() and index.isdigit() and len(index) < 9 and int(index) < len(texts)
    return texts[int(index)] if known else otherwise


def _shared(tree: Tree, node: Node) -> str:
    """A shared string, its runs joined, readings of its characters left out."""
    texts = [inner for inner in node.walk() if inner.tag == "t" and (inner.parent is None or inner.parent.tag != "rPh")]
    return "".join(tree.traced(inner).text() for inner in texts)


def _formats(tree: Tree | None) -> list[str]:
    """The number format of every cell style."""
    if tree is None:
        return []
    own = {
        tree.value(node, "numFmtId"): tree.value(node, "formatCode")
        for node in tree.root.walk()
        if node.tag == "numFmt"
    }
    found = []
    styles = tree.root.find("cellXfs")
    for node in styles.elements() if styles is not None else ():
        number = tree.value(node, "numFmtId")
        known = int(number) if number.isascii() and number.isdigit() and len(number) < 5 else 0
        found.append(own.get(number) or ("date" if known in _DATE_FORMATS else _BUILT_IN.get(known, "General")))
    return found


def _formatted(text: str, form: str, epoch: date) -> str:
    """A number as its format shows it: "0.123" in "0.0%" is "12.3%"."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    if not value.is_finite() or abs(value.adjusted()) > MOST_DIGITS:
        return text
    positive = re.sub(r'"[^"]*"|\\.|\[(?!\$)[^\]]*\]', "", form.split(";")[0])
    if form == "date" or (re.search(r"[ymd]", positive, re.IGNORECASE) and not re.search(r"[0#]", positive)):
        whole = int(value)
        return (epoch + timedelta(days=whole)).isoformat() if 0 < whole < 2_900_000 else text
    if form == "General":
        plain = f"{value:f}"
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    percent = "%" in positive
    value = value * 100 if percent else value
    decimals = re.search(r"\.([0#?]+)", positive)
    scaled = len(re.search(r",*$", re.sub(r"[^0#?,.]", "", positive.replace("%", "")))[0])  # type: ignore[index]
    value = value / (1000**scaled)
    places = min(len(decimals[1]), MOST_DECIMALS) if decimals else 0
    value = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    digits = f"{value:{',' if '#,' in positive or '0,0' in positive else ''}f}"
    currency = _CURRENCY.search(form.split(";")[0])
    sign, digits = ("-", digits[1:]) if digits.startswith("-") else ("", digits)
    behind = currency is not None and bool(re.search(r"[0#]", form[: currency.start()]))
    unit = re.search(r'[0#?%],*\s*"(?P<unit>[^"]{1,20})"', form.split(";")[0])
    shown = (
        f"{sign}{digits} {currency[0]}" if currency and behind else f"{sign}{currency[0] if currency else ''}{digits}"
    )
    return f"{shown}{'%' if percent else ''}{unit['unit'] if unit else ''}"


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _letters(number: int) -> str:
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
