"""Two levels of one quantity, an older and a newer one (or a base and what is compared with it): what the words around
two figures say for and against their being such a pair."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import log

from checker.language import units
from checker.language.article import Article
from checker.language.words import likeness
from checker.model import Claim, Hedge
from checker.patterns import lazy
from checker.relations.cues import cues
from checker.relations.topics import topics

KINDS = frozenset({"count", "money", "percent", "measure", "duration"})
LARGEST = 25  # the ratio of two levels beyond which they are not compared
_ALIKE = 50  # the likeness of nouns from which they may name one thing
_YEARS = range(1900, 2101)
_GENERIC = frozenset(
    "figure total average number count tally head sum amount people person other unit one some".split()
)


def is_level(claim: Claim) -> bool:
    """Whether a claim can be a level at all: a positive number of something, not a year, not the size of a change."""
    if claim.kind not in KINDS or claim.value is None or claim.value <= 0 or claim.figure is None:
        return False
    if claim.unit in ("pp", "bp") or claim.modality == "denied" or claim.other:
        return False
    return not (claim.kind == "count" and not claim.noun and claim.value in _YEARS and claim.figure.step == 1)


def in_unit(claim: Claim, unit: str) -> Fraction | None:
    """What one of a claim's units is in another unit of its dimension (cents in dollars, minutes in hours); None where
    the two cannot be compared."""
    one, other = claim.unit.split("/")[0], unit.split("/")[0]
    if one == other:
        return Fraction(1)
    if one.endswith(("c", "p")) and one[:-1] == other[:2] and len(other) == 3:
        return Fraction(1, 100)  # USc and USD, GBp and GBP
    if other.endswith(("c", "p")) and other[:-1] == one[:2] and len(one) == 3:
        return Fraction(100)
    known = units.by_code()
    a, b = known.get(one), known.get(other)
    if a is None or b is None or a.dimension != b.dimension or a.offset or b.offset:
        return None
    return a.factor / b.factor


def comparable(a: Claim, b: Claim) -> bool:
    """Whether two claims can be levels of one quantity by kind, unit and size."""
    if a.kind != b.kind or a.id == b.id or a.value is None or b.value is None:
        return False
    if a.kind != "count" and a.unit != b.unit and not _leaves_out_period(a, b):
        return False
    if a.kind == "count" and a.sentence != b.sentence:
        if nouns(a, b) == "other" or (a.speaker != b.speaker and not (a.noun and b.noun)):
            return False  # a bare number in a speaker's mouth is of what the speaker speaks of
    one, other = a.value.numerator * b.value.denominator, b.value.numerator * a.value.denominator
    return max(one, other) <= LARGEST * min(one, other)


def _leaves_out_period(a: Claim, b: Claim) -> bool:
    """Whether one of two amounts leaves out for how long: "will be £1,894 a year; currently it is £1,720"."""
    one, other = a.unit.partition("/"), b.unit.partition("/")
    return a.sentence == b.sentence and one[0] == other[0] and {one[2], other[2]} in ({"", "year"}, {"", "month"})


def nouns(a: Claim, b: Claim) -> str:
    """How what two claims count or measure compares: same, like, one-bare, both-bare or other."""
    one, other = ("" if noun in _GENERIC else noun for noun in (a.noun, b.noun))
    if one == other:
        return "same" if one else "both-bare"
    if not one or not other:
        return "one-bare"
    return "like" if likeness(one, other) >= _ALIKE else "other"


def distance(a: Claim, b: Claim) -> str:
    """How far apart two claims stand: sentence, adjacent, near (three sentences) or far."""
    between = abs(a.sentence - b.sentence)
    return "sentence" if between == 0 else "adjacent" if between == 1 else "near" if between <= 3 else "far"


def times(a: Claim, b: Claim) -> str:
    """Whether the first claim's date lies before, at or after the second's; unknown where one has none."""
    if a.when is None or b.when is None:
        return "unknown"
    assert a.when.high is not None and b.when.low is not None and a.when.low is not None and b.when.high is not None
    if a.when.high < b.when.low:
        return "before"
    return "after" if a.when.low > b.when.high else "same"


def pair_features(article: Article, old: Claim, new: Claim) -> dict[str, float]:
    """What speaks for two claims being an older and a newer level of one quantity."""
    known, alike = cues(article), topics(article)
    found: dict[str, float] = {"old " + cue: 1.0 for cue in known.get(old.id, ())}
    found |= {"new " + cue: 1.0 for cue in known.get(new.id, ())}
    found["pair " + distance(old, new)] = 1.0
    if old.sentence == new.sentence:
        found["pair old-first" if old.start < new.start else "pair new-first"] = 1.0
    else:
        found["pair context"] = alike.context(old, new) / 100
        if old.block == new.block:
            found["pair block"] = 1.0
    found["pair noun " + nouns(old, new)] = 1.0
    found["pair heads"] = alike.heads(old, new) / 100
    if old.subject and old.subject == new.subject:
        found["pair subject"] = 1.0
    found["pair time " + times(old, new)] = 1.0
    assert old.value is not None and new.value is not None and old.figure is not None and new.figure is not None
    found["pair ratio"] = abs(log(new.value / old.value))
    if old.figure.step == new.figure.step:
        found["pair step"] = 1.0
    if old.modality != new.modality:
        found["pair modality"] = 1.0
    if old.figure.hedge != new.figure.hedge:
        found["pair hedge"] = 1.0
    if old.speaker and new.speaker and old.speaker != new.speaker:
        found["pair speaker"] = 1.0
    if old.unit != new.unit:
        found["pair unit"] = 1.0
    if article.block(old).kind != article.block(new).kind:
        found["pair blocks"] = 1.0
    return found


OLDER = frozenset(
    {
        "l:from",
        "l:up-from",
        "l:compared",
        "l:against",
        "l:than",
        "l:instead",
        "r:ago",
        "r:last",
        "l:year-ago",
        "tense:pluperfect",
    }
)


def is_explicit(article: Article, old: Claim, new: Claim) -> bool:
    """Whether the words set two claims beside each other as an older and a newer level."""
    if old.block != new.block or abs(old.sentence - new.sentence) > 1:
        return False
    if nouns(old, new) == "other" and old.noun not in ("it", "they"):
        return False
    known = cues(article)
    older, newer = known.get(old.id, frozenset()), known.get(new.id, frozenset())
    if "l:now" in older and old.tense == "present" and new.tense == "future" and old.modality != "conditional":
        return True  # "a single, now £2.80, will cost £3.40"
    if (
        nouns(old, new) == "other"
        or not older & OLDER
        or newer & {"l:from", "l:compared", "l:than", "l:instead", "r:ago"}
    ):
        return False
    return "role:change" not in older | newer


_VERSUS = lazy(r"\bvs\b")
_NO_QUANTITY = frozenset({"date", "time", "ordinal", "direction", "most", "none"})
_CROWDED = 7  # figures of one sentence from which it may be a table in a row


@lru_cache(maxsize=4096)
def is_digest(article: Article, sentence: int) -> bool:
    """Whether a sentence is a wire's table of results: "Net 1.2 mln vs 900,000 Revs 12.1 mln vs 9.8 mln"."""
    text = article.text(sentence)
    if len(_VERSUS.findall(text)) >= 3:
        return True
    figures = sum(claim.kind not in _NO_QUANTITY for claim in article.by_sentence.get(sentence, ()))
    return figures >= _CROWDED and 4 * figures > text.count(" ")


@lru_cache(maxsize=2)
def levels_of(article: Article) -> tuple[Claim, ...]:
    """Every level of an article's sentences that are no tables of results."""
    return tuple(c for c in article.claims if is_level(c) and c.sentence >= 0 and not is_digest(article, c.sentence))


def side(name: str, features: dict[str, float]) -> dict[str, float]:
    """Features of one operand, named for its part in the relation."""
    return {f"{name} {feature}": value for feature, value in features.items()}


def ends(claim: Claim) -> tuple[Fraction, Fraction]:
    """The least and the most that a positive claim may be, an open upper end taken for a quarter more."""
    assert claim.value is not None
    interval = claim.widest
    low = interval.low if interval.low is not None and interval.low > 0 else claim.value
    return low, interval.high if interval.high is not None else claim.value * Fraction(5, 4)


def opposed(a: Claim, b: Claim) -> bool:
    """Whether one is a rise and the other a fall."""
    hedges = {claim.figure.hedge for claim in (a, b) if claim.figure is not None}
    return hedges == {Hedge.UP, Hedge.DOWN}


def words_around(article: Article, claim: Claim) -> tuple[list[str], list[str]]:
    """The three words before a claim, the nearest first, and the three behind it."""
    text = article.block(claim).text
    end = claim.figure.end if claim.figure is not None else claim.end
    before = text[max(0, claim.start - 60) : claim.start].lower().split()[-3:][::-1]
    after = text[end : end + 60].lower().split()[:3]
    return [word.strip(",.;:") for word in before], [word.strip(",.;:") for word in after]


_DATED = lazy(r"\d{4}|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*")


def frame(article: Article, a: Claim, b: Claim) -> int:
    """How many words next to the two figures are the same, up to three on either side."""
    count = 0
    for words_a, words_b in zip(words_around(article, a), words_around(article, b), strict=True):
        for one, other in zip(words_a, words_b, strict=False):
            if one != other:
                break
            count += not _DATED.fullmatch(one)  # "in February 1986" frames any figure
    return count
