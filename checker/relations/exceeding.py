"""Parts that are more than any count of what they are said to be of: "runs 88 routes ... drop 94 of its bus routes", "2.9 million
containers ... 3.6 million of the boxes"; one month "alone" that is more than the months told with it; more people than were
aboard, or than a chamber has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from checker.language.article import Article
from checker.language.english import lemma
from checker.model import BlockKind, Claim, Hedge, Relation
from checker.patterns import lazy
from checker.relations.levels import is_digest, times
from checker.relations.wholes import group_of, may_name

_BODY = frozenset({BlockKind.BODY, BlockKind.QUOTE, BlockKind.LIST_ITEM, BlockKind.CAPTION})
_REACH = 10  # sentences back to a whole
_LEAST, _TIMES = 8, 2  # the least whole, and how many times as much a part may be that is a slip
_LIKE = 60
_OPEN = frozenset({Hedge.AT_LEAST, Hedge.AT_MOST, Hedge.LESS_THAN})
# counts of "of the cases", "of that number" are of whatever was counted before
_ANY = frozenset("case number total figure sum one individual".split())
_ALONE = lazy(
    r"\b(?:[Ii]n|[Dd]uring|[Oo]n|[Oo]ver|[Ff]or)? ?(?:the )?(?:‹[dl]\d+›|[a-z]+ (?:half|quarter|month|week|day|year|weekend|season)|January|February|March|April|May|June|July|August|September|October|November|December|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day) alone\b"
)
_OTHER = lazy(r"\b(?:sister|rival|other|another|neighbou?ring|whole|entire)\b")


def find(article: Article) -> Iterable[Relation]:
    """``part-of`` relations: the part cannot be more than the whole."""
    for sentence in article.sentences:
        claims = article.by_sentence.get(sentence.index, ())
        if not claims or article.block(sentence).kind not in _BODY or is_digest(article, sentence.index):
            continue
        for part in claims:
            if _is_part(part):
                yield from _of_group(article, part)
                yield from _of_all(article, part)
        if " alone" in article.text(sentence.index):
            yield from _alone(article, sentence.index, claims)


def _is_part(claim: Claim) -> bool:
    if claim.kind != "count" or claim.figure is None or not claim.value or claim.value < 3 or claim.other:
        return False
    return claim.figure.hedge not in _OPEN and claim.role in ("level", "change", "to") and claim.modality != "denied"


def _is_whole(article: Article, claim: Claim) -> bool:
    """Whether a claim counts a group: a noun stands behind it, and it is no part of another."""
    if claim.kind != "count" or claim.figure is None or not claim.noun or not claim.value or claim.sentence < 0:
        return False
    if (
        claim.end <= claim.figure.end
        or claim.other
        or claim.figure.hedge in _OPEN
        or claim.role in ("rate", "than", "from")
    ):
        return False
    return claim.modality != "denied" and group_of(article, claim)[0] is None and not is_digest(article, claim.sentence)


def _of_group(article: Article, part: Claim) -> Iterator[Relation]:
    """A part that is more than the largest count, before it, of what it is said to be of."""
    noun = _group_noun(article, part)
    if not noun or part.value is None:
        return
    known = [c for c in article.claims if c.id != part.id and c.kind == "count" and c.value and _names(noun, c)]
    if any(c.widest.high is None or c.widest.high >= part.value for c in known):
        return
    wholes = [
        c for c in known
        if _is_whole(article, c) and (c.block, c.start) < (part.block, part.start) and part.sentence - c.sentence <= _REACH
        and times(c, part) not in ("before", "after")
    ]  # fmt: skip
    if any(_together(article, c) >= part.value for c in wholes):
        return  # "88 buses in the city and 41 in the county"
    whole = max(wholes, key=lambda c: (c.value or 0, c.start), default=None)
    if whole is not None and whole.value is not None and whole.value >= _LEAST and part.value < _TIMES * whole.value:
        yield _relation(part, whole)


_ALL = lazy(r"\b[Aa]ll (?:of )?(?:(?:the|its|their|his|her) )?$")
_FROM = lazy(r" from (?:the )?(?:village|town|island|hamlet|(?P<name>[A-Z][\w’'-]+))\b")
_DWELLERS = frozenset("inhabitant resident villager islander".split())


def _of_all(article: Article, part: Claim) -> Iterator[Relation]:
    """More of them than all that there are: "All 340 recruits were tested", "429 recruits carried the bacterium"."""
    if (
        part.value is None
        or part.figure is None
        or part.end <= part.figure.end
        or part.role != "level"
        or part.names
        or _OTHER.search(article.text(part.sentence))
    ):
        return
    found = _FROM.match(article.block(part).text, part.end)
    nouns = _DWELLERS | {"person"} if found else {part.noun}
    known = [
        c for c in article.claims if c.id != part.id and c.kind == "count" and c.value and c.noun in nouns | {part.noun}
    ]
    if (
        not part.noun
        or part.noun not in nouns
        or any(c.widest.high is None or c.widest.high >= part.value for c in known)
    ):
        return
    wholes = [
        c for c in known
        if _is_whole(article, c) and c.noun != "person" and 0 < part.sentence - c.sentence <= _REACH and times(c, part) not in ("before", "after")
        and _ALL.search(article.block(c).text, max(0, c.start - 14), c.start) and part.modifiers <= c.modifiers
    ]  # fmt: skip
    if len({c.value for c in wholes}) == 1 and len(wholes) == 1 and part.modality == "asserted":
        whole = wholes[0]
        if whole.value is not None and whole.value >= _LEAST and part.value < _TIMES * whole.value:
            yield _relation(part, whole)


# "Of the locations on the list, 47 are", "Among the singers 83 are over 70", "of the children 71 come on foot"
_AHEAD = lazy(
    r"(?:^|[.;:,(—–] |\b(?:that|and|but|said) )[\"“]?(?:[Oo]f|[Oo]ut of|[Aa]mong|[Aa]mongst) (?:all )?(?:the|those|these|its|their|his|her|our) "
    r"(?:[a-z-]+ ){0,2}?(?P<noun>[a-z]+s|people|children|men|women|staff|sheep|cattle|deer)"
    r"(?:,| (?:on|in|at|to|from|with|under|of|for|by|that|who|which|being|left|there|still|already|to be) [^.;:,‹›]{1,40},)? "
    r"(?:(?:only|just|about|some|more than|at least|no fewer than|as many as|nearly|almost|around) )*$"
)


def _group_noun(article: Article, part: Claim) -> str:
    """The noun that a part is said to be of, behind it or ahead of it."""
    noun, _, _ = group_of(article, part)
    if noun is not None:
        return "" if noun.tag == "DT" else noun.lemma
    if part.figure is None or part.end > part.figure.end + 1:
        return ""
    found = _AHEAD.search(article.masked(part.sentence).around(part)[0])
    return lemma(found["noun"], "NNS") if found is not None else ""


def _together(article: Article, whole: Claim) -> Fraction:
    """What the counts of a whole's sentence that are of its kind come to together."""
    counts = [c for c in article.by_sentence.get(whole.sentence, ()) if c.kind == "count" and c.noun == whole.noun]
    return sum((c.value or Fraction(0) for c in counts), Fraction(0))


def _names(noun: str, claim: Claim) -> bool:
    """Whether a noun may name what a claim counts."""
    return bool(claim.noun) and (noun in _ANY or claim.noun == noun or may_name(noun, claim.noun))


def _relation(part: Claim, whole: Claim) -> Relation:
    return Relation("part-of", {"part": (part,), "whole": (whole,)}, 0.85, "if this is the group")


def _alone(article: Article, index: int, claims: Sequence[Claim]) -> Iterator[Relation]:
    """What one month, half or day "alone" saw, and what the longer time before it did."""
    if not _ALONE.search(article.masked(index).text) or _OTHER.search(article.text(index)):
        return
    own = [
        c for c in claims if c.kind in ("count", "money", "measure") and c.value and c.role in ("level", "change", "to")
    ]
    own = [c for c in own if c.kind != "count" or c.noun]
    if len(own) != 1:
        return
    part = own[0]
    alike = [c for c in article.claims if c.id != part.id and _is_same(part, c) and c.sentence < index]
    near = [c for c in alike if index - c.sentence <= _REACH]
    if not near or part.value is None or any(c.widest.high is None or c.widest.high >= part.value for c in alike):
        return
    whole = max(near, key=lambda c: c.value or 0)
    if whole.value is not None and part.value < _TIMES * whole.value and whole.role in ("level", "to"):
        yield _relation(part, whole)


def _is_same(part: Claim, claim: Claim) -> bool:
    if not claim.value or (claim.kind, claim.unit) != (part.kind, part.unit) or claim.sentence < 0:
        return False
    return claim.kind != "count" or claim.noun == part.noun
