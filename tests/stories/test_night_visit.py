"""The night visit: the planner finds the scene, everybody has a reason of her own, and when a
belief is taken away the story changes."""

from __future__ import annotations

from importlib.resources import files

import pytest

from unspoken.engine import State, load
from unspoken.language import parse
from unspoken.planning import Limits, Plan, Solution, solve
from unspoken.planning.replay import replay

TEXT = files("unspoken").joinpath("stories", "night_visit", "world.story").read_text()

ACCIDENTS = {"alarm", "brush_hands", "stray_thought", "slip"}
"""What nobody means to do."""

THE_SCENE = [
    "alarm()",
    "patrol(Buffy)",
    "walk(Willow, Bronze, Path)",
    "walk(Willow, Path, Landing)",
    "knock(Willow)",
    "open_door(Tara)",
    "apologise(Willow, Tara)",
    "invite(Tara, Willow)",
    "come_in(Willow)",
    "sit_down(Willow, Tara)",
    "brush_hands(Willow, Tara)",
    "stray_thought(Tara, Willow)",
    "test_link(Tara, Willow)",
    "nod(Willow, Tara)",
    "slip(Tara, Willow)",
    "ask_in_thought(Willow, Tara)",
    "cup_cheek(Willow, Tara)",
    "shut_eyes(Tara)",
    "confess(Tara, Willow)",
    "kiss(Willow, Tara)",
    "answer(Willow, Tara)",
]


def night(*changes: tuple[str, str]) -> Solution:
    """Plan the night, with statements of its world (each there just once) replaced."""
    text = TEXT
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    world, diagnostics = parse(text, "night")
    assert world is not None, diagnostics
    settings = world.plan
    limits = Limits(settings.author_limit, settings.character_limit, settings.epistemic_limit)
    return solve(load(world), goal=settings.goal, limits=limits)


def name(act: str) -> str:
    return act.partition("(")[0]


@pytest.fixture(scope="module")
def plan() -> Plan:
    solution = night()
    assert solution.outcome == "found"
    assert solution.plan is not None
    return solution.plan


def states() -> list[State]:
    """The settled beginning, and the state after each act of the scene."""
    world, _ = parse(TEXT, "night")
    assert world is not None
    along = [load(world).initial]
    for act in THE_SCENE:
        along.append(along[-1].after(act))
    return along


def test_the_scene_is_what_must_have_happened(plan: Plan) -> None:
    assert list(plan.acts) == THE_SCENE


def test_nobody_acts_for_the_authors_sake(plan: Plan) -> None:
    for step in plan:
        if name(step.act) in ACCIDENTS:
            assert not step.reasons
        else:
            assert step.reasons, step.act


def test_every_reason_holds_in_the_mind_it_is_given_to(plan: Plan) -> None:
    world, _ = parse(TEXT, "night")
    assert world is not None
    assert replay(load(world), plan).is_valid


def test_both_begin_wrong_about_being_loved() -> None:
    start = states()[0]
    assert start.value("loves(Willow, Tara)") is True
    assert start.value("loves(Tara, Willow)") is True
    assert start.mind("Tara").value("loves(Willow, Tara)") is False
    assert start.mind("Willow").value("loves(Tara, Willow)") is False
    assert start.mind("Tara").mind("Willow").value("loves(Tara, Willow)") is False


def test_a_knock_is_heard_and_not_whose() -> None:
    along = dict(zip(THE_SCENE, states()[1:], strict=True))
    tara = along["knock(Willow)"].mind("Tara")
    assert tara.value("knocked()") is True
    assert tara.value("at(Willow)") == "Bronze"
    assert tara.value("lies(Book)") == "Floor"
    assert along["open_door(Tara)"].mind("Tara").value("at(Willow)") == "Landing"


def test_at_the_door_tara_thinks_she_is_found_out_and_the_apology_calms_her() -> None:
    along = dict(zip(THE_SCENE, states()[1:], strict=True))
    for act, found_out in (("open_door(Tara)", True), ("apologise(Willow, Tara)", False)):
        tara = along[act].mind("Tara")
        assert tara.mind("Willow").value("loves(Tara, Willow)") is found_out
        assert along[act].mind("Willow").value("loves(Tara, Willow)") is False


def test_the_link_opens_unseen_and_becomes_known_step_by_step() -> None:
    along = dict(zip(THE_SCENE, states()[1:], strict=True))

    def known(act: str) -> tuple[object, ...]:
        state, link = along[act], "linked(Tara, Willow)"
        willow, tara = state.mind("Willow"), state.mind("Tara")
        return (
            state.value(link),
            willow.value(link),
            tara.value(link),
            willow.mind("Tara").value(link),
        )

    assert known("sit_down(Willow, Tara)") == (False, False, False, False)
    assert known("brush_hands(Willow, Tara)") == (True, False, False, False)
    assert known("stray_thought(Tara, Willow)") == (True, True, False, False)
    assert known("test_link(Tara, Willow)") == (True, True, False, False)
    assert known("nod(Willow, Tara)") == (True, True, True, True)


def test_a_doubt_outlasts_the_kiss() -> None:
    along = dict(zip(THE_SCENE, states()[1:], strict=True))
    assert along["kiss(Willow, Tara)"].mind("Tara").value("doubting(Tara)") is True
    assert along["answer(Willow, Tara)"].mind("Tara").value("doubting(Tara)") is False


def test_without_the_mornings_refusal_willow_does_not_come() -> None:
    story = night(("\nrefused(Willow, Tara);\n", "\n"))
    assert story.outcome == "impossible"


def test_if_tara_knew_she_would_speak_without_the_link() -> None:
    story = night(
        ("\nbelieves(Tara, !loves(Willow, Tara));\n", "\n"),
        ("\nbelieves(Tara, sure(Willow, Tara) = -3);\n", "\n"),
    )
    assert story.outcome == "found"
    assert story.plan is not None
    acts = list(story.plan.acts)
    assert len(acts) < len(THE_SCENE)
    assert "confess(Tara, Willow)" in acts
    assert not any(name(act) in {"brush_hands", "stray_thought", "slip"} for act in acts)


def test_if_they_never_touch_the_link_never_opens_and_nothing_is_said() -> None:
    story = night(
        ("effect: distance(one, other) = 1;", "effect: distance(one, other) = 2;"),
        ("effect: distance(one, other) = 1 & !offered();", "effect: !offered();"),
    )
    assert story.outcome == "impossible"


def test_without_the_rule_of_the_link_nothing_is_said() -> None:
    story = night(("\nbonded(Willow, Tara);\n", "\nbonded(Willow, Tara);\n!bond_rule();\n"))
    assert story.outcome == "impossible"


def test_without_their_bond_the_link_stays_shut() -> None:
    story = night(("\nbonded(Willow, Tara);\n", "\n"))
    assert story.outcome == "impossible"
