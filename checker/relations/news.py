"""The change that an article is about, and the two levels that its text sets against each other for it.

"Visits to the museum rose by 34 per cent last year", says the opening, and three paragraphs on "155,000 people came through
the doors in 2025, against 125,000 in the year before".  The two may share no word.  What makes the link sure is how news is
written: the change that it opens with is told again as its levels, soon, and hardly an article sets two others against each
other before.  So ties are counted: like words, nearness, that no other two levels are told, the same time.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import cache

from checker.data import lexicon
from checker.language.article import Article
from checker.language.words import likeness
from checker.model import BlockKind, Claim, Relation
from checker.patterns import lazy
from checker.relations import changes, compared
from checker.relations.anaphors import OTHERWISE, changing
from checker.relations.changed import Change, compare, is_unsure, questions
from checker.relations.comparisons import Comparison, comparisons, dated
from checker.relations.histories import BARE, GENERIC, PRONOUNS
from checker.relations.levels import is_level
from checker.relations.movements import sign_of
from checker.relations.spans import spans_around

_CONFIDENCE = 0.85
_LEAST = 3  # ties from which two levels are those of the change
_TOP = 4  # sentences in which the news is told
_SURE = 6  # ties from which even a change of another size is theirs
_BEHIND = 9  # sentences from the first one in which they are told
_NEAREST, _NEAR, _FAR = 1, 3, 6
_TOLD = 3  # ties by words from which two amounts of money are of what changed
_FEW = 10  # counts up to it are of many things
_LIKE = 70  # the likeness of words for one thing
_AKIN = 45  # of words that are met together
_FAINT = 30  # of words that have to do with each other
_FURTHEST = Fraction(5, 2)  # how many times what two levels make it a change in error is
_YEAR = Fraction(36525, 100)
_LIGHT = GENERIC | BARE | PRONOUNS
# what is told of in money by names that do not mean each other
_ACCOUNTS = frozenset(
    """profit revenue sale sales income earnings loss turnover dividend salary pay wage rent price fare tax bill cost debt
    deficit surplus budget spending export import fine grant value charge fee interest premium benefit pension investment
    gain margin output""".split()
)
_OTHER_BASE = lazy(
    r"[^,.;:]{0,40}?\bthan\b(?!.{0,40}\b(?:last|previous|years?|decade|months?|season|week|century|ago|before|earlier|winter|summer|spring|autumn|(?:19|20)\d\d|it (?:was|did|had)|they (?:were|did|had))\b)"
)
_OVER_TIME = lazy(
    r"\b(?:last|previous|years?|decade|months?|season|week|century|ago|before|earlier|since|when|used to|winter|summer|spring|autumn|(?:19|20)\d\d|replaces)\b"
)
_HAVING = frozenset("lose gain add shed win".split())  # what is lost may be anything: "lost 61 sessions to the weather"
_IN_WHAT = lazy(r" in (?:size|value|area|length|weight|height|price|cost|volume)\b")
_RATE = lazy(r"\b(?:growth|rate|pace|share|proportion|margin)\b")
_EACH = lazy(r"\bper\b|\ba (?:share|barrel|tonne|ton|pound)\b")


def find(article: Article) -> Iterable[Relation]:
    """The ``change``, ``percent-change`` and ``multiple`` relations of the opening's change that its levels do not bear out."""
    asked = [q for q in questions(article) if q.type != "margin"]
    told = [q for q in asked if _is_news(article, q)]
    if not told or not comparisons(article):
        return
    for change in told:
        found = _meant(article, change, asked)
        if found is not None and not compare(change, found.old, found.new)[0] and compared.is_off(change, found):
            yield changes.relation(change, (found.old, found.new), _CONFIDENCE)


def _is_news(article: Article, change: Change) -> bool:
    """Whether the headline, the standfirst or the first paragraph tells a change over time, of the whole of something."""
    claim = change.claim
    text = article.text(claim.sentence)
    if not _is_top(article, claim) or _is_one_of_several(article, change):
        return False
    if claim.modality not in ("asserted", "planned") or is_unsure(article, claim):
        return False
    if change.type == "percent" and claim.kind == "ratio" and claim.text.endswith(("ahead", "behind")):
        return False
    start = article.sentences[claim.sentence].start
    before, behind = text[: claim.start - start], text[claim.end - start :]
    if OTHERWISE.search(before) or OTHERWISE.search(behind) or _OTHER_BASE.match(behind):
        return False
    if _IN_WHAT.match(behind):
        return False
    if change.type == "times" and claim.text.lower().endswith(("time", "times")):
        return _OVER_TIME.search(behind) is not None  # "three times the share of diesels"
    return True


def _is_top(article: Article, claim: Claim) -> bool:
    """Whether a claim stands in the headline, the standfirst or the first sentences."""
    if article.is_display(claim):
        return True
    body = [i for i, block in enumerate(article.document.blocks) if block.kind == BlockKind.BODY][:2]
    return claim.block in body and claim.sentence < article.sentences_of(body[0])[0].index + _TOP


def _is_one_of_several(article: Article, change: Change) -> bool:
    """Whether the sentence of a change tells others of its kind: "eased 2.2 pct, with General Motors down 9.3 pct"."""
    return any(
        c is not change.claim and c.kind == change.claim.kind and c.unit == change.claim.unit and c.role == "change"
        for c in article.by_sentence[change.claim.sentence]
    )


def _meant(article: Article, change: Change, asked: list[Change]) -> Comparison | None:
    """The two levels that most ties join to a change; none where another pair of the same kind bears it out."""
    known = comparisons(article)
    first = article.sentences_of(article.lede)[0].index if article.lede >= 0 else 0
    pool = [c for c in known if _can_be_of(article, change, c, first)]
    if any(compare(change, c.old, c.new)[0] for c in pool):
        return None
    free = [c for c in pool if not _is_told(c, change, asked)]
    scored = [(_ties(article, change, c, known, first), -c.told[0], c) for c in free]
    ties, _, best = max(scored, key=lambda one: one[:2], default=(0, 0, None))
    if sum(one[0] == ties and one[2].new.kind == best.new.kind for one in scored if best) > 1:
        return None
    if best is None or ties < _LEAST or compared.ratio(change, best) > (_FURTHEST if ties < _SURE else 2 * _FURTHEST):
        return None
    return best


def _can_be_of(article: Article, change: Change, comparison: Comparison, first: int) -> bool:
    claim, new = change.claim, comparison.new
    if claim.sentence in comparison.told or comparison.told[0] > first + _BEHIND:
        return False
    if not compared.fits(change, comparison) or new.kind == "duration" or _counts_another(change, comparison):
        return False
    if any(
        compared.PARTLY.search(article.text(index)) or _EACH.search(article.text(index)) for index in comparison.told
    ):
        return False
    if _RATE.search(article.text(claim.sentence)) and new.kind != "percent":
        return False  # "money growth rose 10.3 percent"
    return (
        not _is_of_other_span(article, claim, comparison)
        and not compared.has_others(article, change, comparison)
        and not compared.names_apart(article, claim, comparison)
        and not _has_its_own(article, claim, comparison)
        and not _is_of_a_part(article, claim, comparison)
        and not compared.is_averaged(article, comparison)
    )


@cache
def _places() -> frozenset[str]:
    return frozenset(lexicon("places")["names"]["words"])


_LED_BY = lazy(r"^(?:For|In|At|Among|On|Across|Outside) (?:the |all |its |their )?(?P<what>[a-z]+)\b")
_WHOLE = frozenset("all total present average fact addition last".split()) | GENERIC


def _is_of_a_part(article: Article, claim: Claim, comparison: Comparison) -> bool:
    """Whether two levels are told of something else by what leads their sentence or qualifies what is paid for: "For haddock
    the quota will be", "A car return goes up"."""
    nouns = {t.lemma.lower() for t in article.tokens(claim.sentence) if t.is_noun or t.is_verb}

    def is_new(word: str, least: int) -> bool:
        return max((likeness(word, other) for other in nouns), default=0) < least

    for index in comparison.told:
        led = _LED_BY.match(article.text(index))
        if led and led["what"] not in _WHOLE and is_new(led["what"], _FAINT):
            return True
    for level in (comparison.old, comparison.new):
        tokens = article.tokens(level.sentence)
        own = {t.index for t in tokens if t.lemma == level.subject and t.is_noun}
        named = (
            t
            for t in tokens
            if t.head in own and (t.tag == "NNP" or t.lower in _places()) and t.dep in ("compound", "poss")
        )
        if any(t.lower not in article.text(claim.sentence).lower() for t in named):
            return True
        if (level.kind == "money" or sign_of(level.verb)) and any(
            t.head in own and t.dep == "compound" and t.lemma not in GENERIC and is_new(t.lemma.lower(), _AKIN)
            for t in tokens
        ):
            return True
    return False


def _is_of_other_span(article: Article, claim: Claim, comparison: Comparison) -> bool:
    """Whether a change is told over another length of time than lies between two levels, by their dates or their words."""
    years = _years_between(article, comparison)
    own = spans_around(article, claim)
    if years is not None and own:
        return own.isdisjoint(
            {"year"} if years == 1 else {"years"} if years > 1 else {"part", "quarter", "month", "week"}
        )
    return compared.is_of_other_span(article, claim, comparison)


def _years_between(article: Article, comparison: Comparison) -> int | None:
    """How many years lie between two levels that are both dated, in years apart."""
    old, new = dated(article, comparison.old).when, dated(article, comparison.new).when
    if old is None or new is None or old.low is None or new.low is None:
        return None
    return round((new.low - old.low) / _YEAR) or None


def _counts_another(change: Change, comparison: Comparison) -> bool:
    """Whether an amount counts something else than two levels: "lost 61 sessions" and crowds of 2,140."""
    claim, new = change.claim, comparison.new
    if change.type != "amount" or claim.kind != "count" or not claim.noun or claim.noun in GENERIC:
        return False
    if claim.verb in _HAVING and claim.end > claim.figure.end:  # type: ignore[union-attr]
        return True
    known = comparison.words | comparison.context | {new.noun, new.subject}
    return new.noun not in GENERIC and claim.noun != claim.subject and not compared.like({claim.noun}, known)


def _has_its_own(article: Article, claim: Claim, comparison: Comparison) -> bool:
    """Whether a change stands beside a level of the kind that is none of the two: "adds up to $54 billion, an increase of
    3.8 percent"."""
    old, new = comparison.old, comparison.new
    return any(
        c is not claim
        and is_level(c)
        and c.role != "change"
        and (c.kind, c.unit.split("/")[0]) == (new.kind, new.unit.split("/")[0])
        and (c.kind != "count" or (c.value or 0) > _FEW)
        and c.value not in (old.value, new.value)
        for c in article.by_sentence[claim.sentence]
    )


def _is_told(comparison: Comparison, change: Change, asked: list[Change]) -> bool:
    """Whether another change is that of two levels, or stands beside them and so is, right or wrong."""
    return any(
        other.claim.value != change.claim.value
        and compared.fits(other, comparison)
        and (compare(other, comparison.old, comparison.new)[0] or other.claim.sentence in comparison.told)
        for other in asked
    )


def _ties(article: Article, change: Change, comparison: Comparison, known: tuple[Comparison, ...], first: int) -> int:
    """How many ties there are between a change and two levels."""
    claim, new = change.claim, comparison.new
    own = frozenset(word.lower() for word in changing(article, claim)) | compared.topic(article, change)
    if article.is_display(claim):
        own |= frozenset(word.lower() for word in claim.context)
    beside = frozenset(t.lemma.lower() for t in article.tokens(claim.sentence) if t.is_noun)
    found = _by_words(own - _LIGHT, beside - _LIGHT, comparison)
    timely = _are_of_its_time(article, claim, comparison)
    if (not found and not timely) or (new.kind == "money" and found < _TOLD):
        return 0  # what is paid may be paid for anything
    if len(known) == 1:
        found += 2
    elif sum((c.new.kind, c.new.unit) == (new.kind, new.unit) for c in known) == 1:
        found += 1
    apart = comparison.told[0] - max(first, claim.sentence)
    found += 2 if apart <= _NEAREST else 1 if apart <= _NEAR else 0 if apart <= _FAR or timely else -1
    found += 2 * timely
    if new.kind == "money":
        accounts = (comparison.words | {new.noun, comparison.old.noun}) & _ACCOUNTS
        if accounts:
            found -= (
                0
                if compared.like(own & _ACCOUNTS, accounts)
                else 4
                if own & _ACCOUNTS
                else int(change.type != "amount")
            )
    elif own & compared.IN_MONEY:
        return 0  # "profit halved" and 96 tonnes of fish
    return found


def _by_words(own: frozenset[str], beside: frozenset[str], comparison: Comparison) -> int:
    """Ties by what changed and what two levels are of: 3 for the same name, 2 for a like one or one of either's sentence, 1 for a word akin or
    levels that leave open what they are of."""

    def most(one: frozenset[str], other: frozenset[str]) -> int:
        return max((likeness(word, second) for word in one for second in other), default=0)

    words, context = comparison.words - _LIGHT, comparison.context - _LIGHT
    if own & words:
        return 3
    if max(most(own, words | context), most(beside, words)) >= _LIKE:
        return 2
    return int(not words or most(own, context) >= _AKIN)


def _are_of_its_time(article: Article, claim: Claim, comparison: Comparison) -> bool:
    """Whether a change is of the time of the newer level, and as long as lies between the two."""
    old, new = comparison.old, comparison.new
    own = spans_around(article, claim)
    if own & spans_around(article, old) or (own and _years_between(article, comparison) is not None):
        return True
    if claim.when is None or new.when is None or old.when is None:
        return False
    return not claim.when.meet(new.when).is_empty and claim.when.meet(old.when).is_empty
