"""A story on its stage: how things stood in it, who had reasons for what, and what stood in the way
of an act.

Receives a stage and a chronicle; hands on states, and what the engine or a run finds in them. A
plan's states are its acts done again; a run's moments are run again.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from unspoken.asking.rerun import NotTheSame, again, states
from unspoken.chronicle.fit import acts_of
from unspoken.language import failure

if TYPE_CHECKING:
    from unspoken.chronicle import Chronicle
    from unspoken.engine import GroundEvent, GroundWorld, State
    from unspoken.engine.ground import Reason
    from unspoken.model import Storyworld
    from unspoken.planning import Limits, WhyNot
    from unspoken.queries.case import Case
    from unspoken.queries.query import Query
    from unspoken.reasons import Reasons
    from unspoken.simulation.explain import WhyNot as WhyNotNow
    from unspoken.simulation.moment import Moment
    from unspoken.simulation.motives import Motives
    from unspoken.simulation.run import Simulation
    from unspoken.stage import Stage

WORK = 200_000
"""Transitions looked at for a reason."""


class Staged:
    """A story on its stage. ``limits``: how far its search looked, if there was one."""

    def __init__(self, stage: Stage, chronicle: Chronicle, limits: Limits | None = None) -> None:
        self.stage = stage
        self.chronicle = chronicle
        self.limits = limits or stage.limits()

    @property
    def acts(self) -> tuple[str, ...]:
        return acts_of(self.chronicle)

    @cached_property
    def states(self) -> list[State]:
        """How things stand at the beginning and after each act, as far as acts can be done."""
        return states(self.stage.ground, self.chronicle)

    @cached_property
    def motives(self) -> Motives:
        from unspoken.simulation.motives import Motives

        return Motives(self.stage.ground)

    @cached_property
    def reasons(self) -> Reasons:
        from unspoken.reasons import Reasons

        return Reasons(self.motives)

    def acts_until(self, case: Case, query: Query) -> int | None:
        """How many acts are over when a question is asked; None: all are."""
        if query.when.relation == "end":
            return None
        return sum(event.is_act for event in case.chronicle.events[: case.moment(query.when)])

    def moment(self, until: int | None = None) -> tuple[Simulation, Moment]:
        """A run and a moment of it: its end, or the last round over before that act is. Raises
        DiagnosticError."""
        from unspoken.simulation.saving import resume

        if until is None:
            return resume(self.stage.model, self.chronicle)
        return self.again(self.stage.model, until)

    def again(self, world: Storyworld, until: int | None = None) -> tuple[Simulation, Moment]:
        """The run, run again in a world, to its end or as ``moment``. Raises DiagnosticError."""
        try:
            return again(world, self.chronicle, depth=self.chronicle.depth, until=until)
        except NotTheSame as error:
            raise failure("not-gone-through-again", why=str(error)) from None

    def reason(
        self, ground: GroundWorld, state: State, who: str, act: GroundEvent
    ) -> Reason | None:
        """Why somebody would begin with an act, as they believe things to stand."""
        mind = state.mind(who)
        if not mind.allows(act):
            return None
        character, epistemic = self.limits.character, self.limits.epistemic
        return ground.reason(
            mind,
            who,
            act,
            character_limit=3 if character is None else character,
            epistemic_limit=1 if epistemic is None else epistemic,
            work=WORK,
        )

    def why_not(self, act: str, until: int | None = None, seconds: float | None = None) -> WhyNot:
        """Why an act does not happen in a plan after so many acts (None: all)."""
        from unspoken.planning.why_not import why_not

        ground = self.stage.ground
        return why_not(ground, act, self.acts[:until], self.limits, seconds=seconds)

    def why_not_now(self, act: str, until: int | None = None) -> WhyNotNow:
        """Why whoever would have to begin with an act does not, in a run after so many acts (None:
        at its end)."""
        from unspoken.planning.why_not import one_act
        from unspoken.reasons import Reasons

        simulation, moment = self.moment(until)
        found = simulation.why_not(moment, one_act(simulation.ground, act, "act"))
        return Reasons(simulation.motives).why_not(found)
