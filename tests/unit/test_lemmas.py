"""Dictionary forms of inflected words."""

import pytest

from checker.language.english import lemma

VERBS = """
taking take, making make, including include, closing close, scored score, created create, completed complete, treated treat,
hoping hope, hopping hop, planned plan, fined fine, filled fill, filed file, controlled control, referred refer, offered offer,
added add, called call, passed pass, trafficking traffic, panicked panic, picking pick, agreed agree, seeing see, booed boo,
carried carry, tied tie, dying die, singing sing, hanging hang, changing change, breathing breathe, sued sue, argued argue,
withdrew withdraw, laid lay, lay lie, saw see, underwent undergo, fed feed, shed shed, vlogged vlog
"""


@pytest.mark.parametrize("pair", [pair.split() for pair in VERBS.replace("\n", " ").split(",")], ids=" ".join)
def test_past_forms_and_participles(pair: list[str]) -> None:
    form, base = pair
    assert lemma(form, "VBG" if form.endswith("ing") else "VBD") == base


def test_a_base_form_is_its_own() -> None:
    assert [lemma(word, "VB") for word in ("saw", "lay", "found", "need", "be")] == [
        "saw",
        "lay",
        "found",
        "need",
        "be",
    ]


def test_third_persons() -> None:
    assert [lemma(w, "VBZ") for w in ("goes", "closes", "passes", "carries", "aches")] == [
        "go", "close", "pass", "carry", "ache",
    ]  # fmt: skip


def test_plurals() -> None:
    words = "people grandchildren calves crises shoes heroes matches companies losses houses criteria"
    assert [lemma(word, "NNS") for word in words.split()] == (
        "person grandchild calf crisis shoe hero match company loss house criterion".split()
    )
