"""The command line.  Nothing heavy is imported here until a command needs it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checker import __version__
from checker.model import CheckerError
from checker.settings import COLOR, FAIL_ON, Settings, parse_jobs, parse_outputs

if TYPE_CHECKING:
    from checker.rules import Rules

OK, FAILED, INTERRUPTED = 0, 2, 130

_PATHS = click.argument("paths", nargs=-1, required=True, metavar="PATH...")


def _options(*options: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Several options as one decorator, listed in their order."""

    def decorate(command: Any) -> Any:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


def _complete_formats(kind: str) -> Callable[..., list[str]]:
    def complete(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
        from checker.reports import reporters

        return [name for name in reporters(kind) if name.startswith(incomplete)]

    return complete


def _complete_readers(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    from checker.reading import formats

    return [name for name in formats() if name.startswith(incomplete)]


def _complete_rules(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    before, comma, begun = incomplete.rpartition(",")
    return [f"{before}{comma}{rule.id}" for rule in _known_rules().rules if rule.id.startswith(begun)]


def _known_rules(folders: Sequence[str] = ()) -> Rules:
    """The rules that there are; those of `folders` too, else of a configuration's where the current folder has one."""
    from checker.builtin import all_rules

    return all_rules(_rule_folders(folders))


def _rule_folders(folders: Sequence[str]) -> tuple[str, ...]:
    from checker.walking import configuration_above

    if folders or configuration_above(Path()) is None:
        return tuple(folders)
    from checker.layers import load

    return load(Path()).rule_folders


def _formats(names: str, kind: str) -> Callable[[Any], Any]:
    return click.option(
        "--output-format",
        "formats",
        multiple=True,
        metavar="FORMAT[=FILE]",
        shell_complete=_complete_formats(kind),
        help=f"{names}; may be given several times.",
    )


_RULES = click.option(
    "--rules",
    "folders",
    multiple=True,
    metavar="DIR",
    help="A folder of more rule files, a pack of its own; may be given several times.",
)
_CACHE_DIR = click.option(
    "--cache-dir",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="CHECKER_CACHE_DIR",
    metavar="DIR",
    help="Where reports of unchanged articles are kept, not in the platform's cache folder; CHECKER_CACHE_DIR counts.",
)
_SHARED = _options(
    click.option(
        "--output-file",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Write the report there, not to the terminal.",
    ),
    click.option(
        "--config",
        multiple=True,
        metavar="KEY=VALUE",
        help="Override a setting, or read another configuration FILE; may be given several times.",
    ),
    click.option("--isolated", is_flag=True, help="Read no configuration file."),
    click.option(
        "--color",
        type=click.Choice(COLOR),
        default="auto",
        show_default=True,
        help="Colour; NO_COLOR and FORCE_COLOR count.",
    ),
    click.option(
        "--stdin-filename", metavar="NAME", help="What standard input (PATH -) is called; its ending says the format."
    ),
    click.option(
        "--format",
        metavar="NAME",
        shell_complete=_complete_readers,
        help="What the articles are (html, docx, ...), whatever they look like.",
    ),
    click.option(
        "--with-table",
        "tables",
        multiple=True,
        metavar="FILE",
        help="Compare with the tables of an XLSX or CSV file too; may be given several times.",
    ),
    click.option("--traceback", is_flag=True, help="Show where an internal error came from."),
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
@_formats(
    "full (default), concise, grouped, json, jsonl, sarif, junit, github, gitlab, checkstyle, markdown, html "
    "or docx=FILE",
    "FindingsReporter",
)
@_SHARED
@click.option("--fail-on", type=click.Choice(FAIL_ON), help="The mildest level that ends with 1 (default: error).")
@click.option("--notes", is_flag=True, help="Show notes to people too (other formats always have them).")
@click.option(
    "--select",
    multiple=True,
    metavar="RULE",
    shell_complete=_complete_rules,
    help="Rules and packs to apply, no others; separated by commas, or given several times.",
)
@click.option(
    "--ignore",
    multiple=True,
    metavar="RULE",
    shell_complete=_complete_rules,
    help="Rules and packs to leave out, likewise.",
)
@_RULES
@click.option("--show-suppressed", is_flag=True, help="List suppressed findings too; they still do not count.")
@click.option("--baseline", metavar="FILE", help="Findings that are known and do not count.")
@click.option("--write-baseline", is_flag=True, help="Make all findings of this run known (checker-baseline.json).")
@click.option("--prune-baseline", is_flag=True, help="Take out of the baseline what is found no more.")
@click.option(
    "--changed-since", metavar="REV", help="Only articles changed since a git revision, changed sentences first."
)
@click.option(
    "--statistics", is_flag=True, help="Say how often each rule found something, how much was compared, how fast."
)
@click.option(
    "--jobs",
    metavar="N|auto",
    default="auto",
    show_default=True,
    help="Processes that check articles at the same time; auto: one a processor where that is worth it.",
)
@_CACHE_DIR
@click.option("--no-cache", is_flag=True, help="Check every article anew, and keep no report.")
@click.option("--watch", is_flag=True, help="Check again whenever an article is saved, until interrupted.")
@click.option(
    "--show-settings", is_flag=True, help="Print the settings in force and where they come from; check nothing."
)
def check(
    paths: Sequence[str],
    formats: Sequence[str],
    output_file: Path | None,
    watch: bool,
    show_settings: bool,
    notes: bool,
    jobs: str,
    cache_dir: Path | None,
    **options: Any,
) -> int:
    """Report what does not agree in the articles at PATH: files, folders, or - for standard input."""
    from checker import run
    from checker.cache import default_folder
    from checker.reports import reporters

    outputs = parse_outputs(formats, output_file, reporters("FindingsReporter"))
    _one_input(paths, options["stdin_filename"])
    folder = cache_dir or default_folder()
    settings = Settings(outputs, notes=notes or None, jobs=parse_jobs(jobs), cache_folder=folder, **options)
    if show_settings:
        return run.show_settings(paths, settings)
    if watch:
        from checker.watching import watch as watched

        return watched(paths, settings)
    return run.check(paths, settings)


@cli.command(short_help="List every figure and what it was compared with.")
@_PATHS
@_formats("full (default), json or jsonl", "FiguresReporter")
@_SHARED
def figures(paths: Sequence[str], formats: Sequence[str], output_file: Path | None, **options: Any) -> int:
    """List every figure of the articles at PATH: what it measures; compared, alone or unread; and why."""
    from checker import run
    from checker.reports import reporters

    outputs = parse_outputs(formats, output_file, reporters("FiguresReporter"))
    _one_input(paths, options["stdin_filename"])
    return run.figures(paths, Settings(outputs, **options))


@cli.command()
@click.argument("rule", metavar="RULE", shell_complete=_complete_rules)
@click.option("--latex", is_flag=True, help="Print what must hold as a LaTeX formula, nothing else.")
@_RULES
def explain(rule: str, latex: bool, folders: Sequence[str]) -> int:
    """Say what a RULE finds, with its examples."""
    from checker.rules import find_rule, render_rule

    places = _rule_folders(folders)
    found = find_rule(rule, places) or _known_rules(places).find(rule)
    if found is None:
        from difflib import get_close_matches

        loaded = _known_rules(places)
        near = get_close_matches(rule, [other.id for other in loaded.rules], n=1, cutoff=0.5)
        hint = f"did you mean {near[0]!r}?" if near else "`checker rules` lists them all"
        raise CheckerError(f"there is no rule {rule!r}; {hint}")
    if latex:
        if not found.constraint:
            raise CheckerError(f"{rule}: is a rule without a formula")
        from checker.constraints import algebra

        click.echo(algebra.latex(found.constraint))
        return OK
    click.echo(render_rule(found).rstrip("\n"))
    return OK


@cli.command()
@click.option(
    "--new", metavar="ID", help="Write the skeleton of a rule, ID.toml, into the folder of --rules or this one."
)
@click.option(
    "--test",
    "tested",
    multiple=True,
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    metavar="DIR",
    help="Run the examples of the rules in a folder.",
)
@_RULES
def rules(new: str | None, tested: Sequence[Path], folders: Sequence[str]) -> int:
    """List every rule: its pack, level and what it finds.  Or begin one, or test a pack's examples."""
    if new is not None:
        from checker.skeleton import write

        click.echo(f"{write(new, Path(folders[0] if folders else '.'))} written")
        return OK
    if tested:
        from checker.examples import test

        return test(tested, folders, click.echo)
    loaded = _known_rules(folders)
    rows = [("rule", "pack", "level", "finds")]
    rows += [(rule.id, rule.pack, rule.level.value, rule.summary) for rule in loaded.rules]
    widths = [max(len(row[i]) for row in rows) for i in range(3)]
    for row in rows:
        click.echo("  ".join([*(text.ljust(width) for text, width in zip(row, widths, strict=False)), row[3]]))
    for error in loaded.broken:
        click.echo(str(error), err=True)
    return FAILED if loaded.broken else OK


@cli.command()
@click.argument("command", type=click.Choice(("check", "figures")), default="check")
def schema(command: str) -> int:
    """Print the JSON Schema of what check (default) or figures writes as JSON."""
    import json

    from checker.reports.schema import json_schema

    click.echo(json.dumps(json_schema(command), indent=2, ensure_ascii=False))
    return OK


@cli.command()
@click.argument("folder", type=click.Path(file_okay=False, exists=True, path_type=Path), default=".")
def init(folder: Path) -> int:
    """Write a checker.toml with every setting, explained, into FOLDER (default: the current one)."""
    from checker.configuration import template
    from checker.walking import CONFIGURATION

    path = folder / CONFIGURATION
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(template())
    except FileExistsError:
        raise CheckerError(f"{path}: exists already and is left as it is") from None
    except OSError as error:
        raise CheckerError(f"{path}: cannot be written: {error.strerror or error}") from error
    click.echo(f"{path} written")
    return OK


@cli.command()
@_CACHE_DIR
def clean(cache_dir: Path | None) -> int:
    """Remove the reports that are kept of unchanged articles."""
    from checker.cache import clean, default_folder

    folder = cache_dir or default_folder()
    files, size = clean(folder)
    click.echo(f"{folder}: {size / 1e6:,.1f} MB removed" if files else f"{folder}: holds no reports")
    return OK


@cli.command()
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
def completion(shell: str) -> int:
    """Print what makes a shell complete commands, options, formats and rules.

    bash: eval "$(checker completion bash)" in ~/.bashrc; zsh: the same with zsh in ~/.zshrc; fish: checker completion
    fish > ~/.config/fish/completions/checker.fish
    """
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    assert found is not None
    click.echo(found(cli, {}, "checker", "_CHECKER_COMPLETE").source())
    return OK


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
