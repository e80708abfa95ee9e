"""Months, years and longer: "May 2026", "in April", "1998/99", "the 1980s", "19th century", "44 BC", "in 1987"."""

from __future__ import annotations

import re
from functools import cache

from checker.language import calendar, numbers
from checker.language.bareyears import is_year
from checker.language.calendar import Setting, Span, make, month_span, months, year_span
from checker.language.days import MONTH, YEAR
from checker.language.tense import direction
from checker.model import Calendar, Figure
from checker.patterns import lazy

_WHEN = r"(?:(?P<when>early|late|mid|beginning|end|last|next|this|previous|following)[\s-]+)?"
_RELATED = r"(?:\s+(?:of\s+)?(?P<related>last|this|next|the\s+same|the\s+following|the\s+previous)\s+year\b)"
_MONTH_YEAR = lazy(rf"{_WHEN}{MONTH}\.?(?:,\s*|\s+of\s+|\s+in\s+|[\s-]){YEAR}", re.I)
_MONTH_ALONE = lazy(rf"{_WHEN}{MONTH}(?P<stop>\.)?{_RELATED}?", re.I)
_WORD_BEFORE = lazy(r"([A-Za-z]+)[\s-]+(?:the\s+)?$")
# A month's name that is also a word or a name counts only behind one of these
_MONTH_BEFORE = frozenset(
    "in since until till last next this early late mid from during through between before after to by for of throughout "
    "around beginning end and or previous following".split()
)
_FIRM = frozenset("in since until till last next this early late mid during through throughout".split())
_OWNERS = frozenset("its his her their the a this s".split())
_NO_NOUN = frozenset("on against for to of in by and is was has had will would said says at from with through".split())
_PERSON_MAY = lazy(
    r"\b(?:Mrs?|Ms|Miss|Sir|Dame|Dr|Theresa|(?!In|Since|By|Last|Next|This|From|Until|On|To|And|The|Of)[A-Z][a-z]+)\.? May\b(?!,? (?:\d|19|20))"
)

_DECADE = lazy(
    r"(?:(?P<when>early|late|mid)[\s-]+(?:the\s+)?)?(?:(?P<century>1\d|20)|['’‘]|(?P<the>the\s+(?:early\s+|mid-?\s?|late\s+)?)(?=[2-9]))(?P<decade>\d)0['’]?s\b"
)
# "temperatures in the 70s", "a round in the 60s"
_NO_DECADE = lazy(
    r"\b(?:temperatures?|degrees|highs?|lows?|thermometer|Fahrenheit|weather|round|shot|scores?|percent|per cent|IQ)\b",
    re.I,
)
_DECADE_WORDS = lazy(
    r"(?:(?P<when>early|late|mid)[\s-]+(?:the\s+)?)?(?:the\s+)?(?P<nineteen>nineteen[\s-])?(?P<tens>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties|noughties)\b",
    re.I,
)
DECADE_WORDS = "twenties thirties forties fifties sixties seventies eighties nineties noughties".split()
_CENTURY = lazy(
    r"(?:(?P<when>early|late|mid)[\s-]+)?(?P<number>\d{1,2}(?:st|nd|rd|th)|[a-z]+(?:-[a-z]+)?)[\s-](?:century|centuries)\b(?:\s(?P<bc>BCE?)\b)?",
    re.I,
)
_BC = lazy(
    r"(?:(?P<first>\d{1,4})\s?(?:BCE?|B\.C\.(?:E\.)?)|(?:AD|A\.D\.)\s?(?P<after>\d{1,4})|(?P<before>\d{1,4})\s?(?:AD|CE)\b)(?![A-Za-z])"
)
_BARE_YEAR = lazy(r"(?P<year>1\d\d\d|2[01]\d\d)(?![\d%]|[,.]\d|/\d|[A-Za-z])")
_SEASON_YEARS = lazy(
    r"(?P<first>(?:1[5-9]|20)\d\d)(?P<joint>[-–/])(?P<second>\d\d|(?:1[5-9]|20)\d\d|(?<=/)\d)(?![\d/]|[-.,]\d)"
)
_WHEN_BEFORE = lazy(r"\b(early|late|mid)(?:\s+in)?[\s-]$", re.I)
_YEAR_WORDS = lazy(
    r"(?P<head>eighteen|nineteen|twenty)[\s-](?:(?P<tens>twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[\s-](?P<unit>one|two|three|four|five|six|seven|eight|nine))?"
    r"|(?P<teen>ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)|(?:oh|o)[\s-](?P<oh>one|two|three|four|five|six|seven|eight|nine))(?![\s-]*[a-z]*(?:hundred|thousand|million|per|percent|people))\b",
    re.I,
)
_YEAR_THOUSAND = lazy(r"the year two thousand(?:\s+and\s+(?P<unit>[a-z]+))?", re.I)

_WEEK_OF = lazy(
    rf"(?:the\s+)?(?P<nth>first|second|third|fourth|last|final)\s+week\s+(?:of|in)\s+{MONTH}\.?(?:,?\s+{YEAR})?"
)
_YEAR_END = lazy(
    r"(?:year[\s-]end|(?:the\s+)?end\s+of\s+the\s+year|year['’]s\s+end)\b(?!-)(?:\s+(?P<year>(?:19|20)\d\d)\b|(?!\s+[a-z])|(?=\s+(?:and|or|to|but|if|when|after|with|at|for|in|on|as|from|the|he|she|it)\b))",
    re.I,
)


def read_month(text: str, at: int, setting: Setting) -> Figure | None:
    """ "May 2026", "early April", "March last year", "next June"."""
    found = _MONTH_YEAR.match(text, at)
    if found and found["month"][0].isupper():
        year, month = int(found["year"]), months()[found["month"].lower()]
        named = Calendar("month", year, month, written=frozenset({"year", "month"}))
        span = month_span(year, month)
        return make(
            setting, text, at, found.end(), named, _part(span, found["when"]), f"{year:04}-{month:02}", widest=span
        )
    found = _MONTH_ALONE.match(text, at)
    if not found or not _is_month(text, found):
        return None
    if re.compile(r"\.?\s+\d{1,2}(?!\d|,\d)").match(text, found.end("month")) and found["when"]:
        return None  # "last Oct. 23"
    month, when = months()[found["month"].lower()], (found["when"] or "").lower()
    related = " ".join((found["related"] or "").lower().split())
    end = found.end() if found["related"] else found.end("month")
    if (
        found["stop"]
        and not found["related"]
        and text[found.end() : found.end() + 1] == " "
        and len(found["month"]) < 5
    ):
        end = found.end() if text[found.end() + 1 : found.end() + 2].islower() else end
    anchor = setting.anchor
    if anchor is None or related.startswith("the") or when in ("previous", "following"):
        named = Calendar("month", None, month, written=frozenset({"month"}), relative=when in ("last", "next", "this"))
        return make(setting, text, at, end, named, None, f"XXXX-{month:02}")
    widest = None
    if related:
        year = anchor.year + {"last": -1, "this": 0, "next": 1}[related]
    else:
        looking = {"last": -1, "next": 1}.get(when, 0)
        if when == "this":
            year = anchor.year
        else:
            looking = looking or direction(text, at, end)
            apart = month - anchor.month
            if when == "next":
                year = anchor.year + (apart <= 0)
            elif when == "last":
                year = anchor.year - (apart >= 0)
            elif looking > 0:
                year = anchor.year + (apart < -1)
                if apart < -1:  # the tense may be another clause's
                    widest = (month_span(anchor.year, month)[0], month_span(year, month)[1])
            elif looking < 0:
                year = anchor.year - (apart > 0)
            else:
                year = anchor.year - (apart > 1)
                if abs(apart) > 3:
                    widest = (month_span(max(1, anchor.year - 1), month)[0], month_span(anchor.year + 1, month)[1])
    year = min(max(1, year), 9998)
    named = Calendar(
        "month", year, month, written=frozenset({"month"}), relative=bool(related) or when in ("last", "next", "this")
    )
    span = month_span(year, month)
    return make(setting, text, at, end, named, _part(span, when), f"{year:04}-{month:02}", widest=widest or span)


def read_week_of(text: str, at: int, setting: Setting) -> Figure | None:
    """ "the first week of May", "the last week of July 2019": seven days, and three either way where it may begin."""
    found = _WEEK_OF.match(text, at)
    if not found:
        return None
    month, anchor = calendar.months()[found["month"].lower()], setting.anchor
    year = int(found["year"]) if found["year"] else None
    named = Calendar("week", year, month, written=frozenset({"month", "year"} if year else {"month"}))
    nth = {"first": 0, "second": 1, "third": 2, "fourth": 3}.get(found["nth"].lower())
    if year is None and anchor is None:
        return make(setting, text, at, found.end(), named, None, f"XXXX-{month:02}")
    if year is None and anchor is not None:
        middle = calendar.place_day(anchor, month, 15, direction(text, at, found.end()))
        assert middle is not None
        year = middle.year
    assert year is not None
    first, last = month_span(year, month)
    begin = last - 6 if nth is None else first + 7 * nth
    week = calendar.iso_week(calendar.from_number(begin + 3))
    named = Calendar("week", year, month, written=named.written)
    widest = (max(1, begin - 3), begin + 9)
    return make(setting, text, at, found.end(), named, (begin, begin + 6), week, widest=widest)


def read_year_end(text: str, at: int, setting: Setting) -> Figure | None:
    """ "year-end", "by the end of the year": December, and the months beside it."""
    found = _YEAR_END.match(text, at)
    if not found:
        return None
    year, anchor = int(found["year"]) if found["year"] else None, setting.anchor
    written = frozenset({"year"} if year else set())
    if year is None and anchor is None:
        return make(setting, text, at, found.end(), Calendar("month", None, 12, relative=True), None, "XXXX-12-31")
    if year is None and anchor is not None:
        year = anchor.year - (anchor.month < 12 and direction(text, at, found.end()) < 0)
    assert year is not None
    named = Calendar("month", year, 12, written=written, relative=not written)
    span = month_span(year, 12)
    widest = (span[0] - 61, span[1] + 31)
    return make(setting, text, at, found.end(), named, span, f"{year:04}-12-31", widest=widest)


def _is_month(text: str, found: re.Match[str]) -> bool:
    """Whether a word is the month: "in May", not "may", "Theresa May", "April Jones" or "a march"."""
    word, begin = found["month"], found.start("month")
    if not word[0].isupper():
        return False
    before = _WORD_BEFORE.search(text, max(0, begin - 20), begin)
    preposition = before.group(1).lower() if before else ""
    if word.isupper() and len(word) == 3:
        return preposition in _FIRM
    if found["related"]:
        return True
    short = len(word) <= 4 and word not in ("June", "July", "May")
    if word in ("May", "March"):
        following = re.match(r"\s([a-z]+)\b", text[found.end("month") : found.end("month") + 20])
        if following and preposition in _OWNERS and following[1] not in _NO_NOUN:
            return True  # "its May outlook", but not "the March on Washington"
        if word == "March" and not preposition and following and following[1] in ("is", "was", "has", "had", "saw"):
            return True
        if preposition in _FIRM or (preposition in ("of", "end", "beginning") and word == "March"):
            return True
        return preposition in _MONTH_BEFORE and not (
            word == "May" and _PERSON_MAY.search(text, max(0, begin - 1500), begin + 1500)
        )
    name = re.match(r"\.?\s+[A-Z][a-z]+", text[found.end("month") : found.end("month") + 20])
    if short:
        return bool(found["stop"]) or (preposition in _MONTH_BEFORE and not name)
    if word in ("April", "June", "August", "Augusta", "July") and preposition not in _MONTH_BEFORE:
        first = re.search(r"(?<![.!?\"”] )\b[A-Z][a-z]+\s$", text[max(0, begin - 20) : begin])
        return not name and not first
    return True


def _part(span: Span, when: str | None) -> Span:
    """The first half of a period for "early", the second for "late", the middle for "mid"."""
    length = span[1] - span[0] + 1
    match (when or "").lower():
        case "early" | "beginning":
            return span[0], span[0] + length // 2 - 1
        case "late" | "end":
            return span[0] + length // 2, span[1]
        case "mid":
            return span[0] + length // 4, span[1] - length // 4
    return span


def read_decade(text: str, at: int, setting: Setting) -> Figure | None:
    """ "the 1980s", "the early '90s", "the sixties", "19th century"."""
    found = _DECADE.match(text, at)
    if found and found["the"] and _NO_DECADE.search(text[max(0, at - 80) : found.end() + 30]):
        return None
    if found:
        first = int((found["century"] or "19") + found["decade"] + "0")
        return _decade(text, at, found.end(), setting, first, found["when"])
    found = _DECADE_WORDS.match(text, at)
    if found and (
        found["nineteen"] or re.search(r"\bthe\s+$|^the\s", text[max(0, at - 4) : at] or found.group(), re.I)
    ):
        first = 1920 + 10 * DECADE_WORDS.index(found["tens"].lower())  # the noughties come behind the nineties
        if (
            not re.search(r"\b(?:his|her|their|my|in)\s+(?:the\s)?$", text[max(0, at - 6) : at])
            or "the" in found.group()
        ):
            return _decade(text, at, found.end(), setting, first, found["when"])
    found = _CENTURY.match(text, at)
    if not found:
        return None
    word = found["number"].lower()
    number = int(re.sub(r"\D", "", word)) if word[0].isdigit() else calendar.ordinal_days().get(word, 0)
    if not 0 < number <= 30:
        return None
    named = Calendar("century", written=frozenset({"year"}))
    if found["bc"]:
        return make(
            setting, text, at, found.end(), named, year_span(1 - 100 * number, 100 - 100 * number), f"BC{number - 1:02}"
        )
    # the 20th century is told both as 1901-2000 and as 1900-1999
    span = year_span(max(1, 100 * (number - 1)), 100 * number)
    return make(setting, text, at, found.end(), named, _part(span, found["when"]), f"{number - 1:02}", widest=span)


def _decade(text: str, at: int, end: int, setting: Setting, first: int, when: str | None) -> Figure:
    named = Calendar("decade", first, written=frozenset({"year"}))
    last = first + 99 if first % 100 == 0 and first < 2000 else first + 9  # "the 1800s" are mostly the century
    span = year_span(first, last)
    return make(setting, text, at, end, named, _part(span, when), str(first // 10), widest=span)


def read_years(text: str, at: int, setting: Setting) -> Figure | None:
    """ "44 BC", "1998/99", "2019-20", and a bare year where the words around it show one."""
    found = _BC.match(text, at)
    if found:
        year = 1 - int(found["first"]) if found["first"] else int(found["after"] or found["before"])
        named = Calendar("year", year, written=frozenset({"year"}))
        timex = f"BC{int(found['first']):04}" if found["first"] else f"{year:04}"
        return make(setting, text, at, found.end(), named, year_span(year), timex)
    found = _SEASON_YEARS.match(text, at)
    if found:
        first, written = int(found["first"]), found["second"]
        whole = 10 ** len(written)
        second = first // whole * whole + int(written)
        second += whole if second <= first else 0
        if second == first + 1 and (len(written) < 4 or found["joint"] == "/"):
            named = Calendar("year", first, written=frozenset({"year"}), fiscal=True)
            return make(setting, text, at, found.end(), named, year_span(first, second), f"{first:04}")
        if len(written) == 2 and found["joint"] != "/" and second > first and text[max(0, at - 1) : at] != "-":
            named = Calendar("year", first, written=frozenset({"year"}))
            return make(setting, text, at, found.end(), named, year_span(first, second), f"{first:04}/{second:04}")
        if len(written) == 4 and first < int(written) <= 2100 and found["joint"] != "/":
            return _year(text, at, at + 4, setting, first)
        return None
    found = _BARE_YEAR.match(text, at)
    if not found or not is_year(text, at, int(found["year"])):
        return None
    return _year(text, at, found.end(), setting, int(found["year"]))


def _year(text: str, at: int, end: int, setting: Setting, year: int) -> Figure:
    named = Calendar("year", year, written=frozenset({"year"}))
    span, when = year_span(year), _WHEN_BEFORE.search(text, max(0, at - 8), at)
    return make(setting, text, at, end, named, _part(span, when and when[1]), f"{year:04}", widest=span)


@cache
def _small() -> dict[str, int]:
    return numbers.words().small


def read_year_words(text: str, at: int, setting: Setting) -> Figure | None:
    """ "nineteen ninety-six", "the year two thousand": years as broadcasters read them."""
    found = _YEAR_THOUSAND.match(text, at)
    if found:
        unit = _small().get((found["unit"] or "").lower(), 0)
        end = found.end() if unit else at + len("the year two thousand")
        return _year(text, at, end, setting, 2000 + unit)
    found = _YEAR_WORDS.match(text, at)
    if not found:
        return None
    small = _small()
    tens = small.get((found["tens"] or found["teen"] or "").lower(), 0)
    year = 100 * small[found["head"].lower()] + tens + small.get((found["unit"] or found["oh"] or "").lower(), 0)
    if found["head"].lower() == "twenty" and found["tens"] and not found["unit"]:
        return None  # "twenty twenty vision"
    return _year(text, at, found.end(), setting, year)
