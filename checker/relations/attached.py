"""The levels that a change's own words attach to it: "rose 12% to X from Y", "X, up 12% from Y", "from Y to X, or 12%"."""

from __future__ import annotations

from functools import lru_cache

from checker.language.article import Article
from checker.model import Claim
from checker.patterns import lazy
from checker.relations.changed import Change, questions
from checker.relations.levels import is_level

_DATED = lazy(
    r"(?:,? (?:in|on|at|for|by|of|during|since))? ?‹[dt]\d+›(?:['’]s)?|,? (?:in|over|within|after)(?: just| only| the| about)* ‹l\d+›"
)  # "from 10,250 in 2010 to 25,500 in 2014"
_HEDGES = r"(?:(?:average|total|peak|high|low|mean|median|record) of |an? |the |just |only |about |nearly |around |some |a record |its |their |over |under |a revised |previous |last year['’]s |almost |more than )*"
_LEVEL = r"‹[nmpul](?P<level>\d+)›"
_GAP = r"(?:(?!,? (?:and|while|but) (?:the|its|their|a|an)\b)[^‹›.;:]){0,60}?"  # "by half, and the number of arrests from 64"
_TO = lazy(
    rf"^(?:[^‹›.;:]{{0,30}}? from {_HEDGES}‹[nmpul]\d+›)?(?:[^‹›.;:]{{0,40}}?,? (?:to|at|reaching|totall?ing|hitting|for)) {_HEDGES}{_LEVEL}"
)
_FROM = lazy(
    rf"^{_GAP}(?:(?:to|at|or|reaching|hitting|for|\(|a) {_HEDGES}‹[nmpul]\d+›{_GAP})?,? ?(?:from|than|against|on|compared (?:with|to)(?: [^‹›.;:]{{2,50}}?,? when (?:[a-z]+ ){{0,3}}?)?|over|above|below|as (?:many|much|big|large|high|long|great|expensive) as|times) {_HEDGES}{_LEVEL}"
)
_LEVEL_MORE = lazy(
    rf"{_LEVEL}(?:(?!,? (?:and|but) )[^‹›.;:]){{0,25}}?,? (?:or |which is |that is |some |about |nearly |almost |more than )*$"
)
_LEVEL_UP = lazy(
    rf"{_LEVEL}[^‹›.;:]{{0,40}}?,? (?:or )?(?:up|down|a (?:rise|fall|gain|drop|jump|increase|decrease|decline|cut)(?: of)?|which is|representing)(?: (?:by|about|around|some|nearly|almost|just|only|over|an?|roughly))* $"
)
_FROM_TO_AHEAD = lazy(
    rf"\bfrom {_HEDGES}{_LEVEL}[^‹›.;:]{{0,40}}? to {_HEDGES}‹[nmpul](?P<second>\d+)›(?:(?! and | but | while | with )[^‹›.;:]){{0,40}}$"
)
_BESIDE = lazy(r" (?:below|above|short|under|over|higher|lower|more|less|fewer)\b(?! than (?:a year|last|in))")
_ANAPHORIC = lazy(
    r"(?:That|This)(?: (?:figure|number|total|pace|rate|level|amount|sum|price|count))? (?:is|was|would|will|were)\b"
)
_TIMES_THE = lazy(
    rf"^ (?:times )?(?:the|its|their|his|her|last [a-z]+['’]s|what (?:was|were))(?: [a-z-]+){{0,3}}? ?(?:of |at )?{_HEDGES}{_LEVEL}"
)  # "double the £3m paid a year ago", "three times the previous record of 410"
_COMPARED = lazy(
    r"\b(?:above|below|than|against|over|under|compared (?:with|to)|short of|estimate of|estimated at)(?: (?:the|an?|its|their|[a-z]+)){0,4} $"
)
_TIMES_BEHIND = lazy(rf"{_LEVEL}(?: ?[—–(]| - |, ) ?(?:or |about |nearly |almost |more than |some )*$")  # "4.4%—double"
_LESS_THAN = lazy(r" (?:lower|higher|less|more|fewer|smaller|larger|below|above|cheaper|dearer)(?: than)? ")
_LEVEL_APART = lazy(
    rf"{_LEVEL}(?: (?!and\b|but\b)[a-z]+){{0,3}}, (?:or |about |nearly )?$"
)  # "4.45m tonnes, 21% down on"
_MOVED_ON = lazy(r" (?:up|down|higher|lower|more|fewer|less) (?:on|from|than|over)\b")
_THAT = lazy(r" (?:that|this)\b(?! (?:[a-z]+ )?(?:of|in|for|at)\b)")
_THAN_THAT = lazy(r" (?:more|fewer|less|higher|lower) than")
_AS_THAT = lazy(r" ?(?:times )?(?:as|more|the|that|what|its|larger|higher|bigger)\b")


_NEAR = 60  # characters between two levels of which the words tie one to the other


def own_levels(
    article: Article, claim: Claim, type: str, sign: int, levels: list[Claim]
) -> tuple[Claim | None, Claim | None]:
    """The newer and the older level that the change's own words attach to it: "rose 12% to X from Y", "X, up 12% from Y"."""
    masked = article.masked(claim.sentence)
    before, behind = (_DATED.sub("", text) for text in masked.around(claim))
    known = {claim.id for claim in levels}
    if (both := _FROM_TO_AHEAD.search(before)) and not _BESIDE.match(behind) and {
        masked.claims[int(both["level"])].id, masked.claims[int(both["second"])].id
    } <= known:  # fmt: skip
        return masked.claims[int(both["second"])], masked.claims[int(both["level"])]
    new = old = None
    found = _TO.match(behind) or _LEVEL_UP.search(before)
    if not found and _MOVED_ON.match(behind):
        found = _LEVEL_APART.search(before)
    if ((not found and (type == "amount" and sign == 0)) or (type == "times" and _AS_THAT.match(behind))) or (
        _THAN_THAT.match(behind)
    ):
        found = _LEVEL_MORE.search(before)
    if type == "times" and not found:
        found = _TIMES_BEHIND.search(before)
    if found and type == "times" and found.string is before and _COMPARED.search(before[: found.start()]):
        found = None  # "well above the estimate of £900,000 and double the £720,000"
    if found and masked.claims[int(found["level"])].id in known:
        new = masked.claims[int(found["level"])]
    found = _FROM.match(behind) or (_TIMES_THE.match(behind) if type == "times" else None)
    if found and masked.claims[int(found["level"])].id in known:
        old = masked.claims[int(found["level"])]
    if type == "times" and old is None and _THAT.match(behind):
        before_it = [c for c in levels if c.sentence == claim.sentence and c.end <= claim.start]
        old = before_it[-1] if before_it else None  # "will be valued at 2.5 billion in 1990 and double that by 1995"
    if new is None and old is not None and _ANAPHORIC.match(masked.text) and _LESS_THAN.match(behind):
        like = [c for c in levels if c.sentence == claim.sentence - 1 and (c.kind, c.unit) == (old.kind, old.unit)]
        new = like[-1] if like else None  # "That pace would be 50 percent lower than the 300,000 of the boom"
    return new, old if old is not new else None


def beside(explicit: list[tuple[Claim, Claim]]) -> dict[int, int]:
    """The newer level that stands right beside an older one, "from 3,342" behind "2,145", by the older one's id."""
    found: dict[int, int] = {}
    for old, new in explicit:
        if old.sentence == new.sentence and abs(old.start - new.start) < _NEAR:
            found[old.id] = new.id
    return found


def is_to_come(change: Claim, old: Claim, new: Claim) -> bool:
    """Whether a change is one to come and both levels have been: "revenue will rise by 25 pct", after 229.6 million."""
    if change.tense != "future" and change.modality != "planned":
        return False
    return all(c.modality == "asserted" and c.tense in ("past", "perfect", "pluperfect") for c in (old, new))


def is_of_another(old: Claim, new: Claim, pairs: set[tuple[int, int]], tied: dict[int, int]) -> bool:
    """Whether the words tie an older level to another newer one, or make the newer of two the older."""
    if (old.id, new.id) in pairs:
        return False
    return (new.id, old.id) in pairs or tied.get(old.id, new.id) != new.id


def news_of_others(article: Article, change: Change) -> frozenset[int]:
    """The ids of the levels that the words make the newer one of another change of the kind: "down 2.4% to 8.49 trillion"."""
    return frozenset(
        level
        for other, level in _own_news(article)
        if other.claim is not change.claim and other.type == change.type and other.claim.value != change.claim.value
    )


@lru_cache(maxsize=2)
def _own_news(article: Article) -> tuple[tuple[Change, int], ...]:
    found = []
    for change in questions(article):
        here = [c for c in article.by_sentence[change.claim.sentence] if c is not change.claim and is_level(c)]
        new, _ = own_levels(article, change.claim, change.type, change.sign, here) if here else (None, None)
        if new is not None:
            found.append((change, new.id))
    return tuple(found)
