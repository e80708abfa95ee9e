"""Totals and the list of their parts: "40 members: 22 Labour, 15 Conservative and 8 Green", over sentences too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from checker.language.article import Article, Masked
from checker.model import BlockKind, Claim, Interval, Relation
from checker.relations.parts import is_person
from checker.relations.slips import shape, size
from checker.relations.topics import opening, same_topic, shared

_ITEM = re.compile(r"‹(?P<kind>[nmu])(?P<number>\d+)›")
# what may stand between two parts of one list
_BETWEEN = re.compile(
    r"[^‹›.;:]{0,70}?(?P<joint>, and|,| and|;|; and)(?: (?:another|a further|the other|the remaining))? (?:[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)? (?:with |had |has )?|[a-z]+ for )?$"
)
_BREAKS = re.compile(
    r"\b(?:from|than|against|compared|up|down|to|or|between|including|which|who|when|while|but|after|before|each|per|worth|including|among|of them|of whom|versus|out of|as of)\b"
)
# a whole that its list follows at once
_COLON = re.compile(
    r"‹(?P<kind>[nmu])(?P<whole>\d+)›[^‹›.;:]{0,60}?(?P<joint>:| -| –| —|,? (?:made up of|consisting of|comprising|composed of|comprised of|divided into|split between|namely|,)|\()(?: (?:the|a))? (?:[A-Z][\w’'-]* )?$"
)
_IN_ALL = re.compile(
    r"[^‹›.;:]{0,30}?,? (?:for|making|a) (?:a )?(?:total|haul|tally|sum) of ‹(?P<kind>[nmu])(?P<whole>\d+)›"
)
_OPEN = re.compile(
    r"\b(?:including|include[sd]?|among|such as|like|the rest|others?|at least|remain\w*|more than|about|other|mostly|some|several|both|each|apiece|respectively|compared|per|averag\w*|a game)\b"
)
_MEDALS = ("gold", "silver", "bronze")
_BODY = frozenset({BlockKind.BODY, BlockKind.QUOTE, BlockKind.LIST_ITEM})


@dataclass(frozen=True, slots=True)
class Enumeration:
    """Parts that a sentence lists with commas and a last "and", and the whole that it names before a colon."""

    masked: Masked
    parts: tuple[Claim, ...]
    whole: Claim | None
    text: str  # the list as it is masked

    @property
    def total(self) -> Interval:
        low = sum((part.widest.low or Fraction(0) for part in self.parts), Fraction(0))
        high = sum(
            (part.widest.high if part.widest.high is not None else part.value or Fraction(0) for part in self.parts),
            Fraction(0),
        )
        return Interval(low, high)

    @property
    def exact(self) -> Fraction:
        return sum((part.value or Fraction(0) for part in self.parts), Fraction(0))


def find(article: Article) -> Iterable[Relation]:
    """``parts-of`` relations: the parts are all of the whole."""
    for sentence in article.sentences:
        if article.block(sentence).kind not in _BODY or len(article.by_sentence.get(sentence.index, ())) < 2:
            continue
        masked = article.masked(sentence.index)
        for listed in _enumerations(masked):
            yield from _relations(article, listed)


def _enumerations(masked: Masked) -> Iterator[Enumeration]:
    """The lists of a sentence, for counts, amounts and measures each: other figures in between are passed over."""
    for letter in "nmu":
        text = re.sub(rf"‹[^{letter}]\d+›", "#", masked.text)
        items = list(re.finditer(rf"‹{letter}(?P<number>\d+)›", text))
        at = 0
        while at < len(items):
            run, joint = [items[at]], ""
            while at + len(run) < len(items) and "and" not in joint:
                following = items[at + len(run)]
                between = text[run[-1].end() : following.start()]
                found = _BETWEEN.fullmatch(between)
                if not found or _BREAKS.search(between) or not _like(masked, run[0], following):
                    break
                joint = found["joint"]
                run.append(following)
            if len(run) >= 2 and "and" in joint:
                yield from _listed(masked, text, run, letter)
            at += len(run)


def _listed(masked: Masked, text: str, run: list[re.Match[str]], letter: str) -> Iterator[Enumeration]:
    parts = tuple(masked.claims[int(item["number"])] for item in run)
    before, behind = text[: run[0].start()], text[run[-1].end() :]
    if not all(part.value is not None and part.value > 0 for part in parts):
        return
    if letter == "n" and not all(_whole(part.value) for part in parts):
        return
    if re.match(r"[^.;‹#]{0,60}?(?:,| and|,? and) ‹", behind) or re.search(
        r"‹[nmu]\d+›[^.;:‹]{0,80}, (?:and )?(?:[a-z]+ )?$", before
    ):
        return  # the list goes on, or began before
    whole = _COLON.search(before) or _IN_ALL.match(behind)
    claim = masked.claims[int(whole["whole"])] if whole and whole["kind"] == letter else None
    if whole and len(parts) < 3 and whole.groupdict().get("joint") not in (":", None) and "of" not in whole["joint"]:
        return
    yield Enumeration(masked, parts, claim, before[-60:] + text[run[0].start() : run[-1].end() + 40])


def _whole(value: Fraction | None) -> bool:
    return value is not None and value.denominator == 1


def _like(masked: Masked, first: re.Match[str], second: re.Match[str]) -> bool:
    a, b = masked.claims[int(first["number"])], masked.claims[int(second["number"])]
    return (
        a.kind == b.kind
        and a.unit == b.unit
        and b.role not in ("from", "than", "change", "rate")
        and a.role not in ("from", "than", "change", "rate")
    )


def _relations(article: Article, listed: Enumeration) -> Iterator[Relation]:
    exact = listed.exact
    if listed.whole is not None and listed.whole.value is not None:
        within = max(p.value or Fraction(0) for p in listed.parts) < listed.whole.value < 3 * exact
        if within and _counts_alike(listed.whole, listed.parts):
            yield Relation(
                "parts-of", {"whole": (listed.whole,), "parts": listed.parts}, 0.93 if len(listed.parts) >= 3 else 0.85
            )
        return
    if len(listed.parts) < 3 or (
        any(part.kind == "count" and (part.value or 0) < 2 for part in listed.parts) and len(listed.parts) < 4
    ):
        return
    wholes = [claim for claim in _wholes(article, listed) if _counts_alike(claim, listed.parts)]
    for claim in wholes:
        if not claim.widest.meet(listed.total).is_empty and (claim.value == exact or size(exact, exact) >= 3):
            yield Relation("parts-of", {"whole": (claim,), "parts": listed.parts}, 0.9)
            return
    if _OPEN.search(listed.text):
        return
    for claim in wholes:
        if _must_be(article, claim, listed):
            yield Relation("parts-of", {"whole": (claim,), "parts": listed.parts}, 0.8, "if the list is complete")
            return


def _wholes(article: Article, listed: Enumeration) -> list[Claim]:
    """Claims before the list that could be its total, the nearest first."""
    like, largest = listed.parts[0], max(part.value or Fraction(0) for part in listed.parts)
    found = [
        claim
        for claim in article.claims
        if claim.kind == like.kind
        and claim.unit == like.unit
        and claim.value is not None
        and claim.value > largest
        and claim.sentence != like.sentence
        and claim.role not in ("from", "than", "change", "rate")
        and claim.modality != "denied"
        and (claim.block <= like.block + 1)
    ]
    return sorted(found, key=lambda claim: (abs(claim.block - like.block), -claim.id))


def _counts_alike(whole: Claim, parts: tuple[Claim, ...]) -> bool:
    """Whether parts can be of a whole: people of people, things of things, medals of medals."""
    if whole.kind != "count":
        return True
    nouns = [part.noun for part in parts if part.noun]
    if whole.noun == "medal" or any(noun in _MEDALS for noun in nouns):
        return whole.noun == "medal" and sum(noun in _MEDALS for noun in nouns) >= 2
    if not whole.noun or not nouns:
        return True
    return whole.noun in nouns or all(is_person(part) == is_person(whole) for part in parts if part.noun)


def _must_be(article: Article, whole: Claim, listed: Enumeration) -> bool:
    """Whether a claim that the list does not add up to must still be its total."""
    exact = listed.exact
    assert whole.value is not None
    if whole.widest.high is None or not Fraction(3, 4) <= exact / whole.value <= Fraction(4, 3):
        return False
    first = listed.parts[0]
    if any(part.noun in _MEDALS for part in listed.parts):
        return len({c.value for c in article.claims if c.noun == "medal" and c.kind == "count"}) == 1
    near = 0 < first.sentence - whole.sentence <= 3 and first.block - whole.block <= 1
    slip = size(exact, whole.value) >= 2 and shape(exact, whole.value) in ("transposition", "one-digit")
    alike = _outcomes(whole) & set().union(*(_outcomes(part) for part in listed.parts)) or same_topic(whole, first)
    if near and (alike or slip):
        return True
    if (
        alike
        and opening(article, whole)
        and first.start == listed.masked.sentence.start
        and first.outcome + whole.outcome
    ):
        return True
    return bool(
        slip
        and opening(article, whole)
        and (size(exact, whole.value) >= 3 or shared(whole, first) >= 0.5 or whole.kind == "money")
    )


def _outcomes(claim: Claim) -> set[str]:
    same = {"arrested": {"arrested"}, "charged": {"arrested"}}
    return same.get(claim.outcome, {claim.outcome} if claim.outcome else set()) | (
        {"arrested"} if claim.verb == "hold" else set()
    )
