"""Close figures: two counts of people caught that differ by one step of the way they are written.

"More than 47,000 persons seized" in the headline and "more than 48,000 suspects arrested" in the body make a reader ask
whether they are one group or two.  Values that stand elsewhere do not explain that away: it is a question, not a slip.
"""

from __future__ import annotations

from collections.abc import Iterable

from checker.language.article import Article
from checker.model import Claim, Hedge, Relation

_CLASSES = frozenset({"arrested"})
_ASSUMES = "if both count the same people"


def find(article: Article) -> Iterable[Relation]:
    """``close-figures`` relations, each pair of values once, between their first mentions in different sentences."""
    counts = [
        claim
        for claim in article.claims
        if claim.kind == "count"
        and claim.outcome in _CLASSES
        and claim.figure is not None
        and claim.value is not None
        and claim.modality == "asserted"
        and not claim.other
    ]
    seen: set[tuple[object, object]] = set()
    for i, a in enumerate(counts):
        for b in counts[i + 1 :]:
            if a.sentence != b.sentence and _close(a, b) and (a.value, b.value) not in seen:
                seen.update({(a.value, b.value), (b.value, a.value)})
                yield Relation("close-figures", {"a": (a,), "b": (b,)}, 0.95, _ASSUMES)


def _close(a: Claim, b: Claim) -> bool:
    """One step apart as written, with one hedge that is not an exact count, nothing known of other times or places."""
    assert a.figure is not None and b.figure is not None and a.value is not None and b.value is not None
    if a.figure.hedge != b.figure.hedge or a.figure.hedge == Hedge.EXACT or a.figure.step != b.figure.step:
        return False
    if abs(a.value - b.value) != a.figure.step or a.figure.step < 10:
        return False
    return not (a.place and b.place and a.place != b.place)
