"""Who is named in an article, with which title, and what is told of their lives."""

from __future__ import annotations

import pytest

from checker.language.article import Article
from checker.language.claims import make_article
from checker.language.lives import lives
from checker.language.people import people
from checker.language.sentences import sentences
from checker.reading import read_text


def article(body: str, headline: str = "", date: str = "2026-03-02") -> Article:
    """An article without its figures, for which no English model is needed."""
    title = f"title: {headline}\n" if headline else ""
    document = read_text(f"---\n{title}date: {date}\n---\n\n{body}\n", path="article.md")
    return Article(document, (), sentences(document.blocks), {})


def told(body: str, headline: str = "", date: str = "2026-03-02") -> Article:
    title = f"title: {headline}\n" if headline else ""
    return make_article(read_text(f"---\n{title}date: {date}\n---\n\n{body}\n", path="article.md"))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Fiona Laidlaw, 41, keeps bees. Laidlaw said so.", {"Fiona Laidlaw": 2}),
        ("Detective Inspector Fiona Laidlaw spoke. DI Laidlaw left.", {"Fiona Laidlaw": 2}),
        ("Lonnie Tarpley, 77, cooked. Lonnie Ray Tarpley, who was born in Hull, died.", {"Lonnie Ray Tarpley": 2}),
        ("Joan Pratt, 70, and her sister Ann Pratt, 67, sell eggs. Pratt smiled.", {"Joan Pratt": 1, "Ann Pratt": 1}),
        ("Kai van der Berg, 24, has signed. Van der Berg said little.", {"Kai Berg": 2}),
        ("But Ellen Roe said no. When Roe left, it rained.", {"Ellen Roe": 2}),
        ("The Crown Court in New York was shut. North Sea Oil said so.", {}),
        ("Defence Minister Anna Holt said no. U.S. President George Bell agreed.", {"Anna Holt": 1, "George Bell": 1}),
        ("Maria Evans, 30, won. Evans' dog barked.", {"Maria Evans": 2}),
    ],
)
def test_persons(body: str, expected: dict[str, int]) -> None:
    assert {person.name: len(person.mentions) for person in people(article(body)).persons} == expected


def test_a_headline_names_only_those_who_are_named_below() -> None:
    found = people(article("Fiona Laidlaw said so.", "Fiona Laidlaw Wins Big Prize From Old Club"))
    assert [(p.name, [m.block for m in p.mentions]) for p in found.persons] == [
        ("Fiona Laidlaw", [0, 2])
    ]  # block 1 is the date


def test_couples_share_their_surname() -> None:
    found = people(article("Rob and Ishbel Turnbull own it. Ishbel Turnbull, 50, wept. Mr Turnbull said nothing."))
    assert found.shared == {"Turnbull"}
    assert [person.name for person in found.persons] == ["Ishbel Turnbull"]


def test_strangers() -> None:
    found = people(article("Guido Marchetti, 68, built it. A fold is a hinge, says Marchesi. Belmarsh is near."))
    assert [mention.surname for mention in found.strangers] == ["Marchesi"]
    assert "Belmarsh" in {mention.surname for mention in found.words}


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("Ellen Roe, 40, left. She was tired.", "Ellen Roe"),
        ("Ellen Roe, 40, met Tom Reed, 41. She was tired.", None),
        ("Ellen Roe, 40, left, said Mr Blake. She was tired.", None),
    ],
)
def test_spoken_of(body: str, name: str | None) -> None:
    place = article(body)
    person = people(place).spoken_of(1 if place.document.blocks[0].text != body else 0, body.index("She"))
    assert (person.name if person else None) == name


@pytest.mark.parametrize(
    ("body", "ages"),
    [
        ("Jodie Wells, who is 34, paid. Wells, 34, said so. At 19, Wells had joined.", ["34 now", "34 now", "19 then"]),
        ("Jodie Wells, from Leeds, aged 34, paid. The 34-year-old said sorry.", ["aged 34 now", "34-year-old now"]),
        ("Jodie Wells, then 17, paid. Jodie Wells left when she was 19.", ["17 then", "19 then"]),
        ("Hans Klein, a chef, died on Monday. He was 77.", ["77 death"]),
        ("Hans Klein has died aged 77.", ["aged 77 death"]),
        ('"I was 12," said Hans Klein. His son, 40, agreed.', []),
        ("In 1998 Jodie Wells, 34, paid.", ["34 then"]),
    ],
)
def test_ages(body: str, ages: list[str]) -> None:
    found = lives(told(body)).ages
    assert [f"{age.claim.figure.text} {age.when}" for age in found if age.claim.figure] == ages


@pytest.mark.parametrize(
    ("body", "births", "deaths"),
    [
        ("Ellen Roe, 80, who was born in Hull on 3 May 1945, sang.", ["3 May 1945"], []),
        ("Born in Hull in 1945, Ellen Roe, 80, sang.", ["1945"], []),
        ("Ellen Roe, 80, sang. She was born in Hull, the daughter of a cook, on 3 May 1945.", ["3 May 1945"], []),
        ("Ellen Roe, 80, sang. Her son was born in 1970.", [], []),
        ("Ellen Roe, who died on 11 February at 80, sang.", [], ["11 February"]),
        ("The choir of Ellen Roe, 80, was born in 1990.", [], []),
    ],
)
def test_births_and_deaths(body: str, births: list[str], deaths: list[str]) -> None:
    found = lives(told(body))
    assert [day.claim.text for day in found.births] == births
    assert [day.claim.text for day in found.deaths] == deaths
