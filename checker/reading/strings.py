"""Strings in quotation marks, as YAML, TOML and JSON write them: each character with its place, escapes undone."""

from __future__ import annotations

import re

from checker.patterns import lazy
from checker.reading.spans import Traced

_ESCAPE = lazy(
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


def quoted(source: str, start: int, end: int) -> Traced:
    """The characters between two quotation marks, ``source[start:end]``."""
    traced = Traced()
    while start < end:
        at = source.find("\\", start, end)
        traced.copy(source, start, at if at >= 0 else end)
        if at < 0:
            break
        escape = _ESCAPE.match(source, at, end)
        if escape is None:  # a backslash at the very end
            traced.copy(source, at, at + 1)
            start = at + 1
            continue
        start = escape.end()
        if escape["u"] and escape["low"] and not 0xD800 <= int(escape["u"], 16) < 0xDC00:
            start = escape.start("low") - 2  # the second escape is no half of the first
        traced.put(_unescaped(escape), at, start)
    return traced


def _unescaped(escape: re.Match[str]) -> str:
    if escape["x"] or escape["U"]:
        code = int(escape["x"] or escape["U"], 16)
        return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
    if escape["u"]:
        code = int(escape["u"], 16)
        if 0xD800 <= code < 0xDC00 and escape["low"]:
            return chr(0x10000 + ((code - 0xD800) << 10) + (int(escape["low"], 16) - 0xDC00))
        return "\ufffd" if 0xD800 <= code < 0xE000 else chr(code)
    if escape["line"] is not None:
        return ""
    return _ONE.get(escape["one"], escape["one"])
