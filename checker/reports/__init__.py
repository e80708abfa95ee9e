"""Reports: one module a format, each writing the same report objects (``schema``) and computing nothing.

A format is a module of this package with ``FindingsReporter``, ``FiguresReporter`` or both; a new format is a new module.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, Protocol, TextIO

if TYPE_CHECKING:
    from checker.reports.terminal import Style
    from checker.reports.totals import Totals


class Reporter(Protocol):
    """Writes articles as they are done: made with a stream, ``article`` for each, ``finish`` once."""

    def __init__(self, out: TextIO, style: Style) -> None: ...

    def article(self, report: Any) -> None: ...

    def finish(self, totals: Totals) -> None: ...


@cache
def reporters(kind: str) -> dict[str, type[Reporter]]:
    """Format name to reporter class, in alphabetic order; `kind` is ``FindingsReporter`` or ``FiguresReporter``."""
    found = {}
    for module in sorted(iter_modules(__path__), key=lambda module: module.name):
        reporter = getattr(import_module(f"{__name__}.{module.name}"), kind, None) if module.name != "schema" else None
        if reporter is not None:
            found[module.name] = reporter
    return found
