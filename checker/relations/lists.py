"""Stated numbers of things against the things that are listed: bullets, numbered items, subheads, named people, items
behind a colon."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from functools import cache

from checker.data import lexicon
from checker.language.article import Article
from checker.model import BlockKind, Claim, Hedge, Relation
from checker.patterns import lazy
from checker.relations.enumerations import OPEN, in_one_sentence, in_order, next_to, they_are
from checker.relations.parts import is_person

_BODY = frozenset({BlockKind.BODY, BlockKind.QUOTE})
_UNNAMED = lazy(
    r"\b(?:unnamed|not (?:yet )?(?:been )?(?:named|identified|disclosed)|unidentified|juvenile|minors?|cannot be named|whose names?|the (?:third|fourth|fifth|sixth|other|seventh) (?:man|woman|victim|person|suspect|defendant|accused)\b|another (?:man|woman|person|boy|girl|victim|suspect)|"
    r"\d+-(?:year|month)-old (?:boy|girl|man|woman|child|baby|son|daughter|son|student|teenager|suspect)|a (?:boy|girl|man|woman|teenager),? (?:aged )?\d+)",
    re.I,
)
_AGED = lazy(
    r"\b(?!(?:Jan|Feb|March|April|May|June|July|Aug|Sept|Oct|Nov|Dec)[a-z]*\.? )(?P<name>[A-ZÀ-Þ][\w’'-]+(?: (?:(?:van|von|de|der|den|del|la|al|bin|Jr\.?,?) )?[A-ZÀ-Þ][\w’'.-]+){0,3}),? (?:aged )?\(?(?P<age>\d{1,3})(?![.,]\d)(?=[,;.)]| and | were | was | of | from | have | has | are |$)"
)
_TOLD = lazy(
    r"\b(?:charged|arrested|accused|defendants?|named|identified|killed|died|dead|victims?|injured|winners?|honou?r\w*|finalists?|shortlist\w*|candidates?|sentenced|jailed|convicted|missing|rescued|suspects?|indicted|court|appointed|elected|candidates|survivors?)\b",
    re.I,
)
_JOINTS = lazy(r";\s*(?:and )?")
_LONGEST = 20


@cache
def _sections_of() -> frozenset[str]:
    """What a headline counts when the article is in so many sections."""
    return frozenset(lexicon("lists")["sections"].split())


def find(article: Article) -> Iterable[Relation]:
    """``list-count`` relations of a stated number and the number of the things listed."""
    seen: set[int] = set()
    for relation in (
        *_groups(article),
        *_sections(article),
        *_numbered(article),
        *_told(article),
        *_in_full(article),
        *_people(article),
    ):
        stated = relation.roles["stated"][0]
        if stated.id not in seen:
            seen.add(stated.id)
            yield relation


def _relation(
    article: Article,
    stated: Claim,
    number: int,
    blocks: list[tuple[int, int, int]],
    confidence: float,
    assumes: str = "",
) -> Relation:
    """`blocks` are the places of the items, as (block, start, end)."""
    first = article.derived("list", number, *blocks[0])
    context = {f"item {i}": article.derived("list", number, *place) for i, place in enumerate(blocks[1:], 2)}
    return Relation("list-count", {"stated": (stated,), "items": (first,)}, confidence, assumes, context=context)


def _countable(claim: Claim) -> bool:
    return (
        claim.kind == "count"
        and claim.value is not None
        and claim.value.denominator == 1
        and 2 <= claim.value <= _LONGEST
        and claim.figure is not None
        and claim.figure.hedge == Hedge.EXACT
        and not claim.text[claim.figure.end - claim.start :].startswith("-")  # "three-season trips"
        and (claim.role == "level" or (claim.role in ("to", "from") and claim.noun != ""))  # "gave medals to five men"
        and claim.modality != "denied"
        and not claim.other
    )


# ------------------------------------------------------------------------------------------------------ bullets, numbers


def _groups(article: Article) -> Iterator[Relation]:
    """A list and the number that the paragraph before it gives."""
    blocks = article.document.blocks
    groups: dict[int, list[int]] = {}
    for number, block in enumerate(blocks):
        if block.kind == BlockKind.LIST_ITEM and block.group >= 0 and block.level <= 1:
            groups.setdefault(block.group, []).append(number)
    for members in groups.values():
        if not 2 <= len(members) <= _LONGEST:
            continue
        opened = [
            c for c in article.claims
            if _countable(c) and members[0] - 3 <= c.block < members[0] and blocks[c.block].kind in _BODY | {BlockKind.SUBHEAD}
            and not OPEN.search(article.text(c.sentence) if c.sentence >= 0 else "")
        ]  # fmt: skip
        if not opened:
            continue
        places = [(n, 0, min(len(blocks[n].text), 60)) for n in members]
        fitting = [c for c in opened if c.value == len(members)]
        if fitting:
            yield _relation(article, fitting[-1], len(members), places, 0.95)
            continue
        near = [c for c in opened if c.block == members[0] - 1]
        announced = [
            c
            for c in near
            if c.sentence == article.sentences_of(c.block)[-1].index
            and (
                article.document.blocks[c.block].text.rstrip().endswith(":")
                or (c.noun in _sections_of() and _HERE.search(article.text(c.sentence)))
            )
        ]
        close = [
            c
            for c in near or opened
            if c.value is not None
            and abs(c.value - len(members)) == 1
            and (blocks[members[0]].ordered or (len(members) >= 3 and len(near) == 1 and _ends_block(article, c)))
        ]
        if not close and not near and blocks[members[0] - 1].text.rstrip().endswith(":"):  # "Those in the running are:"
            last = [c for c in opened if c.block == max(c.block for c in opened) and not _is_more(article, c)]
            close = [c for c in last if len(last) == 1 and c.noun and c.value and abs(c.value - len(members)) <= 2]
        for claim in (*announced[-1:], *close[-1:]):
            yield _relation(
                article,
                claim,
                len(members),
                places,
                0.92 if claim in announced else 0.8,
                "" if claim in announced else "if the list is of these",
            )


def _is_more(article: Article, claim: Claim) -> bool:
    """Whether a number says how many more or fewer: "19 more than in 2025"."""
    return re.match(r" (?:more|fewer|less)\b", article.block(claim).text[claim.end :]) is not None


def _ends_block(article: Article, claim: Claim) -> bool:
    """Whether a claim stands in the last sentence of its block."""
    return claim.noun != "" and claim.sentence == article.sentences_of(claim.block)[-1].index


# what announces a list without a colon
_HERE = lazy(
    r"\b(?:[Hh]ere (?:are|is|come)|[Hh]ere['’]s|[Tt]hese are|[Tt]hey are|below|[Tt]he following|[Tt]hose are|as follows)\b|^(?:My|Our|His|Her|Their) "
)


_NUMBERED = lazy(r"[*_]*(?P<number>\d{1,2})[.)][*_]* (?=\S)")


def _numbered(article: Article) -> Iterator[Relation]:
    """ "These are the six tables to book." and paragraphs that begin "1.", "2.", ... "5."."""
    blocks = article.document.blocks
    found = [(n, m) for n, b in enumerate(blocks) if b.kind in _BODY and (m := _NUMBERED.match(b.text))]
    if not 3 <= len(found) <= _LONGEST or [int(m["number"]) for _, m in found] != list(range(1, len(found) + 1)):
        return
    first = found[0][0]
    stated = [
        c for c in article.claims
        if _countable(c) and c.value is not None and c.value >= 3 and c.block < first and c.sentence >= 0
        and not OPEN.search(article.text(c.sentence))
    ]  # fmt: skip
    announced = [
        c
        for c in stated
        if (article.is_display(c) and c.noun in _sections_of())
        or (c.block == first - 1 and c.sentence == article.sentences_of(c.block)[-1].index and _HERE.search(article.text(c.sentence)))
    ]  # fmt: skip
    places = [(n, m.start("number"), m.end("number")) for n, m in found]
    fitting = [c for c in announced if c.value == len(found)]
    for claim in fitting[:1] or [c for c in announced if c.value is not None and abs(c.value - len(found)) <= 2][:1]:
        yield _relation(article, claim, len(found), places, 0.92)


# -------------------------------------------------------------------------------------------------------------- sections


_NUMBER = lazy(r"(?:No\.? ?|#)?(\d{1,2})[.):]? ")


def _sections(article: Article) -> Iterator[Relation]:
    """ "Five takeaways" and the article's subheads."""
    blocks = article.document.blocks
    heads = [n for n, block in enumerate(blocks) if block.kind == BlockKind.SUBHEAD]
    if len(heads) < 3:
        return
    levels = [blocks[n].level for n in heads]
    level = max(set(levels), key=levels.count)
    heads = [n for n in heads if blocks[n].level == level]
    numbers = [int(m[1]) for n in heads if (m := _NUMBER.match(blocks[n].text))]
    whole = sorted(numbers) == list(range(1, len(numbers) + 1))  # and what else has a subhead is none of them
    numbered = len(numbers) >= 3 and (whole or len(numbers) >= len(heads) - 1)
    stated = [
        c for c in article.claims
        if _countable(c) and c.value is not None and c.value >= 3 and c.block < heads[0] and (article.is_display(c) or blocks[c.block].kind in _BODY)
        and (c.noun in _sections_of() or (numbered and blocks[c.block].kind == BlockKind.HEADLINE and c.start == 0))
        and not re.search(r"\bof\b", article.block(c).text[c.end : c.end + 4])
    ]  # fmt: skip
    number = len(numbers) if numbered else len(heads)
    heads = [n for n in heads if not (numbered and whole) or _NUMBER.match(blocks[n].text)]
    places = [(n, 0, len(blocks[n].text)) for n in heads]
    fitting = [c for c in stated if c.value == number]
    for claim in fitting[:1] or [c for c in stated if c.value is not None and 1 <= abs(c.value - number) <= 2][:1]:
        yield _relation(
            article,
            claim,
            number,
            places,
            0.9 if claim in fitting or numbers else 0.85,
            "" if claim in fitting else "if the subheads are what is counted",
        )


# ----------------------------------------------------------------------------------------------------- in running text


def _told(article: Article) -> Iterator[Relation]:
    """Things told one by one: behind a colon, as an apposition, in the next sentence."""
    for tell in (in_one_sentence, next_to, they_are, in_order):
        for stated, number, place, confidence in tell(article, _countable):
            if number != stated.value and stated.value == 2:
                continue  # "two top spots": two of what is named may be one
            assumes = "" if confidence >= 0.85 else "if all are told"
            yield _relation(article, stated, number, [place], confidence, assumes)


# ---------------------------------------------------------------------------------------------------------- named people


# "Those named in the indictment are", "The dead were identified as", "They are"
_IN_FULL = lazy(
    r"(?:^|[.;] )[\"“]?(?:(?:Those|The (?:\w+ )?(?:accused|defendants?|dead|victims?|injured|suspects?|arrested|winners?|finalists?|candidates?|nominees?|men|women|group|jurors?|survivors?|missing|appointees?|recipients?|honou?rees?|laureates?|others?))\b[^.;:]{0,70}?\b(?:are|were)|They (?:are|were))"
    r"(?: (?:named|identified|listed)(?: by [^.;:,]{0,40}?)? as)?:? (?=[A-ZÀ-Þ])|\b(?:named|identified)(?: by [^.;:,]{0,40}?| (?:them|the \w+|all \w+))? as:? (?=[A-ZÀ-Þ])"
)


_NAME = r"[A-ZÀ-Þ][\w’'-]+(?: (?:(?:van|von|de|der|den|del|la|al|bin) )?[A-ZÀ-Þ][\w’'.-]+){1,3}"
_NAMES = lazy(rf"{_NAME}(?:, {_NAME})*,? and {_NAME}[.”\"]*$")


def _names_only(text: str, start: int) -> Iterator[re.Match[str]]:
    """The names of a list that is nothing but names, and all that is left of a sentence."""
    if _NAMES.match(text, start):
        yield from re.compile(_NAME).finditer(text, start)


def _is_closed(text: str) -> bool:
    """Whether a sentence is one closed list of people with their ages: "A, 31, of X; B, 27; and C, 36, of Y"."""
    pieces = text.split("; ")
    return (
        len(pieces) >= 3 and pieces[-1].startswith("and ") and all(len(_AGED.findall(piece)) == 1 for piece in pieces)
    )


def _is_lede(article: Article, claim: Claim) -> bool:
    """Whether a count begins the article's first paragraph: "Five men have appeared"."""
    first = next((n for n, block in enumerate(article.document.blocks) if block.kind == BlockKind.BODY), -1)
    return claim.block == first and claim.start == article.sentences[claim.sentence].start


def _in_full(article: Article) -> Iterator[Relation]:
    """ "Those named in the indictment are Curtis Bohan, 52, of Pooler; Andre Mayes, 44, ..." and how many they were said to
    be."""
    for sentence in article.sentences:
        if article.block(sentence).kind not in _BODY:
            continue
        text = article.text(sentence.index)
        opens = _IN_FULL.search(text)
        if OPEN.search(text) or not (opens or _is_closed(text)):
            continue
        start = opens.end() if opens else 0
        named = {(m["name"].split()[-1], m["age"]): m.span() for m in _AGED.finditer(text, start)}
        named = named or {(m.group(), ""): m.span() for m in _names_only(text, start)}
        pieces = [piece for piece in _JOINTS.split(text[start:]) if piece.strip()]
        number = len(named)
        if number < 2 or (len(pieces) > 1 and len(pieces) != number):
            continue
        stated = [
            c for c in article.claims
            if _countable(c) and (is_person(c) or not c.noun) and c.value is not None and c.value >= 2 and c.sentence != sentence.index
            and (article.is_display(c) or c.block in article.openings or 0 < sentence.index - c.sentence <= 2)
            and (is_person(c) or _TOLD.search(article.text(c.sentence)))
        ]  # fmt: skip
        places = [(sentence.block, sentence.start + a, sentence.start + b) for a, b in named.values()]
        fitting = [c for c in stated if c.value == number]
        near = [c for c in stated if c.value is not None and abs(c.value - number) <= 2]
        if fitting:
            yield _relation(article, fitting[0], number, places, 0.93)
            others = [c for c in near if c.value != number and c.noun == "man" and _is_lede(article, c)]
            for claim in others if all(c.noun in ("man", "") for c in fitting) else ():
                yield _relation(article, claim, number, places, 0.85, "if everybody is named")
        elif (
            len({c.value for c in near}) == 1
            and not _counted(article, number)
            and not _goes_on(article, sentence.index)
        ):
            yield _relation(article, near[0], number, places, 0.88, "if everybody is named")


def _goes_on(article: Article, index: int) -> bool:
    """Whether another sentence near names more of them: "The guides have been identified as"."""
    near = range(max(0, index - 3), min(len(article.sentences), index + 4))
    return any(_IN_FULL.search(article.text(i)) for i in near if i != index)


def _counted(article: Article, number: int) -> bool:
    """Whether the text counts so many people anywhere: "Four people died", and the four named far below."""
    return any(c.value == number and c.kind == "count" and is_person(c) for c in article.claims)


def _people(article: Article) -> Iterator[Relation]:
    """ "Five people were charged" and the people named with their ages."""
    stated = [
        c for c in article.claims
        if _countable(c) and is_person(c) and c.noun and c.value is not None and 3 <= c.value <= 12
        and (article.is_display(c) or c.block in article.openings) and c.sentence >= 0 and _TOLD.search(article.text(c.sentence))
    ]  # fmt: skip
    if not stated:
        return
    named: list[tuple[int, int, int]] = []
    seen: set[tuple[str, str]] = set()
    for number, block in enumerate(article.document.blocks):
        if block.kind not in _BODY | {BlockKind.LIST_ITEM}:
            continue
        for match in _AGED.finditer(block.text):
            key = (match["name"].split()[-1], match["age"])
            if key not in seen and int(match["age"]) <= 110:
                seen.add(key)
                named.append((number, match.start(), match.end()))
    if len(named) < 2:
        return
    together = any(a[0] == b[0] and b[1] - a[2] < 90 for a, b in itertools.pairwise(named))
    body = " ".join(block.text for block in article.document.blocks if block.kind in _BODY)
    for claim in stated:
        if claim.value == len(named):
            yield _relation(article, claim, len(named), named, 0.9)
            return
    told = {article.sentence_at(number, start) for number, start, _ in named}
    if not together or _UNNAMED.search(body) or any(OPEN.search(article.text(i)) for i in told if i >= 0):
        return
    values = {claim.value for claim in stated}
    for claim in stated:
        if len(values) == 1 and claim.value == len(named) + 1 and len(named) >= 3:
            yield _relation(article, claim, len(named), named, 0.8, "if everybody is named")
            return
