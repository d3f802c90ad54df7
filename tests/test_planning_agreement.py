"""The engine's planner agrees with trying everything: same verdict, same shortest length, and the
plan it gives is a valid one.

The planner takes one reason for each act in each state. A plan that is minimal only by another,
roundabout reason it may miss, and so a longer plan or none may be its answer. Here it is held to
what shortest reasons allow; no invented world has shown a difference.
"""

from __future__ import annotations

from hypothesis import given, note, reject
from hypothesis import strategies as st

from tests.agreement import Sides, Undefined
from tests.expectations import default_goal
from tests.reference.expressions import IllFormed
from tests.reference.semantics import Event
from tests.reference.validity import Limits, Reason, Step, Steps, Validity
from tests.strategies import plots
from unspoken import _engine
from unspoken.language import to_text
from unspoken.model import Storyworld

LIMITS = [Limits(3, 3, 1), Limits(4, 3, 2), Limits(3, 4, 2), Limits(4, 2, 1), Limits(3, 0, 0)]


WITHOUT = [(), ("breadth",), ("breadth", "delays"), ("guided",), ("cuts",), ("suffixes",)]
"""Whatever idea the search does without, it comes to the same; without ``breadth``, small worlds
too get a greedy first plan, which is then made shorter."""


@given(plots() | plots(whole=True), st.sampled_from(LIMITS), st.sampled_from(WITHOUT))
def test_plans_for_invented_worlds(
    world: Storyworld, limits: Limits, without: tuple[str, ...]
) -> None:
    note(to_text(world))
    try:
        sides = Sides(world)
    except Undefined:
        reject()
    sides.leave_out_what_never_changes_anything()
    validity = Validity(sides.judge)
    start = sides.judge.utility(sides.judge.initial, None)
    if start is None:
        reject()
    goal = default_goal(start)
    try:
        expected = next(validity.solutions(goal, limits), None)
        plain = next(Validity(sides.judge, shortest_reasons=True).solutions(goal, limits), None)
    except IllFormed:
        reject()

    given_limits = (limits.author, limits.character, limits.epistemic)
    if "breadth" in without:
        search = sides.raw.search(goal, *given_limits, any=True, without=without)
        assert search.wait(60.0)
        first = solution(search)
        if first is not None:
            steps = as_steps(sides, first)
            assert validity.is_solution(steps, goal), [str(step) for step in steps]
    search = sides.raw.search(goal, *given_limits, without=without)
    assert search.wait(60.0)
    try:
        plan = search.plan()
    except _engine.EngineError:
        reject()  # a contradiction behind an act that nobody has a reason for
    if search.outcome() == "impossible":
        assert plain is None, [str(step) for step in plain or ()]
        return
    assert search.outcome() == "found"
    assert plan is not None
    steps = as_steps(sides, plan)
    assert validity.is_solution(steps, goal), [str(step) for step in steps]
    if plain is None and validity.is_spelled_out(steps, limits):
        return  # beyond the limits, where the story itself shows why
    assert expected is not None, [str(step) for step in steps]
    assert len(expected) <= len(steps)
    assert plain is None or len(steps) <= len(plain)


def solution(search: _engine.Search) -> _engine.Plan | None:
    try:
        return search.plan() if search.outcome() == "found" else None
    except _engine.EngineError:
        reject()  # a contradiction behind an act that nobody has a reason for


def as_steps(sides: Sides, plan: _engine.Plan) -> Steps:
    events: dict[int, Event] = {}
    for event in sides.judge.actions:
        number = sides.number(event)
        if number is not None:
            events[number] = event

    def reason(given: _engine.Reason) -> Reason:
        name = sides.engine.characters[given.character]
        return Reason(name, steps(given.rest, given.reasons))

    def steps(acts: list[int], reasons: list[list[_engine.Reason]]) -> Steps:
        return tuple(
            Step(events[act], tuple(reason(one) for one in asked))
            for act, asked in zip(acts, reasons, strict=True)
        )

    return steps(plan.acts, plan.reasons)
