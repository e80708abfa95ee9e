"""Parts of a year and times told from the article's own: "third quarter", "fiscal 2025", "last week", "a year earlier"."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

from checker.data import lexicon
from checker.language import calendar
from checker.language.calendar import Setting, Span, make, month_span, quarter_span, year_span
from checker.language.tense import direction
from checker.model import Calendar, Figure
from checker.patterns import lazy

_WHICH = r"(?P<which>last|this|next|the\s+same|the\s+current|the\s+previous|the\s+following)"
_OF_YEAR = (
    r"(?:\s+(?:of\s+)?(?:the\s+)?(?:fiscal\s+|financial\s+|calendar\s+)?(?:year\s+)?(?P<year>(?:19|20)\d\d)(?!\d|,\d)"
    rf"|\s+(?:of\s+|in\s+)?{_WHICH}\s+(?:fiscal\s+|financial\s+)?year\b"
    r"|(?P<ofyear>\s+of\s+(?:the|its|their|our)\s+(?:\w+\s+)?year\b))?"
)
_RANK = r"(?P<rank>last(?=\s(?:quarter|half)\s+of\s)|first|second|third|fourth|final|1st|2nd|3rd|4th)"
_LEAD = (
    r"(?:(?:the\s+)?(?P<ledyear>(?:19|20)\d\d)\s+|(?P<ledwhich>last|this|next)\s+year['’]s\s+|(?P<yearago>(?:the\s+)?year-(?:ago|earlier)\s+)"
    r"|(?P<fiscal>(?:the\s+)?(?:fiscal|financial)[\s-]+))?"
)
_QUARTER = lazy(rf"{_LEAD}(?:the\s+)?{_RANK}[\s-](?P<part>quarters?|half|trimester)\b{_OF_YEAR}", re.I)
_SIX_MONTHS = lazy(rf"(?P<rank>first|last|final)\s+(?:(?P<six>six\s+months)|(?P<two>two\s+quarters)){_OF_YEAR}", re.I)
_Q = lazy(
    r"(?:(?P<part>[Qq](?=[1-4])|H(?=[12]))(?P<rank>[1-4])|(?P<rank2>[1-4])Q)(?![\w])(?:\s+(?:of\s+)?(?:(?:FY\s?|fiscal\s+)?(?P<year>(?:19|20)\d\d)|FY\s?(?P<short>\d\d))\b)?"
)
_YEAR_Q = lazy(
    r"(?P<year>(?:19|20)\d\d)\s(?:(?P<part>Q|H)(?P<rank>[1-4])\b|(?:fiscal\s+)?(?P<name>first|second|third|fourth)[\s-](?P<word>quarter|half)\b)"
)
_SAME_QUARTER = lazy(
    r"(?:the\s+)?(?:(?P<ago>year-(?:ago|earlier))(?:\s+(?:quarter|period|three\s+months))?"
    r"|(?P<same>(?:same|corresponding|comparable|like|year-ago)\s+(?:quarter|period|three\s+months)\s+(?:of\s+|in\s+)?(?:last|the\s+previous|the\s+prior|a)\s+year(?:\s+(?:ago|earlier))?)"
    r"|(?P<led>last\s+year['’]s\s+(?:quarter|period))|(?P<year>(?:19|20)\d\d)\s+(?:quarter|period)"
    r"|(?P<now>(?:latest|most\s+recent|recent|current|same)\s+(?:quarter|period)))\b(?!-)"
    r"|(?P<quarter>the\s+quarter)\b(?!-|\s+of\b|\s+(?:mile|final|million))",
    re.I,
)
_YEAR_EARLIER = lazy(r"a\s+year\s+(?P<word>ago|earlier|before|previously)\b", re.I)
_FISCAL = lazy(
    r"(?:(?:fiscal|financial)(?:\s+year)?\s+(?P<year>(?:19|20)\d\d)(?:[-/–](?P<end>\d\d(?:\d\d)?))?(?!\d)|FY\s?(?P<short>(?:20)?\d\d)(?:[-/–](?P<shortend>\d\d(?:\d\d)?))?(?!\w)"
    r"|(?P<bare>(?:19|20)\d\d)\s+(?:fiscal|financial)\s+year\b)",
    re.I,
)
_RELATIVE = lazy(
    r"(?P<the>the\s+)?(?:(?P<when>early|earlier|late|later|mid)[\s-]+)?(?P<which>this\s+past|this\s+coming|last|next|this|previous|current|past|same|coming|following|latest)\s+(?P<fiscal>fiscal\s+|financial\s+)?"
    r"(?P<unit>week|month|year|quarter|weekend|night|century|decade|spring|summer|autumn|fall|winter|morning|afternoon|evening|season)\b(?!-)",
    re.I,
)
_WEEKEND = lazy(r"(?:the|at\s+the|over\s+the)\s+weekend\b", re.I)
_SEASON = lazy(
    r"(?:the\s+)?(?:(?P<when>early|late|mid)[\s-]+)?(?P<season>spring|summer|autumn|fall|winter)(?:\s+of)?,?\s+(?P<year>(?:1[5-9]|20)\d\d)(?:[-/–](?P<second>\d\d(?:\d\d)?))?(?!\d|,\d)",
    re.I,
)
_RANKS = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "final": 4,
    "last": 4,
}
_BUSINESS = lazy(
    r"\b(?:profits?|sales|revenues?|earnings|results|net|GDP|growth|economy|economic|figures|loss|losses|income|output|forecast|"
    r"shares?|dividend|pretax|pre-tax|interim|exports|imports|fiscal|financial|company|group|market|demand|orders|deliveries|"
    r"production|inflation|prices|guidance|billion|million|analysts|quarterly|bn|investment)\b"
)
_SPORT = lazy(
    r"\b(?:goals?|scored?|penalty|kick|striker|try|tries|touchdown|yards|game|coach|half-time|halftime|minutes?|ball|net\s+from|"
    r"pass|header|substitute|referee|defence|defense|innings|rebounds|lead|equalised?|match|rival|season)\b"
)
_SHIFT = {
    "last": -1,
    "previous": -1,
    "past": -1,
    "this past": -1,
    "next": 1,
    "coming": 1,
    "this coming": 1,
    "following": 1,
}
_DAY_PARTS = frozenset({"night", "morning", "afternoon", "evening"})


def read_quarter(text: str, at: int, setting: Setting) -> Figure | None:
    """ "third quarter of 2019", "Q3", "first half", "last year's fourth quarter", "first six months of this year"."""
    found = _YEAR_Q.match(text, at)
    if found:
        rank = int(found["rank"]) if found["rank"] else _RANKS[found["name"].lower()]
        half = (found["part"] or found["word"]).lower() in ("h", "half")
        return _quarter(text, at, found.end(), setting, rank, half, int(found["year"]))
    found = _Q.match(text, at)
    if found:
        rank, half = int(found["rank"] or found["rank2"]), (found["part"] or "q").lower() == "h"
        written = found["year"] or (found["short"] and f"20{found['short']}")
        return _quarter(text, at, found.end(), setting, rank, half, int(written) if written else None)
    found = _SIX_MONTHS.match(text, at)
    if found:
        if not (found["year"] or found["which"] or found["ofyear"]):
            return None
        rank, half = (1 if found["rank"].lower() == "first" else 2), True
    else:
        found = _QUARTER.match(text, at)
        if not found:
            return None
        half = found["part"].lower() == "half"
        rank = _RANKS[found["rank"].lower()]
        if half and rank > 2:
            return None
        if not _is_business(text, at, found):
            return None
    groups = found.groupdict()
    year = found["year"] or groups.get("ledyear")
    which = " ".join((found["which"] or groups.get("ledwhich") or "").lower().split())
    shift = _SHIFT.get(which.removeprefix("the "), 0) if which else None
    if groups.get("yearago"):
        shift = -1
    return _quarter(text, at, found.end(), setting, rank, half, int(year) if year else None, shift, which == "the same")


def _is_business(text: str, at: int, found: re.Match[str]) -> bool:
    """Whether a quarter or half is a period of a year and not of a match."""
    groups = found.groupdict()
    if any(groups.get(name) for name in ("year", "which", "ofyear", "ledyear", "ledwhich", "yearago", "fiscal")):
        return True
    if re.compile(r"\s+of\s+(?!fiscal|financial)").match(text, found.end()):
        return False  # "the second half of the bailout fund", "the first half of May"
    around = text[max(0, at - 250) : found.end() + 150]
    business, sport = len(_BUSINESS.findall(around)), len(_SPORT.findall(around))
    return business > sport or (business == sport and found["part"].lower().startswith("quarter"))


def _quarter(
    text: str,
    at: int,
    end: int,
    setting: Setting,
    rank: int,
    half: bool,
    year: int | None,
    shift: int | None = None,
    open_year: bool = False,
) -> Figure | None:
    if half and rank > 2:
        return None
    grain, letter, anchor = ("half", "H", setting.anchor) if half else ("quarter", "Q", setting.anchor)
    written = frozenset({"part", "year"} if year else {"part"})
    if year is None and anchor is not None and not open_year:
        if shift is not None:
            year = anchor.year + shift
        else:
            first_month = 6 * rank - 5 if half else 3 * rank - 2
            looking = direction(text, at, end)
            year = anchor.year if first_month <= anchor.month or looking > 0 else anchor.year - 1
    if year is None or not 1 < year < 9999:
        return make(setting, text, at, end, Calendar(grain, written=written), None, f"XXXX-{letter}{rank}")
    months = (6 * rank - 5, 6 * rank) if half else (3 * rank - 2, 3 * rank)
    span = month_span(year, months[0])[0], month_span(year, months[1])[1]
    # a company's first quarter of 2025 may begin in February 2024, another's in April 2025
    named = Calendar(grain, year, months[0], written=written, relative=shift is not None, fiscal=True)
    return make(setting, text, at, end, named, span, f"{year:04}-{letter}{rank}", widest=(span[0] - 334, span[1] + 92))


def read_same_quarter(text: str, at: int, setting: Setting) -> Figure | None:
    """ "the year-ago quarter", "the same period last year", "the latest quarter", told from the quarter last named."""
    found = _SAME_QUARTER.match(text, at)
    if not found:
        return None
    back = found["ago"] or found["same"] or found["led"]
    if setting.period is not None:
        year, quarter = setting.period
        year = int(found["year"]) if found["year"] else year - 1 if back else year
        return _told_quarter(text, at, found.end(), setting, max(2, year), quarter)
    if found["year"]:
        year = int(found["year"])
        named = Calendar("year", year, written=frozenset({"year"}))
        return make(setting, text, at, found.end(), named, year_span(year), f"{year:04}")
    if back and setting.anchor is not None:
        year = setting.anchor.year - 1
        span = year_span(year)
        named = Calendar("year", year, relative=True)
        return make(setting, text, at, found.end(), named, span, f"{year:04}", widest=(span[0] - 365, span[1]))
    return None


def _told_quarter(text: str, at: int, end: int, setting: Setting, year: int, quarter: int) -> Figure:
    span = quarter_span(year, quarter)
    named = Calendar("quarter", year, 3 * quarter - 2, relative=True, fiscal=True)
    return make(setting, text, at, end, named, span, f"{year:04}-Q{quarter}", widest=(span[0] - 334, span[1] + 92))


def read_year_earlier(text: str, at: int, setting: Setting) -> Figure | None:
    """ "a year earlier" behind a quarter: the same quarter of the year before; elsewhere it stays open."""
    found = _YEAR_EARLIER.match(text, at)
    if not found:
        return None
    ago = found["word"].lower() == "ago"
    if setting.period is not None and setting.period[0] > 1:
        return _told_quarter(text, at, found.end(), setting, setting.period[0] - 1, setting.period[1])
    if ago or setting.anchor is None:
        return None  # durations reads it
    named = Calendar("year", relative=True)
    return make(setting, text, at, found.end(), named, None, f"{max(1, setting.anchor.year - 1):04}")


def read_fiscal(text: str, at: int, setting: Setting) -> Figure | None:
    """ "fiscal 2025", "FY25", "the 2024-25 financial year": some twelve months that may begin in the year before."""
    found = _FISCAL.match(text, at)
    if not found:
        return None
    year = int(
        found["year"] or found["bare"] or (found["short"] if len(found["short"]) == 4 else "20" + found["short"])
    )
    named = Calendar("year", year, written=frozenset({"year"}), fiscal=True)
    if found["end"] or found["shortend"]:
        return make(setting, text, at, found.end(), named, year_span(year, year + 1), f"FY{year:04}")
    # American years are named for their end, Japanese ones for their beginning
    span = (year_span(year - 1)[0] + 31, year_span(year + 1)[1] - 31)
    return make(setting, text, at, found.end(), named, span, f"FY{year:04}")


def read_season(text: str, at: int, setting: Setting) -> Figure | None:
    """ "summer 2019", "the winter of 1962-63"."""
    found = _SEASON.match(text, at)
    if not found:
        return None
    year, name = int(found["year"]), found["season"].lower()
    named = Calendar("season", year, written=frozenset({"year", "part"}))
    span = _season_span(year, name)
    if found["second"] and name == "winter":
        span = month_span(year, 11)[0], month_span(min(year + 1, 9999), 4)[1]
    return make(setting, text, at, found.end(), named, span, f"{year:04}-{lexicon('calendar')['seasons'][name]}")


def _season_span(year: int, name: str) -> Span:
    """The days that either hemisphere and either way of counting may give a season."""
    if name == "winter":
        return month_span(year - 1, 11)[0] if year > 1 else 1, month_span(min(year + 1, 9999), 4)[1]
    return year_span(year)


def read_relative(text: str, at: int, setting: Setting) -> Figure | None:
    """ "last week", "later this year", "the next month", "last night", "the weekend"."""
    found = _RELATIVE.match(text, at)
    if not found:
        return _weekend(text, at, setting)
    which, unit = " ".join(found["which"].lower().split()), found["unit"].lower()
    when = (found["when"] or "").lower()
    if unit == "season" and which != "last":
        return None
    anchor, step = setting.anchor, _SHIFT.get(which, 0)
    seasons = lexicon("calendar")["seasons"]
    grain = "day" if unit in _DAY_PARTS else "season" if unit in seasons else "year" if unit == "season" else unit
    fiscal = bool(found["fiscal"])
    named = Calendar(grain, relative=True, fiscal=fiscal)
    elsewhere = which in ("same", "previous", "following") or (found["the"] and which == "next" and unit != "year")
    if (
        anchor is None
        or elsewhere
        or (which in ("past", "latest") and unit not in ("week", "weekend", "month", "year", "quarter"))
    ):
        timex = {"week": "XXXX-WXX", "month": "XXXX-XX", "quarter": "XXXX-QX", "weekend": "XXXX-WXX-WE"}.get(
            unit, "XXXX"
        )
        return make(setting, text, at, found.end(), named, None, timex, parts=(Fraction(step),), unit=unit)
    if (
        found["the"]
        and which in ("last", "past", "next")
        and unit in ("year", "month", "week", "quarter", "decade", "century")
    ):
        return _rolling(text, at, found.end(), setting, anchor, unit, step)
    if unit == "quarter" and which == "latest":
        step = -1
    span, timex, widest = _span(anchor, unit, step, which)
    day = calendar.from_number(span[0])
    today = anchor.toordinal()
    if when == "earlier" and span[0] <= today:
        span = span[0], min(span[1], today)
    elif when == "later" and span[1] >= today:
        span = max(span[0], today), span[1]
    elif when in ("early", "late", "mid"):
        third = (span[1] - span[0]) // 3
        widest, span = span, {"early": (span[0], span[1] - third), "late": (span[0] + third, span[1])}.get(when, span)
    if unit in ("quarter", "season") or fiscal:
        widest = (span[0] - 334, span[1] + 92) if fiscal or unit == "quarter" else widest
    named = Calendar(grain, day.year, day.month if grain in ("month", "day") else None, day.day if grain == "day" else None,
                     relative=True, fiscal=fiscal)  # fmt: skip
    return make(setting, text, at, found.end(), named, span, timex, widest=widest, parts=(Fraction(step),), unit=unit)


def _rolling(text: str, at: int, end: int, setting: Setting, anchor: date, unit: str, step: int) -> Figure:
    """ "the past year", "the last month": so much time up to now."""
    days = {"year": 366, "month": 31, "week": 7, "quarter": 92, "decade": 3653, "century": 36525}[unit]
    today = anchor.toordinal()
    span = (max(1, today - days), today) if step < 0 else (today, today + days)
    timex = _span(anchor, unit, step, "last")[1]
    grain = Calendar(unit, relative=True)
    # "the last decade" may also be the calendar's
    return make(
        setting, text, at, end, grain, span, timex, widest=(max(1, span[0] - days), span[1] + (days if step > 0 else 0))
    )


def _weekend(text: str, at: int, setting: Setting) -> Figure | None:
    found = _WEEKEND.match(text, at)
    if not found:
        return None
    named = Calendar("weekend", relative=True)
    if setting.anchor is None:
        return make(setting, text, at, found.end(), named, None, "XXXX-WXX-WE")
    anchor = setting.anchor.toordinal()
    monday = anchor - setting.anchor.weekday()
    ahead = direction(text, at, found.end()) > 0
    saturday = monday + 5 if ahead or setting.anchor.weekday() >= 5 else monday - 2
    timex = calendar.iso_week(calendar.from_number(saturday)) + "-WE"
    return make(setting, text, at, found.end(), named, (max(1, saturday), saturday + 1), timex,
                widest=(max(1, monday - 3), monday + 6))  # fmt: skip


def _span(anchor: date, unit: str, step: int, which: str) -> tuple[Span, str, Span | None]:
    """First and last day, TIMEX3 value and widest span of "last week" and its like."""
    today = anchor.toordinal()
    if unit in _DAY_PARTS:
        number = today + (step if unit == "night" or step > 0 else 0)
        code = lexicon("calendar")["parts"][unit]
        return (number, number), f"{calendar.from_number(number).isoformat()}T{code}", None
    if unit in ("week", "weekend"):
        monday = today - anchor.weekday() + 7 * step
        if unit == "weekend":
            saturday = monday + 5
            if which == "this past" or (which == "past" and anchor.weekday() < 5):
                saturday = today - anchor.weekday() - 2
            week = calendar.iso_week(calendar.from_number(saturday))
            # "next weekend" said on a Monday may be the coming one or the one after
            return (saturday, saturday + 1), f"{week}-WE", (min(saturday, saturday - 7 * (step > 0)), saturday + 1)
        # weeks begin on Sunday or on Monday; on a Sunday "last week" may be the one that ends
        last = monday + 6 + (6 if step < 0 and anchor.weekday() == 6 else 0)
        return (monday - 1, last), calendar.iso_week(calendar.from_number(monday)), None
    if unit == "month":
        year, month = calendar.shifted_months(anchor, step)
        return month_span(year, month), f"{year:04}-{month:02}", None
    if unit == "quarter":
        year, quarter = divmod(anchor.year * 4 + (anchor.month - 1) // 3 + step, 4)
        return quarter_span(year, quarter + 1), f"{year:04}-Q{quarter + 1}", None
    seasons = lexicon("calendar")["seasons"]
    if unit in seasons:
        first, over = {"SP": (3, 6), "SU": (6, 9), "FA": (9, 12), "WI": (12, 13)}[seasons[unit]]
        year = anchor.year
        if step < 0 and anchor.month < over:
            year -= 1
        elif step > 0 and anchor.month >= first:
            year += 1
        return _season_span(year, unit), f"{year:04}-{seasons[unit]}", None
    if unit == "decade":
        first = anchor.year // 10 * 10 + 10 * step
        return year_span(first, first + 9), str(first // 10), None
    if unit == "century":
        first = anchor.year // 100 * 100 + 100 * step
        return year_span(max(1, first), first + 100), f"{first // 100:02}", None
    year = anchor.year + step
    if unit == "season":
        return year_span(year, year + 1), f"{year:04}", None
    return year_span(year), f"{year:04}", None
