"""Regular expressions that are compiled when a text first has the words that they need.

One article needs a fifth of those that the house holds.  What a pattern needs is worked out beforehand from the pattern
itself (``checker.needs``, ``rules/lexicons/needs.json``); one that the table does not know is asked of every text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from checker.data import rules_folder

# How a pattern is asked of a whole text, and what is found in one without the needed words.
_LOOKING: dict[str, Callable[[], Any]] = {"search": lambda: None, "finditer": lambda: iter(()), "findall": list}
_AT_A_PLACE = ("match", "fullmatch")  # so quick that what is compiled is asked outright
_MANY = 24  # words that are looked for no faster than what is compiled finds out
_FOLDED = "ſıİ"  # letters that are alike to an ASCII one where case is ignored, but not in lower case
_KEPT = (*_LOOKING, *_AT_A_PLACE, "split", "sub", "groups", "groupindex")


def digest(pattern: str, flags: int) -> str:
    """What a pattern is called in the table of needs."""
    from hashlib import blake2b  # imported when a pattern is asked, for `checker rules` asks none

    return blake2b(f"{flags}:{pattern}".encode(), digest_size=8).hexdigest()


@cache
def _table() -> dict[str, Any]:
    import json

    text = (rules_folder() / "lexicons" / "needs.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


@lru_cache(maxsize=512)
def _folded(text: str) -> str | None:
    """A text in lower case; None where that says nothing."""
    return None if not text.isascii() and any(sign in text for sign in _FOLDED) else text.lower()


class _Lazy:
    """A pattern until it is asked; from then on its slots are the compiled pattern's own, or look for the words first."""

    __slots__ = ("pattern", "flags", "_compiled", *_KEPT)

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = pattern
        self.flags = flags

    def __getattr__(self, name: str) -> Any:  # an empty slot
        if name == "_compiled":
            self._compiled = re.compile(self.pattern, self.flags)
            return self._compiled
        needs = _table().get(digest(self.pattern, self.flags)) if name in _LOOKING or name in _AT_A_PLACE else None
        asked = getattr(self._compiled, name) if needs is None else self._guarded(name, needs["of"], needs["folded"])
        setattr(self, name, asked)
        return asked

    def _guarded(self, name: str, needs: list[list[str]], folded: bool) -> Callable[..., Any]:
        """A way to ask that first looks whether a text has one of each row of words."""
        nothing = _LOOKING.get(name)
        compiled: Callable[..., Any] | None = None
        lacking: str | None = None  # the last text without the words: it is asked at every place

        def ask(text: str, *place: int) -> Any:
            nonlocal compiled, lacking
            if text is lacking:
                return nothing() if nothing else None
            if compiled is None or not place:
                seen = _folded(text) if folded else text
                if seen is not None:
                    for row in needs:
                        for word in row:
                            if word in seen:
                                break
                        else:
                            lacking = text
                            return nothing() if nothing else None
            if compiled is None:
                compiled = getattr(self._compiled, name)
                if nothing is None or sum(map(len, needs)) > _MANY:
                    setattr(self, name, compiled)
            return compiled(text, *place)

        return ask


if TYPE_CHECKING:

    def lazy(pattern: str, flags: int = 0) -> re.Pattern[str]:
        """``re.compile`` of what a module holds, put off until a text has what the pattern needs."""
        ...

else:
    lazy = _Lazy
