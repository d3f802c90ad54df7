"""A run is kept with its ending, taken up again, and gone on with in a next chapter."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

import unspoken
from tests.simulation.runs import HEAD
from tests.simulation.test_determinism import PARTY, WORLDS
from unspoken.chronicle import from_json, to_json
from unspoken.simulation.moment import Moment
from unspoken.story import Story
from unspoken.world import World


def loaded(story: Story, world: World) -> Story:
    """Written to a file and read again, by somebody else."""
    return world.retell(from_json(story.to_json()))


@pytest.mark.parametrize("name", WORLDS)
def test_some_rounds_and_some_more_are_as_many_at_once(name: str) -> None:
    text = WORLDS[name]
    whole = unspoken.parse(text).run(10, seed=4).to_json()
    for first in (0, 3):
        world = unspoken.parse(text)
        begun = loaded(world.run(first, seed=4), world)
        elsewhere = unspoken.parse(text)
        assert elsewhere.resume(begun, 10 - first).to_json() == whole


def test_an_ending_fits_the_schema() -> None:
    schema = json.loads(files("unspoken.chronicle").joinpath("schema.json").read_text())
    story = unspoken.parse(PARTY).run(6)
    jsonschema.validate(json.loads(story.to_json()), schema)
    assert to_json(from_json(story.to_json())) == story.to_json()


def test_who_is_asked_at_the_end_is_who_the_run_left() -> None:
    story = unspoken.parse(PARTY).run(6, seed=1)
    again = loaded(story, unspoken.parse(PARTY))
    for who in ("Ann", "Ben", "Cat"):
        for fluent in ("at(Cat)", "sure(Ann, Ben)", "fondness(Ben, Ann)"):
            assert story.minds(who).value(fluent) == again.minds(who).value(fluent)
    assert story.final.graph() == again.final.graph()


def test_killed_in_the_middle_the_last_saved_round_goes_on(tmp_path: Path) -> None:
    script = """
import os, sys, unspoken
from tests.simulation.test_determinism import PARTY
from pathlib import Path
world = unspoken.parse(PARTY)
def save(simulation, moment):
    world.story_of(simulation, moment).save(sys.argv[1])
    if moment.round == 4:
        os._exit(9)
world.run(10, seed=4, on_moment=save)
"""
    path = tmp_path / "party.json"
    killed = subprocess.run(
        [sys.executable, "-c", script, str(path)],
        env={"PYTHONPATH": ":".join(filter(None, sys.path))},
        check=False,
    )
    assert killed.returncode == 9
    world = unspoken.parse(PARTY)
    begun = world.retell(from_json(path.read_text(encoding="utf-8")))
    assert world.resume(begun, 6).to_json() == unspoken.parse(PARTY).run(10, seed=4).to_json()


def test_ctrl_c_keeps_what_there_is() -> None:
    world = unspoken.parse(PARTY)

    def interrupted(_: object, moment: Moment) -> None:
        if moment.round == 3:
            raise KeyboardInterrupt

    story = world.run(10, seed=4, on_moment=interrupted)
    assert story.ended is None
    assert story.to_json() == unspoken.parse(PARTY).run(3, seed=4).to_json()


NEXT = (
    PARTY
    + """
entity Eve : character;
entity Well : place;
property dug(where : place) : boolean;
dug(Well);
wish water(Eve) { wants: at(Eve) == Well; weight: 1; };
"""
)


def test_a_next_chapter_has_everybodys_mind_as_it_was_left() -> None:
    first = unspoken.parse(PARTY, "party").run(6, seed=1)
    second = unspoken.parse(NEXT, "morning").run(0, start=first)
    assert second.chronicle.previous == "party"
    assert second.acts == ()
    for who in ("Ann", "Ben", "Cat"):
        for fluent in ("at(Cat)", "sure(Ann, Ben)", "fondness(Ben, Ann)", "told(Ann, Ben)"):
            assert second.minds(who).value(fluent) == first.minds(who).value(fluent)
        old = first.chronicle.ending
        new = second.chronicle.ending
        assert old is not None
        assert new is not None
        felt = [one["word"] for one in old["minds"][who].get("feelings", [])]
        assert [one["word"] for one in new["minds"][who].get("feelings", [])] == felt
    assert second.minds("Ann").value("dug(Well)") is True


def test_a_next_chapter_has_a_chronicle_of_its_own_and_can_be_taken_up() -> None:
    first = unspoken.parse(PARTY).run(6, seed=1)
    world = unspoken.parse(NEXT)
    whole = world.run(5, seed=2, start=first)
    assert whole.chronicle.events[0].number == 0
    assert all(cause >= 0 for event in whole.chronicle.events for cause in event.causes)
    begun = loaded(world.run(2, seed=2, start=first), unspoken.parse(NEXT))
    assert unspoken.parse(NEXT).resume(begun, 3).to_json() == whole.to_json()
    assert first.to_json() == unspoken.parse(PARTY).run(6, seed=1).to_json()


def test_the_new_one_in_the_next_chapter_acts() -> None:
    first = unspoken.parse(PARTY).run(6, seed=1)
    second = unspoken.parse(NEXT).run(5, start=first)
    assert any("Eve" in act for act in second.acts)


LOSS = (
    HEAD
    + """
property lost() : boolean;
property linked(a : character, b : character) : boolean;
action lose() { effect: lost(); };
occasion lose() { chance: 1; };
wish keepsake(Ann) { wants: lost(); weight: -1; };
feelings { half_life: 20; };
linked(Ann, Ben);
channel bond(thinker : character, hearer : character) {
    open: linked(thinker, hearer); carries: memories, feelings; strength: 0.1; };
"""
)
"""Ann loses what she was fond of, as soon as the story begins."""
LATER = LOSS.replace("occasion lose() { chance: 1; };", "property found() : boolean; found();")


def chapters(text: str, then: str, rounds: int) -> tuple[Story, Story]:
    first = unspoken.parse(text).run(rounds)
    assert any(one.name == "distress" for one in first.chronicle.events)
    return first, unspoken.parse(then).run(6, start=first)


@pytest.mark.parametrize("rounds", [1, 2])
def test_what_was_felt_in_an_earlier_chapter_comes_back_once_in_the_next(rounds: int) -> None:
    _, second = chapters(LOSS, LATER, rounds)
    felt = [one for one in second.chronicle.events if one.kind == "feel"]
    assert [(one.who, one.name, one.about) for one in felt] == [
        ("Ann", "distress", "keepsake(Ann)")
    ]
    assert {who: one.how for who, one in felt[0].percepts.items()} == {"Ann": "remembered"}
    (thought,) = (one for one in second.chronicle.events if one.kind == "think")
    assert thought.causes == (felt[0].number,)
    assert {who: one.how for who, one in thought.percepts.items()} == {
        "Ann": "remembered",
        "Ben": "sensed",
    }
    assert "dismay" in second.tell("Ann")
    assert "dismay" in second.tell("Ben")


def test_what_came_back_in_one_chapter_does_not_in_the_next() -> None:
    first, second = chapters(LOSS, LATER, 4)
    assert [one.percepts["Ann"].how for one in first.chronicle.events if one.kind == "think"] == [
        "thought",
        "remembered",
    ]
    assert not [one for one in second.chronicle.events if one.kind in ("feel", "think")]


def test_what_the_next_chapter_has_no_word_for_does_not_come_back() -> None:
    """She has no such wish there; she is sad all the same."""
    _, second = chapters(LOSS, LATER.replace("keepsake(Ann)", "trinket(Ann)"), 2)
    assert not [one for one in second.chronicle.events if one.kind in ("feel", "think")]
    assert second.chronicle.ending is not None
    (felt,) = second.chronicle.ending["minds"]["Ann"]["feelings"]
    assert felt["about"] == "keepsake(Ann)"
    assert felt["cause"] < 0


@pytest.mark.parametrize("first", [2, 4])
def test_a_chapter_that_is_taken_up_again_goes_back_to_the_same(first: int) -> None:
    begun, whole = chapters(LOSS, LATER, 2)
    world = unspoken.parse(LATER)
    part = loaded(world.run(first, start=begun), unspoken.parse(LATER))
    assert unspoken.parse(LATER).resume(part, 6 - first).to_json() == whole.to_json()
