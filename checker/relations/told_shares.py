"""Shares whose part and whole the words fix, so that nothing needs weighing: "Officers visited 1,850 premises ... 333 of the
places visited were rated two or below.  That is 28 per cent of those inspected." """

from __future__ import annotations

from collections.abc import Iterable, Iterator

from checker.language.article import Article
from checker.model import Claim, Relation
from checker.patterns import lazy
from checker.relations import shares
from checker.relations.levels import is_digest
from checker.relations.wholes import group_of, told

_THAT_IS = lazy(
    r"^[\"“]?(?:That|This|It|Which) (?:is|was|means|makes|represents|amounts to|works out (?:at|as|to)|comes to|equals|"
    r"accounts for|corresponds to|would be|equates to|adds up to)\b[^‹›.;:,]{0,20}$"
)
_LEVEL = ("level", "to", "share")


def find(article: Article) -> Iterable[Relation]:
    """``share-of`` relations of which no part is guessed."""
    for share in shares.questions(article):
        claim = share.claim
        if claim.kind == "most" or claim.role not in _LEVEL or is_digest(article, claim.sentence):
            continue
        for part, whole in _fixed(article, claim):
            roles = {"share": (claim,), "whole": (whole,), "part": (part,)}
            yield Relation("share-of", roles, 0.9, "", {"scale": share.unit})


def _fixed(article: Article, claim: Claim) -> Iterator[tuple[Claim, Claim]]:
    """The part and the whole of a share, at most one of each."""
    sizes = [c for c in article.claims if c.kind in ("count", "money", "measure") and c.value and c.sentence >= 0]
    part = _taken_up(article, claim)
    whole = told(article, claim, sizes)
    if part is not None and whole is None and group_of(article, claim)[2]:
        whole = told(article, part, sizes)  # "28 per cent of those" whom the part was told of
    if part is None and whole is not None and whole.kind == "measure":
        part = _beside(claim, whole, sizes)
    if part is None or whole is None or part.value is None or whole.value is None or part is whole:
        return
    if (part.kind, part.unit) == (whole.kind, whole.unit) and part.value < whole.value:
        yield part, whole


def _taken_up(article: Article, claim: Claim) -> Claim | None:
    """The part that "That is 28 per cent of" takes up: the only count of a group in the sentence before."""
    before, _ = article.masked(claim.sentence).around(claim)
    if claim.sentence < 1 or not _THAT_IS.match(before):
        return None
    last = [c for c in article.by_sentence.get(claim.sentence - 1, ()) if c.figure is not None and c.kind == "count"]
    grouped = [c for c in last if group_of(article, c)[0] is not None]
    return grouped[0] if len(grouped) == 1 else None


def _beside(claim: Claim, whole: Claim, sizes: list[Claim]) -> Claim | None:
    """The only other figure of a whole's unit within two sentences: "half of that surface is in the park; the affected zone
    is put at 1,985 hectares"."""
    near = [c for c in sizes if c is not whole and c.unit == whole.unit and abs(c.sentence - claim.sentence) <= 2]
    return near[0] if len(near) == 1 and near[0].role in _LEVEL and near[0].start != claim.start else None
