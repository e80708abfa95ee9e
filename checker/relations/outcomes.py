"""What befell how many: the number that a headline, standfirst or caption gives of the dead, injured, rescued or arrested,
against the only one that the text gives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from checker.language.article import Article
from checker.model import BlockKind, Claim, Hedge, Kind, Relation
from checker.patterns import lazy
from checker.relations.histories import age
from checker.relations.levels import is_digest, nouns
from checker.relations.parts import is_person
from checker.relations.same import agree

# words beside a count that tell what befell those it counts
_CLASSES = {
    "dead": r"kill\w*|dead|dies?|died|dying|deaths?|fatalit\w+|bod(?:y|ies)|corpses?|carcass\w*|remains|perish\w*|drown\w*|death toll|lives|victims?|slain|murdered|slaughtered",
    "injured": r"injur\w+|wound\w*|hurt|casualt\w+|maimed",
    "rescued": r"rescu\w+|airlift\w*|winch\w*|saved?|plucked|pulled (?:out|from|alive|clear|to safety)|taken off|led to safety|lift\w* (?:off|out|all|to safety|from)|brought (?:ashore|to safety)",
    "arrested": r"arrest\w*|detain\w*|custody|apprehended|rounded up|seized",
    "evacuated": r"evacuat\w*|displaced|moved out|flee|fled|leave their homes|left their homes",
    "missing": r"missing|unaccounted",
    "hospitalised": r"hospitali[sz]ed|hospital|in intensive care",
    "infected": r"infect\w*|sicken\w*|fall ill|fell ill|ill with|diagnosed",
    "homeless": r"homeless",
    "dismissed": r"redundan\w+|laid off|lay(?:s|ing)? off|sacked|layoffs?|job (?:losses|cuts)|lose their jobs|lost their jobs",
}
_CLASS_RE = {name: lazy(rf"\b(?:{words})\b", re.IGNORECASE) for name, words in _CLASSES.items()}
# what tells that a count is of a part, of others or of another time
_PART = lazy(
    r"\b(?:among (?:them|those|the)|includ\w+|of (?:whom|which|them|those|these)|another|others?|more|further|additional|at first|initially|first|earlier|previous\w*|last|feared|"
    r"could|may|might|would|if|not|no|than|since|ever|so far this|this year|similar|each|every|per|average|up to|between|planned|expected|wanted|hoped|usually|normally|another)\b|\bof the $",
    re.IGNORECASE,
)
_DISPLAY = frozenset({BlockKind.HEADLINE, BlockKind.DEK, BlockKind.CAPTION})
_TEXT = frozenset({BlockKind.BODY, BlockKind.QUOTE, BlockKind.LIST_ITEM})
_ONE_MORE = lazy(
    r"\b(?:and|while|but|then) (?:one|another|an? (?:second|third|fourth|fifth|sixth|[a-z]+))\b", re.IGNORECASE
)
# "Kills 5, Himself": the one who did it may be counted or not
_KILLER = lazy(
    r"\b(?:himself|herself|themselves|suicide|kills self|(?:including|and|as well as) (?:the|its|his|her) (?:[a-z]+ )?(?:gunman|shooter|attacker|bomber|assailant|suspect|driver|pilot|killer|perpetrator))\b",
    re.IGNORECASE,
)
_REACH = 45  # characters between a count and the word that tells its class


def find(article: Article) -> Iterable[Relation]:
    """``same-quantity`` relations of a count of the display text that stands nowhere and the only one of its class below."""
    asked = [
        (claim, name)
        for claim in article.claims
        if claim.sentence >= 0 and article.block(claim).kind in _DISPLAY and _is_count(claim)
        if (name := _class(article, claim)) and not _PART.search(_around(article, claim)[0])
    ]
    if not asked:
        return
    known = {
        value
        for figure in article.figures
        if article.document.blocks[figure.block].kind not in _DISPLAY and figure.kind not in (Kind.DATE, Kind.TIME)
        for value in (figure.value, figure.low, figure.high, *figure.parts)
    }
    for claim, name in asked:
        if claim.value in known or any(_is_told(article, claim, other) for other in article.claims):
            continue
        counted = list(_of_class(article, claim, name))
        if (
            len({c.value for c in counted}) == 1
            and _is_near(claim, counted[0])
            and not _is_sum(article, claim, counted[0])
        ):
            roles = {"a": (claim,), "b": (counted[0],)}
            yield Relation("same-quantity", roles, 0.85, "if both count all whom it befell")


def _is_count(claim: Claim) -> bool:
    return (
        claim.kind == "count"
        and claim.figure is not None
        and claim.figure.hedge == Hedge.EXACT
        and claim.value is not None
        and claim.value >= 2
        and claim.modality == "asserted"
        and claim.role == "level"
        and not claim.other
    )


def _is_told(article: Article, claim: Claim, other: Claim) -> bool:
    """Whether a count of the text could be a claim of the display text, rounded there or here."""
    return (
        other.kind == "count"
        and other.sentence >= 0
        and bool(other.value)
        and article.block(other).kind in _TEXT
        and other.figure is not None
        and agree(claim, other)
    )


def _of_class(article: Article, claim: Claim, name: str) -> Iterator[Claim]:
    """The counts of the text that tell of the same class: all of them, whether of the same event or not."""
    for other in article.claims:
        if other.kind != "count" or other.sentence < 0 or article.block(other).kind not in _TEXT or not other.value:
            continue
        if other.figure is None or is_digest(article, other.sentence) or _class(article, other) != name:
            continue
        before, behind = _around(article, other)
        if _PART.search(before[-60:]) or re.match(r" ?(?:of (?:them|whom|those|the)|others?|more)\b", behind):
            continue
        if age(article, other) and other.tense != "pluperfect":
            continue
        named = claim.noun not in ("", claim.text.lower())  # the noun of "Six airlifted" is the figure itself
        if named and nouns(claim, other) == "other" and other.noun not in _CARRIERS:
            continue
        yield other


_CARRIERS = frozenset("body corpse carcass person victim people death fatality casualty survivor".split())


def _class(article: Article, claim: Claim) -> str:
    """What befell those that a claim counts, by the nearest word that says so in its clause."""
    before, behind = _around(article, claim)
    best, nearest = "", _REACH + 1
    for name, pattern in _CLASS_RE.items():
        for match in pattern.finditer(before[-_REACH:]):
            distance = len(before[-_REACH:]) - match.end()
            if distance < nearest:
                best, nearest = name, distance
        found = pattern.search(behind[:_REACH])
        if found and found.start() < nearest:
            best, nearest = name, found.start()
    return best


def _around(article: Article, claim: Claim) -> tuple[str, str]:
    """The clause of a claim before and behind it, other figures masked."""
    before, behind = article.masked(claim.sentence).around(claim)
    before = re.split(r"[;:,]|‹[n]\d+›|\b(?:and|but|while)\b", before)[-1]
    return before, re.split(r"[;:,]|‹[n]\d+›|\b(?:and|but|while)\b", behind)[0]


def _is_sum(article: Article, claim: Claim, other: Claim) -> bool:
    """Whether another count makes up the difference: "Two people died at the scene and one in hospital"."""
    rest = (claim.value or Fraction(0)) - (other.value or Fraction(0))
    if rest == 1 and _ONE_MORE.search(article.text(other.sentence)):
        return True
    if rest == -1 and any(_KILLER.search(article.text(index)) for index in (claim.sentence, other.sentence)):
        return True
    return any(
        c.kind == "count"
        and c.value == rest
        and (is_person(c) or c.noun in ("", claim.noun))
        and c.sentence >= 0
        and article.block(c).kind in _TEXT
        and not re.search(r"\b(?:among|including|of) (?:them|whom|those|these)? ?$", _around(article, c)[0])
        for c in article.claims
    )


def _is_near(claim: Claim, other: Claim) -> bool:
    """Whether two counts are of one order of size, as two of the same thing are."""
    one, two = claim.value or Fraction(0), other.value or Fraction(0)
    return one <= 3 * two and two <= 3 * one
