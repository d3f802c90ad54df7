"""What is told from without goes through the same stepping as any event: judged by the reference,
as an action that does just that."""

from __future__ import annotations

import pytest
from hypothesis import given, note, reject
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.agreement import Sides, Undefined
from tests.planning.worlds import grounded
from tests.reference.expressions import ALWAYS, NEVER, Assignment, Constant, IllFormed
from tests.reference.semantics import Event
from tests.strategies import choose, walks, worlds
from unspoken.engine import EngineError, GroundFluent, GroundWorld, NamedValue, Pin, State
from unspoken.engine.trace import Trace
from unspoken.language import to_text
from unspoken.model import Drive, InnerLife, Storyworld

HOUSE = """
unspoken 1;
type place;
entity Ann : character; entity Ben : character; entity Cat : character;
entity Attic : place; entity Barn : place;
property at(c : character) : place;
property glad(c : character) : boolean;
property hour() : number;
property dark() : boolean;
property here() : place;
at(Ann) = Attic; at(Ben) = Attic; at(Cat) = Barn; here() = Attic;
action walk(c : character, to : place) {
    precondition: at(c) != to;
    effect: at(c) = to;
    consenting: c;
    observing(o : character): at(o) == at(c) | at(o) == to;
};
action cheer(c : character, d : character) {
    precondition: c != d & at(c) == at(d);
    effect: glad(d);
    consenting: c, d;
};
action wait(c : character) { effect: hour() = hour() + 1; consenting: c; };
trigger dusk() { precondition: hour() >= 2 & !dark(); effect: dark(); };
"""


def values_of(ground: GroundWorld, fluent: GroundFluent) -> list[NamedValue]:
    """Some of what a fluent may be told."""
    known: list[NamedValue] = [True, False, None, 0.0, 1.0, 2.0]
    everything = [*known, *(entity.name for entity in ground.world.numbered_entities)]
    return [v for v in everything if ground.raw.may_be(fluent.number, ground.value_of(v))]


@st.composite
def tellings(draw: st.DrawFn, ground: GroundWorld) -> dict[tuple[tuple[str, ...], int], NamedValue]:
    """Values for fluents that change, by chain and number."""
    changing = ground.fluents[: ground.raw.size()["fluents"]]
    if not changing:
        reject()
    told: dict[tuple[tuple[str, ...], int], NamedValue] = {}
    for _ in range(draw(st.integers(1, 3))):
        chain = draw(st.lists(st.sampled_from(ground.characters), max_size=3))
        no_twins = tuple(c for i, c in enumerate(chain) if i == 0 or c != chain[i - 1])
        fluent = draw(st.sampled_from(changing))
        told[no_twins, fluent.number] = draw(st.sampled_from(values_of(ground, fluent)))
    return told


@given(worlds(), walks(3), st.data())
def test_the_reference_agrees(world: Storyworld, walk: list[int], data: st.DataObject) -> None:
    note(to_text(world))
    try:
        sides = Sides(world)
    except Undefined:
        reject()
    ground, judge = sides.engine, sides.judge
    here, there = sides.start
    for move in walk:
        told = data.draw(tellings(ground))
        everybody = st.sets(st.sampled_from(ground.characters))
        observers = sorted(data.draw(everybody))
        synthetic = Event(
            0,
            0,
            (),
            f"{told} before {observers}",
            ALWAYS,
            tuple(
                Assignment(ALWAYS, chain, sides._places[number], Constant(value))
                for (chain, number), value in told.items()
            ),
            (),
            {c: ALWAYS if c in observers else NEVER for c in ground.characters},
        )
        pins = [(chain, ground.fluents[n], value) for (chain, n), value in told.items()]
        event = ground.mint(pins, observers)
        sides.same_observers(here, there, synthetic, event.number)
        try:
            after = judge.apply(here, synthetic)
        except IllFormed:
            reject()
        number = ground.raw.apply(there, event.number)
        sides.same(after, number)
        sides.same_trace(here, there, synthetic, event.number)
        here, there = after, number
        options = list(sides.successors(here, there))
        if options:
            _, here, there = choose(move, options)
    sides.raw.check_invariants()


@given(worlds(), st.data())
def test_nothing_depends_on_what_was_told_before(world: Storyworld, data: st.DataObject) -> None:
    try:
        one, other = GroundWorld(world), GroundWorld(world)
        several = [data.draw(tellings(one)) for _ in range(3)]
        nobody: tuple[str, ...] = ()

        def told(ground: GroundWorld, which: int) -> State:
            content = several[which]
            pins = [(chain, ground.fluents[n], value) for (chain, n), value in content.items()]
            return ground.initial.told(pins, nobody if which else ground.characters)

        in_order = [told(one, i) for i in range(3)]
        backwards = [told(other, i) for i in (2, 1, 0)][::-1]
    except EngineError:
        reject()
    for left, right in zip(in_order, backwards, strict=True):
        chains = [(), *((c,) for c in one.characters)]
        chains += [(c, d) for c in one.characters for d in one.characters]
        for chain in chains:
            mine: State = left
            theirs: State = right
            for who in chain:
                mine, theirs = mine.mind(who), theirs.mind(who)
            assert [v for _, v in mine.values()] == [v for _, v in theirs.values()]
    assert one.initial.possible() == tuple(one.events[e.number] for e in other.initial.possible())


def test_telling_a_mind_tells_nobody_else() -> None:
    ground = grounded(HOUSE)
    state = ground.initial.told([(["Ann", "Ben"], "glad(Ann)", True)])
    assert state.mind("Ann").mind("Ben").value("glad(Ann)") is True
    for chain in [(), ("Ann",), ("Ben",), ("Ben", "Ann"), ("Ann", "Cat")]:
        mind: State = state
        for who in chain:
            mind = mind.mind(who)
        assert mind.value("glad(Ann)") is False, chain


def test_observers_step_it_as_they_step_any_event() -> None:
    ground = grounded(HOUSE)
    state = ground.initial.told([((), "hour()", 2), (["Cat"], "hour()", 1)], ["Ann", "Ben"])
    assert state.value("dark()") is True
    assert state.mind("Ann").mind("Ben").value("dark()") is True
    assert state.mind("Ann").mind("Cat").value("hour()") == 1.0
    assert state.mind("Cat").value("hour()") == 1.0
    assert state.mind("Cat").mind("Ann").value("hour()") == 0.0


def test_a_minted_event_is_known_by_its_content() -> None:
    ground = grounded(HOUSE)
    event = ground.mint([(["Ben", "Ben"], "glad(Ann)", True), ((), "hour()", 3)], ["Ben"])
    same = ground.mint(
        [
            ((), ground.fluent("hour()"), 3.0),
            (["Ben"], "glad( Ann )", True),
            ((), "here()", "Attic"),
        ],
        ["Ben", "Ben"],
    )
    assert same is event
    assert event.name == ""
    assert event.pins == (
        Pin((), ground.fluent("hour()"), 3.0),
        Pin(("Ben",), ground.fluent("glad(Ann)"), True),
    )
    assert str(event) == "hour() = 3 & believes(Ben, glad(Ann)) = True"
    assert ground.event(event.number) is event
    assert ground.mint(event.pins) is not event


def test_a_minted_event_is_never_offered() -> None:
    ground = grounded(HOUSE)
    before = ground.initial.possible()
    event = ground.mint([((), "dark()", True)], ["Ann"])
    assert ground.initial.possible() == before
    assert event not in ground.events
    with pytest.raises(EngineError) as raised:
        ground.raw.why_not(ground.initial.number, event.number)
    assert raised.value.args[0] == "unknown-action"
    with pytest.raises(EngineError):
        ground.raw.search(None, scenes=[("act", [event.number])])


def test_a_close_look_at_what_was_told() -> None:
    ground = grounded(HOUSE)
    event = ground.mint([((), "hour()", 2)], ["Ann"])
    trace = Trace.of(ground.initial, event, 2)
    assert [step.event.name for step in trace.steps] == ["", "dusk"]
    assert trace.steps[0].event is event
    assert dict(trace.observed)["Ann",] is True
    assert dict(trace.observed)["Ben",] is False
    assert trace.settled == ground.initial.after(event)
    assert (("Ann",), ground.events[-1]) in trace.inferred


@pytest.mark.parametrize(
    ("pins", "code"),
    [
        ([((), "here()", "Barn")], "beyond-reach"),  # nothing ever changes it
        ([((), "at(Ann)", "Ben")], "beyond-reach"),  # no place
        ([((), "at(Ann)", True)], "beyond-reach"),
        ([((), "glad(Ann)", None)], "beyond-reach"),
        ([((), "hour()", float("inf"))], "not-a-number"),
        ([((), "dark()", True), ((), "dark()", False)], "contradictory-effect"),
    ],
)
def test_what_cannot_be_told(
    pins: list[tuple[tuple[str, ...], str, NamedValue]], code: str
) -> None:
    ground = grounded(HOUSE)
    with pytest.raises(EngineError) as raised:
        ground.mint(pins)
    assert raised.value.args[0] == code


def test_names_that_there_are_not() -> None:
    ground = grounded(HOUSE)
    for pins in ([(["Dan"], "dark()", True)], [((), "gone()", True)], [((), "at(Ann)", "Cellar")]):
        with pytest.raises(KeyError):
            ground.mint(pins)
    with pytest.raises(KeyError):
        ground.mint([], ["Dan"])


def test_what_a_run_moves_can_be_told_though_no_event_moves_it() -> None:
    bare = grounded(HOUSE).world
    quiet = next(p for p in bare.properties if p.name == "here")
    with pytest.raises(EngineError):
        GroundWorld(bare).mint([((), "here()", "Barn")])
    drive = Drive(quiet, 0, 10, 4)
    ground = GroundWorld(replace(bare, inner=InnerLife(drives=(drive,))))
    assert ground.initial.told([((), "here()", "Barn")]).value("here()") == "Barn"
