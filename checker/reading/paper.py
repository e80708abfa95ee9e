"""The text of a file that is not text itself (DOCX, ODT, PDF, EML): a line a paragraph, with the way back into the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from checker.model import Block, BlockKind, Cell, Origin
from checker.reading import looks
from checker.reading.spans import TooMuch, Traced

MOST = 3_000_000  # characters


@dataclass
class Draft:
    """A block to be: the spans of the paper that it is made of."""

    kind: BlockKind
    spans: list[tuple[int, int]] = field(default_factory=list)
    group: int = -1
    level: int = 0
    ordered: bool = False
    cell: Cell | None = None


class Paper:
    """What is written grows piece by piece; `origins` say where in the file each piece stands."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._size = 0
        self.origins: list[Origin] = []

    def write(self, text: str, locator: str, at: int | None = 0, *, lines: bool = False) -> tuple[int, int]:
        """Append text that is character `at` and following of a place.  Returns its span.

        Line breaks become U+2028, so that a line is a paragraph, unless `lines`.  Errors: ``TooMuch`` past 3,000,000
        characters.
        """
        start, self._size = self._size, self._size + len(text)
        if self._size > MOST:
            raise TooMuch(f"more than {MOST:,} characters of text")
        self._pieces.append(text if lines else text.replace("\n", "\u2028").replace("\r", "\u2028"))
        if text:
            self.origins.append(Origin(start, self._size, locator, at))
        return start, self._size

    def end_line(self) -> None:
        self._pieces.append("\n")
        self._size += 1

    def source(self) -> str:
        return "".join(self._pieces)

    def blocks(self, drafts: Sequence[Draft]) -> Iterator[Block]:
        """The drafts that hold text as blocks of the source."""
        source = self.source()
        for draft in drafts:
            text = Traced()
            for start, end in draft.spans:
                if text.characters and not source[text.ends[-1] : start].strip():
                    text.copy(source, text.ends[-1], start)
                text.copy(source, start, end)
            block = text.block(draft.kind, draft.group, draft.level, draft.ordered, draft.cell)
            if block is not None:
                yield block


def by_looks(paper: Paper, drafts: Sequence[tuple[Draft, BlockKind | None]]) -> None:
    """Set the kind of every draft of running text: the one that is told beside it, else by its looks."""
    source = paper.source()
    running = [(draft, told) for draft, told in drafts if draft.kind == BlockKind.BODY]
    running = [(draft, told) for draft, told in running if any(source[a:b].strip() for a, b in draft.spans)]
    texts = ["".join(source[a:b] for a, b in draft.spans) for draft, _ in running]
    found: list[BlockKind] = []
    for number, (draft, told) in enumerate(running):
        if told == BlockKind.HEADLINE and BlockKind.HEADLINE in found:
            told = BlockKind.SUBHEAD
        draft.kind = looks.kind(texts, number, found[:4]) if told is None else told
        found.append(draft.kind)
