"""The baseline: known findings stay known while their sentences stand, and only so long."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checker.baseline import Baseline
from checker.fingerprints import fingerprint, normalised
from checker.model import CheckerError, Finding, Level, Mark


def finding(sentence: str, rule: str = "margin", line: int = 1) -> Finding:
    mark = Mark("a", sentence[:2], 0, 2, line, 1, "body", sentence, 0, 2)
    return Finding(rule, Level.ERROR, 1.0, f"about {sentence}", "", (mark,), fingerprint=fingerprint(rule, [sentence]))


def settle(baseline: Baseline, path: Path, *findings: Finding) -> list[bool]:
    return [found.suppressed is not None for found in baseline.settle(str(path), findings)]


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "story.md"
    path.write_text("text", encoding="utf-8")
    return path


def written(folder: Path, story: Path, *findings: Finding) -> Path:
    file = folder / "checker-baseline.json"
    baseline = Baseline.load(file, write=True)
    assert settle(baseline, story, *findings) == [True] * len(findings)
    assert baseline.save() == len({found.fingerprint for found in findings})
    return file


def test_what_was_written_is_known_wherever_it_stands(tmp_path: Path, story: Path) -> None:
    file = written(tmp_path, story, finding("12 of 40."), finding("52 of 40."))
    baseline = Baseline.load(file)
    moved = [finding("52  of 40.", line=9), finding("12 of 40.", rule="list-count"), finding("12 of 41.")]
    assert settle(baseline, story, *moved) == [True, False, False]
    assert [entry.message for entry in baseline.stale()] == ["about 12 of 40."]


def test_the_file_is_sorted_and_relative_to_its_folder(tmp_path: Path, story: Path) -> None:
    file = written(tmp_path, story, finding("b"), finding("a"))
    data = json.loads(file.read_text(encoding="utf-8"))
    assert data["schema"] == 1 and [entry["path"] for entry in data["findings"]] == ["story.md"] * 2
    assert len(file.read_text(encoding="utf-8").splitlines()) == 4  # an entry a line, for diffs
    again = written(tmp_path, story, finding("a"), finding("b"))
    assert again.read_text(encoding="utf-8") == file.read_text(encoding="utf-8")


def test_writing_again_keeps_other_articles_and_drops_what_is_gone(tmp_path: Path, story: Path) -> None:
    other = tmp_path / "other.md"
    other.write_text("text", encoding="utf-8")
    file = written(tmp_path, other, finding("c"))
    baseline = Baseline.load(file, write=True)
    settle(baseline, story, finding("a"))
    assert baseline.save() == 2
    other.unlink()
    baseline = Baseline.load(file)
    settle(baseline, story, finding("a"))
    assert [entry.path for entry in baseline.stale()] == ["other.md"]
    assert baseline.save() == 1


def test_an_article_that_was_not_checked_has_no_stale_entries(tmp_path: Path, story: Path) -> None:
    file = written(tmp_path, story, finding("a"))
    assert Baseline.load(file).stale() == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "cannot be read: No such file or directory; --write-baseline makes it"),
        ("{", "is no baseline: "),
        ("[]", "is no baseline: the file: "),
        ('{"schema": 1, "checker": "0", "findings": [{"path": "a"}]}', "is no baseline: findings.0.rule: "),
        ('{"schema": 2, "checker": "0", "findings": []}', "is a baseline of schema 2, only 1 is read"),
    ],
)
def test_a_broken_baseline_is_said_and_left(tmp_path: Path, text: str | None, said: str) -> None:
    file = tmp_path / "known.json"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    with pytest.raises(CheckerError) as caught:
        Baseline.load(file)
    assert str(caught.value).startswith(f"{file}: {said}")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("He said “12”.", 'he  said "12".', True),
        ("3\u20134 km", "3-4 km", True),
        ("It cost $5.", "It cost £5.", False),
        ("It rose 3.5 per cent.", "It rose 35 per cent.", False),
        ("It is 5% of it.", "It is 5 of it.", False),
    ],
)
def test_typography_does_not_void_an_entry_and_figures_do(one: str, other: str, same: bool) -> None:
    assert (normalised(one) == normalised(other)) == same
