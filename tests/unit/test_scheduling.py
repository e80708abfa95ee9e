"""Files are handed to workers in any order, and every one of them comes back in its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from checker import pool, scheduling
from checker.checking import Trouble
from checker.scheduling import Known, results


@dataclass
class _Item:
    name: str
    place: None = None

    def load(self) -> bytes:
        return self.name.encode()


class _Slow:
    """A pool that answers what it was asked first only when nothing else is left."""

    def __init__(self, *_: Any, **__: Any) -> None:
        self.asked: list[tuple[int, tuple[str, bytes]]] = []

    def __enter__(self) -> _Slow:
        return self

    def __exit__(self, *_: object) -> None:
        assert not self.asked

    @property
    def unfinished(self) -> int:
        return len(self.asked)

    def submit(self, number: int, task: tuple[str, bytes]) -> None:
        self.asked.append((number, task))

    def finished(self) -> Iterator[tuple[int, list[Trouble]]]:
        number, (name, _) = self.asked.pop()
        yield number, [Trouble(name)]


@pytest.mark.parametrize("ahead", [1, 2, 3, 64])
@pytest.mark.parametrize("jobs", [2, 3])
def test_no_file_is_lost(monkeypatch: pytest.MonkeyPatch, ahead: int, jobs: int) -> None:
    monkeypatch.setattr(scheduling, "AHEAD", ahead)
    monkeypatch.setattr(pool, "Pool", _Slow)
    items: list[Any] = [_Item(f"{number}.md") for number in range(40)]
    known = Known(None, None)  # type: ignore[arg-type]
    found = list(results(items, None, known, jobs, lambda: None))  # type: ignore[arg-type,return-value]
    assert [item.name for item, _ in found] == [item.name for item in items]
    assert [[str(trouble) for trouble in reports] for _, reports in found] == [
        [str(Trouble(item.name))] for item in items
    ]
