"""Headlines in capitals, written as their words would stand in a sentence, so that the grammar can read their figures.

"Blast Kills at Least 20, Hurts More Than a Third of 60 Workers" names nobody with its capitals.  Words that the grammar
knows are put in lower case, and so are those on either side of a number; every character keeps its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from checker.data import lexicon
from checker.patterns import lazy

_LONGEST = 160  # characters of a headline
_ANY_WORD = lazy(r"(?<![\w’'])[A-Za-z]+")
_SMALL = frozenset(
    "a an the of in on at to by for and or nor but as from with up off over into if per via vs v de la".split()
)
_WORD = lazy(r"(?<![\w’'.])[A-Za-z]{2,}(?![\w.])|(?<![\w’'.])[Aa](?=[\s-])")
_RESULT = lazy(r"[A-Z][A-Za-z’'& -]* \d{1,3},? [A-Z][A-Za-z’'& -]* \d{1,3}\W*")  # "Arsenal 2 Chelsea 1"
_NUMBER_AHEAD = lazy(r"\s[$£€]?(?!(?:1[5-9]|20)\d\d\b|\d+[-–]\d)\d")  # of no year or score
_NUMBER_BEHIND = lazy(r"(?<![\d.,–-])[\d.,]+\s$")
_AGE_AHEAD = lazy(r"(?:\s[A-Z][\w’'.-]+){0,2}(?:,\s|\s\()\d{1,3}\b(?![,.]\d)")  # "Will Smith, 47"
_PEOPLE = ("people", "men", "women", "children")
_MORE = """chance chances odds favourite favorite shot split outsider win wins won record victory draw majority bedroom storey seat
door member strong point points times time year years month months week weeks day days hour hours minute minutes seconds old
aged age ages killed dead died hurt injured wounded jailed were was rest people others most best worst owned kind rather share
son sons daughter daughters wife husband partner baby twins barrel gallon litre liter hour tall high wide long deep""".split()


def is_titled(text: str) -> bool:
    """Whether the words of a short text begin with capitals, all but the small ones."""
    if len(text) > _LONGEST or _RESULT.fullmatch(text):
        return False
    words = [word for word in _ANY_WORD.findall(text) if word not in _SMALL]
    return len(words) > 1 and not any(word.islower() for word in words)


def plain(text: str) -> str:
    """A headline in capitals as it would stand in a sentence, of the same length; any other text as it is."""
    return _WORD.sub(_lowered, text) if is_titled(text) else text


def _lowered(found: re.Match[str]) -> str:
    word, text = found.group(), found.string
    lower = word.lower()
    start, end = found.span()
    if lower in _names() or _AGE_AHEAD.match(text, end):
        return word
    plural = lower.endswith("s") or lower in _PEOPLE
    known = lower in _common() or text[start - 1 : start] == "-" or _NUMBER_AHEAD.match(text, end) is not None
    return lower if known or (plural and _NUMBER_BEHIND.search(text, max(0, start - 12), start)) else word


@cache
def _names() -> frozenset[str]:
    """Words whose capital says what they are: "May", "Pro", "Road"."""
    calendar, labels = lexicon("calendar"), lexicon("labels")
    tables = [calendar["months"], calendar["weekdays"], labels["named"], labels["streets"]]
    return frozenset(_words(tables)) | {"us", "who"}


@cache
def _common() -> frozenset[str]:
    hedges, labels, numbers = lexicon("hedges"), lexicon("labels"), lexicon("numbers")
    units = [row["names"] for row in lexicon("units")["unit"]]
    coins = [name.split()[-1] for row in lexicon("currencies")["currency"] for name in row["names"]]
    words = set(_words([hedges, labels["not_counted"], labels["after_one"], numbers, units, coins])) | set(_MORE)
    return frozenset(words | {f"{word}s" for word in words})


def _words(value: object) -> Iterator[str]:
    """Every word in the lists, keys and values of a lexicon's table."""
    if isinstance(value, str):
        yield from value.lower().split()
    elif isinstance(value, dict):
        yield from _words([*value, *value.values()])
    elif isinstance(value, Iterable):
        for item in value:
            yield from _words(item)
