"""What all the articles of a run add up to, and the line that says so."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from checker.model import Level

if TYPE_CHECKING:
    from checker.reports.schema import ArticleReport, Coverage, FindingReport

GRAVEST_FIRST = (Level.ERROR, Level.WARNING, Level.NOTE)


def count(number: int, noun: str) -> str:
    """A number and its noun: "1 finding", "2,400 findings"."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def levels_line(levels: Counter[Level], notes: bool) -> str:
    """How many of each level: "1 error, 2 warnings, 1 note not shown"."""
    said = [count(levels[level], level.value) for level in GRAVEST_FIRST if levels[level]]
    return ", ".join(said) + (" not shown" if levels[Level.NOTE] and not notes else "")


def coverage_line(coverage: Coverage | Totals) -> str:
    return (
        f"{count(coverage.figures, 'figure')}, {coverage.compared:,} compared, "
        f"{coverage.alone:,} alone, {coverage.unread:,} unread"
    )


def shown(report: ArticleReport, notes: bool) -> list[FindingReport]:
    """The findings of an article that people are shown, in its order: notes only where they are asked for."""
    return [finding for finding in report.findings if notes or finding.level != Level.NOTE]


def worst_first(finding: FindingReport) -> tuple[bool, int, float]:
    """A sorting key: what touches a changed sentence before the rest, then the gravest, then the surest."""
    return finding.changed is False, GRAVEST_FIRST.index(finding.level), -finding.confidence


@dataclass(slots=True)
class Totals:
    """Counts over the articles of a run; suppressed findings are counted apart from the others."""

    articles: int = 0
    failed: int = 0  # files that could not be checked
    figures: int = 0
    compared: int = 0
    alone: int = 0
    unread: int = 0
    undecided: int = 0
    suppressed: int = 0
    levels: Counter[Level] = field(default_factory=Counter)
    rules: Counter[tuple[Level, str]] = field(default_factory=Counter)

    def add(self, report: ArticleReport) -> None:
        """Count one more checked article."""
        self.add_coverage(report.coverage)
        self.undecided += report.undecided
        self.suppressed += report.suppressed or 0
        self.levels.update(finding.level for finding in report.live)
        self.rules.update((finding.level, finding.rule) for finding in report.live)

    def add_coverage(self, coverage: Coverage) -> None:
        """Count one more article of which only the figures were read."""
        self.articles += 1
        self.figures += coverage.figures
        self.compared += coverage.compared
        self.alone += coverage.alone
        self.unread += coverage.unread

    def check_line(self, notes: bool) -> str:
        """The last line of a check: "4 articles, 2 findings (1 error, 1 warning); 38 figures, 21 compared, ..."."""
        findings = self.levels.total()
        said = f"{count(findings, 'finding')} ({levels_line(self.levels, notes)})" if findings else "no findings"
        line = f"{count(self.articles, 'article')}, {said}; {coverage_line(self)}"
        if self.suppressed:
            line += f"; {self.suppressed:,} suppressed"
        if self.undecided:
            line += f"; {count(self.undecided, 'comparison')} left open"
        return line + self._failed_line()

    def figures_line(self) -> str:
        return f"{count(self.articles, 'article')}; {coverage_line(self)}{self._failed_line()}"

    def statistics(self, seconds: float) -> list[str]:
        """Lines of findings by rule, the most frequent first, of coverage and of speed."""
        by_rule = sorted(self.rules.items(), key=lambda item: (-item[1], item[0]))
        lines = [f"{number:>7,}  {level.value:<7}  {rule}" for (level, rule), number in by_rule]
        share = f"{100 * self.compared / self.figures:.0f} %" if self.figures else "none"
        lines.append(f"{share:>7}  of {count(self.figures, 'figure')} compared")
        speed = f"{self.articles / seconds:,.1f}" if seconds > 0 else "?"
        lines.append(f"{speed:>7}  articles a second ({count(self.articles, 'article')} in {seconds:,.1f} s)")
        return lines

    def _failed_line(self) -> str:
        return f"; {count(self.failed, 'file')} not checked" if self.failed else ""
