"""Question sets as the field writes them, with people and things of our own: what is read, what is
not, and what comes of it."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from textwrap import dedent

import pytest

from unspoken.theory_of_mind import Answerer, score
from unspoken.theory_of_mind.formats import SHIPPED, Reading, find
from unspoken.theory_of_mind.words import story_lines

BABI = """\
1 Mira entered the pantry.
2 Otto entered the pantry.
3 The pear is in the crate.
4 The crate is in the pantry.
5 Otto dislikes the hat
6 Mira exited the pantry.
7 Otto moved the pear to the urn.
8 The urn is in the pantry.
9 Where will Mira look for the pear?\tcrate\t1
10 Where does Otto think that Mira searches for the pear?\tcrate\t1
11 Where is the pear really?\turn\t1
12 Where was the pear at the beginning?\tcrate\t1
1 Mira entered the loft.
2 The quill is in the pail.
3 The pail is in the loft.
4 Mira exited the loft.
5 Where does Mira think that the quill is?\tpail\t1
6 Otto entered the loft.
7 Mira entered the loft.
8 Where does Mira think that Otto searches for the quill?\tpail\t1
"""

HITOM = """\
Read the following story and answer the multiple-choice question.
Story:
1 Mira, Otto, Pia and Quin entered the loft.
2 The plum is in the red_pail.
3 Quin saw a heron.
4 Mira moved the plum to the green_vat.
5 Mira exited the loft.
6 Otto made no movements and stayed in the loft for 1 minute.
7 Otto exited the loft.
8 Pia moved the plum to the red_pail.
9 Pia exited the loft.
10 Quin exited the loft.
11 Mira, Otto, Pia and Quin entered the waiting_room.
12 {}
Question: Where does {} the plum is?
{}

Note: You should assume the following. (1) Nothing much.
"""
PUBLIC = "Pia publicly claimed that plum is in the blue_urn now."
PRIVATE = "Otto privately told Pia that the plum is in the blue_urn."

MISSED = (
    "got distracted and did not realize what happened, without anyone noticing the brief lack of "
    "attention, and going back to paying attention immediately after the action was finished."
)
EXPLORED = (
    "Mira entered the coat room. Otto entered the coat room. Mira moved the coin to the "
    "tin box, which is also located in the coat room. While this action was happening, Pia "
    f"witnessed this action in secret (and only this action); also, Otto {MISSED} Mira left the "
    "coat room. {}"
)


def read(name: str, text: str) -> Reading:
    return find(name).read(text)


def whole(name: str, text: str) -> list[tuple[str, int, int]]:
    """The scores of a set of which every line is understood."""
    reading = read(name, text)
    assert not reading.problems
    return score(reading.cases).rows()


def answers(name: str, text: str) -> list[object]:
    reading = read(name, text)
    assert not reading.problems
    answerer = Answerer()
    return [answerer.answer(case.story, case.question) for case in reading.cases]


def test_babi() -> None:
    assert whole("babi", BABI) == [
        ("all", 6, 6),
        ("order 0", 2, 2),
        ("order 1", 2, 2),
        ("order 2", 2, 2),
        ("thing", 6, 6),
    ]


def test_a_question_in_the_middle_is_about_what_was_before_it() -> None:
    text = BABI.replace("\n7 Mira entered the loft.", "\n7 Otto moved the quill to the sack.")
    text += "9 Mira entered the loft.\n10 Where does Mira think that the quill is?\tsack\n"
    assert answers("babi", text)[4:] == ["pail", None, "sack"]


def test_who_is_there_may_be_said_of_several() -> None:
    came = "1 Mira entered the pantry.\n2 Otto entered the pantry.\n"
    text = BABI.replace(came, "1 Mira and Otto are in the pantry.\n")
    assert whole("babi", text)[0] == ("all", 6, 6)


def test_one_name_for_containers_in_two_rooms() -> None:
    text = BABI.replace("The pear is in the crate.", "The pear is in the crate.\n3 Pia saw it") + (
        "9 Otto exited the loft.\n9 Otto entered the nook.\n9 The fig is in the pail.\n"
        "9 The pail is in the nook.\n9 Where is the fig?\tpail\t1\n"
    )
    assert whole("babi", text)[0] == ("all", 7, 7)


@pytest.mark.parametrize(
    ("claim", "minds", "answer"),
    [
        (PUBLIC, "Mira think", "blue_urn"),  # she left before Pia: she believes it
        (PUBLIC, "Quin think", "red_pail"),  # he left after her, and does not
        (PUBLIC, "Mira think Quin thinks", "green_vat"),  # and she knows that, however deep
        (PUBLIC, "Pia think Quin thinks", "blue_urn"),  # Pia takes it that she is believed
        (PUBLIC, "Mira think Pia thinks", "blue_urn"),  # and is taken to mean it
        (PUBLIC, "Otto think Mira thinks", "blue_urn"),
        (PUBLIC, "Pia really think", "red_pail"),
        (PRIVATE, "Pia think", "red_pail"),
        (PRIVATE, "Otto think Pia thinks", "blue_urn"),
        (PRIVATE, "Mira think Pia thinks", "green_vat"),
        (PRIVATE, "Mira think Otto thinks Pia thinks Quin thinks", "green_vat"),
    ],
)
def test_hitom(claim: str, minds: str, answer: str) -> None:
    choices = "Choices: A. red_pail, B. green_vat, C. blue_urn"
    letter = {"red_pail": "A", "green_vat": "B", "blue_urn": "C"}[answer]
    for labelled in (f"Answer: {answer}\n{choices}", f"{choices}\nAnswer: {letter}"):
        text = HITOM.format(claim, minds, labelled)
        assert whole("hitom", text)[0] == ("all", 1, 1)


@pytest.mark.parametrize(
    ("more", "question", "answer"),
    [
        ("", "In which container is the coin now?", "tin box"),
        ("", "In which room does Pia think that Mira will search for the coin?", "coat room"),
        ("", "In which container will Otto search for the coin?", None),
        ("", "In which container does Mira think that Otto will search for the coin?", "tin box"),
        ("", "In which container does Pia think that Otto will search for the coin?", "tin box"),
        ("", "In which container does Otto think that Pia will search for the coin?", None),
        (
            "Pia told privately to Otto that the coin is in the tin box.",
            "In which container does Pia think that Otto will search for the coin?",
            "tin box",
        ),
        (
            "Pia entered the coat room. Otto moved the coin to the sack, which is also located in "
            "the coat room. Pia left the coat room. Mira told privately to Otto that the coin is "
            "in the tin box.",
            "In which container will Pia search for the coin?",
            "sack",
        ),
        (
            "Otto moved the coin to the sack, which is also located in the coat room.",
            "In which container was the coin at the beginning?",
            "tin box",
        ),
    ],
)
def test_exploretom(more: str, question: str, answer: str | None) -> None:
    story, asked = (
        text.replace("the coin", "the small, old coin")
        for text in (EXPLORED.format(more), question)
    )
    rows = f'story_structure,question,expected_answer\n"{story}","{asked}",x\n'
    assert answers("exploretom", rows) == [answer]


def test_exploretom_as_json() -> None:
    line = (
        '{"story_structure": "Mira entered the den. Mira moved the coin to the box, which is also '
        'located in the den.", "question": "In which container is the coin now?", '
        '"expected_answer": "box", "more": 1}\n'
    )
    assert whole("exploretom", line * 2)[0] == ("all", 2, 2)


def test_what_our_generator_writes_is_read() -> None:
    from unspoken.theory_of_mind import Recipe, labelled
    from unspoken.theory_of_mind.story import to_json

    made = list(labelled(4, 5, Recipe(questions=10)))
    text = "".join(to_json(story, asked) + "\n" for story, asked in made)
    reading = read("template", text)
    assert not reading.problems
    assert [(case.story, case.question) for case in reading.cases] == [
        (story, question) for story, asked in made for question, _ in asked
    ]
    assert score(reading.cases).total_right == score(reading.cases).total == 40
    bare = "".join(to_json(story, asked, answers=False) + "\n" for story, asked in made)
    assert score(read("template", bare).cases).unlabelled == 40


PROBLEMS = {
    "a sentence": ("babi", "1 Mira entered the den.\n2 Mira juggled.\n", (2, "not understood")),
    "a question": ("babi", "1 Mira entered the den.\n2 Why is Mira here?\tx\n", (2, "not under")),
    "no number": ("babi", "1 Mira entered the den.\nMira left the den.\n", (2, "no number")),
    "not there": ("babi", "1 Mira entered the den.\n2 Mira exited the loft.\n", (2, "not in loft")),
    "far away": (
        "babi",
        "1 Mira entered the den.\n2 Otto moved the fig to the jar.\n3 The jar is in the den.\n",
        (2, "not in den"),
    ),
    "nobody": (
        "babi",
        "1 Mira entered the den.\n2 The fig is in the jar.\n3 Where will Otto look for the fig?\n",
        (3, "no person called Otto"),
    ),
    "never put": (
        "babi",
        "1 Mira entered the den.\n2 Where was the fig at the beginning?\tjar\n",
        (2, "never put"),
    ),
    "a line": ("hitom", "1 Mira entered the den.\nOptions: A\n", (2, "not understood")),
    "a choice": ("hitom", "1 Mira entered the den.\nQuestion: Who?\n", (2, "not understood")),
    "no columns": ("exploretom", "story,question\nx,y\n", (1, "no row")),
    "no object": ("exploretom", '{"question": "x"}\n[1]\n', (2, "no row")),
    "a topic": (
        "exploretom",
        "story_structure,question\nMira entered the den. Mira told out loud about the fair.,Who?\n",
        (2, "not understood"),
    ),
    "a room for a container": (
        "exploretom",
        '{"story_structure": "Mira entered the den. Mira moved the fig to the den.", '
        '"question": "In which room is the fig now?"}\n',
        (1, "den is a room"),
    ),
    "nothing before": (
        "exploretom",
        '{"story_structure": "While this action was happening, Mira witnessed this action in '
        'secret (and only this action).", "question": "In which room is the fig now?"}\n',
        (1, "nothing stands before"),
    ),
    "no JSON": ("template", "{}\nhello\n", (2, "no story with questions")),
    "a list": ("template", '{"story": 1, "people": [[]]}\n', (1, "no story with questions")),
}


@pytest.mark.parametrize("which", PROBLEMS)
def test_what_is_not_understood_is_said_with_its_line(which: str) -> None:
    """And its story's questions are left out, not guessed at."""
    name, text, (line, why) = PROBLEMS[which]
    reading = read(name, text)
    assert not reading.cases
    assert any(one.line == line and why in str(one) for one in reading.problems), reading.problems


def test_a_story_that_is_not_understood_leaves_the_others_alone() -> None:
    reading = read("babi", BABI.replace("5 Otto dislikes the hat", "5 Otto juggled"))
    assert [one.line for one in reading.problems] == [5]
    assert [case.line for case in reading.cases] == [17, 20]


def test_a_miss_comes_with_its_story_and_what_each_mind_holds_since_when() -> None:
    text = BABI.replace("searches for the pear?\tcrate", "searches for the pear?\turn")
    (miss,) = score(read("babi", text).cases).misses
    assert "\n".join(miss.lines()) == dedent(
        """\
        line 10: Where does Otto think that Mira searches for the pear?
          the set: urn; the engine: crate
          | People: Mira, Otto.
          | In the pantry: the crate (open), the urn (open).
          | 1 Mira entered the pantry.
          | 2 Otto entered the pantry.
          | 3 The pear was in the crate; nobody had seen it yet.
          | 4 Everybody there saw that the pear was in the crate.
          | 5 Otto dislikes the hat.
          | 6 Mira left the pantry.
          | 7 Otto moved the pear to the urn.
          read as: Where does Otto think that Mira thinks that the pear is?
          truth: urn, since 7
          Otto: urn, since 7
          Otto thinks that Mira: crate, since 4"""
    )


def test_a_format_of_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one that the manual shows, by its module's name."""
    manual = files("unspoken.theory_of_mind") / "FORMATS.md"
    shown = manual.read_text(encoding="utf-8").partition("```python\n")[2].partition("```")[0]
    (tmp_path / "notes.py").write_text(shown, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    reading = read("notes:NOTES", "Mira looks for fig: jar\nhello\nPia looks for fig: tin\n")
    assert [(one.line, one.why) for one in reading.problems] == [(2, "this line is not understood")]
    assert score(reading.cases).rows()[0] == ("all", 1, 2)


@pytest.mark.parametrize("name", ["nonsense", "no.such.module:FORMAT", f"{__name__}:NOTHING"])
def test_no_such_format(name: str) -> None:
    with pytest.raises(KeyError):
        find(name)


@pytest.mark.parametrize("one", SHIPPED, ids=lambda one: str(one.name))
@pytest.mark.parametrize(
    "text", ["", "\n\n", "\0", "1", "{", '{"story_structure": 1}', "é\t?", "a,b"]
)
def test_nothing_makes_a_format_raise(one: object, text: str) -> None:
    read(str(getattr(one, "name", "")), text)


def test_names_with_signs_that_the_language_does_not_have() -> None:
    text = BABI.replace("crate", "tea-chest")
    reading = read("babi", text)
    assert "the tea-chest (open)" in story_lines(reading.cases[0].story)[1]
    assert score(reading.cases).total_right == 6
