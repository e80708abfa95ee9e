"""Changes: by an amount, a percentage or a multiple, against the levels before and after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import partial
from math import log

from checker.language.article import Article
from checker.language.dating import base_of
from checker.language.moments import Told
from checker.model import Claim, Hedge, Relation
from checker.patterns import lazy
from checker.relations.anaphors import meant
from checker.relations.attached import beside, is_of_another, is_to_come, news_of_others, own_levels
from checker.relations.changed import Change, compare, is_unsure, questions
from checker.relations.cues import cues
from checker.relations.levels import (
    KINDS,
    OLDER,
    comparable,
    distance,
    in_unit,
    is_explicit,
    levels_of,
    pair_features,
    side,
    times,
)
from checker.relations.ranking import Candidate, model, related
from checker.relations.topics import Topics, heads, opening, topics

_REACH = 25  # sentences over which a change that does not open the article may have its levels
_NEAREST = 12  # levels of one kind and unit that are tried for each change


def find(article: Article) -> Iterable[Relation]:
    """``change``, ``percent-change`` and ``multiple`` relations."""
    return related("changes", questions(article), partial(candidates, article), relation, partial(_is_summary, article))


def _is_summary(article: Article, change: Change) -> bool:
    """Whether a change is told where the article sums itself up, and so may be one that the text tells again."""
    return opening(article, change.claim)


def candidates(article: Article, change: Change, keep: bool = False) -> Iterator[Candidate]:
    """The pairs of levels that a change may be between; with their features where they are to be fitted."""
    ranks = model("changes")
    claim = change.claim
    levels = list(_levels(article, change))
    own_new, own_old = own_levels(article, change.claim, change.type, change.sign, levels)
    its_own = claim.figure is not None and _ITS_OWN.match(article.block(claim).text, claim.figure.end) is not None
    if change.type == "times" and own_new is None and its_own:
        own_new = next((c for c in reversed(levels) if c.sentence == claim.sentence and c.end < claim.start), None)
    if change.type == "amount" and own_new is not None and (own_new.value or 0) < (claim.value or 0):
        own_new = None  # "The rise of 1,470 was due to two film nights"
    known, alike = cues(article), topics(article)
    near_topic = opening(article, claim) or _ANAPHOR.search(article.text(claim.sentence)) is not None
    links = {c.id: _link_features(article, change, c) for c in levels}
    _count_between(claim, levels, links)
    sides = {c.id: (side("old", links[c.id]), side("new", links[c.id])) for c in levels}
    scored = sorted(levels, key=lambda c: -max(ranks.score(sides[c.id][1]), ranks.score(sides[c.id][0])))
    scored = _nearest(scored)
    how, taken = _taken(article, change, levels, own_new is None and own_old is None)
    scored += [level for level in levels if level.id in taken and level not in scored]
    compared = {(old.id, new.id) for old in scored for new in scored if old is not new and comparable(old, new)}
    explicit = [
        (old, new)
        for old in scored
        for new in scored
        if (old.id, new.id) in compared and is_explicit(article, old, new)
    ]
    pairs = {(old.id, new.id) for old, new in explicit}
    tied = beside(explicit)
    others = news_of_others(article, change)
    crowd = {
        (kind, unit): log(sum(c.kind == kind and c.unit == unit for c in levels))
        for kind, unit in {(c.kind, c.unit) for c in levels}
    }
    kinds = [(old.kind, old.unit) for old, _ in explicit]
    own = _own_features(article, change)
    least = ranks.score(own)
    text = article.block(claim).text
    yearly = _YEARLY.match(text, claim.end) is not None
    made = _MADE.search(text, max(0, claim.start - 80), claim.start) is not None
    base = base_of(article, claim)
    unsure = is_unsure(article, claim) or _is_borne_out(change, levels)
    for old in scored:
        for new in scored:
            if (old.id, new.id) not in compared and (old.id, new.id) != taken:
                continue
            if old is new or not fits(change, old, new):
                continue
            if (yearly and within_a_year(claim, old)) or (
                made and not known.get(old.id, frozenset()).isdisjoint(_COMPARED)
            ):
                continue
            if base is not None and _is_later(old, base):
                continue
            if own_new is not None and own_new.id not in (new.id, old.id):
                continue
            if change.type == "times" and own_old is not None and own_old.id != old.id:
                continue  # "double the £3 million of last year" is double nothing else
            holds, chance, slip = compare(change, old, new)
            if not holds and (
                unsure
                or (its_own and own_old is None)
                or new.id in others
                or is_of_another(old, new, pairs, tied)
                or is_to_come(claim, old, new)
                or _is_apart(article, change, old, new)
            ):
                continue
            since = change.type == "amount" and own_new is not None and own_new.role == "to"
            if not holds and slip <= 0 and since and known.get(old.id, frozenset()) & _COMPARED:
                continue  # "down by 36 to 748, against 1,034 a year ago": by 36 since last week
            features = pair_features(article, old, new) | sides[old.id][0] | sides[new.id][1]
            if change.type == "margin":
                features = {f"margin {name}": value for name, value in features.items()}
            features["crowd"] = crowd[new.kind, new.unit]
            if (old.id, new.id) in pairs:
                features["explicit"] = 1.0
                if kinds.count((old.kind, old.unit)) == 1:
                    features["explicit only"] = 1.0
                    if opening(article, claim):
                        features["explicit only opening"] = 1.0
            if (old.id, new.id) == taken:
                features[how] = 1.0
            if own_new is not None:
                features["own new" if own_new.id == new.id else "own new missed"] = 1.0
                if own_old is None and (old.id, new.id) not in pairs and not known.get(old.id, frozenset()) & OLDER:
                    features["own new alone"] = 1.0
            if own_old is not None:
                features["own old" if own_old.id == old.id else "own old missed"] = 1.0
                if own_old.id == old.id and own_new is not None and own_new.id == new.id:
                    features["own both"] = 1.0
            if not near_topic and _unrelated(alike, claim, old, new):
                features["unrelated"] = 1.0
            score = least + ranks.score(features)
            yield Candidate((old, new), score, holds, chance, slip, {**own, **features} if keep else None)


_PEAK = lazy(r"\b(?:peak\w*|record|high|low|all-time|at (?:its|their) (?:height|worst|best))\b")


def _is_apart(article: Article, change: Change, old: Claim, new: Claim) -> bool:
    """Whether nothing ties a change to two levels: a margin whose levels the text gives in other sentences each,
    an amount beside its result and a peak of another time."""
    told = {old.sentence, new.sentence}
    if change.type == "margin":
        return len(told) > 1 and change.claim.sentence not in told
    return (
        change.type == "amount"
        and len(told) > 1
        and change.claim.sentence != old.sentence
        and _PEAK.search(article.text(old.sentence)) is not None
    )


def _taken(article: Article, change: Change, levels: list[Claim], free: bool) -> tuple[str, tuple[int, int]]:
    """The levels, told elsewhere, that a change without any of its own takes up or names; no ids where there are none."""
    known = {level.id for level in levels}
    if not free or change.type == "margin" or (change.claim.kind == "ratio" and change.type != "times"):
        return "", (-1, -1)
    kinds = KINDS - {"percent"} if change.type == "percent" else KINDS
    if any(c.role in ("from", "to", "than") and c.kind in kinds for c in article.by_sentence[change.claim.sentence]):
        return "", (-1, -1)
    found = meant(article, change.claim, lambda old, new: {old.id, new.id} <= known and fits(change, old, new))
    more = article.block(change.claim).text[change.claim.start : change.claim.end + 12]
    if found is None or (found[0] == "named" and not (_MORE.search(more) if change.type == "amount" else change.sign)):
        return "", (-1, -1)  # what is named falls by 20 percent, or there are 430 more of it
    return (found[0], (found[1][0].id, found[1][1].id))


def _is_borne_out(change: Change, levels: list[Claim]) -> bool:
    """Whether a level with its unit and a bare number of one sentence bear a change out: "slipped to 81.25 billion stg,
    although it was 165 pct higher than the 30.63 billion"."""
    if change.type not in ("percent", "times"):
        return False
    here = [c for c in levels if c.sentence == change.claim.sentence]
    bare = [c for c in here if c.kind == "count" and c.figure is not None and c.end == c.figure.end]
    return any(
        fits(change, old, new) and compare(change, old, new)[0] for old in bare for new in here if new.kind == "money"
    )


_ITS_OWN = lazy(r" (?:its|their|his|her) ")  # "4% of the market, double their share of a year ago"
_YEARLY = lazy(r"[^.;]{0,24}\b(?:year[- ]on[- ]year|from a year (?:ago|earlier|before)|on the year|annually)\b")
# "a decision that reduced the quarter's income by 20 million to 226 million, compared with 234 million": of what it would be
_MADE = lazy(
    r"\b(?:reduc|cut|trimm|lower|boost|lift|rais|increas|depress|swell|curb|add)\w*\s(?:the|its|their|his|her|net|[a-z]+['’]s)\b[^.;]{0,50}\sby\s$"
)
_COMPARED = frozenset({"l:compared", "l:against"})


def within_a_year(change: Claim, old: Claim) -> bool:
    """Whether a level is of a time less than eleven months before that of a change, which so is no change in a year."""
    if old.when is None or change.when is None or old.when.low is None or change.when.low is None:
        return False
    return 0 < change.when.low - old.when.low < 330


_MONTHS = 200  # days by which a level told as of "a year ago" may be of another time


def _is_later(old: Claim, base: Told) -> bool:
    """Whether a level is not of the time that a change counts from: "about 400 more than two years ago"."""
    if old.when is None or base.days is None:
        return old.when is None and old.tense in ("present", "future")
    assert old.when.low is not None and base.days.high is not None
    return old.when.low > base.days.high + _MONTHS


_MORE = lazy(r"\b(?:more|fewer|less|extra|additional)\b")
_ANAPHOR = lazy(
    r"^[\"“‘]?(?:That|This|It|Which|These|Those|They|The (?:rise|increase|fall|drop|decline|jump|cut|change|difference|reduction|growth|gain|figure|total|new|old|latest|move))\b"
)


def _unrelated(alike: Topics, claim: Claim, old: Claim, new: Claim) -> bool:
    """Whether a change told of its own subject shares nothing with two levels of another sentence."""
    if claim.sentence in (old.sentence, new.sentence) or not heads(claim):
        return False
    return not any(alike.crossed(claim, level) for level in (old, new))


def _nearest(levels: list[Claim]) -> list[Claim]:
    """The likeliest levels of each kind and unit."""
    number: dict[tuple[str, str], int] = {}
    kept = []
    for level in levels:
        key = (level.kind, level.unit)
        number[key] = number.get(key, 0) + 1
        if number[key] <= _NEAREST:
            kept.append(level)
    return kept


def _count_between(claim: Claim, levels: list[Claim], links: dict[int, dict[str, float]]) -> None:
    """How many levels of its kind stand between a change and each of the levels near it."""
    near = [level for level in levels if abs(level.sentence - claim.sentence) <= 1]
    for level in near:
        first, last = sorted(((claim.block, claim.start), (level.block, level.start)))
        between = sum(
            first < (other.block, other.start) < last
            for other in near
            if other.kind == level.kind and other.unit == level.unit
        )
        links[level.id]["between"] = min(3.0, float(between))


def _levels(article: Article, change: Change) -> Iterator[Claim]:
    claim = change.claim
    everywhere = opening(article, claim)
    for other in levels_of(article):
        if other.id == claim.id or not (everywhere or abs(other.sentence - claim.sentence) <= _REACH):
            continue
        if change.type == "margin":
            points = claim.unit == "pp" or claim.noun == "point"
            if points != (other.kind == "percent") and not (claim.noun == "point" and other.kind == "count"):
                continue
            if not points and (
                other.kind != claim.kind or (claim.kind != "count" and in_unit(claim, other.unit) is None)
            ):
                continue
        elif change.type == "amount":
            if other.kind == "percent" and claim.unit != "pp" and claim.kind != "percent":
                continue
            if other.kind != claim.kind and not (claim.unit == "pp" and other.kind == "percent"):
                continue
            if claim.kind != "count" and claim.unit != "pp" and in_unit(claim, other.unit) is None:
                continue
        yield other


def fits(change: Change, old: Claim, new: Claim) -> bool:
    assert old.value is not None and new.value is not None and change.claim.value is not None
    if old.value == new.value:
        return False
    if change.type == "amount" and (
        change.claim.value in (old.value, new.value)  # a level as large as the change is the change told again
        or (change.claim.kind == "count" and 500 * change.claim.value < max(old.value, new.value))
    ):
        return False
    if change.type == "margin":
        return old.value < new.value and change.claim.value < new.value
    if change.type == "times" and change.claim.value > 1:
        return old.value < new.value
    if change.type == "times" and change.claim.value < 1:
        plain = change.claim.figure is not None and change.claim.figure.hedge == Hedge.EXACT
        return plain and old.value > new.value  # "halved"; "more than halved" is less than half
    if change.type == "percent" and _is_of_other_share(change.claim, new):
        return False
    if change.sign:
        return (old.value < new.value) == (change.sign > 0)
    if change.type == "percent":
        return old.value < 20 * new.value
    return True


def _is_of_other_share(claim: Claim, level: Claim) -> bool:
    """Whether a percentage is the growth of something else than a level that is a percentage itself: "15 percent earnings
    growth" and a market share of 42 percent."""
    own = {claim.noun, claim.subject, *claim.modifiers} - {""}
    return level.kind == "percent" and bool(claim.modifiers) and level.noun != "" and level.noun not in own


def _own_features(article: Article, change: Change) -> dict[str, float]:
    claim = change.claim
    found = {"type " + change.type: 1.0, "kind " + claim.kind: 1.0}
    if article.is_display(claim):
        found["display"] = 1.0
    elif opening(article, claim):
        found["opening"] = 1.0
    for cue in cues(article).get(claim.id, ()):
        found["change " + cue] = 1.0
    if claim.modality != "asserted":
        found["change modal"] = 1.0
    return found


def _link_features(article: Article, change: Change, level: Claim) -> dict[str, float]:
    """What speaks for a level being one of a change's two, whichever."""
    claim, alike = change.claim, topics(article)
    found = {distance(claim, level): 1.0}
    if claim.sentence == level.sentence:
        found["behind" if level.start > claim.start else "ahead"] = 1.0
    else:
        found["context"] = alike.context(claim, level) / 100
        found["crossed"] = alike.crossed(claim, level) / 100
        if claim.block == level.block:
            found["block"] = 1.0
        if level.sentence > claim.sentence:
            found["later"] = 1.0
    found["heads"] = alike.heads(claim, level) / 100
    if not found["heads"] and heads(claim) and heads(level) and claim.sentence != level.sentence:
        found["heads apart"] = 1.0
    if claim.subject and claim.subject in (level.subject, level.noun):
        found["subject"] = 1.0
    if claim.noun and claim.noun == level.noun:
        found["noun"] = 1.0
    found["time " + times(level, claim)] = 1.0
    if claim.names and level.names:
        found["names shared" if claim.names & level.names else "names apart"] = 1.0
    if level.kind == "percent":
        found["level percent"] = 1.0
    if change.type == "amount":
        assert level.value is not None and claim.value is not None
        if level.value * 2 < claim.value * (in_unit(claim, level.unit) or 1):
            found["smaller"] = 1.0
    return found


def relation(change: Change, operands: tuple[Claim, ...], confidence: float) -> Relation:
    old, new = operands
    assumes = "" if confidence >= 0.9 else "if the change is between these two levels"
    sign = change.sign or (1 if (new.value or 0) > (old.value or 0) else -1)
    if change.type == "times":
        return Relation("multiple", {"base": (old,), "result": (new,), "times": (change.claim,)}, confidence, assumes)
    if change.type == "margin":
        return Relation(
            "difference", {"first": (new,), "second": (old,), "margin": (change.claim,)}, confidence, assumes
        )
    kind = "percent-change" if change.type == "percent" else "change"
    role = "percent" if change.type == "percent" else "amount"
    if change.type == "percent":
        constants = {"scale": Fraction(100 if change.claim.kind == "percent" else 1)}
    else:
        constants = {"factor": (change.claim.kind == "money" and in_unit(change.claim, old.unit)) or Fraction(1)}
    roles = {"old": (old,), "new": (new,), role: (change.claim,)}
    return Relation(kind, roles, confidence, assumes, {"sign": Fraction(sign), **constants})
