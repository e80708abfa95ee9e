"""The times that a sentence tells: its dates, those of a range joined, and times counted from others ("a year earlier")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from checker.language import calendar, numbers
from checker.language.article import Article
from checker.model import Figure, Interval, Kind
from checker.patterns import lazy

_PERIOD = (
    r"(?:year|season|month|quarter|week|winter|summer|spring|autumn|fall|term|decade|census|campaign|edition|festival|"
    r"survey|count|poll|election|harvest|half|session|(?:fiscal|financial|school|academic) year|day|night)"
)
_NUMBER = r"(?P<number>an?|the|\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty)"
# times counted from another: "a year earlier", "the year before", "two years before that", "the preceding season"
_COUNTED = lazy(
    rf"\b(?:{_NUMBER} (?:full |whole )?(?P<unit>{_PERIOD})s? (?:(?P<back>earlier|before|previously|beforehand)|(?P<on>later|afterwards|on(?=[,.;])))(?: that\b)?"
    rf"|the (?P<which>previous|preceding|prior|following|next) (?:(?P<many>\d+|two|three|six|nine|twelve) )?(?P<part>{_PERIOD}s?)\b"
    rf"|(?P<ago>year-(?:ago|earlier)))",
    re.IGNORECASE,
)
# "in the year to the end of March", "the 12 months to June", "the quarter that ended Dec. 27"
_LENGTH_TO = lazy(
    r"\bthe (?:(?P<number>\d+|two|three|four|six|nine|ten|twelve) )?(?:(?:fiscal|financial) )?(?P<unit>year|month|week|quarter)s? "
    r"(?:to|up to|through|ending|ended|that ended|which ended)(?: on| in)?(?: the)?(?: (?:end of|middle of|last day of|mid-?|late|early))? ?$",
    re.IGNORECASE,
)
_JOINT = lazy(r"\s?(?:and|to|through|until|till|-|–|—)\s?")
_OF_WHICH = lazy(r"\s(?:of|in)\s(?:the\s)?")
_FROM = lazy(r"\b(?:between|from) $", re.IGNORECASE)
_SINCE = lazy(r"\bsince (?:(?:about|around|early|late|mid|at least|the end of|the start of) ?)?$", re.IGNORECASE)
_ASIDE = lazy(r"\b(?:\w+est|most|least|first|last|only|best|worst|record)\b[^,;]*\bsince\b[^,;]*$", re.IGNORECASE)
_FILL = r"(?:(?:in|at|for|during|on|of|that|those|the|it|they|was|were|all|what|same|whole|record|year|end|months?|period|level|levels|figure|one|number|‹\w\d+›) )*"
_COMPARED = lazy(
    rf"\b(?:than|against|versus|compare[ds]? (?:with|to)|comparing (?:with|to)|instead of|unlike|as (?:many|much|few|high|low|large|big|good|bad) as|ahead of|below|above|behind|(?:double|twice|treble|triple|times|half) (?:what|that|the|those|as)(?: [\w'’-]+){{0,3}}?) {_FILL}$",
    re.IGNORECASE,
)
_COMPARED_MOVED = lazy(
    rf"\b(?:up|down|rise|fall|increase|decrease|decline|drop|gain|jump|growth|change|more|higher|lower|improvement|risen|fallen|rose|fell|dropped|grew|climbed|increased|double|\d[\d,.]*(?:%| per ?cent| points?))(?: [\w'’,.%£$€-]+){{0,4}}? (?:on|over|from) {_FILL}$",
    re.IGNORECASE,
)
_NOW = 60  # days before publication that are still present
_DAYS = {"day": 1, "night": 1, "week": 7, "month": 30, "quarter": 91, "half": 183, "decade": 3652}
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "decade": 120}


@dataclass(frozen=True, slots=True)
class Told:
    """A time that a sentence tells: where it stands, its TIMEX3 value and days; `since` marks the beginning of a time."""

    start: int
    end: int
    timex: str
    days: Interval | None
    grain: str
    since: bool = False
    base: bool = False  # the time of what is compared: "more than in 2019"
    gone: bool = False  # before the article's own
    aside: bool = False  # a beginning that only says since when something is the first or most of its kind


@lru_cache(maxsize=64)
def told(article: Article, sentence: int) -> tuple[Told, ...]:
    """The times that a sentence tells, in order."""
    if sentence < 0:
        return ()
    place = article.sentences[sentence]
    text = article.document.blocks[place.block].text
    found = list(_dates(article, place.block, place.start, place.end))
    counted = list(_COUNTED.finditer(text, place.start, place.end))
    found = [t for t in found if not any(m.start() < t.end and t.start < m.end() for m in counted)]
    for match in counted:
        reference = _reference(article, sentence, found, match.start())
        if reference is not None:
            found.append(_shifted(match, reference))
    return tuple(_marked(article, text, place.start, time) for time in sorted(found, key=lambda t: t.start))


def _marked(article: Article, text: str, start: int, time: Told) -> Told:
    """A time with what its words and days say of it."""
    before = re.sub(r"(?:early|late|mid)[- ]$", "", text[start : time.start][-70:])
    base = bool(_COMPARED.search(before) or _COMPARED_MOVED.search(before))
    today = article.document.date
    high = None if time.days is None else time.days.high
    gone = high is not None and today is not None and high < today.toordinal() - _NOW
    return replace(time, base=base, gone=gone and not time.since)


def _dates(article: Article, block: int, start: int, end: int) -> Iterator[Told]:
    """The dates of a sentence, those of a range joined, those that end a length of time widened to it."""
    text = article.document.blocks[block].text
    own = [f for f in article.figures_in(block) if f.kind == Kind.DATE and start <= f.start < end and f.timex]
    skip = False
    for number, figure in enumerate(own):
        if skip:
            skip = False
            continue
        days = None if figure.low is None or figure.high is None else Interval(figure.low, figure.high)
        grain = figure.calendar.grain if figure.calendar is not None else ""
        time = Told(figure.start, figure.end, figure.timex, days, grain)
        before = text[max(start, figure.start - 60) : figure.start]
        following = own[number + 1] if number + 1 < len(own) else None
        if (
            following is not None
            and following.low is not None
            and _OF_WHICH.fullmatch(text, figure.end, following.start)
        ):
            inside = days is not None and days.low >= following.low and days.high <= following.high  # type: ignore[operator]
            if not inside:
                continue  # "the same period of 2024"
        if following is not None and _FROM.search(before) and _JOINT.fullmatch(text, figure.end, following.start):
            time = _range(figure, following) or time
            skip = time.end == following.end
        elif days is not None and (length := _LENGTH_TO.search(before)) is not None:
            days = _length(length, days)
            time = replace(time, start=figure.start - len(before) + length.start(), days=days, grain="period")
        elif days is not None and _SINCE.search(before):
            aside = _ASIDE.search(before) is not None  # "In 2024, the worst year since 2017, there had been"
            time = replace(time, since=True, aside=aside)
        yield time


def _range(first: Figure, last: Figure) -> Told | None:
    """ "between January and December 2025": all days from the first to the last."""
    if last.low is None or last.high is None or first.calendar is None or last.calendar is None:
        return None
    low = first.low
    if "year" not in first.calendar.written and first.calendar.month and last.calendar.year:
        year = last.calendar.year - (first.calendar.month > (last.calendar.month or 12))
        day = first.calendar.day or 1
        low = Fraction(calendar.month_span(year, first.calendar.month)[0] + day - 1)
    if low is None or low > last.high:
        return None
    return Told(first.start, last.end, last.timex, Interval(low, last.high), "period")


def _length(match: re.Match[str], days: Interval) -> Interval:
    assert days.high is not None
    unit, number = match["unit"].lower(), _count(match["number"])
    long = 365 * number if unit == "year" else _DAYS[unit] * number
    return Interval(days.high - long + 1, days.high)


def _count(word: str | None) -> int:
    if not word:
        return 1
    return int(word) if word.isdigit() else int(numbers.words().small.get(word.lower(), 1))


def _reference(article: Article, sentence: int, here: Sequence[Told], at: int) -> Told | None:
    """The time that another is counted from: the last before it in its sentence, that of the sentence before, else now."""
    before = [t for t in here if t.end <= at and t.days is not None and not t.since] or [
        t for t in here if t.days is not None and not t.since
    ]
    if before:
        return before[-1]
    for index in (sentence - 1, sentence - 2):
        if index >= 0 and article.sentences[index].block >= article.sentences[sentence].block - 1:
            earlier = [t for t in told(article, index) if t.days is not None and not t.since and not t.base]
            if earlier:
                return earlier[0]
    if article.document.date is None:
        return None
    today = Fraction(article.document.date.toordinal())
    return Told(at, at, "", Interval(today, today), "day")


def _shifted(match: re.Match[str], reference: Told) -> Told:
    """The time so many periods before or behind another."""
    assert reference.days is not None and reference.days.low is not None and reference.days.high is not None
    groups = match.groupdict()
    unit = (groups["unit"] or groups["part"] or "year").lower().split()[-1].removesuffix("s")
    ahead = bool(groups["on"]) or (groups["which"] or "").lower() in ("following", "next")
    low, high = int(reference.days.low), int(reference.days.high)
    many = _count(groups["many"]) if groups["many"] else 1
    number = _count(groups["number"]) if groups["number"] else many
    if groups["many"]:  # "the previous 12 months": so much time up to the reference
        long = 365 * many if unit == "year" else _DAYS.get(unit, 365) * many
        days = (high + 1, high + long) if ahead else (low - long, low - 1)
    elif unit in ("day", "night", "week"):
        step = _DAYS[unit] * number * (1 if ahead else -1)
        days = (low + step, high + step)
    else:
        months = _MONTHS.get(unit, 12) * number * (1 if ahead else -1)
        if unit == "year" and groups["which"] and reference.grain in ("day", "month", "week", "quarter"):
            days = calendar.year_span(_year(low) + months // 12)
        else:
            days = _moved(low, months), _moved(high, months)
    interval = Interval(Fraction(max(1, days[0])), Fraction(max(1, days[1])))
    return Told(match.start(), match.end(), f"{_year(days[1]):04}", interval, unit)


def _year(number: int) -> int:
    return calendar.from_number(max(1, number)).year


def _moved(number: int, months: int) -> int:
    day = calendar.from_number(max(1, number))
    year, month = calendar.shifted_months(day, months)
    if not 1 < year < 9998:
        return number
    first, last = calendar.month_span(year, month)
    return min(first + day.day - 1, last)
