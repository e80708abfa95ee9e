"""Events: one event's date told twice, and events of one person or thing in the order in which they must come."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from checker.data import lexicon
from checker.language.article import Article, Masked
from checker.language.lives import lives
from checker.language.people import People, Person, people
from checker.model import Calendar, Claim, Kind, Relation
from checker.patterns import lazy

_DOUBTFUL = 0.5  # the confidence where one verb and one noun may be of two deeds
_GRAINS = frozenset({"day", "month", "year", "week"})
# behind an event's word: "the ballot on 14 June", "disappeared on the night of 8 August"
_ANOTHER = (
    r"(?!\b(?:and|but|when|where|who|which|after|before|while|until|since|as|that|said|says|told|announced|"
    r"reported|pleaded|denied|ended|was charged)\b)"
)
_NO_LINK = r"(?!\b(?:and|but|to|for|of|with|in|on|at|from|by|over|about|after|before|when|who|which|as|that|said|told|against|in)\b)"
_BEHIND = rf"(?P<mid>(?:{_ANOTHER}(?:[^‹›.;:]|‹t\d+›)){{0,90}}?),? ?(?:on|in|during)? ?(?:the (?:night|morning|evening|afternoon|early hours) of |early |late )?‹d(?P<date>\d+)›"
_BEFORE = rf"‹d(?P<date>\d+)›(?:['’]s)? (?P<mid>(?:{_NO_LINK}[^‹›.;:,]){{0,24}}?)"
_OTHER = lazy(
    r"\b(?:another|second|third|previous|earlier|last time|similar|prior|since|until|re-|anniversary|other|each|every|also|initial|"
    r"original\w*|postponed|annual|again|every|all|most|many|some|several|any|if|not|never|deadline|report|trial|inquiry|investigation|last)\b|\b(?:from|by|before|after) ‹d"
)
_COMING = lazy(
    r"\b(?:will|would|to be|to (?:start|begin|open|close|go|take|hold)|due|expected|scheduled|plans?|planned|set (?:to|for)|upcoming|(?:is|are) to)\b"
)
_DEED = lazy(
    rf"\b(?:was|were|been|has|had|have|be) (?:[a-z]+ly )?(?P<verb>[a-z]+(?:ed|en|wn|nt|ld|ught|ung|ound|ut|ilt|uck))\b{_BEHIND}"
)
_PLAIN = frozenset(
    "been said told reported announced held scheduled expected released published due closed ended used based put compared".split()
)
# a second mention of the event, or of what it befell
_DEFINITE = lazy(
    r"\b(?:[Tt]he|[Tt]his|[Tt]hat|[Ii]ts|[Tt]heir)(?: (?!the\b)[a-z-]+){0,3} $|\b(?:It|They) (?:was |were |will |had )?$"
)
_DIRECTLY = lazy(
    r"(?:on|in) ‹d(?P<late>\d+)›,? (?:just |soon |shortly |only )?after (?P<mid>(?:(?!\b(?:would|will|to|that|said|says|reported|announced|when|which|being|and|but)\b)"
    r"[^‹›.;]){0,90}?)(?:on|in|including the) ‹d(?P<early>\d+)›"
)
_AFTER_CLAUSE = lazy(
    r"(?:[Oo]n|[Ii]n) ‹d(?P<late>\d+)›,? (?:a day |days |hours |soon |shortly )?after (?P<clause>[^‹›.;]{8,160})"
)
_WAS_DONE = (
    r"(?:was|were|had been) (?:[a-z]+ly )?(?:found|discovered|recovered|spotted|stolen|made|filed|sent|received|issued|held|completed|conducted|published|"
    r"released|carried out|launched|signed|posted|phoned in)\b"
)
_PHRASE = lazy(r"\b(?:[Aa]n?|[Tt]he|[Hh]is|[Hh]er|[Tt]heir|[Ii]ts) (?=((?:[a-z-]+ ?){1,3}))")
_IS_NAME = lazy(r"(?:[A-Z][\w.’'-]+ )+")
_LAST_ONE = lazy(r"\b(?:last|previous|earlier|first|another|second|third|similar|next|other|a|an|no)(?: [a-z-]+)? $")
_TOO_COMMON = frozenset(
    "police court judge officers people family year years week month months time days hours night morning home house city town state country company "
    "government incident case investigation group party members report public number series member woman officer victim".split()
)


@dataclass(frozen=True, slots=True)
class Happening:
    """A dated word of an event: its class, its date, the text around it in the masked sentence."""

    name: str
    date: Claim
    masked: Masked
    before: str
    told: str
    after: str

    @property
    def relative(self) -> bool:
        return _calendar(self.date).relative

    @property
    def coming(self) -> bool:
        return bool(_COMING.search(self.before[-24:] + self.told + self.after))


def find(article: Article) -> Iterable[Relation]:
    """``same-day`` and ``before`` relations."""
    dated = [
        i for i in sorted(article.by_sentence) if i >= 0 and any(c.kind == Kind.DATE for c in article.by_sentence[i])
    ]
    if not dated:
        return
    sentences = [article.masked(index) for index in dated]
    for masked in sentences:
        yield from _directly(masked)
    yield from _told_twice(article, sentences)
    yield from _same_deed(article, sentences)
    yield from _deaths(article)
    yield from _lifetimes(article, sentences)
    yield from _clues(article, sentences)


def _calendar(claim: Claim) -> Calendar:
    assert claim.figure is not None and claim.figure.calendar is not None
    return claim.figure.calendar


def _is_dated(claim: Claim) -> bool:
    if claim.figure is None or claim.figure.calendar is None or claim.widest.low is None or claim.widest.high is None:
        return False
    return claim.figure.calendar.grain in _GRAINS and not claim.figure.calendar.fiscal


@cache
def _classes(group: str) -> dict[str, str]:
    """Each event word with its class; a word of several classes has them joined by a bar."""
    table = lexicon("events")
    rows: dict[str, list[str]] = table["same"] if group == "same" else table["order"]["words"]
    found: dict[str, str] = {}
    for name, words in rows.items():
        for word in words:
            found[word] = f"{found[word]}|{name}" if word in found else name
    return found


@cache
def _patterns(group: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = "|".join(re.escape(word) for word in sorted(_classes(group), key=len, reverse=True))
    return lazy(rf"\b(?P<word>{words})\b(?!-){_BEHIND}"), lazy(rf"{_BEFORE}\b(?P<word>{words})\b(?!-)")


@cache
def _any(group: str) -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(_classes(group), key=len, reverse=True))
    return lazy(rf"\b(?:{words})\b")


def _happenings(masked: Masked, group: str) -> Iterator[Happening]:
    text = masked.text[:1].lower() + masked.text[1:]
    if not _any(group).search(text):
        return
    seen: set[tuple[str, int]] = set()
    for pattern in _patterns(group):
        for match in pattern.finditer(text):
            date = masked.claims[int(match["date"])]
            if not _is_dated(date):
                continue
            after = re.match(r"[^‹›.,;:]{0,14}", text[match.end() :])
            for name in _classes(group)[match["word"]].split("|"):
                if (name, date.id) not in seen:
                    seen.add((name, date.id))
                    yield Happening(
                        name, date, masked, masked.text[: match.start()], match.group(), after.group() if after else ""
                    )


# ---------------------------------------------------------------------------------------------- one event, two dates


def _coming(article: Article, happening: Happening) -> bool:
    """Whether an event is still to come: by the words around it, or by a date after the article's."""
    published, low = article.document.date, happening.date.widest.low
    return happening.coming or (published is not None and low is not None and low > published.toordinal())


def _told_twice(article: Article, sentences: list[Masked]) -> Iterator[Relation]:
    """The news of the lede, dated from the article ("yesterday", "two years ago"), and "the ballot on 7 June" below."""
    by_class: dict[str, list[Happening]] = {}
    for masked in sentences:
        for happening in _happenings(masked, "same"):
            by_class.setdefault(happening.name, []).append(happening)
    used: set[tuple[int, int]] = set()
    for found in by_class.values():
        plain = [h for h in found if (not _OTHER.search(h.told) and _calendar(h.date).grain != "year") or h.relative]
        news = [h for h in plain if h.relative and (article.is_display(h.date) or h.date.block <= article.lede + 1)]
        dates = [h for h in plain if not h.relative and _DEFINITE.search(h.before) and not _LAST_ONE.search(h.before)]
        if len(news) != 1 or len(dates) != 1 or news[0].masked is dates[0].masked:
            continue
        first, second = news[0], dates[0]
        if _OTHER.search(first.told) or _coming(article, first) != _coming(article, second):
            continue
        if (first.date.id, second.date.id) not in used:
            used.add((first.date.id, second.date.id))
            yield Relation("same-day", {"a": (first.date,), "b": (second.date,)}, 0.9, "both tell one event")


def _same_deed(article: Article, sentences: list[Masked]) -> Iterator[Relation]:
    """One verb and one thing in two sentences: "A treaty was signed last week", "the treaty was signed on 17 May"."""
    deeds: dict[str, list[Happening]] = {}
    for masked in sentences:
        for match in masked.finditer(_DEED):
            verb, date = match["verb"], masked.claims[int(match["date"])]
            if _is_dated(date) and verb not in _PLAIN:
                after = masked.text[match.end() : match.end() + 14]
                deeds.setdefault(verb, []).append(
                    Happening(verb, date, masked, masked.text[: match.start()], match.group(), after)
                )
    for found in deeds.values():
        news = [h for h in found if h.relative and (article.is_display(h.date) or h.date.block <= article.lede + 1)]
        dates = [h for h in found if not h.relative and _calendar(h.date).grain != "year"]
        if len(news) != 1 or len(dates) != 1 or news[0].masked is dates[0].masked:
            continue
        first, second = news[0], dates[0]
        if _OTHER.search(first.told) or _OTHER.search(second.told) or _LAST_ONE.search(second.before[-20:]):
            continue
        if _coming(article, first) == _coming(article, second) and _nouns(first) & _nouns(second):
            yield Relation("same-day", {"a": (first.date,), "b": (second.date,)}, _DOUBTFUL, "both tell one event")


def _deaths(article: Article) -> Iterator[Relation]:
    """Two dates of one person's death or birth."""
    known = lives(article)
    for days in (known.deaths, known.births):
        first: dict[int, Claim] = {}
        for day in days:
            if day.person is None or day.person.surname not in article.text(day.claim.sentence):
                continue  # "He died in 2017", after a friend was named
            if id(day.person) in first:
                yield Relation("same-day", {"a": (first[id(day.person)],), "b": (day.claim,)}, 0.92)
            else:
                first[id(day.person)] = day.claim


# ---------------------------------------------------------------------------------------------------- their order


def _directly(masked: Masked) -> Iterator[Relation]:
    """ "in 1986, after the bombing in 1988"."""
    for match in masked.finditer(_DIRECTLY):
        late, early = masked.claims[int(match["late"])], masked.claims[int(match["early"])]
        if _is_dated(late) and _is_dated(early) and not _calendar(late).relative and not _calendar(early).relative:
            if _surely(early) and _surely(late):
                yield Relation("before", {"earlier": (early,), "later": (late,)}, 0.9)


def _surely(claim: Claim) -> bool:
    """Whether the year of a date is written, or the date is near the article's."""
    return "year" in _calendar(claim).written or claim.widest == claim.intended


def _lifetimes(article: Article, sentences: list[Masked]) -> Iterator[Relation]:
    """Events of one person ("they met in 1964", "were married in 1961") or thing (the bridge's building and opening)."""
    by_class: dict[str, list[Happening]] = {}
    for masked in sentences:
        for happening in _happenings(masked, "order"):
            if not happening.coming or happening.name == "birth":
                by_class.setdefault(happening.name, []).append(happening)
    if len(by_class) < 2:
        return
    known = people(article)
    order = lexicon("events")["order"]
    done: set[tuple[int, int]] = set()
    for who in ("person", "thing"):
        for row in order[who]:
            for i, earlier in enumerate(row):
                for later in row[i + 1 :]:
                    yield from _in_order(
                        article, known, by_class.get(earlier, []), by_class.get(later, []), who == "person", done
                    )


def _in_order(
    article: Article,
    known: People,
    first: list[Happening],
    second: list[Happening],
    person: bool,
    done: set[tuple[int, int]],
) -> Iterator[Relation]:
    for one in first:
        for other in second:
            key = (one.date.id, other.date.id)
            if one.date is other.date or key in done or _OTHER.search(one.told) or _OTHER.search(other.told):
                continue
            if not _surely(one.date) or not _surely(other.date):
                continue
            if _same_person(article, known, one, other) if person else _same_thing(one, other):
                done.add(key)
                yield Relation("before", {"earlier": (one.date,), "later": (other.date,)}, 0.9, "both are told of one")


def _person(article: Article, known: People, happening: Happening) -> tuple[Person | None, str]:
    """Whom an event befell: the subject named before it in its clause, or the pronoun."""
    sentence = happening.masked.sentence
    clause = re.split(r"[;:]", happening.before)[-1]
    pronouns = re.findall(r"\b([Hh]e|[Ss]he|[Tt]hey|(?:[Hh]is|[Hh]er)(?= body))\b", clause)
    named = [p for m, p in known.in_sentence(sentence.index) if m.surname in clause]
    if named and not pronouns:
        return (named[0], "") if len({id(p) for p in named}) == 1 else (None, "")
    if pronouns:
        if named:
            return (named[0], "") if len({id(p) for p in named}) == 1 else (None, "")
        return known.spoken_of(sentence.block, sentence.start), pronouns[-1].lower()
    return None, ""


def _same_person(article: Article, known: People, one: Happening, other: Happening) -> bool:
    (a, x), (b, y) = _person(article, known, one), _person(article, known, other)
    if a is not None and a is b:
        return not ({x, y} & {"he", "his"} and {x, y} & {"she", "her"})
    if a is None and b is None and not x and y in ("he", "she") and _IS_NAME.fullmatch(one.before):
        # "Ruiz was convicted on May 4. He was sentenced on May 11"
        return other.masked.sentence.index == one.masked.sentence.index + 1 and other.before.split()[:-1] == []
    # "she met Tomas ... They were married": two sentences one behind the other
    near = 0 <= other.masked.sentence.index - one.masked.sentence.index <= 1
    return near and one.name in ("meeting", "engagement") and y == "they"


def _same_thing(one: Happening, other: Happening) -> bool:
    """Whether two events befell one thing: its noun stands beside both ("construction of the bridge", "the bridge opened")."""
    if other.masked.sentence.index == one.masked.sentence.index + 1 and (
        re.match(r"(?:It|They) ", other.before) or re.match(r"[a-z ]+ (?:it|them)\b", other.told)
    ):
        return True
    return bool(_nouns(one) & _nouns(other))


def _nouns(happening: Happening) -> frozenset[str]:
    clause = re.split(r"[.;:]", happening.before)[-1][-140:] + " " + happening.told
    return _phrases(clause)


def _phrases(text: str) -> frozenset[str]:
    """The longer lower-case words of noun phrases."""
    words = {word for match in _PHRASE.finditer(text) for word in match[1].split() if len(word) > 3}
    return frozenset(words - _TOO_COMMON - {"which", "that", "with", "from", "opened", "began", "started"})


def _clues(article: Article, sentences: list[Masked]) -> Iterator[Relation]:
    """ "was arrested on March 5, after a tip about his truck", "the truck was found on March 7"."""
    after = [(masked, match) for masked in sentences for match in masked.finditer(_AFTER_CLAUSE)]
    if len(after) != 1:
        return
    masked, match = after[0]
    late = masked.claims[int(match["late"])]
    nouns = sorted(_phrases(match["clause"]))
    if not _is_dated(late) or not nouns or _COMING.search(masked.text[: match.start()][-30:]):
        return
    done = re.compile(
        rf"\b[Tt]he (?:[a-z-]+ )?(?:{'|'.join(nouns)})\b(?P<mid>[^‹›.;]{{0,80}}?)\b{_WAS_DONE}[^‹›.;]{{0,40}}?(?:on|in) ‹d(?P<early>\d+)›"
    )
    for other in sentences:
        if other is masked:
            continue
        for found in other.finditer(done):
            early = other.claims[int(found["early"])]
            if _is_dated(early) and _surely(early) and _surely(late) and not _OTHER.search(found.group()):
                yield Relation("before", {"earlier": (early,), "later": (late,)}, 0.9, "what led to it came first")
