"""Answers in a world small enough to see that they are right."""

from __future__ import annotations

import pytest

import unspoken
from unspoken.chronicle.record import record

ROOM = """
unspoken 1;
entity Ann : character; entity Ben : character; entity Cat : character;
property open() : boolean;
property lit() : boolean;
open();
action shut(who : character) { effect: !open(); consenting: who; };
action light(who : character) {
  effect: lit(); consenting: who; observing(o : character): o != Cat | !open();
};
action knock(Ann, Ben) { effect: lit(); };
action knock(Ann, Cat) { effect: !open(); };
"""


def asked(question: str, *acts: str) -> str:
    """The answer and its points, on one line."""
    world = unspoken.parse(ROOM)
    done = [world.ground.action(act) for act in acts]
    answer = world.retell(record(world.ground, done, depth=2)).ask(question)
    return " / ".join((answer.words, *(point.words for point in answer.points if point.words)))


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("perceived(Cat: shut(Ann)) before 2", "No: that came later, act 2, when Ann shut."),
        ("perceived(Cat: shut(Ann)) after 2", "Yes: Cat saw it, act 2, when Ann shut."),
        ("perceived(Cat: shut(Ben))", "No: it never happened that Ben shut."),
        (
            "changed(Ann: believes(Ben, lit()))",
            "Ann\u2019s mind as to whether Ben thinks that it is lit was changed once: act 1, when "
            "Ann lit. / act 1: Ann thinks that Ben thinks that it is lit",
        ),
        (
            "changed(Ann: open() & !lit())",
            "Ann\u2019s mind as to whether it is open and it is not lit was changed twice: act 1, "
            "when Ann lit; act 2, when Ann shut. / act 1: Ann thinks that it is lit / act 2: Ann "
            "thinks that it is not open (before, Ann thought that it was open)",
        ),
    ],
)
def test_an_answer(question: str, answer: str) -> None:
    assert asked(question, "light(Ann)", "shut(Ann)") == answer


def test_what_decides_is_what_is_like_the_whole() -> None:
    world = unspoken.parse(ROOM)
    done = [world.ground.action(act) for act in ("shut(Ann)", "light(Ben)")]
    story = world.retell(record(world.ground, done, depth=2))
    (point,) = story.ask("open() | lit()").points
    assert [one.event for one in point.evidence] == [
        next(event.number for event in story.chronicle.acts() if event.name == "light")
    ]


def test_whoever_told_of_their_own_mind_is_followed_back_to_what_made_it_up() -> None:
    world = unspoken.parse(
        "unspoken 1; entity Ann : character; entity Ben : character; property lit() : boolean;"
        "action look(Ben) { effect: believes(Ben, lit()); observing(c : character): c == Ben; };"
        "action admit(a : character, b : character) { precondition: believes(a, lit());"
        " effect: believes(b, believes(a, lit())); consenting: a; };"
        'speech admit(a : character, b : character) { says: "I think it is lit"; };'
    )
    done = [world.ground.action(act) for act in ("look(Ben)", "admit(Ben, Ann)")]
    (point,) = world.retell(record(world.ground, done)).ask("thinks(Ann, Ben)").points
    assert [(one.act, one.who, one.by) for one in point.evidence] == [
        (1, "Ben", None),
        (2, "Ann", "Ben"),
    ]


def test_what_is_known_is_what_is_so() -> None:
    world = unspoken.parse(
        ROOM + "property shut() : boolean; believes(Ann, !open()); believes(Ben, believes(Ann, "
        "open())); believes(Ben, !open());"
        "action mislead(Ann) { effect: believes(Ann, shut()) & believes(Ann, lit()) & lit(); };"
    )
    told = world.retell(record(world.ground, [world.ground.action("mislead(Ann)")]))
    words = {
        question: [point.fact for point in told.ask(question).points]
        for question in ("what does Ann think?", "what does Ann know?")
    }
    assert words == {
        "what does Ann think?": ["lit()", "shut()"],
        "what does Ann know?": ["lit()"],
    }
    within = ("what does Ben think that Ann thinks?", "what does Ben think that Ann knows?")
    thought, known = ([p.fact for p in told.ask(question).points] for question in within)
    assert set(thought) - set(known) == {"shut()"}


def test_only_the_act_that_is_meant_goes_unseen() -> None:
    told = asked("unseen(knock(Ann, Ben): Cat)", "knock(Ann, Ben)", "knock(Ann, Cat)")
    assert "Cat thinks that it is not lit" in told
    assert "open" not in told


def test_what_is_seen_the_second_time_only() -> None:
    acts = ("light(Ann)", "shut(Ann)", "light(Ann)")
    told = asked("unseen(light(Ann): Cat)", *acts)
    assert "Cat thinks that it is not lit" in told
