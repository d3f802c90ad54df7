"""A transition, looked at closely, by name: what the chronicle is written from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct

from unspoken import _engine
from unspoken.engine.graph import NamedValue
from unspoken.engine.ground import (
    GroundEvent,
    GroundFluent,
    GroundWorld,
    State,
    StateNumber,
)


class Difference(NamedTuple):
    """A value that changed, of a fluent, in what ``chain`` (outermost first; () truth) holds."""

    chain: tuple[str, ...]
    fluent: GroundFluent
    before: NamedValue
    after: NamedValue
    among: tuple[tuple[NamedValue, ...], tuple[NamedValue, ...]] | None = None
    """The values that it may have had and may have, where the worlds of a mind differ about it."""


class Step(Struct, frozen=True):
    """The act, or a trigger it set off in the world, and what it changed at once."""

    event: GroundEvent
    before: State
    differences: tuple[Difference, ...]


class Trace(Struct, frozen=True):
    """What an act does: itself and the laws it sets off (``steps``), what the minds then make of
    it by themselves (``settling``, through the laws in ``inferred``), and where it all ends."""

    steps: tuple[Step, ...]
    settling: tuple[Difference, ...]
    settled: State
    observed: tuple[tuple[tuple[str, ...], bool], ...]
    surprises: tuple[Difference, ...]
    inferred: tuple[tuple[tuple[str, ...], GroundEvent], ...]

    @classmethod
    def of(cls, state: State, act: GroundEvent, depth: int) -> Trace:
        """The transition by ``act``, with minds followed to ``depth``."""
        ground = state.ground
        raw = ground.raw.trace(state.number, act.number, depth)
        steps = tuple(
            Step(
                ground.event(step.event),
                State(ground, StateNumber(step.before)),
                _differences(ground, ground.raw.differences(step.before, step.after, depth)),
            )
            for step in raw.steps
        )
        last = raw.steps[-1].after
        return cls(
            steps,
            _differences(ground, ground.raw.differences(last, raw.settled, depth)),
            State(ground, StateNumber(raw.settled)),
            tuple((_chain(ground, chain), sees) for chain, sees in raw.observed),
            _differences(ground, raw.surprises),
            tuple((_chain(ground, chain), ground.events[event]) for chain, event in raw.inferred),
        )


def _chain(ground: GroundWorld, chain: Sequence[int]) -> tuple[str, ...]:
    return tuple(ground.characters[number] for number in chain)


def _differences(ground: GroundWorld, raw: Sequence[_engine.FluentValue]) -> tuple[Difference, ...]:
    return tuple(
        Difference(
            _chain(ground, chain),
            ground.fluents[fluent],
            ground.named(before),
            ground.named(after),
            None if among is None else (ground.named_all(among[0]), ground.named_all(among[1])),
        )
        for chain, fluent, before, after, among in raw
    )
