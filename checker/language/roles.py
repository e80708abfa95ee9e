"""The part of a figure in what is said of it: a level, the size of a change, where one begins or ends, a rate."""

from __future__ import annotations

import re
from collections.abc import Sequence

from checker.language.english import Token
from checker.language.phrases import CHANGES, moving
from checker.model import Figure, Kind
from checker.patterns import lazy

_RATE = lazy(
    r"\s*(?:per\b|each\b|an? (?:day|week|month|year|hour|share|head|person|barrel|tonne|ton|night|pint|litre|gallon|game|acre|hectare|mile|pound|kilo|kilogram|metre|meter|yard|unit|piece|copy|seat|ticket|place|pupil|student|household|worker|employee|customer|passenger|lap|shift|session|visit|time|minute|second|kilometre|kilometer)\b)"
)
_A_RATE = lazy(r" (?:an?|per) (?!(?:year|month|week|day|season|night|hour)$)[a-z]+$")
_ROLES = {
    "from": "from",
    "than": "than",
    "against": "than",
    "versus": "than",
    "over": "than",
    "to": "to",
    "by": "change",
}
_COMPARED = lazy(r"\b(?:compare[ds]?|comparing) (?:with|to)$")
# what may stand between such a word and its figure: "from last year's provisional 1,100", "to between 3% and 5%"
_BETWEEN = frozenset("DT PDT PRP$ POS JJ JJR JJS RB RBR RBS VBN".split())
_OF = frozenset(
    "peak high low record total average level figure maximum minimum estimate mean median number rate sum price best worst".split()
)
_STEERED = frozenset(
    """go come move bring push drive take put mark revise shoot pull knock force talk scale adjust turn change switch convert
    vary range be stand revalue reprice downgrade upgrade restate correct swing shift progress evolve""".split()
)
_WAY = frozenset("up down higher lower upward downward off".split())
_TO_FIGURE = lazy(r"\bto (?:an? |about |some |nearly |almost |just |only )*[£$€¥]?\d")
_THEN = lazy(r" (?:in|at|for|during|on|last|a|the)\b")


def role_of(text: str, start: int, figure: Figure, verb: str, tokens: Sequence[Token]) -> str:
    """Whether the figure is a level, a change, or the one that another is compared with."""
    before = text[max(0, start - 40) : start].lower().rstrip()
    word = _word_before(tokens, start) or (re.search(r"([a-z]+)$", before) or [""])[0]
    if word == "by" and verb and verb not in moving() and figure.hedge not in ("up", "down"):
        return "level"  # "worked by 162 tenants"
    if word in ("with", "to") and _COMPARED.search(_until(text, tokens, start, word)):
        return "than"
    origin = word == "from" and figure.kind == Kind.COUNT  # "crews from three states" give no number of their own
    if word in ("from", "to") and tokens and not origin and not _is_moved(text, tokens, start, figure.end, verb, word):
        return "level"  # "some from 30 miles away", "agreed to a $10,000 fine"
    if word in ("from", "to") and "-" in figure.text and re.search(r"\ban?$", before):
        return "level"  # "went to a 1,388-pound pumpkin"
    if word == "after" and figure.kind in (Kind.MONEY, Kind.PERCENT, Kind.COUNT) and _THEN.match(text[figure.end :]):
        return "than"  # "reached 12.6 million euros, after 4.2 million in the same period of 2024"
    if word in _ROLES:
        return _ROLES[word]
    if figure.hedge in ("up", "down"):
        return "change"
    if _RATE.match(text[figure.end : figure.end + 24].lower()) or (
        figure.kind == Kind.MONEY and _A_RATE.search(figure.text)
    ):
        return "rate"
    return "level"


def _word_before(tokens: Sequence[Token], start: int) -> str:
    """The word before a figure and what qualifies it."""
    before = [t for t in tokens if t.end <= start]
    at = len(before) - 1
    while at >= 0:
        token = before[at]
        owned = token.is_noun and at + 1 < len(before) and before[at + 1].tag == "POS"
        of = token.lower == "of" and at and before[at - 1].lemma in _OF
        if not (
            token.tag in _BETWEEN
            or owned
            or of
            or token.lower in ("between", "record", "total")
            or (token.lemma in _OF and at + 1 < len(before) and before[at + 1].lower in ("of", "$", "£", "€"))
        ):
            break
        at -= 1
    return before[at].lower if at >= 0 else ""


def _until(text: str, tokens: Sequence[Token], start: int, word: str) -> str:
    """The text up to a word before a figure."""
    last = next((t.end for t in reversed(tokens) if t.end <= start and t.lower == word), start)
    return text[max(0, last - 30) : last].lower()


def _is_moved(text: str, tokens: Sequence[Token], start: int, end: int, verb: str, word: str) -> bool:
    """Whether "from" is where something began that moved: by its verb, a noun of change before, or a "to" behind."""
    if verb in moving() or verb in _STEERED or re.match(r"[^.;:]{0,60}?\b(?:to|from)\b", text[end:]):
        return True
    if word == "from" and _TO_FIGURE.search(text, max(0, start - 60), start):
        return True  # "amounted to $800 million, from $640 million"
    near = [t for t in tokens if start - 60 <= t.start < start]
    return any(
        t.lower in _WAY
        or t.lemma in CHANGES
        or (t.lower == "from" and word == "to")
        or (t.is_verb and t.lemma in moving())
        for t in near
    )
