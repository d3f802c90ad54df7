"""Given what happened: what else must have, and who meant and believed what."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

import unspoken
from tests.planning.worlds_between import WAYS
from unspoken.planning.demands import MOST
from unspoken.planning.recognition import AS_WRITTEN, Inference, Part, Recognition
from unspoken.world import World


@pytest.fixture(scope="module")
def ways() -> World:
    return unspoken.parse(WAYS, "ways")


@pytest.fixture(scope="module")
def diamonds() -> World:
    return unspoken.load("paste_diamonds")


def inferred(world: World, *happened: str, **more: object) -> Inference:
    limits = {"within": 6, "character_limit": 4, "epistemic_limit": 2}
    return world.infer(*happened, **limits, **more)  # type: ignore[arg-type]


def one(inference: Inference) -> Recognition:
    ((name, recognition),) = inference.supposed
    assert name == AS_WRITTEN
    return recognition


def part(recognition: Recognition, act: str, character: str) -> Part:
    (found,) = [p for p in recognition.parts if (p.act, p.character) == (act, character)]
    return found


def test_what_must_have_happened_and_what_may(ways: World) -> None:
    found = one(inferred(ways, "inside()"))
    assert found.must == ("enter(Ann)",)
    assert {act for act, _ in found.may} == {
        "rains()",
        "let_in(Ben)",
        "ask(Ann, Cat)",
        "unlock(Ann)",
    }
    assert {count for _, count in found.may} == {1}
    assert found.cannot == ("break_in(Ann)",)
    assert found.whole


def test_what_every_story_has_that_was_found_is_not_called_a_mere_may(ways: World) -> None:
    found = one(inferred(ways, "inside()"))
    number = len(found.plans)
    unproved = replace(found, must=(), may=(("enter(Ann)", number), *found.may))
    text = str(Inference(((AS_WRITTEN, unproved),)))
    every = "These are in every story that was found, though perhaps not in every one: enter(Ann)"
    assert every in text
    assert f"(in {number} of {number})" not in text
    assert f"These may have happened, too (in 1 of {number}): " in text


def test_an_observation_rules_explanations_out(ways: World) -> None:
    found = one(inferred(ways, "enter(Ann)", "let_in(Ben)"))
    assert found.must == ("rains()",)
    assert found.may == ()
    assert [plan.acts for plan in found.plans] == [("rains()", "let_in(Ben)", "enter(Ann)")]


def test_in_order_or_in_any(ways: World) -> None:
    assert inferred(ways, "enter(Ann)", "rains()").found
    found = one(inferred(ways, "enter(Ann)", "rains()", in_order=True))
    assert [plan.acts[-1] for plan in found.plans] == ["rains()"] * len(found.plans)
    assert all(plan.acts[-2] == "enter(Ann)" for plan in found.plans)
    # Once she is in, nobody gains by asking.
    assert not inferred(ways, "enter(Ann)", "unlock(Ann)", in_order=True).found


def test_acts_that_need_no_preparation_still_take_an_act_each(ways: World) -> None:
    found = one(inferred(ways, "rains()", "ask(Ann, Cat)"))
    assert sorted(found.plans[0].acts) == ["ask(Ann, Cat)", "rains()"]


def test_patterns_of_acts(ways: World) -> None:
    found = one(inferred(ways, "ask(*, Cat)"))
    assert [plan.acts for plan in found.plans] == [("ask(Ann, Cat)",)]


def test_intentions_and_beliefs(diamonds: World) -> None:
    """The butler sends the inspector to the right place because he is wrong."""
    found = one(inferred(diamonds, "knows(Vale, sold(Ottoline))"))
    assert "mislead(Pym, Vale, Study)" in found.must
    pym = part(found, "mislead(Pym, Vale, Study)", "Pym")
    (intention,) = pym.intentions
    assert [str(held) for held in intention.gained] == ["believes(Pym, !asked(Pym))"]
    wrong = [belief for belief in pym.beliefs if belief.is_mistaken]
    assert [(str(b.held), b.truth) for b in wrong] == [("believes(Pym, at(Ticket) == ?)", "Study")]
    vale = part(found, "question(Vale, Pym)", "Vale")
    assert vale.intentions[0].then == (
        "mislead(Pym, Vale, Study)",
        "go(Vale, Salon, Study)",
        "search(Vale, Study)",
    )


def test_a_belief_about_a_mind_is_held_against_that_mind(diamonds: World) -> None:
    found = one(inferred(diamonds.supposing("believes(Pym, at(Ticket) = Salon)"), "question"))
    vale = part(found, "question(Vale, Pym)", "Vale")
    about = {belief.held.minds: belief for belief in vale.beliefs if "Ticket" in belief.held.fluent}
    belief = about["Vale", "Pym"]
    assert belief.held.value is None
    assert belief.truth == "Salon"


def test_suppositions_about_the_beginning(diamonds: World) -> None:
    burnt, known = "believes(Pym, at(Ticket) = ?)", "believes(Pym, at(Ticket) = Study)"
    found = inferred(diamonds, "knows(Vale, sold(Ottoline))", suppose=[f"{burnt} | {known}"])
    assert [(name, bool(each.plans)) for name, each in found.supposed] == [
        (burnt, True),
        (known, False),
    ]
    assert f"no (within 6 acts): supposing {known}" in str(found)


def test_one_supposition_is_tried_beside_the_world_as_it_is(ways: World) -> None:
    found = inferred(ways, "break_in(Ann)", suppose=["!ill(Ben)"])
    assert [(name, len(each.plans)) for name, each in found.supposed] == [
        (AS_WRITTEN, 0),
        ("!ill(Ben)", 1),
    ]


def test_every_combination_is_tried(ways: World) -> None:
    found = inferred(ways, "inside()", suppose=["!ill(Ben)", "rain() | !rain()"])
    assert [name for name, _ in found.supposed] == [
        "rain()",
        "!rain()",
        "!ill(Ben) & rain()",
        "!ill(Ben) & !rain()",
    ]


def test_what_cannot_be_explained(ways: World) -> None:
    # Which is the world as it stands: the window holds as long as Ben is ill.
    found = inferred(ways, "enter(Ann)", "break_in(Ann)")
    assert not found.found
    assert one(found).unexplained == ("break_in(Ann)",)
    assert "Not even by itself: break_in(Ann)" in str(found)


def test_each_by_itself_but_not_together(ways: World) -> None:
    assert inferred(ways, "ask(Ann, Cat)", "let_in(Ben)").found  # each for a reason of their own
    text = WAYS.replace("utility(Ben): if(rain() & locked()) 0 else 1;", "utility(Ben): !locked();")
    world = unspoken.parse(text.replace("rain() & locked(); effect", "locked(); effect"))
    never = inferred(world, "unlock(Ann)", "let_in(Ben)")
    assert not never.found
    assert one(never).unexplained == ()
    assert "Each can be explained by itself, but not all of it together." in str(never)


def test_as_many_observations_as_there_may_be(ways: World) -> None:
    found = one(inferred(ways, *["locked()"] * MOST))
    assert [plan.acts for plan in found.plans] == [()]
    assert found.cannot == ()  # one more demand is one too many
