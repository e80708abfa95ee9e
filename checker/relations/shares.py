"""Shares: a percentage or a fraction of a whole whose part is given too.

In one sentence the words tie all three.  Over several sentences they tie two of them, and the third is sought: one that
fits is taken; one that does not fit only where a slip of the hand explains the difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction

from checker.language.article import Article, Masked
from checker.model import Claim, Interval, Relation
from checker.relations import parts
from checker.relations.parts import is_person
from checker.relations.slips import shape, size
from checker.relations.topics import opening, same_topic, shared

_SHARE = r"‹(?P<sharek>[pr])(?P<share>\d+)›"
_PATTERNS = [
    # "12% of the 500 jobs, or 60," / "a third of its 1,200 staff, some 400,"
    re.compile(
        _SHARE + r" of (?:(?:the|its|their|all|those|his|her|a total of|some|a|an) ){0,2}(?:[a-z-]+ ){0,2}?‹(?P<wholek>[nmu])(?P<whole>\d+)›"
        r"(?P<mid>[^‹›;:.]{0,40}?)(?:,| -| –| —| \() ?(?:or |that is |i\.e\. |equal to |equivalent to |a total of |just |only |some )*‹(?P<partk>[nmu])(?P<part>\d+)›(?=[,.;)–—-]| [a-z])"
    ),
    # "60 jobs, or 12% of the 500" / "60, or 12 percent, of the 500 jobs"
    re.compile(
        r"‹(?P<partk>[nmu])(?P<part>\d+)›(?P<mid>[^‹›;:.()]{0,40}?),? ?(?:\(|or |that is |- |– |— )(?:about |some |nearly |just |only )*" + _SHARE
        + r"\)?,? of (?:(?:the|its|their|all|those|his|her|a total of) ){0,2}(?:[a-z-]+ ){0,2}?‹(?P<wholek>[nmu])(?P<whole>\d+)›"
    ),
    # "Of the 500 jobs, 60, or 12%, ..." / "Of 1,060 services, 212 (20%) were cancelled"
    re.compile(
        r"\b[Oo](?:f|ut of) (?:(?:the|its|their|all|those|a total of) ){0,2}(?:[a-z-]+ ){0,2}?‹(?P<wholek>[nm])(?P<whole>\d+)›[^‹›;:.]{0,60}?, ‹(?P<partk>[nm])(?P<part>\d+)›(?P<mid>[^‹›;:.]{0,15}?),? ?(?:\(|or )(?:about |some |nearly )*"
        + _SHARE
    ),
]  # fmt: skip


# "Among them, 71 percent have been upgraded": the whole stands in the sentence before
_AMONG_THEM = re.compile(
    rf"^[\"“]?(?:Among|Of|Amongst) (?:them|these|those|that (?:total|sum|amount)|the total),? (?:only |just |about |some |nearly )?{_SHARE}"
)
_OF_THEM = re.compile(
    rf"^[\"“]?(?:[A-Z][a-z]+ )?{_SHARE} of (?:them|these|those|that (?:total|sum|amount)|the total|it)\b"
)
# "4 percent of the fund's value, which means a draw of $150 million"; "20 percent of its staff, or 150 jobs"
_SHARE_PART = re.compile(
    _SHARE
    + r" of (?P<of>[^‹›.;:]{3,60}?),? (?:or|which (?:for [a-z ]{3,30} )?(?:means|meant|is|was|comes to|amounts to|would mean)|that is|equal to|equivalent to|worth|amounting to) "
    r"(?:about |some |nearly |just |more than |a [a-z]+ of |[a-z]+ of )?‹(?P<partk>[nmu])(?P<part>\d+)›"
)
_RELATED = 0.3  # the rarity of shared words from which a third figure may belong to the two


def find(article: Article) -> Iterable[Relation]:
    """``share-of`` relations: part = share of whole."""
    tied: set[int] = set()
    for sentence in sorted(article.by_sentence):
        claims = article.by_sentence[sentence]
        if sentence >= 0 and len(claims) >= 3 and any(claim.kind in ("percent", "ratio") for claim in claims):
            for relation in _inside(article.masked(sentence)):
                tied.update(claim.id for claim in relation.claims)
                yield relation
    seen: set[int] = set()
    for relation in (*_of_before(article, tied), *_told_part(article, tied), *_pairs(article, tied)):
        share = relation.roles["share"][0]
        if id(share) not in seen:
            seen.add(id(share))
            yield relation


def _inside(masked: Masked) -> Iterator[Relation]:
    seen: set[tuple[int, int, int]] = set()
    for pattern in _PATTERNS:
        for match in masked.finditer(pattern):
            key = (int(match["share"]), int(match["whole"]), int(match["part"]))
            share, whole, part = (masked.claims[i] for i in key)
            if key in seen or match["wholek"] != match["partk"] or not fits(share, whole, part):
                continue
            seen.add(key)
            yield share_of(share, whole, part, 0.94)


def fits(share: Claim, whole: Claim, part: Claim) -> bool:
    """Whether three claims can be a share, a whole and a part of it."""
    if (
        share.unit in ("pp", "bp", "times")
        or share.value is None
        or share.value <= 0
        or whole.value is None
        or part.value is None
    ):
        return False
    if share.role == "change" or (whole.unit != part.unit and whole.kind != "count") or share.value > 100:
        return False
    if (
        whole.kind == "count"
        and whole.noun
        and part.noun
        and whole.noun != part.noun
        and is_person(whole) != is_person(part)
    ):
        return False
    return part.role not in ("from", "than", "change") and not part.other


def share_of(share: Claim, whole: Claim, part: Claim, confidence: float) -> Relation:
    scale = Fraction(1, 100) if share.kind == "percent" else Fraction(1)
    return Relation(
        "share-of", {"share": (share,), "whole": (whole,), "part": (part,)}, confidence, constants={"scale": scale}
    )


# ---------------------------------------------------------------------------------------------- over several sentences


def _levels(article: Article, like: Claim) -> list[Claim]:
    """The claims that can be a whole or a part beside another: kind and unit the same, a level that is said to be so."""
    return [
        claim
        for claim in article.claims
        if claim.kind == like.kind
        and claim.unit == like.unit
        and claim.value
        and claim.role not in ("from", "than", "change", "rate")
        and claim.modality != "denied"
    ]


def _of_before(article: Article, tied: set[int]) -> Iterator[Relation]:
    """The share and the whole in neighbouring sentences, the part anywhere."""
    for sentence in article.sentences:
        masked = article.masked(sentence.index)
        match = _AMONG_THEM.match(masked.text) or _OF_THEM.match(masked.text)
        if not match or sentence.index == 0:
            continue
        share = masked.claim(match, "share")
        before = [
            c
            for c in article.by_sentence.get(sentence.index - 1, ())
            if c.kind in ("count", "money", "measure") and c.value
        ]
        if (
            share.id in tied
            or len({(c.kind, c.unit) for c in before}) != 1
            or article.sentences[sentence.index - 1].block < sentence.block - 1
        ):
            continue
        whole = before[-1]
        parts = [
            c
            for c in _levels(article, whole)
            if _value(c) < _value(whole) and c not in before and fits(share, whole, c)
        ]
        yield from _third(share, [whole], parts, "part")


def _told_part(article: Article, tied: set[int]) -> Iterator[Relation]:
    """The share and the part in one sentence, the whole anywhere."""
    for sentence in article.sentences:
        masked = article.masked(sentence.index)
        for match in masked.finditer(_SHARE_PART):
            share, part = masked.claim(match, "share"), masked.claim(match, "part")
            if share.id in tied or not part.value:
                continue
            wholes = [
                c
                for c in _levels(article, part)
                if _value(c) > _value(part) and c.sentence != part.sentence and fits(share, c, part)
            ]
            yield from _third(share, wholes, [part], "whole")


def _pairs(article: Article, tied: set[int]) -> Iterator[Relation]:
    """The whole and its part tied by the words, the share in an opening or near them."""
    pairs = [relation for relation in parts.find(article) if relation.confidence >= 0.9]
    shares = [c for c in article.claims if c.kind in ("percent", "ratio") and c.id not in tied and c.value]
    for share in shares:
        if (
            share.unit in ("pp", "bp", "times")
            or share.role in ("change", "from", "than")
            or share.modality == "denied"
        ):
            continue
        found = [(r.roles["whole"][0], r.roles["part"][0]) for r in pairs]
        found = [(w, p) for w, p in found if p.sentence != share.sentence and fits(share, w, p) and w.value and p.value]
        borne = [(w, p) for w, p in found if _holds(share, w, p) and (related(share, w) or related(share, p))]
        if borne:
            yield share_of(share, *borne[0], 0.9)
            continue
        if not opening(article, share):
            continue
        doubtful = [(w, p) for w, p in found if share.noun and share.noun == w.noun]
        for whole, part in doubtful:
            if _slipped(share, whole, part):
                yield replace(share_of(share, whole, part, 0.85), assumes="if the share is of these")
                break
        else:
            large = [pair for pair in found if _value(pair[0]) >= 20]
            alone = share.kind == "ratio" and len(large) == 1 and _only(article, share)
            if alone and (large[0] in doubtful or re.search(r"\b(?:in|out of)\b", share.text)):
                yield replace(share_of(share, *large[0], 0.7), assumes="if the share is of these")


def _value(claim: Claim) -> Fraction:
    return claim.value if claim.value is not None else Fraction(0)


def _only(article: Article, share: Claim) -> bool:
    """Whether no other fraction stands in the article's openings."""
    others = [c for c in article.claims if c.kind == "ratio" and c.unit != "times" and opening(article, c)]
    return all(c.value == share.value for c in others)


def _third(share: Claim, wholes: list[Claim], candidates: list[Claim], missing: str) -> Iterator[Relation]:
    """The relation with the third figure that fits best, or with one that a slip keeps from fitting."""
    pairs = [(whole, part) for whole in wholes for part in candidates]
    pairs.sort(key=lambda pair: -max(shared(share, pair[0]), shared(*pair)))
    for whole, part in pairs:
        if _holds(share, whole, part) and (related(share, whole) or related(whole, part) or related(share, part)):
            yield share_of(share, whole, part, 0.9)
            return
    for whole, part in pairs:
        other = whole if missing == "whole" else part
        known = share if missing == "whole" else whole
        if related(known, other) and _slipped(share, whole, part):
            yield replace(share_of(share, whole, part, 0.8), assumes=f"if this is the {missing}")
            return


def related(a: Claim, b: Claim) -> bool:
    """Whether two claims share what they are said of, or rare words."""
    return shared(a, b) >= _RELATED or same_topic(a, b)


def _holds(share: Claim, whole: Claim, part: Claim) -> bool:
    """Whether a part is the share of the whole, each as it is meant."""
    scale = Fraction(1, 100) if share.kind == "percent" else Fraction(1)
    s, w = share.intended, whole.intended
    if s.low is None or s.high is None or w.low is None or w.high is None:
        return True
    return not Interval(s.low * scale * w.low, s.high * scale * w.high).meet(part.intended).is_empty


def _slipped(share: Claim, whole: Claim, part: Claim) -> bool:
    """Whether one of the figures is a slip of the hand away from what the other two imply."""
    assert share.value and whole.value and part.value and share.figure and part.figure
    scale = Fraction(1, 100) if share.kind == "percent" else Fraction(1)
    implied = share.value * scale * whole.value
    if implied.denominator == 1 and _is_slip(implied, part.value, 2):
        return True
    if share.kind != "percent" or share.figure.step <= 0:
        return False
    percent = round(100 * part.value / whole.value / share.figure.step) * share.figure.step
    return _is_slip(percent, share.value, 2)


def _is_slip(a: Fraction, b: Fraction, digits: int) -> bool:
    return a > 0 and a != b and size(a, b) >= digits and shape(a, b) in ("transposition", "one-digit", "scale")
