"""The night visit when everybody acts on their own: each thing that the scene asks for can be
pointed at in the chronicle (S1-S14 of its requirement, S17), and when something is taken away it
goes otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

import pytest

import unspoken
from tests import shipped
from unspoken.chronicle import Event
from unspoken.chronicle.words import call_of
from unspoken.story import Story

TEXT = files("unspoken").joinpath("stories", "night_visit", "world.story").read_text()
CONFESS = "confess(Tara, Willow)"


def night(*changes: tuple[str, str]) -> Story:
    """Run the night, with statements of its world (each there just once) replaced."""
    text = TEXT
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return unspoken.parse(text, "night").run()


def as_it_is() -> Story:
    return shipped.run("night_visit")


def events(story: Story, kind: str | None = None, who: str | None = None) -> list[Event]:
    return [
        event
        for event in story.chronicle.events
        if kind in (None, event.kind) and who in (None, event.who)
    ]


def acts(story: Story) -> list[str]:
    return [
        call_of(event) for event in events(story) if event.kind in ("act", "say", "think", "happen")
    ]


def first(story: Story, act: str) -> Event:
    happened = ("act", "say", "think", "happen")
    return next(e for e in events(story) if e.kind in happened and call_of(e) == act)


def in_order(story: Story, wanted: Sequence[str]) -> bool:
    """Do these occur in this order, whatever else does in between?"""
    left = iter(acts(story))
    return all(act in left for act in wanted)


def believes(story: Story, minds: Sequence[str], fluent: str, before: Event) -> object:
    from unspoken.chronicle import Fact

    name, _, arguments = fluent.rstrip(")").partition("(")
    fact = Fact(name, tuple(arguments.split(", ")) if arguments else ())
    return story.chronicle.value(tuple(minds), fact, before.number)


def test_the_evening_comes_to_what_it_comes_to() -> None:
    assert as_it_is().ended == "until"
    assert in_order(
        as_it_is(),
        [
            "patrol(Buffy)",
            "walk(Willow, Bronze, Path)",
            "walk(Willow, Path, Landing)",
            "knock(Willow)",
            "book_falls()",
            "open_door(Tara)",
            "apologise(Willow, Tara)",
            "come_in(Willow)",
            "sit_down(Willow, Tara)",
            "link_opens(Willow, Tara)",
            "stray_thought(Tara, Willow)",
            "look_up(Willow, Tara)",
            "test_link(Tara, Willow)",
            "nod(Willow, Tara)",
            "slip(Tara, Willow)",
            "ask_in_thought(Willow, Tara)",
            "weep(Tara, Willow)",
            "cup_cheek(Willow, Tara)",
            "shut_eyes(Tara)",
            CONFESS,
            "kiss(Willow, Tara)",
            "doubt(Tara, Willow)",
            "answer(Willow, Tara)",
        ],
    )


def test_s1_what_goes_on_within_is_perceived_by_nobody_else_unless_it_is_sensed() -> None:
    inner = [e for kind in ("feel", "unsaid", "think") for e in events(as_it_is(), kind)]
    assert len(inner) > 20
    for event in inner:
        others = set(event.percepts) - {event.who}
        assert all(event.percepts[name].how != "saw" for name in others)
    link = first(as_it_is(), "link_opens(Willow, Tara)")
    assert all(
        set(event.percepts) == {event.who}
        for event in inner
        if event.number < link.number and event.kind != "think"
    )


def test_s2_both_are_wrong_about_each_others_mind_until_it_is_said() -> None:
    story = as_it_is()
    knock, answer = first(story, "knock(Willow)"), first(story, "answer(Willow, Tara)")
    assert believes(story, (), "loves(Willow, Tara)", knock) is True
    assert believes(story, ("Tara",), "loves(Willow, Tara)", knock) is False
    assert believes(story, ("Tara", "Willow"), "loves(Tara, Willow)", knock) is False
    assert believes(story, ("Willow",), "loves(Tara, Willow)", knock) is False
    last = story.chronicle.events[-1]
    assert answer.number < last.number
    for chain in (("Tara",), ("Willow", "Tara"), ("Tara", "Willow", "Tara")):
        assert believes(story, chain, "loves(Willow, Tara)", last) is True


def test_s3_the_mornings_refusal_brings_her_and_it_can_be_asked_why() -> None:
    walk = first(as_it_is(), "walk(Willow, Bronze, Path)")
    assert walk.decision is not None
    assert [motive.name for motive in walk.decision.chosen.pulls] == ["amends_owed(Willow)"]
    made = [e for e in events(as_it_is(), "feel", "Willow") if e.about == "amends_owed(Willow)"]
    apology = first(as_it_is(), "apologise(Willow, Tara)")
    assert {event.causes for event in made} == {(apology.number,)}


def test_s4_she_wishes_to_say_it_and_does_not_dare_and_that_is_kept() -> None:
    unsaid = [e for e in events(as_it_is(), "unsaid", "Tara") if call_of(e) == CONFESS]
    confession = first(as_it_is(), CONFESS)
    assert len(unsaid) > 1
    assert all(event.number < confession.number for event in unsaid)
    assert {event.because for event in unsaid} <= {"spurned(Tara)", "hidden(Tara, Willow)"}
    held_back = set()
    for event in unsaid:
        # What speaks against it does so where she is not loved; where she is, nothing does.
        assert event.decision is not None
        assert event.decision.wished is not None
        for one in event.decision.wished.restraints:
            held_back.add(one.name)
            assert one.supposing == ("!loves(Willow, Tara)",)
    assert held_back >= {"spurned(Tara)", "hidden(Tara, Willow)"}
    for event in unsaid:
        assert event.decision is not None
        assert event.decision.wished is not None
        assert event.decision.wished.total < event.decision.chosen.total
    # What was held back presses: in the end it is part of why she says it.
    assert confession.decision is not None
    assert "pressure" in {motive.kind for motive in confession.decision.chosen.pulls}


def test_s5_she_looks_ahead_how_the_other_will_react() -> None:
    walk = first(as_it_is(), "walk(Willow, Bronze, Path)")
    assert walk.decision is not None
    then = walk.decision.chosen.pulls[0].then
    assert then == (
        "walk(Willow, Path, Landing)",
        "knock(Willow)",
        "open_door(Tara)",
        "apologise(Willow, Tara)",
    )


def test_s6_a_knock_is_heard_and_a_book_is_where_no_book_should_be() -> None:
    story = as_it_is()
    knock = first(story, "knock(Willow)")
    assert "Tara" not in knock.percepts
    heard = [e for e in events(story, "believe", "Tara") if knock.number in e.causes]
    assert any(e.fact is not None and e.fact.property == "knocked" for e in heard)
    inside = first(story, "come_in(Willow)")
    assert believes(story, ("Willow",), "lies(Book)", inside) == "Shelf"
    assert believes(story, ("Willow",), "lies(Book)", story.chronicle.events[-1]) == "Floor"


def test_s7_feelings_show_and_are_read() -> None:
    story = as_it_is()
    smile = first(story, "smile(Tara, Willow)")
    (cause,) = smile.causes
    assert story.chronicle.events[cause].kind == "feel"
    assert "Willow" in smile.percepts
    read = [e for e in events(story, "believe", "Willow") if smile.number in e.causes]
    odds = [e for e in read if e.minds == ("Willow",) and e.fact and e.fact.property == "sure"]
    assert [(e.before, e.after) for e in odds] == [(-3.0, -2.0)]
    blush = first(story, "blush(Tara, Willow)")
    assert story.chronicle.events[blush.causes[0]].kind == "unsaid"


def test_s8_what_is_said_and_what_is_thought_are_kept_apart() -> None:
    done = [e for e in events(as_it_is()) if e.kind in ("act", "say", "think") and e.name]
    kinds = {call_of(event): event.kind for event in done}
    assert kinds["apologise(Willow, Tara)"] == "say"
    assert kinds["test_link(Tara, Willow)"] == "think"
    assert kinds["kiss(Willow, Tara)"] == "act"
    assert "t…" not in as_it_is().tell(through="Willow")  # her own thoughts do not stammer
    assert "l-like" in as_it_is().tell()


def test_s9_closeness_comes_in_steps_and_takes_two() -> None:
    story = as_it_is()
    steps = ("sit_down(Willow, Tara)", "join_hands(Willow, Tara)", "kiss(Willow, Tara)")
    assert in_order(story, steps)
    for step in (*steps, "cup_cheek(Willow, Tara)"):
        assert first(story, step).participants == ("Willow", "Tara")


def test_s10_nobody_foresees_a_rule_that_they_do_not_know() -> None:
    touch = first(as_it_is(), "join_hands(Willow, Tara)")
    assert believes(as_it_is(), ("Tara",), "bond_rule()", touch) is False
    assert touch.decision is not None
    foreseen = [act for motive in touch.decision.chosen.pulls for act in motive.then]
    assert not any("link" in act or "thought" in act for act in foreseen)
    stray = first(as_it_is(), "stray_thought(Tara, Willow)")
    assert believes(as_it_is(), (), "linked(Tara, Willow)", stray) is True
    assert believes(as_it_is(), ("Tara",), "linked(Tara, Willow)", stray) is False


def test_s11_the_link_opens_unnoticed_and_becomes_known_step_by_step() -> None:
    story = as_it_is()
    heard, tested, nodded = (
        first(story, act)
        for act in ("stray_thought(Tara, Willow)", "test_link(Tara, Willow)", "nod(Willow, Tara)")
    )
    linked = "linked(Tara, Willow)"
    assert believes(story, (), linked, heard) is True
    assert believes(story, ("Willow",), linked, heard) is False
    assert believes(story, ("Willow",), linked, tested) is True
    assert believes(story, ("Tara",), linked, tested) is False
    later = next(e for e in events(story, "act") if e.number > nodded.number)
    for chain in (("Willow",), ("Tara",), ("Willow", "Tara"), ("Tara", "Willow", "Tara")):
        assert believes(story, chain, linked, later) is True


def test_s12_guarded_thoughts_slip_and_are_heard_without_their_meaning() -> None:
    story = as_it_is()
    slip = first(story, "slip(Tara, Willow)")
    (cause,) = slip.causes
    held_back = story.chronicle.events[cause]
    assert held_back.kind == "unsaid"
    thought = next(e for e in events(story, "think", "Tara") if cause in e.causes)
    assert thought.percepts["Willow"].how == "sensed"
    assert not thought.percepts["Willow"].whole
    # She has not learnt from it what it was about.
    assert believes(story, ("Willow",), "loves(Tara, Willow)", slip) is False
    assert believes(
        story, ("Willow",), "puzzled(Willow)", first(story, "ask_in_thought(Willow, Tara)")
    )


def test_s13_a_belief_lags_behind_the_evidence() -> None:
    story = as_it_is()
    kiss, answer = first(story, "kiss(Willow, Tara)"), first(story, "answer(Willow, Tara)")
    assert believes(story, ("Tara",), "doubting(Tara)", answer) is True
    assert kiss.number < answer.number
    assert believes(story, ("Tara",), "doubting(Tara)", story.chronicle.events[-1]) is False


def test_s14_the_world_and_the_others_act_too() -> None:
    alarm, patrol = first(as_it_is(), "alarm()"), first(as_it_is(), "patrol(Buffy)")
    assert alarm.who is None
    assert patrol.who == "Buffy"
    assert alarm.number < patrol.number
    assert "clock_strikes()" in acts(as_it_is())


def test_s17_the_next_chapter_begins_with_all_minds_as_they_were_left() -> None:
    world = unspoken.parse(TEXT, "night")
    evening = world.run(seed=0)
    morning = world.run(2, seed=1, start=evening)
    assert morning.states[0] == evening.states[-1] or morning.minds("Tara").believes(
        "loves(Willow, Tara)"
    )
    assert morning.minds("Willow").mind("Tara").believes("loves(Willow, Tara)")


# Counterfactuals.


def test_without_the_mornings_refusal_willow_does_not_come() -> None:
    story = night(("\nrefused(Willow, Tara);\n", "\n"))
    assert not any(act.startswith(("walk(Willow", "knock")) for act in acts(story))


def test_with_taras_fear_taken_away_she_speaks_at_the_door() -> None:
    story = night(
        ("weight: -1;", "weight: -0.0625;"),
        ("temperament Tara { daring: 0.25; composure: 0.1; };", "temperament Tara { daring: 1; };"),
    )
    assert in_order(story, ["open_door(Tara)", CONFESS])
    assert "come_in(Willow)" not in acts(story)[: acts(story).index(CONFESS)]


def test_if_they_never_touch_the_link_never_opens() -> None:
    story = night(
        ("effect: distance(one, other) = 1;", "effect: distance(one, other) = 2;"),
        ("effect: distance(one, other) = 1 & !offered();", "effect: !offered();"),
    )
    assert "sit_down(Willow, Tara)" in acts(story)
    assert "link_opens(Willow, Tara)" not in acts(story)
    assert not any("sensed" in {p.how for p in e.percepts.values()} for e in events(story))


def test_if_tara_has_read_the_whole_chapter_she_guards_her_thoughts_from_the_start() -> None:
    story = night(("of: link_opens; };", "of: link_opens; known: Tara; };"))
    link = first(story, "link_opens(Willow, Tara)")
    later = next(e for e in events(story) if e.number > link.number and e.kind in ("feel", "act"))
    assert believes(story, ("Tara",), "linked(Tara, Willow)", later) is True
    assert believes(as_it_is(), ("Tara",), "linked(Tara, Willow)", later) is False
    assert "test_link(Tara, Willow)" not in acts(story)
    sensed = [
        event
        for event in events(story, "think", "Tara")
        if event.about == "unsaid" and "Willow" in event.percepts
    ]
    assert sensed
    assert not any(event.percepts["Willow"].whole for event in sensed)


def test_if_the_lamp_is_out_a_blush_is_not_seen() -> None:
    lit = first(as_it_is(), "blush(Tara, Willow)")
    dark = first(night(("\nlamp();\n", "\n")), "blush(Tara, Willow)")
    assert "Willow" in lit.percepts
    assert "Willow" not in dark.percepts


@pytest.mark.parametrize("seed", range(8))
def test_under_different_seeds_the_evening_takes_different_ways(seed: int) -> None:
    story = shipped.run("night_visit", seed)
    if story.ended == "until":
        assert "answer(Willow, Tara)" in acts(story)
    else:
        assert CONFESS not in acts(story)


def test_some_evenings_end_unspoken_and_no_two_need_be_alike() -> None:
    stories = [shipped.run("night_visit", seed) for seed in range(4)]
    assert {story.ended for story in stories} == {"until", "quiet"}
    assert len({tuple(acts(story)) for story in stories}) == 4
    unspoken_one = next(story for story in stories if story.ended == "quiet")
    assert events(unspoken_one, "unsaid", "Tara")
    assert "leave(Willow, Tara)" in acts(unspoken_one)


def test_who_dares_to_say_it_at_the_door_is_answered_there() -> None:
    world = unspoken.load("night_visit")
    game = world.play("Tara")
    while game.turn is not None:
        acts = [option.act for option in game.turn.options]
        game.choose(acts.index(CONFESS) if CONFESS in acts else None)
    story = world.story_of(game.simulation, game.moment, game.ended)
    assert game.ended == "until"
    assert in_order(story, ["open_door(Tara)", CONFESS, "answer_at_the_door(Willow, Tara)"])
    assert "apologise(Willow, Tara)" not in acts_of(story, after=CONFESS)
    assert "I like you too" in story.tell(through="Tara")


def acts_of(story: Story, after: str) -> list[str]:
    done = acts(story)
    return done[done.index(after) + 1 :]
