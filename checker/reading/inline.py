"""Inline Markdown: the visible characters of a run of text, each with its place in the source.

markdown-it gives the order of the tokens; where each of them stands is found by walking them along the source lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from checker.patterns import lazy
from checker.reading.spans import Traced

_LINE = lazy(r"\r\n?|\n")
_BREAK = lazy(r"<br\b", re.IGNORECASE)
_STRUCK = lazy(r"<(?P<end>/?)(?:del|s|strike)\b", re.IGNORECASE)
_NOTE = lazy(r"\[\^[^\]]*\]")


class Lines:
    """The lines of a text as the parser is given them, with their places."""

    def __init__(self, text: str, begin: int) -> None:
        self.text = text
        self.spans: list[tuple[int, int]] = []
        self._cells: dict[int, int] = {}  # line -> offset up to which its cells are used
        at = begin
        for match in _LINE.finditer(text, begin):
            self.spans.append((at, match.start()))
            at = match.end()
        self.spans.append((at, len(text)))

    def given(self) -> str:
        """What the parser is to read."""
        return "\n".join(self._shown(start, end) for start, end in self.spans)

    def _shown(self, start: int, end: int) -> str:
        return self.text[start:end].replace("\0", "\ufffd").replace("\u2028", " ")

    def raw(self, token: Any, is_cell: bool) -> Traced:
        """The content of an inline token with the place of each of its characters, found along the token's lines."""
        raw = Traced()
        first, last = token.map
        number = first
        for index, piece in enumerate(token.content.split("\n")):
            if index:
                end = self.spans[number][1]
                raw.put("\n", end, min(len(self.text), end + 1))
                number += 1
            stripped = piece.strip(" \t")
            while number < max(last, first + 1) and number < len(self.spans):
                start, end = self.spans[number]
                start = self._cells.get(number, start) if is_cell else start
                line = self._shown(start, end)
                at = _find_cell(line, stripped) if is_cell else line.rfind(stripped)
                if at >= 0:
                    break
                number += 1
            else:
                continue
            if is_cell:
                self._copy_cell(raw, start + at, stripped)
                self._cells[number] = start + at + max(1, len(stripped))
            else:
                raw.copy(self.text, start + at, start + at + len(stripped))
        return raw

    def _copy_cell(self, raw: Traced, at: int, content: str) -> None:
        """A cell's characters; a pipe in it stands as \\| in the source."""
        for character in content:
            width = 2 if character == "|" and self.text.startswith("\\|", at) else 1
            raw.put(character, at, at + width)
            at += width


def _find_cell(line: str, content: str) -> int:
    if not content:
        return 0
    at = line.find(content)
    return at if at >= 0 else line.find(content.replace("|", "\\|"))


@dataclass
class Inline:
    """What a run of inline tokens shows: its text, the texts of its pictures, the footnotes written in it."""

    raw: Traced
    text: Traced = field(default_factory=Traced)
    pictures: list[Traced] = field(default_factory=list)
    notes: list[Traced] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._content = self.raw.text()
        self._struck = 0

    def read(self, children: Sequence[Any]) -> Inline:
        """Take the visible characters of inline tokens.  Text that is struck through is none of it."""
        self._walk(children, 0, self.text)
        return self

    def _walk(self, children: Sequence[Any], at: int, text: Traced) -> int:
        """Copies the visible characters of inline tokens; returns how far the content is used."""
        content = self._content
        for child in children:
            kind = child.type
            if kind in ("text", "html_inline", "softbreak", "hardbreak", "text_special"):
                written = {"softbreak": "\n", "hardbreak": "\n", "text_special": child.markup}.get(kind, child.content)
                found = content.find(written, at) if written else -1
                if found >= 0:
                    self._take(child, found, len(written), text)
                    at = found + len(written)
            elif kind in ("s_open", "s_close"):
                self._struck += 1 if kind == "s_open" else -1
                at += len(child.markup) if content.startswith(child.markup, at) else 0
            elif kind == "code_inline":
                at = self._code(at, child, text)
            elif kind == "image":
                picture = Traced()
                opening = content.find("![", at)
                at = self._walk(child.children or [], opening + 2 if opening >= 0 else at, picture)
                self.pictures.append(picture)
                at = _close_link(content, at)
            elif kind == "link_open":
                at += content.startswith(("[", "<"), at)
            elif kind == "link_close":
                at = at + 1 if child.markup == "autolink" and content.startswith(">", at) else _close_link(content, at)
            elif kind == "footnote_ref":
                at = self._note(at)
            elif child.markup and content.startswith(child.markup, at):
                at += len(child.markup)
        return at

    def _take(self, child: Any, at: int, length: int, text: Traced) -> None:
        raw = self.raw
        start, end = raw.starts[at], raw.ends[at + length - 1]
        if child.type == "html_inline":
            if _BREAK.match(child.content):
                text.put(" ", start, end)
            elif struck := _STRUCK.match(child.content):
                self._struck += -1 if struck["end"] else 1
        elif self._struck > 0:
            return
        elif child.type == "text":
            text.characters.extend(raw.characters[at : at + length])
            text.starts.extend(raw.starts[at : at + length])
            text.ends.extend(raw.ends[at : at + length])
        else:
            text.put(child.content if child.type == "text_special" else " ", start, end)

    def _code(self, at: int, child: Any, text: Traced) -> int:
        opening = self._content.find(child.markup, at)
        begin = (opening if opening >= 0 else at) + len(child.markup)
        closing = self._content.find(child.markup, begin)
        end = closing if closing >= 0 else begin + len(child.content)
        for i in range(begin, min(end, len(self.raw.characters))):
            character = self.raw.characters[i]
            text.put(" " if character == "\n" else character, self.raw.starts[i], self.raw.ends[i])
        return end + len(child.markup)

    def _note(self, at: int) -> int:
        """Behind "[^1]" or "^[a footnote of its own]", whose text is kept."""
        sign = _NOTE.search(self._content, at)
        opening = self._content.find("^[", at)
        if opening < 0 or (sign and sign.start() < opening):
            return sign.end() if sign else at
        depth = 0
        for place in range(opening + 1, len(self._content)):
            depth += {"[": 1, "]": -1}.get(self._content[place], 0)
            if depth == 0:
                a, b = opening + 2, place
                self.notes.append(Traced(self.raw.characters[a:b], self.raw.starts[a:b], self.raw.ends[a:b]))
                return place + 1
        return at


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
