"""What one call of the command was asked to do."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from checker.model import CheckerError, Level

FAIL_ON = ("error", "warning", "note", "never")
MOST_JOBS = 256
COLOR = ("auto", "always", "never")


@dataclass(frozen=True, slots=True)
class Output:
    """A report format and the file it is written to (None: standard output)."""

    format: str
    file: Path | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """The options of a call; those of the configuration are None or empty where they were not given."""

    outputs: tuple[Output, ...]
    fail_on: str | None = None
    notes: bool | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()  # of more rules
    baseline: str | None = None
    config: tuple[str, ...] = ()  # KEY=VALUE, or the name of a file
    isolated: bool = False
    color: str = "auto"
    stdin_filename: str | None = None
    show_suppressed: bool = False
    write_baseline: bool = False
    prune_baseline: bool = False
    changed_since: str | None = None
    statistics: bool = False
    traceback: bool = False
    format: str | None = None  # of the articles, whatever content and ending say
    tables: tuple[str, ...] = ()  # files whose tables every article is compared with
    jobs: int | None = 1  # processes; None: as many as are worth it
    no_cache: bool = False
    cache_folder: Path | None = None  # None: nothing is kept either


def parse_jobs(text: str) -> int | None:
    """A number of processes, or None for ``auto``.  Errors: ``CheckerError`` where it is neither."""
    if text == "auto":
        return None
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_JOBS):
        raise CheckerError(f"--jobs {text}: should be a number of processes from 1 to {MOST_JOBS}, or auto")
    return int(text)


def failing(fail_on: str) -> frozenset[Level]:
    """The levels with which a finding makes the command end with 1."""
    if fail_on == "never":
        return frozenset()
    gravest_first = list(Level)
    return frozenset(gravest_first[: gravest_first.index(Level(fail_on)) + 1])


def parse_outputs(formats: Sequence[str], file: Path | None, known: Collection[str]) -> tuple[Output, ...]:
    """The outputs named by ``FORMAT`` and ``FORMAT=FILE``; `file` takes the one that names no file.

    Errors: ``CheckerError`` for an unknown format, an empty file name, or two reports in one place.
    """
    outputs = []
    for text in formats or ("full",):
        name, given, target = text.partition("=")
        if name not in known:
            raise CheckerError(f"--output-format {text}: no format {name!r}; there are {', '.join(known)}")
        if given and not target:
            raise CheckerError(f"--output-format {text}: a file name must follow the =")
        outputs.append(Output(name, Path(target) if target else file))
    places = [output.file for output in outputs]
    if file is not None and file not in places:
        raise CheckerError(f"--output-file {file}: every format already names its own file")
    for place in places:
        if places.count(place) > 1:
            where = f"to {place}" if place else "to standard output; write FORMAT=FILE for all but one"
            raise CheckerError(f"--output-format: two reports would go {where}")
    return tuple(outputs)


def use_color(choice: str, terminal: bool, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether to colour: the option, then NO_COLOR, then FORCE_COLOR, then whether it is a terminal that can."""
    if choice != "auto":
        return choice == "always"
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return terminal and environment.get("TERM") != "dumb"
