"""Parts of a whole that the words tie to it: "of the 500, 120", "12 of the 40", "among them", "including"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from checker.data import lexicon
from checker.language.article import Article, Masked
from checker.language.english import lemma
from checker.language.words import likeness
from checker.model import BlockKind, Claim, Relation
from checker.patterns import lazy
from checker.relations.wholes import told

# "Of the 640 nurses who answered, 284 said ..., and 120 ..."
_OF_THE = lazy(
    r"(?:^|[,;:–—] |[\"“(]|\b(?:that|and|but|said) )(?:[Oo]f|[Oo]ut of|[Aa]mong|[Aa]mongst) "
    r"(?:(?:the|those|these|its|their|all|a total of|an estimated|his|her) ){0,3}(?:[a-z-]+ |[A-Za-z]+['’]s? ){0,2}?"
    r"‹[nm](?P<whole>\d+)›(?P<phrase>(?:[^,.;:‹›]|‹[dlt]\d+›){0,90}), "
    r"(?:only |just |as many as |another |a record )?‹n(?P<part>\d+)›(?! (?:of|per) )"
)
_AND_MORE = lazy(r"(?:,|;| and|, and|, while| while) (?:only |just )?‹n(?P<part>\d+)›(?! (?:of|per) )")
# "43 of the 50 students", "26 of its 31 departures"
_OF_N = lazy(
    r"‹n(?P<part>\d+)› (?P<own>[a-z]+ )?(?:of|out of) (?:the|its|their|those|these|all|his|her|a total of) "
    r"(?:(?!(?:for|in|on|at|to|by|from|with|and|or|against|as)\b)(?:[a-z-]+|[A-Z][\w’'-]+) ){0,2}?‹n(?P<whole>\d+)›(?! times)"
)
# "52 people, including 14 children"; "52 people, among them 14 children"; "52 people, 14 of them children"
_INCLUDING = lazy(
    r"‹n(?P<whole>\d+)›(?! of (?:those|them|these))(?P<phrase>[^.;:‹›()]{1,70}?)(?:,| -| –| —)? (?:including|among them|amongst them) "
    r"(?:at least |the |some |all )?‹n(?P<part>\d+)›(?P<after> [^‹]{0,40})?"
)
_OF_THEM = lazy(
    r"‹n(?P<whole>\d+)›(?! of (?:those|them|these))(?P<phrase>[^.;:‹›()]{1,90}?),? "
    r"(?:(?:and|with|but) )?(?:‹n(?P<part>\d+)› of (?:them|whom|which|these|those)\b"
    r"|(?<!est )(?:of|among) (?:whom|which|them) (?:only |just )?‹n(?P<late>\d+)›)"
)
# the whole stands in the sentence before: "Among them, 68 ...", "Of these, 12 ...", "Twelve of them ..."
_AMONG_THEM = lazy(
    r"^[\"“]?(?:Among|Of|Amongst|Out of) (?:them|these|those|that (?:number|total)|the total),? "
    r"(?:only |just |about |some )?‹n(?P<part>\d+)›"
)
_STARTS_OF_THEM = lazy(r"^(?:[^‹›]|‹[dlta]\d+›){0,60}?‹n(?P<part>\d+)› of (?:them|these|those)\b(?! [a-z]+ing\b)")
# "19 of the weapons", "four of his victims", "32 of those beds"
_OF_THE_NOUN = lazy(
    r"(?<![Aa]ll )‹n(?P<part>\d+)› (?:of|out of|among) (?:the|these|those|its|their|his|her|our|your) (?![^‹›.;:,]{0,25}‹[nmu])"
    r"(?!(?:own|first|last|top|best|new|next|final|most)\b)(?:[a-z’'-]+ ){0,2}(?:(?!(?:as|was|is|has|this|plus|across)\b)[a-z]+s|people|children|men|women|staff|crew|victims)\b"
)
# "Of the recalled scooters, 4,100", "Among the nurses who answered, 284"
_OF_NAMED = lazy(
    r"(?:^|[.;:,] )[\"“]?(?:[Oo]f|[Aa]mong) (?:the|those|these|its|their|his|her) (?:[a-z-]+ ){0,2}?"
    r"(?P<named>[a-z]+s|people|children|men|women|staff)(?: (?:who|that|which)\b[^,‹›]{0,40})?, ‹n(?P<part>\d+)›"
)
_OWNED = lazy(r"[a-z]['’]s? (?:[a-z’'-]+ )?(?P<noun>[a-z]+)$")  # "76 of the district's schools"
# "152 said they had seen it": a bare number of people whose group stands before
_BARE = lazy(
    r"(?:^|[.;:,] (?:and |but |while |of whom )?|\b(?:and|but|while|that) )(?:(?:just|only|some|about|another|a further|as many as|at least|more than|nearly) )*‹n(?P<part>\d+)› "
    r"(?:said|say|voted|chose|backed|answered|replied|agreed|knew|thought|believed|admitted|signed|favou?red|opposed|wanted|preferred|disagreed|raised their hands?)\b"
)
# "There used to be 30 of them": more than there are now
_ONCE = lazy(
    r"^(?:[Ii]n|[Bb]y) ‹d|\b(?:years?|months?|decades?) (?:before|earlier|ago)\b|\b(?:used to|once|formerly|originally|at (?:one|its|their) (?:time|peak|height))\b",
    re.I,
)
_EACH_TIME = lazy(
    r"\b(?:a|an|per|each|every) (?:hour|day|night|week|month|year|term|session|visit)\b|\b(?:in|to|on|for|at|from) (?:each|every)\b"
)
_VERBS = frozenset("work study vote".split())  # "of whom 1,460 work at the plant"
_UNITS = lazy(r"^ ?(?:years?|months?|days?|weeks?|hours?|minutes?|percent|per cent|points?|times|goals?)\b")

_BODY = frozenset({BlockKind.BODY, BlockKind.QUOTE, BlockKind.LIST_ITEM, BlockKind.CAPTION})
_LIKE_STATE = 50  # the likeness from which a word tells of a state: "disease" and "infected"
_LIKE = 70  # the likeness of nouns from which they may name one group
# "her tapes, 611 of them", "The jurors in waiting, 45 of them": of what was just named
_OF_ITS_NOUN = lazy(
    r"(?:[a-z]s|\b(?:[Pp]olice|[Pp]eople|[Cc]hildren|m[ae]n|wom[ae]n|staff|crew|cattle|sheep|fish)|^(?:The|Her|His|Their|Its|Our|These|Those)\b[^‹›.;]{0,60})(?:, | ?[-–—] ?)(?:all |some |about |nearly )?‹n\d+› of (?:them|these|those)$"
)
_NO_GROUP = lazy(
    r"-|\s(?:each|apiece|daily|weekly|per|an? (?:day|night|week|month|year|hour|game))\b|\sof (?:them|these|those|whom|which)\b"
)  # "a two-paragraph letter", "two of them"
_WHICH = lazy(r"(?<=\bthose) (?P<said>[a-z]+(?:ed|en|ing)|who)\b")  # which of them
_OF_ANY = lazy(r"\sof (?:them|these|those)\b")  # what is counted stands before
# what is said of people who are afterwards called so
_ROLES = {
    noun: lazy(rf"\b(?:{words})", re.I)
    for nouns, words in (
        ("defendant accused suspect", "trial|accus|charged|indict|arrest|prosecut"),
        ("victim casualty", "kill|died|dead|death|injur|hurt|wound|robb|defraud|cheat|attack|abus|took|con(?:ned|ning)|swindl|trick|scam"),
        ("patient", "treat|admitt|hospital|clinic|operat|diagnos|ward"),
        ("passenger", "carrying|carried|on board|aboard"),
        ("participant volunteer subject respondent", "study|studied|took part|taking part|asked|survey|enrol|follow|recruit|interview|trial"),
        ("applicant", "appli"),
        ("prisoner inmate detainee", "prison|jail|held|detain|camp"),
    )
    for noun in nouns.split()
}  # fmt: skip
_OCCASIONS = frozenset(
    "occasion time day week month year hour minute second night way side half season match game".split()
)


def find(article: Article) -> Iterable[Relation]:
    """``part-of`` relations: the part cannot be more than the whole."""
    for sentence in article.sentences:
        masked = article.masked(sentence.index)
        if len(masked.claims) >= 2:
            yield from _inside(article, masked)
        if masked.claims:
            yield from _across(article, masked)
            yield from _of_group(article, masked)


def _relation(part: Claim, whole: Claim, confidence: float) -> Relation | None:
    if part.kind != "count" or whole.kind != "count" or part is whole:
        return None
    if whole.other or part.other or whole.role == "rate" or part.role == "rate":
        return None
    if whole.value is not None and (whole.value < 2 or 4 * whole.value < min(80, part.value or 0)):
        return None
    return Relation("part-of", {"part": (part,), "whole": (whole,)}, confidence)


def _inside(article: Article, masked: Masked) -> Iterator[Relation]:
    pairs: dict[tuple[int, int], tuple[Claim, float]] = {}

    def add(part: str, whole: str, confidence: float, of: Claim | None = None) -> None:
        pairs.setdefault((int(part), int(whole)), (of or masked.claims[int(whole)], confidence))

    for match in masked.finditer(_OF_THE):
        add(match["part"], match["whole"], 0.95)
        # later parts of the same list, up to the end of the sentence
        at = match.end()
        for more in _AND_MORE.finditer(masked.text, at):
            between = masked.text[at : more.start()]
            if re.search(r"‹[^n]|[.;:()]|\b(?:of|from|including|than|up|another|later|earlier)\b", between):
                break
            add(more["part"], match["whole"], 0.9)
            at = more.end()
    for match in masked.finditer(_OF_N):
        of, own = masked.claim(match, "whole"), masked.claim(match, "part")
        if match["own"] and match["own"] != "out " and own.noun and likeness(own.noun, of.noun) < _LIKE:
            continue  # "640 inhabitants of the two villages" are no part of two
        if not _is_other(own, of):
            add(match["part"], match["whole"], 0.95)
    for match in masked.finditer(_INCLUDING):
        if not _UNITS.match(match["after"] or "") and not _EACH_TIME.search(match["phrase"]):
            add(match["part"], match["whole"], 0.93, _larger(masked, int(match["part"]), int(match["whole"])))
    for match in masked.finditer(_OF_THEM):
        if _EACH_TIME.search(match["phrase"]):
            continue  # "75 places a day, and 131 of them"
        of, own = masked.claim(match, "whole"), masked.claim(match, "part" if match["part"] else "late")
        if not of.noun and of.value is not None and own.value is not None and of.value < own.value:
            continue  # "600 acres that would have made 55, and I got 200 of them"
        if not _is_no_group(article, of) and not (_is_amount(own) and not _is_amount(of)):
            part = match["part"] or match["late"]
            add(part, match["whole"], 0.93, _larger(masked, int(part), int(match["whole"])))
    for (number, _), (of, confidence) in pairs.items():
        relation = _relation(masked.claims[number], of, confidence)
        if relation is not None and _same_sort(relation):
            yield relation


def _larger(masked: Masked, part: int, whole: int) -> Claim:
    """The whole of a part, or the count right before it that is large enough where it is not: "620 residents of nine
    villages, of whom 75"."""
    of, own = masked.claims[whole], masked.claims[part]
    if of.value is None or own.value is None or own.value <= of.value:
        return of
    before = [c for c in masked.claims if c.kind == "count" and c.start < of.start]
    return next((c for c in reversed(before) if c.value and c.value >= own.value), of)


def _is_amount(claim: Claim) -> bool:
    """Whether a figure is an amount of what was told before: "530 million euros in four rounds, of which 210 million"."""
    return claim.figure is not None and not claim.noun and claim.figure.step >= 1000


def _is_other(part: Claim, whole: Claim) -> bool:
    """Whether what is counted only belongs to the whole: "the 640 inhabitants of the two villages"."""
    assert part.figure is not None
    own = part.noun and re.match(r"\s[a-z]", part.text[part.figure.end - part.start :])
    return bool(own and whole.noun and part.noun != whole.noun and is_person(part) and not is_person(whole))


def _same_sort(relation: Relation) -> bool:
    """People are no part of things: "three cities, including 40 people in Leeds" is no part of three."""
    part, whole = relation.roles["part"][0], relation.roles["whole"][0]
    if not part.noun or not whole.noun or part.noun == whole.noun or part.noun in _VERBS:
        return True
    return is_person(part) == is_person(whole)


def _across(article: Article, masked: Masked) -> Iterator[Relation]:
    match = _AMONG_THEM.match(masked.text) or _STARTS_OF_THEM.match(masked.text)
    if not match or _OF_ITS_NOUN.search(masked.text[: match.end()]) or _ONCE.search(masked.text[: match.start("part")]):
        return  # of what was just named, or of another time
    part = masked.claim(match, "part")
    whole = _antecedent(article, masked, part)
    which = _WHICH.match(masked.text, match.end())
    if whole is not None and which and which["said"][:5] not in article.text(whole.sentence):
        return  # "14 of those given as missing" of "eight dead and 20 missing"
    if whole is not None:
        relation = _relation(part, whole, 0.92)
        near = masked.sentence.index - whole.sentence <= 1
        small = whole.value is not None and part.value is not None and part.value > whole.value
        if small and _is_quoted(article, whole.sentence) and not _is_quoted(article, part.sentence):
            return  # the speaker's group may be another
        if relation is not None and (near or not small or (is_person(whole) and part.value < 2 * whole.value)):  # type: ignore[operator]
            yield relation


def _is_quoted(article: Article, sentence: int) -> bool:
    return article.text(sentence).startswith(("“", '"'))


def _of_group(article: Article, masked: Masked) -> Iterator[Relation]:
    """Parts of a group that the text counts elsewhere: a part that is more than every such count is a contradiction."""
    if article.document.blocks[masked.sentence.block].kind not in _BODY:
        return
    for pattern, confidence in ((_OF_THE_NOUN, 0.95), (_OF_NAMED, 0.9), (_BARE, 0.8)):
        for match in masked.finditer(pattern):
            part = masked.claim(match, "part")
            if part.value is None or part.role in ("rate", "change") or part.other:
                continue
            owned = _OWNED.search(match.group()) if pattern is _OF_THE_NOUN else None
            noun = owned["noun"] if owned is not None else match["named"] if pattern is _OF_NAMED else ""
            named = replace(part, noun=lemma(noun, "NNS")) if noun else part
            wholes = _people_before(article, part) if pattern is _BARE else _groups(article, named)
            if not wholes:
                yield from _of_people(article, part) if pattern is _OF_THE_NOUN else ()
                continue
            of_state = told(article, part, article.claims) or _of_state(article, match.group(), wholes)
            if of_state is not None:
                wholes = [of_state]
            large = [whole for whole in wholes if whole.widest.high is None or whole.widest.high >= part.value]
            whole = wholes[0]
            assert whole.value is not None
            if large:
                yield Relation("part-of", {"part": (part,), "whole": (large[0],)}, 0.9)
            elif part.value >= 3 and part.value < 2 * whole.value:
                sure = confidence if whole.noun == named.noun or pattern is _BARE else 0.85
                yield Relation(
                    "part-of", {"part": (part,), "whole": (whole,)}, sure, "if this is the group" if sure < 0.9 else ""
                )


_STATE = lazy(
    r"\b(?:the|these|those|its|their|his|her|our) (?P<state>[a-z]+(?:ed|en|ing|ous|ful|less|ive|able)) [a-z’'-]+$"
)


def _of_state(article: Article, phrase: str, wholes: list[Claim]) -> Claim | None:
    """The only group of some that is told to be as a part's words say: "found the disease in 96 hives" and "of the infected
    hives"."""
    state = _STATE.search(phrase)
    if state is None:
        return None
    alike = [
        c for c in wholes
        if any(likeness(state["state"], word) >= _LIKE_STATE for word in (*c.context, c.verb, c.outcome) if word != c.noun)
    ]  # fmt: skip
    return alike[0] if len({c.value for c in alike}) == 1 else None


def _of_people(article: Article, part: Claim) -> Iterator[Relation]:
    """ "74 of the victims", whom the text counts by another name only ("62 householders"): more than all the people it
    ever counts, though it counts nearly so many."""
    if part.value is None or part.value < 10 or part.noun not in _person_nouns():
        return
    counted = [
        c
        for c in article.claims
        if c.id != part.id and c.noun and not c.carried and (_is_group(article, c) or c.role == "from") and is_person(c)
    ]
    role = _ROLES.get(part.noun)
    if role is not None:
        counted = [c for c in counted if role.search(article.text(c.sentence))]
    if any(
        c.kind == "count" and c.noun in (part.noun, "") and c.value and c.value > part.value for c in article.claims
    ):
        return  # "the 64-winner high", "a tally of 64"
    likely = [c for c in counted if c.value and c.value < part.value <= 2 * c.value and c.sentence <= part.sentence]
    if likely and all(c.value is not None and c.value < part.value for c in counted):
        whole = max(likely, key=lambda c: c.value or 0)
        yield Relation("part-of", {"part": (part,), "whole": (whole,)}, 0.85, "if this is the group")


def _is_group(article: Article, claim: Claim) -> bool:
    return (
        claim.kind == "count"
        and claim.value is not None
        and claim.value >= 2
        and claim.sentence >= 0
        and claim.role not in ("rate", "change", "from", "than")
        and claim.modality != "denied"
        and not claim.other
        and not _is_no_group(article, claim)
    )


def _is_no_group(article: Article, claim: Claim) -> bool:
    """Whether a count is of occasions, of each of several, of "them", or only qualifies a noun."""
    assert claim.figure is not None
    text = article.block(claim).text
    return claim.noun in _OCCASIONS or any(_NO_GROUP.match(text, at) for at in (claim.figure.end, claim.end))


def _groups(article: Article, part: Claim) -> list[Claim]:
    """The counts of what a part is said to be of, those before it first, the nearest first."""
    if not part.noun:
        return []
    found = [
        c
        for c in article.claims
        if _is_group(article, c) and c.id != part.id and c.noun and (c.noun == part.noun or likeness(c.noun, part.noun) >= _LIKE)
        and not re.match(r"\s(?:of|out of) (?:the|these|those|its|their|them)\b", article.block(c).text[c.end : c.end + 16])
    ]  # fmt: skip
    found = [c for c in found if c.sentence != part.sentence or c.start < part.start]
    before = [c for c in found if c.sentence <= part.sentence]
    plain = [c for c in found if c.definite and not c.modifiers]  # what comes later is another group but for "the 24"
    return sorted(before or plain, key=lambda c: (c.noun != part.noun, abs(c.sentence - part.sentence)))


def _people_before(article: Article, part: Claim) -> list[Claim]:
    """The counts of people in the four sentences before a bare number of people."""
    if part.noun and not is_person(part):
        return []
    found = [
        c for c in article.claims
        if _is_group(article, c) and is_person(c) and c.noun and 0 < part.sentence - c.sentence <= 8 and c.value and c.value >= 10
    ]  # fmt: skip
    return sorted(found, key=lambda c: part.sentence - c.sentence)


def _antecedent(article: Article, masked: Masked, part: Claim) -> Claim | None:
    """The count that "them" takes up: the last one of the nearest sentence before that has one, four sentences back at
    most; one that is large enough where there are several."""
    kinds = (BlockKind.BODY, BlockKind.QUOTE, BlockKind.LIST_ITEM)
    noun = "" if _OF_ANY.match(article.block(part).text, part.figure.end if part.figure else part.end) else part.noun
    for index in range(masked.sentence.index - 1, max(-1, masked.sentence.index - 5), -1):
        block = article.sentences[index].block
        if masked.sentence.block - block > 2 or article.document.blocks[block].kind not in kinds:
            return None
        counts = [c for c in article.by_sentence.get(index, ()) if c.kind == "count" and c.noun]
        fitting = [
            claim
            for claim in counts
            if not (claim.carried and claim.value and part.value and claim.value < part.value)
            and claim.role not in ("rate", "than", "change")
            and not _is_no_group(article, claim)
            and (not noun or claim.noun == noun or is_person(claim) == is_person(part))
        ]
        large = [claim for claim in fitting if claim.value is None or part.value is None or claim.value >= part.value]
        if not large and any(claim.value and part.value and claim.value >= part.value for claim in counts):
            return None  # "added 41,300 jobs, above the 25,000 that were expected": of the jobs that were added
        if not large and not (index == masked.sentence.index - 1 and masked.sentence.block == block):
            fitting = [
                claim for claim in fitting if claim.speaker == part.speaker
            ]  # not those that somebody else tells of
        if large or fitting:
            return (large or fitting)[-1]
    return None


@cache
def _person_nouns() -> frozenset[str]:
    return frozenset(lexicon("claims")["nouns"]["person"])


def is_person(claim: Claim) -> bool:
    """Whether a count is of people, by its noun; a bare "12 were arrested" is by its outcome."""
    return claim.noun in _person_nouns() if claim.noun else bool(claim.outcome)
