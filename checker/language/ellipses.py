"""What a figure leaves out because the one before it has said it: its hedge, its unit."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from checker.language import hedges, precision
from checker.model import Figure, Hedge, Kind

_REACH = 44  # characters between two figures of one statement
_HEDGING = (
    r"(?:just |only |about |around |nearly |almost |some |over |more than |less than |under |as low as |as high as )?"
)
_AGAIN = re.compile(r"(?:\s[a-z]+)?,?\s(?:or|and)\s")  # "190 points, or 0.6%"
_CONVERTED = re.compile(r"\s?[(\[/]\s?|,?\sor\s")  # "over 100 km (60 miles)"
# "from 67.1 per cent in 2022 to 68.4"
_FROM = re.compile(r"\bfrom\s$")
_FROM_TO = re.compile(rf"(?:\s(?:in|on|at|last|a|an|the|for|this|two|three)\s[^.;,:]{{0,24}}|,)?\sto\s{_HEDGING}")
# "to 34 per cent, from 29 a year ago", "22 degrees, compared with 19"
_AGAINST = re.compile(
    rf",?\s(?:(?:up|down|rising|falling)\s)?(?:from|against|versus|compared\s(?:with|to))\s{_HEDGING}"
)
# "rose 64 points to 4,577.10", "lost 1.1% to end at 1,334.20"
_INDEX = re.compile(
    r"(?P<points>\bpoints?\b(?:,?\sor\s[^.;]{1,18}?)?|%|\bper\s?cent|\bpct),?\s"
    r"(?:to|at)\s(?:close\s|end\s|finish\s|stand\s|settle\s|fall\s|rise\s)?(?:at\s|to\s)?$"
)
_MOVED = re.compile(r",?\s(?:up|down)\s[\d.,]+\spoints?\b")  # "16,369.03, up 58.06 points"
_JOINED_M = re.compile(r"\dm$")
_LENDERS = (Kind.PERCENT, Kind.MONEY, Kind.MEASURE)
_ALIKE = 10  # one is no more than so many times the other


def complete(previous: Figure | None, figure: Figure, text: str) -> Figure:
    """A figure with what it takes over from the one before it in the text, or as it was."""
    if previous is not None and figure.value is not None:
        if figure.kind == Kind.COUNT and not figure.unit and not figure.unit_name and _lends(previous, figure, text):
            return _read_as(figure, figure.value, previous, figure.hedge)
        if figure.unit == "m" and previous.kind == Kind.MONEY and _JOINED_M.search(figure.text):
            millions = replace(figure, value=figure.value * 10**6, step=figure.step * 10**6)
            if _lends(previous, millions, text):  # "53m euros, up from 38m"
                return _read_as(millions, figure.value * 10**6, previous, figure.hedge)
        if figure.hedge == Hedge.EXACT:
            return _hedged_alike(previous, figure, figure.value, text)
    return _index_level(figure, text)


def _index_level(figure: Figure, text: str) -> Figure:
    if figure.kind != Kind.COUNT or figure.unit or figure.unit_name or not figure.value or figure.value < 100:
        return figure
    found = _INDEX.search(text, max(0, figure.start - 60), figure.start)
    level = found is not None and (figure.step < 1 or found["points"].startswith("point"))
    level = level or _MOVED.match(text, figure.end) is not None
    return replace(figure, unit_name="point") if level else figure


def _hedged_alike(previous: Figure, figure: Figure, value: Fraction, text: str) -> Figure:
    """A figure that says the one before it again, with its hedge: "lost 190 points, or 0.6%", "over 100 km (60 miles)"."""
    between = text[previous.end : figure.start]
    if previous.hedge in (Hedge.UP, Hedge.DOWN):
        return replace(figure, hedge=previous.hedge) if _AGAIN.fullmatch(between) else _index_level(figure, text)
    same = figure.dimension == previous.dimension != "" and figure.unit != previous.unit
    if previous.hedge == Hedge.EXACT or not same or not _CONVERTED.fullmatch(between):
        return _index_level(figure, text)
    return _read_as(figure, value, figure, previous.hedge)


def _lends(previous: Figure, figure: Figure, text: str) -> bool:
    if previous.kind not in _LENDERS or figure.start - previous.end > _REACH or not previous.high or not figure.value:
        return False
    if not previous.high / _ALIKE <= figure.value <= previous.high * _ALIKE or figure.worded != previous.worded:
        return False
    between = text[previous.end : figure.start]
    begin = hedges.around(text, previous.start, previous.end)[1]
    if _FROM.search(text, max(0, begin - 6), begin):
        return _FROM_TO.fullmatch(between) is not None
    return _AGAINST.fullmatch(between) is not None


def _read_as(figure: Figure, value: Fraction, lender: Figure, hedge: Hedge) -> Figure:
    """A figure of a value in the unit of another, read anew."""
    widest, intended = precision.read(value, figure.step, hedge, lender.kind, figure.worded, lender.unit)
    return replace(
        figure, kind=lender.kind, value=value, low=value, high=value, widest=widest, intended=intended, hedge=hedge,
        unit=lender.unit, unit_name=lender.unit_name, dimension=lender.dimension,
    )  # fmt: skip
