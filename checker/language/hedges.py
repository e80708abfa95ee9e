"""Hedges: the words on either side of a figure that say how exactly it is meant, or that it is a change."""

from __future__ import annotations

import re
from functools import cache

from checker.data import lexicon
from checker.language import numbers
from checker.model import Hedge
from checker.patterns import lazy

_WORD_BEFORE = lazy(r"([\w.'’~]+)[\s\u00a0]*$")
_REACH = 24  # the longest word looked at
_LETTERS = lazy(r"[A-Za-z]+")
_AMOUNT = lazy(r"\S{0,4}\s?\d")  # "Rs 500"
_JOINED = lazy(r"([A-Za-z]+)[-‑]$")
_LONGEST = 5  # words of a hedge
_CLAUSE = 6  # words between a verb of change and its "by": "cut the number of its clinics by 40"
_PARTICLES = ("up", "down", "off", "higher", "lower")
_STOPS = ',;:()"“”'
_BETWEEN = lazy(r"[\s-]+(?:(?P<between>[a-z][a-z-]+)\s+)?(?P<noun>[a-z]+)")
_UP_BEHIND = lazy(r"\s(?P<way>up|down|off)(?=\s(?:on|at|from|over|compared|against|since|in|to|year)\b|\s?[,.;)]|\s*$)")


@cache
def _before() -> dict[str, tuple[tuple[tuple[str, ...], Hedge], ...]]:
    """For the last word of each hedge the hedges that end so, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], Hedge]]] = {}
    for name, phrases in lexicon("hedges")["before"].items():
        for phrase in phrases:
            words = tuple(phrase.split())
            found.setdefault(words[-1], []).append((words, Hedge(name)))
    return {last: tuple(sorted(rows, key=lambda row: -len(row[0]))) for last, rows in found.items()}


@cache
def _after() -> re.Pattern[str]:
    """A group for each hedge with its phrases, of which the longest is tried first."""
    groups = {
        name.replace("-", "_"): "|".join(
            (r"\s?" if phrase[0] in "-+" else r"\s") + re.escape(phrase)
            for phrase in sorted(phrases, key=len, reverse=True)
        )
        for name, phrases in lexicon("hedges")["after"].items()
    }
    return lazy("|".join(f"(?P<{name}>(?:{group})(?!\\w))" for name, group in groups.items()), re.IGNORECASE)


@cache
def _table(name: str) -> dict[str, Hedge]:
    return {word: Hedge(hedge) for hedge, words in lexicon("hedges")[name].items() for word in words}


@cache
def _phrasal() -> frozenset[str]:
    return frozenset(lexicon("hedges")["phrasal"])


@cache
def _openers() -> frozenset[str]:
    """The words that a figure in words begins with: "more than last year" hedges no number."""
    table = lexicon("numbers")
    vague = {"several", "few", "couple", "tens", "aged", "another", "minus", "negative"}
    return numbers.starters() | frozenset(table["multiples"]) | frozenset(table["plurals"]) | vague


# a number that the next words compare, no date: "310 tons ", "a third ", "9,000 "
_COMPARING = lazy(
    r"(?<!\bin)(?<!\bby)(?<!\bon)(?<!\bat)(?<!\bof)(?<!\bsince)(?<!January)(?<!February)(?<!March)(?<!April)(?<!May)(?<!June)(?<!July)(?<!August)"
    r"(?<!September)(?<!October)(?<!November)(?<!December) (?!(?:19|20)\d\d )(?:[£$€¥]?\d[\d,.]*(?:bn|m|k|p|%|ft|km|kg)?|an? (?:third|quarter|tenth|fifth)|half)"
    r"(?: (?:million|billion|trillion|per cent|[a-z]{3,}s|percent|pence|feet|people|men|women))? $",
    re.IGNORECASE,
)


def around(text: str, start: int, end: int) -> tuple[Hedge, int, int]:
    """The hedge of ``text[start:end]`` and the span of the figure with it; EXACT and its own span where it has none."""
    word = _LETTERS.match(text, start, end)
    if (
        word
        and not word.group().lower().endswith("fold")
        and word.group().lower() not in _openers()
        and not _AMOUNT.match(text, start)
    ):
        return Hedge.EXACT, start, end
    hedge, begin = _hedge_before(text, start)
    if hedge is None:
        hedge, stop = _hedge_after(text, end)
        return (hedge, start, stop) if hedge is not None else (Hedge.EXACT, start, end)
    return hedge, begin, end


def _word_before(text: str, at: int) -> tuple[str, int]:
    """The lower-case word that ends before a place, and where it begins; "" where none does."""
    found = _WORD_BEFORE.search(text, max(0, at - _REACH), at)
    return (found.group(1).lower().replace("’", "'"), found.start(1)) if found else ("", at)


def _hedge_before(text: str, start: int) -> tuple[Hedge | None, int]:
    joined = _JOINED.search(text, max(0, start - _REACH), start)
    if joined:
        return _table("joined").get(joined[1].lower()), joined.start()
    last, at = _word_before(text, start)
    phrases = _before().get(last)
    if phrases is None or (at > 1 and text[at - 1] == "-" and text[at - 2].isalpha()):
        return None, start  # no hedge, or the end of a word: "a four-under 68"
    words, begins = [last], [at]
    while len(words) < _LONGEST and not (at and text[at - 1] in _STOPS):
        word, at = _word_before(text, at)
        if not word:
            break
        words.append(word)
        begins.append(at)
    for phrase, hedge in phrases:
        length = len(phrase)
        if tuple(reversed(words[:length])) == phrase:
            previous = words[length] if length < len(words) else ""
            if previous in lexicon("hedges")["no_hedge"].get(" ".join(phrase), ()):
                return None, start
            if words[0] == "than" and _COMPARING.search(text, max(0, begins[length - 1] - _REACH), begins[length - 1]):
                return None, start  # "310 tons more than a year earlier"
            return hedge, begins[length - 1]
    return None, start


def _hedge_after(text: str, end: int) -> tuple[Hedge | None, int]:
    found = _after().match(text, end) if text[end : end + 1] in (" ", "-", "+") else None
    return (Hedge((found.lastgroup or "").replace("_", "-")), found.end()) if found else (None, end)


def change_before(text: str, start: int) -> Hedge | None:
    """UP or DOWN where the figure is what something rose or fell by: "rose 4 %", "up by 12", "an increase of 434"."""
    word, at = _word_before(text, start)
    if word == "by":
        return _moved_by(text, at)
    if word in ("of", "a", "an", "another", "further"):
        inner, at = _word_before(text, at)
        if word == "of" and inner in ("up", "down", "higher", "lower", "off", "lost", "cut"):
            return None
        word = inner
    change = _table("change").get(word)
    if change is not None and word in _PARTICLES:
        previous = _word_before(text, at)[0]
        if text[max(0, at - 1) : at] == "-" or previous in _phrasal() or (word == "off" and previous.isdigit()):
            return None  # "the runner-up £20,000", "laid off 88", "12 off 30 balls"
    return change


def _moved_by(text: str, at: int) -> Hedge | None:
    """The change of the verb that a "by" belongs to: "grew by", "cut its staff by", "raised taxes by"."""
    for place in range(_CLAUSE):
        if at and text[max(0, at - 2) : at].rstrip()[-1:] in _STOPS:
            return None
        word, at = _word_before(text, at)
        change = _table("change").get(word) or _table("change_by").get(word)
        if change is not None and text[at].islower() and (place == 0 or word not in _PARTICLES):
            return None if word in ("lost", "lose", "loses", "losing") else change  # "lost by 273 votes"
        if not word or not word.isalpha() or word in ("short", "behind", "ahead") or word.endswith("ed"):
            return None  # "fell short by four votes", "a slide watched by 612,000"
    return None


def moves(word: str) -> bool:
    """Whether a lower-case word tells of a change: "rose", "cut", "takes"."""
    return (
        (word in _table("change") and word not in _PARTICLES)
        or word in _table("change_by")
        or word in lexicon("hedges")["moving"]
    )


def change_after(text: str, end: int) -> Hedge | None:
    """UP or DOWN where a noun of change follows: "a 76 % rise", "a 5 % pay rise", "12 % higher", "3 % up on"."""
    beside = _UP_BEHIND.match(text, end)
    if beside and text[end - 1] in "%t":  # a percentage: "two up on last year" may be floors
        return _table("change")[beside["way"]]
    found = _BETWEEN.match(text, end, end + 48)
    if not found:
        return None
    behind = _table("change_behind")
    if found["between"] in behind or found["between"] is None:
        return behind.get(found["between"] or found["noun"])
    share = text[end - 1] in "%t" and found["between"] not in lexicon("labels")["not_counted"]
    return behind.get(found["noun"]) if share else None
