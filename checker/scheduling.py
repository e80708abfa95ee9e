"""Who checks the files of a run, and when: what is known is read from the cache, the rest is checked here or by workers.

Results come in the order of the files, however they are made.
"""

from __future__ import annotations

import gc
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from checker.articles import Item
from checker.cache import Cache
from checker.checking import Checking, Trouble, internal
from checker.identity import digest
from checker.model import CheckerError
from checker.reports.stored import join, pack, split, unpack

if TYPE_CHECKING:
    from checker.pool import Work
    from checker.reports.schema import ArticleReport

WORTH = 60  # files to check at which several processes are worth their start
AHEAD = 64  # files a worker that may wait for the first of them to be written
Result = tuple[Item, Iterable["ArticleReport | Trouble"]]


@dataclass
class Known:
    """The reports that a cache has for the files of a run, whose identity is `run`; none where that is None."""

    cache: Cache
    run: bytes | None

    def key(self, name: str, data: bytes) -> bytes:
        """The key of a file's reports: its name, which they bear, and its content."""
        return digest((self.run, name.encode(errors="surrogateescape"), data)) if self.run is not None else b""

    def find(self, key: bytes) -> list[ArticleReport] | None:
        """The reports under a key; None where there are none or they are damaged."""
        found = self.cache.get(key) if self.run is not None else None
        try:
            return [unpack(report) for report in split(found)] if found is not None else None
        except (ValueError, TypeError, KeyError):
            return None

    def keep(self, key: bytes, reports: Sequence[bytes]) -> None:
        """Keep packed reports."""
        if self.run is not None:
            self.cache.put(key, join(reports))


@dataclass
class _Slot:
    """A file on its way: its content and key until there is a result."""

    item: Item
    key: bytes = b""
    data: bytes = b""
    result: list[ArticleReport | Trouble] | None = None


def results(
    items: Iterable[Item], checking: Checking, known: Known, jobs: int | None, make: Callable[[], Work]
) -> Iterator[Result]:
    """Every file with the reports of its articles, or with why there are none.

    `jobs` processes check them; None: as many as there are processors where that is worth it.  Each does what `make()`
    returns.
    """
    slots: Iterator[_Slot] = (_looked_up(item, known) for item in items)
    if jobs is None:
        jobs, first, missing = processors(), [], 0
        while jobs > 1 and missing < WORTH:
            slot = next(slots, None)
            if slot is None:
                jobs = 1
                break
            first.append(slot)
            missing += slot.result is None
        slots = chain(first, slots)
    return _here(slots, checking, known) if jobs == 1 else _by_workers(slots, known, jobs, make)


def _looked_up(item: Item, known: Known) -> _Slot:
    try:
        data = item.load()
    except CheckerError as error:
        return _Slot(item, result=[Trouble(str(error))])
    except Exception as error:
        return _Slot(item, result=[internal(item.name, error)])
    key = known.key(item.name, data)
    found = known.find(key)
    return _Slot(item, key, data) if found is None else _Slot(item, result=[*found])


def _here(slots: Iterable[_Slot], checking: Checking, known: Known) -> Iterator[Result]:
    first = True
    for slot in slots:
        if slot.result is not None:
            yield slot.item, slot.result
            continue
        yield slot.item, _checked(slot, checking, known)
        if first:
            gc.freeze()  # what the first one had loaded stays: looking for garbage in it took a tenth of each check
            first = False


def _checked(slot: _Slot, checking: Checking, known: Known) -> Iterator[ArticleReport | Trouble]:
    packed = []
    whole = known.run is not None
    for report in checking.check(slot.item.name, slot.data, slot.item.place):
        if isinstance(report, Trouble):
            whole = False
        elif whole:
            packed.append(pack(report))
        yield report
    if whole:
        known.keep(slot.key, packed)


def _by_workers(slots: Iterator[_Slot], known: Known, jobs: int, make: Callable[[], Work]) -> Iterator[Result]:
    from checker.pool import Lost, Pool

    waiting: deque[_Slot] = deque()
    running: dict[int, _Slot] = {}
    number, left = 0, True
    with Pool(jobs, make, preload="checker.warm") as pool:
        while True:
            while pool.unfinished <= jobs and len(waiting) < AHEAD * jobs:
                slot = next(slots, None)
                if slot is None:
                    left = False
                    break
                waiting.append(slot)
                if slot.result is None:
                    number += 1
                    running[number] = slot
                    pool.submit(number, (slot.item.name, slot.data))
            while waiting and waiting[0].result is not None:
                slot = waiting.popleft()
                yield slot.item, slot.result or ()
            if not pool.unfinished:
                if not waiting and not left:
                    return
                continue  # a full row of waiting files was written at once: there may be more
            for place, answer in pool.finished():
                slot = running.pop(place)
                if isinstance(answer, Lost):
                    answer = [Trouble(f"{slot.item.name}: the process that checked it {answer.how}, twice")]
                slot.result = _answered(slot, answer, known)
                slot.data = b""


def _answered(slot: _Slot, answer: list[bytes | Trouble], known: Known) -> list[ArticleReport | Trouble]:
    """What a worker said of a file, kept where all of it is reports."""
    reports = [report for report in answer if not isinstance(report, Trouble)]
    if len(reports) == len(answer):
        known.keep(slot.key, reports)
    return [report if isinstance(report, Trouble) else unpack(report) for report in answer]


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def packed(checking: Checking) -> Work:
    """What a worker process does with a file's name and content: a packed report an article, or why there is none."""

    def check(task: tuple[str, bytes]) -> list[bytes | Trouble]:
        return [report if isinstance(report, Trouble) else pack(report) for report in checking.check(*task)]

    return check
