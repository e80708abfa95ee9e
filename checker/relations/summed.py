"""Totals told right before their parts, from whose sum a slip of the hand parts them: "71 stolen bicycles ... Mountain bikes made up
34 of the haul. There were 19 racing bikes and eight cargo bikes".

The parts are all figures of their kind in the sentences that follow the total, up to one that has none, so that nothing is
chosen; and their sum differs from the total in just one digit, or by two that are turned round.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from checker.language.article import Article
from checker.model import BlockKind, Claim, Hedge, Relation
from checker.patterns import lazy
from checker.relations.breakdowns import NEAR_HIGH, NEAR_LOW, is_part
from checker.relations.levels import is_digest
from checker.relations.parts import is_person
from checker.relations.slips import digits_of, shape, size
from checker.relations.wholes import may_name

_BODY = frozenset({BlockKind.BODY, BlockKind.QUOTE, BlockKind.LIST_ITEM})
_FEWEST, _MOST, _SPAN = 3, 8, 3
_PLAIN = frozenset({Hedge.EXACT, Hedge.UP, Hedge.DOWN})
_PLAYED = frozenset("run point goal try wicket game match win".split())  # which are made by more than one tells of
# "33 million in February 1986", "a 290 million fall"
_OF_A_TIME = lazy(
    r" (?:in|for|at the end of) (?:(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:19|20)\d\d)\b|the (?:same|previous|corresponding))"
    r"|(?: [a-z]+)? (?:rise|fall|drop|increase|decrease|decline|gain|loss|deficit|surplus)\b"
)
_OTHERS = lazy(
    r"\b(?:rest|remainder|others|what is left|what remains|balance)\b(?![^.;:]{0,30}‹)|\b(?:the|no) (?:other|remaining) [a-z]+|\b(?:elsewhere|[Aa]mong them|[Ii]ncluding|[Mm]uch of|[Ss]everal|[Mm]ost of|[Mm]any)\b"
)
_AGED = lazy(r"\b(?:man|woman|boy|girl|one) of $")
_NESTED = lazy(r"(?: [a-z]+)? of (?:them|whom|which|these|those)\b")


def find(article: Article) -> Iterable[Relation]:
    """``parts-of`` relations of a total and the figures that follow it."""
    for whole in article.claims:
        if _is_total(article, whole):
            yield from _told(article, whole)


def _is_total(article: Article, claim: Claim) -> bool:
    if claim.kind not in ("count", "money", "measure") or not claim.value or claim.value < 10 or claim.sentence < 0:
        return False
    if claim.figure is None or claim.figure.hedge not in _PLAIN or "/" in claim.unit or claim.other:
        return False
    if claim.role not in ("level", "to") or claim.modality == "denied" or is_digest(article, claim.sentence):
        return False
    if article.block(claim).kind not in _BODY or claim.noun in _PLAYED:
        return False
    return claim.kind != "count" or not _is_bare(claim) or bool(claim.outcome)


def _is_bare(claim: Claim) -> bool:
    """Whether no noun stands behind a figure; in "7,900 and residents' bays for 4,100" none does."""
    assert claim.figure is not None
    behind = claim.text[claim.figure.end - claim.start :]
    return not behind or behind.startswith((" and", " or"))


def _told(article: Article, whole: Claim) -> Iterator[Relation]:
    """The figures of the sentences from the total's own, the next or the one after it, up to one that has none."""
    for first in range(whole.sentence, whole.sentence + 3):
        run: list[Claim] = []
        for index in range(first, min(first + _SPAN, len(article.sentences))):
            members = _members(article, index, whole)
            if not members:
                break
            run += members
            if len(run) > _MOST or not all(is_part(article, c) or c is members[0] for c in members):
                break
            if (
                len(run) >= _FEWEST
                and _is_slip(whole, run)
                and not _makes_sums(whole, run)
                and not _members(article, index + 1, whole)
                and not _goes_on(article, first, index + 1)
            ):
                yield Relation(
                    "parts-of",
                    {"whole": (whole,), "parts": tuple(run)},
                    0.85,
                    "if these are all the parts of this total",
                )


def _goes_on(article: Article, first: int, last: int) -> bool:
    """Whether the sentences tell of more than they count: "The rest had been taken apart", "Much of what is left"."""
    last = min(last, len(article.sentences) - 1)
    return any(_OTHERS.search(article.masked(index).text) for index in range(first, last + 1))


def _members(article: Article, index: int, whole: Claim) -> list[Claim]:
    """The figures of a sentence that can be parts of a total."""
    if index >= len(article.sentences) or article.block(article.sentences[index]).kind not in _BODY:
        return []
    found = [c for c in article.by_sentence.get(index, ()) if _is_like(article, c, whole)]
    return [
        c
        for n, c in enumerate(found)
        if n == 0 or not _NESTED.match(article.block(c).text, c.figure.end if c.figure else c.end)
    ]


def _is_like(article: Article, claim: Claim, whole: Claim) -> bool:
    if (claim.kind, claim.unit) != (whole.kind, whole.unit) or claim.id == whole.id or not claim.value:
        return False
    if (claim.block, claim.start) < (whole.block, whole.start) or claim.role in ("rate", "than", "from"):
        return False
    if claim.figure is None or claim.figure.hedge not in (*_PLAIN, Hedge.ABOUT) or not whole.value:
        return False
    if not claim.value < whole.value <= 25 * claim.value:
        return False
    text = article.block(claim).text
    if text[max(0, claim.start - 1) : claim.start] in ("-", "–", "/"):
        return False  # "117.40-43 yen"
    if _OF_A_TIME.match(text, claim.end):
        return False
    if claim.kind != "count":
        return True
    if _is_bare(claim):
        return not _AGED.search(text, max(0, claim.start - 14), claim.start)
    return may_name(claim.noun, whole.noun) or bool(whole.outcome and is_person(claim))


def _is_slip(whole: Claim, run: Sequence[Claim]) -> bool:
    """Whether the sum of some parts is the total but for one digit, or two that are turned round; of two digits the first."""
    assert whole.value is not None
    total = sum((c.value or Fraction(0) for c in run), Fraction(0))
    if any(4 * (c.value or 0) >= 3 * whole.value for c in run) or len({c.value for c in run}) < len(run):
        return False
    if total == whole.value or not NEAR_LOW <= total / whole.value <= NEAR_HIGH:
        return False
    if shape(whole.value, total) not in ("one-digit", "transposition"):
        return False
    return size(whole.value, total) >= 3 or digits_of(whole.value)[-1] == digits_of(total)[-1]


def _makes_sums(whole: Claim, run: Sequence[Claim]) -> bool:
    """Whether some of the figures make the total, or one of them."""
    for number in range(2, len(run) + 1):
        for some in combinations(run, number):
            total = sum((c.value or Fraction(0) for c in some), Fraction(0))
            if total == whole.value or any(total == c.value for c in run):
                return True
    return False
