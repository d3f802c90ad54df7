"""A crowd's live state beside the interned engine: the same values in every chain of minds."""

from __future__ import annotations

from itertools import pairwise, product

from hypothesis import event, given, note
from hypothesis import strategies as st

from tests.strategies import choose, walks, worlds
from unspoken import _engine
from unspoken._engine import EngineError
from unspoken.compiled import number
from unspoken.engine import GroundWorld, State
from unspoken.language import to_text
from unspoken.model import Storyworld


def same(state: State, crowd: _engine.Crowd, depth: int) -> None:
    """Every value in every chain of at most so many minds, nobody twice running."""
    ground = state.ground
    people = range(len(ground.characters))
    for length in range(depth + 1):
        for chain in product(people, repeat=length):
            if any(a == b for a, b in pairwise(chain)):
                continue
            here = state.number
            for character in chain:
                here = ground.raw.mind(here, character)
            for fluent, value in enumerate(ground.raw.values(here)):
                mine = crowd.value(chain, fluent)
                assert mine == value, (
                    f"{chain} {ground.fluents[fluent]}: {value}, in the crowd {mine}"
                )
            for act in ground.events:
                if act.is_action and length + 2 <= depth:
                    allowed = ground.raw.is_possible(here, act.number)
                    assert crowd.is_possible(chain, act.number) == allowed


@given(worlds(), walks(), st.integers(1, 4))
def test_invented_worlds(world: Storyworld, walk: list[int], depth: int) -> None:
    follow(world, walk, depth)


@given(worlds(triggers=False), walks(), st.integers(1, 4))
def test_invented_worlds_without_triggers(world: Storyworld, walk: list[int], depth: int) -> None:
    follow(world, walk, depth)


def follow(world: Storyworld, walk: list[int], depth: int) -> None:
    note(to_text(world))
    try:
        ground = GroundWorld(world)
    except EngineError:
        event("no world")
        return
    crowd = _engine.Crowd(number(world), depth)
    state, steps = ground.initial, 0
    while True:
        exact = crowd.exact()
        if exact is None:
            event(f"certain for {steps} acts")
            return
        same(state, crowd, exact)
        options = state.possible()
        if steps == len(walk) or not options:
            event("certain to the end")
            return
        act = choose(walk[steps], options)
        note(f"{act}")
        try:
            state = state.after(act)
        except EngineError:
            event("no such state")
            return
        crowd.apply(act.number)
        steps += 1
