"""Worker processes: results, their order of arrival, deaths, replacement."""

from __future__ import annotations

import os
import signal
import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from checker.pool import Lost, Pool, Work


def doing(folder: str = "") -> Work:
    """What a worker of these tests does; a name in `folder` says that a task has been begun before."""

    def work(task: Any) -> Any:
        if task == "die":
            os._exit(3)
        if task == "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        if isinstance(task, str) and task.startswith("once"):
            mark = Path(folder, task)
            if not mark.exists():
                mark.write_text("begun")
                os._exit(1)
        if task == "sleep":
            time.sleep(60)
        return task, os.getpid()

    return work


def run(pool: Pool, tasks: list[Any]) -> dict[int, Any]:
    for number, task in enumerate(tasks):
        pool.submit(number, task)
    found: dict[int, Any] = {}
    while pool.unfinished:
        found.update(pool.finished())
    return found


def test_every_task_has_its_result() -> None:
    with Pool(2, doing) as pool:
        assert pool.finished() == []
        found = run(pool, list(range(20)))
        assert {number: result[0] for number, result in found.items()} == {n: n for n in range(20)}
        assert len({result[1] for result in found.values()}) == 2 and os.getpid() not in {r[1] for r in found.values()}


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")
def test_a_death_costs_one_task_only() -> None:
    with Pool(2, doing) as pool:
        found = run(pool, [0, "die", 2, "killed", *range(4, 12)])
    assert found[1] == Lost("ended with 3") and found[3] == Lost("ended by SIGKILL")
    assert {n: found[n][0] for n in found if n not in (1, 3)} == {n: n for n in (0, 2, *range(4, 12))}


def test_a_task_is_tried_once_more(tmp_path: Path) -> None:
    with Pool(2, partial(doing, str(tmp_path))) as pool:
        found = run(pool, ["once a", *range(6), "once b"])
    assert found[0][0] == "once a" and found[7][0] == "once b" and len(found) == 8


def test_workers_are_replaced() -> None:
    with Pool(1, doing, recycle=3) as pool:
        found = run(pool, list(range(9)))
    assert len({result[1] for result in found.values()}) == 3


def test_what_still_runs_is_ended_at_once() -> None:
    with Pool(2, doing) as pool:
        pool.submit(0, "quick")
        pool.finished()
        pool.submit(1, "sleep")
        pool.submit(2, "sleep")
        began = time.monotonic()
    assert time.monotonic() - began < 1
