"""Where a person is from or lives, told in two ways: "Ruth Osei, 44, of Turlock," and "the Modesto woman"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from checker.data import lexicon
from checker.language.article import Article
from checker.language.people import Mention, People, Person, people
from checker.model import BlockKind, Relation
from checker.patterns import lazy
from checker.relations.names import Place, alike, one_name

_NAME = r"[A-ZÀ-ÖØ-Þ][\w’'-]+"
_TOWN = rf"(?P<town>{_NAME}(?: (?:(?:on|upon|in|under|le|la|do|de|da|del) )?{_NAME})?)"
_STOP = r"(?=[,.;)]|$| [a-z])"
_NEAR = r"(?:in|near|outside|at|just outside)"
_HOUSE = r"(?P<house>home|house|flat|apartment|cottage|bungalow|farm|farmhouse|smallholding|ranch)"
_SOMEBODY = (
    r"(?:man|woman|boy|girl|teenager|pensioner|mother|father|mum|dad|mom|grandmother|grandfather|resident|schoolboy|schoolgirl|student|teacher|nurse|"
    r"builder|farmer|businessman|businesswoman|driver|plumber|carer|native)"
)
# behind a name; the way is "address" where an age stands between, as court reports have it
_BEHIND = (
    ("of", lazy(rf"(?P<age>,? \(?\d{{1,3}}\)?)?, of {_TOWN}{_STOP}")),
    ("from", lazy(rf"(?P<age>,? \(?\d{{1,3}}\)?)?, from {_TOWN}{_STOP}")),
    ("from", lazy(rf"(?:, \d{{1,3}})?, an? (?:[^.;,]|, (?=\d)){{3,60}}? from {_TOWN}{_STOP}")),
    ("home", lazy(rf"(?:, \d{{1,3}})?, who lives (?:[a-z ]{{0,40}})?{_NEAR} {_TOWN}{_STOP}")),
    ("farm", lazy(rf"(?:, \d{{1,3}})?, who farms (?:[a-z0-9 ]{{0,40}})?{_NEAR} {_TOWN}{_STOP}")),
    ("home", lazy(rf" lives (?:[a-z ]{{0,40}})?{_NEAR} {_TOWN}{_STOP}")),
)
_TIED = (
    ("town", lazy(rf"\b(?:[Hh]is|[Hh]er) (?:home ?town(?: of|,)?|native) {_TOWN}{_STOP}")),
    ("house", lazy(rf"\b(?:[Hh]is|[Hh]er|(?P<their>[Tt]heir)) (?:own |family |[a-z]+-bedroom(?:ed)? )?{_HOUSE} {_NEAR} {_TOWN}{_STOP}")),
)  # fmt: skip
_THE = lazy(rf"\b[Tt]he {_TOWN} {_SOMEBODY}\b(?! (?:from|of)\b)")
# one of them stands in whatever the patterns find
_CUE = lazy(
    r", (?:of|from) | from | who (?:lives|farms) | lives | home|native|\b(?:[Hh]is|[Hh]er|[Tt]heir) |\b[Tt]he [A-Z]"
)
_MOVED = lazy(
    r"\b(?:moved|mov(?:es|ing)|relocat\w*|settled|emigrat\w*|resettled|formerly|originally|previously|used to|second home|holiday home|both|now lives|"
    r"divid\w+|splits? (?:his|her) time)\b"
)
_ONE_THING = frozenset(
    frozenset(pair.split())
    for pair in (
        "of", "from", "native", "home", "farm", "town", "address", "the", "of home", "of the", "of address", "from the",
        "address from", "address home", "address the", "from town", "native town",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Home:
    """A town that a person is said to be of, in one of the ways in which it is said."""

    person: Person
    way: str
    town: str
    place: Place


def find(article: Article) -> Iterable[Relation]:
    """``same-name`` relations of two towns of one person."""
    yield from _nameless(article)
    known = people(article)
    if not known.persons:
        return
    named = [*_named(article, known)]
    homes = sorted((*named, *_meant(article, known, named)), key=lambda home: home.place)
    for number, second in enumerate(homes):
        first = next((h for h in homes[:number] if h.person is second.person and _one_thing(h, second)), None)
        if first is None:
            continue
        if first.town == second.town:
            yield one_name(article, first.place, second.place, 0.8, "nobody moved", same=True)
        elif not _may_differ(article, first, second, homes):
            yield one_name(article, first.place, second.place, 0.8, "nobody moved")


# "A 17-year-old from Tralee has become", then "His home town, Sligo, is laying on a bus"
_SOMEBODY_FROM = lazy(
    rf"^(?:An? |The )(?:[a-z0-9-]+ ){{0,4}}?(?:\d{{1,2}}-year-old|{_SOMEBODY})(?: [a-z-]+)? from {_TOWN}(?= (?:has|have|had|was|is|will|who|[a-z]+ed)\b|,)"
)
_HOME_TOWN = lazy(
    rf"(?:\b[Hh]is|\b[Hh]er) (?:home ?town|home village|native village)(?: of|,)? {_TOWN}(?=[,.;)]|$| [a-z])"
)


def _nameless(article: Article) -> Iterator[Relation]:
    """Somebody whom the first paragraph only says where he is from, and the only home town that the text tells."""
    blocks = article.document.blocks
    first = _SOMEBODY_FROM.match(blocks[article.lede].text) if 0 <= article.lede < len(blocks) else None
    if first is None:
        return
    told = [
        (number, found)
        for number, block in enumerate(blocks)
        if block.kind in (BlockKind.BODY, BlockKind.QUOTE, BlockKind.LIST_ITEM)
        for found in _HOME_TOWN.finditer(block.text)
    ]
    if len(told) != 1 or is_region(first["town"]) or is_region(told[0][1]["town"]):
        return
    number, found = told[0]
    before = blocks[number].text[: found.start()]
    if re.search(r"\b[A-Z][\w’'-]+ [A-Z]", before) or '"' in before or "“" in before or _MOVED.search(before):
        return
    one, other = first["town"], found["town"]
    places = [*_occurrences(article, one)]
    if one != other and (len(places) > 1 or len([*_occurrences(article, other)]) > 1):
        return
    yield one_name(
        article,
        (article.lede, first.start("town"), first.end("town")),
        (number, found.start("town"), found.end("town")),
        0.8,
        "nobody moved",
        same=one == other,
    )


def _one_thing(first: Home, second: Home) -> bool:
    if frozenset((first.way, second.way)) in _ONE_THING:
        return True
    return {first.way, second.way} == {"of", "from"} and alike(first.town, second.town)  # "of Google, from Leeds"


def _may_differ(article: Article, first: Home, second: Home, homes: list[Home]) -> bool:
    """Whether one town lies in the other, somebody moved, or the second is told of elsewhere too."""
    if any(is_region(home.town) for home in (first, second)):
        return True
    for block, start, end in (first.place, second.place):
        text = article.document.blocks[block].text
        if _MOVED.search(text, max(0, start - 80), end + 60):
            return True
    if first.way == second.way and first.way not in ("the", "farm"):
        return False
    told = {home.place for home in homes}
    return any(place not in told for place in _occurrences(article, second.town))


def _occurrences(article: Article, town: str) -> Iterator[Place]:
    for number, block in enumerate(article.document.blocks):
        for found in re.finditer(rf"\b{re.escape(town)}\b", block.text):
            yield number, found.start(), found.end()


@cache
def _regions() -> frozenset[str]:
    places = lexicon("places")
    return frozenset(places["names"]["words"]) | frozenset(places["regions"]["words"])


def is_region(town: str) -> bool:
    """Whether a name is no town's: a country, a county, a great city of which others are part, or a people's adjective."""
    lower = town.lower()
    return lower in _regions() or bool(
        re.search(r"(?:ish|ese|ian|ican|ench|erman|utch|iss|eek|ech|hai|raeli|stani|side|shire)$", lower)
    )


def _named(article: Article, known: People) -> Iterator[Home]:
    """Towns told behind or before a name."""
    for person in known.persons:
        yield from _natives(article, person)
        for mention in person.mentions:
            text = article.document.blocks[mention.block].text
            for way, pattern in _BEHIND:
                found = pattern.match(text, mention.end)
                if found is not None:
                    aged = "age" in found.groupdict() and found["age"]
                    yield Home(person, "address" if aged else way, found["town"], _place(mention, found))
                    break


def _place(mention: Mention, found: re.Match[str]) -> Place:
    return mention.block, found.start("town"), found.end("town")


def _meant(article: Article, known: People, named: list[Home]) -> Iterator[Home]:
    """Towns of "his home town of", "her farm near" and "the Bideford woman", where it is plain who is meant."""
    owners = {id(home.person): home.person for home in named}
    if len(owners) != 1:
        return
    (owner,) = owners.values()
    for number, block in enumerate(article.document.blocks):
        if block.kind not in (BlockKind.BODY, BlockKind.QUOTE, BlockKind.LIST_ITEM) or not _CUE.search(block.text):
            continue
        for way, pattern in _TIED:
            for found in pattern.finditer(block.text):
                if found.groupdict().get("their") and not _is_spouse(article, owner, number, found.start()):
                    continue
                if _last_before(known, number, found.start()) is owner:
                    house = found.groupdict().get("house") or ""
                    kind = way if way == "town" else "farm" if house in ("farm", "ranch", "smallholding") else "home"
                    yield Home(owner, kind, found["town"], (number, found.start("town"), found.end("town")))
        for found in _THE.finditer(block.text):
            if _last_before(known, number, found.start()) is not None and not _other_sex(article, owner, found.group()):
                yield Home(owner, "the", found["town"], (number, found.start("town"), found.end("town")))


def _is_spouse(article: Article, owner: Person, block: int, at: int) -> bool:
    """Whether "their" is of a person and his or her wife or husband: "Hollis's wife, Jenna, said from their home in"."""
    place = article.sentences[article.sentence_at(block, at)]
    before = article.document.blocks[block].text[place.start : at]
    return (
        re.search(rf"\b{re.escape(owner.surname)}['’]s? (?:wife|husband|partner|widow|widower|fiancée?)\b", before)
        is not None
    )


def _last_before(known: People, block: int, at: int) -> Person | None:
    """The person named last before a place."""
    before = [
        ((m.block, m.start), number)
        for number, person in enumerate(known.persons)
        for m in person.mentions
        if (m.block, m.start) < (block, at)
    ]
    return known.persons[max(before)[1]] if before else None


_MALE = lazy(r"\b(?:man|boy|father|dad|grandfather|businessman|schoolboy)$")
_FEMALE = lazy(r"\b(?:woman|girl|mother|mum|mom|grandmother|businesswoman|schoolgirl)$")


def _other_sex(article: Article, person: Person, noun: str) -> bool:
    """Whether the first pronoun behind a person's name is not that of the noun."""
    first = person.mentions[0]
    text = " ".join(block.text for block in article.document.blocks[first.block : first.block + 3])
    found = re.search(r"\b(he|his|him|she|her)\b", text[first.end :])
    if found is None:
        return False
    return bool((_FEMALE if found[1] in ("he", "his", "him") else _MALE).search(noun))


# one of them stands in what each of the patterns below finds, which are slow to make
_ORIGIN = lazy(" native | from | grew up | raised in ")
_TOWN = r"(?P<town>[A-Z][a-z]+(?: [A-Z][a-z]+)?)"
_FROM_THERE = lazy(
    rf",? (?:an? |the )?(?:[a-z]+ )?(?:native of|(?:who )?(?:was |is )?(?:originally )?from) {_TOWN}(?=[,.; ])"
)
_RAISED_THERE = lazy(rf" (?:grew up|was (?:born and )?raised) in {_TOWN}(?=[,.; ])")


def _natives(article: Article, person: Person) -> Iterator[Home]:
    """ "Pruett, a native of Sidney" and "In Sterling, where Pruett grew up": where somebody is from."""
    name = re.escape(person.surname)
    for number, block in enumerate(article.document.blocks):
        text = block.text
        if block.kind not in (BlockKind.BODY, BlockKind.QUOTE, BlockKind.LIST_ITEM) or person.surname not in text:
            continue
        if not _ORIGIN.search(text):
            continue
        told = list(_behind(_FROM_THERE, person.surname, text))
        if " native " in text:
            told += re.finditer(rf"\b{_TOWN} native (?:[A-Z][a-z]+ )*{name}\b", text)
        if ", where " in text and " grew up" in text:
            told += re.finditer(rf"\b[Ii]n {_TOWN}, where (?:[A-Z][a-z]+ )*{name} grew up\b", text)
        told += _behind(_RAISED_THERE, person.surname, text)
        for found in told:
            yield Home(person, "native", found["town"], (number, found.start("town"), found.end("town")))


def _behind(pattern: re.Pattern[str], name: str, text: str) -> Iterator[re.Match[str]]:
    """What a pattern finds right behind a name."""
    at = text.find(name)
    while at >= 0:
        inside = at > 0 and (text[at - 1].isalnum() or text[at - 1] == "_")
        found = None if inside else pattern.match(text, at + len(name))
        if found is not None:
            yield found
        at = text.find(name, found.end() if found is not None else at + 1)
