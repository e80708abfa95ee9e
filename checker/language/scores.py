"""Results in two numbers: "won 3-1", "27-20", "by 38 votes to 17", "a three-to-one margin"."""

from __future__ import annotations

import re
from fractions import Fraction

from checker.language import labels, numbers, precision, suffixes
from checker.model import Figure, Kind
from checker.patterns import lazy

_SCORE = lazy(r"(\d{1,3}|\d,\d{3}(?=-1\b))[-–‑](\d{1,3})(?![\d%/⁄]|[-–‑]\d|[.,]\d|(?<=\d\d)s)")
_SCORING = lazy(
    r"\b(?:w[io]n(?:s|ning)?|beat(?:s|ing|en)?|lost|los(?:e|es|s|ing)|lead(?:s|ing)?|led|trail(?:s|ed|ing)?|go(?:es|ing)?|went|draw|drew|drawn|defeat(?:ed)?|victory|"
    r"score|scored|record|vot(?:e|ed)|aggregate|final|rout(?:ed)?|set|tie|tied|result|by|thrash(?:ed)?|stood|down|up|ahead|"
    r"game|match|series|overtime|penalties|shoot-?out|half-time|took|takes?|taking|figures|to|advantage|margin|finish(?:ed)?|a)\W+(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)
_BESIDE = lazy(r"\b\d{1,2}[-–]\d{1,2},? (?:\(\d+(?:-\d+)?\),? )?\(?$")
_BESIDES = lazy(r",? \d{1,2}[-–]\d{1,2}(?=[ ,.;)]|$)(?! (?:[a-z]+s|people|per cent|percent)\b)")
_VOTES = lazy(r"\b(?:vot\w+|by|of|was|passed|approved|rejected|margin|majority)\s*:?\s*$", re.IGNORECASE)
_VOTED = lazy(r"(\d{1,3}|[a-z]+) (?:votes )?to (\d{1,3}|[a-z]+)\b")
_ODDS = lazy(r"(\d{1,3}|[A-Za-z]+)-to-(\d{1,3}|[a-z]+)\b(?!-)")
_SLASHED = lazy(r"([1-9]\d{0,2})[/⁄]([1-9]\d?)(?![\d/⁄.])")
_BETTING = lazy(r"[\s-](?:(?:joint|second)[\s-])?(?:favou?rites?|shot|chance|split|odds|outsiders?)\b")
_AT_ODDS = lazy(r"\b(?:odds(?:\s(?:of|were|are|on|at))?|priced at|backed at|(?:starting )?price of|favou?rites? at)\s$")
_RESULT = lazy(
    r"(?P<ours>\d{1,3}),? (?:[A-Z][\w’'&-]*\s){0,3}[A-Z][\w’'&-]*\s(?P<theirs>\d{1,3})(?![\w%:–-]|[.,]\d)(?!\s[a-z]|,?\s(?:[A-Z][\w’'&-]*\s){1,3}\d)"
)
_TEAM = lazy(r"(?:[A-Z][\w’'&-]*\s){0,3}[A-Z][\w’'&-]*\s$")
_LASTING = lazy(r"[\s-](?:years?|months?|days?|weeks?|hours?|minutes?|seconds?|pounders?)\b|(?:st|nd|rd|th)\b")
_COUNTED = lazy(r"\s+(?:[a-z]+s|people|per)\b(?<!\swas)(?<!\sis)(?<!\shas)(?<!\sas)(?<!\swins)(?<!\sdefeats)")
_NAME_BEFORE = lazy(r"[A-Z]\w+ $")
_MOST_LEVEL = 60  # "60-60" may be a score, "1900-1900" and "75-75" are none


def find_at(text: str, at: int, block: int) -> Figure | None:
    """The score that begins at a place: `parts` in the order written, `low` and `high` in theirs."""
    found = _SCORE.match(text, at)
    if found and (text[found.end() : found.end() + 1] != "s" or len(found.group()) == 3):  # "three 4-3s"
        return (
            _figure(text, at, found.end(), block, _number(found[1]), int(found[2])) if _is_score(text, found) else None
        )
    result = _result(text, at)
    if result is not None:
        return _figure(text, at, result.end(), block, int(result["ours"]), int(result["theirs"]))
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


def _result(text: str, at: int) -> re.Match[str] | None:
    """ "Thornbury Quins 27 Marsh Lane 20": two names, each with its number."""
    found = _RESULT.match(text, at)
    team = _TEAM.search(text, max(0, at - 40), at) if found else None
    if found is None or team is None or text.isupper() or text[: team.start()].rstrip(" ,")[-1:].isdigit():
        return None
    names = (team.group(), found.group())
    return None if any(labels.names_number(name.strip(" ,0123456789")) for name in names) else found


def odds_at(text: str, at: int, block: int) -> Figure | None:
    """The odds or the split that begin at a place: "the 7/2 favourite", "priced at 100/30", "a 60/40 split"."""
    found = _SLASHED.match(text, at)
    if not found or not (_BETTING.match(text, found.end()) or _AT_ODDS.search(text, max(0, at - 24), at)):
        return None
    return _figure(text, at, found.end(), block, int(found[1]), int(found[2]))


def _is_bare(text: str, at: int) -> bool:
    """Whether nothing behind the number at a place makes a measure, a share or a length of time of it."""
    number = numbers.match(text, at)
    if number is None or number.scale > 1 or _LASTING.match(text, number.end):
        return False
    return suffixes.read(text, number, False)[1].unit == ""


def _number(written: str) -> int:
    return int(written.replace(",", ""))


def _is_score(text: str, found: re.Match[str]) -> bool:
    a, b = _number(found[1]), int(found[2])
    before = text[max(0, found.start() - 40) : found.start()]
    if before.rstrip().endswith(("$", "£", "€")) or not _is_bare(text, found.start(2)):
        return False
    if _BESIDE.search(before) or _BESIDES.match(text, found.end()):
        return True  # "6-4 5-7 6-3"
    if _SCORING.search(before) or a > b or a == b <= _MOST_LEVEL:
        return True
    return not _COUNTED.match(text, found.end()) and _NAME_BEFORE.search(before) is not None


def _figure(text: str, start: int, end: int, block: int, a: int, b: int) -> Figure:
    parts = (Fraction(a), Fraction(b))
    interval, _ = precision.read_range(min(parts), max(parts), Fraction(1), Kind.SCORE)
    return Figure(
        block, start, end, text[start:end], Kind.SCORE, None, min(parts), max(parts), interval, interval, parts=parts
    )
