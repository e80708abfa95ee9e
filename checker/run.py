"""One call of the command: documents are read, checked and reported one after another; what fails is said and left."""

from __future__ import annotations

import shutil
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from checker.model import CheckerError, Document
from checker.reading import LARGEST, expand, read_all, read_bytes, read_tables, reader_name, with_tables
from checker.reports import Reporter, reporters
from checker.reports.terminal import NARROWEST, PIPED, WIDEST, Style, clean
from checker.reports.totals import Totals
from checker.settings import Output, Settings, use_color

if TYPE_CHECKING:
    from checker.reports.schema import ArticleFigures, ArticleReport

OK, FOUND, FAILED = 0, 1, 2
_PEOPLE = ("full", "concise")  # formats that end with the line of totals


def check(paths: Sequence[str], settings: Settings) -> int:
    """Check every article and write the reports.  Returns the exit code."""
    from checker.pipeline import check_document
    from checker.reports.building import build_article
    from checker.rules import load_rules

    rules = load_rules()
    for broken in rules.broken:
        say(str(broken))
    totals = Totals()

    def make(document: Document) -> ArticleReport:
        report = build_article(check_document(document, rules))
        totals.add(report)
        return report

    _run(paths, settings, make, "FindingsReporter", totals)
    if not any(output.file is None and output.format in _PEOPLE for output in settings.outputs):
        say(totals.check_line(settings.notes))
    return FAILED if totals.failed or rules.broken else FOUND if any(map(settings.fails, totals.levels)) else OK


def figures(paths: Sequence[str], settings: Settings) -> int:
    """Write the ledger of every article.  Returns the exit code."""
    from checker.pipeline import read_figures
    from checker.reports.building import build_figures

    totals = Totals()

    def make(document: Document) -> ArticleFigures:
        report = build_figures(read_figures(document))
        totals.add_coverage(report.coverage)
        return report

    _run(paths, settings, make, "FiguresReporter", totals)
    return FAILED if totals.failed else OK


def say(line: str) -> None:
    """One line on standard error."""
    print(clean(line), file=sys.stderr)


def _run(paths: Sequence[str], settings: Settings, make: Callable[[Document], Any], kind: str, totals: Totals) -> None:
    """Make a report of every article and give it to every writer."""
    said: set[str] = set()
    if settings.format is not None:
        reader_name(settings.format)
    tables = [sheet for path in settings.tables for sheet in read_tables(path)]
    with ExitStack() as stack:
        writers = [_open(output, settings, kind, stack) for output in settings.outputs]
        for writer in writers:
            stack.callback(writer.finish, totals)
        for read in _readings(paths, settings):
            try:
                documents = read()
            except CheckerError as error:
                say(str(error))
                totals.failed += 1
                continue
            for document in documents:
                report = _attempt(with_tables(document, tables), make, settings, said)
                if report is None:
                    totals.failed += 1
                    continue
                for writer in writers:
                    writer.article(report)


def _attempt(document: Document, make: Callable[[Document], Any], settings: Settings, said: set[str]) -> Any | None:
    """The report of one article, None where it failed and that was said.

    Errors: ``CheckerError`` that a second article meets in the same words, for then it is not the article's.
    """
    try:
        return make(document)
    except CheckerError as error:
        if str(error) in said:
            raise CheckerError("the same for another article; the others are left unchecked") from error
        said.add(str(error))
        say(str(error))
    except Exception as error:
        reason = " ".join(str(error).split())[:200]
        say(f"{document.path}: internal error: {type(error).__name__}: {reason} (--traceback shows where)")
        if settings.traceback:
            traceback.print_exc()
    return None


_Reading = Callable[[], tuple[Document, ...]]


def _readings(paths: Sequence[str], settings: Settings) -> Iterator[_Reading]:
    """For every file named something that reads its articles or raises the ``CheckerError`` that says why not."""
    for path in paths:
        if path == "-":
            yield lambda: _standard_input(settings)
            continue
        try:
            for place in expand([path]):
                yield _reading(place, settings)
        except OSError as error:  # a folder that may not be listed
            shut = CheckerError(f"{error.filename or path}: cannot be listed: {error.strerror or error}")
            yield _reading(shut, settings)


def _reading(place: Path | CheckerError, settings: Settings) -> _Reading:
    def read() -> tuple[Document, ...]:
        if isinstance(place, CheckerError):
            raise place
        return read_all(place, settings.format)

    return read


def _standard_input(settings: Settings) -> tuple[Document, ...]:
    name = settings.stdin_filename or "-"
    data = sys.stdin.buffer.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise CheckerError(f"{name}: more than {LARGEST:,} bytes on standard input, at most that many are read")
    return read_bytes(data, name, settings.format)


def _open(output: Output, settings: Settings, kind: str, stack: ExitStack) -> Reporter:
    reporter = reporters(kind)[output.format]
    if getattr(reporter, "WRITES_FILE", False):  # it is no text
        if output.file is None:
            raise CheckerError(f"--output-format {output.format}: say which file, {output.format}=FILE")
        return reporter(output.file, Style(notes=settings.notes))  # type: ignore[arg-type]
    stream: TextIO
    if output.file is None:
        stream = sys.stdout
    else:
        try:
            stream = stack.enter_context(output.file.open("w", encoding="utf-8", newline="\n"))
        except OSError as error:
            raise CheckerError(f"{output.file}: cannot be written: {error.strerror or error}") from error
    columns = shutil.get_terminal_size((PIPED, 24)).columns if output.file is None else PIPED
    style = Style(
        color=use_color(settings.color, output.file is None and stream.isatty())
        if _colors(output, settings)
        else False,
        width=max(NARROWEST, min(columns, WIDEST)),
        notes=settings.notes,
    )
    return reporter(stream, style)


def _colors(output: Output, settings: Settings) -> bool:
    """A file is coloured only when that is asked for in so many words."""
    return output.file is None or settings.color == "always"
