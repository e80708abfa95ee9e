"""Which day, week or month of its being something is in, against the day it began: "began on May 28, entered its sixth week"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from checker.language.article import Article, Masked
from checker.model import Claim, Kind, Relation
from checker.patterns import lazy
from checker.relations.elapsed import DAYS

_LASTING = (
    r"strike|walkout|stoppage|lockout|protests?|demonstrations?|blockade|siege|stand-?off|sit-in|occupation|war|offensive|invasion|conflict|fighting|bombing|campaign|trial|hearing|"
    r"inquest|inquiry|search|hunt|manhunt|rescue|fast|hunger strike|lockdown|shutdown|curfew|closure|outage|blackout|heatwave|heat wave|drought|fire|wildfire|blaze|eruption|"
    r"outbreak|epidemic|talks|negotiations|voyage|expedition|trek|walk|tour|boycott|dispute|crisis|uprising|unrest|riots?|vigil|encampment"
)
_NTH = lazy(
    r"\b(?:(?:enter(?:s|ed|ing)?|is|was|are|were|now|still|reach(?:es|ed|ing)?|go(?:es|ing)?|went|stretch(?:es|ed|ing)?|drag(?:s|ged|ging)?|mov(?:es|ed|ing)|head(?:s|ed|ing)?|pass(?:es|ed|ing)?) (?:on )?(?:in |into |through )?"
    r"|for |on |, (?:now )?in(?:to)? )(?:its|their|the|a) ‹o(?P<number>\d+)›(?: (?:straight|consecutive|successive|full))? (?P<unit>day|week|month)\b(?! (?:of|in) )"
)
_BEGAN = lazy(
    rf"\b(?P<what>{_LASTING})\b(?P<mid>(?:(?!\b(?:and|but|after|before|since|until|when)\b)[^‹›.;:]){{0,60}}?)\b(?:began|begun|started|broke out|erupted|was called|was launched|opened|went into effect) "
    r"(?:(?!\b(?:and|but|after|before|since|until|when)\b)[^‹›.;:,]){0,40}?(?:on )?‹d(?P<date>\d+)›"
)
_OF = r" (?:of|at|in|by|against|for|over) (?:[Tt]he |his |her |its |their )?[\w’'-]+"
_SITS = lazy(r"\b(?:trial|hearing|inquest|inquiry|talks|negotiations|tour|court|judge|jury|tribunal)\b")
_NEW = lazy(r"\b(?:[Aa]n?|[Aa]nother|[Oo]ne)(?: [a-z-]+)? $")
_EARLIER = lazy(
    r"\b(?:last|previous|earlier|first|second|third|other|separate|similar|different|former|latest)(?: [a-z-]+)? $"
)
_IT = lazy(r"^(?:[^,]{3,30},? )?[Ii]t\b")
_BEFORE = lazy(r"^(?:On )?‹d(?P<date>\d+)›")
_BEHIND = lazy(r"[^‹›.;:]{0,24}?\b(?:on|as of|by)? ?‹d(?P<date>\d+)›")


def find(article: Article) -> Iterable[Relation]:
    """``nth-unit`` relations of the ordinal of a day, week or month with the first day and the day it is told of."""
    if article.document.date is None or not any(c.kind == Kind.ORDINAL for c in article.claims):
        return
    numbered = list(_numbered(article))
    if not numbered:
        return
    begun = list(_begun(article))
    for masked, number, unit, now in numbered:
        text = article.text(masked.sentence.index)
        if _IT.search(text) and masked.sentence.index > 0:
            text = article.text(masked.sentence.index - 1)
        fitting = [
            (what, date)
            for what, date, of, first in begun
            if _is_same(what, of, text) and not (first and date.sentence > number.sentence)
        ]
        if len({date.widest for _, date in fitting}) != 1:
            continue
        start = fitting[0][1]
        shortest, longest = DAYS[unit]
        constants = {"shortest": shortest, "longest": longest, "slack": Fraction(1) if unit == "day" else longest}
        yield Relation("nth-unit", {"number": (number,), "began": (start,), "now": (now,)}, 0.92, constants=constants)


def _numbered(article: Article) -> Iterator[tuple[Masked, Claim, str, Claim]]:
    """Each "sixth week" with its unit and the day on which it is that: one that the sentence names, or the article's own."""
    for index, claims in sorted(article.by_sentence.items()):
        if index < 0 or not any(c.kind == Kind.ORDINAL for c in claims):
            continue
        masked = article.masked(index)
        for match in masked.finditer(_NTH):
            number = masked.claims[int(match["number"])]
            if number.value is None or number.value < 3:
                continue
            if match["unit"] == "day" and _SITS.search(masked.text):
                continue  # whose days are those on which it sits
            behind = _BEHIND.match(masked.text, match.end()) or _BEFORE.match(masked.text)
            now = masked.claims[int(behind["date"])] if behind else article.published
            if now is not None and _is_day(now):
                yield masked, number, match["unit"], now


def _is_same(what: str, of: str, text: str) -> bool:
    """Whether a sentence speaks of the same strike or trial: "the strike", and of the same place or person where both say it."""
    found = re.search(
        rf"\b(?:[Tt]he|[Tt]his|[Tt]hat|[Ii]ts|[Tt]heir|[A-Z][\w’'-]*) (?:[A-Za-z’'-]+ ){{0,3}}?{what}\b(?P<of>{_OF})?",
        text,
    )
    return found is not None and (not of or not found["of"] or of == found["of"])


def _begun(article: Article) -> Iterator[tuple[str, Claim, str, bool]]:
    """What is told to have begun on a day, with its noun, where or whose it is, and whether it is named as a new one."""
    for index, claims in sorted(article.by_sentence.items()):
        if index < 0 or not any(c.kind == Kind.DATE for c in claims):
            continue
        masked = article.masked(index)
        for match in masked.finditer(_BEGAN):
            date = masked.claims[int(match["date"])]
            before = masked.text[: match.start()]
            if _is_day(date) and date.modality != "denied" and not _EARLIER.search(before):
                of = re.match(_OF, match["mid"])
                yield match["what"], date, of.group() if of else "", _NEW.search(before) is not None


def _is_day(claim: Claim) -> bool:
    if claim.figure is None or claim.figure.calendar is None:
        return claim.value is not None  # the article's own date
    return claim.figure.calendar.grain == "day" and claim.value is not None
