"""Totals that the last of their parts brings about: "and costs of £61,500, bringing the total to £481,500"; "three drivers,
five cleaners and two mechanics, making ten in all"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from checker.language.article import Article
from checker.model import BlockKind, Claim, Interval, Relation
from checker.patterns import lazy
from checker.relations.levels import is_digest, nouns
from checker.relations.parts import is_person
from checker.relations.slips import evidence
from checker.relations.topics import opening

_BODY = frozenset({BlockKind.BODY, BlockKind.QUOTE, BlockKind.LIST_ITEM})
_BRINGS = lazy(
    r",? (?:bring|tak|mak|push|lift|rais)ing (?P<what>[^‹›.;:]{0,60}?)‹[nmu](?P<total>\d+)›(?P<behind>[^‹›.;:]{0,24})"
)
_TOTAL = lazy(
    r"\b(?:total|overall|combined|bill|tally|toll|sum)\b[^‹›]*\b(?:to|of) (?:the |an? |just |some |about |over )*$"
)
_IN_ALL = lazy(r"(?: [a-z]+){0,2} (?:in all|in total|altogether|all told)\b")
_BACK = 4  # sentences in which the total stood before
_OFF = 2  # by how much a short list is miscounted


def find(article: Article) -> Iterable[Relation]:
    """``parts-of`` relations of a total and the figures that bring it about."""
    for sentence in article.sentences:
        if article.block(sentence).kind not in _BODY or len(article.by_sentence.get(sentence.index, ())) < 2:
            continue
        masked = article.masked(sentence.index)
        for match in masked.finditer(_BRINGS):
            total = masked.claim(match, "total")
            listed = _IN_ALL.match(match["behind"]) is not None
            if not total.value or total.other or not (listed or _TOTAL.search(match["what"])):
                continue
            own = _alike(total, masked.claims[: int(match["total"])], listed)
            if own and not is_digest(article, sentence.index):
                yield from _listed(total, own) if listed else _brought(article, total, own)


def _alike(total: Claim, claims: Iterable[Claim], listed: bool = False) -> list[Claim]:
    """The levels among some claims that may be parts of a total: of its kind and unit, and of what it is of, where they are
    not all `listed` right before it."""
    return [
        c
        for c in claims
        if (c.kind, c.unit) == (total.kind, total.unit) and c.value and total.value and 0 < c.value < total.value
        and c.id != total.id and c.role in ("level", "to", "change") and c.modality != "denied"
        and (listed or c.kind != "count" or nouns(c, total) != "other" or (is_person(c) and is_person(total)))
    ]  # fmt: skip


def _sum(parts: Iterable[Claim]) -> Interval:
    low = high = Fraction(0)
    for part in parts:
        assert part.value is not None
        low += part.widest.low if part.widest.low is not None else part.value
        high += part.widest.high if part.widest.high is not None else part.value
    return Interval(low, high)


def _value(parts: Iterable[Claim]) -> Fraction:
    return sum((c.value or Fraction(0) for c in parts), Fraction(0))


def _listed(total: Claim, own: list[Claim]) -> Iterator[Relation]:
    """All that a sentence lists before its total."""
    if len(own) < 2 or total.value is None:
        return
    if not _sum(own).meet(total.widest).is_empty:
        yield Relation("parts-of", {"whole": (total,), "parts": tuple(own)}, 0.92, agrees=True)
    elif abs(_value(own) - total.value) <= _OFF or evidence(total.value, _value(own)) > 0:
        yield Relation("parts-of", {"whole": (total,), "parts": tuple(own)}, 0.9)


def _brought(article: Article, total: Claim, own: list[Claim]) -> Iterator[Relation]:
    """What a sentence adds, and the only figure before it that makes the total but for a slip of the hand."""
    assert total.value is not None
    earlier = [
        c
        for c in _alike(total, article.claims)
        if c.sentence < total.sentence and article.block(c).kind in _BODY
        and (total.sentence - c.sentence <= _BACK or opening(article, c))
    ]  # fmt: skip
    sums = [(*more, *own) for more in ((), *((c,) for c in earlier))]
    for parts in sums:
        if len(parts) > 1 and not _sum(parts).meet(total.widest).is_empty:
            yield Relation("parts-of", {"whole": (total,), "parts": parts}, 0.92, agrees=True)
            return
    near = [parts for parts in sums if len(parts) > 1 and evidence(total.value, _value(parts)) > 0]
    if len({_value(parts) for parts in near}) == 1:
        yield Relation("parts-of", {"whole": (total,), "parts": near[0]}, 0.85, "if nothing else is in the total")
