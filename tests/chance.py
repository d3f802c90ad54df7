"""What is made by chance: plain functions of a ``Random``, and Hypothesis's strategies of them.

def a_walk(chance: Random, longest: int) -> list[str]: ...

@given(invented(a_walk, 6))
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import Concatenate, ParamSpec, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.conftest import THOROUGH

T = TypeVar("T")
P = ParamSpec("P")

chances: SearchStrategy[Random] = (
    st.randoms(use_true_random=False) if THOROUGH else st.integers(0, 2**24 - 1).map(Random)
)
"""Hypothesis draws one seed: for each choice to be drawn would take longer than most of what is
tried. Whoever is thorough has each choice drawn, so that what fails can be made smaller."""


def invented(
    make: Callable[Concatenate[Random, P], T], *of: P.args, **how: P.kwargs
) -> SearchStrategy[T]:
    """What a function makes by chance; where something fails with it, that call is shown."""
    named = {name: st.just(value) for name, value in how.items()}
    return st.builds(make, chances, *map(st.just, of), **named)


def pick(chance: Random, options: Sequence[T]) -> T:
    return options[chance.randrange(len(options))]


def some(chance: Random, options: Sequence[T], least: int = 0, most: int = 9) -> tuple[T, ...]:
    """Some of the options, each once, in any order."""
    return tuple(chance.sample(options, chance.randint(least, min(most, len(options)))))


def several(
    chance: Random,
    least: int,
    most: int,
    make: Callable[Concatenate[Random, P], T],
    *of: P.args,
    **how: P.kwargs,
) -> list[T]:
    return [make(chance, *of, **how) for _ in range(chance.randint(least, most))]


def perhaps(
    chance: Random, make: Callable[Concatenate[Random, P], T], *of: P.args, **how: P.kwargs
) -> T | None:
    return make(chance, *of, **how) if either(chance) else None


def either(chance: Random) -> bool:
    return chance.randrange(2) == 1


def sometimes(chance: Random) -> bool:
    return chance.randrange(4) == 3


def mostly(chance: Random) -> bool:
    return chance.randrange(4) != 3
