"""Products and quotients of intervals with open, closed and infinite ends, exactly.

A range is (low, low_open, high, high_open); ``None`` is an infinite end, whose flag is True.
"""

from __future__ import annotations

from fractions import Fraction

from checker.solver.problem import Number

Range = tuple[Number | None, bool, Number | None, bool]
Corner = tuple[int, Number, bool]  # -1, 0, 1: minus infinity, finite, plus infinity; value; not attained


def quotient(number: Number, divisor: Number) -> Number:
    """``number / divisor``, an ``int`` where it is whole."""
    if type(number) is int and type(divisor) is int:
        whole, rest = divmod(number, divisor)
        return Fraction(number, divisor) if rest else whole
    value = Fraction(number) / divisor
    return value.numerator if value.denominator == 1 else value


def has_zero(values: Range) -> bool:
    low, low_open, high, high_open = values
    if low is not None and (low > 0 or (low == 0 and low_open)):
        return False
    return not (high is not None and (high < 0 or (high == 0 and high_open)))


def straddles_zero(values: Range) -> bool:
    """Whether zero lies inside, with numbers of both signs beside it."""
    low, _, high, _ = values
    return (low is None or low < 0) and (high is None or high > 0)


def _corner(
    left: Number | None, left_sign: int, left_open: bool, right: Number | None, right_sign: int, right_open: bool
) -> Corner:
    if (left == 0 and not left_open) or (right == 0 and not right_open):
        return (0, 0, False)
    if left == 0 or right == 0:
        return (0, 0, True)
    if left is None or right is None:
        sign = left_sign if left is None else (1 if left > 0 else -1)
        sign *= right_sign if right is None else (1 if right > 0 else -1)
        return (sign, 0, True)
    return (0, left * right, left_open or right_open)


def multiply(left: Range, right: Range) -> Range:
    """All products of a number of `left` and one of `right` (neither is empty): again a range, exactly."""
    if left[0] is not None and right[0] is not None and left[2] is not None and right[2] is not None:
        if left[0] > 0 and right[0] > 0:  # nearly all of an article's figures
            return (left[0] * right[0], left[1] or right[1], left[2] * right[2], left[3] or right[3])
    corners = [
        _corner(a, a_sign, a_open, b, b_sign, b_open)
        for a, a_sign, a_open in ((left[0], -1, left[1]), (left[2], 1, left[3]))
        for b, b_sign, b_open in ((right[0], -1, right[1]), (right[2], 1, right[3]))
    ]
    low = min(corners)  # False before True: of two equal corners the attained one
    high = max(corners, key=lambda corner: (corner[0], corner[1], not corner[2]))
    return (
        None if low[0] else low[1],
        low[2],
        None if high[0] else high[1],
        high[2],
    )


def square(values: Range) -> Range:
    """All squares of numbers in the range."""
    product = multiply(values, values)
    if has_zero(values):
        return (0, False, product[2], product[3])
    return product


def divide(result: Range, divisor: Range) -> Range | None:
    """The hull of all x with ``x * d`` in `result` for some d of `divisor`; None when that is every number."""
    if result[0] is not None and divisor[0] is not None and result[2] is not None and divisor[2] is not None:
        if result[0] > 0 and divisor[0] > 0:
            least, most = quotient(result[0], divisor[2]), quotient(result[2], divisor[0])
            return (least, result[1] or divisor[3], most, result[3] or divisor[1])
    if has_zero(divisor):
        if has_zero(result) or straddles_zero(divisor):
            return None
        low, low_open, high, high_open = divisor
        if low == 0 and high == 0:
            return None  # 0 * x is never in `result`: the product itself shows it
        divisor = (low, True, high, high_open) if low == 0 else (low, low_open, high, True)
    low, low_open, high, high_open = divisor
    if low is not None and low >= 0:
        inverse_low: Number | None = 0 if high is None else quotient(1, high)
        inverse_high = None if low == 0 else quotient(1, low)
    else:
        inverse_low = None if not high else quotient(1, high)
        inverse_high = 0 if low is None else quotient(1, low)
    return multiply(result, (inverse_low, high_open, inverse_high, low_open))
