"""The whole that a part or share is said to be of: by its noun and by what is said of it ("28 per cent of those inspected" and
"visited 1,850 premises"), by its dimension ("half of that surface" and "5,940 hectares")."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from checker.data import lexicon
from checker.language.article import Article
from checker.language.english import Token
from checker.language.words import likeness
from checker.model import Claim

_LIKE = 70  # the likeness of words that tell one thing
_REACH = 12  # sentences back in which a whole is looked for
_NEAR = 2  # the same of one that "that surface" takes up
_DETERMINERS = frozenset("the those these its their his her all that this our both".split())
_ANAPHORIC = frozenset("that this those these".split())
_LIGHT = frozenset("be have do get make take say live work other same first last new whole entire total".split())


def group_of(article: Article, claim: Claim) -> tuple[Token | None, frozenset[str], bool]:
    """The noun or pronoun that a figure is said to be of, what is said of it (lemmas), and whether "that", "those" takes it
    up; no token where the figure is of nothing definite."""
    tokens, end = article.tokens(claim.sentence), claim.figure.end if claim.figure is not None else claim.end
    of = next((t for t in tokens if t.start >= end), None)
    if of is None or of.lower not in ("of", "among") or of.index + 2 >= len(tokens):
        return None, frozenset(), False
    first = tokens[of.index + 1]
    if first.lower not in _DETERMINERS and first.tag not in ("NNS", "VBN", "JJ"):
        return None, frozenset(), False
    said: set[str] = set()
    for token in tokens[of.index + 1 : of.index + 8]:
        following = tokens[token.index + 1] if token.index + 1 < len(tokens) else token
        if token.tag == "CD":
            return None, frozenset(), False
        if token.is_noun and not following.is_noun and following.tag != "POS":
            return token, frozenset(said | _said_of(tokens, token)), first.lower in _ANAPHORIC
        if token.lower in ("those", "these") and (
            following.tag == "VBN" or following.lower in ("who", "that", "which")
        ):
            return token, frozenset(_said_behind(tokens, following)), True
        if token.tag in ("VBN", "JJ") and token.lemma not in _LIGHT:
            said.add(token.lemma)
        elif token.tag not in ("DT", "PRP$", "PDT", "JJ", "VBN", "NN", "NNP", "POS", "HYPH", "RB"):
            break
    return None, frozenset(), False


def _said_of(tokens: Sequence[Token], noun: Token) -> set[str]:
    following = tokens[noun.index + 1] if noun.index + 1 < len(tokens) else noun
    if following.tag == "VBN" or following.lower in ("who", "that", "which"):
        return _said_behind(tokens, following)
    return set()


def _said_behind(tokens: Sequence[Token], start: Token) -> set[str]:
    """The verb of a clause that begins with a participle or "who": inspected, given, took (part)."""
    for token in tokens[start.index : start.index + 5]:
        if token.is_verb and token.lemma not in _LIGHT:
            return {token.lemma}
    return set()


def told(article: Article, claim: Claim, sizes: Sequence[Claim]) -> Claim | None:
    """The only figure before a part or share, of some, that tells of its whole; None where there is none or two."""
    noun, said, anaphoric = group_of(article, claim)
    if noun is None:
        return None
    before = [
        c
        for c in sizes
        if c.value and _is_before(c, claim) and c.role not in ("change", "rate", "than", "from") and not c.other
    ]
    dimension = _dimensions().get(noun.lemma, "")
    if anaphoric and dimension:
        near = [c for c in before if claim.sentence - c.sentence <= _NEAR and c.dimension == dimension]
        return near[-1] if near else None
    if not said:
        return None
    alike = [
        c
        for c in before
        if c.kind == "count"
        and (noun.tag == "DT" or _is_alike(noun, c) or c.verb in said)
        and _tells(c, said)
        and group_of(article, c)[0] is None
    ]
    return alike[-1] if len({c.value for c in alike}) == 1 else None


def may_name(noun: str, other: str) -> bool:
    """Whether two nouns may name one group: by their meaning, as kinds of one thing, or both as people."""
    if noun == other or likeness(noun, other) >= _LIKE or kinds(noun) & kinds(other):
        return True
    people = lexicon("claims")["nouns"]["person"]
    return noun in people and other in people


@cache
def kinds(noun: str) -> frozenset[int]:
    """The numbers of the rows of kinds (``shares.toml``) that hold a noun."""
    return frozenset(number for number, row in enumerate(lexicon("shares")["kinds"]) if noun in row.split())


def _is_before(claim: Claim, share: Claim) -> bool:
    return 0 <= share.sentence - claim.sentence <= _REACH and (claim.block, claim.start) < (share.block, share.start)


def _is_alike(noun: Token, claim: Claim) -> bool:
    """Whether a count is of what a noun names, or of people as that is."""
    if claim.noun == noun.lemma or (claim.noun and likeness(claim.noun, noun.lemma) >= _LIKE):
        return True
    people = lexicon("claims")["nouns"]["person"]
    return claim.noun in people and noun.lemma in people


def _tells(claim: Claim, said: frozenset[str]) -> bool:
    """Whether the verb or the qualities of a count are what is said of a whole."""
    own = {claim.verb, *(word for word in claim.modifiers if not word.startswith("of "))} - _LIGHT - {""}
    return any(likeness(word, other) >= _LIKE for word in said for other in own)


def _dimensions() -> dict[str, str]:
    return {word: name for name, words in lexicon("claims")["dimensions"].items() for word in words}
