"""Nothing that an event set off is told before it: of every shipped story, planned and run, through
every head."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from tests.telling.laws import broken, sentences, told_before_its_cause
from tests.telling.test_stories import OURS, PUBLISHED, every_way, story
from tests.telling.ways import run
from unspoken.telling import Telling

RUNS = (
    ("night_visit", 0, None),
    ("night_visit", 1, None),
    ("paste_diamonds", 0, None),
    ("wrong_bench", 0, None),
    ("prize_marmalade", 0, 10),
    ("prize_marmalade", 3, 10),
    ("small_town", 1, 8),
)
"""A story, a seed, and how many rounds (None: all that there are)."""


@pytest.mark.parametrize("name", [*OURS, *PUBLISHED])
@pytest.mark.parametrize("seed", range(3))
def test_of_what_was_planned(name: str, seed: int) -> None:
    told = story(name)
    for way in every_way(told.chronicle):
        telling = told.tell(replace(way, seed=seed))
        assert told_before_its_cause(telling, told.chronicle) == [], way


@pytest.mark.parametrize(("name", "seed", "rounds"), RUNS)
def test_of_what_was_run(name: str, seed: int, rounds: int | None) -> None:
    told = run(name, seed, rounds)
    for way in every_way(told.chronicle):
        telling = told.tell(replace(way, seed=seed))
        assert told_before_its_cause(telling, told.chronicle) == [], way
        assert broken(telling, told.world) == [], way


# A reading of somebody waits for what shows in them.


def place_of(telling: Telling, words: Sequence[str]) -> int:
    """Of the first sentence that has one of these in it; -1 if there is none."""
    texts = [sentence.text for sentence in sentences(telling)]
    found = (n for n, text in enumerate(texts) if any(one in text for one in words))
    return next(found, -1)


@pytest.mark.parametrize("seed", range(6))
def test_what_a_smile_means_is_told_after_the_smile(seed: int) -> None:
    """The law by which Willow infers that Tara is glad is at work a moment before it shows."""
    told = run("night_visit", 0, None)
    for way in every_way(told.chronicle)[:2]:
        telling = told.tell(replace(way, seed=seed))
        smiles = place_of(telling, ("smile",))
        read = place_of(telling, ("omething in all that", "something right", "a right one"))
        assert -1 < smiles < read or way.view == "external"


def test_without_a_smile_there_is_only_what_she_makes_of_it() -> None:
    told = story("night_visit")
    texts = [told.tell(way).text for way in every_way(told.chronicle)]
    assert any("a smile" in text for text in texts)
