"""Regular expressions that are compiled when they are first asked: one article needs half of those that the house holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

_KEPT = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "groups", "groupindex")


class _Lazy:
    """A pattern until it is asked; from then on each of its slots is the compiled pattern's own."""

    __slots__ = ("pattern", "flags", *_KEPT)

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = pattern
        self.flags = flags

    def __getattr__(self, name: str) -> Any:  # an empty slot
        compiled = re.compile(self.pattern, self.flags)
        for kept in _KEPT:
            setattr(self, kept, getattr(compiled, kept))
        return getattr(compiled, name)


if TYPE_CHECKING:

    def lazy(pattern: str, flags: int = 0) -> re.Pattern[str]:
        """``re.compile`` of what a module holds, put off until the pattern is first asked."""
        ...

else:
    lazy = _Lazy
