"""The shipped stories, planned and run, and every way to tell them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from tests import shipped
from unspoken.chronicle import Chronicle
from unspoken.language import DiagnosticError
from unspoken.model import Storyworld
from unspoken.telling import Options, Telling, tell

SHIPPED = ("night_visit", "paste_diamonds", "prize_marmalade", "small_town", "wrong_bench")
ROUNDS = {"prize_marmalade": 3, "small_town": 4}
"""How far a long run goes."""
ONLY_RUN = frozenset({"prize_marmalade"})
"""What takes half a minute to plan."""

_tellings: dict[tuple[int, Options], tuple[Chronicle, Telling]] = {}


class Told(NamedTuple):
    world: Storyworld
    chronicle: Chronicle

    def tell(self, way: Options) -> Telling:
        """In each way once, however many tests ask for it."""
        key = id(self.chronicle), way  # which is kept: nothing else will be there
        if key not in _tellings:
            _tellings[key] = self.chronicle, tell(self.chronicle, self.world, way)
        return _tellings[key][1]


def run(name: str, seed: int = 0, rounds: int | None = None) -> Told:
    """A shipped world run."""
    story = shipped.run(name, seed, rounds or ROUNDS.get(name))
    return Told(story.world.model, story.chronicle)


@cache
def planned(name: str) -> Told | None:
    """A shipped world planned; None where its author wants nothing, or that is long."""
    if name in ONLY_RUN:
        return None
    try:
        story = shipped.planned(name)
        return Told(story.world.model, story.chronicle)
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
