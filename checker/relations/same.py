"""Which two mentions give one quantity: calibrated on published news, where nearly all that is the same agrees.

Candidates are pairs of claims of one kind and unit in different sentences.  A logistic model over what the words share
gives the log-odds that they are one quantity; where their values differ, the log likelihood ratio of the slip's shape
is added (``slips``).  Values that stand elsewhere in the article are explained away.  Thresholds are set on flags in
1,000 published articles (``fit``), never on a probability.  Data: ``rules/linker/same-quantity.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cache
from math import log
from typing import Any

from checker.data import rules_folder
from checker.language.article import Article
from checker.model import BlockKind, Claim, Hedge, Interval, Relation
from checker.relations.parts import is_person
from checker.relations.slips import shape, size

KINDS = frozenset({"count", "money", "percent", "measure", "ratio", "duration"})
_GENERIC = frozenset({"person", "people", "man", "other", "victim", "member"})
_LIGHT_VERBS = frozenset("be have do make take say get give go come see include".split())


@cache
def _model() -> dict[str, Any]:
    with (rules_folder() / "linker" / "same-quantity.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def _frequencies() -> tuple[int, dict[str, int]]:
    """In how many of how many articles each word stands."""
    lines = (rules_folder() / "linker" / "document-frequencies.tsv").read_text(encoding="utf-8").splitlines()
    total = int(lines[0].split("\t")[1])
    return total, {word: int(number) for word, number in (line.split("\t") for line in lines[1:])}


def rarity(word: str) -> float:
    """How little a shared word can be chance: 0 for one in every article, 1 for one that the corpus hardly knows."""
    total, known = _frequencies()
    return log(total / known.get(word, 5)) / log(total / 5)


def comparable(a: Claim, b: Claim) -> bool:
    """Whether two claims could give one quantity at all: kind, unit, and a number on both sides."""
    if a.kind != b.kind or a.kind not in KINDS or a.sentence == b.sentence:
        return False
    if a.value is None or b.value is None or a.value <= 0 or b.value <= 0:
        return False
    if a.kind in ("money", "percent", "measure", "ratio", "duration"):
        return a.unit == b.unit
    return True


def reading(claim: Claim) -> Interval:
    """What a mention may stand for when another mention repeats it: rounded or cut off ($16.6bn as "$16bn")."""
    widest = claim.widest
    figure = claim.figure
    if figure is None or figure.value is None or figure.step is None or widest.is_point:
        return widest
    if figure.hedge in (Hedge.EXACT, Hedge.ABOUT) and widest.high is not None:
        return Interval(widest.low, max(widest.high, figure.value + figure.step), widest.low_open, True)
    if figure.hedge in (Hedge.MORE_THAN, Hedge.AT_LEAST) and widest.low is not None:
        return Interval(figure.value, None)
    return widest


def agree(a: Claim, b: Claim) -> bool:
    """Whether the two could be one number."""
    if a.value == b.value:
        return True
    return not reading(a).meet(reading(b)).is_empty


def repeats(a: Claim, b: Claim) -> bool:
    """Whether one mention plainly repeats the other's number, perhaps rounded or cut off: a stricter test than ``agree``."""
    assert a.value is not None and b.value is not None
    return a.value == b.value or a.value in _said(b) or b.value in _said(a)


def _said(claim: Claim) -> Interval:
    """The numbers that a mention as it is written would be used for."""
    figure = claim.figure
    if figure is None or figure.value is None or claim.intended.is_point:
        return claim.intended
    return Interval(
        claim.intended.low, max(claim.intended.high or figure.value, figure.value + figure.step), high_open=True
    )


def nouns(a: Claim, b: Claim) -> str:
    """How the nouns that two claims count compare: eq, generic, both-empty, one-empty or differ."""
    if a.noun == b.noun:
        return "eq" if a.noun else "both-empty"
    if not a.noun or not b.noun:
        return "one-empty"
    if (a.noun in _GENERIC and is_person(b)) or (b.noun in _GENERIC and is_person(a)):
        return "generic"
    return "differ"


def features(article: Article, a: Claim, b: Claim, siblings: dict[tuple[int, str, str], int]) -> dict[str, float]:
    """What the words around two claims share, as named numbers between 0 and about 3."""
    found: dict[str, float] = {f"kind_{a.kind}": 1.0}
    kinds = {article.block(a).kind, article.block(b).kind}
    lede = article.lede in (a.block, b.block)
    if BlockKind.HEADLINE in kinds:
        found["headline"] = 1.0
        if lede:
            found["headline_lede"] = 1.0
        if BlockKind.DEK in kinds:
            found["headline_dek"] = 1.0
    elif BlockKind.DEK in kinds:
        found["dek"] = 1.0
        if lede:
            found["dek_lede"] = 1.0
    elif BlockKind.CAPTION in kinds:
        found["caption"] = 1.0
    elif lede and a.block != b.block:
        found["lede"] = 1.0
    found["noun_" + nouns(a, b)] = 1.0
    if a.noun and a.noun == b.noun:
        found["noun_rarity"] = rarity(a.noun)
    if a.modifiers & b.modifiers:
        found["modifiers_shared"] = max(rarity(word.removeprefix("of ")) for word in a.modifiers & b.modifiers)
    elif a.modifiers and b.modifiers:
        found["modifiers_differ"] = 1.0
    if a.verb and a.verb == b.verb:
        found["verb_light" if a.verb in _LIGHT_VERBS else "verb_eq"] = 1.0
    elif a.verb and b.verb and not {a.verb, b.verb} & _LIGHT_VERBS:
        found["verb_differ"] = 1.0
    if a.outcome and b.outcome:
        found["outcome_eq" if a.outcome == b.outcome else "outcome_differ"] = 1.0
    elif a.outcome or b.outcome:
        found["outcome_one"] = 1.0
    shared = (a.context & b.context) - {a.noun, b.noun, a.verb, b.verb}
    found["context_shared"] = min(4.0, sum(rarity(word) for word in shared))
    names = a.names & b.names
    if names:
        found["names_shared"] = min(2.0, sum(rarity(name.lower()) for name in names))
    elif a.names and b.names:
        found["names_differ"] = 1.0
    hedges = {hedge_of(a), hedge_of(b)}
    if len(hedges) > 1:
        found["hedge_differ"] = 1.0
    elif hedges != {Hedge.EXACT}:
        found["hedge_eq"] = 1.0
    for role in ("change", "rate", "from", "than", "to"):
        if (a.role == role) != (b.role == role):
            found[f"role_{role}_one"] = 1.0
        elif a.role == role:
            found[f"role_{role}_both"] = 1.0
    others = siblings[a.sentence, a.kind, a.unit] + siblings[b.sentence, b.kind, b.unit] - 2
    found["siblings"] = log(1 + others)
    found["siblings_least"] = log(min(siblings[a.sentence, a.kind, a.unit], siblings[b.sentence, b.kind, b.unit]))
    if a.time and b.time:
        found["time_eq" if a.time == b.time else "time_differ"] = 1.0
    if a.place and b.place:
        found["place_eq" if a.place == b.place else "place_differ"] = 1.0
    if a.modality != b.modality:
        found["modality_differ"] = 1.0
    if a.speaker and b.speaker and a.speaker != b.speaker:
        found["speaker_differ"] = 1.0
    if a.other or b.other:
        found["other"] = 1.0
    if b.definite:
        found["definite_second"] = 1.0
    found["frame"] = float(_frame(article, a, b))
    if a.kind in ("money", "percent") and a.subject and a.subject == b.subject:
        found["subject_eq"] = rarity(a.subject)
    return found


def hedge_of(claim: Claim) -> Hedge:
    return claim.figure.hedge if claim.figure is not None else Hedge.EXACT


def _frame(article: Article, a: Claim, b: Claim) -> int:
    """How many words next to the two figures are the same, up to three on either side."""
    count = 0
    for words_a, words_b in zip(_around(article, a), _around(article, b), strict=True):
        for one, other in zip(words_a, words_b, strict=False):
            if one != other:
                break
            count += 1
    return count


def _around(article: Article, claim: Claim) -> tuple[list[str], list[str]]:
    text = article.block(claim).text
    end = claim.figure.end if claim.figure is not None else claim.end
    before = text[max(0, claim.start - 60) : claim.start].lower().split()[-3:][::-1]
    after = text[end : end + 60].lower().split()[:3]
    return [word.strip(",.;:") for word in before], [word.strip(",.;:") for word in after]


def odds(found: dict[str, float]) -> float:
    """The log-odds that a pair with these features is one quantity."""
    weights = _model()["weights"]
    return weights["intercept"] + sum(weights.get(name, 0.0) * value for name, value in found.items())


def siblings_of(article: Article) -> dict[tuple[int, str, str], int]:
    """How many figures of each kind and unit every sentence holds (counts are all of one unit)."""
    number: dict[tuple[int, str, str], int] = {}
    for claim in article.claims:
        key = (claim.sentence, claim.kind, claim.unit)
        number[key] = number.get(key, 0) + 1
    return number


def candidates(article: Article) -> Iterator[tuple[Claim, Claim]]:
    """Pairs of comparable claims in different sentences, the display text's or the earlier one first."""
    claims = [
        claim
        for claim in article.claims
        if claim.kind in KINDS and claim.value is not None and article.block(claim).kind not in _APART
    ]
    for i, a in enumerate(claims):
        for b in claims[i + 1 :]:
            if comparable(a, b) and nouns(a, b) != "differ":
                yield a, b


# A correction quotes what was wrong; a byline and a dateline give no quantities; table cells have no sentence.
_APART = frozenset({BlockKind.CORRECTION, BlockKind.BYLINE, BlockKind.DATELINE, BlockKind.TABLE_CELL})


def explained(article: Article) -> dict[int, frozenset[int]]:
    """For each claim's id the ids of the claims elsewhere whose value it repeats."""
    claims = [claim for claim in article.claims if claim.kind in KINDS and claim.value is not None]
    found: dict[int, set[int]] = {claim.id: set() for claim in claims}
    for i, a in enumerate(claims):
        for b in claims[i + 1 :]:
            if comparable(a, b) and agree(a, b):
                found[a.id].add(b.id)
                found[b.id].add(a.id)
    return {key: frozenset(ids) for key, ids in found.items()}


def slip_ratio(a: Claim, b: Claim) -> float:
    """The log likelihood ratio of a slip of this shape against a natural difference."""
    assert a.value is not None and b.value is not None
    ratios = _model()["slips"]
    name = shape(a.value, b.value)
    digits = size(a.value, b.value)
    if digits <= 1:
        # "million" for "billion" is a slip of the scale word; 4 and 400 are just two numbers
        word = (
            name == "scale" and min(a.value, b.value) >= 1000 and max(a.value, b.value) == 1000 * min(a.value, b.value)
        )
        return float(ratios["short"]["scale"] if word else ratios["single"])
    return float(ratios["short" if digits == 2 else "long"][name])


def find(article: Article) -> Iterable[Relation]:
    """``same-quantity`` relations: of claims that agree, and of claims that differ by a slip."""
    thresholds = _model()["thresholds"]
    siblings = siblings_of(article)
    repeated = explained(article)
    best: dict[int, tuple[float, Claim, Claim]] = {}
    for a, b in candidates(article):
        found = features(article, a, b, siblings)
        score = odds(found)
        if agree(a, b):
            # two of a value are rarely chance: that it is repeated is itself evidence of one quantity
            if score >= thresholds["agree"] and a.value == b.value and a.widest == b.widest:
                yield Relation("same-quantity", {"a": (a,), "b": (b,)}, 0.95)
            elif (score >= thresholds["repeat"] and size(*_values(a, b)) >= 2) or score >= thresholds["agree"]:
                yield Relation("repeats", {"a": (a,), "b": (b,)}, 0.9)
            continue
        if not _same_world(a, b) or (repeated[a.id] and repeated[b.id]):
            continue
        score += slip_ratio(a, b)
        if (repeated[a.id] or repeated[b.id]) and not _one_statement(found):
            score -= thresholds["explained"]
        elif article.is_display(a) and not repeated[a.id]:
            score += thresholds["unsupported"]
        if a.id not in best or score > best[a.id][0]:
            best[a.id] = (score, a, b)
    for score, a, b in best.values():
        level = "display" if article.block(a).kind == BlockKind.HEADLINE else "body"
        if score < thresholds[level]["note"] or (article.is_display(a) and follows(article, a)):
            continue
        confidence = (
            0.95 if score >= thresholds[level]["error"] else 0.75 if score >= thresholds[level]["warning"] else 0.4
        )
        assumes = "" if confidence > 0.9 else "if both give the same quantity"
        yield Relation("same-quantity", {"a": (a,), "b": (b,)}, confidence, assumes)


def _values(a: Claim, b: Claim) -> tuple[Fraction, Fraction]:
    assert a.value is not None and b.value is not None
    return a.value, b.value


def _one_statement(found: dict[str, float]) -> bool:
    """Whether the two repeat each other nearly word for word, so that no other mention explains the difference."""
    return found["frame"] >= 3 and found["context_shared"] >= 1.5


def _same_world(a: Claim, b: Claim) -> bool:
    if a.modality != b.modality and "denied" in (a.modality, b.modality):
        return False
    return not (a.role != b.role and {a.role, b.role} & {"from", "than", "change", "rate"})


def follows(article: Article, claim: Claim) -> bool:
    """Whether a figure is a sum, a difference, a change or a share of figures that stand elsewhere in the article."""
    assert claim.value is not None
    values = sorted({
        other.value
        for other in article.claims
        if other.sentence != claim.sentence
        and other.value is not None
        and other.value > 0
        and (other.kind == claim.kind or claim.kind in ("percent", "ratio"))
        and (other.unit == claim.unit or claim.kind in ("count", "percent", "ratio"))
    })  # fmt: skip
    goal = reading(claim)
    for i, low in enumerate(values):
        for high in values[i:]:
            if claim.kind in ("percent", "ratio"):
                share = low / high
                made = (
                    (100 * share, 100 - 100 * share, 100 / share - 100)
                    if claim.kind == "percent"
                    else (share, 1 / share)
                )
            else:
                made = (low + high, high - low)
            if any(value in goal for value in made):
                return True
    return claim.kind == "percent" and any(100 - value in goal for value in values)
