"""What a chronicle keeps of minds that hold several worlds possible."""

from __future__ import annotations

import json

import unspoken
from unspoken import Story
from unspoken.chronicle import Fact, from_json, to_json
from unspoken.chronicle.lived import lived

KILLER = Fact("killer")
HOUSE = """
unspoken 1;
type suspect : character;
entity Vale : character; entity Pym : character;
entity Ann : suspect; entity Ben : suspect; entity Cy : suspect;
property killer() : suspect;
property cleared(who : suspect) : boolean;
killer() = Cy;
possible(Vale, exists(who : suspect) killer() == who);
action alibi(who : suspect) {
    precondition: !(killer() == who) & !cleared(who); effect: cleared(who);
    observing(c : character): c != Pym; };
utility(): if(cleared(Ann) & cleared(Ben)) 1 else 0;
"""


def story() -> Story:
    return unspoken.parse(HOUSE).plan(goal=1)


def test_what_is_still_possible_is_on_record() -> None:
    chronicle = story().chronicle
    assert chronicle.possible[("Vale",)] == {KILLER: ("Ann", "Ben", "Cy")}
    assert ("Pym",) not in chronicle.possible
    narrowed, decided = (
        event for event in chronicle.events if event.minds == ("Vale",) and event.fact == KILLER
    )
    first, second = (event.arguments[0] for event in chronicle.acts())
    assert narrowed.kind == decided.kind == "believe"
    assert (narrowed.before, narrowed.after) == (None, None)
    assert narrowed.was_among == ("Ann", "Ben", "Cy")
    assert set(narrowed.among) == {"Ann", "Ben", "Cy"} - {first}
    assert decided.was_among == narrowed.among
    assert (decided.after, decided.among) == ("Cy", ())
    assert second not in (decided.after, first)
    assert chronicle.events[narrowed.causes[0]].name == "alibi"


def test_what_a_fact_may_be_is_asked_of_any_moment() -> None:
    chronicle = story().chronicle
    changes = [e.number for e in chronicle.events if e.minds == ("Vale",) and e.fact == KILLER]
    assert chronicle.may_be(("Vale",), KILLER, 0) == ("Ann", "Ben", "Cy")
    assert chronicle.may_be(("Vale", "Ann"), KILLER, 0) == ("Ann", "Ben", "Cy"), "Vale thinks so"
    assert len(chronicle.may_be(("Vale",), KILLER, changes[1])) == 2
    assert chronicle.may_be(("Vale",), KILLER) == ("Cy",)
    assert chronicle.may_be(("Pym",), KILLER) == ("Cy",)
    assert chronicle.may_be((), KILLER) == ("Cy",)
    assert chronicle.value(("Vale",), KILLER, 0) is None


def test_it_is_saved_and_read_again_and_only_then_needs_the_new_version() -> None:
    told = story()
    text = to_json(told.chronicle)
    assert json.loads(text)["unspoken_chronicle"] == 4
    assert from_json(text) == told.chronicle
    assert to_json(from_json(text)) == text
    plain = unspoken.parse(HOUSE.replace("possible(Vale", "// possible(Vale")).plan(goal=1)
    assert json.loads(to_json(plain.chronicle))["unspoken_chronicle"] == 3
    assert "among" not in to_json(plain.chronicle)


def test_a_life_has_nothing_of_what_others_hold_possible() -> None:
    chronicle = story().chronicle
    assert not lived(chronicle, "Pym").possible
    assert lived(chronicle, "Vale").possible[("Vale",)] == {KILLER: ("Ann", "Ben", "Cy")}


def test_a_story_goes_on_with_what_is_still_possible() -> None:
    world = unspoken.parse(HOUSE.replace("precondition:", "precondition: cleared(Cy) &"))
    first = world.run(rounds=0)
    assert first.chronicle.possible[("Vale",)] == {KILLER: ("Ann", "Ben", "Cy")}
    kept = world.retell(from_json(first.to_json()))
    after = world.run(rounds=1, start=kept)
    assert after.minds("Vale").possible_values("killer()") == ("Ann", "Ben", "Cy")
    assert after.chronicle.possible[("Vale",)] == {KILLER: ("Ann", "Ben", "Cy")}
