"""Channels between minds: what of somebody's thoughts, feelings and suppressed wishes another
perceives, whole or as a fragment, and what guarding them costs.

Receives an inner event of a thinker's; hands on who senses it, and how much of it. Which channels
are open is the world's matter; whether the thinker guards its thoughts, and what, goes by its own
mind alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from unspoken.chronicle import Event, Kind
from unspoken.engine import GroundEvent, Question, State, Telling, term_text
from unspoken.model import Carried, Channel
from unspoken.model.substitute import fillings, substitute, substitute_use
from unspoken.simulation.content import Contents, Held, value_at
from unspoken.simulation.moment import Record
from unspoken.simulation.motives import Motives
from unspoken.simulation.uses import meant

COST = 0.25
"""What it takes to hold back a thought of full strength: this share of what one can."""
RECOVERY = 0.7
"""Of the effort spent, what is left a round later."""

_CARRIED: Mapping[Kind, Carried] = {"think": "thoughts", "feel": "feelings", "unsaid": "wishes"}


class Passage(NamedTuple):
    """That somebody senses an inner event. ``known``: the thinker knows that it is sensed.
    ``acts``: the author's, of which the first that can happens along with it."""

    hearer: str
    whole: bool
    known: bool
    acts: tuple[GroundEvent, ...]


class _GroundChannel(NamedTuple):
    thinker: str
    hearer: str
    open: Question
    carries: tuple[Carried, ...]
    strength: float
    concealment: float
    whole: tuple[GroundEvent, ...]
    fragment: tuple[GroundEvent, ...]


class Channels:
    """The channels of a world, with every variable filled in."""

    def __init__(self, motives: Motives, contents: Contents) -> None:
        self._contents = contents
        self._motives = motives
        channels = sorted(motives.ground.world.inner.channels, key=lambda one: one.name)
        self._channels = tuple(ground for one in channels for ground in self._grounded(one))
        uses = (use for one in channels for use in (one.whole, one.fragment))
        self.names = frozenset(use.event for use in uses if use is not None)
        """Of actions that happen when something comes through, and not otherwise."""

    def _grounded(self, channel: Channel) -> Iterator[_GroundChannel]:
        ground = self._motives.ground
        actions = sorted((event for event in ground.events if event.is_action), key=str)
        for filling in fillings(ground.world, channel.parameters):
            thinker, hearer = map(term_text, filling.arguments[:2])
            if thinker == hearer:
                continue
            whole, fragment = (
                () if use is None else tuple(meant(substitute_use(use, filling.terms), actions))
                for use in (channel.whole, channel.fragment)
            )
            yield _GroundChannel(
                thinker,
                hearer,
                ground.question(substitute(channel.open, filling.terms)),
                channel.carries,
                channel.strength,
                channel.concealment,
                whole,
                fragment,
            )

    def passing(
        self,
        event: Event,
        events: Sequence[Event],
        state: State,
        record: Record,
        *,
        is_memory: bool = False,
    ) -> tuple[tuple[Passage, ...], Record]:
        """Who senses an inner event that goes on in a state, and the thinker's record after what
        it cost to guard it. ``is_memory``: it is a thought of something earlier."""
        carried = "memories" if is_memory else _CARRIED.get(event.kind)
        strength = event.strength or 0.0
        found: dict[str, Passage] = {}
        for channel in self._channels:
            if channel.thinker != event.who or carried not in channel.carries:
                continue
            if strength < channel.strength or channel.open.of(state) is not True:
                continue
            mind = state.mind(channel.thinker)
            known = channel.open.of(mind) is True
            whole = True
            if known and self._guards(channel, self._contents.betrayed(event, events, mind), mind):
                threshold = channel.strength + channel.concealment * (1.0 - record.effort)
                record = replace(record, effort=min(1.0, record.effort + COST * strength))
                if strength < threshold:
                    continue
                whole = False
            earlier = found.get(channel.hearer)
            if earlier is None or whole > earlier.whole:
                acts = channel.whole if whole else channel.fragment
                found[channel.hearer] = Passage(channel.hearer, whole, known, acts)
        return tuple(found[hearer] for hearer in sorted(found)), record

    @staticmethod
    def _guards(channel: _GroundChannel, content: Sequence[Held], mind: State) -> bool:
        """Would it give anything away that the other, as the thinker believes, does not know?"""
        within = (channel.hearer, channel.thinker)
        return any(
            value_at(mind, (*within, *held.minds), held.fluent) != held.value for held in content
        )

    def learned(
        self,
        event: Event,
        events: Sequence[Event],
        passage: Passage,
        mind: State,
    ) -> list[Telling]:
        """What is believed of it that was not before, where it came through whole; ``mind`` is the
        thinker's, in which it went on."""
        if not passage.whole or event.who is None:
            return []
        content = self._contents.of(event, events, mind)
        return self._contents.tellings(event.who, passage.hearer, content, passage.known)


def recovered(record: Record) -> Record:
    """A round later."""
    left = record.effort * RECOVERY
    return replace(record, effort=left if left > 0.01 else 0.0)
