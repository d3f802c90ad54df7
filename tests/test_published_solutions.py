"""The judge itself judged: it accepts Sabre's published solutions with their reasons, and rejects
them once spoiled."""

from __future__ import annotations

import csv

import pytest
from msgspec.structs import replace

from tests.conftest import THOROUGH, sabre_folder, sabre_world
from tests.reference.semantics import Event, Judge
from tests.reference.validity import Reason, Step, Steps, Validity

SOLUTIONS = ["aladdin_any", "bribery", "deerhunter_any", "fantasy_any", "fantasy_two", "lovers"]
SOLUTIONS += ["secretagent", "space_all", "space_any", "space_four", "space_three", "space_two"]
SOLUTIONS += ["treasure"]
if THOROUGH:
    SOLUTIONS += ["aladdin_both", "deerhunter_both", "fantasy_all"]


def solution(name: str) -> tuple[Validity, Steps, float]:
    with (sabre_folder() / "goals.csv").open(encoding="utf-8") as file:
        goal = next(row for row in csv.DictReader(file) if row["name"] == name)
    judge = Judge(sabre_world(goal["file"]))
    text = (sabre_folder() / "solutions" / f"{name}.txt").read_text(encoding="utf-8")
    steps = read_solution(text, {action.name: action for action in judge.actions})
    return Validity(judge), steps, float(goal["goal"])


def read_solution(text: str, actions: dict[str, Event]) -> Steps:
    """The text form of plans with reasons (semantics page, 5)."""
    lines = []
    for line in text.splitlines():
        depth = 0
        while line.startswith("| "):
            line, depth = line[2:], depth + 1
        lines.append((depth, line))
    lines.reverse()

    def steps(depth: int, owner: str | None) -> Steps:
        found = []
        while not lines[-1][1].startswith("goal("):
            at, name = lines.pop()
            assert at == depth
            act = actions[name]
            asked = [character for character in act.consenting if character != owner]
            found.append(Step(act, tuple(Reason(c, steps(depth + 1, c)) for c in asked)))
        assert lines.pop()[0] == depth
        return tuple(found)

    return steps(0, None)


@pytest.mark.parametrize("name", SOLUTIONS)
def test_published_solutions_are_accepted(name: str) -> None:
    validity, steps, goal = solution(name)
    assert validity.is_solution(steps, goal)


@pytest.mark.parametrize("name", ["bribery", "treasure", "space_three"])
def test_spoiled_solutions_are_rejected(name: str) -> None:
    validity, steps, goal = solution(name)
    for place, step in enumerate(steps):
        spoiled = [
            (*steps[:place], *steps[place + 1 :]),
            (*steps[:place], step, *steps[place:]),
            *(
                (*steps[:place], replace(step, reasons=fewer), *steps[place + 1 :])
                for fewer in spoiled_reasons(step)
            ),
        ]
        for plan in spoiled:
            assert not validity.is_solution(plan, goal), [str(act) for act in plan]


def spoiled_reasons(step: Step) -> list[tuple[Reason, ...]]:
    """Without the reasons, and with each of them cut short."""
    shortened = [
        tuple(
            replace(reason, rest=reason.rest[:-1]) if n == cut else reason
            for n, reason in enumerate(step.reasons)
        )
        for cut, reason in enumerate(step.reasons)
        if reason.rest
    ]
    return ([()] if step.reasons else []) + shortened
