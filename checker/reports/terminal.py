"""Writing for a terminal: colour, width, and text that cannot steer it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from unicodedata import category, east_asian_width

from checker.model import Level

NARROWEST, WIDEST, READABLE = 60, 200, 120
PIPED = 100  # columns where nothing says how wide the reader's screen is

_SGR = {
    "bold": "1",
    "dim": "2",
    "error": "1;31",
    "warning": "1;33",
    "note": "1;36",
    "good": "32",
    "path": "36",
}
_BLANK = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]")
_STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Style:
    """How to write: in colour or plain, how many columns wide, whether notes are shown, and what levels fail a run."""

    color: bool = False
    width: int = PIPED
    notes: bool = False
    failing: frozenset[Level] = frozenset({Level.ERROR})

    def paint(self, text: str, name: str) -> str:
        return f"\x1b[{_SGR[name]}m{text}\x1b[0m" if self.color and text else text


def clean(text: str) -> str:
    """The text with line breaks as spaces and control and direction characters as U+FFFD, one for one."""
    return _STEERING.sub("\ufffd", _BLANK.sub(" ", text))


def cells(text: str) -> int:
    """How many columns a text takes."""
    if text.isascii():
        return len(text)
    return sum(_cells(character) for character in text)


def _cells(character: str) -> int:
    if character.isascii():
        return 1
    if category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def wrap(text: str, width: int) -> list[tuple[int, int]]:
    """The text as lines ``text[start:end]`` at most `width` columns wide, broken at spaces, else anywhere."""
    lines, start, space, used, at = [], 0, -1, 0, 0
    while at < len(text):
        wide = 1 if text[at].isascii() else _cells(text[at])
        if used + wide > width and text[at] != " " and at > start:
            end, following = (space, space + 1) if space > start else (at, at)
            lines.append((start, end))
            start = at = following
            space, used = -1, 0
            continue
        if text[at] == " ":
            space = at
        used += wide
        at += 1
    if start < len(text):
        lines.append((start, len(text)))
    return lines


def fold(text: str, width: int, first: str = "", rest: str | None = None) -> list[str]:
    """Lines of a text, the first behind `first`, the others behind `rest` (as many spaces unless given)."""
    rest = " " * cells(first) if rest is None else rest
    room = max(20, width - max(cells(first), cells(rest)))
    text = clean(text)
    lines = [text[start:end].rstrip() for start, end in wrap(text, room)] or [""]
    return [first + lines[0], *(rest + line for line in lines[1:])]


def pad(text: str, width: int) -> str:
    return text + " " * (width - cells(text))


def shorten(text: str, width: int) -> str:
    """The text cut to `width` columns, with an ellipsis where something was lost."""
    text = clean(text)
    if cells(text) <= width:
        return text
    start, end = wrap(text.replace(" ", "\u00a0"), width - 1)[0]
    return text[start:end].rstrip() + "…"
