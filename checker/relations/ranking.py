"""Which figures a claim speaks of: the one calibrated way in which every family of relations links.

A claim that is made of other figures (a change, a share, a total, a length of time) is a *question*; each set of figures
that it could be made of is a *candidate*, and that it is made of none that the article gives is one more.  A log-linear
model over what the words share gives each candidate its chance before the numbers are looked at.  Then the numbers speak:
that a candidate's figures bear the claim out is strong evidence where chance would hardly bring it about; that they do
not is what an error looks like, the more so if a slip of the hand explains the difference.

Weights come from published news, where nearly all that belongs together agrees (``fit``); thresholds are set on flags in
1,000 published articles.  Both are data: ``rules/linker/*.toml``.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp, inf, log
from typing import Any, TypeVar

from checker.data import rules_folder
from checker.model import Claim, Relation

Q = TypeVar("Q")  # a family's kind of question

AGREES = 0.97  # how often figures that belong together agree in print
LEAST_CHANCE = 0.0005


@dataclass(frozen=True, slots=True)
class Candidate:
    """Figures that a claim may be made of.

    `score` is the log-linear model's value against that of none; `holds` says whether the figures bear the claim out as
    they may be meant, `chance` how likely figures at random would, `slip` the log likelihood ratio of the difference's
    shape.
    """

    operands: tuple[Claim, ...]
    score: float
    holds: bool
    chance: float
    slip: float = 0.0
    features: Mapping[str, float] | None = None  # kept only for fitting


@dataclass(frozen=True, slots=True)
class Verdict:
    """The best candidate of a question: `odds` are the log-odds that it is meant and, where it does not hold, in error."""

    candidate: Candidate
    holds: bool
    odds: float


@dataclass(frozen=True)
class Model:
    """The weights and thresholds of one family."""

    weights: Mapping[str, float]
    thresholds: Mapping[str, float]

    def score(self, features: Mapping[str, float]) -> float:
        weights, total = self.weights, 0.0
        for name, value in features.items():
            weight = weights.get(name)
            if weight is not None:
                total += weight * value
        return total

    def confidence(self, odds: float, score: float = inf) -> float | None:
        """What a finding at these odds is worth: 0.95 an error, 0.8 a warning, 0.5 a note, None nothing; a note at most
        where the words alone say too little for it."""
        for level, worth in (("error", 0.95), ("warning", 0.8), ("note", 0.5)):
            if odds >= self.thresholds.get(level, inf):
                return worth if score >= self.thresholds.get("words", -inf) else min(worth, 0.5)
        return None


MODELS: dict[str, Model] = {}  # by family, as they are asked for; the fitting command puts the priors here


def model(family: str) -> Model:
    """The model of a family, from its file in the linker's folder."""
    if family not in MODELS:
        with (rules_folder() / "linker" / f"{family}.toml").open("rb") as file:
            table: dict[str, Any] = tomllib.load(file)
        MODELS[family] = Model(table.get("weights", {}), table.get("thresholds", {}))
    return MODELS[family]


BORNE_OUT = 0.92  # the confidence of a relation whose figures agree


def related(
    family: str,
    questions: Iterable[Q],
    candidates: Callable[[Q], Iterable[Candidate]],
    relation: Callable[[Q, tuple[Claim, ...], float], Relation],
    is_summary: Callable[[Q], bool] = lambda question: False,
) -> Iterator[Relation]:
    """The answers to a family's questions: ``relation(question, operands, confidence)`` of the candidate that bears a
    question out (`agrees`), else of the one that fails, where its odds make a finding."""
    ranks = model(family)
    asked = [(question, list(candidates(question))) for question in questions]
    borne = [_borne_out(found, ranks.thresholds["agree"]) for _, found in asked]
    told = Counter(operands for operands in borne if operands)
    for own, (question, found) in zip(borne, asked, strict=True):
        free = [c for c in found if c.holds or is_summary(question) or not _is_told(c, own, told)]
        for verdict in judge(free):
            if not verdict.holds:
                confidence = ranks.confidence(verdict.odds, verdict.candidate.score)
                if confidence is not None:
                    yield relation(question, verdict.candidate.operands, confidence)
            elif verdict.odds > ranks.thresholds["agree"]:
                yield agreed(relation(question, verdict.candidate.operands, BORNE_OUT))
                break


def _is_told(candidate: Candidate, own: frozenset[int], told: Counter[frozenset[int]]) -> bool:
    """Whether a candidate's figures bear out another question than the one whose own they are."""
    operands = frozenset(claim.id for claim in candidate.operands)
    return told[operands] > (operands == own)


def _borne_out(found: Sequence[Candidate], least: float) -> frozenset[int]:
    """The ids of the figures that bear a question out: they are told by it, and are not another's in error."""
    verdict = next((v for v in judge(found) if v.holds and v.odds > least), None)
    return frozenset(claim.id for claim in verdict.candidate.operands) if verdict else frozenset()


def agreed(relation: Relation) -> Relation:
    """A relation whose claims were found to bear each other out."""
    return replace(relation, agrees=True)


def judge(candidates: Sequence[Candidate]) -> Iterator[Verdict]:
    """The candidate that is borne out best, and the likeliest one that is in error, where there are such.

    The first comes with the log-odds that it is meant rather than none; the second with those that it is meant and wrong
    rather than that none is meant or another one, which holds, is.
    """
    holding = [c for c in candidates if c.holds]
    failing = [c for c in candidates if not c.holds]
    borne = [(c.score + log(AGREES / max(c.chance, LEAST_CHANCE)), c) for c in holding]
    if borne:
        odds, best = max(borne, key=lambda pair: pair[0])
        yield Verdict(best, True, odds)
    if failing:
        odds, worst = max(((c.score + c.slip, c) for c in failing), key=lambda pair: pair[0])
        explained = _log_sum([0.0, *(value for value, _ in borne)])
        yield Verdict(worst, False, odds - explained)


def _log_sum(values: Sequence[float]) -> float:
    highest = max(values)
    return highest + log(sum(exp(value - highest) for value in values))
