"""A relative of one person who is told as two: "his wife, Tasha," and later "his sister Tasha"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from checker.language.article import Article
from checker.language.people import People, Person, people
from checker.model import BlockKind, Relation
from checker.patterns import lazy
from checker.relations.names import Place, one_name

# Words for one tie are one line; nobody is two lines to one person.
_TIES = (
    "wife husband bride groom fiancée fiancé girlfriend boyfriend partner widow widower ex-wife ex-husband ex-partner",
    "mother mum mom stepmother",
    "father dad stepfather",
    "sister half-sister stepsister",
    "brother half-brother stepbrother",
    "daughter stepdaughter",
    "son stepson",
    "aunt", "uncle", "niece", "nephew", "grandmother", "grandfather", "granddaughter", "grandson", "cousin",
    "mother-in-law", "father-in-law", "sister-in-law", "brother-in-law", "daughter-in-law", "son-in-law",
)  # fmt: skip
_LINE = {word: number for number, line in enumerate(_TIES) for word in line.split()}
_TIE = "|".join(sorted(_LINE, key=len, reverse=True))
_TOLD = lazy(
    rf"\b(?P<owner>[Hh]is|[Hh]er|[A-Z][\w-]+['’]s?) (?:[a-z]+ )?(?P<tie>{_TIE}),? (?P<name>[A-Z][a-zà-ÿ]{{2,}})\b"
)
_DOUBTFUL = 0.5  # the confidence of what may be of two people of one name
_KINDS = frozenset({BlockKind.BODY, BlockKind.QUOTE, BlockKind.LIST_ITEM})


@dataclass(frozen=True, slots=True)
class Tie:
    """A relative by a first name, and whose."""

    owner: str
    line: int
    name: str
    place: Place


def find(article: Article) -> Iterable[Relation]:
    """``same-name`` relations of the words for one relative's tie to one person."""
    yield from _outside_list(article)
    known = people(article)
    told: dict[tuple[str, str], Tie] = {}
    for tie in _ties(article, known):
        first = told.setdefault((tie.owner, tie.name), tie)
        if first is not tie:
            yield one_name(
                article, first.place, tie.place, _DOUBTFUL, "both are of one person", same=first.line == tie.line
            )


_CHILDREN = lazy(
    r"\b(?P<number>two|three|four|five|[2-5]) (?P<tie>sons|daughters|children|brothers|sisters)(?: by [a-z ]{3,20})?,? (?P<names>[A-Z][a-zà-ÿ]+(?:, [A-Z][a-zà-ÿ]+)* and [A-Z][a-zà-ÿ]+)\b(?! [A-Z])"
)
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5}
_ONE_OF = {
    "sons": "son", "daughters": "daughter", "children": "son|daughter|child", "brothers": "brother", "sisters": "sister",
}  # fmt: skip


def _outside_list(article: Article) -> Iterator[Relation]:
    """ "Two sons, Carl and Owen" and, of the only family that is listed, "her son Evan"."""
    lists = [
        (number, found)
        for number, block in enumerate(article.document.blocks)
        if block.kind in _KINDS
        for found in _CHILDREN.finditer(block.text)
    ]
    if len(lists) != 1:
        return
    number, found = lists[0]
    names = re.findall(r"[A-Z][a-zà-ÿ]+", found["names"])
    stated = _NUMBERS.get(found["number"]) or int(found["number"])
    if len(names) != stated:
        return
    told = re.compile(
        rf"\b(?:[Hh]is|[Hh]er) (?:[a-z]+ )?(?:{_ONE_OF[found['tie']]}),? (?P<name>[A-Z][a-zà-ÿ]+)\b(?! [A-Z]|-)"
    )
    place = (number, found.start("names"), found.end("names"))
    for other, block in enumerate(article.document.blocks):
        if block.kind not in _KINDS:
            continue
        for match in told.finditer(block.text):
            if article.sentence_at(other, match.start()) != article.sentence_at(number, found.start()):
                same = match["name"] in names
                yield one_name(
                    article,
                    place,
                    (other, match.start("name"), match.end("name")),
                    _DOUBTFUL,
                    "both are of one family",
                    same=same,
                )


def _ties(article: Article, known: People) -> Iterator[Tie]:
    for number, block in enumerate(article.document.blocks):
        if block.kind not in _KINDS:
            continue
        for found in _TOLD.finditer(block.text):
            owner = _owner(known, found["owner"], number, found.start())
            if owner is not None:
                place = (number, found.start("tie"), found.end("tie"))
                yield Tie(owner.name, _LINE[found["tie"]], found["name"], place)


def _owner(known: People, word: str, block: int, at: int) -> Person | None:
    """Whose relative it is: the person named, or for "his" the one who alone was named last."""
    if word.lower() in ("his", "her"):
        return known.spoken_of(block, at)
    name = re.sub(r"['’]s?$", "", word)
    found = [person for person in known.persons if name in (person.surname, *person.given[:1])]
    return found[0] if len(found) == 1 else None
