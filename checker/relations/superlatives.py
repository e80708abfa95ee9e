"""Records: a figure called the highest, longest or youngest ever beside an older one that goes beyond it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from checker.language.article import Article, Masked
from checker.model import BlockKind, Claim, Kind, Relation
from checker.patterns import lazy

HIGH = r"highest|largest|biggest|longest|most|greatest|heaviest|tallest|hottest|warmest|wettest|deepest|strongest|busiest|best|oldest|deadliest|costliest|worst|widest|fastest|steepest|record high|all-time high"
LOW = r"lowest|smallest|shortest|fewest|coldest|coolest|youngest|cheapest|least|weakest|driest|lightest|record low|all-time low|quickest"
_EVER = (
    r"(?:\bever\b|\bon record\b|\bsince (?:records|measurements?|readings?|observations?|figures|data) (?:[a-z]+ ){0,2}?(?:began|begun|started|were|was|have been|has been)\b|\bin (?:its|the|their|his|her) (?:[a-z’'-]+ )?(?:‹[la]\d+› )?(?:[a-z’'-]+ )?history\b|\bof all time\b|"
    r"\bin (?:recorded )?history\b|\bever (?:recorded|measured|seen|built|sold|paid)\b|\b(?:in|of) the (?:competition|event|race|contest|club|company|school|festival|tournament|league|city|country|state)['’]s)"
)
_SUPERLATIVE = lazy(rf"(?<!›[- ])\b(?:(?P<high>{HIGH})|(?P<low>{LOW}))\b(?P<mid>[^.;]{{0,60}}?){_EVER}", re.I)
# what says that a figure is the mark that was there before
_OLDER = lazy(
    r"\b(?:the |its |his |her |their )?(?:old|previous|former|earlier|existing|last|standing|long-standing) (?:[a-z-]+ ){0,2}?(?:record|mark|high|low|best|peak|holder|winner|champion|maximum|minimum|title-holder|figure|runner-up|biggest|highest|lowest|largest|youngest|oldest)\b|"
    r"\b(?:record|mark) (?:of|set|that stood|had stood|stood|dated)\b|\bholder of the (?:[a-z-]+ )?record\b|\bbefore (?:that|then|her|him|this)\b[^.;]{0,30}\b(?:record|youngest|oldest)\b",
    re.I,
)
_BEATS = lazy(
    r"\b(?:eclips\w+|beat\w*|surpass\w+|pass(?:es|ed|ing)|tops|topp\w+|break\w*|broke|better\w*|exceed\w*|overt[ao]\w+|outstrip\w*|smash\w+|improv\w+|above|over|higher than|more than)\b"
)
# "the biggest attendance in the ground's history, eclipsing the 5,488 who ..."
_BEATING = lazy(
    r"\b(?:eclips\w+|beat\w*|surpass\w+|pass(?:es|ed|ing)|topp\w+|break\w*|broke|bettering|bettered|exceed\w*|overtak\w+|outstripp?\w*|smash\w+|improv\w+ on) (?:the )?(?:(?:old|previous|former|earlier) )?(?:record |mark |best |high |low |figure |total )?(?:of )?(?:the )?(?:about |some |nearly )?‹(?P<kind>[nmpula])(?P<older>\d+)›"
)
# "the largest ever recorded with a single country": the largest of the parts, beside a record of the whole
_AMONG_PARTS = lazy(r"(?: [a-z]+)? (?:with|for|by|from|to|in|at|on) (?:a single|any (?:one|single)|one|an individual) ")
_KINDS = frozenset({"count", "money", "percent", "measure", "age", "duration"})
_BODY = frozenset({BlockKind.BODY, BlockKind.QUOTE, BlockKind.LIST_ITEM, BlockKind.DEK, BlockKind.HEADLINE})


def find(article: Article) -> Iterable[Relation]:
    """``superlative`` (the record is the highest) and ``superlative-low`` (it is the lowest) relations."""
    yield from _beaten(article)
    older = _older(article)
    if not older:
        return
    for sentence in article.sentences:
        if article.block(sentence).kind not in _BODY:
            continue
        masked = article.masked(sentence.index)
        match = _SUPERLATIVE.search(masked.text)
        if not match or _AMONG_PARTS.match(masked.text, match.end()):
            continue
        low = bool(match["low"])
        for record in _told(article, masked, match, {(other.kind, other.unit) for other, _ in older}):
            for other, mark in older:
                if _is_of_other_period(match["mid"], article.text(other.sentence)):
                    continue
                if (
                    other.id == record.id
                    or other.kind != record.kind
                    or other.unit != record.unit
                    or other.sentence == record.sentence
                    or not _is_like(record, other)
                ):
                    continue
                kind = "superlative-low" if low else "superlative"
                yield Relation(
                    kind, {"record": (record,), "other": (other,)}, 0.85, context={"mark": mark} if mark else {}
                )
                break


_FAR = 5  # how many times one mark may be of another


def _is_like(record: Claim, other: Claim) -> bool:
    """Whether two figures may be marks of one kind: "0.1C above" is none beside 9.62C."""
    assert record.value is not None and other.value is not None
    return max(record.value, other.value) <= _FAR * min(record.value, other.value)


_MONTH = lazy(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|monthly|quarterly|annual|yearly|weekly|daily|(?:first|second|third|fourth)[- ](?:quarter|half)|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)


def _is_of_other_period(record: str, older: str) -> bool:
    """Whether a record is of one period ("the highest March total") and an older one of another ("for quarterly volume")."""
    own, theirs = set(_MONTH.findall(record)), set(_MONTH.findall(older))
    return bool(own) and bool(theirs) and not own & theirs


def _beaten(article: Article) -> Iterator[Relation]:
    """A record and the mark that it is said to beat in its own sentence."""
    for sentence in article.sentences:
        if article.block(sentence).kind not in _BODY:
            continue
        masked = article.masked(sentence.index)
        for match in masked.finditer(_BEATING):
            other = masked.claim(match, "older")
            best = _SUPERLATIVE.search(masked.text) or re.search(r"\brecord\b", masked.text[: match.start()])
            before = [
                c
                for c in masked.claims
                if c.start < other.start and c.kind == other.kind and c.unit == other.unit and c.value
            ]
            if not best or not before or not other.value or before[-1].role in ("change", "rate"):
                continue
            if other.kind in ("duration", "time") or _is_year(other) or _is_year(before[-1]):
                continue  # a race is won in less time, a siege lasts longer
            low = best.groupdict().get("low")
            yield Relation(
                "superlative-low" if low else "superlative", {"record": (before[-1],), "other": (other,)}, 0.9
            )


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
            if claim.kind in _KINDS
            and claim.value
            and match.start() - 50 <= masked.text.find(f"{number}›") <= match.end() + 80
        ]
        if (
            not near
            and sentence.index + 1 < len(article.sentences)
            and article.sentences[sentence.index + 1].block == sentence.block
        ):
            following = [
                c for c in article.by_sentence.get(sentence.index + 1, ()) if c.kind in _KINDS and c.value is not None
            ]
            if len(following) == 1 and re.match(r"(?:It|That|This)\b", article.text(sentence.index + 1)):
                place = article.document.blocks[sentence.block]
                mark = article.derived(
                    "mark", 1, sentence.block, sentence.start + 0, min(len(place.text), sentence.end)
                )
                found.append((following[0], mark))
        if near:
            after = [c for c in near if masked.text.find(f"{masked.claims.index(c)}›") > match.end()]
            claim = after[0] if after else near[-1]
            if not after and _BEATS.search(
                masked.text, masked.text.find(f"{masked.claims.index(claim)}›"), match.start()
            ):
                continue  # "9.62C beats the mark set last year"
            if claim.role not in ("change", "rate") and not _is_year(claim) and claim.kind != "duration":
                found.append((_as_age(masked, claim), None))
    return found


def _is_year(claim: Claim) -> bool:
    return claim.kind == "count" and claim.value is not None and 1800 <= claim.value <= 2100


def _as_age(masked: Masked, claim: Claim) -> Claim:
    """ "was 16 when he won": a bare number that is an age."""
    number = masked.claims.index(claim)
    if claim.kind == Kind.COUNT and re.search(rf"\b(?:was|is|aged) ‹n{number}› when (?:he|she|they)\b", masked.text):
        return replace(claim, kind="age", unit="year")
    return claim


def _told(article: Article, masked: Masked, match: re.Match[str], units: set[tuple[str, str]]) -> Iterator[Claim]:
    """The figure that is called a record: the nearest in its sentence, or the only one there in the unit of an older
    record; for the youngest or oldest the person's age."""
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
    fitting = [(distance, claim) for distance, claim in fitting if claim.role in ("level", "to")]
    alike = [c for c in masked.claims if (c.kind, c.unit) in units and c.value and c.kind == "measure"]
    if len(alike) == 1 and alike[0].role in ("level", "to") and not any(c is alike[0] for _, c in fitting):
        fitting = [(0, alike[0])]
    if fitting:
        yield min(fitting, key=lambda pair: pair[0])[1]
        return
    for index in range(masked.sentence.index + 1, min(masked.sentence.index + 3, len(article.sentences))):
        following = [
            c
            for c in article.by_sentence.get(index, ())
            if c.kind in _KINDS and c.kind != "age" and c.value and c.role in ("level", "to")
        ]
        if following:
            yield following[0]
            return


def _around(article: Article, sentence: int) -> range:
    return range(max(0, sentence - 4), min(len(article.sentences), sentence + 5))
