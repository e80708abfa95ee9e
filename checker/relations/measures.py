"""One length, area or mass told in two systems of units, far apart: "a 26-mile footpath", "ran all 42 kilometres of it"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from math import log

from checker.language import units
from checker.language.article import Article
from checker.model import Claim, Interval, Relation
from checker.patterns import lazy
from checker.relations.levels import distance, ends, in_unit, is_digest, nouns
from checker.relations.ranking import Candidate, model, related
from checker.relations.slips import evidence, size
from checker.relations.topics import opening, topics

_DIMENSIONS = frozenset({"length", "area", "mass", "volume", "speed", "energy", "power"})
_METRIC = frozenset("mm cm m km mm2 cm2 m2 km2 ha g kg t mg ml cl l m3 kmh m/s hl dl".split())
_CONVERTS = lazy(
    r"\b(?:or|that is|which is|equal to|equivalent|in metric|in old money|the same as)\b[^‹›.;]{0,20}$|[(\[][^)\]]{0,12}$",
    re.I,
)


# "The 18 acres will be managed", "all 42 kilometres of it", "near the 60ft animal": told before, in whatever unit
_AGAIN = lazy(r"\b(?:the|those|these|its|all|that|this)\s(?:full\s|whole\s|entire\s)?$", re.I)
# what says that two measures are of one thing, and the log likelihood ratio of a slip that says so by itself
_TOLD_AS_ONE = frozenset({"again", "converts", "noun same", "noun like"})
_PLAIN_SLIP = 2.0


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure that another system's may repeat."""

    claim: Claim


def _system(claim: Claim) -> str:
    return "metric" if claim.unit.split("/")[0] in _METRIC else "imperial"


def questions(article: Article) -> Iterator[Measure]:
    """Every measure of an article that measures in two systems, or in two units which are turned into one another."""
    found = [c for c in article.claims if _is_measure(article, c)]
    yield from (Measure(c) for c in found if any(_is_other_unit(c, other) for other in found))


# units of one system that one thing is told in: the larger first
_TURNED = frozenset(
    {
        ("km2", "ha"),
        ("ha", "m2"),
        ("km2", "m2"),
        ("t", "kg"),
        ("m3", "l"),
        ("hl", "l"),
    }
)
_SCALED = frozenset({Fraction(10) ** n for n in (-3, -2, -1, 1, 2, 3)})


def _is_other_unit(claim: Claim, other: Claim) -> bool:
    """Whether a measure may be another's in a second unit: a metric one of an imperial one, or the larger unit's."""
    if claim.dimension != other.dimension:
        return False
    if _system(claim) != _system(other):
        return _system(claim) == "metric"
    return (claim.unit, other.unit) in _TURNED


def _is_measure(article: Article, claim: Claim) -> bool:
    return (
        claim.kind == "measure"
        and claim.dimension in _DIMENSIONS
        and claim.value is not None
        and claim.value > 0
        and claim.figure is not None
        and claim.sentence >= 0
        and "/" not in claim.unit
        and claim.unit in units.by_code()
        and not is_digest(article, claim.sentence)
        and not _is_converted(article, claim)
        and not _PER.search(article.block(claim).text[: claim.start])
        and not _AMONG.search(article.block(claim).text[: claim.start])
    )


_AMONG = lazy(r"\b(?:including|of which|among them|another|a further)\s(?:about |some |nearly )?$")
_PER = lazy(r"\bper\s$")  # "a price in francs per 100 kilos"


def _is_converted(article: Article, claim: Claim) -> bool:
    """Whether a measure stands beside its own conversion: "5.4-mile (8.7km)", "seven teaspoons, or 35ml"."""
    assert claim.figure is not None
    text = article.block(claim).text
    return bool(
        re.search(r"(?:\(|,? or )(?:about |some |nearly )?$", text[max(0, claim.start - 12) : claim.start])
        or re.match(r"[^.;,()]{0,12}(?:\s?\(|,? or )(?:about |some |nearly )?\d", text[claim.figure.end :][:40])
    )


def find(article: Article) -> Iterable[Relation]:
    """``conversion`` relations of measures in different sentences."""
    return related("measures", questions(article), partial(candidates, article), _relation)


def _relation(measure: Measure, operands: tuple[Claim, ...], confidence: float) -> Relation:
    (written,), converted = operands, measure.claim
    assumes = "" if confidence >= 0.9 else "if both measure the same"
    factor = in_unit(written, converted.unit) or Fraction(1)
    return Relation(
        "conversion",
        {"written": (written,), "converted": (converted,)},
        confidence,
        assumes,
        {"factor": factor, "offset": Fraction(0)},
    )


def candidates(article: Article, measure: Measure, keep: bool = False) -> Iterator[Candidate]:
    """The measures in the other system that may be of the same thing; with their features where they are to be fitted."""
    ranks = model("measures")
    claim = measure.claim
    for other in article.claims:
        if not _is_measure(article, other) or not _is_other_unit(claim, other):
            continue
        factor = in_unit(other, claim.unit)
        if factor is None or not other.value or not claim.value:
            continue
        ratio = other.value * factor / claim.value
        if not (Fraction(1, 3) < ratio < 3 or _is_scaled(claim, ratio)) or other.sentence == claim.sentence:
            continue
        features = _features(article, claim, other)
        holds, chance, slip = _compare(claim, other, factor)
        if _is_scaled(claim, ratio):  # a power of ten is what goes wrong between hectares and square kilometers
            slip = max(_PLAIN_SLIP, evidence(claim.value, other.value * factor))
        if not holds and slip < _PLAIN_SLIP and not _TOLD_AS_ONE & features.keys():
            continue  # two boats, each of its own length
        yield Candidate((other,), ranks.score(features), holds, chance, slip, features if keep else None)


def _is_scaled(claim: Claim, ratio: Fraction) -> bool:
    """Whether two areas of at least two digits differ by a power of ten; round weights and lengths do by chance."""
    assert claim.value is not None
    return claim.dimension == "area" and ratio in _SCALED and size(claim.value, claim.value) >= 2


def _features(article: Article, claim: Claim, other: Claim) -> dict[str, float]:
    alike = topics(article)
    found = {
        "bias": 1.0,
        distance(claim, other): 1.0,
        "noun " + nouns(claim, other): 1.0,
        "dimension " + claim.dimension: 1.0,
    }
    found["heads"] = alike.heads(claim, other) / 100
    found["crossed"] = alike.crossed(claim, other) / 100
    found["context"] = alike.context(claim, other) / 100
    if claim.names and other.names:
        found["names shared" if claim.names & other.names else "names apart"] = 1.0
    if article.is_display(claim) or article.is_display(other):
        found["display"] = 1.0
    elif opening(article, claim) or opening(article, other):
        found["opening"] = 1.0
    before = article.block(claim).text[max(0, claim.start - 40) : claim.start]
    if _CONVERTS.search(before):
        found["converts"] = 1.0
    if _is_again(article, claim, other) or _is_again(article, other, claim):
        found["again"] = 1.0
    others = sum(c.kind == "measure" and c.dimension == claim.dimension for c in article.claims)
    found["crowd"] = log(others)
    if others == 2:
        found["alone"] = 1.0
    return found


def _is_again(article: Article, claim: Claim, earlier: Claim) -> bool:
    """Whether a measure is told as one already known, which no earlier one of its own system is."""
    if (earlier.block, earlier.start) > (claim.block, claim.start):
        return False
    before = article.block(claim).text[max(0, claim.start - 16) : claim.start]
    return _AGAIN.search(before) is not None and not any(
        c.unit == claim.unit and c.value == claim.value and (c.block, c.start) < (claim.block, claim.start)
        for c in article.claims
    )


def _compare(claim: Claim, other: Claim, factor: Fraction) -> tuple[bool, float, float]:
    low, high = ends(other)
    mine = ends(claim)
    made = Interval(low * factor, high * factor)
    holds = not made.meet(claim.widest).is_empty
    assert claim.value is not None and other.value is not None and claim.figure is not None and other.figure is not None
    width = log(float(high * mine[1] / (low * mine[0])))
    chance = min(0.9, max(0.02, width) / log(9))
    if holds:
        return True, chance, 0.0
    slip = max(_slip(claim, other.value * factor), _slip(other, claim.value / factor))
    digits = min(size(claim.value, claim.value), size(other.value, other.value))
    if slip < 0 and digits < 3 and abs(log(float(other.value * factor / claim.value))) < 0.12:
        slip = -2.0  # two roundings of one figure
    return False, chance, slip


def _slip(written: Claim, implied: Fraction) -> float:
    """How like a slip of the hand a measure is, had it been converted from the other."""
    assert written.value is not None and written.figure is not None
    step = written.figure.step
    rounded = round(implied / step) * step
    return evidence(written.value, rounded) if rounded > 0 and rounded != written.value else -0.7
