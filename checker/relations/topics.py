"""How much two claims speak of one thing, by the words around them: rare words count, common ones hardly, and words of
like meaning count in part."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Any

from checker.language.article import Article
from checker.language.words import likenesses, rarity
from checker.model import Claim

LIGHT = frozenset(
    "be have do make take say get give go come see include report show accord figure number total amount rate level "
    "year month week day time period quarter percent cent per people person point rise fall increase drop one two three "
    "january february march april june july august september october november december monday tuesday wednesday thursday "
    "friday saturday sunday jan feb mar apr jun jul aug sept sep oct nov dec million billion thousand trillion it they we "
    "he she his her their who which that this spokesman spokeswoman statement average last first new early late".split()
)
_LEAST = 40  # likenesses below are chance
_MOST_HEADS, _MOST_CONTEXT = 200, 500
_TOGETHER = 32  # claims in a block


@lru_cache(maxsize=2048)
def heads(claim: Claim) -> frozenset[str]:
    """The words that a claim is said of: what it counts or measures, of what kind, and the subject of its clause."""
    own = {claim.noun, claim.subject, *(word.removeprefix("of ") for word in claim.modifiers)}
    return frozenset(word.lower() for word in own if len(word) > 2) - LIGHT


@lru_cache(maxsize=2048)
def words(claim: Claim) -> frozenset[str]:
    """The content words that tell what a claim is about: its heads and its sentence."""
    return heads(claim) | frozenset(word.lower() for word in claim.context if len(word) > 2) - LIGHT


class Topics:
    """The likeness of what the claims of one article speak of; claims are found again by their id.

    A long article's claims are held against each other in blocks of so many, where two of them are asked about: most
    stand too far apart to be.
    """

    def __init__(self, article: Article) -> None:
        self._claims = article.claims
        self._row = {claim.id: i for i, claim in enumerate(article.claims)}
        self._blocks: dict[tuple[int, int], tuple[Any, Any, Any]] = {}

    def _at(self, a: Claim, b: Claim) -> tuple[tuple[Any, Any, Any], int, int]:
        """The likenesses of two blocks of claims, by what they are said of, crossed and by their sentences, and where in
        them the two claims are."""
        (one, i), (other, j) = (divmod(self._row[claim.id], _TOGETHER) for claim in (a, b))
        first, last = min(one, other), max(one, other)
        found = self._blocks.get((first, last))
        if found is None:
            claims = self._claims[first * _TOGETHER : (first + 1) * _TOGETHER]
            if last != first:
                claims += self._claims[last * _TOGETHER : (last + 1) * _TOGETHER]
            found = self._blocks[first, last] = _alike(claims)
        shift = min(_TOGETHER, len(self._claims) - first * _TOGETHER) if last != first else 0
        return found, i + shift * (one != first), j + shift * (other != first)

    def heads(self, a: Claim, b: Claim) -> int:
        """How alike what two claims are said of is, 0 to 200."""
        (found, _, _), i, j = self._at(a, b)
        return min(_MOST_HEADS, int(found[i, j]))

    def crossed(self, a: Claim, b: Claim) -> int:
        """How much of what one claim is said of stands in the sentence of the other, 0 to 200."""
        (_, found, _), i, j = self._at(a, b)
        return min(_MOST_HEADS, int(max(found[i, j], found[j, i])))

    def context(self, a: Claim, b: Claim) -> int:
        """How alike the sentences of two claims are, 0 to 500."""
        (_, _, found), i, j = self._at(a, b)
        return min(_MOST_CONTEXT, int(found[i, j]))


def _alike(claims: Sequence[Claim]) -> tuple[Any, Any, Any]:
    """How alike each claim is to each other by its heads, by its heads and the other's words, and by the words of both.

    All values are whole numbers: 100 is one rare word shared.  They are kept as floats, which hold them exactly up to 2 to
    the 24, for matrices of integers are multiplied a hundred times more slowly.
    """
    import numpy

    own, all_of = [heads(claim) for claim in claims], [words(claim) for claim in claims]
    vocabulary = sorted(frozenset().union(*all_of))
    if not vocabulary:
        nothing = numpy.zeros((len(claims), len(claims)), dtype="int64")
        return nothing, nothing, nothing
    place = {word: i for i, word in enumerate(vocabulary)}
    worth = numpy.array([round(100 * rarity(word)) for word in vocabulary], dtype=numpy.float32)
    alike = likenesses(vocabulary).astype(numpy.float32)
    alike[alike < _LEAST] = 0
    (in_heads, near_heads), (in_words, near_words) = (
        _weighed([[place[word] for word in sorted(found)] for found in sets], worth, alike) for sets in (own, all_of)
    )
    by_heads, by_words = _product(in_heads, near_heads), _product(in_words, near_words)
    return numpy.minimum(by_heads, by_heads.T), _product(in_heads, near_words), numpy.minimum(by_words, by_words.T)


def _weighed(places: Sequence[Sequence[int]], worth: Any, alike: Any) -> tuple[Any, Any]:
    """For each set of words what each word of the vocabulary is worth in it, and how like it is to the likest of it."""
    import numpy

    within, near = (numpy.zeros((len(places), len(worth)), dtype=numpy.float32) for _ in range(2))
    filled = [i for i, own in enumerate(places) if own]
    if filled:
        flat = [one for own in places for one in own]
        within[[i for i, own in enumerate(places) for _ in own], flat] = worth[flat]
        starts = [0, *accumulate(len(places[i]) for i in filled[:-1])]
        near[filled] = numpy.maximum.reduceat(alike[flat], starts, axis=0)
    return within, near


def _product(matrix: Any, other: Any) -> Any:
    return (matrix @ other.T).astype("int64") // 100


@lru_cache(maxsize=2)
def topics(article: Article) -> Topics:
    """The topics of an article's claims, made once."""
    return Topics(article)


def opening(article: Article, claim: Claim) -> bool:
    """Whether a claim stands where an article sums itself up: headline, standfirst, caption, the first three paragraphs."""
    return article.is_display(claim) or claim.block in article.openings


def leading(article: Article, claim: Claim) -> bool:
    """Whether a claim stands in the display text or in the first sentence of the article."""
    return article.is_display(claim) or claim.sentence == article.sentence_at(article.lede, 0)
