"""Hand-built verdicts that the tests of reports share: one with an error and a note, a clean one."""

from __future__ import annotations

from fractions import Fraction

from checker.model import (
    Block,
    BlockKind,
    Document,
    Entry,
    Figure,
    Finding,
    Hedge,
    Interval,
    Kind,
    Level,
    Mark,
    Repair,
    Status,
    Verdict,
)

HEADLINE = "More than 47,000 people seized at the border"
BODY = "Officers arrested more than 48,000 suspects, of whom 50,353 were formally arrested."
SOURCE = f"# {HEADLINE}\n\n{BODY}\n"
BODY_AT = SOURCE.index(BODY)


def block(kind: BlockKind, text: str) -> Block:
    at = SOURCE.index(text)
    return Block(kind, text, range(at, at + len(text)), range(at + 1, at + len(text) + 1))


DOCUMENT = Document("story.md", SOURCE, (block(BlockKind.HEADLINE, HEADLINE), block(BlockKind.BODY, BODY)))


def mark(role: str, text: str, sentence: str, kind: str) -> Mark:
    start = SOURCE.index(text)
    line, column = DOCUMENT.position(start)
    inside = sentence.index(text)
    return Mark(role, text, start, start + len(text), line, column, kind, sentence, inside, inside + len(text))


def figure(text: str, number: int | None, low: int | None, high: int | None, **fields: object) -> Figure:
    value = None if number is None else Fraction(number)
    ends = [None if end is None else Fraction(end) for end in (low, high)]
    start = BODY.index(text)
    values = {"kind": Kind.COUNT, "widest": Interval(*ends), "intended": Interval(*ends), **fields}
    return Figure(1, start, start + len(text), text, value=value, low=ends[0], high=ends[1], **values)  # type: ignore[arg-type]


FINDING = Finding(
    "part-exceeds-whole",
    Level.ERROR,
    0.99,
    "50,353 cannot be part of more than 48,000 suspects",
    "50,353 > 50,000",
    (
        mark("part", "50,353", BODY, "body"),
        mark("whole", "more than 48,000 suspects", BODY, "body"),
        mark("earlier", "More than 47,000 people", HEADLINE, "headline"),
    ),
    (Repair(0, "20,353"), Repair(2, "more than 48,000")),
    ("if both count the same people",),
    "abc123",
)
NOTE = Finding("by-the-way", Level.NOTE, 0.7, "A note", "1 < 2", FINDING.spans[:1])
LEDGER = (
    Entry(figure("more than 48,000", 48000, 48000, 48000, hedge=Hedge.MORE_THAN), "suspect", Status.COMPARED, "whole"),
    Entry(figure("50,353", 50353, 50353, 50353), "", Status.ALONE, "nothing else counts it"),
)
VERDICT = Verdict(DOCUMENT, LEDGER, (NOTE, FINDING), 0)
CLEAN = Verdict(DOCUMENT, LEDGER, ())
