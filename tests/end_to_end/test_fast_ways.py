"""The fast ways, worker processes and the cache, say byte for byte what the plain way says, and are light."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from checker import cache, pool, scheduling
from checker.builtin import all_rules
from checker.cli import main

ROOT = Path(__file__).parents[2]
HEAVY = ("spacy", "sympy", "pydantic", "numpy", "jinja2", "multiprocessing")
ARTICLES = 300
FORMATS = ("json", "html", "sarif", "junit", "github", "markdown", "jsonl", "gitlab", "grouped", "concise", "full")


def articles(folder: Path) -> Path:
    """Articles made of the examples of all rules, some of them with other figures than were written."""
    examples = [example for rule in all_rules().rules for example in (*rule.bad, *rule.good, *rule.silent)]
    examples.sort(key=lambda example: example.text)
    for path in (ROOT / "examples").glob("*.md"):
        (folder / path.name).write_bytes(path.read_bytes())
    for number in range(ARTICLES):
        chosen = [examples[(number * step + step) % len(examples)] for step in (1, 7)[: 1 + number % 2]]
        body = "\n\n".join(re.sub(r"\[\[|\]\]", "", example.text) for example in chosen)
        if number % 3:
            body = re.sub(r"\b[1-9]\d\b", lambda match: str((int(match[0]) + number) % 89 + 10), body)  # noqa: B023
        head = [f'title: "Figures of day {number}"', *(f"date: {e.date}" for e in chosen[:1] if e.date)]
        path = folder / f"{'deep/' * (number % 2)}{number:03}.{'md' if number % 5 else 'html'}"
        path.parent.mkdir(exist_ok=True)
        if path.suffix == ".html":
            paragraphs = "".join(f"<p>{text}</p>\n" for text in body.split("\n\n"))
            path.write_text(f"<html><body><h1>Day {number}</h1>\n{paragraphs}</body></html>\n", encoding="utf-8")
        else:
            path.write_text("\n".join(["---", *head, "---", "", body, ""]), encoding="utf-8")
    (folder / "empty.md").write_text(" \n", encoding="utf-8")
    return folder


def outcome(place: Path, name: str, *options: str) -> tuple[dict[str, bytes], int, str]:
    """What a run in the folder `place` writes: by format, its exit code, and what it says on standard error."""
    files = [f"--output-format={format}={name}.{format}" for format in FORMATS]
    call = [sys.executable, "-m", "checker", "check", "news", "--notes", *files, *options]
    environment = os.environ | {"GITHUB_STEP_SUMMARY": ""}
    done = subprocess.run(call, cwd=place, capture_output=True, text=True, encoding="utf-8", env=environment)
    written = {format: (place / f"{name}.{format}").read_bytes() for format in FORMATS}
    return written, done.returncode, done.stderr


def test_workers_and_cache_change_no_byte(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    articles(tmp_path / "news")
    plain = outcome(tmp_path, "plain", "--no-cache", "--jobs", "1")
    found = [finding for article in json.loads(plain[0]["json"])["articles"] for finding in article["findings"]]
    assert len(found) > 50 and len({finding["rule"] for finding in found}) > 20
    working = outcome(tmp_path, "working", "--cache-dir", "kept", "--jobs", "2")
    cached = outcome(tmp_path, "cached", "--cache-dir", "kept", "--jobs", "1")
    for other in (working, cached):
        assert [format for format in FORMATS if other[0][format] != plain[0][format]] == []
        assert other[1:] == plain[1:]


def test_a_known_article_needs_nothing_heavy(tmp_path: Path) -> None:
    example = str(ROOT / "examples" / "border-campaign-wrong.md")
    code = (
        "import sys; from checker.cli import main; main(sys.argv[1:]); "
        f"print('HEAVY', [name for name in {HEAVY} if name in sys.modules], file=sys.stderr)"
    )
    call = [sys.executable, "-c", code, "check", example, "--cache-dir", str(tmp_path)]
    runs = [subprocess.run(call, capture_output=True, text=True) for _ in range(2)]
    assert runs[0].stdout == runs[1].stdout and "error part-exceeds-whole" in runs[1].stdout
    assert runs[1].stderr == "HEAVY []\n" and "spacy" in runs[0].stderr


@pytest.mark.usefixtures("levels")
def test_what_findings_depend_on_is_in_the_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own_cache: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a.md", "b.md"):
        Path(name).write_text("An error! and a margin! here.", encoding="utf-8")
    checked: list[str] = []
    check_document = sys.modules["checker.pipeline"].check_document  # type: ignore[attr-defined]

    def counted(document: object, *others: object) -> object:
        checked.append(document.path)  # type: ignore[attr-defined]
        return check_document(document, *others)

    monkeypatch.setattr("checker.pipeline.check_document", counted)

    def check(*options: str) -> list[str]:
        checked.clear()
        main(["check", "a.md", "b.md", *options])
        return list(checked)

    both = ["a.md", "b.md"]
    assert check() == both and check() == [] and check("--notes", "--fail-on", "never") == []
    assert check("--no-cache") == both and check("--jobs", "1") == []
    assert check("--ignore", "margin") == both and check("--ignore", "margin") == []
    assert check("--config", "locale=en-GB") == both and check("--show-suppressed") == both
    Path("checker.toml").write_text('[per-file-ignores]\n"a.md" = ["margin"]\n', encoding="utf-8")
    assert check() == both and check() == []
    Path("checker.toml").write_text('\n[per-file-ignores]\n"a.md" = ["margin"]\n', encoding="utf-8")
    assert check() == both  # the finding says which line ignores it
    Path("b.md").write_text("Another error! here.", encoding="utf-8")
    assert check() == ["b.md"]
    assert check("--cache-dir", "elsewhere") == both and check("--cache-dir", "elsewhere") == []
    assert check("--write-baseline") == both and check("--baseline", "checker-baseline.json") == both
    damaged = own_cache / cache.FILE
    damaged.write_bytes(b"no database" * 1000)
    assert check() == both and check() == []


@pytest.mark.usefixtures("levels")
def test_reports_that_were_damaged_are_made_again(
    folder: Path, own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.md").write_text("An error! here.", encoding="utf-8")
    keep = scheduling.Known.keep
    monkeypatch.setattr(scheduling.Known, "keep", lambda known, key, _: known.cache.put(key, b"[1,2]\nxx"))
    assert main(["check", "a.md"]) == 1
    monkeypatch.setattr(scheduling.Known, "keep", keep)
    assert main(["check", "a.md"]) == 1 and main(["check", "a.md"]) == 1


def test_clean_says_what_is_gone(capsys: pytest.CaptureFixture[str], tmp_path: Path, folder: Path) -> None:
    with cache.Cache(tmp_path / "kept") as known:
        known.put(b"key", b"report")
    assert main(["clean", "--cache-dir", str(tmp_path / "kept")]) == 0
    assert main(["clean", "--cache-dir", str(tmp_path / "kept")]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0].endswith(" MB removed") and out[1].endswith("kept: holds no reports")


@pytest.mark.parametrize("jobs", ["0", "-1", "many", "1.5", "257"])
def test_jobs_are_a_number_or_auto(capsys: pytest.CaptureFixture[str], folder: Path, jobs: str) -> None:
    assert main(["check", "a.md", f"--jobs={jobs}"]) == 2
    assert f"--jobs {jobs}: should be a number of processes from 1 to 256, or auto" in capsys.readouterr().err


@pytest.mark.usefixtures("levels")
def test_a_worker_that_dies_is_reported_for_its_article(
    capsys: pytest.CaptureFixture[str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def finished(self: pool.Pool) -> list[tuple[int, object]]:
        number, (name, _) = self._waiting.popleft()
        return [(number, pool.Lost("ended by SIGKILL") if name == "b.md" else [])]

    monkeypatch.setattr(pool.Pool, "_give", lambda self: None)
    monkeypatch.setattr(pool.Pool, "finished", finished)
    for name in ("a.md", "b.md", "c.md"):
        (folder / name).write_text("It has 40 members.", encoding="utf-8")
    assert main(["check", ".", "--jobs", "2"]) == 2
    assert capsys.readouterr().err == "b.md: the process that checked it ended by SIGKILL, twice\n"


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interruption_says_what_is_done(tmp_path: Path, jobs: str) -> None:
    text = (ROOT / "examples" / "ferry-summer.md").read_text(encoding="utf-8")
    for number in range(1500):
        (tmp_path / f"{number:04}.md").write_text(f"{text}\n\nIt was article {number}.\n", encoding="utf-8")
    call = [sys.executable, "-m", "checker", "check", str(tmp_path), "--jobs", jobs, "--no-cache", "--output-format"]
    with subprocess.Popen([*call, "jsonl"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None and running.stderr is not None
        first = running.stdout.readline()
        began = time.monotonic()
        running.send_signal(signal.SIGINT)
        rest, said = (
            running.stdout.read(),
            running.stderr.read(),
        )  # not communicate, which loses what readline read ahead
        running.wait(timeout=30)
        seconds = time.monotonic() - began
    lines = [first, *rest.splitlines()]
    done = len([line for line in lines if json.loads(line)["articles"]])
    assert running.returncode == 130 and seconds < 1.0 * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
    counted = re.search(r"^interrupted: (\d+) articles?, .*; the others were not checked$", said, re.MULTILINE)
    assert counted is not None and 0 <= done - int(counted[1]) <= 1  # one may be written and not yet counted


def test_workers_take_no_module_from_the_folder_that_one_stands_in(tmp_path: Path) -> None:
    news, script = tmp_path / "news", tmp_path / "command.py"
    news.mkdir()
    script.write_text(
        "import sys\nfrom checker.cli import main\nif __name__ == '__main__':\n    sys.exit(main())\n", encoding="utf-8"
    )
    for name in ("checker", "fractions", "random"):
        (news / f"{name}.py").write_text(f"raise SystemExit('{name} of the wrong folder')\n", encoding="utf-8")
    for number in range(4):
        (news / f"{number}.md").write_text("Of the 300 people arrested, 450 were charged.\n", encoding="utf-8")
    call = [sys.executable, str(script), "check", ".", "--no-cache", "--jobs", "2", "--output-format", "json"]
    done = subprocess.run(call, cwd=news, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)})
    assert done.returncode == 1, done.stderr
    assert [len(article["findings"]) for article in json.loads(done.stdout)["articles"]] == [1] * 4
