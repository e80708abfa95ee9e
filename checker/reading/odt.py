"""ODT: paragraphs with their styles, lists, tables, notes, frames of OpenDocument text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from checker.model import BlockKind, Cell, CheckerError, Document
from checker.reading import archives, styles
from checker.reading.assembling import document
from checker.reading.datelines import written_date
from checker.reading.markup import Node, Text, Tree, resolved
from checker.reading.paper import Draft, Paper, by_looks

NAME = "odt"
SUFFIXES = (".odt",)
MEDIA_TYPES = ("application/vnd.oasis.opendocument.text",)
BINARY = True

_GONE = frozenset(["tracked-changes", "annotation", "note-citation", "sequence-decls", "forms", "variable-decls"])
_PARAGRAPHS = ("p", "h")


def recognises(data: bytes) -> bool:
    """Whether it is an archive that says so, or one with a content but no Word document in it."""
    found = archives.names(data)
    return "content.xml" in found and b"opendocument.text" in data[:200]


def read(data: bytes, path: str) -> tuple[Document, ...]:
    """The article.  Errors: ``CheckerError`` where the file is broken."""
    archive = archives.opened(data, path)
    tree = archive.xml("content.xml")
    if tree is None:
        raise CheckerError(f"{path}: is no ODT: it has no content.xml")
    return (_Reader(archive, tree).read(path),)


class _Reader:
    def __init__(self, archive: archives.Archive, tree: Tree) -> None:
        self.tree = tree
        self.meta = archive.xml("meta.xml")
        self.paper = Paper()
        self.drafts: list[tuple[Draft, BlockKind | None]] = []
        self.notes: list[Node] = []
        self.groups = 0
        self.parents: dict[str, str] = {}  # automatic style -> the style that it is based on
        self.bullets: set[str] = set()
        self.numbers = {id(node): number for number, node in enumerate(_paragraphs(tree.root), 1)}
        for part in (tree, archive.xml("styles.xml")):
            self.learn(part)

    def learn(self, part: Tree | None) -> None:
        """Which styles are based on which, and which lists have bullets."""
        for node in part.root.walk() if part is not None else ():
            if part is not None and node.tag == "style":
                self.parents[part.value(node, "style:name")] = part.value(node, "style:parent-style-name")
            elif part is not None and node.tag == "list-style":
                first = next(node.elements(), None)
                if first is not None and first.tag == "list-level-style-bullet":
                    self.bullets.add(part.value(node, "style:name"))

    def read(self, path: str) -> Document:
        body = self.tree.root.find("text")
        for node in [body] if body is not None else []:
            self.blocks(node, BlockKind.BODY)
        for note in self.notes:
            self.blocks(note, BlockKind.BODY)
        by_looks(self.paper, self.drafts)
        when = self.date()
        drafts = [draft for draft, _ in self.drafts]
        blocks = list(self.paper.blocks(drafts))
        return document(path, self.paper.source(), blocks, when, origins=tuple(self.paper.origins))

    def date(self) -> date | None:
        for name in ("creation-date", "date"):
            node = self.meta.root.find(name) if self.meta is not None else None
            text = self.meta.text(node) if self.meta is not None and node is not None else ""
            when = written_date(text)
            if when is not None:
                self.drafts.append(
                    (Draft(BlockKind.DATE, [self.paper.write(text, f"properties, {name}")]), BlockKind.DATE)
                )
                self.paper.end_line()
                return when
        return None

    def kind(self, node: Node) -> styles.Style:
        """What a paragraph's style, or one that it is based on, tells."""
        name = self.tree.value(node, "text:style-name")
        for _ in range(10):
            found = styles.named(re.sub(r"_([0-9a-f]{2})_", lambda match: chr(int(match[1], 16)), name))
            if found.kind or not self.parents.get(name):
                return found
            name = self.parents[name]
        return styles.Style()

    def blocks(self, root: Node, kind: BlockKind, item: tuple[int, int, bool] = (-1, 0, False)) -> None:
        """The paragraphs, lists, tables and frames below an element; `item`: group, depth and order of the list around it."""
        for node in root.elements():
            if node.tag in _PARAGRAPHS and node.space.endswith(":text:1.0"):
                self.paragraph(node, kind, item)
            elif node.tag == "list":
                self.groups += 1
                style = self.tree.value(node, "text:style-name")
                ordered = item[2] if not style else style not in self.bullets
                self.blocks(node, BlockKind.LIST_ITEM, (self.groups, item[1] + 1, ordered))
            elif node.tag == "table":
                self.table(node)
            elif node.tag not in _GONE:
                self.blocks(node, kind, item)

    def paragraph(self, node: Node, kind: BlockKind, item: tuple[int, int, bool]) -> None:
        style = self.kind(node)
        told = style.kind if kind == BlockKind.BODY else None
        if node.tag == "h" and told is None:
            level = self.tree.value(node, "text:outline-level")
            told = BlockKind.HEADLINE if level == "1" else BlockKind.SUBHEAD
        draft = Draft(kind if item[0] < 0 or kind != BlockKind.LIST_ITEM else BlockKind.LIST_ITEM, [], *item)
        draft.level = draft.level or style.level
        self.drafts.append((draft, told if kind == BlockKind.BODY else kind))
        frames = self.write(node, draft)
        self.paper.end_line()
        for frame in frames:
            if frame.tag == "text-box":
                self.blocks(frame, BlockKind.FACT_BOX)
                continue
            span = self.paper.write(self.tree.text(frame), "a picture's description")
            self.drafts.append((Draft(BlockKind.ALT, [span]), BlockKind.ALT))
            self.paper.end_line()

    def write(self, paragraph: Node, draft: Draft) -> list[Node]:
        """Write the text of a paragraph.  Returns the text boxes and descriptions in it; notes wait for the end."""
        place, at = f"paragraph {self.numbers[id(paragraph)]}", 0
        frames: list[Node] = []
        waiting: list[Node | Text] = list(reversed(paragraph.children))
        while waiting:
            item = waiting.pop()
            if isinstance(item, Text):
                text = " ".join(re.split(r"[ \t\r\n]+", resolved(self.tree.source, item).text()))
            elif item.tag == "s":
                count = self.tree.value(item, "text:c")
                text = " " * (min(int(count), 100) if count.isascii() and count.isdigit() and len(count) < 5 else 1)
            elif item.tag in ("tab", "line-break"):
                text = "\t" if item.tag == "tab" else "\n"
            elif item.tag == "note":
                self.notes += [node for node in item.elements() if node.tag == "note-body"]
                continue
            elif item.tag in ("text-box", "title", "desc"):
                frames.append(item)
                continue
            else:
                if item.tag not in _GONE:
                    waiting += reversed(item.children)
                continue
            draft.spans.append(self.paper.write(text, place, at))
            at += len(text)
        return frames

    def table(self, node: Node) -> None:
        rows = list(_below(node, "table-row"))
        self.groups += 1
        first = list(_below(rows[0], "table-cell")) if rows else []
        head = bool(rows) and not any(c.isdigit() for cell in first for c in self.tree.text(cell))
        head |= bool(rows) and rows[0].parent is not None and rows[0].parent.tag == "table-header-rows"
        for number, row in enumerate(rows, 0 if head else 1):
            column = 0
            for cell in row.elements():
                repeated = self.tree.value(cell, "table:number-columns-repeated")
                if cell.tag == "table-cell":
                    place = Cell(number, column, head and number == 0)
                    draft = Draft(BlockKind.TABLE_CELL, group=self.groups, cell=place)
                    self.drafts.append((draft, BlockKind.TABLE_CELL))
                    for paragraph in _paragraphs(cell):
                        self.write(paragraph, draft)
                        self.paper.end_line()
                column += int(repeated) if repeated.isascii() and repeated.isdigit() and len(repeated) < 4 else 1


def _paragraphs(root: Node) -> Iterator[Node]:
    return (node for node in root.walk() if node.tag in _PARAGRAPHS and node.space.endswith(":text:1.0"))


def _below(node: Node, tag: str) -> Iterator[Node]:
    """The elements of a tag in a table, not in a table in it."""
    for child in node.elements():
        if child.tag == tag:
            yield child
        elif child.tag not in ("table", "table-row", "table-cell"):
            yield from _below(child, tag)
