"""The matrix as a page of its own: one file, nothing from anywhere else, no script.

Receives a matrix; hands on HTML: the whole table, with real headings, then chapter by chapter what
is new to whom. Style stands beside this file. Everything is in words, colour only repeats it.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from importlib.resources import files

from unspoken import seal
from unspoken.chronicle.words import value_text
from unspoken.ledger.matrix import Cell, Entry, Matrix
from unspoken.ledger.matrix_text import label, unit


def html_of(matrix: Matrix, version: str) -> bytes:
    """The page, sealed by this version of Unspoken: it may be written over while nobody has
    changed it."""
    style = (files("unspoken.ledger") / "matrix.css").read_text(encoding="utf-8").strip()
    when = "the end" if matrix.chapter is None else f"the end of chapter {matrix.chapter}"
    title, counted = escape(matrix.title), unit(matrix)
    heads = "\n".join(f'<th scope="col">{escape(name)}</th>' for name in matrix.people)
    rows = "\n".join(
        f'<tr><th scope="row">{escape(row.fact)}</th>\n'
        + "\n".join(_cell(cell, counted) for cell in row.cells)
        + "</tr>"
        for row in matrix.rows
    )
    page = f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}: who knows what</title>
<style>
{style}
</style>
</head>
<body>
<header>
<h1>{title}: who knows what</h1>
<p class="legend">Each cell says since when, and from whom or how. What somebody is wrong about is
marked <span class="wrong"><b>wrong</b></span>; a dash is what somebody does not know.</p>
</header>
<main>
<div class="wide" tabindex="0" role="region" aria-label="Who knows what">
<table>
<caption>At {escape(when)}</caption>
<thead>
<tr><th scope="col">Fact</th>
{heads}</tr>
</thead>
<tbody>
{rows}
</tbody>
</table>
</div>
{"".join(_chapters(matrix))}
</main>
<footer>
<p>{escape(seal.colophon(version, 0))}</p>
</footer>
</body>
</html>
"""
    return seal.seal(page.encode())


def _cell(cell: Cell, counted: str) -> str:
    entry = cell.since
    if entry is None:
        return '<td class="none">&ndash;</td>'
    words = escape(entry_words(entry, counted))
    if cell.state == "wrong":
        return f'<td class="wrong"><b>wrong</b>: {words}</td>'
    return f'<td class="{cell.state or "none"}">{words}</td>'


def _how(entry: Entry) -> str:
    words = escape(how_words(entry))
    if entry.is_wrong:
        return f'<td class="wrong"><b>wrong</b>: {words}</td>'
    return f"<td>{words}</td>"


def entry_words(entry: Entry, counted: str) -> str:
    """``chapter 3, from Anna``."""
    when = label(entry, counted)
    place = f"{counted} {when}" if when else ""
    return ", ".join(part for part in (place, how_words(entry)) if part)


def how_words(entry: Entry) -> str:
    """``takes it not to be so, from Anna``."""
    if entry.is_suspicion:
        return "only suspects it"
    if entry.holds is None:
        return "does not know" if entry.way == "beginning" else "no longer knows it"
    value = ""
    if entry.holds is not True:
        value = "takes it not to be so" if entry.holds is False else value_text(entry.holds)
    source = entry.source or ""
    way = {
        "beginning": "from the beginning",
        "did": "did it",
        "saw": "saw it",
        "told": f"from {source}" if source else "was told",
        "overheard": f"overheard {source}",
        "learned": "learned it",
        "supposed": "supposes it",
        "concluded": "concluded it",
    }[entry.way]
    return ", ".join(part for part in (value, way) if part)


def _chapters(matrix: Matrix) -> Iterator[str]:
    """What is new in each chapter, to whom."""
    news: dict[str, list[tuple[str, str, Entry]]] = {name: [] for name in matrix.chapters}
    for row in matrix.rows:
        for name, cell in zip(matrix.people, row.cells, strict=True):
            for entry in cell.history:
                if entry.chapter is not None:
                    news[entry.chapter].append((row.fact, name, entry))
    for chapter, items in news.items():
        if not items:
            continue
        title = matrix.chapters[chapter]
        heading = f"Chapter {chapter}" + (f": {title}" if title else "")
        rows = "\n".join(
            f'<tr><td>{escape(name)}</td><th scope="row">{escape(fact)}</th>'
            f"{_how(entry)}<td>{escape(entry.scene or '')}</td></tr>"
            for fact, name, entry in sorted(items, key=lambda item: item[2].time)
        )
        yield f"""<h2>{escape(heading)}</h2>
<table>
<thead>
<tr><th scope="col">Who</th><th scope="col">What is new</th>
<th scope="col">How</th><th scope="col">Scene</th></tr>
</thead>
<tbody>
{rows}
</tbody>
</table>
"""
