"""What two sentences have in common: a word of one stem, of like use, or one that the article says of one figure only."""

from __future__ import annotations

from functools import cache, lru_cache

from checker.language import english
from checker.language.article import Article
from checker.language.words import likeness, rarity
from checker.model import Claim
from checker.patterns import lazy

_LIKE = 50  # the likeness of words that may tell one thing
_ELSEWHERE = lazy(r"\b(?:[Nn]ext|[Nn]eighbou?ring|[Aa]nother|[Oo]ther|[Ss]econd|[Rr]ival|elsewhere|last year)\b")
_RARE = 0.35  # how rare a word is that two sentences are alike by
_ENDING = lazy(r"(?:ings?|ions?|ments?|ers?|ed|es|e|s)$")


@cache
def stem(word: str) -> str:
    stem = _ENDING.sub("", word)
    return stem if len(stem) >= 4 else word


def is_same(one: str, other: str) -> bool:
    """Whether two words are one, or of one stem: "teaching" and "teacher", "award" and "awarded"."""
    return bool(one) and (one == other or stem(one) == stem(other))


def alike(one: str, other: str) -> bool:
    if not one or not other or one in ("be", "have", "say", "make", "take", "get"):
        return False
    return is_same(one, other) or likeness(one, other) >= _LIKE


def subject_nouns(article: Article, claim: Claim) -> frozenset[str]:
    """The plural nouns ahead of a share in its sentence; the tagger takes some for verbs ("the bare stops, at 40 per cent")."""
    tokens = [t for t in article.tokens(claim.sentence) if t.end <= claim.start]
    return frozenset(
        english.lemma(t.lower, "NNS")
        for t, last in zip(tokens[1:], tokens, strict=False)
        if t.tag == "NNS" or (t.tag == "VBZ" and len(t.lower) > 3 and last.tag in ("DT", "JJ", "VBN", "PRP$"))
    )


def is_echoed(article: Article, claim: Claim, part: Claim, whole: Claim, sizes: list[Claim]) -> bool:
    """Whether a word of a share's sentence is told of one figure only, the part: "25 percent would go to roofs", "Roofs account
    for $48 million of the proposal"."""
    if _ELSEWHERE.search(article.text(claim.sentence)):
        return False
    others = [c for c in sizes if (c.kind, c.unit) == (part.kind, part.unit) and c.sentence != part.sentence]
    own = _said(article, claim.sentence) & _said(article, part.sentence)
    return (
        bool(own - _said(article, whole.sentence))
        and not any(own - _said(article, whole.sentence) <= _said(article, c.sentence) for c in others)
        and sum((c.kind, c.unit) == (part.kind, part.unit) for c in article.by_sentence[part.sentence]) <= 4
    )


@lru_cache(maxsize=64)
def _said(article: Article, sentence: int) -> frozenset[str]:
    """The stems of a sentence's nouns that say what it is about."""
    return frozenset(stem(t.lemma) for t in article.tokens(sentence) if t.is_noun and rarity(t.lemma) >= _RARE)
