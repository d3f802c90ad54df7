"""What was worked out once need not be again: it is kept, within bounds.

Only for what depends on its key alone, so that forgetting changes nothing but the time it takes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")

MOST = 20_000


class Memo(Generic[K, V]):
    """Values by what they were worked out from; when there are too many, all are forgotten."""

    def __init__(self, most: int = MOST) -> None:
        self._known: dict[K, V] = {}
        self._most = most

    def get(self, key: K, work_out: Callable[[], V]) -> V:
        """The value of a key, worked out if it is not known."""
        try:
            return self._known[key]
        except KeyError:
            value = work_out()
        if len(self._known) >= self._most:
            self._known.clear()
        self._known[key] = value
        return value
