"""More people than there were: passengers and how many were aboard, participants and how many a study enrolled, deputies who voted
and how many a chamber has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from checker.language.article import Article
from checker.model import BlockKind, Claim, Hedge, Relation
from checker.patterns import lazy
from checker.relations.levels import is_digest, times

_BODY = frozenset({BlockKind.BODY, BlockKind.QUOTE, BlockKind.LIST_ITEM})
_TIMES = 2  # how many times as many a part may be that is a slip
_PLAIN = frozenset({Hedge.EXACT, Hedge.ABOUT, Hedge.MORE_THAN, Hedge.NEARLY})
_PEOPLE = r"(?:people|persons|passengers|adults|men|women|children|patients|volunteers|participants|subjects)"


@dataclass(frozen=True, slots=True)
class Room:
    """How a text says how many there are of a group in all, what it then calls them, and what is said of them there."""

    whole: re.Pattern[str]
    nouns: frozenset[str]
    said: re.Pattern[str]


_ROOMS = (
    Room(
        lazy(
            rf"‹n(?P<a>\d+)› {_PEOPLE} (?:on board|aboard)\b|\b(?:carr(?:ying|ied)|had) ‹n(?P<b>\d+)› (?:people|passengers)(?: (?:on board|aboard|and crew))?\b|\bwith ‹n(?P<c>\d+)› (?:people )?(?:on board|aboard)\b"
        ),
        frozenset({"passenger", "occupant"}),
        lazy(r"\b(?:hospital\w*|treat\w*|rescu\w*|surviv\w*|hurt|injur\w*|kill\w*|died?|taken|brought|led|drown\w*|escap\w*|pulled|evacuat\w*|landed|ashore|transferred|lifted|winched|carried off)\b"),
    ),
    Room(
        lazy(
            rf"\b(?:enrol(?:l?ed|s)|recruited|signed up|studied|followed|randomi[sz]ed|took in|involved) ‹n(?P<a>\d+)› (?:[a-z]+ ){{0,2}}?{_PEOPLE}\b"
        ),
        frozenset({"participant", "patient", "volunteer", "subject"}),
        lazy(r"\b(?:complet\w+|finish\w+|dropped out|stayed|remained|final assessment|to the end|withdr\w+|answered|improv\w+)\b"),
    ),
    Room(
        lazy(
            r"\b(?:chamber|parliament|[Hh]ouse|[Cc]ouncil|[Aa]ssembly|[Ss]enate|legislature|Duma|Bundestag|Sejm|Knesset)(?: [a-z]+)? (?:has|have|had|is made up of|consists of) ‹n(?P<a>\d+)› (?:members|seats|deputies|lawmakers|senators|councillors)\b|\b‹n(?P<b>\d+)›-(?:member|seat) (?:chamber|parliament|house|council|assembly|senate|legislature)\b"
        ),
        frozenset({"deputy", "lawmaker", "legislator", "senator", "councillor", "member"}),
        lazy(r"\b(?:vot\w+|back\w*|support\w*|oppos\w*|reject\w*|abstain\w*|present|absent|attend\w*)\b"),
    ),
)  # fmt: skip
_OTHER = lazy(
    r"\b(?:other|another|previous\w*|earlier|last (?:year|month|week|time)|years? (?:ago|before)|both (?:houses|chambers)|combined|two studies|trials|lower|upper)\b|\b(?:19|20)\d\d\b"
)


def find(article: Article) -> Iterable[Relation]:
    """``part-of`` relations of a group and of more of its people than it has."""
    for room in _ROOMS:
        wholes = [whole for whole in _wholes(article, room) if whole.value and whole.value >= 10]
        if len({whole.value for whole in wholes}) == 1:
            yield from _more(article, room, wholes[0])


def _wholes(article: Article, room: Room) -> Iterator[Claim]:
    for sentence in article.sentences:
        if not article.by_sentence.get(sentence.index) or article.block(sentence).kind not in _BODY:
            continue
        masked = article.masked(sentence.index)
        for match in masked.finditer(room.whole):
            number = next(group for group in match.groups() if group is not None)
            yield masked.claims[int(number)]


def _more(article: Article, room: Room, whole: Claim) -> Iterator[Relation]:
    counted = [c for c in article.claims if c.kind == "count" and c.noun in room.nouns and c.id != whole.id and c.value]
    if any(c.value is not None and whole.value is not None and c.value >= _TIMES * whole.value for c in counted):
        return  # there is a larger group
    for part in counted:
        if part.figure is None or part.carried or part.sentence < 0 or part.other or part.figure.hedge not in _PLAIN:
            continue
        if (
            article.block(part).kind not in _BODY
            or part.role not in ("level", "to")
            or is_digest(article, part.sentence)
        ):
            continue
        if part.modality != "asserted" or times(part, whole) in ("before", "after"):
            continue
        text = article.text(part.sentence)
        if _OTHER.search(text) or not room.said.search(text) or part.widest.low is None or whole.widest.high is None:
            continue
        if part.widest.low > whole.widest.high:
            yield Relation("part-of", {"part": (part,), "whole": (whole,)}, 0.85, "if these are of that group")
            return
