"""What is known of single words: how rare they are in news, and how alike two of them are in meaning.

``rules/linker/document-frequencies.tsv`` says in how many articles of a corpus a word stands (``checker.relations.fit``
writes it).  ``rules/linker/vectors.npy`` holds a row of 96 signed bytes for each word of ``vectors.txt``: the leading
principal components of the word's embedding by all-MiniLM-L6-v2 (Apache 2.0; ``docs/linking.md``).  Everything is
computed with whole numbers, so that it is the same on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import log
from typing import Any

from checker.data import lexicon, rules_folder

FULL = 100  # the likeness of a word to itself
_LOW, _HIGH = 3_600, 11_300  # dot products (of 127 squared) from which words are a little and as much as may be alike
_NONE: frozenset[int] = frozenset()
_MOST = 80  # the likeness of two words that mean the same


@cache
def _frequencies() -> tuple[int, dict[str, int]]:
    lines = (rules_folder() / "linker" / "document-frequencies.tsv").read_text(encoding="utf-8").splitlines()
    total = int(lines[0].split("\t")[1])
    return total, {word: int(number) for word, number in (line.split("\t") for line in lines[1:])}


@cache
def rarity(word: str) -> float:
    """How little a shared word can be chance: 0 for one in every article, 1 for one that the corpus hardly knows."""
    total, known = _frequencies()
    return log(total / known.get(word, 5)) / log(total / 5)


@cache
def _vectors() -> tuple[Any, dict[str, int]]:
    import numpy

    folder = rules_folder() / "linker"
    names = (folder / "vectors.txt").read_text(encoding="utf-8").split("\n")
    return numpy.load(folder / "vectors.npy", allow_pickle=False), {name: i for i, name in enumerate(names) if name}


def is_known(word: str) -> bool:
    """Whether a lower-case word is one of those whose use is known."""
    return word in _vectors()[1]


@cache
def _groups(name: str) -> dict[str, frozenset[int]]:
    """For each word of a list of synonyms or opposites the numbers of its groups."""
    found: dict[str, set[int]] = {}
    for number, group in enumerate(lexicon("synonyms")[name]):
        for word in group.split():
            found.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


def are_opposites(a: str, b: str) -> bool:
    """Whether two words name what is set against each other: pupils and teachers."""
    known_to = _groups("opposites")
    return a != b and not known_to.get(a, _NONE).isdisjoint(known_to.get(b, _NONE))


def likenesses(words: Sequence[str]) -> Any:
    """A square matrix (numpy, int32) of the likeness of each word to each other: 100 to itself, 0 to 80 to others."""
    import numpy

    rows, places = _vectors()
    known = numpy.array([places.get(word, -1) for word in words], dtype=numpy.int64)
    chosen = rows[known].astype(numpy.float32)  # sums of products stay whole and below 2 to the 24, so they are exact
    chosen[known < 0] = 0
    found = ((chosen @ chosen.T).astype(numpy.int32) - _LOW) * _MOST // (_HIGH - _LOW)
    found = numpy.clip(found, 0, _MOST)
    for name, value in (("groups", _MOST), ("opposites", 0)):
        known_to = _groups(name)
        members: dict[int, list[int]] = {}
        for i, word in enumerate(words):
            for group in known_to.get(word, _NONE):
                members.setdefault(group, []).append(i)
        for own in members.values():
            if len(own) > 1:
                found[numpy.ix_(own, own)] = value
    numpy.fill_diagonal(found, FULL)
    return found


@cache
def likeness(a: str, b: str) -> int:
    """The likeness of two words, 0 to 100: what ``likenesses`` has for them, without its matrices."""
    if a == b:
        return FULL
    for name, value in (("opposites", 0), ("groups", _MOST)):
        known_to = _groups(name)
        if not known_to.get(a, _NONE).isdisjoint(known_to.get(b, _NONE)):
            return value
    rows, places = _vectors()
    one, other = places.get(a), places.get(b)
    product = 0 if one is None or other is None else int(rows[one].astype("int32") @ rows[other].astype("int32"))
    return min(_MOST, max(0, (product - _LOW) * _MOST // (_HIGH - _LOW)))
