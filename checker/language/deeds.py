"""What was done when: for each date that belongs to a verb in the past, the verb with its subject, object and helpers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from checker.language.article import Article
from checker.language.english import Token
from checker.language.people import Person, people
from checker.language.phrases import root_of
from checker.language.protagonist import meant, protagonist, sex
from checker.model import BlockKind, Calendar, Claim, Kind

_GRAINS = frozenset({"day", "month", "year"})
# nouns between a date and what happened then: "on the night of 22 May"
_PART_OF = frozenset("night morning evening afternoon day hour summer spring autumn winter month start end".split())
_WHEN = frozenset({"in", "on", "at", "during", ""})
_PAST = frozenset({"past", "pluperfect", "perfect"})
_UNTRUE = frozenset("not n't n’t never".split())
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_PRONOUNS = {"he": "he", "she": "she", "his": "he", "her": "she", "him": "he"}
_RUNNING = frozenset({BlockKind.BODY, BlockKind.LIST_ITEM})


@dataclass(frozen=True, slots=True)
class Deed:
    """A dated verb of the past.

    `told` is the clause in lemmas, subject first: "parliament pass law", "sample be take"; `subject` and `objects` are
    its nouns, None where the parse has none; `person` is who the subject is, where that is plain.
    """

    date: Claim
    verb: Token
    subject: Token | None
    objects: tuple[Token, ...]
    passive: bool
    told: str
    person: Person | None

    @property
    def sentence(self) -> int:
        return self.date.sentence


@lru_cache(maxsize=2)
def deeds(article: Article) -> tuple[Deed, ...]:
    """The dated deeds of the running text, outside quotation marks, in reading order."""
    return tuple(_deeds(article))


def _deeds(article: Article) -> Iterator[Deed]:
    for claim in article.claims:
        if claim.kind != Kind.DATE or claim.sentence < 0 or article.block(claim).kind not in _RUNNING:
            continue
        calendar = calendar_of(claim)
        if calendar is None or calendar.grain not in _GRAINS or calendar.fiscal or calendar.relative:
            continue
        if claim.widest.low is None or claim.tense not in _PAST or claim.modality != "asserted":
            continue
        deed = _deed(article, claim)
        if deed is not None:
            yield deed


def calendar_of(claim: Claim) -> Calendar | None:
    return claim.figure.calendar if claim.figure is not None else None


def _deed(article: Article, claim: Claim) -> Deed | None:
    tokens = article.tokens(claim.sentence)
    assert claim.figure is not None
    inside = [t for t in tokens if t.start < claim.figure.end and claim.figure.start < t.end]
    if not inside:
        return None
    verb = _verb(tokens, root_of(inside))
    if verb is None:
        return None
    own = [t for t in tokens if t.head == verb.index and t.index != verb.index]
    if any(t.tag == "MD" or t.lower in _UNTRUE for t in own) or any(
        t.dep == "mark" and t.lower in ("if", "unless") for t in own
    ):
        return None
    subject = _subject(tokens, verb)
    passive = any(t.dep in ("auxpass", "nsubjpass") for t in own)
    objects = tuple(t for t in own if t.dep in ("dobj", "oprd", "attr", "acomp"))
    far = tuple(
        t
        for t in tokens
        if t.dep == "pobj" and tokens[t.head].head == verb.index and not _overlaps(t, claim) and tokens[t.head] in own
    )
    parts = [
        subject.lemma if subject is not None else "",
        "be" if passive else "",
        *(t.lower for t in own if t.dep == "advmod" and t.index < verb.index),
        verb.lemma,
        *(t.lower for t in own if t.dep == "prt"),
        *(t.lemma for t in objects),
        *(f"{tokens[t.head].lower} {t.lemma}" for t in far),
        *(t.lemma for t in own if t.dep in ("advmod", "acomp") and t.index > verb.index),
    ]
    told = " ".join(part for part in parts if part).lower()
    return Deed(claim, verb, subject, objects + far, passive, told, _person(article, claim, subject))


def _overlaps(token: Token, claim: Claim) -> bool:
    return token.start < claim.end and claim.start < token.end


def _verb(tokens: Sequence[Token], at: Token) -> Token | None:
    """The verb to which a date belongs by "in", "on" or nothing; None where it belongs to a noun or to "since"."""
    for _ in range(6):
        head = tokens[at.head]
        if head.index == at.index:
            return None
        if head.is_verb:
            return head
        if head.tag in ("IN", "TO"):
            if head.lower not in _WHEN and not (head.lower == "of" and tokens[head.head].lemma in _PART_OF):
                return None
        elif not (head.is_noun and head.lemma in _PART_OF):
            return None
        at = head
    return None


def _subject(tokens: Sequence[Token], verb: Token) -> Token | None:
    """The head of a verb's subject: of a verb joined to another that one's, of "who" the noun before it."""
    at = verb
    for _ in range(3):
        found = next((t for t in tokens if t.head == at.index and t.dep in ("nsubj", "nsubjpass")), None)
        if found is not None:
            return tokens[at.head] if found.lower in _RELATIVE and at.dep == "relcl" else found
        if at.dep not in ("conj", "xcomp") and not (at.dep == "advcl" and at.tag == "VBG"):
            return None
        at = tokens[at.head]
    return None


def _person(article: Article, claim: Claim, subject: Token | None) -> Person | None:
    """Who a subject is: the person of that name, or whom "he" or "she" means."""
    if subject is None:
        return None
    known = people(article)
    if not known.persons:
        return None
    if subject.lower not in ("he", "she"):
        person = known.at(claim.block, subject.start, subject.end)
        return person if person is None or person.surname not in known.shared else None
    return resolved(article, claim, subject)


def resolved(article: Article, claim: Claim, pronoun: Token) -> Person | None:
    """Whom a pronoun of a sentence means: the only person that the sentence names before it, else of those before."""
    known = people(article)
    main = protagonist(article, known)
    word = _PRONOUNS[pronoun.lower]
    place = article.sentences[claim.sentence]
    before = {id(p): p for m, p in known.in_sentence(claim.sentence) if m.end <= pronoun.start}
    opens = re.match(r"(?:He|She)\b", article.text(claim.sentence))
    if before and not (opens and opens.group().lower() == word):
        person = next(iter(before.values())) if len(before) == 1 else None
        if person is not None and main is not None and person is main.person and word != main.pronoun:
            return None
        return person if person is not None and sex(article, person) in ("", word) else None
    return meant(article, known, main, word, place.block, place.start)


def is_dated_alike(one: Claim, other: Claim) -> bool:
    """Whether two dates can be compared: the years of both are sure, or neither is written, so that they are of one year."""
    first, second = calendar_of(one), calendar_of(other)
    if first is None or second is None:
        return False
    sure = [("year" in c.written or d.widest == d.intended) for c, d in ((first, one), (second, other))]
    return all(sure) or ("year" not in first.written and "year" not in second.written)
