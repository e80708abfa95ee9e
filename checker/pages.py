"""``python -m checker.pages docs/rules``: one page a rule and an index, from the rule files (``make pages``)."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from checker.builtin import all_rules
from checker.rules import Rule, packs, render_rule

INDEX = "index.md"


def pages(rules: Iterable[Rule]) -> dict[str, str]:
    """The text of every page by the name of its file."""
    listed = sorted(rules, key=lambda rule: (rule.pack, rule.id))
    found = {f"{rule.id}.md": _page(rule) for rule in listed}
    found[INDEX] = _index(listed)
    return found


def _page(rule: Rule) -> str:
    body = render_rule(rule, markdown=True).removeprefix("## ")
    origin = f"Its file is `rules/{rule.pack}/{rule.id}.toml`." if rule.path else "It has no file of its own."
    return f"# {body}\n[All rules]({INDEX}). {origin}\n"


def _index(rules: list[Rule]) -> str:
    lines = ["# Rules", "", f"{len(rules)} rules in {len(packs(rules))} packs. `checker rules` lists them too; "]
    lines[-1] += "[rule-language.md](../rule-language.md) says how to write one. This page is made by `make pages`."
    for pack in packs(rules):
        lines += ["", f"## {pack}", "", "| rule | level | finds |", "|---|---|---|"]
        lines += [f"| [{r.id}]({r.id}.md) | {r.level} | {r.summary} |" for r in rules if r.pack == pack]
    return "\n".join(lines) + "\n"


def write(folder: Path) -> int:
    """Write the pages into a folder and take out those of rules that are gone.  Returns how many there are."""
    made = pages(all_rules().rules)
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.md"):
        if path.name not in made:
            path.unlink()
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return len(made)


if __name__ == "__main__":
    print(f"{write(Path(sys.argv[1]))} pages written")
