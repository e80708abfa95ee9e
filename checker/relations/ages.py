"""Ages of one person: with the date of birth, with each other, then and now."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction

from checker.data import lexicon
from checker.language.article import Article
from checker.language.births import births_told
from checker.language.lives import Age, Lives, dated, lives
from checker.language.people import Person, people
from checker.model import Claim, Kind, Relation
from checker.patterns import lazy

# "Pensioner, 81, jailed", "A 43-year-old man": somebody not yet named
_NOMINAL = lazy(
    r"\b(?:[Mm]an|[Ww]oman|[Bb]oy|[Gg]irl|[Tt]eenager|[Pp]ensioner|[Mm]other|[Ff]ather|[Mm]um|[Mm]om|[Dd]ad|[Gg]randmother|[Gg]randfather|[Dd]river|[Tt]eacher|[Nn]urse|"
    r"[Dd]octor|[Ss]tudent|[Bb]uilder|[Ww]orker|[Oo]fficer|[Ff]armer|[Cc]yclist|[Hh]iker|[Cc]limber|[Ss]wimmer|[Rr]unner), ‹a(?P<age>\d+)›"
    r"|^(?:An? |The )?‹a(?P<old>\d+)›"
)


_DOER = lazy(
    r"(?:(?<!numb)(?<!off)(?<!pap)(?<!riv)(?<!wat)(?<!pow)(?<!comput)(?<!tow)(?<!lett)(?<!cent)(?<!theat)er|[^l]or|ist|ian|man|woman|suspect|prodigy|native|pilot)$"
)
_SOMEBODY = frozenset(
    "man woman boy girl driver cyclist motorcyclist motorist student teacher pensioner mother father mum dad mom builder nurse doctor farmer striker "
    "defender midfielder goalkeeper player actor actress singer teenager worker officer hiker climber swimmer runner patient grandmother grandfather".split()
)


# somebody whom a court does not name, then and now: "The victim, who cannot be named, was 14 when", "the woman, now 59"
_UNNAMED = (
    r"\b[Tt]he (?P<who>victim|complainant|survivor|accuser|woman|man|girl|boy|teenager|schoolgirl|schoolboy|pupil)"
)
_UNNAMED_THEN = lazy(rf"{_UNNAMED}(?:,? who [^‹›,.;]{{1,60}},)? was (?:just |only |then )*‹a(?P<age>\d+)›")
_UNNAMED_NOW = lazy(rf"{_UNNAMED}, (?:who is )?now (?:aged )?‹a(?P<age>\d+)›")
_UNNAMED_OTHER = lazy(
    r"\b(?:[Aa] (?:second|third|further|‹o\d+›)|[Aa]nother|[Tt]he (?:other|‹o\d+›|second|third|older|elder|younger|first)|[Oo]ne|[Tt]wo|[Tt]hree) (?:former )?(?:victims?|complainants?|wom[ae]n|m[ae]n|girls?|boys?|teenagers?|pupils?)\b"
    r"[^‹›.;]{0,40}‹[an]"
)
_SEX = {"woman": "she", "girl": "she", "schoolgirl": "she", "man": "he", "boy": "he", "schoolboy": "he"}


def find(article: Article) -> Iterable[Relation]:
    """``age-birth-published``, ``age-birth``, ``age-birth-least``, ``same-age`` and ``age-then`` relations."""
    if not any(claim.kind == Kind.AGE for claim in article.claims):
        return
    yield from _nameless(article)
    yield from _born_nameless(article)
    known = lives(article)
    yield from _the_old(article, known)
    yield from _only_two(article, known)
    if not known.ages:
        return
    yield from _births(article, known)
    yield from _twice(known)
    yield from _then_and_now(article, known)
    yield from _unnamed(article, known)
    yield from _introduced(article, known)


def _unnamed(article: Article, known: Lives) -> Iterator[Relation]:
    """Somebody of an age in the headline or the lede, and the only person below who has one: "Pensioner, 81, jailed"."""
    named = [age for age in known.ages if age.when == "now"]
    owned = {age.claim.id for age in known.ages}
    if not named or len({id(age.person) for age in known.ages}) != 1:
        return
    everybody = (*people(article).persons, *people(article).likely)
    first = min(everybody, key=lambda person: min((m.block, m.start) for m in person.mentions), default=None)
    others = [c for c in article.claims if c.kind == Kind.AGE and c.id not in owned]
    for index in sorted(article.by_sentence):
        if index < 0 or (article.sentences[index].block > article.lede):
            continue
        masked = article.masked(index)
        for match in masked.finditer(_NOMINAL):
            claim = masked.claims[int(match["age"] or match["old"])]
            if claim.id in owned or claim.value is None or not _person_of(claim):
                continue
            if any(other is not claim and other.value != claim.value for other in others):
                continue  # a second person of an age
            if any(article.lede == m.block == claim.block and m.start < claim.start for m in named[0].person.mentions):
                continue  # who has been named: "Costa beat Brandt. The 22-year-old"
            if named[0].person is first and _same_or_slip(claim, named[0].claim):
                yield Relation("same-age", {"a": (claim,), "b": (named[0].claim,)}, 0.9, "both are of one person")


# "LIMA, May 3 - A 58-year-old truck driver was arrested"
_OPENS = lazy(r"(?:^|[-–—:] )(?:An?|The) ‹a(?P<age>\d+)›")


def _introduced(article: Article, known: Lives) -> Iterator[Relation]:
    """Somebody of an age and without a name in the lede, and the first person named below, if of an age at a date."""
    persons = people(article).persons
    first = article.sentence_at(article.lede, 0) if article.lede >= 0 else -1
    if first < 0 or not persons or article.document.date is None:
        return
    masked = article.masked(first)
    match = _OPENS.search(masked.text)
    if match is None:
        return
    now = masked.claims[int(match["age"])]
    named = min(persons, key=lambda person: (person.mentions[0].block, person.mentions[0].start))
    if now.value is None or not _person_of(now) or named.mentions[0].block <= article.lede:
        return
    if any(age.person is named and age.when != "then" for age in known.ages):
        return
    for age in known.ages:
        if age.person is named and age.on is not None:
            yield _aged(article.document.date, age.claim, age.on, now)


def _born_nameless(article: Article) -> Iterator[Relation]:
    """Somebody of an age in the lede, nobody else of whom the article tells an age, and the only birth, of him or her: "A 13-year-old
    boy from Pune", "He was born on July 6, 2012"."""
    born = births_told(article)
    first = article.sentence_at(article.lede, 0) if article.lede >= 0 else -1
    if len(born) != 1 or first < 0 or article.document.date is None:
        return
    masked, text = article.masked(first), article.text(born[0].sentence)
    match = _OPENS.search(masked.text)
    if match is None or _HE_WAS_BORN.match(text) is None or _RELATIVE.search(text):
        return
    now = masked.claims[int(match["age"])]
    others = [c for c in article.claims if c.kind == Kind.AGE and c is not now and c.value != now.value]
    if now.value is None or not _person_of(now) or any(not _as_he_was(article, c) for c in others):
        return
    year = born[0].figure.calendar.year if born[0].figure is not None and born[0].figure.calendar is not None else None
    if year is None or abs(article.document.date.year - year - now.value) > _GENERATION:
        return
    constants = {"published": Fraction(article.document.date.toordinal())}
    yield Relation("age-birth-published", {"born": (born[0],), "age": (now,)}, 0.93, constants=constants)


# "since he was 16, in 1977", "I was seven when they came for him in 1956", "Salas was 31 when he retired in 2016"
_HE_WAS = lazy(
    r"(?:\b(?:[Hh]e|[Ss]he|I)(?: was|['’]d been| had been| turned)|[A-Z][a-z’'-]+ was|\b(?:at|[Aa]t the age of)) (?:just |only |then |still )*$"
)
_IS = lazy(r"\b(?:is|['’]s)(?: now| just| only)* $")
_ANOTHERS = lazy(
    r"\b(?:[Hh]is|[Hh]er|[Tt]heir|whose|[Mm]y) (?:[a-z-]+ ){0,2}(?:"
    + "|".join(lexicon("people")["kin"]["words"])
    + r")\b"
    r"|\b(?:killed|murdered|died|dead|victims?|body|shot|stabbed|predecessor|another)\b"
)


def _only_two(article: Article, known: Lives) -> Iterator[Relation]:
    """The only age of former years and the only present age that an article tells, which differ from the years between as a slip
    does: "Salas was 31 when he retired in 2016", "The former champion is 51"."""
    published = article.document.date
    ages = [c for c in article.claims if c.kind == Kind.AGE and c.value is not None and c.sentence >= 0]
    if published is None or not 1 < len(ages) < 6 or any(c.unit != "year" for c in ages):
        return
    then = [c for c in ages if _HE_WAS.search(article.block(c).text, max(0, c.start - 40), c.start)]
    told = [(c, dated(article, c)) for c in then]
    alone = {c.id for c in _alone(article)} | {age.claim.id for age in known.ages if age.when == "now"}
    now = [c for c in ages if c.id in alone or _IS.search(article.block(c).text, max(0, c.start - 16), c.start)]
    if len(told) != 1 or told[0][1] is None or not now or len(now) + 1 != len(ages) or len({c.value for c in now}) != 1:
        return
    (young, day) = told[0]
    calendar = day.figure.calendar if day is not None and day.figure is not None else None
    if day is None or calendar is None or calendar.year is None or young.value is None or now[0].value is None:
        return
    owners = {age.claim.id: age.person for age in known.ages}
    if _ANOTHERS.search(article.text(young.sentence)) or (young.id in owners and now[0].id in owners):
        return  # of two, or told by ``_then_and_now``
    apart = published.year - calendar.year - (now[0].value - young.value)
    if abs(apart) <= 1 or apart % 10 == 0:
        yield _aged(published, young, day, now[0])


_GENERATION = 10  # years by which parents and children always differ
_HE_WAS_BORN = lazy(r"(?:He|She) was born\b|Born\b[^.;]*, (?:he|she)\b")
_AS_HE_WAS = lazy(
    r"\b(?:when|until|before|after|since|by the time) (?:he|she) was (?:just |only )?$|\b[Aa]t (?:the age of |age |just |only )*$"
)


def _as_he_was(article: Article, age: Claim) -> bool:
    """Whether an age is one of former years: "taught him when he was four"."""
    return _AS_HE_WAS.search(article.block(age).text, max(0, age.start - 40), age.start) is not None


def _nameless(article: Article) -> Iterator[Relation]:
    """The age then and now of the only person of an age whom an article leaves without a name."""
    then: list[tuple[Claim, str]] = []
    now: list[tuple[Claim, str]] = []
    for index, claims in sorted(article.by_sentence.items()):
        if index < 0 or not any(claim.kind == Kind.AGE for claim in claims):
            continue
        masked = article.masked(index)
        then += [(masked.claims[int(m["age"])], m["who"]) for m in masked.finditer(_UNNAMED_THEN)]
        now += [(masked.claims[int(m["age"])], m["who"]) for m in masked.finditer(_UNNAMED_NOW)]
    if len(then) != 1 or len(now) != 1 or article.document.date is None:
        return
    if any(_UNNAMED_OTHER.search(article.masked(index).text) for index in article.by_sentence if index >= 0):
        return  # "A second victim was 12"
    (young, one), (old, other) = then[0], now[0]
    when = dated(article, young)
    if when is not None and _agree(one, other):
        yield _aged(article.document.date, young, when, old)


# "said the 19-year-old", "The 38-year-old, from Graz,": nobody else than the person whom the article is about
_ALONE = lazy(
    r"\b[Tt]he ‹a(?P<age>\d+)›(?=[,.”\"]| (?:said|says|told|added|has|had|was|is|will|who|hope[sd]|won|from|at|after|in|on|before|reckon(?:s|ed)|thinks|thought|plan(?:s|ned)|admit(?:s|ted)|den(?:ies|ied)|believe[sd]|insist(?:s|ed)|recall(?:s|ed)|remember(?:s|ed)|explain(?:s|ed)|laugh(?:s|ed)|lives|works|still|now|already|never|did|does|went|came|took|made)\b|$)"
)
_RELATIVE = lazy(
    r"\b(?:[Hh]is|[Hh]er|[Tt]heir|whose) (?:[a-z-]+ ){0,2}(?:" + "|".join(lexicon("people")["kin"]["words"]) + r")\b"
)


def _the_old(article: Article, known: Lives) -> Iterator[Relation]:
    """The only person of whom the article tells a birth, or the only one with an age, as "the 19-year-old"."""
    owned = {age.claim.id for age in known.ages}
    told = [claim for claim in _alone(article) if claim.id not in owned]
    if len({claim.value for claim in told}) != 1 or article.document.date is None:
        return
    if any(other.value == told[0].value and other not in told for other in article.claims if other.kind == Kind.AGE):
        return  # somebody else's
    present = [age for age in known.ages if age.when != "then"]
    born = births_told(article)
    if len(born) == 1 and not any(day.person for day in known.deaths):
        if not _RELATIVE.search(article.text(born[0].sentence)) and not any(
            day.claim is born[0] and day.person is age.person for day in known.births for age in present
        ):
            constants = {"published": Fraction(article.document.date.toordinal())}
            yield Relation("age-birth-published", {"born": (born[0],), "age": (told[0],)}, 0.93, constants=constants)
    elif not born and len({id(age.person) for age in known.ages}) == 1:
        for age in known.ages:
            just = age.on is not None and _is_near(age.on, article.document.date)  # "who turned 28 on Jan. 3"
            nearest = _last_named(article, told[0])
            if nearest is not None and nearest is not age.person:
                return  # "Among the women, Anna Bell is back. The 36-year-old"
            if _are_several(article, told[0]):
                return  # "Hartigan beat Moravec. The 22-year-old"
            if (age.when == "now" or just) and _same_or_slip(told[0], age.claim):
                yield Relation("same-age", {"a": (told[0],), "b": (age.claim,)}, 0.93)
                return


def _last_named(article: Article, claim: Claim) -> Person | None:
    """The last person of a full name whom an article names before a claim."""
    known = people(article)
    named = [(m.block, m.start, p) for p in (*known.persons, *known.likely) for m in p.mentions]
    before = [one for one in named if one[:2] < (claim.block, claim.start)]
    return max(before, key=lambda one: one[:2])[2] if before else None


def _are_several(article: Article, claim: Claim) -> bool:
    """Whether the last sentence before a claim that names people names several."""
    known = people(article)
    named = [
        (article.sentence_at(m.block, m.start), id(p))
        for p in (*known.persons, *known.likely)
        for m in p.mentions
        if (m.block, m.start) < (claim.block, claim.start)
    ]
    last = max((sentence for sentence, _ in named), default=-1)
    return len({person for sentence, person in named if sentence == last}) > 1


def _alone(article: Article) -> Iterator[Claim]:
    """Ages that stand for a person, outside quotation marks: "the 19-year-old"."""
    for index, claims in sorted(article.by_sentence.items()):
        if index >= 0 and any(claim.kind == Kind.AGE for claim in claims):
            masked = article.masked(index)
            for match in masked.finditer(_ALONE):
                if masked.text[: match.start()].count("“") == masked.text[: match.start()].count("”"):
                    claim = masked.claims[int(match["age"])]
                    if claim.text.endswith("-old") and claim.value is not None and "year" in claim.text:
                        yield claim


def _agree(one: str, other: str) -> bool:
    """Whether two words may be of one person: a victim and a woman, no girl and man."""
    return one not in _SEX or other not in _SEX or _SEX[one] == _SEX[other]


def _aged(published: date, then: Claim, when: Claim, now: Claim) -> Relation:
    constants = {"published": Fraction(published.toordinal())}
    return Relation("age-then", {"then": (then,), "when": (when,), "now": (now,)}, 0.9, constants=constants)


def _person_of(claim: Claim) -> bool:
    """Whether an age is of somebody: bare, or before a word for a person."""
    words = re.findall(r"[a-z]+", claim.text.split("old")[-1].lower()) if "old" in claim.text else []
    return not words or bool(set(words) & _SOMEBODY) or _DOER.search(words[-1]) is not None


def _births(article: Article, known: Lives) -> Iterator[Relation]:
    published = article.document.date
    for birth in known.births:
        if any(other is not birth and other.person is birth.person for other in known.births):
            continue
        deaths = [day.claim for day in known.deaths if day.person is birth.person]
        for age in known.ages:
            if age.person is not birth.person:
                continue
            roles = {"born": (birth.claim,), "age": (age.claim,)}
            if age.when == "death" and len(deaths) == 1:
                yield Relation("age-birth", {**roles, "now": (deaths[0],)}, 0.96)
            elif age.when == "death" and published is not None and not deaths:
                # "has died aged 84": within the weeks before, so a birthday just past may not be counted yet
                constants = {"published": Fraction(published.toordinal()), "slack": Fraction(60)}
                yield Relation("age-birth-death", roles, 0.9, constants=constants)
            elif age.when == "now" and published is not None and not deaths:
                constants = {"published": Fraction(published.toordinal())}
                yield Relation("age-birth-published", roles, 0.95, constants=constants)
            elif age.on is not None:
                yield Relation("age-birth", {**roles, "now": (age.on,)}, 0.94)
            elif age.when == "then" and published is not None:
                constants = {"published": Fraction(published.toordinal())}
                yield Relation("age-birth-least", roles, 0.9, constants=constants)


def _twice(known: Lives) -> Iterator[Relation]:
    """Ages of one person, each against the first of its time."""
    first: dict[tuple[int, str], Age] = {}
    for age in known.ages:
        key = (id(age.person), age.when)
        if age.when == "then":
            continue
        if key not in first:
            first[key] = age
        elif _same_or_slip(first[key].claim, age.claim):
            yield Relation("same-age", {"a": (first[key].claim,), "b": (age.claim,)}, 0.93)


def _same_or_slip(a: Claim, b: Claim) -> bool:
    """Whether two ages agree or differ as a slip does: by a digit, turned round, or by little.

    Others are told of two times: the ten-year-old who was sent to school, "now 27".
    """
    if a.value is None or b.value is None:
        return False
    first, second = str(int(a.value)), str(int(b.value))
    if len(first) == len(second) == 2 and (first[0] == second[0] or first[1] == second[1] or first == second[::-1]):
        return True
    return abs(a.value - b.value) <= 3


def _then_and_now(article: Article, known: Lives) -> Iterator[Relation]:
    """ "was 17 in 2004" beside the present age."""
    published = article.document.date
    if published is None:
        return
    now = {id(age.person): age for age in reversed(known.ages) if age.when == "now"}
    soon = {id(age.person): age for age in reversed(known.ages) if age.on is not None and _is_near(age.on, published)}
    for age in known.ages:
        present = now.get(id(age.person)) or soon.get(id(age.person))
        if age.on is not None and present is not None and present.on is not age.on:
            yield _aged(published, age.claim, age.on, present.claim)


def _is_near(day: Claim, published: date) -> bool:
    """Whether a date lies within a year of the article's: "who will be 85 in August"."""
    calendar = day.figure.calendar if day.figure is not None else None
    if calendar is None or calendar.grain not in ("day", "month") or day.widest.low is None:
        return False
    return abs(day.widest.low - published.toordinal()) < 365
