"""Splits of one whole into percentages that must make 100: the last is "the rest", or the labels exhaust the answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from checker.language.article import Article, Masked
from checker.model import BlockKind, Claim, Relation
from checker.relations.tables import Column, columns

_REST = re.compile(
    r"(?:\b(?:the|a) (?:remaining|final|other|last|rest,?(?: (?:of [a-z ]{3,30}|or|some))?),? ‹p(?P<rest>\d+)›|"
    r"\b(?:the (?:rest|remainder|balance)|everything else|all (?:the )?others?|others?)\b[^‹›.;:]{0,40}?,? ‹p(?P<late>\d+)›|‹p(?P<early>\d+)› (?:for|to|by) (?:the rest|others|other [a-z]+)\b)",
    re.I,
)
_UNDECIDED = re.compile(
    r"\b(?:undecided|unsure|not sure|don['’]t know|do not know|didn['’]t know|did not know|no opinion|undeclared|declined to (?:say|answer)|would not say|had no view|no view)\b",
    re.I,
)
_LABEL = re.compile(
    r"\b(?:undecided|unsure|not sure|don['’]t know|no opinion|other|others|none of|no answer|refused|all other|rest|abstained|spoil\w*)\b",
    re.I,
)
_SIDES = re.compile(
    r"\b(?:yes|no|in fav(?:ou)?r|against|oppos\w+|support\w*|for|approve\w*|disapprove\w*|agree\w*|disagree\w*|would vote|backed|back|reject\w*|leave|remain|stay)\b",
    re.I,
)
_OVERLAP = re.compile(
    r"\b(?:several answers|more than one|multiple (?:answers|responses|choices)|at least one|also|or|representing|of those|of them|among|up from|rose|fell|per cent more|compared)\b"
)
_LEVEL = ("level", "share", "to")


def find(article: Article) -> Iterable[Relation]:
    """``shares-total`` relations: shares of one whole that make 100 per cent."""
    for number, block in enumerate(article.document.blocks):
        if block.kind not in (BlockKind.BODY, BlockKind.QUOTE, BlockKind.LIST_ITEM):
            continue
        passage = article.passage(number)
        if passage is not None and sum(claim.unit == "%" for claim in passage.claims) >= 2:
            yield from _with_rest(passage)
            yield from _of_poll(article, number)
    for column in columns(article):
        yield from _of_column(column)


def _shares(claims: Iterable[Claim]) -> list[Claim]:
    return [c for c in claims if c.unit == "%" and c.value is not None and 0 < c.value < 100 and c.role in _LEVEL]


def _with_rest(passage: Masked) -> Iterator[Relation]:
    """ "38 per cent ..., 37 per cent ..., 21 per cent ... and own labels the remaining 14 per cent"."""
    for match in passage.finditer(_REST):
        last = int(match["rest"] or match["late"] or match["early"])
        rest = passage.claims[last]
        before = _shares(passage.claims[:last])
        behind = _shares(passage.claims[last + 1 :]) if match["early"] else []
        if rest.unit != "%" or not rest.value or len(before) < 1:
            continue
        runs = [before[start:] for start in range(len(before))]
        runs = [run for run in runs if not _broken(passage, run, rest)]
        if not runs or behind:
            continue
        best = min(runs, key=lambda run: abs(_total(run, rest) - 100))
        if abs(_total(best, rest) - 100) <= 30 and (len(best) >= 2 or abs(_total(best, rest) - 100) <= 2):
            yield Relation("shares-total", {"shares": (*best, rest)}, 0.92)


def _total(run: list[Claim], rest: Claim) -> Fraction:
    return sum((claim.value or Fraction(0) for claim in (*run, rest)), Fraction(0))


def _broken(passage: Masked, run: list[Claim], rest: Claim) -> bool:
    """Whether something in between says that the shares are not of one whole."""
    start = passage.text.find(f"‹p{passage.claims.index(run[0])}›")
    end = passage.text.find(f"‹p{passage.claims.index(rest)}›")
    return bool(_OVERLAP.search(passage.text[start:end]))


def _of_poll(article: Article, block: int) -> Iterator[Relation]:
    """Two sides of a question and the undecided, in one sentence."""
    for sentence in article.sentences_of(block):
        masked = article.masked(sentence.index)
        found = _shares(masked.claims)
        if not 3 <= len(found) <= 4 or len(found) != sum(c.unit == "%" for c in masked.claims):
            continue
        if not _UNDECIDED.search(masked.text) or not _SIDES.search(masked.text) or _OVERLAP.search(masked.text):
            continue
        total = sum((claim.value or Fraction(0) for claim in found), Fraction(0))
        if abs(total - 100) <= 25:
            yield Relation("shares-total", {"shares": tuple(found)}, 0.9)


def _of_column(column: Column) -> Iterator[Relation]:
    """A table's column of percentages with a row for the undecided or the others."""
    shares = [claim for claim in column.cells if claim.unit == "%" or (claim.kind == "count" and "%" in column.header)]
    if len(shares) < 3 or len(shares) != len(column.cells) or any(c.value is None or c.value > 100 for c in shares):
        return
    labels = [label for label in column.labels if _LABEL.search(label)]
    if not labels or any(re.search(r"\btotal\b", label, re.I) for label in column.labels):
        return
    total = sum((claim.value or Fraction(0) for claim in shares), Fraction(0))
    if abs(total - 100) <= 30:
        yield Relation("shares-total", {"shares": tuple(shares)}, 0.92)
