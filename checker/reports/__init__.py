"""Reports: one module a format, each writing the same report objects (``schema``) and computing nothing.

A format is a module of this package with ``FindingsReporter``, ``FiguresReporter`` or both; a new format is a new module.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

if TYPE_CHECKING:
    from checker.reports.schema import Failure
    from checker.reports.terminal import Style
    from checker.reports.totals import Totals
    from checker.rules import Rule

Report = TypeVar("Report")


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


@cache
def reporters(kind: str) -> dict[str, type[Reporter[Any]]]:
    """Format name to reporter class, in alphabetic order; `kind` is ``FindingsReporter`` or ``FiguresReporter``."""
    found = {}
    for module in sorted(iter_modules(__path__), key=lambda module: module.name):
        reporter = getattr(import_module(f"{__name__}.{module.name}"), kind, None) if module.name != "schema" else None
        if reporter is not None:
            found[module.name] = reporter
    return found
