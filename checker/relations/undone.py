"""What nobody did, by its noun, and those who did it, by its verb: "no complaints from donors" beside "the seven donors who had
complained"; and one person who is said to be unhurt, and of whom an injury is told elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from checker.data import lexicon
from checker.language.article import Article
from checker.model import BlockKind, Claim, Relation
from checker.patterns import lazy

_BODY = frozenset({BlockKind.BODY, BlockKind.QUOTE, BlockKind.LIST_ITEM})
# "There were no complaints", "No illnesses have been reported", "has had no objections"
_NO = lazy(
    r"\b(?:[Nn]o (?P<first>[a-z]+) (?:was|were|has|have|had)(?: yet)? (?:been )?(?:reported|received|made|recorded|known|registered|lodged|filed)\b"
    r"|(?:found|received|recorded|had|reported|were|was|are|is|drew|seen|made|heard(?: of)?) no (?P<second>[a-z]+)(?= (?:from|about|in|to|of|among|at|over)\b|[.,;]|$))"
)
_WHO = r"\b(?:[Tt]he|[Tt]hose|‹n\d+› of the|[Aa]mong the)(?: ‹n\d+›)?(?: [a-z]+)? (?:who|that) (?:had |have |has |were |was |became |fell )?"
_DOUBT = lazy(
    r"\b(?:if|unless|until|yet|so far|initially|at first|would|could|should|may|might|longer|further|immediate|other|another|[Aa]lmost|[Nn]early|previous\w*|last (?:year|month|week)|years? (?:ago|earlier|before)|(?:in|since|of) (?:19|20)\d\d|not|n['’]t|never|elsewhere|different)\b|‹d\d+›"
)
_DATED = lazy(r"[^.;:]{0,12}‹d\d+›|[^.;:]{0,20}\b(?:earlier|before|previously|ago)\b")
_UNHURT = r"(?:unhurt|uninjured|unharmed|unscathed)"
_SAFE = lazy(
    rf"\b(?:[Tt]he|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir) (?:[a-z]+ )?(?P<who>[a-z]+)(?:, [^.;:‹›]{{1,50}},)? (?:was|is|escaped|emerged|walked away|got out|climbed out) {_UNHURT}\b"
)
_HURT = (
    r"(?:(?:broke|fractured|sprained|dislocated|burn(?:ed|t)|injured|cut|hurt|gashed) (?:an?|his|her|the) [a-z]+"
    r"|(?:suffered|sustained|needed|received) (?:an? |minor |serious |severe |head )?(?:[a-z]+ )?(?:injur\w+|burns?|cuts?|fractures?|concussion|stitches|broken [a-z]+)"
    r"|(?:was|is|were) (?:taken|flown|rushed) to (?:a |the )?(?:[a-z]+ )?hospital with|(?:was|were) treated for)"
)


def find(article: Article) -> Iterable[Relation]:
    """``none-some`` relations."""
    yield from _deeds(article)
    yield from _unhurt(article)


def _deeds(article: Article) -> Iterator[Relation]:
    known: dict[str, str] = lexicon("none")["deeds"]
    for sentence in article.sentences:
        if article.block(sentence).kind not in _BODY and not article.is_display(sentence):
            continue
        text = article.text(sentence.index)
        match = _NO.search(text)
        if match is None or _DOUBT.search(text):
            continue
        words = known.get((match["first"] or match["second"]).removesuffix("s").removesuffix("e"))
        if words is None:
            continue
        none = article.derived("none", 0, sentence.block, sentence.start + match.start(), sentence.start + match.end())
        yield from _told(article, none, re.compile(rf"{_WHO}(?:{words})\b"))


def _unhurt(article: Article) -> Iterator[Relation]:
    people = lexicon("claims")["nouns"]["person"]
    for sentence in article.sentences:
        if article.block(sentence).kind not in _BODY:
            continue
        text = article.text(sentence.index)
        match = _SAFE.search(text)
        if match is None or match["who"] not in people:
            continue
        others = sum(
            match["who"] in article.text(s.index) and f"other {match['who']}" in article.text(s.index)
            for s in article.sentences
        )
        if others:
            continue  # there are two drivers
        none = article.derived("none", 0, sentence.block, sentence.start + match.start(), sentence.start + match.end())
        some = rf"\b(?:the|its|his|her|their|The|Its|His|Her|Their) (?:[a-z]+ )?{match['who']}(?:, who| who|, [^.;:‹›]{{1,40}},)? (?:had )?{_HURT}"
        yield from _told(article, none, re.compile(some))


def _told(article: Article, none: Claim, some: re.Pattern[str]) -> Iterator[Relation]:
    for sentence in article.sentences:
        if sentence.index == none.sentence or article.block(sentence).kind not in _BODY:
            continue
        masked = article.masked(sentence.index)
        found = some.search(masked.text)
        if found is None or _DOUBT.search(masked.text[: found.end()]) or _DATED.match(masked.text, found.end()):
            continue
        numbers = [masked.claims[int(n)] for n in re.findall(r"‹n(\d+)›", found.group())]
        claim = next((c for c in numbers if c.value and c.value >= 1), None)
        if claim is None:
            claim = article.derived("count", 1, sentence.block, *masked.last_words(found))
        yield Relation("none-some", {"none": (none,), "some": (claim,)}, 0.85, "if both speak of one thing")
        return
