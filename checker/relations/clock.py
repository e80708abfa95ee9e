"""Times of day: one moment told in two zones, and the hours between two times."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from checker.language.article import Article, Masked
from checker.language.times import offsets
from checker.model import Claim, Interval, Kind, Relation
from checker.patterns import lazy

# "9 a.m. ET/6 a.m. PT", "11:32 p.m. Friday Beijing time (1532 GMT)", "8.30pm, or 3.30pm in New York"
_PAIR = lazy(
    r"‹t(?P<a>\d+)›(?:,? (?:on )?‹d\d+›)?(?: [A-Z][a-z]+ time| local time| local)?(?: \(| ?/ ?|, or |,? that is,? | - | \[)‹t(?P<b>\d+)›"
)
_DAY = 1440
_PLACE = r"^\)? in (?:the )?[A-Z]"
_SET_IN = lazy(r"\b[IiAa][nt] (?:the )?[A-Z][a-z]+")
_MINUTES = {"hour": Fraction(60), "minute": Fraction(1), "second": Fraction(1, 60)}
_SPAN = r"(?:from|between|beginning at|starting at|open) ‹t(?P<start>\d+)›(?:,? (?:on )?‹d\d+›)? ?(?:to|until|till|and|through|-|–|and ending(?: at)?) ?‹t(?P<end>\d+)›"
_LENGTH_OF_SPAN = lazy(
    _SPAN
    + r"(?:, (?:a |an )?|,? for (?:a |an )?| \(|,? lasting (?:for )?|, (?:for )?a total of )‹l(?P<length>\d+)›(?! (?:earlier|later|after|before|ago|of (?:it|them|which|that|those)|in (?!all|total)|with|without)\b)"
)
_SPAN_OF_LENGTH = lazy(r"\b[Ff]or ‹l(?P<length>\d+)›,? " + _SPAN)
_BEGINS = r"\b(?:start(?:s|ed)?|beg[ai]n|begins|opens?|opened|left|leaves?|departs?|departed|set off|entered|went in|kick(?:s|ed) off|went out|was raised|boarded)\b"
_ENDS = r"\b(?:end(?:s|ed)?|finish(?:es|ed)?|closes?|closed|reach(?:es|ed)|arriv(?:es|ed)|came back|was restored|returns?|returned|stopp?(?:s|ed)|surfaced|came out|got back|landed)\b"
_BEGINS_ENDS = lazy(
    rf"{_BEGINS}[^‹›.;]{{0,40}}?‹t(?P<start>\d+)›[^‹›.;]{{0,70}}?{_ENDS}[^‹›.;]{{0,40}}?‹t(?P<end>\d+)›"
)
_BEGAN_CAME_BACK = lazy(
    rf"{_BEGINS}[^‹›.;]{{0,40}}?‹t(?P<start>\d+)›,? and (?:the )?[a-z]+ {_ENDS}[^‹›.;]{{0,40}}?‹t(?P<end>\d+)›"
)
# "declared out at 6.40am, four and a half hours after the first call"; "three hours later, at 3.07am"
_LATER = (
    lazy(r"(?:\bat|\bby|\bjust before|\bjust after|\baround|\babout|\buntil)? ?‹t(?P<end>\d+)›(?:,? (?:on )?‹d\d+›)?(?:,| -| –| —| \() ?(?:just |only |some |barely |more than |nearly )?‹l(?P<length>\d+)› (?P<word>later|after)\b(?! than)(?P<what>[^‹›,.;)]{0,50})"),
    lazy(r"‹l(?P<length>\d+)› (?P<word>later),? (?:at|just before|just after|around|about|by) (?:about |around )?‹t(?P<end>\d+)›"),
)  # fmt: skip


def find(article: Article) -> Iterable[Relation]:
    """``clock-zone`` and ``clock-duration`` relations."""
    times = [claim for claim in article.claims if claim.kind == Kind.TIME and claim.value is not None]
    if len(times) < 2:
        return
    pairs: list[tuple[Claim, Claim, int]] = []  # one moment in two known zones, with the minutes between these
    converted: set[int] = set()  # times that only repeat another in a second zone
    local: list[tuple[Claim, Claim]] = []
    seasonal: list[tuple[Claim, Claim]] = []  # of a named zone that has summer time
    for sentence in dict.fromkeys(claim.sentence for claim in times):
        if sentence < 0:
            continue
        masked = article.masked(sentence)
        for match in masked.finditer(_PAIR):
            a, b = masked.claims[int(match["a"])], masked.claims[int(match["b"])]
            if a.value is None or b.value is None:
                continue
            if known_zones(a) and known_zones(a) == known_zones(b):
                continue  # "2300 GMT - 0100 GMT" is a span
            converted.add(b.id)
            shift = _shift(a, b)
            if shift is not None:
                pairs.append((a, b, shift))
                if len(known_zones(a)) > 1 and len(known_zones(b)) == 1:
                    seasonal.append((a, b))
            elif len(known_zones(b)) == 1 and a.figure is not None and a.figure.unit_name in ("", "local"):
                local.append((a, b))
        yield from _spans(masked)
        yield from _whole(masked)
    for a, b, shift in pairs:
        yield _zones(article, a, b, shift, 0.96, _witness(a, b, shift, pairs))
    yield from _locals(article, local)
    yield from _seasons(article, seasonal, local)
    yield from _behind(article, times)
    yield from _one_moment(article, times, converted)
    yield from _elapsed(article, times, converted)


# ---------------------------------------------------------------------------------------------------- zones


def known_zones(claim: Claim) -> tuple[int, ...]:
    figure = claim.figure
    if figure is None:
        return ()
    return (figure.zone,) if figure.zone is not None else offsets(figure.unit_name)


def one_clock(article: Article, a: Claim, b: Claim) -> bool:
    """Whether two times are of one zone: the zone that one of them leaves out is the only one the article names."""
    zones = known_zones(a), known_zones(b)
    if zones[0] == zones[1]:
        return True
    named = {known_zones(claim) for claim in article.claims if claim.kind == Kind.TIME} - {()}
    return () in zones and len(named) == 1


def _shift(a: Claim, b: Claim) -> int | None:
    """Minutes to add to `a`'s time for `b`'s: of those that the zones allow the one that fits best.

    Zones with summer time change together ("ET" and "PT"), so both are read as standard or both as summer time.
    None where a zone is not known.
    """
    first, second = known_zones(a), known_zones(b)
    if not first or not second or a.value is None or b.value is None:
        return None
    if len(first) == len(second):
        shifts = [y - x for x, y in zip(first, second, strict=True)]
    else:
        shifts = [y - x for x in first for y in second]
    apart = b.value - a.value
    return min(shifts, key=lambda shift: (abs((apart - shift + _DAY // 2) % _DAY - _DAY // 2), abs(shift)))


def _zones(
    article: Article, a: Claim, b: Claim, shift: int, confidence: float, witness: Claim | None = None
) -> Relation:
    return Relation(
        "clock-zone",
        {"earlier": (_exactly(article, a),), "later": (_exactly(article, b),)},
        confidence,
        constants={"shift": Fraction(shift)},
        context={"agrees": witness} if witness is not None else {},
    )


def _witness(a: Claim, b: Claim, shift: int, pairs: list[tuple[Claim, Claim, int]]) -> Claim | None:
    """The second time of another moment told in the same two zones that fits: it says which of two pairs is the odd one."""
    for first, second, other in pairs:
        if (
            first is not a
            and other == shift
            and (known_zones(first), known_zones(second)) == (known_zones(a), known_zones(b))
        ):
            if (
                first.value is not None
                and second.value is not None
                and (second.value - first.value - shift) % _DAY == 0
            ):
                return second
    return None


def _exactly(article: Article, claim: Claim) -> Claim:
    """The claim; without its hedge where it has one: "about 8.30 (0530 GMT)" is about one moment on both sides."""
    if claim.value is None or claim.widest.is_point:
        return claim
    return article.derived(
        "time", int(claim.value), claim.block, claim.start, claim.end, widest=Interval.point(claim.value)
    )


def _locals(article: Article, pairs: list[tuple[Claim, Claim]]) -> Iterator[Relation]:
    """Local times with GMT in brackets: a zone is whole quarters of an hour away, and the same one all through an article.

    Two places are told apart by two pairs each; one pair that differs from two others is the slip.
    """
    shifts = [int((b.value or 0) - (a.value or 0)) % _DAY for a, b in pairs]
    for a, b in pairs:
        roles = {"earlier": (_exactly(article, a),), "later": (_exactly(article, b),)}
        yield Relation("clock-local", roles, 0.93)
    common = max(dict.fromkeys(shifts), key=shifts.count, default=0)
    if len(pairs) == 2 and (shifts[0] - shifts[1]) % _DAY in (60, 120, _DAY - 60, _DAY - 120):
        named = [re.search(_PLACE, article.block(a).text[b.end : b.end + 20]) for a, b in pairs]
        if any(named) or all(_SET_IN.search(article.text(a.sentence)) for a, _ in pairs):
            return
    elif shifts.count(common) < 2:
        return
    first = shifts.index(common)
    for place, (a, b) in enumerate(pairs):
        if place == first or (shifts[place] != common and shifts.count(shifts[place]) > 1):
            continue
        x, y = pairs[first]
        claims = {name: (_exactly(article, claim),) for name, claim in (("a", x), ("b", y), ("c", a), ("d", b))}
        yield Relation("clock-locals", claims, 0.88, "all the local times are of one place")


def _seasons(
    article: Article, named: list[tuple[Claim, Claim]], local: list[tuple[Claim, Claim]]
) -> Iterator[Relation]:
    """ "9:42 a.m. New York time (1342 GMT)", then "1:15 p.m. (1815 GMT)": both are summer time there, or neither is."""
    zones = {a.figure.unit_name for a, _ in named if a.figure is not None}
    if len(zones) != 1:
        return
    first = named[0]
    rest = [pair for pair in local if not _SET_IN.search(article.text(pair[0].sentence))] if len(local) == 1 else []
    for pair in (*named[1:], *rest):
        apart = [int((b.value or 0) - (a.value or 0)) % _DAY for a, b in (first, pair)]
        if pair in local and (apart[0] - apart[1]) % _DAY not in (0, 60, _DAY - 60):
            continue  # of another place
        (w, x), (y, z) = first, pair
        claims = {
            name: (article.derived("time", int(claim.value or 0), claim.block, claim.start, claim.end),)
            for name, claim in (("a", w), ("b", x), ("c", y), ("d", z))
        }  # of their own, for the zone's name alone would settle two of them
        yield Relation("clock-locals", claims, 0.88, "all the local times are of one place")


_AHEAD = lazy(r"‹l(?P<hours>\d+)›(?: of [A-Z]\w+)? (?:ahead|behind|later|earlier|forward|back)\b(?! than)")
_OFF = 180  # minutes by which one of two times may be wrong
_BOUND = lazy(r"\b(?:from|by|until|till|before|after|since|to) $")
_CLOCKS = lazy(r"\b(?:[Cc]locks?|[Tt]ime (?:zone|difference)|local time|GMT|UTC)\b")


def _behind(article: Article, times: list[Claim]) -> Iterator[Relation]:
    """ "In Pasadena, eight hours behind the UK, it will be 2.36pm": one moment, and the only other time that it may be."""
    for index in sorted(article.by_sentence):
        masked = article.masked(index) if index >= 0 else None
        if masked is None or not any(c.kind == Kind.DURATION for c in masked.claims):
            continue
        for match in masked.finditer(_AHEAD):
            gap = masked.claims[int(match["hours"])]
            unit = _minutes(gap)
            pair = _one_told_twice(article, masked, times, gap.value * unit) if unit and gap.value else None
            if pair is None or unit is None or gap.value is None:
                continue
            roles = {"gap": (gap,), "earlier": (pair[0],), "later": (pair[1],)}
            shift = _nearest(pair, gap.value * unit)[0]
            yield Relation("clock-gap", roles, 0.86, "both tell of one moment", {"shift": shift})
            return


def _nearest(pair: tuple[Claim, Claim], gap: Fraction) -> tuple[Fraction, Fraction]:
    """The gap with the sign that fits two times better, and by how many minutes they miss it."""
    apart = (pair[1].value or 0) - (pair[0].value or 0)
    return min(
        ((shift, abs((apart - shift + _DAY // 2) % _DAY - _DAY // 2)) for shift in (gap, -gap)), key=lambda one: one[1]
    )


def _one_told_twice(article: Article, masked: Masked, times: list[Claim], gap: Fraction) -> tuple[Claim, Claim] | None:
    """The two times of which the sentence of a gap says how far they are apart: those of the sentence itself, or the one there and
    the only other one of the same minutes beside it or of a named zone; or the only two of the article."""
    here = [t for t in times if t.sentence == masked.sentence.index]
    pairs = [(a, b) for a in here for b in here if a.start < b.start]
    if here:
        at = masked.sentence.index
        others = [t for t in times if t not in here and (abs(t.sentence - at) <= 1 or known_zones(t))]
        pairs += [(other, one) for other in others for one in here]
    elif len(times) == 2 and _CLOCKS.search(masked.text):
        pairs = [(times[0], times[1])] if len({known_zones(t) for t in times}) == 2 else []
    if any(_nearest(pair, gap)[1] == 0 for pair in pairs):
        pairs = [pair for pair in pairs if _nearest(pair, gap)[1] == 0]
    pairs = [
        (a, b)
        for a, b in pairs
        if (b.value - a.value) % 60 == gap % 60 and _nearest((a, b), gap)[1] <= _OFF  # type: ignore[operator]
    ]
    if len(pairs) != 1 or any(_BOUND.search(article.block(t).text, max(0, t.start - 10), t.start) for t in pairs[0]):
        return None
    return pairs[0]


def _one_moment(article: Article, times: list[Claim], converted: set[int]) -> Iterator[Relation]:
    """Two times with zones in different sentences whose minutes are the same and not round: one moment told twice."""
    named = [t for t in times if known_zones(t) and t.id not in converted and t.value is not None and t.value % 5 != 0]
    for place, a in enumerate(named):
        for b in named[place + 1 :]:
            assert a.value is not None and b.value is not None
            if a.sentence == b.sentence or known_zones(a) == known_zones(b):
                continue
            shift = _shift(a, b)
            if shift is None or (b.value - a.value - shift) % 60 != 0:
                continue
            if any(o not in (a, b) and o.value is not None and (o.value - a.value) % 60 == 0 for o in times):
                continue
            yield _zones(article, a, b, shift, 0.9)


# ------------------------------------------------------------------------------------------------- elapsed time


def _minutes(length: Claim) -> Fraction | None:
    """Minutes in the unit of a duration that is shorter than a day."""
    unit = _MINUTES.get(length.unit)
    if unit is None or length.value is None or not 0 < length.value * unit < _DAY:
        return None
    return unit


def _between(start: Claim, end: Claim, length: Claim, confidence: float) -> Iterator[Relation]:
    unit = _minutes(length)
    if unit is None or start.value is None or end.value is None:
        return
    if start.figure is not None and end.figure is not None:
        zones = (start.figure.zone, start.figure.unit_name), (end.figure.zone, end.figure.unit_name)
        if zones[0] != zones[1] and all(z != (None, "") and z != (None, "local") for z in zones):
            return
    roles = {"start": (start,), "end": (end,), "length": (length,)}
    yield Relation("clock-duration", roles, confidence, constants={"unit": unit, "slack": Fraction(1)})


def _spans(masked: Masked) -> Iterator[Relation]:
    """ "from 9am to 5pm, an eight-hour wait"."""
    for pattern in (_LENGTH_OF_SPAN, _SPAN_OF_LENGTH):
        for match in masked.finditer(pattern):
            start, end, length = (masked.claims[int(match[name])] for name in ("start", "end", "length"))
            yield from _between(start, end, length, 0.92)


_FOR_WHAT = lazy(r"\b(?:for|before|after|ahead of|with) (?:an?|the|their|its) (?:[a-z]+ )?‹l\d+›")


def _whole(masked: Masked) -> Iterator[Relation]:
    """ "The eight-hour power cut began at 3.20pm and ended at 11.25pm": the only length of its sentence."""
    lengths = [
        c
        for c in masked.claims
        if c.kind == Kind.DURATION and c.figure is not None and "-" in c.figure.text and _minutes(c)
    ]
    if len(lengths) != 1 or sum(c.kind == Kind.TIME for c in masked.claims) != 2:
        return
    for pattern in (_BEGINS_ENDS, _BEGAN_CAME_BACK):
        match = pattern.search(masked.text)
        if match is not None and _FOR_WHAT.search(masked.text, match.end()) is None:
            yield from _between(masked.claims[int(match["start"])], masked.claims[int(match["end"])], lengths[0], 0.9)
            return


def _elapsed(article: Article, times: list[Claim], converted: set[int]) -> Iterator[Relation]:
    """ "at 6.40am, four hours after the first call": from the time told before it."""
    for sentence in dict.fromkeys(claim.sentence for claim in times):
        if sentence < 0 or not any(c.kind == Kind.DURATION for c in article.by_sentence.get(sentence, ())):
            continue
        masked = article.masked(sentence)
        for pattern in _LATER:
            for match in masked.finditer(pattern):
                end, length = masked.claims[int(match["end"])], masked.claims[int(match["length"])]
                unit = _minutes(length)
                if unit is None or end.value is None or length.value is None:
                    continue
                before = [
                    t
                    for t in times
                    if t.id not in converted and t is not end and (t.block, t.start) < (end.block, end.start)
                ]
                if match["word"] == "later":
                    before = [t for t in before if end.block - t.block <= 2][-1:]
                elif len(before) > 1:
                    fits = [t for t in before if (end.value - (t.value or 0) - length.value * unit) % _DAY == 0]
                    before = fits[:1]
                for start in before:
                    yield from _between(start, end, length, 0.9 if match["word"] == "after" else 0.86)
