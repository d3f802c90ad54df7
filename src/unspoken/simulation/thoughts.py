"""Which of the things that go on in a mind it attends to: thoughts, few, and each once.

Receives inner events (feelings, what was left unsaid, surprises); hands on the one that becomes a
thought: of what goes on now, or, while its thinker has nothing to do, of what it still feels, from
earlier. A thought is perceived by its thinker alone, unless a channel carries it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from unspoken.chronicle import Event
from unspoken.engine import call_text, text_of
from unspoken.simulation.explain import strength
from unspoken.simulation.feelings import Feeling
from unspoken.simulation.moment import Record

FAINT = 0.15
"""What is less salient is not attended to."""
EARLIER = 2
"""Rounds after which what is still felt is a memory."""
SURPRISE = 0.5
"""How salient it is that something is not as one believed."""


def salience(event: Event) -> float:
    """0 to 1: how much an inner event draws its owner's attention."""
    if event.kind in ("feel", "unsaid"):
        return event.strength or 0.0
    return SURPRISE if event.kind == "surprise" and event.minds[1:] == () else 0.0


def attended(events: Iterable[Event], record: Record) -> Event | None:
    """What a mind attends to of all this: the most salient thing that it has not thought already,
    as it stands now."""
    worth = [
        event
        for event in events
        if salience(event) >= FAINT and record.attended.get(subject(event)) != content(event)
    ]
    return min(worth, key=lambda event: (-salience(event), event.number), default=None)


def remembered(event: Event, record: Record) -> Record:
    """The mind after it attended to something."""
    thought: Mapping[str, str] = {**record.attended, subject(event): content(event)}
    return replace(record, attended=dict(sorted(thought.items())))


def recalled(
    who: str, events: Sequence[Event], record: Record, round: int
) -> tuple[Event, float] | None:
    """What comes back to an idle mind: of what it still feels the strongest that it has not gone
    back to already, as the event in which it was felt, and how strong it is by now."""
    old = {one.key for one in record.feelings.kept if round - one.round >= EARLIER}
    for feeling in record.feelings.felt(round):
        if feeling.strength < FAINT:
            return None
        event = next((one for one in reversed(events) if _is_of(one, who, feeling)), None)
        if event is None or feeling.key not in old:
            continue
        if record.attended.get(_memory(event)) != str(event.number):
            return event, feeling.strength
    return None


def gone_back_to(event: Event, record: Record) -> Record:
    """The mind after something came back to it."""
    thought: Mapping[str, str] = {**record.attended, _memory(event): str(event.number)}
    return replace(record, attended=dict(sorted(thought.items())))


def _is_of(event: Event, who: str, feeling: Feeling) -> bool:
    own = event.kind == "feel" and event.who == who and event.name == feeling.word
    return own and (event.about, event.toward) == (feeling.about, feeling.toward)


def _memory(event: Event) -> str:
    return f"memory of {event.name}, {subject(event)}"


def subject(event: Event) -> str:
    """What a thought of it would be about, whatever it says of that."""
    if event.kind == "feel":
        return f"feel {event.about} {event.toward or ''}"
    if event.kind == "unsaid":
        return f"unsaid {call_text(event.name, event.arguments)}"
    return f"surprise {_fact(event)}"


def content(event: Event) -> str:
    """What it says of its subject: where that changes, it can be thought again."""
    if event.kind == "feel":
        return event.name
    if event.kind == "unsaid":
        return f"{event.because}, {strength(event.strength or 0.0)}"
    return text_of(event.after)


def _fact(event: Event) -> str:
    return "" if event.fact is None else call_text(event.fact.property, event.fact.arguments)
