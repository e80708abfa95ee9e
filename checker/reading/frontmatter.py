"""Front matter, YAML or TOML: the few fields an article has, each with the exact place of its text in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from checker.model import Block, BlockKind, CheckerError
from checker.patterns import lazy
from checker.reading.datelines import slashed_date, written_date
from checker.reading.spans import Traced
from checker.reading.strings import quoted

_YAML = lazy(r"---[ \t]*(?:\r\n|\r|\n)")
_YAML_END = lazy(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_TOML = lazy(r"\+\+\+[ \t]*(?:\r\n|\r|\n)")
_TOML_END = lazy(r"^\+\+\+[ \t]*$", re.MULTILINE)
FIELDS = {
    BlockKind.HEADLINE: ("title", "headline", "head"),
    BlockKind.DEK: ("description", "dek", "standfirst", "subtitle", "summary", "subheadline", "excerpt"),
    BlockKind.BYLINE: ("byline", "author", "authors"),
}
DATES = ("date", "published", "pubdate", "publishdate", "publication_date")
_KINDS = {name: kind for kind, names in FIELDS.items() for name in names}
_ORDER = (*FIELDS, BlockKind.DATE)
_LINE = lazy(r"^(?P<key>[A-Za-z_]+):[ \t]+(?P<value>\S.*?)[ \t]*$", re.MULTILINE)
_SIGN = lazy(r"""^[\[\]{}&*!|>%@`"'?,-]|:(?=\s|$)""")  # what may not stand so in a plain YAML scalar
_PLAIN = "\ue000"  # stands for such a sign while the YAML is read
LONGEST, MOST_SIGNS = 60_000, 1_000  # characters of front matter; brackets in it, dots of one key
_SCALAR_HEADER = lazy(r"[|>][-+0-9]*[ \t]*(?:#.*)?(?:\r\n|\r|\n)")
_TOML_LINE = lazy(r"""^[ \t]*(?:\[(?P<table>[^\]\n]*)\]|(?P<key>[A-Za-z_"']+)[ \t]*=[ \t]*)""", re.MULTILINE)
_TOML_TABLES = ("", "params", "extra")
_TOML_VALUE = lazy(
    r'''"""(?P<long>(?:[^"\\]|\\.|"(?!""))*+)"""|"(?P<basic>(?:[^"\\\n]|\\.)*+)"|'''
    r"'''(?P<raw>(?:[^']|'(?!''))*+)'''|'(?P<literal>[^'\n]*)'|(?P<bare>[^\s,#\[\]][^\n,#\]]*)",
    re.DOTALL,
)


@dataclass(frozen=True)
class FrontMatter:
    blocks: tuple[Block, ...]
    date: date | None
    end: int  # where the body begins


def read(source: str, path: str) -> FrontMatter | None:
    """The front matter at the start of a source; None without one.

    Errors: ``CheckerError`` with file and line where its YAML or TOML is broken.
    """
    for opening, ending, entries in ((_YAML, _YAML_END, _yaml), (_TOML, _TOML_END, _toml)):
        opened = opening.match(source)
        closed = ending.search(source, opened.end()) if opened else None
        if opened and closed:
            _bounded(source[opened.end() : closed.start()], path)
            return _matter(entries(source, opened.end(), closed.start(), path), closed.end())
    return None


def _bounded(text: str, path: str) -> None:
    """Errors: ``CheckerError`` where a parser would need very long."""
    if len(text) > LONGEST:
        raise CheckerError(f"{path}:1: the front matter is {len(text):,} characters, at most {LONGEST:,} are read")
    dots = max(line.partition("=")[0].count(".") for line in text.split("\n"))
    if max(dots, sum(text.count(sign) for sign in "[{?")) > MOST_SIGNS:
        raise CheckerError(
            f"{path}:1: the front matter is nested too deep: more than {MOST_SIGNS:,} signs that open something"
        )


def _matter(entries: Iterator[tuple[str, Traced]], end: int) -> FrontMatter:
    """The blocks of the fields that are known: one headline, the other fields as they come."""
    blocks: list[Block] = []
    when: date | None = None
    for name, traced in entries:
        if name in DATES:
            told = written_date(traced.text())
            # one that could be two days is kept for who knows how the house writes
            kept = told or slashed_date(traced.text(), day_first=True) or slashed_date(traced.text(), day_first=False)
            block = traced.block(BlockKind.DATE) if when is None and kept else None
            when = when or told
        else:
            kind = _KINDS.get(name)
            known = any(other.kind == BlockKind.HEADLINE for other in blocks)
            block = None if kind is None or (kind == BlockKind.HEADLINE and known) else traced.block(kind)
        blocks += [block] if block is not None else []
    blocks.sort(key=lambda block: _ORDER.index(block.kind))
    return FrontMatter(tuple(blocks), when, end)


# ---------------------------------------------------------------------------------------------------------------- YAML


def _yaml(source: str, start: int, end: int, path: str) -> Iterator[tuple[str, Traced]]:
    """Every scalar of the outermost mapping, and of the lists in it, with its key."""
    from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

    text = source[start:end]
    node = _composed(text, path)
    for key, value in node.value if isinstance(node, MappingNode) else ():
        for scalar in value.value if isinstance(value, SequenceNode) else [value]:
            if isinstance(scalar, ScalarNode):
                first, last = _offsets(text, scalar)
                yield str(key.value).lower(), _scalar(source, start + first, start + last, scalar.style)


def _composed(text: str, path: str) -> Any:
    """The YAML tree.  A field that is no YAML but plain to a reader ("title: Budget: the figures") is taken as written."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        return YAML(typ="rt", pure=True).compose(text)
    except (YAMLError, ValueError, RecursionError) as error:
        tolerant = _LINE.sub(_taken_plain, text)
        if tolerant != text:
            try:
                return YAML(typ="rt", pure=True).compose(tolerant)
            except (YAMLError, ValueError, RecursionError):
                pass
        mark = (error.problem_mark or error.context_mark) if isinstance(error, MarkedYAMLError) else None
        said = (error.problem or error.context) if isinstance(error, MarkedYAMLError) else str(error)
        line = 2 + (mark.line if mark else 0)
        raise CheckerError(f"{path}:{line}: the front matter is not YAML: {said}") from error


def _taken_plain(line: re.Match[str]) -> str:
    """A line "key: value" with the signs in its value that YAML would stumble over replaced, one for one."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    if line["key"].lower() not in _KINDS:
        return line[0]
    try:
        YAML(typ="rt", pure=True).compose(line[0])
        return line[0]
    except (YAMLError, ValueError, RecursionError):
        at = line.start("value") - line.start()
        return line[0][:at] + _SIGN.sub(_PLAIN, line["value"])


def _offsets(text: str, scalar: Any) -> tuple[int, int]:
    """The offsets of a scalar in the YAML text, from its line and column (ruamel counts characters within its buffer)."""
    starts = [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n|\x85|\u2028|\u2029", text))]

    def at(mark: Any) -> int:
        return min(len(text), (starts[mark.line] if mark.line < len(starts) else len(text)) + mark.column)

    return at(scalar.start_mark), at(scalar.end_mark)


def _scalar(source: str, start: int, end: int, style: str | None) -> Traced:
    """The characters of a scalar with their places, escapes undone."""
    if style == '"':
        return quoted(source, start + 1, end - 1)
    traced = Traced()
    if style == "'":
        at, end = start + 1, end - 1
        while at < end:
            width = 2 if source.startswith("''", at) else 1
            traced.put(source[at], at, at + width)
            at += width
    else:
        header = _SCALAR_HEADER.match(source, start) if style in ("|", ">") else None
        traced.copy(source, header.end() if header else start, end)
    return traced


# ---------------------------------------------------------------------------------------------------------------- TOML


def _toml(source: str, start: int, end: int, path: str) -> Iterator[tuple[str, Traced]]:
    """Every string and date of the outermost table, of ``[params]`` and ``[extra]``, and of the lists in them."""
    import tomllib

    try:
        tomllib.loads(source[start:end].replace("\r\n", "\n").replace("\r", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = re.search(r"\(at line (\d+)", str(error))
        line = 1 + int(found[1]) if found else 2
        raise CheckerError(f"{path}:{line}: the front matter is not TOML: {error}") from error
    at, table = start, ""
    while key := _TOML_LINE.search(source, at, end):
        at = key.end()
        if key["key"] is None:
            table = key["table"].strip()
            continue
        several = source.startswith("[", at)
        at += several
        while value := _TOML_VALUE.match(source, at, end):
            at = value.end()
            if table in _TOML_TABLES:
                yield key["key"].strip("\"'").lower(), _toml_value(source, value)
            following = re.compile(r"[\s,]*").match(source, at, end)
            if not several or following is None:
                break
            at = following.end()


def _toml_value(source: str, value: re.Match[str]) -> Traced:
    group = str(value.lastgroup)
    if group in ("basic", "long"):
        return quoted(source, *value.span(group))
    traced = Traced()
    traced.copy(source, *value.span(group))
    return traced
