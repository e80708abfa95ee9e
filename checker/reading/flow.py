"""Flowing text: a tree of HTML, NITF or embedded XHTML becomes blocks in reading order."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from checker.model import Block, BlockKind, Cell
from checker.patterns import lazy
from checker.reading.classes import Role, role
from checker.reading.markup import Node, Text, Tree, resolved
from checker.reading.spans import TooMuch, Traced

MOST, MOST_ELEMENTS = 3_000_000, 50_000  # characters and elements of an article
_LEFT_OUT = frozenset(
    "script style noscript template head button input select textarea form iframe object embed svg math video audio canvas map "
    "del s strike dialog link meta title nav footer media-producer media-metadata nitf-table-metadata".split()
)
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data dfn em font i ins kbd label mark q rp rt ruby samp small span strong sub sup "
    "time tt u var wbr nobr center-inline amp-text chron city classifier copyrite country currency event function location "
    "money num object.title org person postaddr pronounce region state virtloc lang".split()
)
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6, "hl1": 1, "hl2": 2}
_ITEMS = frozenset(["li", "dt", "dd"])
_LISTS = frozenset(["ul", "ol", "menu", "dl"])
_QUOTES = frozenset(["blockquote", "bq", "quote"])
_PICTURES = {"img": "alt", "amp-img": "alt", "media-reference": "alternate-text"}
_TAGGED = {
    "figcaption": BlockKind.CAPTION,
    "caption": BlockKind.CAPTION,
    "media-caption": BlockKind.CAPTION,
    "note": BlockKind.CORRECTION,
    "byline": BlockKind.BYLINE,
    "dateline": BlockKind.DATELINE,
    "abstract": BlockKind.DEK,
}
_BLANK_LINE = lazy(r"(?:\r\n?|\n)[ \t]*(?:\r\n?|\n)\s*")
_HIDDEN = lazy(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NOTE_SIGN = lazy(r"[\[(]?(?:\d{1,3}|[*†‡§a-z])[\])]?")
_KINDS = {
    Role.CORRECTION: BlockKind.CORRECTION,
    Role.PULL_QUOTE: BlockKind.PULL_QUOTE,
    Role.FACT_BOX: BlockKind.FACT_BOX,
    Role.CAPTION: BlockKind.CAPTION,
    Role.DEK: BlockKind.DEK,
    Role.BYLINE: BlockKind.BYLINE,
    Role.DATELINE: BlockKind.DATELINE,
}


@dataclass(frozen=True, slots=True)
class _Place:
    """What text is part of where it stands."""

    kind: BlockKind = BlockKind.BODY
    group: int = -1
    level: int = 0
    ordered: bool = False
    cell: Cell | None = None


@dataclass
class Flow:
    """A walk over a tree that collects its blocks; `skip` says which elements are no part of the article."""

    tree: Tree
    skip: Callable[[Node], bool] = lambda node: False
    headline: bool = False  # whether there is one already: then a further h1 is a subhead
    groups: int = 0  # lists and tables so far
    blank_lines: bool = False  # whether they end a paragraph, as where a content system adds the <p> later
    blocks: list[Block] = field(default_factory=list)
    _text: Traced = field(default_factory=Traced)
    _place: _Place = field(default_factory=_Place)
    _pictures: list[Block] = field(default_factory=list)
    _breaks: int = 0
    _size: int = 0
    _elements: int = 0

    def read(self, node: Node) -> Sequence[Block]:
        """The blocks of all that lies below an element.  Errors: ``TooMuch`` past 3,000,000 characters or 50,000 elements."""
        self._children(node)
        self._flush()
        return self.blocks

    # ------------------------------------------------------------------------------------------------------ blocks

    def _flush(self) -> None:
        """End the block that is being collected."""
        text, place = self._text, self._place
        self._text, self._breaks = Traced(), 0
        self._size += len(text.characters)
        if self._size > MOST:
            raise TooMuch(f"more than {MOST:,} characters of text")
        block = text.block(place.kind, place.group, place.level, place.ordered, place.cell)
        if block is not None:
            self.blocks.append(block)
        self.blocks += self._pictures
        self._pictures = []

    def _inside(self, node: Node, place: _Place) -> None:
        """The children of an element as blocks of their own."""
        self._flush()
        outer, self._place = self._place, place
        self._children(node)
        self._flush()
        self._place = outer

    def _children(self, node: Node) -> None:
        for child in node.children:
            if isinstance(child, Text):
                if self._breaks > 1 and self.tree.source[child.start : child.end].strip():
                    self._flush()
                self._run(child)
            else:
                self._element(child)

    def _run(self, text: Text) -> None:
        start, source = text.start, self.tree.source
        cuts = [match.span() for match in _BLANK_LINE.finditer(source, start, text.end)] if self.blank_lines else []
        for before, behind in [*cuts, (text.end, text.end)]:
            piece = resolved(source, Text(start, before, text.raw))
            self._text.extend(piece)
            self._breaks = self._breaks if not "".join(piece.characters).strip() else 0
            if before < text.end:
                self._flush()
            start = behind

    # ---------------------------------------------------------------------------------------------------- elements

    def _element(self, node: Node) -> None:
        tag = node.tag
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            raise TooMuch(f"more than {MOST_ELEMENTS:,} elements of one article")
        if tag in ("br", "hr"):
            self._text.put("\n", node.start, node.end)
            self._breaks += 1 if tag == "br" else 2
        elif tag in _PICTURES:
            self._picture(node, _PICTURES[tag])
        elif tag in _LEFT_OUT or self._hidden(node) or self.skip(node):
            if tag not in ("del", "s", "strike"):
                self._text.put(" ", node.start, node.end)
        elif tag in INLINE and not _holds_blocks(node):
            if not (tag in ("sup", "a") and self._is_note_sign(node)):
                self._children(node)
        elif tag == "table":
            self._table(node)
        else:
            self._inside(node, self._placed(node))

    def _placed(self, node: Node) -> _Place:
        """What a block element makes of the text in it."""
        tag, here = node.tag, self._place
        if here.cell is not None:
            return here
        if tag in _HEADINGS:
            first = _HEADINGS[tag] == 1 and not self.headline
            self.headline |= first
            return _Place(BlockKind.HEADLINE if first else BlockKind.SUBHEAD, level=_HEADINGS[tag])
        if tag in _LISTS:
            self.groups += 1
            return replace(here, group=self.groups, level=here.level + 1, ordered=tag == "ol")
        if tag in _ITEMS and here.group >= 0:
            return replace(here, kind=BlockKind.LIST_ITEM)
        if tag in _TAGGED:
            return _Place(_TAGGED[tag])
        found = _KINDS.get(role(node, self.tree)) if here.kind in (BlockKind.BODY, BlockKind.QUOTE) else None
        if found is not None:
            return replace(here, kind=found)
        if tag in _QUOTES and here.kind == BlockKind.BODY:
            return replace(here, kind=BlockKind.QUOTE)
        return here

    def _picture(self, node: Node, attribute: str) -> None:
        above = node.parent
        while above is not None and above.tag not in ("figure", "a", "td", "body"):
            above = above.parent
        if above is not None and above.tag == "a":  # the picture of a link to something else
            return
        block = self.tree.attribute(node, attribute).block(BlockKind.ALT)
        if block is not None and len(block.text.split()) > 1:
            self._pictures.append(block)

    def _hidden(self, node: Node) -> bool:
        return "hidden" in node.attributes or bool(_HIDDEN.search(self.tree.value(node, "style")))

    def _is_note_sign(self, node: Node) -> bool:
        """Whether it only leads to a footnote: "48,000<sup>1</sup>" is no 480,001."""
        link = node if node.tag == "a" else next((n for n in node.walk() if n.tag == "a"), None)
        if link is None or not self.tree.value(link, "href").startswith("#"):
            return False
        return bool(_NOTE_SIGN.fullmatch(self.tree.text(node)))

    def _table(self, node: Node) -> None:
        """A table's caption, then its cells; a table that only lays out the page is no table."""
        rows = [row for row in node.walk() if row.tag == "tr" and _table_of(row) is node]
        cells = [[cell for cell in row.elements() if cell.tag in ("td", "th")] for row in rows]
        if _is_layout(node, cells):
            self._inside(node, self._place)
            return
        self._flush()
        for caption in node.elements():
            if caption.tag == "caption":
                self._inside(caption, _Place(BlockKind.CAPTION))
        self.groups += 1
        group = self.groups
        taken: set[tuple[int, int]] = set()
        for number, row in enumerate(cells, 0 if self._has_head(cells[0]) else 1):
            column = 0
            for cell in row:
                while (number, column) in taken:
                    column += 1
                down, across = (self._span(cell, name) for name in ("rowspan", "colspan"))
                taken.update((number + i, column + j) for i in range(down) for j in range(across))
                self._cell(cell, _Place(BlockKind.TABLE_CELL, group, cell=Cell(number, column, cell.tag == "th")))
                column += across
        self._flush()

    def _cell(self, node: Node, place: _Place) -> None:
        """A cell is one block, whatever is in it."""
        self._flush()
        outer, self._place = self._place, place
        for block in sorted(Flow(self.tree, self.skip, True).read(node), key=lambda block: block.starts[0]):
            if block.kind == BlockKind.ALT:
                self._pictures.append(block)
                continue
            if self._text.characters:
                last, first = self._text.ends[-1], block.starts[0]
                self._text.put(" ", *((last, first) if last < first else (first, first + 1)))
            for i, character in enumerate(block.text):
                self._text.put(character, block.starts[i], block.ends[i])
        self._flush()
        self._place = outer

    def _has_head(self, row: Sequence[Node]) -> bool:
        """Whether a table's first row names its columns: by its tags, or because no cell of it holds a digit."""
        if any(cell.tag == "th" for cell in row):
            return True
        return not any(character.isdigit() for cell in row for character in self.tree.text(cell))

    def _span(self, cell: Node, name: str) -> int:
        value = self.tree.value(cell, name)
        return max(1, min(int(value), 50)) if value.isascii() and value.isdigit() and len(value) < 4 else 1


def _holds_blocks(node: Node) -> bool:
    """Whether an inline element wraps whole blocks: <a><h2>...</h2></a>."""
    return any(
        other.tag in _HEADINGS or other.tag in ("p", "div", "ul", "ol", "table", "figure", "li")
        for other in node.walk()
    )


def _table_of(row: Node) -> Node | None:
    """The table that a row is one of; a row in a cell, as broken pages have them, belongs to the cell."""
    above = row.parent
    while above is not None and above.tag not in ("table", "td", "th"):
        above = above.parent
    return above if above is not None and above.tag == "table" else None


def _is_layout(table: Node, cells: Sequence[Sequence[Node]]) -> bool:
    if max((len(row) for row in cells), default=0) < 2:
        return True
    if any(cell.tag == "th" for row in cells for cell in row):
        return False
    return any(node.tag in ("table", "h1", "h2", "h3") and node is not table for node in table.walk()) or any(
        sum(node.tag == "p" for node in cell.walk()) > 2 for row in cells for cell in row
    )
