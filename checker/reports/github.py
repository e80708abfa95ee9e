"""Annotations of GitHub's workflow commands, the worst first, and the job's summary as a table.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from checker.model import CheckerError, Level
from checker.reports import Gathered, markdown
from checker.reports.details import details, others, relative, where
from checker.reports.totals import Totals, worst_first

if TYPE_CHECKING:
    from checker.reports.schema import FindingReport

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}
_SUMMARY = "GITHUB_STEP_SUMMARY"


class FindingsReporter(Gathered):
    """An annotation a finding that is not suppressed: GitHub shows the first ten of each kind."""

    def finish(self, totals: Totals) -> None:
        for failure in self.failures:
            self.out.write(_command("error", {"title": "not checked", "file": relative(failure.path)}, failure.message))
        for path, finding in sorted(self.found, key=lambda pair: worst_first(pair[1])):
            self.out.write(_annotation(path, finding))
        self.out.flush()
        place = os.environ.get(_SUMMARY)
        if place:
            try:
                with open(place, "a", encoding="utf-8") as file:
                    file.write(markdown.page(self.found, self.failures, totals, markdown.SUMMARY) + "\n")
            except OSError as error:
                raise CheckerError(f"{place} ({_SUMMARY}): cannot be written: {error.strerror or error}") from error


def _annotation(path: str, finding: FindingReport) -> str:
    span = finding.primary
    properties: dict[str, object] = {"title": f"{finding.rule}", "file": relative(path), "line": span.line}
    if span.line == span.end_line:  # columns across lines are refused
        properties |= {"col": span.column, "endLine": span.end_line, "endColumn": span.end_column}
    lines = [finding.message, *(f"{label}: {text}" for label, text in details(finding))]
    lines += [f"{where(other)}, line {other.line}: {other.text}" for other in others(finding)]
    return _command(_COMMANDS[finding.level], properties, "\n".join(lines))


def _command(name: str, properties: dict[str, object], message: str) -> str:
    said = ",".join(f"{key}={_escaped(str(value), ':,')}" for key, value in properties.items())
    return f"::{name} {said}::{_escaped(message)}\n"


def _escaped(text: str, more: str = "") -> str:
    """Percent signs, line breaks and what else would end a property, as workflow commands write them."""
    for character in "%\r\n" + more:
        text = text.replace(character, f"%{ord(character):02X}")
    return text
