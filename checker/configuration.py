"""The settings that there are: their types, what they mean, and the file that ``checker init`` writes.

Plain dataclasses whose type hints are checked here, so that a run whose articles are all known stays light.
"""

# ruff: noqa: RUF009 (every field is made by _setting)
from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from difflib import get_close_matches
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

LevelName = Literal["error", "warning", "note"]
Keys = tuple[str | int, ...]


class SettingError(Exception):
    """A setting that is none or has a wrong value: its `keys`, and a `complaint` that quotes it and says what is allowed."""

    def __init__(self, keys: Keys, complaint: str) -> None:
        super().__init__(complaint)
        self.keys = keys
        self.complaint = complaint


def _setting(default: Any, description: str, example: Any = None, check: Callable[[str], str] | None = None) -> Any:
    """A field; `example` stands in the template where the default says little, `check` says what is allowed, or ""."""
    about = {"description": description, "example": example, "check": check}
    if isinstance(default, list | dict):
        return field(default_factory=lambda: type(default)(default), metadata=about)
    return field(default=default, metadata=about)


def _zone(name: str) -> str:
    from zoneinfo import available_timezones

    known = available_timezones()
    return "" if name in known else f"the name of a time zone such as 'Europe/London'{hint(name, sorted(known))}"


def _version(wanted: str) -> str:
    right = r"\s*(>=|<=|==|!=|>|<)\s*(\d+(?:\.\d+)*)\s*"
    return "" if all(re.fullmatch(right, part) for part in wanted.split(",")) else "comparisons such as '>=0.1, <1'"


@dataclass(frozen=True)
class FrontMatter:
    """Names of front matter fields beside those that are known."""

    headline: list[str] = _setting([], "fields that hold the headline", ["kicker_title"])
    standfirst: list[str] = _setting([], "fields that hold the standfirst", ["intro"])
    byline: list[str] = _setting([], "fields that hold the byline", ["writer"])
    date: list[str] = _setting([], "fields that hold the day of publication", ["issue_date"])


@dataclass(frozen=True)
class Style:
    """What a house means by the way it writes."""

    round_numbers: Literal["rounded", "exact"] = _setting(
        "rounded", '"rounded": 48,000 may be 47,600; "exact": it is 48,000'
    )


@dataclass(frozen=True)
class Configuration:
    """Every setting; the descriptions are those of ``checker init`` and ``docs/configuration.md``."""

    extend: str | None = _setting(None, "another file to start from, beside this one", "../checker.toml")
    required_version: str | None = _setting(None, "versions of Checker that may use this file", ">=0.1, <1", _version)
    select: list[str] = _setting([], "rules and packs in force; all where none is named", ["core", "dates"])
    ignore: list[str] = _setting([], "rules and packs to leave out", ["headline-unsupported"])
    rules: list[str] = _setting([], "folders of more rule files, beside this one", ["rules"])
    levels: dict[str, LevelName] = _setting(
        {}, "the level of a rule or a pack, whatever its own: error, warning or note", {"close-figures": "note"}
    )
    per_file_ignores: dict[str, list[str]] = _setting(
        {}, "rules and packs that do not count in the articles of a pattern", {"opinion/**": ["close-figures"]}
    )
    fail_on: Literal["error", "warning", "note", "never"] = _setting("error", "the mildest level that ends with 1")
    notes: bool = _setting(False, "show notes to people too")
    exclude: list[str] = _setting([], "articles to leave out, as .gitignore writes them", ["drafts/", "*.tmp.md"])
    respect_gitignore: bool = _setting(True, "leave out what .gitignore does, when folders are walked")
    baseline: str | None = _setting(None, "file of findings that are known, beside this one", "checker-baseline.json")
    timezone: str | None = _setting(None, "where the day of publication begins", "Europe/London", _zone)
    locale: Literal["en-GB", "en-US"] | None = _setting(None, "3/4/2026: 3 April (en-GB) or March 4 (en-US)", "en-GB")
    front_matter: FrontMatter = field(default_factory=FrontMatter)
    style: Style = field(default_factory=Style)


TABLES: dict[str, type] = {"front-matter": FrontMatter, "style": Style}


@dataclass(frozen=True)
class Setting:
    """One field of a table: its key in TOML, its type, and what is said of it."""

    key: str
    name: str
    type: Any
    default: Any
    description: str
    example: Any
    check: Callable[[str], str] | None


def settings_of(table: type[Any]) -> tuple[Setting, ...]:
    """The settings of ``Configuration`` or of one of its tables, in their order."""
    hints, defaults = get_type_hints(table), table()
    return tuple(
        Setting(
            f.name.replace("_", "-"),
            f.name,
            hints[f.name],
            getattr(defaults, f.name),
            f.metadata.get("description", ""),
            f.metadata.get("example"),
            f.metadata.get("check"),
        )
        for f in fields(table)
    )


def configuration(table: Mapping[str, Any]) -> Configuration:
    """The settings that a table states.  Errors: ``SettingError`` for the first that is wrong."""
    found = _read(table, Configuration, ())
    assert isinstance(found, Configuration)
    return found


def table_of(values: Any) -> dict[str, Any]:
    """The settings as the table that states them all."""
    found = {setting.key: getattr(values, setting.name) for setting in settings_of(type(values))}
    return {key: table_of(value) if is_dataclass(value) else value for key, value in found.items()}


def _read(value: Any, kind: Any, keys: Keys, check: Callable[[str], str] | None = None) -> Any:
    """A value as a type hint wants it."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):  # X | None: TOML has no null
        return _read(value, inner[0], keys, check)
    if origin is Literal:
        return _fit(value, value in inner if isinstance(value, str) else False, keys, f"one of {', '.join(inner)}")
    if origin is list:
        _fit(value, isinstance(value, list), keys, "a list of texts")
        return [_read(item, inner[0], (*keys, number)) for number, item in enumerate(value)]
    if kind is str:
        allowed = check(value) if check is not None and isinstance(value, str) else ""
        return _fit(value, isinstance(value, str) and not allowed, keys, allowed or "a text")
    if kind is bool:
        return _fit(value, isinstance(value, bool), keys, "true or false")
    _fit(value, isinstance(value, Mapping), keys, "a table")
    if origin is dict:
        return {key: _read(item, inner[1], (*keys, key)) for key, item in value.items()}
    known = {setting.key: setting for setting in settings_of(kind)}
    for key in value:
        if key not in known:
            near = hint(key, list(known)) or "; there are " + ", ".join(known)
            raise SettingError((*keys, key), f"{_said((*keys, key))!r} is no setting{near}")
    return kind(**{known[k].name: _read(v, known[k].type, (*keys, k), known[k].check) for k, v in value.items()})


def _fit(value: Any, fits: bool, keys: Keys, allowed: str) -> Any:
    if not fits:
        raise SettingError(keys, f"{_said(keys)} is {value!r}, it should be {allowed}")
    return value


def _said(keys: Keys) -> str:
    return ".".join(str(key) for key in keys if isinstance(key, str))


def template() -> str:
    """A ``checker.toml`` with every setting as a comment: what it means, and its default or an example."""
    lines = ["# Settings of Checker; docs/configuration.md has more. Remove the # in front of what you change."]
    for setting in plain():
        lines += ["", f"# {setting.description}", f"# {setting.key} = {toml(_shown(setting))}"]
    for table, kind in TABLES.items():
        lines += ["", f"# {(kind.__doc__ or '').strip()}", f"# [{table}]"]
        lines += [f"# {s.key} = {toml(_shown(s))}  # {s.description}" for s in settings_of(kind)]
    return "\n".join(lines) + "\n"


def plain() -> list[Setting]:
    """The settings that are no table of settings."""
    return [setting for setting in settings_of(Configuration) if setting.key not in TABLES]


def _shown(setting: Setting) -> Any:
    return setting.default if setting.example is None else setting.example


def toml(value: Any) -> str:
    """A text, a truth, a list or a table as TOML writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{quoted(key)} = {toml(item)}" for key, item in value.items()) + "}"
    return "[" + ", ".join(toml(item) for item in value) + "]"


def quoted(text: str) -> str:
    """A text as TOML writes it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def hint(name: str, known: Sequence[str]) -> str:
    """ "; did you mean ...?", or nothing where no known name is near."""
    near = get_close_matches(name, known, 1, 0.5)
    return f"; did you mean {near[0]!r}?" if near else ""
