"""What the tests of commands share: the command as it is typed, a folder of articles, a pipeline without a model."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from checker import pipeline
from checker.builtin import all_rules
from checker.cli import main
from checker.fingerprints import fingerprint
from checker.model import CheckerError, Document, Finding, Level, Mark, Verdict
from checker.rules import Rules

Run = Callable[..., tuple[int, str, str]]

AGREES = "The council met on Monday.\n\nIt has 40 members. The chair spoke for an hour.\n"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("COLUMNS", "120")

    def call(*arguments: object) -> tuple[int, str, str]:
        code = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return call


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def levels(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipeline that needs no model: an article that says "LEVEL!" has one finding of that level, "RULE!" one of a rule."""
    known = {rule.id: rule.level for rule in all_rules().rules}

    def check_document(document: Document, rules: Rules | None = None, *others: object) -> Verdict:
        if "crash!" in document.source:
            raise ZeroDivisionError("a very\nodd article")
        if "model!" in document.source:
            raise CheckerError("the English model is not installed; run: this")
        findings = []
        for found in re.finditer(r"([a-z-]+)!", document.source):
            text, at = found[1], found.start()
            line = document.source.splitlines()[document.position(at)[0] - 1]
            spot = Mark("said", text, at, at + len(text), *document.position(at), "body", line, 0, len(text))
            level = Level(text) if text in list(Level) else known.get(text)
            if level is not None and (rules is None or text not in known or rules.find(text) is not None):
                rule = text if text in known else "a-rule"
                print_ = fingerprint(rule, [line])
                findings.append(Finding(rule, level, 1.0, f"is {text}", "1 > 0", (spot,), fingerprint=print_))
        return Verdict(document, (), tuple(findings))

    monkeypatch.setattr(pipeline, "check_document", check_document)
    monkeypatch.setattr(pipeline, "read_figures", check_document, raising=False)


def article(folder: Path, name: str, text: str = AGREES) -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return name
