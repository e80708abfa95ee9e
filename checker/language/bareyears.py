"""Whether a number of four digits is a year: "in 1987", "the 2026 budget", not "2000 people", "room 1812", "flight 2019".

News writes counts with a comma ("1,987 homes") and years without, so a number of our times is a year unless something
says otherwise; an older one needs a word that says so.
"""

from __future__ import annotations

import re

from checker.patterns import lazy

# "mid-1990", "end-1986", "1987-1989", but not "A-1950" or "555-2019"
_JOINED = lazy(r"(?:[\d.][,./–-]|[A-Za-z]-)$")
_JOINED_YEAR = lazy(r"(?:\b(?:mid|pre|post|late|early|since|end|the|in|non|class-of)-|\b[12]\d\d\d[-–/])$", re.I)
# the words of a number that is no year
_LABEL = lazy(
    r"\b(?:room|flight|pages?|section|numbers?|no\.?|unit|bus|route|lot|bed|suite|line|rule|channel|gate|version|windows|"
    r"resolution|article|directive|engine|train|locomotive|hull|box|pin|code|type|formation|block|square|radio|"
    r"some|nearly|almost|exactly|just|every|another|extra|total|aged|approximately|roughly|least|most|additional|altogether|"
    r"worth|(?:average|total|maximum|minimum|crowd|fleet|staff|workforce|population|attendance|audience|turnout|group|army|force)\s+of|"
    r"thousand|million|billion|nasdaq|ftse|index|russell|nikkei|highway|interstate|building|peugeot|apollo|boeing|"
    r"an?\s+(?:extra|estimated|additional))\s$|#$",
    re.I,
)
_COMPARED = lazy(r"\b(?P<word>over|than|like|above|below|under|up\s+to|more\s+than|fewer\s+than|less\s+than)\s$", re.I)
_COMPARED_YEARS = lazy(
    r"\b(?:pct|per\s?cent|percent|increase|rise|growth|gain|up|down|fall|drop|higher|lower|better|worse|well|decline|points?|"
    r"year|results?|levels?|improvement)\b[^.]{0,24}$|%[^.]{0,20}$",
    re.I,
)
_STRONG = lazy(
    r"(?:\b(?:in|since|until|till|by|during|circa|born|spring|summer|autumn|fall|winter|late|early|mid|of|from|year|fiscal|before|"
    r"after|between|to|and|around|about|the|c\.|b\.|d\.)[\s\u00a0-]|[(\[]|[12]\d\d\d[–-])$",
    re.I,
)
_ROUGHLY = lazy(r"(?<!\bin )(?<!\bfrom )(?<!\bsince )(?<!\bby )(?<!\bto )\b(?:about|around)\s$", re.I)
_PAIRED = lazy(r"\s?(?:to|and|or|-|–)\s?\d{4}(?!\d)")
_THINGS = lazy(r"\s[a-z]{2,}[^s\Wu]s\b")
_POSSESSED = lazy(r"(?:['’]s|s['’]|\b(?:the|its|his|her|their|our|this|that|a|an))\s$")
_UNIT = lazy(
    r"\s?(?:%|per\s?cent|percent|pct|million|billion|trillion|hundred|thousand|km|kg|mm|cm|miles?|feet|foot|ft|metres?|meters?|"
    r"yards?|acres|hectares|tonnes?|tons?|pounds?|dollars?|dlrs|euros?|pence|hours|hrs|GMT|UTC|MW|GW|kW|mph|degrees|[Cc]alories|bn|"
    r"points?|sq|square|cubic|cc|hp|bhp|rpm|volts|watts|"
    r"(?:(?:more|other|new|local|young|old|extra|such|different|additional|[A-Z][a-z]+an|British|illegal|foreign|armed)\s+)?"
    r"[a-z]*(?:people|men|women|children|jobs|homes|troops|soldiers|workers|police|patients|students|pupils|barrels|shares|"
    r"votes|seats|passengers|employees|staff|members|residents|families|households|times|years|months|weeks|days|minutes|"
    r"seconds|copies|words|persons|migrants|refugees|deaths|cases|visitors|fans|spectators|protesters|demonstrators|officers|"
    r"guests|units|cars|vehicles|houses|calls|complaints|pages|books|schools|shops|stores|tickets|beds|delegates|tourists))\b"
)
_ADDRESS = lazy(
    r"\s+(?:(?:[NSEW]|[A-Z][\w.]*|\d+(?:st|nd|rd|th))\s+){1,3}"
    r"(?:Street|St|Avenue|Ave|Road|Rd|Lane|Drive|Boulevard|Blvd|Way|Place|Court|Terrace|Highway)\b"
)
_PLURAL = lazy(r"\s+(?:[a-z]+(?:al|ic|ed|ive|ary|ing)?\s+)?([a-z]{2,}[^s\Wu]s)\b")
_NO_PLURAL = frozenset(
    "was is has as its his this says does goes comes sees makes takes gives means marks shows times".split()
)
_ATTACHED = lazy(r"-(?!era|style|model|vintage|born|built|based|level|only|\d)[a-z]|\s?[×x]\s?\d|['’]s?\d")
_ORDINARY = lazy(r"\s[a-z]+(?<!s)\b(?!-)")


def is_year(text: str, at: int, year: int) -> bool:
    """Whether ``text[at:at + 4]``, a number from 1000 to 2199, is a year where it stands."""
    before, end = text[max(0, at - 40) : at], at + 4
    if _JOINED.search(before) and not _JOINED_YEAR.search(before):
        return False
    if _UNIT.match(text, end) or _ADDRESS.match(text, end) or _ATTACHED.match(text, end):
        return False
    possessive = text.startswith(("'s", "’s"), end)
    if _LABEL.search(before) and not possessive:
        return False
    compared = _COMPARED.search(before)
    if compared and not possessive and not _COMPARED_YEARS.search(before[: compared.start()]):
        return False
    if _ROUGHLY.search(before) and year < 1900 and year % 50 == 0:
        return False  # "about 1000 come from Asia"
    paired = _PAIRED.match(text, end)
    if paired and (_UNIT.match(text, paired.end()) or (year < 1900 and _THINGS.match(text, paired.end()))):
        return False  # "from 1000 to 2000 hires"
    plural = _PLURAL.match(text, end)
    things = plural is not None and plural.group(1) not in _NO_PLURAL
    if 1900 <= year <= 2060:
        # round numbers count more often than others: "2000 volunteers"
        return not (things and year % 50 == 0 and not _POSSESSED.search(before))
    if _STRONG.search(before):
        return not things or bool(_POSSESSED.search(before))
    return bool(1600 <= year < 1900 and _POSSESSED.search(before) and _ORDINARY.match(text, end))
