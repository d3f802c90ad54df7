"""Worlds that say what must come of them, in comments: text in, results checked.

    //! start: [B]at(A) = D, gold(A) = 2       values in the settled initial state
    //! after spend(A) drop(A): gold(A) = 1    and after acts; [A,B]f is what A thinks that B thinks
    //! plan 2 3 1: one() two()                the first shortest solution: limits for the author,
    //! impossible 2 3 1                       characters and minds; the default goal
    //! sees shout(): B                        who observes an act at the start (nobody: -)

Both the reference and the engine are asked, through ``Answers``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from tests.reference.expressions import Value
from tests.reference.semantics import Judge, State
from tests.reference.validity import Limits, Validity
from unspoken.model import Storyworld

_VALUE = re.compile(r"(?:\[([\w,]+)\])?(\w+\([^)]*\)) = (\S+?)(?:, |$)")
_ACT = re.compile(r"\w+\([^)]*\)")


class Expected(Struct, frozen=True):
    """One ``//!`` line. ``verb`` is start, after, plan, impossible or sees."""

    verb: str
    acts: tuple[str, ...] = ()
    limits: tuple[int, ...] = ()
    said: str = ""

    def __str__(self) -> str:
        return " ".join([self.verb, *map(str, self.limits), *self.acts])

    @property
    def values(self) -> list[tuple[tuple[str, ...], str, Value]]:
        """Chain, fluent and value, for every value spoken of."""
        return [
            (tuple(chain.split(",")) if chain else (), fluent, value_of(text))
            for chain, fluent, text in _VALUE.findall(self.said)
        ]


def value_of(text: str) -> Value:
    if text in ("True", "False"):
        return text == "True"
    if text == "?":
        return None
    return float(text) if re.fullmatch(r"-?[\d.]+", text) else text


def expectations(text: str) -> list[Expected]:
    found = []
    for line in text.splitlines():
        if line.startswith("//! "):
            head, _, said = line.removeprefix("//! ").partition(":")
            verb, _, rest = head.strip().partition(" ")
            acts = tuple(_ACT.findall(rest))
            limits = tuple(map(int, re.findall(r"\d+", rest))) if not acts else ()
            found.append(Expected(verb, acts, limits, said.strip()))
    return found


class Answers(Protocol):
    """What can be asked of the reference and of the engine alike."""

    def values(self, acts: Sequence[str]) -> Callable[[tuple[str, ...], str], Value]:
        """After the acts, the value of a fluent along a chain of minds."""
        ...

    def sees(self, act: str) -> list[str]:
        """The characters that observe an act at the start."""
        ...

    def plan(self, limits: tuple[int, ...]) -> list[str] | None:
        """A shortest solution's acts, or None if there is none."""
        ...


class ReferenceAnswers:
    """The judge's answers."""

    def __init__(self, world: Storyworld) -> None:
        self.judge = Judge(world)

    def values(self, acts: Sequence[str]) -> Callable[[tuple[str, ...], str], Value]:
        state: State = self.judge.initial
        for act in acts:
            state = self.judge.apply(state, self.judge.action(act))

        def value(chain: tuple[str, ...], fluent: str) -> Value:
            return self.judge.value(state, chain, self.judge.fluent(fluent))

        return value

    def sees(self, act: str) -> list[str]:
        event = self.judge.action(act)
        return [c for c in self.judge.characters if event.observes(c, self.judge.initial)]

    def plan(self, limits: tuple[int, ...]) -> list[str] | None:
        validity = Validity(self.judge)
        goal = default_goal(self.judge.utility(self.judge.initial, None))
        found = next(validity.solutions(goal, Limits(*limits)), None)
        if found is None:
            found = next(validity.solutions_spelled_out(goal, Limits(*limits)), None)
        return None if found is None else [str(step) for step in found]


def default_goal(start: float | None) -> float:
    """3.3: the author's start utility rounded up, away from zero, if that is more, else plus 1."""
    assert start is not None
    away = math.ceil(start) if start >= 0 else math.floor(start)
    return float(away) if away > start else start + 1.0


def check(expected: Expected, answers: Answers) -> None:
    """Asserts that an expectation is met."""
    if expected.verb in ("start", "after"):
        assert expected.values, f"nothing said in: {expected.said}"
        value = answers.values(expected.acts)
        found = [(chain, fluent, value(chain, fluent)) for chain, fluent, _ in expected.values]
        assert found == expected.values
    elif expected.verb == "plan":
        assert answers.plan(expected.limits) == _ACT.findall(expected.said)
    elif expected.verb == "impossible":
        assert answers.plan(expected.limits) is None
    elif expected.verb == "sees":
        (act,) = expected.acts
        assert answers.sees(act) == [c for c in expected.said.split(", ") if c != "-"]
    else:
        raise AssertionError(f"no such expectation: {expected}")


def world_files(*folders: str) -> list[Path]:
    """The worlds in folders beside this file."""
    here = Path(__file__).parent
    return [file for folder in folders for file in sorted((here / folder).glob("*.world"))]


def world_name(file: Path) -> str:
    return file.stem
