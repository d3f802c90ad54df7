"""Writes the chronicle: goes through a story act by act and notes what happened, in the world and
in every mind.

Receives a grounded world and the acts (from a plan, or from a run); hands on a ``Chronicle``.
Does not know how the acts were chosen or how they will be told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import takewhile

from unspoken.chronicle.events import (
    Chain,
    Change,
    Chronicle,
    Event,
    EventNumber,
    Fact,
    How,
    Intention,
    Kind,
    Percept,
    Value,
)
from unspoken.engine import GroundEvent, GroundFluent, GroundWorld, State
from unspoken.engine.trace import Difference, Trace
from unspoken.model import Mode, Parameter, Variable

DEPTH = 3
"""How deep the minds are that a chronicle follows; readers follow about three levels."""

_KIND_OF_MODE: Mapping[Mode, Kind] = {"aloud": "say", "thought": "think", "gesture": "act"}


class _Recorder:
    """The chronicle so far. One act is recorded at a time, in the order of story time."""

    def __init__(self, ground: GroundWorld, depth: int) -> None:
        self.ground = ground
        self.depth = depth
        self.events: list[Event] = []
        self.time = 0
        self._modes = {
            (speech.event, _types(speech.parameters)): speech.mode
            for speech in ground.world.telling.speeches
        }

    def record(self, state: State, act: GroundEvent, intentions: tuple[Intention, ...]) -> State:
        self.time += 1
        trace = Trace.of(state, act, self.depth)
        observers = frozenset(chain[0] for chain, sees in trace.observed if sees and not chain[1:])
        kind = self._kind(act)
        first, *laws = trace.steps
        numbers = [
            self._add(
                kind,
                act.consenting[0] if act.consenting else None,
                act,
                percepts={
                    name: Percept(self._how_seen(name, act, kind), self.time)
                    for name in self.ground.characters
                    if name in observers
                },
                participants=act.consenting,
                intentions=intentions,
                changes=_changes(first.differences),
            )
        ]
        self._record_beliefs(numbers[0], act, first.differences, trace.surprises, observers, "told")
        for place, law in enumerate(laws, start=1):
            learners = {d.chain[0] for d in law.differences if d.chain}
            numbers.append(
                self._add(
                    "happen",
                    None,
                    law.event,
                    causes=(numbers[_cause(trace, place)],),
                    percepts={
                        name: Percept("noticed", self.time)
                        for name in self.ground.characters
                        if name in learners
                    },
                    changes=_changes(law.differences),
                )
            )
            self._record_beliefs(
                numbers[place], law.event, law.differences, (), frozenset(), "noticed"
            )
        law_of = dict(reversed(trace.inferred))
        for difference in trace.settling:
            self._record_belief(
                numbers[0], law_of.get(difference.chain, act), difference, "inferred"
            )
        return trace.settled

    def _kind(self, act: GroundEvent) -> Kind:
        mode = self._modes.get((act.name, _types(act.schema.parameters)))
        return "act" if mode is None else _KIND_OF_MODE[mode]

    def _how_seen(self, name: str, act: GroundEvent, kind: Kind) -> How:
        if kind == "think":
            return "thought" if name in act.consenting else "sensed"
        return "did" if name in act.consenting else "saw"

    def _record_beliefs(
        self,
        cause: EventNumber,
        event: GroundEvent,
        differences: Sequence[Difference],
        surprises: Sequence[Difference],
        observers: frozenset[str],
        otherwise: How,
    ) -> None:
        """Surprises first, as they come first in a mind; then what it believes after."""
        mended: dict[tuple[Chain, Fact], Value] = {}
        for surprise in surprises:
            self._record_belief(cause, event, surprise, "saw", "surprise")
            mended[surprise.chain, _fact(surprise.fluent)] = surprise.after
        for difference in differences:
            if not difference.chain:
                continue
            before = mended.get((difference.chain, _fact(difference.fluent)), difference.before)
            if before != difference.after:
                how: How = otherwise
                if difference.chain[0] in observers:
                    how = "did" if difference.chain[0] in event.consenting else "saw"
                self._record_belief(cause, event, difference._replace(before=before), how)

    def _record_belief(
        self,
        cause: EventNumber,
        event: GroundEvent,
        difference: Difference,
        how: How,
        kind: Kind = "believe",
    ) -> None:
        who = difference.chain[0]
        self._add(
            kind,
            who,
            event,
            causes=(cause,),
            percepts={who: Percept(how, self.time)},
            minds=difference.chain,
            fact=_fact(difference.fluent),
            before=difference.before,
            after=difference.after,
        )

    def _add(
        self,
        kind: Kind,
        who: str | None,
        event: GroundEvent,
        *,
        causes: tuple[EventNumber, ...] = (),
        percepts: Mapping[str, Percept],
        participants: tuple[str, ...] = (),
        intentions: tuple[Intention, ...] = (),
        changes: tuple[Change, ...] = (),
        minds: Chain = (),
        fact: Fact | None = None,
        before: Value = None,
        after: Value = None,
    ) -> EventNumber:
        number = EventNumber(len(self.events))
        origin = event.schema.origin
        self.events.append(
            Event(
                number=number,
                time=self.time,
                kind=kind,
                who=who,
                name=event.name,
                arguments=event.arguments,
                causes=causes,
                percepts=percepts,
                participants=participants,
                intentions=intentions,
                changes=changes,
                minds=minds,
                fact=fact,
                before=before,
                after=after,
                line=None if origin is None else origin.line,
            )
        )
        return number


def _types(parameters: Sequence[Parameter]) -> tuple[str | None, ...]:
    """What tells overloaded events apart, whatever their parameters are called."""
    return tuple(p.type if isinstance(p, Variable) else None for p in parameters)


def _fact(fluent: GroundFluent) -> Fact:
    return Fact(fluent.name, fluent.arguments)


def _changes(differences: Sequence[Difference]) -> tuple[Change, ...]:
    return tuple(Change(_fact(d.fluent), d.before, d.after) for d in differences if not d.chain)


def _cause(trace: Trace, place: int) -> int:
    """The step that made the law at ``place`` possible: the one before the longest run of states,
    ending where the law set in, in all of which its precondition held."""
    law = trace.steps[place].event
    held = takewhile(lambda step: step.before.allows(law), reversed(trace.steps[1:place]))
    return place - 1 - sum(1 for _ in held)


def _beginning(state: State, depth: int) -> dict[Chain, dict[Fact, Value]]:
    """Truth in full, then for each chain of minds what differs from the chain without its last."""
    beginning: dict[Chain, dict[Fact, Value]] = {}

    def visit(chain: Chain, mind: State, outer: dict[Fact, Value] | None) -> None:
        values = {_fact(fluent): value for fluent, value in mind.values()}
        beginning[chain] = (
            values
            if outer is None
            else {fact: value for fact, value in values.items() if value != outer[fact]}
        )
        if len(chain) < depth:
            for name in state.ground.characters:
                if chain[-1:] != (name,):
                    visit((*chain, name), mind.mind(name), values)

    visit((), state, None)
    return beginning


def record(
    ground: GroundWorld,
    acts: Sequence[GroundEvent],
    intentions: Sequence[tuple[Intention, ...]] = (),
    *,
    depth: int = DEPTH,
    seed: int = 0,
) -> Chronicle:
    """The chronicle of a story that begins in the world's initial state.

    ``intentions``: for each act, why each of its participants took part, where that is known.
    ``depth``: how deep the minds are followed. Raises EngineError where an act cannot be applied.
    """
    recorder = _Recorder(ground, depth)
    state: State = ground.initial
    for place, act in enumerate(acts):
        state = recorder.record(state, act, intentions[place] if intentions else ())
    world = ground.world
    return Chronicle(
        world=world.name,
        characters=ground.characters,
        entities=tuple(
            (entity.name, tuple(sorted(world.types_of(entity))))
            for entity in world.numbered_entities()
        ),
        beginning=_beginning(ground.initial, depth),
        events=tuple(recorder.events),
        depth=depth,
        seed=seed,
        source=None if world.source is None else world.source.name,
    )
