"""What reports are called and show first, whether they were made now or read back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from checker.reports.schema import FindingReport, Span


class PlacedFinding:
    """A finding with `spans`."""

    if TYPE_CHECKING:
        spans: Any

    @property
    def primary(self) -> Span:
        """The place to show where only one can be: of the changed sentences the first, else the first of all."""
        first: Span = next((span for span in self.spans if span.changed), self.spans[0])
        return first


class NamedArticle:
    """A report with `path`, `address` and `findings`."""

    if TYPE_CHECKING:
        path: str
        address: str | None
        findings: Any

    @property
    def name(self) -> str:
        """What people call it: its path, and its own address where the file may hold others."""
        return f"{self.path}, {self.address}" if self.address else self.path

    @property
    def live(self) -> tuple[FindingReport, ...]:
        """The findings that count: those that are not suppressed."""
        return tuple(finding for finding in self.findings if finding.suppressed is None)
