"""All stories that do, one after the other, or how many there are.

Receives a grounded world, a goal, limits and demands; hands on plans, as they are found: the short
ones first, those of one length in the order of their acts, each sequence of acts once. The search
is Rust (``crates/unspoken-engine/src/search/solutions.rs``) and works only while the next one is
asked for, on a thread that leaves the interpreter alone.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct

from unspoken.engine import GroundWorld
from unspoken.planning.demands import NONE, Demands, to_plan_by
from unspoken.planning.plan import Limits, Plan
from unspoken.planning.solve import LOOK_EVERY, NO_LIMITS, counted, goal_of, in_names, short_of

if TYPE_CHECKING:
    from unspoken.engine import raw as raw_types

T = TypeVar("T")

OnProgress = Callable[[Mapping[str, int]], None]

CHUNK = 1000
"""Solutions passed over at once, at most: what is found within one go is known when it is over."""


class Solutions(Iterator[Plan]):
    """An iterator over all solutions within the limits; also a context that closes itself.

    Minimal as ever: nothing of a solution can be left out. So, other than plans with limits, there
    are often only a few. Reasons count strictly within the limits (``solve`` looks past them where
    it finds nothing within).

    ``ended``: every solution was given. Where the iteration stops and ``ended`` is False, the time
    was up or somebody closed it. Without ``limits.author`` it ends if what can happen is finite,
    which it finds out; without ``limits.character``, if what anybody can imagine is.

    Ctrl-C, wherever the iterator is asked, raises KeyboardInterrupt as usual, and asking again goes
    on from there. Raises EngineError if the world contradicts itself on the way, DiagnosticError as
    ``solve``.
    """

    def __init__(
        self,
        ground: GroundWorld,
        goal: float | None = None,
        limits: Limits = NO_LIMITS,
        demands: Demands = NONE,
        *,
        demands_only: bool = False,
        seconds: float | None = None,
        on_progress: OnProgress | None = None,
    ) -> None:
        self.ground = ground
        self.goal = goal_of(ground, goal, demands, demands_only)
        self.limits = limits
        self.demands = demands
        self.found = 0
        self._on_progress = on_progress
        self._end = math.inf if seconds is None else time.monotonic() + seconds
        self._raw = ground.raw.solutions(
            self.goal,
            counted(limits.author) if short_of(ground, self.goal, limits) is None else 0,
            counted(limits.character),
            counted(limits.epistemic),
            **to_plan_by(ground, demands),
        )
        self._kept: list[raw_types.Plan | None] = []
        self._worker: ThreadPoolExecutor | None = ThreadPoolExecutor(1, "unspoken solutions")

    def __next__(self) -> Plan:
        raw = self._kept.pop() if self._kept else None
        while raw is None and not self._is_over():
            raw = self._ask(self._raw.next, self._kept.append)
        if raw is None:
            self.close()
            raise StopIteration
        self.found += 1
        return in_names(self.ground, raw)

    def skip(self, most: int) -> int:
        """Pass over so many, or as many as there are in time; how many it was."""
        before = self.found

        def note(passed: int) -> None:
            self.found += passed

        if most > 0 and self._kept and self._kept.pop() is not None:
            note(1)
        while self.found == before and not self._is_over():
            note(self._ask(lambda: self._raw.skip(most), note))
        return self.found - before

    @property
    def ended(self) -> bool:
        return self._raw.ended()

    @property
    def progress(self) -> dict[str, int]:
        """``depth`` (the acts of the stories it is at), ``states``, ``transitions``,
        ``explanations``, ``solutions`` given."""
        return {**self._raw.progress(), "solutions": self.found}

    def close(self) -> None:
        """No more are wanted."""
        if self._worker is not None:
            self._raw.stop()
            self._worker.shutdown()
            self._worker = None

    def __enter__(self) -> Solutions:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        if getattr(self, "_worker", None) is not None:
            self.close()

    def _is_over(self) -> bool:
        is_late = time.monotonic() >= self._end
        return self._worker is None or is_late or self._raw.ended()

    def _ask(self, question: Callable[[], T], keep: Callable[[T], object]) -> T:
        """The answer, looked after while it is on its way. When something else is raised
        meanwhile, what was answered so far goes to ``keep``."""
        assert self._worker is not None
        answer = self._worker.submit(question)
        try:
            while not self._has(answer):
                if self._on_progress is not None:
                    self._on_progress(self.progress)
                if time.monotonic() >= self._end:
                    break
        except BaseException:
            keep(self._stop(answer))
            raise
        return self._stop(answer)

    @staticmethod
    def _has(answer: Future[T]) -> bool:
        try:
            answer.result(LOOK_EVERY)
        except NotYet:
            return False
        return True

    def _stop(self, answer: Future[T]) -> T:
        if not answer.done():
            self._raw.stop()
        return answer.result()


class Count(Struct, frozen=True):
    """How many solutions there are; if not ``is_all``, at least. ``was_interrupted``: by Ctrl-C."""

    number: int
    is_all: bool
    was_interrupted: bool = False


def count(solutions: Solutions) -> Count:
    """How many more there are. Ctrl-C ends it with what was counted so far."""
    before = solutions.found
    chunk = 1
    try:
        while solutions.skip(chunk):
            chunk = min(2 * chunk, CHUNK)
    except KeyboardInterrupt:
        return Count(solutions.found - before, solutions.ended, was_interrupted=True)
    return Count(solutions.found - before, solutions.ended)
