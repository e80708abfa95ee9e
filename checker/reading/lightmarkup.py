"""What reStructuredText and AsciiDoc have in common: lines, and inline markup that drops away."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from checker.patterns import lazy
from checker.reading.spans import Traced

_LINE = lazy(r"\r\n?|\n")


@dataclass(frozen=True, slots=True)
class Line:
    """A line, ``source[start:end]``, without white space at its end; `indent` counts the white space before its text."""

    start: int
    end: int
    text: str
    indent: int

    @property
    def blank(self) -> bool:
        return not self.text.strip()

    def cut(self, columns: int) -> Line:
        """The line without so many characters at its beginning, or less where it is indented less."""
        columns = min(columns, len(self.text))
        rest = self.text[columns:]
        return Line(self.start + columns, self.end, rest, len(rest) - len(rest.lstrip(" \t")))


def lines(source: str, begin: int = 0) -> list[Line]:
    """The lines of a source from an offset on."""
    found, at = [], begin
    for match in [*_LINE.finditer(source, begin), None]:
        end = match.start() if match else len(source)
        text = source[at:end].rstrip()
        found.append(Line(at, at + len(text), text, len(text) - len(text.lstrip(" \t"))))
        at = match.end() if match else end
    return found


def traced(source: str, some: Sequence[Line]) -> Traced:
    """The text of some lines, a line break between each two."""
    text = Traced()
    for number, line in enumerate(some):
        if number:
            text.put("\n", some[number - 1].end, line.start)
        text.copy(source, line.start + line.indent if not line.blank else line.end, line.end)
    return text


def shown(text: Traced, markup: re.Pattern[str], notes: list[Traced] | None = None) -> Traced:
    """A text without its inline markup.

    Of every match of `markup` the group named "keep..." that matched is left, its own markup removed; that named "raw..."
    is left as it is; that named "note" goes to `notes`; with none of them, nothing is left.
    """
    content, left, at = text.text(), Traced(), 0
    for match in markup.finditer(content):
        left.extend(_piece(text, at, match.start()))
        at = match.end()
        for name, value in match.groupdict().items():
            if value is None:
                continue
            piece = _piece(text, *match.span(name))
            if name.startswith("keep"):
                left.extend(shown(piece, markup, notes))
            elif name.startswith("raw"):
                left.extend(piece)
            elif name == "note" and notes is not None:
                notes.append(shown(piece, markup, notes))
    left.extend(_piece(text, at, len(content)))
    return left


def _piece(text: Traced, start: int, end: int) -> Traced:
    return Traced(text.characters[start:end], text.starts[start:end], text.ends[start:end])
