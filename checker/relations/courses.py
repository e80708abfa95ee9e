"""What begins on one day, ends on another and is told to have lasted so long: a tenure, a closure, years behind bars.

The first and the last day may stand sentences apart.  A length is held against them where the article tells one beginning
and one end of its kind (``rules/lexicons/courses.toml``), and nobody else's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from checker.data import lexicon
from checker.language.article import Article
from checker.language.people import people
from checker.language.protagonist import protagonist
from checker.model import BlockKind, Claim, Kind, Relation
from checker.patterns import lazy
from checker.relations.durations import meant
from checker.relations.elapsed import DAYS, days_of

_GAP = r"(?:(?!\b(?:and|but|who|which|whose|when|while|after|before|that|until|since|because)\b)[^‹›.;:]){0,80}?"
_ON = r"(?:(?:on|in|at|until|from|since|for|by) (?:the (?:morning|afternoon|evening|night) of )?)?(?:‹t\d+› (?:on )?)?‹d(?P<date>\d+)›"
_LED = r"(?:^|[.;,] |\b(?:[Aa]nd|[Bb]ut) )(?:[Oo]n|[Ii]n) ‹d(?P<date>\d+)›,? "
_PAST_YEARS = lazy(
    r"\b(?:last|past|next|previous|first|every|another|final|other|coming|further|least|most|than|almost|nearly|over|about) $"
)
_ANY = frozenset(
    "it they he she who which that we strike walkout stoppage union worker staff member side engineer crew council police official firefighter contractor".split()
) | {""}
_SOMEBODY = frozenset(
    "he she they i we who man woman couple pair team crew party group expedition rower walker sailor hiker cyclist skier climber astronaut cosmonaut ship boat "
    "yacht vessel teacher head chief director president chairman mayor manager coach captain conductor editor leader minister premier governor bishop husband "
    "miner worker passenger resident migrant soldier pilot child people fisherman diver caver "
    "wife father mother brother sister son daughter prisoner hostage victim teenager girl boy student driver nurse doctor farmer".split()
)
# what is feared, planned or of an earlier time: "called for a six-week strike", "had spent ten years as conductor"
_NOT_SO = lazy(
    r"\b(?:fear(?:ed|s|ing)?|call(?:ed|s|ing)? for|threaten\w*|plan(?:ned|s|ning)?|expect\w*|demand\w*|propos\w+|warn\w*|could|would|might|may|will|shall|should|must|up to|want\w*|predict\w*|"
    r"forecast\w*|risk\w*|due|scheduled|originally|initially|fac(?:e|es|ed|ing)|had (?:[a-z]+ )?(?:spent|served|worked|been|done)|another|previous\w*|earlier|sentenced|jail(?:ed)? for)\b"
)
# a course of somebody else, or one of several: "Her predecessor, who served for 11 years", "as coach of the youth side too"
_SOMEONE_ELSE = lazy(
    r"\b(?:predecessors?|successors?|deput(?:y|ies)|assistants?|interim|acting|too|also|youth|junior|under-\d+|"
    r"combined|between them|in all|together)\b"
)
_AFTER = lazy(r"\b[Aa]fter \|")
_THOSE = lazy(
    r"\b(?:[Dd]uring|[Ii]n|[Oo]ver|[Tt]hroughout|[Aa]fter|[Aa]ll|[Oo]f) (?:all )?(?:those|these) ‹l(?P<length>\d+)›"
)
_LEFT = lazy(
    r"\b(?:have|has|with|are|is) (?:just |only |now )*(?:another )?\| ?(?:more |left |remaining |to go\b)+(?:to (?:decide|object|respond|reply|appeal|apply|comment|agree|pay|vote|accept|register|go)\b|left\b|remaining\b)"
)
_DEADLINE = (
    lazy(
        rf"\b(?:expires?|will expire|deadline|closes|will close|runs? out|ends?|will end|lapses?|is due|are due|must (?:be|[a-z]+)) {_GAP},? ?{_ON}"
    ),
)
_IN = lazy(r"\b[Ii]n ‹l(?P<length>\d+)›(?:['’] time)?, on ‹d(?P<date>\d+)›")
_UNTIL = lazy(
    r"(?:in|from|since|on|between) ‹d(?P<start>\d+)›[^‹›;.]*(?:‹[^d]\d+›[^‹›;.]*){0,2}?\b(?:until|till|to|through|and (?:left|ended|finished|retired|returned|resigned)[^‹›;.]{0,30}?) "
    r"(?:in |on )?‹d(?P<end>\d+)›"
)


@dataclass(frozen=True, slots=True)
class Course:
    """A kind of course: patterns of its first day, its last day (with a date, and as the news), and its length; `held` is one
    of an office."""

    person: bool
    held: bool
    begin: tuple[re.Pattern[str], ...]
    end: tuple[re.Pattern[str], ...]
    news: re.Pattern[str] | None
    length: re.Pattern[str]
    before: re.Pattern[str] | None
    told: re.Pattern[str] | None


@cache
def courses() -> tuple[Course, ...]:
    found = []
    for row in lexicon("courses").values():
        begin, end, length = (_any(row[key]) for key in ("begin", "end", "length"))
        if "roles" in row:
            role = rf"(?:(?:an?|the|its|their|his|her|[a-z]+) ){{0,2}}{_any(row['roles'])}\b(?!-)"
            made = _any(row["made"])
            begin, length = rf"(?:{begin}|{made} {role}|{made}(?= (?:in|on) ‹))", rf"(?:{length}|as {role})"
            begin = rf"(?:{begin}|{_any(row['chosen'])} (?:him|her|them)\b)"
            row = row | {"before": [f"{name} for" for name in row["roles"]]}
        told, before = (rf"\b{_any(row[key])} $" if key in row else "" for key in ("told", "before"))
        if "doing" in row:
            before = rf"{before}|\b{_any(row['doing'])} [^.;,‹›]{{2,50}} for $"
        news = lazy(rf"\b{_any(row['news'])}\b", re.I) if "news" in row else None
        lasts = lazy(rf"[ -](?:[a-z-]+ )??{length}\b")
        found.append(
            Course(row["person"], "roles" in row, _dated(begin), _dated(end), news, lasts, _maybe(before), _maybe(told))
        )
    return tuple(found)


def _maybe(pattern: str) -> re.Pattern[str] | None:
    return lazy(pattern, re.I) if pattern else None


def _any(words: list[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})"


def _dated(verbs: str) -> tuple[re.Pattern[str], ...]:
    return lazy(rf"\b{verbs}\b{_GAP},? ?{_ON}"), lazy(rf"{_LED}[^‹›.;:]{{0,60}}?\b{verbs}\b")


def find(article: Article) -> Iterable[Relation]:
    """``duration`` relations of a length with the first and the last day of what lasted."""
    lengths = [
        c
        for c in article.claims
        if c.kind == Kind.DURATION and c.unit in DAYS and c.value is not None and c.value >= 2 and c.sentence >= 0
    ]
    if not lengths:
        return
    yield from _those(article)
    yield from _left(article, lengths)
    yield from _to_come(article, lengths)
    for course in courses():
        told = [c for c in lengths if _is_of(article, course, c)]
        if told:
            yield from _lasted(article, course, told)


def _is_of(article: Article, course: Course, length: Claim) -> bool:
    """Whether a length is that of such a course: "15-year tenure", "seven weeks without", "57 days on the ice"."""
    assert length.figure is not None
    text = article.block(length).text
    before = text[max(0, length.start - 70) : length.start]
    if _PAST_YEARS.search(before) or length.figure.hedge != "exact":
        return False
    behind = text[length.figure.end : length.figure.end + 50]
    place = article.sentences[length.sentence]
    if _NOT_SO.search(text, place.start, length.start) or _SOMEONE_ELSE.search(text, place.start, place.end):
        return False
    if course.before is not None and course.before.search(before):
        return True
    if course.end[0].search(article.masked(length.sentence).text) and _AFTER.search(_marked(article, length)):
        return True  # "was freed on Monday after 16 years"
    if course.told is not None and not course.told.search(before):
        return False  # "sentenced to 29 years in prison"
    return course.length.match(behind) is not None


def _lasted(article: Article, course: Course, lengths: list[Claim]) -> Iterator[Relation]:
    begins = list(days(article, course.begin))
    if len({c.intended for c in begins}) != 1:
        return
    begin = begins[0]
    ends = [c for c in days(article, course.end) if c.sentence != begin.sentence or c.start != begin.start]
    ends = [
        c for c in ends if not any(o.intended != c.intended and _is_within(o, c) for o in ends)
    ]  # "in March", "on March 31"
    if len({c.intended for c in ends}) > 1:
        return
    end = ends[0] if ends else news_of(article, course)
    if end is None or end.intended.low is None or begin.intended.low is None or end.intended.low <= begin.intended.low:
        return
    if begin.sentence == end.sentence and not course.held:
        return  # ``durations`` reads a sentence that tells both
    first = article.sentence_at(article.lede, 0)
    fitting = [length for length in lengths if fits(begin, end, length)]
    for length in fitting or lengths:  # where one fits the others are of something else
        told_before = not article.is_display(length) and first < length.sentence < end.sentence
        if told_before and _AFTER.search(_marked(article, length)):
            continue  # "After 20 days at sea his rudder broke", before he arrived
        if _has_own_date(article, length, begin, end):
            continue
        if may_be_one(article, course, begin, end, length):
            yield _relation(article, begin, end, length)


def _is_within(one: Claim, other: Claim) -> bool:
    low, high = other.intended.low, other.intended.high
    first, last = one.intended.low, one.intended.high
    return (
        low is not None
        and high is not None
        and first is not None
        and last is not None
        and low <= first
        and last <= high
    )


def may_be_one(article: Article, course: Course, begin: Claim, end: Claim, *told: Claim) -> bool:
    """Whether a beginning, an end and what is told of both may be of one person or thing."""
    if not course.person:
        return _is_alike(begin, end)
    return _is_somebody(article, begin) and _of_one(article, begin, end, *told)


def fits(begin: Claim, end: Claim, length: Claim) -> bool:
    """Whether a length is that between two days."""
    first, last, told = begin.intended, end.intended, length.widest
    if first.low is None or first.high is None or last.low is None or last.high is None or told.low is None:
        return False
    shortest, longest = DAYS[length.unit]
    most = (told.high if told.high is not None else told.low * 2) * longest + longest
    return last.high - first.low >= told.low * shortest - longest and last.low - first.high <= most


def days(article: Article, patterns: tuple[re.Pattern[str], ...]) -> Iterator[Claim]:
    """The dates that the article gives for a beginning or an end."""
    for index in sorted(article.by_sentence):
        if index < 0 or not any(c.kind == Kind.DATE for c in article.by_sentence[index]):
            continue
        masked = article.masked(index)
        for pattern in patterns:
            for match in masked.finditer(pattern):
                date = masked.claims[int(match["date"])]
                if is_usable(date):
                    yield date


def is_usable(date: Claim) -> bool:
    calendar = date.figure.calendar if date.figure is not None else None
    if (
        calendar is None
        or calendar.grain not in ("day", "month", "year")
        or calendar.fiscal
        or date.modality == "denied"
    ):
        return False
    low, high = date.intended.low, date.intended.high
    return low is not None and high is not None and high - low <= 366


def news_of(article: Article, course: Course) -> Claim | None:
    """The article's own date, where the end of the course is the news."""
    if course.news is None or article.published is None:
        return None
    for number, block in enumerate(article.document.blocks):
        if (block.kind in (BlockKind.HEADLINE, BlockKind.DEK) or number == article.lede) and course.news.search(
            block.text
        ):
            return article.published
    return None


def _has_own_date(article: Article, length: Claim, *ends: Claim) -> bool:
    """Whether the clause of a length tells a time of its own: "held the post for 31 years until 1938"."""
    text = article.block(length).text
    for date in article.by_sentence.get(length.sentence, ()):
        if (
            date.kind == Kind.DATE
            and date not in ends
            and is_usable(date)
            and (date.figure is not None and date.figure.calendar)
        ):
            if date.end <= length.start or "," not in text[length.end : date.start]:
                return True
    return False


def _is_alike(begin: Claim, end: Claim) -> bool:
    """Whether one thing may have begun and ended: no two subjects of which neither stands for the other."""
    subjects = {begin.subject.lower(), end.subject.lower()}
    return len(subjects) == 1 or bool(subjects & _ANY)


def _is_somebody(article: Article, begin: Claim) -> bool:
    """Whether the subject of a beginning is a person or people: a name, a pronoun, a word for those who travel or serve."""
    names = {person.surname.lower() for person in people(article).persons} | {
        m.surname.lower() for m in people(article).strangers
    }
    names |= {name.lower() for name in begin.names}
    return begin.subject.lower() in names | _SOMEBODY or not begin.subject


def _of_one(article: Article, *claims: Claim) -> bool:
    """Whether the sentences of several claims name nobody but one person."""
    known = people(article)
    main = protagonist(article, known)
    named = {
        main.person.name if main is not None and main.is_named(person) else person.name
        for claim in claims
        if claim.sentence >= 0
        for mention, person in known.in_sentence(claim.sentence)
        if person is not None and mention.end <= claim.start
    }
    return len(named) <= 1


def _left(article: Article, lengths: list[Claim]) -> Iterator[Relation]:
    """ "have 10 more days to decide ... expires on Nov. 29": from the day of publication to the only deadline."""
    published = article.published
    left = [c for c in lengths if _LEFT.search(_marked(article, c)) and c.modality != "conditional"]
    if published is None or not left or published.value is None:
        return
    ends = [
        day for day in days(article, _DEADLINE) if day.intended.low is not None and day.intended.low > published.value
    ]
    if len({c.intended for c in ends}) == 1 and len({(c.value, c.unit) for c in left}) == 1:
        for length in left:
            if 0 <= ends[0].sentence - length.sentence <= 2 or 0 <= length.sentence - ends[0].sentence <= 1:
                yield _relation(article, published, ends[0], length)


def _to_come(article: Article, lengths: list[Claim]) -> Iterator[Relation]:
    """ "in six weeks, on July 1"."""
    published = article.published
    if published is None:
        return
    for index in sorted({length.sentence for length in lengths}):
        masked = article.masked(index)
        for match in masked.finditer(_IN):
            length, date = masked.claims[int(match["length"])], masked.claims[int(match["date"])]
            after = (
                date.intended.low is not None and published.value is not None and date.intended.low > published.value
            )
            if length in lengths and is_usable(date) and after:
                yield _relation(article, published, date, length)


def _marked(article: Article, length: Claim) -> str:
    """The words around a length, which is written as a bar."""
    assert length.figure is not None
    text = article.block(length).text
    figure = length.figure
    more = " more" if re.search(r"\b(?:more|another)\b", text[max(0, figure.start - 8) : length.end]) else ""
    return (
        f"{text[max(0, figure.start - 20) : figure.start]}|{more}{text[max(figure.end, length.end) : length.end + 24]}"
    )


def _those(article: Article) -> Iterator[Relation]:
    """ "remained until March 1997 ... In those eight years": the span that the sentence before told."""
    for index, claims in sorted(article.by_sentence.items()):
        if index < 1 or not any(c.kind == Kind.DURATION for c in claims):
            continue
        masked, told = article.masked(index), article.masked(index - 1)
        for match in masked.finditer(_THOSE):
            length = masked.claims[int(match["length"])]
            spans = list(told.finditer(_UNTIL)) if told.sentence.block == masked.sentence.block else []
            dates = [c for c in told.claims if c.kind == Kind.DATE]
            ended = any(course.end[0].search(told.text) for course in courses())
            if (len(spans) == 1 or ended) and len(dates) == 2 and length.unit in DAYS and all(map(is_usable, dates)):
                yield _relation(article, dates[0], dates[1], length)


def _relation(article: Article, begin: Claim, end: Claim, length: Claim) -> Relation:
    constants = days_of(length, length.unit, begin, end)
    roles = {"earlier": (meant(article, begin),), "later": (meant(article, end),), "length": (length,)}
    return Relation("duration", roles, 0.9, "it is the time between these dates", constants)
