"""The way through the house, on one screen:

Document ─figures, claims→ Article ─relate→ Relations ─build→ System ─solve→ Conflicts ─explain→ Findings ─→ Verdict
"""

from __future__ import annotations

from collections.abc import Sequence

from checker import stale, suppressions
from checker.builtin import all_rules
from checker.constraints.system import System, build
from checker.conventions import Conventions, apply
from checker.findings import explain
from checker.language.article import Article
from checker.language.claims import make_article
from checker.ledger import ledger
from checker.model import Document, Finding, Relation, Verdict
from checker.precedence import Pair, explained, told_once
from checker.reading import read_text
from checker.relations import relate
from checker.relations.formulas import find_formulas
from checker.rules import Rules
from checker.solver import Solution, solve

READINGS = ("widest", "intended")  # what any fair reader accepts, then what a writer means
CERTAIN = 0.93  # only links this sure are held to what a writer means


def check_document(
    document: Document,
    rules: Rules | None = None,
    before: Document | None = None,
    conventions: Conventions | None = None,
) -> Verdict:
    """All that does not agree in a document, and the ledger of its figures; findings that its directives suppress too.

    `before` is an earlier version: figures that were edited in one place only are found against it.  `conventions` say
    what the house means by figures that may be read in two ways.
    Errors: ``CheckerError`` where the English model is missing or a rule file is broken.
    """
    rules = rules if rules is not None else all_rules()
    article = _article(document, conventions)
    directives = suppressions.read(document.source, document.part)
    found = [*relate(article), *find_formulas(article, rules.formulas)]
    relations, idle = suppressions.linked(article.claims, found, directives)
    if before is not None:
        relations = _with_stale(article, _article(before, conventions), relations)
    pairs = explained([(relation, rule) for relation in relations for rule in rules.of(relation.kind)])
    findings, undecided = _contradictions(article, pairs)
    findings = told_once(findings, {formula.id for formula in rules.formulas})
    findings = suppressions.settled(document, findings, directives, idle, rules)
    ordered = tuple(sorted(findings, key=lambda finding: (finding.spans[0].start, finding.rule, finding.message)))
    return Verdict(document, ledger(article, relations), ordered, undecided)


def _contradictions(article: Article, pairs: Sequence[Pair]) -> tuple[list[Finding], int]:
    """A finding of each conflict that counts, and how many groups of figures were left undecided.

    What leans on chance can only excuse the rest, so it is asked where the rest has a conflict.
    """
    telling = [pair for pair in pairs if not _leans(pair[0])]
    solved = [_solved(telling, reading) for reading in READINGS]
    undecided = max(system.skipped + solution.undecided for system, solution in solved)
    if not any(solution.conflicts for _, solution in solved):
        return [], undecided
    findings, more = _blamed(article, pairs)
    return findings, max(undecided, more)


def _blamed(article: Article, pairs: Sequence[Pair]) -> tuple[list[Finding], int]:
    """The findings of all conflicts, each with relations that no other is blamed on, and what was left undecided."""
    findings: list[Finding] = []
    undecided = 0
    blamed: set[int] = set()  # a relation is blamed once: in its cheapest conflict, on the widest reading that has one
    for reading in READINGS:
        system, solution = _solved([pair for pair in pairs if id(pair[0]) not in blamed], reading)
        undecided = max(undecided, system.skipped + solution.undecided)
        for conflict in solution.conflicts:
            between = system.relations(conflict)
            members = {id(relation) for relation in between}
            if not members & blamed and not _idle(between):
                findings.append(explain(article, system, conflict))
            blamed |= members
    return findings, undecided


def _solved(pairs: Sequence[Pair], reading: str) -> tuple[System, Solution]:
    least = CERTAIN if reading == "intended" else 0.0
    system = build([pair for pair in pairs if pair[0].confidence >= least], reading)
    return system, solve(system.problem)


def _leans(relation: Relation) -> bool:
    """Whether figures were related only because they bear each other out, as chance may have it; two mentions of one
    quantity are none such."""
    return relation.agrees and relation.kind != "same-quantity"


def _idle(between: Sequence[Relation]) -> bool:
    """Whether a conflict leans on chance, or is one of figures that all bear each other out."""
    return any(map(_leans, between)) or all(relation.agrees for relation in between)


def _article(document: Document, conventions: Conventions | None) -> Article:
    article = make_article(document)
    if conventions is not None:
        apply(article, conventions)
    return article


def _with_stale(article: Article, earlier: Article, relations: list[Relation]) -> list[Relation]:
    """The relations and those of stale figures, which say more of a pair than that it is one quantity."""
    found = list(stale.find(article, earlier, relate(earlier)))
    pairs = {frozenset(claim.id for claim in relation.claims) for relation in found}
    return found + [r for r in relations if frozenset(claim.id for claim in r.claims) not in pairs]


def read_figures(document: Document, conventions: Conventions | None = None) -> Verdict:
    """The ledger of a document with what its figures could be compared with; nothing is judged."""
    article = _article(document, conventions)
    found = [*relate(article), *find_formulas(article, all_rules().formulas)]
    relations, _ = suppressions.linked(article.claims, found, suppressions.read(document.source, document.part))
    return Verdict(document, ledger(article, relations), ())


def check_text(source: str, *, path: str = "article.md", rules: Rules | None = None) -> Verdict:
    """``check_document`` of decoded text; its format goes by the ending of `path`."""
    return check_document(read_text(source, path=path), rules)
