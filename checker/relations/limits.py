"""Where a figure lies to a range: inside the band of forecasts, above it, or closing a day within its high and low."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from checker.language.article import Article, Masked
from checker.model import BlockKind, Claim, Relation
from checker.patterns import lazy
from checker.relations.extremes import ends
from checker.relations.ranges import range_ends

_K = "[nmpula]"
_RANGE = rf"‹{_K}(?P<range>\d+)›(?:(?: to | and |-|–)‹{_K}(?P<high>\d+)›)?"
_NAME = r"(?:range|band|bracket|corridor|window|guidance|forecasts?|estimates?|limits|interval|spread|target)"
_PLACED = lazy(
    rf"‹{_K}(?P<own>\d+)›(?P<gap>[^‹›.;:]{{0,60}}?)\b(?P<way>inside|within|above|below|outside|under|over|beyond|exceeding|higher than|lower than|in the (?:middle|upper half|lower half) of) "
    rf"(?:the|its|their|his|her|an?|our) (?:[\w’'-]+ ){{0,5}}?{_NAME}(?: (?:of|from|between|at))? {_RANGE}"
)
_TRADED = lazy(
    r"\b(?:trad(?:ed|ing)|swung|swinging|mov(?:ed|ing)|fluctuat\w+|ranged|ranging|see-?saw\w+|oscillat\w+|bounc\w+|hover\w*|vari(?:ed)|yo-yoed|whipsawed|intraday|session|day[’']s|hit|touch\w+|peak\w+|bottom\w+)\b"
)
_CLOSED = lazy(
    r"\b(?:clos(?:e|ed|es|ing)|settl(?:e|ed|es|ing)|finish(?:ed|es|ing)?|end(?:ed|ing)?)(?: (?:the|its) (?:day|session|week|month|afternoon))? (?:up |down |higher |lower |flat |unchanged |little changed )?at (?:about |around )?‹(?P<kind>[nmpu])(?P<close>\d+)›"
)
_BETWEEN = lazy(rf"\b(?:between|from|range of|band of|ranged) {_RANGE}")
_PEAKED = lazy(
    r"\b(?:peaked|topped out) at ‹[nmpu](?P<high>\d+)›[^‹›.;]{0,40}?\b(?:bottomed(?: out)?|troughed) at ‹[nmpu](?P<low>\d+)›|\b(?:bottomed(?: out)?|troughed) at ‹[nmpu](?P<low_>\d+)›[^‹›.;]{0,40}?\b(?:peaked|topped out) at ‹[nmpu](?P<high_>\d+)›"
)
_ELSEWHEN = lazy(
    r"\b(?:previous\w*|prior|earlier|ago|last (?:year|month|week|season)|yesterday|a day before|average|record|then)\b|\bfrom\b [^.;]{0,20}clos",
    re.I,
)
_PROSE = frozenset({BlockKind.BODY, BlockKind.QUOTE, BlockKind.DEK})


def find(article: Article) -> Iterable[Relation]:
    """``within`` and ``order`` relations of a figure with the range it is placed in, above or below."""
    for sentence in article.sentences:
        if article.block(sentence).kind not in _PROSE or len(article.by_sentence.get(sentence.index, ())) < 2:
            continue
        masked = article.masked(sentence.index)
        yield from _placed(article, masked)
        yield from _peaks(masked)
        yield from _closings(article, masked)


def _alike(claim: Claim, end: Claim) -> bool:
    return claim.kind == end.kind and claim.unit.split("/")[0] == end.unit.split("/")[0] and claim.value is not None


def _ends(article: Article, masked: Masked, match: re.Match[str]) -> tuple[Claim, Claim] | None:
    first = masked.claim(match, "range")
    if match["high"]:
        low, high = first, masked.claim(match, "high")
    else:
        found = range_ends(article, first)
        if found is None:
            return None
        low, high = found
    if low.value is None or high.value is None or low.value >= high.value:
        return None
    return low, high


def _placed(article: Article, masked: Masked) -> Iterator[Relation]:
    for match in masked.finditer(_PLACED):
        own = masked.claim(match, "own")
        found = _ends(article, masked, match)
        if found is None or not _alike(own, found[1]) or own.role in ("change", "from", "than"):
            continue
        if re.search(r"\b(?:not|or|if|would|from)\b|, (?:and|but|while) ", match["gap"]):
            continue
        low, high = found
        way = match["way"]
        if way in ("inside", "within") or way.startswith("in the"):
            yield Relation("within", {"low": (low,), "high": (high,), "value": (own,)}, 0.92)
        elif way in ("above", "over", "beyond", "exceeding", "higher than"):
            yield Relation("order", {"low": (high,), "high": (own,)}, 0.9)
        elif way in ("below", "under", "lower than"):
            yield Relation("order", {"low": (own,), "high": (low,)}, 0.9)


def _peaks(masked: Masked) -> Iterator[Relation]:
    for match in masked.finditer(_PEAKED):
        high = masked.claims[int(match["high"] or match["high_"])]
        low = masked.claims[int(match["low"] or match["low_"])]
        if _alike(low, high):
            yield Relation("order", {"low": (low,), "high": (high,)}, 0.9)


def _closings(article: Article, masked: Masked) -> Iterator[Relation]:
    """ "Swung between $31.10 and $34.75 before closing at $33.02": the close of a day lies between its high and low."""
    if not _TRADED.search(masked.text) or _ELSEWHEN.search(masked.text):
        return
    told = [(masked, match) for match in masked.finditer(_CLOSED)]
    following = masked.sentence.index + 1
    if not told and following < len(article.sentences) and article.sentences[following].block == masked.sentence.block:
        after = article.masked(following)
        if not _ELSEWHEN.search(after.text) and re.match(
            r"(?:It|They|The (?:stock|shares?|currency|index|contract))\b", after.text
        ):
            told = [(after, match) for match in after.finditer(_CLOSED)]
    if len(told) != 1:
        return
    close = told[0][0].claim(told[0][1], "close")
    spans = [(low, high) for low, high, _ in ends(masked)]
    spans += [found for match in masked.finditer(_BETWEEN) if (found := _ends(article, masked, match)) is not None]
    for low, high in spans:
        if _alike(close, high) and close.id not in (low.id, high.id) and (low.value or 0) < (high.value or 0):
            assert close.value is not None and high.value is not None
            if close.value < 2 * high.value:
                yield Relation(
                    "within", {"low": (low,), "high": (high,), "value": (close,)}, 0.88, "if all are of one day"
                )
            return
