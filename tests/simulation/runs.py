"""Runs of small worlds given as text, and what happened in them as lines of text."""

from __future__ import annotations

from collections.abc import Iterable

from tests.simulation.hearts import grounded
from unspoken.chronicle import Event
from unspoken.engine import call_text, text_of
from unspoken.simulation.moment import Moment
from unspoken.simulation.run import Simulation

HEAD = """unspoken 1;
entity Ann : character;
entity Ben : character;
"""


def simulation(text: str, seed: int = 0) -> Simulation:
    return Simulation(grounded(text).world, seed)


def last(moments: Iterable[Moment]) -> Moment:
    *_, moment = moments
    return moment


def run(text: str, rounds: int | None = None, seed: int = 0) -> Moment:
    """The last moment of a run from the beginning."""
    return last(simulation(text, seed).moments(rounds=rounds))


def line(event: Event) -> str:
    """``Ben refuses dance(Ann, Ben)``, in the fewest words that tell events apart."""
    call = call_text(event.name, event.arguments)
    match event.kind:
        case "act" | "say" | "happen":
            return call
        case "think":
            return call if event.name else f"{event.who} thinks of {event.about}"
        case "feel":
            return f"{event.who} feels {event.name}"
        case "unsaid":
            return f"{event.who} leaves unsaid {call}"
        case "refuse":
            return f"{event.who} refuses {call}"
        case "fail":
            return f"{event.who} cannot {call}"
        case kind:
            assert event.fact is not None
            fact = call_text(event.fact.property, event.fact.arguments)
            whose = " of ".join(reversed(event.minds))
            return f"{whose} {kind} {fact} = {text_of(event.after)}"


def log(moment: Moment, *kinds: str) -> list[str]:
    """The events of some kinds (none: all), each as a line."""
    return [line(event) for event in moment.events if not kinds or event.kind in kinds]


DONE = ("act", "say", "refuse", "fail", "surprise")
