"""Rule files: what must hold of each kind of relation, how it is said, and examples that are its tests.

A rule is one TOML file named for the defect it finds; packs are folders.  Rules are data: the worst that a bad one can do
is to be wrong.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from checker.data import rules_folder
from checker.formulas import Formula, read_formula
from checker.model import CheckerError, Level

PACKS = ("core", "dates", "elections", "business", "sport", "science", "weather", "health")
LARGEST = 64 * 1024  # bytes of a rule file
_FIELDS: dict[str, type] = {
    "id": str,
    "summary": str,
    "relation": str,
    "constraint": str,
    "message": str,
    "working": str,
    "explain": str,
    "sources": list,
    "measured": str,
    "level": str,
    "unknowns": dict,
    "roles": dict,
    "frames": list,
    "within": str,
    "agree": list,
    "unless": list,
    "needs": list,
    "bad": list,
    "good": list,
    "silent": list,
}
_NEEDED = ("id", "summary", "constraint", "message", "explain")
_EXAMPLE = ("text", "date", "headline", "note")


@dataclass(frozen=True, slots=True)
class Example:
    """A short text; in a bad one ``[[...]]`` marks exactly the spans that a finding must quote."""

    text: str
    date: str = ""
    headline: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One rule: `constraint` must hold of every relation of kind `relation`; `level` is the gravest it may be.

    A formula rule finds its relations by its `formula`; their kind is its id.
    """

    id: str
    pack: str
    path: str
    summary: str
    relation: str
    constraint: str
    message: str
    explain: str
    working: str = ""
    level: Level = Level.ERROR
    unknowns: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    bad: tuple[Example, ...] = ()
    good: tuple[Example, ...] = ()
    silent: tuple[Example, ...] = ()
    sources: tuple[str, ...] = ()
    measured: str = ""
    formula: Formula | None = None


@dataclass(frozen=True)
class Rules:
    """All rules in force, by pack and id, the errors of files that could not be read, and the ids of rules left out."""

    rules: tuple[Rule, ...]
    broken: tuple[CheckerError, ...] = ()
    left_out: tuple[str, ...] = ()

    @cached_property
    def _by_kind(self) -> dict[str, list[Rule]]:
        found: dict[str, list[Rule]] = {}
        for rule in self.rules:
            found.setdefault(rule.relation, []).append(rule)
        return found

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The ids of all rules that there are, in force or left out."""
        return tuple(sorted((*(rule.id for rule in self.rules), *self.left_out)))

    @cached_property
    def formulas(self) -> tuple[Formula, ...]:
        """What finds the relations of the formula rules in force."""
        return tuple(rule.formula for rule in self.rules if rule.formula is not None)

    def of(self, kind: str) -> list[Rule]:
        """The rules that speak of a kind of relation."""
        return self._by_kind.get(kind, [])

    def find(self, rule_id: str) -> Rule | None:
        return next((rule for rule in self.rules if rule.id == rule_id), None)


def load_rules(folders: tuple[str, ...] = ()) -> Rules:
    """The rules that came with Checker, and those of other folders, which override by id.

    A broken file never stops the others: its error stands in ``Rules.broken``.
    """
    shipped = _shipped()
    if not folders:
        return shipped
    return _read(_packs_in(folders), shipped)


def find_rule(rule_id: str, folders: tuple[str, ...] = ()) -> Rule | None:
    """One rule of ``load_rules`` by its id, without reading the others; None where no file has its name.

    Errors: those of ``read_rule``.
    """
    for folder, pack in reversed([*_packs(), *_packs_in(folders)]):
        path = folder / f"{rule_id}.toml"
        if Path(rule_id).name == rule_id and path.is_file():
            return read_rule(path, pack)
    return None


def _packs() -> list[tuple[Path, str]]:
    return [(rules_folder() / pack, pack) for pack in PACKS]


def _packs_in(folders: tuple[str, ...]) -> list[tuple[Path, str]]:
    return [(Path(name), Path(name).resolve().name) for name in folders]


@cache
def _shipped() -> Rules:
    return _read(_packs(), Rules(()))


def _read(places: Iterable[tuple[Path, str]], below: Rules) -> Rules:
    """The rules of some folders over others."""
    found = {rule.id: rule for rule in below.rules}
    broken = list(below.broken)
    for folder, pack in places:
        if not folder.is_dir():
            broken.append(CheckerError(f"{folder}: no such folder of rules"))
            continue
        for path in sorted(folder.glob("*.toml")):
            try:
                rule = read_rule(path, pack)
            except CheckerError as error:
                broken.append(error)
            else:
                found[rule.id] = rule
    return Rules(tuple(sorted(found.values(), key=lambda rule: (rule.pack, rule.id))), tuple(broken))


def read_rule(path: Path, pack: str) -> Rule:
    """One rule file.  Errors: ``CheckerError`` with file, line, the offending value and what is allowed."""
    data = path.read_bytes()
    if len(data) > LARGEST:
        raise CheckerError(f"{path}: is {len(data):,} bytes, at most {LARGEST:,} are read")
    try:
        text = data.decode("utf-8")
        table = tomllib.loads(text, parse_float=Decimal)
    except UnicodeDecodeError as error:
        raise CheckerError(f"{path}: is not UTF-8 (byte {error.start:,})") from error
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+), column (\d+)", str(error))
        place = f":{found[1]}:{found[2]}" if found else ""
        raise CheckerError(f"{path}{place}: is not TOML: {error}") from error

    def fail(key: str, message: str) -> CheckerError:
        return CheckerError(f"{path}:{_line(text, key)}: {message}")

    for key, value in table.items():
        if key not in _FIELDS:
            from difflib import get_close_matches

            near = get_close_matches(key, _FIELDS, 1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise fail(key, f"{key!r} is no field of a rule ({', '.join(_FIELDS)}){hint}")
        if not isinstance(value, _FIELDS[key]):
            raise fail(key, f"{key} is {value!r}, it should be {_said(_FIELDS[key])}")
    for key in _NEEDED:
        if not table.get(key):
            raise CheckerError(f"{path}:1: has no {key!r}, which every rule needs")
    if table["id"] != path.stem:
        raise fail("id", f"id is {table['id']!r}, it should be the file's name {path.stem!r}")
    if ("relation" in table) == ("roles" in table):
        raise CheckerError(f"{path}:1: needs either 'relation', a kind that Checker finds, or [roles.NAME] tables")
    level = table.get("level", "error")
    if level not in list(Level):
        raise fail("level", f"level is {level!r}, it should be one of {', '.join(Level)}")
    formula = read_formula(table, fail)
    unknowns = _unknowns(table, fail)
    _check_language(path, text, table, fail)
    if formula is not None:
        _check_names(table, formula, unknowns, fail)
    examples = {
        name: tuple(_example(row, fail, name) for row in table.get(name, ())) for name in ("bad", "good", "silent")
    }
    return Rule(
        id=table["id"],
        pack=pack,
        path=str(path),
        summary=table["summary"],
        relation=table.get("relation", table["id"]),
        constraint=table["constraint"],
        message=table["message"],
        explain=table["explain"].strip(),
        working=table.get("working", ""),
        level=Level(level),
        unknowns=unknowns,
        sources=_sources(table, fail),
        measured=table.get("measured", ""),
        formula=formula,
        **examples,
    )


def _unknowns(table: Mapping[str, Any], fail: Any) -> dict[str, tuple[int, int]]:
    found = {}
    for name, span in table.get("unknowns", {}).items():
        if not isinstance(span, list) or len(span) != 2 or not all(type(end) is int for end in span):
            raise fail(name, f"the unknown {name} is {span!r}, it should be two whole numbers [least, most]")
        found[name] = (span[0], span[1])
    return found


def _sources(table: Mapping[str, Any], fail: Any) -> tuple[str, ...]:
    sources = table.get("sources", [])
    if not all(isinstance(source, str) for source in sources):
        raise fail("sources", f"sources is {sources!r}, it should be a list of texts")
    return tuple(sources)


def _check_names(table: Mapping[str, Any], formula: Formula, unknowns: Mapping[str, Any], fail: Any) -> None:
    """Every name in the constraint and the messages is a role, a role's factor or an unknown."""
    from checker.constraints import language

    roles = {*formula.roles, *(f"{role}_factor" for role in formula.roles)}
    trees: list[tuple[str, Any]] = [("constraint", tree) for tree in language.read(table["constraint"])]
    for key in ("message", "working"):
        trees += [(key, language.read_expression(part)) for part in re.findall(r"\{([^{}]*)\}", table.get(key, ""))]
    for key, tree in trees:
        allowed = roles | set(unknowns) if key == "constraint" else roles
        for name in sorted(language.names(tree) - allowed):
            raise fail(key, f"{name!r} in {key} is no role; there are {', '.join(sorted(formula.roles))}")


def _check_language(path: Path, text: str, table: Mapping[str, Any], fail: Any) -> None:
    """Reads the constraint and the braces of message and working now, so that a slip in them is found at once."""
    from checker.constraints import language

    try:
        language.read(table["constraint"])
    except language.ConstraintError as error:
        line = _line(text, "constraint")
        raise CheckerError(f"{path}:{line}:{_column(text, line) + error.column - 1}: the constraint {error}") from error
    for key in ("message", "working"):
        for part in re.findall(r"\{([^{}]*)\}", table.get(key, "")):
            try:
                language.read_expression(part.partition(" as ")[0])
            except language.ConstraintError as error:
                raise fail(key, f"{{{part}}} in {key} {error}") from error


def _example(row: Any, fail: Any, name: str) -> Example:
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise fail(name, f"an example in [[{name}]] needs a text")
    for key in row:
        if key not in _EXAMPLE:
            raise fail(key, f"{key!r} is no field of an example ({', '.join(_EXAMPLE)})")
    return Example(row["text"].strip(), str(row.get("date", "")), row.get("headline", ""), row.get("note", ""))


def _line(text: str, key: str) -> int:
    found = re.search(rf"^\s*(?:\[\[)?{re.escape(key)}\b", text, re.MULTILINE)
    return text.count("\n", 0, found.start() + len(found.group()) - len(found.group().lstrip())) + 1 if found else 1


def _column(text: str, line: int) -> int:
    """Where a string value begins in a line, counted from 1."""
    row = text.splitlines()[line - 1] if line <= len(text.splitlines()) else ""
    at = row.find('"')
    return at + 2 if at >= 0 else 1


def _said(kind: type) -> str:
    return {"str": "a text", "list": "a list of tables", "dict": "a table"}[kind.__name__]


def packs(rules: Iterable[Rule]) -> Sequence[str]:
    return list(dict.fromkeys(rule.pack for rule in rules))


def _shown(example: Example, markdown: bool) -> list[str]:
    """An example as lines: indented, or in Markdown a quotation with what is found in bold."""
    if not markdown:
        text = f"{example.headline} / {example.text}" if example.headline else example.text
        return [f"    {line}" for line in re.sub(r"\[\[|\]\]", "", text).splitlines()]
    text = f"Headline: {example.headline}\n\n{example.text}" if example.headline else example.text
    text = re.sub(r"[*_<\\]", r"\\\g<0>", text)
    text = re.sub(r"\[\[(.*?)\]\]", r"**\1**", text, flags=re.DOTALL)
    return [f"> {line}".rstrip() for line in text.splitlines()]


def render_rule(rule: Rule, *, markdown: bool = False) -> str:
    """A rule's page as plain text or Markdown: what it finds, why, what must hold, examples, sources, what was measured."""
    heading = (
        f"## {rule.id}\n\nPack {rule.pack}, level {rule.level}"
        if markdown
        else f"{rule.id}  ({rule.pack}, {rule.level})"
    )
    code = "`" if markdown else ""
    explained = re.sub(r"(?m)^((?:What it finds|Why it matters|Known limits)\.)", r"**\1**", rule.explain)
    lines = [heading, "", rule.summary, "", explained if markdown else rule.explain]
    if rule.constraint:
        lines += ["", f"Holds when: {code}{rule.constraint}{code}"]
    if rule.formula is not None:
        near = {"sentence": "one sentence", "adjacent": "one sentence or the next", "paragraph": "one paragraph"}
        lines += [
            "",
            f"Its figures stand in {near.get(rule.formula.within, 'one article')}: {', '.join(rule.formula.roles)}.",
        ]
    for title, examples in (("Found", rule.bad), ("Not found", (*rule.good, *rule.silent))):
        for example in examples:
            when = f", published {example.date}" if example.date else ""
            lines += ["", f"{title}{when}:", *([""] if markdown else []), *_shown(example, markdown)]
    if rule.measured:
        lines += ["", f"Measured: {rule.measured}"]
    if rule.sources:
        lines += ["", "Sources:", *([""] if markdown else []), *(f"- {source}" for source in rule.sources)]
    return "\n".join(lines) + "\n"
