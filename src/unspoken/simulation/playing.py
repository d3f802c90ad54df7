"""Playing somebody: a run that stops whenever it is one character's turn, and goes on with what
the player chooses.

Receives a simulation and whose part is played; hands on turns. A round is a function of the moment
before it and of what the choosers say, so a player's choices within a round are simply said again:
nothing has to be held in the middle of anything, and going back is keeping what was.
"""

from __future__ import annotations

from dataclasses import dataclass

from unspoken.simulation.moment import Ended, Moment, Turn
from unspoken.simulation.run import Simulation


class _Unanswered(Exception):
    def __init__(self, turn: Turn) -> None:
        super().__init__()
        self.turn = turn


class _Answers:
    """Says again what was chosen in this round; asks when there is nothing more to say."""

    def __init__(self, answers: tuple[int | None, ...]) -> None:
        self._left = iter(answers)

    def __call__(self, turn: Turn) -> int | None:
        for answer in self._left:
            return answer
        raise _Unanswered(turn)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a game stands: the moment before a round, and what was chosen in it so far."""

    moment: Moment
    answers: tuple[int | None, ...]


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
        begun = simulation.begin(start)
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
    def ended(self) -> Ended | None:
        """Why it is over, if it is."""
        if self._turn is not None:
            return None
        return "until" if self.moment.held else "rounds"

    def choose(self, option: int | None) -> None:
        """The place of an option of the turn; None: what the character would do by itself.

        Raises IndexError for an option that the turn does not have, ValueError when it is over.
        """
        if self._turn is None:
            raise ValueError("it is over")
        if option is not None and not 0 <= option < len(self._turn.options):
            raise IndexError(option)
        self._earlier.append(self._place)
        self._place = _Place(self._place.moment, (*self._place.answers, option))
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
        moment, answers = self._place.moment, self._place.answers
        while not moment.held and moment.round < self._last:
            try:
                moment = self.simulation.step(moment, {self.who: _Answers(answers)})
            except _Unanswered as asked:
                self._turn = asked.turn
                break
            answers = ()
        else:
            self._turn = None
        self._place = _Place(moment, answers)
