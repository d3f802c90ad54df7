"""Whole runs: who acts, who is asked and does not, what fails, when it is over."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.simulation.runs import DONE, HEAD, last, line, log, run, simulation
from unspoken.simulation.moment import REST, Turn
from unspoken.simulation.run import QUIET

DANCE = (
    HEAD
    + """
property dancing() : boolean;
action dance(who : character, whom : character) {
    precondition: who != whom & !dancing();
    effect: dancing();
    consenting: who, whom;
};
wish fun(Ann) { wants: dancing(); weight: 1; };
"""
)
TIRED = (
    DANCE
    + """
property tired() : boolean;
tired();
believes(Ann, !tired());
wish rest(Ben) { wants: dancing(); weight: -0.5; if: tired(); };
"""
)

LOCKED = (
    HEAD
    + """
property locked() : boolean;
property inside(who : character) : boolean;
action enter(who : character) {
    precondition: !locked() & !inside(who);
    effect: inside(who);
    consenting: who;
};
locked();
believes(Ann, !locked());
wish warmth(Ann) { wants: inside(Ann); weight: 1; };
"""
)

LAMP = (
    HEAD
    + """
property lit() : boolean;
property rained() : boolean;
action light(who : character) { precondition: !lit(); effect: lit(); consenting: who; };
action rain() { precondition: !rained(); effect: rained(); };
wish light(Ben) { wants: lit(); weight: 0.5; };
"""
)


def test_everybody_acts_for_their_own_wishes_until_nobody_has_any_left() -> None:
    moment = run(LAMP)
    assert log(moment, *DONE) == ["light(Ben)", "rain()"]
    assert moment.quiet == QUIET


def test_the_author_acts_only_where_nobody_else_does() -> None:
    first, second = (log(run(LAMP, rounds), *DONE) for rounds in (1, 2))
    assert (first, second) == (["light(Ben)"], ["light(Ben)", "rain()"])


def test_an_occasion_comes_by_its_chance_and_not_before_its_round() -> None:
    early = run(LAMP + "occasion rain() { chance: 1; };")
    late = run(LAMP + "occasion rain() { chance: 1; after: 2; };")
    assert log(early, *DONE) == ["rain()", "light(Ben)"]
    assert [e.time for e in late.events if line(e) == "rain()"] == [2]
    assert late.round == 2 + 1 + QUIET


def test_a_run_waits_for_an_occasion_that_may_still_come() -> None:
    text = LAMP + "occasion rain() { chance: 0.1; };"
    rounds = {seed: run(text, seed=seed).round for seed in range(6)}
    assert all("rain()" in log(run(text, seed=seed)) for seed in rounds)
    assert max(rounds.values()) > 2 * QUIET


def test_it_ends_when_what_it_is_to_go_on_until_has_come_about() -> None:
    moment = run(LAMP + "run { until: lit(); };")
    assert log(moment, *DONE) == ["light(Ben)"]
    assert moment.held


def test_whoever_is_asked_takes_part_unless_something_speaks_against_it() -> None:
    assert log(run(DANCE), *DONE) == ["dance(Ann, Ben)"]
    moment = run(TIRED)
    assert set(log(moment, *DONE)) == {"Ben refuses dance(Ann, Ben)"}
    refusal = next(event for event in moment.events if event.kind == "refuse")
    assert refusal.because == "rest(Ben)"
    assert refusal.toward == "Ann"
    assert set(refusal.percepts) == {"Ann", "Ben"}


def test_who_was_refused_lets_some_rounds_pass_before_asking_again() -> None:
    simulated = simulation(TIRED)
    asked = [
        moment.round - 1
        for before, moment in pairwise(
            simulated.moments(rounds=8 * REST, choosers={"Ben": lambda turn: None})
        )
        if any(event.kind == "refuse" for event in moment.events[len(before.events) :])
    ]
    assert asked == [0, REST, 3 * REST, 7 * REST]


def test_a_run_goes_on_while_somebody_means_to_ask_once_more() -> None:
    """And no longer: it is over after the second refusal, with nothing else to be done."""
    moment = run(TIRED)
    assert log(moment, *DONE) == 2 * ["Ben refuses dance(Ann, Ben)"]
    assert moment.round == REST + 1 + QUIET


def test_who_is_refused_had_reckoned_on_it() -> None:
    moment = run(TIRED, 1)
    refusal, felt = (event for event in moment.events if event.kind in ("refuse", "feel"))
    assert (felt.who, felt.name, felt.toward) == ("Ann", "disappointment", "Ben")
    assert felt.causes == (refusal.number,)
    assert refusal.percepts.keys() >= {"Ann"}


def test_what_turns_out_impossible_teaches_why() -> None:
    moment = run(LOCKED)
    assert log(moment, *DONE) == ["Ann cannot enter(Ann)", "Ann surprise locked() = True"]
    failure, surprise = (one for one in moment.events if one.kind in ("fail", "surprise"))
    assert failure.decision is not None
    assert failure.decision.chosen.act == "enter(Ann)"
    assert surprise.causes == (failure.number,)
    assert surprise.percepts["Ann"].how == "noticed"
    assert moment.state.mind("Ann").value("locked()") is True
    assert set(surprise.percepts) == {"Ann"}


def test_a_failure_is_seen_by_those_who_would_have_seen_the_act() -> None:
    def perceived(text: str) -> dict[str, str]:
        (failure,) = (one for one in run(text).events if one.kind == "fail")
        return {name: one.how for name, one in failure.percepts.items()}

    assert perceived(LOCKED) == {"Ann": "did", "Ben": "saw"}
    alone = LOCKED.replace(
        "consenting: who;", "consenting: who; observing(c : character): c == Ben;"
    )
    assert perceived(alone) == {"Ann": "did", "Ben": "saw"}
    unseen = LOCKED.replace(
        "consenting: who;", "consenting: who; observing(c : character): c == who;"
    )
    assert perceived(unseen) == {"Ann": "did"}


def test_what_stood_in_the_way_may_be_beyond_what_is_known_of_minds() -> None:
    """Ann relies on what Ben takes Ann to think that Ben believes: so deep nothing is written down.
    She cannot enter all the same, and had set her heart on it."""
    deep = "believes(Ben, believes(Ann, believes(Ben, {}locked())))"
    text = LOCKED.replace("!locked() & ", deep.format("!") + " & ").replace(
        "believes(Ann, !locked());", f"believes(Ann, {deep.format('!')});"
    )
    moment = run(text, 1)
    assert log(moment, *DONE, "feel") == ["Ann cannot enter(Ann)", "Ann feels disappointment"]
    failure, felt = (one for one in moment.events if one.kind in ("fail", "feel"))
    assert felt.causes == (failure.number,)


def test_a_nested_belief_that_stood_in_the_way_is_learned_too() -> None:
    text = LOCKED.replace("!locked() & ", "believes(Ben, !locked()) & ").replace(
        "believes(Ann, !locked());", "believes(Ann, believes(Ben, !locked()));"
    )
    moment = run(text)
    assert log(moment, *DONE) == ["Ann cannot enter(Ann)", "Ben of Ann surprise locked() = True"]


def test_nobody_acts_on_what_they_do_not_believe() -> None:
    """The state is only asked whether what was decided can be done."""
    assert log(run(LOCKED.replace("!locked());", "locked());")), *DONE) == []
    opened = LOCKED.replace("\nlocked();", "").replace("Ann, !locked()", "Ann, locked()")
    assert log(run(opened), *DONE) == []


def test_a_player_decides_and_sees_no_more_than_their_character() -> None:
    seen: list[Turn] = []

    def waits(turn: Turn) -> int:
        seen.append(turn)
        return len(turn.options) - 1

    simulated = simulation(LAMP)
    moment = last(simulated.moments(rounds=4, choosers={"Ben": waits}))
    assert log(moment, *DONE) == ["rain()"]
    assert moment.round == 4  # a player may sit out quiet rounds
    assert [one.decision.chosen.act for one in seen] == ["light(Ben)"] * 4
    assert [option.act for option in seen[0].options] == ["light(Ben)", ""]
    for one in seen:
        assert one.view.who == one.who == "Ben"
        assert all("Ben" in event.percepts for event in one.perceived)


def test_a_player_may_refuse_what_they_are_asked() -> None:
    asked = []

    def refuses(turn: Turn) -> int | None:
        if turn.asked is None:
            return None
        asked.append((turn.asked, [option.act for option in turn.options]))
        return 1

    moment = last(simulation(DANCE).moments(choosers={"Ben": refuses}, rounds=2))
    assert asked == [("Ann", ["dance(Ann, Ben)", ""])]
    assert log(moment, *DONE) == ["Ben refuses dance(Ann, Ben)"]


def test_going_back_is_keeping_an_earlier_moment() -> None:
    simulated = simulation(LAMP)
    moments = list(simulated.moments())
    again = list(simulated.moments(moments[1]))
    assert again == moments[1:]


@pytest.mark.parametrize("rounds", range(4))
def test_no_more_rounds_than_asked(rounds: int) -> None:
    assert run(LAMP, rounds).round == rounds


def test_what_came_to_nothing_is_no_deed() -> None:
    """A gift that could not be given does her no credit, and a theft that failed no discredit."""
    things = (
        HEAD
        + """
property has(who : character) : boolean;
property barred() : boolean;
barred();
believes(Ann, !barred());
norm gentle(who : character) { against: harm; weight: 0.3; };
wish owning(Ben) { wants: has(Ben); weight: 0.8; };
"""
    )
    gift = """
action give(who : character, whom : character) {
    precondition: who != whom & !barred() & !has(whom); effect: has(whom); consenting: who; };
wish kind(Ann) { wants: has(Ben); weight: 0.8; };
"""
    theft = """
has(Ben);
action take(who : character, whom : character) {
    precondition: who != whom & !barred() & has(whom); effect: !has(whom) & has(who);
    consenting: who; };
wish owning_too(Ann) { wants: has(Ann); weight: 0.8; };
"""
    for deed in (gift, theft):
        moment = run(things + deed, 2)
        act = "give(Ann, Ben)" if deed == gift else "take(Ann, Ben)"
        assert log(moment, *DONE, "feel") == [
            f"Ann cannot {act}",
            "Ann surprise barred() = True",
            "Ann feels disappointment",
        ]
