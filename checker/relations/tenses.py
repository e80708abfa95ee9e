"""Dates that a verb in a past tense carries, and the article's own: what is told as past had come when it was published."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cache

from checker.data import lexicon
from checker.language.article import Article
from checker.language.english import Token
from checker.model import Claim, Relation

_GRAINS = frozenset({"day", "month", "year"})
_WHEN = frozenset({"in", "on", "during", "since"})
_DID = frozenset({"did", "had", "was", "were", "been", "got"})
_BACK = 8  # sentences before a day in which its year may be told
_WEEKS = 40  # days after the article's own within which a day without its year is taken for one of the same year


def find(article: Article) -> Iterable[Relation]:
    """``before-published`` relations of the dates whose tense says that they are past."""
    published = article.document.date
    if published is None:
        return
    today = Fraction(published.toordinal())
    for claim in article.claims:
        if claim.kind != "date" or claim.sentence < 0 or not _is_placed(claim) or not _is_past(article, claim):
            continue
        low = claim.intended.low
        if low is None:
            continue
        if not _has_year(claim) and (not 1 < low - today <= _WEEKS or _is_of_told_year(article, claim)):
            continue  # a day of the year that is nearest has nearly always come
        yield Relation("before-published", {"event": (claim,)}, 0.9, constants={"published": today})


def _has_year(claim: Claim) -> bool:
    return claim.figure is not None and claim.figure.calendar is not None and "year" in claim.figure.calendar.written


def _is_of_told_year(article: Article, claim: Claim) -> bool:
    """Whether a date told before says of which year a day is: "Last year it came on June 2"."""
    return any(
        c.kind == "date" and c is not claim and _tells_year(c)
        for index in range(claim.sentence - _BACK, claim.sentence + 1)
        for c in article.by_sentence.get(index, ())
    )


def _tells_year(claim: Claim) -> bool:
    calendar = claim.figure.calendar if claim.figure is not None else None
    return calendar is not None and ("year" in calendar.written or calendar.grain in ("year", "decade", "season"))


def _is_placed(claim: Claim) -> bool:
    """Whether a date is told by itself: with its year, or as a day of a month."""
    calendar = claim.figure.calendar if claim.figure is not None else None
    if calendar is None or calendar.relative or calendar.fiscal or calendar.grain not in _GRAINS:
        return False
    return "year" in calendar.written or (calendar.grain == "day" and "month" in calendar.written)


@cache
def _plans() -> frozenset[str]:
    return frozenset(lexicon("events")["plans"]["verbs"].split())


def _is_past(article: Article, claim: Claim) -> bool:
    """Whether the date opens the sentence or stands right behind its verb, one in a past tense that plans nothing: "was
    opened in 1934"."""
    tokens = article.tokens(claim.sentence)
    inside = [t for t in tokens if claim.start <= t.start < claim.end]
    top = next((t for t in inside if not any(o.index == t.head for o in inside if o is not t)), None)
    if top is None or (claim.figure is not None and claim.end > claim.figure.end):
        return False
    first, verb = inside[0], tokens[top.head]
    if top.dep == "pobj":
        if verb.lower not in _WHEN or verb.dep != "prep":
            return False
        first, verb = verb, tokens[verb.head]
    elif top.dep != "npadvmod":
        return False
    opens = first.index == tokens[0].index
    beside = verb.index < first.index and not any(t.is_noun for t in tokens[verb.index + 1 : first.index])
    return (opens or beside) and _is_done(tokens, verb)


def _is_done(tokens: Sequence[Token], verb: Token) -> bool:
    if verb.lemma in _plans():
        return False
    helpers = [t.lower for t in tokens if t.head == verb.index and t.dep in ("aux", "auxpass")]
    if any(word not in _DID for word in helpers) or any(t.head == verb.index and t.dep == "neg" for t in tokens):
        return False
    if any(t.head == verb.index and t.dep in ("xcomp", "ccomp") for t in tokens):
        return False  # "agreed to repay in 1992"
    return verb.tag == "VBD" or (verb.tag == "VBN" and bool(helpers))
