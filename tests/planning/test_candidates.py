"""Of many stories a few: none twice, the best first, no two alike. On plans given as values."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from unspoken.planning import Plan, Reason, Step
from unspoken.planning.candidates import Likeness, Scored, choose, ranked, same_story


def plan(*acts: str) -> Plan:
    """``"go(Ann)"`` is done by Ann; ``"rain()"`` by nobody."""
    return Plan(tuple(Step(act, tuple(map(Reason, who(act)))) for act in acts))


def who(act: str) -> list[str]:
    names = act.partition("(")[2].rstrip(")")
    return [names] if names else []


def scored(*plans: Plan, costs: dict[Plan, float] | None = None) -> list[Scored[str]]:
    return [Scored(one, (costs or {}).get(one, len(one)), "/".join(one.acts)) for one in plans]


def chosen(pool: list[Scored[str]], wanted: int) -> list[str]:
    return [one.thing for one in choose(pool, wanted)]


def test_two_orders_of_the_same_acts_are_one_story() -> None:
    assert same_story(plan("a()", "b()")) == same_story(plan("b()", "a()"))
    assert same_story(plan("a()", "a()")) != same_story(plan("a()"))
    pool = scored(plan("b()", "a()"), plan("a()", "b()"), plan("c()", "a()"))
    assert chosen(pool, 5) == ["a()/b()", "c()/a()"]


def test_of_one_story_the_cheapest_order_is_kept() -> None:
    cheap, dear = plan("b()", "a()"), plan("a()", "b()")
    pool = scored(dear, cheap, costs={cheap: 2, dear: 5})
    assert [one.thing for one in ranked(pool)] == ["b()/a()"]


def test_the_best_comes_first_and_ties_do_not_depend_on_the_order_of_the_pool() -> None:
    plans = [plan("a()"), plan("b()"), plan("c()", "d()")]
    for pool in (scored(*plans), scored(*reversed(plans))):
        assert [one.thing for one in ranked(pool)] == ["a()", "b()", "c()/d()"]


def test_a_different_story_is_chosen_before_a_better_one_that_is_nearly_the_same() -> None:
    best = plan("meet(Ann)", "walk(Ann)", "talk(Ann)")
    nearly = plan("meet(Ann)", "walk(Ann)", "talk(Ann)", "wave(Ann)")
    other = plan("rain()", "wait(Ben)", "write(Ben)", "read(Ben)", "reply(Ben)")
    assert chosen(scored(best, nearly, other), 2) == ["/".join(best.acts), "/".join(other.acts)]
    # But quality counts: far too long a story is not made good by being different.
    endless = plan(*(f"odd{number}(Ben)" for number in range(40)))
    half = plan("meet(Ann)", "walk(Ann)", "call(Cat)", "talk(Ann)")
    assert chosen(scored(best, half, endless), 2) == ["/".join(best.acts), "/".join(half.acts)]


def test_what_all_stories_share_does_not_make_them_alike() -> None:
    first, second = plan("knock(Ann)", "cry(Ann)"), plan("knock(Ann)", "laugh(Ann)")
    same = plan("knock(Ann)", "cry(Ann)", "cry(Ann)")
    like = Likeness([first, second, same])
    assert like(first, first) == 1
    assert like(first, second) < like(first, same) < 1
    assert like(first, second) == like(second, first)
    # Only who takes part is the same, and it is so everywhere, which says nothing against them.
    assert like(first, second) == 0.25


def test_the_means_and_the_actors_count_too() -> None:
    first = plan("give(Ann)")
    means, actor = plan("give(Ben)"), plan("sing(Ann)")
    neither = plan("sing(Ben)")
    like = Likeness([first, means, actor, neither])
    assert like(first, neither) == 0
    assert like(first, means) == like(first, actor) == 0.25


names = st.sampled_from(["a()", "b(Ann)", "c(Ben)", "d(Ann)"])
plans = st.lists(st.lists(names, min_size=1, max_size=4).map(lambda acts: plan(*acts)), max_size=8)


@given(plans, st.integers(0, 6))
def test_never_twice_never_more_than_wanted_and_always_the_best(
    pool: list[Plan], wanted: int
) -> None:
    found = choose(scored(*pool), wanted)
    stories = {same_story(one) for one in pool}
    assert len(found) == min(wanted, len(stories))
    assert len({same_story(one.plan) for one in found}) == len(found)
    costs = [one.cost for one in found]
    assert costs == sorted(costs)
    if found:
        assert costs[0] == min(len(one) for one in pool)


@given(plans)
def test_likeness_is_a_number_from_0_to_1(pool: list[Plan]) -> None:
    if pool:
        like = Likeness(pool)
        for first in pool:
            for second in pool:
                assert 0 <= like(first, second) == like(second, first) <= 1
