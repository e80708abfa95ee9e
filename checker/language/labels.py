"""What looks like a quantity and is none: codes, addresses, clock faces, numbers that name something."""

from __future__ import annotations

import re
from functools import cache

from checker.data import lexicon
from checker.patterns import lazy

_TOKEN = lazy(r"[\w.,:/⁄'’-]*\w")
# "9/11", "4:39", "2019-09-01", "192.168.1.2", "020 7946 0000", "555-0123", "1-800-555"
_CODE = lazy(
    r"\d+(?::\d+)+|\d+(?:[/⁄]\d+)+|\d+(?:\.\d+){2,}|\d+-\d+-\d[\w-]*|0\d+(?![\d.,])(?:[\s-]\d{2,8}\b)*|\d{3}-\d{4}\b"
)
_WORDS_BEFORE = lazy(r"(?:([A-Za-z][\w.’'&/]*)[\s\u00a0])?([A-Za-z][\w.’'&/]*)[\s\u00a0-]+$")
_WORD_BEHIND = lazy(r"[\s\u00a0]+([A-Za-z][\w’'-]*)")
_BEGINS = lazy(r"(?:^\s*|[.!?:;“”\"‘(–—•*>-]\s*|[.!?][”\"’')]\s*)$")
_PLAYER = lazy(r"[A-Z][a-z’'-]+ [A-Z][A-Za-z’'-]+,? \(#?$")
_PLAYS = lazy(r"\)\s(?!(?:is|was|has|says|plus|versus|across|as|its|his|this)\b)[a-z]{2,}s\b")
_LISTED = lazy(r"\d{1,2}\)\s[A-Z]")
_WHICH = frozenset("last this next that every each previous".split())  # "last week 1,550 were left"
_EMERGENCY = ("911", "999", "112", "101", "111")
_CALLS = lazy(r"[\s-](?:calls?|callers?|operators?|dispatch\w*|tapes?|emergency|recordings?)\b", re.I)
_CALLED = lazy(r"\b(?:call(?:ed|ing|s)?|dial(?:l?ed|l?ing|s)?|rang|rung|ring|phoned)\s$", re.I)
_QUOTED = ("\"“'‘", "\"”'’")


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(lexicon("labels")[name])


def names_number(name: str) -> bool:
    """Whether a number behind a name belongs to it: "Boeing", "Article", but not "Marsh Lane"."""
    *_, last = name.lower().split()
    return last in _list("firm") or last in _list("not_counted") or (last == name.lower() and last in _list("before"))


def code_end(text: str, at: int) -> int | None:
    """Where the code ends that begins with the digits at a place, None where they are a number."""
    found = _CODE.match(text, at)
    if found:
        return token_end(text, found.end() - 1)
    if text[max(0, at - 1) : at] == "+" and re.match(r"\d{1,3}[\s-]\d", text[at : at + 5]):
        return token_end(text, at)
    return None


def token_end(text: str, at: int) -> int:
    """The end of everything that is written together with the character at a place."""
    found = _TOKEN.match(text, at)
    return found.end() if found else at + 1


def is_joined(text: str, at: int) -> bool:
    """Whether a number is part of a name or code by what it touches on its left: A320, F-16, Covid-19, user@4x, #12."""
    if at == 0:
        return False
    before, further = text[at - 1], text[at - 2 : at - 1]
    if before.isalpha() or before in "_#@/\\⁄:":
        return before != ":" or further.isdigit()
    if before in "-–‑" and further.isalpha():
        joined = re.search(r"[A-Za-z]+$", text[max(0, at - 12) : at - 1])
        return not (joined and joined.group().lower() in _list("joined"))
    if before in ".," and further.isdigit():
        return text[at].isdigit()
    return before == "." and further.isalpha() and text[at].isdigit()


def is_label(text: str, start: int, end: int) -> bool:
    """Whether the bare number ``text[start:end]`` only names something: "page 3", "S&P 500", "12 Mill Road"."""
    if _LISTED.match(text, start) and begins(text, start):
        return True  # "2) The price may fall."
    if start and text[start - 1] in _QUOTED[0] and text[end : end + 1] in tuple(_QUOTED[1]):
        return True  # the "1.24" case
    behind = _WORD_BEHIND.match(text, end)
    next_word = behind.group(1) if behind else ""
    if next_word.lower() in _list("named") and next_word[0].isupper():
        return True
    if _is_address(text, start, end) or _is_shirt(text, start, end) or _is_call(text, start, end):
        return True
    found = _WORDS_BEFORE.search(text, max(0, start - 32), start)
    if not found or text[start - 1] not in " \u00a0-":
        return False
    last = found.group(2)
    words = {last.lower(), last.lower().rstrip("."), f"{found.group(1)} {last}".lower()}
    if words & _list("firm"):
        return last not in ("a", "type", "model") or text[start - 1] != "-"
    if last in ("a", "i", "b", "m", "us", "an") or re.match(r"-[a-z]", text[end : end + 2]):
        return False  # "a 12-point lead"
    counted = _is_plural(next_word)
    if words & _list("before"):
        return not counted and (found.group(1) or "").lower() not in _WHICH
    return _is_model(text, found.start(2), last, next_word) and not counted


def _is_plural(word: str) -> bool:
    return (word.endswith("s") and word.islower() and word not in ("is", "was", "has", "as")) or word == "people"


def _is_model(text: str, at: int, last: str, next_word: str) -> bool:
    """ "Galaxy Note 20 Ultra": capitals on both sides, the first not where a sentence begins."""
    return (
        last[0].isupper()
        and next_word[:1].isupper()
        and not next_word.endswith("s")
        and last.lower().rstrip(".") not in _list("not_counted")
        and not begins(text, at)
    )


@cache
def _street() -> re.Pattern[str]:
    names = "|".join(sorted(_list("streets")))
    return lazy(
        r"(?:\s?[-–]\s?\d{1,5})?[A-Da-d]?\s(?:[NSEW]\.?\s|North\s|South\s|East\s|West\s)?"
        rf"(?:(?:[A-Z][\w.'’-]*|\d{{1,3}}(?:st|nd|rd|th))\s){{1,4}}?(?:{names})\b(?!\s[a-z]+s\b)"
        r"|,?\s(?:[Rr]ue|[Aa]ve(?:nue)?\.?|[Bb]oulevard|[Pp]lace|Via|Calle|Piazza)\s(?:de\s|du\s|des\s|la\s|del\s)*[A-Z]"
    )


def _is_address(text: str, start: int, end: int) -> bool:
    return end - start < 6 and _street().match(text, end) is not None


def _is_shirt(text: str, start: int, end: int) -> bool:
    """ "Dak Prescott (4) celebrates": a player's number under a photograph."""
    return _PLAYER.search(text, max(0, start - 40), start) is not None and _PLAYS.match(text, end) is not None


def _is_call(text: str, start: int, end: int) -> bool:
    """ "a 911 call", "she dialled 999"."""
    if text[start:end] not in _EMERGENCY:
        return False
    return _CALLS.match(text, end) is not None or _CALLED.search(text, max(0, start - 12), start) is not None


def begins(text: str, at: int) -> bool:
    """Whether a sentence, a quotation or a bracket begins at a place."""
    return _BEGINS.search(text, max(0, at - 4), at) is not None


def is_name(text: str, start: int, end: int) -> bool:
    """Whether a worded number belongs to a name: "the Three Gorges", "Air Force One landed", "the Group of Seven"."""
    if not text[start].isupper() or begins(text, start) or text.isupper():
        return False
    before = re.search(r"([A-Za-z])[\w’'.&-]*\s$", text[max(0, start - 24) : start])
    if not before:
        return False
    behind = re.match(r"\s([A-Za-z])", text[end : end + 2])
    return before.group(1).islower() or not (behind and behind.group(1).isupper())
