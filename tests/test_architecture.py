"""The rooms of the house and their doors: who may import whom, read from the source with ``ast``."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "checker"
FILES = sorted(PACKAGE.rglob("*.py"))
MOST_LINES = 400

# A room, and the modules that nothing in it may import (a name stands for itself and all that is below it).
_LATER = ("checker.pipeline", "checker.reports", "checker.run", "checker.cli", "checker.api")
CLOSED = {
    "checker.model": ("checker", "spacy", "sympy", "pydantic", "rich", "click", "io", "os", "pathlib", "sys"),
    "checker.reading": (
        *("checker.language", "checker.relations", "checker.constraints", "checker.solver"),
        *("checker.rules", "checker.findings", *_LATER),
    ),
    "checker.language": (
        *("checker.relations", "checker.constraints", "checker.solver", "checker.rules", "checker.findings"),
        *_LATER,
    ),
    "checker.relations": ("checker.constraints", "checker.solver", "checker.rules", "checker.findings", *_LATER),
    "checker.constraints": ("checker.reading", "checker.relations", "checker.findings", *_LATER),
    "checker.findings": _LATER,
    "checker.pipeline": ("checker.reports", "checker.run", "checker.cli", "checker.api"),
}
# A room, and all that it may import besides the standard library and itself.
OPEN = {
    "checker.solver": ("checker.model",),
    "checker.reports": (
        *("checker.__version__", "checker.model", "checker.rules", "jinja2", "markupsafe", "pydantic"),
        *("checker.reading.docx", "checker.reading.markup", "checker.constraints.mathml"),
    ),
    "checker.settings": ("checker.model",),
}
# A library, and the only rooms that may import it.
HOLDERS = {
    "sympy": ("checker.constraints",),
    "spacy": ("checker.language",),
    "thinc": ("checker.language",),
    "markdown_it": ("checker.reading",),
    "mdit_py_plugins": ("checker.reading",),
    "ruamel": ("checker.reading",),
    "charset_normalizer": ("checker.reading",),
    "click": ("checker.cli",),
    "pathspec": ("checker.walking",),
    "jinja2": ("checker.reports.html",),
    "subprocess": ("checker.history",),
}
HEAVY = ("spacy", "sympy", "pydantic", "jinja2", "numpy", "markdown_it", "ruamel", "charset_normalizer", "pathspec")
FORBIDDEN_CALLS = frozenset({"eval", "exec", "sympify", "parse_expr", "__import__"})


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Every imported name with its line: ``from a import b`` is ``a.b``; relative imports are made absolute."""
    package = module_of(path).split(".")
    if path.name != "__init__.py":
        package = package[:-1]
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*base, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{source}.{alias.name}") for alias in node.names)


def within(name: str, places: tuple[str, ...]) -> bool:
    return any(name == place or name.startswith(place + ".") for place in places)


def broken_doors(path: Path) -> list[str]:
    """What a file imports although its room may not."""
    module = module_of(path)
    found = []
    for line, name in imports(path):
        where = f"{path.relative_to(ROOT)}:{line}: "
        for room, closed in CLOSED.items():
            if within(module, (room,)) and within(name, closed):
                found.append(f"{where}{room} may not import {name}")
        for room, allowed in OPEN.items():
            standard = name.split(".")[0] in sys.stdlib_module_names
            if within(module, (room,)) and not (standard or within(name, (*allowed, room))):
                found.append(f"{where}{room} may import only {', '.join(allowed)}, not {name}")
        for library, rooms in HOLDERS.items():
            if within(name, (library,)) and not within(module, rooms):
                found.append(f"{where}only {' and '.join(rooms)} may import {library}")
    return found


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_doors(path: Path) -> None:
    assert not broken_doors(path)


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_a_file_holds_one_idea(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= MOST_LINES, f"{path.relative_to(ROOT)} has {lines} lines, at most {MOST_LINES}"


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_text_is_never_run(path: Path) -> None:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            assert name not in FORBIDDEN_CALLS, f"{path}:{node.lineno}: calls {name}"


@pytest.mark.parametrize("path", [p for p in FILES if p.parent.name in ("relations", "language")], ids=module_of)
def test_patterns_are_compiled_when_they_are_asked(path: Path) -> None:
    """What a module compiles as it is imported costs every first check; and a match knows its compiled pattern only."""
    for node in tree_of(path).body:
        for part in ast.walk(node) if isinstance(node, ast.Assign | ast.AnnAssign) else ():
            assert not (isinstance(part, ast.Call) and ast.unparse(part.func) == "re.compile"), f"{path}:{part.lineno}"
    for node in ast.walk(tree_of(path)):
        assert not (isinstance(node, ast.Attribute) and node.attr == "re"), (
            f"{path}:{node.lineno}: asks for a match's .re"
        )


def test_the_solver_is_exact() -> None:
    for path in (PACKAGE / "solver").rglob("*.py"):
        for node in ast.walk(tree_of(path)):
            inexact = isinstance(node, ast.Constant) and isinstance(node.value, float)
            inexact |= isinstance(node, ast.Name) and node.id in ("float", "round")
            assert not inexact, f"{path}:{node.lineno}: a float"


def test_findings_and_reports_do_not_print() -> None:
    for path in [PACKAGE / "findings.py", *(PACKAGE / "reports").rglob("*.py")]:
        for node in ast.walk(tree_of(path)):
            printing = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print"
            assert not printing, f"{path}:{node.lineno}: prints"


@pytest.mark.parametrize(
    "code",
    [
        "import checker.cli",
        "from checker.cli import main; main(['--help'])",
        "from checker.cli import main; main(['rules'])",
        "from checker.cli import main; main(['explain', 'part-exceeds-whole'])",
        "from checker.cli import main; main(['completion', 'bash'])",
        "from checker import check, check_text, figures",
    ],
)
def test_nothing_heavy_is_imported_before_it_is_needed(code: str) -> None:
    seen = f"{code}\nimport sys; print('HEAVY', [name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", seen], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.splitlines()[-1] == "HEAVY []"


def test_a_broken_door_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The test itself: a solver that imports SymPy and a reader that looks for numbers are caught."""
    monkeypatch.setattr(sys.modules[__name__], "ROOT", tmp_path)
    for name, source in {
        "checker/solver/bad.py": "from sympy import Rational\nfrom checker.constraints import build\n",
        "checker/reading/bad.py": "from checker.language import figures\n",
        "checker/relations/bad.py": "def find():\n    from ..solver import solve\n",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True)
        path.write_text(source, encoding="utf-8")
        assert broken_doors(path), name
