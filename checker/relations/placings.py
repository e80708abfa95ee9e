"""Places in a contest with what each scored or took: "lead with 50 points", "third in 47.21 seconds", "second on 68"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from checker.language.article import Article, Masked
from checker.model import BlockKind, Claim, Relation
from checker.patterns import lazy
from checker.relations.levels import is_digest, nouns

_PROSE = frozenset({BlockKind.BODY, BlockKind.QUOTE})
_NEAR = 6  # sentences between two places of one contest
_NEAR_LOW = 2  # where the lower figure wins
_SAID = (
    r"(?:came|comes|finished|finishes|finishing|was|were|is|are|lie|lies|sit|sits|ranked|placed|stood|stand|stands|lay|takes|took|claimed|grabbed|secured|in|and|[Tt]he|remain|remains|moved|moves) "
    r"(?:up )?(?:in |into |to )?(?:a |the |tied for |joint |equal )?(?:distant |close |clear |surprise |outright |sole )?"
)
# "Ninth graders" are in no ninth place
_ORDINAL = lazy(
    rf"(?:^(?:In )?(?=\S+(?:[,:]| (?:place|position|spot|was|were|is|went|goes|with|on|came|prize)\b))|\b{_SAID})(?:‹o(?P<rank>\d+)›|(?P<first>[Ff]irst)\b)(?!-)(?! [A-Z])"
)
_FIRST = lazy(
    r"\b(?:leads?|led|tops?|topped|heads?|headed) (?:the )?(?:[A-Za-z]+ )?(?:table|standings|field|leaderboard|league|division|group|rankings|race|contest|poll|pack|way|list)\b|\b(?:[Ll]eaders?|leads?|won|leading)\b(?! the (?:toss|scoring))|\btook (?:the )?gold\b|\bcame (?:out on )?top\b"
)
_MEDALS = (
    (lazy(r"\b(?:took|won|claimed|got|earned|with) (?:the )?silver\b(?! medals)"), 2),
    (lazy(r"\b(?:took|won|claimed|got|earned|with) (?:the )?bronze\b(?! medals)"), 3),
)
_SCORE = lazy(
    r"(?:\b(?:with|on|at|polling|winning|scoring|taking|collecting|earning|having|had|has|have|won|scored|took|takes|polled|got|in|of|clocked|clocking|ran|swam|rode|timed at|recorded|posted|recording|posting|shot|carded|carding)) "
    r"(?:just |only |a total of |a time of |a best of |content itself with )?‹(?P<kind>[nmpul])(?P<score>\d+)›"
)
_GOLF = lazy(r"\b(?:golf\w*|strokes?|shots?|par|birdie\w*|bogey\w*|the cut|fairway|tee|round of)\b", re.I)
_LOW = lazy(
    r"\b(?:faults?|errors?|penalt\w+|unemployment|deaths?|crime|cost|cheapest|lowest|fewest|least|smallest|fastest|quickest|seconds?|minutes?)\b",
    re.I,
)
_CONTEST = lazy(r"\b[Ii]n the ((?!standings|table|league|championship|rankings?|games|end|race|contest|vote)[\w-]+)")


@dataclass(frozen=True, slots=True)
class Placing:
    """A place and the figure that won it."""

    rank: int
    score: Claim
    low: bool  # the lower figure wins
    contest: frozenset[str]


def find(article: Article) -> Iterable[Relation]:
    """``above`` relations of the better and the worse placed of one contest."""
    found = [*_placings(article)]
    for i, one in enumerate(found):
        for other in found[i + 1 :]:
            if one.rank == other.rank or not _one_contest(one, other):
                continue
            better, worse = (one, other) if one.rank < other.rank else (other, one)
            high, low = (worse, better) if one.low or other.low else (better, worse)
            yield Relation(
                "above", {"first": (high.score,), "second": (low.score,)}, 0.85, "if both are places in one contest"
            )


def _one_contest(one: Placing, other: Placing) -> bool:
    apart = other.score.sentence - one.score.sentence
    if apart > (_NEAR_LOW if one.low or other.low else _NEAR) or bool(one.contest) != bool(other.contest):
        return False
    a, b = one.score, other.score
    if not a.value or not b.value or max(a.value, b.value) > 25 * min(a.value, b.value):
        return False
    if _is_time(a) and _is_time(b):
        return max(a.value, b.value) <= Fraction(5, 4) * min(a.value, b.value)
    if one.low != other.low or a.kind != b.kind or a.unit != b.unit:
        return False
    return (
        a.kind != "count"
        or nouns(a, b) == "same"
        or (one.low and nouns(a, b) != "other")
        or (apart <= 1 and nouns(a, b) == "one-bare")
    )


def _placings(article: Article) -> Iterator[Placing]:
    for sentence in article.sentences:
        if article.block(sentence).kind not in _PROSE or sentence.index not in article.by_sentence:
            continue
        masked = article.masked(sentence.index)
        if is_digest(article, sentence.index):
            continue
        contest = frozenset(_CONTEST.findall(article.text(sentence.index)))
        for clause in re.split(r";|, (?:while|with|and|but) (?=[A-Z])|, ahead of ", masked.text):
            rank = _rank(masked, clause)
            told = [m for m in _SCORE.finditer(clause) if _is_score(masked, m, clause)]
            if rank is not None and len(told) == 1:
                claim = masked.claims[int(told[0]["score"])]
                yield Placing(rank, claim, _wins_low(article, claim, clause, told[0]), contest)


def _rank(masked: Masked, clause: str) -> int | None:
    """The only place that a clause tells."""
    places = {1 if m["first"] else int(masked.claims[int(m["rank"])].value or 0) for m in _ORDINAL.finditer(clause)}
    places |= {place for pattern, place in _MEDALS if pattern.search(clause)}
    if not places and _FIRST.search(clause):
        return 1
    place = places.pop() if len(places) == 1 else 0
    return place if 1 <= place <= 10 else None


def _is_score(masked: Masked, match: re.Match[str], clause: str) -> bool:
    claim = masked.claims[int(match["score"])]
    if claim.value is None or claim.role in ("change", "from", "than", "rate") or claim.modality != "asserted":
        return False
    if re.match(
        r"[- ](?:games?|matches|rounds?|holes?|laps?|minutes?) (?:left|to (?:go|play)|remaining|in hand|played)",
        clause[match.end() :],
    ):
        return False
    if claim.kind == "duration":
        return claim.unit in ("second", "minute", "hour") and match.group().startswith(
            ("in ", "with ", "clock", "at ", "of ", "timed", "ran", "swam")
        )
    if match.group().startswith(("in ", "of ")):
        return _is_time(claim) or bool(
            _GOLF.search(clause) and not claim.noun.endswith("year") and (claim.value or 0) > 50
        )
    return claim.kind != "count" or not (1800 <= claim.value <= 2100)


def _is_time(claim: Claim) -> bool:
    """Whether a figure may be a time in a race: seconds, or hundredths without a unit."""
    if claim.kind == "duration":
        return True
    return (
        claim.kind == "count" and not claim.unit and claim.figure is not None and claim.figure.step == Fraction(1, 100)
    )


def _wins_low(article: Article, claim: Claim, clause: str, match: re.Match[str]) -> bool:
    if re.match(r" under\b", clause[match.end() :]):
        return False
    if _is_time(claim):
        return True
    return bool(
        _GOLF.search(article.block(claim).text) or _LOW.search(clause) or re.match(r" over\b", clause[match.end() :])
    )
