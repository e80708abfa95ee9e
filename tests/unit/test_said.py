"""What is read of a figure besides its value: when it is said of, in which part and tense, and what is a change."""

from __future__ import annotations

from datetime import date

import pytest

from checker.language.claims import make_article
from checker.model import Claim
from checker.reading import read_text
from checker.relations import changed


def claims(body: str) -> dict[str, Claim]:
    """The claims of a text of 20 May 2026, by what is written as their figure."""
    article = make_article(read_text(f"---\ntitle: Town news\ndate: 2026-05-20\n---\n\n{body}\n", path="article.md"))
    return {claim.figure.text: claim for claim in article.claims if claim.figure is not None}


def days(claim: Claim) -> tuple[str, str] | None:
    if claim.when is None or claim.when.low is None or claim.when.high is None:
        return None
    return tuple(date.fromordinal(int(end)).isoformat() for end in (claim.when.low, claim.when.high))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("body", "figure", "expected"),
    [
        ("The ferry carried 640 cars in 2024 and 710 in 2025.", "710", ("2025-01-01", "2025-12-31")),
        ("The ferry carried 640 cars last year and 710 the year before.", "710", ("2024-01-01", "2024-12-31")),
        ("Vets saw 310 dogs in 2025, 40 more than in 2023.", "310", ("2025-01-01", "2025-12-31")),
        ("Vets saw 310 dogs in 2025, 45 more than in 2023.", "45", ("2025-01-01", "2025-12-31")),
        ("Sales came to £7m in the year to March, up £2m on 2019.", "£7m", ("2025-04-01", "2026-03-31")),
        ("The pool counted 512 swimmers in the 12 months to March.", "512", ("2025-04-06", "2026-03-31")),
        ("They lodged 230 claims between June and December 2023.", "230", ("2023-06-01", "2023-12-31")),
        ("The theatre opened in 2014. Two years earlier the hall had seated 410.", "410", ("2012-01-01", "2012-12-31")),
        ("When the bridge opened in 1998, 9,200 people walked over it.", "9,200", ("1998-01-01", "1998-12-31")),
        ("The mill shut in 2009 and left 340 workers idle.", "340", ("2009-01-01", "2009-12-31")),
        ("The club had 880 members in 2021. It also ran 35 teams.", "35", ("2021-01-01", "2021-12-31")),
        ("The line opened in 1999 and has 34 stops.", "34", None),
        ("The boat, which was built in 1962, carries 48 people.", "48", None),
        ("Turnout was 58 per cent, the highest in a town vote since 1992.", "58 per cent", None),
        ("The museum drew 95,000 visitors, up from 71,000 in 2018.", "95,000", None),
        ("The museum drew 95,000 visitors, up from 71,000 in 2018.", "71,000", ("2018-01-01", "2018-12-31")),
    ],
)
def test_a_figure_has_the_time_that_its_grammar_ties_it_to(
    body: str, figure: str, expected: tuple[str, str] | None
) -> None:
    assert days(claims(body)[figure]) == expected


@pytest.mark.parametrize(
    ("body", "figure", "role"),
    [
        ("Output rose to a record 1,120 tonnes.", "1,120 tonnes", "to"),
        ("Rents rose 5% from last year's average of £840.", "£840", "from"),
        ("Profit reached €12m, after €4m in the same period of 2024.", "€4m", "than"),
        ("The beacon was seen from 30 miles away.", "30 miles", "level"),
        ("He agreed to a £900 fine.", "£900", "level"),
        ("The council bought the field for £6,200 an acre.", "£6,200 an acre", "rate"),
    ],
)
def test_what_qualifies_a_figure_stands_between_it_and_the_word_that_gives_its_part(
    body: str, figure: str, role: str
) -> None:
    assert claims(body)[figure].role == role


@pytest.mark.parametrize(
    ("body", "figure", "tense"),
    [
        ("A return, now £4.10, will cost £4.60.", "£4.10", "present"),
        ("A return, now £4.10, will cost £4.60.", "£4.60", "future"),
        ("Bread makes up 24% of sales, compared with 21% in 2023.", "21%", "past"),
        ("She said the works would cost £3m.", "£3m", "future"),
    ],
)
def test_the_tense_is_that_of_the_figure_not_of_the_sentence(body: str, figure: str, tense: str) -> None:
    assert claims(body)[figure].tense == tense


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("The port shipped 2,380 tons in 2025, 310 tons more than a year earlier.", [("310 tons", 1, "amount")]),
        ("The payroll stood at 14,420, and the reduction since then of 1,150 was even.", [("1,150", -1, "amount")]),
        ("The flock is six times what it was in 2016.", [("six times", 1, "times")]),
        ("She used the word 17 times.", []),
        ("The tortoise doubled back.", []),
        ("The scouts raised £4,860 for the hospice.", []),
        ("Water was pumped 90 metres up the beach.", []),
    ],
)
def test_only_what_tells_by_how_much_is_a_change(body: str, expected: list[tuple[str, int, str]]) -> None:
    article = make_article(read_text(f"---\ntitle: Town news\ndate: 2026-05-20\n---\n\n{body}\n", path="article.md"))
    assert [(c.claim.figure.text, c.sign, c.type) for c in changed.questions(article) if c.claim.figure] == expected
