"""Markdown for a comment on a pull request or a job's summary: a table, and the sentences of every finding below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from checker.model import Level
from checker.reports import Gathered
from checker.reports.details import details, role, where
from checker.reports.quoting import by_sentence, excerpt
from checker.reports.terminal import clean
from checker.reports.totals import Totals, count, coverage_line, shown, worst_first

if TYPE_CHECKING:
    from checker.reports.schema import ArticleReport, Failure, FindingReport, Span

COMMENT = 60_000  # characters; GitHub takes 65,536 in a comment
SUMMARY = 900_000  # and a mebibyte in a summary
_SIGNS = {Level.ERROR: "🔴 error", Level.WARNING: "🟠 warning", Level.NOTE: "🔵 note"}
# What is markup in Markdown or HTML, begins a list, or is maths; and what names a user or an issue to GitHub and GitLab.
_SPECIAL = re.compile(
    r"[\\`*_\[\]<>|~&!$]|^[-+]|(?<=^\d)[.)]|(?<=^\d\d)[.)]|(?<=^\d{3})[.)]|(?<=^\d{4})[.)]|[@#](?=\w)"
)


class FindingsReporter(Gathered):
    """All findings at the end of the run, the worst first, as many as a comment holds."""

    def kept(self, report: ArticleReport) -> Sequence[FindingReport]:
        return shown(report, self.style.notes)

    def finish(self, totals: Totals) -> None:
        self.out.write(page(self.found, self.failures, totals, COMMENT))


def page(
    findings: Sequence[tuple[str, FindingReport]], failures: Sequence[Failure], totals: Totals, largest: int
) -> str:
    """The findings with their paths in at most `largest` characters; what had to be left out is counted."""
    found = sorted(findings, key=lambda pair: worst_first(pair[1]))
    title = count(len(found), "finding") if found else "Nothing disagrees"
    lines = [f"### Checker: {title} in {count(totals.articles, 'article')}", ""]
    lines += [f"- ⚠️ not checked: {escaped(failure.message)}" for failure in failures]
    lines += [""] if failures else []
    rows = [_row(path, finding) for path, finding in found]
    sections = [_section(path, finding) for path, finding in found]
    last = f"<sub>{coverage_line(totals)}</sub>\n"
    room = largest - sum(len(line) + 1 for line in lines) - len(last) - 200  # for the table's head and what is left out
    kept = 0
    for row, section in zip(rows, sections, strict=True):
        room -= len(row) + len(section) + 2
        if room < 0:
            break
        kept += 1
    if kept:
        lines += ["| level | where | finding |", "|---|---|---|", *rows[:kept], "", *sections[:kept]]
    if kept < len(found):
        lines += [f"{count(len(found) - kept, 'more finding')}, the mildest, did not fit in here.", ""]
    return "\n".join([*lines, last])


def _row(path: str, finding: FindingReport) -> str:
    return f"| {_SIGNS[finding.level]} | {escaped(path)}:{finding.primary.line} | {escaped(finding.message)} |"


def _section(path: str, finding: FindingReport) -> str:
    """A finding that opens on a click: its sentences with the figures in bold, its working, its repairs."""
    title = f"<code>{finding.rule}</code> {escaped(finding.message)}"
    lines = [f"<details><summary>{title}</summary>", ""]
    for spans in by_sentence(finding.spans):
        place = f"{escaped(path)}:{spans[0].line}, {escaped(where(spans[0]))}"
        lines += [f"> {_quoted(spans)}", ">", f"> <sub>{place}{', changed' if spans[0].changed else ''}</sub>", ""]
    lines += [f"- {label}: {escaped(text)}" for label, text in details(finding)]
    return "\n".join([*lines, "", "</details>", ""])


def _quoted(spans: list[Span]) -> str:
    text, marks = excerpt(
        clean(spans[0].sentence), [(span.sentence_start, span.sentence_end, role(span)) for span in spans]
    )
    pieces, at = [], 0
    for start, end, name in marks:
        if end <= at:
            continue
        start = max(start, at)
        said = f" <sub>{escaped(name)}</sub>" if name else ""
        pieces += [escaped(text[at:start]), f"<b>{escaped(text[start:end])}</b>{said}"]
        at = end
    return "".join([*pieces, escaped(text[at:])])


def escaped(text: str) -> str:
    """Text that reads the same in Markdown: no markup, no HTML, no mention of a user, no line break."""
    return _SPECIAL.sub(_entity, clean(text))


def _entity(match: re.Match[str]) -> str:
    return f"{match[0]}<!-- -->" if match[0] in "@#" else f"&#{ord(match[0])};"
