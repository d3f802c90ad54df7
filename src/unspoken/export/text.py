"""Plain text: what ``tell`` prints, with the author's apparatus above it."""

from __future__ import annotations

from unspoken.export.edition import Edition


def write(edition: Edition) -> str:
    """The main reading; a line a paragraph, an empty one between."""
    head = [edition.title, edition.note, *(f"{name}: {said}" for name, said in edition.rows)]
    body = [paragraph.text for paragraph in edition.main.paragraphs]
    blocks = ["\n".join(filter(None, head)), *body, f"* * *\n\n{edition.colophon}"]
    return "\n\n".join(blocks) + "\n"
