"""A chronicle as a list to read: who does what, and what goes on within, a line for each event.

Receives events; hands on plain lines. No prose (that is ``telling``) and no reasons (that is what a
``Decision`` holds): what one looks through to see what happened.
"""

from __future__ import annotations

from unspoken.chronicle.events import Event, Fact, Value


def value_text(value: Value) -> str:
    """A value as a storyworld writes it."""
    if value is None:
        return "?"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def call_of(event: Event) -> str:
    """``name(Arg, Arg)`` of the act or law."""
    return f"{event.name}({', '.join(map(value_text, event.arguments))})"


def fact_text(fact: Fact, value: Value) -> str:
    """A fact with its value, as a condition: ``at(Tara) == Room``, ``!open()``."""
    call = f"{fact.property}({', '.join(map(value_text, fact.arguments))})"
    if isinstance(value, bool):
        return call if value else f"!{call}"
    return f"{call} == {value_text(value)}"


def degree(strength: float) -> str:
    """How strong something is, in a word."""
    for least, word in ((0.75, "very strongly"), (0.5, "strongly"), (0.25, "somewhat")):
        if strength >= least:
            return word
    return "a little"


def line(event: Event) -> str | None:
    """One event in a line; None where there is nothing to say of it (a law that changed nothing, a
    thought that is told by what it is about)."""
    toward = f" towards {event.toward}" if event.toward is not None else ""
    match event.kind:
        case "act" | "say":
            return call_of(event)
        case "think" if event.name:
            return call_of(event)
        case "think":
            heard = [who for who, percept in event.percepts.items() if percept.how == "sensed"]
            return f"{event.who}'s thought comes through to {', '.join(heard)}" if heard else None
        case "happen" if not event.name:  # told from without: a drive that moved, say
            return ", ".join(fact_text(one.fact, one.after) for one in event.changes) or None
        case "happen":
            return f"{call_of(event)}, of itself" if event.changes else None
        case "refuse":
            return f"{event.who} does not take part: {call_of(event)}"
        case "feel":
            about = f", about {event.about}" if event.about else ""
            strength = degree(event.strength or 0.0)
            came_back = any(one.how == "remembered" for one in event.percepts.values())
            word = event.name.replace("_", " ") + (" again" if came_back else "")
            return f"{event.who} feels {word}{toward}, {strength}{about}"
        case "unsaid":
            why = f", because of {event.because}" if event.because else ""
            return f"{event.who} would, and does not: {call_of(event)}{why}"
        case "fail":
            return f"{event.who} tries, and cannot: {call_of(event)}"
        case "believe" | "surprise" if event.fact is not None and "." in event.fact.property:
            return None  # nobody wrote it: that a sign was given (``compiled.lower``)
        case "believe" | "surprise" if event.fact is not None:
            believed = fact_text(event.fact, event.after)
            for mind in reversed(event.minds[1:]):
                believed = f"{mind} believes {believed}"
            verb = "is surprised: now" if event.kind == "surprise" else "now"
            return f"{event.who} {verb} believes {believed}"
    return None


def is_of_minds(event: Event) -> bool:
    """Is it a change of belief, and nothing else? There are many of them."""
    return event.kind in ("believe", "surprise")
