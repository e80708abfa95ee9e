"""Changes between the two levels of a comparison: the one that the article makes near a change, or of what it names.

The stage behind ``changes``: where the weighing leaves a change open, the article's explicit comparisons decide
(``comparisons``), if only one can be meant: because the change stands in it or takes it up, because both name the same
measure.  What the opening tells is held against the text in ``news``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from checker.language.article import Article
from checker.language.words import likeness
from checker.model import Claim, Relation
from checker.patterns import lazy
from checker.relations import changes
from checker.relations.anaphors import OTHERWISE, changing, takes_up
from checker.relations.changed import Change, compare, is_unsure, questions
from checker.relations.comparisons import Comparison, comparisons
from checker.relations.histories import BARE, GENERIC, PRONOUNS, SYNONYM
from checker.relations.levels import in_unit, is_level
from checker.relations.ranking import judge
from checker.relations.spans import around, spans_around
from checker.relations.topics import opening

_CONFIDENCE, _NOTE = 0.85, 0.5
_MOST_TIMES = 12
_NEAR = 2  # sentences between a change and a comparison that it can take up
_BEHIND = 12  # sentences of the text in which what its opening says is told
_CHANGES = frozenset(
    "rise increase gain jump hike growth boost surge uplift climb improvement leap expansion raise spike fall drop decline decrease cut reduction slide slump dip plunge contraction loss change difference saving percent cent per point doubling trebling tripling more fewer less time factor payout".split()
)
_LIGHT = GENERIC | BARE | PRONOUNS | _CHANGES
# another reckoning than the plain one, in the sentence of a level
PARTLY = lazy(
    r"\b(?:like-for-like|same-store|organic\w*|underlying|adjusted|seasonal\w*|currenc\w+|exclud\w+|excluding|in real terms|per capita|inflation-adjusted)\b",
    re.I,
)


def find(article: Article) -> Iterable[Relation]:
    """The ``change``, ``percent-change`` and ``multiple`` relations that comparisons decide and the weighing does not."""
    asked = list(questions(article))
    if not asked or not comparisons(article):
        return
    for change in asked:
        found = _meant(article, change, asked)
        if found is None:
            continue
        holds, _, slip = compare(change, found.old, found.new)
        if holds or not is_off(change, found) or _is_answered(article, change):
            continue
        sure = slip > 0 or change.type == "times"  # else other levels are meant more often than these are wrong
        sure = sure and (change.type != "times" or change.claim.sentence in found.told)  # "counted them three times"
        yield changes.relation(change, (found.old, found.new), _CONFIDENCE if sure else _NOTE)


def _is_answered(article: Article, change: Change) -> bool:
    """Whether the weighing finds levels that bear a change out, or others in error."""
    ranks = changes.model("changes")
    return any(
        verdict.odds > -1.0 if verdict.holds else (ranks.confidence(verdict.odds) or 0) >= _CONFIDENCE
        for verdict in judge(list(changes.candidates(article, change)))
    )


def is_averaged(article: Article, comparison: Comparison) -> bool:
    """Whether only one of two levels, told in two sentences, is an average: "rose to 738.5 billion. The monthly average in
    January was 737.1 billion"."""
    old, new = (article.text(level.sentence) for level in (comparison.old, comparison.new))
    return old != new and ("average" in old.lower()) != ("average" in new.lower())


def _meant(article: Article, change: Change, asked: list[Change]) -> Comparison | None:
    claim = change.claim
    if _OWN.search(around(article, claim)):
        return None
    if (
        is_unsure(article, claim)
        or claim.modality not in ("asserted", "planned")
        or OTHERWISE.search(article.text(claim.sentence))
    ):
        return None
    pool = [c for c in comparisons(article) if fits(change, c) and not is_of_other_span(article, claim, c)]
    pool = [c for c in pool if not has_others(article, change, c) and not _is_of_shares(article, claim, c)]
    pool = [c for c in pool if not c.apart or claim.sentence in (*c.told, c.told[1] + 1) or opening(article, c.new)]
    for tied in _ties(article, change, pool, asked):
        if tied:
            if len({(c.old.value, c.new.value) for c in tied}) > 1:
                return None
            found = tied[0]
            if any(PARTLY.search(article.text(index)) for index in found.told) or is_averaged(article, found):
                return None
            return found
    return None


def _ties(article: Article, change: Change, pool: list[Comparison], asked: list[Change]) -> Iterator[list[Comparison]]:
    """The comparisons that a change is in or takes up, and those whose measure it names."""
    yield [c for c in _holding(article, change, pool) if ratio(change, c) <= 8]
    if any(change.claim.sentence in c.told for c in comparisons(article)) or _has_levels(article, change):
        return
    free = _free(article, change, pool, asked)
    free = [c for c in free if not names_apart(article, change.claim, c)]
    yield [c for c in _named(article, change, free) if ratio(change, c) <= Fraction(5, 2)]


def _has_levels(article: Article, change: Change) -> bool:
    """Whether a change stands beside levels that it may be of."""
    return any(
        c is not change.claim and is_level(c) and c.role != "change" and c.kind in ("money", "measure")
        for c in article.by_sentence[change.claim.sentence]
    )


def names_apart(article: Article, claim: Claim, comparison: Comparison) -> bool:
    """Whether the sentences of a change and of two levels name others: Swire and Cathay."""
    told = " ".join(article.text(index) for index in comparison.told)
    if any(name not in told for name in _owners(article, claim)):
        return True
    for level in (comparison.old, comparison.new):
        if any(name not in article.text(claim.sentence) for name in _owners(article, level)):
            return True
        named = {name.lower() for name in level.names}
        if level.subject in named and level.subject not in article.text(claim.sentence).lower():
            return True
    return False


def _owners(article: Article, claim: Claim) -> list[str]:
    """The names right before the subject of a claim: "KENRO revenues", "Norway's exports"."""
    tokens = article.tokens(claim.sentence)
    own = {t.index for t in tokens if claim.start <= t.start < claim.end}
    subjects = [t for t in tokens if t.dep == "nsubj" and t.head in own] or [
        t for t in tokens if t.lemma == claim.subject and t.dep.startswith("nsubj")
    ]
    common = {t.index for t in subjects if t.tag in ("NN", "NNS")}
    return [t.text for t in tokens if t.head in common and t.tag == "NNP" and t.dep in ("compound", "poss")]


# "The nursery will raise its own fees by 15 percent", "nearly double its price of last year"
_OWN = lazy(r"\b(?:its|their|his|her) own\b|\b(?:double|twice|times) (?:its|their) [a-z]+ (?:from|of|in|last)\b")
_FIGURES = lazy(r"\b(?:figures|digits)\b")


def fits(change: Change, comparison: Comparison) -> bool:
    old, new, claim = comparison.old, comparison.new, change.claim
    if claim.unit == "times" and (claim.value or 0) > _MOST_TIMES:
        return False  # "used 61,000 times"
    if claim.modality == "planned" and new.modality == "asserted" and new.tense not in ("future", "present"):
        return False
    if claim.unit == "times" and (old.kind == "percent" or _FIGURES.search(claim.text)):
        return False
    if claim.id in (old.id, new.id) or not changes.fits(change, old, new):
        return False
    if change.type in ("amount", "margin"):
        if claim.kind == "percent" or claim.unit == "pp":
            return old.kind == "percent" and claim.unit == "pp"
        if claim.kind != old.kind or (claim.kind != "count" and in_unit(claim, old.unit) is None):
            return False
        assert claim.value is not None and old.value is not None and new.value is not None
        return claim.value * (in_unit(claim, old.unit) or 1) < max(old.value, new.value)
    return old.kind != "percent" or change.type == "times"


def _holding(article: Article, change: Change, pool: list[Comparison]) -> list[Comparison]:
    """The comparisons in which, or right behind which, a change stands without a measure of its own."""
    claim = change.claim
    if inside := [c for c in pool if claim.sentence in c.told]:
        return [c for c in inside if _is_in(article, change, c)]
    if article.is_display(claim):
        return []
    if ahead := [c for c in pool if c.told[0] == claim.sentence + 1 and _begins_with_pronoun(c)]:
        own = topic(article, change)
        return [
            c for c in ahead if like(own, c.words | c.context, _AKIN) and (c.new.kind == "money" or not own & IN_MONEY)
        ]
    if not takes_up(article, claim) and not _is_anaphoric(article, change):
        return []
    if between := [c for c in pool if c.told[0] < claim.sentence < c.told[1] and not c.apart]:
        return [c for c in between if not _is_of_another(article, change, c)]
    reach = _NEAR if takes_up(article, claim) else 1
    behind = [c for c in pool if 0 < claim.sentence - c.told[1] <= reach]
    last = max((c.told[1] for c in behind), default=-1)
    if _has_levels(article, change):
        return []
    return [c for c in behind if c.told[1] == last and not _is_of_another(article, change, c)]


_ITEMS = frozenset("gain loss charge".split())
_ITEM = lazy(r"^(?:[- ](?:gain|loss|charge))? (?:from|on) (?:[a-z]+ ){0,3}(?:sale|disposal)\b")


def _begins_with_pronoun(comparison: Comparison) -> bool:
    """Whether two levels take up the sentence before: "Takings have doubled.  It used to take £900"."""
    level = min((comparison.old, comparison.new), key=lambda c: (c.sentence, c.start))
    return level.subject in ("it", "they")


_CLAUSE = lazy(r"[;:()]|\b(?:and|but|while|as|because|when|after|although|though|since|including)\b|‹[^dt]")


def _is_in(article: Article, change: Change, comparison: Comparison) -> bool:
    """Whether a change is said of a level of its own sentence: of what that measures, or right beside it."""
    if _is_of_another(article, change, comparison):
        return False
    claim = change.claim
    if claim.noun in _ITEMS or _ITEM.match(article.block(claim).text[claim.end : claim.end + 50]):
        return False  # "94 million, helped by a gain of 12 million from the sale of a dock"
    if takes_up(article, claim):
        return True
    if topic(article, change) or claim.subject in BARE:
        return True
    masked = article.masked(change.claim.sentence)
    marks = {c.id: masked.text.find(masked.mark(i)) for i, c in enumerate(masked.claims)}
    for level in (comparison.old, comparison.new):
        if level.id in marks:
            first, last = sorted((marks[level.id], marks[change.claim.id]))
            between = masked.text[first + 4 : last]
            if len(between) < 70 and not _CLAUSE.search(between):
                return True
    return False


_ELIDED = lazy(
    r"^[\"“‘]?(?:That|This|It|Which|These|Those|They|We|There|So|The|Its|Their|His|Her|An?|He|She|Some|Nearly|About|More than\b)|^[\"“‘]?‹[a-z]\d+›"
)


def _is_anaphoric(article: Article, change: Change) -> bool:
    """Whether a change begins its sentence, or nothing stands before it but what takes up the sentence before."""
    masked = article.masked(change.claim.sentence)
    before, _ = masked.around(change.claim)
    return bool(_ELIDED.match(masked.text)) and not re.search(r"‹[nmu]\d+›", before)


def topic(article: Article, change: Change) -> frozenset[str]:
    """What a change says it is of, by itself: what it counts, what rises or falls; nothing where it leaves that open."""
    claim = change.claim
    if change.type == "times":
        verb = any(t.is_verb and claim.start <= t.start < claim.end for t in article.tokens(claim.sentence))
        found = changing(article, claim) if verb else frozenset()
    elif claim.role == "change":
        found = frozenset({claim.noun}) - _LIGHT or frozenset({claim.subject})
    elif claim.kind == "count" and claim.figure is not None and claim.end > claim.figure.end:
        found = frozenset({claim.noun})
    else:
        found = frozenset()
    return frozenset(word.lower() for word in found if len(word) > 2) - _LIGHT


_AKIN = 45  # the likeness of words that are met together
# what is told in money only: "profit halved" and 96 tonnes of fish
IN_MONEY = frozenset(
    "profit revenue income earnings loss turnover dividend salary pay wage rent price debt deficit".split()
)
# of which two are two: net income is not sales
_EXACT = frozenset("profit income earnings loss net surplus sales".split())


def like(one: Iterable[str], other: Iterable[str], least: int = SYNONYM) -> bool:
    known = list(other)
    return any(
        word == second or (likeness(word, second) >= least and not {word, second} & _EXACT)
        for word in one
        for second in known
    )


_SHARE = lazy(r"[^,.;:]{0,12}\b(?:share|proportion|percentage)\b")


def _is_of_shares(article: Article, claim: Claim, comparison: Comparison) -> bool:
    """Whether a multiple is of a share and two levels are none: "4% of the market, double their share a year ago"."""
    text = article.block(claim).text
    end = claim.figure.end if claim.figure is not None else claim.end
    return comparison.new.kind != "percent" and _SHARE.match(text, end) is not None


def has_others(article: Article, change: Change, comparison: Comparison) -> bool:
    """Whether a change has levels of its own beside it: "up 3.50 dollars to 154.60"."""
    known = {comparison.old.id, comparison.new.id}
    return any(
        other.id not in known
        and other.role in ("to", "from", "than")
        and is_level(other)
        and other.kind not in ("percent", "duration")
        for other in article.by_sentence[change.claim.sentence]
    )


_LESS = lazy(r"[^,;.]*\bthan\b")


def _is_of_another(article: Article, change: Change, comparison: Comparison) -> bool:
    """Whether a change is told of something that the words of a comparison know nothing of."""
    claim = change.claim
    for other in article.by_sentence[claim.sentence]:
        if (
            other.id not in (comparison.old.id, comparison.new.id)
            and other.kind == comparison.new.kind
            and other.end <= claim.start
            and is_level(other)
            and other.role not in ("change", "from", "than")
        ):
            return True  # "1,018 officers, 180 fewer than its budget allows"
    if _LESS.match(article.block(claim).text, claim.end) and 0 < claim.start - comparison.old.end <= 3:
        return True  # "fell to 43 mandates, 18 fewer than in 2021": these are the new ones
    own = topic(article, change)
    return bool(own) and not like(own, comparison.words)


def _free(article: Article, change: Change, pool: list[Comparison], asked: list[Change]) -> list[Comparison]:
    """The comparisons near a change, or behind the article's opening, that no other change is borne out by."""
    claim = change.claim
    first = article.sentences_of(article.lede)[0].index if article.lede >= 0 else 0
    return [
        c
        for c in pool
        if c.new.kind != "duration"
        and (
            c.told[0] <= first + _BEHIND
            if _is_top(article, claim)
            else c.told[0] - 4 <= claim.sentence <= c.told[1] + 4
        )
        and not any(
            other is not change and other.type != "margin" and fits(other, c) and compare(other, c.old, c.new)[0]
            for other in asked
        )
    ]


def _is_top(article: Article, claim: Claim) -> bool:
    return article.is_display(claim) or claim.block == article.lede


def _named(article: Article, change: Change, free: list[Comparison]) -> list[Comparison]:
    """The comparisons of the measure that a change names."""
    claim = change.claim
    own = frozenset(word.lower() for word in changing(article, claim)) | topic(article, change)
    if article.is_display(claim):
        own |= frozenset(word.lower() for word in claim.context)
    own -= _LIGHT
    return [c for c in free if like(own, c.words)]


def is_of_other_span(article: Article, claim: Claim, comparison: Comparison) -> bool:
    """Whether a change is told over another length of time than lies between two levels."""
    if _BEST.search(around(article, comparison.old)) and not _BEST.search(around(article, claim)):
        return not takes_up(article, claim) and bool(spans_around(article, claim))  # "her previous best was 25"
    own = spans_around(article, claim)
    theirs = spans_around(article, comparison.old)
    if "year" in own and changes.within_a_year(claim, comparison.old):
        return True
    if _SINCE.search(around(article, claim)) and not _SINCE.search(around(article, comparison.old)):
        return not own & theirs and claim.sentence not in comparison.told
    return bool(own and theirs) and own.isdisjoint(theirs)


_BEST = lazy(r"\b(?:best|record|peak|highest|lowest|worst)\b")
_SINCE = lazy(r"\bsince (?:(?:the )?[a-z]+ of )?(?:[A-Z]|\d)")


def is_off(change: Change, comparison: Comparison) -> bool:
    """Whether a change is further from what two levels make it than figures rounded or revised elsewhere explain."""
    return ratio(change, comparison) > Fraction(112, 100)


def ratio(change: Change, comparison: Comparison) -> Fraction:
    """How many times what two levels make it a change is, or the reverse."""
    old, new, claim = comparison.old, comparison.new, change.claim
    assert old.value is not None and new.value is not None and claim.value is not None
    if change.type == "times":
        implied = new.value / old.value
    elif change.type == "percent":
        implied = abs(new.value - old.value) / old.value * (100 if claim.kind == "percent" else 1)
    else:
        factor = Fraction(1) if claim.kind in ("count", "percent") else in_unit(claim, old.unit) or Fraction(1)
        implied = abs(new.value - old.value) / factor
    return max(implied / claim.value, claim.value / implied)
