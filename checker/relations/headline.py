"""Headline figures that stand nowhere in the text and follow from nothing in it: a fair question to the writer.

92 % of the figures in published headlines stand in their article or follow from it (a sum, a difference, a rounding, the
length of a list), so one that does neither is worth a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction

from checker.language import numbers
from checker.language.article import Article
from checker.model import BlockKind, Claim, Hedge, Kind, Relation
from checker.patterns import lazy
from checker.relations.levels import nouns, opposed, words_around
from checker.relations.same import LIGHT_VERBS, follows
from checker.relations.slips import evidence, shape, size

_BODY = frozenset(
    {BlockKind.BODY, BlockKind.QUOTE, BlockKind.LIST_ITEM, BlockKind.TABLE_CELL, BlockKind.DEK, BlockKind.CAPTION}
)
_BELOW = frozenset({BlockKind.DEK, BlockKind.CAPTION})
_SCALES = frozenset({"count", "money", "percent", "measure"})
_KINDS = frozenset({"count", "money", "percent", "measure", "age", "duration", "score", "ratio"})
_WORDS = {"couple": 2, "pair": 2, "twins": 2, "both": 2, "twice": 2, "double": 2, "doubled": 2, "trio": 3, "triplets": 3, "triple": 3,
          "half": 50, "dozen": 12, "dozens": 24, "decade": 10, "century": 100, "hundreds": 100, "thousands": 1000, "zero": 0,
          "quarter": 25, "single": 1, "once": 1, "another": 1, "duo": 2, "fortnight": 14, "grand": 1000}  # fmt: skip
_TURNED = 2.0  # the evidence of digits turned round that needs no other
_LONG = 3  # digits of which two turned round need no like noun
_STEM = 4  # letters by which a verb and its noun are known
_SHORTEST = 60  # words of running text below which a text is a brief that need not repeat its headline


def find(article: Article) -> Iterable[Relation]:
    """``headline-supported`` relations: a headline figure and how often the text has it; ``same-quantity`` of one that
    the text has but for a slip of the hand."""
    yield from _below_headlines(article)
    yield from _turned_round(article)
    headlines = [c for c in article.claims if article.block(c).kind == BlockKind.HEADLINE and c.kind in _KINDS]
    headlines = [c for c in headlines if c.figure is not None and not c.figure.worded]
    if not headlines:
        return
    texts = [block.text for block in article.document.blocks if block.kind in _BODY]
    brief = sum(text.count(" ") + 1 for text in texts) < _SHORTEST
    known = _numbers(article, texts)
    for claim in headlines:
        if (meant := _meant(article, claim)) is not None:
            yield Relation("same-quantity", {"a": (claim,), "b": (meant,)}, 0.85, "if both give the same quantity")
            continue
        if brief:
            continue
        values = claim.figure.parts if claim.figure is not None and claim.figure.parts else _ends(claim)
        if not values or all(_stands(value, claim, known) for value in values):
            continue
        if claim.value == 1 and claim.noun and not claim.text.endswith("s"):
            continue  # "1 Big Fall" is "a fall" in the text
        if claim.value is not None and (follows(article, claim) is not None or _elapsed(article, claim)):
            continue
        mentions = article.derived("mentions", 0, claim.block, claim.start, claim.end)
        yield Relation("headline-supported", {"headline": (claim,), "mentions": (mentions,)}, 0.5)


def _below_headlines(article: Article) -> Iterator[Relation]:
    """``same-quantity`` of a standfirst's or caption's figure that the text has with its digits turned round only."""
    for claim in article.claims:
        if (
            article.block(claim).kind in _BELOW
            and claim.kind in _SCALES
            and (meant := _meant(article, claim)) is not None
        ):
            assert claim.value is not None and meant.value is not None
            if shape(claim.value, meant.value) == "transposition":
                yield Relation("same-quantity", {"a": (claim,), "b": (meant,)}, 0.85, "if both give the same quantity")


_TOP = 2  # paragraphs behind the first in which the headline is told again
_WAYS = frozenset({Hedge.UP, Hedge.DOWN})


def _turned_round(article: Article) -> Iterator[Relation]:
    """``same-quantity`` of a rise in the headline or standfirst that the text tells as a fall of the same size, or the
    reverse: "Shares end down 1.2 percent", "the index gained 1.2 percent"."""
    changes = [
        c
        for c in article.claims
        if c.role == "change"
        and c.figure is not None
        and c.figure.hedge in _WAYS
        and c.value
        and c.modality == "asserted"
    ]
    for claim in changes:
        if (
            article.block(claim).kind not in (BlockKind.HEADLINE, BlockKind.DEK)
            or not claim.value
            or size(claim.value, claim.value) < 2
        ):
            continue
        told = [
            c
            for c in changes
            if article.lede <= c.block <= article.lede + _TOP
            and (c.kind, c.unit, c.value) == (claim.kind, claim.unit, claim.value)
        ]
        if len(told) == 1 and told[0].figure is not None and opposed(claim, told[0]):
            yield Relation(
                "same-quantity",
                {"a": (_signed(article, claim),), "b": (_signed(article, told[0]),)},
                0.85,
                "if both are of one thing",
            )


_MOVED = lazy(r"[A-Za-z]+ (?:by )?$")


def _signed(article: Article, claim: Claim) -> Claim:
    """A change with the word that says which way, as a number below zero where that is down."""
    text = article.block(claim).text
    moved = _MOVED.search(text, max(0, claim.start - 16), claim.start)
    start = moved.start() if moved else claim.start
    claim = replace(claim, start=start, text=text[start : claim.end])
    if claim.figure is None or claim.figure.hedge != Hedge.DOWN or claim.value is None:
        return claim
    down = Fraction(-1)
    return replace(claim, value=-claim.value, widest=claim.widest.scaled(down), intended=claim.intended.scaled(down))


def _meant(article: Article, claim: Claim) -> Claim | None:
    """The figure of the text that a headline figure, which stands nowhere else, is but for a slip: with two digits turned
    round, or told by the same verb with another digit."""
    if not claim.value or claim.modality == "denied" or claim.role in ("change", "from", "than"):
        return None
    like = [
        c
        for c in article.claims
        if c.kind == claim.kind and article.block(c).kind in _BODY and c.block != claim.block and c.figure is not None
    ]
    numbers = [
        v
        for c in article.claims
        if article.block(c).kind in _BODY
        and c.block != claim.block
        and (c.kind, c.unit) in (("count", ""), (claim.kind, claim.unit))
        for v in _ends(c)
    ]
    assert claim.figure is not None
    step = claim.figure.step
    if any(claim.value - step / 2 <= value < claim.value + step for value in numbers):
        return None
    derived = follows(article, claim) is not None
    found = []
    for other in like:
        if other.unit != claim.unit or not other.value or other.modality != "asserted" or _role(other) != _role(claim):
            continue
        form, weight = shape(claim.value, other.value), evidence(claim.value, other.value)
        part = any(other.value + c.value == claim.value for c in like if c.value)
        long = size(claim.value, other.value) >= _LONG or nouns(claim, other) != "other"
        if (form == "transposition" and weight >= _TURNED and not derived and long) or (
            weight > 0 and not part and _told_alike(article, claim, other)
        ):
            found.append(other)
    return found[0] if len({other.value for other in found}) == 1 else None


def _role(claim: Claim) -> str:
    """The part of a figure; "fares came to £31,000" tells a level."""
    return "level" if claim.role == "to" else claim.role


def _told_alike(article: Article, claim: Claim, other: Claim) -> bool:
    """Whether one verb tells of two figures, or a verb and its noun: "fined £18,000", "fines of £13,000"."""
    if claim.verb and claim.verb == other.verb and claim.verb not in LIGHT_VERBS:
        return True
    if nouns(claim, other) == "other":
        return False
    tokens = [t for t in article.tokens(claim.sentence) if t.end <= claim.start]
    before = [t.lower for t in tokens[-1:] if t.is_verb or t.is_noun]
    return any(
        len(word) >= _STEM
        and word.isalpha()
        and any(near[:_STEM] == word[:_STEM] for near in words_around(article, other)[0])
        for word in before
    )


def _ends(claim: Claim) -> tuple[Fraction, ...]:
    figure = claim.figure
    assert figure is not None
    return tuple(value for value in dict.fromkeys((figure.low, figure.high)) if value is not None)


def _numbers(article: Article, texts: list[str]) -> set[Fraction]:
    """Every number that the text writes in any way: figures, digits in names, number words, ordinals."""
    found: set[Fraction] = set()
    for claim in article.claims:
        if article.block(claim).kind in _BODY and claim.figure is not None:
            found.update(
                v
                for v in (claim.figure.value, claim.figure.low, claim.figure.high, *claim.figure.parts)
                if v is not None
            )
    for text in texts:
        found.update(number.value for number in numbers.finditer(text))
        found.update(Fraction(digits) for digits in re.findall(r"\d{1,15}(?:\.\d{1,6})?", text))
        for word in re.findall(r"[a-z]+", text.lower()):
            if word in _WORDS:
                found.add(Fraction(_WORDS[word]))
    return found


def _stands(value: Fraction, claim: Claim, known: set[Fraction]) -> bool:
    """Whether a number stands in the text, perhaps more exactly: rounded or cut off in the headline."""
    assert claim.figure is not None
    step = min(claim.figure.step or Fraction(1), max(Fraction(1), value / 10)) if value >= 1 else claim.figure.step
    scale = 100 if claim.figure.kind == Kind.RATIO else 1
    return any(
        value - step / 2 <= other < value + step
        or other == value * scale
        or (other and value / other in (100, 1000, 10**6, 10**9))
        for other in known
    )


def _elapsed(article: Article, claim: Claim) -> bool:
    """Whether a number of years or an age follows from the years that the text names."""
    years = {
        c.figure.calendar.year
        for c in article.claims
        if c.figure is not None and c.figure.calendar is not None and c.figure.calendar.year
    }
    if article.document.date is not None:
        years.add(article.document.date.year)
    assert claim.value is not None
    return any(abs(a - b - claim.value) <= 1 for a in years for b in years if a > b)
