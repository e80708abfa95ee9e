"""Standings told in prose: the highest or lowest of several that are told one after another,
those who follow the first, and the youngest or oldest of a group whose ages are given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from checker.language.article import Article, Masked
from checker.model import BlockKind, Claim, Relation
from checker.patterns import lazy
from checker.relations.levels import is_digest, nouns
from checker.relations.superlatives import HIGH, LOW

_PROSE = frozenset({BlockKind.BODY, BlockKind.QUOTE})
_K = "[nmpu]"
_FEWER_WINS = lazy(
    r"\b(?:strokes?|shots?|under|over|par|seconds?|minutes?|time|faults?|errors?|penalt\w+|unemployment|deaths?|crime|cost|cheapest|lowest|fewest|least|smallest)\b",
    re.I,
)
# "the lowest is Thornmere, at 51%"; "Thornmere is the lowest at 51%"
_EXTREME = lazy(
    rf"\b(?:[Tt]he|[Tt]heir|[Ii]ts) (?P<word>(?P<high>{HIGH})|(?P<low>{LOW}))(?: [a-z]+)?(?: (?:of|in|among) (?:[^.;‹]|‹n\d+›){{2,40}}?)? (?:(?:is|was|are|were) [^‹.;]{{2,50}}?,? ?)?(?:at|with|on|has|had) ‹(?P<k>{_K})(?P<own>\d+)›"
)
_FOLLOWED = lazy(
    rf"‹(?P<k>{_K})(?P<own>\d+)›(?! of (?:them|these|those|whom|which)\b)[^‹.;]{{0,40}}?,? (?:followed|trailed) by (?P<rest>[^.;]*)"
)
_AHEAD_OF = lazy(
    rf"‹(?P<k>{_K})(?P<own>\d+)›[^‹.;]{{0,25}}?,? ahead of (?P<rest>[^.;‹]{{2,60}}? (?:with|on|at) ‹(?P<k2>{_K})(?P<other>\d+)›)"
)
_GROUP = lazy(
    r"\b[Tt]he (?P<word>youngest|oldest|eldest) (?:of the (?:[a-z]+ )?(?P<group>[a-z]+)|(?P<own>defendant|victim|suspect|accused|survivor|runner|competitor|finalist|candidate|member|player|climber|passenger|patient|pupil|winner|casualty))\b[^.;‹]{0,60}?‹[an](?P<age>\d+)›"
)
# what is said of the members of a group, by which others are known to be among them
_DEEDS = {
    "defendant accused suspect gang robber attacker rioter offender": r"plead\w*|admit\w*|sentenced|jailed|convicted|received|guilty|charged|fined|given \d+|found guilty|remanded",
    "victim dead casualty deceased": r"died|killed|dead|was among the (?:dead|victims)|lost (?:his|her) life|body",
    "survivor": r"survived|rescued|pulled",
    "runner competitor finalist entrant climber swimmer rider cyclist contestant": r"finished|ran|competed|qualified|reached the final|completed|entered",
    "candidate": r"is standing|stood|running|candidate",
}
_DEEDS_RE = {word: lazy(rf"\b(?:{deeds})\b") for words, deeds in _DEEDS.items() for word in words.split()}
_AGED = lazy(r"\b[A-Z][\w’'-]+ (?:[A-Z][\w’'.-]+ )?[A-Z][\w’'-]+, ‹[an](?P<age>\d+)›,")
_ELSEWHERE = lazy(
    r"\b(?:in ‹d|‹d\d+›|previous\w*|earlier|ago|before|average|total|target|limit|normal|usual\w*|record|another|elsewhere|nationally|combined|together|than)\b",
    re.I,
)
_SCALES = frozenset({"count", "money", "percent", "measure", "duration"})
# "the second-fastest time ever by a schoolgirl", "the third-highest total on record"
_NTH = lazy(
    rf"‹o(?P<rank>\d+)›[- ](?P<word>(?P<high>{HIGH})|(?P<low>{LOW}))\b[^.;]{{0,50}}?(?:\bever\b|\bon record\b|\bin (?:its|the|their) (?:[a-z-]+ )?(?:‹[la]\d+› )?history\b|\bof all time\b)"
)
# "The record that she was chasing, 4:32.90", "the record of 31.9 inches"
_RECORD = lazy(
    r"\b[Tt]he (?:[a-z]+ )?(?:record|all-time (?:high|low|best))(?: [a-z]+)? ?(?:(?:that|which) [^,.;‹]{0,40}|for [^,.;‹]{0,40})?(?:,| of| is| was| stands at| remains|, of)? (?:set in ‹d\d+›,? (?:of|is|was) )?‹[nmpul](?P<mark>\d+)›"
)


def find(article: Article) -> Iterable[Relation]:
    """``above`` relations of the better and the worse placed."""
    yield from _seconds(article)
    for sentence in article.sentences:
        if article.block(sentence).kind not in _PROSE or is_digest(article, sentence.index):
            continue
        masked = article.masked(sentence.index)
        yield from _extremes(article, masked)
        yield from _followers(masked)
        yield from _ages(article, masked)


def _seconds(article: Article) -> Iterator[Relation]:
    """What is the second or third best ever, and the record that then must be better."""
    told = []
    for sentence in article.sentences:
        if article.block(sentence).kind in _PROSE and sentence.index in article.by_sentence:
            masked = article.masked(sentence.index)
            for match in masked.finditer(_NTH):
                before = [
                    c for c in masked.claims if c.end <= _start_of(masked, match) and c.kind in _SCALES and c.value
                ]
                if (masked.claim(match, "rank").value or 0) >= 2 and before and before[-1].role in ("level", "to"):
                    told.append((before[-1], match))
    for own, match in told:
        fast = match["word"] in ("fastest", "quickest")
        if fast != (own.kind == "duration"):
            continue
        for mark in _marks(article, own):
            yield _above(own, mark, 0.85) if fast or match["low"] else _above(mark, own, 0.85)
            break


def _start_of(masked: Masked, match: re.Match[str]) -> int:
    """Where in its block the rank that a match caught begins."""
    return masked.claim(match, "rank").start


def _marks(article: Article, own: Claim) -> Iterator[Claim]:
    """The records that an article tells of, in the unit of a figure."""
    for sentence in article.sentences:
        if sentence.index == own.sentence or article.block(sentence).kind not in _PROSE:
            continue
        masked = article.masked(sentence.index)
        for match in masked.finditer(_RECORD):
            claim = masked.claim(match, "mark")
            if claim.kind == own.kind and claim.unit == own.unit and claim.value and own.value:
                if max(claim.value, own.value) <= 2 * min(claim.value, own.value):
                    yield claim


def _above(first: Claim, second: Claim, confidence: float, assumes: str = "") -> Relation:
    return Relation("above", {"first": (first,), "second": (second,)}, confidence, assumes)


def _alike(a: Claim, b: Claim) -> bool:
    """Whether two scores are of one kind."""
    if a.kind != b.kind or a.unit != b.unit or not a.value or not b.value or a.id == b.id:
        return False
    if a.role in ("change", "from", "than", "rate") or b.role in ("change", "from", "than", "rate"):
        return False
    if a.block == b.block and b.start - a.end in (0, 1):
        return False  # "with 3-42"
    return max(a.value, b.value) <= 25 * min(a.value, b.value)


def _extremes(article: Article, masked: Masked) -> Iterator[Relation]:
    """The highest or lowest of several, and the others right behind it."""
    for match in masked.finditer(_EXTREME):
        if re.search(r"(?:\b(?:one|some|many|any)|›) of $|\bamong $", masked.text[: match.start()]):
            continue
        own = masked.claim(match, "own")
        low = bool(match["low"])
        behind = masked.text[match.end() :]
        others = [c for c in _claims_in(masked, behind) if _alike(own, c)] if not _ELSEWHERE.search(behind) else []
        following = masked.sentence.index + 1
        if following < len(article.sentences) and article.sentences[following].block == masked.sentence.block:
            after = article.masked(following)
            if not _ELSEWHERE.search(after.text) and _NAMED_FIRST.match(after.text):
                others += [c for c in after.claims if _alike(own, c) and c.figure is not None]
        for other in others:
            if own.kind == "count" and nouns(own, other) not in ("same", "one-bare", "both-bare"):
                continue
            yield _above(other, own, 0.88) if low else _above(own, other, 0.88)


_NAMED_FIRST = lazy(
    r"(?:The )?[A-Z][\w’'-]+(?: (?:[A-Z][\w’'-]+|and|the|of|one))* (?:has|had|is|was|stands?|stood|came|follow\w*|got|scored|recorded|received|at)\b"
)


def _followers(masked: Masked) -> Iterator[Relation]:
    for match in masked.finditer(_FOLLOWED):
        own = masked.claim(match, "own")
        if _FEWER_WINS.search(masked.text) or _ELSEWHERE.search(match["rest"]):
            continue
        ahead = own
        for other in _claims_in(masked, match["rest"]):
            if _alike(ahead, other) and not (
                own.kind == "count" and nouns(own, other) not in ("same", "one-bare", "both-bare")
            ):
                yield _above(ahead, other, 0.9)
                ahead = other
    for match in masked.finditer(_AHEAD_OF):
        own, other = masked.claim(match, "own"), masked.claim(match, "other")
        if _FEWER_WINS.search(masked.text) or _ELSEWHERE.search(match["rest"]):
            continue
        if _alike(own, other) and not (
            own.kind == "count" and nouns(own, other) not in ("same", "one-bare", "both-bare")
        ):
            yield _above(own, other, 0.9)


def _claims_in(masked: Masked, text: str) -> list[Claim]:
    """The claims whose masks stand in a stretch of a masked sentence."""
    return [
        claim
        for number, claim in enumerate(masked.claims)
        if masked.mark(number) in text and claim.kind in ("count", "money", "percent", "measure")
    ]


def _ages(article: Article, masked: Masked) -> Iterator[Relation]:
    """The youngest or oldest of a group, and the others of whom the article tells what befell or was done by it."""
    for match in masked.finditer(_GROUP):
        group = (match["group"] or match["own"]).removesuffix("s")
        deeds = _DEEDS_RE.get(group)
        own = masked.claim(match, "age")
        if deeds is None or not own.value or own.value > 110:
            continue
        for sentence in article.sentences:
            if article.block(sentence).kind not in _PROSE or sentence.index == masked.sentence.index:
                continue
            other = article.masked(sentence.index)
            if not deeds.search(other.text):
                continue
            for found in other.finditer(_AGED):
                claim = other.claim(found, "age")
                if claim.value and claim.value.denominator == 1 and deeds.search(other.text[found.end() :]):
                    pair = (claim, own) if match["word"] == "youngest" else (own, claim)
                    yield _above(*pair, 0.85, "if both are of one group")
