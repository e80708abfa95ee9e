"""The values that travel the way through the house: Document, Figure, Claim, Relation, Constraint, Conflict, Finding.

Every type is a frozen value; every stage is a pure function from some of them to others.  Numbers are ``Fraction``
from the moment they are read, dates are proleptic day numbers (``datetime.date.toordinal``), times of day are minutes
after midnight.  Nothing here imports spaCy, SymPy or pydantic, and nothing here reads or writes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

# --------------------------------------------------------------------------------------------------- intervals


@dataclass(frozen=True, slots=True)
class Interval:
    """A set of numbers between two ends; ``None`` is an end that lies nowhere, ``*_open`` leaves the end itself out."""

    low: Fraction | None = None
    high: Fraction | None = None
    low_open: bool = False
    high_open: bool = False

    @classmethod
    def point(cls, value: Fraction | int) -> Interval:
        value = Fraction(value)
        return cls(value, value)

    @property
    def is_point(self) -> bool:
        return self.low is not None and self.low == self.high and not (self.low_open or self.high_open)

    @property
    def is_empty(self) -> bool:
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and (self.low_open or self.high_open))

    def __contains__(self, value: Fraction | int) -> bool:
        if self.low is not None and (value < self.low or (self.low_open and value == self.low)):
            return False
        return not (self.high is not None and (value > self.high or (self.high_open and value == self.high)))

    def meet(self, other: Interval) -> Interval:
        """The numbers that lie in both (it may be empty)."""
        low, low_open = self.low, self.low_open
        if other.low is not None and (low is None or other.low > low):
            low, low_open = other.low, other.low_open
        elif low is not None and other.low == low:
            low_open = low_open or other.low_open
        high, high_open = self.high, self.high_open
        if other.high is not None and (high is None or other.high < high):
            high, high_open = other.high, other.high_open
        elif high is not None and other.high == high:
            high_open = high_open or other.high_open
        return Interval(low, high, low_open, high_open)

    def scaled(self, factor: Fraction | int, offset: Fraction | int = 0) -> Interval:
        """Every number times `factor` (not zero) plus `offset`."""
        low = None if self.low is None else self.low * factor + offset
        high = None if self.high is None else self.high * factor + offset
        if factor < 0:
            return Interval(high, low, self.high_open, self.low_open)
        return Interval(low, high, self.low_open, self.high_open)


# --------------------------------------------------------------------------------------------------- documents


class BlockKind(StrEnum):
    HEADLINE = "headline"
    DEK = "dek"  # the standfirst
    BYLINE = "byline"
    DATE = "date"  # the date of publication in the front matter
    DATELINE = "dateline"  # "BANGOR, Maine, Jan. 19 -": cut off the first paragraph
    SUBHEAD = "subhead"
    BODY = "body"
    LIST_ITEM = "list"
    QUOTE = "quote"
    PULL_QUOTE = "pullquote"  # words of the article set large beside it
    CAPTION = "caption"
    ALT = "alt"  # what a picture is said to show to those who cannot see it
    FACT_BOX = "factbox"  # a paragraph of a box beside the text
    TABLE_CELL = "table"
    CORRECTION = "correction"  # a correction or editor's note


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a table cell stands: row 0 is the header row when the table has one."""

    row: int
    column: int
    header: bool


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text that a reader sees as one: a headline, a paragraph, a list item, a table cell.

    `text` has markup removed and white space folded; its character ``i`` stands in the source at
    ``starts[i]:ends[i]`` (several source characters where the source has an entity or an escape).
    `group` numbers the list or table that items and cells belong to (-1: none); `level` is a subhead's or a list
    item's depth, 1 the outermost; `ordered` marks items of a numbered list.
    """

    kind: BlockKind
    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    group: int = -1
    level: int = 0
    ordered: bool = False
    cell: Cell | None = None

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The source offsets of ``text[start:end]`` (not empty)."""
        return self.starts[start], self.ends[end - 1]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where ``document.source[start:end]`` stands in the file: a JSON pointer, an XML path, "paragraph 12, run 3", "page 2".

    `at` is the character of that place with which the stretch begins, where it is the place's text one for one.
    """

    start: int
    end: int
    locator: str
    at: int | None = None


@dataclass(frozen=True)
class Document:
    """One article: its source and its blocks in reading order.

    `source` is the decoded file (byte order mark removed, line ends as they are); of DOCX, ODT, PDF and EML the text that
    was read from it, a line a paragraph.  `origins` lead from there into the file, in order, without overlaps.
    """

    path: str
    source: str
    blocks: tuple[Block, ...]
    date: date | None = None  # of publication: front matter, metadata or dateline
    place: str = ""  # the dateline's
    language: str = "en"
    address: str = ""  # its URL or identifier where a file may hold several articles
    origins: tuple[Origin, ...] = ()
    part: tuple[int, int] | None = None  # of a source that holds several articles, the offsets of this one

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of a source offset, both counted from 1, columns in code points."""
        starts = _line_starts(self.source)
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1


@lru_cache(maxsize=4)  # a file may hold many documents, all with one source
def _line_starts(source: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer(r"\r\n?|\n", source))]


# --------------------------------------------------------------------------------------------------- figures, claims, findings


class Kind(StrEnum):
    COUNT = "count"
    MONEY = "money"
    PERCENT = "percent"  # value 20 for "20%"; also percentage points (unit "pp")
    RATIO = "ratio"  # fractions ("a third", "one in five": 1/5) and multiples ("2.3 times", "doubled": unit "times")
    MEASURE = "measure"  # length, area, mass, volume, temperature, speed, energy, power, ...
    AGE = "age"
    DATE = "date"
    TIME = "time"
    DURATION = "duration"
    ORDINAL = "ordinal"
    SCORE = "score"


class Hedge(StrEnum):
    EXACT = "exact"
    ABOUT = "about"
    NEARLY = "nearly"
    MORE_THAN = "more-than"
    LESS_THAN = "less-than"
    AT_LEAST = "at-least"
    AT_MOST = "at-most"
    UP = "up"  # a change: "rose 4 %", "up 12"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Calendar:
    """What a date expression says: the parts it names, and the grain of what it means.

    `written` holds the names of the parts that stand in the text ("year", "month", "day", "weekday"); the others were
    filled in from the article's date and are None where it has none.  `weekday` 0 is Monday.  `days` counts from the
    article's date for relative ones ("yesterday" -1, "two years ago" None).
    """

    grain: str  # day | week | weekend | month | season | quarter | half | year | decade | century | moment
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    written: frozenset[str] = frozenset()
    relative: bool = False  # its place in time comes from the article's date ("last Tuesday", "two years ago")
    fiscal: bool = False  # a company's or state's own year


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, date or duration as it is written at ``document.blocks[block].text[start:end]``.

    `value` is the written number in the written unit (Fraction; None for a range, a score or an open date); `low` and
    `high` are the written ends (equal to `value` unless it is a range).  `step` is the worth of the last digit or word
    written (1 for 20,353; 1000 for 48,000; 100000 for 1.2 million).  `widest` and `intended` come from
    ``language.precision``.  Dates hold day numbers, times minutes after midnight (`zone` minutes east of UTC where one
    is named), durations and ages a number of `unit`.
    """

    block: int
    start: int
    end: int
    text: str
    kind: Kind
    value: Fraction | None
    low: Fraction | None
    high: Fraction | None
    widest: Interval
    intended: Interval
    unit: str = ""  # code: USD, %, pp, km, year, times, ...
    unit_name: str = ""  # the words of it
    dimension: str = ""  # length, area, mass, time, money, ...
    hedge: Hedge = Hedge.EXACT
    step: Fraction = Fraction(1)
    worded: bool = False  # written in words: "nineteen"
    parts: tuple[Fraction, ...] = ()  # a score's numbers, in order
    timex: str = ""  # TIMEX3 value of a date, time or duration
    calendar: Calendar | None = None
    zone: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Claim:
    """One statement of the article about one quantity: a figure and what it measures, or something that counts.

    Things that are not written as a figure are claims too: "no one" (0), the number of a list's items, a name's or a
    title's spelling (a code), so that every conflict is between claims.  `id` numbers them within the document.
    Two claims can clash only in the same world (`speaker`, `modality`, `time`, `place`).
    """

    id: int
    block: int
    start: int
    end: int
    text: str
    kind: str  # a Kind's value, or: none, list, name
    widest: Interval
    intended: Interval
    integer: bool = False
    figure: Figure | None = None
    value: Fraction | None = None
    unit: str = ""
    dimension: str = ""
    sentence: int = -1  # index into the article's sentences
    noun: str = ""  # lemma of what is counted or measured: passenger, profit
    carried: bool = False  # its noun was told before
    modifiers: frozenset[str] = frozenset()
    verb: str = ""  # lemma of the governing verb: arrest, rise
    subject: str = ""  # lemma of the clause's subject head
    context: frozenset[str] = frozenset()  # content words of its clause
    names: frozenset[str] = frozenset()  # proper names nearby
    role: str = "level"  # level | change | from | to | than | part | share | rate | rank | limit
    outcome: str = ""  # class of what happened to people or things: dead, injured, arrested, ...
    tense: str = ""  # of the governing verb: past | pluperfect | perfect | present | future | ""
    # the world it is said in
    time: str = ""
    when: Interval | None = None  # the days of the date that `time` names
    place: str = ""
    speaker: str = ""
    modality: str = "asserted"  # asserted | planned | possible | conditional | denied
    definite: bool = False
    other: bool = False  # another, a further


@dataclass(frozen=True, slots=True, eq=False)
class Relation:
    """Claims that belong together: its `kind` names what rules may say about them, its `roles` who is who.

    `constants` are exact numbers that the relation itself fixes (a conversion factor); `confidence` is how surely the
    claims stand in this relation; `assumes` says in words what must hold where that is not certain.  `context` holds what
    the reading rests on without being part of the arithmetic, by role: the article's date behind a date without a year,
    the sentence that "the figure" takes up.  `agrees` marks claims that were related because they bear each other out: by
    itself such a relation is never a finding.
    """

    kind: str
    roles: Mapping[str, tuple[Claim, ...]]
    confidence: float
    assumes: str = ""
    constants: Mapping[str, Fraction] = field(default_factory=dict)
    context: Mapping[str, Claim] = field(default_factory=dict)
    agrees: bool = False

    @property
    def claims(self) -> tuple[Claim, ...]:
        return tuple(claim for claims in self.roles.values() for claim in claims)


class Level(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Mark:
    """A quoted place of a finding.  `start` and `end` are source offsets, `line` and `column` count from 1."""

    role: str
    text: str
    start: int
    end: int
    line: int
    column: int
    block: str
    sentence: str  # the sentence it stands in, and where in it the mark begins and ends
    sentence_start: int
    sentence_end: int


@dataclass(frozen=True, slots=True)
class Repair:
    """What the marked figure would have to say for agreement with all the others: `text` in the article's own style."""

    span: int  # index into the finding's marks
    text: str


@dataclass(frozen=True, slots=True)
class Suppression:
    """Why a finding does not count: `by` is the directive, the configuration or the baseline that says so."""

    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Finding:
    rule: str
    level: Level
    confidence: float
    message: str
    working: str
    spans: tuple[Mark, ...]
    repairs: tuple[Repair, ...] = ()
    assumes: tuple[str, ...] = ()
    fingerprint: str = ""
    suppressed: Suppression | None = None
    terms: tuple[tuple[str, tuple[str, ...]], ...] = ()  # what stands for each name of the rule's constraint


class Status(StrEnum):
    COMPARED = "compared"
    ALONE = "alone"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the ledger: one figure, what it measures, and whether anything could be compared with it."""

    figure: Figure
    measures: str
    status: Status
    why: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """All that a check of one document says."""

    document: Document
    ledger: tuple[Entry, ...]
    findings: tuple[Finding, ...]
    undecided: int = 0  # components that the solver left open
    changed: tuple[tuple[int, int], ...] | None = None  # source ranges of new sentences; None: not compared


class CheckerError(Exception):
    """Anything a user can mend.  The message has file (and line), the offending value and what is allowed."""
