"""Leads: a lead, gap, margin or majority in points or votes against the two results that it is between."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import combinations, pairwise

from checker.language.article import Article
from checker.model import BlockKind, Claim, Relation
from checker.patterns import lazy
from checker.relations.votes import sides

_NAME = r"(?:majorit(?:y|ies)|margin|lead|gap|advantage|edge|cushion|difference|(?:positive|negative|net) (?:approval )?(?:balance|rating|score|approval))"
_HEDGES = r"(?:just |only |a mere |about |some |exactly |almost |nearly |around |now |as much as )*"
_MARK = r"‹[npu](?P<margin>\d+)›"
_POINTS = r"(?P<points>[- ](?:percentage[- ])?points?\b)"
_VOTES = r"(?P<votes>[- ]votes?\b)"
_AHEAD = r"(?:lead|leads|led|leading|ahead|trail\w*|behind|w[io]n|wins|winning|beat|beats|beating|defeat\w*|held|lose|loses|lost|losing|carried|passed|approved|adopted|prevail\w*|victory|triumph\w*|edged|pipped|clear)"
_TOLD = tuple(
    lazy(pattern)
    for pattern in (
        rf"\b{_NAME}(?: (?:of|was|is|stands? at|stood at|has grown to|has widened to|came to|between (?:them|the two)[a-z ]{{0,16}})) {_HEDGES}{_MARK}(?:{_POINTS}|{_VOTES})?(?! (?:percent|per cent)\b)",
        rf"{_MARK}(?:{_POINTS}|{_VOTES})?[- ](?:majority|margin|lead|gap|advantage|edge|cushion|victory|win)\b",
        rf"\b{_AHEAD} (?:[^‹›.;:,]{{0,50}}? )?by {_HEDGES}{_MARK}(?:{_POINTS}|{_VOTES}|(?=[,.]))",
        rf", by {_HEDGES}{_MARK}{_VOTES}",
        rf"{_MARK}(?:{_POINTS}|{_VOTES}) (?:ahead|clear|behind|in front|adrift|apart|in (?:it|the lead))\b",
        rf"\b{_NAME}, {_HEDGES}{_MARK}{_POINTS}",
        rf"\b(?:separated|apart|divided)(?: the two)? by {_HEDGES}{_MARK}(?:{_POINTS}|{_VOTES})",
    )
)
# a lead of another time, of a group, or that somebody hopes for: what says so before it, and behind it
_ELSEWHERE = lazy(
    r"\b(?:previous\w*|last|earlier|former\w*|used to|once|had (?:a|an|led|held|enjoyed|won|been|trailed)|from an?|down from|up from|reduc\w+|increas\w+|slash\w+|cut|halv\w+|doubl\w+|narrow\w*|shrank|shrunk|fell|rose|gr[eo]w\w*|widen\w*|"
    r"among|with (?:women|men|voters|those|people|older|younger)|prefer\w*|could|would|might|needs?|if|until|target|hop(?:es?|ed|ing)|expect\w*|average|typical\w*|similar|another|other|in the (?:first|second|third|north|south|east|west)|then|working|since|amendment|(?:it|that|which) (?:was|had been) (?:defeated|rejected|lost|thrown out|voted down))\b|‹d\d+›",
    re.I,
)
_ELSEWHEN = lazy(
    r"^[^.;:,]{0,12}\b(?:would|could|might|may|should)\b|^[^.;:,]{0,25}\b(?:in|at|from|after|since|before) (?:‹d\d+›|the (?:last|previous))|^[^.;:,]{0,12}\b(?:(?:a|‹n\d+›) (?:year|month|week)s? (?:ago|earlier)|last (?:year|month|week|time)|previously|earlier|among|in the (?:last|previous)|over all|overall majority)\b|^[^.;:]{0,30}‹l\d+› (?:ago|earlier)"
)
# a group that a lead is among: "leads by 19 points in rural counties", "a lead of 12 points over him among women"
_GROUP = lazy(
    r"^(?: (?:over|ahead of|on) [^‹›.;:,]{1,40}?)? (?:in|among|amongst|across|outside|with) (?!(?:the |an? |its |this |her |his |our )?(?:[\w’'-]+ ){0,3}?(?:polls?|surveys?|race|contest|vot\w+|ballot\w*|elections?|count|referendum|adults|electorate|respondents|people|those (?:asked|surveyed|polled|interviewed|questioned))\b)(?:[a-z]|the [a-z])"
)
_DEFEAT = lazy(r"\b[Tt]he (?:[a-z]+ )?(?:defeat|victory) by [^.;:,]*$")  # it has been, whatever would follow
# when a poll was taken: "conducted from Oct. 1 to Oct. 5"
_TAKEN = lazy(r"\b(?:from|between) ‹d\d+› (?:to|and|through|until) ‹d\d+›|‹d\d+› ?(?:-|–|to|through) ?‹d\d+›")
_RELATIVE = lazy(r", (?:who|whose|which)\b[^,;.]*,")  # ", who had led the party since 2014,"
_OF_THEM = lazy(r"^ ?(?:of|among) (?:whom|which|them|these)\b")
_CONTEST = lazy(
    r"\b(?:vot\w+|poll\w*|ballots?|elect\w+|by-election|referendum|majority|constituency|recount|survey\w*|canvass\w*|candidates?)\b",
    re.I,
)
_RESULT = lazy(
    r"\b(?:vot\w+|pass(?:ed)?|adopted|approved|carried|rejected|polled|won|received|secured|got|had|took|finished|came second|ahead of|against|in favou?r|opposed)\b"
)
_FOR = r"‹n(?P<yes>\d+)›(?: [a-z-]+){0,5} (?:in favou?r|for|voted for|voted yes|backed|supported|approved|said yes)\b"
_AGAINST = r"‹n(?P<no>\d+)›(?: [a-z-]+){0,5} (?:against|opposed|voted against|voted no|rejected|said no)\b"
_SIDES = (
    lazy(rf"{_FOR}[^‹›.;]{{0,50}}?(?:,|and|,? while|,? but|;) {_AGAINST}"),
    lazy(rf"{_AGAINST}[^‹›.;]{{0,50}}?(?:,|and|,? while|,? but|;) {_FOR}"),
)
_THEN = lazy(r"\b(?:than|when|last(?! night)|previous\w*|earlier|then|amendment|separate|other)\b|\b(?:19|20)\d\d\b")
_VOTED = lazy(r"\b(?:vot\w+|pass\w*|approv\w+|adopt\w*|reject\w*|carried|ballots?)\b")
_BODY = frozenset({BlockKind.BODY, BlockKind.QUOTE, BlockKind.LIST_ITEM, BlockKind.HEADLINE, BlockKind.DEK})
_LEVEL = frozenset({"level", "to", "than"})
_MORE = lazy(r"\s(?:more|fewer|less)\b")  # "310 votes, 11 more than the other": no result
_LIKELY = 0.9  # the confidence of a lead that the results do not bear out
Pair = tuple[Claim, Claim]


def find(article: Article) -> Iterable[Relation]:
    """``difference`` relations of a lead and the two results; of two leads between one pair that which fails, unless one
    sentence tells of both: they are those of two polls."""
    found = sorted(_leads(article), key=lambda relation: relation.confidence)
    borne = {(_pair(r), r.roles["margin"][0].sentence) for r in found if r.confidence > _LIKELY}
    found = [r for r in found if r.confidence > _LIKELY or (_pair(r), r.roles["margin"][0].sentence) not in borne]
    return {_pair(r): r for r in reversed(found)}.values()


def _pair(relation: Relation) -> frozenset[int]:
    return frozenset(claim.id for role in ("first", "second") for claim in relation.roles[role])


def _leads(article: Article) -> Iterator[Relation]:
    contest = None
    for sentence in article.sentences:
        if article.block(sentence).kind not in _BODY:
            continue
        masked = article.masked(sentence.index)
        seen: set[int] = set()
        for pattern in _TOLD if masked.claims else ():
            for match in masked.finditer(pattern):
                margin = masked.claim(match, "margin")
                if margin.id in seen or not margin.value or margin.value < 2 or _is_older(article, margin):
                    continue
                if margin.unit == "%" and margin.value > 50 and not match.groupdict().get("points"):
                    continue  # "a majority of 91%"
                seen.add(margin.id)
                if contest is None:
                    contest = any(_CONTEST.search(block.text) for block in article.document.blocks)
                if contest:
                    told = _RELATIVE.sub(",", masked.text[: match.start()])[-80:]
                    before = _TAKEN.sub("", told + match.group())
                    behind = masked.text[match.end() :]
                    now = not (_ELSEWHERE.search(before) or _GROUP.match(behind)) and (
                        _ELSEWHEN.match(behind) is None or _DEFEAT.search(before) is not None
                    )
                    yield from _between(article, margin, match, now)


def _between(article: Article, margin: Claim, match: re.Match[str], now: bool) -> Iterator[Relation]:
    groups = match.groupdict()
    in_points = bool(groups.get("points")) or margin.unit in ("%", "pp") or margin.noun == "point"
    if in_points:
        pairs, likely = _shares(article, margin)
    else:
        pairs, likely = _votes(article, margin)
        told_so = groups.get("votes") or margin.noun == "vote" or _CONTEST.search(_around(article, margin))
        if likely is not None and not told_so and not 0 <= margin.sentence - likely[1].sentence <= 1:
            likely = None
    for first, second in pairs:
        if abs(_value(first) - _value(second)) == margin.value:
            yield _difference(first, second, margin, 0.93)
            return
    if likely is not None and now:
        yield _difference(*likely, margin, _LIKELY)


_THEIRS = lazy(r"\bfrom (?:their|his|her|its) $")  # "take comfort from their 23-point advantage"


def _is_older(article: Article, margin: Claim) -> bool:
    """Whether a lead is the one that another came from."""
    return margin.role == "from" and not _THEIRS.search(article.block(margin).text[: margin.start])


def _around(article: Article, claim: Claim) -> str:
    return article.document.blocks[claim.block].text


def _value(claim: Claim) -> Fraction:
    return claim.value if claim.value is not None else Fraction(0)


def _difference(first: Claim, second: Claim, margin: Claim, confidence: float) -> Relation:
    if _value(first) < _value(second):
        first, second = second, first
    return Relation("difference", {"first": (first,), "second": (second,), "margin": (margin,)}, confidence)


# -------------------------------------------------------------------------------------------------------------- points


def _shares(article: Article, margin: Claim) -> tuple[list[Pair], Pair | None]:
    """Every two shares that are told near each other, and the contest that the article tells first: two shares one after
    the other that make most of the whole."""
    shares = [
        c
        for c in article.claims
        if c.unit == "%" and c.value is not None and c is not margin and c.sentence >= 0 and c.role in _LEVEL
    ]
    near = [(a, b) for a, b in combinations(shares, 2) if a.block == b.block and b.sentence - a.sentence <= 1]
    told = Counter(c.block for c in shares)
    contests = [
        (a, b)
        for a, b in pairwise(shares)
        if b.sentence - a.sentence <= 1
        and (
            a.block == b.block
            or (
                b.block == a.block + 1
                and told[a.block] == told[b.block] == 1
                and 0 <= margin.sentence - b.sentence <= 3
            )
        )
        and a.value != b.value
        and 60 <= _value(a) + _value(b) <= 101
        and min(_value(a), _value(b)) >= 10
        and b.role != "than"
        and _are_sides(article, a, b)
    ]
    if not contests:
        return near, None
    nearest = min(contests, key=lambda pair: abs(pair[0].sentence - margin.sentence))
    if 0 <= margin.sentence - nearest[1].sentence <= 1 and nearest[0].block == margin.block:
        return [pair for pair in near if pair[0].block == margin.block], nearest
    return near, contests[0] if nearest is contests[0] or abs(nearest[0].block - margin.block) > 1 else None


_VERSUS = lazy(
    r"\b(?:to|against|versus|ahead of|compared (?:with|to)|while|and|with|for|rival|opponent|challenger|oppos\w+|no|second)\b"
)


_WITHIN = lazy(r"\b(?:among (?:whom|which|[a-z]+)|home to)\b[^.;:]*$")  # "women, among whom she has 55 percent"


def _are_sides(article: Article, a: Claim, b: Claim) -> bool:
    """Whether two shares are set against each other, as those of two sides are."""
    one, other = article.block(a).text, article.block(b).text
    if any(_OF_THEM.match(article.block(c).text[c.end : c.end + 20]) for c in (a, b)):
        return False
    if any(_WITHIN.search(article.block(c).text[max(0, c.start - 30) : c.start]) for c in (a, b)):
        return False
    between = one[a.end :] + " " + other[: b.end + 40] if a.block != b.block else one[a.end : b.end + 40]
    behind = [article.block(c).text[c.end : c.end + 20].split()[:1] for c in (a, b)]
    return _VERSUS.search(between) is not None or (behind[0] == behind[1] != [])


# --------------------------------------------------------------------------------------------------------------- votes


def _votes(article: Article, margin: Claim) -> tuple[list[Pair], Pair | None]:
    """Every two results in votes that are told one after the other, and the two that the margin should be between."""
    pairs: list[Pair] = []
    likely: list[Pair] = []
    for number, block in enumerate(article.document.blocks):
        if block.kind not in _BODY or not _RESULT.search(block.text):
            continue
        passage = article.passage(number)
        if passage is None:
            continue
        results = [
            c for c in passage.claims
            if c.kind == "count" and c is not margin and _value(c) > _value(margin) / 2 and c.role not in ("from", "change", "rate")
            and not _MORE.match(article.block(c).text, c.end)
        ]  # fmt: skip
        for first, second in pairwise(results):
            if _value(first) != _value(second):
                pairs.append((first, second))
                if (
                    (_are_results(first, second) or _is_vote(article, first, second))
                    and _value(first) > _value(second)
                    and _value(margin) < _value(first)
                ):
                    likely.append((first, second))
        for score in (c for c in passage.claims if c.kind == "score" and _VOTED.search(article.text(c.sentence))):
            pairs.append(sides(article, score))
            if not _THEN.search(article.text(score.sentence)):
                likely.append(pairs[-1])
        for match in (match for sides_of in _SIDES for match in sides_of.finditer(passage.text)):
            pairs.append((passage.claim(match, "yes"), passage.claim(match, "no")))
            likely.append(pairs[-1])
    if not likely or len({frozenset(c.id for c in pair) for pair in likely}) > 2:
        return pairs, None
    return pairs, max(likely, key=lambda pair: _value(pair[0]))


def _is_vote(article: Article, first: Claim, second: Claim) -> bool:
    """Whether two figures are a vote's two sides: "voted 8,914 to 3,402 in favour"."""
    between = article.block(first).text[first.end : second.start]
    return first.block == second.block and between in (" to ", " against ", " votes to ") and first.verb == "vote"


def _are_results(first: Claim, second: Claim) -> bool:
    """Whether two figures are told as results: "received 1,204 votes, and Ms Geddes had 867"."""
    voted = first.noun in ("vote", "ballot") or first.verb in ("poll", "receive", "win", "secure", "get", "take")
    return (
        voted
        and second.noun in ("", "vote", "ballot", first.noun)
        and _value(first) >= 100
        and second.sentence - first.sentence <= 1
    )
