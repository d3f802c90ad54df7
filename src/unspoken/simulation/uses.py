"""Which ground events a section of the world speaks of: by name, and by what fills its parameters.

Receives a grounded world; hands on events and what the section's variables stand for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from unspoken.engine import GroundEvent, GroundWorld, State
from unspoken.model import EventUse, Parameter, Storyworld, Term, Variable
from unspoken.simulation.motives import name_of, term_of

Names = Mapping[str, str]
"""What variables stand for, as text."""


class Use(NamedTuple):
    """An event that a section speaks of, and what its variables stand for there."""

    event: GroundEvent
    names: Names


def uses(
    ground: GroundWorld, world: Storyworld, name: str, parameters: Sequence[Parameter]
) -> Iterator[Use]:
    """The actions of a name whose arguments the parameters can stand for, by text."""
    types = {entity.name: world.types_of(entity) for entity in world.entities}
    for event in sorted(ground.events, key=str):
        if not event.is_action or event.name != name:
            continue
        terms = tuple(term_of(argument) for argument in event.arguments)
        if len(terms) == len(parameters) and all(
            _fits(term, parameter, types) for term, parameter in zip(terms, parameters, strict=True)
        ):
            pairs = zip(parameters, terms, strict=True)
            names = {p.name: name_of(term) for p, term in pairs if isinstance(p, Variable)}
            yield Use(event, names)


def _fits(term: Term, parameter: Parameter, types: Mapping[str, frozenset[str]]) -> bool:
    name = name_of(term)
    if not isinstance(parameter, Variable):
        return name == name_of(parameter)
    if parameter.type in ("entity", "boolean"):
        return (name in types) == (parameter.type == "entity")
    return parameter.type in types.get(name, ())


def meant(use: EventUse, events: Iterable[GroundEvent]) -> Iterator[GroundEvent]:
    """Those of the events that a closed use speaks of: ``*`` is whatever it is."""
    wanted = tuple(None if term is None else name_of(term) for term in use.arguments)
    for event in events:
        named = tuple(name_of(term_of(argument)) for argument in event.arguments)
        if (event.name, len(named)) == (use.event, len(wanted)) and all(
            one is None or one == name for one, name in zip(wanted, named, strict=True)
        ):
            yield event


def first_possible(events: Iterable[GroundEvent], state: State) -> GroundEvent | None:
    """Of events by text, the first that can happen in a state."""
    return next((event for event in events if state.allows(event)), None)
