"""Conversions in brackets: "10 miles (16 kilometers)", "40C (104F)", "£40m (€46m)"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction

from checker.language import units
from checker.language.article import Article, Masked
from checker.language.precision import read
from checker.model import Claim, Hedge, Interval, Kind, Relation
from checker.patterns import lazy
from checker.relations.levels import ends

_ABOUT = r"(?:(?:or|about|around|roughly|nearly|just|some|approximately|i\.e\.|that is|equal to|equivalent to|the equivalent of),? )*"
_SAME = r"(?:or|that is|which is|i\.e\.|equal to|equivalent to|the equivalent of)"
_BRACKETED = lazy(rf"‹u(?P<first>\d+)›(?: (?:of )?[a-z]+){{0,3}} ?[(\[]{_ABOUT}‹u(?P<second>\d+)›(?=[)\];,])")
_OR = lazy(
    rf"‹u(?P<first>\d+)›(?:(?: (?:of )?[a-z]+){{0,3}},|,?) {_SAME},? {_ABOUT}‹u(?P<second>\d+)›(?=[,.;)]| ?[–—-])"
)
_MONEY = lazy(
    rf"‹m(?P<first>\d+)›(?: (?:in )?[a-z]+){{0,2}}(?: ?[(\[]{_ABOUT}‹m(?P<second>\d+)›(?=[)\];,])"
    rf"|(?:,? (?:{_SAME}|worth)| [–—-]),? {_ABOUT}‹m(?P<late>\d+)›(?=[,.;)]| ?[–—-])"
    r")"
)
# "the bridge cost 2.3 billion rand, about $120m, and": what makes it a conversion is the second figure's own hedge
_HEDGED = lazy(r"‹(?P<kind>[um])(?P<first>\d+)›(?: (?:of )?[a-z]+){0,2},? ‹(?P=kind)(?P<second>\d+)›(?=[,.;)])")
# Those that can lose a third of their worth within a year or two.
_UNSTEADY = frozenset("ARS TRY NGN VES EGP ZWL SDG SSP LBP SYP IRR AOA ETB GHS UAH RUB MMK LAK ZMW SRD XXP".split())
_STEADY = Fraction(4, 3)  # the ratio of two rates of different years that no steady currency reaches
_DAILY = Fraction(21, 20)  # the ratio of two rates that those of different days may have where no day is told


def find(article: Article) -> Iterable[Relation]:
    """``conversion`` relations of measures, ``same-rate`` relations between conversions of one pair of currencies."""
    rates: dict[tuple[str, str], list[tuple[Claim, Claim]]] = {}
    for sentence in sorted(article.by_sentence):
        if sentence < 0:
            continue
        masked = article.masked(sentence)
        hedged = list(_hedged(article, masked))
        yield from _measures(masked, [pair for pair in hedged if pair[0].kind == Kind.MEASURE])
        amounts = [
            (masked.claim(match, "first"), masked.claims[int(match["second"] or match["late"])])
            for match in masked.finditer(_MONEY)
        ]
        for first, second in (*amounts, *(pair for pair in hedged if pair[0].kind == Kind.MONEY)):
            if _is_open(first) or _is_open(second):
                continue  # "5 yuan (less than one dollar)"
            if _currencies(first.unit, second.unit) and first.value and second.value and not _is_torn(article, first):
                rates.setdefault((first.unit, second.unit), []).append((_plain(first), _plain(second)))
    for pairs in rates.values():
        yield from _rates(pairs, article.document.date)


def _currencies(first: str, second: str) -> bool:
    """Whether two units are two currencies: whole ones, not cents, not prices per share."""
    return first != second and all(len(unit) == 3 and unit.isupper() for unit in (first, second))


def _is_open(amount: Claim) -> bool:
    hedge = amount.figure.hedge if amount.figure is not None else Hedge.EXACT
    return hedge == Hedge.LESS_THAN


def _is_torn(article: Article, amount: Claim) -> bool:
    """Whether only the end of an amount was read: "9, 357 billion kwacha"."""
    return re.search(r"\d,\s$", article.block(amount).text[: amount.start]) is not None


def _plain(amount: Claim) -> Claim:
    """An amount without "up to" or "at least", which its conversion repeats: "as much as 3.6 billion yen ($24 million)"."""
    figure = amount.figure
    if figure is None or figure.value is None or figure.hedge in (Hedge.EXACT, Hedge.ABOUT):
        return amount
    widest, intended = read(
        figure.value, figure.step, Hedge.ABOUT if figure.hedge == Hedge.NEARLY else Hedge.EXACT, figure.kind
    )
    return replace(amount, widest=widest, intended=intended)


def _hedged(article: Article, masked: Masked) -> Iterator[tuple[Claim, Claim]]:
    """Two figures of which the second is "or about" or ", about" something, up to a stop or comma."""
    for match in masked.finditer(_HEDGED):
        first, second = masked.claim(match, "first"), masked.claim(match, "second")
        between = article.block(first).text[first.end : second.start]
        if re.search(r"\bor\b", between) or (
            second.figure is not None and second.figure.hedge == Hedge.ABOUT and masked.text[match.end()] == ","
        ):
            yield first, second


def _measures(masked: Masked, hedged: list[tuple[Claim, Claim]]) -> Iterator[Relation]:
    pairs = [
        (masked.claim(match, "first"), masked.claim(match, "second"))
        for pattern in (_BRACKETED, _OR)
        for match in masked.finditer(pattern)
    ]
    for first, second in (*pairs, *hedged):
        relation = _conversion(first, second)
        if relation is not None:
            yield relation


def _conversion(first: Claim, second: Claim) -> Relation | None:
    known = units.by_code()
    one, other = known.get(first.unit), known.get(second.unit)
    if first.value is None or second.value is None or one is None or other is None or one.code == other.code:
        return None
    if one.dimension != other.dimension:
        # "8,000 sq ft (740 m)" is another kind of slip; lengths and areas beside each other are usually two facts
        return None
    factor = one.factor / other.factor
    offset = (one.offset - other.offset) / other.factor
    if offset and abs(factor * first.value - second.value) < abs(factor * first.value + offset - second.value):
        offset = Fraction(0)  # a difference of temperatures ("warming of 1.5C (2.7F)") has no offset
    if one.dimension == "speed":
        first, second = _in_fives(first), _in_fives(second)
    if one.dimension == "volume" or {one.code, other.code} & {"ton", "t", "lton"}:
        factor = _nearest(first, second, factor)
    return Relation(
        "conversion",
        {"written": (first,), "converted": (second,)},
        0.96,
        constants={"factor": factor, "offset": offset},
    )


def _in_fives(speed: Claim) -> Claim:
    """A speed as weather services round it, to the nearest five: "185 miles an hour (295 kilometers an hour)"."""
    if speed.value is None or speed.figure is None or speed.value % 5 or speed.figure.step > 5 or speed.value < 30:
        return speed
    around = Interval(speed.value - Fraction(5, 2), speed.value + Fraction(5, 2))
    return replace(speed, widest=around, intended=around)


def _nearest(first: Claim, second: Claim, factor: Fraction) -> Fraction:
    """Gallons and pints may be imperial, tons long or metric: the reading that fits best is taken."""
    assert first.value is not None and second.value is not None
    options = [factor, factor * Fraction("1.20095"), factor / Fraction("1.20095")]
    options += [
        factor * Fraction(1016, 907),
        factor * Fraction(907, 1016),
        factor * Fraction(1000, 907),
        factor * Fraction(907, 1000),
        Fraction(1),
    ]
    return min(options, key=lambda option: abs(option * first.value - second.value))  # type: ignore[operator]


def _rates(pairs: list[tuple[Claim, Claim]], published: date | None) -> Iterator[Relation]:
    """Every conversion against the one that most others agree with, of several the one written most finely."""
    if len(pairs) < 2:
        return
    agreeing = [sum(_agree(pair, other) for other in pairs) for pair in pairs]
    usual = [pair for pair, number in zip(pairs, agreeing, strict=True) if number == max(agreeing)]
    anchor = min(usual, key=lambda pair: _coarseness(pair[0]) + _coarseness(pair[1]))
    alike: list[tuple[Claim, Claim]] = []  # each of which agrees with each
    for pair in pairs:
        if pair is anchor:
            continue
        roles = {"a1": (anchor[0],), "b1": (anchor[1],), "a2": (pair[0],), "b2": (pair[1],)}
        times = {_converted_at(claim, published) for claim in (pair[0], anchor[0])} - {""}
        if len(times) < 2:
            agrees = all(_agree(pair, other) for other in (anchor, *alike))
            if agrees:
                alike.append(pair)
            if agrees or _ratio(anchor, pair) > _DAILY:
                yield Relation("same-rate", roles, 0.92)
        elif _is_leap(anchor, pair):  # each day has its own rate
            yield Relation("same-rate", roles, 0.85, "the rate did not change by so much")


def _converted_at(claim: Claim, published: date | None) -> str:
    """The time whose rate an amount is converted at: what is to be spent "by 2029" is worth today's."""
    year = claim.time[:4]
    if published is None or not year.isdigit() or int(year) < published.year:
        return claim.time
    return "" if int(year) > published.year or claim.time == year else claim.time


def _is_leap(one: tuple[Claim, Claim], other: tuple[Claim, Claim]) -> bool:
    """Whether two rates of times not far apart differ by more than steady currencies do."""
    years = [int(pair[0].time[:4]) for pair in (one, other) if pair[0].time[:4].isdigit()]
    if {claim.unit for claim in one} & _UNSTEADY or len(years) < 2 or abs(years[0] - years[1]) > 2:
        return False
    return _ratio(one, other) > _STEADY


def _ratio(one: tuple[Claim, Claim], other: tuple[Claim, Claim]) -> Fraction:
    """How many times the one rate is of the other, at least 1, however the amounts are rounded."""
    rates = [pair[0].value / pair[1].value for pair in (one, other) if pair[0].value and pair[1].value]
    return max(rates) / min(rates)


def _agree(one: tuple[Claim, Claim], other: tuple[Claim, Claim]) -> bool:
    """Whether both may be converted at one rate."""
    (a, b), (c, d) = (ends(amount) for amount in one), (ends(amount) for amount in other)
    return a[0] * d[0] <= c[1] * b[1] and c[0] * b[0] <= a[1] * d[1]


def _coarseness(claim: Claim) -> Fraction:
    assert claim.figure is not None and claim.value
    slack = Fraction(1, 10) if claim.figure.hedge != Hedge.EXACT else Fraction(0)
    return claim.figure.step / claim.value + slack
