"""What HTML and EPUB have in common: escaped text, paragraphs, the title block.

Everything written here is well-formed as HTML and as XML.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from unspoken.export.edition import Edition
from unspoken.export.texts import Line, Paragraph, Run


def words(runs: Iterable[Run]) -> str:
    """Runs as phrasing content; a thought is an ``i``: another voice, not stress."""
    return "".join(
        f'<i class="thought">{escape(run.text)}</i>' if run.thought else escape(run.text)
        for run in runs
    )


def sentence(line: Line) -> str:
    """A line with its form, for styles and scripts of others."""
    return f'<span class="{line.form.lower()}">{words(line.runs)}</span>'


def prose(
    paragraphs: Sequence[Paragraph], *, turns: bool, timed: bool = False, level: int = 2
) -> str:
    """Paragraphs. ``turns``: where another mind takes over, there is a little more room.
    ``timed``: each has its story time, by which a place is found again through other eyes.
    ``level``: of headings."""
    written = []
    mind = paragraphs[0].mind if paragraphs else None
    for paragraph in paragraphs:
        attributes = ' class="turn"' if turns and paragraph.mind != mind else ""
        if timed:
            attributes += f' data-time="{paragraph.time}"'
        mind = paragraph.mind
        if paragraph.heading:
            written.append(f"<h{level}>{escape(paragraph.heading)}</h{level}>")
        written.append(f"<p{attributes}>{' '.join(map(sentence, paragraph.lines))}</p>")
    return "\n".join(written)


def title_block(edition: Edition) -> str:
    """Title, note and apparatus."""
    authors = " and ".join(edition.said("author"))
    parts = [f"<h1>{escape(edition.title)}</h1>"]
    if authors:
        parts.append(f'<p class="author">{escape(authors)}</p>')
    if edition.note:
        parts.append(f'<p class="note">{escape(edition.note)}</p>')
    rows = [(name, said) for name, said in edition.rows if name != "Author"]
    if rows:
        listed = "\n".join(
            f"<div><dt>{name}</dt><dd>{escape(said)}</dd></div>" for name, said in rows
        )
        parts.append(f"<dl>\n{listed}\n</dl>")
    return "\n".join(parts)
