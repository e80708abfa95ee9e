"""The report for people: conflicting sentences one under the other, figures underlined, the working, the repairs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from checker.reports import Reporter
from checker.reports.details import details, located
from checker.reports.quoting import by_sentence, quote
from checker.reports.table import LedgerTable
from checker.reports.terminal import READABLE, cells, clean, fold
from checker.reports.totals import GRAVEST_FIRST, Totals, coverage_line, levels_line, shown

if TYPE_CHECKING:
    from checker.reports.schema import ArticleReport, FindingReport

_INDENT = "  "
_LABEL = 10  # columns of "working", "to agree", "suppressed"


class FindingsReporter(Reporter["ArticleReport"]):
    """Each finding with its sentences, a verdict for every article, and a last line for all of them."""

    def article(self, report: ArticleReport) -> None:
        levels = Counter(finding.level for finding in report.live)
        findings = shown(report, self.style.notes)
        findings.sort(key=lambda finding: (finding.changed is False, GRAVEST_FIRST.index(finding.level)))
        verdict = levels_line(levels, self.style.notes) if levels else "nothing disagrees"
        coverage = coverage_line(report.coverage)
        if report.suppressed:
            coverage += f"; {report.suppressed:,} suppressed"
        path = clean(report.name)
        lines = fold(f"{path}: {verdict}; {coverage}", self._width, "", _INDENT)
        head = self.style.paint(path, "bold")
        lines[0] = head + lines[0][len(path) :] if lines[0].startswith(path) else lines[0]
        if not levels:
            lines[0] = lines[0].replace("nothing disagrees", self.style.paint("nothing disagrees", "good"), 1)
        for finding in findings:
            lines += ["", *self._finding(report.path, finding)]
        if findings:
            lines.append("")
        self._write(lines)

    def finish(self, totals: Totals) -> None:
        self._write([totals.check_line(self.style.notes)])  # one line, so that the last line says it all

    @property
    def _width(self) -> int:
        return min(self.style.width, READABLE)

    def _write(self, lines: list[str]) -> None:
        self.out.write("\n".join(line.rstrip() for line in lines) + "\n")
        self.out.flush()

    def _finding(self, path: str, finding: FindingReport) -> list[str]:
        style = self.style
        title = f"{finding.level} {finding.rule}: "
        lines = fold(title + finding.message, self._width, "", _INDENT)
        if lines[0].startswith(title.rstrip()):
            rest = lines[0][len(title.rstrip()) :]
            lines[0] = f"{style.paint(finding.level, finding.level.value)} {style.paint(finding.rule, 'bold')}:{rest}"
        for spans in by_sentence(finding.spans):
            first = spans[0]
            where = f"{_INDENT}{clean(path)}:{first.line}:{first.column}"
            place = clean(located(first)) + (", changed" if first.changed else "")
            # a path is never cut or broken, so that it can be followed; what stands behind it makes room
            gap = "  " if cells(where) + 2 + cells(place) <= self._width else f"\n{_INDENT}"
            lines += [*f"{style.paint(where, 'path')}{gap}{style.paint(place, 'dim')}".split("\n")]
            lines += quote(spans, style, self._width, _INDENT * 2, finding.level.value)
        for label, text in details(finding):
            lines += self._labelled(label, text)
        return lines

    def _labelled(self, label: str, text: str) -> list[str]:
        lines = fold(text, self._width, _INDENT + label.ljust(_LABEL) + " ")
        return [lines[0].replace(label, self.style.paint(label, "dim"), 1), *lines[1:]]


FiguresReporter = LedgerTable
