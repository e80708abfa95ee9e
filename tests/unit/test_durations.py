"""Durations, ages and times of day."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from checker.language import dates, times
from checker.model import Figure, Hedge, Interval, Kind


def only(text: str, kind: Kind) -> Figure:
    found = [figure for figure in dates.find(text, 0, date(2026, 5, 20)) if figure.kind == kind]
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "span", "value", "unit", "timex"),
    [
        ("a 12-week course", "12-week", 12, "week", "P12W"),
        ("a 34-day siege", "34-day", 34, "day", "P34D"),
        ("took nine hours", "nine hours", 9, "hour", "PT9H"),
        ("for a year", "a year", 1, "year", "P1Y"),
        ("half an hour", "half an hour", Fraction(1, 2), "hour", "PT30M"),
        ("two and a half years", "two and a half years", Fraction(5, 2), "year", "P2Y6M"),
        ("three and a half hours", "three and a half hours", Fraction(7, 2), "hour", "PT3H30M"),
        ("a year and a half", "a year and a half", Fraction(3, 2), "year", "P1Y6M"),
        ("seven minutes and 20 seconds", "seven minutes and 20 seconds", 440, "second", "PT440S"),
        ("six years and four months", "six years and four months", 76, "month", "P76M"),
        (
            "two hours, three minutes and 38 seconds",
            "two hours, three minutes and 38 seconds",
            7418,
            "second",
            "PT7418S",
        ),
        ("in 1:23:51", "1:23:51", 5031, "second", "PT5031S"),
        ("ran it in 4m 35s", "4m 35s", 275, "second", "PT275S"),
        ("for 18 months", "18 months", 18, "month", "P18M"),
        ("for a decade", "a decade", 1, "decade", "P10Y"),
        ("a fortnight later", "a fortnight", 2, "week", "P2W"),
        ("another week", "another week", 1, "week", "P1W"),
        ("14 consecutive days", "14 consecutive days", 14, "day", "P14D"),
    ],
)
def test_durations(text: str, span: str, value: Fraction | int, unit: str, timex: str) -> None:
    found = dates.find(text)
    if text.endswith("later"):
        assert (found[0].kind, found[0].parts, found[0].unit) == (Kind.DATE, (value,), unit)
        return
    figure = only(text, Kind.DURATION)
    assert (figure.text, figure.value, figure.unit, figure.timex) == (span, value, unit, timex)
    assert figure.dimension == "time"
    assert value in figure.widest


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("for more than three years", Hedge.MORE_THAN),
        ("for over three years", Hedge.MORE_THAN),
        ("built over three years", Hedge.EXACT),
        ("nearly nine years", Hedge.NEARLY),
        ("about a year", Hedge.ABOUT),
        ("up to 180 days", Hedge.AT_MOST),
        ("a couple of years", Hedge.ABOUT),
    ],
)
def test_hedges(text: str, hedge: Hedge) -> None:
    assert only(text, Kind.DURATION).hedge == hedge


def test_ranges_and_vague_lengths() -> None:
    figure = only("two to three weeks", Kind.DURATION)
    assert (figure.value, figure.low, figure.high) == (None, 2, 3)
    figure = only("for several years", Kind.DURATION)
    assert (figure.value, figure.low, figure.high, figure.timex) == (None, 2, 10, "PXY")
    assert figure.widest == Interval(Fraction(2), None)
    figure = only("in recent years", Kind.DURATION)
    assert (figure.value, figure.low, figure.timex) == (None, None, "PXY")


@pytest.mark.parametrize(
    "text",
    ["$5 a week", "twice a day", "40 miles an hour", "the second quarter of an orange", "61,000 day trippers came"],
)
def test_no_durations(text: str) -> None:
    assert [figure for figure in dates.find(text) if figure.kind == Kind.DURATION] == []


@pytest.mark.parametrize(
    ("text", "span", "value"),
    [
        ("a 47-year-old man", "47-year-old", 47),
        ("the 47 year old said", "47 year old", 47),
        ("she is 52 years old", "52 years old", 52),
        ("a man aged 47", "aged 47", 47),
        ("died at the age of 91", "age of 91", 91),
        ("age 12", "age 12", 12),
        ("Jane Smith, 47, of Hull", "47", 47),
        ("Jane Smith, 47.", "47", 47),
        ("said Smith, 47.", "47", 47),
        ("Smith, 47, was", "47", 47),
        ("Jane Smith (47) said", "47", 47),
        ("Martin Luther Jr., 39, was", "39", 39),
        ("Ludwig van Dyke, 60, and", "60", 60),
        ("a girl of 9, who", "9", 9),
        ("He was 87.", "87", 87),
        ("his brother, who is 34, said", "34", 34),
        ("At 35, she became", "35", 35),
        ("his son Tom, six, and", "six", 6),
        ("Boy, 11, charged", "11", 11),
        ("Tom Reed, then 14, saw", "14", 14),
        ("Prosecutors say Kelley, 30, planned it", "30", 30),
        ("But Bellamy, 25, has left", "25", 25),
        ("At 35, Ruggeri is the oldest", "35", 35),
        ("a six-year-old", "six-year-old", 6),
    ],
)
def test_ages(text: str, span: str, value: int) -> None:
    figure = only(text, Kind.AGE)
    assert (figure.text, figure.value, figure.unit, figure.timex) == (span, value, "year", f"P{value}Y")


def test_ages_of_the_very_young() -> None:
    figure = only("her six-month-old daughter", Kind.AGE)
    assert (figure.value, figure.unit) == (6, "month")


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("aged between 18 and 24", 18, 24),
        ("aged 16 to 24", 16, 24),
        ("16- and 17-year-olds", 16, 17),
        ("in her 60s", 60, 69),
        ("in his late 40s", 47, 49),
        ("in their early twenties", 20, 23),
        ("two men, aged 38 and 52,", 38, 52),
        ("all six were between 24 and 57", 24, 57),
    ],
)
def test_ranges_of_age(text: str, low: int, high: int) -> None:
    figure = only(text, Kind.AGE)
    assert figure.value is None
    assert (figure.low, figure.high) == (low, high)


@pytest.mark.parametrize(
    ("text", "value", "hedge", "widest"),
    [
        ("aged 65 and over", 65, Hedge.AT_LEAST, Interval(Fraction(65), None)),
        ("people 65 and older", 65, Hedge.AT_LEAST, Interval(Fraction(65), None)),
        (
            "Nineteen of the victims were under 18, ",
            18,
            Hedge.LESS_THAN,
            Interval(Fraction(0), Fraction(18), False, True),
        ),
        ("the over-65s", 65, Hedge.AT_LEAST, Interval(Fraction(65), None)),
        ("people over the age of 65", 65, Hedge.AT_LEAST, Interval(Fraction(65), None)),
        ("aged 14 or under", 14, Hedge.AT_MOST, Interval(Fraction(0), Fraction(14))),
        ("under-18s", 18, Hedge.LESS_THAN, Interval(Fraction(0), Fraction(18), False, True)),
        ("children under the age of five", 5, Hedge.LESS_THAN, Interval(Fraction(0), Fraction(5), False, True)),
    ],
)
def test_open_ages(text: str, value: int, hedge: Hedge, widest: Interval) -> None:
    figure = only(text, Kind.AGE)
    assert (figure.value, figure.low, figure.high, figure.hedge, figure.widest) == (value, value, value, hedge, widest)


@pytest.mark.parametrize(
    "text",
    [
        "In January, 47, 48 and 49 were drawn",
        "at 12 Mill Road, 47, and",
        "Smith won 47, Jones 52",
        "He was 12 under par",
        "the Dow closed at 47, down two",
        "In London, 40 police came",
        "At Bangor Airport, 23 of 31 flights left",
        "at my age one is allowed",
        "from Section 8, 12, and",
    ],
)
def test_no_ages(text: str) -> None:
    assert [figure for figure in dates.find(text) if figure.kind == Kind.AGE] == []


@pytest.mark.parametrize(
    ("text", "span", "minutes", "zone"),
    [
        ("at 9:14 a.m. today", "9:14 a.m.", 554, None),
        ("at 2.10am", "2.10am", 130, None),
        ("at 6am", "6am", 360, None),
        ("at noon", "noon", 720, None),
        ("at midnight", "midnight", 0, None),
        ("at 12.05am", "12.05am", 5, None),
        ("at 1532 GMT", "1532 GMT", 932, 0),
        ("at 11:32 p.m. Beijing time", "11:32 p.m. Beijing time", 1412, 480),
        ("at 10.52pm", "10.52pm", 1372, None),
        ("at 19:30", "19:30", 1170, None),
        ("at 9 a.m. EST", "9 a.m. EST", 540, -300),
        ("at 9 a.m. EDT", "9 a.m. EDT", 540, -240),
        ("at 7pm BST", "7pm BST", 1140, 60),
        ("at 8 p.m. ET", "8 p.m. ET", 1200, None),
        ("at 8 p.m. local time", "8 p.m. local time", 1200, None),
        ("at half past six in the evening", "half past six", 1110, None),
        ("at 7 in the morning", "7", 420, None),
        ("ten o'clock", "ten o'clock", None, None),
        ("at 0900 hours", "0900 hours", 540, None),
        ("at 11:32 p.m. Friday Beijing time", "11:32 p.m.", 1412, 480),
    ],
)
def test_times(text: str, span: str, minutes: int | None, zone: int | None) -> None:
    figure = only(text, Kind.TIME)
    assert (figure.text, figure.value, figure.zone) == (span, minutes, zone)


def test_zones_with_summer_time_have_two_offsets() -> None:
    assert only("at 8 p.m. Eastern time", Kind.TIME).unit_name == "Eastern"
    assert times.offsets("Eastern") == (-300, -240)
    assert times.offsets("GMT") == (0,)
    assert times.offsets("Atlantis") == ()


def test_a_time_takes_the_day_beside_it() -> None:
    assert only("at 9 a.m. on Tuesday", Kind.TIME).timex == "2026-05-19T09:00"
    assert only("On May 6 at 10pm", Kind.TIME).timex == "2026-05-06T22:00"


def test_hedged_times() -> None:
    figure = only("at about 9pm", Kind.TIME)
    assert (figure.hedge, figure.widest.low, figure.widest.high) == (Hedge.ABOUT, 1230, 1290)
    figure = only("shortly after 9pm", Kind.TIME)
    assert (figure.hedge, figure.widest.low, figure.widest.high) == (Hedge.MORE_THAN, 1260, 1290)


@pytest.mark.parametrize("text", ["in a time of 9:29", "verse 5:51 says", "odds of 1:10,000", "a 3-2 win", "high noon"])
def test_no_times(text: str) -> None:
    assert [figure for figure in dates.find(text) if figure.kind == Kind.TIME] == []


def test_both_ends_of_a_range_of_times_take_its_half_of_the_day() -> None:
    found = [figure.value for figure in dates.find("open from 6-9 p.m., 11 to 1pm and between 3 and 5 a.m.")]
    assert found == [1080, 1260, 660, 780, 180, 300]


def test_round_hours_may_be_rounded_and_few_are_not() -> None:
    many, few = only("for 171,000 hours", Kind.DURATION), only("for 50 days", Kind.DURATION)
    assert many.widest.low is not None and many.widest.low <= 170_600 and many.widest.high == 171_500
    assert few.widest.high == Fraction(101, 2)
