"""Markdown: CommonMark, pipe tables, strikethrough and footnotes, with YAML or TOML front matter; HTML, MDX and shortcodes in it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import PurePath
from typing import Any

from checker.model import Block, BlockKind, Cell, Document
from checker.reading import frontmatter
from checker.reading.assembling import document
from checker.reading.classes import Role, role
from checker.reading.flow import Flow
from checker.reading.inline import Inline, Lines
from checker.reading.parsing import parse
from checker.reading.shortcodes import Blanked, blank
from checker.reading.spans import TooMuch, Traced, through
from checker.reading.wrapped import parted

NAME = "markdown"
SUFFIXES = (".md", ".markdown", ".mdown", ".mkd", ".mdx")
MEDIA_TYPES = ("text/markdown",)
BINARY = False

# what takes markdown-it long: how often it may stand in an article, and what it is
_MOST = (("\n", 20_000, "lines"), ("|", 50_000, "cells"), ("[^", 5_000, "footnotes"), ("^[", 1_000, "footnotes"))


@cache
def _parser() -> Any:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(footnote_plugin)
    parser.disable("code")  # an indented paragraph of an article is no code
    parser.core.ruler.disable("text_join")  # entities and escapes stay tokens of their own, with their markup
    return parser


@dataclass
class _Walk:
    """Where the walk over markdown-it's tokens stands."""

    lines: Lines
    blanked: Blanked
    blocks: list[Block] = field(default_factory=list)
    lists: list[tuple[int, bool]] = field(default_factory=list)  # open lists: group, ordered
    quotes: int = 0
    groups: int = 0
    headline: bool = False
    alone: bool = False  # whether one paragraph is all the text
    notes: list[Traced] = field(default_factory=list)  # footnotes written where they are made


def recognises(source: str) -> bool:
    """Never: any text may be Markdown."""
    return False


def read(source: str, path: str) -> tuple[Document, ...]:
    """The article.  Errors: ``CheckerError`` where its front matter is broken."""
    matter = frontmatter.read(source, path)
    begin = matter.end if matter else 0
    for sign, most, what in _MOST:
        if source.count(sign) > most:
            raise TooMuch(f"more than {most:,} {what}")
    blanked = blank(source, begin, PurePath(path).suffix.lower() == ".mdx")
    lines = Lines(blanked.text, begin)
    walk = _Walk(lines, blanked, list(matter.blocks) if matter else [])
    walk.headline = any(block.kind == BlockKind.HEADLINE for block in walk.blocks)
    head = len(walk.blocks)
    tokens = _parser().parse(lines.given())
    walk.alone = sum(token.type == "paragraph_open" for token in tokens) == 1
    _blocks(walk, tokens)
    blocks = walk.blocks[:head] + _with_captions(walk.blocks[head:], blanked.captions)
    return (document(path, source, blocks, matter.date if matter else None),)


def _with_captions(blocks: list[Block], captions: list[Block]) -> list[Block]:
    """The body with the captions of shortcodes where they stand in it; footnotes, which it ends with, stay at its end."""
    found = list(blocks)
    for caption in reversed(captions):
        at = next((i for i, block in enumerate(found) if block.starts[0] > caption.starts[0]), len(found))
        found.insert(at, caption)
    return found


def _blocks(walk: _Walk, tokens: list[Any]) -> None:
    heading = 0
    table, row, column, header = -1, -1, -1, False
    footnote = False
    for token in tokens:
        kind = token.type
        if kind in ("bullet_list_open", "ordered_list_open"):
            walk.groups += 1
            walk.lists.append((walk.groups, kind.startswith("ordered")))
        elif kind in ("bullet_list_close", "ordered_list_close"):
            walk.lists.pop()
        elif kind == "blockquote_open":
            walk.quotes += 1
        elif kind == "blockquote_close":
            walk.quotes -= 1
        elif kind == "heading_open":
            heading = int(token.tag[1])
        elif kind == "heading_close":
            heading = 0
        elif kind == "table_open":
            walk.groups += 1
            table, row = walk.groups, -1
        elif kind == "table_close":
            table = -1
        elif kind == "tr_open":
            row, column = row + 1, -1
        elif kind in ("th_open", "td_open"):
            column, header = column + 1, kind == "th_open"
        elif kind == "html_block":
            _html(walk, token)
        elif kind == "footnote_block_open":
            footnote = True
        elif kind == "footnote_block_close":
            footnote = False
        elif kind == "inline" and footnote and not token.map:  # ^[a footnote in the text itself]
            if walk.notes:
                note = Inline(walk.notes.pop(0)).read(token.children or []).text.block(BlockKind.BODY)
                walk.blocks += [note] if note is not None else []
        elif kind == "inline" and token.map:
            if table >= 0:
                _inline(walk, token, BlockKind.TABLE_CELL, table, cell=Cell(row, column, header))
            elif heading:
                first = heading == 1 and not walk.headline
                walk.headline = walk.headline or first
                _inline(walk, token, BlockKind.HEADLINE if first else BlockKind.SUBHEAD, level=heading)
            elif walk.lists:
                group, ordered = walk.lists[-1]
                _inline(walk, token, BlockKind.LIST_ITEM, group, len(walk.lists), ordered)
            else:
                _inline(walk, token, BlockKind.QUOTE if walk.quotes and not footnote else BlockKind.BODY)


def _inline(
    walk: _Walk,
    token: Any,
    kind: BlockKind,
    group: int = -1,
    level: int = 0,
    ordered: bool = False,
    cell: Cell | None = None,
) -> None:
    """One inline run as a block, its images' texts as captions before it."""
    shown = Inline(walk.lines.raw(token, cell is not None)).read(token.children or [])
    walk.notes += shown.notes
    pictures = [block for traced in shown.pictures if (block := traced.block(BlockKind.CAPTION)) is not None]
    walk.blocks += pictures
    # what shares a paragraph with a picture is its caption
    kind = BlockKind.CAPTION if shown.pictures and kind == BlockKind.BODY else kind
    pieces = parted(shown.text, walk.lines.text, walk.alone) if kind == BlockKind.BODY else [shown.text]
    for piece in pieces:
        block = piece.block(kind, group, level, ordered, cell)
        if block is not None:
            _add(walk, token, block)


def _add(walk: _Walk, token: Any, block: Block) -> None:
    kind = block.kind
    if kind == BlockKind.BODY and walk.blocks and walk.blocks[-1].kind == BlockKind.CAPTION and _is_emphasised(token):
        block = replace(block, kind=BlockKind.CAPTION)
    boxed = walk.blanked.kind(block.starts[0]) if kind in (BlockKind.BODY, BlockKind.QUOTE) else None
    walk.blocks.append(replace(block, kind=boxed) if boxed else block)


def _is_emphasised(token: Any) -> bool:
    """Whether a paragraph is set in italics as a whole: below a picture, its caption."""
    children = token.children or [None]
    return children[0] is not None and children[0].type == "em_open" and children[-1].type == "em_close"


def _html(walk: _Walk, token: Any) -> None:
    """A block of HTML: what is article in it."""
    spans = walk.lines.spans[token.map[0] : token.map[1]]
    start, end = spans[0][0], spans[-1][1]
    if walk.quotes or walk.lists:  # its lines begin with the signs of what it stands in
        return
    tree = parse(walk.lines.text[start:end])
    flow = Flow(tree, lambda node: role(node, tree) == Role.ASIDE, walk.headline, walk.groups)
    outer = Traced()
    outer.copy(walk.lines.text, start, end)
    walk.blocks += [through(block, outer) for block in flow.read(tree.root)]
    walk.headline, walk.groups = flow.headline, flow.groups
