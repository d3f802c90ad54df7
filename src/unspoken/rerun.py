"""A story gone through again: with deeper minds, or with an act that somebody did not see.

Receives a stage and a chronicle; hands on chronicles. A plan is its acts, done again; a run is run
again, by its seed. Raises ``NotTheSame`` where what comes out is not the story that was given: it
was played by somebody, goes on from another, or its world is no longer the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from unspoken.chronicle.fit import acts_of
from unspoken.model import (
    Action,
    And,
    Comparator,
    Comparison,
    EntityTerm,
    Expression,
    Literal,
    Not,
    Observing,
    Storyworld,
    Variable,
    VariableTerm,
)

if TYPE_CHECKING:
    from unspoken.chronicle.events import Chronicle, Value
    from unspoken.engine import GroundWorld, State
    from unspoken.queries.evaluation import Exact
    from unspoken.simulation.moment import Moment
    from unspoken.simulation.run import Simulation
    from unspoken.stage import Stage


class NotTheSame(Exception):
    """That a story could not be gone through again. The text says why."""


def deeper(world: Storyworld, ground: GroundWorld, chronicle: Chronicle, depth: int) -> Chronicle:
    """The same story, minds followed so deep."""
    if chronicle.ending is None:
        made = _replayed(ground, chronicle, depth)
    else:
        simulation, moment = again(world, chronicle, depth=depth)
        made = simulation.chronicle(moment)
    if [*_events(made, chronicle.depth)] != [*_events(chronicle, chronicle.depth)]:
        raise NotTheSame("gone through again, another story comes out")
    return made


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
    world: Storyworld, chronicle: Chronicle, *, depth: int, until: int | None = None
) -> tuple[Simulation, Moment]:
    """A run from its beginning, as far as it went; or to the last round that ends before the act
    ``until`` is over."""
    from unspoken.simulation.run import Simulation

    assert chronicle.ending is not None
    if chronicle.previous is not None:
        raise NotTheSame("it goes on from another story, which is not at hand")
    simulation = Simulation(world, chronicle.seed, depth=depth)
    moment = simulation.begin()
    while moment.round < chronicle.ending["round"]:
        following = simulation.step(moment)
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
    possible; None where none does, and of a run, whose states acts alone do not bring about."""
    if not chronicle.has_worlds or chronicle.ending is not None:
        return None
    found = states(stage.ground, chronicle)
    if len(found) <= len(acts_of(chronicle)):
        return None
    return lambda condition, time: found[time].evaluate(condition) is True


def unseen(world: Storyworld, name: str, arguments: tuple[Value, ...], who: str) -> Storyworld:
    """The world in which somebody never sees an act of these arguments. Raises KeyError where the
    act is no action, or is their own."""
    given = [EntityTerm(one) if isinstance(one, str) else Literal(one) for one in arguments]  # type: ignore[arg-type]
    made = []
    is_changed = False
    for action in world.actions:
        if action.name == name and _takes(action, given):
            observing = action.observing
            variable = observing.variable if observing else Variable("anybody", "character")
            seer = VariableTerm(variable.name)
            same: list[Expression] = [Comparison(Comparator.EQ, seer, EntityTerm(who))]
            for parameter, value in zip(action.parameters, given, strict=True):
                if isinstance(parameter, Variable):
                    same.append(Comparison(Comparator.EQ, VariableTerm(parameter.name), value))
            but = Not(And(tuple(same)))
            condition = but if observing is None else And((observing.condition, but))
            action = replace(action, observing=Observing(variable, condition))
            is_changed = True
        made.append(action)
    if not is_changed:
        raise KeyError(name)
    return replace(world, actions=tuple(made))


def _takes(action: Action, given: Sequence[EntityTerm | Literal]) -> bool:
    """Whether an action's places are as many, and those that are fixed are these."""
    return len(action.parameters) == len(given) and all(
        isinstance(place, Variable) or place == one
        for place, one in zip(action.parameters, given, strict=True)
    )
