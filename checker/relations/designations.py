"""Names that hold a number, told with another one in the headline: "MH851" above a text about MH370."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from checker.language.article import Article
from checker.model import BlockKind, Relation
from checker.patterns import lazy
from checker.relations.names import Place, one_name

_JOINED = lazy(
    r"(?<![\w$£€.-])(?P<stem>[A-Z][A-Za-z]{0,11}-?)(?P<number>\d{1,4})(?P<tail>[A-Z]\d{0,2})?(?![\w%]|[.,:]\d)"
)
_KEYWORD = lazy(
    r"\b(?P<stem>Game|Proposition|Prop\.?|Highway|Route|Interstate|Flight|Area|iPhone|iPad|Apollo|Season|Category|Episode|Super Bowl|Chapter|Article|"
    r"Section|Phase|Boeing|Airbus|Channel|Amendment|Platform|Resolution|Stage|Junction|Terminal|Pier|Block|Unit|Reactor|Ward|Measure|Rule|Title|"
    r"Formula|Windows)\s(?P<number>\d{1,4})(?P<tail>[A-Z])?(?![\w%]|[.,:]\d|-[a-z])"
)
_SHORT = {"prop": "proposition", "prop.": "proposition"}
_TEXT = frozenset({BlockKind.BODY, BlockKind.QUOTE, BlockKind.LIST_ITEM, BlockKind.DEK})


def find(article: Article) -> Iterable[Relation]:
    """``same-name`` relations of a name in the headline with the only one of its kind in the text."""
    heads = [
        (number, block.text) for number, block in enumerate(article.document.blocks) if block.kind == BlockKind.HEADLINE
    ]
    told = [named for number, text in heads for named in _named(number, text)]
    if not told:
        return
    texts = [(number, block.text) for number, block in enumerate(article.document.blocks) if block.kind in _TEXT]
    below = [named for number, text in texts for named in _named(number, text)]
    for stem, name, place in told:
        others = [(other, at) for kind, other, at in below if kind == stem]
        digits = re.compile(rf"(?<!\d){name[0]}(?!\d)")
        if not others or any(name == other for other, _ in others) or any(digits.search(text) for _, text in texts):
            continue
        sure = len(stem) > 2 and len({other for other, _ in others}) == 1
        yield one_name(article, place, others[0][1], 0.8 if sure else 0.5, "both name one thing")


def _named(number: int, text: str) -> Iterator[tuple[str, tuple[str, str], Place]]:
    """The names of a block that hold a number: the kind of thing, the number (with the letters behind it), the place."""
    for pattern in (_JOINED, _KEYWORD):
        for found in pattern.finditer(text):
            stem = found["stem"].lower().rstrip("-")
            yield _SHORT.get(stem, stem), (found["number"], found["tail"] or ""), (number, found.start(), found.end())
