"""One call of the command: documents are read, checked and reported one after another; what fails is said and left."""

from __future__ import annotations

import os
import shutil
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, TextIO

from checker.model import CheckerError, Document
from checker.reading import LARGEST, read_tables, reader_name
from checker.reports import Reporter, reporters
from checker.reports.terminal import NARROWEST, PIPED, WIDEST, Style, clean
from checker.reports.totals import Totals
from checker.rules import Rule
from checker.settings import Output, Settings, failing, use_color
from checker.walking import LeftOut

if TYPE_CHECKING:
    from checker.baseline import Baseline
    from checker.conventions import Conventions
    from checker.history import History
    from checker.intake import Intake
    from checker.layers import Loaded
    from checker.reports.schema import ArticleFigures, ArticleReport

OK, FOUND, FAILED = 0, 1, 2
_PEOPLE = ("full", "concise", "grouped")  # formats that end with the line of totals


@dataclass(frozen=True, slots=True)
class _Item:
    """A file to be read: what it is called, where it lies (None: standard input), and how its articles are read."""

    name: str
    place: Path | None
    read: Callable[[], tuple[Document, ...]]


def check(paths: Sequence[str], settings: Settings) -> int:
    """Check every article and write the reports.  Returns the exit code."""
    from checker.pipeline import check_document
    from checker.policy import rules_in_force, settle
    from checker.reports.building import build_article

    loaded = configured(paths, settings)
    rules = rules_in_force(loaded)
    for broken in rules.broken:
        say(str(broken))
    baseline = _baseline(settings, loaded)
    history = _history(paths, settings)
    intake, conventions = _reading(loaded, settings)
    totals, started = Totals(), monotonic()

    def make(item: _Item, document: Document) -> ArticleReport:
        before = _before(item, document, history, intake)
        verdict = check_document(document, rules, before, conventions)
        findings = settle(verdict.findings, item.name, rules, loaded)
        if baseline is not None:
            findings = baseline.settle(item.name, findings)
        verdict = replace(verdict, findings=findings)
        if history is not None:
            from checker.history import new_sentences

            verdict = replace(verdict, changed=new_sentences(document, before))
        report = build_article(verdict, suppressed=settings.show_suppressed)
        totals.add(report)
        return report

    items = _changed(_items(paths, settings, loaded, intake), history)
    levels = failing(loaded.values.fail_on)
    style = Style(notes=loaded.values.notes, failing=levels)
    _run(items, settings, style, make, "FindingsReporter", totals, rules.rules)
    if not any(output.file is None and output.format in _PEOPLE for output in settings.outputs):
        say(totals.check_line(style.notes))
    if settings.statistics:
        for line in totals.statistics(monotonic() - started):
            say(line)
    if baseline is not None:
        _keep(baseline, settings)
    return FAILED if totals.failed or rules.broken else FOUND if levels & set(totals.levels) else OK


def figures(paths: Sequence[str], settings: Settings) -> int:
    """Write the ledger of every article.  Returns the exit code."""
    from checker.pipeline import read_figures
    from checker.reports.building import build_figures

    loaded = configured(paths, settings)
    intake, conventions = _reading(loaded, settings)
    totals = Totals()

    def make(item: _Item, document: Document) -> ArticleFigures:
        report = build_figures(read_figures(document, conventions))
        totals.add_coverage(report.coverage)
        return report

    _run(_items(paths, settings, loaded, intake), settings, Style(), make, "FiguresReporter", totals, ())
    return FAILED if totals.failed else OK


def show_settings(paths: Sequence[str], settings: Settings) -> int:
    """Write the settings that a check of these paths would go by.  Returns the exit code."""
    from checker.layers import render
    from checker.policy import rules_in_force

    loaded = configured(paths, settings)
    rules_in_force(loaded)
    sys.stdout.write(render(loaded))
    return OK


def configured(paths: Sequence[str], settings: Settings) -> Loaded:
    """The configuration of a call: that of the folder which holds all its articles, and its options over it."""
    from checker.layers import load

    options: dict[str, Any] = {
        "fail-on": settings.fail_on,
        "notes": settings.notes,
        "select": list(settings.select) or None,
        "ignore": list(settings.ignore) or None,
        "rules": list(settings.folders) or None,
        "baseline": settings.baseline,
    }
    files = [text for text in settings.config if "=" not in text]
    if len(files) > 1 or (files and settings.isolated):
        raise CheckerError(f"--config {files[-1]}: one configuration file at most is read, with --isolated none")
    named = [settings.stdin_filename or "." if path == "-" else path for path in paths]
    folders = [
        os.path.abspath(path if os.path.isdir(path) else os.path.dirname(path) or ".") for path in named or ["."]
    ]
    return load(
        Path(os.path.commonpath(folders)),
        isolated=settings.isolated,
        file=Path(files[0]) if files else None,
        overrides=[text for text in settings.config if "=" in text],
        options={key: value for key, value in options.items() if value is not None},
    )


def say(line: str) -> None:
    """One line on standard error."""
    print(clean(line), file=sys.stderr)


# ------------------------------------------------------------------------------------------------ what a run goes by


def _reading(loaded: Loaded, settings: Settings) -> tuple[Intake, Conventions | None]:
    from checker.conventions import Conventions
    from checker.intake import Intake

    values = loaded.values
    names = asdict(values.front_matter)
    conventions = Conventions(values.locale, values.style.round_numbers == "exact")
    format = reader_name(settings.format) if settings.format is not None else None
    tables = tuple(sheet for path in settings.tables for sheet in read_tables(path))
    return Intake(names, values.timezone, format, tables), conventions if conventions != Conventions() else None


def _history(paths: Sequence[str], settings: Settings) -> History | None:
    """The history of the articles, looked up before any of them is read."""
    if settings.changed_since is None:
        return None
    from checker.history import History

    history = History(settings.changed_since)
    for path in paths:
        if path != "-" and Path(path).exists():
            history.look(Path(path))
    return history


def _before(item: _Item, document: Document, history: History | None, intake: Intake) -> Document | None:
    """An article as it was at the revision; None where it was not, or was nothing that can be read."""
    data = history.before(item.place) if history is not None and item.place is not None else None
    try:
        earlier = intake.read_bytes(data, item.name) if data is not None else ()
    except CheckerError:
        return None
    return next((other for other in earlier if other.address == document.address), None)


def _changed(items: Iterator[_Item], history: History | None) -> Iterator[_Item]:
    """The articles that have changed since the revision; all where there is none."""
    for item in items:
        if history is None or item.place is None or not item.place.exists() or history.changed(item.place):
            yield item


def _baseline(settings: Settings, loaded: Loaded) -> Baseline | None:
    from checker.baseline import FILE, Baseline

    named = loaded.values.baseline
    if named is None and not (settings.write_baseline or settings.prune_baseline):
        return None
    file = loaded.beside("baseline", named) if named is not None else loaded.folder / FILE
    return Baseline.load(file, write=settings.write_baseline)


def _keep(baseline: Baseline, settings: Settings) -> None:
    """Write what the baseline has learnt, or say what of it is stale."""
    from checker.baseline import describe
    from checker.reports.totals import count

    stale = baseline.stale()
    if settings.write_baseline or settings.prune_baseline:
        known = baseline.save()
        say(f"{baseline.file}: {count(known, 'known finding')} written, {len(stale):,} stale left out")
    elif stale:
        these = "1 entry matches" if len(stale) == 1 else f"{len(stale):,} entries match"
        say(f"{baseline.file}: {these} nothing any more; --prune-baseline removes what is stale:")
        for line in describe(stale):
            say(line)


# ------------------------------------------------------------------------------------------------------- the articles


def _items(paths: Sequence[str], settings: Settings, loaded: Loaded, intake: Intake) -> Iterator[_Item]:
    """For every article named something that reads it or raises the ``CheckerError`` that says why not."""
    from checker.policy import walk

    for path in paths:
        if path == "-":
            yield _standard_input(settings.stdin_filename, intake)
            continue
        for place in walk(loaded).articles([path]):
            if isinstance(place, LeftOut):
                where = loaded.where("exclude", loaded.values.exclude.index(place.pattern))
                say(f"{place.path}: left out by exclude {place.pattern!r} ({where})")
            elif isinstance(place, CheckerError):
                yield _Item(path, None, _raising(place))
            else:
                yield _Item(str(place), place, _reader(place, intake))


def _reader(place: Path, intake: Intake) -> Callable[[], tuple[Document, ...]]:
    return lambda: intake.read(place)


def _raising(error: CheckerError) -> Callable[[], tuple[Document, ...]]:
    def read() -> tuple[Document, ...]:
        raise error

    return read


def _standard_input(filename: str | None, intake: Intake) -> _Item:
    name = filename or "-"

    def read() -> tuple[Document, ...]:
        data = sys.stdin.buffer.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise CheckerError(f"{name}: more than {LARGEST:,} bytes on standard input, at most that many are read")
        return intake.read_bytes(data, name)

    return _Item(name, Path(filename) if filename else None, read)


def _run(
    items: Iterator[_Item],
    settings: Settings,
    style: Style,
    make: Callable[[_Item, Document], Any],
    kind: str,
    totals: Totals,
    rules: Sequence[Rule],
) -> None:
    """Make a report of every article and give it to every writer."""
    said: set[str] = set()
    with ExitStack() as stack:
        writers = [_open(output, settings, style, kind, rules, stack) for output in settings.outputs]
        try:
            for item in items:
                for report in _reports(item, make, settings, said):
                    if isinstance(report, str):
                        from checker.reports.building import build_failure

                        totals.failed += 1
                        failure = build_failure(item.name, report)
                        for writer in writers:
                            writer.failure(failure)
                    else:
                        for writer in writers:
                            writer.article(report)
        finally:
            for writer in writers:
                writer.finish(totals)


def _reports(
    item: _Item, make: Callable[[_Item, Document], Any], settings: Settings, said: set[str]
) -> Iterator[Any | str]:
    """The reports of the articles in a file; for one that failed the text that says why, which is said too.

    Errors: ``CheckerError`` that a second article meets in the same words, for then it is not the article's.
    """
    try:
        documents = item.read()
    except CheckerError as error:
        say(str(error))
        yield str(error)
        return
    except Exception as error:
        yield _internal(item.name, error, settings)
        return
    for document in documents:
        try:
            report = make(item, document)
        except CheckerError as error:
            if str(error) in said:
                raise CheckerError("the same for another article; the others are left unchecked") from error
            said.add(str(error))
            say(str(error))
            report = str(error)
        except Exception as error:
            report = _internal(document.path, error, settings)
        yield report


def _internal(name: str, error: Exception, settings: Settings) -> str:
    """An error of Checker's own, as it is reported; it is said too."""
    reason = f"{name}: internal error: {type(error).__name__}: {' '.join(str(error).split())[:200]}"
    say(f"{reason} (--traceback shows where)")
    if settings.traceback:
        traceback.print_exc()
    return reason


def _open(
    output: Output, settings: Settings, style: Style, kind: str, rules: Sequence[Rule], stack: ExitStack
) -> Reporter[Any]:
    reporter = reporters(kind)[output.format]
    stream: TextIO
    if reporter.WRITES_FILE:
        if output.file is None:
            raise CheckerError(f"--output-format {output.format}: say which file, {output.format}=FILE")
        return reporter(output.file, style, rules)
    if output.file is None:
        stream = sys.stdout
    else:
        try:
            stream = stack.enter_context(output.file.open("w", encoding="utf-8", newline="\n"))
        except OSError as error:
            raise CheckerError(f"{output.file}: cannot be written: {error.strerror or error}") from error
    columns = shutil.get_terminal_size((PIPED, 24)).columns if output.file is None else PIPED
    # a file is coloured only when that is asked for in so many words
    terminal = output.file is None and stream.isatty()
    colored = output.file is None or settings.color == "always"
    style = replace(
        style,
        color=colored and use_color(settings.color, terminal),
        width=max(NARROWEST, min(columns, WIDEST)),
    )
    return reporter(stream, style, rules)
