"""``unspoken tom``: question sets made up, answered, scored, and shown as storyworlds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.faces.conftest import Unspoken

SET = """\
1 Mira entered the den.
2 Otto entered the den.
3 The fig is in the jar.
4 The jar is in the den.
5 Mira exited the den.
6 Otto moved the fig to the tin.
7 Where will Mira look for the fig?\tjar\t3
8 Where does Mira think that Otto searches for the fig?\ttin\t3
"""


def test_made_up_sets_are_read_again_and_all_right(unspoken: Unspoken, folder: Path) -> None:
    made = unspoken("tom", "generate", "--stories", "5", "--json", "--output", "set.jsonl")
    assert (made.code, made.out) == (0, "set.jsonl is written\n")
    assert len((folder / "set.jsonl").read_text().splitlines()) == 5
    said = unspoken("tom", "score", "set.jsonl")
    assert said.code == 0
    assert said.out.startswith("all            50 of 50\norder 0")


def test_in_english(unspoken: Unspoken) -> None:
    with_answers = unspoken("tom", "generate", "--seed", "2", "--questions", "3").out
    assert with_answers.startswith("- At first nobody knows where anything is.")
    assert "\nPeople: " in with_answers
    assert "\n1 " in with_answers
    without = unspoken("tom", "generate", "--seed", "2", "--questions", "3", "--unanswered").out
    questions = [line for line in without.splitlines() if line.startswith("Q")]
    assert len(questions) == 3
    assert all(line.endswith("?") for line in questions)
    assert all(f"{line} " in with_answers for line in questions)


def test_numbers_from_and_to(unspoken: Unspoken) -> None:
    said = unspoken(
        *("tom", "generate", "--json", "--stories", "9", "--people", "6", "--orders", "2-3"),
        *("--steps", "5-6", "--questions", "4"),
    )
    for line in said.out.splitlines():
        data = json.loads(line)
        assert len(data["people"]) == 6
        assert {len(one["minds"]) for one in data["questions"]} <= {2, 3}
        assert len(data["questions"]) == 4


def test_fewer_questions_than_were_wanted(unspoken: Unspoken) -> None:
    """Not everything that is drawn is hard; that is said."""
    words = ("tom", "generate", "--seed", "7", "--people", "4", "--orders", "1-3", "--hard")
    none = unspoken(*words, "--questions", "4")
    assert none.code == 1
    assert none.err.startswith("none of 4: no more hard questions were met; another `--seed`")
    some = unspoken(*words, "--stories", "3")
    asked = sum(line.startswith("Q") for line in some.out.splitlines())
    assert 0 < asked < 30
    assert some.code == 0
    assert some.err.startswith(f"{asked} of 30: ")
    assert unspoken(*words, "--stories", "3", "--quiet").err == ""


def test_a_room_with_nothing_in_it_is_called_as_elsewhere() -> None:
    from unspoken.theory_of_mind.story import Setting, TemplateStory
    from unspoken.theory_of_mind.words import story_lines

    story = TemplateStory("1", Setting(("Mira",), ("waiting_room",), (), ()), ())
    assert story_lines(story)[1] == "In the waiting room: nothing."


def test_answers(unspoken: Unspoken, folder: Path) -> None:
    (folder / "set.txt").write_text(SET)
    said = unspoken("tom", "answer", "set.txt", "--format", "babi")
    assert (said.code, said.err) == (0, "")
    assert said.out == (
        "7: Where will Mira look for the fig? jar\n"
        "8: Where does Mira think that Otto searches for the fig? jar\n"
    )
    said = unspoken("tom", "answer", "set.txt", "--format", "babi", "--json")
    assert [json.loads(line)["answer"] for line in said.out.splitlines()] == ["jar", "jar"]


def test_a_score_shows_what_is_wrong(unspoken: Unspoken, folder: Path) -> None:
    (folder / "set.txt").write_text(SET + "9 Where is the fig?\n")
    said = unspoken("tom", "score", "set.txt", "--format", "babi")
    assert said.code == 1
    assert "line 8: Where does Mira think that Otto searches for the fig?\n" in said.out
    assert "  Mira thinks that Otto: jar, since 4\n" in said.out
    assert said.out.endswith(
        "\n\nall             1 of 2\norder 1         1 of 1\norder 2         0 of 1\n"
        "thing           1 of 2\nquestions to which the set has no answer: 1\n"
    )
    data = json.loads(unspoken("tom", "score", "set.txt", "--format", "babi", "--json").out)
    assert data["scores"][0] == {"of": "all", "right": 1, "asked": 2}
    assert data["unlabelled"] == 1
    assert data["misses"][0]["reasons"][-1] == {
        "minds": ["Mira", "Otto"],
        "answer": "jar",
        "since": 4,
    }


def test_lines_that_are_not_understood_are_listed(unspoken: Unspoken, folder: Path) -> None:
    (folder / "set.txt").write_text(SET + "9 Otto juggled.\n")
    for what in ("score", "answer"):
        said = unspoken("tom", what, "set.txt", "--format", "babi")
        assert said.code == 1
        assert said.err == "set.txt, line 9: this sentence is not understood: Otto juggled.\n"


def test_a_story_as_a_storyworld(unspoken: Unspoken, folder: Path) -> None:
    (folder / "set.txt").write_text(SET)
    said = unspoken("tom", "world", "set.txt", "--format", "babi", "--output", "den.story")
    assert said.code == 0
    assert unspoken("check", "den.story").out == "nothing to mend in 1 file\n"
    assert "//     move(Otto, Fig, Tin)\n" in (folder / "den.story").read_text()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("generate set.txt", "`generate` reads no file"),
        ("score", "`score` reads a question set"),
        ("score nowhere.txt", "no `nowhere.txt`"),
        ("score set.txt --format tomi", "`template`, `babi`, `hitom`, `exploretom`"),
        ("world set.txt --format babi --story 2", "the set has 1"),
        ("score told.txt --format babi", "there is no question in it"),
        ("score told.txt", "is it of another `--format`?"),
        ("score set.txt", "it reads as `--format babi`"),
        ("generate --orders x", "it is no number"),
        ("generate --people 5-3", "it goes from 2 to 8"),
        ("generate --people 9", "it goes from 2 to 8"),
        ("generate --stories -1", "it is one at least"),
        ("generate --questions 0", "it is one at least"),
        ("generate --output set.txt", "not written over"),
    ],
)
def test_mistakes_of_the_command(unspoken: Unspoken, folder: Path, words: str, said: str) -> None:
    (folder / "set.txt").write_text(SET)
    (folder / "told.txt").write_text("1 Mira entered the den.\n")
    found = unspoken("tom", *words.split())
    assert found.code == 2
    assert said in found.err
    assert not found.out
