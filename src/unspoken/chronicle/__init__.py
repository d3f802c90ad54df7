"""The log of a story: what happened, who perceived it, whose mind changed, and because of what."""

from unspoken.chronicle.events import (
    VERSION,
    Chain,
    Change,
    Chronicle,
    Decision,
    Event,
    EventNumber,
    Fact,
    How,
    Intention,
    Kind,
    Motive,
    Percept,
    Value,
    Weighed,
)
from unspoken.chronicle.storage import ChronicleError, from_json, to_json

__all__ = [
    "VERSION",
    "Chain",
    "Change",
    "Chronicle",
    "ChronicleError",
    "Decision",
    "Event",
    "EventNumber",
    "Fact",
    "How",
    "Intention",
    "Kind",
    "Motive",
    "Percept",
    "Value",
    "Weighed",
    "from_json",
    "to_json",
]
