"""What makes a finding the same one from run to run: its rule and its sentences, not where they stand."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

_TYPOGRAPHY = str.maketrans(
    {**dict.fromkeys("‘’‚‛", "'"), **dict.fromkeys("“”„‟", '"'), **dict.fromkeys("–—―−‐‑", "-")}
)


def normalised(sentence: str) -> str:
    """A sentence whatever its capitals, white space, quotation marks and dashes; every figure and sign counts."""
    return " ".join(sentence.translate(_TYPOGRAPHY).casefold().split())


def fingerprint(rule: str, sentences: Iterable[str]) -> str:
    """Sixteen hexadecimal digits that change with the rule or with any of the sentences."""
    said = sorted({normalised(sentence) for sentence in sentences})
    return hashlib.sha256("\0".join([rule, *said]).encode()).hexdigest()[:16]
