"""Whether a chronicle is of a world: a saved one may be of an older version of it, or of another.

Receives a chronicle and a grounded world; hands on the first thing that is in the one and not in
the other. (``schema`` has held the file to its form before.)
"""

from __future__ import annotations

from collections.abc import Iterator

from unspoken.chronicle.events import Chronicle, Event
from unspoken.engine import GroundWorld, call_text
from unspoken.model import FEELINGS


def foreign(chronicle: Chronicle, ground: GroundWorld) -> str | None:
    """The first thing that a chronicle speaks of and a world lacks; None: it is of this world."""
    return next(_foreign(chronicle, ground), None)


def _foreign(chronicle: Chronicle, ground: GroundWorld) -> Iterator[str]:
    world = ground.world
    entities = {entity.name for entity in world.entities}
    events = {"", *(a.name for a in world.actions), *(t.name for t in world.triggers)}
    events |= {event.name for event in ground.events}  # and those that inner lives come down to
    properties = {(p.name, len(p.parameters)) for p in world.properties}
    properties |= {(fluent.name, len(fluent.arguments)) for fluent in ground.fluents}
    # In the order of the chronicle, so that the same one is always named first.
    facts = dict.fromkeys(fact for values in chronicle.beginning.values() for fact in values)
    if chronicle.characters != world.characters:
        yield f"it is about {', '.join(chronicle.characters) or 'nobody'}"
    if () not in chronicle.beginning:
        yield "it does not say how things stood at the beginning"
    for event in chronicle.events:
        if event.name not in (FEELINGS if event.kind == "feel" else events):
            yield _lacking(*_happening(event))
        if max(event.causes, default=-1) >= len(chronicle.events):
            yield f"event {event.number} has a cause that is not in it"
        who = {*event.percepts, *event.participants, *event.minds, event.who or ""} - {""}
        strange = sorted(who - set(world.characters))
        yield from (_lacking("character", name) for name in strange)
        named = {name for name in event.arguments if isinstance(name, str)}
        yield from (_lacking("entity", name) for name in sorted(named - entities))
        facts.update((change.fact, None) for change in event.changes)
        if event.fact is not None:
            facts[event.fact] = None
    for fact in facts:
        if (fact.property, len(fact.arguments)) not in properties:
            yield _lacking("property", fact.property)
    for act in acts_of(chronicle):
        if not ground.has_action(act):
            yield f"it tells of the act `{act}`, which is never possible there"


def _happening(event: Event) -> tuple[str, str]:
    """What is written in a world for such an event: its kind and text."""
    if event.kind == "feel":
        return "feeling", event.name
    if event.kind == "happen":
        return "trigger", event.name
    return "act", call_text(event.name, event.arguments)


def _lacking(kind: str, name: str) -> str:
    return f"it tells of the {kind} `{name}`, which the world does not have"


def acts_of(chronicle: Chronicle) -> tuple[str, ...]:
    """The acts of a chronicle in order, each as ``name(Arg, Arg)``."""
    return tuple(call_text(event.name, event.arguments) for event in chronicle.acts())
