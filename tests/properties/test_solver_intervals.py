"""Laws of products and quotients of intervals with open, closed and infinite ends."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from checker.model import Interval
from checker.solver.intervals import Range, divide, has_zero, multiply, square

thorough = settings(derandomize=True, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
numbers = st.fractions(min_value=-4, max_value=4, max_denominator=3)
ends = st.none() | st.integers(-3, 3)


@st.composite
def ranges(draw: st.DrawFn) -> Range:
    low, high = draw(ends), draw(ends)
    found: Range = (low, low is None or draw(st.booleans()), high, high is None or draw(st.booleans()))
    assume(not _interval(found).is_empty)
    return found


def _interval(values: Range) -> Interval:
    low, low_open, high, high_open = values
    return Interval(
        None if low is None else Fraction(low),
        None if high is None else Fraction(high),
        low_open and low is not None,
        high_open and high is not None,
    )


@thorough
@given(ranges(), ranges(), numbers, numbers)
def test_products_lie_in_the_product(left: Range, right: Range, x: Fraction, y: Fraction) -> None:
    assume(x in _interval(left) and y in _interval(right))
    assert x * y in _interval(multiply(left, right))
    assert x * x in _interval(square(left))


@thorough
@given(ranges(), ranges())
def test_closed_ends_of_a_product_are_attained_by_ends(left: Range, right: Range) -> None:
    low, low_open, high, high_open = multiply(left, right)
    corners = {
        a * b
        for a, a_open in ((left[0], left[1]), (left[2], left[3]))
        for b, b_open in ((right[0], right[1]), (right[2], right[3]))
        if a is not None and b is not None and not a_open and not b_open
    }
    if has_zero(left) or has_zero(right):
        corners.add(0)
    assert low is None or low_open or low in corners
    assert high is None or high_open or high in corners


@thorough
@given(ranges(), ranges(), numbers, numbers)
def test_what_times_a_divisor_is_a_result_lies_in_the_quotient(
    result: Range, divisor: Range, x: Fraction, y: Fraction
) -> None:
    assume(y in _interval(divisor) and x * y in _interval(result))
    found = divide(result, divisor)
    assert found is None or x in _interval(found)


@thorough
@given(ranges(), ranges(), numbers)
def test_a_quotient_without_zero_holds_nothing_else(result: Range, divisor: Range, x: Fraction) -> None:
    """Every number of the quotient times some number of the divisor is a result, where no zero is divided by."""
    assume(not has_zero(divisor))
    found = divide(result, divisor)
    assert found is not None
    assume(x in _interval(found))
    reached = _interval(multiply((x, False, x, False), divisor)).meet(_interval(result))
    assert not reached.is_empty
