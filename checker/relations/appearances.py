"""Which appearance or title it is, against the earlier ones that are named: "a third Olympics" after Sochi, Pyeongchang and
Beijing, "her third title" after wins in 2018, 2019, 2021 and 2023."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cache

from checker.data import lexicon
from checker.language.article import Article, Masked
from checker.model import Claim, Kind, Relation
from checker.patterns import lazy

_GAMES = lazy(r"\b(?:Olympics|Olympic Games|Winter Games|Summer Games|Winter Olympics|Summer Olympics|Games)\b")
_TITLE = lazy(r"\b(?:title|titles|crown|championship|victory|win|gold|medal|trophy|cup)\b", re.I)
_OWN = lazy(r"\b(?:a|an|his|her|their|its|for the|won the) ?‹o(?P<number>\d+)›(?P<what>(?: [A-Za-z-]+){0,3})")
_WON = lazy(
    r"\b(?P<before>previous\w*|earlier|also|already|before)?[^‹›.;]{0,40}\b(?:won|champion|victories|titles|triumph\w*|wins|winner|took gold)\b[^‹›.;]{0,30}? in "
    r"(?P<years>‹d\d+›(?:, ‹d\d+›)+,? and ‹d\d+›)"
)
_NO = lazy(r"\b(?:consecutive|straight|successive|since|in a row|place|placed|round|day|quarter|half|minute|seed)\b")


def find(article: Article) -> Iterable[Relation]:
    """``appearance`` relations: an ordinal is at least the number of the earlier ones that are named, and this one."""
    numbers = list(_numbers(article))
    if not numbers:
        return
    games = [claim for claim, kind in numbers if kind == "games"]
    if len({claim.value for claim in games}) == 1:
        yield from _hosts(article, games[0])
    titles = [claim for claim, kind in numbers if kind == "title"]
    if len({claim.value for claim in titles}) == 1:
        yield from _years(article, titles[0])


def _numbers(article: Article) -> Iterator[tuple[Claim, str]]:
    for index in sorted(article.by_sentence):
        if index < 0 or not any(claim.kind == Kind.ORDINAL for claim in article.by_sentence[index]):
            continue
        masked = article.masked(index)
        for match in masked.finditer(_OWN):
            claim = masked.claims[int(match["number"])]
            what = claim.text + match["what"]
            if claim.value is None or _NO.search(what):
                continue
            if _GAMES.search(what):
                yield claim, "games"
            elif _TITLE.search(what):
                yield claim, "title"


@cache
def _towns() -> dict[str, re.Pattern[str]]:
    games: dict[str, dict[str, int]] = lexicon("places")["games"]
    return {season: lazy(rf"\bin ({'|'.join(map(re.escape, towns))})\b") for season, towns in games.items()}


def _hosts(article: Article, number: Claim) -> Iterator[Relation]:
    """Results told by the hosts of earlier Games, three or more in one sentence."""
    published = article.document.date
    if published is None:
        return
    everything = " ".join(block.text for block in article.document.blocks)
    for season, pattern in _towns().items():
        years: dict[str, int] = lexicon("places")["games"][season]
        for sentence in article.sentences:
            found = list(pattern.finditer(article.text(sentence.index)))
            told = {years[m[1]]: m for m in found if years[m[1]] < published.year}
            if len(told) < 3:
                continue
            here = any(
                year == published.year and re.search(rf"\b{re.escape(town)}\b", everything)
                for town, year in years.items()
            )
            start, end = sentence.start + found[0].start(1), sentence.start + found[-1].end(1)
            listed = article.derived("list", len(told), sentence.block, start, end)
            yield _relation(number, listed, here)
            return


def _years(article: Article, number: Claim) -> Iterator[Relation]:
    """ "won in 2018, 2019, 2021 and 2023"."""
    for index in sorted(article.by_sentence):
        masked: Masked | None = article.masked(index) if index >= 0 else None
        match = _WON.search(masked.text) if masked is not None else None
        if masked is None or match is None:
            continue
        dates = [masked.claims[int(found)] for found in re.findall(r"‹d(\d+)›", match["years"])]
        if any(d.figure is None or d.figure.calendar is None or d.figure.calendar.grain != "year" for d in dates):
            continue
        listed = article.derived("list", len(dates), masked.sentence.block, dates[0].start, dates[-1].end)
        yield _relation(number, listed, match["before"] in ("previously", "previous", "already"))
        return


def _relation(number: Claim, listed: Claim, more: bool) -> Relation:
    constants = {"this": Fraction(1 if more else 0)}
    return Relation("appearance", {"number": (number,), "listed": (listed,)}, 0.9, "all are of one person", constants)
