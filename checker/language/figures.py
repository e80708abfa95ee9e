"""All figures of a document: quantities, and dates, times, durations and ages, which claim their words first."""

from __future__ import annotations

from dataclasses import replace

from checker.language import dates, ellipses, headlines, quantities
from checker.model import BlockKind, Document, Figure
from checker.patterns import lazy

_LINK = lazy(r"(?:https?://|www\.)\S+")


def find_figures(document: Document) -> list[Figure]:
    """The figures of every block in reading order, not overlapping."""
    found: list[Figure] = []
    quarter: tuple[int, int] | None = None  # year and quarter that the text named last
    for number, block in enumerate(document.blocks):
        if block.kind in (BlockKind.BYLINE, BlockKind.DATE):
            continue
        text = headlines.plain(block.text)
        temporal = dates.find(text, number, document.date, quarter)
        quarter = dates.last_quarter(temporal, quarter)
        merged = _merged(text, temporal, quantities.find(text, number))
        if text is not block.text:
            merged = [replace(figure, text=block.text[figure.start : figure.end]) for figure in merged]
        found += _outside_links(text, merged) if "://" in text or "www." in text else merged
    return found


def _outside_links(text: str, figures: list[Figure]) -> list[Figure]:
    links = [link.span() for link in _LINK.finditer(text)]
    return [figure for figure in figures if not any(start < figure.end <= end for start, end in links)]


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
