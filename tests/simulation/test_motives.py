"""What moves everybody: wishes and utilities, filled in and weighed alike."""

from __future__ import annotations

import pytest

from tests.conftest import sabre_world
from tests.simulation.hearts import DOOR, grounded
from unspoken.engine import load
from unspoken.simulation.motives import Motives

TOWN = """unspoken 1;
entity Ann : character;
entity Ben : character;
property rich(who : character) : boolean;
property gold(who : character) : number;
property shown() : number;
gold(Ann) = 2;
shown() = 1;
action dig(who : character) { effect: gold(who) = 5 & rich(who); consenting: who; };
action grow(who : character) { effect: gold(who) = gold(who) + 1; consenting: who; };
"""


def wishes(text: str, who: str = "Ann") -> dict[str, float]:
    """What each is worth at the beginning, by text."""
    ground = grounded(TOWN + text)
    state = ground.initial.mind(who)
    return {one.text: one.at(state).worth for one in Motives(ground).wishes(who)}


def test_terms_of_a_utility_are_wishes() -> None:
    assert wishes("utility(Ann): if(rich(Ann)) 1 else 0;") == {"if(rich(Ann)) 1 else 0": 0.0}
    assert wishes("rich(Ann); utility(Ann): if(rich(Ann)) 1 else 0;") == {
        "if(rich(Ann)) 1 else 0": 1.0
    }
    assert wishes("utility(Ben): if(rich(Ann)) 1 else 0;") == {}


def test_terms_are_divided_by_the_greatest_span_of_one() -> None:
    worth = wishes("rich(Ann); utility(Ann): gold(Ann) + (if(rich(Ann)) 20 else 0) - shown();")
    assert worth == {
        "gold(Ann)": pytest.approx(2 / 20),
        "if(rich(Ann)) 20 else 0": pytest.approx(1.0),
        "-(shown())": pytest.approx(-1 / 20),
    }
    assert wishes("utility(Ann): gold(Ann);") == {"gold(Ann)": pytest.approx(2 / 5)}


def test_a_small_utility_stays_small() -> None:
    worth = wishes("rich(Ann); utility(Ann): if(rich(Ann)) 0.5 else 0;")
    assert list(worth.values()) == [0.5]


def test_sums_are_spelled_out() -> None:
    worth = wishes("rich(Ben); utility(Ann): sum(c : character) (if(rich(c)) 1 else 0);")
    assert worth == {"if(rich(Ann)) 1 else 0": 0.0, "if(rich(Ben)) 1 else 0": 1.0}


def test_an_unknown_term_is_worth_its_middle() -> None:
    assert wishes("believes(Ann, gold(Ann) = ?); utility(Ann): gold(Ann);") == {"gold(Ann)": 0.5}
    assert wishes("believes(Ann, gold(Ann) = ?); utility(Ann): 0 - gold(Ann);") == {
        "-(gold(Ann))": -0.5
    }


def test_a_term_written_twice_counts_double() -> None:
    ground = grounded(TOWN + "utility(Ann): gold(Ann) + gold(Ann) + shown();")
    weights = {one.text: one.weight for one in Motives(ground).wishes("Ann")}
    assert weights == {"gold(Ann)": pytest.approx(2 / 10), "shown()": pytest.approx(1 / 10)}


def test_a_wish_of_one_alone() -> None:
    ground = grounded(TOWN + "wish wealth(Ann) { wants: rich(Ann); weight: 0.5; };")
    motives = Motives(ground)
    assert [one.text for one in motives.wishes("Ann")] == ["wealth(Ann)"]
    assert motives.wishes("Ben") == ()


def test_declarations_can_stand_in_any_order() -> None:
    lines = [
        "wish wealth(who : character) { wants: rich(who); weight: 0.5; };",
        "wish more(who : character) { wants: gold(who) > 3; weight: 0.2; };",
        "utility(Ann): gold(Ann);",
        "norm kind(who : character) { against: harm; weight: 0.5; };",
    ]
    one, other = (Motives(grounded(TOWN + "".join(text))) for text in (lines, lines[::-1]))
    assert [w.text for w in one.wishes("Ann")] == [w.text for w in other.wishes("Ann")]


def test_nobody_has_a_temperament_that_was_not_given() -> None:
    motives = Motives(grounded(TOWN + "temperament Ann { daring: 0.9; };"))
    assert (motives.temperament("Ann").daring, motives.temperament("Ben").daring) == (0.9, 0.5)


def test_a_hunch_knows_what_it_is_about() -> None:
    hunches = {one.text: one for one in Motives(grounded(DOOR)).hunches}
    assert sorted(hunches) == [
        "sure(Ann, Ann)",
        "sure(Ann, Ben)",
        "sure(Ben, Ann)",
        "sure(Ben, Ben)",
    ]
    one = hunches["sure(Ben, Ann)"]
    assert (one.of, one.heart, one.low, one.high) == ("loves(Ben, Ann)", "Ben", -3, 3)
    assert (one.supposing(True), one.supposing(False)) == ("loves(Ben, Ann)", "!loves(Ben, Ann)")


@pytest.mark.parametrize("name", ["lovers", "fantasy", "secretagent", "bribery"])
def test_published_worlds_have_wishes(name: str) -> None:
    ground = load(sabre_world(name))
    motives = Motives(ground)
    worlds_of = {one.character for one in ground.world.utilities} - {None}
    for who in motives.characters:
        assert (len(motives.wishes(who)) > 0) == (who in worlds_of)
        for wish in motives.wishes(who):
            assert -1 <= wish.at(ground.initial.mind(who)).worth <= 1


# Reading with doubt

CASES = [
    ("at(Ann) == Hall", {"Hall": 1.0, "Loft": 0.0, "?": 0.5}),
    ("at(Ann) != Hall", {"Hall": 0.0, "Loft": 1.0, "?": 0.5}),
    ("!(at(Ann) == Hall)", {"Hall": 0.0, "Loft": 1.0, "?": 0.5}),
    ("at(Ann) == ?", {"Hall": 0.0, "Loft": 0.0, "?": 1.0}),
    ("at(Ann) == Hall | at(Ben) == Loft", {"Hall": 1.0, "Loft": 1.0, "?": 1.0}),
    ("at(Ann) == Hall & at(Ben) == Loft", {"Hall": 1.0, "Loft": 0.0, "?": 0.5}),
    ("at(Ann) == Hall & at(Ben) == Hall", {"Hall": 0.0, "Loft": 0.0, "?": 0.0}),
    ("if(at(Ann) == Hall) at(Ben) == Hall", {"Hall": 0.0, "Loft": 1.0, "?": 0.5}),
    ("exists(c : character) at(c) == Hall", {"Hall": 1.0, "Loft": 0.0, "?": 0.5}),
    ("forall(c : character) at(c) == Loft", {"Hall": 0.0, "Loft": 1.0, "?": 0.5}),
    ("age(Ann) > 3", {"Hall": 0.5, "Loft": 0.5, "?": 0.5}),
    ("age(Ann) + 1 <= age(Ben)", {"Hall": 0.5, "Loft": 0.5, "?": 0.5}),
    ("at(Ann) : place", {"Hall": 1.0, "Loft": 1.0, "?": 0.5}),
    ("believes(Ben, at(Ann) == Hall)", {"Hall": 1.0, "Loft": 0.0, "?": 0.5}),
    ("believes(Ben, at(Ann)) != Hall", {"Hall": 0.0, "Loft": 1.0, "?": 0.5}),
]


@pytest.mark.parametrize(("wants", "met"), CASES)
def test_a_wish_is_met_or_not_or_who_knows(wants: str, met: dict[str, float]) -> None:
    for told, expected in met.items():
        ground = grounded(f"""unspoken 1;
            type place;
            entity Ann : character;
            entity Ben : character;
            entity Hall : place;
            entity Loft : place;
            property at(who : character) : place;
            property age(who : character) : number;
            action go(who : character, to : place) {{ effect: at(who) = to; consenting: who; }};
            action grow(who : character) {{ effect: age(who) = age(who) + 1; consenting: who; }};
            at(Ann) = Hall;
            at(Ben) = Loft;
            age(Ben) = 4;
            age(Ann) = ?;
            believes(Ann, at(Ann)) = {told};
            believes(Ann, believes(Ben, at(Ann))) = {told};
            wish it(Ann) {{ wants: {wants}; weight: 1; }};
        """)
        (wish,) = Motives(ground).wishes("Ann")
        assert wish.at(ground.initial.mind("Ann")).satisfied == expected, told
