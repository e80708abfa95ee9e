"""What an article says has changed, or is apart, by how much: an amount, a percentage, a multiple, a margin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import log

from checker.language.article import Article
from checker.model import Claim, Interval
from checker.patterns import lazy
from checker.relations.anaphors import sign_taken_up, takes_up
from checker.relations.levels import ends, in_unit, is_digest
from checker.relations.movements import is_margin, sign_around, sign_of
from checker.relations.slips import evidence

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

_SO_MANY_MORE = lazy(r"\b(?:more|fewer|extra|additional|further)\b")  # "are demanding 400 more staff"
# "slightly up on January's 456 million": a level
_ABOVE = lazy(r"\b(?:up|down|higher|lower) (?:on|from|than|over) (?:[^‹›,;.:]|‹d\d+›){0,25}$")
# "the 60.7 million extraordinary gain", "the loss of 5 million on the sale": no change of a level but a line of its own
_BOOKED = lazy(
    r"\b(?:extraordinary|exceptional|capital|one-off|one-time|unreali[sz]ed|reali[sz]ed|book|paper|net|pre-?tax|operating|non-recurring|special|trading|tax) (?:gain|loss|saving)\b|"
    r"‹[^‹›.;:]{0,20}(?:gain|loss|saving)s? (?:from|on) (?:[a-z]+ ){0,3}(?:sale|disposal|spin-off|investment)"
)

# the least and the most that news writes of: times, shares of the older level, amounts as shares of the larger level
_TIMES, _SHARES, _AMOUNTS = (1.1, 12.0), (0.004, 1.5), (0.003, 1.0)


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
            if _BOOKED.search(f"{left[-40:]}‹{right}") or _ABOVE.search(left):
                continue
            if claim.unit == "times" and "-time " in claim.text:
                continue  # "the four-time champion"
            sign = sign_around(claim, left, right)
            if sign is None:
                sign = sign_taken_up(left)
            if claim.unit == "times":
                if not several and is_multiple(claim, left, right):
                    yield Change(claim, sign or 1, "times")
            elif (sign is not None and claim.kind == "percent" and claim.unit in ("%",)) or (
                sign is not None and claim.kind == "ratio"
            ):
                yield Change(claim, sign, "percent")
            elif is_margin(claim, left, right):
                yield Change(claim, 0, "margin")
            elif sign is not None:
                yield Change(claim, sign, "amount")


# "an extra 111 million prepayment", "88,000 extra pairs" need not be the difference of two levels
_EXTRA = lazy(r"\b(?:extra|additional|further)\b")
_THING = lazy(
    r"[ -](?!(?:an?|per|each|every|in|for|on|from|to|of|at|by|with|would|will|was|were|is|are|has|had|came|and|or|more|less|fewer|than)\b)[a-z]+"
)
# "three times as many", "six times what it was"; "used it 17 times" counts occasions
_MANIFOLD = lazy(
    r"[- ](?:as|the|that|those|these|what|its|their|his|her|last|this|over|[a-z]+er|more|less|‹|average|national|previous)\b|[- ]‹|[- ][a-z]+['’]s\b"
)
_BE = lazy(r"\b(?:is|are|was|were|be|been|to|by|nearly|almost|or|now|than)(?: (?:about|around|some|more than|a))* $")
_STRAY = lazy(r" (?:back|down|up|over|as)\b(?! (?:from|to|by|the number|the figure))")  # "doubled back"


def is_multiple(claim: Claim, left: str, right: str) -> bool:
    """Whether a claim in times tells how many times as much, and not how often or a turn of phrase."""
    if not claim.text.lower().endswith(("times", "time")):
        return not (claim.text.lower().startswith(("doubl", "more than doubl")) and _STRAY.match(right))
    words = re.findall(r"[a-z]+", left)[-3:]
    return bool(_MANIFOLD.match(right) or _BE.search(left) or any(sign_of(word) for word in words))


def is_unsure(article: Article, claim: Claim) -> bool:
    """Whether two levels need not bear a change out: one that is only wished, feared, asked for or likely, one that is
    reckoned on another basis than from one level to the next, or one from what is usual, which is no level told."""
    text = article.block(claim).text
    end = claim.figure.end if claim.figure is not None else claim.end
    if _RECKONED.match(text[end : end + 70]) or (claim.unit == "times" and _USUAL.search(text[claim.start : end + 40])):
        return True
    if claim.kind != "percent" and "/" not in claim.unit and _EXTRA.search(text, max(0, claim.start - 24), end):
        return _THING.match(text, end) is not None or not takes_up(article, claim)
    moves = claim.role == "change" or _SO_MANY_MORE.search(claim.text) is not None
    return moves and _THOUGHT.search(text, max(0, claim.start - 40), claim.start) is not None


def compare(change: Change, old: Claim, new: Claim) -> tuple[bool, float, float]:
    """Whether two levels bear a change out, how likely chance would, and what the shape of the difference says."""
    claim = change.claim
    assert claim.value is not None and old.value is not None and new.value is not None
    size = claim.widest
    lowest, highest = ends(old), ends(new)
    sign = change.sign or (1 if new.value > old.value else -1)
    if change.type == "times":
        low, high = highest[0] / lowest[1], highest[1] / lowest[0]
        implied, written, usual = new.value / old.value, claim.value, _TIMES
    elif change.type == "percent":
        scale = 100 if claim.kind == "percent" else 1
        least = scale * (highest[0] - lowest[1]) / lowest[1]
        most = scale * (highest[1] - lowest[0]) / lowest[0]
        low, high = (least, most) if sign > 0 else (-most, -least)
        implied = scale * sign * (new.value - old.value) / old.value
        written, usual = claim.value, (scale * _SHARES[0], scale * _SHARES[1])
    else:
        plain = claim.kind == "count" or claim.unit == "pp"
        factor = Fraction(1) if plain else in_unit(claim, old.unit)
        least, most = (highest[0] - lowest[1]) / (factor or 1), (highest[1] - lowest[0]) / (factor or 1)
        low, high = (least, most) if sign > 0 else (-most, -least)
        implied = sign * (new.value - old.value) / (factor or 1)
        largest = float(max(old.value, new.value) / (factor or 1))
        written, usual = claim.value, (_AMOUNTS[0] * largest, _AMOUNTS[1] * largest)
    holds = not Interval(low, high).meet(size).is_empty
    if change.type == "times" and not holds and change.sign < 0:
        holds = not Interval(1 / high, 1 / low).meet(size).is_empty
    loose = _width(size, written)
    width = (high - low) + loose
    chance = _chance(float(low - loose / 2), float(high + loose / 2), *usual)
    if change.type in ("amount", "margin"):
        chance /= 2  # measured: levels of one unit differ more in size than this
    slip = 0.0
    if not holds:
        assert claim.figure is not None
        step = claim.figure.step or Fraction(1)
        rounded = round(abs(implied) / step) * step
        if implied < 0 and not Interval(-high, -low).meet(size).is_empty:
            slip = min(3.0, -log(max(chance, 0.001)) - 1)  # right but for the direction
        elif implied > 0 and rounded > 0 and rounded != written:
            slip = evidence(written, rounded, step) if width < abs(written) / 4 else 0.0
        else:
            slip = -1.0
    return holds, chance, slip


def _chance(low: float, high: float, least: float, most: float) -> float:
    """How likely a change that has nothing to do with two levels would lie between two bounds: changes are written evenly
    over their orders of magnitude, from `least` to `most`."""
    low, high = max(low, least), min(high, most)
    return min(0.9, log(high / low) / log(most / least)) if high > low else 0.0


def _width(interval: Interval, value: Fraction) -> Fraction:
    low, high = interval.low, interval.high
    if low is None or high is None:
        return value / 2
    return high - low
