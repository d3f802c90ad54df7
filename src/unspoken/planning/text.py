"""Plans as text: one act a line, the reasons under it as trees of ``|``.

    dive()
    | take(Nora, Bell)
    | goal(Nora, at(Bell) == Nora)
    goal(at(Bell) == Nora)

Under an act, for each character that needs a reason, stands the rest of its reason (the act itself
is not repeated), closed by ``goal(CHARACTER, CONDITION)``; whose acts they are is only told by that
last line. The plan ends ``goal(CONDITION)``. The form is that of the Sabre planner 0.8, so that
plans can go both ways. Conditions are kept as text: they tell a reader what is reached, and no
verdict depends on them. Empty lines and lines that begin with ``//`` are skipped; a plan without
any reasons or goals, one act a line, can be read too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from msgspec import Struct

from unspoken.engine import tidy_call
from unspoken.language import Diagnostic, problem
from unspoken.model import Source, Span
from unspoken.planning.plan import Plan, Reason, Step

# Printing


def print_plan(plan: Plan) -> str:
    """The text form, ending with a line break."""
    lines = [*_step_lines(plan.steps, "")]
    if plan.goal is not None:
        lines.append(f"goal({plan.goal})")
    return "".join(f"{line}\n" for line in lines)


def _step_lines(steps: tuple[Step, ...], bars: str) -> Iterator[str]:
    for step in steps:
        yield bars + step.act
        for reason in step.reasons:
            inner = bars + "| "
            yield from _step_lines(reason.rest, inner)
            yield f"{inner}goal({reason.character}, {reason.goal or 'True'})"


# Reading


def read_plan(
    text: str, name: str = "<text>", *, is_act: Callable[[str], bool] | None = None
) -> tuple[Plan | None, list[Diagnostic]]:
    """The plan that a text describes, or None if something is wrong; and what is wrong.

    ``name`` is shown in messages. ``is_act`` settles, for a world with an action called ``goal``,
    whether a line that looks like the end of a reason is an act.
    """
    reader = _Reader(list(_lines(Source(name, text), is_act)), [])
    plan = reader.plan()
    return (None if reader.diagnostics else plan), reader.diagnostics


class _Line(Struct, frozen=True):
    bars: int
    text: str
    span: Span
    goal: str | None
    """What is in the brackets, if the line closes a reason or the plan."""


_FORM = re.compile(r"\s*((?:\|\s*)*)(.*?)\s*$")
_CALL = re.compile(r"[^\s()|,]+\s*\([^()]*\)$")
_GOAL = re.compile(r"goal\s*\((.*)\)$")


def _lines(source: Source, is_act: Callable[[str], bool] | None) -> Iterator[_Line]:
    start = 0
    for line in source.text.splitlines(keepends=True):
        form = _FORM.match(line.rstrip("\r\n"))
        assert form is not None, "everything has this form"
        bars, text = form.groups()
        if text and not text.startswith("//"):
            goal = None if is_act is not None and is_act(text) else _GOAL.match(text)
            yield _Line(
                bars.count("|"),
                text,
                Span(source, start + form.start(2), start + form.end(2)),
                goal and goal.group(1).strip(),
            )
        start += len(line)


class _Reader(Struct):
    """Goes through the lines; every method reads one thing and leaves ``place`` behind it."""

    lines: list[_Line]
    diagnostics: list[Diagnostic]
    place: int = 0

    @property
    def line(self) -> _Line | None:
        return self.lines[self.place] if self.place < len(self.lines) else None

    def plan(self) -> Plan:
        steps = self.steps(0)
        goal = None
        if (line := self.line) is not None and not self.diagnostics:
            goal = line.goal
            self.place += 1
            if (after := self.line) is not None:
                self.complain("acts-after-goal", after)
        return Plan(steps, goal=goal)

    def steps(self, bars: int) -> tuple[Step, ...]:
        """Acts with their reasons, until a line with fewer bars or one that closes."""
        steps: list[Step] = []
        while (line := self.line) is not None and not self.diagnostics:
            if line.bars > bars:
                most = bars + 1 if steps else bars
                self.complain("stray-bars", line, most=most, found=line.bars)
            elif line.bars < bars or line.goal is not None:
                break
            elif not _CALL.match(line.text):
                self.complain("not-an-act", line, text=line.text)
            else:
                self.place += 1
                reasons: list[Reason] = []
                while (below := self.line) is not None and below.bars == bars + 1:
                    reasons.append(self.reason(bars + 1))
                    if self.diagnostics:
                        break
                steps.append(Step(tidy_call(line.text), tuple(reasons), line.span))
        return tuple(steps)

    def reason(self, bars: int) -> Reason:
        first = self.line
        assert first is not None
        rest = self.steps(bars)
        end = self.line
        if end is None or end.bars != bars or end.goal is None:
            self.complain("reason-not-closed", self.lines[self.place - 1] if rest else first)
            return Reason("")
        self.place += 1
        character, _, condition = end.goal.partition(",")
        return Reason(character.strip(), rest, goal=condition.strip() or None, origin=end.span)

    def complain(self, code: str, line: _Line, **facts: object) -> None:
        """Only the first fault of a plan is told: after it, whose line is whose is a guess."""
        if not self.diagnostics:
            self.diagnostics.append(problem(code, line.span, **facts))
