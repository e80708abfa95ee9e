"""Articles of unusual make are read like others."""

import pytest

from checker.api import check_text

HEAD = "---\ntitle: Sales rise 20%\ndate: 2026-02-03\n---\n\n"
BODIES = {
    "a list only": "- Sales rose 20 percent to 30 million from 25 million.\n- Costs fell by a third.\n",
    "a table only": "| Year | Sales |\n|---|---|\n| 2024 | 25 |\n| 2025 | 30 |\n",
    "nothing": "",
    "subheads only": "## Sales rise by 20%\n\n## From 25 to 30 million\n",
    "a quotation only": "> Sales rose 20 percent, the third rise since 2019.\n",
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_it_is_checked(body: str) -> None:
    assert not [f for f in check_text(HEAD + body).findings if f.level == "error"]
