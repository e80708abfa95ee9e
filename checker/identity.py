"""What a report depends on besides its article, as digests: this installation, and the settings of a run."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from checker import __version__
from checker.data import rules_folder
from checker.reports.stored import LAYOUT

if TYPE_CHECKING:
    from checker.layers import Loaded
    from checker.settings import Settings

_SIZE = 20  # bytes of a digest
# Settings that say which articles are checked and what is made of the reports, not what the reports say.
_OUTSIDE = ("extend", "required-version", "fail-on", "notes", "exclude", "respect-gitignore", "baseline")


def digest(parts: Iterable[bytes]) -> bytes:
    """One digest of some byte strings in their order; where one ends counts."""
    found = blake2b(digest_size=_SIZE)
    for part in parts:
        found.update(len(part).to_bytes(8, "big"))
        found.update(part)
    return found.digest()


def run_identity(loaded: Loaded, settings: Settings) -> bytes:
    """The digest of all that the reports of a run depend on besides their articles.

    Errors: ``OSError`` where a file of the installation, of rules or of tables cannot be read.
    """
    return digest((*_installation(), *_settings(loaded, settings)))


def _installation() -> Iterator[bytes]:
    """Versions, the code, the rules, and the names and versions of all that is installed beside it, the model too."""
    yield f"{LAYOUT} {__version__} {sys.version} {sys.platform}".encode()
    yield from _files(Path(__file__).parent, ".py")
    yield from _files(rules_folder(), ".toml")
    for place in sys.path:
        try:
            names = sorted(name for name in os.listdir(place or ".") if name.endswith(".dist-info"))
        except OSError:
            continue
        yield " ".join(names).encode()


def _settings(loaded: Loaded, settings: Settings) -> Iterator[bytes]:
    from checker.configuration import table_of

    values = table_of(loaded.values)
    yield repr([(key, value) for key, value in values.items() if key not in _OUTSIDE]).encode()
    yield repr((settings.show_suppressed, settings.format)).encode()
    if loaded.values.per_file_ignores:  # a finding says which line of which file ignores it
        yield repr((os.path.abspath(""), os.path.abspath(loaded.folder))).encode()
        yield from (f"{layer.name}\n{layer.text}".encode() for layer in loaded.layers)
    for folder in loaded.rule_folders:
        yield os.fsencode(folder)
        yield from _files(Path(folder), ".toml")
    for table in settings.tables:
        yield os.fsencode(table)
        yield Path(table).read_bytes()


def _files(folder: Path, ending: str) -> Iterator[bytes]:
    """The files below a folder with such an ending, by name: name and content."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    for entry in entries:
        if entry.is_dir():
            yield from _files(Path(entry.path), ending)
        elif entry.name.endswith(ending):
            yield entry.name.encode(errors="surrogateescape")
            with open(entry.path, "rb") as file:
                yield file.read()
