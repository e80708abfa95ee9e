"""Rates and totals: so many at so much each, so much a day for so many days, an average over a number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, partial
from math import log

from checker.language.article import Article
from checker.model import Claim, Hedge, Interval, Relation
from checker.patterns import lazy
from checker.relations import changed
from checker.relations.levels import distance, ends, in_unit, is_digest, nouns, side
from checker.relations.ranking import Candidate, model, related
from checker.relations.slips import evidence
from checker.relations.topics import opening, topics

_NEAREST = 12
_PER_AHEAD = lazy(
    r"\b(?:each|every|per|apiece|average|averag\w+|mean|typical\w*)\b[^‹›.;:]{0,45}$|\b(?:at|for|costing|worth|priced at|charged?|charging|costs?|paid|pays?|paying|fined?|earning|a rate of) (?:an?|about|around|some|just|only|roughly|up to|more than|the|flat|rate|of)* ?$",
    re.I,
)
_PER_BEHIND = lazy(
    r"^[^‹›.;:,]{0,30}?\b(?:each|apiece|per|an? (?:day|week|month|year|hour|night|head|person|piece|share|ticket|unit|seat|mile|game|pupil|child|copy|pint|barrel|tonne|ton|acre|kilo|litre|visit|trip|session|shift|page|bottle|loaf|time)|every (?:day|week|month|year|hour|night|one)|daily|weekly|monthly|annually|yearly|on average)\b",
    re.I,
)
_EACH = lazy(
    r"\b(?:each|apiece|per|every|average|averag\w+|mean|typical\w*|daily|weekly|monthly|an? (?:day|week|month|hour|night|head|piece))\b",
    re.I,
)
_TOTAL = lazy(
    r"\b(?:total|totall?ed|totall?ing|cost|costs|costing|bill|income|revenue|takings|proceeds|rais\w+|br(?:ing|ings|ought|inging) in|made|makes?|earn\w*|spen[dt]\w*|worth|sum|altogether|in all|enrol\w*|pa(?:y|ys|id|ying)|value[d]?|budget|collect\w*|com(?:e|es|ing) to|came to|amount\w*|attend\w*|seats?|hold\w*|produc\w*|output|owe[sd]?|penalt\w+|capacity|a year|annual\w*|covered|travell?ed|distance|sold|grossed)\b",
    re.I,
)
_PERIODS = {
    "day": "day",
    "night": "day",
    "week": "week",
    "month": "month",
    "year": "year",
    "hour": "hour",
    "annum": "year",
    "minute": "minute",
}
_NAMED = {
    "day": ("day", "night", "daily", "nightly"),
    "week": ("week", "weekly"),
    "month": ("month", "monthly"),
    "year": ("year", "annum", "yearly", "annually", "annual"),
    "hour": ("hour", "hourly"),
    "minute": ("minute",),
    "second": ("second",),
    "decade": ("decade",),
    "century": ("century",),
}


# what is left of takings, which no price makes
_NET = lazy(r"\b(?:profits?|earnings|loss(?:es)?|surplus|deficit|dividends?|margins?)\b[^.;‹›]{0,24}$")
_OPTION = lazy(
    r"\b(?:warrants?|options?|rights)\b(?:[^.;]|\.(?=\d)){0,100}$"
)  # "warrants to acquire 2m shares at 10p each"
_EACH_PERIOD = lazy(r"(?:\sof\s[a-z]+)?\s(?:a|per|each|every)\s(?P<period>hour|day|night|week|month|year)\b")


# "1,053,000 shares at $2.29 each and a warrant for two million at 20 cents": one product of several
_AND_OTHERS = lazy(r"\b(?:and|plus)\b[^.;]*‹n\d+›[^.;]* at ‹m\d+›")


@dataclass(frozen=True, slots=True)
class Product:
    """A claim that may be a rate times a number."""

    claim: Claim


def questions(article: Article) -> Iterator[Product]:
    """Every level that could be a rate times a number; none where the article has no rate."""
    if not _rates(article):
        return
    told = {change.claim.id for change in changed.questions(article)}
    for claim in article.claims:
        if claim.kind not in ("count", "money", "measure") or not claim.value or claim.sentence < 0 or claim.id in told:
            continue
        if (
            claim.figure is None
            or claim.value <= 20
            or claim.modality == "denied"
            or is_digest(article, claim.sentence)
        ):
            continue
        if (
            claim.role in ("change", "from", "than", "rate")
            or "/" in claim.unit
            or (claim.kind == "count" and not claim.noun and 1900 <= claim.value <= 2100)
        ):
            continue
        yield Product(claim)


def find(article: Article) -> Iterable[Relation]:
    """``rate-total`` relations: total = rate x count."""
    return related("rates", questions(article), partial(candidates, article), _relation)


def _relation(product: Product, operands: tuple[Claim, ...], confidence: float) -> Relation:
    (rate, count), total = operands, product.claim
    assumes = "" if confidence >= 0.9 else "if this is the total"
    roles = {"rate": (rate,), "count": (count,), "total": (total,)}
    factor = in_unit(rate, total.unit) or Fraction(1)
    return Relation("rate-total", roles, confidence, assumes, {"factor": factor})


@lru_cache(maxsize=2)
def _rates(article: Article) -> list[tuple[Claim, dict[str, float]]]:
    """Every claim that the words make a rate, with what says so."""
    found = []
    for index in sorted(article.by_sentence):
        if index < 0 or is_digest(article, index):
            continue
        masked = article.masked(index)
        for number, claim in enumerate(masked.claims):
            if (
                claim.kind not in ("count", "money", "measure")
                or not claim.value
                or claim.value <= 0
                or claim.figure is None
            ):
                continue
            mark = masked.mark(number)
            at = masked.text.find(mark)
            signs: dict[str, float] = {}
            if "/" in claim.unit:
                signs["per unit"] = 1.0
            if _PER_BEHIND.match(masked.text[at + len(mark) : at + len(mark) + 60]):
                signs["per behind"] = 1.0
            ahead = _PER_AHEAD.search(masked.text[max(0, at - 80) : at])
            if ahead and _EACH.search(ahead.group()):
                signs["each ahead"] = 1.0
            elif ahead:
                signs["at ahead"] = 1.0
            if signs and (len(signs) > 1 or "at ahead" not in signs or claim.kind == "money"):
                found.append((claim, signs))
    return found


@lru_cache(maxsize=2)
def _counts(article: Article) -> tuple[Claim, ...]:
    return tuple(c for c in article.claims if _is_count(article, c))


def candidates(article: Article, product: Product, keep: bool = False) -> Iterator[Candidate]:
    """The rates and numbers that a claim may be the product of; with their features where they are to be fitted."""
    ranks = model("rates")
    total = product.claim
    own = _own_features(article, total)
    base = ranks.score(own)
    net = _stands_behind(article, total, _NET)
    period = _EACH_PERIOD.match(article.block(total).text, total.end)
    counts = [c for c in _counts(article) if c.id != total.id]
    for rate, signs in _rates(article):
        if rate.id == total.id or not _same_kind(rate, total):
            continue
        if period is not None and period["period"] == rate.unit.partition("/")[2]:
            continue  # "158,000 ounces of gold per year over the first four years" is a rate too
        if abs(rate.sentence - total.sentence) > 15 and not opening(article, total):
            continue
        if net and rate.unit.partition("/")[2] not in _PERIODS and not _stands_behind(article, rate, _NET):
            continue
        if _stands_behind(article, rate, _OPTION) and not _stands_behind(article, total, _OPTION):
            continue
        near = sorted(counts, key=lambda c: abs(c.sentence - rate.sentence))[:_NEAREST]
        rated = _rate_features(article, total, rate, signs)
        for count in near:
            if count.id == rate.id or not _multiplies(rate, count) or not _plausible(rate, count, total):
                continue
            holds, chance, slip = _compare(rate, count, total)
            least = (rate.value or 0) * (in_unit(rate, total.unit) or 1)
            if not holds and ((total.value or 0) < least or not _is_sure(article, rate, count, total, own)):
                continue
            features = side("rate", rated) | _pair_features(article, rate, count, total)
            score = base + ranks.score(features)
            yield Candidate((rate, count), score, holds, chance, slip, {**own, **features} if keep else None)


def _is_sure(article: Article, rate: Claim, count: Claim, total: Claim, own: dict[str, float]) -> bool:
    """Whether the words let a rate and a number make a total even where they do not: a length of time is one over which a
    rate is said, and the total is told as one, or beside such a length."""
    if count.kind == "duration" and not _is_said_for(article, rate, count):
        return False
    if _AND_OTHERS.search(article.masked(rate.sentence).around(rate)[1]):
        return False
    beside = count.kind == "duration" and rate.sentence == count.sentence == total.sentence
    return beside or ("total word" in own and rate.modality == total.modality)


def _is_said_for(article: Article, rate: Claim, count: Claim) -> bool:
    """Whether the words around a rate say that it is of each of the days, weeks, months or years that are counted."""
    named = _NAMED.get(count.unit, (count.unit,))
    if rate.sentence == count.sentence:
        named = (*named, "each")  # "30 marathons in 30 days, each of 26.2 miles"
    if rate.unit.partition("/")[2] in named:
        return True
    text = article.block(rate).text
    around = text[max(0, rate.start - 40) : rate.start] + "|" + text[rate.end : rate.end + 30]
    return re.search(rf"\b(?:{'|'.join(named)})\b", around) is not None


def _stands_behind(article: Article, claim: Claim, words: re.Pattern[str]) -> bool:
    return words.search(article.block(claim).text, max(0, claim.start - 120), claim.start) is not None


def _is_count(article: Article, claim: Claim) -> bool:
    if claim.kind == "count" and claim.value and claim.value.denominator != 1:
        return False  # "4.20 euros instead of 3.80"
    if claim.kind not in ("count", "duration", "measure") or not claim.value or claim.value < 2 or claim.sentence < 0:
        return False
    return (
        claim.figure is not None
        and "/" not in claim.unit
        and claim.role != "change"
        and not is_digest(article, claim.sentence)
    )


def _same_kind(rate: Claim, total: Claim) -> bool:
    """Whether a total can be of a rate's kind: the same unit, of no period or of another one."""
    if rate.kind != total.kind:
        return False
    if rate.kind == "count":
        return "/" in rate.unit or nouns(rate, total) != "other"
    return in_unit(rate, total.unit) is not None and "/" not in total.unit


def _multiplies(rate: Claim, count: Claim) -> bool:
    """Whether a rate is for each of what a claim counts: days for a daily rate, things for others."""
    per = rate.unit.partition("/")[2]
    if count.kind == "duration":
        return _PERIODS.get(per, "day") == count.unit or not per
    if count.kind == "measure":
        return per in (count.unit, (count.figure.unit_name if count.figure else "").rstrip("s"))
    return rate.kind != "count" or not rate.noun or count.noun != rate.noun


def _plausible(rate: Claim, count: Claim, total: Claim) -> bool:
    exact = (rate.value or 0) * (count.value or 0) * (in_unit(rate, total.unit) or 1)
    if total.value is None or (total.role == "to" and total.sentence == rate.sentence):
        return False  # "earns 37,300 a year, rising to 54,000 after 15 years"
    hedge = total.figure.hedge if total.figure is not None else Hedge.EXACT
    if hedge in (Hedge.MORE_THAN, Hedge.AT_LEAST) and exact > Fraction(3, 2) * total.value:
        return False  # "more than 100 miles" in ten days of 17 miles is true, if odd
    return exact <= 12 * total.value and total.value <= 12 * exact


def _own_features(article: Article, total: Claim) -> dict[str, float]:
    found = {"kind " + total.kind: 1.0}
    if article.is_display(total):
        found["display"] = 1.0
    elif opening(article, total):
        found["opening"] = 1.0
    if _TOTAL.search(article.block(total).text[max(0, total.start - 50) : total.end + 40]):
        found["total word"] = 1.0
    if total.modality != "asserted":
        found["total modal"] = 1.0
    return found


def _rate_features(article: Article, total: Claim, rate: Claim, signs: dict[str, float]) -> dict[str, float]:
    alike = topics(article)
    found = dict(signs)
    found[distance(rate, total)] = 1.0
    if rate.block == total.block:
        found["block"] = 1.0
    found["heads"] = alike.heads(rate, total) / 100
    found["crossed"] = alike.crossed(rate, total) / 100
    if rate.sentence != total.sentence:
        found["context"] = alike.context(rate, total) / 100
    if total.sentence > rate.sentence:
        found["later"] = 1.0
    if rate.modality != total.modality:
        found["modality"] = 1.0
    return found


def _pair_features(article: Article, rate: Claim, count: Claim, total: Claim) -> dict[str, float]:
    alike = topics(article)
    found = {"pair " + distance(rate, count): 1.0, "count " + distance(count, total): 1.0}
    if rate.block == count.block:
        found["pair block"] = 1.0
    if rate.sentence != count.sentence:
        found["pair context"] = alike.context(rate, count) / 100
    found["pair crossed"] = alike.crossed(rate, count) / 100
    found["count crossed"] = alike.crossed(count, total) / 100
    per = rate.unit.partition("/")[2]
    if count.kind == "duration":
        found["period"] = 1.0
    if per and count.noun and (per == count.noun or count.noun.startswith(per)):
        found["per noun"] = 1.0
    elif per and count.kind == "count":
        found["per other"] = 1.0
    if count.definite:
        found["count definite"] = 1.0
    if rate.sentence == count.sentence:
        found["count first" if count.start < rate.start else "rate first"] = 1.0
        between = sum(
            min(rate.start, count.start) < c.start < max(rate.start, count.start)
            for c in article.by_sentence.get(rate.sentence, ())
        )
        found["between"] = float(min(3, between))
    assert count.value is not None
    if count.value < 10:
        found["count small"] = 1.0
    if count.kind == "measure":
        found["count measure"] = 1.0
    return found


def _compare(rate: Claim, count: Claim, total: Claim) -> tuple[bool, float, float]:
    factor = in_unit(rate, total.unit) or Fraction(1)
    (a, b), (c, d) = ends(rate), ends(count)
    low, high = a * c * factor, b * d * factor
    holds = not Interval(low, high).meet(total.widest).is_empty
    assert rate.value is not None and count.value is not None and total.value is not None and total.figure is not None
    mine = ends(total)
    exact = rate.value * count.value * factor
    width = log((high + mine[1] - mine[0] + total.figure.step) / low) if low > 0 else 1.0
    chance = min(0.9, width / log(50))
    if holds:
        return True, chance, 0.0
    slips = [evidence(total.value, exact)]
    if (total.value / (rate.value * factor)).denominator == 1:
        slips.append(evidence(count.value, total.value / (rate.value * factor)))
    return False, chance, max(slips)
