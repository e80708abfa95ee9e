"""Relations of dates, times, ages and names: which are found in a text, and between what."""

from __future__ import annotations

from datetime import date as day
from fractions import Fraction
from types import ModuleType

import pytest

from checker.language.claims import make_article
from checker.model import Relation
from checker.reading import read_text
from checker.relations import (
    ages,
    anniversaries,
    appearances,
    clock,
    durations,
    events,
    names,
    places,
    tenses,
    titles,
    weekdays,
)

DATE = "2026-05-21"


def relations(family: object, body: str, headline: str = "", date: str = DATE) -> list[Relation]:
    title = f"title: {headline}\n" if headline else ""
    dated = f"date: {date}\n" if date else ""
    article = make_article(read_text(f"---\n{title}{dated}---\n\n{body}\n", path="article.md"))
    return list(family.find(article))  # type: ignore[attr-defined]


def shown(family: object, body: str, headline: str = "", date: str = DATE) -> list[tuple[str, ...]]:
    """Each relation as its kind and its claims' texts in the order of its roles."""
    return [(r.kind, *(claim.text for claim in r.claims)) for r in relations(family, body, headline, date)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("The hearing is on Thursday 28 May.", [("weekday", "Thursday 28 May", "Thursday")]),
        ("The report of Friday, April 3, 1986, says so.", [("weekday", "Friday, April 3, 1986", "Friday")]),
        ("It was set for Monday. Feb. 3 is a holiday there.", []),
        ("The hearing is on Thursday.", []),
    ],
)
def test_weekdays(body: str, expected: list[tuple[str, ...]]) -> None:
    assert shown(weekdays, body) == expected


def test_a_neighbouring_year_that_fits_is_not_doubted() -> None:
    """In December the Monday of February is the next one's."""
    (found,) = relations(weekdays, "The council meets on Monday, Feb. 1.", date="2026-12-15")
    assert found.roles["date"][0].value == day(2027, 2, 1).toordinal()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("The nurse led the ward for nine years from 1996 to 2005.", [("duration", "1996", "2005", "nine years")]),
        ("The fair (12-14 May) is a three-day event.", []),
        ("The three-day fair (12-14 May) is full.", [("duration", "12", "14 May", "three-day")]),
        ("Its 17-week run is long. The show opens on 2 May and closes on 29 August.",
         [("duration", "2 May", "29 August", "17-week run")]),
        ("Work began in March 2023 and was finished in July 2024, 16 months later.",
         [("duration", "March 2023", "July 2024", "16 months later")]),
        ("She moved in 1994, two years after her husband, a baker, opened it in 1995.",
         [("duration", "1995", "1994", "two years")]),
        ("They met every two years from 1996 to 2005.", []),
        ("He served seven years and 43 days between 1908 and 1915.", []),
        ("After 16 months in office she left. Between 1997 and 2017, they ran up debts.", []),
    ],
)  # fmt: skip
def test_durations(body: str, expected: list[tuple[str, ...]]) -> None:
    assert shown(durations, body) == expected


def test_a_strike_in_hours_is_measured_to_the_hour() -> None:
    (found,) = relations(
        durations,
        "Crews will walk out at 6am on Tuesday 14 July and return at 6am on Friday 17 July.",
        "Crews call 48-hour strike",
    )
    first, last = found.roles["earlier"][0].widest.low, found.roles["later"][0].widest.low
    assert first is not None and last is not None and last - first == 3
    assert found.constants["shortest"] == Fraction(1, 24)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("The choir marks its 75th birthday. The choir was founded in 1951 by a curate.",
         [("anniversary", "75th birthday", "1951")]),
        ("The choir marks its 75th birthday. The school was founded in 1951 by a curate.", []),
        ("Bright & Sons, founded in 1926, marks its centenary.", [("anniversary", "centenary", "1926")]),
        ("It is 270 years since his birth in 1756.", [("anniversary", "270 years", "1756")]),
        ("The town mourned on the 200th anniversary of the flood of 1826.",
         [("anniversary", "200th anniversary", "1826")]),
        ("The 12th Long Book Fair opened. It has been held every autumn since 2015.",
         [("edition", "12th Long Book Fair", "2015")]),
        ("The choir will mark its 75th birthday next year. The choir was founded in 1952.", []),
    ],
)  # fmt: skip
def test_anniversaries(body: str, expected: list[tuple[str, ...]]) -> None:
    assert shown(anniversaries, body) == expected


def test_years_before_christ_have_no_year_zero() -> None:
    (found,) = relations(anniversaries, "It is 2,069 years since his murder in 44 BC.")
    assert found.roles["founded"][0].value == -43
    assert found.constants["now"] - Fraction(-43) == 2069


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Polls close at 9 p.m. ET/6 p.m. PT.", [("clock-zone", "9 p.m. ET", "6 p.m. PT")]),
        ("It runs from 2300 GMT - 0100 GMT.", []),
        ("It began at 5:30 p.m. local time (1145 GMT).", [("clock-local", "5:30 p.m. local time", "1145 GMT")]),
        ("She heard at 9:14 a.m. Eastern time. He was called at 6:14 a.m. Pacific time.",
         [("clock-zone", "9:14 a.m. Eastern time", "6:14 a.m. Pacific time")]),
        ("She heard at 9:15 a.m. Eastern time. He was called at 7:15 a.m. Pacific time.", []),
        ("The call came at 2.10am. It was out at 6.40am, four and a half hours after the call.",
         [("clock-duration", "2.10am", "6.40am", "four and a half hours")]),
        ("The eight-hour cut began at 3.20pm and ended at 11.20pm.",
         [("clock-duration", "3.20pm", "11.20pm", "eight-hour cut")]),
        ("The cut began at 3.20pm. Eight hours is long.", []),
    ],
)  # fmt: skip
def test_clock(body: str, expected: list[tuple[str, ...]]) -> None:
    assert shown(clock, body) == expected


def test_zones_that_change_together_have_one_shift() -> None:
    (found,) = relations(clock, "Polls close at 9 p.m. ET (6 p.m. PT).")
    assert found.constants["shift"] == -180


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("People voted yesterday on it.\n\nShe feared the ballot on 14 May.", [("same-day", "yesterday", "14 May")]),
        ("People voted yesterday on it.\n\nShe feared the last ballot, on 14 May 2024.", []),
        ("People voted yesterday on it.\n\nA ballot will be held on 14 June.", []),
        ("The vase was sold last month.\n\nThe vase was sold on 3 March.", [("same-day", "last month", "3 March")]),
        ("Ann Bell met Tom Reed in 1984. They were married in 1986.", [("before", "1984", "1986")]),
        ("Ann Bell met Tom Reed in 1984. Her parents were married in 1936.", []),
        ("Work began on the hall in 1987. The hall was opened in 1990.", [("before", "1987", "1990")]),
        ("He resigned in 1990, after the fire in 1989.", [("before", "1989", "1990")]),
        (
            "He was held on 3 May after a call about a boat. The boat was found on 1 May.",
            [("before", "1 May", "3 May")],
        ),
    ],
)
def test_events(body: str, expected: list[tuple[str, ...]]) -> None:
    assert shown(events, body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("The hall was built in 1834.", ["1834"]),
        ("In 2031, the council bought the site.", ["2031"]),
        ("The council approved the plans for a fair in Lisbon in 2031.", []),
        ("The fair was planned in 2031.", []),
        ("The fair will be held in 2031.", []),
        ("He died on 30 May at home.", ["30 May"]),
        ("He died on 1 May at home.", []),
        ("He came third in 2019. On 30 May he won.", ["2019"]),
    ],
)
def test_what_is_told_as_past(body: str, expected: list[str]) -> None:
    assert shown(tenses, body) == [("before-published", text) for text in expected]


@pytest.mark.parametrize(
    ("body", "headline", "expected"),
    [
        ("Jodie Wells, who is 34, paid. Wells, 43, wept.", "", [("same-age", "34", "43")]),
        ("Brian Kettle, 18, took it.", "Pensioner, 81, jailed", [("same-age", "81", "18")]),
        ("Ann Voss, 54, was born in Leeds in 1961.", "", [("age-birth-published", "1961", "54")]),
        ("In 1998 Ann Voss, 26, moved. Voss was born in 1972.", "", [("age-birth-least", "1972", "26")]),
        ("Ann Voss, 54, sang. Voss, who was born in 1961, taught.", "", [("age-birth-published", "1961", "54")]),
        ("Ann Voss has died aged 54. Voss was born in 1961.", "", [("age-birth-death", "1961", "aged 54")]),
        ("At 35, Voss won. Ann Voss said so. Voss was born in May 1993.", "", [("age-birth-least", "May 1993", "35")]),
        ("Ann Voss, who is 70, moved in 1998, when she was 42.", "", [("age-then", "42", "1998", "70")]),
        ("Ten-year-old Ann Voss was sent away. Ann Voss, 47, is back.", "", []),
    ],
)
def test_ages(body: str, headline: str, expected: list[tuple[str, ...]]) -> None:
    assert shown(ages, body, headline) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Guido Marchetti built it. A fold is a hinge, says Marchesi.", [("Marchetti", "Marchesi")]),
        ("Guido Marchetti built it. Anna Marchesi, 40, did not. A fold is a hinge, says Marchesi.", []),
        ("John Smith, 40, sang. The Smiths said no.", []),
        ("Ricardo Rosello, 40, sang. Rosell\u00f3 said no.", []),
        ("Alfred Brittain, 40, sang. Britain has agreed.", []),
        ("The vicar thanked Odrun Tveiten for the cake. Miss Tveitan blushed.", [("Tveiten", "Tveitan")]),
    ],
)  # fmt: skip
def test_names(body: str, expected: list[tuple[str, str]]) -> None:
    assert _two_names(names, body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Detective Inspector Fiona Laidlaw spoke. Detective Sergeant Laidlaw left.",
         [("Detective Inspector", "Detective Sergeant")]),
        ("Lieutenant Colonel John Bell spoke. Colonel Bell left.", []),
        ("Detective Sergeant Fiona Laidlaw has been promoted. Detective Inspector Laidlaw left.", []),
        ("Ambassador Alan Coe, 60, left. The consul, Coe, has three homes.", [("Ambassador", "consul")]),
    ],
)  # fmt: skip
def test_titles(body: str, expected: list[tuple[str, str]]) -> None:
    assert _two_names(titles, body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("It is at Tillman Hall. Doors of Tilden Hall open at six.", [("Tillman Hall", "Tilden Hall")]),
        ("It is at North Street. South Street is shut.", []),
        ("The Arkansans voted. They all live in Arkansas. Most Arkansans did.", []),
    ],
)
def test_places(body: str, expected: list[tuple[str, str]]) -> None:
    assert _two_names(places, body) == expected


def _two_names(module: ModuleType, body: str) -> list[tuple[str, str]]:
    found = relations(module, body, date="")
    return [
        (r.roles["a"][0].text, r.roles["b"][0].text) for r in found if r.roles["a"][0].value != r.roles["b"][0].value
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Only the thought of a third Olympics kept him going. He came 19th in Sochi, 11th in Pyeongchang and sixth in Beijing.",
         [("third Olympics", 3)]),
        ("Bell won her third title. She had previously won in 2018, 2019, 2021 and 2023.", [("third title", 4)]),
        ("Bell won her third straight title. She had previously won in 2018, 2019, 2021 and 2023.", []),
        ("Bell took third place. She had previously won in 2018, 2019, 2021 and 2023.", []),
    ],
)  # fmt: skip
def test_appearances(body: str, expected: list[tuple[str, int]]) -> None:
    found = relations(appearances, body)
    assert [(r.roles["number"][0].text, r.roles["listed"][0].value) for r in found] == expected


@pytest.mark.parametrize(
    ("a", "b", "distance"),
    [
        ("smith", "smith", 0),
        ("yeutter", "yuetter", 1),
        ("berada", "berrada", 1),
        ("marchetti", "marchesi", 2),
        ("", "ab", 2),
    ],
)
def test_edit_distance(a: str, b: str, distance: int) -> None:
    assert names.apart(a, b) == names.apart(b, a) == distance
