"""All figures of a document: quantities, and dates, times, durations and ages, which claim their words first."""

from __future__ import annotations

from checker.language import dates, ellipses, quantities
from checker.model import BlockKind, Document, Figure


def find_figures(document: Document) -> list[Figure]:
    """The figures of every block in reading order, not overlapping."""
    found: list[Figure] = []
    quarter: tuple[int, int] | None = None  # year and quarter that the text named last
    for number, block in enumerate(document.blocks):
        if block.kind in (BlockKind.BYLINE, BlockKind.DATE):
            continue
        temporal = dates.find(block.text, number, document.date, quarter)
        quarter = dates.last_quarter(temporal, quarter)
        found += _merged(block.text, temporal, quantities.find(block.text, number))
    return found


def _merged(text: str, temporal: list[Figure], others: list[Figure]) -> list[Figure]:
    """Both lists in order; where two overlap the temporal one stays."""
    kept: list[Figure] = []
    i = 0
    for figure in others:
        while i < len(temporal) and temporal[i].end <= figure.start:
            i += 1
        if i == len(temporal) or temporal[i].start >= figure.end:
            kept.append(ellipses.complete(kept[-1] if kept else None, figure, text))
    return sorted([*temporal, *kept], key=lambda figure: figure.start)
