"""reStructuredText: titles, paragraphs, lists, tables, figures, boxes; directives are never carried out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from checker.model import Block, BlockKind, Cell, CheckerError, Document
from checker.patterns import lazy
from checker.reading.assembling import document
from checker.reading.classes import told_by
from checker.reading.datelines import written_date
from checker.reading.lightmarkup import Line, lines, shown, traced
from checker.reading.shortcodes import KINDS
from checker.reading.spans import Traced

NAME = "rst"
SUFFIXES = (".rst", ".rest")
MEDIA_TYPES = ("text/x-rst", "text/prs.fallenstein.rst")
BINARY = False

DEEPEST = 40
_ADORNED = lazy(r"([!-/:-@[-`{-~])\1{2,}\s*$")
_BULLET = lazy(r"(?P<bullet>[-*+•‣⁃])\s+(?=\S)|(?P<number>\(?(?:\d{1,4}|#|[a-zA-Z]|[ivxlcIVXLC]{1,6})[.)])\s+(?=\S)")
_FIELD = lazy(r":(?P<name>[A-Za-z][\w -]{0,40}):(?:\s+|$)")
_EXPLICIT = lazy(r"\.\.(?:\s+|$)")
_DIRECTIVE = lazy(r"\.\.\s+(?:\|[^|]*\|\s+)?(?P<name>[\w:.+-]+?)::\s*")
_NOTE = lazy(r"\.\.\s+\[(?:\d+|#[\w-]*|\*|[\w.-]+)\]\s+")
_GRID = lazy(r"\+(?:[-=]+\+)+\s*$")
_SIMPLE = lazy(r"=+(?:[ ]+=+)+\s*$")
_UNREAD = frozenset(
    "code code-block sourcecode highlight raw math contents sectnum meta default-role role literalinclude parsed-literal "
    "toctree index only graphviz plot unicode date replace target-notes youtube class".split()
)
_BOXES = frozenset(
    "note tip hint important attention caution danger error warning admonition sidebar topic box".split()
)
_QUOTES = frozenset(["epigraph", "highlights"])
_TOP = (BlockKind.HEADLINE, BlockKind.DEK, BlockKind.BYLINE)
_INLINE = lazy(
    r"\\(?P<keep0>[^\s])|\\\s"
    r"|``(?P<raw>[^\n]{1,400}?)``"
    r"|(?<!\w):[\w:+.-]{1,40}:`(?P<keep1>[^`<]{1,400}?)(?:\s*<[^`>]{1,400}>)?`"
    r"|`(?P<keep2>[^`<]{1,400}?)(?:\s*<[^`>]{1,400}>)?`_{0,2}"
    r"|(?<![\w*])\*\*(?=\S)(?P<keep3>[^*]{1,600}?)(?<=\S)\*\*(?!\w)"
    r"|(?<![\w*])\*(?=\S)(?P<keep4>[^*]{1,600}?)(?<=\S)\*(?!\w)"
    r"|[ \t]?\[(?:\d{1,3}|#[\w-]*|\*)\]_"
    r"|\b(?P<keep5>[A-Za-z0-9]+(?:[-.][A-Za-z0-9]+)*)__?(?![\w_])"
    r"|\|(?P<keep6>[^|\n]{1,80})\|_{0,2}"
)


def recognises(source: str) -> bool:
    """Never: its marks may be those of any text."""
    return False


def read(source: str, path: str) -> tuple[Document, ...]:
    """The article.  Errors: ``CheckerError`` where it would include another file, or is nested too deep."""
    reader = _Reader(source, path)
    reader.body(lines(source))
    top = next((i for i, block in enumerate(reader.blocks) if block.kind not in _TOP), len(reader.blocks))
    reader.blocks[top:top] = reader.head
    return (document(path, source, [*reader.blocks, *reader.notes], reader.when),)


@dataclass
class _Reader:
    source: str
    path: str
    head: list[Block] = field(default_factory=list)  # the date of the field list at the top
    blocks: list[Block] = field(default_factory=list)
    notes: list[Block] = field(default_factory=list)
    when: date | None = None
    groups: int = 0
    headline: bool = False
    adornments: list[str] = field(default_factory=list)  # of titles, the outermost first

    def add(
        self,
        some: Sequence[Line] | Traced,
        kind: BlockKind,
        group: int = -1,
        level: int = 0,
        ordered: bool = False,
        cell: Cell | None = None,
    ) -> None:
        text = some if isinstance(some, Traced) else traced(self.source, some)
        block = shown(text, _INLINE).block(kind, group, level, ordered, cell)
        if block is not None:
            self.blocks.append(block)

    def body(self, some: Sequence[Line], kind: BlockKind = BlockKind.BODY, depth: int = 0) -> None:
        """The blocks of some lines, as they stand at the left margin."""
        if depth > DEEPEST:
            raise CheckerError(f"{self.path}:{self.number(some[0])}: is nested more than {DEEPEST} deep")
        at = 0
        while at < len(some):
            line = some[at]
            if line.blank:
                at += 1
            elif line.indent:
                end = _indented(some, at, 1)
                least = _least(some[at:end])
                inner = [other.cut(least) for other in some[at:end]]
                self.body(inner, BlockKind.QUOTE if kind == BlockKind.BODY else kind, depth + 1)
                at = end
            elif _EXPLICIT.match(line.text):
                at = self.explicit(some, at, kind, depth)
            elif (end := self.title(some, at)) > at:
                at = end
            elif _GRID.match(line.text) or _SIMPLE.match(line.text):
                at = self.table(some, at)
            elif found := _BULLET.match(line.text):
                at = self.items(some, at, found, depth)
            elif found := _FIELD.match(line.text):
                at = self.field(some, at, found, kind)
            elif _ADORNED.match(line.text):
                at += 1  # a transition
            else:
                at = self.paragraph(some, at, kind)

    def number(self, line: Line) -> int:
        return len(re.findall(r"\r\n?|\n", self.source[: line.start])) + 1

    # -------------------------------------------------------------------------------------------------- paragraphs

    def paragraph(self, some: Sequence[Line], at: int, kind: BlockKind) -> int:
        end = next((i for i in range(at, len(some)) if some[i].blank), len(some))
        if end == at + 2 and some[at + 1].indent:  # a term and its definition
            self.groups += 1
            self.add(some[at : at + 1], BlockKind.LIST_ITEM, self.groups, 1)
            self.add(some[at + 1 : end], BlockKind.LIST_ITEM, self.groups, 1)
            return end
        text = traced(self.source, some[at:end])
        literal = text.characters[-2:] == [":", ":"]
        if literal:
            text = Traced(text.characters[:-1], text.starts[:-1], text.ends[:-1])
        self.add(text, kind)
        return _indented(some, end, 1) if literal else end

    def title(self, some: Sequence[Line], at: int) -> int:
        """Behind a title with its line of signs below, and perhaps one above; `at` where there is none."""
        over = bool(_ADORNED.match(some[at].text))
        text = at + over
        if text + 1 >= len(some) or some[text].blank or not _ADORNED.match(some[text + 1].text):
            return at
        signs = some[text + 1].text.strip()
        if not over and (some[text].indent or (len(signs) < min(len(some[text].text.strip()), 4))):
            return at
        adornment = signs[0] * (1 + over)
        if adornment not in self.adornments:
            self.adornments.append(adornment)
        level = self.adornments.index(adornment) + 1
        if level == 1 and not self.headline:
            self.headline = True
            self.add(some[text : text + 1], BlockKind.HEADLINE, level=1)
        elif [block.kind for block in self.blocks[:2]] == [BlockKind.HEADLINE] and over:  # a subtitle
            self.add(some[text : text + 1], BlockKind.DEK)
        else:
            self.add(some[text : text + 1], BlockKind.SUBHEAD, level=level)
        return text + 2

    def field(self, some: Sequence[Line], at: int, found: re.Match[str], kind: BlockKind) -> int:
        """A field: of the article where it stands at the top, else a paragraph."""
        end = _indented(some, at + 1, 1)
        name, value = found["name"].lower(), [some[at].cut(found.end()), *some[at + 1 : end]]
        text = traced(self.source, value)
        running = any(block.kind == BlockKind.BODY for block in self.blocks)
        if not running and name in ("date", "published"):
            self.when = self.when or written_date(text.text())
            block = text.block(BlockKind.DATE) if self.when else None
            self.head += [block] if block is not None else []
        elif not running and name in ("author", "authors", "byline"):
            self.add(value, BlockKind.BYLINE)
        elif not running and name in ("summary", "description", "abstract", "subtitle", "standfirst"):
            self.add(value, BlockKind.DEK)
        elif not running and name in ("title", "headline"):
            self.headline = True
            self.add(value, BlockKind.HEADLINE)
        elif running:
            self.add(value, kind)
        return end

    def items(self, some: Sequence[Line], at: int, found: re.Match[str], depth: int, level: int = 1) -> int:
        """Behind the items of a list; what is indented below an item is part of it."""
        self.groups += 1
        group, ordered = self.groups, bool(found["number"])
        while at < len(some) and (mark := _BULLET.match(some[at].text)) and bool(mark["number"]) == ordered:
            end = _indented(some, at + 1, 1)
            inner = [some[at].cut(mark.end()), *(line.cut(min(mark.end(), line.indent)) for line in some[at + 1 : end])]
            stop = next((i for i in range(1, len(inner)) if inner[i].blank or _BULLET.match(inner[i].text)), len(inner))
            self.add(inner[:stop], BlockKind.LIST_ITEM, group, level, ordered)
            rest = stop
            while rest < len(inner):
                if (deeper := _BULLET.match(inner[rest].text)) and depth + level < DEEPEST:
                    rest = self.items(inner, rest, deeper, depth, level + 1)
                elif inner[rest].blank:
                    rest += 1
                elif _EXPLICIT.match(inner[rest].text):
                    rest = self.explicit(inner, rest, BlockKind.BODY, depth + level)
                else:
                    stop = next((i for i in range(rest, len(inner)) if inner[i].blank), len(inner))
                    self.add(inner[rest:stop], BlockKind.LIST_ITEM, group, level, ordered)
                    rest = stop
            at = end
            while at < len(some) and some[at].blank:
                at += 1
        return at

    # -------------------------------------------------------------------------------------------------- directives

    def explicit(self, some: Sequence[Line], at: int, kind: BlockKind, depth: int) -> int:
        """Behind a directive, a footnote, a target or a comment."""
        end = _indented(some, at + 1, 1)
        line = some[at]
        below = some[at + 1 : end]
        least = _least(below)
        inner = [other.cut(least) for other in below]
        if note := _NOTE.match(line.text):
            before, self.blocks = self.blocks, []
            self.body([line.cut(note.end()), *inner], BlockKind.BODY, depth + 1)
            self.notes += self.blocks
            self.blocks = before
        elif found := _DIRECTIVE.match(line.text):
            self.directive(found["name"].lower(), line.cut(found.end()), inner, kind, depth)
        return end

    def directive(self, name: str, argument: Line, inner: list[Line], kind: BlockKind, depth: int) -> None:
        if name == "include":
            raise CheckerError(
                f"{self.path}:{self.number(argument)}: includes {argument.text.strip()!r}, and no other file is read; put the text in"
            )
        if name in _UNREAD or name.endswith("literalinclude"):
            return
        options = 0
        while options < len(inner) and (option := _FIELD.match(inner[options].text)):
            if option["name"] == "alt":
                self.add([inner[options].cut(option.end())], BlockKind.ALT)
            options += 1
        inner = inner[options:]
        if name == "image":
            return
        if name == "figure":
            self.body(inner, BlockKind.CAPTION, depth + 1)
        elif name in ("table", "csv-table", "list-table"):
            self.add([argument], BlockKind.CAPTION)
            if name == "table":
                self.body(inner, kind, depth + 1)
            elif name == "list-table":
                self.listed_table(inner)
        else:
            boxed = (
                BlockKind.FACT_BOX
                if name in _BOXES
                else BlockKind.QUOTE
                if name in _QUOTES
                else KINDS.get(told_by(name).role)
            )
            titled = name in ("sidebar", "topic", "admonition") and not argument.blank
            if not argument.blank:
                self.add([argument], BlockKind.SUBHEAD if titled else boxed or kind, level=6 if titled else 0)
            self.body(inner, boxed or kind, depth + 1)

    # ------------------------------------------------------------------------------------------------------ tables

    def table(self, some: Sequence[Line], at: int) -> int:
        """Behind a table drawn with signs."""
        end = next(
            (
                i
                for i in range(at, len(some))
                if some[i].blank and (not _SIMPLE.match(some[at].text) or _closed(some[at:i]))
            ),
            len(some),
        )
        drawn = some[at:end]
        self.groups += 1
        if _GRID.match(drawn[0].text):
            edges = [i for i, sign in enumerate(drawn[0].text.rstrip()) if sign == "+"]
            columns = [(a + 1, b) for a, b in pairwise(edges)]
            rules = [i for i, line in enumerate(drawn) if _GRID.match(line.text)]
            head = any("=" in drawn[i].text for i in rules)
            rows = [drawn[a + 1 : b] for a, b in pairwise(rules)]
        else:
            columns = [match.span() for match in re.finditer("=+", drawn[0].text)]
            columns[-1] = (columns[-1][0], 10**6)
            rules = [i for i, line in enumerate(drawn) if _SIMPLE.match(line.text)]
            head = len(rules) > 2
            rows = [[line] for line in drawn[1:] if not _SIMPLE.match(line.text) and not line.blank]
        for number, row in enumerate(rows, 0 if head else 1):
            for column, (left, right) in enumerate(columns):
                cells = [
                    Line(
                        line.start + min(left, len(line.text)),
                        line.start + min(right, len(line.text)),
                        line.text[left:right],
                        0,
                    )
                    for line in row
                ]
                self.add(cells, BlockKind.TABLE_CELL, self.groups, cell=Cell(number, column, head and number == 0))
        return end

    def listed_table(self, inner: Sequence[Line]) -> None:
        """A table written as a list of lists: "* - Town" begins a row, "  - Votes" a further cell."""
        self.groups += 1
        number, column = -1, 0
        for line in inner:
            found = re.match(r"(?P<row>\*\s+)?\s*-\s+", line.text)
            if found is None:
                continue
            number, column = (number + 1, 0) if found["row"] else (number, column + 1)
            self.add([line.cut(found.end())], BlockKind.TABLE_CELL, self.groups, cell=Cell(number, column, number == 0))


def _indented(some: Sequence[Line], at: int, least: int) -> int:
    """Behind the lines that are indented or blank, without the blank ones at their end."""
    end = at
    for i in range(at, len(some)):
        if some[i].blank:
            continue
        if some[i].indent < least:
            break
        end = i + 1
    return end


def _least(some: Sequence[Line]) -> int:
    return min((line.indent for line in some if not line.blank), default=0)


def _closed(drawn: Sequence[Line]) -> bool:
    """Whether a simple table has its last rule."""
    return (
        sum(bool(_SIMPLE.match(line.text)) for line in drawn) >= 2
        and bool(_SIMPLE.match(drawn[-1].text))
        and len(drawn) > 2
    )
