"""Multiples of figures that the text only implies: "2.3 times, 3.6 times and 3.4 times those of the year before"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from checker.language.article import Article, Masked
from checker.model import Claim, Interval, Relation
from checker.patterns import lazy

_PREVIOUS = lazy(
    r"(?:, )?(?:which )?(?:is|are|was|were|or|being|up|increases? of|rises? of)?,?(?P<list>(?: ?,? ?(?:and )?‹r\d+›)+),?(?: respectively,?)? "
    r"(?:that of|those of|the (?:number|figure|level|total)s? (?:of|in|for)|what (?:it|they) w(?:as|ere) in) (?:the )?(?:previous|preceding|prior|‹d\d+›|same period|last|a)"
)
_TIMES = lazy(r"‹r(\d+)›")


def find(article: Article) -> Iterable[Relation]:
    """``multiple`` relations.  Where only the result and the multiple are given, the base is a figure the text implies."""
    for sentence in sorted(article.by_sentence):
        if sentence >= 0 and any(claim.kind == "ratio" for claim in article.by_sentence[sentence]):
            masked = article.masked(sentence)
            yield from _implied(article, masked)


def _implied(article: Article, masked: Masked) -> Iterator[Relation]:
    """ "18,000 ..., 48,000 ... and 47,000 ..., 2.3 times, 3.6 times and 3.4 times that of the year before"."""
    for match in masked.finditer(_PREVIOUS):
        times = [masked.claims[int(number)] for number in _TIMES.findall(match["list"])]
        times = [claim for claim in times if claim.unit == "times" and claim.value]
        results = _results(article, masked, match.start(), len(times))
        for result, multiple in zip(results, times, strict=len(results) == len(times)):
            base = _base(article, multiple, result)
            yield Relation("multiple", {"base": (base,), "result": (result,), "times": (multiple,)}, 0.9)


def _results(article: Article, masked: Masked, before: int, number: int) -> list[Claim]:
    """The last so many levels before the multiples, in the order of the text; none where there are fewer."""
    at = [int(n) for n in re.findall(r"‹[nmu](\d+)›", masked.text[:before])]
    levels = [masked.claims[i] for i in at if masked.claims[i].value is not None]
    return levels[-number:] if len(levels) >= number else []


def _base(article: Article, multiple: Claim, result: Claim) -> Claim:
    """The implied figure: any number, so that it agrees with whatever else is known of it."""
    return article.derived(
        "implied", 0, multiple.block, multiple.start, multiple.end, result.noun, Interval(Fraction(0), None, True)
    )
