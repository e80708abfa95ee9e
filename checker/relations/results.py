"""Results in two numbers: halves and legs against the final score, goals against the score."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from checker.language.article import Article
from checker.model import BlockKind, Claim, Relation
from checker.patterns import lazy
from checker.relations.votes import sides

_FIRST = lazy(
    r"\b(?:first half|half[- ]?time|at the (?:half|break|interval)|halftime|by the interval|at the turn)\b", re.I
)
_SECOND = lazy(r"\b(?:second half|after the (?:break|interval|restart))\b", re.I)
_PERIOD = lazy(r"\b(?:quarter|period|inning|set|overtime|extra time|shoot-?out|penalt(?:y|ies))\b", re.I)
_WON = lazy(
    r"\b(?:w[io]n|wins|winning|won|beat|beats|beating|defeat\w*|victory|lost|loss|losing|los(?:e|es)|final|triumph\w*|edged?|downed|draw|drew|drawn|rout\w*|thrash\w*|holds? off|tops?|topped)\b",
    re.I,
)
_STOOD = lazy(r"\b(?:down|up|ahead|behind|led|lead|trail\w*|within|tied|level|made it|cut|at|to)\b[^.;]{0,20}$")
_AGGREGATE = lazy(
    r"‹s(?P<score>\d+)›(?: (?:win|victory|defeat|loss|draw|winners?))? (?:on aggregate|over (?:the )?two legs|aggregate)|\baggregate (?:score )?(?:of |was |is |to )?‹s(?P<late>\d+)›"
)
_FIRST_LEG = lazy(r"\b(?:first|opening) leg\b", re.I)
_SECOND_LEG = lazy(r"\b(?:second|return) leg\b", re.I)
_GAME = (
    r"(?:game|match|contest|tie|thriller|encounter|affair|epic|feast|classic|derby|final|cup tie|spectacle|goalfest)"
)
_GOALS = lazy(
    rf"\b{_GAME} (?:of|with|that had|featuring|containing) ‹n(?P<goals>\d+)› goals?\b|‹n(?P<late>\d+)›[- ]goal {_GAME}\b"
)
_OTHER_TIME = lazy(
    r"\b(?:last (?:year|month|season|time|week)|previous\w*|earlier|in (?:19|20)\d\d|then|years? (?:ago|before|earlier)|when they|their last|last met|other)\b",
    re.I,
)
_BODY = frozenset({BlockKind.BODY, BlockKind.HEADLINE, BlockKind.DEK, BlockKind.LIST_ITEM})
Pair = tuple[int, int]


def find(article: Article) -> Iterable[Relation]:
    """``parts-of`` relations of halves, legs and goals with the final score."""
    scores = [
        c for c in article.claims
        if c.kind == "score" and c.figure is not None and len(c.figure.parts) == 2 and c.sentence >= 0 and article.block(c).kind in _BODY
    ]  # fmt: skip
    if scores:
        yield from _halves(article, scores)
        yield from _legs(article, scores)
        yield from _goals(article, scores)


def _pair(claim: Claim) -> Pair:
    assert claim.figure is not None
    return int(claim.figure.parts[0]), int(claim.figure.parts[1])


def _finals(article: Article, scores: list[Claim]) -> list[Claim]:
    """The scores that may be the final one, one of each: those of the headline and those beside a word for a result."""
    headline = [c for c in scores if article.block(c).kind == BlockKind.HEADLINE]
    told = [
        c
        for c in scores
        if c.block in article.openings and _WON.search(article.text(c.sentence))
        if not _near(article, c, _OTHER_TIME) and not _is_record(article, c)
    ]
    return headline or told


def _is_record(article: Article, claim: Claim) -> bool:
    """Whether a score is a season's record: "The Aggies (18-4, 9-1) lost"."""
    return re.search(r"[(][^()]*$", article.block(claim).text[max(0, claim.start - 20) : claim.start]) is not None


def _near(article: Article, claim: Claim, pattern: re.Pattern[str]) -> bool:
    """Whether words stand in a score's own sentence."""
    return pattern.search(article.text(claim.sentence)) is not None


def _only(claims: list[Claim]) -> Claim | None:
    return claims[0] if len({frozenset(_pair(c)) for c in claims}) == 1 else None


def _sum(article: Article, final: Claim, first: Claim, second: Claim, assumes: str) -> Iterator[Relation]:
    """The side whose two parts do not make its whole, in the order of the sides that fits best; the first side where
    both fit."""
    whole, one, other = _pair(final), _pair(first), _pair(second)
    best: tuple[int, tuple[tuple[int, int, int], ...]] | None = None
    for a in (0, 1):
        for b in (0, 1):
            slots = tuple((side, side if a == 0 else 1 - side, side if b == 0 else 1 - side) for side in (0, 1))
            wrong = sum(whole[s] != one[x] + other[y] for s, x, y in slots)
            if best is None or wrong < best[0]:
                best = (wrong, slots)
    assert best is not None
    wrong, slots = best
    failing = [slot for slot in slots if whole[slot[0]] != one[slot[1]] + other[slot[2]]] or [slots[0]]
    side, x, y = failing[0]
    roles = {"whole": (sides(article, final)[side],), "parts": (sides(article, first)[x], sides(article, second)[y])}
    yield Relation("parts-of", roles, 0.85 if wrong else 0.93, assumes if wrong else "")


def _halves(article: Article, scores: list[Claim]) -> Iterator[Relation]:
    """ "Ahead by 44-36" at the half, "the second half, 48-40", and the final score."""
    if any(_PERIOD.search(article.text(c.sentence)) for c in scores):
        return
    first = _only([c for c in scores if _near(article, c, _FIRST) and not _near(article, c, _SECOND)])
    second = _only(
        [
            c
            for c in scores
            if _near(article, c, _SECOND) and not _near(article, c, _FIRST) and not _is_standing(article, c)
        ]
    )
    if first is None or second is None:
        return
    final = _only([c for c in _finals(article, scores) if c is not first and c is not second])
    if final is None or max(_pair(final)) < 10 or max(_pair(second)) + min(_pair(first)) > 2 * max(_pair(final)):
        return
    if _is_split(_pair(second), _pair(final)):
        yield from _sum(article, final, first, second, "if both are of the halves alone")


def _is_standing(article: Article, claim: Claim) -> bool:
    """Whether a score tells how a game then stood: "down 60-58"."""
    before = article.block(claim).text[max(0, claim.start - 30) : claim.start]
    return _STOOD.search(before) is not None


def _is_split(second: Pair, final: Pair) -> bool:
    """Whether a score of the second half is of that half alone, not the score as it then stood."""
    return max(second) < max(final) * Fraction(3, 4)


def _legs(article: Article, scores: list[Claim]) -> Iterator[Relation]:
    """ "A 2-2 draw", "won the first leg 3-1" and "5-3 on aggregate"."""
    totals = []
    for sentence in sorted({c.sentence for c in scores}):
        masked = article.masked(sentence)
        totals += [masked.claims[int(m["score"] or m["late"])] for m in masked.finditer(_AGGREGATE)]
    total = _only(totals) if totals else None
    first = _only([c for c in scores if c not in totals and _near(article, c, _FIRST_LEG)])
    if total is None or first is None:
        return
    others = [c for c in scores if c not in totals and c is not first and not _near(article, c, _FIRST_LEG)]
    second = _only([c for c in others if _near(article, c, _SECOND_LEG)]) or _only(_finals(article, others))
    if second is not None:
        yield from _sum(article, total, first, second, "if these are the two legs")


def _goals(article: Article, scores: list[Claim]) -> Iterator[Relation]:
    """ "A contest of six goals" and the final score."""
    for sentence in article.sentences:
        if not article.by_sentence.get(sentence.index) or article.block(sentence).kind not in _BODY:
            continue
        masked = article.masked(sentence.index)
        for match in masked.finditer(_GOALS):
            goals = masked.claims[int(match["goals"] or match["late"])]
            holding = [c for c in scores if sum(_pair(c)) == goals.value]
            final = holding[0] if holding else _only(_finals(article, scores) or _told_as_result(article, scores))
            if final is not None and goals.value and abs(sum(_pair(final)) - goals.value) <= 3:
                parts = sides(article, final)
                yield Relation(
                    "parts-of", {"whole": (goals,), "parts": parts}, 0.93 if holding else 0.85,
                    "" if holding else "if both are of one game",
                )  # fmt: skip


def _told_as_result(article: Article, scores: list[Claim]) -> list[Claim]:
    return [c for c in scores if _near(article, c, _WON) and not _near(article, c, _OTHER_TIME)]
