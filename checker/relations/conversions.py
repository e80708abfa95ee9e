"""Conversions in brackets: "10 miles (16 kilometers)", "40C (104F)", "£40m (€46m)"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from checker.language import units
from checker.language.article import Article, Masked
from checker.model import Claim, Hedge, Relation

_BRACKETED = re.compile(
    r"‹u(?P<first>\d+)›(?: (?:of )?[a-z]+){0,3} ?[(\[](?:or |about |around |roughly |nearly |just )*‹u(?P<second>\d+)›(?=[)\];,])"
)
_OR = re.compile(r"‹u(?P<first>\d+)›,? or ‹u(?P<second>\d+)›(?=[,.)])")
_MONEY = re.compile(
    r"‹m(?P<first>\d+)›(?: (?:in )?[a-z]+){0,2}(?: ?[(\[](?:or |about |around |roughly |nearly |just |some |approximately )*‹m(?P<second>\d+)›(?=[)\];,])"
    r"|,? (?:or|equal to|worth) (?:about |around |roughly |nearly |some )?‹m(?P<late>\d+)›(?=[,.;]))"
)


def find(article: Article) -> Iterable[Relation]:
    """``conversion`` relations of measures, ``same-rate`` relations between conversions of one pair of currencies."""
    rates: dict[tuple[str, str], list[tuple[Claim, Claim]]] = {}
    for sentence in sorted(article.by_sentence):
        if sentence < 0:
            continue
        masked = article.masked(sentence)
        yield from _measures(masked)
        for match in masked.finditer(_MONEY):
            first, second = masked.claim(match, "first"), masked.claims[int(match["second"] or match["late"])]
            if _currencies(first.unit, second.unit) and first.value and second.value:
                rates.setdefault((first.unit, second.unit), []).append((first, second))
    for pairs in rates.values():
        yield from _rates(pairs)


def _currencies(first: str, second: str) -> bool:
    """Whether two units are two currencies: whole ones, not cents, not prices per share."""
    return first != second and all(len(unit) == 3 and unit.isupper() for unit in (first, second))


def _measures(masked: Masked) -> Iterator[Relation]:
    for pattern in (_BRACKETED, _OR):
        for match in masked.finditer(pattern):
            first, second = masked.claim(match, "first"), masked.claim(match, "second")
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
    if one.dimension == "volume" or {one.code, other.code} & {"ton", "t", "lton"}:
        factor = _nearest(first, second, factor)
    return Relation(
        "conversion",
        {"written": (first,), "converted": (second,)},
        0.96,
        constants={"factor": factor, "offset": offset},
    )


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


def _rates(pairs: list[tuple[Claim, Claim]]) -> Iterator[Relation]:
    """Every conversion against the one written most finely."""
    if len(pairs) < 2:
        return
    anchor = min(pairs, key=lambda pair: _coarseness(pair[0]) + _coarseness(pair[1]))
    for pair in pairs:
        if pair is anchor or (pair[0].time and anchor[0].time and pair[0].time != anchor[0].time):
            continue  # each day has its own rate
        roles = {"a1": (anchor[0],), "b1": (anchor[1],), "a2": (pair[0],), "b2": (pair[1],)}
        yield Relation("same-rate", roles, 0.92)


def _coarseness(claim: Claim) -> Fraction:
    assert claim.figure is not None and claim.value
    slack = Fraction(1, 10) if claim.figure.hedge != Hedge.EXACT else Fraction(0)
    return claim.figure.step / claim.value + slack
