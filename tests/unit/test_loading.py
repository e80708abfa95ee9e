"""The English model is loaded without what is not used of it, and spaCy is left as others expect it."""

from __future__ import annotations

import subprocess
import sys

CODE = """
import sys
from checker.language import english
tokens = next(english.parse([("The council's 1,200 members didn't vote.", 5)]))
assert [token.text for token in tokens] == ["The", "council", "'s", "1,200", "members", "did", "n't", "vote", "."]
assert [(token.lemma, token.tag, token.dep) for token in tokens[3:5]] == [("1,200", "CD", "nummod"), ("member", "NNS", "nsubj")]
assert (tokens[4].start, tokens[4].end, tokens[4].head) == (25, 32, 7)
assert not {"spacy.cli", "spacy.cli.info", "sympy"} & set(sys.modules)
import spacy
assert spacy.info(silent=True)["spacy_version"] == spacy.__version__
from spacy.cli import download
"""


def test_spacy_is_imported_without_its_commands_and_keeps_them() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
