"""Plain text: what ``tell`` prints, with the author's apparatus above it."""

from __future__ import annotations

from unspoken.export.edition import Edition


def write(edition: Edition) -> str:
    """The main reading; a line a paragraph, an empty one between."""
    head = [edition.title, edition.note, *(f"{name}: {said}" for name, said in edition.rows)]
    body = ((paragraph.heading, paragraph.text) for paragraph in edition.main.paragraphs)
    told = (text for block in body for text in block if text)
    blocks = ["\n".join(filter(None, head)), *told, f"* * *\n\n{edition.colophon}"]
    return "\n\n".join(blocks) + "\n"
