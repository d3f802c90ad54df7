"""Acts that nobody framed, told from their names: text in, text out."""

from __future__ import annotations

from functools import lru_cache

import pytest

from tests.conftest import sabre_world
from unspoken.chronicle.events import Chronicle, Event, EventNumber, Percept
from unspoken.language import parse
from unspoken.model import Storyworld
from unspoken.telling import Options, tell
from unspoken.telling.coloured import is_coloured
from unspoken.telling.lexicon import ACTS
from unspoken.telling.template import parse as parse_template


def told(world: Storyworld, act: str) -> str:
    """One act as a camera would tell it."""
    name, _, rest = act.partition("(")
    arguments = tuple(a.strip() for a in rest.rstrip(")").split(",") if a.strip())
    schema = next(
        a for a in world.actions if a.name == name and len(a.parameters) == len(arguments)
    )
    names = [getattr(p, "name", None) for p in schema.parameters]
    who = []
    for character in schema.consenting:
        term = getattr(character, "name", "")
        who.append(arguments[names.index(term)] if term in names else term)
    event = Event(
        EventNumber(0),
        1,
        "act",
        who[0] if who else None,
        name,
        arguments,
        percepts={c: Percept("saw", 1) for c in world.characters},
        participants=tuple(who),
    )
    chronicle = Chronicle(world.name, world.characters, (), {(): {}}, (event,), 1)
    return tell(chronicle, world, Options(view="external")).text


@pytest.mark.parametrize(
    ("problem", "act", "expected"),
    [
        (
            "fantasy",
            "travel(Talia, Village, Cave)",
            "Talia travelled from the village to the cave.",
        ),
        ("fantasy", "propose(Rory, Talia, Village)", "Rory proposed to Talia."),
        ("fantasy", "get_hungry(Gargax)", "Gargax grew hungry."),
        ("fantasy", "take(Talia, Money, Vince, Village)", "Talia took the money from Vince."),
        ("aladdin", "summon(Jafar, Genie, Lamp, Castle)", "Jafar summoned Genie from the lamp."),
        ("aladdin", "love_spell(Genie, Jasmine, Jafar)", "Genie cast a spell of love on Jasmine."),
        (
            "bribery",
            "coerce(Villain, Hero, Money)",
            "Villain coerced Hero into fetching the money.",
        ),
        ("bribery", "steal(Hero, Money, Bank)", "Hero stole the money from the bank."),
        ("deerhunter", "load(Bubba, Rifle, Ammo)", "Bubba loaded the rifle with the ammo."),
        (
            "secretagent",
            "pickup(SecretAgent, Papers, Dropbox)",
            "Secret Agent picked up the papers.",
        ),
        ("lovers", "trade(C1, I1, C2, I2, R11)", "C1 traded I1 with C2 for I2."),
        ("macguffin", "buy(Tom, MacGuffin, Merchant)", "Tom bought the MacGuffin from Merchant."),
        (
            "space",
            "teleport_to_ship(Zoe, Surface, Ship)",
            "Zoe teleported from the surface to the ship.",
        ),
        ("space", "begin_erupt(Surface)", "The surface began to erupt."),
        ("treasure", "rumor()", "Hawkins spread a rumour."),
        ("treasure", "sail()", "Hawkins and Silver set sail."),
        (
            "treasurehunt",
            "travel(Blackbeard, SkullIsland, BoneIsland)",
            "Blackbeard travelled from Skull Island to Bone Island.",
        ),
    ],
)
def test_published_acts(problem: str, act: str, expected: str) -> None:
    assert told(sabre_world(problem), act) == expected


@lru_cache
def invented() -> Storyworld:
    text = """
    type place; type thing;
    entity Ann : character; entity Bea : character; entity Inn : place; entity Hat : thing;
    entity Attic : place;
    property p() : boolean;
    action tiptoe_to(who : character, room : place) { consenting: who; };
    action lookAt(who : character, whom : character) { consenting: who; };
    action shut_door(who : character) { consenting: who; };
    action tell_secret(who : character, whom : character) { consenting: who; };
    action say_goodbye(who : character, whom : character) { consenting: who; };
    action frobnicate(who : character, what : thing) { consenting: who; };
    action cheer_up(who : character, whom : character) { consenting: who; };
    action get_sleepy(who : character) { consenting: who; };
    action storm() { }; action ice_storm() { };
    action clock_strikes() { }; action old_bell_rings() { };
    property at(who : character) : place; property kept(what : thing) : place;
    property asleep(who : character) : boolean;
    action go(c : character, f : place, t : place) {
      precondition: at(c) == f & f != t; effect: at(c) = t; consenting: c;
    };
    action walk(end : place, by : character, beginning : place) {
      precondition: at(by) == beginning; effect: at(by) = end; consenting: by;
    };
    action run(aa : place, who : character, bb : place) {
      effect: if(p()) at(who) = aa else at(who) = bb; consenting: who;
    };
    action stroll(who : character, source : place, other : place) {
      precondition: at(who) == other; effect: at(who) = source; consenting: who;
    };
    action sneak(who : character, via : place, last : place) {
      effect: at(who) = last; consenting: who;
    };
    action carry(who : character, what : thing, f : place, t : place) {
      precondition: at(who) == f & kept(what) == f; effect: at(who) = t & kept(what) = t;
      consenting: who;
    };
    action move(who : character, what : thing, f : place, t : place) {
      precondition: kept(what) == f; effect: kept(what) = t; consenting: who;
    };
    action drive(who : character, what : thing, f : place, t : place) {
      precondition: kept(what) == f; effect: kept(what) = t; consenting: who;
    };
    action lie(who : character, whom : character) { consenting: who; };
    action lie(who : character) { effect: asleep(who); consenting: who; };
    action lie_about(who : character, what : thing) {
      effect: believes(Bea, kept(what) = Inn); consenting: who;
    };
    action lie_down(who : character) { effect: asleep(who); consenting: who; };
    """
    world, diagnostics = parse(text)
    assert world is not None, diagnostics
    return world


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        ("tiptoe_to(Ann, Inn)", "Ann tiptoed to the inn."),
        ("lookAt(Ann, Bea)", "Ann looked at Bea."),
        ("shut_door(Ann)", "Ann shut the door."),
        ("tell_secret(Ann, Bea)", "Ann told Bea the secret."),
        ("say_goodbye(Ann, Bea)", "Ann said goodbye to Bea."),
        ("frobnicate(Ann, Hat)", "Ann frobnicated the hat."),
        ("cheer_up(Ann, Bea)", "Ann cheered up Bea."),
        ("get_sleepy(Ann)", "Ann got sleepy."),
        ("storm()", "There was a storm."),
        ("ice_storm()", "There was an ice storm."),
        ("clock_strikes()", "The clock struck."),
        ("old_bell_rings()", "The old bell rang."),
        ("go(Ann, Inn, Attic)", "Ann went from the inn to the attic."),
        ("walk(Attic, Ann, Inn)", "Ann walked from the inn to the attic."),
        ("run(Attic, Ann, Inn)", "Ann ran."),
        ("stroll(Ann, Attic, Inn)", "Ann strolled from the inn to the attic."),
        ("sneak(Ann, Inn, Attic)", "Ann sneaked into the attic."),
        ("carry(Ann, Hat, Inn, Attic)", "Ann carried the hat."),
        ("move(Ann, Hat, Inn, Attic)", "Ann moved."),
        ("drive(Ann, Hat, Inn, Attic)", "Ann drove the hat."),
        ("lie(Ann, Bea)", "Ann told Bea a lie."),
        ("lie(Ann)", "Ann lay."),
        ("lie_about(Ann, Hat)", "Ann told a lie about the hat."),
        ("lie_down(Ann)", "Ann lay down."),
    ],
)
def test_acts_of_a_world_we_never_saw(act: str, expected: str) -> None:
    assert told(invented(), act) == expected


def test_every_pattern_parses() -> None:
    for patterns in ACTS.values():
        for pattern in patterns:
            (template,) = parse_template("{agent} " + pattern)
            assert template.is_finite
            assert set(template.roles) <= {
                "agent", "other", "third", "thing", "second", "from", "to", "place"
            }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "coloured"),
    [
        ("{who} [past oil] the lever", True),
        ("{who} [wait], for nobody [come]", True),
        ("{who} [light] the lamp at five", True),
        ("{who} [come] in to steal {what}", True),
        ("{who} [stay] because {other} [be] there", True),
        ("{who} deliberately [drop] {what}", True),
        ("{who} [do not] look", True),
        ("“Nobody is here because of you,” {who} [say]", False),
        ('"It was never noon," {who} [say], in order to [say!] something', True),
        ("{who} [lift] one hand and [wave]", False),
        ("{who} [go] to the door and [turn] to {other}", False),
        ("{who} [be bend] over {what}", False),
    ],
)
def test_colours(text: str, coloured: bool) -> None:
    assert is_coloured(text) == coloured
