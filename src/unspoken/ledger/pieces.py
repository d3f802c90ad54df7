"""A ledger's text cut into its lines, and a line into its parts, all of them with their places.

Receives a text; hands on ``Piece``s: a stretch without the white space around it, and where it
stands. Does not know what the words mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from unspoken.model import Source, Span

_COMMENT = re.compile(r"^\s*(?:#|//).*|\s(?:#|//)(?:\s.*|$)")
_NOTE = re.compile(r"\(([^()]*)\)\s*$")
_AND = re.compile(r"\s*(?:,\s*and\s|,|\sand\s|\s&\s)\s*")


class Piece(NamedTuple):
    """A stretch of the source; no white space around it."""

    text: str
    start: int

    def part(self, start: int, end: int | None = None) -> Piece:
        """A stretch of it, by places in its text."""
        text = self.text[start:end]
        bare = text.lstrip()
        return Piece(bare.rstrip(), self.start + start + len(text) - len(bare))

    def span(self, source: Source) -> Span:
        return Span(source, self.start, self.start + len(self.text))


class Cut(NamedTuple):
    """A line: ``head: body (note) (note)``. ``body`` None: it has no colon, and the head is all of
    it but the notes. ``whole`` has everything but a comment."""

    whole: Piece
    head: Piece
    body: Piece | None
    notes: tuple[Piece, ...]


def lines(source: Source) -> Iterator[Piece]:
    """The lines that are not empty, without their comments."""
    start = 0
    for text in source.text.splitlines(keepends=True):
        piece = Piece(_COMMENT.sub("", text.rstrip("\r\n")), start).part(0)
        start += len(text)
        if piece.text:
            yield piece


def cut(line: Piece) -> Cut:
    """The parts of a line. A colon in a bracket does not count."""
    rest, notes = line, []
    while found := _NOTE.search(rest.text):
        notes.append(rest.part(found.start(1), found.end(1)))
        rest = rest.part(0, found.start())
    head, colon, _ = rest.text.partition(":")
    body = rest.part(len(head) + 1) if colon else None
    bare = head if colon else head.rstrip(".")
    return Cut(line, rest.part(0, len(bare)), body, tuple(reversed(notes)))


def listed(piece: Piece) -> Iterator[tuple[Piece, Piece | None]]:
    """``Anna, Carl (asleep) and Ben``: each part with what stands in brackets behind it."""
    start, depth = 0, 0
    edges = []
    for found in re.finditer(r"[()]|" + _AND.pattern, piece.text):
        mark = found.group()
        if mark == "(":
            depth += 1
        elif mark == ")":
            depth -= 1
        elif depth <= 0:
            edges.append((start, found.start()))
            start = found.end()
    for begin, end in [*edges, (start, len(piece.text))]:
        part = piece.part(begin, end)
        note = _NOTE.search(part.text)
        if note is not None:
            yield part.part(0, note.start()), part.part(note.start(1), note.end(1))
        elif part.text:
            yield part, None


def parts(piece: Piece) -> list[Piece]:
    """What stands between semicolons."""
    found, start = [], 0
    for text in piece.text.split(";"):
        part = piece.part(start, start + len(text))
        start += len(text) + 1
        if part.text:
            found.append(part)
    return found
