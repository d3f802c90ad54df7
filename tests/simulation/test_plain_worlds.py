"""Worlds that say nothing of inner lives run too: the semantics' small ones, and every story that
is shipped."""

from __future__ import annotations

from pathlib import Path

import pytest

import unspoken
from tests.conftest import read_world
from tests.expectations import world_files, world_name
from unspoken.chronicle import from_json
from unspoken.world import World


@pytest.mark.parametrize("file", world_files("cases"), ids=world_name)
def test_a_small_world_runs(file: Path) -> None:
    world = World(read_world(file))
    story = world.run(6, seed=1)
    assert story.chronicle.ending is not None
    again = world.retell(from_json(story.to_json()))
    assert again.to_json() == story.to_json()
    assert world.resume(again, 0).to_json() == story.to_json()


@pytest.mark.parametrize("name", unspoken.stories())
def test_a_shipped_story_runs(name: str) -> None:
    world = unspoken.load(name)
    story = world.run(6, seed=1)
    assert world.resume(story, 0).to_json() == story.to_json()
    assert story.explain() or not story.acts
