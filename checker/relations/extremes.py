"""The two ends of what varies, told by opposite words: the lowest and the highest, a minimum and a maximum, at least and at
most."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from checker.language.article import Article, Masked
from checker.model import BlockKind, Claim, Hedge, Kind, Relation
from checker.patterns import lazy
from checker.relations.levels import is_digest

_K = "[nmpulad]"
# the words of the two ends, one line a pair; which of them is told first does not matter
OPPOSITES = (
    ("cheapest|least expensive|lowest|least costly", "dearest|most expensive|priciest|costliest|highest"),
    ("lowest|smallest|least|fewest", "highest|largest|biggest|greatest|most"),
    ("youngest", "oldest|eldest"),
    ("shortest", "longest|tallest"),
    ("lightest", "heaviest"),
    ("thinnest", "thickest"),
    ("narrowest", "widest|broadest"),
    ("shallowest", "deepest"),
    ("coldest|coolest", "hottest|warmest"),
    ("minimum", "maximum"),
    ("low|lows", "high|highs"),
    ("bottom", "top"),
    ("lower (?:end|limit|bound)|floor", "upper (?:end|limit|bound)|ceiling|cap"),
)
_OTHER_TIME = lazy(
    r"\b(?:previous\w*|earlier|ago|last (?:year|month|week|season)|then|record|all-time|since)\b|‹d\d+›[^.;]*‹d\d+›",
    re.I,
)
_LOWER = frozenset({Hedge.AT_LEAST, Hedge.MORE_THAN})
_UPPER = frozenset({Hedge.AT_MOST, Hedge.LESS_THAN})
_PROSE = frozenset({BlockKind.BODY, BlockKind.QUOTE, BlockKind.LIST_ITEM, BlockKind.DEK, BlockKind.CAPTION})


def _attached(words: str) -> str:
    return (
        rf"\b(?:(?:{words})\b(?![- ](?:paid|end|level|risk|income|tech|street|school|court|season))[^‹›.;:]{{0,40}}?‹{_K}(?P<NAME>\d+)›"
        rf"|‹{_K}(?P<NAME_>\d+)›(?: [a-z]+)?,? (?:at|for|from|in) (?:the|its|their|his|her) (?:[a-z]+ )?(?:{words})\b)"
    )


def _pattern(first: str, second: str) -> re.Pattern[str]:
    one = _attached(first).replace("NAME", "one").replace(r"\b(?:(?:", r"(?:\b(?:", 1)
    other = _attached(second).replace("NAME", "other").replace(r"\b(?:(?:", r"(?:\b(?:", 1)
    return lazy(rf"{one}(?P<between>[^‹›.;:]{{0,60}}?){other}", re.I)


_PATTERNS = tuple((_pattern(low, high), _pattern(high, low)) for low, high in OPPOSITES)
_CUE = lazy(rf"\b(?:{'|'.join(low for low, _ in OPPOSITES)})\b", re.I)


def find(article: Article) -> Iterable[Relation]:
    """``order`` relations of the lower and the higher end."""
    for sentence in article.sentences:
        if article.block(sentence).kind not in _PROSE or len(article.by_sentence.get(sentence.index, ())) < 2:
            continue
        masked = article.masked(sentence.index)
        if is_digest(article, sentence.index):
            continue
        if _CUE.search(masked.text) and not _OTHER_TIME.search(masked.text):
            for low, high, _ in ends(masked):
                yield Relation("order", {"low": (low,), "high": (high,)}, 0.9)
        yield from _hedged(masked)


def ends(masked: Masked) -> Iterator[tuple[Claim, Claim, re.Match[str]]]:
    """The lower and the higher end that opposite words tell, with the words that do."""
    seen: set[int] = set()
    for forward, backward in _PATTERNS:
        for pattern in (forward, backward):
            for match in pattern.finditer(masked.text):
                one = masked.claims[int(match["one"] or match["one_"])]
                other = masked.claims[int(match["other"] or match["other_"])]
                low, high = (one, other) if pattern is forward else (other, one)
                if low.id not in seen and _comparable(low, high):
                    seen |= {low.id, high.id}
                    yield low, high, match


def _comparable(a: Claim, b: Claim) -> bool:
    if a.value is None or b.value is None or a.id == b.id or Kind.DATE in (a.kind, b.kind):
        return False
    if {a.kind, b.kind} == {"age", "count"}:
        return True
    if a.kind != b.kind or a.unit.split("/")[0] != b.unit.split("/")[0]:
        return False
    if {"change", "from", "than"} & {a.role, b.role} - ({"from"} if a.role == "from" and b.role == "to" else set()):
        return False
    return a.kind != "count" or a.noun == b.noun or not (a.noun and b.noun)


def _hedged(masked: Masked) -> Iterator[Relation]:
    """ "At least £2.40 and at most £6.10", "upwards of 150 but fewer than 250 birds"."""
    for number, (low, high) in enumerate(zip(masked.claims, masked.claims[1:], strict=False)):
        if (
            low.figure is None
            or high.figure is None
            or low.figure.hedge not in _LOWER
            or high.figure.hedge not in _UPPER
        ):
            continue
        gap = masked.text.partition(masked.mark(number))[2].partition(masked.mark(number + 1))[0]
        if not re.fullmatch(r"(?: [a-z]+)?,? (?:and|but|to|or)(?: (?:at|cost|costs|no))? ", gap) or not _comparable(
            low, high
        ):
            continue
        if low.role != high.role and low.role in ("change", "than"):
            continue
        yield Relation("order", {"low": (low,), "high": (high,)}, 0.9)
