"""How things stand after a run, as plain data in its chronicle; and going on from there: the same
run taken up again (``resume``), or the next chapter, of this world or of another with the same
people in it (``next_chapter``).

What is kept is the state as a graph, exact to any depth, and of every mind the record of what is
not in the state. A chapter has a chronicle of its own, whose beginning is the ending of the one
before; what is still felt from then has its cause, and the event in which it was noticed, below 0:
events in no chronicle of this chapter. It can come back (``course.recall``) if this world, too, has
what it is about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from unspoken.chronicle import Chronicle, EventNumber
from unspoken.chronicle.record import beginning, possible
from unspoken.engine import EngineError, State, StateGraph, load
from unspoken.language import DiagnosticError, failure
from unspoken.model import RunSettings, Storyworld
from unspoken.simulation.canonical import canonical
from unspoken.simulation.feelings import Feeling, Feelings
from unspoken.simulation.moment import Moment, Opening, Record
from unspoken.simulation.records import record_of
from unspoken.simulation.run import Simulation

Json = Any


def resume(
    world: Storyworld, chronicle: Chronicle, settings: RunSettings | None = None
) -> tuple[Simulation, Moment]:
    """A run as it was left, to be gone on with as if it had never stopped.

    Raises DiagnosticError where nothing was kept to go on from, EngineError where the world has no
    such state (any more).
    """
    simulation, state, kept = _taken_up(world, chronicle, chronicle.seed, settings)
    until = simulation.until
    return simulation, Moment(
        opening=Opening(
            chronicle.beginning,
            chronicle.depth,
            chronicle.previous,
            kept.get("began", 0),
            chronicle.possible,
        ),
        state=state,
        round=kept["round"],
        quiet=kept["quiet"],
        time=max((event.time for event in chronicle.events), default=0),
        minds=_records(simulation, chronicle),
        events=chronicle.events,
        held=until is not None and until.of(state) is True,
    )


def next_chapter(
    world: Storyworld, chronicle: Chronicle, settings: RunSettings | None = None, seed: int = 0
) -> tuple[Simulation, Moment]:
    """A new run that begins where another ended, all minds as they were left. Rounds go on being
    counted, so that what fades and drifts goes on fading and drifting.

    Raises as ``resume`` does.
    """
    simulation, state, kept = _taken_up(world, chronicle, seed, settings)
    depth = simulation.recorder.depth
    name = chronicle.source or chronicle.world
    past = len(chronicle.events)
    records = _records(simulation, chronicle)
    return simulation, Moment(
        opening=Opening(
            beginning(state, depth), depth, name, kept["round"], possible(state, depth)
        ),
        state=state,
        round=kept["round"],
        quiet=0,
        time=0,
        minds={who: _as_of_past(record, past, simulation) for who, record in records.items()},
        events=(),
    )


def state_after(chronicle: Chronicle, world: Storyworld) -> State:
    """The state that a chronicle ended with. Raises as ``resume`` does."""
    graph = _graph(chronicle)
    try:
        return load(world, graph).state_of(graph)
    except EngineError as error:
        code, facts = error.args
        if code != "malformed-graph":
            raise
        raise _damaged(chronicle, str(facts["reason"])) from None


def _taken_up(
    world: Storyworld, chronicle: Chronicle, seed: int, settings: RunSettings | None
) -> tuple[Simulation, State, Mapping[str, Json]]:
    state = state_after(chronicle, canonical(world))
    assert chronicle.ending is not None
    simulation = Simulation(world, seed, settings, chronicle.depth, ground=state.ground)
    return simulation, state, chronicle.ending


def _graph(chronicle: Chronicle) -> StateGraph:
    if chronicle.ending is None:
        raise failure("no-ending", world=chronicle.world)
    try:
        return StateGraph.of(chronicle.ending["state"])
    except ValueError as fault:
        raise _damaged(chronicle, str(fault)) from None


def _damaged(chronicle: Chronicle, problem: str) -> DiagnosticError:
    return failure("damaged-ending", world=chronicle.world, problem=problem)


def _records(simulation: Simulation, chronicle: Chronicle) -> dict[str, Record]:
    """Everybody's record; of who is new, an empty one."""
    assert chronicle.ending is not None
    plain = chronicle.ending["minds"]
    settings = simulation.ground.world.inner.feelings
    try:
        return {
            who: record_of(plain[who], settings)
            if who in plain
            else Record(feelings=Feelings(settings=settings))
            for who in simulation.names
        }
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise _damaged(chronicle, f"a mind's record: {fault}") from None


def _as_of_past(record: Record, past: int, simulation: Simulation) -> Record:
    """A record in which what happened so far is ``past`` events of an earlier chapter."""
    people = {"", *simulation.names}
    return replace(
        record,
        feelings=replace(record.feelings, kept=_since(record.feelings.kept, past)),
        memories={
            (word, about, toward): memory._replace(event=EventNumber(memory.event - past))
            for (word, about, toward), memory in record.memories.items()
            if toward in people and simulation.contents.knows(about)
        },
    )


def _since(feelings: Iterable[Feeling], past: int) -> tuple[Feeling, ...]:
    return tuple(
        replace(one, cause=EventNumber(one.cause - past), parts=_since(one.parts, past))
        for one in feelings
    )
