"""Reliability curves as SVG: how often the surest candidates of a family hold, by their score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp

_WIDTH, _HEIGHT, _EDGE = 720, 420, 56
_LOWEST, _HIGHEST = -6, 7
_COLORS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#000000", "#8a6d00", "#777777")


@dataclass(frozen=True, slots=True)
class Band:
    """The questions whose surest candidate scores from `low` to `low` + 1, and which share of them holds."""

    low: int
    number: int
    holding: float


def plot(curves: Mapping[str, Sequence[Band]]) -> str:
    """An SVG of one line a family; the dashed line is what the scores promise, the log-odds that a candidate is meant."""
    ideal = " ".join(f"{_x(at):.1f},{_y(1 / (1 + exp(-at))):.1f}" for at in range(_LOWEST, _HIGHEST + 1))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" font-size="12">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
    ]
    for share in range(0, 101, 20):
        y = _y(share / 100)
        parts.append(f'<path d="M{_EDGE} {y:.1f}H{_WIDTH - 150}" stroke="#ddd"/>')
        parts.append(f'<text x="{_EDGE - 8}" y="{y + 4:.1f}" text-anchor="end">{share}%</text>')
    for at in range(_LOWEST, _HIGHEST + 1):
        parts.append(f'<text x="{_x(at):.1f}" y="{_HEIGHT - _EDGE + 20}" text-anchor="middle">{at:+d}</text>')
    parts.append(
        f'<text x="{_x(0.5):.1f}" y="{_HEIGHT - 12}" text-anchor="middle">score of the surest candidate</text>'
    )
    parts.append(f'<text x="{_EDGE - 40}" y="22">questions in which it holds</text>')
    parts.append(f'<polyline points="{ideal}" fill="none" stroke="#999" stroke-dasharray="5 4"/>')
    for number, (family, bands) in enumerate(curves.items()):
        color = _COLORS[number % len(_COLORS)]
        points = " ".join(f"{_x(band.low + 0.5):.1f},{_y(band.holding):.1f}" for band in bands)
        parts.append(f'<polyline points="{points}" fill="none" stroke="{color}" stroke-width="2"/>')
        y = 40 + 20 * number
        parts.append(f'<path d="M{_WIDTH - 136} {y - 4}h22" stroke="{color}" stroke-width="3"/>')
        parts.append(f'<text x="{_WIDTH - 106}" y="{y}">{family}</text>')
    return "\n".join([*parts, "</svg>", ""])


def _x(score: float) -> float:
    return _EDGE + (score - _LOWEST) / (_HIGHEST - _LOWEST) * (_WIDTH - 150 - _EDGE)


def _y(share: float) -> float:
    return _HEIGHT - _EDGE - share * (_HEIGHT - _EDGE - 36)
