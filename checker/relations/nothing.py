"""None of them, and the two who; no such thing, and the largest of it: "None of the 22 staff had been trained" beside "the four
carers who had been trained", "no cracks" beside "the largest of the cracks"; a side unbeaten and its defeat."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from checker.data import lexicon
from checker.language.article import Article
from checker.language.english import lemma
from checker.model import BlockKind, Claim, Relation
from checker.patterns import lazy

_RUNNING = frozenset({BlockKind.BODY, BlockKind.LIST_ITEM})
_HAD = r"(?:had|has|have|was|were|is|are|will be)(?: (?:been|ever|yet|actually))*"
_NONE_OF = lazy(
    rf"\b(?:None|none|[Nn]ot (?:a single )?one) of (?:the|its|his|her|their|those|these)(?: [\d,]+| [a-z]+){{0,2}}? (?P<noun>[a-z]+)(?: (?:on|at|in|who|there|from) [^,.;:]{{1,30}}?)? (?:{_HAD} (?P<verb>[a-z]+)|(?P<knew>knew))\b"
)
_THOSE_WHO = lazy(
    rf"\b(?:[Tt]he|[Tt]hose|[Tt]hese|[A-Z][a-z]+ of the)(?: ‹n\d+›| [a-z]+)?(?: (?P<noun>[a-z]+))? (?:who|that|which) (?:{_HAD} (?P<verb>[a-z]+)|(?P<knew>knew))\b(?P<rest>(?: [a-z]+){{0,3}})|(?P<name>[A-Z][\w’'-]+), who (?P<known>knew)\b"
)
_ALSO = frozenset("people staff worker employee team crew member man woman resident person personnel".split())
# "no cracks were found", "found no bodies", "has received no complaints", "had no previous convictions"
_DONE = r"(?:found|made|fired|reported|recorded|destroyed|damaged|received|issued|detected|discovered|taken|lost|seen|hit|filed|raised|lodged|held|leaked)"
_NO = (
    lazy(rf"\b[Nn]o (?:[a-z]+ )?(?P<noun>[a-z]+)(?: of [a-z ]{{3,20}})? (?:was|were|has|have|had)(?: yet)?(?: been)? {_DONE}\b"),
    lazy(r"\b(?:found|finds|destroyed|received|recorded|has|have|had|made|reported|fired|caused|were|was|are|is) no (?:[a-z]+ )??(?P<noun>[a-z]+)(?= (?:in|of|at|about|from|on|to|under|near|along|inside|there|during|against|for|with|and|among)\b|[.,;]|$)"),
)  # fmt: skip
_SOME_OF = (
    r"(?<!\w)(?:[Tt]he ‹n\d+›(?: [a-z]+)?|[Oo]ne of the|‹n\d+› of the(?: [a-z]+)?|[Oo]f the ‹n\d+›|[Aa]mong the|[Tt]he (?:largest|biggest|longest|worst|first|smallest|deepest|oldest)"
    r"|(?:[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Tt]he) (?:earlier|previous|leaked))"
)
_VAGUE = frozenset(
    "one year month week day time way doubt evidence reason idea comment plan more further longer case point matter part place people person thing choice end sign "
    "need other question word money rest intention problem change decision woman man side team body game match goal".split()
) - {"body"}
_OTHERS = lazy(
    r"\b(?:not|n['’]t|never|no|none|nobody|neither|other|another|previous year|last (?:year|month|week|season)|years? (?:ago|earlier|before)|if|would|could|may|might|elsewhere|similar|unlike|"
    r"later|since|then|until)\b|‹d\d+›"
)
_DOUBT = lazy(
    r"\b(?:if|unless|until|yet|so far|initially|at first|would|could|should|longer|further|immediate|other|[Aa]lmost|[Nn]early|[Mm]ost)\b"
)


_WAS = lazy(r"\b(?:was|were|had)\b")


def find(article: Article) -> Iterable[Relation]:
    """``none-some`` relations."""
    yield from _none_of(article)
    yield from _no_such(article)
    yield from _opposites(article)


def _statements(article: Article, pattern: re.Pattern[str]) -> Iterator[tuple[Claim, re.Match[str]]]:
    """What a pattern finds in the running text and the display text, in the paper's own voice."""
    for sentence in article.sentences:
        if article.block(sentence).kind not in _RUNNING and not article.is_display(sentence):
            continue
        text = article.text(sentence.index)
        match = pattern.search(text)
        if match and not _DOUBT.search(text[max(0, match.start() - 25) : match.end() + 12]):
            place = (sentence.block, sentence.start + match.start(), sentence.start + match.end())
            yield article.derived("none", 0, *place), match


@cache
def _likes() -> dict[str, str]:
    """Verbs that say one thing, each with the first of its row."""
    rows: list[list[str]] = lexicon("none")["likes"]
    return {word: row[0] for row in rows for word in row}


def _verb(match: re.Match[str]) -> str:
    word = match["verb"] or match["knew"] or match.groupdict().get("known") or ""
    if word == "taken" and re.search(r"\b(?:course|training|class|test)\b", match.groupdict().get("rest") or ""):
        return "train"
    base = lemma(word, "VBN")
    return _likes().get(word, _likes().get(base, base))


def _none_of(article: Article) -> Iterator[Relation]:
    for none, match in _statements(article, _NONE_OF):
        noun, verb = lemma(match["noun"], "NNS"), _verb(match)
        for sentence in article.sentences:
            if sentence.index == none.sentence or article.block(sentence).kind not in _RUNNING:
                continue
            masked = article.masked(sentence.index)
            if (some := _so_called(article, sentence.index, noun, verb)) is not None:
                yield Relation("none-some", {"none": (none,), "some": (some,)}, 0.85, "if both speak of one thing")
                return
            found = _THOSE_WHO.search(masked.text)
            if found is None or _verb(found) != verb or len(verb) < 3:
                continue
            other = lemma(found["noun"] or "", "NNS")
            if other not in (noun, "") and noun not in _ALSO:
                continue
            if _OTHERS.search(masked.text[max(0, found.start() - 40) : found.end()]):
                continue
            yield _relation(article, none, sentence.index, found)
            return


_THE = lazy(r"\b(?:the|these|those) $", re.I)


def _so_called(article: Article, sentence: int, noun: str, verb: str) -> Claim | None:
    """ "The owners of the two insured chalets": those of a kind which are called what none of them is."""
    for claim in article.by_sentence.get(sentence, ()):
        if claim.kind != "count" or claim.noun != noun or not claim.value or claim.other:
            continue
        before, behind = article.masked(sentence).around(claim)
        words = claim.text.split()[1:-1]
        called = {_likes().get(word, _likes().get(lemma(word, "VBN"), lemma(word, "VBN"))) for word in words}
        if verb in called and len(verb) > 2 and _THE.search(before) and not _OTHERS.search(before[-40:] + behind[:30]):
            return claim
    return None


def _no_such(article: Article) -> Iterator[Relation]:
    for pattern in _NO:
        for none, match in _statements(article, pattern):
            noun = lemma(match["noun"], "NNS")
            if noun in _VAGUE or len(noun) < 3 or (noun == match["noun"] and noun.endswith("ing")):
                continue
            some = re.compile(rf"{_SOME_OF} (?:of the )?(?:[a-z]+ )?(?:{re.escape(noun)}|{re.escape(match['noun'])})\b")
            for sentence in article.sentences:
                if sentence.index == none.sentence or article.block(sentence).kind not in _RUNNING:
                    continue
                masked = article.masked(sentence.index)
                found = some.search(masked.text)
                if match.group().startswith(("is ", "are ")) and _WAS.search(masked.text):
                    continue  # there is none any more
                if found and not _OTHERS.search(masked.text[max(0, found.start() - 40) : found.end() + 30]):
                    yield _relation(article, none, sentence.index, found)
                    return


@cache
def _pairs() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    return tuple((lazy(rf"(?<!\w)(?:{a})"), lazy(rf"(?<!\w)(?:{b})")) for a, b in lexicon("none")["opposites"])


def _opposites(article: Article) -> Iterator[Relation]:
    """ "are unbeaten" beside "their 2-1 defeat", "never married" beside "his widow"."""
    for denied, told in _pairs():
        none = next(_statements(article, denied), None)
        if none is None:
            continue
        for sentence in article.sentences:
            if sentence.index == none[0].sentence or article.block(sentence).kind not in _RUNNING:
                continue
            masked = article.masked(sentence.index)
            found = told.search(masked.text)
            if found and not _OTHERS.search(re.sub(r"‹d\d+›", "", masked.text[: found.end() + 12])):
                yield _relation(article, none[0], sentence.index, found)
                return


def _relation(article: Article, none: Claim, index: int, found: re.Match[str]) -> Relation:
    """The relation to what a match in the masked sentence tells: its first count, or its words."""
    masked = article.masked(index)
    numbers = [masked.claims[int(n)] for n in re.findall(r"‹n(\d+)›", found.group())]
    numbers = [claim for claim in numbers if claim.value and claim.value >= 1]
    if numbers:
        return Relation("none-some", {"none": (none,), "some": (numbers[0],)}, 0.85, "if both speak of one thing")
    some = article.derived("count", 1, masked.sentence.block, *masked.last_words(found))
    return Relation("none-some", {"none": (none,), "some": (some,)}, 0.85, "if both speak of one thing")
