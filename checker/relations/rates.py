"""Rates and totals: "240 flats at £850 a month" makes £204,000 a month; "26 classes with an average of 42 pupils" 1,092."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from checker.language.article import Article
from checker.model import BlockKind, Claim, Interval, Relation
from checker.relations.slips import shape, size

_ADVERB = r"(?:an average of |on average |about |just |only |exactly |a (?:single |one-off |flat |further )?[a-z]+ of |up to )*"
_EACH = [
    # "each of the 240 flats is let at £850 a month", "each of the 12 winners gets $5,000"
    re.compile(rf"\b[Ee](?:ach|very one) of (?:the |its |their |these )?‹n(?P<count>\d+)›[^‹›.;:]{{0,60}}? {_ADVERB}‹(?P<kind>[mnu])(?P<rate>\d+)›"),
    # "26 classes with an average of 42 pupils in each", "1,500 households will receive a single payment of $800"
    re.compile(r"‹n(?P<count>\d+)›[^‹›.;:]{0,60}? (?:an average of|averaging|each (?:with|of|holding|costing|worth|paying|getting|received?|receiving)) (?:about |some )?‹(?P<kind>[mnu])(?P<rate>\d+)›"),
    re.compile(r"‹n(?P<count>\d+)›[^‹›.;:]{0,40}? (?:will |would |are to |were to |have )?(?:receive|received|get|got|be paid|paid|pay|been given|be given|is to get) (?:each )?(?:a (?:[a-z-]+ ){0,2}(?:payment|bonus|grant|sum|rebate|check|cheque|refund|fee|fine) of )‹(?P<kind>m)(?P<rate>\d+)›"),
    # "12,000 tickets at £45 each", "40 seats at $25 a head", "800 tonnes at $120 a tonne"
    re.compile(r"‹n(?P<count>\d+)›[^‹›.;:]{0,40}? (?:at|for|costing|worth|priced at|sold at|sold for|of) (?:about |around |some )?‹(?P<kind>m)(?P<rate>\d+)›(?: each| apiece| per [a-z]+| a (?:head|piece|person|share|ticket|copy|seat|night)|(?=[^‹›.;:]{0,20} each\b))"),
]  # fmt: skip
_APIECE = re.compile(r"^(?: each| apiece| in each| per [a-z]+| a (?:head|piece|person|share|ticket|copy|seat|night))")
_TOTAL = re.compile(
    r"\b(?:total|cost|costs|costing|bill|income|revenue|takings|proceeds|raise[sd]?|bring(?:s|ing)? in|make[s]?|earn\w*|spend\w*|worth|sum|altogether|in all|enrol\w*|pay\w*|value[d]?|budget|grown to|collect\w*|charge[sd]?|come to|amount\w*|attend\w*|seats?|hold\w*|produc\w*|output)\b",
    re.I,
)
_BODY = frozenset({BlockKind.BODY, BlockKind.QUOTE, BlockKind.LIST_ITEM, BlockKind.HEADLINE, BlockKind.DEK})


@dataclass(frozen=True, slots=True)
class Rate:
    """So many at so much each."""

    count: Claim
    each: Claim


def find(article: Article) -> Iterable[Relation]:
    """``rate-total`` relations: total = rate x count."""
    for rate in rates(article):
        totals = _totals(article, rate)
        product = _product(rate)
        fitting = [claim for claim in totals if not claim.intended.meet(product).is_empty]
        if fitting:
            yield _relation(rate, fitting[0], 0.9)
            continue
        for claim in totals:
            if _must_be(article, rate, claim):
                yield _relation(rate, claim, 0.85, "if this is the total")
                break


def rates(article: Article) -> Iterator[Rate]:
    """Every "so many at so much each" of an article."""
    seen: set[tuple[int, int]] = set()
    for sentence in article.sentences:
        if article.block(sentence).kind not in _BODY or len(article.by_sentence.get(sentence.index, ())) < 2:
            continue
        masked = article.masked(sentence.index)
        for pattern in _EACH:
            for match in masked.finditer(pattern):
                count, each = masked.claim(match, "count"), masked.claim(match, "rate")
                if (
                    not count.value
                    or not each.value
                    or count.value < 2
                    or (count.id, each.id) in seen
                    or count.role == "rate"
                ):
                    continue
                if match["kind"] == "n" and not (each.noun and each.noun != count.noun):
                    continue
                seen.add((count.id, each.id))
                yield Rate(count, each)


def _totals(article: Article, rate: Rate) -> list[Claim]:
    """Figures that could be the total: of the rate's own kind and period, larger than it, the nearest first."""
    each = rate.each
    base, _, per = each.unit.partition("/")
    fixed = per in ("", "month", "year", "week", "day", "annum")
    found = [
        claim
        for claim in article.claims
        if claim.kind == each.kind
        and claim.unit.split("/")[0] == base
        and claim.value is not None
        and claim.value > (each.value or 0)
        and claim.id not in (each.id, rate.count.id)
        and claim.role not in ("change", "from", "than")
        and (
            each.kind != "count"
            or not claim.noun
            or claim.noun == each.noun
            or claim.verb in ("grow", "enrol", "enroll", "total", "have")
        )
        and (not fixed or not claim.unit.partition("/")[2] or claim.unit.partition("/")[2] == per)
    ]
    return sorted(found, key=lambda claim: abs(claim.sentence - each.sentence))


def _product(rate: Rate) -> Interval:
    a, b = rate.count.intended, rate.each.intended
    if a.low is None or a.high is None or b.low is None or b.high is None:
        return Interval()
    return Interval(a.low * b.low, a.high * b.high)


def _must_be(article: Article, rate: Rate, claim: Claim) -> bool:
    """Whether a figure that is not the product must still be the total: near it in words and place, or by a slip."""
    assert rate.count.value is not None and rate.each.value is not None and claim.value is not None
    exact = rate.count.value * rate.each.value
    slip = size(exact, claim.value) >= 3 and shape(exact, claim.value) in (
        "transposition",
        "one-digit",
        "dropped",
        "scale",
    )
    near = abs(claim.sentence - rate.each.sentence) <= 2
    told = bool(_TOTAL.search(article.text(claim.sentence))) if claim.sentence >= 0 else False
    if slip and (near or told):
        return True
    comes_near = Fraction(1, 2) <= claim.value / exact <= 2 and claim.kind == "money"
    return bool(comes_near and told and near and _own_unit(rate, claim))


def _own_unit(rate: Rate, claim: Claim) -> bool:
    """Whether rate and total are of one period: a monthly rate against a sum of no period may be a year's."""
    return rate.each.unit.partition("/")[2] in ("", claim.unit.partition("/")[2])


def _relation(rate: Rate, total: Claim, confidence: float, assumes: str = "") -> Relation:
    return Relation(
        "rate-total", {"rate": (rate.each,), "count": (rate.count,), "total": (total,)}, confidence, assumes
    )
