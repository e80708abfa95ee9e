"""Which claims belong together.  Every module of this package relates one family of claims:

    def find(article: Article) -> Iterable[Relation]

A new family is a new module; nothing else names it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from checker.language.article import Article
from checker.model import Relation
from checker.patterns import lazy

# "40 in Rome, dozens in Paris and 27 in Lyon": parts without a figure, so that the others need not make the total
_OPEN_PARTS = lazy(
    r"\b(?:dozens|scores|hundreds|thousands|several|many|a few|a handful|an unknown number)\b(?= (?:in|at|from|of(?! (?:them|whom|which|these|those)\b)|on|were|was|more|others)\b|[,.;])"
)


@cache
def families() -> tuple[Callable[[Article], Iterable[Relation]], ...]:
    """The ``find`` function of every module here that has one, by name."""
    modules = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__))
    return tuple(module.find for module in modules if hasattr(module, "find"))


def relate(article: Article) -> list[Relation]:
    """Every relation between the claims of an article, in a fixed order; one that two families find, once, as the surer has it."""
    found: dict[tuple[str, frozenset[tuple[int, int, int]]], Relation] = {}
    for find in families():
        for relation in find(article):
            if relation.kind == "parts-of" and _has_open_parts(article, relation):
                continue
            key = (relation.kind, frozenset((claim.block, claim.start, claim.end) for claim in relation.claims))
            if key not in found or found[key].confidence < relation.confidence:
                found[key] = relation
    return [_dated(article, relation) for relation in _surer(found.values())]


def _has_open_parts(article: Article, relation: Relation) -> bool:
    sentences = {part.sentence for part in relation.roles["parts"] if part.sentence >= 0}
    return any(_OPEN_PARTS.search(article.text(index)) for index in sentences)


def _surer(relations: Iterable[Relation]) -> list[Relation]:
    """The relations without those of a margin, of a length of time, or between the same two figures, that were found only because
    they agree, where the words tie them together otherwise."""
    kept = list(relations)
    tied = [relation for relation in kept if relation.kind == "difference" and not relation.agrees]
    known = {_margin(relation) for relation in tied} | {_between(relation) for relation in tied}
    lengths = {_length(relation) for relation in kept if not relation.agrees} - {None}
    return [r for r in kept if not (r.agrees and (({_margin(r), _between(r)} & known) or _length(r) in lengths))]


def _length(relation: Relation) -> int | None:
    """The length of time that a relation is about, by its id."""
    return next((claim.id for claim in relation.roles.get("length", ())), None)


def _margin(relation: Relation) -> frozenset[int]:
    """The claim that is the difference of two others, by its id."""
    return frozenset(claim.id for role in ("margin", "amount") for claim in relation.roles.get(role, ()))


def _between(relation: Relation) -> frozenset[int]:
    """The two claims that a margin or a change is between, by their ids."""
    roles = ("first", "second", "old", "new")
    return frozenset(claim.id for role in roles for claim in relation.roles.get(role, ()))


def _dated(article: Article, relation: Relation) -> Relation:
    """A relation whose dates were placed by the date of publication rests on that, wherever the source writes it."""
    placed = "published" in relation.constants or any(
        claim.figure is not None
        and claim.figure.calendar is not None
        and (claim.figure.calendar.relative or "year" not in claim.figure.calendar.written)
        for claim in relation.claims
    )
    if not placed or article.published is None or article.published in relation.claims:
        return relation
    return replace(relation, context={**relation.context, "published": article.published})
