"""The one door to the engine room: grounded worlds, states and minds, by name."""

from unspoken.engine.ground import (
    EngineError,
    EventNumber,
    GroundEvent,
    GroundFluent,
    GroundWorld,
    Mind,
    NamedValue,
    State,
    StateNumber,
    call_text,
    load,
    text_of,
    tidy_call,
)

__all__ = [
    "EngineError",
    "EventNumber",
    "GroundEvent",
    "GroundFluent",
    "GroundWorld",
    "Mind",
    "NamedValue",
    "State",
    "StateNumber",
    "call_text",
    "load",
    "text_of",
    "tidy_call",
]
