"""Where in somebody's Python a piece of a world was made: the caller's file, line and columns."""

from __future__ import annotations

import linecache
import sys
from functools import cache
from itertools import islice
from types import FrameType

from unspoken.model import Source, Span


class Spot(int):
    """A place in a tree made in Python: an offset that knows its whole span."""

    span: Span

    def __new__(cls, span: Span) -> Spot:
        spot = super().__new__(cls, span.start)
        spot.span = span
        return spot


def caller(*inside: str) -> Spot:
    """The place of the nearest call from outside the files named in ``inside``."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and frame.f_code.co_filename in (*inside, __file__):
        frame = frame.f_back
    return Spot(_span(frame) if frame is not None else Span(Source("<python>", ""), 0, 0))


def _span(frame: FrameType) -> Span:
    source = _source(frame.f_code.co_filename)
    positions = islice(frame.f_code.co_positions(), frame.f_lasti // 2, None)
    line, end_line, column, end_column = next(positions, (None, None, None, None))
    line = line or frame.f_lineno
    start = _offset(source, line, column or 0)
    end = _offset(source, end_line or line, end_column or 0)
    return Span(source, start, max(start, end))


@cache
def _source(filename: str) -> Source:
    return Source(filename, "".join(linecache.getlines(filename)))


def _offset(source: Source, line: int, column: int) -> int:
    """A character offset from a line (from 1) and a column in bytes (from 0)."""
    start = 0
    for _ in range(line - 1):
        start = source.text.find("\n", start) + 1
        if start == 0:
            return len(source.text)
    text = source.line_text(line) if source.text else ""
    return start + len(text.encode()[:column].decode(errors="ignore"))
