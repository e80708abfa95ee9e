"""A quoted sentence with its figures underlined and their roles below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from checker.reports.details import role
from checker.reports.terminal import Style, cells, clean, wrap

if TYPE_CHECKING:
    from checker.reports.schema import Span

REACH = 150  # characters kept on either side of a mark; a longer sentence is cut with an ellipsis
_GAP = " … "
Mark = tuple[int, int, str]  # where it begins and ends in the text, and its role


def by_sentence(spans: Sequence[Span]) -> list[list[Span]]:
    """The spans sentence by sentence, in the order of the source."""
    found: dict[tuple[int, str], list[Span]] = {}
    for span in sorted(spans, key=lambda span: (span.sentence_at, span.start, span.end)):
        found.setdefault((span.sentence_at, span.sentence), []).append(span)
    return list(found.values())


def quote(spans: Sequence[Span], style: Style, width: int, indent: str, level: str) -> list[str]:
    """The lines of one sentence: text at most `width` columns wide, underlines and roles under each line of it."""
    text, marks = excerpt(
        clean(spans[0].sentence), [(span.sentence_start, span.sentence_end, clean(role(span))) for span in spans]
    )
    lines: list[str] = []
    for start, end in wrap(text, width - len(indent)):
        here = [
            (max(a, start), min(b, end), name if a >= start else "") for a, b, name in marks if a < end and start < b
        ]
        lines.append(indent + _painted(text, start, end, here, style, level))
        columns = [(cells(text[start:a]), cells(text[start:b]), name) for a, b, name in here]
        lines += [indent + style.paint(row, level) for row in underlines(columns, width - len(indent), style.color)]
    return lines


def excerpt(text: str, marks: Sequence[Mark]) -> tuple[str, list[Mark]]:
    """The text near its marks, and the marks in it, in order."""
    marks = sorted(marks)
    kept: list[list[int]] = []
    for a, b, _ in marks:
        low, high = _word_start(text, a - REACH), _word_end(text, b + REACH)
        if kept and low <= kept[-1][1] + len(_GAP):
            kept[-1][1] = max(kept[-1][1], high)
        else:
            kept.append([low, high])
    if not kept:
        return text, []
    pieces, shifted, at = [], [], 0
    for number, (low, high) in enumerate(kept):
        gap = _GAP if number else "… " if low else ""
        pieces += [gap, text[low:high]]
        at += len(gap)
        shifted += [(a - low + at, b - low + at, role) for a, b, role in marks if low <= a < high]
        at += high - low
    return "".join(pieces) + (" …" if kept[-1][1] < len(text) else ""), shifted


def _word_start(text: str, at: int) -> int:
    return 0 if at <= 0 else text.find(" ", at) + 1 or at


def _word_end(text: str, at: int) -> int:
    return len(text) if at >= len(text) else max(text.rfind(" ", 0, at), 0) or at


def underlines(columns: Sequence[Mark], width: int, solid: bool) -> list[str]:
    """Rows under a line: underlined marks, each with its role behind it where there is room, else on a row below."""
    if not columns:
        return []
    sign = "▔" if solid else "^"
    rows: list[list[str]] = [[]]
    for start, end, _ in columns:
        _put(rows[0], start, sign * max(1, end - start))
    for number, (start, end, name) in enumerate(columns):
        if not name:
            continue
        following = min((other for other, _, _ in columns[number + 1 :]), default=width + 1)
        if end + 1 + cells(name) < following and _free(rows[0], end, cells(name) + 2):
            _put(rows[0], end + 1, name)
            continue
        start = max(0, min(start, width - cells(name)))
        row = next((row for row in rows[1:] if _free(row, start - 1, cells(name) + 2)), None)
        if row is None:
            rows.append(row := [])
        _put(row, start, name)
    return ["".join(row) for row in rows]


def _put(row: list[str], at: int, text: str) -> None:
    row.extend(" " * (at + len(text) - len(row)))
    row[at : at + len(text)] = text


def _free(row: Sequence[str], at: int, length: int) -> bool:
    return all(cell == " " for cell in row[max(0, at) : at + length])


def _painted(text: str, start: int, end: int, marks: Sequence[Mark], style: Style, level: str) -> str:
    """``text[start:end]`` with its marks set off."""
    pieces, at = [], start
    for a, b, _ in marks:
        if b > at:
            a = max(a, at)
            pieces += [text[at:a], style.paint(text[a:b], level)]
            at = b
    return "".join([*pieces, text[at:end]]).rstrip()
