"""Reading: one reader a format behind one registry, each yielding blocks with a way back to the source.

A reader is a module of this package with

- ``NAME`` (what ``--format`` calls it), ``SUFFIXES`` (file endings that are its own) and ``MEDIA_TYPES``;
- ``BINARY``: whether it reads the bytes of a file, not decoded text;
- ``recognises(source) -> bool``: whether the content surely is of this format, for content goes before the ending;
- ``read(source, path) -> tuple[Document, ...]``.

A new format is a new module.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from functools import cache, lru_cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, Protocol, cast

from checker.model import CheckerError, Document
from checker.patterns import lazy
from checker.reading import spreadsheets
from checker.reading.decoding import decode, uniform
from checker.reading.directives import blanked
from checker.reading.spans import TooMuch
from checker.reading.spreadsheets import read_tables, with_tables

__all__ = [
    "LARGEST",
    "decode",
    "formats",
    "may_hold_article",
    "read",
    "read_all",
    "read_bytes",
    "read_tables",
    "read_text",
    "reader_name",
    "suffixes",
    "uniform",
    "with_tables",
]

LARGEST = 100 * 1024 * 1024  # bytes of a file
MOST, WIDEST = 1_000_000, 200_000  # characters of a text and of a line in it; a reader may allow more
_FALLBACK = "text"
_SHARED = {".json": "JSON", ".xml": "XML"}  # endings that say nothing of what is inside
_MARKUP = lazy(r"\s*<(?:p|div|article|section|main|h[1-6]|figure|ul|ol|table|blockquote)[\s>]", re.IGNORECASE)
_REFUSED = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file; save it as DOCX or XLSX"),
    (b"{\\rtf", "RTF; save it as DOCX"),
    (b"\x1f\x8b", "compressed with gzip; unpack it first"),
)
_TABLE = "a table; give it beside the article that it belongs to: --with-table"


class Reader(Protocol):
    """What a module of this package has to be a reader."""

    NAME: str
    SUFFIXES: tuple[str, ...]
    MEDIA_TYPES: tuple[str, ...]
    BINARY: bool

    def recognises(self, source: Any) -> bool: ...

    def read(self, source: Any, path: str) -> tuple[Document, ...]: ...


@cache
def _readers() -> tuple[Reader, ...]:
    modules = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__))
    return tuple(cast(Reader, module) for module in modules if hasattr(module, "SUFFIXES"))


@cache
def _by_name() -> dict[str, Reader]:
    names = {reader.NAME: reader for reader in _readers()}
    return names | {media_type: reader for reader in _readers() for media_type in reader.MEDIA_TYPES}


@cache
def _by_suffix() -> dict[str, Reader]:
    return {suffix: reader for reader in _readers() for suffix in reader.SUFFIXES}


def formats() -> tuple[str, ...]:
    """The names of all formats, in alphabetic order."""
    return tuple(sorted(reader.NAME for reader in _readers()))


def suffixes() -> frozenset[str]:
    """The file endings that some reader knows."""
    return frozenset({*_by_suffix(), *_SHARED})


def reader_name(format: str) -> str:
    """The name of a format given by name or media type.  Errors: ``CheckerError`` where it is none."""
    return _named(format, "--format").NAME


def read(path: str | Path, format: str | None = None) -> Document:
    """The one document in a file.

    Errors: ``CheckerError`` with one line where it is missing, empty, too large, broken, or holds several articles.
    """
    return _only(read_all(path, format), str(path))


def read_all(path: str | Path, format: str | None = None) -> tuple[Document, ...]:
    """The documents in a file; `format` is a name or media type and overrides what content and ending say.

    Errors: ``CheckerError`` with one line where it is missing, empty, too large, broken or holds no article.
    """
    place = Path(path)
    try:
        size = place.stat().st_size
        if size > LARGEST:
            raise CheckerError(f"{path}: is {size:,} bytes, at most {LARGEST:,} are read")
        data = place.read_bytes()
    except OSError as error:
        raise CheckerError(f"{path}: cannot be read: {error.strerror or error}") from error
    return read_bytes(data, str(path), format)


def read_bytes(data: bytes, path: str = "-", format: str | None = None) -> tuple[Document, ...]:
    """The documents in the bytes of a file.  Errors: as ``read_all``."""
    reader = _named(format, path) if format else None
    if reader is None:
        reader = next((other for other in _readers() if other.BINARY and other.recognises(data)), None)
        for mark, what in _REFUSED:
            if data.startswith(mark):
                raise CheckerError(f"{path}: is {what}")
        if reader is None and (spreadsheets.is_workbook(data) or Path(path).suffix.lower() in (".csv", ".tsv")):
            raise CheckerError(f"{path}: is {_TABLE}")
        declared = _by_suffix().get(Path(path).suffix.lower())
        if reader is None and declared is not None and declared.BINARY:
            raise CheckerError(f"{path}: is no {declared.NAME.upper()} file, whatever its ending says")
    if reader is not None and reader.BINARY:
        return _read(reader, data, path)
    source = decode(data, path)
    return _read(reader or _reader_of(source, path), source, path)


def read_text(source: str, path: str = "-", format: str | None = None) -> Document:
    """The one document in decoded text, read by `format`, else as its content says, else the ending of its path.

    Errors: ``CheckerError`` where there is nothing but white space, where it is broken or holds several articles.
    """
    reader = (_named(format, path) if format else None) or _reader_of(source, path)
    return _only(_read(reader, source, path), path)


def _only(documents: tuple[Document, ...], path: str) -> Document:
    if len(documents) != 1:
        raise CheckerError(f"{path}: holds {len(documents)} articles, where one is expected")
    return documents[0]


def _named(format: str, path: str) -> Reader:
    reader = _by_name().get(format)
    if reader is None:
        raise CheckerError(f"{path}: {format!r} is no known format; known are {', '.join(formats())}")
    return reader


def _reader_of(source: str, path: str) -> Reader:
    """By content where that is sure, else by the ending, else by its looks."""
    for reader in _readers():
        if not reader.BINARY and reader.recognises(source):
            return reader
    suffix = Path(path).suffix.lower()
    if suffix in _SHARED:
        raise CheckerError(f"{path}: is no article in {_SHARED[suffix]} that is known; --format says what it is")
    if suffix in _by_suffix():
        return _by_suffix()[suffix]
    matter = source.startswith(("---\n", "---\r\n", "+++\n", "+++\r\n"))
    return _by_name()["markdown" if matter else "html" if _MARKUP.match(source) else _FALLBACK]


def _read(reader: Reader, source: str | bytes, path: str) -> tuple[Document, ...]:
    if isinstance(source, str):
        if reader.BINARY:
            raise CheckerError(f"{path}: {reader.NAME} is no text format; give the file itself")
        _bounded(source, path, getattr(reader, "MOST", MOST), getattr(reader, "WIDEST", WIDEST))
    text = uniform(blanked(source)) if isinstance(source, str) else source
    try:
        documents = tuple(document for document in reader.read(text, path) if document.blocks)
    except TooMuch as error:
        raise CheckerError(f"{path}: {error}") from error
    if not documents:
        raise CheckerError(f"{path}: holds no text that could be checked")
    if isinstance(source, str) and text != source:
        documents = tuple(replace(document, source=source) for document in documents)
    return _parted(documents) if len(documents) > 1 else documents


def _parted(documents: tuple[Document, ...]) -> tuple[Document, ...]:
    """The articles of a file, each with its part of the source: from its first block up to that of the next."""
    firsts = [min(block.starts[0] for block in document.blocks) for document in documents]
    bounds = [*sorted(firsts), len(documents[0].source)]
    return tuple(
        replace(document, part=(first if first > bounds[0] else 0, bounds[bisect_right(bounds, first)]))
        for document, first in zip(documents, firsts, strict=True)
    )


def _bounded(source: str, path: str, most: int, widest: int) -> None:
    """Errors: ``CheckerError`` where a text is blank or larger than its reader can take in a second or two."""
    if not source.strip("\ufeff\u200b \t\r\n\f\v\u00a0"):
        raise CheckerError(f"{path}: is empty")
    if len(source) > most:
        raise CheckerError(f"{path}: is {len(source):,} characters, at most {most:,} are read")
    if len(source) > widest:
        longest, line = 0, 1
        for number, text in enumerate(re.split(r"\r\n?|\n", source), 1):
            if len(text) > longest:
                longest, line = len(text), number
        if longest > widest:
            raise CheckerError(f"{path}:{line}: a line of {longest:,} characters, at most {widest:,} are read")


def may_hold_article(place: Path) -> bool:
    """Whether a file in a folder looks like an article: by its ending, or by its content where that says nothing.

    A folder's package.json is no broken article.
    """
    suffix = place.suffix.lower()
    if suffix not in _SHARED:
        return suffix in _by_suffix()
    try:
        status = place.stat()
    except OSError:
        return False
    return _holds_article(place, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=10_000)  # --watch asks twice a second
def _holds_article(place: Path, changed: int, size: int) -> bool:
    """Whether some reader recognises the content of a file; `changed` is when it was written last."""
    try:
        source = decode(place.read_bytes(), str(place)) if size <= LARGEST else ""
    except (OSError, CheckerError):
        return False
    return any(not reader.BINARY and reader.recognises(source) for reader in _readers())
