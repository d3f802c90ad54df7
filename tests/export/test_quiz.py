"""Files of questions: as their schema has them, with the key at the end and nowhere else."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt

from tests.export.editions import STORIES, story
from unspoken.export.quiz import Quiz, quiz, render_quiz
from unspoken.seal import is_sealed

SCHEMA = json.loads((files("unspoken.export") / "questions.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


def quiz_of(name: str, through: str | None = None) -> Quiz:
    told = story(name)
    return quiz(told.world.model, told.questions(through), "0.0.0")


@pytest.mark.parametrize("name", STORIES)
def test_data(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    data = json.loads(render_quiz(quiz_of(name), "json"))
    VALIDATOR.validate(data)
    assert data["questions"]
    for question in data["questions"]:
        assert question["answer"] < len(question["options"])
        for place in question["sentences"]:
            sentences = data["paragraphs"][place["paragraph"]]["sentences"]
            assert sentences[place["sentence"]]


@pytest.mark.parametrize("name", STORIES)
def test_the_page_and_the_key(name: str) -> None:
    made = quiz_of(name)
    written = render_quiz(made, "markdown")
    assert is_sealed(written)
    page, _, key = written.decode().partition("\n\n## Key\n\n")
    assert page == made.page
    assert key.startswith(made.key)
    html = MarkdownIt().render(page)
    for question in made.questions:
        assert all(f". {option}</li>" in html for option in question.options)
    assert f"<h1>{made.title}</h1>" in html
    text = render_quiz(made, "text").decode()
    assert all(paragraph.text in text for paragraph in made.questions.telling.paragraphs)
