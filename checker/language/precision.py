"""What a written figure may stand for: the one place that turns digits and hedges into intervals.

Two readings.  *Widest* is all that a fair reader could accept; a conflict that stands on it is an error.  *Intended* is
what a writer means by it (scalar implicature; Cummins, Sauerland and Solt 2012: "more than 47,000" is not said of
48,500, because then it would be "more than 48,000"); a conflict that needs it is a warning.  ``docs/precision.md`` has
the table, and a test keeps the two together.
"""

from __future__ import annotations

from fractions import Fraction

from checker.model import Hedge, Interval, Kind

_HALF = Fraction(1, 2)
_TENTH = Fraction(1, 10)
EXACT_BELOW = 1000  # an unhedged whole count below this is meant to the unit: "40 members", "500 jobs"


def read(
    value: Fraction, step: Fraction, hedge: Hedge, kind: Kind, worded: bool = False, unit: str = ""
) -> tuple[Interval, Interval]:
    """The widest and the intended interval of a written figure.

    `value` is the number in its written unit, `step` the worth of its last written digit (``numbers.Number.step``).
    The intended reading lies within the widest one.
    """
    size = abs(value)
    plain = _plain(value, step, kind, worded, unit)
    wide = _cut_off(value, step) if kind == Kind.PERCENT and step < 1 else plain
    # a hedge on a round percentage is as coarse as it is written: "nearly 20 %" may be 17
    grain = min(step, max(Fraction(1), size / 5)) if kind == Kind.PERCENT and step > 1 else _grain(size, step, kind)
    if hedge in (Hedge.EXACT, Hedge.UP, Hedge.DOWN):
        return wide, plain
    if kind == Kind.AGE and hedge in (Hedge.AT_LEAST, Hedge.AT_MOST, Hedge.LESS_THAN):
        return _open_age(value, hedge), _open_age(value, hedge)
    if hedge == Hedge.ABOUT:
        slack = max(min(size * _TENTH, grain), _half_width(plain, value), _least(kind, value))
        return Interval(value - slack, value + slack), plain if plain.is_point else _widen(value, min(slack, grain))
    if hedge == Hedge.NEARLY:
        low = value - max(min(grain, size / 5), _least(kind, value))
        return Interval(low, value, False, True), Interval(low, value, False, True)
    if hedge == Hedge.MORE_THAN:
        if kind == Kind.RATIO:
            return Interval(value, value * Fraction(3, 2), True, False), Interval(
                value, value * Fraction(5, 4), True, True
            )
        return Interval(value, value + 2 * grain, True, False), Interval(value, value + grain, True, True)
    if hedge == Hedge.LESS_THAN:
        low = min(Fraction(0), value - 2 * grain)
        return Interval(low, value, False, True), Interval(value - min(2 * grain, size), value, False, True)
    if hedge == Hedge.AT_LEAST:
        return Interval(value, None), Interval(value, value + grain, False, True)
    low = min(Fraction(0), value - 2 * grain)  # at most
    return Interval(low, wide.high, False, wide.high_open), Interval(low, value)


def read_range(
    low: Fraction, high: Fraction, step: Fraction, kind: Kind, hedge: Hedge = Hedge.EXACT, unit: str = ""
) -> tuple[Interval, Interval]:
    """The two readings of a written range: from the lower end's least to the upper end's most."""
    first = read(low, step, Hedge.EXACT, kind, False, unit)[0]
    last = read(high, step, Hedge.EXACT, kind, False, unit)[0]
    widest = Interval(first.low, last.high, first.low_open, last.high_open)
    if hedge in (Hedge.ABOUT, Hedge.NEARLY):
        slack = (high - low) / 2 + step
        widest = Interval(low - slack, high + slack)
    elif hedge in (Hedge.MORE_THAN, Hedge.AT_LEAST):
        widest = Interval(first.low, None, first.low_open)
    return widest, widest


def _plain(value: Fraction, step: Fraction, kind: Kind, worded: bool, unit: str) -> Interval:
    """An unhedged figure: exact, or rounded to its last written digit."""
    if kind in (Kind.ORDINAL, Kind.AGE, Kind.SCORE):
        return Interval.point(value)
    if kind in (Kind.COUNT, Kind.MONEY) and abs(value) < EXACT_BELOW and step >= 1 and value.denominator == 1:
        return Interval.point(value)
    if kind == Kind.MONEY and abs(value) < EXACT_BELOW and step <= Fraction(1, 100):
        return Interval.point(value)
    if kind == Kind.COUNT and step == 1:
        return Interval.point(value)
    if kind == Kind.MONEY and step == 1:
        return Interval.point(value)
    if kind == Kind.RATIO:
        return _ratio(value, step, unit)
    grain = _grain(abs(value), step, kind)
    return _widen(value, grain / 2)


def _open_age(value: Fraction, hedge: Hedge) -> Interval:
    """ "Aged 65 and over" and "under-12s" speak of all those ages."""
    if hedge == Hedge.AT_LEAST:
        return Interval(value, None)
    return Interval(Fraction(0), value, False, hedge == Hedge.LESS_THAN)


def _ratio(value: Fraction, step: Fraction, unit: str) -> Interval:
    """Fractions and multiples in words are loose ("a third" of 31 %, "doubled" at 1.9), written decimals are not."""
    if step < 1 and unit == "times":
        return _widen(value, step / 2)
    loose = _TENTH if unit == "times" else Fraction(2, 25)
    return Interval(value * (1 - loose), value * (1 + loose))


def _grain(size: Fraction, step: Fraction, kind: Kind) -> Fraction:
    """How finely a figure is written.  A lone leading digit ("2,000") is taken for a tenth of itself, not the whole."""
    if kind == Kind.PERCENT:
        return min(step, Fraction(1))
    if kind in (Kind.MEASURE, Kind.DURATION, Kind.AGE, Kind.TIME):
        return min(step, max(Fraction(1), size * _TENTH)) if step >= 1 else step
    if kind in (Kind.COUNT, Kind.MONEY) and size >= EXACT_BELOW and step > 1:
        return min(step, size * _TENTH)
    return step


def _widen(value: Fraction, slack: Fraction) -> Interval:
    """Everything that rounds to a value: [value - slack, value + slack)."""
    return Interval(value - slack, value + slack, False, True) if slack else Interval.point(value)


def _cut_off(value: Fraction, step: Fraction) -> Interval:
    """A percentage with decimals may be rounded or cut off after its last digit: 29.557 is printed as 29.6 or 29.5."""
    if value < 0:
        return Interval(value - step, value + step * _HALF, True, False)
    return Interval(value - step * _HALF, value + step, False, True)


def _half_width(interval: Interval, value: Fraction) -> Fraction:
    return Fraction(0) if interval.low is None else value - interval.low


def _least(kind: Kind, value: Fraction) -> Fraction:
    """The least slack of "about": one for whole counts of ten and more."""
    if kind in (Kind.COUNT, Kind.MONEY) and value >= 10:
        return Fraction(1)
    if kind == Kind.PERCENT:
        return Fraction(1)
    return Fraction(0)
