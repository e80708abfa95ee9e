"""A figure of the headline, standfirst or a caption that stands nowhere in the text and follows from nothing in it, against
the only figure of the text that it can be: the only count of like things, the only amount, the only weight.

Of 7,000 published headlines 364 have a figure that the text lacks, and nearly all of those count what the text counts
nowhere: where it does count it, and only once, one of the two is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from checker.language import numbers
from checker.language.article import Article
from checker.language.words import likeness
from checker.model import BlockKind, Claim, Hedge, Relation
from checker.patterns import lazy
from checker.relations import same
from checker.relations.asides import is_of_another
from checker.relations.histories import SYNONYM
from checker.relations.levels import nouns
from checker.relations.parts import is_person
from checker.relations.topics import topics

_TEXT = frozenset(
    {BlockKind.BODY, BlockKind.QUOTE, BlockKind.LIST_ITEM, BlockKind.TABLE_CELL, BlockKind.DEK, BlockKind.CAPTION}
)
_SAID = frozenset({"asserted", "planned"})
_LEAST, _MOST = Fraction(11, 20), Fraction(9, 5)  # how many times one may be of the other
_NAMED = 30  # of Topics: a word in common, or nearly
_ONE_LINE = 80  # of Topics: a rare word in common


def find(article: Article) -> Iterable[Relation]:
    """``same-quantity`` relations of a display figure without support and the only figure below that it can be."""
    known: dict[int, set[Fraction]] = {}
    for mention in same.questions(article):
        claim = mention.claim
        if mention.type in ("lede", "subhead") or not _is_plain(claim) or claim.kind == "date":
            continue
        numbers_of = known.setdefault(claim.block, _numbers(article, claim.block))
        if _stands(claim, numbers_of) or same.follows(article, claim) is not None:
            continue
        below = [
            c
            for c in article.claims
            if c.id != claim.id and c.sentence != claim.sentence and c.kind == claim.kind and c.kind != "date"
            and c.value and c.figure is not None and c.sentence >= 0 and article.block(c).kind in _TEXT and same.comparable(claim, c)
        ]  # fmt: skip
        if any(same.agree(claim, c) for c in below):
            continue
        meant = _meant(article, claim, below)
        if meant is not None and not is_of_another(article, meant):
            yield Relation("same-quantity", {"a": (claim,), "b": (meant,)}, 0.85, "if both give the same quantity")


def _numbers(article: Article, but: int) -> set[Fraction]:
    """The numbers that the text writes outside one block, in digits or words."""
    return {
        number.value
        for place, block in enumerate(article.document.blocks)
        if place != but and block.kind in _TEXT
        for number in numbers.finditer(block.text)
    }


def _stands(claim: Claim, known: set[Fraction]) -> bool:
    """Whether a number stands in the text, perhaps more exactly or in a smaller unit."""
    assert claim.value is not None and claim.figure is not None
    step = claim.figure.step
    return any(
        claim.value - step / 2 <= value < claim.value + step
        or (value and claim.value / value in (100, 1000, 10**6, 10**9))
        for value in known
    )


def _is_plain(claim: Claim) -> bool:
    return (
        claim.figure is not None
        and claim.value is not None
        and claim.value > 1
        and claim.modality in _SAID
        and not claim.other
        and claim.role not in ("from", "than", "rate")
    )


def _meant(article: Article, claim: Claim, below: Sequence[Claim]) -> Claim | None:
    """The only figure of the text that a display figure can be, where there is one."""
    near = [c for c in below if _fits(claim, c)]
    like = [c for c in near if nouns(claim, c) in ("same", "like") and (claim.kind == "count" or c.kind != "duration")]
    hurt = [c for c in near if claim.outcome and claim.outcome == c.outcome and nouns(claim, c) != "other"]
    all_told = [c for c in near if is_person(claim) and is_person(c) and _is_all(article, c)]
    for found in (like, hurt, all_told):
        if len({same.number(c) for c in found}) == 1:
            return found[0]
    if claim.kind == "count" or len({same.number(c) for c in near}) != 1:
        return None
    (other, *_), alone = near, len({same.number(c) for c in below}) == 1
    alike = topics(article)
    if claim.kind == "duration":
        told_alike = claim.verb and other.verb and likeness(claim.verb, other.verb) >= SYNONYM
        sure = alone and bool(told_alike or alike.heads(claim, other) >= _ONE_LINE)
    elif claim.kind == "money":
        sure = alike.context(claim, other) >= _NAMED
    elif claim.kind == "percent":
        sure = alike.crossed(claim, other) >= _NAMED
    else:
        sure = alone and claim.kind != "age"  # an obituary and its mourners
    return other if sure else None


_ALL = lazy(r"[^.;:,]{0,30}\b(?:in all|in total|altogether|all told|overall)\b")


def _is_all(article: Article, claim: Claim) -> bool:
    """Whether a count is said to be of all: "Seventeen people were brought down in total"."""
    return _ALL.match(article.block(claim).text[claim.end :]) is not None


def _fits(claim: Claim, other: Claim) -> bool:
    """Whether a figure could be another's but for an error: of its size, hedge and sort."""
    assert claim.figure is not None and other.figure is not None and claim.value is not None and other.value is not None
    if not _is_plain(other) or (claim.role == "change") != (other.role == "change"):
        return False
    if claim.figure.hedge != other.figure.hedge or claim.figure.hedge not in (
        Hedge.EXACT,
        Hedge.ABOUT,
        Hedge.UP,
        Hedge.DOWN,
    ):
        return False
    return claim.unit == other.unit and _LEAST * claim.value <= other.value <= _MOST * claim.value
