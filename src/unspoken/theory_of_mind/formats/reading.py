"""What a format is: something that reads a question set's text into stories with questions.

A ``Format`` has a name and reads; whatever lines it does not understand it gives back with their
numbers. ``../FORMATS.md`` says how to write one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol

from msgspec import Struct

from unspoken.theory_of_mind.story import Answer, Question, TemplateStory, answer_text

OF = " of the "
"""Between a container's name and its room, where another room has a container of that name."""


class Problem(Struct, frozen=True):
    """A line that is not understood. Whatever depends on it is left out and not guessed at."""

    line: int
    text: str
    why: str

    def __str__(self) -> str:
        shown = self.text if len(self.text) <= 80 else f"{self.text[:77]}..."
        return f"line {self.line}: {self.why}: {shown}"


class Case(Struct, frozen=True):
    """A question of a set about its story. ``line``: where it stands; ``asked``: in its words;
    ``expected``: its answer, as it stands there (None: none is given)."""

    story: TemplateStory
    question: Question
    line: int
    asked: str
    expected: str | None
    unknown: tuple[str, ...] = ("not known", "unknown")
    """How the set says that something is not known."""

    def says(self, answer: Answer) -> bool:
        """Is this the set's answer? Capitals, underscores and articles do not count."""
        expected = plain(self.expected or "")
        if answer is None:
            return expected in map(plain, self.unknown)
        return expected == plain(answer_text(answer).partition(OF)[0])


class Reading(Struct, frozen=True):
    """What was read, in order, and what was not understood."""

    cases: tuple[Case, ...]
    problems: tuple[Problem, ...]


class Format(Protocol):
    """A way in which question sets are written."""

    @property
    def name(self) -> str:
        """What it is called on a command line."""

    def read(self, text: str) -> Reading:
        """All of a file's text. Raises nothing: what is wrong comes back as problems."""


def plain(text: str) -> str:
    """A name without what does not tell names apart: ``the Green box`` is ``green_box``."""
    words = re.sub(r"[\s_]+", " ", text.strip().rstrip(".")).casefold().split(" ")
    return "_".join(words[1:] if words[0] in ("the", "a", "an") and words[1:] else words)


Lines = list[tuple[int, str]]
"""Lines with their numbers in the file."""


def numbered_stories(text: str) -> Iterator[Lines]:
    """The stories of a file whose lines are numbered, from 1 again in each story."""
    story: Lines = []
    for number, line in enumerate(text.splitlines(), 1):
        if re.match(r"1\s", line.lstrip()) and story:
            yield story
            story = []
        if line.strip():
            story.append((number, line.strip()))
    if story:
        yield story
