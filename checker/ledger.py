"""The ledger: every figure of an article, what it measures, whether anything could be compared with it, and why not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from checker.language.article import Article
from checker.model import Claim, Entry, Figure, Kind, Relation, Status
from checker.rendering import plain

_NAMES = {
    "change": "change and levels",
    "clock-duration": "length of time",
    "clock-local": "time in two zones",
    "clock-locals": "time in two zones",
    "clock-zone": "time in two zones",
    "close-figures": "one step apart",
    "conversion": "conversion",
    "difference": "margin",
    "direction-down": "fall",
    "direction-up": "rise",
    "duration": "length of time",
    "list-count": "count of a list",
    "order": "range",
    "part-of": "part and whole",
    "parts-of": "parts and total",
    "percent-change": "change in per cent and levels",
    "rate-total": "rate and total",
    "repeats": "told twice",
    "same-age": "age told twice",
    "same-day": "date told twice",
    "same-quantity": "told twice",
    "same-rate": "two conversions",
    "share-of": "share of a whole",
    "shares-total": "shares of one whole",
    "superlative": "record",
    "superlative-low": "record",
    "weekday": "weekday and date",
    "within": "range",
}
_READ = re.compile(r"\d|_REF|Q|SP|SU|FA|WI")  # parts of a TIMEX3 value that are known


def ledger(article: Article, relations: Sequence[Relation]) -> tuple[Entry, ...]:
    """One entry a figure, in reading order."""
    partners: dict[int, list[tuple[Relation, str]]] = {}
    for relation in relations:
        for role, claims in relation.roles.items():
            for claim in claims:
                if claim.figure is not None:
                    partners.setdefault(id(claim.figure), []).append((relation, role))
    of_figure = {id(claim.figure): claim for claim in article.claims if claim.figure is not None}
    return tuple(_entry(of_figure[id(figure)], partners.get(id(figure), [])) for figure in article.figures)


def _entry(claim: Claim, found: list[tuple[Relation, str]]) -> Entry:
    assert claim.figure is not None
    measures = measured(claim)
    if found:
        relation, role = max(found, key=lambda pair: pair[0].confidence)
        return Entry(claim.figure, measures, Status.COMPARED, _compared(claim, relation, role))
    if claim.figure.low is None and claim.figure.high is None and not claim.figure.parts:
        if _is_unplaced(claim.figure):
            return Entry(claim.figure, measures, Status.ALONE, "the article has no date to place it by")
        return Entry(claim.figure, measures, Status.UNREAD, "its value is open")
    return Entry(claim.figure, measures, Status.ALONE, _alone(claim))


def measured(claim: Claim) -> str:
    """What a claim measures, in a few words: "arrest passenger", "sales", "" where that is not known."""
    words = [*sorted(word for word in claim.modifiers if not word.startswith("of ")), claim.noun]
    words += sorted(word for word in claim.modifiers if word.startswith("of "))
    said = " ".join(word for word in words if word)
    return f"{said} ({claim.verb})" if said and claim.verb and claim.verb != "be" else said or claim.verb


def _is_unplaced(figure: Figure) -> bool:
    """Whether a date is read and says which weekday, month or day it means, but the article has no date to count from."""
    return figure.kind in (Kind.DATE, Kind.TIME) and bool(_READ.search(figure.timex))


def _compared(claim: Claim, relation: Relation, role: str) -> str:
    """What a claim was compared as, and with what: "part and whole (part), with 300 arrested"."""
    said = _NAMES.get(relation.kind, relation.kind.replace("-", " "))
    if len(role) > 1 and role not in said:
        said += f" ({role})"
    others: list[str] = []
    for claims in relation.roles.values():
        for other in claims:
            if other.figure is claim.figure or (other.block, other.start) == (claim.block, claim.start):
                continue
            if other.text not in others and not (relation.kind == "multiple" and other.figure is None):
                others.append(other.text)
    return said + (f", with {', '.join(others)}" if others else "") + _implied(relation)


def _implied(relation: Relation) -> str:
    """The figure that a multiple of nothing written implies: 18,000, "2.3 times that of the year before", is about 7,830."""
    if relation.kind != "multiple" or relation.roles["base"][0].figure is not None:
        return ""
    (result,), (times,) = relation.roles["result"], relation.roles["times"]
    if not result.value or not times.value:
        return ""
    value = result.value / times.value
    step = Fraction(10) ** (len(str(int(value))) - 3)
    return f"; implies about {plain(round(value / step) * step)} before"


def _alone(claim: Claim) -> str:
    if claim.kind == Kind.DATE:
        return "no weekday, duration, age or other date is tied to it"
    if claim.kind == Kind.ORDINAL:
        return "a rank or a number in a row that nothing else counts"
    if claim.kind in (Kind.PERCENT, Kind.RATIO):
        return "the whole it is a share of, or the figures before and after, are not given beside it"
    if claim.modality in ("planned", "possible", "conditional"):
        return f"it is {claim.modality}, and no other figure speaks of the same"
    if not claim.noun:
        return "what it measures is not clear"
    return "no other figure measures the same, is part of it or follows from it"
