"""What is done in one period against what is done in a longer one: "Every day but Monday they bake 140 loaves", "1,140 loaves
a week"; and a rate for a day over a number of weeks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

from checker.language.article import Article
from checker.language.words import likeness
from checker.model import BlockKind, Claim, Hedge, Interval, Relation
from checker.patterns import lazy
from checker.relations.histories import SYNONYM
from checker.relations.levels import ends, in_unit, is_digest

_PROSE = frozenset({BlockKind.BODY, BlockKind.QUOTE})
_KINDS = frozenset({"count", "money", "measure"})
_SAID = frozenset({"asserted", "planned"})
_REACH = 20  # sentences between two rates of one thing
_WORDS = {"night": "day", "evening": "day", "morning": "day", "daily": "day", "nightly": "day", "weekly": "week", "monthly": "month",
          "yearly": "year", "annually": "year", "annual": "year", "hourly": "hour"}  # fmt: skip
_PERIOD = r"(?P<period>hour|day|night|evening|morning|week|month|year)"
_BEHIND = lazy(
    rf"(?: of)?(?: [a-z-]+){{0,4}}? (?:(?:an?|per|each|every) {_PERIOD}\b(?! (?:of|or two|later|ago|earlier))|(?P<adverb>daily|nightly|weekly|monthly|yearly|annually)\b)"
)
_AHEAD = lazy(
    rf"(?:^|[,;:] |\b[Aa]nd )(?:[Ee]ach|[Ee]very) {_PERIOD}(?: but [A-Z][a-z]+day| except [A-Z][a-z]+s?)?,?[^.;:‹]{{0,60}}$"
)
# how many of one period another may hold: workdays or all days, term or the whole year
_HELD = {("hour", "day"): (6, 24), ("day", "week"): (3, 7), ("day", "month"): (12, 31), ("day", "year"): (100, 366),
         ("week", "month"): (4, 5), ("week", "year"): (26, 53), ("month", "year"): (6, 12), ("hour", "week"): (20, 168)}  # fmt: skip
_SUMS = lazy(
    r"\b(?:[Tt]h(?:at|is)(?: is| makes| comes to| adds up to| means|['’]s)|which (?:is|makes|comes to)|or|[Tt]ogether) (?:about |some |around )?$"
)
_OFTEN = lazy(r"(?:,| for|,? working|,? and)? ?‹l(?P<number>\d+)› (?:a|per|each|every) (?P<in>week|month|year)\b")


class Rate(NamedTuple):
    """A figure that is said for each of a period."""

    claim: Claim
    period: str
    end: int  # where the words of the period end in the block, -1 where they stand ahead


def find(article: Article) -> Iterable[Relation]:
    """``rate-total`` relations: a rate, what a longer period holds of its own, and that period's rate."""
    rates = list(_rates(article))
    if len(rates) < 2:
        return
    often = list(_frequencies(article))
    for short in rates:
        longer = [r for r in rates if _may_hold(short, r) and _is_of_one(article, short.claim, r.claim)]
        others = [
            r for r in rates
            if r.period == short.period and _is_of_one(article, short.claim, r.claim) and any(_may_hold(r, of) for of in longer)
        ]  # fmt: skip
        if len({r.claim.value for r in longer}) != 1 or len({r.claim.value for r in others}) != 1:
            continue
        relation = _relation(article, short, longer[0], often)
        if relation is not None:
            yield relation


def _rates(article: Article) -> Iterator[Rate]:
    for claim in article.claims:
        if (
            claim.kind not in _KINDS
            or not claim.value
            or claim.value <= 1
            or claim.sentence < 0
            or claim.figure is None
        ):
            continue
        if (
            article.block(claim).kind not in _PROSE
            or claim.figure.hedge not in (Hedge.EXACT, Hedge.ABOUT)
            or claim.other
        ):
            continue
        if (
            claim.modality not in _SAID
            or claim.role in ("change", "from", "than")
            or is_digest(article, claim.sentence)
        ):
            continue
        text, start = article.block(claim).text, article.sentences[claim.sentence].start
        per = claim.unit.partition("/")[2]
        found = _BEHIND.match(text, claim.figure.end)
        if found:
            word = found["period"] or found["adverb"]
            yield Rate(claim, _WORDS.get(word, word), found.end())
        elif per:
            yield Rate(claim, _WORDS.get(per, per), claim.end)
        elif ahead := _AHEAD.search(text[start : claim.start]):
            yield Rate(claim, _WORDS.get(ahead["period"], ahead["period"]), -1)


def _frequencies(article: Article) -> Iterator[tuple[Claim, str]]:
    """ "six days a week", "50 weeks a year": the length and the period that it is in."""
    for index in sorted(article.by_sentence):
        if index >= 0:
            masked = article.masked(index)
            for match in masked.finditer(_OFTEN):
                yield masked.claim(match, "number"), match["in"]


def _may_hold(short: Rate, longer: Rate) -> bool:
    """Whether one rate may be all of another in a longer period, by their places and sizes."""
    held = _HELD.get((short.period, longer.period))
    factor = in_unit(short.claim, longer.claim.unit)
    if held is None or factor is None or abs(longer.claim.sentence - short.claim.sentence) > _REACH:
        return False
    (a, b), (c, d) = ends(short.claim), ends(longer.claim)
    return a * held[0] * factor <= 3 * d and c <= 3 * b * held[1] * factor


def _is_of_one(article: Article, a: Claim, b: Claim) -> bool:
    """Whether two rates give one kind of thing: one noun or a synonym, or "That is 90 a week"."""
    if a.kind != b.kind or a.id == b.id:
        return a.id == b.id
    first, last = sorted((a, b), key=lambda c: (c.block, c.start))
    if last.sentence - first.sentence <= 1 and _SUMS.search(article.block(last).text[: last.start]):
        return True
    return a.kind == "count" and a.noun != "" and (b.noun == a.noun or likeness(a.noun, b.noun) >= SYNONYM)


def _relation(article: Article, short: Rate, longer: Rate, often: list[tuple[Claim, str]]) -> Relation | None:
    """The relation of two rates with the frequency that the text gives, else with all that a period may hold."""
    factor = in_unit(short.claim, longer.claim.unit) or Fraction(1)
    given = [
        c
        for c, period in often
        if period == longer.period and c.unit == short.period and abs(c.sentence - short.claim.sentence) <= 1
    ]
    low, high = _HELD[short.period, longer.period]
    if given:
        count = given[0]
    else:
        rate = longer if longer.end >= 0 else short
        if rate.end < 0:
            return None
        last = article.block(rate.claim).text.rfind(" ", 0, rate.end) + 1
        start = min(rate.claim.end + 1, last)
        count = article.derived(
            "count", 1, rate.claim.block, start, rate.end, widest=Interval(Fraction(low), Fraction(high))
        )
    (a, b), (c, d) = ends(short.claim), ends(longer.claim)
    most, least = (ends(count)[1], ends(count)[0]) if given else (Fraction(high), Fraction(low))
    slack = Fraction(1, 20)  # "260,000 a week" for 37,000 a day
    if c * (1 - slack) <= b * most * factor and a * least * factor <= d * (1 + slack) and not given:
        return None
    roles = {"rate": (short.claim,), "count": (count,), "total": (longer.claim,)}
    return Relation("rate-total", roles, 0.85, "if both are of one thing", {"factor": factor})
