"""Articles as they were at a git revision: which have changed since, what they said, and which sentences are new."""

from __future__ import annotations

import os
import re
import subprocess
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from checker.fingerprints import normalised
from checker.language.sentences import sentences
from checker.model import CheckerError, Document


@dataclass(frozen=True)
class _Repository:
    """A work tree and how it differs from a commit; `changed` maps a path to the one it had there."""

    top: Path
    base: str
    known: frozenset[str]
    changed: dict[str, str]


@dataclass
class History:
    """What ``--changed-since REV`` compares with: the commit where this branch left REV, or REV itself."""

    revision: str
    _repositories: dict[Path, _Repository] = field(default_factory=dict)

    def look(self, folder: Path) -> None:
        """Looks the revision up in the work tree of a folder.

        Errors: ``CheckerError`` where there is no git, no work tree or no such revision.
        """
        self._find(folder)

    def changed(self, path: Path) -> bool:
        """Whether a file differs from the revision; one that it does not know has changed.  Errors: as in ``look``."""
        repository, name = self._find(path)
        return name in repository.changed or name not in repository.known

    def before(self, path: Path) -> bytes | None:
        """What a file held at the revision; None where it did not exist."""
        repository, name = self._find(path)
        old = repository.changed.get(name, name)
        if old not in repository.known:
            return None
        return _git(repository.top, "cat-file", "blob", f"{repository.base}:{old}")

    def _find(self, path: Path) -> tuple[_Repository, str]:
        place = Path(os.path.abspath(path))
        folder, name = (place, "") if place.is_dir() else (place.parent, place.name)
        top = _top(folder, self.revision)
        if top not in self._repositories:
            self._repositories[top] = _open(top, self.revision)
        return self._repositories[top], (folder.resolve() / name).relative_to(top).as_posix()


def new_sentences(document: Document, before: Document | None) -> tuple[tuple[int, int], ...]:
    """The source ranges of the sentences that an earlier version did not have, in order; all where there was none."""
    old = Counter(_texts(before)) if before is not None else Counter[str]()
    found = []
    for sentence in sentences(document.blocks):
        block = document.blocks[sentence.block]
        text = normalised(block.text[sentence.start : sentence.end])
        if old[text]:
            old[text] -= 1
        elif text:
            found.append(block.source_span(sentence.start, sentence.end))
    return tuple(found)


def _texts(document: Document) -> list[str]:
    return [normalised(document.blocks[s.block].text[s.start : s.end]) for s in sentences(document.blocks)]


@cache
def _top(folder: Path, revision: str) -> Path:
    place = next((place for place in (folder, *folder.parents) if place.is_dir()), folder)
    try:
        return Path(os.fsdecode(_git(place, "rev-parse", "--show-toplevel")).rstrip("\r\n")).resolve()
    except CheckerError as error:
        raise CheckerError(f"--changed-since {revision}: {folder} is in no git work tree ({error})") from error


def _open(top: Path, revision: str) -> _Repository:
    try:
        commit = (
            _git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}").decode().strip()
        )
    except CheckerError as error:
        raise CheckerError(_missing(top, revision)) from error
    try:
        base = _git(top, "merge-base", commit, "HEAD").decode().split()[0]
    except (CheckerError, IndexError):  # in a shallow clone where both came from may be cut off
        base = commit
    fields = os.fsdecode(_git(top, "diff", "--no-ext-diff", "--name-status", "-M", "-z", base)).split("\0")
    changed: dict[str, str] = {}
    at = 0
    while at + 1 < len(fields):
        if fields[at].startswith(("R", "C")):
            changed[fields[at + 2]] = fields[at + 1]
            at += 3
        else:
            changed[fields[at + 1]] = fields[at + 1]
            at += 2
    known = os.fsdecode(_git(top, "ls-tree", "-r", "--name-only", "-z", base)).split("\0")
    return _Repository(top, base, frozenset(known), changed)


def _missing(top: Path, revision: str) -> str:
    said = f"--changed-since {revision}: there is no such revision in {top}"
    shallow = _git(top, "rev-parse", "--is-shallow-repository").strip() == b"true"
    if shallow:
        name = revision.removeprefix("origin/")
        how = f"--depth=1 origin {name}:refs/remotes/origin/{name}"
        if re.search(
            r"[~^@:]|^HEAD$|^[0-9a-f]{7,40}$", name
        ):  # what is named by its place in a history, or by its hash
            how = "--unshallow"
        said += f", a shallow clone; fetch it first: git fetch {how}"
        said += ", or clone with the whole history (actions/checkout: fetch-depth: 0; GitLab: GIT_DEPTH: 0)"
    return said


def _git(folder: Path, *arguments: str) -> bytes:
    """What a git command prints.  Errors: ``CheckerError`` with what it says."""
    try:
        done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=False)
    except OSError as error:
        raise CheckerError(f"git cannot be run: {error.strerror or error}") from error
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise CheckerError(
            lines[0].removeprefix("fatal: ") if lines else f"git {arguments[0]} ended with {done.returncode}"
        )
    return done.stdout
