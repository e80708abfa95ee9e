"""Directions: what is said to rise or fall, against the levels before and after."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from checker.language.article import Article, Masked
from checker.model import BlockKind, Claim, Hedge, Relation
from checker.relations.levels import comparable, is_digest, is_explicit, is_level, nouns
from checker.relations.movements import sign_of
from checker.relations.topics import topics

_K = "[nmpuo]"
_FILL = r"(?:(?! (?:and|but|while|whereas|after|before|when|because|with)\b)[^‹›;:.]|‹[dl]\d+›){0,%d}?"
_SMALL = r"(?:an? |the |just |only |about |some |around |nearly |almost |a record |its |their )*"
# "slipped, from 67.1 per cent in 2022 to 68.4", "lifted the Monarchs from sixth to ninth"
_FROM_TO = re.compile(
    rf"(?P<verb>\b[a-z]+)\b(?P<mid>{_FILL % 45}),? from {_SMALL}‹(?P<ok>{_K})(?P<old>\d+)›{_FILL % 40},? to {_SMALL}‹(?P<nk>{_K})(?P<new>\d+)›"
)
_TO_FROM = re.compile(
    rf"(?P<verb>\b[a-z]+)\b(?P<mid>{_FILL % 40}) to {_SMALL}‹(?P<nk>{_K})(?P<new>\d+)›{_FILL % 50},? (?:from|compared with|compared to|against|up from|down from) {_SMALL}‹(?P<ok>{_K})(?P<old>\d+)›"
)
_NOT_OVER_TIME = re.compile(
    r"\b(?:rang\w+|between|ages?|aged|moved|transfer\w*|traded|here|scor\w+|won|lost to|beat|drive|fly|flew|run|ran|open|works?|convert\w*|switch\w*|walk\w*|distance|journey|trip|years?|hours?|minutes?|away|cut (?:him|her|them) off|applause|sentence)\b"
)
_RANK_UP = frozenset("lift raise climb rise move jump leap vault propel catapult send take push promote carry".split())
_RANK_DOWN = frozenset("drop fall slip slide sink tumble plunge relegate demote slump plummet".split())
_PLACE = re.compile(
    r"\b(?:place|places|spot|position|table|standings|league|division|rankings?|conference|ladder|in the|seed|group|bottom|top)\b",
    re.I,
)
_BODY = frozenset({BlockKind.BODY, BlockKind.QUOTE, BlockKind.LIST_ITEM, BlockKind.DEK, BlockKind.HEADLINE})
_TOPIC = 120  # how much of what rises or falls must stand with the levels


def find(article: Article) -> Iterable[Relation]:
    """``direction-up`` and ``direction-down`` relations of two levels; ranks count downwards."""
    for sentence in article.sentences:
        if (
            article.block(sentence).kind in _BODY
            and len(article.by_sentence.get(sentence.index, ())) >= 2
            and not is_digest(article, sentence.index)
        ):
            yield from _inside(article, article.masked(sentence.index))
    yield from _openings(article)


def _inside(article: Article, masked: Masked) -> Iterator[Relation]:
    seen: set[tuple[int, int]] = set()
    for pattern in (_FROM_TO, _TO_FROM):
        for match in masked.finditer(pattern):
            old, new = masked.claim(match, "old"), masked.claim(match, "new")
            if (old.id, new.id) in seen or match["ok"] != match["nk"] or old.value is None or new.value is None:
                continue
            words = re.findall(r"[a-z]+", f"{match['verb']} {match['mid']}")
            if match["ok"] == "o":
                sign = _rank_sign(words) if _PLACE.search(masked.text) else 0
            else:
                sign = next((s for word in reversed(words) if (s := _sign(article, masked, word))), 0)
                if not _levels(old, new) or _NOT_OVER_TIME.search(match.group()):
                    continue
            if not sign:
                continue
            seen.add((old.id, new.id))
            yield _relation(old, new, sign, 0.93 if match["ok"] != "o" else 0.92, {})


def _levels(old: Claim, new: Claim) -> bool:
    """Whether two figures can be levels of one thing; "from 2.0 to 2.5 mln" leaves a scale out."""
    if old.kind != new.kind or old.unit.split("/")[0] != new.unit.split("/")[0] or nouns(old, new) == "other":
        return False
    assert old.value is not None and new.value is not None and old.figure is not None and new.figure is not None
    if min(old.value, new.value) <= 0 or max(old.value, new.value) > 50 * min(old.value, new.value):
        return False
    return not (old.kind == "count" and not old.noun and not new.noun and max(old.value, new.value) <= 50)


def _sign(article: Article, masked: Masked, word: str) -> int:
    """The direction of a word that is a verb in its sentence."""
    sign = sign_of(word)
    if not sign:
        return 0
    return sign if any(t.lower == word and t.is_verb for t in article.tokens(masked.sentence.index)) else 0


def _rank_sign(words: list[str]) -> int:
    """-1 where a rank gets a smaller number (up the table), 1 where it gets a larger one."""
    from checker.language import english

    for word in words:
        bases = {english.lemma(word, tag) for tag in ("VBD", "VBZ", "VBG", "VBN")}
        if bases & _RANK_UP:
            return 1 if "down" in words else -1
        if bases & _RANK_DOWN:
            return 1
    return 0


def _relation(
    old: Claim, new: Claim, sign: int, confidence: float, context: dict[str, Claim], assumes: str = ""
) -> Relation:
    kind = "direction-up" if sign > 0 else "direction-down"
    return Relation(kind, {"old": (old,), "new": (new,)}, confidence, assumes, context=context)


# another reading of a quantity than the plain one: "Seasonally adjusted, the surplus narrowed"
_ADJUSTED = re.compile(
    r"\b(?:adjusted|underlying|like-for-like|constant (?:prices|currency)|in real terms|excluding|per capita)\b", re.I
)


def _moves_itself(article: Article, new: Claim, told: Claim) -> bool:
    """Whether a level stands behind a change of its own that goes as told: "up by 23 to 784, against 1,063 a year ago"."""
    before = [c for c in article.by_sentence.get(new.sentence, ()) if c.end <= new.start and new.start - c.end < 8]
    if not before or before[-1].figure is None or told.value is None:
        return False
    if article.block(new).text[before[-1].end : new.start] not in (" to ", ", to "):
        return False
    return before[-1].figure.hedge == (Hedge.UP if told.value > 0 else Hedge.DOWN)


def _openings(article: Article) -> Iterator[Relation]:
    """What the opening says rises or falls, without a figure of its own, against two levels that are of the same."""
    told = [
        c
        for c in article.claims
        if c.kind == "direction" and c.modality == "asserted" and c.tense not in ("future", "pluperfect")
    ]
    if not told:
        return
    levels = [
        c
        for c in article.claims
        if is_level(c) and c.role not in ("change", "rate") and c.sentence >= 0 and not is_digest(article, c.sentence)
    ]
    alike = topics(article)
    for claim in told:
        if any(
            is_level(c) or c.kind in ("percent", "ratio")
            for c in article.by_sentence.get(claim.sentence, ())
            if c.id != claim.id and c.kind != "count"
        ):
            continue
        newer = [
            c
            for c in levels
            if c.sentence != claim.sentence and c.role not in ("from", "than") and alike.crossed(claim, c) >= _TOPIC
        ]
        pairs = [
            (old, new)
            for new in newer
            for old in levels
            if abs(old.sentence - new.sentence) <= 1
            and old is not new
            and comparable(old, new)
            and is_explicit(article, old, new)
        ]
        if (
            not pairs
            or claim.value is None
            or any(_moves_itself(article, c, claim) for c in levels if c in newer or c.sentence == claim.sentence)
        ):
            continue
        if _ADJUSTED.search(article.text(claim.sentence)):
            continue
        rising = [(new.value or 0) > (old.value or 0) for old, new in pairs]
        agreeing = [pair for pair, up in zip(pairs, rising, strict=True) if up == (claim.value > 0)]
        sign = 1 if claim.value > 0 else -1
        if agreeing:
            yield _relation(*agreeing[0], sign, 0.9, {})
        else:
            yield _relation(*pairs[0], sign, 0.8, {"direction": claim}, "if these are the levels meant")
