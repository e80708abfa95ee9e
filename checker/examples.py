"""A rule's examples are its tests: bad ones are found exactly where they are marked, good ones are understood and hold,
silent ones are not taken up."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path

from checker.builtin import all_rules
from checker.constraints.rows import templates
from checker.language.claims import make_article
from checker.model import CheckerError, Document
from checker.pipeline import check_document
from checker.reading import read_text
from checker.relations import relate
from checker.relations.formulas import find_formulas
from checker.rules import Example, Rule, Rules

KINDS = ("bad", "good", "silent")
_MARK = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)


def test(folders: Sequence[Path], beside: Sequence[str], say: Callable[[str], object]) -> int:
    """Run the examples of every rule in some folders, with the rules of `beside` about them; what fails is said.

    Returns the exit code: 0, 1 where an example fails, 2 where a rule file is broken.
    """
    places = dict.fromkeys([*beside, *map(str, folders)])
    known = all_rules(tuple(places))
    tested = [rule for rule in known.rules if rule.path and Path(rule.path).parent in folders]
    wrong = [failure for rule in tested for failure in failures(rule, known)]
    broken = [error for error in known.broken if any(str(error).startswith(str(folder)) for folder in folders)]
    for error in (*broken, *wrong):
        say(str(error))
    count = sum(len(getattr(rule, kind)) for rule in tested for kind in KINDS)
    counted = ((len(tested), "rule"), (count, "example"), (len(wrong), "failure"), (len(broken), "broken file"))
    say(", ".join(f"{number:,} {noun}{'s' * (number != 1)}" for number, noun in counted))
    return 2 if broken or not tested else 1 if wrong else 0


def source(example: Example) -> tuple[str, frozenset[tuple[int, int]]]:
    """An example as a Markdown article, and the places that it marks (offsets in code points, end exclusive)."""
    head = [f"title: {json.dumps(example.headline, ensure_ascii=False)}"] if example.headline else []
    head += [f"date: {example.date}"] if example.date else []
    marked = ("---\n" + "\n".join(head) + "\n---\n\n" if head else "") + example.text + "\n"
    text, places = "", set()
    at = 0
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        places.add((len(text), len(text) + len(match[1])))
        text += match[1]
        at = match.end()
    return text + marked[at:], frozenset(places)


def failures(rule: Rule, beside: Rules) -> Iterator[CheckerError]:
    """What the examples of a rule show to be wrong with it, each with the file and line of the example.

    A bad example is held to this rule alone; in good and silent ones the rules `beside` it may say nothing either.
    """
    alone = Rules((rule,))
    everything = Rules((*(other for other in beside.rules if other.id != rule.id), rule))
    shape = [(name, 2 if rule.formula.roles[name].many else 1) for name in rule.formula.roles] if rule.formula else []
    try:
        factors = tuple((f"{name}_factor", Fraction(1)) for name, _ in shape)
        whole = tuple((name, 1) for name in rule.unknowns)
        templates(rule.constraint, (*shape, *whole), factors) if shape else None
    except CheckerError as error:
        yield CheckerError(f"{rule.path}:1: the constraint cannot be decided: {error}")
    for kind in KINDS:
        examples: Sequence[Example] = getattr(rule, kind)
        if not examples:
            yield CheckerError(f"{rule.path}:1: has no [[{kind}]] example; every rule needs bad, good and silent ones")
        for number, example in enumerate(examples):
            said = _bad(example, alone) if kind == "bad" else _quiet(kind, example, rule, everything)
            if said:
                yield CheckerError(f"{rule.path}:{_line(rule.path, kind, number)}: {said}")


def _bad(example: Example, alone: Rules) -> str:
    text, places = source(example)
    findings = check_document(read_text(text, path="example.md"), alone).findings
    if len(findings) != 1:
        told = "; ".join(finding.message for finding in findings)
        return f"[[bad]] should be found once and is found {len(findings)} times{': ' + told if told else ''}"
    marks = {(span.start, span.end) for span in findings[0].spans if span.block != "date"}
    if marks != places:
        found, wanted = (
            ", ".join(repr(text[start:end]) for start, end in sorted(spans)) or "nothing" for spans in (marks, places)
        )
        return f"[[bad]] marks {wanted}, the finding quotes {found}"
    return ""


def _quiet(kind: str, example: Example, rule: Rule, everything: Rules) -> str:
    document = read_text(source(example)[0], path="example.md")
    taken_up = _relates(document, rule)
    if kind == "good" and not taken_up:
        return "[[good]] is not understood: no figures play the roles of this rule in it"
    if kind == "silent" and taken_up:
        return "[[silent]] is taken up: its figures play the roles of this rule"
    findings = check_document(document, everything).findings
    if findings:
        return f"[[{kind}]] should be left alone; {findings[0].rule} finds: {findings[0].message}"
    return ""


def _relates(document: Document, rule: Rule) -> bool:
    article = make_article(document)
    if rule.formula is not None:
        return any(True for _ in find_formulas(article, (rule.formula,)))
    return any(relation.kind == rule.relation for relation in relate(article))


def _line(path: str, kind: str, number: int) -> int:
    """The line of an example's heading in its file, from 1."""
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    places = [line for line, text in enumerate(lines, 1) if text.strip().startswith(f"[[{kind}]]")]
    return places[number] if number < len(places) else 1
