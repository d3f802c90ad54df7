"""One line on standard error that says how far a search or a count is, if it lasts over a second.

Receives the figures of a search under way; shows them on a terminal only, and wipes the line away
at the end, so that nothing of it stays in what a person or a program reads. Where no terminal is,
a search that lasts says once that it does, and what ends it.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from types import TracebackType
from typing import ClassVar, Self, TypeVar

T = TypeVar("T")

PATIENCE = 1.0
"""Seconds before the first line."""

LONG = 10.0
"""Seconds after which whoever sees no such line is told that there is something to wait for."""

EVERY = 0.1
"""Seconds between two lines."""

_WIPE = "\r\x1b[K"


class Progress:
    """Give ``update`` to whatever has figures; use as a context that cleans up."""

    notice: ClassVar[str] = "`--seconds N` ends it after so many seconds, and so does Ctrl-C"
    """How to end it, for whoever sees no line."""

    def __init__(self, doing: str, *, so_far: str = "the best so far", quiet: bool = False) -> None:
        self._doing = doing
        self._so_far = so_far
        self._quiet = quiet
        self._on_terminal = sys.stderr.isatty()
        self._told = False
        self._start = time.monotonic()
        self._shown = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.wipe()

    def wipe(self) -> None:
        """Take the line away, for something else to be shown."""
        if self._shown:
            sys.stderr.write(_WIPE)
            sys.stderr.flush()

    def update(self, figures: Mapping[str, int]) -> None:
        """Called as often as one likes."""
        now = time.monotonic()
        passed = now - self._start
        if self._quiet or passed < PATIENCE or now - self._shown < EVERY:
            return
        if self._on_terminal:
            self._shown = now
            sys.stderr.write(f"{_WIPE}{self.line(figures, passed)}")
        elif self.notice and not self._told and passed >= LONG:
            self._told = True
            sys.stderr.write(f"still {self._doing}: {self.notice}\n")
        sys.stderr.flush()

    def line(self, figures: Mapping[str, int], seconds: float) -> str:
        """``planning: 7 acts ahead, 84,231 situations looked at; 0:03 (Ctrl-C: ...)``"""
        minutes, rest = divmod(int(seconds), 60)
        found = ""
        if figures.get("best"):
            found = f", a story of {figures['best']} acts found"
        elif "solutions" in figures:
            found = f", {figures['solutions']:,} found"
        depth, states = figures.get("depth", 0), figures.get("states", 0)
        return (
            f"{self._doing}: {depth} acts ahead, {states:,} situations looked at{found}; "
            f"{minutes}:{rest:02} (Ctrl-C: {self._so_far})"
        )


class Counting(Progress):
    """The same of something done one after another, so many times."""

    notice = ""

    def __init__(self, doing: str, whole: int, *, quiet: bool = False) -> None:
        super().__init__(doing, quiet=quiet)
        self._whole = whole

    def over(self, things: Iterable[T]) -> Iterator[T]:
        """Each of them, counted as it is taken."""
        for count, one in enumerate(things):
            self.update({"count": count})
            yield one

    def line(self, figures: Mapping[str, int], seconds: float) -> str:
        """``answering  4,711 of 100,000  0:03``"""
        minutes, rest = divmod(int(seconds), 60)
        return f"{self._doing}  {figures['count']:,} of {self._whole:,}  {minutes}:{rest:02}"
