"""Polls: the margin of error against the sample, groups against the sample, leads against the two shares."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from checker.language.article import Article
from checker.model import BlockKind, Claim, Relation
from checker.relations.parts import is_person

_MARGIN = re.compile(
    r"\b(?:margin of (?:sampling )?error|sampling error|error margin|margin for error)\b[^.;:‹]{0,80}?(?:plus or minus |\+/- ?|± ?|plus-or-minus |of |is |was |about |at )+‹(?P<kind>[pnu])(?P<margin>\d+)›"
)
_ASKED = re.compile(
    r"\b(?:poll(?:ed|ing|sters?)?|survey(?:ed|ing)?|interview(?:ed|ers|ing|s)?|question(?:ed|naires?|ing)|sampl(?:e|ed|ing)|respondents?|canvass\w*|reached|asked|at random|randomly)\b",
    re.I,
)
_AMONG = re.compile(r"\b(?:[Aa]mong|[Oo]f) the ‹n(?P<part>\d+)› (?:[a-z-]+ )?(?:who|whose|with|aged|that|in|from)\b")
_GAP = re.compile(
    r"\b(?:gap|lead|difference|margin|advantage)\b[^.;:‹]{0,40}?\b(?P<sign>outside|beyond|exceeds|larger than|bigger than|greater than|wider than|more than|within|inside|smaller than|less than|narrower than)\b"
    r"[^.;:‹]{0,50}?\bmargin (?:of (?:sampling )?error|for error)(?:,? (?:which is|of|at|is)(?: plus or minus)?)? ‹(?P<kind>[pnu])(?P<margin>\d+)›"
)
_TWO = re.compile(
    r"‹p(?P<first>\d+)›[^.;:‹]{0,60}?(?:,? (?:against|to|compared with|versus|and|with|while|ahead of)) (?:[^.;:‹]{0,40}? )?‹p(?P<second>\d+)›"
)
_OUTSIDE = frozenset(
    {"outside", "beyond", "exceeds", "larger than", "bigger than", "greater than", "wider than", "more than"}
)
_LEADS = re.compile(
    r"\b(?:lead|leads|leading|ahead|advantage)\b[^.;:‹]{0,40}?(?:by |of )‹(?P<kind>[pn])(?P<margin>\d+)›(?: points?)?|‹(?P<k>[pn])(?P<late>\d+)›[ -](?:point )?lead\b"
)


def find(article: Article) -> Iterable[Relation]:
    """``poll-margin``, ``part-of``, ``difference`` and ``gap-outside`` / ``gap-within`` relations."""
    samples = _samples(article)
    for sentence in article.sentences:
        if article.block(sentence).kind not in (BlockKind.BODY, BlockKind.LIST_ITEM, BlockKind.QUOTE):
            continue
        masked = article.masked(sentence.index)
        if not masked.claims:
            continue
        if samples and "margin" in masked.text:
            for match in masked.finditer(_MARGIN):
                margin = masked.claim(match, "margin")
                if margin.value and margin.value < 20 and margin.role != "change":
                    yield from _of_sample(samples, margin)
        if samples:
            for match in masked.finditer(_AMONG):
                part = masked.claim(match, "part")
                whole = max(samples, key=lambda c: c.value or 0)
                if part.sentence > whole.sentence and is_person(part) | (not part.noun) and part is not whole:
                    yield Relation("part-of", {"part": (part,), "whole": (whole,)}, 0.9)
        for match in masked.finditer(_GAP):
            yield from _gap(article, sentence.block, masked.claim(match, "margin"), match["sign"])


def _samples(article: Article) -> list[Claim]:
    """The numbers of people that were asked."""
    return [
        claim
        for claim in article.claims
        if claim.kind == "count"
        and claim.value is not None
        and 100 <= claim.value <= 200_000
        and claim.value.denominator == 1
        and (
            is_person(claim)
            or claim.noun in ("household", "voter", "american", "adult", "respondent", "interview", "family")
        )
        and claim.sentence >= 0
        and _ASKED.search(article.text(claim.sentence))
        and claim.role not in ("from", "change", "rate")
    ]


def _of_sample(samples: list[Claim], margin: Claim) -> Iterator[Relation]:
    """The sample that fits a margin best: a subgroup may have a margin of its own."""
    assert margin.value is not None
    stated = margin.value

    def misfit(claim: Claim) -> float:
        return abs(98 / float(claim.value or 1) ** 0.5 - float(stated))

    best = min(samples, key=misfit)
    yield Relation("poll-margin", {"sample": (best,), "margin": (margin,)}, 0.9)


def _gap(article: Article, block: int, margin: Claim, sign: str) -> Iterator[Relation]:
    """A lead that is said to lie outside (or within) the margin, with the two shares in this paragraph or the one before."""
    for number in (block, block - 1, block + 1):
        passage = article.passage(number) if 0 <= number < len(article.document.blocks) else None
        match = _TWO.search(passage.text) if passage is not None else None
        if passage is None or match is None:
            continue
        first, second = passage.claim(match, "first"), passage.claim(match, "second")
        if first.unit == second.unit == "%" and (first.value or 0) >= (second.value or 0):
            kind = "gap-outside" if sign in _OUTSIDE else "gap-within"
            yield Relation(kind, {"first": (first,), "second": (second,), "margin": (margin,)}, 0.9)
            return
