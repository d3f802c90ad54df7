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
