"""Shares: a percentage, a fraction or "most" of a whole, against the part and the whole that are given elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, partial
from math import log

from checker.language.article import Article
from checker.model import Claim, Interval, Relation
from checker.patterns import lazy
from checker.relations import changed, wholes
from checker.relations.cues import cues
from checker.relations.levels import distance, ends, is_digest, nouns, side, times
from checker.relations.parts import is_person
from checker.relations.ranking import Candidate, model, related
from checker.relations.slips import evidence
from checker.relations.topics import heads, opening, topics

_NEAREST = 12  # parts and wholes of one kind and unit that are tried for each share
_OWN_WHOLE = lazy(r"^ of (?:[^‹›.;:,()]{0,50}? )?‹(?P<kind>[nmu])(?P<number>\d+)›")
_OWN_PART_BEHIND = lazy(
    r"^[^‹›.;:()]{0,70}?(?:,| \(|—|–| -)(?: (?:so (?:that )?|which (?:means|would be|is|comes to|amounts to) |meaning |giving |making |yielding |netting )[^‹›.;:()]{0,50}?)?(?: (?:or|that is|which is|which means|equal to|equivalent to|about|some|around|nearly|just|only|roughly|a total of|exactly|worth|the))* ?‹(?P<kind>[nmu])(?P<number>\d+)›"
)
_OWN_PART_AHEAD = lazy(
    r"‹(?P<kind>[nmu])(?P<number>\d+)›[^‹›.;:()]{0,70}?(?:,? or| \(|,|—|–| -)(?: (?:or|that is|which is|which means|equal to|equivalent to|about|some|around|nearly|just|only|roughly|exactly|almost|more than|over))* ?$"
)
_PARTITIVE = lazy(
    r"^[^‹›.;:]{0,40}? (?:of|out of|among|from) (?:the|its|their|his|her|those|these|all|a total of|our)\b[^‹›.;:]{0,40}$"
)
_PART_OF_WHOLE = lazy(
    r"‹(?P<kind>[nmu])(?P<number>\d+)›[^‹›.;:]{0,40}? (?:of|out of) (?:(?:the|its|their|his|her|those|these|all|a total of|our|some|about|more than|nearly) )*$"
)
_OF_WHOLE = lazy(
    r"\b(?:[Oo]f|[Oo]ut of|[Aa]mong|[Ff]rom) (?:(?:the|its|their|his|her|those|these|all|a total of|our|some|about|an estimated|nearly) ){0,3}(?:[a-z-]+ ){0,2}$"
)
# "at a rate of 9.02 pct": no share of anything
_RATED = lazy(
    r"\b(?:rates?|yields?|coupons?|interest|returns?|inflation|growth|margin|discount|dividend)\s(?:of |at |was |is |stood at |to )(?:about |around |just |nearly )?$",
    re.I,
)
_COMPARED = lazy(r",? (?:higher|lower|more|less|fewer|above|below|up|down)\b")
_EXPLICIT = frozenset({"pair partitive", "pair of-whole", "pair including", "pair of-them"})


@dataclass(frozen=True, slots=True)
class Share:
    """A claim that is a share of something: `type` is percent, fraction or most."""

    claim: Claim
    type: str
    unit: Fraction  # what the claim's figure is multiplied with to make a share of one


def questions(article: Article) -> Iterator[Share]:
    """Every claim that can be a share of a whole."""
    told = {change.claim.id for change in changed.questions(article)}
    for claim in article.claims:
        if claim.sentence < 0 or claim.modality == "denied" or is_digest(article, claim.sentence):
            continue
        if claim.kind == "percent" and claim.unit == "%" and claim.value and 0 < claim.value <= 100:
            if _COMPARED.match(article.block(claim).text, claim.end) or "/" in claim.text:
                continue  # "9.7 billion, or 14.2 pct, higher than", "7/8 pct over the rate of banks"
            if (
                claim.id not in told
                and not _RATED.search(article.block(claim).text[max(0, claim.start - 40) : claim.start])
                and claim.role not in ("change", "from", "than")
                and not _of_change(article, claim, told)
            ):
                yield Share(claim, "percent", Fraction(1, 100))
        elif claim.kind == "ratio" and claim.unit != "times" and claim.value and 0 < claim.value <= 1:
            if claim.id not in told:
                yield Share(claim, "fraction", Fraction(1))
        elif claim.kind == "most":
            yield Share(claim, "most", Fraction(1))


def _of_change(article: Article, claim: Claim, told: set[int]) -> bool:
    """Whether a percentage only restates a change: "rose 5.7 billion, or 6.0 per cent"."""
    sizes = {c.id for c in article.by_sentence.get(claim.sentence, ())}
    return any(part.id in told for part in _own(article, claim, sizes)[1])


def find(article: Article) -> Iterable[Relation]:
    """``share-of`` relations: part = share of whole."""
    return related("shares", questions(article), partial(candidates, article), _relation)


def _relation(share: Share, operands: tuple[Claim, ...], confidence: float) -> Relation:
    part, whole = operands
    roles = {"share": (share.claim,), "whole": (whole,), "part": (part,)}
    assumes = "" if confidence >= 0.9 else "if the share is of these"
    return Relation("share-of", roles, confidence, assumes, {"scale": share.unit})


def candidates(article: Article, share: Share, keep: bool = False) -> Iterator[Candidate]:
    """The parts and wholes that a share may be of; with their features where they are to be fitted."""
    ranks = model("shares")
    claim = share.claim
    sizes = [c for c in _sizes(article) if c.id != claim.id]
    if not opening(article, claim):
        sizes = [c for c in sizes if abs(c.sentence - claim.sentence) <= 20]
    own_whole, own_parts = _own(article, claim, {c.id for c in sizes})
    taken_up = _taken_up(article, claim, sizes) if own_whole is None else None
    restated = _restated(
        article, claim.sentence
    )  # what is a share of something else: "637 million, or 2.24% of assets"
    links = {c.id: _link_features(article, claim, c) for c in sizes}
    crowd = Counter((c.kind, c.unit) for c in sizes)
    likely = _nearest(sizes if taken_up is None else [taken_up], lambda c: ranks.score(side("whole", links[c.id])))
    parts = _nearest(sizes, lambda c: ranks.score(side("part", links[c.id])))
    base = _own_features(article, share)
    own_score = ranks.score(base)
    pairs: list[tuple[Claim, Claim, dict[str, float]]] = []
    for whole in likely:
        for part in parts:
            if part is whole or part.kind != whole.kind or part.unit != whole.unit:
                continue
            if whole is taken_up and (part.block, part.start) < (claim.block, claim.start):
                continue  # "118 people work there, two-thirds of them women": what came before is no part of these
            assert part.value is not None and whole.value is not None
            if part.value > whole.value or whole.value > 5000 * part.value:
                continue
            if part.kind == "count" and nouns(part, whole) == "other" and not (is_person(part) and is_person(whole)):
                continue  # "a fifth" of 16 cages and eight rivers; "6.1 tmcft, or 52 per cent of capacity" and eleven flights
            if own_whole is not whole and (_of_other_time(whole, part) or whole.id in restated):
                continue
            features = (
                side("whole", links[whole.id]) | side("part", links[part.id]) | _pair_features(article, part, whole)
            )
            if own_whole is not None:
                features["own whole" if own_whole is whole else "own whole missed"] = 1.0
            if own_parts:
                features["own part" if part in own_parts else "own part missed"] = 1.0
            if own_whole is whole and part in own_parts:
                features["own both"] = 1.0
            features["crowd"] = log(crowd[whole.kind, whole.unit])
            if not _EXPLICIT.isdisjoint(features):
                features["explicit"] = 1.0
                if claim.noun and claim.noun in (whole.noun, part.noun):
                    features["explicit noun"] = 1.0
            pairs.append((part, whole, features))
    told = [(part, whole) for part, whole, features in pairs if "explicit noun" in features]
    for part, whole, features in pairs:
        if told == [(part, whole)]:
            features["explicit only"] = 1.0
        holds, chance, slip = _compare(share, part, whole)
        score = own_score + ranks.score(features)
        yield Candidate((part, whole), score, holds, chance, slip, {**base, **features} if keep else None)


# "420, about half of them", "620 residents were evacuated, of whom 12 per cent"
_OF_THEM = lazy(r"^(?: [a-z]+)? of (?:them|these|those|whom|which|that|this)\b(?! (?:[a-z]+ing|who)\b)")
_AHEAD_OF_THEM = lazy(
    r"\b(?:[Oo]f|[Aa]mong) (?:them|these|those|whom|which|that|this)(?: (?:number|total|sum|amount|figure))?,?[^‹›.;:,]{0,24}$"
)


def _taken_up(article: Article, claim: Claim, sizes: list[Claim]) -> Claim | None:
    """The whole that "half of them", "of whom 12 per cent" takes up: the figure right before it in its sentence, or the
    last one of the sentence before."""
    named = wholes.told(article, claim, sizes)
    if named is not None:
        return named
    before, behind = article.masked(claim.sentence).around(claim)
    if not (_OF_THEM.match(behind) or _AHEAD_OF_THEM.search(before)):
        return None
    told = [c for c in sizes if c.sentence == claim.sentence and c.start < claim.start]
    told = told or [c for c in sizes if c.sentence == claim.sentence - 1]
    return max(told, key=lambda c: c.start, default=None)


@lru_cache(maxsize=64)
def _restated(article: Article, sentence: int) -> frozenset[int]:
    """The figures of a sentence that are said to be a share of something that is not counted there."""
    claims = article.by_sentence.get(sentence, ())
    sizes = {c.id for c in claims if c.kind in ("money", "measure")}
    found: set[int] = set()
    for claim in claims if sizes else ():
        if claim.unit == "%":
            whole, parts = _own(article, claim, sizes)
            behind = claim.figure.end if claim.figure is not None else claim.end
            if whole is None and article.block(claim).text.startswith(" of ", behind):
                found.update(part.id for part in parts if part.start < claim.start)
    return frozenset(found)


def _of_other_time(whole: Claim, part: Claim) -> bool:
    """Whether a whole is of a later year than its part, or still to come where the part is there."""
    if part.when is not None and whole.when is not None and part.sentence != whole.sentence:
        assert part.when.high is not None and whole.when.low is not None
        if whole.when.low - part.when.high > 366:
            return True
    return whole.modality == "planned" and part.modality == "asserted"


@lru_cache(maxsize=2)
def _sizes(article: Article) -> tuple[Claim, ...]:
    return tuple(claim for claim in article.claims if _is_size(article, claim))


def _is_size(article: Article, claim: Claim) -> bool:
    if claim.kind not in ("count", "money", "measure") or not claim.value or claim.value <= 0 or claim.sentence < 0:
        return False
    if claim.figure is None or "/" in claim.unit or claim.modality == "denied" or is_digest(article, claim.sentence):
        return False
    if claim.unit and claim.kind == "measure" and claim.dimension in ("temperature", "speed", "age"):
        return False
    return not (claim.kind == "count" and not claim.noun and 1900 <= claim.value <= 2100)


def _nearest(sizes: list[Claim], score) -> list[Claim]:  # type: ignore[no-untyped-def]
    number: dict[tuple[str, str], int] = {}
    kept = []
    for claim in sorted(sizes, key=lambda c: -score(c)):
        key = (claim.kind, claim.unit)
        number[key] = number.get(key, 0) + 1
        if number[key] <= _NEAREST:
            kept.append(claim)
    return kept


def _own(article: Article, claim: Claim, known: set[int]) -> tuple[Claim | None, list[Claim]]:
    """The whole and the parts that the share's own words attach to it: "12% of the 500", "60, or 12%"."""
    masked = article.masked(claim.sentence)
    before, behind = masked.around(claim)
    whole = _claim(masked.claims, _OWN_WHOLE.match(behind), known)
    found = _OWN_PART_AHEAD.search(before)
    ahead, before_that = _claim(masked.claims, found, known), None
    if found is not None and ahead is not None and whole is None:
        before_that = _claim(masked.claims, _PART_OF_WHOLE.search(before[: found.start()]), known)
    if before_that is not None:
        return ahead, [before_that]  # "60 of the 500 jobs, or 12%"
    parts = [ahead, _claim(masked.claims, _OWN_PART_BEHIND.match(behind), known)]
    return whole, [part for part in parts if part is not None and part is not whole]


def own_parts(article: Article, claim: Claim) -> list[Claim]:
    """The parts that stand right beside a share: "60, or 12%"."""
    return _own(article, claim, {c.id for c in article.claims if _is_size(article, c)})[1]


def own_whole_of(article: Article, claim: Claim) -> Claim | None:
    """The whole that a share's own words count: "a third of the club's 126 goals"."""
    return _own(article, claim, {c.id for c in article.claims if _is_size(article, c)})[0]


def _claim(claims: tuple[Claim, ...], match: re.Match[str] | None, known: set[int]) -> Claim | None:
    claim = claims[int(match["number"])] if match else None
    return claim if claim is not None and claim.id in known else None


def _own_features(article: Article, share: Share) -> dict[str, float]:
    claim = share.claim
    found = {"type " + share.type: 1.0}
    if article.is_display(claim):
        found["display"] = 1.0
    elif opening(article, claim):
        found["opening"] = 1.0
    for cue in cues(article).get(claim.id, ()):
        found["share " + cue] = 1.0
    if claim.modality != "asserted":
        found["share modal"] = 1.0
    return found


def _link_features(article: Article, claim: Claim, other: Claim) -> dict[str, float]:
    """What speaks for a claim being the share's whole, or its part."""
    alike = topics(article)
    found = {distance(claim, other): 1.0}
    if claim.sentence == other.sentence:
        found["behind" if other.start > claim.start else "ahead"] = 1.0
        found["context"] = 0.0
    else:
        found["context"] = alike.context(claim, other) / 100
        found["crossed"] = alike.crossed(claim, other) / 100
        if claim.block == other.block:
            found["block"] = 1.0
        if other.sentence > claim.sentence:
            found["later"] = 1.0
    found["heads"] = alike.heads(claim, other) / 100
    if not found["heads"] and heads(claim) and heads(other) and claim.sentence != other.sentence:
        found["heads apart"] = 1.0
    if claim.noun and other.noun:
        found["noun " + nouns(claim, other)] = 1.0
    if claim.verb and claim.verb == other.verb:
        found["verb"] = 1.0
    found["time " + times(other, claim)] = 1.0
    if claim.names and other.names:
        found["names shared" if claim.names & other.names else "names apart"] = 1.0
    if other.definite:
        found["definite"] = 1.0
    if other.role != "level":
        found["role " + other.role] = 1.0
    if other.other:
        found["other"] = 1.0
    known = cues(article).get(other.id, frozenset())
    for cue in ("l:of", "r:of", "r:more", "l:total", "r:each", "l:or", "r:rise", "r:fall"):
        if cue in known:
            found[cue] = 1.0
    if claim.speaker and other.speaker and claim.speaker != other.speaker:
        found["speaker"] = 1.0
    return found


def _pair_features(article: Article, part: Claim, whole: Claim) -> dict[str, float]:
    """What speaks for two claims being a part and its whole."""
    alike = topics(article)
    found = {"pair " + distance(part, whole): 1.0, "pair noun " + nouns(part, whole): 1.0}
    found["pair heads"] = alike.heads(part, whole) / 100
    if part.sentence != whole.sentence:
        found["pair context"] = alike.context(part, whole) / 100
        if part.sentence > whole.sentence:
            found["pair whole-first"] = 1.0
    else:
        masked = article.masked(part.sentence)
        places = {c.id: i for i, c in enumerate(masked.claims)}
        if part.id in places and whole.id in places:
            first, last = sorted((part, whole), key=lambda c: c.start)
            text = masked.text
            marks = [masked.mark(places[c.id]) for c in (first, last)]
            start = text.find(marks[0]) + len(marks[0])
            end = text.find(marks[1])
            between = text[start:end]
            if first is part and _PARTITIVE.match(between):
                found["pair partitive"] = 1.0
            elif first is whole:
                found["pair whole-first"] = 1.0
                if _OF_WHOLE.search(text[: text.find(marks[0])]):
                    found["pair of-whole"] = 1.0
                if re.search(r"\b(?:of (?:whom|which|them|these|those)|including|among them|with)\b", between):
                    found["pair including"] = 1.0
    if re.search(r"\bof (?:them|these|those|whom|which|the)\b", article.block(part).text[part.end : part.end + 12]):
        found["pair of-them"] = 1.0
    if not part.noun or part.carried:
        found["pair part bare"] = 1.0
    if is_person(part) != is_person(whole) and part.noun and whole.noun and part.kind == "count":
        found["pair persons"] = 1.0
    assert part.value is not None and whole.value is not None and part.figure is not None and whole.figure is not None
    if whole.value < 10:
        found["pair small"] = 1.0
    if part.figure.step > whole.figure.step:
        found["pair coarser"] = 1.0
    if part.modality != whole.modality:
        found["pair modality"] = 1.0
    found["pair ratio"] = log(whole.value / part.value)
    found["pair time " + times(part, whole)] = 1.0
    return found


def _compare(share: Share, part: Claim, whole: Claim) -> tuple[bool, float, float]:
    """Whether a part is the share of a whole, how likely chance would have it so, and what the difference's shape says."""
    claim = share.claim
    assert part.value is not None and whole.value is not None
    low_part, high_part = ends(part)
    low_whole, high_whole = ends(whole)
    ratio = Interval(low_part / high_whole, high_part / low_whole)
    told = claim.widest.scaled(share.unit)
    holds = not ratio.meet(told).is_empty
    assert ratio.high is not None and ratio.low is not None
    width = (ratio.high - ratio.low) + (_width(told, share))
    chance = min(0.9, float(width))
    slip = 0.0
    if not holds and claim.value is not None and claim.figure is not None:
        step = (claim.figure.step or Fraction(1)) * share.unit
        rounded = round(part.value / whole.value / step) * step
        written = claim.value * share.unit
        if share.type == "percent" and rounded > 0 and rounded != written:
            slip = evidence(written, rounded)
        implied = written * whole.value
        if share.type == "percent" and implied.denominator == 1 and width < Fraction(1, 20) and implied != part.value:
            slip = max(slip, evidence(part.value, implied))
    elif not holds:
        slip = -0.5
    return holds, chance, slip


def _width(interval: Interval, share: Share) -> Fraction:
    low, high = interval.low, interval.high
    return high - low if low is not None and high is not None else Fraction(1, 2)
