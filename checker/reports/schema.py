"""The report, schema 1, as typed values; what a JSON reader sees is exactly the fields that are not excluded here.

The excluded fields serve reports for people: the quoted sentences and where they stand.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from checker.model import Hedge, Kind, Level, Status


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def _is_empty(value: str) -> bool:
    return not value


class Span(_Value):
    """A marked place: code point offsets of the decoded source, end exclusive; line and column count from 1.

    `locator` is the place in the terms of a format that is not plain text: "paragraph 12, run 3, characters 5-9".
    """

    role: str
    text: str
    start: int
    end: int
    line: int
    column: int
    block: str
    locator: str = Field("", exclude_if=_is_empty)
    sentence: str = Field("", exclude=True, repr=False)
    sentence_start: int = Field(0, exclude=True, repr=False)  # the mark within the sentence
    sentence_end: int = Field(0, exclude=True, repr=False)
    sentence_at: int = Field(0, exclude=True, repr=False)  # source offset of the sentence
    place: str = Field("", exclude=True, repr=False)  # "the headline", "paragraph 9"


class Repair(_Value):
    """What the span with this index would have to say for everything to agree."""

    span: int
    text: str


class FindingReport(_Value):
    """Statements that cannot all be true, the arithmetic between them and what would mend either side."""

    rule: str
    level: Level
    confidence: float
    message: str
    working: str
    spans: tuple[Span, ...]
    repairs: tuple[Repair, ...] = ()
    assumes: tuple[str, ...] = ()
    fingerprint: str = ""


class Coverage(_Value):
    """How much of an article could be compared."""

    figures: int
    compared: int
    alone: int
    unread: int


_NOTHING = Coverage(figures=0, compared=0, alone=0, unread=0)


class ArticleReport(_Value):
    """What a check says of one article."""

    path: str
    address: str = Field("", exclude_if=_is_empty)  # the article's own, in a file that may hold several
    coverage: Coverage
    findings: tuple[FindingReport, ...] = ()
    undecided: int = Field(0, exclude=True)  # comparisons that the solver left open


class Report(_Value):
    """A whole ``checker check --output-format json``."""

    schema_: Literal[1] = Field(1, alias="schema")
    checker: str
    articles: tuple[ArticleReport, ...]


class FigureEntry(_Value):
    """A figure of the ledger.

    `value`, `low` and `high` are exact decimals ("1.5") or fractions ("1/3") in the written unit; a date is its
    proleptic day number, a time its minutes after midnight.  `value` is null for a range, whose written ends are `low`
    and `high`.  A vague length of time ("a few minutes") has a null `value` and zeros as ends; all three are null for
    a date or time that cannot be placed.
    """

    text: str
    start: int
    end: int
    line: int
    column: int
    block: str
    locator: str = Field("", exclude_if=_is_empty)
    kind: Kind
    value: str | None
    low: str | None
    high: str | None
    unit: str
    unit_name: str
    hedge: Hedge
    measures: str
    timex: str
    status: Status
    why: str


class ArticleFigures(_Value):
    """The ledger of one article."""

    path: str
    address: str = Field("", exclude_if=_is_empty)
    figures: tuple[FigureEntry, ...]
    coverage: Coverage = Field(_NOTHING, exclude=True)


class FiguresReport(_Value):
    """A whole ``checker figures --output-format json``."""

    schema_: Literal[1] = Field(1, alias="schema")
    checker: str
    articles: tuple[ArticleFigures, ...]
