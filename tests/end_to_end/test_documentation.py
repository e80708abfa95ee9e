"""The pages say what the program does: every option has its line, every link a target, the Python tour runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from checker.cli import cli

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]


def test_every_command_and_option_is_documented() -> None:
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    for name, command in cli.commands.items():
        assert f"checker {name}" in page
        for parameter in command.params:
            for option in (option for option in parameter.opts if option.startswith("--")):
                assert f"`{option}" in page, (name, option)


def test_no_option_is_documented_that_does_not_exist() -> None:
    known = {option for command in cli.commands.values() for parameter in command.params for option in parameter.opts}
    for page in (ROOT / "README.md", ROOT / "docs" / "cli.md"):
        text = page.read_text(encoding="utf-8")
        used = re.findall(r"(?:checker (?:check|figures)[^\n|]*?|`)(--[a-z-]+)", text)
        assert set(used) <= known | {"--group"}, page


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_have_targets(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
        assert target.startswith("http") or (page.parent / target).exists(), target


def test_readme_begins_with_the_two_commands() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert text.index("make demo") < text.index("make test") < text.index("checker check")
