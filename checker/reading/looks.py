"""What a paragraph without markup is, by its looks and where it stands."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from checker.model import BlockKind
from checker.patterns import lazy

_CAPTION = lazy(
    r"\W*(?:photo|photograph|picture|image|caption|file photo)s?\b(?: (?:by|courtesy|from|credit)\b|\s*:|/)", re.I
)
_BYLINE = lazy(r"By (?:[A-Z][\w.'’-]+ ?){1,6}(?:,.*)?$")
_LONG = 160  # characters of a headline, at most


def kind(texts: Sequence[str], number: int, found: Collection[BlockKind]) -> BlockKind:
    """The kind of paragraph `number`; `found` are the kinds of the blocks before it."""
    written = texts[number].strip()
    text = " ".join(written.split())
    if _CAPTION.match(text) and len(text) < 400:
        return BlockKind.CAPTION
    if _BYLINE.fullmatch(text) and len(text) < 100:
        return BlockKind.BYLINE
    following = max((len(other) for other in texts[number + 1 : number + 4]), default=0)
    if len(text) > _LONG or re.search(r"[.:;,]$", text.rstrip("\"”'’ ")) or "\n" in written:
        return BlockKind.BODY
    if not found:
        return BlockKind.HEADLINE if following > len(text) and _like_title(text) else BlockKind.BODY
    if list(found) == [BlockKind.HEADLINE] and following > len(text):
        return BlockKind.DEK
    last = number + 1 == len(texts)
    if len(text) < 60 and number and not last and _like_title(text) and not text.startswith(('"', "“", "(")):
        return BlockKind.SUBHEAD
    return BlockKind.BODY


def _like_title(text: str) -> bool:
    return len(text.split()) >= 2 and (text[0].isupper() or text[0].isdigit() or text[0] in "$£€\"“'‘")
