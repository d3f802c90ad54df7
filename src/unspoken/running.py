"""A world that is run: everybody acts on their own, and a person for one of them.

    story = world.run(rounds=10)
    game = world.play("Tara")

Stands on ``story``; ``world`` adds the stories that are looked for. Every run begins in one of
three ways, and is a story wherever it is left.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from msgspec.structs import replace

from unspoken import arguments
from unspoken.stage import Stage
from unspoken.story import Story

if TYPE_CHECKING:
    from unspoken.model import RunSettings
    from unspoken.simulation.moment import Chooser, Ended, Moment
    from unspoken.simulation.playing import Play
    from unspoken.simulation.run import Simulation


class Running(Stage):
    """A storyworld without mistakes, whose people act on their own."""

    def run(
        self,
        rounds: int | None = None,
        until: str | None = None,
        seed: int = 0,
        *,
        start: Story | None = None,
        choosers: Mapping[str, Chooser] | None = None,
        on_moment: Callable[[Simulation, Moment], None] | None = None,
    ) -> Story:
        """What happens when everybody acts on their own, round after round: for their own wishes,
        on what they believe, as far as they dare.

        ``rounds`` (at most), ``until`` (a condition that ends it) and how characters look ahead:
        what is left out is as in the world's ``run`` section. ``start``: a story whose ending this
        one goes on from, of this world or of another with the same people, all minds as they were
        left; its own chronicle stays as it is. ``choosers``: who decides for a character
        (``simulation.moment.Chooser``). ``on_moment`` hears each moment, the beginning first. The
        same world, start, seed and choices give the same story; Ctrl-C keeps what there is.

        Raises DiagnosticError for a condition that makes no sense in this world, and for a start
        that cannot be gone on from.
        """
        arguments.at_least(0, rounds=rounds)
        simulation, moment = self._opened(until, seed, start)
        return self._ran(simulation, moment, rounds, choosers, on_moment)

    def resume(
        self,
        story: Story,
        rounds: int | None = None,
        until: str | None = None,
        *,
        choosers: Mapping[str, Chooser] | None = None,
        on_moment: Callable[[Simulation, Moment], None] | None = None,
    ) -> Story:
        """A run of this world taken up where it was left: ten rounds and ten more are the same
        story as twenty. ``rounds``: so many more, at most; the others as for ``run``."""
        arguments.at_least(0, rounds=rounds)
        simulation, moment = self._opened(until, saved=story)
        return self._ran(simulation, moment, rounds, choosers, on_moment)

    def play(
        self,
        who: str,
        rounds: int | None = None,
        until: str | None = None,
        seed: int = 0,
        *,
        saved: Story | None = None,
        start: Story | None = None,
    ) -> Play:
        """A run that stops whenever it is ``who``'s turn, or ``who`` is asked to take part in
        something, and goes on with what is chosen: ``turn``, ``choose``, ``undo``. ``saved``: a run
        or a game to go on with, as whoever; ``seed`` and ``start`` are then its own. A game of
        ``who``'s goes on as if it had never stopped; if the world has changed since, it has no
        ``choices`` yet. The others as for ``run``. Its ``chronicle`` has all that was chosen.

        Raises DiagnosticError as ``run`` does, and for nobody's name.
        """
        from unspoken.simulation.playing import Play, play_again

        arguments.at_least(0, rounds=rounds)
        self.somebody(who)
        if saved is not None and saved.chronicle.played is not None:
            played = saved.chronicle.played
            if played.who == who:
                until = until or played.until
                settings = self._run_settings(until)
                with self.in_words():
                    again = play_again(self.model, saved.chronicle, settings, rounds)
                if again is not None:
                    return again
        simulation, moment = self._opened(until, seed, start, saved)
        with self.in_words():
            return Play(simulation, who, moment, None if rounds is None else moment.round + rounds)

    def simulation(self, until: str | None = None, seed: int = 0) -> Simulation:
        """The machinery of ``run``, for whoever wants moments as they come: ``moments()`` of it,
        and ``story_of`` each."""
        from unspoken.simulation.run import Simulation

        with self.in_words():
            return Simulation(self.model, seed, self._run_settings(until))

    def story_of(self, simulation: Simulation, moment: Moment, ended: Ended | None = None) -> Story:
        """The story of a run up to a moment. ``ended``: why it is over, apart from what the moment
        says itself."""
        return Story(
            self,
            None,
            chronicle=simulation.chronicle(moment),
            final=moment.state,
            ended=simulation.ended(moment) or ended,
            seed=simulation.seed,
        )

    def _opened(
        self,
        until: str | None,
        seed: int = 0,
        start: Story | None = None,
        saved: Story | None = None,
    ) -> tuple[Simulation, Moment]:
        """Where a run begins: where ``saved`` was left, after ``start``, or at the beginning."""
        from unspoken.simulation.saving import next_chapter, resume

        with self.in_words():
            if saved is not None:
                return resume(self.model, saved.chronicle, self._run_settings(until))
            if start is not None:
                settings = self._run_settings(until)
                return next_chapter(self.model, start.chronicle, settings, seed=seed)
            simulation = self.simulation(until, seed)
            return simulation, simulation.begin()

    def _run_settings(self, until: str | None) -> RunSettings:
        settings = self.model.inner.run
        return settings if until is None else replace(settings, until=self.condition(until))

    def _ran(
        self,
        simulation: Simulation,
        moment: Moment,
        rounds: int | None,
        choosers: Mapping[str, Chooser] | None,
        on_moment: Callable[[Simulation, Moment], None] | None,
    ) -> Story:
        ended: Ended | None = None
        with self.in_words(), contextlib.suppress(KeyboardInterrupt):
            for reached in simulation.moments(moment, rounds, choosers):
                moment = reached
                if on_moment is not None:
                    on_moment(simulation, moment)
            ended = "rounds"
        return self.story_of(simulation, moment, ended)
