"""``laws.txt``: small stories, each about one law of who perceives and believes what."""

from __future__ import annotations

import re
from pathlib import Path

from msgspec import Struct

from unspoken.theory_of_mind import Answer, Container, Question, Setting, TemplateStory, step

SETTING = Setting(
    people=("Anne", "Ben", "Cleo", "Dora"),
    rooms=("kitchen", "garden"),
    containers=(
        Container("box", "kitchen"),
        Container("chest", "kitchen", open=False),
        Container("basket", "garden"),
        Container("jar", "garden", open=False),
    ),
    things=("apple", "key"),
)


class Law(Struct, frozen=True):
    """A story with questions and the answers that the law gives."""

    story: TemplateStory
    answers: tuple[tuple[Question, Answer], ...]


def laws() -> list[Law]:
    text = (Path(__file__).parent / "laws.txt").read_text(encoding="utf-8")
    return [_law(*part.split("\n", 1)) for part in text.split("\n== ")[1:]]


def _law(title: str, body: str) -> Law:
    lines = [line for line in body.splitlines() if line]
    steps = [one for line in lines if line[0] != "?" for one in re.split(r"; *", line)]
    story = TemplateStory(title, SETTING, tuple(step(*one.split()) for one in steps))
    return Law(story, tuple(_asked(line) for line in lines if line[0] == "?"))


def _asked(line: str) -> tuple[Question, Answer]:
    *words, answer = line.removeprefix("?").split()
    minds = tuple(word for word in words if word in SETTING.people)
    expected = None if answer == "-" else answer
    if "at" in words:
        return Question("person", minds[:-1], minds[-1]), expected
    if "said" in words:
        return Question("said", minds[:-1], words[-1], by=minds[-1]), expected
    return Question("thing", minds, words[-1]), expected
