"""The words around a figure that make it a change or a margin: "rose by 12", "a six-point lead", "9,000 more"."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from functools import cache

from checker.data import lexicon
from checker.language import english
from checker.model import Claim
from checker.patterns import lazy

_NOUNS_UP = "rise|increase|increment|gain|jump|hike|growth|boost|surge|uplift|climb|upturn|advance|improvement|leap|expansion|raise|spike|uptick|rebound"
_NOUNS_DOWN = "fall|drop|decline|decrease|cut|reduction|slide|slump|dip|discount|plunge|downturn|contraction|shrinkage|cutback|tumble|collapse"
_MORE = "more|higher|extra|additional|longer|dearer|heavier|bigger|larger|taller|faster|better|above|greater|further|older|up|warmer|hotter|wider|ahead"
_LESS = "fewer|less|lower|shorter|cheaper|lighter|smaller|slower|below|down|off|short|younger|worse|colder|cooler|narrower|behind|shy"
_BEHIND = lazy(
    rf"^(?:[- ]point)?(?: of(?! (?:those|these|them|all|whom)\b))?(?:[- ](?!of\b|to\b|and\b|in\b|from\b|that\b|for\b|the\b|a\b)[a-z-]+){{0,2}}?[- ](?:(?P<up>{_NOUNS_UP}|{_MORE})|(?P<down>{_NOUNS_DOWN}|{_LESS}))s?\b"
)
_AHEAD = lazy(
    rf"(?<!make )(?<!makes )(?<!made )(?<!making )(?<!-)\b(?:(?P<up>{_NOUNS_UP}|extra|additional|up)|(?P<down>{_NOUNS_DOWN}|down|off))s?(?: (?!to\b|from\b|in\b|at\b|on\b|and\b)[a-z-]+)?(?: (?:of|by|was|is|were))?"
    r"(?: (?:an?|the|about|around|some|nearly|almost|just|only|over|roughly|more than|at least|exactly|as much as|up to|a further|another|estimated|less than|under))* ?$"
)
_THAN_BEFORE = lazy(
    r"(?: [a-z]+){0,3}? than (?:in |at |for |on |during )?(?:the |that |those |what )?(?:a year|last|previous|preceding|prior|corresponding|same|year|month|season|week|quarter|winter|summer|"
    r"spring|autumn|before|earlier|it (?:was|had|did)|they (?:were|had|did)|usual|‹[dl]\d+›)"
)
_DIRECTED = lazy(r"[- ](?:up|down|off|below|above|behind|ahead)(?: (?:the|an?|and|its|his|her|their|into|in)\b)")
_RAISED = lazy(
    r"\brais(?:ed|es|e|ing)(?: (?:about|around|some|nearly|almost|just|only|over|more than|at least|a total of))? $"
)
_BOUND = lazy(r"(?:below|above|under)\b", re.IGNORECASE)
_MARGIN_BEHIND = lazy(
    r"^(?:[- ](?:percentage[- ])?points?)?(?:[- ][a-z]+)?[- ](?:lead|advantage|cushion|margin|gap|majority|edge|deficit|difference|clear|ahead|adrift|in front|short|swing|win|victory|defeat|triumph|loss)\b"
)
_MARGIN_AHEAD = lazy(
    r"\b(?:lead|advantage|cushion|margin|gap|majority|edge|deficit|difference|distance|shortfall|won|win|wins|winning|beat|beaten|beating|defeated|lost|losing|ahead|trail\w*|behind|in front|clear|held (?:on|off))(?: (?:it|him|her|them|[A-Z][\w’'.-]+)){0,3}"
    r"(?: (?:of|by|was|is|at|to|stood at|that is|be|with))+(?: (?:an?|the|just|only|about|around|some|nearly|almost|more than|over|a mere|exactly|barely))* ?$"
)
_OLDER_BEHIND = lazy(r"[^‹›.;:,]{0,30},? (?:from|after|against|compared (?:with|to)) [^‹›.;:,]{0,30}‹")
_VERB_AHEAD = lazy(
    r"\b(?P<verb>[a-z]+)(?: (?:up|down|back))?(?: (?:by|about|around|some|nearly|almost|just|only|over|roughly|more|than|at|least|exactly|as|much|an?|another|estimated|further|less|under|sharply|slightly|[a-z]+ly)){0,4} ?$"
)


@cache
def sign_of(word: str) -> int:
    """+1 for a verb of rising, -1 for one of falling, 0 where it is neither."""
    verbs = lexicon("claims")["verbs"]
    for tag in ("VBD", "VBZ", "VBG", "VBN"):
        base = english.lemma(word, tag)
        if base in verbs["rising"]:
            return 1
        if base in verbs["falling"]:
            return -1
    return 0


_UPWARDS, _DOWNWARDS = frozenset("up higher upward upwards".split()), frozenset("down lower downward downwards".split())
# verbs of which a particle says which way: "went up", "edged down", "was revised down", "brought down"
_STEERED = frozenset(
    """go come move be bring push drive send take put get mark revise inch tick nudge drift shoot pull knock force talk vote
    round scale adjust trend turn head pick creep edge climb slip slide dip fall rise jump""".split()
)
_NOUNS = {1: frozenset(_NOUNS_UP.split("|")) - {"growth"}, -1: frozenset(_NOUNS_DOWN.split("|"))}
NOUNS = frozenset(noun for known in (_NOUNS_UP, _NOUNS_DOWN) for noun in known.split("|"))
_DENIED = frozenset(
    "not never no without instead rather despite n't didn't doesn't don't hasn't haven't won't failed prevent".split()
)


def sign_within(words: Sequence[str], verbs: Container[str], nouns: Container[str]) -> int:
    """The direction that the last word of motion among some gives: "rose", "was edged down", "a rise"; 0 for none."""
    for at in range(len(words) - 1, -1, -1):
        word = words[at]
        if word in _UPWARDS or word in _DOWNWARDS:
            alone = at == 0 and not any(other in verbs for other in words)  # not "set up in 1978, would ask for a cut"
            before = [other for other in words[max(0, at - 4) : at] if other in verbs or _is_steered(other)]
            if alone or (before and _is_steered(before[-1])):
                return 1 if word in _UPWARDS else -1
        elif word in verbs and (sign := sign_of(word)):
            return 0 if _VALUED.match(word) else sign
    for at in range(len(words) - 1, -1, -1):
        word = words[at]
        if word in verbs and word not in _BEING:
            return 0  # "The gain in March was revised to 400 from 900"
        if word in nouns:
            for sign, known in _NOUNS.items():
                if word in known or word.removesuffix("s") in known:
                    return sign
    return 0


_BEING = frozenset(
    "is are was were be been being has have had meant means mean left leaving showed shows seen saw".split()
)


# better and worse, strong and weak: more or less, as the measure is
_VALUED = lazy(r"improv|worsen|deteriorat|strengthen|weaken|firm|appreciat|depreciat|recover")


@cache
def _is_steered(word: str) -> bool:
    return any(english.lemma(word, tag) in _STEERED for tag in ("VBD", "VBZ", "VBG", "VBN"))


def is_denied(words: Sequence[str]) -> bool:
    """Whether words say that something did not move."""
    return not _DENIED.isdisjoint(words)


def is_margin(claim: Claim, left: str, right: str) -> bool:
    """Whether a claim tells by how much one of two is ahead: "a six-point lead", "won by 118 votes", "a majority of 3,235"."""
    if claim.kind not in ("count", "percent", "measure") or claim.unit == "%":
        return False
    left = re.split(r"[.;:!?()‹]", left)[-1].split("›")[-1]
    if left.endswith(" to ") and _OLDER_BEHIND.match(right):
        return False  # "narrowed the deficit to 2.25 billion from 2.75 billion"
    return bool(_MARGIN_BEHIND.match(re.split(r"[.;:!?()‹]", right)[0]) or _MARGIN_AHEAD.search(left))


def _is_particle(behind: re.Match[str]) -> bool:
    """Whether the word behind a figure belongs to a verb: "19 gave up and seven joined"."""
    words = re.findall(r"[a-z]+", behind.group())
    if len(words) < 2 or words[-1] not in _PARTICLES:
        return False
    return english.lemma(words[-2], "VBD") != words[-2]


_PARTICLES = frozenset("up down off above below ahead behind short".split())


def sign_around(claim: Claim, left: str, right: str) -> int | None:
    """The direction of a change, None where the claim is not said to be one."""
    left = re.split(r"[.;:!?()‹]|, (?=and|but)", left)[-1].split("›")[-1]
    behind = _BEHIND.match(re.split(r"[.;:!?()‹]", right)[0])
    ahead = _AHEAD.search(left)
    verb = _VERB_AHEAD.search(left)
    if claim.kind in ("money", "ratio", "count") and _RAISED.search(left):
        return None  # "raised £486,000 for the hospice"
    if verb and (sign := sign_of(verb["verb"])):
        return None if _BOUND.match(claim.text) else sign  # "did not fall below 28C" tells a level
    if ahead:
        return 1 if ahead["up"] else -1
    if behind and not _is_particle(behind) and not (claim.dimension == "length" and _DIRECTED.match(right)):
        word = behind["up"] or behind["down"]
        if re.fullmatch(rf"(?:{_MORE}|{_LESS})", word) and not _THAN_BEFORE.match(right[behind.end() :]):
            return 0  # "57,000, 9,000 more": which of two is more stands elsewhere
        return 1 if behind["up"] else -1
    if claim.role == "change" and claim.figure is not None and not (claim.value and claim.value < 0):
        moved = next((sign for word in reversed(re.findall(r"[a-z]+", left)[-8:]) if (sign := sign_of(word))), 0)
        return {"up": 1, "down": -1}.get(claim.figure.hedge.value, moved)
    return None
