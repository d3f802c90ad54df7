"""A crowd's live state beside the interned engine: the same values in every chain of minds."""

from __future__ import annotations

from itertools import pairwise, product

import pytest
from hypothesis import event, given, note, settings
from hypothesis import strategies as st

from benchmarks.town import town
from tests.strategies import choose, walks, worlds
from unspoken import _engine
from unspoken._engine import EngineError
from unspoken.compiled import number
from unspoken.engine import GroundWorld, State, load
from unspoken.engine.crowd import Crowd
from unspoken.language import parse, to_text
from unspoken.model import Storyworld
from unspoken.simulation.crowd import CrowdRun


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


half_as_many = settings(max_examples=settings().max_examples // 2)


@half_as_many
@given(worlds() | worlds(whole=True), walks(), st.integers(1, 4))
def test_invented_worlds(world: Storyworld, walk: list[int], depth: int) -> None:
    follow(world, walk, depth)


@half_as_many
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
    try:
        crowd = _engine.Crowd(number(world), depth)
    except EngineError as fault:
        if fault.args[0] != "endless-triggers":
            raise
        # A law that is undone in a mind each time: it is due for ever, though nothing changes.
        event("no crowd")
        return
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


def world_of(text: str) -> Storyworld:
    world, diagnostics = parse(text, "world")
    assert world is not None, diagnostics
    return world


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_a_town_is_as_its_acts_would_have_it(depth: int) -> None:
    """Six people for a while: the same acts, one by one, in a world that keeps everything."""
    run = CrowdRun(world_of(town(6, 3, matters=2, crowding=2)), 3, depth)
    ground = load(run.world)
    state = ground.initial
    for _ in range(20):
        for one in run.step():
            assert one.done == state.allows(ground.action(one.act))
            state = state.after(one.act)
    assert run.crowd.exact == depth
    people = ground.characters
    for length in range(depth + 1):
        for chain in product(people, repeat=length):
            mind = state
            for who in chain:
                mind = mind.mind(who)
            for fluent, value in mind.values():
                assert run.crowd.value(str(fluent), chain) == value, f"{chain} {fluent}"


DEEP = """\
unspoken 1;
entity Ann : character; entity Ben : character;
property wet() : boolean;
property n() : number;
action look() { effect: wet() = believes(Ann, wet()); };
action divide() { effect: n() = 1 / n(); };
action rain() { effect: wet(); observing(c : character): c == Ben; };
believes(Ann, wet());
"""


def test_certainty_goes_back_where_acts_read_minds() -> None:
    crowd = Crowd(world_of(DEEP), depth=2)
    assert crowd.exact == 2
    for left in (1, 0, None, None):
        crowd.happens("look()")
        assert crowd.exact == left


def test_certainty_is_gone_where_laws_read_minds() -> None:
    law = "trigger t() { precondition: believes(Ann, wet()) & !wet(); effect: wet(); };"
    assert Crowd(world_of(DEEP + law)).exact is None


def test_who_sees_nothing_believes_what_it_did() -> None:
    crowd = Crowd(world_of(DEEP.replace("\nbelieves(Ann, wet());", "")))
    assert crowd.happens("rain()")
    assert [crowd.value("wet()", chain) for chain in ((), ("Ben",), ("Ann",), ("Ben", "Ann"))] == [
        True,
        True,
        False,
        False,
    ]
    assert not crowd.happens("rain()"), "it is wet already"


def test_what_fails_changes_nothing() -> None:
    crowd = Crowd(world_of(DEEP))
    before = crowd.size()
    with pytest.raises(EngineError) as caught:
        crowd.happens("divide()")
    assert caught.value.args[0] == "division-by-zero"
    assert crowd.size() == before
    with pytest.raises(KeyError):
        crowd.happens("no_such_act()")
    with pytest.raises(KeyError):
        crowd.value("dry()")


def test_minds_are_kept_to_some_depth() -> None:
    with pytest.raises(EngineError) as caught:
        Crowd(world_of(DEEP), depth=0)
    assert caught.value.args[0] == "no-depth"
