"""Hours and minutes between two times of day: "took off at 9:40", "back on the ground 25 minutes after it left"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from math import log

from checker.language.article import Article
from checker.model import Claim, Kind, Relation
from checker.patterns import lazy
from checker.relations.clock import one_clock
from checker.relations.levels import distance, side
from checker.relations.ranking import Candidate, model, related
from checker.relations.slips import evidence
from checker.relations.spells import is_own
from checker.relations.topics import leading, opening, topics

_DAY = 1440
_SURE = 2.0  # what a slip of the hand is worth that leaves no doubt: minutes that are right to the odd one
_MINUTES = {"hour": Fraction(60), "minute": Fraction(1)}
_NEAREST = 10
_FIRST = lazy(
    r"\b(?:start\w*|began|begins?|beg[iu]n\w*|open\w*|left|leav\w+|depart\w*|took off|takes? off|lifted off|blasted off|set (?:off|out)|call\w*|rang|dial\w*|alarm|raised|report\w*|fail\w*|fault|went (?:out|in|off|down)|entered|boarded|"
    r"clocked (?:in|on)|kick\w* off|launch\w*|struck|hit|from|since|first|broke out|was (?:made|seen|noticed|spotted)|pull\w* out|disappear\w*|last seen|stopp\w+|clos\w+|shut|dive[ds]?|sank|lost)\b",
    re.I,
)
_LAST = lazy(
    r"\b(?:end\w*|finish\w*|clos\w+|reach\w*|arriv\w*|pull\w* up|came (?:back|home|out|down)|restor\w*|return\w*|stopp\w+|surfac\w*|got (?:back|out)|land\w*|touch\w* down|on the ground|dock\w*|declared|over|until|till|to|back|lit up|reopen\w*|"
    r"under control|rescu\w*|freed|found|reconnect\w*|complet\w*|crossed the line|won|there|at the scene|hospital|ward|pronounced|releas\w*|lifted|adjourn\w*|passed|(?:was|were|put|got) out|extinguish\w*)\b",
    re.I,
)

# "eight hours ahead", "six hours a week"
_NO_SPAN = lazy(
    r"\s(?:ahead|behind|more|longer|extra|late|early|shorter|faster|slower|quicker|less|(?:later|earlier|sooner) than)\b|\s(?:a|per|each|every)\s(?:week|month|year|season|term)\b"
)
# "should have taken 55 minutes", "had been told to be there in 40 minutes"
_MEANT = lazy(
    r"\b(?:should|would|could|might|may|must|supposed|meant|normally|usually|typically|average\w*|target\w*|expected|due|scheduled|told|told to|planned|up to)\b[^.;:,]{0,40}$"
)
_BARE = lazy(
    r"\b(?:at|by|until|till|before|after|about|around|and|from) (?P<time>\d{1,2}[.:][0-5]\d)(?=[,.;)]?(?: |$))(?! per)"
)
# "at 6:40 a.m., after six and a half hours"
_BESIDE = lazy(
    r"(?: on [A-Z][a-z]+)?\W{1,3}(?:(?:after|for|some|about|around|just|only|nearly|almost|exactly|over|more than) )*"
)
_AFTER_OR_BEFORE = lazy(r"\s(?P<word>after|later|before|earlier)\b")
_CLOCK = lazy(r"T(?P<hour>\d\d):(?P<minute>\d\d)$")


@dataclass(frozen=True, slots=True)
class Hours:
    """A length of less than a day."""

    claim: Claim
    unit: Fraction  # its minutes


def questions(article: Article) -> Iterator[Hours]:
    """Every length of hours or minutes of an article that has two times of day."""
    if sum(is_time(c) or _by_when(article, c) for c in article.claims) < 2:
        return
    for claim in article.claims:
        unit = _MINUTES.get(claim.unit)
        if (
            claim.kind != "duration"
            or unit is None
            or claim.value is None
            or claim.sentence < 0
            or claim.modality == "denied"
            or _NO_SPAN.match(article.block(claim).text, claim.end)
            or _is_part(article, claim)
            or _MEANT.search(article.block(claim).text, article.sentences[claim.sentence].start, claim.start)
        ):
            continue
        if 4 <= claim.value * unit < _DAY:
            yield Hours(claim, unit)


def _is_part(article: Article, claim: Claim) -> bool:
    """Whether a length is a part of what took longer: "two hours to control it and another hour to put it out", "in the first
    90 minutes"."""
    text, place = article.block(claim).text, article.sentences[claim.sentence]
    return bool(
        re.search(
            r"\b(?:another|further|more|extra|additional|first|last|final|opening|closing)\s$",
            text[place.start : claim.start],
        )
        or re.search(r"\b(?:another|a further)\s(?:[a-z\d-]+\s){1,5}(?:hours?|minutes?)\b", text[claim.end : place.end])
    )


def is_time(claim: Claim) -> bool:
    """Whether a claim is a time of day; one that may be either half of the day ("nine o'clock") too."""
    if claim.kind != Kind.TIME or claim.sentence < 0:
        return False
    return claim.widest.low is not None if claim.value is not None else _open(claim) is not None


# "By 5.50am, when the last flames were out", "had it out by 4.45pm, three hours later": the time of what is told with it
_BY_WHEN = lazy(r",? (?:when|by when|by which time|[\w -]{3,40}(?:hours?|minutes?) (?:later|after))\b")


def _by_when(article: Article, claim: Claim) -> bool:
    return (
        claim.kind == Kind.TIME
        and claim.sentence >= 0
        and claim.value is not None
        and claim.widest.low is None
        and (_BY_WHEN.match(article.block(claim).text, claim.end) is not None)
    )


def _open(claim: Claim) -> int | None:
    """The minutes after midnight or after noon of a time that does not say which."""
    found = _CLOCK.search(claim.figure.timex) if claim.figure is not None and claim.value is None else None
    return int(found["hour"]) % 12 * 60 + int(found["minute"]) if found else None


def find(article: Article) -> Iterable[Relation]:
    """``clock-duration`` relations of a length with the two times between which it lies."""
    return related("hours", questions(article), partial(candidates, article), between)


def between(length: Hours, operands: tuple[Claim, ...], confidence: float) -> Relation:
    start, end = operands
    assumes = "" if confidence >= 0.9 else "if it is the time between these"
    roles = {"length": (length.claim,), "start": (start,), "end": (end,)}
    return Relation("clock-duration", roles, confidence, assumes, {"unit": length.unit, "slack": slack(length)})


def slack(length: Hours) -> Fraction:
    """How many minutes a length is rounded by: half its last step, and a minute of each clock."""
    figure = length.claim.figure
    assert figure is not None
    step = figure.step * length.unit
    return max(Fraction(2), step * (Fraction(1, 2) if step < 60 else Fraction(3, 5)))


_PLACES = lazy(r"\b(?:[Dd]ate [Ll]ine|[Tt]ime zones?|time difference|local time|GMT|UTC)\b")


def candidates(article: Article, length: Hours, keep: bool = False) -> Iterator[Candidate]:
    """The pairs of times that a length may lie between; with their features where they are to be fitted."""
    ranks = model("hours")
    claim = length.claim
    own = _own_features(article, length)
    base = ranks.score(own)
    told = (c for c in article.claims if is_time(c) or _by_when(article, c))
    times = sorted(told, key=lambda c: abs(c.sentence - claim.sentence))[:_NEAREST]
    alone = len(times) == 2 and not _has_bare_times(article, times)
    starts = {c.id: side("start", _end_features(article, length, c, _FIRST)) for c in times}
    ends = {c.id: side("end", _end_features(article, length, c, _LAST)) for c in times}
    for start in times:
        for end in times:
            if start.id == end.id or not one_clock(article, start, end) or _apart(article, start, end):
                continue
            if _is_reversed(article, claim, start, end):
                continue
            first, last = _halves(article, length, start, end)
            holds, chance, slip = _compare(length, first, last)
            features = starts[start.id] | ends[end.id] | _pair_features(article, start, end)
            if _is_sole(article, length, start, end):
                features["frame"] = 1.0
            elif slip >= _SURE and alone:
                features["only"] = 1.0
            beside = (
                claim.sentence in (start.sentence, end.sentence) or leading(article, claim) or is_own(article, claim)
            )
            if not holds and not keep and not (beside and _is_plain(article, claim, end, features, alone, slip)):
                continue  # another time of day may be meant: "He talked to him for five hours"
            score = base + ranks.score(features)
            yield Candidate((first, last), score, holds, chance, slip, {**own, **features} if keep else None)


def _is_plain(
    article: Article, length: Claim, end: Claim, features: Mapping[str, float], alone: bool, slip: float
) -> bool:
    """Whether the words leave no other times for a length: they are the only ones here or in the article, or what a length
    is counted from is told with the one, or the other stands right before it and whole hours or a digit are wrong."""
    if "frame" in features or "start named" in features or (alone and slip >= 0):
        return True
    if end.block != length.block or slip <= 0 or "start word" not in features:
        return False
    return _BESIDE.fullmatch(article.block(length).text[end.end : length.start]) is not None


def _is_sole(article: Article, length: Hours, start: Claim, end: Claim) -> bool:
    """Whether the sentences of a length and its neighbours tell these two times and no others, and no other length."""
    at = length.claim.sentence
    around = [c for index in (at - 1, at, at + 1) for c in article.by_sentence.get(index, ())]
    times = {c.id for c in around if c.kind == Kind.TIME}
    lengths = [c for c in around if c.kind == Kind.DURATION and c.unit in _MINUTES and c is not length.claim]
    return times == {start.id, end.id} and not lengths and abs(start.sentence - end.sentence) <= 1


def _halves(article: Article, length: Hours, start: Claim, end: Claim) -> tuple[Claim, Claim]:
    """The two times, those that may be either half of the day read as they fit the length best."""
    assert length.claim.value is not None
    told = length.claim.value * length.unit
    options = [
        (first, last)
        for first in readings(article, start)
        for last in readings(article, end)
    ]  # fmt: skip
    return min(options, key=lambda pair: abs(((pair[1].value or 0) - (pair[0].value or 0)) % _DAY - told))


def readings(article: Article, time: Claim) -> list[Claim]:
    minutes = _open(time)
    if minutes is None:
        if time.widest.low is None and time.value is not None:
            return [article.derived("time", int(time.value), time.block, time.start, time.end)]
        return [time]
    return [article.derived("time", minutes + half, time.block, time.start, time.end) for half in (0, _DAY // 2)]


def _apart(article: Article, start: Claim, end: Claim) -> bool:
    """Whether two times are only listed ("at 4.15pm and 6.40pm"), or are told of two people or places."""
    first, last = sorted((start, end), key=lambda c: (c.block, c.start))
    if first.sentence == last.sentence:
        between = article.block(first).text[first.end : last.start]
        if between in (" and ", " or ", ", "):
            return True
        if re.match(r",? and\b", between) and not _has_verb(article, first, last):
            return True  # "the southbound lane reopened at 11:45 and the northbound at 17:20"
    if start.sentence != end.sentence and start.subject != end.subject:
        named = [{name.lower() for name in claim.names} for claim in (start, end)]
        if start.subject in named[0] and end.subject in named[1]:
            return True  # two people
    return any(_PLACES.search(article.text(claim.sentence)) for claim in (start, end))


def _has_bare_times(article: Article, times: list[Claim]) -> bool:
    """Whether the article tells other times, without saying that they are such: "rang at 7.38 and at 8.15"."""
    known = {(c.block, c.start) for c in times}
    return any(
        (number, found.start("time")) not in known
        for number, block in enumerate(article.document.blocks)
        for found in _BARE.finditer(block.text)
    )


def _has_verb(article: Article, first: Claim, last: Claim) -> bool:
    tokens = article.tokens(first.sentence)
    return any(t.is_verb for t in tokens if first.end <= t.start < last.start)


def _is_reversed(article: Article, length: Claim, start: Claim, end: Claim) -> bool:
    """Whether a time right before a length is its other end: "at 11.40pm, 25 minutes after the last guest had left"."""
    text = article.block(length).text
    word = _AFTER_OR_BEFORE.match(text, length.end)
    if word is None:
        return False
    wrong = start if word["word"] in ("after", "later") else end
    if wrong.block != length.block or wrong.end > length.start:
        return False
    return _BESIDE.fullmatch(text[wrong.end : length.start]) is not None


def _own_features(article: Article, length: Hours) -> dict[str, float]:
    claim = length.claim
    found = {"hours" if length.unit == 60 else "minutes": 1.0}
    if article.is_display(claim):
        found["display"] = 1.0
    elif opening(article, claim):
        found["opening"] = 1.0
    text = article.block(claim).text
    before, behind = text[max(0, claim.start - 30) : claim.start].lower(), text[claim.end : claim.end + 30]
    for name, pattern in (
        ("for", r"\bfor (?:the |some |a |an |nearly |almost |about |more than |over |just |only )*$"),
        ("within", r"\b(?:in|within|every|last|past|next|first|up to|inside) (?:the )?$"),
        ("lasted", r"\b(?:last\w*|took|taken|takes|spent|spending|ran|waited|after|later|lay) (?:[a-z]+ ){0,2}$"),
        ("hyphen", r"\b(?:an?|the|its|his|her|their) $"),
    ):
        if re.search(pattern, before):
            found["length " + name] = 1.0
    if re.match(r"\s(?:after|later|earlier|before)\b", behind):
        found["length behind"] = 1.0
    if re.match(r"\s(?:a|per|each|every)\s", behind) or claim.modality in ("planned", "conditional"):
        found["length planned"] = 1.0
    return found


def _end_features(article: Article, length: Hours, time: Claim, words: re.Pattern[str]) -> dict[str, float]:
    claim, alike = length.claim, topics(article)
    found = {distance(claim, time): 1.0}
    if words is _FIRST and _is_named(article, claim, time):
        found["named"] = 1.0
    if claim.sentence != time.sentence:
        found["context"] = alike.context(claim, time) / 100
        found["crossed"] = alike.crossed(claim, time) / 100
        if claim.block == time.block:
            found["block"] = 1.0
    sentence = article.sentences[time.sentence]
    text = article.document.blocks[sentence.block].text
    before = re.split(r"[;:]|, (?=and|but|while)", text[max(sentence.start, time.start - 70) : time.start])[-1]
    if words.search(before):
        found["word"] = 1.0
    elif words.search(text[time.end : min(sentence.end, time.end + 45)]):
        found["word behind"] = 1.0
    if claim.subject and claim.subject == time.subject:
        found["subject"] = 1.0
    if time.modality in ("planned", "conditional"):
        found["planned"] = 1.0
    return found


_SINCE = lazy(r"\s(?:after|since|later than|from when)\s(?P<what>[^.;:,]{3,60})")
_STEMS = lazy(r"[a-z]{4,}")


def _is_named(article: Article, length: Claim, start: Claim) -> bool:
    """Whether what a length is counted from is told with a time: "came to a stop at 2:40", "hours after it had stopped"."""
    since = _SINCE.match(article.block(length).text, length.end)
    if since is None or start.sentence < 0:
        return False
    place = article.sentences[start.sentence]
    last = length.start if start.sentence == length.sentence and start.end <= length.start else place.end
    clause = article.document.blocks[place.block].text[max(place.start, start.start - 60) : min(last, start.end + 60)]
    told = {word[:4] for word in _STEMS.findall(clause.lower())}
    return any(
        word[:4] in told for word in _STEMS.findall(since["what"].lower()) if word not in ("that", "they", "when")
    )


def _pair_features(article: Article, start: Claim, end: Claim) -> dict[str, float]:
    alike = topics(article)
    found = {"pair " + distance(start, end): 1.0}
    if start.sentence != end.sentence:
        found["pair context"] = alike.context(start, end) / 100
    if (start.block, start.start) > (end.block, end.start):
        found["pair reversed"] = 1.0
    if start.time and end.time and start.time != end.time:
        found["pair days"] = 1.0
    if start.value is not None and end.value is not None and end.value < start.value:
        found["pair overnight"] = 1.0
    elif start.value is None or end.value is None:
        found["pair open"] = 1.0
    return found


def _compare(length: Hours, start: Claim, end: Claim) -> tuple[bool, float, float]:
    claim = length.claim
    assert start.value is not None and end.value is not None and claim.value is not None
    gap = (end.value - start.value) % _DAY
    told = claim.widest.scaled(length.unit)
    off = slack(length)
    low = (told.low if told.low is not None else claim.value * length.unit) - off
    high = (told.high if told.high is not None else claim.value * length.unit * Fraction(5, 4)) + off
    loose = sum((c.widest.high or 0) - (c.widest.low or 0) for c in (start, end))
    holds = low - loose <= gap <= high + loose
    width = float(high - low + 2 * loose)
    chance = min(0.9, width / max(90.0, 1.5 * float(claim.value * length.unit)) / 2)
    if holds:
        return True, chance, 0.0
    implied = gap / length.unit
    slip = (
        evidence(claim.value, Fraction(round(implied)))
        if round(implied) > 0 and round(implied) != claim.value
        else -0.7
    )
    slip = max(slip, _miscounted(gap, claim.value * length.unit))
    if (gap > 14 * 60 and slip < _SURE) or gap > 6 * claim.value * length.unit or 6 * gap < claim.value * length.unit:
        slip = -2.0
    return False, chance, slip


def _miscounted(gap: Fraction, told: Fraction) -> float:
    """What speaks for a length whose minutes are right and whose hours are not, the more the odder the minutes."""
    if (gap - told) % 60 != 0:
        return -0.7
    part = gap % 60
    odd = 3.0 if part % 5 else log(6) if part % 30 else log(4) if part else 0.0
    return max(odd, log(4)) if abs(gap - told) == 60 else odd
