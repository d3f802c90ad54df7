"""Questions kept ready, what is whose to begin, and who would see it."""

from __future__ import annotations

import pytest
from hypothesis import given, note, reject
from hypothesis import strategies as st

from tests.engine.test_told import HOUSE
from tests.planning.worlds import grounded
from tests.strategies import choose, conditions, walks, worlds
from unspoken.engine import EngineError, GroundWorld, Questions, State
from unspoken.language import parse_condition, to_text
from unspoken.model import Expression, Storyworld


def condition(ground: GroundWorld, text: str) -> Expression:
    expression, diagnostics = parse_condition(text, ground.world)
    assert expression is not None, diagnostics
    return expression


@given(worlds(), walks(4), st.data())
def test_a_kept_question_has_the_answer_it_would_have(
    world: Storyworld, walk: list[int], data: st.DataObject
) -> None:
    note(to_text(world))
    try:
        ground = GroundWorld(world)
    except EngineError:
        reject()
    asked = data.draw(st.lists(conditions(world), min_size=1, max_size=4))
    try:
        questions = [ground.question(one) for one in asked]
        state: State = ground.initial
        for move in walk:
            together = Questions(ground, questions).of(state)
            assert together == [question.of(state) for question in questions]
            for question, one in zip(questions, asked, strict=True):
                assert question.of(state) == state.evaluate(one)
                for who in ground.characters:
                    assert question.of(state.mind(who)) == state.mind(who).evaluate(one)
            possible = state.possible()
            if possible:
                state = state.after(choose(move, possible))
    except EngineError:
        reject()


@given(worlds(), walks(4))
def test_options_are_what_is_possible_and_ones_own(world: Storyworld, walk: list[int]) -> None:
    try:
        ground = GroundWorld(world)
        state: State = ground.initial
        for move in walk:
            possible = state.possible()
            for who in ground.characters:
                own = tuple(e for e in possible if e.consenting[:1] == (who,))
                assert state.options(who) == own
            if possible:
                state = state.after(choose(move, possible))
    except EngineError:
        reject()


def test_a_question_is_kept_once() -> None:
    ground = grounded(HOUSE)
    dark = ground.question(condition(ground, "dark()"))
    assert ground.question(condition(ground, "dark( )")) is dark
    assert dark.of(ground.initial) is False
    assert dark.of(ground.initial.told([((), "dark()", True)])) is True
    hour = ground.question(condition(ground, "hour() == 0"))
    assert hour is not dark
    assert hour.of(ground.initial) is True


def test_a_question_that_was_never_asked() -> None:
    ground = grounded(HOUSE)
    with pytest.raises(EngineError) as raised:
        ground.raw.ask(ground.initial.number, 0)
    assert raised.value.args[0] == "unknown-question"


def test_the_second_to_consent_is_not_the_one_to_begin() -> None:
    ground = grounded(HOUSE)
    own = [str(option) for option in ground.initial.options("Ben")]
    assert own == ["walk(Ben, Barn)", "cheer(Ben, Ann)", "wait(Ben)"]
    with pytest.raises(KeyError):
        ground.initial.options("Dan")


def test_who_would_see_it() -> None:
    ground = grounded(HOUSE)
    leave = ground.action("walk(Ben, Barn)")
    stay = ground.mint([((), "dark()", True)], ["Cat"])
    assert [ground.initial.observes(leave, who) for who in ground.characters] == [True] * 3
    away = ground.initial.after(leave)
    back = ground.action("walk(Cat, Attic)")
    assert away.observes(back, "Ann") is True
    assert [away.observes(stay, who) for who in ground.characters] == [False, False, True]
