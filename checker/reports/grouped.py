"""Findings in a table for each article: place, level, rule and message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.reports import Reporter
from checker.reports.terminal import READABLE, clean, fold, pad
from checker.reports.totals import Totals, shown

if TYPE_CHECKING:
    from checker.reports.schema import ArticleReport, FindingReport

_NARROW = 34  # columns that the messages need beside the others; with less they go below
_GAP = "  "


class FindingsReporter(Reporter["ArticleReport"]):
    """The path of every article with findings, its findings in order below, and a last line for all articles."""

    def article(self, report: ArticleReport) -> None:
        findings = shown(report, self.style.notes)
        if not findings:
            return
        rows = [(f"{f.primary.line}:{f.primary.column}", f.level.value, f.rule) for f in findings]
        widths = [max(len(row[column]) for row in rows) for column in range(3)]
        lines = [self.style.paint(clean(report.name), "bold")]
        for row, finding in zip(rows, findings, strict=True):
            lines += self._row(row, widths, finding)
        self.out.write("\n".join(lines) + "\n\n")
        self.out.flush()

    def _row(self, row: tuple[str, str, str], widths: list[int], finding: FindingReport) -> list[str]:
        place, level, rule = (pad(text, width) for text, width in zip(row, widths, strict=True))
        head = _GAP + _GAP.join((place, level, rule)) + _GAP
        painted = _GAP + _GAP.join(
            (
                self.style.paint(place, "path"),
                self.style.paint(level, finding.level.value),
                self.style.paint(rule, "bold"),
            )
        )
        message = finding.message
        if finding.suppressed is not None:
            message += f" [suppressed by {finding.suppressed.by}: {finding.suppressed.reason}]"
        width = min(self.style.width, READABLE)
        if width - len(head) < _NARROW:
            return [painted.rstrip(), *fold(message, width, _GAP * 3)]
        lines = fold(message, width, head)
        return [painted + _GAP + lines[0][len(head) :], *lines[1:]]

    def finish(self, totals: Totals) -> None:
        self.out.write(totals.check_line(self.style.notes) + "\n")
