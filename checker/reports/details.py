"""What every report says of a finding beside its message, in the same words."""

from __future__ import annotations

import os
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checker.reports.schema import FindingReport, Span


def details(finding: FindingReport) -> list[tuple[str, str]]:
    """Labels and texts: the working, what either side would have to say, what is assumed, why it is suppressed."""
    found = [("working", finding.working)] if finding.working else []
    for number, repair in enumerate(finding.repairs):
        span = finding.spans[repair.span]
        found.append(("or" if number else "to agree", f"{span.text} → {repair.text} ({where(span)})"))
    if finding.assumes:
        found.append(("assuming", "; ".join(text.removeprefix("if ") for text in finding.assumes)))
    if finding.suppressed is not None:
        found.append(("suppressed", f"by {finding.suppressed.by}: {finding.suppressed.reason}"))
    return found


def where(span: Span) -> str:
    """Where a span stands, in a reader's words."""
    return span.place or f"line {span.line}"


def located(span: Span) -> str:
    """Where a span stands, and in the file's own terms where line and column say little there."""
    return f"{where(span)} ({span.locator})" if span.locator else where(span)


def role(span: Span) -> str:
    """The part that a span plays; nothing where it is only one of two, "a" or "b", which says nothing to a reader."""
    return span.role if len(span.role) > 1 else ""


def named(span: Span) -> str:
    """A span's text behind its role: "whole: 40 members"."""
    return f"{role(span)}: {span.text}" if role(span) else span.text


def others(finding: FindingReport) -> list[Span]:
    """The spans beside the primary one, in the order of the source."""
    return sorted((span for span in finding.spans if span is not finding.primary), key=lambda span: span.start)


def relative(path: str) -> str:
    """A path as a repository's tools want it: from the current folder where it lies below it, with forward slashes."""
    found = os.path.relpath(path) if os.path.isabs(path) else os.path.normpath(path)
    return PurePath(path if found.startswith("..") else found).as_posix()
