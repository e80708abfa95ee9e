"""What follows from other figures, against all of them tried with exact numbers."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from checker.model import Claim, Interval
from checker.relations.derived import following

UNITS = (("count", ""), ("money", "USD"), ("percent", "%"))
VALUES = st.one_of(
    st.integers(1, 60).map(Fraction),
    st.fractions(min_value=Fraction(1, 100), max_value=2000, max_denominator=100),
    st.integers(1, 10**12).map(Fraction),
)


def tried(claim: Claim, others: set[tuple[str, str, Fraction]], goal: Interval) -> int | None:
    """The number by all steps of all pairs."""
    assert claim.value is not None
    made: set[Fraction] = set()
    for kind, unit, low in others:
        if claim.kind == "percent" and kind == "percent":
            made.add(100 - low)
        for other_kind, other_unit, high in others:
            if (kind, unit) != (other_kind, other_unit) or not low < high:
                continue
            if claim.kind == "percent" and kind != "percent":
                made |= {100 * low / high, 100 - 100 * low / high, 100 * high / low - 100}
            elif claim.kind == "ratio":
                made |= {low / high, high / low}
            else:
                made |= {low + high, high - low}
    if not any(value in goal for value in made):
        return None
    return sum(claim.value / 2 <= value <= 2 * claim.value for value in made)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(("count", "money", "percent", "ratio")),
    VALUES,
    st.sets(st.tuples(st.sampled_from(UNITS), VALUES).map(lambda pair: (*pair[0], pair[1])), max_size=14),
    st.integers(0, 40),
    st.integers(1, 20),
)
def test_what_follows_is_what_all_steps_make(
    kind: str, value: Fraction, others: set[tuple[str, str, Fraction]], width: int, enough: int
) -> None:
    goal = Interval(value * (100 - width) / 100, value * (100 + width) / 100)
    claim = Claim(0, 0, 0, 1, "x", kind, goal, goal, value=value)
    expected = tried(claim, others, goal)
    assert following(claim, others, goal, 10**6) == expected
    found = following(claim, others, goal, enough)
    assert found == expected or (found is not None and found >= enough)
