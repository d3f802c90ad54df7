"""Our own form: a JSON object a line, a story and its questions, as ``unspoken tom generate
--json`` writes them."""

from __future__ import annotations

from msgspec import Struct

from unspoken.theory_of_mind.formats.reading import Case, Problem, Reading
from unspoken.theory_of_mind.story import StoryError, answer_text, from_json
from unspoken.theory_of_mind.words import question_text


class Template(Struct, frozen=True):
    """What ``story.to_json`` writes. A question without ``answer`` has no label."""

    name: str = "template"

    def read(self, text: str) -> Reading:
        cases: list[Case] = []
        problems: list[Problem] = []
        for line, said in enumerate(text.splitlines(), 1):
            if not said.strip():
                continue
            try:
                story, asked = from_json(said)
            except StoryError as error:
                problems.append(Problem(line, said, str(error)))
                continue
            for question, answer, given in asked:
                words = question_text(question, story.setting)
                expected = answer_text(answer) if given else None
                cases.append(Case(story, question, line, words, expected))
        return Reading(tuple(cases), tuple(problems))
