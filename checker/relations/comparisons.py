"""Comparisons: a level and the older one that is set beside it, in one sentence or in two that follow each other.

"People made 3.08 million journeys.  The total for the previous 12 months was 3.5 million": the words of one of them put it
before the other, the second takes up what the first measures, and no third figure of the kind stands near.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from checker.language.article import Article
from checker.language.english import lemma
from checker.language.words import likeness, rarity
from checker.model import BlockKind, Claim, Hedge
from checker.patterns import lazy
from checker.relations.changed import questions
from checker.relations.cues import cues
from checker.relations.histories import BARE, GENERIC, PRONOUNS, SYNONYM, age, measures
from checker.relations.levels import OLDER, is_digest, is_level, nouns, times

_PERIOD = r"(?:year|season|month|quarter|week|winter|summer|spring|autumn|term|decade|day|census|count|survey|estimate|edition|generation|time|round|half|period|January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Easter|Christmas)"
_NUMBER = r"(?:an?|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty|\d+)"
# what puts a level before the one beside it, by itself
_BEFORE = lazy(
    rf"\b(?:(?:[Ii]ts|[Tt]heir|[Hh]is|[Hh]er|[Tt]he|[Oo]ur|[Mm]y|[Aa]) (?:(?:first|last|previous|old|former|earlier|original|prior|normal|usual|typical)(?:-[a-z]+)? |face (?=value))(?!(?:two|three|four|five|six|few|\d+|of|to|in)\b)|"
    rf"[Tt]hat (?:same |first )?{_PERIOD}\b|[Bb]ack then|[Ii]n those days|[Aa]t (?:that|the) (?:time|point|stage)|[Aa]t (?:its|their|the) (?:peak|height|start|outset|beginning)|"
    rf"[Oo]riginally|[Ii]nitially|[Aa]t first\b|[Bb]efore (?:the|that|it|she|he|they|then)\b|[Uu]sed to\b|[Uu]ntil (?:now|then|the end)|{_NUMBER} (?:[a-z]+ )?{_PERIOD}s? (?:back|ago|earlier|before)\b|"
    rf"[Ll]ast {_PERIOD}\b|[Ii]n the one before|(?:previous|preceding|prior) (?:{_NUMBER}) {_PERIOD}s|the {_PERIOD} before|(?:[Tt]he|[Aa]) {_PERIOD} (?:before|earlier)|[Aa]t the same (?:point|stage|time)|(?:comparable|corresponding|same) {_PERIOD}s? (?:of )?(?:last|a|the|‹d)?|grandparents|(?:grand)?parents['’]|(?:grand)?fathers\b)",
)
_NOW = lazy(
    r"\b(?:[Nn]ow|[Tt]oday|[Cc]urrent(?:ly)?|[Ss]o far|[Aa]t present|[Tt]hese days|[Aa]t the moment|[Tt]his (?:year|season|month|week|summer|winter|spring|autumn|quarter|time)|new)\b"
)
_COMING = lazy(
    r"\b(?:[Ii]n the new year|[Nn]ext (?:year|month|week|season|spring|summer|autumn|winter)|[Ff]rom (?:January|February|March|April|May|June|July|August|September|October|November|December|next)|[Aa]fterwards|[Tt]hen)\b"
)
_TAKES_UP = lazy(
    rf"^[\"“‘]?(?:(?:In|For|During|At|By|On|Over|A|An|The) )?(?:that |the |same )*(?:{_NUMBER} )?(?:full |same |previous |preceding |prior |comparable |corresponding )*(?:‹[dl]\d+›|one\b|{_PERIOD}s?\b)|^[\"“‘]?(?:That|This|It|They|There|Those|These|He|She|Back then|Before|Now|Today|Last|Previously|Its|Their|His|Her)\b",
    re.IGNORECASE,
)
# "The old dish, 6 metres wide", "The current minimum is $14.20": the one before, or now, of what was told
_THE_OTHER = lazy(
    r"^[\"“‘]?(?:[Tt]he|[Ii]ts|[Tt]heir) (?:old|former|previous|earlier|current|present|existing|new)(?: (?!record|high|low|best|mark)[a-z]+){1,2}\b"
)
_THERE = lazy(r"\bthere (?:was|were|are|is|had been)(?: only| just| some| about)? $", re.IGNORECASE)
_PROSE = frozenset({BlockKind.BODY, BlockKind.QUOTE, BlockKind.LIST_ITEM})
_SAID = frozenset({Hedge.EXACT, Hedge.ABOUT, Hedge.NEARLY, Hedge.MORE_THAN, Hedge.LESS_THAN})
_LIGHT_VERBS = frozenset("be have do get make take".split())
_STRONG = frozenset({"l:from", "l:up-from", "l:compared", "l:against", "l:than", "l:instead"})
_FEW = 10  # counts up to it are of many things
_MOST = 5  # figures of a sentence
_RATIO = 12  # between two levels
_RARE = 0.25  # how rare a word is that two levels may be known by
_REACH = 2  # sentences from the earlier to the later of two levels


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two levels of one quantity; `words` name what they are of, `context` are those of their clauses."""

    old: Claim
    new: Claim
    words: frozenset[str]
    context: frozenset[str]

    @property
    def apart(self) -> bool:
        """Whether the two stand too far from each other for one to take up the other."""
        return self.told[1] - self.told[0] > _REACH

    @property
    def told(self) -> tuple[int, int]:
        first, last = sorted((self.old.sentence, self.new.sentence))
        return first, last


@lru_cache(maxsize=2)
def comparisons(article: Article) -> tuple[Comparison, ...]:
    """Every two levels of which the words make one the older, and with which no third one vies."""
    found: dict[int, list[Comparison]] = {}
    for comparison in _find(article):
        found.setdefault(comparison.old.id, []).append(comparison)
    return tuple(one for several in found.values() for one in _nearest(several))


def _nearest(found: list[Comparison]) -> list[Comparison]:
    """Of the comparisons of one older level the nearest, which is the one meant; none where two are as near."""
    found = [c for c in found if not _is_aside(c.new)] or found
    apart = min(c.told[1] - c.told[0] for c in found)
    near = [c for c in found if c.told[1] - c.told[0] == apart]
    if apart == 0:
        near = [c for c in near if c.new.start < c.old.start] or near
    ahead = [c for c in near if c.new.sentence < c.old.sentence] or near
    return ahead if len({c.new.value for c in ahead}) == 1 else []


def _find(article: Article) -> Iterator[Comparison]:
    changes = {change.claim.id for change in questions(article)}
    levels = [
        c
        for c in article.claims
        if c.id not in changes
        and c.sentence >= 0
        and is_level(c)
        and c.role not in ("change", "share", "rank", "limit")
        and c.modality in ("asserted", "planned")
        and c.figure is not None
        and (c.figure.hedge in _SAID or (c.figure.hedge == Hedge.AT_LEAST and "/" in c.unit))
        and article.block(c).kind in _PROSE
        and _is_plain(article, c)
        and not _is_dense(article, c.sentence)
        and not any(_is_agent(c, other) for other in article.by_sentence[c.sentence])
    ]
    by_sentence: dict[int, list[Claim]] = {}
    for level in levels:
        by_sentence.setdefault(level.sentence, []).append(level)
    for index, here in by_sentence.items():
        beside = [c for step in range(_REACH + 1) for c in by_sentence.get(index + step, ())]
        for at, first in enumerate(here):
            for second in beside[at + 1 :]:
                a, b = _in_one_unit(first, second)
                if not _alike(a, b) or not _is_tied(article, a, b) or (pair := _in_order(article, a, b)) is None:
                    continue
                if pair[0].role == "to" and pair[0].tense == "perfect":
                    continue  # "have fallen to 610 euros" is where they are now
                if _is_explicit(article, *pair) or not any(
                    c is not first
                    and c is not second
                    and c.sentence <= second.sentence
                    and _vies(c, a, b)
                    and (not _is_aside(c) or _is_aside(first) or _is_aside(second))
                    for c in beside
                ):
                    yield _comparison(article, *pair)
    yield from _apart(article, levels)


def _apart(article: Article, levels: list[Claim]) -> Iterator[Comparison]:
    """Two levels further apart that are the only ones of what they count or measure, one put back by its words."""
    known: dict[tuple[str, str, str], list[Claim]] = {}
    for level in levels:
        for word in measures(article, level) - BARE - GENERIC - PRONOUNS:
            if rarity(word) >= _RARE:
                known.setdefault((level.kind, level.unit.split("/")[0], word), []).append(level)
    seen = set()
    for found in known.values():
        if len(found) != 2 or found[1].sentence - found[0].sentence <= _REACH:
            continue
        a, b = found
        pair = _in_order(article, a, b) if _alike(a, b) else None
        if (
            pair is not None
            and pair[1].tense != "future"
            and (a.id, b.id) not in seen
            and max(_back(article, a), _back(article, b)) >= 2
        ):
            seen.add((a.id, b.id))
            yield _comparison(article, *pair)


_ADJECTIVE = lazy(r"[\d\w]-[a-z]|/")  # "30-story", "four-year highs", "9-11/16"
_SHORT = frozenset({"second", "minute", "hour", "day"})


_TOUCHED = lazy(r"\b(?:low|high|touch\w*|hit|hitting) (?:of )?$")


def _is_plain(article: Article, claim: Claim) -> bool:
    """Whether a level is no size, index or extreme, and no term of years."""
    if claim.noun == "point" or _ADJECTIVE.search(claim.text):
        return False
    if _TOUCHED.search(article.block(claim).text[max(0, claim.start - 20) : claim.start]):
        return False
    return claim.kind != "duration" or claim.unit in _SHORT


def _is_dense(article: Article, sentence: int) -> bool:
    """Whether a sentence holds so many figures that which is compared with which is no matter of nearness."""
    own = article.by_sentence[sentence]
    return (
        is_digest(article, sentence) or sum(c.kind not in ("date", "time", "direction", "ordinal") for c in own) > _MOST
    )


def is_bare(claim: Claim) -> bool:
    """Whether a figure leaves out what it counts or its unit: "It made 3 billion"."""
    return claim.kind == "count" and claim.figure is not None and claim.end == claim.figure.end


def _in_one_unit(first: Claim, second: Claim) -> tuple[Claim, Claim]:
    """Two levels, a bare one read in the unit of the other."""
    for bare, whole in ((first, second), (second, first)):
        if _can_borrow(bare, whole) and whole.kind in ("money", "measure", "duration") and not is_bare(whole):
            lent = replace(bare, kind=whole.kind, unit=whole.unit, dimension=whole.dimension, integer=whole.integer)
            return (lent, second) if bare is first else (first, lent)
    return first, second


def _can_borrow(bare: Claim, whole: Claim) -> bool:
    """Whether a bare figure can be in the unit of another: small numbers in words count things."""
    assert bare.figure is not None and whole.figure is not None
    return is_bare(bare) and (not bare.figure.worded or whole.figure.worded or whole.kind == "duration")


def _alike(a: Claim, b: Claim) -> bool:
    """Whether two levels can be of one quantity by kind, unit, size and what they count."""
    if a.kind != b.kind or a.unit.split("/")[0] != b.unit.split("/")[0] or a.value == b.value:
        return False
    assert a.value is not None and b.value is not None
    if max(a.value, b.value) > _RATIO * min(a.value, b.value):
        return False
    if a.kind != "count":
        return True
    return min(a.value, b.value) > _FEW and (is_bare(a) or is_bare(b) or nouns(a, b) != "other")


def _is_tied(article: Article, a: Claim, b: Claim) -> bool:
    """Whether the later of two levels takes up what the earlier is of."""
    if a.sentence == b.sentence and ";" not in article.block(a).text[a.end : b.start]:
        lent = is_bare_number(a) or is_bare_number(b)
        return not lent or any(cues(article).get(c.id, frozenset()) & _STRONG for c in (a, b))
    one, other = measures(article, a) - BARE - GENERIC, measures(article, b) - BARE - GENERIC
    if any(word == second or likeness(word, second) >= SYNONYM for word in one for second in other):
        return True
    if a.verb and a.verb == b.verb and a.verb not in _LIGHT_VERBS:
        return True
    masked = article.masked(b.sentence)
    before, _ = masked.around(b)
    text = masked.text[before.rfind("; ") + 2 if "; " in before else 0 :]  # its clause
    if _THE_OTHER.match(text) and a.kind != "count":
        return True
    if is_bare(b) and _THERE.search(before):
        return True
    if _TAKES_UP.match(text) or b.subject in PRONOUNS or a.subject == b.subject != "":
        if a.kind == "money" and b.noun and b.noun not in (*BARE, *GENERIC, *PRONOUNS, a.noun, a.subject, b.subject):
            return False  # "deferred $135m in debt" and "a $600m loan"
        return is_bare(b) or a.kind != "count" or bool({a.noun, a.subject} & {b.noun, b.subject} - {""})
    return b.subject in BARE or b.noun in BARE or (_NOW.search(text) is not None and is_bare(b))


def _is_explicit(article: Article, old: Claim, new: Claim) -> bool:
    """Whether "from", "against", "than" sets the older of two figures of one sentence behind or before the newer."""
    marks = cues(article).get(old.id, frozenset())
    coming = "l:now" in marks and new.tense == "future"  # "A ticket, now £4.20, will go up to £4.40"
    if old.sentence != new.sentence or not (marks & _STRONG or coming):
        return False
    if new.start > old.start and not cues(article).get(new.id, frozenset()) & {"l:to", "l:will"}:
        return False  # "from £12.30, and Sunday shifts carry a premium of £2"
    first, last = sorted((old, new), key=lambda c: c.start)
    return not any(first.end <= c.start < last.start and is_level(c) for c in article.by_sentence[old.sentence])


def _vies(other: Claim, a: Claim, b: Claim) -> bool:
    """Whether a third level near two others may be meant as well as one of them."""
    if is_bare(other) and a.kind != "count" and (is_bare_number(a) or is_bare_number(b)):
        other = replace(other, kind=a.kind, unit=a.unit)
    if other.kind != a.kind or other.unit not in (a.unit, b.unit) or other.value is None:
        return False
    for level in (a, b):
        assert level.value is not None
        near = max(other.value, level.value) <= 10 * min(other.value, level.value)
        if near and (
            other.kind != "count" or (other.value > _FEW and (nouns(other, level) == "same" or is_bare(other)))
        ):
            return True
    return False


def _is_aside(level: Claim) -> bool:
    """Whether a level is only told in passing, in a relative clause: "The giraffe house, which cost $2.9 million"."""
    return level.subject in ("which", "that", "who")


def _is_agent(other: Claim, level: Claim) -> bool:
    """Whether a figure is of those who did to what a level counts: "The 46 volunteers recorded 38 otters"."""
    return (
        other.kind == level.kind == "count"
        and level.noun != ""
        and other.noun == other.subject == level.subject != level.noun
        and other.verb == level.verb
        and other.verb not in _LIGHT_VERBS | {""}
        and other.start < level.start
    )


def is_bare_number(claim: Claim) -> bool:
    """Whether a level was written without its unit, whatever it was lent."""
    return claim.figure is not None and claim.figure.kind == "count" and claim.kind != "count"


_FORESEEN = lazy(
    r"\b(?:expect\w*|forecast\w*|predict\w*|project(?:ed|ion|ions)|budgeted|foresaw|foreseen|estimat\w+|target\w*|consensus|hoped|planned|poll(?:ed)?|guidance|asking|guide)\b"
)


def _is_foreseen(article: Article, level: Claim) -> bool:
    """Whether a level is one that was expected and so no earlier one: "Analysts had expected revenue of $690 million"."""
    if cues(article).get(level.id, frozenset()) & {"l:from", "l:up-from"}:
        return False
    text = article.block(level).text
    before = re.split(r"[;:]|, (?:and|but|while)\b", text[article.sentences[level.sentence].start : level.start])[-1]
    return _FORESEEN.search(before) is not None


def _in_order(article: Article, a: Claim, b: Claim) -> tuple[Claim, Claim] | None:
    """The older and the newer of two levels, where the words say which is which."""
    if _is_foreseen(article, a) != _is_foreseen(article, b) and (a if _is_foreseen(article, a) else b).tense not in (
        "future",
        "present",
    ):
        return None
    one, other = _back(article, a), _back(article, b)
    if one == other == 3 and all(cues(article).get(c.id, frozenset()) & _STRONG for c in (a, b)):
        return None  # "5 pct up from 49.98 billion in November and 42 pct up from 37.09 billion in December"
    if one == other or {one, other} == {1, 2}:
        when = times(dated(article, a), dated(article, b))
        if one == other or when in ("before", "after"):
            return (a, b) if when == "before" else (b, a) if when == "after" else None
    old, new = (a, b) if one > other else (b, a)
    if {one, other} == {1, 0} and not _NOW.search(article.text(new.sentence)):
        return None  # "was" beside "is" alone
    if one != 3 and other != 3 and times(old, new) == "after":
        return None
    return old, new


def dated(article: Article, claim: Claim) -> Claim:
    """A level with the only date of its clause, where it has none of its own: "last week 1,550 were left"."""
    if claim.when is not None:
        return claim
    text, place = article.block(claim).text, article.sentences[claim.sentence]
    start = text.rfind(";", place.start, claim.start) + 1 or place.start
    end = text.find(";", claim.end, place.end)
    days = {
        (c.when.low, c.when.high): c.when
        for c in article.by_sentence[claim.sentence]
        if c.kind == "date" and c.when is not None and start <= c.start < (end if end >= 0 else place.end)
    }
    return replace(claim, when=next(iter(days.values()))) if len(days) == 1 else claim


def _back(article: Article, claim: Claim) -> int:
    """How far its words put a level back: 3 before what is told, 2 to a time gone by, 1 to no time, 0 now, -1 to come."""
    text = article.block(claim).text
    place = article.sentences[claim.sentence]
    before = re.split(
        r"[;:]|, (?:and|but|while|whereas|where|from|against|compared|up|down)\b", text[place.start : claim.start]
    )[-1][-110:]
    behind = re.split(
        r"[;:.]|, (?!when\b|in\b|at\b|before\b)|\b(?:and|but|while|from|to|compared|against)\b",
        text[claim.end : place.end],
    )[0][:60]
    marks = cues(article).get(claim.id, frozenset())
    known = age(article, claim)
    if known == 3 or (marks & OLDER and not marks & {"l:to"}):
        return 3
    if known or _BEFORE.search(before) or _BEFORE.search(behind):
        return 2
    if claim.tense == "present" and "l:now" in marks:
        return 0
    if claim.tense == "future" or (claim.modality == "planned" and claim.tense == "present"):
        return -1
    if claim.tense == "present" and _COMING.search(before):
        return -1
    if claim.tense in ("present", "perfect") or _NOW.search(before) or _NOW.search(behind):
        return 0
    return 1


def _comparison(article: Article, old: Claim, new: Claim) -> Comparison:
    words: set[str] = set()
    context: set[str] = set()
    for claim in (old, new):
        words |= measures(article, claim) | {claim.noun, claim.subject, claim.verb}
        words |= {lemma(word, "NNS") for word in re.findall(r"[a-z]+", claim.text.lower())}
        context |= claim.context
    return Comparison(old, new, _content(words), _content(words | context))


def _content(words: set[str]) -> frozenset[str]:
    return frozenset(word.lower() for word in words if len(word) > 2) - GENERIC - PRONOUNS
