"""Which articles a call means: excludes, ``.gitignore`` files of a repository, folders that are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.model import CheckerError
from checker.walking import LeftOut, Walk, matching


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("a.md", "drafts/b.md", "desk/c.md", "desk/old/d.md", "desk/e.tmp.md", "desk/picture.png"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("text", encoding="utf-8")
    return tmp_path


def names(*paths: str, **settings: object) -> list[str]:
    found = Walk(**settings).articles(paths)  # type: ignore[arg-type]
    return [place.as_posix() if isinstance(place, Path) else type(place).__name__ for place in found]


def test_folders_are_walked_without_what_is_excluded(folder: Path) -> None:
    assert names(".") == ["a.md", "desk/c.md", "desk/e.tmp.md", "desk/old/d.md", "drafts/b.md"]
    assert names(".", exclude=["drafts/", "*.tmp.md"]) == ["a.md", "desk/c.md", "desk/old/d.md"]
    assert names("desk", exclude=["/desk/*", "!/desk/old/"]) == ["desk/old/d.md"]


def test_a_named_file_that_is_excluded_is_told(folder: Path) -> None:
    (found,) = Walk(exclude=["*.txt", "drafts/"]).articles(["drafts/b.md"])
    assert found == LeftOut("drafts/b.md", "drafts/")


def test_patterns_begin_at_the_folder_of_the_configuration(folder: Path) -> None:
    assert names("desk", exclude=["/old/"], folder=folder / "desk") == ["desk/c.md", "desk/e.tmp.md"]
    assert names("drafts", exclude=["b.md"], folder=folder / "desk") == ["drafts/b.md"]
    assert matching(["/desk/**", "!/desk/c.md"], Path("desk/c.md"), Path()) is None


def test_gitignore_is_respected_in_a_repository(folder: Path) -> None:
    (folder / ".gitignore").write_text("drafts/\n*.tmp.md\n", encoding="utf-8")
    (folder / "desk" / ".gitignore").write_text("old/\n!e.tmp.md\n", encoding="utf-8")
    (folder / ".git").mkdir()
    assert names(".") == ["a.md", "desk/c.md", "desk/e.tmp.md"] == names(".", gitignore=True)
    assert names("desk") == ["desk/c.md", "desk/e.tmp.md"]
    assert names("desk/old/d.md", "drafts") == ["desk/old/d.md", "drafts/b.md"]  # they were named
    assert len(names(".", gitignore=False)) == 5


def test_what_cannot_be_found_is_an_error_of_its_own(folder: Path) -> None:
    (folder / "hollow").mkdir()
    found = list(Walk(exclude=["drafts/*"]).articles(["missing.md", "hollow", "drafts", "a.md"]))
    assert [str(error).split(":")[0] for error in found[:3]] == ["missing.md", "hollow", "drafts"]
    assert all(isinstance(error, CheckerError) for error in found[:3]) and found[3] == Path("a.md")
