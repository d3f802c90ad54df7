"""A mind's view: what it believes, and nothing that it does not."""

from __future__ import annotations

import pytest

from tests.simulation.hearts import DOOR, decision, grounded, view
from unspoken.engine import GroundWorld, State
from unspoken.simulation.choice import Disposition
from unspoken.simulation.motives import Motives
from unspoken.simulation.view import View

ROOMS = """unspoken 1;
type place;
entity Ann : character;
entity Ben : character;
entity Cat : character;
entity Hall : place;
entity Loft : place;
property at(who : character) : place;
property key() : place;
property met(who : character) : boolean;
action wave(who : character) {
    effect: met(who);
    consenting: who;
    observing(o : character): at(o) == at(who);
};
at(Ann) = Hall;
at(Ben) = Hall;
at(Cat) = Loft;
drive warmth(who : character, whom : character) { from: 0; to: 10; baseline: 0; role: liking; };
drive dread(who : character) { from: 0; to: 10; baseline: 2; role: anxiety; };
drive awe(who : character, whom : character) { from: 0; to: 4; baseline: 0; role: anxiety; };
wish found(who : character) { wants: key() == Hall; weight: 0.5; };
wish company(who : character) { wants: met(who); weight: 0.5; drive: warmth(who, Ben); };
"""


def test_unknown_is_half_met() -> None:
    for told, met in (("Hall", 1.0), ("Loft", 0.0), ("?", 0.5)):
        seen = view(grounded(f"{ROOMS} key() = Hall; believes(Ann, key()) = {told};"), "Ann")
        (wish,) = [one for one in seen.wishes if one.text == "found(Ann)"]
        assert seen.satisfied(wish) == met
        (company,) = [one for one in seen.wishes if one.text == "company(Ann)"]
        assert seen.strength(company) == 0.0, "without warmth it is no wish"


def test_a_wish_weighs_in_proportion_to_its_drive() -> None:
    seen = view(grounded(f"{ROOMS} warmth(Ann, Ben) = 4;"), "Ann")
    (company,) = [one for one in seen.wishes if one.text == "company(Ann)"]
    assert seen.strength(company) == 0.2
    assert seen.liking("Ben") == 0.4
    assert seen.liking("Cat") == 0.0


def test_those_are_here_who_would_see_it() -> None:
    ground = grounded(f"{ROOMS} believes(Ben, at(Ann)) = Loft;")
    ann, ben = view(ground, "Ann"), view(ground, "Ben")
    wave = ground.action("wave(Ann)")
    assert ann.observers(wave) == ("Ben",)
    assert ann.present("Ben")
    assert not ann.present("Cat")
    assert not ben.present("Ann"), "as he believes"


def test_those_are_here_of_whom_the_author_says_so() -> None:
    """However private most of what one can do is, and from how far the rest is seen."""
    here = "presence here(one : character, other : character) { when: at(one) == at(other); };"
    ground = grounded(f"{ROOMS} {here} believes(Ben, at(Ann)) = Loft;")
    assert view(ground, "Ann").near() == {
        other
        for other in ("Ben", "Cat")
        if ground.initial.mind("Ann").value(f"at({other})") == "Hall"
    }
    assert not view(ground, "Ben").present("Ann"), "as he believes"
    nowhere = here.replace("at(one) == at(other)", "at(one) != at(one)")
    assert view(grounded(f"{ROOMS} {nowhere}"), "Ann").near() == frozenset()
    far = "presence far(one : character, other : character) { when: at(one) == at(one); };"
    both = f"{nowhere} {far}"
    assert view(grounded(f"{ROOMS} {both}"), "Ann").near() == {"Ben", "Cat"}


def test_anxiety_is_of_those_who_are_there() -> None:
    text = f"{ROOMS} dread(Ann) = 2; awe(Ann, Ben) = 3; awe(Ann, Cat) = 4;"
    ground = grounded(text)
    ann = view(ground, "Ann")
    assert ann.anxiety() == 0.2
    assert ann.anxiety(ground.action("wave(Ann)")) == 0.75


def test_odds_are_likelihoods() -> None:
    for odds, likely in ((-3, 0.0), (-1, 1 / 3), (0, 0.5), (2, 5 / 6), (3, 1.0)):
        ground = grounded(f"{DOOR} believes(Ann, sure(Ben, Ann)) = {odds};")
        ann = view(ground, "Ann")
        (hunch,) = [one for one in ann.motives.hunches if one.text == "sure(Ben, Ann)"]
        assert ann.probability(hunch) == pytest.approx(likely)
        assert (hunch in ann.unsure()) == (abs(odds) < 3)
        ben = view(ground, "Ben")
        assert ben.probability(hunch) == 1.0, "he knows his own heart"


def test_supposing_changes_hearts_as_this_mind_imagines_them() -> None:
    ground = grounded(f"{DOOR} believes(Ann, sure(Ben, Ann)) = -1;")
    ann = view(ground, "Ann")
    hunches = [one for one in ann.unsure() if one.text == "sure(Ben, Ann)"]
    so, not_so = ann.suppose(hunches)
    loves, bens = "loves(Ben, Ann)", "sure(Ben, Ann)"
    assert (so.so, not_so.so) == ((True,), (False,))
    assert so.likelihood == pytest.approx(1 / 3)
    assert so.likelihood + not_so.likelihood == pytest.approx(1)
    for world, value in ((so, True), (not_so, False)):
        believed = world.view.believed
        assert believed.value(loves) is value
        assert believed.mind("Ben").value(loves) is value
        assert believed.mind("Ann").value(loves) is value, "and she would be sure of it"
        assert believed.value(bens) == (3.0 if value else -3.0)
    assert ground.initial.mind("Ann").value(loves) is False, "she only supposes"


def test_a_wish_is_expected_to_be_met_as_likely_as_what_it_asks_about() -> None:
    text = f"{DOOR} wish loved(who : character) {{ wants: loves(Ben, Ann); weight: 0.5; }};"
    ann = view(grounded(f"{text} believes(Ann, sure(Ben, Ann)) = -1;"), "Ann")
    (loved,) = [one for one in ann.wishes if one.text == "loved(Ann)"]
    assert ann.satisfied(loved) == 0.0
    assert ann.expected(loved) == pytest.approx(1 / 3)


def test_others_wishes_are_those_that_this_mind_believes_in() -> None:
    ground = grounded(DOOR)
    ben = view(ground, "Ann").of_mind("Ben")
    of_ben = {wish.text for wish in ben.wishes if ben.strength(wish)}
    assert "quiet(Ben, Ann)" in of_ben, "Ann believes him not to love her"
    of_himself = {one.text for one in view(ground, "Ben").wishes if one.strength(ground.initial)}
    assert "quiet(Ben, Ann)" not in of_himself


# What it cannot carry cannot leak.


def reachable(thing: object, without: tuple[type, ...]) -> list[object]:
    """Everything that attributes and collections lead to, what has one of the types left out."""
    found: list[object] = []
    waiting, seen = [thing], set()
    while waiting:
        one = waiting.pop()
        if id(one) in seen or isinstance(one, (str, int, float, bool, type(None), *without)):
            continue
        seen.add(id(one))
        found.append(one)
        names = [*getattr(one, "__dict__", {}), *getattr(type(one), "__slots__", ())]
        waiting += [getattr(one, name) for name in names if hasattr(one, name)]
        if isinstance(one, dict):
            waiting += [*one.keys(), *one.values()]
        elif isinstance(one, (list, tuple, set, frozenset)):
            waiting += list(one)
    return found


def test_a_view_leads_to_no_state_but_its_own() -> None:
    ground = grounded(f"{DOOR} believes(Ann, sure(Ben, Ann)) = -1;")
    state = ground.initial.after("declare(Ben, Ann)")
    ann = view(ground, "Ann", state)
    ann.options()
    list(ann.suppose(ann.unsure()[:2]))
    states = [one for one in reachable(ann, (GroundWorld,)) if isinstance(one, State)]
    assert states == [state.mind("Ann")]
    assert state not in states


SECRETS = [
    "",
    "loves(Ben, Ann) = False; believes(Ben, loves(Ben, Ann)) = False;",
    "hurt(Ben); declared(Ben, Ann); happy(Ben);",
    "believes(Ben, sure(Ann, Ben)) = 2; believes(Ben, believes(Ann, loves(Ann, Ben))) = False;",
]


@pytest.mark.parametrize("secret", SECRETS[1:])
def test_what_a_mind_does_not_know_decides_nothing(secret: str) -> None:
    """The world differs, and all that others believe; Ann believes the same, and does the same to
    the last byte."""
    hers = "".join(
        f"believes(Ann, {fact});"
        for fact in (
            "!hurt(Ben)",
            "!happy(Ben)",
            "!declared(Ben, Ann)",
            "sure(Ben, Ann) = -1",
            "sure(Ann, Ben) = 0",
            "loves(Ann, Ben)",
            "!loves(Ben, Ann)",
            "believes(Ben, !hurt(Ben))",
            "believes(Ben, !happy(Ben))",
            "believes(Ben, !declared(Ben, Ann))",
            "believes(Ben, sure(Ann, Ben) = 0)",
            "believes(Ben, !loves(Ben, Ann))",
            "believes(Ben, loves(Ann, Ben))",
            "believes(Ben, believes(Ann, loves(Ann, Ben)))",
        )
    )
    for temperature in (0.0, 1.0):
        disposition = Disposition("Ann", seed=3, temperature=temperature)
        known, other = (
            repr(decision(grounded(f"{DOOR} {text} {hers}"), "Ann", disposition=disposition))
            for text in ("", secret)
        )
        assert known == other
        assert "declare(Ann, Ben)" in known


def test_the_world_really_was_another() -> None:
    """Else the test above would prove nothing."""
    plain = repr(decision(grounded(DOOR), "Ben"))
    assert any(repr(decision(grounded(f"{DOOR} {one}"), "Ben")) != plain for one in SECRETS[1:])


def test_views_are_made_of_minds() -> None:
    ground = grounded(DOOR)
    motives = Motives(ground)
    assert View.of(motives, ground.initial.mind("Ann").mind("Ben")).who == "Ben"
