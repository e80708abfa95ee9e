"""Shares of two groups that are all there is, against the share of everybody; a majority against the share that it is of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cache

from checker.language.article import Article
from checker.language.words import rarity
from checker.model import BlockKind, Claim, Interval, Relation
from checker.patterns import lazy
from checker.relations.topics import LIGHT

# the two halves that a whole is told by
_HALVES = (
    (r"men|males|husbands|male (?:\w+)", r"women|females|wives|female (?:\w+)"),
    (r"boys", r"girls"),
    (r"fathers|dads", r"mothers|mums|moms"),
    (r"urban (?:\w+)|(?:those in |city|town)s? dwellers|people in (?:cities|towns)", r"rural (?:\w+)|people in (?:villages|the country(?:side)?)"),
    (r"home ?owners|owners", r"renters|tenants"),
    (r"drivers|motorists|car owners", r"(?:people|those|adults) (?:who do not drive|without (?:a )?cars?)|non-drivers"),
    (r"the north", r"the south"),
    (r"the east", r"the west"),
    (r"cities|(?:the )?towns", r"(?:the )?(?:countryside|villages)"),
    (r"the under-(?:\d+)s|(?:people|those|adults) under (?:\d+)", r"(?:the )?over-(?:\d+)s|(?:people|those|adults) over (?:\d+)"),
    (r"parents", r"(?:people|those|adults) without children|non-parents|the childless"),
)  # fmt: skip
_OVERALL = lazy(
    r"\b(?:[Oo]verall(?=,| ‹| \d)|[Ii]n all(?=,| ‹| \d)|[Aa]ltogether|[Aa]ll told|[Ii]n total|as a whole|[Ii]n the (?:whole|full|entire) sample|[Tt]aken together|[Aa]cross the (?:sample|board|country|whole|two)|[Oo]ver both|of (?:all )?(?:adults|respondents|those (?:asked|questioned|surveyed|polled|who (?:answered|replied))|everyone|the (?:whole )?sample|the total))\b"
)
_POLL = lazy(r"\b(?:poll|survey|questionnaire|respondents?|pollsters?)\b", re.I)
# "among people ages 18 to 29, 8.3% of women and 4.6% of men": of some of everybody
_SUBGROUP = lazy(r"\b(?:[Aa]mong|[Oo]f|[Ff]or|[Ii]n) (?:[a-z]+ ){1,2}(?:(?:ages|aged) )?‹a\d")
_TAKES_UP = lazy(
    r"(?:It|That|The (?:figure|share|rate|proportion)) (?:is|was|stands at|stood at) "
)  # "It is 49% for boys"
_LEVEL = frozenset({"level", "share", "to", "than"})
_BODY = frozenset({BlockKind.BODY, BlockKind.QUOTE, BlockKind.LIST_ITEM})
_NEAR = 6  # sentences from the groups within which everybody's share is told
_FAR = 12  # the same of the first share that an article tells
_RETURNED = 0.7  # of one rare word shared: everybody's share and the groups' that are told later
_RARE = 0.4  # rarity of a word that says what a sentence is about
_SHARED = 0.5  # of one rare word shared: what a majority is told of and the share
_MOST = lazy(
    r"\b(?:Most|most|[Aa] (?:narrow |slim |clear |large |comfortable |small |bare )?majority of|[Mm]ore than half(?: of)?|[Oo]ver half(?: of)?) (?=[A-Za-z])(?!of\b|recent|likely|common|important|popular|votes?)"
)
_APART = lazy(
    r"\b(?:[Aa]mong|[Ii]n the group|aged|strongly|somewhat|tend(?:ed)? to|fully|partly|completely|very|fairly)\b"
)


def find(article: Article) -> Iterable[Relation]:
    """``within`` relations of everybody's share between the two groups', ``majority-share`` of a majority and its share."""
    if not any(claim.unit == "%" for claim in article.claims):
        return
    yield from _between(article)
    yield from _majorities(article)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    return tuple((_of_group(one), _of_group(other)) for one, other in _HALVES)


def _of_group(words: str) -> re.Pattern[str]:
    """ "57% of men", "among men it was 53%", "53% among men", "men (53%)"."""
    return lazy(
        rf"‹p(?P<a>\d+)› (?:of|among|for|in|from) (?:all |the |male )?(?:{words})\b|\b(?:[Aa]mong|[Oo]f|[Ff]or|[Ii]n|[Ww]ith) (?:the )?(?:{words})\b[^‹›.;:]{{0,40}}‹p(?P<b>\d+)›|\b(?:{words}) \(‹p(?P<c>\d+)›\)",
        re.I,
    )


def _shares(article: Article, sentence: int, pattern: re.Pattern[str]) -> list[Claim]:
    if not article.by_sentence.get(sentence):
        return []
    masked = article.masked(sentence)
    found = [masked.claims[int(m["a"] or m["b"] or m["c"])] for m in masked.finditer(pattern)]
    return [c for c in found if c.unit == "%" and c.value is not None and c.role in _LEVEL]


def _between(article: Article) -> Iterator[Relation]:
    for sentence in article.sentences:
        text = article.masked(sentence.index).text
        if article.block(sentence).kind not in _BODY or "‹p" not in text or _SUBGROUP.search(text):
            continue
        for one, other in _patterns():
            for first, second in ((one, other), (other, one)):
                firsts = _shares(article, sentence.index, first)
                if len(firsts) != 1:
                    continue
                same = [c for c in _shares(article, sentence.index, second) if c.start > firsts[0].start]
                nearby = same or (
                    _shares(article, sentence.index + 1, second) if _follows(article, sentence.index) else []
                )
                if len(nearby) == 1:
                    yield from _of_everybody(article, firsts[0], nearby[0])


def _follows(article: Article, index: int) -> bool:
    return (
        index + 1 < len(article.sentences) and article.sentences[index + 1].block - article.sentences[index].block <= 1
    )


def _of_everybody(article: Article, first: Claim, second: Claim) -> Iterator[Relation]:
    low, high = sorted((first, second), key=lambda c: (c.value or Fraction(0), c.start))
    alone = [
        c for c in article.claims
        if c.unit == "%" and c.value is not None and c.role in _LEVEL and c not in (first, second) and not c.other and c.sentence >= 0
        and sum(d.unit == "%" for d in article.by_sentence.get(c.sentence, ())) == 1 and article.block(c).kind in _BODY
    ]  # fmt: skip
    everybody = [
        c
        for c in alone
        if abs(c.sentence - first.sentence) <= (_FAR if c is alone[0] and _is_first(article, c) else _NEAR)
        and _OVERALL.search(article.text(c.sentence))
    ]
    if not everybody and _TAKES_UP.match(article.text(first.sentence)):
        everybody = [c for c in alone if c.sentence == first.sentence - 1]
    if not everybody:
        said = _words(article.text(first.sentence))
        everybody = [
            c
            for c in alone[:1]
            if c.sentence < first.sentence and _alike(said, _words(article.text(c.sentence))) >= _RETURNED
        ]
    between = [
        c
        for c in everybody
        if c.value is not None
        and low.value is not None
        and high.value is not None
        and low.value <= c.value <= high.value
    ]
    if between or len(everybody) == 1:
        value = (between or everybody)[0]
        sure = 0.93 if between else 0.88
        yield Relation(
            "within",
            {"value": (value,), "low": (low,), "high": (high,)},
            sure,
            "" if between else "if all three answer one question",
        )


def _is_first(article: Article, share: Claim) -> bool:
    """Whether a share is the first percentage that the text of an article gives."""
    first = next(
        (c for c in article.claims if c.unit == "%" and c.sentence >= 0 and article.block(c).kind in _BODY), None
    )
    return first is share


def _majorities(article: Article) -> Iterator[Relation]:
    """ "A majority of parents are for a ban" and "47 percent supported a ban"."""
    shares = [
        c for c in article.claims
        if c.sentence >= 0 and article.block(c).kind in _BODY and c.value is not None and c.role in _LEVEL
        and (c.unit == "%" or (c.kind == "ratio" and c.unit != "times"))
    ]  # fmt: skip
    if not any(c.unit == "%" for c in shares) or not any(_POLL.search(block.text) for block in article.document.blocks):
        return
    summing_up = (s for s in article.sentences if article.is_display(s) or s.block in article.openings)
    for sentence in sorted(summing_up, key=article.is_display):  # the text before what stands above it
        text = article.text(sentence.index)
        match = _MOST.match(text)
        if match is None or not _POLL.search(text):
            continue
        said = _words(text)
        like = {c.id: _alike(said, _words(article.text(c.sentence))) for c in shares if c.sentence != sentence.index}
        told = [c for c in shares if like.get(c.id, 0) >= _SHARED]
        share = next((c for c in shares if c.sentence > sentence.index and c.unit == "%"), None)
        if share is None or share not in told or any(_is_more(c) for c in told):
            continue
        if _APART.search(article.text(share.sentence)) or share.other or share.value is None:
            continue
        if 30 <= share.value < 50:
            start = sentence.start + match.start()
            more = article.derived(
                "percent", 0, sentence.block, start, start + len(match.group().rstrip()), widest=Interval(Fraction(50), Fraction(100), True)
            )  # fmt: skip
            yield Relation("same-quantity", {"a": (more,), "b": (share,)}, 0.85, "if both are of one answer")
            return


def _words(text: str) -> frozenset[str]:
    """The stems of a sentence's words that say what it is about."""
    found = re.findall(r"[A-Za-z]{3,}", text.lower())
    return frozenset(
        re.sub(r"(?:ing|ed|es|ers?|s|e)$", "", word) for word in found if word not in LIGHT and rarity(word) >= _RARE
    )


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    return sum(rarity(word) for word in one & other)


def _is_more(claim: Claim) -> bool:
    """Whether a share is more than half."""
    if claim.value is None:
        return False
    return claim.value >= 50 if claim.unit == "%" else claim.kind == "ratio" and Fraction(1, 2) <= claim.value <= 1
