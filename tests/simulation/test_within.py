"""What goes on within people, shows, and passes from one to another."""

from __future__ import annotations

import pytest

from tests.simulation.runs import HEAD, log, run, simulation
from unspoken.chronicle import Event
from unspoken.simulation.moment import Moment

SECRET = (
    HEAD
    + """
entity Cat : character;
property loves(who : character, whom : character) : boolean;
property linked(who : character, whom : character) : boolean;
property said(who : character) : boolean;
property wondering(who : character) : boolean;
property startled(who : character) : boolean;
loves(Ann, Ben);
believes(Ben, !loves(Ann, Ben));
believes(Ann, believes(Ben, !loves(Ann, Ben)));
linked(Ann, Ben);
action say(who : character, whom : character) {
    precondition: loves(who, whom) & !said(who);
    effect: said(who) & believes(whom, loves(who, whom));
    consenting: who;
};
action hear(thinker : character, hearer : character) {
    precondition: !startled(hearer);
    effect: startled(hearer);
    observing(c : character): c == hearer;
};
action catch(thinker : character, hearer : character) {
    precondition: !wondering(hearer);
    effect: wondering(hearer);
    observing(c : character): c == thinker | c == hearer;
};
wish out(Ann) { wants: said(Ann); weight: 0.5; if: loves(Ann, Ben); };
norm hidden(who : character) { against: reveal; acts: say(who, *); weight: 1; };
channel bond(thinker : character, hearer : character) {
    open: linked(thinker, hearer);
    carries: wishes;
    strength: 0.3;
    concealment: 0.4;
    whole: hear(thinker, hearer);
    fragment: catch(thinker, hearer);
};
"""
)
"""Ann is in love and says nothing; what she holds back is worth 0.5. Ann does not know of the link
unless that is added."""
UNKNOWN = "believes(Ann, !linked(Ann, Ben));\n"


def only(moment: Moment, kind: str) -> Event:
    (event,) = (event for event in moment.events if event.kind == kind)
    return event


def learned(moment: Moment) -> list[str]:
    """What somebody came to believe by sensing it."""
    return [
        " of ".join(reversed(event.minds))
        for event in moment.events
        if event.kind == "believe" and event.percepts[event.minds[0]].how == "sensed"
    ]


def test_what_was_held_back_is_noted_once() -> None:
    moment = run(SECRET, 2)
    unsaid = only(moment, "unsaid")
    assert (unsaid.who, unsaid.name, unsaid.because, unsaid.toward) == (
        "Ann",
        "say",
        "hidden(Ann)",
        "Ben",
    )
    assert unsaid.about == ""  # she waited
    assert unsaid.strength == 0.5
    assert unsaid.decision is not None
    assert unsaid.decision.wished is not None
    assert unsaid.decision.wished.act == "say(Ann, Ben)"


def test_what_is_held_back_is_noted_again_when_it_presses_harder() -> None:
    moment = run(SECRET, 4)
    strengths = [event.strength or 0.0 for event in moment.events if event.kind == "unsaid"]
    assert len(strengths) == 2
    assert strengths[0] < strengths[1]


def test_pressure_makes_for_an_outburst() -> None:
    """Without anybody writing one: what is held back again and again comes out in the end."""
    text = SECRET.replace("weight: 1;", "weight: 0.55;")
    assert "say(Ann, Ben)" not in log(run(text, 1))
    moment = run(text)
    assert "say(Ann, Ben)" in log(moment)
    assert moment.minds["Ann"].pressure.level("say(Ann, Ben)", moment.round) == 0


def test_a_wish_passes_through_a_channel_that_its_thinker_does_not_know_of() -> None:
    moment = run(SECRET + UNKNOWN, 1)
    unsaid = only(moment, "unsaid")
    assert {who: (p.how, p.whole) for who, p in unsaid.percepts.items()} == {
        "Ann": ("thought", True),
        "Ben": ("sensed", True),
    }
    assert learned(moment) == ["Ann of Ben"]
    assert moment.state.mind("Ben").mind("Ann").value("loves(Ann, Ben)") is True
    # She knows nothing of it: to her, he still does not know.
    assert moment.state.mind("Ann").mind("Ben").value("loves(Ann, Ben)") is False
    assert "hear(Ann, Ben)" in log(moment)


def test_who_hears_a_heart_knows_it_for_sure() -> None:
    hunch = (
        "hunch sure(who : character, whom : character) { of: loves(who, whom); from: -3; to: 3; };"
    )
    moment = run(SECRET + UNKNOWN + hunch + "believes(Cat, sure(Ann, Ben) = 0);", 1)
    ben = moment.state.mind("Ben")
    assert ben.value("sure(Ann, Ben)") == 3
    assert ben.value("loves(Ann, Ben)") is True
    assert ben.mind("Ann").value("loves(Ann, Ben)") is True
    assert moment.state.mind("Cat").value("sure(Ann, Ben)") == 0


def test_nothing_passes_where_no_channel_is_open() -> None:
    moment = run(SECRET.replace("linked(Ann, Ben);", "linked(Ben, Ann);", 1), 1)
    assert set(only(moment, "unsaid").percepts) == {"Ann"}
    assert learned(moment) == []


def test_a_guarded_mind_keeps_its_secret() -> None:
    moment = run(SECRET, 1)
    assert set(only(moment, "unsaid").percepts) == {"Ann"}
    assert learned(moment) == []
    assert moment.minds["Ann"].effort > 0
    assert {"hear(Ann, Ben)", "catch(Ann, Ben)"} & set(log(moment)) == set()


def test_what_is_strong_enough_slips_as_a_fragment() -> None:
    moment = run(SECRET.replace("weight: 0.5;", "weight: 0.75;"), 1)
    sensed = only(moment, "unsaid").percepts["Ben"]
    assert (sensed.how, sensed.whole) == ("sensed", False)
    assert learned(moment) == []  # heard, and not understood
    caught = next(event for event in moment.events if event.name == "catch")
    assert caught.causes == (only(moment, "unsaid").number,)
    assert not caught.percepts["Ben"].whole
    assert caught.percepts["Ann"].how == "noticed"


def test_guarding_tires() -> None:
    """The same wish is held at first, and slips when there was much to hold."""
    text = SECRET.replace("weight: 0.5;", "weight: 0.69;")
    simulated = simulation(text)
    fresh = simulated.begin()
    tired = simulated.begin()
    record = tired.minds["Ann"]
    weary = type(record)(feelings=record.feelings, effort=0.9)
    tired = type(tired)(
        **{
            **{name: getattr(tired, name) for name in tired.__slots__},
            "minds": {**tired.minds, "Ann": weary},
        }
    )
    assert set(only(simulated.step(fresh), "unsaid").percepts) == {"Ann"}
    assert set(only(simulated.step(tired), "unsaid").percepts) == {"Ann", "Ben"}


def test_effort_is_recovered_from() -> None:
    moments = list(simulation(SECRET).moments(rounds=3))
    efforts = [moment.minds["Ann"].effort for moment in moments]
    assert efforts[1] > efforts[2] > efforts[3]


def test_what_the_other_knows_already_is_not_guarded() -> None:
    text = SECRET.replace("believes(Ann, believes(Ben, !loves(Ann, Ben)));\n", "").replace(
        "believes(Ben, !loves(Ann, Ben));", ""
    )
    moment = run(text, 1)
    assert only(moment, "unsaid").percepts["Ben"].whole


def test_what_is_too_weak_does_not_pass_even_unguarded() -> None:
    text = (SECRET + UNKNOWN).replace("strength: 0.3", "strength: 0.6")
    assert set(only(run(text, 1), "unsaid").percepts) == {"Ann"}


def test_a_channel_carries_only_what_it_carries() -> None:
    text = (SECRET + UNKNOWN).replace("carries: wishes", "carries: feelings")
    assert set(only(run(text, 1), "unsaid").percepts) == {"Ann"}


def test_who_knows_that_it_is_heard_knows_that_the_other_knows() -> None:
    """Once there is nothing to guard, for she is sure of being known."""
    text = SECRET.replace("believes(Ann, believes(Ben, !loves(Ann, Ben)));", "").replace(
        "believes(Ben, !loves(Ann, Ben));",
        "believes(Ben, believes(Ann, !loves(Ann, Ben)));\n"
        "believes(Ann, believes(Ben, believes(Ann, loves(Ann, Ben))));",
    )
    moment = run(text, 1)
    assert only(moment, "unsaid").percepts["Ben"].whole
    assert moment.state.mind("Ben").mind("Ann").value("loves(Ann, Ben)") is True


# Thoughts


GIFTS = (
    HEAD
    + """
type thing; entity Rose : thing; entity Song : thing; entity Pear : thing;
property given(what : thing) : boolean;
action give(what : thing) { precondition: !given(what); effect: given(what); };
occasion give(what : thing) { chance: 1; };
wish have(Ann, what : thing) { wants: given(what); weight: 0.5; };
"""
)


@pytest.mark.parametrize("most", range(5))
def test_no_more_thoughts_a_round_than_the_world_allows(most: int) -> None:
    moment = run(GIFTS + f"run {{ thoughts: {most}; }};", 1)
    assert len(log(moment, "feel")) == 3
    assert len(log(moment, "think")) == min(most, 3)


def test_the_most_salient_is_what_is_thought_of() -> None:
    text = GIFTS + "wish song(Ann) { wants: given(Song); weight: 0.4; };"
    moment = run(
        text.replace("what : thing) { wants: given(what)", "Pear) { wants: given(Song)"), 1
    )
    assert len(log(moment, "feel")) == 2
    assert only(moment, "think").strength == 0.5


def test_a_thought_is_of_something_and_the_thinkers_alone() -> None:
    moment = run(SECRET, 3)
    thought = only(moment, "think")
    assert (thought.who, thought.about, thought.name) == ("Ann", "unsaid", "")
    assert thought.causes == (only(moment, "unsaid").number,)
    assert set(thought.percepts) == {"Ann"}
    assert thought not in tuple(event for event in moment.events if event.is_act), (
        "a thought of this kind is no act to be played again"
    )


def test_nothing_is_thought_twice_until_it_changes() -> None:
    moment = run(SECRET, 3)
    assert log(moment, "think") == ["Ann thinks of unsaid"]


# Tells

BLUSH = (
    HEAD
    + """
entity Cat : character;
property loves(who : character, whom : character) : boolean;
property dark() : boolean;
property red(who : character) : boolean;
property said(who : character) : boolean;
action say(who : character, whom : character) {
    precondition: who != whom & !said(who);
    effect: said(who);
    consenting: who;
    observing(c : character): c == who | c == whom;
};
action blush(who : character, whom : character) {
    precondition: who != whom & !red(who);
    effect: red(who);
    observing(c : character): c == who | c == whom & !dark();
};
hunch sure(who : character, whom : character) { of: loves(who, whom); from: -3; to: 3; };
sign blushing(reader : character, other : character) {
    seen: blush(other, reader);
    for: sure(other, reader);
    weight: 1;
};
tell blush(who : character, whom : character) {
    of: who; toward: whom; shows: unspoken; above: 0.4;
};
wish out(Ann) { wants: said(Ann); weight: 0.5; };
norm hidden(Ann) { against: reveal; acts: say(Ann, *); weight: 1; };
believes(Ben, !loves(Ann, Ben) & sure(Ann, Ben) = 0);
"""
)


def test_what_is_held_back_shows_to_who_is_there_to_see() -> None:
    moment = run(BLUSH.replace("!said(who);", "!said(who) & whom == Ben;"), 1)
    blush = next(event for event in moment.events if event.name == "blush")
    assert blush.causes == (only(moment, "unsaid").number,)
    assert {who: percept.how for who, percept in blush.percepts.items()} == {
        "Ann": "noticed",
        "Ben": "saw",
    }
    assert moment.state.mind("Ben").value("sure(Ann, Ben)") == 1
    assert moment.state.mind("Cat").value("sure(Ann, Ben)") == 0


@pytest.mark.parametrize("whom", ["Ben", "Cat"])
def test_a_tell_is_towards_whom_the_feeling_is(whom: str) -> None:
    moment = run(BLUSH.replace("!said(who);", f"!said(who) & whom == {whom};"), 1)
    assert [one for one in log(moment) if one.startswith("blush")] == [f"blush(Ann, {whom})"]


def test_a_tell_is_read_rightly_or_wrongly() -> None:
    """He takes it for love. Whether it is, the blush does not say."""
    for truth in ("loves(Ann, Ben);", "!loves(Ann, Ben);"):
        moment = run(BLUSH + truth, 1)
        assert moment.state.value("loves(Ann, Ben)") is not truth.startswith("!")
        assert moment.state.mind("Ben").value("loves(Ann, Ben)") is True


def test_in_the_dark_nobody_sees_it() -> None:
    moment = run(BLUSH + "dark();", 1)
    blush = next(event for event in moment.events if event.name == "blush")
    assert set(blush.percepts) == {"Ann"}
    assert moment.state.mind("Ben").value("loves(Ann, Ben)") is False


def test_composure_keeps_it_in() -> None:
    moment = run(BLUSH + "temperament Ann { composure: 0.5; };", 1)
    assert only(moment, "unsaid").strength == 0.5
    assert not [event for event in moment.events if event.name == "blush"]


def test_a_tell_does_not_happen_otherwise() -> None:
    """Though it is an action of the author's, and nothing else is done."""
    moment = run(BLUSH.replace("wish out(Ann) { wants: said(Ann); weight: 0.5; };", ""))
    assert log(moment) == []


# Drives

FOND = (
    HEAD
    + """
property given() : boolean;
action give(who : character, whom : character) {
    precondition: who != whom & !given(); effect: given(); consenting: who;
};
drive fondness(who : character, whom : character) {
    from: -4; to: 8; baseline: 2; half_life: 2; role: liking; moved_by: joy 4;
};
wish present(Ben) { wants: given(); weight: 1; };
wish kind(Ann) { wants: given(); weight: 0.5; };
"""
)


def test_a_feeling_moves_a_drive_and_it_drifts_back() -> None:
    simulated = simulation(FOND)
    moment = simulated.begin()
    levels = []
    for _ in range(9):
        levels.append(moment.state.value("fondness(Ann, Ben)") or 0)
        moment = simulated.step(moment)
    assert levels[0] == 2
    peak = max(range(len(levels)), key=lambda place: levels[place])
    assert levels[peak] > 2
    assert levels[peak:] == sorted(levels[peak:], reverse=True)
    assert levels[-1] == 2


def test_only_its_owner_knows_how_a_drive_moves() -> None:
    moment = run(FOND, 1)
    level = moment.state.value("fondness(Ann, Ben)")
    assert level != 2
    assert moment.state.mind("Ann").value("fondness(Ann, Ben)") == level
    assert moment.state.mind("Ben").value("fondness(Ann, Ben)") == 2
    assert moment.state.mind("Ann").mind("Ben").value("fondness(Ann, Ben)") == 2
    moved = [event for event in moment.events if event.kind == "happen" and not event.name]
    assert [list(event.percepts) for event in moved] == [["Ann"], ["Ann"]]
    felt, drifted = moved
    assert moment.events[felt.causes[0]].kind == "feel"
    assert drifted.causes == ()


def test_a_feeling_about_a_drive_does_not_move_it_for_ever() -> None:
    """Joy lifts her above what she wishes to stay below, which takes it away again: once."""
    moment = run(
        HEAD
        + """
property lit() : boolean;
action light(who : character) { precondition: !lit(); effect: lit(); consenting: who; };
drive glee(who : character) {
    from: 0; to: 10; baseline: 2; half_life: 5; moved_by: joy 5, distress -5; };
wish bright(Ann) { wants: lit(); weight: 1; };
wish calm(Ann) { wants: glee(Ann) < 3; weight: 1; };
""",
        1,
    )
    assert log(moment, "act", "feel") == [
        "light(Ann)",
        "Ann feels joy",
        "Ann feels distress",
    ]


def test_whoever_is_glad_dares_more() -> None:
    """She would not sing, all being even; she has just got what she wished for, and does."""
    text = (
        HEAD
        + """
property fed() : boolean;
property sung() : boolean;
action eat(who : character) { precondition: !fed(); effect: fed(); consenting: who; };
action sing(who : character) { precondition: !sung(); effect: sung(); consenting: who; };
wish song(Ann) { wants: sung(); weight: 0.5; };
norm modest(who : character) { against: impose; acts: sing(who); weight: 0.52; };
"""
    )
    joyful = text + "wish supper(Ann) { wants: fed(); weight: 1; };"
    assert log(run(joyful, 2), "act") == ["eat(Ann)", "sing(Ann)"]
    assert log(run(text, 1), "act") == []


def test_what_is_under_way_counts_a_little_more() -> None:
    moment = run(
        HEAD
        + """
property near() : boolean;
property lit() : boolean;
action walk(who : character) { precondition: !near(); effect: near(); consenting: who; };
action light(who : character) { precondition: near() & !lit(); effect: lit(); consenting: who; };
wish bright(Ann) { wants: lit(); weight: 0.5; };
"""
    )
    walk, light = (event for event in moment.events if event.kind == "act")
    assert walk.decision is not None
    assert light.decision is not None
    assert [one.kind for one in walk.decision.chosen.pulls] == ["wish"]
    assert [one.kind for one in light.decision.chosen.pulls] == ["wish", "steadiness"]


def test_whoever_is_afraid_dares_less_until_it_passes() -> None:
    text = (
        HEAD
        + """
property danced() : boolean;
action dance(who : character) { precondition: !danced(); effect: danced(); consenting: who; };
drive fear(who : character) {
    from: 0; to: 10; baseline: 0; half_life: 2; role: anxiety; };
wish dancing(Ann) { wants: danced(); weight: 0.5; };
norm shy(who : character) { against: impose; acts: dance(who); weight: 0.4; };
"""
    )
    assert log(run(text, 1), "act", "unsaid") == ["dance(Ann)"]
    afraid = text + "fear(Ann) = 10;"
    assert log(run(afraid, 1), "act", "unsaid") == ["Ann leaves unsaid dance(Ann)"]
    assert "dance(Ann)" in log(run(afraid), "act")


KEEPSAKE = (
    HEAD
    + """
property lost() : boolean;
property linked(a : character, b : character) : boolean;
action break_it() { effect: lost(); };
occasion break_it() { chance: 1; };
wish keepsake(Ann) { wants: lost(); weight: -1; };
feelings { half_life: 8; };
run { rounds: 12; };
linked(Ann, Ben);
channel bond(thinker : character, hearer : character) {
    open: linked(thinker, hearer); carries: CARRIED; strength: 0.1; };
"""
)


def test_what_was_felt_comes_back_once_to_whoever_has_nothing_to_do() -> None:
    moment = run(KEEPSAKE.replace("CARRIED", "memories"), 8)
    (felt,) = (one for one in moment.events if one.kind == "feel" and one.name == "distress")
    thoughts = [
        one for one in moment.events if one.kind == "think" and one.causes == (felt.number,)
    ]
    assert [one.percepts["Ann"].how for one in thoughts] == ["thought", "remembered"]
    now, back = thoughts
    assert 0 < (back.strength or 0) < (now.strength or 0), "it has faded meanwhile"


def test_a_channel_may_carry_what_is_remembered_or_only_what_is_thought_now() -> None:
    def sensed(carried: str) -> list[str]:
        moment = run(KEEPSAKE.replace("CARRIED", carried), 8)
        thoughts = (one for one in moment.events if one.kind == "think")
        return [one.percepts["Ann"].how for one in thoughts if "Ben" in one.percepts]

    assert sensed("memories") == ["remembered"]
    assert sensed("thoughts") == ["thought"]
    assert sensed("thoughts, memories") == ["thought", "remembered"]
