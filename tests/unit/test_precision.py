"""What figures may stand for: every row of docs/precision.md, and the laws that hold of all readings."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.language import precision
from checker.language.figures import find_figures
from checker.model import Figure, Hedge, Interval, Kind
from checker.reading import read_text

PAGE = Path(__file__).parents[2] / "docs" / "precision.md"
_ROW = re.compile(r"\| (?P<text>[^|]+) \| (?P<kind>[a-z]+) \| (?P<widest>[^|]+) \| (?P<intended>[^|]+) \|")
_ENDS = re.compile(r"(?P<open>[\[(])(?P<low>[^ ]+), (?P<high>[^ ]+)(?P<close>[\])])")


def rows() -> list[tuple[str, str, str, str]]:
    """The rows of the page's tables: what is written, the kind, the widest and the intended reading."""
    found = [_ROW.fullmatch(line) for line in PAGE.read_text(encoding="utf-8").splitlines()]
    return [
        (row["text"], row["kind"], row["widest"], row["intended"]) for row in found if row and row["kind"] != "kind"
    ]


def number(written: str) -> Fraction | None:
    return None if "∞" in written else Fraction(written.replace(",", "").replace("−", "-"))


def interval(written: str) -> Interval:
    """The interval that the page writes as ``[47,500, 48,500)`` or, where it is one number, as ``500``."""
    ends = _ENDS.fullmatch(written)
    if ends is None:
        return Interval(number(written), number(written))
    low, high = number(ends["low"]), number(ends["high"])
    return Interval(low, high, ends["open"] == "(" and low is not None, ends["close"] == ")" and high is not None)


def only(text: str) -> Figure:
    (figure,) = find_figures(read_text(text + "\n", path="article.txt"))
    return figure


def test_the_page_has_rows_of_every_kind_and_hedge() -> None:
    assert {kind for _, kind, _, _ in rows()} == {
        "count", "money", "percent", "ratio", "measure", "age", "duration", "ordinal", "score",
    }  # fmt: skip
    assert {only(text).hedge for text, _, _, _ in rows()} >= {
        Hedge.EXACT, Hedge.ABOUT, Hedge.NEARLY, Hedge.MORE_THAN, Hedge.LESS_THAN, Hedge.AT_LEAST, Hedge.AT_MOST,
    }  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "widest", "intended"), rows())
def test_the_page_says_what_is_read(text: str, kind: str, widest: str, intended: str) -> None:
    figure = only(text)
    assert (figure.kind, figure.widest, figure.intended) == (kind, interval(widest), interval(intended))


HEDGES = st.sampled_from(list(Hedge))
KINDS = st.sampled_from([Kind.COUNT, Kind.MONEY, Kind.PERCENT, Kind.RATIO, Kind.MEASURE, Kind.DURATION, Kind.AGE])
STEPS = st.sampled_from([Fraction(10) ** power for power in range(-3, 7)])


def within(inner: Interval, outer: Interval) -> bool:
    return inner.meet(outer) == inner


@given(st.integers(1, 10**6), STEPS, HEDGES, KINDS)
def test_the_intended_reading_lies_within_the_widest(times: int, step: Fraction, hedge: Hedge, kind: Kind) -> None:
    widest, intended = precision.read(times * step, step, hedge, kind)
    assert not widest.is_empty
    assert not intended.is_empty
    assert within(intended, widest)


@given(st.integers(1, 10**6), STEPS, st.sampled_from([Hedge.EXACT, Hedge.ABOUT, Hedge.AT_LEAST, Hedge.AT_MOST]), KINDS)
def test_a_figure_may_be_what_it_says(times: int, step: Fraction, hedge: Hedge, kind: Kind) -> None:
    widest, intended = precision.read(times * step, step, hedge, kind)
    assert times * step in widest
    assert times * step in intended


@given(st.integers(1, 10**6), STEPS, KINDS)
def test_strict_hedges_leave_the_figure_out(times: int, step: Fraction, kind: Kind) -> None:
    for hedge in (Hedge.MORE_THAN, Hedge.LESS_THAN, Hedge.NEARLY):
        assert times * step not in precision.read(times * step, step, hedge, kind)[0]


@given(st.integers(1, 10**6), STEPS, HEDGES)
def test_finer_writing_narrows(times: int, step: Fraction, hedge: Hedge) -> None:
    """The same value written more finely stands for no more: 4.50 % for less than 4.5 %."""
    coarse, _ = precision.read(times * step, step, hedge, Kind.PERCENT)
    fine, _ = precision.read(times * step, step / 10, hedge, Kind.PERCENT)
    assert within(fine, coarse) or step > 1


@given(st.integers(1, 10**4), st.integers(1, 10**4), HEDGES, KINDS)
def test_a_range_holds_both_its_ends(first: int, more: int, hedge: Hedge, kind: Kind) -> None:
    low, high = Fraction(first), Fraction(first + more)
    for interval in precision.read_range(low, high, Fraction(1), kind, hedge):
        assert low in interval
        assert high in interval
