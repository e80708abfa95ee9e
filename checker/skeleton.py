"""The rule file that ``checker rules --new`` writes: whole, commented, and with examples that pass."""

from __future__ import annotations

import re
from pathlib import Path

from checker.model import CheckerError

TEXT = '''id = "{id}"
summary = "A number of boxes is not the full ones and the empty ones."

# What must hold. Names are the roles below; docs/rule-language.md has the grammar.
constraint = "full + empty == boxes"
message = "{{full}} full and {{empty}} empty are not {{boxes}}"
working = "{{full}} + {{empty}} = {{full + empty}}; the text says {{boxes}}"

# How near the figures must stand: sentence, adjacent (or the next one), paragraph or article.
within = "adjacent"
# The paragraphs' words that silence the rule.
unless = ["broken boxes"]
sources = ["https://example.org/where-the-formula-is-from"]
explain = """
What it finds. Boxes that are counted, the full ones among them and the empty ones, where these do not add up.

Why it matters. Say what a reader would notice.

Known limits. Say what it passes over, and when it may be wrong.
"""

# A role is chosen by its kind and by what it measures; "#" is the figure, "..." a gap, "~" words such as "of" and "was".
[roles.boxes]
kind = "count"
measure = ["boxes"]
not = ["full", "empty"]

[roles.full]
kind = "count"
wording = ["# were? full"]

[roles.empty]
kind = "count"
wording = ["# were? empty"]

# The examples are its tests (`checker rules --test DIR`): [[...]] marks exactly what a finding must quote.
[[bad]]
text = "The store has [[40 boxes]]. Of these [[22]] were full and [[15]] were empty."

[[good]]
text = "The store has 40 boxes. Of these 25 were full and 15 were empty."

[[silent]]
text = "The store has 40 boxes. Among the broken boxes, 22 were full and 15 were empty."
'''


def write(rule_id: str, folder: Path) -> Path:
    """Write the skeleton of a rule into a folder and say where.

    Errors: ``CheckerError`` for an id that is no name of a file, a file that exists, a folder that does not.
    """
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", rule_id):
        raise CheckerError(
            f"--new {rule_id}: the id should be small letters and digits with hyphens: parts-exceed-whole"
        )
    path = folder / f"{rule_id}.toml"
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(TEXT.format(id=rule_id))
    except FileExistsError:
        raise CheckerError(f"{path}: exists already and is left as it is") from None
    except OSError as error:
        raise CheckerError(f"{path}: cannot be written: {error.strerror or error}") from error
    return path
