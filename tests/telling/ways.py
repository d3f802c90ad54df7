"""The shipped stories, planned and run, and every way to tell them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import unspoken
from unspoken.chronicle import Chronicle
from unspoken.language import DiagnosticError
from unspoken.model import Storyworld
from unspoken.telling import Options

SHIPPED = ("night_visit", "paste_diamonds", "prize_marmalade", "small_town", "wrong_bench")
ROUNDS = {"prize_marmalade": 3, "small_town": 4}
"""How far a long run goes."""
ONLY_RUN = frozenset({"prize_marmalade"})
"""What takes half a minute to plan."""


class Told(NamedTuple):
    world: Storyworld
    chronicle: Chronicle


@lru_cache
def run(name: str, seed: int = 0, rounds: int | None = None) -> Told:
    """A shipped world run."""
    world = unspoken.load(name)
    return Told(world.model, world.run(rounds or ROUNDS.get(name), seed=seed).chronicle)


@lru_cache
def planned(name: str) -> Told | None:
    """A shipped world planned; None where its author wants nothing, or that is long."""
    if name in ONLY_RUN:
        return None
    world = unspoken.load(name)
    try:
        return Told(world.model, world.plan().chronicle)
    except DiagnosticError:
        return None


def every_way(chronicle: Chronicle, *, seed: int = 0, minds: int = 3) -> Iterator[Options]:
    """Heads, order, tense, person and hindsight, as far as they go together; through the first few
    minds."""
    for view in ("alternating", "external", "omniscient", "replay"):
        for order in ("chronological", "flashback"):
            for tense in ("past", "present"):
                yield Options(view=view, order=order, tense=tense, seed=seed)  # type: ignore[arg-type]
    yield Options(view="replay", person="first", hindsight=True, seed=seed)
    for mind in chronicle.characters[:minds]:
        through = Options("limited", mind, seed=seed)
        yield through
        yield Options("limited", mind, order="flashback", tense="present", seed=seed)
        yield Options("limited", mind, "first", hindsight=True, seed=seed)
        yield Options("limited", mind, "first", "present", order="flashback", seed=seed)
