"""Single days: "Tuesday 12 May 2026", "Feb. 3", "2026-05-12", "on the 12th", "last Tuesday", "yesterday"."""

from __future__ import annotations

import re
from datetime import date

from checker.data import lexicon
from checker.language import calendar
from checker.language.calendar import Setting, make, months, weekdays
from checker.language.tense import beside, direction
from checker.model import Calendar, Figure
from checker.patterns import lazy

MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:t(?:ember)?)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?|"
    r"AUG(?:UST)?|SEP(?:T(?:EMBER)?)?|OCT(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?)(?![A-Za-z])"
)
_WEEKDAY_NAME = (
    r"(?:Mon(?:day)?|Tue(?:s(?:day)?)?|Wed(?:nesday|s)?|Thu(?:r(?:s(?:day)?)?)?|Fri(?:day)?|Sat(?:urday)?|"
    r"Sun(?:day)?|MONDAY|TUESDAY|WEDNESDAY|THURSDAY|FRIDAY|SATURDAY|SUNDAY)(?![A-Za-z])"
)
_WEEKDAY = rf"(?P<weekday>{_WEEKDAY_NAME})"
_PART_OF_DAY = r"(?:\s+(?:morning|afternoon|evening|night|lunchtime))?"
_LED = rf"(?:{_WEEKDAY}\.?{_PART_OF_DAY},?\s+(?P<bracket>\()?(?:on\s+)?)?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?!\d|[:/.,]\d|[A-Za-z%])"
_LAST = r"\s?(?:[-–—]|to|and|through|until|till|or)\s?(?P<last>\d{1,2})(?:st|nd|rd|th)?(?!\d|[:/.,]\d|[A-Za-z%])"
YEAR = r"(?P<year>(?:1[0-9]|20)\d\d)(?!\d|[.,]\d|%|[-–]\d{4}\b)"
_WORDED = r"(?P<words>(?:twenty-|thirty-)?[a-z]+)"
_THEN_MONTH = rf"(?:\s+of\s+|\s+|-){MONTH}\.?(?:\s*(?:,\s*|-|\s+in\s+|\s){YEAR})?"
_THEN_YEAR = rf"(?!\s+(?:of\s+)?{MONTH.replace('?P<month>', '?:')})(?:\s*(?:,\s*|\s+in\s+|\s){YEAR})?"
_DAYS_MONTH = lazy(rf"{_LED}(?:the\s+)?{_DAY}{_LAST}{_THEN_MONTH}")
_MONTH_DAYS = lazy(rf"{_LED}{MONTH}\.?(?:\s+the)?\s?{_DAY}{_LAST}{_THEN_YEAR}")
_DAY_MONTH = lazy(rf"{_LED}(?:the\s+)?{_DAY}{_THEN_MONTH}")
_MONTH_DAY = lazy(rf"{_LED}{MONTH}\.?(?:\s+the)?\s?{_DAY}(?:\s*(?:,\s*|\s+in\s+|\s){YEAR})?")
_WORDED_DAY = lazy(rf"{_LED}(?:the\s+)?{_WORDED}\s+(?:of\s+)?{MONTH}\.?(?:(?:,\s*|\s+){YEAR})?")
_MONTH_WORDED = lazy(rf"{_LED}{MONTH}\.?\s+(?:the\s+)?{_WORDED}(?:(?:,\s*|\s+){YEAR})?")
_BEHIND = lazy(rf"\s\((?:an?\s+)?({_WEEKDAY_NAME})\.?\)|,?\s+an?\s+({_WEEKDAY_NAME})(?=\s*[,.;)]|\s*$)")
_COUNTED = lazy(
    r"\s?%|\s(?:per ?cent|percent|million|billion|trillion|thousand|points?|degrees|miles|metres|kilometres)\b"
)
_PLURAL = lazy(r"\s(?:[a-z]+-)?(?:people|men|women|children|[a-z]{2,}[^s\W]s)\b")
_ISO = lazy(r"(?P<year>(?:1[5-9]|20)\d\d)(?P<joint>[-/])(?P<month>\d\d)(?P=joint)(?P<day>\d\d)(?![\d/-])")
_SLASHED = lazy(
    r"(?P<first>\d{1,2})(?P<joint>[/.-])(?P<second>\d{1,2})(?P=joint)(?P<year>(?:19|20)?\d\d)(?![\d/]|[.-]\d)"
)
_ATTACKS = lazy(r",?\s+(?:terror(?:ist)?\s+)?(?:attacks?|hijack\w+)\b")
_ATTACK = lazy(r"9/11(?![\d/])")
_MONTHLESS = lazy(
    r"(?:the\s+)?(?P<day>\d{1,2})(?:st|nd|rd|th)(?:\s+of\s+(?P<which>this|last|next|the)\s+month\b|(?=[,.;)]|\s+(?:and|when|to|at|while|as)\b|\s*$))"
)
_WEEKDAY_DAY = lazy(
    rf"{_WEEKDAY}\.?,?\s+(?:the\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)(?!\w|\s+(?:[a-z]+\s+)?(?:anniversary|birthday|jubilee))"
)
_SHARED_MONTH = lazy(
    rf"{_WEEKDAY}\.?,?\s+(?:the\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?"
    rf"(?=(?:,\s+{_WEEKDAY_NAME}\s+\d{{1,2}}){{0,5}}\s?(?:[-–—]|to|and|until|till)\s?"
    rf"(?:{_WEEKDAY_NAME},?\s+)?(?:the\s+)?(?P<last>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH}(?:,?\s+{YEAR})?)"
)
_NAMED = lazy(
    r"(?:(?P<which>this past|this coming|last|next|this|past|coming|previous|following|every|each)\s+)?"
    rf"(?P<weekday>{_WEEKDAY_NAME.replace('(?![A-Za-z])', '')})(?P<plural>s)?(?![A-Za-z])"
    r"(?:\s+(?P<part>mornings?|afternoons?|evenings?|nights?|lunchtime)\b)?(?:\s+(?:of\s+)?(?P<week>last|this|next)\s+week\b)?",
    re.I,
)
_NTH = lazy(
    rf"(?:the\s+)?(?P<nth>first|second|third|fourth|last|final)\s+{_WEEKDAY}\s+(?:of|in)\s+(?:{MONTH}(?:(?:,\s*|\s+){YEAR})?|(?P<related>last|this|next)\s+month\b)"
)
_PAPER = lazy(
    r"\s+(?:Times|Mail|Mirror|Telegraph|Post|Herald|Express|Night|Independent|World|People|Star|Sun|Tribune|Club|Brunch)\b"
)
_TITLED = frozenset(
    "Sheffield Black Bloody Super Cyber Ash Palm Good Easter Whit Maundy Shrove Freaky Spy Giving Holy Man".split()
)
_NOW = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
_NOW_PHRASE = lazy(
    r"(?:the\s+day\s+(?P<past>before|after)\s+)?(?P<word>today|tonight|yesterday|tomorrow)\b"
    r"(?:\s+(?P<part>morning|afternoon|evening|night|lunchtime)\b)?",
    re.I,
)
# "27 November of the same year" is of a year told before, "Next year's date has been set for 15 August" of the coming one
_OTHER_YEAR = lazy(r",?\s+(?:(?:of|in)\s+)?(?:the\s+(?:same|following|previous|next)|that)\s+year\b")
_OWN_YEAR = lazy(r"\b(?P<way>[Nn]ext|[Ll]ast) year(?:['’]s\b|,)[^.;!?]{0,80}$")
_BEFORE_MONTHLESS = lazy(r"\b(?:on|by|until|till|from|before|after|since|of|to|for)\s+$")


def read_date(text: str, at: int, setting: Setting) -> Figure | None:
    """ "Tuesday 12 May 2026", "Feb. 3", "12-14 May", "August six": a day of a month, perhaps a weekday and a year."""
    found, last = _several(text, at), None
    if found:
        day, last = int(found["day"]), int(found["last"])
    elif found := _DAY_MONTH.match(text, at) or _MONTH_DAY.match(text, at):
        day = int(found["day"])
    elif found := _worded(text, at):
        words = found["words"].lower()
        day = calendar.ordinal_days().get(words) or calendar.cardinal_days()[words]
    else:
        return None
    month, year = months()[found["month"].lower()], int(found["year"]) if found["year"] else None
    if not calendar.exists(year, month, day) or _is_count(text, at, found):
        return None
    if year is None and (month, day) == (9, 11) and _ATTACKS.match(text, found.end()):
        year = 2001
    weekday, end = _weekday(found["weekday"]), found.end()
    if found["bracket"]:
        if not text.startswith(")", end):
            return None
        end += 1
    elif weekday is None and (behind := _BEHIND.match(text, end)):
        weekday, end = _weekday(behind[1] or behind[2]), behind.end()
    elif text[end - 1] == "." and (
        end == len(text) or len(found["month"]) > 4 or found["month"] in ("May", "June", "July")
    ):
        end -= 1  # the stop of the sentence, not of "Sept."
    return _day(text, at, end, setting, year, month, day, last, weekday)


def _weekday(name: str | None) -> int | None:
    return weekdays()[name.lower()] if name else None


def _several(text: str, at: int) -> re.Match[str] | None:
    """ "12-14 May", "May 12 to 14": days of one month in order."""
    found = _DAYS_MONTH.match(text, at) or _MONTH_DAYS.match(text, at)
    if not found or not int(found["day"]) < int(found["last"]) <= 31 or _PLURAL.match(text, found.end()):
        return None
    year = int(found["year"]) if found["year"] else None
    return found if calendar.exists(year, months()[found["month"].lower()], int(found["last"])) else None


def _worded(text: str, at: int) -> re.Match[str] | None:
    found = _WORDED_DAY.match(text, at)
    if found and found["words"].lower() in calendar.ordinal_days():
        return found
    found = _MONTH_WORDED.match(text, at)
    if not found:
        return None
    words = found["words"].lower()
    # "August six," but not "in April two men", "May first be"
    if words in calendar.ordinal_days() or words in calendar.cardinal_days():
        return found if re.compile(r"\s*[,.;:)]|\s*$|\s+(?:at|in|and)\b").match(text, found.end()) else None
    return None


def _is_count(text: str, at: int, found: re.Match[str]) -> bool:
    """Whether the number behind a month counts something: "in March 12 people died", "May 10 million"."""
    if found["year"] or found["weekday"] or text[found.end() - 1].isalpha() or text[found.end() - 1] == ".":
        return False
    if _COUNTED.match(text, found.end()):
        return True
    return bool(re.search(r"\b[Ii]n\s+$", text[max(0, at - 4) : at]) and _PLURAL.match(text, found.end()))


def _day(
    text: str,
    at: int,
    end: int,
    setting: Setting,
    year: int | None,
    month: int,
    day: int,
    last: int | None,
    weekday: int | None,
) -> Figure:
    written = {"month", "day"} | ({"year"} if year else set()) | ({"weekday"} if weekday is not None else set())
    placed, widest = None, None
    if year is not None:
        placed = date(year, month, day)
    elif setting.anchor is not None and (own := _OWN_YEAR.search(text, max(0, at - 100), at)):
        year = setting.anchor.year + (1 if own["way"].lower() == "next" else -1)
        placed = date(year, month, day) if calendar.exists(year, month, day) else None
    elif setting.anchor is not None and not _OTHER_YEAR.match(text, end):
        looking = direction(text, at, end)
        placed = calendar.place_day(setting.anchor, month, day, looking)
        nearest = calendar.place_day(setting.anchor, month, day, 0)
        if placed is not None and nearest is not None:
            if placed.weekday() != weekday == nearest.weekday():
                placed = nearest  # the weekday says which year better than the tense
            widest = (min(placed, nearest).toordinal(), max(placed, nearest).toordinal())
            if abs((placed - setting.anchor).days) > 120 and looking == 0:
                around = [calendar.shifted_years(placed, by).toordinal() for by in (-1, 1)]
                widest = (around[0], around[1])
    shown = f"{placed.year:04}" if placed else "XXXX"
    if last is not None:
        named = Calendar("day", placed.year if placed else None, month, None, weekday, frozenset(written - {"day"}))
        span = (placed.toordinal(), placed.toordinal() + last - day) if placed else None
        timex = f"{shown}-{month:02}-{day:02}/{shown}-{month:02}-{last:02}"
        return make(setting, text, at, end, named, span, timex, widest=widest)
    named = Calendar("day", placed.year if placed else None, month, day, weekday, frozenset(written))
    span = (placed.toordinal(), placed.toordinal()) if placed else None
    return make(setting, text, at, end, named, span, f"{shown}-{month:02}-{day:02}", widest=widest)


def read_numeric(text: str, at: int, setting: Setting) -> Figure | None:
    """ "2026-05-12", "13/5/2026"; a date that is another day in Britain than in America stays open between the two."""
    if _ATTACK.match(text, at):  # a name of the day; 9 November is not written so in news
        return _day(text, at, at + 4, setting, 2001, 9, 11, None, None)
    found = _ISO.match(text, at)
    if found:
        year, month, day = int(found["year"]), int(found["month"]), int(found["day"])
        return (
            _day(text, at, found.end(), setting, year, month, day, None, None)
            if calendar.exists(year, month, day)
            else None
        )
    found = _SLASHED.match(text, at)
    if not found or (found["joint"] != "/" and len(found["year"]) == 2):
        return None
    first, second, year = int(found["first"]), int(found["second"]), int(found["year"])
    if year < 100:
        year += 2000 if year < 60 else 1900
    british, american = calendar.exists(year, second, first), calendar.exists(year, first, second)
    if found["joint"] == ".":
        american = american and not british  # dots are European
    if british and american and first != second:
        days = sorted((date(year, second, first).toordinal(), date(year, first, second).toordinal()))
        named = Calendar("day", year, written=frozenset({"year"}))
        return make(setting, text, at, found.end(), named, (days[0], days[1]), f"{year:04}-XX-XX")
    if not british and not american:
        return None
    month, day = (second, first) if british else (first, second)
    return _day(text, at, found.end(), setting, year, month, day, None, None)


def read_monthless(text: str, at: int, setting: Setting) -> Figure | None:
    """ "on the 12th", "Friday the 13th", "the 21st of this month": a day of a month that the article's date gives."""
    found = _SHARED_MONTH.match(text, at)
    if found and int(found["day"]) < int(found["last"]):
        month, day, year = months()[found["month"].lower()], int(found["day"]), int(found["year"] or 0) or None
        if calendar.exists(year, month, day):
            return _day(text, at, found.end(), setting, year, month, day, None, _weekday(found["weekday"]))
    found = _WEEKDAY_DAY.match(text, at)
    weekday = _weekday(found["weekday"]) if found else None
    which = None
    if not found:
        found = _MONTHLESS.match(text, at)
        if not found or not (found["which"] or _BEFORE_MONTHLESS.search(text, max(0, at - 8), at)):
            return None
        if not found["which"] and not found.group().startswith("the"):
            return None
        which = found["which"]
    day = int(found["day"])
    if not 1 <= day <= 31:
        return None
    written = frozenset({"day"} if weekday is None else {"day", "weekday"})
    anchor = setting.anchor
    if anchor is None:
        named = Calendar("day", None, None, day, weekday, written, True)
        return make(setting, text, at, found.end(), named, None, f"XXXX-XX-{day:02}")
    if which:
        shift = {"last": -1, "next": 1}.get(which, 0)
        options = [calendar.shifted_months(anchor, shift)]
    else:
        options = [calendar.shifted_months(anchor, by) for by in (-1, 0, 1)]
    days = [date(year, month, day) for year, month in options if calendar.exists(year, month, day)]
    if not days:
        return None
    looking = direction(text, at, found.end())
    side = [d for d in days if looking * (d - anchor).days >= 0] if looking else days
    chosen = min(side or days, key=lambda d: abs((d - anchor).days))
    named = Calendar("day", chosen.year, chosen.month, day, weekday, written, True)
    number = chosen.toordinal()
    return make(setting, text, at, found.end(), named, (number, number), chosen.isoformat(),
                widest=(min(days).toordinal(), max(days).toordinal()))  # fmt: skip


def _part_code(part: str | None) -> str:
    return "T" + lexicon("calendar")["parts"][part.lower().removesuffix("s")] if part else ""


def read_now(text: str, at: int, setting: Setting) -> Figure | None:
    """ "today", "yesterday morning", "the day after tomorrow"."""
    found = _NOW_PHRASE.match(text, at)
    if not found:
        return None
    word = found["word"].lower()
    if found["word"] == "Today" and re.search(r"\b(?:[A-Z]\w+|the)\s$", text[max(0, at - 16) : at]):
        return None  # USA Today
    by = _NOW[word] + {"before": -1, "after": 1}.get((found["past"] or "").lower(), 0)
    code = "TNI" if word == "tonight" else _part_code(found["part"])
    if setting.anchor is None:
        named = Calendar("day", relative=True)
        return make(setting, text, at, found.end(), named, None, "PRESENT_REF" if by == 0 else "XXXX-XX-XX")
    day = calendar.from_number(setting.anchor.toordinal() + by)
    named = Calendar("day", day.year, day.month, day.day, relative=True)
    # a wire story is filed in another zone or printed the next day
    return make(setting, text, at, found.end(), named, (day.toordinal(), day.toordinal()), day.isoformat() + code)


def read_weekday(text: str, at: int, setting: Setting) -> Figure | None:
    """ "Tuesday", "last Tuesday", "next Friday", "Monday night", "on Tuesdays"."""
    found = _NAMED.match(text, at)
    if not found or not found["weekday"][0].isupper() or _PAPER.match(text, found.end()):
        return None
    name, end, which = found["weekday"], found.end(), (found["which"] or "").lower()
    if not name.lower().endswith("day"):
        if not text.startswith(".", end) or name.lower() in ("sun", "sat", "wed", "mon", "fri") or found["plural"]:
            return None
        end += 0 if end + 1 == len(text) else 1
    if re.search(r"([A-Z][a-z]+)\s$", text[max(0, at - 12) : at]) and text[:at].split()[-1] in _TITLED:
        return None
    weekday, code = weekdays()[name.lower()], _part_code(found["part"])
    anchor, repeated = setting.anchor, bool(found["plural"]) or which in ("every", "each")
    repeated = repeated or bool(found["part"] and found["part"].endswith("s"))
    repeated = repeated or (not which and text[max(0, at - 3) : at].lower() == " a ")  # "3 April, a Thursday"
    if anchor is None or repeated or which in ("previous", "following"):
        named = Calendar("day", weekday=weekday, written=frozenset({"weekday"}), relative=not repeated)
        return make(setting, text, at, end, named, None, f"XXXX-WXX-{weekday + 1}{code}")
    back, ahead = (anchor.weekday() - weekday) % 7, (weekday - anchor.weekday()) % 7
    today = anchor.toordinal()
    looking = direction(text, at, end)
    widest = None
    if found["week"]:
        number = today - anchor.weekday() + weekday + 7 * {"last": -1, "this": 0, "next": 1}[found["week"].lower()]
    elif which in ("last", "past", "this past"):
        number = today - (back or 7)
        if which == "last" and 0 < back <= anchor.weekday():
            widest = (number - 7, number)  # "last Tuesday" on a Friday: of this week or the one before
    elif which in ("next", "coming", "this coming"):
        number = today + (ahead or 7)
        if which == "next" and ahead and ahead <= 6 - anchor.weekday():
            number, widest = number + 7, (number, number + 7)
    elif which == "this":
        number = today + (weekday - anchor.weekday())
    elif looking > 0:
        number = today + ahead
    else:
        number = today - back
    if not which and not found["week"] and (looking == 0 or beside(text, at) != looking):
        widest = (today - back, today + ahead)
    day = calendar.from_number(number)
    named = Calendar("day", day.year, day.month, day.day, weekday, frozenset({"weekday"}), True)
    span = (day.toordinal(), day.toordinal())
    return make(setting, text, at, end, named, span, day.isoformat() + code, widest=widest)


def read_nth_weekday(text: str, at: int, setting: Setting) -> Figure | None:
    """ "the third Monday in January", "the last Friday of May 2026"."""
    found = _NTH.match(text, at)
    if not found:
        return None
    nth = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": -1, "last": -1}[found["nth"].lower()]
    weekday, anchor = weekdays()[found["weekday"].lower()], setting.anchor
    year, month = int(found["year"]) if found["year"] else None, months().get((found["month"] or "").lower(), 0)
    if found["related"]:
        if anchor is None:
            return None
        year, month = calendar.shifted_months(anchor, {"last": -1, "this": 0, "next": 1}[found["related"].lower()])
    written = frozenset({"weekday", "month", "year"} if year else {"weekday", "month"})
    if year is None and anchor is None:
        named = Calendar("day", None, month, None, weekday, written)
        return make(setting, text, at, found.end(), named, None, f"XXXX-{month:02}")
    if year is not None:
        day = calendar.nth_weekday(year, month, weekday, nth)
    else:
        assert anchor is not None
        options = [calendar.nth_weekday(anchor.year + by, month, weekday, nth) for by in (-1, 0, 1)]
        day = calendar.choose(options, anchor, direction(text, at, found.end()))
    named = Calendar("day", day.year, month, day.day, weekday, written)
    return make(setting, text, at, found.end(), named, (day.toordinal(), day.toordinal()), day.isoformat())
