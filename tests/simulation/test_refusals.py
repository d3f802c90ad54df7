"""What comes to nothing: it is felt by whoever reckoned on it, it shows, and it is read."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.simulation.runs import HEAD, log, run, simulation
from unspoken.simulation.moment import REST, Moment, Rebuff

DANCE = (
    HEAD
    + """
entity Cat : character;
property dancing() : boolean;
property fond(who : character, whom : character) : boolean;
property lamp() : boolean;
property tired() : boolean;
property shaken(who : character) : boolean;
tired(); lamp();
believes(Ann, !tired());
action dance(Ann, Ben) {
    precondition: !dancing();
    effect: dancing();
    consenting: Ann, Ben;
    observing(c : character): c == Ann | c == Ben;
};
action shake_head(who : character, whom : character) {
    precondition: who != whom;
    effect: shaken(who);
    observing(c : character): c == who | lamp();
};
hunch sure(who : character, whom : character) { of: fond(who, whom); from: -3; to: 3; };
sign cold(reader : character, other : character) {
    seen: shake_head(other, *); for: sure(other, reader); weight: -1; };
wish fun(Ann) { wants: dancing(); weight: 0.6; };
wish rest(Ben) { wants: dancing(); weight: -0.4; if: tired(); };
fond(Ben, Ann);
believes(Ann, sure(Ben, Ann) = 1);
"""
)
SHOWS = """
tell shake_head(who : character, whom : character) {
    of: who; toward: whom; shows: refusal; above: 0.3; };
"""


def test_a_refusal_shows_to_whom_it_is_given_and_is_read() -> None:
    moment = run(DANCE + SHOWS, 1)
    assert log(moment, "act", "refuse") == [
        "Ben refuses dance(Ann, Ben)",
        "shake_head(Ben, Ann)",
    ]
    refusal, shown = (one for one in moment.events if one.kind in ("act", "refuse"))
    assert refusal.strength == pytest.approx(0.4)
    assert shown.causes == (refusal.number,)
    assert moment.state.mind("Ann").value("sure(Ben, Ann)") == 0.0
    assert moment.state.mind("Ann").mind("Cat").value("shaken(Ben)") is True


@pytest.mark.parametrize(
    "change",
    [
        ("lamp();\nbelieves", "believes"),  # nobody sees it
        ("above: 0.3", "above: 0.41"),  # it is hardly a refusal
        ("shows: refusal", "shows: unspoken"),  # it betrays something else
        ("toward: whom", "toward: who"),  # it would have to be towards himself
    ],
)
def test_else_nothing_is_read(change: tuple[str, str]) -> None:
    text = DANCE + SHOWS
    assert change[0] in text
    moment = run(text.replace("tired(); lamp();", "tired();\nlamp();").replace(*change), 1)
    assert log(moment, "refuse") == ["Ben refuses dance(Ann, Ben)"]
    assert moment.state.mind("Ann").value("sure(Ben, Ann)") == 1.0


def refused_by_player(text: str) -> Moment:
    """Somebody plays Ben, who is asked, and has him refuse."""
    *_, moment = simulation(text).moments(
        rounds=1, choosers={"Ben": lambda turn: len(turn.options) - 1}
    )
    return moment


@pytest.mark.parametrize("fondness", ["", "wish gladly(Ben) { wants: dancing(); weight: 0.9; };"])
def test_a_player_refuses_altogether_whatever_speaks_for_it(fondness: str) -> None:
    """As one whom a norm forbids it: whether he would have danced gladly, or not minded."""
    awake = DANCE.replace("tired(); lamp();", "lamp();") + fondness
    assert "dance(Ann, Ben)" in log(run(awake, 1), "act")
    moment = refused_by_player(awake + SHOWS.replace("0.3", "1"))
    assert log(moment, "act", "refuse") == ["Ben refuses dance(Ann, Ben)", "shake_head(Ben, Ann)"]
    (refusal,) = (one for one in moment.events if one.kind == "refuse")
    assert (refusal.strength, refusal.because) == (1.0, "")


def test_a_player_who_refuses_as_he_would_refuses_as_he_would() -> None:
    by_itself, played = run(DANCE, 1), refused_by_player(DANCE)
    assert log(played, "refuse") == ["Ben refuses dance(Ann, Ben)"]
    assert played.events == by_itself.events


def test_the_composed_do_not_show_it() -> None:
    composed = "temperament Ben { composure: 0.2; };"
    assert log(run(DANCE + SHOWS + composed, 1), "act") == []


def test_who_refuses_is_seen_by_those_who_would_have_seen_the_act() -> None:
    (refusal,) = (one for one in run(DANCE, 1).events if one.kind == "refuse")
    assert set(refusal.percepts) == {"Ann", "Ben"}
    wide = DANCE.replace("observing(c : character): c == Ann | c == Ben;", "")
    (refusal,) = (one for one in run(wide, 1).events if one.kind == "refuse")
    assert {name: one.how for name, one in refusal.percepts.items()} == {
        "Ann": "saw",
        "Ben": "did",
        "Cat": "saw",
    }


def test_what_was_reckoned_on_is_a_disappointment_as_great_as_it_was() -> None:
    moment = run(DANCE, 1)
    (felt,) = (one for one in moment.events if one.kind == "feel")
    assert (felt.who, felt.name, felt.toward, felt.about) == (
        "Ann",
        "disappointment",
        "Ben",
        "fun(Ann)",
    )
    assert felt.strength == pytest.approx(0.6)
    # It is over as soon as the wish is met after all.
    after = moment.minds["Ann"].feelings
    assert after.strength("disappointment", 1) > 0.5
    later = simulation(DANCE.replace("tired(); lamp();", "lamp();"))
    met = list(later.moments(rounds=1))[-1]
    assert met.minds["Ann"].feelings.strength("disappointment", 1) == 0.0


def test_who_is_refused_again_and_again_asks_less_and_less() -> None:
    moments = simulation(DANCE + SHOWS).moments(rounds=40, choosers={"Cat": lambda turn: None})
    refused = [
        later.round - 1
        for earlier, later in pairwise(moments)
        if any(one.kind == "refuse" for one in later.events[len(earlier.events) :])
    ]
    assert refused == [0, REST, 3 * REST, 7 * REST]


def test_a_failure_in_between_does_not_make_the_refusals_forgotten() -> None:
    again = Rebuff().refused(0).refused(REST).failed(12).refused(16)
    assert again == Rebuff(16 + 4 * REST, 3)
