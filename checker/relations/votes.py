"""Votes and scores: votes cast against the split, required majorities, margins against the final score."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from checker.language import numbers
from checker.language.article import Article, Masked
from checker.model import BlockKind, Claim, Interval, Relation
from checker.patterns import lazy

# "38 to 17, with five members abstaining"; "22 votes to 14 with three abstentions"; "31 in favour, 12 against and 4 abstentions"
_SPLIT = [
    lazy(r"‹n(?P<yes>\d+)›(?: votes?| members)?(?: to |-|–|—)(?:‹n(?P<no>\d+)›)(?: votes?| against)?,? (?:and |with )(?:a further |another )?‹n(?P<abstained>\d+)›(?: [a-z]+)? ?(?:abstaining|abstentions?|abstained|members abstaining)?"),
    lazy(r"‹s(?P<score>\d+)›,? (?:and |with )(?:a further |another )?‹n(?P<abstained>\d+)›(?: [a-z]+){0,2} ?(?:abstaining|abstentions?|abstained)?"),
    lazy(
        r"‹n(?P<yes>\d+)›(?: [a-z]+){0,3} (?:in favou?r|for|yes|ayes|voted for|supporting)(?:[^‹›.;:]{0,30}?)(?:,|,? and) ‹n(?P<no>\d+)›(?: [a-z]+)? ?(?:against|opposed|no|nays|noes|voted against)"
        r"(?:[^‹›.;:]{0,30}?(?:,|,? and|,? with) ‹n(?P<abstained>\d+)›(?: [a-z]+){0,2} ?(?:abstaining|abstentions?|abstained))?"
    ),
]  # fmt: skip
_CAST = lazy(
    r"\b(?:all|total of) ‹n(?P<a>\d+)›[^‹›.;:]{0,60}?\b(?:vot|record|cast|ballot)|‹n(?P<b>\d+)› (?:votes|ballots) (?:were |had been )?(?:cast|counted)|"
    r"‹n(?P<c>\d+)›(?: [a-z]+)? (?:took part in the (?:vote|ballot)|voted in total|cast (?:a )?(?:votes?|ballots?))"
)
_ABSTAIN = lazy(r"\babst", re.I)
# "the backing of two-thirds of those present, which it secured" and "54 of the 93 delegates ... in favour"
_REQUIRED = lazy(
    r"\b(?:requir\w+|need\w*|must|necessary|threshold|at least|minimum)\b[^‹›.;:]{0,60}?‹r(?P<share>\d+)›|‹r(?P<late>\d+)›(?:[ -]majority)[^.;:]{0,60}?\b(?:requir\w+|need\w*|necessary)\b"
)
_ACHIEVED = lazy(
    r"\b(?:secured?|passed|carried|approved|won|reached|adopted|achieved|got|cleared|met|obtained|received)\b"
)
_IN_FAVOUR = lazy(
    r"‹n(?P<part>\d+)› of (?:the |its |all )?‹n(?P<whole>\d+)›[^.;:‹›]{0,60}?\b(?:in favou?r|voted (?:for|yes|in favou?r)|backed|supported|approved|raised)\b"
)
_POINTS = lazy(
    r"(?:‹[no](?P<margin>\d+)›|(?P<word>\b[A-Za-z]+)|(?P<digits>\b\d+))[ -](?:point|goal|run|try)s?[ -](?:win|victory|lead|margin|triumph|defeat|loss|advantage|success|thrashing|rout)\b"
)
_BY_POINTS = lazy(
    r"\b(?:won|win|wins|beat|beats|beating|lost|lose|loses|defeat(?:ed|s|ing)?|victory|winning|losing|triumph(?:ed|s|ant)?|prevail\w*|(?:hung|held|holding|hanging) on|(?:scrambl|squeez|cruis|romp|scrap|edg|com|sneak|stumbl|row|got|get)\w* (?:home|past)|edg(?:ed|ing)|overcame|overcoming|down(?:ed|ing)|upset|thrash\w*|crush\w*|thump\w*|see(?:ing)? off|saw off)\b[^‹›.;:]{0,40}? by (?:just |only )?(?:‹[nu](?P<margin>\d+)›)(?: [a-z]+)? ?(?:points?|goals?|runs?)?"
)
# what is won and lost there are no games: their margins are those of ``leads``
_BALLOT = lazy(r"\b(?:vot(?:e[sd]?|ers?|ing)|polls?|ballots?|elections?|electorate|percent|per cent|survey)\b|%", re.I)
_ONE_GAME = 3  # sentences between a score and the margin of the game
_OTHER_GAME = lazy(
    r"\b(?:last|previous\w*|earlier|ago|when|since|aggregate|first leg|record|biggest|largest|then|another|had)\b|‹d\d+›",
    re.I,
)
_BODY = frozenset({BlockKind.BODY, BlockKind.QUOTE, BlockKind.LIST_ITEM, BlockKind.HEADLINE, BlockKind.DEK})


def find(article: Article) -> Iterable[Relation]:
    """``difference``, ``parts-of`` and ``at-least-share`` relations."""
    yield from _splits(article)
    yield from _of_house(article)
    yield from _present(article)
    yield from _required(article)
    yield from _margins(article)


def _value(claim: Claim) -> Fraction:
    return claim.value if claim.value is not None else Fraction(0)


def _difference(first: Claim, second: Claim, margin: Claim, confidence: float) -> Relation:
    return Relation("difference", {"first": (first,), "second": (second,), "margin": (margin,)}, confidence)


# ---------------------------------------------------------------------------------------------------------------- splits


def _splits(article: Article) -> Iterator[Relation]:
    casts = []
    for sentence in article.sentences:
        masked = article.masked(sentence.index)
        for match in masked.finditer(_CAST):
            casts.append(masked.claims[int(match["a"] or match["b"] or match["c"])])
    if not casts:
        return
    for sentence in article.sentences:
        masked = article.masked(sentence.index)
        if not _ABSTAIN.search(masked.text):
            continue
        for pattern in _SPLIT:
            split = pattern.search(masked.text)
            if not split or (split.groupdict().get("yes") and not split["no"]):
                continue
            parts = _split_parts(article, masked, split)
            fitting = [
                c for c in casts if c.value and parts and _value(c) >= max(_value(p) for p in parts) and c not in parts
            ]
            if parts and fitting:
                total = sum((_value(p) for p in parts), Fraction(0))
                whole = next((c for c in fitting if c.value == total), fitting[0])
                yield Relation("parts-of", {"whole": (whole,), "parts": tuple(parts)}, 0.92)
            break


_GONE = lazy(
    r"‹n(?P<gone>\d+)› (?:[a-z]+ ){0,2}(?:absent|away|abstain\w*|abstentions?|did not vote|not voting|stayed away)\b"
)


def _of_house(article: Article) -> Iterator[Relation]:
    """ "In the 60-member house, 38 voted for the motion and 14 against it, while eight were absent": no more than it has
    members."""
    for sentence in article.sentences:
        if article.block(sentence).kind not in _BODY or len(article.by_sentence.get(sentence.index, ())) < 3:
            continue
        masked = article.masked(sentence.index)
        split = _SPLIT[2].search(masked.text)
        gone = _GONE.search(masked.text, split.end("no")) if split else None
        if split is None or gone is None:
            continue
        parts = (masked.claim(split, "yes"), masked.claim(split, "no"), masked.claim(gone, "gone"))
        total = sum((_value(part) for part in parts), Fraction(0))
        houses = [
            claim
            for near in (sentence.index, sentence.index - 1)
            if near >= 0 and article.sentences[near].block == sentence.block
            for claim in article.by_sentence.get(near, ())
            if claim.noun in _MEMBERS and claim not in parts and _value(claim) > max(_value(part) for part in parts)
        ]
        if len(houses) == 1 and total >= _value(houses[0]):
            yield Relation("parts-of", {"whole": (houses[0],), "parts": parts}, 0.92)


_AWAY = lazy(
    r"‹n(?P<gone>\d+)› (?:[a-z]+ ){0,3}(?:(?:was|were) (?:absent|away|missing)|did not (?:attend|take part)|stayed away|sent apologies)\b"
)
_BACKED = lazy(
    r"\b(?:vot\w+|back\w+|reject\w+|pass\w*|approv\w+|adopt\w*|carried)\b[^‹›.;]{0,40}?\bby (?:‹s(?P<score>\d+)›|‹n(?P<yes>\d+)›(?: votes?)? to ‹n(?P<no>\d+)›)"
)


def _present(article: Article) -> Iterator[Relation]:
    """ "The council has 27 members. Two were absent. Those who attended backed it by 16 votes to 11": more than were there."""
    for sentence in article.sentences:
        if article.block(sentence).kind not in _BODY or not article.by_sentence.get(sentence.index):
            continue
        masked = article.masked(sentence.index)
        away = _AWAY.search(masked.text)
        if away is None:
            continue
        near = range(max(0, sentence.index - 3), min(len(article.sentences), sentence.index + 4))
        houses = [
            claim
            for index in near
            for claim in article.by_sentence.get(index, ())
            if claim.kind == "count"
            and claim.noun in _MEMBERS
            and _value(claim) > 2 * _value(masked.claim(away, "gone"))
        ]
        for index in near:
            text = article.masked(index)
            vote = _BACKED.search(text.text)
            if vote is None or len(houses) != 1:
                continue
            if vote["score"]:
                split = sides(article, text.claims[int(vote["score"])])
            else:
                split = text.claim(vote, "yes"), text.claim(vote, "no")
            parts = (*split, masked.claim(away, "gone"))
            if sum((_value(part) for part in parts), Fraction(0)) > _value(houses[0]) and houses[0] not in parts:
                yield Relation("parts-of", {"whole": (houses[0],), "parts": parts}, 0.9)
                return


_MEMBERS = frozenset("member councillor senator deputy seat house council assembly chamber legislature".split())


def _split_parts(article: Article, masked: Masked, match: re.Match[str]) -> list[Claim]:
    groups = match.groupdict()
    if groups.get("score"):
        score = masked.claims[int(groups["score"])]
        found = list(sides(article, score))
    else:
        found = [masked.claims[int(groups[name])] for name in ("yes", "no")]
    if groups.get("abstained"):
        found.append(masked.claims[int(groups["abstained"])])
    return found


def sides(article: Article, score: Claim) -> tuple[Claim, Claim]:
    """The two numbers of a score as claims of their own."""
    assert score.figure is not None
    text = article.block(score).text[score.start : score.end]
    places = [(number.start, number.end) for number in numbers.finditer(text)] or [(0, len(text))]

    def side(number: Fraction, place: tuple[int, int]) -> Claim:
        return article.derived("count", int(number), score.block, score.start + place[0], score.start + place[1])

    return side(score.figure.parts[0], places[0]), side(score.figure.parts[1], places[-1])


# -------------------------------------------------------------------------------------------------------------- required


def _required(article: Article) -> Iterator[Relation]:
    for sentence in article.sentences:
        masked = article.masked(sentence.index)
        needed = _REQUIRED.search(masked.text)
        if not needed or not _ACHIEVED.search(masked.text + _next(article, sentence.index)):
            continue
        share = masked.claims[int(needed["share"] or needed["late"])]
        if share.unit == "times" or not share.value or not Fraction(1, 2) <= share.value < 1:
            continue
        for other in article.sentences:
            for found in article.masked(other.index).finditer(_IN_FAVOUR):
                part, whole = (article.masked(other.index).claim(found, name) for name in ("part", "whole"))
                exact = article.derived(
                    "ratio", 0, share.block, share.start, share.end, widest=Interval.point(share.value)
                )
                yield Relation("at-least-share", {"part": (part,), "whole": (whole,), "share": (exact,)}, 0.85)
                return


def _next(article: Article, sentence: int) -> str:
    return " " + article.text(sentence + 1) if sentence + 1 < len(article.sentences) else ""


# --------------------------------------------------------------------------------------------------------------- margins


def _margins(article: Article) -> Iterator[Relation]:
    """ "a seven-point win" against the final score, where the article has one game only."""
    scores = [
        c
        for c in article.claims
        if c.kind == "score" and c.figure is not None and len(c.figure.parts) == 2 and article.block(c).kind in _BODY
        and not (c.sentence >= 0 and _BALLOT.search(article.text(c.sentence)))
    ]  # fmt: skip
    finals = list(_headline_scores(article)) or list(_bracketed(article)) or [sides(article, claim) for claim in scores]
    pairs = [(a, b) if _value(a) >= _value(b) else (b, a) for a, b in finals]
    pairs = [pair for pair in pairs if _value(pair[0]) > _value(pair[1]) and not _are_odds(*pair)]
    if not pairs:
        return
    for sentence in article.sentences:
        if article.block(sentence).kind not in _BODY:
            continue
        masked = article.masked(sentence.index)
        if _BALLOT.search(masked.text):
            continue
        for pattern in (_POINTS, _BY_POINTS):
            for match in masked.finditer(pattern):
                margin = _margin(article, masked, match)
                if margin is None or _is_between_shares(article, margin):
                    continue
                fitting = [pair for pair in pairs if _value(pair[0]) - _value(pair[1]) == margin.value]
                if fitting:
                    yield _difference(*fitting[0], margin, 0.93)
                elif len({(p[0].value, p[1].value) for p in pairs}) == 1 and (
                    article.is_display(margin)
                    or margin.block in article.openings
                    or (
                        abs(margin.sentence - pairs[0][0].sentence) <= _ONE_GAME and not _OTHER_GAME.search(masked.text)
                    )
                ):
                    yield _difference(*pairs[0], margin, 0.9)


def _is_between_shares(article: Article, margin: Claim) -> bool:
    """Whether a margin lies between two percentages of the article: "47 per cent said yes and 41 no", "a six-point lead"."""
    shares = {c.value for c in article.claims if c.unit == "%" and c.value is not None}
    return any(share + _value(margin) in shares for share in shares)


def _are_odds(first: Claim, second: Claim) -> bool:
    """Whether "50-1" are odds: no margin is told of them."""
    return _value(second) == 1 and _value(first) >= 10


def _headline_scores(article: Article) -> Iterator[tuple[Claim, Claim]]:
    """ "Thornbury Quins 27 Marsh Lane 20" as a headline."""
    for number, block in enumerate(article.document.blocks):
        if block.kind == BlockKind.HEADLINE:
            found = re.fullmatch(
                r"(?:[A-Z][\w’'.&-]*\s)+?(\d{1,3}),?\s(?:(?:[A-Z][\w’'.&-]*)\s)+?(\d{1,3})(?:[:;,].*)?", block.text
            )
            if found:
                yield (
                    article.derived("count", int(found[1]), number, *found.span(1)),
                    article.derived("count", int(found[2]), number, *found.span(2)),
                )


# Australian football: goals, behinds and, in brackets, points
_BRACKETED = lazy(r"\b\d{1,2}\.\d{1,2} ?\((\d{1,3})\)[^.;:()]{0,40}? \d{1,2}\.\d{1,2} ?\((\d{1,3})\)")


def _bracketed(article: Article) -> Iterator[tuple[Claim, Claim]]:
    """ "won 14.9 (93) to 12.13 (85)"."""
    for number, block in enumerate(article.document.blocks):
        if block.kind in _BODY:
            for found in _BRACKETED.finditer(block.text):
                yield (
                    article.derived("count", int(found[1]), number, *found.span(1)),
                    article.derived("count", int(found[2]), number, *found.span(2)),
                )


def _margin(article: Article, masked: Masked, match: re.Match[str]) -> Claim | None:
    groups = match.groupdict()
    if groups.get("margin"):
        claim = masked.claims[int(groups["margin"])]
        return claim if claim.value and claim.value >= 1 else None
    word = groups.get("word") or groups.get("digits")
    if not word:
        return None
    number = numbers.match(word.lower(), 0)
    if number is None or number.end != len(word) or number.value.denominator != 1:
        return None
    block = article.document.blocks[masked.sentence.block].text
    place = masked.sentence
    at = block.find(match.group()[: len(word)], place.start, place.end)
    return article.derived("count", int(number.value), place.block, at, at + len(word)) if at >= 0 else None
