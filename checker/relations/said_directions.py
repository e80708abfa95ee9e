"""Directions that are said without a figure, against the comparison that they speak of: "Fewer puffins on Lunda" above
"4,120 burrows" and "the previous count came to 3,860"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from checker.language import english
from checker.language.article import Article
from checker.language.english import Token
from checker.language.sentences import Sentence
from checker.language.words import are_opposites
from checker.model import BlockKind, Claim, Relation
from checker.patterns import lazy
from checker.relations.anaphors import OTHERWISE
from checker.relations.changed import compare, questions
from checker.relations.compared import fits, like
from checker.relations.comparisons import Comparison, comparisons
from checker.relations.cues import cues
from checker.relations.histories import BARE, GENERIC, PRONOUNS, qualifiers
from checker.relations.levels import is_level
from checker.relations.movements import is_denied, sign_of
from checker.relations.spans import spans

_CONFIDENCE = 0.5  # a note: which two levels are meant is guessed
_BEHIND = 3  # sentences of the text in which what its headline says is told
_PLACES = frozenset({BlockKind.BODY, BlockKind.QUOTE, BlockKind.HEADLINE, BlockKind.DEK})
# by what can be more or less of it: anything, money, lengths of time and space, temperatures
_UP = {
    "": "more|higher|larger|bigger|greater",
    "money": "dearer|costlier",
    "long": "longer|thicker|taller|deeper|wider",
    "warm": "warmer|hotter|milder",
    "fast": "faster|quicker",
}
_DOWN = {
    "": "fewer|less|lower|smaller",
    "money": "cheaper",
    "long": "shorter|thinner|narrower",
    "warm": "colder|cooler|chillier",
    "fast": "slower",
}
_OF_MORE = rf"(?:(?P<up>{'|'.join(_UP.values())})|(?P<down>{'|'.join(_DOWN.values())}))\b"
# "Fewer choirs took part", "a smaller crop than last year", "pay less", "was warmer"
_COMPARATIVE = tuple(
    lazy(
        pattern + r"(?! (?:or|and|than (?:a\b|one\b|half|two|three|‹|\d)|likely|about|on|important|often|recently)\b)",
        re.I,
    )
    for pattern in (
        rf"(?:^[\"“‘]?|\b(?:is|are|was|were|be|been|gets?|got|becomes?|became|becoming|getting|pay|pays|paid|costs?|wait|waits|waited|waiting|stay|stayed|takes?|took|lasts?|lasted) (?:much |far |a little |slightly |even )?){_OF_MORE}",
        rf"\b(?:a|an|the) {_OF_MORE}(?= [a-z]+ than\b)",
        r"(?<!no )(?<!any )(?<!once )(?<!even )(?<!and )\b(?:(?P<up>more)|(?P<down>fewer)) (?=(?:[a-z]+ )?[a-z]+s\b)",
    )
)
_NOUN = lazy(
    r"\b(?:[Tt]he|[Ii]ts|[Tt]heir|[Tt]his|[Aa]) (?:further |steady |slow |sharp |slight |continued )?(?:(?P<up>rise|increase|growth|gain)|(?P<down>fall|decrease|decline|drop|reduction)) (?:in|of) (?!‹)"
)
_WINS = lazy(
    r"\b(?:(?P<up>gains?|gained|adds?|added)|(?P<down>loses?|lost|sheds?|shed)) (?=[a-z]+s?\b)(?!(?:an?|his|her|one|ground|momentum|money|out|to|by|interest|from|on|in|its|their|the|up)\b)"
)
_STEERED = lazy(r"\b(?:go|goes|went|gone|is|are|was|were) (?:(?P<up>up)|(?P<down>down))\b(?! to\b| from\b| by\b)")
_HEADLINE_STEERED = lazy(
    r"\b(?:(?<!make )(?<!makes )(?<!made )(?P<up>up)|(?P<down>down))(?= (?:in|at|on|again|for|over|across)\b|$)"
)
_LIGHT = (
    GENERIC
    | BARE
    | PRONOUNS
    | frozenset("rise fall increase decrease decline growth more fewer less year last than drop gain".split())
)
_PRONOUNS = frozenset("it they he she we".split())
_AHEAD = (*_COMPARATIVE, _NOUN)  # what these are of stands behind them
_OTHER_VERBS = frozenset("crash collapse lose advance recover lift raise lead move shake cut extend".split())
_PAST = lazy(r"[a-z]* (?:above|below|over|under|past|through)\b")  # "rose above the level of five million"
_HELPERS = frozenset("has have is are been ’s 's".split())
_SEVERAL = 2  # comparisons of an article beyond which no word says which is meant
_FEW = 5  # words that tell what goes up or down


@dataclass(frozen=True, slots=True)
class Direction:
    """A word that says which way something went: `sign` 1 up, -1 down; `words` those around it."""

    sentence: Sentence
    start: int
    end: int
    sign: int
    words: frozenset[str]


def find(article: Article) -> Iterable[Relation]:
    """``direction-up`` and ``direction-down`` relations of comparisons with what is said of them without a figure."""
    known = comparisons(article)
    if not known:
        return
    for said in _directions(article):
        found = _meant(article, said, known)
        if found is None:
            continue
        assert found.old.value is not None and found.new.value is not None
        if (found.new.value > found.old.value) == (said.sign > 0):
            continue
        claim = article.derived("direction", said.sign, said.sentence.block, said.start, said.end)
        yield Relation(
            "direction-up" if said.sign > 0 else "direction-down",
            {"old": (found.old,), "new": (found.new,)},
            _CONFIDENCE,
            "if these are the levels meant",
            context={"direction": claim},
        )


def _directions(article: Article) -> Iterator[Direction]:
    """Every word of rising or falling in a sentence that does not say by how much."""
    for sentence in article.sentences:
        block = article.block(sentence)
        if block.kind not in _PLACES:
            continue
        text = block.text[sentence.start : sentence.end]
        if OTHERWISE.search(text):
            continue
        display = article.is_display(sentence)
        found: dict[int, tuple[int, int, str]] = {}
        for pattern in (*_COMPARATIVE, _NOUN, _STEERED, _WINS, *((_HEADLINE_STEERED,) if display else ())):
            for match in pattern.finditer(text):
                group = "up" if match["up"] else "down"
                near = (
                    text[match.end() :]
                    if pattern in _AHEAD
                    else text[: match.start()] + text[match.end() :] * (pattern is _WINS)
                )
                found.setdefault(match.start(group), (match.end(group), 1 if match["up"] else -1, near))
        for token in article.tokens(sentence.index):
            if (
                (sign := sign_of(token.lower))
                and token.lemma not in _OTHER_VERBS
                and (subject := _subject(article, sentence, token))
            ):
                found.setdefault(token.start - sentence.start, (token.end - sentence.start, sign, subject))
        if len({sign for _, sign, _ in found.values()}) != 1:
            continue
        start, (end, sign, near) = next(iter(found.items()))
        if is_denied(re.findall(r"[a-z'’]+", text.lower())) or _has_size(article, sentence, start + sentence.start):
            continue
        written = re.findall(r"[A-Za-z]+", text if display else near)
        lemmas = [
            english.lemma(word.lower(), "NNS") for word in (written if display else _nearest(written, near, text))
        ]
        kept = frozenset(word for word in lemmas if len(word) > 2) - _LIGHT
        yield Direction(sentence, sentence.start + start, sentence.start + end, sign, kept)


def _nearest(written: list[str], near: str, text: str) -> list[str]:
    """The few words that tell what it is that goes up or down."""
    return written[:_FEW] if text.endswith(near) else written[-_FEW:]


def _subject(article: Article, sentence: Sentence, verb: Token) -> str:
    """The subject of a finite verb that has no object, and what it is of: "the number of readers"."""
    tokens = article.tokens(sentence.index)
    if verb.tag not in ("VBD", "VBZ", "VBN", "VBP", "VBG"):
        return ""
    own = [t for t in tokens if t.head == verb.index]
    if verb.tag == "VBG" and not any(t.lower in ("is", "are", "been", "’s", "'s") for t in own):
        return ""  # "is shrinking again"
    if any(t.dep in ("dobj", "neg", "aux") and t.lower not in _HELPERS for t in own):
        return ""
    subject = next((t for t in own if t.dep == "nsubj"), None)
    if subject is None:
        return ""
    return " ".join(
        [
            *(t.lower for t in tokens if t.head == subject.index and t.index < subject.index),
            subject.lower,
            *qualifiers(tokens, subject),
        ]
    )


def _has_size(article: Article, sentence: Sentence, at: int) -> bool:
    """Whether a change with its size stands beside a word of rising or falling."""
    if _PAST.match(article.block(sentence).text, at + 3):
        return True
    return any(
        claim.kind in ("percent", "ratio", "money", "count", "measure", "duration")
        and (claim.role in ("change", "from", "than") or claim.start <= at <= claim.end + 12)
        for claim in article.by_sentence.get(sentence.index, ())
    )


def _meant(article: Article, said: Direction, known: tuple[Comparison, ...]) -> Comparison | None:
    """The one comparison that a direction is said of."""
    index = said.sentence.index
    text = article.text(index)
    display = article.is_display(said.sentence)
    first = article.sentences_of(article.lede)[0].index if article.lede >= 0 else 0
    pool = [
        c
        for c in known
        if _suits(article, said, c.new)
        and not _tells_itself(article, c)
        and not _has_others(article, said, c)
        and not any(OTHERWISE.search(article.text(i)) for i in c.told)
        and (c.told[1] <= first + _BEHIND + 2 if display else c.told[0] - 1 <= index <= c.told[1] + 1 and not c.apart)
        and not _is_of_other_span(article, text, c)
    ]
    named = [c for c in pool if like(said.words - _names(c), c.words)]
    named = named or [c for c in pool if _takes_up(article, index, c)]
    if len(known) > (2 * _SEVERAL if display else _SEVERAL):
        return None
    if not named and len(known) == 1 and (display or index == first):
        pool = [c for c in pool if c.new.kind != "percent" and not _counts_others(said, c)]
        named = [c for c in pool if like(said.words, c.context) or c.told[0] <= first + 1]
    return named[0] if len({(c.old.value, c.new.value) for c in named}) == 1 else None


_DECADE = lazy(r"\b(?:18|19|20)\d0s\b")


def _counts_others(said: Direction, comparison: Comparison) -> bool:
    """Whether "more pupils" is said and two levels are of teachers."""
    return any(are_opposites(word, other) for word in said.words for other in comparison.words)


def _names(comparison: Comparison) -> frozenset[str]:
    return frozenset(name.lower() for name in comparison.old.names | comparison.new.names)


def _tells_itself(article: Article, comparison: Comparison) -> bool:
    """Whether the article says itself which way two levels went: "was pared to 10.13 billion from 17.48", "a 14.4 percent
    rise"."""
    marks = cues(article)
    for level in (comparison.old, comparison.new):
        if marks.get(level.id, frozenset()) & {"l:from", "l:up-from", "l:rise", "l:fall"}:
            return True
        if sign_of(level.verb) and (level.role == "to" or comparison.old.sentence == comparison.new.sentence):
            return True
    return any(
        change.type != "margin" and fits(change, comparison) and compare(change, comparison.old, comparison.new)[0]
        for change in questions(article)
    )


def _has_others(article: Article, said: Direction, comparison: Comparison) -> bool:
    """Whether a direction is said in a sentence with another level than those two."""
    known = {comparison.old.id, comparison.new.id}
    return not article.is_display(said.sentence) and any(
        c.id not in known and is_level(c) and c.kind == comparison.new.kind
        for c in article.by_sentence.get(said.sentence.index, ())
    )


def _takes_up(article: Article, index: int, comparison: Comparison) -> bool:
    """Whether a comparison begins, right behind a sentence, with what takes that up: "The force has lost officers.  It
    has 3,115"."""
    level = min((comparison.old, comparison.new), key=lambda c: (c.sentence, c.start))
    return level.sentence == index + 1 and level.subject in _PRONOUNS


def _is_of_other_span(article: Article, text: str, comparison: Comparison) -> bool:
    own, theirs = spans(text), spans(article.text(comparison.old.sentence))
    if _DECADE.search(text):
        return True  # "than they were in the 1970s"
    return bool(own and theirs) and own.isdisjoint(theirs)


def _suits(article: Article, said: Direction, level: Claim) -> bool:
    """Whether what is said can be more or less of a level's kind."""
    word = article.block(said.sentence).text[said.start : said.end].lower()
    for kind, suits in (
        ("money", level.kind == "money"),
        ("long", level.kind in ("duration", "measure")),
        ("warm", level.unit in ("C", "F", "degC", "degF")),
        ("fast", level.dimension == "speed"),
    ):
        if word in _UP[kind].split("|") or word in _DOWN[kind].split("|"):
            return suits
    return word not in ("larger", "smaller", "bigger") or level.kind != "count"
