"""The constraint language: what is read, what is refused, how fast, and that SymPy and the compiled rows mean the same."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from random import Random
from time import process_time
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.builtin import all_rules
from checker.cli import main
from checker.constraints import algebra, functions, language, rows
from checker.constraints.mathml import formula
from checker.constraints.statistics import p_value
from checker.formulas import KINDS
from checker.model import CheckerError, Interval
from checker.rules import read_rule
from checker.wording import WordingError, compile_wording

SLOWEST = 0.05  # seconds of the processor, whatever else the machine does

HOSTILE = [
    # running something
    "__import__('os').system('true') == 0", "eval('1') == 1", "exec(a) == 1", "open('x').read() == a", "lambda: 0 == 0",
    "(lambda x: x)(1) == 1", "a.__class__ == 1", "a.__class__.__bases__[0].__subclasses__() == 1", "().__class__ == 1",
    "[].append(1) == 1", "{}.keys() == 1", "print(1) == 1", "getattr(a, b) == 1", "globals() == 1", "locals()['a'] == 1",
    "sympify(a) == 1", "parse_expr(a) == 1", "Symbol(a) == 1", "sum.__globals__ == 1", "sum(__import__) == 1",
    "a if b else c == 1", "[x for x in a] == 1", "(x for x in a) == 1", "a := 1", "import os", "def f(): pass", "yield a == 1",
    "f'{a}' == 1", "'a' == 'a'", '"a" == "a"', "`a` == 1", "a; b == 1", "a\\\nb == 1", "a # b == 1", "$a == 1", "@a == 1",
    "a == 1 or b == 1", "not a == 1", "a != 1", "a is b", "a in b", "a & b == 1", "a | b == 1", "a ^ b == 1", "~a == 1",
    "a // b == 1", "a % b == 1", "a << 100 == 1", "a >> 1 == 1", "a = 1", "a === 1",
    # growing something
    "9**9 == a", "a**a == 1", "a**-1 == 1", "a**0 == 1", "a**4 == 1", "a**1.5 == 1", "a**99999999999 == 1", "2**3**3 == a",
    "((((a**3)**3)**3)**3)**3 == 1", "(" * 60 + "10" + "**3)" * 60 + " == a", "(a + b + c + d)**3 * (a + b + c + d)**3 * (a + b)**3 == 1",
    "9" * 400 + " == a", "0." + "1" * 30 + " == a", "1e999 == a", "0x10 == a", "1_000 == a", "1j == a", "inf == nan(",
    "(" * 400 + "a" + ")" * 400 + " == 1", "(" * 100 + "a == 1", "-" * 300 + "a == 1", "a" * 501 + " == 1", "+".join("a" * 130) + " == 1",
    "sum(" * 100 + "a" + ")" * 100 + " == 1", "a < " * 120 + "a", " and ".join(["a == 1"] * 60), "sum(" + ",".join("a" * 200) + ") == 1",
    # nothing, halves and strange letters
    "", " ", "\t", "==", "a", "a ==", "== a", "a == 1 and", "and", "and == 1", "(a == 1)", "a b == 1", "1a == 1", "a. == 1",
    ".5 == a", "5. == a", "a,b == 1", "sum() == 1", "sum(a,) == 1", "sum a == 1", "weekday(a, b) == 1", "days(a) == 1",
    "unknown(a) == 1", "p_t(a) == 1", "А == 1", "ａ == 1", "a\u202eb == 1", "a\u200b == 1", "a\x00 == 1", "１ == a", "a ＝＝ 1", "a ≤ 1",
]  # fmt: skip


@pytest.fixture(autouse=True, scope="module")
def _no_collection() -> Iterator[None]:
    """No garbage is collected while single readings are timed: that of all tests before takes longer than they do."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_constraints_are_refused_at_once(text: str) -> None:
    began = process_time()
    with pytest.raises(language.ConstraintError) as caught:
        language.read(text)
    assert process_time() - began < SLOWEST
    assert 1 <= caught.value.column <= len(text) + 1
    assert str(caught.value)


def test_there_are_enough_of_them() -> None:
    assert len(set(HOSTILE)) >= 60


@settings(max_examples=400, deadline=None)
@given(
    st.one_of(
        st.text(max_size=600),
        st.text("ab19.()+-*/<>=, _\n", max_size=300),
        st.lists(
            st.sampled_from(
                "a b whole sum( count( abs( weekday( ( ) + - * / ** 3 99 0.5 == <= < and , p_f( grim(".split()
            ),
            max_size=150,
        ).map(" ".join),
    )
)
def test_any_text_is_read_or_refused(text: str) -> None:
    began = process_time()
    try:
        found = language.read(text)
    except language.ConstraintError as error:
        assert 1 <= error.column <= len(text) + 1
    else:
        assert all(isinstance(comparison, language.Comparison) for comparison in found)
    assert process_time() - began < SLOWEST


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.text(max_size=200),
        st.lists(st.sampled_from("# {a} {} ... ~ ( ) a|b? x* , - < {a:a} |".split()), max_size=45).map(" ".join),
    )
)
def test_any_wording_is_compiled_or_refused_and_searches_at_once(text: str) -> None:
    spent = []
    for _ in range(2):  # a search for garbage may fall into one of them
        began = process_time()
        try:
            wording = compile_wording(text, (("a", ()), ("own", KINDS)), "own")
        except WordingError:
            return
        wording.pattern.search(("x a b of the was ‹n0› a b, " * 12)[:300])
        spent.append(process_time() - began)
    assert min(spent) < 4 * SLOWEST


def test_an_error_has_file_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "my-rule.toml"
    path.write_text('id = "my-rule"\nsummary = "s"\nrelation = "parts-of"\nconstraint = "sum(parts) <= open(whole)"\n'
                    'message = "m"\nexplain = "e"\n', encoding="utf-8")  # fmt: skip
    with pytest.raises(CheckerError, match=r"my-rule\.toml:4:29: the constraint 'open' is no function; known are sum"):
        read_rule(path, "mine")


def test_a_broken_file_has_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "my-rule.toml"
    path.write_text('id = "my-rule"\nsummary = s\n', encoding="utf-8")
    with pytest.raises(CheckerError, match=r"my-rule\.toml:2:11: is not TOML"):
        read_rule(path, "mine")


# ------------------------------------------------------------------------------------------ SymPy and the rows agree


_CONSTANTS = ("factor", "sign", "scale", "offset")  # names that relations fix


def _constraints() -> list[str]:
    return sorted({rule.constraint for rule in all_rules().rules if rule.constraint})


def _names(text: str) -> list[str]:
    return sorted(set().union(*(language.names(comparison) for comparison in language.read(text))))


def _holds(sign: str, left: Fraction, right: Fraction) -> bool:
    return {"<=": left <= right, ">=": left >= right, "==": left == right, "<": left < right, ">": left > right}[sign]


def _polynomial(template: rows.Template, values: dict[str, Fraction]) -> bool:
    points = {f"{name}#0": value for name, value in values.items()}
    for key, call in template.functions:
        found = functions.evaluate(call, {name: Interval.point(value) for name, value in values.items()})
        assert found is not None and found.is_point and found.low is not None
        points[key] = found.low
    total = Fraction(0)
    for keys, coefficient in template.terms:
        product = coefficient
        for key in keys:
            product *= points[key]
        total += product
    return _holds({"=": "=="}.get(template.op, template.op), total, Fraction(0))


@pytest.mark.parametrize(
    "text",
    [c for c in _constraints() if not any(f in c for f in ("margin_of", "p_", "grim", "weekday", "years", "days"))],
)
def test_every_rule_means_the_same_in_sympy_and_in_rows(text: str) -> None:
    """At random positive points, on both sides of equality, a comparison and its row say the same."""
    random = Random(text)
    names = _names(text)
    for _ in range(25):
        values = {name: Fraction(random.randint(1, 60), random.choice((1, 1, 2, 4))) for name in names}
        constants = {name: value for name, value in values.items() if name.endswith(_CONSTANTS)}
        arities = tuple((name, 1) for name in names if name not in constants)
        built = rows.templates(text, arities, tuple(constants.items()))
        for comparison, template in zip(language.read(text), built, strict=True):
            points = {name: Interval.point(value) for name, value in values.items()}
            left, right = functions.evaluate(comparison.left, points), functions.evaluate(comparison.right, points)
            assert left is not None and right is not None and left.low is not None and right.low is not None
            assert _polynomial(template, values) == _holds(comparison.sign, left.low, right.low), (text, values)
            if not _calls(comparison.left) and not _calls(comparison.right):
                relation = algebra.relation(comparison)
                exact = {symbol: algebra.number(values[str(symbol)]) for symbol in relation.free_symbols}
                assert bool(relation.subs(exact).doit()) == _holds(comparison.sign, left.low, right.low), (text, values)


def _calls(node: language.Node) -> bool:
    if isinstance(node, language.Binary):
        return _calls(node.left) or _calls(node.right)
    return isinstance(node, language.Call)


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False))
def test_random_constraints_mean_the_same_in_sympy_and_in_rows(random: Random) -> None:
    def tree(depth: int) -> str:
        if depth == 0 or random.random() < 0.3:
            return random.choice(["a", "b", "c", str(random.randint(1, 9)), f"0.{random.randint(1, 9)}"])
        sign = random.choice("+-*/+-")
        right = tree(0) if sign in "*/" else tree(depth - 1)
        return f"({tree(depth - 1)} {sign} {right})"

    text = f"{tree(2)} {random.choice(language.COMPARISONS)} {tree(2)}"
    (comparison,) = language.read(text)
    names = sorted(language.names(comparison))
    values = {name: Fraction(random.randint(1, 30), random.choice((1, 3))) for name in names}
    try:
        (template,) = rows.templates(text, tuple((name, 1) for name in names), ())
    except CheckerError:
        return  # of too high a degree
    points = {name: Interval.point(value) for name, value in values.items()}
    left, right = functions.evaluate(comparison.left, points), functions.evaluate(comparison.right, points)
    if left is None or right is None or left.low is None or right.low is None:
        return  # a division by what is not positive
    if any(
        (found := functions.evaluate(node, points)) is None or not found.low or found.low <= 0
        for node in template.positive
    ):
        return
    relation = algebra.relation(comparison)
    exact = {symbol: algebra.number(values[str(symbol)]) for symbol in relation.free_symbols}
    said = bool(relation.subs(exact).doit())
    assert said == _holds(comparison.sign, left.low, right.low) == _polynomial(template, values), text


# ------------------------------------------------------------------------------------------------------- functions


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("sum(1, 2, 3.5)", "6.5", "6.5"),
        ("min(3, 2)", "2", "2"),
        ("max(3, 2)", "3", "3"),
        ("abs(2 - 5)", "3", "3"),
        ("round(2.5)", "3", "3"),
        ("floor(2.9)", "2", "2"),
        ("count(7)", "1", "1"),
        ("weekday(739650)", "1", "1"),  # 3 February 2026, a Tuesday
        ("days(739650, 739657)", "7", "7"),
        ("years(719163, 739650)", "56", "56"),  # 1 January 1970 to 3 February 2026
        ("margin_of_error(2401)", "2", "2.001"),
        ("grim(3.47, 28)", "3.46428571428571428571", "3.46428571428571428572"),
        ("2**3", "8", "8"),
    ],
)
def test_functions_at_points(text: str, low: str, high: str) -> None:
    found = functions.evaluate(language.read_expression(text), {})
    assert found is not None and found.low is not None and found.high is not None
    assert Fraction(low) <= found.low <= found.high <= Fraction(high)


@pytest.mark.parametrize(
    ("function", "arguments", "expected"),
    [
        # from the printed tables of the distributions
        ("p_t", ("2.048", 28), "0.05"),
        ("p_t", ("12.706", 1), "0.05"),
        ("p_t", ("2.576", 100_000), "0.01"),
        ("p_f", ("4.0847", 1, 40), "0.05"),
        ("p_f", ("3.2317", 2, 40), "0.05"),
        ("p_f", ("5.1785", 2, 40), "0.01"),
        ("p_chi2", ("3.8415", 1), "0.05"),
        ("p_chi2", ("15.086", 5), "0.01"),
        ("p_chi2", ("124.342", 100), "0.05"),
        ("p_r", ("0.3494", 30), "0.05"),
    ],
)
def test_p_values_of_the_tables(function: str, arguments: tuple[str | int, ...], expected: str) -> None:
    found = p_value(function, [Interval.point(Fraction(argument)) for argument in arguments])
    assert found is not None and found.low is not None and found.high is not None
    assert found.high - found.low <= Fraction(3, 10**8)
    assert abs(found.low - Fraction(expected)) < Fraction(1, 10_000)


def test_p_values_are_those_of_another_implementation() -> None:
    mpmath = pytest.importorskip("mpmath")
    random = Random(7)
    for _ in range(200):
        t, df = Fraction(random.randint(0, 800), 100), random.choice((1, 2, 5, 28, 100, 997))
        found = p_value("p_t", [Interval.point(t), Interval.point(df)])
        expected = mpmath.betainc(df / 2, 0.5, 0, df / (df + float(t) ** 2), regularized=True)
        assert found is not None and found.low is not None and found.high is not None
        assert float(found.low) <= float(expected) <= float(found.high)
        x = Fraction(random.randint(0, 6000), 100)
        found = p_value("p_chi2", [Interval.point(x), Interval.point(min(df, 100))])
        expected = mpmath.gammainc(min(df, 100) / 2, float(x) / 2, mpmath.inf, regularized=True)
        assert found is not None and found.low is not None and found.high is not None
        assert float(found.low) <= float(expected) <= float(found.high)


def test_p_values_out_of_range_are_left_alone() -> None:
    assert p_value("p_t", [Interval.point(2), Interval.point(0)]) is None
    assert p_value("p_r", [Interval.point(2), Interval.point(30)]) is None
    assert p_value("p_t", [Interval(Fraction(2)), Interval.point(30)]) is None
    assert p_value("p_f", [Interval.point(2), Interval.point(10**9), Interval.point(2)]) is None


@pytest.mark.parametrize(
    ("rule", "formula"),
    [
        ("turnout", r"100\,\mathrm{votes} = \mathrm{electorate}\,\mathrm{turnout}"),
        ("part-exceeds-whole", r"\mathrm{part} \leq \mathrm{whole}"),
        ("vote-majority", r"\mathrm{first} - \mathrm{second} = \mathrm{margin}"),
    ],
)
def test_latex(rule: str, formula: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", rule, "--latex"]) == 0
    assert capsys.readouterr().out.strip() == formula


@pytest.mark.parametrize(
    ("constraint", "terms", "drawn"),
    [
        ("part <= whole", {}, "part ≤ whole"),
        ("sum(parts) == whole", {}, "∑ parts = whole"),
        ("sum(parts) == whole", {"parts": ("22", "15"), "whole": ("40 <b>",)}, "22 + 15 = 40 &lt;b&gt;"),
        ("scale * (new - old) == sign * percent * old", {"sign": ("1",)}, "scale × ( new − old ) = percent × old"),
        ("a - (b - c) * 2 > 0 - d", {}, "a − ( b − c ) × 2 &gt; − d"),
        ("now + 1440 * turns <= end", {"turns": ("0",)}, "now ≤ end"),
        ("votes_cast == 1.609344 * total / 4", {}, "votes&#160;cast = 1.609344 × total 4"),
        ("low <= value and value <= high", {}, "low ≤ value  and  value ≤ high"),
        ("a1 * b2 == abs(a2 ** 2)", {}, "a 1 × b 2 = | a 2 2 |"),
        ("days(start, end) == p_chi2(x, df)", {}, "( end − start ) = p χ 2 ( x , df )"),
        ("count(us) == won", {"us": ("25", "23", "25")}, "3 = won"),
    ],
)
def test_mathml(constraint: str, terms: dict[str, tuple[str, ...]], drawn: str) -> None:
    markup = formula(constraint, terms)
    assert " ".join(re.sub("<[^>]*>", " ", markup).split(" ")).split() == drawn.split()
    root = ElementTree.fromstring(f"<p>{markup.replace('<wbr>', '<wbr/>')}</p>")
    assert {element.tag for element in root} == {"math", "wbr"}
    fraction = root.find(".//mfrac")
    assert fraction is None or len(fraction) == 2
