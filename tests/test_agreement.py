"""The engine agrees with the reference: on worlds that Hypothesis invents, and on Sabre's."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, note, reject

from tests.agreement import Sides, Undefined
from tests.conftest import read_world, sabre_world
from tests.expectations import world_files, world_name
from tests.strategies import choose, walks, worlds
from unspoken.language import to_text
from unspoken.model import Storyworld


@pytest.mark.parametrize("file", world_files("cases", "reference/regressions"), ids=world_name)
def test_states_of_small_worlds(file: Path) -> None:
    """The page's worlds, and those on which we were once wrong: every state within three acts."""
    sides = Sides(read_world(file))
    level, met = [sides.start], {sides.start[1]}
    for _ in range(3):
        following = []
        for here in level:
            sides.imagine(*here)
            for _, state, number in sides.successors(*here):
                if number not in met:
                    met.add(number)
                    following.append((state, number))
        level = following
    sides.raw.check_invariants()


@given(worlds(), walks())
def test_states_of_invented_worlds(world: Storyworld, walk: list[int]) -> None:
    follow(world, walk)


@given(worlds(triggers=False), walks())
def test_states_without_triggers(world: Storyworld, walk: list[int]) -> None:
    follow(world, walk)


@given(worlds(whole=True), walks())
def test_states_with_whole_numbers(world: Storyworld, walk: list[int]) -> None:
    """Numbers that whoever is surprised moves by steps, mixed with others, compared anyhow."""
    follow(world, walk)


def follow(world: Storyworld, walk: list[int]) -> None:
    """Compares everything at every state of a walk, and everything that might come next."""
    note(to_text(world))
    try:
        sides = Sides(world)
    except Undefined:
        reject()
    here = sides.start
    sides.deep_values(*here, depth=4)
    for move in walk:
        sides.imagine(*here)
        # Acts that change something make longer stories.
        options = list(sides.successors(*here))
        options = [o for o in options if o[1] != here[0]] or options
        if not options:
            break
        _, state, number = choose(move, options)
        here = state, number
    sides.deep_values(*here, depth=4)
    sides.raw.check_invariants()


PROBLEMS = ["aladdin", "bribery", "deerhunter", "fantasy", "lovers", "macguffin", "secretagent"]
PROBLEMS += ["space", "treasure", "treasurehunt"]


@pytest.mark.parametrize("name", PROBLEMS)
def test_states_of_sabre_problems(name: str) -> None:
    """A few random walks, with everything believed to any depth."""
    sides = Sides(sabre_world(name), strict=False)
    random_walks = random.Random(name)
    for _ in range(3):
        here = sides.start
        for _ in range(6):
            options = sides.possible(*here)
            if not options:
                break
            event, place = random_walks.choice(options)
            here = sides.judge.apply(here[0], event), sides.raw.apply(here[1], place)
            sides.same(*here)
        sides.deep_values(*here, depth=2)
    sides.raw.check_invariants()
