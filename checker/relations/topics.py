"""How much two claims speak of one thing, by the words around them: rare words count, common ones hardly, and words of
like meaning count in part."""

from __future__ import annotations

from functools import lru_cache
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


def heads(claim: Claim) -> frozenset[str]:
    """The words that a claim is said of: what it counts or measures, of what kind, and the subject of its clause."""
    own = {claim.noun, claim.subject, *(word.removeprefix("of ") for word in claim.modifiers)}
    return frozenset(word.lower() for word in own if len(word) > 2) - LIGHT


def words(claim: Claim) -> frozenset[str]:
    """The content words that tell what a claim is about: its heads and its sentence."""
    return heads(claim) | frozenset(word.lower() for word in claim.context if len(word) > 2) - LIGHT


class Topics:
    """The likeness of what the claims of one article speak of; claims are found again by their id.

    All values are whole numbers: 100 is one rare word shared.  They are kept as floats, which hold them exactly, for
    matrices of integers are multiplied a hundred times more slowly.
    """

    def __init__(self, article: Article) -> None:
        import numpy

        claims = article.claims
        self._row = {claim.id: i for i, claim in enumerate(claims)}
        own = [heads(claim) for claim in claims]
        all_of = [words(claim) for claim in claims]
        vocabulary = sorted(frozenset().union(*all_of)) if claims else []
        place = {word: i for i, word in enumerate(vocabulary)}
        worth = numpy.array([round(100 * rarity(word)) for word in vocabulary], dtype=numpy.float64)
        alike = likenesses(vocabulary).astype(numpy.float64) if vocabulary else numpy.zeros((0, 0))
        alike[alike < _LEAST] = 0
        shape = (len(claims), len(vocabulary))
        in_heads, in_words = numpy.zeros(shape), numpy.zeros(shape)
        near_heads, near_words = numpy.zeros(shape), numpy.zeros(shape)
        for i in range(len(claims)):
            head_places = [place[word] for word in sorted(own[i])]
            word_places = [place[word] for word in sorted(all_of[i])]
            in_heads[i, head_places] = worth[head_places]
            in_words[i, word_places] = worth[word_places]
            if head_places:
                near_heads[i] = alike[:, head_places].max(axis=1)
            if word_places:
                near_words[i] = alike[:, word_places].max(axis=1)
        self._heads = self._symmetric(self._product(in_heads, near_heads))
        self._crossed = self._product(in_heads, near_words)
        self._context = self._symmetric(self._product(in_words, near_words))

    @staticmethod
    def _product(matrix: Any, other: Any) -> Any:
        return (matrix @ other.T).astype("int64") // 100

    @staticmethod
    def _symmetric(matrix: Any) -> Any:
        import numpy

        return numpy.minimum(matrix, matrix.T)

    def heads(self, a: Claim, b: Claim) -> int:
        """How alike what two claims are said of is, 0 to 200."""
        return min(_MOST_HEADS, int(self._heads[self._row[a.id], self._row[b.id]]))

    def crossed(self, a: Claim, b: Claim) -> int:
        """How much of what one claim is said of stands in the sentence of the other, 0 to 200."""
        i, j = self._row[a.id], self._row[b.id]
        return min(_MOST_HEADS, int(max(self._crossed[i, j], self._crossed[j, i])))

    def context(self, a: Claim, b: Claim) -> int:
        """How alike the sentences of two claims are, 0 to 500."""
        return min(_MOST_CONTEXT, int(self._context[self._row[a.id], self._row[b.id]]))


@lru_cache(maxsize=2)
def topics(article: Article) -> Topics:
    """The topics of an article's claims, made once."""
    return Topics(article)


def opening(article: Article, claim: Claim) -> bool:
    """Whether a claim stands where an article sums itself up: headline, standfirst, caption, the first three paragraphs."""
    return article.is_display(claim) or claim.block in article.openings
