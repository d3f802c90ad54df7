"""Playing somebody: a run that stops whenever it is one character's turn, and goes on with what
the player chooses.

Receives a simulation and whose part is played; hands on turns. A round is a function of the moment
before it and of what the choosers say, so a player's choices within a round are simply said again:
nothing has to be held in the middle of anything, and going back is keeping what was.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from unspoken.chronicle import Chronicle, Event
from unspoken.chronicle.lived import lived, perceived
from unspoken.chronicle.record import chronicle_of
from unspoken.simulation.choice import WAIT
from unspoken.simulation.moment import Ended, Moment, Turn
from unspoken.simulation.run import Simulation


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


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a game stands: the moment before a round, and what was chosen in it so far; and what
    the situation was, if the player chose last to wait."""

    moment: Moment
    answers: tuple[int | None, ...]
    waiting: Situation | None = None


class Play:
    """A run in which the part of ``who`` is played. ``rounds``: it ends after so many more."""

    def __init__(
        self,
        simulation: Simulation,
        who: str,
        start: Moment | None = None,
        rounds: int | None = None,
    ) -> None:
        self.simulation = simulation
        self.who = who
        self.begun = begun = simulation.begin(start)
        """Where the game began, or was taken up."""
        self._last = begun.round + (simulation.settings.rounds if rounds is None else rounds)
        self._earlier: list[_Place] = []
        self._place = _Place(begun, ())
        self._turn: Turn | None = None
        self._go_on()

    @property
    def turn(self) -> Turn | None:
        """What the player is asked; None: it is over."""
        return self._turn

    @property
    def moment(self) -> Moment:
        """The last moment between two rounds: what is saved."""
        return self._place.moment

    @property
    def perceived(self) -> tuple[Event, ...]:
        """All that the character has perceived and thought, up to now, numbered as it happened."""
        if self._turn is not None:
            return self._turn.perceived
        return perceived(self.moment.events, self.who)

    @property
    def lived(self) -> Chronicle:
        """The same as a chronicle, in which there is nothing else: its events are ``perceived``,
        numbered anew."""
        whole = chronicle_of(
            self.simulation.ground.world,
            self.moment.opening.beginning,
            (),
            depth=self.moment.opening.depth,
            seed=self.simulation.seed,
        )
        return lived(whole, self.who, self.perceived)

    @property
    def ended(self) -> Ended | None:
        """Why it is over, if it is."""
        if self._turn is not None:
            return None
        return self.simulation.ended(self.moment) or "rounds"

    def choose(self, option: int | None) -> None:
        """The place of an option of the turn; None: what the character would do by itself.

        Raises IndexError for an option that the turn does not have, ValueError when it is over.
        """
        if self._turn is None:
            raise ValueError("it is over")
        if option is not None and not 0 <= option < len(self._turn.options):
            raise IndexError(option)
        self._earlier.append(self._place)
        waits = option is None or self._turn.options[option].act == WAIT
        waiting = _waiting(self._turn) if waits else None
        self._place = _Place(self._place.moment, (*self._place.answers, option), waiting)
        self._go_on()

    def undo(self) -> bool:
        """Back to what the player was asked before. False: there is nothing before."""
        if not self._earlier:
            return False
        self._place = self._earlier.pop()
        self._go_on()
        return True

    def _go_on(self) -> None:
        """To the next time that the player is asked."""
        moment, answers, waiting = self._place.moment, self._place.answers, self._place.waiting
        while not moment.held and moment.round < self._last:
            try:
                moment = self.simulation.step(moment, {self.who: _Answers(answers, waiting)})
            except _Unanswered as asked:
                self._turn = asked.turn
                break
            answers = ()
        else:
            self._turn = None
        self._place = _Place(moment, answers, waiting)
