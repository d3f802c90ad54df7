"""Tasks about single searches: every goal from inside, and what each idea of the search brings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from benchmarks.inside import Answer, Question, ask
from benchmarks.measure import Measurement
from benchmarks.pairs import Goal
from unspoken.planning.solve import BUDGET

EVERYTHING = "all ideas"

IDEAS = ("breadth", "guided", "cuts", "suffixes", "delays", "together")

VARIANTS: dict[str, tuple[str, ...]] = {
    EVERYTHING: (),
    **{f"no {idea}": (idea,) for idea in IDEAS},
    "as before": ("guided", "cuts", "suffixes", "delays"),
}
"""By name, the ideas to do without (``Ideas`` in the engine's search). Without ``guided`` there is
one exhaustive search, so there is nothing for ``breadth`` to come before."""


def question(goal: Goal, seconds: float, budget: float) -> Question:
    return Question(
        goal.world,
        goal.goal,
        goal.author_limit,
        goal.character_limit,
        goal.epistemic_limit,
        seconds,
        budget,
    )


def goals(wanted: Sequence[Goal], runs: int, seconds: float) -> Iterator[Measurement]:
    """Each goal with the default configuration. The first run makes its plan shorter for as long as
    it would for anybody, the others only time the first plan again; ``runs`` are those times."""
    for goal in wanted:
        asked = question(goal, seconds, BUDGET)
        whole = ask(asked)
        again = [ask(replace(asked, first_only=True)) for _ in range(runs - 1)]
        times = [answer.first_milliseconds for answer in (whole, *again)]
        yield Measurement(
            "goals",
            goal.name,
            "ms",
            tuple(time for time in times if time is not None),
            verified=_all_valid([whole, *again]),
            facts=whole.facts(),
        )


def ideas(wanted: Sequence[Goal], seconds: float) -> Iterator[Measurement]:
    """Each goal with every idea, and without some; one run each, one after the other. Where all
    together do not prove the shortest in time, the others are only asked for a first plan."""
    for goal in wanted:
        asked = question(goal, seconds, seconds)
        first_only = False
        for name, without in VARIANTS.items():
            answer = ask(replace(asked, without=without, first_only=first_only))
            if name == EVERYTHING:
                first_only = not answer.is_settled
            facts = answer.facts()
            if first_only:  # a proof that came with the first plan by chance says nothing
                facts |= {"proven ms": None, "proven transitions": None}
            yield Measurement(
                "ideas",
                goal.name,
                "ms",
                (answer.milliseconds,),
                name,
                _all_valid([answer]),
                facts,
            )


def _all_valid(answers: Sequence[Answer]) -> bool | None:
    """None: there was nothing to judge."""
    verdicts = [answer.valid for answer in answers if answer.valid is not None]
    return all(verdicts) if verdicts else None
