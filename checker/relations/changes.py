"""Changes: by an amount, a percentage, a multiple, or just up or down, against the levels before and after.

Within a sentence the words tie a change to its two levels.  Elsewhere a change is tied to a pair of levels by what both
speak of; one that the levels bear out is a relation like any other, one that they do not bear out is taken up only where
the words, the place in the article or the shape of a slip say that it must be these levels.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from checker.data import lexicon
from checker.language import english
from checker.language.article import Article, Masked
from checker.language.english import Token
from checker.model import Claim, Interval, Relation
from checker.relations.levels import Levels, alike, levels
from checker.relations.same import rarity
from checker.relations.slips import shape
from checker.relations.slips import size as size_of
from checker.relations.topics import LIGHT, opening, same_topic, shared, words

_LEVEL = r"‹(?P<{0}k>[nmpu])(?P<{0}>\d+)›"
_FILL = r"(?:(?! (?:and|but|while|whereas|with|which|who|because|after|before|when)\b)[^‹›;:.]){0,%d}?"
_OLD_NEW = [
    # "rose [21 percent] to NEW from OLD", "rose to NEW in May from OLD in April"
    re.compile(
        r"(?P<verb>\b[a-z]+)(?: (?:by |about |some )?‹(?P<sizek>[pmnu])(?P<size>\d+)›(?: percent| points?)?,?)?(?P<mid>[^‹›;:.]{0,25}?)"
        r" to (?:a record |an? |just |only )?" + _LEVEL.format("new") + (_FILL % 50)
        + r",? (?:from|compared with|compared to|against|up from|down from) (?:a revised |an? |just |only )?" + _LEVEL.format("old")
    ),
    # "rose [by 3] from OLD to NEW"
    re.compile(
        r"(?P<verb>\b[a-z]+)(?: (?:by |about |some )?‹(?P<sizek>[pmnu])(?P<size>\d+)›,?)?(?P<mid>[^‹›;:.]{0,40}?)"
        r" from (?:a revised |an? |just |only )?" + _LEVEL.format("old") + (_FILL % 40) + r" to (?:a record |an? |just |only )?" + _LEVEL.format("new")
    ),
    # "from OLD to NEW, a rise of 21 percent"
    re.compile(
        r"\bfrom (?:a |an |just |only )?" + _LEVEL.format("old") + (_FILL % 40) + r" to (?:a |an |just |only )?" + _LEVEL.format("new")
        + r"(?P<mid>[^‹›;:.]{0,40}?),? (?:or |representing |that is )?an? (?P<verb>[a-z]+)(?: of)? (?:about |some )?‹(?P<sizek>[pmnu])(?P<size>\d+)›"
    ),
    # "to NEW, up 21 percent from OLD", "were NEW, down 3 percent from OLD"
    re.compile(
        _LEVEL.format("new") + (_FILL % 40) + r",? (?:or |was |were )?(?P<verb>up|down) ‹(?P<sizek>[pmnu])(?P<size>\d+)›(?P<mid>[^‹›;:.]{0,25}?) (?:from|on|against|compared with) (?:an? |just |only )?"
        + _LEVEL.format("old")
    ),
]  # fmt: skip
_NOT_LEVEL = re.compile(
    r"\b(?:range|ranging|between|aged|ages|moved|transferred|traded|from here|score|won|lost|beat|drive|fly|run|ran|open|works?)\b"
)
_ADVERB = r"(?: (?:by|about|some|around|roughly|almost|nearly|another|a|an|sharply|further|as much as|[a-z]+ly))*"
_CHANGE = [
    re.compile(rf"\b(?P<verb>up|down){_ADVERB} ‹(?P<kind>[pmnur])(?P<size>\d+)›(?! (?:of|to|from)\b)"),
    re.compile(rf"(?P<verb>\b[a-z]+)(?: (?:up|down))?{_ADVERB} ‹(?P<kind>[pmnur])(?P<size>\d+)›(?! (?:of|to)\b)"),
    re.compile(r"‹(?P<kind>[pmnur])(?P<size>\d+)›[ -](?:[a-z]+[ -])?(?P<verb>[a-z]+)\b"),
    re.compile(rf"\b(?P<verb>[a-z]+) of{_ADVERB} ‹(?P<kind>[pmnur])(?P<size>\d+)›"),
]
_MORE = re.compile(
    r"‹(?P<kind>[pmnu])(?P<size>\d+)› (?P<verb>more|fewer|less|higher|lower)(?: [a-z]+)? than (?:in |at |for |on |during )?(?:the )?"
    r"(?:previous|last|preceding|prior|year|same|‹[dl]\d+›)"
)
_LEVEL_MORE = re.compile(
    _LEVEL.format("new")
    + r"[^‹›;:.]{0,160}?,? (?:or |some |about )?‹(?P<sizek>[nmu])(?P<size>\d+)› (?P<verb>more|fewer|less|higher|lower)(?: [a-z]+)? than"
)
_SLIPS = frozenset({"transposition", "one-digit", "dropped", "scale"})
_SIGNS = {"up": 1, "growth": 1, "hike": 1, "gain": 1, "more": 1, "higher": 1, "down": -1, "reduction": -1, "cut": -1, "fewer": -1,
          "less": -1, "lower": -1, "raise": 1, "boost": 1, "trim": -1, "lower_": -1, "reduce": -1, "slash": -1}  # fmt: skip
_MULTIPLE = re.compile(r"‹r(?P<size>\d+)›")
_RELATED = 0.5  # the rarity of shared words from which levels that bear a change out are taken for its own
_LINKED = 1.2  # the shared words' rarity from which a change in an opening speaks of a pair of levels


@dataclass(frozen=True, slots=True)
class Change:
    """A claim that tells a change: by how much, and whether up (1) or down (-1)."""

    size: Claim
    sign: int


def find(article: Article) -> Iterable[Relation]:
    """``change``, ``percent-change``, ``multiple``, ``direction-up`` and ``direction-down`` relations."""
    tied: set[int] = set()
    for sentence in sorted(article.by_sentence):
        if sentence >= 0 and len(article.by_sentence[sentence]) >= 2:
            for relation in _inside(article, article.masked(sentence)):
                tied.update(
                    claim.id for claim in relation.claims if relation.kind not in ("direction-up", "direction-down")
                )
                yield relation
    pairs = levels(article)
    if pairs:
        yield from _elsewhere(article, pairs, tied)
        yield from _openings(article, pairs)
    yield from _before(article)


def _inside(article: Article, masked: Masked) -> Iterator[Relation]:
    taken: set[tuple[int, int]] = set()
    for pattern in _OLD_NEW:
        for match in masked.finditer(pattern):
            pair = (int(match["old"]), int(match["new"]))
            if pair in taken or match["oldk"] != match["newk"]:
                continue
            old, new = masked.claims[pair[0]], masked.claims[pair[1]]
            sign = _direction(article, masked, match)
            if not sign or not alike(old, new) or _NOT_LEVEL.search(match.group()) or _elliptic(old, new):
                continue
            taken.add(pair)
            size = masked.claims[int(match["size"])] if match["size"] else None
            yield from _relations(old, new, size, sign)


def _direction(article: Article, masked: Masked, match: re.Match[str]) -> int:
    """The direction that the verb or noun before two levels gives; 0 where none does, or words contradict each other."""
    before = match["mid"] if match.start("mid") < match.start("new") else ""
    words = re.findall(r"[a-z]+", f"{match['verb']} {before}")
    verbs = {token.lower for token in article.tokens(masked.sentence.index) if token.is_verb} | {"up", "down"}
    told = match["size"] is not None and match.start("size") > match.start("new")  # "from 3 to 4, a rise of 33 percent"
    signs = [sign for word in words if (sign := _sign(word)) and (word in verbs or told)]
    return signs[-1] if signs else 0


def _elliptic(old: Claim, new: Claim) -> bool:
    """ "from 2.0 to 2.5 mln": the scale word of one level is meant for both; "from six to five" in a chart is a rank."""
    assert old.value is not None and new.value is not None and old.figure is not None and new.figure is not None
    if not old.noun and not new.noun and old.kind == "count" and max(old.value, new.value) <= 50:
        return True
    ratio = max(old.value, new.value) / min(old.value, new.value)
    return ratio >= 1000 and (old.figure.step < 1) != (new.figure.step < 1)


def _sign(word: str) -> int:
    """+1 for a word of rising, -1 for one of falling, 0 where it is neither."""
    verbs = lexicon("claims")["verbs"]
    for base in {word, english.lemma(word, "VBD"), english.lemma(word, "VBZ"), english.lemma(word, "VBG")}:
        if base in _SIGNS:
            return _SIGNS[base]
        if base in verbs["rising"]:
            return 1
        if base in verbs["falling"]:
            return -1
    return 0


def _relations(old: Claim, new: Claim, size: Claim | None, sign: int) -> Iterator[Relation]:
    roles = {"old": (old,), "new": (new,)}
    direction = "direction-up" if sign > 0 else "direction-down"
    if size is None or size.value is None:
        yield Relation(direction, roles, 0.93)
        return
    constants = {"sign": Fraction(sign)}
    kind = _kind_of(size, old)
    if kind:
        yield Relation(
            kind, {**roles, "percent" if kind == "percent-change" else "amount": (size,)}, 0.95, constants=constants
        )
    else:
        yield Relation(direction, roles, 0.93)


def _kind_of(size: Claim, level: Claim) -> str:
    """What a change says of levels: ``percent-change``, ``change`` or nothing."""
    if size.kind == "percent" and size.unit == "%" and level.kind != "percent":
        return "percent-change"
    if size.kind == "percent":
        return "change" if level.kind == "percent" and size.unit == "pp" else ""
    return "change" if size.kind == level.kind and size.unit == level.unit.split("/")[0] else ""


# ---------------------------------------------------------------------------------------------- over several sentences


def _elsewhere(article: Article, pairs: list[Levels], tied: set[int]) -> Iterator[Relation]:
    told = [change for change in _changes(article) if change.size.id not in tied]
    for change in told:
        if change.size.unit == "times":
            fitting = [pair for pair in pairs if pair.new.kind != "percent"]
        else:
            fitting = [pair for pair in pairs if _kind_of(change.size, pair.new)]
        fitting = [pair for pair in fitting if change.size.id not in (pair.old.id, pair.new.id)]
        borne = [
            pair for pair in fitting if _bears(pair, change, "widest") and _strength(article, change, pair) >= _RELATED
        ]
        if borne:
            best = max(borne, key=lambda pair: (_bears(pair, change, "intended"), _strength(article, change, pair)))
            if _bears(best, change, "intended"):
                yield _relation(change, best, 0.9)
        elif fitting:
            relation = _doubtful(article, change, fitting)
            if relation is not None:
                yield relation


def _changes(article: Article) -> list[Change]:
    """Every claim that the words make a change, with its direction."""
    found: dict[int, Change] = {}
    for sentence in article.sentences:
        masked = article.masked(sentence.index)
        for pattern in (_MORE, *_CHANGE):
            for match in masked.finditer(pattern):
                claim = masked.claim(match, "size")
                sign = _sign(match["verb"])
                if (
                    sign
                    and claim.value
                    and claim.role != "rate"
                    and claim.id not in found
                    and claim.modality != "denied"
                ):
                    if claim.unit == "pp" or claim.unit == "times" or claim.kind != "ratio":
                        found[claim.id] = Change(claim, sign)
        for match in masked.finditer(_MULTIPLE):
            claim = masked.claim(match, "size")
            if (
                claim.unit == "times"
                and claim.id not in found
                and claim.value
                and claim.value > 1
                and claim.modality == "asserted"
            ):
                found[claim.id] = Change(claim, 1)
    return sorted(found.values(), key=lambda change: (change.size.block, change.size.start))


def _implied(pair: Levels, change: Change) -> Fraction:
    """The size that a change between two levels has, in the units of the change."""
    old, new = pair.old.value, pair.new.value
    assert old is not None and new is not None
    if change.size.unit == "times":
        return new / old
    if change.size.unit == "%":
        return 100 * (new - old) / old * change.sign
    return (new - old) * change.sign


def _bears(pair: Levels, change: Change, reading: str) -> bool:
    """Whether two levels as they are written allow a change."""
    old, new, size = (getattr(claim, reading) for claim in (pair.old, pair.new, change.size))
    if old.low is None or old.high is None or new.low is None or new.high is None or old.low <= 0:
        return True
    if change.size.unit == "times":
        low, high = new.low / old.high, new.high / old.low
    elif change.size.unit == "%":
        low, high = 100 * (new.low - old.high) / old.high, 100 * (new.high - old.low) / old.low
    else:
        low, high = new.low - old.high, new.high - old.low
    if change.sign < 0:
        low, high = -high, -low
    return not Interval(low, high).meet(size).is_empty


def _strength(article: Article, change: Change, pair: Levels) -> float:
    """How much a change and a pair of levels speak of one thing."""
    return max(shared(change.size, pair.new), shared(change.size, pair.old)) + (2.0 if _near(change, pair) else 0.0)


def _near(change: Change, pair: Levels) -> bool:
    """Whether the levels follow the change, or it them, within a sentence or two of one paragraph."""
    return change.size.block == pair.new.block and abs(change.size.sentence - pair.new.sentence) <= 2


def _doubtful(article: Article, change: Change, pairs: list[Levels]) -> Relation | None:
    """A change that no levels bear out, where they must be meant: the one pair it speaks of, or a slip's shape."""
    pairs = [pair for pair in pairs if not _unlike(article, change, pair)]
    if not pairs or _owned(article, change):
        return None
    pair = max(pairs, key=lambda pair: _strength(article, change, pair))
    strength = _strength(article, change, pair)
    first = opening(article, change.size)
    related = same_topic(change.size, pair.new) or same_topic(change.size, pair.old)
    if _is_slip(change, _implied(pair, change)):
        if (related and strength >= _LINKED and (first or _near(change, pair))) or (first and len(pairs) == 1):
            return _relation(change, pair, 0.85)
    elif change.size.unit == "times" and first and len(pairs) == 1 and _comes_near(change, pair):
        return _relation(change, pair, 0.7)
    return None


def _comes_near(change: Change, pair: Levels) -> bool:
    """Whether two levels grow as much as "doubled" might be said of, though not enough, or by far too much."""
    assert change.size.value is not None
    return 1 < _implied(pair, change) < 2 * change.size.value + 1


_GRAINS = (r"\d{4}", r"\d{4}-\d\d", r"\d{4}-Q\d", r"\d{4}-H\d")
_ADJUSTED = re.compile(
    r"\b(?:seasonal\w*|adjust\w*|inflation|constant dollars|real terms|underlying|like-for-like|organic|index)\b"
)


def _unlike(article: Article, change: Change, pair: Levels) -> bool:
    """Whether a change and two levels speak of other times, or of differently adjusted figures."""
    times = (change.size.time, pair.new.time)
    if times[0] != times[1] and any(all(re.fullmatch(grain, time) for time in times) for grain in _GRAINS):
        return True
    if change.size.modality != pair.new.modality:
        return True
    places = {change.size.sentence, pair.new.sentence, pair.old.sentence}
    return any(_ADJUSTED.search(article.text(place)) for place in places if place >= 0)


_TO_LEVEL = re.compile(r"\b(?:to|from|at|was|were|totall?ed|of|than) (?:a |an |the )?‹[nmu]\d+›")


def _owned(article: Article, change: Change) -> bool:
    """Whether the change's own sentence gives a level of its own kind: "rose 12 percent to $66.7m"."""
    if change.size.sentence < 0:
        return False
    return bool(_TO_LEVEL.search(article.masked(change.size.sentence).text))


def _is_slip(change: Change, implied: Fraction) -> bool:
    """Whether the written size is a slip of the hand away from the one that the levels imply."""
    written, figure = change.size.value, change.size.figure
    assert written is not None and figure is not None
    step = figure.step or Fraction(1)
    rounded = round(implied / step) * step
    if rounded <= 0 or rounded == written:
        return False
    digits = size_of(rounded, written)
    return digits >= (3 if shape(rounded, written) == "dropped" else 2) and shape(rounded, written) != "other"


def _relation(change: Change, pair: Levels, confidence: float) -> Relation:
    roles = {"old": (pair.old,), "new": (pair.new,)}
    assumes = "" if confidence >= 0.9 else "if the change is between these two levels"
    if change.size.unit == "times":
        return Relation(
            "multiple", {"base": (pair.old,), "result": (pair.new,), "times": (change.size,)}, confidence, assumes
        )
    kind = _kind_of(change.size, pair.new)
    role = "percent" if kind == "percent-change" else "amount"
    return Relation(kind, {**roles, role: (change.size,)}, confidence, assumes, {"sign": Fraction(change.sign)})


def _openings(article: Article, pairs: list[Levels]) -> Iterator[Relation]:
    """What a headline, standfirst or lede says goes up or down, without a figure, against levels of the same thing."""
    for sentence in article.sentences:
        tokens = article.tokens(sentence.index)
        if not tokens or not (article.is_display(sentence) or sentence.block == article.lede):
            continue
        if any(
            claim.kind in ("percent", "ratio", "money", "count", "measure")
            for claim in article.by_sentence.get(sentence.index, ())
        ):
            continue
        for verb in tokens:
            sign = _sign(verb.lower) if verb.tag in ("VBD", "VBZ", "VBP") else 0
            about = _subject_words(tokens, verb) if sign else frozenset[str]()
            if not about or any(t.head == verb.index and t.dep in ("aux", "neg") for t in tokens):
                continue
            of_it = [pair for pair in pairs if _is_about(about, pair) and pair.new.sentence != sentence.index]
            if not of_it or any((pair.new.value > pair.old.value) == (sign > 0) for pair in of_it):  # type: ignore[operator]
                continue
            pair = of_it[0]
            said = article.derived("direction", sign, sentence.block, verb.start, verb.end)
            kind = "direction-up" if sign > 0 else "direction-down"
            roles = {"old": (pair.old,), "new": (pair.new,)}
            yield Relation(kind, roles, 0.85, "if these are the levels meant", context={"direction": said})


def _is_about(subject: frozenset[str], pair: Levels) -> bool:
    """Whether two levels are of what a subject names: two of its words, or all of them, stand with the levels."""
    both = subject & (words(pair.new) | words(pair.old) | {name.lower() for name in pair.new.names})
    weight = sum(rarity(word) for word in both)
    return weight >= _LINKED / 2 and (len(both) >= 2 or both == subject)


def _subject_words(tokens: Sequence[Token], verb: Token) -> frozenset[str]:
    """The content words of a verb's subject: "the unemployment rate", "Waiting list at hospital trust"."""
    subject = next((t for t in tokens if t.head == verb.index and t.dep == "nsubj"), None)
    if subject is None:
        return frozenset()
    members = {subject.index}
    for _ in range(4):
        members |= {
            t.index for t in tokens if t.head in members and t.dep in ("compound", "amod", "nmod", "prep", "pobj")
        }
    return frozenset(tokens[i].lemma for i in members) - LIGHT


def _before(article: Article) -> Iterator[Relation]:
    """ "1,714 cranes, 434 more than in the previous count": the earlier level that follows stands in the text with a slip."""
    for sentence in article.sentences:
        masked = article.masked(sentence.index)
        for match in masked.finditer(_LEVEL_MORE):
            new, size = masked.claim(match, "new"), masked.claim(match, "size")
            sign = _sign(match["verb"])
            if (
                not sign
                or not new.value
                or not size.value
                or _kind_of(size, new) != "change"
                or not size.widest.is_point
            ):
                continue
            old = new.value - sign * size.value
            others = [
                claim
                for claim in article.claims
                if claim.kind == new.kind
                and claim.unit == new.unit
                and claim.sentence not in (-1, new.sentence)
                and claim.value
            ]
            if old <= 0 or any(claim.value == old for claim in others):
                continue
            slips = [c for c in others if _could_be(old, c) and shared(c, new) > 0]
            if len(slips) == 1:
                roles = {"old": (slips[0],), "new": (new,), "amount": (size,)}
                yield Relation("change", roles, 0.8, "if this is the earlier level", {"sign": Fraction(sign)})


def _could_be(value: Fraction, claim: Claim) -> bool:
    """Whether a claim of three digits or more is a slip of the hand away from a value."""
    assert claim.value is not None
    return size_of(value, claim.value) >= 3 and shape(value, claim.value) in _SLIPS
