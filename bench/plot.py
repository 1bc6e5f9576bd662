"""Growth as a picture: seconds over tables, both axes logarithmic, as one small hand-made SVG.

A plotting library would be the heaviest dependency of the whole project for one chart.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from html import escape

from bench.result import Result

_WIDTH, _HEIGHT = 420, 300
_LEFT, _TOP, _RIGHT, _BOTTOM = 52, 34, 128, 40
_COLOURS = ("#1b7f5c", "#c2571a", "#4a67b5", "#8a4fa3", "#7a7a7a")
_DASH = {"ours, memo empty": "5 3", "ours, no helper": "5 3"}
_SECONDS = (0.1, 0.3, 1, 3, 10, 30, 100)


def svg(results: list[Result], cases: tuple[str, ...]) -> str:
    """One panel per case, side by side; a line per contestant."""
    names = list(dict.fromkeys(result.who for result in results if result.case in cases))
    colours = {name: _COLOURS[index % len(_COLOURS)] for index, name in enumerate(names)}
    drawn = [_panel([result for result in results if result.case == case], case, colours) for case in cases]
    panels = [f'<g transform="translate({index * _WIDTH} 0)">{panel}</g>' for index, panel in enumerate(drawn)]
    size = f'width="{_WIDTH * len(cases)}" height="{_HEIGHT}" viewBox="0 0 {_WIDTH * len(cases)} {_HEIGHT}"'
    style = '<style>text{font:11px sans-serif;fill:#333}</style><rect width="100%" height="100%" fill="#fff"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{style}{"".join(panels)}</svg>\n'


def _panel(results: list[Result], title: str, colours: dict[str, str]) -> str:
    sizes = sorted({result.size for result in results})
    medians = [result.series.median for result in results]
    if not sizes:
        return ""
    low = max(mark for mark in (0.03, *_SECONDS) if mark <= min(medians) or mark == 0.03)
    high = next((mark for mark in _SECONDS if mark >= max(medians)), max(medians))
    across, up = _scale(sizes[0], sizes[-1], _LEFT, _WIDTH - _RIGHT), _scale(low, high, _HEIGHT - _BOTTOM, _TOP)
    parts = [f'<text x="{_LEFT}" y="18" style="font-weight:bold">{escape(title)}</text>']
    for mark in (mark for mark in _SECONDS if low <= mark <= high):
        parts.append(f'<path d="M{_LEFT} {up(mark):.1f}H{_WIDTH - _RIGHT}" stroke="#ddd"/>')
        parts.append(f'<text x="{_LEFT - 6}" y="{up(mark) + 4:.1f}" text-anchor="end">{mark:g} s</text>')
    for size in sizes:
        parts.append(f'<text x="{across(size):.1f}" y="{_HEIGHT - 20}" text-anchor="middle">{size:,}</text>')
    parts.append(f'<text x="{(_LEFT + _WIDTH - _RIGHT) / 2}" y="{_HEIGHT - 5}" text-anchor="middle">tables</text>')
    ends: list[tuple[float, str]] = []
    for name, colour in colours.items():
        points = [(across(r.size), up(r.series.median)) for r in sorted(results, key=lambda r: r.size) if r.who == name]
        if points:
            line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
            dash = f' stroke-dasharray="{_DASH[name]}"' if name in _DASH else ""
            parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>')
            parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points]
            ends.append((points[-1][1], name))
    return "".join(parts + _labels(ends, colours))


def _labels(ends: list[tuple[float, str]], colours: dict[str, str]) -> list[str]:
    """The contestants' names next to the ends of their lines, moved where they would overlap."""
    found: list[str] = []
    last = -100.0
    for y, name in sorted(ends):
        last = max(y, last + 13)
        x = _WIDTH - _RIGHT + 8
        found.append(f'<text x="{x}" y="{last + 4:.1f}" style="fill:{colours[name]}">{escape(name)}</text>')
    return found


def _scale(first: float, last: float, start: float, end: float) -> Callable[[float], float]:
    span = math.log(last / first) or 1.0
    return lambda value: start + (end - start) * math.log(value / first) / span
