"""One line a finding: ``path:line:column: level rule: message``."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from checker.reports.terminal import Style, clean
from checker.reports.totals import Totals

if TYPE_CHECKING:
    from checker.reports.schema import ArticleReport


class FindingsReporter:
    """A line for every finding where its first span stands, and a last line for all articles."""

    def __init__(self, out: TextIO, style: Style) -> None:
        self.out = out
        self.style = style

    def article(self, report: ArticleReport) -> None:
        paint = self.style.paint
        for finding in report.findings:
            if finding.level == "note" and not self.style.notes:
                continue
            first = finding.spans[0]
            where = paint(f"{clean(report.path)}:{first.line}:{first.column}:", "path")
            level = paint(finding.level, finding.level.value)
            self.out.write(f"{where} {level} {paint(finding.rule, 'bold')}: {clean(finding.message)}\n")
        self.out.flush()

    def finish(self, totals: Totals) -> None:
        self.out.write(totals.check_line(self.style.notes) + "\n")
