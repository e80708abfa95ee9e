"""The cache: what it keeps, and that nothing which can befall it ends a run."""

from __future__ import annotations

import sqlite3
import sys
import threading
from pathlib import Path

import pytest

from checker.cache import FILE, Cache, clean, default_folder
from checker.model import CheckerError
from checker.reports.stored import join, split

PAIRS = {f"key {n}".encode(): f"report {n} ".encode() * 300 for n in range(150)}


def fill(folder: Path) -> None:
    with Cache(folder) as cache:
        for key, report in PAIRS.items():
            cache.put(key, report)


def kept(folder: Path) -> int:
    with Cache(folder) as cache:
        return sum(cache.get(key) == report for key, report in PAIRS.items())


def test_what_is_put_is_found_again(tmp_path: Path) -> None:
    with Cache(tmp_path / "deep" / "folder") as cache:
        cache.put(b"a", b"first")
        assert cache.get(b"a") == b"first" and cache.get(b"b") is None
        cache.put(b"a", b"second")
    fill(tmp_path / "deep" / "folder")
    assert kept(tmp_path / "deep" / "folder") == len(PAIRS)


def test_without_a_folder_nothing_is_kept() -> None:
    with Cache(None) as cache:
        cache.put(b"a", b"first")
        assert cache.get(b"a") is None


@pytest.mark.parametrize("damage", ["text", "empty", "middle", "cut", "another database"])
def test_a_damaged_cache_is_begun_anew(tmp_path: Path, damage: str) -> None:
    fill(tmp_path)
    file = tmp_path / FILE
    data = file.read_bytes()
    if damage == "another database":
        file.unlink()
        with sqlite3.connect(file) as other:
            other.executescript(
                "CREATE TABLE reports (a, b); INSERT INTO reports VALUES (1, 2); PRAGMA user_version = 7;"
            )
        other.close()
    else:
        damaged = {"text": b"no database at all\n" * 500, "empty": b"", "cut": data[: len(data) // 2]}
        file.write_bytes(damaged.get(damage, data[:5000] + b"\xff" * (len(data) - 9000) + data[-4000:]))
    kept(tmp_path)
    fill(tmp_path)
    assert kept(tmp_path) == len(PAIRS)


def test_an_old_layout_is_replaced(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / FILE) as old:
        old.executescript("CREATE TABLE reports (name TEXT); PRAGMA user_version = 0;")
    old.close()
    fill(tmp_path)
    assert kept(tmp_path) == len(PAIRS)


@pytest.mark.parametrize("filled", [True, False])
def test_a_folder_that_may_not_be_written(tmp_path: Path, filled: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if filled:
        fill(tmp_path)
    connect = sqlite3.connect

    def refusing(place: object, **options: object) -> sqlite3.Connection:
        """What SQLite does where it may write neither the file nor beside it; root, who runs tests too, may anywhere."""
        if not options.get("uri"):
            raise sqlite3.OperationalError("unable to open database file")
        return connect(place, **options)  # type: ignore[call-overload, no-any-return]

    monkeypatch.setattr(sqlite3, "connect", refusing)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    fill(tmp_path)
    assert kept(tmp_path) == (len(PAIRS) if filled else 0)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_where_no_folder_can_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    fill(tmp_path / "file")
    assert kept(tmp_path / "file") == 0
    (tmp_path / "other" / FILE).mkdir(parents=True)
    fill(tmp_path / "other")
    assert kept(tmp_path / "other") == 0


def test_a_full_disk_keeps_what_there_is(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        cache.put(b"a", b"first")
    with Cache(tmp_path) as cache:
        assert cache._connection is not None
        cache._connection.execute("PRAGMA max_page_count = 8")  # SQLite says of it what it says of a full disk
        for key, report in PAIRS.items():
            cache.put(key, report)
        assert cache.get(b"a") == b"first"
    with Cache(tmp_path) as cache:
        assert cache.get(b"a") == b"first"
    fill(tmp_path)
    assert kept(tmp_path) == len(PAIRS)


def test_several_at_once(tmp_path: Path) -> None:
    threads = [threading.Thread(target=fill, args=(tmp_path,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert kept(tmp_path) == len(PAIRS)


def test_another_that_writes_for_ever_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checker.cache.PATIENCE", 0.05)
    fill(tmp_path)
    other = sqlite3.connect(tmp_path / FILE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Cache(tmp_path) as cache:
        cache.put(b"new", b"report")
        assert cache.get(b"key 1") == PAIRS[b"key 1"]
    other.execute("ROLLBACK")
    other.close()
    assert kept(tmp_path) == len(PAIRS)


def test_it_does_not_grow_for_ever(tmp_path: Path) -> None:
    fill(tmp_path)
    size = (tmp_path / FILE).stat().st_size
    with Cache(tmp_path, largest=size // 2):
        pass
    assert (tmp_path / FILE).stat().st_size < size
    with Cache(tmp_path) as cache:
        assert cache.get(b"key 0") is None and cache.get(b"key 149") == PAIRS[b"key 149"]


def test_clean_removes_only_the_cache(tmp_path: Path) -> None:
    assert clean(tmp_path) == (0, 0)
    fill(tmp_path)
    (tmp_path / "mine.txt").write_text("stays")
    files, size = clean(tmp_path)
    assert files >= 1 and size > 100_000
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_clean_says_what_it_cannot_remove(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path)

    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(CheckerError, match=rf"{FILE}: cannot be removed: Permission denied"):
        clean(tmp_path)


def test_the_folder_is_the_platforms(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", "/caches")
    assert default_folder() == Path("/caches/checker")
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert default_folder() == Path.home() / ".cache" / "checker"
    monkeypatch.setattr(sys, "platform", "darwin")
    assert default_folder() == Path.home() / "Library" / "Caches" / "checker"


def test_joined_bytes_come_apart_or_are_refused() -> None:
    rows = [b"", b"a\nb", bytes(range(256))]
    joined = join(rows)
    assert split(joined) == rows and split(join([])) == []
    for damaged in (b"", b"x", b"{}\n", joined[:-1], joined + b"x", joined.replace(b"a", b"c")):
        with pytest.raises((ValueError, TypeError)):
            split(damaged)
