"""Draws how effort grows as SVG files, without help: a column for each row of ``growth`` (or of
``crowds``), a line of panels each for time, work and memory, upwards by powers of ten."""

from __future__ import annotations

import math
from collections.abc import Sequence
from xml.sax.saxutils import escape

from msgspec import Struct

from benchmarks.measure import Measurement

GROWTH = "growth: "
"""How tasks begin that are drawn."""

CROWD = "crowd: "
"""And those of another picture."""

WIDTH, HEIGHT = 230, 170
"""Of a panel's field, in pixels."""
LEFT, TOP, GAP_X, GAP_Y = 90, 60, 30, 40

PROVEN, FIRST = "#1f4e79", "#c55a11"


class Point(Struct, frozen=True):
    """``open``: the search was stopped there, so its figure is only the least that it can be."""

    x: float
    y: float
    open: bool


class Line(Struct, frozen=True):
    colour: str
    points: tuple[Point, ...]


def growth_svg(measurements: Sequence[Measurement]) -> str | None:
    """The picture of searches; None if there is nothing to draw."""
    names, columns = _columns(measurements, GROWTH)
    lines = {
        "milliseconds": [
            [_line(PROVEN, column, "ms"), _line(FIRST, column, "first ms")] for column in columns
        ],
        "transitions": [
            [_line(PROVEN, column, "transitions"), _line(FIRST, column, "first transitions")]
            for column in columns
        ],
        "MiB, whole process": [[_line(PROVEN, column, "MiB")] for column in columns],
    }
    legend = [
        (LEFT, "until all is proven", PROVEN),
        (LEFT + 150, "until the first plan", FIRST),
        (LEFT + 300, "a ring: stopped there", "#444"),
    ]
    return _picture(names, lines, legend) if names else None


def crowd_svg(measurements: Sequence[Measurement]) -> str | None:
    """The picture of towns: what an act costs, whose minds it changes, what minds weigh; None if
    there is nothing to draw."""
    names, columns = _columns(measurements, CROWD)
    units = {"microseconds an act": "us/act", "minds that it changes": "minds changed"}
    lines = {
        words: [[_points(PROVEN, column, key)] for column in columns]
        for words, key in {**units, "MiB of minds": "MiB of minds"}.items()
    }
    return _picture(names, lines, []) if names else None


def _columns(
    measurements: Sequence[Measurement], beginning: str
) -> tuple[list[str], list[list[Measurement]]]:
    """Rows of figures by numbers, and what they are about."""
    rows = [m for m in measurements if m.task.startswith(beginning) and m.subject.isdecimal()]
    names = list(dict.fromkeys(m.task for m in rows))
    columns = [[m for m in rows if m.task == name] for name in names]
    return [name.removeprefix(beginning) for name in names], columns


def _picture(
    names: Sequence[str],
    lines: dict[str, list[list[Line]]],
    legend: Sequence[tuple[float, str, str]],
) -> str:
    width = LEFT + len(names) * (WIDTH + GAP_X)
    height = TOP + len(lines) * (HEIGHT + GAP_Y) + 10
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' width="{width}" height="{height}" font-family="sans-serif" font-size="12">',
        f'<rect width="{width}" height="{height}" fill="white"/>',
        *(_text(x, 20, words, colour) for x, words, colour in legend),
    ]
    for across, name in enumerate(names):
        parts.append(_text(LEFT + across * (WIDTH + GAP_X), TOP - 20, name))
    for down, (unit, panels) in enumerate(lines.items()):
        values = [p.y for panel in panels for line in panel for p in line.points]
        low = math.floor(math.log10(min(values)))
        high = max(low + 1, math.ceil(math.log10(max(values))))
        for across, panel in enumerate(panels):
            if not any(line.points for line in panel):
                continue
            x = LEFT + across * (WIDTH + GAP_X)
            y = TOP + down * (HEIGHT + GAP_Y)
            parts += _panel(x, y, (low, high), panel, unit if across == 0 else None)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _line(colour: str, column: Sequence[Measurement], key: str) -> Line:
    points = []
    for row in column:
        y = row.median if key == row.unit else row.facts.get(key)
        if isinstance(y, int | float) and y > 0:
            stopped = row.facts.get("proven ms") is None and not key.startswith("first")
            points.append(Point(float(row.subject), y, stopped))
    return Line(colour, tuple(points))


def _points(colour: str, column: Sequence[Measurement], key: str) -> Line:
    found = [(row, row.median if key == row.unit else row.facts.get(key)) for row in column]
    return Line(
        colour,
        tuple(
            Point(float(row.subject), y, False)
            for row, y in found
            if isinstance(y, int | float) and y > 0
        ),
    )


def _panel(
    left: float, top: float, powers: tuple[int, int], lines: Sequence[Line], unit: str | None
) -> list[str]:
    """A field with its scales. ``unit``: what stands upwards, None where a neighbour says so."""
    low, high = powers
    values = [point.x for line in lines for point in line.points]
    first, last = min(values), max(values)

    def x(value: float) -> float:
        return left + 12 + (WIDTH - 24) * ((value - first) / (last - first) if last > first else 0)

    def y(value: float) -> float:
        return top + HEIGHT * (1 - (math.log10(value) - low) / (high - low))

    parts = [
        f'<rect x="{left}" y="{top}" width="{WIDTH}" height="{HEIGHT}" fill="none" stroke="#888"/>'
    ]
    for power in range(low, high + 1):
        level = y(10.0**power)
        parts.append(
            f'<line x1="{left}" x2="{left + WIDTH}" y1="{level:.1f}" y2="{level:.1f}"'
            ' stroke="#ddd"/>'
        )
        if unit is not None:
            figure = f"{10.0**power:,.{max(0, -power)}f}"
            parts.append(_text(left - 6, level + 4, figure, anchor="end"))
    if unit is not None:
        parts.append(_text(left, top - 4, unit, "#444", size=10))
    step = math.ceil((last - first + 1) / 8)
    for value in range(int(first), int(last) + 1, step):
        parts.append(_text(x(value), top + HEIGHT + 15, str(value), anchor="middle"))
    for line in lines:
        corners = " ".join(f"{x(p.x):.1f},{y(p.y):.1f}" for p in line.points)
        parts.append(f'<polyline points="{corners}" fill="none" stroke="{line.colour}"/>')
        for point in line.points:
            fill = "white" if point.open else line.colour
            parts.append(
                f'<circle cx="{x(point.x):.1f}" cy="{y(point.y):.1f}" r="3" fill="{fill}"'
                f' stroke="{line.colour}"/>'
            )
    return parts


def _text(
    x: float, y: float, words: str, colour: str = "#000", *, anchor: str = "start", size: int = 12
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}" text-anchor="{anchor}"'
        f' font-size="{size}">{escape(words)}</text>'
    )
