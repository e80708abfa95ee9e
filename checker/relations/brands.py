"""Names of two words of which one changes by a letter or two: "Harlow Biotech", then "Barlow Biotech"; a surname that the
headline spells in another way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from checker.data import lexicon
from checker.language.article import Article
from checker.language.people import People, people
from checker.language.words import is_known, rarity
from checker.model import BlockKind, Relation
from checker.patterns import lazy
from checker.relations.names import CHANGED, Place, alike, apart, one_name, rareness

_PAIR = lazy(r"(?<![\w’'-])(?=(?P<first>[A-Z][a-z]{2,}) (?P<second>[A-Z][a-z]{2,})(?![\w’'-]*[’'-]\w{2,}|\w))")
_WORD = lazy(r"(?<![\w’'-])[A-Z][a-z]{4,}(?![\w-])")
_RARE = 0.97
_UNKNOWN = 0.999  # of a word that news does not know
_LEAST = 5  # letters of the word that changes
_TEXT = frozenset({BlockKind.BODY, BlockKind.QUOTE, BlockKind.LIST_ITEM, BlockKind.CAPTION})


@cache
def _given_names() -> frozenset[str]:
    return frozenset(lexicon("people")["given"]["names"])


def find(article: Article) -> Iterable[Relation]:
    """``same-name`` relations of two spellings of one name."""
    known = people(article)
    yield from _pairs(article, known)
    yield from _headlines(article, known)


def _pairs(article: Article, known: People) -> Iterator[Relation]:
    surnames = {person.surname for person in known.persons} | {m.surname for m in known.strangers}
    found: dict[tuple[str, bool], dict[str, list[Place]]] = {}
    for number, block in enumerate(article.document.blocks):
        if block.kind not in _TEXT:
            continue
        for match in _PAIR.finditer(block.text):
            one, other = match["first"], match["second"]
            if one in _given_names() or one in surnames or other in surnames:
                continue
            place = (number, match.start("first"), match.end("second"))
            if len(one) >= _LEAST:
                found.setdefault((other, True), {}).setdefault(one, []).append(place)
            if len(other) >= _LEAST:
                found.setdefault((one, False), {}).setdefault(other, []).append(place)
    for names in found.values():
        if len(names) == 2:
            (a, first), (b, second) = sorted(names.items(), key=lambda item: item[1][0])
            if min(len(first), len(second)) == 1 and _is_slip(a, b) and not _together(article, first, second):
                text = article.document.blocks[second[0][0]].text
                if not CHANGED.search(text, max(0, second[0][1] - 60), second[0][2] + 60):
                    yield one_name(article, first[0], second[0], 0.85, "both are one name")


def _is_slip(a: str, b: str) -> bool:
    one, other = a.lower(), b.lower()
    if max(rareness(a), rareness(b)) < _RARE or (
        one[:4] == other[:4] and (one.startswith(other) or other.startswith(one))
    ):
        return False
    distance = apart(one, other)
    if {one[-2:], other[-2:]} & {"an", "ic"} and one[:-2] == other[:-2]:
        return False  # Olympic and Olympian, Slovak and Slovakian
    if re.search("['’]", one + other) or (one[:4] == other[:4] and is_known(one) and is_known(other)):
        return False  # "Time Warner" and "Time warned" are two words that there are
    rare = max(rareness(a), rareness(b)) >= _UNKNOWN
    return distance == 1 or (rare and distance == 2 and min(len(one), len(other)) >= 7 and one[:3] == other[:3])


def _together(article: Article, first: list[Place], second: list[Place]) -> bool:
    sentences = [{article.sentence_at(block, start) for block, start, _ in places} for places in (first, second)]
    return bool(sentences[0] & sentences[1])


def _headlines(article: Article, known: People) -> Iterator[Relation]:
    """A surname of the headline that the text knows only by another spelling."""
    everybody = (*known.persons, *known.likely)
    if not everybody:
        return
    text = " ".join(block.text for block in article.document.blocks if block.kind in _TEXT)
    for number, block in enumerate(article.document.blocks):
        if block.kind not in (BlockKind.HEADLINE, BlockKind.DEK) or block.text.isupper():
            continue
        for match in _WORD.finditer(block.text):
            word = match.group()
            if rarity(word.lower()) < _RARE or word in text or word.lower() in text:
                continue
            close = {
                p.surname: p
                for p in everybody
                if apart(word.lower(), p.surname.lower()) == 1
                and alike(word, p.surname, endings=frozenset(("s", "es", "n", "an", "ian")))
            }
            if len(close) == 1:
                (surname, person), *_ = close.items()
                if surname not in block.text:
                    first = person.mentions[0]
                    place = (first.block, first.surname_start, first.end)
                    yield one_name(article, (number, match.start(), match.end()), place, 0.85, "both name one person")
