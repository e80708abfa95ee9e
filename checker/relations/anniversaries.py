"""Anniversaries, birthdays and editions against the year that they count from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from checker.language.article import Article, Masked
from checker.language.lives import lives
from checker.language.people import people
from checker.model import Claim, Kind, Relation
from checker.patterns import lazy
from checker.relations.topics import opening
from checker.relations.years import head, is_borne_out, possessor

_FOUNDING = (
    r"(?:founded|established|set up|formed|created|launched|inaugurated|incorporated|started|opened|born|built|begun|began|dates from|"
    r"dating from|dates back to|first [a-z]+ed|first held|first begun|first driven|first shown|first sold|first told|first won|first sent|first met|first ridden|first spun|first hung|first taken|first given|first written|first drawn|first seen|first built|first staged|first run|first performed|first published|first opened|first appeared|first printed|first came out|first flew|first sailed|first aired|first broadcast|went on (?:the )?air|first played|first sung|came into being|"
    r"(?:gave|played|held|published|printed|staged|produced|made|sold|brewed|broadcast|performed|served|poured|opened) (?:its|their) first (?:[a-z]+ )?[a-z]+|"
    r"married|wed|tied the knot|killed|murdered|assassinated|executed|died)"
)
_DEATHS = frozenset({"killed", "murdered", "assassinated", "executed", "died"})
_OF_DEATH = lazy(r"\b(?:death|killing|murder|assassination|execution)\b")
# "The society was founded in 1951 by a curate", "the firm, founded in 1926,", "which opened in May 1976"
_FOUNDED = lazy(
    rf"(?P<was>(?:has been|was|were|had been) )?\b(?P<verb>(?i:{_FOUNDING})) "
    r"(?P<mid>(?:(?!\b(?:and|but|when|after|before|until|since)\b)[^‹›.;,()]){0,50}?)(?:(?:back )?(?:in|on|since) )?‹d(?P<date>\d+)›"
)
_SUBJECT = lazy(r"(?P<before>[^‹›.;]{0,90}?)(?P<who>,? which|,? who|\b[Ii]t)?,? ?$")
_THINGS = lazy(
    r"-year-old (?:[a-z-]+ )?(?:company|firm|club|society|school|church|festival|newspaper|institution|brewery|theatre|theater|bridge|building|brand|group|"
    r"charity|business|magazine|store|shop|restaurant|orchestra|choir|band|museum|factory|mill|pub|hotel|college|university|paper|bank|party|union|team|"
    r"tradition|event|race|show|library|hospital|association|federation|league|retailer|chain|maker|manufacturer|publisher|organisation|organization)\b"
)
_YEARS_OF = r"(?:birthday|anniversary|jubilee)"
# "the anniversary of the battle", not "of its founding"
_OF_IT = lazy(
    rf"{_YEARS_OF}s? (?:of (?!(?:its|their|his|her|the) (?:founding|foundation|opening|launch|birth|formation|creation|death|killing|murder|assassination|execution|wedding|marriage)\b)|since\b|after\b)"
)
_NUMBERED = lazy(rf"‹o(?P<number>\d+)›(?: [a-z-]+)? ?{_YEARS_OF}?")
_CELEBRATES = lazy(
    r"\b(?:celebrat(?:es?|ing|ed)|mark(?:s|ing|ed)?|commemorat(?:es?|ing|ed)) (?:its |their |his |her )?(?:first )?‹l(?P<number>\d+)› (?:in business|of (?!war|marriage)\w+|as an? |since |on\b|this |with )"
)
_JUBILEES = {"centenary": 100, "centennial": 100, "bicentenary": 200, "bicentennial": 200, "tercentenary": 300, "quincentenary": 500,
             "sesquicentennial": 150, "golden jubilee": 50, "silver jubilee": 25, "diamond jubilee": 60, "platinum jubilee": 70}  # fmt: skip
_JUBILEE = lazy(rf"\b(?:{'|'.join(_JUBILEES)})\b", re.I)
_NEAR = lazy(r"\b(?:ahead of|before|approach(?:es|ing)|nears?|nearing|next year|following year|upcoming|forthcoming|run-up|eve|until|plans?|"
                   r"prepar(?:es|ing)|late for|early|would have|will have been)\b", re.I)  # fmt: skip
_OF = lazy(
    rf"‹o(?P<number>\d+)›(?: {_YEARS_OF})? (?:of|since) (?:[^‹›.;,]{{0,60}}?\b(?:in|of|on|from) |(?:the|its|his|her|their) )‹d(?P<date>\d+)›"
)
_MARRIED_FOR = lazy(
    r"\b(?:have been|has been|been happily|are now|been) married (?:to [A-Z][\w’'-]* (?:[A-Z][\w’'-]* )?)?for ‹l(?P<number>\d+)›|‹l(?P<of>\d+)› of marriage(?! ended)"
)
_OTHERS = lazy(
    r"\b(?:sons?|daughters?|parents|brothers?|sisters?|fathers?|mothers?|neighbou?rs?|friends?|colleagues?|nephews?|nieces?|cousins?|uncles?|aunts?|grand\w+|in-laws?)\b"
)
# "has run the shop for 30 years, since 1996"
_FOR_SINCE = lazy(r"\b(?:has|have) [^‹›.;]{0,60}?\bfor ‹l(?P<number>\d+)›,? (?:ever )?since ‹d(?P<date>\d+)›")
_IN_ITS = lazy(r"\b(?:in|for|entering|of) (?:its|their|his|her) ‹o(?P<number>\d+)›(?: (?:year|season)\b)?")
_SINCE = lazy(
    r"‹l(?P<number>\d+)› (?:(?:have|has) (?:now )?(?:passed|elapsed|gone by) )?since (?:(?!\b(?:and|but|when|last)\b)[^‹›.;,]|, (?=(?:who|which) (?:was|were)\b)){0,60}?\b(?:in|on|of) ‹d(?P<date>\d+)›"
)
_EVERY = lazy(
    r"\b(?:every|each) (?:single )?(?:year\b|spring\b|summer\b|autumn\b|fall\b|winter\b|‹d\d+›)[^‹›.;]{0,40}\bsince (?:its (?:launch|debut|inception|founding) in )?‹d(?P<date>\d+)›"
    r"|\b(?:annually|without (?:a )?(?:break|interruption|fail|missing a year))\b[^‹›.;]{0,20}\bsince (?:its (?:launch|debut|inception|founding) in )?‹d(?P<date2>\d+)›"
)
# "It has taken place every year since", "Since that year the festival has never missed a July": since what was told just before
_UNBROKEN = r"(?:(?:every|each) (?:single )?(?:year|spring|summer|autumn|fall|winter|‹d\d+›)|annually|never (?:been )?(?:missed|skipped|cancelled|canceled|failed)|(?:not|without) (?:once )?(?:a |an )?(?:miss\w*|break|gap|interruption|fail\w*))"
_EVER_SINCE = lazy(
    rf"\b{_UNBROKEN}[^‹›.;]{{0,40}}\bsince(?: then)?(?=[,.;]|$)|\b[Ss]ince (?:then|that (?:first )?[a-z]+)\b,?(?! (?:he|she|I|we|they)\b)[^‹›.;]{{0,60}}\b{_UNBROKEN}\b"
)
_EDITION = lazy(
    r"‹o(?P<number>\d+)›(?P<name>(?: (?:annual|edition of the|edition|year of the|[A-Z][\w’'-]*|of|the|International|[a-z]+)){0,7})"
)
_IT = lazy(rf"(?:(?:On |In )?‹d\d+›,? )?[Ii]t\b[^.;]*\b(?:{_YEARS_OF}|{'|'.join(_JUBILEES)})\b")
_HAD = lazy(r"\b(?:[Hh]ad (?:it|they|the)|[Ii]f|would)\b")  # "Had it been held every year since"
_EVENT = lazy(
    r"\b(?:Fair|Festival|Fest|Forum|Expo|Marathon|Show|Conference|Congress|Summit|Games|Cup|Biennale|Contest|Awards?|Parade|Regatta|Carnival|Rally|Exhibition|"
    r"Convention|Gathering|Tournament|Championships?|Pageant|Gala|Ball|Feast|Fete|Race|Jamboree|Symposium|Pilgrimage|Open|Classic|Derby|Grand Prix|Masters|Trophy|Eisteddfod|Fiesta|Fringe)\b"
)
_SEASON = lazy(rf"{_EVENT.pattern}|\b(?:year|time|spring|summer|autumn|fall|winter|season)\b", re.I)
_BREAK = lazy(r"\b(?:except|apart from|(?<!never )(?<!never been )(?:cancel\w*|skipp\w*|missed)|paus\w*|(?<!without )(?<!without an )interrupt\w*|postpon\w*|hiatus|(?:were|was|years) lost|pandemic|Covid\w*|coronavirus|lockdown\w*|gap of|did not take place|not held|twice a year|"
                    r"every (?:two|other|second|four|three|five) )\b", re.I)  # fmt: skip
_AFTER = lazy(r"[^,‹›]{0,40}, (?:the ([a-z][\w-]+)|([A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*))\b")
_ANY = lazy(rf"‹[oal]\d+›|{_YEARS_OF}|{'|'.join(_JUBILEES)}", re.I)
_WEDDED = lazy(r"\bwedding\b|\bmarri(?:ed|age)\b")
_GRAINS = frozenset({"day", "month", "year"})
_GENERIC = frozenset("year years years' people man woman men women time place day company".split())


@dataclass(frozen=True, slots=True)
class Founding:
    """Something that began in a year: the head word of its name, and the names in its phrase."""

    claim: Claim
    year: int
    head: str
    names: frozenset[str]
    sentence: int
    verb: str


def find(article: Article) -> Iterable[Relation]:
    """``anniversary`` and ``edition`` relations."""
    published = article.document.date
    if published is None:
        return
    sentences = [
        i for i in sorted(article.by_sentence) if i >= 0 and any(c.kind == Kind.DATE for c in article.by_sentence[i])
    ]
    for index in sentences:
        yield from _since(article, article.masked(index), published.year)
    foundings = [found for index in sentences for found in _foundings(article, article.masked(index))]
    yield from _birthdays(article, published.year)
    if foundings:
        yield from _anniversaries(article, foundings, published.year)
    yield from _editions(article, sentences, foundings, published.year)


def _year(article: Article, claim: Claim) -> Claim | None:
    """The year of a date, as a claim of its own; None where it is not written."""
    calendar = claim.figure.calendar if claim.figure is not None else None
    if calendar is None or calendar.year is None or calendar.relative or calendar.grain not in ("day", "month", "year"):
        return None
    if "year" not in calendar.written and calendar.grain != "year":
        return None
    return article.derived("year", calendar.year, claim.block, claim.figure.start, claim.figure.end)  # type: ignore[union-attr]


def _count(claim: Claim) -> bool:
    """Whether a claim is a number of years: an exact duration or an ordinal."""
    if claim.value is None or claim.value.denominator != 1:
        return False
    return claim.kind in (Kind.ORDINAL, Kind.AGE) or (
        claim.unit == "year" and claim.figure is not None and claim.figure.hedge == "exact"
    )


def _number(article: Article, claim: Claim) -> Claim:
    """A count of years to the year: "247 years" of an anniversary is not rounded."""
    if claim.widest.is_point or claim.value is None:
        return claim
    figure = claim.figure
    start, end = (figure.start, figure.end) if figure is not None else (claim.start, claim.end)
    return article.derived("years", int(claim.value), claim.block, start, end)


def _years(
    article: Article, number: Claim, founded: Claim, now: int, confidence: float, slack: int = 0
) -> Iterator[Relation]:
    year = _year(article, founded)
    if year is not None and _count(number):
        roles = {"number": (_number(article, number),), "founded": (year,)}
        yield Relation("anniversary", roles, confidence, constants={"now": Fraction(now), "slack": Fraction(slack)})


# ------------------------------------------------------------------------------------------------ one sentence


def _since(article: Article, masked: Masked, now: int) -> Iterator[Relation]:
    """ "247 years since his birth in 1756", "the 200th anniversary of the flood of 1826"."""
    for match in masked.finditer(_OF):
        number, founded = masked.claims[int(match["number"])], masked.claims[int(match["date"])]
        if not re.search(_YEARS_OF, number.text + match.group()) or _NEAR.search(masked.text):
            continue
        if not any(_other_year(c, now) for c in masked.claims if c is not founded):
            yield from _years(article, number, founded, now, 0.9)
    for match in masked.finditer(_FOR_SINCE):
        number, founded = masked.claims[int(match["number"])], masked.claims[int(match["date"])]
        yield from _years(article, number, founded, now, 0.9, 1)
    for match in masked.finditer(_SINCE):
        number, founded = masked.claims[int(match["number"])], masked.claims[int(match["date"])]
        others = [c for c in masked.claims if c.kind == Kind.DATE and c is not founded]
        if (
            number.kind == Kind.DURATION
            and not others
            and not re.search(r"\b(?:had|was|were|by then)\b", masked.text[: match.start()])
        ):
            yield from _years(article, number, founded, now, 0.9, 0 if (number.value or 0) > 1 else 1)


# ------------------------------------------------------------------------------------------------ two sentences


def _foundings(article: Article, masked: Masked) -> Iterator[Founding]:
    for match in masked.finditer(_FOUNDED):
        claim = masked.claims[int(match["date"])]
        year = _year(article, claim)
        if year is None or year.value is None:
            continue
        subject = _SUBJECT.search(masked.text, max(0, match.start() - 110), match.start())
        before = subject["before"].rstrip(" ,") if subject else ""
        who = subject["who"] if subject else None
        word = head(before)
        if who and not who.strip(", ").lower().startswith(("which", "who")):
            word = "it"
        elif not before and masked.text[match.start()].isupper():
            after = _AFTER.match(masked.text, match.end())
            word = (after.group(1) or after.group(2)).split()[-1].lower() if after else ""
        names = frozenset(re.findall(r"\b[A-Z][\w’'-]{3,}", before))
        yield Founding(claim, int(year.value), word, names, masked.sentence.index, match["verb"].lower())


def _anniversaries(article: Article, foundings: list[Founding], now: int) -> Iterator[Relation]:
    for index in sorted(article.by_sentence):
        if index < 0:
            continue
        masked = article.masked(index)
        if _ANY.search(masked.text) is None:
            continue
        for number, at in _numbers(article, masked):
            dates = [c for c in masked.claims if c.kind == Kind.DATE]
            if is_near(masked.text, at):
                continue
            of_it = _OF_IT.search(masked.text[at : at + 60]) is not None
            if of_it and not any(f.sentence == index and f.claim.start > number.start for f in foundings):
                continue  # "The museum, opened in 1998, marks the 80th anniversary of the battle"
            years = {
                c.figure.calendar.year
                for c in dates
                if c.figure and c.figure.calendar and c.figure.calendar.year and c.figure.calendar.grain in _GRAINS
            }
            own = [f for f in foundings if f.sentence == index]
            years -= {f.year for f in own}
            if years - {now}:
                continue
            matching = [f for f in (own if of_it else foundings) if _same_thing(article, f, masked, index)]
            if len({f.year for f in matching}) != 1:
                continue
            owner = possessor(masked.text, at)
            if owner and not any(owner in (f.head, *map(str.lower, f.names)) for f in matching):
                continue  # "The hall's 40th anniversary"
            if is_borne_out(article, number, matching[0].year, now):
                continue
            if _in_its_year(masked, number):
                year = _year(article, matching[0].claim)
                if year is not None:
                    roles = {"number": (number,), "first": (year,)}
                    yield Relation("edition", roles, 0.88, constants={"now": Fraction(now), "missing": Fraction(1)})
                continue
            slack = 0 if number.kind == Kind.ORDINAL else 1  # its birthday may be to come
            yield from _years(article, number, matching[0].claim, now, 0.93 if own else 0.9, slack)


def _numbers(article: Article, masked: Masked) -> Iterator[tuple[Claim, int]]:
    """Counts of anniversaries in a sentence, and where in the masked text they stand."""
    for match in masked.finditer(_NUMBERED):
        claim = masked.claims[int(match["number"])]
        if re.search(rf"\b{_YEARS_OF}", claim.text + match.group()):
            yield claim, match.start()
    for match in masked.finditer(_CELEBRATES):
        yield masked.claims[int(match["number"])], match.start()
    for match in masked.finditer(_MARRIED_FOR):
        if _OTHERS.search(masked.text, 0, match.start()):
            continue  # "Their son and his wife have been married for 22 years"
        yield masked.claims[int(match["number"] or match["of"])], match.start()
    for match in masked.finditer(_IN_ITS):
        claim = masked.claims[int(match["number"])]
        if _in_its_year(masked, claim):
            yield claim, match.start()
    for claim in masked.claims:
        if claim.kind == Kind.AGE and _THINGS.search(claim.text):
            yield claim, 0
    text = article.text(masked.sentence.index)
    for match in _JUBILEE.finditer(text):
        start = masked.sentence.start + match.start()
        value = _JUBILEES[match.group().lower()]
        yield article.derived("ordinal", value, masked.sentence.block, start, start + len(match.group())), match.start()


def is_near(text: str, at: int) -> bool:
    """Whether an anniversary is still to come or would have been: by the words of its own part of the sentence."""
    return _NEAR.search(text, max(0, at - 70), min(len(text), at + 60)) is not None


def _in_its_year(masked: Masked, number: Claim) -> bool:
    """Whether a number says which year of its being a thing is in: "now in its 20th year"."""
    for match in masked.finditer(_IN_ITS):
        if masked.claims[int(match["number"])] is number:
            return bool(re.search(r"\byear\b", number.text + match.group()))
    return False


def _same_thing(article: Article, founding: Founding, masked: Masked, index: int) -> bool:
    """Whether what was founded is what has the anniversary: one head word or name, or "it" right behind."""
    if founding.verb in _DEATHS and not _OF_DEATH.search(masked.text):
        return False
    if founding.sentence == index:
        return (
            founding.verb not in ("married", "wed", "tied the knot")
            or "wedding" in masked.text
            or "married" in masked.text
        )
    if founding.verb in ("married", "wed", "tied the knot"):
        return bool(_WEDDED.search(article.text(index)))
    words = set(re.findall(r"[a-z][\w’'-]+", masked.text.lower()))
    if founding.head == "it":
        return founding.sentence == index + 1
    if founding.sentence == index - 1 and _IT.match(masked.text):
        return founding.verb != "born"
    if founding.head in words and len(founding.head) > 3 and founding.head not in _GENERIC:
        return founding.verb != "born"
    return bool(founding.names & set(re.findall(r"\b[A-Z][\w’'-]{3,}", masked.text))) and founding.verb != "born"


def _birthdays(article: Article, now: int) -> Iterator[Relation]:
    """A person's birthday this year beside the year of birth."""
    births = lives(article).births
    if not births:
        return
    known = people(article)
    for index in sorted(article.by_sentence):
        if index < 0 or "birthday" not in article.text(index):
            continue
        masked = article.masked(index)
        if _NEAR.search(masked.text) or any(_other_year(c, now) for c in masked.claims):
            continue
        for number, _ in _numbers(article, masked):
            named = {id(p): p for m, p in known.in_sentence(index) if m.end <= number.start}
            person = next(iter(named.values())) if len(named) == 1 else None
            if not named and re.match(r"(?:He|She)\b", masked.text):
                person = known.spoken_of(masked.sentence.block, masked.sentence.start)
            for birth in births:
                if birth.person is person and person is not None and not _is_long_ago(number, birth.claim, now):
                    yield from _years(article, number, birth.claim, now, 0.88)


def _is_long_ago(number: Claim, birth: Claim, now: int) -> bool:
    """Whether a birthday is one of a childhood: "on her fourth birthday", of somebody who is 18."""
    year = birth.figure.calendar.year if birth.figure is not None and birth.figure.calendar is not None else None
    return year is not None and number.value is not None and 2 * number.value < now - year


def _other_year(claim: Claim, now: int) -> bool:
    calendar = claim.figure.calendar if claim.figure is not None else None
    return calendar is not None and calendar.year is not None and calendar.year != now


# ------------------------------------------------------------------------------------------------- editions


def _editions(article: Article, sentences: list[int], foundings: list[Founding], now: int) -> Iterator[Relation]:
    """ "The 12th book fair ... has been held every autumn since 2014"."""
    every: list[tuple[Claim, Masked]] = []
    begun = {f.sentence for f in foundings}
    for index in sentences:
        masked = article.masked(index)
        for match in masked.finditer(_EVERY):
            every.append((masked.claims[int(match["date"] or match["date2"])], masked))
        since = _EVER_SINCE.search(masked.text)
        told = masked.claims[: masked.text.count("‹", 0, since.start())] if since is not None else masked.claims
        if not every and len(years := [c for c in told if _year(article, c) is not None]) == 1:
            following = article.sentences[index + 1 : index + 4]
            near = [masked.text]
            for s in following:
                behind = article.masked(s.index).text
                if (s.index == index + 1 and s.block == masked.sentence.block) or (
                    index in begun and behind.startswith("It ")
                ):
                    near.append(behind)
            if any(_EVER_SINCE.search(t) and not _HAD.search(t) for t in near) and not _EVERY.search(masked.text):
                every.append((years[0], masked))
    first = [f for f in foundings if f.verb in ("first held", "first staged", "first run")]
    if len(every) != 1 and len(first) != 1:
        return
    exact = len(every) == 1
    date = every[0][0] if exact else first[0].claim
    whole = " ".join(block.text for block in article.document.blocks)
    broken = exact and _BREAK.search(whole) is not None
    year = _year(article, date)
    if year is None:
        return
    for index in sorted(article.by_sentence):
        if index < 0:
            continue
        masked = article.masked(index)
        for match in masked.finditer(_EDITION):
            number = masked.claims[int(match["number"])]
            name = number.text + match["name"]
            if number.value is None or not (
                re.search(r"\b(?:annual|edition)\b", name)
                or _EVENT.search(name)
                or (exact and _SEASON.search(name.title()))
            ):
                continue
            if any(_other_year(c, now) for c in masked.claims if c is not date) or (
                number.block > 3 and not opening(article, number) and "annual" not in name
            ):
                continue
            roles = {"number": (number,), "first": (year,)}
            constants = {"now": Fraction(now), "missing": Fraction(4 if broken else 0 if exact else 10)}
            yield Relation("edition", roles, 0.9 if exact else 0.85, constants=constants)
            return
