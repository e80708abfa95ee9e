"""None and some: "no one was hurt" beside "the two injured"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from checker.language.article import Article
from checker.model import BlockKind, Claim, Relation

# the words of each outcome in a clause that says it happened
_HAPPENED = {
    "injured": r"(?:injured|wounded|hurt|treated for (?:[a-z]+ )?(?:injuries|burns|cuts|bruises|shock|fractures)|broke (?:a|an|his|her) (?:arm|leg|wrist|ankle|hip|rib|collarbone)|with (?:broken|fractured) [a-z]+|suffered (?:[a-z]+ ){0,2}(?:injuries|burns|fractures))",
    "dead": r"(?:killed|died|dead|drowned|shot dead|lost (?:his|her|their) li(?:fe|ves))",
    "arrested": r"(?:arrested|detained|taken into custody|in custody|being held|were held|was held)",
    "charged": r"(?:charged|indicted)",
    "against": r"(?:voted against|votes? against|opposed (?:it|the motion|the plan|the measure|the bill)|dissent(?:ed|ing)|voted no)",
    "missing": r"(?:missing|unaccounted for)",
    "evacuated": r"(?:evacuated)",
}
_ZERO = {
    "injured": r"(?:hurt|injured|wounded|injur(?:y|ies)|casualt(?:y|ies)|harmed)",
    "dead": r"(?:killed|died|deaths?|fatalit(?:y|ies)|dead)",
    "arrested": r"(?:arrested|arrests?|detained|in custody)",
    "charged": r"(?:charged|charges)",
    "against": r"(?:voted? against|against|opposed|opposition|dissent(?:ing|ed)?)",
    "missing": r"(?:missing|unaccounted)",
    "evacuated": r"(?:evacuated)",
}
_BUT = re.compile(
    r"\b(?:else|other|seriously|serious|critically|major|life-threatening|further|more|yet known|so far known|immediate|longer|if|unless|until|initially|at first|first reports|earlier|immediately|new|additional|civilian|comment|reports? of)\b"
)
_SUBJECT = r"(?:‹n\d+›(?: [a-z-]+){0,3}|[Tt]he ‹n\d+›|[Ss]he|[Hh]e|[Tt]hey|[Bb]oth(?: [a-z]+)?|[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*|[Aa] (?:[a-z-]+ ){0,2}(?:man|woman|boy|girl|passenger|driver|worker|officer|child|student|resident|teenager|firefighter|councillor|member|suspect))"
_NOT = re.compile(
    r"\b(?:not|n['’]t|no|nobody|none|never|nearly|almost|could have|might have|would have|if|feared|in 1\d{3}|in 20\d\d|years ago|last year|earlier this year|previous|in ‹d\d+›)\b"
)
_BODY = frozenset(
    {BlockKind.BODY, BlockKind.QUOTE, BlockKind.LIST_ITEM, BlockKind.DEK, BlockKind.HEADLINE, BlockKind.CAPTION}
)


def find(article: Article) -> Iterable[Relation]:
    """``none-some`` relations between nobody and somebody of one outcome."""
    nobody: dict[str, tuple[int, re.Match[str]]] = {}
    for sentence in article.sentences:
        if article.block(sentence).kind not in _BODY:
            continue
        text = article.text(sentence.index)
        for outcome, words in _ZERO.items():
            match = re.search(
                rf"\b(?:[Nn]o one|[Nn]obody|[Nn]one(?: of [a-z ]{{3,30}})?|[Nn]o|[Ww]ithout (?:a single|any|an?)|[Nn]ot a single|[Nn]ot one)\b(?P<mid>[^.;:,]{{0,45}}?)\b{words}\b",
                text,
            )
            if match and not _BUT.search(text[max(0, match.start() - 30) : match.end() + 15]) and outcome not in nobody:
                nobody[outcome] = (sentence.index, match)
    for outcome, (index, match) in nobody.items():
        some = _somebody(article, outcome, index)
        if some is not None:
            place = article.sentences[index]
            none = article.derived("none", 0, place.block, place.start + match.start(), place.start + match.end())
            yield Relation("none-some", {"none": (none,), "some": (some,)}, 0.85)


def _somebody(article: Article, outcome: str, zero: int) -> Claim | None:
    """The first statement that somebody was, in the paper's own voice and time."""
    pattern = re.compile(
        rf"(?P<who>{_SUBJECT})(?P<mid>[^.;:‹]{{0,60}}?)\b(?:was|were|been|have|had|has|both|who|also|are|is)\b(?P<aux>[^.;:‹]{{0,12}}?) (?P<word>{_HAPPENED[outcome]})\b|(?P<the>[Tt]he ‹n\d+› {_HAPPENED[outcome]})|"
        rf"(?P<two>‹n\d+›(?: [a-z]+){{0,2}}(?:, aged [^.;]{{0,20}},)? (?:was|were) {_HAPPENED[outcome]})"
    )
    for sentence in article.sentences:
        if sentence.index == zero or article.block(sentence).kind not in _BODY:
            continue
        masked = article.masked(sentence.index)
        match = pattern.search(masked.text)
        if not match or _NOT.search(masked.text[max(0, match.start() - 40) : match.end()]):
            continue
        numbers = re.findall(r"‹n(\d+)›", match.group())
        if numbers:
            claim = masked.claims[int(numbers[0])]
            if claim.value and claim.value >= 1 and claim.modality == "asserted":
                return claim
        elif outcome in ("against",):
            text = article.text(sentence.index)
            who = re.search(re.escape(match.group().split("‹")[0].strip()[:30]), text)
            start = sentence.start + (who.start() if who else 0)
            return article.derived("count", 1, sentence.block, start, min(sentence.end, start + len(match.group())))
    return None
