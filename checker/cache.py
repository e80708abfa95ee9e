"""The cache: what was said of an article, kept by the digest of all that it depends on.

One SQLite file with a write-ahead log, shared by any number of processes.  A cache that is broken, of another layout,
locked, read-only or on a full disk costs time, never a run: what cannot be read is checked again, what cannot be written
is left.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import sys
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from types import TracebackType

from checker.model import CheckerError

FILE = "reports.sqlite"
LAYOUT = 1  # of the file; the reports have their own
LARGEST = 1024**3  # bytes; past it the older half goes
PATIENCE = 2.0  # seconds to wait for another process that writes
_TOGETHER, _SOON = 100, 5.0  # reports that are written at once, seconds after which fewer are


def default_folder() -> Path:
    """The platform's folder for what can be made again."""
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "checker" / "Cache"
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "checker"
    return Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache") / "checker"


@dataclass
class Cache:
    """Bytes by key in ``FILE`` of a folder; nothing where `folder` is None.  Use it as a context manager."""

    folder: Path | None
    largest: int = LARGEST
    _connection: sqlite3.Connection | None = None
    _pending: dict[bytes, bytes] = field(default_factory=dict)
    _writable: bool = True
    _written: float = field(default_factory=monotonic)

    def __enter__(self) -> Cache:
        if self.folder is not None:
            self._connection = self._opened(self.folder / FILE)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._write()
        self._trim()
        if self._connection is not None:
            with contextlib.suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    def get(self, key: bytes) -> bytes | None:
        """What is kept under a key."""
        if key in self._pending:
            return self._pending[key]
        if self._connection is None:
            return None
        try:
            row = self._connection.execute("SELECT report FROM reports WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error as error:
            self._failed(error)
            return None
        return row[0] if row is not None and isinstance(row[0], bytes) else None

    def put(self, key: bytes, report: bytes) -> None:
        """Keep something; it is written with others, at the latest when the cache is left."""
        if self._connection is None or not self._writable:
            return
        self._pending[key] = report
        if len(self._pending) >= _TOGETHER or monotonic() - self._written > _SOON:
            self._write()

    # ------------------------------------------------------------------------------------------------------ the file

    def _opened(self, file: Path, again: bool = False) -> sqlite3.Connection | None:
        connection = None
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(file, timeout=PATIENCE, isolation_level=None)
            self._prepare(connection)
            return connection
        except (sqlite3.Error, OSError) as error:
            if connection is not None:
                connection.close()
            if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
                if not again and _removed(file):
                    return self._opened(file, again=True)
                return None
            self._writable = False
            return _only_read(file)

    def _prepare(self, connection: sqlite3.Connection) -> None:
        """Errors: ``sqlite3.DatabaseError`` that is not operational where the file is no cache."""
        if connection.execute("PRAGMA user_version").fetchone()[0] == LAYOUT:
            return
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(
            "BEGIN IMMEDIATE; DROP TABLE IF EXISTS reports;"
            "CREATE TABLE reports (number INTEGER PRIMARY KEY, key BLOB UNIQUE, report BLOB);"
            f"PRAGMA user_version = {LAYOUT}; COMMIT;"
        )

    def _write(self) -> None:
        pending, self._pending = self._pending, {}
        self._written = monotonic()
        if not pending or self._connection is None or not self._writable:
            return
        try:
            self._connection.execute("PRAGMA synchronous = NORMAL")
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany("INSERT OR REPLACE INTO reports (key, report) VALUES (?, ?)", pending.items())
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            with contextlib.suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")
            self._failed(error)

    def _trim(self) -> None:
        """Keep the file below its largest size: the half that was written first goes."""
        if self._connection is None or not self._writable or self.folder is None:
            return
        try:
            if (self.folder / FILE).stat().st_size > self.largest:
                self._connection.execute(
                    "DELETE FROM reports WHERE number <= (SELECT (min(number) + max(number)) / 2 FROM reports)"
                )
                self._connection.execute("VACUUM")
        except (sqlite3.Error, OSError):
            self._writable = False

    def _failed(self, error: sqlite3.Error) -> None:
        """Go on without what does not work: a broken file is left for good, one that cannot be written is still read."""
        if "locked" in str(error):
            return
        self._writable = False
        if not isinstance(error, sqlite3.OperationalError) and self._connection is not None and self.folder is not None:
            self._connection.close()
            self._connection = None
            _removed(self.folder / FILE)


def _only_read(file: Path) -> sqlite3.Connection | None:
    """A cache that may not be written, such as one on a read-only disk."""
    if not file.is_file():
        return None
    try:
        connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True, timeout=PATIENCE)
        if connection.execute("PRAGMA user_version").fetchone()[0] == LAYOUT:
            return connection
        connection.close()
    except sqlite3.Error:
        pass
    return None


def _parts(file: Path) -> list[Path]:
    """A cache and the files that SQLite keeps beside it."""
    return [
        place for place in (file, *(Path(f"{file}{end}") for end in ("-wal", "-shm", "-journal"))) if place.exists()
    ]


def _removed(file: Path) -> bool:
    try:
        for part in _parts(file):
            part.unlink()
    except OSError:
        return False
    return True


def clean(folder: Path) -> tuple[int, int]:
    """Remove the cache in a folder.  Returns how many files and bytes that were.

    Errors: ``CheckerError`` where one cannot be removed.
    """
    parts = _parts(folder / FILE)
    size = sum(part.stat().st_size for part in parts)
    for part in parts:
        try:
            part.unlink()
        except OSError as error:
            raise CheckerError(f"{part}: cannot be removed: {error.strerror or error}") from error
    return len(parts), size
