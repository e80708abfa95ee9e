"""Propagation of bounds, every bound with its reason.

A row becomes lines ``sum(coefficient * variable) <= bound`` (or ``<``).  The least value that the rest of a line can
take bounds each of its variables; a trail remembers which line did so and when, so that an empty interval can be
explained and a choice undone.  Whole variables are tightened to whole numbers.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Collection, Iterable, Sequence
from math import ceil, floor, gcd

from checker.solver.intervals import Range, divide, has_zero, multiply, quotient, square
from checker.solver.problem import Number, Row

Line = tuple[tuple[tuple[int, int], ...], Number, bool, int]  # terms, bound, strict, row
Triple = tuple[int, int, int, int]  # result, left, right, row
Entry = tuple[int, int, Number, bool, int, int]  # variable, side (0 low), value, open, line (~product), entry before
LONGEST = 512  # bits of a bound that comes from a product
BRANCH = -1  # the row of a bound that the search itself supposes


def lines_of(row: Row, index: int, integers: Collection[int]) -> list[Line]:
    """The row as one or two lines, tightened where all its variables are whole (one alone is so by its bounds)."""
    terms, bound, strict = row.terms, row.bound, row.op == "<"
    if len(terms) > 1 and all(variable in integers for variable, _ in terms):
        if strict:
            bound, strict = bound - 1, False
        divisor = gcd(*(coefficient for _, coefficient in terms))
        if divisor > 1:
            if row.op == "=" and bound % divisor:
                return [((), -1, False, index)]
            bound //= divisor
            terms = tuple((variable, coefficient // divisor) for variable, coefficient in terms)
    if row.op == "=":
        opposite = tuple((variable, -coefficient) for variable, coefficient in terms)
        return [(terms, bound, False, index), (opposite, -bound, False, index)]
    return [(terms, bound, strict, index)]


def _short(value: Number) -> bool:
    """Whether a bound is worth keeping: a cycle of products doubles the digits with every round."""
    return value.numerator.bit_length() + value.denominator.bit_length() <= LONGEST


class Bounds:
    """The intervals of some variables under lines and products.

    `propagate` returns False once an interval is empty; `capped` says that it stopped before nothing moved any more
    (the bounds found are right all the same).
    """

    __slots__ = (
        "capped",
        "empty",
        "false_line",
        "high",
        "high_at",
        "high_open",
        "integers",
        "lines",
        "low",
        "low_at",
        "low_open",
        "on_high",
        "on_low",
        "products",
        "queue",
        "queued",
        "trail",
    )

    def __init__(
        self,
        variables: Iterable[int],
        integers: Collection[int],
        lines: Sequence[Line],
        products: Sequence[Triple] = (),
    ) -> None:
        self.low: dict[int, Number | None] = dict.fromkeys(variables)
        self.high: dict[int, Number | None] = dict.fromkeys(self.low)
        self.low_open: set[int] = set()
        self.high_open: set[int] = set()
        self.low_at: dict[int, int] = {}  # the trail entry that made the bound
        self.high_at: dict[int, int] = {}
        self.integers = integers
        self.lines = lines
        self.products = products
        self.trail: list[Entry] = []
        self.queue: deque[int] = deque()
        self.queued: set[int] = set()
        self.on_low: dict[int, list[int]] = {}  # lines and products to look at when a low end rises
        self.on_high: dict[int, list[int]] = {}
        self.empty = -1
        self.false_line = -1
        self.capped = False
        self._load()

    def _load(self) -> None:
        on_low, on_high = self.on_low, self.on_high
        for index, (terms, bound, strict, _) in enumerate(self.lines):
            if len(terms) == 1:
                self._bound_one(index)
                continue
            if not terms:
                if bound < 0 or (strict and bound == 0):
                    self.false_line = index
                continue
            for variable, coefficient in terms:
                (on_low if coefficient > 0 else on_high).setdefault(variable, []).append(index)
            self.queue.append(index)
        for index, (result, left, right, _) in enumerate(self.products):
            for variable in {result, left, right}:
                on_low.setdefault(variable, []).append(~index)
                on_high.setdefault(variable, []).append(~index)
            self.queue.append(~index)
        self.queued.update(self.queue)

    def _bound_one(self, index: int) -> None:
        ((variable, coefficient),), bound, strict, _ = self.lines[index]
        if coefficient == 1:
            self._lower_high(variable, bound, strict, index)
        elif coefficient == -1:
            self._raise_low(variable, -bound, strict, index)
        elif coefficient > 0:
            self._lower_high(variable, quotient(bound, coefficient), strict, index)
        else:
            self._raise_low(variable, quotient(bound, coefficient), strict, index)

    # ------------------------------------------------------------------------------------------- one bound

    def _raise_low(self, variable: int, value: Number, is_open: bool, line: int) -> None:
        if variable in self.integers:
            if type(value) is not int:
                value, is_open = ceil(value), False
            elif is_open:
                value, is_open = value + 1, False
        current = self.low[variable]
        if current is not None and (
            value < current or (value == current and (not is_open or variable in self.low_open))
        ):
            return
        self.low[variable] = value
        if is_open:
            self.low_open.add(variable)
        else:
            self.low_open.discard(variable)
        self.trail.append((variable, 0, value, is_open, line, self.low_at.get(variable, -1)))
        self.low_at[variable] = len(self.trail) - 1
        high = self.high[variable]
        if high is not None and (value > high or (value == high and (is_open or variable in self.high_open))):
            self.empty = variable
            return
        for watcher in self.on_low.get(variable, ()):
            if watcher not in self.queued:
                self.queued.add(watcher)
                self.queue.append(watcher)

    def _lower_high(self, variable: int, value: Number, is_open: bool, line: int) -> None:
        if variable in self.integers:
            if type(value) is not int:
                value, is_open = floor(value), False
            elif is_open:
                value, is_open = value - 1, False
        current = self.high[variable]
        if current is not None and (
            value > current or (value == current and (not is_open or variable in self.high_open))
        ):
            return
        self.high[variable] = value
        if is_open:
            self.high_open.add(variable)
        else:
            self.high_open.discard(variable)
        self.trail.append((variable, 1, value, is_open, line, self.high_at.get(variable, -1)))
        self.high_at[variable] = len(self.trail) - 1
        low = self.low[variable]
        if low is not None and (value < low or (value == low and (is_open or variable in self.low_open))):
            self.empty = variable
            return
        for watcher in self.on_high.get(variable, ()):
            if watcher not in self.queued:
                self.queued.add(watcher)
                self.queue.append(watcher)

    # ------------------------------------------------------------------------------------------- propagation

    def propagate(self, updates: int) -> bool:
        """Tighten until nothing moves, an interval is empty (False), or `updates` bounds have changed."""
        self.capped = False
        if self.empty >= 0 or self.false_line >= 0:
            return False
        queue, queued, lines = self.queue, self.queued, self.lines
        last = len(self.trail) + updates
        while queue:
            if len(self.trail) > last:
                self.capped = True
                return True
            index = queue.popleft()
            queued.discard(index)
            if index >= 0:
                self._tighten(index, lines[index])
            else:
                self._multiply(~index)
            if self.empty >= 0:
                return False
        return True

    def _tighten(self, index: int, line: Line) -> None:
        terms, bound, strict, _ = line
        low, high, low_open, high_open = self.low, self.high, self.low_open, self.high_open
        slack = bound
        opens = 0
        unknown = None
        for term in terms:
            variable, coefficient = term
            if coefficient > 0:
                end = low[variable]
                if variable in low_open:
                    opens += 1
            else:
                end = high[variable]
                if variable in high_open:
                    opens += 1
            if end is None:
                if unknown is not None:
                    return
                unknown = term
            else:
                slack -= coefficient * end
        if unknown is not None:
            variable, coefficient = unknown
            if coefficient > 0:
                self._lower_high(variable, quotient(slack, coefficient), strict or opens > 0, index)
            else:
                self._raise_low(variable, quotient(slack, coefficient), strict or opens > 0, index)
            return
        for variable, coefficient in terms:
            if coefficient > 0:
                near, far = low[variable], high[variable]
                is_open = strict or opens > (variable in low_open)
            else:
                near, far = high[variable], low[variable]
                is_open = strict or opens > (variable in high_open)
            assert near is not None
            if far is not None:
                width = coefficient * (far - near)
                if width < slack or (width == slack and not is_open):
                    continue
            value = near + quotient(slack, coefficient)
            if coefficient > 0:
                self._lower_high(variable, value, is_open, index)
            else:
                self._raise_low(variable, value, is_open, index)
            if self.empty >= 0:
                return

    def range(self, variable: int) -> Range:
        """The interval of a variable as ``solver.intervals`` writes it."""
        low, high = self.low[variable], self.high[variable]
        return (low, low is None or variable in self.low_open, high, high is None or variable in self.high_open)

    def _narrow(self, variable: int, values: Range | None, index: int) -> None:
        if values is None or self.empty >= 0:
            return
        low, low_is_open, high, high_is_open = values
        if low is not None and _short(low):
            self._raise_low(variable, low, low_is_open, index)
        if high is not None and _short(high) and self.empty < 0:
            self._lower_high(variable, high, high_is_open, index)

    def _multiply(self, product: int) -> None:
        result, left, right, _ = self.products[product]
        index = ~product
        low, high = self.low, self.high
        if low[left] is not None and low[left] == high[left] and low[right] is not None and low[right] == high[right]:
            value = low[left] * low[right]  # type: ignore[operator]
            self._narrow(result, (value, False, value, False), index)
            return
        if left == right:
            self._narrow(result, square(self.range(left)), index)
        else:
            self._narrow(result, multiply(self.range(left), self.range(right)), index)
        for factor, other in ((left, right), (right, left)):
            if self.empty >= 0:
                return
            self._narrow(factor, divide(self.range(result), self.range(other)), index)
            if self.empty < 0 and not has_zero(self.range(result)):  # then no factor is zero
                if self.low[factor] == 0 and factor not in self.low_open:
                    self._raise_low(factor, 0, True, index)
                if self.empty < 0 and self.high[factor] == 0 and factor not in self.high_open:
                    self._lower_high(factor, 0, True, index)

    # ------------------------------------------------------------------------------------------- choices

    def assign(self, variable: int, value: Number, updates: int) -> bool:
        """Suppose a value of the variable and propagate; False when an interval becomes empty."""
        self._raise_low(variable, value, False, len(self.lines))
        if self.empty < 0:
            self._lower_high(variable, value, False, len(self.lines))
        return self.propagate(updates)

    def undo(self, mark: int) -> None:
        """Back to when the trail had `mark` entries (taken where nothing was queued)."""
        trail = self.trail
        while len(trail) > mark:
            variable, side, _, _, _, before = trail.pop()
            ends, opens, places = (
                (self.high, self.high_open, self.high_at) if side else (self.low, self.low_open, self.low_at)
            )
            if before < 0:
                ends[variable] = None
                opens.discard(variable)
                del places[variable]
                continue
            _, _, value, is_open, _, _ = trail[before]
            ends[variable] = value
            places[variable] = before
            if is_open:
                opens.add(variable)
            else:
                opens.discard(variable)
        self.queue.clear()
        self.queued.clear()
        self.empty = -1

    # ------------------------------------------------------------------------------------------- reasons

    def _history(self, variable: int, side: int) -> list[int]:
        """The entries that were one bound of the variable, the first first."""
        entry = (self.high_at if side else self.low_at).get(variable, -1)
        found = []
        while entry >= 0:
            found.append(entry)
            entry = self.trail[entry][5]
        found.reverse()
        return found

    def explain(self, *entries: int) -> list[int]:
        """All trail entries that the given ones rest on, themselves included, in order of derivation."""
        histories: dict[tuple[int, int], list[int]] = {}

        def at(variable: int, side: int, before: int) -> int:
            """The entry that was the bound of the variable just before entry `before`; -1 for none."""
            history = histories.get((variable, side))
            if history is None:
                history = histories[variable, side] = self._history(variable, side)
            place = bisect_left(history, before)
            return history[place - 1] if place else -1

        seen: set[int] = set()
        open_entries = [entry for entry in entries if entry >= 0]
        while open_entries:
            entry = open_entries.pop()
            if entry in seen:
                continue
            seen.add(entry)
            variable, _, _, _, line, _ = self.trail[entry]
            causes: list[int]
            if line < 0:
                result, left, right, _ = self.products[~line]
                causes = [at(other, side, entry) for other in (result, left, right) for side in (0, 1)]
            elif line < len(self.lines):
                causes = [
                    at(other, int(coefficient < 0), entry)
                    for other, coefficient in self.lines[line][0]
                    if other != variable
                ]
            else:
                causes = []
            open_entries += [cause for cause in causes if cause >= 0]
        return sorted(seen)

    def explain_empty(self) -> list[int]:
        """The entries that make the empty interval empty; none where a line without variables is false."""
        if self.empty < 0:
            return []
        return self.explain(self.low_at[self.empty], self.high_at[self.empty])

    def row_of(self, entry: int) -> int:
        """The row behind a trail entry; BRANCH for what was only supposed."""
        line = self.trail[entry][4]
        if line < 0:
            return self.products[~line][3]
        return self.lines[line][3] if line < len(self.lines) else BRANCH

    def core(self) -> frozenset[int]:
        """The rows that make the empty interval empty."""
        if self.empty < 0:
            return frozenset((self.lines[self.false_line][3],))
        return frozenset(map(self.row_of, self.explain_empty()))

    def reasons(self, variable: int, side: int) -> frozenset[int]:
        """The rows behind the present low (0) or high (1) end of a variable."""
        place = (self.high_at if side else self.low_at).get(variable, -1)
        return frozenset(map(self.row_of, self.explain(place)))
