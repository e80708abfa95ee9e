"""JSON, schema 1: one object, its articles written as they are done, a line each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

from checker import __version__
from checker.reports import Reporter
from checker.reports.totals import Totals

if TYPE_CHECKING:
    from checker.reports.schema import ArticleFigures, ArticleReport, Failure
    from checker.reports.terminal import Style
    from checker.rules import Rule

SCHEMA = 1


def head(articles: str = "") -> str:
    """The beginning of a report up to its articles, and those that are given."""
    return f'{{"schema": {SCHEMA}, "checker": {json.dumps(__version__)}, "articles": [{articles}'


class FindingsReporter(Reporter["ArticleReport | ArticleFigures"]):
    """All findings, notes too, whatever else is hidden from people."""

    def __init__(self, out: TextIO, style: Style, rules: Sequence[Rule] = ()) -> None:
        super().__init__(out, style, rules)
        self._failures: list[Failure] = []
        self._separator = "\n"
        out.write(head())

    def article(self, report: ArticleReport | ArticleFigures) -> None:
        self.out.write(self._separator + report.model_dump_json())
        self.out.flush()
        self._separator = ",\n"

    def failure(self, failure: Failure) -> None:
        self._failures.append(failure)

    def finish(self, totals: Totals) -> None:
        failures = ",\n".join(failure.model_dump_json() for failure in self._failures)
        self.out.write("\n]" + (f', "failures": [\n{failures}\n]' if failures else "") + "}\n")


FiguresReporter = FindingsReporter
