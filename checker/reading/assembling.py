"""What all readers end with: the dateline cut off, corrections told apart, the document put together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from checker.model import Block, BlockKind, Document, Origin
from checker.patterns import lazy
from checker.reading import datelines

_CORRECTION = lazy(
    r"\W*(?:corrections?|clarification|editor['’]?s['’]? note|erratum|amended|update)\b\s*[:(–—-]|"
    r"\W*(?:this (?:article|story|report|post) (?:was|has been) (?:amended|corrected|updated|changed)|"
    r"an earlier version of this (?:article|story|report)|due to an? (?:editing|reporting) error)",
    re.IGNORECASE,
)
_LOOKED_AT = 4  # blocks of running text in which a dateline may stand


def document(
    path: str,
    source: str,
    blocks: Sequence[Block],
    when: date | None,
    *,
    place: str = "",
    address: str = "",
    origins: tuple[Origin, ...] = (),
) -> Document:
    """The document of a reader's blocks."""
    found: list[Block] = []
    body = 0
    for block in blocks:
        if block.kind == BlockKind.BODY:
            if _CORRECTION.match(block.text):
                block = replace(block, kind=BlockKind.CORRECTION)
            elif not place and body < _LOOKED_AT:
                body += 1
                cut = datelines.split(block)
                if cut is not None:
                    line, block, place, told = cut
                    found.append(line)
                    if when is None and told is not None:
                        when = datelines.placed(told, None)
        found.append(block)
    return Document(path, source, tuple(found), when, place, address=address, origins=origins)
