"""The commands as a user types them: exit codes, streams, several files and formats, bad input, interruptions."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Run, article

from checker import pipeline
from checker.model import Document, Verdict

# ------------------------------------------------------------------------------------------------------- exit codes


@pytest.mark.usefixtures("levels")
@pytest.mark.parametrize(
    ("text", "fail_on", "code"),
    [
        ("Nothing here.", "note", 0),
        ("An error! here.", None, 1),
        ("A warning! here.", None, 0),
        ("A warning! here.", "warning", 1),
        ("A note! here.", "warning", 0),
        ("A note! here.", "note", 1),
        ("An error! here.", "never", 0),
    ],
)
def test_exit_codes(run: Run, folder: Path, text: str, fail_on: str | None, code: int) -> None:
    options = ["--fail-on", fail_on] if fail_on else []
    assert run("check", article(folder, "a.txt", text), *options)[0] == code


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["check"],
        ["check", "a.txt", "--fail-on", "sometimes"],
        ["check", "a.txt", "--output-format", "xml"],
        ["check", "a.txt", "--output-format", "json", "--output-format", "full"],
        ["check", "a.txt", "--output-file", "no/such/folder/out.txt"],
        ["check", "a.txt", "--stdin-filename", "b.md"],
        ["check", "-", "-"],
        ["check", "a.txt", "--colour"],
        ["explain", "no-such-rule"],
        ["figures", "a.txt", "--output-format", "concise"],
        ["frobnicate"],
    ],
)
def test_a_wrong_call_ends_with_2_and_says_why(run: Run, folder: Path, arguments: list[str]) -> None:
    article(folder, "a.txt")
    code, _, err = run(*arguments)
    assert code == 2 and err.strip()


@pytest.mark.usefixtures("levels")
def test_an_interruption_is_no_verdict(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(document: Document, *others: object) -> Verdict:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "check_document", interrupted)
    assert run("check", article(folder, "a.txt"))[0] == 130


# -------------------------------------------------------------------------------------------------------- bad input


@pytest.mark.usefixtures("levels")
def test_bad_files_get_a_line_each_and_the_others_are_checked(run: Run, folder: Path) -> None:
    article(folder, "good.md", "An error! here.")
    article(folder, "empty.md", " \n")
    (folder / "binary.md").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    (folder / "hollow").mkdir()
    code, out, err = run("check", "empty.md", "good.md", "binary.md", "missing.md", "hollow", "--output-format", "json")
    assert code == 2
    assert [a["path"] for a in json.loads(out)["articles"]] == ["good.md"]
    lines = err.splitlines()
    assert [line.split(":")[0] for line in lines[:4]] == ["empty.md", "binary.md", "missing.md", "hollow"]
    assert lines[4].endswith("; 4 files not checked") and len(lines) == 5


@pytest.mark.usefixtures("levels")
def test_an_article_that_crashes_the_checker_is_reported_and_left(run: Run, folder: Path) -> None:
    names = [article(folder, "a.md", "Will crash! now."), article(folder, "b.md", "An error! here.")]
    code, out, err = run("check", *names)
    assert code == 2 and "error a-rule" in out and out.rstrip().endswith("1 file not checked")
    assert err == "a.md: internal error: ZeroDivisionError: a very odd article (--traceback shows where)\n"
    _, _, err = run("check", *names, "--traceback")
    assert "Traceback" in err


@pytest.mark.usefixtures("levels")
def test_what_is_wrong_with_the_installation_is_said_once(run: Run, folder: Path) -> None:
    names = [article(folder, f"{name}.md", "No model! here.") for name in "abcde"]
    code, out, err = run("check", *names, "--output-format", "json")
    assert code == 2 and json.loads(out)["articles"] == []
    assert [line for line in err.splitlines() if "model" in line] == ["the English model is not installed; run: this"]


def test_a_missing_model_is_one_line_with_the_command_that_mends_it(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from checker.language import english, loading

    monkeypatch.setattr(loading, "MODELS", ("no_such_model",))
    english.pipeline.cache_clear()
    try:
        code, _, err = run("check", article(folder, "a.md", "The council has 40 members, of whom 45 voted.\n"))
    finally:
        english.pipeline.cache_clear()
    assert code == 2 and err.count("\n") == 1
    assert "no_such_model" in err and "python -m pip install" in err


# -------------------------------------------------------------------------------------------------------- the inputs


@pytest.mark.usefixtures("levels")
def test_folders_are_walked_in_order(run: Run, folder: Path) -> None:
    for name in ("b/two.md", "b/one.txt", "a.md", "b/.hidden.md", "b/image.png"):
        article(folder, name)
    _, out, _ = run("check", "b", "a.md", "--output-format", "json")
    assert [a["path"] for a in json.loads(out)["articles"]] == ["b/one.txt", "b/two.md", "a.md"]


@pytest.mark.usefixtures("levels")
def test_a_folder_that_may_not_be_listed_is_an_error_of_its_own(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    article(folder, "shut/one.md")
    article(folder, "two.md")
    listed = Path.iterdir

    def iterdir(place: Path) -> Iterator[Path]:
        if place.name == "shut":
            raise PermissionError(13, "Permission denied", str(place))
        return listed(place)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    code, out, err = run("check", "shut", "two.md", "--output-format", "json")
    assert code == 2 and [a["path"] for a in json.loads(out)["articles"]] == ["two.md"]
    assert err.startswith("shut: cannot be listed: Permission denied\n")


@pytest.mark.usefixtures("levels")
@pytest.mark.parametrize("name", [None, "desk/story.md"])
def test_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch, name: str | None) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("# Über\n\nAn error! here.\n".encode())))
    code, out, _ = run("check", "-", "--output-format", "json", *(["--stdin-filename", name] if name else []))
    assert code == 1
    found = json.loads(out)["articles"][0]
    assert found["path"] == (name or "-") and found["findings"][0]["spans"][0]["start"] == 11


# ------------------------------------------------------------------------------------------------------- the outputs


@pytest.mark.usefixtures("levels")
def test_several_reports_at_once(run: Run, folder: Path) -> None:
    article(folder, "a.md", "An error! here.")
    formats = ["--output-format", "full", "--output-format", "json=out.json", "--output-format", "concise=out.txt"]
    code, out, err = run("check", "a.md", *formats)
    assert code == 1 and err == "" and out.startswith("a.md: 1 error;")
    assert json.loads((folder / "out.json").read_text())["articles"][0]["path"] == "a.md"
    assert (folder / "out.txt").read_text().startswith("a.md:1:4: error a-rule: is error\n1 article, ")


@pytest.mark.usefixtures("levels")
def test_a_report_in_a_file_leaves_the_totals_on_standard_error(run: Run, folder: Path) -> None:
    article(folder, "a.md", "An error! here.")
    code, out, err = run("check", "a.md", "--output-file", "report.txt")
    assert (code, out) == (
        1,
        "",
    ) and err == "1 article, 1 finding (1 error); 0 figures, 0 compared, 0 alone, 0 unread\n"
    assert "\x1b[" not in (folder / "report.txt").read_text()


@pytest.mark.usefixtures("levels")
def test_color(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    article(folder, "a.md", "An error! here.")
    assert "\x1b[" not in run("check", "a.md")[1]
    assert "\x1b[" in run("check", "a.md", "--color", "always")[1]
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in run("check", "a.md")[1]
    assert "\x1b[" not in run("check", "a.md", "--color", "never")[1]


@pytest.mark.usefixtures("levels")
def test_notes_are_hidden_from_people_and_never_from_json(run: Run, folder: Path) -> None:
    article(folder, "a.md", "A note! here.")
    assert "is note" not in run("check", "a.md")[1]
    assert "is note" in run("check", "a.md", "--notes")[1]
    assert "is note" in run("check", "a.md", "--output-format", "json")[1]


def test_a_reader_that_goes_away_ends_the_run_quietly(folder: Path) -> None:
    article(folder, "a.md")
    script = f"{sys.executable} -m checker rules | head -n 1"
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, cwd=folder)
    assert done.stdout.startswith("rule") and done.stderr == ""


# ------------------------------------------------------------------------------------------------ rules and explain


def test_rules_lists_every_rule(run: Run) -> None:
    code, out, _ = run("rules")
    assert code == 0
    lines = out.splitlines()
    assert lines[0].split() == ["rule", "pack", "level", "finds"]
    assert any(line.startswith("part-exceeds-whole") and " core " in line for line in lines)


def test_explain_shows_a_rule_with_its_examples(run: Run) -> None:
    code, out, _ = run("explain", "part-exceeds-whole")
    assert code == 0 and out.startswith("part-exceeds-whole") and "Found" in out


def test_explain_knows_the_nearest_name(run: Run) -> None:
    code, _, err = run("explain", "part-exceeds-hole")
    assert code == 2 and err == "checker: there is no rule 'part-exceeds-hole'; did you mean 'part-exceeds-whole'?\n"


def test_help_is_quick_and_every_option_is_explained(run: Run) -> None:
    from checker.cli import cli

    for name, command in cli.commands.items():
        assert command.help, name
        for parameter in command.params:
            assert parameter.param_type_name == "argument" or getattr(parameter, "help", None), (name, parameter.name)
    before = os.times()
    subprocess.run([sys.executable, "-m", "checker", "--help"], capture_output=True, check=True)
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    assert spent < 0.4, f"{spent:.2f} s of CPU"  # 0.06 s where it was written; the limit is 0.2 on an idle machine


def test_version(run: Run) -> None:
    from checker import __version__

    code, out, _ = run("--version")
    assert (code, out) == (0, f"checker {__version__}\n")
