"""The ledger of figures as a table for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.model import Kind
from checker.reports import Reporter
from checker.reports.terminal import cells, clean, fold, pad, shorten
from checker.reports.totals import Totals

if TYPE_CHECKING:
    from checker.reports.schema import ArticleFigures, FigureEntry

_HEAD = ("place", "figure", "kind", "read as", "status")
_LONG = {1: 30, 3: 30}  # the columns that are cut, and where at most
_INDENT = "  "
_GAP = 2
_FLOW = 34  # columns that the last column needs beside the others; with less it goes below
_SIGNS = {
    "about": "about ",
    "nearly": "nearly ",
    "more-than": "> ",
    "less-than": "< ",
    "at-least": "≥ ",
    "at-most": "≤ ",
    "up": "+ ",
    "down": "- ",
}
_COLORS = {"compared": "good", "alone": "dim", "unread": "warning"}


class LedgerTable(Reporter["ArticleFigures"]):
    """A table an article: where each figure stands, how it was read, what it measures, what it was compared with."""

    def article(self, report: ArticleFigures) -> None:
        rows = [(_columns(figure), _says(figure), figure.status.value) for figure in report.figures]
        self.out.write(self.style.paint(clean(report.path), "bold") + "\n")
        if not rows:
            self.out.write("  no figures\n\n")
            return
        widths = [
            max(cells(row[i]) for row in [_HEAD, *(columns for columns, _, _ in rows)]) for i in range(len(_HEAD))
        ]
        others = sum(width for i, width in enumerate(widths) if i not in _LONG)
        room = self.style.width - len(_INDENT) - _GAP * (len(_HEAD) - 1) - others
        widths = [min(width, _LONG[i], room // len(_LONG)) if i in _LONG else width for i, width in enumerate(widths)]
        lines = [self.style.paint(self._line(_HEAD, widths).rstrip(), "dim")]
        for columns, says, status in rows:
            lines += self._row(columns, widths, says, status)
        self.out.write("\n".join(lines) + "\n\n")
        self.out.flush()

    def finish(self, totals: Totals) -> None:
        self.out.write(totals.figures_line() + "\n")

    def _line(self, columns: tuple[str, ...], widths: list[int]) -> str:
        return _INDENT + (" " * _GAP).join(
            pad(shorten(text, width), width) for text, width in zip(columns, widths, strict=True)
        )

    def _row(self, columns: tuple[str, ...], widths: list[int], says: str, status: str) -> list[str]:
        line = self._line(columns, widths)
        beside = self.style.width - cells(line) - _GAP
        if beside >= _FLOW:
            lines = fold(says, self.style.width, line + " " * _GAP)
        else:
            indent = " " * (len(_INDENT) + widths[0] + _GAP)
            lines = [line.rstrip(), *fold(says, self.style.width, indent)]
        at = lines[0].rfind(status, 0, cells(line) + 1)
        painted = self.style.paint(status, _COLORS[status])
        lines[0] = lines[0][:at] + painted + lines[0][at + len(status) :]
        return [line.rstrip() for line in lines]


def _columns(figure: FigureEntry) -> tuple[str, ...]:
    place = f"{figure.line}:{figure.column}"
    return place, figure.text, figure.kind.value, reading(figure), figure.status.value


def _says(figure: FigureEntry) -> str:
    return f"{figure.measures}: {figure.why}" if figure.measures and figure.why else figure.measures or figure.why


def reading(figure: FigureEntry) -> str:
    """The figure as it was understood: "> 48,000", "1,200,000,000 USD", "3 to 4 km", "6.5 hours", a date as 2021-01-12."""
    if figure.kind in (Kind.DATE, Kind.TIME) and figure.timex:
        return _when(figure)
    if (figure.low is None and figure.high is None) or (figure.value is None and figure.high == "0"):
        return "?"
    if figure.value is not None or figure.low == figure.high:
        number = _grouped(figure.value or figure.low)
    else:
        number = f"{_grouped(figure.low)} to {_grouped(figure.high)}"
    tight = "" if figure.unit == "%" else " "
    unit = figure.unit + "s" * (figure.kind in (Kind.AGE, Kind.DURATION) and number != "1")
    return f"{_SIGNS.get(figure.hedge.value, '')}{number}{tight}{unit}".rstrip()


def _when(figure: FigureEntry) -> str:
    """A date or a time of day by its TIMEX3 value: 2021-01-12, 09:30, 1990s; "undated" where nothing places it."""
    day, _, clock = figure.timex.partition("T")
    if "X" in day and (clock or figure.low is None):
        return clock or "undated"
    return f"{day}0s" if len(day) == 3 and day.isdigit() else figure.timex


def _grouped(number: str | None) -> str:
    """A decimal with its thousands set off by commas; a fraction as it is."""
    if number is None:
        return "?"
    whole, point, rest = number.partition(".")
    return f"{int(whole):,}{point}{rest}" if "/" not in number and len(whole) < 40 else number
