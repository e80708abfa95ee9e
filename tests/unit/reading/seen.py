"""What the tests of the readers look at: the blocks of a source as short pairs, and the places of words in it."""

from __future__ import annotations

from checker.model import BlockKind, Document
from checker.reading import read_bytes


def document(source: str | bytes, path: str, format: str | None = None) -> Document:
    data = source.encode() if isinstance(source, str) else source
    (found,) = read_bytes(data, path, format)
    return found


def blocks(source: str | bytes, path: str, format: str | None = None) -> list[tuple[str, str]]:
    """Kind and text of every block."""
    return [(block.kind.value, block.text) for block in document(source, path, format).blocks]


def texts(source: str | bytes, path: str, kind: str) -> list[str]:
    return [text for found, text in blocks(source, path) if found == kind]


def written(found: Document, words: str) -> str:
    """What stands in the source where the first block with these words has them."""
    block = next(block for block in found.blocks if words in block.text)
    at = block.text.index(words)
    start, end = block.source_span(at, at + len(words))
    return found.source[start:end]


def table(found: Document) -> list[list[str]]:
    """The cells of the only table, row by row."""
    rows: dict[int, list[str]] = {}
    for block in found.blocks:
        if block.kind == BlockKind.TABLE_CELL and block.cell is not None:
            rows.setdefault(block.cell.row, []).append(block.text)
    return [rows[number] for number in sorted(rows)]
