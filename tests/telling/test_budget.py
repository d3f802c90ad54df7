"""What is left out of a telling: habits, and what a number of words has no room for."""

from __future__ import annotations

from functools import cache

import unspoken
from unspoken.chronicle.events import Chronicle
from unspoken.model import Storyworld
from unspoken.telling import Options, tell


@cache
def town() -> tuple[Storyworld, Chronicle]:
    world = unspoken.load("small_town")
    return world.model, world.run(seed=1).chronicle


def told(name: str, options: Options | None = None) -> tuple[int, int]:
    """How many acts of a name are told of how many."""
    world, chronicle = town()
    acts = {event.number for event in chronicle.acts() if event.name == name}
    telling = tell(chronicle, world, options)
    sentences = [s for paragraph in telling.paragraphs for s in paragraph.sentences]
    return len(acts & {number for s in sentences for number in s.events}), len(acts)


def test_what_everybody_does_all_the_time_is_told_only_where_something_comes_of_it() -> None:
    went, goings = told("go")
    assert goings > 30
    assert 0 < went < goings / 2
    camera, _ = told("go", Options(view="external"))
    assert camera == 0


def test_what_somebody_means_to_do_is_told_however_often_it_happens() -> None:
    told_of, tellings = told("tell")
    assert tellings > 20
    assert told_of == tellings
