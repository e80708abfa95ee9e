"""The days on which people were born and died, and whose they are: the name before the verb, or he or she."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from checker.language.article import Article, Masked
from checker.language.people import People, Person
from checker.language.protagonist import Protagonist, meant
from checker.model import Claim, Kind
from checker.patterns import lazy

_BORN = lazy(
    r"\b(?P<born>[Bb]orn|(?:came|come) into the world|entered the world)\b(?P<mid>(?:(?!\b(?:and|but|when|after|before|until|since|moved|grew|died|became|where)\b)(?:[^‹›;.()]|\.,)){0,110}?)"
    r"(?P<prep>\b(?:on|in),? |\()?‹d(?P<date>\d+)›"
)
_DIED_ON = lazy(
    r"\b(?:died|passed away)\b(?P<mid>(?:(?!\b(?:and|but|when|after|before|until|since|aged|who|while|where)\b)[^‹›;.()]){0,70}?)"
    r"(?:\b(?:on|in),? )?‹d(?P<date>\d+)›"
)
_OF = lazy(r"\b(?:of|with|for|to|by|from|and) $")
_TO_VERB = lazy(
    r"^(?: (?:Jr|Sr)\.?)?(?:,(?= $)|,? who|, [^,;.]{1,90},(?: who)?|, who [^;.]{1,90},)?(?: (?:was|has|had|is|were))?(?: (?:himself|herself|also|peacefully|suddenly|in fact))? $"
)


@dataclass(frozen=True, slots=True)
class Day:
    """The date of a person's birth or death."""

    person: Person
    claim: Claim


def births(article: Article, known: People, main: Protagonist | None) -> Iterator[Day]:
    """The days of birth that the article tells with "born"."""
    return _days(article, known, main, _BORN, birth=True)


def births_told(article: Article) -> list[Claim]:
    """The dates of birth that an article tells, whoever was born."""
    found: dict[int, Claim] = {}
    for index in sorted(article.by_sentence):
        if index >= 0 and any(claim.kind == Kind.DATE for claim in article.by_sentence[index]):
            masked = article.masked(index)
            for match in masked.finditer(_BORN):
                date = masked.claims[int(match["date"])]
                if date.widest.low is not None:
                    found[date.id] = date
    return list(found.values())


def deaths(article: Article, known: People, main: Protagonist | None) -> Iterator[Day]:
    """The days on which somebody died."""
    return _days(article, known, main, _DIED_ON, birth=False)


def under_former_name(day: Day, main: Protagonist | None) -> Day:
    """The day of the late Lucille Pettibone where it is told, once, of Lucille Marie Haskell."""
    person = day.person
    if main is None or not main.dead or person is main.person or len(person.mentions) > 1:
        return day
    return Day(main.person, day.claim) if person.given[:1] == main.person.given[:1] else day


def _days(
    article: Article, known: People, main: Protagonist | None, pattern: re.Pattern[str], birth: bool
) -> Iterator[Day]:
    for index in sorted(article.by_sentence):
        if index < 0 or not any(claim.kind == Kind.DATE for claim in article.by_sentence[index]):
            continue
        masked = article.masked(index)
        for match in masked.finditer(pattern):
            date = masked.claims[int(match["date"])]
            calendar = date.figure.calendar if date.figure is not None else None
            if (
                calendar is None
                or date.widest.low is None
                or (birth and (calendar.relative or "year" not in calendar.written))
            ):
                continue
            if calendar.grain not in ("day", "month", "year") or (
                birth and match["prep"] is None and match["mid"].strip()
            ):
                continue
            person = _subject(article, known, main, index, masked, match.start())
            if person is not None:
                yield Day(main.person if main is not None and main.is_named(person) else person, date)


def _subject(
    article: Article, known: People, main: Protagonist | None, sentence: int, masked: Masked, at: int
) -> Person | None:
    """Whose birth or death a verb at ``masked.text[at]`` tells: the name just before it, or the pronoun."""
    place = article.sentences[sentence]
    text = article.document.blocks[place.block].text
    verb = masked.text[at : at + 4].lower()
    offset = masked.place(at)
    mentions = known.in_sentence(sentence)
    before = [(m, p) for m, p in mentions if m.end <= offset]
    if verb == "born" and masked.text[at] == "B" and offset == place.start:  # "Born in Luton in 1920, Hailey ..."
        after = [(m, p) for m, p in mentions if m.start > offset]
        comma = [(m, p) for m, p in after if re.search(r", (?:[a-z]+ )?$", text[offset : m.start])]
        if comma:
            return comma[0][1]
        pronoun = re.search(r", (he|she)\b", text[offset : place.end])
        return meant(article, known, main, pronoun.group(1), place.block, offset) if pronoun and not after else None
    if before:
        mention, person = before[-1]
        if _OF.search(text, max(0, mention.start - 8), mention.start):
            return None  # "The choir of Ellen Roe was born in 1990"
        if _TO_VERB.match(text[mention.end : offset]):
            return person
        if main is not None and main.dead and verb in ("died", "pass") and place.block <= article.lede:
            others = [p for _, p in before if p is not None and not main.is_named(p)]
            return main.person if main.is_named(before[0][1]) and not others else None
    pronoun = re.search(
        r"(?:^|[.,;] |\b(?:and|but|where|when) )((?:[Hh]e|[Ss]he)) (?:was |were )?$", text[place.start : offset]
    )
    if pronoun is None:
        return None
    if before:
        last = {id(p): p for _, p in before}
        return next(iter(last.values())) if len(last) == 1 else None
    return meant(article, known, main, pronoun.group(1).lower(), place.block, place.start + pronoun.start(1))
