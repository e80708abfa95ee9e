"""The baseline: findings that are known, so that only new ones count.

An entry is known by its rule and its sentences (``fingerprints``), not by where they stand: it is void as soon as one of
the sentences changes.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from checker import __version__
from checker.model import CheckerError, Finding, Suppression

FILE = "checker-baseline.json"


class Entry(BaseModel):
    """One known finding; `path` is the article's, from the baseline's folder."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: str
    rule: str
    fingerprint: str
    message: str


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_: int = Field(alias="schema")
    checker: str
    findings: tuple[Entry, ...]


@dataclass
class Baseline:
    """Known findings, and which of them a run has met.  With `write` every finding becomes known as it is met."""

    file: Path
    entries: list[Entry] = field(default_factory=list)
    write: bool = False
    _met: set[str] = field(default_factory=set)
    _checked: set[str] = field(default_factory=set)
    _new: list[Entry] = field(default_factory=list)

    @classmethod
    def load(cls, file: Path, *, write: bool = False) -> Baseline:
        """The baseline in a file, empty where one is about to be written.

        Errors: ``CheckerError`` where it is missing, broken or of another version.
        """
        if write and not file.exists():
            return cls(file, write=True)
        try:
            known = _File.model_validate_json(file.read_bytes())
        except OSError as error:
            hint = "; --write-baseline makes it" if isinstance(error, FileNotFoundError) else ""
            raise CheckerError(f"{file}: cannot be read: {error.strerror or error}{hint}") from error
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"])) or "the file"
            raise CheckerError(f"{file}: is no baseline: {where}: {first['msg']}") from error
        if known.schema_ != 1:
            raise CheckerError(f"{file}: is a baseline of schema {known.schema_}, only 1 is read")
        return cls(file, list(known.findings), write)

    def settle(self, path: str, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """The findings of an article, the known ones suppressed."""
        place = self._place(path)
        self._checked.add(place)
        known = {entry.fingerprint for entry in self.entries}
        found = []
        for finding in findings:
            if finding.suppressed is None and (self.write or finding.fingerprint in known):
                self._met.add(finding.fingerprint)
                if finding.fingerprint not in known:
                    known.add(finding.fingerprint)
                    self._new.append(
                        Entry(path=place, rule=finding.rule, fingerprint=finding.fingerprint, message=finding.message)
                    )
                finding = replace(finding, suppressed=Suppression("the baseline", self.file.name))
            found.append(finding)
        return tuple(found)

    def stale(self) -> list[Entry]:
        """Entries that a run should have met and did not, and those of articles that are gone."""
        return [
            entry
            for entry in self.entries
            if entry.fingerprint not in self._met
            and (entry.path in self._checked or not (self.file.parent / entry.path).exists())
        ]

    def save(self) -> int:
        """Writes the file with what the run has added and without what is stale.  Returns how many entries it has.

        Errors: ``CheckerError`` where it cannot be written.
        """
        gone = set(self.stale())
        kept = [entry for entry in self.entries if entry not in gone] + self._new
        kept.sort(key=lambda entry: (entry.path, entry.rule, entry.fingerprint))
        lines = ",\n".join(json.dumps(entry.model_dump(), ensure_ascii=False) for entry in kept)
        text = f'{{"schema": 1, "checker": {json.dumps(__version__)}, "findings": [\n{lines}\n]}}\n'
        partial = self.file.with_name(self.file.name + ".partial")
        try:
            partial.write_text(text, encoding="utf-8")
            partial.replace(self.file)
        except OSError as error:
            raise CheckerError(f"{self.file}: cannot be written: {error.strerror or error}") from error
        return len(kept)

    def _place(self, path: str) -> str:
        return Path(os.path.relpath(path, self.file.parent)).as_posix()


def describe(entries: list[Entry]) -> Iterator[str]:
    """Lines that say which entries are stale, at most ten."""
    for entry in entries[:10]:
        yield f"  {entry.path}: {entry.rule}: {entry.message}"
    if len(entries) > 10:
        yield f"  and {len(entries) - 10:,} more"
