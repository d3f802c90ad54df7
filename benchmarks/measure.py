"""Measured values: what was measured, in what unit, every single run of it.

Stands before everything else here: tasks make ``Measurement``s, ``report`` keeps and shows them.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from typing import TypeVar

from msgspec import Struct, field

Result = TypeVar("Result")


class Measurement(Struct, frozen=True):
    """One task on one subject. ``runs`` are kept whole, in the order in which they ran."""

    task: str
    subject: str
    unit: str
    runs: tuple[float, ...]
    who: str = "unspoken"
    verified: bool | None = None
    """Whether the answer was checked before its time counted; None: nothing to check."""
    facts: dict[str, object] = field(default_factory=dict)

    @property
    def median(self) -> float:
        return statistics.median(self.runs)

    @property
    def best(self) -> float:
        """The least time, or the highest rate."""
        return max(self.runs) if self.unit.startswith("1/") else min(self.runs)


def milliseconds(work: Callable[[], Result]) -> tuple[float, Result]:
    """How long one call takes, with the collector's leftovers out of the way."""
    gc.collect()
    start = time.perf_counter()
    result = work()
    return (time.perf_counter() - start) * 1000, result
