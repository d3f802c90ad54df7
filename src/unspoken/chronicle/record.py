"""Writes the chronicle: notes what happened, act by act, in the world and in every mind.

Receives a grounded world and what is done or told in some state (by a plan, or in a run); hands on
the events of it, and the state after. Does not know how the acts were chosen or how they will be
told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from unspoken.chronicle.events import (
    ONE_WORLD,
    VERSION,
    Chain,
    Change,
    Chronicle,
    Decision,
    Event,
    EventNumber,
    Fact,
    How,
    Intention,
    Kind,
    Percept,
    Value,
)
from unspoken.engine import GroundEvent, GroundFluent, GroundWorld, MintedEvent, State
from unspoken.engine.trace import Difference, Trace
from unspoken.model import Mode, Parameter, Storyworld, Variable

DEPTH = 3
"""How deep the minds are that a chronicle follows; readers follow about three levels."""

_KIND_OF_MODE: Mapping[Mode, Kind] = {"aloud": "say", "thought": "think", "gesture": "act"}


class Entry(NamedTuple):
    """What one act, or one telling, comes to: its events in order, and the state after."""

    events: tuple[Event, ...]
    settled: State


class Place(Struct, frozen=True):
    """Where an entry stands in a chronicle: the number of its first event, and the story time."""

    number: int = 0
    time: int = 0


class Recorder:
    """Writes entries, from any state and in any order: it remembers nothing of what it wrote.
    ``by_name``: beliefs stand in the order of names and not of declarations."""

    def __init__(self, ground: GroundWorld, depth: int = DEPTH, *, by_name: bool = False) -> None:
        self.ground = ground
        self._by_name = by_name
        self.depth = depth
        self._modes = {
            (speech.event, _types(speech.parameters)): speech.mode
            for speech in ground.world.telling.speeches
        }

    def act(
        self,
        state: State,
        act: GroundEvent,
        place: Place,
        *,
        intentions: tuple[Intention, ...] = (),
        decision: Decision | None = None,
        causes: tuple[EventNumber, ...] = (),
        percepts: Mapping[str, Percept] | None = None,
    ) -> Entry:
        """An act, and all that it sets off. ``percepts``: of those who perceive it otherwise than
        by seeing or doing it. Raises EngineError where it cannot be applied."""
        trace = self._trace(state, act)
        observers = frozenset(chain[0] for chain, sees in trace.observed if sees and not chain[1:])
        kind = self.kind(act)
        seen = {
            name: Percept(self._how_seen(name, act, kind), place.time)
            for name in self.ground.characters
            if name in observers
        }
        page = _Page(place)
        first = page.add(
            kind,
            act.consenting[0] if act.consenting else None,
            act,
            causes=causes,
            percepts={**seen, **{who: p for who, p in (percepts or {}).items() if who in seen}},
            participants=act.consenting,
            intentions=intentions,
            decision=decision,
            changes=_changes(trace.steps[0].differences),
        )
        _beliefs(page, (first,), act, trace, observers, "told")
        return self._rest(page, (first,), act, trace)

    def told(
        self,
        state: State,
        told: MintedEvent,
        place: Place,
        how: How,
        *,
        causes: tuple[EventNumber, ...] = (),
        kind: Kind = "believe",
        about: GroundEvent | None = None,
    ) -> Entry:
        """What was told from without, and all that this sets off: of the telling itself, only
        whose belief it changes, as something of ``kind`` that came ``how`` (by ``about``); and,
        where it changes the world, that this happened (without a name)."""
        trace = self._trace(state, told)
        event = told if about is None else about
        page = _Page(place)
        changes = _changes(trace.steps[0].differences)
        if changes:
            seen = {who: Percept("noticed", place.time) for who in told.observers}
            causes = (
                page.add("happen", None, told, causes=causes, percepts=seen, changes=changes),
            )
        _beliefs(page, causes, event, trace, frozenset(), how, kind)
        return self._rest(page, causes, event, trace)

    def _rest(
        self, page: _Page, causes: tuple[EventNumber, ...], act: GroundEvent, trace: Trace
    ) -> Entry:
        """What the laws of the world, and of everybody's mind, make of it."""
        behind = [causes]
        for place, law in enumerate(trace.steps[1:], start=1):
            learners = {d.chain[0] for d in law.differences if d.chain}
            number = page.add(
                "happen",
                None,
                law.event,
                causes=behind[_cause(trace, place)],
                percepts={
                    name: Percept("noticed", page.place.time)
                    for name in self.ground.characters
                    if name in learners
                },
                changes=_changes(law.differences),
            )
            behind.append((number,))
            for difference in law.differences:
                if difference.chain:
                    page.belief((number,), law.event, difference, "noticed")
        law_of = dict(reversed(trace.inferred))
        for difference in trace.settling:
            page.belief(causes, law_of.get(difference.chain, act), difference, "inferred")
        return Entry(tuple(page.events), trace.settled)

    def _trace(self, state: State, act: GroundEvent) -> Trace:
        trace = Trace.of(state, act, self.depth)
        if not self._by_name:
            return trace
        return replace(
            trace,
            steps=tuple(
                replace(step, differences=_sorted(step.differences)) for step in trace.steps
            ),
            settling=_sorted(trace.settling),
            surprises=_sorted(trace.surprises),
        )

    def kind(self, act: GroundEvent) -> Kind:
        """What kind of event an act is: by the way it is said, if it is speech."""
        mode = self._modes.get((act.name, _types(act.schema.parameters)))
        return "act" if mode is None else _KIND_OF_MODE[mode]

    def _how_seen(self, name: str, act: GroundEvent, kind: Kind) -> How:
        if kind == "think":
            return "thought" if name in act.consenting else "sensed"
        return "did" if name in act.consenting else "saw"


def _beliefs(
    page: _Page,
    causes: tuple[EventNumber, ...],
    event: GroundEvent,
    trace: Trace,
    observers: frozenset[str],
    otherwise: How,
    kind: Kind = "believe",
) -> None:
    """What minds make of the act at once. Surprises first, as they come first in a mind; then
    what it believes after."""
    mended = {(one.chain, one.fluent): one for one in trace.surprises}
    for surprise in trace.surprises:
        page.belief(causes, event, surprise, "saw", "surprise")
    made = [d for d in trace.steps[0].differences if d.chain]
    changed = {(d.chain, d.fluent) for d in made}
    # What was mended and is then as before, the act has turned back.
    turned = [one._replace(after=one.before) for key, one in mended.items() if key not in changed]
    for difference in (*made, *turned):
        surprise_about = mended.get((difference.chain, difference.fluent))
        before = difference.before if surprise_about is None else surprise_about.after
        if before != difference.after or difference.among is not None:
            how = otherwise
            if difference.chain[0] in observers:
                how = "did" if difference.chain[0] in event.consenting else "saw"
            page.belief(causes, event, difference._replace(before=before), how, kind)


class _Page(Struct):
    """The events of one entry so far."""

    place: Place
    events: list[Event] = field(default_factory=list)

    def belief(
        self,
        causes: tuple[EventNumber, ...],
        event: GroundEvent,
        difference: Difference,
        how: How,
        kind: Kind = "believe",
    ) -> None:
        who = difference.chain[0]
        self.add(
            kind,
            who,
            event,
            causes=causes,
            percepts={who: Percept(how, self.place.time)},
            minds=difference.chain,
            fact=_fact(difference.fluent),
            before=difference.before,
            after=difference.after,
            among=difference.among,
        )

    def add(
        self,
        kind: Kind,
        who: str | None,
        event: GroundEvent,
        *,
        causes: tuple[EventNumber, ...] = (),
        percepts: Mapping[str, Percept],
        participants: tuple[str, ...] = (),
        intentions: tuple[Intention, ...] = (),
        decision: Decision | None = None,
        changes: tuple[Change, ...] = (),
        minds: Chain = (),
        fact: Fact | None = None,
        before: Value = None,
        after: Value = None,
        among: tuple[tuple[Value, ...], tuple[Value, ...]] | None = None,
    ) -> EventNumber:
        number = EventNumber(self.place.number + len(self.events))
        origin = event.schema.origin
        was_among, still = ((), ()) if among is None else map(_several, among)
        self.events.append(
            Event(
                number=number,
                time=self.place.time,
                kind=kind,
                who=who,
                name=event.name,
                arguments=event.arguments,
                causes=causes,
                percepts=percepts,
                participants=participants,
                intentions=intentions,
                decision=decision,
                changes=changes,
                minds=minds,
                fact=fact,
                before=before,
                after=after,
                line=None if origin is None else origin.line,
                among=still,
                was_among=was_among,
            )
        )
        return number


def _several(values: tuple[Value, ...]) -> tuple[Value, ...]:
    """Values among which a mind is undecided; none where there is only one."""
    return values if len(values) > 1 else ()


def _sorted(differences: Iterable[Difference]) -> tuple[Difference, ...]:
    return tuple(sorted(differences, key=lambda d: (d.chain, str(d.fluent))))


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


def beginning(state: State, depth: int = DEPTH) -> dict[Chain, dict[Fact, Value]]:
    """Truth in full, then for each chain of minds what differs from the chain without its last."""
    found: dict[Chain, dict[Fact, Value]] = {}

    def visit(chain: Chain, mind: State, outer: dict[Fact, Value] | None) -> None:
        values = {_fact(fluent): value for fluent, value in mind.values()}
        found[chain] = (
            values
            if outer is None
            else {fact: value for fact, value in values.items() if value != outer[fact]}
        )
        if len(chain) < depth:
            for name in state.ground.characters:
                if chain[-1:] != (name,):
                    visit((*chain, name), mind.mind(name), values)

    visit((), state, None)
    return found


def possible(state: State, depth: int = DEPTH) -> dict[Chain, dict[Fact, tuple[Value, ...]]]:
    """For each chain of minds that takes several worlds to be possible, the values that facts may
    have where these differ, if that is not as for the chain without its last."""
    found: dict[Chain, dict[Fact, tuple[Value, ...]]] = {}

    def visit(chain: Chain, mind: State, outer: dict[Fact, tuple[Value, ...]]) -> None:
        values: dict[Fact, tuple[Value, ...]] = {}
        if len(mind.worlds) > 1:
            named = ((fluent, mind.possible_values(fluent)) for fluent, _ in mind.values())
            values = {_fact(fluent): among for fluent, among in named if len(among) > 1}
        own = {fact: among for fact, among in values.items() if outer.get(fact) != among}
        if own:
            found[chain] = own
        if len(chain) < depth:
            for name in state.ground.characters:
                if chain[-1:] != (name,):
                    visit((*chain, name), mind.mind(name), values)

    if state.has_worlds:
        visit((), state, {})
    return found


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
    recorder = Recorder(ground, depth)
    state: State = ground.initial
    events: list[Event] = []
    for time, act in enumerate(acts, start=1):
        meant = intentions[time - 1] if intentions else ()
        entry = recorder.act(state, act, Place(len(events), time), intentions=meant)
        events += entry.events
        state = entry.settled
    return chronicle_of(
        ground.world,
        beginning(ground.initial, depth),
        events,
        depth=depth,
        seed=seed,
        unsure=possible(ground.initial, depth),
    )


def chronicle_of(
    world: Storyworld,
    start: Mapping[Chain, Mapping[Fact, Value]],
    events: Iterable[Event],
    *,
    depth: int = DEPTH,
    seed: int = 0,
    unsure: Mapping[Chain, Mapping[Fact, tuple[Value, ...]]] | None = None,
) -> Chronicle:
    """The chronicle of a world, from a beginning on (``beginning``; ``unsure``: ``possible``), with
    these events."""
    events = tuple(events)
    has_worlds = bool(unsure) or any(event.among or event.was_among for event in events)
    return Chronicle(
        version=VERSION if has_worlds else ONE_WORLD,
        world=world.name,
        characters=world.characters,
        entities=tuple(
            (entity.name, tuple(sorted(world.types_of(entity))))
            for entity in world.numbered_entities
        ),
        beginning=start,
        events=events,
        depth=depth,
        seed=seed,
        source=None if world.source is None else world.source.name,
        possible=unsure or {},
    )
