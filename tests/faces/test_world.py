"""The Python face: what a script or a notebook does with a story."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import unspoken
from tests.faces.conftest import LETTER, SHORTEST

RISING = """\
unspoken 1;
entity Ada : character;
property coins(who : character) : number;
coins(Ada) = 0;
action find(who : character) { effect: coins(who) = coins(who) + 1; };
utility(): coins(Ada);
"""


def test_the_first_page_of_the_manual(folder: Path) -> None:
    world = unspoken.load("letter.story")
    story = world.plan(goal=1)
    assert story.found
    assert list(story.acts) == SHORTEST
    assert story.minds("Ada").believes("loves(Ben, Ada)")
    assert "Ada" in story.tell(through="Ada")


def test_a_text_alone_is_one_and_not_letters() -> None:
    world = unspoken.parse(LETTER)
    loved, doubted = "loves(Ada, Ben)", "believes(Ada, !loves(Ben, Ada))"
    alone = world.bridge("together()", keep=loved, never="confess(Ada, *)", cast="Ada", given=loved)
    listed = world.bridge(
        "together()", keep=[loved], never=["confess(Ada, *)"], cast=["Ada"], given=[loved]
    )
    assert alone.stories
    assert str(alone) == str(listed)
    assert str(world.infer("embrace", suppose=doubted)) == str(
        world.infer("embrace", suppose=[doubted])
    )


@pytest.mark.parametrize("after", [-1, 99])
def test_no_act_is_beyond_the_story(after: int) -> None:
    story = unspoken.parse(LETTER).plan()
    with pytest.raises(unspoken.DiagnosticError, match=f"no act {after}"):
        story.why_not("confess(Ada, Ben)", after=after)


def test_minds_at_the_beginning() -> None:
    world = unspoken.parse(LETTER)
    assert world.initial.value("loves(Ben, Ada)") is True
    assert world.initial.mind("Ada").value("loves(Ben, Ada)") is False
    assert world.initial.mind("Ben").mind("Ada").value("loves(Ben, Ada)") is False


def test_minds_at_the_end() -> None:
    story = unspoken.parse(LETTER).plan()
    assert story.minds("Ada").value("together()") is True
    assert story.minds("Ada").mind("Ben").value("loves(Ada, Ben)") is True
    assert story.minds("Ada").believes("loves(Ben, Ada) & together()")
    assert story.minds("Ada").believes("believes(Ben, loves(Ada, Ben))")
    assert not story.minds("Ada").believes("!together()")
    assert story.minds("Ada").mind("Ben").believes("exists(c : character) loves(c, Ben)")


@pytest.mark.parametrize(
    ("ask", "complaint"),
    [
        (lambda story: story.minds("Adda"), "did you mean `Ada`?"),
        (lambda story: story.minds("Ada").mind("Bn"), "did you mean `Ben`?"),
        (lambda story: story.minds("Ada").value("loves(Ben, Zoe)"), "is called"),
        (lambda story: story.minds("Ada").believes("lovs(Ben, Ada)"), "loves"),
        (lambda story: story.minds("Ada").believes("loves(Ben"), "`)`"),
        (lambda story: story.minds("Ada").believes(""), "error"),
        (lambda story: story.tell(through="Zoe"), "nobody in this story"),
    ],
)
def test_questions_that_make_no_sense(ask: object, complaint: str) -> None:
    story = unspoken.parse(LETTER).plan()
    with pytest.raises(unspoken.DiagnosticError) as raised:
        ask(story)  # type: ignore[operator]
    assert complaint in str(raised.value)


def test_an_error_shows_the_place() -> None:
    with pytest.raises(unspoken.DiagnosticError) as raised:
        unspoken.parse("entity Ann : character;\nAnn(Bob);\n", "mine.story")
    assert "mine.story:2:1" in str(raised.value)
    assert "^^^" in str(raised.value)


def test_a_story_that_is_not_there() -> None:
    story = unspoken.parse(LETTER).plan(goal=9, author_limit=2)
    assert story.outcome == "impossible"
    assert story.acts == ()
    with pytest.raises(unspoken.DiagnosticError, match="no story to tell"):
        story.tell()


def test_a_plan_there_and_back() -> None:
    world = unspoken.parse(LETTER)
    text = str(world.plan())
    assert world.replay(text).is_valid
    assert not world.replay(text.replace("confess(Ben, Ada)", "confess(Ada, Ben)")).is_valid
    assert "Ben, for" in world.plan().reasons


def test_what_is_replayed() -> None:
    """A plan, its text, a story, or acts, which then have no reasons."""
    world = unspoken.parse(LETTER)
    story = world.plan()
    rises = "valid: the author's utility rises from 0 to 1\n"
    for given in (story, story.plan, story.text):
        assert str(world.replay(given)) == rises
    bare = world.replay(story.acts)
    assert not bare
    assert "find_letter" not in str(bare)  # takes nobody's consent
    assert "confess(Ben, Ada)" in str(bare)


def test_what_came_to_nothing_is_not_true() -> None:
    """Whoever writes `if story:` means whether it is what was asked for."""
    world = unspoken.parse(LETTER)
    found, short = world.plan(), unspoken.parse(RISING).plan(goal=9, author_limit=1)
    assert (bool(found), bool(short), short.acts) == (True, False, ("find(Ada)",))
    assert repr(short) == "<Story of <text>: impossible; the best met: find(Ada)>"
    assert world.replay(found)
    assert world.bridge("together()")
    assert not world.bridge("together()", never="embrace")
    assert world.infer("embrace")
    assert not world.infer("embrace", within=1)


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda world: world.plan(goal="x"), "goal is a number, and not 'x'"),
        (lambda world: world.plan(author_limit=-1), "author_limit is 0 or more, and not -1"),
        (lambda world: world.run(rounds=-3), "rounds is 0 or more, and not -3"),
        (lambda world: world.plan().tell(tense="future"), "tense is 'past' or 'present', and not"),
        (lambda world: world.plan().tell(heads="all"), "heads is 'alternate', 'limited', "),
        (lambda world: world.plan().tell(as_="poem"), "as_ is 'prose', 'screenplay' or 'anno"),
        (lambda world: world.initial.value("lovs(Ada, Ben)"), "did you mean `loves(Ada, Ben)`?"),
        (lambda world: world.initial.mind("Bn"), "no character `Bn`; did you mean `Ben`?"),
        (lambda world: world.initial.after("leave(Ben)"), "this world has no act `leave(Ben)`"),
    ],
)
def test_arguments_that_make_no_sense(ask: object, said: str) -> None:
    with pytest.raises((TypeError, ValueError, KeyError)) as raised:
        ask(unspoken.parse(LETTER))  # type: ignore[operator]
    assert said in str(raised.value)


def test_text_there_and_back() -> None:
    world = unspoken.parse(LETTER)
    assert unspoken.parse(world.to_text()).model == world.model


def test_saved_and_loaded(folder: Path) -> None:
    story = unspoken.load("letter.story").plan()
    story.save("a.json")
    again = unspoken.load_chronicle("a.json")
    assert again.chronicle == story.chronicle
    assert again.acts == story.acts
    assert again.tell() == story.tell()
    assert again.minds("Ada").value("together()") is True


def test_shipped_stories_by_name() -> None:
    assert "night_visit" in unspoken.stories()
    for name in unspoken.stories():
        assert unspoken.load(name).name == name


def test_importing_costs_next_to_nothing() -> None:
    code = "import sys, unspoken; print([m for m in sys.modules if m.startswith('unspoken.')])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "[]\n"
    assert "load" in dir(unspoken)
    with pytest.raises(AttributeError, match="has no attribute 'lod'"):
        _ = unspoken.lod  # type: ignore[attr-defined]
