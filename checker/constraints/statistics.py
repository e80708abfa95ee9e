"""Two-sided p-values of t, F, chi-square and r, as intervals with exact ends.

The tails are transcendental, so they are computed in floating point and widened outwards by a hundred times more than its
error (checked against tables and an independent implementation in the tests); nothing but ``math`` is needed.

Sources: Press et al., Numerical Recipes, 6.2 (incomplete gamma) and 6.4 (incomplete beta by continued fraction);
Nuijten et al. 2016, "The prevalence of statistical reporting errors in psychology", for what is compared.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import ceil, exp, floor, lgamma, log

from checker.model import Interval

GRID = 10**8  # the ends are multiples of 1 / GRID, one step outwards
_LARGEST = 100_000  # degrees of freedom and statistics beyond are not computed
_STEPS = 2_000


def p_value(function: str, arguments: Sequence[Interval]) -> Interval | None:
    """The p-value of ``p_t(t, df)``, ``p_f(f, df1, df2)``, ``p_chi2(x, df)`` or ``p_r(r, df)``.

    The degrees of freedom are taken as they are written.  None where an end is open or out of range.
    """
    statistic, *freedom = arguments
    if statistic.low is None or statistic.high is None:
        return None
    degrees = []
    for interval in freedom:
        middle = None if interval.low is None or interval.high is None else (interval.low + interval.high) / 2
        if middle is None or not 0 < middle <= _LARGEST:
            return None
        degrees.append(float(middle))
    least, most = sorted((abs(statistic.low), abs(statistic.high)))
    if statistic.low < 0 < statistic.high:
        least = Fraction(0)
    if most > _LARGEST or (function == "p_r" and most >= 1):
        return None
    tail = _TAILS[function]
    high, low = tail(float(least), degrees), tail(float(most), degrees)
    if high is None or low is None:
        return None
    return Interval(
        max(Fraction(0), Fraction(floor(low * GRID) - 1, GRID)), min(Fraction(1), Fraction(ceil(high * GRID) + 1, GRID))
    )


def _t(t: float, degrees: Sequence[float]) -> float | None:
    (df,) = degrees
    return _beta(df / 2, 0.5, df / (df + t * t))


def _f(f: float, degrees: Sequence[float]) -> float | None:
    first, second = degrees
    return _beta(second / 2, first / 2, second / (second + first * f))


def _r(r: float, degrees: Sequence[float]) -> float | None:
    (df,) = degrees
    return _beta(df / 2, 0.5, 1 - r * r)


def _chi_square(x: float, degrees: Sequence[float]) -> float | None:
    (df,) = degrees
    return _gamma(df / 2, x / 2)


_TAILS: dict[str, Callable[[float, Sequence[float]], float | None]] = {
    "p_t": _t,
    "p_f": _f,
    "p_chi2": _chi_square,
    "p_r": _r,
}


def _beta(a: float, b: float, x: float) -> float | None:
    """The regularized incomplete beta function; None where its continued fraction does not settle."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1 - x))
    if x < (a + 1) / (a + b + 2):
        inner = _fraction(a, b, x)
        return None if inner is None else front * inner / a
    inner = _fraction(b, a, 1 - x)
    return None if inner is None else 1 - front * inner / b


def _fraction(a: float, b: float, x: float) -> float | None:
    """Lentz's method for the continued fraction of the incomplete beta function."""
    tiny = 1e-300
    c, d = 1.0, 1 / ((1 - (a + b) * x / (a + 1)) or tiny)
    value = d
    for m in range(1, _STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 / ((1 + term * d) or tiny)
            c = (1 + term / c) or tiny
            value *= c * d
        if abs(c * d - 1) < 1e-15:
            return value
    return None


def _gamma(s: float, x: float) -> float | None:
    """The regularized upper incomplete gamma function, by its series or its continued fraction."""
    if x <= 0:
        return 1.0
    front = exp(s * log(x) - x - lgamma(s))
    if x < s + 1:
        term = total = 1 / s
        for n in range(1, _STEPS):
            term *= x / (s + n)
            total += term
            if term < total * 1e-16:
                return 1 - front * total
        return None
    tiny = 1e-300
    b = x + 1 - s
    c, d = 1 / tiny, 1 / (b or tiny)
    value = d
    for n in range(1, _STEPS):
        step = -n * (n - s)
        b += 2
        d = 1 / ((step * d + b) or tiny)
        c = (b + step / c) or tiny
        value *= c * d
        if abs(c * d - 1) < 1e-15:
            return front * value
    return None
