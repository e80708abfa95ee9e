"""Ranges: their ends in order; averages, the oldest, the youngest and members of a group inside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from checker.language.article import Article, Masked
from checker.model import BlockKind, Claim, Interval, Kind, Relation
from checker.patterns import lazy
from checker.relations.histories import BARE, measures, shared
from checker.relations.levels import is_digest
from checker.relations.movements import sign_of
from checker.rendering import plain

_K = "[nmpulad]"
_ADVERB = r"(?:about |around |just |as (?:much|many|high|low|little) as |more than |nearly |only |a |an |some )*"
_BETWEEN = lazy(
    r"(?<!\bdifference )(?<!\bgap )\b(?P<word>between|ranging (?:in [a-z]+ )?from|rang(?:ed?|es?) (?:in [a-z]+ )?from|anywhere from|anything from|varying from|var(?:y|ies|ied) from|aged (?:from|between)|bracket of|range (?:of|at|was|is|put at|set at)|band of) "
    rf"{_ADVERB}(?:[a-z]+ of )?‹(?P<lk>{_K})(?P<low>\d+)›(?P<what>(?: (?!lower|less|fewer|down|below|higher|more|up|above)[a-z’'-]+){{0,9}}?) (?:and|to) {_ADVERB}‹(?P<hk>{_K})(?P<high>\d+)›"
)
# "expects revenue of $640 million to $660 million", "it usually takes 30 minutes to 40 minutes"
_SPAN = lazy(
    r"\b(?P<word>expect\w*|forecast\w*|predict\w*|project(?:s|ed|ing)|estimat\w+|guidance|outlook|sees?|anticipat\w+|target\w*|rang\w+|usually|typically|normally|generally|"
    r"costs?|lasts?|takes?|weigh\w*|grows? to|measur\w+|sell\w*|priced)\b(?P<mid>[^‹›;:]{0,60}?)\b(?:of|at|for|between|is|was|be|are|about|around|some|costs?|lasts?|takes?|weighs?) "
    rf"‹(?P<lk>[mulp])(?P<low>\d+)› to {_ADVERB}‹(?P<hk>[mulp])(?P<high>\d+)›"
)
# "losses of $1.1bn-$1.4bn": two amounts joined by a dash are always a range
_DASHED = lazy(r"(?P<word>)‹(?P<lk>[mup])(?P<low>\d+)›(?P<mid>)[-–]‹(?P<hk>[mup])(?P<high>\d+)›")
_AS_ONE = lazy(
    rf"\b(?P<word>between|ranging from|rang(?:ed?|es?) (?:in [a-z]+ )?from|aged?(?: from| between)?|from|bracket of|range of|band of|were|are) {_ADVERB}‹(?P<kind>{_K})(?P<range>\d+)›"
)
# "from $390 at a storefront centre to $4,950 at a hospital": told as a range by what varies
_FROM_TO = lazy(
    rf"\b(?:from|of as (?:little|few|low) as) {_ADVERB}‹(?P<lk>{_K})(?P<low>\d+)›(?P<what>[^‹›.;:]{{0,70}}?) to {_ADVERB}‹(?P<hk>{_K})(?P<high>\d+)›"
)
# "readings ranged from 38 micrograms on January 6, when it rained, to 171", "the readings went from 12 to 47"
_SPREAD = lazy(
    rf"\b(?P<word>rang(?:ed?|es|ing)|var(?:y|ies|ied|ying)|(?:went|ran|run|runs|goes|go|spread|stretched|swung|extended)) (?:in [a-z]+ |anywhere )?from {_ADVERB}‹(?P<lk>{_K})(?P<low>\d+)›(?P<what>(?:[^‹›.;:]|‹d\d+›){{0,90}}?) to {_ADVERB}‹(?P<hk>{_K})(?P<high>\d+)›"
)
_SEVERAL = lazy(
    r"\b(?:readings|prices|results|estimates|scores|marks|fees|rents|wages|ages|times|temperatures|costs|fares|bids|quotes|measurements|values|levels|waits|heights|weights|depths|sums|salaries|concentrations?|grants|fines|sentences|bills|charges|awards|offers|speeds|distances|sizes|depths|yields|rates|doses|counts)\b[^.;:‹›]{0,50}$",
    re.IGNORECASE,
)
_MIDPOINT = lazy(
    r"\b(?:middle|midpoint|mid-point|centre|center) of (?:the|that|its|this) (?:[a-z]+ )?range\b[^‹›.;:]{0,20}‹(?P<kind>[nmpul])(?P<value>\d+)›"
)
_AND_AVERAGED = lazy(
    r"(?: [a-z]+| (?:a|per) [a-z]+)?,? (?:and |with |to |or )?(?:an? |the |their |its )?(?:averag(?:ed?|ing)|mean|median)\b"
)
_FAR = 15  # sentences behind a range in which an average may be of what it names
_VARIES = lazy(
    r"\b(?:var(?:y|ied|ies|iation)|rang\w+|differ\w*|spread|anything|anywhere|answers|quotes?|prices|between|factor of|estimates|predict\w*|forecasts?|guess\w*)\b",
    re.I,
)
_CHEAPEST = lazy(
    rf"\b(?:cheapest|lowest|smallest|shortest|quickest|fastest|youngest|lightest|least expensive)\b(?P<one>[^‹›.;]{{0,60}}?)‹(?P<lk>{_K})(?P<low>\d+)›(?P<what>(?:[^‹›]|‹d\d+›){{0,160}}?)\b(?:dearest|highest|largest|longest|slowest|oldest|heaviest|most expensive|priciest|costliest)\b[^‹›.;]{{0,40}}?‹(?P<hk>{_K})(?P<high>\d+)›"
)
_OTHER = lazy(
    r"\b(?:difference|gap|distance|match|game|talks|trade|ratio|split|divided|shared|relations|fight|border|years?|season|time|hours?|flights?|road|train|score|agreement|choose|choice|rose|rise|fell|fall|fallen|risen|grew|"
    r"increase\w*|cut|drop\w*|raised|up|down|moved|went|changed|climb\w*|declin\w*)\b[^‹]{0,30}$"
)
_MIDDLE = lazy(
    rf"\b(?:average|mean|median|midpoint|mid-point|middle|typical(?:ly)?|averag(?:ing|ed?))\b(?:[^‹›.;:]{{0,30}}? of (?:the |all |these |those |our |its )?‹n\d+›)?(?:[^‹›.;:]{{0,45}}?)(?:of |was |is |at |being |came to |put at |cost |paid |to )?‹(?P<kind>{_K})(?P<value>\d+)›|\b[Oo]n average\b[^‹›.;:]{{0,40}}?‹(?P<k2>{_K})(?P<late>\d+)›|‹(?P<k3>{_K})(?P<before>\d+)›,? on average\b"
)
_BACK_THEN = lazy(r"‹d\d+›|\b(?:[Pp]revious|[Ee]arlier|[Bb]efore|[Tt]hen)\b")  # another time is spoken of
_EXTREME = lazy(
    r"\b(?:youngest|oldest|eldest|senior|most senior)\b[^‹›.;]{0,70}?‹[an](?P<age>\d+)›|‹[an](?P<early>\d+)›[^‹›.;]{0,40}?\b(?:the|is) (?:youngest|oldest|eldest|senior)\b"
)
_MEMBER = lazy(
    r"\b(?:charged|accused|defendants?|victims?|died|killed|dead|missing|rescued|survivors?|convicted|sentenced|jailed|members?|pupils?|runners?|climbers?|(?:second|third|fourth|fifth|sixth|seventh|last|other) (?:man|woman|person|victim|defendant|accused|suspect)|the (?:first|last) (?:to|of them|of the))\b",
    re.I,
)
_AGE_WORDS = lazy(r"\bage[ds]?\b|\byears? old\b|\bold(?:er)?\b", re.I)


@dataclass(frozen=True, slots=True)
class Range:
    """The two ends of a range and where it is told."""

    low: Claim
    high: Claim
    block: int
    sentence: int
    ages: bool


def find(article: Article) -> Iterable[Relation]:
    """``order`` relations of written ranges, ``within`` relations of what must lie inside them."""
    for block, content in enumerate(article.document.blocks):
        if content.kind in (BlockKind.TABLE_CELL, BlockKind.DATELINE, BlockKind.BYLINE):
            continue
        passage = article.passage(block)
        if passage is None or not passage.claims:
            continue
        for found, ordered in _ranges(article, passage, block):
            if ordered is not None:
                yield ordered
            yield from _midpoints(article, found)
            if (found.low.value or 0) < (found.high.value or 0):
                yield from _middles(article, found)
                yield from _far_middles(article, found)
                if found.ages:
                    yield from _members(article, found)


def _ranges(article: Article, passage: Masked, block: int) -> Iterator[tuple[Range, Relation | None]]:
    seen: set[int] = set()
    for pattern in (_BETWEEN, _SPAN, _DASHED, _CHEAPEST, _FROM_TO, _SPREAD):
        for match in passage.finditer(pattern):
            low, high = _whole_range(article, passage.claim(match, "low")), passage.claim(match, "high")
            high = _in_unit_of(low, high) if pattern is _CHEAPEST else high
            if high.id in seen or not _is_range(passage, match, low, high) or is_digest(article, high.sentence):
                continue
            if pattern is _SPREAD and not (
                match["word"].startswith(("rang", "var"))
                or _SEVERAL.search(passage.text[max(0, match.start() - 80) : match.start()])
            ):
                continue
            if pattern is _SPAN and _moves(match["mid"]):
                continue
            if pattern is _DASHED and re.sub(r"\d", "0", low.text) != re.sub(r"\d", "0", high.text):
                continue  # "117.46-49 yen", "1.59-1/2 dollars"
            if pattern is _FROM_TO and not (
                (
                    _VARIES.search(passage.text[max(0, match.start() - 120) : match.start()])
                    and _middle_behind(passage, match.end())
                )
                or (
                    _AND_AVERAGED.match(passage.text, match.end())
                    and not _moves(re.split(r"[.;:]", passage.text[: match.start()])[-1][-60:])
                )
            ):
                continue
            seen.add(high.id)
            ordered = (
                Relation("order", {"low": (low,), "high": (high,)}, 0.93)
                if pattern in (_BETWEEN, _SPAN, _DASHED)
                else None
            )
            yield Range(low, high, block, high.sentence, _are_ages(passage, match.start(), match.end(), high)), ordered
    for match in passage.finditer(_AS_ONE):
        claim = passage.claim(match, "range")
        found = range_ends(article, claim)
        if found is None:
            continue
        low, high = found
        ages = claim.kind == "age" or (
            (claim.kind == "count" and claim.noun in ("", "year"))
            and _are_ages(passage, match.start(), match.end(), claim)
        )
        yield Range(low, high, block, claim.sentence, ages), None


def range_ends(article: Article, claim: Claim) -> tuple[Claim, Claim] | None:
    """The two ends of a range that was read as one figure, as claims of their own."""
    figure = claim.figure
    if figure is None or claim.value is not None or figure.low is None or figure.high is None or figure.parts:
        return None
    if figure.kind in (Kind.DATE, Kind.TIME):
        return None
    unit = re.split(r"\d[\d.,]*", figure.text)[-1].strip() if figure.text[:1].isdigit() else ""
    low, high = (
        replace(
            claim,
            id=article.next_id(),
            text=f"{plain(value)} {unit}".rstrip(),
            widest=Interval.point(value),
            intended=Interval.point(value),
            value=value,
            integer=False,
        )
        for value in (figure.low, figure.high)
    )
    return low, high


def _moves(text: str) -> bool:
    """Whether words say that something moves from one figure to another."""
    return " from " in text or any(sign_of(word) for word in re.findall(r"[a-z]+", text))


def _middle_behind(passage: Masked, at: int) -> bool:
    return _MIDDLE.search(passage.text, at, at + 160) is not None


def _are_ages(passage: Masked, start: int, end: int, high: Claim) -> bool:
    """Whether a range is of people's ages."""
    if high.kind == "age":
        return True
    if high.kind != "count" or high.noun not in ("", "year"):
        return False
    return bool(_AGE_WORDS.search(passage.text[max(0, start - 30) : end + 14])) or (
        "all" in passage.text[max(0, start - 30) : start].split() and (high.value or 0) < 100
    )


def _in_unit_of(low: Claim, high: Claim) -> Claim:
    """The upper of two extremes in the unit of the lower, which it leaves out: "the quickest needed four minutes, the slowest 51"."""
    bare = high.kind == Kind.COUNT and high.figure is not None and high.end == high.figure.end
    if not bare or low.kind not in (Kind.DURATION, Kind.MONEY, Kind.MEASURE, Kind.PERCENT) or "/" in low.unit:
        return high
    return replace(high, kind=low.kind, unit=low.unit, dimension=low.dimension, integer=False)


def _whole_range(article: Article, low: Claim) -> Claim:
    """The lower end without the upper one, where the words were taken together: "38" of "38 and 31 euros"."""
    if low.figure is None or low.end == low.figure.end:
        return low
    return replace(low, id=article.next_id(), end=low.figure.end, text=low.figure.text)


def _is_range(passage: Masked, match: re.Match[str], low: Claim, high: Claim) -> bool:
    if (
        low.value is None
        or high.value is None
        or _OTHER.search(passage.text[max(0, match.start() - 60) : match.start()])
    ):
        return False
    if low.kind != high.kind and low.kind != Kind.COUNT:
        return False
    if low.kind == high.kind and low.unit.split("/")[0] != high.unit.split("/")[0]:
        return False
    if Kind.DATE in (low.kind, high.kind):
        return False
    bare = low.kind == high.kind == Kind.COUNT
    ages = bare and _AGE_WORDS.search(passage.text[max(0, match.start() - 30) : match.end() + 14])
    if bare and not ages and (not high.noun or (low.noun and low.noun != high.noun) or high.value <= 12):
        return False  # "between nine and five" is a working day
    if low.kind == Kind.COUNT and high.kind != Kind.COUNT and high.figure is not None and low.value < high.value:
        return high.value < 1000 * low.value  # "between 3 and 4 million": the scale is meant for both
    return True


def _middles(article: Article, found: Range) -> Iterator[Relation]:
    """An average or median told behind a range, in its paragraph or the next sentence."""
    for index in range(found.sentence, min(found.sentence + 4, len(article.sentences))):
        if article.sentences[index].block > found.block + 1:
            return
        masked = article.masked(index)
        for match in masked.finditer(_MIDDLE):
            claim = masked.claims[int(match["value"] or match["late"] or match["before"])]
            if claim.id in (found.low.id, found.high.id) or (
                claim.start <= found.high.start and index == found.sentence
            ):
                continue
            if claim.value and not _is_another(claim, found) and _is_in_unit(claim, found.high, index - found.sentence):
                told = masked.around(found.high)[1] if index == found.sentence else masked.text
                before = told.partition(masked.mark(masked.claims.index(claim)))[0] or masked.text[: match.end()]
                if (
                    _BACK_THEN.search(before)
                    or (claim.names and found.high.names and not claim.names & found.high.names)
                    or claim.role in ("change", "from", "than")
                    or not found.high.value
                    or claim.value > 10 * found.high.value
                    or (index - found.sentence >= 2 and not _is_of(article, claim, found, False))
                ):
                    continue
                yield Relation(
                    "within",
                    {"low": (found.low,), "high": (found.high,), "value": (claim,)},
                    0.92 if index - found.sentence <= 1 else 0.85,
                )
                return


def _is_in_unit(claim: Claim, end: Claim, apart: int) -> bool:
    """Whether an average is in the unit of a range, which it need not repeat right behind it."""
    if claim.kind == end.kind and claim.unit.split("/")[0] == end.unit.split("/")[0]:
        return True
    return (
        apart == 0
        and claim.kind == Kind.COUNT
        and claim.noun in ("", end.noun)
        and end.kind in ("measure", "percent", "age")
    )


def _midpoints(article: Article, found: Range) -> Iterator[Relation]:
    """What an article says is the middle of the range, where it tells one of the kind."""
    low, high = sorted((found.low, found.high), key=lambda c: c.value or 0)
    for sentence in article.sentences[found.sentence + 1 :]:
        if "range" not in article.text(sentence.index):
            continue
        masked = article.masked(sentence.index)
        for match in masked.finditer(_MIDPOINT):
            claim = masked.claim(match, "value")
            same = claim.kind == high.kind and claim.unit.split("/")[0] == high.unit.split("/")[0]
            bare = claim.kind == Kind.COUNT and claim.figure is not None and high.figure is not None
            if same or (bare and claim.figure.step == high.figure.step):  # type: ignore[union-attr]
                yield Relation("within", {"low": (low,), "high": (high,), "value": (claim,)}, 0.9)
                return


def _is_another(claim: Claim, found: Range) -> bool:
    """Whether a figure stands as an adjective ("a 10-point scale"), or counts something else than a range of ages."""
    return "-" in claim.text or (found.ages and claim.kind == "count" and claim.noun not in ("", "year"))


def _far_middles(article: Article, found: Range) -> Iterator[Relation]:
    """An average told paragraphs behind a range, of what it names or in the unit that only the range has."""
    for index in range(found.sentence + 1, min(found.sentence + _FAR, len(article.sentences))):
        if article.sentences[index].block <= found.block + 1 and index < found.sentence + 4:
            continue  # ``_middles``
        masked = article.masked(index)
        for match in masked.finditer(_MIDDLE):
            claim = masked.claims[int(match["value"] or match["late"] or match["before"])]
            if claim.kind != found.high.kind or claim.unit.split("/")[0] != found.high.unit.split("/")[0]:
                continue
            if (
                not claim.value
                or claim.role in ("change", "from", "than")
                or _is_another(claim, found)
                or not _is_of(article, claim, found, _is_dated(masked, claim))
            ):
                continue
            yield Relation("within", {"low": (found.low,), "high": (found.high,), "value": (claim,)}, 0.85)
            return


def _is_dated(masked: Masked, claim: Claim) -> bool:
    """Whether the date of a claim's sentence is of its own clause."""
    before, _, behind = masked.text.partition(f"{masked.claims.index(claim)}›")
    return "‹d" in before or "‹d" in re.split(r"[,;:]", behind)[0]


def _is_of(article: Article, average: Claim, found: Range, dated: bool) -> bool:
    """Whether an average can be of what a range tells of: by what both name, and by their dates."""
    high = found.high
    if average.names and high.names and not average.names & high.names:
        return False
    if dated and average.when is not None and not all(_lies_in(end, average) for end in (found.low, high)):
        return False
    if shared(article, average, high) or shared(article, average, found.low) or _is_named(article, average, found.low):
        return True
    return (
        average.kind == "measure"
        and average.unit not in ("km", "m", "mi", "ft", "C", "F")
        and not measures(article, average) - BARE
    )


def _is_named(article: Article, average: Claim, low: Claim) -> bool:
    """Whether what is averaged stands right before a range: "at heights of 1,900 to 2,200 metres", "The average height was"."""
    before = article.block(low).text[max(0, low.start - 40) : low.start].lower()
    return (
        bool(average.noun)
        and re.search(rf"\b{re.escape(average.noun.lower())}s? (?:[a-z]+ ){{0,2}}$", before) is not None
    )


def _lies_in(end: Claim, average: Claim) -> bool:
    """Whether the time of a range's end lies in that of an average."""
    assert average.when is not None
    if end.when is None or None in (end.when.low, end.when.high, average.when.low, average.when.high):
        return True
    return average.when.low <= end.when.low and end.when.high <= average.when.high  # type: ignore[operator]


def _members(article: Article, found: Range) -> Iterator[Relation]:
    """The oldest or youngest, and members of the group, whose ages are a range."""
    low, high = found.low.value or 0, found.high.value or 0
    seen: set[int] = set()
    for sentence in article.sentences:
        kind = article.block(sentence).kind
        if kind not in (BlockKind.BODY, BlockKind.QUOTE, BlockKind.LIST_ITEM, BlockKind.CAPTION):
            continue
        masked = article.masked(sentence.index)
        told: list[tuple[Claim, float]] = []
        for match in masked.finditer(_EXTREME):
            told.append((masked.claims[int(match["age"] or match["early"])], 0.9))
        if _MEMBER.search(masked.text):
            told += [
                (c, 0.75) for c in masked.claims if c.kind == "age" and c.value is not None and c.value.denominator == 1
            ]
        for claim, confidence in told:
            if (
                claim.id in seen
                or claim.value is None
                or claim.kind not in ("age", "count")
                or (claim.kind == "count" and claim.noun not in ("", "year"))
            ):
                continue
            if claim.id in (found.low.id, found.high.id) or not 5 <= claim.value <= 110:
                continue
            inside = low <= claim.value <= high
            if (
                not inside
                and confidence < 0.9
                and not (high < claim.value <= high + 15 or low - 10 <= claim.value < low)
            ):
                continue
            seen.add(claim.id)
            yield Relation(
                "within",
                {"low": (found.low,), "high": (found.high,), "value": (claim,)},
                confidence,
                "if this is one of them" if confidence < 0.9 else "",
            )
