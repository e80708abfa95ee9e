"""One event whose date is told twice: "federal inspectors who turned up last Friday" beside "the Oct. 2 visit"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, partial

from checker.data import lexicon
from checker.language.article import Article
from checker.language.words import likeness
from checker.model import BlockKind, Claim, Kind, Relation
from checker.patterns import lazy
from checker.relations.derived import light
from checker.relations.levels import distance
from checker.relations.ranking import Candidate, model, related
from checker.relations.topics import opening, topics

_NEAREST = 14
_LOOSE = 3  # days: "last week" of a paper printed on a Tuesday
_KEPT = lazy(r"\b(?:anniversary|birthday|jubilee|centenary|(?:silver|ruby|golden|diamond|platinum) wedding)\b", re.I)
_GRAINS = ("day", "week", "weekend", "month", "season", "quarter", "year")
_APART = frozenset({BlockKind.CORRECTION, BlockKind.BYLINE, BlockKind.DATELINE, BlockKind.TABLE_CELL, BlockKind.DATE})
_SPAN = lazy(
    r"\b(?:since|until|till|from|through|between|before|after|by|to|every|each|ended|ending|ago to)\s(?:(?:the|early|late|mid|last|at least) ){0,2}$",
    re.I,
)
_LIGHT = frozenset("be have do make take say get give go come see include hold tell report announce".split())


@dataclass(frozen=True, slots=True)
class Event:
    """A dated event."""

    claim: Claim
    type: str  # relative | absolute


def questions(article: Article) -> Iterator[Event]:
    """Every date that tells when something happened or will."""
    for claim in _telling(article):
        assert claim.figure is not None and claim.figure.calendar is not None
        yield Event(claim, "relative" if claim.figure.calendar.relative else "absolute")


@lru_cache(maxsize=2)
def _telling(article: Article) -> tuple[Claim, ...]:
    return tuple(claim for claim in article.claims if _tells(article, claim))


def _tells(article: Article, claim: Claim) -> bool:
    figure = claim.figure
    if (
        claim.kind != Kind.DATE
        or figure is None
        or figure.calendar is None
        or figure.low is None
        or figure.high is None
    ):
        return False
    if figure.calendar.grain not in _GRAINS or claim.sentence < 0 or article.block(claim).kind in _APART:
        return False
    if _KEPT.search(article.text(claim.sentence)):
        return False  # the day on which it is kept, not the one it keeps
    if claim.verb in lexicon("claims")["verbs"]["saying"] or claim.modality in ("denied", "conditional"):
        return False
    return not _SPAN.search(article.block(claim).text[max(0, claim.start - 30) : claim.start])


def find(article: Article) -> Iterable[Relation]:
    """``same-day`` relations of two mentions of one event's date."""
    return related("told", questions(article), partial(candidates, article), _relation)


def _relation(event: Event, operands: tuple[Claim, ...], confidence: float) -> Relation:
    assumes = "" if confidence >= 0.9 else "if both tell of one event"
    first, second = sorted((event.claim, *operands), key=lambda c: (c.block, c.start))
    return Relation("same-day", {"a": (first,), "b": (second,)}, confidence, assumes)


def candidates(article: Article, event: Event, keep: bool = False) -> Iterator[Candidate]:
    """The other dates that may tell when the same event was; with their features where they are to be fitted."""
    ranks = model("told")
    claim = event.claim
    own = _own_features(article, event)
    base = ranks.score(own)
    others = [c for c in _telling(article) if c.sentence != claim.sentence]
    for other in sorted(others, key=lambda c: abs(c.sentence - claim.sentence))[:_NEAREST]:
        if (
            not _comparable(claim, other)
            or _either_side(article, claim, other)
            or {claim.tense, other.tense} in ({"past", "future"}, {"perfect", "future"})
        ):
            continue
        features = _pair_features(article, claim, other)
        score = base + ranks.score(features)
        holds, chance, slip = _compare(claim, other)
        yield Candidate((other,), score, holds, chance, slip, {**own, **features} if keep else None)


def _either_side(article: Article, a: Claim, b: Claim) -> bool:
    """Whether one date is told as past and the other as to come: "last week", "next week"."""
    published = article.document.date
    one, two = a.figure, b.figure
    if published is None or one is None or two is None or one.calendar is None or two.calendar is None:
        return False
    if not (one.calendar.relative and two.calendar.relative) or None in (one.low, one.high, two.low, two.high):
        return False
    today = published.toordinal()
    return (one.high < today < two.low) or (two.high < today < one.low)  # type: ignore[operator]


def _comparable(a: Claim, b: Claim) -> bool:
    """Whether two dates are of like grain, so that one cannot just be wider than the other."""
    assert a.figure is not None and b.figure is not None and a.figure.low is not None and b.figure.low is not None
    assert a.figure.high is not None and b.figure.high is not None
    one = light(a.figure.high) - light(a.figure.low) + 1
    other = light(b.figure.high) - light(b.figure.low) + 1
    return max(one, other) <= 40 * min(one, other)


def _own_features(article: Article, event: Event) -> dict[str, float]:
    claim = event.claim
    assert claim.figure is not None and claim.figure.calendar is not None
    found = {"type " + event.type: 1.0, "grain " + claim.figure.calendar.grain: 1.0}
    if article.is_display(claim):
        found["display"] = 1.0
    elif opening(article, claim):
        found["opening"] = 1.0
    if claim.tense:
        found["tense " + claim.tense] = 1.0
    return found


def _pair_features(article: Article, a: Claim, b: Claim) -> dict[str, float]:
    alike = topics(article)
    found = {distance(a, b): 1.0}
    found["heads"] = alike.heads(a, b) / 100
    found["crossed"] = alike.crossed(a, b) / 100
    found["context"] = alike.context(a, b) / 100
    if a.verb and b.verb:
        if a.verb == b.verb:
            found["verb light" if a.verb in _LIGHT else "verb same"] = 1.0
        elif a.verb not in _LIGHT and b.verb not in _LIGHT:
            found["verb likeness"] = likeness(a.verb, b.verb) / 100
            if likeness(a.verb, b.verb) < 40:
                found["verb apart"] = 1.0
    else:
        found["verb none"] = 1.0
    if a.subject and a.subject == b.subject:
        found["subject same"] = 1.0
    elif a.subject and b.subject and likeness(a.subject, b.subject) < 40:
        found["subject apart"] = 1.0
    if a.names and b.names:
        found["names shared" if a.names & b.names else "names apart"] = 1.0
    if a.block == b.block:
        found["block"] = 1.0
    one, two = a.figure, b.figure
    assert one is not None and two is not None and one.calendar is not None and two.calendar is not None
    if one.calendar.grain == two.calendar.grain:
        found["grain same"] = 1.0
    if one.calendar.relative != two.calendar.relative:
        found["relative one"] = 1.0
    if a.tense and b.tense:
        past = {"past", "pluperfect", "perfect"}
        found["tense same" if (a.tense in past) == (b.tense in past) else "tense apart"] = 1.0
    if a.modality != b.modality:
        found["modality apart"] = 1.0
    return found


def _compare(a: Claim, b: Claim) -> tuple[bool, float, float]:
    one, two = a.figure, b.figure
    assert one is not None and two is not None and one.low is not None and two.low is not None
    assert one.high is not None and two.high is not None
    loose = _LOOSE if "week" in (a.figure.calendar.grain, b.figure.calendar.grain) else 0  # type: ignore[union-attr]
    low, high, other_low, other_high = (light(end) for end in (one.low, one.high, two.low, two.high))
    holds = low <= other_high + loose and other_low <= high + loose
    grain = max(int(high - low), int(other_high - other_low)) + 1
    chance = 0.12 if grain <= 3 else 0.2 if grain <= 40 else 0.25
    slip = 0.0
    if not holds:
        gap = max(other_low - high, low - other_high)
        slip = -1.0 if gap > 400 * max(1, grain / 30) else 0.0
        if gap <= 1 and grain <= Fraction(3):
            slip = -0.5  # a night has two dates
    return holds, chance, slip
