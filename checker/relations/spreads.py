"""What varies, told by its two ends further apart than a range: "goes from £38,200 for a beginner to £45,900 for those with
the most experience", "The cheapest house costs £165,000 ... For the most expensive the owner wants £590,000"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from checker.language.article import Article, Masked
from checker.model import BlockKind, Claim, Relation
from checker.patterns import lazy
from checker.relations.extremes import OPPOSITES
from checker.relations.levels import is_digest

_CONFIDENCE = 0.85
_K = "[nmpul]"
_SO_MUCH = r"(?:about |around |just |as (?:much|many|high|low|little) as |more than |nearly |only |an? |the |some |low of |high of |minimum of |maximum of |lows of |highs of )*"
# "ranged from a low of 24C in Santander to a high of 41C in Cordoba"; "Rooms cost from £480 to £710"
_FROM_TO = lazy(
    rf"\b(?P<word>rang(?:ed?|es|ing)|var(?:y|ies|ied|ying)|costs?|costing|priced|charges?|sells?|lets?|rents?|weighs?|weighed|measures?|earns?|pays?|goes|go|start|starts) (?:in [a-z]+ |anywhere |anything |for )?from "
    rf"{_SO_MUCH}‹(?P<lk>{_K})(?P<low>\d+)›(?P<what>(?:[^‹›.;:]|‹[dt]\d+›){{0,90}}?),? to {_SO_MUCH}‹(?P<hk>{_K})(?P<high>\d+)›"
)
_STILL = frozenset(
    "ranges range ranging ranged varies vary varied varying".split()
)  # these tell no movement in any tense
_MOVES = lazy(r"\b(?:last|next|year|month|week|from (?:January|April|now)|now|then|ago|before|up|down|will|would)\b|‹d")
_THAN = lazy(
    r"\b(?:than|previous\w*|earlier|ago|last (?:year|month|week|season)|record|ever|all-time|since|expected|forecast|average|second|next)\b|‹d",
    re.I,
)
_LOW_STARTS = r"|starts? (?:at|from)|begins? (?:at|from)|as little as|as few as"
_BESIDES = lazy(r"\b(?:lower|higher|up|down|more|less|fewer|below|above)\b")
_PLACES = ("low|lows", "bottom")  # "780 landed in the bottom band; 310 reached the top one"
_PROSE = frozenset({BlockKind.BODY, BlockKind.QUOTE, BlockKind.LIST_ITEM, BlockKind.DEK, BlockKind.CAPTION})


def find(article: Article) -> Iterable[Relation]:
    """``order`` relations of the lower and the higher end."""
    for sentence in article.sentences:
        if article.block(sentence).kind not in _PROSE or sentence.index not in article.by_sentence:
            continue
        if is_digest(article, sentence.index):
            continue
        masked = article.masked(sentence.index)
        yield from _in_one(masked)
        yield from _apart(article, masked)


def _in_one(masked: Masked) -> Iterator[Relation]:
    for match in masked.finditer(_FROM_TO):
        low, high = masked.claim(match, "low"), masked.claim(match, "high")
        if match["word"] not in _STILL and (low.tense != "present" or _MOVES.search(match.group())):
            continue  # "went from 12 to 7", "lets from April"
        if low.kind == "count" and low.value is not None and low.value.denominator != 1:
            continue  # "prices ranged from 98.559 to 98.549"
        if _are_of_one_kind(low, high) and not _BESIDES.search(match["what"]):
            yield Relation("order", {"low": (low,), "high": (high,)}, _CONFIDENCE)


_FAR_OPPOSITES = tuple(pair for pair in OPPOSITES if pair[0] not in _PLACES)
_LOWS = tuple(
    lazy(rf"\b(?:{low}{_LOW_STARTS if place < 2 else ''})\b", re.IGNORECASE)
    for place, (low, _) in enumerate(_FAR_OPPOSITES)
)
_HIGHS = tuple(lazy(rf"\b(?:{high})\b", re.IGNORECASE) for _, high in _FAR_OPPOSITES)


def _apart(article: Article, masked: Masked) -> Iterator[Relation]:
    """One end in a clause or sentence, the other in the next one, each with the only figure of its kind there."""
    index = masked.sentence.index
    clauses = _clauses(masked)
    if index + 1 < len(article.sentences) and article.sentences[index + 1].block == masked.sentence.block:
        after = article.masked(index + 1)
        clauses += _clauses(after)[:1]
    for (one, first), (other, second) in pairwise(clauses):
        if _THAN.search(one) or _THAN.search(other):
            continue
        for lows, highs in zip(_LOWS, _HIGHS, strict=True):
            for low_text, low_claims, high_text, high_claims in (
                (one, first, other, second),
                (other, second, one, first),
            ):
                if (
                    not (lows.search(low_text) and highs.search(high_text))
                    or highs.search(low_text)
                    or lows.search(high_text)
                ):
                    continue
                low, high = _only(low_claims), _only(high_claims)
                if low is not None and high is not None and _are_of_one_kind(low, high):
                    yield Relation("order", {"low": (low,), "high": (high,)}, _CONFIDENCE, "if both are of one group")
                    return


def _clauses(masked: Masked) -> list[tuple[str, list[Claim]]]:
    """The parts of a sentence between semicolons, with their figures."""
    found = []
    for text in masked.text.split("; "):
        marks = [int(number) for number in re.findall(r"‹[a-z](\d+)›", text)]
        found.append((text, [masked.claims[number] for number in marks]))
    return found


def _only(claims: list[Claim]) -> Claim | None:
    """The only figure of money or measure among some, or the only one at all."""
    levels = [
        c
        for c in claims
        if c.value is not None
        and c.kind in ("money", "measure", "percent", "count")
        and c.role in ("level", "to", "from")
    ]
    large = [c for c in levels if c.kind != "count"] or levels
    return large[0] if len(large) == 1 else None


def _are_of_one_kind(low: Claim, high: Claim) -> bool:
    if low.value is None or high.value is None or low.kind != high.kind:
        return False
    if low.unit.split("/")[0] != high.unit.split("/")[0] or low.modality == "denied":
        return False
    return low.kind != "count" or (low.noun == high.noun or not (low.noun and high.noun))
