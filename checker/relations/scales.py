"""Scales: the ends of "a scale of 1 to 4" wherever an article tells of it."""

from __future__ import annotations

from collections.abc import Iterable

from checker.language.article import Article
from checker.model import Claim, Relation
from checker.patterns import lazy

_SCALE = lazy(
    r"\b(?:an?|the|this|that|same|its) scale (?:of|from|running from|ranging from|between) ‹n(?P<low>\d+)›(?: to |-|–| and )‹n(?P<high>\d+)›"
)


def find(article: Article) -> Iterable[Relation]:
    """``same-quantity`` relations of the ends of "a scale of 1 to 4" wherever the article tells of it again without another name."""
    found: list[tuple[Claim, Claim]] = []
    for sentence in article.sentences:
        if "scale" in article.text(sentence.index):
            masked = article.masked(sentence.index)
            for match in masked.finditer(_SCALE):
                found.append((masked.claim(match, "low"), masked.claim(match, "high")))
    for low, high in found[1:]:
        for a, b in zip(found[0], (low, high), strict=True):
            yield Relation("same-quantity", {"a": (a,), "b": (b,)}, 0.88, "if both are one scale")
