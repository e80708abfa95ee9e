"""Tables: a column against its total row, and cells against the prose that names their row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from checker.language.article import Article
from checker.language.english import lemma
from checker.model import BlockKind, Claim, Interval, Relation
from checker.patterns import lazy
from checker.relations.slips import shape, size

_TOTAL = lazy(r"\s*(?:total|sum|all|overall|altogether|in all|grand total)s?\s*:?\s*", re.I)
_NOT_SUMMED = lazy(
    r"\b(?:%|per cent|percent|average|avg|mean|median|rate|rank|ratio|per|year|date|age|change|price|score|position|time)\b|%",
    re.I,
)
_SCALE = lazy(r"\b(?:in )?(?:(?P<word>thousands?|millions?|billions?|m|bn|mln|000s?)\b)", re.I)
_PROSE = frozenset({BlockKind.BODY, BlockKind.HEADLINE, BlockKind.DEK, BlockKind.CAPTION})
_SLIPS = ("transposition", "one-digit", "dropped")
_LONG = 3  # digits of a figure that is hardly like a row's by chance
_SCALES = {"t": 1000, "m": 10**6, "b": 10**9, "0": 1000}


@dataclass(frozen=True, slots=True)
class Column:
    """The figures of one column of one table, its header, and the labels of the rows they stand in."""

    header: str
    labels: tuple[str, ...]
    cells: tuple[Claim, ...]
    caption: str  # the line that stands before the table


def find(article: Article) -> Iterable[Relation]:
    """``parts-of`` relations of columns with a total row, ``same-quantity`` of cells that the prose repeats."""
    found = columns(article)
    for column in found:
        yield from _summed(column)
    yield from _told(article, found)


def columns(article: Article) -> list[Column]:
    """Every column of figures of every table."""
    tables: dict[int, list[int]] = {}
    for number, block in enumerate(article.document.blocks):
        if block.kind == BlockKind.TABLE_CELL and block.cell is not None:
            tables.setdefault(block.group, []).append(number)
    by_block: dict[int, list[Claim]] = {}
    for claim in article.claims:
        by_block.setdefault(claim.block, []).append(claim)
    found = []
    for members in tables.values():
        blocks = article.document.blocks
        cells = {(blocks[i].cell.row, blocks[i].cell.column): i for i in members if blocks[i].cell is not None}  # type: ignore[union-attr]
        headers = {column: blocks[i].text for (row, column), i in cells.items() if row == 0}
        labels = {row: blocks[i].text for (row, column), i in cells.items() if column == 0}
        caption = _caption(article, min(members))
        for column in sorted({column for _, column in cells if column > 0}):
            rows = [(row, cells[row, column]) for row in sorted({row for row, c in cells if c == column}) if row > 0]
            figures = [(row, _figure(by_block.get(i, []))) for row, i in rows]
            kept = [(row, claim) for row, claim in figures if claim is not None]
            if len(kept) >= 2:
                found.append(
                    Column(
                        headers.get(column, ""),
                        tuple(labels.get(row, "") for row, _ in kept),
                        tuple(claim for _, claim in kept),
                        caption,
                    )
                )
    return found


def _figure(claims: list[Claim]) -> Claim | None:
    """The one figure of a cell."""
    numbers = [c for c in claims if c.kind in ("count", "money", "percent", "measure") and c.value is not None]
    return numbers[0] if len(numbers) == 1 else None


def _caption(article: Article, first: int) -> str:
    before = article.document.blocks[first - 1] if first else None
    return (
        before.text
        if before is not None and before.kind in (BlockKind.BODY, BlockKind.SUBHEAD, BlockKind.CAPTION)
        else ""
    )


def _summed(column: Column) -> Iterator[Relation]:
    """The last row is the total of those above it."""
    if not _TOTAL.fullmatch(column.labels[-1]) or len(column.cells) < 3:
        return
    *parts, whole = column.cells
    if any(part.kind != whole.kind or part.unit != whole.unit for part in parts) or whole.kind == "percent":
        return
    if _NOT_SUMMED.search(column.header) or any(_TOTAL.fullmatch(label) for label in column.labels[:-1]):
        return
    total = sum((part.value or Fraction(0) for part in parts), Fraction(0))
    assert whole.value is not None
    if whole.value >= max(part.value or Fraction(0) for part in parts) and total <= 2 * whole.value:
        yield Relation("parts-of", {"whole": (whole,), "parts": tuple(parts)}, 0.93)


def _told(article: Article, found: Sequence[Column]) -> Iterator[Relation]:
    """Cells whose row the prose names: "Net sales were $412.6 million" beside "| Net sales | 421.6 |"."""
    rows: dict[str, list[tuple[Column, Claim]]] = {}
    for column in found:
        for label, cell in zip(column.labels, column.cells, strict=True):
            if not _TOTAL.fullmatch(label) and cell.value is not None and cell.value > 0:
                rows.setdefault(label, []).append((column, cell))
    places = _places(article, rows)
    every = {cell.value for column in found for cell in column.cells}
    for label, cells in rows.items():
        yield from _row(article, cells, places[label], every)


def _places(article: Article, labels: Iterable[str]) -> dict[str, list[tuple[int, int]]]:
    """For each row's label the sentences that name it, with the place behind it, and the sentences of one paragraph behind
    those, up to where another row is named, with -1."""
    named = {label: pattern(label) for label in labels}
    found: dict[str, list[tuple[int, int]]] = {label: [] for label in named}
    last, block = "", -1
    for sentence in article.sentences:
        if article.block(sentence).kind not in _PROSE:
            continue
        if sentence.block != block:
            last, block = "", sentence.block
        text = article.text(sentence.index)
        told = [(label, place) for label, called in named.items() if called and (place := called.search(text))]
        for label, place in told:
            found[label].append((sentence.index, sentence.start + place.end()))
        if told:
            last = told[0][0] if len(told) == 1 else ""
        elif last:
            found[last].append((sentence.index, -1))
    return found


def pattern(label: str) -> re.Pattern[str] | None:
    """What a text calls a row by: its label, of a country the adjective too ("Italian")."""
    words = re.findall(r"[A-Za-z][A-Za-z’'-]+", label)
    if not words:
        return None
    if len(words) == 1 and words[0][0].isupper() and len(words[0]) >= 5:
        stem = words[0].rstrip("aeiouy")
        return re.compile(rf"\b(?:{re.escape(words[0])}|{re.escape(stem)}(?:an|ian|ean|ese|ish|n))\b", re.IGNORECASE)
    return re.compile(r"\b" + r"\s+".join(map(re.escape, words)) + r"\b", re.IGNORECASE)


def _row(
    article: Article, cells: list[tuple[Column, Claim]], places: list[tuple[int, int]], known: set[Fraction | None]
) -> Iterator[Relation]:
    """What the prose tells of one row: figures that its cells give, and one that misses a cell by a slip of the hand and is
    none of the table's (`known`)."""
    told = [
        (claim, end)
        for sentence, end in places
        for claim in article.by_sentence.get(sentence, ())
        if claim.value is not None
    ]
    missing: list[tuple[Column, Claim]] = []
    for column, cell in cells:
        goals = (cell.value, (cell.value or 0) * _scale(column, cell))
        match = next((c for c, _ in told if _same_kind(c, cell, column) and _value(c) in goals), None)
        if match is not None:
            yield Relation("repeats", {"a": (match,), "b": (cell,)}, 0.9)
        else:
            missing.append((column, cell))
    made = {abs((a.value or 0) - (b.value or 0)) for _, a in cells for _, b in cells}
    for column, cell in missing:
        scale = _scale(column, cell)
        for claim, end in told:
            if (
                not _same_kind(claim, cell, column)
                or claim.other
                or claim.role not in ("level", "to")
                or claim.value in known | made
                or _value(claim) < 10  # "one of its three" is no slip of 35
            ):
                continue
            goal = _value(cell) * scale if scale > 1 and _value(claim) > _value(cell) * 100 else _value(cell)
            near = 0 <= claim.start - end <= 40 and claim.noun in _words(column) if end >= 0 else False
            short = size(goal, _value(claim)) < _LONG or min(goal, _value(claim)) < 10 ** (_LONG - 1)
            if (short and not near) or shape(goal, _value(claim)) not in _SLIPS:
                continue
            roles = {"a": (claim,), "b": (_scaled(cell, goal / _value(cell)),)}
            yield Relation("same-quantity", roles, 0.85, "if both give the same quantity")
            break


def _words(column: Column) -> set[str]:
    return {lemma(word, "NNS") for word in re.findall(r"[a-z]{3,}", column.header.lower())}


def _value(claim: Claim) -> Fraction:
    return claim.value if claim.value is not None else Fraction(0)


def _same_kind(claim: Claim, cell: Claim, column: Column) -> bool:
    if claim.kind == cell.kind:
        return claim.unit == cell.unit
    if cell.kind == "count" and claim.kind == "percent":
        return "%" in column.header or "per cent" in column.header.lower() or "percent" in column.header.lower()
    return cell.kind == "count" and claim.kind in ("money", "measure")


def _scale(column: Column, cell: Claim) -> int:
    """What a cell's number is multiplied with: "in millions of dollars" over the table or in its header."""
    for text in (column.header, column.caption):
        found = _SCALE.search(text)
        if found:
            return _SCALES.get(found["word"][0].lower(), 1)
    return 1


def _scaled(cell: Claim, factor: Fraction) -> Claim:
    """A cell's claim in the units of the prose."""
    if factor == 1:
        return cell
    from dataclasses import replace

    def times(interval: Interval) -> Interval:
        return interval.scaled(factor)

    return replace(
        cell, widest=times(cell.widest), intended=times(cell.intended), value=_value(cell) * factor, integer=False
    )
