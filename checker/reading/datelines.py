"""Datelines: "BANGOR, Maine, Jan. 19 -", "LONDON (AP) --", cut off the first paragraph; and written dates."""

from __future__ import annotations

import re
from datetime import date

from checker.model import Block, BlockKind
from checker.patterns import lazy
from checker.reading.spans import part

_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_MONTH = r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?|Sep(?:t(?:ember|\.)?|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
_DATE = rf"(?:{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,\s*(?P<year>(?:19|20)\d\d))?)"
_DASH = r"\s*(?:--+|[-–—―_])\s+"
_NAME = r"[A-Z][\w.'’-]*(?:[ -](?:[A-Z][\w.'’-]*|of|the|de|la|upon|on|el|es|al))*"
_DATELINE = lazy(
    rf"(?P<place>{_NAME}(?:/{_NAME})?(?:,\s+(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s\d){_NAME}){{0,2}})?"
    rf"(?:,?\s*{_DATE})?(?:,?\s*\((?P<agency>[A-Z][\w ./&-]{{1,40}})\))?(?P<dash>{_DASH})"
)
_WIRE = lazy(
    rf"(?P<agency>[A-Z][\w ]+ (?:News )?(?:Service|Agency)), (?P<place>{_NAME}), {_DATE}\s*(?:\([^)]{{2,60}}\))?\s+"
)
_AGENCY_ONLY = lazy(r"\((?P<agency>Reuters|AP|AFP|Xinhua|UPI|PA|CNN|dpa|ANI|PTI|IANS|Bernama|CNS)\)(?:\s*[-–—]+)?\s+")
_AGENCIES = frozenset("reuters ap afp xinhua upi pa cnn dpa ani pti ians bernama bloomberg cns tass kyodo".split())


def split(block: Block) -> tuple[Block, Block, str, tuple[int | None, int, int] | None] | None:
    """The dateline and the rest of a paragraph, with its place and its date (year or None, month, day); None without one."""
    text = block.text
    found = _WIRE.match(text) or _AGENCY_ONLY.match(text) or _DATELINE.match(text, 0, 130)
    if not found or found.end() >= len(text):
        return None
    groups = found.groupdict()
    place, month, agency = groups.get("place") or "", groups.get("month"), groups.get("agency")
    if not month and not agency and not (place and (place.split(",")[0].isupper() and len(place.split(",")[0]) > 2)):
        return None
    if not place and not agency:
        return None
    if agency and not month and not place and agency.lower() not in _AGENCIES:
        return None
    line = part(block, 0, len(found.group().rstrip()), BlockKind.DATELINE)
    rest = part(block, found.end(), len(text), block.kind)
    if line is None or rest is None:
        return None
    when = None
    if month:
        when = (
            int(groups["year"]) if groups.get("year") else None,
            _MONTHS[month[:3].lower()],
            int(groups["day"] or 1),
        )
    return line, rest, place.title() if place.isupper() else place, when


def slashed_date(text: str, day_first: bool | None = None) -> date | None:
    """The day of "3/4/2026"; None where it is none, or may be two days and nobody says which number is the day."""
    found = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text.strip())
    if found is None:
        return None
    first, second, year = (int(number) for number in found.groups())
    if day_first is None and first != second and max(first, second) <= 12:
        return None
    day, month = (first, second) if day_first or (day_first is None and first > 12) else (second, first)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def written_date(text: str) -> date | None:
    """A date as front matter writes it: ISO, "March 14, 2026", "14 March 2026", with or without a time behind it.

    "14/3/2026" too, which can be one day only.
    """
    text = text.strip()
    if (slashed := slashed_date(text)) is not None:
        return slashed
    iso = re.match(r"(\d{4})-(\d{1,2})-(\d{1,2})", text)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        found = re.search(rf"{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})", text) or re.search(
            rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH},?\s+(?P<year>\d{{4}})", text
        )
        if found:
            return date(int(found["year"]), _MONTHS[found["month"][:3].lower()], int(found["day"]))
    except ValueError:
        return None
    return None


def placed(when: tuple[int | None, int, int], known: date | None) -> date | None:
    """A dateline's date with the year of the article's own date where it has none."""
    year, month, day = when
    if year is None:
        year = known.year if known else None
    try:
        return date(year, month, day) if year else None
    except ValueError:
        return None
