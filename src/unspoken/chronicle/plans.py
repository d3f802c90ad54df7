"""From a plan to its chronicle: the acts are gone through, and everybody's reasons noted.

Receives a grounded world and a plan in names; hands on what ``record`` makes of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from unspoken.chronicle.events import Chronicle, Intention
from unspoken.chronicle.record import DEPTH, record
from unspoken.engine import GroundWorld
from unspoken.planning import Plan, Step


def record_plan(ground: GroundWorld, plan: Plan, *, depth: int = DEPTH, seed: int = 0) -> Chronicle:
    """The chronicle of a plan, with what each participant of each act meant to follow.

    Raises EngineError where an act cannot be applied, KeyError for one that the world lacks.
    """
    acts = [ground.action(step.act) for step in plan]
    intentions = [tuple(_intentions(ground, step)) for step in plan]
    return record(ground, acts, intentions, depth=depth, seed=seed)


def _intentions(ground: GroundWorld, step: Step) -> Iterator[Intention]:
    for reason in step.reasons:
        if reason.before is None or reason.after is None:
            continue  # read from a file: what it was worth to them was not worked out
        events = [ground.action(later.act) for later in reason.rest]
        then = tuple((event.name, event.arguments) for event in events)
        yield Intention(reason.character, then, reason.before, reason.after)
