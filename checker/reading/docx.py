"""DOCX: paragraphs with their styles, lists, tables, notes, text boxes, and the text as it is once changes are accepted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from checker.model import BlockKind, Cell, CheckerError, Document
from checker.reading import archives
from checker.reading.assembling import document
from checker.reading.datelines import written_date
from checker.reading.markup import Node, Text, Tree, resolved
from checker.reading.paper import Draft, Paper, by_looks
from checker.reading.styles import Styles

NAME = "docx"
SUFFIXES = (".docx", ".docm")
MEDIA_TYPES = ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",)
BINARY = True

_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_GONE = frozenset(["del", "moveFrom", "Fallback", "instrText", "delText", "delInstrText", "rPr", "pPr", "fldChar"])
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_YEAR_APART = 31  # days between creation and last change past which a file was made from an older one


@dataclass(frozen=True)
class Piece:
    """A run of characters: ``document.source[start:end]`` is what `node` of the part shows.

    `offsets` holds where each character stands in the part's XML, and where the last one ends.
    """

    start: int
    end: int
    part: str
    run: Node
    node: Node
    offsets: Sequence[int]


@dataclass
class Word:
    """A DOCX with the way from its text back to its XML."""

    archive: archives.Archive
    main: str  # the name of the part that holds the text
    trees: dict[str, Tree]
    pieces: list[Piece] = field(default_factory=list)
    document: Document | None = None


def recognises(data: bytes) -> bool:
    """Whether it is an archive with a Word document in it."""
    return any(name.lower() == "word/document.xml" for name in archives.names(data))


def read(data: bytes, path: str) -> tuple[Document, ...]:
    """The article.  Errors: ``CheckerError`` where the file is broken."""
    found = word(data, path).document
    assert found is not None
    return (found,)


def word(data: bytes, path: str) -> Word:
    """The document and all that leads back into its XML.  Errors: as ``read``."""
    return _Reader(archives.opened(data, path)).read()


class _Reader:
    def __init__(self, archive: archives.Archive) -> None:
        main = next((name for name in archive.parts if name.lower() == "word/document.xml"), None)
        tree = archive.xml(main) if main else None
        if main is None or tree is None:
            raise CheckerError(f"{archive.path}: is no DOCX: it has no word/document.xml")
        folder = main.rpartition("/")[0]
        self.word = Word(archive, main, {main: tree})
        self.styles = Styles(archive.xml(f"{folder}/styles.xml"), archive.xml(f"{folder}/numbering.xml"))
        self.notes = [(name, archive.xml(f"{folder}/{name}.xml")) for name in ("footnotes", "endnotes")]
        self.paper = Paper()
        self.drafts: list[tuple[Draft, BlockKind | None]] = []  # and the kind that its style tells
        self.pictures: list[tuple[Draft, Node, str]] = []
        self.groups = 0
        self.list: tuple[str, int] = ("", -1)  # the list that the last paragraph belongs to, its group
        self.merging: Draft | None = None  # a paragraph whose mark is deleted goes on in the next one

    def read(self) -> Word:
        tree = self.word.trees[self.word.main]
        body = tree.root.find("body")
        if body is not None:
            self.story(body, self.word.main, "")
        for name, notes in self.notes:
            if notes is not None:
                part = f"{self.word.main.rpartition('/')[0]}/{name}.xml"
                self.word.trees[part] = notes
                self.story(notes.root, part, f"{name}, ")
        for draft, node, part in self.pictures:
            text = self.word.trees[part].value(node, "descr")
            draft.spans.append(self.paper.write(text, "a picture's description"))
            self.paper.end_line()
        by_looks(self.paper, self.drafts)
        when = self.properties()
        blocks = list(self.paper.blocks([draft for draft, _ in self.drafts]))
        found = document(self.word.archive.path, self.paper.source(), blocks, when, origins=tuple(self.paper.origins))
        self.word.document = found
        return self.word

    def properties(self) -> date | None:
        """The date of the file, written on a line of its own: the day it was made, or was last changed where that is long after."""
        tree = self.word.archive.xml("docProps/core.xml")
        said = []
        for name in ("created", "modified"):
            node = tree.root.find(name) if tree is not None else None
            text = tree.text(node) if tree is not None and node is not None else ""
            when = written_date(text)
            if when is not None:
                said.append((when, text, name))
        if not said:
            return None
        when, text, name = said[-1] if abs((said[-1][0] - said[0][0]).days) > _YEAR_APART else said[0]
        self.drafts.append((Draft(BlockKind.DATE, [self.paper.write(text, f"properties, {name}")]), None))
        self.paper.end_line()
        return when

    # ----------------------------------------------------------------------------------------------------- stories

    def story(self, root: Node, part: str, where: str) -> None:
        """All paragraphs and tables of a part."""
        self.part, self.where = part, where
        paragraphs = [node for node in root.walk() if _is(node, "p")]
        self.numbers = {id(node): number for number, node in enumerate(paragraphs, 1)}
        self.merging = None
        self.blocks(root)

    def blocks(self, root: Node, kind: BlockKind = BlockKind.BODY) -> None:
        for node in root.elements():
            if _is(node, "p"):
                self.paragraph(node, kind)
            elif _is(node, "tbl"):
                self.table(node)
            elif node.tag not in _GONE and not (node.tag in ("footnote", "endnote") and "w:type" in node.attributes):
                self.blocks(node, kind)

    def paragraph(self, node: Node, kind: BlockKind, cell: Draft | None = None) -> None:
        tree = self.word.trees[self.part]
        style = self.styles.of(tree, node)
        draft = cell or self.merging
        if draft is None:
            draft = Draft(kind)
            told = style.kind
            if style.list:
                if style.list != self.list[0]:
                    self.groups += 1
                    self.list = (style.list, self.groups)
                draft.kind, draft.group = BlockKind.LIST_ITEM, self.list[1]
                draft.level, draft.ordered = style.depth, style.ordered
            elif kind != BlockKind.BODY and told is None:
                told = kind
            self.drafts.append((draft, told))
        if not style.list:
            self.list = ("", -1)
        draft.level = draft.level or style.level
        boxes = self.runs(node, draft)
        if cell is None:
            self.merging = draft if _mark_is_deleted(node) else None
        self.paper.end_line()
        for box in boxes:
            self.blocks(box, BlockKind.FACT_BOX)

    def runs(self, paragraph: Node, draft: Draft) -> list[Node]:
        """Write the text of a paragraph.  Returns the text boxes that hang on it."""
        boxes: list[Node] = []
        number, place = 0, f"{self.where}paragraph {self.numbers[id(paragraph)]}, run "
        for node, gone in _inside(paragraph):
            if _is(node, "r"):
                number += 1
                if not gone and not _is_hidden(node):
                    self.run(node, draft, f"{place}{number}")
            elif gone:
                continue
            elif node.tag == "txbxContent":
                boxes.append(node)
            elif node.tag == "docPr" and "descr" in node.attributes:
                picture = Draft(BlockKind.ALT)
                self.drafts.append((picture, BlockKind.ALT))
                self.pictures.append((picture, node, self.part))
        return boxes

    def run(self, run: Node, draft: Draft, locator: str) -> None:
        tree, at = self.word.trees[self.part], 0
        for node in run.elements():
            if node.tag == "t":
                texts = [resolved(tree.source, child) for child in node.children if isinstance(child, Text)]
                text = "".join(traced.text() for traced in texts)
                offsets = [offset for traced in texts for offset in traced.starts]
                offsets.append(texts[-1].ends[-1] if texts and texts[-1].ends else node.start)
            elif node.tag in _SIGNS and tree.value(node, "w:type") in ("", "textWrapping"):
                text, offsets = _SIGNS[node.tag], [node.start, node.end]
            else:
                continue
            span = self.paper.write(text, locator, at)
            at += len(text)
            draft.spans.append(span)
            if text:
                self.word.pieces.append(Piece(*span, self.part, run, node, offsets))

    # ------------------------------------------------------------------------------------------------------ tables

    def table(self, node: Node) -> None:
        tree = self.word.trees[self.part]
        rows = list(_within(node, "tr"))
        self.groups += 1
        group = self.groups
        head = bool(rows) and not any(c.isdigit() for cell in _within(rows[0], "tc") for c in tree.text(cell))
        head |= bool(rows) and rows[0].find("tblHeader") is not None
        for number, row in enumerate(rows, 0 if head else 1):
            column = 0
            for cell in _within(row, "tc"):
                merged, span = cell.find("vMerge"), cell.find("gridSpan")
                across = tree.value(span, "w:val") if span is not None else ""
                if merged is None or tree.value(merged, "w:val") == "restart":
                    place = Cell(number, column, head and number == 0)
                    draft = Draft(BlockKind.TABLE_CELL, group=group, cell=place)
                    self.drafts.append((draft, BlockKind.TABLE_CELL))
                    for paragraph in (inner for inner in cell.walk() if _is(inner, "p")):
                        self.paragraph(paragraph, BlockKind.TABLE_CELL, draft)
                column += int(across) if across.isascii() and across.isdigit() and len(across) < 4 else 1
        self.merging = None


def _is(node: Node, tag: str) -> bool:
    return node.tag == tag and node.space in _WORD


def _within(node: Node, tag: str) -> Iterator[Node]:
    """The elements of a tag in a table or row, not in a table in it; content controls and revisions are looked through."""
    for child in node.elements():
        if _is(child, tag):
            yield child
        elif not (_is(child, "tbl") or _is(child, "tc") or _is(child, "tr")) and child.tag not in _GONE:
            yield from _within(child, tag)


def _inside(paragraph: Node) -> Iterator[tuple[Node, bool]]:
    """The elements of a paragraph, not of the text boxes in it, and whether revisions take them out."""
    waiting = [(child, False) for child in reversed(list(paragraph.elements()))]
    while waiting:
        node, gone = waiting.pop()
        gone = gone or node.tag in _GONE
        yield node, gone
        if node.tag != "txbxContent":
            waiting += [(child, gone) for child in reversed(list(node.elements()))]


def _is_hidden(run: Node) -> bool:
    return any(
        node.tag == "vanish"
        for properties in run.elements()
        if properties.tag == "rPr"
        for node in properties.elements()
    )


def _mark_is_deleted(paragraph: Node) -> bool:
    """Whether a revision joins a paragraph to the next one."""
    properties = next((node for node in paragraph.elements() if node.tag == "pPr"), None)
    mark = next((node for node in properties.elements() if node.tag == "rPr"), None) if properties else None
    return mark is not None and any(node.tag == "del" for node in mark.elements())
