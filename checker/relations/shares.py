"""Shares: a percentage or a fraction of a whole whose part is given too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from checker.language.article import Article, Masked
from checker.model import Claim, Relation
from checker.relations.parts import is_person

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


def find(article: Article) -> Iterable[Relation]:
    """``share-of`` relations within sentences: part = share of whole."""
    for sentence in sorted(article.by_sentence):
        claims = article.by_sentence[sentence]
        if sentence >= 0 and len(claims) >= 3 and any(claim.kind in ("percent", "ratio") for claim in claims):
            yield from _inside(article.masked(sentence))


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
