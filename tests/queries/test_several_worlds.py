"""Questions and claims about minds that take several worlds to be possible."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, note, reject
from hypothesis import strategies as st
from msgspec.structs import replace

import unspoken
from tests.queries.test_evaluation import gone_through
from tests.strategies import conditions, uncertain, walks
from unspoken.chronicle.record import record
from unspoken.engine import EngineError, GroundWorld, State
from unspoken.language import parse_condition, to_text
from unspoken.language.printer import expression_text
from unspoken.model import Expression, Storyworld
from unspoken.queries.evaluation import Evaluation

TEXT = """
unspoken 1;
type suspect : character;
entity Vale : character; entity Ann : suspect; entity Ben : suspect; entity Cy : suspect;
property killer() : suspect;
property asked(s : suspect) : boolean;
property accused(s : suspect) : boolean;
killer() = Ben;
possible(Vale, killer() == Ann | killer() == Ben | killer() == Cy);
action clear(s : suspect) { precondition: killer() != s & !asked(s); effect: asked(s); };
action accuse(s : suspect) {
    precondition: believes(Vale, killer() == s); effect: accused(s); consenting: Vale; };
utility(): if(accused(Ben)) 1 else 0;
utility(Vale): if(accused(Ben)) 1 else 0;
test "rules out" {
    always: believes(Vale, killer() == Ann | killer() == Ben | killer() == Cy);
    sometime: believes(Vale, killer() == Ben | killer() == Cy) & !believes(Vale, killer() == Ben);
    at_end: believes(Vale, killer() == Ben);
};
test "never in doubt" { never: believes(Vale, killer() == Ben | killer() == Cy); };
"""

HAND = """
unspoken 1;
type suspect : character;
entity Vale : character; entity Ann : suspect; entity Ben : suspect;
type weapon; entity Rope : weapon; entity Knife : weapon;
property killer() : suspect;
property with() : weapon;
property done() : boolean;
killer() = Ben; with() = Knife;
possible(Vale, killer() == Ann & with() == Rope | killer() == Ben & with() == Knife);
action wait(Vale) { precondition: !done(); effect: done(); consenting: Vale; };
utility(Vale): done(); utility(): done();
"""
TOGETHER = "killer() == Ann & with() == Rope | killer() == Ben & with() == Knife"


@pytest.fixture(scope="module")
def story() -> unspoken.Story:
    return unspoken.parse(TEXT, "vale").plan()


@pytest.fixture(scope="module")
def ran() -> unspoken.Story:
    return unspoken.parse(TEXT, "vale").run()


def test_the_story_is_an_elimination(story: unspoken.Story, ran: unspoken.Story) -> None:
    assert story.acts == ran.acts == ("clear(Ann)", "clear(Cy)", "accuse(Ben)")


ASKED = [
    ("believes(Vale, killer() == Ann | killer() == Ben | killer() == Cy) after 0", True),
    ("believes(Vale, killer() == Ben | killer() == Cy) after 0", False),
    ("believes(Vale, killer() == Ben | killer() == Cy) after 1", True),
    ("believes(Vale, killer() == Ben) after 1", False),
    ("believes(Vale, killer() == Ben) after 2", True),
    ("knows_whether(Vale, killer() == Ann) after 1", True),
    ("knows_whether(Vale, killer() == Ben) after 1", False),
    ("knows_whether(Vale, killer()) after 1", False),
    ("knows_whether(Vale, killer()) after 2", True),
    ("possible(Vale, killer() == Cy) after 1", True),
    ("possible(Vale, killer() == Cy) after 2", False),
]


@pytest.mark.parametrize(("question", "answer"), ASKED)
def test_what_is_believed_of_several_worlds(
    story: unspoken.Story, ran: unspoken.Story, question: str, answer: bool
) -> None:
    assert story.ask(question).verdict is answer
    assert ran.ask(question).verdict is answer
    assert story.ask(question, as_="Vale").verdict is answer, "whoever is asked knows it"


@given(uncertain(), walks(3), st.data())
def test_nothing_is_said_that_is_not_so(
    world: Storyworld, walk: list[int], data: st.DataObject
) -> None:
    """By the states, all that is so; by the chronicle alone, nothing that is not."""
    try:
        chronicle, states = gone_through(GroundWorld(world), walk)
        asked = data.draw(conditions(world))
        minds = tuple(data.draw(st.lists(st.sampled_from(world.characters), max_size=2)))
        minds = tuple(who for place, who in enumerate(minds) if minds[:place][-1:] != (who,))
        note(f"{to_text(world)}\n{minds} {expression_text(asked)}")
        outcomes = [_outcomes(state, minds, asked) for state in states]
    except EngineError:
        reject()
    moments = [*(e.number for e in chronicle.acts()), len(chronicle.events)]
    by_moment = dict(zip(moments, states, strict=True))
    alone = Evaluation(chronicle, world)
    exact = Evaluation(
        chronicle, world, lambda claim, before: by_moment[before].evaluate(claim) is True
    )
    for moment, found in zip(moments, outcomes, strict=True):
        known = found.pop() if len(found) == 1 else None
        assert exact.value(asked, moment, minds) is known
        assert alone.value(asked, moment, minds) in (None, known)
        assert alone.is_held(asked, moment, minds) in (None, known is True)


def _outcomes(state: State, minds: tuple[str, ...], asked: Expression) -> set[bool]:
    for who in minds:
        state = state.mind(who)
    return {one.evaluate(asked) is True for one in state.worlds}


@pytest.mark.parametrize(
    ("claim", "truth", "by_itself"),
    [
        (TOGETHER, True, None),
        ("killer() == Ann | killer() == Ben", True, True),
        ("killer() == Ann | with() == Knife", True, None),
        ("killer() == Ann & with() == Knife", False, False),
        ("killer() == Ann & with() == Rope", False, False),
        ("killer() != Vale", True, True),
        ("exists(s : suspect) killer() == s", True, True),
        ("exists(s : suspect) believes(Vale, killer() == s)", False, False),
        ("possible(Vale, killer() == Ann)", True, True),
        ("possible(Vale, killer() == Ann & with() == Knife)", False, None),
        ("believes(Ann, killer() == Ben)", False, False),
        ("possible(Ann, killer() == Ben & with() == Rope)", False, None),
        ("believes(Vale, killer()) == Ann", False, False),
        ("believes(Vale, killer()) != Ann", True, True),
    ],
)
def test_what_goes_together_is_known_where_the_world_is_at_hand(
    claim: str, truth: bool, by_itself: bool | None, tmp_path: Path
) -> None:
    world = unspoken.parse(HAND, "hand")
    told = world.run()
    told.save(tmp_path / "told.json")
    question = f"believes(Vale, {claim})"
    assert told.ask(question).verdict is truth
    assert world.plan().ask(question).verdict is truth
    assert told.ask(question, as_="Vale").verdict is by_itself
    # What was played is not gone through again.
    played = replace(told.chronicle, previous="another")
    assert world.retell(played).ask(question).verdict is by_itself


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("is Ann the killer? after 0", "I cannot tell: the killer is Ann, Ben or Cy."),
        ("is Ann the killer? after 1", "No: I think that the killer is not Ann."),
        (
            "do you know whether Ben is the killer? after 1",
            "No: I do not know whether the killer is Ben.",
        ),
        (
            "do you think that Ben is the killer? after 1",
            "No: I think it possible, not certain, that the killer is Ben.",
        ),
        (
            "could Ben be the killer? after 1",
            "Yes: I think it possible that the killer is Ben, from the beginning.",
        ),
        ("could Ann be the killer? after 1", "No: I rule out that the killer is Ann"),
        ("is Ann or Ben the killer? after 0", "I cannot tell"),
        ("is Ann, Ben or Cy the killer? after 0", "Yes: I think that the killer is Ann"),
        (
            "does Ann think that Ben is the killer? after 0",
            "That is not to be told of minds that hold several things possible: whether Ann thinks "
            "that the killer is Ben.",
        ),
    ],
)
def test_whoever_is_asked_says_what_they_cannot_tell(
    story: unspoken.Story, question: str, answer: str
) -> None:
    assert story.ask(question, as_="Vale").words.startswith(answer)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("killer() == Ann", "I cannot tell: the killer is Ann or Ben."),
        # She could tell that this is not so; what the chronicle has of her could not.
        (
            "killer() == Ann & with() == Knife",
            "That is not to be told of minds that hold several things possible: whether the killer "
            "is Ann and the with is the knife.",
        ),
        (
            "possible(Vale, killer() == Ann & with() == Knife)",
            "That is not to be told of minds that hold several things possible: whether I "
            "think it possible that the killer is Ann and the with is the knife.",
        ),
    ],
)
def test_nobody_is_said_to_be_unsure_who_may_be_sure(question: str, answer: str) -> None:
    story = unspoken.parse(HAND, "hand").plan()
    assert story.ask(question, as_="Vale").words == answer


@pytest.mark.parametrize(
    ("question", "form"),
    [
        (
            "does Vale think it possible that Ann is the killer?",
            "possible(Vale, killer() == Ann)",
        ),
        ("does she hold it possible that Vale asked Ann?", ""),
        ("could Ann be the killer for Vale?", "possible(Vale, killer() == Ann)"),
        ("could Ann be the killer?", ""),
        ("does Vale think that Ann or Ben is the killer?", None),
        ("when did Vale rule out Ann?", "since when believes(Vale, !(killer() == Ann))"),
        ("does Vale rule out that Ann is the killer?", "believes(Vale, !(killer() == Ann))"),
        ("when did Vale rule out Vale?", ""),
        ("who does Vale suspect? after 1", "possibilities(Vale) after 1"),
        ("what does Vale hold possible?", "possibilities(Vale)"),
    ],
)
def test_possibility_in_english(story: unspoken.Story, question: str, form: str | None) -> None:
    query = story.asker().questioning.query(question)
    if form == "":
        assert query is None
        return
    assert query is not None
    if form is None:
        form = "believes(Vale, killer() == Ann | killer() == Ben)"
    assert query.text == form
    assert story.ask(question).form == story.ask(form).form == form


@pytest.mark.parametrize(
    ("question", "points"),
    [
        ("what does Vale think? at the beginning", ["The killer is Ann, Ben or Cy"]),
        ("what does Vale hold possible? after 1", ["The killer is Ben or Cy"]),
        ("what does Vale hold possible? after 2", []),
        ("what does Vale know? after 1", ["Ann has been asked"]),
    ],
)
def test_what_is_still_possible_is_said(
    story: unspoken.Story, question: str, points: list[str]
) -> None:
    said = [point.words.partition(", since")[0] for point in story.ask(question).points]
    assert said == points


def test_since_when_what_was_left_is_believed(story: unspoken.Story) -> None:
    (point,) = story.ask("since when believes(Vale, killer() == Ben | killer() == Cy)").points
    assert [(one.since, one.until) for one in point.stretches] == [(1, None)]


def test_an_answer_rests_on_what_ruled_it_out_and_not_on_the_last_of_it(
    story: unspoken.Story,
) -> None:
    (point,) = story.ask("does Vale think that Ann is the killer?").points
    assert [one.act for one in point.evidence] == [1]


def test_what_no_fact_shows_is_learned_when_it_is() -> None:
    world = unspoken.parse(
        "unspoken 1; entity Ann : character;"
        "property p() : boolean; property q() : boolean; property z() : boolean; p();"
        "possible(p() & q() | p() & !q() | !p() & q() | !p() & !q());"
        "action look() { precondition: !p() | !q(); };"
    )
    told = world.retell(record(world.ground, [world.ground.action("look()")]))
    (point,) = told.ask("believes(Ann, !p() | !q())").points
    assert [(one.since, one.until) for one in point.stretches] == [(1, None)]


def test_claims_of_tests_are_judged_by_the_worlds() -> None:
    report = unspoken.parse(TEXT, "vale").test()
    assert [one.holds for one in report.results] == [True, False]
    run = TEXT.replace('test "rules out" {', 'test "rules out" { over: run;')
    assert [one.holds for one in unspoken.parse(run, "vale").test().results] == [True, False]


def test_one_knows_what_a_thing_is_only_where_it_is_something() -> None:
    world = unspoken.parse(
        HAND.replace("killer() = Ben;", "killer() = ?;").replace("possible", "//")
    )
    claim, _ = parse_condition("knows_whether(Ann, killer())", world.model)
    assert claim is not None
    assert world.initial.evaluate(claim) is False
