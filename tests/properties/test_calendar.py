"""Dates, durations and ages under arbitrary text, and every supported spelling read back."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from checker.language import calendar, dates
from checker.model import Figure, Kind

MONTHS = "January February March April May June July August September October November December".split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
SMALL = "zero one two three four five six seven eight nine ten eleven twelve".split()
ANCHORS = st.none() | st.dates()
WORDS = st.sampled_from(
    [*MONTHS, *WEEKDAYS, "Feb.", "Sept.", "31", "29", "30", "2024", "1900", "9999", "0", "12th", "the", "of", ",", ".", "(", ")",
     "a", "year", "years", "ago", "earlier", "from now", "two", "half", "past", "six", "a.m.", "p.m.", "EST", "Eastern time", "last",
     "next", "this", "quarter", "third", "Q4", "fiscal", "FY", "25", "1980s", "'80s", "century", "21st", "BC", "AD", "and", "to", "-",
     "–", "/", "weekend", "winter", "week", "Christmas", "Easter", "2019-20", "1998/99", "3/4/2026", "aged", "47", "year-old", "her",
     "60s", "John Smith", "he was", "minutes", "million", "½", "decades", "1:23:51", "24:00", "will", "said", "\u00a0", "\n"]
)  # fmt: skip
TEXTS = st.text(max_size=60) | st.builds(
    lambda words, gap: gap.join(words), st.lists(WORDS, max_size=12), st.sampled_from([" ", ""])
)


def sound(text: str, found: list[Figure]) -> None:
    at = 0
    for figure in found:
        assert at <= figure.start < figure.end <= len(text)
        assert figure.text == text[figure.start : figure.end]
        assert figure.kind in (Kind.DATE, Kind.TIME, Kind.DURATION, Kind.AGE)
        assert not figure.widest.is_empty and not figure.intended.is_empty
        assert figure.intended.meet(figure.widest) == figure.intended
        if figure.low is not None and figure.high is not None:
            assert figure.low <= figure.high
        if figure.value is not None:
            assert figure.low == figure.value == figure.high
        for value in (figure.value, figure.low, figure.high):
            assert value is None or isinstance(value, Fraction)
        at = figure.end


@settings(max_examples=400, deadline=None)
@given(TEXTS, ANCHORS)
def test_any_text_gives_sound_figures(text: str, anchor: date | None) -> None:
    sound(text, dates.find(text, 0, anchor))


SPELLINGS = (
    "{day} {month} {year}",
    "{month} {day}, {year}",
    "the {day} of {month} {year}",
    "{weekday} {day} {month} {year}",
    "{weekday}, {month} {day}, {year}",
    "{weekday}, {day} {month} {year}",
    "{day} {short} {year}",
    "{short}. {day}, {year}",
    "{month} {ordinal}, {year}",
    "the {ordinal} of {month}, {year}",
    "{weekday} ({day} {month} {year})",
    "{iso}",
)


def ordinal(number: int) -> str:
    suffix = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


@settings(max_examples=300, deadline=None)
@given(
    st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    st.sampled_from(SPELLINGS),
    st.sampled_from(["It began on {}.", "{}", "from {} (a holiday)", "({})", "until {}, when it closed"]),
    ANCHORS,
)
def test_a_written_date_reads_as_itself(day: date, spelling: str, frame: str, anchor: date | None) -> None:
    month = MONTHS[day.month - 1]
    written = spelling.format(
        day=day.day, month=month, year=day.year, weekday=WEEKDAYS[day.weekday()], iso=day.isoformat(),
        short=month[:4] if month == "September" else month[:3], ordinal=ordinal(day.day),
    )  # fmt: skip
    text = frame.format(written)
    sound(text, dates.find(text, 0, anchor))
    (figure,) = dates.find(text, 0, anchor)
    assert figure.text == written
    assert figure.value == day.toordinal()
    assert figure.timex == day.isoformat()
    assert figure.calendar is not None
    assert (figure.calendar.year, figure.calendar.month, figure.calendar.day) == (day.year, day.month, day.day)
    if "{weekday}" in spelling:
        assert figure.calendar.weekday == day.weekday()


@settings(max_examples=150, deadline=None)
@given(st.dates(date(200, 1, 1), date(9800, 12, 31)), st.dates(date(1990, 1, 1), date(2090, 12, 31)))
def test_a_day_without_a_year_lies_within_a_year_of_the_article(day: date, anchor: date) -> None:
    (figure,) = dates.find(f"on {day.day} {MONTHS[day.month - 1]}", 0, anchor)
    if figure.value is None:
        assert (day.month, day.day) == (2, 29)
        return
    assert abs(int(figure.value) - anchor.toordinal()) <= (366 * 4 if (day.month, day.day) == (2, 29) else 184)


@settings(max_examples=150, deadline=None)
@given(
    st.integers(0, 6),
    st.dates(date(1990, 1, 1), date(2090, 12, 31)),
    st.sampled_from(["said on {}", "will meet on {}", "{}"]),
)
def test_a_weekday_is_that_weekday_within_a_week(weekday: int, anchor: date, frame: str) -> None:
    (figure,) = dates.find(frame.format(WEEKDAYS[weekday]), 0, anchor)
    assert figure.value is not None
    assert date.fromordinal(int(figure.value)).weekday() == weekday
    assert abs(int(figure.value) - anchor.toordinal()) < 7


@settings(max_examples=200, deadline=None)
@given(
    st.integers(0, 23), st.integers(0, 59), st.sampled_from([":", "."]), st.sampled_from(["am", " a.m.", " am", "24"])
)
def test_times_read_as_themselves(hour: int, minute: int, joint: str, style: str) -> None:
    if style == "24":
        written = f"{hour:02}:{minute:02}"
        open_clock = 10 <= hour <= 12  # "10:30" may be in the evening
    else:
        half = style if hour < 12 else style.replace("a", "p")
        written, open_clock = f"{(hour - 1) % 12 + 1}{joint}{minute:02}{half}", False
    (figure,) = dates.find(f"at {written} they met")
    assert figure.kind == Kind.TIME
    assert figure.value == (None if open_clock else 60 * hour + minute)
    assert figure.timex.endswith(f"T{hour:02}:{minute:02}")


UNITS = ("year", "month", "week", "day", "hour", "minute", "decade")


@settings(max_examples=150, deadline=None)
@given(st.integers(2, 999), st.sampled_from(UNITS), st.booleans())
def test_durations_read_as_themselves(number: int, unit: str, hyphen: bool) -> None:
    written = f"{number}-{unit}" if hyphen else f"{SMALL[number] if number <= 12 else number} {unit}s"
    (figure,) = dates.find(f"a {written} wait" if hyphen else f"for {written}")
    assert (figure.kind, figure.text, figure.value, figure.unit) == (Kind.DURATION, written, number, unit)
    assert number in figure.widest


@given(
    st.integers(1, 110),
    st.sampled_from(["a {}-year-old man", "Jane Smith, {}, said", "a woman aged {}", "she was {}."]),
)
def test_ages_read_as_themselves(age: int, frame: str) -> None:
    found = [figure for figure in dates.find(frame.format(age)) if figure.kind == Kind.AGE]
    assert [figure.value for figure in found] == [age]


@given(st.integers(1, 9998), st.integers(1, 12))
def test_months_fill_the_year(year: int, month: int) -> None:
    first, last = calendar.month_span(year, month)
    assert date.fromordinal(first).day == 1
    assert calendar.month_span(year + month // 12, month % 12 + 1)[0] == last + 1
