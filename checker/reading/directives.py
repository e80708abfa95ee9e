"""Comments that speak to Checker, ``<!-- checker: ... -->``: found here so that no reader takes them for text."""

from __future__ import annotations

import re

COMMENT = re.compile(r"<!--\s*checker:(?P<text>.*?)-->", re.DOTALL | re.IGNORECASE)


def blanked(source: str) -> str:
    """The source with such comments as spaces: every other character stays where it is."""
    if "<!--" not in source:
        return source
    return COMMENT.sub(lambda match: re.sub(r"[^\r\n]", " ", match[0]), source)
