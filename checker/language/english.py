"""The English parse: spaCy's small model, loaded once, turned into plain tokens so that no other room needs spaCy.

Named entities, lemmas and coarse tags are not used, so their pipes are left out; lemmas come from ``lemma`` below.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from checker.data import lexicon
from checker.language.loading import load

_TOGETHER = 128  # sentences that are parsed at once
_READ = ("IDX", "LENGTH", "TAG", "DEP", "HEAD")
_HASHES = 2**64  # spaCy's numbers of strings are below it, in arrays of signed ones too
FORGET = 200  # articles after which words that were met are forgotten


@dataclass(slots=True, eq=False)  # so many are made that what freezes them would be felt; each is only equal to itself
class Token:
    """One word of a parsed sentence; `start` and `end` are offsets in the block's text, `head` an index in the sentence
    (a root is its own head), `tag` a Penn Treebank tag, `dep` a ClearNLP dependency label.  Do not change it."""

    index: int
    text: str
    lower: str
    lemma: str
    tag: str
    dep: str
    head: int
    start: int
    end: int

    @property
    def is_noun(self) -> bool:
        return self.tag.startswith("NN")

    @property
    def is_verb(self) -> bool:
        return self.tag.startswith("VB")


@cache
def pipeline() -> Any:
    """spaCy's tokenizer, tagger and parser.  Errors: those of ``loading.load``."""
    return load()


def parse(texts: Iterable[tuple[str, int]]) -> Iterator[tuple[Token, ...]]:
    """The tokens of each sentence, given as (text, its offset in its block), in order."""
    texts = list(texts)
    if not texts:
        return
    nlp = pipeline()
    _rest(nlp)
    docs: Iterable[Any] = [_doc(nlp, text) for text, _ in texts]
    for _, pipe in nlp.pipeline:
        docs = list(pipe.pipe(docs, batch_size=_TOGETHER))
    for doc, (text, offset) in zip(docs, texts, strict=True):
        yield _tokens(doc, text, offset)


def _doc(nlp: Any, text: str) -> Any:
    """spaCy's own tokens of a text, whose words it splits one by one: it remembers none in a memory zone, so we do."""
    from spacy.tokens import Doc

    pieces = text.split(" ")
    if pieces != text.split():  # white space that would be a token
        return nlp.make_doc(text)
    words: list[str] = []
    spaces: list[bool] = []
    norms: list[tuple[int, str]] = []
    for piece in pieces:
        parts, own_norms = _parts(piece)
        norms += [(len(words) + index, norm) for index, norm in own_norms]
        words += parts
        spaces += [False] * (len(parts) - 1)
        spaces.append(True)
    spaces[-1] = False
    doc = Doc(nlp.vocab, words=words, spaces=spaces)
    for index, norm in norms:
        doc[index].norm_ = norm
    return doc


@lru_cache(maxsize=32_768)
def _parts(piece: str) -> tuple[tuple[str, ...], tuple[tuple[int, str], ...]]:
    """The tokens of what stands between two spaces, and of which of them the norm is not their word's ("n't": not)."""
    doc = pipeline().make_doc(piece)
    norms = tuple((token.i, token.norm_) for token in doc if token.norm != token.lex.norm)
    return tuple(token.text for token in doc), norms


def _tokens(doc: Any, text: str, offset: int) -> tuple[Token, ...]:
    """The words of a parsed sentence, read from one array of them all, which is faster than asking each."""
    strings = doc.vocab.strings
    found = []
    for index, (at, length, tag, dep, head) in enumerate(doc.to_array(_READ).astype("int64").tolist()):
        word = text[at : at + length]
        low, tag = word.lower(), strings[tag % _HASHES]
        start = offset + at
        found.append(
            Token(index, word, low, lemma(low, tag), tag, strings[dep % _HASHES], index + head, start, start + length)
        )
    return tuple(found)


_zone: ExitStack = ExitStack()  # what spaCy learns in it is forgotten when it is closed
_parsed = 0  # articles in this zone


def _rest(nlp: Any) -> None:
    """Let spaCy forget, now and then, the words that it has met: its vocabulary would grow with every article."""
    global _parsed
    if _parsed % FORGET == 0:
        _zone.close()
        _zone.enter_context(nlp.memory_zone())
    _parsed += 1


@cache
def _irregular() -> tuple[dict[str, str], dict[str, str]]:
    """Irregular verb forms and plurals, each with its base form."""
    forms = lexicon("lemmas")
    verbs = {form: base for base, others in forms["verbs"].items() for form in others}
    return verbs, forms["nouns"]


@lru_cache(maxsize=65_536)
def lemma(word: str, tag: str) -> str:
    """The dictionary form of a lower-case word with its Penn tag: plural nouns and inflected verbs only."""
    if tag in ("NNS", "NNPS") or (tag == "NN" and word in ("people", "persons")):
        plurals = _irregular()[1]
        if word in plurals:
            return plurals[word]
        if word.endswith("women"):
            return word[:-5] + "woman"
        if word.endswith("men") and len(word) > 5:
            return word[:-3] + "man"
        if word.endswith("ies") and len(word) > 4:
            return word[:-3] + "y"
        if word.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")):
            return word[:-2]
        if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 2:
            return word[:-1]
        return word
    if tag.startswith("VB") or tag == "MD":
        irregular, verbs = _irregular()[0], _verbs()
        if word in irregular and not (tag in ("VB", "VBP") and word in verbs):
            return irregular[word]
        if tag == "VBZ" and word.endswith("s"):
            if word.endswith("ies"):
                return word[:-3] + "y"
            if word.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")) and word[:-1] not in verbs:
                return word[:-2]
            return word[:-1]
        if tag in ("VBD", "VBN", "VBG") and not (tag != "VBG" and word in verbs):
            for ending in ("ied", "ed", "ing"):
                if word.endswith(ending) and len(word) - len(ending) >= 2:
                    return _uncut(word, ending)
    return word


@cache
def _verbs() -> frozenset[str]:
    return frozenset(lexicon("verbs")["base"].split())


def _uncut(word: str, ending: str) -> str:
    """The verb whose form ends so: carried -> carry, taking -> take, stopped -> stop, trafficking -> traffic, dying -> die."""
    verbs, stem = _verbs(), word[: -len(ending)]
    if ending == "ied":
        return stem + "ie" if len(stem) <= 2 and stem + "ie" in verbs else stem + "y"
    if ending == "ing" and stem.endswith("y") and len(stem) <= 2:
        return stem[:-1] + "ie"
    doubled = len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in _VOWELS
    if doubled and stem not in verbs and stem[:-1] in verbs:
        return stem[:-1]
    if stem.endswith("ck") and stem not in verbs and stem[:-1] in verbs:
        return stem[:-1]
    single = len(re.findall("[aeiouy]+", stem)) == 1 and stem[-1] not in "wxy" and stem[-2:-1] in tuple(_VOWELS)
    if stem + "e" in verbs and (stem not in verbs or (single and stem[-3:-2] not in tuple(_VOWELS))):
        return stem + "e"  # "hoping": a stem of one short syllable would double its last letter
    return stem if stem in verbs else _stem(stem)


_VOWELS = "aeiou"


def _stem(stem: str) -> str:
    """The base form of a verb that is in no list, whose ending -ed or -ing was cut off: vlogg -> vlog, unfriend -> unfriend."""
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "lsfz":
        return stem if stem in ("add", "odd", "ebb", "err", "purr") else stem[:-1]
    if len(stem) > 3 and stem.endswith("ll") and stem[-3] in "ae" and len(stem) > 5:
        return stem[:-1]
    if stem.endswith(
        ("at", "iz", "is", "v", "c", "g", "dl", "bl", "tl", "gl", "pl", "fl", "rs", "ns", "ur", "ir", "uat")
    ) and not (stem.endswith(("ng", "eat", "oat", "iat", "air", "our", "eir")) and not stem.endswith("iat")):
        return stem + "e"
    return stem
