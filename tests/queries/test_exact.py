"""Answers are exact: on worlds that nobody thought of, they are what the engine's states say."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, note, reject
from hypothesis import strategies as st

import unspoken
from tests.queries.test_evaluation import gone_through
from tests.strategies import conditions, walks, worlds
from unspoken.chronicle.record import record
from unspoken.chronicle.words import fact_text
from unspoken.engine import EngineError, GroundWorld, State, StateGraph
from unspoken.language import parse_condition, to_text
from unspoken.model import EntityTerm, Expression, Storyworld
from unspoken.queries.answer import Stretch
from unspoken.queries.case import Case
from unspoken.queries.query import Query, When, believing, knowing
from unspoken.queries.questioning import Questioning


def mind(state: State, *chain: str) -> State:
    for who in chain:
        state = state.mind(who)
    return state


@given(worlds(), walks(4), st.data())
def test_who_knows_and_since_when(world: Storyworld, walk: list[int], data: st.DataObject) -> None:
    try:
        chronicle, states = gone_through(GroundWorld(world), walk)
        asked = data.draw(conditions(world))
        note(to_text(world))
        held = {
            who: [state.mind(who).evaluate(asked) is True for state in states]
            for who in world.characters
        }
        so = [state.evaluate(asked) is True for state in states]
    except EngineError:
        reject()
    questioning = Questioning(Case(chronicle, world))
    act = data.draw(st.integers(0, len(states) - 1))
    after = When("after", act=act)
    for knows in (False, True):
        truly = {
            who: [one and (is_so or not knows) for one, is_so in zip(own, so, strict=True)]
            for who, own in held.items()
        }
        found = questioning.answer(Query("who", claim=asked, knows=knows, when=after))
        assert {point.minds[0] for point in found.points} == {
            who for who, own in truly.items() if own[act]
        }
        for who, own in truly.items():
            make = knowing if knows else believing
            claim = make(EntityTerm(who), asked)
            answer = questioning.answer(Query("whether", claim=claim, when=after))
            assert bool(answer.verdict) == own[act]
            assert _at(answer.points[0].stretches, len(states)) == own


def _at(stretches: tuple[Stretch, ...], acts: int) -> list[bool]:
    """After which acts it holds, by the stretches in which it does."""
    return [
        any(s.since <= act and (s.until is None or act < s.until) for s in stretches)
        for act in range(acts)
    ]


@given(worlds(), walks(4))
def test_who_is_wrong_about_what(world: Storyworld, walk: list[int]) -> None:
    try:
        chronicle, states = gone_through(GroundWorld(world), walk)
    except EngineError:
        reject()
    final = states[-1]
    case = Case(chronicle, world)
    found = {
        (point.minds, point.fact): (point.value, point.truth)
        for point in Questioning(case).answer(Query("wrong")).points
    }
    expected = {}
    for fact in case.facts:
        text = fact_text(fact, True)
        truth = final.value(text)
        for one, other in product(world.characters, repeat=2):
            value = mind(final, one).value(text)
            if value is not None and truth is not None and value != truth:
                expected[(one,), text] = (value, truth)
            supposed, actual = mind(final, one, other).value(text), mind(final, other).value(text)
            if one != other and supposed is not None and supposed != actual:
                expected[(one, other), text] = (supposed, actual)
    assert found == expected


@given(worlds(), walks(4), st.data())
def test_common_belief_is_what_all_minds_of_a_group_lead_to(
    world: Storyworld, walk: list[int], data: st.DataObject
) -> None:
    try:
        _, states = gone_through(GroundWorld(world), walk)
        state = states[-1]
        asked: Expression = data.draw(conditions(world))
        group = data.draw(st.lists(st.sampled_from(world.characters), min_size=1, unique=True))
        found = state.common(group, asked)
        graph = state.graph()
        places = _reached(graph, group)
        expected = all(
            mind(state, *chain).evaluate(asked) is True for chain in places.values() if chain
        )
    except EngineError:
        reject()
    assert found == expected


@pytest.mark.parametrize(
    ("beginning", "expected"),
    [
        ("open();", True),
        ("open(); believes(Cat, !open());", True),
        ("open(); believes(Ann, !open());", False),
        ("open(); believes(Ann, believes(Ben, !open()));", False),
        ("open(); believes(Ann, believes(Ben, believes(Ann, !open())));", False),
        ("open(); believes(Ann, believes(Cat, !open()));", True),
        ("open(); believes(Ben, believes(Ann, believes(Ben, believes(Ann, !open()))));", False),
        ("!open(); believes(Ann, open()); believes(Ben, open());", True),
    ],
)
def test_common_to_any_depth(beginning: str, expected: bool) -> None:
    world = unspoken.parse(
        "unspoken 1; entity Ann : character; entity Ben : character; entity Cat : character;"
        "property open() : boolean; action wait() {};" + beginning
    )
    asked, _ = parse_condition("open()", world.model)
    assert asked is not None
    assert world.initial.common(["Ann", "Ben"], asked) is expected
    story = world.retell(record(world.ground, [], depth=2))
    answer = story.ask("is it common knowledge of Ann and Ben that open()?")
    assert answer.verdict is (expected and world.initial.evaluate(asked) is True)


def _reached(graph: StateGraph, group: list[str]) -> dict[int, tuple[str, ...]]:
    """The nodes to which minds of a group lead from the first, with a chain that leads there: the
    first itself by a chain, too, if there is one."""
    found: dict[int, tuple[str, ...]] = {}
    waiting: list[tuple[int, tuple[str, ...]]] = [(0, ())]
    while waiting:
        place, chain = waiting.pop(0)
        for who in group:
            following = graph.nodes[place].minds.get(who, place)
            if following not in found:
                found[following] = (*chain, who)
                waiting.append((following, (*chain, who)))
    return found
