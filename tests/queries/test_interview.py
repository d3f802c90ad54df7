"""Who is asked answers by what they know: whatever is changed that this mind cannot perceive, its
answers stay the same to the byte."""

from __future__ import annotations

import json
from functools import cache
from random import Random

import pytest
from msgspec.structs import replace

import unspoken
from tests import shipped
from tests.telling.interference import altered, bases
from tests.telling.ways import run
from unspoken.chronicle import Chronicle
from unspoken.chronicle.record import record
from unspoken.model import Storyworld
from unspoken.queries.case import Case
from unspoken.queries.questioning import Questioning

TRIALS, PARTS = 32, 4

FORMS = (
    "thinks({0})",
    "thinks({1})",
    "thinks({0}, {1})",
    "thinks({1}, {0})",
    "wrong()",
    "wrong({1}) about {0}",
    "perceived({0})",
    "perceived({1})",
    "unsaid()",
    "feels({0})",
    "feels({1})",
    "changed({0})",
    "changed({1})",
    "common()",
    "common({0}, {1})",
)


def answers(chronicle: Chronicle, world: Storyworld, who: str) -> str:
    questioning = Questioning(Case(chronicle, world, root=who))
    other = next(name for name in chronicle.characters if name != who)
    asked = [*(form.format(who, other) for form in FORMS), *questioning.best()]
    return json.dumps([questioning.ask(question).as_json() for question in asked], indent=1)


@cache
def before(base: int, who: str) -> str:
    world, chronicle = bases()[base]
    return answers(chronicle, world, who)


def trial(number: int) -> str | None:
    rng = Random(number)
    base = rng.randrange(len(bases()))
    world, chronicle = bases()[base]
    who = rng.choice(chronicle.characters)
    after = answers(altered(chronicle, who, rng), world, who)
    return None if after == before(base, who) else f"trial {number}: {chronicle.world}, {who}"


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_outside_a_mind_is_in_its_answers(part: int) -> None:
    each = TRIALS // PARTS
    assert [bad for n in range(part * each, (part + 1) * each) if (bad := trial(n))] == []


def test_a_trial_can_fail() -> None:
    world, chronicle = run("night_visit")
    own = answers(chronicle, world, "Tara")
    assert answers(altered(chronicle, "Willow", Random(1)), world, "Tara") != own


def test_how_much_happened_in_between_does_not_show() -> None:
    world, chronicle = run("night_visit")
    events = [
        replace(
            event,
            time=2 * event.time,
            percepts={n: replace(p, time=2 * p.time) for n, p in event.percepts.items()},
        )
        for event in chronicle.events
    ]
    slower = replace(chronicle, events=tuple(events))
    assert answers(slower, world, "Tara") == answers(chronicle, world, "Tara")


@pytest.fixture
def evening() -> unspoken.Story:
    return shipped.planned("night_visit")


@pytest.mark.parametrize(
    ("who", "question", "answer"),
    [
        ("Buffy", "does Tara love Willow?", "No: I think that Tara does not love Willow."),
        ("Buffy", "where is Willow?", "I think that Willow is at the Bronze, from the beginning."),
        (
            "Tara",
            "do you know that Willow loves you?",
            "Yes: I know that Willow loves me, since Willow cupped my cheek.",
        ),
        ("Tara", "do I love Willow?", "Yes: I love Willow, from the beginning."),
        (
            "Tara",
            "who knows that the book lies on the floor?",
            "I know that the book lies on the floor, Willow and Buffy do not.",
        ),
        ("Buffy", "what are you wrong about?", "I am not wrong."),
        ("Tara", "what is Willow wrong about?", "Willow is wrong"),
        ("Tara", "what do you think about Willow?", "I think about Willow:"),
        ("Tara", "what do you want?", "I want:"),
        (
            "Tara",
            "how do you feel about Willow?",
            "What I feel towards Willow, as far as it is told:",
        ),
        ("Tara", "what are you hiding from Buffy?", "What I am hiding:"),
        ("Tara", "who lied to you?", "Not as far as I know."),
        ("Tara", "were you there when Willow cupped your cheek?", "Yes: I did it"),
        ("Tara", "what did Willow tell you?", "What Willow said to me:"),
        ("Tara", "was I kissed?", "Yes: Willow kissed me."),
    ],
)
def test_an_interview(evening: unspoken.Story, who: str, question: str, answer: str) -> None:
    assert evening.ask(question, as_=who).words.startswith(answer)


INTERVIEWED = unspoken.parse_ledger(
    "people: Lena, Nora\nscene: Quay\npresent: Lena, Nora\nhappens: Lena sinks the boat\n"
    "Nora tells Lena: Lena is a fool\nNora tells Lena: Lena lost her way\n"
    "Nora tells Lena: Lena sings and dances\nLena lies to Nora: Nora's hat suits Lena\n"
)


@pytest.mark.parametrize(
    ("who", "question", "answer"),
    [
        ("Lena", "did you sink the boat?", "Yes: I sank the boat."),
        ("Nora", "did Lena sink the boat?", "Yes: I think that Lena sank the boat, since"),
        ("Lena", "are you a fool?", "Yes: I am a fool, since Nora told me that I am a fool."),
        ("Lena", "did I lose her way?", "Yes: I think that Lena lost her way, since Nora told me"),
        ("Nora", "who lied to you?", "Lena lied to me:"),
    ],
)
def test_an_interview_of_a_ledger(who: str, question: str, answer: str) -> None:
    assert INTERVIEWED.ask(question, as_=who).words.startswith(answer)


def test_what_cannot_be_said_by_its_rules_stands_as_it_is_written() -> None:
    said = INTERVIEWED.ask("thinks(Lena)", as_="Lena").text(full=True)
    assert "Lena lost her way, since" in said
    assert "Lena sings and dances, since" in said
    (lie,) = INTERVIEWED.ask("who lied?", as_="Nora").points
    assert lie.words == "Lena lied to me, that my hat suits Lena"


def test_of_what_one_has_not_heard_one_cannot_be_asked(evening: unspoken.Story) -> None:
    question = "did Tara see that Willow knocked?"
    assert evening.ask(question).verdict is False
    with pytest.raises(unspoken.DiagnosticError) as raised:
        evening.ask(question, as_="Buffy")
    assert [one.code for one in raised.value.diagnostics] == ["question-not-understood"]


def test_of_what_nobody_saw_bring_it_no_name_is_said() -> None:
    world = unspoken.parse(
        "unspoken 1; entity Ann : character; entity Ben : character; property lit() : boolean;"
        "action hypnotise(Ben) { effect: believes(Ann, lit()); consenting: Ben;"
        " observing(c : character): c == Ben; };"
    )
    told = world.retell(record(world.ground, [world.ground.action("hypnotise(Ben)")]))
    questions = ("since when believes(Ann, lit())", "what changed Ann's mind?", "thinks(Ann)")
    for question in questions:
        assert "hypnotised" in told.ask(question).text(full=True), "Ben could say"
        answer = json.dumps(told.ask(question, as_="Ann").as_json())
        assert "hypnoti" not in answer
    (point,) = told.ask(questions[0], as_="Ann").points
    assert not point.evidence


def test_nobody_counts_what_they_did_not_perceive(evening: unspoken.Story) -> None:
    for question in ("who is wrong?", "what changed Tara's mind?", "what did Tara see?"):
        assert "act " not in evening.ask(question, as_="Tara").text(full=True)
