"""What nobody does before birth or after death, at large while in custody, for a club that he has left; and what a thing does
not do before it is made or after it is gone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from checker.data import lexicon
from checker.language.article import Article
from checker.language.deeds import Deed, deeds, resolved
from checker.model import Claim, Kind, Relation
from checker.patterns import lazy
from checker.relations.doers import doer
from checker.relations.steps import ordered

_DIES = lazy(r"\b(?:die|pass away|be (?:execute|kill|murder|behead|hang|shoot dead)|drown)\b")
_BORN = lazy(r"\bbe bear\b")
_PASSIVE = lazy(r"^\S+ be (?!arrest|elect|appoint|hire|jail|sentence|promot|ordain|swear)")
_NO_DEED = frozenset(
    "be have die bear become survive lie rest appear turn remain receive get win give leave inspire live belong mean count".split()
)
_AFTERLIFE = lazy(
    r"\b(?:posthum\w+|funeral|buried|burial|cremat\w+|memorial\w*|tribute\w*|ashes|grave|tomb|estate|will|named after|statue|would|ancestors?|descend\w+)\b",
    re.I,
)
# "has been held at the county jail since her arrest on 4 April", "arrested on 3 March and has been in custody ever since"
_HELD = r"(?:has|have|had) (?:been|remained) (?:[a-z]+ )?(?:held|detained|kept|jailed|locked up|remanded|in (?:custody|jail|prison|detention|police custody)|behind bars)"
_CUSTODY = (
    lazy(rf"\b{_HELD}\b[^‹›.;]{{0,50}}? since(?: (?:his|her|their|the) arrest)?(?: (?:on|in))? ‹d(?P<date>\d+)›"),
    lazy(
        rf"\b(?:arrested|detained|remanded|jailed)\b[^‹›.;]{{0,40}}‹d(?P<date>\d+)›[^‹›.;]{{0,90}}\b{_HELD}\b[^‹›.;]{{0,20}}\bsince\b"
    ),
)
_CRIME = lazy(
    r"\b(?:rob|steal|attack|stab|shoot|kill|murder|rape|assault|threaten|burgle|break in|break into|set|defraud|embezzle|cash|transfer|withdraw|sell|buy|"
    r"drive|flee|escap\w*|travel|send|post|forge|hide|bury|dump|ram|hold up|beat|strangle|abduct|kidnap|extort|smuggle)\b"
)
_LAST = lazy(r"\b[Tt]he (?:last|latest|final|most recent)\b")
_LEAVES = lazy(r"\b(?:leave|quit|retire|resign|be (?:suspend\w*|fire|sack|dismiss|release))\b")
_SERVES = lazy(
    r"\b(?:scor\w*|play|captain|make debut|serve|teach|work|operate|manage|coach|conduct|perform|be promot\w*)\b"
)
_AGAINST = lazy(r"\b(?:against|at|visit|return\w*|rejoin\w*|guest|loan|consultant|part-time|volunteer\w*)\b")
_BAIL = lazy(r"\b(?:bail|released|freed|again|second|previous|earlier|later|another|re-arrest\w*)\b", re.I)
_PREDECESSOR = lazy(
    r"\b(?:predecessor|forerunner|plan\w*|original\w*|first|old|former|previous|replica|rebuil\w*|again|new|namesake)\b",
    re.I,
)


def find(article: Article) -> Iterable[Relation]:
    """``before`` relations."""
    told = deeds(article)
    if not told:
        return
    yield from _lives(article, told)
    yield from _held(article, told)
    yield from _served(article, told)
    yield from _things(article, told)


def _lives(article: Article, told: Sequence[Deed]) -> Iterator[Relation]:
    """Deeds of somebody after the death or before the birth."""
    for end in told:
        death = _DIES.search(end.told)
        if not death and not _BORN.search(end.told):
            continue
        name = doer(article, end)
        for deed in told:
            if deed is end or not name or not _acts(article, deed) or doer(article, deed) != name:
                continue
            if death:
                yield from ordered(deed, end, "both are told of one")
            else:
                yield from ordered(end, deed, "both are told of one")


def _acts(article: Article, deed: Deed) -> bool:
    """Whether a deed is one that only the living do."""
    if deed.verb.lemma in _NO_DEED or _PASSIVE.search(deed.told):
        return False
    return not _AFTERLIFE.search(article.text(deed.sentence))


def _held(article: Article, told: Sequence[Deed]) -> Iterator[Relation]:
    """What the only one in custody did, or the last of the offences, after the arrest."""
    found: list[tuple[Claim, bool]] = []
    for index, claims in sorted(article.by_sentence.items()):
        if index < 0 or not any(claim.kind == Kind.DATE for claim in claims):
            continue
        masked = article.masked(index)
        dates = [masked.claims[int(m["date"])] for pattern in _CUSTODY for m in masked.finditer(pattern)]
        found += [(date, True) for date in dates[:1]]
    arrests = [deed for deed in told if re.search(r"\bbe (?:arrest|detain)\b", deed.told)]
    if not found and len(arrests) == 1:
        found = [(arrests[0].date, False)]
    if len(found) != 1:
        return
    since, held = found[0]
    arrest = next((deed for deed in told if deed.date is since), None)
    name = doer(article, arrest) if arrest is not None else _named(article, since)
    for deed in told:
        text = article.text(deed.sentence)
        if deed.date is since or _BAIL.search(text) or deed.sentence == since.sentence:
            continue
        own = bool(name) and doer(article, deed) == name and _CRIME.search(deed.told) and not deed.passive
        last = held and _LAST.match(text) and deed.subject is not None and deed.subject.index <= 3
        if own or last:
            yield from _earlier(deed, since)


def _earlier(deed: Deed, since: Claim) -> Iterator[Relation]:
    yield Relation("before", {"earlier": (deed.date,), "later": (since,)}, 0.93, "nobody does it under arrest")


def _named(article: Article, since: Claim) -> str:
    """The subject of the sentence that tells a custody."""
    tokens = article.tokens(since.sentence)
    subject = next((t for t in tokens if t.dep in ("nsubj", "nsubjpass") and t.tag in ("NNP", "PRP")), None)
    if subject is None:
        return ""
    if subject.lower in ("he", "she"):
        person = resolved(article, since, subject)
        return person.name if person is not None else ""
    return subject.text


def _served(article: Article, told: Sequence[Deed]) -> Iterator[Relation]:
    """What somebody did for a club, firm or school after leaving it: it is named in both sentences."""
    for leaving in told:
        if not _LEAVES.search(leaving.told):
            continue
        name = doer(article, leaving)
        left = {t.text for t in leaving.objects if t.tag == "NNP"}
        for deed in told:
            if deed is leaving or not name or doer(article, deed) != name or not _SERVES.search(deed.told):
                continue
            if _AGAINST.search(article.text(deed.sentence).split(deed.date.text)[0]):
                continue
            if left & {t.text for t in deed.objects if t.tag == "NNP"}:
                yield from ordered(deed, leaving, "both are of one club")


# ------------------------------------------------------------------------------------------------------- things


@cache
def _any_of(key: str) -> re.Pattern[str]:
    return lazy(rf"\b(?:{'|'.join(lexicon('steps')['thing'][key])})\b")


def _things(article: Article, told: Sequence[Deed]) -> Iterator[Relation]:
    for turn in told:
        made, gone = _any_of("made").search(turn.told), _any_of("gone").search(turn.told)
        if turn.subject is None or turn.person is not None or not (made or gone) or not turn.subject.is_noun:
            continue
        if _PREDECESSOR.search(article.text(turn.sentence)):
            continue
        for deed in told:
            if deed is turn or not _is_of(article, deed, turn) or _PREDECESSOR.search(article.text(deed.sentence)):
                continue
            rest = deed.told.removeprefix(deed.subject.lemma.lower() if deed.subject is not None else "").strip()
            if made and not re.match(rf"(?:{'|'.join(lexicon('steps')['thing']['before'])})", rest):
                yield from ordered(turn, deed, "both are told of one")
            elif gone and (
                _is_its(article, deed)
                or _any_of("made").search(deed.told)
                or not re.match(rf"(?:{'|'.join(lexicon('steps')['thing']['after'])})", rest)
            ):
                yield from ordered(deed, turn, "both are told of one")


def _is_of(article: Article, deed: Deed, turn: Deed) -> bool:
    """Whether a deed is of the thing that a sentence right before or behind tells to be made or gone: "It", "Its last film",
    "an officer drove it", "She had been launched" of a ship, or the same noun with "the"."""
    assert turn.subject is not None
    if deed.sentence == turn.sentence + 1:
        tokens = article.tokens(deed.sentence)
        names = [t for t in tokens if t.is_noun and t.dep in ("nsubj", "nsubjpass") and t.index < deed.verb.index]
        if deed.subject is not None and deed.subject.lower in ("it", "she"):
            return deed.subject.lower == "it" or _is_ship(turn)
        if _is_its(article, deed):
            return True
        return (
            any(t.lower == "it" and t.head == deed.verb.index and t.dep == "dobj" for t in tokens) and len(names) <= 1
        )
    return False


def _is_its(article: Article, deed: Deed) -> bool:
    """Whether the subject is a part of the thing spoken of: "Its last film was shown"."""
    tokens = article.tokens(deed.sentence)
    return (
        bool(tokens) and deed.subject is not None and tokens[0].lower == "its" and tokens[0].head == deed.subject.index
    )


_SHIPS = frozenset(
    "ship barque bark brig schooner steamer ferry frigate yacht trawler boat vessel liner tanker cutter".split()
)


def _is_ship(turn: Deed) -> bool:
    return turn.subject is not None and turn.subject.lemma in _SHIPS
