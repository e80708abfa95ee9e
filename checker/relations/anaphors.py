"""Changes that take up two levels told before them: "The gain of 1,635 was the largest", "the fall of 32 per cent", "Since
then the number has quadrupled", "six times that figure"."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import takewhile

from checker.language.article import Article
from checker.language.english import Token, lemma
from checker.language.words import likeness
from checker.model import BlockKind, Claim
from checker.patterns import lazy
from checker.relations.cues import cues
from checker.relations.histories import BARE, GENERIC, PRONOUNS, SYNONYM, History, histories, measures, qualifiers
from checker.relations.levels import comparable, is_explicit, is_level, nouns, times
from checker.relations.movements import sign_of, sign_within
from checker.relations.topics import opening

_NOUN = (
    "rise|increase|gain|jump|hike|growth|boost|surge|uplift|climb|improvement|leap|expansion|raise|spike|fall|drop|decline|"
    "decrease|cut|reduction|slide|slump|dip|plunge|contraction|shrinkage|loss|change|difference|saving"
)
_HEDGE = r"(?:about |around |some |nearly |almost |just |only |over |more than |exactly |roughly |just over |just under |a |an )*"
_SINCE = r"(?: since(?: then)?| (?:over|on|from|in|since|for|during|between) (?:the |a |that |those |these |this |last |previous )*(?:‹d\d+›|year|season|month|period|decade|quarter|time|‹l\d+›|[a-z]+ years)(?: (?:earlier|before|and ‹d\d+›))?)?"
# "The gain of 1,635 a night", "The decline over the year, 35 percent,", "that fall was 32 per cent"
_THE_CHANGE = lazy(
    rf"\b(?:[Tt]he|[Tt]hat|[Tt]his) (?:[a-z-]+ )?(?P<noun>{_NOUN}){_SINCE}(?:,| of| was| is| comes to| came to| amounts to| works out at| equals|, of) {_HEDGE}$"
)
_THE_SIZE = lazy(r"\b(?:[Tt]he|[Tt]hat|[Tt]his) (?:[a-z-]+ )?$")
_SIZE_BEHIND = lazy(rf"^[- ](?:[a-z-]+ )?(?:{_NOUN})\b")
_EXTRA = lazy(
    rf"\b(?:[Tt]he|[Tt]hat|[Tt]his|[Tt]hose) (?:extra|additional|added|further|difference[,:]?(?: of)?|gap of) {_HEDGE}$"
)
# "That is an increase of 12 percent", "which means a rise of", "a fall of 32 per cent"
_THAT_IS = lazy(
    rf"(?:^|[,;—–-] )[\"“‘]?(?:[Tt]hat|[Tt]his|[Ii]t|[Ww]hich) (?:is|was|would be|means|meant|represents|represented|amounts to|amounted to|marks|marked|equals|works out at) (?:an? |the )?(?:[a-z-]+ )?(?:(?:{_NOUN}) of )?{_HEDGE}$"
)
_OF_THAT = lazy(
    r"^ (?:times )?(?:that(?! of\b)|the (?:figure|number|total|amount|sum|level|price|estimate)(?! of\b)|what (?:it|they|he|she) (?:was|were|had)|as (?:many|much|high|large|big) as (?:‹d|before|then|in\b|a\b|last|the\b|it\b|they\b)|the (?:previous|earlier|old)|its |their )"
)
_BY_NOW = lazy(
    r"\b(?:[Ss]ince (?:then|‹d\d+›)|[Oo]ver (?:the|that|this) (?:period|time|decade|year)|[Ii]n (?:‹l\d+›|[a-z]+ years)|[Ss]o\b)"
)
_IN_WHAT = lazy(
    rf"(?:[- ](?:{_NOUN}))? (?:in|of) (?:the |its |their )?(?:number of |total |average )?(?P<what>[a-z]+)\b"
)
# what tells that a part or another reckoning changed: "like-for-like sales", "profit excluding one-off items"
OTHERWISE = lazy(
    r"\b(?:like-for-like|same-store|comparable|organic|underlying|core|adjusted|seasonal\w*|currenc\w+|exclud\w+|leav\w+ out|without|except\w*|apart from|alone|outside|domestic\w*|online|overseas|abroad|foreign|expected|forecast|per capita|on average|real terms|inflation-adjusted|half|quarter)\b",
    re.IGNORECASE,
)
_OF_A_YEAR = lazy(r"\b(?:last|this|per|a|each|every|the past) (?:year|season|month|quarter)\b|\bannual\w*|\byearly\b")
_LONG_AGO = lazy(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|\d+) (?:years|seasons|decades|months)\b|\bdecades?\b",
    re.IGNORECASE,
)
_MOST_TIMES = 12  # "used 61,000 times" is no multiple
_INSTANCES = frozenset("case incident occurrence instance".split())  # "the number of cases": of whatever was counted
_THAT_FIGURE = lazy(
    r"^ (?:times )?(?:that|this|the) (?:figure|sum|amount|number|total|estimate|price|level|target|valuation)\b"
)
_REACH = 15  # sentences over which a change takes up the levels before it


def sign_taken_up(left: str) -> int | None:
    """The direction of a change whose noun stands further before its size: "The decline over the year, 35 percent"."""
    found = _THE_CHANGE.search(left)
    return sign_within(re.findall(r"[a-z]+", found["noun"]), (), (found["noun"],)) if found else None


def takes_up(article: Article, claim: Claim) -> bool:
    """Whether a change's words say that its levels were told before."""
    masked = article.masked(claim.sentence)
    before, behind = masked.around(claim)
    if _THE_CHANGE.search(before) or _EXTRA.search(before) or _THAT_IS.search(before):
        return True
    if _THE_SIZE.search(before) and _SIZE_BEHIND.match(behind):
        return True
    if claim.unit != "times" or (claim.value or 0) > _MOST_TIMES or "-" in claim.text:
        return False
    return bool(_OF_THAT.match(behind) or _BY_NOW.search(masked.text))


_EXPECTED = lazy(r" (?:expected|forecast|estimated|predicted|projected|targeted|budgeted|planned|hoped)\b")


def _is_expected(article: Article, level: Claim) -> bool:
    """Whether a level is what somebody reckoned with: "and the 79 million expected on average by analysts"."""
    return _EXPECTED.match(article.block(level).text, level.end) is not None


@lru_cache(maxsize=2)
def pairs(article: Article) -> tuple[tuple[Claim, Claim], ...]:
    """The older and newer levels that the article sets against each other, each pair once."""
    found = {(h.old.id, h.new.id): (h.old, h.new) for h in histories(article) if _in_focus(article, h)}
    levels = [c for c in article.claims if is_level(c) and c.sentence >= 0]
    by_sentence: dict[int, list[Claim]] = {}
    for level in levels:
        by_sentence.setdefault(level.sentence, []).append(level)
    for index, own in by_sentence.items():
        near = [*own, *by_sentence.get(index - 1, ()), *by_sentence.get(index + 1, ())]
        for old in own:
            for new in near:
                if old is new or not comparable(old, new) or any(_is_expected(article, c) for c in (old, new)):
                    continue
                if not is_explicit(article, old, new) and not _are_dated(old, new):
                    continue
                if old.sentence == new.sentence or nouns(old, new) != "one-bare":
                    found.setdefault((old.id, new.id), (old, new))
    return tuple(found.values())


def _are_dated(old: Claim, new: Claim) -> bool:
    """Whether one sentence gives two levels with their dates: "1,500 complaints in 2024 and 900 in 2025"."""
    return (
        old.sentence == new.sentence
        and old.role == new.role == "level"
        and times(old, new) == "before"
        and nouns(old, new) in ("same", "one-bare")
        and old.figure is not None
        and new.figure is not None
        and old.figure.hedge == new.figure.hedge
    )


def _in_focus(article: Article, history: History) -> bool:
    """Whether the newer level stands near the older one, or where the article says what it is about."""
    return abs(history.old.block - history.new.block) <= 1 or opening(article, history.new)


def meant(
    article: Article, claim: Claim, fits: Callable[[Claim, Claim], bool]
) -> tuple[str, tuple[Claim, Claim]] | None:
    """The two levels that a change takes up or names, where only two are near that it may be between, and which it does."""
    text = article.block(claim).text
    around = text[max(0, claim.start - 40) : claim.end + 40]
    if claim.unit == "times" and (figure := _that_figure(article, claim)) is not None and fits(*figure):
        return "taken up", figure
    known = [
        pair
        for pair in pairs(article)
        if claim.sentence not in (pair[0].sentence, pair[1].sentence)
        and fits(*pair)
        and not _of_other_months(claim, pair)
        and not (_OF_A_YEAR.search(around) and _LONG_AGO.search(article.text(pair[0].sentence)))
    ]
    if takes_up(article, claim):
        near = [pair for pair in known if 0 < claim.sentence - _last(pair) <= _REACH and _is_of(article, claim, pair)]
        last = max(map(_last, near), default=0)
        near = _plainest([pair for pair in near if _last(pair) == last])
        if len({(old.value, new.value) for old, new in near}) == 1:
            return "taken up", near[0]
    if (told := _told_behind(article, claim, fits)) is not None:
        return "taken up", told
    if OTHERWISE.search(article.text(claim.sentence)):
        return None
    named = _plainest([pair for pair in known if names(article, claim, pair)])
    if len({(old.value, new.value) for old, new in named}) == 1:
        return "named", named[0]
    return None


_MONTH = lazy(r"-(\d\d)")


def _of_other_months(claim: Claim, pair: tuple[Claim, Claim]) -> bool:
    """Whether a change is of a month, and the two levels are both of others."""
    own, *theirs = (_MONTH.findall(c.time)[:1] for c in (claim, *pair))
    return bool(own) and all(theirs) and own not in theirs


_ENDS = frozenset({"l:from", "l:up-from", "l:compared", "l:against", "l:than"})
_PERIODS = lazy(r"\b(?:first|second|third|fourth|last|same|latest)[- ](?:half|quarter)\b")
_BEHIND = 4  # sentences of the text in which the levels of what its opening says stand


def _told_behind(article: Article, claim: Claim, fits: Callable[[Claim, Claim], bool]) -> tuple[Claim, Claim] | None:
    """The levels of a change that is the only figure of its kind in the headline or the first sentence: those that the
    text gives first, "to 198 from 150" or "486, against 810", where they are of what is said to have changed."""
    if article.lede < 0:
        return None
    first = article.sentences_of(article.lede)[0].index
    headline = article.block(claim).kind == BlockKind.HEADLINE
    if not (headline or claim.sentence == first) or claim.modality != "asserted" or claim.tense == "future":
        return None
    beside = [c for c in article.by_sentence[claim.sentence] if c is not claim]
    if any(c.kind == "percent" or c.unit == "times" or (is_level(c) and c.kind == "money") for c in beside):
        return None
    if sum(is_level(c) and c.kind == "count" and (c.value or 0) > 20 for c in beside):
        return None
    start = article.sentences[claim.sentence].start
    if OTHERWISE.search(_PERIODS.sub(" ", article.block(claim).text[start : claim.end + 40])):
        return None
    known = cues(article)
    for index in range(first if headline else first + 1, min(first + _BEHIND, len(article.sentences))):
        if article.block(article.sentences[index]).kind not in (BlockKind.BODY, BlockKind.QUOTE):
            continue
        own = [c for c in article.by_sentence.get(index, ()) if is_level(c) and c.kind != "percent"]
        ends = [(old, new) for old in own for new in own if comparable(old, new) and is_explicit(article, old, new)]
        ends = [pair for pair in ends if not known.get(pair[0].id, frozenset()).isdisjoint(_ENDS)]
        if ends:
            if len({(old.value, new.value) for old, new in ends if new.kind == "count"}) > 1:
                return None  # the old town's and the others'
            named = [pair for pair in ends if fits(*pair) and _names_one(article, claim, pair)]
            asserted = all(level.modality == "asserted" for pair in named for level in pair)
            return named[0] if asserted and len({(old.value, new.value) for old, new in named}) == 1 else None
    return None


def _names_one(article: Article, claim: Claim, pair: tuple[Claim, Claim]) -> bool:
    """Whether what changed is what two levels are of, by a word that is no unit; numbers may leave it out."""
    units = frozenset(re.findall(r"[a-z]+", f"{claim.text} {pair[0].text} {pair[1].text}".lower()))
    own = changing(article, claim) - units
    theirs = frozenset(measures(article, pair[0]) | measures(article, pair[1])) - GENERIC
    if not theirs:
        return bool(own) and pair[0].kind == "count"
    like = any(word == other or likeness(word, other) >= SYNONYM for word in own for other in theirs - units)
    return like and not _others(theirs - units, own)  # "sales of bread" under "sales rose 10 per cent"


def _that_figure(article: Article, claim: Claim) -> tuple[Claim, Claim] | None:
    """The figure right before "six times that figure", and the one that the article is about: the only such one that its
    headline and first paragraph give."""
    masked = article.masked(claim.sentence)
    own_words = article.block(claim).text[claim.figure.end if claim.figure else claim.end :]
    if not (_THAT_FIGURE.match(masked.around(claim)[1]) or _THAT_FIGURE.match(own_words)):
        return None
    before = [
        c for c in article.by_sentence.get(claim.sentence - 1, ()) if is_level(c) and c.kind in ("money", "count")
    ]
    if not before or any(is_level(c) and c.kind == before[-1].kind for c in masked.claims if c is not claim):
        return None
    told = [
        c
        for c in article.claims
        if (article.is_display(c) or c.block == article.lede)
        and (c.kind, c.unit) == (before[-1].kind, before[-1].unit)
        and is_level(c)
        and nouns(c, before[-1]) != "other"
    ]
    return (before[-1], told[-1]) if len({c.value for c in told}) == 1 else None


def _plainest(known: list[tuple[Claim, Claim]]) -> list[tuple[Claim, Claim]]:
    """The pairs told in one sentence, where there are such: "was 10,375, against 8,915 a year before"."""
    return [pair for pair in known if pair[0].sentence == pair[1].sentence] or known


def _last(pair: tuple[Claim, Claim]) -> int:
    return max(level.sentence for level in pair)


def changing(article: Article, claim: Claim) -> frozenset[str]:
    """What a change says that changed: "the growth in turnover", "the number of readers has quadrupled"."""
    text = article.block(claim).text
    tokens = article.tokens(claim.sentence)
    verb = next((t for t in tokens if t.is_verb and claim.start <= t.start < claim.end), None)
    if verb is not None:
        subject = next((t for t in tokens if t.head == verb.index and t.dep in ("nsubj", "nsubjpass")), None)
        found = set() if subject is None else {subject.lemma} | qualifiers(tokens, subject, wide=True)
    elif article.is_display(claim):
        before = re.findall(r"[A-Za-z]+", text[: claim.start])[-5:]
        at = next((i for i in range(len(before) - 1, 0, -1) if sign_of(before[i].lower())), 0)
        found = {lemma(word.lower(), "NNS") for word in before[max(0, at - 1) : at]}
    elif takes_up(article, claim):
        behind = _IN_WHAT.match(text[claim.end :]) or _IN_WHAT.match(
            text[claim.figure.end if claim.figure else claim.end :]
        )
        found = {lemma(behind["what"].lower(), "NNS")} if behind else set()
        if claim.unit == "times" and claim.verb == "be" and claim.subject not in PRONOUNS:
            found |= {claim.subject} - {""}
    else:
        found = set(measures(article, claim))
        subject = next((t for t in tokens if t.is_noun and t.lemma == claim.subject), None)
        if subject is not None:
            rest = (t for t in tokens[subject.index + 1 :] if t.start < claim.start)
            found |= qualifiers(tokens, subject) | {t.lemma for t in takewhile(_is_phrase, rest) if t.is_noun}
    return frozenset(
        word
        for word in found
        if word not in BARE and word not in _INSTANCES and word not in GENERIC and not re.fullmatch(_NOUN, word)
    )


_WHOLE = frozenset(
    "net total overall annual yearly whole full group company firm combined pretax attributable common shareholder".split()
)


def _others(words: frozenset[str], own: frozenset[str]) -> bool:
    """Whether a level is of a part or of another than what changed."""
    return any(all(likeness(word, other) < SYNONYM for other in own) for word in words - _WHOLE)


def _is_phrase(token: Token) -> bool:
    """Whether a token can still belong to the phrase of a subject; a moving verb ends it."""
    return not (token.is_verb and sign_of(token.lower))


def names(article: Article, claim: Claim, pair: tuple[Claim, Claim]) -> bool:
    """Whether what changed is what both levels are of, or the one of which the other is "the number"."""
    own = changing(article, claim)
    if not own or pair[0].kind == "percent":
        return False
    levels = [words for level in pair if (words := measures(article, level) - BARE)]
    if pair[0].kind != "count" and any(_others(words, own) for words in levels):
        return False  # "Dubai production" under "UAE oil production drops ten pct"
    return bool(levels) and all(
        all(any(word == other or likeness(word, other) >= SYNONYM for other in words) for word in own)
        for words in levels
    )


def _is_of(article: Article, claim: Claim, pair: tuple[Claim, Claim]) -> bool:
    """Whether a change that names what changed names what the levels are of."""
    own = changing(article, claim)
    theirs = (measures(article, pair[0]) | measures(article, pair[1])) - GENERIC
    return not own or any(word == other or likeness(word, other) >= 60 for word in own for other in theirs)
