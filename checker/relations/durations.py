"""Lengths of time against the dates they run between: "from 2 May to 29 August", "its 17-week run"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from checker.language.article import Article, Masked
from checker.language.people import people
from checker.model import Claim, Interval, Kind, Relation
from checker.patterns import lazy

# days in a unit: the least and the most
_DAYS = {
    "hour": (Fraction(1, 24), Fraction(1, 24)),
    "day": (Fraction(1), Fraction(1)),
    "night": (Fraction(1), Fraction(1)),
    "week": (Fraction(7), Fraction(7)),
    "month": (Fraction(28), Fraction(31)),
    "year": (Fraction(365), Fraction(366)),
    "decade": (Fraction(3652), Fraction(3653)),
}
_TWO_MONTHS = Fraction(59)  # days, the fewest
_START = r"(?:‹t(?P<t1>\d+)› (?:on )?)?‹d(?P<start>\d+)›"
_END = r"(?:‹t(?P<t2>\d+)› (?:on )?)?‹d(?P<end>\d+)›"
_FROM_TO = lazy(rf"\b(?:[Ff]rom|[Bb]etween) {_START},? (?:to|until|till|through|and|up to) {_END}")
_DASHED = lazy(rf"(?:\(|, ){_START} ?(?:-|–|—|to) ?{_END}")
_OPENS = (
    r"\b(?:opens?|opened|begins?|began|starts?|started|launche[sd]|leaves?|left|set off|sets off|set out|sets out|stops?|stopped|walk(?:s|ed)? out|"
    r"closed?|closes|shuts?|runs?|departs?|departed|took office|took effect|takes effect|(?:came|comes|went|goes) into (?:force|effect)|(?:was|were) (?:imposed|banned|suspended|shut|closed)|was elected|became|was sworn in|joined|kicks off|gets under way|premieres|arrived)\b"
)
_CLOSES = (
    r"\b(?:closes?|closed|ends?|ended|finish(?:es|ed)?|returns?|returned|run(?:s|ning)? (?:until|to|through)|conclud(?:es|ed)|lasts? until|"
    r"continu(?:es|ed) (?:until|to)|reopens?|reopened|arrives?|arrived|stepped down|retired|resigned|left|goes on until|wraps up|came home|expire[sd]?|lapse[sd]?|(?:came|comes) to an end|(?:was|were|is|be) (?:lifted|over)|r[au]ns? out)\b"
)
_OPENS_CLOSES = lazy(
    rf"{_OPENS}(?P<one>[^‹›.;]{{0,50}}?){_START}(?P<mid>[^‹›.;]{{0,60}}?){_CLOSES}(?P<two>[^‹›.;]{{0,40}}?){_END}"
)
# "trains run again on June 6, when the line ends a closure that began on Oct. 30"
_ENDS_BEGAN = lazy(
    rf"(?:on|in|until) {_END}(?:,? (?:when|as|after|ending)|,)(?:[^‹›.;]|‹[on]\d+›){{0,70}}? (?:that|which|it) (?:had )?(?:began|begun|started|set in|took effect|was imposed) (?:in|on) {_START}"
)
_ADJACENT = (
    # "the eight years between 2010 and 2018", "for five years from 1996 to 2001"
    lazy(rf"(?<!every )‹l(?P<length>\d+)›,? (?:(?!and |but |or |then )[a-z-]+ ){{0,3}}\(?(?:running )?from {_START} (?:to|until|till|through) {_END}"),
    lazy(rf"\bthe ‹l(?P<length>\d+)› between {_START} and {_END}"),
    # "from 2 May to 29 August, a 17-week run"
    lazy(rf"\b[Ff]rom {_START} (?:to|until|till|through) {_END}(?:,| -| –| —| \()(?: for| in all| a total of| a| an| or| that is| lasting)* ‹l(?P<length>\d+)›(?! (?:after|before|later|earlier|ago|of (?:it|them|which|those|that)|in (?!all|total)|as|at|with|without|under)\b)"),
    # "over the past four years (2005 to 2009)"
    lazy(rf"‹l(?P<length>\d+)›(?: [a-z-]+){{0,3}} \({_START} ?(?:to|-|–|until) ?{_END}\)"),
)  # fmt: skip
# one figure of two days: "the three-day fair (12-14 May)"
_RANGED = (
    lazy(r"‹l(?P<length>\d+)›(?P<what>(?: [A-Za-z-]+){0,5}?),? (?:\(|from |on |of |runs |running |, )*‹d(?P<span>\d+)›"),
    lazy(r"(?:from|on|between|runs?|held) ‹d(?P<span>\d+)›(?:,| \(| -| –)(?: for| a| an| the)* ‹l(?P<length>\d+)›(?! (?:after|before|later|earlier|ago))"),
)  # fmt: skip
# "40 years later" is read as a date that counts from another
_LATER = (
    lazy(r"(?:(?:in|on|since|by|of) )?‹d(?P<start>\d+)›[^‹›.;]{0,90}?‹d(?P<told>\d+)›,? (?:in|on),? ‹d(?P<end>\d+)›"),
    lazy(
        r"(?:(?:in|on|since|by|of) )?‹d(?P<start>\d+)›[^‹›.;]{0,90}?(?:in|on) ‹d(?P<end>\d+)›,? (?:just |only |some |exactly )?‹d(?P<told>\d+)›"
    ),
)
_AFTER = lazy(
    r"(?:in|on) ‹d(?P<end>\d+)›,? (?:just |only |some |exactly )?‹l(?P<length>\d+)› after (?P<mid>[^‹›.;]{0,80}?)(?:in|on) ‹d(?P<start>\d+)›"
)
_NOT_ALL = lazy(r"(?:\b(?:every|last|past|next|previous)|‹l\d+› and) ‹l$")
_SPLIT = lazy(r"\s?(?:-|–|—|\bto\b|\buntil\b|\bthrough\b|\band\b)\s?")

# what runs, and the words of a sentence that tells its first and last day
_KINDS = {
    "run": (
        "run season exhibition show festival fair display residency series tour sale event course programme program campaign stay stint celebration "
        "convention conference retrospective".split(),
        "exhibition show festival season opens open runs run opened fair display event series tour staged held".split(),
    ),
    "strike": ("strike walkout stoppage action".split(), "strike stop walk walkout stoppage action work return".split()),
    "closure": (
        "closure shutdown closedown lockdown works blockade".split(),
        "close closed closes shut shuts reopen reopens closure shutdown blocked".split(),
    ),
    "ban": (
        "ban suspension disqualification exclusion moratorium embargo curfew blockade freeze".split(),
        "ban banned suspension suspended disqualification disqualified exclusion excluded moratorium embargo curfew blockade freeze".split(),
    ),
    "tenure": (
        "tenure reign rule".split(),
        "served held office mayoralty led chaired headed governed reigned ruled managed tenure term".split(),
    ),
    "journey": (
        "voyage trip journey expedition trek crossing mission cruise walk ride visit".split(),
        "left set sailed departed returned arrived voyage trip journey expedition launched landed mission walk".split(),
    ),
    "siege": ("siege war occupation battle standoff".split(), "siege war occupation battle besieged standoff".split()),
    "trial": ("trial hearing inquest".split(), "trial hearing inquest began opened ended".split()),
}  # fmt: skip
_LASTED = lazy(
    r"\b(?:the|The|its|Its|a|A|this|This) (?:[a-z-]+ )?(?P<noun>[a-z]+) (?:has |had )?(?:lasted|lasts|took|takes|went on|goes on|ran|will last|was to last)(?: for)? $"
)
# "The shutdown of more than two years"
_OF_LENGTH = lazy(r"\b(?:[Tt]he|[Ii]ts|[Tt]his|[Tt]hat|[Hh]is|[Hh]er|[Tt]heir) (?:[a-z-]+ )?(?P<noun>[a-z]+) of $")
_BEHIND = lazy(r"[\s-]+(?:[a-z-]+ ){0,2}?(?P<noun>[a-z]+)\b")
_TENURE = lazy(
    r" (?:as (?:an? |the |its |their )?[a-z]+|in (?:office|power|charge|the (?:job|post|role|Senate|House|Commons|chair))|at the helm)\b"
)


@dataclass(frozen=True, slots=True)
class Span:
    """A first and a last day told together; `words` are the lower-case words of the sentence."""

    start: Claim
    end: Claim
    start_time: Claim | None
    end_time: Claim | None
    words: frozenset[str]


def find(article: Article) -> Iterable[Relation]:
    """``duration`` relations of a length with the two dates that it runs between."""
    lengths = [c for c in article.claims if c.kind == Kind.DURATION and c.value is not None and c.unit in _DAYS]
    later = {c.sentence for c in article.claims if c.kind == Kind.DATE and c.text.endswith("later")}
    if not lengths and not later:
        return
    used: set[int] = set()
    spans: list[Span] = []
    for index in sorted(article.by_sentence):
        claims = article.by_sentence[index]
        if index < 0 or not any(claim.kind == Kind.DATE for claim in claims):
            continue
        masked = article.masked(index)
        found = list(_spans(masked))
        spans += found
        if index not in later and not any(claim.kind == Kind.DURATION for claim in claims):
            continue
        for relation in (*_inside(article, masked), *_stayed(article, masked)):
            used.add(relation.roles["length"][0].id)
            yield relation
    if spans:
        yield from _apart(article, [c for c in lengths if c.id not in used], spans)


def _usable(*claims: Claim) -> bool:
    return all(c.widest.low is not None and c.widest.high is not None and not _open(c) for c in claims)


def _open(claim: Claim) -> bool:
    calendar = claim.figure.calendar if claim.figure is not None else None
    return calendar is None or calendar.fiscal or calendar.grain not in ("day", "month", "year", "week", "weekend")


def _grain(claim: Claim) -> str:
    calendar = claim.figure.calendar if claim.figure is not None else None
    return calendar.grain if calendar is not None else ""


def _relation(
    article: Article,
    start: Claim,
    end: Claim,
    length: Claim,
    confidence: float,
    times: tuple[Claim | None, Claim | None] = (None, None),
) -> Iterator[Relation]:
    if length.unit not in _DAYS or length.value is None or not _usable(start, end) or start.widest.low is None:
        return
    if end.widest.high is None or (end.widest.high < start.widest.low and not _with_year(start, end)):
        return  # the year of one of them was taken wrongly
    if length.unit in ("day", "week") and any(_grain(c) == "year" for c in (start, end)):
        return  # "For 102 days from 2000 to June 2008 he took off"
    start, end = meant(article, start), meant(article, end)
    slack = Fraction(1)
    if length.unit == "hour":
        if times[0] is None or times[1] is None:
            return
        start, end, slack = _moment(article, start, times[0]), _moment(article, end, times[1]), Fraction(1, 24)
    shortest, longest = _DAYS[length.unit]
    if length.unit == "month" and length.value >= 2:
        shortest = _TWO_MONTHS / 2
    constants = {"shortest": shortest, "longest": longest, "slack": slack}
    yield Relation(
        "duration", {"earlier": (start,), "later": (end,), "length": (length,)}, confidence, constants=constants
    )


def _with_year(*claims: Claim) -> bool:
    return all(
        c.figure is not None and c.figure.calendar is not None and "year" in c.figure.calendar.written for c in claims
    )


def meant(article: Article, day: Claim) -> Claim:
    """The day itself where only its year may be another: both ends of one span lie in the year that is meant."""
    figure = day.figure
    if figure is None or day.widest == day.intended or figure.calendar is None or figure.calendar.relative:
        return day
    return article.derived("day", 0, day.block, day.start, day.end, widest=day.intended)


def _moment(article: Article, day: Claim, time: Claim) -> Claim:
    """A day with its time of day, as one number of days."""
    assert day.widest.low is not None and time.value is not None
    at = day.widest.low + time.value / 1440
    start, end = min(day.start, time.start), max(day.end, time.end)
    return replace(article.derived("moment", 0, day.block, start, end, widest=Interval.point(at)), integer=False)


# -------------------------------------------------------------------------------------------------- one sentence


def _spans(masked: Masked) -> Iterator[Span]:
    words = frozenset(re.findall(r"[a-z]+", masked.text.lower()))
    reversed_ends: set[int] = set()  # the last days that are told first
    for pattern in (_ENDS_BEGAN, _FROM_TO, _DASHED, _OPENS_CLOSES):
        for match in masked.finditer(pattern):
            start, end = masked.claims[int(match["start"])], masked.claims[int(match["end"])]
            first = masked.claims[int(match["t1"])] if match["t1"] else None
            last = masked.claims[int(match["t2"])] if match["t2"] else None
            if start.id in reversed_ends or not _usable(start, end):
                continue
            if pattern is _ENDS_BEGAN:
                reversed_ends.add(end.id)
            yield Span(start, end, first, last, words)


def _inside(article: Article, masked: Masked) -> Iterator[Relation]:
    seen: set[int] = set()
    for pattern in _LATER:
        for match in masked.finditer(pattern):
            told = _told(article, masked.claims[int(match["told"])])
            start, end = masked.claims[int(match["start"])], masked.claims[int(match["end"])]
            if told is not None and _same_grain(start, end):
                yield from _relation(article, start, end, told, 0.9)
    for pattern in (*_ADJACENT, _AFTER):
        for match in masked.finditer(pattern):
            length = masked.claims[int(match["length"])]
            start, end = masked.claims[int(match["start"])], masked.claims[int(match["end"])]
            if length.id in seen or _NOT_ALL.search(masked.text[: match.start("length")]):
                continue
            if pattern is _AFTER and not _same_grain(start, end):
                continue
            seen.add(length.id)
            yield from _relation(article, start, end, length, 0.92)
    for pattern in _RANGED:
        for match in masked.finditer(pattern):
            length, span = masked.claims[int(match["length"])], masked.claims[int(match["span"])]
            ends = _ends(article, span)
            if length.id in seen or ends is None or length.unit not in ("day", "week"):
                continue
            seen.add(length.id)
            yield from _relation_of_ends(ends, length)


# "She was sent to the school in 1957. She stayed for 38 years, until she retired in 1995"
_STAYED = lazy(
    rf"(?P<who>He|She|They|It) (?:stayed|remained|would stay|would remain)\b[^‹›.;]{{0,60}}?\bfor ‹l(?P<length>\d+)›,? (?:un)?till? [^‹›.;]{{0,50}}?{_END}"
)


def _stayed(article: Article, masked: Masked) -> Iterator[Relation]:
    """How long somebody stayed, from the only date of the sentence before, which tells of the same he or she."""
    match, index = _STAYED.match(masked.text), masked.sentence.index
    if match is None or index == 0:
        return
    dates = [c for c in article.by_sentence.get(index - 1, ()) if c.kind == Kind.DATE]
    told = re.search(rf"\b{match['who']}\b", article.text(index - 1), re.I)
    if len(dates) == 1 and told is not None and _usable(*dates) and _with_year(*dates):
        length, end = masked.claims[int(match["length"])], masked.claims[int(match["end"])]
        yield from _relation(article, dates[0], end, length, 0.9)


def _told(article: Article, claim: Claim) -> Claim | None:
    """The length in "40 years later" as a claim of its own."""
    figure = claim.figure
    if (
        figure is None
        or len(figure.parts) != 1
        or figure.unit not in _DAYS
        or not figure.text.endswith("later")
        or figure.hedge != "exact"
    ):
        return None
    value = figure.parts[0]
    wide = Interval(value - Fraction(1, 2), value + Fraction(1, 2), False, True)
    found = article.derived("length", 0, claim.block, figure.start, figure.end, widest=wide)
    return replace(found, integer=False, value=value, unit=figure.unit)


def _relation_of_ends(ends: tuple[Claim, Claim], length: Claim) -> Iterator[Relation]:
    shortest, longest = _DAYS[length.unit]
    constants = {"shortest": shortest, "longest": longest, "slack": Fraction(1)}
    yield Relation(
        "duration", {"earlier": (ends[0],), "later": (ends[1],), "length": (length,)}, 0.9, constants=constants
    )


def _ends(article: Article, span: Claim) -> tuple[Claim, Claim] | None:
    """The first and the last day of "12-14 May" as claims of their own."""
    figure = span.figure
    if figure is None or figure.low is None or figure.high is None or figure.calendar is None:
        return None
    if figure.calendar.grain != "day" or figure.low == figure.high or figure.widest.low != figure.low:
        return None
    if figure.calendar.day is not None or "month" not in figure.calendar.written:
        return None
    joint = _SPLIT.search(figure.text, 1)
    if joint is None:
        return None
    first = article.derived("day", int(figure.low), span.block, figure.start, figure.start + joint.start())
    last = article.derived("day", int(figure.high), span.block, figure.start + joint.end(), figure.end)
    return first, last


def _same_grain(a: Claim, b: Claim) -> bool:
    one, other = (c.figure.calendar if c.figure is not None else None for c in (a, b))
    return (
        one is not None and other is not None and one.grain == other.grain and not one.relative and not other.relative
    )


# ------------------------------------------------------------------------------------------------ two sentences


def _apart(article: Article, lengths: list[Claim], spans: list[Span]) -> Iterator[Relation]:
    """A length that names what runs ("17-week run") with the only span of such a thing."""
    by_kind: dict[str, list[Claim]] = {}
    for length in lengths:
        kind = _kind(article, length)
        if kind is not None:
            by_kind.setdefault(kind, []).append(length)
    for kind, found in by_kind.items():
        words = frozenset(_KINDS[kind][1])
        matching = [span for span in spans if span.words & words]
        if len(matching) != 1 or len({(c.value, c.unit) for c in found}) != 1:
            continue
        span = matching[0]
        for length in found:
            if kind == "tenure" and not _one_person(article, length, span):
                continue
            yield from _relation(article, span.start, span.end, length, 0.93, (span.start_time, span.end_time))


def _one_person(article: Article, length: Claim, span: Span) -> bool:
    """Whether a time in office and its years are told of one person: a surname or "he" in both sentences."""
    told = []
    for sentence in (length.sentence, span.start.sentence):
        names = {mention.surname for mention, _ in people(article).in_sentence(sentence)}
        words = set(re.findall(r"[a-z]+", article.text(sentence).lower()))
        told.append(
            names | ({"he"} if words & {"he", "his"} else set()) | ({"she"} if words & {"she", "her"} else set())
        )
    return bool(told[0] & told[1]) or (
        0 <= span.start.sentence - length.sentence <= 1 and bool((told[0] | told[1]) & {"he", "she"})
    )


def _kind(article: Article, length: Claim) -> str | None:
    """What a length is the length of: the noun behind "17-week", "16 years as mayor"."""
    if length.figure is None:
        return None
    text = article.block(length).text
    behind = text[length.figure.end : length.figure.end + 60]
    if _TENURE.match(behind):
        return "tenure" if length.unit in ("year", "month", "decade") else None
    lasted = _LASTED.search(text, max(0, length.figure.start - 50), length.figure.start)
    if lasted is not None:
        return next((kind for kind, (names, _) in _KINDS.items() if lasted["noun"] in names), None)
    of = _OF_LENGTH.search(text, max(0, length.start - 50), length.start)
    if of is not None and re.match(r"[ ,]*(?:in|last|earlier|from|between|during|the year)\b", behind):
        return None  # "The closure of five weeks in 2021"
    if of is not None:
        return next((kind for kind, (names, _) in _KINDS.items() if of["noun"] in names), None)
    if "-" not in length.figure.text:
        return None
    found = _BEHIND.match(behind)
    if found is None:
        return None
    nouns = re.findall(r"[a-z]+", re.split(r"[.,;:!?]", behind)[0])[:3]
    for kind, (names, _) in _KINDS.items():
        if any(noun in names for noun in nouns):
            return kind
    return None
