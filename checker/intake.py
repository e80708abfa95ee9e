"""Reading an article as the house files it: front matter under the house's own names, its day in the house's time zone."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from checker.model import Block, BlockKind, Document
from checker.reading import frontmatter, read, read_text

KINDS = {
    "headline": BlockKind.HEADLINE,
    "standfirst": BlockKind.DEK,
    "byline": BlockKind.BYLINE,
    "date": BlockKind.DATE,
}
_MATTER = re.compile(r"---[ \t]*(?:\r\n|\r|\n)(?P<text>.*?)^(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE)
_KEY = re.compile(r"^(?P<quote>[\"']?)(?P<key>[^\s#:\"'-][^:\"'\r\n]*?)(?P=quote)[ \t]*:(?=[ \t\r\n])", re.MULTILINE)
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[Tt ]+(\d\d:\d\d(?::\d\d)?)(?:\.\d+)?\s*([Zz]|[+-]\d\d:?\d\d)")


@dataclass(frozen=True)
class Intake:
    """How articles are read; `names` are the house's fields of headline, standfirst, byline and date."""

    names: Mapping[str, Sequence[str]] = field(default_factory=dict)
    timezone: str | None = None

    def read(self, path: Path) -> Document:
        """The document in a file.  Errors: those of ``reading.read``."""
        return self._placed(self._named(read(path)))

    def read_text(self, source: str, path: str) -> Document:
        """The document in decoded text.  Errors: those of ``reading.read_text``."""
        return self._placed(self._named(read_text(source, path)))

    def _named(self, document: Document) -> Document:
        """The document read again with its fields under the names that the reader knows, every offset as it was."""
        matter = _MATTER.match(document.source) if any(self.names.values()) else None
        edits = self._edits(document.source, matter) if matter else []
        if not edits:
            return document
        pieces, at = [], 0
        for start, end, text in edits:
            pieces += [document.source[at:start], text]
            at = end
        renamed = read_text("".join([*pieces, document.source[at:]]), document.path)
        return replace(renamed, source=document.source, blocks=tuple(_moved(block, edits) for block in renamed.blocks))

    def _edits(self, source: str, matter: re.Match[str]) -> list[tuple[int, int, str]]:
        """What to write over keys of the front matter: the known name, or one that no reader knows for a rival field."""
        found = list(_KEY.finditer(source, matter.start("text"), matter.end("text")))
        keys = [match["key"].lower() for match in found]
        edits = []
        for name, kind in KINDS.items():
            wanted = [other.lower() for other in self.names.get(name, ())]
            chosen = next((key for key in wanted if key in keys), None)
            if chosen is None:
                continue
            known = frontmatter.DATES if kind == BlockKind.DATE else frontmatter.FIELDS[kind]
            for match, key in zip(found, keys, strict=True):
                if key == chosen:
                    edits.append((match.start("key"), match.end("key"), name))
                elif key in known:
                    edits.append((match.start("key"), match.start("key"), "other-"))
        return sorted(edits)

    def _placed(self, document: Document) -> Document:
        """The document with the day that it was in the house's time zone when it came out."""
        if self.timezone is None or document.date is None:
            return document
        matter = _MATTER.match(document.source)
        day = self._day(document.source[matter.start("text") : matter.end("text")]) if matter else None
        return document if day is None else replace(document, date=day)

    def _day(self, matter: str) -> date | None:
        """The local day of the first field of a date that gives a moment with its offset."""
        names = {*frontmatter.DATES, *(name.lower() for name in self.names.get("date", ()))}
        for match in _KEY.finditer(matter):
            moment = _MOMENT.search(matter, match.end(), matter.find("\n", match.end()) + 1 or len(matter))
            if match["key"].lower() in names and moment:
                offset = "+00:00" if moment[3] in "Zz" else moment[3]
                told = datetime.fromisoformat(f"{moment[1]}T{moment[2]}{offset}")
                return told.astimezone(ZoneInfo(self.timezone or "UTC")).date()
        return None


def _moved(block: Block, edits: Sequence[tuple[int, int, str]]) -> Block:
    """A block of the renamed source with the offsets of the one that was read."""
    places, shifts, shift = [], [0], 0
    for start, end, text in edits:
        shift += len(text) - (end - start)
        places.append(start + shift)
        shifts.append(shift)
    if block.starts[0] > places[-1]:
        return replace(block, starts=_less(block.starts, shift), ends=_less(block.ends, shift))

    def back(offsets: Sequence[int]) -> Sequence[int]:
        return array("q", (offset - shifts[bisect_right(places, offset)] for offset in offsets))

    return replace(block, starts=back(block.starts), ends=back(block.ends))


def _less(offsets: Sequence[int], shift: int) -> Sequence[int]:
    if isinstance(offsets, range):
        return range(offsets.start - shift, offsets.stop - shift)
    return array("q", (offset - shift for offset in offsets))
