"""Formula rules: what a rule file says of the roles of a field's own formula.

A formula rule names its roles instead of a kind of relation, so that a newsroom adds what it knows as data:

    [roles.turnout]
    kind = "percent"
    measure = "turnout"

The values here are only read and checked; ``relations.formulas`` finds the claims.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from checker.language.article import LETTERS
from checker.model import BlockKind, CheckerError
from checker.wording import Wording, WordingError, compile_wording

WITHIN = ("sentence", "adjacent", "paragraph", "article")
AGREE = ("time", "place", "speaker", "names")
KINDS = tuple(kind for kind in LETTERS if kind != "none")
MOST_WORDINGS = 24  # of a role, and frames of a rule
BLOCKS = tuple(kind.value for kind in BlockKind)
_BLOCKS = ("headline", "dek", "body", "list", "quote", "caption")
Failing = Callable[[str, str], CheckerError]  # a key and a message make an error with file and line


@dataclass(frozen=True, slots=True)
class Role:
    """Which claims may play a part: by kind, unit, what is measured, subject and block; `many` takes all that fit."""

    name: str
    kinds: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    wordings: tuple[Wording, ...] = ()
    subjects: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    blocks: tuple[str, ...] = _BLOCKS
    many: bool = False
    rounded: bool = False  # its last digit is rounded even where a count would be exact: a rate, an average, 45 cents


@dataclass(frozen=True, slots=True)
class Formula:
    """The roles of one rule, how near they must stand, in what they must agree, and words that silence it."""

    id: str
    roles: Mapping[str, Role]
    frames: tuple[Wording, ...] = ()
    within: str = "adjacent"
    agree: tuple[str, ...] = AGREE
    unless: tuple[str, ...] = ()
    needs: tuple[str, ...] = field(default=())  # words of which the paragraphs must have one


def read_formula(table: Mapping[str, Any], fail: Failing) -> Formula | None:
    """The formula of a rule file's table; None where it has no roles.  Errors: those that `fail` makes."""
    for key in ("frames", "within", "agree", "unless", "needs"):
        if key in table and "roles" not in table:
            raise fail(key, f"{key} is for rules with [roles], and this one has none")
    if "roles" not in table:
        return None
    if not isinstance(table["roles"], dict) or not table["roles"]:
        raise fail("roles", f"roles is {table['roles']!r}, it should be tables [roles.NAME]")
    rows = table["roles"]
    for name, row in rows.items():
        if not re.fullmatch(r"[a-z][a-z0-9_]*", name, re.A) or name == "and":
            raise fail("roles", f"the role {name!r} should be a name of small letters, digits and _")
        if not isinstance(row, dict):
            raise fail(name, f"the role {name} is {row!r}, it should be a table")
    kinds = tuple((name, _choice(row, "kind", KINDS, fail, name)) for name, row in rows.items())
    roles = {name: _role(name, row, kinds, fail) for name, row in rows.items()}
    frames = tuple(_wording(text, kinds, "", fail, "frames") for text in _texts(table, "frames", fail))
    if len(frames) > MOST_WORDINGS:
        raise fail("frames", f"has {len(frames)} frames, at most {MOST_WORDINGS} are read")
    for role in roles.values():
        in_all = frames and all(role.name in frame.roles for frame in frames)
        if not role.wordings and not role.units and not in_all:
            raise fail(
                role.name,
                f"the role {role.name} has no measure, wording or unit, and is not in every frame: it would be any",
            )
    within = table.get("within", "adjacent")
    if within not in WITHIN:
        raise fail("within", f"within is {within!r}, it should be one of {', '.join(WITHIN)}")
    return Formula(
        id=table.get("id", ""),
        roles=roles,
        frames=frames,
        within=within,
        agree=_choice(table, "agree", AGREE, fail, "agree") if "agree" in table else AGREE,
        unless=tuple(text.lower() for text in _texts(table, "unless", fail)),
        needs=tuple(text.lower() for text in _texts(table, "needs", fail)),
    )


def _role(name: str, row: Mapping[str, Any], kinds: tuple[tuple[str, tuple[str, ...]], ...], fail: Failing) -> Role:
    known = ("kind", "unit", "measure", "wording", "subject", "not", "block", "many", "rounded")
    for key in row:
        if key not in known:
            raise fail(key, f"{key!r} is no field of a role ({', '.join(known)})")
    for key in ("many", "rounded"):
        if not isinstance(row.get(key, False), bool):
            raise fail(key, f"{key} is {row[key]!r}, it should be true or false")
    measures = tuple(text.lower() for text in _texts(row, "measure", fail))
    wordings = [*_texts(row, "wording", fail), *(text for phrase in measures for text in _spoken(phrase))]
    if len(wordings) > MOST_WORDINGS:
        raise fail(name, f"the role {name} has more than {MOST_WORDINGS} wordings")
    return Role(
        name=name,
        kinds=dict(kinds)[name],
        units=_texts(row, "unit", fail),
        measures=measures,
        wordings=tuple(_wording(text, kinds, name, fail, name) for text in wordings),
        subjects=_texts(row, "subject", fail),
        excluded=tuple(text.lower() for text in _texts(row, "not", fail)),
        blocks=_choice(row, "block", BLOCKS, fail, name) or _BLOCKS,
        many=row.get("many", False),
        rounded=row.get("rounded", False),
    )


def _spoken(phrase: str) -> tuple[str, ...]:
    """The wordings in which a figure measures a phrase: "turnout was 62%", "41,118 votes were cast"."""
    return (f"# {' were|was? '.join(phrase.split())}", f"{phrase} ~ #")


def _wording(text: str, kinds: tuple[tuple[str, tuple[str, ...]], ...], own: str, fail: Failing, key: str) -> Wording:
    try:
        return compile_wording(text, kinds, own)
    except WordingError as error:
        raise fail(key, f"the wording {text!r} {error}") from error


def _texts(row: Mapping[str, Any], key: str, fail: Failing) -> tuple[str, ...]:
    """One text or a list of texts."""
    value = row.get(key, ())
    found = (value,) if isinstance(value, str) else value
    if not isinstance(found, list | tuple) or not all(
        isinstance(text, str) and (text.strip() or key == "unit") for text in found
    ):
        raise fail(key, f"{key} is {value!r}, it should be a text or a list of texts")
    return tuple(found)


def _choice(row: Mapping[str, Any], key: str, allowed: tuple[str, ...], fail: Failing, near: str) -> tuple[str, ...]:
    found = _texts(row, key, fail)
    for text in found:
        if text not in allowed:
            raise fail(key if key in row else near, f"{key} is {text!r}, it should be of {', '.join(allowed)}")
    return found
