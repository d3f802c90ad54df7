"""Which norms a deed breaks: as its doer sees it, and as others do."""

from __future__ import annotations

import pytest

from tests.simulation.hearts import grounded, view
from unspoken.engine import GroundWorld, State
from unspoken.simulation.norms import Breach, blamed, breaches, harms, lies

CLUB = """unspoken 1;
type place;
entity Ann : character;
entity Ben : character;
entity Cat : character;
entity Hall : place;
entity Loft : place;
property at(who : character) : place;
property ring() : place;
property fed(who : character) : boolean;
property fond(who : character, whom : character) : boolean;
property shy(who : character) : boolean;
property heard(who : character) : boolean;
action go(who : character, where : place) { effect: at(who) = where; consenting: who; };
action say(who : character, whom : character, where : place) {
    precondition: who != whom;
    effect: believes(whom, ring() = where);
    consenting: who;
    observing(o : character): at(o) == at(who);
};
action swear(who : character, whom : character, where : place) {
    precondition: who != whom;
    effect: believes(whom, believes(who, ring() = where));
    consenting: who;
};
action mutter(who : character, where : place) {
    effect: forall(o : character) if(at(o) == at(who) & o != who) believes(o, ring() = where);
    consenting: who;
    observing(o : character): at(o) == at(who);
};
action hide(who : character, where : place) {
    effect: ring() = where & believes(Ben, ring() = where);
    consenting: who;
    observing(o : character): o == who;
};
action take(who : character, whom : character) {
    precondition: who != whom & fed(whom);
    effect: fed(who) & !fed(whom);
    consenting: who;
    observing(o : character): o == who;
};
action knock(who : character) {
    effect: heard(who);
    consenting: who;
    observing(o : character): at(o) == at(who);
};
action gaze(who : character, whom : character) {
    precondition: who != whom;
    effect: believes(whom, fond(who, whom));
    consenting: who;
    observing(o : character): at(o) == at(who);
};
wish dinner(who : character) { wants: fed(who); weight: 0.6; };
at(Ann) = Hall;
at(Ben) = Hall;
at(Cat) = Loft;
ring() = Hall;
fed(Ben);
fond(Ann, Ben);
believes(Ben, !fond(Ann, Ben));
believes(Cat, !fond(Ann, Ben));
believes(Ann, believes(Ben, !fond(Ann, Ben)));
believes(Ann, believes(Cat, !fond(Ann, Ben)));
"""

HONEST = "norm honest(who : character) { against: lie; weight: 0.6; };"
KIND = "norm kind(who : character) { against: harm; weight: 0.5; };"


def broken(text: str, act: str, who: str = "Ann", after: str = "") -> list[Breach]:
    ground = grounded(CLUB + text)
    state = ground.initial
    for done in after.split(";"):
        state = state.after(done) if done else state
    return list(breaches(view(ground, who, state), ground.action(act)))


@pytest.mark.parametrize(
    ("act", "is_lie"),
    [
        ("say(Ann, Ben, Hall)", False),
        ("say(Ann, Ben, Loft)", True),
        ("swear(Ann, Ben, Hall)", False),
        ("swear(Ann, Ben, Loft)", True),
        ("mutter(Ann, Loft)", True),
        ("hide(Ann, Loft)", False),  # says where it is by then
        ("gaze(Ann, Ben)", False),
        ("gaze(Ann, Cat)", True),  # she is not fond of Cat
        ("knock(Ann)", False),
    ],
)
def test_a_lie_is_what_one_believes_false(act: str, is_lie: bool) -> None:
    assert [one.weight for one in broken(HONEST, act)] == ([0.6] if is_lie else [])


def test_whoever_errs_does_not_lie() -> None:
    wrong = f"{HONEST} believes(Ann, ring() = Loft);"
    assert not broken(wrong, "say(Ann, Ben, Loft)")
    assert broken(wrong, "say(Ann, Ben, Hall)")


def test_saying_what_one_does_not_know_is_no_lie() -> None:
    assert not broken(f"{HONEST} believes(Ann, ring() = ?);", "say(Ann, Ben, Loft)")


def test_a_lie_to_nobody_is_none() -> None:
    """The effect is conditional: nobody else is in the loft."""
    assert not broken(HONEST, "mutter(Cat, Hall)", who="Cat")
    assert not broken(f"{HONEST} believes(Cat, ring() = Hall);", "mutter(Cat, Loft)", who="Cat")


def test_what_is_said_falsely_can_be_told() -> None:
    ground = grounded(CLUB + HONEST)
    motives = view(ground, "Ann").motives
    told = lies(motives, "Ann", ground.initial.mind("Ann"), ground.action("say(Ann, Ben, Loft)"))
    assert [(one.text, one.minds, one.fluent, one.value) for one in told] == [
        ("believes(Ben, ring())", (), "ring()", "Loft")
    ]


def test_harm_counts_by_how_much() -> None:
    (one,) = broken(KIND, "take(Ann, Ben)")
    assert (one.gravity, one.weight) == (0.6, pytest.approx(0.3))
    assert not broken(KIND, "say(Ann, Ben, Loft)")


def test_harm_is_as_the_actor_believes() -> None:
    ground = grounded(CLUB + KIND)
    motives = view(ground, "Ann").motives
    take = ground.action("take(Ann, Ben)")
    assert harms(motives, "Ann", ground.initial.mind("Ann"), take) == {"Ben": 0.6}
    indifferent = CLUB.replace("wants: fed(who)", "if: !shy(who); wants: fed(who)")
    ground = grounded(f"{indifferent} {KIND} believes(Ann, shy(Ben));")
    seen = view(ground, "Ann")
    assert harms(seen.motives, "Ann", seen.believed, take) == {}


def test_absolute_norms_have_no_weight() -> None:
    (one,) = broken("norm never(who : character) { against: lie; weight: absolute; };", LIE)
    assert one.norm.weight is None


LIE = "say(Ann, Ben, Loft)"
LATE = """
norm late(who : character) { against: impose; acts: knock(*); weight: 1; before: anyone; };
"""


@pytest.mark.parametrize(
    ("before", "audience"), [("", 1.0), ("before: anyone;", 0.5), ("before: Ben;", 1.0)]
)
def test_before_whom(before: str, audience: float) -> None:
    """Ben is there, Cat is not."""
    norm = (
        f"norm late(who : character) {{ against: impose; acts: knock(who); weight: 1; {before} }};"
    )
    (one,) = broken(norm, "knock(Ann)")
    assert one.audience == audience
    if before != "":
        assert one.seen_by == ("Ben",)


def test_more_eyes_weigh_more() -> None:
    (both,) = broken(f"{LATE} at(Cat) = Hall;", "knock(Ann)")
    assert both.audience == 0.75


def test_who_believes_to_be_alone_dares() -> None:
    assert not broken(f"{LATE} believes(Ann, at(Ben)) = Loft;", "knock(Ann)")
    assert not broken(LATE, "knock(Cat)", who="Cat")


FACE = """
norm hidden(who : character, other : character) {
    against: lose_face; shows: fond(who, other); before: other; weight: 0.8; if: who != other;
};
"""


def test_face_is_lost_by_what_others_come_to_believe() -> None:
    (one,) = broken(FACE, "gaze(Ann, Ben)")
    assert (one.norm.text, one.seen_by, one.weight) == ("hidden(Ann, Ben)", ("Ben",), 0.8)
    assert not broken(FACE, "knock(Ann)")
    assert not broken(FACE, "gaze(Ann, Ben)", after="gaze(Ann, Ben)"), "he knows already"


def test_face_before_anyone() -> None:
    anyone = FACE.replace("before: other", "before: anyone")
    (one,) = broken(anyone, "gaze(Ann, Ben)")
    assert (one.audience, one.seen_by) == (0.5, ("Ben",))


def test_face_is_lost_in_vain_where_the_mind_foresees_nothing() -> None:
    """Ann takes Ben to know already."""
    assert not broken(f"{FACE} believes(Ann, believes(Ben, fond(Ann, Ben)));", "gaze(Ann, Ben)")


def accused(text: str, act: str, actor: str, judge: str = "Ann") -> list[str]:
    ground: GroundWorld = grounded(CLUB + text)
    state: State = ground.initial
    return [one.norm.text for one in blamed(view(ground, judge, state), ground.action(act), actor)]


def test_others_are_judged_by_ones_own_norms() -> None:
    assert accused(HONEST, "say(Ben, Ann, Loft)", "Ben") == ["honest(Ben)"]
    assert accused(HONEST, "say(Ben, Ann, Hall)", "Ben") == []
    own = "norm honest(Ann) { against: lie; weight: 0.6; };"
    assert accused(own, "say(Ben, Ann, Loft)", "Ben") == [], "Ann asks that of herself alone"


def test_others_are_judged_by_what_one_believes_them_to_believe() -> None:
    innocent = f"{HONEST} believes(Ann, believes(Ben, ring() = Loft));"
    assert accused(innocent, "say(Ben, Ann, Loft)", "Ben") == []
    assert accused(innocent, "say(Ben, Ann, Loft)", "Ben", judge="Cat") == ["honest(Ben)"]


def test_face_is_lost_by_as_much_as_others_grow_surer() -> None:
    doubtful = """
        hunch sure(who : character, whom : character) { of: fond(who, whom); from: -4; to: 4; };
        sign knocking(reader : character, other : character) {
            seen: knock(other); for: sure(other, reader); weight: 2;
        };
        believes(Ann, believes(Ben, sure(Ann, Ben) = -3));
    """
    (hint,) = broken(FACE + doubtful, "knock(Ann)")
    (told,) = broken(FACE + doubtful, "gaze(Ann, Ben)")
    assert hint.weight == pytest.approx(0.8 * 2 / 8)
    assert told.weight == pytest.approx(0.8 * 7 / 8)
