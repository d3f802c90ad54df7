"""The engine held to the reference: one world on both sides, compared wherever one goes.

Raises AssertionError, saying what differs and where. Worlds that the semantics leaves undefined
(contradictory effects, triggers whose order matters) are set aside as ``Undefined``.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.reference.expressions import Grounder, IllFormed, same
from tests.reference.semantics import Event, Judge, State, chains
from unspoken._engine import EngineError
from unspoken.engine import GroundWorld
from unspoken.model import Storyworld


class Undefined(Exception):
    """The semantics does not say what happens here."""


class Sides:
    """A world in the judge and in the engine, and every pair of states found to be the same.

    Not ``strict``: the world's own order of triggers is trusted.
    """

    def __init__(self, world: Storyworld, *, strict: bool = True) -> None:
        try:
            self.engine = GroundWorld(world)
        except EngineError as fault:
            if is_undefined(world, strict, fault.args[0]):
                raise Undefined(str(fault)) from fault
            raise
        self.raw = self.engine.raw
        places = {fluent: place for place, fluent in enumerate(Grounder(world).fluents)}
        self._places = [
            places[schema, self.engine.named_all(arguments)]
            for schema, arguments in self.raw.fluents()
        ]
        assert sorted(self._places) == list(range(len(places))), "some fluents are missing"
        self._numbers = {
            (event.is_action, self._schema(event.number), event.arguments): event.number
            for event in self.engine.events
        }
        values = self.engine.named_all(self.raw.values(self.raw.initial()))
        fixed = self.raw.size()["constants"]
        constants = list(zip(self._places, values, strict=True))[len(places) - fixed :]
        try:
            self.judge = Judge(world, strict=strict, constants=dict(constants))
            initial = self.judge.initial
        except IllFormed as fault:
            raise Undefined(str(fault)) from fault
        self._number_of: dict[State, int] = {}
        self._state_of: dict[int, State] = {}
        self.start = initial, self.raw.initial()
        self.same(*self.start)

    def _schema(self, event: int) -> int:
        return self.raw.events()[event][1]

    def number(self, event: Event) -> int | None:
        """The engine's number of an event; None if grounding left it out."""
        return self._numbers.get((event.kind == 0, event.schema, event.arguments))

    def same(self, state: State, number: int) -> None:
        """Asserts that every chain of minds, of any length, leads to the same values and
        utilities, and that states have one number iff they are one state."""
        waiting: list[tuple[tuple[str, ...], State, int]] = [((), state, number)]
        fresh = []
        for chain, here, there in waiting:
            if self._number_of.get(here) == there:
                continue  # and then everything beyond has been compared
            fresh.append((here, there))
            self._same_values(chain, here, there)
            known = self._number_of.setdefault(here, there)
            assert known == there, f"{chain}: states {known} and {there} are the same"
            known_state = self._state_of.setdefault(there, here)
            assert known_state == here, f"{chain}: state {there} stands for two"
            for character in self.judge.characters:
                beyond = self.raw.mind(there, self.engine.character(character))
                waiting.append(((*chain, character), here.mind(character), beyond))
        for here, there in fresh:
            self._same_utilities(here, there)

    def _same_utilities(self, here: State, there: int) -> None:
        for character in (None, *self.judge.characters):
            whose = None if character is None else self.engine.character(character)
            mine, theirs = self.judge.utility(here, character), self.raw.utility(there, whose)
            assert mine == theirs, f"utility({character}): {mine}, engine {theirs}"

    def _same_values(self, chain: object, here: State, there: int) -> None:
        values = self.engine.named_all(self.raw.values(there))
        differing = []
        for place, theirs in zip(self._places, values, strict=True):
            mine = here.facts[place]
            if not same(mine, theirs):
                differing.append(f"{self.judge.name(place)}: {mine}, engine {theirs}")
        assert not differing, f"{chain}: {'; '.join(differing)}"

    def possible(self, state: State, number: int) -> list[tuple[Event, int]]:
        """The possible actions, found the same, in the same order."""
        here = self.judge.possible(state)
        there = self.raw.possible(number)
        pairs = []
        for event in here:
            place = self.number(event)
            if place is None:
                # Grounding may leave out what never changes anything (4).
                assert not changes(event, state), f"{event.name} is missing"
            else:
                pairs.append((event, place))
        assert [place for _, place in pairs] == there, (
            f"possible: {[event.name for event, _ in pairs]}, "
            f"engine {[str(self.engine.events[place]) for place in there]}"
        )
        return pairs

    def same_observers(self, state: State, number: int, event: Event, place: int) -> None:
        for character in self.judge.characters:
            mine = event.observes(character, state)
            theirs = self.raw.observes(number, place, self.engine.character(character))
            assert mine == theirs, f"{event.name} seen by {character}: {mine}, engine {theirs}"

    def same_trace(self, state: State, number: int, event: Event, place: int) -> None:
        """Asserts that a close look shows the same witnesses and the same surprises."""
        trace = self.raw.trace(number, place, 3)
        assert trace.settled == self.raw.apply(number, place)
        seen, mends = self.judge.witnesses(state, event, 3)
        names = self.engine.characters
        seen_there = {tuple(names[c] for c in chain) for chain, sees in trace.observed if sees}
        assert seen_there == seen, f"{event.name} is seen by {seen}, engine {seen_there}"
        mends_there = {
            (
                tuple(names[c] for c in chain),
                self._places[fluent],
                self.engine.named(before),
                self.engine.named(after),
            )
            for chain, fluent, before, after, _ in trace.surprises
            if before != after
        }
        assert mends_there == mends, f"{event.name} surprises: {mends}, engine {mends_there}"

    def imagine(self, state: State, number: int) -> None:
        """Asserts that everybody imagines each act that it thinks possible to the same end."""
        for character in self.judge.characters:
            beyond = self.raw.mind(number, self.engine.character(character))
            try:
                for _ in self.successors(state.mind(character), beyond):
                    pass
            except AssertionError as difference:
                raise AssertionError(f"as {character} imagines it, {difference}") from None

    def leave_out_what_never_changes_anything(self) -> None:
        """From now on the judge knows only the actions that the engine kept when grounding (4)."""
        kept = (event for event in self.judge.actions if self.number(event) is not None)
        self.judge.actions = tuple(kept)

    def successors(self, state: State, number: int) -> Iterator[tuple[Event, State, int]]:
        """After each possible action, the same state on both sides, reached in the same way; what
        the semantics leaves undefined is left out."""
        for event, place in self.possible(state, number):
            self.same_observers(state, number, event, place)
            try:
                after = self.judge.apply(state, event)
            except IllFormed:
                continue
            there = self.raw.apply(number, place)
            try:
                self.same(after, there)
            except AssertionError as difference:
                raise AssertionError(f"after {event.name}, {difference}") from None
            self.same_trace(state, number, event, place)
            yield event, after, there

    def deep_values(self, state: State, number: int, depth: int) -> None:
        """Asks the engine for single values along whole chains of minds, as a user would."""
        for chain in chains(self.judge.characters, depth):
            numbers = [self.engine.character(character) for character in chain]
            for there, place in enumerate(self._places):
                mine = self.judge.value(state, chain, place)
                theirs = self.engine.named(self.raw.value(number, numbers, there))
                assert mine == theirs, f"{chain} {self.judge.name(place)}: {mine}, engine {theirs}"


def is_undefined(world: Storyworld, strict: bool, code: str) -> bool:
    """May the engine refuse a world with such a message?"""
    try:
        judge = Judge(world, strict=strict)
        _ = judge.initial
    except IllFormed:
        return True
    events = (*judge.actions, *judge.triggers)
    return code == "contradictory-effect" and any(map(may_contradict_itself, events))


def may_contradict_itself(event: Event) -> bool:
    """Does it set one thing to two values, be it under conditions that might turn out always to
    hold?"""
    places: dict[object, object] = {}
    for assignment in event.assignments:
        place = assignment.chain, assignment.fluent
        if places.setdefault(place, assignment.amount) != assignment.amount:
            return True
    return False


def changes(event: Event, state: State) -> bool:
    """Would the event set anything to another value, in reality or in any mind there is?"""
    waiting, met = [state], {state}
    while waiting:
        here = waiting.pop()
        for (chain, fluent), new in event.sets(here).items():
            there = here
            for character in chain:
                there = there.mind(character)
            if there.facts[fluent] != new:
                return True
        for mind in (here.mind(character) for character in here.characters):
            if mind not in met:
                met.add(mind)
                waiting.append(mind)
    return False
