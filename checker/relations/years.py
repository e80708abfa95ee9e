"""What the words and the other years of an article say of whose an anniversary is."""

from __future__ import annotations

from checker.language.article import Article
from checker.model import Claim, Kind
from checker.patterns import lazy

_POSSESSOR = lazy(r"([A-Za-z][\w-]*)['’]s? (?:own |special )?$")
_HEAD = lazy(r"([A-Za-z][\w’'-]*)(?: (?:of|for|in|at) (?:the )?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*)?,?$")
# "a wooden bridge was built in 1906", of which the anniversary of "the bridge" is not
_ONE_OF_SUCH = lazy(
    r"\b(?:[Aa]n?|[Aa]nother|[Ff]irst|[Ss]econd|[Oo]ld|[Pp]revious|[Ee]arlier) (?:[a-z-]+ ){0,3}[a-z-]+,?$"
)


def head(before: str) -> str:
    """The last noun of a phrase in small letters, unless it speaks of one of several."""
    found = _HEAD.search(before)
    return found.group(1).lower() if found and not _ONE_OF_SUCH.search(before) else ""


def possessor(text: str, at: int) -> str:
    """Whose an anniversary is said to be right before its number, in small letters: "The hall's 40th anniversary"."""
    found = _POSSESSOR.search(text, max(0, at - 40), at)
    return found.group(1).lower() if found else ""


def is_borne_out(article: Article, number: Claim, begun: int, now: int) -> bool:
    """Whether so many years had passed in another year of the article: "In 2001 it kept its 50th anniversary"."""
    told = {c.figure.calendar.year for c in article.claims if c.figure is not None and c.figure.calendar is not None}
    rounded = number.kind != Kind.ORDINAL
    return any(year and year != now and abs(year - begun - int(number.value or 0)) <= rounded for year in told)
