"""The matrix on a terminal: as many people side by side as it is wide, then the next.

Receives a matrix; hands on lines. What is wrong has a mark, so that it needs no colour.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from unspoken.chronicle.words import value_text
from unspoken.ledger.matrix import Cell, Entry, Matrix, Row

WIDTH = 100
FACT = 34
"""The most cells that a fact fills in a line."""

_WAYS = {"beginning": "always", "told": "told", "overheard": "~"}
"""How, where it is not the word itself."""


def text_of(matrix: Matrix, width: int = WIDTH) -> str:
    """The matrix as text, ended with a line break."""
    if not matrix.rows:
        return "Nobody knows anything yet.\n"
    counted = unit(matrix)
    cells = [[cell_text(cell, counted) for cell in row.cells] for row in matrix.rows]
    facts = [_fact_lines(row) for row in matrix.rows]
    first = max(len(line) for lines in facts for line in lines)
    widths = [
        max(len(name), *(len(row[place]) for row in cells))
        for place, name in enumerate(matrix.people)
    ]
    written = [_heading(matrix)]
    for start, end in _blocks(widths, width - first):
        block = range(start, end)
        names = [matrix.people[place].ljust(widths[place]) for place in block]
        written += ["", "  ".join([" " * first, *names]).rstrip()]
        for lines, row in zip(facts, cells, strict=True):
            shown = [row[place].ljust(widths[place]) for place in block]
            written.append("  ".join([lines[0].ljust(first), *shown]).rstrip())
            written += lines[1:]
    return "\n".join([*written, "", *_legend(matrix)]) + "\n"


def _heading(matrix: Matrix) -> str:
    if matrix.chapter is None:
        return f"{matrix.title}: who knows what, at the end"
    title = matrix.chapters[matrix.chapter]
    named = f"chapter {matrix.chapter}" + (f", {title}" if title else "")
    return f"{matrix.title}: who knows what, at the end of {named}"


def _legend(matrix: Matrix) -> Iterator[str]:
    yield f"in which {unit(matrix)}, and from whom or how; ~ overheard; ? only suspects"
    yield "x wrong about it; not: takes it not to be so" + (
        "; * new in this chapter" if matrix.chapter is not None else ""
    )


def _fact_lines(row: Row) -> list[str]:
    return textwrap.wrap(row.fact, FACT, subsequent_indent="  ") or [""]


def _blocks(widths: list[int], room: int) -> Iterator[tuple[int, int]]:
    """Stretches of people that fit beside each other; at least one."""
    start, used = 0, 0
    for place, width in enumerate(widths):
        if used and used + width + 2 > room:
            yield start, place
            start, used = place, 0
        used += width + 2
    if start < len(widths):
        yield start, len(widths)


def unit(matrix: Matrix) -> str:
    """What time is counted in: chapters, scenes where there are none, acts where nobody cut it."""
    if matrix.chapters:
        return "chapter"
    told = (entry.told for row in matrix.rows for cell in row.cells for entry in cell.history)
    return "scene" if any(told) else "act"


def label(entry: Entry, counted: str) -> str:
    """When, as it is counted (``unit``): a chapter's name, or a number; the beginning has none."""
    if entry.way == "beginning":
        return ""
    if counted == "chapter":
        return entry.chapter or ""
    return str(entry.told if counted == "scene" else entry.time)


def cell_text(cell: Cell, counted: str) -> str:
    """``3 Anna``: since chapter 3, from Anna."""
    entry = cell.since
    if entry is None:
        return "."
    if entry.is_suspicion:
        words = "?"
    elif entry.holds is None:
        words = "unknown" if entry.way == "beginning" else "forgot"
    elif entry.source is not None:
        words = f"{'~' if entry.way == 'overheard' else ''}{entry.source}"
    else:
        words = _WAYS.get(entry.way, entry.way)
    if entry.holds is not None and entry.holds is not True and not entry.is_suspicion:
        value = "not" if entry.holds is False else value_text(entry.holds)
        words = f"{value}, {words}"
    mark = "x" if cell.state == "wrong" else ""
    new = "*" if cell.is_new else ""
    return " ".join(part for part in (mark, label(entry, counted), words) if part) + new
