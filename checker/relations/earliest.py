"""An anniversary at the head of an article against the earliest year that the article tells.

What is old enough to be celebrated is told from its beginning, and what came later is told later.  The link is sure where no
date of the article is so many years ago, the earliest year is wrong by whole decades, and its clause tells a beginning: a verb
by which things begin, "first", "It was in 1901 that", for a wedding a word of weddings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from checker.data import lexicon
from checker.language.article import Article
from checker.model import BlockKind, Claim, Kind, Relation
from checker.patterns import lazy
from checker.relations.anniversaries import is_near
from checker.relations.jubilees import is_of_another_year, numbers_kept, year_of
from checker.relations.topics import leading

_DECADES = 50  # years by which an anniversary may be wrong
_WEDDING = lazy(r"\b(?:weddings?|marri(?:ed|age)|wed|vows|aisle|altar|bride|knot|honeymoon|newly-?weds)\b", re.I)
_KEPT = lazy(r"\b(?:golden|silver|diamond|ruby|pearl|platinum|\w+th) wedding(?: anniversary)?\b", re.I)
_FIRST = lazy(r"\b(?:first|maiden|inaugural|founders?|founding|origins?|birth of)\b", re.I)
_CLEFT = lazy(r"^(?:But |And |Yet )?[Ii]t (?:was|all (?:began|started)|began|started) (?:back |only )?(?:in|on) ")
_NO_BEGINNING = lazy(
    r"\b(?:born|died|dead|killed|closed|ended|(?:re|not )[a-z]*(?:opened|built|founded|formed)|moved|extended|extension|restored|new|second|third|again|before|"
    r"predecessors?|forerunner|earlier|joined|former\w*|previous\w*|would|not|never|his|her|its|their|present|current|today)\b",
    re.I,
)
# an anniversary of what happened, not of what began
_OF_EVENT = lazy(
    r"(?: [a-z]+)?(?: (?:anniversary|birthday|jubilee))? (?:of|since) (?:the |a |an |his |her |their )?(?:[\w’'-]+ ){0,3}(?:explosion|disaster|battle|deaths?|fire|crash|war|landings?|flood|massacre|"
    r"revolution|liberation|murder|killings?|attacks?|strike|earthquake|storm|sinking|invasion|uprising|victory|win|visit|end|fall|accident|bombing|shooting|genocide|coup|famine|tragedy|collapse)\b"
)
_KEEPING = lazy(r"\b(?:memorial|monument|plaque|statue|unveil\w*|commemorat\w+|anniversar\w+)\b", re.I)
_OTHERS = lazy(
    r"\b(?:parents|mother|father|sisters?|brothers?|daughters?|sons?|friends?|grand\w+|uncles?|aunts?|cousins?) (?:had |were |was |got |also )*(?:married|wed|tied)\b"
)
_TO_MARK = lazy(
    r"\b(?:mark(?:s|ed|ing)?|celebrat(?:es?|ed|ing)|hails?|toasts?) (?:its |their |the )?‹l(?P<years>\d+)›(?! (?:of marriage|since|after))"
    r"|\b(?:blow(?:s|ing)?|blew) out ‹n(?P<candles>\d+)›"
)
_OF_ITS_OWN = lazy(r"(?: [a-z]+)?(?: (?:anniversary|birthday|jubilee))? (?:of|since|after) [^.;]{0,60}\b\d{4}\b")
_DISPLAY = (BlockKind.HEADLINE, BlockKind.DEK)


def find(article: Article) -> Iterable[Relation]:
    """``anniversary`` relations with the earliest year of the article."""
    published = article.document.date
    if published is None:
        return
    numbers = [number for number in _numbers(article) if _is_the_news(article, number, published.year)]
    values = {number.value for number in numbers}
    if len(values) != 1 or numbers[0].value is None:
        return
    kept = int(numbers[0].value)
    begin = _earliest(article, numbers[0], published.year)
    if begin is None or any(_is_of_year(c, published.year - kept) for c in article.claims):
        return
    apart = published.year - year_of(begin) - kept
    if apart == 0 or apart % 10 or abs(apart) > _DECADES or not _begins(article, numbers[0], begin):
        return
    assert begin.figure is not None
    year = article.derived("year", year_of(begin), begin.block, begin.figure.start, begin.figure.end)
    constants = {"now": Fraction(published.year), "slack": Fraction(0)}
    for number in numbers:
        yield Relation("anniversary", {"number": (number,), "founded": (year,)}, 0.9, constants=constants)


def _numbers(article: Article) -> Iterator[Claim]:
    """The years that something has been: "its 125th birthday", "to mark 100 years", "blew out 50 candles"."""
    told: set[tuple[int, int]] = set()
    for number, _ in numbers_kept(article):
        if number.kind != Kind.AGE or "old" in number.text:
            told.add((number.block, number.start))
            yield number
    for index in sorted(article.by_sentence):
        if index < 0:
            continue
        masked = article.masked(index)
        for match in masked.finditer(_TO_MARK):
            claim = masked.claims[int(match["years"] or match["candles"])]
            if claim.value is None or claim.value < 10 or claim.value.denominator != 1 or claim.figure is None:
                continue
            exact = claim.figure.hedge == "exact" and (claim.unit == "year" or claim.noun == "candle")
            if exact and (claim.block, claim.start) not in told:
                yield article.derived("years", int(claim.value), claim.block, claim.figure.start, claim.figure.end)


def _is_the_news(article: Article, number: Claim, now: int) -> bool:
    """Whether an anniversary stands at the head of the article, is kept now and is not told with a year of its own."""
    if not leading(article, number):
        return False
    place, text = article.sentences[number.sentence], article.block(number).text
    if is_near(text[place.start : place.end], number.start - place.start):
        return False
    if _OF_EVENT.match(text, number.end) is not None:
        return False
    return not is_of_another_year(article, number, now) and _OF_ITS_OWN.match(text, number.end) is None


def _earliest(article: Article, number: Claim, now: int) -> Claim | None:
    """The first date of the earliest year that the article writes out, for a wedding of those told with a word of weddings."""
    dates = [c for c in article.claims if 0 < year_of(c) < now]
    if _WEDDING.search(article.text(number.sentence)):
        dates = [c for c in dates if _WEDDING.search(text := _without(article, c)) and not _OTHERS.search(text)]
    return min(dates, key=lambda c: (year_of(c), c.block, c.start)) if dates else None


def _without(article: Article, date: Claim) -> str:
    """The sentence of a date without the words that name an anniversary of a wedding in it."""
    return _KEPT.sub("", article.text(date.sentence))


def _is_of_year(claim: Claim, year: int) -> bool:
    """Whether a date may be of a year or of the one beside it: "the 1920s", "in 1926", "a century ago"."""
    calendar = claim.figure.calendar if claim.figure is not None else None
    if claim.kind != Kind.DATE or calendar is None:
        return False
    if calendar.year is not None and abs(calendar.year - year) <= 1:
        return True
    low, high = claim.widest.low, claim.widest.high
    if low is None or high is None:
        return False
    first, last = (year - 1) * 36525 // 100, (year + 1) * 36525 // 100
    return low <= last and first <= high


def _begins(article: Article, number: Claim, begin: Claim) -> bool:
    """Whether the clause of a date tells what is celebrated as begun."""
    place, text = article.sentences[begin.sentence], article.block(begin).text
    sentence = text[place.start : place.end]
    wedding = _WEDDING.search(article.text(number.sentence)) is not None
    if wedding or begin.speaker != number.speaker:
        return wedding and _WEDDING.search(sentence) is not None
    clause = re.split(r"[;:]|, (?:and|but|while|when)\b", sentence[: begin.start - place.start])[-1]
    if _CLEFT.match(sentence):
        return True
    behind = re.split(r"[;:,.]", sentence[begin.end - place.start :])[0]
    if _NO_BEGINNING.search(clause + behind) or _KEEPING.search(sentence):
        return False
    return begin.verb in lexicon("begun")["beginnings"] or _FIRST.search(clause + behind) is not None
