"""Which of the things that go on in a mind it attends to: thoughts, few, and each once.

Receives inner events (feelings, what was left unsaid, surprises); hands on the one that becomes a
thought: of what goes on now, or, while its thinker has nothing to do, of what it still feels, from
earlier (a memory, by the feeling that it is of: what it takes to find one does not grow with the
story). A thought is perceived by its thinker alone, unless a channel carries it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from unspoken.chronicle import Event
from unspoken.engine import call_text, text_of
from unspoken.simulation.explain import strength
from unspoken.simulation.feelings import Feeling
from unspoken.simulation.moment import Memory, Record

LEAST_SALIENT = 0.15
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
        if salience(event) >= LEAST_SALIENT
        and record.attended.get(subject(event)) != content(event)
    ]
    return min(worth, key=lambda event: (-salience(event), event.number), default=None)


def having_attended(event: Event, record: Record) -> Record:
    """The mind after it attended to something."""
    thought: Mapping[str, str] = {**record.attended, subject(event): content(event)}
    return replace(record, attended=dict(sorted(thought.items())))


def keeping(felt: Iterable[Event], record: Record) -> Record:
    """The mind after it noticed feelings: each can come back for as long as it lasts."""
    new = {(one.name, one.about, one.toward or ""): Memory(one.number) for one in felt}
    lasting = map(_of, record.feelings.kept)
    both = {**record.memories, **new}
    return replace(record, memories={of: both[of] for of in sorted(lasting) if of in both})


def recalled(record: Record, round: int) -> tuple[Memory, Feeling] | None:
    """What comes back to an idle mind: of what it still feels the strongest that it has not gone
    back to already; with how strong it is by now."""
    old = {one.key for one in record.feelings.kept if round - one.round >= EARLIER}
    for feeling in record.feelings.felt(round):
        if feeling.strength < LEAST_SALIENT:
            return None
        memory = record.memories.get(_of(feeling))
        if memory is not None and not memory.came_back and feeling.key in old:
            return memory, feeling
    return None


def gone_back_to(feeling: Feeling, event: Event, record: Record) -> Record:
    """The mind after a feeling came back to it, from the event in which it was noticed."""
    memory = Memory(event.number, came_back=True)
    return replace(record, memories={**record.memories, _of(feeling): memory})


def _of(feeling: Feeling) -> tuple[str, str, str]:
    return (feeling.word, feeling.about, feeling.toward or "")


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
