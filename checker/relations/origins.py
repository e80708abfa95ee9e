"""Where somebody was born, grew up or died, told with two towns: "born in Dungarvan", then "Clonmel, the town where she
was born"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from checker.language.article import Article
from checker.language.people import People, Person, people
from checker.language.protagonist import Protagonist, protagonist
from checker.model import BlockKind, Relation
from checker.patterns import lazy
from checker.relations.homes import is_region
from checker.relations.names import Place, one_name

_NAME = r"[A-ZÀ-ÖØ-Þ][\w’'-]+"
_TOWN = rf"(?P<town>{_NAME}(?: (?:(?:on|upon|in|under|le|la|do|de|da|del) )?{_NAME})?)(?P<region>, {_NAME}(?: {_NAME})?)?(?![\w’'])"
_SORT = (
    r"(?:town|city|village|port|place|suburb|island|hamlet|parish|borough|community|seaside town|port city|hometown)"
)
_PRONOUN = r"(?P<pronoun>[Hh]e|[Ss]he|[Hh]is|[Hh]er)"
_WAYS = (
    ("born", lazy(rf"\b[Bb]orn (?:and (?:raised|bred|brought up) |‹\w\d+› |[a-z ]{{0,20}})?(?:in|at|near) {_TOWN}")),
    ("born", lazy(rf"\b{_TOWN},? (?:the |a )?(?:[a-z]+ ){{0,3}}?{_SORT} (?:in which |where |that ){_PRONOUN} (?:was|had been) born\b")),
    ("born", lazy(rf"\b{_TOWN},? (?:the |a )?(?:[a-z]+ )?{_SORT} of {_PRONOUN} birth\b")),
    ("born", lazy(rf"\b(?:birthplace|native (?:town|city|village)|(?:town|city|village|place) of (?:his|her) birth)(?: of|,| is| was)? {_TOWN}")),
    ("born", lazy(rf"\b{_TOWN}, where {_PRONOUN} was born\b")),
    ("born", lazy(rf"\b(?P<town>{_NAME})(?P<region>)-born\b")),
    ("born", lazy(rf"\b(?:[Aa] |[Tt]he )?native of {_TOWN}")),
    ("raised", lazy(rf"\b(?:grew up|was raised|was brought up|spent (?:his|her) (?:childhood|boyhood|girlhood)|(?:his|her) (?:childhood|boyhood|girlhood)) (?:[a-z ]{{0,24}})?in {_TOWN}")),
    ("raised", lazy(rf"\b{_TOWN},? (?:(?:the |a )?(?:[a-z]+ )?{_SORT} )?(?:is )?where (?:{_PRONOUN}|I) (?:grew up|was raised|was brought up|spent (?:his|her|my) (?:childhood|boyhood|girlhood))\b")),
    ("died", lazy(rf"\b(?:died|passed away) (?:at home |peacefully |suddenly |in (?:a )?hospital )?(?:in|at|near) {_TOWN}")),
)  # fmt: skip
_CUE = lazy(
    r"\b(?:[Bb]orn|birth|birthplace|native|grew up|raised|brought up|childhood|boyhood|girlhood|died|passed away)\b"
)
_OTHERS = lazy(
    r"\b(?:parents?|mother|father|wife|husband|son|sons|daughter|daughters|brother|sister|grand\w+|family|uncle|aunt|cousin|partner|children|child|twins?|who|whose|they|them|ancestors?|were)\b"
)
_UNSURE = lazy(r"\b(?:not|or|if|claim\w*|said to|believed|thought|may|might|moved|sometimes|legend|although|rather)\b")
_BODY = (BlockKind.BODY, BlockKind.QUOTE, BlockKind.LIST_ITEM, BlockKind.CAPTION)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where somebody was born, grew up or died."""

    way: str
    town: str
    region: str
    place: Place
    sentence: int


def find(article: Article) -> Iterable[Relation]:
    """``same-name`` relations of two towns of one event of one person's life."""
    if sum(1 for block in article.document.blocks if _CUE.search(block.text)) == 0:
        return
    known = people(article)
    told: dict[str, list[Origin]] = {}
    for owner, origin in _origins(article, known):
        told.setdefault(f"{owner} {origin.way}", []).append(origin)
    for origins in told.values():
        first = origins[0]
        for second in origins[1:]:
            if second.sentence == first.sentence:
                continue
            if second.town == first.town:
                yield one_name(article, first.place, second.place, 0.86, "both are of one person", same=True)
            elif _differ(article, first, second):
                yield one_name(article, first.place, second.place, 0.86, "both are of one person")
                break


def _origins(article: Article, known: People) -> Iterator[tuple[str, Origin]]:
    main = protagonist(article, known)
    for number, block in enumerate(article.document.blocks):
        if block.kind not in _BODY or not _CUE.search(block.text):
            continue
        for way, pattern in _WAYS:
            for found in pattern.finditer(block.text):
                index = article.sentence_at(number, found.start())
                owner = _owner(article, known, main, number, index, found)
                if owner is None or is_region(found["town"]):
                    continue
                region = (found["region"] or "").lstrip(", ")
                yield owner, Origin(way, found["town"], region, (number, found.start("town"), found.end("town")), index)


def _owner(
    article: Article, known: People, main: Protagonist | None, block: int, index: int, found: re.Match[str]
) -> str | None:
    """Whose life is told: the only person named in the sentence before, or the one whom all the article is about."""
    if index < 0:
        return None
    place = article.sentences[index]
    text = article.document.blocks[block].text
    before = text[place.start : found.start()]
    if _UNSURE.search(text[place.start : found.end()]) or (
        re.search(r"[“\"][^”\"]*$", before) and "I" not in found.group()
    ):
        return None
    clause = re.split(r"[;:]|, and |, but ", before)[-1]
    if _OTHERS.search(clause):
        return None
    everybody = (*known.persons, *known.likely)
    named = {
        p.surname for p in everybody for m in p.mentions if m.block == block and place.start <= m.start < found.start()
    }
    if len(named) == 1:
        return named.pop()
    if named:
        return None
    own = main.person if main is not None else _only(known.persons) or _only(everybody)
    return own.surname if own is not None else None


def _only(everybody: tuple[Person, ...]) -> Person | None:
    """The one person that a short article names."""
    return everybody[0] if len({person.surname for person in everybody}) == 1 else None


def _differ(article: Article, first: Origin, second: Origin) -> bool:
    """Whether neither town can lie in the other: they are never named together, and none is the other's region."""
    if {first.town, first.region} & {second.town, second.region} - {""}:
        return False
    if first.town in second.town or second.town in first.town:
        return False
    for sentence in article.sentences:
        text = article.text(sentence.index)
        if first.town in text and second.town in text:
            return False
    return True
