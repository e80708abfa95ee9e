"""The ledger: every figure of an article, what it measures, whether anything could be compared with it, and why not."""

from __future__ import annotations

import re
from collections.abc import Sequence

from checker.language.article import Article
from checker.model import Claim, Entry, Figure, Kind, Relation, Status

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
        others = [c.text for name, claims in relation.roles.items() for c in claims if c.figure is not claim.figure]
        said = f"{role} in {relation.kind}" if len(role) > 1 else relation.kind  # "a" and "b" say nothing
        return Entry(claim.figure, measures, Status.COMPARED, said + (f", with {', '.join(others)}" if others else ""))
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
