"""Cells of a table against prose that names their row and their column: "Her total of 221kg" beside "| Heron | 96 | 122 | 218 |"
under "Total"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from checker.language.article import Article
from checker.language.english import lemma
from checker.language.sentences import Sentence
from checker.language.words import likeness
from checker.model import BlockKind, Claim, Hedge, Relation
from checker.patterns import lazy
from checker.relations.histories import SYNONYM
from checker.relations.tables import Column, columns, pattern

_PROSE = frozenset({BlockKind.BODY, BlockKind.DEK, BlockKind.CAPTION, BlockKind.HEADLINE})
_KINDS = frozenset({"count", "money", "percent", "measure", "duration", "ratio"})
# who or what a sentence takes up from the one before
_TAKEN_UP = lazy(r"[\"“]?(?:His|Her|Its|Their|He|She|It|They)\b")
# another time than the table's
_ONCE = lazy(
    r"\b(?:last (?:year|season|month|week|time)|previous(?:ly)?|earlier|before|ago|in (?:19|20)\d\d|by (?:19|20)\d\d|forecast|expected|would|will|could|target|record|best|until|up from|down from|compared|fail(?:ed|s)?|miss(?:ed|es|ing)?|attempt\w*|tried)\b"
)
# of how many rows or columns one figure may be made
_TOTALS = frozenset("total finish end amount sum overall result haul tally aggregate".split())
_VAGUE = frozenset("number figure name share per the for and year month week day time rank place no".split())
_UNITS = {"%": "%", "percent": "%", "pct": "%", "kg": "kg", "km": "km", "week": "week", "month": "month", "day": "day"}
_APART = Fraction(3)  # how many times a figure may be of a cell that it is meant to repeat


def find(article: Article) -> Iterable[Relation]:
    """``same-quantity`` relations of a cell and the only figure that the prose gives for its row and column."""
    found = columns(article)
    if not found:
        return
    known = {cell.value for column in found for cell in column.cells} | _differences(found)
    rows = _rows(found)
    for claim, label in _told(article, list(rows)):
        if claim.value in known:
            continue
        named = [(c, cell) for c, cell in rows[label] if _is_named(article, claim, c, [c for c, _ in rows[label]])]
        cells = [
            cell for _, cell in named if cell.value and cell.value / _APART < (claim.value or 0) < cell.value * _APART
        ]
        if len(named) == len(cells) == 1:
            yield Relation(
                "same-quantity", {"a": (claim,), "b": (cells[0],)}, 0.85, "if the table gives the same quantity"
            )


def _differences(found: list[Column]) -> set[Fraction | None]:
    """By how much the rows of one column differ, and the columns of one row."""
    made: set[Fraction | None] = set()
    for column in found:
        values = [cell.value or Fraction(0) for cell in column.cells][:30]
        made.update(abs(a - b) for a in values for b in values)
        made.update(a + b for a in values for b in values)
    return made


def _rows(found: list[Column]) -> dict[str, list[tuple[Column, Claim]]]:
    """The cells of each row, by its label; none of a label that two rows have."""
    rows: dict[str, list[tuple[Column, Claim]]] = {}
    for column in found:
        for label, cell in zip(column.labels, column.cells, strict=True):
            if column.labels.count(label) == 1 and label:
                rows.setdefault(label, []).append((column, cell))
    return rows


def _told(article: Article, labels: list[str]) -> Iterator[tuple[Claim, str]]:
    """The figures of the prose that are said of one row: of the last that the sentence names before, of the only one that
    it names, or of the only one of the sentence before which it takes up."""
    patterns = [(label, found) for label in labels if (found := pattern(label)) is not None]
    last, block = "", -1
    for sentence in article.sentences:
        if article.block(sentence).kind not in _PROSE:
            continue
        text = article.text(sentence.index)
        named = sorted((m.start() + sentence.start, label) for label, p in patterns for m in p.finditer(text))
        before = last if sentence.block <= block + 1 and _TAKEN_UP.match(text) else ""
        for claim in article.by_sentence.get(sentence.index, ()):
            label = _row_of(claim, named, before)
            if label and _is_plain(claim) and not _ONCE.search(_clause(article, claim, sentence)):
                yield claim, label
        if named or (not before and sentence.block != block):
            last = named[0][1] if len({label for _, label in named}) == 1 else ""
        block = sentence.block


def _row_of(claim: Claim, named: list[tuple[int, str]], before: str) -> str:
    ahead = [label for at, label in named if at < claim.start]
    if ahead:
        return ahead[-1]
    if before:
        return before
    return named[0][1] if len({label for _, label in named}) == 1 else ""


def _clause(article: Article, claim: Claim, sentence: Sentence) -> str:
    """The sentence up to the next stop or comma behind a claim."""
    text = article.document.blocks[sentence.block].text
    behind = re.match(r"[^,;:]*", text[claim.end : sentence.end])
    return text[sentence.start : claim.end] + (behind.group() if behind else "")


def _is_plain(claim: Claim) -> bool:
    return (
        claim.kind in _KINDS
        and claim.value is not None
        and claim.value > 1
        and claim.figure is not None
        and claim.figure.hedge in (Hedge.EXACT, Hedge.UP)
        and claim.modality == "asserted"
        and claim.role in ("level", "to", "change")
        and not claim.other
        and claim.tense != "pluperfect"
    )


def _is_named(article: Article, claim: Claim, column: Column, row: list[Column]) -> bool:
    """Whether a claim is said of what a column's header names, in its unit where it gives one."""
    unit = _unit(column)
    mine = "%" if claim.kind == "percent" else claim.unit
    if unit and mine and unit != mine and not (claim.kind == "money" and unit not in _UNITS.values()):
        return False
    if (claim.kind == "percent") != (unit == "%"):
        return False
    if unit and unit == mine and sum(_unit(other) == unit for other in row) == 1:
        return True
    words = _words(column)
    said = {claim.noun, claim.verb, claim.subject, *claim.modifiers} - {""}
    if words & _TOTALS and said & _TOTALS:
        return True
    return any(a == b or likeness(a, b) >= SYNONYM for a in words for b in said)


def _words(column: Column) -> set[str]:
    found = {lemma(word.lower(), "NNS") for word in re.findall(r"[A-Za-z]{3,}", column.header)}
    return found - _VAGUE


def _unit(column: Column) -> str:
    """The unit that a header gives: "Wait (weeks)", "Rise, %"."""
    for word in re.findall(r"%|[a-z]+", column.header.lower()):
        unit = _UNITS.get(lemma(word, "NNS"), "")
        if unit:
            return unit
    return ""
