"""One measure at two times: a level and the older one that the article sets behind it, told in sentences apart.

"The unemployment rate rose to 4.2 percent" and, three paragraphs on, "In May the jobless rate had stood at 4.6 percent":
the older level is marked as older by its words, and both measure the same by a shared word or a synonym.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from checker.data import lexicon
from checker.language.article import Article
from checker.language.english import Token
from checker.language.words import likeness, rarity
from checker.model import BlockKind, Claim, Hedge
from checker.patterns import lazy
from checker.relations.levels import LARGEST, is_digest, is_level
from checker.relations.movements import sign_of
from checker.relations.topics import LIGHT

_PERIOD = (
    r"(?:year|season|month|quarter|week|winter|summer|spring|autumn|fall|term|decade|census|campaign|edition|festival|"
    r"survey|count|poll|election|vote|ballot|game|match|race|tournament|event|auction|report|contest|day|night|period|reading|half|session|fiscal year|financial year)"
)
_NUMBER = r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|\d+)"
# what says that a level is older than the ones told beside it
_BACK = lazy(
    rf"\b(?:the )?(?:previous|preceding|prior) (?:[a-z]+ |\d+ )?{_PERIOD}s?\b|\b{_NUMBER} (?:full )?{_PERIOD}s? (?:earlier|before|previously|ago)\b|"
    rf"\bthe {_PERIOD} before\b|\byear-(?:earlier|ago)\b|\b[Pp]reviously\b|\b[Ff]ormerly\b|\b[Bb]eforehand\b|"
    r"\b(?:had (?:previously |earlier |then |just |only )*(?:been|stood|averaged|numbered|totall?ed|counted|reached|brought|recorded|seen|paid|cost|sold|drawn|fallen|risen|had|made|earned|known|run|come))\b|"
    r"\bthe same (?:[a-z]+ )?(?:period|month|quarter|week|day|time) (?:of )?(?:last|a|the|‹d)|"
    r"\b(?:came|went|entered|began|started|opened) (?:into |in |the |this |[A-Z][\w’']+ )*[^,;]{0,40}?\b(?:with|at|on)\b|"
    rf"\b(?:compares|compared|comparing) (?:with|to)\b|\b[Uu]ntil (?:now|then|recently)\b|\bused to\b",
    re.IGNORECASE,
)
_NOW = lazy(r"\b(?:now|currently|at present|at the moment|presently)\b", re.IGNORECASE)
_LAST = lazy(rf"\blast {_PERIOD}\b(?! end)")
# "In 2019 it had 2,150", "118 pairs in 2010", "1,580 doctors at the end of 2022"
_DATE = r"(?:[a-z]+ of )?(?:the [a-z]+ of )?(?:[A-Z][a-z]+ )?(?:1[89]|20)\d\d\b"
_DATED_BEFORE = lazy(rf"\b(?:[Ii]n|[Aa]t the|[Dd]uring|[Ff]or|[Bb]y) {_DATE}")
_DATED_BEHIND = lazy(rf"[^,]{{0,30}}?\b(?:in|at the|during|for|by) {_DATE}")
_A_WHILE = 300  # days after which a date is of another year
GENERIC = LIGHT | frozenset(
    "average mean median total tally count sum share proportion rate level census survey estimate value annual monthly weekly daily yearly stake holding coupon interest".split()
)
_VERBAL = frozenset("average count total number".split())  # verbs that say what they measure
PRONOUNS = frozenset("it they he she this that which who there".split())
_TITLES = frozenset("average count total number tally rate index".split())
BARE = _TITLES | frozenset("figure sum amount value level".split())  # words that name nothing by themselves
_PROSE = frozenset({BlockKind.BODY, BlockKind.QUOTE, BlockKind.HEADLINE, BlockKind.DEK})
_TOTAL = lazy(r"\b[Tt]he (?:number|figure|total|count|tally|sum|amount)\b")
_LED_BACK = lazy(
    rf"[\"“‘]?(?:(?:In|For|During|At) )?(?:(?:the|that) )?(?:{_NUMBER} {_PERIOD}s? (?:earlier|before|previously|ago)|{_PERIOD} before|(?:previous|preceding|prior) (?:{_NUMBER} )?{_PERIOD}s?)\b|That compares",
    re.IGNORECASE,
)
_REACH = 3  # sentences over which "the number" is taken up
_COMPARES = ("That compares", "This compares", "It compares", "That compared", "This compared")
_FEW = 10  # of which an article counts many that have nothing to do with each other
SYNONYM = 70  # the likeness of words that name one thing
_RARE = 0.25  # how rare a word is that two levels may be known by
_ANAPHOR = lazy(
    r"^[\"“‘]?(?:In [^,‹]{3,40}, |‹d\d+›,? )?(?:[Ii]t|[Tt]hat|[Tt]his|[Tt]hey|[Tt]here|[Tt]he (?:number|figure|total|count|tally|sum|amount|rate|average|level|price|result))\b"
)


@dataclass(frozen=True, slots=True)
class History:
    """Two levels of one measure; `words` are what both are known by, none where the second takes up the first."""

    old: Claim
    new: Claim
    words: frozenset[str]


@lru_cache(maxsize=2)
def histories(article: Article) -> tuple[History, ...]:
    """Every older level with the newest ones that it may be compared with."""
    return tuple(_find(article))


def _find(article: Article) -> Iterator[History]:
    levels = [c for c in article.claims if _is_told(article, c)]
    ages = {c.id: age(article, c) for c in levels}
    newer = [c for c in levels if c.role in ("level", "to")]
    for old in levels:
        now = old.tense == "present" and _NOW.search(article.text(old.sentence)) is not None
        if not now and not ages[old.id]:
            continue  # nothing is newer than what is told of the present
        for new in newer:
            if not _comparable(article, old, new):
                continue
            coming = new.tense == "future" or new.modality == "planned"
            if coming and now:
                near = abs(old.sentence - new.sentence) == 1
                if shared(article, old, new) or (old.kind == "money" and (near or old.verb == new.verb)):
                    yield History(old, new, shared(article, old, new) | {old.verb})
            elif ages[new.id] < ages[old.id]:
                words = frozenset() if coming else shared(article, old, new)
                if words or _takes_up(article, old, new, ages[old.id]):
                    yield History(old, new, words)


def _is_told(article: Article, claim: Claim) -> bool:
    return (
        claim.sentence >= 0
        and is_level(claim)
        and article.block(claim).kind in _PROSE
        and claim.modality in ("asserted", "planned")
        and claim.role not in ("change", "from")
        and claim.figure is not None
        and claim.figure.hedge in (Hedge.EXACT, Hedge.ABOUT, Hedge.MORE_THAN, Hedge.NEARLY)
        and not is_digest(article, claim.sentence)
    )


def age(article: Article, claim: Claim) -> int:
    """How far the words around a claim put it into the past: 3 before what is told, 2 last year, 1 in a year gone by."""
    text = article.block(claim).text
    place = article.sentences[claim.sentence]
    before = re.split(r"[;:]|, (?:and|but|while)\b", text[place.start : claim.start])[-1][-110:]
    behind = re.split(r"[;:.]|, |\b(?:and|but|while|from|to)\b", text[claim.end : place.end])[0][:60]
    if claim.tense == "pluperfect" or _BACK.search(before) or _BACK.search(behind):
        return 3
    if _LAST.search(before) or _LAST.search(behind):
        return 2
    if (
        claim.when is None
        or claim.when.high is None
        or article.document.date is None
        or claim.tense not in ("past", "")
    ):
        return 0
    gone = claim.when.high < article.document.date.toordinal() - _A_WHILE
    return int(gone and bool(_DATED_BEFORE.search(before) or _DATED_BEHIND.match(behind)))


def _comparable(article: Article, old: Claim, new: Claim) -> bool:
    if old.kind != new.kind or old.unit.split("/")[0] != new.unit.split("/")[0] or old.sentence == new.sentence:
        return False
    assert old.value is not None and new.value is not None
    if max(old.value, new.value) > LARGEST * min(old.value, new.value) or old.value == new.value:
        return False
    if old.kind == "count" and max(old.value, new.value) <= _FEW and old.figure is not None and old.figure.step == 1:
        return False
    if old.when is None or new.when is None or new.when.high is None or old.when.low is None:
        return True
    return new.when.high >= old.when.low or "since" in article.text(new.sentence)


def measures(article: Article, claim: Claim) -> frozenset[str]:
    """The words that tell what a claim is a level of: what it counts, or what is measured and what qualifies that."""
    tokens = article.tokens(claim.sentence)
    base = _labelled(article, tokens, claim) or _measured(tokens, claim)
    found = set(base)
    if claim.kind != "count" or not claim.noun:
        for token in tokens:
            if token.is_noun and token.lemma in base:
                found |= qualifiers(tokens, token)
    return frozenset(word.lower() for word in found if len(word) > 2 and word.isalpha())


def _measured(tokens: Sequence[Token], claim: Claim) -> set[str]:
    """What a claim counts; else the object or subject of the verb that moves or joins it."""
    verbal = {claim.verb} & _VERBAL
    counted = claim.figure is not None and claim.end > claim.figure.end  # its noun stands behind it
    if claim.kind == "count" and claim.noun and claim.noun not in PRONOUNS and (counted or claim.role != "to"):
        return {claim.noun} | verbal
    verbs = lexicon("claims")["verbs"]
    if claim.role == "to":
        moving = [t for t in tokens if t.is_verb and t.start < claim.start and sign_of(t.lower)]
        if moving:
            own = [t for t in tokens if t.head == moving[-1].index and t.is_noun and t.start < claim.start]
            objects = [t for t in own if t.dep == "dobj"] or [t for t in own if t.dep in ("nsubj", "nsubjpass")]
            return {
                t.lemma for noun in objects for t in tokens[noun.index : noun.index + 3] if t.tag[:2] in ("NN", "JJ")
            }
    found = {claim.noun} - {""} | verbal
    if claim.verb in verbs["linking"] or claim.verb in verbs["rising"] or claim.verb in verbs["falling"] or not found:
        found.add(claim.subject)
    return found - {"", *PRONOUNS}


def _labelled(article: Article, tokens: Sequence[Token], claim: Claim) -> set[str]:
    """The nouns of the label that a figure stands behind: "Registered readers, on the day of our visit: 6,480"."""
    start = article.sentences[claim.sentence].start
    text = article.block(claim).text[start : claim.start]
    if not text.endswith(": "):
        return set()
    end = (
        start + len(re.split(r"[,:]", re.split(r"[.;] ", text)[-1])[0]) + len(text) - len(re.split(r"[.;] ", text)[-1])
    )
    return {t.lemma for t in tokens if t.is_noun and t.start < end and t.start >= end - 40}


def qualifiers(tokens: Sequence[Token], noun: Token, wide: bool = False) -> set[str]:
    """What qualifies a noun: the words of its phrase and what stands behind its "of" or "in", of a `wide` phrase behind any
    preposition."""
    found = set()
    for other in tokens:
        if other.head != noun.index:
            continue
        if other.dep in ("compound", "amod", "nmod") and other.index < noun.index:
            found.add(other.lemma)
        elif other.lower in ("of", "in", "for") or (wide and other.dep == "prep"):
            found |= {t.lemma for t in tokens if t.head == other.index and t.dep == "pobj" and t.is_noun}
    return found


def shared(article: Article, a: Claim, b: Claim) -> frozenset[str]:
    """The words by which two claims are known to measure one thing."""
    one, other = measures(article, a), measures(article, b)
    known_one, known_other = one - GENERIC, other - GENERIC
    same = {word for word in known_one & known_other if rarity(word) >= _RARE}
    if not same:
        same = {
            word
            for word in known_one
            for second in known_other
            if rarity(word) >= _RARE and rarity(second) >= _RARE and likeness(word, second) >= SYNONYM
        }
    if not same and not (known_one and known_other):
        same = set(one & other & _TITLES)  # "his earned run average", "an average of 3.09"
    return frozenset(same)


def _takes_up(article: Article, old: Claim, new: Claim, back: int) -> bool:
    """Whether the later of two claims without a name of its own takes up the other: "In the previous year there had been
    640", "At the end of 2025 the number was 1,920"."""
    first, second = sorted((old, new), key=lambda c: (c.sentence, c.start))
    text = article.masked(second.sentence).text
    led = second is old and _LED_BACK.match(article.text(second.sentence)) is not None
    total = _TOTAL.search(text) is not None
    near = _REACH if (led or total) and not text.startswith(_COMPARES) else 1
    if second.sentence - first.sentence > near or (back == 1 and not total):
        return False
    if measures(article, second) - BARE and measures(article, first) - BARE:
        return False
    if not (led or total or _ANAPHOR.match(text)):
        return False
    rivals = [
        c
        for index in range(second.sentence - near, second.sentence)
        for c in article.by_sentence.get(index, ())
        if _is_told(article, c) and (_comparable(article, old, c) if second is old else _comparable(article, c, new))
    ]
    return rivals == [first] or (bool(rivals) and rivals[0] is first and text.startswith(_COMPARES))
