"""What is done with the bytes of one file: its articles are read and checked, and a report is made of each.

This is all that a worker process does; it is made of what can be sent to one.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from checker.model import CheckerError

if TYPE_CHECKING:
    from pathlib import Path

    from checker.baseline import Baseline
    from checker.conventions import Conventions
    from checker.history import History
    from checker.intake import Intake
    from checker.layers import Loaded
    from checker.model import Document
    from checker.reports.schema import ArticleFigures, ArticleReport
    from checker.rules import Rules
    from checker.settings import Settings


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why an article could not be checked.

    `common`: it may be no fault of the article's, such as a missing model; `trace`: where an error of Checker's own
    came from, "" for all others.
    """

    text: str
    common: bool = False
    trace: str = ""


@dataclass
class Checking:
    """Checks files by one configuration; what that takes is read when the first is checked."""

    loaded: Loaded
    settings: Settings
    baseline: Baseline | None = None
    history: History | None = None

    @cached_property
    def rules(self) -> Rules:
        """The rules in force.  Errors: those of ``rules_in_force``."""
        from checker.policy import rules_in_force

        return rules_in_force(self.loaded)

    @cached_property
    def intake(self) -> Intake:
        """How the house files articles.  Errors: ``CheckerError`` for an unknown format or a table that cannot be read."""
        from checker.intake import Intake
        from checker.reading import read_tables, reader_name

        values, settings = self.loaded.values, self.settings
        format = reader_name(settings.format) if settings.format is not None else None
        tables = tuple(sheet for path in settings.tables for sheet in read_tables(path))
        return Intake(asdict(values.front_matter), values.timezone, format, tables, values.locale)

    @cached_property
    def conventions(self) -> Conventions | None:
        """What the house means by figures that may be read in two ways; None where nothing is said."""
        from checker.conventions import Conventions

        values = self.loaded.values
        conventions = Conventions(values.locale, values.style.round_numbers == "exact")
        return conventions if conventions != Conventions() else None

    def check(self, name: str, data: bytes, place: Path | None = None) -> Iterator[ArticleReport | Trouble]:
        """The report of every article in a file, or why there is none."""
        return self._each(name, data, lambda document: self._report(name, document, place))

    def figures(self, name: str, data: bytes) -> Iterator[ArticleFigures | Trouble]:
        """The ledger of every article in a file, or why there is none."""

        def ledger(document: Document) -> ArticleFigures:
            from checker.pipeline import read_figures
            from checker.reports.building import build_figures

            return build_figures(read_figures(document, self.conventions))

        return self._each(name, data, ledger)

    def _each(self, name: str, data: bytes, make: Callable[[Document], Any]) -> Iterator[Any]:
        try:
            documents = self.intake.read_bytes(data, name)
        except CheckerError as error:
            yield Trouble(str(error))
            return
        except Exception as error:
            yield internal(name, error)
            return
        for document in documents:
            try:
                report = make(document)
            except CheckerError as error:
                report = Trouble(str(error), common=True)
            except Exception as error:
                report = internal(document.path, error)
            yield report

    def _report(self, name: str, document: Document, place: Path | None) -> ArticleReport:
        from checker.pipeline import check_document
        from checker.policy import settle
        from checker.reports.building import build_article

        before = self._before(name, document, place)
        verdict = check_document(document, self.rules, before, self.conventions)
        findings = settle(verdict.findings, name, self.rules, self.loaded)
        if self.baseline is not None:
            findings = self.baseline.settle(name, findings)
        verdict = replace(verdict, findings=findings)
        if self.history is not None:
            from checker.history import new_sentences

            verdict = replace(verdict, changed=new_sentences(document, before))
        return build_article(verdict, suppressed=self.settings.show_suppressed)

    def _before(self, name: str, document: Document, place: Path | None) -> Document | None:
        """An article as it was at the revision; None where it was not, or was nothing that can be read."""
        data = self.history.before(place) if self.history is not None and place is not None else None
        try:
            earlier = self.intake.read_bytes(data, name) if data is not None else ()
        except CheckerError:
            return None
        return next((other for other in earlier if other.address == document.address), None)


def internal(name: str, error: Exception) -> Trouble:
    """An error of Checker's own, as it is reported."""
    reason = f"{name}: internal error: {type(error).__name__}: {' '.join(str(error).split())[:200]}"
    return Trouble(reason, trace="".join(traceback.format_exception(error)))
