"""Directives: what an article says to Checker, in comments and in its front matter.

    <!-- checker: ignore-next RULE -- reason -->             the next paragraph, list item or table
    <!-- checker: ignore-start RULE -- reason -->            ... up to <!-- checker: ignore-end RULE -->
    <!-- checker: ignore-file RULE -- reason -->
    <!-- checker: distinct "47,000" "48,000" -- reason -->   the two figures measure different things
    <!-- checker: same "47,000" "48,000" -- reason -->       they measure one

Formats with comments of their own write them so (``reading.directives``).  In front matter the same texts stand in a list
under ``checker``.  Every directive has a reason, and one that does nothing is a finding of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from checker.builtin import BROKEN_DIRECTIVE, UNUSED_DIRECTIVE
from checker.fingerprints import fingerprint
from checker.model import BlockKind, Claim, Document, Finding, Mark, Relation, Suppression
from checker.reading import uniform
from checker.reading.directives import comments
from checker.rules import Rule, Rules

IGNORING = ("ignore-next", "ignore-start", "ignore-end", "ignore-file")
LINKING = ("distinct", "same")
_IN_MATTER = ("ignore-file", *LINKING)
# Kinds of relation that say that two mentions give one quantity: what ``distinct`` denies.
_ONE_QUANTITY = frozenset({"same-quantity", "repeats", "close-figures", "same-age", "same-day", "same-rate"})
_REASON = re.compile(r"\s+(?:--+|[—–])\s*")
_FIGURES = re.compile(r"""\s*\\?["“]([^"“”\\]+)\\?["”]\s+\\?["“]([^"“”\\]+)\\?["”]\s*""")  # in JSON with backslashes
_MATTER = re.compile(r"---[ \t]*(?:\r\n|\r|\n)(?P<text>.*?)^(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE)
_LIST = re.compile(r"^checker:[ \t]*(?P<one>[^\r\n]*)(?P<items>(?:(?:\r\n|\r|\n)[ \t]*-[ \t]+[^\r\n]*)*)", re.MULTILINE)
_ITEM = re.compile(r"^[ \t]*-[ \t]+(?P<text>[^\r\n]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Directive:
    """One directive at ``source[start:end]``; `error` says why it cannot be followed ("": it can)."""

    verb: str
    start: int
    end: int
    rules: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    reason: str = ""
    error: str = ""


def read(source: str, part: tuple[int, int] | None = None) -> tuple[Directive, ...]:
    """The directives of a source, or of a part of it, in their order, broken ones too; rule names are not looked up yet."""
    source = uniform(source)
    low, high = part or (0, len(source))
    matter = _MATTER.match(source)
    found = list(_of_matter(source, matter)) if matter and "checker:" in matter["text"] else []
    for comment in comments(source, matter.end() if matter else low, high):
        found.append(_parsed(comment.text, comment.start, comment.end, (*IGNORING, *LINKING)))
    return tuple(_closed(found))


def _of_matter(source: str, matter: re.Match[str]) -> Iterator[Directive]:
    """The directives of ``checker: text`` and of a list of texts in front matter."""
    for key in _LIST.finditer(source, matter.start("text"), matter.end("text")):
        items = [(key["one"], key.start("one"))] if key["one"].strip() else []
        items += [
            (item["text"], item.start("text")) for item in _ITEM.finditer(source, key.start("items"), key.end("items"))
        ]
        for text, at in items:
            bare = text.strip()
            start, quote = at + text.index(bare), bare[0]
            end = start + len(bare)
            if quote in "\"'" and len(bare) > 1 and bare.endswith(quote):
                bare = bare[1:-1].replace('\\"' if quote == '"' else "''", quote)
            yield _parsed(bare, start, end, _IN_MATTER)


def _parsed(text: str, start: int, end: int, verbs: Sequence[str]) -> Directive:
    pieces = _REASON.split(" ".join(text.split()), maxsplit=1)
    verb, _, rest = pieces[0].partition(" ")
    reason = pieces[1].strip() if len(pieces) > 1 else ""
    if verb not in verbs:
        near = get_close_matches(verb, verbs, 1)
        hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(verbs)}"
        return Directive(verb, start, end, error=f"{verb!r} is no directive here; {hint}")
    rules: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    error = ""
    if verb in LINKING:
        pair = _FIGURES.fullmatch(rest)
        figures = (pair[1].strip(), pair[2].strip()) if pair else ()
        error = (
            ""
            if pair
            else f'{verb} needs two figures as they are written, each in quotation marks: {verb} "47,000" "48,000"'
        )
    else:
        rules = tuple(rest.replace(",", " ").split())
        error = "" if rules else f"{verb} names no rule; write: {verb} RULE -- reason"
    if not error and not reason and verb != "ignore-end":
        error = f"{verb} gives no reason; write: {pieces[0].rstrip(' -—–')} -- reason"
    return Directive(verb, start, end, rules, figures, reason, error)


def _closed(directives: list[Directive]) -> Iterator[Directive]:
    """The directives, with an ``ignore-start`` reaching to its end; one without its partner is broken."""
    ends = [d for d in directives if d.verb == "ignore-end" and not d.error]
    for directive in directives:
        if directive.verb != "ignore-start" or directive.error:
            if directive.verb != "ignore-end" or directive.error:
                yield directive
            continue
        end = next((d for d in ends if d.start > directive.start and set(d.rules) == set(directive.rules)), None)
        if end is None:
            yield replace(directive, error=f"nothing ends it; write: ignore-end {' '.join(directive.rules)}")
        else:
            ends.remove(end)
            yield replace(directive, end=end.end)
    for end in ends:
        yield replace(end, error="no ignore-start with the same rules stands before it")


# ------------------------------------------------------------------------------------------------------------- linking


def linked(
    claims: Sequence[Claim], relations: Sequence[Relation], directives: Iterable[Directive]
) -> tuple[list[Relation], list[Directive]]:
    """The relations as ``distinct`` and ``same`` want them, and the directives of these that changed nothing."""
    found, idle = list(relations), []
    for directive in directives:
        if directive.error or directive.verb not in LINKING:
            continue
        if directive.verb == "distinct":
            kept = [relation for relation in found if not _denied(relation, directive.figures)]
            if len(kept) == len(found):
                idle.append(directive)
            found = kept
        else:
            pair = _pair(claims, directive.figures)
            if pair is None:
                idle.append(directive)
            else:
                found.append(Relation("same-quantity", {"a": (pair[0],), "b": (pair[1],)}, 1.0))
    return found, idle


def _denied(relation: Relation, figures: Sequence[str]) -> bool:
    if relation.kind not in _ONE_QUANTITY:
        return False
    first, second = ([claim for claim in relation.claims if _writes(claim, text)] for text in figures)
    return any(a is not b for a in first for b in second)


def _pair(claims: Sequence[Claim], figures: Sequence[str]) -> tuple[Claim, Claim] | None:
    """The first two claims that write these figures and could give one quantity."""
    first, second = (
        [claim for claim in claims if claim.figure is not None and _writes(claim, text)] for text in figures
    )
    pairs = ((a, b) for a in first for b in second if a is not b and (a.kind, a.unit) == (b.kind, b.unit))
    return next(pairs, None)


def _writes(claim: Claim, text: str) -> bool:
    """Whether a claim is written with these words: "47,000" in "more than 47,000 people", not in "147,000"."""
    words = re.escape(" ".join(text.split()))
    return re.search(rf"(?<![\w.,]){words}(?![\w]|[.,]\d)", claim.text, re.IGNORECASE) is not None


# --------------------------------------------------------------------------------------------------------- suppressing


def settled(
    document: Document,
    findings: Sequence[Finding],
    directives: Sequence[Directive],
    idle: Sequence[Directive],
    rules: Rules,
) -> list[Finding]:
    """The findings, those suppressed that a directive speaks of, and findings of directives that are broken or idle.

    `idle` holds the linking directives that changed nothing.  A rule that is not in force cannot find anything, so a
    directive about it is not unused.
    """
    checked = [_known(directive, rules) for directive in directives]
    ignoring = [d for d in checked if d.verb in IGNORING and not d.error]
    reach = [(directive, _reach(document, directive)) for directive in ignoring]
    used: set[Directive] = set()
    kept: list[Finding] = []
    for finding in findings:
        at = [mark.start for mark in finding.spans]
        by = [d for d, (low, high) in reach if finding.rule in d.rules and any(low <= start < high for start in at)]
        used.update(by)
        if by:
            line = document.position(by[0].start)[0]
            finding = replace(finding, suppressed=Suppression(f"{by[0].verb} in line {line}", by[0].reason))
        kept.append(finding)
    for directive in checked:
        if directive.error:
            kept += _said(document, directive, directive.error, rules.find(BROKEN_DIRECTIVE.id))
        elif directive in idle or (directive in ignoring and directive not in used and _in_force(directive, rules)):
            kept += _said(document, directive, _why_idle(directive), rules.find(UNUSED_DIRECTIVE.id))
    return kept


def _known(directive: Directive, rules: Rules) -> Directive:
    """The directive, broken where it names a rule that does not exist."""
    for name in directive.rules:
        if name not in rules.names:
            near = get_close_matches(name, rules.names, 1)
            hint = f"did you mean {near[0]!r}?" if near else "`checker rules` lists them all"
            return replace(directive, error=f"there is no rule {name!r}; {hint}")
    return directive


def _in_force(directive: Directive, rules: Rules) -> bool:
    return any(rules.find(name) is not None for name in directive.rules)


def _reach(document: Document, directive: Directive) -> tuple[int, int]:
    """The source offsets between which a directive suppresses what it names."""
    if directive.verb == "ignore-file":
        return 0, len(document.source)
    if directive.verb == "ignore-start":
        return directive.start, directive.end
    following = [block for block in document.blocks if block.ends[-1] > directive.end]
    if not following:
        return directive.end, directive.end
    block = min(following, key=lambda block: block.starts[0])
    whole = [b for b in document.blocks if block.kind == BlockKind.TABLE_CELL and b.group == block.group] or [block]
    return directive.end, max(b.ends[-1] for b in whole)


def _why_idle(directive: Directive) -> str:
    if directive.verb == "distinct":
        return f"nothing takes {directive.figures[0]} and {directive.figures[1]} for one figure"
    if directive.verb == "same":
        return f"the article has no {directive.figures[0]} and {directive.figures[1]} of one kind and unit"
    return f"{' and '.join(directive.rules)} finds nothing here that it could suppress"


def _said(document: Document, directive: Directive, message: str, rule: Rule | None) -> list[Finding]:
    """A finding about a directive itself; none where that rule is not in force."""
    if rule is None:
        return []
    start = directive.start
    end = document.source.find("-->", start) + 3 if document.source.startswith("<!--", start) else directive.end
    text = document.source[start:end]
    sentence = " ".join(text.split())
    mark = Mark("directive", text, start, end, *document.position(start), "directive", sentence, 0, len(sentence))
    return [Finding(rule.id, rule.level, 1.0, message, "", (mark,), fingerprint=fingerprint(rule.id, [sentence]))]
