"""What an article says has changed, or is apart, by how much: an amount, a percentage, a multiple, a margin."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checker.language.article import Article
from checker.model import Claim
from checker.relations.anaphors import sign_taken_up
from checker.relations.levels import is_digest
from checker.relations.movements import is_margin, sign_around


@dataclass(frozen=True, slots=True)
class Change:
    """A claim that tells by how much something differs: `sign` 1 up, -1 down, 0 where the words do not say."""

    claim: Claim
    sign: int
    type: str  # percent | amount | times | margin


def questions(article: Article) -> Iterator[Change]:
    """Every claim that the words make a change."""
    for sentence in article.sentences:
        if sentence.index not in article.by_sentence or is_digest(article, sentence.index):
            continue
        masked = article.masked(sentence.index)
        several = sum(claim.unit == "times" for claim in masked.claims) > 1  # a list of multiples: ``multiples``
        for number, claim in enumerate(masked.claims):
            if not claim.value or claim.value <= 0 or claim.modality == "denied":
                continue
            if claim.kind not in ("percent", "money", "count", "measure", "ratio", "duration"):
                continue
            mark = masked.mark(number)
            at = masked.text.find(mark)
            if at < 0:
                continue
            left, right = masked.text[max(0, at - 70) : at], masked.text[at + len(mark) : at + len(mark) + 40]
            sign = sign_around(claim, left, right)
            if sign is None:
                sign = sign_taken_up(left)
            if claim.unit == "times":
                if not several:
                    yield Change(claim, sign or 1, "times")
            elif (sign is not None and claim.kind == "percent" and claim.unit in ("%",)) or (
                sign is not None and claim.kind == "ratio"
            ):
                yield Change(claim, sign, "percent")
            elif is_margin(claim, left, right):
                yield Change(claim, 0, "margin")
            elif sign is not None:
                yield Change(claim, sign, "amount")
