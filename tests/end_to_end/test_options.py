"""Configuration, suppressions, baseline, changed articles, watching and completion, as a user types them."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import Run, article

from checker.cli import cli
from checker.reports import reporters

STORY = "# Campaign\n\nOf the more than 48,000 suspects arrested, 50,353 were formally arrested.\n"
DIRECTIVE = "<!-- checker: ignore-next part-exceeds-whole -- the agency counts twice -->"


def git(folder: Path, *arguments: str) -> None:
    command = [
        "git",
        "-c",
        "user.name=A",
        "-c",
        "user.email=a@example.org",
        "-c",
        "init.defaultBranch=main",
        *arguments,
    ]
    subprocess.run(command, cwd=folder, capture_output=True, check=True)


def test_every_command_and_option_has_a_help_text_and_a_test() -> None:
    tests = "\n".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    for name, command in cli.commands.items():
        assert command.help and re.search(rf'"{name}"', tests), name
        for parameter in command.params:
            if parameter.param_type_name == "option":
                assert getattr(parameter, "help", None), (name, parameter.name)
                assert re.search(rf'"{parameter.opts[0]}["=]', tests), (name, parameter.opts[0])


def test_the_formats_that_the_help_names_are_those_that_there_are(run: Run) -> None:
    for command, kind in (("check", "FindingsReporter"), ("figures", "FiguresReporter")):
        _, out, _ = run(command, "--help")
        named = re.search(r"FORMAT\[=FILE\]\s+(.*?);", " ".join(out.split()))
        assert named
        assert set(
            re.findall(r"[a-z]+", named[1].replace("(default)", "").replace("=FILE", "").replace(" or ", " "))
        ) == set(reporters(kind))


# ---------------------------------------------------------------------------------------------------- configuration


@pytest.mark.usefixtures("levels")
def test_the_configuration_above_the_articles_counts(run: Run, folder: Path) -> None:
    article(folder, "desk/checker.toml", 'fail-on = "warning"\nnotes = true\nexclude = ["old/"]\n')
    article(folder, "desk/a.md", "A warning! here.\nA note! there.")
    article(folder, "desk/old/b.md", "An error! here.")
    code, out, _ = run("check", "desk")
    assert code == 1 and "is note" in out and "1 article, " in out
    assert run("check", "desk/a.md", "--isolated")[0] == 0
    assert run("check", "desk", "--config", "fail-on=error")[0] == 0
    assert run("check", "desk", "--fail-on", "never", "--config", "fail-on=error")[0] == 0
    article(folder, "other.toml", 'ignore = ["core"]')
    assert run("check", "desk", "--config", "other.toml")[0] == 1  # old/b.md is no longer excluded
    assert run("check", "desk", "--config", "other.toml", "--isolated")[0] == 2


@pytest.mark.usefixtures("levels")
def test_a_named_file_that_is_excluded_is_said(run: Run, folder: Path) -> None:
    article(folder, "checker.toml", 'exclude = [\n  "drafts/",\n]\n')
    article(folder, "drafts/a.md", "An error! here.")
    code, out, err = run("check", "drafts/a.md")
    assert (code, err) == (0, "drafts/a.md: left out by exclude 'drafts/' (checker.toml:2)\n") and "0 articles" in out


@pytest.mark.usefixtures("levels")
def test_a_wrong_configuration_ends_with_2_before_anything_is_written(run: Run, folder: Path) -> None:
    article(folder, "checker.toml", '\nfial-on = "error"\n')
    article(folder, "a.md")
    code, out, err = run("check", "a.md", "--output-format", "json=out.json")
    assert (code, out, err) == (2, "", "checker: checker.toml:2: 'fial-on' is no setting; did you mean 'fail-on'?\n")
    assert not (folder / "out.json").exists()


@pytest.mark.usefixtures("levels")
def test_rules_are_selected_and_ignored(run: Run, folder: Path) -> None:
    article(folder, "a.md", "A margin! and\na list-count! and\na duration! here.")

    def found(*options: str) -> list[str]:
        out = run("check", "a.md", "--output-format", "json", *options)[1]
        return [finding["rule"] for finding in json.loads(out)["articles"][0]["findings"]]

    assert found() == ["margin", "list-count", "duration"]
    assert found("--select", "margin", "--select", "dates") == ["margin", "duration"]
    assert found("--select", "margin, dates") == found("--select", "margin,dates") == ["margin", "duration"]
    assert found("--ignore", "core") == ["duration"]
    code, _, err = run("check", "a.md", "--ignore", "margni")
    assert (
        code == 2
        and err == "checker: --ignore: ignore names 'margni', which is no rule or pack; did you mean 'margin'?\n"
    )


@pytest.mark.usefixtures("levels")
def test_levels_and_ignores_by_file(run: Run, folder: Path) -> None:
    article(folder, "checker.toml", '[levels]\nmargin = "note"\n[per-file-ignores]\n"opinion/**" = ["core"]\n')
    article(folder, "news/a.md", "A margin! here.")
    article(folder, "opinion/b.md", "A list-count! here.")
    code, out, _ = run("check", ".")
    assert code == 0 and out.splitlines()[-1].startswith("2 articles, 1 finding (1 note not shown); ")
    assert out.splitlines()[-1].endswith("; 1 suppressed")
    _, out, _ = run("check", ".", "--show-suppressed")
    assert "suppressed by per-file-ignores: 'opinion/**' (checker.toml:4)" in out


def test_settings_are_shown_with_their_places(run: Run, folder: Path) -> None:
    article(folder, "checker.toml", 'fail-on = "warning"\n')
    article(folder, "a.md")
    code, out, _ = run("check", "a.md", "--show-settings", "--select", "core")
    assert code == 0 and 'fail-on = "warning"  # checker.toml:1\n' in out and 'select = ["core"]  # --select\n' in out


def test_init_writes_a_configuration_once(run: Run, folder: Path) -> None:
    assert run("init")[:2] == (0, "checker.toml written\n")
    text = (folder / "checker.toml").read_text(encoding="utf-8")
    assert run("init")[0] == 2 and (folder / "checker.toml").read_text(encoding="utf-8") == text
    article(folder, "a.md")
    assert run("check", "a.md", "--show-settings")[0] == 0
    (folder / "desk").mkdir()
    assert run("init", "desk")[0] == 0 and (folder / "desk" / "checker.toml").exists()


def test_house_conventions_reach_the_figures(run: Run, folder: Path) -> None:
    article(folder, "checker.toml", 'locale = "en-US"\ntimezone = "Asia/Tokyo"\n[front-matter]\ndate = ["day"]\n')
    article(
        folder, "a.md", "---\nday: 2026-01-12T23:00:00Z\n---\n\nThe match of 3/4/2026 followed that of yesterday.\n"
    )
    out = run("figures", "a.md", "--output-format", "jsonl", "--config", "style.round-numbers=exact")[1]
    figures = json.loads(out)["articles"][0]["figures"]
    assert [figure["timex"] for figure in figures] == ["2026-03-04", "2026-01-12"]
    out = run("figures", "a.md", "--output-format", "jsonl", "--isolated")[1]
    assert "2026-XX-XX" in out


# ---------------------------------------------------------------------------------------------- living with findings


def test_directives_in_an_article(run: Run, folder: Path) -> None:
    article(folder, "a.md", STORY)
    assert run("check", "a.md")[0] == 1
    article(folder, "a.md", STORY.replace("Of the", f"{DIRECTIVE}\n\nOf the"))
    code, out, _ = run("check", "a.md")
    assert code == 0 and out.splitlines()[-1].endswith("; 1 suppressed")
    _, out, _ = run("check", "a.md", "--show-suppressed")
    assert "  suppressed by ignore-next in line 3: the agency counts twice\n" in out
    article(folder, "a.md", f"{DIRECTIVE}\n\n# Campaign\n\nIt has 40 members.\n")
    code, out, _ = run("check", "a.md", "--fail-on", "warning")
    assert code == 1 and "warning unused-directive: part-exceeds-whole finds nothing here that it could suppress" in out
    article(folder, "a.md", STORY.replace("Of the", "<!-- checker: ignore-next part-exceeds-whole -->\n\nOf the"))
    code, out, _ = run("check", "a.md")
    assert code == 1 and "error broken-directive: ignore-next gives no reason" in out


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_same_and_distinct_speak_to_the_linker(run: Run, folder: Path, name: str) -> None:
    text = "The sale of the house\n\nThe sale raised £310,000 in all.\n\nLater the owner told reporters that £95,400 was paid.\n"
    same = '<!-- checker: same "£310,000" "£95,400" -- one sale -->\n\n'
    rules = ["--select", "figures-disagree", "--select", "desk"]
    assert run("check", article(folder, name, text), *rules)[0] == 0
    code, out, _ = run("check", article(folder, name, text.replace("Later", same + "Later")), *rules)
    assert code == 1 and "error figures-disagree: £310,000 here and £95,400 there" in out
    distinct = '<!-- checker: distinct "£310,000" "£95,400" -- two sales -->\n\n'
    both = text.replace("Later", same + distinct + "Later")
    assert run("check", article(folder, name, both), *rules)[0] == 0
    code, out, _ = run("check", article(folder, name, text.replace("Later", distinct + "Later")), *rules)
    assert code == 0 and "warning unused-directive: nothing takes £310,000 and £95,400 for one figure" in out


@pytest.mark.usefixtures("levels")
def test_a_baseline_makes_old_findings_known(run: Run, folder: Path) -> None:
    article(folder, "a.md", "A margin! here.\nA list-count! there.")
    code, _, err = run("check", "a.md", "--write-baseline")
    assert (code, err) == (0, "checker-baseline.json: 2 known findings written, 0 stale left out\n")
    assert run("check", "a.md")[0] == 1  # only where it is asked for
    article(folder, "checker.toml", 'baseline = "checker-baseline.json"')
    code, out, err = run("check", "a.md")
    assert (code, err) == (0, "") and "2 suppressed" in out
    article(folder, "a.md", "A margin! here.\nA list-count! over there.")
    code, out, err = run("check", "a.md", "--baseline", "checker-baseline.json")
    assert code == 1 and "error list-count" in out and "error margin" not in out
    lines = err.splitlines()
    assert (
        lines[0] == ("checker-baseline.json: 1 entry matches nothing any more; --prune-baseline removes what is stale:")
        and lines[1] == "  a.md: list-count: is list-count"
    )
    assert "1 known finding written, 1 stale left out" in run("check", "a.md", "--prune-baseline")[2]
    code, _, err = run("check", "a.md")
    assert code == 1 and err == ""
    assert run("check", "a.md", "--baseline", "nowhere.json")[0] == 2


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_changed_articles_and_stale_figures(run: Run, folder: Path) -> None:
    story = "# Storm kills 1,412 cattle\n\nThe storm killed 1,412 cattle on the islands, the union said on Tuesday.\n\n"
    story += "Of the more than 48,000 suspects arrested, 50,353 were formally arrested.\n"
    article(folder, "a.md", story)
    article(folder, "b.md", STORY)
    git(folder, "init", "--quiet")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "one")
    code, out, _ = run("check", ".", "--changed-since", "HEAD")
    assert code == 0 and out.startswith("0 articles, no findings")
    article(folder, "a.md", story.replace("storm killed 1,412", "storm killed 1,512"))
    code, out, _ = run("check", ".", "--changed-since", "HEAD", "--output-format", "json")
    (found,) = json.loads(out)["articles"]
    assert code == 1 and found["path"] == "a.md"
    assert [(finding["rule"], finding["changed"]) for finding in found["findings"]] == [
        ("stale-figure", True),
        ("part-exceeds-whole", False),
    ]
    out = run("check", "a.md", "--changed-since", "HEAD", "--output-format", "github")[1]
    assert out.startswith("::error title=stale-figure,file=a.md,line=3,")
    assert "stale-figure" not in run("check", "a.md")[1]
    code, out, err = run("check", ".", "--changed-since", "v0")
    assert (code, out) == (2, "") and err == f"checker: --changed-since v0: there is no such revision in {folder}\n"


@pytest.mark.usefixtures("levels")
def test_statistics_are_said_on_standard_error(run: Run, folder: Path) -> None:
    article(folder, "a.md", "A margin! here.\nA margin! there.\nA warning! too.")
    _, out, err = run("check", "a.md", "--statistics")
    assert "articles a second" not in out
    lines = [line.split() for line in err.splitlines()]
    assert lines[:2] == [["2", "error", "margin"], ["1", "warning", "a-rule"]]
    assert re.search(r"articles a second \(1 article in [\d.]+ s\)", err)


# ------------------------------------------------------------------------------------------------ watching and shells


@pytest.mark.skipif(os.name == "nt", reason="interrupts are sent otherwise")
def test_watching_checks_what_is_saved(folder: Path) -> None:
    article(folder, "a.md", STORY)
    article(folder, "b.md")
    command = [sys.executable, "-m", "checker", "check", ".", "--watch", "--output-format", "concise", "--isolated"]
    watched = subprocess.Popen(
        command,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a run in the background ignores interrupts
    )
    try:
        assert watched.stdout is not None and watched.stderr is not None
        assert watched.stdout.readline().startswith("a.md:3:")
        assert watched.stdout.readline().startswith("2 articles, 1 finding")
        assert watched.stderr.readline().startswith("watching")
        time.sleep(0.1)
        article(folder, "b.md", STORY + "\n")
        assert watched.stdout.readline().startswith("b.md:3:")
        assert watched.stdout.readline().startswith("1 article, 1 finding")
    finally:
        watched.send_signal(signal.SIGINT)
        assert watched.wait(60) == 130


@pytest.mark.usefixtures("levels")
def test_a_configuration_that_breaks_while_articles_are_watched_is_said_once(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    article(folder, "a.md", "An error! here.")
    configurations = iter(["fail-on = ", "fail-on = ", "fail-on = 'never'"])

    def sleep(seconds: float) -> None:
        try:
            article(folder, "checker.toml", next(configurations))
        except StopIteration:
            raise KeyboardInterrupt from None
        if (folder / "checker.toml").read_text() == "fail-on = 'never'":
            article(folder, "a.md", "A warning! here.")

    monkeypatch.setattr("checker.watching.time.sleep", sleep)
    code, out, err = run("check", ".", "--watch", "--output-format", "concise")
    assert code == 130 and err.count("checker.toml:1: is not TOML") == 1
    assert [line.split()[1] for line in out.splitlines() if line.startswith("a.md")] == ["error", "warning"]


def test_standard_input_cannot_be_watched(run: Run) -> None:
    assert run("check", "-", "--watch")[0] == 2


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(run: Run, folder: Path, shell: str) -> None:
    code, out, _ = run("completion", shell)
    assert code == 0 and f"_CHECKER_COMPLETE={shell}_complete" in out
    if shell == "bash" and shutil.which("bash"):
        subprocess.run(["bash", "-n"], input=out, text=True, check=True)


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("checker ch", {"check"}),
        ("checker check --changed", {"--changed-since"}),
        ("checker check --output-format j", {"json", "jsonl", "junit"}),
        ("checker figures --output-format j", {"json", "jsonl"}),
        ("checker explain part", {"part-exceeds-whole", "parts-do-not-add-up"}),
        ("checker check --select stale", {"stale-figure"}),
        ("checker check --ignore core,percent-c", {"core,percent-change"}),
        ("checker check --color ", {"auto", "always", "never"}),
    ],
)
def test_what_a_shell_is_offered(folder: Path, words: str, offered: set[str]) -> None:
    settings = {"_CHECKER_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    command = [sys.executable, "-c", "import sys; from checker.cli import main; sys.exit(main())"]
    done = subprocess.run(command, env={**os.environ, **settings}, capture_output=True, text=True, cwd=folder)
    assert {line.partition(",")[2] for line in done.stdout.splitlines()} == offered, done.stderr


def test_the_schema_is_printed(run: Run) -> None:
    assert json.loads(run("schema")[1]) == json.loads(run("schema", "check")[1])
    assert json.loads(run("schema", "figures")[1])["$id"] == "urn:checker:figures:1"


def test_rules_and_explain_know_the_rules_of_the_house(run: Run, folder: Path) -> None:
    rule = (Path(__file__).parents[2] / "rules" / "core" / "margin.toml").read_text(encoding="utf-8")
    article(folder, "house/our-margin.toml", rule.replace('id = "margin"', 'id = "our-margin"'))
    article(folder, "checker.toml", 'rules = ["house"]\n')
    assert "\nour-margin " in run("rules")[1] and run("explain", "our-margin")[1].startswith("our-margin  (house, ")
    article(folder, "checker.toml", 'ruels = ["house"]\n')
    assert run("rules")[0] == 2


def test_rules_and_explain_know_the_rules_without_a_file(run: Run) -> None:
    assert "\nstale-figure " in run("rules")[1]
    assert run("explain", "stale-figure")[1].startswith("stale-figure  (desk, error)")


# ---------------------------------------------------------------------------------------------------- several reports


@pytest.mark.usefixtures("levels")
def test_every_format_is_written_to_its_file(run: Run, folder: Path) -> None:
    article(folder, "a.md", "An error! here.\nA note! there.")
    texts = [name for name, reporter in reporters("FindingsReporter").items() if not reporter.WRITES_FILE]
    formats = [f"--output-format={name}={name}.out" for name in texts if name != "full"]
    code, out, err = run("check", "a.md", "missing.md", "--output-format", "full", *formats)
    assert code == 2 and out.startswith("a.md: 1 error") and err == "missing.md: no such file or folder\n"
    for name in texts:
        text = out if name == "full" else (folder / f"{name}.out").read_text(encoding="utf-8")
        assert "a-rule" in text, name
