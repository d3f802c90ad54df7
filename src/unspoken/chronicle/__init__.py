"""The log of a story: what happened, who perceived it, whose mind changed, and because of what."""

from unspoken.chronicle.events import (
    VERSION,
    Chain,
    Change,
    Chronicle,
    Event,
    EventNumber,
    Fact,
    How,
    Intention,
    Kind,
    Percept,
    Value,
)
from unspoken.chronicle.storage import ChronicleError, from_json, to_json

__all__ = [
    "VERSION",
    "Chain",
    "Change",
    "Chronicle",
    "ChronicleError",
    "Event",
    "EventNumber",
    "Fact",
    "How",
    "Intention",
    "Kind",
    "Percept",
    "Value",
    "from_json",
    "to_json",
]
