"""One call of the command: documents are read, checked and reported one after another; what fails is said and left."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, TextIO

from checker.articles import Item, items
from checker.checking import Checking, Trouble
from checker.model import CheckerError
from checker.reports import Reporter, reporters
from checker.reports.terminal import NARROWEST, PIPED, WIDEST, Style, clean
from checker.reports.totals import Totals
from checker.settings import Output, Settings, failing, use_color

if TYPE_CHECKING:
    from checker.baseline import Baseline
    from checker.history import History
    from checker.layers import Loaded
    from checker.progress import Progress
    from checker.rules import Rule
    from checker.scheduling import Known

OK, FOUND, FAILED = 0, 1, 2
_PEOPLE = ("full", "concise", "grouped")  # formats that end with the line of totals


def check(paths: Sequence[str], settings: Settings) -> int:
    """Check every article and write the reports.  Returns the exit code."""
    from checker.cache import Cache
    from checker.progress import Progress
    from checker.scheduling import Known, results

    loaded = configured(paths, settings)
    checking = Checking(loaded, settings, _baseline(settings, loaded), _history(paths, settings))
    baseline, history = checking.baseline, checking.history
    alone = baseline is not None or history is not None  # what they say of an article depends on more than it
    levels = failing(loaded.values.fail_on)
    style = Style(notes=loaded.values.notes, failing=levels)
    totals, started = Totals(), monotonic()
    with Cache(None if alone or settings.no_cache else settings.cache_folder) as cache:
        known = Known(cache, None if cache.folder is None else _identity(loaded, settings))
        broken = _sound(checking, known)
        found = _changed(items(paths, settings, loaded, say), history)
        done = results(found, checking, known, 1 if alone else settings.jobs, partial(_worker, paths, settings))
        progress = Progress(sys.stderr, totals)
        try:
            _run(done, settings, style, "FindingsReporter", totals, progress, totals.add, _Rules(checking))
        except KeyboardInterrupt:
            say(f"interrupted: {totals.check_line(style.notes)}; the others were not checked")
            raise
    if not any(output.file is None and output.format in _PEOPLE for output in settings.outputs):
        say(totals.check_line(style.notes))
    if settings.statistics:
        for line in totals.statistics(monotonic() - started):
            say(line)
    if baseline is not None:
        _keep(baseline, settings)
    return FAILED if totals.failed or broken else FOUND if levels & set(totals.levels) else OK


def figures(paths: Sequence[str], settings: Settings) -> int:
    """Write the ledger of every article.  Returns the exit code."""
    from checker.progress import Progress

    loaded = configured(paths, settings)
    checking = Checking(loaded, settings)
    checking.intake  # noqa: B018 (a format or table that is none is said before anything is read)
    totals = Totals()

    def ledgers(item: Item) -> Iterator[Any]:
        try:
            data = item.load()
        except CheckerError as error:
            yield Trouble(str(error))
        else:
            yield from checking.figures(item.name, data)

    def add(report: Any) -> None:
        totals.add_coverage(report.coverage)

    done = ((item, ledgers(item)) for item in items(paths, settings, loaded, say))
    _run(done, settings, Style(), "FiguresReporter", totals, Progress(sys.stderr, totals), add, ())
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
        "select": _names(settings.select),
        "ignore": _names(settings.ignore),
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


def _names(given: Sequence[str]) -> list[str] | None:
    """The rules and packs of an option that may be given several times, or once with commas; None where it is not."""
    return [name.strip() for text in given for name in text.split(",")] or None


def say(line: str) -> None:
    """One line on standard error."""
    print(clean(line), file=sys.stderr)


# ------------------------------------------------------------------------------------------------ what a run goes by


class _Rules(Sequence["Rule"]):
    """The rules in force, read when a format asks for them."""

    def __init__(self, checking: Checking) -> None:
        self._checking = checking

    def __len__(self) -> int:
        return len(self._checking.rules.rules)

    def __getitem__(self, index: Any) -> Any:
        return self._checking.rules.rules[index]


def _identity(loaded: Loaded, settings: Settings) -> bytes | None:
    """What the reports of this run depend on besides the articles; None where a file of that cannot be read."""
    from checker.identity import run_identity

    try:
        return run_identity(loaded, settings)
    except OSError:
        return None


def _sound(checking: Checking, known: Known) -> bool:
    """Reads the rules, unless a run that depended on the same found them sound.  Returns whether some are broken.

    Errors: those of ``Checking.rules`` and ``Checking.intake``.
    """
    if known.run is not None and known.cache.get(known.run) is not None:
        return False
    broken = checking.rules.broken
    checking.intake  # noqa: B018
    for error in broken:
        say(str(error))
    if broken:
        known.run = None
    elif known.run is not None:
        known.cache.put(known.run, b"sound")
    return bool(broken)


def _worker(paths: Sequence[str], settings: Settings) -> Any:
    """What a worker process does with a file's name and content."""
    from checker.scheduling import packed

    return packed(Checking(configured(paths, settings), settings))


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


def _changed(items: Iterator[Item], history: History | None) -> Iterator[Item]:
    """The articles that have changed since the revision; all where there is none."""
    for item in items:
        if history is None or item.place is None or not item.place.exists() or history.changed(item.place):
            yield item


def _baseline(settings: Settings, loaded: Loaded) -> Baseline | None:
    named = loaded.values.baseline
    if named is None and not (settings.write_baseline or settings.prune_baseline):
        return None
    from checker.baseline import FILE, Baseline

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


# ------------------------------------------------------------------------------------------------------- the reports


def _run(
    done: Iterable[tuple[Item, Iterable[Any]]],
    settings: Settings,
    style: Style,
    kind: str,
    totals: Totals,
    progress: Progress,
    add: Callable[[Any], None],
    rules: Sequence[Rule],
) -> None:
    """Give the report of every article to every writer.

    Errors: ``CheckerError`` that a second article meets in the same words, for then it is not the article's.
    """
    said: set[str] = set()
    with ExitStack() as stack:
        writers = [_open(output, settings, style, kind, rules, stack) for output in settings.outputs]
        try:
            for item, reports in done:
                for report in reports:
                    progress.clear()
                    if isinstance(report, Trouble):
                        _say_trouble(report, settings, said)
                        totals.failed += 1
                        _failed(writers, item.name, report)
                    else:
                        for writer in writers:
                            writer.article(report)
                        add(report)
                    progress.step()
        finally:
            progress.clear()
            for writer in writers:
                writer.finish(totals)


def _say_trouble(trouble: Trouble, settings: Settings, said: set[str]) -> None:
    if trouble.common and trouble.text in said:
        raise CheckerError("the same for another article; the others are left unchecked")
    if trouble.common:
        said.add(trouble.text)
    say(f"{trouble.text} (--traceback shows where)" if trouble.trace else trouble.text)
    if trouble.trace and settings.traceback:
        print(trouble.trace, end="", file=sys.stderr)


def _failed(writers: Sequence[Reporter[Any]], name: str, trouble: Trouble) -> None:
    from checker.reports.building import build_failure

    failure = build_failure(name, trouble.text)
    for writer in writers:
        writer.failure(failure)


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
