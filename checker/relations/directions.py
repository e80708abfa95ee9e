"""Directions: what is said to rise or fall, against the levels before and after."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from checker.language.article import Article, Masked
from checker.language.english import Token
from checker.model import BlockKind, Claim, Hedge, Interval, Relation
from checker.patterns import lazy
from checker.relations.comparisons import comparisons
from checker.relations.histories import History, age, histories
from checker.relations.levels import comparable, is_digest, is_explicit, is_level, nouns
from checker.relations.movements import NOUNS, is_denied, sign_within
from checker.relations.topics import topics

_K = "[nmpuol]"
_FILL = r"(?:(?! (?:and|but|while|whereas|before|when|because|with)\b)[^‹›;:.]|‹[dl]\d+›){0,%d}?"
_SMALL = r"(?:an? |the |just |only |about |some |around |nearly |almost |a record |its |their |an average of |last year['’]s |the previous )*"
# "slipped, from 67.1 per cent in 2022 to 68.4", "lifted the Monarchs from sixth to ninth"
_FROM_TO = lazy(
    rf"(?P<verb>\b[a-z]+)\b(?P<mid>{_FILL % 45}),? from {_SMALL}‹(?P<ok>{_K})(?P<old>\d+)›{_FILL % 40},? to {_SMALL}‹(?P<nk>{_K})(?P<new>\d+)›"
)
_TO_FROM = lazy(
    rf"(?P<verb>\b[a-z]+)\b(?P<mid>{_FILL % 40}) to {_SMALL}‹(?P<nk>{_K})(?P<new>\d+)›{_FILL % 50},? (?:from|compared with|compared to|against|up from|down from|after|following) {_SMALL}‹(?P<ok>{_K})(?P<old>\d+)›(?P<behind>.{{0,24}})"
)
# "264 children, up from 239", "4.1 percent, a rise on the 4.6 percent of May"
_BESIDE = lazy(
    rf"‹(?P<nk>[nmpul])(?P<new>\d+)›{_FILL % 40},? \(?(?:which (?:is|was) )?(?:sharply |slightly |a little |well |far |even |a bit |considerably |also )?"
    r"(?:(?P<up>up|higher|more|longer|an? (?:[a-z]+ )?(?:rise|increase|improvement|gain|jump))|(?P<down>down|lower|fewer|less|shorter|an? (?:[a-z]+ )?(?:fall|drop|decrease|decline|reduction|cut)))"
    rf" (?:from|than|on|over) {_SMALL}‹(?P<ok>[nmpul])(?P<old>\d+)›(?P<behind>.{{0,40}})"
)
_EARLIER = lazy(r"^(?:[ ,a-z’'-]{0,30}?)(?:\b(?:earlier|previous(?:ly)?|ago|before|last|prior|preceding|then)\b|‹d)")
_NOT_OVER_TIME = lazy(
    r"\b(?:rang\w+|between|ages?|aged|moved|transfer\w*|traded|here|scor\w+|won|lost to|beat|drive|fly|flew|run|ran|open|works?|convert\w*|switch\w*|walk\w*|distance|journey|trip|away|cut (?:him|her|them) off|applause|sentence)\b"
)
_SCHEDULE = lazy(r"\b(?:rang\w+|between|aged?|open|works?|var(?:y|ied|ies)|anywhere|anything)\b")
_RANK_UP = frozenset("lift raise climb rise move jump leap vault propel catapult send take push promote carry".split())
_RANK_DOWN = frozenset("drop fall slip slide sink tumble plunge relegate demote slump plummet".split())
_PLACE = lazy(
    r"\b(?:place|places|spot|position|table|standings|league|division|rankings?|conference|ladder|in the|seed|group|bottom|top)\b",
    re.I,
)
_BODY = frozenset({BlockKind.BODY, BlockKind.QUOTE, BlockKind.LIST_ITEM, BlockKind.DEK, BlockKind.HEADLINE})
_TOPIC = 120  # how much of what rises or falls must stand with the levels


def find(article: Article) -> Iterable[Relation]:
    """``direction-up`` and ``direction-down`` relations of two levels; ranks count downwards."""
    for sentence in article.sentences:
        if (
            article.block(sentence).kind in _BODY
            and len(article.by_sentence.get(sentence.index, ())) >= 2
            and not is_digest(article, sentence.index)
        ):
            yield from _inside(article, article.masked(sentence.index))
    yield from _openings(article)
    yield from _apart(article)


def _inside(article: Article, masked: Masked) -> Iterator[Relation]:
    seen: set[tuple[int, int]] = set()
    tokens = article.tokens(masked.sentence.index)
    verbs = frozenset(t.lower for t in tokens if t.is_verb or _is_predicate(tokens, t))
    nouns = frozenset(t.lower for t in tokens if t.is_noun and t.dep != "compound")
    for pattern in (_FROM_TO, _TO_FROM, _BESIDE):
        for match in masked.finditer(pattern):
            old, new = masked.claim(match, "old"), masked.claim(match, "new")
            if (old.id, new.id) in seen or old.value is None or new.value is None:
                continue
            if pattern is _BESIDE:
                sign = 1 if match["up"] else -1
                if match["ok"] not in (match["nk"], "n") or not _is_beside(masked, match, old, new):
                    continue
            else:
                words = re.findall(r"[a-z]+", f"{match['verb']} {match['mid']}")
                if match["ok"] == "o":
                    sign = _rank_sign(words) if match["nk"] == "o" and _PLACE.search(masked.text) else 0
                elif match["ok"] != match["nk"] and {match["ok"], match["nk"]} != {"l", "n"}:
                    continue
                else:
                    sign = {"up": 1, "down": -1}.get(words[-1]) or sign_within(words, verbs, nouns)
                    before = re.findall(r"[a-z'’]+", masked.text[max(0, match.start() - 20) : match.start()])
                    guard = _SCHEDULE if match["ok"] == "l" else _NOT_OVER_TIME
                    told = masked.text[match.start() : max(match.end("old"), match.end("new"))]
                    if not _levels(masked, old, new) or guard.search(told) or is_denied([*before, *words]):
                        continue
                    if pattern is _TO_FROM and not _is_after(match):
                        continue
            if not sign:
                continue
            seen.add((old.id, new.id))
            context = _told_above(article, masked.sentence.index, sign) if match["ok"] != "o" else {}
            yield _relation(old, new, sign, 0.93 if match["ok"] != "o" else 0.92, context)


def _told_above(article: Article, sentence: int, sign: int) -> dict[str, Claim]:
    """The headline's word for what the first paragraph says, where it says that it went the same way."""
    if article.sentences[sentence].block != article.lede:
        return {}
    for claim in article.claims:
        if claim.kind == "direction" and article.block(claim).kind == BlockKind.HEADLINE and claim.value == sign:
            return {"direction": claim}
    return {}


_UNTOLD = lazy(
    r"^(?:[^‹›.;:]|‹d\d+›){0,50}?, (?:which (?:is|was) )?(?:(?P<up>up|an? (?:[a-z]+ )?(?:rise|increase|improvement|gain|jump)|more|higher)|(?P<down>down|an? (?:[a-z]+ )?(?:fall|drop|decrease|decline|reduction)|fewer|less|lower)) (?:on|over|from|than) (?:the (?:year|season|month|quarter|winter|summer) before|a year (?:earlier|ago|before)|(?:‹d\d+›)|(?:last|the previous) [a-z]+)(?! ?‹)"
)


def _moved(article: Article, claim: Claim) -> int:
    """Which way a level is said to have moved where its sentence does not tell from where."""
    masked = article.masked(claim.sentence)
    before, behind = masked.around(claim)
    if (found := _UNTOLD.match(behind)) is not None:
        return 1 if found["up"] else -1
    if claim.role != "to" or claim.tense == "pluperfect" or re.search(r"\bfrom\b", masked.text):
        return 0
    if _OLDER.search(behind):
        return 0  # "dipped to 601.7 mln after 614.4 mln"
    tokens = article.tokens(claim.sentence)
    words = re.findall(r"[a-z'’]+", re.split(r"[;:,‹›]| (?:and|but|while|after|as|when|because) ", before)[-1])
    return 0 if is_denied(words) else sign_within(words, frozenset(t.lower for t in tokens if t.is_verb), frozenset())


_OLDER = lazy(r"\b(?:after|against|following|compared (?:with|to)|over) [^‹›,;:]{0,30}‹[nmp]")


def _is_told_as_moving(article: Article, level: Claim, sign: int) -> bool:
    """Whether the article says elsewhere by how much the same level moved, so that its older one is another."""
    return any(
        (claim.kind, claim.unit, claim.value) == (level.kind, level.unit, level.value)
        and _moves_itself(article, claim, sign)
        for claim in article.claims
    )


_YEARLY = lazy(r"\b(?:year|twelve months|12 months)\b", re.I)


def _apart(article: Article) -> Iterator[Relation]:
    """A level that is said to have risen or fallen, and the one that stood right before it, told in another sentence."""
    moved: dict[int, list[History]] = {}
    for history in histories(article):
        if age(article, history.old) > 1 and (history.new.tense != "future" or not history.words):
            moved.setdefault(history.new.id, []).append(history)
    for found in moved.values():
        new = found[0].new
        sign = _moved(article, new)
        if not sign or _is_told_as_moving(article, new, sign):
            continue
        olds = {history.old.value for history in found if not _is_year_on_year(article, history)}
        if len(olds) == 1:
            old = next(h.old for h in found if h.old.value in olds)
            yield _relation(old, new, sign, 0.85, {}, "if both are levels of one measure")


def _is_year_on_year(article: Article, history: History) -> bool:
    """Whether the older level is a year back and the newer one's move may be one of a month: a rate may have risen since
    May and be lower than a year ago."""
    return bool(
        _YEARLY.search(article.text(history.old.sentence)) and not _YEARLY.search(article.text(history.new.sentence))
    ) and any(
        claim.figure is not None
        and claim.figure.calendar is not None
        and claim.figure.calendar.grain in ("month", "quarter", "week")
        for claim in article.by_sentence[history.new.sentence]
    )


def _is_predicate(tokens: Sequence[Token], token: Token) -> bool:
    """Whether a participle that was read as an adjective has no noun to qualify: "the stay lengthened, from 96 ..."."""
    after = token.index + 1
    return token.tag == "JJ" and token.lower.endswith("ed") and after < len(tokens) and not tokens[after].is_noun


def _is_after(match: re.Match[str]) -> bool:
    """Whether "to 4.1% in June after 4.6% in May" tells when the other was."""
    joint = match.group()[: match.start("old") - match.start()]
    return not re.search(r"(?:after|following) [^‹]*‹.$", joint) or bool(_EARLIER.match(match["behind"]))


def _is_beside(masked: Masked, match: re.Match[str], old: Claim, new: Claim) -> bool:
    """Whether "X, up from Y" sets two levels of one thing side by side."""
    if not _levels(masked, old, new) or old.kind == "duration" or new.role in ("change", "from", "than"):
        return False
    if _MARGIN.match(match.group()):
        return False  # "2,300 more than the 10,118 who came"
    if _AFTER.search(masked.text[: match.start()]):
        return False  # "a profit of 139 million after a charge of 1.7 billion, down from"
    if _INSIDE.search(masked.text[: match.start()]):
        return False  # "1,310 infections in the 23 counties, up from 588"
    if re.search(r"(?:than|on|over) [^‹]*$", match.group()[: match.start("old") - match.start() - 2]):
        return bool(
            _EARLIER.match(match["behind"])
            or re.search(r"(?:last year['’]s|previous) $", match.group()[: match.start("old") - match.start() - 2])
        )
    return True


_MARGIN = lazy(r"‹[nmpul]\d+› (?:more|fewer|less|higher|lower|longer|shorter) than\b")
_AFTER = lazy(r"\b(?:after|despite|including|excluding|before) (?:an? |the |its |their )?(?:[a-z-]+ (?:of )?){0,2}$")
_INSIDE = lazy(
    r"‹[nmpu]\d+›[^‹›,;]{0,40} (?:in|of|at|across|among|from|for|by|to|on|with)(?: the| its| all| those| these)? $"
)
_COUNTED = lazy(
    r"\b(?:number(?! (?:‹|\d))|total|count|toll|tally|average|rate|index|figure|membership|enrol\w+|attendance|population|staff|workforce|headcount)\b"
)


def _levels(masked: Masked, old: Claim, new: Claim) -> bool:
    """Whether two figures can be levels of one thing; "from 2.0 to 2.5 mln" leaves a scale out."""
    if any(_is_size(claim) for claim in (old, new)):
        return False
    bare = {old.kind, new.kind} == {"duration", "count"}  # "from 96 minutes to 88"
    if bare:
        if any(c.kind == "count" and c.noun for c in (old, new)) and old.noun != new.noun:
            return False
    elif old.kind != new.kind or old.unit.split("/")[0] != new.unit.split("/")[0] or nouns(old, new) == "other":
        return False
    assert old.value is not None and new.value is not None and old.figure is not None and new.figure is not None
    if min(old.value, new.value) <= 0 or max(old.value, new.value) > 50 * min(old.value, new.value):
        return False
    few = old.kind == "count" and all(map(_is_number, (old, new))) and max(old.value, new.value) <= 50
    return bare or not few or _COUNTED.search(masked.text) is not None


def _is_number(claim: Claim) -> bool:
    """Whether a count names nothing right behind it, so that it may be a place in a list: "at five, up from 13"."""
    return claim.figure is not None and claim.end == claim.figure.end


def _is_size(claim: Claim) -> bool:
    """Whether a figure is itself the size of a change: "revised from the 3.7% drop first reported to 7.9%"."""
    last = re.findall(r"[a-z]+", claim.text.lower())[-1:]
    return bool(last) and last[0] in NOUNS


def _rank_sign(words: list[str]) -> int:
    """-1 where a rank gets a smaller number (up the table), 1 where it gets a larger one."""
    from checker.language import english

    for word in words:
        bases = {english.lemma(word, tag) for tag in ("VBD", "VBZ", "VBG", "VBN")}
        if bases & _RANK_UP:
            return 1 if "down" in words else -1
        if bases & _RANK_DOWN:
            return 1
    return 0


def _relation(
    old: Claim, new: Claim, sign: int, confidence: float, context: dict[str, Claim], assumes: str = ""
) -> Relation:
    kind = "direction-up" if sign > 0 else "direction-down"
    return Relation(
        kind, {"old": (_to_the_digit(old),), "new": (_to_the_digit(new),)}, confidence, assumes, context=context
    )


def _to_the_digit(claim: Claim) -> Claim:
    """A length of time as it is written: beside another one, 96 minutes are not "about an hour and a half"."""
    if claim.kind != "duration" or claim.figure is None or claim.value is None or claim.figure.hedge != Hedge.EXACT:
        return claim
    half = claim.figure.step / 2
    return replace(claim, widest=Interval(claim.value - half, claim.value + half))


# another reading of a quantity than the plain one: "Seasonally adjusted, the surplus narrowed"
_ADJUSTED = lazy(
    r"\b(?:adjusted|underlying|like-for-like|constant (?:prices|currency)|in real terms|excluding|per capita)\b", re.I
)


def _moves_itself(article: Article, new: Claim, sign: int) -> bool:
    """Whether a level stands behind a change of its own that goes as told: "up by 23 to 784, against 1,063 a year ago"."""
    before = [c for c in article.by_sentence.get(new.sentence, ()) if c.end <= new.start and new.start - c.end < 8]
    if not before or before[-1].figure is None:
        return False
    if article.block(new).text[before[-1].end : new.start] not in (" to ", ", to "):
        return False
    return before[-1].figure.hedge == (Hedge.UP if sign > 0 else Hedge.DOWN)


_TOP = 5  # sentences of the text in which the opening's news is told


def _is_borne_out(article: Article, sign: int) -> bool:
    """Whether the first sentences compare two levels that went as the opening says, whatever they are called."""
    first = article.sentences_of(article.lede)[0].index if article.lede >= 0 else 0
    return any(
        c.told[1] < first + _TOP and ((c.new.value or 0) > (c.old.value or 0)) == (sign > 0)
        for c in comparisons(article)
    )


def _openings(article: Article) -> Iterator[Relation]:
    """What the opening says rises or falls, without a figure of its own, against two levels that are of the same."""
    told = [
        c
        for c in article.claims
        if c.kind == "direction" and c.modality == "asserted" and c.tense not in ("future", "pluperfect")
    ]
    if not told:
        return
    levels = [
        c
        for c in article.claims
        if is_level(c) and c.role not in ("change", "rate") and c.sentence >= 0 and not is_digest(article, c.sentence)
    ]
    alike = topics(article)
    for claim in told:
        if any(
            is_level(c) or c.kind in ("percent", "ratio")
            for c in article.by_sentence.get(claim.sentence, ())
            if c.id != claim.id and c.kind != "count"
        ):
            continue
        newer = [
            c
            for c in levels
            if c.sentence != claim.sentence and c.role not in ("from", "than") and alike.crossed(claim, c) >= _TOPIC
        ]
        pairs = [
            (old, new)
            for new in newer
            for old in levels
            if abs(old.sentence - new.sentence) <= 1
            and old is not new
            and comparable(old, new)
            and is_explicit(article, old, new)
        ]
        if not pairs or claim.value is None:
            continue
        sign = 1 if claim.value > 0 else -1
        if any(_moves_itself(article, c, sign) for c in levels if c in newer or c.sentence == claim.sentence):
            continue
        if _ADJUSTED.search(article.text(claim.sentence)):
            continue
        rising = [(new.value or 0) > (old.value or 0) for old, new in pairs]
        agreeing = [pair for pair, up in zip(pairs, rising, strict=True) if up == (claim.value > 0)]
        if agreeing:
            yield _relation(*agreeing[0], sign, 0.9, {})
        elif not _is_borne_out(article, sign):
            yield _relation(*pairs[0], sign, 0.8, {"direction": claim}, "if these are the levels meant")
