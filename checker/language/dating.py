"""When a figure is said of: which of its sentence's times it belongs to, told outright or counted from another.

A time belongs to the figure that it stands right behind ("312 last year and 287 the year before"), else to the verb or
noun that it depends on and so to all that these govern.  One behind "than", "from", "against" is that of what is compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from checker.data import lexicon
from checker.language import calendar, numbers
from checker.language.article import Article
from checker.language.english import Token
from checker.language.phrases import root_of, tense_of
from checker.model import Figure, Interval, Kind

_PERIOD = (
    r"(?:year|season|month|quarter|week|winter|summer|spring|autumn|fall|term|decade|census|campaign|edition|festival|"
    r"survey|count|poll|election|harvest|half|session|(?:fiscal|financial|school|academic) year|day|night)"
)
_NUMBER = r"(?P<number>an?|the|\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty)"
# times counted from another: "a year earlier", "the year before", "two years before that", "the preceding season"
_COUNTED = re.compile(
    rf"\b(?:{_NUMBER} (?:full |whole )?(?P<unit>{_PERIOD})s? (?:(?P<back>earlier|before|previously|beforehand)|(?P<on>later|afterwards|on\b(?! (?:the|a|end))))(?: that\b)?"
    rf"|the (?P<which>previous|preceding|prior|following|next) (?:(?P<many>\d+|two|three|six|nine|twelve) )?(?P<part>{_PERIOD}s?)\b"
    rf"|(?P<ago>year-(?:ago|earlier)))",
    re.IGNORECASE,
)
# "in the year to the end of March", "the 12 months to June", "the quarter that ended Dec. 27"
_LENGTH_TO = re.compile(
    r"\bthe (?:(?P<number>\d+|two|three|four|six|nine|ten|twelve) )?(?:(?:fiscal|financial) )?(?P<unit>year|month|week|quarter)s? "
    r"(?:to|up to|through|ending|ended|that ended|which ended)(?: on| in)?(?: the)?(?: (?:end of|middle of|last day of|mid-?|late|early))? ?$",
    re.IGNORECASE,
)
_JOINT = re.compile(r"\s?(?:and|to|through|until|till|-|–|—)\s?")
_OF_WHICH = re.compile(r"\s(?:of|in)\s(?:the\s)?")
_FROM = re.compile(r"\b(?:between|from) $", re.IGNORECASE)
_SINCE = re.compile(r"\bsince (?:(?:about|around|early|late|mid|at least|the end of|the start of) ?)?$", re.IGNORECASE)
_ASIDE = re.compile(r"\b(?:\w+est|most|least|first|last|only|best|worst|record)\b[^,;]*\bsince\b[^,;]*$", re.IGNORECASE)
_FILL = r"(?:(?:in|at|for|during|on|of|that|those|the|it|they|was|were|all|what|same|whole|end|months?|period|level|levels|figure|one|number|‹\w\d+›) )*"
_COMPARED = re.compile(
    rf"\b(?:than|against|versus|compare[ds]? (?:with|to)|comparing (?:with|to)|instead of|unlike|(?:double|twice|treble|triple|times|half) (?:what|that|the|those|as)(?: [\w'’-]+){{0,3}}?) {_FILL}$", re.IGNORECASE
)
_COMPARED_MOVED = re.compile(
    rf"\b(?:up|down|rise|fall|increase|decrease|decline|drop|gain|jump|growth|change|more|higher|lower|improvement|risen|fallen|rose|fell|dropped|grew|climbed|increased|double|\d[\d,.]*(?:%| per ?cent| points?))(?: [\w'’,.%£$€-]+){{0,4}}? (?:on|over|from) {_FILL}$",
    re.IGNORECASE,
)
_LEANING = frozenset("than against versus vs from after compared instead unlike".split())
_TAIL = 45  # characters between a figure and the time that belongs to it alone
_STOP = re.compile(r"[,;:()–—‹]|\b(?:and|but|or|which|that|who|when|where|while|since|than|from|against|to|compared|after|before|with|by)\b")
_LEFT = re.compile(r", (?:which|who|whose|where) ")
_APPOSED = re.compile(r",? ?\(?(?:or |up |down |by |an? |the |which (?:is|was) |that (?:is|was) |some |about |nearly |almost |just |more than |[a-z]+ of )*\W?")
_QUANTITIES = frozenset({Kind.COUNT, Kind.MONEY, Kind.PERCENT, Kind.RATIO, Kind.MEASURE})
_CARRIED = frozenset("year half quarter season month period".split())
_POSSESSED = re.compile(r"['’]s? (?:[\w-]+ ){0,3}$")
_STEPS = frozenset("prep pobj pcomp npadvmod nummod compound nmod amod det poss advmod dep appos punct case quantmod".split())
_PHRASE = frozenset("prep pobj dobj attr oprd dative agent npadvmod appos nmod compound conj acomp amod nummod".split())
_INTO = frozenset("in on at during for by over through throughout until till as".split())
_PAST = frozenset({"past", "pluperfect", "perfect"})
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


def date_of(article: Article, sentence: int, figure: Figure, tokens: Sequence[Token], root: Token, noun: Token | None) -> Told | None:
    """The time that a quantity is said of, None where none in its sentence surely is its own."""
    place = article.sentences[sentence]
    text = article.document.blocks[place.block].text
    known = told(article, sentence)
    if not known:
        return _carried(article, sentence, tokens, root)
    own = next((time for time in known if _is_beside(text, tokens, figure, time)), None)
    if own is not None:
        return own
    others = [
        f
        for f in article.figures_in(place.block)
        if f is not figure and f.kind in _QUANTITIES and place.start <= f.start < place.end
    ]
    free = [t for t in known if not t.base and not any(_is_taken(text, tokens, f, t) for f in others)]
    said = _Said(tokens, root, noun)
    ranked = [
        (rank, abs(t.start - figure.start), t)
        for t in free
        if not _LEFT.search(text, figure.end, max(figure.end, t.start)) and (rank := said.rank(t)) is not None
    ]
    if ranked:
        best = min(ranked, key=lambda found: found[:2])[2]
        return best if not best.since or said.is_in(best) else _until_now(article, best)
    before = next((f for f in reversed(others) if f.end <= figure.start and not _is_compared(text, f)), None)
    if before is None:
        return None
    last = max([f.end for f in others if f.end <= figure.start] + [t.end for t in known if t.end <= figure.start])
    inside = [t for t in tokens if t.start < before.end and before.start < t.end]
    if not inside or _APPOSED.fullmatch(text[last : figure.start]) is None:
        return None
    return date_of(article, sentence, before, tokens, root_of(inside), None)


def _carried(article: Article, sentence: int, tokens: Sequence[Token], root: Token) -> Told | None:
    """The year, season or month of the sentence before, where that goes on in the same tense."""
    if sentence < 1 or article.sentences[sentence - 1].block != article.sentences[sentence].block:
        return None
    if _Said(tokens, root, None).tense != "past":
        return None
    before = article.tokens(sentence - 1)
    for time in told(article, sentence - 1):
        if time.base or time.since or time.days is None or time.grain not in _CARRIED:
            continue
        anchor, _ = _anchor(before, time)
        if anchor is not None and anchor.is_verb and anchor.dep in ("ROOT", "conj") and tense_of(before, anchor) == "past":
            return time
    return None


def _until_now(article: Article, time: Told) -> Told | None:
    """The days since a time, where the article's own date is known."""
    today = article.document.date
    if today is None or time.days is None or time.days.low is None or today.toordinal() < time.days.low:
        return None
    return replace(time, days=Interval(time.days.low, Fraction(today.toordinal())))


# ------------------------------------------------------------------------------------------------------------ attachment


def _is_beside(text: str, tokens: Sequence[Token], figure: Figure, time: Told) -> bool:
    """Whether a time stands right behind a figure's phrase, or right before it: "640 in 2019", "last year's 1,500"."""
    if time.since:
        return False
    if 0 <= time.start - figure.end <= _TAIL and time.base:
        return False
    if 0 <= time.start - figure.end <= _TAIL:
        between = text[figure.end : time.start]
        if _STOP.search(between) or re.search(r"\d", between):
            return False
        return not any(t.is_verb and figure.end <= t.start < time.start for t in tokens)
    return 0 <= figure.start - time.end <= _TAIL and _POSSESSED.fullmatch(text[time.end : figure.start]) is not None


def _is_taken(text: str, tokens: Sequence[Token], figure: Figure, time: Told) -> bool:
    """Whether a time is that of another figure, which is only compared with: "up from 588 in all of 2024"."""
    return _is_compared(text, figure) and _is_beside(text, tokens, figure, time)


def _is_compared(text: str, figure: Figure) -> bool:
    """Whether a figure is what another is compared with: "from 588", "against the 9.6 billion"."""
    before = re.findall(r"[a-z]+", text[max(0, figure.start - 30) : figure.start].lower())[-3:]
    return not _LEANING.isdisjoint(before)


class _Said:
    """What governs a figure: its phrase and the verbs above it."""

    def __init__(self, tokens: Sequence[Token], root: Token, noun: Token | None) -> None:
        self.tokens = tokens
        self.chain = chain = _chain(tokens, root)
        first = next((i for i, token in enumerate(chain) if token.is_verb), len(chain))
        self.verb = chain[first] if first < len(chain) else None
        self.phrase = {token.index for token in chain[:first]} | ({noun.index} if noun is not None else set())
        self.own = {root.index} | ({noun.index} if noun is not None else set())
        self.tense = tense_of(tokens, self.verb) if self.verb is not None else ""

    def is_in(self, time: Told) -> bool:
        """Whether the figure stands in a clause that says what was then: "since 1968, when it cost them £2,850"."""
        return any(
            verb.is_verb and time.start <= self.tokens[verb.head].start < time.end and _is_when(self.tokens, verb)
            for verb in self.chain
        )

    def rank(self, time: Told) -> int | None:
        """How closely a time is tied to the figure by the grammar, 0 closest, None where it is not."""
        if self.is_in(time):
            return 1
        if time.aside:
            return None
        anchor, word = _anchor(self.tokens, time)
        if anchor is None:
            return None
        if anchor.index in self.phrase and not time.since:
            return 0
        if not anchor.is_verb:
            top = _climb(self.tokens, anchor)[-1]
            verb = self.tokens[top.head]
            if time.since:
                return None
            if top.index in self.own and word is not None and any(
                t.lower in _INTO for t in _climb(self.tokens, anchor)[:-1]
            ):
                return 2
            if not verb.is_verb:
                return None
            if top.dep in ("nsubj", "nsubjpass"):
                return 2 if self._has_subject_of(verb) and self._can_be(time) else None
            if not ((word is None or word.lower in _INTO) or top.lower in _INTO):
                return None
            rank = self._under(verb, time)
            return None if rank is None else rank + 1
        return self._under(anchor, time)

    def _under(self, verb: Token, time: Told) -> int | None:
        """The rank of a time that a verb has."""
        tokens, own = self.tokens, self.verb
        if time.since and tense_of(tokens, verb) not in ("perfect", "pluperfect"):
            return None  # "was the highest since 1992"
        head = tokens[verb.head]
        if verb.dep in ("relcl", "acl") and head.index in self.own:
            return 1 if not any(t.text == "," for t in tokens[head.index : verb.index]) else None
        if own is None or not self._can_be(time):
            return None
        if verb.index == own.index:
            return 1
        if _inherits(tokens, own, verb, time, self.tense):
            return 3
        if verb.dep == "advcl" and head.index == own.index and _is_when(tokens, verb):
            return 3  # "when he won in 2002, 10.9 million people saw it"
        if verb.dep == "xcomp" and head.index == own.index:
            return 2
        return None

    def _has_subject_of(self, verb: Token) -> bool:
        """Whether the figure's verb has the same subject as another: "The win on Saturday was Town's fifth, and put them"."""
        at = self.verb
        while at is not None and at.index != verb.index:
            own = any(t.head == at.index and t.dep in ("nsubj", "nsubjpass") for t in self.tokens)
            at = self.tokens[at.head] if at.dep == "conj" and not own else None
        return at is not None

    def _can_be(self, time: Told) -> bool:
        """Whether the tense allows a time: "opened in 1999 and has 34 stops"."""
        return not (time.gone and self.tense in ("present", "future"))


def _is_when(tokens: Sequence[Token], verb: Token) -> bool:
    return any(t.head == verb.index and t.lower in ("when", "as") and t.index < verb.index for t in tokens)


def _inherits(tokens: Sequence[Token], verb: Token, above: Token, time: Told, tense: str) -> bool:
    """Whether the time of a verb is also that of one below it: of its complements, of what goes on, of clauses behind a
    time in front."""
    front, at, told_of = time.start < above.start, verb, False
    for _ in range(12):
        head = tokens[at.head]
        if at.is_verb:
            told_of = told_of or at.dep == "ccomp"
            if told_of and not front and (at.dep == "conj" or above.lemma in lexicon("claims")["verbs"]["saying"]):
                return False
            if at.dep in ("relcl", "acl", "parataxis") and not front:
                beside = time.start <= head.start < time.end
                if not ((beside or at.dep != "acl") and _is_when(tokens, at)):
                    return False
            if at.dep == "conj" and not front and head.is_verb and tense_of(tokens, head) != tense:
                return False
        if head.index == above.index or (time.start <= head.start < time.end):
            return True
        if head.index == at.index:
            return False
        at = head
    return False


def _anchor(tokens: Sequence[Token], time: Told) -> tuple[Token | None, Token | None]:
    """The verb or noun that a time depends on, and the preposition it stands behind."""
    inside = [t for t in tokens if t.start < time.end and time.start < t.end]
    if not inside:
        return None, None
    own = {t.index for t in inside}
    at = next((t for t in inside if t.head not in own), inside[-1])
    word: Token | None = None
    for _ in range(8):
        head = tokens[at.head]
        if head.index == at.index:
            return (at if at.index not in own else None), word
        if at.tag in ("IN", "TO") and at.index not in own:
            word = at
        if head.is_verb or (head.is_noun and head.index not in own and at.dep in _STEPS and not _is_time(head)):
            return head, word
        if at.dep not in _STEPS and not _is_time(at):
            return (head, word) if head.is_noun else (None, None)
        at = head
    return None, None


def _is_time(token: Token) -> bool:
    return token.lemma in lexicon("calendar")["units"] or token.lower in lexicon("calendar")["months"] or token.lower in ("end", "start", "beginning", "middle", "period")


def _chain(tokens: Sequence[Token], token: Token) -> list[Token]:
    """A token and all above it up to the sentence's root."""
    chain = [token]
    while (head := tokens[chain[-1].head]).index != chain[-1].index and len(chain) < 25:
        chain.append(head)
    return chain


def _climb(tokens: Sequence[Token], token: Token) -> list[Token]:
    """A noun and those above it to the one that a verb governs, in one phrase without clauses."""
    chain = [token]
    while not (head := tokens[chain[-1].head]).is_verb and head.index != chain[-1].index and len(chain) < 12:
        if chain[-1].dep not in _PHRASE and chain[-1].dep != "poss":
            break
        chain.append(head)
    return chain


# ------------------------------------------------------------------------------------------------------------ times told


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
    gone = high is not None and (today is None or high < today.toordinal() - _NOW)
    return replace(time, base=base, gone=gone and not time.since)


def _dates(article: Article, block: int, start: int, end: int) -> Iterator[Told]:
    """The dates of a sentence, those of a range joined, those that end a length of time widened to it."""
    text = article.document.blocks[block].text
    published = article.document.date
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
        if following is not None and following.low is not None and _OF_WHICH.fullmatch(text, figure.end, following.start):
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
