"""What is offered to pre-commit, GitHub and GitLab, tried with pre-commit itself and with the scripts as they stand."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest
from conftest import article
from ruamel.yaml import YAML

from checker.reading import markdown, plain

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
STORY = "# Campaign\n\nOf the more than 48,000 suspects arrested, 50,353 were formally arrested.\n"


def yaml(text: str) -> Any:
    return YAML(typ="safe").load(text)


def environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "GITHUB_"))}
    return {**kept, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", **more}


def blocks() -> list[str]:
    """The pastes of docs/ci.md."""
    page = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    return [
        textwrap.dedent(found).strip() for found in re.findall(r"(?:^    .*\n(?:\n(?=    ))?)+", page, re.MULTILINE)
    ]


def test_every_paste_is_short_and_valid() -> None:
    assert len(blocks()) == 6
    for block in blocks():
        assert len(block.splitlines()) < 15
        if block.startswith("# ."):
            assert yaml(block)


# --------------------------------------------------------------------------------------------------------- pre-commit


def hook() -> dict[str, Any]:
    (found,) = yaml((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    return dict(found)


def test_the_hook_takes_what_is_read() -> None:
    for suffix in (*markdown.SUFFIXES, *plain.SUFFIXES):
        assert re.search(hook()["files"], f"desk/story{suffix}"), suffix
    assert not re.search(hook()["files"], "desk/picture.png")


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_the_hook_with_pre_commit_itself(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """As a hook of this environment, for what pre-commit installs is tried by `pre-commit try-repo`."""
    pytest.importorskip("pre_commit", reason="pre-commit is in the extra `dev`")
    from pre_commit.clientlib import load_manifest

    assert load_manifest(ROOT / ".pre-commit-hooks.yaml")[0]["id"] == "checker"
    article(folder, "story.md", STORY)
    article(folder, "clean.md")
    article(folder, "notes.rst", STORY)
    local = {**hook(), "language": "system", "args": ["--isolated"]}
    with (folder / ".pre-commit-config.yaml").open("w", encoding="utf-8") as file:
        YAML(typ="safe").dump({"repos": [{"repo": "local", "hooks": [local]}]}, file)
    settings = environment(PRE_COMMIT_HOME=str(tmp_path_factory.mktemp("pre-commit")))
    for command in (["init", "--quiet"], ["add", "."]):
        subprocess.run(["git", *command], cwd=folder, check=True, capture_output=True)
    command = [sys.executable, "-m", "pre_commit", "run", "--all-files", "--color", "never"]
    done = subprocess.run(command, cwd=folder, env=settings, capture_output=True, text=True)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "  3:8  error  part-exceeds-whole  50,353 cannot be part of" in done.stdout
    assert "2 articles, 1 finding" in done.stdout and "notes.rst" not in done.stdout


# ------------------------------------------------------------------------------------------------------------- GitHub


def action() -> dict[str, Any]:
    return dict(yaml((ROOT / "action.yml").read_text(encoding="utf-8")))


def step(name: str) -> dict[str, Any]:
    return next(
        dict(found) for found in action()["runs"]["steps"] if found.get("id") == name or found.get("name") == name
    )


def test_the_action_uses_every_input_and_pastes_none_into_a_script() -> None:
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    assert action()["runs"]["using"] == "composite"
    for name, values in action()["inputs"].items():
        assert values["description"] and "default" in values and f"inputs.{name}" in text, name
    for found in action()["runs"]["steps"]:
        assert "${{" not in found.get("run", "") and ("uses" in found or found["shell"] == "bash")
    page = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    assert all(name in page for name in action()["inputs"])


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
@pytest.mark.parametrize(
    ("inputs", "code"),
    [
        ({"PATHS": "story.md clean.md"}, 1),
        ({"PATHS": ".", "FAIL_ON": "never"}, 0),
        ({"PATHS": "story.md", "ARGUMENTS": "--ignore core --notes"}, 0),
        ({"PATHS": "$(touch owned) story.md"}, 2),
    ],
)
def test_the_script_of_the_action(folder: Path, inputs: dict[str, str], code: int) -> None:
    article(folder, "story.md", STORY)
    article(folder, "clean.md")
    outputs, summary = folder / "outputs", folder / "summary"
    given = {"PATHS": ".", "FAIL_ON": "", "CHANGED_SINCE": "", "ARGUMENTS": "", **inputs}
    settings = environment(
        RUNNER_TEMP=str(folder), GITHUB_OUTPUT=str(outputs), GITHUB_STEP_SUMMARY=str(summary), **given
    )
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step("check")["run"]]
    done = subprocess.run(command, cwd=folder, env=settings, capture_output=True, text=True)
    assert done.returncode == code, done.stdout + done.stderr
    assert outputs.read_text(encoding="utf-8") == f"sarif={folder}/checker.sarif\n"
    assert json.loads((folder / "checker.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert ("::error title=part-exceeds-whole,file=story.md" in done.stdout) == ("ARGUMENTS" not in inputs)
    assert summary.read_text(encoding="utf-8").startswith("### Checker: ") and not (folder / "owned").exists()


# ------------------------------------------------------------------------------------------------------------- GitLab


def test_the_script_of_the_gitlab_job(folder: Path) -> None:
    job = yaml((ROOT / "docs" / "checker.gitlab-ci.yml").read_text(encoding="utf-8"))["checker"]
    article(folder, "content/story.md", STORY)
    settings = environment(**{**job["variables"], "CHECKER_PATHS": "content", "CHECKER_ARGUMENTS": "--isolated"})
    done = subprocess.run(["sh", "-c", job["script"][-1]], cwd=folder, env=settings, capture_output=True, text=True)
    assert done.returncode == 1 and "part-exceeds-whole" in done.stdout
    for report in job["artifacts"]["reports"].values():
        assert "part-exceeds-whole" in (folder / report).read_text(encoding="utf-8")
