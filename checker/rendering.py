"""Numbers as the article would write them: the same currency sign, scale word, separators and grain."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor, log10

from checker.model import Claim, Figure, Hedge, Interval, Kind

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = "January February March April May June July August September October November December".split()
_SCALES = (
    ("trillion", 10**12), ("billion", 10**9), ("million", 10**6), ("mln", 10**6), ("thousand", 1000), ("lakh", 10**5),
    ("crore", 10**7), ("trn", 10**12), ("bn", 10**9), ("tn", 10**12), ("mn", 10**6), ("m", 10**6), ("k", 1000),
)  # fmt: skip


def plain(value: Fraction) -> str:
    """An exact decimal with thousands separators, or two decimals where it has none."""
    if value.denominator == 1:
        return f"{value.numerator:,}"
    rest = value.denominator
    for factor in (2, 5):
        while rest % factor == 0:
            rest //= factor
    decimals = 0
    if rest == 1:
        while (value * 10**decimals).denominator != 1 and decimals < 6:
            decimals += 1
    else:
        decimals = 2 if abs(value) >= 1 else 3
    return f"{Decimal(round(value * 10**decimals)) / 10**decimals:,.{decimals}f}"


def style(claim: Claim | None) -> tuple[str, Fraction, str]:
    """What stands before the digits, what they are multiplied with, and what stands behind them."""
    figure = claim.figure if claim is not None else None
    if figure is None or figure.value is None:
        return "", Fraction(1), ""
    found = re.search(r"\d[\d,]*(?:\.\d+)?|\.\d+", figure.text)
    if not found:
        return "", Fraction(1), {"%": " per cent", "times": " times"}.get(figure.unit, "")
    before, behind = figure.text[: found.start()], figure.text[found.end() :]
    scale = Fraction(1)
    written = Fraction(found.group().replace(",", ""))
    if written and figure.value / written in {Fraction(worth) for _, worth in _SCALES}:
        scale = figure.value / written
    return before.replace("minus ", ""), scale, behind


def written(value: Fraction, like: Claim | None) -> str:
    """A value in the style of a claim."""
    before, scale, behind = style(like)
    number = plain(value / scale)
    said = like.figure.text if like is not None and like.figure is not None else like.text if like is not None else ""
    return f"{before}{number.replace(',', '') if re.search(r'[0-9]{4}', said) else number}{behind}"


def day(value: Fraction, year: bool = True) -> str:
    """A day number as a date."""
    when = date.fromordinal(int(value))
    return f"{when.day} {MONTHS[when.month - 1]}" + (f" {when.year}" if year else "")


def clock(value: Fraction) -> str:
    minutes = int(value) % 1440
    return f"{minutes // 60}:{minutes % 60:02}"


def spoken(interval: Interval, like: Claim | None, kind: str = "") -> str:
    """An interval in words: "45", "57.5 to 62.5", "more than 8", in the style of a claim."""
    if kind == "date":
        if interval.low is None or interval.high is None:
            return "another date"
        return day(interval.low) if interval.low == interval.high else f"{day(interval.low)} to {day(interval.high)}"
    if kind == "weekday" and interval.low is not None:
        return WEEKDAYS[int(interval.low) % 7]
    if kind == "time" and interval.low is not None and interval.is_point:
        return clock(interval.low)
    if interval.is_point:
        assert interval.low is not None
        return written(interval.low, like)
    if interval.low is None and interval.high is None:
        return "anything"
    if interval.high is None:
        assert interval.low is not None
        return f"{'more than' if interval.low_open else 'at least'} {written(interval.low, like)}"
    if interval.low is None:
        return f"{'less than' if interval.high_open else 'at most'} {written(interval.high, like)}"
    before, scale, behind = style(like)
    low, high = _short(interval.low / scale), _short(interval.high / scale)
    return f"{before}{plain(low)} to {before if before in '$£€¥' else ''}{plain(high)}{behind}"


def _short(value: Fraction) -> Fraction:
    """An end of an interval with at most two decimals, or three digits that count."""
    if value.denominator == 1:
        return value
    digits = 2 if abs(value) >= 1 else 2 - floor(log10(abs(value)))
    return Fraction(round(value * 10**digits), 10**digits)


def nearest(value: Fraction, like: Claim) -> tuple[Fraction, str] | None:
    """A value at the grain of a claim's figure and in its style; None for a date or a time."""
    if like.figure is not None and like.figure.kind in (Kind.DATE, Kind.TIME):
        return None
    if (found := _fraction(Interval(value - _CLOSE, value + _CLOSE), like)) is not None:
        return found
    step = Fraction(1, 100) if like.figure is not None and like.figure.kind == Kind.RATIO else grain(like)
    value = floor(value / step + Fraction(1, 2)) * step
    return value, written(value, like)


_FRACTIONS = tuple(
    (Fraction(above, below), text)
    for below, above, text in (
        (2, 1, "half"), (3, 1, "a third"), (4, 1, "a quarter"), (3, 2, "two-thirds"), (4, 3, "three-quarters"), (5, 1, "a fifth"),
        (10, 1, "a tenth"), (5, 2, "two-fifths"), (5, 3, "three-fifths"), (5, 4, "four-fifths"), (6, 1, "a sixth"), (8, 1, "an eighth"),
    )
)  # fmt: skip
_CLOSE = Fraction(1, 100)  # how far a share may be from the fraction that stands for it


def _fraction(interval: Interval, like: Claim) -> tuple[Fraction, str] | None:
    """The simplest fraction inside an interval, where a claim is one in words; None where there is none other than its own."""
    figure = like.figure
    if figure is None or figure.kind != Kind.RATIO or not figure.worded or like.unit == "times":
        return None
    return next(
        ((value, text) for value, text in _FRACTIONS if value in interval and text != figure.text.lower()), None
    )


def grain(claim: Claim) -> Fraction:
    """The step in which a claim's figure is written: 100 for "1,500", 0.1 for "2.5"."""
    return claim.figure.step if claim.figure is not None and claim.figure.step else Fraction(1)


def shortest(interval: Interval, like: Claim) -> tuple[Fraction | None, str] | None:
    """The plainest figure inside an interval, in a claim's style and at its grain; None where there is none plain.

    Its value is None where it is hedged and stands for more than that.
    """
    figure = like.figure
    if interval.is_empty or (interval.low is None and interval.high is None):
        return None
    if figure is not None and figure.kind == Kind.DATE:
        text = _date(interval, figure)
        return (interval.low, text) if text is not None else None
    if like.kind == "name":
        return None
    if figure is not None and figure.kind == Kind.TIME:
        return (interval.low, clock(interval.low)) if interval.is_point and interval.low is not None else None
    scale = style(like)[1]
    step = grain(like)
    step = max(step, scale / 1000) if scale > 1 else step
    hedged = _hedged(interval, like, step)
    if hedged is not None:
        return None, hedged
    middle = _middle(interval, step)
    if figure is not None and figure.kind == Kind.RATIO:
        if (found := _fraction(interval, like)) is not None:
            return found
        step = Fraction(1, 10)
    for _ in range(7):
        value = floor(middle / step + Fraction(1, 2)) * step
        if value in interval or (value in (interval.low, interval.high) and value == middle):
            text = written(value, like)
            return (value, text) if figure is None or text != figure.text else None
        if step <= Fraction(1, 100) or (like.integer and step <= 1):
            return None
        step = step / 10
    return None


def _hedged(interval: Interval, like: Claim, step: Fraction) -> str | None:
    """A round figure behind the claim's own "more than" or "nearly"; None where it has no such word or nothing fits."""
    figure = like.figure
    if figure is None or like.start > figure.start:
        return None
    if figure.hedge in (Hedge.MORE_THAN, Hedge.AT_LEAST) and interval.low is not None:
        value = interval.low // step * step
    elif figure.hedge in (Hedge.LESS_THAN, Hedge.NEARLY, Hedge.AT_MOST) and interval.high is not None:
        value = -(-interval.high // step) * step
    else:
        return None
    hedge = like.text[: figure.start - like.start]
    return f"{hedge}{written(value, like)}" if hedge and value > 0 and value != figure.value else None


def _middle(interval: Interval, step: Fraction) -> Fraction:
    """The number to write: in the middle, or the first round one from the only end."""
    if interval.low is None:
        assert interval.high is not None
        return (ceil(interval.high / step) - 1) * step if interval.high_open else interval.high // step * step
    if interval.high is None:
        low = interval.low / step
        return (floor(low) + 1 if interval.low_open else ceil(low)) * step
    return (interval.low + interval.high) / 2


def _date(interval: Interval, figure: Figure) -> str | None:
    if interval.low is None or interval.high is None or interval.low != interval.high:
        return None
    calendar = figure.calendar
    return day(interval.low, calendar is None or "year" in calendar.written)
