"""The lowest or highest for so long, or a record, and what the next sentence says that the same measure came to in a year within
that time: "dropped to 3.6 percent, the lowest figure in eight years.  In 2021 it was 3.4 percent".

The link is sure because "it" or "they" takes the measure up and each of the two sentences has one figure of the kind that can be
the level of a whole year; where the words name a stretch of time, the year lies within it.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from checker.language.article import Article
from checker.model import BlockKind, Claim, Relation
from checker.patterns import lazy
from checker.relations.levels import is_digest, is_level

_KINDS = frozenset({"count", "money", "percent", "measure"})
_PROSE = frozenset({BlockKind.BODY, BlockKind.QUOTE})
_LARGEST = 2  # how many times as much the other may be
_SCOPED = (
    lazy(
        r"\b(?:(?P<high>highest|largest|biggest|strongest|most)|(?P<low>lowest|smallest|weakest|fewest))\b(?: (?:level|figure|rate|total|value|number|reading|reported|recorded))? (?:in|for) (?:more than |at least |over )?‹l(?P<span>\d+)›"
    ),
    lazy(r"\b(?P<high>record(?: high)?(?: of)?) ‹[nmpu]\d+›|\b(?P<low>record low(?: of)?) ‹[nmpu]\d+›"),
)
# "In 2021 it was 3.4 percent", "In 2019, before the pandemic, they had earned $388 million"
_ANAPHOR = lazy(
    r"^(?:But |And )?(?:[Ii]n|[Bb]ack in) ‹d(?P<year>\d+)›(?:,[^,.;‹›]{1,50})?,? (?:it|they|the (?:figure|rate|total|number|level))(?: had)? (?:was|were|been|stood at|earned|came to|come to|reached|totall?ed|hit|amounted to) ‹[nmpu](?P<other>\d+)›(?=[,.;]| [a-z]+[,.;]|, and)"
)
_PART = lazy(r"\b(?:month|quarter|week|half|season)\w*\b|\b(?:first|last) (?:three|six|nine)\b")


def find(article: Article) -> Iterable[Relation]:
    """``superlative`` and ``superlative-low`` relations of a level and an older one that "it" was."""
    for sentence in article.sentences[1:]:
        if article.block(sentence).kind not in _PROSE or not article.by_sentence.get(sentence.index):
            continue
        masked = article.masked(sentence.index)
        match = _ANAPHOR.match(masked.text)
        if match is None or sentence.block - article.sentences[sentence.index - 1].block > 1:
            continue
        other, year = masked.claim(match, "other"), masked.claim(match, "year")
        found = _record(article, sentence.index - 1, other, year)
        if found is not None:
            record, kind = found
            yield Relation(kind, {"record": (record,), "other": (other,)}, 0.85, "if both are of one measure")


def _record(article: Article, index: int, other: Claim, year: Claim) -> tuple[Claim, str] | None:
    """The only figure of a sentence that can be the level called a record, and which way the record goes."""
    masked = article.masked(index)
    if article.block(masked.sentence).kind not in _PROSE or is_digest(article, index) or _PART.search(masked.text):
        return None
    own = [c for c in masked.claims if c.kind in _KINDS and c.kind == other.kind and c.unit == other.unit]
    if (
        len(own) != 1
        or not is_level(own[0])
        or own[0].role not in ("level", "to")
        or not other.value
        or not own[0].value
    ):
        return None
    if max(own[0].value, other.value) > _LARGEST * min(own[0].value, other.value):
        return None
    for pattern in _SCOPED:
        match = pattern.search(masked.text)
        if match is not None:
            span = masked.claim(match, "span") if match.groupdict().get("span") else None
            if _lies_within(article, year, span):
                return own[0], "superlative" if match["high"] else "superlative-low"
    return None


def _lies_within(article: Article, year: Claim, span: Claim | None) -> bool:
    """Whether a year lies within so long before the article was published; any year before it where nothing is said."""
    published = article.document.date
    if published is None or year.text[-4:].isdigit() is False:
        return False
    ago = Fraction(published.year - int(year.text[-4:]))
    if ago < 1:
        return False
    if span is None:
        return True
    years = {"year": 1, "decade": 10}.get(span.unit, 0)
    return span.value is not None and ago < span.value * years
