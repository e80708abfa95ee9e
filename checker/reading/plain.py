"""Plain text: paragraphs between blank lines, a headline where the first block reads like one."""

from __future__ import annotations

from collections.abc import Sequence

from checker.model import Block, BlockKind, Document
from checker.patterns import lazy
from checker.reading import looks
from checker.reading.assembling import document
from checker.reading.spans import Traced
from checker.reading.wrapped import LONG, begin

NAME = "text"
SUFFIXES = (".txt", ".text")
MEDIA_TYPES = ("text/plain",)
BINARY = False

_BREAK = lazy(r"(?:\r\n|\r|\n)[ \t\u00a0]*(?:(?:\r\n|\r|\n)[ \t\u00a0]*)+")
_LINE = lazy(r"\r\n|\r|\n")
_BULLET = lazy(r"[ \t]*(?:(?P<bullet>[-*•–])|(?P<number>\d{1,3})[.)])[ \t]+(?=\S)")


def recognises(source: str) -> bool:
    """Never: any text may be plain."""
    return False


def read(source: str, path: str) -> tuple[Document, ...]:
    """The article: headline, standfirst and byline by their looks, lists by their bullets."""
    return (document(path, source, paragraphs(source), None),)


def paragraphs(source: str, known: Sequence[BlockKind] = (), group: int = -1) -> list[Block]:
    """The blocks of a plain text; `known` are the kinds that stand before it, `group` the number of the last list."""
    blocks: list[Block] = []
    pieces = _pieces(source)
    texts = [source[start:end] for start, end in pieces]
    for number, (start, end) in enumerate(pieces):
        items = _items(source, start, end)
        if items:
            group += 1
            for item_start, item_end, ordered in items:
                _add(blocks, source, item_start, item_end, BlockKind.LIST_ITEM, group, ordered)
            continue
        kinds = [*known, *(block.kind for block in blocks[:4])]
        _add(blocks, source, start, end, looks.kind(texts, number, kinds))
    return blocks


def _add(
    blocks: list[Block], source: str, start: int, end: int, kind: BlockKind, group: int = -1, ordered: bool = False
) -> None:
    traced = Traced()
    traced.copy(source, start, end)
    block = traced.block(kind, group, 1 if group >= 0 else 0, ordered)
    if block is not None:
        blocks.append(block)


def _pieces(source: str) -> list[tuple[int, int]]:
    """Paragraphs: between blank lines; line by line where there are none, or where lines are indented or long."""
    cuts = [(match.start(), match.end()) for match in _BREAK.finditer(source)]
    bounds = [0, *[place for cut in cuts for place in cut], len(source)]
    pieces = [(bounds[i], bounds[i + 1]) for i in range(0, len(bounds), 2)]
    found: list[tuple[int, int]] = []
    for start, end in pieces:
        lines = _lines(source, start, end)
        widths = [b - a for a, b in lines]
        if len(lines) > 1 and (max(widths) > LONG or (len(pieces) == 1 and min(widths) > 60)):
            found += lines
        elif any(_BULLET.match(source, a) for a, _ in lines):
            found.append((start, end))
        else:
            first = begin([(source[a:b], b - a - len(source[a:b].lstrip())) for a, b in lines])
            found += [
                (lines[a][0], lines[b - 1][1]) for a, b in zip(first, [*first[1:], len(lines)], strict=True) if lines
            ]
    return [(a, b) for a, b in found if source[a:b].strip()]


def _lines(source: str, start: int, end: int) -> list[tuple[int, int]]:
    lines, at = [], start
    for match in _LINE.finditer(source, start, end):
        lines.append((at, match.start()))
        at = match.end()
    lines.append((at, end))
    return [(a, b) for a, b in lines if source[a:b].strip()]


def _items(source: str, start: int, end: int) -> list[tuple[int, int, bool]]:
    lines = _lines(source, start, end)
    marks = [_BULLET.match(source, a, b) for a, b in lines]
    if not marks or not all(marks) or (len(marks) == 1 and not (marks[0] and marks[0]["bullet"])):
        return []
    return [(mark.end(), b, bool(mark["number"])) for mark, (_, b) in zip(marks, lines, strict=True) if mark]
