"""Inner lives as state: what readers of signs come to believe, to any depth; and the planner."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.conftest import read_world
from tests.expectations import world_files, world_name
from unspoken.compiled import lower, number
from unspoken.engine import GroundWorld, State, load
from unspoken.language import parse, to_text
from unspoken.model import InnerLife, Storyworld
from unspoken.planning import Limits, print_plan, read_plan, solve
from unspoken.planning.replay import replay

PEOPLE = """unspoken 1;
type place;
entity Willow : character; entity Tara : character; entity Buffy : character;
entity Room : place; entity Hall : place;
property at(who : character) : place;
property loves(who : character, whom : character) : boolean;
property glad(who : character) : boolean;
hunch sure(who : character, whom : character) { of: loves(who, whom); from: -3; to: 3; };
action smile(who : character, whom : character) {
    precondition: who != whom; effect: glad(whom); consenting: who;
    observing(o : character): at(o) == at(who);
};
at(Willow) = Room; at(Tara) = Room; at(Buffy) = Room;
"""
SMILES = """
sign smile_means_love(reader : character, other : character) {
    seen: smile(other, *); for: sure(other, reader); };
"""


def model(text: str) -> Storyworld:
    world, said = parse(text, "world")
    assert world is not None, said
    return world


def after(ground: GroundWorld, *acts: str) -> State:
    state = ground.initial
    for act in acts:
        state = state.after(act)
    return state


def believes(state: State, fluent: str, *chain: str) -> object:
    for who in chain:
        state = state.mind(who)
    return state.value(fluent)


def odds(state: State, *chain: str, fluent: str = "sure(Willow, Tara)") -> object:
    return believes(state, fluent, *chain)


LOVES = "loves(Willow, Tara)"


# What stays as it was.


@pytest.mark.parametrize("file", world_files("cases", "reference/regressions"), ids=world_name)
def test_a_world_without_inner_life_is_the_very_same(file: Path) -> None:
    world = read_world(file)
    assert lower(world) is world
    assert load(world).lowered is world
    assert '"whole"' not in number(world)  # so surprise is the page's (semantics.md 2.4)


def test_lowering_is_done_once() -> None:
    lowered = lower(model(PEOPLE + SMILES))
    assert lowered.inner == InnerLife()
    assert lower(lowered) is lowered


@pytest.mark.parametrize("signs", [SMILES, ""])
def test_what_is_generated_is_a_world_that_can_be_written(signs: str) -> None:
    """The lowered world, printed, is read as the same numbers: nothing ill-typed or captured."""
    lowered = lower(model(PEOPLE + EVERYTHING + signs))
    again = model(to_text(lowered))
    assert again.properties == lowered.properties
    again = replace(again, properties=lowered.properties)  # no text says that a number is whole
    assert number(replace(again, name=lowered.name)) == number(lowered)


EVERYTHING = """
entity Tom : boy; type boy : character;
property met(a : character, b : character) : boolean;
property lost(b : boy) : boolean;
property linked(a : character, b : character) : boolean;
hunch pitied(b : boy) { of: lost(b); from: -2; to: 2; };
sign sorry(reader : character, third : boy, lamp : boolean) {
    seen: smile(third, reader); for: pitied(third); weight: -1;
    if: exists(lamp : boy) lost(lamp); };
sign sad(reader : boy, third : character, other : boy) {
    seen: smile(third, *); for: pitied(other); };
sign company(reader : character, other : boy) {
    when: at(reader) == at(other); if: met(reader, other); for: pitied(other); weight: -2; };
drive liking(who : character, whom : character) { from: -5; to: 5; baseline: 2; role: liking; };
rule bond { of: link, spread; known: Buffy; };
wish near(Tara, whom : character) {
    wants: at(Tara) == at(whom); weight: 0.5; drive: liking(Tara, whom); if: Tara != whom; };
wish found(who : character) { wants: exists(b : boy) !lost(b); weight: -0.25; };
utility(Tara): glad(Tara);
action link(a : character, b : character) {
    precondition: a != b & (lost(Tom) | !believes(b, loves(a, b)));
    effect: linked(a, b) & liking(a, b) = liking(a, b) + 4 & lost(Tom) = glad(a)
        & if(glad(a)) believes(b, sure(a, b)) = 1;
    consenting: a;
};
action cry(b : boy) { effect: forall(c : character) if(met(b, c)) believes(c, lost(b)); };
trigger spread(a : character, b : character) {
    precondition: linked(a, b) & !linked(b, a); effect: linked(b, a); };
"""


# Hunches.


def test_odds_make_belief_by_their_sign() -> None:
    ground = load(model(PEOPLE + SMILES + "believes(Tara, sure(Willow, Tara)) = -1;"))
    state = ground.initial
    seen = []
    for _ in range(5):
        seen.append((odds(state, "Tara"), believes(state, LOVES, "Tara")))
        state = state.after("smile(Willow, Tara)")
    assert seen == [(-1.0, False), (0.0, False), (1.0, True), (2.0, True), (3.0, True)]
    assert odds(state, "Tara") == 3.0
    assert believes(state, LOVES) is False
    assert odds(state) == 0.0


OUTRIGHT: list[tuple[str, dict[tuple[str, ...], float]]] = [
    ("believes(Tara, !loves(Willow, Tara));", {("Tara",): -3, (): 0, ("Buffy",): 0}),
    (
        "believes(Tara, loves(Willow, Tara));",
        {("Tara",): 3, ("Tara", "Willow"): 3, ("Willow", "Tara"): 0},
    ),
    # At that very chain, and further in as far as nothing else is said.
    (
        "believes(Buffy, believes(Tara, !loves(Willow, Tara)));",
        {("Buffy", "Tara"): -3, ("Buffy", "Tara", "Willow"): -3, ("Buffy",): 0, ("Tara",): 0},
    ),
    (
        """believes(Buffy, sure(Willow, Tara) = 2);
        believes(Buffy, believes(Tara, !loves(Willow, Tara)));""",
        {("Buffy",): 2, ("Buffy", "Willow"): 2, ("Buffy", "Tara"): -3},
    ),
    # What is so, everybody is sure of whom nothing else is said.
    (
        "loves(Willow, Tara); believes(Tara, !loves(Willow, Tara));",
        {(): 3, ("Tara",): -3, ("Buffy",): 3, ("Buffy", "Tara"): 3, ("Tara", "Buffy"): -3},
    ),
    # Odds win wherever they stand, and however they are written.
    (
        "believes(Tara, loves(Willow, Tara)); believes(Tara, sure(Willow, Tara)) = -1;",
        {("Tara",): -1},
    ),
    (
        "believes(Tara, sure(Willow, Tara) = -1); believes(Tara, loves(Willow, Tara));",
        {("Tara",): -1},
    ),
    (
        "believes(Tara, sure(Willow, Tara) = -1 & loves(Willow, Tara));",
        {("Tara",): -1, ("Tara", "Willow"): -1, ("Willow",): 0},
    ),
    (
        "believes(Tara, sure(Willow, Tara)) = 0; believes(Tara, loves(Willow, Tara));",
        {("Tara",): 0},
    ),
    # Odds for everybody do not speak of those of whom something is said.
    (
        """sure(Willow, Tara) = -9; believes(Tara, sure(Willow, Tara)) = 1; loves(Willow, Tara);
        believes(Buffy, loves(Willow, Tara)); sure(Willow, Tara) = -2;""",
        {(): 0, ("Tara",): 1, ("Buffy",): 3, ("Willow",): -2, ("Tara", "Buffy"): 1},
    ),
    # Of many at once, under conditions, as a value.
    (
        """glad(Willow); forall(c : character) if(c != Tara)
        believes(c, loves(Willow, Tara) = glad(Willow)); glad(Willow) = False;""",
        {("Willow",): 3, ("Buffy",): 3, ("Tara",): 0, (): 0},
    ),
    (
        "forall(lamp : character) believes(lamp, !loves(Willow, lamp));",
        {("Tara",): -3, ("Buffy",): 0},
    ),
]


@pytest.mark.parametrize(("said", "expected"), OUTRIGHT)
def test_who_is_said_to_believe_something_is_sure_of_it(
    said: str, expected: dict[tuple[str, ...], float]
) -> None:
    state = load(model(PEOPLE + SMILES + said)).initial
    assert {chain: odds(state, *chain) for chain in expected} == expected
    for chain in [*expected, ("Tara", "Buffy", "Willow"), ("Willow", "Buffy")]:
        leaning = odds(state, *chain)
        assert isinstance(leaning, float)
        assert leaning == 0 or believes(state, LOVES, *chain) is (leaning > 0)


def test_one_sign_does_not_turn_who_is_sure() -> None:
    state = load(model(PEOPLE + SMILES + "believes(Tara, !loves(Willow, Tara));")).initial
    seen = [believes(state := state.after("smile(Willow, Tara)"), LOVES, "Tara") for _ in range(4)]
    assert seen == [False, False, False, True]


def test_odds_of_zero_keep_what_was_believed() -> None:
    told = "believes(Tara, loves(Willow, Tara)); believes(Tara, sure(Willow, Tara)) = 0;"
    glum = """sign glum(reader : character, other : character) {
        seen: smile(*, reader); for: sure(other, reader); weight: -1; if: other == Buffy; };"""
    ground = load(model(PEOPLE + SMILES + glum + told))
    assert believes(ground.initial, LOVES, "Tara") is True
    assert believes(after(ground, "smile(Tara, Buffy)"), LOVES, "Tara") is True


def test_who_is_believed_to_love_is_believed_to_know_it() -> None:
    ground = load(model(PEOPLE + "believes(Tara, sure(Willow, Tara)) = 2;"))
    assert believes(ground.initial, LOVES, "Tara", "Willow") is True
    assert believes(ground.initial, LOVES, "Willow") is False


def test_odds_given_to_nobody_are_everybodys_and_not_the_truth() -> None:
    ground = load(model(PEOPLE + "sure(Willow, Tara) = 9;"))
    assert believes(ground.initial, LOVES) is False
    assert odds(ground.initial) == 0.0
    for chain in (("Tara",), ("Buffy",), ("Buffy", "Tara")):
        assert odds(ground.initial, *chain) == 3.0
        assert believes(ground.initial, LOVES, *chain) is True


# Signs.

BLUSH = """
property hidden(who : character) : boolean;
action blush(who : character, whom : character) {
    effect: glad(who);
    observing(o : character): at(o) == at(who) & (o == whom | !hidden(who));
};
sign blush_means_love(reader : character, other : character, whom : character) {
    seen: blush(other, whom); for: sure(other, whom); weight: 2; };
"""


def test_both_see_the_blush_and_each_other_see_it() -> None:
    state = after(load(model(PEOPLE + BLUSH)), "blush(Willow, Tara)")
    for chain in (("Tara",), ("Buffy",), ("Buffy", "Tara"), ("Tara", "Buffy", "Tara")):
        assert odds(state, *chain) == 2.0, chain
        assert believes(state, LOVES, *chain) is True, chain
    assert odds(state, "Willow") == 0.0
    assert odds(state, "Tara", "Willow") == 0.0
    assert believes(state, LOVES, "Willow") is False
    assert believes(state, LOVES, "Tara", "Willow") is True


def test_who_does_not_see_it_reads_nothing() -> None:
    state = after(load(model(PEOPLE + BLUSH + "at(Buffy) = Hall;")), "blush(Willow, Tara)")
    assert odds(state, "Tara") == 2.0
    assert odds(state, "Buffy") == 0.0
    assert odds(state, "Buffy", "Tara") == 0.0
    assert odds(state, "Tara", "Buffy") == 0.0


def test_who_is_believed_not_to_see_it_is_believed_to_read_nothing() -> None:
    """Tara thinks that Buffy is away, and is wrong; Buffy knows that Tara thinks so."""
    away = "believes(Tara, at(Buffy)) = Hall; believes(Buffy, believes(Tara, at(Buffy))) = Hall;"
    state = after(load(model(PEOPLE + BLUSH + away)), "blush(Willow, Tara)")
    assert odds(state, "Tara") == odds(state, "Buffy") == 2.0
    assert odds(state, "Tara", "Buffy") == 0.0
    assert odds(state, "Buffy", "Tara") == 2.0
    assert odds(state, "Buffy", "Tara", "Buffy") == 0.0


def test_somebody_may_see_without_being_aware_that_it_can() -> None:
    """Tara believes herself elsewhere: she perceives it all the same, as the action says."""
    state = after(
        load(model(PEOPLE + BLUSH + "believes(Tara, at(Tara)) = Hall;")), "blush(Willow, Tara)"
    )
    assert odds(state, "Tara") == 2.0


def test_a_liar_is_read_like_anybody_and_knows_its_own_heart() -> None:
    state = after(load(model(PEOPLE + SMILES)), "smile(Willow, Tara)", "smile(Willow, Tara)")
    assert believes(state, LOVES) is False
    assert believes(state, LOVES, "Willow") is False
    assert believes(state, LOVES, "Tara") is True
    assert believes(state, LOVES, "Willow", "Tara") is True
    assert odds(state, "Willow", "Tara") == 2.0
    assert odds(state, "Willow", fluent="sure(Willow, Willow)") == 0.0


def test_nobody_reads_itself_but_where_the_author_says_so() -> None:
    own = """sign own_smile(reader : character, other : character) {
        seen: smile(reader, other); for: sure(reader, other); };"""
    assert odds(after(load(model(PEOPLE + own)), "smile(Willow, Tara)"), "Willow") == 1.0
    plain = "sign any_smile(reader : character, other : character, whom : character) {"
    plain += "seen: smile(other, whom); for: sure(other, whom); };"
    state = after(load(model(PEOPLE + plain)), "smile(Willow, Tara)")
    assert odds(state, "Willow") == 0.0
    assert odds(state, "Tara") == odds(state, "Buffy") == 1.0


SEVERAL: list[tuple[str, float]] = [
    # Two sections for the same odds.
    (SMILES + SMILES.replace("smile_means_love", "again"), 2.0),
    # Overlapping parameters: one speaks of the reader, one of whoever is smiled at.
    (
        SMILES
        + """sign at_whom(reader : character, other : character, whom : character) {
            seen: smile(other, whom); for: sure(other, whom); weight: 2; };""",
        3.0,
    ),
    # One for and one against, and one whose condition fails.
    (
        SMILES
        + """sign polite(reader : character, other : character) {
            seen: smile(other, reader); for: sure(other, reader); weight: -2; };
        sign glad_already(reader : character, other : character) {
            seen: smile(other, *); for: sure(other, reader); weight: 5; if: glad(reader); };""",
        -1.0,
    ),
    # Somebody else for each filling of a parameter that is in none of the odds.
    (
        """sign crowd(reader : character, other : character, third : character) {
            seen: smile(other, *); for: sure(other, reader); if: third != other; };""",
        2.0,
    ),
    # A fixed reader, and a use without arguments.
    (
        """sign anything(reader : character) { seen: smile; for: sure(Willow, Tara); };""" + SMILES,
        2.0,
    ),
]


@pytest.mark.parametrize(("signs", "sum_"), SEVERAL)
def test_signs_of_one_event_add_up(signs: str, sum_: float) -> None:
    state = after(load(model(PEOPLE + signs)), "smile(Willow, Tara)")
    for chain in (("Tara",), ("Buffy", "Tara"), ("Willow", "Tara")):
        assert odds(state, *chain) == sum_, chain


def test_a_sign_counts_beside_what_the_author_says_of_the_odds() -> None:
    praise = """action praise(who : character, whom : character) {
        precondition: who != whom;
        effect: believes(whom, sure(who, whom)) = believes(whom, sure(who, whom)) + VALUE; };
    sign praise_means_love(reader : character, other : character) {
        seen: praise(other, reader); for: sure(other, reader); };"""
    for value, sum_ in (("1", 2.0), ("9", 3.0)):
        ground = load(model(PEOPLE + praise.replace("VALUE", value)))
        assert odds(after(ground, "praise(Willow, Tara)"), "Tara") == sum_
    alone = praise.replace("VALUE", "9").split("sign")[0]
    assert odds(after(load(model(PEOPLE + alone)), "praise(Willow, Tara)"), "Tara") == 3.0


def test_the_condition_of_a_sign_is_the_readers() -> None:
    signs = """sign alone(reader : character, other : character) {
        seen: smile(other, reader); for: sure(other, reader); if: at(Buffy) == Hall; };"""
    wrong = "believes(Tara, at(Buffy)) = Hall;"
    state = after(load(model(PEOPLE + signs + wrong)), "smile(Willow, Tara)")
    assert odds(state, "Tara") == 1.0
    assert odds(state, "Willow", "Tara") == 0.0
    assert odds(after(load(model(PEOPLE + signs)), "smile(Willow, Tara)"), "Tara") == 0.0


def test_a_sign_that_comes_to_hold_is_given_once() -> None:
    come = """action come(who : character, to : place) {
        precondition: at(who) != to; effect: at(who) = to; consenting: who; };
    sign visit(reader : character, other : character) {
        when: at(other) == Room & at(reader) == Room; for: sure(other, reader); };"""
    ground = load(model(PEOPLE + come + "at(Willow) = Hall;"))
    assert odds(ground.initial, "Tara") == 0.0
    state = after(ground, "come(Willow, Room)")
    assert odds(state, "Tara") == odds(state, "Buffy", "Tara") == 1.0
    state = after(ground, "come(Willow, Room)", "come(Willow, Hall)", "come(Willow, Room)")
    assert odds(state, "Tara") == 1.0
    assert ground.fluent("visit.given(Tara, Willow)") in ground.fluents


# Odds and what is seen or told outright.


def test_who_is_told_outright_is_sure() -> None:
    tell = """action swear(who : character, whom : character) {
        effect: believes(whom, loves(who, whom)); consenting: who; };
    action deny(who : character, whom : character) {
        effect: !loves(who, whom); consenting: who; observing(o : character): at(o) == at(who); };
    """
    ground = load(model(PEOPLE + SMILES + tell + "believes(Tara, sure(Willow, Tara)) = -2;"))
    state = after(ground, "swear(Willow, Tara)")
    assert (odds(state, "Tara"), believes(state, LOVES, "Tara")) == (3.0, True)
    assert (odds(state, "Buffy", "Tara"), odds(state, "Buffy")) == (3.0, 0.0)
    state = state.after("deny(Willow, Tara)")
    assert (odds(state, "Tara"), believes(state, LOVES, "Tara")) == (-3.0, False)


CONFESS = """
action confess(who : character, whom : character) {
    precondition: loves(who, whom); effect: glad(whom); consenting: who;
    observing(o : character): at(o) == at(who); };
action hope(who : character, whom : character) {
    precondition: believes(who, loves(whom, who)); effect: glad(who); consenting: who;
    observing(o : character): at(o) == at(who); };
action either(who : character, whom : character) {
    precondition: glad(who) | loves(who, whom); effect: glad(whom); consenting: who;
    observing(o : character): at(o) == at(who); };
loves(Willow, Tara);
believes(Willow, sure(Willow, Tara)) = 0;
believes(Tara, sure(Willow, Tara)) = -2;
believes(Buffy, sure(Willow, Tara)) = 1;
"""


def test_what_is_seen_to_be_so_is_not_undone_by_doubt() -> None:
    state = after(load(model(PEOPLE + CONFESS)), "confess(Willow, Tara)")
    for chain in (("Tara",), ("Buffy",), ("Buffy", "Tara"), ("Willow", "Tara")):
        assert (odds(state, *chain), believes(state, LOVES, *chain)) == (3.0, True), chain
    assert odds(state, "Willow") == 0.0


def test_who_is_not_there_keeps_its_doubt() -> None:
    ground = load(model(PEOPLE + CONFESS + "at(Tara) = Hall;"))
    assert odds(after(ground, "confess(Willow, Tara)"), "Tara") == -2.0


def test_who_is_seen_to_act_on_a_belief_is_taken_to_lean_that_way() -> None:
    hopeful = "believes(Tara, sure(Willow, Tara)) = 2;"
    hopeful += "believes(Buffy, believes(Tara, sure(Willow, Tara))) = -2;"
    state = after(load(model(PEOPLE + CONFESS + hopeful)), "hope(Tara, Willow)")
    assert odds(state, "Tara") == 2.0
    assert (odds(state, "Buffy", "Tara"), believes(state, LOVES, "Buffy", "Tara")) == (1.0, True)


def test_one_way_among_others_proves_nothing_unless_it_surprises() -> None:
    ground = load(model(PEOPLE + CONFESS + "glad(Willow);"))
    assert odds(after(ground, "either(Willow, Tara)"), "Tara") == -2.0
    ground = load(model(PEOPLE + CONFESS))
    state = after(ground, "either(Willow, Tara)")
    assert (odds(state, "Tara"), believes(state, LOVES, "Tara")) == (3.0, True)
    assert odds(state, "Buffy") == 1.0


def test_what_an_act_makes_so_beats_what_it_took() -> None:
    fall = """action fall(who : character, whom : character) {
        precondition: !loves(who, whom); effect: loves(who, whom); };"""
    state = after(load(model(PEOPLE + SMILES + fall)), "fall(Willow, Tara)")
    for chain in ((), ("Tara",), ("Buffy",), ("Buffy", "Willow", "Tara")):
        assert believes(state, LOVES, *chain) is True, chain
    assert odds(state, "Buffy") == 3.0


def test_what_is_told_from_without_is_not_undone_by_doubt() -> None:
    ground = load(model(PEOPLE + CONFESS))
    state = ground.initial.told([(("Tara",), LOVES, True)])
    assert (odds(state, "Tara"), believes(state, LOVES, "Tara")) == (3.0, True)
    state = ground.initial.told([(("Tara",), "sure(Willow, Tara)", 1.0)])
    assert (odds(state, "Tara"), believes(state, LOVES, "Tara")) == (1.0, True)


# Who is surprised by how sure somebody is, or at what level a drive.

DARES = """
action dare(who : character, whom : character) {
    precondition: who != whom & believes(who, sure(whom, who)) >= 2; consenting: who;
    effect: glad(who);
};
action shun(who : character, whom : character) {
    precondition: who != whom & believes(who, sure(whom, who)) != 0
        & believes(who, sure(whom, who)) != -1; effect: !glad(who); consenting: who;
};
sign cold(reader : character, other : character) {
    seen: shun(reader, other); for: sure(other, reader); weight: -1; };
believes(Tara, sure(Willow, Tara)) = 3;
believes(Buffy, believes(Tara, sure(Willow, Tara))) = -3;
"""


def test_who_is_surprised_by_odds_takes_them_no_farther_than_it_must() -> None:
    """And they go on moving: nobody's odds are lost, nor what follows their sign."""
    ground = load(model(PEOPLE + SMILES + DARES))
    of_tara = ("Buffy", "Tara")
    assert believes(ground.initial, LOVES, *of_tara) is False
    state = after(ground, "dare(Tara, Willow)")
    assert (odds(state, *of_tara), believes(state, LOVES, *of_tara)) == (2.0, True)
    assert odds(state, "Tara") == 3.0  # who is right is not surprised
    assert odds(state, "Willow", "Tara") == 2.0  # from 0
    state = state.after("smile(Willow, Tara)")
    assert (odds(state, *of_tara), believes(state, LOVES, *of_tara)) == (3.0, True)
    for left in (2.0, 1.0, 0.0, -1.0):
        state = state.after("shun(Tara, Willow)")
        assert odds(state, *of_tara) == left
    assert believes(state, LOVES, *of_tara) is False


@pytest.mark.parametrize(
    ("tara", "held", "taken"),
    [("3", "0", 1.0), ("3", "-1", 1.0), ("-3", "0", -2.0), ("-3", "-1", -2.0), ("2", "1", 1.0)],
)
def test_all_that_is_seen_holds_on_the_way_to_what_is_so(
    tara: str, held: str, taken: float
) -> None:
    """Neither 0 nor -1 it is; it is passed over towards where the truth lies."""
    start = f"""believes(Tara, sure(Willow, Tara)) = {tara};
        believes(Buffy, believes(Tara, sure(Willow, Tara))) = {held};"""
    text = PEOPLE + DARES.partition("sign")[0] + start
    assert odds(after(load(model(text)), "shun(Tara, Willow)"), "Buffy", "Tara") == taken


def test_who_sees_two_compared_mends_both_if_it_must() -> None:
    text = """action prefer(who : character, a : character, b : character) {
        precondition: a != b & believes(who, sure(a, who)) > believes(who, sure(b, who));
        effect: glad(a); };
    believes(Tara, sure(Willow, Tara)) = 1; believes(Tara, sure(Buffy, Tara)) = -2;
    believes(Buffy, believes(Tara, sure(Willow, Tara))) = -3;
    believes(Buffy, believes(Tara, sure(Buffy, Tara))) = 2;"""
    state = after(load(model(PEOPLE + text)), "prefer(Tara, Willow, Buffy)")
    assert odds(state, "Buffy", "Tara") == -1.0
    assert odds(state, "Buffy", "Tara", fluent="sure(Buffy, Tara)") == -2.0


@pytest.mark.parametrize(
    ("needs", "so", "held", "taken"),
    [
        # Only the first must go; the other is below it then.
        ("a() > b()", (5, 2, 0), (0, 0, 0), (3, 0, 0)),
        # The first would do if the other were as it is, so the other goes.
        ("a() >= b()", (4, 2, 0), (3, 5, 0), (3, 3, 0)),
        # Where the first goes, the second is no longer at most as much.
        ("a() <= 1 & a() >= b()", (1, 0, 0), (3, 2, 0), (1, 1, 0)),
        # Nor is the first as much as what is seen to be the case.
        ("n() == 3 & a() >= n()", (4, 0, 3), (1, 0, 0), (3, 0, 3)),
        # What is no whole number is not known any more, and takes nothing with it.
        ("n() > 3 & a() >= n()", (5, 0, 4), (2, 0, 2), (2, 0, None)),
        ("a() != 0", (5, 0, 0), (0, 0, 0), (1, 0, 0)),
        ("a() != 0", (-5, 0, 0), (0, 0, 0), (-1, 0, 0)),
    ],
)
def test_what_goes_takes_along_what_no_longer_holds_and_nothing_else(
    needs: str,
    so: tuple[int, ...],
    held: tuple[int, ...],
    taken: tuple[float | None, ...],
) -> None:
    names = ("a(Tara)", "b(Tara)", "n(Tara)")
    text = "property n(who : character) : number;"
    text += "".join(f"drive {n}(who : character) {{ from: -9; to: 9; }};" for n in "ab")
    for name, real, believed in zip(names, so, held, strict=True):
        text += f"{name} = {real}; believes(Buffy, {name}) = {believed};"
    needs = needs.replace("()", "(Tara)")
    text += f"action show() {{ precondition: {needs}; effect: glad(Tara); }};"
    text += "action stir() { effect: n(Tara) = n(Tara) + 1; };"
    state = after(load(model(PEOPLE + text)), "show()")
    assert tuple(believes(state, name, "Buffy") for name in names) == taken


def test_what_only_a_surprise_brings_about_is_reckoned_with() -> None:
    """A number that nothing sets: acts that take it are not left out, and plans find the way."""
    text = """drive liking(who : character) { from: 0; to: 10; }; liking(Tara) = 8;
        believes(Buffy, liking(Tara)) = 1;
        action hug(who : character) { precondition: liking(who) > 4.5; effect: glad(who); };
        action muse() { precondition: believes(Buffy, liking(Tara)) == 5; effect: mused(); };
        action leave() { effect: liking(Tara) = 1; };
        property mused() : boolean; utility(): mused();"""
    world = model(PEOPLE + text)
    for ground in (load(world), load(lower(world))):  # in a run, any level may be told
        solution = solve(ground, limits=Limits(author=3, character=1, epistemic=1))
        assert solution.plan is not None
        assert solution.plan.acts == ("hug(Tara)", "muse()")
        outlook = ground.raw.outlook(ground.raw.initial(), None, at_least=1.0)
        assert outlook is not None
        assert outlook[0] == 2


def test_levels_stay_known_and_other_numbers_do_not() -> None:
    """Of a number that no section declares, surprise leaves nothing known (semantics.md 2.4)."""
    declared = ["property liking(who : character) : number; liking(Tara) = 8;"]
    declared += ["drive liking(who : character) { from: 0; to: 10; }; liking(Tara) = 8;"]
    act = """believes(Buffy, liking(Tara)) = 1;
        action hug(who : character) { precondition: liking(who) > 4.5; effect: glad(who); };
        action tease(who : character) { effect: liking(who) = liking(who) - 1; };"""
    for text, known in zip(declared, ([None, None], [5.0, 4.0]), strict=True):
        ground = load(model(PEOPLE + text + act))
        states = (after(ground, "hug(Tara)"), after(ground, "hug(Tara)", "tease(Tara)"))
        assert [believes(state, "liking(Tara)", "Buffy") for state in states] == known


@pytest.mark.parametrize(
    ("needs", "taken"),
    [
        ("far(Tara) > 7000000000000000", 7000000000000001),
        ("far(Tara) != 0", 1),
        ("far(Tara) * 3 >= far(Willow) + 20", 16666666666666),
        ("far(Tara) * far(Tara) >= 1000000000000000000000000000000", 1000000000000000),
        ("far(Tara) / 2 == 2000000000001", 4000000000002),
    ],
)
def test_who_is_surprised_goes_no_farther_than_it_must_however_far(needs: str, taken: int) -> None:
    so = taken if "==" in needs else 9007199254740992
    text = f"""drive far(who : character) {{ from: 0; to: 9007199254740992; }};
        far(Tara) = {so}; far(Willow) = 49999999999978; believes(Buffy, far(Tara) = 0);
        action show() {{ precondition: {needs}; effect: glad(Tara); }};"""
    state = after(load(model(PEOPLE + text)), "show()")
    assert believes(state, "far(Tara)", "Buffy") == taken


def test_there_are_no_steps_between_numbers_that_are_not_exact() -> None:
    text = """unspoken 1; entity Ann : character;
        drive far(who : character) { to: 9007199254740994; };
        drive near(who : character) { to: 9007199254740992; };"""
    wholes = {one.name: one.whole for one in lower(model(text)).properties}
    assert wholes == {"far": False, "near": True}


# Drives, wishes, rules.


def test_drives_begin_at_their_baseline_and_stay_in_bounds() -> None:
    text = """drive liking(who : character, whom : character) {
        from: 0; to: 10; baseline: 4; role: liking; };
    action gift(who : character, whom : character) {
        effect: liking(whom, who) = liking(whom, who) + 4; };
    action insult(who : character, whom : character) {
        effect: believes(whom, liking(who, whom)) = -20 & liking(whom, who) = -20; };
    liking(Buffy, Tara) = 6; liking(Buffy, Willow) = 60;"""
    ground = load(model(PEOPLE + text))
    gifts = ["gift(Willow, Tara)"] * 3
    levels = [after(ground, *gifts[:n]).value("liking(Tara, Willow)") for n in range(4)]
    assert levels == [4.0, 8.0, 10.0, 10.0]
    assert ground.initial.value("liking(Buffy, Tara)") == 6.0
    assert ground.initial.value("liking(Buffy, Willow)") == 10.0
    state = after(ground, "insult(Willow, Tara)")
    assert state.value("liking(Tara, Willow)") == 0.0
    assert believes(state, "liking(Willow, Tara)", "Tara") == 0.0


def test_wishes_add_to_what_somebody_wants() -> None:
    text = """drive liking(who : character, whom : character) { from: 0; to: 10; baseline: 5; };
    wish near(Tara, whom : character) {
        wants: at(whom) == at(Tara); weight: 0.5; drive: liking(Tara, whom); if: whom != Tara; };
    wish shy(who : character) { wants: glad(who); weight: -0.25; if: who != Buffy; };
    utility(Tara): glad(Tara); utility(Buffy): 3; at(Buffy) = Hall; glad(Tara);"""
    state = load(model(PEOPLE + text)).initial
    assert state.utility("Tara") == 1 + 0.5 / 10 * 5 - 0.25
    assert state.utility("Willow") == 0.0
    assert state.utility("Buffy") == 3.0
    assert state.utility() == 0.0


def test_a_wish_may_be_about_what_somebody_believes() -> None:
    text = "wish secret(who : character) { wants: believes(Tara, loves(who, Tara)); weight: -1; };"
    ground = load(model(PEOPLE + SMILES + text))
    state = after(ground, "smile(Willow, Tara)")
    assert state.mind("Willow").utility("Willow") == -1.0
    assert ground.initial.utility("Willow") == 0.0


RULES = """
property linked() : boolean; property heard() : boolean; property read(who : character) : boolean;
rule bond { of: open_link, link_sings; known: Buffy; };
action open_link() { precondition: !linked(); effect: linked();
    observing(o : character): at(o) == Room; };
trigger link_sings() { precondition: linked() & !heard(); effect: heard(); };
action study(who : character) { precondition: !read(who); effect: read(who) & believes(who, bond());
    consenting: who; };
action link_quietly() { precondition: !linked(); effect: linked(); };
"""


def test_who_does_not_know_a_rule_does_not_see_it_at_work() -> None:
    ground = load(model(PEOPLE + RULES))
    state = after(ground, "link_quietly()")
    assert [believes(state, "heard()", *c) for c in ((), ("Buffy",), ("Tara",))] == [
        True,
        True,
        False,
    ]
    assert believes(state, "heard()", "Buffy", "Tara") is False
    assert believes(state, "heard()", "Tara", "Buffy") is False


def test_who_does_not_know_a_rule_does_not_foresee_it() -> None:
    ground = load(model(PEOPLE + RULES))
    act = ground.action("open_link()")
    assert ground.initial.allows(act)
    assert ground.initial.mind("Buffy").allows(act)
    assert not ground.initial.mind("Tara").allows(act)
    assert not ground.initial.mind("Buffy").mind("Tara").allows(act)


def test_those_who_know_a_rule_know_of_each_other_that_they_know_who_does_not() -> None:
    """Two who know it; each takes the other to take Tara for ignorant, and so on."""
    ground = load(model(PEOPLE + RULES.replace("known: Buffy;", "known: Buffy, Willow;")))
    for depth in range(6):
        for chain in product(("Buffy", "Willow", "Tara"), repeat=depth):
            assert believes(ground.initial, "bond()", *chain) is ("Tara" not in chain), chain


def test_whoever_is_said_to_know_a_rule_knows_who_does_not() -> None:
    """And nobody else knows that she knows it."""
    ground = load(model(PEOPLE + RULES + "believes(Tara, bond());"))
    for chain, known in {
        ("Tara",): True,
        ("Tara", "Buffy"): True,
        ("Tara", "Buffy", "Tara"): False,
        ("Tara", "Willow"): False,
        ("Buffy", "Tara"): False,
    }.items():
        assert believes(ground.initial, "bond()", *chain) is known, chain


def test_rules_are_learnt_by_reading_and_by_surprise() -> None:
    ground = load(model(PEOPLE + RULES + "at(Willow) = Hall;"))
    assert after(ground, "study(Tara)").mind("Tara").allows(ground.action("open_link()"))
    state = after(ground, "open_link()")
    assert believes(state, "bond()", "Tara") is True
    assert believes(state, "heard()", "Tara") is True
    assert believes(state, "bond()", "Willow") is False
    told = ground.initial.told([(("Willow",), "bond()", True)])
    assert told.mind("Willow").allows(ground.action("open_link()"))


# Names and places.


def test_an_authors_events_keep_their_places() -> None:
    text = PEOPLE + EVERYTHING + SMILES
    world = model(text)
    ground = load(world)
    assert ground.world is world
    lowered = ground.lowered
    for mine, theirs in ((world.actions, lowered.actions), (world.triggers, lowered.triggers)):
        assert [e.name for e in theirs[: len(mine)]] == [e.name for e in mine]
    assert [t.name for t in lowered.triggers[len(world.triggers) :]] == [
        "sure.settles",
        "pitied.settles",
        "company.given",
    ]
    smile = ground.action("smile(Willow, Tara)")
    assert smile.schema == world.actions[0]


def test_a_name_that_the_author_has_is_not_taken() -> None:
    text = PEOPLE + "trigger sure.settles() { precondition: glad(Tara); effect: !glad(Tara); };"
    names = [trigger.name for trigger in lower(model(text)).triggers]
    assert names == ["sure.settles", "sure.settles.1"]


# Planning over hunches.

HOPE = """
property dared() : boolean;
wish ease(Willow) { wants: believes(Tara, loves(Willow, Tara)); weight: 1; };
wish love(Tara) { wants: dared(); weight: 1; };
action ask(who : character) {
    precondition: believes(who, loves(Willow, who)) & !dared(); effect: dared(); consenting: who; };
utility(): dared();
believes(Tara, sure(Willow, Tara)) = -1;
believes(Willow, believes(Tara, sure(Willow, Tara))) = -1;
"""


def test_a_plan_gives_as_many_signs_as_it_takes() -> None:
    """Tara dares to ask once she is hopeful; it takes two smiles."""
    ground = load(model(PEOPLE + SMILES + HOPE))
    solution = solve(ground, limits=Limits(author=4, character=4, epistemic=2))
    assert solution.plan is not None
    smiles, asks = solution.plan.acts[:-1], solution.plan.acts[-1]
    assert len(smiles) == 2
    assert all(act.startswith("smile(Willow, ") for act in smiles)
    assert asks == "ask(Tara)"
    assert replay(ground, solution.plan).is_valid
    again, said = read_plan(print_plan(solution.plan), "hope.plan")
    assert not said
    assert again is not None
    assert replay(ground, again).is_valid


def test_no_plan_is_shorter_than_the_signs_it_takes() -> None:
    ground = load(model(PEOPLE + SMILES + HOPE.replace("= -1;", "= -2;")))
    limits = Limits(author=3, character=4, epistemic=2)
    assert solve(ground, limits=limits).outcome == "impossible"
    solution = solve(ground, limits=Limits(author=4, character=4, epistemic=2))
    assert solution.plan is not None
    assert len(solution.plan.acts) == 4


def test_everything_at_once_can_be_walked_and_planned() -> None:
    ground = load(model(PEOPLE + EVERYTHING + SMILES))
    state = ground.initial
    for place in range(6):
        options = state.possible()
        state = state.after(options[place * 7 % len(options)])
    ground.raw.check_invariants()
