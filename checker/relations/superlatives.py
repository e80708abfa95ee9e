"""Records: a figure called the highest, longest or youngest ever beside an older one that goes beyond it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from checker.language.article import Article, Masked
from checker.model import BlockKind, Claim, Kind, Relation

_HIGH = r"highest|largest|biggest|longest|most|greatest|heaviest|tallest|hottest|warmest|wettest|deepest|strongest|busiest|best|oldest|deadliest|costliest|worst|widest|fastest|steepest|record high|all-time high"
_LOW = r"lowest|smallest|shortest|fewest|coldest|coolest|youngest|cheapest|least|weakest|driest|lightest|record low|all-time low|quickest"
_EVER = (
    r"(?:\bever\b|\bon record\b|\bsince (?:records|measurements?|readings?) (?:began|started)|\bin (?:its|the|their|his|her) (?:[a-z’'-]+ )?(?:‹[la]\d+› )?(?:[a-z’'-]+ )?history\b|\bof all time\b|"
    r"\bin (?:recorded )?history\b|\bever (?:recorded|measured|seen|built|sold|paid)\b|\b(?:in|of) the (?:competition|event|race|contest|club|company|school|festival|tournament|league|city|country|state)['’]s)"
)
_SUPERLATIVE = re.compile(rf"\b(?:(?P<high>{_HIGH})|(?P<low>{_LOW}))\b(?P<mid>[^.;]{{0,60}}?){_EVER}", re.I)
# what says that a figure is the mark that was there before
_OLDER = re.compile(
    r"\b(?:the |its |his |her |their )?(?:old|previous|former|earlier|existing|last) (?:[a-z-]+ ){0,2}?(?:record|mark|high|low|best|peak|holder|winner|champion|maximum|minimum|title-holder|figure)\b|"
    r"\b(?:record|mark) (?:of|set|that stood|had stood|stood)\b|\bholder of the (?:age )?record\b|\bbefore (?:that|then|her|him|this)\b[^.;]{0,30}\b(?:record|youngest|oldest)\b",
    re.I,
)
_KINDS = frozenset({"count", "money", "percent", "measure", "age", "duration"})
_BODY = frozenset({BlockKind.BODY, BlockKind.QUOTE, BlockKind.LIST_ITEM, BlockKind.DEK, BlockKind.HEADLINE})


def find(article: Article) -> Iterable[Relation]:
    """``superlative`` (the record is the highest) and ``superlative-low`` (it is the lowest) relations."""
    older = _older(article)
    if not older:
        return
    for sentence in article.sentences:
        if article.block(sentence).kind not in _BODY:
            continue
        masked = article.masked(sentence.index)
        match = _SUPERLATIVE.search(masked.text)
        if not match:
            continue
        low = bool(match["low"])
        for record in _told(article, masked, match):
            for other, mark in older:
                if (
                    other.id == record.id
                    or other.kind != record.kind
                    or other.unit != record.unit
                    or other.sentence == record.sentence
                ):
                    continue
                kind = "superlative-low" if low else "superlative"
                yield Relation(
                    kind, {"record": (record,), "other": (other,)}, 0.85, context={"mark": mark} if mark else {}
                )
                break


def _older(article: Article) -> list[tuple[Claim, Claim | None]]:
    """Figures that the text calls an older record."""
    found: list[tuple[Claim, Claim | None]] = []
    for sentence in article.sentences:
        if article.block(sentence).kind not in _BODY:
            continue
        masked = article.masked(sentence.index)
        match = _OLDER.search(masked.text)
        if not match:
            continue
        near = [
            claim
            for number, claim in enumerate(masked.claims)
            if _kind(claim) in _KINDS
            and claim.value
            and match.start() - 50 <= masked.text.find(f"{number}›") <= match.end() + 80
        ]
        if near:
            after = [c for c in near if masked.text.find(f"{masked.claims.index(c)}›") > match.end()]
            claim = after[0] if after else near[-1]
            if claim.role not in ("change", "rate"):
                found.append((_as_age(masked, claim), None))
    return found


def _kind(claim: Claim) -> str:
    return claim.kind


def _as_age(masked: Masked, claim: Claim) -> Claim:
    """ "was 16 when he won": a bare number that is an age."""
    from dataclasses import replace

    number = masked.claims.index(claim)
    if (
        claim.kind == Kind.COUNT
        and not claim.noun
        and re.search(rf"\b(?:was|is|aged) ‹n{number}› when (?:he|she|they)\b", masked.text)
    ):
        return replace(claim, kind="age", unit="year")
    return claim


def _told(article: Article, masked: Masked, match: re.Match[str]) -> Iterator[Claim]:
    """The figure that is called a record: the nearest in its sentence, for the youngest or oldest the person's age."""
    if re.search(r"youngest|oldest", match.group(), re.I):
        ages = [
            c
            for s in _around(article, masked.sentence.index)
            for c in article.by_sentence.get(s, ())
            if c.kind == "age" and c.value
        ]
        if ages:
            yield min(ages, key=lambda claim: abs(claim.sentence - masked.sentence.index))
        return
    places = [
        (abs(masked.text.find(f"{number}›") - match.start()), claim) for number, claim in enumerate(masked.claims)
    ]
    fitting = [
        (distance, claim)
        for distance, claim in places
        if claim.kind in _KINDS and claim.value and claim.kind != "age" and distance <= 70
    ]
    fitting = [
        (distance, claim)
        for distance, claim in fitting
        if claim.role in ("level", "to") and not (match.start() < claim.start < 0)
    ]
    if fitting:
        yield min(fitting, key=lambda pair: pair[0])[1]


def _around(article: Article, sentence: int) -> range:
    return range(max(0, sentence - 4), min(len(article.sentences), sentence + 5))
