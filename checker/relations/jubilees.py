"""The age of a thing against the only year in which its passage tells that it began: "turns 60", "its 150th anniversary".

What makes the link sure is that the sentence of the anniversary and its neighbours give one year only, with a verb by which
things begin, or that the article gives one founding and one anniversary and they differ by round years.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from checker.data import lexicon
from checker.language.article import Article
from checker.model import Claim, Kind, Relation
from checker.patterns import lazy
from checker.relations.anniversaries import is_near
from checker.relations.topics import leading, opening
from checker.relations.years import is_borne_out, possessor

_YEARS_OF = lazy(r"^(?:[ -][a-z-]+)? ?(?:anniversary|birthday|jubilee)\b", re.I)
_NAMED = lazy(r"\b(?:anniversary|birthday|jubilee)$")
_OF_LIFE = lazy(
    r"^ (?:of (?:existence|independence|operations?|business|history|service|music|marriage|work|publication|broadcasting|trading)|in (?:business|existence)|old\b|since\b)"
)
_TURNS = lazy(
    r"\b(?:turn(?:s|ed|ing)?|celebrat(?:es?|ed|ing)|mark(?:s|ed|ing)?|reach(?:es|ed)) (?:its |their |now |already )?$"
)
_MARKS = lazy(r"\b(?:celebrat(?:es?|ed|ing)|mark(?:s|ed|ing)?) (?:its |their |now )?$")
_OF = lazy(r"(?: [a-z]+)?(?: (?:anniversary|birthday|jubilee))? of\b")
# "of the club founded in", "of the mill, which opened in"
_OF_IT = lazy(r"[^,;:]*(?:, (?:which |that |who )?(?:(?:was|were|first) )?[a-z]+(?: [a-z]+){0,3} )?")
_IT = frozenset({"it", "they"})
_HUMAN = lazy(r"-year-old\b")
_WEDDED = frozenset({"marry", "wed", "tie"})
_LEAST = 10  # years
_DECADES = 50  # years by which an anniversary may be wrong
_OF_OTHER = lazy(
    r"(?: [a-z]+)?(?: (?:anniversary|birthday|jubilee))? of (?!(?:its|their|the) (?:founding|foundation|opening|launch|birth|formation|creation)\b|marriage|trading|business)"
)
_THE_THING = lazy(
    r"\b[Tt]he (?:[a-z]+ )?(?:firm|company|business|club|society|school|church|festival|newspaper|paper|institution|brewery|theatre|theater|bridge|station|group|charity|magazine|store|shop|restaurant|orchestra|choir|band|"
    r"museum|factory|mill|pub|inn|hotel|college|university|bank|party|union|team|event|race|show|library|hospital|association|federation|league|chain|organi[sz]ation|cooperative|co-op|airline|zoo|park|market|fair|ferry|line)\b"
)
_IS_NOW = lazy(r"\b(?:is|are|be|turn(?:s|ed)?) ‹[na](?P<number>\d+)›(?: today| ‹d\d+›| on ‹d\d+›| in ‹d\d+›)")


def find(article: Article) -> Iterable[Relation]:
    """``anniversary`` relations of the years that something has been with the only year in which it began."""
    published = article.document.date
    if published is None:
        return
    numbers = list(numbers_kept(article))
    if not numbers:
        return
    begun = [c for c in article.claims if _is_begun(c, published.year)]
    if not begun:
        return
    values = {int(number.value) for number, _ in numbers if number.value is not None}
    founded = {year_of(c) for c in begun if c.verb in ("found", "establish", "form", "incorporate")}
    for number, slack in numbers:
        assert number.value is not None
        place, text = article.sentences[number.sentence], article.block(number).text
        if is_near(text[place.start : place.end], number.start - place.start) or is_of_another_year(
            article, number, published.year
        ):
            continue
        near = [c for c in begun if abs(c.sentence - number.sentence) <= 1 and abs(c.block - number.block) <= 1]
        begin = near[0] if near else None
        of = _OF.match(text, number.end)
        if begin is None and len(values) == len(founded) == 1 and slack == 0 and not of:
            apart = published.year - min(founded) - int(number.value)
            first = next(c for c in begun if year_of(c) in founded)
            begin = first if apart % 5 == 0 and _is_about_it(article, number, first) else None
        elif begin is not None and (
            len(_years_around(article, number, published.year)) != 1 or not _is_of(article, number, begin)
        ):
            begin = None
        begin = begin or _by_decades(article, number, begun, published.year)
        if begin is not None and not is_borne_out(article, number, year_of(begin), published.year):
            year = article.derived("year", year_of(begin), begin.block, begin.figure.start, begin.figure.end)  # type: ignore[union-attr]
            constants = {"now": Fraction(published.year), "slack": Fraction(slack)}
            yield Relation("anniversary", {"number": (number,), "founded": (year,)}, 0.9, constants=constants)


def _by_decades(article: Article, number: Claim, begun: list[Claim], now: int) -> Claim | None:
    """The only beginning of which an anniversary at the head of the article is wrong by whole decades, where no year that the
    article names is right: it is about what began ("The firm was founded in 1911" under "celebrated its 125th anniversary")."""
    if (
        not (leading(article, number) or _is_its(article, number))
        or number.value is None
        or _OF_OTHER.match(article.block(number).text, number.end)
    ):
        return None
    years = {year_of(c) for c in article.claims} - {0}
    if any(abs(now - year - number.value) <= 1 for year in years):
        return None
    text = article.text(number.sentence)
    wedding = re.search(r"\b(?:wedding|marri(?:ed|age))\b", text) is not None
    found = [
        c
        for c in begun
        if (now - year_of(c) - number.value) % 10 == 0 and abs(now - year_of(c) - number.value) <= _DECADES
    ]
    found = [c for c in found if (c.verb in _WEDDED) == wedding and c.verb != "bear"]
    if len({year_of(c) for c in found}) != 1:
        return None
    return found[0] if wedding or _is_its_own(article, found[0]) else None


_ITS = lazy(r"\b(?:its|their) $")


def _is_its(article: Article, number: Claim) -> bool:
    """Whether an anniversary near the head of the article is that of what was named: "the programme for its 125th anniversary"."""
    start = number.figure.start if number.figure is not None else number.start
    return (
        opening(article, number)
        and _is_at_home(article, number)
        and _ITS.search(article.block(number).text, max(0, start - 7), start) is not None
    )


def _is_its_own(article: Article, begin: Claim) -> bool:
    """Whether what began is what the article is about: its clause has the noun of the headline or the opening, "it", or "the firm"."""
    if _is_what_it_is_about(article, begin):
        return True
    place, text = article.sentences[begin.sentence], article.block(begin).text
    return _THE_THING.search(text[place.start : place.end]) is not None


def numbers_kept(article: Article) -> Iterator[tuple[Claim, int]]:
    """The years that something has been, with how many more or fewer they may be."""
    for claim in article.claims:
        figure = claim.figure
        if figure is None or claim.sentence < 0 or claim.value is None or claim.modality in ("denied", "conditional"):
            continue
        text = article.block(claim).text
        before, behind = text[max(0, figure.start - 30) : figure.start], text[figure.end : figure.end + 40]
        if claim.kind == Kind.ORDINAL and claim.value >= _LEAST:
            if _YEARS_OF.match(behind) or _NAMED.search(claim.text):
                yield claim, 0
        elif figure.hedge != "exact" or _HUMAN.search(claim.text):
            continue
        elif claim.kind == Kind.AGE and claim.value >= _LEAST and (_TURNS.search(before) or "old" in claim.text):
            yield claim, 1
        elif claim.kind == Kind.DURATION and claim.unit in ("year", "decade", "century") and _OF_LIFE.match(behind):
            years = int(claim.value * {"year": 1, "decade": 10, "century": 100}[claim.unit])
            if years >= _LEAST:
                yield (
                    article.derived("years", years, claim.block, figure.start, figure.end),
                    1 if claim.unit == "year" else 4,
                )
        elif claim.kind == Kind.DURATION and claim.unit == "year" and _MARKS.search(before) and claim.value >= _LEAST:
            yield article.derived("years", int(claim.value), claim.block, figure.start, figure.end), 0
    yield from _named(article)
    for index in sorted(article.by_sentence):
        if index < 0:
            continue
        masked = article.masked(index)
        for match in masked.finditer(_IS_NOW):
            claim = masked.claims[int(match["number"])]
            if claim.kind == Kind.COUNT and not claim.noun and claim.value is not None and claim.value >= _LEAST:
                yield claim, 0


def _named(article: Article) -> Iterator[tuple[Claim, int]]:
    """ "golden wedding", "tercentenary": the anniversaries that have a name."""
    names: dict[str, int] = lexicon("begun")["jubilees"]
    pattern = re.compile(rf"\b(?:{'|'.join(sorted(names, key=len, reverse=True))})\b", re.I)
    for number, block in enumerate(article.document.blocks):
        for match in pattern.finditer(block.text):
            value = names[match.group().lower()]
            claim = article.derived("ordinal", value, number, match.start(), match.end())
            if claim.sentence >= 0:
                yield claim, 0


def _is_begun(claim: Claim, now: int) -> bool:
    """Whether something began on a date whose year is written."""
    return (
        year_of(claim) in range(1, now)
        and (claim.verb in _verbs() or "first" in claim.context)
        and claim.modality not in ("denied", "conditional")
    )


def _verbs() -> frozenset[str]:
    return frozenset(lexicon("begun")["verbs"])


def year_of(claim: Claim) -> int:
    """The year that a date names, 0 where it names none."""
    calendar = claim.figure.calendar if claim.figure is not None else None
    if claim.kind != Kind.DATE or calendar is None or calendar.relative or calendar.year is None or claim.sentence < 0:
        return 0
    named = "year" in calendar.written or calendar.grain == "year"
    return calendar.year if named and calendar.grain in ("day", "month", "season", "year") else 0


def _years_around(article: Article, number: Claim, now: int) -> set[int]:
    around = [c for c in article.claims if abs(c.sentence - number.sentence) <= 1 and abs(c.block - number.block) <= 1]
    return {year_of(c) for c in around} - {0, now}


def is_of_another_year(article: Article, number: Claim, now: int) -> bool:
    """Whether the anniversary's own sentence speaks of last year or the next."""
    for claim in article.by_sentence.get(number.sentence, ()):
        calendar = claim.figure.calendar if claim.figure is not None else None
        if calendar is not None and calendar.relative and calendar.year not in (None, now):
            return True
    return False


def _is_of(article: Article, number: Claim, begin: Claim) -> bool:
    """Whether what began is what has the anniversary: a wedding's is a wedding, a birth's a birthday; behind "of" it is the
    thing named there; else one subject has both, or one sentence names what began in the other."""
    text, block = article.text(number.sentence), article.block(number).text
    wedding = re.search(r"\b(?:wedding|marri(?:ed|age))\b", text) is not None
    if wedding != (begin.verb in _WEDDED) or number.speaker != begin.speaker:
        return False
    if begin.verb == "bear" and "birthday" not in text:
        return False
    owner, leads = _owner(article, begin)
    if possessor(block, number.figure.start if number.figure is not None else number.start) not in ("", owner):
        return False
    if number.sentence == begin.sentence:
        if _OF.match(block, number.end):
            between = block[number.end : begin.start]
            return begin.start > number.end and _OF_IT.fullmatch(between) is not None
        return wedding or owner == number.subject.lower() or owner in _IT
    if _OF.match(block, number.end):
        return False  # "the 40th anniversary of the fire. It was founded in 1990"
    if wedding or owner in _IT:
        return True
    opens = re.match(r"(?:It|They|Now)\b", text) is not None and number.sentence > begin.sentence
    return leads and (opens or (len(owner) > 3 and re.search(rf"\b{re.escape(owner)}\b", text.lower()) is not None))


def _is_what_it_is_about(article: Article, begin: Claim) -> bool:
    """Whether the article is about what began: "it", or a noun of the headline or the opening."""
    owner, leads = _owner(article, begin)
    if owner in _IT:
        return True
    told = " ".join(b.text for b in article.document.blocks[: article.lede + 1]).lower()
    told = told.replace(article.text(begin.sentence).lower(), "")
    return leads and len(owner) > 3 and re.search(rf"\b{re.escape(owner)}\b", told) is not None


def _is_about_it(article: Article, number: Claim, begin: Claim) -> bool:
    """Whether what has an anniversary and what began are both what the article is about: "it", or a noun of its opening."""
    return _is_at_home(article, number) and _is_what_it_is_about(article, begin)


def _is_at_home(article: Article, number: Claim) -> bool:
    """Whether the subject of an anniversary is none that a later sentence brings in: not "a rival in the town"."""
    who = "" if leading(article, number) else re.escape(number.subject)
    return (
        not who
        or re.search(rf"\b(?:[Aa]n?|[Aa]nother|[Oo]ne) (?:[a-z-]+ ){{0,3}}{who}\b", article.text(number.sentence))
        is None
    )


def _owner(article: Article, begin: Claim) -> tuple[str, bool]:
    """What began, and whether its sentence is about it: the subject of the verb, or the noun that a clause belongs to."""
    tokens = article.tokens(begin.sentence)
    verb = next((t for t in reversed(tokens) if t.lemma == begin.verb and t.start < begin.start), None)
    if verb is None or verb.dep not in ("acl", "relcl"):
        return begin.subject.lower(), bool(begin.subject)
    noun = tokens[verb.head]
    return noun.lower, noun.dep in ("nsubj", "nsubjpass")
