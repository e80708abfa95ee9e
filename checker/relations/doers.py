"""Who did it: the person or the proper name that two deeds have in common, by name or by the pronoun right behind it."""

from __future__ import annotations

import re

from checker.language.article import Article
from checker.language.deeds import Deed
from checker.language.english import Token

_PRONOUNS = frozenset({"he", "she"})
_HIS = frozenset({"he", "she", "his", "her"})


def doer(article: Article, deed: Deed) -> str:
    """A name for who did it, the same for two deeds only if they are of one; empty where that is not plain."""
    if deed.person is not None:
        return deed.person.name
    subject = deed.subject
    if subject is None:
        return ""
    if subject.tag == "NNP":
        return subject.text
    if subject.lower not in _PRONOUNS or not _is_alone(article, deed, subject):
        return ""
    first = deed.sentence
    while _opens(article, first - 1) == subject.lower:
        first -= 1
    return _spoken_of(article, first) or (f"{subject.lower} {first}" if _opens(article, first) else "")


def _opens(article: Article, sentence: int) -> str:
    """ "he" or "she" where a sentence begins with it."""
    found = re.match(r"(?:He|She)\b", article.text(sentence)) if sentence >= 0 else None
    return found.group().lower() if found is not None else ""


def _is_alone(article: Article, deed: Deed, subject: Token) -> bool:
    """Whether the sentence up to its verb names nobody besides the pronoun."""
    if _opens(article, deed.sentence) == subject.lower:
        return True
    before = [t for t in article.tokens(deed.sentence) if t.index < deed.verb.index]
    others = [t for t in before if t.dep in ("nsubj", "nsubjpass") and t is not subject and t.lower not in _HIS]
    return all(t.lower in ("which", "that", "it") or not t.text[:1].isupper() for t in others)


def _spoken_of(article: Article, sentence: int) -> str:
    """The name that is the subject of the sentence before: "Henri Tiel sold the firm. He ..."."""
    before = sentence - 1
    if before < 0 or article.sentences[before].block < article.sentences[sentence].block - 1:
        return ""
    tokens = article.tokens(before)
    doers = [
        t for t in tokens if t.dep in ("nsubj", "nsubjpass") or (t.dep == "pobj" and tokens[t.head].dep == "agent")
    ]
    at = {t.index for t in doers}
    doers += [t for t in tokens if t.dep == "appos" and t.head in at]  # "by the master Gottlob Rühlemann"
    names = [t for t in doers if t.tag == "NNP"]
    if len(names) != 1 or any(t.dep == "conj" and t.head == names[0].index for t in tokens):
        return ""
    return names[0].text
