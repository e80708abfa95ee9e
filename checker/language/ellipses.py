"""What a figure leaves out because the one before it has said it: its hedge, its unit."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from checker.language import hedges, precision
from checker.model import Figure, Hedge, Kind
from checker.patterns import lazy

_REACH = 44  # characters between two figures of one statement
_HEDGING = (
    r"(?:just |only |about |around |nearly |almost |some |over |more than |less than |under |as low as |as high as "
    r"|an average of |a comparable )?"
)
_AGAIN = lazy(r"(?:\s[a-z]+)?,?\s(?:or|and)\s")  # "190 points, or 0.6%"
# "down 2.3%, Burlington by 2.6%"
_GAPPED = lazy(r",?\s(?:and\s)?(?:[A-Z][\w.'’&]*\s){1,4}by\s")
# "rose by 2 percent but the Dow fell by 1"
_MOVED_BY = lazy(r"[^.;\d]*\b(?:and|but|while|as)\b[^.;\d]*\sby\s")
# "5% in 2018 and 4.3 last year"
_AND_THEN = lazy(r"[^.;:()\d]{0,40}\s(?:in\s[12]\d{3}|(?:last|this)\s[a-z]+),?\s(?:and|but)\s" + _HEDGING)
_THEN = lazy(r"\s(?:in\s[12]\d{3}|(?:last|this|the)\s[a-z]+|a year)\b")
# "the highest forecast is 84.75 cents, while the lowest is 74.07"
_OTHER_IS = lazy(r",?\s(?:while|whilst|and|but)\s(?:the|an?)\s[^.;:()\d]{1,50}\s(?:is|was|at)\s" + _HEDGING)
_IS_ALL = lazy(r"[.;,]?(?:\s|$)(?![a-z])")
_CONVERTED = lazy(r"\s?[(\[/]\s?|,?\sor\s")  # "over 100 km (60 miles)"
# "from 67.1 per cent in 2022 to 68.4"
_FROM = lazy(r"\bfrom\s$")
_FROM_TO = lazy(rf"(?:\s(?:in|on|at|last|a|an|the|for|this|two|three)\s[^.;,:]{{0,24}}|,)?\sto\s{_HEDGING}")
# "to 34 per cent, from 29 a year ago", "22 degrees, compared with 19"
_COMPARED = rf"(?:from|against|versus|vs\.?|compared\s(?:with|to))\s{_HEDGING}"
# "to 9.4 billion marks in 1986 from 4.6 billion in 1985 and from 3.1 billion in 1984"
_THEN_TOLD = r"(?:\s(?:in|at|on|for|during|over|a|last|this|the)\s[A-Za-z0-9 ]{1,28}?)?"
_AGAINST = lazy(rf"{_THEN_TOLD},?\s(?:and\s)?(?:(?:up|down|rising|falling)\s)?{_COMPARED}")
# the same of counts, whose noun stands between: "460 vehicles were stolen, compared with 63", "six million homes, including
# 1.5 million in Leeds", "435 homes by sale and 187 by tender", "68,400 people who are out of work and 95,800 who are not"
_COUNT_AGAIN = lazy(
    rf"[^.;:()\d]{{1,90}}\s(?:{_COMPARED}|(?:including|of (?:which|whom|them|those)) {_HEDGING})"
    rf"|[^.;:()\d]{{1,60}}?\s(?P<how>by|in|from|at|for|on|who|which)\s[^.;:()\d]{{1,60}},?\sand\s{_HEDGING}"
)
_OR_SO_MANY = lazy(r"\b(?:an?|another|one)\s(?P<noun>[a-z]+)\sor\s$")
# "rose 64 points to 4,577.10", "lost 1.1% to end at 1,334.20"
_INDEX = lazy(
    r"(?P<points>\bpoints?\b(?:,?\sor\s[^.;]{1,18}?)?|%|\bper\s?cent|\bpct),?\s"
    r"(?:to|at)\s(?:close\s|end\s|finish\s|stand\s|settle\s|fall\s|rise\s)?(?:at\s|to\s)?$"
)
_MOVED = lazy(r",?\s(?:up|down)\s[\d.,]+\spoints?\b")  # "16,369.03, up 58.06 points"
_JOINED_M = lazy(r"\dm$")
_LENDERS = (Kind.PERCENT, Kind.MONEY, Kind.MEASURE)
_CHANGES = (Hedge.UP, Hedge.DOWN)
_ALIKE = 10  # one is no more than so many times the other
_UNLIKE = 100  # the same of counts
_SMALL = 13


def complete(previous: Figure | None, figure: Figure, text: str) -> Figure:
    """A figure with what it takes over from the one before it in the text, or as it was."""
    if previous is not None and figure.value is None:
        return _hedged_alike(previous, figure, Fraction(0), text) if previous.hedge in _CHANGES else figure
    if previous is not None and figure.value is not None:
        if figure.kind == Kind.COUNT and not figure.unit and not figure.unit_name:
            if _lends(previous, figure, text):
                return _read_as(figure, figure.value, previous, figure.hedge)
            if _counts_the_same(previous, figure, text):
                return replace(figure, unit_name=previous.unit_name)
        of_millions = previous.kind == Kind.MONEY or (previous.kind == Kind.MEASURE and previous.step >= 1000)
        if figure.unit == "m" and of_millions and _JOINED_M.search(figure.text):
            millions = replace(figure, value=figure.value * 10**6, step=figure.step * 10**6)
            if _lends(previous, millions, text):  # "53m euros, up from 38m", "7m tonnes, from 5m"
                return _read_as(millions, figure.value * 10**6, previous, figure.hedge)
        if figure.hedge == Hedge.EXACT:
            return _hedged_alike(previous, figure, figure.value, text)
    if (
        figure.kind == Kind.COUNT
        and not figure.unit_name
        and (said := _OR_SO_MANY.search(text, max(0, figure.start - 30), figure.start))
    ):
        return replace(figure, unit_name=said["noun"])  # "a pick or two"
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
    same = figure.dimension == previous.dimension != "" and figure.unit != previous.unit
    if previous.hedge in _CHANGES:
        again = _AGAIN.fullmatch(between) or (same and _CONVERTED.fullmatch(between))
        gapped = figure.unit == previous.unit and _GAPPED.fullmatch(between)
        return replace(figure, hedge=previous.hedge) if again or gapped else _index_level(figure, text)
    if previous.hedge == Hedge.EXACT or not same or not _CONVERTED.fullmatch(between):
        return _index_level(figure, text)
    return _read_as(figure, value, figure, previous.hedge)


def _counts_the_same(previous: Figure, figure: Figure, text: str) -> bool:
    """Whether a bare count counts what the one before it does: "460 vehicles were stolen, compared with 63"."""
    if previous.kind != Kind.COUNT or not previous.unit_name or previous.unit or not previous.value or not figure.value:
        return False
    if not _written_alike(previous, figure) or not previous.value / _UNLIKE <= figure.value <= previous.value * _UNLIKE:
        return False
    between = text[previous.end : figure.start]
    again = _COUNT_AGAIN.fullmatch(between) if len(between) < 140 else None
    if (
        between[1:2] == previous.unit_name[0]
        and re.match(rf"\s{previous.unit_name}s?(?=\s)", between)
        and (noun := between[1:].partition(" "))
    ):
        if _OTHER_IS.fullmatch(noun[1] + noun[2]) and _IS_ALL.match(text, figure.end):
            return True
    return again is not None and (not again["how"] or text.startswith(f" {again['how']} ", figure.end))


def _written_alike(a: Figure, b: Figure) -> bool:
    """Whether both stand in words or in digits, but for the small ones that newspapers write in words."""
    return a.worded == b.worded or any(figure.worded and (figure.high or 0) < _SMALL for figure in (a, b))


def _lends(previous: Figure, figure: Figure, text: str) -> bool:
    if previous.kind not in _LENDERS or figure.start - previous.end > _REACH or not previous.high or not figure.value:
        return False
    if not abs(previous.high) / _ALIKE <= figure.value <= abs(previous.high) * _ALIKE:
        return False
    if not _written_alike(previous, figure):
        return False
    between = text[previous.end : figure.start]
    if figure.hedge in _CHANGES and previous.hedge in _CHANGES and previous.kind == Kind.PERCENT:
        if _MOVED_BY.fullmatch(between) and text[: previous.start].endswith(" by "):
            return True
    if _AND_THEN.fullmatch(between) and _THEN.match(text, figure.end):
        return True
    if _OTHER_IS.fullmatch(between) and _IS_ALL.match(text, figure.end):
        return True
    begin = hedges.around(text, previous.start, previous.end)[1]
    if _FROM.search(text, max(0, begin - 6), begin) and " from " not in between:
        return _FROM_TO.fullmatch(between) is not None
    return _AGAINST.fullmatch(between) is not None


def _read_as(figure: Figure, value: Fraction, lender: Figure, hedge: Hedge) -> Figure:
    """A figure of a value in the unit of another, read anew."""
    widest, intended = precision.read(value, figure.step, hedge, lender.kind, figure.worded, lender.unit)
    return replace(
        figure, kind=lender.kind, value=value, low=value, high=value, widest=widest, intended=intended, hedge=hedge,
        unit=lender.unit, unit_name=lender.unit_name, dimension=lender.dimension,
    )  # fmt: skip
