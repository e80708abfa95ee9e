"""Markdown with YAML front matter: CommonMark, pipe tables, strikethrough and footnotes.

markdown-it gives the structure and, for inline content, the order of tokens; where each character stands in the source
is found here by walking the tokens along the source lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from checker.model import Block, BlockKind, Cell, Document
from checker.reading import frontmatter
from checker.reading.assembling import document
from checker.reading.spans import Traced

SUFFIXES = (".md", ".markdown", ".mdown", ".mkd", ".mdx")
MEDIA_TYPES = ("text/markdown",)

_LINE = re.compile(r"\r\n|\r|\n")


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

    source: str
    lines: list[tuple[int, int]]  # start and end offset of every source line that the parser saw
    blocks: list[Block] = field(default_factory=list)
    lists: list[tuple[int, bool]] = field(default_factory=list)  # open lists: group, ordered
    quotes: int = 0
    groups: int = 0
    cursor: dict[int, int] = field(default_factory=dict)  # line -> offset up to which its cells are used
    headline: bool = False


def read(source: str, path: str) -> Document:
    """Blocks of a Markdown article.  Errors: ``CheckerError`` where its front matter is broken."""
    matter = frontmatter.read(source, path)
    begin = matter.end if matter else 0
    lines, at = [], begin
    for match in _LINE.finditer(source, begin):
        lines.append((at, match.start()))
        at = match.end()
    lines.append((at, len(source)))
    text = "\n".join(source[a:b].replace("\0", "\ufffd").replace("\u2028", " ") for a, b in lines)
    walk = _Walk(source, lines, list(matter.blocks) if matter else [])
    walk.headline = any(block.kind == BlockKind.HEADLINE for block in walk.blocks)
    _blocks(walk, _parser().parse(text))
    return document(path, source, walk.blocks, matter.date if matter else None)


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
        elif kind == "footnote_block_open":
            footnote = True
        elif kind == "footnote_block_close":
            footnote = False
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
    raw = _raw(walk, token, cell is not None)
    content = "".join(raw.characters)
    text = Traced()
    captions: list[Traced] = []
    _walk_children(raw, content, 0, token.children or [], text, captions)
    for caption in captions:
        block = caption.block(BlockKind.CAPTION)
        if block is not None:
            walk.blocks.append(block)
    # what shares a paragraph with a picture is its caption
    kind = BlockKind.CAPTION if captions and kind == BlockKind.BODY else kind
    block = text.block(kind, group, level, ordered, cell)
    if block is None:
        return
    emphasised = (token.children or [None])[0]
    if (
        kind == BlockKind.BODY
        and walk.blocks
        and walk.blocks[-1].kind == BlockKind.CAPTION
        and emphasised is not None
        and emphasised.type == "em_open"
        and token.children[-1].type == "em_close"
    ):
        block = text.block(BlockKind.CAPTION)
        assert block is not None
    walk.blocks.append(block)


def _raw(walk: _Walk, token: Any, is_cell: bool) -> Traced:
    """The inline content with the place of each of its characters, found along the token's source lines."""
    raw = Traced()
    first, last = token.map
    pieces = token.content.split("\n")
    number = first
    for index, piece in enumerate(pieces):
        if index:
            end = walk.lines[number][1]
            raw.put("\n", end, min(len(walk.source), end + 1))
            number += 1
        stripped = piece.strip(" \t")
        while number < max(last, first + 1) and number < len(walk.lines):
            start, end = walk.lines[number]
            start = walk.cursor.get(number, start) if is_cell else start
            line = walk.source[start:end].replace("\0", "\ufffd").replace("\u2028", " ")
            at = _find_cell(line, stripped) if is_cell else line.rfind(stripped)
            if at >= 0:
                break
            number += 1
        else:
            continue
        if is_cell:
            _copy_cell(raw, walk.source, start + at, stripped)
            walk.cursor[number] = start + at + max(1, len(stripped))
        else:
            raw.copy(walk.source, start + at, start + at + len(stripped))
    return raw


def _find_cell(line: str, content: str) -> int:
    if not content:
        return 0
    at = line.find(content)
    return at if at >= 0 else line.find(content.replace("|", "\\|"))


def _copy_cell(raw: Traced, source: str, at: int, content: str) -> None:
    """A cell's characters; a pipe in it stands as \\| in the source."""
    for character in content:
        if character == "|" and source.startswith("\\|", at):
            raw.put("|", at, at + 2)
            at += 2
        else:
            raw.copy(source, at, at + 1)
            at += 1


def _walk_children(
    raw: Traced, content: str, at: int, children: list[Any], text: Traced, captions: list[Traced]
) -> int:
    """Copies the visible characters of inline tokens; returns how far the content is used."""
    for child in children:
        kind = child.type
        if kind == "text":
            if child.content:
                found = content.find(child.content, at)
                if found >= 0:
                    _take(raw, found, len(child.content), text)
                    at = found + len(child.content)
        elif kind == "text_special":
            found = content.find(child.markup, at)
            if found >= 0:
                start, end = raw.starts[found], raw.ends[found + len(child.markup) - 1]
                text.put(child.content, start, end)
                at = found + len(child.markup)
        elif kind in ("softbreak", "hardbreak"):
            found = content.find("\n", at)
            if found >= 0:
                text.put(" ", raw.starts[found], raw.ends[found])
                at = found + 1
        elif kind == "code_inline":
            at = _code(raw, content, at, child, text)
        elif kind == "html_inline":
            found = content.find(child.content, at)
            if found >= 0:
                if re.match(r"<br\b", child.content, re.I):
                    text.put(" ", raw.starts[found], raw.ends[found])
                at = found + len(child.content)
        elif kind == "image":
            caption = Traced()
            opening = content.find("![", at)
            at = _walk_children(
                raw, content, opening + 2 if opening >= 0 else at, child.children or [], caption, captions
            )
            captions.append(caption)
            at = _close_link(content, at)
        elif kind == "link_open":
            if content.startswith(("[", "<"), at):
                at += 1
        elif kind == "link_close":
            at = at + 1 if child.markup == "autolink" and content.startswith(">", at) else _close_link(content, at)
        elif kind == "footnote_ref":
            note = re.compile(r"\[\^[^\]]*\]").search(content, at)
            at = note.end() if note else at
        elif child.markup and content.startswith(child.markup, at):
            at += len(child.markup)
    return at


def _take(raw: Traced, at: int, length: int, text: Traced) -> None:
    text.characters.extend(raw.characters[at : at + length])
    text.starts.extend(raw.starts[at : at + length])
    text.ends.extend(raw.ends[at : at + length])


def _code(raw: Traced, content: str, at: int, child: Any, text: Traced) -> int:
    opening = content.find(child.markup, at)
    begin = (opening if opening >= 0 else at) + len(child.markup)
    closing = content.find(child.markup, begin)
    end = closing if closing >= 0 else begin + len(child.content)
    for i in range(begin, min(end, len(raw.characters))):
        text.put(" " if raw.characters[i] == "\n" else raw.characters[i], raw.starts[i], raw.ends[i])
    return end + len(child.markup)


def _close_link(content: str, at: int) -> int:
    """Behind the "](address "title")", "][reference]" or "]" that ends a link's text."""
    closing = content.find("]", at)
    if closing < 0:
        return at
    at = closing + 1
    if content.startswith("(", at):
        depth, i = 0, at
        quote = ""
        while i < len(content):
            character = content[i]
            if character == "\\":
                i += 2
                continue
            if quote:
                quote = "" if character == quote else quote
            elif character in "\"'" and i > at and content[i - 1] in " \t\n":
                quote = character
            elif character == "<":
                end = content.find(">", i)
                i = end if end >= 0 else i
            elif character == "(":
                depth += 1
            elif character == ")":
                depth -= 1
                if depth == 0:
                    return i + 1
            i += 1
        return at
    if content.startswith("[", at):
        end = content.find("]", at)
        return end + 1 if end >= 0 else at
    return at
