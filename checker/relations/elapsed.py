"""Lengths of time against the dates that they run between: a strike of 54 days, 17 years in prison, a centenary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from math import log

from checker.language.article import Article
from checker.model import BlockKind, Claim, Interval, Kind, Relation
from checker.patterns import lazy
from checker.relations.levels import distance, side
from checker.relations.ranking import Candidate, model, related
from checker.relations.slips import evidence
from checker.relations.topics import opening, topics

# days in a unit: the least and the most
DAYS = {
    "day": (Fraction(1), Fraction(1)),
    "night": (Fraction(1), Fraction(1)),
    "week": (Fraction(7), Fraction(7)),
    "month": (Fraction(28), Fraction(31)),
    "year": (Fraction(365), Fraction(366)),
    "decade": (Fraction(3652), Fraction(3653)),
    "century": (Fraction(36524), Fraction(36525)),
}
_HALF_MONTH, _HALF_YEAR = Fraction(16), Fraction(183)  # days
_NEAREST = 14
_ANNIVERSARY = lazy(r"^(?:[ -][a-z-]+)? ?(?:anniversary|birthday|jubilee|year\b)", re.I)
_TURNS = lazy(
    r"\b(?:turn(?:s|ed|ing)?|celebrat\w+|mark(?:s|ed|ing)|reach(?:es|ed)?|approaching) (?:its |her |his |their |the big )?$",
    re.I,
)
_RUNNING = lazy(r"\b(?:last|past|next|coming|previous|preceding|first|every|another|these)\s+$", re.I)
START = lazy(
    r"\b(?:since|from|began|begins?|begun|beginning|start\w*|open(?:s|ed|ing)?|launch\w*|found(?:ed|ing)|establish\w*|set up|form(?:ed|ing)|creat\w+|built|joined|joining|hired|elected|appointed|"
    r"took (?:over|office|up|charge)|arrest\w*|jailed|detained|taken|went|left|set (?:off|out|sail)|depart\w*|born|married|wed|moved|arriv\w*|became|first|introduc\w*|signed|went up|walked out|shut|closed|broke|struck|"
    r"discover\w*|diagnos\w*|disappear\w*|vanish\w*|bought|acquir\w*|inaugurat\w*|commission\w*|enlist\w*|enrol\w*)\b",
    re.I,
)
_END = lazy(
    r"\b(?:until|till|through|to|end(?:s|ed|ing)?|finish\w*|clos\w+|stopp?\w*|retir\w*|resign\w*|quit|left|stepp?\w* down|stood down|releas\w*|freed|walked (?:out|free)|return\w*|went back|back|died|death|"
    r"complet\w*|reopen\w*|conclud\w*|last|final\w*|over|demolish\w*|landed|arriv\w*|settle\w*|lifted|handed|handing|recover\w*|found|came (?:home|down|back)|sold|expire\w*|now|today)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time; `type` is length, ago (counted back from now), anniversary or later."""

    claim: Claim
    type: str
    unit: str


def questions(article: Article) -> Iterator[Length]:
    """Every length of time that two dates of the article could be the ends of."""
    if not any(c.kind == Kind.DATE and _is_date(article, c) for c in article.claims):
        return
    for claim in article.claims:
        if (
            claim.sentence < 0
            or claim.figure is None
            or not claim.value
            or claim.value <= 0
            or claim.modality == "denied"
        ):
            continue
        if claim.kind == "duration" and claim.unit in DAYS and claim.value >= 2:
            if (
                _RUNNING.search(article.block(claim).text[max(0, claim.start - 16) : claim.start])
                or claim.noun == "life"
            ):
                continue  # "two of the last five years", "the 11-year life of the mine"
            yield Length(claim, "length", claim.unit)
        elif (claim.kind == "ordinal" and claim.value >= 5 and _ANNIVERSARY.match(_behind(article, claim))) or (
            claim.kind in ("age", "count")
            and claim.value >= 10
            and claim.value.denominator == 1
            and _turns(article, claim)
        ):
            yield Length(claim, "anniversary", "year")


def _turns(article: Article, claim: Claim) -> bool:
    if claim.kind == "count" and claim.noun not in ("", "year"):
        return False
    return bool(_TURNS.search(article.block(claim).text[max(0, claim.start - 30) : claim.start]))


def _behind(article: Article, claim: Claim) -> str:
    assert claim.figure is not None
    return article.block(claim).text[claim.figure.end : claim.figure.end + 40]


def find(article: Article) -> Iterable[Relation]:
    """``duration`` relations of a length with the two dates that it runs between."""
    return related("elapsed", questions(article), partial(candidates, article), _relation)


def _relation(length: Length, operands: tuple[Claim, ...], confidence: float) -> Relation:
    start, end = operands
    assumes = "" if confidence >= 0.9 else "if it is the time between these dates"
    roles = {"length": (length.claim,), "earlier": (start,), "later": (end,)}
    return Relation("duration", roles, confidence, assumes, days_of(length.claim, length.unit, start, end))


def days_of(length: Claim, unit: str, start: Claim, end: Claim) -> dict[str, Fraction]:
    """The days of a unit, the least and the most, and how many the whole length may be off.

    Two and more months on end have 59 days or more.  A length may be told in whole units that have passed or begun, so half a
    unit is added to the half that it is rounded by; months or years between months or years have theirs already.
    """
    shortest, longest = DAYS[unit]
    if unit in ("day", "night"):
        return {"shortest": shortest, "longest": longest, "slack": Fraction(1)}
    grains = {
        c.figure.calendar.grain if c.figure is not None and c.figure.calendar is not None else "day"
        for c in (start, end)
    }
    slack = longest
    if unit == "month":
        if length.value is not None and length.value >= 2:
            shortest = Fraction(59, 2)
        slack = _HALF_MONTH if "day" in grains else Fraction(1)
    elif unit == "year" and length.kind == Kind.DURATION:
        slack = _HALF_YEAR if grains != {"year"} else _HALF_MONTH
    return {"shortest": shortest, "longest": longest, "slack": slack}


def _is_date(article: Article, claim: Claim) -> bool:
    figure = claim.figure
    if (
        claim.kind != Kind.DATE
        or figure is None
        or figure.low is None
        or figure.high is None
        or figure.calendar is None
    ):
        return False
    if figure.calendar.grain not in ("day", "month", "year") or claim.modality == "denied":
        return False
    if figure.calendar.grain == "year" and dates_a_thing(article, claim):
        return False
    return figure.high - figure.low <= 366


# "The 1911 work was found", not "since the 1994 election"
_DATED_THING = lazy(
    r"(?<!since )(?<!after )(?<!from )(?<!until )(?<!before )(?<!in )\b(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir) $"
)
_THING = lazy(
    r" (?:[A-Z][\w’'-]+|work|painting|film|novel|book|album|play|poem|song|car|house|law|act|study|report|census|paper|edition|version|model)\b"
)


def dates_a_thing(article: Article, claim: Claim) -> bool:
    """Whether a year only says of when a thing is."""
    text = article.block(claim).text
    return bool(_DATED_THING.search(text, max(0, claim.start - 14), claim.start) and _THING.match(text, claim.end))


# "studied there for two years and worked from 1963 to 1971"
_ANOTHER_DEED = lazy(r"\b(?:and|but|then)\s(?:[a-z]+\s){1,3}from\s$")


def _of_another_deed(article: Article, claim: Claim, start: Claim, end: Claim) -> bool:
    """Whether two dates in a row belong to what is told after a length."""
    if not (claim.sentence == start.sentence == end.sentence and claim.end < start.start < end.start):
        return False
    return bool(_ANOTHER_DEED.search(article.block(claim).text[claim.end : start.start]))


def candidates(article: Article, length: Length, keep: bool = False) -> Iterator[Candidate]:
    """The pairs of dates that a length may lie between; with their features where they are to be fitted."""
    ranks = model("elapsed")
    claim = length.claim
    own = _own_features(article, length)
    base = ranks.score(own)
    dates = [c for c in article.claims if _is_date(article, c) and c.id != claim.id]
    dates = sorted(dates, key=lambda c: abs(c.sentence - claim.sentence))[:_NEAREST]
    published = article.published
    starts = {c.id: side("start", _end_features(article, length, c, START)) for c in dates}
    ends = {c.id: side("end", _end_features(article, length, c, _END)) for c in dates}
    finishes = [*dates, *([published] if published is not None and published.id not in ends else [])]
    for start in dates:
        for end in finishes:
            if start.id == end.id or not _before(start, end) or _of_another_deed(article, claim, start, end):
                continue
            features = (
                starts[start.id] | (ends.get(end.id, {"end published": 1.0})) | _pair_features(article, start, end)
            )
            if length.type == "anniversary":
                features = {f"anniversary {name}": value for name, value in features.items()}
            compared = _compare(length, start, end)
            if compared is None:
                continue
            holds, chance, slip = compared
            if not holds and length.type == "length" and not keep:
                continue  # which dates a plain length lies between is never sure enough to say that it does not
            score = base + ranks.score(features)
            yield Candidate((start, end), score, holds, chance, slip, {**own, **features} if keep else None)


def _before(start: Claim, end: Claim) -> bool:
    one, other = _days(start), _days(end)
    assert one.low is not None and other.high is not None
    return one.low < other.high


def _days(claim: Claim) -> Interval:
    if claim.figure is not None and claim.figure.low is not None:
        return Interval(claim.figure.low, claim.figure.high)
    return claim.widest


def _own_features(article: Article, length: Length) -> dict[str, float]:
    claim = length.claim
    found = {"type " + length.type: 1.0, "unit " + length.unit: 1.0}
    if article.is_display(claim):
        found["display"] = 1.0
    elif opening(article, claim):
        found["opening"] = 1.0
    before = article.block(claim).text[max(0, claim.start - 30) : claim.start].lower()
    behind = _behind(article, claim)
    for name, pattern in (
        ("for", r"\bfor (?:the |some |a |an |nearly |almost |about |more than |over |just |only )*$"),
        ("after", r"\bafter (?:some |nearly |almost |about |more than |over |just |only |an? )*$"),
        (
            "lasted",
            r"\b(?:last(?:ed|s|ing)?|took|taken|takes|spent|spending|served|serving|ran|endured|gave|over|in) (?:[a-z]+ ){0,2}$",
        ),
        ("within", r"\b(?:in|within|every|another|last|past|next|previous|first|coming|up to|at least) (?:the )?$"),
        ("of", r"\bof (?:some |nearly |almost |about |more than |over )*$"),
        ("article", r"\b(?:an?|the|its|his|her|their|this) $"),
    ):
        if re.search(pattern, before):
            found["length " + name] = 1.0
    if re.match(r"-|-?[a-z]* [a-z]*-?long", behind) or "-" in claim.text:
        found["length hyphen"] = 1.0
    if re.match(r"\s(?:after|later|earlier|before|ago|from now|to go|old)\b", behind):
        found["length behind"] = 1.0
    if re.match(r"\s(?:in prison|in jail|in office|of|as|at the|with)\b", behind):
        found["length in"] = 1.0
    if claim.modality != "asserted":
        found["length modal"] = 1.0
    return found


def _end_features(article: Article, length: Length, date: Claim, words: re.Pattern[str]) -> dict[str, float]:
    """What speaks for a date being the first (or last) day of a length."""
    claim, alike = length.claim, topics(article)
    found = {distance(claim, date): 1.0}
    if claim.sentence != date.sentence:
        found["context"] = alike.context(claim, date) / 100
        found["crossed"] = alike.crossed(claim, date) / 100
        if claim.block == date.block:
            found["block"] = 1.0
    text = article.block(date).text
    sentence = article.sentences[date.sentence]
    before, behind = (
        text[max(sentence.start, date.start - 60) : date.start],
        text[date.end : min(sentence.end, date.end + 25)],
    )
    before = re.split(r"[;:]|, (?=and|but|while)", before)[-1]
    if words.search(before):
        found["word"] = 1.0
    elif words.search(behind):
        found["word behind"] = 1.0
    if re.search(r"\b(?:since|from)\s(?:[a-z]+ ){0,2}$", before, re.I):
        found["since"] = 1.0
    if re.search(r"\b(?:until|till|through|to)\s(?:[a-z]+ ){0,2}$", before, re.I):
        found["until"] = 1.0
    if claim.subject and claim.subject == date.subject:
        found["subject"] = 1.0
    if claim.names and date.names:
        found["names shared" if claim.names & date.names else "names apart"] = 1.0
    assert date.figure is not None and date.figure.calendar is not None
    found["grain " + date.figure.calendar.grain] = 1.0
    if date.figure.calendar.relative:
        found["relative"] = 1.0
    if date.tense:
        found["tense " + date.tense] = 1.0
    return found


def _pair_features(article: Article, start: Claim, end: Claim) -> dict[str, float]:
    alike = topics(article)
    if end is article.published or end.sentence < 0 or article.block(end).kind in (BlockKind.DATE, BlockKind.DATELINE):
        return {"to now": 1.0}
    found = {"pair " + distance(start, end): 1.0}
    if start.sentence != end.sentence:
        found["pair context"] = alike.context(start, end) / 100
        if start.sentence > end.sentence:
            found["pair reversed"] = 1.0
        if start.block == end.block:
            found["pair block"] = 1.0
    else:
        found["pair start-first" if start.start < end.start else "pair end-first"] = 1.0
        between = article.block(start).text[min(start.end, end.end) : max(start.start, end.start)]
        if re.fullmatch(r",? ?(?:to|until|till|through|and|-|–|—) ?(?:[a-z]+ )?", between):
            found["pair joined"] = 1.0
    if start.subject and start.subject == end.subject:
        found["pair subject"] = 1.0
    grains = {c.figure.calendar.grain for c in (start, end) if c.figure is not None and c.figure.calendar is not None}
    if len(grains) == 1:
        found["pair grain"] = 1.0
    return found


def _compare(length: Length, start: Claim, end: Claim) -> tuple[bool, float, float] | None:
    claim = length.claim
    assert claim.value is not None and claim.figure is not None
    one, other = _days(start), _days(end)
    assert one.low is not None and one.high is not None and other.low is not None and other.high is not None
    low, high = other.low - one.high, other.high - one.low
    if high <= 0:
        return None
    if length.unit in ("day", "night", "week", "month") and one.high - one.low > 31 and other.high - other.low > 31:
        return None  # months between two years
    shortest, longest, slack = days_of(claim, length.unit, start, end).values()
    told = claim.widest
    least = (told.low if told.low is not None else claim.value) * shortest - slack
    most = (told.high if told.high is not None else claim.value * Fraction(5, 4)) * longest + slack
    least, most = max(least, Fraction(1, 2)), max(most, Fraction(1))
    holds = low <= most and high >= least
    if Fraction(1, 12) > (low + high) / 2 / (claim.value * longest) or (low + high) / 2 > 12 * claim.value * longest:
        return None
    width = log(float(most / least)) + log(float((high + 1) / max(low, Fraction(1))) if low > 0 else 2.0)
    chance = min(0.9, width / 4.0)
    if holds:
        return True, chance, 0.0
    implied = Fraction(round((low + high) / 2 / longest))
    return False, chance, evidence(claim.value, implied) if implied > 0 and implied != claim.value else -0.7
