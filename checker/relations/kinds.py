"""Kinds that make up a whole between them: gold, silver and bronze, men and women, wins, draws and defeats."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from checker.language.article import Article
from checker.language.english import lemma
from checker.language.words import likeness
from checker.model import Claim, Relation
from checker.patterns import lazy
from checker.relations.breakdowns import BODY, NEAR_HIGH, NEAR_LOW, value_of
from checker.relations.topics import opening


def find(article: Article) -> Iterable[Relation]:
    """``parts-of`` relations of a whole and all its kinds."""
    yield from _of_kinds(article)
    yield from _medals(article)


@dataclass(frozen=True, slots=True)
class Kinds:
    """Nouns that between them are all there is of what another noun counts: of one group of it, or `anywhere`."""

    whole: re.Pattern[str]
    parts: tuple[re.Pattern[str], ...]
    anywhere: bool


_ALL_KINDS = tuple(
    Kinds(lazy(whole), tuple(lazy(part) for part in parts), whole.startswith("medal"))
    for whole, *parts in (
        (r"medals?|haul", r"golds?", r"silvers?", r"bronzes?"),
        (r"people|persons", r"men", r"women", r"children"),
        (r"children|pupils|students", r"boys", r"girls"),
        (r"people|persons|jurors|councillors|members|judges|directors", r"men", r"women"),
        (
            r"inhabitants|residents|villagers|passengers|patients|employees|workers|delegates|candidates|players|actors|students|prisoners|inmates|teachers|musicians|climbers|soldiers|victims|guests",
            r"men",
            r"women",
        ),
        (r"(?:games|matches|fights|bouts)", r"(?:wins|victories)", r"(?:draws|ties)", r"(?:losses|defeats)"),
    )
)


def _of_kinds(article: Article) -> Iterator[Relation]:
    """ "20 medals" and "six golds, four silvers and ten bronzes", wherever they are told."""
    for kinds in _ALL_KINDS:
        for sentence in article.sentences:
            claims = [c for c in article.by_sentence.get(sentence.index, ()) if c.kind == "count" and value_of(c) > 0]
            named = [[c for c in claims if _is_named(article, c, part)] for part in kinds.parts]
            if not all(named):
                continue
            parts = tuple(group[0] for group in named)
            total = sum((value_of(c) for c in parts), Fraction(0))
            wholes = [
                c for c in article.claims
                if c.kind == "count" and c.sentence >= 0 and c not in parts and _is_named(article, c, kinds.whole)
                and c.role not in ("rate", "than", "from", "change") and value_of(c) > max(value_of(p) for p in parts)
            ]  # fmt: skip
            if not kinds.anywhere:
                wholes = [c for c in wholes if abs(c.sentence - sentence.index) <= 2 or opening(article, c)]
            holding = [c for c in wholes if value_of(c) == total]
            near = [c for c in wholes if NEAR_LOW <= total / value_of(c) <= NEAR_HIGH]
            if holding:
                yield Relation("parts-of", {"whole": (holding[0],), "parts": parts}, 0.92, agrees=True)
            elif len({value_of(c) for c in near}) == 1 and not _is_of_others(article, sentence.index, near[0], total):
                yield Relation("parts-of", {"whole": (near[0],), "parts": parts}, 0.85, "if both are of one team")


_OF_NAMED = lazy(r"\b(?:[Oo]f|[Aa]mong) (?:the|its|their|these|those|his|her) (?:[a-z-]+ ){0,2}?(?P<group>[a-z]+),? ")


def _is_of_others(article: Article, sentence: int, whole: Claim, total: Fraction) -> bool:
    """Whether kinds make another figure that the article gives, are not all ("seven women, three men and one a boy"), or
    are said to be of another group: "Of the freshmen, 211 are women and 191 men" of "410 students"."""
    if any(c.kind == "count" and c.sentence >= 0 and value_of(c) == total for c in article.claims):
        return True
    beside = [value_of(c) for c in article.by_sentence.get(sentence, ()) if c.kind == "count" and c is not whole]
    if any(total <= value <= value_of(whole) for value in beside):
        return True
    if _OF_CHILDREN.search(article.text(sentence)) and not _OF_CHILDREN.search(article.text(whole.sentence)):
        return True
    named = _OF_NAMED.search(article.text(sentence))
    return named is not None and likeness(lemma(named["group"], "NNS"), whole.noun) < _LIKE


_OF_CHILDREN = lazy(
    r"\b(?:child(?:ren)?|boys?|girls?|bab(?:y|ies)|infants?|toddlers?|teenagers?|minors?|youths?|non-binary)\b"
)
_LIKE = 70  # the likeness of nouns from which they may name one group
_METALS = {metal: lazy(rf"\b{metal}s?\b", re.I) for metal in ("gold", "silver", "bronze")}
_METAL_SPAN = 20  # sentences over which a team's medals may be told


def _medals(article: Article) -> Iterator[Relation]:
    """ "17 medals", then "Six of the medals were gold", "Silver arrived four times", "The remaining nine were bronze": each
    in a sentence that names no other metal."""
    wholes = [
        c
        for c in article.claims
        if c.kind == "count" and c.noun == "medal" and c.sentence >= 0 and value_of(c) >= 5 and opening(article, c)
    ]
    wholes = [
        c
        for c in wholes
        if c.role == "level" and not c.other and not any(_is_of_metal(article, c, m) for m in _METALS.values())
    ]
    if len({value_of(c) for c in wholes}) != 1:
        return
    told: dict[str, list[Claim]] = {metal: [] for metal in _METALS}
    for sentence in article.sentences[wholes[0].sentence + 1 :][:_METAL_SPAN]:
        claims = article.by_sentence.get(sentence.index, ())
        named = [metal for metal, pattern in _METALS.items() if pattern.search(article.text(sentence.index))]
        if len(named) == 1 and article.block(sentence).kind in BODY:
            told[named[0]] += [c for c in claims if _is_of_metal(article, c, _METALS[named[0]])][:1]
    if all(len(claims) == 1 for claims in told.values()):
        parts = tuple(claims[0] for claims in told.values())
        total = sum((value_of(c) for c in parts), Fraction(0))
        if NEAR_LOW <= total / value_of(wholes[0]) <= NEAR_HIGH:
            agrees = total == value_of(wholes[0])
            confidence, assumes = (0.92, "") if agrees else (0.85, "if both are of one team")
            yield Relation("parts-of", {"whole": (wholes[0],), "parts": parts}, confidence, assumes, agrees=agrees)


def _is_of_metal(article: Article, claim: Claim, metal: re.Pattern[str]) -> bool:
    """Whether a count is one of medals of the sentence's metal: "six of the medals were gold", "four silvers", "silver
    came four times"."""
    if claim.kind != "count" or claim.role not in ("level", "share") or claim.figure is None or value_of(claim) < 1:
        return False
    if claim.noun in ("medal", "time", "") or metal.fullmatch(claim.noun):
        text, place = article.block(claim).text, article.sentences[claim.sentence]
        before, behind = text[place.start : claim.start], text[claim.figure.end : place.end]
        return bool(
            re.match(
                rf" (?:of the (?:[a-z]+ )?(?:medals|them) (?:were|was)|medals? (?:were|was)|were|was)? ?{metal.pattern}",
                behind,
                re.I,
            )
            or (claim.noun == "time" and re.match(rf"^[\"“]?(?:the )?{metal.pattern}[^,;:]*$", before, re.I))
            or re.search(rf"^{metal.pattern}[^;:]{{0,25}}, with $", before, re.I)
        )
    return False


def _is_named(article: Article, claim: Claim, noun: re.Pattern[str]) -> bool:
    """Whether the words right behind a figure name what it counts."""
    if claim.figure is None:
        return False
    text = article.block(claim).text[claim.figure.end : claim.figure.end + 40]
    return _behind(noun.pattern).match(text) is not None


@cache
def _behind(noun: str) -> re.Pattern[str]:
    """Words that name a thing, right behind a figure."""
    return re.compile(rf"[ -](?:[a-z-]+ ){{0,2}}?(?:{noun})\b")
