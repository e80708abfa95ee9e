"""House names of front matter fields, the day in the house's time zone, and figures that the house reads its own way."""

from __future__ import annotations

from datetime import date

import pytest

from checker.conventions import Conventions
from checker.intake import Intake
from checker.model import BlockKind, Document
from checker.pipeline import read_figures

SOURCE = """---
kop: "The council has 40 members"
title: seo title of 99 words
"Intro text": A standfirst with 12 figures
date: 2020-01-01
issue_date: 2026-01-12T23:30:00Z
---

The **council** has 41 members.
"""
NAMES = {"headline": ["Kop"], "standfirst": ["intro text"], "date": ["issue_date"], "byline": []}


def texts(document: Document, kind: BlockKind) -> list[str]:
    return [block.text for block in document.blocks if block.kind == kind]


def test_the_names_of_the_house_are_read_before_those_that_are_known() -> None:
    document = Intake(NAMES).read_text(SOURCE, "a.md")
    assert texts(document, BlockKind.HEADLINE) == ["The council has 40 members"]
    assert texts(document, BlockKind.DEK) == ["A standfirst with 12 figures"]
    assert document.date == date(2026, 1, 12)
    plain = Intake().read_text(SOURCE, "a.md")
    assert texts(plain, BlockKind.HEADLINE) == ["seo title of 99 words"] and plain.date == date(2020, 1, 1)


def test_every_character_keeps_its_place() -> None:
    document = Intake(NAMES).read_text(SOURCE, "a.md")
    assert document.source == SOURCE
    for block in document.blocks:
        written = "".join(SOURCE[start:end] for start, end in zip(block.starts, block.ends, strict=True))
        assert written == block.text


def test_an_article_without_such_fields_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    document = Intake(NAMES).read_text("---\ntitle: x\n---\n\nText.\n", "a.md")
    assert texts(document, BlockKind.HEADLINE) == ["x"]


@pytest.mark.parametrize(
    ("written", "zone", "day"),
    [
        ("2026-01-12T23:30:00Z", "Asia/Shanghai", date(2026, 1, 13)),
        ("2026-01-12 23:30:00 +0000", "America/New_York", date(2026, 1, 12)),
        ("2026-01-12T01:30:00.000+02:00", "Europe/London", date(2026, 1, 11)),
        ("2026-07-01T23:30:00+00:00", "Europe/London", date(2026, 7, 2)),
        ("2026-01-12", "Asia/Shanghai", date(2026, 1, 12)),
        ("2026-01-12T23:30:00", "Asia/Shanghai", date(2026, 1, 12)),
    ],
)
def test_the_day_is_that_of_the_house(written: str, zone: str, day: date) -> None:
    source = f"---\ntitle: x\ndate: {written}\n---\n\nText.\n"
    assert Intake({}, zone).read_text(source, "a.md").date == day


@pytest.mark.parametrize(
    ("source", "path"),
    [
        ('+++\ntitle = "x"\ndate = 2026-01-12T23:30:00Z\n+++\n\nText.\n', "a.md"),
        (
            '<html><meta name="date" content="2026-01-12T23:30:00+00:00"><h1>x</h1><p>Text of 12 words.</p></html>',
            "a.html",
        ),
        ('{"versioncreated": "2026-01-12T23:30:00Z", "headline": "x", "body_text": "Text."}', "a.json"),
        ("Date: Mon, 12 Jan 2026 23:30:00 +0000\nSubject: x\nFrom: a@example.org\n\nText.\n", "a.eml"),
    ],
)
def test_the_day_is_that_of_the_house_in_every_format(source: str, path: str) -> None:
    (plain,) = Intake().read_bytes(source.encode(), path)
    (placed,) = Intake({}, "Asia/Shanghai").read_bytes(source.encode(), path)
    assert (plain.date, placed.date) == (date(2026, 1, 12), date(2026, 1, 13))


def test_names_of_the_house_in_toml() -> None:
    source = '+++\nkop = "The council has 40 members"\ntitle = "seo"\n+++\n\nText.\n'
    document = Intake(NAMES).read_text(source, "a.md")
    assert texts(document, BlockKind.HEADLINE) == ["The council has 40 members"] and document.source == source


def test_a_format_without_front_matter_is_left_alone() -> None:
    source = "---\nkop: The council\n---\n\nText.\n"
    assert Intake(NAMES).read_text(source, "a.txt") == Intake().read_text(source, "a.txt")


def test_the_day_under_a_name_of_the_house() -> None:
    assert Intake(NAMES, "Asia/Shanghai").read_text(SOURCE, "a.md").date == date(2026, 1, 13)


@pytest.mark.parametrize(
    ("locale", "timex", "value"),
    [
        ("en-GB", "2026-04-03", date(2026, 4, 3).toordinal()),
        ("en-US", "2026-03-04", date(2026, 3, 4).toordinal()),
        (None, "2026-XX-XX", None),
    ],
)
def test_dates_in_numbers(locale: str | None, timex: str, value: int | None) -> None:
    document = Intake().read_text("The match of 3/4/2026 was played on 13/4/2026 instead.\n", "a.txt")
    verdict = read_figures(document, Conventions(locale))
    first, second = [entry.figure for entry in verdict.ledger]
    assert (first.timex, first.value) == (timex, value) and second.timex == "2026-04-13"


def test_round_numbers_may_be_meant_exactly() -> None:
    document = Intake().read_text("The city has 48,000 pupils, some 3,000 teachers and spent $1.2 million.\n", "a.txt")
    figures = [entry.figure for entry in read_figures(document, Conventions(exact=True)).ledger]
    assert [figure.widest.is_point for figure in figures] == [True, False, False]
    figures = [entry.figure for entry in read_figures(document).ledger]
    assert not any(figure.widest.is_point for figure in figures)


@pytest.mark.parametrize(
    ("written", "locale", "day"),
    [
        ("3/4/2026", "en-GB", date(2026, 4, 3)),
        ("3/4/2026", "en-US", date(2026, 3, 4)),
        ("3/4/2026", None, None),
        ("13/4/2026", None, date(2026, 4, 13)),
        ("4/13/2026", None, date(2026, 4, 13)),
        ("4/13/2026", "en-GB", date(2026, 4, 13)),
        ("4/4/2026", None, date(2026, 4, 4)),
        ("31/2/2026", None, None),
    ],
)
def test_a_date_with_slashes_dates_the_article(written: str, locale: str | None, day: date | None) -> None:
    source = f"---\ntitle: x\ndate: {written}\n---\n\nText.\n"
    assert Intake(locale=locale).read_text(source, "a.md").date == day
