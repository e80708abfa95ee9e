"""Comments that speak to Checker, ``<!-- checker: ... -->``: found here so that no reader takes them for text.

MDX writes them ``{/* checker: ... */}``, reStructuredText ``.. checker: ...`` and AsciiDoc ``// checker: ...``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from checker.patterns import lazy

_OPENED = lazy(
    r"(?:(?P<html><!--\s*)|(?P<mdx>\{/\*\s*)|^(?P<line>\.\.|//)[ \t]+)checker:", re.IGNORECASE | re.MULTILINE
)
_CLOSED = {"html": lazy("-->"), "mdx": lazy(r"\*/\}"), "line": lazy(r"(?=[\r\n])|\Z")}


class Comment(NamedTuple):
    """A comment, ``source[start:end]``, and what it says behind ``checker:``."""

    start: int
    end: int
    text: str


def comments(source: str, start: int = 0, end: int | None = None) -> Iterator[Comment]:
    """The comments to Checker in ``source[start:end]``; one that nothing ends is none."""
    at, end = start, len(source) if end is None else end
    unended: set[str] = set()
    while opened := _OPENED.search(source, at, end):
        at, kind = opened.end(), str(opened.lastgroup)
        closed = _CLOSED[kind].search(source, at, end) if kind not in unended else None
        if closed is None:
            unended.add(kind)
            continue
        yield Comment(opened.start(), closed.end(), source[at : closed.start()])
        at = max(at, closed.end())


def blanked(source: str) -> str:
    """The source with such comments as spaces: every other character stays where it is."""
    pieces, at = [], 0
    for comment in comments(source):
        pieces += [source[at : comment.start], re.sub(r"[^\r\n]", " ", source[comment.start : comment.end])]
        at = comment.end
    return "".join([*pieces, source[at:]]) if pieces else source
