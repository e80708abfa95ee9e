"""Laws of the figure grammar on any text: it never fails, and its figures lie in the text, apart and in order."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from checker.language.figures import find_figures
from checker.model import Block, BlockKind, Document, Figure, Kind

_PHRASES = [
    line.split(" => ")[0]
    for line in (Path(__file__).parents[1] / "data" / "figures.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
_PIECES = st.sampled_from(
    [
        *_PHRASES, "about", "more than", "up to", "nearly", "minus", "between", "from", "to", "and", "or", "per cent", "%",
        "$", "£", "Rs", "bn", "m", "k", "mln", "st", "th", "ft", "in", "lb", "½", "1/2", "-", "–", ",", ".", ":", "(", ")",
        "/", "’", "“", "0", "1", "7", "12", "1,000", "3.5", "2019", "000", "one", "two", "half", "a", "an", "hundred",
        "million", "dozens", "of", "the", "people", "year-old", "aged", "over", "under", "in 1990s", "Tuesday", "12 May",
        "9.30am", "ago", "\u00a0", "\n", "٣", "²", "Ⅷ", "🙂",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=80),
    st.lists(_PIECES, max_size=14).map(" ".join),
    st.lists(_PIECES, max_size=14).map("".join),
    st.text(alphabet="0123456789.,-–/%$£ abkmnst'’½()", max_size=40),
)


def read(text: str) -> list[Figure]:
    block = Block(BlockKind.BODY, text, range(len(text)), range(1, len(text) + 1))
    return find_figures(Document("article.txt", text, (block,), date(2020, 2, 29)))


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_figures_lie_in_the_text_apart_and_in_order(text: str) -> None:
    end = 0
    for figure in read(text):
        assert end <= figure.start < figure.end <= len(text)
        assert figure.text == text[figure.start : figure.end]
        end = figure.end


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_readings_are_not_empty_and_intended_within_widest(text: str) -> None:
    for figure in read(text):
        assert not figure.widest.is_empty, figure
        assert figure.intended.meet(figure.widest) == figure.intended, figure
        if figure.value is not None and figure.kind not in (Kind.DATE, Kind.TIME):
            assert figure.low == figure.high == figure.value, figure


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.text(alphabet=" \n\t", max_size=3), st.text(alphabet=" \n\t", max_size=3))
def test_blank_space_around_changes_nothing(text: str, before: str, after: str) -> None:
    text = text.strip()
    plain = [(f.start, f.end, f.kind, f.value, f.low, f.high, f.unit, f.hedge) for f in read(text)]
    moved = [
        (f.start - len(before), f.end - len(before), f.kind, f.value, f.low, f.high, f.unit, f.hedge)
        for f in read(before + text + after)
    ]
    assert moved == plain


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert read(text) == read(text)
