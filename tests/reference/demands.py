"""What an author demands of a story, by the letter: every way in which the demands could be met is
tried.

Receives a ``Judge`` and demands; hands on a verdict, or every solution within the limits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise, product

from msgspec import Struct

from tests.reference.semantics import Judge, State
from tests.reference.validity import Limits, Step, Steps, Validity
from unspoken.model import Expression


class Fact(Struct, frozen=True):
    """A state, the initial one included, in which this holds."""

    condition: Expression


class Act(Struct, frozen=True):
    """One of these acts, by name."""

    names: frozenset[str]


class Wanted(Struct, frozen=True):
    """``keep``: after how many scenes, and what then holds in every state."""

    scenes: tuple[Fact | Act, ...] = ()
    musts: tuple[Fact | Act, ...] = ()
    never: frozenset[str] = frozenset()
    keep: tuple[tuple[int, Expression], ...] = ()


class Demanding(Validity):
    """``goal`` None: the demands are all that counts, and nothing need happen."""

    def __init__(
        self, judge: Judge, wanted: Wanted, goal: float | None, *, shortest_reasons: bool = False
    ) -> None:
        super().__init__(judge, shortest_reasons=shortest_reasons)
        self.wanted = wanted
        self.goal = goal

    def all_solutions(self, limits: Limits) -> Iterator[Steps]:
        """Every solution, with every choice of reasons, shortest first."""
        for length in range(limits.author + 1):
            for steps in self._author_plans(self.judge.initial, length, limits):
                if self.does(steps):
                    yield steps

    def does(self, steps: Steps) -> bool:
        """Is it a solution?"""
        states = self.states(steps)
        if states is None:
            return False
        if not all(self.is_explained(s, at, None) for s, at in zip(steps, states, strict=False)):
            return False
        if not self.meets(steps, states):
            return False
        start, end = (self.judge.utility(state, None) for state in (states[0], states[-1]))
        if self.goal is not None and (
            not steps or start is None or end is None or not end > start or end < self.goal
        ):
            return False
        return not any(
            self.does_as_well(steps, chosen, end)
            for count in range(len(steps))
            for chosen in combinations(range(len(steps)), count)
        )

    def does_as_well(self, steps: Steps, chosen: tuple[int, ...], aim: float | None) -> bool:
        """Would these acts alone do, explained by the reasons given?"""
        kept = tuple(steps[place] for place in chosen)
        states = self.states(kept)
        if states is None or not self.meets(kept, states):
            return False
        for place, (was, step) in enumerate(zip(chosen, kept, strict=True)):
            if place != was and not self.is_explained(step, states[place], None):
                return False
        if self.goal is None:
            return True
        end = self.judge.utility(states[-1], None)
        return end is not None and aim is not None and end >= aim

    def states(self, steps: Steps) -> list[State] | None:
        states = [self.judge.initial]
        for step in steps:
            if not self.judge.is_possible(states[-1], step.act):
                return None
            states.append(self.judge.apply(states[-1], step.act))
        return states

    def meets(self, steps: Steps, states: Sequence[State]) -> bool:
        wanted = self.wanted
        if any(step.act.name in wanted.never for step in steps):
            return False
        for after, condition in wanted.keep:
            if after > len(wanted.scenes):
                continue  # never in force
            for moment in range(len(states)):
                past = steps[:moment], states[: moment + 1]
                in_force = self.in_order(wanted.scenes[:after], *past)
                if in_force and not self.judge.holds(states[moment], condition):
                    return False
        musts = all(self.in_order((must,), steps, states) for must in wanted.musts)
        return musts and self.in_order(wanted.scenes, steps, states)

    def in_order(
        self, scenes: Sequence[Fact | Act], steps: Sequence[Step], states: Sequence[State]
    ) -> bool:
        """Is there a moment for each scene, none before an earlier one's? State k is at moment
        2k, act k, counted from 1, at moment 2k - 1; one act is not two scenes."""
        moments = range(2 * len(states) - 1)
        return any(
            all(self.is_at(scene, moment, steps, states) for scene, moment in paired)
            for times in product(moments, repeat=len(scenes))
            if list(times) == sorted(times) and all(a < b or a % 2 == 0 for a, b in pairwise(times))
            for paired in [list(zip(scenes, times, strict=True))]
        )

    def is_at(
        self, scene: Fact | Act, moment: int, steps: Sequence[Step], states: Sequence[State]
    ) -> bool:
        if isinstance(scene, Fact):
            return moment % 2 == 0 and self.judge.holds(states[moment // 2], scene.condition)
        return moment % 2 == 1 and steps[moment // 2].act.name in scene.names
