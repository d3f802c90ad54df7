"""Numbered lines as in ToM-bAbi and ToMi: sentences, and questions with answers behind tabs."""

from __future__ import annotations

import re

from msgspec import Struct

from unspoken.theory_of_mind.formats.draft import Asked, Draft, Statement
from unspoken.theory_of_mind.formats.reading import Case, Problem, Reading, numbered_stories
from unspoken.theory_of_mind.formats.sentences import question, statements


class Babi(Struct, frozen=True):
    """``1 Anne entered the study.`` and so on; ``5 Where is the apple?<TAB>box<TAB>3``."""

    name: str = "babi"

    def read(self, text: str) -> Reading:
        cases: list[Case] = []
        problems: list[Problem] = []
        for number, lines in enumerate(numbered_stories(text), 1):
            draft = Draft(f"{self.name} {number}", open=True)
            for line, said in lines:
                read_line(draft, line, said)
            cases += draft.cases()
            problems += draft.problems
        return Reading(tuple(cases), tuple(problems))


def read_line(draft: Draft, line: int, said: str) -> None:
    """A line into the draft: its number, then a sentence, or a question with its answer."""
    numbered = re.fullmatch(r"\d+\s+(.*)", said)
    if numbered is None:
        draft.problems.append(Problem(line, said, "it begins with no number"))
        return
    sentence, *labels = numbered[1].split("\t")
    if sentence.rstrip().endswith("?"):
        asked = question(sentence)
        if asked is None:
            draft.problems.append(Problem(line, said, "this question is not understood"))
            return
        expected = labels[0].strip() if labels and labels[0].strip() else None
        told = len(draft.statements)
        draft.questions.append(Asked(line, sentence, expected, *asked, told))
        return
    add_sentence(draft, line, sentence)


def add_sentence(draft: Draft, line: int, sentence: str) -> None:
    """A sentence into the draft."""
    found = statements(sentence)
    if found is None:
        draft.problems.append(Problem(line, sentence, "this sentence is not understood"))
        return
    draft.statements += [Statement(line, sentence, kind, words) for kind, words in found]
