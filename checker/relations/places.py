"""Names of places: a town, hall, street or school whose name changes by a few letters."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from checker.data import lexicon
from checker.language.article import Article
from checker.language.people import people
from checker.language.words import rarity
from checker.model import BlockKind, Relation
from checker.patterns import lazy
from checker.relations.names import CHANGED, Place, alike, apart, one_name, slipped

_PLACE = lazy(
    r"\b(?P<name>[A-Z][a-z]{3,}(?:['’]s)?)(?P<sort>(?: [A-Z][a-z]+){0,2}) (?P<kind>[A-Z][a-z]{3,})\b(?!['’ ]?[A-Z])"
)
_TOWN = lazy(
    r"\b(?:in|at|near|from|to|of|outside|around|through|towards?) (?P<name>[A-Z][a-z]{5,})(?!['’ -]?[A-Z]|[\w’'-])"
)
_PEOPLE = lazy(r"(?<=\w{3})(?:ians?|ans?|ites?|ers?|ese|ish|i|is|ards?|enos?|eños?|oises?|ics?)$")


@cache
def _kinds() -> frozenset[str]:
    return frozenset(lexicon("places")["kinds"]["words"])


def find(article: Article) -> Iterable[Relation]:
    """A hall, street or school whose name changes by a few letters: "Tillman Hall", then "Tilden Hall"."""
    surnames = {person.surname for person in people(article).persons}
    found: dict[str, dict[str, list[Place]]] = {}
    for number, block in enumerate(article.document.blocks):
        if block.kind in (BlockKind.HEADLINE, BlockKind.BYLINE):
            continue
        for match in _TOWN.finditer(block.text):
            if rarity(match["name"].lower()) > 0.99 and match["name"] not in surnames:
                place = (number, match.start("name"), match.end("name"))
                found.setdefault("", {}).setdefault(match["name"], []).append(place)
        for match in _PLACE.finditer(block.text):
            if match["kind"].lower() in _kinds():
                words = [re.sub(r"['’]s$", "", word) for word in (match["name"], *match["sort"].split())]
                for at in {0, len(words) - 1}:  # "Strathburn Primary School", "the Texas Appellate Court"
                    kind = " ".join((*words[at + 1 :], match["kind"]))
                    found.setdefault(kind, {}).setdefault(words[at], []).append((number, match.start(), match.end()))
    for kind in sorted(found):
        names = found[kind]
        ordered = sorted(names, key=lambda name: names[name][0])
        for i, one in enumerate(ordered):
            for other in ordered[i + 1 :]:
                near = (
                    alike(one, other) or _sounds_alike(one, other)
                    if kind
                    else slipped(one, other) and one[-1] == other[-1]
                )
                if not near or (one in surnames and other in surnames):
                    continue
                if {one.lower(), other.lower()} <= _opposites() or _is_people(one, other) or _is_people(other, one):
                    continue
                sentences = [{article.sentence_at(b, s) for b, s, _ in names[name]} for name in (one, other)]
                if sentences[0] & sentences[1]:
                    continue
                first, second = names[one][0], names[other][0]
                text = article.document.blocks[second[0]].text
                if not CHANGED.search(text, max(0, second[1] - 60), second[2] + 60):
                    yield one_name(article, first, second, 0.86, "both name one place")


def _sounds_alike(a: str, b: str) -> bool:
    """Whether names of places begin and end alike: "Tillman" and "Tilden"."""
    one, other = a.lower(), b.lower()
    return (
        one[:3] == other[:3]
        and one[-1] == other[-1]
        and abs(len(one) - len(other)) <= 1
        and len(one) > 5
        and apart(one, other) <= 3
    )


def _is_people(name: str, place: str) -> bool:
    """Whether a name is that of the people of a place: the Arkansans of Arkansas, the Moroccans of Morocco."""
    ending = _PEOPLE.search(name.lower())
    return ending is not None and place.lower().startswith(name.lower()[: ending.start()].rstrip("aeiouy"))


@cache
def _opposites() -> frozenset[str]:
    return frozenset(lexicon("places")["kinds"]["directions"])
