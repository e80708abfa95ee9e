"""Numbers that the words tie to what each of them costs or gets ("the 36 buses will be built at a cost of £520,000 each", "every
one of the 300 drivers gets £12,000"), and what they come to in all, which a slip of the hand parts from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from checker.language.article import Article, Masked
from checker.language.english import lemma
from checker.model import BlockKind, Claim, Hedge, Interval, Relation
from checker.patterns import lazy
from checker.relations.levels import ends, in_unit, is_digest
from checker.relations.products import is_in_all, is_net
from checker.relations.slips import shape, size
from checker.relations.topics import opening
from checker.relations.wholes import may_name

_BODY = frozenset({BlockKind.BODY, BlockKind.QUOTE, BlockKind.LIST_ITEM})
_REACH, _FAR = 3, 8  # sentences between a price and what all of them come to; where it is told as such
_CLOSE = 3  # how many times one may be of the other
_GAP = r"(?:[^.;:‹›]|‹[dltao]\d+›|\d\.\d)"
# "each of the 300 drivers would get ‹m›", "the 1,500 households will each receive ‹m›"
_EACH_OF = lazy(
    rf"\b(?:[Ee]ach|[Ee]very)(?: single)?(?: one)? of (?:the |its |their |our |those |these |[A-Za-z]+['’]s? ){{0,3}}‹n(?P<count>\d+)›{_GAP}{{0,90}}?‹m(?P<rate>\d+)›"
)
_WILL_EACH = lazy(rf"‹n(?P<count>\d+)›{_GAP}{{0,60}}? each {_GAP}{{0,40}}?‹m(?P<rate>\d+)›")
# "‹n› buses will be built in Falkirk at a cost of ‹m› each"
_AT_EACH = lazy(
    rf"‹n(?P<count>\d+)›{_GAP}{{0,110}}? ‹m(?P<rate>\d+)›(?: (?:each|apiece|a piece|a head|per head|per person)\b| (?:to|for|from) (?:each|every)\b(?! [a-z]+(?:day|week|month|year|time)))"
)
# "‹n› penalties for litter, each of ‹m›"
_EACH_OF_PRICE = lazy(
    rf"‹n(?P<count>\d+)›(?! of (?:them|these|those)\b){_GAP}{{0,90}}?, (?:each|every one)(?: one)?(?: of them)? (?:of|for|at|worth|costing|priced at|carrying)(?: a fine of| a price of)? ‹m(?P<rate>\d+)›"
)
# "The trust has hired 54 nurses. It paid an agency ‹m› for each": of what the sentence before counted
_FOR_EACH = lazy(
    r"‹m(?P<rate>\d+)› (?:each|apiece|for each|a head|to each)(?= of (?:them|these|those)\b|[,.;]|$| (?:and|in|to)\b)"
)
_EACH_GETS = lazy(
    r"\b(?:They|These|All of them|All) (?:each )?(?:cost|get|got|receive[d]?|pay|paid|earn(?:ed)?)\b[^‹.;]*‹m(?P<rate>\d+)›"
)
# "A brass plate costs ‹m›", "a lift of this type went for ‹m›"
_ONE_COSTS = lazy(
    r"\b[Aa]n? (?P<noun>(?:[a-z-]+ ){1,3}?)(?:of (?:this|that) (?:type|kind|sort|size) )?(?:costs?|went for|goes for|sold for|sells for|retails at|is priced at|was priced at|comes at|fetche[sd]) (?:about |around |just |only )?‹m(?P<rate>\d+)›"
)
_ALL = lazy(r"\b(?:whole|totall?\w*|in all|altogether|all told|comes? to|came to|adds? up|added up|bill)\b")


def find(article: Article) -> Iterable[Relation]:
    """``rate-total`` relations of a number, what each gets or costs, and the sum."""
    for sentence in article.sentences:
        if article.block(sentence).kind not in _BODY or is_digest(article, sentence.index):
            continue
        masked = article.masked(sentence.index)
        for rate, count in _tied(article, masked):
            yield from _come_to(article, rate, count)


def _tied(article: Article, masked: Masked) -> Iterator[tuple[Claim, Claim]]:
    """The prices of a sentence, each with the number of what it is for."""
    for pattern in (_EACH_OF, _WILL_EACH, _AT_EACH, _EACH_OF_PRICE):
        for match in masked.finditer(pattern):
            yield masked.claim(match, "rate"), masked.claim(match, "count")
    for match in masked.finditer(_ONE_COSTS):
        noun = lemma(match["noun"].split()[-1], "NN")
        known = [
            c for c in article.claims if _is_count(c) and c.noun and may_name(noun, c.noun) and _is_near(c, masked)
        ]
        if len({c.value for c in known}) == 1:
            yield masked.claim(match, "rate"), known[0]
    if masked.sentence.index == 0 or any(c.kind == "count" for c in masked.claims):
        return
    for pattern in (_FOR_EACH, _EACH_GETS):
        for match in masked.finditer(pattern):
            known = [c for c in article.by_sentence.get(masked.sentence.index - 1, ()) if _is_count(c)]
            if len(known) == 1:
                yield masked.claim(match, "rate"), known[0]


def _is_near(claim: Claim, masked: Masked) -> bool:
    return abs(claim.sentence - masked.sentence.index) <= _REACH


def _is_count(claim: Claim) -> bool:
    if claim.kind != "count" or not claim.value or claim.value < 5 or claim.figure is None or claim.other:
        return False
    return claim.role in ("level", "to") and claim.value.denominator == 1 and claim.modality != "denied"


def _come_to(article: Article, rate: Claim, count: Claim) -> Iterator[Relation]:
    if not _is_count(count) or not rate.value or rate.figure is None or rate.role in ("change", "from", "than"):
        return
    if (
        rate.figure.hedge not in (Hedge.EXACT, Hedge.ABOUT)
        or count.figure is None
        or count.figure.hedge in (Hedge.AT_MOST, Hedge.AT_LEAST)
    ):
        return
    totals = [c for c in article.claims if _is_sum(rate, c)]
    numbers = [c for c in article.claims if _is_count(c)]
    if any(_agrees(rate, number, total) for number in numbers for total in totals):
        return
    if any(
        _agrees(rate, count, total, other)
        for total in totals
        for other in totals
        if other is not total and abs(other.sentence - rate.sentence) <= 1
    ):
        return  # "the depot costs another ‹m›": of more than these
    likely = [c for c in totals if _is_told(article, rate, count, c)]
    if len({c.value for c in likely}) == 1:
        total = likely[-1]
        roles = {"rate": (rate,), "count": (count,), "total": (total,)}
        factor = in_unit(rate, total.unit) or Fraction(1)
        yield Relation("rate-total", roles, 0.85, "if this is what they come to in all", {"factor": factor})


def _is_sum(rate: Claim, claim: Claim) -> bool:
    if (
        claim.kind != "money"
        or claim.id == rate.id
        or not claim.value
        or claim.sentence < 0
        or in_unit(rate, claim.unit) is None
    ):
        return False
    return "/" not in claim.unit and claim.role not in ("change", "from", "than", "rate") and claim.modality != "denied"


def _is_told(article: Article, rate: Claim, count: Claim, total: Claim) -> bool:
    """Whether a sum is told near a price and is the product but for one digit, or two that are turned round; or is told as
    what it all comes to."""
    assert rate.value is not None and count.value is not None and total.value is not None
    made = rate.value * count.value * (in_unit(rate, total.unit) or 1)
    if not made < _CLOSE * total.value < _CLOSE * _CLOSE * made or not made > rate.value:
        return False
    if is_net(article, total):
        return False
    gap = abs(total.sentence - rate.sentence)
    in_all = is_in_all(article, total)
    if gap > (_FAR if in_all else _REACH) and not opening(article, total):
        return False
    if size(total.value, made) >= 2 and shape(total.value, made) in ("one-digit", "transposition"):
        return True
    return gap <= _REACH and _is_all(article, total) and 2 * total.value > made and 2 * made > total.value


def _is_all(article: Article, total: Claim) -> bool:
    """Whether a sum's own words say that it is of all of them."""
    text = article.block(total).text
    return _ALL.search(text, max(0, total.start - 60), total.end + 20) is not None


def _agrees(rate: Claim, count: Claim, total: Claim, other: Claim | None = None) -> bool:
    """Whether a number at a price makes a sum, or makes it with another one."""
    factor = in_unit(rate, total.unit) or Fraction(1)
    (a, b), (c, d) = ends(rate), ends(count)
    more = ends(other) if other is not None else (Fraction(0), Fraction(0))
    product = Interval(a * c * factor + more[0], b * d * factor + more[1])
    return not product.meet(total.widest).is_empty
