"""Question sets put to the engine: how many of their answers it gives, by order and by kind; and
where it gives another, the story, and what each mind on the way holds since when.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct, field

from unspoken.theory_of_mind.answers import Answerer, Held
from unspoken.theory_of_mind.formats.reading import Case
from unspoken.theory_of_mind.story import Answer, answer_text
from unspoken.theory_of_mind.words import question_text, story_lines


class Miss(Struct, frozen=True):
    """A question whose answer in the set is not the engine's."""

    case: Case
    answer: Answer
    reasons: tuple[Held, ...]

    def lines(self) -> list[str]:
        """The story, the question, both answers, and what each mind holds since when."""
        story, question = self.case.story, self.case.question
        lines = [
            f"line {self.case.line}: {self.case.asked}",
            f"  the set: {self.case.expected}; the engine: {answer_text(self.answer)}",
            *(f"  | {line}" for line in story_lines(story)),
            f"  read as: {question_text(question, story.setting)}",
        ]
        for held in self.reasons:
            since = f"since {held.since}" if held.since else "all along"
            whose = " thinks that ".join(held.minds) or "truth"
            lines.append(f"  {whose}: {answer_text(held.answer)}, {since}")
        return lines

    def data(self) -> dict[str, object]:
        """The same as plain data."""
        return {
            "line": self.case.line,
            "question": self.case.asked,
            "expected": self.case.expected,
            "answer": answer_text(self.answer),
            "story": story_lines(self.case.story),
            "reasons": [
                {"minds": one.minds, "answer": answer_text(one.answer), "since": one.since}
                for one in self.reasons
            ],
        }


class Report(Struct):
    """``right`` and ``asked``: by order (a number) and by kind (a word)."""

    right: Counter[int | str] = field(default_factory=Counter)
    asked: Counter[int | str] = field(default_factory=Counter)
    unlabelled: int = 0
    """Questions to which the set gives no answer; they are not counted."""
    misses: list[Miss] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(count for key, count in self.asked.items() if isinstance(key, int))

    @property
    def total_right(self) -> int:
        return self.total - len(self.misses)

    def rows(self) -> list[tuple[str, int, int]]:
        """What, right, asked: all, then by order, then by kind."""
        orders = sorted(key for key in self.asked if isinstance(key, int))
        kinds = sorted(key for key in self.asked if isinstance(key, str))
        return [
            ("all", self.total_right, self.total),
            *((f"order {one}", self.right[one], self.asked[one]) for one in orders),
            *((one, self.right[one], self.asked[one]) for one in kinds),
        ]


def score(cases: Iterable[Case], answerer: Answerer | None = None) -> Report:
    """Put every question to the engine."""
    answerer = answerer or Answerer()
    report = Report()
    for case in cases:
        if case.expected is None:
            report.unlabelled += 1
            continue
        answer = answerer.answer(case.story, case.question)
        right = case.says(answer)
        for key in (case.question.order, case.question.kind):
            report.asked[key] += 1
            report.right[key] += right
        if not right:
            reasons = answerer.reasons(case.story, case.question)
            report.misses.append(Miss(case, answer, tuple(reasons)))
    return report
