"""What a finding says that either side would have to say: a figure in the style of the one that stands there, or nothing."""

from __future__ import annotations

import pytest

from checker import check_text

FILLER = (
    "Police cleared the square on Sunday after a march that had begun in the morning at the station. Officers in riot gear "
    "had stood by since dawn, and several streets stayed shut until the evening. A spokesman said 45 of those on the march "
    "had been held for a few hours and then let go, and that nobody had been hurt. The organisers said that they would be back."
)


@pytest.mark.parametrize(
    ("rule", "article", "expected"),
    [
        # the whole range is open, for the first figure comes twice in the rule; what follows from the others is said
        (
            "percent-change",
            "Profit rose 21.4 percent to $38.2 billion from $34.0 billion.",
            {"21.4 percent": "12.4 percent", "$38.2 billion": "$41.3 billion", "$34.0 billion": "$31 billion"},
        ),
        # a fraction in words stays one
        (
            "percent-change",
            "The council cut its road budget by a third, from £1.8m to £1.35m.",
            {"a third": "a quarter", "£1.8m": "£2m", "£1.35m": "£1.2m"},
        ),
        # a year is written without separators
        (
            "edition",
            "---\ndate: 2025-10-13\n---\n\nThe 14th Longwater Book Fair opened at the weekend. It has been held every autumn without a break since 2014.",
            {"14th Longwater Book Fair": "12th", "2014": "2012"},
        ),
        # between 4.5 hours and those of the next day there is nothing to write
        ("clock-duration", "The blaze burned for six and a half hours, from 2.10am to 6.40am.", {}),
        # the items of a list are counted, not written; the number of mentions is none that could stand there
        (
            "list-count",
            "The plan has four things:\n\n- a new roof\n- a new floor\n- a new door\n",
            {"four things": "3"},
        ),
        ("headline-unsupported", f"---\ntitle: Police hold 540 at march\n---\n\n{FILLER}", {}),
    ],
)
def test_repairs(rule: str, article: str, expected: dict[str, str]) -> None:
    found = [finding for finding in check_text(article, path="story.md").findings if finding.rule == rule]
    assert len(found) == 1
    assert {found[0].spans[repair.span].text: repair.text for repair in found[0].repairs} == expected
