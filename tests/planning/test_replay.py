"""Replay accepts what is valid, and says what is wrong with what is spoiled."""

from __future__ import annotations

import csv
from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from tests.conftest import sabre_folder, sabre_world
from tests.planning.worlds import GATE, GATE_PLAN, grounded
from tests.reference import validity
from tests.reference.semantics import Judge
from tests.reference.validity import Steps, Validity
from unspoken.engine import GroundWorld, load
from unspoken.language import render
from unspoken.planning import (
    Demands,
    Keep,
    Plan,
    Reason,
    Scene,
    Step,
    Verdict,
    print_plan,
    read_plan,
)
from unspoken.planning.replay import replay as judge

SOLUTIONS = ["aladdin_any", "aladdin_both", "bribery", "deerhunter_any", "deerhunter_both"]
SOLUTIONS += ["fantasy_all", "fantasy_any", "fantasy_two", "lovers", "secretagent", "space_all"]
SOLUTIONS += ["space_any", "space_four", "space_three", "space_two", "treasure"]


def verdict_on(text: str, world: str = GATE) -> Verdict:
    plan, diagnostics = read_plan(text, "gate.plan")
    assert plan is not None, diagnostics
    return judge(grounded(world), plan)


def published(name: str) -> tuple[GroundWorld, Plan, float]:
    with (sabre_folder() / "goals.csv").open(encoding="utf-8") as file:
        row = next(row for row in csv.DictReader(file) if row["name"] == name)
    text = (sabre_folder() / "solutions" / f"{name}.txt").read_text(encoding="utf-8")
    plan, diagnostics = read_plan(text, name)
    assert plan is not None, diagnostics
    return load(sabre_world(row["file"])), plan, float(row["goal"])


@pytest.mark.parametrize("name", SOLUTIONS)
def test_published_solutions_stand_and_spoiled_ones_do_not(name: str) -> None:
    ground, plan, goal = published(name)
    verdict = judge(ground, plan)
    assert verdict.is_valid, verdict.fault
    assert verdict.after is not None
    assert verdict.after >= goal
    spoiled = [Plan(steps) for steps in spoil(plan.steps)]
    assert len(spoiled) >= 2 * len(plan)
    for one in spoiled:
        verdict = judge(ground, one)
        # A plan cut short may be a plan, but not one to the goal.
        assert not verdict.is_valid or (verdict.after or 0) < goal, print_plan(one)


def spoil(steps: tuple[Step, ...], *, is_reason: bool = False) -> Iterator[tuple[Step, ...]]:
    """An act removed or doubled; a reason dropped, doubled or given to somebody else; also in the
    reasons, but for acts removed there: what is left may be a reason, for less."""
    for place, step in enumerate(steps):
        before, after = steps[:place], steps[place + 1 :]
        if not is_reason:
            yield (*before, *after)
        yield (*before, step, step, *after)
        for reasons in spoil_reasons(step.reasons):
            yield (*before, replace(step, reasons=reasons), *after)


def spoil_reasons(reasons: tuple[Reason, ...]) -> Iterator[tuple[Reason, ...]]:
    for place, reason in enumerate(reasons):
        before, after = reasons[:place], reasons[place + 1 :]
        yield (*before, *after)
        yield (*before, reason, reason, *after)
        for other in sorted({r.character for r in reasons} - {reason.character}):
            yield (*before, replace(reason, character=other), *after)
        for rest in spoil(reason.rest, is_reason=True):
            yield (*before, replace(reason, rest=rest), *after)


@pytest.mark.parametrize("name", ["bribery", "secretagent", "space_all", "treasure"])
def test_the_reference_judges_rearranged_plans_alike(name: str) -> None:
    ground, plan, _ = published(name)
    reference = Validity(Judge(ground.world))
    start = reference.judge.initial
    verdicts = set()
    for steps in rearrange(plan.steps):
        one = Plan(steps)
        expected = reference.is_valid(reference_steps(reference, steps), start, None)
        assert judge(ground, one).is_valid == expected, print_plan(one)
        verdicts.add(expected)
    assert False in verdicts


def rearrange(steps: tuple[Step, ...]) -> Iterator[tuple[Step, ...]]:
    """Two acts swapped, or one removed, on every level."""
    for place, step in enumerate(steps):
        before, after = steps[:place], steps[place + 1 :]
        yield (*before, *after)
        if after:
            yield (*before, after[0], step, *after[1:])
        for number, reason in enumerate(step.reasons):
            for rest in rearrange(reason.rest):
                reasons = list(step.reasons)
                reasons[number] = replace(reason, rest=rest)
                yield (*before, replace(step, reasons=tuple(reasons)), *after)


def reference_steps(reference: Validity, steps: tuple[Step, ...]) -> Steps:
    return tuple(
        validity.Step(
            reference.judge.action(step.act),
            tuple(
                validity.Reason(reason.character, reference_steps(reference, reason.rest))
                for reason in step.reasons
            ),
        )
        for step in steps
    )


def test_a_verdict() -> None:
    verdict = verdict_on(GATE_PLAN)
    assert verdict == Verdict(None, None, 0.0, 1.0)
    assert verdict.is_valid


@pytest.mark.parametrize(
    ("old", "new", "picture"),
    [
        (
            "reach()\n| open()\n| | leave()\n| | goal(Ben, out() == True)\n"
            "| goal(Ann, open() == True)\nopen()\n",
            "open()\n",
            """\
error: `open()` is not possible when it comes
  ┌─ gate.plan:7:1
  │
7 │ open()
  │ ^^^^^^ its precondition does not hold in the world
  │
  = help: there, `there() == False`
""",
        ),
        (
            "pay()\n| reach()\n",
            "pay()\n",
            """\
error: `open()` is not possible when it comes
  ┌─ gate.plan:2:3
  │
2 │ | open()
  │   ^^^^^^ its precondition does not hold in the world that Ann believes in
  │
  = help: there, `there() == False`
""",
        ),
        (
            "leave()\n| goal(Ben, out() == True)\ngoal",
            "leave()\ngoal",
            """\
error: `leave()` has no reason of Ben's
   ┌─ gate.plan:15:1
   │
15 │ leave()
   │ ^^^^^^^ Ben takes part
   │
   = help: under it, write what Ben means to happen next and close with `goal(Ben, CONDITION)`
""",
        ),
        (
            "pay()\n| reach()\n| open()\n| | leave()\n| | goal(Ben, out() == True)\n",
            "pay()\n| reach()\n| open()\n",
            """\
error: `open()` has no reason of Ben's
  ┌─ gate.plan:3:3
  │
3 │ | open()
  │   ^^^^^^ Ben takes part, in Ann's reason for pay()
  │
  = help: under it, write what Ben means to happen next and close with `goal(Ben, CONDITION)`
""",
        ),
        (
            "leave()\n| goal(Ben, out() == True)\ngoal",
            "leave()\n| goal(Ben, out() == True)\n| goal(Ann, True)\ngoal",
            """\
error: `leave()` needs no reason of Ann's
   ┌─ gate.plan:15:1
   │
15 │ leave()
   │ ^^^^^^^
   │
   = help: remove what stands under it, up to and with `goal(Ann, ...)`
""",
        ),
        (
            "open()\n| leave()\n| goal(Ben, out() == True)\nleave()",
            "open()\n| goal(Ben, out() == True)\nleave()",
            """\
error: `open()` gains Ben nothing: from 0 to 0
   ┌─ gate.plan:12:1
   │
12 │ open()
   │ ^^^^^^ in Ben's reason for open()
   │
   = help: in Ben's reason for open(), the end must be worth more than all before it, and known
""",
        ),
        (
            "leave()\n| goal(Ben, out() == True)\ngoal",
            "goal",
            """\
error: the story gains the author nothing: from 0 to 0
  ┌─ gate.plan:1:1
  │
1 │ pay()
  │ ^^^^^
  │
  = help: a story must end better for its author than it began; an unknown utility is no gain
""",
        ),
        (
            "pay()\n| reach()\n",
            "pay()\n| thaw()\n",
            """\
error: nobody can count on `thaw()`
  ┌─ gate.plan:2:3
  │
2 │ | thaw()
  │   ^^^^^^ an act that nobody consents to, in Ann's reason for pay()
  │
  = help: reasons may only use acts of characters
""",
        ),
        (
            "pay()\n| reach()\n",
            "thaw()\npay()\n",
            """\
error: `pay()` could be left out: Ann would come to 2, and comes to 2 now
  ┌─ gate.plan:6:3
  │
6 │ | goal(Ann, open() == True)
  │   ^^^^^^^^^^^^^^^^^^^^^^^^^ in Ann's reason for pay()
  │
  = help: leave out what is not needed
""",
        ),
        (
            "pay()\n| reach()\n",
            "pai()\n| reach()\n",
            """\
error: `pai()` can never happen in this world
  ┌─ gate.plan:1:1
  │
1 │ pai()
  │ ^^^^^ no such act
  │
  = help: did you mean `pay()`?
""",
        ),
        (
            "| goal(Ben, out() == True)\ngoal",
            "| goal(Bet, out() == True)\ngoal",
            """\
error: nobody in this story is called `Bet`
   ┌─ gate.plan:16:3
   │
16 │ | goal(Bet, out() == True)
   │   ^^^^^^^^^^^^^^^^^^^^^^^^ whose reason is this?
   │
   = help: did you mean `Ben`?
""",
        ),
    ],
)
def test_what_is_wrong_is_said_where_it_is(old: str, new: str, picture: str) -> None:
    assert old in GATE_PLAN
    verdict = verdict_on(GATE_PLAN.replace(old, new, 1))
    assert verdict.fault is not None
    assert render(verdict.fault) == picture
    assert not verdict.is_valid


def test_no_acts_at_all() -> None:
    verdict = verdict_on("goal(True)\n")
    assert verdict.fault is not None
    assert verdict.fault.code == "empty-plan"


def test_a_plan_with_an_act_to_spare() -> None:
    world = GATE.replace(
        "entity Ben", "property wet() : boolean;\naction rain() { effect: wet(); };\nentity Ben"
    )
    verdict = verdict_on("rain()\n" + GATE_PLAN, world)
    assert verdict.fault is not None
    assert (
        str(verdict.fault)
        == """\
error: `rain()` could be left out: the author would come to 1, and comes to 1 now
  ┌─ gate.plan:1:1
  │
1 │ rain()
  │ ^^^^^^ not needed
  │
  = help: leave out what is not needed
"""
    )


def test_minds_within_minds_are_named() -> None:
    treasure = sabre_world("treasure")
    text = (sabre_folder() / "solutions" / "treasure.txt").read_text(encoding="utf-8")
    bad = text.replace("| | | take(Hawkins, Treasure)\n", "| | | take(Silver, Treasure)\n", 1)
    plan, _ = read_plan(bad)
    assert plan is not None
    verdict = judge(load(treasure), plan)
    assert verdict.place is not None
    assert str(verdict.place) == (
        "Hawkins's reason for dig(), in Silver's reason for sail(), in Hawkins's reason for rumor()"
    )
    assert verdict.fault is not None
    assert verdict.fault.code == "unexplained-act"


@pytest.mark.parametrize(
    ("demands", "picture"),
    [
        (
            Demands(must=("open", "sing")),
            """\
error: `sing` never comes about
   ┌─ gate.plan:15:1
   │
15 │ leave()
   │ ^^^^^^^ the story ends here
""",
        ),
        (
            Demands(through=("out()", "there() & !paid()")),
            """\
error: `there() & !paid()` never comes about
   ┌─ gate.plan:15:1
   │
15 │ leave()
   │ ^^^^^^^ the story ends here
   │
   = help: at the end, `there() == True` and `paid() == True`
""",
        ),
        (
            Demands(scenes=(Scene("open()"), Scene("reach", is_event=True))),
            """\
error: `reach` never comes about
   ┌─ gate.plan:15:1
   │
15 │ leave()
   │ ^^^^^^^ the story ends here
   │
   = help: it must come after `open()`, which does
""",
        ),
        (
            Demands(never=("leave",)),
            """\
error: `leave()` must never occur
   ┌─ gate.plan:15:1
   │
15 │ leave()
   │ ^^^^^^^ ruled out by `leave`
   │
   = help: find a story without it, or do not rule it out
""",
        ),
        (
            Demands(scenes=(Scene("there()"),), keep=(Keep("!open()", after=1),)),
            """\
error: `!open()` does not hold after `open()`
   ┌─ gate.plan:12:1
   │
12 │ open()
   │ ^^^^^^ contradicts what is to be kept
   │
   = help: there, `open() == True`
""",
        ),
        (
            Demands(keep=(Keep("paid()"),)),
            """\
error: `paid()` does not hold at the beginning
  = help: there, `paid() == False`
""",
        ),
    ],
)
def test_demands_that_are_not_met(demands: Demands, picture: str) -> None:
    plan, _ = read_plan(GATE_PLAN, "gate.plan")
    assert plan is not None
    verdict = judge(grounded(GATE), plan, demands)
    assert verdict.fault is not None
    assert render(verdict.fault) == picture


def test_demands_that_are_met() -> None:
    plan, _ = read_plan(GATE_PLAN)
    assert plan is not None
    demands = Demands(
        scenes=(Scene("paid()"), Scene("open", is_event=True)),
        must=("leave",),
        never=("thaw",),
        through=("there() & !out()",),
        keep=(Keep("paid()", after=1),),
    )
    assert judge(grounded(GATE), plan, demands).is_valid
    aimless = judge(grounded(GATE), plan, demands, goal_wanted=False)
    assert aimless.is_valid
    less = judge(grounded(GATE), plan, Demands(must=("open",)), goal_wanted=False)
    assert less.fault is not None
    assert less.fault.code == "not-minimal"
