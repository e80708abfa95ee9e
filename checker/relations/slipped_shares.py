"""Shares that a slip explains: "36 percent" of a part and a whole that make 26, "a third" of two that make just a quarter.

The likeliest slip in a percentage is a wrong first digit, next to the right one; a fraction in words is taken for another
one.  Two figures of one article that are just so far off are hardly ever chance, so that a weaker link is enough: it is
weighed in points for what the words say of the share's whole, of its part, and of how near they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

from checker.data import lexicon
from checker.language import english
from checker.language.article import Article
from checker.language.words import likeness
from checker.model import Claim, Hedge, Relation
from checker.patterns import lazy
from checker.relations.echoes import alike, is_echoed, is_same, stem, subject_nouns
from checker.relations.levels import ends, nouns
from checker.relations.parts import is_person
from checker.relations.shares import Share, own_parts, questions
from checker.relations.wholes import kinds

_SIMPLE = frozenset(Fraction(a, b) for b in (2, 3, 4, 5, 10) for a in range(1, b) if (a, b) not in ((3, 10), (7, 10)))
_LIKE = 50  # the likeness of nouns from which they may name one thing
_LIKEST = 70  # the likeness of nouns that name one thing
_CLOSE = Fraction(6, 100)  # how far a part's share of its whole may be open by rounding
_OFF = 10  # percentage points: the first digit is one too many or too few
_REACH = 20  # sentences
_OF = lazy(
    r"^(?P<of> (?:of|in) (?:the |its |their |all |those |these |his |her |our |my |an? |such |that |everything |every |this |each |[A-Za-z]+['’]s? ){0,3})?"
    r"(?:‹[nmu]\d+› )?(?P<nouns>(?:[a-z-]+ ?){1,4})"
)
_STOP = frozenset(
    """of in at on by for to from with and or but as who which that were was had have has is are be been being he she it they we us
    them him her his its their our out up down over under then than so said say will would could can may might must not did does do
    a an the this these those after before when while during since until into per each more less""".split()
)
# and no "52% of the total in Norway", "three-fifths of the number found elsewhere"
_ALL_OF_IT = lazy(
    r"^ (?:of|in) (?:[A-Za-z’'-]+ ){0,3}(?:total|number|whole|figure|sum|count|all|tally)(?=[.,;:)”\"]|$| (?:and|but|was|were|is|are)\b)"
)
_OF_IT = lazy(r"^ of (?:them|these|those|it)\b")
_ANAPHOR = lazy(
    r"^[\"“]?(?:That|This|These|Those|Which|The (?:figure|number|total|amount))\b[^‹›]{0,24}$|\b(?:or|which is|that is|equal to|equivalent to|representing|amounting to) $"
)
_OF_SOME = lazy(r" of (?:the |all |all the |its |their )?(?:[a-z-]+ ){1,3}who (?:[a-z]+[^d\W] |are |have )")
_OF_THEM = lazy(r"\s?(?:of|out of|among) (?:them|these|those|whom|which|the|its|their|his|her|our)\b")
_BEFORE_THEM = lazy(
    r"\b(?:[Oo]f|[Aa]mong) (?:them|these|those|whom|which|this|that|the total|that (?:number|total)),? $"
)
_OF_WHOLE = lazy(
    r"(?<!total )(?<!number )\b(?:[Oo]f|[Oo]ut of|[Aa]mong) (?:(?:the|its|their|all|a total of|some|about|those|these) ){0,3}$"
)
_OF_A_TIME = lazy(r"^[^‹›.;:,]{0,25}‹d\d+›")
_RATE_BEFORE = lazy(
    r"\b(?P<noun>[a-z]+(?:-[a-z]+)?)(?: rate| ratio| percentage| score)?(?: of (?:the )?[a-z]+)?,? (?:of|at|was|is|stands at|stood at|to|were) (?:just |only |about )?$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Told:
    """A share, what it is said to be of ("53% of market samples", "one in five bikes"), whether it is a rate ("a response
    rate of 46%"), takes up the part ("That amounts to ...") or the whole ("Of these, ..."), and its clause's verb."""

    share: Share
    of: frozenset[str]
    rate: str
    takes_up: bool
    of_them: bool
    beside: int  # the part that stands right beside it


def find(article: Article) -> Iterable[Relation]:
    """``share-of`` relations of shares that fail by a likely slip."""
    sizes: list[Claim] | None = None
    for share in (*questions(article), *lost(article)):
        if not _may_slip(share):
            continue
        if sizes is None:
            sizes = [c for c in article.claims if _is_size(article, c)]
        yield from _slipped(article, _told(article, share), sizes)


def _may_slip(share: Share) -> bool:
    value, figure = share.claim.value, share.claim.figure
    if value is None or figure is None or share.claim.modality in ("denied", "conditional"):
        return False
    if share.type == "percent":
        return value > _OFF and figure.hedge in (Hedge.EXACT, Hedge.UP, Hedge.DOWN)
    return share.type == "fraction" and value in _SIMPLE


def lost(article: Article) -> Iterator[Share]:
    """Shares that are told as changes or rates: "It would lose 36 percent of its staff", "a response rate of 46 percent"."""
    known = {share.claim.id for share in questions(article)}
    for claim in article.claims:
        if not claim.value or claim.id in known or claim.sentence < 0 or claim.role in ("from", "than"):
            continue
        if claim.unit == "%" and claim.value < 100 and (_said_of(article, claim) or _rate(article, claim)):
            yield Share(claim, "percent", Fraction(1, 100))
        elif claim.kind == "ratio" and claim.unit != "times" and claim.value < 1 and _said_of(article, claim):
            yield Share(claim, "fraction", Fraction(1))


def _is_size(article: Article, claim: Claim) -> bool:
    if claim.kind not in ("count", "money", "measure") or not claim.value or claim.value <= 0 or claim.figure is None:
        return False
    if claim.sentence < 0 or "/" in claim.unit or claim.other or claim.modality == "denied":
        return False
    if claim.role in ("rate", "change", "than") or (claim.role == "from" and not _is_source(article, claim)):
        return False
    if claim.kind == "count":
        return claim.value >= 8 and not (_is_bare(claim) and 1900 <= claim.value <= 2100)
    return claim.dimension not in ("temperature", "speed", "age")


def _is_source(article: Article, claim: Claim) -> bool:
    """Whether "from" says whence a count comes, and not from which level: "Delegates from 90 clubs"."""
    return bool(claim.kind == "count" and claim.noun) and not any(
        c.role in ("to", "change") and c.kind == "count" for c in article.by_sentence[claim.sentence]
    )


def _is_bare(claim: Claim) -> bool:
    """Whether no noun stands behind a count, or one for any case of it: "On 120 occasions"."""
    return claim.figure is not None and (
        claim.end <= claim.figure.end or claim.noun in ("occasion", "case", "instance")
    )


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(lexicon("shares")[name].split())


def _lemmas(text: str) -> list[str]:
    found = []
    for word in text.split():
        if word in _STOP:
            break
        found.append(english.lemma(word, "NNS"))
    return found


def _said_of(article: Article, claim: Claim) -> frozenset[str]:
    """The words for what a share is of: "four-fifths of the closings", "53% of market samples"."""
    found = _OF.match(article.masked(claim.sentence).around(claim)[1])
    if found is None or not found["of"]:
        return frozenset()
    return frozenset(_lemmas(found["nouns"]))


def _rate(article: Article, claim: Claim) -> str:
    """The word that makes a percentage the share of what was just counted: "a response rate of 46%"."""
    before, behind = article.masked(claim.sentence).around(claim)
    if _OF_A_TIME.match(behind):
        return ""  # "not yet at the occupancy of 95% seen in January"
    found = _RATE_BEFORE.search(before)
    return found["noun"].lower() if found is not None and found["noun"].lower() in _words("rates") else ""


def _told(article: Article, share: Share) -> _Told:
    claim = share.claim
    before, behind = article.masked(claim.sentence).around(claim)
    of = _said_of(article, claim)
    own = claim.noun and claim.noun in claim.text.lower().split()  # "one child in five"
    if not of and claim.figure is not None and (claim.end > claim.figure.end or claim.unit == "%" or own):
        of = frozenset({claim.noun}) - {""}  # "one in five bikes", "53 per cent of it"
    takes_up = bool(_ANAPHOR.search(before))
    if of & _words("of_all"):  # "the bare stops, at 40pc of the county's total"
        of, takes_up = (
            (of | subject_nouns(article, claim), takes_up) if _ALL_OF_IT.match(behind) else (frozenset(), False)
        )
    of_them = bool(_BEFORE_THEM.search(before) or _OF_IT.match(behind))
    beside = own_parts(article, claim)
    part = beside[0].id if len(beside) == 1 else -1
    return _Told(share, of, _rate(article, claim), takes_up, of_them, part)


def _slipped(article: Article, told: _Told, sizes: list[Claim]) -> Iterator[Relation]:
    share, claim = told.share, told.share.claim
    if share.type == "fraction" and not (told.of or told.of_them or told.takes_up):
        return
    near = [c for c in sizes if abs(c.sentence - claim.sentence) <= _REACH]
    wholes = {c.id: _whole_points(article, told, c) for c in near}
    most = max(wholes.values(), default=0)
    if most < _NAMED and told.of and _said_of(article, claim):  # "35% of its sites", of 72 depots
        wholes |= {c.id: 1 for c in near if 0 <= claim.sentence - c.sentence <= 2 and not _is_of_people(told, c)}
    slipped: list[tuple[int, Claim, Claim]] = []
    held = 0
    for whole in near:
        points = wholes[whole.id]
        if not points or (most == _OWN and points < _OWN):
            continue
        for part in near:
            if part.kind != whole.kind or part.unit != whole.unit or not _less(part, whole):
                continue
            rest = not told.takes_up and part.id != told.beside and _rest_holds(share, part, whole)
            holds = _holds(share, part, whole) or rest
            if not holds and not _is_slip(share, part, whole):
                continue
            if points <= _NAMED and _is_of_others(part, whole):
                continue
            if not holds and (_is_past(article, claim, part) or _is_own_whole(article, part)):
                continue
            linked = _part_points(article, told, part, whole)
            echoed = not holds and linked == 1 and is_echoed(article, claim, part, whole, sizes)
            if not linked or (linked == 1 and part.kind == "money" and part.sentence != claim.sentence and not echoed):
                continue  # one sum of many
            linked += echoed
            total = points + linked + _nearness(claim, part, whole)
            if holds:
                held = max(held, total - rest)
            elif total >= _LEAST and (share.type == "percent" or total + _rounds(part, whole) >= _SURE):
                slipped.append((total, part, whole))
    best = max((total for total, _, _ in slipped), default=0)
    chosen = [(part, whole) for total, part, whole in slipped if total == best]
    if best > held and len({(part.value, whole.value) for part, whole in chosen}) == 1:
        part, whole = chosen[0]
        roles = {"share": (claim,), "whole": (whole,), "part": (part,)}
        yield Relation("share-of", roles, 0.85, "if the share is of these", {"scale": share.unit})


def _is_past(article: Article, claim: Claim, part: Claim) -> bool:
    """Whether a share is of an earlier year, and a part of none: "In 2017 three-quarters of the whales died"."""
    published, last = article.document.date, claim.when.high if claim.when is not None else None
    return published is not None and last is not None and part.when is None and last < published.toordinal() - 366


def _is_own_whole(article: Article, part: Claim) -> bool:
    """Whether a figure is the whole of another part: "96 of the 410 nurses"."""
    before, _ = article.masked(part.sentence).around(part)
    return re.search(r"‹n\d+› of (?:the|its|their) $", before) is not None


def _rounds(part: Claim, whole: Claim) -> int:
    """How many digits of two numbers are not zeros at their ends: round numbers make simple fractions by chance."""
    return sum(len(str(int(c.value or 0)).rstrip("0")) for c in (part, whole))


def _is_of_people(told: _Told, whole: Claim) -> bool:
    """Whether a share is of people where a count is of things: "a third of the tenants" is of none of 240 flats."""
    people = any(is_person(replace(whole, noun=word)) for word in told.of if word)
    return people and whole.kind == "count" and bool(whole.noun) and not is_person(whole)


def _is_of_others(part: Claim, whole: Claim) -> bool:
    """Whether two counts are of things that have nothing in common: 36 buses are no part of 40 wheels."""
    if part.kind != "count" or not part.noun or not whole.noun or (is_person(part) and is_person(whole)):
        return False
    return not _is_bare(part) and nouns(part, whole) == "other" and not kinds(part.noun) & kinds(whole.noun)


_NAMED, _OWN = 2, 4  # points of a whole that is named, and of one that the share's own words count
_LEAST, _SURE = 4, 7


def _whole_points(article: Article, told: _Told, whole: Claim) -> int:
    claim = told.share.claim
    back = claim.sentence - whole.sentence
    if whole.sentence == claim.sentence and re.match(
        rf" of (?:[^‹›.;:,()]{{0,50}}? )?{re.escape(_mark(article, whole))}",
        article.masked(claim.sentence).around(claim)[1],
    ):
        return _OWN  # "half of the club's 126 league goals"
    things = _things(article, whole)
    if _OF_SOME.match(article.masked(claim.sentence).around(claim)[1]):
        return 0  # "two-thirds of nurses who work nights", of all the nurses who were asked
    own = things | {
        whole.subject,
        whole.verb,
    }  # "The reserve covers 2.4 million hectares", "168 have closed", "the closings"
    if any(is_same(a, b) for a in told.of for b in own) or (told.of_them and 0 <= back <= 1):
        return 3
    if any(word.endswith(("ing", "ion", "ment")) and _is_done(article, word, whole) for word in told.of):
        return 3
    if any(likeness(a, b) >= _LIKE or kinds(a) & kinds(b) for a in told.of for b in things) and not _is_of_people(
        told, whole
    ):
        return _NAMED
    if whole.kind == "count" and back >= 0 and told.of & _words("of_people" if is_person(whole) else "of_things"):
        return _NAMED
    if whole.kind == "money" and len(told.of) == 1 and told.of <= _words("of_money"):
        return _NAMED
    if whole.kind == "money" and told.of & _words("of_sales") and whole.noun in _words("of_sales"):
        return 3
    if whole.kind == "measure" and whole.dimension == "area" and told.of & _words("of_land") and back >= 0:
        return _NAMED
    if told.rate and 0 <= back <= 2 and (told.rate != "turnout" or is_person(whole)):
        return _NAMED
    return 1 if told.takes_up else 0


def _part_points(article: Article, told: _Told, part: Claim, whole: Claim) -> int:
    gap = told.share.claim.sentence - part.sentence
    if told.takes_up and gap not in (0, 1):
        return 0
    before, behind = article.masked(part.sentence).around(part)
    partitive = bool(_OF_THEM.match(behind) or _BEFORE_THEM.search(before))
    if part.sentence == whole.sentence and whole.start < part.start:
        partitive = partitive or _OF_WHOLE.search(article.masked(whole.sentence).around(whole)[0]) is not None
    things = _things(article, part)
    wholes = _things(article, whole) | told.of
    after = part.sentence - whole.sentence
    if part.id == told.beside or (partitive and (0 <= after <= 2 or things & wholes)):
        points = 3
    elif things & wholes or any(likeness(a, b) >= _LIKEST for a in things for b in wholes):
        points = 2
    elif (
        (_is_bare(part) and (0 <= after <= 1 or (after > 0 and is_person(whole))))
        or part.kind == "measure"
        or (part.kind == "money" and abs(after) <= 3)
        or any(likeness(a, b) >= _LIKE for a in things for b in wholes)
    ):
        points = 1
    else:
        return 0
    return points + told.takes_up + (alike(told.share.claim.verb, part.verb) or alike(told.rate, part.verb))


def _is_done(article: Article, deed: str, whole: Claim) -> bool:
    """Whether what a noun of action says is told of a figure by its verb: of the closings, "168 have closed"."""
    return stem(deed) != deed and re.search(rf"\b{stem(deed)}", article.text(whole.sentence)) is not None


def _nearness(claim: Claim, part: Claim, whole: Claim) -> int:
    places = sorted((claim.sentence, part.sentence, whole.sentence))
    return places[2] - places[0] <= 2


def _mark(article: Article, claim: Claim) -> str:
    masked = article.masked(claim.sentence)
    return next((masked.mark(n) for n, c in enumerate(masked.claims) if c.id == claim.id), "-")


def _things(article: Article, claim: Claim) -> frozenset[str]:
    """The nouns behind a size, head and modifiers: "126 league goals", "60 hectares of vines"."""
    if claim.figure is None:
        return frozenset()
    text = article.block(claim).text[claim.figure.end : claim.figure.end + 50]
    behind = re.match(r"(?:[ -](?:of (?:the |its |their )?)?[a-z-]+){1,3}", text)
    words = _lemmas(behind.group().replace(" of ", " ").replace(" the ", " ")) if behind else []
    own = (
        {claim.noun, *words}
        if not _is_bare(claim) or claim.noun in words or re.match(r"\s(?:of|out of) ", text)
        else set(words)
    )
    return frozenset(own - {"", "people"}) if claim.kind != "money" else frozenset()


def _less(part: Claim, whole: Claim) -> bool:
    return part.value is not None and whole.value is not None and part.value < whole.value


def _holds(share: Share, part: Claim, whole: Claim) -> bool:
    low_part, high_part = ends(part)
    low_whole, high_whole = ends(whole)
    told = share.claim.widest.scaled(share.unit)
    return (told.high is None or told.high >= low_part / high_whole) and (
        told.low is None or told.low <= high_part / low_whole
    )


def _rest_holds(share: Share, part: Claim, whole: Claim) -> bool:
    """Whether what is left of the whole is the share: three quarters of the school where 30 of 120 pupils came."""
    assert part.value is not None and whole.value is not None
    return 1 - part.value / whole.value in share.claim.widest.scaled(share.unit)


def _is_slip(share: Share, part: Claim, whole: Claim) -> bool:
    """Whether a slip makes the share of what the two figures make."""
    assert part.value is not None and whole.value is not None and share.claim.value is not None
    ratio = part.value / whole.value
    if share.type == "percent":
        figure = share.claim.figure
        assert figure is not None
        low, high = ends(part)[0] / ends(whole)[1], ends(part)[1] / ends(whole)[0]
        step = min(figure.step, Fraction(1)) or Fraction(1)
        made = round(100 * ratio / step) * step
        whole_points = made.denominator == 1 and made > _OFF and made % _OFF != 0
        turned = whole_points and share.claim.value == int(str(int(made))[::-1]) != made
        return high - low < _CLOSE and (turned or abs(made - share.claim.value) == _OFF)
    exact = all(c.figure is not None and c.figure.hedge in (Hedge.EXACT, Hedge.ABOUT) for c in (part, whole))
    return exact and ratio in _SIMPLE
