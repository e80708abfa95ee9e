"""Changes: from one level to another, by an amount or a percentage, doubled or halved; and verbs that say up or down."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from checker.data import lexicon
from checker.language import english
from checker.language.article import Article, Masked
from checker.model import Claim, Relation

_LEVEL = r"‹(?P<{0}k>[nmpu])(?P<{0}>\d+)›"
_FILL = r"(?:(?! (?:and|but|while|whereas|with|which|who|because|after|before|when)\b)[^‹›;:.]){0,%d}?"
_OLD_NEW = [
    # "rose [21 percent] to NEW from OLD", "rose to NEW in May from OLD in April"
    re.compile(
        r"(?P<verb>\b[a-z]+)(?: (?:by |about |some )?‹(?P<sizek>[pmnu])(?P<size>\d+)›(?: percent| points?)?,?)?(?P<mid>[^‹›;:.]{0,25}?)"
        r" to (?:a record |an? |just |only )?" + _LEVEL.format("new") + (_FILL % 50)
        + r",? (?:from|compared with|compared to|against|up from|down from) (?:a revised |an? |just |only )?" + _LEVEL.format("old")
    ),
    # "rose [by 3] from OLD to NEW"
    re.compile(
        r"(?P<verb>\b[a-z]+)(?: (?:by |about |some )?‹(?P<sizek>[pmnu])(?P<size>\d+)›,?)?(?P<mid>[^‹›;:.]{0,40}?)"
        r" from (?:a revised |an? |just |only )?" + _LEVEL.format("old") + (_FILL % 40) + r" to (?:a record |an? |just |only )?" + _LEVEL.format("new")
    ),
    # "from OLD to NEW, a rise of 21 percent"
    re.compile(
        r"\bfrom (?:a |an |just |only )?" + _LEVEL.format("old") + (_FILL % 40) + r" to (?:a |an |just |only )?" + _LEVEL.format("new")
        + r"(?P<mid>[^‹›;:.]{0,40}?),? (?:or |representing |that is )?an? (?P<verb>[a-z]+)(?: of)? (?:about |some )?‹(?P<sizek>[pmnu])(?P<size>\d+)›"
    ),
    # "to NEW, up 21 percent from OLD", "were NEW, down 3 percent from OLD"
    re.compile(
        _LEVEL.format("new") + (_FILL % 40) + r",? (?:or |was |were )?(?P<verb>up|down) ‹(?P<sizek>[pmnu])(?P<size>\d+)›(?P<mid>[^‹›;:.]{0,25}?) (?:from|on|against|compared with) (?:an? |just |only )?"
        + _LEVEL.format("old")
    ),
]  # fmt: skip
_RANKED = re.compile(r"\b(?:rank|place|table|league|standings|position|spot|seed)", re.I)
_NOT_LEVEL = re.compile(
    r"\b(?:range|ranging|between|aged|ages|moved|transferred|traded|from here|score|won|lost|beat|drive|fly|run|ran|open|works?)\b"
)


def find(article: Article) -> Iterable[Relation]:
    """``change``, ``percent-change``, ``multiple``, ``direction-up`` and ``direction-down`` relations within sentences."""
    for sentence in sorted(article.by_sentence):
        if sentence >= 0 and len(article.by_sentence[sentence]) >= 2:
            yield from _inside(article, article.masked(sentence))


def _inside(article: Article, masked: Masked) -> Iterator[Relation]:
    taken: set[tuple[int, int]] = set()
    for pattern in _OLD_NEW:
        for match in masked.finditer(pattern):
            pair = (int(match["old"]), int(match["new"]))
            if pair in taken or match["oldk"] != match["newk"]:
                continue
            old, new = masked.claims[pair[0]], masked.claims[pair[1]]
            sign = _sign(match["verb"], masked.text, match.start("verb"))
            if not sign or not _levels(old, new) or _NOT_LEVEL.search(match.group()):
                continue
            taken.add(pair)
            size = masked.claims[int(match["size"])] if match["size"] else None
            yield from _relations(old, new, size, sign)


def _sign(word: str, text: str, at: int) -> int:
    """+1 for a word of rising, -1 for one of falling, 0 where it is neither."""
    verbs = lexicon("claims")["verbs"]
    for base in {word, english.lemma(word, "VBD"), english.lemma(word, "VBZ"), english.lemma(word, "VBG")}:
        if base in verbs["rising"] or base in ("up", "growth", "hike", "gain"):
            return 1
        if base in verbs["falling"] or base in ("down", "reduction", "cut"):
            return -1
    return 0


def _levels(old: Claim, new: Claim) -> bool:
    """Whether two claims are levels of one kind and unit."""
    if old.kind != new.kind or old.value is None or new.value is None or old.value <= 0 or new.value <= 0:
        return False
    if old.kind in ("money", "measure", "percent") and old.unit != new.unit:
        return False
    return not (old.kind == "count" and old.noun and new.noun and old.noun != new.noun)


def _relations(old: Claim, new: Claim, size: Claim | None, sign: int) -> Iterator[Relation]:
    roles = {"old": (old,), "new": (new,)}
    direction = "direction-up" if sign > 0 else "direction-down"
    if size is None or size.value is None:
        yield Relation(direction, roles, 0.93)
        return
    constants = {"sign": Fraction(sign)}
    if size.kind == "percent" and size.unit == "%" and old.kind != "percent":
        yield Relation("percent-change", {**roles, "percent": (size,)}, 0.95, constants=constants)
    elif (size.kind == "percent" and old.kind == "percent" and size.unit == "pp") or (
        size.kind == old.kind and size.unit == old.unit and size.kind != "percent"
    ):
        yield Relation("change", {**roles, "amount": (size,)}, 0.93, constants=constants)
    else:
        yield Relation(direction, roles, 0.93)
