"""Hedges: the words on either side of a figure that say how exactly it is meant, or that it is a change."""

from __future__ import annotations

import re
from functools import cache

from checker.data import lexicon
from checker.model import Hedge

_WORD_BEFORE = re.compile(r"([\w.'’~]+)[\s\u00a0]*$")
_LONGEST = 5
# "a victory over 40 rivals", "a row over 12 jobs": no hedge
_NO_HEDGE_AFTER = frozenset(
    "spread victory win lead triumph dispute row divided took takes passed concern fears".split()
)


@cache
def _before() -> dict[tuple[str, ...], Hedge]:
    return {
        tuple(phrase.split()): Hedge(name)
        for name, phrases in lexicon("hedges")["before"].items()
        for phrase in phrases
    }


@cache
def _after() -> tuple[tuple[str, Hedge], ...]:
    found = [(phrase, Hedge(name)) for name, phrases in lexicon("hedges")["after"].items() for phrase in phrases]
    return tuple(sorted(found, key=lambda pair: -len(pair[0])))


@cache
def _change() -> dict[str, Hedge]:
    return {word: Hedge(name) for name, words in lexicon("hedges")["change"].items() for word in words}


def around(text: str, start: int, end: int) -> tuple[Hedge, int, int]:
    """The hedge of ``text[start:end]`` and the span of the figure with it; EXACT and its own span where it has none."""
    hedge, begin = _hedge_before(text, start)
    if hedge is None:
        hedge, stop = _hedge_after(text, end)
        return (hedge, start, stop) if hedge is not None else (Hedge.EXACT, start, end)
    return hedge, begin, end


def _hedge_before(text: str, start: int) -> tuple[Hedge | None, int]:
    words: list[tuple[str, int]] = []
    at = start
    while len(words) < _LONGEST:
        found = _WORD_BEFORE.search(text, max(0, at - 24), at)
        if not found:
            break
        words.insert(0, (found.group(1).lower().replace("’", "'"), found.start(1)))
        at = found.start(1)
        if at == 0 or text[at - 1] in ',;:.()"“”':
            break
    phrases = _before()
    for first in range(len(words)):
        phrase = tuple(word for word, _ in words[first:])
        if phrase in phrases:
            if len(phrase) == 1 and not _fits(text, words[first][1], phrase[0]):
                return None, start
            return phrases[phrase], words[first][1]
    return None, start


def _fits(text: str, at: int, word: str) -> bool:
    """Whether a word that is also a preposition hedges here: not "won over 40 rivals in", "walked over 12 bridges"."""
    before = _WORD_BEFORE.search(text, max(0, at - 24), at)
    previous = before.group(1).lower() if before else ""
    if word in ("over", "under"):
        return previous not in (
            "spread",
            "victory",
            "win",
            "lead",
            "triumph",
            "dispute",
            "row",
            "divided",
            "took",
            "takes",
            "passed",
        )
    if word == "near":
        return previous not in ("bus", "town", "village", "road", "car", "crash", "in", "a")
    return True


def _hedge_after(text: str, end: int) -> tuple[Hedge | None, int]:
    following = text[end : end + 16]
    lower = following.lower()
    for phrase, hedge in _after():
        gap = "" if phrase[0] in "-+" else " "
        if lower.startswith(gap + phrase):
            stop = len(gap) + len(phrase)
            if stop >= len(following) or not following[stop].isalnum():
                if phrase == "odd" and not lower.startswith((" odd", "-odd")):
                    continue
                return hedge, end + stop
    return None, end


def change_before(text: str, start: int) -> Hedge | None:
    """UP or DOWN where the figure is what something rose or fell by: "rose 4 %", "up by 12", "an increase of 434"."""
    found = _WORD_BEFORE.search(text, max(0, start - 24), start)
    if not found:
        return None
    word = found.group(1).lower()
    if word in ("by", "of", "a", "an", "another", "further"):
        found = _WORD_BEFORE.search(text, max(0, found.start(1) - 24), found.start(1))
        if not found:
            return None
        inner = found.group(1).lower()
        if word == "of" and inner in ("up", "down", "higher", "lower", "off", "lost", "cut"):
            return None
        word = inner
    return _change().get(word)


def change_after(text: str, end: int) -> Hedge | None:
    """UP or DOWN where a noun of change follows: "a 76 % rise", "12 % higher"."""
    found = re.match(r"[\s-]+(?:annual |year-on-year |yearly |pay |price )?([a-z]+)", text[end : end + 40])
    if not found:
        return None
    word = found.group(1)
    if word in ("up", "down", "off", "cut", "lost", "added", "raised", "gained") and not re.match(
        r"[\s-]+(?:up|down)\b", text[end : end + 8]
    ):
        return None
    if word in ("rise", "increase", "gain", "jump", "surge", "climb", "growth", "hike", "higher", "boost"):
        return Hedge.UP
    if word in ("fall", "drop", "decline", "decrease", "cut", "reduction", "slide", "slump", "plunge", "lower", "dip"):
        return Hedge.DOWN
    return None
