"""A total whose sentence says in how many parts it is told, and just as many figures of its kind after it: "27 people died in
four counties", "41,800 people over four days"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from checker.language.article import Article
from checker.language.phrases import outcome
from checker.language.words import likeness
from checker.model import BlockKind, Claim, Hedge, Interval, Relation
from checker.patterns import lazy
from checker.relations.levels import ends, is_digest
from checker.relations.parts import is_person
from checker.relations.topics import opening
from checker.relations.wholes import group_of

_LIKE = 70
_LEAST = Fraction(1, 15)  # of the total, that a part is where nothing but its noun ties it
_LOW, _HIGH = Fraction(3, 4), Fraction(4, 3)  # how far from a total its parts may be
_BODY = frozenset({BlockKind.BODY, BlockKind.QUOTE, BlockKind.LIST_ITEM})
_OF_THEM = lazy(r"(?: [a-z]+)? of (?:them|these|those|whom|which|that)\b")
_MORE = lazy(r" (?:more|fewer|less|extra|further|additional)\b")
_IN_SO_MANY = lazy(
    r"\b(?:in|over|across|at|on|through|from|between|among|for|by|tore through) (?:the |all |its |his )?$"
)


def find(article: Article) -> Iterable[Relation]:
    """``parts-of`` relations of a total and the parts that its sentence counts."""
    for whole in article.claims:
        if whole.kind in ("count", "money", "measure") and _is_total(article, whole):
            yield from _told(article, whole)


def _is_total(article: Article, claim: Claim) -> bool:
    if (
        not claim.value
        or claim.value < 9
        or claim.sentence < 0
        or claim.figure is None
        or is_digest(article, claim.sentence)
    ):
        return False
    if claim.role not in ("level", "to") or claim.other or claim.modality not in ("asserted", "planned"):
        return False
    return opening(article, claim) and article.block(claim).kind in _BODY and group_of(article, claim)[0] is None


def _told(article: Article, whole: Claim) -> Iterator[Relation]:
    numbers = set(_numbers(article, whole))
    if not numbers:
        return
    parts = tuple(c for c in article.claims if _is_part(article, c, whole))
    if len(parts) not in numbers or len({(c.block, c.sentence) for c in parts}) < 2:
        return
    total = sum((c.value or Fraction(0) for c in parts), Fraction(0))
    low = sum((ends(c)[0] for c in parts), Fraction(0))
    high = sum((ends(c)[1] for c in parts), Fraction(0))
    holds = not Interval(low, high).meet(whole.widest).is_empty
    assert whole.value is not None
    if holds:
        yield Relation("parts-of", {"whole": (whole,), "parts": parts}, 0.92, agrees=True)
    elif _LOW <= total / whole.value <= _HIGH:
        yield Relation(
            "parts-of", {"whole": (whole,), "parts": parts}, 0.85, "if these are all the parts of this total"
        )


def _numbers(article: Article, whole: Claim) -> Iterator[int]:
    """In how many places or on how many days a total is said to have come about."""
    for claim in article.by_sentence.get(whole.sentence, ()):
        if claim.id == whole.id or not claim.value or not 3 <= claim.value <= 9 or claim.value.denominator != 1:
            continue
        start = claim.figure.start if claim.figure is not None else claim.start  # "over" is no hedge here
        before = article.block(claim).text[max(0, start - 24) : start]
        if claim.kind == "duration" and claim.unit not in ("day", "night", "week"):
            continue  # "for the three months to December"
        if claim.kind in ("count", "duration") and _IN_SO_MANY.search(before):
            yield int(claim.value)


def _is_part(article: Article, claim: Claim, whole: Claim) -> bool:
    if (claim.kind, claim.unit) != (whole.kind, whole.unit) or (claim.block, claim.start) <= (whole.block, whole.start):
        return False
    if claim.figure is None or not claim.value or not whole.value or claim.value >= whole.value or claim.sentence < 0:
        return False
    if (
        claim.role not in ("level", "to")
        or claim.modality not in ("asserted", "planned")
        or claim.tense == "pluperfect"
    ):
        return False
    if article.block(claim).kind not in _BODY or claim.figure.hedge in (Hedge.AT_MOST, Hedge.UP, Hedge.DOWN):
        return False
    text = article.block(claim).text
    if (
        _OF_THEM.match(text, claim.figure.end)
        or _MORE.match(text, claim.figure.end)
        or is_digest(article, claim.sentence)
    ):
        return False
    fate = whole.outcome or (outcome("", whole.context, "") if whole.noun in ("number", "person") else "")
    if fate and claim.outcome == fate and (is_person(claim) or outcome(claim.noun, frozenset(), "") == fate):
        return True
    if claim.value < _LEAST * whole.value or group_of(article, claim)[0] is not None:
        return False
    if whole.kind != "count":
        return True
    if claim.outcome != fate:
        return False
    return (is_person(claim) and is_person(whole)) or (bool(claim.noun) and likeness(claim.noun, whole.noun) >= _LIKE)
