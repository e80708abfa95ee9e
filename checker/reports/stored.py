"""Reports as bytes, for the cache and between processes, and read back as objects that every format takes for reports.

Reading them needs neither pydantic nor the language model; what only some formats ask for, the passages and the ledger
of an article, is unpacked when they do.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import asdict, is_dataclass
from enum import Enum
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any, cast

from checker.model import BlockKind, Cell, Hedge, Kind, Level, Status
from checker.reports.naming import NamedArticle, PlacedFinding

if TYPE_CHECKING:
    from checker.reports.schema import ArticleReport

LAYOUT = 1  # of the bytes
_APART = ("figures", "passages")  # long, and rarely asked for
_TYPES: dict[str, Any] = {"kind": Kind, "hedge": Hedge, "status": Status, "level": Level}


def pack(report: ArticleReport) -> bytes:
    """A report as bytes."""
    plain = _plain(report)
    apart = _json([plain.pop(name) for name in _APART])
    return join([_json(plain), report.model_dump_json().encode(), zlib.compress(apart, 1)])


def unpack(data: bytes) -> ArticleReport:
    """The report that was packed.  Errors: ``ValueError`` where these bytes are no such thing."""
    head, text, apart = split(data)
    return cast("ArticleReport", _Article(head, text, apart))


def join(rows: Sequence[bytes]) -> bytes:
    """Some byte strings as one, with a checksum."""
    joined = b"".join(rows)
    return _json([zlib.crc32(joined), *map(len, rows)]) + b"\n" + joined


def split(data: bytes) -> list[bytes]:
    """The byte strings that were joined.  Errors: ``ValueError`` where these bytes are no such thing."""
    head, _, joined = data.partition(b"\n")
    checksum, *sizes = json.loads(head)
    if zlib.crc32(joined) != checksum:
        raise ValueError("is damaged")
    ends = list(accumulate(sizes, initial=0))
    return [joined[a:b] for a, b in pairwise(ends)]


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _plain(value: Any) -> Any:
    """A report as lists, dictionaries, texts and numbers, its excluded fields too."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if hasattr(value, "model_fields_set"):
        return {name: _plain(item) for name, item in value.__dict__.items()}
    return value


class _Values:
    """The fields of a value by name."""

    def __init__(self, fields: dict[str, Any]) -> None:
        self.__dict__.update(fields)


class _Finding(PlacedFinding, _Values):
    """A finding as it was stored."""

    def __init__(self, fields: dict[str, Any]) -> None:
        super().__init__(fields)
        self.level = Level(fields["level"])
        self.spans = tuple(_Values(span) for span in fields["spans"])
        self.repairs = tuple(_Values(repair) for repair in fields["repairs"])
        self.assumes = tuple(fields["assumes"])
        self.suppressed = _Values(fields["suppressed"]) if fields["suppressed"] else None


class _Article(NamedArticle, _Values):
    """A report as it was stored."""

    def __init__(self, head: bytes, text: bytes, apart: bytes) -> None:
        fields = json.loads(head)
        super().__init__(fields)
        self.coverage = _Values(fields["coverage"])
        self.findings = tuple(_Finding(finding) for finding in fields["findings"])
        self._text = text
        self._apart = apart

    def model_dump_json(self) -> str:
        """As ``ArticleReport`` writes itself."""
        return self._text.decode()

    def __getattr__(self, name: str) -> Any:
        if name not in _APART:
            raise AttributeError(name)
        figures, passages = json.loads(zlib.decompress(self._apart))
        self.figures = tuple(_Values({key: _typed(key, value) for key, value in row.items()}) for row in figures)
        self.passages = tuple(_passage(row) for row in passages)
        return getattr(self, name)


def _typed(key: str, value: Any) -> Any:
    return _TYPES[key](value) if key in _TYPES else value


def _passage(row: dict[str, Any]) -> _Values:
    cell = Cell(**row["cell"]) if row["cell"] else None
    spots = tuple(_Values({**spot, "spans": tuple(map(tuple, spot["spans"]))}) for spot in row["spots"])
    return _Values({**row, "kind": BlockKind(row["kind"]), "cell": cell, "spots": spots})
