"""HTML: one file that an editor opens from a mail.  The article as it reads, its findings beside it, its ledger below.

Everything is inside: no script, style, font or picture is fetched, and a content security policy forbids it.  The page
holds only text that the template has escaped; the two scripts of the page are known to the policy by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from checker import __version__
from checker.constraints.mathml import formula
from checker.model import BlockKind, Level
from checker.reports import Reporter
from checker.reports.details import details, role, where
from checker.reports.table import reading
from checker.reports.terminal import clean
from checker.reports.totals import GRAVEST_FIRST, Totals, count, coverage_line, levels_line, worst_first

if TYPE_CHECKING:
    from markupsafe import Markup

    from checker.reports.schema import ArticleReport, Failure, FigureEntry, FindingReport, Passage, Span
    from checker.reports.terminal import Style
    from checker.rules import Rule

_TEMPLATES = Path(__file__).parent / "templates"
_TAGS = {
    BlockKind.HEADLINE: "h2",
    BlockKind.SUBHEAD: "h3",
    BlockKind.QUOTE: "blockquote",
    BlockKind.CAPTION: "figcaption",
}


class FindingsReporter(Reporter["ArticleReport"]):
    """The page is written at the end of the run, with all articles in their order."""

    def __init__(self, out: TextIO, style: Style, rules: Sequence[Rule] = ()) -> None:
        super().__init__(out, style, rules)
        self._reports: list[ArticleReport] = []
        self._failures: list[Failure] = []

    def article(self, report: ArticleReport) -> None:
        self._reports.append(report)

    def failure(self, failure: Failure) -> None:
        self._failures.append(failure)

    def finish(self, totals: Totals) -> None:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined
        from markupsafe import Markup

        environment = Environment(
            loader=FileSystemLoader(_TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        css, script = ((_TEMPLATES / name).read_text(encoding="utf-8") for name in ("report.css", "report.js"))
        rules = {rule.id: rule for rule in self.rules}
        notes = self.style.notes
        articles = [_Article(report, number, rules, notes) for number, report in enumerate(self._reports, 1)]
        page = environment.get_template("report.html").render(
            articles=articles,
            failures=[clean(failure.message) for failure in self._failures],
            totals=totals,
            coverage=coverage_line(totals),
            verdict=levels_line(totals.levels, notes) or "nothing disagrees",
            count=count,
            version=__version__,
            css=Markup(css),
            script=Markup(script),
            policy=f"default-src 'none'; style-src '{_hash(css)}'; script-src '{_hash(script)}'",
        )
        self.out.write(page)


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@dataclass
class _Spot:
    """A stretch of text that is marked: its figures by number, and the findings that quote it with their roles."""

    start: int
    end: int
    figures: list[int] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)


@dataclass
class _Piece:
    """Text of a passage: bare, or marked as a figure or as a quoted place."""

    text: str
    id: str = ""
    anchors: tuple[str, ...] = ()
    state: str = ""  # agrees | alone | unread | error | warning | note
    title: str = ""
    hits: tuple[tuple[str, str, str], ...] = ()  # number of the finding, its id, the role in it

    @property
    def head(self) -> str:
        """All but the last word, which is kept on one line with the numbers behind it."""
        return self.text[: len(self.text) - len(self.tail)]

    @property
    def tail(self) -> str:
        return self.text.split(" ")[-1]


class _Article:
    """One article as the template shows it."""

    def __init__(self, report: ArticleReport, number: int, rules: dict[str, Rule], notes: bool) -> None:
        self.id = f"a{number}"
        self.path = clean(report.name)
        headline = next((p.text for p in report.passages if p.kind == BlockKind.HEADLINE), "")
        self.title = clean(headline) or self.path
        self.report = report
        findings = report.findings
        order = [index for index, finding in enumerate(findings) if notes or finding.level != Level.NOTE]
        order.sort(key=lambda index: worst_first(findings[index]))
        self._numbers = {index: str(place) for place, index in enumerate(order, 1)}
        self._homes: dict[tuple[int, int], str] = {}
        self.blocks = list(self._blocks())
        self.findings = [self._finding(index, rules) for index in order]
        self.figures = [self._figure(index, figure) for index, figure in enumerate(report.figures)]
        self.coverage = coverage_line(report.coverage)
        grave = [findings[index].level for index in order if findings[index].suppressed is None]
        self.live = len(grave)
        self.worst = next((level.value for level in GRAVEST_FIRST if level in grave), "good")

    # the text

    def _blocks(self) -> Iterator[dict[str, Any]]:
        """Paragraphs and headings, lists and tables, in reading order."""
        passages = list(enumerate(self.report.passages))
        while passages:
            number, first = passages[0]
            together = [(number, first)]
            if first.kind in (BlockKind.LIST_ITEM, BlockKind.TABLE_CELL):
                while len(together) < len(passages) and _joined(first, passages[len(together)][1]):
                    together.append(passages[len(together)])
            passages = passages[len(together) :]
            if first.kind == BlockKind.TABLE_CELL:
                yield {"shape": "table", "rows": list(self._rows(together))}
            elif first.kind == BlockKind.LIST_ITEM:
                items = [{"pieces": self._pieces(n, p), "level": min(p.level, 4)} for n, p in together]
                yield {"shape": "list", "tag": "ol" if first.ordered else "ul", "items": items}
            else:
                tag = _TAGS.get(first.kind, "p")
                yield {"shape": "text", "tag": tag, "kind": first.kind.value, "pieces": self._pieces(number, first)}

    def _rows(self, cells: list[tuple[int, Passage]]) -> Iterator[list[dict[str, Any]]]:
        rows: dict[int, list[dict[str, Any]]] = {}
        for number, passage in cells:
            assert passage.cell is not None
            row = rows.setdefault(passage.cell.row, [])
            row += [{"tag": "td", "pieces": []} for _ in range(passage.cell.column - len(row))]
            row.append({"tag": "th" if passage.cell.header else "td", "pieces": self._pieces(number, passage)})
        yield from rows.values()

    def _pieces(self, number: int, passage: Passage) -> list[_Piece]:
        """A passage cut at its marked stretches; those that overlap are one."""
        spots: list[_Spot] = []
        for spot in passage.spots:
            if not spots or spot.start >= spots[-1].end:
                spots.append(_Spot(spot.start, spot.end))
            spots[-1].end = max(spots[-1].end, spot.end)
            spots[-1].figures += [spot.figure] if spot.figure is not None else []
            spots[-1].spans += [pair for pair in spot.spans if pair[0] in self._numbers]
        pieces, at = [], 0
        for place in spots:
            pieces.append(_Piece(clean(passage.text[at : place.start])))
            text = clean(passage.text[place.start : place.end])
            pieces.append(self._marked(place, text, f"{self.id}-p{number}-{place.start}"))
            at = place.end
        return [*pieces, _Piece(clean(passage.text[at:]))]

    def _marked(self, spot: _Spot, text: str, home: str) -> _Piece:
        self._homes.update(dict.fromkeys(spot.spans, home))
        findings = [self.report.findings[index] for index, _ in spot.spans]
        live = [finding.level for finding in findings if finding.suppressed is None]
        figures = [self.report.figures[index] for index in spot.figures]
        status = figures[0].status.value if figures else "alone"
        state = next(
            (level.value for level in GRAVEST_FIRST if level in live), {"compared": "agrees"}.get(status, status)
        )
        return _Piece(
            text=text,
            id=home,
            anchors=tuple(f"{self.id}-g{index}" for index in spot.figures),
            state=state,
            title="; ".join(_said(figure) for figure in figures),
            hits=tuple(
                (*self._named(index), " and ".join(filter(None, roles))) for index, roles in self._roles(spot).items()
            ),
        )

    def _roles(self, spot: _Spot) -> dict[int, list[str]]:
        """The findings that quote a stretch, in the order of their numbers, each with the roles it plays in them."""
        found: dict[int, list[str]] = {}
        for index, number in sorted(spot.spans, key=lambda pair: int(self._numbers[pair[0]])):
            found.setdefault(index, []).append(clean(role(self.report.findings[index].spans[number])))
        return found

    # the findings

    def _named(self, index: int) -> tuple[str, str]:
        """A finding's number and its id."""
        number = self._numbers[index]
        return number, f"{self.id}-f{number}"

    def _finding(self, index: int, rules: dict[str, Rule]) -> dict[str, Any]:
        finding = self.report.findings[index]
        rule = rules.get(finding.rule)
        places = [(number, span, self._homes.get((index, number), "")) for number, span in enumerate(finding.spans)]
        number, home = self._named(index)
        return {
            "number": number,
            "id": home,
            "level": finding.level.value,
            "rule": finding.rule,
            "summary": clean(rule.summary) if rule is not None else "",
            "message": clean(finding.message),
            "suppressed": finding.suppressed is not None,
            "changed": bool(finding.changed),
            "places": [_place(finding, number, span, home) for number, span, home in places],
            "details": [(label, clean(text)) for label, text in details(finding)],
            "formulas": _formulas(rule, finding),
        }

    def _figure(self, index: int, figure: FigureEntry) -> dict[str, Any]:
        status = figure.status.value
        return {
            "home": f"{self.id}-g{index}",
            "line": figure.line,
            "column": figure.column,
            "text": clean(figure.text),
            "kind": figure.kind.value,
            "reading": clean(reading(figure)),
            "size": _size(figure),
            "measures": clean(figure.measures),
            "status": status,
            "why": clean(figure.why),
        }


def _joined(first: Passage, other: Passage) -> bool:
    return other.kind == first.kind and other.group == first.group


def _place(finding: FindingReport, number: int, span: Span, home: str) -> dict[str, Any]:
    return {
        "home": home,
        "text": clean(span.text),
        "role": clean(role(span)),
        "where": clean(where(span)),
        "line": span.line,
        "changed": span.changed,
    }


def _formulas(rule: Rule | None, finding: FindingReport) -> list[Markup]:
    """What must hold, as MathML: in the rule's own names, and with what stands for them."""
    if rule is None or not rule.constraint:
        return []
    from markupsafe import Markup

    terms = {name: [clean(text) for text in texts] for name, texts in finding.terms}
    drawn = [formula(rule.constraint), formula(rule.constraint, terms)] if terms else [formula(rule.constraint)]
    return [Markup(markup) for markup in dict.fromkeys(drawn)]


def _said(figure: FigureEntry) -> str:
    """What a figure was read as and what it was compared with, as the hint that shows over it."""
    said = f"{figure.kind.value}, read as {reading(figure)}; {figure.status.value}"
    return clean(f"{said}: {figure.why}" if figure.why else said)


def _size(figure: FigureEntry) -> str:
    """What the ledger sorts a figure by: its value as a decimal, nothing where it has none."""
    number = figure.value or figure.low
    if number is None:
        return ""
    above, _, below = number.partition("/")
    try:
        return repr(int(above) / int(below)) if below else number
    except OverflowError:
        return ""
