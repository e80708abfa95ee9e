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
    Failure,
    FigureEntry,
    FindingReport,
    Passage,
    Repair,
    Span,
    Spot,
    Suppression,
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


def build_article(verdict: Verdict, *, suppressed: bool = False) -> ArticleReport:
    """The report of one checked article; suppressed findings are counted, and listed where `suppressed` asks for them.

    Where a revision is compared with, the findings that touch a changed sentence come first.
    """
    hidden = sum(finding.suppressed is not None for finding in verdict.findings)
    findings = [_finding(verdict, found) for found in verdict.findings if suppressed or found.suppressed is None]
    if verdict.changed is not None:
        findings.sort(key=lambda finding: not finding.changed)
    figures = tuple(_figure(verdict.document, entry) for entry in verdict.ledger)
    return ArticleReport(
        path=path_text(verdict.document.path),
        address=verdict.document.address or None,
        coverage=_coverage(verdict),
        findings=tuple(findings),
        suppressed=hidden or None,
        undecided=verdict.undecided,
        figures=figures,
        passages=_passages(verdict, findings),
    )


def build_figures(verdict: Verdict) -> ArticleFigures:
    """The ledger of one article."""
    return ArticleFigures(
        path=path_text(verdict.document.path),
        address=verdict.document.address or None,
        figures=tuple(_figure(verdict.document, entry) for entry in verdict.ledger),
        coverage=_coverage(verdict),
    )


def build_failure(path: str, message: str) -> Failure:
    """The report of an article that could not be checked."""
    return Failure(path=path_text(path), message=message)


def path_text(path: str) -> str:
    """A path as text that can be encoded: bytes of a file name that are not UTF-8 become U+FFFD."""
    return os.fsencode(path).decode("utf-8", "replace")


def locator(document: Document, start: int, end: int) -> str | None:
    """Where ``source[start:end]`` stands in the file in its format's own terms; None where line and column say it all.

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
    return "; ".join(said) or None


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


def _finding(verdict: Verdict, finding: Finding) -> FindingReport:
    spans = tuple(_span(verdict, mark) for mark in finding.spans)
    why = finding.suppressed
    return FindingReport(
        rule=finding.rule,
        level=finding.level,
        confidence=finding.confidence,
        message=finding.message,
        working=finding.working,
        spans=spans,
        repairs=tuple(Repair(span=repair.span, text=repair.text) for repair in finding.repairs),
        assumes=finding.assumes,
        fingerprint=finding.fingerprint,
        suppressed=Suppression(by=why.by, reason=why.reason) if why is not None else None,
        changed=None if verdict.changed is None else any(span.changed for span in spans),
        terms=finding.terms,
    )


def _span(verdict: Verdict, mark: Mark) -> Span:
    document = verdict.document
    number = _block_at(document, mark.start)
    sentence_at = mark.start - mark.sentence_start
    if number is not None:
        starts = document.blocks[number].starts
        sentence_at = starts[max(0, bisect_left(starts, mark.start) - mark.sentence_start)]
    end_line, end_column = document.position(max(mark.start, mark.end - 1))
    return Span(
        role=mark.role,
        text=mark.text,
        start=mark.start,
        end=mark.end,
        line=mark.line,
        column=mark.column,
        block=mark.block,
        locator=locator(document, mark.start, mark.end),
        end_line=end_line,
        end_column=end_column + 1,
        sentence=mark.sentence,
        sentence_start=mark.sentence_start,
        sentence_end=mark.sentence_end,
        sentence_at=sentence_at,
        place=_place(document, number) if number is not None else f"line {mark.line}",
        changed=any(start <= mark.start < end for start, end in verdict.changed or ()),
    )


def _passages(verdict: Verdict, findings: list[FindingReport]) -> tuple[Passage, ...]:
    """The article's blocks with their figures and quoted places."""
    document = verdict.document
    places: dict[int, dict[tuple[int, int], Spot]] = {}
    for index, entry in enumerate(verdict.ledger):
        figure = entry.figure
        place = figure.start, figure.end
        places.setdefault(figure.block, {})[place] = Spot(start=place[0], end=place[1], figure=index)
    for index, finding in enumerate(findings):
        for number, span in enumerate(finding.spans):
            at = _block_at(document, span.start)
            if at is None:
                continue
            starts, ends = document.blocks[at].starts, document.blocks[at].ends
            place = bisect_left(starts, span.start), bisect_left(ends, span.end) + 1
            known = places.setdefault(at, {})
            spot = known.get(place, Spot(start=place[0], end=place[1]))
            known[place] = spot.model_copy(update={"spans": (*spot.spans, (index, number))})
    return tuple(
        Passage(
            kind=block.kind,
            text=block.text,
            place=_place(document, number),
            level=block.level,
            group=block.group,
            ordered=block.ordered,
            cell=block.cell,
            spots=tuple(spot for _, spot in sorted(places.get(number, {}).items())),
        )
        for number, block in enumerate(document.blocks)
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
