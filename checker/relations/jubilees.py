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

_YEARS_OF = lazy(r"^(?:[ -][a-z-]+)? ?(?:anniversary|birthday|jubilee)\b", re.I)
_NAMED = lazy(r"\b(?:anniversary|birthday|jubilee)$")
_OF_LIFE = lazy(
    r"^ (?:of (?:existence|independence|operations?|business|history|service|music|marriage|work|publication|broadcasting|trading)|in (?:business|existence)|old\b|since\b)"
)
_TURNS = lazy(
    r"\b(?:turn(?:s|ed|ing)?|celebrat(?:es?|ed|ing)|mark(?:s|ed|ing)?|reach(?:es|ed)) (?:its |their |now |already )?$"
)
_OF = lazy(r"(?: [a-z]+)?(?: (?:anniversary|birthday|jubilee))? of\b")
# "of the club founded in", "of the mill, which opened in"
_OF_IT = lazy(r"[^,;:]*(?:, (?:which |that |who )?(?:(?:was|were|first) )?[a-z]+(?: [a-z]+){0,3} )?")
_IT = frozenset({"it", "they"})
_HUMAN = lazy(r"-year-old\b")
_WEDDED = frozenset({"marry", "wed", "tie"})
_LEAST = 10  # years


def find(article: Article) -> Iterable[Relation]:
    """``anniversary`` relations of the years that something has been with the only year in which it began."""
    published = article.document.date
    if published is None:
        return
    numbers = list(_numbers(article))
    if not numbers:
        return
    begun = [c for c in article.claims if _is_begun(c, published.year)]
    if not begun:
        return
    values = {int(number.value) for number, _ in numbers if number.value is not None}
    founded = {_year_of(c) for c in begun if c.verb in ("found", "establish", "form", "incorporate")}
    for number, slack in numbers:
        assert number.value is not None
        place, text = article.sentences[number.sentence], article.block(number).text
        if is_near(text[place.start : place.end], number.start - place.start) or _is_of_another_year(
            article, number, published.year
        ):
            continue
        near = [c for c in begun if abs(c.sentence - number.sentence) <= 1 and abs(c.block - number.block) <= 1]
        begin = near[0] if near else None
        of = _OF.match(text, number.end)
        if begin is None and len(values) == len(founded) == 1 and slack == 0 and not of:
            apart = published.year - min(founded) - int(number.value)
            first = next(c for c in begun if _year_of(c) in founded)
            begin = first if apart % 5 == 0 and _is_what_it_is_about(article, first) else None
        elif begin is not None and (
            len(_years_around(article, number, published.year)) != 1 or not _is_of(article, number, begin)
        ):
            begin = None
        if begin is not None:
            year = article.derived("year", _year_of(begin), begin.block, begin.figure.start, begin.figure.end)  # type: ignore[union-attr]
            constants = {"now": Fraction(published.year), "slack": Fraction(slack)}
            yield Relation("anniversary", {"number": (number,), "founded": (year,)}, 0.9, constants=constants)


def _numbers(article: Article) -> Iterator[tuple[Claim, int]]:
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
    yield from _named(article)


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
        _year_of(claim) in range(1, now) and claim.verb in _verbs() and claim.modality not in ("denied", "conditional")
    )


def _verbs() -> frozenset[str]:
    return frozenset(lexicon("begun")["verbs"])


def _year_of(claim: Claim) -> int:
    """The year that a date names, 0 where it names none."""
    calendar = claim.figure.calendar if claim.figure is not None else None
    if claim.kind != Kind.DATE or calendar is None or calendar.relative or calendar.year is None or claim.sentence < 0:
        return 0
    named = "year" in calendar.written or calendar.grain == "year"
    return calendar.year if named and calendar.grain in ("day", "month", "year") else 0


def _years_around(article: Article, number: Claim, now: int) -> set[int]:
    around = [c for c in article.claims if abs(c.sentence - number.sentence) <= 1 and abs(c.block - number.block) <= 1]
    return {_year_of(c) for c in around} - {0, now}


def _is_of_another_year(article: Article, number: Claim, now: int) -> bool:
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
    return leads and len(owner) > 3 and re.search(rf"\b{re.escape(owner)}\b", told) is not None


def _owner(article: Article, begin: Claim) -> tuple[str, bool]:
    """What began, and whether its sentence is about it: the subject of the verb, or the noun that a clause belongs to."""
    tokens = article.tokens(begin.sentence)
    verb = next((t for t in reversed(tokens) if t.lemma == begin.verb and t.start < begin.start), None)
    if verb is None or verb.dep not in ("acl", "relcl"):
        return begin.subject.lower(), bool(begin.subject)
    noun = tokens[verb.head]
    return noun.lower, noun.dep in ("nsubj", "nsubjpass")
