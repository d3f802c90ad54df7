"""Chronicles as a list to read, in words that a stranger understands; what is of the machinery of
minds has no line of its own."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from unspoken.chronicle import Change, Event, EventNumber, Fact, Percept
from unspoken.chronicle.record import record
from unspoken.chronicle.words import is_of_minds, line
from unspoken.engine import load
from unspoken.language import parse

VISIT = """unspoken 1;
type place; entity Room : place; entity Hall : place;
entity Willow : character; entity Tara : character;
property at(who : character) : place;
property loves(who : character, whom : character) : boolean;
hunch sure(who : character, whom : character) { of: loves(who, whom); };
sign visit(reader : character, other : character) {
    when: at(reader) == at(other); for: sure(other, reader); };
action come(who : character, to : place) {
    precondition: at(who) != to; effect: at(who) = to; consenting: who; };
at(Willow) = Hall; at(Tara) = Room;
"""


def test_a_sign_that_is_noticed_changes_minds_and_has_no_line() -> None:
    world, said = parse(VISIT)
    assert world is not None, said
    ground = load(world)
    (sign,) = world.inner.signs
    assert sign.origin is not None
    chronicle = record(ground, [ground.action("come(Willow, Room)")])
    (leaning,) = (
        event
        for event in chronicle.events
        if event.minds == ("Tara",)
        and event.fact is not None
        and (event.fact.property, event.fact.arguments) == ("sure", ("Willow", "Tara"))
    )
    assert (leaning.before, leaning.after) == (0.0, 1.0)
    assert leaning.line == sign.origin.line
    lines = [text for event in chronicle.events if (text := line(event)) is not None]
    assert "Tara now believes sure(Willow, Tara) == 1" in lines
    assert "Tara now believes loves(Willow, Tara)" in lines
    assert not any(".given" in text or ".settles" in text for text in lines)


FELT = Event(
    EventNumber(0), 1, "feel", "Tara", "hope", strength=0.6, toward="Willow", about="said(Tara)"
)
OWN, SENSED = {"Tara": Percept("thought", 1)}, {"Willow": Percept("sensed", 1)}
PART = {"Willow": Percept("sensed", 1, whole=False)}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, "Tara feels hope towards Willow, strongly, about said(Tara)"),
        ({"toward": None, "about": ""}, "Tara feels hope, strongly"),
        ({"name": "happy_for"}, "Tara feels happy for Willow, strongly, about said(Tara)"),
        (
            {"percepts": {"Tara": Percept("remembered", 1)}, "about": ""},
            "Tara feels hope again towards Willow, strongly",
        ),
        (
            {"percepts": OWN | SENSED, "about": ""},
            "Tara feels hope towards Willow, strongly; this comes through to Willow",
        ),
        ({"kind": "think", "name": "", "about": "feel", "percepts": OWN}, None),
        (
            {"kind": "think", "name": "", "about": "feel", "percepts": OWN | SENSED},
            "Tara's thought of a feeling comes through to Willow",
        ),
        (
            {"kind": "think", "name": "", "about": "unsaid", "percepts": OWN | PART},
            "Tara's thought of what is held back comes through to Willow, in part",
        ),
        (
            {"kind": "fail", "name": "open", "arguments": ("Tara",)},
            "Tara tries, and cannot: open(Tara)",
        ),
    ],
)
def test_what_goes_on_within_in_words(change: dict[str, object], said: str | None) -> None:
    assert line(replace(FELT, **change)) == said  # type: ignore[arg-type]


def test_a_drive_that_is_moved_is_told_and_one_that_drifts_is_not() -> None:
    change = Change(Fact("calm", ("Tara",)), 3.0, 5.0)
    moved = Event(
        EventNumber(1), 1, "happen", None, "", causes=(EventNumber(0),), changes=(change,)
    )
    assert line(moved) == "now calm(Tara) == 5"
    assert not is_of_minds(moved)
    assert is_of_minds(replace(moved, causes=()))
