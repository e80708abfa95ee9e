"""A length of time between the only two moments that it can lie between: "lost its branch in March 2015 ... seven years ago".

What makes the link sure is that the passage around the length tells one earlier and one later day and no other length, or
one earlier day and, in words that reach up to now, nothing else; or that the deed a length is counted from ("five years
after Hollin vanished") is dated once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction

from checker.language.article import Article
from checker.language.words import likeness
from checker.model import Claim, Interval, Kind, Relation
from checker.relations.durations import meant
from checker.relations.elapsed import DAYS, START, Length, candidates, dates_a_thing
from checker.relations.ranking import judge
from checker.relations.slips import evidence
from checker.relations.topics import opening, topics

_MOST = Fraction(5, 2)  # times as long
_ALIKE = 45  # the likeness of two subjects
_SHARED = 60  # what two sentences share: most of a rare word
_IT = frozenset({"", "it", "he", "she", "they"})
_OLDEST = 400  # years, of which nobody gives one more or less
_FRESH = 14  # days around publication that are now
_HEDGES = r"(?:(?:some|nearly|almost|about|around|more than|just over|just under|over|just|only|exactly|another|the|all|a full|a total of|those|these) )*"
# "the next two years", "sentenced to four years", "every ten years"
_NO_COURSE = re.compile(
    r"\b(?:last|past|next|coming|previous|preceding|first|every|each|per|further|other|final|another|within|inside|under|up to|at least|sentenced to|jailed for|imprisoned for|given|faces?|facing|"
    r"carr(?:y|ies)|terms? of|sentences? of|maximum of|minimum of|aged|banned for|suspended for|signed for|contracts? (?:of|for)|or|by|to)\s(?:(?:an?|the|about|some|nearly|almost|more than|around|up to|additional|extra) )*$"
)
_THING = re.compile(
    r"[ -](?:[a-z-]+ )??(?:old|olds|contract|deal|sentence|sentences|plan|lease|loan|term|terms|bond|bonds|note|notes|degree|course|warranty|mortgage|extension|program|programme|agreement|visa|pact|window|low|high|mark|record|"
    r"average|forecast|project|probation|option|prison|jail|probe|investigation|cycle|period|interval|intervals|veteran|tradition|history|limit|deadline|yields?|treasur\w+|gilts?|rate|left|remaining|to go|ahead|away|more|"
    r"each|worth|of the [A-Z]\w+|up to|before then|running|in a row|a (?:week|month|year)|per|long enough|younger|older|junior|senior|in advance|early|of experience|behind bars|in prison|in jail)\b"
)
_IN_A_ROW = re.compile(r"\b(?:straight|consecutive|successive)\b")
_TO_DO = re.compile(r" to (?!the (?:day|week|month)\b)[a-z]+")  # "15 days to install alarms"
_TOOK = re.compile(r"\b(?:took|take[sn]?|taking|needed|required)\b")
_UNREAL = frozenset({"denied", "conditional", "possible", "planned"})
_NOW_BEHIND = re.compile(
    r"^,? (?:(?:have|has) (?:now |already |since )?(?:passed|gone(?: by)?|elapsed|slipped by|flown by|rolled by)\b|since\b|on,|later,)"
)
_COUNTED = re.compile(
    r"^,? (?:to the (?:day|week|month) |or so |exactly )?(?:after|since|later than|from when|following)\s(?P<what>[^.;:,‹›]{3,70})"
)
_UP_TO_NOW = re.compile(r"\b(?:[Aa]fter|[Ff]or|[Ee]nding|[Ee]nds) " + _HEDGES + r"$")
_UNTIL = re.compile(r"\b(?:until|till|by|before|through|to)\s(?:(?:the|early|late|mid|end of) ){0,2}$")
_SINCE = re.compile(r"\b(?:since|from)\s(?:(?:the|early|late|mid) ){0,2}$")
_TOLD = re.compile(r"\b(?P<word>ago|later)$")


def find(article: Article) -> Iterable[Relation]:
    """``duration`` relations of a length with the only two moments of its passage."""
    lengths = list(_lengths(article))
    if not lengths:
        return
    dates = [c for c in article.claims if _is_usable(article, c)]
    if not dates:
        return
    for length, word in lengths:
        ends = _ends(article, dates, lengths, length, word)
        if (
            ends is not None
            and _is_near(length, ends)
            and _is_linked(article, length, ends)
            and not _is_explained(article, length, ends)
        ):
            yield _relation(article, *ends, length)


def _lengths(article: Article) -> Iterator[tuple[Claim, str]]:
    """The lengths that something took or that have passed, with "ago" or "later" where they are told so."""
    for claim in article.claims:
        figure = claim.figure
        if figure is None or claim.sentence < 0 or claim.modality in _UNREAL:
            continue
        if claim.kind == Kind.DATE and len(figure.parts) == 1 and (told := _TOLD.search(figure.text)):
            value = figure.parts[0]
            if figure.unit in DAYS and figure.hedge == "exact" and 2 <= value <= _OLDEST:
                half = Fraction(1, 2)
                wide = Interval(value - half, value + half)
                yield replace(claim, kind="duration", value=value, unit=figure.unit, widest=wide), told["word"]
        elif claim.kind == Kind.DURATION and claim.unit in DAYS and claim.value is not None:
            if claim.value < 2 and claim.unit not in ("decade", "century"):
                continue
            text = article.block(claim).text
            before = text[max(0, claim.start - 40) : claim.start]
            if _NO_COURSE.search(before) or _THING.match(text, figure.end) or _IN_A_ROW.search(figure.text):
                continue
            if _TO_DO.match(text, figure.end) and not _TOOK.search(before):
                continue
            yield claim, ""


def _is_usable(article: Article, claim: Claim) -> bool:
    figure = claim.figure
    if claim.kind != Kind.DATE or figure is None or figure.calendar is None or claim.modality == "denied":
        return False
    if figure.low is None or figure.high is None or figure.calendar.fiscal or claim.sentence < 0:
        return False
    if figure.calendar.grain not in ("day", "month", "year", "season") or figure.text.endswith(
        ("ago", "later", "earlier")
    ):
        return False
    return figure.high - figure.low <= 366 and not (figure.calendar.grain == "year" and dates_a_thing(article, claim))


def _ends(
    article: Article, dates: list[Claim], lengths: list[tuple[Claim, str]], length: Claim, word: str
) -> tuple[Claim, Claim] | None:
    """The first and the last moment of a length, where the passage leaves no choice."""
    before, behind = _around(article, length)
    counted = _COUNTED.match(behind)
    published = article.published
    to_now = published is not None and (
        word == "ago" or _NOW_BEHIND.match(behind) is not None or _reaches_now(article, length, before, counted)
    )
    here = [d for d in dates if d.sentence == length.sentence]
    near = [d for d in dates if abs(d.sentence - length.sentence) == 1 and abs(d.block - length.block) <= 1]
    if word == "ago":
        here = [d for d in here if not _is_now(article, d)]
    if _several(lengths, length, here):
        return None
    old, now = _split(article, here)
    if word == "later" and len(old) == 2 and not _is_behind(article, old, length):
        return None  # "served from 1989 to 1993, and eight years later watched his son"
    if len(old) == 2 and not now:
        return _ordered(article, *old)
    if len(old) == 1 and now and not to_now:
        return _ordered(article, old[0], now[0])
    if len(old) == 1 and to_now:
        return _ordered(article, old[0], now[0] if now else published)
    if old or _several(lengths, length, near):
        if len(old) == 1 and not now and not to_now and not _several(lengths, length, near):
            others, _ = _split(article, [*here, *near])
            if len(others) == 2:
                return _ordered(article, *others)
        return None
    older, newer = _split(article, near)
    last = now[0] if now else published if to_now else newer[0] if newer else None
    if len(older) == 1 and last is not None:
        return _ordered(article, older[0], last)
    if len(older) == 2 and not newer and last is None:
        return _ordered(article, *older)
    return None


def _around(article: Article, length: Claim) -> tuple[str, str]:
    assert length.figure is not None
    place, text = article.sentences[length.sentence], article.block(length).text
    return text[place.start : length.figure.start], text[length.figure.end : place.end]


def _reaches_now(article: Article, length: Claim, before: str, counted: re.Match[str] | None) -> bool:
    """Whether a length ends with the news: "has been closed for six years", "retires after 28 years"."""
    if length.tense == "perfect" and re.search(r"\bfor " + _HEDGES + "$", before):
        return True
    if length.tense in ("present", "perfect", "future") and _UP_TO_NOW.search(before):
        return True
    return counted is not None and opening(article, length) and length.tense != "pluperfect"


def _is_now(article: Article, date: Claim) -> bool:
    today = article.document.date
    if today is None or date.figure is None or date.figure.low is None or date.figure.high is None:
        return False
    number = today.toordinal()
    return date.figure.low - _FRESH <= number <= date.figure.high + _FRESH


def _split(article: Article, dates: list[Claim]) -> tuple[list[Claim], list[Claim]]:
    """Dates of another time and those of now, each told once."""
    old: dict[Interval, Claim] = {}
    now: list[Claim] = []
    for date in dates:
        if _is_now(article, date):
            now.append(date)
        else:
            old.setdefault(date.intended, date)
    return list(old.values()), now


def _several(lengths: list[tuple[Claim, str]], length: Claim, dates: list[Claim]) -> bool:
    """Whether the sentences hold another length."""
    where = {length.sentence, *(d.sentence for d in dates)}
    return any(
        c is not length and c.sentence in where and (c.value, c.unit) != (length.value, length.unit) for c, _ in lengths
    )


def _ordered(article: Article, a: Claim, b: Claim | None) -> tuple[Claim, Claim] | None:
    if b is None:
        return None
    first, last = sorted((a, b), key=lambda c: (c.intended.low or 0, c.intended.high or 0))
    for claim, wrong in ((first, _UNTIL), (last, _SINCE)):
        if claim.sentence >= 0 and wrong.search(article.block(claim).text[max(0, claim.start - 24) : claim.start]):
            return None
    return first, last


def _is_near(length: Claim, ends: tuple[Claim, Claim]) -> bool:
    """Whether a slip may have made the length of the one between two moments: of days between days, never three times as long."""
    begin, end = ends
    if length.unit in ("day", "night", "week", "month"):
        grains = {c.figure.calendar.grain for c in ends if c.figure is not None and c.figure.calendar is not None}
        if not grains <= ({"day"} if length.unit != "month" else {"day", "month"}):
            return False
    assert begin.intended.low is not None and end.intended.high is not None and length.value is not None
    between, told = end.intended.high - begin.intended.low, length.value * DAYS[length.unit][1]
    return _MOST * between >= told and _MOST * told >= between


def _is_behind(article: Article, dates: list[Claim], length: Claim) -> bool:
    """Whether a length follows the last date at once: "on March 9, 35 days later"."""
    last = max(date.end for date in dates)
    return (
        last > length.start
        or re.fullmatch(r"[,)]? (?:just |only |some |exactly )*", article.block(length).text[last : length.start])
        is not None
    )


def _is_linked(article: Article, length: Claim, ends: tuple[Claim, Claim]) -> bool:
    """Whether the words tie moments of other sentences to a length: one subject or rare words shared, and a first day that
    begins something or a difference that is a slip of the hand."""
    begin = ends[0]
    if begin.sentence == length.sentence:
        return True
    before, behind = _around(article, length)
    initial = not before.strip() and begin.sentence == length.sentence - 1
    if initial and (_NOW_BEHIND.match(behind) or length.text.endswith("later")):
        return True  # "burned down in 2021. Five years on, ..."
    if length.speaker != begin.speaker:
        return False
    told, subject = article.text(length.sentence).lower(), begin.subject.lower()
    alike = (
        subject in _IT
        or length.subject.lower() in _IT
        or subject in told
        or likeness(subject, length.subject.lower()) >= _ALIKE
        or topics(article).context(length, begin) >= _SHARED
    )
    return alike and (_begins(article, begin) or _slipped(length, ends))


def _begins(article: Article, date: Claim) -> bool:
    """Whether something begins on a day, or is counted from it."""
    place, text = article.sentences[date.sentence], article.block(date).text
    before = re.split(r"[;:]|, (?=and|but|while)", text[max(place.start, date.start - 70) : date.start])[-1]
    return bool(START.search(before) or START.search(text[date.end : min(place.end, date.end + 25)]))


def _slipped(length: Claim, ends: tuple[Claim, Claim]) -> bool:
    low, high = ends[0].intended.low, ends[1].intended.high
    assert low is not None and high is not None and length.value is not None
    implied = Fraction(round((high - low) / DAYS[length.unit][1]))
    return implied > 0 and implied != length.value and evidence(length.value, implied) > 0


def _is_explained(article: Article, length: Claim, ends: tuple[Claim, Claim]) -> bool:
    """Whether another pair of dates bears the length out."""
    told = list(candidates(article, Length(length, "length", length.unit)))
    own = {c.intended for c in ends}
    return any(v.holds and v.odds > -2 and {c.intended for c in v.candidate.operands} != own for v in judge(told))


def _relation(article: Article, begin: Claim, end: Claim, length: Claim) -> Relation:
    shortest, longest = DAYS[length.unit]
    slack = Fraction(1) if length.unit in ("day", "night") else longest
    constants = {"shortest": shortest, "longest": longest, "slack": slack}
    if length.figure is not None and length.figure.kind == Kind.DATE:
        length = replace(length, id=article.next_id())  # "16 years ago" is a date too
    roles = {"earlier": (meant(article, begin),), "later": (meant(article, end),), "length": (length,)}
    return Relation("duration", roles, 0.9, "it is the time between these dates", constants)
