"""What an article says has changed, or is apart, by how much: an amount, a percentage, a multiple, a margin."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from checker.language.article import Article
from checker.model import Claim
from checker.patterns import lazy
from checker.relations.anaphors import sign_taken_up
from checker.relations.levels import is_digest
from checker.relations.movements import is_margin, sign_around

# "the chance of a quarter-point reduction", "to go for a half-point cut": one that is only thought of
_THOUGHT = lazy(
    r"\b(?:chances?|odds|probability|likelihood|prospects?|possibility|risk|hopes?|expectations?|talk|fears?|threats?|bets?|betting|calls?|called|calling|demands?|demanded|demanding|"
    r"plea|pleas|push|pushed|pressed|press|go|ask(?:ed|ing|s)?|hold(?:ing)? out|campaign\w*|voted?|discount(?:ed|ing)|priced|pricing|seek(?:s|ing)?|sought|want(?:s|ed)?|propos\w+|reject\w*|oppos\w+|accept\w*|offer\w*|rather than|instead of)"
    r"(?: (?:of|on|in|for|against|about|such|that|than))? (?:an?|another|one|the|up to|at least|further)? ?$"
)
# "16.5 pct on a daily basis", "22 pct compound growth", "an average of 3 percent a year": not what two levels give
_USUAL = lazy(
    r"\b(?:the|what is|its|than) (?:(?:national|usual|legal|permitted|safe|recommended) )*(?:norm|normal|average|limit|usual|permitted|allowed)\b"
)
_RECKONED = lazy(
    r"^[^‹›.;:,]{0,25}?(?:\b(?:on|in) (?:an? )?(?:[a-z-]+ ){1,3}(?:basis|terms)\b|\bcompound\b|\bannuali[sz]ed\b|\bannual (?:growth )?rate\b)|^,? (?:a|per|each|every) (?:year|month|week|day)\b"
)


@dataclass(frozen=True, slots=True)
class Change:
    """A claim that tells by how much something differs: `sign` 1 up, -1 down, 0 where the words do not say."""

    claim: Claim
    sign: int
    type: str  # percent | amount | times | margin


@lru_cache(maxsize=2)
def questions(article: Article) -> tuple[Change, ...]:
    """Every claim that the words make a change."""
    return tuple(_questions(article))


def _questions(article: Article) -> Iterator[Change]:
    for sentence in article.sentences:
        if sentence.index not in article.by_sentence or is_digest(article, sentence.index):
            continue
        masked = article.masked(sentence.index)
        several = sum(claim.unit == "times" for claim in masked.claims) > 1  # a list of multiples: ``multiples``
        for number, claim in enumerate(masked.claims):
            if not claim.value or claim.value <= 0 or claim.modality == "denied":
                continue
            if claim.kind not in ("percent", "money", "count", "measure", "ratio", "duration"):
                continue
            mark = masked.mark(number)
            at = masked.text.find(mark)
            if at < 0:
                continue
            left, right = masked.text[max(0, at - 70) : at], masked.text[at + len(mark) : at + len(mark) + 40]
            sign = sign_around(claim, left, right)
            if sign is None:
                sign = sign_taken_up(left)
            if claim.unit == "times":
                if not several:
                    yield Change(claim, sign or 1, "times")
            elif (sign is not None and claim.kind == "percent" and claim.unit in ("%",)) or (
                sign is not None and claim.kind == "ratio"
            ):
                yield Change(claim, sign, "percent")
            elif is_margin(claim, left, right):
                yield Change(claim, 0, "margin")
            elif sign is not None:
                yield Change(claim, sign, "amount")


def is_unsure(article: Article, claim: Claim) -> bool:
    """Whether two levels need not bear a change out: one that is only wished, feared, asked for or likely, one that is
    reckoned on another basis than from one level to the next, or one from what is usual, which is no level told."""
    text = article.block(claim).text
    end = claim.figure.end if claim.figure is not None else claim.end
    if _RECKONED.match(text[end : end + 70]) or (claim.unit == "times" and _USUAL.search(text[claim.start : end + 40])):
        return True
    return claim.role == "change" and _THOUGHT.search(text, max(0, claim.start - 40), claim.start) is not None
