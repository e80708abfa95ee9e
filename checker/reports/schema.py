"""The report, schema 1, as typed values; what a JSON reader sees is exactly the fields that are not excluded here.

The excluded fields serve reports for people: the quoted sentences and where they stand.  ``checker schema`` publishes
``json_schema`` of these classes.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SerializerFunctionWrapHandler, model_serializer

from checker.model import BlockKind, Cell, Hedge, Kind, Level, Status
from checker.reports.naming import NamedArticle, PlacedFinding

SCHEMA = 1


def _published(schema: dict[str, Any], model: type[BaseModel]) -> None:
    """A class's JSON Schema as it is written: without excluded fields, and with all others but the sparse ones required."""
    properties = schema["properties"]
    for name, field in model.model_fields.items():
        name = field.alias or name
        if field.exclude:
            del properties[name]
            continue
        properties[name].pop("title", None)
        properties[name].pop("default", None)
        if field.default is None:
            properties[name] = properties[name]["anyOf"][0]
    sparse = {name for name, field in model.model_fields.items() if field.default is None}
    schema["required"] = [name for name in properties if name not in sparse]
    schema.pop("title", None)


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, json_schema_extra=_published)


class _Sparse(_Value):
    """A value whose fields that are None by default are left out where they are."""

    @model_serializer(mode="wrap")
    def _without_nothing(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        sparse = {name for name, field in type(self).model_fields.items() if field.default is None}
        return {name: value for name, value in handler(self).items() if value is not None or name not in sparse}


class Span(_Sparse):
    """A marked place: code point offsets of the decoded source, end exclusive; line and column count from 1.

    `locator` is the place in the terms of a format that is no plain text: "paragraph 12, run 3, characters 5-9".
    """

    role: str
    text: str
    start: int
    end: int
    line: int
    column: int
    block: str
    locator: str | None = None
    end_line: int = Field(0, exclude=True, repr=False)  # behind its last character
    end_column: int = Field(0, exclude=True, repr=False)
    sentence: str = Field("", exclude=True, repr=False)
    sentence_start: int = Field(0, exclude=True, repr=False)  # the mark within the sentence
    sentence_end: int = Field(0, exclude=True, repr=False)
    sentence_at: int = Field(0, exclude=True, repr=False)  # source offset of the sentence
    place: str = Field("", exclude=True, repr=False)  # "the headline", "paragraph 9"
    changed: bool = Field(False, exclude=True, repr=False)  # its sentence is new since the revision compared with


class Repair(_Value):
    """What the span with this index would have to say for everything to agree."""

    span: int
    text: str


class Suppression(_Value):
    """Who says that a finding is none, and why: a directive in the article, the configuration or the baseline."""

    by: str
    reason: str


class FindingReport(PlacedFinding, _Sparse):
    """Statements that cannot all be true, the arithmetic between them and what would mend either side.

    `suppressed` stands only in a suppressed finding, which is written only where those are asked for; `changed` only
    where a revision is compared with: whether one of the quoted sentences is new since then.
    """

    rule: str
    level: Level
    confidence: float
    message: str
    working: str
    spans: tuple[Span, ...]
    repairs: tuple[Repair, ...] = ()
    assumes: tuple[str, ...] = ()
    fingerprint: str = ""
    suppressed: Suppression | None = None
    changed: bool | None = None
    terms: tuple[tuple[str, tuple[str, ...]], ...] = Field((), exclude=True, repr=False)  # of the rule's constraint


class Coverage(_Value):
    """How much of an article could be compared."""

    figures: int
    compared: int
    alone: int
    unread: int


_NOTHING = Coverage(figures=0, compared=0, alone=0, unread=0)


class FigureEntry(_Sparse):
    """A figure of the ledger.

    `locator` is that of a ``Span``.  `value`, `low` and `high` are exact decimals ("1.5") or fractions ("1/3") in the written unit; a date is its
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
    locator: str | None = None
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


class Spot(_Value):
    """A stretch of a passage that is a figure, a quoted place, or both; offsets count in the passage's text."""

    start: int
    end: int
    figure: int | None = None  # index into the article's figures
    spans: tuple[tuple[int, int], ...] = ()  # of the article's findings: index of the finding, of its span


class Passage(_Value):
    """A block of the article as a reader sees it."""

    kind: BlockKind
    text: str
    place: str
    level: int = 0
    group: int = -1
    ordered: bool = False
    cell: Cell | None = None
    spots: tuple[Spot, ...] = ()


class ArticleReport(NamedArticle, _Sparse):
    """What a check says of one article; `suppressed` counts its suppressed findings, listed or not, where there are any.

    `address` is the article's own, its URL or identifier, in a format that may hold several.
    """

    path: str
    address: str | None = None
    coverage: Coverage
    findings: tuple[FindingReport, ...] = ()
    suppressed: int | None = None
    undecided: int = Field(0, exclude=True)  # comparisons that the solver left open
    figures: tuple[FigureEntry, ...] = Field((), exclude=True, repr=False)
    passages: tuple[Passage, ...] = Field((), exclude=True, repr=False)


class Failure(_Value):
    """An article that could not be checked."""

    path: str
    message: str


class Report(_Sparse):
    """A whole ``checker check --output-format json``, and every line of ``jsonl``; `failures` only where there are any."""

    schema_: Literal[1] = Field(1, alias="schema")
    checker: str
    articles: tuple[ArticleReport, ...]
    failures: tuple[Failure, ...] | None = None


class ArticleFigures(_Sparse):
    """The ledger of one article; `address` as in a report of a check."""

    path: str
    address: str | None = None
    figures: tuple[FigureEntry, ...]
    coverage: Coverage = Field(_NOTHING, exclude=True)


class FiguresReport(_Sparse):
    """A whole ``checker figures --output-format json``, and every line of ``jsonl``."""

    schema_: Literal[1] = Field(1, alias="schema")
    checker: str
    articles: tuple[ArticleFigures, ...]
    failures: tuple[Failure, ...] | None = None


def json_schema(command: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of what ``checker check`` or ``checker figures`` writes as JSON."""
    models: dict[str, type[BaseModel]] = {"check": Report, "figures": FiguresReport}
    schema = models[command].model_json_schema(by_alias=True, mode="validation")
    identity = f"urn:checker:{command}:{SCHEMA}"
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": identity, **schema}
