"""Plans as text: what is written comes back, what cannot be read is said."""

from __future__ import annotations

import pytest

from tests.conftest import sabre_folder
from unspoken.language import render
from unspoken.planning import Plan, Reason, Step, print_plan, read_plan, tree

TREASURE = """\
sail()
| dig()
| take(Hawkins, Treasure)
| goal(Hawkins, at(Treasure) == Hawkins)
| dig()
| | take(Hawkins, Treasure)
| | goal(Hawkins, at(Treasure) == Hawkins)
| take(Silver, Treasure)
| goal(Silver, at(Treasure) == Silver)
storm()
goal(at(Treasure) == Hawkins & happy(Hawkins, ?) == True)
"""

HAWKINS = Reason("Hawkins", (Step("take(Hawkins, Treasure)"),))

PLAN = Plan(
    (
        Step(
            "sail()",
            (
                Reason("Hawkins", (Step("dig()"), Step("take(Hawkins, Treasure)"))),
                Reason("Silver", (Step("dig()", (HAWKINS,)), Step("take(Silver, Treasure)"))),
            ),
        ),
        Step("storm()"),
    )
)


def read(text: str) -> Plan:
    plan, diagnostics = read_plan(text)
    assert plan is not None, [str(one) for one in diagnostics]
    assert diagnostics == []
    return plan


def test_each_act_belongs_to_whom_the_next_goal_names() -> None:
    plan = read(TREASURE)
    assert plan == PLAN
    assert plan.acts == ("sail()", "storm()")
    assert plan.goal == "at(Treasure) == Hawkins & happy(Hawkins, ?) == True"
    assert [reason.goal for reason in plan.steps[0].reasons] == [
        "at(Treasure) == Hawkins",
        "at(Treasure) == Silver",
    ]


def test_what_is_printed_is_what_was_read() -> None:
    assert print_plan(read(TREASURE)) == TREASURE


def test_published_solutions_come_back_unchanged() -> None:
    files = sorted((sabre_folder() / "solutions").glob("*.txt"))
    assert len(files) >= 10
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert print_plan(read(text)) == text.rstrip() + "\n", file


def test_spacing_blank_lines_and_comments_do_not_matter() -> None:
    text = """
    // the voyage
    sail( )
    |dig ()
    |  take(Hawkins,Treasure)
    | goal( Hawkins ,at(Treasure) == Hawkins )

    | dig()
    ||take( Hawkins , Treasure )
    || goal(Hawkins)
    | take(Silver, Treasure)
    | goal(Silver)
    storm()
    """
    assert read(text) == PLAN


def test_bare_acts_are_a_plan() -> None:
    assert read("sail()\nstorm()\n") == Plan((Step("sail()"), Step("storm()")))
    assert read("") == Plan(())


def test_an_action_may_be_called_goal() -> None:
    text = "goal(A)\n| goal(A, scored() == True)\ngoal(scored() == True)\n"
    plan, _ = read_plan(text, is_act=lambda act: act == "goal(A)")
    assert plan == Plan((Step("goal(A)", (Reason("A"),)),))
    assert print_plan(plan) == text


def test_acts_know_their_lines() -> None:
    plan = read(TREASURE)
    origin = plan.steps[0].reasons[1].rest[1].origin
    assert origin is not None
    assert str(origin) == "<text>:8:3"
    assert origin.source.text[origin.start : origin.end] == "take(Silver, Treasure)"


@pytest.mark.parametrize(
    ("text", "picture"),
    [
        (
            "sail\n",
            """\
error: this line of a plan is no act
  ┌─ trip.plan:1:1
  │
1 │ sail
  │ ^^^^ an act is `name(Arg, Arg)`
""",
        ),
        (
            "sail()\n| | dig()\n",
            """\
error: too many bars: 2 where there can be at most 1
  ┌─ trip.plan:2:5
  │
2 │ | | dig()
  │     ^^^^^ whose line is this?
  │
  = help: a reason stands right under the act that it explains, one `|` deeper
""",
        ),
        (
            "| dig()\n",
            """\
error: too many bars: 1 where there can be at most 0
  ┌─ trip.plan:1:3
  │
1 │ | dig()
  │   ^^^^^ whose line is this?
  │
  = help: a reason stands right under the act that it explains, one `|` deeper
""",
        ),
        (
            "sail()\n| dig()\nstorm()\n",
            """\
error: this reason does not say whose it is
  ┌─ trip.plan:2:3
  │
2 │ | dig()
  │   ^^^^^ its last line
  │
  = help: close it with `goal(CHARACTER, CONDITION)`, with as many bars
""",
        ),
        (
            "sail()\ngoal(x() == 1)\nstorm()\n",
            """\
error: the plan goes on after its end
  ┌─ trip.plan:3:1
  │
3 │ storm()
  │ ^^^^^^^ nothing comes after `goal(...)` without bars
""",
        ),
    ],
)
def test_what_cannot_be_read_is_said(text: str, picture: str) -> None:
    plan, diagnostics = read_plan(text, "trip.plan")
    assert plan is None
    (diagnostic,) = diagnostics
    assert render(diagnostic) == picture


def test_reasons_are_a_tree_for_people() -> None:
    reason = Reason("Silver", PLAN.steps[0].reasons[1].rest, 0.0, 1.5, "at(Treasure) == Silver")
    alone = Reason("Hawkins", (), 0.0, 1.0)
    plan = Plan((Step("sail()", (alone, reason)), Step("storm()")))
    assert (
        tree(plan)
        == """\
1. sail()
   ├─ Hawkins wants more (0 to 1); so sail()
   ╰─ Silver wants at(Treasure) == Silver (0 to 1.5); so sail(), then
      ├─ dig()
      │  ╰─ Hawkins wants more; so dig(), then
      │     ╰─ take(Hawkins, Treasure)
      ╰─ take(Silver, Treasure)
2. storm()
"""
    )
