"""A chronicle as a list to read: who does what, and what goes on within, a line for each event.

Receives events; hands on plain lines. No prose (that is ``telling``) and no reasons (that is what a
``Decision`` holds): what one looks through to see what happened.
"""

from __future__ import annotations

from unspoken.chronicle.events import Chain, Event, Fact, Motive, Value, phrase_of


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
    """A fact with its value, as a condition: ``at(Tara) == Room``, ``!open()``; a free phrase as
    it stands."""
    free = phrase_of(fact)
    if free is not None:
        return free if value is True else f"{'unknown' if value is None else 'not'}: {free}"
    call = f"{fact.property}({', '.join(map(value_text, fact.arguments))})"
    if isinstance(value, bool):
        return call if value else f"!{call}"
    return f"{call} == {value_text(value)}"


def held_text(minds: Chain, fact: Fact, value: Value) -> str:
    """What a mind holds: ``Willow believes !open()`` of what it takes ``minds`` to believe."""
    return "".join(f"{mind} believes " for mind in minds) + fact_text(fact, value)


def degree(strength: float) -> str:
    """How strong something is, in a word."""
    for least, word in ((0.75, "very strongly"), (0.5, "strongly"), (0.25, "somewhat")):
        if strength >= least:
            return word
    return "a little"


def motive_text(motive: Motive) -> str:
    """What speaks for something, or against it."""
    match motive.kind:
        case "pressure":
            return "it was held back before"
        case "steadiness":
            return "it is under way"
        case "norm":
            return f"the norm {motive.name}"
        case "dread":
            return f"the dread {motive.name}"
        case kind:
            return f"{'a fear for ' if motive.amount < 0 else ''}the {kind} {motive.name}"


_THOUGHT_OF = {
    "feel": " of a feeling",
    "unsaid": " of what is held back",
    "surprise": " of surprise",
}


def _hearers(event: Event) -> str:
    """Whom an inner event comes through to, and whether as a whole."""
    heard = {who: one for who, one in event.percepts.items() if one.how == "sensed"}
    return ", ".join(who if one.whole else f"{who}, in part" for who, one in heard.items())


def _feeling(event: Event) -> str:
    """A feeling with how strong it is, towards whom and what about."""
    again = " again" if any(one.how == "remembered" for one in event.percepts.values()) else ""
    about = f", about {event.about}" if event.about else ""
    felt = feeling_text(event.name, event.toward, again)
    return f"{felt}, {degree(event.strength or 0.0)}{about}"


def feeling_text(name: str, toward: str | None, again: str = "") -> str:
    """A feeling, and towards whom: ``joy towards Tara``, ``happy for Nell``."""
    if name == "happy_for" and toward is not None:
        return f"happy{again} for {toward}"
    return f"{name.replace('_', ' ')}{again}{f' towards {toward}' if toward else ''}"


def line(event: Event) -> str | None:
    """One event in a line; None where there is nothing to say of it (a law that changed nothing, a
    thought that is told by what it is about)."""
    heard = _hearers(event)
    through = f"; this comes through to {heard}" if heard else ""
    match event.kind:
        case "act" | "say":
            return call_of(event)
        case "think" if event.name:
            return call_of(event)
        case "think":
            thought = f"{event.who}'s thought{_THOUGHT_OF.get(event.about, '')}"
            return f"{thought} comes through to {heard}" if heard else None
        case "happen" if not event.name:  # told from without: a drive that moved, say
            changed = ", ".join(fact_text(one.fact, one.after) for one in event.changes)
            return f"now {changed}" if changed else None
        case "happen":
            return f"{call_of(event)}, of itself" if event.changes else None
        case "refuse":
            return f"{event.who} does not take part: {call_of(event)}"
        case "feel":
            return f"{event.who} feels {_feeling(event)}{through}"
        case "unsaid":
            why = f", because of {event.because}" if event.because else ""
            return f"{event.who} would, and does not: {call_of(event)}{why}{through}"
        case "fail":
            return f"{event.who} tries, and cannot: {call_of(event)}"
        case "believe" | "surprise" if event.fact is not None and "." in event.fact.property:
            return None  # nobody wrote it: that a sign was given (``compiled.lower``)
        case "believe" | "surprise" if event.fact is not None:
            believed = held_text(event.minds[1:], event.fact, event.after)
            if _was_in_the_way(event):
                return f"{event.who} finds: {believed}"
            verb = "is surprised: now" if event.kind == "surprise" else "now"
            return f"{event.who} {verb} believes {believed}"
    return None


def is_of_minds(event: Event) -> bool:
    """Is it a change of belief, or a drive on its way back to its baseline? There are many. (What
    stood in the way of an attempt belongs to it.)"""
    drifts = event.kind == "happen" and not event.name and not event.causes
    believes = event.kind in ("believe", "surprise") and not _was_in_the_way(event)
    return drifts or believes


def _was_in_the_way(event: Event) -> bool:
    """Others' surprises are at what they see; whoever fails notices what it is due to."""
    noticed = any(one.how == "noticed" for one in event.percepts.values())
    return event.kind == "surprise" and noticed
