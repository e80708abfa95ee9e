"""Shares of a group of which the article tells one part and one whole: "Half of the shops stand empty" and, further on,
"18 of the 72 units are vacant".

What makes the link sure is that there is nothing else that it could be of: the words tie the part to its whole ("of the",
"of them", a bare number right behind it), share and pair speak of one group and say one thing of it, and the pair bears out
no other share, nor any other pair the share.  A part that stands right beside its percentage ("720, or 25%") is its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from checker.data import lexicon
from checker.language.article import Article
from checker.language.words import likeness, rarity
from checker.model import BlockKind, Claim, Interval, Relation
from checker.patterns import lazy
from checker.relations import parts
from checker.relations.levels import ends, is_digest, times
from checker.relations.shares import Share, own_parts, own_whole_of, questions
from checker.relations.slipped_shares import lost
from checker.relations.topics import LIGHT, opening
from checker.relations.wholes import group_of, kinds

_LIKE = 60  # the likeness of nouns from which they name one group
_SAME = 80  # the likeness of words that say one thing
_RARE = 0.25  # how rare a word is that says anything
_LIGHT = LIGHT | frozenset("find ask want need plan expect use leave keep put mean think know".split())
_NEAR, _BACK = 3, 12  # sentences from a whole to its part; figures among which the one is looked for from the other
_LEAST, _MOST = 8, 200  # the least whole, and how many times its part it may be
_TIMES = Fraction(10, 3)  # how many times a share told may be the one that two figures make
_BODY = frozenset({BlockKind.BODY, BlockKind.QUOTE, BlockKind.LIST_ITEM, BlockKind.CAPTION})
_NO_PART = lazy(r" (?:more|fewer|less|ahead|behind|points?|others?|further|additional|extra)\b|-")
_BY = lazy(r"\b(?:by|another|a further) $")


@dataclass(frozen=True, slots=True)
class Pair:
    """A part and its whole; `tie` is 3 where words like "of" tie them, 2 where the part leaves the whole's noun out."""

    part: Claim
    whole: Claim
    tie: int


@dataclass(frozen=True, slots=True)
class _Link:
    """How a share and a pair belong together: in points for the group that both name and for what is said of it."""

    pair: Pair
    group: int
    says: int

    @property
    def points(self) -> int:
        return self.pair.tie + self.group + self.says


def find(article: Article) -> Iterable[Relation]:
    """``share-of`` relations of shares that the only pair of figures that they can be of does not bear out."""
    told = [share for share in (*questions(article), *lost(article)) if share.type != "most"]
    if not told:
        return
    known = pairs(article)
    for share in told if known else ():
        pair = _own(article, share, known) or _named(article, share, known, told)
        if pair is not None:
            roles = {"share": (share.claim,), "whole": (pair.whole,), "part": (pair.part,)}
            yield Relation("share-of", roles, 0.85, "if the share is of these", {"scale": share.unit})


# ------------------------------------------------------------------------------------------------------ parts and wholes


@lru_cache(maxsize=2)
def pairs(article: Article) -> tuple[Pair, ...]:
    """The parts of an article's groups, each with its whole."""
    found: dict[tuple[int, int], Pair] = {}
    for relation in parts.find(article):
        part, whole = relation.roles["part"][0], relation.roles["whole"][0]
        if relation.confidence >= 0.9 and _is_less(part, whole):
            found[part.id, whole.id] = Pair(part, whole, 3)
    sizes = [c for c in article.claims if _is_size(article, c)]
    for number, part in enumerate(sizes):
        if not is_bare(part) or part.role != "level" or _is_no_part(article, part):
            continue
        for whole in reversed(sizes[max(0, number - _BACK) : number]):
            if part.sentence - whole.sentence >= _NEAR or is_bare(whole) or not _is_less(part, whole):
                continue
            if not _apart(article, part, whole) and _is_told_apart(article, part, whole):
                found.setdefault((part.id, whole.id), Pair(part, whole, 2))
            break
    return tuple(found.values())


def _is_less(part: Claim, whole: Claim) -> bool:
    if part.value is None or whole.value is None or part.kind != "count" or whole.kind != "count":
        return False
    return whole.value >= _LEAST and part.value < whole.value <= _MOST * part.value


def _is_size(article: Article, claim: Claim) -> bool:
    if claim.kind != "count" or not claim.value or claim.value <= 0 or claim.figure is None or claim.sentence < 0:
        return False
    if claim.other or claim.modality == "denied" or claim.role in ("rate", "change", "than", "from"):
        return False
    if article.block(claim).kind not in _BODY or is_digest(article, claim.sentence):
        return False
    return not (is_bare(claim) and 1900 <= claim.value <= 2100)


def is_bare(claim: Claim) -> bool:
    """Whether no noun stands behind a figure."""
    return claim.figure is not None and claim.end <= claim.figure.end


def _is_no_part(article: Article, claim: Claim) -> bool:
    """Whether the words around a bare number make it a margin, an addition or a compound."""
    text = article.block(claim).text
    return bool(_NO_PART.match(text, claim.end) or _BY.search(text, max(0, claim.start - 12), claim.start))


def _apart(article: Article, part: Claim, whole: Claim) -> bool:
    """Whether two figures are of two times, or a part of long ago ("In 2021 there were 23")."""
    if times(part, whole) in ("before", "after"):
        return True
    published, last = article.document.date, part.when.high if part.when is not None else None
    return published is not None and last is not None and whole.when is None and last < published.toordinal() - 366


def _is_told_apart(article: Article, part: Claim, whole: Claim) -> bool:
    """Whether a part has a verb of its own: "351,200 cars in America and 35,100 in Canada" are two of one list."""
    if part.sentence != whole.sentence:
        return True
    return any(t.is_verb and whole.end <= t.start <= part.end + 1 for t in article.tokens(part.sentence))


# ---------------------------------------------------------------------------------------------------------------- shares


def _own(article: Article, share: Share, known: tuple[Pair, ...]) -> Pair | None:
    """The pair of the part that stands right beside a percentage, where no figure of the article is its whole."""
    if share.type != "percent" or share.claim.role not in ("level", "share") or not is_bare(share.claim):
        return None  # "a five percent sales tax"
    beside = {part.id for part in own_parts(article, share.claim)}
    mine = [pair for pair in known if pair.part.id in beside]
    if not mine or any(
        _holds(share, Pair(pair.part, c, 0)) for pair in mine for c in article.claims if c.value and c.kind == "count"
    ):
        return None
    pair = max(mine, key=lambda pair: (pair.tie, pair.whole.start))
    return pair if _is_like(share, pair) else None


def _named(article: Article, share: Share, known: tuple[Pair, ...], told: list[Share]) -> Pair | None:
    """The only pair of the group that a share is said to be of, where the words tie the three together."""
    links = sorted(
        (_link(article, share, pair) for pair in known if _is_like(share, pair)), key=lambda link: -link.points
    )
    if not links or not (article.is_display(share.claim) or opening(article, share.claim)):
        return None  # further on a share may be of some of them only
    if any(part.id != links[0].pair.part.id for part in own_parts(article, share.claim)):
        return None  # "612 votes, or 5.8 percent" is no share of 58 ballots
    best = links[0]
    if any(link.points == best.points for link in links[1:]) or not _is_sure(article, share, best):
        return None
    if any(link.points >= best.points - 3 and _holds(share, link.pair) for link in links):
        return None
    others = [
        o for o in told if o is not share and (_group(article, o, best.pair) >= 2 or _is_near(o.claim, best.pair.part))
    ]
    return None if any(_holds(other, best.pair) for other in others) else best.pair


def _is_near(claim: Claim, part: Claim) -> bool:
    return not claim.noun and abs(claim.sentence - part.sentence) <= 2


def _is_sure(article: Article, share: Share, link: _Link) -> bool:
    """Whether group, tie and what is said make a link sure; where the pair says the contrary ("not inspected") what is
    left of the whole would be the share."""
    pair = link.pair
    if (
        is_bare(pair.whole)
        or pair.part.sentence == share.claim.sentence
        or link.group < 2
        or _holds(share, pair, rest=True) > (link.says == 2 and pair.tie == 3)
    ):
        return False
    if times(share.claim, pair.part) in ("before", "after"):
        return False
    if not share.claim.modifiers <= pair.whole.context | pair.whole.modifiers and not article.is_display(share.claim):
        return False  # "76 per cent of the electric cars", of which "5,400 of 22,500 cars" tells
    own_whole = own_whole_of(article, share.claim)
    if own_whole is not None and own_whole is not pair.whole:
        return False
    return link.says == 2 or (pair.tie == 3 and article.is_display(share.claim))


def _link(article: Article, share: Share, pair: Pair) -> _Link:
    return _Link(pair, _group(article, share, pair), _says(share, pair))


def _group(article: Article, share: Share, pair: Pair) -> int:
    """How surely a share and a pair are of one group: 3 by the same noun, 2 by one that is like it."""
    noun = share.claim.noun
    if not noun or not _is_plural(article, share.claim):
        return 0
    of, _, _ = group_of(article, pair.part)
    own = {pair.whole.noun, of.lemma if of is not None else ""} - {""}
    if noun in own:
        return 3
    return 2 if any(likeness(noun, word) >= _LIKE or kinds(noun) & kinds(word) for word in own) else 0


def _is_plural(article: Article, claim: Claim) -> bool:
    """Whether a share's noun names several things, or a group of them: no "60 percent of the global economy"."""
    known = lexicon("shares")
    if kinds(claim.noun) or claim.noun in known["of_things"].split() or claim.noun in known["of_people"].split():
        return True
    tokens = article.tokens(claim.sentence)
    return any(
        (t.lemma == claim.noun and t.tag in ("NNS", "NNPS")) or t.lower == "people"
        for t in tokens
        if t.start >= claim.start
    )


def _says(share: Share, pair: Pair) -> int:
    """2 where a word that says something of a share's group, and not its name, is said of the part too."""
    group = {share.claim.noun, pair.part.noun, pair.whole.noun, *share.claim.modifiers, *pair.whole.modifiers}
    mine, its = (
        {w for w in claim.context if w not in group and w not in _LIGHT and rarity(w) >= _RARE}
        - {n.lower() for n in claim.names}
        for claim in (share.claim, pair.part)
    )
    return 2 if any(likeness(a, b) >= _SAME for a in mine for b in its) else 0


def _ratio(pair: Pair) -> Interval:
    (low, high), (least, most) = ends(pair.part), ends(pair.whole)
    return Interval(low / most, high / least)


def _holds(share: Share, pair: Pair, rest: bool = False) -> bool:
    told = share.claim.widest.scaled(share.unit)
    ratio = _ratio(pair).scaled(-1, 1) if rest else _ratio(pair)
    return not ratio.meet(told).is_empty


def _is_like(share: Share, pair: Pair) -> bool:
    """Whether what two figures make is near enough to a share to be meant by it."""
    assert share.claim.value is not None and pair.part.value is not None and pair.whole.value is not None
    ratio = share.claim.value * share.unit * pair.whole.value / pair.part.value
    return ratio <= _TIMES and ratio * _TIMES >= 1
