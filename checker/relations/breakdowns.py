"""Breakdowns: a total told once, and its parts told after it one by one, the last as "the remaining" or "the other", or in
one closed list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations, pairwise

from checker.language.article import Article
from checker.language.words import likeness
from checker.model import BlockKind, Claim, Interval, Relation
from checker.patterns import lazy
from checker.relations.levels import ends, is_digest, nouns
from checker.relations.parts import is_person
from checker.relations.topics import opening

# "the remaining 12.3 million", "the other 14", "the rest, £1.6m, ...", "two smaller items complete the package: $31 million"
_CLOSES = lazy(
    r"\b(?:the|a|its|their) (?:remaining|balance of|remainder,?|rest,?(?: (?:of [a-z ]{3,24},|some|about|or))?) ‹(?P<kind>[nmu])(?P<number>\d+)›|^The other ‹(?P<k>[nmu])(?P<late>\d+)›|,? (?:and|while|with|but)(?: [a-z][a-z ]{1,30})? the (?:other|last) ‹(?P<i>[nmu])(?P<inner>\d+)›",
    re.I,
)
_COMPLETE = lazy(
    r"\b(?:complet(?:e|es|ed|ing)|mak(?:e|es|ing) up|made up|account(?:s|ed)? for) the (?:rest|package|total|sum|list|balance|remainder|programme|program|plan|deal|budget|spending|haul|tally)\b",
    re.I,
)
# figures that are no part of what is broken down
_ASIDE = lazy(
    r"\b(?:of (?:whom|which|them|these|those)|including|among them|up from|down from|compared|previous\w*|earlier|last (?:year|month|week|time)|owed|ago|average|each|apiece|every|per|worth|record|until|normally|usually|typically|at least|than)\b",
    re.I,
)
_SUB = lazy(
    r"^ (?:more|fewer|less)\b|^[^‹›.,;]{0,30}\b(?:of (?:whom|which|them|these|those)|each|apiece|a (?:day|week|month|year|head)|per)\b"
)
_NO_LIST = lazy(
    r"\b(?:other|others|another|against|among|including|year ago|respectively|each|more than half|some of|such as|mostly|largest|biggest|from|than|up to|as well as|plus|of (?:them|whom|which|these|those))\b",
    re.I,
)
_SHARE = lazy(
    r"\b(?:biggest|largest|main|lion['’]s|smallest|first|second|third|next) (?:share|slice|part|chunk|portion|sum|item|amount|piece|group|contribution|gift|grant)\b[^.;:]*$",
    re.I,
)
_LIKE = 50  # the likeness of verbs from which they may tell one thing
_LEAST, _MOST_PARTS, _REACH = Fraction(1, 12), 7, 9
NEAR_LOW, NEAR_HIGH = Fraction(7, 10), Fraction(7, 5)
BODY = frozenset({BlockKind.BODY, BlockKind.QUOTE, BlockKind.LIST_ITEM})

_OF_THAT = lazy(r"[\"“‘]?(?:Of|Out of) (?:that|those|these|them|this)\b")


def find(article: Article) -> Iterable[Relation]:
    """``parts-of`` relations of a total and all its parts."""
    yield from _with_rest(article)
    yield from _lists(article)
    yield from _of_those(article)


def value_of(claim: Claim) -> Fraction:
    return claim.value if claim.value is not None else Fraction(0)


def _kind(claim: Claim) -> tuple[str, str] | None:
    """What a claim can be added up with: its kind and unit; a bare "25.1 million" is an amount."""
    if claim.kind in ("money", "measure") and "/" not in claim.unit:
        return claim.kind, claim.unit
    if claim.kind == "count" and claim.figure is not None:
        bare = not claim.noun or claim.end <= claim.figure.end  # "another 47 million euros and Belgium 19 million"
        return ("amount", "") if bare and claim.figure.step >= 1000 else ("count", "")
    return None


def _alike(whole: Claim, part: Claim) -> bool:
    """Whether a part can be one of a whole: of its unit, or a bare amount of its scale; of people, where that is of people."""
    one, other = _kind(whole), _kind(part)
    if one is None or other is None:
        return False
    if other[0] == "amount" and one[0] == "money":
        return True
    if one != other:
        return False
    if one[0] != "count":
        return True
    if not part.noun or not whole.noun or nouns(whole, part) != "other":
        return True
    return (is_person(whole) and is_person(part)) or bool(whole.outcome and whole.outcome == part.outcome)


# ------------------------------------------------------------------------------------------------------ the remaining


def _with_rest(article: Article) -> Iterator[Relation]:
    for sentence in article.sentences:
        if article.block(sentence).kind not in BODY or not article.by_sentence.get(sentence.index):
            continue
        masked = article.masked(sentence.index)
        for match in masked.finditer(_CLOSES):
            rest = masked.claims[int(match["number"] or match["late"] or match["inner"])]
            if value_of(rest) > 0 and not is_digest(article, sentence.index):
                yield from _broken_down(article, (rest,))
        complete = _COMPLETE.search(masked.text)
        if complete:
            rests = [int(n) for n in re.findall(r"‹[mu](\d+)›", masked.text[complete.end() :])]
            if 1 <= len(rests) <= 4:
                yield from _broken_down(article, tuple(masked.claims[n] for n in rests))


def _broken_down(article: Article, rests: tuple[Claim, ...]) -> Iterator[Relation]:
    """The total whose last parts are `rests`: it is told before the parts, and they are all that is told of its kind
    between."""
    rest = rests[0]
    before = [
        c for c in article.claims
        if 0 <= c.sentence <= rest.sentence and (c.block, c.start) < (rest.block, rest.start)
        and (rest.block - c.block <= _REACH or article.is_display(c)) and value_of(c) > 0 and c.role not in ("rate", "than")
        and c.modality != "denied"
    ]  # fmt: skip
    wholes = [c for c in before if value_of(c) > value_of(rest) and _alike(c, rest) and _is_whole(article, c)]
    found: list[tuple[Claim, tuple[Claim, ...]]] = []
    for whole in wholes:
        parts = [
            c for c in before
            if (c.block, c.start) > (whole.block, whole.start) and _alike(whole, c) and (_alike(rest, c) or _alike(c, rest))
            and _LEAST * value_of(whole) <= value_of(c) < value_of(whole) and not article.is_display(c)
        ][-_MOST_PARTS:]  # fmt: skip
        for size in range(1, len(parts) + 1):
            for some in combinations(parts, size):
                if _sums(whole, (*some, *rests)):
                    yield Relation("parts-of", {"whole": (whole,), "parts": (*some, *rests)}, 0.92, agrees=True)
                    return
        if any(_sums(whole, some) for size in range(2, len(parts) + 1) for some in combinations(parts, size)):
            continue  # it is made of others, and what remains is of something else
        plain = tuple(c for c in parts if is_part(article, c)) + rests
        if any(_OF_THAT.match(article.text(c.sentence)) for c in plain[1:]):
            continue  # "1,900 barrels.  Of that, 760 have been recovered": what stands before is the whole
        if not _is_named_alike(article, whole, plain):
            continue
        total = sum((value_of(c) for c in plain), Fraction(0))
        if len(plain) >= 3 and value_of(whole) >= 10 and NEAR_LOW <= total / value_of(whole) <= NEAR_HIGH:
            found.append((whole, plain))
    told = [(w, parts) for w, parts in found if opening(article, w) or parts[0].sentence - w.sentence <= 3]
    if len({value_of(w) for w, _ in told}) == 1:
        of, all_parts = told[-1]
        roles = {"whole": (of,), "parts": all_parts}
        yield Relation("parts-of", roles, 0.85, "if these are all the parts of this total")


def _is_named_alike(article: Article, whole: Claim, parts: Sequence[Claim]) -> bool:
    """Whether a total and its parts are told as one thing: a count has a noun, or a fate, that the total shares; one
    without follows such a one in its own sentence ("620 jobs will go in Duluth, 310 in Sioux Falls")."""
    if whole.kind != "count":
        return True
    if not (whole.noun or whole.outcome or _TOLD_NUMBER.search(_around(article, whole))):
        return False
    told: set[int] = set()
    for part in parts[:-1]:
        if part.noun or part.outcome or _OF_THE.search(_around(article, part)):
            told.add(part.sentence)
        elif part.sentence not in told:
            return False
    return bool(told)


# "the number of dead now stood at 31"; "Of the dead, 12 were from Sikka", "12 of the dead"
_TOLD_NUMBER = lazy(r"\b(?:number|toll|total|count|tally|sum)\b[^.;:,]*‹", re.I)
_OF_THE = lazy(
    r"\b(?:of|among) (?:the|those|these|them|its|their)\b[^.;:‹›]{0,30}, ‹|‹ of (?:the|those|these|them|its|their)\b",
    re.I,
)


def _around(article: Article, claim: Claim) -> str:
    """A figure's sentence with the figure as "‹", up to a few words behind it."""
    text, start = article.block(claim).text, article.sentences[claim.sentence].start
    return f"{text[start : claim.start]}‹{text[claim.end : claim.end + 20]}"


def _sums(whole: Claim, parts: Sequence[Claim]) -> bool:
    low = sum((ends(c)[0] for c in parts), Fraction(0))
    high = sum((ends(c)[1] for c in parts), Fraction(0))
    return not Interval(low, high).meet(whole.widest).is_empty


def _is_whole(article: Article, claim: Claim) -> bool:
    """Whether a figure can be a total: no further one, no share of one, none of an earlier year."""
    text = article.block(claim).text[max(0, claim.start - 40) : claim.start]
    published = article.document.date
    earlier = published is not None and bool(re.fullmatch(r"\d{4}", claim.time)) and int(claim.time) < published.year
    return not (claim.other or earlier or _SHARE.search(text))


def is_part(article: Article, claim: Claim) -> bool:
    """Whether nothing around a figure says that it is a part of a part, or of something else."""
    if claim.role in ("from", "than") or (claim.role in ("change", "rate") and claim.kind == "count"):
        return False
    before, behind = article.masked(claim.sentence).around(claim)
    clause = re.split(r"[,;:–—›]", before)[-1]
    return bool(before or behind) and not _ASIDE.search(clause) and not _SUB.match(behind)


# ------------------------------------------------------------------------------------------------------- closed lists


def _lists(article: Article) -> Iterator[Relation]:
    """ "Thirty were arrested in Porto, 21 in Ghent and eight in Turin", and how many it was in all."""
    for sentence in article.sentences:
        claims = article.by_sentence.get(sentence.index, ())
        if article.block(sentence).kind not in BODY or len(claims) < 3 or is_digest(article, sentence.index):
            continue
        parts = _listed(article, sentence.index)
        if len(parts) < 3 or any(c.value is None or _kind(c) != _kind(parts[0]) for c in parts):
            continue
        total = sum((value_of(c) for c in parts), Fraction(0))
        wholes = [
            c for c in article.claims
            if c.sentence >= 0 and c.sentence != sentence.index and value_of(c) > max(value_of(p) for p in parts)
            and c.role not in ("rate", "than", "change") and c.modality != "denied" and all(_alike(c, p) for p in parts)
        ]  # fmt: skip
        holding = [c for c in wholes if _sums(c, parts)]
        if holding:
            yield Relation("parts-of", {"whole": (holding[0],), "parts": parts}, 0.92, agrees=True)
            continue
        if any(c.kind == parts[0].kind and c.sentence >= 0 and value_of(c) == total for c in article.claims):
            continue  # they make another figure
        likely = [c for c in wholes if _is_exceeded(article, c, parts, total)] or [
            c
            for c in wholes
            if NEAR_LOW <= total / value_of(c) <= NEAR_HIGH and _is_whole(article, c) and _is_told_of(article, c, parts)
        ]
        if len({value_of(c) for c in likely}) == 1:
            yield Relation(
                "parts-of", {"whole": (likely[0],), "parts": parts}, 0.85, "if these are all the parts of this total"
            )


def _listed(article: Article, index: int) -> tuple[Claim, ...]:
    """The figures of a sentence that is one closed list: parallel, joined by commas, the last by "and"."""
    masked = article.masked(index)
    if _NO_LIST.search(masked.text):
        return ()
    found = list(re.finditer(r"‹([nmu])(\d+)›", masked.text))
    sizes = [
        m for m in found if not re.search(r"\bfor $", masked.text[: m.start()]) or m[1] == "m"
    ]  # "for four stations"
    if len(sizes) < 3:
        return ()
    gaps = [masked.text[a.end() : b.start()] for a, b in pairwise(sizes)]
    if (
        not all(re.search(r",(?: and)? $|, [a-z’'A-Z ]{0,24}$|\band [a-zA-Z’' ]{0,24}$", gap) for gap in gaps)
        or "and" not in gaps[-1]
    ):
        return ()
    if any(len(gap) > 60 for gap in gaps) or len(masked.text) - sizes[-1].end() > 70:
        return ()
    return tuple(masked.claims[int(m[2])] for m in sizes)


def _is_exceeded(article: Article, whole: Claim, parts: Sequence[Claim], total: Fraction) -> bool:
    """Whether a list of bare numbers makes more than the one count of the sentence right before: "The council has 39 seats.
    Labour holds 18, the Conservatives have 12 and the Greens 14"."""
    if whole.kind != "count" or not value_of(whole) < total <= NEAR_HIGH * value_of(whole) or not whole.noun:
        return False
    before = [c for c in article.by_sentence.get(parts[0].sentence - 1, ()) if c.kind == "count"]
    bare = all(part.figure is not None and part.end <= part.figure.end for part in parts)
    return bare and before == [whole] and whole.role == "level" and _is_whole(article, whole)


def _is_told_of(article: Article, whole: Claim, parts: Sequence[Claim]) -> bool:
    """Whether a total is told as one of what the list breaks down: where the article opens or right before the list, of
    the same thing or the same fate."""
    first = parts[0]
    if not (opening(article, whole) or 0 < first.sentence - whole.sentence <= 2):
        return False
    if whole.kind == "money":
        return _SPENT.search(article.text(first.sentence)) is not None
    if whole.outcome and first.outcome:
        return whole.outcome == first.outcome
    like = bool(whole.verb and first.verb) and likeness(whole.verb, first.verb) >= _LIKE
    like = like or (is_person(whole) and is_person(first) and bool((whole.context & first.context) - {whole.noun}))
    return bool(whole.noun) and (like or nouns(whole, first) in ("same", "like"))


_SPENT = lazy(
    r"\b(?:would|will|to) (?:be|go|get|receive)\b|\b(?:go|goes|spent|plan|package|budget|breakdown|allocat\w+|earmark\w+|set aside|pays? for|split|divided)\b"
)


# ----------------------------------------------------------------------------------------------------------- of those

_OF_THOSE = lazy(r"^[\"“]?(?:Of|Among) (?:those|these|them|the total),? ‹n(?P<part>\d+)›")


def _of_those(article: Article) -> Iterator[Relation]:
    """ "It took in 63 animals. Of those, 28 were cats. Dogs accounted for 16 and rabbits for 11, and five were tortoises." """
    for sentence in article.sentences:
        if not article.by_sentence.get(sentence.index):
            continue
        masked = article.masked(sentence.index)
        match = _OF_THOSE.match(masked.text)
        if match is None or article.block(sentence).kind not in BODY:
            continue
        first = masked.claim(match, "part")
        before = [
            c
            for c in article.by_sentence.get(sentence.index - 1, ())
            if c.kind == "count" and c.noun and value_of(c) > value_of(first)
        ]
        parts = tuple(
            c
            for s in article.sentences_of(sentence.block)
            for c in article.by_sentence.get(s.index, ())
            if s.index >= sentence.index and c.kind == "count" and value_of(c) > 0 and is_part(article, c)
        )
        if len(before) != 1 or not 4 <= len(parts) <= _MOST_PARTS:
            continue
        total = sum((value_of(c) for c in parts), Fraction(0))
        whole = before[0]
        if value_of(whole) >= 20 and Fraction(9, 10) <= total / value_of(whole) <= Fraction(5, 4):
            agrees = total == value_of(whole)
            yield Relation(
                "parts-of",
                {"whole": (whole,), "parts": parts},
                0.92 if agrees else 0.8,
                "" if agrees else "if these are all the parts of this total",
                agrees=agrees,
            )
