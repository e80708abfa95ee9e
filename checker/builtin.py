"""Rules that are not about the arithmetic of one text: about its history, and about the directives in it.

They have no file because no constraint over one article states them; they are listed, explained, selected and ignored
like the others.
"""

from __future__ import annotations

from checker.model import Level
from checker.rules import Rule, Rules, load_rules

PACK = "desk"

STALE_FIGURE = Rule(
    id="stale-figure",
    pack=PACK,
    path="",
    summary="A figure was changed in one place and still stands with its old value in another.",
    relation="stale-figure",
    constraint="new == old",
    message="{new} was {old} before this change, and {old} still stands elsewhere",
    working="{new} now, {old} still",
    explain="""
What it finds.  With `--changed-since REV`: two mentions of one figure that agreed at that revision, of which only one has
been edited since.

Why it matters.  A toll or a total is corrected in the paragraph at hand and forgotten in the headline, the standfirst or a
caption.

Known limits.  Mentions are one figure where the linker says so, or where both wrote the same number of three or more
digits with the same unit for the same thing.  A figure that was meant to differ from then on has to be worded
differently, or told apart with a `distinct` directive.
""".strip(),
)

UNUSED_DIRECTIVE = Rule(
    id="unused-directive",
    pack=PACK,
    path="",
    summary="A directive in the article suppresses or links nothing.",
    relation="",
    constraint="",
    message="",
    explain="""
What it finds.  An `ignore-next`, `ignore-start` or `ignore-file` whose rule finds nothing there, a `distinct` pair that
nothing would link, and a `same` pair that cannot be linked.

Why it matters.  What it was written for is gone; left in place it would hide the next mistake.
""".strip(),
    level=Level.WARNING,
)

BROKEN_DIRECTIVE = Rule(
    id="broken-directive",
    pack=PACK,
    path="",
    summary="A directive in the article cannot be understood and is not followed.",
    relation="",
    constraint="",
    message="",
    explain="""
What it finds.  A directive with an unknown verb or rule, without a reason, or an `ignore-start` that nothing ends.

Why it matters.  The writer believes that a finding is dealt with.  The directives are described in docs/configuration.md.
""".strip(),
)

BUILTIN = (BROKEN_DIRECTIVE, STALE_FIGURE, UNUSED_DIRECTIVE)


def all_rules(folders: tuple[str, ...] = ()) -> Rules:
    """The rules of all files (``load_rules``) and these."""
    loaded = load_rules(folders)
    return Rules(tuple(sorted((*loaded.rules, *BUILTIN), key=lambda rule: (rule.pack, rule.id))), loaded.broken)
