"""How things stand between two rounds of a run: the state, every mind's inner record, the log.

Frozen: the next moment is a function of the world, this one, the seed and the choosers
(``run.Simulation.step``), so that whoever keeps an earlier moment can go back to it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple, Protocol, TypeAlias

from msgspec import Struct, field

from unspoken.chronicle import Chain, Decision, Event, EventNumber, Fact, Value, Weighed
from unspoken.engine import State
from unspoken.simulation.choice import Pressure
from unspoken.simulation.drives import Moved
from unspoken.simulation.feelings import Feelings
from unspoken.simulation.mood import Mood
from unspoken.simulation.view import View

REST = 4
"""Rounds before somebody tries again what failed or was refused; of a refusal, twice as many each
further time."""


class Rebuff(NamedTuple):
    """That an act came to nothing: it is not tried before the round ``until``. ``refusals``: so
    many times it was asked for in vain."""

    until: int = 0
    refusals: int = 0

    def failed(self, round: int) -> Rebuff:
        """After it could not be done. Whoever tried knows why, so no more need be said."""
        return Rebuff(round + REST, self.refusals)

    def refused(self, round: int) -> Rebuff:
        """After it was refused, again if it was before."""
        return Rebuff(round + REST * 2**self.refusals, self.refusals + 1)


class Memory(NamedTuple):
    """Where a feeling that still lasts was last noticed: an event of this chapter or, below 0, of
    an earlier one. ``came_back``: its owner has gone back to it since."""

    event: EventNumber
    came_back: bool = False


class Record(Struct, frozen=True):
    """What is in a mind and not in the state.

    ``under_way``: the acts that the last deed was meant to be followed by. ``unsaid``: by wished
    act, the restraint and the degree with which it was last noted. ``attended``: what was thought,
    by what it was about. ``memories``: of what is still felt, by word, about what and towards whom.
    ``rebuffed``: by act, that it failed or was refused. ``effort``: 0 to 1,
    what guarding its thoughts has worn off. ``moved``: drives that were moved, by text: since when
    they drift.
    """

    feelings: Feelings = field(default_factory=Feelings)
    mood: Mood = field(default_factory=Mood)
    pressure: Pressure = field(default_factory=Pressure)
    under_way: tuple[str, ...] = ()
    unsaid: Mapping[str, str] = field(default_factory=dict)
    attended: Mapping[str, str] = field(default_factory=dict)
    memories: Mapping[tuple[str, str, str], Memory] = field(default_factory=dict)
    rebuffed: Mapping[str, Rebuff] = field(default_factory=dict)
    effort: float = 0.0
    moved: Mapping[str, Moved] = field(default_factory=dict)

    def gives_rest(self, act: str, round: int) -> bool:
        """Is it too soon to try an act again?"""
        return act in self.rebuffed and self.rebuffed[act].until > round


class Opening(Struct, frozen=True):
    """What a run began with, as its chronicle says it. ``previous``: the chronicle it goes on
    from; ``round``: so many had gone by; ``possible``: what minds of several worlds are unsure
    of."""

    beginning: Mapping[Chain, Mapping[Fact, Value]]
    depth: int
    previous: str | None = None
    round: int = 0
    possible: Mapping[Chain, Mapping[Fact, tuple[Value, ...]]] = field(default_factory=dict)


Ended: TypeAlias = Literal["until", "quiet", "rounds"]
"""Why a run ended: what it was to go on until came about; nobody did anything any more, nor will;
or there were as many rounds as it was given."""


class Moment(Struct, frozen=True):
    """Between two rounds. ``round``: so many have gone by, the last ``quiet`` of them without an
    act. ``time``: acts so far. ``held``: what the run is to go on until has come about."""

    opening: Opening
    state: State
    round: int
    quiet: int
    time: int
    minds: Mapping[str, Record]
    events: tuple[Event, ...]
    held: bool = False


Witness: TypeAlias = Callable[[int, State], None]
"""Is told, each time something has happened, how many events there are, and how things stand."""


class Turn(Struct, frozen=True):
    """Somebody's turn, as they see it: all that a player of ``who`` may see. ``options``: the acts
    it believes possible and, last, to wait; or, when ``asked`` by somebody to take part in an act,
    that act and, last, to refuse. ``decision``: what it would choose by itself. ``perceived``: all
    that it has perceived and thought so far, in order (``chronicle.lived.perceived``)."""

    who: str
    round: int
    view: View
    options: tuple[Weighed, ...]
    decision: Decision
    perceived: tuple[Event, ...]
    asked: str | None = None


class Chooser(Protocol):
    """Decides for a character: the place of an option in ``turn.options``; None: as it would by
    itself."""

    def __call__(self, turn: Turn, /) -> int | None: ...
