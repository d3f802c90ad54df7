"""Facts in words made of nothing but names: of a world whose author declares no wording at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import unspoken
from unspoken.chronicle.events import Fact, Value
from unspoken.telling.plainly import Plainly
from unspoken.telling.verbs import words

WORLD = """
unspoken 1;
type person : character;  type room;  type tale;  type status;
entity Ann : person;  entity Ben : person;  entity Hall : room;  entity Yard : room;
entity Goose : tale;  entity Cross : status;
property PROPERTY;
action confide(who : person, whom : person) { effect: told(who);  consenting: who; };
action accuse(who : person, whom : person) { effect: accused();  consenting: who; };
action pardon(who : person, whom : person) { effect: pardoned();  consenting: who; };
action smoke(who : person) { effect: smoked();  consenting: who; };
action gloop(who : person) { effect: glooped(who);  consenting: who; };
action pass_on(who : person, whom : person) {
  effect: if(vowed(who)) vowed(whom);  consenting: who;
};
"""
OTHERS = {
    "told": "told(who : person) : boolean",
    "accused": "accused() : boolean",
    "pardoned": "pardoned() : boolean",
    "smoked": "smoked() : boolean",
    "glooped": "glooped(who : person) : boolean",
    "vowed": "vowed(who : person) : boolean",
}


def said(declared: str, condition: str) -> str:
    """What a condition comes to in a world that declares this property."""
    name = declared.partition("(")[0]
    others = [one for key, one in OTHERS.items() if key != name]
    text = WORLD.replace("PROPERTY", ";  property ".join([declared, *others]))
    world = unspoken.parse(f"{text} utility(Ann): if({condition}) 1 else 0;", "names")
    (wish,) = world.simulation().motives.wishes("Ann")
    return Plainly(world.model, None).wish(wish.wants, wish.weight)


@pytest.mark.parametrize(
    ("declared", "condition", "clause"),
    [
        # of nothing
        ("accused() : boolean", "accused()", "somebody has been accused"),
        ("accused() : boolean", "!accused()", "nobody has been accused"),
        ("pardoned() : boolean", "pardoned()", "somebody has been pardoned"),
        ("smoked() : boolean", "smoked()", "somebody has smoked"),
        ("danger() : boolean", "!danger()", "there is no danger"),
        ("lights() : boolean", "!lights()", "the lights are not there"),
        ("door_open() : boolean", "door_open()", "the door is open"),
        ("raining() : boolean", "raining()", "it is raining"),
        ("on_fire() : boolean", "on_fire()", "it is on fire"),
        # of one
        ("clue(where : room) : boolean", "!clue(Hall)", "the hall is not a clue"),
        ("guest(who : person) : boolean", "guest(Ann)", "Ann is a guest"),
        ("heard_yes(who : person) : boolean", "heard_yes(Ben)", "Ben has heard yes"),
        ("glooped(who : person) : boolean", "!glooped(Ben)", "Ben has not glooped"),
        ("vowed(who : person) : boolean", "vowed(Ben)", "Ben has vowed"),
        ("broke(who : person) : boolean", "broke(Ben)", "Ben broke something"),
        ("eyes_shut(who : person) : boolean", "eyes_shut(Ann)", "Ann\u2019s eyes are shut"),
        ("in_love(who : person) : boolean", "in_love(Ann)", "Ann is in love"),
        ("has_key(who : person) : boolean", "has_key(Ann)", "Ann has the key"),
        ("is_guilty(who : person) : boolean", "is_guilty(Ann)", "Ann is guilty"),
        ("can_swim(who : person) : boolean", "!can_swim(Ann)", "Ann cannot swim"),
        ("blessing(from : person) : boolean", "blessing(Ann)", "there is a blessing from Ann"),
        ("zorp(who : person) : boolean", "!zorp(Ann)", "Ann does not count as “zorp”"),
        # of several
        ("declared(a : person, b : person) : boolean", "declared(Ann, Ben)",
         "Ann has declared Ann\u2019s love to Ben"),
        ("confided(a : person, b : person) : boolean", "confided(Ann, Ben)",
         "Ann has confided in Ben"),
        ("misheard(who : person, by : person) : boolean", "misheard(Ann, Ben)",
         "Ann has been misheard by Ben"),
        ("told_tale(a : person, b : person, c : tale) : boolean", "told_tale(Ann, Ben, Goose)",
         "“told tale” holds of Ann, Ben and the goose"),
        ("spread(a : person, b : person, c : tale) : boolean", "spread(Ann, Ben, Goose)",
         "“spread” holds of Ann, Ben and the goose"),
        ("controls(a : person, b : person) : boolean", "controls(Ann, Ben)", "Ann controls Ben"),
        ("owes(who : person, about : tale) : boolean", "!owes(Ann, Goose)",
         "Ann does not owe anything about the goose"),
        ("knows_better(who : person, what : tale) : boolean", "knows_better(Ann, Goose)",
         "Ann knows better about the goose"),
        ("wants_dead(a : person, b : person) : boolean", "wants_dead(Ann, Ben)",
         "Ann wants Ben dead"),
        ("path(from : room, to : room) : boolean", "path(Hall, Yard)",
         "there is a path from the hall to the yard"),
        ("guardian(a : person, b : room) : boolean", "guardian(Ann, Hall)",
         "Ann is a guardian of the hall"),
        ("zorp(a : person, b : person) : boolean", "zorp(Ann, Ben)",
         "“zorp” holds from Ann to Ben"),
        # numbers and values
        ("strokes() : number", "strokes() >= 3", "the number of strokes is at least 3"),
        ("sure(a : person, b : person) : number", "!(sure(Ann, Ben) >= 2)",
         "the degree to which Ann is sure of Ben is less than 2"),
        ("flustered(who : person) : number", "flustered(Ann) == 2",
         "the degree to which Ann is flustered is 2"),
        ("has(who : person, what : tale) : number", "has(Ann, Goose) == 0",
         "how much of the goose Ann has is 0"),
        ("bond(a : person, b : person) : status", "bond(Ann, Ben) == Cross",
         "Ann\u2019s bond towards Ben is cross"),
        ("lies_in(what : tale) : person", "lies_in(Goose) == Ben", "Ben has the goose"),
        ("zorps_up(a : person, b : room) : number", "zorps_up(Ann, Hall) > 1",
         "“zorps up” of Ann and the hall is more than 1"),
        ("strokes() : number", "strokes() + 1 < strokes() * 2",
         "the number of strokes plus 1 is less than the number of strokes times 2"),
        # of everybody
        ("glad(who : person) : boolean", "forall(p : person) glad(p)", "everybody is glad"),
        ("glad(who : person) : boolean", "!exists(p : person) glad(p)", "everybody is not glad"),
        ("neat(where : room) : boolean", "exists(r : room) neat(r) & pardoned()",
         "some room is neat and somebody has been pardoned"),
        ("zorp(who : person) : boolean", "believes(Ben, zorp(Ann))",
         "Ben thinks that Ann counts as “zorp”"),
    ],
)  # fmt: skip
def test_any_name_makes_a_clause(declared: str, condition: str, clause: str) -> None:
    assert said(declared, condition) == clause


WORDS = sorted(
    words(
        """accused as better broke by clue dead door ed from glooped has is knows lies no of open s
        sure things told up was zorp zorps"""
    )
)
NAMES = st.lists(
    st.sampled_from(WORDS),
    min_size=1,
    max_size=3,
).map("_".join)
THINGS = st.lists(st.sampled_from(["Ann", "Ben", "Hall", "Goose"]), max_size=4).map(tuple)
VALUES = st.sampled_from([True, False, None, 0.0, 2.5, "Ben", "Yard", "Cross"])
DECLARED = WORLD.replace("PROPERTY", "; property ".join(OTHERS.values()))
ANN = Plainly(unspoken.parse(DECLARED).model, "Ann")


@given(NAMES, THINGS, VALUES)
def test_no_name_comes_out_raw(name: str, things: tuple[Value, ...], value: Value) -> None:
    told = ANN.said(Fact(name, things), value)
    assert not set(told) & set("_()[]{}`"), told
