"""Splits of one whole into percentages that must make 100: the last is "the rest", or the labels exhaust the answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import combinations

from checker.language.article import Article
from checker.language.english import lemma
from checker.language.words import likeness
from checker.model import BlockKind, Claim, Hedge, Relation
from checker.patterns import lazy
from checker.relations.levels import is_digest
from checker.relations.tables import Column, columns

_REST = lazy(
    r"(?:\b(?:the|a) (?:remaining|other|final|last|rest,?(?: (?:of [a-z ]{3,30}|or|some))?),? ‹p(?P<rest>\d+)›|"
    r"\b(?:the (?:rest|remainder|balance)|every(?:thing|one|body) else|every other [a-z]+|all (?:the )?others?(?: [a-z]+)?|the others)\b[^‹›.;:]{0,60}?,? ‹p(?P<late>\d+)›|‹p(?P<early>\d+)› (?:for|to|by|from) (?:the rest|others|all other|other [a-z]+)\b|‹p(?P<behind>\d+)›,? (?:which|that) (?:is|was|makes up|made up) (?:all )?the (?:rest|remainder|balance)\b)",
    re.I,
)
_UNDECIDED = lazy(
    r"\b(?:undecided|unsure|not sure|don['’]t knows?|do not know|didn['’]t know|did not know|no opinion|undeclared|declined to (?:say|answer)|would not say|had no view|no view)\b",
    re.I,
)
_GROUP = lazy(r"\b(?:[Aa]mong|aged|\d+-year-olds|compared)\b")  # of a group, another than the others
_LABEL = lazy(
    r"\b(?:undecided|unsure|not sure|don['’]t knows?|no opinion|other|others|none of|no answer|refused|all other|rest|abstained|spoil\w*)\b",
    re.I,
)
_SIDES = lazy(
    r"\b(?:yes|no|in favou?r|against|oppos\w+|support\w*|for|approve\w*|disapprove\w*|agree\w*|disagree\w*|would vote|backed|back|reject\w*|leave|remain|stay)\b",
    re.I,
)
_OVERLAP = lazy(
    r"\b(?:several answers|more than one|multiple (?:answers|responses|choices)|at least one|at least some|per cent more|percent more|compared (?:with|to)(?! (?:about |just |only )?[\d.]+ ?(?:%|per ?cent|pct|pc)? (?:the (?:year|month|quarter|season|previous)|a year|last|in \d{4}|previously|before))|than in|could (?:choose|pick|give|name) (?:more|several|up to))\b"
)
# "had grown 41 per cent", "41 per cent higher": no share but a change
_CHANGED = lazy(
    r"\b(?:rose|fell|grew|grown|risen|fallen|increased?|decreased?|dropped|climbed)\b[^‹›,.;:]{0,30}‹p\d+›|‹p\d+› (?:more|less|fewer|higher|lower)\b"
)
_ELSEWHERE = lazy(
    r"(?:^|[.;,] )(?:[Ii]n|[Aa]t|[Ff]or) (?:a second|a third|another|the other|the second|the next|other) [a-z]+\b"
)
_SCORE = lazy(r"\s?(?:to|-|–)\s?\d")  # a vote of "71 to 29"
_SCORED = lazy(r"\d\s?(?:to|-|–)\s?$")
_LEVEL = ("level", "share", "to")


def find(article: Article) -> Iterable[Relation]:
    """``shares-total`` relations: shares of one whole that make 100 per cent."""
    order = [
        c
        for c in article.claims
        if c.unit == "%" and c.sentence >= 0 and article.block(c).kind in _PROSE and not is_digest(article, c.sentence)
        and not _is_score(article, c)
    ]  # fmt: skip
    seen: set[int] = set()
    for at, claim in enumerate(order):
        if len(order) >= 2 and _closes(article, claim):
            for relation in _with_rest(article, order[: at + 1]):
                seen.update(c.id for c in relation.claims)
                yield relation
    numbers = (number for number, block in enumerate(article.document.blocks) if block.kind in _PROSE)
    polls = [relation for number in numbers for relation in _of_poll(article, number)]
    told = [frozenset(c.id for c in relation.claims) for relation in polls]
    for relation, shares in zip(polls, told, strict=True):
        if not shares & seen and not any(other < shares for other in told):
            yield relation
    for column in columns(article):
        yield from _of_column(column)


_PROSE = frozenset({BlockKind.BODY, BlockKind.QUOTE, BlockKind.LIST_ITEM})
_SPAN = 5  # paragraphs over which the shares of one whole may be told
_LONGEST = 8
_MOST, _MUCH = 15, 20  # how many points shares of one whole may be off


def _is_score(article: Article, claim: Claim) -> bool:
    """Whether a figure without a unit of its own is one side of a vote: "passed it, 71 to 29"."""
    text = article.block(claim).text
    return claim.text.isdigit() and bool(_SCORE.match(text, claim.end) or _SCORED.search(text[: claim.start]))


def _shares(claims: Iterable[Claim]) -> list[Claim]:
    return [c for c in claims if c.unit == "%" and c.value is not None and 0 < c.value < 100 and c.role in _LEVEL]


def _closes(article: Article, claim: Claim) -> bool:
    """Whether a share is the last one: "the remaining 14 per cent", "everybody else 7%"."""
    masked = article.masked(claim.sentence)
    number = next((i for i, c in enumerate(masked.claims) if c.id == claim.id), -1)
    return any(int(m["rest"] or m["late"] or m["early"] or m["behind"]) == number for m in masked.finditer(_REST))


def _with_rest(article: Article, shares: list[Claim]) -> Iterator[Relation]:
    """ "38 per cent ..., 37 per cent ..., 21 per cent ... and own labels the remaining 14 per cent", over paragraphs too."""
    rest = shares[-1]
    if rest.value is None or rest.value >= 60:
        return
    near = [c for c in shares[:-1] if rest.block - c.block <= _SPAN and c.value is not None and c.value < 100]
    near = [c for c in near if c.block == rest.block or not _wholes(article, [c]) & {"which", "whom", "them"}]
    near = [c for c in near if not _is_of_before(article, c)]
    near = [c for c in near if c.sentence == rest.sentence or c.sentence not in _whole_sentences(article, near)]
    levels = [c for c in _shares(near) if not _is_apart(article, c)]
    runs = [told[start:] for told in (levels, near) for start in range(len(told)) if len(told) - start <= _LONGEST]
    runs = [run for run in runs if not _broken(article, run, rest)]
    if not runs:
        return
    best = min(runs, key=lambda run: abs(_total(run, rest) - 100))
    if _is_whole(best, rest):
        yield Relation("shares-total", {"shares": (*best, rest)}, 0.92)
        return
    if _is_made_with_half(article, runs, rest):
        return
    alone = [c for c in article.by_sentence.get(rest.sentence, ()) if c.unit == "%"]
    runs = [
        run for run in runs
        if all(c in levels for c in run) and (len(run) >= 2 or (alone == [*run, rest] and _total(run, rest) > 100))
    ]  # fmt: skip
    best = min(runs, key=lambda run: abs(_total(run, rest) - 100), default=[])
    if any(_total(run, rest) - (c.value or 0) == 100 for run in runs for c in run):
        return  # one of them is of something else
    behind = sum((c.value or Fraction(0) for c in alone if c.start > rest.start), Fraction(0))
    if behind and any(abs(_total(run, rest) + behind - 100) <= Fraction(len(run) + 2, 2) for run in runs):
        return  # "3 percent for other candidates and 5 percent undecided"
    if len({_OF_MONTHS.search(article.text(c.sentence)) is None for c in (*best, rest)}) > 1:
        return  # "For the first eight months", and of August
    too_much = _MUCH if len(best) >= 3 else _MOST  # of three and the rest
    if best and 100 - _MOST <= _total(best, rest) <= 100 + too_much:
        confidence = 0.92 if best[0].block == rest.block else 0.8
        assumes = "" if confidence > 0.9 else "if these are all the shares of one whole"
        yield Relation("shares-total", {"shares": (*best, rest)}, confidence, assumes)


_OF_MONTHS = lazy(r"\b(?:first|last|past) [a-z]+ (?:weeks|months|quarters)\b")
_TIME_BEFORE = r"(?:a|an|one|two|three|five|ten|the) (?:years?|months?|weeks?|decades?|seasons?|quarters?) (?:before|earlier|ago)\b"
_AHEAD_BEFORE = lazy(rf"(?:^|[;,] (?:and |but )?)[\"“]?{_TIME_BEFORE}[^‹›.;:]{{0,60}}$", re.I)
_BEHIND_BEFORE = lazy(rf"^,? {_TIME_BEFORE}", re.I)


def _is_of_before(article: Article, share: Claim) -> bool:
    """Whether a share is one of an earlier time: "A year before, the figure was 29%"."""
    text, start = article.block(share).text, article.sentences[share.sentence].start
    return bool(_AHEAD_BEFORE.search(text[start : share.start]) or _BEHIND_BEFORE.match(text[share.end :][:40]))


def _is_made_with_half(article: Article, runs: list[list[Claim]], rest: Claim) -> bool:
    """Whether a fraction told before makes a whole with the shares: "half said ..., 17% ..., the remaining 33%"."""
    fractions = [
        c.value for c in article.claims
        if c.kind == "ratio" and c.value is not None and c.value < 1 and 0 <= rest.sentence - c.sentence <= _SPAN
    ]  # fmt: skip
    return any(abs(_total(run, rest) + 100 * value - 100) <= 2 for run in runs for value in fractions)


def _whole_sentences(article: Article, shares: list[Claim]) -> set[int]:
    """The sentences of which the shares make a whole by themselves: "44% use one, 48% two and 7% more"."""
    found = set()
    for index in {c.sentence for c in shares}:
        own = _shares(article.by_sentence[index])
        if len(own) >= 3 and abs(sum((c.value or Fraction(0) for c in own), Fraction(-100))) <= 1:
            found.add(index)
    return found


def _is_whole(run: list[Claim], rest: Claim) -> bool:
    """Whether shares make 100 per cent, as far as they are rounded."""
    return abs(_total(run, rest) - 100) <= Fraction(len(run) + 1, 2)


# what percentages are told of that are no shares of what is split
_NO_SHARES = frozenset(
    "turnout participation unemployment inflation threshold margin growth quorum attendance target rate humidity probability chance capacity normal utilisation utilization quota".split()
)


def _is_apart(article: Article, share: Claim) -> bool:
    """Whether a share is one of something else that was just told ("bushes, 38% of which are old"), or another's again
    ("six per cent, or three per cent of the network")."""
    text = article.block(share).text
    if share.figure is not None and share.figure.hedge in (
        Hedge.LESS_THAN,
        Hedge.MORE_THAN,
        Hedge.AT_LEAST,
        Hedge.AT_MOST,
    ):
        return True
    if (
        share.tense == "pluperfect"
        or _wholes(article, [share]) & _NO_SHARES
        or share.noun in _NO_SHARES
        or share.subject in _NO_SHARES
    ):
        return True
    if re.match(r"\s?of (?:which|whom|them|those|these|that)\b", text[share.end : share.end + 24]):
        return True
    return (
        re.search(r"\b(?:or|representing|equal to|that is|equivalent to) (?:an? )?$", text[: share.start]) is not None
    )


def _total(run: list[Claim], rest: Claim) -> Fraction:
    return sum((claim.value or Fraction(0) for claim in (*run, rest)), Fraction(0))


# "a 10 pct stake in TF1", "38% of which are older"
_WHOLE = lazy(
    r"\s?(?:(?:stake|share|holding|interest|slice)\s)?(?:of|in)\s(?:the\s|its\s|all\s|those\s)*(?P<whole>[A-Za-z][\w’'-]+)"
)


def _wholes(article: Article, claims: list[Claim]) -> set[str]:
    """What some shares are each said to be of."""
    found = (_WHOLE.match(article.block(c).text, c.figure.end if c.figure is not None else c.end) for c in claims)
    return {match["whole"].lower() for match in found if match is not None}


_SYNONYMS = 75  # the likeness from which two nouns name one whole: "votes" and "ballots"


def _differ(nouns: set[str]) -> bool:
    """Whether nouns name more than one whole."""
    return any(likeness(lemma(a, "NNS"), lemma(b, "NNS")) < _SYNONYMS for a, b in combinations(sorted(nouns), 2))


def _broken(article: Article, run: list[Claim], rest: Claim) -> bool:
    """Whether something in between says that the shares are not of one whole."""
    if _differ(_wholes(article, [*run, rest])) and abs(_total(run, rest) - 100) > Fraction(len(run) + 1, 2):
        return True
    for index in range(run[0].sentence, rest.sentence + 1):
        text = article.text(index)
        if any(c.sentence == index for c in (*run, rest)) and (
            _OVERLAP.search(text) or _CHANGED.search(article.masked(index).text) or _ELSEWHERE.search(text)
        ):
            return True
    return False


def _of_poll(article: Article, block: int) -> Iterator[Relation]:
    """Two sides of a question and the undecided, in one sentence, in one paragraph, or the undecided in the next one."""
    sentences = [s.index for s in article.sentences_of(block)]
    later: list[int] = []
    if block + 1 < len(article.document.blocks) and article.document.blocks[block + 1].kind in _PROSE:
        later = [s.index for s in article.sentences_of(block + 1)][:1]
    for told, most in (*(([index], 25) for index in sentences), (sentences, 15), (sentences + later, 15)):
        if not told or not _UNDECIDED.search(article.text(told[-1])):
            continue
        percentages = [c for index in told for c in article.by_sentence.get(index, ()) if c.unit == "%"]
        found = [c for c in _shares(percentages) if not _is_apart(article, c)]
        if not 3 <= len(found) <= 4 or len(found) != len(percentages):
            continue
        texts = [article.text(index) for index in told]
        if not any(_SIDES.search(text) for text in texts) or any(
            _OVERLAP.search(text) or _GROUP.search(text) for text in texts
        ):
            continue
        total = sum((claim.value or Fraction(0) for claim in found), Fraction(0))
        if abs(total - 100) <= most:
            yield Relation("shares-total", {"shares": tuple(found)}, 0.9 if len(told) == 1 else 0.85)
            return


def _of_column(column: Column) -> Iterator[Relation]:
    """A table's column of percentages with a row for the undecided or the others."""
    shares = [claim for claim in column.cells if claim.unit == "%" or (claim.kind == "count" and "%" in column.header)]
    if len(shares) < 3 or len(shares) != len(column.cells) or any(c.value is None or c.value > 100 for c in shares):
        return
    labels = [label for label in column.labels if _LABEL.search(label)]
    if not labels or any(re.search(r"\btotal\b", label, re.I) for label in column.labels):
        return
    total = sum((claim.value or Fraction(0) for claim in shares), Fraction(0))
    if abs(total - 100) <= 30:
        yield Relation("shares-total", {"shares": tuple(shares)}, 0.92)
