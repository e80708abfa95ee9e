"""Reading: one reader a format behind one registry, each yielding blocks with a way back to the source.

A reader is a module of this package with ``SUFFIXES`` (file endings), ``MEDIA_TYPES`` and
``read(source: str, path: str) -> Document``; a new format is a new module.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

from checker.model import CheckerError, Document
from checker.reading.decoding import decode
from checker.reading.directives import blanked

__all__ = ["LARGEST", "decode", "expand", "read", "read_text", "suffixes"]

LARGEST = 100 * 1024 * 1024  # bytes
_DEFAULT = ".txt"


@cache
def _readers() -> tuple[ModuleType, ...]:
    modules = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__))
    return tuple(module for module in modules if hasattr(module, "SUFFIXES"))


@cache
def _by_suffix() -> dict[str, ModuleType]:
    return {suffix: reader for reader in _readers() for suffix in reader.SUFFIXES}


def suffixes() -> frozenset[str]:
    """The file endings that some reader knows."""
    return frozenset(_by_suffix())


def read(path: str | Path) -> Document:
    """The document in a file.

    Errors: ``CheckerError`` with one line where it is missing, empty, too large, binary or cannot be decoded.
    """
    place = Path(path)
    try:
        size = place.stat().st_size
        if size > LARGEST:
            raise CheckerError(f"{path}: is {size:,} bytes, at most {LARGEST:,} are read")
        data = place.read_bytes()
    except OSError as error:
        raise CheckerError(f"{path}: cannot be read: {error.strerror or error}") from error
    return read_text(decode(data, str(path)), str(path))


def read_text(source: str, path: str = "-", media_type: str | None = None) -> Document:
    """The document in decoded text, read by its media type, else by the ending of its path, else by its looks.

    Errors: ``CheckerError`` where there is nothing but white space.
    """
    if not source.strip("\ufeff\u200b \t\r\n\f\v\u00a0"):
        raise CheckerError(f"{path}: is empty")
    if media_type is not None:
        for reader in _readers():
            if media_type in reader.MEDIA_TYPES:
                return _read(reader, source, path)
        raise CheckerError(f"{path}: {media_type!r} is no known format; known are {', '.join(_media_types())}")
    suffix = Path(path).suffix.lower()
    looks = ".md" if source.startswith(("---\n", "---\r\n", "+++\n")) else _DEFAULT
    reader = _by_suffix().get(suffix) or _by_suffix()[looks]
    return _read(reader, source, path)


def _read(reader: ModuleType, source: str, path: str) -> Document:
    text = blanked(source)
    document: Document = reader.read(text, path)
    return document if text == source else replace(document, source=source)


def _media_types() -> list[str]:
    return sorted(media_type for reader in _readers() for media_type in reader.MEDIA_TYPES)


def expand(paths: Sequence[str]) -> Iterator[Path | CheckerError]:
    """Files as named, folders walked in order for the endings a reader knows; a missing path is an error of its own."""
    for name in paths:
        place = Path(name)
        if place.is_dir():
            found = list(_walk(place))
            yield from found
            if not found:
                yield CheckerError(f"{name}: holds no article ({', '.join(sorted(suffixes()))})")
        elif place.exists():
            yield place
        else:
            yield CheckerError(f"{name}: no such file or folder")


def _walk(folder: Path) -> Iterable[Path]:
    known = suffixes()
    for place in sorted(folder.iterdir()):
        if place.name.startswith("."):
            continue
        if place.is_dir():
            if not place.is_symlink():
                yield from _walk(place)
        elif place.suffix.lower() in known:
            yield place
