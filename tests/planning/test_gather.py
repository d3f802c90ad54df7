"""Many stories by leaving out, held to the list of all of them, on invented worlds."""

from __future__ import annotations

from hypothesis import given, note, reject
from hypothesis import strategies as st

from tests.strategies import plots
from unspoken.engine import EngineError, load
from unspoken.language import to_text
from unspoken.model import Storyworld
from unspoken.planning import Limits, Solutions
from unspoken.planning.candidates import same_story
from unspoken.planning.demands import Demands
from unspoken.planning.gather import Searching, gather
from unspoken.planning.replay import replay

LIMITS = Limits(author=4, character=4, epistemic=2)


@given(plots(), st.data())
def test_what_is_left_out_and_what_cannot_be(world: Storyworld, data: st.DataObject) -> None:
    note(to_text(world))
    try:
        ground = load(world)
    except EngineError:
        reject()
    acts = [str(event) for event in ground.events if event.is_action]
    if not acts:
        reject()
    demands = Demands(must=(data.draw(st.sampled_from(acts), label="must"),))
    try:
        every = list(Solutions(ground, None, LIMITS, demands, demands_only=True))
        pool = gather(Searching(ground, LIMITS), demands)
    except EngineError:
        reject()  # a contradiction behind an act that nobody has a reason for
    if not every:
        return  # where there is none within the limits, one past them may be found
    assert pool.outcome == "found"
    assert pool.whole
    assert len(pool.plans[0]) == len(every[0])
    # What is proved to occur in every story does; and what does not is not proved.
    assert set(pool.always) <= set.intersection(*(set(plan.acts) for plan in every))
    for act in every[0].acts:
        if any(act not in plan.acts for plan in every):
            assert act not in pool.always
    # No story twice, and each of them is one.
    assert len({same_story(plan) for plan in pool.plans}) == len(pool.plans)
    for plan in pool.plans:
        verdict = replay(ground, plan, demands, goal_wanted=False)
        assert verdict.is_valid, (plan.acts, str(verdict.fault))
    # An act that one story can do without is left out in one that is found.
    for act in pool.plans[0].acts:
        if any(act not in plan.acts for plan in every):
            assert any(act not in plan.acts for plan in pool.plans), act
