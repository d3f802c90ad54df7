"""A story gone through again: with deeper minds, or with an act that somebody did not see.

Receives a stage and a chronicle; hands on chronicles. A plan is its acts, done again; a run is run
again, by its seed. Raises ``NotTheSame`` where what comes out is not the story that was given: it
was played by somebody, goes on from another, or its world is no longer the same.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from unspoken.chronicle.fit import acts_of
from unspoken.model import (
    Action,
    And,
    Assign,
    Believes,
    Comparator,
    Comparison,
    EntityTerm,
    Expression,
    Fluent,
    If,
    Literal,
    Not,
    Observing,
    Quantifier,
    Storyworld,
    Term,
    Variable,
    VariableTerm,
)

if TYPE_CHECKING:
    from unspoken.chronicle.events import Chronicle, Value
    from unspoken.engine import GroundWorld, State
    from unspoken.queries.evaluation import Exact
    from unspoken.simulation.moment import Moment, Witness
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
    if chronicle.ending is None:
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


def unseen(world: Storyworld, name: str, arguments: tuple[Value, ...], who: str) -> Storyworld:
    """The world in which somebody never sees an act of these arguments, nor takes from it what it
    would have them believe. Raises KeyError where the act is no action, or is their own."""
    given = [EntityTerm(one) if isinstance(one, str) else Literal(one) for one in arguments]  # type: ignore[arg-type]
    made = []
    is_changed = False
    for action in world.actions:
        if action.name == name and _takes(action, given):
            observing = action.observing
            variable = observing.variable if observing else Variable("anybody", "character")
            these = tuple(
                Comparison(Comparator.EQ, VariableTerm(parameter.name), value)
                for parameter, value in zip(action.parameters, given, strict=True)
                if isinstance(parameter, Variable)
            )

            def but(seer: Term, these: tuple[Expression, ...] = these) -> Expression:
                return Not(And((Comparison(Comparator.EQ, seer, EntityTerm(who)), *these)))

            seen = but(VariableTerm(variable.name))
            condition = seen if observing is None else And((observing.condition, seen))
            action = replace(
                action,
                observing=Observing(variable, condition),
                effect=None if action.effect is None else _told_only(action.effect, but),
            )
            is_changed = True
        made.append(action)
    if not is_changed:
        raise KeyError(name)
    return replace(world, actions=tuple(made))


def _told_only(effect: Expression, to: Callable[[Term], Expression]) -> Expression:
    """An effect that makes those believe something of whom a condition holds."""

    def again(part: Expression) -> Expression:
        return _told_only(part, to)

    match effect:
        case And(parts):
            return And(tuple(map(again, parts)))
        case Quantifier():
            return replace(effect, body=again(effect.body))
        case If(branches, otherwise):
            told = tuple((condition, again(result)) for condition, result in branches)
            return If(told, None if otherwise is None else again(otherwise))
        case Not(inner) | Assign(inner):
            whose = _whose(inner)
        case _:
            whose = _whose(effect)
    return effect if whose is None else If(((to(whose), effect),))


def _whose(set_: Expression) -> Term | None:
    """In whose mind something is set."""
    match set_:
        case Believes(character, _):
            return character
        case Fluent(minds=(first, *_)):
            return first
    return None


def _takes(action: Action, given: Sequence[EntityTerm | Literal]) -> bool:
    """Whether an action's places are as many, and those that are fixed are these."""
    return len(action.parameters) == len(given) and all(
        isinstance(place, Variable) or place == one
        for place, one in zip(action.parameters, given, strict=True)
    )
