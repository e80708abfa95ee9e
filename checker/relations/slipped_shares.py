"""Shares that a slip explains: "36 percent" of a part and a whole that make 26, "a third" of two that make just a quarter.

The likeliest slip in a percentage is a wrong first digit, next to the right one; a fraction in words is taken for another
one.  Two figures of one article that are just so far off are hardly ever chance, so that a link that would be too weak by
itself is enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from checker.language import english
from checker.language.article import Article
from checker.language.words import likeness
from checker.model import Claim, Hedge, Relation
from checker.relations.levels import ends, nouns
from checker.relations.parts import is_person
from checker.relations.shares import Share, questions

_SIMPLE = frozenset(Fraction(a, b) for b in (2, 3, 4, 5, 10) for a in range(1, b) if (a, b) not in ((3, 10), (7, 10)))
_LIKE = 50  # the likeness of nouns from which they may name one thing
_CLOSE = Fraction(6, 100)  # how far a part's share of its whole may be open by rounding
_OFF = 10  # percentage points: the first digit is one too many or too few
_REACH = 20  # sentences
_OF = re.compile(
    r"^ of (?:the |its |their |all |those |these |his |her |our |an? |such |that |everything |every |this |registered |[a-z]+['’]s |[A-Z]\w+['’]s ){0,3}(?P<noun>(?:[a-z-]+ ?){1,3})"
)
_ANAPHOR = re.compile(
    r"^[\"“]?(?:That|This|These|Those|Which|It|The (?:figure|number|total|amount))\b[^‹›]{0,24}$|\b(?:or|which is|that is|equal to|equivalent to|representing|amounting to) $"
)
_OF_THEM = re.compile(r"\s?(?:of|out of|among) (?:them|these|those|whom|which|the|its|their|his|her|our)\b")
_BEFORE_THEM = re.compile(r"\b(?:[Oo]f|[Aa]mong) (?:them|these|those|whom|which|the total|that (?:number|total)),? $")

_MONEY = frozenset("money total sum amount cost target goal budget bill price fund funding".split())
_OF_WHOLE = re.compile(
    r"(?<!total )(?<!number )\b(?:[Oo]f|[Oo]ut of|[Aa]mong) (?:(?:the|its|their|all|a total of|some|about|those|these) ){0,3}$"
)


@dataclass(frozen=True, slots=True)
class _Told:
    """A share, the words for what it is of, and whether it takes up the part ("That amounts to ...") or the whole ("Of
    these, ...") that was told right before."""

    share: Share
    of: frozenset[str]
    takes_up: bool
    of_them: bool


def find(article: Article) -> Iterable[Relation]:
    """``share-of`` relations of shares that fail by a likely slip."""
    sizes: list[Claim] | None = None
    for share in (*questions(article), *_lost(article)):
        if not _may_slip(share):
            continue
        if sizes is None:
            sizes = [c for c in article.claims if _is_size(article, c)]
        yield from _slipped(article, _told(article, share), sizes)


def _may_slip(share: Share) -> bool:
    value, figure = share.claim.value, share.claim.figure
    if value is None or figure is None or share.claim.modality in ("denied", "conditional"):
        return False
    if share.type == "percent":
        return value.denominator == 1 and value > _OFF and figure.hedge in (Hedge.EXACT, Hedge.UP, Hedge.DOWN)
    return share.type == "fraction" and value in _SIMPLE


def _lost(article: Article) -> Iterator[Share]:
    """ "It would lose 36 percent of its staff": a change that is a share too."""
    known = {share.claim.id for share in questions(article)}
    for claim in article.claims:
        if claim.unit == "%" and claim.value and claim.id not in known and claim.sentence >= 0 and _of(article, claim):
            yield Share(claim, "percent", Fraction(1, 100))


def _is_size(article: Article, claim: Claim) -> bool:
    if claim.kind not in ("count", "money", "measure") or not claim.value or claim.value <= 0 or claim.figure is None:
        return False
    if claim.sentence < 0 or "/" in claim.unit or claim.other or claim.modality == "denied":
        return False
    if claim.role in ("rate", "change", "from", "than"):
        return False
    if claim.kind == "count":
        return claim.value >= 10 and not (not claim.noun and 1900 <= claim.value <= 2100)
    return claim.dimension not in ("temperature", "speed", "age")


def _of(article: Article, claim: Claim) -> frozenset[str]:
    """The words for what a share is of: closings in "four-fifths of the closings"."""
    found = _OF.match(article.masked(claim.sentence).around(claim)[1])
    return frozenset(english.lemma(word, "NNS") for word in found["noun"].split()) if found else frozenset()


def _told(article: Article, share: Share) -> _Told:
    before, _ = article.masked(share.claim.sentence).around(share.claim)
    of = _of(article, share.claim) | {share.claim.noun} - {""}
    return _Told(share, of, bool(_ANAPHOR.search(before)), bool(_BEFORE_THEM.search(before)))


def _slipped(article: Article, told: _Told, sizes: list[Claim]) -> Iterator[Relation]:
    share, claim = told.share, told.share.claim
    near = [c for c in sizes if abs(c.sentence - claim.sentence) <= _REACH]
    found: list[tuple[Claim, Claim]] = []
    for whole in near:
        for part in near:
            if part.kind != whole.kind or part.unit != whole.unit or not _less(part, whole):
                continue
            if not _is_slip(share, part, whole) and not _holds(share, part, whole):
                continue
            if not _are_linked(article, told, part, whole):
                continue
            if _holds(share, part, whole):
                return
            found.append((part, whole))
    if len({(part.value, whole.value) for part, whole in found}) == 1:
        part, whole = found[0]
        roles = {"share": (claim,), "whole": (whole,), "part": (part,)}
        yield Relation("share-of", roles, 0.85, "if the share is of these", {"scale": share.unit})


def _less(part: Claim, whole: Claim) -> bool:
    return part.value is not None and whole.value is not None and part.value < whole.value


def _holds(share: Share, part: Claim, whole: Claim) -> bool:
    low_part, high_part = ends(part)
    low_whole, high_whole = ends(whole)
    told = share.claim.widest.scaled(share.unit)
    return (told.high is None or told.high >= low_part / high_whole) and (
        told.low is None or told.low <= high_part / low_whole
    )


def _is_slip(share: Share, part: Claim, whole: Claim) -> bool:
    """Whether a slip makes the share of what the two figures make."""
    assert part.value is not None and whole.value is not None and share.claim.value is not None
    ratio = part.value / whole.value
    if share.type == "percent":
        low, high = ends(part)[0] / ends(whole)[1], ends(part)[1] / ends(whole)[0]
        made = round(100 * ratio)
        turned = made > _OFF and made % _OFF != 0 and share.claim.value == int(str(made)[::-1]) != made
        return high - low < _CLOSE and (turned or abs(made - share.claim.value) == _OFF)
    exact = all(c.figure is not None and c.figure.hedge == Hedge.EXACT for c in (part, whole))
    return exact and ratio in _SIMPLE and _digits(part.value) + _digits(whole.value) >= 4


def _digits(value: Fraction) -> int:
    """How many digits of a number are not zeros at its end: round numbers make simple fractions by chance."""
    return len(str(int(value)).rstrip("0"))


def _are_linked(article: Article, told: _Told, part: Claim, whole: Claim) -> bool:
    """Whether two figures can be the part and the whole that a share speaks of."""
    claim = told.share.claim
    gap = claim.sentence - part.sentence
    of_whole = any(_names(word, whole) for word in told.of) or (
        told.of_them and 0 < claim.sentence - whole.sentence <= 1
    )
    takes_up = told.takes_up and gap in (0, 1)
    if part.kind == "money":
        of_money = told.share.type == "fraction" and bool(told.of & _MONEY)
        return of_money or ((of_whole or takes_up) and abs(gap) <= 1)
    if part.kind != "count":
        return of_whole or takes_up
    kind = nouns(part, whole)
    if (
        part.noun in told.of
        and _OF_THEM.match(article.masked(part.sentence).around(part)[1])
        and _is_done(article, part.noun, whole)
    ):
        return True  # "among 168 that have closed", "112 of the closings", "four-fifths of the closings"
    if kind == "other":
        return False
    if kind in ("same", "like") and part.sentence != whole.sentence:
        return of_whole or takes_up or any(_names(word, part) for word in told.of)
    if _is_partitive(article, part, whole):
        return of_whole or (0 <= gap <= 2 and abs(part.sentence - whole.sentence) <= 2)
    return of_whole and is_person(whole) and not part.noun


def _is_done(article: Article, deed: str, whole: Claim) -> bool:
    """Whether what a noun of action says is told of a figure by its verb: of the closings, "168 have closed"."""
    stem = re.sub(r"(?:ings?|ions?|ments?|s)$", "", deed)
    return len(stem) >= 4 and stem != deed and re.search(rf"\b{stem}", article.text(whole.sentence)) is not None


def _names(word: str, claim: Claim) -> bool:
    """Whether a word names what a figure counts, or what it is said of."""
    own = (claim.noun, claim.subject)
    return any(noun and (word == noun or likeness(word, noun) >= _LIKE) for noun in own)


def _is_partitive(article: Article, part: Claim, whole: Claim) -> bool:
    """Whether the words make one figure a part of the other: "800 of them", "Of these, 800", "of the 1,060 services 212"."""
    before, behind = article.masked(part.sentence).around(part)
    if part.sentence == whole.sentence:
        return (
            whole.start < part.start and _OF_WHOLE.search(article.masked(whole.sentence).around(whole)[0]) is not None
        )
    return bool(_OF_THEM.match(behind) or _BEFORE_THEM.search(before))
