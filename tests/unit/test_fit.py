"""The fitting command on a corpus of two made-up sources."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checker.relations import ranking
from checker.relations.fit import main


@pytest.fixture(autouse=True)
def _own_models() -> object:
    yield None
    ranking.MODELS.clear()


def corpus(folder: Path) -> Path:
    rows = []
    for number in range(24):
        old, percent = 200 + 20 * number, 10 + number % 5
        new = round(old * (100 + percent) / 100)
        body = f"Sales rose {percent} per cent to {new} lorries from {old} a year earlier.\n\nThe yard has {number + 3} cranes."
        rows.append(
            {"source": f"paper {number % 2}", "headline": "Lorries sell well", "date": "2024-03-02", "body": body}
        )
    path = folder / "news.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_it_fits_and_draws(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plot = tmp_path / "curves.svg"
    assert main([str(corpus(tmp_path)), "--family", "changes", "--dry-run", "--plot", str(plot)]) == 0
    out = capsys.readouterr().out
    assert "changes: 24 questions" in out and "articles flagged in 1,000" in out
    before, after = (
        float(word) for word in out.split("question: ")[1].split("\n")[0].split() if word[0].isdigit() or word[0] == "-"
    )
    assert after >= before
    assert plot.read_text(encoding="utf-8").startswith("<svg ")


@pytest.mark.parametrize(
    ("line", "said"),
    [("{", "news.jsonl:2: is no JSON"), ('{"body": "x"}', "news.jsonl:2: an article needs body and source")],
)
def test_a_broken_line_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str, said: str) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text(json.dumps({"body": "x", "source": "y"}) + "\n" + line + "\n", encoding="utf-8")
    assert main([str(path), "--dry-run"]) == 2
    assert said in capsys.readouterr().err
