"""One game's score and what is said of it: a draw, sets and legs played, the score at the break, games of a series."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from checker.language.article import Article, Masked
from checker.model import BlockKind, Claim, Relation
from checker.patterns import lazy
from checker.relations.votes import sides

_BODY = frozenset({BlockKind.BODY, BlockKind.HEADLINE, BlockKind.DEK, BlockKind.CAPTION})
_DRAWN = lazy(
    r"\b(?:dr[ae]w|drew|drawn|draws|drawing|tied|ties|all square|finished level|ended level|end(?:ed)? all square|deadlocked|(?:were|was|remained|stood|stands?) level)(?: (?:at|on|by))? ‹s(?P<late>\d+)›|"
    r"‹s(?P<early>\d+)›[- ](?:(?:[a-z-]+ ){0,2}(?:draws?|stalemate|tie|deadlock|standoff)|scoreline, |all)\b|"
    r"\b(?:draw|stalemate|tie|deadlock) (?:of |at |with )?‹s(?P<of>\d+)›"
)
_STOOD = lazy(
    r"\b(?:(?P<up>led|leading|lead|ahead|up|in front)|(?P<down>trailed|trailing|trail|behind|down)|level|tied|was|were|it was) (?:by )?‹s(?P<score>\d+)›[^.;‹]{0,25}?(?:(?:at|by|before) (?:the )?(?:half-?time|half|break|interval|tea|turn|intermission)|‹\w\d+› quarters?|after (?:the )?(?:first|‹o\d+›) (?:half|quarter|period)|‹l\d+›|into the break|going into)"
)
_WON = lazy(
    r"\b(?P<won>w[io]n|wins|won|beat|beats|beating|defeated|defeats|downed|edged|thrashed|overcame|triumphed|saw off|sank)\b(?:[^.;‹]{0,60}?) ‹s(?P<won_by>\d+)›|\b(?P<lost>lost|lose|loses|went down|losing)\b(?:[^.;‹]{0,40}?) ‹s(?P<lost_by>\d+)›"
)
_PARTS = lazy(
    r"‹n(?P<number>\d+)›[- ](?P<what>set|leg|frame)(?:ter)? (?:match|final|contest|battle|encounter|thriller|win|victory|epic|tie|affair|semi-final|duel)\b"
)
_STRAIGHT = lazy(r"\b(?:in )?straight sets?\b")
_OTHER_TIME = lazy(
    r"\b(?:last (?:year|month|season|time|week|meeting|game|match)|previous\w*|earlier|in (?:19|20)\d\d|then|(?:years?|months?|weeks?) (?:ago|before|earlier)|when they|their last|last met|other|penalties|shoot-?out|aggregate)\b",
    re.I,
)
_SERIES = lazy(
    r"\b(?P<verb>lead|leads|led|leading|trail\w*|down|ahead|up|tied|level\w*|take|took|takes)\b[^.;‹]{0,30}?\bbest-of-(?P<best>three|five|seven|nine|\d)\b[^.;‹]{0,40}?‹s(?P<score>\d+)›|‹s(?P<early>\d+)› (?:lead|deficit|advantage) in the best-of-(?P<late>three|five|seven|nine|\d)\b"
)
_NEXT_GAME = lazy(
    r"\bGame (?P<number>\d)\b[^.;‹]{0,25}?(?:is|will be|takes place|is set for|is scheduled|follows|on ‹d)"
)
_NUMBERS = {"three": 3, "five": 5, "seven": 7, "nine": 9}


def find(article: Article) -> Iterable[Relation]:
    """``drawn-score``, ``part-of``, ``straight-sets`` and ``list-count`` relations."""
    scores = [c for c in article.claims if c.kind == "score" and c.figure is not None and len(c.figure.parts) == 2]
    if not scores:
        return
    held = {c.sentence for c in scores if c.sentence >= 0 and article.block(c).kind in _BODY}
    for index in sorted(held):
        masked = article.masked(index)
        yield from _drawn(article, masked)
        yield from _series(article, masked)
    yield from _stood(article, sorted(held))
    yield from _sets(article, sorted(held))


def _pair(claim: Claim) -> tuple[Fraction, Fraction]:
    assert claim.figure is not None
    return claim.figure.parts[0], claim.figure.parts[1]


def _drawn(article: Article, masked: Masked) -> Iterator[Relation]:
    for match in masked.finditer(_DRAWN):
        score = masked.claims[int(match["late"] or match["early"] or match["of"])]
        a, b = _pair(score)
        if (
            max(a, b) > 60
            or abs(a - b) > 3
            or re.search(r"\b(?:series|aggregate|votes?|odds|record|sets?)\b", masked.text)
        ):
            continue
        first, second = sides(article, score)
        yield Relation("drawn-score", {"ours": (first,), "theirs": (second,)}, 0.93)


def _stood(article: Article, held: list[int]) -> Iterator[Relation]:
    """A score at the break, of which no side can have more than it has at the end."""
    stood: list[tuple[Claim, int]] = []
    ended: list[tuple[Claim, int]] = []
    for index in held:
        masked = article.masked(index)
        if _OTHER_TIME.search(masked.text):
            continue
        for match in masked.finditer(_STOOD):
            stood.append((masked.claim(match, "score"), 1 if match["up"] else -1 if match["down"] else 0))
        for match in masked.finditer(_WON):
            ended.append((masked.claims[int(match["won_by"] or match["lost_by"])], 1 if match["won"] else -1))
    standing = {claim.id for claim, _ in stood}
    ended = [(claim, sign) for claim, sign in ended if claim.id not in standing]
    if len({frozenset(_pair(c)) for c, _ in ended}) != 1 or not stood:
        return
    final, outcome = ended[0]
    for claim, sign in stood[:2]:
        if max(_pair(claim)) > 2 * max(_pair(final)):
            continue
        high, low = max(_pair(final)), min(_pair(final))
        up, down = max(_pair(claim)), min(_pair(claim))
        same = sign * outcome if claim.subject and claim.subject == final.subject else 0
        straight, turned = up <= high and down <= low, up <= low and down <= high
        if (same > 0 and not straight) or (same < 0 and not turned) or not (straight or turned):
            wrong, limit = (up, low) if same < 0 and up > low else (up, high) if up > high else (down, low)
            yield Relation(
                "part-of", {"part": (_side(article, claim, wrong),), "whole": (_side(article, final, limit),)}, 0.88,
                "if both are of one game",
            )  # fmt: skip


def _side(article: Article, score: Claim, value: Fraction) -> Claim:
    return next(side for side in sides(article, score) if side.value == value)


def _set_scores(masked: Masked) -> list[Claim]:
    """The scores of the sets that a sentence lists one after another."""
    run: list[Claim] = []
    best: list[Claim] = []
    text = masked.text
    for number, claim in enumerate(masked.claims):
        if claim.kind == "score":
            gap = (
                text[text.find(masked.mark(number - 1)) + len(masked.mark(number - 1)) : text.find(masked.mark(number))]
                if run
                else ""
            )
            run = [*run, claim] if run and re.fullmatch(r",? (?:and )?(?:\([\d-]+\),? )?", gap) else [claim]
            best = max(best, run, key=len)
        else:
            run = []
    return best if len(best) >= 2 else []


def _sets(article: Article, held: list[int]) -> Iterator[Relation]:
    """Set scores against "in straight sets", "a three-set match"; the score in legs or frames against how many were played."""
    lists = [found for index in held if (found := _set_scores(article.masked(index)))]
    for sentence in article.sentences:
        if article.block(sentence).kind not in _BODY:
            continue
        masked = article.masked(sentence.index)
        for match in masked.finditer(_PARTS):
            stated = masked.claim(match, "number")
            if match["what"] == "set" and len(lists) == 1:
                sets = lists[0]
                items = article.derived("list", len(sets), sets[0].block, sets[0].start, sets[-1].end)
                yield Relation("list-count", {"stated": (stated,), "items": (items,)}, 0.88, "if they are of one match")
            elif match["what"] != "set" and not lists:
                finals = [c for index in held for c in article.masked(index).claims if c.kind == "score"]
                if (
                    len({_pair(c) for c in finals}) == 1
                    and stated.value
                    and abs(sum(_pair(finals[0])) - stated.value) <= 3
                ):
                    yield Relation(
                        "parts-of",
                        {"whole": (stated,), "parts": sides(article, finals[0])},
                        0.88,
                        "if both are of one match",
                    )
        straight = _STRAIGHT.search(article.text(sentence.index)) if len(lists) == 1 else None
        if straight and abs(sentence.index - lists[0][0].sentence) <= 3 and not _OTHER_TIME.search(masked.text):
            won = [s for s in lists[0] if _pair(s)[0] > _pair(s)[1]]
            lost = next((s for s in lists[0] if _pair(s)[0] < _pair(s)[1]), None)
            if won:
                said = article.derived(
                    "none", 0, sentence.block, sentence.start + straight.start(), sentence.start + straight.end()
                )
                told = lost or won[0]
                one = article.derived("count", int(lost is not None), told.block, told.start, told.end)
                yield Relation("straight-sets", {"none": (said,), "lost": (one,)}, 0.9)


def _series(article: Article, masked: Masked) -> Iterator[Relation]:
    """A lead in a series that would have been over, and the number of the next game."""
    for match in masked.finditer(_SERIES):
        score = masked.claims[int(match["score"] or match["early"])]
        word = match["best"] or match["late"]
        best = _NUMBERS.get(word) or int(word)
        a, b = _pair(score)
        if max(a, b) > best:
            continue
        after = article.sentences[score.sentence + 1 : score.sentence + 4]
        for place in after:
            game = _NEXT_GAME.search(article.masked(place.index).text)
            if game is None:
                continue
            at = article.text(place.index).find(f"Game {game['number']}")
            if at < 0:
                continue
            start = place.start + at
            said = article.derived("count", int(game["number"]) - 1, place.block, start, start + 6)
            played = article.derived("count", int(a + b), score.block, score.start, score.end)
            yield Relation(
                "same-quantity", {"a": (played,), "b": (said,)}, 0.88, "if this is the next game of the series"
            )
            return
