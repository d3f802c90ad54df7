"""What people and things are called where a frame speaks of two who act together."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

import unspoken
from unspoken.chronicle.events import EventNumber, Percept
from unspoken.telling import Options, tell

SAW = Percept("saw", 1)
HANDS = """
unspoken 1;
entity Ann : character;  entity Bea : character;
property joined() : boolean;  property red(who : character) : boolean;
action join(one : character, other : character) {
  precondition: one != other;  effect: joined();  consenting: one, other;
};
action blush(who : character) { effect: red(who); };
tell blush(who : character) { of: who;  shows: unspoken; };
utility(): joined();  utility(Ann): joined();  utility(Bea): joined();
voice Ann { pronoun: she; };  voice Bea { pronoun: she; };
frame join(one : character, other : character) { who: witness; text: TEXT; };
frame join(one : character, other : character) { who: agent; text: TEXT; };
frame blush(who : character) { text: "{who} [go] red", "{who} [go] red because of Ann"; };
"""


def told(text: str, through: str, person: str) -> str:
    world = unspoken.parse(HANDS.replace("TEXT", f'"{text}"'), "hands")
    ground = world.plan(goal=1)
    options = Options("limited", through, person=person)  # type: ignore[arg-type]
    return tell(ground.chronicle, world.model, options).text


OWN = "{one} [turn] up {one's} palms, and {other} [lay] {other's} own on them"


@pytest.mark.parametrize(
    ("through", "person", "words"),
    [
        ("Ann", "third", "and Bea laid her own on them"),
        ("Bea", "third", "and Bea laid her own on them"),
        ("Ann", "first", "I turned up my palms, and Bea laid her own on them"),
        ("Bea", "first", "Ann turned up her palms, and I laid my own on them"),
    ],
)
def test_somebodys_own_is_the_subjects(through: str, person: str, words: str) -> None:
    assert words in told(OWN, through, person)


def test_them_is_us_only_after_they() -> None:
    """*On them*: the palms. Those who act together are *we* once they have been called *they*."""
    text = "{one} [take] the cups and [dry] them; they [sit] down, and the cat [look] at them"
    words = told(text, "Bea", "first")
    assert "dried them; we sat down, and the cat looked at us" in words
    assert "Our hands touched" in told("Their hands [touch] under {other's} shawl", "Ann", "first")


def test_a_tell_in_an_authors_words_gives_no_reasons_to_those_who_look_on() -> None:
    """Nobody does it; and still only the one who is betrayed can know what it came of."""
    world = unspoken.parse(HANDS.replace("TEXT", '"{one} [join] {other}"'), "hands")
    run = world.run(1, seed=0)
    act = replace(run.chronicle.events[0], number=EventNumber(0), kind="act", who=None)
    act = replace(act, name="blush", arguments=("Bea",), causes=(), changes=(), intentions=())
    act = replace(act, participants=(), percepts={"Ann": SAW, "Bea": SAW}, decision=None)
    chronicle = replace(run.chronicle, events=(act,))
    texts = {
        who: {tell(chronicle, world.model, Options("limited", who, seed=s)).text for s in range(9)}
        for who in ("Ann", "Bea")
    }
    assert texts == {
        "Ann": {"Ann saw Bea go red."},
        "Bea": {"Bea went red.", "Bea went red because of Ann."},
    }


STORM = """
unspoken 1;
entity Ann : character;  entity Pell : character;
property inside() : boolean;  property wet() : boolean;  property home() : boolean;
action enter(who : character) { precondition: !wet();  effect: inside();  consenting: who; };
action storm() { precondition: inside();  effect: wet(); };
action yawn(who : character) { precondition: wet();  effect: home();  consenting: who; };
utility(): if(home()) 1 else 0;  utility(Pell): (if(inside()) 1 else 0) + (if(home()) 1 else 0);
voice Ann { pronoun: she; };  voice Pell { pronoun: WHAT; };
"""


@pytest.mark.parametrize(
    ("pronoun", "words"),
    [
        ("he", "Pell went in. There was a storm. He yawned."),
        ("they", "Pell went in. There was a storm. Pell yawned."),  # Ann and Pell did not
    ],
)
def test_they_could_be_several(pronoun: str, words: str) -> None:
    story = unspoken.parse(STORM.replace("WHAT", pronoun), "storm").plan()
    assert tell(story.chronicle, story.world.model, Options(view="external")).text == words
