"""What minds foresee: at once, by others' reactions, under what they suppose, by short plans."""

from __future__ import annotations

import pytest

from tests.simulation.hearts import DOOR, decision, grounded, view
from unspoken.chronicle.events import Motive
from unspoken.engine import GroundWorld, State
from unspoken.simulation.choice import Disposition, takes_part
from unspoken.simulation.deciding import Inner, consent, option
from unspoken.simulation.foresight import Foreseen, Foresight
from unspoken.simulation.ways import LATER


def foreseen(ground: GroundWorld, who: str, act: str, state: State | None = None) -> Foreseen:
    seen = view(ground, who, state)
    return Foresight(seen.motives).foresee(seen, ground.action(act))


def short(motive: Motive) -> tuple[str, float, tuple[str, ...], tuple[str, ...]]:
    return motive.name, round(motive.amount, 4), motive.supposing, motive.then


def odd(odds: int) -> str:
    """Ann's odds of being loved, and what she believes by them."""
    believed = "" if odds > 0 else "!"
    return (
        f"{DOOR} believes(Ann, sure(Ben, Ann)) = {odds}; believes(Ann, {believed}loves(Ben, Ann));"
    )


def test_hope_and_fear_by_what_one_is_not_sure_of() -> None:
    """Ann takes it to be one third likely that Ben loves her."""
    found = foreseen(
        grounded(f"{DOOR} believes(Ann, sure(Ben, Ann)) = -1;"), "Ann", "declare(Ann, Ben)"
    )
    hope = ("happiness(Ann)", 0.3, ("loves(Ben, Ann)",), ("embrace(Ben, Ann)",))
    fear = ("pride(Ann)", -0.48, ("!loves(Ben, Ann)",), ("turn_away(Ben, Ann)",))
    assert list(map(short, found.pulls)) == [hope]
    assert list(map(short, found.restraints)) == [fear]
    assert found.pulls[0].likelihood == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("odds", "deed"),
    [(-3, ""), (-2, ""), (-1, ""), (0, "declare(Ann, Ben)"), (3, "declare(Ann, Ben)")],
)
def test_the_surer_of_being_loved_the_more_one_dares(odds: int, deed: str) -> None:
    made = decision(grounded(odd(odds)), "Ann")
    assert made.chosen.act == deed
    if -3 < odds < 0:
        assert made.wished is not None
        assert made.wished.act == "declare(Ann, Ben)", "wished, and not dared"
    else:
        assert made.wished is None


def test_who_is_sure_supposes_nothing() -> None:
    for odds in (3, -3):
        found = foreseen(grounded(odd(odds)), "Ann", "declare(Ann, Ben)")
        (motive,) = (*found.pulls, *found.restraints)
        assert (motive.supposing, motive.likelihood) == ((), 1.0)
        assert (motive.amount > 0) == (odds > 0)


LAMP = """unspoken 1;
entity Ann : character;
entity Ben : character;
entity Cat : character;
property lit() : boolean;
property here(who : character) : boolean;
property asleep(who : character) : boolean;
property danced() : boolean;
property cross(who : character) : boolean;
action light(who : character) {
    precondition: !lit();
    effect: lit();
    consenting: who;
    observing(o : character): here(o);
};
action snuff(who : character) {
    precondition: lit();
    effect: !lit();
    consenting: who;
    observing(o : character): here(o);
};
action sleep(who : character) { effect: asleep(who); consenting: who; };
action dance(who : character, whom : character) {
    precondition: who != whom;
    effect: danced() & cross(whom);
    consenting: who, whom;
};
action leave(who : character) { effect: !here(who); consenting: who; };
here(Ann);
here(Ben);
here(Cat);
"""
BRIGHT = "wish bright(Ann) { wants: lit(); weight: 0.5; };"
DARK = "wish dark(Ben) { wants: lit(); weight: -0.5; };"


def test_what_an_act_brings_at_once() -> None:
    found = foreseen(grounded(LAMP + BRIGHT), "Ann", "light(Ann)")
    assert list(map(short, found.pulls)) == [("bright(Ann)", 0.5, (), ())]
    assert found.restraints == ()


def test_what_is_met_already_is_no_reason() -> None:
    assert foreseen(grounded(f"{LAMP} {BRIGHT} lit();"), "Ann", "light(Ann)") == Foreseen()
    assert foreseen(grounded(LAMP + BRIGHT), "Ann", "sleep(Ann)") == Foreseen()


def test_what_would_be_spoiled_is_a_restraint() -> None:
    found = foreseen(grounded(f"{LAMP} {BRIGHT} lit();"), "Ann", "snuff(Ann)")
    assert list(map(short, found.restraints)) == [("bright(Ann)", -0.5, (), ())]


def test_others_undo_what_they_see() -> None:
    found = foreseen(grounded(LAMP + BRIGHT + DARK), "Ann", "light(Ann)")
    assert list(map(short, found.pulls)) == [("bright(Ann)", 0.5, (), ())]
    assert list(map(short, found.restraints)) == [("bright(Ann)", -0.45, (), ("snuff(Ben)",))]


def test_who_sees_nothing_does_nothing() -> None:
    """Ben is here, but Ann does not think so; and then, he is out and she thinks that he is not."""
    away = f"{LAMP} {BRIGHT} {DARK} believes(Ann, !here(Ben));"
    assert foreseen(grounded(away), "Ann", "light(Ann)").restraints == ()
    feared = f"{LAMP} {BRIGHT} {DARK} !here(Ben); believes(Ann, here(Ben));"
    assert foreseen(grounded(feared), "Ann", "light(Ann)").restraints != ()


def test_what_others_would_do_anyway_is_not_held_against_it() -> None:
    drowsy = "wish rest(Ben) { wants: asleep(Ben); weight: 0.9; };"
    hates = "wish company(Ann) { wants: asleep(Ben); weight: -0.5; };"
    found = foreseen(grounded(LAMP + BRIGHT + drowsy + hates), "Ann", "light(Ann)")
    assert found.restraints == ()


def test_others_keep_their_norms() -> None:
    norm = "norm still(who : character) { against: impose; acts: snuff(*); weight: absolute; };"
    found = foreseen(grounded(LAMP + BRIGHT + DARK + norm), "Ann", "light(Ann)")
    assert found.restraints == ()


DANCE = "wish dancing(Ann) { wants: danced(); weight: 0.5; };"
CALM = "wish calm(Ben) { wants: cross(Ben); weight: -0.4; };"


def test_who_is_believed_unwilling_is_not_asked() -> None:
    dance = "dance(Ann, Ben)"
    assert foreseen(grounded(LAMP + DANCE), "Ann", dance).pulls != ()
    ground = grounded(LAMP + DANCE + CALM)
    assert foreseen(ground, "Ann", dance) == Foreseen()
    seen = view(ground, "Ann")
    assert Foresight(seen.motives).unwilling(seen, ground.action(dance)) == ("Ben",)
    assert decision(ground, "Ann").chosen.act == "dance(Ann, Cat)"


def test_reactions_are_remembered_and_always_the_same() -> None:
    ground = grounded(f"{DOOR} believes(Ann, sure(Ben, Ann)) = -1;")
    seen = view(ground, "Ann")
    foresight = Foresight(seen.motives)
    act = ground.action("declare(Ann, Ben)")
    first = foresight.foresee(seen, act)
    assert foresight.foresee(seen, act) is first
    assert Foresight(seen.motives).foresee(seen, act) == first


GARDEN = """unspoken 1;
entity Ann : character;
entity Ben : character;
property key(who : character) : boolean;
property open() : boolean;
property out(who : character) : boolean;
property wet(who : character) : boolean;
action fetch(who : character) { precondition: !key(who); effect: key(who); consenting: who; };
action unlock(who : character) {
    precondition: key(who) & !open();
    effect: open();
    consenting: who;
};
action go(who : character) {
    precondition: open() & !out(who);
    effect: out(who) & wet(who);
    consenting: who;
};
action whistle(who : character) { effect: key(who); consenting: who; };
utility(Ann): if(out(Ann)) 1 else 0;
"""


def test_an_act_is_worth_what_it_is_the_beginning_of() -> None:
    ground = grounded(GARDEN)
    found = foreseen(ground, "Ann", "fetch(Ann)")
    plan = ("unlock(Ann)", "go(Ann)")
    assert list(map(short, found.pulls)) == [("if(out(Ann)) 1 else 0", 0.81, (), plan)]
    made = decision(ground, "Ann")
    assert made.chosen.act == "fetch(Ann)"
    state = ground.initial.after("fetch(Ann)")
    assert list(map(short, foreseen(ground, "Ann", "unlock(Ann)", state).pulls)) == [
        ("if(out(Ann)) 1 else 0", 0.9, (), plan[1:])
    ]


def test_foresight_ends_somewhere() -> None:
    seen = view(grounded(GARDEN), "Ann")
    fetch = seen.motives.ground.action("fetch(Ann)")
    assert Foresight(seen.motives, acts=2).foresee(seen, fetch) == Foreseen()
    assert Foresight(seen.motives, acts=3).foresee(seen, fetch) != Foreseen()


def test_plans_count_with_all_that_they_bring() -> None:
    """She would get wet."""
    dry = "wish dry(Ann) { wants: wet(Ann); weight: -0.4; };"
    found = foreseen(grounded(GARDEN + dry), "Ann", "fetch(Ann)")
    (fear,) = found.restraints
    assert short(fear) == ("dry(Ann)", -0.324, (), ("unlock(Ann)", "go(Ann)"))


def test_others_do_their_part_of_a_plan_if_it_is_worth_it_to_them() -> None:
    alone = GARDEN.replace("key(who) & !open()", "key(who) & !open() & who == Ben")
    assert foreseen(grounded(alone), "Ann", "fetch(Ann)") == Foreseen()
    both = alone.replace("key(who) & ", "key(Ann) & ") + "utility(Ben): if(open()) 1 else 0;"
    (pull,) = foreseen(grounded(both), "Ann", "fetch(Ann)").pulls
    assert pull.then == ("unlock(Ben)", "go(Ann)")


def asked_to_dance(text: str) -> tuple[float, bool]:
    """What Ben makes of Ann's asking him to dance."""
    ground = grounded(LAMP + DANCE + CALM + text)
    seen = view(ground, "Ben")
    act = ground.action("dance(Ann, Ben)")
    weighed = consent(Foresight(seen.motives), seen, act, Inner(Disposition("Ben")))
    return round(weighed.total, 4), takes_part(weighed)


def test_the_one_asked_decides_by_its_own_motives() -> None:
    assert asked_to_dance("") == (-0.4, False)
    assert asked_to_dance("wish fun(Ben) { wants: danced(); weight: 0.4; };") == (0.0, True)


def test_who_defers_does_it_for_the_other() -> None:
    drive = "drive awe(who : character, whom : character) { from: 0; to: 10; role: deference; };"
    assert asked_to_dance(f"{drive} awe(Ben, Ann) = 10;") == (0.1, True)
    assert asked_to_dance(f"{drive} awe(Ben, Ann) = 4;") == (-0.2, False)
    assert asked_to_dance(f"{drive} awe(Ben, Cat) = 10;") == (-0.4, False)


# Norms count where the act would break them: in each world that is supposed, and all along a plan.

ODDS = """unspoken 1;
entity Ann : character;
entity Ben : character;
property fond(who : character) : boolean;
property told(who : character) : boolean;
property merry(who : character) : boolean;
action tell(Ann) { precondition: !told(Ann); effect: told(Ann); consenting: Ann; };
hunch sure(who : character) { of: fond(who); from: -4; to: 4; };
wish out(Ann) { wants: told(Ann); weight: 0.5; };
norm shy(Ann) { against: impose; acts: tell(Ann); if: !fond(Ben); weight: 0.8; };
believes(Ann, sure(Ben) = -2);
"""


def test_a_norm_counts_in_the_worlds_in_which_it_is_broken() -> None:
    """He is unlikely to be fond of her: 1 in 4. She would impose on him in the other three."""
    wished = "wish glad(Ann) { wants: fond(Ben) & told(Ann); weight: 0.2; };"
    found = foreseen(grounded(ODDS + wished), "Ann", "tell(Ann)")
    assert list(map(short, found.restraints)) == [("shy(Ann)", -0.6, ("!fond(Ben)",), ())]
    sure = "believes(Ann, sure(Ben) = 4);"
    assert foreseen(grounded(ODDS + wished + sure), "Ann", "tell(Ann)").restraints == ()


def test_an_absolute_that_might_be_broken_speaks_against_it_and_one_that_would_be_forbids() -> None:
    absolute = ODDS.replace("weight: 0.8", "weight: absolute")
    hopeful = absolute.replace("sure(Ben) = -2", "sure(Ben) = 2")
    wished = "wish glad(Ann) { wants: fond(Ben) & told(Ann); weight: 0.2; };"
    seen = view(grounded(hopeful + wished), "Ann")
    might = option(Foresight(seen.motives), seen, seen.motives.ground.action("tell(Ann)"))
    assert might.forbidden == ()
    assert [(one.name, one.amount) for one in might.restraints] == [
        ("shy(Ann)", pytest.approx(-0.25))
    ]
    seen = view(grounded(absolute + wished), "Ann")
    would = option(Foresight(seen.motives), seen, seen.motives.ground.action("tell(Ann)"))
    assert would.forbidden == ("shy(Ann)",)
    assert would.restraints == ()


def test_what_is_to_follow_costs_too_and_a_little_less() -> None:
    norm = "norm neat(Ann) { against: impose; acts: unlock(Ann); weight: 0.2; };"
    found = foreseen(grounded(GARDEN + norm), "Ann", "fetch(Ann)")
    (cost,) = (one for one in found.restraints if one.kind == "norm")
    assert short(cost) == ("neat(Ann)", round(-0.2 * LATER, 4), (), ("unlock(Ann)",))
    both = norm.replace("unlock(Ann)", "unlock(Ann), fetch(Ann)")
    found = foreseen(grounded(GARDEN + both), "Ann", "fetch(Ann)")
    (cost,) = (one for one in found.restraints if one.kind == "norm")
    assert short(cost) == ("neat(Ann)", -0.2, (), ())
