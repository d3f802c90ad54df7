"""Which ground events a section of the world speaks of: by name, and by what fills its parameters.

Receives a grounded world; hands on events and what the section's variables stand for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from unspoken.engine import GroundEvent, GroundWorld, term_of, term_text, text_of
from unspoken.model import EventUse, Parameter, Storyworld, Term, Variable

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
            names = {p.name: term_text(term) for p, term in pairs if isinstance(p, Variable)}
            yield Use(event, names)


def _fits(term: Term, parameter: Parameter, types: Mapping[str, frozenset[str]]) -> bool:
    name = term_text(term)
    if not isinstance(parameter, Variable):
        return name == term_text(parameter)
    if parameter.type in ("entity", "boolean"):
        return (name in types) == (parameter.type == "entity")
    return parameter.type in types.get(name, ())


def means(use: EventUse, event: GroundEvent) -> bool:
    """Does a closed use speak of an event? ``*`` is whatever it is."""
    return (
        use.event == event.name
        and len(use.arguments) == len(event.arguments)
        and all(
            term is None or term_text(term) == text_of(given)
            for term, given in zip(use.arguments, event.arguments, strict=True)
        )
    )


def meant(use: EventUse, events: Iterable[GroundEvent]) -> Iterator[GroundEvent]:
    """Those of the events that a closed use speaks of."""
    return (event for event in events if means(use, event))
