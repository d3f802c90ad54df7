"""Which plans are solutions (3.1), and all of them, for tiny worlds (3.4).

Receives a ``Judge`` and a plan with its reasons, or limits; hands on a verdict, or every solution
within the limits. Nothing is searched for cleverly: plans are tried in order of length.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import combinations, product

from msgspec import Struct

from tests.reference.semantics import Event, Judge, State


class Reason(Struct, frozen=True):
    """Why ``character`` does an act: the act itself begins the plan that ``rest`` goes on with."""

    character: str
    rest: tuple[Step, ...] = ()


class Step(Struct, frozen=True):
    """An act, with a reason for each consenting character that needs one here: in an author's
    plan everybody, in a character's plan everybody else."""

    act: Event
    reasons: tuple[Reason, ...] = ()

    def __str__(self) -> str:
        return self.act.name


Steps = tuple[Step, ...]


class Limits(Struct, frozen=True):
    """How long plans may be, and how deep minds; see 3.4."""

    author: int
    character: int
    epistemic: int


class Validity:
    """The definitions of 3.1, one method each. ``owner`` None is the author; a character's plan
    runs in the world it believes in, a world like any other: 2.3 applies to it as it stands, so
    that in it the character may be told what is not so, or not see what happens, and foresees
    that.

    ``shortest_reasons``: when trying all plans, consider for each act in each state one shortest
    reason only. By the letter of 3.1 ("explained by the very explanations of the given solution")
    a roundabout reason can make a plan minimal that is not with a shorter one: without the act in
    question the roundabout reason fails, though a plain reason would do.

    ``without``: acts that are taken for impossible, each in a state.
    """

    def __init__(
        self,
        judge: Judge,
        *,
        shortest_reasons: bool = False,
        without: Collection[tuple[State, Event]] = (),
    ) -> None:
        self.judge = judge
        self.without = without
        self.shortest_reasons = shortest_reasons
        self._explanations: dict[tuple[object, ...], tuple[Reason, ...]] = {}

    def is_solution(self, steps: Steps, goal: float) -> bool:
        start = self.judge.initial
        end = self.run(steps, start, None)
        if end is None or not self.is_valid(steps, start, None):
            return False
        utility = self.judge.utility(end, None)
        return utility is not None and utility >= goal

    def is_valid(self, steps: Steps, start: State, owner: str | None) -> bool:
        """Is it a valid plan for its owner: possible, for the better, explained, minimal?

        For a character every suffix has to be valid too: each step is worth taking when it comes.
        """
        if not steps or not self.rises(steps, start, owner):
            return False
        state = start
        for step in steps:
            if not self.is_explained(step, state, owner):
                return False
            state = self.judge.apply(state, step.act)
        if not self.is_minimal(steps, start, owner):
            return False
        if owner is None or len(steps) == 1:
            return True
        return self.is_valid(steps[1:], self.judge.apply(start, steps[0].act), owner)

    def explains(self, reason: Reason, act: Event, believed: State) -> bool:
        """Is it an explanation of the act for a character, in the state that it believes in?

        The act's other consenting characters are not asked.
        """
        owner = reason.character
        steps = (Step(act), *reason.rest)
        if any(not step.act.consenting for step in steps):
            return False  # nobody anticipates the author
        if not self.rises(steps, believed, owner):
            return False
        if reason.rest:
            after = self.judge.apply(believed, act)
            if not self.is_valid(reason.rest, after, owner):
                return False
        return self.is_minimal(steps, believed, owner)

    def is_explained(self, step: Step, state: State, owner: str | None) -> bool:
        """Has everyone who consents, the owner of the plan aside, a reason in its own mind?"""
        asked = [character for character in step.act.consenting if character != owner]
        return asked == [reason.character for reason in step.reasons] and all(
            self._is_possible(state.mind(reason.character), step.act)
            and self.explains(reason, step.act, state.mind(reason.character))
            for reason in step.reasons
        )

    def rises(self, steps: Steps, start: State, owner: str | None) -> bool:
        """Can it be executed, and does the owner's utility rise? Unknown is never a rise (3.5)."""
        end = self.run(steps, start, owner)
        if end is None:
            return False
        before, after = self.judge.utility(start, owner), self.judge.utility(end, owner)
        return before is not None and after is not None and after > before

    def is_minimal(self, steps: Steps, start: State, owner: str | None) -> bool:
        """Does every proper subsequence that can be executed, every act after the first omission
        explained by the very reasons given, leave the owner with less?"""
        end = self.run(steps, start, owner)
        assert end is not None
        aim = self.judge.utility(end, owner)
        assert aim is not None
        for kept in range(len(steps)):
            for chosen in combinations(range(len(steps)), kept):
                if self._reaches(steps, chosen, start, owner, aim):
                    return False
        return True

    def _reaches(
        self, steps: Steps, chosen: tuple[int, ...], start: State, owner: str | None, aim: float
    ) -> bool:
        state = start
        for place, index in enumerate(chosen):
            step = steps[index]
            if not self._is_possible(state, step.act):
                return False
            if index != place and not self.is_explained(step, state, owner):
                return False
            state = self.judge.apply(state, step.act)
        reached = self.judge.utility(state, owner)
        return reached is not None and reached >= aim

    def _is_possible(self, state: State, act: Event) -> bool:
        return (state, act) not in self.without and self.judge.is_possible(state, act)

    def _possible(self, state: State) -> Iterator[Event]:
        return (act for act in self.judge.possible(state) if (state, act) not in self.without)

    def run(self, steps: Steps, state: State, owner: str | None) -> State | None:
        for step in steps:
            if not self._is_possible(state, step.act):
                return None
            state = self.judge.apply(state, step.act)
        return state

    # All of them, for tiny worlds.

    def solutions(self, goal: float, limits: Limits) -> Iterator[Steps]:
        """Every solution, with every choice of reasons, shortest first."""
        for length in range(1, limits.author + 1):
            for steps in self._author_plans(self.judge.initial, length, limits):
                if self.is_solution(steps, goal):
                    yield steps

    def solutions_spelled_out(self, goal: float, limits: Limits) -> Iterator[Steps]:
        """Every solution with reasons within the limits or, past them, such as the rest of the
        plan around spells out (3.4), shortest first."""
        for length in range(1, limits.author + 1):
            for acts in self._acts(self.judge.initial, length):
                for steps in self._accounts(acts, self.judge.initial, None, 1, 1, limits):
                    if self.is_solution(steps, goal):
                        yield steps

    def is_spelled_out(self, steps: Steps, limits: Limits) -> bool:
        """Is every reason of an author's plan within the limits or spelled out by the plan?"""
        acts = tuple(step.act for step in steps)
        return steps in self._accounts(acts, self.judge.initial, None, 1, 1, limits)

    def _acts(self, state: State, length: int) -> Iterator[tuple[Event, ...]]:
        if length == 0:
            yield ()
            return
        for act in self._possible(state):
            for rest in self._acts(self.judge.apply(state, act), length - 1):
                yield (act, *rest)

    def _accounts(
        self,
        acts: tuple[Event, ...],
        state: State,
        owner: str | None,
        moment: int,
        depth: int,
        limits: Limits,
    ) -> Iterator[Steps]:
        """These very acts, with every choice of reasons within the limits or spelled out."""
        if not acts:
            yield ()
            return
        act = acts[0]
        if not self._is_possible(state, act) or (owner is not None and not act.consenting):
            return
        found = [
            self._spelled_out(character, acts, state.mind(character), moment, depth, limits)
            for character in act.consenting
            if character != owner
        ]
        if not all(found):
            return
        after = self.judge.apply(state, act)
        for rest in self._accounts(acts[1:], after, owner, moment + 1, depth, limits):
            for reasons in product(*found):
                yield (Step(act, reasons), *rest)

    def _spelled_out(
        self,
        character: str,
        acts: tuple[Event, ...],
        believed: State,
        moment: int,
        depth: int,
        limits: Limits,
    ) -> list[Reason]:
        """Every reason for the first of the acts, within the limits or made of acts that follow."""
        found = list(self.explanations(character, acts[0], believed, moment, depth, limits))
        if not self._is_possible(believed, acts[0]):
            return found
        after = self.judge.apply(believed, acts[0])
        for end in range(2, len(acts) + 1):
            for rest in self._accounts(
                acts[1:end], after, character, moment + 1, depth + 1, limits
            ):
                reason = Reason(character, rest)
                if reason not in found and self.explains(reason, acts[0], believed):
                    found.append(reason)
        return found

    def _author_plans(self, state: State, length: int, limits: Limits) -> Iterator[Steps]:
        if length == 0:
            yield ()
            return
        for step in self._explained_steps(state, None, 1, 1, limits):
            after = self.judge.apply(state, step.act)
            for rest in self._author_plans(after, length - 1, limits):
                yield (step, *rest)

    def _explained_steps(
        self, state: State, owner: str | None, moment: int, depth: int, limits: Limits
    ) -> Iterator[Step]:
        """Every possible act that a plan may take here, with every choice of reasons.

        ``moment`` is when the act would happen, 1 being the author-level act that everything
        imagined began with; ``depth`` is how many minds deep its reasons are.
        """
        for act in self._possible(state):
            if owner is not None and not act.consenting:
                continue
            asked = [character for character in act.consenting if character != owner]
            found = (
                self.explanations(character, act, state.mind(character), moment, depth, limits)
                for character in asked
            )
            for reasons in product(*found):
                yield Step(act, reasons)

    def explanations(
        self, character: str, act: Event, believed: State, moment: int, depth: int, limits: Limits
    ) -> tuple[Reason, ...]:
        """Every explanation of an act, within the limits; one of a single step always counts."""
        key = character, act, believed, moment, depth, limits
        if key not in self._explanations:
            found: list[Reason] = []
            if self._is_possible(believed, act):
                after = self.judge.apply(believed, act)
                longest = limits.character - moment if depth <= limits.epistemic else 0
                for length in range(max(longest, 0) + 1):
                    if found and self.shortest_reasons:
                        break
                    for rest in self._plans(after, character, length, moment + 1, depth, limits):
                        reason = Reason(character, rest)
                        if self.explains(reason, act, believed):
                            found.append(reason)
            self._explanations[key] = tuple(found[:1] if self.shortest_reasons else found)
        return self._explanations[key]

    def _plans(
        self, state: State, owner: str, length: int, moment: int, depth: int, limits: Limits
    ) -> Iterator[Steps]:
        if length == 0:
            yield ()
            return
        for step in self._explained_steps(state, owner, moment, depth + 1, limits):
            after = self.judge.apply(state, step.act)
            for rest in self._plans(after, owner, length - 1, moment + 1, depth, limits):
                yield (step, *rest)
