"""An article as the relations see it: its sentences, claims, parsed tokens, and sentences with their figures masked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count

from checker.language.english import Token
from checker.language.sentences import Sentence
from checker.model import Block, BlockKind, Claim, Document, Figure, Interval, Kind

# One letter a kind, so that a pattern can ask for it: ‹n0› is the sentence's first claim, a count.
LETTERS = {
    "count": "n",
    "money": "m",
    "percent": "p",
    "ratio": "r",
    "measure": "u",
    "age": "a",
    "date": "d",
    "time": "t",
    "duration": "l",
    "ordinal": "o",
    "score": "s",
    "none": "z",
}
DISPLAY = frozenset({BlockKind.HEADLINE, BlockKind.DEK, BlockKind.CAPTION, BlockKind.SUBHEAD})


@dataclass(frozen=True)
class Masked:
    """A sentence in which every claim (with its hedge) is written ‹k0›, ‹k1›, ...: k its kind's letter.

    Patterns over `text` find relations; ``claim(match, group)`` gives the claim whose number the group caught.
    """

    sentence: Sentence
    text: str
    claims: tuple[Claim, ...]
    spans: tuple[tuple[int, int], ...]  # of what each mark stands for, in the block

    def claim(self, match: re.Match[str], group: str | int = 1) -> Claim:
        return self.claims[int(match[group])]

    def mark(self, number: int) -> str:
        """How the claim of a number is written in `text`."""
        return f"‹{LETTERS.get(self.claims[number].kind, 'x')}{number}›"

    def around(self, claim: Claim) -> tuple[str, str]:
        """The text before and behind a claim; nothing on both sides of one that the sentence does not hold."""
        number = next((n for n, other in enumerate(self.claims) if other.id == claim.id), None)
        if number is None:
            return "", ""
        before, _, behind = self.text.partition(self.mark(number))
        return before, behind

    def finditer(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        return pattern.finditer(self.text)

    def place(self, offset: int) -> int:
        """The offset in the block of an offset in `text`; within a mark, where the mark begins."""
        at, since = self.sentence.start, 0
        for mark, (start, end) in zip(re.finditer(r"‹[a-z]\d+›", self.text), self.spans, strict=True):
            if mark.start() >= offset:
                break
            if mark.end() > offset:
                return start
            at, since = end, mark.end()
        return at + offset - since

    def last_words(self, match: re.Match[str]) -> tuple[int, int]:
        """Where the words of a match stand in the block that are behind its last claim; all its words if there are none."""
        words = re.sub(r"^(?:.*‹[a-z]\d+›)?[ ,]*", "", match.group()) or match.group()
        return self.place(match.end() - len(words)), self.place(match.end())


class Article:
    """Everything that is known of one article before its claims are related.  Built by ``claims.make_article``."""

    def __init__(
        self,
        document: Document,
        figures: Sequence[Figure],
        sentences: Sequence[Sentence],
        tokens: dict[int, tuple[Token, ...]],
    ) -> None:
        self.document = document
        self.figures = tuple(figures)
        self.sentences = tuple(sentences)
        self.claims: tuple[Claim, ...] = ()
        self._tokens = tokens
        self._ids = count()
        self._masked: dict[int, Masked] = {}
        self._hedges: dict[int, tuple[int, int]] = {}  # claim id -> its span with the hedge

    def next_id(self) -> int:
        return next(self._ids)

    def block(self, item: Claim | Sentence) -> Block:
        return self.document.blocks[item.block]

    def tokens(self, sentence: int) -> tuple[Token, ...]:
        """The parsed words of a sentence; none where it holds nothing that matters."""
        return self._tokens.get(sentence, ())

    def text(self, sentence: int) -> str:
        place = self.sentences[sentence]
        return self.document.blocks[place.block].text[place.start : place.end]

    def figures_in(self, block: int) -> list[Figure]:
        return self._figures_of.get(block, [])

    @cached_property
    def _figures_of(self) -> dict[int, list[Figure]]:
        found: dict[int, list[Figure]] = {}
        for figure in self.figures:
            found.setdefault(figure.block, []).append(figure)
        return found

    @cached_property
    def by_sentence(self) -> dict[int, tuple[Claim, ...]]:
        found: dict[int, list[Claim]] = {}
        for claim in self.claims:
            found.setdefault(claim.sentence, []).append(claim)
        return {index: tuple(claims) for index, claims in found.items()}

    def sentence_at(self, block: int, offset: int) -> int:
        """The index of the sentence that holds a place, -1 where none does."""
        for sentence in self.sentences_of(block):
            if sentence.start <= offset < sentence.end:
                return sentence.index
        return -1

    @cached_property
    def _sentences_of(self) -> dict[int, list[Sentence]]:
        found: dict[int, list[Sentence]] = {}
        for sentence in self.sentences:
            found.setdefault(sentence.block, []).append(sentence)
        return found

    def sentences_of(self, block: int) -> list[Sentence]:
        return self._sentences_of.get(block, [])

    @cached_property
    def lede(self) -> int:
        """The block of the first paragraph of running text, -1 where there is none."""
        kinds = (BlockKind.BODY, BlockKind.QUOTE)
        return next((i for i, block in enumerate(self.document.blocks) if block.kind in kinds), -1)

    @cached_property
    def openings(self) -> frozenset[int]:
        """The first three paragraphs of running text: a lede may tell a scene before it says what happened."""
        body = [i for i, block in enumerate(self.document.blocks) if block.kind == BlockKind.BODY]
        return frozenset(body[:3]) if len(body) > 5 else frozenset(body[:1])

    @cached_property
    def published(self) -> Claim | None:
        """The date of publication where the source writes it: in the dateline or the front matter."""
        if self.document.date is None:
            return None
        day = self.document.date.toordinal()
        for claim in self.claims:
            if claim.kind == Kind.DATE and claim.value == day and self.block(claim).kind == BlockKind.DATELINE:
                return claim
        for number, block in enumerate(self.document.blocks):
            if block.kind == BlockKind.DATE:
                return self.derived("date", day, number, 0, len(block.text))
        return None

    def is_display(self, item: Claim | Sentence) -> bool:
        """Whether it stands in a headline, standfirst, caption or subhead."""
        return self.block(item).kind in DISPLAY

    def masked(self, sentence: int) -> Masked:
        if sentence not in self._masked:
            place = self.sentences[sentence]
            text = self.document.blocks[place.block].text
            claims = tuple(
                sorted(
                    (c for c in self.by_sentence.get(sentence, ()) if c.kind not in ("most", "direction")),
                    key=lambda claim: claim.start,
                )
            )
            pieces: list[str] = []
            kept: list[Claim] = []
            spans: list[tuple[int, int]] = []
            at = place.start
            for claim in claims:
                start, end = self._hedges.get(claim.id, (claim.start, claim.end))
                if start < at:
                    start = max(start, at)
                    if claim.start < at:
                        continue
                pieces.append(text[at:start])
                pieces.append(f"‹{LETTERS.get(claim.kind, 'x')}{len(kept)}›")
                kept.append(claim)
                spans.append((start, end))
                at = end
            pieces.append(text[at : place.end])
            self._masked[sentence] = Masked(place, "".join(pieces), tuple(kept), tuple(spans))
        return self._masked[sentence]

    def passage(self, block: int) -> Masked | None:
        """All sentences of a block masked as one text, for what is told over more than one; None for an empty block."""
        pieces: list[str] = []
        claims: list[Claim] = []
        spans: list[tuple[int, int]] = []
        for sentence in self.sentences_of(block):
            masked = self.masked(sentence.index)
            shift = len(claims)
            pieces.append(re.sub(r"(?<=‹[a-z])\d+(?=›)", lambda m: str(int(m[0]) + shift), masked.text))  # noqa: B023
            claims += masked.claims
            spans += masked.spans
        if not pieces:
            return None
        return Masked(self.sentences_of(block)[0], " ".join(pieces), tuple(claims), tuple(spans))

    def derived(
        self,
        kind: str,
        value: int,
        block: int,
        start: int,
        end: int,
        noun: str = "",
        widest: Interval | None = None,
    ) -> Claim:
        """A claim that is not written as a figure: a list's number of items, a name's spelling as a code."""
        text = self.document.blocks[block].text[start:end]
        interval = widest or Interval.point(value)
        return Claim(
            id=self.next_id(),
            block=block,
            start=start,
            end=end,
            text=text,
            kind=kind,
            widest=interval,
            intended=interval,
            integer=True,
            value=interval.low if interval.is_point else None,
            sentence=self.sentence_at(block, start),
            noun=noun,
        )
