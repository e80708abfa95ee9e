"""The report for people: conflicting sentences one under the other, figures underlined, the working, the repairs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TextIO

from checker.model import Level
from checker.reports.quoting import quote
from checker.reports.table import FiguresReporter as FiguresReporter
from checker.reports.terminal import READABLE, Style, clean, fold
from checker.reports.totals import GRAVEST_FIRST, Totals, coverage_line, levels_line

if TYPE_CHECKING:
    from checker.reports.schema import ArticleReport, FindingReport, Span

_INDENT = "  "
_LABEL = 10  # columns of "working", "to agree", "assuming"


class FindingsReporter:
    """Each finding with its sentences, a verdict for every article, and a last line for all of them."""

    def __init__(self, out: TextIO, style: Style) -> None:
        self.out = out
        self.style = style
        self.width = min(style.width, READABLE)

    def article(self, report: ArticleReport) -> None:
        levels = Counter(finding.level for finding in report.findings)
        shown = [finding for finding in report.findings if self.style.notes or finding.level != Level.NOTE]
        shown.sort(key=lambda finding: GRAVEST_FIRST.index(finding.level))
        verdict = levels_line(levels, self.style.notes) if levels else "nothing disagrees"
        path = clean(f"{report.path}, {report.address}" if report.address else report.path)
        lines = fold(f"{path}: {verdict}; {coverage_line(report.coverage)}", self.width, "", _INDENT)
        head = self.style.paint(path, "bold")
        lines[0] = head + lines[0][len(path) :] if lines[0].startswith(path) else lines[0]
        if not shown:
            lines[0] = lines[0].replace("nothing disagrees", self.style.paint("nothing disagrees", "good"), 1)
        for finding in shown:
            lines += ["", *self._finding(report.path, finding)]
        if shown:
            lines.append("")
        self._write(lines)

    def finish(self, totals: Totals) -> None:
        self._write([totals.check_line(self.style.notes)])  # one line, so that the last line says it all

    def _write(self, lines: list[str]) -> None:
        self.out.write("\n".join(line.rstrip() for line in lines) + "\n")
        self.out.flush()

    def _finding(self, path: str, finding: FindingReport) -> list[str]:
        style = self.style
        title = f"{finding.level} {finding.rule}: "
        lines = fold(title + finding.message, self.width, "", _INDENT)
        if lines[0].startswith(title.rstrip()):
            rest = lines[0][len(title.rstrip()) :]
            lines[0] = f"{style.paint(finding.level, finding.level.value)} {style.paint(finding.rule, 'bold')}:{rest}"
        for spans in _by_sentence(finding.spans):
            first = spans[0]
            where = f"{_INDENT}{clean(path)}:{first.line}:{first.column}"
            lines.append(f"{style.paint(where, 'path')}  {style.paint(clean(first.place), 'dim')}")
            lines += quote(spans, style, self.width, _INDENT * 2, finding.level.value)
        lines += self._labelled("working", finding.working)
        lines += self._labelled("to agree", repairs_text(finding))
        lines += self._labelled("assuming", "; ".join(text.removeprefix("if ") for text in finding.assumes))
        return lines

    def _labelled(self, label: str, text: str) -> list[str]:
        if not text:
            return []
        lines = fold(text, self.width, _INDENT + label.ljust(_LABEL))
        return [lines[0].replace(label, self.style.paint(label, "dim"), 1), *lines[1:]]


def repairs_text(finding: FindingReport) -> str:
    """What either side would have to say: "the headline would have to say 48,000 (now 47,000); or paragraph 9, ..."."""
    said: list[str] = []
    for repair in finding.repairs:
        span = finding.spans[repair.span]
        verb = " would have to say" if not said else ","
        said.append(f"{span.place or f'line {span.line}'}{verb} {repair.text} (now {span.text})")
    return "; or ".join(said)


def _by_sentence(spans: tuple[Span, ...]) -> list[list[Span]]:
    """The spans sentence by sentence, in the order of the source."""
    found: dict[tuple[int, str], list[Span]] = {}
    for span in sorted(spans, key=lambda span: (span.sentence_at, span.start, span.end)):
        found.setdefault((span.sentence_at, span.sentence), []).append(span)
    return list(found.values())
