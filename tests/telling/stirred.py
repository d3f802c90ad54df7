"""The night visit as it was planned, with what a run would have noted besides: feelings, wishes
that were not followed, thoughts that reach the other."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from tests.telling.worlds import renumbered
from unspoken.chronicle.events import Chronicle, Event, EventNumber, Kind, Percept


class Stir(Struct, frozen=True):
    """What goes on in somebody after an act: a feeling, by its word; ``unsaid``, by the act that
    was wished; a thought, that turns to the last thing before it."""

    after: str
    who: str
    what: str
    strength: float = 0.5
    toward: str | None = None
    kind: Kind = "feel"
    arguments: tuple[str, ...] = ()
    because: str = ""
    heard: tuple[str, bool] | None = None
    """Who senses it, and whether whole."""


NIGHT = (
    Stir("alarm", "Willow", "disappointment", 0.3),
    Stir("patrol", "Willow", "guilt", 0.7, "Tara"),
    Stir("walk", "Willow", "dread", 0.4, "Tara"),
    Stir("knock", "Tara", "fear", 0.3),
    Stir("open_door", "Tara", "dread", 0.8, "Willow"),
    Stir("open_door", "Willow", "embarrassment", 0.6, "Tara"),
    Stir("apologise", "Tara", "relief", 0.6, "Willow"),
    Stir("apologise", "Willow", "relief", 0.3, "Tara"),
    Stir("invite", "Willow", "hope", 0.6, "Tara"),
    Stir("come_in", "Tara", "hope", 0.4, "Willow"),
    Stir("sit_down", "Tara", "confess", 0.7, "Willow", "unsaid", ("Tara", "Willow"), "hidden(x)"),
    Stir("brush_hands", "Willow", "kiss", 0.6, "Tara", "unsaid", ("Willow", "Tara")),
    Stir("brush_hands", "Tara", "love", 0.9, "Willow"),
    Stir("test_link", "Tara", "fear", 0.7, "Willow"),
    Stir("nod", "Tara", "confess", 0.8, "Willow", "unsaid", ("Tara", "Willow"), "hidden(x)"),
    Stir("cup_cheek", "Willow", "pity", 0.7, "Tara"),
    Stir("cup_cheek", "Tara", "hope", 0.8, "Willow"),
    Stir("confess", "Tara", "dread", 0.9, "Willow"),
    Stir("confess", "Willow", "joy", 1.0, "Tara"),
    Stir("kiss", "Tara", "joy", 0.9, "Willow"),
    Stir("answer", "Tara", "relief", 0.9, "Willow"),
)


def with_stirs(chronicle: Chronicle, stirs: tuple[Stir, ...] = NIGHT) -> Chronicle:
    """The chronicle with what stirred; after the last act of each name."""
    last = {e.name: e.number for e in chronicle.acts()}
    until = {
        name: max(e.number for e in chronicle.events if e.time == chronicle.events[number].time)
        for name, number in last.items()
    }
    events: list[Event] = []
    for event in chronicle.events:
        events.append(event)
        for place, stir in enumerate(stirs):
            if until.get(stir.after) == event.number:
                heard = {} if stir.heard is None else {stir.heard[0]: stir.heard[1]}
                percepts = {who: Percept("sensed", event.time, w) for who, w in heard.items()}
                events.append(
                    Event(
                        number=EventNumber(100000 + place),
                        time=event.time,
                        kind=stir.kind,
                        who=stir.who,
                        name=stir.what,
                        arguments=stir.arguments,
                        causes=(last[stir.after],),
                        percepts={stir.who: Percept("thought", event.time), **percepts},
                        strength=stir.strength,
                        toward=stir.toward,
                        because=stir.because,
                    )
                )
    return replace(chronicle, events=renumbered(events))
