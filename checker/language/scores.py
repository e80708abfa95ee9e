"""Results in two numbers: "won 3-1", "27-20", "by 38 votes to 17", "a three-to-one margin"."""

from __future__ import annotations

import re
from fractions import Fraction

from checker.language import numbers, precision, suffixes
from checker.model import Figure, Kind

_SCORE = re.compile(r"(\d{1,3})[-–‑](\d{1,3})(?![\d%/⁄s]|[-–‑]\d|[.,]\d)")
_SCORING = re.compile(
    r"\b(?:w[io]n|wins|won|beat|beats|beating|lost|lose|loss|lead|led|trail(?:ed)?|draw|drew|drawn|defeat(?:ed)?|victory|"
    r"score|scored|record|vot(?:e|ed)|aggregate|final|rout(?:ed)?|set|tie|tied|result|by|thrash(?:ed)?|stood|down|up|ahead|"
    r"game|match|series|overtime|penalties|shoot-?out|half-time|to|advantage|margin|finish(?:ed)?|a)\W+(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)
_VOTES = re.compile(r"\b(?:vot\w+|by|of|was|passed|approved|rejected|margin|majority)\s*:?\s*$", re.IGNORECASE)
_VOTED = re.compile(r"(\d{1,3}|[a-z]+) (?:votes )?to (\d{1,3}|[a-z]+)\b")
_ODDS = re.compile(r"(\d{1,3}|[A-Za-z]+)-to-(\d{1,3}|[a-z]+)\b(?!-)")
_LASTING = re.compile(r"[\s-](?:years?|months?|days?|weeks?|hours?|minutes?|seconds?|pounders?)\b|(?:st|nd|rd|th)\b")
_COUNTED = re.compile(r"\s+(?:[a-z]+s|people|per)\b(?<!\swas)(?<!\sis)(?<!\shas)(?<!\sas)(?<!\swins)(?<!\sdefeats)")
_NAME_BEFORE = re.compile(r"[A-Z]\w+ $")
_MOST_LEVEL = 60  # "60-60" may be a score, "1900-1900" and "75-75" are none


def find_at(text: str, at: int, block: int) -> Figure | None:
    """The score that begins at a place: `parts` in the order written, `low` and `high` in theirs."""
    found = _SCORE.match(text, at)
    if found:
        return _figure(text, at, found.end(), block, int(found[1]), int(found[2])) if _is_score(text, found) else None
    odds = _ODDS.match(text, at)
    found = odds or _VOTED.match(text, at)
    if not found or not (odds or _VOTES.search(text, max(0, at - 40), at)):
        return None
    pair = []
    for written in (found[1], found[2]):
        number = numbers.match(written, 0)
        if number is None or number.end != len(written) or number.value.denominator != 1:
            return None
        pair.append(int(number.value))
    if odds is None and pair[0] <= pair[1]:
        return None
    return _figure(text, at, found.end(), block, *pair) if _is_bare(text, found.start(2)) else None


def _is_bare(text: str, at: int) -> bool:
    """Whether nothing behind the number at a place makes a measure, a share or a length of time of it."""
    number = numbers.match(text, at)
    if number is None or number.scale > 1 or _LASTING.match(text, number.end):
        return False
    return suffixes.read(text, number, False)[1].unit == ""


def _is_score(text: str, found: re.Match[str]) -> bool:
    a, b = int(found[1]), int(found[2])
    before = text[max(0, found.start() - 40) : found.start()]
    if before.rstrip().endswith(("$", "£", "€")) or not _is_bare(text, found.start(2)):
        return False
    if _SCORING.search(before) or a > b or a == b <= _MOST_LEVEL:
        return True
    return not _COUNTED.match(text, found.end()) and _NAME_BEFORE.search(before) is not None


def _figure(text: str, start: int, end: int, block: int, a: int, b: int) -> Figure:
    parts = (Fraction(a), Fraction(b))
    interval, _ = precision.read_range(min(parts), max(parts), Fraction(1), Kind.SCORE)
    return Figure(
        block, start, end, text[start:end], Kind.SCORE, None, min(parts), max(parts), interval, interval, parts=parts
    )
