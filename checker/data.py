"""Where the rule files and lexicons lie: beside the package in a checkout, inside it in an installed wheel."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).parent


@cache
def rules_folder() -> Path:
    """The folder of rule packs, lexicons and linker weights that came with this installation."""
    inside = _PACKAGE / "_rules"
    return inside if inside.is_dir() else _PACKAGE.parent / "rules"


@cache
def lexicon(name: str) -> dict[str, Any]:
    """``rules/lexicons/NAME.toml`` as plain values, decimals exact.  Shared: do not change it."""
    with (rules_folder() / "lexicons" / f"{name}.toml").open("rb") as file:
        return tomllib.load(file, parse_float=Decimal)
