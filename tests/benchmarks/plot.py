"""Panels of bars, and of points on logarithmic scales, side by side as SVG."""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape

WIDE, HIGH, EDGE = 320, 220, 40


@dataclass(frozen=True)
class Panel:
    """Either `bars`, each a name and a size, or `points`, drawn on logarithmic scales."""

    title: str
    bars: list[tuple[str, float]] | None = None
    points: list[tuple[float, float]] | None = None


def draw(panels: list[Panel]) -> str:
    """The panels as one SVG document."""
    drawn = []
    for number, panel in enumerate(panels):
        inside = _bars(panel.bars) if panel.bars else _points(panel.points or [])
        title = f'<text x="{WIDE / 2}" y="16" text-anchor="middle" font-weight="bold">{escape(panel.title)}</text>'
        drawn.append(f'<g transform="translate({number * WIDE} 0)">{title}{inside}</g>')
    size = f'width="{WIDE * len(panels)}" height="{HIGH}"'
    style = 'font-family="sans-serif" font-size="11"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {style}>\n' + "\n".join(drawn) + "\n</svg>\n"


def _bars(bars: list[tuple[str, float]]) -> str:
    most = max(size for _, size in bars) or 1
    step = (HIGH - EDGE) / len(bars)
    rows = []
    for number, (name, size) in enumerate(bars):
        y = 26 + number * step
        wide = max(0.0, size) / most * (WIDE - 150)
        rows.append(f'<text x="78" y="{y + step * 0.5:.1f}" text-anchor="end">{escape(name)}</text>')
        rows.append(f'<rect x="84" y="{y:.1f}" width="{wide:.1f}" height="{step * 0.7:.1f}" fill="#36c"/>')
        rows.append(f'<text x="{88 + wide:.1f}" y="{y + step * 0.5:.1f}">{size:.1f}</text>')
    return "".join(rows)


def _points(points: list[tuple[float, float]]) -> str:
    xs, ys = [math.log10(x) for x, _ in points], [math.log10(y) for _, y in points]
    rows = []
    for (x, y), lx, ly in zip(points, xs, ys, strict=True):
        px = EDGE + (lx - xs[0]) / (xs[-1] - xs[0] or 1) * (WIDE - 2 * EDGE)
        py = HIGH - EDGE - (ly - min(ys)) / (max(ys) - min(ys) or 1) * (HIGH - 2 * EDGE - 10)
        rows.append(f'<circle cx="{px:.1f}" cy="{py:.1f}" r="3" fill="#36c"/>')
        rows.append(f'<text x="{px:.1f}" y="{py - 7:.1f}" text-anchor="middle">{y:.2f}</text>')
        rows.append(f'<text x="{px:.1f}" y="{HIGH - 14}" text-anchor="middle">{x:,.0f}</text>')
    return "".join(rows)
