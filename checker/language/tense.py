"""Which way a day or month without a year looks: the words of its own sentence that say it is past or to come."""

from __future__ import annotations

from checker.patterns import lazy

_WORD = lazy(r"[A-Za-z]+(?:['’][a-z]+)?")
_SENTENCE_END = lazy(r"[.!?;]['’”\"]*\s+(?=[A-Z“\"‘'`])|\n")
_REACH = 200  # characters looked at on either side
# who said it, behind a day that ends what was said: "The line closes on 6 July, the operator said."
_SOURCE = lazy(
    r",[’”\"']? (?:[\w.’'-]+ ){1,8}?(?:said|says|told|announced|confirmed|added|reported)\b(?! (?:that|he|she|they|it)\b)"
)

_COMING = frozenset(
    "will shall would won't cannot going upcoming next due expected scheduled planned slated supposed "
    "projected payable tomorrow deadline effective forthcoming "
    "he'll she'll they'll it'll we'll i'll you'll".split()
)
_GONE = frozenset(
    "since ago yesterday was were had did shut said says told went came took made got gave found left began met held won lost shot paid cut "
    "beat fell rose hit led sent brought thought bought caught taught fought sold paid kept felt became saw knew grew "
    "flew drew threw broke spoke wrote drove chose stood understood ran sat fled struck stuck spent built lent wore "
    "shook sought swore tore woke froze stole sank swam rang sang sprang dealt meant heard has been wasn't weren't "
    "didn't hadn't".split()
)
# participles and adjectives in -ed that say nothing of the past
_NO_PAST = frozenset(
    "united need needed indeed red bed speed feed seed hundred naked wicked sacred limited alleged breed creed led "
    "required used interested based".split()
)
# "agreed to meet on Tuesday" looks ahead; "declined to comment on Tuesday" does not
_PLANNING = frozenset(
    "agreed voted promised vowed pledged ordered decided expected scheduled set due asked urged wanted hoped intended "
    "planned supposed slated plans plan planning continues expects hopes wants is are was were be told invited called "
    "calls ready going likely about date deadline election elections vote votes meeting talks trial hearing".split()
)
_NO_VERB = frozenset("the a an its his her their our this that these those each all some any work date death".split())


def direction(text: str, start: int, end: int) -> int:
    """1 where the words around ``text[start:end]`` look ahead, -1 where they look back, 0 where they do not say.

    The nearest sign on the left in the same sentence decides, then the first one on the right: "the vote will be on
    Tuesday", "On Tuesday the court heard".
    """
    event = text.startswith(("'s", "’s"), end)
    left = _left(text, start, event)
    if left or event or (_SOURCE.match(text, end) and not _opens(text, start)):
        return left
    stop = _SENTENCE_END.search(text, end, end + _REACH)
    for word in _WORD.finditer(text, end, stop.start() if stop else min(len(text), end + _REACH)):
        sign = _sign(word.group())
        if sign:
            return sign
    return 0


def _opens(text: str, start: int) -> bool:
    """Whether a day opens its sentence, but for "On" or the like."""
    reach = max(0, start - _REACH)
    begin = max((stop.end() for stop in _SENTENCE_END.finditer(text, reach, start + 1)), default=reach)
    return len(text[begin:start].split()) < 3


def beside(text: str, start: int) -> int:
    """The direction that the last four words before a day give, which is rarely wrong: "said on Tuesday"."""
    return _left(text, start, False, 4)


def _left(text: str, start: int, event: bool, most: int = _REACH) -> int:
    begin = max(0, start - _REACH)
    for stop in _SENTENCE_END.finditer(text, begin, start + 1):
        begin = min(stop.end(), start)
    found = list(_WORD.finditer(text, begin, start))[-most:]
    words = [word.group().replace("’", "'").lower() for word in found]
    for place in range(len(words) - 1, -1, -1):
        word = words[place]
        if place == len(words) - 1 and word in ("last", "past"):
            return -1
        before = words[place - 1] if place else ""
        if word == "to":
            # an infinitive looks ahead, but not for the ruling of "to get around Wednesday's ruling"
            verb = found[place + 1].group() if place + 1 < len(words) else ""
            joined = verb and text[found[place].end() : found[place + 1].start()] == " "
            if joined and not event and verb.islower() and verb not in _NO_VERB and not verb.endswith("s"):
                if before != "according" and (before in _PLANNING or not _is_past(before)):
                    return 1
            continue
        sign = _sign(found[place].group())
        if sign < 0 and before == "be":
            continue  # "will be paid"
        if sign:
            return sign
    return 0


def _sign(word: str) -> int:
    lower = word.lower().replace("’", "'")
    if lower in _COMING or lower.endswith("'ll"):
        return 1
    return -1 if _is_past(lower) and (word.islower() or lower in _GONE) else 0


def _is_past(word: str) -> bool:
    if word in _GONE:
        return True
    return word.endswith("ed") and len(word) > 3 and word not in _NO_PAST and word not in _COMING
