"""Stale figures: two mentions of one figure agreed in an earlier version, and only one of them has been edited since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from fractions import Fraction

from checker.fingerprints import normalised
from checker.language.article import Article
from checker.model import Claim, Relation

LINKED, REPEATED = 0.95, 0.8  # how surely two mentions were one figure: the linker said so, or they wrote one number
_RELATIONS = frozenset({"same-quantity", "repeats"})
_COUNTED = frozenset({"count", "money", "percent", "measure"})  # dates and durations repeat without being one thing
_ALIKE = 0.5  # of the words of a sentence that an edited one must keep
_DIGITS = 3  # significant ones, from which on a repeated number is no coincidence


def find(article: Article, earlier: Article, relations: Sequence[Relation]) -> Iterator[Relation]:
    """``stale-figure`` relations of the article: the edited mention, and one that still has the old value.

    `relations` are those of the earlier version.
    """
    edits = _edits(article, earlier)
    standing = _standing(article, earlier)
    seen: set[int] = set()
    for a, b, confidence in _pairs(earlier, relations):
        for changed, kept in ((a, b), (b, a)):
            new, old = edits.get(changed.id), standing.get(kept.id)
            if new is not None and old is not None and old.id not in seen:
                seen.add(old.id)
                yield Relation(
                    "stale-figure", {"new": (new,), "old": (old,)}, confidence, "if both still give one figure"
                )


def _pairs(earlier: Article, relations: Sequence[Relation]) -> Iterator[tuple[Claim, Claim, float]]:
    """Mentions of one figure that agreed, the surest first."""
    for relation in relations:
        if relation.kind in _RELATIONS:
            a, b = relation.claims[0], relation.claims[-1]
            if a.value is not None and b.value is not None and not a.widest.meet(b.widest).is_empty:
                yield a, b, LINKED
    written: dict[tuple[str, str, Fraction], list[Claim]] = {}
    for claim in earlier.claims:
        if claim.kind in _COUNTED and claim.value is not None and _distinctive(claim.value):
            written.setdefault((claim.kind, claim.unit, claim.value), []).append(claim)
    for claims in written.values():
        for i, a in enumerate(claims):
            for b in claims[i + 1 :]:
                if a.sentence != b.sentence and (a.noun == b.noun or not a.noun or not b.noun):
                    yield a, b, REPEATED


def _distinctive(value: Fraction) -> bool:
    digits = str(abs(value.numerator)).strip("0") if value.denominator == 1 else str(abs(value.numerator))
    return len(digits) >= _DIGITS or (value.denominator == 1 and len(digits) >= 2 and abs(value) >= 10_000)


def _edits(article: Article, earlier: Article) -> dict[int, Claim]:
    """Id of a claim of the earlier version -> the claim that stands in its place in the edited sentence."""
    new, old = _by_text(article), _by_text(earlier)
    appeared = [index for text, indexes in new.items() if text not in old for index in indexes]
    found: dict[int, Claim] = {}
    for text, indexes in old.items():
        if text in new:
            continue
        for index in indexes:
            successor = _successor(text, article, appeared)
            if successor is not None:
                found |= _replaced(earlier.by_sentence.get(index, ()), article.by_sentence.get(successor, ()))
    return found


def _successor(text: str, article: Article, appeared: Iterable[int]) -> int | None:
    """The sentence that a sentence has become."""
    words, best, found = text.split(), _ALIKE, None
    for index in appeared:
        ratio = SequenceMatcher(None, words, normalised(article.text(index)).split(), autojunk=False).ratio()
        if ratio > best:
            best, found = ratio, index
    return found


def _replaced(before: Sequence[Claim], after: Sequence[Claim]) -> dict[int, Claim]:
    """The figures that went out of a sentence and those that came in, kind by kind and in their order."""
    found: dict[int, Claim] = {}
    for kind, unit in {(claim.kind, claim.unit): None for claim in before}:
        mine = [c for c in before if (c.kind, c.unit) == (kind, unit) and c.value is not None]
        theirs = [c for c in after if (c.kind, c.unit) == (kind, unit) and c.value is not None]
        gone = [c for c in mine if c.value not in {other.value for other in theirs}]
        come = [c for c in theirs if c.value not in {other.value for other in mine}]
        if len(gone) == len(come):
            found |= {old.id: new for old, new in zip(gone, come, strict=True)}
    return found


def _standing(article: Article, earlier: Article) -> dict[int, Claim]:
    """Id of a claim of the earlier version -> the same claim in a sentence that was left as it was."""
    new = _by_text(article)
    found: dict[int, Claim] = {}
    for text, indexes in _by_text(earlier).items():
        for index, kept in zip(indexes, new.get(text, ()), strict=False):
            mine, theirs = earlier.by_sentence.get(index, ()), article.by_sentence.get(kept, ())
            values = {(c.kind, c.unit, c.value): c for c in reversed(theirs)}
            found |= {c.id: values[key] for c in mine if (key := (c.kind, c.unit, c.value)) in values}
    return found


def _by_text(article: Article) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for sentence in article.sentences:
        found.setdefault(normalised(article.text(sentence.index)), []).append(sentence.index)
    return found
