"""Rows with a story in sentences, a question and its answer, as in ExploreToM: CSV, or a JSON
object a line."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from unspoken.theory_of_mind.formats.babi import add_sentence
from unspoken.theory_of_mind.formats.draft import Asked, Draft
from unspoken.theory_of_mind.formats.reading import Case, Problem, Reading
from unspoken.theory_of_mind.formats.sentences import NAMES, listed, question

STORY, QUESTION, ANSWER = "story_structure", "question", "expected_answer"

MEANWHILE = "While this action was happening, "
PEEKING = re.compile(rf"{NAMES} witnessed this action in secret.*")
MISSING = re.compile(rf"{NAMES} got distracted and did not realize what happened.*")


class ExploreToM(Struct, frozen=True):
    """Columns ``story_structure``, ``question`` and ``expected_answer``; others are not read."""

    name: str = "exploretom"

    def read(self, text: str) -> Reading:
        cases: list[Case] = []
        problems: list[Problem] = []
        for line, row in _rows(text):
            if isinstance(row, str):
                problems.append(Problem(line, row, "this is no row"))
                continue
            draft = Draft(f"{self.name} {line}", open=False, trusting=True)
            story, said = str(row.get(STORY, "")), str(row.get(QUESTION, ""))
            for sentence in re.split(r"(?<=\.)\s+", story.strip()):
                _sentence(draft, line, sentence)
            asked = question(said)
            if asked is None:
                draft.problems.append(Problem(line, said, "this question is not understood"))
            else:
                answer = row.get(ANSWER)
                expected = str(answer) if answer else None
                draft.questions.append(Asked(line, said, expected, *asked, len(draft.statements)))
            cases += draft.cases()
            problems += draft.problems
        return Reading(tuple(cases), tuple(problems))


def _rows(text: str) -> Iterator[tuple[int, dict[str, Any] | str]]:
    """Each row with its line; as it stands, where it is none."""
    if text.lstrip().startswith("{"):
        for number, line in enumerate(text.splitlines(), 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError:
                row = line
            yield number, row if isinstance(row, dict) else line
        return
    reader = csv.DictReader(io.StringIO(text, newline=""))
    if reader.fieldnames is None or not {STORY, QUESTION} <= set(reader.fieldnames):
        yield 1, text.partition("\n")[0]
        return
    before = reader.line_num
    for row in reader:
        yield before + 1, row
        before = reader.line_num


def _sentence(draft: Draft, line: int, sentence: str) -> None:
    if not sentence.startswith(MEANWHILE):
        add_sentence(draft, line, sentence)
        return
    peeking: list[str] = []
    missing: list[str] = []
    for part in sentence.removeprefix(MEANWHILE).split("; also, "):
        if found := PEEKING.fullmatch(part):
            peeking += listed(found[1])
        elif found := MISSING.fullmatch(part):
            missing += listed(found[1])
        else:
            draft.problems.append(Problem(line, sentence, "this sentence is not understood"))
            return
    if not draft.statements:
        draft.problems.append(Problem(line, sentence, "nothing stands before this"))
        return
    draft.statements[-1] = replace(
        draft.statements[-1], peeking=tuple(peeking), missing=tuple(missing)
    )
