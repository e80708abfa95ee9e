"""The world a figure is said in: whose statement it is, how sure, of what time and place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from checker.data import lexicon
from checker.language.article import Article
from checker.language.dating import date_of
from checker.language.english import Token
from checker.language.phrases import root_of
from checker.model import BlockKind, Figure, Interval, Kind
from checker.patterns import lazy

_ACCORDING = lazy(
    r"\b[Aa]ccording to (?:the |a |an |its |their )?"
    r"((?:[A-Z][\w.&'’-]*|[a-z-]+)(?: (?:of |and |the )?[A-Z][\w.&'’-]*){0,4})"
)


_QUANTITIES = frozenset({Kind.COUNT, Kind.MONEY, Kind.PERCENT, Kind.RATIO, Kind.MEASURE})


@dataclass(frozen=True, slots=True)
class World:
    """`time` is the TIMEX3 value of the nearest date in the sentence, `when` its days, `place` a name behind "in" or
    "at"."""

    time: str = ""
    when: Interval | None = None
    place: str = ""
    speaker: str = ""
    modality: str = "asserted"


@cache
def _words(group: str, name: str) -> frozenset[str]:
    return frozenset(lexicon("claims")[group][name])


def world(
    article: Article,
    figure: Figure | None,
    sentence: int,
    tokens: Sequence[Token],
    inside: Sequence[Token],
    noun: Token | None = None,
) -> World:
    """What surrounds a figure, which counts or measures `noun`, in its sentence.  Without a parse only the time is known."""
    if sentence < 0:
        return World()
    place = article.sentences[sentence]
    at = figure.start if figure is not None else (inside[0].start if inside else place.start)
    if figure is not None and inside and figure.kind in _QUANTITIES:
        told = date_of(article, sentence, figure, tokens, root_of(list(inside)), noun)
        time, when = ("", None) if told is None else (told.timex, told.days)
    else:
        date = _date(article, place.block, place.start, place.end, at)
        time, when = ("", None) if date is None else (date.timex, _days(date))
    if not inside:
        return World(time, when)
    return World(time, when, _place(tokens, inside), _speaker(article, sentence, tokens), _modality(tokens, inside))


def _days(date: Figure) -> Interval | None:
    return None if date.low is None or date.high is None else Interval(date.low, date.high)


def _date(article: Article, block: int, start: int, end: int, at: int) -> Figure | None:
    """The date nearest to the figure in its sentence, one behind it in the same clause preferred."""
    best, best_distance = None, 10_000
    text = article.document.blocks[block].text
    for other in article.figures_in(block):
        if other.kind != Kind.DATE or not (start <= other.start < end) or not other.timex:
            continue
        low, high = sorted((at, other.start))
        between = text[low:high]
        distance = (high - low) + 60 * between.count(";") + 25 * between.count(",") + 25 * between.count(" and ")
        if other.start < at:
            distance += 15
        if other.low is None or other.high is None:
            distance += 25  # "in the same quarter of 2023": the year says when
        if distance < best_distance:
            best, best_distance = other, distance
    return best


def _place(tokens: Sequence[Token], inside: Sequence[Token]) -> str:
    """The proper name behind the first "in", "at" or "near" after the figure, else the last before it."""
    last = inside[-1].index
    found = [
        " ".join(_name(tokens, t.index + 1))
        for t in tokens
        if t.lower in ("in", "at", "near", "across") and t.index + 1 < len(tokens) and _name(tokens, t.index + 1)
        if last < t.index <= last + 8
    ]
    return found[0] if found else ""


def _name(tokens: Sequence[Token], at: int) -> list[str]:
    words = []
    if at < len(tokens) and tokens[at].lower in ("the", "central", "northern", "southern", "eastern", "western"):
        at += 1
    while at < len(tokens) and tokens[at].tag in ("NNP", "NNPS"):
        words.append(tokens[at].text)
        at += 1
    return words


def _speaker(article: Article, sentence: int, tokens: Sequence[Token]) -> str:
    """Whose statement the sentence is: the subject of its verb of saying, or the name behind "according to"."""
    text = article.text(sentence)
    match = _ACCORDING.search(text) or re.search(r"\b[Aa]ccording to ((?:the |a )?[a-z]+(?: [a-z]+)?)", text)
    if match:
        return match.group(1).removeprefix("the ").removeprefix("a ").lower()
    saying = _words("verbs", "saying")
    for token in tokens:
        if token.lemma in saying and token.is_verb:
            for other in tokens:
                if other.head == token.index and other.dep == "nsubj" and other.lower not in ("which", "that", "who"):
                    return other.lower
    if article.document.blocks[article.sentences[sentence].block].kind == BlockKind.QUOTE:
        return "quote"
    return ""


def _modality(tokens: Sequence[Token], inside: Sequence[Token]) -> str:
    """From the words of the figure's own clause, whose verb is climbed to."""
    clause = [t for t in _clause(tokens, inside[-1]) if t.tag not in ("NNP", "NNPS")]  # "on May 19"
    words = {t.lemma for t in clause} | {t.lower for t in clause}
    for name in ("denied", "conditional", "possible", "planned"):
        if words & _words("modality", name):
            return name
    return "asserted"


def _clause(tokens: Sequence[Token], token: Token) -> list[Token]:
    """The verbs above a token up to the sentence's root, with their auxiliaries, adverbs and marks."""
    at, chain = token, []
    for _ in range(20):
        head = tokens[at.head]
        if at.is_verb or at.tag in ("MD",) or at.is_noun:
            chain.append(at)
        if head.index == at.index:
            break
        if at.is_verb and at.dep in ("ROOT", "ccomp", "relcl", "conj", "parataxis"):
            break
        at = head
    heads = {t.index for t in chain if t.is_verb}
    return chain + [t for t in tokens if t.head in heads and t.dep in ("aux", "auxpass", "neg", "advmod", "mark")]
