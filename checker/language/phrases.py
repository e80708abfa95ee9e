"""The phrase and clause around a figure: what it counts, what qualifies that, the verb that governs it, and its subject."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from checker.data import lexicon
from checker.language.english import Token
from checker.model import Figure, Kind

_TIMES = frozenset("year month week quarter season time night summer winter spring autumn".split())
_WHICH = frozenset("last this next that previous each every same".split())
_NUMBERS = frozenset("number total count tally".split())
_NOT_OF = frozenset("lot bit kind sort number host range series variety total record rest".split())


def root_of(inside: list[Token]) -> Token:
    """The figure's own head: the token of it whose head lies outside (the last such)."""
    own = {t.index for t in inside}
    outside = [t for t in inside if t.head not in own or t.head == t.index]
    return outside[-1] if outside else inside[-1]


def counted(tokens: Sequence[Token], inside: list[Token], root: Token, figure: Figure) -> tuple[Token | None, bool]:
    """The noun that the figure counts, and whether it stands behind "of" ("twelve of the ships")."""
    own = {t.index for t in inside}
    head = tokens[root.head]
    attached = ("nummod", "compound", "amod", "nmod", "quantmod", "npadvmod", "appos", "advmod", "dep")
    after = inside[-1].index + 1
    if after + 1 < len(tokens) and tokens[after].lower == "of":
        for follower in tokens[after + 1 : after + 8]:
            if follower.is_noun and not inside_phrase(tokens, follower):
                return (None if follower.lemma in _TIMES else follower), True  # "the 9.6 billion of last season"
            if follower.lower in ("them", "those", "these", "whom", "which"):
                return None, True
            if (follower.is_verb and follower.tag not in ("VBN", "VBG")) or follower.tag in (",", "."):
                break
    if (last := _before_next_count(tokens, after)) is not None and not after <= head.index <= last.index:
        return (last if last.is_noun or last.text[:1].isupper() else None), False
    if head.index not in own and head.is_noun and root.dep in attached and head.start >= figure.end:
        return (None if _on_year(tokens, head) else _plural(tokens, head, figure)), False
    # the parser lost it: the first noun after the figure that ends its phrase
    if figure.kind in (Kind.COUNT, Kind.ORDINAL):
        for follower in tokens[after : after + 5]:
            if follower.is_noun:
                if not inside_phrase(tokens, follower):
                    return (None if _on_year(tokens, follower) else follower), False
            elif not (
                follower.tag in ("JJ", "VBN", "HYPH", "JJR", "POS", "CD", "VBG") or follower.lower in ("and", "or")
            ):
                break
    return None, False


def _before_next_count(tokens: Sequence[Token], after: int) -> Token | None:
    """The word that ends a figure's phrase where the next count of a list follows: "15 Conservative and 8 Green"."""
    for index in range(after + 1, min(after + 4, len(tokens) - 1)):
        if not (tokens[index - 1].is_noun or tokens[index - 1].tag == "JJ"):
            break
        if tokens[index].lower in ("and", "or", ",") and tokens[index + 1].tag == "CD":
            return tokens[index - 1]
    return None


CHANGES = frozenset(
    """rise increase gain jump hike growth boost surge uplift climb improvement leap expansion fall drop decline decrease cut
    reduction slide slump dip plunge downturn contraction saving change swing shift""".split()
)


def changed(tokens: Sequence[Token], head: Token, inside: list[Token]) -> tuple[str, frozenset[str]] | None:
    """What a figure that is the size of a rise or fall is a change of: "a 19 per cent increase in construction output"."""
    own = {t.index for t in inside}
    if head.index in own or head.lemma not in CHANGES:
        return None
    after = head.index + 1
    if after + 1 >= len(tokens) or tokens[after].lower not in ("in", "of", "for", "to"):
        return None
    modifiers: list[str] = []
    for follower in tokens[after + 1 : after + 8]:
        if follower.is_noun and not inside_phrase(tokens, follower):
            return follower.lemma, frozenset(modifiers)
        if follower.is_noun or follower.tag.startswith("JJ"):
            modifiers.append(follower.lemma)
        elif follower.tag not in ("DT", "PRP$", "POS", "HYPH", "VBG", "VBN", "CD"):
            return None
    return None


def _plural(tokens: Sequence[Token], head: Token, figure: Figure) -> Token:
    """The plural that a number above one counts where its phrase goes on: the persons of "47,000 entry and exit persons"."""
    after = head.index + 1
    if (
        head.tag not in ("NN", "NNP")
        or (figure.value or 0) <= 1
        or after >= len(tokens)
        or tokens[after].lower not in ("and", "or")
    ):
        return head
    for token in tokens[after + 1 : after + 4]:
        if token.tag == "NNS":
            return token
        if not (token.is_noun or token.tag == "JJ"):
            break
    return head


def _on_year(tokens: Sequence[Token], head: Token) -> bool:
    """ "up 21.4 percent year on year" and "from 5,000 last year" count no years."""
    if head.lemma in _TIMES and head.index and tokens[head.index - 1].lower in _WHICH:
        return True
    return [t.lower for t in tokens[head.index + 1 : head.index + 3]] in (["on", head.lower], ["over", head.lower])


def inside_phrase(tokens: Sequence[Token], noun: Token) -> bool:
    """Whether the noun only qualifies the next one ("police" in "police officers") or owns it ("the company's bearings")."""
    following = noun.index + 1
    if following >= len(tokens) or tokens[noun.index].tag not in ("NN", "NNP", "NNS", "NNPS"):
        return False
    return tokens[following].tag == "POS" or (tokens[following].is_noun and tokens[noun.index].tag != "NNPS")


def modifiers_of(tokens: Sequence[Token], head: Token, figure: Figure) -> frozenset[str]:
    """Adjectives and nouns between the figure and its noun, and the noun of an "of" behind it."""
    kept = {
        t.lemma
        for t in tokens
        if figure.end <= t.start < head.start
        and (t.is_noun or t.tag in ("JJ", "VBN", "VBG", "NNP"))
        and t.text.isalpha()
    }
    after = head.index + 1
    if after + 1 < len(tokens) and tokens[after].lower in ("of", "in"):
        for follower in tokens[after + 1 : after + 6]:
            if follower.is_noun and not inside_phrase(tokens, follower):
                if tokens[after].lower == "of":
                    kept.add("of " + follower.lemma)
                break
    return frozenset(kept)


def stretched(text: str, figure: Figure, head: Token) -> int:
    """The claim's end: behind its noun where that follows closely, so that reports quote "40 members"."""
    between = text[figure.end : head.start]
    return (
        head.end
        if head.start >= figure.end
        and between.count(" ") <= 5
        and not re.search(r"\d", between)
        and not re.search(r"[,;:()]", between)
        else figure.end
    )


def governor_of(tokens: Sequence[Token], phrase: Token, inside: list[Token]) -> Token | None:
    """The verb that the figure's phrase depends on, through prepositions and conjunctions."""
    at, seen = phrase, 0
    while seen < 12:
        head = tokens[at.head]
        if head.index == at.index:
            return at if at.is_verb else None
        if head.is_verb:
            return head
        at, seen = head, seen + 1
    return None


def subject_of(tokens: Sequence[Token], verb: Token) -> str:
    at = verb
    for _ in range(4):
        for token in tokens:
            if token.head == at.index and token.dep in ("nsubj", "nsubjpass"):
                return _of_which(tokens, token).lemma
        if at.dep in ("conj", "xcomp", "ccomp", "advcl") and at.head != at.index:
            at = tokens[at.head]
        else:
            break
    return ""


def _of_which(tokens: Sequence[Token], number: Token) -> Token:
    """What a bare number is of: the plants in "two of its plants", the observers in "the number of observers"; the token
    itself where it is another noun."""
    after = number.index + 1
    if (number.is_noun and number.lemma not in _NUMBERS) or after >= len(tokens) or tokens[after].lower != "of":
        return number
    of = tokens[min(after + 1, len(tokens) - 1)]
    if (number.is_noun and of.tag == "CD") or of.lower in ("them", "those", "these", "us"):
        return number  # "her total of 231kg", "two of them, at Goodwood"
    return next((t for t in tokens[after + 1 : after + 7] if t.is_noun and not inside_phrase(tokens, t)), number)


def tense_of(tokens: Sequence[Token], verb: Token) -> str:
    """The tense of a verb with its auxiliaries; of a participle or infinitive without any, that of the verb above it."""
    for _ in range(4):
        helpers = {t.lower for t in tokens if t.head == verb.index and t.dep in ("aux", "auxpass")}
        if helpers & {"will", "'ll", "’ll", "shall", "wo"}:
            return "future"
        if helpers & {"had", "'d", "’d"} and verb.tag in ("VBN", "VBD"):
            return "pluperfect"
        if helpers & {"has", "have", "'ve", "’ve"}:
            return "perfect"
        if verb.tag == "VB" and helpers & {"would", "should", "'d", "’d"}:
            return "future"
        if verb.tag == "VB" and helpers & {"may", "might", "could", "can", "must", "ca"}:
            return "present"
        if verb.lower == "used" and any(t.head == verb.index and t.dep == "xcomp" for t in tokens):
            return "pluperfect"
        if verb.tag == "VBD" or helpers & {"was", "were", "did"}:
            return "past"
        if verb.tag in ("VBZ", "VBP") or helpers & {"is", "are", "am", "does", "do"}:
            if verb.lower in ("goes", "go", "is", "are") and any(
                t.head == verb.index and t.dep == "xcomp" and t.tag in ("VB", "VBG") for t in tokens
            ):
                return "future"
            return "present"
        if verb.tag == "VB" and "to" in helpers and tokens[verb.head].lemma in ("be", "expect", "plan", "due", "set"):
            return "future"
        head = tokens[verb.head]
        if head.index == verb.index:  # "Homes in the city sold for £281,500": no participle
            return (
                "past" if verb.tag == "VBN" and any(t.head == verb.index and t.dep == "nsubj" for t in tokens) else ""
            )
        verb = head
        if not verb.is_verb:
            return ""
    return ""


def measured(tokens: Sequence[Token], root: Token, governor: Token | None) -> str:
    """What a bare amount measures: the noun before it ("profit of $4m"), else the subject ("sales were $4m")."""
    head = tokens[root.head]
    if head.lower == "of" and head.head != head.index and tokens[head.head].is_noun:
        noun = tokens[head.head]
        if root.tag == "CD" and noun.lemma in _groups():
            return "person"  # "a band of 14"
        return "" if noun.lemma in _NOT_OF else noun.lemma
    if governor is not None:
        moved = next((t.lemma for t in tokens if t.head == governor.index and _is_object(t, root)), "")
        if governor.lemma in lexicon("claims")["verbs"]["linking"]:
            return _named_subject(tokens, governor)
        if governor.lemma in moving():  # "the council raised its charge to £4", "the charge rose to £4"
            return moved or _named_subject(tokens, governor)
        return moved
    return ""


def in_money(tokens: Sequence[Token], inside: list[Token]) -> str:
    """What an amount is of by the "in" behind it: "£8,600 in cash", "$14bn in annual revenue"."""
    after = inside[-1].index + 1
    if after >= len(tokens) or tokens[after].lower != "in":
        return ""
    for follower in tokens[after + 1 : after + 5]:
        if follower.is_noun and not inside_phrase(tokens, follower):
            return follower.lemma if follower.lemma in lexicon("claims")["nouns"]["money"] else ""
        if not (follower.is_noun or follower.tag in ("JJ", "VBG", "HYPH", "NNP")):
            return ""
    return ""


def _named_subject(tokens: Sequence[Token], verb: Token) -> str:
    """The subject of a verb; of one in a relative clause or a participle what that is about: "a deficit, which rose to $4m",
    "the share of the market increasing to 42 pct"."""
    subject = subject_of(tokens, verb)
    if verb.tag == "VBG" and verb.dep in ("xcomp", "ccomp", "advcl"):  # "he sees the share rising to 42 pct"
        seen = [t for t in tokens if t.head == verb.head and t.dep == "dobj" and t.is_noun and t.end <= verb.start]
        return seen[-1].lemma if seen else subject
    if verb.dep == "relcl" and subject not in ("which", "that", "who"):
        return subject
    if verb.dep not in ("relcl", "acl") or not tokens[verb.head].is_noun:
        return subject
    about = tokens[verb.head]
    for _ in range(2):
        of = tokens[about.head]
        if verb.dep == "acl" and of.lower == "of" and tokens[of.head].is_noun:
            about = tokens[of.head]
    return about.lemma


@cache
def _groups() -> frozenset[str]:
    return frozenset(lexicon("claims")["nouns"]["group"])


def _is_object(token: Token, root: Token) -> bool:
    return token.dep in ("dobj", "attr") and token.is_noun and token.end <= root.start


def content(tokens: Sequence[Token], inside: list[Token]) -> list[str]:
    own = {t.index for t in inside}
    return [
        t.lemma
        for t in tokens
        if t.index not in own
        and (t.is_noun or t.is_verb or t.tag.startswith("JJ"))
        and len(t.lemma) > 2
        and t.lemma not in _light()
    ]


@cache
def _light() -> frozenset[str]:
    return frozenset("have say tell make take year month week day time last first new other more than people".split())


@cache
def moving() -> frozenset[str]:
    verbs = lexicon("claims")["verbs"]
    return frozenset(verbs["rising"]) | frozenset(verbs["falling"])


@cache
def _outcomes() -> dict[str, str]:
    return {word: name for name, words in lexicon("claims")["outcomes"].items() for word in words}


def outcome(noun: str, modifiers: frozenset[str], verb: str) -> str:
    classes = _outcomes()
    for word in (noun, *sorted(modifiers), verb):
        if word in classes:
            return classes[word]
    return ""
