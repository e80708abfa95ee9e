from __future__ import annotations
from collections import deque
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor
from checker.draft.problem import Problem, Product, Row, Step

Number = int | Fraction


@dataclass(slots=True)
class Entry:
    variable: int
    high: bool
    value: Number
    open: bool
    row: int
    causes: tuple[int, ...]


@dataclass(slots=True)
class Bounds:
    trail: list = field(default_factory=list)
    lows: dict = field(default_factory=dict)
    highs: dict = field(default_factory=dict)
    empty: tuple | None = None
    complete: bool = True

    def low(self, v):
        at = self.lows.get(v, -1)
        return self.trail[at] if at >= 0 else None

    def high(self, v):
        at = self.highs.get(v, -1)
        return self.trail[at] if at >= 0 else None

    def derivation(self):
        return self.explain(self.empty)

    def explain(self, ends):
        needed = set()
        stack = list(ends)
        while stack:
            at = stack.pop()
            if at >= 0 and at not in needed:
                needed.add(at)
                stack.extend(self.trail[at].causes)
        return [self.trail[at] for at in sorted(needed)]

    def steps(self):
        return tuple(
            Step(e.variable, "high" if e.high else "low", Fraction(e.value), e.open, e.row) for e in self.derivation()
        )


def whole(v):
    return v.numerator if type(v) is Fraction and v.denominator == 1 else v


def divide(v, by):
    if type(v) is int and type(by) is int:
        return v // by if v % by == 0 else Fraction(v, by)
    return whole(Fraction(v) / by)


def propagate(problem, rows, updates):
    b = Bounds()
    table = problem.rows
    watching = {}
    for i in rows:
        r = table[i]
        names = {v for v, _ in r.terms} if isinstance(r, Row) else {r.result, r.left, r.right}
        for v in names:
            watching.setdefault(v, []).append(i)
    queue = deque(sorted(rows, key=lambda i: len(table[i].terms) if isinstance(table[i], Row) else 3))
    waiting = set(queue)
    budget = updates * len(rows) + 50
    while queue:
        i = queue.popleft()
        waiting.discard(i)
        r = table[i]
        changed = _row(problem, b, i, r) if isinstance(r, Row) else _product(problem, b, i, r)
        if b.empty is not None:
            return b
        for v in changed:
            budget -= 1
            for o in watching[v]:
                if o not in waiting and (o != i or not isinstance(r, Row)):
                    queue.append(o)
                    waiting.add(o)
        if budget < 0:
            b.complete = False
            return b
    return b


def _tighten(problem, b, v, high, value, strict, row, causes):
    if v in problem.integers:
        if type(value) is Fraction:
            value, strict = (floor(value) if high else ceil(value)), False
        elif strict:
            value, strict = (value - 1 if high else value + 1), False
    sides = b.highs if high else b.lows
    at = sides.get(v, -1)
    if at >= 0:
        k = b.trail[at]
        if high:
            if value > k.value or (value == k.value and (k.open or not strict)):
                return False
        elif value < k.value or (value == k.value and (k.open or not strict)):
            return False
    b.trail.append(Entry(v, high, value, strict, row, causes))
    n = len(b.trail) - 1
    sides[v] = n
    other = (b.lows if high else b.highs).get(v, -1)
    if other >= 0:
        a = b.trail[other]
        low, top = (a.value, value) if high else (value, a.value)
        if low > top or (low == top and (strict or a.open)):
            b.empty = (other, n)
    return True


def _row(problem, b, i, r):
    ch = _upper(problem, b, i, r.terms, r.bound, r.op == "<", 1)
    if r.op == "=" and b.empty is None:
        ch += _upper(problem, b, i, r.terms, -r.bound, False, -1)
    return ch


def _upper(problem, b, i, terms, bound, strict, sign):
    total = 0
    missing = -1
    opens = 0
    causes = []
    if not terms:
        if bound < 0 or (bound == 0 and strict):
            b.trail.append(Entry(-1, True, bound, strict, i, ()))
            b.empty = (len(b.trail) - 1,)
        return []
    for p, (v, c) in enumerate(terms):
        at = (b.lows if c * sign > 0 else b.highs).get(v, -1)
        causes.append(at)
        if at < 0:
            if missing >= 0:
                return []
            missing = p
        else:
            e = b.trail[at]
            total += c * sign * e.value
            opens += e.open
    ch = []
    for p, (v, c) in enumerate(terms):
        if missing >= 0 and p != missing:
            continue
        f = c * sign
        rest = bound - total
        others = opens
        if missing < 0:
            e = b.trail[causes[p]]
            rest += f * e.value
            others -= e.open
        if _tighten(
            problem,
            b,
            v,
            f > 0,
            divide(rest, f),
            strict or others > 0,
            i,
            tuple(a for k, a in enumerate(causes) if k != p),
        ):
            ch.append(v)
            if b.empty is not None:
                return ch
    return ch


def _ends(b, v):
    l, h = b.lows.get(v, -1), b.highs.get(v, -1)
    a = b.trail[l] if l >= 0 else None
    z = b.trail[h] if h >= 0 else None
    return (a.value if a else None, a.open if a else True, l, z.value if z else None, z.open if z else True, h)


def _product(problem, b, i, r):
    ch = []
    for target, one, other, div in (
        (r.result, r.left, r.right, False),
        (r.left, r.result, r.right, True),
        (r.right, r.result, r.left, True),
    ):
        f = _quotient(b, one, other) if div else _times(b, one, other)
        if f is None:
            continue
        low, lo, high, ho, causes = f
        if low is not None and _tighten(problem, b, target, False, whole(low), lo, i, causes):
            ch.append(target)
        if b.empty is None and high is not None and _tighten(problem, b, target, True, whole(high), ho, i, causes):
            ch.append(target)
        if b.empty is not None:
            break
    return ch


def _times(b, left, right):
    a, ao, i, z, zo, j = _ends(b, left)
    c, co, k, d, do, m = _ends(b, right)
    causes = tuple(at for at in (i, j, k, m) if at >= 0)
    if None not in (a, z, c, d):
        cs = [
            (a * c, (ao and c != 0) or (co and a != 0)),
            (a * d, (ao and d != 0) or (do and a != 0)),
            (z * c, (zo and c != 0) or (co and z != 0)),
            (z * d, (zo and d != 0) or (do and z != 0)),
        ]
        low, high = min(v for v, _ in cs), max(v for v, _ in cs)
        return (
            low,
            low != 0 and all(o for v, o in cs if v == low),
            high,
            high != 0 and all(o for v, o in cs if v == high),
            causes,
        )
    if a is not None and c is not None and a >= 0 and c >= 0:
        return a * c, False, None, True, causes
    return None


def _quotient(b, result, factor):
    c, co, k, d, do, m = _ends(b, factor)
    if c is None or c <= 0:
        return None
    a, ao, i, z, zo, j = _ends(b, result)
    causes = tuple(at for at in (i, j, k, m) if at >= 0)
    low = high = None
    lo = ho = True
    if a is not None:
        if a >= 0:
            low, lo = (divide(a, d), ao or (do and a > 0)) if d is not None else (0, a > 0)
        else:
            low, lo = divide(a, c), ao or co
    if z is not None:
        if z >= 0:
            high, ho = divide(z, c), zo or (co and z > 0)
        elif d is not None:
            high, ho = divide(z, d), zo or do
        else:
            high, ho = 0, True
    return low, lo, high, ho, causes
