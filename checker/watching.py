"""``--watch``: articles are looked at twice a second and checked again when they were saved.

Times and sizes are compared, since notices of the file system do not come over the network drives that newsrooms share.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from checker.articles import walk
from checker.model import CheckerError
from checker.run import check, configured, say
from checker.settings import Settings

INTERVAL = 0.5  # seconds
_State = dict[str, tuple[int, int]]  # path -> time of its last change in nanoseconds, size in bytes


def watch(paths: Sequence[str], settings: Settings) -> int:
    """Check the articles, then those that are saved, until the user interrupts; does not return by itself.

    Reports in files are written whole each time, so with one of them every article is checked again.
    Errors: ``CheckerError`` for standard input, which is read only once.
    """
    if "-" in paths:
        raise CheckerError("--watch: standard input (-) cannot be watched")
    whole = any(output.file is not None for output in settings.outputs)
    known = _state(paths, settings)
    check(paths, settings)
    say("watching; interrupt to end")
    wrong = ""
    while True:
        time.sleep(INTERVAL)
        try:
            now = _state(paths, settings)
            saved = [path for path, state in now.items() if known.get(path) != state]
            known, wrong = now, ""
            if saved:
                check(paths if whole else saved, settings)
        except CheckerError as error:  # a configuration that is being written is whole again some time later
            if str(error) != wrong:
                wrong = str(error)
                say(wrong)


def _state(paths: Sequence[str], settings: Settings) -> _State:
    found: _State = {}
    for place in walk(configured(paths, settings)).articles(paths):
        if isinstance(place, Path):
            try:
                status = place.stat()
            except OSError:  # replaced at this moment: it is back the next time
                continue
            found[str(place)] = status.st_mtime_ns, status.st_size
    return found
