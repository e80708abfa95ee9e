"""What one person or thing did, told in a row, goes forward in time: two verbs that "and" joins, a paragraph of three dated deeds
or more.  The one date that goes back is out of its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from checker.language.article import Article
from checker.language.deeds import Deed, deeds, is_dated_alike
from checker.model import Relation
from checker.patterns import lazy
from checker.relations.doers import doer

# what breaks the row: "He also won", "had earlier been", "before that"
_ASIDE = lazy(
    r"\b(?:also|earlier|previous\w*|before|already|again|first|originally|once|another|previously|formerly|last|second|third|both|either|respectively|twice|including)\b",
    re.I,
)
# levels, which go up and down in any order, and what may be told after its time
_NO_DEED = frozenset(
    "be have stand fall rise peak drop climb grow decline total number average remain amount hit trade put win receive score finish beat lose play appear bear die say report".split()
)


def find(article: Article) -> Iterable[Relation]:
    """``before`` relations."""
    told = [d for d in deeds(article) if d.verb.dep in ("ROOT", "conj") and d.date.tense == "past"]
    for _, group in groupby(told, key=lambda d: d.date.block):
        found = list(group)
        if len(found) > 1:
            yield from _row(article, found)


def _row(article: Article, told: Sequence[Deed]) -> Iterator[Relation]:
    """The two deeds of a paragraph of which the second is dated before the first, though all others go forward."""
    by_doer: dict[str, list[Deed]] = {}
    for deed in told:
        if name := doer(article, deed):
            by_doer.setdefault(name, []).append(deed)
    for found in by_doer.values():
        back = [(x, y) for x, y in pairwise(found) if _goes_back(x, y)]
        if len(back) != 1:
            continue
        x, y = back[0]
        joined = x.sentence == y.sentence and y.verb.dep == "conj" and y.verb.head == x.verb.index
        if not joined and (len(found) < 3 or y.sentence - x.sentence > 1):
            continue
        if {x.verb.lemma, y.verb.lemma} & _NO_DEED or any(_ASIDE.search(article.text(d.sentence)) for d in (x, y)):
            continue
        yield Relation("before", {"earlier": (x.date,), "later": (y.date,)}, 0.93, "it is told in the order of events")


def _goes_back(x: Deed, y: Deed) -> bool:
    """Whether of two dates that can be compared the second is the earlier."""
    low, high = x.date.widest.low, y.date.widest.high
    return is_dated_alike(x.date, y.date) and low is not None and high is not None and high < low
