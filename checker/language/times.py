"""Times of day: minutes after midnight, with the zone where one is named."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from functools import cache

from checker.data import lexicon
from checker.model import Figure, Interval, Kind

_TWELVE = re.compile(r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?\s?(?P<half>[ap]\.?m\b\.?|o['’]clock)(?!\w)", re.I)
_TWENTY_FOUR = re.compile(r"(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?::[0-5]\d)?(?![\d:]|\.\d)")
_MILITARY = re.compile(
    r"(?P<hour>[01]\d|2[0-4])[:.]?(?P<minute>[0-5]\d)\s(?=(?:GMT|UTC|EST|EDT|BST|local|hours|hrs|CET|IST)\b)"
)
_WORD = re.compile(r"(?P<word>noon|midnight|midday)\b", re.I)
_ZONE = re.compile(
    r"\s*\(?(?P<code>GMT|UTC|BST|[ECMP][SD]?T|AKDT|AKST|HST|CEST|CET|EEST|EET|MSK|JST|KST|SGT|HKT|AE[SD]T|ACST|AWST|NZ[SD]T|SAST|WAT|EAT|PKT|WIB|IST)\b"
    r"|\s*(?:[A-Z][a-z]+day\s+)?\(?(?P<name>[A-Z][a-z]+(?: [A-Z][a-z]+)?)(?:\s+(?:standard|daylight|summer|winter))?\s+time\b"
)


@cache
def _fixed() -> dict[str, int]:
    return lexicon("zones")["fixed"]


@cache
def offsets(name: str) -> tuple[int, ...]:
    """The minutes east of UTC that a zone's name may mean: one, or standard and summer; () where it is not known."""
    table = lexicon("zones")
    if name in table["fixed"]:
        return (table["fixed"][name],)
    return tuple(dict.fromkeys(table["double"].get(name, ())))


def find_at(text: str, at: int, block: int, anchor: date | None = None) -> Figure | None:
    """The time of day that begins at a place: value in minutes after midnight, `zone` in minutes east of UTC."""
    found = _WORD.match(text, at)
    if found:
        word = found["word"].lower()
        minutes = 0 if word == "midnight" else 720
        if word != "midnight" and text[found.end() : found.end() + 1] == "-":
            return None
        return _make(text, at, found.end(), block, minutes, anchor)
    found = _TWELVE.match(text, at)
    if found:
        hour, minute = int(found["hour"]), int(found["minute"] or 0)
        if not 1 <= hour <= 12 or minute > 59:
            return None
        half = found["half"].lower()
        if half.startswith("o"):
            return _make(text, at, found.end(), block, None, anchor)
        end = found.end()
        return _make(text, at, end, block, hour % 12 * 60 + minute + (720 if half.startswith("p") else 0), anchor)
    found = _MILITARY.match(text, at) or _TWENTY_FOUR.match(text, at)
    if not found:
        return None
    end = found.end()
    while text[end - 1].isspace():
        end -= 1
    hour, minute = int(found["hour"]), int(found["minute"])
    if ":" in found.group() and re.search(
        r"\b(?:time of|in|by|clocked|finished in|won in|ran|a)\s+$", text[max(0, at - 12) : at]
    ):
        return None  # a running time
    return _make(text, at, end, block, hour * 60 + minute, anchor)


def _make(text: str, start: int, end: int, block: int, minutes: int | None, anchor: date | None) -> Figure:
    zone, name = None, ""
    found = _ZONE.match(text, end)
    if found:
        code = found["code"] or found["name"]
        known = offsets(code)
        if known:
            name, end = code, found.end()
            zone = known[0] if len(known) == 1 else None
    value = None if minutes is None else Fraction(minutes)
    interval = Interval() if value is None else Interval.point(value)
    day = anchor.isoformat() if anchor is not None else "XXXX-XX-XX"
    timex = day + ("" if minutes is None else f"T{minutes // 60:02}:{minutes % 60:02}")
    return Figure(
        block, start, end, text[start:end], Kind.TIME, value, value, value, interval, interval, unit="minute",
        unit_name=name, dimension="clock", timex=timex, zone=zone,
    )  # fmt: skip
