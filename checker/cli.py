"""The command line.  Nothing heavy is imported here until a command needs it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from checker import __version__
from checker.model import CheckerError
from checker.settings import COLOR, FAIL_ON, Settings, parse_outputs

OK, FAILED, INTERRUPTED = 0, 2, 130

_PATHS = click.argument("paths", nargs=-1, required=True, metavar="PATH...")
_COLOR = click.option(
    "--color",
    type=click.Choice(COLOR),
    default="auto",
    show_default=True,
    help="Colour; NO_COLOR and FORCE_COLOR count.",
)
_STDIN = click.option(
    "--stdin-filename", metavar="NAME", help="What standard input (PATH -) is called; its ending says the format."
)
_FORMAT = click.option(
    "--format", "format", metavar="NAME", help="What the articles are (html, docx, ...), whatever they look like."
)
_TABLES = click.option(
    "--with-table", "tables", multiple=True, metavar="FILE", help="Compare with the tables of an XLSX or CSV file too."
)
_TRACEBACK = click.option("--traceback", is_flag=True, help="Show where an internal error came from.")
_FILE = click.option(
    "--output-file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the report there, not to the terminal.",
)


def _formats(names: str) -> Callable[[Any], Any]:
    return click.option(
        "--output-format",
        "formats",
        multiple=True,
        metavar="FORMAT[=FILE]",
        help=f"{names}; may be given several times.",
    )


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="checker", message="%(prog)s %(version)s")
def cli() -> None:
    """Find what does not agree inside a news article: counts, money, shares, dates and ages.

    Exit status: 0 nothing to report, 1 something (see check --fail-on), 2 an article could not be checked or the call
    was wrong.
    """


@cli.command(short_help="Report what does not agree in articles.")
@_PATHS
@_formats("full (default), concise, json or docx=FILE (a copy of a DOCX with comments)")
@_FILE
@click.option(
    "--fail-on",
    type=click.Choice(FAIL_ON),
    default="error",
    show_default=True,
    help="The mildest level that ends with 1.",
)
@click.option("--notes", is_flag=True, help="Show notes too (JSON always has them).")
@_COLOR
@_STDIN
@_FORMAT
@_TABLES
@_TRACEBACK
def check(
    paths: Sequence[str],
    formats: Sequence[str],
    output_file: Path | None,
    fail_on: str,
    notes: bool,
    color: str,
    stdin_filename: str | None,
    format: str | None,
    tables: tuple[str, ...],
    traceback: bool,
) -> int:
    """Report what does not agree in the articles at PATH: files, folders, or - for standard input."""
    from checker import run
    from checker.reports import reporters

    outputs = parse_outputs(formats, output_file, tuple(reporters("FindingsReporter")))
    _one_input(paths, stdin_filename)
    return run.check(paths, Settings(outputs, fail_on, notes, color, stdin_filename, traceback, format, tables))


@cli.command(short_help="List every figure and what it was compared with.")
@_PATHS
@_formats("full (default) or json")
@_FILE
@_COLOR
@_STDIN
@_FORMAT
@_TABLES
@_TRACEBACK
def figures(
    paths: Sequence[str],
    formats: Sequence[str],
    output_file: Path | None,
    color: str,
    stdin_filename: str | None,
    format: str | None,
    tables: tuple[str, ...],
    traceback: bool,
) -> int:
    """List every figure of the articles at PATH: what it measures; compared, alone or unread; and why."""
    from checker import run
    from checker.reports import reporters

    outputs = parse_outputs(formats, output_file, tuple(reporters("FiguresReporter")))
    _one_input(paths, stdin_filename)
    settings = Settings(outputs, "error", False, color, stdin_filename, traceback, format, tables)
    return run.figures(paths, settings)


@cli.command()
@click.argument("rule", metavar="RULE")
def explain(rule: str) -> int:
    """Say what a RULE finds, with its examples."""
    from difflib import get_close_matches

    from checker.rules import load_rules, render_rule

    loaded = load_rules()
    found = loaded.find(rule)
    if found is None:
        near = get_close_matches(rule, [other.id for other in loaded.rules], n=1, cutoff=0.5)
        hint = f"did you mean {near[0]!r}?" if near else "`checker rules` lists them all"
        raise CheckerError(f"there is no rule {rule!r}; {hint}")
    click.echo(render_rule(found).rstrip("\n"))
    return OK


@cli.command()
def rules() -> int:
    """List every rule: its pack, level and what it finds."""
    from checker.rules import load_rules

    loaded = load_rules()
    rows = [("rule", "pack", "level", "finds")]
    rows += [(rule.id, rule.pack, rule.level.value, rule.summary) for rule in loaded.rules]
    widths = [max(len(row[i]) for row in rows) for i in range(3)]
    for row in rows:
        click.echo("  ".join([*(text.ljust(width) for text, width in zip(row, widths, strict=False)), row[3]]))
    for error in loaded.broken:
        click.echo(str(error), err=True)
    return FAILED if loaded.broken else OK


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.  Returns the exit code: 0, 1 or 2 (130 where the user interrupts it)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = cli.main(arguments, prog_name="checker", standalone_mode=False)
        sys.stdout.flush()
        return code or OK
    except click.ClickException as error:
        error.show()
    except CheckerError as error:
        click.echo(f"checker: {error}", err=True)
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:  # the reader has gone; what Python flushes at exit must go nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as error:
        if "--traceback" in (arguments if arguments is not None else sys.argv):
            raise
        reason = " ".join(str(error).split())[:200]
        click.echo(f"checker: internal error: {type(error).__name__}: {reason}", err=True)
    return FAILED


def _one_input(paths: Sequence[str], stdin_filename: str | None) -> None:
    if paths.count("-") > 1:
        raise click.UsageError("standard input (-) can be read only once")
    if stdin_filename is not None and "-" not in paths:
        raise click.UsageError("--stdin-filename names standard input; give - as a PATH")
