"""SARIF 2.1.0, as code scanning on GitHub reads it: the worst findings first, within its limits.

Only ``locations[0]`` is shown there, so the other places are ``relatedLocations`` that the message links to.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from checker import __version__
from checker.model import Level
from checker.reports import Gathered
from checker.reports.details import details, named, others, relative, where
from checker.reports.totals import Totals, count, worst_first

if TYPE_CHECKING:
    from checker.reports.schema import FindingReport, Span
    from checker.rules import Rule

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
MOST = 5_000  # results that code scanning keeps of a run
LARGEST = 9_500_000  # bytes; code scanning takes 10 MB after gzip, other readers less
_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "note"}
_PRECISION = {Level.ERROR: "high", Level.WARNING: "medium", Level.NOTE: "low"}  # by the gravest a rule may be


class FindingsReporter(Gathered):
    """One run with the rules, and all findings that are not suppressed."""

    def finish(self, totals: Totals) -> None:
        index = {rule.id: number for number, rule in enumerate(self.rules)}
        self.found.sort(key=lambda pair: worst_first(pair[1]))
        seen: Counter[str] = Counter()
        results: list[dict[str, Any]] = []
        size = 0
        for path, finding in self.found[:MOST]:
            result = _result(path, finding, index.get(finding.rule), seen)
            size += len(json.dumps(result))
            if size > LARGEST:
                break
            results.append(result)
        driver = {"name": "Checker", "version": __version__, "rules": [_rule(rule) for rule in self.rules]}
        invocation = {
            "executionSuccessful": not totals.failed,
            "toolExecutionNotifications": self._notifications(len(self.found) - len(results)),
        }
        run = {
            "tool": {"driver": driver},
            "columnKind": "unicodeCodePoints",
            "invocations": [invocation],
            "results": results,
        }
        json.dump({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, self.out, indent=1)
        self.out.write("\n")

    def _notifications(self, left: int) -> list[dict[str, Any]]:
        """What could not be checked, and how many findings did not fit in."""
        said: list[dict[str, Any]] = [
            {
                "level": "error",
                "message": {"text": failure.message},
                "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(failure.path)}}}],
            }
            for failure in self.failures
        ]
        if left:
            text = (
                f"{count(left, 'finding')} left out, the mildest: this file holds the {len(self.found) - left:,} worst"
            )
            said.append({"level": "warning", "message": {"text": text}})
        return said


def _rule(rule: Rule) -> dict[str, Any]:
    from checker.rules import render_rule

    return {
        "id": rule.id,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.explain.split("\n\n")[0] or rule.summary},
        "help": {"text": render_rule(rule), "markdown": render_rule(rule, markdown=True)},
        "defaultConfiguration": {"level": _LEVELS[rule.level]},
        "properties": {"tags": [rule.pack], "precision": _PRECISION[rule.level]},
    }


def _result(path: str, finding: FindingReport, index: int | None, seen: Counter[str]) -> dict[str, Any]:
    links = others(finding)
    lines = [_escaped(finding.message)]
    lines += [f"{label.capitalize()}: {_escaped(text)}" for label, text in details(finding)]
    if links:
        lines.append("See " + ", ".join(f"[{_escaped(where(span))}]({number})" for number, span in enumerate(links, 1)))
    seen[finding.fingerprint] += 1
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "level": _LEVELS[finding.level],
        "message": {"text": "\n".join(lines)},
        "locations": [_location(path, finding.primary)],
        "partialFingerprints": {"primaryLocationLineHash": f"{finding.fingerprint}:{seen[finding.fingerprint]}"},
        "rank": round(finding.confidence * 100, 1),
    }
    if index is not None:
        result["ruleIndex"] = index
    if links:
        result["relatedLocations"] = [
            {
                "id": number,
                **_location(path, span),
                "message": {"text": named(span)},
            }
            for number, span in enumerate(links, 1)
        ]
    return result


def _location(path: str, span: Span) -> dict[str, Any]:
    """Where a span stands; in a format that is no plain text with its place in the file's own terms."""
    region = {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
        "snippet": {"text": span.text},
    }
    found: dict[str, Any] = {"physicalLocation": {"artifactLocation": {"uri": _uri(path)}, "region": region}}
    if span.locator:
        found["logicalLocations"] = [{"fullyQualifiedName": span.locator}]
    return found


def _uri(path: str) -> str:
    path = relative(path)
    return ("file://" if path.startswith("/") else "") + quote(path)


def _escaped(text: str) -> str:
    """Brackets and backslashes as SARIF messages write them, where links stand in brackets."""
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
