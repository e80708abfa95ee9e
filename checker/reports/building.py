"""A Verdict becomes the report objects of ``schema``: the one place where that happens."""

from __future__ import annotations

import os
from bisect import bisect_left, bisect_right
from collections import Counter
from fractions import Fraction

from checker.model import Block, BlockKind, Document, Entry, Finding, Kind, Mark, Status, Verdict
from checker.reports.schema import (
    ArticleFigures,
    ArticleReport,
    Coverage,
    FigureEntry,
    FindingReport,
    Repair,
    Span,
)

_NAMES = {
    BlockKind.DEK: "standfirst",
    BlockKind.BODY: "paragraph",
    BlockKind.LIST_ITEM: "list item",
    BlockKind.QUOTE: "quotation",
}
_ALWAYS_COUNTED = (BlockKind.BODY, BlockKind.LIST_ITEM)
_OPEN = Fraction(0)  # both ends of what has none ("a few minutes"): only dates and times may lack them in schema 1
_COUNTED = {BlockKind.BODY: "paragraph", BlockKind.LIST_ITEM: "list item"}


def build_article(verdict: Verdict) -> ArticleReport:
    """The report of one checked article."""
    return ArticleReport(
        path=path_text(verdict.document.path),
        address=verdict.document.address,
        coverage=_coverage(verdict),
        findings=tuple(_finding(verdict.document, finding) for finding in verdict.findings),
        undecided=verdict.undecided,
    )


def build_figures(verdict: Verdict) -> ArticleFigures:
    """The ledger of one article."""
    return ArticleFigures(
        path=path_text(verdict.document.path),
        address=verdict.document.address,
        figures=tuple(_figure(verdict.document, entry) for entry in verdict.ledger),
        coverage=_coverage(verdict),
    )


def path_text(path: str) -> str:
    """A path as text that can be encoded: bytes of a file name that are not UTF-8 become U+FFFD."""
    return os.fsencode(path).decode("utf-8", "replace")


def locator(document: Document, start: int, end: int) -> str:
    """Where ``source[start:end]`` stands in the file in its format's own terms; "" where line and column say it all.

    Characters count from 1, both ends included: "paragraph 12, run 3, characters 5-9".
    """
    said = []
    first = max(0, bisect_right(document.origins, start, key=lambda origin: origin.start) - 1)
    for origin in document.origins[first:]:
        if origin.start >= end:
            break
        a, b = max(start, origin.start), min(end, origin.end)
        if a < b:
            place = origin.at
            exact = "" if place is None else f", characters {place + a - origin.start + 1}-{place + b - origin.start}"
            said.append(origin.locator + exact)
    return "; ".join(said)


def number_text(value: Fraction | None) -> str | None:
    """An exact number: a decimal where it ends ("1.25", "-3"), else a fraction ("1/3")."""
    if value is None:
        return None
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return str(value)
    places = max(twos, fives)
    if places == 0:
        return str(value.numerator)
    digits = f"{abs(value.numerator) * 10**places // value.denominator:0{places + 1}}"
    return f"{'-' if value < 0 else ''}{digits[:-places]}.{digits[-places:]}"


def _coverage(verdict: Verdict) -> Coverage:
    counts = Counter(entry.status for entry in verdict.ledger)
    return Coverage(
        figures=len(verdict.ledger),
        compared=counts[Status.COMPARED],
        alone=counts[Status.ALONE],
        unread=counts[Status.UNREAD],
    )


def _finding(document: Document, finding: Finding) -> FindingReport:
    return FindingReport(
        rule=finding.rule,
        level=finding.level,
        confidence=finding.confidence,
        message=finding.message,
        working=finding.working,
        spans=tuple(_span(document, mark) for mark in finding.spans),
        repairs=tuple(Repair(span=repair.span, text=repair.text) for repair in finding.repairs),
        assumes=finding.assumes,
        fingerprint=finding.fingerprint,
    )


def _span(document: Document, mark: Mark) -> Span:
    number = _block_at(document, mark.start)
    sentence_at = mark.start - mark.sentence_start
    if number is not None:
        starts = document.blocks[number].starts
        sentence_at = starts[max(0, bisect_left(starts, mark.start) - mark.sentence_start)]
    return Span(
        role=mark.role,
        text=mark.text,
        start=mark.start,
        end=mark.end,
        line=mark.line,
        column=mark.column,
        block=mark.block,
        locator=locator(document, mark.start, mark.end),
        sentence=mark.sentence,
        sentence_start=mark.sentence_start,
        sentence_end=mark.sentence_end,
        sentence_at=sentence_at,
        place=_place(document, number) if number is not None else f"line {mark.line}",
    )


def _block_at(document: Document, offset: int) -> int | None:
    for number, block in enumerate(document.blocks):
        if block.text and block.starts[0] <= offset < block.ends[-1]:
            return number
    return None


def _place(document: Document, number: int) -> str:
    """Where a block stands, in a reader's words: "the headline", "caption 2", "paragraph 9", "the table, row 2"."""
    block: Block = document.blocks[number]
    if block.cell is not None:
        return "the table's head" if block.cell.header and block.cell.row == 0 else f"the table, row {block.cell.row}"
    name = _NAMES.get(block.kind, block.kind.value)
    same = [at for at, other in enumerate(document.blocks) if other.kind == block.kind]
    if len(same) == 1 and block.kind not in _ALWAYS_COUNTED:
        return f"the {name}"
    return f"{name} {same.index(number) + 1}"


def _figure(document: Document, entry: Entry) -> FigureEntry:
    figure = entry.figure
    block = document.blocks[figure.block]
    start, end = block.source_span(figure.start, figure.end)
    line, column = document.position(start)
    low, high = figure.low, figure.high
    if low is None and high is None and figure.kind not in (Kind.DATE, Kind.TIME):
        low = high = _OPEN
    return FigureEntry(
        text=figure.text,
        start=start,
        end=end,
        line=line,
        column=column,
        block=block.kind.value,
        locator=locator(document, start, end),
        kind=figure.kind,
        value=number_text(figure.value),
        low=number_text(low),
        high=number_text(high),
        unit=figure.unit,
        unit_name=figure.unit_name,
        hedge=figure.hedge,
        measures=entry.measures,
        timex=figure.timex,
        status=entry.status,
        why=entry.why,
    )
