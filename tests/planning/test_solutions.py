"""All stories, one after the other: in order, in bits, with an end, and stopped."""

from __future__ import annotations

import signal
import threading
from collections.abc import Mapping

import pytest

from tests.planning.worlds import GATE, grounded
from unspoken.planning import Demands, Limits, Solutions, count, print_plan, solve
from unspoken.planning.replay import replay

PLENTY = Limits(author=6, character=4, epistemic=2)

GARDEN = """
entity Ann : character;
property fed() : boolean;
property wet() : boolean;
property happy() : boolean;
action feed() { precondition: !fed(); effect: fed(); consenting: Ann; };
action water() { precondition: !wet(); effect: wet(); consenting: Ann; };
action rain() { precondition: !wet(); effect: wet(); };
action dry() { precondition: wet(); effect: !wet(); };
action admire() { precondition: fed() & wet(); effect: happy(); consenting: Ann; };
utility(): happy();
utility(Ann): happy();
"""

FOUR = [
    ("feed()", "water()", "admire()"),
    ("feed()", "rain()", "admire()"),
    ("water()", "feed()", "admire()"),
    ("rain()", "feed()", "admire()"),
]


def test_in_order() -> None:
    ground = grounded(GARDEN)
    solutions = Solutions(ground, limits=PLENTY)
    plans = list(solutions)
    assert [plan.acts for plan in plans] == FOUR
    assert solutions.ended
    assert all(replay(ground, plan).is_valid for plan in plans)
    assert solutions.progress["solutions"] == 4
    assert solutions.progress["transitions"] > 10
    assert list(solutions) == []


def test_the_first_is_what_solve_finds() -> None:
    ground = grounded(GATE)
    first = next(Solutions(ground, limits=PLENTY))
    assert print_plan(first) == print_plan(solve(ground, limits=PLENTY).plan or first)


def test_without_limits_it_knows_that_there_are_no_more() -> None:
    solutions = Solutions(grounded(GARDEN))
    assert [plan.acts for plan in solutions] == FOUR
    assert solutions.ended


@pytest.mark.parametrize(
    ("demands", "stories"),
    [
        (
            Demands(must=("rain",)),
            """
            feed rain admire
            rain feed admire
            feed water admire dry rain
            water feed dry rain admire
            water feed admire dry rain
            rain dry feed water admire
            """,
        ),
        (Demands(never=("rain", "water")), ""),
        (
            Demands(must=("dry",), never=("rain",)),
            """
            feed water admire dry
            water feed admire dry
            feed water dry water admire
            water feed dry water admire
            water dry feed water admire
            water dry water feed admire
            """,
        ),
    ],
)
def test_with_demands(demands: Demands, stories: str) -> None:
    """Longer ones, where an act is needed for the demand and its reason only holds after others."""
    acts = [
        tuple(f"{act}()" for act in line.split()) for line in stories.split("\n") if line.split()
    ]
    ground = grounded(GARDEN)
    plans = list(Solutions(ground, 1.0, PLENTY, demands))
    found = [plan.acts for plan in plans]
    assert found == acts
    for plan in plans:
        assert replay(ground, plan, demands).is_valid
    solution = solve(ground, 1.0, PLENTY, demands=demands)
    assert (solution.plan and solution.plan.acts) == (found[0] if found else None)


def test_demands_alone() -> None:
    ground = grounded(GARDEN)
    plans = list(Solutions(ground, None, PLENTY, Demands(through=("wet()",)), demands_only=True))
    # The last is not the first with an act to spare: fed, she waters in order to admire at once.
    assert [plan.acts for plan in plans] == [("water()",), ("rain()",), ("feed()", "water()")]
    (nothing,) = Solutions(ground, None, PLENTY, Demands(through=("!wet()",)), demands_only=True)
    assert nothing.acts == ()
    assert replay(ground, nothing, Demands(through=("!wet()",)), goal_wanted=False).is_valid


def test_counted() -> None:
    counted = count(Solutions(grounded(GARDEN), limits=PLENTY))
    assert (counted.number, counted.is_all, counted.was_interrupted) == (4, True, False)


def test_what_has_been_counted_is_told_while_the_search_goes_on() -> None:
    """One story, and no end to the search for others."""

    def stop_at_the_first(figures: Mapping[str, int]) -> None:
        if figures["solutions"]:
            raise KeyboardInterrupt

    endless = BUSY.replace("a() > 30 & b() > 30 & c() > 30", "a() >= 2")
    counting = Solutions(grounded(endless), 40.0, seconds=20.0, on_progress=stop_at_the_first)
    counted = count(counting)
    assert (counted.number, counted.was_interrupted) == (1, True)


def test_time_is_up() -> None:
    """Nothing but the clock ends this search, so that it comes back at all shows that it looks."""
    heard: list[Mapping[str, int]] = []
    world = grounded(BUSY)
    solutions = Solutions(world, 40.0, seconds=0.5, on_progress=heard.append)
    assert list(solutions) == []
    assert not solutions.ended
    assert heard
    assert heard[-1]["depth"] >= 1
    assert heard[-1]["states"] >= 1


BUSY = """
entity Ann : character;
property a() : number; property b() : number; property c() : number;
a() = 0; b() = 0; c() = 0;
action up_a() { effect: a() = a() + 1; };
action up_b() { effect: b() = b() + 1; };
action up_c() { effect: c() = c() + 1; };
utility(): if(a() > 30 & b() > 30 & c() > 30) 40 else 0;
"""


def test_ctrl_c_and_then_on() -> None:
    ground = grounded(GARDEN)
    solutions = Solutions(ground, limits=PLENTY)
    assert next(solutions).acts == FOUR[0]
    busy = Solutions(grounded(BUSY), 40.0)
    timer = threading.Timer(0.5, signal.raise_signal, [signal.SIGINT])
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        next(busy)
    before = busy.progress["states"]
    timer = threading.Timer(0.5, signal.raise_signal, [signal.SIGINT])
    timer.start()
    counted = count(busy)
    assert (counted.number, counted.is_all, counted.was_interrupted) == (0, False, True)
    assert busy.progress["states"] > before
    busy.close()
    assert [plan.acts for plan in solutions] == FOUR[1:]


def test_what_ctrl_c_kept_is_counted() -> None:
    solutions = Solutions(grounded(GARDEN), limits=PLENTY)
    solutions._kept.append(solutions._raw.next())
    assert count(solutions).number == len(FOUR)


def test_closed() -> None:
    with Solutions(grounded(GARDEN), limits=PLENTY) as solutions:
        assert next(solutions).acts == FOUR[0]
    assert list(solutions) == []
    assert not solutions.ended


def test_the_engine_can_be_asked_in_between() -> None:
    ground = grounded(GARDEN)
    for plan in Solutions(ground, limits=PLENTY):
        state = ground.initial
        for act in plan.acts:
            state = state.after(act)
        assert state.utility() == 1.0
