"""The engine agrees with the reference where minds hold several worlds possible."""

from __future__ import annotations

from hypothesis import given, note, reject

from tests.reference.expressions import Grounder, IllFormed
from tests.reference.semantics import chains
from tests.reference.worlds import (
    State,
    WorldsEvent,
    WorldsJudge,
    agreed,
    graph,
    reached,
)
from tests.strategies import choose, uncertain, walks
from unspoken._engine import EngineError
from unspoken.engine import GroundWorld
from unspoken.language import to_text
from unspoken.model import Storyworld

LARGE = 40
"""States of so many nodes are not gone on from: the judge would take long."""


class Sides:
    """A world in the judge and in the engine."""

    def __init__(self, world: Storyworld) -> None:
        try:
            self.engine = GroundWorld(world)
        except EngineError as fault:
            if fault.args[0] in ("contradictory-effect", "endless-triggers", "division-by-zero"):
                reject()
            raise
        self.raw = self.engine.raw
        places = {fluent: place for place, fluent in enumerate(Grounder(world).fluents)}
        self.places = [
            places[schema, self.engine.named_all(arguments)]
            for schema, arguments in self.raw.fluents()
        ]
        values = self.engine.named_all(self.raw.values(self.raw.initial()))
        self.changing = self.raw.size()["fluents"]
        constants = dict(zip(self.places, values, strict=True))
        for place in self.places[: self.changing]:
            del constants[place]
        self.constants = constants
        self.numbers = {
            (event.is_action, self.raw.events()[event.number][1], event.arguments): event.number
            for event in self.engine.events
        }
        try:
            self.judge = WorldsJudge(world, constants=constants)
            self.start = self.judge.start, self.raw.initial()
        except IllFormed:
            reject()
        self.number_of: dict[State, int] = {}
        self.same(*self.start)

    def of_engine(self, number: int) -> State:
        """The engine's state as one of the judge's."""
        everybody = self.judge.characters
        nodes = []
        for values, minds in self.raw.graph(number, range(len(everybody))):
            facts = [self.constants.get(place) for place in range(len(self.places))]
            for place, value in zip(self.places, self.engine.named_all(values), strict=False):
                facts[place] = value
            nodes.append((tuple(facts), tuple(map(tuple, minds))))
        return graph(everybody, nodes, 0)

    def same(self, state: State, number: int) -> None:
        assert self.of_engine(number) == state
        assert self.number_of.setdefault(state, number) == number, "two numbers of one state"

    def number(self, event: WorldsEvent) -> int | None:
        return self.numbers.get((event.kind == 0, event.schema, event.arguments))

    def possible(self, state: State, number: int) -> list[tuple[WorldsEvent, int]]:
        pairs = [(event, self.number(event)) for event in self.judge.can(state)]
        kept = [(event, place) for event, place in pairs if place is not None]
        assert len(kept) == len(pairs), "no act is left out: who sees it may learn from it"
        assert [place for _, place in kept] == self.raw.possible(number)
        return kept

    def after(self, state: State, number: int, event: WorldsEvent, place: int) -> State | None:
        """The state after an event, the same on both sides; None where it is undefined."""
        for who in self.judge.characters:
            seen = self.raw.observes(number, place, self.engine.character(who))
            assert seen == event.sees(who, state)
        try:
            there = self.raw.apply(number, place)
            after = self.judge.after(state, event)
        except IllFormed:
            return None
        except EngineError as fault:
            if fault.args[0] in ("contradictory-effect", "endless-triggers", "division-by-zero"):
                return None
            raise
        try:
            self.same(after, there)
        except AssertionError as difference:
            raise AssertionError(f"after {event.name}, {difference}") from None
        trace = self.raw.trace(number, place, 2)
        assert trace.settled == there
        return after


@given(uncertain(), walks(4))
def test_states_where_minds_hold_several_worlds(world: Storyworld, walk: list[int]) -> None:
    follow(world, walk)


@given(uncertain(triggers=False), walks())
def test_the_same_without_triggers(world: Storyworld, walk: list[int]) -> None:
    follow(world, walk)


def follow(world: Storyworld, walk: list[int]) -> None:
    note(to_text(world))
    sides = Sides(world)
    state, number = sides.start
    for move in walk:
        if len(state.nodes) > LARGE:
            break
        options = []
        for event, place in sides.possible(state, number):
            after = sides.after(state, number, event, place)
            if after is not None:
                options.append((after, sides.raw.apply(number, place)))
        options = [one for one in options if one[1] != number] or options
        if not options:
            break
        state, number = choose(move, options)
    for chain in chains(sides.judge.characters, 2):
        numbers = [sides.engine.character(who) for who in chain]
        mind = number
        for who in numbers:
            mind = sides.raw.mind(mind, who)
        there = reached(state, chain)
        for place, fluent in enumerate(sides.places):
            theirs = sides.engine.named(sides.raw.value(number, numbers, place))
            assert theirs == agreed(there, fluent)
            assert sides.engine.named(sides.raw.value(mind, (), place)) == theirs
            values = {repr(one.facts[fluent]) for one in there}
            held = sides.engine.named_all(sides.raw.values_of(mind, place))
            assert sorted(map(repr, held)) == sorted(values)
    sides.raw.check_invariants()
