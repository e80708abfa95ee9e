"""How much two claims speak of one thing, by the words they share: rare words count, common ones hardly."""

from __future__ import annotations

from checker.language.article import Article
from checker.model import Claim
from checker.relations.same import rarity

LIGHT = frozenset(
    "be have do make take say get give go come see include report show accord figure number total amount rate level "
    "year month week day time period quarter percent per cent people person point rise fall increase drop".split()
)


def words(claim: Claim) -> frozenset[str]:
    """The content words that tell what a claim is about: its noun, its modifiers, its clause."""
    own = {claim.noun, claim.subject, *(word.removeprefix("of ") for word in claim.modifiers)}
    return frozenset(word.lower() for word in (claim.context | own) if len(word) > 2 and word not in LIGHT)


def shared(a: Claim, b: Claim) -> float:
    """The rarity of the words that two claims share, summed; 0 where they share none."""
    return sum(rarity(word) for word in words(a) & words(b))


def heads(claim: Claim) -> frozenset[str]:
    """The nouns that a claim is said of: what it counts or measures, and the subject of its clause."""
    return frozenset(
        word for word in (claim.noun.lower(), claim.subject.lower()) if len(word) > 2 and word not in LIGHT
    )


def same_topic(a: Claim, b: Claim) -> bool:
    """Whether what one claim is said of stands in the clause of the other."""
    return bool(heads(a) & words(b) or heads(b) & words(a))


def opening(article: Article, claim: Claim) -> bool:
    """Whether a claim stands where an article sums itself up: headline, standfirst, caption, the first three paragraphs."""
    return article.is_display(claim) or claim.block in article.openings
