"""Where a piece of a storyworld was written: the facts every error message starts from.

Comes first on the line: everything that an author can write carries an origin, and whatever
speaks to the author later (a diagnostic, a chronicle, a page) points back with it. A world built
in Python has origins too: the source is the Python file and the span is the caller's line, so
that both kinds of author see the same picture.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import cache, cached_property
from operator import attrgetter
from typing import ClassVar

from msgspec import Struct


class Source(Struct, frozen=True, dict=True):
    """A text with a name to show (a path, or ``<text>``). Lines and columns count from 1."""

    name: str
    text: str

    def __repr__(self) -> str:
        return f"Source({self.name!r})"

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer("\n", self.text))]

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """The line and column, both from 1, of a character offset into the text."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def line_text(self, line: int) -> str:
        """The text of a line (from 1), without its end."""
        start = self._line_starts[line - 1]
        end = self.text.find("\n", start)
        return self.text[start : end if end >= 0 else len(self.text)].rstrip("\r")


class Span(Struct, frozen=True):
    """A stretch of a source: character offsets, the end exclusive."""

    source: Source
    start: int
    end: int

    @property
    def line(self) -> int:
        return self.source.line_and_column(self.start)[0]

    @property
    def column(self) -> int:
        return self.source.line_and_column(self.start)[1]

    def __str__(self) -> str:
        return f"{self.source.name}:{self.line}:{self.column}"


class Written(Struct, frozen=True, eq=False):
    """What an author has written, or could have: equal to whatever says the same, wherever that
    was written."""

    aside: ClassVar[frozenset[str]] = frozenset({"origin"})
    """The fields that are no part of what it says."""

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Written):
            return NotImplemented
        return _said(type(self))(self) == _said(type(other))(other)

    def __ne__(self, other: object) -> bool:  # as inherited, it would not ask the above
        return not self == other

    def __hash__(self) -> int:
        return hash(_said(type(self))(self))


@cache
def _said(kind: type[Written]) -> Callable[[Written], tuple[object, ...]]:
    """What reads of a value its kind and all that it says."""
    said = (name for name in kind.__struct_fields__ if name not in kind.aside)
    return attrgetter("__class__", *said)
