"""The articles that a call names: where they lie, and the bytes of each when it is its turn."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from checker.layers import Loaded
from checker.model import CheckerError
from checker.settings import Settings
from checker.walking import LeftOut, Walk

LARGEST = 100 * 1024 * 1024  # bytes of a file


@dataclass(frozen=True, slots=True)
class Item:
    """A file that may hold articles: what it is called, where it lies (None: nowhere that is known), and its bytes.

    `load` raises the ``CheckerError`` that says why there are none.
    """

    name: str
    place: Path | None
    load: Callable[[], bytes]


def items(paths: Sequence[str], settings: Settings, loaded: Loaded, say: Callable[[str], None]) -> Iterator[Item]:
    """The files that are named, in order; `say` is told which of them are left out."""
    for path in paths:
        if path == "-":
            yield _standard_input(settings.stdin_filename)
            continue
        for place in walk(loaded).articles([path]):
            if isinstance(place, LeftOut):
                where = loaded.where("exclude", loaded.values.exclude.index(place.pattern))
                say(f"{place.path}: left out by exclude {place.pattern!r} ({where})")
            elif isinstance(place, CheckerError):
                yield Item(path, None, _raising(place))
            else:
                yield Item(str(place), place, _loading(place))


def walk(loaded: Loaded) -> Walk:
    """How the articles of a run are found."""
    return Walk(loaded.values.exclude, loaded.folder, loaded.values.respect_gitignore)


def load(place: Path) -> bytes:
    """The bytes of a file.  Errors: ``CheckerError`` with one line where it is missing or too large."""
    try:
        with open(place, "rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size > LARGEST:
                raise CheckerError(f"{place}: is {size:,} bytes, at most {LARGEST:,} are read")
            return file.read()
    except OSError as error:
        raise CheckerError(f"{place}: cannot be read: {error.strerror or error}") from error


def _loading(place: Path) -> Callable[[], bytes]:
    return lambda: load(place)


def _raising(error: CheckerError) -> Callable[[], bytes]:
    def raised() -> bytes:
        raise error

    return raised


def _standard_input(filename: str | None) -> Item:
    name = filename or "-"

    def read() -> bytes:
        data = sys.stdin.buffer.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise CheckerError(f"{name}: more than {LARGEST:,} bytes on standard input, at most that many are read")
        return data

    return Item(name, Path(filename) if filename else None, read)
