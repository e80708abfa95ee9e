"""Wordings: how a formula rule says in which words a figure stands, compiled once to a pattern over masked sentences.

    turnout was|of #                       "#" is the figure of the role that the wording belongs to
    # votes ... cast                       "..." is a gap of a few words without a figure or the end of a clause
    won {won} , drawn {drawn} and? lost {lost}          a frame names several roles; "and?" may be missing
    {home:away} ( {h:a} , {h:a} )          the two numbers of a score; a role that stands twice has two claims
    # votes , {} per_cent                  a comma may be missing; "{}" is a figure without a role
    p < {p}                                what stands behind < or > is known only to be below or above
    profit ~ #                             up to four linking words: "of", "was", "rose to", "stood at a record"
    elect* per_cent|%                      any ending; alternatives, "_" for a space in one of them

Nothing of a wording is a regular expression: letters stand for themselves, and lengths and gaps are limited.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cache

from checker.language.article import LETTERS
from checker.model import CheckerError

LONGEST, MOST_TOKENS, MOST_GAPS, GAP = 300, 40, 4, 60  # characters, tokens, gaps, characters of a gap
_TOKEN = re.compile(r"\.\.\.|~|\{\}\?|\{[^{}]*\}|[()\[\],:;=<>±+/-]\??|[^\s()\[\],:;=<>±+/{}-]+")
_ROLE = re.compile(r"\{([a-z][a-z0-9_]*)(?::([a-z][a-z0-9_]*))?\}", re.A)
_WORD = re.compile(r"[^\W_]+(?:[_'’.%²][^\W_]+)*[*]?|[%&$£€]|χ²|[^\W_]+²", re.UNICODE)
_LINK = (
    "of|was|were|is|are|at|to|for|stood|stands|reached|hit|totalled|totaled|totalling|came|amounted|put|only|just|about|"
    "rose|fell|grew|climbed|dropped|jumped|slipped|a|an|the|total|record"
)
_BLANK = r"[\s\u00a0]*"
_PUNCTUATION = {",": ",?", "(": r"[(\[]", ")": r"[)\]]", "-": "[-–—]", "±": "(?:±|\\+/-)"}
_SIGNS = {"(": ("(", "["), ")": (")", "]"), "-": ("-", "–", "—"), "±": ("±", "+/-")}  # as they may be written


class WordingError(CheckerError):
    """A wording that cannot be understood."""


@dataclass(frozen=True, slots=True)
class Hole:
    """A place for a figure: the roles it fills (two where it is a score's), and what is known of it: "", "<" or ">"."""

    roles: tuple[str, ...]
    bound: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """A wording as a pattern: its group ``hN`` is the figure of ``holes[N]``; a score's second one is ``hNb``."""

    text: str
    source: str  # of the pattern
    holes: tuple[Hole, ...]
    words: frozenset[str]  # without which it cannot match, in lower case
    parts: tuple[tuple[str, ...], ...]  # texts of which it cannot match without one of each row, in lower case

    @property
    def pattern(self) -> re.Pattern[str]:
        """Compiled when an article first has its words: most runs never meet most wordings."""
        return _compiled(self.source)

    def may_match(self, words: Set[str], text: str) -> bool:
        """Whether a text in lower case, and its words, have all that there must be."""
        if not self.words <= words:
            return False
        for options in self.parts:
            for option in options:
                if option in text:
                    break
            else:
                return False
        return True

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(role for hole in self.holes for role in hole.roles)


@cache
def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(source, re.IGNORECASE)


@cache
def compile_wording(text: str, kinds: tuple[tuple[str, tuple[str, ...]], ...], own: str = "") -> Wording:
    """The pattern of a wording; `kinds` are the kinds of figure that each role may be (none: any), `own` is what "#" is.

    Errors: ``WordingError`` with what stands there and what may.
    """
    if len(text) > LONGEST:
        raise WordingError(f"is {len(text)} characters long, at most {LONGEST} are read")
    tokens = _TOKEN.findall(text)
    if not tokens or len(tokens) > MOST_TOKENS:
        raise WordingError(f"has {len(tokens)} words and signs, it may have 1 to {MOST_TOKENS}")
    if "".join(tokens) != "".join(text.split()):
        raise WordingError(f"{text!r} has a sign that no wording can have")
    if tokens.count("...") > MOST_GAPS:
        raise WordingError(f"has {tokens.count('...')} gaps (...), at most {MOST_GAPS} are read")
    known = dict(kinds)
    pieces: list[str] = []
    holes: list[Hole] = []
    words: set[str] = set()
    parts: dict[tuple[str, ...], None] = {}
    for place, token in enumerate(tokens):
        bound = tokens[place - 1] if place and tokens[place - 1] in ("<", ">") else ""
        if token == "...":
            pieces.append(rf"[^‹›.;:()]{{0,{GAP}}}?")
        elif token in ("{}", "{}?"):
            pieces.append(_BLANK + (r"(?:‹[a-z]\d+›)?" if token.endswith("?") else r"‹[a-z]\d+›"))
        elif token == "~":
            pieces.append(rf"(?:\s+(?:{_LINK})\b){{0,4}}")
        elif token == "#" or token.startswith("{"):
            hole = Hole(_roles(token, known, own), bound)
            pieces.append(_BLANK + _figure(len(holes), hole, known))
            holes.append(hole)
            parts[tuple(f"‹{letter}" for letter in _letters(hole, known))] = None
        else:
            pieces.append(_literal(token))
            needed = _needed(token)
            if len(needed) == 1 and needed[0].isalnum() and not token.endswith("*"):
                words.add(needed[0])
            else:
                parts[needed] = None
    if not holes:
        raise WordingError(f"{text!r} has no place for a figure (# or {{role}})")
    return Wording(text, "".join(pieces), tuple(holes), frozenset(words), tuple(filter(None, parts)))


def _roles(token: str, known: Mapping[str, tuple[str, ...]], own: str) -> tuple[str, ...]:
    if token == "#":
        if not own:
            raise WordingError("'#' stands only in the wordings of a role; a frame has {role}")
        return (own,)
    found = _ROLE.fullmatch(token)
    if not found:
        raise WordingError(f"{token!r} should be {{role}} or, for a score, {{role:role}}")
    roles = tuple(role for role in found.groups() if role)
    for role in roles:
        if role not in known:
            raise WordingError(f"{token!r} names no role; the roles are {', '.join(known) or 'none'}")
    return roles


def _figure(number: int, hole: Hole, known: Mapping[str, tuple[str, ...]]) -> str:
    if len(hole.roles) == 2:
        return rf"(?:‹s(?P<h{number}>\d+)›|‹n(?P<h{number}a>\d+)›[-–—]‹n(?P<h{number}b>\d+)›)"
    letters = _letters(hole, known) or "a-z"
    return rf"-?‹[{letters}](?P<h{number}>\d+)›"


def _letters(hole: Hole, known: Mapping[str, tuple[str, ...]]) -> str:
    """What a hole's figure may begin with in a masked sentence: "" where it may be of any kind."""
    return "ns" if len(hole.roles) == 2 else "".join(sorted({LETTERS[kind] for kind in known[hole.roles[0]]}))


def _literal(token: str) -> str:
    optional = token.endswith("?") and len(token) > 1
    options = token.removesuffix("?").split("|")
    patterns = []
    for option in options:
        if len(option) == 1 and not option.isalnum():
            patterns.append(_PUNCTUATION.get(option, re.escape(option)))
            continue
        if not _WORD.fullmatch(option):
            raise WordingError(f"{token!r} should be words, their alternatives (a|b), a sign, '...' or a role")
        spelled = r"[\s-]".join(re.escape(word) for word in option.removesuffix("*").split("_"))
        patterns.append(rf"\b{spelled}" + (r"\w*" if option.endswith("*") else r"(?!\w)"))
    body = _BLANK + (patterns[0] if len(patterns) == 1 else f"(?:{'|'.join(patterns)})")
    return f"(?:{body})?" if optional else body


def _needed(token: str) -> tuple[str, ...]:
    """The texts of which one stands, in lower case, in whatever words or a sign match; none where they may be missing."""
    if token.endswith("?") and len(token) > 1:
        return ()
    needed: list[str] = []
    for option in token.split("|"):
        if option == ",":
            return ()
        needed += _SIGNS.get(option) or (option.removesuffix("*").split("_")[0].lower(),)
    return tuple(needed)
