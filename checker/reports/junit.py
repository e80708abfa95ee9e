"""JUnit's XML: a suite an article, a case a finding; those at or above ``--fail-on`` are failures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO
from xml.sax.saxutils import escape, quoteattr

from checker.reports import Reporter
from checker.reports.details import details, located, named
from checker.reports.totals import Totals

if TYPE_CHECKING:
    from checker.reports.schema import ArticleReport, Failure, FindingReport
    from checker.reports.terminal import Style
    from checker.rules import Rule

_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # no character of XML 1.0


def element(name: str, attributes: dict[str, object], *inside: str) -> str:
    """An XML element with elements (or text that is escaped) inside."""
    said = "".join(f" {key}={quoteattr(_valid(str(value)))}" for key, value in attributes.items())
    return f"<{name}{said}>{''.join(inside)}</{name}>" if inside else f"<{name}{said}/>"


def _valid(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)


class FindingsReporter(Reporter["ArticleReport"]):
    """All articles; one without findings is a case that passes, one that could not be checked an error."""

    def __init__(self, out: TextIO, style: Style, rules: Sequence[Rule] = ()) -> None:
        super().__init__(out, style, rules)
        self._suites: list[str] = []

    def article(self, report: ArticleReport) -> None:
        cases = [self._case(report.path, finding) for finding in report.live]
        cases = cases or [element("testcase", {"name": "nothing disagrees", "classname": report.path})]
        failures = sum(finding.level in self.style.failing for finding in report.live)
        self._suite(report.name, cases, failures, 0)

    def failure(self, failure: Failure) -> None:
        error = element("error", {"type": "not-checked", "message": failure.message})
        case = element("testcase", {"name": "not checked", "classname": failure.path}, error)
        self._suite(failure.path, [case], 0, 1)

    def finish(self, totals: Totals) -> None:
        self.out.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        self.out.write(
            element("testsuites", {"name": "checker"}, "\n", *(f"{suite}\n" for suite in self._suites)) + "\n"
        )

    def _suite(self, path: str, cases: list[str], failures: int, errors: int) -> None:
        counts = {"name": path, "tests": len(cases), "failures": failures, "errors": errors}
        self._suites.append(element("testsuite", counts, "\n", *(f"{case}\n" for case in cases)))

    def _case(self, path: str, finding: FindingReport) -> str:
        lines = [f"{path}:{span.line}:{span.column}: {named(span)} ({located(span)})" for span in finding.spans]
        lines += [f"{label}: {text}" for label, text in details(finding)]
        text = escape(_valid("\n".join(lines)))
        if finding.level in self.style.failing:
            inside = element("failure", {"type": finding.level.value, "message": finding.message}, text)
        else:
            inside = element("system-out", {}, escape(_valid(f"{finding.level}: {finding.message}\n")) + text)
        name = f"{finding.rule}, line {finding.primary.line}"
        return element("testcase", {"name": name, "classname": path}, inside)
