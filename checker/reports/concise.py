"""One line a finding: ``path:line:column: level rule: message``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.reports import Reporter
from checker.reports.terminal import clean
from checker.reports.totals import Totals, shown

if TYPE_CHECKING:
    from checker.reports.schema import ArticleReport


class FindingsReporter(Reporter["ArticleReport"]):
    """A line for every finding where its first span stands, and a last line for all articles."""

    def article(self, report: ArticleReport) -> None:
        paint = self.style.paint
        for finding in shown(report, self.style.notes):
            first = finding.primary
            where = paint(f"{clean(report.path)}:{first.line}:{first.column}:", "path")
            level = paint(finding.level, finding.level.value)
            said = f"{where} {level} {paint(finding.rule, 'bold')}: {clean(finding.message)}"
            if finding.suppressed is not None:
                said += paint(clean(f" [suppressed by {finding.suppressed.by}: {finding.suppressed.reason}]"), "dim")
            self.out.write(said + "\n")
        self.out.flush()

    def finish(self, totals: Totals) -> None:
        self.out.write(totals.check_line(self.style.notes) + "\n")
