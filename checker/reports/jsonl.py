"""JSON Lines: every article as a whole report of schema 1 on a line of its own, written as it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.reports import Reporter
from checker.reports.json import head

if TYPE_CHECKING:
    from checker.reports.schema import ArticleFigures, ArticleReport, Failure


class FindingsReporter(Reporter["ArticleReport | ArticleFigures"]):
    """A line an article, and a line for each that could not be checked."""

    def article(self, report: ArticleReport | ArticleFigures) -> None:
        self.out.write(head(report.model_dump_json()) + "]}\n")
        self.out.flush()

    def failure(self, failure: Failure) -> None:
        self.out.write(head() + f'], "failures": [{failure.model_dump_json()}]}}\n')
        self.out.flush()


FiguresReporter = FindingsReporter
