"""Times of day: minutes after midnight, with the zone where one is named."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from functools import cache

from checker.data import lexicon
from checker.language import numbers
from checker.language.calendar import Setting
from checker.model import Figure, Hedge, Interval, Kind
from checker.patterns import lazy

_MINUTE = r"(?:[:.](?P<minute>[0-5]\d)(?:[:.][0-5]\d)?)?"
_TWELVE = lazy(
    rf"(?P<hour>\d{{1,2}}){_MINUTE}[\s\u00a0]?(?:(?P<half>[ap]\.?\s?m)\b(?P<stop>\.)?|(?P<clock>o['’]clock)\b|(?P<twelve>noon|midnight)\b)",
    re.I,
)
_HALF_SHARED = lazy(
    rf"(?P<hour>\d{{1,2}}){_MINUTE}(?=\s?(?:-|–|to|and|or|until)\s?\d{{1,2}}(?:[:.]\d\d)?\s?(?P<half>[ap])\.?m\b)", re.I
)
_WORD_CLOCK = lazy(
    r"(?P<hour>one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+(?:o['’]clock|(?P<half>[ap])\.?m\b\.?)",
    re.I,
)
_PAST = lazy(
    r"(?:(?P<half>half)|(?:a\s+)?(?P<quarter>quarter)|(?P<minutes>five|ten|twenty|twenty-five|\d{1,2})(?:\s+minutes)?)\s+(?P<way>past|to)\s+"
    r"(?P<hour>one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|midnight|\d{1,2})\b(?!\s*(?:%|per|[a-z]*(?:minutes|people)))",
    re.I,
)
_TWENTY_FOUR = lazy(r"(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?::[0-5]\d)?(?![\d:]|\.\d)(?:\s?(?:hrs|hours|h)\b)?")
_MILITARY = lazy(
    r"(?P<hour>[01]\d|2[0-4])[:.]?(?P<minute>[0-5]\d)(?:\s?(?:hrs|hours|h)\b(?P<hours>)|(?=\s?(?:GMT|UTC|EST|EDT|ET|BST|local|CET|CEST|IST|AEST|AEDT|Z)\b))"
)
_PART_BEHIND = lazy(
    r"\s+(?:in\s+the\s+|on\s+(?:an?\s+)?(?:\w+\s+){1,2}|this\s+|that\s+|at\s+|yesterday\s+|tomorrow\s+|\w+day\s+)(?P<part>morning|afternoon|evening|night)\b|\s+(?P<tonight>tonight)\b"
)
_HOUR_ONLY = lazy(
    rf"(?P<hour>\d{{1,2}}){_MINUTE}(?=\s+(?:in\s+the\s+(?:morning|afternoon|evening)|at\s+night|tonight|this\s+(?:morning|afternoon|evening))\b)"
)
_WORD_HOUR = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_WORD_HOUR_ONLY = lazy(
    rf"(?P<hour>{_WORD_HOUR})(?=\s+(?:in\s+the\s+(?:morning|afternoon|evening)|at\s+night|tonight|this\s+(?:morning|afternoon|evening)|that\s+(?:morning|afternoon|evening|night))\b)",
    re.I,
)
_OFFICE = lazy(
    rf"\b(?:between|from|open|hours\s+of)\s+(?P<first>{_WORD_HOUR}|\d\d?)\s+(?:and|to|till|until)\s+(?P<last>{_WORD_HOUR}|\d\d?)"
    r"(?=[.,;!?\"”'’)]|\s*$|\s+(?:on|every|each|in|at|daily|for|when|while|but)\b)",
    re.I,
)
_AT_BEFORE = lazy(
    r"\b(?:at|by|until|till|before|after|from|around|about|since|towards?|past|to|nearly|almost|only|it\s+was)\s+$",
    re.I,
)
_WORD = lazy(r"(?:12\s+)?(?P<word>noon|midnight|midday)\b", re.I)
_CODES = r"GMT|UTC|BST|E[SD]T|C[SD]T|M[SD]T|P[SD]T|ET|CT|MT|PT|AKDT|AKST|HST|CEST|CET|EEST|EET|MSK|JST|KST|SGT|HKT|AE[SD]T|ACST|ACDT|AWST|NZ[SD]T|SAST|WAT|EAT|CAT|PKT|WIB|IST|AST|ADT|NDT|NST"
_ZONE = lazy(
    rf"\s?\(?(?P<code>{_CODES})\b(?:\s?(?P<sign>[+-])(?P<shift>\d{{1,2}}))?"
    r"|\s+\(?(?P<name>[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)(?:\s+(?P<kind>standard|daylight|summer|winter|Standard|Daylight|Summer|Winter))?\s+[tT]ime\b"
    r"|\s+\(?(?P<country>UK|US|EU)\s+time\b|\s+\(?(?P<local>local)(?:\s+time)?\b"
)
_DAY_BETWEEN = lazy(r",?\s+(?:on\s+)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?(?=\s+[A-Z(l])")
_RUNNING = lazy(
    r"\b(?:time of|in a|in|clocked|finished in|won in|ran|ran a|record of|best of|clocking|with a|lap of|a|after|than|of|verse|Matthew|Luke|Mark|John|Genesis)\s+$"
)
_CLOCK_BEFORE = lazy(
    r"(?:\b(?:at|until|till|from|by|around|about|after|before|since|to|and|between|off|start|it\s+was|nearly)\s+|[-–])$",
    re.I,
)
_HEDGES = (
    (lazy(r"\b(?:about|around|approximately|roughly|circa|nearly|almost|towards?)\s+$", re.I), Hedge.ABOUT),
    (lazy(r"\b(?:after|past)\s+$", re.I), Hedge.MORE_THAN),
    (lazy(r"\b(?:before|by)\s+$", re.I), Hedge.LESS_THAN),
)
_CLOSE = lazy(r"\b(?:just|shortly|soon|moments|minutes|a\s+little|immediately)\s+(?:after|before|past)\s+$", re.I)
_LINK = lazy(r"\)?,?\s*(?:\(?[\w\s:.]{0,24}\)\s*)?,?\s*(?:on|at|that|local time|this)?\s*\)?(?:\s*(?:on|the)\s*)?")


@cache
def offsets(name: str) -> tuple[int, ...]:
    """The minutes east of UTC that a zone's name may mean: one, or several (summer time, India or Ireland); () if unknown."""
    table = lexicon("zones")
    if name in table["fixed"]:
        return (table["fixed"][name],)
    return tuple(dict.fromkeys(table["double"].get(name, ())))


def starters() -> frozenset[str]:
    """The lower-case words that a time of day may begin with."""
    return frozenset(
        "noon midnight midday half quarter a one two three four five six seven eight nine ten eleven twelve twenty".split()
    )


def find_at(text: str, at: int, setting: Setting) -> Figure | None:
    """The time of day that begins at a place: value in minutes after midnight, `zone` in minutes east of UTC.

    A zone that has summer time ("ET", "London time") leaves `zone` None and is named by `unit_name`; ``offsets`` has
    what it may mean.  A time that may be either half of the day ("six o'clock") has no value.
    """
    office = _office(text, at, setting)
    if office is not None:
        return office
    if text[at].isalpha():
        return _worded(text, at, setting)
    noon = _WORD.match(text, at)
    if noon:
        return _make(text, at, noon.end(), setting, 0 if noon["word"].lower() == "midnight" else 720)
    found = _TWELVE.match(text, at)
    if found:
        hour, minute, end = int(found["hour"]), int(found["minute"] or 0), found.end()
        if not 1 <= hour <= 12:
            return (
                None
                if found["half"] is None or not 13 <= hour <= 23
                else _make(text, at, end, setting, hour * 60 + minute)
            )
        if found["clock"]:
            return _half(text, at, end, setting, hour, minute)
        if found["twelve"]:
            return None
        if found["stop"] and _ends_sentence(text, end):
            end -= 0 if "." in found["half"] else 1
        return _make(text, at, end, setting, _minutes(hour, minute, found["half"][0].lower() == "p"))
    found = _HALF_SHARED.match(text, at)
    if found and 1 <= int(found["hour"]) <= 12 and int(found["minute"] or 0) < 60:
        later = found["half"].lower() == "p"
        end_hour = re.search(r"(\d{1,2})(?:[:.]\d\d)?\s?[ap]", text[found.end() : found.end() + 16], re.I)
        if end_hour and later and int(end_hour.group(1)) % 12 < int(found["hour"]) % 12:
            later = False  # "11 to 1pm"
        return _make(text, at, found.end(), setting, _minutes(int(found["hour"]), int(found["minute"] or 0), later))
    found = _MILITARY.match(text, at)
    if found and (found["hours"] is not None or _ZONE.match(text, found.end())):
        if at and text[at - 1] in ",.":
            return None
        return _make(text, at, found.end(), setting, int(found["hour"]) * 60 + int(found["minute"]))
    found = _HOUR_ONLY.match(text, at)
    if (
        found
        and 1 <= int(found["hour"]) <= 12
        and not re.search(r"\b(?:page|number|No\.)\s$", text[max(0, at - 8) : at])
    ):
        return _half(text, at, found.end(), setting, int(found["hour"]), int(found["minute"] or 0))
    found = _TWENTY_FOUR.match(text, at)
    if not found or _RUNNING.search(text, max(0, at - 14), at):
        return None
    hour, minute = int(found["hour"]), int(found["minute"])
    if 1 <= hour <= 12 and not found["hour"].startswith("0") and _zone(text, found.end())[1] == "":
        if not _CLOCK_BEFORE.search(text, max(0, at - 10), at) and not _PART_BEHIND.match(text, found.end()):
            return None  # a verse, a running time
        return _half(text, at, found.end(), setting, hour, minute)
    return _make(text, at, found.end(), setting, hour * 60 + minute)


def _office(text: str, at: int, setting: Setting) -> Figure | None:
    """Either hour of "between nine and five": no count goes down from the first to the second."""
    if (
        not text[max(0, at - 8) : at]
        .lower()
        .endswith(("between ", "from ", "open ", "hours of ", "and ", "to ", "till ", "until "))
    ):
        return None
    found = _OFFICE.search(text, max(0, at - 32), at + 40)
    if not found or at not in (found.start("first"), found.start("last")):
        return None
    small = numbers.words().small
    first, last = (small.get(name.lower(), 0) or int(name) for name in (found["first"], found["last"]))
    if not 12 >= first > last >= 1:
        return None
    hour, end = (first, found.end("first")) if at == found.start("first") else (last, found.end("last"))
    return _half(text, at, end, setting, hour, 0)


def _worded(text: str, at: int, setting: Setting) -> Figure | None:
    """ "noon", "half past six", "six o'clock"."""
    if text[at - 1 : at] == "-":
        return None
    found = _WORD.match(text, at)
    if found:
        word = found["word"].lower()
        if text[found.end() : found.end() + 1] == "-" or re.search(r"\b[Hh]igh\s$", text[max(0, at - 5) : at]):
            return None
        if text[at].isupper() and re.search(r"[A-Za-z] $", text[max(0, at - 2) : at]):
            return None  # a title: "Midnight" inside a sentence
        return _make(text, at, found.end(), setting, 0 if word == "midnight" else 720)
    small = numbers.words().small
    found = _WORD_CLOCK.match(text, at)
    if found:
        hour = small[found["hour"].lower()]
        if found["half"]:
            return _make(text, at, found.end(), setting, _minutes(hour, 0, found["half"].lower() == "p"))
        return _half(text, at, found.end(), setting, hour, 0)
    found = _WORD_HOUR_ONLY.match(text, at)
    if found and _AT_BEFORE.search(text, max(0, at - 8), at):
        return _half(text, at, found.end(), setting, small[found["hour"].lower()], 0)
    found = _PAST.match(text, at)
    if not found or not (found["half"] or found["quarter"]):
        return None
    name = found["hour"].lower()
    hour = 12 if name in ("noon", "midnight") else int(name) if name.isdigit() else small[name]
    if not 1 <= hour <= 12:
        return None
    minute = 30 if found["half"] else 15
    if found["way"].lower() == "to":
        if found["half"]:
            return None
        hour, minute = hour - 1 or 12, 60 - minute
    return _half(text, at, found.end(), setting, hour, minute)


def _minutes(hour: int, minute: int, later: bool) -> int:
    return hour % 12 * 60 + minute + (720 if later else 0)


def _ends_sentence(text: str, end: int) -> bool:
    """Whether the stop of "p.m." also ends the sentence, or only the sentence."""
    return end >= len(text) or bool(re.match(r"\s+[A-Z“\"]|\s*$|[\"”’']", text[end : end + 3]))


def _half(text: str, at: int, end: int, setting: Setting, hour: int, minute: int) -> Figure:
    """A time on a clock of twelve hours: "in the morning" behind it decides, else it stays open."""
    part = _PART_BEHIND.match(text, end)
    if part is None:
        return _make(text, at, end, setting, None, f"{hour:02}:{minute:02}")
    if part["tonight"] or part["part"] in ("evening", "afternoon"):
        return _make(text, at, end, setting, _minutes(hour, minute, True))
    if part["part"] == "night":
        return _make(text, at, end, setting, _minutes(hour, minute, 5 < hour < 12))
    return _make(text, at, end, setting, _minutes(hour, minute, False))


def _make(text: str, start: int, end: int, setting: Setting, minutes: int | None, shown: str = "") -> Figure:
    zone, name, end = _zone(text, end)
    value = None if minutes is None else Fraction(minutes)
    hedge, widest, intended = Hedge.EXACT, Interval(), Interval()
    if value is not None:
        hedge = next((hedge for pattern, hedge in _HEDGES if pattern.search(text, max(0, start - 16), start)), hedge)
        widest = intended = _interval(value, hedge, bool(_CLOSE.search(text, max(0, start - 24), start)))
    if minutes is not None:
        shown = f"{minutes // 60:02}:{minutes % 60:02}"
    day = setting.anchor.isoformat() if setting.anchor is not None else "XXXX-XX-XX"
    return Figure(
        setting.block, start, end, text[start:end], Kind.TIME, value, value, value, widest, intended, unit="minute",
        unit_name=name, dimension="clock", hedge=hedge, timex=f"{day}T{shown}" if shown else day, zone=zone,
    )  # fmt: skip


def _interval(value: Fraction, hedge: Hedge, close: bool) -> Interval:
    """What a time of day may stand for; "about nine" half an hour either way, "about 9.14" five minutes."""
    slack = 30 if value % 15 == 0 else 5
    if hedge == Hedge.ABOUT:
        return Interval(value - slack, value + slack)
    if hedge == Hedge.MORE_THAN:
        return Interval(value, value + 30 if close else None)
    if hedge == Hedge.LESS_THAN:
        return Interval(value - 30 if close else None, value)
    return Interval.point(value)


def _zone(text: str, end: int) -> tuple[int | None, str, int]:
    """Minutes east of UTC, the zone's name and where it ends; the end unchanged where none is named."""
    day = _DAY_BETWEEN.match(text, end)
    found = _ZONE.match(text, day.end() if day else end)
    if not found:
        return None, "", end
    stop = found.end()
    if found["local"]:
        name = "local"
    elif found["code"]:
        name = found["code"]
    elif found["country"]:
        name = found["country"]
    else:
        name = f"{found['name']} {found['kind'].title()}" if found["kind"] else found["name"]
        if not offsets(name):
            last = found["name"].split()[-1]
            name = last if offsets(last) else found["name"]
    if "(" in found.group():
        if not text.startswith(")", stop):
            return None, "", end
        stop += 1
    known = offsets(name)
    zone = known[0] if len(known) == 1 else None
    if zone is not None and found["code"] and found["sign"]:
        hours = int(found["shift"])
        zone += 60 * (hours if found["sign"] == "+" else -hours)
    # "11:32 p.m. Friday Beijing time": the day between is a figure of its own
    return zone, name, end if day else stop


def on_their_days(figures: list[Figure], text: str) -> list[Figure]:
    """The figures, each time of day with the date beside it in its TIMEX3 value: "9 a.m. Tuesday", "On May 6 at 10pm"."""
    told = list(figures)
    for i, figure in enumerate(told):
        if figure.kind != Kind.TIME:
            continue
        for j in (i + 1, i - 1):
            if (
                not 0 <= j < len(told)
                or told[j].kind != Kind.DATE
                or not re.match(r"[\dX]{4}-[\dXW]{2,3}-\w", told[j].timex)
            ):
                continue
            first, second = sorted((figure, told[j]), key=lambda f: f.start)
            if second.start - first.end <= 28 and _LINK.fullmatch(text, first.end, second.start):
                day, clock = told[j].timex.split("T")[0].split("/")[0], figure.timex.partition("T")[2]
                told[i] = replace(figure, timex=f"{day}T{clock}" if clock else day)
                break
    return told
