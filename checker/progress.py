"""How far a long run is, on one line of a terminal that is written over and goes when the run ends."""

from __future__ import annotations

from time import monotonic
from typing import TextIO

from checker.reports.totals import Totals, count

AFTER, EVERY = 2.0, 0.1  # seconds from when on it is shown, and between two changes of it
_CLEAR = "\r\x1b[K"


class Progress:
    """Articles done, articles a second and findings so far; nothing where `stream` is no terminal."""

    def __init__(self, stream: TextIO, totals: Totals, shown: bool = True) -> None:
        self._stream, self._totals = stream, totals
        self._on = shown and stream.isatty()
        self._began = self._last = monotonic()
        self._drawn = False

    def step(self) -> None:
        """Something more is done: say so, now and then."""
        if not self._on:
            return
        now = monotonic()
        if now - self._began < AFTER or now - self._last < EVERY:
            return
        self._last = now
        done = self._totals.articles + self._totals.failed
        findings = count(self._totals.levels.total(), "finding")
        line = f"{count(done, 'article')} checked, {done / (now - self._began):,.1f} a second, {findings}"
        self._stream.write(_CLEAR + line)
        self._stream.flush()
        self._drawn = True

    def clear(self) -> None:
        """Take the line away, before something else is written and at the end."""
        if self._drawn:
            self._stream.write(_CLEAR)
            self._stream.flush()
            self._drawn = False
