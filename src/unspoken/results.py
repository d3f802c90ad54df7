"""What a search hands out where it finds more than one story: all of them as they are found, or the
stories that pass through scenes.

Stands on ``story``; made by ``world``.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from unspoken.stage import Stage
from unspoken.story import Story

if TYPE_CHECKING:
    from unspoken.planning import Count, Limits, Solutions
    from unspoken.planning.bridge import Bridge


class Stories(Iterator["Story"]):
    """All stories, as they are found. ``ended``: all were given."""

    def __init__(self, world: Stage, solutions: Solutions, seed: int) -> None:
        self.world = world
        self._solutions = solutions
        self._seed = seed

    def __next__(self) -> Story:
        with self.world.in_words():
            plan = next(self._solutions)
        return Story(self.world, plan, seed=self._seed)

    def count(self) -> Count:
        """How many more there are, without looking at them. Ctrl-C ends it with what was counted
        so far."""
        from unspoken.planning import count

        with self.world.in_words():
            return count(self._solutions)

    @property
    def ended(self) -> bool:
        return self._solutions.ended

    @property
    def limits(self) -> Limits:
        return self._solutions.limits

    def close(self) -> None:
        """No more are wanted."""
        self._solutions.close()

    def __enter__(self) -> Stories:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Bridged(Struct, frozen=True, dict=True):
    """What lies between scenes; its text says it for people. ``bridge`` has everything as values
    (``planning/bridge.py``)."""

    world: Stage
    bridge: Bridge
    seed: int = 0

    @property
    def found(self) -> bool:
        return bool(self.bridge.candidates)

    @cached_property
    def stories(self) -> tuple[Story, ...]:
        """The candidates, the best first, each a story to be told, asked and saved."""
        plans = [candidate.plan for candidate in self.bridge.candidates]
        return tuple(Story(self.world, plan, seed=self.seed) for plan in plans)

    def text(self, *, brief: bool = False, explain: bool = False) -> str:
        """The candidates in words; ``brief``: only what each has of its own; ``explain``: all
        reasons of everybody, too, as trees."""
        from unspoken.planning.bridge_text import bridge_text

        return bridge_text(self.bridge, brief=brief, explain=explain)

    def __bool__(self) -> bool:
        return self.found

    def __str__(self) -> str:
        return self.text()
