"""Cues: what the words right before and behind a figure say of its part in a comparison, as short names.

A left-hand cue begins with "l:", a right-hand one with "r:"; "tense:" is that of the governing verb, "role:" the claim's.
The linkers weigh them (``rules/linker``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from checker.language.article import Article
from checker.model import Claim
from checker.patterns import lazy

_BOUNDARY = lazy(r"[.;:!?()–—]| - ")
_FILL = (
    r"(?:(?:an?|the|its|their|his|her|our|this|that|just|only|about|around|some|nearly|almost|over|roughly|mere|revised|record|modest|high|low|peak|total|"
    r"level|levels|average|an average|previous|earlier|last|prior|former|old|current|new|original|initial|initially|previously|adjusted|estimated|of|year-ago|year-earlier|"
    r"year|quarter|month|week|season|nearer|closer|as much as|as many as|as high as|as low as|more than|less than|no fewer than|at least|what was|the equivalent of|[a-z]+['’]s) ){0,5}"
)
_LEFT = {
    name: lazy(rf"(?:^|\W)(?:{words}) {_FILL}$", re.IGNORECASE)
    for name, words in {
        "from": "from",
        "up-from": "(?:up|down|higher|lower|rise|fall|increase|risen|fallen|dropped|fell|rose|cut|raised|declined?|grown|grew|climbed|slipped|jumped) from",
        "to": "to",
        "than": "than",
        "against": "against|versus|vs|as against|as opposed to|over",
        "compared": "compared (?:with|to)|comparing (?:with|to)|compares (?:with|to)|in comparison (?:with|to)|relative to",
        "instead": "instead of|rather than|in place of|not|up on|down on",
        "by": "by",
        "of": "of",
        "at": "at",
        "with": "with",
        "or": "or|that is|equal to|equivalent to|which is|representing",
        "and": "and",
        "in": "in",
        "was": "was|were|had been|been",
        "is": "is|are|stands? at|now",
        "stood": "stood at|had stood at|had been at|stayed at|came to|totall?ed|reached|hit|exceeded|topped|numbered",
        "now": "now|currently|at present|presently|at the moment|(?:now|currently|at present) (?:it|they|he|she|is|are|costs?|pays?|stands? at|charges?|it is|they are|it costs|they pay|[a-z]+s? [a-z]+)",
        "will": "(?:will|would|to) (?:be|cost|pay|reach|rise to|go to|come to|total|stand at)",
    }.items()
}  # fmt: skip
# texts of which what each of them finds holds one: looking for these first is ten times faster
_LEFT_NEEDS = {
    "up-from": ("from",),
    "against": ("against", "versus", "vs", "opposed", "over"),
    "compared": ("compar", "relative"),
    "instead": ("instead", "rather", "in place", "not", "up on", "down on"),
    "or": ("or", "that is", "equ", "which is", "representing"),
    "was": ("was", "were", "been"),
    "is": ("is", "are", "stand", "now"),
    "stood": ("stood", "stayed", "came", "total", "reached", "hit", "exceeded", "topped", "numbered"),
    "will": ("will", "would", "to"),
    "now": ("now", "currently", "present", "moment"),
}
_NEAR_LEFT = {
    "previous": r"\b(?:previous|previously|former|formerly|old|earlier|last|prior|original|originally|initial|initially|used to|once|until|had)\b",
    "current": r"\b(?:new|now|current|currently|latest|already|today|this|fresh)\b",
    "year-ago": r"\b(?:year-ago|year-earlier|year ago|a year|twelve months|last (?:year|month|week|season|time)|the same (?:period|month|quarter|time|week|day|stage)|corresponding|comparable)\b",
    "rise": r"\b(?:ris\w+|rose|increas\w*|grow\w*|grew|climb\w*|jump\w*|surg\w*|soar\w*|gain\w*|up|higher|raise\w*|swell\w*|hike\w*)\b",
    "fall": r"\b(?:fall\w*|fell|drop\w*|declin\w*|decreas\w*|cut\w*|reduc\w*|down|lower\w*|slip\w*|slid\w*|shr\w+nk\w*|tumbl\w*|slash\w*|trim\w*|dip\w*|halv\w*)\b",
}  # fmt: skip
_NEAR_RIGHT = {
    "ago": r"\b(?:earlier|ago|before|previously|prior|preceding|beforehand|until now|until recently)\b",
    "last": r"\b(?:last|previous|preceding|prior|past|same) (?:year|month|week|quarter|season|time|summer|winter|spring|autumn|fall|period|day|night|decade|election|census|campaign|term|survey|poll)\b|\byear-(?:ago|earlier)\b|\bat the (?:same )?time\b|\bback then\b|\bthen\b",
    "now": r"\b(?:now|today|currently|at present|so far|nowadays|these days)\b|\bthis (?:year|month|week|quarter|season|time|summer|winter|spring|autumn|fall|term)\b",
    "date": r"‹d",
    "length": r"‹l",
    "to": r"^ (?:[a-z]+ )?to\b",
    "from": r"^ (?:[a-z]+ ){0,3}(?:up |down )?from\b",
    "more": r"^ (?:[a-z-]+ )?(?:more|fewer|less|higher|lower|extra|additional|longer|shorter|better|worse|above|below|short of|ahead|behind|cheaper|dearer)\b",
    "rise": r"^(?:[- ][a-z-]+){0,2}[- ](?:rises?|increases?|gains?|jumps?|hikes?|growth|boost|surge|uplift|climb)\b",
    "fall": r"^(?:[- ][a-z-]+){0,2}[- ](?:falls?|drops?|declines?|decreases?|cuts?|reductions?|slides?|loss|slump|dip|discount)\b",
    "of": r"^ (?:[a-z]+ )?of\b",
    "each": r"\b(?:each|apiece|per|every)\b",
}  # fmt: skip
_NEAR_LEFT_RE = {name: lazy(words, re.IGNORECASE) for name, words in _NEAR_LEFT.items()}
_NEAR_RIGHT_RE = {name: lazy(words, re.IGNORECASE) for name, words in _NEAR_RIGHT.items()}
_REACH = 45  # characters to either side in which a near cue may stand
_MARK = lazy(r"‹[a-z]\d+›")


class Cues(Mapping[int, frozenset[str]]):
    """The cues of the claims that an article's sentences hold, by the claim's id; found when they are asked for."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._places = {
            claim.id: (index, number)
            for index in article.by_sentence
            if index >= 0
            for number, claim in enumerate(article.masked(index).claims)
        }
        self._found: dict[int, frozenset[str]] = {}

    def __getitem__(self, claim: int) -> frozenset[str]:
        found = self._found.get(claim)
        if found is None:
            index, number = self._places[claim]
            masked = self._article.masked(index)
            mark = masked.mark(number)
            at = masked.text.index(mark)
            found = self._found[claim] = _around(masked.claims[number], masked.text, at, at + len(mark))
        return found

    def __iter__(self) -> Iterator[int]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


@lru_cache(maxsize=2)
def cues(article: Article) -> Cues:
    """The cues of an article's claims, by the claim's id."""
    return Cues(article)


def _around(claim: Claim, text: str, start: int, end: int) -> frozenset[str]:
    left = text[max(0, start - 90) : start]
    stops = list(_BOUNDARY.finditer(left))
    if stops:
        left = left[stops[-1].end() :]
    right = text[end : end + 70]
    stop = _BOUNDARY.search(right)
    if stop:
        right = right[: stop.start()]
    kept = set()
    last = list(_MARK.finditer(left))
    own_left = left[last[-1].end() :] if last else left
    lower = own_left.lower()
    for name, pattern in _LEFT.items():
        if any(text in lower for text in _LEFT_NEEDS.get(name, (name,))) and pattern.search(own_left):
            kept.add("l:" + name)
    for name, pattern in _NEAR_LEFT_RE.items():
        if pattern.search(own_left[-_REACH:]):
            kept.add("l:" + name)
    following = re.search(r"‹[^dlt]\d+›", right)
    own_right = right[: following.start()] if following else right
    for name, pattern in _NEAR_RIGHT_RE.items():
        if pattern.search(own_right[:_REACH]):
            kept.add("r:" + name)
    if re.search(r"‹[dl]\d+›[^‹]{0,12}$", left[-30:]):
        kept.add("l:date")
    if claim.tense:
        kept.add("tense:" + claim.tense)
    if claim.role != "level":
        kept.add("role:" + claim.role)
    return frozenset(kept)
