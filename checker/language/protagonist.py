"""Whom an article is about: the one person whose life an obituary or a profile tells with "he" or "she"."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from checker.language.article import Article
from checker.language.people import People, Person
from checker.model import BlockKind
from checker.patterns import lazy

_RUNNING = (BlockKind.BODY, BlockKind.LIST_ITEM)
_QUOTED = lazy(r"“[^”]*”?|\"[^\"]*\"?")
_PRONOUNS = {
    "he": "he",
    "him": "he",
    "his": "he",
    "himself": "he",
    "she": "she",
    "her": "she",
    "hers": "she",
    "herself": "she",
}
_PRONOUN = lazy(r"\b(?:he|him|his|himself|she|hers?|herself)\b", re.I)
_TITLES = {
    "mr": "he",
    "sir": "he",
    "lord": "he",
    "mrs": "she",
    "ms": "she",
    "miss": "she",
    "dame": "she",
    "lady": "she",
}
_DIES = lazy(r"\b(?:[Dd]ies|[Dd]ied|[Dd]ead|[Pp]asse[sd] away|has died|[Oo]bituary)\b")
_MANY = 3  # mentions of somebody whom an article is about though its headline does not name him
_SHARE = 3, 5  # of the pronouns that are of one sex


@dataclass(frozen=True, slots=True)
class Protagonist:
    """The main person; `pronoun` is "he" or "she" as the text mostly has it, `dead` whether the news is the death."""

    person: Person
    pronoun: str
    dead: bool

    def is_named(self, person: Person | None) -> bool:
        """Whether another name is of the same person: "Ida Louise Farrow" of Ida Farrow Bell."""
        if person is None or person is self.person:
            return person is not None
        mine, others = (*self.person.given, self.person.surname), (*person.given, person.surname)
        return mine[0] == others[0] and (person.surname in mine or self.person.surname in others)


def protagonist(article: Article, known: People) -> Protagonist | None:
    """The person of the headline, the one named far more often than anybody else or alone, and that early; None where the
    headline names two or the text does not say "he" or "she" more of one sex than of the other."""
    pronoun = _pronoun(article)
    person = (
        _headlined(article, known) or _mourned(article, known) or _named_most(article, known) or _only(article, known)
    )
    return Protagonist(person, pronoun, _is_dead(article, person)) if person is not None and pronoun else None


def meant(
    article: Article, known: People, main: Protagonist | None, pronoun: str, block: int, at: int
) -> Person | None:
    """Whom a pronoun means: the person whom the article is about where the paragraph has named nobody yet, else the only
    one of the sentence before, if of that sex."""
    named = [m for p in known.persons for m in p.mentions] + list(known.strangers)
    if main is not None and not any(m.block == block and m.start < at for m in named):
        return main.person if pronoun == main.pronoun else None
    person = known.spoken_of(block, at)
    if person is None or (main is not None and person is main.person and pronoun != main.pronoun):
        return None
    return person if sex(article, person) in ("", pronoun) else None


def sex(article: Article, person: Person) -> str:
    """ "he" or "she" as titles and the first pronouns behind a person's name have it, empty where they do not agree."""
    found: set[str] = set()
    for mention in person.mentions:
        if mention.title in _TITLES:
            found.add(_TITLES[mention.title])
        elif mention.sentence >= 0:
            text = article.document.blocks[mention.block].text[mention.end : article.sentences[mention.sentence].end]
            behind = _PRONOUN.search(text) if not re.search(r"[“\"]", text) else None
            if behind is not None and not re.search(r"\b[A-Z]", text[: behind.start()]):
                found.add(_PRONOUNS[behind.group().lower()])
    return found.pop() if len(found) == 1 else ""


def _pronoun(article: Article) -> str:
    """The sex that most pronouns outside quotation marks have."""
    found: Counter[str] = Counter()
    for block in article.document.blocks:
        if block.kind in _RUNNING:
            found.update(_PRONOUNS[m.group().lower()] for m in _PRONOUN.finditer(_QUOTED.sub(" ", block.text)))
    if not found:
        return ""
    (word, most), whole = found.most_common(1)[0], sum(found.values())
    return word if most * _SHARE[1] >= whole * _SHARE[0] and most > 1 else ""


def _headlined(article: Article, known: People) -> Person | None:
    """The only person whom the headline names, by the surname at least."""
    text = " ".join(block.text for block in article.document.blocks if block.kind == BlockKind.HEADLINE)
    named = [
        p for p in known.persons if p.surname in text and re.search(rf"\b{re.escape(p.surname)}\b", text)
    ]  # what is sought is slow to make
    whole = [p for p in named if any(f"{given} {p.surname}" in text for given in (p.given[0], p.given[-1]))]
    if len(named) == 1 or not whole:
        return named[0] if len(named) == 1 else None
    last = max(whole, key=lambda person: text.rfind(person.surname))  # "Ida Farrow Bell", born Ida Farrow
    return last if all(person.given[0] == last.given[0] for person in whole) else None


def _mourned(article: Article, known: People) -> Person | None:
    """The only person whose death the first paragraphs tell."""
    dead = [person for person in known.persons if _is_dead(article, person)]
    return dead[0] if len(dead) == 1 else None


def _only(article: Article, known: People) -> Person | None:
    """The only person whom the article names, and early."""
    if len(known.persons) != 1 or known.strangers:
        return None
    early = max(article.openings, default=article.lede)
    return known.persons[0] if known.persons[0].mentions[0].block <= early else None


def _named_most(article: Article, known: People) -> Person | None:
    """Somebody named early, and twice as often as anybody else."""
    ordered = sorted(known.persons, key=lambda person: -len(person.mentions))
    if not ordered or len(ordered[0].mentions) < _MANY:
        return None
    if len(ordered) > 1 and len(ordered[1].mentions) * 2 > len(ordered[0].mentions):
        return None
    early = max(article.openings, default=article.lede)
    return ordered[0] if ordered[0].mentions[0].block <= early else None


def _is_dead(article: Article, person: Person) -> bool:
    """Whether the headline or the first sentences tell a death, and nobody else is named in that sentence before it."""
    blocks = article.document.blocks
    for number, block in enumerate(blocks):
        if block.kind == BlockKind.HEADLINE and _DIES.search(block.text):
            return person.surname in block.text
        if number > article.lede + 1:
            break
    for mention in person.mentions:
        if not article.lede <= mention.block <= article.lede + 1 or mention.sentence < 0:
            continue
        place = article.sentences[mention.sentence]
        told = blocks[mention.block].text[mention.end : place.end]
        if re.match(r"(?:,[^.;]{1,200},|,? who [^.;]{1,200},)?,? (?:who )?(?:has )?(?:died|passed away)\b", told):
            return True
    return False
