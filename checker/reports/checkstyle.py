"""Checkstyle's XML, which many tools read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.model import Level
from checker.reports import Reporter
from checker.reports.details import details
from checker.reports.junit import element
from checker.reports.totals import Totals

if TYPE_CHECKING:
    from checker.reports.schema import ArticleReport, Failure

_SEVERITIES = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "info"}
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="10.0">\n'


class FindingsReporter(Reporter["ArticleReport"]):
    """A ``file`` an article with an ``error`` for each finding that is not suppressed."""

    _head = _HEAD

    def article(self, report: ArticleReport) -> None:
        errors = [
            element(
                "error",
                {
                    "line": finding.primary.line,
                    "column": finding.primary.column,
                    "severity": _SEVERITIES[finding.level],
                    "message": "; ".join([finding.message, *(f"{label}: {text}" for label, text in details(finding))]),
                    "source": f"checker.{finding.rule}",
                },
            )
            for finding in report.live
        ]
        self._file(report.path, errors)

    def failure(self, failure: Failure) -> None:
        error = {"line": 1, "severity": "error", "message": failure.message, "source": "checker.not-checked"}
        self._file(failure.path, [element("error", error)])

    def finish(self, totals: Totals) -> None:
        self.out.write(f"{self._head}</checkstyle>\n")

    def _file(self, path: str, errors: list[str]) -> None:
        self.out.write(self._head + element("file", {"name": path}, *errors) + "\n")
        self._head = ""
