"""Searches looked at from inside: when the first plan was there, how much work it took, whether the
last one is proven shortest. Each in a process of its own (``searcher``), so that memory is its own.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from msgspec import Struct
from msgspec.structs import asdict, fields

from benchmarks.processes import run

SEARCHER = Path(__file__).with_name("searcher.py")

SPARE_SECONDS = 60.0
"""For starting, compiling and replaying, before a process is given up."""


class Question(Struct, frozen=True):
    """What to look for in a world's file. ``seconds`` is the most that the search may take,
    ``budget`` how many of them it may spend on making a plan shorter."""

    world: Path
    goal: float
    author_limit: int | None
    character_limit: int | None
    epistemic_limit: int | None
    seconds: float
    budget: float
    first_only: bool = False
    without: tuple[str, ...] = ()

    def to_json(self) -> str:
        asked = asdict(self)
        asked["world"] = str(self.world)
        asked["milliseconds"] = round(asked.pop("seconds") * 1000)
        asked["budget"] = round(self.budget * 1000)
        return json.dumps(asked)


class Answer(Struct, frozen=True):
    """``transitions`` are those that the search asked for, ``fresh`` those that the engine did not
    know yet; ``mebibytes`` the peak of the whole process. ``first_...``: of the first plan, None
    without one; ``acts``: of the last."""

    outcome: str
    shortest: bool
    milliseconds: float
    transitions: int
    fresh: int
    states: int
    explanations: int
    mebibytes: float
    first_acts: int | None = None
    first_milliseconds: float | None = None
    first_transitions: int | None = None
    acts: int | None = None
    valid: bool | None = None

    @property
    def is_settled(self) -> bool:
        """Was everything tried? Then what it says is proven."""
        return self.shortest or self.outcome == "impossible"

    def facts(self) -> dict[str, object]:
        """For a table; ``proven`` in milliseconds."""
        return {
            "outcome": self.outcome,
            "first ms": self.first_milliseconds,
            "first acts": self.first_acts,
            "first transitions": self.first_transitions,
            "acts": self.acts,
            "proven ms": self.milliseconds if self.is_settled else None,
            "proven transitions": self.transitions if self.is_settled else None,
            "transitions": self.transitions,
            "fresh": self.fresh,
            "MiB": self.mebibytes,
        }


def ask(question: Question) -> Answer:
    """Raises RuntimeError if the process fails, or has not ended long after its time."""
    words = [sys.executable, str(SEARCHER), question.to_json()]
    result = run(words, question.seconds + SPARE_SECONDS)
    if result.code != 0:
        raise RuntimeError(f"no answer to {question}")
    said = json.loads(result.output) | {"mebibytes": result.mebibytes}
    return Answer(
        **{field.name: said[field.name] for field in fields(Answer) if field.name in said}
    )
