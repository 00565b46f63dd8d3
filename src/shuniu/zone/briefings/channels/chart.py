"""Charts of the briefing, drawn as SVG: they say in words what they show, for those who hear it."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.html import escape

WIDTH, BAR, GAP = 640, 18, 8
LEFT, RIGHT, TOP = 150, 60, 34
INK, FIRST, SECOND = "#1f2937", "#1d4ed8", "#b45309"
FONTS = "Noto Sans SC, Noto Sans CJK SC, SimHei, Microsoft YaHei, sans-serif"


@dataclass(frozen=True, slots=True)
class Series:
    """One color of bars: its name, and a number for each label of the chart."""

    name: str
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of bars that lie: ``alt`` says what it shows, a table beside it says the numbers."""

    title: str
    alt: str
    svg: str
    width: int
    height: int

    @property
    def address(self) -> str:
        """Return the picture as an address that a page can show."""
        return "data:image/svg+xml;base64," + base64.b64encode(self.svg.encode()).decode()


def bar_chart(title: str, alt: str, labels: Sequence[str], series: Sequence[Series]) -> Chart:
    """Return bars side by side for each label, one for each series, with their numbers."""
    most = max((value for one in series for value in one.values), default=0) or 1
    group = len(series) * BAR + GAP
    height = TOP + len(labels) * group + GAP
    marks = [*_legend(series), *_bars(labels, series, most, group)]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}"'
        f' width="{WIDTH}" height="{height}" role="img" font-family="{FONTS}" font-size="14"'
        f' fill="{INK}">'
        f"<title>{escape(title)}</title><desc>{escape(alt)}</desc>"
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>{"".join(marks)}</svg>'
    )
    return Chart(title, alt, svg, WIDTH, height)


def _color(at: int) -> str:
    return (FIRST, SECOND)[at % 2]


def _legend(series: Sequence[Series]) -> Iterator[str]:
    """Yield a mark and a name for each series; a single one needs none."""
    if len(series) < 2:  # one color explains itself
        return
    for at, one in enumerate(series):
        x = LEFT + at * 160
        yield f'<rect x="{x}" y="8" width="14" height="14" fill="{_color(at)}"/>'
        yield f'<text x="{x + 20}" y="20">{escape(one.name)}</text>'


def _bars(labels: Sequence[str], series: Sequence[Series], most: int, group: int) -> Iterator[str]:
    room = WIDTH - LEFT - RIGHT
    for row, label in enumerate(labels):
        top = TOP + row * group
        middle = top + len(series) * BAR // 2 + 5
        yield f'<text x="{LEFT - 10}" y="{middle}" text-anchor="end">{escape(label)}</text>'
        for at, one in enumerate(series):
            value, y = one.values[row], top + at * BAR
            length = max(value * room // most, 1)
            yield (
                f'<rect x="{LEFT}" y="{y}" width="{length}" height="{BAR - 3}"'
                f' fill="{_color(at)}"/>'
                f'<text x="{LEFT + length + 6}" y="{y + BAR - 5}">{value}</text>'
            )
