"""Relations of what lasts, is kept, comes next or is told twice side by side: which are found in a text, and between what."""

from __future__ import annotations

import pytest

from checker.language.claims import make_article
from checker.language.people import people
from checker.language.protagonist import protagonist
from checker.reading import read_text
from checker.relations import appositions, commemorations, courses, nth, sequels

DATE = "2026-05-20"


def shown(family: object, body: str, headline: str = "", date: str = DATE) -> list[tuple[str, ...]]:
    """Each relation as its claims' texts in the order of its roles."""
    title = f"title: {headline}\n" if headline else ""
    article = make_article(read_text(f"---\n{title}date: {date}\n---\n\n{body}\n", path="article.md"))
    return [tuple(claim.text for claim in r.claims) for r in family.find(article)]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("body", "headline", "expected"),
    [
        ("Leon Hart walked free on Tuesday. Hart was convicted in May 2001. He spent 35 years behind bars.", "",
         [("May 2001", "Tuesday", "35 years")]),
        ("Leon Hart was convicted in May 2001 and sentenced to 40 years in prison. He walked free on Tuesday.", "", []),
        ("Nurses walked out on 2 March. They returned to work on 30 March. The seven-week strike is over.", "",
         [("2 March", "30 March", "seven-week strike")]),
        ("Nurses walked out on 2 March. They returned to work on 30 March. The union had called for a six-week strike.",
         "", []),
        ("Rosa Lindt was last seen on 6 May. Lindt has been missing for five weeks.", "",
         [("6 May", "2026-05-20", "five weeks")]),
        ("Ann Roe became mayor in 2020. She succeeded Tom Hill, who resigned after 15 years in office. She stands down.",
         "", []),
        ("Investors have 10 more days to decide. The offer expires on June 30.", "",
         [("2026-05-20", "June 30", "10 more days")]),
        ("Investors had 30 days to object. The offer expires on June 30.", "", []),
        ("He took office in March 1982 and won in March 1986. In those eight years he slept.", "", []),
    ],
)  # fmt: skip
def test_courses(body: str, headline: str, expected: list[tuple[str, ...]]) -> None:
    assert shown(courses, body, headline) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("The strike at the port began on 21 April. On Tuesday it entered its fifth week.",
         [("fifth week", "21 April", "Tuesday")]),
        ("The strike at the port began on 21 April. A strike at the mine is in its eighth week.", []),
        ("The trial of the mayor opened on May 4. The trial of his wife is in its sixth week.", []),
        ("The trial of the mayor opened on May 4. The trial is in its third week.",
         [("third week", "May 4", "2026-05-20")]),
        ("The trial began on May 4. The trial is in its third week of testimony.", []),
    ],
)  # fmt: skip
def test_the_week_that_something_is_in(body: str, expected: list[tuple[str, ...]]) -> None:
    assert shown(nth, body) == expected


@pytest.mark.parametrize(
    ("body", "headline", "expected"),
    [
        ("They were married on 18 May 1976.", "Pair keep 60 years of marriage", [("60 years", "18 May 1976")]),
        (
            "Bells rang for the 40th anniversary. The dam broke on 18 May 1976.",
            "",
            [("40th anniversary", "18 May 1976")],
        ),
        ("It was 40 years ago on Monday. The dam broke on 18 May 1976.", "", [("40 years ago", "18 May 1976")]),
        ("Bells rang for the 40th anniversary. The dam broke on 2 August 1976.", "", []),
        ("Bells rang for the 40th anniversary. A statue was unveiled on 18 May 2001.", "", []),
        ("Bells rang for the 40th anniversary. It closed on 18 May 2001. It had opened in 1986.", "", []),
    ],
)
def test_commemorations(body: str, headline: str, expected: list[tuple[str, ...]]) -> None:
    assert shown(commemorations, body, headline) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Fifty years ago, in 1976, it was dry.", [("Fifty years ago", "1976")]),
        ("They vote next month, on June 15.", [("next month", "June 15")]),
        ("They met last week, on Tuesday.", []),
        ("They vote next month, on June 15 and June 16.", []),
    ],
)
def test_appositions(body: str, expected: list[tuple[str, ...]]) -> None:
    assert shown(appositions, body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("A judge signed it on May 9. With the warrant in hand, officers went in on May 11.", [("May 9", "May 11")]),
        ("He joined the navy in 1991. After three years there he was sent to Malta in 1994.", [("1991", "1994")]),
        ("She left Leeds in 1984. After that she never returned to the town where she was born in 1950.", []),
        ("He retired in 2001. From there he could look back on a career that began in 1960.", []),
        (
            "Ann Voss, 85, said she sang. Voss was born in 1940. She moved to Ulm in 1961. Voss likes her dog.",
            [("1940", "1961")],
        ),
        ("Ann Voss, 85, said she sang. Voss was born in 1940. She traced her family to 1620. Voss likes her dog.", []),
    ],
)
def test_sequels(body: str, expected: list[tuple[str, ...]]) -> None:
    assert shown(sequels, body) == expected


@pytest.mark.parametrize(
    ("body", "headline", "expected"),
    [
        (
            "Carl Weiss, a baker, died on Monday. He had a shop. His son said so.",
            "Carl Weiss dies",
            ("Weiss", "he", True),
        ),
        ("Carl Weiss, 60, met Ann Roe, 50. He gave her his card.", "Weiss meets Roe", None),
        ("Ann Roe said she won. Roe is 20. Her coach is Carl Weiss. Roe said so.", "", ("Roe", "she", False)),
        ("Ann Roe said he won. Roe is 20. She is tall.", "", None),
    ],
)
def test_protagonist(body: str, headline: str, expected: tuple[str, str, bool] | None) -> None:
    title = f"title: {headline}\n" if headline else ""
    article = make_article(read_text(f"---\n{title}date: {DATE}\n---\n\n{body}\n", path="article.md"))
    found = protagonist(article, people(article))
    assert (found and (found.person.surname, found.pronoun, found.dead)) == expected
