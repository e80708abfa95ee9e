"""What came next, by the words that say so, and what nobody does who is not yet born or is dead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from checker.language.article import Article
from checker.language.lives import lives
from checker.language.people import people
from checker.language.protagonist import protagonist
from checker.model import BlockKind, Calendar, Claim, Kind, Relation
from checker.patterns import lazy

# "With the warrant in hand, officers", "After 41 games there he was sent", "From there she moved", "Afterwards"
_NEXT = lazy(
    r"^(?:(?:Armed with|Holding|Carrying) (?:the|that|this|his|her|their|its)\b|With (?:the|that|this|his|her|their|its) [^‹›,.;:]{2,40} in (?:hand|(?:his|her|their|its) (?:hands?|pockets?|bag|luggage))\b"
    r"|After (?:‹[nl]\d+› (?:[a-z]+ )?(?:there|with (?:it|them)|in (?:the|that) (?:job|post|role)|of (?:this|that|it))\b|that\b(?! (?:meeting|game|match|date|day|point|time))|this,|which\b|being [a-z]+ed\b)"
    r"|From there\b|Afterwards?\b|Thereafter\b|Subsequently\b|Then,? (?=he\b|she\b|they\b|it\b|the\b|in\b|on\b)|Next,? (?=he\b|she\b|they\b|came\b|in\b)|Having (?:done|served|finished|completed|won|left|passed)\b)"
)
_OPENED = lazy(r"\b(?:since|until|till|from|between|by|before|after|every|each|of|than|like|as) ‹d$")
_WOULD = lazy(
    r"\b(?:will|would|shall|may|might|could|should|if|plans?|expects?|hopes?|due|scheduled|set to|not|never)\b"
)
_AFTER_LIFE = lazy(
    r"\b(?:posthum\w+|funeral|buried|burial|cremat\w+|memorial\w*|obituar\w+|tribute\w*|ashes|grave|tomb|will|estate|remembered|honou?red|named after|statue|"
    r"would|could|might|if|not|never|born|died|dead|death|ancestors?|parents|mother|father|grand\w+|family)\b",
    re.I,
)
_IN = lazy(r"\b(?:[Ii]n|[Oo]n|[Dd]uring)(?: (?:early|late|mid))? $")
_NOT_DONE = frozenset(
    "be die have bear bury cremate receive get remember name become survive lie rest appear turn".split()
)


def find(article: Article) -> Iterable[Relation]:
    """``before`` relations of the dates of two sentences of which the second says that it came next, and of a life's deeds."""
    for sentence in article.sentences:
        if (sentence.index > 0 and _NEXT.match(article.text(sentence.index)[:120])) or _opens(article, sentence.index):
            yield from _next(article, sentence.index)
    yield from _lifetime(article)


def _opens(article: Article, index: int) -> bool:
    return any(c.kind == Kind.DATE for c in article.by_sentence.get(index, ())) and bool(
        _NEXT.match(article.masked(index).text)
    )


def _next(article: Article, index: int) -> Iterator[Relation]:
    blocks = {article.document.blocks[article.sentences[i].block].kind for i in (index - 1, index)}
    if blocks != {BlockKind.BODY} or article.sentences[index].block - article.sentences[index - 1].block > 1:
        return
    first, second = _only_date(article, index - 1), _only_date(article, index)
    if first is not None and second is not None:
        yield Relation("before", {"earlier": (first,), "later": (second,)}, 0.92, "the second came next")


def _only_date(article: Article, index: int) -> Claim | None:
    """The date of a sentence that has just one, told as past."""
    masked = article.masked(index)
    dates = [(number, c) for number, c in enumerate(masked.claims) if c.kind == Kind.DATE]
    if len(dates) != 1:
        return None
    number, date = dates[0]
    before = masked.text[: masked.text.index(f"‹d{number}›") + 2]
    if (
        date.subject in ("which", "who", "that", "whom")
        or not _is_sure(date)
        or _OPENED.search(before)
        or _WOULD.search(before)
    ):
        return None
    return date


def _is_sure(date: Claim) -> bool:
    """Whether a date is a past day, month or year of which the year is not in doubt."""
    calendar = _calendar(date)
    if calendar is None or calendar.relative or calendar.fiscal or calendar.grain not in ("day", "month", "year"):
        return False
    if date.widest.low is None or date.tense == "future" or date.modality != "asserted":
        return False
    return calendar.grain == "year" or "year" in calendar.written or date.widest == date.intended


def _calendar(claim: Claim) -> Calendar | None:
    return claim.figure.calendar if claim.figure is not None else None


def _lifetime(article: Article) -> Iterator[Relation]:
    """What the person whom the article is about did, in an active verb, after the birth and before the death."""
    known = lives(article)
    if not known.births and not known.deaths:
        return
    main = protagonist(article, people(article))
    if main is None:
        return
    births = [day.claim for day in known.births if day.person is main.person]
    deaths = [day.claim for day in known.deaths if day.person is main.person]
    subjects = {main.pronoun, main.person.surname.lower()}
    for deed in article.claims:
        if deed.kind != Kind.DATE or deed.subject.lower() not in subjects or not deed.verb or deed.verb in _NOT_DONE:
            continue
        calendar = _calendar(deed)
        if (
            calendar is None
            or "year" not in calendar.written
            or not _is_sure(deed)
            or _AFTER_LIFE.search(article.text(deed.sentence))
        ):
            continue
        if _is_passive(article, deed) or not _IN.search(article.block(deed).text[: deed.start]):
            continue
        for birth in births[:1]:
            yield Relation("before", {"earlier": (birth,), "later": (deed,)}, 0.9, "both are told of one")
        for death in deaths[:1]:
            yield Relation("before", {"earlier": (deed,), "later": (death,)}, 0.9, "both are told of one")


def _is_passive(article: Article, deed: Claim) -> bool:
    return any(
        token.lemma == deed.verb
        and any(
            other.head == token.index and other.dep in ("auxpass", "nsubjpass")
            for other in article.tokens(deed.sentence)
        )
        for token in article.tokens(deed.sentence)
    )
