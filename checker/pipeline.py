"""The way through the house, on one screen:

Document ─figures, claims→ Article ─relate→ Relations ─build→ System ─solve→ Conflicts ─explain→ Findings ─→ Verdict
"""

from __future__ import annotations

from checker.constraints import build
from checker.findings import explain
from checker.language.claims import make_article
from checker.ledger import ledger
from checker.model import Document, Finding, Verdict
from checker.reading import read_text
from checker.relations import relate
from checker.rules import Rules, load_rules
from checker.solver import solve

READINGS = ("widest", "intended")  # what any fair reader accepts, then what a writer means
CERTAIN = 0.93  # only links this sure are held to what a writer means


def check_document(document: Document, rules: Rules | None = None) -> Verdict:
    """All that does not agree in a document, and the ledger of its figures.

    Errors: ``CheckerError`` where the English model is missing or a rule file is broken.
    """
    rules = rules if rules is not None else load_rules()
    article = make_article(document)
    relations = relate(article)
    findings: list[Finding] = []
    undecided = 0
    blamed: set[int] = set()  # a relation is blamed once: in its cheapest conflict, on the widest reading that has one
    pairs = [(relation, rule) for relation in relations for rule in rules.of(relation.kind)]
    for reading in READINGS:
        least = CERTAIN if reading == "intended" else 0.0
        system = build([p for p in pairs if id(p[0]) not in blamed and p[0].confidence >= least], reading)
        solution = solve(system.problem)
        undecided = system.skipped + solution.undecided
        for conflict in solution.conflicts:
            members = {id(relation) for relation in system.relations(conflict)}
            if not members & blamed:
                findings.append(explain(article, system, conflict))
            blamed |= members
    ordered = tuple(sorted(findings, key=lambda finding: (finding.spans[0].start, finding.rule, finding.message)))
    return Verdict(document, ledger(article, relations), ordered, undecided)


def read_figures(document: Document) -> Verdict:
    """The ledger of a document with what its figures could be compared with; nothing is judged."""
    article = make_article(document)
    return Verdict(document, ledger(article, relate(article)), ())


def check_text(source: str, *, path: str = "article.md", rules: Rules | None = None) -> Verdict:
    """``check_document`` of decoded text; its format goes by the ending of `path`."""
    return check_document(read_text(source, path=path), rules)
