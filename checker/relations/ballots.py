"""Votes in a house, a jury or a court: for and against together are no more than its members, or than the ballots cast."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from checker.language.article import Article, Masked
from checker.model import BlockKind, Claim, Relation
from checker.patterns import lazy

_BODY = frozenset({BlockKind.BODY, BlockKind.QUOTE, BlockKind.HEADLINE, BlockKind.DEK, BlockKind.LIST_ITEM})
_MEMBER = (
    r"(?:members?|councill?ors?|senators?|deputies|lawmakers?|legislators?|delegates?|trustees?|directors?|justices?|judges?|jurors?|selectmen|selectwomen|commissioners?|"
    r"supervisors?|alder(?:men|women|persons?)|MPs|MSPs|TDs|peers|governors|regents|panell?ists?|representatives|ministers|cardinals|bishops|arbiters|seats?)"
)
# "all 11 members", "the committee's 13 councillors", "the seven justices", "a 40-member chamber", "it has 33 seats"
_HOUSE = lazy(
    rf"\b(?:(?P<all>[Aa]ll)(?: of)?(?: the| its| their)?|[Tt]he|[Ii]ts|[Ww]ith|[Hh]as|[Hh]ave|[Oo]f|[\w’']+[’']s?) ‹n(?P<seats>\d+)›(?: (?:[a-z]+ ){{0,2}}| (?:of (?:the|its) ))?{_MEMBER}\b|"
    rf"‹n(?P<strong>\d+)›[- ](?:member|seat|person|strong|judge|justice)\b|"
    rf"(?P<every>[Ee]very one|[Ee]ach) of (?:the |its )?(?:[\w’'-]+ ){{0,3}}?‹n(?P<each>\d+)› (?:[a-z]+ )?{_MEMBER}\b"
)
_DECIDED = lazy(
    r"\b(?:vot\w+|pass\w*|approv\w+|adopt\w*|reject\w*|refus\w+|carr(?:ied|y)|back\w*|defeat\w*|ratif\w+|endors\w+|dismiss\w*|fir(?:ed|es)|oust\w*|appoint\w*|elect\w*|choos\w*|chose|uph[eo]ld\w*|rul(?:ed|ing)|struck|strikes|"
    r"acquit\w*|convict\w*|clear\w*|grant\w*|den(?:y|ied|ies)|fail\w*|turn\w* down|block\w*|overturn\w*|overr[iu]de\w*|strip\w*|censur\w*|impeach\w*|remov\w*|decid\w*|decision|majority|motion|support\w*|agreed|declin\w*|sign(?:ed)? off)\b"
)
_PAIR = lazy(
    r"‹n(?P<yes>\d+)›(?: votes?| members)?(?: to |-|–|—)‹n(?P<no>\d+)›(?! (?:lead|victory|win|percent|per cent|years|months|hours|days))"
)
_BEFORE_PAIR = lazy(r"(?:,|\bby|\bof|\bvoted|\bwas|\bpassed|\bfailed)(?: a (?:vote|margin|majority) of| votes? of)? $")
_FOR_AGAINST = lazy(
    r"‹n(?P<yes>\d+)›(?: [a-z]+){0,3} (?:in favou?r|for|yes|ayes)\b[^‹›.;:]{0,30}?(?:,|,? and) ‹n(?P<no>\d+)›(?: [a-z]+)? ?(?:against|opposed|no|nays|noes)\b"
)
_ABSTAINED = lazy(r"^[^‹.;]{0,25}‹n(?P<abstained>\d+)›(?: [a-z]+){0,2} ?(?:abstaining|abstentions?|abstained|absent)\b")
_WORDED = lazy(r"^,? (?:and )?with (?P<word>one|a single) (?:abstention|member abstaining|member absent)")
_CAST = lazy(
    r"‹n(?P<b>\d+)› (?:[a-z]+ )?(?:votes|ballots) (?:were |had been |was )?(?:cast|counted|returned)|‹n(?P<c>\d+)›(?: [a-z]+)? (?:voted in total|cast (?:a )?(?:votes?|ballots?)|took part in the (?:vote|ballot))"
)
_OTHER = lazy(
    r"\b(?:last (?:year|month|season|time|week)|previous\w*|earlier|in (?:19|20)\d\d|then|(?:years?|months|weeks) (?:ago|before|earlier)|when they|committee stage|amendment (?:was|failed|passed|had)|subcommittee|lower house|upper house|the House and|both (?:houses|chambers))\b|‹d\d+› (?:vote|ruling)",
)
_GAME = lazy(
    r"\b(?:w[io]n|beat|defeat(?:ed)? (?:the )?[A-Z]|lost|season|game|match|league|playoff\w*|goals?|innings?|team)\b"
)
_ABSENT = lazy(
    r"\b(?:abst\w+|absent|absence|recus\w+|did not vote|not voting|away|missing|vacan\w+|spoil\w+|blank|invalid|tie-?break\w*|casting vote|mayor)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Vote:
    """How many voted for and against, and abstained where that is told, as one claim; `whole` where all are counted."""

    cast: Claim
    parts: tuple[int, ...]


def find(article: Article) -> Iterable[Relation]:
    """``part-of`` relations of the votes of a decision with the members who could vote, or the ballots cast."""
    votes = list(_votes(article))
    if not votes:
        return
    houses, everybody = _houses(article)
    values = {house.value for house in houses}
    for vote in votes:
        number = vote.cast.value
        assert number is not None
        if len(values) == 1:
            (seats,) = values
            assert seats is not None
            if number <= 2 * seats and max(vote.parts) <= seats:
                if (
                    everybody
                    and number < seats
                    and number * 4 > seats * 3
                    and len(vote.parts) == 2
                    and not _is_partial(article)
                ):
                    yield Relation(
                        "same-quantity",
                        {"a": (vote.cast,), "b": (houses[0],)},
                        0.86,
                        "if all of them voted for or against",
                    )
                else:
                    yield Relation(
                        "part-of",
                        {"part": (vote.cast,), "whole": (houses[0],)},
                        0.88,
                        "if all the votes were cast in this house",
                    )
        for ballots in _ballots(article, vote):
            yield Relation(
                "part-of", {"part": (vote.cast,), "whole": (ballots,)}, 0.88, "if these are the ballots of this vote"
            )


def _is_partial(article: Article) -> bool:
    return any(_ABSENT.search(block.text) for block in article.document.blocks)


def _votes(article: Article) -> Iterator[Vote]:
    for sentence in article.sentences:
        if not article.by_sentence.get(sentence.index) or article.block(sentence).kind not in _BODY:
            continue
        masked = article.masked(sentence.index)
        if "‹s" not in masked.text and "‹n" not in masked.text:
            continue
        if not _DECIDED.search(masked.text) or _OTHER.search(masked.text) or _GAME.search(masked.text):
            continue
        yield from _in_sentence(article, masked)


def _in_sentence(article: Article, masked: Masked) -> Iterator[Vote]:
    text = masked.text
    for match in re.finditer(r"‹s(?P<score>\d+)›(?! (?:lead|victory|win|series|odds))", text):
        score = masked.claim(match, "score")
        if score.figure is not None and len(score.figure.parts) == 2:
            pair = tuple(int(part) for part in score.figure.parts)
            yield _vote(article, masked, pair, score.start, score.end, score, match.end())
    pairs = (match for match in _PAIR.finditer(text) if _BEFORE_PAIR.search(text[: match.start()]))
    for match in (*pairs, *_FOR_AGAINST.finditer(text)):
        yes, no = masked.claim(match, "yes"), masked.claim(match, "no")
        if yes.value and no.value and yes.value.denominator == no.value.denominator == 1:
            yield _vote(article, masked, (int(yes.value), int(no.value)), yes.start, no.end, yes, match.end())


def _vote(article: Article, masked: Masked, pair: tuple[int, ...], start: int, end: int, claim: Claim, at: int) -> Vote:
    gone = _ABSTAINED.match(masked.text[at:])
    if gone is not None:
        abstained = masked.claim(gone, "abstained")
        pair, end = (*pair, int(abstained.value or 0)), abstained.end
    elif _WORDED.match(masked.text[at:]):
        pair = (*pair, 1)
    return Vote(article.derived("count", sum(pair), claim.block, start, end), pair)


def _houses(article: Article) -> tuple[list[Claim], bool]:
    """The numbers of members told, and whether the article says that all of them voted."""
    found: list[Claim] = []
    everybody = False
    for sentence in article.sentences:
        if not article.by_sentence.get(sentence.index) or article.block(sentence).kind not in _BODY:
            continue
        masked = article.masked(sentence.index)
        if "‹n" not in masked.text or _GAME.search(masked.text):
            continue
        for match in _HOUSE.finditer(masked.text):
            number = match["seats"] or match["strong"] or match["each"]
            claim = masked.claims[int(number)]
            if claim.value and claim.value >= 3 and claim.value.denominator == 1 and not claim.other:
                found.insert(0 if match["all"] or match["every"] else len(found), claim)
                if (match["all"] or match["every"]) and re.match(
                    r"[^.;,‹]{0,20} (?:voted|cast (?:a|their|his or her) (?:vote|ballot)|took part in the vote|took part in [^.;]{0,12}vote)",
                    masked.text[match.end() :],
                ):
                    everybody = True
    return found, everybody


def _ballots(article: Article, vote: Vote) -> Iterator[Claim]:
    assert vote.cast.value is not None
    for index in range(max(0, vote.cast.sentence - 2), min(len(article.sentences), vote.cast.sentence + 4)):
        masked = article.masked(index)
        for match in masked.finditer(_CAST):
            claim = masked.claims[int(match["b"] or match["c"])]
            if claim.value and 2 * claim.value >= vote.cast.value >= claim.value / 2 and max(vote.parts) <= claim.value:
                yield claim
                return
