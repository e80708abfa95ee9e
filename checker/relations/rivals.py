"""What is called the tallest, oldest, busiest, ... beside another of its kind whose figure goes beyond."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from checker.data import lexicon
from checker.language import units
from checker.language.article import Article, Masked
from checker.model import BlockKind, Claim, Relation
from checker.patterns import lazy
from checker.relations.levels import is_digest, nouns

_PROSE = frozenset({BlockKind.BODY, BlockKind.QUOTE})
_CONFIDENCE, _NOTE = 0.85, 0.5  # what is counted, paid or lasts may be the most of fewer than stand near it
_NEAR = 2  # sentences between the two
_GROUP_SPAN = 14  # where the sentence says of which group it is the most: "Of the nine lights along the coast"
_LARGEST = 2  # how many times as much the other may be
# "one of the tallest", "the second-tallest", "among the oldest", "not the largest", "a larger one than the biggest"
_UNSURE = lazy(
    r"(?:(?:\bone|›) of (?:the|its|their|his|her|[A-Z][\w’']+) |\bamong (?:the|its|their) |\bsome of (?:the|its) |›[- ]|\bnot (?:the )?|\b(?:at|at the) |"
    r"\b(?:once|then|formerly|previously|was to be|become|would be|will be|could be|than|perhaps|probably|arguably|possibly|nearly|almost|joint|(?:the )?next) (?:the )?)(?:[A-Z][\w’'-]+[’']s? |country[’']s |city[’']s )?$"
)
# a superlative that holds for a stretch of time only, or of a narrower group
_FOR_A_TIME = lazy(
    r"^[^.;,]{0,50}?(?:\bsince\b|\bin (?:more than |nearly |about |at least |over |almost )?‹l\d+›|\bfor ‹l\d+›|\bso far\b|\b(?:of|in) (?:the|this|that|a|any|last|its) (?:season|year|winter|summer|spring|autumn|decade|month|week|day|century|night|"
    r"quarter|weekend|campaign|round|half|session|single|day|afternoon|evening|morning)\b|‹d\d+›|\boutside\b|\b(?:except|apart from|after|behind|other than|bar|of (?:its|their) kind|by (?:area|population|volume|value|sales|revenue))\b)"
)
_ELSEWHERE = lazy(
    r"\b(?:previous\w*|earlier|ago|before|until|then|average|total|target|limit|normal|usual\w*|record|another|nationally|combined|together|than|compared|against|up from|down from|used to|once|former\w*|"
    r"planned|proposed|would|will|could|may|might|should|if|expected|forecast\w*|demolished|destroyed|closed|shut|burnt|razed|replaced|elsewhere|outside|abroad|largest|biggest|tallest|highest|lowest|longest|oldest|youngest|smallest|"
    r"away|distance|between|radius|worth|extra|more|less|fewer|each|per|every|altogether|in all)\b"
)
_YEAR_BUILT = lazy(
    r"\b(?:built|dates?|dating|opened|founded|established|erected|completed|consecrated|goes back|made|laid out)\b"
)
_NOBODY = lazy(
    r"\b[Nn]o (?:other )?[a-z]+ (?:has|have|had|is|was)(?: ever)?(?: [a-z]+)? (?P<more>more|fewer|less)(?: [a-z]+)? than (?:[A-Z]|the |that |his |her |its )"
)
_ANY_OTHER = lazy(
    r"\b(?P<word>[a-z]+|more [a-z]+|less [a-z]+|fewer) than (?:any (?:other|of the)|all (?:the )?others?|every other|any)\b"
)


@dataclass(frozen=True, slots=True)
class Property:
    """What a superlative is of."""

    kinds: frozenset[str]
    plain: frozenset[str]
    sign: int  # +1 where the figure must be the highest


@dataclass(frozen=True, slots=True)
class Best:
    """A figure that is said to be the most, or the least, of its kind."""

    claim: Claim
    property: Property
    group: bool  # "of the nine lights along the coast"


def find(article: Article) -> Iterable[Relation]:
    """``above`` relations of the most or least of a kind with others of the kind."""
    for sentence in article.sentences:
        if article.block(sentence).kind not in _PROSE or sentence.index not in article.by_sentence:
            continue
        text = article.text(sentence.index)
        if not _word().search(text) and " than " not in text:
            continue
        if is_digest(article, sentence.index):
            continue
        for best in _told(article, article.masked(sentence.index)):
            yield from _beside(article, best)


@cache
def properties() -> dict[str, tuple[Property, ...]]:
    """For each superlative, and the comparative of it, what it may be of."""
    found: dict[str, list[Property]] = {}
    for entry in lexicon("superlatives")["properties"]:
        for name, sign in (("most", 1), ("least", -1)):
            for word in entry[name]:
                told = Property(frozenset(entry["kinds"]), frozenset(entry["plain"]), sign)
                found.setdefault(word, []).append(told)
                if word.endswith("est"):
                    found.setdefault(word[:-3] + "er", []).append(told)
    for word in ("more", "most", "fewer", "fewest", "less", "least"):
        sign = 1 if word in ("more", "most") else -1
        found[word] = [Property(frozenset({"any"}), frozenset(), sign)]
    return {word: tuple(told) for word, told in found.items()}


@cache
def _word() -> re.Pattern[str]:
    words = sorted(
        (w for w in properties() if w.endswith("st") or " " in w or "-" in w or w in ("top", "leading")),
        key=len,
        reverse=True,
    )
    return lazy(
        rf"\b(?:(?:[Tt]he|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er|\w+[’']s?) )(?:(?:[Ss]ingle|[Bb]y far the|overall) )?(?P<word>{'|'.join(map(re.escape, words))})\b"
    )


def dimension(claim: Claim) -> str:
    """The dimension of a measure, the kind of another figure; a bare year is one."""
    if claim.kind == "measure":
        unit = units.by_code().get(claim.unit.split("/")[0]) if "/" not in claim.unit else None
        return claim.dimension or (unit.dimension if unit else "")
    if claim.kind == "date":
        return "year" if claim.text.isdigit() else ""
    if (
        claim.kind == "count"
        and not claim.noun
        and claim.value is not None
        and 1000 <= claim.value <= 2100
        and claim.text.isdigit()
    ):
        return "year"
    return claim.kind


def _fits(claim: Claim, told: Property) -> bool:
    own = dimension(claim)
    if "any" in told.kinds:
        return own in ("count", "money", "percent")
    return own in told.kinds


def _told(article: Article, masked: Masked) -> Iterator[Best]:
    text = masked.text
    if re.search(r"\b(?:[Ww]ould|[Ii]f|expected|planned|proposed|[Uu]ntil)\b", text):
        return
    for pattern in (_word(), _ANY_OTHER, _NOBODY):
        for match in pattern.finditer(text):
            word = match.groupdict().get("word") or match["more"]
            start = match.start("word") if "word" in match.groupdict() else match.start()
            if (
                word not in properties()
                or _UNSURE.search(text[:start])
                or _FOR_A_TIME.match(text[match.end() :])
                or re.match(r" [‹\d]", text[match.end() :])
            ):
                continue
            for told in properties()[word]:
                own = [c for c in masked.claims if _is_own(masked, c, told, match)]
                if len(own) == 1:
                    yield Best(own[0], told, bool(re.match(r"(?:Of|Among) (?:the|its|their|all) ‹n\d+› ", text)))
                    break


def _is_own(masked: Masked, claim: Claim, told: Property, match: re.Match[str]) -> bool:
    if not _fits(claim, told) or claim.value is None or claim.role not in ("level", "to"):
        return False
    before, _behind = masked.around(claim)
    if re.search(r"\b(?:[Oo]f|[Aa]mong)(?: the| its| their| all)? $", before):
        return False  # "the largest of the five"
    if "any" in told.kinds and claim.kind == "count" and (not claim.noun or match.end() == len(before)):
        return False  # a bare number may be anything; "the top 10"
    return dimension(claim) != "year" or _YEAR_BUILT.search(before[-60:]) is not None


def _beside(article: Article, best: Best) -> Iterator[Relation]:
    own = best.claim
    span = _GROUP_SPAN if best.group else _NEAR
    rivals = []
    for index in range(max(0, own.sentence - _NEAR), min(len(article.sentences), own.sentence + span + 1)):
        place = article.sentences[index]
        if index == own.sentence or article.block(place).kind not in _PROSE or is_digest(article, index):
            continue
        if abs(place.block - own.block) > (3 if best.group else 1):
            continue
        masked = article.masked(index)
        rivals += [c for c in masked.claims if _is_rival(article, masked, c, best)]
    for rival in rivals[:4]:
        if abs(rival.sentence - own.sentence) > _NEAR and len(rivals) > 1:
            continue
        first, second = (own, rival) if best.property.sign > 0 else (rival, own)
        sure = _CONFIDENCE if own.kind == "measure" or dimension(own) == "year" else _NOTE
        yield Relation("above", {"first": (first,), "second": (second,)}, sure, "if both are of one group")


def _is_rival(article: Article, masked: Masked, claim: Claim, best: Best) -> bool:
    own, told = best.claim, best.property
    if not _fits(claim, told) or claim.value is None or not own.value or claim.role not in ("level", "to"):
        return False
    if (
        claim.kind != own.kind
        or claim.unit != own.unit
        or claim.figure is None
        or claim.modality != "asserted"
        or claim.other
    ):
        return False
    if max(abs(claim.value), abs(own.value)) > _LARGEST * min(abs(claim.value), abs(own.value)):
        return False
    if _ELSEWHERE.search(re.sub(r"‹\w+›", "", masked.text)):
        return False
    before, behind = masked.around(claim)
    if not _is_another(article, claim, own):
        return False
    if claim.kind == "measure":
        return _is_alike(before, behind, told)
    if dimension(claim) == "year":
        return _YEAR_BUILT.search(before[-60:]) is not None
    if claim.kind == "count":
        return nouns(own, claim) == "same" or (
            nouns(own, claim) == "one-bare" and not claim.noun and re.match(r"[.;,]|$", behind) is not None
        )
    return True


def _is_alike(before: str, behind: str, told: Property) -> bool:
    """Whether a measure is of the property: named by its adjective, or by none at all."""
    adjective = re.match(r" ([a-z]+)\b", behind)
    known = {word for entry in lexicon("superlatives")["properties"] for word in entry["plain"]}
    if adjective and adjective[1] in known:
        return adjective[1] in told.plain
    if any(word in known - told.plain for word in re.findall(r"[a-z]+", before[-30:])):
        return False
    return (
        re.search(
            r"(?:[A-Z][\w’'-]+(?:, (?:at )?|,? (?:is|was|stands|rises to|reaches|measures|climbs to|towers|weighs?|weighed|at|has|had) ))$",
            before,
        )
        is not None
    )


def _is_another(article: Article, claim: Claim, own: Claim) -> bool:
    """Whether a figure is told of something else, which has a name of its own or is named by its kind."""
    subject = _subject(article, claim)
    theirs = _subject(article, own)
    return bool(subject) and subject != theirs


def _subject(article: Article, claim: Claim) -> str:
    """The name or noun that a figure is told of: the subject of its clause, or what stands in apposition."""
    text = article.block(claim).text
    place = article.sentences[claim.sentence]
    before = text[place.start : claim.start]
    named = re.search(r"((?:[A-Z][\w’'-]+ ?)+)(?:, (?:at |which (?:is|was) )?|[^A-Z,;‹]{1,40}?)$", before)
    if named is None:
        noun = re.match(r"(?:The|His|Her|Its|Their) ([a-z-]+)\b", before)
        return noun[1] if noun and claim.subject and claim.subject in noun[1] else ""
    name = re.sub(
        r"^(?:The|A|An|At|In|On|Of|It|Its|He|She|They|His|Her|Their|But|And|This|That|By|With|For|From) ?",
        "",
        named[1].strip(),
    )
    return name.strip() or claim.subject
