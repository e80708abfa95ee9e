"""Reports of hand-built verdicts: the JSON schema to the letter, the quotation for people, colour, width, hostile text."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from verdicts import BODY, BODY_AT, CLEAN, DOCUMENT, FINDING, LEDGER, SOURCE, VERDICT, figure

from checker import __version__
from checker.model import (
    Block,
    BlockKind,
    CheckerError,
    Document,
    Entry,
    Finding,
    Hedge,
    Kind,
    Level,
    Mark,
    Repair,
    Status,
    Verdict,
)
from checker.reports import reporters
from checker.reports.building import build_article, build_figures, number_text
from checker.reports.quoting import excerpt, underlines
from checker.reports.schema import FiguresReport, Report
from checker.reports.terminal import Style, cells, clean, fold, shorten, wrap
from checker.reports.totals import Totals
from checker.settings import Output, failing, parse_outputs, use_color


def written(format: str, *verdicts: Verdict, style: Style | None = None) -> str:
    out, totals = io.StringIO(), Totals()
    reporter = reporters("FindingsReporter")[format](out, style or Style())
    for verdict in verdicts:
        report = build_article(verdict)
        totals.add(report)
        reporter.article(report)
    reporter.finish(totals)
    return out.getvalue()


def figures_written(format: str, verdict: Verdict, style: Style | None = None) -> str:
    out, totals = io.StringIO(), Totals()
    reporter = reporters("FiguresReporter")[format](out, style or Style())
    report = build_figures(verdict)
    totals.add_coverage(report.coverage)
    reporter.article(report)
    reporter.finish(totals)
    return out.getvalue()


# ------------------------------------------------------------------------------------------------------------ JSON


def test_json_is_schema_1_to_the_letter() -> None:
    report = json.loads(written("json", VERDICT, CLEAN))
    assert list(report) == ["schema", "checker", "articles"]
    assert (report["schema"], report["checker"], len(report["articles"])) == (1, __version__, 2)
    article = report["articles"][0]
    assert list(article) == ["path", "coverage", "findings"]
    assert article["coverage"] == {"figures": 2, "compared": 1, "alone": 1, "unread": 0}
    assert [finding["level"] for finding in article["findings"]] == ["note", "error"]  # all levels, source order
    finding = article["findings"][1]
    assert list(finding) == [
        *("rule", "level", "confidence", "message", "working", "spans", "repairs", "assumes", "fingerprint"),
    ]
    assert finding["spans"][1] == {
        "role": "whole",
        "text": "more than 48,000 suspects",
        "start": BODY_AT + 18,
        "end": BODY_AT + 43,
        "line": 3,
        "column": 19,
        "block": "body",
    }
    assert finding["repairs"] == [{"span": 0, "text": "20,353"}, {"span": 2, "text": "more than 48,000"}]
    assert finding["assumes"] == ["if both count the same people"]
    assert (finding["confidence"], finding["fingerprint"]) == (0.99, "abc123")


def test_json_of_no_article_is_json() -> None:
    assert json.loads(written("json")) == {"schema": 1, "checker": __version__, "articles": []}


def test_json_is_read_back_into_the_typed_report() -> None:
    report = Report.model_validate_json(written("json", VERDICT))
    assert report.articles[0].findings[1].spans[0].text == "50,353"
    ledger = FiguresReport.model_validate_json(figures_written("json", VERDICT))
    assert ledger.articles[0].figures[0].hedge is Hedge.MORE_THAN


def test_json_figures() -> None:
    report = json.loads(figures_written("json", VERDICT))
    assert list(report) == ["schema", "checker", "articles"]
    assert list(report["articles"][0]) == ["path", "figures"]
    assert report["articles"][0]["figures"][0] == {
        "text": "more than 48,000",
        "start": BODY_AT + 18,
        "end": BODY_AT + 34,
        "line": 3,
        "column": 19,
        "block": "body",
        "kind": "count",
        "value": "48000",
        "low": "48000",
        "high": "48000",
        "unit": "",
        "unit_name": "",
        "hedge": "more-than",
        "measures": "suspect",
        "timex": "",
        "status": "compared",
        "why": "whole",
    }


def test_a_range_has_no_value_and_only_dates_and_times_may_lack_ends() -> None:
    figures = [
        figure("48,000", None, 3, 4, kind=Kind.MONEY, unit="GBP"),
        figure("50,353", None, None, None, kind=Kind.DURATION, timex="PTXM"),
        figure("50,353", None, None, None, kind=Kind.DATE),
    ]
    ledger = tuple(Entry(figure, "", Status.ALONE, "") for figure in figures)
    found = build_figures(Verdict(DOCUMENT, ledger, ())).figures
    assert [(entry.value, entry.low, entry.high) for entry in found] == [
        *((None, "3", "4"), (None, "0", "0"), (None, None, None)),
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(47000), "47000"),
        (Fraction(23, 10), "2.3"),
        (Fraction(1, 3), "1/3"),
        (Fraction(-1, 8), "-0.125"),
        (Fraction(0), "0"),
        (Fraction(-7), "-7"),
        (Fraction(12345, 100), "123.45"),
        (None, None),
    ],
)
def test_numbers_are_exact(value: Fraction | None, text: str | None) -> None:
    assert number_text(value) == text


@given(st.fractions())
def test_every_number_is_read_back_exactly(value: Fraction) -> None:
    assert Fraction(number_text(value) or "") == value


def test_a_path_that_is_not_utf_8_is_reported() -> None:
    document = Document(b"caf\xe9.md".decode("utf-8", "surrogateescape"), SOURCE, DOCUMENT.blocks)
    assert json.loads(written("json", Verdict(document, (), ())))["articles"][0]["path"] == "caf\ufffd.md"


# ------------------------------------------------------------------------------------------------- for people: full

FULL = """\
story.md: 1 error, 1 note not shown; 2 figures, 1 compared, 1 alone, 0 unread

error part-exceeds-whole: 50,353 cannot be part of more than 48,000 suspects
  story.md:1:3  the headline
    More than 47,000 people seized at the border
    ^^^^^^^^^^^^^^^^^^^^^^^ earlier
  story.md:3:19  paragraph 1
    Officers arrested more than 48,000 suspects, of whom 50,353 were formally arrested.
                      ^^^^^^^^^^^^^^^^^^^^^^^^^ whole    ^^^^^^ part
  working    50,353 > 50,000
  to agree   50,353 → 20,353 (paragraph 1)
  or         More than 47,000 people → more than 48,000 (the headline)
  assuming   both count the same people

1 article, 2 findings (1 error, 1 note not shown); 2 figures, 1 compared, 1 alone, 0 unread
"""


def test_full_quotes_the_sentences_one_under_the_other() -> None:
    assert written("full", VERDICT) == FULL


def test_full_says_that_a_clean_article_is_clean() -> None:
    assert written("full", CLEAN) == (
        "story.md: nothing disagrees; 2 figures, 1 compared, 1 alone, 0 unread\n"
        "1 article, no findings; 2 figures, 1 compared, 1 alone, 0 unread\n"
    )


def test_notes_are_shown_when_asked_for_and_errors_come_first() -> None:
    text = written("full", VERDICT, style=Style(notes=True))
    assert text.index("error part-exceeds-whole") < text.index("note by-the-way: A note")
    assert "2 findings (1 error, 1 note);" in text.splitlines()[-1]


@pytest.mark.parametrize("width", [60, 72, 80, 100, 133, 200])
@pytest.mark.parametrize("color", [False, True])
def test_full_fits_every_width(width: int, color: bool) -> None:
    text = written("full", VERDICT, CLEAN, style=Style(color, width, True))
    bare = re.sub(r"\x1b\[[\d;]*m", "", text)
    assert max(cells(line) for line in bare.splitlines()[:-1]) <= width
    assert ("\x1b[" in text) == color
    for word in ("whole", "part", "earlier", "50,353 > 50,000", "both count the same people"):
        assert word in " ".join(bare.split())


def test_two_sentences_that_read_the_same_are_quoted_twice() -> None:
    source = f"{BODY}\n\n{BODY}\n"
    second = source.rindex(BODY)
    blocks = tuple(
        Block(BlockKind.BODY, BODY, range(at, at + len(BODY)), range(at + 1, at + len(BODY) + 1)) for at in (0, second)
    )
    inside = BODY.index("50,353")
    marks = tuple(
        Mark("one", "50,353", at + inside, at + inside + 6, 1, 1, "body", BODY, inside, inside + 6)
        for at in (0, second)
    )
    document = Document("story.txt", source, blocks)
    text = written("full", Verdict(document, (), (Finding("r", Level.ERROR, 1.0, "m", "w", marks),)))
    assert text.count("Officers arrested") == 2 and "paragraph 2" in text


def test_an_article_cannot_steer_the_terminal() -> None:
    sentence = "Red \x1b[31m47,000\x07 \u202epeople\r\nwere seized"
    marks = (Mark("a\x1b", "47,000", 9, 15, 1, 1, "body", sentence, 9, 15),)
    finding = Finding("r", Level.ERROR, 1.0, "mess\x1b[2Jage", "1\x9b > 2", marks, (Repair(0, "\x1b]0;x\x07"),))
    verdict = Verdict(Document("evil\x1b[1m\n.md", sentence, ()), (), (finding,))
    for format in ("full", "concise"):
        text = written(format, verdict)
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text)


# ---------------------------------------------------------------------------------------------- concise and figures


def test_concise_is_a_line_a_finding_and_the_totals() -> None:
    assert written("concise", VERDICT, CLEAN) == (
        f"story.md:3:{BODY.index('50,353') + 1}: error part-exceeds-whole: {FINDING.message}\n"
        "2 articles, 2 findings (1 error, 1 note not shown); 4 figures, 2 compared, 2 alone, 0 unread\n"
    )


def test_the_table_of_figures() -> None:
    assert figures_written("full", VERDICT, Style(width=110)) == (
        "story.md\n"
        "  place  figure            kind   read as   status\n"
        "  3:19   more than 48,000  count  > 48,000  compared  suspect: whole\n"
        "  3:54   50,353            count  50,353    alone     nothing else counts it\n"
        "\n"
        "1 article; 2 figures, 1 compared, 1 alone, 0 unread\n"
    )


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_the_table_fits_every_width(width: int) -> None:
    entry = Entry(LEDGER[0].figure, "very " * 20 + "long", Status.UNREAD, "because " * 20)
    long = replace(LEDGER[0].figure, text="some " * 9 + "dollars", value=Fraction(10**30), unit="USD")
    ledger = (entry, Entry(long, "", Status.COMPARED, "why"), *LEDGER)
    text = figures_written("full", Verdict(DOCUMENT, ledger, ()), Style(width=width))
    assert max(cells(line) for line in text.splitlines()) <= width


# ------------------------------------------------------------------------------------------------ text on a terminal


@given(st.text(max_size=300), st.integers(20, 80))
def test_wrapping_loses_nothing_but_spaces_and_fits(text: str, width: int) -> None:
    text = clean(text)
    lines = wrap(text, width)
    assert all(cells(text[start:end].rstrip()) <= width for start, end in lines)
    assert "".join(text[start:end] for start, end in lines).replace(" ", "") == text.replace(" ", "")


@given(st.text(max_size=100), st.integers(5, 40))
def test_shortening_fits(text: str, width: int) -> None:
    assert cells(shorten(text, width)) <= width


def test_wide_characters_count_double_and_marks_count_nothing() -> None:
    assert (cells("東京"), cells("e\u0301"), cells("abc")) == (4, 1, 3)
    assert fold("one two three four five six seven eight", 24, "a  ") == [
        *("a  one two three four", "   five six seven eight"),
    ]


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 12), st.sampled_from(["whole", "part", ""])), max_size=6))
def test_every_role_stands_under_its_line(columns: list[tuple[int, int, str]]) -> None:
    marks = sorted((start, start + length, role) for start, length, role in columns)
    rows = underlines(marks, 80, solid=False)
    said = Counter(re.findall(r"whole|part", " ".join(rows)))
    assert said == Counter(role for _, _, role in marks if role)
    assert all(len(row) <= 80 for row in rows)


def test_a_long_sentence_is_cut_around_its_marks() -> None:
    text = "word " * 200 + "47,000" + " word" * 200 + " 48,000" + " word" * 200
    spots = [(text.index(figure), text.index(figure) + 6, "role") for figure in ("47,000", "48,000")]
    short, moved = excerpt(text, spots)
    assert [short[a:b] for a, b, _ in moved] == ["47,000", "48,000"]
    assert short.startswith("… word") and short.endswith("word …") and len(short) < 700
    assert excerpt("short 47,000", [(6, 12, "a")]) == ("short 47,000", [(6, 12, "a")])


# --------------------------------------------------------------------------------------------------------- settings


def test_totals_add_up() -> None:
    totals = Totals(failed=1)
    for verdict in (VERDICT, CLEAN, CLEAN):
        totals.add(build_article(verdict))
    assert totals.check_line(True) == (
        "3 articles, 2 findings (1 error, 1 note); 6 figures, 3 compared, 3 alone, 0 unread; 1 file not checked"
    )


def test_outputs() -> None:
    known = ("concise", "full", "json")
    assert parse_outputs((), None, known) == (Output("full"),)
    assert parse_outputs(("json",), Path("a"), known) == (Output("json", Path("a")),)
    assert parse_outputs(("full", "json=b=c"), None, known) == (Output("full"), Output("json", Path("b=c")))
    for formats, file in [
        (("fool",), None),
        (("json=",), None),
        (("full", "json"), None),
        (("full=a", "json=a"), None),
        (("json=a",), Path("b")),
    ]:
        with pytest.raises(CheckerError):
            parse_outputs(formats, file, known)


@pytest.mark.parametrize(
    ("fail_on", "levels"),
    [("error", {"error"}), ("warning", {"error", "warning"}), ("note", {"error", "warning", "note"}), ("never", set())],
)
def test_fail_on(fail_on: str, levels: set[str]) -> None:
    assert failing(fail_on) == levels


@pytest.mark.parametrize(
    ("choice", "terminal", "environment", "color"),
    [
        ("auto", True, {}, True),
        ("auto", False, {}, False),
        ("auto", True, {"NO_COLOR": "1"}, False),
        ("auto", True, {"NO_COLOR": ""}, True),
        ("auto", False, {"FORCE_COLOR": "1"}, True),
        ("auto", False, {"FORCE_COLOR": "0"}, False),
        ("auto", True, {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ("auto", True, {"TERM": "dumb"}, False),
        ("always", False, {"NO_COLOR": "1"}, True),
        ("never", True, {"FORCE_COLOR": "1"}, False),
    ],
)
def test_color(choice: str, terminal: bool, environment: dict[str, str], color: bool) -> None:
    assert use_color(choice, terminal, environment) == color
