"""Chronicles as a list to read: what is of the machinery of minds has no line of its own."""

from __future__ import annotations

from unspoken.chronicle.record import record
from unspoken.chronicle.words import line
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
