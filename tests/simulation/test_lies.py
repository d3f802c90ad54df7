"""A lie is felt for as long as it is one: until all of it has come true, as the liar believes."""

from __future__ import annotations

from tests.simulation.runs import HEAD, log, run
from unspoken.simulation.moment import Moment

LIE = (
    HEAD
    + """
property gone() : boolean;
property paid() : boolean;
property looked() : boolean;
property asked() : boolean;
property quiet() : boolean;
property poor() : boolean;
believes(Ann, !gone() & !paid());
action say_gone(Ann) {
    precondition: !quiet();
    effect: believes(Ben, gone()) & believes(Ben, paid()) & quiet();
    consenting: Ann;
};
action look(Ann) {
    precondition: quiet() & !looked(); effect: looked() & believes(Ann, gone()); consenting: Ann; };
action ask(Ann) {
    precondition: looked() & !asked(); effect: asked() & believes(Ann, paid()); consenting: Ann; };
action earn(Ann) {
    precondition: poor() & asked(); effect: !poor(); consenting: Ann; };
wish rest(Ann) { wants: quiet(); weight: 0.9; };
wish know(Ann) { wants: looked(); weight: 0.5; };
wish know_more(Ann) { wants: asked(); weight: 0.5; };
wish purse(Ann) { wants: poor(); weight: -0.4; };
norm honest(who : character) { against: lie; weight: 0.4; };
gone(); paid();
"""
)
"""Ann says that he has gone and has paid, to have some peace, and believes neither. Both are so:
she finds out the one, then the other."""
ALL = 4
COSTLY = LIE.replace("paid()) & quiet();", "paid()) & quiet() & poor();")
"""And she pays for her peace."""


def felt(moment: Moment) -> list[str]:
    return [one.removeprefix("Ann feels ") for one in log(moment, "feel") if "joy" not in one]


def test_guilt_for_a_lie_ends_where_it_turns_out_to_be_true() -> None:
    moment = run(LIE, 3)
    assert log(moment, "act") == ["say_gone(Ann)", "look(Ann)", "ask(Ann)"]
    assert felt(moment) == ["guilt", "relief"]
    assert moment.minds["Ann"].feelings.strength("guilt", moment.round) == 0.0


def test_it_is_a_lie_until_all_of_it_is_true() -> None:
    """Whichever of the two untruths is known first, of which one comes first by name."""
    mixed = (
        LIE.replace("gone()", "other()").replace("paid()", "gone()").replace("other()", "paid()")
    )
    for text in (LIE, mixed):
        half = run(text, 2)
        assert log(half, "act") == ["say_gone(Ann)", "look(Ann)"]
        assert felt(half) == ["guilt"]
        assert half.minds["Ann"].feelings.strength("guilt", 2) > 0.2
        assert felt(run(text, 3)) == ["guilt", "relief"]


def test_what_it_cost_is_felt_on_where_it_turns_out_to_be_true() -> None:
    """Remorse is guilt, and distress about what the lie cost: the guilt ends, and that does not."""
    moment = run(
        COSTLY.replace("action earn(Ann) {", "action earn(Cat) {").replace(
            "!poor(); consenting: Ann", "!poor(); consenting: Cat"
        )
        + "entity Cat : character;",
        3,
    )
    assert felt(moment) == ["remorse", "distress", "relief"]
    (relief,) = (one for one in moment.events if one.name == "relief")
    assert relief.about == "honest(Ann)"
    feelings = moment.minds["Ann"].feelings
    assert feelings.strength("guilt", moment.round) == 0.0
    assert feelings.strength("distress", moment.round) > 0.2


def test_what_it_cost_is_made_good_and_it_is_a_lie_all_the_same() -> None:
    """The distress ends, and the guilt does not."""
    told = COSTLY.replace("asked() & believes(Ann, paid())", "asked()")
    moment = run(told, ALL)
    assert log(moment, "act") == ["say_gone(Ann)", "look(Ann)", "ask(Ann)", "earn(Ann)"]
    assert felt(moment) == ["remorse", "relief", "guilt"]
    (relief,) = (one for one in moment.events if one.name == "relief")
    assert relief.about == "purse(Ann)"
    feelings = moment.minds["Ann"].feelings
    assert feelings.strength("distress", moment.round) == 0.0
    assert feelings.strength("guilt", moment.round) > 0.1


def test_what_turns_out_to_be_no_lie_and_costs_nothing_is_over() -> None:
    moment = run(COSTLY, ALL)
    assert felt(moment) == ["remorse", "distress", "relief", "relief"]
    assert {one.word for one in moment.minds["Ann"].feelings.felt(moment.round)} == {
        "joy",
        "relief",
    }


def test_else_it_stays() -> None:
    moment = run(LIE.replace("looked() & believes(Ann, gone())", "looked()"), 3)
    assert felt(moment) == ["guilt"]
    assert moment.minds["Ann"].feelings.strength("guilt", moment.round) > 0.1
