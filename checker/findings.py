"""From a conflict to a finding: what it says, its working in the article's own figures, its places, its repairs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

from checker import rendering
from checker.constraints import language
from checker.constraints.functions import evaluate
from checker.constraints.system import Instance, System, bindings, interval
from checker.fingerprints import fingerprint
from checker.language.article import Article
from checker.model import Claim, Finding, Interval, Level, Mark, Relation, Repair
from checker.rules import Rule
from checker.solver import Conflict, admits, implied, repair

# How grave a finding is: its links and the reading that it stands on.
CERTAIN, LIKELY = 0.9, 0.6
_BARE = frozenset("weekday years count margin_of_error grim p_t p_f p_chi2 p_r".split())  # functions without a unit
_PERCENT = re.compile(r"\s*(?:%|per ?cent|pct|percentage points?)$", re.I)
_PHRASES = {
    "<=": ("more than", "at most"),
    "<": ("not less than", "less than"),
    ">=": ("less than", "at least"),
    ">": ("not more than", "more than"),
}


def explain(article: Article, system: System, conflict: Conflict) -> Finding:
    """The finding of one conflict."""
    instances = system.instances_of(conflict)
    main = _main(instances)
    rule = main.rule
    assert isinstance(rule, Rule)
    confidence = 1.0
    for instance in instances:
        confidence *= instance.relation.confidence
    marks = _marks(article, system.claims_of(conflict), instances)
    workings = [_working(instance, system.reading) for instance in instances if instance is not main]
    workings = [_working(main, system.reading), *dict.fromkeys(w for w in workings if w)]
    assumes = tuple(dict.fromkeys(i.relation.assumes for i in instances if i.relation.assumes))
    message = _filled(rule.message, main.relation, system.reading)
    return Finding(
        rule=rule.id,
        level=level(system.reading, confidence, rule.level),
        confidence=round(confidence, 3),
        message=message[:1].upper() + message[1:],
        working="; ".join(workings),
        spans=marks,
        repairs=_repairs(system, conflict),
        assumes=assumes,
        fingerprint=fingerprint(rule.id, (mark.sentence for mark in marks)),
        terms=_terms(main.relation),
    )


def level(reading: str, confidence: float, gravest: Level) -> Level:
    """An error stands on the widest reading and certain links; what needs more is a warning, what is doubtful a note."""
    if confidence < LIKELY:
        found = Level.NOTE
    elif reading == "widest" and confidence >= CERTAIN:
        found = Level.ERROR
    else:
        found = Level.WARNING
    order = list(Level)
    return found if order.index(found) >= order.index(gravest) else gravest


def _main(instances: list[Instance]) -> Instance:
    """The rule that a finding is filed under: the one that says more than that two mentions are one quantity."""
    return min(instances, key=lambda i: (i.relation.kind == "same-quantity", instances.index(i)))


# ------------------------------------------------------------------------------------------------------- the places


def _marks(article: Article, claims: list[Claim], instances: list[Instance]) -> tuple[Mark, ...]:
    """Every blamed claim's place with its role and its sentence."""
    roles: dict[int, str] = {}
    for instance in instances:
        for role, members in instance.relation.roles.items():
            for claim in members:
                roles.setdefault(id(claim), role)
    context = {id(claim): (role, claim) for i in instances for role, claim in i.relation.context.items()}
    for key, (role, claim) in context.items():
        if all(key != id(other) for other in claims):
            roles[key] = role
            claims = [*claims, claim]
    found = []
    document = article.document
    for claim in claims:
        block = document.blocks[claim.block]
        start, end = block.source_span(claim.start, claim.end)
        line, column = document.position(start)
        if claim.sentence >= 0:
            place = article.sentences[claim.sentence]
            first, last = place.start, place.end
        else:
            first, last = 0, len(block.text)
        found.append(
            Mark(
                role=roles.get(id(claim), "figure"),
                text=document.source[start:end],
                start=start,
                end=end,
                line=line,
                column=column,
                block=block.kind.value,
                sentence=block.text[first:last],
                sentence_start=claim.start - first,
                sentence_end=claim.end - first,
            )
        )
    return tuple(found)


# --------------------------------------------------------------------------------------------------- message, working


def _filled(template: str, relation: Relation, reading: str) -> str:
    """A message with its braces filled: a role's quoted figures, or an expression's value, which takes the unit and style
    of its first figure, or of the role named behind "as"."""
    values = bindings(relation, reading)

    def fill(match: re.Match[str]) -> str:
        expression, _, role = match.group(1).partition(" as ")
        node = language.read_expression(expression)
        if isinstance(node, language.Name) and node.name in relation.roles:
            return quoted(relation.roles[node.name])
        value = evaluate(node, values)
        if value is None:
            return "?"
        like = relation.roles[role.strip()][0] if role else _like(node, relation)
        return rendering.spoken(value, like, like.kind if role and like else _kind(node, relation))

    return re.sub(r"\{([^{}]*)\}", fill, template)


def quoted(claims: tuple[Claim, ...]) -> str:
    """Some claims as they are written: "22 Labour, 15 Conservative and 8 Green"."""
    texts = [claim.text for claim in claims]
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}" if texts else ""


def _like(node: language.Node, relation: Relation) -> Claim | None:
    """The claim whose style an expression's value takes: the first in it that is written with a sign or a scale."""
    if isinstance(node, language.Call) and node.function in _BARE:
        return None
    if isinstance(node, language.Binary) and _divides(node):
        return None  # a ratio of figures has no unit of theirs
    claims = [claim for name in _ordered(node) for claim in relation.roles.get(name, ())]
    factors = [c for c in claims if c.kind in ("percent", "ratio")]
    others = [c for c in claims if c not in factors and c.figure is not None]
    if others:
        return others[0]
    return factors[0] if factors and len(claims) == len(factors) else None


def _divides(node: language.Node) -> bool:
    return isinstance(node, language.Binary) and (node.sign == "/" or _divides(node.left) or _divides(node.right))


def _ordered(node: language.Node) -> list[str]:
    if isinstance(node, language.Name):
        return [node.name]
    if isinstance(node, language.Call):
        return [name for argument in node.arguments for name in _ordered(argument)]
    if isinstance(node, language.Binary):
        return _ordered(node.left) + _ordered(node.right)
    return []


def _kind(node: language.Node, relation: Relation) -> str:
    if isinstance(node, language.Call) and node.function == "weekday":
        return "weekday"
    claims = [claim for name in _ordered(node) for claim in relation.roles.get(name, ())]
    kinds = {claim.kind for claim in claims}
    return kinds.pop() if len(kinds) == 1 and not isinstance(node, language.Call) else ""


def _working(instance: Instance, reading: str) -> str:
    """The arithmetic of one relation in the article's figures: "22 + 15 + 8 = 45, which is more than 40"."""
    rule, relation = instance.rule, instance.relation
    assert isinstance(rule, Rule)
    if rule.working:
        return _filled(rule.working, relation, reading)
    said = []
    values = bindings(relation, reading)
    for comparison in language.read(rule.constraint):
        left, right = evaluate(comparison.left, values), evaluate(comparison.right, values)
        if left is None or right is None or (reading == "widest" and not _apart(left, right, comparison.sign)):
            continue
        said.append(_compared(comparison, relation, values, left, right))
    return "; ".join(said)


def _apart(left: Interval, right: Interval, sign: str) -> bool:
    """Whether a comparison fails by itself."""
    if sign in ("<=", "<") and left.low is not None and right.high is not None:
        return left.low > right.high or (left.low == right.high and (sign == "<" or left.low_open or right.high_open))
    if sign in (">=", ">") and left.high is not None and right.low is not None:
        return left.high < right.low or (left.high == right.low and (sign == ">" or left.high_open or right.low_open))
    return sign == "==" and left.meet(right).is_empty


def _compared(
    comparison: language.Comparison, relation: Relation, values: Mapping[str, object], left: Interval, right: Interval
) -> str:
    first, second = comparison.left, comparison.right
    sign = comparison.sign
    if isinstance(first, language.Name) and not isinstance(second, language.Name):
        first, second, left, right = second, first, right, left
        sign = {"<=": ">=", ">=": "<=", "<": ">", ">": "<"}.get(sign, sign)
    shown = _formula(first, relation)
    value = rendering.spoken(left, _like(first, relation), _kind(first, relation))
    head = shown if shown == value else f"{shown} = {value}" if left.is_point else f"{shown} is {value}"
    if sign == "==":
        other = _formula(second, relation)
        if isinstance(second, language.Name) and right.is_point:
            other = rendering.spoken(right, _like(second, relation), _kind(second, relation))
        if left.low is not None and right.high is not None and left.low >= right.high:
            return f"{head}, which is more than {other}"
        return f"{head}, which is less than {other}"
    link = ", which is" if " = " in head or " is " in head else " is"
    return f"{head}{link} {_PHRASES[sign][0]} {_limit(second, relation, right, sign)}"


def _limit(node: language.Node, relation: Relation, allowed: Interval, sign: str) -> str:
    """What a comparison's other side can be at most, or at least: "50,000, the most that “more than 48,000” allows"."""
    end, which = (allowed.high, "most") if sign in ("<=", "<") else (allowed.low, "least")
    if not isinstance(node, language.Name) or end is None or allowed.is_point:
        return _formula(node, relation) if not allowed.is_point else rendering.spoken(allowed, _like(node, relation))
    claims = relation.roles.get(node.name, ())
    if len(claims) != 1 or claims[0].figure is None:
        return _formula(node, relation)
    like, kind = claims[0], _kind(node, relation)
    said = claims[0].text[: claims[0].figure.end - claims[0].start]
    if kind in ("date", "time", "weekday") or rendering.spoken(Interval.point(end), like, kind) == said:
        return said
    return f"{rendering.spoken(Interval.point(end), like, kind)}, the {which} that “{said}” allows"


def _formula(node: language.Node, relation: Relation) -> str:
    """An expression with the article's figures for its names."""
    if isinstance(node, language.Number):
        return rendering.plain(node.value)
    if isinstance(node, language.Name):
        if node.name in relation.constants:
            return rendering.plain(relation.constants[node.name])
        return " + ".join(_bare(claim) for claim in relation.roles.get(node.name, ()))
    if isinstance(node, language.Call):
        if node.function == "sum":
            return " + ".join(
                _bare(claim) for argument in node.arguments for claim in relation.roles.get(_ordered(argument)[0], ())
            )
        inner = ", ".join(_formula(argument, relation) for argument in node.arguments)
        return {"weekday": f"the weekday of {inner}", "years": f"the age from {inner}"}.get(
            node.function, f"the {node.function} of {inner}"
        )
    left, right = _formula(node.left, relation), _formula(node.right, relation)
    sign = {"*": "×", "/": "/", "-": "-", "+": "+", "**": "^"}[node.sign]
    if isinstance(node.left, language.Binary) and node.left.sign in "+-" and node.sign in ("*", "/"):
        left = f"({left})"
    if isinstance(node.right, language.Binary) and node.sign in ("*", "/", "-"):
        right = f"({right})"
    return f"{left} {sign} {right}"


def _bare(claim: Claim) -> str:
    """A claim's figure with its hedge and without the noun behind it."""
    if claim.figure is not None:
        return claim.text[: max(0, claim.figure.end - claim.start)] or claim.figure.text
    return str(claim.value) if claim.value is not None else claim.text


def _terms(relation: Relation) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What the article, or the relation, says for each name of its rule's constraint."""
    constants = {name: (_constant(name, value),) for name, value in relation.constants.items()}
    roles = {name: tuple(_term(claim) for claim in claims) for name, claims in relation.roles.items()}
    return tuple({**constants, **roles}.items())


def _constant(name: str, value: Fraction) -> str:
    return rendering.day(value) if name == "published" else rendering.plain(value).replace(",", "")


def _term(claim: Claim) -> str:
    """A percentage stands as its number, for rules reckon with that; what is spelt stands as it is."""
    if claim.kind == "percent":
        return _PERCENT.sub("", _bare(claim))
    spelt = claim.figure is None and claim.kind in ("name", "weekday", "date")
    return claim.text if spelt else _bare(claim)


# ------------------------------------------------------------------------------------------------------------ repairs


def _repairs(system: System, conflict: Conflict) -> tuple[Repair, ...]:
    """For every blamed figure that is written the plainest one with which all the others would agree."""
    found = []
    for number, claim in enumerate(system.claims_of(conflict)):
        text = _mended(system, conflict, claim) if _is_written(claim) else None
        if text and text != claim.text:
            found.append(Repair(number, text))
    return tuple(found)


def _is_written(claim: Claim) -> bool:
    """Whether its value is what its text says: not so for what was counted, like the items of a list."""
    if claim.figure is not None or claim.kind == "weekday":
        return True
    digits = re.search(r"\d[\d,]*", claim.text)
    return digits is not None and Fraction(digits[0].replace(",", "")) == claim.value


def _mended(system: System, conflict: Conflict, claim: Claim) -> str | None:
    """What a claim would have to say; where its whole range is open, what follows if the others are as written."""
    variable = system.variable(claim)
    found: tuple[Fraction | None, str] | None
    allowed = repair(system.problem, conflict, variable, variable)
    if allowed is None:
        others = {system.variable(c): c.value for c in system.claims_of(conflict) if c.value is not None}
        value = implied(system.problem, conflict, variable, variable, others)
        found = rendering.nearest(value, claim) if value is not None else None
    elif claim.kind == "weekday":
        return rendering.WEEKDAYS[int(allowed.low) % 7] if allowed.is_point and allowed.low is not None else None
    else:
        found = rendering.shortest(_bounded(allowed, claim, system.reading), claim)
    if found is None:
        return None
    value, text = found
    if value is None:
        return text
    half = rendering.grain(claim) / 2
    return text if admits(system.problem, conflict, variable, variable, value - half, value + half) else None


def _bounded(allowed: Interval, claim: Claim, reading: str) -> Interval:
    """A count may be any whole number up to a bound: the repair is sought at the bound."""
    exact = claim.integer and interval(claim, reading).is_point
    if exact and allowed.low is not None and allowed.low <= 0 and allowed.high is not None:
        return Interval(None, allowed.high, False, allowed.high_open)
    return allowed
