"""Jobs that go at one site, and how many people the text says work there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from checker.language.article import Article
from checker.language.words import likeness
from checker.model import Claim, Relation
from checker.patterns import lazy

_LIKE = 70  # the likeness of nouns from which they may name one site
_LOST = lazy(
    r"\b(?:cut|cuts|cutting|eliminat\w+|shed|sheds|shedding|los(?:e|es|ing|t)|axe[sd]?|axing|slash\w*|scrap\w*|lay(?:s|ing)? off|laid off|sack\w*|dismiss\w*|ma[kd]\w+ redundant) (?:about |some |up to )?(?:all )?‹n(?P<jobs>\d+)›(?! (?:more|fewer))|"
    r"‹n(?P<late>\d+)› (?:[a-z-]+ )?(?:jobs|posts|positions|workers|employees|people|staff) (?:will|would|are to|were to|are|were) (?:go|be (?:lost|cut|axed|shed|laid off|made redundant)|losing)\b"
)
_EMPLOYED = lazy(
    r"\b(?:employ(?:s|ed|ing)|workforce of|staff of|provides? work for|jobs for) (?:about |some |only |just )?(?:a total of )?‹n(?P<jobs>\d+)›|‹n(?P<late>\d+)›(?:-strong workforce| (?:people|workers|employees|staff) (?:work|are employed) (?:at|in)\b)"
)
_SITE = lazy(
    r"\b(factory|plant|mill|works|site|brewery|foundry|smelter|refinery|shipyard|warehouse|depot|mine|quarry|headquarters|laboratory|hospital|dairy|bakery|distillery|cannery|sawmill|store|restaurant|hotel|newsroom|university|college)\b"
)


def find(article: Article) -> Iterable[Relation]:
    """``part-of`` relations of jobs that go at one site ("cut 380 jobs at its Rockford plant") and how many people that site employs."""
    lost = list(_at_site(article, _LOST))
    if not lost:
        return
    employed = list(_at_site(article, _EMPLOYED))
    for jobs, site in lost:
        known = [c for c, other in employed if c.id != jobs.id and (other == site or likeness(other, site) >= _LIKE)]
        if known and all(c.value and jobs.value and c.value < jobs.value <= 2 * c.value for c in known):
            yield Relation("part-of", {"part": (jobs,), "whole": (known[0],)}, 0.85, "if this is the same site")


def _at_site(article: Article, pattern: re.Pattern[str]) -> Iterator[tuple[Claim, str]]:
    """The numbers of jobs that a pattern finds, each with the one site that its sentence names."""
    for sentence in article.sentences:
        if not article.by_sentence.get(sentence.index):
            continue
        masked = article.masked(sentence.index)
        for match in masked.finditer(pattern):
            before, behind = _SITE.findall(masked.text[: match.start()]), _SITE.findall(masked.text[match.end() :])
            sites = behind[:1] or before[-1:] if pattern is _LOST else before[-1:] or behind[:1]
            claim = masked.claim(match, "jobs" if match["jobs"] else "late")
            if sites and claim.kind == "count" and claim.role in ("level", "to", "change") and not claim.other:
                yield claim, sites[0]
