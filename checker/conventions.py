"""House conventions: what the configuration says of figures that may be read in two ways."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from checker.language.article import Article
from checker.model import Calendar, Figure, Hedge, Interval, Kind

_NUMERIC = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-]\d+")


@dataclass(frozen=True, slots=True)
class Conventions:
    """`locale` says what 3/4/2026 is (en-GB: 3 April, en-US: March 4, None: either); `exact`, that 48,000 is no rounding."""

    locale: str | None = None
    exact: bool = False


def apply(article: Article, conventions: Conventions) -> None:
    """Narrows the figures of an article that was just made, and its claims with them, to what the house means."""
    narrowed = {id(figure): _narrowed(figure, conventions) for figure in article.figures}
    article.figures = tuple(narrowed[id(figure)] for figure in article.figures)
    claims = []
    for claim in article.claims:
        old = claim.figure
        new = narrowed[id(old)] if old is not None else None
        if old is not None and new is not None and new is not old and claim.widest == old.widest:
            claim = replace(claim, figure=new, widest=new.widest, intended=new.intended, value=new.value)
        claims.append(claim)
    article.claims = tuple(claims)


def _narrowed(figure: Figure, conventions: Conventions) -> Figure:
    if figure.kind == Kind.DATE and conventions.locale is not None:
        return _dated(figure, day_first=conventions.locale == "en-GB")
    if conventions.exact and figure.hedge == Hedge.EXACT and figure.value is not None and _written_out(figure):
        point = Interval.point(figure.value)
        return replace(figure, widest=point, intended=point)
    return figure


def _written_out(figure: Figure) -> bool:
    """Whether every digit of a count or a sum of money is written: 48,000, not 1.2 million."""
    digits = re.findall(r"\d[\d,]*(?:\.\d+)?", figure.text)
    counted = figure.kind in (Kind.COUNT, Kind.MONEY)
    return counted and len(digits) == 1 and Fraction(digits[0].replace(",", "")) == figure.value


def _dated(figure: Figure, *, day_first: bool) -> Figure:
    """A date in numbers that could be read either way, read as the house writes it."""
    found = _NUMERIC.fullmatch(figure.text)
    if not found or figure.low is None or figure.low == figure.high:
        return figure
    assert figure.calendar is not None and figure.calendar.year is not None
    first, second = int(found[1]), int(found[2])
    when = date(figure.calendar.year, *((second, first) if day_first else (first, second)))
    number = Fraction(when.toordinal())
    point = Interval.point(number)
    calendar = Calendar("day", when.year, when.month, when.day, written=frozenset({"year", "month", "day"}))
    timex = when.isoformat()
    return replace(
        figure, value=number, low=number, high=number, widest=point, intended=point, timex=timex, calendar=calendar
    )
