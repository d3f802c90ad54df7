"""How effort grows: one thing at a time is made more, in worlds made for it (``family``).

The default configuration, until everything is proven: that no story has fewer acts, or that there
is none within the limits. A row ends where that takes too long.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from benchmarks.family import fetching
from benchmarks.inside import Question, ask
from benchmarks.measure import Measurement


class Case(Struct, frozen=True):
    """A world of the family, and how far to look in it."""

    walkers: int = 2
    rooms: int = 3
    author_limit: int = 13
    character_limit: int = 7
    epistemic_limit: int = 2

    def question(self, world: Path, seconds: float) -> Question:
        limits = (self.author_limit, self.character_limit, self.epistemic_limit)
        return Question(world, GOAL, *limits, seconds, seconds)


GOAL = 2.0
"""Things to be in the hall."""

USUAL = Case()

SMALL = Case(rooms=2, author_limit=9, character_limit=5)

ROWS: dict[str, tuple[Case, ...]] = {
    "author's limit": tuple(replace(USUAL, author_limit=n) for n in range(2, 17)),
    "characters' limit": tuple(replace(USUAL, character_limit=n) for n in range(1, 15)),
    "epistemic limit": tuple(replace(USUAL, epistemic_limit=n) for n in range(5)),
    "walkers": tuple(replace(SMALL, walkers=n) for n in range(1, 9)),
}


def growth(seconds: float) -> Iterator[Measurement]:
    """Row by row; ``seconds`` for each search. The search that was too long is kept, last in its
    row, with what it had done by then."""
    for row, cases in ROWS.items():
        for case in cases:
            more = {
                "author's limit": case.author_limit,
                "characters' limit": case.character_limit,
                "epistemic limit": case.epistemic_limit,
                "walkers": case.walkers,
            }[row]
            with tempfile.TemporaryDirectory() as folder:
                world = Path(folder) / "fetching.story"
                world.write_text(fetching(case.walkers, case.rooms), encoding="utf-8")
                answer = ask(case.question(world, seconds))
            yield Measurement(
                f"growth: {row}",
                str(more),
                "ms",
                (answer.milliseconds,),
                verified=answer.valid,
                facts=answer.facts(),
            )
            if not answer.is_settled:
                break
