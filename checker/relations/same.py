"""Which two mentions give one quantity: a figure of the headline, standfirst, caption or lede against the text below.

Nearly all that a published headline gives stands in its article, so published news says which words make two mentions one
quantity (``ranking``).  A figure that stands nowhere below, follows from nothing there, and has a mention below that the
words make its own but the number does not, is a contradiction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from math import ceil, exp, log
from sys import maxsize

from checker.language.article import Article
from checker.model import BlockKind, Claim, Hedge, Interval, Relation
from checker.relations.asides import is_of_another
from checker.relations.derived import following, is_half, is_one_less, is_rest, told_in_words
from checker.relations.levels import frame, in_unit, nouns, opposed, times
from checker.relations.ranking import Candidate, agreed, judge, model
from checker.relations.slips import evidence, size
from checker.relations.topics import topics

KINDS = frozenset({"count", "money", "percent", "measure", "ratio", "duration", "age", "date"})
_DISPLAY = {
    BlockKind.HEADLINE: "headline",
    BlockKind.DEK: "dek",
    BlockKind.CAPTION: "caption",
    BlockKind.SUBHEAD: "subhead",
}
# A correction quotes what was wrong; a byline and a dateline give no quantities; table cells have no sentence.
_APART = frozenset({BlockKind.CORRECTION, BlockKind.BYLINE, BlockKind.DATELINE, BlockKind.TABLE_CELL, BlockKind.DATE})
_BY_HALF = 0.02  # the chance that half of a figure is spoken of and another figure is as much
_IDLE = Fraction(1, 2)  # from which chance on it says nothing that a figure follows from others
_VERBATIM = 5  # of the six words around two mentions, as many as make one sentence of them
_GRAINS = frozenset({"year", "season", "month", "day"})  # of dates whose years are compared
_TURNED = (
    4.0  # evidence (log likelihood ratio) of two years with their last digits turned round: one pair in 200 by chance
)
_FAINT = 1.0  # evidence of a slip below which two lengths of time are of two things
_LEDE = 2  # sentences of the first paragraph that sum the article up
LIGHT_VERBS = frozenset("be have do make take say get give go come see include".split())


@dataclass(frozen=True, slots=True)
class Mention:
    """A claim that another mention should repeat: `type` is headline, dek, caption, subhead or lede."""

    claim: Claim
    type: str


def questions(article: Article) -> Iterator[Mention]:
    """The figures of the display text and of the first paragraph."""
    for claim in article.claims:
        if not _is_mention(article, claim):
            continue
        if claim.kind == "date" and (
            claim.figure is None or claim.figure.calendar is None or claim.figure.calendar.grain != "year"
        ):
            continue
        kind = article.block(claim).kind
        if kind in _DISPLAY:
            yield Mention(claim, _DISPLAY[kind])
        elif claim.block == article.lede and claim.sentence < article.sentences_of(article.lede)[0].index + _LEDE:
            yield Mention(claim, "lede")


def find(article: Article) -> Iterable[Relation]:
    """``same-quantity`` relations of mentions that agree to the digit or conflict, ``repeats`` of those that agree roughly."""
    ranks = model("same")
    for mention in questions(article):
        verdicts = list(judge(_together(candidates(article, mention, keep=True))))
        for verdict in verdicts:
            (other,) = verdict.candidate.operands
            if other.id == mention.claim.id:
                if verdicts[-1].odds <= verdict.odds:
                    break  # it follows from other figures
                continue
            if verdict.holds:
                if verdict.odds > ranks.thresholds["agree"]:
                    kind = "same-quantity" if _identical(mention.claim, other) else "repeats"
                    yield agreed(Relation(kind, {"a": (mention.claim,), "b": (other,)}, 0.92))
                    break
            else:
                odds = verdict.odds
                if mention.type == "lede" and (
                    "verbatim" not in (verdict.candidate.features or ()) or mention.claim.kind in ("percent", "measure")
                ):
                    odds -= ranks.thresholds["lede"]
                confidence = ranks.confidence(odds)
                if confidence is not None and verdict.candidate.slip <= 0:  # a note all the same
                    confidence = max(0.5, ranks.confidence(odds - ranks.thresholds["unlike"]) or 0)
                if confidence is not None and mention.claim.kind == "duration" and verdict.candidate.slip <= _FAINT:
                    confidence = min(confidence, 0.5)  # an article tells of many lengths of time
                if confidence is not None and is_of_another(article, other):
                    confidence = min(confidence, 0.5)
                if confidence is not None:
                    assumes = "" if confidence >= 0.9 else "if both give the same quantity"
                    yield Relation("same-quantity", {"a": (mention.claim,), "b": (other,)}, confidence, assumes)


def _together(found: Iterable[Candidate]) -> list[Candidate]:
    """The candidates; of those that give one other figure the likeliest has the weight of all."""
    listed = list(found)
    groups: dict[Fraction, list[Candidate]] = {}
    for candidate in listed:
        if not candidate.holds:
            groups.setdefault(number(candidate.operands[0]), []).append(candidate)
    kept = [c for c in listed if c.holds]
    for group in groups.values():
        best = max(group, key=lambda c: c.score + c.slip)
        kept.append(replace(best, score=log(sum(exp(c.score) for c in group))))
    return kept


def _identical(a: Claim, b: Claim) -> bool:
    return a.value == b.value and a.widest == b.widest and a.unit == b.unit


def candidates(article: Article, mention: Mention, keep: bool = False) -> Iterator[Candidate]:
    """The figures below that a mention may repeat, and itself for what it follows from; with features for the fitting."""
    ranks = model("same")
    claim = mention.claim
    own = _own_features(article, mention)
    base = ranks.score(own)
    for other in article.claims:
        if not _is_mention(article, other) or not _below(article, mention, other):
            continue
        if not comparable(claim, other) and not _told_shortly(mention, other) and not told_in_words(claim, other):
            continue
        features = _pair_features(article, mention, other)
        score = base + ranks.score(features)
        holds = agree(claim, other) or told_in_words(claim, other)
        if not holds and (opposed(claim, other) or _is_by(article, claim) != _is_by(article, other)):
            continue
        slip = 0.0 if holds else _slip(claim, other)
        if claim.kind == "date" and not holds and slip != _TURNED:
            continue  # an article tells of many years
        yield Candidate((other,), score, holds, _chance(claim), slip, {**own, **features} if keep else None)
    if claim.kind not in ("date", "ordinal", "age"):
        chance = follows(article, claim)
        if chance is not None:
            derived = {"follows": 1.0}
            yield Candidate((claim,), ranks.score(derived), True, chance, 0.0, derived if keep else None)


def _is_by(article: Article, claim: Claim) -> bool:
    """Whether a figure tells by how much: "beats its target by £4,200"."""
    return article.block(claim).text[: claim.start].endswith(" by ")


def _is_mention(article: Article, claim: Claim) -> bool:
    if claim.kind not in KINDS or claim.figure is None or claim.sentence < 0:
        return False
    if claim.kind == "date":
        calendar = claim.figure.calendar
        return calendar is not None and calendar.grain in _GRAINS and "year" in calendar.written
    return claim.value is not None and claim.value > 0 and article.block(claim).kind not in _APART


def _below(article: Article, mention: Mention, other: Claim) -> bool:
    """Whether another claim stands in the text that the mention sums up."""
    if other.id == mention.claim.id or other.sentence == mention.claim.sentence:
        return False
    if mention.claim.kind == "ratio" and (mention.claim.role == "change") != (other.role == "change"):
        return False  # "down by three-quarters" is told again by no share
    if mention.type == "lede":
        return other.block > mention.claim.block or (
            other.block == mention.claim.block and other.sentence > mention.claim.sentence
        )
    return article.block(other).kind not in _DISPLAY or (
        mention.type == "headline" and article.block(other).kind == BlockKind.DEK
    )


def comparable(a: Claim, b: Claim) -> bool:
    """Whether two claims could give one quantity at all: kind, unit, and a number on both sides."""
    if a.kind != b.kind:
        return False
    if a.kind in ("money", "measure", "duration"):
        return ("/" in a.unit) == ("/" in b.unit) and in_unit(a, b.unit) is not None
    return a.kind == "count" or a.unit == b.unit or a.kind in ("date", "ordinal", "age")


def _told_shortly(mention: Mention, other: Claim) -> bool:
    """Whether a headline leaves out of what, or per what, its number is: "$81K JOB", "DEFICIT CUT TO 13.65 BILLION"."""
    claim = mention.claim
    if mention.type != "headline" or claim.kind == "date" or not agree(claim, other):
        return False
    if claim.kind == other.kind == "money":
        return "/" in other.unit and in_unit(claim, other.unit) is not None
    return claim.kind == "count" and other.kind in ("money", "measure") and size(number(claim), number(claim)) > 2


def number(claim: Claim) -> Fraction:
    """What is compared of a claim: its value, of a year its number."""
    if claim.kind == "date" and claim.figure is not None and claim.figure.calendar is not None:
        return Fraction(claim.figure.calendar.year or 0)
    assert claim.value is not None
    return claim.value


def reading(claim: Claim) -> Interval:
    """What a mention may stand for when another mention repeats it: rounded or cut off ($16.6bn as "$16bn")."""
    widest = claim.widest
    figure = claim.figure
    if claim.kind == "date":
        return Interval.point(number(claim))
    if figure is None or figure.value is None or widest.is_point:
        return widest
    if figure.hedge in (Hedge.EXACT, Hedge.ABOUT, Hedge.UP, Hedge.DOWN) and widest.high is not None:
        return Interval(widest.low, max(widest.high, figure.value + figure.step), widest.low_open, True)
    if figure.hedge in (Hedge.MORE_THAN, Hedge.AT_LEAST) and widest.low is not None:
        return Interval(figure.value, None)
    return widest


def agree(a: Claim, b: Claim) -> bool:
    """Whether the two could be one number."""
    if number(a) == number(b) and a.unit == b.unit:
        return True
    if a.unit == b.unit and a.kind != "date" and (_coarse(a, b) or _round(a, b)):
        return True
    factor = Fraction(1) if a.kind not in ("money", "measure", "duration") else in_unit(b, a.unit) or Fraction(1)
    one, other = reading(a), reading(b).scaled(factor)
    if (
        a.figure is not None
        and b.figure is not None
        and a.figure.hedge == b.figure.hedge
        and a.figure.step == b.figure.step
    ):
        one, other = a.widest, b.widest.scaled(factor)  # "more than 57,000" and "more than 47,000" are not one number
    if factor != 1 and a.kind == "duration":
        slack = number(a) / 12  # "two years" for 25 months
        one = Interval(number(a) - slack, number(a) + slack)
    return not one.meet(other).is_empty


def _coarse(a: Claim, b: Claim) -> bool:
    """Whether one is the other rounded or cut off at its last digit: 248 for 248.02."""
    assert a.figure is not None and b.figure is not None
    fine, coarse = (a, b) if a.figure.step < b.figure.step else (b, a)
    assert coarse.figure is not None
    step = coarse.figure.step
    return number(coarse) - step / 2 <= number(fine) < number(coarse) + step and number(coarse) >= step


def _round(a: Claim, b: Claim) -> bool:
    """Whether the first is a round number near the second: "500K" for 480,000 or 513,000."""
    one, other = number(a), number(b)
    return size(one, one) == 1 and one >= 100 and abs(one - other) * 100 <= 7 * one


def _chance(claim: Claim) -> float:
    """How likely a figure of the kind agrees without being the same: small for a number written in many digits."""
    if claim.kind == "date":
        return 0.1
    digits = size(number(claim), number(claim))
    base = {1: 0.2, 2: 0.04, 3: 0.008, 4: 0.002}.get(digits, 0.001)
    if claim.figure is not None and claim.figure.hedge != Hedge.EXACT:
        base *= 2
    return min(0.5, base * (2 if claim.kind in ("percent", "ordinal", "duration", "age") else 1))


def _slip(a: Claim, b: Claim) -> float:
    if a.kind == "date":
        one, other = str(int(number(a))), str(int(number(b)))
        if len(one) == len(other) == 4 and one[:2] == other[:2] and one[2:] == other[:1:-1]:
            return _TURNED
        return -1.0
    other_number = number(b) * (in_unit(b, a.unit) or 1) if a.kind in ("money", "measure", "duration") else number(b)
    found = evidence(number(a), other_number)
    if found < 0 and other_number > 0:
        found -= min(3.0, max(0.0, abs(log(number(a) / other_number)) - 1))  # nobody mistakes 7 for 7,000
    return found


def _own_features(article: Article, mention: Mention) -> dict[str, float]:
    claim = mention.claim
    found = {"type " + mention.type: 1.0, "kind " + claim.kind: 1.0}
    if mention.type == "lede":
        found[f"lede {claim.kind}"] = 1.0
    if claim.role != "level":
        found["role " + claim.role] = 1.0
    if claim.modality != "asserted":
        found["modal"] = 1.0
    if claim.other:
        found["other"] = 1.0
    digits = size(number(claim), number(claim))
    found["digits"] = float(min(4, digits))
    assert claim.figure is not None
    if claim.figure.worded:
        found["worded"] = 1.0
    return found


def _pair_features(article: Article, mention: Mention, other: Claim) -> dict[str, float]:
    claim, alike = mention.claim, topics(article)
    found: dict[str, float] = {}
    place = article.block(other).kind
    if other.block == article.lede:
        found["in lede"] = 1.0 if mention.type != "lede" else 0.0
        if mention.type == "headline":
            found["headline in lede"] = 1.0
    elif other.block in article.openings:
        found["in opening"] = 1.0
    if place == BlockKind.DEK:
        found["in dek"] = 1.0
    elif place == BlockKind.CAPTION:
        found["in caption"] = 1.0
    elif place == BlockKind.QUOTE:
        found["in quote"] = 1.0
    found["noun " + nouns(claim, other)] = 1.0
    found["heads"] = alike.heads(claim, other) / 100
    found["crossed"] = alike.crossed(claim, other) / 100
    found["context"] = alike.context(claim, other) / 100
    if claim.modifiers & other.modifiers:
        found["modifiers shared"] = 1.0
    elif claim.modifiers and other.modifiers:
        found["modifiers apart"] = 1.0
    if claim.verb and claim.verb == other.verb and claim.verb not in LIGHT_VERBS:
        found["verb same"] = 1.0
    if claim.outcome and other.outcome:
        found["outcome same" if claim.outcome == other.outcome else "outcome apart"] = 1.0
    elif claim.outcome or other.outcome:
        found["outcome one"] = 1.0
    if claim.names and other.names:
        found["names shared" if claim.names & other.names else "names apart"] = 1.0
    for role in ("change", "rate", "from", "than", "to"):
        if (claim.role == role) != (other.role == role):
            found[f"role {role} one"] = 1.0
        elif claim.role == role:
            found[f"role {role} both"] = 1.0
    one, two = claim.figure, other.figure
    assert one is not None and two is not None
    if one.hedge != two.hedge:
        found["hedge apart"] = 1.0
    elif one.hedge != Hedge.EXACT:
        found["hedge same"] = 1.0
    if claim.unit != other.unit:
        found["unit apart"] = 1.0
    found["time " + times(claim, other)] = 1.0
    if claim.modality != other.modality:
        found["modality apart"] = 1.0
    if claim.speaker and other.speaker and claim.speaker != other.speaker:
        found["speaker apart"] = 1.0
    if other.other:
        found["second other"] = 1.0
    if other.definite:
        found["second definite"] = 1.0
    known = _known(article)
    found["siblings"] = log(known[other.sentence, other.kind, other.unit] or 1)
    found["crowd"] = log(known[None, claim.kind, other.unit] or 1)
    found["frame"] = float(frame(article, claim, other))
    if found["frame"] >= _VERBATIM:
        found["verbatim"] = 1.0
    return found


@lru_cache(maxsize=2)
def _known(article: Article) -> Counter[tuple[int | None, str, str]]:
    """How many claims of each kind and unit each sentence has, and (None) the article."""
    return Counter((place, c.kind, c.unit) for c in article.claims for place in (c.sentence, None))


def follows(article: Article, claim: Claim) -> float | None:
    """How likely chance would have it that a figure is a sum, a difference, a change or a share of figures that stand
    elsewhere in the article; None where it is none."""
    assert claim.value is not None
    others = {
        (other.kind, other.unit, other.value)
        for other in article.claims
        if other.sentence != claim.sentence
        and other.value is not None
        and other.value > 0
        and other.kind in ("count", "money", "percent", "measure")
        and (claim.kind in ("percent", "ratio") or (other.kind == claim.kind and other.unit == claim.unit))
    }
    goal = reading(claim) if reading(claim).high is not None else claim.widest
    if any(is_one_less(article, other, goal) for other in article.claims if other.kind == claim.kind == "count"):
        return _BY_HALF
    if any(is_rest(claim, other, goal) for other in article.claims):
        return _BY_HALF
    if any(is_half(article, other, goal) for other in article.claims if other.kind == claim.kind):
        return _BY_HALF
    each = _span(goal, claim) / (claim.value * Fraction(3, 2))
    number = following(claim, others, goal, ceil(_IDLE / each) if each else maxsize)
    return float(number * each) if number is not None and number * each < _IDLE else None


def _span(goal: Interval, claim: Claim) -> Fraction:
    assert claim.value is not None and claim.figure is not None
    if goal.low is None or goal.high is None:
        return claim.value / 2
    return max(goal.high - goal.low, claim.figure.step if claim.kind != "count" else Fraction(1))
