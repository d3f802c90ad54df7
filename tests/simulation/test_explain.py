"""Decisions in words."""

from __future__ import annotations

from tests.simulation.hearts import DOOR, decision, grounded, view
from unspoken.chronicle.events import Decision, Motive, Weighed
from unspoken.simulation.choice import Disposition
from unspoken.simulation.deciding import Inner
from unspoken.simulation.explain import WhyNot, likelihood, strength, why_not, words
from unspoken.simulation.foresight import Foresight

UNSURE = f"{DOOR} believes(Ann, sure(Ben, Ann)) = -1;"


def asked(text: str, who: str, act: str, after: str = "") -> WhyNot:
    ground = grounded(text)
    state = ground.initial.after(after) if after else ground.initial
    seen = view(ground, who, state)
    return why_not(Foresight(seen.motives), seen, ground.action(act), Inner(Disposition(who)))


def test_what_was_not_dared() -> None:
    assert words("Ann", decision(grounded(UNSURE), "Ann")) == (
        "Ann waits.\n"
        "  Nothing held back, it would have been: declare(Ann, Ben).\n"
        "    for it: the wish happiness(Ann), somewhat; if loves(Ben, Ann), which is unlikely;"
        " by embrace(Ben, Ann)\n"
        "    against it: the dread pride(Ann), somewhat; if !loves(Ben, Ann),"
        " which is likely; by turn_away(Ben, Ann)"
    )


def test_what_was_done() -> None:
    assert words("Ben", decision(grounded(DOOR), "Ben")).startswith(
        "Ben: declare(Ben, Ann).\n  for it: the wish happiness(Ben)"
    )


def test_amounts_where_they_are_asked_for() -> None:
    said = words("Ann", decision(grounded(UNSURE), "Ann"), exact=True)
    assert "(+0.30)" in said
    assert "unlikely (0.33)" in said
    assert not any(
        digit in words("Ann", decision(grounded(UNSURE), "Ann")) for digit in "0123456789"
    )


def test_every_kind_of_motive_has_words() -> None:
    chosen = Weighed(
        "go()",
        (Motive("pressure", "go()", 0.9), Motive("steadiness", "go()", 0.05)),
        (Motive("norm", "late(A)", -0.6), Motive("utility", "gold(A)", -0.2)),
    )
    two = Weighed("b()", (Motive("utility", "gold(A)", 0.3),), (), ("honest(A)",))
    said = words("A", Decision(chosen, two, None, True, ("honest(A)", "kind(A)")))
    assert said.splitlines() == [
        "A: go().",
        "  for it: it was held back before, very strongly",
        "  for it: it is under way, hardly",
        "  against it: the norm late(A), strongly",
        "  against it: a fear for the utility gold(A), a little",
        "  Whatever A might do, honest(A) and kind(A) would be broken.",
        "  A near thing was b().",
        "    for it: the utility gold(A), somewhat",
        "    against it, whatever speaks for it: honest(A)",
    ]


def test_words_for_amounts() -> None:
    assert [strength(-x / 10) for x in (0, 1, 3, 6, 9)] == [
        "hardly",
        "a little",
        "somewhat",
        "strongly",
        "very strongly",
    ]
    assert likelihood(1.0) == "certain"
    assert likelihood(0.1) == "very unlikely"


def test_why_not_for_fear() -> None:
    found = asked(UNSURE, "Ann", "declare(Ann, Ben)")
    assert found.finding == "restrained"
    assert str(found).startswith(
        "Ann wishes to, and does not for fear of turn_away(Ben, Ann).\n  for it: the wish happiness"
    )


def test_why_not_because_it_is_believed_impossible() -> None:
    found = asked(DOOR, "Ann", "embrace(Ann, Ben)")
    assert found.finding == "impossible"
    assert str(found) == "Ann does not, believing that `declared(Ben, Ann) == False`."


def test_the_fact_is_the_one_believed_not_the_one_that_is() -> None:
    text = f"{DOOR} declared(Ben, Ann); believes(Ann, !declared(Ben, Ann));"
    assert asked(text, "Ann", "embrace(Ann, Ben)").finding == "impossible"


def test_why_not_because_it_is_anothers() -> None:
    assert str(asked(DOOR, "Ann", "declare(Ben, Ann)")) == "Ann does not: it is Ben's to begin."


def test_why_not_because_nothing_comes_of_it() -> None:
    found = asked(f"{DOOR} happy(Ben);", "Ben", "declare(Ben, Ann)")
    assert str(found).startswith("Ben does not: nothing that Ben wishes would come of it.")


def test_why_not_for_a_norm_without_exceptions() -> None:
    shy = """
        norm shy(who : character) { against: impose; acts: declare(who, *); weight: absolute; };
    """
    found = asked(DOOR + shy, "Ben", "declare(Ben, Ann)")
    assert found.finding == "forbidden"
    assert str(found).startswith("Ben does not, whatever speaks for it: shy(Ben).\n")


def test_why_not_for_a_norm() -> None:
    shy = "norm shy(who : character) { against: impose; acts: declare(who, *); weight: 0.9; };"
    said = str(asked(DOOR + shy, "Ben", "declare(Ben, Ann)"))
    assert said.startswith("Ben wishes to, and does not because of shy(Ben).\n")


def test_why_not_if_there_is_better_to_do() -> None:
    hum = """
        property hummed() : boolean;
        action hum(who : character) { precondition: !hummed(); effect: hummed(); consenting: who; };
        wish music(Ben) { wants: hummed(); weight: 0.05; };
    """
    found = asked(f"{DOOR} believes(Ben, sure(Ann, Ben)) = 1; {hum}", "Ben", "hum(Ben)")
    assert found.finding == "rather"
    assert str(found).startswith("Ben does not: it is better to do this: declare(Ben, Ann).\n")


def test_why_not_where_the_deed_is_done() -> None:
    found = asked(DOOR, "Ben", "declare(Ben, Ann)")
    assert found.finding == "does"
    assert str(found).startswith("Ben would: declare(Ben, Ann).")


def test_a_lie_is_named() -> None:
    lie = """
        property ill(who : character) : boolean;
        action feign(who : character, whom : character) {
            precondition: who != whom;
            effect: believes(whom, ill(who));
            consenting: who;
        };
        wish pity(Ben) { wants: believes(Ann, ill(Ben)); weight: 0.5; };
        norm honest(who : character) { against: lie; weight: 0.6; };
    """
    said = str(asked(DOOR + lie, "Ben", "feign(Ben, Ann)"))
    assert "It would say what Ben believes false: believes(Ann, ill(Ben))." in said
