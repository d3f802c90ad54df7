"""Plans as text: what is written comes back, what cannot be read is said."""

from __future__ import annotations

import pytest

from tests.conftest import sabre_folder
from unspoken.language import render
from unspoken.planning import Plan, Reason, Step, print_plan, read_plan, tree

BELL = """\
row()
| dive()
| take(Nora, Bell)
| goal(Nora, at(Bell) == Nora)
| dive()
| | take(Nora, Bell)
| | goal(Nora, at(Bell) == Nora)
| take(Olaf, Bell)
| goal(Olaf, at(Bell) == Olaf)
rain()
goal(at(Bell) == Nora & happy(Nora, ?) == True)
"""

NORA = Reason("Nora", (Step("take(Nora, Bell)"),))

PLAN = Plan(
    (
        Step(
            "row()",
            (
                Reason("Nora", (Step("dive()"), Step("take(Nora, Bell)"))),
                Reason("Olaf", (Step("dive()", (NORA,)), Step("take(Olaf, Bell)"))),
            ),
        ),
        Step("rain()"),
    )
)


def read(text: str) -> Plan:
    plan, diagnostics = read_plan(text)
    assert plan is not None, [str(one) for one in diagnostics]
    assert diagnostics == []
    return plan


def test_each_act_belongs_to_whom_the_next_goal_names() -> None:
    plan = read(BELL)
    assert plan == PLAN
    assert plan.acts == ("row()", "rain()")
    assert plan.goal == "at(Bell) == Nora & happy(Nora, ?) == True"
    assert [reason.goal for reason in plan.steps[0].reasons] == [
        "at(Bell) == Nora",
        "at(Bell) == Olaf",
    ]


def test_what_is_printed_is_what_was_read() -> None:
    assert print_plan(read(BELL)) == BELL


def test_published_solutions_come_back_unchanged() -> None:
    files = sorted((sabre_folder() / "solutions").glob("*.txt"))
    assert len(files) >= 10
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert print_plan(read(text)) == text.rstrip() + "\n", file


def test_spacing_blank_lines_and_comments_do_not_matter() -> None:
    text = """
    // the voyage
    row( )
    |dive ()
    |  take(Nora,Bell)
    | goal( Nora ,at(Bell) == Nora )

    | dive()
    ||take( Nora , Bell )
    || goal(Nora)
    | take(Olaf, Bell)
    | goal(Olaf)
    rain()
    """
    assert read(text) == PLAN


def test_bare_acts_are_a_plan() -> None:
    assert read("row()\nrain()\n") == Plan((Step("row()"), Step("rain()")))
    assert read("") == Plan(())


def test_an_action_may_be_called_goal() -> None:
    text = "goal(A)\n| goal(A, scored() == True)\ngoal(scored() == True)\n"
    plan, _ = read_plan(text, is_act=lambda act: act == "goal(A)")
    assert plan == Plan((Step("goal(A)", (Reason("A"),)),))
    assert print_plan(plan) == text


def test_acts_know_their_lines() -> None:
    plan = read(BELL)
    origin = plan.steps[0].reasons[1].rest[1].origin
    assert origin is not None
    assert str(origin) == "<text>:8:3"
    assert origin.source.text[origin.start : origin.end] == "take(Olaf, Bell)"


@pytest.mark.parametrize(
    ("text", "picture"),
    [
        (
            "row\n",
            """\
error: this line of a plan is no act
  ┌─ trip.plan:1:1
  │
1 │ row
  │ ^^^ an act is `name(Arg, Arg)`
""",
        ),
        (
            "row()\n| | dive()\n",
            """\
error: too many bars: 2 where there can be at most 1
  ┌─ trip.plan:2:5
  │
2 │ | | dive()
  │     ^^^^^^ whose line is this?
  │
  = help: a reason stands right under the act that it explains, one `|` deeper
""",
        ),
        (
            "| dive()\n",
            """\
error: too many bars: 1 where there can be at most 0
  ┌─ trip.plan:1:3
  │
1 │ | dive()
  │   ^^^^^^ whose line is this?
  │
  = help: a reason stands right under the act that it explains, one `|` deeper
""",
        ),
        (
            "row()\n| dive()\nrain()\n",
            """\
error: this reason does not say whose it is
  ┌─ trip.plan:2:3
  │
2 │ | dive()
  │   ^^^^^^ its last line
  │
  = help: close it with `goal(CHARACTER, CONDITION)`, with as many bars
""",
        ),
        (
            "row()\ngoal(x() == 1)\nrain()\n",
            """\
error: the plan goes on after its end
  ┌─ trip.plan:3:1
  │
3 │ rain()
  │ ^^^^^^ nothing comes after `goal(...)` without bars
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
    reason = Reason("Olaf", PLAN.steps[0].reasons[1].rest, 0.0, 1.5, "at(Bell) == Olaf")
    alone = Reason("Nora", (), 0.0, 1.0)
    plan = Plan((Step("row()", (alone, reason)), Step("rain()")))
    assert (
        tree(plan)
        == """\
1. row()
   ├─ Nora, for more (0 to 1): row()
   ╰─ Olaf, for at(Bell) == Olaf (0 to 1.5): row(), then
      ├─ dive()
      │  ╰─ Nora, for more: dive(), then
      │     ╰─ take(Nora, Bell)
      ╰─ take(Olaf, Bell)
2. rain()
"""
    )
