"""Claims: what each figure of an article counts or measures, in which clause, and in whose world it is said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from checker.data import lexicon
from checker.language import english, scope
from checker.language.article import Article
from checker.language.carried import with_nouns
from checker.language.figures import find_figures
from checker.language.hedges import around
from checker.language.implied import (
    direction_claims,
    majorities,
    majority_claim,
    moving_openings,
    zero_claim,
    zeros,
)
from checker.language.phrases import (
    changed,
    content,
    counted,
    governor_of,
    in_money,
    measured,
    modifiers_of,
    outcome,
    root_of,
    stretched,
    subject_of,
    tense_of,
)
from checker.language.roles import role_of
from checker.language.sentences import Sentence, sentences
from checker.model import BlockKind, Claim, Document, Figure, Hedge, Interval, Kind
from checker.patterns import lazy

# what names nothing that is counted or measured
_NO_NOUN = frozenset(
    "other others one it they them this that these those which who what there percent pct cent %".split()
)


def make_article(document: Document) -> Article:
    """Reads a document's figures and what each says.  Errors: ``CheckerError`` where the English model is missing."""
    figures = find_figures(document)
    places = sentences(document.blocks)
    by_block: dict[int, list[Sentence]] = {}
    for place in places:
        by_block.setdefault(place.block, []).append(place)
    home: list[int] = []
    wanted: set[int] = set()
    for figure in figures:
        index = next((s.index for s in by_block.get(figure.block, ()) if s.start <= figure.start < s.end), -1)
        home.append(index)
        if index >= 0 and document.blocks[figure.block].kind != BlockKind.TABLE_CELL:
            wanted.add(index)
    wanted.update(moving_openings(document, places))
    nothing = zeros(document, places, figures)
    most = majorities(document, places, figures)
    wanted.update(sentence.index for sentence, _ in most)
    wanted.update(sentence.index for sentence, _, _ in nothing)
    order = sorted(wanted)
    texts = [(document.blocks[places[i].block].text[places[i].start : places[i].end], places[i].start) for i in order]
    tokens = dict(zip(order, english.parse(texts), strict=True))
    article = Article(document, figures, places, tokens)
    claims = [_claim(article, figure, index, figures) for figure, index in zip(figures, home, strict=True)]
    claims += [zero_claim(article, sentence, start, end) for sentence, start, end in nothing]
    claims += [majority_claim(article, sentence, match) for sentence, match in most]
    claims += direction_claims(article)
    ordered = _with_units(sorted(claims, key=lambda claim: (claim.block, claim.start)), document)
    article.claims = tuple(with_nouns(_with_currencies(ordered), article))
    return article


# a currency whose name alone leaves the country open, and those that it may be
_OPEN = {
    "XXF": frozenset({"CHF", "FRF", "BEF", "LUF", "XAF", "XOF", "RWF", "CDF"}),
    "XXK": frozenset({"SEK", "NOK", "DKK", "CZK", "ISK"}),
    "XXP": frozenset({"MXN", "PHP", "ARS", "CLP", "COP"}),
    "XXD": frozenset({"RSD", "KWD", "IQD", "JOD", "DZD", "BHD", "LYD", "TND"}),
}


def _with_currencies(claims: Sequence[Claim]) -> list[Claim]:
    """A bare "crowns" or "francs" is the only such currency that the article names in full: "30 million Swedish crowns"."""
    named = {claim.unit for claim in claims}
    meant = {code: next(iter(known)) for code, options in _OPEN.items() if len(known := options & named) == 1}
    return [replace(c, unit=meant[c.unit]) if c.unit in meant else c for c in claims]


_JOINED = lazy(
    r"\b(?:from|to|than|against|on|at|for|with|and|or|but|over|by|just|only|about|nearly|almost|around|some|was|were|is|had|been|stood|reached|gave|in|of which|of that|of it) $|[,(] ?$",
    re.IGNORECASE,
)
_LIKE_SIZE = 30  # how many times one figure may be of another whose unit it leaves out


def _with_units(claims: Sequence[Claim], document: Document) -> list[Claim]:
    """Bare numbers take the unit that their sentence gives the others: "138 million euros, 12 million less than the 150
    million of 2022", "46 per cent would leave, as opposed to 34"."""
    found: list[Claim] = []
    last: Claim | None = None  # the last claim with a unit
    for claim in claims:
        if last is not None and claim.noun and claim.kind == Kind.COUNT and last.kind == Kind.PERCENT:
            last = None  # "12% of the 500 jobs, or 60": the number is of what was counted since
        if claim.unit and claim.kind in ("money", "measure", "percent") and claim.value is not None:
            last = claim
        elif last is not None and _leaves_out(claim, last, document):
            claim = replace(
                claim, kind=last.kind, unit=last.unit.split("/")[0], dimension=last.dimension, integer=False
            )
        found.append(claim)
    return found


def _leaves_out(claim: Claim, last: Claim, document: Document) -> bool:
    """Whether a bare count leaves out the unit of a figure before it."""
    figure = claim.figure
    if claim.kind != Kind.COUNT or figure is None or not claim.value or not last.value or claim.value < 0:
        return False
    if claim.noun:
        return _is_of_money(claim, last) or _is_of_stuff(claim, last, document)
    if claim.block != last.block or not 0 <= claim.sentence - last.sentence <= (1 if last.kind == "percent" else 0):
        return False
    if last.unit in ("pp", "bp") or (claim.value.denominator == 1 and 1900 <= claim.value <= 2100 and figure.step == 1):
        return False
    text = document.blocks[claim.block].text
    before, behind = text[max(0, claim.start - 20) : claim.start], text[figure.end : figure.end + 2]
    ends = behind[:1] in tuple(".,;)") and not before.endswith((" of ", " of the ", ", ", "(", " aged ", " No. "))
    if (
        not _JOINED.search(before)
        and not (ends and claim.sentence == last.sentence)
        and not (figure.step >= 1000 and before.endswith(" the "))
    ):
        return False
    if last.kind == "percent":
        return claim.value <= 100 and not figure.worded and figure.hedge not in ("up", "down")
    if (figure.step >= 1000 or figure.step < 1) != (
        last.figure is not None and (last.figure.step >= 1000 or last.figure.step < 1)
    ):
        return False
    return max(claim.value, last.value) <= _LIKE_SIZE * min(claim.value, last.value)


def _is_of_stuff(claim: Claim, last: Claim, document: Document) -> bool:
    """Whether a number leaves out the measure of one like it: "47,000 tonnes of barley and 25,000 of rapeseed"."""
    if last.kind != "measure" or claim.sentence != last.sentence or claim.figure is None or last.figure is None:
        return False
    text = document.blocks[claim.block].text
    of_stuff = all(text.startswith(" of ", figure.end) for figure in (claim.figure, last.figure))
    assert claim.value is not None and last.value is not None
    near = max(claim.value, last.value) <= _LIKE_SIZE * min(claim.value, last.value)
    return (
        of_stuff and near and not re.match(r" of (?:the|them|those|these|its|their|which)\b", text[claim.figure.end :])
    )


_NEAR = 3  # sentences from an amount within which a profit needs no currency


def _is_of_money(claim: Claim, last: Claim) -> bool:
    """Whether a bare number is an amount by what it measures: "a profit of 702 million crowns, against an average estimate of
    755 million"."""
    large = claim.figure is not None and claim.figure.step >= 1000 and claim.end <= claim.figure.end
    money = last.kind == "money" and "/" not in last.unit and last.figure is not None and last.figure.step >= 1000
    near = 0 <= claim.sentence - last.sentence <= _NEAR
    return large and money and near and claim.noun in lexicon("claims")["nouns"]["money"]


# ------------------------------------------------------------------------------------------------------ one figure


def _claim(article: Article, figure: Figure, sentence: int, figures: Sequence[Figure]) -> Claim:
    document = article.document
    text = document.blocks[figure.block].text
    tokens = article.tokens(sentence) if sentence >= 0 else ()
    _, hedge_start, hedge_end = around(text, figure.start, figure.end)
    start, end = min(figure.start, hedge_start), max(figure.end, hedge_end)
    inside = [t for t in tokens if t.start < figure.end and figure.start < t.end]
    noun, modifiers, stop, verb, subject, tense = _unit_noun(figure), frozenset[str](), figure.end, "", "", ""
    definite = other = False
    if inside:
        root = root_of(inside)
        head, partitive = counted(tokens, inside, root, figure)
        follower = tokens[inside[-1].index + 1] if inside[-1].index + 1 < len(tokens) else None
        if head is None and (partitive or (follower is not None and follower.is_verb)):
            noun = ""  # "52 voted", "the 9.6 billion of the season before"
        phrase = root if head is None else (root if partitive else head)
        if head is not None:
            noun = head.lemma
            modifiers = modifiers_of(tokens, head, figure)
            if not partitive and figure.kind != Kind.MONEY:
                stop = stretched(text, figure, head)
        governor = governor_of(tokens, phrase, inside)
        if governor is not None:
            verb = governor.lemma
            subject = subject_of(tokens, governor)
            tense = tense_of(tokens, governor)
        if not noun or (figure.kind in (Kind.MONEY, Kind.PERCENT) and head is None):
            noun = (figure.kind == Kind.MONEY and in_money(tokens, inside)) or measured(tokens, root, governor) or noun
            if noun == root.lemma and not root.is_noun:
                noun = ""  # "97 were assigned": the number is the subject itself
        if noun in _NO_NOUN:
            noun = ""
        moved = changed(tokens, head if head is not None else tokens[root.head], inside)
        if moved is not None:
            noun, modifiers = moved
        before = text[max(0, start - 14) : start].lower()
        definite = bool(re.search(r"\b(the|those|these|all|its|their|his|her)\s+$", before))
        other = bool(re.search(r"\b(another|further|additional|extra|other|more|all but)\s+$", before)) or bool(
            re.match(r"\s+(?:more|other|others|additional|further)\b(?!\s+than)", text[end:])
        )
    claim_id = article.next_id()
    article._hedges[claim_id] = (start, end)
    world = scope.world(article, figure, sentence, tokens, inside, head if inside else None)
    if inside:
        tense = _told_in(text, start, end, tense, world.when, document)
    return Claim(
        id=claim_id,
        block=figure.block,
        start=min(start, figure.start),
        end=max(stop, end),
        text=text[min(start, figure.start) : max(stop, end)],
        kind=figure.kind.value,
        widest=figure.widest,
        intended=figure.intended,
        integer=figure.kind == Kind.COUNT and figure.step.denominator == 1 and not figure.unit.startswith("point"),
        figure=figure,
        value=None if _is_open_age(figure) else figure.value,
        unit=figure.unit,
        dimension=figure.dimension,
        sentence=sentence,
        noun=noun,
        modifiers=modifiers,
        verb=verb,
        subject=subject,
        context=frozenset(content(tokens, inside)),
        names=frozenset(t.text for t in tokens if t.tag in ("NNP", "NNPS")),
        role=role_of(text, start, figure, verb, tokens),
        outcome=outcome(noun, modifiers, verb),
        tense=tense,
        time=world.time,
        when=world.when,
        place=world.place,
        speaker=world.speaker,
        modality=world.modality,
        definite=definite,
        other=other,
    )


_NOW_BEFORE = lazy(
    r"\b(?:now|currently|at present|today|presently)[, ]+(?:only |just |about |some |at |is |are |costs? |stands? at |standing at |worth )*$",
    re.IGNORECASE,
)
_WAS = frozenset({"present", "future", "perfect", ""})
_LONG_AGO = 60  # days before publication at which nothing is any more


def _told_in(text: str, start: int, end: int, tense: str, when: Interval | None, document: Document) -> str:
    """The tense that a figure is told in where its own words say otherwise than its verb: "a single, now £2.80, will cost
    £3.40", "make up 24 percent, compared with 21 percent in 2023"."""
    if tense != "present" and _NOW_BEFORE.search(text, max(0, start - 30), start):
        return "present"
    gone = when is not None and when.high is not None and document.date is not None
    if gone and tense in _WAS and when.high < document.date.toordinal() - _LONG_AGO:  # type: ignore[union-attr, operator]
        return "past"
    return tense


def _unit_noun(figure: Figure) -> str:
    if figure.kind != Kind.COUNT or not figure.unit_name:
        return ""
    return english.lemma(figure.unit_name.lower(), "NNS")


def _is_open_age(figure: Figure) -> bool:
    """Whether a figure says from or up to which age, so that it is the age of nobody: "65 and over"."""
    return figure.kind == Kind.AGE and figure.hedge in (Hedge.AT_LEAST, Hedge.AT_MOST, Hedge.LESS_THAN)
