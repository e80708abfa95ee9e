"""Claims without a figure: nobody and none, most and a minority, and what is said to rise or fall."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from checker.data import lexicon
from checker.language import english, scope
from checker.language.article import Article
from checker.language.phrases import content, governor_of, inside_phrase, moving, outcome, subject_of, tense_of
from checker.language.sentences import Sentence
from checker.model import BlockKind, Claim, Document, Figure, Interval
from checker.patterns import lazy

_ZERO = lazy(r"\b(no one|nobody|none|no(?= (?:[a-z]+ ){1,3}))\b", re.IGNORECASE)
_ZERO_NOUNS = frozenset(
    """person people one casualty fatality injury death arrest victim passenger resident vote abstention child patient
    survivor charge worker student employee officer soldier civilian""".split()
)


# ---------------------------------------------------------------------------------------------------- nothing at all


def zeros(document: Document, places: Sequence[Sentence], figures: Sequence[Figure]) -> list[tuple[Sentence, int, int]]:
    """Where the text counts nothing: "no one", "nobody", "no arrests"."""
    found = []
    taken = {(f.block, f.start) for f in figures}
    for place in places:
        text = document.blocks[place.block].text
        for match in _ZERO.finditer(text, place.start, place.end):
            if (place.block, match.start()) in taken:
                continue
            if match.group(1).lower() == "no":
                words = re.match(r"\s*((?:[a-z]+ ?){1,3})", text[match.end() :])
                nouns = [english.lemma(word, "NNS") for word in words.group(1).split()] if words else []
                if not any(noun in _ZERO_NOUNS for noun in nouns):
                    continue
            found.append((place, match.start(), match.end()))
    return found


def zero_claim(article: Article, place: Sentence, start: int, end: int) -> Claim:
    document = article.document
    text = document.blocks[place.block].text
    tokens = article.tokens(place.index)
    inside = [t for t in tokens if t.start < end and start < t.end]
    noun = verb = subject = ""
    modifiers = frozenset[str]()
    stop = end
    if inside:
        head = next((t for t in tokens if t.start >= end and t.is_noun and not inside_phrase(tokens, t)), None)
        if text[start:end].lower() == "no" and head is not None and text[end : head.start].count(" ") <= 3:
            noun, stop, phrase = head.lemma, head.end, head
        else:
            noun, phrase = "person", inside[-1]
        governor = governor_of(tokens, phrase, inside)
        verb = governor.lemma if governor is not None else ""
        subject = subject_of(tokens, governor) if governor is not None else ""
    world = scope.world(article, None, place.index, tokens, inside)
    return Claim(
        id=article.next_id(),
        block=place.block,
        start=start,
        end=stop,
        text=text[start:stop],
        kind="none",
        widest=Interval.point(0),
        intended=Interval.point(0),
        integer=True,
        value=Interval.point(0).low,
        sentence=place.index,
        noun=noun,
        modifiers=modifiers,
        verb=verb,
        subject=subject,
        context=frozenset(content(tokens, inside)),
        names=frozenset(t.text for t in tokens if t.tag in ("NNP", "NNPS")),
        outcome=outcome(noun, modifiers, verb),
        time=world.time,
        place=world.place,
        speaker=world.speaker,
        modality=world.modality,
    )


# ------------------------------------------------------------------------------------------------- most and minorities

_OF_SOMETHING = r"\b(?= of (?:the|its|their|his|her|those|them|these|all|our|it|which|whom)\b)"
_MAJORITY = lazy(
    r"\b(?:(?P<more>[Mm]ost|(?:[Tt]he|[Aa]) (?:clear |large |vast |overwhelming |narrow |slim )?majority)|(?P<less>[Aa] minority))"
    + _OF_SOMETHING
)


def majorities(
    document: Document, places: Sequence[Sentence], figures: Sequence[Figure]
) -> list[tuple[Sentence, re.Match[str]]]:
    """Where the text says "most of the schools" or "a minority of them"."""
    return [
        (place, match)
        for place in places
        for match in _MAJORITY.finditer(document.blocks[place.block].text, place.start, place.end)
        if not any(f.block == place.block and f.start < match.end() and match.start() < f.end for f in figures)
    ]


def majority_claim(article: Article, place: Sentence, match: re.Match[str]) -> Claim:
    """A share without a number: more than half, or less."""
    half = Fraction(1, 2)
    widest = Interval(half, Fraction(1), True) if match["more"] else Interval(Fraction(0), half, True, True)
    tokens = article.tokens(place.index)
    inside = [t for t in tokens if t.start < match.end() and match.start() < t.end]
    noun = next((t.lemma for t in tokens if t.start > match.end() and t.is_noun and not inside_phrase(tokens, t)), "")
    governor = governor_of(tokens, inside[-1], inside) if inside else None
    return Claim(
        id=article.next_id(),
        block=place.block,
        start=match.start(),
        end=match.end(),
        text=match.group(),
        kind="most",
        widest=widest,
        intended=widest,
        sentence=place.index,
        noun=noun,
        verb=governor.lemma if governor is not None else "",
        context=frozenset(content(tokens, inside)),
        names=frozenset(t.text for t in tokens if t.tag in ("NNP", "NNPS")),
    )


# ---------------------------------------------------------------------------------------------------------- directions


def direction_claims(article: Article) -> list[Claim]:
    """What the display text and the first paragraphs say rises or falls: "The unemployment rate eased in June"."""
    found = []
    for place in article.sentences:
        if not (article.is_display(place) or place.block in article.openings):
            continue
        tokens = article.tokens(place.index)
        for verb in tokens:
            sign = _sign_of(verb.lemma) if verb.is_verb else 0
            if not sign or any(
                t.head == verb.index
                and t.dep in ("neg", "dobj", "aux", "xcomp")  # "declined to comment"
                and t.lower not in ("has", "have", "had", "'s", "’s")
                for t in tokens
            ):
                continue
            subject = next((t for t in tokens if t.head == verb.index and t.dep == "nsubj" and t.is_noun), None)
            if subject is None:
                continue
            near = {subject.index}
            for _ in range(3):
                near |= {
                    t.index for t in tokens if t.head in near and t.dep in ("compound", "amod", "nmod", "prep", "pobj")
                }
            modifiers = frozenset(
                tokens[i].lemma
                for i in near
                if i != subject.index and (tokens[i].is_noun or tokens[i].tag.startswith("JJ"))
            )
            world = scope.world(article, None, place.index, tokens, [verb])
            found.append(
                Claim(
                    id=article.next_id(),
                    block=place.block,
                    start=verb.start,
                    end=verb.end,
                    text=verb.text,
                    kind="direction",
                    widest=Interval.point(sign),
                    intended=Interval.point(sign),
                    value=Fraction(sign),
                    sentence=place.index,
                    noun=subject.lemma,
                    modifiers=modifiers,
                    verb=verb.lemma,
                    subject=subject.lemma,
                    context=frozenset(content(tokens, [verb])),
                    tense=tense_of(tokens, verb),
                    time=world.time,
                    when=world.when,
                    modality=world.modality,
                )
            )
    return found


def _sign_of(lemma: str) -> int:
    verbs = lexicon("claims")["verbs"]
    return 1 if lemma in verbs["rising"] else -1 if lemma in verbs["falling"] else 0


def moving_openings(document: Document, places: Sequence[Sentence]) -> list[int]:
    """Headlines, standfirsts and first sentences that say that something rose or fell, perhaps without a figure."""
    lede = next((i for i, block in enumerate(document.blocks) if block.kind == BlockKind.BODY), -1)
    found, seen = [], False
    for place in places:
        kind = document.blocks[place.block].kind
        if kind in (BlockKind.HEADLINE, BlockKind.DEK) or (place.block == lede and not seen):
            seen = seen or place.block == lede
            words = re.findall(r"[a-z]+", document.blocks[place.block].text[place.start : place.end].lower())
            if any(english.lemma(word, tag) in moving() for word in words for tag in ("VBD", "VBZ")):
                found.append(place.index)
    return found
