"""What planning speaks of: plans with reasons, in names. Values only.

Made by ``solve`` and ``solutions`` (from the engine) and by ``text`` (from a file), read by
``replay``, ``explain``, the chronicle and the faces. Knows neither the engine nor prose.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, TypeAlias

from msgspec import Struct

from unspoken.model import Span
from unspoken.model.origin import Written
from unspoken.planning.demands import NONE, Demands

Outcome: TypeAlias = Literal["found", "impossible", "stopped"]
"""``found``: a solution. ``impossible``: there is none within the limits, everything was tried.
``stopped``: told to stop, or out of time or transitions; there may be one."""


class Step(Written, frozen=True):
    """An act, as ``name(Arg, Arg)``, and a reason for everybody who must have one: in a plan, its
    consenting characters; in a reason, those of them who are not its owner."""

    act: str
    reasons: tuple[Reason, ...] = ()
    origin: Span | None = None

    def __str__(self) -> str:
        return self.act


class Reason(Written, frozen=True):
    """Why ``character`` takes part in an act: in the world that it believes in, the act and then
    ``rest`` raise its utility from ``before`` to ``after``. ``goal``: a condition that says what it
    expects to reach, all that its utility reads; ``gained``: of that, what makes the difference.
    Words for a reader, nothing is judged by them."""

    character: str
    rest: tuple[Step, ...] = ()
    before: float | None = None
    after: float | None = None
    goal: str | None = None
    gained: tuple[str, ...] = ()
    origin: Span | None = None
    aside = frozenset({"before", "after", "goal", "gained", "origin"})


class Plan(Written, frozen=True):
    """A story: its acts in order, and why everybody does them. ``utility``: the author's at the
    end, where somebody worked it out; ``goal`` as in ``Reason``."""

    steps: tuple[Step, ...]
    utility: float | None = None
    goal: str | None = None
    aside = frozenset({"utility", "goal"})

    def __iter__(self) -> Iterator[Step]:
        return iter(self.steps)

    def __len__(self) -> int:
        return len(self.steps)

    @property
    def acts(self) -> tuple[str, ...]:
        return tuple(step.act for step in self.steps)


class Limits(Struct, frozen=True):
    """How far a search looks; None is no limit.

    ``author``: the most acts of the story. ``character``: how many acts ahead of an act of the
    story, itself counted, anybody imagines. ``epistemic``: how deep minds within minds are searched
    for reasons. Reasons of a single act need neither of the last two. Where there is no story
    within them, longer reasons are accepted too if the story itself goes on to spell them out.

    Without ``character``, the search widens by itself and so finds stories in endless worlds too;
    that there is none, it can then only tell where what anybody can imagine comes to an end.
    Raises ValueError for a negative limit.
    """

    author: int | None = None
    character: int | None = None
    epistemic: int | None = None

    def __post_init__(self) -> None:
        for limit in (self.author, self.character, self.epistemic):
            if limit is not None and limit < 0:
                raise ValueError(f"a limit cannot be {limit}: None is no limit")


class Solution(Struct, frozen=True):
    """How a search ended. ``plan`` is the solution if ``outcome`` is ``found``; otherwise the best
    plan met that raises the author's utility, though not to the goal, or None.

    ``goal``: the author's utility that was to be reached; None where only the demands counted.
    ``most``: what the author's utility can come to at most, whatever happens, where the goal is
    more than that, so that nothing was searched. ``shortest``: it is proven that no story within
    the limits has fewer acts.
    ``stats``: ``milliseconds``, ``transitions`` (asked for, remembered ones included), ``states``,
    ``explanations``, how the first story was come by (``first_acts``, ``first_transitions``,
    ``first_milliseconds``), and ``peak_memory_bytes`` of the whole process where the system tells.
    """

    outcome: Outcome
    plan: Plan | None
    goal: float | None
    limits: Limits
    stats: Mapping[str, float]
    demands: Demands = NONE
    shortest: bool = False
    most: float | None = None
