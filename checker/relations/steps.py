"""Steps that come in one order: of one person ("enlisted in 2012", "served in 2005") or of the one case that an article tells
(a suit filed and heard, a law passed and signed, a sample taken and reported), the first of a series and the last, and
what is told as "two years after" something that is dated elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from checker.data import lexicon
from checker.language.article import Article
from checker.language.deeds import Deed, deeds, is_dated_alike
from checker.model import Relation
from checker.patterns import lazy
from checker.relations.doers import doer

# another one of the kind, another time, or what is only feared
_ANOTHER = lazy(
    r"\b(?:another|second|third|other|others|again|previous\w*|earlier|former|similar|separate|re-|last time|first time|original\w*|initial\w*|also|until|"
    r"retrial|reopened|once|twice|unrelated|new|both)\b",
    re.I,
)
_AFTER = lazy(
    r"\b(?:(?P<gap>‹l\d+›|(?:a|the) (?:day|week|month|year)|(?:just |only )?(?:days|weeks|months|hours|shortly|soon)) )?after (?:the|his|her|its|their|that|this)(?P<phrase>(?: (?!which\b|who\b|that\b)[\w’'-]+){1,5})"
)


def find(article: Article) -> Iterable[Relation]:
    """``before`` relations."""
    told = [deed for deed in deeds(article) if not _ANOTHER.search(_clause(article, deed))]
    if not told:
        return
    yield from _of_persons(article, told)
    if len(told) > 1:
        yield from _of_cases(told)
        yield from _series(article, told)
    yield from _after(article, told)


def ordered(earlier: Deed, later: Deed, why: str) -> Iterator[Relation]:
    """A ``before`` relation of two dates that can be compared."""
    if earlier.date is not later.date and is_dated_alike(earlier.date, later.date):
        yield Relation("before", {"earlier": (earlier.date,), "later": (later.date,)}, 0.93, why)


def _clause(article: Article, deed: Deed) -> str:
    """The words between a deed's subject, its verb and its date, with a few before."""
    places = [deed.verb.start, deed.date.start, *([deed.subject.start] if deed.subject is not None else [])]
    ends = [deed.verb.end, deed.date.start]
    return article.block(deed.date).text[max(0, min(places) - 16) : max(ends)]


@cache
def _orders(group: str) -> tuple[tuple[re.Pattern[str], ...], ...]:
    return tuple(tuple(lazy(rf"\b(?:{step})\b") for step in row) for row in lexicon("steps")[group]["orders"])


def _of_persons(article: Article, told: Sequence[Deed]) -> Iterator[Relation]:
    by_doer: dict[str, list[Deed]] = {}
    for deed in told:
        if name := doer(article, deed):
            by_doer.setdefault(name, []).append(deed)
    for found in by_doer.values():
        if len(found) > 1:
            yield from _in_order(found, _orders("person"), "both are told of one", 4)


def _of_cases(told: Sequence[Deed]) -> Iterator[Relation]:
    yield from _in_order(told, _orders("case"), "if both are of one case")


def _in_order(
    told: Sequence[Deed], orders: Sequence[Sequence[re.Pattern[str]]], why: str, most: int = 1
) -> Iterator[Relation]:
    """The only deed of a first step and those, at most `most`, of the next."""
    for first, second in orders:
        early = [deed for deed in told if first.search(deed.told)]
        late = [deed for deed in told if second.search(deed.told) and deed not in early] if early else []
        if len(early) == 1 and 0 < len(late) <= most:
            if early[0].person is not None and any(deed.person not in (None, early[0].person) for deed in late):
                continue
            for deed in late:
                yield from ordered(early[0], deed, why)


def _series(article: Article, told: Sequence[Deed]) -> Iterator[Relation]:
    """ "The first of 5,200 volunteers received a dose in May", "The last was injected in August"."""
    for one, other in pairwise(told):
        if one.subject is None or other.subject is None or other.sentence - one.sentence != 1:
            continue
        ranks = [_rank(article, deed) for deed in (one, other)]
        if ranks == ["first", "last"] and (_noun(one) == _noun(other) or _noun(other) == "last"):
            yield from ordered(one, other, "both are of one series")
        elif ranks == ["last", "first"] and (_noun(one) == _noun(other) or _noun(other) == "first"):
            yield from ordered(other, one, "both are of one series")


def _noun(deed: Deed) -> str:
    return deed.subject.lemma if deed.subject is not None else ""


def _rank(article: Article, deed: Deed) -> str:
    """ "first" or "last" where the subject is the first or last of a kind."""
    tokens = article.tokens(deed.sentence)
    if deed.subject is None or not tokens or tokens[0].lower != "the" or len(tokens) < 3:
        return ""
    word = tokens[1].lower
    return word if word in ("first", "last") and deed.subject.index in (1, 2) else ""


def _after(article: Article, told: Sequence[Deed]) -> Iterator[Relation]:
    """ "On 30 March, a month after the shareholders' vote", and the day on which the shareholders voted."""
    nouns: dict[str, str] = lexicon("steps")["nouns"]
    for late in told:
        masked = article.masked(late.sentence)
        found = list(masked.finditer(_AFTER))
        if len(found) != 1 or (late.person is not None and doer(article, late) == ""):
            continue
        words = set(re.findall(r"[a-z]+", found[0]["phrase"].lower()))
        named = [noun for noun in nouns if noun in words]
        if len(named) != 1:
            continue
        pattern = re.compile(rf"\b(?:{nouns[named[0]]})\b")
        early = [deed for deed in told if deed.sentence != late.sentence and pattern.search(deed.told)]
        if len(early) == 1:
            yield from ordered(early[0], late, "what came after it is dated")
