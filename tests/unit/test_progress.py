"""The line that says how far a long run is."""

from __future__ import annotations

import io

import pytest

from checker import progress
from checker.model import Level
from checker.progress import Progress
from checker.reports.totals import Totals


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def steps(stream: io.StringIO, seconds: list[float], monkeypatch: pytest.MonkeyPatch) -> str:
    """What is written when articles are done at these seconds."""
    clock = iter([0.0, *seconds])
    monkeypatch.setattr(progress, "monotonic", lambda: next(clock))
    totals = Totals()
    totals.levels[Level.ERROR] = 1
    line = Progress(stream, totals)
    for _ in seconds:
        totals.articles += 10
        line.step()
    line.clear()
    return stream.getvalue()


def test_a_short_run_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert steps(Terminal(), [0.5, 1.0, 1.9], monkeypatch) == ""


def test_a_long_run_says_how_far_it_is_and_takes_it_away(monkeypatch: pytest.MonkeyPatch) -> None:
    written = steps(Terminal(), [1.0, 2.5, 2.55, 4.0], monkeypatch).split("\r\x1b[K")
    assert written == [
        "",
        "20 articles checked, 8.0 a second, 1 finding",
        "40 articles checked, 10.0 a second, 1 finding",
        "",
    ]


def test_what_is_no_terminal_stays_clean(monkeypatch: pytest.MonkeyPatch) -> None:
    assert steps(io.StringIO(), [3.0, 6.0], monkeypatch) == ""
