"""Formula rules: the claims that play the roles of a field's own formula, told by the words they stand in.

One relation a formula and group of claims, of the kind that is the rule's id.  Certain or silent: a role that two
different figures could play, figures of two times, places or speakers, and figures too far apart make no relation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

from checker.formulas import Formula, Role
from checker.language import numbers, units
from checker.language.article import Article, Masked
from checker.model import Claim, Interval, Relation
from checker.patterns import lazy
from checker.relations.levels import is_digest
from checker.wording import Wording

FRAMED, NEAR = 0.92, 0.88  # how sure the roles are: what no one frame holds together is a warning at most
_REACH = {"sentence": 0, "adjacent": 1}
_BY_ROLE = frozenset({"level", "to", "part", "share", "total", "limit", "rate"})  # roles in comparison that are levels
_WORD = lazy(r"\w+")
_MINOR = lazy(r"([A-Z]{2})[a-z]")  # USc, GBp: a hundredth of the currency
_DIGITS = lazy(r"\d[\d,]*(?:\.(\d+))?")
Roles = dict[str, list[Claim]]


@dataclass(frozen=True, slots=True)
class _Text:
    """A sentence that may hold roles: masked, and in lower case for a first look."""

    masked: Masked
    lower: str
    words: frozenset[str]
    block: str


def _read(masked: Masked, block: str) -> _Text:
    lower = masked.text.lower()
    return _Text(masked, lower, frozenset(_WORD.findall(lower)), block)


class _Texts(tuple[_Text, ...]):
    """The sentences of an article that may hold roles, and the words and the text of all of them."""

    words: frozenset[str] = frozenset()
    lower: str = ""

    def may_match(self, wordings: Sequence[Wording]) -> list[Wording]:
        """The wordings whose words stand in the article at all: few of all rules' do."""
        return [wording for wording in wordings if wording.may_match(self.words, self.lower)]


def find_formulas(article: Article, formulas: Iterable[Formula]) -> Iterator[Relation]:
    """The relations of each formula, in the order of the article."""
    texts = _Texts(
        _read(masked, article.document.blocks[masked.sentence.block].kind.value)
        for masked in (article.masked(index) for index in sorted(article.by_sentence) if index >= 0)
    )
    texts.words = frozenset().union(*(text.words for text in texts))
    texts.lower = "\n".join(text.lower for text in texts)
    for formula in formulas:
        seen: set[frozenset[tuple[int, int]]] = set()
        for roles, told in _groups(article, formula, texts):
            claims = [claim for members in roles.values() for claim in members]
            places = frozenset((claim.block, claim.start) for claim in claims)
            if len(places) == len(claims) and places not in seen and not _silent(article, formula, claims):
                constants = _factors(formula, roles)
                if constants is not None and _agree(article, formula, claims, told):
                    seen.add(places)
                    yield _relation(formula, roles, constants, told)


def _relation(formula: Formula, roles: Roles, constants: Mapping[str, Fraction], told: frozenset[int]) -> Relation:
    members = {
        name: tuple(_rounded(claim) if role.rounded else claim for claim in roles[name])
        for name, role in formula.roles.items()
    }
    framed = all(claim.id in told for claims in members.values() for claim in claims)
    confidence, assumes = (FRAMED, "") if framed else (NEAR, "if these figures are of one case")
    return Relation(formula.id, members, confidence, assumes, constants)


def _rounded(claim: Claim) -> Claim:
    """A claim that may be off by half of its last digit: "45 cents a share" is 44.5 to 45.5."""
    figure, value = claim.figure, claim.value
    written = _DIGITS.search(figure.text) if figure is not None else None
    if figure is None or value is None or not claim.widest.is_point:
        return claim
    half = figure.step / 2
    if written and value:
        number = Fraction(written[0].replace(",", ""))
        half = abs(value / number) / 10 ** len(written[1] or "") / 2 if number else half
    around = Interval(value - half, value + half)
    return replace(claim, widest=around, intended=around, integer=False)


# ------------------------------------------------------------------------------------------------------ who plays what


def _groups(article: Article, formula: Formula, texts: _Texts) -> Iterator[tuple[Roles, frozenset[int]]]:
    """Complete sets of roles, each with the ids of the claims that one frame holds together."""
    names = list(formula.roles)
    candidates: dict[str, list[Claim]] | None = None
    for told in _framed(article, formula, texts):
        missing = [name for name in names if name not in told]
        if missing and candidates is None:
            candidates = {name: _candidates(article, formula.roles[name], texts) for name in names}
        roles = _completed(article, formula, told, missing, candidates or {})
        if roles is not None:
            yield roles, frozenset(claim.id for members in told.values() for claim in members)
    if not formula.roles[names[0]].wordings or not all(r.wordings or r.units for r in formula.roles.values()):
        return
    candidates = {}
    for name in names:  # the rarest words first: most articles have none of a formula's
        candidates[name] = _candidates(article, formula.roles[name], texts)
        if not candidates[name]:
            return
    for claim in candidates[names[0]]:
        first = candidates[names[0]] if formula.roles[names[0]].many else [claim]
        roles = _completed(article, formula, {names[0]: first}, names[1:], candidates)
        if roles is not None and not _rivals(article, formula, claim, roles, candidates[names[0]]):
            yield roles, frozenset()


def _rivals(article: Article, formula: Formula, claim: Claim, roles: Roles, others: Sequence[Claim]) -> bool:
    """Whether another figure could as well stand where the claim does in these roles."""
    home = {member.sentence for members in roles.values() for member in members}
    return not formula.roles[next(iter(formula.roles))].many and any(
        other.value != claim.value
        and (other.sentence in home if len(home) == 1 else _reaches(article, formula.within, other, home))
        for other in others
    )


def _framed(article: Article, formula: Formula, texts: _Texts) -> Iterator[Roles]:
    """What each frame finds; where several match at one place, the first of them in the rule."""
    frames = texts.may_match(formula.frames)
    for text in texts if frames else ():
        taken: set[int] = set()
        for frame in frames:
            for match in _matches(frame, text):
                roles = _held(article, formula, frame, text.masked, match)
                if roles is None:
                    continue
                places = {claim.start for members in roles.values() for claim in members}
                if not places & taken:
                    taken |= places
                    yield roles


def _matches(wording: Wording, text: _Text) -> Iterator[re.Match[str]]:
    if wording.may_match(text.words, text.lower):
        yield from wording.pattern.finditer(text.masked.text)


def _held(article: Article, formula: Formula, frame: Wording, masked: Masked, match: re.Match[str]) -> Roles | None:
    roles: Roles = {}
    for number, hole in enumerate(frame.holes):
        claims: tuple[Claim, ...]
        if len(hole.roles) == 2:
            claims = _sides(article, masked, match, number)
        else:
            claims = (_bounded(masked.claim(match, f"h{number}"), hole.bound),)
        for name, claim in zip(hole.roles, claims, strict=True):
            role = formula.roles[name]
            if not _fits(role, claim, article) or (role.many and (claim.other or claim.role not in _BY_ROLE)):
                return None
            roles.setdefault(name, []).append(claim)
    if any(len(members) > 1 and not formula.roles[name].many for name, members in roles.items()):
        return None
    return roles


def _sides(article: Article, masked: Masked, match: re.Match[str], number: int) -> tuple[Claim, Claim]:
    """The two numbers of a score as claims of their own."""
    if match[f"h{number}"] is None:
        return masked.claim(match, f"h{number}a"), masked.claim(match, f"h{number}b")
    score = masked.claim(match, f"h{number}")
    assert score.figure is not None
    figure = score.figure
    places = [(figure.start + n.start, figure.start + n.end) for n in numbers.finditer(figure.text)]
    if len(places) != 2:
        places = [(figure.start, figure.end)] * 2
    first, second = (
        article.derived("count", int(value), score.block, *place)
        for value, place in zip(figure.parts[:2], places, strict=True)
    )
    return first, second


def _bounded(claim: Claim, bound: str) -> Claim:
    """A claim as what is known where it stands behind < or >."""
    if not bound or claim.value is None:
        return claim
    known = Interval(None, claim.value, high_open=True) if bound == "<" else Interval(claim.value, None, low_open=True)
    return replace(claim, widest=known, intended=known, integer=False)


def _candidates(article: Article, role: Role, texts: _Texts) -> list[Claim]:
    """The claims that a role's words speak of, in the order of the article."""
    found: dict[int, Claim] = {}
    wordings = texts.may_match(role.wordings)
    for text in texts if wordings else ():
        if is_digest(article, text.masked.sentence.index):
            continue  # a frame knows its columns, a role's words do not
        for wording in wordings:
            for match in _matches(wording, text):
                claim = text.masked.claim(match, "h0")
                level = claim.role in _BY_ROLE or re.search(rf"\b{claim.role}\b", wording.text)  # "from # games"
                if level and not claim.other and _fits(role, claim, article):
                    found.setdefault(claim.id, claim)
    for claim in article.claims if role.measures or not role.wordings else ():
        if claim.id not in found and claim.sentence >= 0 and claim.role in _BY_ROLE and not claim.other:
            told = not role.measures or any(_measures(claim, phrase) for phrase in role.measures)
            if told and _fits(role, claim, article) and not is_digest(article, claim.sentence):
                found[claim.id] = claim
    return sorted(found.values(), key=lambda claim: (claim.block, claim.start))


def _measures(claim: Claim, phrase: str) -> bool:
    """Whether the parse says that a claim counts or measures a phrase: its noun, and all other words around the noun."""
    words = [word.removesuffix("s") for word in phrase.split()]
    near = {claim.verb, claim.subject, *(modifier.removeprefix("of ") for modifier in claim.modifiers)}
    return claim.noun != "" and claim.noun in words and all(word in near for word in words if word != claim.noun)


def _fits(role: Role, claim: Claim, article: Article) -> bool:
    """Whether a claim is of a role's kind, unit, subject and block, and none of its excluded words stand by."""
    if role.kinds and claim.kind not in role.kinds:
        return False
    if claim.kind == "score" or claim.value is None or claim.modality == "denied":
        return False
    if role.units:
        bare, _, per = claim.unit.partition("/")
        if not {claim.unit, bare or claim.unit, f"/{per}"} & set(role.units):
            return False
    elif "/" in claim.unit or claim.unit in ("pp", "bp"):
        return False
    if role.subjects and claim.subject not in role.subjects:
        return False
    block = article.block(claim)
    if block.kind.value not in role.blocks:
        return False
    return not role.excluded or not _said(role.excluded, _around(article, claim))


def _around(article: Article, claim: Claim) -> str:
    """The words from the figure before a claim in its sentence to the figure behind it."""
    text = article.document.blocks[claim.block].text
    place = article.sentences[claim.sentence]
    others = [c for c in article.by_sentence.get(claim.sentence, ()) if c.id != claim.id and c.kind != "direction"]
    low = max((c.figure.end if c.figure else c.end for c in others if c.start < claim.start), default=place.start)
    high = min((c.start for c in others if c.start >= claim.end), default=place.end)
    return text[low:high]


@cache
def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    options = (re.escape(p.removesuffix("*")) + (r"\w*" if p.endswith("*") else r"\b") for p in phrases)
    return lazy(rf"\b(?:{'|'.join(options)})", re.IGNORECASE)


def _said(phrases: tuple[str, ...], text: str) -> bool:
    return bool(phrases) and _any_of(phrases).search(text) is not None


def _completed(
    article: Article, formula: Formula, told: Roles, missing: Sequence[str], candidates: Mapping[str, list[Claim]]
) -> Roles | None:
    """A set of roles with the missing ones filled from near by; None where one of them could be two things."""
    roles = {name: list(claims) for name, claims in told.items()}
    home = {claim.sentence for claims in told.values() for claim in claims}
    for name in missing:
        used = {claim.id for claims in roles.values() for claim in claims}
        near = [c for c in candidates.get(name, ()) if c.id not in used and _reaches(article, formula.within, c, home)]
        if formula.roles[name].many:
            if len(near) < 2:
                return None
            roles[name] = near
            continue
        same = [claim for claim in near if claim.sentence in home]
        for pool in (near, same):
            if pool and len({(claim.value, claim.unit) for claim in pool}) == 1:
                break
        else:
            return None
        roles[name] = [min(pool, key=lambda claim: min(abs(claim.sentence - s) for s in home))]
    return roles


def _reaches(article: Article, within: str, claim: Claim, home: set[int]) -> bool:
    if within == "article":
        return True
    if within == "paragraph":
        return claim.block in {article.sentences[sentence].block for sentence in home}
    return min(abs(claim.sentence - sentence) for sentence in home) <= _REACH[within]


# ------------------------------------------------------------------------------------------------------ one world


def _silent(article: Article, formula: Formula, claims: Sequence[Claim]) -> bool:
    """Whether the paragraphs have a word that silences the formula, or none of those that it needs."""
    if not formula.unless and not formula.needs:
        return False
    text = " ".join(article.document.blocks[block].text for block in sorted({claim.block for claim in claims}))
    return _said(formula.unless, text) or (bool(formula.needs) and not _said(formula.needs, text))


def _agree(article: Article, formula: Formula, claims: Sequence[Claim], told: frozenset[int]) -> bool:
    """Whether no two claims are of two worlds, times, places, speakers or names; those that one frame holds are of one."""
    for i, one in enumerate(claims):
        for other in claims[i + 1 :]:
            if one.id in told and other.id in told:
                continue
            if one.modality != other.modality or any(_apart(what, one, other) for what in formula.agree):
                return False
    return True


def _apart(what: str, one: Claim, other: Claim) -> bool:
    if what == "time":
        return one.when is not None and other.when is not None and one.when.meet(other.when).is_empty
    if what == "place":
        return bool(one.place and other.place and one.place != other.place)
    if what == "speaker":
        return bool(one.speaker and other.speaker and one.speaker != other.speaker)
    return one.sentence != other.sentence and bool(one.names and other.names) and not one.names & other.names


def _factors(formula: Formula, roles: Roles) -> dict[str, Fraction] | None:
    """``ROLE_factor``: what one unit of a role is in the formula's; None where units or currencies do not go together.

    Money counts in whole units of its currency (a cent is 1/100), a measure in the first unit that its role names.
    """
    found: dict[str, Fraction] = {}
    currencies: set[str] = set()
    for name, claims in roles.items():
        for claim in claims:
            factor = Fraction(1)
            wanted_units = formula.roles[name].units
            if claim.kind == "money":
                unit = claim.unit.split("/")[0]
                factor = Fraction(1, 100) if _MINOR.fullmatch(unit) else factor
                currencies.add(unit[:2])
            elif claim.kind == "measure" and wanted_units and claim.unit != wanted_units[0]:
                known = units.by_code()
                one, wanted = known.get(claim.unit), known.get(wanted_units[0])
                if one is None or wanted is None or one.dimension != wanted.dimension or one.offset or wanted.offset:
                    return None
                factor = one.factor / wanted.factor
            if claim.kind in ("money", "measure") and found.setdefault(f"{name}_factor", factor) != factor:
                return None
    return found if len(currencies) <= 1 else None
