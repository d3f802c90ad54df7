"""What is left out of a telling: habits, and what a number of words has no room for."""

from __future__ import annotations

from tests import shipped
from unspoken.telling import Options, tell


def told(name: str, options: Options | None = None) -> tuple[int, int]:
    """How many acts of a name are told of how many."""
    story = shipped.run("small_town", 1)
    acts = {event.number for event in story.chronicle.acts() if event.name == name}
    telling = tell(story.chronicle, story.world.model, options)
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
