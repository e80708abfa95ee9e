"""Reading an article as the house files it: front matter under the house's own names, its day in the house's time zone."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from checker.model import Block, BlockKind, Document
from checker.reading import frontmatter, read_all, read_bytes, read_text, uniform, with_tables
from checker.reading.datelines import slashed_date, written_date
from checker.reading.spreadsheets import Sheet

KINDS = {
    "headline": BlockKind.HEADLINE,
    "standfirst": BlockKind.DEK,
    "byline": BlockKind.BYLINE,
    "date": BlockKind.DATE,
}
_MATTER = re.compile(
    r"(?P<mark>---|\+\+\+)[ \t]*(?:\r\n|\r|\n)(?P<text>.*?)^(?:(?P=mark)|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE
)
_KEY = re.compile(
    r"^(?P<quote>[\"']?)(?P<key>[^\s#:=\"'-][^:=\"'\r\n]*?)(?P=quote)[ \t]*(?::(?=[ \t\r\n])|=)", re.MULTILINE
)
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[Tt ]+(\d\d:\d\d(?::\d\d)?)(?:\.\d+)?\s*([Zz]|[+-]\d\d:?\d\d)")


@dataclass(frozen=True)
class Intake:
    """How articles are read; `names` are the house's fields of headline, standfirst, byline and date.

    `format` overrides what content and ending say; the cells of `tables` stand behind every article; `locale` says what a
    date of 3/4/2026 in the front matter is.
    """

    names: Mapping[str, Sequence[str]] = field(default_factory=dict)
    timezone: str | None = None
    format: str | None = None
    tables: tuple[Sheet, ...] = ()
    locale: str | None = None

    def read(self, path: Path) -> tuple[Document, ...]:
        """The documents in a file.  Errors: those of ``reading.read_all``."""
        return self._all(read_all(path, self.format))

    def read_bytes(self, data: bytes, path: str) -> tuple[Document, ...]:
        """The documents in the bytes of a file.  Errors: those of ``reading.read_bytes``."""
        return self._all(read_bytes(data, path, self.format))

    def read_text(self, source: str, path: str) -> Document:
        """The document in decoded text.  Errors: those of ``reading.read_text``."""
        return self._settled(read_text(source, path, self.format))

    def _all(self, documents: tuple[Document, ...]) -> tuple[Document, ...]:
        return tuple(self._settled(document) for document in documents)

    def _settled(self, document: Document) -> Document:
        return with_tables(self._placed(self._named(document)), self.tables)

    def _named(self, document: Document) -> Document:
        """The document read again with its fields under the names that the reader knows, every offset as it was."""
        source = uniform(document.source)
        matter = _MATTER.match(source) if any(self.names.values()) else None
        # in a format without front matter that text is a paragraph, and stays it
        unread = matter is None or any(block.starts[0] == 0 for block in document.blocks)
        edits = self._edits(source, matter) if matter and not unread else []
        if not edits:
            return document
        pieces, at = [], 0
        for start, end, text in edits:
            pieces += [source[at:start], text]
            at = end
        renamed = read_text("".join([*pieces, source[at:]]), document.path, self.format)
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
        told = [block.text for block in document.blocks if block.kind == BlockKind.DATE]
        if document.date is None:
            days = (slashed_date(text, self.locale == "en-GB") for text in told if self.locale is not None)
            return replace(document, date=next(filter(None, days), None))
        if self.timezone is None:
            return document
        text = next((text for text in told if written_date(text) == document.date), "")
        try:
            moment = _moment(text)
            return replace(document, date=moment.astimezone(ZoneInfo(self.timezone)).date()) if moment else document
        except (ValueError, OverflowError):  # an hour that no day has, a year before the first
            return document


def _moment(text: str) -> datetime | None:
    """The moment that a text gives with its distance from UTC: in ISO 8601, or as mails and feeds write it.

    Errors: ``ValueError`` where there is none such.
    """
    found = _MOMENT.search(text)
    if found:
        return datetime.fromisoformat(f"{found[1]}T{found[2]}{'+00:00' if found[3] in 'Zz' else found[3]}")
    try:
        told = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    return told if told.tzinfo is not None else None


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
