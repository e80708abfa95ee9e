"""Sentences: where each block's sentences begin and end, found by rule so that only those that matter are parsed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from checker.model import Block, BlockKind
from checker.patterns import lazy

_END = lazy(r"[.!?…]+[\"'”’)\]]*(?=\s)|[.!?][\"”’]+(?=\s)")
_OPENS = lazy(r"\s+[\"'“‘(\[]*[A-Z0-9£$€¥#@‘“À-Ý]")
_LAST_WORD = lazy(r"[\w.&'’-]*$")
_ABBREVIATIONS = frozenset(
    """mr mrs ms dr prof rev hon st sr jr gov sen rep gen col maj capt lt sgt cpl adm cmdr pres supt insp det
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun
    ala ariz ark calif colo conn del fla ga ill ind kan kans ky la md mass mich minn miss mo mont neb nebr nev okla ore
    pa tenn tex vt va wash wis wyo ont que alta
    inc corp co ltd bros cos plc llc no nos vs v al etc approx dept univ assn ave blvd rd ft mt fig vol ed eds pp p
    u.s u.k u.n e.u d.c n.y n.j n.h n.m n.c s.c n.d s.d r.i w.va a.m p.m i.e e.g ph.d m.d b.a m.a u.s.a""".split()
)
# After these a new sentence may well begin ("at 9 a.m. The train"), so a capital decides.
_MAY_END = frozenset("inc corp co ltd plc llc a.m p.m u.s u.k u.n e.u etc jr sr d.c u.s.a ave blvd rd st".split())
_STARTERS = frozenset(
    """the a an it he she they we in on at but and this that these those his her their its there as for if when while
    after before police officials since with about more of according two three four five one no not many most some all
    both by from last what i you our under during only another""".split()
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """``document.blocks[block].text[start:end]``, numbered `index` within the document."""

    index: int
    block: int
    start: int
    end: int


def split(text: str) -> list[tuple[int, int]]:
    """The sentences of a block's text as (start, end), in order, without the white space between them."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        following = _OPENS.match(text, match.end())
        if not following:
            continue
        if text[match.start()] == "." and text[match.start() : match.end()].count(".") == 1:
            before = _LAST_WORD.search(text, start, match.start())
            word = before.group().lower() if before else ""
            if re.fullmatch(r"(?:[a-z]|\w\.(?:\w\.)*\w)", word) or word in _ABBREVIATIONS:
                opening = re.match(r"\w+", text[following.end() - 1 :])
                first = opening.group().lower() if opening else ""
                if word not in _MAY_END and not re.fullmatch(r"\w\.(?:\w\.)*\w", word):
                    continue
                if first not in _STARTERS:
                    continue
        if match.end() - start > 1:
            spans.append((start, match.end()))
            start = match.end() + len(text[match.end() :]) - len(text[match.end() :].lstrip())
    if start < len(text):
        end = len(text.rstrip())
        if end > start:
            spans.append((start, end))
    return spans


def sentences(blocks: tuple[Block, ...]) -> tuple[Sentence, ...]:
    """All sentences of a document; a headline, a byline and a table cell are one sentence each."""
    found: list[Sentence] = []
    whole = {BlockKind.HEADLINE, BlockKind.BYLINE, BlockKind.DATELINE, BlockKind.TABLE_CELL, BlockKind.SUBHEAD}
    for number, block in enumerate(blocks):
        spans = [(0, len(block.text))] if block.kind in whole else split(block.text)
        for start, end in spans:
            if end > start:
                found.append(Sentence(len(found), number, start, end))
    return tuple(found)
