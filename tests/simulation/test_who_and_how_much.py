"""What of a run reaches whom, and how much of it: who may judge a deed, who perceives a refusal,
how strong a feeling is that is written down, and what chance a temperature lets in."""

from __future__ import annotations

import pytest

from tests.simulation.runs import HEAD, last, line, log, run, simulation
from unspoken.chronicle import Event
from unspoken.simulation import choice
from unspoken.simulation.moment import Chooser, Moment, Turn

HALL = (
    HEAD
    + """
entity Cat : character; entity Dan : character;
type place; entity Hall : place; entity Yard : place;
property at(who : character) : place;
at(Ann) = Hall; at(Ben) = Hall; at(Cat) = Hall; at(Dan) = Yard;
"""
)


def does(act: str) -> Chooser:
    """Somebody who does one thing whenever that is possible, as a player would."""

    def chooses(turn: Turn) -> int | None:
        acts = [one.act for one in turn.options]
        return acts.index(act) if act in acts else len(acts) - 1

    return chooses


def happened(text: str, act: str, *, by: str = "Ann") -> Moment:
    """A round in which one does something and nobody else anything."""
    simulated = simulation(text)
    waits = {who: does("") for who in simulated.names if who != by}
    return last(simulated.moments(rounds=1, choosers={by: does(act), **waits}))


def felt(moment: Moment, who: str, toward: str | None) -> set[str]:
    found = (one for one in moment.events if (one.kind, one.who) == ("feel", who))
    return {one.name for one in found if one.toward == toward}


# Who judges a deed: whoever perceived it, and nobody who only finds what came of it.

DINNER = (
    HALL
    + """
property fed(who : character) : boolean;
wish dinner(who : character) { wants: fed(who); weight: 0.5; };
norm kind(who : character) { against: harm; weight: 0.8; };
drive liking(who : character, whom : character) { from: 0; to: 4; role: liking; };
liking(Cat, Ben) = 2; liking(Dan, Ben) = 2;
action steal(who : character, whom : character) {
    precondition: who != whom & fed(whom);
    effect: fed(who) & !fed(whom) & forall(c : character) believes(c, !fed(whom)) &
        forall(c : character) if(c != whom) believes(c, believes(whom, !fed(whom)));
    consenting: who;
    observing(o : character): at(o) == at(who);
};
action feed(who : character, whom : character) {
    precondition: who != whom & !fed(whom);
    effect: fed(whom) & forall(c : character) believes(c, fed(whom)) &
        forall(c : character) if(c != whom) believes(c, believes(whom, fed(whom)));
    consenting: who;
    observing(o : character): at(o) == at(who);
};
"""
)
ELSEWHERE = ("at(Ben) = Hall;", "at(Ben) = Yard;")


@pytest.mark.parametrize(
    ("begins", "act", "seen", "unseen"),
    [
        ("fed(Ben);", "steal(Ann, Ben)", "anger", "distress"),
        ("fed(Ann);", "feed(Ann, Ben)", "gratitude", "joy"),
    ],
)
def test_who_did_not_see_a_deed_does_not_judge_it(
    begins: str, act: str, seen: str, unseen: str
) -> None:
    """Ben is robbed or fed. If he sees by whom, he feels so towards Ann; if not, he only finds
    that he has his dinner or has not."""
    there = happened(DINNER + begins, act)
    assert act in log(there, "act")
    assert seen in felt(there, "Ben", "Ann")
    away = happened(DINNER.replace(*ELSEWHERE) + begins, act)
    assert not felt(away, "Ben", "Ann")
    assert unseen in felt(away, "Ben", None)


@pytest.mark.parametrize(
    ("begins", "act", "judged", "shared"),
    [
        ("fed(Ben);", "steal(Ann, Ben)", "reproach", "pity"),
        ("fed(Ann);", "feed(Ann, Ben)", "admiration", "happy_for"),
    ],
)
def test_those_who_stand_by_judge_what_they_saw(
    begins: str, act: str, judged: str, shared: str
) -> None:
    """Cat sees it. Dan does not: he hears what has become of Ben, and feels with him, no more."""
    moment = happened(DINNER + begins, act)
    assert judged in felt(moment, "Cat", "Ann")
    assert shared in felt(moment, "Cat", "Ben")
    assert not felt(moment, "Dan", "Ann")
    assert shared in felt(moment, "Dan", "Ben")


# Who perceives a refusal: who asked, who was asked, and who would have seen the act.

DANCE = (
    HALL
    + """
property danced() : boolean; property tired(who : character) : boolean;
tired(Ben);
action dance(who : character, whom : character) {
    precondition: who != whom & !danced();
    effect: danced();
    consenting: who, whom;
    observing(o : character): at(o) == at(who);
};
norm rest(who : character) { against: impose; acts: dance(*, who); weight: 1; if: tired(who); };
"""
)


def refusal(moment: Moment) -> Event:
    (found,) = (one for one in moment.events if one.kind == "refuse")
    assert line(found) == "Ben refuses dance(Ann, Ben)"
    return found


def asked(text: str) -> Moment:
    return before_and_after(text)[1]


def before_and_after(text: str) -> tuple[Moment, Moment]:
    """Ann asks Ben to dance, and he will not."""
    simulated = simulation(text)

    def refuses(turn: Turn) -> int | None:
        return len(turn.options) - 1

    choosers: dict[str, Chooser] = {"Ann": does("dance(Ann, Ben)"), "Ben": refuses}
    choosers |= {who: does("") for who in ("Cat", "Dan")}
    before, after = simulated.moments(rounds=1, choosers=choosers)
    return before, after


def test_a_refusal_is_seen_by_those_who_would_have_seen_the_act() -> None:
    moment = asked(DANCE)
    percepts = refusal(moment).percepts
    assert {who: one.how for who, one in percepts.items()} == {
        "Ann": "saw",
        "Ben": "did",
        "Cat": "saw",
    }
    assert all(who != "Dan" for one in moment.events for who in (one.who, *one.percepts))


def test_who_did_not_perceive_a_refusal_is_as_before() -> None:
    before, after = before_and_after(DANCE)
    assert after.state.mind("Dan") == before.state.mind("Dan")
    assert after.minds["Dan"] == before.minds["Dan"]


def test_those_who_took_part_in_the_asking_perceive_a_refusal_that_nobody_could_see() -> None:
    alone = "at(o) == at(who)", "o == Dan"
    assert set(refusal(asked(DANCE.replace(*alone))).percepts) == {"Ann", "Ben", "Dan"}
    nobody = "at(o) == at(who)", "at(o) != at(o)"
    assert set(refusal(asked(DANCE.replace(*nobody))).percepts) == {"Ann", "Ben"}


def test_who_sees_a_refusal_is_settled_by_how_things_are() -> None:
    """Cat thinks that she is in the yard, and Dan that he is in the hall: that shows them nothing
    and hides nothing."""
    wrong = "believes(Cat, at(Cat)) = Yard; believes(Dan, at(Dan)) = Hall;"
    assert set(refusal(asked(DANCE + wrong)).percepts) == {"Ann", "Ben", "Cat"}


# How strong a feeling is that is written down.

PRESENT = (
    HEAD
    + """
property has(who : character) : boolean;
wish toy(Ben) { wants: has(Ben); weight: 0.5; };
drive cheer(who : character) { from: 0; to: 10; moved_by: joy 8; };
action give(who : character, whom : character) {
    precondition: who != whom & !has(whom);
    effect: has(whom);
    consenting: who;
};
"""
)
"""One present, and joy of 0.5 in one who wished for it: nothing that could add up."""


def present(floor: float) -> Moment:
    settings = f"feelings {{ floor: {floor}; }};"
    return happened(PRESENT + settings, "give(Ann, Ben)")


@pytest.mark.parametrize(("floor", "written"), [(0, True), (0.5, True), (0.51, False), (1, False)])
def test_what_is_weaker_than_the_floor_is_not_written_down(floor: float, written: bool) -> None:
    moment = present(floor)
    assert "give(Ann, Ben)" in log(moment, "act")
    assert ("Ben feels joy" in log(moment, "feel")) == written
    assert all(one.strength is not None for one in moment.events if one.kind == "feel")
    assert all(
        one.strength >= floor
        for one in moment.events
        if one.kind == "feel" and one.strength is not None
    )


def test_what_is_not_written_down_is_not_thought_of_either() -> None:
    assert "Ben thinks of feel" in log(present(0.5), "think")
    assert not [one for one in present(0.51).events if (one.kind, one.who) == ("think", "Ben")]


def test_what_is_not_written_down_still_does_something_to_him() -> None:
    """The floor is one of telling: it moves his drive and his mood all the same."""
    loud, quiet = present(0), present(0.51)
    assert loud.state.value("cheer(Ben)") == quiet.state.value("cheer(Ben)") == 4.0
    assert loud.minds["Ben"].mood == quiet.minds["Ben"].mood
    assert loud.minds["Ben"].mood != loud.minds["Ann"].mood


# Chance in choosing.

SHOP = """unspoken 1;
entity Ann : character;
property ate(what : thing) : boolean;
type thing; entity Pear : thing; entity Plum : thing; entity Fig : thing; entity Nut : thing;
action eat(who : character, what : thing) {
    precondition: !ate(what); effect: ate(what); consenting: who; };
wish pears(Ann) { wants: ate(Pear); weight: 0.6; };
wish plums(Ann) { wants: ate(Plum); weight: 0.55; };
wish figs(Ann) { wants: ate(Fig); weight: 0.5; };
wish nuts(Ann) { wants: ate(Nut); weight: 0.45; };
"""
"""Only she does anything, so that no order of turns is drawn that could make a difference."""

SEEDS = range(8)


def eaten(temperature: float, seed: int) -> list[str]:
    settings = f"run {{ temperature: {temperature}; rounds: 6; }};"
    return log(run(SHOP + settings, seed=seed), "act")


BEST_FIRST = [f"eat(Ann, {what})" for what in ("Pear", "Plum", "Fig", "Nut")]


def test_at_no_temperature_the_best_is_done_whatever_the_seed() -> None:
    assert {tuple(eaten(0, seed)) for seed in SEEDS} == {tuple(BEST_FIRST)}


def test_a_temperature_makes_runs_differ_by_their_seeds() -> None:
    runs = {tuple(eaten(0.5, seed)) for seed in SEEDS}
    assert len(runs) > len(SEEDS) // 2
    assert any(acts != tuple(BEST_FIRST) for acts in runs)


def test_a_little_temperature_makes_little_difference() -> None:
    """So that it is a measure, and no switch."""
    assert {tuple(eaten(0.001, seed)) for seed in SEEDS} == {tuple(BEST_FIRST)}


def test_at_a_temperature_a_seed_is_still_one_story() -> None:
    assert all(eaten(0.5, seed) == eaten(0.5, seed) for seed in SEEDS)


def test_at_no_temperature_nothing_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[tuple[object, ...]] = []

    def counted(*key: object) -> float:
        drawn.append(key)
        return 0.0

    monkeypatch.setattr(choice, "gumbel", counted)
    assert eaten(0, 1) == BEST_FIRST
    assert not drawn
    eaten(0.5, 1)
    assert drawn
    assert all(key[0] == 1 for key in drawn), "by the seed"
