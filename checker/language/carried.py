"""What a bare count counts, where its noun was told before or is left to the verb: "212 houses were destroyed and 408 are
uninhabitable", "14 accidents, two of them fatal", "Of the injured, 19 were discharged", "drew 6,200"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import takewhile

from checker.data import lexicon
from checker.language import english, numbers
from checker.language.article import Article
from checker.language.english import Token
from checker.language.phrases import counted, governor_of, inside_phrase, outcome, root_of
from checker.language.words import likeness
from checker.model import BlockKind, Claim, Kind
from checker.patterns import lazy

_AMOUNTS = (Kind.MONEY, Kind.PERCENT, Kind.MEASURE)
_PRONOUNS = frozenset("them these those whom which".split())
_RELATIVE = frozenset("whom which".split())
_ACTORS = frozenset("he she it they we".split())
_OF = frozenset("of among amongst".split())
_REACH = 3  # sentences back to what "of them" takes up
_LIKE = 60  # the likeness of verbs whose objects may be of one sort
_SIZES = 10_000  # how many times one count may be of another of the same things
_PROSE = frozenset(
    {BlockKind.BODY, BlockKind.QUOTE, BlockKind.LIST_ITEM, BlockKind.CAPTION, BlockKind.DEK, BlockKind.HEADLINE}
)
_SUBJECT = frozenset({"nsubj", "nsubjpass"})
_OBJECT = frozenset({"dobj", "attr", "oprd"})
_ITEM = frozenset({"conj", "appos", "npadvmod", "dep", "ROOT"})
_NO_ITEM = lazy(r"\b(?:to|from|than|v|vs|against|by|at|of|for|in|aged|age)\s$|[-–/:(]\s?$|\d,\s?$")
_GOES_ON = lazy(
    r"\s(?:in|at|from|on|with|for|to|by|against|of|was|were|is|are|had|have|has|did|who|that|still|more|altogether)\b|[.;]|$"
)
_NOTHING_COUNTED = lazy(r"\ban? $", re.IGNORECASE)  # "an 8"
_DEFINITE = lazy(r"\b(?:the|those|these|all|all the) $", re.IGNORECASE)
_OR = lazy(r"(?:,|\() ?or (?:just |only |about |some )?$")  # "a fifth, or 183"
_STATE_BEHIND = lazy(
    r"(?: more| others?)? ([a-z]+)(?=[,.;:)]|$| (?:and|or|in|at|were|was|are|is|had|have|who|of|including|after)\b)"
)
_GROUP_OF = lazy(r"([A-Za-z]+) of $")
_EACH = lazy(r"\b(?:each|every)\b[^.;,]*$", re.IGNORECASE)
_QUOTES = ("“", '"', "‘")
_AGAIN = 12  # sentences back to the four people whom "the four" takes up
_NEAR_SIZES = 30  # how many times one count may be of another where no verb ties them
_AGED = lazy(r", (?:who|whose|of|from|an?|the|said|was|is|died|has|had)\b")  # "Hatice Demirbağ, 63, who"
_PLURAL_BEFORE = lazy(r"(?P<noun>[a-z]{3,}s|people|children|men|women), (?:all |just |only |about |some )?$")
_YEARS = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a count stands in its clause: its number's token, the dependency of its phrase, and the verb above it."""

    root: Token
    phrase: Token
    dep: str
    verb: Token | None


def with_nouns(claims: Sequence[Claim], article: Article) -> list[Claim]:
    """The claims in order; bare counts with the noun that the text around them lends."""
    found: list[Claim] = []
    places: dict[int, _Place] = {}
    for claim in claims:
        if not claim.noun and claim.kind in _AMOUNTS and claim.role in ("from", "than"):
            claim = replace(claim, noun=_measured_beside(claim, found))
        place = _place(article, claim) if claim.kind == Kind.COUNT and not claim.unit else None
        if place is not None:
            places[claim.id] = place
            if _is_bare(article, claim):
                noun = _carried(article, claim, place, found, places)
                if noun:
                    state = claim.outcome or outcome(noun, claim.modifiers, claim.verb)
                    claim = replace(claim, noun=noun, carried=True, outcome=state)
        found.append(claim)
    return found


def _measured_beside(claim: Claim, told: Sequence[Claim]) -> str:
    """What the amount before one that it is compared with measures: "316 million in earnings, up from 200 million"."""
    near = takewhile(lambda c: c.block >= claim.block, reversed(told))
    same = (c for c in near if c.sentence == claim.sentence and (c.kind, c.unit) == (claim.kind, claim.unit))
    before = next(same, None)
    return before.noun if before is not None and before.role in ("level", "to") else ""


def _place(article: Article, claim: Claim) -> _Place | None:
    figure, tokens = claim.figure, article.tokens(claim.sentence) if claim.sentence >= 0 else ()
    if figure is None:
        return None
    inside = [t for t in tokens if t.start < figure.end and figure.start < t.end]
    if not inside:
        return None
    root = root_of(inside)
    head, partitive = counted(tokens, inside, root, figure)
    phrase = root if head is None or partitive else head
    top = phrase
    while top.dep in ("conj", "appos") and tokens[top.head] is not top and not tokens[top.head].is_verb:
        top = tokens[top.head]
    return _Place(root, phrase, top.dep, governor_of(tokens, phrase, inside))


def _is_bare(article: Article, claim: Claim) -> bool:
    figure = claim.figure
    if claim.noun or figure is None or not claim.value or claim.value.denominator != 1:
        return False
    if article.block(claim).kind not in _PROSE or claim.role == "rate":
        return False
    text = article.block(claim).text
    if _NOTHING_COUNTED.search(text, max(0, claim.start - 4), claim.start) or _AGED.match(text, claim.end):
        return False
    if text[max(0, claim.start - 1) : claim.start] in tuple("\"“‘'") and text[claim.end : claim.end + 1] in tuple(
        "\"”’'"
    ):
        return False  # the "5"
    return not (claim.value in _YEARS and figure.step == 1 and "," not in figure.text)


def _carried(article: Article, claim: Claim, place: _Place, told: Sequence[Claim], places: dict[int, _Place]) -> str:
    tokens = article.tokens(claim.sentence)
    group = _group_of(tokens, place, claim)
    if group == "us":
        return "person"
    before = _GROUP_OF.search(article.block(claim).text, max(0, claim.start - 24), claim.start)
    if before is not None and before[1].lower() in lexicon("claims")["nouns"]["group"]:
        return "person"  # "a crowd of 6,240 stood"
    if _EACH.search(article.block(claim).text, max(0, claim.start - 40), claim.start):
        return ""  # "Each cabin seats eight"
    if (state := _STATE_BEHIND.match(article.block(claim).text, claim.end)) and state[1] in _of_people("states"):
        return "person"  # "two more accused", "214 injured"
    if _DEFINITE.search(article.block(claim).text, max(0, claim.start - 12), claim.start):
        return _named_before(claim, told)
    if group in _PRONOUNS:
        named = _PLURAL_BEFORE.search(article.block(claim).text, max(0, claim.start - 40), claim.start)
        return english.lemma(named["noun"], "NNS") if named else _taken_up(article, claim, group, told, places)
    led = _led(tokens, claim)
    if led is not None and place.dep in _SUBJECT | _OBJECT:
        return led.lemma if led.is_noun else "person"
    if claim.role in ("than", "from", "to") or _OR.search(
        article.block(claim).text, max(0, claim.start - 16), claim.start
    ):
        return _beside(article, claim, told)
    if place.dep in _SUBJECT | _OBJECT | _ITEM:
        return (
            _in_sentence(article, claim, place, told, places)
            or (_lent_by_verb(place, "object") if place.dep == "dobj" else "")
            or _from_before(article, claim, place, told, places)
            or (_lent_by_verb(place, "subject") if place.dep in _SUBJECT else "")
        )
    return ""


def _named_before(claim: Claim, told: Sequence[Claim]) -> str:
    """The noun of the last count of the same number: the people of "the four" who were four people before."""
    near = takewhile(lambda c: c.sentence < 0 or claim.sentence - c.sentence <= _AGAIN, reversed(told))
    same = (c for c in near if c.kind == Kind.COUNT and c.value == claim.value and _can_lend(c))
    reach = _AGAIN if claim.value and claim.value > 2 else _REACH
    return next((c.noun for c in same if claim.sentence - c.sentence <= reach), "")


def _group_of(tokens: Sequence[Token], place: _Place, claim: Claim) -> str:
    """The pronoun that a count is of: "38 of whom", "of whom 38", "Of those, 12", none."""
    after = [t.lower for t in tokens[place.root.index + 1 : place.root.index + 3]]
    if len(after) == 2 and after[0] in _OF and after[1] in _PRONOUNS | {"us"}:
        return after[1]
    before = [t for t in tokens if t.end <= claim.start][-4:]
    words = [t.lower for t in before]
    for at in range(len(words) - 1):
        if (
            words[at] in _OF
            and words[at + 1] in _PRONOUNS
            and all(w in (",", "there", "were", "only", "just") for w in words[at + 2 :])
        ):
            return words[at + 1]
    return ""


def _led(tokens: Sequence[Token], claim: Claim) -> Token | None:
    """The head of the group that opens a sentence: the injured in "Of the injured, 19 were discharged and four stayed"."""
    if not tokens or tokens[0].lower not in _OF | {"out"} or tokens[0].start >= claim.start:
        return None
    for token in tokens[1:14]:
        if token.start >= claim.start or token.text == "," or (token.is_verb and token.tag != "VBN"):
            return None
        if token.is_noun and not inside_phrase(tokens, token):
            return token
        following = tokens[token.index + 1] if token.index + 1 < len(tokens) else None
        if token.tag in ("JJ", "VBN") and following is not None and following.text == ",":
            return token
    return None


def _counts(article: Article, claims: Sequence[Claim], sentence: int) -> Iterator[Claim]:
    first = article.sentences[sentence].block if sentence >= 0 else -1
    near = takewhile(lambda c: c.block >= first, reversed(claims))
    return reversed([c for c in near if c.sentence == sentence and c.kind == Kind.COUNT and _can_lend(c)])


def _can_lend(claim: Claim) -> bool:
    """Whether a count is of things that another count may be of."""
    if not claim.noun or claim.unit or not claim.value or claim.role == "rate":
        return False
    return claim.noun.isalpha() and claim.noun not in _no_things() and claim.noun not in numbers.words().small


def _is_alike(a: Claim, b: Claim) -> bool:
    """Whether two counts may be of the same things by their size."""
    return bool(a.value and b.value and max(a.value, b.value) <= _SIZES * min(a.value, b.value))


def _taken_up(article: Article, claim: Claim, group: str, told: Sequence[Claim], places: dict[int, _Place]) -> str:
    """The noun of the count that "of them" takes up: one that is large enough, or nearly so (a part told as larger than its
    whole is an error to be found), in this sentence or the ones before; "of whom" that of one in its sentence."""
    if group in _RELATIVE:
        counts = list(_counts(article, told, claim.sentence))
        large = [c for c in counts if c.value and claim.value and c.value >= claim.value]
        return next((c.noun for c in reversed(large or counts)), "")
    for sentence in range(claim.sentence, max(-1, claim.sentence - 1 - _REACH), -1):
        if sentence < 0 or claim.block - article.sentences[sentence].block > 1:
            break
        counts = list(_counts(article, told, sentence))
        fitting = [c for c in counts if c.value and claim.value and c.value >= claim.value]
        fitting = fitting or [c for c in counts if c.value and claim.value and 2 * c.value >= claim.value]
        if fitting:
            subjects = [c for c in fitting if c.id in places and places[c.id].dep in _SUBJECT]
            return (fitting if sentence == claim.sentence else subjects or fitting)[-1].noun
    return ""


def _beside(article: Article, claim: Claim, told: Sequence[Claim]) -> str:
    """The noun of the counts that stand before one that they are compared with: "1,626 burglaries, compared with 2,140"."""
    before = [c for c in _counts(article, told, claim.sentence) if _is_near(c, claim)]
    return before[-1].noun if len({c.noun for c in before}) == 1 else ""


def _is_near(a: Claim, b: Claim) -> bool:
    return bool(a.value and b.value and max(a.value, b.value) <= _NEAR_SIZES * min(a.value, b.value))


def _in_sentence(
    article: Article, claim: Claim, place: _Place, told: Sequence[Claim], places: dict[int, _Place]
) -> str:
    """The noun of a count before in the sentence that stands as this one does: "three have made it, two are working"."""
    tokens = article.tokens(claim.sentence)
    before = [c for c in _counts(article, told, claim.sentence) if c.id in places and _is_alike(c, claim)]
    if not before:
        return ""
    text = article.block(claim).text
    if place.root.dep in _ITEM:
        if _NO_ITEM.search(text, max(0, claim.start - 8), claim.start) or not _GOES_ON.match(text, claim.end):
            return ""
        head = tokens[place.root.head]
        joined = [c for c in before if head in (places[c.id].root, places[c.id].phrase)]
        if joined or head.is_noun:
            return joined[-1].noun if joined else ""
        subjects = [c for c in before if places[c.id].dep in _SUBJECT]
        return before[-1].noun if subjects or len({c.noun for c in before}) == 1 else ""
    if place.dep in _SUBJECT:
        fitting = [c for c in before if places[c.id].dep in _SUBJECT] or before
        return fitting[-1].noun if len({c.noun for c in fitting}) == 1 else ""
    objects = [c for c in before if places[c.id].dep in _OBJECT]
    fitting = [c for c in objects if _is_like(places[c.id].verb, place.verb)]
    if not fitting and _is_light(place.verb) and all(_is_near(c, claim) for c in objects):
        fitting = objects if len({c.noun for c in objects}) == 1 else []
    return fitting[-1].noun if fitting else ""


def _is_like(a: Token | None, b: Token | None) -> bool:
    if a is None or b is None or "be" in (a.lemma, b.lemma):
        return False
    return a.lemma == b.lemma or likeness(a.lemma, b.lemma) >= _LIKE


def _goes_on(article: Article, claim: Claim, place: _Place) -> bool:
    """Whether a sentence tells more of who acted before: "Wei owns 612 puppets.  He will give 400 to a museum"."""
    tokens = article.tokens(claim.sentence)
    return place.verb is not None and any(
        t.head == place.verb.index and t.dep in _SUBJECT and t.lower in _ACTORS for t in tokens
    )


def _is_light(verb: Token | None) -> bool:
    """Whether a verb says so little of its object that this may be what was told before: "It now has 14"."""
    return verb is not None and verb.lemma in lexicon("claims")["verbs"]["light"]


def _from_before(
    article: Article, claim: Claim, place: _Place, told: Sequence[Claim], places: dict[int, _Place]
) -> str:
    """The noun of the counts of the sentence before that stand as this one does: "Nine of the eagles have been found.
    Four have lost their tags"; of none where they are of several things."""
    sentence = claim.sentence - 1
    if sentence < 0 or claim.block - article.sentences[sentence].block > 1 or place.root.dep in _ITEM:
        return ""
    if claim.block != article.sentences[sentence].block and article.text(claim.sentence).startswith(_QUOTES):
        return ""  # who is quoted may speak of others
    if any(True for _ in _counts(article, told, claim.sentence)):
        return ""  # what stands beside it would have lent its noun
    before = [c for c in _counts(article, told, sentence) if c.id in places and _is_alike(c, claim)]
    if place.dep in _SUBJECT:
        fitting = [c for c in before if places[c.id].dep in _SUBJECT] or before
    else:
        fitting = [c for c in before if _is_like(places[c.id].verb, place.verb)]
        if not fitting and (_is_light(place.verb) or _goes_on(article, claim, place)):
            fitting = [c for c in before if places[c.id].dep in _OBJECT | _SUBJECT and _is_near(c, claim)]
            fitting = fitting if len(fitting) == len(before) else []
    nouns = {c.noun for c in fitting}
    return nouns.pop() if len(nouns) == 1 else ""


def _lent_by_verb(place: _Place, side: str) -> str:
    """Who is counted where the verb says that it is people: "employs 1,200", "drew 6,200", "31 were arrested"."""
    return "person" if place.verb is not None and place.verb.lemma in _of_people(side) else ""


@cache
def _of_people(side: str) -> frozenset[str]:
    return frozenset(lexicon("claims")["people"][side])


@cache
def _no_things() -> frozenset[str]:
    return frozenset(lexicon("claims")["nouns"]["occasion"]) | {english.lemma("percent", "NN"), "point", "time"}
