"""What an article says of its people's lives: ages, births and deaths, each with the time it is told of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from checker.language.article import Article
from checker.language.births import Day, births, deaths, under_former_name
from checker.language.people import Mention, People, Person, people
from checker.language.protagonist import Protagonist, meant, protagonist, sex
from checker.model import BlockKind, Claim, Kind
from checker.patterns import lazy

_PRONOUN = lazy(r"\b(?:[Hh]e|[Ss]he)(?:['’]s)?\b")
# between a name and its age: "Smith, 34,", "Smith (34)", "Smith, who is now 34,", "Smith, from Leeds, aged 34"
_NAME_AGE = lazy(
    r"(?:(?: Jr\.?| Sr\.?),?)?(?:, (?:(?:of|from) [A-Z]\w+(?: [A-Z]\w+)?, )?| \(|, who is (?:now |just |only |also )*|, (?:now|then|aged) |, who turns |,? who (?:has )?(?:just )?turned |, has (?:just )?turned | is (?:now |just |only )*|, is (?:now )?"
    r"|,? who['’]s (?:now )?|, an? [a-z-]+ of )(?:an? )?$"
)
_WAS = lazy(r"^(?:, \d\d,|,? who)? (?:was|had been) (?:just |only |then )*$")
_AGE_NAME = lazy(r"^(?:[ ,-](?:[a-z]+-(?:of-)?[a-z-]+|[a-z]+ [a-z]+|[a-z]+))? $")
_HE_IS = lazy(
    r"(?<!until )(?<!before )(?<!unless )(?<!when )(?<!once )\b([Hh]e|[Ss]he)(?: is|['’]s) (?:now |just |only )*$"
)
_THE_OLD = lazy(r"\b[Tt]he $")
# "The 34-year-old said", "The 34-year-old striker has": no boy, girl, man or woman, who may be another
_ALONE = lazy(
    r" (?:(?!boy|girl|man|woman|child|son|daughter|brother|sister|victim|suspect|driver|student|teenager|passenger)[a-z]+ )?(?:said|says|has|had|was|is|told|added|who|will|won|scored|joined|also|from)\b"
)
_WHEN_HE = lazy(r"\b(?:when|after|until|before) (?:he|she) (?:was|turned) (?:just |only )?$")
_WHEN_HE_WAS = lazy(r"\bwhen (?:he|she) was (?:just |only |still )?$")
_ANY_PRONOUN = lazy(r"\b(?:[Hh]e|[Ss]he|[Hh]im|[Hh]is|[Hh]ers?)\b")
_HE_WAS = lazy(r"(?:^|[.!?]”?\"? )(He|She) was $")
_PAST = lazy(
    r"\b(?:then|at the time|when|was (?:just |only )?$|turned|back in|years? (?:ago|before|earlier)|would have been|would be|"
    r"will be|were|previously|had been|late|born|until)\b"
)
_LONG_AGO = lazy(
    r"\b(?:years|decades) (?:ago|earlier|before)\b|\bat the time\b|\bas a (?:child|boy|girl|teenager)\b", re.I
)
_DIED = lazy(r"\b(?:[Dd]ied|[Dd]ies|has died|passed away|[Dd]ead)\b")


# an age and the date of what happened at it: "was 16 when she won the title in 2013", "in 2019, at the age of 76"
_NO_OTHER = r"(?:(?!\b(?:who|whose|which|whom|since|until|before|after|born|between|from|and|but)\b)[^‹›.;:]){0,90}?"
_DATED = (
    lazy(rf"‹a(?P<age>\d+)›,? when {_NO_OTHER}\b(?:in|on) ‹d(?P<date>\d+)›(?! and)"),
    lazy(r"‹a(?P<age>\d+)› (?:years old )?in ‹d(?P<date>\d+)›(?! and)"),
    lazy(r"\b(?:[Ii]n|[Oo]n) ‹d(?P<date>\d+)›,? (?:and )?(?:when (?:he|she) was |at )(?:the |just |only |age )*‹a(?P<age>\d+)›"),
    lazy(r"\b(?:[Ii]n|[Oo]n) ‹d(?P<date>\d+)›,? ‹a(?P<age>\d+)›"),
    lazy(r"‹a(?P<age>\d+)›, in ‹d(?P<date>\d+)›(?! and)"),
    lazy(r"\b(?:[Ii]n|[Oo]n|[Aa]t|[Bb]y)(?: the [^‹›.,;:]{1,30})? ‹d(?P<date>\d+)›,? (?:he|she) was (?:just |only |still )*‹a(?P<age>\d+)›"),
    lazy(r"\b(?:turn(?:s|ed|ing)?|will be|reach(?:es|ed)?(?: the)?) ‹a(?P<age>\d+)› (?:on |in )?‹d(?P<date>\d+)›"),
    lazy(rf"^(?:At|Aged) (?:the |just |only )*‹a(?P<age>\d+)›,? (?:he|she) {_NO_OTHER}\bin ‹d(?P<date>\d+)›(?! and)"),
)  # fmt: skip
_KIN = lazy(
    r"\b(?:[Hh]is|[Hh]er|[Tt]heir) (?:[a-z-]+ ){0,2}(?:brother|sister|father|mother|wife|husband|widow|widower|son|daughter|twin|uncle|aunt|cousin|nephew|niece|"
    r"grandfather|grandmother|grandson|granddaughter|partner|friend)s?\b"
)
_AT_DEATH = lazy(
    r"\bat (?:the time of )?(?:his|her) death,? (?:in [^,;.]{1,60},? )?at (?:the |an? )?$|\b(?:dies|died|dead),? (?:at|aged) $"
)


@dataclass(frozen=True, slots=True)
class Age:
    """An age of a person: at publication (`when` "now"), at death ("death"), or at some time, `on` a date or not ("then")."""

    person: Person
    claim: Claim
    when: str
    on: Claim | None = None


@dataclass(frozen=True)
class Lives:
    ages: tuple[Age, ...]
    births: tuple[Day, ...]
    deaths: tuple[Day, ...]


@lru_cache(maxsize=2)
def lives(article: Article) -> Lives:
    """The ages, births and deaths of an article's people, as far as it is plain whose they are."""
    known = people(article)
    if not known.persons:
        return Lives((), (), ())
    main = protagonist(article, known)
    born = _of_one_sex(article, [under_former_name(day, main) for day in births(article, known, main)])
    died = tuple(deaths(article, known, main))
    return Lives(tuple(_ages(article, known, main)), born, died)


def _spoken_of(article: Article, known: People, claim: Claim) -> tuple[Person, str] | None:
    """ "Born in Hull in 1956, she was 52 when": the only person of the sentence before."""
    text, opening = article.block(claim).text, article.sentences[claim.sentence].start
    if known.in_sentence(claim.sentence) or not re.search(r"\b(?:[Hh]e|[Ss]he) was $", text[opening : claim.start]):
        return None
    person = known.spoken_of(claim.block, opening)
    return (person, "then") if person is not None else None


def _of_one_sex(article: Article, births: list[Day]) -> tuple[Day, ...]:
    """The births without those that "he" and "she" give to one person."""
    told: dict[int, set[str]] = {}
    for day in births:
        words = _PRONOUN.findall(article.text(day.claim.sentence).split("born")[0])
        told.setdefault(id(day.person), set()).update(word.lower() for word in words[-1:])
    return tuple(day for day in births if len(told[id(day.person)]) < 2)


def _ages(article: Article, known: People, main: Protagonist | None) -> Iterator[Age]:
    for claim in article.claims:
        figure = claim.figure
        if claim.kind != Kind.AGE or figure is None or claim.value is None or figure.unit != "year":
            continue
        on = dated(article, claim)
        found = _owner(article, known, claim) or _main_owner(article, known, main, claim, on)
        if found is None:
            continue
        person, when = found
        if main is not None and main.is_named(person):
            person = main.person
            if main.dead and (when == "now" or (when == "then" and on is None and _who_was(article, claim))):
                when = "death"  # "Ida Bell, 87, who put the sound of rain on the radio, dies"
        yield Age(person, claim, when, on if when == "then" else None)


def _who_was(article: Article, claim: Claim) -> bool:
    """ "Price, who was 83, played": the age at death where the article tells the death."""
    text = article.block(claim).text
    return text[: claim.start].endswith(", who was ") and text[claim.end : claim.end + 1] == ","


def dated(article: Article, claim: Claim) -> Claim | None:
    """The date at which somebody was of an age, as the sentence tells it."""
    masked = article.masked(claim.sentence)
    for pattern in _DATED:
        for match in masked.finditer(pattern):
            date = masked.claims[int(match["date"])]
            calendar = date.figure.calendar if date.figure is not None else None
            if masked.claims[int(match["age"])] is not claim or calendar is None:
                continue
            alone = sum(other.kind == Kind.DATE for other in masked.claims) == 1  # no other year is spoken of
            this_year = alone and not _HAD.search(masked.text[: match.start()]) and date.widest == date.intended
            if "year" in calendar.written or (_TURNS.match(match.group()) and this_year):
                return date
    return _at_the_time(article, claim)


_THE_TIME = lazy(r",? (?:at the time|back then|at that time)\b")
_BACK = 4  # sentences in which "the time" was told


def _at_the_time(article: Article, claim: Claim) -> Claim | None:
    """The date of which somebody's age is told as "at the time": the last one, if no other year was told just before it."""
    if _THE_TIME.match(article.block(claim).text, claim.end) is None:
        return None
    told = [
        (c, c.figure.calendar)
        for index in range(max(0, claim.sentence - _BACK), claim.sentence + 1)
        for c in article.by_sentence.get(index, ())
        if c.kind == Kind.DATE
        and c.figure is not None
        and c.figure.calendar is not None
        and (index < claim.sentence or c.start < claim.start)
    ]
    years = {calendar.year for _, calendar in told if not calendar.relative} - {None}
    dated = [c for c, calendar in told if "year" in calendar.written and calendar.grain in ("day", "month", "year")]
    return dated[-1] if dated and len(years) == 1 else None


_HAD = lazy(r"\bhad (?:just |only )?$")
_TURNS = lazy(r"turn|will be|reach")


def _main_owner(
    article: Article, known: People, main: Protagonist | None, claim: Claim, on: Claim | None
) -> tuple[Person, str] | None:
    """The person whom the article is about, where "he" or "she" or the news of the death tell an age of nobody else."""
    if on is not None and not _said(article, claim):
        pronoun = _acting(article, known, claim)
        if pronoun:
            sentence = article.sentences[claim.sentence]
            person = meant(article, known, main, pronoun, claim.block, sentence.start)
            return (person, "then") if person is not None and person.surname not in known.shared else None
    if on is not None and not _said(article, claim) and (person := _opening(article, known, claim)) is not None:
        return person, "then"
    if main is None or _said(article, claim):
        return _spoken_of(article, known, claim) if main is None and on is not None else None
    assert claim.figure is not None
    text = article.block(claim).text
    start, end = claim.figure.start, claim.figure.end
    opening = article.sentences[claim.sentence].start
    before = [(m, p) for m, p in known.in_sentence(claim.sentence) if m.end <= start]
    if any(not main.is_named(p) for _, p in before):
        return None
    if main.dead:
        if _KIN.search(text, opening, start):
            return None  # "His brother died in 1990, aged 58"
        died = _DIED.search(text, opening, start) and claim.block <= article.lede
        if _AT_DEATH.search(text[opening : start + (4 if text[start:end].startswith("aged") else 0)]) or died:
            return main.person, "death"
    said = re.search(
        r"(?<!until )(?<!when )(?<!before )(?<!after )(?<!once )\b([Hh]e|[Ss]he) was (?:just |only |then )*$",
        text[opening:start],
    )
    if on is not None and _WHEN_HE_WAS.search(text, opening, start) and not before:
        others = {
            _SEX[word.lower()] for word in _ANY_PRONOUN.findall(text[opening : article.sentences[claim.sentence].end])
        }
        if others == {main.pronoun} and not _KIN.search(text, opening, start) and not known.in_sentence(claim.sentence):
            return main.person, "then"  # "The family emigrated in 2012, when he was 17"
    ends = re.match(r"[.]|$|, (?:said|according to|(?:his|her) [a-z-]+ said)\b", text[end:])
    if main.dead and said and claim.block <= article.lede + 2 and ends and on is None:
        return (main.person, "death") if said.group(1).lower() == main.pronoun else None
    if on is not None and (said is None or said.group(1).lower() == main.pronoun):
        return (main.person, "then") if said is not None or before else None
    present = re.match(r",? (he|she) (?:is|has|remains|becomes)\b", text[end:])
    if present and re.search(r"\b[Aa]t (?:just |only )?$", text[:start]) and present.group(1) == main.pronoun:
        return main.person, "now"
    return None


def _opening(article: Article, known: People, claim: Claim) -> Person | None:
    """The only person whom a sentence names before an age, if it begins with the name: "Ward joined in 1997, aged 22"."""
    place = article.sentences[claim.sentence]
    before = [(m, p) for m, p in known.in_sentence(claim.sentence) if m.end <= claim.start]
    named = {id(p): p for _, p in before}
    if len(named) != 1 or before[0][0].start > place.start:
        return None
    text = article.block(claim).text[before[0][0].end : claim.start]
    return None if _KIN.search(text) or _OTHER_OWNER.search(text) else before[0][1]


# "He joined the college in 1960, aged 21", "In 1998, at the age of 16, she left school": the subject is he or she
_SUBJECT = lazy(
    r"^(?:(?:(?:In|On|At|Aged|By|After|Then|But|And|Later)\b[^;:.()“”\"]{0,60}?)(?:,? ))?(?P<who>[Hh]e|[Ss]he) (?!said|says)"
)


def _acting(article: Article, known: People, claim: Claim) -> str:
    """ "he" or "she" where the sentence of an age is about nobody else, empty where it names or means others."""
    text = article.text(claim.sentence)
    found = _SUBJECT.match(text)
    others = {_SEX[word.lower()] for word in _ANY_PRONOUN.findall(text)}
    if found is None or len(others) != 1 or known.in_sentence(claim.sentence):
        return ""
    if _KIN.search(text) or _DIED.search(text):
        return ""
    before = article.block(claim).text[article.sentences[claim.sentence].start : claim.start]
    return "" if _OTHER_OWNER.search(before) else found["who"].lower()


_SEX = {"he": "he", "him": "he", "his": "he", "she": "she", "her": "she", "hers": "she"}
_OTHER_OWNER = lazy(r"\b(?:who|whose|whom|they|them|their|with|from|an? [a-z-]+,?) (?:was |were |then |aged )*$")


def _owner(article: Article, known: People, claim: Claim) -> tuple[Person, str] | None:
    """Whose age a claim is, and of what time."""
    assert claim.figure is not None
    text = article.block(claim).text
    start, end = claim.figure.start, claim.figure.end
    mentions = known.in_sentence(claim.sentence)
    before = [(m, p) for m, p in mentions if m.end <= start]
    after = [(m, p) for m, p in mentions if m.start >= end]
    said = _said(article, claim)
    display = article.block(claim).kind in (BlockKind.HEADLINE, BlockKind.DEK)
    if before:
        mention, person = before[-1]
        between = text[mention.end : start]
        ahead = text[start:end].endswith("old") and any(m.start == end + 1 for m, _ in after)
        if person is not None and _NAME_AGE.fullmatch(between) and not ahead:  # "Max Hall, 14-year-old Ann Hall"
            return person, _time(article, claim, mention, between, said)
        if person is not None and _WAS.match(between):
            return person, "then"
    if after:
        mention, person = after[0]
        between = text[end : mention.start]
        if person is not None and text[start:end].endswith("old") and _AGE_NAME.match(between):
            return person, _when(article, claim, said)
        if (
            person is not None
            and between == ", "
            and re.search(r"\b[Aa]t (?:just |only )?$", text[max(0, start - 9) : start])
        ):
            return person, "then"
    if found := _THE_OLD.search(text, max(0, start - 12), start):
        if text[start:end].endswith("-old") and _ALONE.match(text, end) and not said:
            person = known.spoken_of(claim.block, found.start())
            return (person, "now") if person is not None else None
    if found := _WHEN_HE.search(text, max(0, start - 24), start):
        named = {id(p): p for _, p in before}
        person = next(iter(named.values())) if len(named) == 1 else None
        return (person, "then") if person is not None else None
    if found := _HE_WAS.search(text, max(0, start - 12), start):
        person = known.spoken_of(claim.block, found.start(1)) or _in_paragraph(known, claim.block, found.start(1))
        if person is not None and sex(article, person) not in ("", found.group(1).lower()):
            return None
        if person is not None and re.match(r",? (?:when|in)\b", text[end:]):
            return person, "then"
        if person is not None and _DIED.search(text[: found.start(1)]):
            return person, "death"
        return None
    if found := _HE_IS.search(text, max(0, start - 24), start):
        person = known.spoken_of(claim.block, found.start(1))
        return (person, "now") if person is not None and not said else None
    if re.search(r"(?:^|[.!?] )Now $", text[:start]) and (found := re.match(r", (he|she)\b", text[end:])):
        person = known.spoken_of(claim.block, start)
        return (person, "now") if person is not None and sex(article, person) in ("", found.group(1)) else None
    if text[start:end].startswith("aged") or re.search(
        r"\bat (?:the )?(?:age of )?$", text[max(0, start - 14) : start]
    ):
        died = list(_DIED.finditer(text, max(0, start - 130), start))
        whose = {id(p): p for m, p in before if p is not None and died and m.end <= died[-1].start()}
        if died and not re.search(r"[.;!?]\s", text[died[-1].end() : start]):
            if len(whose) == 1 and all(p is not None for _, p in before):
                return next(iter(whose.values())), "death"
            if display and len(known.persons) == 1 and not mentions:
                return known.persons[0], "death"
    return None


def _in_paragraph(known: People, block: int, at: int) -> Person | None:
    """The only person of a paragraph before a place."""
    found = {id(p): p for p in known.persons for m in p.mentions if m.block == block and m.start < at}
    strange = any(m.block == block and m.start < at for m in known.strangers)
    return next(iter(found.values())) if len(found) == 1 and not strange else None


def _said(article: Article, claim: Claim) -> bool:
    """Whether the age stands inside quotation marks, where "he" may be anybody."""
    text = article.block(claim).text[: claim.start]
    return text.count("“") > text.count("”") or text.count('"') % 2 == 1


def _time(article: Article, claim: Claim, mention: Mention, between: str, said: bool) -> str:
    """Of what time an age behind a name is: "Smith, 34, died", "Smith, who is 34,"."""
    if _dies(article.block(claim).text, claim, mention):
        return "death"
    if re.search(r"\bis\b", between) and not said:
        return "now"
    return _when(article, claim, said)


def _dies(text: str, claim: Claim, mention: Mention) -> bool:
    return bool(re.match(r"[,)]* (?:has )?died\b|[,)]* (?:was|were) killed", text[claim.end : claim.end + 20]))


def _when(article: Article, claim: Claim, said: bool) -> str:
    """Whether an age beside a name is the present one: the clause tells no other time."""
    assert claim.figure is not None
    text = article.block(claim).text
    if re.search(r"\bturned $", text[: claim.start]) and not said and _is_news(article, claim):
        return "now"  # "who turned 80 on Monday"
    near = text[max(0, claim.start - 30) : claim.start] + " | " + text[claim.end : claim.end + 40]
    if (
        said
        or _LONG_AGO.search(article.text(claim.sentence))
        or _PAST.search(near.split("|")[0])
        or re.match(r",? (?:then|at the time|when)\b", text[claim.end :][:16])
    ):
        return "then"
    published = article.document.date
    claims = article.by_sentence.get(claim.sentence, ())
    told = {id(dated(article, other)) for other in claims if other.kind == Kind.AGE and other is not claim}
    for other in claims:
        if id(other) in told:
            continue  # "Bright, 45, was 17 in 1998 when"
        if other.kind == Kind.DATE and other.figure is not None:
            calendar = other.figure.calendar
            if (
                calendar is None
                or calendar.relative
                or text[: other.start].endswith("since ")  # "Dole, 83, had driven since 1961"
                or re.search(r"\bborn\b", text[max(0, other.start - 60) : other.start])
            ):
                continue
            if other.widest.high is None or published is None:
                if calendar.year is not None:
                    return "then"
            elif published.toordinal() - other.widest.high > 180 or other.widest.high - published.toordinal() > 180:
                return "then"
    return "now"


def _is_news(article: Article, claim: Claim) -> bool:
    """Whether the next date behind a claim is told from the article's own, and near it."""
    behind = [c for c in article.by_sentence.get(claim.sentence, ()) if c.kind == Kind.DATE and c.start > claim.start]
    figure, published = behind[0].figure if behind else None, article.document.date
    if figure is None or figure.low is None or published is None or figure.calendar is None:
        return False
    return (
        figure.calendar.relative and figure.calendar.grain != "year" and abs(figure.low - published.toordinal()) <= 31
    )
