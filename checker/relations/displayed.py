"""What the display text tells of the one thing that an article is about, and what the text tells of it once.

A link is sure by structure here, not by weighing:

- a caption, standfirst or headline dates the making of a thing ("built in 1962"), and the text has one year only in which
  anything was made, and says this of the thing by its noun or as "her" or "it" ("the yard completed her in 1958");
- a name and its age stand in the display text and in the text ("Marta Silva, 47"), or the headline tells at what age somebody
  died and the text tells one age only that he reached;
- the headline's score, and "the 4-1 victory", the only score of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from checker.data import lexicon
from checker.language.article import Article
from checker.model import BlockKind, Claim, Kind, Relation
from checker.patterns import lazy

_BODY = frozenset({BlockKind.BODY, BlockKind.QUOTE, BlockKind.LIST_ITEM})
_ABOVE = frozenset({BlockKind.HEADLINE, BlockKind.DEK, BlockKind.CAPTION})


def find(article: Article) -> Iterable[Relation]:
    """``same-day``, ``same-quantity`` and ``same-age`` relations of the display text and the text."""
    shown = [c for c in article.claims if article.block(c).kind in _ABOVE]
    if not shown:
        return
    below = [c for c in article.claims if article.block(c).kind in _BODY]
    yield from _made(article, shown, below)
    yield from _named(article, shown, below)
    yield from _died_at(article, shown, below)
    yield from _scores(article, shown, below)


# ------------------------------------------------------------------------------------------------------- what was made

_AGAIN = lazy(r"\b(?:re(?:built|opened|stored|founded|constructed)|restored|extended|again|second|new(?:er)?|present|original\w*|replac\w+|first)\b")  # fmt: skip


def _made(article: Article, shown: list[Claim], below: list[Claim]) -> Iterator[Relation]:
    told = [c for c in below if _is_made(c)]
    years = {_year(c) for c in told}
    known = {_year(c) for c in below} - {0}
    if len(years) != 1:
        return
    for claim in shown:
        if not _is_made(claim) or _year(claim) in known:
            continue
        if not any(_is_of_it(article, claim, c) for c in told):
            continue
        if any(_AGAIN.search(article.text(c.sentence)) for c in (claim, *told)):
            continue
        yield Relation(
            "same-day",
            {"a": (_bare(article, claim),), "b": (_bare(article, told[0]),)},
            0.85,
            "if both tell of one thing",
        )
        return


# the thing of a caption: "The Orla, built in", "a mill put up in"
_THING = lazy(r"\b(?P<noun>[A-Za-z][a-z]+),? (?:which |that )?(?:was |were |is )?[a-z]+(?: up)? (?:in |back in )?$")
_IT = lazy(r"\b(?:complet|buil|finish|launch|erect|construct|rais|mak|made|cast|pain)[a-z]* (?:her|it|them) ")


def _is_of_it(article: Article, shown: Claim, told: Claim) -> bool:
    """Whether the text says of the display text's thing when it was made: by its noun, or as "her" or "it"."""
    assert shown.figure is not None
    thing = _THING.search(article.block(shown).text, 0, shown.figure.start)
    if thing is None:
        return False
    sentence = article.text(told.sentence)
    return told.subject == thing["noun"].lower() or (
        _IT.search(sentence) is not None and told.verb not in ("found", "establish")
    )


def _bare(article: Article, claim: Claim) -> Claim:
    assert claim.figure is not None
    return article.derived("year", _year(claim), claim.block, claim.figure.start, claim.figure.end)


def _is_made(claim: Claim) -> bool:
    """Whether a claim is a year in which something was made, of those words by which one thing's beginning is told."""
    making = lexicon("begun")["making"]
    calendar = claim.figure.calendar if claim.figure is not None else None
    return (
        claim.kind == Kind.DATE
        and calendar is not None
        and calendar.grain == "year"
        and not calendar.relative
        and claim.verb in making
        and claim.tense in ("past", "perfect", "pluperfect", "")
        and claim.modality == "asserted"
        and bool(re.fullmatch(r"\d{4}", claim.text.strip()))
    )


def _year(claim: Claim) -> int:
    calendar = claim.figure.calendar if claim.figure is not None else None
    return (calendar.year or 0) if calendar is not None and claim.kind == Kind.DATE else 0


# ---------------------------------------------------------------------------------------------------------------- ages

_NAME = r"(?P<name>[A-ZÀ-Þ][\w’'-]+ (?:[A-ZÀ-Þ][\w’'.-]+ )?[A-ZÀ-Þ][\w’'-]+)"
_NAMED = lazy(rf"{_NAME}(?:, (?:aged )?| \()‹a(?P<age>\d+)›")
_DIES = lazy(r"\b(?:[Dd]ies|[Dd]ied|[Dd]ead),? (?:at|aged) ‹a(?P<age>\d+)›")
_REACHED = lazy(r"\b(?:He|She|he|she)(?: had)?(?: just)? turned ‹a(?P<age>\d+)›")


def _named(article: Article, shown: list[Claim], below: list[Claim]) -> Iterator[Relation]:
    """One full name with two ages: in a caption or standfirst, and in the text."""
    if not any(c.kind == Kind.AGE for c in shown) or not any(c.kind == Kind.AGE for c in below):
        return
    above = dict(_ages(article, shown))
    told: dict[str, list[Claim]] = {}
    for name, claim in _ages(article, below):
        told.setdefault(name, []).append(claim)
    for name, claim in above.items():
        values = {c.value for c in told.get(name, ())}
        if len(values) == 1 and claim.value not in values and _is_slip(claim, told[name][0]):
            yield Relation("same-age", {"a": (claim,), "b": (told[name][0],)}, 0.9, "both are of one person")


_YEARS = 10  # by which two ages may differ and still be one person's, mistyped


def _is_slip(a: Claim, b: Claim) -> bool:
    return a.value is not None and b.value is not None and abs(a.value - b.value) <= _YEARS


def _ages(article: Article, claims: list[Claim]) -> Iterator[tuple[str, Claim]]:
    for index in dict.fromkeys(c.sentence for c in claims if c.kind == Kind.AGE and c.sentence >= 0):
        masked = article.masked(index)
        for match in masked.finditer(_NAMED):
            yield match["name"], masked.claim(match, "age")


def _died_at(article: Article, shown: list[Claim], below: list[Claim]) -> Iterator[Relation]:
    """The age at which somebody died, less than the last one that he is told to have reached, or more by two or more where
    that was within the year."""
    published = article.document.date
    for head in (c for c in shown if c.kind == Kind.AGE and article.block(c).kind == BlockKind.HEADLINE):
        masked = article.masked(head.sentence)
        match = next(masked.finditer(_DIES), None)
        if match is None or masked.claim(match, "age").id != head.id or published is None or head.value is None:
            continue
        if any(c.kind == Kind.AGE and c.value == head.value for c in below):
            continue
        for index in dict.fromkeys(c.sentence for c in below if c.kind == Kind.AGE and c.sentence >= 0):
            told = article.masked(index)
            for found in told.finditer(_REACHED):
                age = told.claim(found, "age")
                if age.value is not None and (age.value > head.value or _lately(age, head, published)):
                    yield Relation("same-age", {"a": (head,), "b": (age,)}, 0.85, "both are of one person")
                    return


def _lately(age: Claim, head: Claim, published: date) -> bool:
    """Whether somebody reached an age so lately that he cannot have been two years older."""
    assert age.value is not None and head.value is not None
    return head.value - age.value >= 2 and age.time.startswith(str(published.year))


# -------------------------------------------------------------------------------------------------------------- scores

_THE_SCORE = lazy(
    r"\b(?:[Tt]he|[Tt]his|[A-Z][a-z]+['’]s) (?:[a-z]+ )?‹s(?P<score>\d+)› (?:[a-z]+ )?(?:score ?line|win|victory|triumph|success|defeat|loss|result|final score|verdict)\b"
)
_BEFORE = lazy(r"\b(?:last|previous|earlier|reverse|half-?time|first[- ]leg|aggregate|ago|opening|in (?:19|20)\d\d)\b|‹d\d+›", re.I)  # fmt: skip


def _scores(article: Article, shown: list[Claim], below: list[Claim]) -> Iterator[Relation]:
    heads = [c for c in shown if c.kind == Kind.SCORE and article.block(c).kind == BlockKind.HEADLINE]
    told = [c for c in below if c.kind == Kind.SCORE and c.sentence >= 0]
    if len(heads) != 1 or not told or len({c.figure.parts for c in told if c.figure is not None}) != 1:
        return
    for claim in told:
        masked = article.masked(claim.sentence)
        match = next(masked.finditer(_THE_SCORE), None)
        one, two = heads[0].figure, claim.figure
        if match is None or one is None or two is None or _BEFORE.search(masked.text) or len(one.parts) != 2:
            continue
        if len(two.parts) != 2 or sorted(one.parts) == sorted(two.parts):
            continue
        (a, b), (x, y) = sorted(one.parts), sorted(two.parts)
        if (a == x) != (b == y):  # one side's goals agree
            at = 0 if a != x else 1
            first, second = (
                article.derived("count", int(sorted(figure.parts)[at]), c.block, c.start, c.end)
                for figure, c in ((one, heads[0]), (two, claim))
            )
            yield Relation("same-quantity", {"a": (first,), "b": (second,)}, 0.85, "if both give the same result")
            return
