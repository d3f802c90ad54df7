"""A story gone through again: with deeper minds, or in another world.

Receives a stage and a chronicle; hands on chronicles. A plan is its acts, done again; a run is run
again, by its seed. Raises ``NotTheSame`` where what comes out is not the story that was given: it
was played by somebody, goes on from another, or its world is no longer the same.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from unspoken.chronicle.fit import acts_of
from unspoken.model import (
    Expression,
    Storyworld,
)

if TYPE_CHECKING:
    from unspoken.chronicle.events import Chronicle
    from unspoken.engine import GroundWorld, State
    from unspoken.queries.evaluation import Exact
    from unspoken.simulation.moment import Moment, Witness
    from unspoken.simulation.run import Simulation
    from unspoken.stage import Stage


class NotTheSame(Exception):
    """That a story could not be gone through again. The text says why."""


def deeper(world: Storyworld, ground: GroundWorld, chronicle: Chronicle, depth: int) -> Chronicle:
    """The same story, minds followed so deep."""
    if not chronicle.is_run:
        made = _replayed(ground, chronicle, depth)
    else:
        simulation, moment = again(world, chronicle, depth=depth)
        made = simulation.chronicle(moment)
    _must_be_same(made, chronicle)
    return made


def _must_be_same(made: Chronicle, chronicle: Chronicle) -> None:
    if [*_events(made, chronicle.depth)] != [*_events(chronicle, chronicle.depth)]:
        raise NotTheSame("gone through again, another story comes out")


def _replayed(ground: GroundWorld, chronicle: Chronicle, depth: int) -> Chronicle:
    from unspoken.chronicle.record import record

    acts = list(chronicle.acts())
    return record(
        ground,
        [ground.action(text) for text in acts_of(chronicle)],
        [act.intentions for act in acts],
        depth=depth,
        seed=chronicle.seed,
    )


def _events(chronicle: Chronicle, depth: int) -> Iterator[tuple[Any, ...]]:
    """What happens, as far as minds so deep are concerned."""
    for event in chronicle.events:
        if len(event.minds) <= depth:
            yield event.kind, event.name, event.arguments, event.minds, event.fact, event.after


def again(
    world: Storyworld,
    chronicle: Chronicle,
    *,
    depth: int,
    until: int | None = None,
    witness: Witness | None = None,
) -> tuple[Simulation, Moment]:
    """A run from its beginning, as far as it went; or to the last round that ends before the act
    ``until`` is over. ``witness``: is told how things stand after whatever happens."""
    from unspoken.simulation.run import Simulation

    assert chronicle.ending is not None
    if chronicle.previous is not None:
        raise NotTheSame("it goes on from another story, which is not at hand")
    simulation = Simulation(world, chronicle.seed, depth=depth)
    moment = simulation.begin()
    while moment.round < chronicle.ending["round"]:
        following = simulation.step(moment, witness=witness)
        if until is not None and following.time > until:
            break
        moment = following
    return simulation, moment


def states(ground: GroundWorld, chronicle: Chronicle) -> list[State]:
    """How things stand at the beginning and after each act, as far as acts can be done."""
    found: list[State] = [ground.initial]
    for text in acts_of(chronicle):
        act = ground.action(text)
        if not found[-1].allows(act):
            break
        found.append(found[-1].after(act))
    return found


def exact(stage: Stage, chronicle: Chronicle) -> Exact | None:
    """What judges conditions by the states of a story, where minds take several worlds to be
    possible; None where none does, and where the story cannot be gone through again."""
    if not chronicle.has_worlds:
        return None
    try:
        stood = _stood(stage, chronicle)
    except NotTheSame:
        return None
    numbers = [number for number, _ in stood]

    def holds(condition: Expression, before: int) -> bool:
        return stood[bisect_right(numbers, before) - 1][1].evaluate(condition) is True

    return holds


def _stood(stage: Stage, chronicle: Chronicle) -> list[tuple[int, State]]:
    """How things stood, at the beginning and after so many events. Raises NotTheSame."""
    if not chronicle.is_run:
        found = states(stage.ground, chronicle)
        later = [*(act.number for act in chronicle.acts()), len(chronicle.events)][1:]
        if len(found) <= len(later):
            raise NotTheSame("an act can not be done any more")
        return [*zip((0, *later), found, strict=True)]
    seen: list[tuple[int, State]] = []
    simulation, moment = again(
        stage.model,
        chronicle,
        depth=chronicle.depth,
        witness=lambda number, state: seen.append((number, state)),
    )
    _must_be_same(simulation.chronicle(moment), chronicle)
    return [(0, simulation.ground.initial), *seen]
