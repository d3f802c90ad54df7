"""Questions and claims about minds that take several worlds to be possible."""

from __future__ import annotations

import pytest

import unspoken

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


@pytest.fixture(scope="module")
def story() -> unspoken.Story:
    return unspoken.parse(TEXT, "vale").plan()


def test_the_story_is_an_elimination(story: unspoken.Story) -> None:
    assert story.acts == ("clear(Ann)", "clear(Cy)", "accuse(Ben)")


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("believes(Vale, killer() == Ann | killer() == Ben | killer() == Cy) after 0", True),
        ("believes(Vale, killer() == Ben | killer() == Cy) after 0", False),
        ("believes(Vale, killer() == Ben | killer() == Cy) after 1", True),
        ("believes(Vale, killer() == Ben) after 1", False),
        ("believes(Vale, killer() == Ben) after 2", True),
        ("knows_whether(Vale, killer() == Ann) after 1", True),
        ("knows_whether(Vale, killer() == Ben) after 1", False),
        ("possible(Vale, killer() == Cy) after 1", True),
        ("possible(Vale, killer() == Cy) after 2", False),
    ],
)
def test_what_is_believed_of_several_worlds(
    story: unspoken.Story, question: str, answer: bool
) -> None:
    assert story.ask(question).verdict is answer


def test_what_is_still_possible_is_said(story: unspoken.Story) -> None:
    points = [point.words for point in story.ask("what does Vale think? after 1").points]
    assert points[0].startswith("The killer is Ben or the killer is Cy"), points


def test_since_when_what_was_left_is_believed(story: unspoken.Story) -> None:
    (point,) = story.ask("since when believes(Vale, killer() == Ben | killer() == Cy)").points
    assert [(one.since, one.until) for one in point.stretches] == [(1, None)]


def test_claims_of_tests_are_judged_by_the_worlds() -> None:
    report = unspoken.parse(TEXT, "vale").test()
    assert [one.holds for one in report.results] == [True, False]
