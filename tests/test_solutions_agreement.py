"""All solutions, with demands and without, are those that trying everything finds; the search
finds a shortest of them; and replay judges plans by demands as the reference does.

The planner takes one shortest reason for each act in each state. A plan that is minimal only by a
roundabout reason it may miss; it never misses one that shortest reasons allow.
"""

from __future__ import annotations

from itertools import islice

from hypothesis import given, note, reject
from hypothesis import strategies as st

from tests.agreement import Sides, Undefined
from tests.expectations import default_goal
from tests.reference.demands import Act, Demanding, Fact, Wanted
from tests.reference.expressions import IllFormed
from tests.reference.semantics import Event
from tests.reference.validity import Limits, Steps
from tests.strategies import Demanded, demands, plots
from tests.test_planning_agreement import as_steps
from unspoken import _engine
from unspoken.language import to_text
from unspoken.model import Storyworld

LIMITS = [Limits(3, 3, 1), Limits(4, 3, 2), Limits(3, 4, 2), Limits(4, 2, 1), Limits(3, 0, 0)]


@given(plots(), st.sampled_from(LIMITS), st.data())
def test_all_solutions_for_invented_worlds(
    world: Storyworld, limits: Limits, data: st.DataObject
) -> None:
    note(to_text(world))
    try:
        sides = Sides(world)
    except Undefined:
        reject()
    sides.leave_out_what_never_changes_anything()
    start = sides.judge.utility(sides.judge.initial, None)
    events = sides.judge.actions
    if start is None or not events:
        reject()
    goal: float | None = default_goal(start)
    raw, wanted = {}, Wanted()
    if data.draw(st.booleans(), label="demanding"):
        raw, wanted = in_both(sides, data.draw(demands(world), label="demands"))
        if data.draw(st.booleans(), label="demands only"):
            goal = None
    try:
        every = set(map(acts, Demanding(sides.judge, wanted, goal).all_solutions(limits)))
        plain = Demanding(sides.judge, wanted, goal, shortest_reasons=True)
        least = set(map(acts, plain.all_solutions(limits)))
        solutions = sides.raw.solutions(
            goal, limits.author, limits.character, limits.epistemic, **raw
        )
        found = list(iter(solutions.next, None))
    except (IllFormed, _engine.EngineError):
        reject()  # a contradiction behind an act that nobody has a reason for
    assert solutions.ended()
    judge = Demanding(sides.judge, wanted, goal)
    given = []
    for plan in found:
        steps = as_steps(sides, plan)
        assert judge.does(steps), acts(steps)
        assert verdict(sides, steps, goal, raw) is None
        given.append(acts(steps))
    assert len(given) == len(set(given))
    assert [len(one) for one in given] == sorted(len(one) for one in given)
    assert least <= set(given) <= every

    search = sides.raw.search(goal, limits.author, limits.character, limits.epistemic, **raw)
    assert search.wait(60.0)
    if found:
        first = search.plan()
        assert search.outcome() == "found"
        assert first is not None
        assert judge.does(as_steps(sides, first))
        assert len(first.acts) == len(found[0].acts)
        assert search.stats()["shortest"]
    elif search.outcome() == "found":
        beyond = search.plan()
        assert beyond is not None
        steps = as_steps(sides, beyond)
        assert judge.does(steps)
        assert judge.is_spelled_out(steps, limits)

    for length in range(3):
        plans = judge._author_plans(sides.judge.initial, length, limits)
        for steps in islice(plans, 10):
            if goal is None or judge.rises(steps, sides.judge.initial, None):
                plan = judge.does(steps)
                aimless = verdict(sides, steps, goal, raw)
                assert (aimless is None) == plan or below(sides, steps, goal), (
                    acts(steps),
                    aimless,
                )


def below(sides: Sides, steps: Steps, goal: float | None) -> bool:
    """Replay knows no goal: any rise will do."""
    end = sides.judge.initial
    for step in steps:
        end = sides.judge.apply(end, step.act)
    utility = sides.judge.utility(end, None)
    return goal is not None and utility is not None and utility < goal


def acts(steps: Steps) -> tuple[str, ...]:
    return tuple(step.act.name for step in steps)


def in_both(sides: Sides, drawn: tuple[list[Demanded], ...]) -> tuple[dict[str, object], Wanted]:
    """Demands as the engine takes them, and as the reference does."""
    scenes, musts, never, keep = drawn
    events: list[Event] = list(sides.judge.actions)
    number = sides.engine.number_expression

    def event(place: int) -> Event:
        return events[place % len(events)]

    def there(one: Demanded) -> object:
        if isinstance(one, int):
            return "act", [sides.number(event(one))]
        return "pass", number(one)  # type: ignore[arg-type]

    def here(one: Demanded) -> Fact | Act:
        if isinstance(one, int):
            return Act(frozenset([event(one).name]))
        return Fact(one)  # type: ignore[arg-type]

    return {
        "scenes": [there(one) for one in scenes],
        "musts": [there(one) for one in musts],
        "never": sorted(sides.number(event(one)) for one in never),  # type: ignore[arg-type, type-var]
        "keep": [(after, number(condition)) for after, condition in keep],  # type: ignore[misc]
    }, Wanted(
        tuple(here(one) for one in scenes),
        tuple(here(one) for one in musts),
        frozenset(event(one).name for one in never),  # type: ignore[arg-type]
        tuple(keep),  # type: ignore[arg-type]
    )


def verdict(sides: Sides, steps: Steps, goal: float | None, raw: dict[str, object]) -> str | None:
    def stated(steps: Steps) -> list[list[object]]:
        return [
            [
                (
                    sides.engine.character(reason.character),
                    [sides.number(later.act) for later in reason.rest],
                    stated(reason.rest),
                )
                for reason in step.reasons
            ]
            for step in steps
        ]

    numbers = [sides.number(step.act) for step in steps]
    return sides.raw.replay(numbers, stated(steps), goal is not None, **raw).rule
