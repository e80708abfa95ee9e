"""Reports for machines: each against the schema or the grammar that its readers go by."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
from lxml import etree
from verdicts import CLEAN, DOCUMENT, FINDING, LEDGER, NOTE, VERDICT

from checker.builtin import all_rules
from checker.model import Block, BlockKind, Document, Finding, Level, Mark, Suppression, Verdict
from checker.reports import github, reporters, sarif
from checker.reports.building import build_article, build_failure, build_figures
from checker.reports.schema import Report, json_schema
from checker.reports.terminal import Style, cells
from checker.reports.totals import Totals

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data"
HIDDEN = replace(FINDING, suppressed=Suppression("ignore-next in line 2", "two groups"))
SUPPRESSED = Verdict(DOCUMENT, LEDGER, (HIDDEN, NOTE))
FAILURES = (("broken.md", "broken.md: is binary (a NUL at byte 8), not text"),)
TEXTS = sorted(name for name, reporter in reporters("FindingsReporter").items() if not reporter.WRITES_FILE)
PEOPLE = ("concise", "full", "grouped", "html", "markdown")


def written(
    format: str,
    *verdicts: Verdict,
    style: Style | None = None,
    failures: tuple[tuple[str, str], ...] = (),
    suppressed: bool = False,
) -> str:
    out, totals = io.StringIO(), Totals(failed=len(failures))
    reporter = reporters("FindingsReporter")[format](out, style or Style(), all_rules().rules)
    for verdict in verdicts:
        report = build_article(verdict, suppressed=suppressed)
        totals.add(report)
        reporter.article(report)
    for path, message in failures:
        reporter.failure(build_failure(path, message))
    reporter.finish(totals)
    return out.getvalue()


def hostile() -> Verdict:
    """An article whose every text tries to break out of what it stands in."""
    sentence = (
        "]]> --> </style><script>alert(1)</script> | `x` [y](z) \x1b[31m \u202e & \"q\" 'p' ::error::\r\n%0A 47,000"
    )
    at = sentence.index("47,000")
    block = Block(BlockKind.BODY, sentence, range(len(sentence)), range(1, len(sentence) + 1))
    mark = Mark("a\x00", "47,000", at, at + 6, 2, 2, "body", sentence, at, at + 6)
    document = Document("evil|<b>&\n.md", sentence, (block,))
    finding = Finding("part-exceeds-whole", Level.ERROR, 1.0, sentence, sentence, (mark,), (), (sentence,), "f")
    return Verdict(document, (), (finding,))


@pytest.mark.parametrize("format", TEXTS)
@pytest.mark.parametrize("verdicts", [(), (CLEAN,), (VERDICT, CLEAN, VERDICT), (SUPPRESSED,), (hostile(),)])
def test_every_format_takes_everything(format: str, verdicts: tuple[Verdict, ...]) -> None:
    """Nothing, clean articles, findings, suppressed ones, failures, text that is out to harm."""
    text = written(format, *verdicts, failures=FAILURES, suppressed=True)
    assert written(format, *verdicts, failures=FAILURES, suppressed=True) == text
    text.encode("utf-8")


# ----------------------------------------------------------------------------------------------------- JSON and schema


@pytest.mark.parametrize("command", ["check", "figures"])
def test_the_published_schema_is_that_of_the_models(command: str) -> None:
    published = json.loads((ROOT / "docs" / "schemas" / f"{command}-1.json").read_text(encoding="utf-8"))
    assert published == json_schema(command)
    jsonschema.Draft202012Validator.check_schema(published)


def test_json_and_each_line_of_jsonl_are_valid() -> None:
    validator = jsonschema.Draft202012Validator(json_schema("check"))
    whole = json.loads(written("json", VERDICT, CLEAN, SUPPRESSED, failures=FAILURES, suppressed=True))
    validator.validate(whole)
    lines = written("jsonl", VERDICT, CLEAN, failures=FAILURES).splitlines()
    assert len(lines) == 3
    for line in lines:
        validator.validate(json.loads(line))
        Report.model_validate_json(line)
    assert json.loads(lines[0])["articles"][0] == whole["articles"][0]
    assert json.loads(lines[2])["failures"] == [{"path": "broken.md", "message": FAILURES[0][1]}] == whole["failures"]
    with pytest.raises(jsonschema.ValidationError):
        validator.validate({**whole, "articles": [{"path": "a.md"}]})


def test_the_figures_are_valid() -> None:
    validator = jsonschema.Draft202012Validator(json_schema("figures"))
    for format in ("json", "jsonl"):
        out = io.StringIO()
        reporter = reporters("FiguresReporter")[format](out, Style())
        reporter.article(build_figures(VERDICT))
        reporter.finish(Totals())
        validator.validate(json.loads(out.getvalue()))


def test_fields_that_say_nothing_are_left_out() -> None:
    article = json.loads(written("json", VERDICT))["articles"][0]
    assert "suppressed" not in article and not {"suppressed", "changed"} & set(article["findings"][0])
    hidden = json.loads(written("json", SUPPRESSED))["articles"][0]
    assert hidden["suppressed"] == 1 and [f["rule"] for f in hidden["findings"]] == ["by-the-way"]
    shown = json.loads(written("json", SUPPRESSED, suppressed=True))["articles"][0]["findings"][0]
    assert shown["suppressed"] == {"by": "ignore-next in line 2", "reason": "two groups"}


# --------------------------------------------------------------------------------------------------------------- SARIF


@cache
def sarif_validator() -> Any:
    schema = json.loads((DATA / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
    return jsonschema.Draft7Validator(schema)


def sarif_run(*verdicts: Verdict, failures: tuple[tuple[str, str], ...] = ()) -> dict[str, Any]:
    log = json.loads(written("sarif", *verdicts, failures=failures))
    sarif_validator().validate(log)
    assert log["$schema"] == "https://json.schemastore.org/sarif-2.1.0.json"
    run: dict[str, Any] = log["runs"][0]
    return run


@pytest.mark.parametrize("verdicts", [(), (CLEAN,), (VERDICT, CLEAN), (hostile(),)])
def test_sarif_is_valid(verdicts: tuple[Verdict, ...]) -> None:
    sarif_run(*verdicts, failures=FAILURES)


def test_a_result_of_sarif() -> None:
    run = sarif_run(VERDICT)
    error, note = run["results"]  # the worst first
    rule = run["tool"]["driver"]["rules"][error["ruleIndex"]]
    assert rule["id"] == error["ruleId"] == "part-exceeds-whole" and note["level"] == "note"
    assert rule["help"]["markdown"].startswith("## part-exceeds-whole\n") and rule["properties"]["precision"] == "high"
    assert rule["defaultConfiguration"] == {"level": "error"} and rule["fullDescription"]["text"]
    place = error["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "story.md"
    assert place["region"] == {
        "startLine": 3,
        "startColumn": 54,
        "endLine": 3,
        "endColumn": 60,
        "snippet": {"text": "50,353"},
    }
    assert [related["id"] for related in error["relatedLocations"]] == [1, 2]
    assert error["message"]["text"].endswith("See [the headline](1), [paragraph 1](2)")
    assert error["partialFingerprints"] == {"primaryLocationLineHash": "abc123:1"} and error["rank"] == 99.0


def test_a_sarif_rule_is_that_of_checker_explain() -> None:
    driver = sarif_run()["tool"]["driver"]
    assert {rule["id"] for rule in driver["rules"]} == {rule.id for rule in all_rules().rules}
    assert all("Holds when" in rule["help"]["text"] or rule["id"].endswith("directive") for rule in driver["rules"])


def test_suppressed_findings_are_no_results() -> None:
    assert [result["ruleId"] for result in sarif_run(SUPPRESSED)["results"]] == ["by-the-way"]


def test_the_changed_sentence_is_primary() -> None:
    headline = (0, DOCUMENT.source.index("\n"))
    run = sarif_run(replace(VERDICT, changed=(headline,)))
    assert run["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] == 1


def test_fingerprints_are_stable_and_unique() -> None:
    moved = Document("other.md", "\n\n" + DOCUMENT.source, ())
    finding = replace(FINDING, spans=tuple(replace(mark, line=mark.line + 2) for mark in FINDING.spans))
    first, second = (sarif_run(Verdict(d, (), (f, f)))["results"] for d, f in ((DOCUMENT, FINDING), (moved, finding)))
    prints = [result["partialFingerprints"]["primaryLocationLineHash"] for result in first]
    assert prints == ["abc123:1", "abc123:2"]
    assert prints == [result["partialFingerprints"]["primaryLocationLineHash"] for result in second]


def test_sarif_keeps_the_worst_and_says_what_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MOST", 3)
    run = sarif_run(VERDICT, VERDICT, VERDICT, VERDICT)
    assert [result["level"] for result in run["results"]] == ["error"] * 3
    notification = run["invocations"][0]["toolExecutionNotifications"][0]
    assert notification["message"]["text"] == "5 findings left out, the mildest: this file holds the 3 worst"
    monkeypatch.setattr(sarif, "LARGEST", 2_000)
    assert len(sarif_run(VERDICT, VERDICT)["results"]) == 1


def test_sarif_says_what_was_not_checked() -> None:
    invocation = sarif_run(failures=FAILURES)["invocations"][0]
    assert invocation["executionSuccessful"] is False
    assert invocation["toolExecutionNotifications"][0]["message"]["text"] == FAILURES[0][1]


def test_addresses_in_sarif_are_relative_and_quoted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names = {
        str(tmp_path / "a b.md"): "a%20b.md",
        "desk/ü#1.md": "desk/%C3%BC%231.md",
        "/x y/z.md": "file:///x%20y/z.md",
    }
    for path, address in names.items():
        result = sarif_run(replace(VERDICT, document=replace(DOCUMENT, path=path)))["results"][0]
        assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == address


# --------------------------------------------------------------------------------------------------------- JUnit, XML


@pytest.mark.parametrize("verdicts", [(), (CLEAN,), (VERDICT, CLEAN), (hostile(),)])
def test_junit_is_valid(verdicts: tuple[Verdict, ...]) -> None:
    schema = etree.XMLSchema(etree.parse(DATA / "junit-10.xsd"))
    text = written("junit", *verdicts, failures=FAILURES)
    schema.assertValid(etree.fromstring(text.encode("utf-8")))


@pytest.mark.parametrize(("failing", "failures"), [({"error"}, 1), ({"error", "warning", "note"}, 2), (set(), 0)])
def test_junit_fails_what_the_run_fails(failing: set[str], failures: int) -> None:
    style = Style(failing=frozenset(Level(name) for name in failing))
    suites = ElementTree.fromstring(written("junit", VERDICT, CLEAN, style=style, failures=FAILURES))
    story, clean, broken = suites
    assert (story.get("tests"), story.get("failures")) == ("2", str(failures))
    assert len(story.findall(".//failure")) == failures and len(story.findall(".//system-out")) == 2 - failures
    assert [case.get("name") for case in clean] == ["nothing disagrees"]
    assert broken.get("errors") == "1" and broken.find(".//error") is not None


def test_checkstyle() -> None:
    root = ElementTree.fromstring(written("checkstyle", VERDICT, CLEAN, failures=FAILURES))
    assert [file.get("name") for file in root] == ["story.md", "story.md", "broken.md"]
    assert [error.get("severity") for error in root[0]] == ["info", "error"]
    error = root[0][1]
    assert (error.get("line"), error.get("column"), error.get("source")) == ("3", "54", "checker.part-exceeds-whole")
    assert error.get("message", "").startswith(FINDING.message)
    ElementTree.fromstring(written("checkstyle", hostile()))


# ------------------------------------------------------------------------------------------------------ GitHub, GitLab


def test_github_annotations_come_worst_first_and_are_escaped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    lines = written("github", VERDICT, failures=FAILURES).splitlines()
    assert [line.split(" ")[0] for line in lines] == ["::error", "::error", "::notice"]
    assert lines[0].startswith("::error title=not checked,file=broken.md::broken.md: is binary")
    start = "::error title=part-exceeds-whole,file=story.md,line=3,col=54,endLine=3,endColumn=60::"
    assert lines[1].startswith(start + FINDING.message + "%0Aworking: 50,353 > 50,000%0A")
    (line,) = written("github", hostile()).splitlines()
    assert (
        line.startswith("::error title=part-exceeds-whole,file=evil|<b>&%0A.md,line=2,col=2,") and "%0D%0A%250A" in line
    )


def test_columns_are_left_out_across_lines() -> None:
    mark = FINDING.spans[0]
    across = replace(mark, start=2, end=len(DOCUMENT.source) - 1, line=1, column=3)
    finding = replace(FINDING, spans=(across,), repairs=())
    (line,) = written("github", Verdict(DOCUMENT, (), (finding,))).splitlines()
    assert line.startswith("::error title=part-exceeds-whole,file=story.md,line=1::")


def test_the_summary_of_a_github_job_is_appended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    written("github", VERDICT)
    text = summary.read_text(encoding="utf-8")
    assert text.startswith("before\n### Checker: 2 findings in 1 article\n")
    assert "| 🔴 error | story.md:3 | 50,353 cannot be part of more than 48,000 suspects |" in text
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "no" / "such"))
    with pytest.raises(github.CheckerError, match="GITHUB_STEP_SUMMARY"):
        written("github", VERDICT)


def test_gitlab_code_quality() -> None:
    entries = json.loads(written("gitlab", VERDICT, VERDICT, failures=FAILURES))
    assert len({entry["fingerprint"] for entry in entries}) == len(entries) == 5
    assert [entry["severity"] for entry in entries] == ["info", "major", "info", "major", "blocker"]
    assert set(entries[1]) == {"description", "check_name", "fingerprint", "severity", "location"}
    assert entries[1]["location"] == {"path": "story.md", "lines": {"begin": 3, "end": 3}}
    assert entries[1]["check_name"] == "part-exceeds-whole"
    moved = replace(
        VERDICT, findings=tuple(replace(f, spans=tuple(replace(m, line=9) for m in f.spans)) for f in VERDICT.findings)
    )
    again = json.loads(written("gitlab", moved, VERDICT, failures=FAILURES))
    assert [entry["fingerprint"] for entry in again] == [entry["fingerprint"] for entry in entries]
    assert json.loads(written("gitlab", CLEAN)) == []


# ------------------------------------------------------------------------------------------------------ for people too


def test_markdown_is_a_table_with_its_sentences_below() -> None:
    text = written("markdown", VERDICT, failures=FAILURES)
    assert text.startswith("### Checker: 1 finding in 1 article\n\n- ⚠️ not checked: broken.md: is binary")
    assert "<details><summary><code>part-exceeds-whole</code> 50,353 cannot" in text
    assert (
        "> Officers arrested <b>more than 48,000 suspects</b> <sub>whole</sub>, of whom <b>50,353</b> <sub>part</sub>"
        in text
    )
    assert "- to agree: 50,353 → 20,353 (paragraph 1)" in text
    assert "A note" not in text and "A note" in written("markdown", VERDICT, style=Style(notes=True))
    assert written("markdown", CLEAN).startswith("### Checker: Nothing disagrees in 1 article\n")


def test_a_comment_is_never_too_long() -> None:
    text = written("markdown", *[VERDICT] * 300)
    assert len(text) < 65_536 and re.search(r"\d+ more findings, the mildest, did not fit in here\.", text)
    assert text.count("<details>") == text.count("</details>")


def test_markdown_cannot_be_broken_out_of() -> None:
    from markdown_it import MarkdownIt

    text = written("markdown", hostile())
    rendered = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    assert "<script" not in rendered and "<style" not in rendered and "<a " not in rendered
    assert not re.search(r"[\x00-\x08\x0b-\x1f\u202e]", text)
    from checker.reports.markdown import escaped

    assert escaped("ask @desk about #12") == "ask @<!-- -->desk about #<!-- -->12"
    assert escaped("1990. A year - of $5") == "1990&#46; A year - of &#36;5"


@pytest.mark.parametrize("width", [60, 80, 133, 200])
def test_grouped_fits_every_width(width: int) -> None:
    text = written("grouped", VERDICT, CLEAN, style=Style(width=width, notes=True))
    assert max(cells(line) for line in text.splitlines()[:-1]) <= width
    words = " ".join(text.split())
    assert "story.md 3:54 note" in words and FINDING.message in words and text.count("story.md") == 1


def test_grouped() -> None:
    assert written("grouped", VERDICT, CLEAN) == (
        "story.md\n"
        "  3:54  error  part-exceeds-whole  50,353 cannot be part of more than 48,000 suspects\n"
        "\n"
        "2 articles, 2 findings (1 error, 1 note not shown); 4 figures, 2 compared, 2 alone, 0 unread\n"
    )


@pytest.mark.parametrize("format", PEOPLE)
def test_suppressed_findings_are_shown_to_people_when_asked_for(format: str) -> None:
    assert "two groups" in written(format, SUPPRESSED, suppressed=True)
    text = written(format, SUPPRESSED)
    assert "two groups" not in text and FINDING.message not in text


@pytest.mark.parametrize("format", ["concise", "full", "grouped"])
def test_suppressed_findings_are_counted(format: str) -> None:
    last = written(format, SUPPRESSED).splitlines()[-1]
    assert last == "1 article, 1 finding (1 note not shown); 2 figures, 1 compared, 1 alone, 0 unread; 1 suppressed"


def test_what_touches_a_changed_sentence_comes_first() -> None:
    headline = (0, DOCUMENT.source.index("\n"))
    other = replace(FINDING, rule="other-rule", spans=FINDING.spans[:1], repairs=())
    text = written("full", Verdict(DOCUMENT, LEDGER, (other, FINDING), changed=(headline,)))
    assert text.index("error part-exceeds-whole") < text.index("error other-rule")
    assert "the headline, changed" in text and "paragraph 1, changed" not in text


def test_only_a_path_may_be_wider_than_the_page() -> None:
    path = "a-very-long-folder-name/" * 4 + "story.md"
    text = written("full", replace(VERDICT, document=replace(DOCUMENT, path=path)), style=Style(width=60))
    wide = [line for line in text.splitlines()[:-1] if cells(line) > 60]
    assert wide and all(line.strip().startswith(path) for line in wide)
