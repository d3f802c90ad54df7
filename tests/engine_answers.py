"""The engine's answers to ``expectations``."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.expectations import default_goal
from tests.reference.expressions import Value
from unspoken.engine import GroundWorld
from unspoken.model import Storyworld


class EngineAnswers:
    def __init__(self, world: Storyworld) -> None:
        self.engine = GroundWorld(world)

    def values(self, acts: Sequence[str]) -> Callable[[tuple[str, ...], str], Value]:
        state = self.engine.initial
        for act in acts:
            state = state.after(act)

        def value(chain: tuple[str, ...], fluent: str) -> Value:
            there = state
            for character in chain:
                there = there.mind(character)
            return there.value(fluent)

        return value

    def sees(self, act: str) -> list[str]:
        raw, number = self.engine.raw, self.engine.action(act).number
        return [
            name
            for name in self.engine.characters
            if raw.observes(raw.initial(), number, self.engine.character(name))
        ]

    def plan(self, limits: tuple[int, ...]) -> list[str] | None:
        start = self.engine.initial.utility()
        search = self.engine.raw.search(default_goal(start), *limits)
        while not search.wait(1.0):
            pass
        if search.outcome() != "found":
            assert search.outcome() == "impossible"
            return None
        plan = search.plan()
        assert plan is not None
        return [str(self.engine.events[act]) for act in plan.acts]
