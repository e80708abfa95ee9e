"""How long it took, against the only day on which it began and the only day on which it was over, whatever it was.

``courses`` knows what lasted by its words.  Here it is the article that leaves no choice: one length of its size, told as that
of what the article tells ("After seven weeks of", "took her 131 days", "Her 28 years behind"), one date beside a word that
begins, and the news, or one date beside a word that ends.  No two dates of the article are so far apart, and the length
differs from the time between these as a slip does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from checker.language.article import Article
from checker.model import BlockKind, Claim, Kind, Relation
from checker.patterns import lazy
from checker.relations.courses import NOT_SO, PAST_YEARS, is_usable
from checker.relations.durations import meant
from checker.relations.elapsed import DAYS, days_of
from checker.relations.slips import evidence

_NEWS = 8  # days before the day of publication on which the news may have come
_SOON = 120  # days within which an end may be announced
_OPENS = lazy(r"(?:^|[.!?]\s|\s|^)[“\"]$|^$")
_OWN = lazy(r"\b(?:[Hh]er|[Hh]is|[Tt]heir|[Ii]ts)(?: long)? $")
_TOOK = lazy(
    r"\b(?:took|needed|lasted|required|endured|survived|spent|were|was)(?: (?:him|her|them|us|it|me|all|the|a|of|in the end|up|with))* $"
    r"|\bput up with $|\b(?:[Aa]fter|[Dd]uring|[Ii]n|[Oo]ver|[Ff]or|[Aa]ll|[Tt]hroughout)(?: all)? the $|^(?:[Dd]uring|[Ff]or|[Aa]fter) $"
)
_LASTING = lazy(
    r" (?:in|at|behind|on|as|of|without|with|under|since then|that followed|that it|is|are|was|were|away|apart|adrift|alone|underground|missing|stuck|trapped|closed|shut|off)\b"
)
_OTHER = lazy(
    r" (?:of (?:age|work|experience|service|history|data|talks|negotiations?|rain|fighting|war|war|growth|losses|decline|the year|age)|old|ago|earlier|later|before|after|from|a (?:week|month|year)|per|each|every|in (?:jail|prison)|to (?:[a-z]+))\b"
)
_BEGINS = lazy(
    r"\b(?:since(?= (?:he|she|they|it|we|early|late|mid)\b| (?:the )?(?:night|morning|spring|summer|autumn|winter|start|end) of $| $)|began|begun|started|opened|launched|set (?:up|off|out|sail)|took (?:over|on|office|up|charge)|"
    r"(?:was|were|had been) (?:first )?(?:arrested|jailed|detained|seized|captured|kidnapped|abducted|shut|closed|sealed|appointed|named|elected|hired|sworn|sent|taken (?:hostage|prisoner|into))|"
    r"closed|shut|walked (?:out|in)|joined|arrived|departed|moved in|put (?:them|it) up|became|registered|came to|sailed|went (?:missing|on strike))\b"
)
_ENDS = lazy(
    r"\b(?:until|ended|finished|stopped|retir\w+|resign\w*|quit|step\w* down|stand\w* down|stood down|released|freed|handed|hand over|returned|came (?:home|back|out|blinking)|reached|landed|touched|arrived|completed|reopened|opened again|"
    r"closes?|will close|pass\w*|lifted|taken away|removed|brought out|slept|rescued|found|back|over|for the last time)\b"
)


def find(article: Article) -> Iterable[Relation]:
    """``duration`` relations of lengths that no two dates of the article bear out."""
    lengths = [
        c for c in article.claims if c.kind == Kind.DURATION and c.unit in DAYS and c.value is not None and c.value >= 2
    ]
    asked = [c for c in lengths if _is_of_it(article, c)]
    if not asked or article.published is None:
        return
    dates = [c for c in article.claims if c.kind == Kind.DATE and c.sentence >= 0 and (is_usable(c) or _is_season(c))]
    for length in asked:
        if all(_is_apart(length, c) or _is_feared(article, c) for c in lengths if c is not length):
            yield from _between(article, length, dates)


def _is_of_it(article: Article, length: Claim) -> bool:
    """Whether a length is told as that of what the article tells."""
    figure = length.figure
    if figure is None or figure.hedge != "exact" or length.sentence < 0 or length.modality != "asserted":
        return False
    if figure.value is None or figure.value.denominator != 1 or article.block(length).kind != BlockKind.BODY:
        return False
    text, place = article.block(length).text, article.sentences[length.sentence]
    before, behind = text[place.start : figure.start], text[figure.end : figure.end + 40]
    if PAST_YEARS.search(before) or _is_feared(article, length) or _OTHER.match(behind):
        return False
    if _OWN.search(before) or _OPENS.search(before):
        return _LASTING.match(behind) is not None or re.match(r",[”\"]", behind) is not None
    return _TOOK.search(before) is not None and (
        _LASTING.match(behind) is not None or re.match(r"[,.;]", behind) is not None
    )


def _is_feared(article: Article, length: Claim) -> bool:
    """Whether the clause of a length tells what is feared, planned or of another time."""
    text, place = article.block(length).text, article.sentences[length.sentence]
    return NOT_SO.search(re.split(r"[;:,]", text[place.start : length.start])[-1]) is not None


def _is_apart(length: Claim, other: Claim) -> bool:
    """Whether another length is the same one, or too short or long to be mistaken for it."""
    if other.unit == length.unit and other.value == length.value:
        return True
    ratio = (other.value or 1) * DAYS[other.unit][1] / ((length.value or 1) * DAYS[length.unit][1])
    return not Fraction(1, 3) < ratio < 3


def _between(article: Article, length: Claim, dates: list[Claim]) -> Iterator[Relation]:
    published = article.published
    assert published is not None and published.value is not None
    grains = ("day",) if length.unit in ("day", "night", "week") else ("day", "month", "season", "year")
    told = [
        c for c in dates if c.figure is not None and c.figure.calendar is not None and c.figure.calendar.grain in grains
    ]
    points = [*told, published]
    if any(_holds(length, one, other) for one in points for other in points if one is not other):
        return
    begins = [c for c in told if _has(article, c, _BEGINS) and (c.intended.low or 0) < published.value - 1]
    begins = [
        c
        for c in begins
        if c.figure is not None and not (length.unit == "year" and c.figure.calendar and c.figure.calendar.relative)
    ]
    if len({c.intended for c in begins}) != 1:
        return
    begin = begins[0]
    ends = [c for c in told if c not in begins and _is_after(begin, c) and _has(article, c, _ENDS)]
    end = ends[0] if ends else published
    if (
        len({c.intended for c in ends}) > 1
        or end.intended.low is None
        or begin.sentence == end.sentence == length.sentence
    ):
        return
    if not -_NEWS <= end.intended.low - published.value <= _SOON:
        return  # what was over before
    if _is_slip(length, begin, end):
        roles = {"earlier": (meant(article, begin),), "later": (meant(article, end),), "length": (length,)}
        yield Relation(
            "duration", roles, 0.88, "it is the time between these dates", days_of(length, length.unit, begin, end)
        )


def _is_season(date: Claim) -> bool:
    calendar = date.figure.calendar if date.figure is not None else None
    return calendar is not None and calendar.grain == "season" and "year" in calendar.written


def _has(article: Article, date: Claim, words: re.Pattern[str]) -> bool:
    """Whether a date stands in a clause with such a word before it."""
    text, place = article.block(date).text, article.sentences[date.sentence]
    before = re.split(r"[;:]|, (?:and|but|while|when|who|which)\b", text[place.start : date.start])[-1][-90:]
    return words.search(before) is not None


def _is_after(begin: Claim, end: Claim) -> bool:
    return end.intended.low is not None and begin.intended.high is not None and end.intended.low > begin.intended.high


def _holds(length: Claim, one: Claim, other: Claim) -> bool:
    """Whether a length is that between two days, to the unit beside it."""
    shortest, longest = DAYS[length.unit]
    assert length.value is not None
    first, last = one.widest, other.widest
    if first.low is None or first.high is None or last.low is None or last.high is None or last.high <= first.low:
        return False
    return (
        last.high - first.low >= (length.value - 1) * shortest and last.low - first.high <= (length.value + 1) * longest
    )


def _is_slip(length: Claim, begin: Claim, end: Claim) -> bool:
    """Whether a length differs from the time between two days by a digit or by two that changed places."""
    low, high = begin.intended.low, end.intended.low
    if low is None or high is None or length.value is None:
        return False
    shortest, longest = DAYS[length.unit]
    between = (high - low) / ((shortest + longest) / 2)
    implied = {Fraction(int(between)), Fraction(round(between)), Fraction(int(between) + 1)}
    if length.value < 10 or min(between, length.value) * 4 < max(between, length.value):
        return False
    if length.unit == "year" and any(abs(n - length.value) == 10 for n in implied):
        return True
    return any(n > 9 and n != length.value and evidence(length.value, n) > 0 for n in implied)
