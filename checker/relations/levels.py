"""Two levels of one quantity, now and before, that the words set beside each other: "604 sales, up from 512"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from checker.language.article import Article, Masked
from checker.model import BlockKind, Claim

# what may stand between two levels: words, dates, durations, a conversion in brackets, "in the 23 counties"
_FILL = r"(?:[^‹›.;:()]|‹[dlt]\d+›| \([^()]{0,40}\)|\b(?:in|at|of|on|among|across) (?:the|its|their|all) ‹n\d+›){0,%d}?"
_LEVEL = r"‹(?P<{0}k>[nmpu])(?P<{0}>\d+)›"
_JOINT = r"(?:compared (?:with|to)|as against|against|up from|down from|rather than|versus|from)"
_ARTICLE = r"(?:(?:the|a|an|just|only|about|some|its|a revised|a record|the previous|last year['’]s|the same) ){0,2}"
# what says that the old level is of another time
_THEN = (
    r"(?:[^‹›.;:]{0,40}?(?:‹l\d+› (?:before|earlier|ago|previously)|‹d\d+›|\b(?:previous|earlier|last|before|prior|preceding|year-ago|"
    r"previously|initially|originally|at the start|the time)\b))"
)
_BESIDE = re.compile(
    _LEVEL.format("new") + (_FILL % 100) + rf",? {_JOINT} {_ARTICLE}" + _LEVEL.format("old") + rf"(?P<then>{_THEN})?"
)
_CLEAR = re.compile(r"\b(?:up from|down from|from)\b")
_FIGURE = r"(?:number|figure|total|rate|price|average|tally|count|toll|sum|amount|level|share|proportion|score|bill|reading|equivalent)"
# the sentence behind: "In the same period of 2025 the figure was £268,000." "The rate had stood at 4.75 per cent since November."
_TAKEN_UP = re.compile(
    rf"^(?:(?:In|At|For|During|Over|By|On|Back in|As of)\b(?:[^‹›.;:]|‹[dlt]\d+›){{0,60}}?,? (?:the|that|this|its) {_FIGURE} (?:was|were|stood at|had been|had stood at|came to|reached) "
    rf"|(?:‹l\d+› (?:before|earlier|ago|previously),?|The year before,?|Last year,?|‹d\d+›,?) (?:the|that|this|its) {_FIGURE} (?:was|were|stood at|had been|had stood at) "
    rf"|(?:The|That|Its)(?: [a-z-]+){{0,2}} {_FIGURE} (?:was|stood at|had been|had stood at) (?=[^.]*?(?:‹l\d+› (?:before|earlier|ago)|\b(?:in|for|since|during) (?:the same [a-z]+ (?:of|in) )?‹d\d+›|\bprevious|\bbefore\b))"
    rf"|(?:(?:That|Last year['’]s|The (?:previous|last|earlier)) [a-z]+|A year (?:earlier|ago),?|Last year,?|The year before,?|The previous [a-z]+,?)(?:[^‹›.;:]|‹[dlt]\d+›){{0,60}}? "
    rf"(?:drew|had|attracted|saw|recorded|sold|counted|took|made|brought|there were|found|received|reported|stood at|reached|totall?ed) "
    rf"|(?:That|It|This|Which) (?:compares|compared) (?:with|to) (?:the )?)(?:the|a|an|only|just|about|some|around|nearly)? ?" + _LEVEL.format("old")
)  # fmt: skip
# "The rate had stood at 4.75 per cent since November", some sentences behind "lowered its rate to 4.25 per cent"
_HAD_STOOD = re.compile(
    r"^(?:The|Its|That|This)(?: [a-z-]+){1,3} (?:had (?:previously )?(?:stood at|been)) (?:just |only |about )?"
    + _LEVEL.format("old")
    + r"(?= since | for | before |,? \(| until |\.| and )"
)
_CURRENTLY = re.compile(
    _LEVEL.format("new")
    + (_FILL % 60)
    + r"(?:[;,]|, and| and) (?:currently|now|at present|today) (?:it is|it stands at|they are) (?:about |only )?"
    + _LEVEL.format("old")
)
_NOT_OVER_TIME = re.compile(
    r"\b(?:national average|average of|state average|score|won|lost|beat|target|forecast|expected|expectations|range|between|rival|opponents?|counterpart|"
    r"men|women|girls|boys|per cent of (?:men|women)|analysts|estimates?|consensus|elsewhere|nationally|nationwide|budgeted|planned|transferred|moved|"
    r"out of|donated|collected|raised|borrowed|stole|received|bought|come|came|comes|ranging|majority|vote|votes|polled)\b"
)
_BODY = frozenset({BlockKind.BODY, BlockKind.QUOTE, BlockKind.LIST_ITEM, BlockKind.DEK})


@dataclass(frozen=True, slots=True)
class Levels:
    """An earlier and a later level."""

    old: Claim
    new: Claim


def levels(article: Article) -> list[Levels]:
    """The pairs of levels of an article, in reading order, each claim pair once."""
    found: dict[tuple[int, int], Levels] = {}
    for number, block in enumerate(article.document.blocks):
        if block.kind not in _BODY:
            continue
        masked = article.passage(number)
        if masked is None or len(masked.claims) < 2:
            continue
        for pair in (*_beside(masked), *_taken_up(article, number)):
            found.setdefault((pair.old.id, pair.new.id), pair)
    return list(found.values())


def alike(old: Claim, new: Claim) -> bool:
    """Whether two claims can be two levels of one quantity: kind and unit, and positive numbers."""
    if old.kind != new.kind or old.value is None or new.value is None or old.value <= 0 or new.value <= 0:
        return False
    if old.kind != "count" and old.unit.split("/")[0] != new.unit.split("/")[0]:
        return False
    return not (old.kind == "count" and old.noun and new.noun and old.noun != new.noun)


def _beside(masked: Masked) -> Iterator[Levels]:
    for pattern in (_BESIDE, _CURRENTLY):
        for match in masked.finditer(pattern):
            if match["newk"] != match["oldk"]:
                continue
            old, new = masked.claim(match, "old"), masked.claim(match, "new")
            around = match.group() + masked.text[match.end() : match.end() + 30]
            if not alike(old, new) or _NOT_OVER_TIME.search(around):
                continue
            then = pattern is _CURRENTLY or match["then"] or _CLEAR.search(match.group()) or _now(masked, match)
            if then:
                yield Levels(old, new)


def _now(masked: Masked, match: re.Match[str]) -> bool:
    """Whether the newer level is told with "now": "now fill 150 jars an hour, against the 50 or so before"."""
    return bool(re.search(r"\b(?:now|currently|today)\b[^.‹]{0,40}$", masked.text[: match.start()]))


def _taken_up(article: Article, block: int) -> Iterator[Levels]:
    """A level of the sentence before that "the figure" takes up in another time."""
    sentences = article.sentences_of(block)
    before = sentences[0].index - 1
    previous = [before] if before >= 0 and article.sentences[before].block == block - 1 else []
    order = [*previous, *(sentence.index for sentence in sentences)]
    for first, second in pairwise(order):
        masked = article.masked(second)
        match = _TAKEN_UP.match(masked.text)
        if not match:
            match = _HAD_STOOD.match(masked.text)
            if match:
                yield from _reached(article, second, masked.claim(match, "old"))
            continue
        old = masked.claim(match, "old")
        candidates = [
            claim
            for claim in article.by_sentence.get(first, ())
            if claim.role not in ("from", "than", "change", "rate") and alike(old, replace(claim, noun=old.noun))
        ]
        if len(candidates) == 1:
            yield Levels(old, candidates[0])


def _reached(article: Article, sentence: int, old: Claim) -> Iterator[Levels]:
    """The level that a rate was moved to in one of the four sentences before."""
    for before in range(sentence - 1, max(-1, sentence - 5), -1):
        moved = [
            c for c in article.by_sentence.get(before, ()) if c.role == "to" and alike(old, replace(c, noun=old.noun))
        ]
        if moved:
            if len(moved) == 1:
                yield Levels(old, moved[0])
            return
