"""Totals: a figure that is the sum of others, which the text lists in a sentence or tells one after another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, partial
from math import log

from checker.language.article import Article
from checker.model import BlockKind, Claim, Hedge, Interval, Relation
from checker.patterns import lazy
from checker.relations import changed
from checker.relations.cues import cues
from checker.relations.levels import ends, is_digest, nouns
from checker.relations.parts import is_person
from checker.relations.ranking import Candidate, model, related
from checker.relations.slips import evidence
from checker.relations.topics import opening, topics

_LONGEST, _SPAN = 9, 5  # parts of one sum; sentences over which they may be told
_REST = lazy(
    r"\b(?:the rest|remaining|remainder|the others?|the balance|another|further|the final|and the last|as well as|plus|together with|with the)\b",
    re.I,
)
_MORE = lazy(r"\b(?:more|others|another|further|each|apiece)\b", re.I)
_OPEN = lazy(
    r"\b(?:including|included|among them|such as|mainly|mostly|at least|some of|half of|of them|of whom|compared|than|from|up|down|about half)\b",
    re.I,
)
_TOTAL = lazy(
    r"\b(?:total|totall?ed|totall?ing|in all|altogether|combined|overall|in total|all told|sum|between them|together|haul|tally|aggregate|made up|comprising|comprises|consists?|divided|split|shared|breakdown|whole)\b",
    re.I,
)
# what stands between a total and its parts, told in one breath: "40 members: ", "34 medals (", "a bond that would pay for: "
_FRAMED = lazy(r"(?:\s[^\s,;:.()]+){0,12}?(?::|\s[—–-]|—|–|\s\(|,? (?:namely|made up of|comprising|consisting of))\s*")
_BY_CHANCE = 0.1  # two round figures elsewhere make a third so easily that it says nothing
_KINDS = ("count", "money", "measure", "percent")


@dataclass(frozen=True, slots=True)
class Total:
    """A claim that may be a sum."""

    claim: Claim


@dataclass(frozen=True, slots=True)
class Run:
    """Figures of one kind and unit that are told one after another: in one sentence (`listed`) or in several."""

    parts: tuple[Claim, ...]
    text: str  # the masked text from before the first to behind the last
    listed: bool
    weights: tuple[int, ...]  # 2 for "one each in Lee and St. Francis"


def questions(article: Article) -> Iterator[Total]:
    """Every level that could be a sum."""
    if not runs(article):
        return
    told = {change.claim.id for change in changed.questions(article)}
    for claim in article.claims:
        if claim.kind not in _KINDS or not claim.value or claim.sentence < 0 or claim.id in told:
            continue
        if claim.unit in ("pp", "bp") or claim.kind == "percent" or claim.role in ("change", "rate", "than"):
            continue
        if claim.value >= 3 and claim.modality != "denied" and not is_digest(article, claim.sentence):
            yield Total(claim)


def find(article: Article) -> Iterable[Relation]:
    """``parts-of`` relations: the parts are all of the whole."""
    found = list(related("totals", questions(article), partial(candidates, article), _relation))
    taken = {part.id for relation in found if relation.agrees for part in relation.roles["parts"]}
    for relation in found:
        if relation.agrees or not (
            any(part.id in taken for part in relation.roles["parts"]) or _is_another(article, relation)
        ):
            yield relation


_PER = lazy(r"\s(?:per|an?|each)\b")


def _is_another(article: Article, relation: Relation) -> bool:
    """Whether parts make another figure of the article ("4.5 billion above the 373.9 billion" the 378.4 of the lede), say
    only how far they may go ("up to"), or are told one for one of other things ("respectively"); or the total is a rate."""
    whole, parts = relation.roles["whole"][0], relation.roles["parts"]
    if any(part.figure is not None and part.figure.hedge == Hedge.AT_MOST for part in parts):
        return True
    if whole.figure is not None and _PER.match(article.block(whole).text, whole.end):
        return True
    if "respectively" in article.text(parts[0].sentence):
        return True
    low = sum((ends(part)[0] for part in parts), Fraction(0))
    high = sum((ends(part)[1] for part in parts), Fraction(0))
    own = {whole.id, *(part.id for part in parts)}
    return whole.kind != "count" and any(
        c.kind == whole.kind
        and c.unit == whole.unit
        and c.id not in own
        and c.value is not None
        and low <= c.value <= high
        for c in article.claims
    )


def _relation(total: Total, parts: tuple[Claim, ...], confidence: float) -> Relation:
    assumes = "" if confidence >= 0.9 else "if these are all the parts of this total"
    return Relation("parts-of", {"whole": (total.claim,), "parts": parts}, confidence, assumes)


@lru_cache(maxsize=2)
def runs(article: Article) -> list[Run]:
    """The enumerations of an article, longest first at each place."""
    found: list[Run] = []
    for kind, unit in sorted({(c.kind, c.unit) for c in article.claims if c.kind in ("count", "money", "measure")}):
        parts = [c for c in article.claims if c.kind == kind and c.unit == unit and _is_part(article, c)]
        by_sentence: dict[int, list[Claim]] = {}
        for claim in parts:
            by_sentence.setdefault(claim.sentence, []).append(claim)
        for index, members in by_sentence.items():
            found += _listed(article, index, members)
        found += _told(article, by_sentence)
    return found


# "27 of the US top 50": of a whole of its own
_OF_A_WHOLE = lazy(r" (?:out )?of (?:the|its|their|those|these) [^.,;:()\d]{0,30}\d")


def _is_part(article: Article, claim: Claim) -> bool:
    if claim.sentence < 0 or not claim.value or claim.value <= 0 or claim.figure is None or "/" in claim.unit:
        return False
    if (
        claim.role in ("change", "rate", "from", "than")
        or claim.modality == "denied"
        or is_digest(article, claim.sentence)
    ):
        return False
    if claim.kind == "count" and (claim.value.denominator != 1 or (not claim.noun and 1900 <= claim.value <= 2100)):
        return False
    if _OF_A_WHOLE.match(article.block(claim).text, claim.end):
        return False
    return article.block(claim).kind not in (
        BlockKind.HEADLINE,
        BlockKind.DATELINE,
        BlockKind.BYLINE,
        BlockKind.TABLE_CELL,
        BlockKind.CORRECTION,
    )


def _listed(article: Article, index: int, members: list[Claim]) -> Iterator[Run]:
    """The lists of one sentence: stretches of figures joined by commas and "and"."""
    if len(members) < 2:
        return
    masked = article.masked(index)
    places = {c.id: i for i, c in enumerate(masked.claims)}
    marked = [(c, masked.mark(places[c.id])) for c in members if c.id in places]
    spots = [(c, masked.text.find(mark), len(mark)) for c, mark in marked]
    for first in range(len(spots)):
        for last in range(first + 1, min(len(spots), first + _LONGEST)):
            between = [
                masked.text[a[1] + a[2] : b[1]]
                for a, b in zip(spots[first:last], spots[first + 1 : last + 1], strict=True)
            ]
            if not all(_joins(gap) for gap in between):
                break
            before = masked.text[max(0, spots[first][1] - 60) : spots[first][1]]
            after = masked.text[spots[last][1] + spots[last][2] :][:40]
            goes_on = last + 1 < len(spots) and _joins(
                masked.text[spots[last][1] + spots[last][2] : spots[last + 1][1]]
            )
            came = first > 0 and _joins(masked.text[spots[first - 1][1] + spots[first - 1][2] : spots[first][1]])
            if goes_on or (came and last - first < 2):
                continue  # "41 in Rotterdam, 27 in Dublin, 19 in Valencia and nine in Alicante": all of them or none
            text = before + masked.text[spots[first][1] : spots[last][1] + spots[last][2]] + after
            yield Run(tuple(c for c, _, _ in spots[first : last + 1]), text, True, (1,) * (last - first + 1))


def _joins(gap: str) -> bool:
    """Whether what stands between two figures can join two items of a list."""
    if "‹" in gap.replace("‹d", "").replace("‹p", "").replace("‹o", "").replace("‹a", "") or len(gap) > 110:
        return False
    return bool(re.search(r"[,;]|\band\b|\bplus\b|\bwith\b|\bwhile\b", gap)) and not re.search(
        r"\b(?:compared|against|versus|vs)\b|[.!?] |\b(?:than|from|to|up|down|compared|per|out of|of the|or)\b$",
        gap.strip() + " ",
    )


_NESTED = lazy(r"‹[nmu]\d+›[^‹›.;]*, of (?:which|whom) [^‹›.;]*‹[nmu]\d+›")  # "37 deaths, of which 35 were"


def _told(article: Article, by_sentence: dict[int, list[Claim]]) -> Iterator[Run]:
    """Figures told in sentences that follow each other, or in the items of one list."""
    order = sorted(by_sentence)
    for start, index in enumerate(order):
        members = list(by_sentence[index])
        for following in order[start + 1 : start + 1 + _SPAN]:
            if following - index > _SPAN and article.block(members[-1]).kind != BlockKind.LIST_ITEM:
                break
            members += by_sentence[following]
            if len(members) > _LONGEST:
                break
            text = " ".join(article.masked(i).text for i in range(index, following + 1))
            if _NESTED.search(text):
                break
            weights = tuple(_times(article, claim) for claim in members)
            yield Run(tuple(members), text, False, weights)


def _times(article: Article, claim: Claim) -> int:
    """2 for "one each in Lee and St. Francis"."""
    text = article.block(claim).text[claim.end : claim.end + 60]
    return (
        2
        if re.match(
            r"\s(?:[a-z]+ )?(?:each|apiece) (?:in|at|from|for|to) [A-Z][\w.’']+(?: [A-Z][\w.’']+)* and [A-Z]", text
        )
        else 1
    )


def candidates(article: Article, total: Total, keep: bool = False) -> Iterator[Candidate]:
    """The enumerations that a claim may be the sum of; with their features where they are to be fitted."""
    ranks = model("totals")
    claim = total.claim
    own = _own_features(article, claim)
    base = ranks.score(own)
    for run in runs(article):
        first = run.parts[0]
        if first.kind != claim.kind or first.unit != claim.unit or any(part.id == claim.id for part in run.parts):
            continue
        if claim.id in {part.id for part in run.parts} or (
            abs(first.sentence - claim.sentence) > 20 and not opening(article, claim)
        ):
            continue
        assert claim.value is not None
        exact = sum((w * (p.value or Fraction(0)) for w, p in zip(run.weights, run.parts, strict=True)), Fraction(0))
        largest = max(p.value or Fraction(0) for p in run.parts)
        if largest >= claim.value or exact > 2 * claim.value or 2 * exact < claim.value:
            continue
        features = _run_features(article, claim, run)
        score = base + ranks.score(features)
        holds, chance, slip = _compare(claim, run, exact)
        if not holds and claim.role == "from":
            continue  # "2,145, down from 3,342": an older level, of no parts told beside it
        if len(run.parts) == 2 and chance > _BY_CHANCE and first.sentence != claim.sentence:
            continue  # "fined €18,000" in the headline is no sum of €13,000 and €4,250
        yield Candidate(run.parts, score, holds, chance, slip, {**own, **features} if keep else None)


def _frames(article: Article, claim: Claim, run: Run) -> bool:
    """Whether a total, a colon or the like and all the parts are the whole end of a sentence: "40 members: 22 Labour,
    15 Conservative and 8 Green"."""
    members = [c for c in article.by_sentence.get(claim.sentence, ()) if c.start >= claim.start and c.kind in _KINDS]
    text = article.block(claim).text
    end = article.sentences[claim.sentence].end
    return (
        members == [claim, *run.parts]
        and _FRAMED.fullmatch(text[claim.end : run.parts[0].start]) is not None
        and not re.search(r"[.;:]\s", text[run.parts[-1].end : end].rstrip()[:-1])
        and end - run.parts[-1].end <= 40
    )


def _own_features(article: Article, claim: Claim) -> dict[str, float]:
    found = {"kind " + claim.kind: 1.0}
    if article.is_display(claim):
        found["display"] = 1.0
    elif opening(article, claim):
        found["opening"] = 1.0
    text = article.block(claim).text
    if _TOTAL.search(text[max(0, claim.start - 50) : claim.end + 50]):
        found["total word"] = 1.0
    for cue in ("l:of", "r:each", "tense:future", "l:from"):
        if cue in cues(article).get(claim.id, ()):
            found["whole " + cue] = 1.0
    if claim.modality != "asserted":
        found["whole modal"] = 1.0
    if claim.definite:
        found["whole definite"] = 1.0
    if claim.value is not None and claim.value < 10:
        found["whole small"] = 1.0
    return found


def _run_features(article: Article, claim: Claim, run: Run) -> dict[str, float]:
    alike = topics(article)
    first, last = run.parts[0], run.parts[-1]
    found: dict[str, float] = {"listed" if run.listed else "told": 1.0, "number": log(len(run.parts))}
    if len(run.parts) == 2:
        found["two"] = 1.0
    gap = first.sentence - claim.sentence
    if gap == 0 and claim.start < first.start:
        found["whole before"] = 1.0
        between = article.block(claim).text[claim.end : first.start]
        if re.search(r":|—|–|\(|made up of|consist|compris|namely|divided|split", between) and len(between) < 90:
            found["colon"] = 1.0
            if run.listed and _frames(article, claim, run):
                found["frame"] = 1.0
    elif gap == 0 or last.sentence == claim.sentence:
        found["whole behind"] = 1.0
    elif gap in (1, 2):
        found["next"] = 1.0
    elif gap > 0:
        found["later"] = 1.0
    else:
        found["earlier"] = 1.0
    if claim.block == first.block:
        found["block"] = 1.0
    kinds = [nouns(claim, part) for part in run.parts]
    found["noun same"] = kinds.count("same") / len(kinds)
    found["noun like"] = kinds.count("like") / len(kinds)
    found["noun other"] = kinds.count("other") / len(kinds)
    own = {part.noun for part in run.parts if part.noun}
    if len(own) <= 1:
        found["parts alike"] = 1.0
    if (
        claim.kind == "count"
        and claim.noun
        and any(part.noun and is_person(part) != is_person(claim) for part in run.parts)
    ):
        found["persons"] = 1.0
    found["heads"] = sum(alike.heads(claim, part) for part in run.parts) / len(run.parts) / 100
    if gap:
        found["context"] = sum(alike.context(claim, part) for part in run.parts) / len(run.parts) / 100
    if _REST.search(run.text):
        found["rest"] = 1.0
    if _MORE.search(run.text):
        found["more"] = 1.0
    if _OPEN.search(run.text):
        found["open"] = 1.0
    if article.block(first).kind == BlockKind.LIST_ITEM and not run.listed:
        found["items"] = 1.0
        blocks = {part.block for part in run.parts}
        group = [
            i
            for i, b in enumerate(article.document.blocks)
            if b.kind == BlockKind.LIST_ITEM and b.group == article.block(first).group
        ]
        if len(blocks) == len(run.parts) and blocks == set(group):
            found["all items"] = 1.0
    if not run.listed:
        sentences = {part.sentence for part in run.parts}
        if len(sentences) < len(run.parts):
            found["several a sentence"] = 1.0
        found["gaps"] = float(last.sentence - first.sentence + 1 - len(sentences))
    if run.listed and re.search(r"\band\b[^‹›]*‹[a-z]\d+›[^‹›]{0,40}$", run.text):
        found["closed"] = 1.0
    steps = {part.figure.step for part in run.parts if part.figure is not None}
    if len(steps) == 1:
        found["step"] = 1.0
    if {part.outcome for part in run.parts} == {claim.outcome} and claim.outcome:
        found["outcome"] = 1.0
    if {part.modality for part in run.parts} != {claim.modality}:
        found["modality"] = 1.0
    if any(w > 1 for w in run.weights):
        found["each"] = 1.0
    own_ids = {part.id for part in run.parts}
    near = [
        c
        for c in article.claims
        if c.kind == claim.kind and c.unit == claim.unit and abs(c.sentence - first.sentence) <= 4
    ]
    found["others"] = log(1 + sum(c.id != claim.id and c.id not in own_ids for c in near))
    if len(run.parts) >= 3 and run.listed and found["noun other"] == 0:
        found["listed alike"] = 1.0
    return found


def _compare(claim: Claim, run: Run, exact: Fraction) -> tuple[bool, float, float]:
    low = sum((w * ends(p)[0] for w, p in zip(run.weights, run.parts, strict=True)), start=Fraction(0))
    high = sum((w * ends(p)[1] for w, p in zip(run.weights, run.parts, strict=True)), start=Fraction(0))
    holds = not Interval(low, high).meet(claim.widest).is_empty
    assert claim.value is not None and claim.figure is not None
    mine = ends(claim)
    width = (high - low) + (mine[1] - mine[0]) + (1 if claim.kind == "count" else claim.figure.step)
    chance = min(0.9, float(width / (claim.value * Fraction(3, 2))))
    slip = 0.0 if holds else evidence(claim.value, exact)
    if not holds and slip < 0:
        slip = max(
            [
                slip,
                *(
                    evidence(p.value, claim.value - exact + p.value)
                    for p in run.parts
                    if p.value and claim.value - exact + p.value > 0
                ),
            ]
        )
    return holds, chance, slip
