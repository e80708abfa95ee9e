"""Polls: the margin of error against the sample, groups against the sample, leads against the margin."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

from checker.language.article import Article
from checker.model import BlockKind, Claim, Relation
from checker.patterns import lazy
from checker.relations.parts import is_person

_MARGIN = lazy(
    r"\b(?:margin of (?:sampling )?error|sampling error|error margin|margin for error)\b[^.;:‹]{0,80}?(?:plus or minus |\+/- ?|± ?|plus-or-minus |of |is |was |about |at )+‹(?P<kind>[pnu])(?P<margin>\d+)›"
)
_ASKED = lazy(
    r"\b(?:poll(?:ed|ing|sters?)?|survey(?:ed|ing)?|interview(?:ed|ers|ing|s)?|question(?:ed|naires?|ing)|sampl(?:e|ed|ing)|respondents?|canvass\w*|reached|asked|at random|randomly)\b",
    re.I,
)
_AMONG = lazy(r"\b(?:[Aa]mong|[Oo]f) the ‹n(?P<part>\d+)› (?:[a-z-]+ )?(?:who|whose|with|aged|that|in|from)\b")
# what says that a lead is, or is not, larger than the poll can tell
_INSIDE = lazy(
    r"\b(?:(?:gap|lead|difference|advantage|cushion|distance|edge|margin|it|that|which)\b[^.;:]{0,50}?\b(?:too (?:small|narrow|slim|close) to call|(?:within|inside|smaller than|less than|narrower than|no larger than|too (?:small|narrow|slim))\b(?=[^.;:]{0,40}?\b(?:margin|error)\b))|too close to call|statistical(?:ly)? (?:tie|tied|dead heat)|coin[- ]toss|dead heat|neck and neck|a gap too small)\b",
    re.I,
)
_OUTSIDE = lazy(
    r"\b(?:gap|lead|difference|advantage|cushion|distance|edge)\b[^.;:]{0,50}?\b(?:outside|beyond|exceed\w*|larger than|bigger than|greater than|wider than|more than|well clear of)\b[^.;:]{0,40}?\bmargin\b",
    re.I,
)
_SUPPOSED = lazy(r"\b(?:would|could|might|needs?|must|if|unless|until)\b", re.I)
_ERROR = lazy(
    r"\b(?:margin|sampling error)\b[^‹›.;]{0,70}?‹(?P<kind>[pnu])(?P<margin>\d+)›|‹(?P<k>[pnu])(?P<late>\d+)›[^‹›.;]{0,20}\bmargin of (?:sampling )?error"
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
        if samples or "poll" in masked.text or "margin" in masked.text:
            yield from _gap(article, sentence.index)


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


def _gap(article: Article, index: int) -> Iterator[Relation]:
    """A lead that is said to lie outside (or within) the margin of error, the margin and the two shares near it."""
    text = article.text(index)
    inside, outside = _INSIDE.search(text), _OUTSIDE.search(text)
    if bool(inside) == bool(outside) or _SUPPOSED.search(text):
        return
    margin = next(iter(_margins_near(article, index)), None)
    shares = _two_shares(article, index, margin)
    if margin is None or shares is None or not margin.value or margin.value > 12:
        return
    first, second = shares
    kind = "gap-outside" if outside else "gap-within"
    place = article.sentences[index]
    found = outside or inside
    assert found is not None
    said = article.derived("gap", 1, place.block, place.start + found.start(), place.start + found.end())
    roles = {"first": (first,), "second": (second,), "margin": (margin,)}
    yield Relation(kind, roles, 0.9, context={"said": said})


def _margins_near(article: Article, index: int) -> Iterator[Claim]:
    """The margins of error of a sentence and of those around it."""
    for near in (index, index + 1, index - 1, index + 2, index - 2):
        if 0 <= near < len(article.sentences):
            masked = article.masked(near)
            for match in masked.finditer(_ERROR):
                claim = masked.claims[int(match["margin"] or match["late"])]
                if claim.unit in ("%", "pp") or claim.noun == "point" or not claim.noun:
                    yield claim


def _two_shares(article: Article, index: int, margin: Claim | None) -> tuple[Claim, Claim] | None:
    """The two shares that a lead is between: those of the nearest sentence, or two neighbours, that give just two or more."""
    blocks = range(
        max(0, article.sentences[index].block - 3),
        min(len(article.document.blocks), article.sentences[index].block + 2),
    )
    for block in sorted(blocks, key=lambda b: abs(b - article.sentences[index].block)):
        if article.document.blocks[block].kind not in (BlockKind.BODY, BlockKind.QUOTE):
            continue
        shares = [
            c for s in article.sentences_of(block) for c in article.by_sentence.get(s.index, ())
            if c.unit == "%" and c.value is not None and c.role in ("level", "than", "to") and 5 < c.value < 95 and c is not margin
        ]  # fmt: skip
        for a, b in itertools.pairwise(shares):
            if _is_undecided(article, b):
                continue
            if b.sentence - a.sentence <= 1 and a.value and b.value and a.value > b.value and a.value + b.value <= 101:
                return a, b
    return None


_UNDECIDED = lazy(
    r"^[^‹›.;:,]{0,30}\b(?:undecided|unsure|not sure|do(?:es)? not know|did not know|don['’]t know|no opinion|abstain\w*)\b"
)


def _is_undecided(article: Article, share: Claim) -> bool:
    """Whether a share is of those who take no side."""
    text = article.block(share).text
    return _UNDECIDED.match(text[share.end : share.end + 60]) is not None
