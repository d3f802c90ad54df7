"""A state as plain data says all there is to say of it, to any depth, wherever it is read."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, note, reject
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.engine.test_told import HOUSE, tellings
from tests.planning.worlds import grounded
from tests.strategies import choose, walks, worlds
from unspoken.engine import EngineError, GroundWorld, NamedValue, State, StateGraph
from unspoken.language import parse, to_text
from unspoken.model import Action, EntityTerm, Fluent, Storyworld

DEPTH = 4


def house(more: str = "", *, start: StateGraph | None = None, text: str = HOUSE) -> GroundWorld:
    world, diagnostics = parse(text + more)
    assert world is not None, diagnostics
    return GroundWorld(world, start)


def chains(characters: Sequence[str], depth: int = DEPTH) -> Iterator[tuple[str, ...]]:
    """Nobody twice running."""
    for length in range(depth + 1):
        for chain in itertools.product(characters, repeat=length):
            if all(one != other for one, other in itertools.pairwise(chain)):
                yield chain


def within(state: State, chain: Sequence[str]) -> State:
    for who in chain:
        state = state.mind(who)
    return state


def values(state: State) -> list[tuple[str, NamedValue]]:
    return sorted((str(fluent), value) for fluent, value in state.values())


def through_a_file(graph: StateGraph) -> StateGraph:
    return StateGraph.of(json.loads(json.dumps(graph.plain())))


@given(worlds(), walks(4), st.data())
def test_a_state_is_read_as_it_was_written(
    world: Storyworld, walk: list[int], data: st.DataObject
) -> None:
    note(to_text(world))
    try:
        ground = GroundWorld(world)
        state: State = ground.initial
        for move in walk:
            told = data.draw(tellings(ground))
            pins = [(chain, ground.fluents[n], value) for (chain, n), value in told.items()]
            state = state.told(pins, ground.characters[: move % 3])
            possible = state.possible()
            if possible:
                state = state.after(choose(move, possible))
            if move % 5 == 0:
                state = state.mind(choose(move, ground.characters))
    except EngineError:
        reject()
    graph = through_a_file(state.graph())
    assert graph == state.graph()
    back = ground.state_of(graph)
    assert back == State(ground, state.number)
    fresh = GroundWorld(world, graph)
    again = fresh.state_of(graph)
    assert again.graph() == graph
    for chain in chains(ground.characters):
        assert values(within(state, chain)) == values(within(again, chain)), chain
    assert list(map(str, again.possible())) == list(map(str, state.possible()))
    fresh.raw.check_invariants()


@given(worlds(), walks(3))
def test_the_order_of_declaration_does_not_show(world: Storyworld, walk: list[int]) -> None:
    turned = replace(
        world,
        entities=world.entities[::-1],
        properties=world.properties[::-1],
        actions=world.actions,
    )
    try:
        one, other = GroundWorld(world), GroundWorld(turned)
        mine: State = one.initial
        theirs: State = other.initial
        for move in walk:
            possible = mine.possible()
            if possible:
                act = str(choose(move, possible))
                mine, theirs = mine.after(act), theirs.after(act)
    except (EngineError, KeyError):
        reject()
    if mine.graph() != theirs.graph():
        # A quantifier or a law may come to something else first.
        assert any(
            values(within(mine, chain)) != values(within(theirs, chain))
            for chain in chains(one.characters)
        )


def test_what_a_graph_looks_like() -> None:
    ground = house()
    state = ground.initial.told([(["Cat", "Ann"], "hour()", 2)])
    assert state.graph().plain() == [
        {
            "facts": {
                "at(Ann)": "Attic",
                "at(Ben)": "Attic",
                "at(Cat)": "Barn",
                "dark()": False,
                "glad(Ann)": False,
                "glad(Ben)": False,
                "glad(Cat)": False,
                "hour()": 0.0,
            },
            "minds": {"Ann": 1, "Ben": 1, "Cat": 2},
        },
        {"facts": {}, "minds": {}},
        {"facts": {}, "minds": {"Ann": 3, "Ben": 1}},
        {"facts": {"dark()": True, "hour()": 2.0}, "minds": {"Ben": 1, "Cat": 1}},
    ]


def test_another_chapter_may_have_more() -> None:
    end = house().initial.told([((), "hour()", 1), (["Ben"], "glad(Ann)", True)])
    more = """
    entity Dot : character; entity Cellar : place;
    property lamp(p : place) : boolean;
    property wet(c : character) : boolean;
    lamp(Cellar); wet(Ann); believes(Ann, !wet(Ann)); at(Dot) = Cellar;
    action switch(p : place) { effect: lamp(p) = False; };
    action dry(c : character) { effect: !wet(c); consenting: c; };
    """
    ground = house(more)
    start = ground.state_of(end.graph())
    assert start.value("hour()") == 1.0
    assert start.mind("Ben").value("glad(Ann)") is True
    for chain in chains(ground.characters, 3):
        mind = within(start, chain)
        assert mind.value("lamp(Cellar)") is True
        assert mind.value("lamp(Attic)") is False
        assert mind.value("wet(Ann)") is True, "as it is in truth"
        assert mind.value("at(Dot)") == "Cellar"
        known = tuple(who for who in chain if who != "Dot")
        no_twins = [who for who, _ in itertools.groupby(known)]
        glad = within(end, no_twins).value("glad(Ann)")
        assert mind.value("glad(Ann)") is glad, "who is new believes what is so"
    assert "walk(Dot, Attic)" in [str(act) for act in start.options("Dot")]


def test_what_another_chapter_has_no_more_is_left_out() -> None:
    end = house("property gone() : boolean; action go() { effect: gone(); };").initial.after("go()")
    assert end.value("gone()") is True
    start = house().state_of(end.graph())
    assert start.graph() == house().initial.graph()


def test_laws_of_another_chapter_set_in() -> None:
    end = house().initial.told([((), "hour()", 1)])
    law = "trigger early() { precondition: hour() == 1 & !glad(Cat); effect: glad(Cat); };"
    start = house(law).state_of(end.graph())
    assert start.value("glad(Cat)") is True
    assert start.mind("Cat").value("glad(Cat)") is False


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (HOUSE.replace("Cat", "Dot"), {"entity": "Cat"}),
        (HOUSE.replace("Barn", "Loft"), {"entity": "Barn", "fluent": "at(Cat)"}),
    ],
)
def test_who_or_what_is_gone(text: str, facts: dict[str, str]) -> None:
    end = house().initial.told([(["Cat"], "dark()", True)])
    with pytest.raises(EngineError) as raised:
        house(text=text).state_of(end.graph())
    assert raised.value.args == ("vanished-entity", facts)
    with pytest.raises(EngineError) as raised:
        house(text=text, start=end.graph())
    assert raised.value.args == ("vanished-entity", facts)


def test_what_another_chapter_could_not_come_to_by_itself() -> None:
    end = house().initial.after("cheer(Ann, Ben)").graph()
    without_cheer = HOUSE.replace("effect: glad(d)", "effect: hour() = 0")
    locked = (
        "action sulk(c : character) { precondition: glad(c); effect: hour() = 7; consenting: c; };"
    )
    with pytest.raises(EngineError) as raised:
        house(locked, text=without_cheer).state_of(end)
    assert raised.value.args == ("beyond-reach", {"fluent": "glad(Ben)", "value": "True"})
    ground = house(locked, start=end, text=without_cheer)
    start = ground.state_of(end)
    assert start.value("glad(Ben)") is True
    assert "sulk(Ben)" in [str(act) for act in start.options("Ben")]
    assert not ground.has_action("sulk(Cat)")


def test_a_value_of_another_kind_is_beyond_reach() -> None:
    end = house().initial.graph()
    ground = house(
        start=end,
        text=HOUSE.replace("hour() : number", "hour() : place")
        .replace("hour() = hour() + 1", "hour() = Barn")
        .replace("hour() >= 2", "hour() == Barn"),
    )
    with pytest.raises(EngineError) as raised:
        ground.state_of(end)
    assert raised.value.args == ("beyond-reach", {"fluent": "hour()", "value": "0"})


@pytest.mark.parametrize(
    "plain",
    [
        None,
        {},
        [],
        [{"facts": {}}],
        [{"facts": {}, "minds": {}, "more": 1}],
        [{"facts": {}, "minds": {"Ann": 1}}],
        [{"facts": {}, "minds": {"Ann": -1}}],
        [{"facts": {}, "minds": {"Ann": True}}],
        [{"facts": {"hour()": [1]}, "minds": {}}],
    ],
)
def test_what_is_no_graph(plain: object) -> None:
    with pytest.raises(ValueError, match=r"wanted|has facts|leads nowhere|no value"):
        StateGraph.of(plain)


def test_nobody_is_wrong_about_its_own_mind() -> None:
    ground = house()
    graph = ground.initial.told([(["Ann"], "hour()", 1)]).graph()
    nodes = [*graph.nodes[:1], replace(graph.nodes[1], minds={**graph.nodes[1].minds, "Ann": 0})]
    with pytest.raises(EngineError) as raised:
        ground.state_of(StateGraph((*nodes, *graph.nodes[2:])))
    assert raised.value.args[0] == "malformed-graph"


def test_overloads_that_share_a_text_are_told_apart() -> None:
    ground = grounded("""
    entity Ann : character;
    property worth(c : character) : number;
    property worth(e : entity) : boolean;
    action earn(c : character) { effect: worth(c) = 3; };
    """)
    everything = ground.world.properties[1]
    world = replace(
        ground.world,
        actions=(
            *ground.world.actions,
            Action("show", effect=Fluent(everything, (EntityTerm("Ann"),))),
        ),
    )
    ground = GroundWorld(world)
    state = ground.initial.after("show()")
    assert state.graph().nodes[0].facts == {"worth(Ann)": 0.0, "worth(Ann) #2": True}
    assert ground.state_of(state.graph()) == state
