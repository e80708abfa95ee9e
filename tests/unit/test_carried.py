"""What a bare number counts, what an amount without a unit is of, and what a part or a share is of."""

from __future__ import annotations

import pytest

from checker.language.article import Article
from checker.language.claims import make_article
from checker.model import Claim
from checker.reading import read_text
from checker.relations import told_parts, told_shares, wholes


def article(body: str) -> Article:
    return make_article(read_text(f"---\ntitle: News\ndate: 2026-05-20\n---\n\n{body}\n", path="article.md"))


def claim(found: Article, text: str) -> Claim:
    return next(c for c in found.claims if c.figure is not None and c.figure.text == text)


@pytest.mark.parametrize(
    ("body", "figure", "noun"),
    [
        ("In the gale 310 roofs were torn off, 402 are leaking.", "402", "roof"),
        ("There were 16 collisions there last year, three of them fatal.", "three", "collision"),
        ("Of the injured, 13 were sent home.", "13", "person"),
        ("The fair drew 7,300.", "7,300", "person"),
        ("The register lists 83 oaks. Nine have been felled.", "Nine", "oak"),
        ("Ana Ruiz owns 95 clocks. She will lend 40 to the museum.", "40", "clock"),
        ("The force logged 812 thefts in May, compared with 905 a year before.", "905", "theft"),
        ("A choir of 24 was there.", "24", "person"),
        ("The mill needs 60 of the company's bearings.", "60", "bearing"),
        ("Each cabin seats eight.", "eight", ""),
        ("The town shut eight of its 21 depots. One depot has 13 drivers, of whom 16 are women.", "16", "driver"),
    ],
)
def test_noun(body: str, figure: str, noun: str) -> None:
    assert claim(article(body), figure).noun == noun


@pytest.mark.parametrize(
    ("body", "figure", "unit"),
    [
        ("Operating profit was 70 million crowns, against an average estimate of 75 million.", "75 million", "XXK"),
        ("Sales came to 8.4 billion dollars, against the 9.6 billion of the preceding season.", "9.6 billion", "USD"),
        ("Output rose from 5m to 7m tonnes.", "5m", "t"),
        ("The port loaded 47,000 tonnes of barley and 25,000 of rapeseed.", "25,000", "t"),
    ],
)
def test_unit(body: str, figure: str, unit: str) -> None:
    assert claim(article(body), figure).unit == unit


def test_whole_by_what_is_said_of_it() -> None:
    found = article(
        "Divers saw 90 jars. They raised 31 jars in May. Of the cargo, 12 of the recovered jars were sealed."
    )
    told = wholes.told(found, claim(found, "12"), found.claims)
    assert told is claim(found, "31") or told is None
    found = article("Inspectors visited 900 kitchens. In all 90 of the kitchens visited were closed.")
    assert wholes.told(found, claim(found, "90"), found.claims) is claim(found, "900")


def test_share_of_the_group_before() -> None:
    found = article(
        "Inspectors visited 900 shops. In all 90 of the shops visited failed. That is 20 per cent of those checked."
    )
    (relation,) = told_shares.find(found)
    assert [c.text for c in relation.roles["whole"]] == ["900 shops"]


def test_total_in_so_many_parts() -> None:
    body = (
        "The floods killed 24 people in three counties.\n\nIn Ash County 14 people died. Officials in Birch County "
        "confirmed six deaths.\n\nFive people were killed in Cedar County, two of them in one car."
    )
    (relation,) = told_parts.find(article(body))
    assert [c.value for c in relation.roles["parts"]] == [14, 6, 5]
