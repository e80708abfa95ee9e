"""Checker finds what does not agree inside a news article.

    from checker import check

    report = check("story.md")
    for finding in report.findings:
        print(finding.level, finding.message)

Importing this package is light; the language model and the solver load with the first check.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from checker.model import CheckerError

if TYPE_CHECKING:
    from checker.api import check, check_text, figures
    from checker.reports.schema import ArticleReport, FigureEntry, FindingReport, Report

__version__ = "0.1.0"

__all__ = [
    "ArticleReport",
    "CheckerError",
    "FigureEntry",
    "FindingReport",
    "Report",
    "__version__",
    "check",
    "check_text",
    "figures",
]

_HOMES = {
    "check": "checker.api",
    "check_text": "checker.api",
    "figures": "checker.api",
    "ArticleReport": "checker.reports.schema",
    "FigureEntry": "checker.reports.schema",
    "FindingReport": "checker.reports.schema",
    "Report": "checker.reports.schema",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
