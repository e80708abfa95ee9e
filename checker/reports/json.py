"""JSON, schema 1: one object, its articles written as they are done, a line each."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TextIO

from checker import __version__
from checker.reports.terminal import Style
from checker.reports.totals import Totals

if TYPE_CHECKING:
    from checker.reports.schema import ArticleFigures, ArticleReport

SCHEMA = 1


class FindingsReporter:
    """All findings, notes too, whatever else is hidden from people."""

    def __init__(self, out: TextIO, style: Style) -> None:
        self.out = out
        self._separator = "\n"
        out.write(f'{{"schema": {SCHEMA}, "checker": {json.dumps(__version__)}, "articles": [')

    def article(self, report: ArticleReport | ArticleFigures) -> None:
        self.out.write(self._separator + report.model_dump_json())
        self.out.flush()
        self._separator = ",\n"

    def finish(self, totals: Totals) -> None:
        self.out.write("\n]}\n")


FiguresReporter = FindingsReporter
