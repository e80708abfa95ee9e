"""Days that have a name: "Christmas Eve", "Thanksgiving", "Good Friday 2026" (``rules/lexicons/calendar.toml``)."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from checker.data import lexicon
from checker.language import calendar
from checker.language.calendar import Setting, make
from checker.language.tense import direction
from checker.model import Calendar, Figure
from checker.patterns import lazy

_WHICH = lazy(r"(?P<which>last|next|this|past)\s+", re.I)


@cache
def _holidays() -> tuple[frozenset[str], re.Pattern[str]]:
    names = sorted(lexicon("calendar")["holidays"], key=lambda name: (-len(name), name))
    pattern = "|".join(re.escape(name).replace("'", "['’]") for name in names)
    return (
        frozenset(re.split(r"[\s'.]", name)[0] for name in names),
        lazy(rf"(?P<name>{pattern})(?![\w])(?:,?\s+(?:of\s+)?(?P<year>(?:19|20)\d\d)\b)?", re.I),
    )


def starters() -> frozenset[str]:
    """The lower-case first words of the days that have a name."""
    return _holidays()[0]


def find_at(text: str, at: int, setting: Setting) -> Figure | None:
    """ "Christmas Day", "Thanksgiving", "Good Friday", with a year or in the one that the article's date gives."""
    which = _WHICH.match(text, at)
    found = _holidays()[1].match(text, which.end() if which else at)
    if not found or not found["name"][0].isupper():
        return None
    entry = lexicon("calendar")["holidays"][found["name"].lower().replace("’", "'")]
    written = frozenset({"month", "day"} if "day" in entry and "loose" not in entry else set())
    year, anchor = int(found["year"]) if found["year"] else None, setting.anchor
    if year is None and anchor is None:
        named = Calendar("day", None, entry.get("month"), entry.get("day"), None, written)
        timex = f"XXXX-{entry['month']:02}-{entry['day']:02}" if "day" in entry else "XXXX"
        return make(setting, text, at, found.end(), named, None, timex)
    if year is not None:
        day, written = _holiday(entry, year), written | {"year"}
    else:
        assert anchor is not None
        options = [_holiday(entry, y) for y in range(max(1, anchor.year - 1), min(9998, anchor.year + 1) + 1)]
        looking = direction(text, at, found.end())
        if which:
            looking = {"last": -1, "past": -1, "next": 1}.get(which["which"].lower(), 0)
            options = [d for d in options if looking * (d - anchor).days >= 0] or options
        day = calendar.choose(options, anchor, looking)
    number, loose = day.toordinal(), entry.get("loose", 0)
    named = Calendar("day", day.year, day.month, day.day, None, written, relative=bool(which))
    if loose:
        named = Calendar("week", day.year, relative=bool(which))
    return make(setting, text, at, found.end(), named, (number - loose, number + loose), day.isoformat())


def _holiday(entry: dict[str, int], year: int) -> date:
    if "easter" in entry:
        return calendar.from_number(calendar.easter(year).toordinal() + entry["easter"])
    if "weekday" in entry:
        return calendar.nth_weekday(year, entry["month"], entry["weekday"], entry["nth"])
    return date(year, entry["month"], entry["day"])
