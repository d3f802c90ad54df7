"""Conditions in a chronicle, in truth and in minds: as the engine has them, act by act."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, note, reject
from hypothesis import strategies as st

import unspoken
from tests.strategies import choose, conditions, walks, worlds
from unspoken.chronicle import Chronicle
from unspoken.chronicle.record import record
from unspoken.engine import EngineError, GroundEvent, GroundWorld, State
from unspoken.language import parse_condition, to_text
from unspoken.language.printer import expression_text
from unspoken.model import Expression, Storyworld
from unspoken.queries.evaluation import Evaluation
from unspoken.queries.held import TooDeep


def gone_through(ground: GroundWorld, walk: list[int]) -> tuple[Chronicle, list[State]]:
    """A chronicle of what is done, and how things stand before it and after each act."""
    states: list[State] = [ground.initial]
    acts: list[GroundEvent] = []
    for move in walk:
        possible = states[-1].possible()
        if possible:
            acts.append(choose(move, possible))
            states.append(states[-1].after(acts[-1]))
    return record(ground, acts, depth=6), states


@given(worlds(), walks(4), st.data())
def test_it_holds_when_the_engine_says_so(
    world: Storyworld, walk: list[int], data: st.DataObject
) -> None:
    try:
        chronicle, states = gone_through(GroundWorld(world), walk)
        asked = data.draw(conditions(world))
        note(f"{to_text(world)}\n{expression_text(asked)}")
        minds = tuple(data.draw(st.lists(st.sampled_from(world.characters), max_size=2)))
        minds = tuple(who for place, who in enumerate(minds) if minds[:place][-1:] != (who,))
        for who in minds:
            states = [state.mind(who) for state in states]
        held = [state.evaluate(asked) for state in states]
    except EngineError:
        reject()
    evaluation = Evaluation(chronicle, world)
    moments = [*(e.number for e in chronicle.acts()), len(chronicle.events)]
    assert [evaluation.value(asked, before, minds) for before in moments] == held
    spans = evaluation.spans(asked, minds)
    inside = [any(before in span for span in spans) for before in moments]
    assert inside == [value is True for value in held]
    for span, following in pairwise(spans):
        assert span.end is not None
        assert span.end < following.start


def condition(story: unspoken.Story, text: str) -> Expression:
    expression, diagnostics = parse_condition(text, story.world.model)
    assert expression is not None, diagnostics
    return expression


@pytest.fixture(scope="module")
def evening() -> unspoken.Story:
    return unspoken.load("night_visit").plan()


def test_since_when_and_until_when(evening: unspoken.Story) -> None:
    evaluation = Evaluation(evening.chronicle, evening.world.model)
    events = evening.chronicle.events

    def acts(text: str) -> list[tuple[str | None, str | None]]:
        return [
            (act_before(span.start), None if span.end is None else act_before(span.end))
            for span in evaluation.spans(condition(evening, text))
        ]

    def act_before(number: int) -> str | None:
        done = [event.name for event in events[:number] if event.is_act]
        return done[-1] if done else None

    assert acts("loves(Willow, Tara)") == [(None, None)]
    assert acts("believes(Willow, loves(Tara, Willow))") == [("confess", None)]
    assert acts("believes(Tara, believes(Willow, loves(Tara, Willow)))") == [
        ("open_door", "apologise"),
        ("confess", None),
    ]
    assert acts("believes(Buffy, open())") == []


def test_minds_deeper_than_the_chronicle_are_not_guessed(evening: unspoken.Story) -> None:
    evaluation = Evaluation(evening.chronicle, evening.world.model)
    text = "believes(Tara, believes(Willow, believes(Tara, believes(Willow, open()))))"
    with pytest.raises(TooDeep):
        evaluation.spans(condition(evening, text))
    assert evaluation.spans(condition(evening, "believes(Tara, believes(Tara, lamp()))"))


@pytest.mark.parametrize(
    ("short", "full"),
    [
        (
            "knows(Tara, loves(Willow, Tara))",
            "loves(Willow, Tara) & believes(Tara, loves(Willow, Tara))",
        ),
        (
            "believes(Tara, knows(Willow, open() | lamp()))",
            "believes(Tara, (open() | lamp()) & believes(Willow, open() | lamp()))",
        ),
        (
            "believes(Tara, knows(Willow, open()))",
            "believes(Tara, open() & believes(Willow, open()))",
        ),
        (
            "!exists(c : character) knows(c, at(c) == Room)",
            "!exists(c : character) (at(c) == Room & believes(c, at(c) == Room))",
        ),
        (
            "knows(Tara, knows(Willow, open()))",
            "(open() & believes(Willow, open())) & "
            "believes(Tara, open() & believes(Willow, open()))",
        ),
    ],
)
def test_to_know_is_to_believe_what_is_so(evening: unspoken.Story, short: str, full: str) -> None:
    assert condition(evening, short) == condition(evening, full)


def test_a_property_called_knows_is_meant_first() -> None:
    world = unspoken.parse(
        "entity Ann : character; entity Ben : character;"
        "property knows(who : character, whom : character) : boolean;"
    )
    expression, _ = parse_condition("believes(Ben, knows(Ann, Ben))", world.model)
    assert expression is not None
    assert expression_text(expression) == "believes(Ben, knows(Ann, Ben))"
    known, _ = parse_condition("knows(Ben, knows(Ann, Ben))", world.model)
    assert known is not None
    assert " ".join(expression_text(known).split()) == (
        "knows(Ann, Ben) & believes(Ben, knows(Ann, Ben))"
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("knows(Oz, open())", "not-a-character"),
        ("knows(Tara, opn())", "unknown-property"),
        ("knows(Tara, at(Willow))", "not-boolean"),
        ("knows(Tara, " * 30 + "open()" + ")" * 30, "too-deep"),
    ],
)
def test_what_cannot_be_known(evening: unspoken.Story, text: str, code: str) -> None:
    expression, diagnostics = parse_condition(text, evening.world.model)
    assert expression is None
    assert [one.code for one in diagnostics] == [code]
