"""The shipped stories, planned and run: each once, however many tests ask for it, for these take
long. Nobody changes them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import unspoken
from unspoken.simulation.moment import Moment
from unspoken.simulation.run import Simulation
from unspoken.story import Story
from unspoken.world import World

LONGEST = 1000
"""Rounds of a run of which nobody says how long it is to be, at most: it ends of itself."""


@cache
def world(name: str) -> World:
    return unspoken.load(name)


@cache
def planned(name: str) -> Story:
    return world(name).plan()


class _Run:
    """A run, as far as it was asked for; whoever wants less has the beginning of it."""

    def __init__(self, name: str, seed: int) -> None:
        self.world = world(name)
        self.simulation: Simulation = self.world.simulation(seed=seed)
        self._moments: list[Moment] = []
        self._going_on: Iterator[Moment] = self.simulation.moments(rounds=LONGEST)

    def after(self, rounds: int) -> Story:
        while len(self._moments) <= rounds:
            moment = next(self._going_on, None)
            if moment is None:
                break
            self._moments.append(moment)
        return self.world.story_of(self.simulation, self._moments[: rounds + 1][-1], "rounds")


@cache
def _run(name: str, seed: int) -> _Run:
    return _Run(name, seed)


@cache
def run(name: str, seed: int = 0, rounds: int | None = None) -> Story:
    """A run of so many rounds, or of as many as its world says."""
    going = _run(name, seed)
    return going.after(going.simulation.settings.rounds if rounds is None else rounds)
