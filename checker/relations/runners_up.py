"""What is called the most of its kind, and the one that the article itself puts next to it: "the next highest", "came second",
"until now that title belonged to".

The words rank the two, so that only their figures need be found: that of the second stands behind those words, that of the
first is the last one of its kind before, told where the superlative is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from checker.language.article import Article, Masked
from checker.model import BlockKind, Claim, Relation
from checker.patterns import lazy
from checker.relations.levels import is_digest
from checker.relations.rivals import dimension, properties
from checker.relations.superlatives import HIGH, LOW

_CONFIDENCE = 0.85
_REACH = 4  # sentences back to the first one's figure
_LARGEST = 4  # how many times as much the other may be
_PROSE = frozenset({BlockKind.BODY, BlockKind.QUOTE})
_BEST = rf"(?:{HIGH}|{LOW})"
# "The next highest in the county", "its nearest rival", "came second", "Harrogate follows with"
_NEXT = lazy(
    rf"\b(?:[Tt]he|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir) (?:next|second|second-|next-)[- ]?(?P<word>{_BEST})\b|\b(?:nearest|closest) (?:rival|challenger|competitor|pursuer)\b|\b[Rr]unners?-up\b|"
    r"\b(?:came|come|comes|finished|finishes|was|were|is|placed) (?:in )?second\b|\b[Ss]econd (?:place )?(?:went to|was|came|is)\b|\b[A-Z][\w’'-]+ (?:follows|followed|comes next|came next|is next|was next)(?:,| with| on| at)"
)
# "Until now that title belonged to the Ryfylke tunnel", "had held that position since 2009", "her predecessor in that distinction"
_FORMER = lazy(
    r"\b(?:title|distinction|honou?r|position|record|crown|accolade)(?: had| has)?(?: until [^,.;]{2,20})? (?:belonged to|was held by|(?:had )?been held by|was that of)\b|\bhad (?:held|had|enjoyed) (?:that|this|the) (?:position|title|record|distinction|honou?r|crown|accolade)\b|"
    rf"\bpredecessor in (?:that|this)\b|\b(?:[Uu]ntil|[Bb]efore) (?:now|then|that|this|‹d\d+›),? (?:the )?(?:country[’']s |county[’']s |city[’']s |town[’']s |world[’']s )?{_BEST}\b|"
    rf"\b[Tt]he {_BEST} [^.;‹]{{0,30}}?(?:up to now|until now|until then|to date|before (?:that|then|this))\b"
)
_MOST = lazy(
    rf"\b(?:[Tt]he |[Ii]ts |[Tt]heir |[a-z]+[’']s |[A-Z]\w+[’']s )(?:(?!second\b|next\b|one\b)[a-z]+ )?(?P<word>{_BEST})\b|\b(?P<more>fewer|more|higher|lower|larger|smaller|longer|shorter|faster|slower|heavier|taller|hotter|colder|younger|older)(?: [a-z]+){{0,3}} than (?:in )?any\b"
)
_WON = lazy(r"\b(?:[Ww]on|[Ww]ins|[Ww]inner|[Ww]inning|came first|took first|first place|[Cc]hampion)\b")
_LOW_WINS = lazy(
    r"\b(?:strokes?|shots?|under|over|par|faults?|errors?|penalt\w+|seconds? (?:behind|adrift)|minutes? (?:behind|adrift)|behind|later|ago|aged?)\b"
)
_GROUP = lazy(r"\b(?:[Oo]f|[Aa]mong) (?:the|its|their|all)(?: [a-z’'-]+){0,2} $")
_ELSEWHERE = lazy(r"\b(?:average|target|would|could|planned|proposed|expected|forecast|combined|together|altogether)\b")


def find(article: Article) -> Iterable[Relation]:
    """``above`` relations of the most or least of a kind and the one that comes next to it."""
    for sentence in article.sentences:
        if article.block(sentence).kind not in _PROSE or sentence.index not in article.by_sentence:
            continue
        masked = article.masked(sentence.index)
        text = _with_seconds(masked)
        match = _NEXT.search(text) or _FORMER.search(text)
        if match is None or _ELSEWHERE.search(text) or is_digest(article, sentence.index):
            continue
        for other in _figures(masked, text, match):
            found = _first(article, other)
            if found is not None:
                sign = _sign(article, found[0], match.groupdict().get("word"))
                if sign:
                    first, second = found if sign > 0 else found[::-1]
                    yield Relation(
                        "above", {"first": (first,), "second": (second,)}, _CONFIDENCE, "if both are of one kind"
                    )
                break


def _with_seconds(masked: Masked) -> str:
    """A masked sentence with "second" where it stands."""
    text = masked.text
    for number, claim in enumerate(masked.claims):
        if claim.kind == "ordinal" and claim.value == 2:
            text = text.replace(masked.mark(number), claim.figure.text if claim.figure else "second")
    return text


def _figures(masked: Masked, text: str, match: re.Match[str]) -> Iterator[Claim]:
    """The figures that may be the second's: those behind the words that rank it, then those before."""
    places = [(text.find(masked.mark(number)), claim) for number, claim in enumerate(masked.claims)]
    fit = [
        (at, _as_age(masked, claim))
        for at, claim in places
        if at >= 0 and claim.value and claim.figure is not None and claim.role in ("level", "to")
        and dimension(claim) not in ("", "year", "ordinal", "time", "ratio", "none")
    ]  # fmt: skip
    yield from (claim for at, claim in fit if at >= match.end())
    yield from (claim for at, claim in reversed(fit) if at < match.start())


def _as_age(masked: Masked, claim: Claim) -> Claim:
    """ "was 24 when he": a bare number that is an age."""
    _, behind = masked.around(claim)
    if claim.kind == "count" and re.match(r" when (?:he|she|they|it)\b", behind):
        return replace(claim, kind="age", unit="year")
    return claim


def _first(article: Article, other: Claim) -> tuple[Claim, Claim] | None:
    """The first one's figure, the last before that is of the kind of the second's, and the second's in its unit."""
    for index in range(other.sentence - 1, max(-1, other.sentence - _REACH - 1), -1):
        if article.block(article.sentences[index]).kind not in _PROSE:
            continue
        masked = article.masked(index)
        near = [(c, second) for c in masked.claims if (second := _alike(masked, c, other)) is not None]
        if near:
            return near[0] if len({c.value for c, _ in near}) == 1 else None
    return None


def _alike(masked: Masked, claim: Claim, other: Claim) -> Claim | None:
    """The second's figure, if it can be of the kind of another, in the unit of that where it leaves its own out."""
    one, two = claim.value, other.value
    if one is None or two is None or claim.figure is None or other.figure is None or claim.other:
        return None
    if claim.role not in ("level", "to") or one <= 0 or two <= 0:
        return None
    bare = other.kind == "count" and other.end == other.figure.end
    if bare and claim.kind in ("money", "percent", "measure") and claim.figure.step == other.figure.step:
        other = replace(other, kind=claim.kind, unit=claim.unit, dimension=claim.dimension, integer=False)
    if claim.kind != other.kind or claim.unit != other.unit:
        return None
    if claim.kind == "count" and not (claim.noun and (bare or claim.noun == other.noun) and two.denominator == 1):
        return None
    if _GROUP.search(masked.around(claim)[0]):
        return None  # "Of the region's five districts"
    return other if max(one, two) <= _LARGEST * min(one, two) else None


def _sign(article: Article, first: Claim, word: str | None) -> int:
    """1 where the first must have more, -1 where less, 0 where no superlative stands near, or another than that of `word`."""
    reach = _REACH if first.kind in ("measure", "age") else 1
    indexes = [first.sentence, *range(first.sentence - 1, max(-1, first.sentence - reach - 1), -1), first.sentence + 1]
    kinds = {BlockKind.HEADLINE, *_PROSE}
    texts = [
        article.masked(i).text
        for i in indexes
        if i < len(article.sentences) and article.block(article.sentences[i]).kind in kinds
    ]
    asked = _signs(first, [word]) if word else []
    told = _signs(first, [match["word"] or match["more"] for text in texts for match in _MOST.finditer(text)])
    if told:
        return told[0] if not asked or asked[0] in told else 0
    joined = " ".join(texts)
    if (
        not word
        and _WON.search(joined)
        and not _LOW_WINS.search(joined)
        and first.kind in ("measure", "count", "money")
    ):
        return 1
    return 0


def _signs(first: Claim, words: list[str]) -> list[int]:
    """Which way superlatives, that are of a figure's kind, go."""
    return [
        told.sign
        for word in words
        for told in properties().get(word.lower(), ())
        if dimension(first) in told.kinds or ("any" in told.kinds and first.kind in ("count", "money", "percent"))
    ]
