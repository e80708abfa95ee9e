"""GitLab's code quality report: https://docs.gitlab.com/ci/testing/code_quality/."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from checker.model import Level
from checker.reports import Reporter
from checker.reports.details import details, relative
from checker.reports.totals import Totals

if TYPE_CHECKING:
    from checker.reports.schema import ArticleReport, Failure

_SEVERITIES = {Level.ERROR: "major", Level.WARNING: "minor", Level.NOTE: "info"}


class FindingsReporter(Reporter["ArticleReport"]):
    """A list with one entry a finding that is not suppressed; fingerprints are unique and know no lines."""

    def article(self, report: ArticleReport) -> None:
        path = relative(report.path)
        for finding in report.live:
            span = finding.primary
            lines = [finding.message, *(f"{label}: {text}" for label, text in details(finding))]
            self._entry(
                path,
                finding.rule,
                finding.fingerprint,
                "\n".join(lines),
                _SEVERITIES[finding.level],
                {"begin": span.line, "end": span.end_line},
            )

    def failure(self, failure: Failure) -> None:
        self._entry(relative(failure.path), "not-checked", "", failure.message, "blocker", {"begin": 1, "end": 1})

    def finish(self, totals: Totals) -> None:
        self.out.write(("[" if not self._entries else "") + "\n]\n")

    _entries: frozenset[str] = frozenset()

    def _entry(self, path: str, rule: str, known: str, text: str, severity: str, lines: dict[str, int]) -> None:
        number = 0
        while (
            fingerprint := hashlib.sha256(f"{path}\0{rule}\0{known}\0{number}".encode()).hexdigest()
        ) in self._entries:
            number += 1
        entry = {
            "description": text,
            "check_name": rule,
            "fingerprint": fingerprint,
            "severity": severity,
            "location": {"path": path, "lines": lines},
        }
        self.out.write((",\n" if self._entries else "[\n") + json.dumps(entry, ensure_ascii=False))
        self._entries |= {fingerprint}
