"""Products that the words make sure: a rate for each of something or for each day, the only number of them that the article
gives, and what it says they come to in all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import lru_cache
from math import inf

from checker.data import lexicon
from checker.language.article import Article, Masked
from checker.language.english import lemma
from checker.language.words import likeness
from checker.model import BlockKind, Claim, Hedge, Interval, Relation
from checker.patterns import lazy
from checker.relations.histories import SYNONYM, age
from checker.relations.levels import ends, in_unit, is_digest, times
from checker.relations.slips import evidence
from checker.relations.wholes import kinds

_PROSE = frozenset({BlockKind.BODY, BlockKind.QUOTE, BlockKind.HEADLINE, BlockKind.DEK})
_KINDS = ("count", "money", "measure")
_PERIODS = {
    "day": "day",
    "daily": "day",
    "night": "day",
    "nightly": "day",
    "week": "week",
    "weekly": "week",
    "month": "month",
    "monthly": "month",
    "hour": "hour",
    "hourly": "hour",
    "year": "year",
    "annually": "year",
}
_HOLDS = {("week", "day"): 7, ("year", "day"): 365, ("year", "month"): 12}
_SAID = {"asserted", "planned"}
_ROOM = frozenset("seat place space room bed capacity".split())  # which may be empty
_NO_NOUN = frozenset("share stock other others time way one minute mile kilometre head".split())
# "1,750 meals a day", "$25 a car", "40 minutes for each pupil"
_PER_BEHIND = lazy(
    r"^(?: of [a-z]+(?: [a-z]+)?| [a-z]+)? (?:an?|per|each|every|for each|for every|to each|from each) (?P<per>[a-z]+)\b(?! (?:of|or two)\b)"
)
_DAILY_BEHIND = lazy(r"^(?: [a-z]+){0,2} (?P<per>daily|nightly|weekly|monthly)\b")
# "each clinic attends to 35 patients", "Every runner paid £12", "the daily average was 62"
_EACH_AHEAD = lazy(r"\b(?:[Ee]ach|[Ee]very) (?:of the )?(?:[a-z-]+ )??(?P<per>[a-z]+)\b[^‹.;:]*?(?:‹l\d+›[^‹.;:]*?)?$")
# "each of the 30 stalls is rented at £12", "14 coaches with an average of 38 seats in each"
_OF_EACH = lazy(r"\b[Ee]ach of (?:the|its|their|those|these|our) ‹n(?P<number>\d+)›[^‹.;:]*$")
_WITH = lazy(r"‹n(?P<number>\d+)› [a-z]+(?: [a-z]+)? (?:with|averaging|holding|seating|costing|worth|of|at)\b[^‹.;:]*$")
_IN_EACH = lazy(r"^(?: [a-z]+){0,2} (?:in each|each|apiece)\b")
# "was out on 240 days and saw an average of 17 patients on each", "85 parcels on each of the 220 days"
_ON_EACH = lazy(r"^(?: [a-z]+){0,2} (?:on|in|at|for|to|from) each\b(?: of (?:them|these|those)\b)?(?! [a-z]+)")
_BEFORE_EACH = lazy(r"‹[ln](?P<number>\d+)›(?:[^‹.;:]|‹d\d+›){0,90}$")
_ON_EACH_OF = lazy(
    r"^(?: [a-z]+){0,2} (?:on|in|at|for|to|from|over) each (?:one )?of (?:the|its|their|those) ‹[ln](?P<number>\d+)›"
)
# "drew an average of 1,240 fans to 15 home dates"
_AVERAGE = lazy(r"\b(?:average(?: of)?|averag(?:ed|ing)|mean of) $")
_OVER_SO_MANY = lazy(
    r"^ [a-z]+(?: [a-z]+)? (?:to|at|over|across|on) (?:the |its |their |his |her )?‹[ln](?P<number>\d+)›(?! (?:percent|per cent))"
)
_DAILY_AHEAD = lazy(
    r"\b(?P<per>daily|nightly|weekly|monthly) (?:average|mean|rate|output|figure|intake|total)\b[^‹.;:,]*$"
)
# what says that a figure is all that something came to
_IN_ALL = lazy(
    r"\b(?:[Ii]n all|[Aa]ltogether|[Ii]n total|[Aa]ll told|[Aa] total of|[Tt]he total|totall?ed|totall?ing|[Oo]verall|[Tt]ogether|br(?:ings?|ought|inging) in|rais(?:ed|es|ing)|takings|proceeds|income|revenue|receipts|box office|"
    r"c(?:ame|omes?) to|amount(?:s|ed)? to|add(?:s|ed)? up to|over (?:the|that) (?:season|year|period|time|summer|winter|whole)|given out|handed out|hands out|served|sav(?:ed?|es|ings?)|bill|whole|yield(?:s|ed|ing)?|[Tt]hat (?:is|makes|made|means)|which makes|has now|have now|covered|vaccinated|treated|was charged|were charged|will cost|would cost|cost (?:it|them|him|her|the)|adds|gets|got|fetch(?:es|ed|ing)?|earn(?:s|ed|ing)?|harvest|haul|gross(?:es|ed|ing)?|forecast|worth|receiv(?:es|ed))\b"
)
_PART = lazy(r"\b(?:of (?:them|whom|which|those)|including|among|another|extra|additional|more than in|further)\b")
_OF_MORE = lazy(
    r"\b(?:(?:by|for|of|from|at|in|off) (?:the two|both|the three|all three)|home and (?:away|on the road)|as well as)\b"
)
# "each adult receives 25,000 francs and each child 10,000 francs": no sum either
_EACH_GETS = lazy(r"\b(?:each|every)\b[^.;:]*$", re.I)
# what is left of takings, and sums of another year
NET = lazy(
    r"\b(?:profits?|loss(?:es)?|surplus|deficit|dividends?|turnover)\b|\b(?:last year|the previous|a year (?:ago|earlier))\b"
)
_SURE = 2.2  # the evidence of a slip from which a total needs no word that says so
_REACH = 10  # sentences between a rate and what it comes to
_SLACK = 1e-9  # by which what rules a product out first is wider than the numbers
_CLOSE = Fraction(3)  # how many times one may be of the other, for an error


def find(article: Article) -> Iterable[Relation]:
    """``rate-total`` relations whose three figures are the only ones of their kind, or miss by a slip of the hand."""
    rates = list(_rates(article))
    for rate, per in rates:
        if any(other.value != rate.value and word == per and other.kind == rate.kind for other, word in rates):
            continue  # two prices of one thing
        tied = _tied_to(article, rate, per)
        counts = list(_counts(article, rate, per)) if tied is None else [tied]
        totals = [c for c in article.claims if _is_like(rate, c) and all(c.id != count.id for count in counts)]
        if any(_agree(rate, c, total, per) for c in article.claims if _is_number(c) for total in totals):
            continue  # of another number that the article gives
        if not counts or any(_agree(rate, count, total, per) for total in totals for count in counts):
            continue
        near = [
            (count, c)
            for c in totals
            for count in counts
            if _is_near(article, rate, c, tied is not None)
            and _is_close(rate, count, c, per)
            and (count.value != 1 or _is_over(article, count, c))
        ]
        told = [
            (count, c)
            for count, c in near
            if count.kind != "measure" and (is_in_all(article, c) or _is_over(article, count, c))
        ]
        beside = [pair for pair in told if abs(pair[0].sentence - rate.sentence) <= 1]
        told = beside or told  # "It stayed open for 60 days. It put out an average of 1,750 meals a day"
        if len({(count.value, total.value) for count, total in told}) != 1:
            told = [(count, c) for count, c in near if _slip(rate, count, c, per) >= _SURE and not is_net(article, c)]
        if len({(count.value, total.value) for count, total in told}) == 1:
            count, total = told[-1]
            factor = _factor(rate, count, total, per)
            if count.value == 1:  # "in a year" is just one
                count = article.derived("count", 1, count.block, count.start, count.end)
            roles = {"rate": (rate,), "count": (count,), "total": (total,)}
            yield Relation("rate-total", roles, 0.85, "if this is what they come to in all", {"factor": factor})


def _slip(rate: Claim, count: Claim, total: Claim, per: str) -> float:
    """The evidence that a total is the product but for a slip of the hand."""
    assert rate.value is not None and count.value is not None and total.value is not None
    return evidence(total.value, rate.value * count.value * _factor(rate, count, total, per))


def _is_number(claim: Claim) -> bool:
    return claim.kind == "count" and claim.value is not None and claim.value > 1


def _rates(article: Article) -> Iterator[tuple[Claim, str]]:
    """Every claim that is said for each of something, with the word for that."""
    for sentence in article.sentences:
        if article.block(sentence).kind not in _PROSE or is_digest(article, sentence.index):
            continue
        masked = article.masked(sentence.index)
        for number, claim in enumerate(masked.claims):
            if (
                claim.kind not in _KINDS
                or not claim.value
                or claim.value <= 1
                or claim.role in ("change", "from", "than")
            ):
                continue
            if (
                claim.modality not in ("asserted", "planned")
                or claim.figure is None
                or claim.figure.hedge not in (Hedge.EXACT, Hedge.ABOUT)
            ):
                continue
            before, _, behind = masked.text.partition(masked.mark(number))
            per = claim.unit.partition("/")[2]
            if claim.kind == "money" and per in ("year", "month", "week", "day", "hour"):
                per = ""  # "saves £35 a year for each lamp"
            found = (
                _PER_BEHIND.match(behind)
                or _DAILY_BEHIND.match(behind)
                or _DAILY_AHEAD.search(before)
                or _EACH_AHEAD.search(before)
            )
            each = _EACH_AHEAD.search(before) if per in _PERIODS else None
            if each is not None and lemma(each["per"], "NNS") not in _NO_NOUN:
                yield claim, lemma(each["per"], "NNS")  # "each lorry covers 310 miles a week"
            if not per and found:
                per = found["per"]
            per = _PERIODS.get(per, lemma(per, "NNS"))
            whole = _OF_EACH.search(before) or (_IN_EACH.match(behind) and _WITH.search(before))
            if whole:
                per = masked.claim(whole, "number").noun
            elif (counted := _told_for_each(masked, before, behind)) is not None:
                per = _per(counted)
            if per and per not in _NO_NOUN:
                yield claim, per
            priced = _PRICED.match(behind) if claim.kind == "money" and _ONE.search(before) else None
            for word in _words(found, priced):
                if word not in _NO_NOUN and word != per:
                    yield claim, word


def _per(counted: Claim) -> str:
    """What a rate is for, by a number of them."""
    return counted.noun if counted.kind == "count" else counted.unit


def _told_for_each(masked: Masked, before: str, behind: str) -> Claim | None:
    """The number of times or things for each of which, or over all of which on average, a figure is told."""
    found = _ON_EACH_OF.match(behind) or (_AVERAGE.search(before) and _OVER_SO_MANY.match(behind))
    if not found and _ON_EACH.match(behind):
        found = _BEFORE_EACH.search(before)
    counted = masked.claim(found, "number") if found else None
    return counted if counted is not None and counted.value and counted.value > 1 and _per(counted) else None


def _tied_to(article: Article, rate: Claim, per: str) -> Claim | None:
    """The number that a rate's own words are for ("on 240 days and saw an average of 17 patients on each")."""
    masked = article.masked(rate.sentence)
    number = next((n for n, c in enumerate(masked.claims) if c.id == rate.id), None)
    if number is None:
        return None
    before, _, behind = masked.text.partition(masked.mark(number))
    counted = _told_for_each(masked, before, behind)
    return counted if counted is not None and _per(counted) == per else None


# "a £42 annual permit", "each €1,500 bonus"
_ONE = lazy(r"\b(?:[Aa]n?|[Ee]ach|[Ee]very|[Tt]he) $")
_PRICED = lazy(r"^ (?:(?P<kind>[a-z]+) )??(?P<per>[a-z]+)\b")
_NEXT = lazy(r" (?P<per>[a-z]+)\b")


def _words(found: re.Match[str] | None, priced: re.Match[str] | None) -> Iterator[str]:
    """What else a rate may be for: the word behind an adjective ("for every late train"), what bears its price."""
    if found is not None and (behind := _NEXT.match(found.string, found.end("per"))):
        yield lemma(behind["per"], "NNS")
    if priced is not None:
        yield lemma(priced["per"], "NNS")
        if behind := _NEXT.match(priced.string, priced.end("per")):
            yield lemma(behind["per"], "NNS")


def _counts(article: Article, rate: Claim, per: str) -> Iterator[Claim]:
    """The numbers of what a rate is for."""
    for claim in article.claims:
        if (
            claim.sentence < 0
            or not claim.value
            or claim.value < (1 if claim.unit == "year" else 2)
            or claim.id == rate.id
            or article.block(claim).kind not in _PROSE
        ):
            continue
        if claim.role in ("change", "from", "than", "rate") or claim.other or is_digest(article, claim.sentence):
            continue
        if per in ("hour", "day", "week", "month", "year"):
            near = abs(claim.sentence - rate.sentence) <= _REACH
            if (
                claim.kind == "duration"
                and (claim.unit == per or (claim.unit, per) in _HOLDS)
                and near
                and claim.value * _days(claim, per) >= 5
                and not _is_frequency(article, claim)
            ):
                yield claim
        elif (
            claim.kind == "measure"
            and claim.figure is not None
            and _british(lemma(claim.figure.unit_name, "NNS")) == _british(per)
        ):
            yield claim
        elif claim.kind == "count" and claim.noun not in ("", *_ROOM) and {claim.modality, rate.modality} <= _SAID:
            if (claim.noun == per or likeness(claim.noun, per) >= SYNONYM or kinds(claim.noun) & kinds(per)) and age(
                article, claim
            ) < 3:
                yield claim


def _british(unit: str) -> str:
    return unit.replace("meter", "metre").replace("liter", "litre")


def _days(count: Claim, per: str) -> int:
    """How many of what a rate is for a counted one holds: seven days a week."""
    return _HOLDS.get((count.unit, per), 1)


def _factor(rate: Claim, count: Claim, total: Claim, per: str) -> Fraction:
    """What a rate times a number is multiplied with for its product in the unit of a total."""
    return (in_unit(rate, total.unit) or Fraction(1)) * _days(count, per)


def _is_frequency(article: Article, claim: Claim) -> bool:
    """Whether a length of time is "five days a week"."""
    return bool(
        re.match(
            r"[^.;]{0,12}\b(?:a|per|each|every) (?:week|month|year)\b",
            article.block(claim).text[claim.end : claim.end + 30],
        )
    )


def _is_like(rate: Claim, claim: Claim) -> bool:
    """Whether a claim can be a sum of what a rate gives."""
    if claim.kind != rate.kind or not claim.value or not rate.value or claim.sentence < 0 or claim.value <= rate.value:
        return False
    if claim.kind == "count":
        return (
            not rate.noun
            or claim.end == (claim.figure.end if claim.figure else claim.end)  # no noun stands behind it
            or claim.noun in ("", rate.noun)
            or likeness(claim.noun, rate.noun) >= SYNONYM
            or {claim.noun, rate.noun} & _ANYONE != set()
            or {claim.noun, rate.noun} <= set(lexicon("shares")["attending"].split())
        )
    periods = {claim.unit.partition("/")[2], rate.unit.partition("/")[2]} & {"day", "week", "month", "year"}
    return in_unit(rate, claim.unit) is not None and len(periods) < 2


_ANYONE = frozenset("person people average".split())


def _is_near(article: Article, rate: Claim, claim: Claim, tied: bool) -> bool:
    """Whether a claim is told in the world of a rate and near it, or where the article sums itself up; where the words tie the
    rate to its number, what is told as all of it may stand further off."""
    if claim.role in ("change", "from", "than") or article.block(claim).kind not in _PROSE or claim.other:
        return False
    far = tied and is_in_all(article, claim)
    if abs(claim.sentence - rate.sentence) > _REACH and claim.block != article.lede and not far:
        return False
    if claim.sentence != rate.sentence and times(rate, claim) in ("before", "after"):
        return False  # of two years
    if claim.role == "to" and any(
        c.role == "from" and c.kind == claim.kind for c in article.by_sentence[claim.sentence]
    ):
        return False  # "to rise to 125,000 tonnes from 123,000"
    beside = claim.block == rate.block and abs(claim.sentence - rate.sentence) <= 2
    return {claim.modality, rate.modality} <= _SAID and (
        beside or (age(article, claim) < 3) == (age(article, rate) < 3)
    )


def is_net(article: Article, claim: Claim) -> bool:
    """Whether the words right around a sum make it what is left of takings, or that of another year."""
    return NET.search(article.block(claim).text, max(0, claim.start - 60), claim.end + 40) is not None


def is_in_all(article: Article, claim: Claim) -> bool:
    """Whether a claim is told as what something came to in all."""
    text = article.text(claim.sentence)
    at = claim.start - article.sentences[claim.sentence].start
    if _EACH_GETS.search(text[:at]) or _OF_MORE.search(text):
        return False
    return bool(_IN_ALL.search(text[max(0, at - 70) : at + 60])) and not _PART.search(text[max(0, at - 30) : at])


_OVER = lazy(
    r"[^.;:,]{0,40}?\b(?:in|over|during|within) (?:(?:the|its|their|his|her) )?(?:(?:first|last|past|next) )?$"
)


def _is_over(article: Article, count: Claim, total: Claim) -> bool:
    """Whether a total is told of the very time that is counted: "has treated 3,600 people in its first 12 months"."""
    if count.kind != "duration" or count.sentence != total.sentence or total.end > count.start:
        return False
    return _OVER.fullmatch(article.block(total).text[total.end : count.start]) is not None


def _product(rate: Claim, count: Claim, total: Claim, per: str) -> Interval:
    factor = _factor(rate, count, total, per)
    (a, b), (c, d) = ends(rate), ends(count)
    if count.value == 1:
        c = d = Fraction(1)  # "in a year"
    return Interval(a * c * factor, b * d * factor)


@lru_cache(maxsize=4096)
def _roughly(claim: Claim) -> tuple[float, float, float, float]:
    """The ends of what a claim may be as a factor and as a product, a little wider than they are."""
    low, high = ends(claim)
    assert claim.value is not None
    least, most = claim.widest.low, claim.widest.high
    return (
        float(low) * (1 - _SLACK),
        float(high) * (1 + _SLACK),
        -inf if least is None else float(min(least, claim.value)) * (1 - _SLACK),
        inf if most is None else float(max(most, claim.value)) * (1 + _SLACK),
    )


def _agree(rate: Claim, count: Claim, total: Claim, per: str) -> bool:
    factor = float(_factor(rate, count, total, per))
    (a, b, _, _), (c, d, _, _), (_, _, low, high) = _roughly(rate), _roughly(count), _roughly(total)
    if a * c * factor > high or b * d * factor < low:
        return False
    product = _product(rate, count, total, per)
    return not product.meet(total.widest).is_empty or (total.value or 0) in product  # "just over £204,000" for 204,000


def _is_close(rate: Claim, count: Claim, total: Claim, per: str) -> bool:
    product = _product(rate, count, total, per)
    assert product.low is not None and product.high is not None and total.value is not None
    return product.low <= _CLOSE * total.value and total.value <= _CLOSE * product.high
