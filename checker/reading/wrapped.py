"""Paragraphs that no blank line parts: each begins with an indent, as copy from a wire has it, or is a line of its own."""

from __future__ import annotations

from collections.abc import Sequence

from checker.patterns import lazy
from checker.reading.spans import Traced

_ENDED = lazy(r"[.!?:…][\"”’')\]]*\s*$")
_INDENT = 2  # blanks from which a line is indented
LONG = 130  # characters from which a line is no wrapped one


def begin(lines: Sequence[tuple[str, int]], alone: bool = False) -> list[int]:
    """The numbers of the lines that begin a paragraph, the first always; a line is its text and its indent.

    `alone` says that the lines are all there is of an article, so that long ones are a paragraph each.
    """
    ended = [_ENDED.search(text) is not None for text, _ in lines]
    indented = [indent >= _INDENT for _, indent in lines]
    if any(indented[1:]) and (not all(indented[1:]) or all(ended[:-1])):
        return [0, *(i for i in range(1, len(lines)) if indented[i] and ended[i - 1])]
    if alone and max((len(text) for text, _ in lines), default=0) > LONG and 5 * sum(ended) >= 4 * len(ended):
        return [0, *(i for i in range(1, len(lines)) if ended[i - 1])]
    return [0]


def parted(text: Traced, source: str, alone: bool) -> list[Traced]:
    """The paragraphs of a folded text, in which a line end of the source is a space."""
    ends = [
        i for i, character in enumerate(text.characters)
        if character == " " and source[text.starts[i]] in "\r\n"
    ]  # fmt: skip
    if not ends:
        return [text]
    starts = [0, *(end + 1 for end in ends)]
    lines = [
        ("".join(text.characters[start:end]), text.starts[start] - text.ends[start - 1] if start else 0)
        for start, end in zip(starts, [*ends, len(text.characters)], strict=True)
    ]
    first = [starts[number] for number in begin(lines, alone)]
    return [_piece(text, a, b) for a, b in zip(first, [*first[1:], len(text.characters)], strict=True)]


def _piece(text: Traced, start: int, end: int) -> Traced:
    return Traced(text.characters[start:end], text.starts[start:end], text.ends[start:end])
