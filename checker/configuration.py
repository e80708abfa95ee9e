"""The settings that there are: their types, what they mean, and the file that ``checker init`` writes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

LevelName = Literal["error", "warning", "note"]


class _Table(BaseModel):
    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        alias_generator=lambda name: name.replace("_", "-"),
        populate_by_name=True,
    )


class FrontMatter(_Table):
    """Names of front matter fields beside those that are known."""

    headline: list[str] = Field(default=[], description="fields that hold the headline", examples=[["kicker_title"]])
    standfirst: list[str] = Field(default=[], description="fields that hold the standfirst", examples=[["intro"]])
    byline: list[str] = Field(default=[], description="fields that hold the byline", examples=[["writer"]])
    date: list[str] = Field(
        default=[], description="fields that hold the day of publication", examples=[["issue_date"]]
    )


class Style(_Table):
    """What a house means by the way it writes."""

    round_numbers: Literal["rounded", "exact"] = Field(
        default="rounded", description='"rounded": 48,000 may be 47,600; "exact": it is 48,000'
    )


class Configuration(_Table):
    """Every setting; the descriptions are those of ``checker init`` and ``docs/configuration.md``."""

    extend: str | None = Field(
        default=None, description="another file to start from, beside this one", examples=["../checker.toml"]
    )
    required_version: str | None = Field(
        default=None, description="versions of Checker that may use this file", examples=[">=0.1, <1"]
    )
    select: list[str] = Field(
        default=[], description="rules and packs in force; all where none is named", examples=[["core", "dates"]]
    )
    ignore: list[str] = Field(
        default=[], description="rules and packs to leave out", examples=[["headline-unsupported"]]
    )
    rules: list[str] = Field(
        default=[], description="folders of more rule files, beside this one", examples=[["rules"]]
    )
    levels: dict[str, LevelName] = Field(
        default={},
        description="the level of a rule or a pack, whatever its own: error, warning or note",
        examples=[{"close-figures": "note"}],
    )
    per_file_ignores: dict[str, list[str]] = Field(
        default={},
        description="rules and packs that do not count in the articles of a pattern",
        examples=[{"opinion/**": ["close-figures"]}],
    )
    fail_on: Literal["error", "warning", "note", "never"] = Field(
        "error", description="the mildest level that ends with 1"
    )
    notes: bool = Field(default=False, description="show notes to people too")
    exclude: list[str] = Field(
        default=[], description="articles to leave out, as .gitignore writes them", examples=[["drafts/", "*.tmp.md"]]
    )
    respect_gitignore: bool = Field(default=True, description="leave out what .gitignore does, when folders are walked")
    baseline: str | None = Field(
        default=None, description="file of findings that are known, beside this one", examples=["checker-baseline.json"]
    )
    timezone: str | None = Field(
        default=None, description="where the day of publication begins", examples=["Europe/London"]
    )
    locale: Literal["en-GB", "en-US"] | None = Field(
        default=None, description="3/4/2026: 3 April (en-GB) or March 4 (en-US)", examples=["en-GB"]
    )
    front_matter: FrontMatter = FrontMatter()
    style: Style = Style()

    @field_validator("timezone")
    @classmethod
    def _zone(cls, name: str | None) -> str | None:
        if name is not None:
            from zoneinfo import available_timezones

            known = available_timezones()
            if name not in known:
                raise ValueError(f"the name of a time zone such as 'Europe/London'{hint(name, sorted(known))}")
        return name

    @field_validator("required_version")
    @classmethod
    def _version(cls, wanted: str | None) -> str | None:
        for part in (wanted or "").split(",") if wanted is not None else ():
            found = re.fullmatch(r"\s*(>=|<=|==|!=|>|<)\s*(\d+(?:\.\d+)*)\s*", part)
            if not found:
                raise ValueError("comparisons such as '>=0.1, <1'")
        return wanted


TABLES: dict[str, type[BaseModel]] = {"front-matter": FrontMatter, "style": Style}


def template() -> str:
    """A ``checker.toml`` with every setting as a comment: what it means, and its default or an example."""
    lines = ["# Settings of Checker; docs/configuration.md has more. Remove the # in front of what you change."]
    for key, field in plain():
        lines += ["", f"# {field.description}", f"# {key} = {toml(_shown(field))}"]
    for table, model in TABLES.items():
        lines += ["", f"# {(model.__doc__ or '').strip()}", f"# [{table}]"]
        lines += [
            f"# {field.alias} = {toml(_shown(field))}  # {field.description}" for field in model.model_fields.values()
        ]
    return "\n".join(lines) + "\n"


def plain() -> list[tuple[str, Any]]:
    """The settings that are no table of settings."""
    fields = Configuration.model_fields.values()
    return [(str(field.alias), field) for field in fields if field.alias not in TABLES]


def _shown(field: Any) -> Any:
    return field.examples[0] if field.examples else field.get_default()


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
