"""The levels that a change's own words attach to it: "rose 12% to X from Y", "X, up 12% from Y", "from Y to X, or 12%"."""

from __future__ import annotations

from checker.language.article import Article
from checker.model import Claim
from checker.patterns import lazy

_DATED = lazy(
    r"(?:,? (?:in|on|at|for|by|of|during|since))? ?‹[dt]\d+›(?:['’]s)?"
)  # "from 10,250 in 2010 to 25,500 in 2014"
_HEDGES = r"(?:an? |the |just |only |about |nearly |around |some |a record |its |their |over |under |a revised |previous |last year['’]s |almost |more than )*"
_LEVEL = r"‹[nmpul](?P<level>\d+)›"
_TO = lazy(
    rf"^(?:[^‹›.;:]{{0,30}}? from {_HEDGES}‹[nmpul]\d+›)?(?:[^‹›.;:]{{0,40}}?,? (?:to|at|reaching|totall?ing|hitting|for)) {_HEDGES}{_LEVEL}"
)
_FROM = lazy(
    rf"^[^‹›.;:]{{0,60}}?(?:‹[nmpul]\d+›[^‹›.;:]{{0,60}}?)?,? ?(?:from|than|against|on|compared (?:with|to)|over|above|below|as (?:many|much|big|large|high|long|great|expensive) as|times) {_HEDGES}{_LEVEL}"
)
_LEVEL_MORE = lazy(rf"{_LEVEL}[^‹›.;:]{{0,25}}?,? (?:or |which is |that is |some |about |nearly |almost |more than )*$")
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
_THAN_THAT = lazy(r" (?:more|fewer|less|higher|lower) than")
_AS_THAT = lazy(r" ?(?:times )?(?:as|more|the|that|what|its|larger|higher|bigger)\b")


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
    if new is None and old is not None and _ANAPHORIC.match(masked.text) and _LESS_THAN.match(behind):
        like = [c for c in levels if c.sentence == claim.sentence - 1 and (c.kind, c.unit) == (old.kind, old.unit)]
        new = like[-1] if like else None  # "That pace would be 50 percent lower than the 300,000 of the boom"
    return new, old if old is not new else None
