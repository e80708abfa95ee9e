"""Reports: one module a format, each writing the same report objects (``schema``) and computing nothing.

A format is a module of this package with ``FindingsReporter``, ``FiguresReporter`` or both; a new format is a new module.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

if TYPE_CHECKING:
    from checker.reports.schema import ArticleReport, Failure, FindingReport
    from checker.reports.terminal import Style
    from checker.reports.totals import Totals
    from checker.rules import Rule

Report = TypeVar("Report")
_HEAVY = {"building", "schema"}  # no formats, and they import pydantic


class Reporter(Generic[Report]):
    """Writes articles as they are done: made with a stream, ``article`` for each, ``finish`` once.

    `rules` are those in force, for formats that carry their pages along.  One that ``WRITES_FILE`` is no text: it is
    made with the path of the file, which it writes itself.
    """

    WRITES_FILE: ClassVar[bool] = False

    def __init__(self, out: Any, style: Style, rules: Sequence[Rule] = ()) -> None:
        self.out = out
        self.style = style
        self.rules = rules

    def article(self, report: Report) -> None:
        """One checked article."""
        raise NotImplementedError

    def failure(self, failure: Failure) -> None:
        """One article that could not be checked; reports for people leave it to standard error."""

    def finish(self, totals: Totals) -> None:
        """The end of the run."""


class Gathered(Reporter["ArticleReport"]):
    """One that writes all findings together at the end: ``found`` are those of each path, ``failures`` what was not checked."""

    def __init__(self, out: Any, style: Style, rules: Sequence[Rule] = ()) -> None:
        super().__init__(out, style, rules)
        self.found: list[tuple[str, FindingReport]] = []
        self.failures: list[Failure] = []

    def article(self, report: ArticleReport) -> None:
        self.found += [(report.path, finding) for finding in self.kept(report)]

    def kept(self, report: ArticleReport) -> Sequence[FindingReport]:
        """Which findings of an article are written: all that are not suppressed."""
        return report.live

    def failure(self, failure: Failure) -> None:
        self.failures.append(failure)


class _Formats(Mapping[str, type[Reporter[Any]]]):
    """The formats that have a reporter of one kind, in alphabetic order; a module is imported when it is asked for."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._modules = sorted({module.name for module in iter_modules(__path__)} - _HEAVY)

    def __getitem__(self, name: str) -> type[Reporter[Any]]:
        reporter = None
        if name in self._modules:
            reporter = getattr(import_module(f"{__name__}.{name}"), self._kind, None)
        if reporter is None:
            raise KeyError(name)
        found: type[Reporter[Any]] = reporter
        return found

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._modules if name in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


@cache
def reporters(kind: str) -> Mapping[str, type[Reporter[Any]]]:
    """Format name to reporter class, in alphabetic order; `kind` is ``FindingsReporter`` or ``FiguresReporter``."""
    return _Formats(kind)
