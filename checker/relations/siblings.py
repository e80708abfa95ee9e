"""Ages that the words put in an order ("at 43 the younger of the two", "his elder brother, who is 66"), and the next birthday
beside the present age ("will not be 18 until August")."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from checker.data import lexicon
from checker.language.article import Article
from checker.language.lives import lives
from checker.language.people import people
from checker.model import BlockKind, Claim, Kind, Relation
from checker.patterns import lazy

_RANK = r"(?P<rank>younger|elder|older|big|kid|little|baby)"
_KIN = r"(?:brother|sister|sibling|twin|half-brother|half-sister|son|daughter|boy|girl|man|woman)"
_NAME = r"(?:,? [A-Z][\w’'-]+){0,3}"
# "43, the younger of the two", "Imran, who at 43 is the younger"
_OF_TWO = lazy(
    rf"‹a(?P<age>\d+)›,? (?:who |and |but |is |was |as |being )*the {_RANK}\b(?: of (?:the two|them|the pair|the couple)|(?: of the)?(?: two)? {_KIN}s?\b)?(?! of (?:three|four|five))"
)
_THE_ONE = lazy(
    rf"\b[Tt]he {_RANK}(?: of the (?:two|pair)| (?:brother|sister|sibling|twin|one))?{_NAME},? (?:who |is |was |at |aged |now |\()*‹a(?P<age>\d+)›"
)
_HIS = lazy(
    rf"\b(?:[Hh]is|[Hh]er|[Tt]heir|whose) {_RANK} (?:brother|sister|sibling|half-brother|half-sister){_NAME},?(?: who|,| is| was| at| aged| now| \()*,? ?‹a(?P<age>\d+)›"
)
_SIBLINGS = lazy(r"\b(?:brothers?|sisters?|siblings?|twins?|the two|the pair|both|couple|husband|wife|partners?)\b")
_NEAR = 2  # sentences
_COMES = lazy(
    r"\b(?P<who>[Hh]e|[Ss]he|who)(?: (?P<will>will|won['’]t)(?: not| only| just)* (?:be|turn|become|reach)|['’]ll (?:be|turn)| (?:is|does) not(?: turn)?| turns| is (?:to|about to|due to) turn) ‹a(?P<age>\d+)›"
    r"(?P<when> until\b| next\b| later\b| in a\b| this\b|,? (?:on |in |until )?‹d(?P<day>\d+)›)"
)
_KINSFOLK = lazy(rf"\b(?:{'|'.join(lexicon('people')['kin']['words'])}|friend|rival|team-?mate)s?\b")
_YEAR = 367
_CHILD = 10  # years by which two ages that are told of one person may differ


def find(article: Article) -> Iterable[Relation]:
    """``age-order`` and ``same-age`` relations."""
    ages = [c for c in article.claims if c.kind == Kind.AGE and c.sentence >= 0]
    if len(ages) < 2:
        return
    for index in sorted({c.sentence for c in ages}):
        yield from _ordered(article, index, ages)
        yield from _coming(article, index, ages)


def _ordered(article: Article, index: int, ages: list[Claim]) -> Iterator[Relation]:
    masked = article.masked(index)
    for pattern in (_OF_TWO, _THE_ONE, _HIS):
        for match in masked.finditer(pattern):
            one = masked.claims[int(match["age"])]
            other = _other(article, one, ages, pattern is _HIS)
            if other is None:
                continue
            younger = match["rank"] in ("younger", "kid", "little", "baby")
            older = (other, one) if younger else (one, other)
            yield Relation("age-order", {"older": (older[0],), "younger": (older[1],)}, 0.9, "they are the two")
            return


def _other(article: Article, one: Claim, ages: list[Claim], near: bool) -> Claim | None:
    """The age that another is compared with: the only one told before it, or just before it."""
    before = [c for c in ages if (c.block, c.start) < (one.block, one.start) and not article.is_display(c)]
    close = [c for c in before if one.sentence - c.sentence <= _NEAR]
    found = close or ([] if near else before)
    if not found or len({c.value for c in found}) != 1 or found[0].value is None or one.value is None:
        return None
    if found[0].unit != "year" or one.unit != "year" or abs(found[0].value - one.value) > 30:
        return None
    told = " ".join(article.text(c.sentence) for c in (found[0], one))
    return found[0] if _SIBLINGS.search(told) else None


def _coming(article: Article, index: int, ages: list[Claim]) -> Iterator[Relation]:
    """ "will not be 18 until next August", and the only present age that may be the same person's."""
    masked, published = article.masked(index), article.document.date
    for match in masked.finditer(_COMES):
        next_one = masked.claims[int(match["age"])]
        if _KINSFOLK.search(masked.text, 0, match.start()):
            continue  # "Her sister Ana, who will be 15"
        if next_one.value is None or next_one.unit != "year" or published is None:
            continue
        day = masked.claims[int(match["day"])] if match["day"] else None
        if day is not None and (day.intended.low is None or day.intended.low > published.toordinal() + _YEAR):
            continue
        present = [c for c in ages if c is not next_one and c.unit == "year" and c.value is not None]
        if any(c.value == next_one.value - 1 for c in present):
            continue
        found = _present(article, next_one, present)
        if found is None or found.value is None or abs(found.value - next_one.value) > _CHILD:
            continue
        assert next_one.figure is not None
        figure = next_one.figure
        last = article.derived("age", int(next_one.value) - 1, next_one.block, figure.start, figure.end)
        yield Relation("same-age", {"a": (found,), "b": (last,)}, 0.9, "it is the age until then")
        return


def _present(article: Article, coming: Claim, ages: list[Claim]) -> Claim | None:
    """The only present age before a coming birthday that is of the person whom the article names first, or of nobody named."""
    known = lives(article)
    first = min(people(article).persons, key=lambda p: (p.mentions[0].block, p.mentions[0].start), default=None)
    owner = {age.claim.id: age for age in known.ages}
    before = [c for c in ages if (c.block, c.start) < (coming.block, coming.start)]
    opening = [c for c in before if c.block <= article.lede or article.block(c).kind != BlockKind.BODY]
    own = [c for c in before if c.id in owner and owner[c.id].person is first and owner[c.id].when == "now"]
    found = own or opening
    return found[0] if len({c.value for c in found}) == 1 else None
