"""What betrays a feeling: which of the author's actions happen of themselves when something is
felt, held back or refused.

Receives a feeling, something unsaid or a refusal, as an event of the chronicle; hands on actions.
Who sees them is the world's matter (``observing``), and what they make of it is a matter of signs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from unspoken.chronicle import Event, Kind
from unspoken.engine import GroundEvent
from unspoken.model import REFUSAL, UNSPOKEN
from unspoken.simulation.motives import Motives
from unspoken.simulation.uses import uses

_WORDS: Mapping[Kind, str] = {"unsaid": UNSPOKEN, "refuse": REFUSAL}


class _GroundTell(NamedTuple):
    act: GroundEvent
    who: str
    toward: str | None
    feelings: frozenset[str]
    above: float


class Tells:
    """The tells of a world, with every variable filled in."""

    def __init__(self, motives: Motives) -> None:
        self._motives = motives
        ground, world = motives.ground, motives.ground.world
        self._tells = tuple(
            _GroundTell(
                use.event,
                use.names[tell.who.name],
                use.names[tell.toward.name] if tell.toward is not None else None,
                frozenset(tell.feelings),
                tell.above,
            )
            for tell in sorted(world.inner.tells, key=lambda one: one.event)
            for use in uses(ground, world, tell.event, tell.parameters)
        )
        self.names = frozenset(tell.event for tell in world.inner.tells)
        """Of actions that happen as tells, and not otherwise."""

    def due(self, event: Event) -> Iterator[GroundEvent]:
        """What shows of a feeling, of something unsaid or of a refusal, by text; whether it can
        happen is not asked. Composure raises the strength that it takes."""
        if event.who is None or event.kind not in ("feel", *_WORDS):
            return
        word = _WORDS.get(event.kind, event.name)
        composure = self._motives.temperament(event.who).composure
        for tell in self._tells:
            if (
                tell.who == event.who
                and word in tell.feelings
                and tell.toward in (None, event.toward)
                and (event.strength or 0.0) >= tell.above + composure * (1.0 - tell.above)
            ):
                yield tell.act
