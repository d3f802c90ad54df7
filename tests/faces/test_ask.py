"""``unspoken ask``: questions to a world, a saved chronicle, a ledger."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.faces.conftest import Unspoken

QUESTION = "does Ben know that Ada loves him?"
KNOWS = """\
Yes: Ben knows that Ada loves Ben, since act 1, when Ben found the letter.
  act 1  Ben found the letter
"""
NOVEL = """\
title: Ashes
people: Anna, Ben, Cora
scene: The hearth
present: Anna, Cora (hiding)
happens: Anna burns the will
scene: Breakfast
present: Ben, Cora
Cora whispers to Ben: Anna burnt the will
"""


def test_a_question_to_a_world(unspoken: Unspoken) -> None:
    said = unspoken("ask", "letter.story", QUESTION)
    assert (said.code, said.out, said.err) == (0, KNOWS, "")


def test_no_is_an_answer(unspoken: Unspoken) -> None:
    said = unspoken("ask", "letter.story", "does Ben know that Ada loves him? at the beginning")
    assert said.code == 0
    assert said.out == "No: Ben thinks that Ada does not love Ben.\n"


def test_the_same_of_a_saved_chronicle(unspoken: Unspoken) -> None:
    unspoken("tell", "letter.story", "--save", "a.json")
    assert unspoken("ask", "a.json", QUESTION).out == KNOWS


def test_the_answer_alone(unspoken: Unspoken) -> None:
    said = unspoken("ask", "letter.story", QUESTION, "--quiet")
    assert said.out == KNOWS.splitlines(keepends=True)[0]


def test_several_questions_and_one_that_is_not_understood(unspoken: Unspoken) -> None:
    said = unspoken("ask", "letter.story", QUESTION, "hm Ada?", "why embrace(Ada, Ben)")
    assert said.code == 1
    assert said.out.startswith(f"> {QUESTION}\n{KNOWS}\n> why embrace(Ada, Ben)\n")
    head, *nearest = said.err.rstrip().splitlines()
    assert head == "error: this question is not understood: hm Ada?"
    assert nearest[0] == "  = help: these would be:"
    for question in nearest[1:]:
        assert unspoken("ask", "letter.story", question.strip()).code == 0


def test_what_is_wrong_is_marked(unspoken: Unspoken) -> None:
    said = unspoken("ask", "letter.story", "who knows lovs(Ada, Ben)")
    assert (said.code, said.out) == (1, "")
    assert "no property is called `lovs`" in said.err
    assert "11" in said.err.splitlines()[1]


def test_without_a_question_a_page_of_them(unspoken: Unspoken) -> None:
    said = unspoken("ask", "letter.story")
    assert said.code == 0
    questions = [line[2:] for line in said.out.splitlines() if line.startswith("> ")]
    assert len(questions) == len(set(questions)) >= 8
    for question in questions:
        alone = unspoken("ask", "letter.story", question)
        assert f"> {question}\n{alone.out}" in said.out


def test_as_data(unspoken: Unspoken) -> None:
    said = unspoken("ask", "letter.story", QUESTION, "hm?", "--json")
    assert said.code == 1
    data = json.loads(said.out)
    assert data["diagnostics"][0]["code"] == "question-not-understood"
    assert data["answers"] == [
        {
            "version": 1,
            "question": QUESTION,
            "form": "knows(Ben, loves(Ada, Ben))",
            "head": "whether",
            "verdict": True,
            "words": KNOWS.splitlines()[0],
            "points": [
                {
                    "words": "",
                    "fact": "loves(Ada, Ben)",
                    "minds": ["Ben"],
                    "value": True,
                    "truth": True,
                    "stretches": [{"since": 1, "until": None}],
                    "evidence": [
                        {
                            "event": 0,
                            "act": 1,
                            "place": "act 1",
                            "words": "Ben found the letter",
                            "who": "Ben",
                            "how": "saw",
                            "by": None,
                        }
                    ],
                }
            ],
        }
    ]


def test_an_interview(unspoken: Unspoken) -> None:
    said = unspoken("ask", "letter.story", "--as", "Ada", "does Ben love you?")
    assert said.out.startswith("Yes: Ben loves me, since Ben confessed to me")
    nobody = unspoken("ask", "letter.story", "--as", "Eve", "does Ben love you?")
    assert nobody.code == 2
    assert "nobody in this story is called `Eve`" in nobody.err


def test_a_run(unspoken: Unspoken) -> None:
    short = unspoken("ask", "night_visit", "--turns", 2, "--seed", 3, "what did Buffy see?")
    assert short.code == 0
    assert (
        short.out
        == unspoken(
            "ask", "night_visit", "--run", "--turns", 2, "--seed", 3, "what did Buffy see?"
        ).out
    )
    assert unspoken("ask", "night_visit", "--turns", 0, "who is wrong?").code == 2


def test_a_ledger(unspoken: Unspoken) -> None:
    Path("a.ledger").write_text(NOVEL, encoding="utf-8")
    said = unspoken("ask", "a.ledger", "does Ben know that Anna has burnt the will?")
    assert (said.code, said.err) == (0, "")
    assert said.out == (
        "Yes: Ben knows that Anna burnt the will, since line 8, when Cora whispered to Ben that "
        "Anna burnt the will.\n"
        "  line 5  Anna burnt the will; Cora saw it\n"
        "  line 8  Cora whispered to Ben that Anna burnt the will\n"
    )
    unspoken("matrix", "a.ledger", "--save", "a.json")
    assert unspoken("ask", "a.json", "does Ben know that Anna has burnt the will?").out == said.out
    assert unspoken("ask", "a.ledger", "--as", "Anna", "who knows that I burnt the will?").out == (
        "I know that I burned the will, Ben and Cora do not.\n  I, since I burned the will\n"
    )


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("ask", "no_such_story", "who is wrong?"), 2),
        (("ask",), 2),
        (("ask", "letter.story", "who is wrong? after act 99"), 1),
        (("ask", "letter.story", "--run", "--goal", "1"), 2),
    ],
)
def test_what_cannot_be_asked(unspoken: Unspoken, words: tuple[str, ...], code: int) -> None:
    said = unspoken(*words)
    assert said.code == code
    assert said.err
