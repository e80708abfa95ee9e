"""How long something lasted, in whatever words, against the only two days of the article that it can lie between.

``elapsed`` weighs which two dates a length lies between, but never says that a plain length is wrong, for it may be that of
something else.  Here the structure makes it sure: the length ("46 days to get across", "25 weeks", "alone in the woods for 18 days")
fits no likely pair of dates, is of the order of the time between its likeliest two, and of these the words tell the one as a
beginning and the other as an end (``rules/lexicons/spells.toml``), not of two things.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from functools import cache

from checker.data import lexicon
from checker.language.article import Article
from checker.model import Claim, Kind, Relation
from checker.patterns import lazy
from checker.relations.durations import meant
from checker.relations.elapsed import DAYS, candidates, days_of, questions
from checker.relations.ranking import Candidate
from checker.relations.slips import shape
from checker.relations.topics import leading, words

# no whole: a part of a time, a time to come, a sentence, a rule, somebody's age
_BEHIND = lazy(
    r"[ -](?:(?:[a-z]+ )?(?:ago|later|earlier|before that|after|from now|old|older|younger|sentences?|terms?|ban|contract|deal|lease|plan|loan|guarantee|degree|course|apprenticeship|grant|"
    r"delay|history|period|low|high|record|average|forecast|visa|licen[cs]e|extension|notice|more|longer|left|to go|remaining|per|each|in advance|running|straight|at a time|"
    r"or (?:more|so|less)|senior|junior|behind|ahead|away|shy|short|into|prison|jail|supply|warning|limit|deadline|window|target|mark|diploma|"
    r"suspended|suspension|probation|community|campaign|agreement|project|program|programme|study|trial|review|mandate|process|strategy)\b|(?:an?|per|each|every) )"
)
_BEFORE = lazy(
    r"\b(?:last|past|next|previous|first|every|another|final|other|coming|further|additional|least|most|than|almost|nearly|over|about|within|under|up to|more|less|some|until|till|recent|only|usual|"
    r"gets?|got|fac(?:es?|ed|ing)|given|handed|receiv(?:es?|ed)|asked for|from|"
    r"(?:sentenced|jailed|imprisoned|banned|suspended|scheduled|expected|due|set|planned)(?: to| for)?(?: an?)?|minimum of|maximum of|contract of|(?<!each )(?<!all )of the) $",
    re.I,
)
_ODD_DAYS = lazy(r"\b(?:working|business|school|trading|sitting|match)\b")
_ASIDE = lazy(
    r"\b(?:\w+est|most|least|first|last|only|best|worst|record|worse|better|more|fewer|lower|higher)\b[^,;]*\bsince $",
    re.I,
)
_NEW_THING = lazy(
    r"\ban? (?:[a-z-]+ ){1,3}(?:that|which) (?:had )?(?:took|lasted|ran|went on)(?: for)? $"
)  # "a job that took"
_THEIRS = lazy(r"\b(?:[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Tt]hose|[Tt]hese) $")
_LASTING = frozenset({"be", "spend", "last", "take"})
_NO_SPELL = frozenset({"marry", "wed", "bear", "say", "tell"})
_CLAUSE = lazy(r"[;:–—]|, (?=and|but|while|which|who|where)")
_CLAUSE_END = lazy(r"[;:–—,]|\b(?:and|but|while|when|after|before|until)\b")
_LEADS = lazy(r"\W*(?:(?:On|In|By|Since|From|At|Early|Late|It was|and by|and at)\b[^.]{0,30})?")
_WHEN = lazy(r"^[ ,]*(?:when )?(?:in the (?:morning|afternoon|evening) )?(?:on [A-Z][a-z]+ )?")
_PASSED = r" (?:have|has) (?:now )?(?:passed|gone by|gone|elapsed)\b"
_HAS_BEEN = lazy(
    r"\b(?:has|have) (?:now )?been (?:shut|closed|missing|blocked|cut off|without|on strike|out|idle|stranded|trapped|in (?:custody|jail|prison|hospital|office|power|charge|place|force)|"
    r"suspended|banned|silent|dark|empty|grounded|locked|occupied|under (?:siege|water|arrest|curfew))(?: [a-z]+){0,3}? for $"
)
_REACH = 90  # characters before a date in which its verb stands
_LIKE = Fraction(4, 7), Fraction(7, 4)  # a wrong length in terms of the right one
_LIKE_SLIP = Fraction(4, 9), Fraction(11, 5)  # the same where one digit is wrong
_SLIPS = {"transposition": 2.5, "one-digit": 0.7}
_LEAST = -0.5  # the score of a pair that can be believed
_LEAST_SHARED = -4.0  # the same where what lasts until now is told in the words of its beginning
_LEAD = 1.5  # what it may gain by being before the next pair
_ANY = frozenset({"", "it", "he", "she", "they", "we", "i", "that", "which", "who", "this"})


def find(article: Article) -> Iterable[Relation]:
    """``duration`` relations of a length with the days between which it must lie."""
    for length in questions(article):
        if length.type != "length" or not _is_whole(article, length.claim):
            continue
        found = sorted(candidates(article, length, keep=True), key=lambda c: -c.score)
        told = [c for c in found if _is_told(article, length.claim, c.operands)]
        near = [c for c in told if _is_near(c.operands, length.claim) and _is_all(article, length.claim, c.operands)]
        if not 0 < len(near) <= 3:
            continue
        best = near[0]
        if not _is_tied(article, length.claim, best.operands):
            continue
        if any(c.holds and (c in told or c.score > best.score - 1) for c in found):
            continue
        if _score(best, found, length.claim) >= (_LEAST_SHARED if best.operands[1] is article.published else _LEAST):
            yield _relation(article, best.operands, length.claim)


def _score(best: Candidate, found: list[Candidate], length: Claim) -> float:
    """How likely a length was meant to lie between two dates."""
    place = found.index(best)
    lead = best.score - found[place + 1].score if place + 1 < len(found) else _LEAD
    return best.score + min(_LEAD, lead) + _SLIPS.get(_slip(best.operands, length), 0.0)


def _is_whole(article: Article, length: Claim) -> bool:
    """Whether a length may be of all that an article tells."""
    figure = length.figure
    if figure is None or length.value is None or length.value < 3 or figure.hedge != "exact":
        return False
    if length.modality != "asserted" or is_before(article, length) or _ODD_DAYS.search(length.text):
        return False
    text = article.block(length).text
    if _BEHIND.match(text, figure.end) or _NEW_THING.search(text, max(0, figure.start - 60), figure.start):
        return False
    return _BEFORE.search(text, max(0, figure.start - 40), figure.start) is None


def is_before(article: Article, length: Claim) -> bool:
    """Whether a length is of what is to come, or had been before the rest: "They had trained for 62 days"."""
    if length.tense != "pluperfect" or length.verb in _LASTING:
        return length.tense == "future"
    text = article.block(length).text
    if is_own(article, length):
        return False  # "had eaten three frogs in his 17 days"
    return not text.startswith((" after ", " later"), length.end)


def _is_told(article: Article, length: Claim, ends: tuple[Claim, ...]) -> bool:
    """Whether the words tell one date as the beginning and another as the end of what may be one thing."""
    start, end = ends
    if {start.verb, end.verb} & _NO_SPELL or not _may_be_one(length, start, end):
        return False
    if end is article.published:
        shared = (words(length) & words(start)) - {length.unit}
        return bool(shared) and _lasts(article, length) and _is_fixed(start) and says(article, start, "begin")
    last = end.figure.calendar if end.figure is not None else None
    if end.figure is None or last is None or end.end > end.figure.end or (last.relative and last.weekday is None):
        return False
    if not _is_fixed(start):
        return False
    if _ASIDE.search(_clause(article, start)[0]):
        return False
    return says(article, start, "begin") and says(article, end, "end")


def is_own(article: Article, length: Claim) -> bool:
    """Whether a length is told as that of somebody's doing: "in their 62 days they saw one ship"."""
    return _THEIRS.search(article.block(length).text, max(0, length.start - 12), length.start) is not None


_NEXT = lazy(r"[;:“”]|\b(?:and|but|or|then|which|who|whose|where|while)\b")


def is_beside(article: Article, length: Claim, end: Claim) -> bool:
    """Whether a length and a time stand in one clause or in two of which none is told of somebody else: "He was alone for 18 days
    before they saw him on June 23"."""
    if length.sentence != end.sentence or length.sentence < 0:
        return False
    first, last = sorted((length, end), key=lambda c: c.start)
    between = article.block(length).text[first.end : last.start]
    subjects = {length.subject.lower(), end.subject.lower()} - _ANY
    return _NEXT.search(between) is None and len(subjects) < 2


def _is_tied(article: Article, length: Claim, ends: tuple[Claim, ...]) -> bool:
    """Whether a length is told as that of the whole, or beside one of two days: not "Its owner worked there for 43 years"."""
    whole = leading(article, length) or is_own(article, length) or _lasts(article, length)
    return whole or any(is_beside(article, length, c) for c in ends)


def _is_all(article: Article, length: Claim, ends: tuple[Claim, ...]) -> bool:
    """Whether the sentence of a length tells no date but one of these: "A show in 2011 ran for 25 weeks"."""
    dates = [c for c in article.by_sentence[length.sentence] if c.kind == Kind.DATE]
    return all(c in ends for c in dates) and len(dates) < len(ends)


def _is_fixed(start: Claim) -> bool:
    """Whether a date stands for itself: not "last month", "the 1986 results"."""
    figure = start.figure
    calendar = figure.calendar if figure is not None else None
    return figure is not None and calendar is not None and not calendar.relative and start.end <= figure.end


def _lasts(article: Article, length: Claim) -> bool:
    """Whether a length runs until now: "has been shut for five weeks", "Seven years have gone by since"."""
    text = article.block(length).text
    if re.match(_PASSED, text[length.end :]):
        return True
    return _HAS_BEEN.search(text, article.sentences[length.sentence].start, length.start) is not None


def _may_be_one(length: Claim, start: Claim, end: Claim) -> bool:
    """Whether a length, a beginning and an end may be of one thing: no noun is the subject of two of them alone."""
    subjects = [c.subject.lower() for c in (length, start, end)]
    named = [s for s in subjects if s not in _ANY]
    return len(named) < 3 or len(set(named)) != 2


@cache
def _said(name: str) -> re.Pattern[str]:
    return lazy(rf"\b(?:{'|'.join(lexicon('spells')[name])})\b", re.I)


def _clause(article: Article, date: Claim) -> tuple[str, str]:
    """The words of a date's clause before and behind it."""
    text, place = article.block(date).text, article.sentences[date.sentence]
    behind = _WHEN.sub("", text[date.end : place.end])
    return _CLAUSE.split(text[place.start : date.start])[-1], _CLAUSE_END.split(behind)[0]


def says(article: Article, time: Claim, name: str) -> bool:
    """Whether the clause of a time has a word of beginning or ending before it, or behind one that leads it."""
    before, behind = _clause(article, time)
    told = _said(name)
    if told.search(before[-_REACH:]):
        return True
    return _LEADS.fullmatch(before) is not None and told.search(behind[:_REACH]) is not None


def _is_near(ends: tuple[Claim, ...], length: Claim) -> bool:
    """Whether a length is of the order of the time between two days, as a slip leaves it."""
    begin, end = ends
    if begin.intended.low is None or end.intended.low is None or length.value is None:
        return False
    between = end.intended.low - begin.intended.low
    shortest, longest = DAYS[length.unit]
    told = length.value * (shortest + longest) / 2
    if length.unit in ("week", "month") and abs(told - between) * 5 < between:
        return False  # so little is rounding
    least, most = _LIKE_SLIP if _slip(ends, length) else _LIKE
    return least * between <= told <= most * between


def _slip(ends: tuple[Claim, ...], length: Claim) -> str:
    """The shape of the slip by which a length differs from the whole units between two days, where it is a likely one."""
    begin, end = ends
    if begin.intended.low is None or end.intended.low is None or length.value is None:
        return ""
    units = (end.intended.low - begin.intended.low) * 2 / sum(DAYS[length.unit])
    shapes = {shape(length.value, Fraction(whole)) for whole in (int(units), int(units) + 1) if whole > 0}
    return next((name for name in _SLIPS if name in shapes), "")


def _relation(article: Article, ends: tuple[Claim, ...], length: Claim) -> Relation:
    begin, end = ends
    constants = days_of(length, length.unit, begin, end)
    roles = {"earlier": (meant(article, begin),), "later": (meant(article, end),), "length": (length,)}
    return Relation("duration", roles, 0.9, "it is the time between these dates", constants)
