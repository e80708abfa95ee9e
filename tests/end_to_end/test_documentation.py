"""The pages say what the program does: every option has its line, every link a target, the Python tour runs."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from checker.cli import cli, main
from checker.reading import formats, suffixes

ROOT = Path(__file__).parents[2]
TESTS = ROOT / "tests"
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]


def test_every_command_and_option_is_documented() -> None:
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    for name, command in cli.commands.items():
        assert f"checker {name}" in page
        for parameter in command.params:
            for option in (option for option in parameter.opts if option.startswith("--")):
                assert f"`{option}" in page, (name, option)


def test_every_command_and_option_is_tested() -> None:
    """As typed: a test calls the command by its name, and gives every option."""
    tests = "\n".join(path.read_text(encoding="utf-8") for path in sorted(TESTS.rglob("test_*.py")))
    for name, command in cli.commands.items():
        assert re.search(rf'(?:run|main|call)\(\[?"{name}"|checker {name} ', tests), name
        for parameter in command.params:
            for option in (option for option in parameter.opts if option.startswith("--")):
                assert re.search(rf"""["' ]{option}\b(?!-)""", tests), (name, option)


def test_no_option_is_documented_that_does_not_exist() -> None:
    known = {option for command in cli.commands.values() for parameter in command.params for option in parameter.opts}
    for page in (ROOT / "README.md", ROOT / "docs" / "cli.md"):
        text = page.read_text(encoding="utf-8")
        used = re.findall(r"(?:checker (?:check|figures)[^\n|]*?|`)(--[a-z-]+)", text)
        assert set(used) <= known, page


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_have_targets(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
        assert target.startswith("http") or (page.parent / target).exists(), target


def test_readme_begins_with_the_two_commands() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert text.index("make demo") < text.index("make test") < text.index("checker check")


def test_the_python_tour_of_the_readme_runs(tmp_path: Path) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    section = text.split("## From Python\n", 1)[1].split("\n## ", 1)[0]
    code = textwrap.dedent("\n".join(line for line in section.splitlines() if not line or line.startswith("    ")))
    shutil.copy(ROOT / "examples" / "border-campaign-wrong.md", tmp_path / "story.md")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "error part-exceeds-whole" in done.stdout and "figures compared" in done.stdout


def indented(text: str, begins: str) -> str:
    """The indented block of a page that begins so, without its indentation."""
    return textwrap.dedent("    " + begins + text.split("    " + begins, 1)[1].split("\n\n", 1)[0]) + "\n"


def test_the_finding_in_the_readme_and_the_json_on_the_page_are_what_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(ROOT / "examples" / "border-campaign-wrong.md", tmp_path / "story.md")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    formats = ["--output-format", "full", "--output-format", "json=out.json"]
    main(["check", "story.md", "--isolated", "--select", "part-exceeds-whole", *formats])
    readme, page = (path.read_text(encoding="utf-8") for path in (ROOT / "README.md", ROOT / "docs" / "cli.md"))
    assert indented(readme, "error part-exceeds-whole") in capsys.readouterr().out
    told, written = json.loads(indented(page, '{"schema": 1')), json.loads(Path("out.json").read_text(encoding="utf-8"))
    assert told.keys() == written.keys() and told["articles"][0].keys() == written["articles"][0].keys()
    assert told["articles"][0]["findings"] == written["articles"][0]["findings"]


def test_every_format_is_documented() -> None:
    page = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    for name in formats():
        assert f"| `{name}` |" in page, name
    for suffix in suffixes():
        assert f"`{suffix}`" in page, suffix
