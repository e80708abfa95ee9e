"""Hours that something took, in whatever words, against the only two times of day at which it began and ended.

``hours`` weighs which two times a length lies between, but says that it is wrong only where the words tie it to them.  Here the
structure does: of the past times near a length ("spent five hours at sea", "an eight-hour session", "it was dark for 80
minutes") only two are told as a beginning and an end (``rules/lexicons/spells.toml``) and of that order, and it fits no such two.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from checker.language.article import Article
from checker.model import Claim, Kind, Relation
from checker.patterns import lazy
from checker.relations.hours import Hours, between, candidates, questions
from checker.relations.spells import is_before, is_beside, is_own, says
from checker.relations.topics import leading

_NO_WHOLE = lazy(
    r"[ -](?:(?:[a-z]+ )?(?:ago|earlier|before|shifts?|days?|weeks?|limit|deadline|notice|walks?|drives?|flights?|away|rides?|break|window|curfew|news|cycle|service|surgery|operation|delay|warning|rule|film|"
    r"interview|speech|documentary|workouts?|lessons?|set|show|ultimatum|ceasefire|truce|coverage|care|supply|period|hotline|helpline)\b|(?:an?|per|each|every|of (?:sleep|sunshine|daylight|footage|community)|in (?:every|each)) )"
)
_A_TRIP = lazy(
    r"\b(?:an?|the) (?:[a-z-]+ )?(?:trip|journey|drive|flight|walk|ride|run|crossing|hop) of (?:about |around |some )?$"
)
_ELSEWHERE = lazy(r"\b(?:hours? (?:behind|ahead)|[Dd]ate [Ll]ine|time zones?|time difference)\b")
_JOINED = lazy(r" ?(?:to|until|till|and|-|–|—) ?")
_PAST = frozenset({"past", "pluperfect", "perfect", ""})
_DAY = 1440
_NEWS = 7  # days
_LIKE = Fraction(1, 2), Fraction(2)  # a wrong length in terms of the right one
_LEAST = 20  # minutes by which it is wrong
_BELIEVED = -2.5  # the score of a pair of times that can be believed
_LEAD = 0.5  # by which it leads where another pair is told so


def find(article: Article) -> Iterable[Relation]:
    """``clock-duration`` relations of a length with the times between which it must lie."""
    for length in questions(article):
        text = article.block(length.claim).text
        if (
            is_before(article, length.claim)
            or _NO_WHOLE.match(text, length.claim.end)
            or _A_TRIP.search(text, 0, length.claim.start)
        ):
            continue
        found = sorted(candidates(article, length, keep=True), key=lambda c: -c.score)
        told = [c for c in found if _is_told(article, c.operands)]
        near = [c for c in told if _is_near(length, c.operands) and _is_all(article, length.claim, c.operands)]
        near = [c for c in near if _is_of_all(article, length.claim, c.operands)]
        if not near or near[0].score < _BELIEVED or any(c.holds for c in told):
            continue
        if any(c.holds and _gap(c.operands) > _gap(near[0].operands) for c in found):
            continue  # it began before, or ended after that: "That was about 9:40 p.m."
        if len(near) > 1 and near[0].score - near[1].score < _LEAD:
            continue
        if not any(_ELSEWHERE.search(block.text) for block in article.document.blocks):
            yield between(length, near[0].operands, 0.9)


def _is_all(article: Article, length: Claim, ends: tuple[Claim, ...]) -> bool:
    """Whether the sentence of a length tells one of two times, or no other: "without food for five hours, from 4pm on", "In May it took nine hours"."""
    places = {(c.block, c.start) for c in ends}
    told = [c for c in article.by_sentence[length.sentence] if c.kind in (Kind.TIME, Kind.DATE)]
    if any((c.block, c.start) in places for c in told):
        return True
    return not any(c.kind == Kind.TIME or _is_another(article, c) for c in told)


_AFTER_IT = lazy(r" after (?:it|he|she|they) ")
_A_PART = lazy(r"\b(?:itself|alone|[Ff]irst|[Ss]econd|[Tt]hird|[Ff]inal|[Ll]ast|[Oo]ther|[Aa]nother|[Ee]ach)\b")
_TOOK = lazy(r"\b(?:took|lasted|needed) (?:[a-z]+ )?$")


def _is_of_all(article: Article, length: Claim, ends: tuple[Claim, ...]) -> bool:
    """Whether a length is told as that of the whole: at the head of the article, as what it took, or beside one of two times."""
    text, place = article.block(length).text, article.sentences[length.sentence] if length.sentence >= 0 else None
    if leading(article, length) or is_own(article, length) or _AFTER_IT.match(text, length.end):
        return True
    if place is not None and _TOOK.search(text, max(place.start, length.start - 24), length.start):
        return _A_PART.search(text, place.start, length.start) is None
    return any(is_beside(article, length, end) for end in ends)


def _is_another(article: Article, date: Claim) -> bool:
    """Whether a date is not of the days around that of publication."""
    published = article.document.date
    low, high = date.intended.low, date.intended.high
    if published is None or low is None or high is None:
        return True
    return high - low > 1 or abs(published.toordinal() - low) > _NEWS


def _is_told(article: Article, ends: tuple[Claim, ...]) -> bool:
    """Whether of two past times the words tell the one as a beginning and the other as an end."""
    start, end = ends
    if not {start.tense, end.tense} <= _PAST:
        return False
    if start.block == end.block and start.end <= end.start:
        if _JOINED.fullmatch(article.block(start).text, start.end, end.start):
            return False  # "open from 10:00 to 16:00"
    return says(article, start, "begin") and says(article, end, "end")


def _gap(ends: tuple[Claim, ...]) -> Fraction:
    """The minutes from one time of day to the next other one."""
    start, end = ((c.value or Fraction(0)) for c in ends)
    return (end - start) % _DAY


def _is_near(length: Hours, ends: tuple[Claim, ...]) -> bool:
    """Whether a length is of the order of the time between two times of day, but not it."""
    start, end = ends
    if start.value is None or end.value is None or length.claim.value is None:
        return False
    gap, told = _gap(ends), length.claim.value * length.unit
    return abs(gap - told) >= _LEAST and _LIKE[0] * gap <= told <= _LIKE[1] * gap
