"""Where settings come from: ``checker.toml`` or ``[tool.checker]`` in ``pyproject.toml``, and the command line over them.

Later layers override earlier ones: the file that ``extend`` names, the file itself, ``--config KEY=VALUE``, the options.
Lists and single values are replaced, tables are merged key by key.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checker import __version__
from checker.configuration import TABLES, Configuration, SettingError, configuration, plain, quoted, table_of, toml
from checker.model import CheckerError
from checker.walking import PYPROJECT, configuration_above

LARGEST = 1024 * 1024  # bytes of a configuration file
DEEPEST = 10  # files that extend one another


@dataclass(frozen=True, slots=True)
class Layer:
    """A place that settings come from: a file with the line of every key, or an option."""

    name: str
    table: Mapping[str, Any]
    text: str = ""
    folder: Path = Path()

    def value(self, *keys: str | int) -> Any:
        """What stands at a key, or at an item of its list; None where nothing does."""
        value: Any = self.table
        for key in keys:
            known = isinstance(value, list) or (isinstance(value, Mapping) and key in value)
            value = value[key] if known else None
        return value

    def where(self, *keys: str | int) -> str:
        """ "checker.toml:4" for a key, or for an item of its list; the option's text for an option."""
        if not self.text:
            return self.name
        lines = _lines(self.text)
        named = tuple(str(key) for key in keys if isinstance(key, str))
        line = next((lines[named[:n]] for n in range(len(named), 0, -1) if named[:n] in lines), 1)
        value = self.value(*keys)
        if keys and isinstance(keys[-1], int) and isinstance(value, str):
            rows = self.text.splitlines()
            line = next(
                (n + 1 for n in range(line - 1, len(rows)) if f'"{value}"' in rows[n] or f"'{value}'" in rows[n]), line
            )
        return f"{self.name}:{line}"


@dataclass(frozen=True, slots=True)
class Loaded:
    """The configuration of a run: its values, the layers they come from, the folder that its patterns start at."""

    values: Configuration
    layers: tuple[Layer, ...] = ()
    folder: Path = Path()

    def where(self, *keys: str | int) -> str:
        """The place that states a setting; "default" where none does."""
        stating = (layer for layer in reversed(self.layers) if layer.value(*keys) is not None)
        return next((layer.where(*keys) for layer in stating), "default")

    def beside(self, key: str, value: str) -> Path:
        """A path of the setting `key` as it is meant: from the folder of the file that states it."""
        layer = next((layer for layer in reversed(self.layers) if key in layer.table), None)
        return (layer.folder if layer is not None else Path()) / value

    @property
    def rule_folders(self) -> tuple[str, ...]:
        """The folders of more rules."""
        return tuple(str(self.beside("rules", folder)) for folder in self.values.rules)


def load(
    start: Path,
    *,
    isolated: bool = False,
    file: Path | None = None,
    overrides: Sequence[str] = (),
    options: Mapping[str, Any] | None = None,
) -> Loaded:
    """The configuration for articles in the folder `start`: of the nearest folder above that has one.

    `isolated` reads no file, `file` names it; `overrides` are the texts of ``--config KEY=VALUE``, `options` the
    settings that have an option of their own.
    Errors: ``CheckerError`` with file, line, the offending value and what is allowed.
    """
    place = file if file is not None else None if isolated else configuration_above(start)
    layers = list(_chain(place)) if place is not None else []
    folder = layers[-1].folder if layers else Path()
    layers += [_override(text) for text in overrides]
    layers += [Layer(f"--{key}", {key: value}) for key, value in (options or {}).items()]
    merged: dict[str, Any] = {}
    for layer in layers:
        _validated(layer)
        merged = _merged(merged, layer.table)
    loaded = Loaded(configuration(merged), tuple(layers), folder)
    wanted = loaded.values.required_version
    if wanted is not None and not _satisfied(wanted):
        raise CheckerError(
            f"{loaded.where('required-version')}: this is Checker {__version__}, required-version wants {wanted!r}"
        )
    return loaded


def _chain(place: Path) -> Iterator[Layer]:
    """A file and those it extends, the outermost first."""
    chain: list[Layer] = []
    seen: set[Path] = set()
    following: Path | None = place
    while following is not None:
        layer = _read(following)
        seen.add(following.resolve())
        chain.append(layer)
        other = layer.table.get("extend")
        following = layer.folder / other if isinstance(other, str) else None
        if following is not None and not following.is_file():
            raise CheckerError(f"{layer.where('extend')}: extend is {other!r}, there is no such file")
        if following is not None and (following.resolve() in seen or len(chain) == DEEPEST):
            raise CheckerError(f"{layer.where('extend')}: extend is {other!r}, which leads back or too deep")
    return reversed(chain)


def _read(path: Path) -> Layer:
    name = _shown(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CheckerError(f"{name}: cannot be read: {error.strerror or error}") from error
    if len(data) > LARGEST:
        raise CheckerError(f"{name}: is {len(data):,} bytes, at most {LARGEST:,} are read")
    try:
        text = data.decode("utf-8-sig")
        table = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise CheckerError(f"{name}: is not UTF-8 (byte {error.start:,})") from error
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        raise CheckerError(f"{name}:{found[1] if found else 1}: is not TOML: {error}") from error
    if path.name == PYPROJECT:
        table = table.get("tool", {}).get("checker", {})
    return Layer(name, table, text, path.parent)


def _shown(path: Path) -> str:
    shown = os.path.relpath(path)
    return str(path) if shown.startswith(os.pardir) else shown


def _override(text: str) -> Layer:
    """``KEY=VALUE`` as a layer; a value that is not TOML is a text."""
    key, given, value = text.partition("=")
    name = f"--config {text}"
    if not given or not key.strip():
        raise CheckerError(f"{name}: write KEY=VALUE, or the name of a TOML file")
    for line in (f"{key} = {value}", f"{key} = {quoted(value.strip())}"):
        try:
            return Layer(name, tomllib.loads(line))
        except tomllib.TOMLDecodeError:
            continue
    raise CheckerError(f"{name}: {key!r} is no key of TOML; write a.b-c=VALUE")


def _merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(below)
    for key, value in above.items():
        known = found.get(key)
        found[key] = _merged(known, value) if isinstance(known, dict) and isinstance(value, dict) else value
    return found


# -------------------------------------------------------------------------------------------------------------- errors


def _validated(layer: Layer) -> None:
    try:
        configuration(layer.table)
    except SettingError as error:
        raise CheckerError(f"{layer.where(*error.keys)}: {error.complaint}") from error


def _lines(text: str) -> dict[tuple[str, ...], int]:
    """Where the keys of a TOML text stand, counted from 1; ``tool.checker`` is left off."""
    part = r"""(?:[\w-]+|"[^"]*"|'[^']*')"""
    header = re.compile(rf"\s*\[\[?\s*({part}(?:\s*\.\s*{part})*)\s*\]")
    key = re.compile(rf"\s*({part}(?:\s*\.\s*{part})*)\s*=")
    found: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        match = header.match(line) or key.match(line)
        if not match:
            continue
        names = tuple(piece.strip("\"'") for piece in re.findall(part, match[1]))
        if match.re is header:
            table = names[2:] if names[:2] == ("tool", "checker") else names
            names = table
        else:
            names = (*table, *names)
        for length in range(1, len(names) + 1):
            found.setdefault(names[:length], number)
    return found


def _satisfied(wanted: str) -> bool:
    """Whether this version is one of those that are wanted."""
    mine = _numbers(__version__)
    for sign, version in re.findall(r"(>=|<=|==|!=|>|<)\s*(\d+(?:\.\d+)*)", wanted):
        other = _numbers(version)
        holds = {
            ">=": mine >= other,
            "<=": mine <= other,
            "==": mine == other,
            "!=": mine != other,
            ">": mine > other,
            "<": mine < other,
        }
        if not holds[sign]:
            return False
    return True


def _numbers(version: str) -> tuple[int, ...]:
    numbers = [int(part) for part in re.findall(r"\d+", version)[:4]]
    return tuple(numbers + [0] * (4 - len(numbers)))


def render(loaded: Loaded) -> str:
    """The settings in force as TOML that says the same, each with the place that states it."""
    values = table_of(loaded.values)
    lines = [_stated(loaded, values[setting.key], setting.key) for setting in plain()]
    for table in TABLES:
        lines += ["", f"[{table}]"]
        lines += [_stated(loaded, value, table, key) for key, value in values[table].items()]
    return "\n".join(lines) + "\n"


def _stated(loaded: Loaded, value: Any, *keys: str) -> str:
    return f"# {keys[-1]} is not set" if value is None else f"{keys[-1]} = {toml(value)}  # {loaded.where(*keys)}"
