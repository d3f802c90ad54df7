"""Numbered lines, then a question with choices, as in Hi-ToM, whose claims are believed by the
order in which people left."""

from __future__ import annotations

import re

from msgspec import Struct
from msgspec.structs import replace

from unspoken.theory_of_mind.formats.babi import add_sentence
from unspoken.theory_of_mind.formats.draft import Asked, Draft
from unspoken.theory_of_mind.formats.reading import Case, Problem, Reading, numbered_stories
from unspoken.theory_of_mind.formats.sentences import question

HEADINGS = re.compile(r"(Story|Read the following|You should assume|Note)\b.*", re.IGNORECASE)
"""What stands around a story and says nothing of it."""


class HiToM(Struct, frozen=True):
    """Lines as in ``babi``; ``Question: ...``, ``Choices: A. box, B. tin``, ``Answer: A`` (or
    ``box``); ``Story:`` and other headings between them."""

    name: str = "hitom"

    def read(self, text: str) -> Reading:
        cases: list[Case] = []
        problems: list[Problem] = []
        body = "\n".join("" if HEADINGS.fullmatch(line) else line for line in text.splitlines())
        for number, lines in enumerate(numbered_stories(body), 1):
            draft = Draft(f"{self.name} {number}", open=True, by_exit=True)
            choices: dict[str, str] = {}
            for line, said in lines:
                _read(draft, choices, line, said)
            cases += (
                replace(
                    case, expected=choices.get((case.expected or "")[:2].rstrip("."), case.expected)
                )
                for case in draft.cases()
            )
            problems += draft.problems
        return Reading(tuple(cases), tuple(problems))


def _read(draft: Draft, choices: dict[str, str], line: int, said: str) -> None:
    head, colon, rest = said.partition(":")
    rest = rest.strip()
    if numbered := re.fullmatch(r"\d+\s+(.*)", said):
        add_sentence(draft, line, numbered[1])
    elif colon and head == "Question":
        asked = question(rest)
        if asked is None:
            draft.problems.append(Problem(line, said, "this question is not understood"))
        else:
            draft.questions.append(Asked(line, rest, None, *asked, len(draft.statements)))
    elif colon and head == "Choices":
        choices.update(re.findall(r"([A-Z])\. *([\w-]+)", rest))
    elif colon and head == "Answer" and draft.questions:
        draft.questions[-1] = replace(draft.questions[-1], expected=rest or None)
    else:
        draft.problems.append(Problem(line, said, "this line is not understood"))
