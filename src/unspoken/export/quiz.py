"""A page with questions for its reader: what each mind believed and wanted, and the key.

Receives a story's questions (``queries``) and its title; hands on a file as bytes, sealed as every
export: Markdown or plain text, the key at the end, or JSON (``questions.schema.json``) with the
evidence of each answer.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from msgspec import Struct

from unspoken.export.edition import world_and_title
from unspoken.export.markdown import escaped
from unspoken.export.texts import clean
from unspoken.model import Storyworld
from unspoken.queries import Question, Questions
from unspoken.seal import colophon, seal

VERSION = 1
"""Of the JSON. A reader refuses a newer one."""

_LETTERS = "abcdefgh"
Write = Callable[[str], str]


class Quiz(Struct, frozen=True):
    """Questions with what stands above and below them. ``version``: of Unspoken."""

    world: str
    title: str
    questions: Questions
    version: str

    @property
    def page(self) -> str:
        """What a fresh reader gets: the prose and the questions, as Markdown."""
        asked = _asked(self, escaped)
        return "\n\n".join(
            [f"# {escaped(self.title)}", *_prose(self, escaped), "## Questions", *asked]
        )

    @property
    def key(self) -> str:
        """The right answers, each with the words that carry it, as Markdown."""
        return _key(self, escaped)


def quiz(storyworld: Storyworld, questions: Questions, version: str) -> Quiz:
    world, title = world_and_title(storyworld)
    return Quiz(world, title, questions, version)


def render_quiz(quiz: Quiz, name: str) -> bytes:
    """In the format of that name, of ``FORMATS``. Raises KeyError where there is none."""
    line = colophon(quiz.version, quiz.questions.telling.options.seed)
    return seal(FORMATS[name](quiz, line).encode())


def _markdown(quiz: Quiz, line: str) -> str:
    blocks = [quiz.page, "## Key", quiz.key, "---", escaped(line)]
    return "\n\n".join(blocks) + "\n"


def _text(quiz: Quiz, line: str) -> str:
    page = [quiz.title, *_prose(quiz, clean), "Questions", *_asked(quiz, clean)]
    return "\n\n".join([*page, "Key", _key(quiz, clean), "* * *", line]) + "\n"


def _prose(quiz: Quiz, write: Write) -> list[str]:
    blocks = ((one.heading, one.text) for one in quiz.questions.telling.paragraphs)
    return [write(clean(text)) for block in blocks for text in block if text]


def _asked(quiz: Quiz, write: Write) -> list[str]:
    blocks = []
    for number, question in enumerate(quiz.questions, start=1):
        lettered = zip(_LETTERS, question.options, strict=False)
        options = (f"   - {letter}. {write(option)}" for letter, option in lettered)
        blocks.append("\n".join((f"{number}. {write(question.text)}", *options)))
    return blocks


def _key(quiz: Quiz, write: Write) -> str:
    lines = []
    for number, question in enumerate(quiz.questions, start=1):
        carried = " / ".join(_sentence(quiz, p, s) for p, s in question.places)
        right = question.options[question.answer]
        lines.append(f"{number}. {_LETTERS[question.answer]}. {write(f'{right} ({carried})')}")
    return "\n".join(lines)


def _sentence(quiz: Quiz, paragraph: int, sentence: int) -> str:
    return clean(quiz.questions.telling.paragraphs[paragraph].sentences[sentence].text)


def _json(quiz: Quiz, line: str) -> str:
    telling = quiz.questions.telling
    options = telling.options
    data = {
        "unspoken_questions": VERSION,
        "unspoken": quiz.version,
        "world": quiz.world,
        "title": quiz.title,
        "telling": {
            "through": options.through,
            "person": options.person,
            "tense": options.tense,
            "seed": options.seed,
            "words": options.words,
        },
        "paragraphs": [
            {"mind": one.mind, "sentences": [clean(s.text) for s in one.sentences]}
            for one in telling.paragraphs
        ],
        "questions": [_question(one) for one in quiz.questions],
        "colophon": line,
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _question(question: Question) -> dict[str, object]:
    return {
        "kind": question.kind,
        "minds": list(question.minds),
        "question": question.text,
        "options": list(question.options),
        "answer": question.answer,
        "events": list(question.events),
        "sentences": [{"paragraph": p, "sentence": s} for p, s in question.places],
    }


FORMATS: Mapping[str, Callable[[Quiz, str], str]] = {
    "markdown": _markdown,
    "text": _text,
    "json": _json,
}
