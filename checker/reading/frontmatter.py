"""YAML front matter: the few fields an article has, each with the exact place of its text in the source."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from checker.model import Block, BlockKind, CheckerError
from checker.reading.datelines import written_date
from checker.reading.spans import Traced

_FENCE = re.compile(r"---[ \t]*(?:\r\n|\r|\n)")
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
FIELDS = {
    BlockKind.HEADLINE: ("title", "headline", "head"),
    BlockKind.DEK: ("description", "dek", "standfirst", "subtitle", "summary", "subheadline", "excerpt"),
    BlockKind.BYLINE: ("byline", "author", "authors"),
}
DATES = ("date", "published", "pubdate", "publishdate", "publication_date")
_ESCAPE = re.compile(
    r"\\(?:x(?P<x>[0-9A-Fa-f]{2})|u(?P<u>[0-9A-Fa-f]{4})(?:\\u(?P<low>[Dd][C-Fc-f][0-9A-Fa-f]{2}))?|U(?P<U>[0-9A-Fa-f]{8})|(?P<line>\r\n|\r|\n)[ \t]*|(?P<one>.))"
)
_ONE = {
    "n": "\n",
    "t": "\t",
    "r": "\r",
    "0": "\0",
    "a": "\a",
    "b": "\b",
    "e": "\x1b",
    "f": "\f",
    "v": "\v",
    "_": "\u00a0",
    "N": "\x85",
}


@dataclass(frozen=True)
class FrontMatter:
    blocks: tuple[Block, ...]
    date: date | None
    end: int  # where the body begins
    fields: dict[str, Any]


def read(source: str, path: str) -> FrontMatter | None:
    """The front matter at the start of a source; None without one.

    Errors: ``CheckerError`` with file and line where its YAML is broken.
    """
    opening = _FENCE.match(source)
    if not opening:
        return None
    closing = _CLOSE.search(source, opening.end())
    if not closing:
        return None
    text = source[opening.end() : closing.start()]
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError
    from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

    try:
        node = YAML(typ="rt", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = 2 + (mark.line if mark else 0)
        raise CheckerError(f"{path}:{line}: the front matter is not YAML: {error.problem or error.context}") from error
    except YAMLError as error:
        raise CheckerError(f"{path}:2: the front matter is not YAML: {error}") from error
    blocks: list[Block] = []
    fields: dict[str, Any] = {}
    when: date | None = None
    if isinstance(node, MappingNode):
        kinds = {name: kind for kind, names in FIELDS.items() for name in names}
        for key, value in node.value:
            name = str(key.value).lower()
            scalars = value.value if isinstance(value, SequenceNode) else [value]
            for scalar in scalars:
                if not isinstance(scalar, ScalarNode):
                    continue
                fields.setdefault(name, scalar.value)
                if name in DATES and when is None:
                    when = written_date(str(scalar.value))
                    if when is not None:
                        start, end = _offsets(text, scalar)
                        traced = _scalar(source, opening.end() + start, opening.end() + end, scalar.style)
                        dated = traced.block(BlockKind.DATE)
                        blocks += [dated] if dated is not None else []
                elif name in kinds and not (kinds[name] == BlockKind.HEADLINE and _has(blocks, BlockKind.HEADLINE)):
                    start, end = _offsets(text, scalar)
                    traced = _scalar(source, opening.end() + start, opening.end() + end, scalar.style)
                    block = traced.block(kinds[name])
                    if block is not None:
                        blocks.append(block)
    order = (BlockKind.HEADLINE, BlockKind.DEK, BlockKind.BYLINE, BlockKind.DATE)
    blocks.sort(key=lambda block: order.index(block.kind))
    return FrontMatter(tuple(blocks), when, closing.end(), fields)


def _has(blocks: list[Block], kind: BlockKind) -> bool:
    return any(block.kind == kind for block in blocks)


def _offsets(text: str, scalar: Any) -> tuple[int, int]:
    """The offsets of a scalar in the YAML text, from its line and column (ruamel counts characters within its buffer)."""
    starts = [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n|\x85|\u2028|\u2029", text))]

    def at(mark: Any) -> int:
        return min(len(text), (starts[mark.line] if mark.line < len(starts) else len(text)) + mark.column)

    return at(scalar.start_mark), at(scalar.end_mark)


def _scalar(source: str, start: int, end: int, style: str | None) -> Traced:
    """The characters of a scalar with their places, escapes undone."""
    traced = Traced()
    if style == '"':
        at, end = start + 1, end - 1
        while at < end:
            escape = _ESCAPE.match(source, at, end) if source[at] == "\\" else None
            if escape:
                traced.put(_unescaped(escape), at, escape.end())
                at = escape.end()
            else:
                traced.copy(source, at, at + 1)
                at += 1
    elif style == "'":
        at, end = start + 1, end - 1
        while at < end:
            width = 2 if source.startswith("''", at) else 1
            if width == 2:
                traced.put("'", at, at + 2)
            else:
                traced.copy(source, at, at + 1)
            at += width
    elif style in ("|", ">"):
        header = re.compile(r"[|>][-+0-9]*[ \t]*(?:#.*)?(?:\r\n|\r|\n)").match(source, start)
        traced.copy(source, header.end() if header else start, end)
    else:
        traced.copy(source, start, end)
    return traced


def _unescaped(escape: re.Match[str]) -> str:
    if escape["x"] or escape["U"]:
        code = int(escape["x"] or escape["U"], 16)
        return chr(code) if code < 0x110000 else "\ufffd"
    if escape["u"]:
        code = int(escape["u"], 16)
        if 0xD800 <= code < 0xDC00 and escape["low"]:
            return chr(0x10000 + ((code - 0xD800) << 10) + (int(escape["low"], 16) - 0xDC00))
        return ("\ufffd" if 0xD800 <= code < 0xE000 else chr(code)) + ("" if not escape["low"] else "\ufffd")
    if escape["line"] is not None:
        return ""
    return _ONE.get(escape["one"], escape["one"])
