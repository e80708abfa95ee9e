"""Ranks against the list or table that they are of: "the second-largest grant", "waits longer than anywhere else"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from checker.language.article import Article
from checker.model import BlockKind, Claim, Relation
from checker.patterns import lazy
from checker.relations.tables import columns

_HIGH = r"highest|largest|biggest|longest|most|greatest|heaviest|tallest|hottest|warmest|busiest|oldest|dearest|costliest|widest|fastest|worst(?![- ](?:hit|affected|off|damaged))|richest|most [a-z]+"
_LOW = r"lowest|smallest|shortest|fewest|coldest|youngest|cheapest|least|lightest|slowest|least [a-z]+"
_ORDINALS = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "2nd": 2, "3rd": 3}
_RANKED = lazy(rf"\b(?:(?P<ordinal>{'|'.join(_ORDINALS)})[- ])?(?P<word>(?P<high>{_HIGH})|(?P<low>{_LOW}))\b", re.I)
_NOWHERE = lazy(
    r"\b(?P<word>(?P<high>longer|higher|larger|bigger|more [a-z]+|greater|worse|heavier|dearer|busier)|(?P<low>shorter|lower|smaller|fewer|cheaper|less [a-z]+)) than (?:anywhere|any other|anyone|all (?:the )?others?|any of the others)\b",
    re.I,
)
_WHEN = lazy(
    r"\b(?:ever|on record|history|since|in (?:\d+|[a-z]+) years|so far|outside|in the world|in the country|in Europe)\b",
    re.I,
)
_PROSE = frozenset({BlockKind.BODY, BlockKind.QUOTE, BlockKind.DEK, BlockKind.HEADLINE, BlockKind.CAPTION})


@dataclass(frozen=True, slots=True)
class Series:
    """Figures of one kind with the names that they stand beside, in a list or a table's column."""

    header: str
    labels: tuple[str, ...]
    claims: tuple[Claim, ...]


def find(article: Article) -> Iterable[Relation]:
    """``ranked-high`` and ``ranked-low`` relations of a named member with those that must come behind it."""
    found = [*_lists(article), *_columns(article)]
    if not found:
        return
    for sentence in article.sentences:
        if article.block(sentence).kind not in _PROSE:
            continue
        text = article.text(sentence.index)
        for pattern in (_RANKED, _NOWHERE):
            for match in pattern.finditer(text):
                if _WHEN.search(text[match.end() : match.end() + 45]):
                    continue
                yield from _of_series(article, sentence.index, text, match, found)


def _lists(article: Article) -> Iterator[Series]:
    groups: dict[int, list[tuple[str, Claim]]] = {}
    by_block: dict[int, list[Claim]] = {}
    for claim in article.claims:
        by_block.setdefault(claim.block, []).append(claim)
    for number, block in enumerate(article.document.blocks):
        if block.kind == BlockKind.LIST_ITEM and block.group >= 0:
            figures = [
                c
                for c in by_block.get(number, ())
                if c.kind in ("count", "money", "measure", "percent") and c.value is not None
            ]
            if figures:
                label = re.split(r"[:–—(]| - |, (?=\W?\d)", block.text)[0].strip()
                groups.setdefault(block.group, []).append((label, figures[0]))
    for members in groups.values():
        kinds = {(c.kind, c.unit) for _, c in members}
        if len(members) >= 3 and len(kinds) == 1:
            yield Series("", tuple(label for label, _ in members), tuple(c for _, c in members))


def _columns(article: Article) -> Iterator[Series]:
    for column in columns(article):
        pairs = [
            (label, c)
            for label, c in zip(column.labels, column.cells, strict=True)
            if not re.match(r"(?:total|all|average|england|overall)\b", label, re.I)
        ]
        if len(pairs) >= 3:
            yield Series(column.header, tuple(label for label, _ in pairs), tuple(c for _, c in pairs))


def _of_series(
    article: Article, sentence: int, text: str, match: re.Match[str], found: list[Series]
) -> Iterator[Relation]:
    near = text[max(0, match.start() - 90) : match.end() + 90]
    for series in found:
        named = [i for i, label in enumerate(series.labels) if label and _names(label, near)]
        if len(named) != 1 or not _fits(series, text):
            continue
        place = named[0]
        own = series.claims[place]
        if _is_of_other(article, sentence, match, own):
            continue
        rank = _ORDINALS.get((match.groupdict().get("ordinal") or "").lower(), 1)
        high = bool(match["high"])
        values = [(c.value or Fraction(0)) * (1 if high else -1) for c in series.claims]
        ahead = [c for c, v in zip(series.claims, values, strict=True) if v > values[place]]
        start = article.sentences[sentence].start + match.start()
        said = article.derived(
            "rank", rank, article.sentences[sentence].block, start, article.sentences[sentence].start + match.end()
        )
        others = tuple(sorted(ahead, key=lambda c: c.id))[: rank + 1]
        number = article.derived("rank", len(ahead) + 1, own.block, own.start, own.end)
        context = {"its figure": own, **{f"ahead {i}": c for i, c in enumerate(others, 1)}}
        yield Relation(
            "ranked",
            {"rank": (said,), "place": (number,)},
            0.88,
            "if this is the list it is ranked in",
            context=context,
        )
        return


_CHANGES = lazy(
    r"\b(?:improv\w+|ris(?:e|es|en|ing)|rose|f[ae]ll(?:s|en|ing)?|gr[eo]w\w*|gain\w*|chang\w+|increas\w+|decreas\w+|declin\w+|drop\w*|per|rates?|shares?|proportion|ratio|relative)\b",
    re.I,
)


def _is_of_other(article: Article, sentence: int, match: re.Match[str], own: Claim) -> bool:
    """Whether a rank is of something else than the figures listed: of a change or rate, of a figure that the sentence gives
    itself and the list does not, or no rank at all ("most of the schools in Oakley")."""
    if _CHANGES.search(match.string) or (
        match["word"].lower() in ("most", "least")
        and not re.search(r"\b(?:the|ha[sd]|with) $", match.string[: match.start()], re.I)
    ):
        return True
    given = [
        c.value
        for c in article.by_sentence.get(sentence, ())
        if (c.kind, c.unit, c.noun) == (own.kind, own.unit, own.noun)
    ]
    return bool(given) and own.value not in given


def _names(label: str, text: str) -> bool:
    """Whether a text names what a row or item is of: its label, or the label's first word where that is a rare one."""
    if re.search(rf"\b{re.escape(label)}\b", text, re.I):
        return True
    first = label.split()[0]
    return len(first) >= 5 and first[0].isupper() and re.search(rf"\b{re.escape(first)}\b", text) is not None


def _fits(series: Series, text: str) -> bool:
    """Whether the sentence speaks of what a column holds; a list has no header to be held against."""
    words = [
        w for w in re.findall(r"[a-z]{4,}", series.header.lower()) if w not in ("number", "total", "average", "mean")
    ]
    lower = text.lower()
    return not words or any(word.rstrip("s") in lower for word in words)
