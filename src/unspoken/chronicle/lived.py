"""What one mind has of a chronicle, as a chronicle: no truth, no other mind, nothing else in it.

What is shown to whoever plays somebody is made from this; what the value cannot carry cannot leak.
Told through that mind, it tells the same as the whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from unspoken.chronicle.events import Chronicle, Event, EventNumber


def perceived(events: Sequence[Event], who: str) -> tuple[Event, ...]:
    """What somebody perceived, did, thought and came to believe, in order; and what another's
    thought was about, where it came through whole."""
    attended = {
        event.causes[0]
        for event in events
        if event.kind == "think"
        and not event.is_act
        and event.causes
        and who in event.percepts
        and event.percepts[who].whole
    }
    return tuple(event for event in events if who in event.percepts or event.number in attended)


def lived(chronicle: Chronicle, who: str, events: Iterable[Event] | None = None) -> Chronicle:
    """The chronicle as ``who`` lived it. ``events``: what it perceived (``perceived``), where that
    is known already; they are numbered anew."""
    kept = perceived(chronicle.events, who) if events is None else tuple(events)
    numbers = {event.number: EventNumber(place) for place, event in enumerate(kept)}
    own = {**chronicle.beginning.get((), {}), **chronicle.beginning.get((who,), {})}
    within = {
        chain: values
        for chain, values in chronicle.beginning.items()
        if len(chain) > 1 and chain[0] == who
    }
    return replace(
        chronicle,
        beginning={(): own, (who,): {}, **within},
        possible={chain: values for chain, values in chronicle.possible.items() if chain[0] == who},
        events=tuple(_as_lived(event, who, numbers) for event in kept),
        ending=None,
        scenes=(),
    )


def _as_lived(event: Event, who: str, numbers: dict[EventNumber, EventNumber]) -> Event:
    """An event with what of it is in this mind, and nothing else."""
    is_own = event.who == who
    seen = who in event.percepts
    return replace(
        event,
        number=numbers[event.number],
        causes=tuple(numbers[cause] for cause in event.causes if cause in numbers),
        percepts={who: event.percepts[who]} if seen else {},
        intentions=tuple(one for one in event.intentions if one.character == who),
        changes=(),
        strength=event.strength if seen else None,
        about=event.about if seen else "",
        because=event.because if is_own else "",
        decision=event.decision if is_own else None,
    )
