"""The wheel: built, installed in an environment of its own elsewhere, and run there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STORY = ROOT / "examples" / "border-campaign-wrong.md"


def call(*command: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, cwd=cwd, env=clean)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("hatchling", reason="the build backend is in the extra `dev`")
    folder = tmp_path_factory.mktemp("dist")
    build = (sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", folder, ROOT)
    done = call(*build, cwd=folder)
    assert done.returncode == 0, done.stderr
    return next(folder.glob("article_checker-*.whl"))


@pytest.fixture(scope="module")
def scripts(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts of an empty environment with the wheel; its dependencies are lent by the environment of the tests."""
    home = tmp_path_factory.mktemp("elsewhere") / "venv"
    venv.create(home, with_pip=False)
    paths = {"base": str(home), "platbase": str(home)}
    target = Path(sysconfig.get_path("purelib", "venv", vars=paths))
    folder = Path(sysconfig.get_path("scripts", "venv", vars=paths))
    python = folder / Path(sys.executable).name
    done = call(
        *(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index", wheel),
        cwd=home,
    )
    assert done.returncode == 0, done.stderr
    # plain paths only: the .pth files of the lending environment, an editable Checker among them, are not followed
    (target / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    where = call(python, "-c", "import checker; print(checker.__file__)", cwd=home)
    assert str(home) in where.stdout, where
    return folder


def test_the_rules_are_inside(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    parts = ("_rules/core/part-exceeds-whole.toml", "_rules/lexicons/units.toml", "_rules/linker/", "py.typed")
    for part in (*parts, "reports/templates/report.html", "reports/templates/report.css"):
        assert any(name.startswith(f"checker/{part}") for name in names), part
    assert not any(name.startswith(("tests/", "examples/", "rules/")) for name in names)


def test_the_rules_are_listed_from_the_wheel(scripts: Path, tmp_path: Path) -> None:
    done = call(scripts / "checker", "rules", cwd=tmp_path)
    assert done.returncode == 0 and "part-exceeds-whole" in done.stdout and done.stderr == ""


def test_an_article_is_checked_with_the_wheel(scripts: Path, tmp_path: Path) -> None:
    done = call(
        scripts / "checker", "check", STORY, "--output-format", "json", "--output-format", "html=a.html", cwd=tmp_path
    )
    assert done.returncode == 1, done.stderr
    assert "50,353" in (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "part-exceeds-whole" in {finding["rule"] for finding in json.loads(done.stdout)["articles"][0]["findings"]}
