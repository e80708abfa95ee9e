"""Dates as news writes them: what they mean, what they say, and what is no date."""

from __future__ import annotations

from datetime import date

import pytest

from checker.language import calendar, dates, tense
from checker.model import Figure, Kind

ANCHOR = date(2026, 5, 20)  # a Wednesday


def only(text: str, anchor: date | None = ANCHOR) -> Figure:
    found = dates.find(text, 0, anchor)
    assert len(found) == 1, found
    return found[0]


def days(figure: Figure) -> tuple[str, str]:
    assert figure.low is not None and figure.high is not None
    return date.fromordinal(int(figure.low)).isoformat(), date.fromordinal(int(figure.high)).isoformat()


@pytest.mark.parametrize(
    ("text", "span", "timex"),
    [
        ("on 12 May 2026", "12 May 2026", "2026-05-12"),
        ("the 12th of May, 2026,", "the 12th of May, 2026", "2026-05-12"),
        ("on May 12, 2026, they", "May 12, 2026", "2026-05-12"),
        ("on Feb. 3 he", "Feb. 3", "2026-02-03"),
        ("on 24 October it", "24 October", "2026-10-24"),
        ("by Sept. 9, 1999", "Sept. 9, 1999", "1999-09-09"),
        ("starting August six, they", "August six", "2026-08-06"),
        ("on the twelfth of June 1990", "the twelfth of June 1990", "1990-06-12"),
        ("dated 2026-05-12", "2026-05-12", "2026-05-12"),
        ("on 13/5/2026", "13/5/2026", "2026-05-13"),
        ("on 12.05.2026", "12.05.2026", "2026-05-12"),
        ("after 9/11", "9/11", "2001-09-11"),
        ("the Sept. 11 attacks", "Sept. 11", "2001-09-11"),
        ("on JUNE 3, 2020", "JUNE 3, 2020", "2020-06-03"),
        ("On Christmas Eve", "Christmas Eve", "2025-12-24"),
        ("Easter Sunday 2024", "Easter Sunday 2024", "2024-03-31"),
        ("on Good Friday 2026", "Good Friday 2026", "2026-04-03"),
        ("the third Monday in January 2026", "the third Monday in January 2026", "2026-01-19"),
        ("the last Friday of May", "the last Friday of May", "2026-05-29"),
    ],
)
def test_days(text: str, span: str, timex: str) -> None:
    figure = only(text)
    assert (figure.text, figure.timex, figure.kind) == (span, timex, Kind.DATE)
    assert figure.value == date.fromisoformat(timex).toordinal() == figure.low == figure.high


@pytest.mark.parametrize(
    ("text", "written", "weekday"),
    [
        ("Tuesday 12 May", {"weekday", "month", "day"}, 1),
        ("Friday, April 3, 1986", {"weekday", "month", "day", "year"}, 4),
        ("Wednesday, May 19", {"weekday", "month", "day"}, 2),
        ("Tuesday (12 May)", {"weekday", "month", "day"}, 1),
        ("12 May (Tuesday)", {"weekday", "month", "day"}, 1),
        ("May 12, a Tuesday", {"weekday", "month", "day"}, 1),
        ("Monday night, May 11", {"weekday", "month", "day"}, 0),
        ("12 May 2026", {"month", "day", "year"}, None),
    ],
)
def test_a_weekday_beside_a_date_is_kept_as_written(text: str, written: set[str], weekday: int | None) -> None:
    figure = only(f"It was held on {text}.")
    assert figure.text == text
    assert figure.calendar is not None
    assert (figure.calendar.written, figure.calendar.weekday) == (written, weekday)


def test_a_wrong_weekday_does_not_move_the_date() -> None:
    figure = only("It opened on Friday, April 3, 1986.")  # a Thursday
    assert figure.value == date(1986, 4, 3).toordinal()
    assert figure.calendar is not None and figure.calendar.weekday == 4


@pytest.mark.parametrize(
    ("text", "first", "last", "timex"),
    [
        ("in May 2026", "2026-05-01", "2026-05-31", "2026-05"),
        ("in 2019", "2019-01-01", "2019-12-31", "2019"),
        ("in the 1980s", "1980-01-01", "1989-12-31", "198"),
        ("in the '80s", "1980-01-01", "1989-12-31", "198"),
        ("in the early 1990s", "1990-01-01", "1994-12-31", "199"),
        ("in the 19th century", "1800-01-01", "1900-12-31", "18"),
        ("the third quarter of 2019", "2019-07-01", "2019-09-30", "2019-Q3"),
        ("Q3 2019", "2019-07-01", "2019-09-30", "2019-Q3"),
        ("Q3 FY25", "2025-07-01", "2025-09-30", "2025-Q3"),
        ("in early 2020", "2020-01-01", "2020-07-01", "2020"),
        ("the first half of 2019", "2019-01-01", "2019-06-30", "2019-H1"),
        ("the first six months of last year", "2025-01-01", "2025-06-30", "2025-H1"),
        ("the 1998/99 season", "1998-01-01", "1999-12-31", "1998"),
        ("in 2019-20", "2019-01-01", "2020-12-31", "2019"),
        ("from 1914-18", "1914-01-01", "1918-12-31", "1914/1918"),
        ("in summer 2019", "2019-01-01", "2019-12-31", "2019-SU"),
        ("on 12-14 May", "2026-05-12", "2026-05-14", "2026-05-12/2026-05-14"),
        ("on May 12 to 14, 2025", "2025-05-12", "2025-05-14", "2025-05-12/2025-05-14"),
        ("in fiscal 2025", "2024-02-01", "2026-11-30", "FY2025"),
        ("on 3/4/2026", "2026-03-04", "2026-04-03", "2026-XX-XX"),
    ],
)
def test_periods(text: str, first: str, last: str, timex: str) -> None:
    figure = only(text)
    assert (*days(figure), figure.timex) == (first, last, timex)
    assert figure.value is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("It said on Monday that", "2026-05-18", "2026-05-18"),
        ("It will vote on Monday.", "2026-05-25", "2026-05-25"),
        ("On Monday the court heard", "2026-05-18", "2026-05-18"),
        ("On Monday the court will hear", "2026-05-25", "2026-05-25"),
        ("They agreed to meet on Monday.", "2026-05-25", "2026-05-25"),
        ("She declined to comment on Monday.", "2026-05-18", "2026-05-18"),
        ("It was published on Wednesday.", "2026-05-20", "2026-05-20"),
        ("last Monday", "2026-05-18", "2026-05-18"),
        ("next Monday", "2026-05-25", "2026-05-25"),
        ("yesterday", "2026-05-19", "2026-05-19"),
        ("the day after tomorrow", "2026-05-22", "2026-05-22"),
        ("last week", "2026-05-10", "2026-05-17"),
        ("next month", "2026-06-01", "2026-06-30"),
        ("later this year", "2026-05-20", "2026-12-31"),
        ("earlier this month", "2026-05-01", "2026-05-20"),
        ("last year", "2025-01-01", "2025-12-31"),
        ("two years ago", "2023-01-01", "2025-12-31"),
        ("three days ago", "2026-05-17", "2026-05-17"),
        ("on the 12th, he", "2026-05-12", "2026-05-12"),
        ("in April", "2026-04-01", "2026-04-30"),
        ("its April outlook said", "2026-04-01", "2026-04-30"),
        ("in its March report", "2026-03-01", "2026-03-31"),
        ("in July last year", "2025-07-01", "2025-07-31"),
        ("last Christmas", "2025-12-18", "2026-01-01"),
        ("It ends on Monday, September 7, as was said", "2026-09-07", "2026-09-07"),
        ("The line closes on 6 July, the operator said.", "2026-07-06", "2026-07-06"),
        ("The line shut on 6 July, the operator said.", "2025-07-06", "2025-07-06"),
    ],
)
def test_told_from_the_articles_date(text: str, first: str, last: str) -> None:
    assert days(only(text)) == (first, last)


def test_next_weekday_in_the_same_week_may_be_either() -> None:
    figure = only("next Friday")
    assert figure.widest.low == date(2026, 5, 22).toordinal()
    assert figure.widest.high == date(2026, 5, 29).toordinal()


def test_a_weekday_of_unknown_tense_may_be_on_either_side() -> None:
    figure = only("Rain on Monday")
    assert figure.value == date(2026, 5, 18).toordinal()
    assert figure.widest.high == date(2026, 5, 25).toordinal()


@pytest.mark.parametrize(
    ("text", "timex"),
    [
        ("on 12 May", "XXXX-05-12"),
        ("on Tuesday", "XXXX-WXX-2"),
        ("in May", "XXXX-05"),
        ("last week", "XXXX-WXX"),
        ("today", "PRESENT_REF"),
        ("on Christmas Day", "XXXX-12-25"),
        ("two weeks ago", "P2W"),
        ("the third quarter profit", "XXXX-Q3"),
    ],
)
def test_without_an_anchor_dates_stay_open(text: str, timex: str) -> None:
    figure = only(text, None)
    assert (figure.timex, figure.value, figure.low, figure.high) == (timex, None, None, None)


def test_a_far_sign_of_tense_leaves_both_days_open() -> None:
    near, far = only("It was said on Monday"), only("It was a long and dull and wet and cold Monday")
    assert near.widest.is_point
    assert (far.value, far.widest.high) == (near.value, date(2026, 5, 25).toordinal())


def test_repeated_weekdays_are_no_one_day() -> None:
    for text in ("on Tuesdays", "every Tuesday", "on Tuesday nights"):
        assert only(text).value is None


def test_a_range_of_years_is_two_figures() -> None:
    assert [figure.timex for figure in dates.find("from 1987 until 2003 and Jo Bloggs (1947-2003)")] == [
        "1987",
        "2003",
        "1947",
        "2003",
    ]


def test_a_month_shared_by_two_days() -> None:
    found = dates.find("from Monday 12 to Friday 16 October 2026", 0, ANCHOR)
    assert [(figure.text, figure.timex) for figure in found] == [
        ("Monday 12", "2026-10-12"),
        ("Friday 16 October 2026", "2026-10-16"),
    ]
    assert [figure.calendar.weekday for figure in found if figure.calendar] == [0, 4]


def test_the_length_of_a_told_date_is_kept() -> None:
    figure = only("three days earlier")
    assert (figure.parts, figure.unit, figure.low, figure.timex) == ((3,), "day", None, "P3D")


@pytest.mark.parametrize(
    ("text", "step", "unit"), [("last year", -1, "year"), ("this month", 0, "month"), ("next week", 1, "week")]
)
@pytest.mark.parametrize("anchor", [None, ANCHOR])
def test_what_a_relative_period_counts_is_kept(text: str, step: int, unit: str, anchor: date | None) -> None:
    figure = only(text, anchor)
    assert (figure.parts, figure.unit) == ((step,), unit)


@pytest.mark.parametrize(
    "text",
    [
        "the second half of the rescue fund for banks",
        "they scored in the second half of a match",
    ],
)
def test_halves_of_other_things(text: str) -> None:
    assert dates.find(text, 0, ANCHOR) == []


def test_bc() -> None:
    figure = only("in 44BC he died")
    assert figure.timex == "BC0044"
    assert figure.high is not None and figure.high < 0


@pytest.mark.parametrize(
    "text",
    [
        "1,998 homes were built",
        "he may go and they march on",
        "the second man came third",
        "see page 1066",
        "on flight 2019",
        "in room 1812",
        "at 1600 Pennsylvania Avenue",
        "2000 people came",
        "more than 2000 volunteers helped",
        "in 2,000 cases",
        "the Sunday Times said so",
        "the March on Washington",
        "Sheffield Wednesday won",
        "Theresa May said",
        "April Jones spoke",
        "$2019 was paid",
        "on the 12th hole",
        "a 1500m runner",
        "a goal in the second half from the penalty spot",
        "a quarter of the crop",
        "temperatures in the 70s",
    ],
)
def test_no_dates(text: str) -> None:
    assert dates.find(text, 0, ANCHOR) == []


@pytest.mark.parametrize("text", ["in March 12 people died", "In May 30 homes burned"])
def test_a_count_behind_a_month(text: str) -> None:
    assert [figure.timex[5:] for figure in dates.find(text, 0, ANCHOR)] in (["03"], ["05"])


@pytest.mark.parametrize(
    "text",
    [
        "the 2026 budget",
        "the 2024 season",
        "in 2012 sales rose",
        "up 3 % on 1985",
        "end-1986",
        "the class of 1999",
        "BP said 1985 profits fell",
        "better than 1986's results",
        "in nineteen ninety-six",
    ],
)
def test_years(text: str) -> None:
    figure = only(text)
    assert figure.calendar is not None and figure.calendar.grain == "year"


def test_a_year_earlier_is_told_from_the_quarter_named() -> None:
    found = dates.find("Profit rose in the third quarter of 2025 from a year earlier.", 0, ANCHOR)
    assert [figure.timex for figure in found] == ["2025-Q3", "2024-Q3"]
    assert dates.last_quarter(found) == (2025, 3)
    assert [figure.timex for figure in dates.find("Sales were flat on a year earlier.", 1, ANCHOR, (2025, 3))] == [
        "2024-Q3"
    ]


def test_direction() -> None:
    def look(text: str) -> int:
        at = text.index("Tuesday")
        return tense.direction(text, at, at + 7)

    assert look("The fund will be paid on Tuesday.") == 1
    assert look("They announced the plan Tuesday.") == -1
    assert look("He went home. Tuesday") == 0
    assert look("Lawyers found ways to get around Tuesday's ruling") == -1


def test_year_spans_agree_with_the_calendar() -> None:
    for year in (1, 4, 100, 400, 1900, 2000, 2024, 9998):
        assert calendar.year_span(year) == (date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal())
    assert calendar.year_span(0)[1] == 0


@pytest.mark.parametrize(
    ("year", "month", "day"), [(1818, 3, 22), (1943, 4, 25), (2000, 4, 23), (2024, 3, 31), (2026, 4, 5)]
)
def test_easter(year: int, month: int, day: int) -> None:
    assert calendar.easter(year) == date(year, month, day)
