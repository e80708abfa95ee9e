"""A copy of a DOCX with a comment in the margin at every conflicting figure: ``--output-format docx=FILE``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from checker.model import CheckerError
from checker.reports import Reporter
from checker.reports.details import where
from checker.reports.margin import Comment, annotated
from checker.reports.totals import Totals, shown

if TYPE_CHECKING:
    from checker.reports.schema import ArticleReport, FindingReport, Span
    from checker.reports.terminal import Style
    from checker.rules import Rule

_QUOTED = 240  # characters of a sentence that is quoted


class FindingsReporter(Reporter["ArticleReport"]):
    """Writes the copy when all is done.  It takes one article, from a DOCX file."""

    WRITES_FILE = True
    out: Path

    def __init__(self, out: Path, style: Style, rules: Sequence[Rule] = ()) -> None:
        super().__init__(out, style, rules)
        self._reports: list[ArticleReport] = []

    def article(self, report: ArticleReport) -> None:
        self._reports.append(report)

    def finish(self, totals: Totals) -> None:
        """Errors: ``CheckerError`` where there is not one DOCX file, or the copy would be written over it.

        Nothing is written where the one article could not be checked, which is said elsewhere.
        """
        if totals.failed and not self._reports:
            return
        if len(self._reports) != 1:
            raise CheckerError(f"--output-format docx={self.out}: takes one article, there are {len(self._reports)}")
        (report,) = self._reports
        article = Path(report.path)
        if not article.is_file():
            raise CheckerError(f"--output-format docx={self.out}: needs a DOCX file, {report.path} is none")
        if self.out.exists() and self.out.samefile(article):
            raise CheckerError(f"--output-format docx={self.out}: would overwrite the article; name another file")
        live = [finding for finding in shown(report, self.style.notes) if finding.suppressed is None]
        comments = [comment for finding in live for comment in _comments(finding)]
        comments.sort(key=lambda comment: (comment.start, comment.end))
        try:
            self.out.write_bytes(annotated(article.read_bytes(), report.path, comments))
        except OSError as error:
            raise CheckerError(f"{self.out}: cannot be written: {error.strerror or error}") from error


def _comments(finding: FindingReport) -> list[Comment]:
    """One comment at every figure of a finding."""
    repairs = {repair.span: repair.text for repair in finding.repairs}
    found = []
    for number, span in enumerate(finding.spans):
        others = [other for other in finding.spans if other is not span]
        said = [f"{finding.level.value.capitalize()}: {finding.message}"]
        said += [_against(span, other) for other in others]
        said += [f"Working: {finding.working}"] if finding.working else []
        if number in repairs:
            said.append(f"For all to agree, this would have to say {repairs[number]}.")
        said += [f"Assuming: {text}" for text in finding.assumes]
        said.append(f"({finding.rule})")
        found.append(Comment(span.start, span.end, tuple(said)))
    return found


def _against(span: Span, other: Span) -> str:
    if (other.sentence, other.sentence_at) == (span.sentence, span.sentence_at):
        return f"In the same sentence: “{other.text}”"
    place = where(other)
    return f"{place[0].upper()}{place[1:]}: “{_sentence(other)}”"


def _sentence(span: Span) -> str:
    """A sentence, cut around its figure where it is long."""
    text = span.sentence or span.text
    if len(text) <= _QUOTED:
        return text
    start = max(0, min(span.sentence_start - _QUOTED // 2, len(text) - _QUOTED))
    end = start + _QUOTED
    return ("…" if start else "") + text[start:end].strip() + ("…" if end < len(text) else "")
