"""A tiny algebra of documents: text with places where a line may break.

A group is laid out flat if it fits on the rest of the line, else each line break that belongs to
it breaks (Wadler, "A prettier printer"). A comment is held until the end of its line; comments of
consecutive lines are put in one column.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from msgspec import Struct

WIDTH = 100
INDENT = 4
_COMMENT_MARK = "\x00"
"""Stands before a comment at the end of a line until the column of the comments is known."""


class Line(Struct, frozen=True):
    """A line break, or ``flat`` where its group fits on one line. ``flat`` None: always breaks.
    ``blank``: with an empty line before the next."""

    flat: str | None = " "
    blank: bool = False


class Nest(Struct, frozen=True):
    """What is inside is indented one step further."""

    inside: Doc


class Group(Struct, frozen=True):
    inside: Doc


class Trailing(Struct, frozen=True):
    """A comment that stands at the end of the line; nothing may follow it on that line."""

    comment: str


Doc: TypeAlias = str | Line | Nest | Group | Trailing | Sequence["Doc"]

SPACE = Line(" ")
NOTHING = Line("")
BREAK = Line(None)
BLANK = Line(None, blank=True)


def join(separator: Doc, parts: Iterable[Doc]) -> Doc:
    """The parts with the separator between."""
    joined: list[Doc] = []
    for part in parts:
        if joined:
            joined.append(separator)
        joined.append(part)
    return joined


def lay_out(doc: Doc, width: int = WIDTH) -> str:
    """The document as text, ending with a line break."""
    out: list[str] = []
    column = 0
    trailing: list[str] = []
    # What is still to be laid out, last first: indentation, whether flat, document.
    stack: list[tuple[int, bool, Doc]] = [(0, False, doc)]
    while stack:
        indent, flat, one = stack.pop()
        if isinstance(one, str):
            out.append(one)
            column += len(one)
        elif isinstance(one, Line):
            if flat and one.flat is not None:
                out.append(one.flat)
                column += len(one.flat)
                continue
            _end_line(out, trailing)
            out.append("\n\n" if one.blank else "\n")
            out.append(" " * indent)
            column = indent
        elif isinstance(one, Nest):
            stack.append((indent + INDENT, flat, one.inside))
        elif isinstance(one, Group):
            fits = flat or _fits(one.inside, width - column, stack)
            stack.append((indent, fits, one.inside))
        elif isinstance(one, Trailing):
            trailing.append(one.comment)
        else:
            stack.extend((indent, flat, part) for part in reversed(one))
    _end_line(out, trailing)
    return _align_comments("".join(out)).rstrip("\n") + "\n"


def _end_line(out: list[str], trailing: list[str]) -> None:
    if trailing:
        out.append(_COMMENT_MARK + " ".join(trailing))
        trailing.clear()


def _fits(doc: Doc, space: int, behind: Sequence[tuple[int, bool, Doc]]) -> bool:
    """Whether the document, laid out flat, and what follows up to the next line break, fit."""
    stack: list[tuple[bool, Doc]] = [(True, doc)]
    next_behind = len(behind) - 1
    while space >= 0:
        if not stack:
            if next_behind < 0:
                return True
            _, flat, one = behind[next_behind]
            next_behind -= 1
        else:
            flat, one = stack.pop()
        if isinstance(one, str):
            space -= len(one)
        elif isinstance(one, Line):
            if not flat:
                return True
            if one.flat is None:
                return False
            space -= len(one.flat)
        elif isinstance(one, Nest | Group):
            stack.append((flat, one.inside))
        elif isinstance(one, Trailing):
            if flat and (one.comment.startswith("//") or "\n" in one.comment):
                return False
        else:
            stack.extend((flat, part) for part in reversed(one))
    return False


def _align_comments(text: str) -> str:
    """Give the trailing comments of consecutive lines one column."""
    lines = text.split("\n")
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and _COMMENT_MARK in lines[end]:
            end += 1
        if end == start:
            lines[start] = lines[start].rstrip()
            start += 1
            continue
        split = [line.split(_COMMENT_MARK, 1) for line in lines[start:end]]
        column = max(len(code.rstrip()) for code, _ in split) + 2
        for offset, (code, comment) in enumerate(split):
            lines[start + offset] = code.rstrip().ljust(column) + comment.rstrip()
        start = end
    return "\n".join(lines)
