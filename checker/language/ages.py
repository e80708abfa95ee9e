"""Ages: "47-year-old", "aged 47", "Jane Smith, 47,", "she was 87", "in her 60s", "the over-65s"."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from checker.language import hedges, precision
from checker.language.calendar import Setting, number_at
from checker.language.numbers import Number
from checker.model import Figure, Hedge, Interval, Kind
from checker.patterns import lazy

_OLDEST = 125
_UNIT_OLD = r"(?P<unit>years?|yrs?|months?|mths?|weeks?|days?)[\s-](?:olds?\b|of\s+age\b)"
_OLD = lazy(rf"[\s-]{_UNIT_OLD}", re.I)
_RANGE_OLD = lazy(r"-?\s?(?:and|or|to|-|–)[\s-]?(?=[\da-z])", re.I)
_AGED = lazy(
    r"(?:aged|ages|age)\s+(?:of\s+)?(?P<between>between\s+|from\s+)?(?:(?:just|only|about|around|over|under|approximately)\s+)?(?=[\da-z])",
    re.I,
)
_TO = lazy(r"\s?(?:-|–|to|and)\s?(?=[\da-z])")
_OPEN_UP = lazy(r"(?:\s?(?:\+|plus\b)|\s(?:years?\s)?(?:and|or)\s+(?:over|older|above|up|upwards?)\b)")
_OPEN_DOWN = lazy(r"\s(?:years?\s)?(?:and|or)\s+(?:under|younger|below)\b")
_INCLUDED = lazy(r"\b(?:and|or)\s\w+$")  # "12 and under", not "under 12"
_PEOPLE = (
    r"(?:people|persons?|children|child|kids|adults?|women|men|girls|boys|those|anyone|anybody|everyone|someone|infants|babies|"
    r"players|drivers|students|pupils|voters|residents|patients|youths|youngsters|teenagers|workers|passengers|citizens|riders|"
    r"pensioners|viewers|households|males|females|smokers|visitors|members|athletes|swimmers|applicants|Americans|Britons)"
)
_PEOPLE_BEFORE = lazy(rf"\b{_PEOPLE}\s+(?:ages?\s+|aged\s+)?$", re.I)
_PEOPLE_ARE = lazy(
    rf"\b(?:{_PEOPLE}|victims|dead|injured|killed|arrested|suspects|them|whom|who|they|he|she) (?:were|was|are|is|were all|was still) $",
    re.I,
)
_FULL_NAME = lazy(r"[A-Z][\w’'-]+ (?:[A-Z][\w’'.-]* )*[A-Z][\w’'-]+ \($")
_GROWN = 16
_NOT_OLDER = lazy(
    r"\s*(?:%|per\b|pct\b|[-–/]|[:.,]?\d|(?!(?:and|or|are|is|were|was|died|who|which|that|to|in|with|without|from|at|for|on|by|can|"
    r"could|will|would|may|must|have|has|had|get|go|need|should|as|when|if|but|living|only|free|years?)\b)[A-Za-z])"
)
_DECADE = lazy(r"(?:(?P<when>early|mid|late)[\s-]+(?:to\s+(?:mid|late)[\s-]+)?)?(?P<decade>[2-9]0)['’]?s\b", re.I)
_DECADE_WORDS = lazy(
    r"(?:(?P<when>early|mid|late)[\s-]+)?(?P<decade>teens|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b",
    re.I,
)
_TENS = "teens twenties thirties forties fifties sixties seventies eighties nineties".split()
_THEIR = lazy(
    r"\b(?:his|her|their|my|our|your)\s+(?:(?:(?:early|mid|late)[\s-]+)?(?:[2-9]0s|[a-z]+ies)\s+(?:and|or|to)\s+)?$",
    re.I,
)
_OVERS = lazy(
    r"(?P<way>over|under|above|below)[\s-](?:(?:the\s+)?ages?\s+(?:of\s+)?(?P<of>\d{1,2}|[a-z]+)\b|(?P<plural>\d{1,2})['’]?s\b|(?P<worded>fives|sevens|eights|nines|tens|elevens|twelves)\b|(?P<bare>\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b)",
    re.I,
)
_AFTER_NAME = lazy(r"[A-Z][\w’'.-]*[a-z’'.](?:,? (?:Jr|Sr|II|III)\.?)?(?:,\s|\s\()$")
_AFTER_RELATIVE = lazy(
    r"\b(?:[Bb]oy|[Gg]irl|[Mm]an|[Ww]oman|[Tt]een|[Tt]eenager|[Mm]other|[Ff]ather|[Mm]um|[Mm]om|[Dd]ad|[Ss]tudent|[Pp]ensioner|[Gg]randmother|[Gg]randfather|[Bb]rother|[Ss]ister|[Dd]river|wife|husband|son|sons|daughter|daughters|partner|boyfriend|girlfriend|baby|twins?)(?: [A-Z]\w+){0,2}, $"
)
_CLOSES = lazy(r"(?:[,.;)](?!\d)|\s(?:(?:and|of|from)\s+(?=[A-Z])|who\b)|\s*$)")
_CLOSES_BRACKET = lazy(r"\)(?:,? (?:of|from|who|said|says|was|is|told|has|and)\b|\.|,(?! [A-Z]))")
_LISTED = lazy(r",?\s(?:and\s)?\d+(?:[,.;]|\s*$)")
_TO_BE = lazy(r"(?:\b(?:[Ii]s|was|be|been|[Nn]ow|only|just|then|turn(?:ed|s|ing)?|at|of|am)|['’][sm])\s+$")
_SAID_TO_BE = lazy(
    r"\b(?:(?:[Ww]ho|[Hh]e|[Ss]he) (?:is|was|would be|would have been|will be|will turn|turned|turns|is now|was only|was just|is just|is only|was then|had just turned)|"
    r"(?:[Hh]e|[Ss]he)['’]s|[Dd]ied at|[Dd]ies at|[Dd]ead at|turned|turns|turning|just turned|(?:boy|girl|man|woman|child) of|[A-Z][a-z’'-]+, an? [a-z-]+ of|(?:^|[.!?] )Now|[A-Z][a-z’'-]+, (?:now|then)|at the age of|by the age of|I(?:['’]m| am| was)|(?:[Hh]e|[Ss]he|I|who) (?:will|won['’]t)(?: not)? (?:be|turn)|[Tt]he (?:[a-z-]+ ){0,2}(?:champion|[a-z]{2,}(?:man|woman|ist|ian|eer|smith|wright)|singer|teacher|player|farmer|driver|father|mother|actor|actress|doctor|author|widow|priest|nurse) is(?: now)?)\s+$"
)
_SAID_CLOSES = lazy(
    r"(?:[,.;:)”\"](?!\d)|\s(?:and (?:a|an|the|has|had|was|is|lives|lived|from|married|single|living|working)|when|at the time|[io]n [A-Z][a-z]+|this|next|last|years?\s+old|but|or so|old enough|that day|now|then|with|while|before|until|by|at his|at her)\b|\s*$)"
)
# "Jane Smith was 16 and had", "died last year, at 74,", "a schoolteacher, 59, who"
_CAPITAL_WAS = lazy(r"\b[A-Z][a-z]+ [A-Z][a-z’'-]+ (?:is|was|turned) $")
_WHEN = lazy(
    r"\s(?:when|now\b|today\b|in (?:19|20)\d\d when|at the time|and (?:had|was|has|is|lives|lived|a|an)\b)|\.(?:\s|$)"
)
# "The victim, who cannot be named, was 14 when the abuse began", "the woman, now 59, said"
_PERSON = r"(?:victim|complainant|survivor|woman|man|girl|boy|teenager|youngster|child|accused|defendant|pensioner|mother|father|widow|widower)"
_WAS_WHEN = lazy(
    rf"\b(?:[A-Z][a-z]+[a-z’'-]+(?:, \d\d,)?|[Tt]he {_PERSON})(?:,? who [^,.;]{{1,60}},)? was (?:just |only |then |aged )?$"
)
_NOW = lazy(rf"\b{_PERSON}, (?:who is )?(?:now|then) $")
_DIED = lazy(r"\b(?:died|dies|passed away)\b(?:[^.;]|\.(?! [A-Z])){0,45} at $")
# what people do at an age: "left school at 16 and", "turned professional in 2000 at 21,"
_LIFE_AT = lazy(
    r"\b(?:left (?:school|home|university)|turned (?:professional|pro)|married|widowed|orphaned|retired|ordained|emigrated|enlisted|(?:his|her) debut)\b"
    r"[^.;]{0,24} at $"
)
_STOPS = lazy(r"(?<=\d\d)(?:[,.;](?!\d)| and (?!\d))")
_SOMEONE = lazy(r"\b(?:an?|the|his|her|another)\s(?:[a-z-]+\s){0,2}[a-z-]{3,}, $")
_WHO = lazy(r",\s(?:who|whose)\b|,\s(?:of|from)\s[A-Z]")
_PAIR_BEFORE = lazy(
    r"\b(?:(?:daughters|sons|children|kids|boys|girls|brothers|sisters|siblings|grandchildren|teenagers|students),|(?:men|women|boys|girls)\sof)\s$"
)
_CLOSES_PAIR = lazy(r"[,.;)](?!\d)|\s(?:who|whom|were|was|from|in)\b|\s*$")
_AGE_BEFORE = lazy(
    r"\b(?:life expectancy|(?:average|median|mean|minimum|maximum|retirement|pension|voting|drinking|marriage|leaving) age)\b"
    r"[^.;:()\d]{0,40}\s(?:is|was|of|to|at|from|be|were|are|and|around|about|nearly|almost|just|only|over|under|than)\s$"
)
_AGE_BEHIND = lazy(r"[,.;)](?!\d)|\s(?!per|percent|pct|million|people|months?|weeks?|points?|countries)[a-z]|\s*$")
_BETWEEN = lazy(r"between\s+(\d{1,2})\s+and\s+(\d{1,3})(?=[.,;)](?!\d)|\s+(?:and|when|at\s+the\s+time)\b|\s*$)")
_PERSONS = lazy(
    r"\b(?:they|who|all(?:\s+(?:of\s+them|\w+))?|men|women|people|victims|boys|girls|suspects|children|players|patients|dead|others|"
    r"survivors|passengers|students|defendants)\s+(?:(?:were|are|was|is)\s+)(?:all\s+)?$",
    re.I,
)
_AT = lazy(r"[Aa]t\s+(?:just\s+|only\s+)?(?=\d\d,?\s)")
_SUBJECT = lazy(r"\s(?:he|she)\s(?:is|was|has|had|became|becomes|remains|won|made|joined|moved|married|left)\b")
_WHO_IS = lazy(r"\s(?:is|was|has|had|still|already)\b")
_NO_NAME = frozenset(
    """January February March April May June July August September October November December Monday Tuesday Wednesday
    Thursday Friday Saturday Sunday Jan. Feb. Mar. Apr. Jun. Jul. Aug. Sept. Sep. Oct. Nov. Dec. Street Road Avenue Lane Drive No.
    Section Article Chapter Act Calif. Fla. Tex. Ill. Mass. Conn. Wash. Inc. Corp. Ltd. Co. Psalm Genesis Page Room Flight
    Route Interstate Highway Apollo Volume Part Figure Table Level Group Division Week Day Round Game Today St. Ave.
    In On At By Of And But The""".split()
)
_PARTICLES = frozenset("and de van von bin al la der di le du da dos el ibn ap".split())
_OPENS = frozenset("But And Yet When While After Then So Now Since Although Though If Because Before Like".split())
# "Prosecutors say Kelley, 30, plotted", "which Bellamy, 25, has denied"
_BEFORE_SUBJECT = frozenset(
    "say says that which when while as but and after whom if because before where until though".split()
)
_INTRODUCES = frozenset(
    "said says told mr mrs ms miss dr sir dame lady lord prof professor wife husband son daughter brother sister mother father partner "
    "friend with to of for by from while as including victim driver neighbor neighbour resident student actor singer named widow".split()
)


def starters() -> frozenset[str]:
    """The lower-case words that an age may begin with, number words apart."""
    return frozenset("aged age ages at between early mid late over under above below teens".split()) | frozenset(_TENS)


def find_at(text: str, at: int, setting: Setting) -> Figure | None:
    """The age that begins at a place: value in years, or in the months, weeks or days that are written."""
    if text[at].isalpha():
        for reader in (_aged, _decade, _over, _at, _between):
            figure = reader(text, at, setting)
            if figure is not None:
                return figure
    elif (figure := _decade(text, at, setting)) is not None:
        return figure
    number = number_at(text, at)
    if number is None or number.letter or (at > 1 and text[at - 1] in "-–" and text[at - 2].isdigit()):
        return None  # "6-4 and 18-year-old Mirza"
    old = _old(text, at, setting, number)
    if old is not None or number.value > 2000 or number.scale != 1:
        return old
    return (
        _or_older(text, at, setting, number)
        or _typical(text, at, setting, number)
        or _pair(text, at, setting, number)
        or _beside_name(text, at, setting, number)
    )


def _old(text: str, at: int, setting: Setting, number: Number) -> Figure | None:
    """ "47-year-old", "nine years old", "six-month-old", "16- and 17-year-olds", "a 300,000-year-old skull"."""
    found = _OLD.match(text, number.end)
    if found:
        return _make(text, at, found.end(), setting, number.value, number.value, _unit(found["unit"]), number.worded)
    joint = _RANGE_OLD.match(text, number.end)
    second = number_at(text, joint.end()) if joint else None
    if second is None or second.letter or not number.value < second.value <= 50 * number.value:
        return None
    found = _OLD.match(text, second.end)
    if not found:
        return None
    return _make(text, at, found.end(), setting, number.value, second.value, _unit(found["unit"]), number.worded)


def _unit(word: str) -> str:
    return {"y": "year", "m": "month", "w": "week", "d": "day"}[word[0].lower()]


def _aged(text: str, at: int, setting: Setting) -> Figure | None:
    """ "aged 47", "aged between 18 and 24", "age 65 and over", "at the age of nine"."""
    found = _AGED.match(text, at)
    number = number_at(text, found.end()) if found else None
    if found is None or number is None or number.letter or number.scale != 1 or number.value >= _OLDEST:
        return None
    if _OLD.match(text, number.end) or (number.worded and number.value == 1 and "of" not in found.group()):
        return None  # "at my age one is allowed"
    unit, end = "year", number.end
    months = re.compile(r"\s(months?|weeks?|days?)\b").match(text, end)
    if months:
        unit, end = _unit(months[1]), months.end()
    joint = _TO.match(text, end)
    second = number_at(text, joint.end()) if joint else None
    if second is not None and number.value < second.value < _OLDEST and not second.letter:
        # "two boys aged 12 and 13" are one figure of two ages
        if unit == "year":
            figure = _make(text, at, second.end, setting, number.value, second.value, unit, number.worded)
            pair = "and" in text[end : second.start] and not found["between"]
            return replace(figure, parts=(number.value, second.value)) if pair else figure
    if up := _OPEN_UP.match(text, end):
        return _make(text, at, up.end(), setting, number.value, None, unit, number.worded)
    if down := _OPEN_DOWN.match(text, end):
        return _make(text, at, down.end(), setting, None, number.value, unit, number.worded)
    return _make(text, at, end, setting, number.value, number.value, unit, number.worded)


def _decade(text: str, at: int, setting: Setting) -> Figure | None:
    """ "in her 60s", "in their late twenties"."""
    found = _DECADE.match(text, at) or _DECADE_WORDS.match(text, at)
    if not found or not _THEIR.search(text, max(0, at - 30), at):
        return None
    word = found["decade"].lower()
    first = int(word) if word.isdigit() else 10 + 10 * _TENS.index(word)
    low, high = (13, 19) if first == 10 else (first, first + 9)
    written = {"early": (low, first + 3), "mid": (first + 4, first + 6), "late": (first + 7, high)}
    least, most = written.get((found["when"] or "").lower(), (low, high))
    figure = _make(text, at, found.end(), setting, Fraction(least), Fraction(most), "year", False)
    wide, meant = Interval(Fraction(low), Fraction(high)), Interval(Fraction(least), Fraction(most))
    return replace(figure, widest=wide, intended=meant)


def _over(text: str, at: int, setting: Setting) -> Figure | None:
    """ "the over-65s", "under-18s", "over the age of 65", "children under 12"."""
    found = _OVERS.match(text, at)
    if not found:
        return None
    if found["bare"] and _NOT_OLDER.match(text, found.end()):
        return None  # "under 12 hours", "won over 40 rivals"
    if (
        found["bare"]
        and not _PEOPLE_BEFORE.search(text, max(0, at - 24), at)
        and not _PEOPLE_ARE.search(text, max(0, at - 40), at)
    ):
        return None
    word = found["worded"][:-1] if found["worded"] else found[found.lastgroup or ""]
    written = number_at(word, 0)
    if written is None or written.end != len(word):
        return None
    age = written.value
    over = found["way"].lower() in ("over", "above")
    return _make(text, at, found.end(), setting, age if over else None, None if over else age, "year", False)


def _or_older(text: str, at: int, setting: Setting, number: Number) -> Figure | None:
    """ "65 and older", "12 or under", where the words or the people before them say that it is an age."""
    found = _OPEN_UP.match(text, number.end) or _OPEN_DOWN.match(text, number.end)
    if not found or number.value > _OLDEST or text[number.end] in "+p":
        return None
    aged = found.group().endswith(("older", "younger")) and not _NOT_OLDER.match(text, found.end())
    if not aged and not _PEOPLE_BEFORE.search(text, max(0, at - 24), at):
        return None
    up = not found.group().endswith(("under", "younger", "below"))
    low, high = (number.value, None) if up else (None, number.value)
    return _make(text, at, found.end(), setting, low, high, "year", number.worded)


def _between(text: str, at: int, setting: Setting) -> Figure | None:
    """ "all six were between 24 and 57": ages where persons are between two bare numbers."""
    found = _BETWEEN.match(text, at)
    if not found or not _PERSONS.search(text, max(0, at - 40), at):
        return None
    low, high = Fraction(found[1]), Fraction(found[2])
    if not 0 < low < high < _OLDEST:
        return None
    return _make(text, at, found.end(), setting, low, high, "year", False)


def _at(text: str, at: int, setting: Setting) -> Figure | None:
    """ "At 35, she ...": at the head of a sentence, or before a pronoun."""
    found = _AT.match(text, at)
    number = number_at(text, found.end()) if found else None
    if number is None:
        return None
    if not text.startswith(",", number.end):  # "At 18 she is the youngest"
        who = text[:at].endswith("who ")  # "who at 43 is the younger"
        told = (_WHO_IS if who else _SUBJECT).match(text, number.end)
        return (
            _make(text, number.start, number.end, setting, number.value, number.value, "year", False) if told else None
        )
    begins = not text[:at].strip() or bool(re.search(r"[.!?”\"’]\s+$", text[max(0, at - 4) : at]))
    if re.match(r",\s+(?:he|she|I)\b", text[number.end : number.end + 7]) or (
        begins and re.match(r",\s+(?:[A-Z][\w’'-]+\s|the\s)", text[number.end : number.end + 24])
    ):
        return _make(text, number.start, number.end, setting, number.value, number.value, "year", False)
    return None


def _typical(text: str, at: int, setting: Setting, number: Number) -> Figure | None:
    """ "life expectancy is around 73", "the retirement age will rise to 67": an age that is nobody's own."""
    if not _AGE_BEFORE.search(text, max(0, at - 70), at) or not 1 < number.value < _OLDEST or number.worded:
        return None
    if not _AGE_BEHIND.match(text, number.end):
        return None
    return _make(text, at, number.end, setting, number.value, number.value, "year", False)


def _pair(text: str, at: int, setting: Setting, number: Number) -> Figure | None:
    """ "daughters, 9 and 12,", "men of 28 and 41": one figure of two ages."""
    if not _PAIR_BEFORE.search(text, max(0, at - 24), at):
        return None
    joint = _TO.match(text, number.end)
    second = number_at(text, joint.end()) if joint else None
    if second is None or second.letter or not second.value < _OLDEST or not _CLOSES_PAIR.match(text, second.end):
        return None
    low, high = sorted((number.value, second.value))
    figure = _make(text, at, second.end, setting, low, high, "year", number.worded)
    return replace(figure, parts=(number.value, second.value))


def _beside_name(text: str, at: int, setting: Setting, number: Number) -> Figure | None:
    """ "Jane Smith, 47, ...", "Jane Smith (47) said", "his son Tom, six", "she was 87."."""
    value, end = number.value, number.end
    if value.denominator != 1 or not (2 if number.worded else 1) <= value < _OLDEST or text[at : at + 1] == "0":
        return None
    before = text[max(0, at - 60) : at]
    if before.endswith((", ", ",\u00a0", " (")):
        bracket = before.endswith("(")
        closes = (_CLOSES_BRACKET if bracket else _CLOSES).match(text, end)
        named = _AFTER_NAME.search(before) is not None and _is_name(before, text, end)
        stranger = not bracket and _SOMEONE.search(before) and _WHO.match(text, end)
        if bracket and value < _GROWN and not _FULL_NAME.search(before):
            return None  # "Conversions: Hendricks (3)"
        if (
            closes
            and not _LISTED.match(text, end)
            and (named or stranger or (not bracket and _AFTER_RELATIVE.search(before)))
        ):
            return _make(text, at, end, setting, value, value, "year", number.worded)
        return None
    if (_CAPITAL_WAS.search(before) and _WHEN.match(text, end)) or (
        (_DIED.search(before) or _LIFE_AT.search(before)) and _STOPS.match(text, end)
    ):
        return _make(text, at, end, setting, value, value, "year", number.worded)
    if (_WAS_WHEN.search(text, max(0, at - 120), at) and _WHEN.match(text, end)) or (
        _NOW.search(before) and _CLOSES.match(text, end)
    ):
        return _make(text, at, end, setting, value, value, "year", number.worded)
    if _TO_BE.search(before) and _SAID_TO_BE.search(before) and _SAID_CLOSES.match(text, end):
        return _make(text, at, end, setting, value, value, "year", number.worded)
    return None


def _is_name(before: str, text: str, end: int) -> bool:
    """Whether the words before the comma are a person's: two capitalised words, a surname behind "said", or one that
    begins its sentence and goes on in lower case ("Smith, 47, was ...")."""
    words = re.findall(r"[^\s,(“\"‘]+", before)
    if words and words[-1] in ("Jr", "Jr.", "Sr", "Sr.", "II", "III"):
        words.pop()
    if not words or words[-1] in _NO_NAME or not words[-1][0].isupper():
        return False
    goes_on = re.match(r",\s(?:[a-z]{2,}|a)\b", text[end : end + 12])
    before_it = words[-2] if len(words) > 1 else ""
    ends = before_it.endswith((".", "?", "!", "”", "’’")) and not re.fullmatch(
        r"(?:[A-Z]\.)+|Mrs?\.|Ms\.|Dr\.|St\.", before_it
    )
    if not before_it or ends or before_it in _OPENS:
        return bool(goes_on)
    if before_it in _NO_NAME - {"St."}:
        return False
    if before_it[0].isupper() or before_it.lower() in _PARTICLES or before_it.lower().rstrip(".") in _INTRODUCES:
        return True
    return bool(goes_on) and before_it.lower() in _BEFORE_SUBJECT


def _make(
    text: str,
    at: int,
    end: int,
    setting: Setting,
    low: Fraction | None,
    high: Fraction | None,
    unit: str,
    worded: bool,
) -> Figure:
    """An AGE figure: one age, a range of them, or where an end is missing all from or up to the other ("65 and over")."""
    value = low if low == high else low if high is None else high if low is None else None
    if value is None:
        assert low is not None and high is not None
        hedge, widest = Hedge.EXACT, Interval(low, high)
        intended = widest
    else:
        hedge = Hedge.AT_LEAST if high is None else Hedge.AT_MOST if low is None else hedges.around(text, at, end)[0]
        if low is None and not _INCLUDED.search(text, at, end):
            hedge = Hedge.LESS_THAN
        widest, intended = precision.read(value, Fraction(1), hedge, Kind.AGE, worded, unit)
        low = high = value
    letter = {"year": "Y", "month": "M", "week": "W", "day": "D"}[unit]
    written = "" if value is None else f"P{value}{letter}" if value.denominator == 1 else f"P{value * 12}M"
    return Figure(
        setting.block, at, end, text[at:end], Kind.AGE, value, low, high, widest, intended, unit=unit,
        unit_name=f"{unit} of age", dimension="age", hedge=hedge, worded=worded, timex=written,
    )  # fmt: skip
