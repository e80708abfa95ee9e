"""Ranges: their ends in order, and averages, oldest and youngest inside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from checker.language.article import Article, Masked
from checker.model import Claim, Interval, Kind, Relation

_BETWEEN = re.compile(
    r"(?<!\bdifference )(?<!\bgap )\b(?P<word>between|ranging from|ranged? from|ranges from|anywhere from|varying from|vary from|varied from) (?:about |around |just )?"
    r"‹(?P<lk>[nmpula])(?P<low>\d+)›(?: (?!lower|less|fewer|down|below|higher|more|up|above)[a-z]+)? (?:and|to) (?:about |around |as (?:much|many|high) as |more than )?‹(?P<hk>[nmpula])(?P<high>\d+)›"
)
_AS_ONE = re.compile(
    r"\b(?P<word>between|ranging from|ranged? from|ranges from|aged?(?: from| between)?|from) ‹(?P<kind>[nmpula])(?P<range>\d+)›"
)
_OTHER = re.compile(
    r"\b(?:difference|gap|distance|match|game|talks|trade|ratio|split|divided|shared|relations|fight|border|years?|season|time|hours?|flights?|road|train|score|agreement|choose|choice)\b[^‹]{0,30}$"
)
_AVERAGE = re.compile(
    r"\b(?:average|mean|median|typical(?:ly)?|averag(?:ing|ed?))\b(?: [a-z]+){0,3}? (?:of |was |is |at |being |about |around )*‹(?P<kind>[nmpula])(?P<value>\d+)›"
)
_EXTREME = re.compile(
    r"\b(?:[Tt]he|[Hh]er|[Hh]is) (?:youngest|oldest|eldest)(?: [a-z]+)?(?: of (?:them|the [a-z]+))?,?(?: (?:is|was|aged))?,? (?:aged )?‹a(?P<age>\d+)›"
)


def find(article: Article) -> Iterable[Relation]:
    """``order`` relations of written ranges, ``within`` relations of what must lie inside them."""
    for block in range(len(article.document.blocks)):
        passage = article.passage(block)
        if passage is None or len(passage.claims) < 2:
            continue
        for match in passage.finditer(_BETWEEN):
            low, high = passage.claim(match, "low"), passage.claim(match, "high")
            low = _whole_range(article, low)
            if _is_range(passage, match, low, high):
                yield Relation("order", {"low": (low,), "high": (high,)}, 0.93)
                yield from _inside(article, passage, match.end(), low, high)
        for match in passage.finditer(_AS_ONE):
            claim = passage.claim(match, "range")
            figure = claim.figure
            if figure is None or claim.value is not None or figure.low is None or figure.high is None or figure.parts:
                continue
            low, high = (
                replace(
                    claim,
                    id=article.next_id(),
                    widest=Interval.point(v),
                    intended=Interval.point(v),
                    value=v,
                    integer=False,
                )
                for v in (figure.low, figure.high)
            )
            yield from _inside(article, passage, match.end(), low, high)


def _whole_range(article: Article, low: Claim) -> Claim:
    """The lower end without the upper one, where the words were taken together: "38" of "38 and 31 euros"."""
    if low.figure is None or low.end == low.figure.end:
        return low
    return replace(low, id=article.next_id(), end=low.figure.end, text=low.figure.text)


def _is_range(passage: Masked, match: re.Match[str], low: Claim, high: Claim) -> bool:
    if (
        low.value is None
        or high.value is None
        or _OTHER.search(passage.text[max(0, match.start() - 60) : match.start()])
    ):
        return False
    if low.kind != high.kind and low.kind != Kind.COUNT:
        return False
    if low.kind == high.kind and low.unit.split("/")[0] != high.unit.split("/")[0]:
        return False
    bare = low.kind == high.kind == Kind.COUNT
    if bare and (not high.noun or (low.noun and low.noun != high.noun) or high.value <= 12):
        return False  # "between nine and five" is a working day
    if low.kind == Kind.COUNT and high.kind != Kind.COUNT and high.figure is not None and low.value < high.value:
        return high.value < 1000 * low.value  # "between 3 and 4 million": the scale is meant for both
    return True


def _inside(article: Article, passage: Masked, end: int, low: Claim, high: Claim) -> Iterator[Relation]:
    """An average told right behind a range; the youngest or oldest of a group whose ages are a range."""
    found = _AVERAGE.search(passage.text, end, end + 120)
    unit = high.unit.split("/")[0]
    if found:
        claim = passage.claims[int(found["value"])]
        between = passage.text[end : found.start()]
        if (
            claim.kind == high.kind
            and claim.unit.split("/")[0] == unit
            and claim.value
            and "‹" not in between.replace("‹d", "")
        ):
            yield Relation("within", {"low": (low,), "high": (high,), "value": (claim,)}, 0.92)
    for match in _EXTREME.finditer(passage.text):
        claim = passage.claims[int(match["age"])]
        if (
            high.kind in ("age", "count")
            and (high.kind == "age" or high.noun in ("", "year"))
            and claim.value
            and re.search(r"\bage[ds]?\b|\byears? old\b", passage.text)
        ):
            yield Relation("within", {"low": (low,), "high": (high,), "value": (claim,)}, 0.9)
