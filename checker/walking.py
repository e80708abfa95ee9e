"""Which files a call means: its configuration; articles as they are named, folders walked without what is excluded."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from checker.model import CheckerError

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

IGNORE_FILE = ".gitignore"
CONFIGURATION, PYPROJECT = "checker.toml", "pyproject.toml"
_TABLE = re.compile(rb"^\s*\[\s*tool\s*\.\s*checker\s*[.\]]", re.MULTILINE)


def configuration_above(folder: Path) -> Path | None:
    """The nearest ``checker.toml``, or ``pyproject.toml`` with ``[tool.checker]``, in a folder or above it."""
    start = Path(os.path.abspath(folder))
    for place in (start, *start.parents):
        if (place / CONFIGURATION).is_file():
            return place / CONFIGURATION
        project = place / PYPROJECT
        if project.is_file() and _TABLE.search(project.read_bytes()):
            return project
    return None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that was named and is excluded."""

    path: str
    pattern: str


@dataclass
class Walk:
    """Finds articles; `exclude` are patterns as ``.gitignore`` writes them, from `folder` on."""

    exclude: Sequence[str] = ()
    folder: Path = Path()
    gitignore: bool = True
    _specs: dict[Path, GitIgnoreSpec | None] = field(default_factory=dict)

    def articles(self, paths: Sequence[str]) -> Iterator[Path | LeftOut | CheckerError]:
        """The articles that are named, in order; a path that is missing or cannot be listed is an error of its own."""
        for name in paths:
            place = Path(name)
            try:
                if place.is_dir():
                    yield from self._folder(place)
                elif place.exists():
                    pattern = self._excluding(place)
                    yield place if pattern is None else LeftOut(name, pattern)
                else:
                    yield CheckerError(f"{name}: no such file or folder")
            except OSError as error:  # a folder that may not be listed
                yield CheckerError(f"{error.filename or name}: cannot be listed: {error.strerror or error}")

    def _folder(self, place: Path) -> Iterator[Path | CheckerError]:
        above = self._above(place) if self.gitignore else []
        if self._ignored(place, above):
            above = []  # it was named all the same
        found = False
        for path in self._walk(place, above):
            found = True
            yield path
        if not found:
            from checker.reading import suffixes

            yield CheckerError(f"{place}: holds no article ({', '.join(sorted(suffixes()))}) that is not left out")

    def _walk(self, folder: Path, folders: list[Path]) -> Iterator[Path]:
        from checker.reading import may_hold_article

        folders = [*folders, folder] if self.gitignore else []
        for place in sorted(folder.iterdir()):
            if place.name.startswith(".") or self._ignored(place, folders) or self._excluding(place) is not None:
                continue
            if place.is_dir():
                if not place.is_symlink():
                    yield from self._walk(place, folders)
            elif may_hold_article(place):
                yield place

    def _above(self, folder: Path) -> list[Path]:
        """The folders above one up to the top of its repository, the outermost first; none outside of one."""
        absolute = Path(os.path.abspath(folder))
        for number, place in enumerate((absolute, *absolute.parents)):
            if (place / ".git").exists():
                return list(reversed(absolute.parents[:number]))
        return []

    def _ignored(self, place: Path, folders: Sequence[Path]) -> bool:
        """Whether the deepest ``.gitignore`` that speaks of a path leaves it out."""
        for folder in reversed(folders):
            spec = self._spec(folder)
            if spec is not None:
                verdict = spec.check_file(_inside(place, folder)).include
                if verdict is not None:
                    return bool(verdict)
        return False

    def _spec(self, folder: Path) -> GitIgnoreSpec | None:
        if folder not in self._specs:
            from pathspec import GitIgnoreSpec

            path = folder / IGNORE_FILE
            lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.is_file() else []
            self._specs[folder] = GitIgnoreSpec.from_lines(lines) if lines else None
        return self._specs[folder]

    def _excluding(self, place: Path) -> str | None:
        """The pattern of `exclude` that leaves a path out."""
        return matching(self.exclude, place, self.folder)


def matching(patterns: Sequence[str], place: Path, folder: Path) -> str | None:
    """The last of some patterns that speaks of a path, as ``.gitignore`` would read them in `folder`; None for a negated one."""
    if not patterns:
        return None
    from pathspec import GitIgnoreSpec

    inside = _inside(place, folder)
    if inside.startswith(".."):
        return None
    verdict = GitIgnoreSpec.from_lines(patterns).check_file(inside)
    return patterns[verdict.index] if verdict.include and verdict.index is not None else None


def _inside(place: Path, folder: Path) -> str:
    path = Path(os.path.relpath(os.path.abspath(place), os.path.abspath(folder))).as_posix()
    return f"{path}/" if place.is_dir() else path
