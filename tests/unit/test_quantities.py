"""What is read of phrases: every line of ``tests/data/figures.txt``."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.language.figures import find_figures
from checker.model import Figure, Kind
from checker.reading import read_text

PAGE = Path(__file__).parents[1] / "data" / "figures.txt"


def cases() -> list[tuple[str, str]]:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    pairs = [line.split(" => ") for line in lines if line and not line.startswith("#")]
    return [(written, expected) for written, expected in pairs]


def shown(figure: Figure) -> str:
    """A figure as the file writes it: ``500 | count | 500 | - | people | about``."""
    if figure.kind == Kind.SCORE:
        value = ":".join(str(part) for part in figure.parts)
    else:
        value = str(figure.value) if figure.value is not None else f"{figure.low}..{figure.high}"
    unit, name = figure.unit or "-", figure.unit_name or "-"
    return " | ".join((figure.text, figure.kind, value, unit, name, figure.hedge))


def read(text: str) -> list[Figure]:
    return find_figures(read_text(text + "\n", path="article.txt"))


def test_the_file_has_hundreds_of_phrases() -> None:
    assert len(cases()) > 400


@pytest.mark.parametrize(("written", "expected"), cases())
def test_phrases(written: str, expected: str) -> None:
    assert " ; ".join(shown(figure) for figure in read(written)) == ("" if expected == "-" else expected)


@pytest.mark.parametrize(
    "written",
    [written for written, _ in cases() if not written[0].isupper() and written[-1] != "." and "//" not in written],
)
@pytest.mark.parametrize("frame", ["It said {} on the day.", "“Now {}, as we said.”"])
def test_phrases_in_a_sentence(written: str, frame: str) -> None:
    """The figures of a phrase are found in a sentence too, with the same values."""
    inside = {(figure.text, figure.value) for figure in read(frame.format(written))}
    missing = [shown(figure) for figure in read(written) if (figure.text, figure.value) not in inside]
    assert missing == []


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("Insider Shooting Kills 2 US Troops", "2 | count | 2 | - | troop | exact"),
        ("Dorian Leaves Chaos, at Least 20 Dead in the Bahamas", "20 | count | 20 | - | dead | at-least"),
        ("More Than a Third of Voters Stay at Home", "a Third | ratio | 1/3 | - | - | more-than"),
        ("ICE Arrests 22 In Chicago Area", "22 | count | 22 | - | - | exact"),
        ("HK BANK EXPECTED TO POST 10 TO 13 PCT PROFIT", "10 TO 13 PCT | percent | 10..13 | % | percentage | exact"),
        ("U.S. ENERGY COSTS ROSE IN FEBRUARY BY 1.9 PCT", "1.9 PCT | percent | 19/10 | % | percentage | up"),
        ("Military to Deliver 24M Gallons of Fuel", "24M Gallons | measure | 24000000 | gal | gallon | exact"),
        ("Will Smith, 47, Jailed Again", "47 | age | 47 | year | year of age | exact"),
        ("London Irish 19-33 Wasps", "19-33 | score | 19:33 | - | - | exact"),
        ("New Galaxy Note 20 Ultra Goes on Sale", ""),
        ("Robinson out of Six Nations", ""),
        ("CME DROPS S AND P 500 PRICE LIMIT PLAN", ""),
    ],
)
def test_headlines_in_capitals(headline: str, expected: str) -> None:
    figures = [figure for figure in read(headline) if figure.kind != Kind.DATE]
    assert " ; ".join(shown(figure) for figure in figures) == expected
