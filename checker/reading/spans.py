"""Text with a way back: characters together with the places in the source that they come from."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from checker.model import Block, BlockKind, Cell
from checker.patterns import lazy

_BLANK = lazy("[\\s\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f]+")  # white space and what is invisible
LONGEST = 500_000  # characters of a block
MOST = 3_000_000  # characters of a text that is read as a whole


class TooMuch(Exception):
    """A file holds more of something than an article does.  The message says how much and what is read at most."""


@dataclass
class Traced:
    """A text that grows piece by piece; character i comes from ``source[starts[i]:ends[i]]``."""

    characters: list[str] = field(default_factory=list)
    starts: array[int] = field(default_factory=lambda: array("q"))
    ends: array[int] = field(default_factory=lambda: array("q"))

    def copy(self, source: str, start: int, end: int) -> None:
        """Append ``source[start:end]`` as it is.  Errors: ``TooMuch`` past 3,000,000 characters."""
        if len(self.characters) + end - start > MOST:
            raise TooMuch(f"more than {MOST:,} characters of text")
        self.characters.extend(source[start:end])
        self.starts.extend(range(start, end))
        self.ends.extend(range(start + 1, end + 1))

    def put(self, text: str, start: int, end: int) -> None:
        """Append characters that all come from ``source[start:end]``."""
        self.characters.extend(text)
        for _ in text:
            self.starts.append(start)
            self.ends.append(end)

    def extend(self, other: Traced) -> None:
        self.characters.extend(other.characters)
        self.starts.extend(other.starts)
        self.ends.extend(other.ends)

    def block(
        self, kind: BlockKind, group: int = -1, level: int = 0, ordered: bool = False, cell: Cell | None = None
    ) -> Block | None:
        """A block of this text with white space folded to single spaces; None where nothing is left."""
        if len(self.characters) > LONGEST:
            raise TooMuch(f"a paragraph of {len(self.characters):,} characters, at most {LONGEST:,} are read")
        folded = self.folded()
        if not folded.characters:
            return None
        text = "".join(folded.characters)
        return Block(kind, text, _packed(folded.starts), _packed(folded.ends), group, level, ordered, cell)

    def text(self) -> str:
        return "".join(self.characters)

    def folded(self) -> Traced:
        """Runs of white space as one space, none at either end, invisible characters left out."""
        text, kept, at = self.text(), Traced(), 0
        for run in _BLANK.finditer(text):
            start, end = run.span()
            if run[0] == " " and start and end < len(text):
                continue  # stays as it is
            kept._take(self, at, start)
            at = end
            spaces = [place for place in range(start, end) if text[place].isspace()]
            if spaces and kept.characters and end < len(text):
                kept.put(" ", self.starts[spaces[0]], self.ends[spaces[-1]])
        if not at:
            return self
        kept._take(self, at, len(text))
        return kept

    def _take(self, other: Traced, start: int, end: int) -> None:
        self.characters += other.characters[start:end]
        self.starts += other.starts[start:end]
        self.ends += other.ends[start:end]


def _packed(offsets: array[int]) -> Sequence[int]:
    """A range where the offsets run without a gap, else the array as it is."""
    run = range(offsets[0], offsets[0] + len(offsets)) if offsets else range(0)
    return run if offsets[-1:] == array("q", run[-1:]) and offsets == array("q", run) else offsets


def moved(traced: Traced, by: int) -> Traced:
    """The same text that stands `by` characters further on."""
    return Traced(
        traced.characters, array("q", (at + by for at in traced.starts)), array("q", (at + by for at in traced.ends))
    )


def through(block: Block, outer: Traced) -> Block:
    """A block of ``outer.text()`` as a block of the source that `outer` was traced from."""
    starts = array("q", (outer.starts[start] for start in block.starts))
    ends = array("q", (outer.ends[end - 1] for end in block.ends))
    return replace(block, starts=_packed(starts), ends=_packed(ends))


def part(block: Block, start: int, end: int, kind: BlockKind) -> Block | None:
    """A piece of a block as a block of its own."""
    piece = Traced(list(block.text[start:end]), array("q", block.starts[start:end]), array("q", block.ends[start:end]))
    return piece.block(kind, block.group, block.level, block.ordered)
