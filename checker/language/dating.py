"""When a figure is said of: which of its sentence's times it belongs to, told outright or counted from another.

A time belongs to the figure that it stands right behind ("312 last year and 287 the year before"), else to the verb or
noun that it depends on and so to all that these govern.  One behind "than", "from", "against" is that of what is compared.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from checker.data import lexicon
from checker.language.article import Article
from checker.language.english import Token
from checker.language.moments import Told, told
from checker.language.phrases import root_of, tense_of
from checker.model import Claim, Figure, Interval, Kind
from checker.patterns import lazy

_LEANING = lazy(
    r"\b(?:than|against|versus|vs|from|after|compared|instead|unlike|over the)(?: (?:with|to|of))?(?: [\w'’-]+){0,3} [£$€¥]?$",
    re.IGNORECASE,
)
_TAIL = 45  # characters between a figure and the time that belongs to it alone
_STOP = lazy(
    r"[,;:()–—‹]|\b(?:and|but|or|which|that|who|when|where|while|since|than|from|against|to|compared|after|before|with|by)\b"
)
_LEFT = lazy(r", (?:which|who|whose|where) ")
_APPOSED = lazy(
    r",? ?\(?(?:or |up |down |by |an? |the |which (?:is|was) |that (?:is|was) |some |about |nearly |almost |just |more than |[a-z]+ of )*\W?"
)
_QUANTITIES = frozenset({Kind.COUNT, Kind.MONEY, Kind.PERCENT, Kind.RATIO, Kind.MEASURE})
_CARRIED = frozenset("year half quarter season month period".split())
_POSSESSED = lazy(r"['’]s? (?:[\w-]+ ){0,3}$")
_STEPS = frozenset(
    "prep pobj pcomp npadvmod nummod compound nmod amod det poss advmod dep appos punct case quantmod".split()
)
_PHRASE = frozenset("prep pobj dobj attr oprd dative agent npadvmod appos nmod compound conj acomp amod nummod".split())
_INTO = frozenset("in on at during for by over through throughout until till as".split())
_PAST = frozenset({"past", "pluperfect", "perfect"})


def date_of(
    article: Article, sentence: int, figure: Figure, tokens: Sequence[Token], root: Token, noun: Token | None
) -> Told | None:
    """The time that a quantity is said of, None where none in its sentence surely is its own."""
    place = article.sentences[sentence]
    text = article.document.blocks[place.block].text
    known = told(article, sentence)
    if not known:
        return None if _is_compared(text, figure) else _carried(article, sentence, tokens, root)
    own = next((time for time in known if _is_beside(text, tokens, figure, time)), None)
    if own is not None:
        return own
    others = [
        f
        for f in article.figures_in(place.block)
        if f is not figure and f.kind in _QUANTITIES and place.start <= f.start < place.end
    ]
    takers = _takers(article, sentence)
    free = [t for t, taken in zip(known, takers, strict=True) if not t.base and taken <= {id(figure)}]
    said = _Said(tokens, root, noun)
    ranked = [
        (rank, abs(t.start - figure.start), t)
        for t in free
        if not _LEFT.search(text, figure.end, max(figure.end, t.start)) and (rank := said.rank(t)) is not None
    ]
    if ranked:
        best = min(ranked, key=lambda found: found[:2])[2]
        return best if not best.since or said.is_in(best) else _until_now(article, best)
    before = next((f for f in reversed(others) if f.end <= figure.start and not _is_compared(text, f)), None)
    if before is None:
        return None
    last = max([f.end for f in others if f.end <= figure.start] + [t.end for t in known if t.end <= figure.start])
    inside = [t for t in tokens if t.start < before.end and before.start < t.end]
    if not inside or _APPOSED.fullmatch(text[last : figure.start]) is None:
        return None
    return date_of(article, sentence, before, tokens, root_of(inside), None)


def _carried(article: Article, sentence: int, tokens: Sequence[Token], root: Token) -> Told | None:
    """The year, season or month of the sentence before, where that goes on in the same tense."""
    if sentence < 1 or article.sentences[sentence - 1].block != article.sentences[sentence].block:
        return None
    if _Said(tokens, root, None).tense != "past":
        return None
    before = article.tokens(sentence - 1)
    for time in told(article, sentence - 1):
        if time.base or time.since or time.days is None or time.grain not in _CARRIED:
            continue
        anchor, _ = _anchor(before, time)
        if (
            anchor is not None
            and anchor.is_verb
            and anchor.dep in ("ROOT", "conj")
            and tense_of(before, anchor) == "past"
        ):
            return time
    return None


def base_of(article: Article, claim: Claim) -> Told | None:
    """The time that a change counts from: "about 400 more than two years ago"."""
    end = claim.figure.end if claim.figure is not None else claim.end
    times = (t for t in told(article, claim.sentence) if t.base and 0 <= t.start - end <= _TAIL)
    return next((t for t in times if not re.search(r"[,;:\d]", article.block(claim).text[end : t.start])), None)


def _until_now(article: Article, time: Told) -> Told | None:
    """The days since a time, where the article's own date is known."""
    today = article.document.date
    if today is None or time.days is None or time.days.low is None or today.toordinal() < time.days.low:
        return None
    return replace(time, days=Interval(time.days.low, Fraction(today.toordinal())))


# ------------------------------------------------------------------------------------------------------------ attachment


def _is_beside(text: str, tokens: Sequence[Token], figure: Figure, time: Told) -> bool:
    """Whether a time stands right behind a figure's phrase, or right before it: "640 in 2019", "last year's 1,500"."""
    if time.since:
        return False
    if 0 <= time.start - figure.end <= _TAIL and time.base:
        return False
    if 0 <= time.start - figure.end <= _TAIL:
        between = text[figure.end : time.start]
        if _STOP.search(between) or re.search(r"\d", between):
            return False
        return not any(t.is_verb and figure.end <= t.start < time.start for t in tokens)
    return 0 <= figure.start - time.end <= _TAIL and _POSSESSED.fullmatch(text[time.end : figure.start]) is not None


@lru_cache(maxsize=64)
def _takers(article: Article, sentence: int) -> tuple[frozenset[int], ...]:
    """For each time of a sentence the figures whose own it is and that are only compared with: "up from 588 in all of
    2024"."""
    place, tokens = article.sentences[sentence], article.tokens(sentence)
    text = article.document.blocks[place.block].text
    figures = [
        f
        for f in article.figures_in(place.block)
        if f.kind in _QUANTITIES and place.start <= f.start < place.end and _is_compared(text, f)
    ]
    return tuple(
        frozenset(id(f) for f in figures if _is_beside(text, tokens, f, time)) for time in told(article, sentence)
    )


def _is_compared(text: str, figure: Figure) -> bool:
    """Whether a figure is what another is compared with: "from 588", "against the 9.6 billion"."""
    return _LEANING.search(text, max(0, figure.start - 45), figure.start) is not None


class _Said:
    """What governs a figure: its phrase and the verbs above it."""

    def __init__(self, tokens: Sequence[Token], root: Token, noun: Token | None) -> None:
        self.tokens = tokens
        self.chain = chain = _chain(tokens, root)
        first = next((i for i, token in enumerate(chain) if token.is_verb), len(chain))
        self.verb = chain[first] if first < len(chain) else None
        self.phrase = {token.index for token in chain[:first]} | ({noun.index} if noun is not None else set())
        self.own = {root.index} | ({noun.index} if noun is not None else set())
        self.tense = tense_of(tokens, self.verb) if self.verb is not None else ""

    def is_in(self, time: Told) -> bool:
        """Whether the figure stands in a clause that says what was then: "since 1968, when it cost them £2,850"."""
        return any(
            verb.is_verb and time.start <= self.tokens[verb.head].start < time.end and _is_when(self.tokens, verb)
            for verb in self.chain
        )

    def rank(self, time: Told) -> int | None:
        """How closely a time is tied to the figure by the grammar, 0 closest, None where it is not."""
        if self.is_in(time):
            return 1
        if time.aside:
            return None
        anchor, word = _anchor(self.tokens, time)
        if anchor is None:
            return None
        if anchor.index in self.phrase and not time.since:
            return 0
        if not anchor.is_verb:
            top = _climb(self.tokens, anchor)[-1]
            verb = self.tokens[top.head]
            if time.since:
                return None
            if (
                top.index in self.own
                and word is not None
                and any(t.lower in _INTO for t in _climb(self.tokens, anchor)[:-1])
            ):
                return 2
            if not verb.is_verb:
                return None
            if top.dep in ("nsubj", "nsubjpass"):
                return 2 if self._has_subject_of(verb) and self._can_be(time) else None
            if not ((word is None or word.lower in _INTO) or top.lower in _INTO):
                return None
            rank = self._under(verb, time)
            return None if rank is None else rank + 1
        return self._under(anchor, time)

    def _under(self, verb: Token, time: Told) -> int | None:
        """The rank of a time that a verb has."""
        tokens, own = self.tokens, self.verb
        if time.since and tense_of(tokens, verb) not in ("perfect", "pluperfect"):
            return None  # "was the highest since 1992"
        head = tokens[verb.head]
        if verb.dep in ("relcl", "acl") and head.index in self.own:
            return 1 if not any(t.text == "," for t in tokens[head.index : verb.index]) else None
        if verb.dep == "acl" and self._is_about(verb):
            return 2  # "512 offences in the city involving a blade during the 12 months"
        if own is None or not self._can_be(time):
            return None
        if verb.index == own.index:
            return 1
        if _inherits(tokens, own, verb, time, self.tense):
            return 3
        if verb.dep == "advcl" and head.index == own.index and _is_when(tokens, verb):
            return 3  # "when he won in 2002, 10.9 million people saw it"
        if verb.dep == "xcomp" and head.index == own.index:
            return 2
        return None

    def _is_about(self, verb: Token) -> bool:
        """Whether a participle qualifies the figure's noun or what stands in its phrase."""
        at = _climb(self.tokens, self.tokens[verb.head])
        first = next((t for t in at if t.index in self.own), None)
        return first is not None and not any(t.text == "," for t in self.tokens[first.index : verb.index])

    def _has_subject_of(self, verb: Token) -> bool:
        """Whether the figure's verb has the same subject as another: "The win on Saturday was Town's fifth, and put them"."""
        at = self.verb
        while at is not None and at.index != verb.index:
            own = any(t.head == at.index and t.dep in ("nsubj", "nsubjpass") for t in self.tokens)
            at = self.tokens[at.head] if at.dep == "conj" and not own else None
        return at is not None

    def _can_be(self, time: Told) -> bool:
        """Whether the tense allows a time: "opened in 1999 and has 34 stops"."""
        return not (time.gone and self.tense in ("present", "future"))


def _is_when(tokens: Sequence[Token], verb: Token) -> bool:
    """Whether a clause says what was when: "when he won", "in which he sought £5,000"."""
    if any(t.head == verb.index and t.lower in ("when", "as") and t.index < verb.index for t in tokens):
        return True
    near = tokens[max(1, verb.index - 8) : verb.index]
    return verb.dep == "relcl" and any(t.lower == "which" and tokens[t.index - 1].lower == "in" for t in near)


def _inherits(tokens: Sequence[Token], verb: Token, above: Token, time: Told, tense: str) -> bool:
    """Whether the time of a verb is also that of one below it: of its complements, of what goes on, of clauses behind a
    time in front."""
    front, at, told_of = time.start < above.start, verb, False
    for _ in range(12):
        head = tokens[at.head]
        if at.is_verb:
            told_of = told_of or at.dep == "ccomp"
            if told_of and not front and (at.dep == "conj" or above.lemma in lexicon("claims")["verbs"]["saying"]):
                return False
            if at.dep in ("relcl", "acl", "parataxis") and not front:
                beside = time.start <= head.start < time.end
                if not ((beside or at.dep != "acl") and _is_when(tokens, at)):
                    return False
            if at.dep == "conj" and not front and head.is_verb and tense_of(tokens, head) != tense:
                return False
        if head.index == above.index or (time.start <= head.start < time.end):
            return True
        if head.index == at.index:
            return False
        at = head
    return False


def _anchor(tokens: Sequence[Token], time: Told) -> tuple[Token | None, Token | None]:
    """The verb or noun that a time depends on, and the preposition it stands behind."""
    inside = [t for t in tokens if t.start < time.end and time.start < t.end]
    if not inside:
        return None, None
    own = {t.index for t in inside}
    at = next((t for t in inside if t.head not in own), inside[-1])
    word: Token | None = None
    for _ in range(8):
        head = tokens[at.head]
        if head.index == at.index:
            return (at if at.index not in own else None), word
        if at.tag in ("IN", "TO") and at.index not in own:
            word = at
        if head.is_verb or (head.is_noun and head.index not in own and at.dep in _STEPS and not _is_time(head)):
            return head, word
        if at.dep not in _STEPS and not _is_time(at):
            return (head, word) if head.is_noun else (None, None)
        at = head
    return None, None


def _is_time(token: Token) -> bool:
    return (
        token.lemma in lexicon("calendar")["units"]
        or token.lower in lexicon("calendar")["months"]
        or token.lower in ("end", "start", "beginning", "middle", "period")
    )


def _chain(tokens: Sequence[Token], token: Token) -> list[Token]:
    """A token and all above it up to the sentence's root."""
    chain = [token]
    while (head := tokens[chain[-1].head]).index != chain[-1].index and len(chain) < 25:
        chain.append(head)
    return chain


def _climb(tokens: Sequence[Token], token: Token) -> list[Token]:
    """A noun and those above it to the one that a verb governs, in one phrase without clauses."""
    chain = [token]
    while not (head := tokens[chain[-1].head]).is_verb and head.index != chain[-1].index and len(chain) < 12:
        if chain[-1].dep not in _PHRASE and chain[-1].dep != "poss":
            break
        chain.append(head)
    return chain
