"""What the configuration makes of rules and findings: which are in force, how grave they are, where they do not count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from checker.builtin import all_rules
from checker.layers import Loaded
from checker.model import CheckerError, Finding, Level, Suppression
from checker.rules import Rule, Rules, packs
from checker.walking import matching


def known_rules(loaded: Loaded) -> Rules:
    """All rules that there are, those of the configuration's folders too."""
    return all_rules(loaded.rule_folders)


def rules_in_force(loaded: Loaded) -> Rules:
    """The rules that the configuration selects, with the levels that it gives them.

    Errors: ``CheckerError`` with file and line where it names a rule or a pack that does not exist.
    """
    values = loaded.values
    known = known_rules(loaded)
    _check(loaded, known)
    chosen = [
        rule
        for rule in known.rules
        if (not values.select or _named(rule, values.select)) and not _named(rule, values.ignore)
    ]
    chosen_ids = {rule.id for rule in chosen}
    levelled = tuple(replace(rule, level=_level(rule, loaded) or rule.level) for rule in chosen)
    return Rules(levelled, known.broken, tuple(rule.id for rule in known.rules if rule.id not in chosen_ids))


def settle(findings: Sequence[Finding], path: str, rules: Rules, loaded: Loaded) -> tuple[Finding, ...]:
    """The findings of the article at `path` with the levels of the configuration, without those it ignores there."""
    values = loaded.values
    place = Path(path)
    ignores = [
        (pattern, names)
        for pattern, names in values.per_file_ignores.items()
        if matching([pattern], place, loaded.folder) is not None
    ]
    found = []
    for finding in findings:
        rule = rules.find(finding.rule)
        if rule is not None:
            finding = replace(finding, level=_level(rule, loaded) or finding.level)
            pattern = next((pattern for pattern, names in ignores if _named(rule, names)), None)
            if pattern is not None and finding.suppressed is None:
                reason = f"{pattern!r} ({loaded.where('per-file-ignores', pattern)})"
                finding = replace(finding, suppressed=Suppression("per-file-ignores", reason))
        found.append(finding)
    return tuple(found)


def _named(rule: Rule, names: Sequence[str]) -> bool:
    return rule.id in names or rule.pack in names


def _level(rule: Rule, loaded: Loaded) -> Level | None:
    """The level that the configuration gives a rule by its name, else by its pack."""
    levels = loaded.values.levels
    name = levels.get(rule.id) or levels.get(rule.pack)
    return Level(name) if name else None


def _check(loaded: Loaded, known: Rules) -> None:
    values = loaded.values
    names = [*known.names, *packs(known.rules)]
    stated: list[tuple[str, tuple[str | int, ...]]] = []
    for key, given in (("select", values.select), ("ignore", values.ignore)):
        stated += [(name, (key, number)) for number, name in enumerate(given)]
    stated += [(name, ("levels", name)) for name in values.levels]
    for pattern, given in values.per_file_ignores.items():
        stated += [(name, ("per-file-ignores", pattern, number)) for number, name in enumerate(given)]
    for name, keys in stated:
        if name not in names:
            near = get_close_matches(name, names, 1, 0.5)
            hint = f"did you mean {near[0]!r}?" if near else "`checker rules` lists them all"
            raise CheckerError(f"{loaded.where(*keys)}: {keys[0]} names {name!r}, which is no rule or pack; {hint}")
