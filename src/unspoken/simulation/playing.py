"""Playing somebody: a run that stops whenever it is one character's turn, and goes on with what
the player chooses.

Receives a simulation and whose part is played; hands on turns. A round is a function of the moment
before it and of what the choosers say, so a player's choices within a round are simply said again:
nothing has to be held in the middle of anything, and going back is keeping what was. A game that
was saved is its choices: they are chosen again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from unspoken.chronicle import Chronicle, Event, Played
from unspoken.chronicle.lived import lived, perceived
from unspoken.chronicle.record import chronicle_of
from unspoken.language.printer import expression_text
from unspoken.model import RunSettings, Storyworld
from unspoken.simulation.choice import WAIT
from unspoken.simulation.moment import Ended, Moment, Turn
from unspoken.simulation.records import ending
from unspoken.simulation.run import Simulation
from unspoken.simulation.saving import resume


class _Unanswered(Exception):
    def __init__(self, turn: Turn) -> None:
        super().__init__()
        self.turn = turn


Situation: TypeAlias = tuple[int, int, tuple[str, ...]]
"""All that somebody knows who is about to wait: what it believes, how much it has perceived, and
what it could do."""


def _waiting(turn: Turn) -> Situation | None:
    """The situation of somebody who would wait; None of anybody else."""
    if turn.asked is not None or turn.decision.chosen.act != WAIT:
        return None
    acts = tuple(option.act for option in turn.options)
    return turn.view.believed.number, len(turn.perceived), acts


class _Answers:
    """Says again what was chosen in this round; asks when there is nothing more to say, unless
    nothing can be done but wait, or nothing has changed since the player chose to (``waiting``)."""

    def __init__(self, answers: tuple[int | None, ...], waiting: Situation | None) -> None:
        self._left = iter(answers)
        self._waiting = waiting

    def __call__(self, turn: Turn) -> int | None:
        if len(turn.options) == 1:
            return 0  # nothing to be done but wait: nobody is asked
        for answer in self._left:
            return answer
        if self._waiting is not None and _waiting(turn) == self._waiting:
            return None
        raise _Unanswered(turn)


class Place(Struct, frozen=True):
    """Where a game stands, or stood: the moment before a round, what was chosen in it so far, the
    situation if the player chose last to wait; and what the player is asked (None: it is over)."""

    moment: Moment
    answers: tuple[int | None, ...]
    waiting: Situation | None = None
    turn: Turn | None = None


class Play:
    """A run in which the part of ``who`` is played. ``last``: it ends after this round."""

    def __init__(
        self,
        simulation: Simulation,
        who: str,
        start: Moment | None = None,
        last: int | None = None,
    ) -> None:
        self.simulation = simulation
        self.who = who
        self.begun = begun = simulation.begin(start)
        """Where the game began."""
        self._last = begun.round + simulation.settings.rounds if last is None else last
        self._places = [self._asked(Place(begun, ()))]
        self._choices: list[str | None] = []

    @property
    def choices(self) -> tuple[str | None, ...]:
        """All that was chosen, as acts (``Played.choices``)."""
        return tuple(self._choices)

    @property
    def places(self) -> Sequence[Place]:
        """Where the game stood at its beginning and after each choice."""
        return self._places

    @property
    def turn(self) -> Turn | None:
        """What the player is asked; None: it is over."""
        return self._places[-1].turn

    @property
    def moment(self) -> Moment:
        """The last moment between two rounds."""
        return self._places[-1].moment

    @property
    def perceived(self) -> tuple[Event, ...]:
        """All that the character has perceived and thought, up to now, numbered as it happened."""
        return self.perceived_at(self._places[-1])

    def perceived_at(self, place: Place) -> tuple[Event, ...]:
        """The same up to then."""
        if place.turn is not None:
            return place.turn.perceived
        return perceived(place.moment.events, self.who)

    @property
    def lived(self) -> Chronicle:
        """``perceived`` as a chronicle, in which there is nothing else, numbered anew."""
        return self.lived_at(self._places[-1])

    def lived_at(self, place: Place) -> Chronicle:
        """The same up to then."""
        whole = chronicle_of(
            self.simulation.ground.world,
            place.moment.opening.beginning,
            (),
            depth=place.moment.opening.depth,
            seed=self.simulation.seed,
            unsure=self.moment.opening.possible,
        )
        return lived(whole, self.who, self.perceived_at(place))

    @property
    def chronicle(self) -> Chronicle:
        """The log up to the last whole round, with all that was chosen: what is saved."""
        simulation = self.simulation
        until = simulation.settings.until
        as_written = until is None or until == simulation.world.inner.run.until
        played = Played(
            self.who,
            self.choices,
            self._last,
            len(self.begun.events),
            ending(self.begun),
            None if as_written or until is None else expression_text(until),
        )
        return replace(simulation.chronicle(self.moment), played=played)

    @property
    def ended(self) -> Ended | None:
        """Why it is over, if it is."""
        if self.turn is not None:
            return None
        return self.simulation.ended(self.moment) or "rounds"

    def choose(self, option: int | None) -> None:
        """The place of an option of the turn; None: what the character would do by itself.

        Raises IndexError for an option that the turn does not have, ValueError when it is over.
        """
        turn = self.turn
        if turn is None:
            raise ValueError("it is over")
        if option is not None and not 0 <= option < len(turn.options):
            raise IndexError(option)
        act = None if option is None else turn.options[option].act
        waiting = _waiting(turn) if act is None or act == WAIT else None
        place = self._places[-1]
        self._places.append(self._asked(Place(place.moment, (*place.answers, option), waiting)))
        self._choices.append(act)

    def choose_again(self, choices: Iterable[str | None]) -> bool:
        """What was chosen in a game before. False: this cannot be chosen here, at some time."""
        for act in choices:
            acts = [] if self.turn is None else [option.act for option in self.turn.options]
            if self.turn is None or (act is not None and act not in acts):
                return False
            self.choose(None if act is None else acts.index(act))
        return True

    def undo(self) -> bool:
        """Back to what the player was asked before. False: there is nothing before."""
        if not self._choices:
            return False
        self._places.pop()
        self._choices.pop()
        return True

    def _asked(self, place: Place) -> Place:
        """The next place where the player is asked, or where it is over."""
        moment, answers = place.moment, place.answers
        while not moment.held and moment.round < self._last:
            try:
                moment = self.simulation.step(moment, {self.who: _Answers(answers, place.waiting)})
            except _Unanswered as asked:
                return replace(place, moment=moment, answers=answers, turn=asked.turn)
            answers = ()
        return replace(place, moment=moment, answers=answers)


def play_again(
    world: Storyworld, kept: Chronicle, settings: RunSettings, rounds: int | None = None
) -> Play | None:
    """A game that was kept, with every choice chosen again from its beginning, so that it goes on
    as if it had never stopped; ``rounds``: so many more than it was left after. None: it does not
    come to the same events, the world being another than it was. Raises as ``resume`` does."""
    played, left = kept.played, kept.ending
    assert played is not None
    before = replace(kept, events=kept.events[: played.events], ending=played.begun)
    simulation, begun = resume(world, before, settings)
    last = played.last if rounds is None or left is None else left["round"] + rounds
    play = Play(simulation, played.who, begun, last)
    if not play.choose_again(played.choices):
        return None
    return play if _bare(play.moment.events) == _bare(kept.events) else None


def _bare(events: Iterable[Event]) -> list[Event]:
    """Without where in its text the world says so, which may have moved."""
    return [replace(event, line=None) for event in events]
