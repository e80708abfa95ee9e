"""Worker processes: one task each at a time, results as they come, a dead worker loses its task only once.

A task whose worker dies is tried once more when nothing else runs; if that worker dies too its result is ``Lost``.
Workers are replaced after a number of tasks, so that what a library keeps does not grow for ever.
"""

from __future__ import annotations

import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Any

RECYCLE = 1_000  # tasks of one worker
_GRACE = 0.3  # seconds between asking workers to end and ending them
Work = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Lost:
    """The result of a task whose worker died twice; `how` says of what."""

    how: str


@dataclass(slots=True)
class _Worker:
    process: Any
    connection: Connection
    left: int  # tasks that it may still be given
    task: tuple[int, Any] | None = None


class Pool:
    """At most `jobs` workers, each doing what `make()` returns.  Use it as a context manager.

    `make`, tasks and results are pickled.  Where processes can be copied they are copied from one that has imported
    `preload`, else each starts afresh.
    """

    def __init__(self, jobs: int, make: Callable[[], Work], preload: str = "", recycle: int = RECYCLE) -> None:
        self._jobs, self._make, self._recycle = jobs, make, recycle
        copied = sys.platform.startswith("linux")
        self._context: Any = get_context("forkserver" if copied else "spawn")
        if copied and preload:
            self._context.set_forkserver_preload([preload])
        self._workers: list[_Worker] = []
        self._waiting: deque[tuple[int, Any]] = deque()
        self._again: deque[tuple[int, Any]] = deque()
        self._retried: int | None = None  # the task that runs alone

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join(_GRACE)
            if worker.process.is_alive():
                worker.process.kill()
            worker.connection.close()
        self._workers.clear()

    @property
    def unfinished(self) -> int:
        """How many tasks are waiting or being worked on."""
        return len(self._waiting) + len(self._again) + sum(worker.task is not None for worker in self._workers)

    def submit(self, number: int, task: Any) -> None:
        """One more task; its result comes under `number`."""
        self._waiting.append((number, task))
        self._give()

    def finished(self) -> list[tuple[int, Any]]:
        """Waits for results and returns them, each with its task's number; none where no task is unfinished."""
        found: list[tuple[int, Any]] = []
        while not found and self.unfinished:
            self._give()
            busy = {worker.connection: worker for worker in self._workers if worker.task is not None}
            for ready in wait(list(busy)):
                found += self._received(busy[ready])  # type: ignore[index]
        self._give()
        return found

    def _received(self, worker: _Worker) -> list[tuple[int, Any]]:
        assert worker.task is not None
        number, task = worker.task
        try:
            result = worker.connection.recv()
        except (EOFError, OSError):
            worker.process.join(_GRACE)
            self._end(worker)
            if self._retried != number:
                self._again.append((number, task))
                return []
            self._retried = None
            return [(number, Lost(_how(worker.process.exitcode)))]
        worker.task = None
        worker.left -= 1
        if not worker.left:
            self._end(worker)
        if self._retried == number:
            self._retried = None
        return [(number, result)]

    def _give(self) -> None:
        """Give tasks to workers; one that is tried again waits for all others, and they for it."""
        while self._waiting and self._retried is None and not self._again:
            worker = self._idle()
            if worker is None:
                return
            self._send(worker, self._waiting.popleft())
        if self._again and self._retried is None and all(worker.task is None for worker in self._workers):
            for worker in list(self._workers):
                self._end(worker)  # the second try is in a fresh one
            worker = self._idle()
            assert worker is not None
            self._retried = self._again[0][0]
            self._send(worker, self._again.popleft())

    def _idle(self) -> _Worker | None:
        for worker in self._workers:
            if worker.task is None:
                return worker
        if len(self._workers) >= self._jobs:
            return None
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs, self._make), daemon=True)
        with _own_modules():
            process.start()
        theirs.close()
        self._workers.append(_Worker(process, ours, self._recycle))
        return self._workers[-1]

    def _send(self, worker: _Worker, task: tuple[int, Any]) -> None:
        worker.task = task
        with suppress(OSError):  # one that has died while it was idle is seen when its result is waited for
            worker.connection.send(task[1])

    def _end(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.connection.close()  # at which it ends by itself


@contextmanager
def _own_modules() -> Iterator[None]:
    """Lets a process that is started take no modules from the folder that one stands in, which may have a ``random.py``."""
    before = os.environ.get("PYTHONSAFEPATH")
    os.environ["PYTHONSAFEPATH"] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ["PYTHONSAFEPATH"]
        else:
            os.environ["PYTHONSAFEPATH"] = before


def _how(code: int | None) -> str:
    if code is not None and code < 0:
        try:
            return f"ended by {signal.Signals(-code).name}"
        except ValueError:
            return f"ended by signal {-code}"
    return f"ended with {code}"


def _serve(connection: Connection, make: Callable[[], Work]) -> None:
    """What a worker does; an interrupt is for its parent, which ends it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    work = make()
    while True:
        try:
            task = connection.recv()
        except (EOFError, OSError):
            return
        connection.send(work(task))
