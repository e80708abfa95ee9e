"""What the commands say of the articles in ``examples/``, and the same from Python."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import checker
from checker.cli import main

EXAMPLES = Path(__file__).parents[2] / "examples"
CAMPAIGN = EXAMPLES / "border-campaign.md"


@pytest.fixture(scope="module")
def reports() -> dict[str, checker.ArticleReport]:
    return {path.name: checker.check(path) for path in sorted(EXAMPLES.glob("*.md"))}


def said(report: checker.ArticleReport, level: str) -> list[tuple[str, list[str]]]:
    """The rules of a level, each with the digits that it quotes."""
    return [
        (finding.rule, [" ".join(re.findall(r"[\d.,]*\d", span.text)) for span in finding.spans])
        for finding in report.findings
        if finding.level == level
    ]


def test_the_wrong_campaign_has_its_error(reports: dict[str, checker.ArticleReport]) -> None:
    errors = said(reports["border-campaign-wrong.md"], "error")
    assert [rule for rule, _ in errors] == ["part-exceeds-whole"]
    assert sorted(errors[0][1]) == ["48,000", "50,353"]


@pytest.mark.parametrize("name", ["border-campaign.md", "border-campaign-wrong.md"])
def test_the_close_figures_are_asked_about_once(reports: dict[str, checker.ArticleReport], name: str) -> None:
    assert said(reports[name], "warning") == [("close-figures", ["47,000", "48,000"])]


def test_the_right_campaign_has_no_error(reports: dict[str, checker.ArticleReport]) -> None:
    assert not said(reports["border-campaign.md"], "error")


def test_the_table_and_the_caption(reports: dict[str, checker.ArticleReport]) -> None:
    report = reports["ferry-summer.md"]
    errors = said(report, "error")
    assert errors == [("figures-disagree", ["3.56", "3.65"])]
    assert any(span.block == "caption" for span in report.findings[0].spans)


def test_the_clean_article_is_clean(reports: dict[str, checker.ArticleReport]) -> None:
    report = reports["library-vote.md"]
    assert report.findings == () and report.coverage.compared >= 6


@pytest.mark.parametrize(
    ("old", "new", "quoted"),
    [("20,353", "50,353", "50,353"), ("13,554", "135,540", "135,540"), ("68 were", "68,000 were", "68,000")],
)
def test_one_changed_figure_is_an_error(old: str, new: str, quoted: str) -> None:
    source = CAMPAIGN.read_text(encoding="utf-8").replace(old, new)
    errors = said(checker.check_text(source, path="story.md"), "error")
    assert errors and any(quoted in digits for _, digits in errors)


def test_the_command_says_the_same_as_python(
    reports: dict[str, checker.ArticleReport], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(EXAMPLES), "--output-format", "json"]) == 1
    report = checker.Report.model_validate_json(capsys.readouterr().out)
    assert [Path(article.path).name for article in report.articles] == sorted(reports)
    for article in report.articles:
        assert article.model_dump() == reports[Path(article.path).name].model_dump()


def test_two_runs_write_the_same_bytes(capsys: pytest.CaptureFixture[str]) -> None:
    outputs = []
    for _ in range(2):
        main(["check", str(EXAMPLES), "--color", "always", "--notes"])
        outputs.append(capsys.readouterr().out)
    assert outputs[0] == outputs[1]


def test_spans_are_offsets_of_the_source(capsys: pytest.CaptureFixture[str]) -> None:
    main(["figures", str(EXAMPLES), "--output-format", "json"])
    for article in json.loads(capsys.readouterr().out)["articles"]:
        source = Path(article["path"]).read_text(encoding="utf-8")
        assert article["figures"]
        for figure in article["figures"]:
            written = source[figure["start"] : figure["end"]].replace("**", "")
            assert written.split() == figure["text"].split()
            line = source.split("\n")[figure["line"] - 1]
            assert line[figure["column"] - 1 :].startswith(figure["text"].split()[0])


def test_a_date_given_in_python_places_the_article() -> None:
    import datetime

    text = "The council met on 3 March.\n"
    entries = checker.check_text(text, path="a.txt", date=datetime.date(2024, 3, 9))
    assert entries.coverage.unread == 0
    dated = checker.figures(CAMPAIGN)
    assert {entry.timex for entry in dated} >= {"2022-01-12"}


def test_a_missing_file_is_a_checker_error() -> None:
    with pytest.raises(checker.CheckerError, match=r"nowhere\.md"):
        checker.check("nowhere.md")


def test_another_headline_is_asked_about() -> None:
    source = CAMPAIGN.read_text(encoding="utf-8").replace(
        "title: Border campaign stops more than 47", "title: Border campaign stops more than 57"
    )
    asked = said(checker.check_text(source, path="story.md"), "warning")
    assert ("figures-disagree", ["57,000", "47,000"]) in asked
