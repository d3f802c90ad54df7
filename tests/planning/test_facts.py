"""Which facts decide a utility, and a precondition."""

from __future__ import annotations

from tests.planning.worlds import grounded
from unspoken.planning.facts import lacking, reached

HALL = """
entity Ann : character; entity Ben : character; entity Hall : place;
property at(c : character) : place;
property glad(c : character) : boolean;
property gold() : number;
action go(c : character, to : place) {
  precondition: at(c) != to & believes(c, gold() >= 0 | glad(c)) &
                forall(o : character) (at(o) == ? | glad(o));
  effect: at(c) = to & gold() = gold() + 2 & believes(Ann, glad(Ben));
  consenting: c;
  observing(o : character): o == c;
};
utility(): sum(c : character) (if(at(c) == Hall) 1 else (gold() - 2));
utility(Ann): if(believes(Ben, at(Ann) == Hall)) gold() elseif(gold() > 1) 7 else 0;
utility(Ben): if(believes(Ann, (glad(Ben) & believes(Ben, gold() > 1)))) 1 else 0;
"""


def test_only_the_branch_taken_is_read() -> None:
    state = grounded(HALL).initial
    assert reached(state, None) == "at(Ann) == ? & gold() == 0 & at(Ben) == ?"
    state = state.after("go(Ann, Hall)")
    assert reached(state, None) == "at(Ann) == Hall & at(Ben) == ? & gold() == 2"


def test_facts_are_read_in_the_minds_they_stand_in() -> None:
    state = grounded(HALL).initial.after("go(Ann, Hall)")
    assert reached(state, "Ann") == "believes(Ben, at(Ann)) == ? & gold() == 2"
    assert reached(state, "Ben") == (
        "believes(Ann, glad(Ben)) == True & believes(Ann, believes(Ben, gold())) == 0"
    )
    ann = state.mind("Ann")
    assert reached(ann, "Ben").startswith("believes(Ann, glad(Ben)) == True")


def test_who_wants_nothing_reaches_anything() -> None:
    world = HALL.replace("utility(Ben): if(believes(Ann", "utility(): if(believes(Ann")
    assert reached(grounded(world).initial, "Ben") == "True"


def test_what_a_precondition_lacks() -> None:
    ground = grounded(HALL)
    go = ground.action("go(Ann, Hall)")
    assert lacking(ground.initial, go) == ()
    there = ground.initial.after(go)
    assert [str(fact) for fact in lacking(there, go)] == [
        "at(Ann) == Hall",
        "glad(Ann) == False",
        "at(Ben) == ?",
        "glad(Ben) == False",
    ]
